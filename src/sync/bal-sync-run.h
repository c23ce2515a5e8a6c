/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-sync-engine.h"
#include "bal-tables.h"

G_BEGIN_DECLS

/* What of the blog is asked for, in this order. */
typedef enum
{
  BAL_SYNC_STAGE_REVIEWS,
  BAL_SYNC_STAGE_COMMENTS,
  BAL_SYNC_STAGE_SWEEP,
} BalSyncStage;

/* @fraction: 0…1, or -1 where it is not known. @message: translated. */
typedef void (*BalSyncReport) (gpointer    data,
                               const char *message,
                               double      fraction);

/* (transfer full): another blog of the person's, signed in to, which fills in @blog. AUTH: the person must sign in there. */
typedef BalProvider *(*BalSyncOpen) (gpointer       data,
                                     BalBlog       *blog,
                                     BalSyncFlags   flags,
                                     GCancellable  *cancellable,
                                     GError       **error);

/*
 * One sync of one blog, on the engine's thread.
 */
typedef struct
{
  /* owned */
  BalBlog       *blog;
  BalProvider   *provider;
  BalProvider   *host;              /* where its pictures go; NULL until the first does */
  BalBlog       *host_blog;
  GError        *host_error;        /* why none goes there in this sync */
  GHashTable    *missing_reviews;   /* remote ids that the blog does not have: comments on pages and the like */
  GHashTable    *large_reviews;     /* remote ids of what is there and too large to come in */
  guint          n_told;            /* of them, those that the person knows of */
  GHashTable    *listed_reviews;    /* (nullable) (element-type utf8): remote ids of all that a full pull listed from its start */
  GHashTable    *listed_comments;   /* (nullable): the same */
  gboolean       compared;          /* everything, to the end */
  gboolean       is_first;          /* everything that the blog lists is new */
  gboolean       has_changes;       /* that could be sent now */
  BalSyncStage   first_stage;       /* where this sync begins */
  BalSyncStage   stage;             /* … and where it is */
  gboolean       has_stage;         /* one is noted, as patience ended there */

  /* borrowed from the engine */
  BalStore      *store;
  BalHttpClient *http;
  BalSyncResult *result;
  GCancellable  *cancellable;
  BalSyncFlags   flags;
  guint          grace_ms;          /* between two looks for a create whose answer was lost */
  BalSyncReport  report;
  gpointer       report_data;
  BalSyncOpen    open;
  gpointer       open_data;
} BalSyncRun;

void     bal_sync_run_clear          (BalSyncRun    *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BalSyncRun, bal_sync_run_clear)

/* bal-sync-run.c: the whole of it. FALSE: the password was refused. */
gboolean bal_sync_run_blog           (BalSyncRun            *self,
                                      const BalProviderType *type,
                                      const char            *password,
                                      BalHttpClient         *http);
/* Notes that the person must sign in, in the blog's row and the result. */
void     bal_sync_run_sign_out       (BalSyncRun    *self);

/* bal-sync-pull.c: changed reviews and comments, page by page. */
gboolean bal_sync_run_pull           (BalSyncRun    *self,
                                      GError       **error);
/* … those that come before the first stage, where the server is quick again. */
gboolean bal_sync_run_pull_rest      (BalSyncRun    *self,
                                      GError       **error);
/* bal-sync-stage.c: where the last sync ended for want of patience. */
gboolean bal_sync_run_find_stage     (BalSyncRun    *self,
                                      GError       **error);
gboolean bal_sync_run_note_stage     (BalSyncRun    *self,
                                      gboolean       is_cut,
                                      GError       **error);
/* bal-sync-large.c: reviews that are too large to come in: they are noted, and told once all else is done. */
gboolean bal_sync_run_leave_out      (BalSyncRun    *self,
                                      const char    *remote_id,
                                      GError       **error);
gboolean bal_sync_run_tell_left_out  (BalSyncRun    *self,
                                      GError       **error);
/* bal-sync-inventory.c: makes this sync a full one when a day has passed since the last, and notes that all was compared. */
gboolean bal_sync_run_plan_inventory (BalSyncRun   *self,
                                      GError      **error);
