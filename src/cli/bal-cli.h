/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-document.h"
#include "bal-sync-engine.h"
#include "bal-tables.h"

#include <glib/gi18n.h>
#include <jansson.h>

G_BEGIN_DECLS

/* Exit statuses; part of the command line's contract. */
typedef enum
{
  BAL_CLI_DONE    = 0,
  BAL_CLI_FAILED  = 1,
  BAL_CLI_USAGE   = 2,
  BAL_CLI_WAITING = 3,           /* done, but a conflict, a parked change or a sign-in is left */
} BalCliStatus;

/**
 * BalCli:
 *
 * What every command needs. The store opens with the first command that asks for it, the engine
 * likewise.
 */
typedef struct
{
  /* from the command line */
  char          *data_dir;
  char          *blog_name;      /* (nullable) */
  gboolean       json;

  /* made on demand */
  BalStore      *store;
  BalSyncEngine *engine;
} BalCli;

typedef BalCliStatus (*BalCliCommand) (BalCli *cli, int argc, char **argv);

/* @argv[0] is the verb, as in main(). Verbs are looked up in a table that ends with a NULL name. */
typedef struct
{
  const char    *name;
  BalCliCommand  run;            /* NULL: not part of this version yet */
  const char    *synopsis;
} BalCliVerb;

BalCliStatus   bal_cli_dispatch        (BalCli            *self,
                                        const BalCliVerb  *verbs,
                                        const char        *noun,
                                        int                argc,
                                        char             **argv);
void           bal_cli_clear           (BalCli            *self);

/* (nullable) (transfer none): NULL with @error set when the store does not open */
BalStore      *bal_cli_get_store       (BalCli            *self,
                                        GError           **error);
/* @password (nullable): for every blog, in place of the secret service */
BalSyncEngine *bal_cli_get_engine      (BalCli            *self,
                                        const char        *password,
                                        GError           **error);
gboolean       bal_cli_write           (BalCli            *self,
                                        BalStoreWork       work,
                                        gpointer           data,
                                        GError           **error);
gboolean       bal_cli_read            (BalCli            *self,
                                        BalStoreWork       work,
                                        gpointer           data,
                                        GError           **error);
/* Runs the main context until *@result is there. */
void           bal_cli_await           (GAsyncResult     **result);
void           bal_cli_await_cb        (GObject           *source,
                                        GAsyncResult      *result,
                                        gpointer           user_data);
/* A cancellable that Ctrl+C cancels. */
GCancellable  *bal_cli_interruptible   (void);

/* Parses @entries out of the arguments. FALSE after a message about wrong usage. @n_min and
 * @n_max (-1: any) bound what is left. */
gboolean       bal_cli_parse           (const char        *synopsis,
                                        const GOptionEntry *entries,
                                        int               *argc,
                                        char            ***argv,
                                        int                n_min,
                                        int                n_max);
/* The same for a command whose first argument is a number from a list; without one, where @n_min allows that, *@id stays. */
gboolean       bal_cli_parse_with_id   (const char        *synopsis,
                                        const GOptionEntry *entries,
                                        int               *argc,
                                        char            ***argv,
                                        int                n_min,
                                        int                n_max,
                                        gint64            *id);
/* FALSE after a message: not a positive number. */
gboolean       bal_cli_parse_id        (const char        *text,
                                        gint64            *id);
/* FALSE after a message: what can't be understood in it. @filter: (out) (transfer full) */
gboolean       bal_cli_parse_filter    (const char        *line,
                                        BalCommentFilter **filter);
BalCliStatus   bal_cli_fail            (const GError      *error);
BalCliStatus   bal_cli_usage           (const char        *format,
                                        ...) G_GNUC_PRINTF (1, 2);

/* The blog of --blog, or the only one. INVALID when that is not clear. */
BalBlog       *bal_cli_pick_blog       (BalCli            *self,
                                        BalTransaction    *transaction,
                                        GError           **error);
/* The id for --blog, 0 without it. */
gboolean       bal_cli_filter_blog     (BalCli            *self,
                                        BalTransaction    *transaction,
                                        gint64            *blog_id,
                                        GError           **error);
/* From BALCONY_PASSWORD, else a line of standard input (without echo on a terminal). */
char          *bal_cli_read_password   (GError           **error);
/* The same for what goes with a client ID. */
char          *bal_cli_read_client_secret (GError        **error);
/* What the engine wants as password: asked for, or brought by a browser. @client_id: (nullable). bal-cli-sign-in.c */
char          *bal_cli_get_password    (const BalProviderType *type,
                                        const char        *client_id,
                                        GError           **error);
/* A whole file, "-" for standard input. */
gboolean       bal_cli_read_file       (const char        *path,
                                        char             **contents,
                                        gsize             *length,
                                        GError           **error);

/* ---- output ---- */
json_t        *bal_cli_blog_to_json    (BalBlog           *blog);
/* @blog_name (nullable) */
json_t        *bal_cli_review_to_json  (BalReview         *review,
                                        const char        *blog_name);