gboolean bal_sync_run_note_inventory (BalSyncRun   *self,
                                      GError      **error);
/* bal-sync-sweep.c: what changed without being listed, and what is gone. */
gboolean bal_sync_run_sweep          (BalSyncRun    *self,
                                      GError       **error);
/* bal-sync-doubled.c: creates that were delivered again after their answer. */
gboolean bal_sync_run_remove_doubled (BalSyncRun   *self,
                                      GError      **error);
/* bal-sync-push.c: the creates whose answer was lost, then everything in the outbox. FALSE when there is no use in going on. */
gboolean bal_sync_run_adopt          (BalSyncRun    *self,
                                      GError       **error);
gboolean bal_sync_run_push           (BalSyncRun    *self,
                                      GError       **error);

/* bal-image-host.c: uploads a picture of a blog that takes none itself to where the person said; sets its url. *@waits (out): nothing is
 * wrong with the review; it goes when the host can be reached again. */
gboolean bal_sync_run_upload_elsewhere (BalSyncRun *self,
                                        BalMedia   *media,
                                        gboolean   *waits,
                                        GError    **error);

/* What merge helpers of pull and sweep share: takes the reviews and comments of a page in, in one transaction that also sets
 * the cursors (nullable names are left alone; NULL values clear). */
typedef struct
{
  BalSyncRun *run;
  GPtrArray  *reviews;              /* (nullable) element-type BalReview */
  GPtrArray  *comments;             /* (nullable) element-type BalComment */
  gboolean    is_wanted;            /* the reviews have comments: they come in whatever they are */
  const char *cursor_name;
  char       *cursor;
  const char *watermark_name;
  char       *watermark;
  guint       n_changed;            /* out */
  guint       n_spam_moved;         /* out: by the spam help */
  guint       n_trusted;            /* out: approved, because their commenters are trusted */
  guint       n_blocked;            /* out: in the trash, because their commenters are blocked */
} BalSyncPage;

BalSyncPage *bal_sync_page_new       (BalSyncRun      *run);
void         bal_sync_page_free      (BalSyncPage     *self);
/* A BalStoreWork. */
gboolean     bal_sync_page_store     (BalTransaction  *transaction,
                                      gpointer         page,
                                      GError         **error);
/* Fetches the reviews of comments that are not known here yet. */
gboolean     bal_sync_run_fetch_reviews_of (BalSyncRun  *self,
                                            GPtrArray   *comments,
                                            GError     **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalSyncPage, bal_sync_page_free)

/* bal-sync-listing.c: what a listing has shown so far. */
typedef struct
{
  guint n_rows;                  /* each once */
  guint n_again;                 /* that had been shown before */
  guint n_repeated;              /* pages in a row with nothing else */
  guint n_announced;             /* 0: not told yet */
  gboolean is_news;              /* of which no total is known */
} BalSyncListing;

gboolean     bal_sync_listing_take   (BalSyncListing  *self,
                                      BalPage         *page,
                                      const char      *cursor,
                                      guint            n_new,
                                      GError         **error);
void         bal_sync_listing_set_endless (GError    **error);

/* How long a server may let us wait without anything that comes of it; a write may take some seconds more. */
#define BAL_SYNC_PATIENCE_S 48

/* What came, in ms that a slow server may take for it: a row of a list of everything, or one that is news; one that is
 * only compared; one that was asked for by its id; a change that arrived. A sync in which nothing comes ends within a
 * minute; others may last as long as it goes on. */
#define BAL_SYNC_LISTED_ROW_MS   200
#define BAL_SYNC_COMPARED_ROW_MS 20
#define BAL_SYNC_ASKED_ROW_MS    1000
#define BAL_SYNC_SENT_MS         20000
void         bal_sync_run_came       (BalSyncRun    *self,
                                      guint          n,
                                      guint          worth_ms);
void         bal_sync_run_say        (BalSyncRun    *self,
                                      double         fraction,
                                      const char    *format,
                                      ...) G_GNUC_PRINTF (3, 4);
/* Notes why this did not end well, if it is the first reason. */
void         bal_sync_result_fail    (BalSyncResult *result,
                                      GError        *error);    /* (transfer full) */

G_END_DECLS