json_t        *bal_cli_comment_to_json (BalComment        *comment);
json_t        *bal_cli_revision_to_json (const BalRevision *revision);
const char    *bal_cli_revision_nick   (BalRevisionKind    kind);
json_t        *bal_cli_string          (const char        *text);   /* null for NULL and "" */
json_t        *bal_cli_strings         (const char *const *strings);   /* (nullable) */
json_t        *bal_cli_time            (gint64             time);       /* null for 0 */
/* Prints and takes @value. */
void           bal_cli_print_json      (json_t            *value);
void           bal_cli_print_review    (BalReview         *review);
void           bal_cli_print_comment   (BalComment        *comment);
const char    *bal_cli_entity_nick     (BalEntity          entity);
/* A cell of a table: one line, no control characters, cut to @width columns and padded. */
char          *bal_cli_cell            (const char        *text,
                                        guint              width);

/* ---- commands ---- */
BalCliStatus   bal_cli_blog            (BalCli *self, int argc, char **argv);
BalCliStatus   bal_cli_blog_set        (BalCli *self, int argc, char **argv);
#define BAL_CLI_BLOG_SET_SYNOPSIS "blog set NAME [--language TAG] [--image-host BLOG|FOLDER|none] [--image-url URL]"
/* A line about where the pictures of a blog go that takes none itself. */
gboolean       bal_cli_print_image_place (BalCli *self, BalBlog *blog, GError **error);
BalCliStatus   bal_cli_sync            (BalCli *self, int argc, char **argv);
BalCliStatus   bal_cli_review          (BalCli *self, int argc, char **argv);
BalCliStatus   bal_cli_review_edit     (BalCli *self, int argc, char **argv);
BalCliStatus   bal_cli_review_image    (BalCli *self, int argc, char **argv);
BalCliStatus   bal_cli_review_new      (BalCli *self, int argc, char **argv);
BalCliStatus   bal_cli_review_import   (BalCli *self, const char *path, BalReviewStatus status);
BalCliStatus   bal_cli_review_history  (BalCli *self, int argc, char **argv);
BalCliStatus   bal_cli_review_restore_version (BalCli *self, int argc, char **argv);
BalCliStatus   bal_cli_comment         (BalCli *self, int argc, char **argv);
/* Prints one, whole. */
BalCliStatus   bal_cli_comment_print   (BalCli *self, gint64 id);
/* Waiting when what was decided on @ids (gint64) is not sent before a person decides. */
BalCliStatus   bal_cli_comment_look_what_waits (BalCli *cli, GArray *ids);
BalCliStatus   bal_cli_comment_reply   (BalCli *self, int argc, char **argv);
BalCliStatus   bal_cli_comment_edit    (BalCli *self, int argc, char **argv);
BalCliStatus   bal_cli_comment_drafts  (BalCli *self, int argc, char **argv);
BalCliStatus   bal_cli_comment_history (BalCli *self, int argc, char **argv);
BalCliStatus   bal_cli_comment_restore_version (BalCli *self, int argc, char **argv);
BalCliStatus   bal_cli_snippet         (BalCli *self, int argc, char **argv);
BalCliStatus   bal_cli_comment_search  (BalCli *self, const char *line);
BalCliStatus   bal_cli_comment_explain (BalCli *self, int argc, char **argv);
BalCliStatus   bal_cli_person          (BalCli *self, int argc, char **argv);
BalCliStatus   bal_cli_filter          (BalCli *self, int argc, char **argv);
BalCliStatus   bal_cli_spam            (BalCli *self, int argc, char **argv);
BalCliStatus   bal_cli_search          (BalCli *self, int argc, char **argv);
BalCliStatus   bal_cli_outbox          (BalCli *self, int argc, char **argv);
BalCliStatus   bal_cli_conflict        (BalCli *self, int argc, char **argv);
BalCliStatus   bal_cli_import          (BalCli *self, int argc, char **argv);
BalCliStatus   bal_cli_export          (BalCli *self, int argc, char **argv);
BalCliStatus   bal_cli_stats           (BalCli *self, int argc, char **argv);
BalCliStatus   bal_cli_check           (BalCli *self, int argc, char **argv);
BalCliStatus   bal_cli_backup          (BalCli *self, int argc, char **argv);
BalCliStatus   bal_cli_restore         (BalCli *self, int argc, char **argv);
BalCliStatus   bal_cli_document        (BalCli *self, int argc, char **argv);

/* ---- what differs between two versions ---- */
/* @changes: (element-type BalBlockChange): lines that begin with "-" are gone, with "+" new, with "~" only formatted
 * differently. */
void           bal_cli_print_changes   (GPtrArray         *changes);
json_t        *bal_cli_changes_to_json (GPtrArray         *changes);
/* @pieces: (element-type BalTextPiece): a line that is gone and the new one. */
void           bal_cli_print_pieces    (GPtrArray         *pieces);
json_t        *bal_cli_pieces_to_json  (GPtrArray         *pieces);

G_END_DECLS
