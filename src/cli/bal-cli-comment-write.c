/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-cli.h"

#include "bal-comment-html.h"
#include "bal-desk.h"
#include "bal-error.h"
#include "bal-safe-text.h"
#include "bal-time.h"

#include <stdio.h>

/* ---- reply, edit ---- */

typedef struct
{
  gint64      id;
  char       *text;       /* (nullable), as is the next: one of the three */
  char       *html;
  char       *snippet;
} WriteWork;

static void
write_work_clear (WriteWork *work)
{
  g_free (work->text);
  g_free (work->html);
  g_free (work->snippet);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WriteWork, write_work_clear)

/* A saved reply goes through the blog's way to write comments, like one that is typed. */
static char *
fill_snippet (BalTransaction  *transaction,
              WriteWork       *work,
              GError         **error)
{
  g_auto(BalReplyWords) words = { 0 };
  g_autoptr(BalSnippet) snippet = bal_snippet_table_find (transaction, work->snippet, error);
  g_autoptr(BalComment) comment = NULL;
  g_autoptr(BalBlog) blog = NULL;
  g_autoptr(BalDocument) document = NULL;
  g_autoptr(GPtrArray) blocks = NULL;
  g_autofree char *filled = NULL;
  BalDialect dialect;

  if (snippet == NULL || !bal_snippet_table_find_words (transaction, work->id, &words, error) ||
      (comment = bal_comment_table_get_row (transaction, work->id, error)) == NULL ||
      (blog = bal_blog_table_get (transaction, bal_comment_get_blog_id (comment), error)) == NULL)
    return NULL;

  dialect = bal_comment_html_get_dialect (bal_blog_get_dialect (blog));
  filled = bal_reply_text_fill (snippet->html, &words);
  document = bal_comment_html_read (filled, dialect);
  blocks = bal_document_dup_blocks (document);
  return bal_comment_html_write (blocks, dialect);
}

static gboolean
reply_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  WriteWork *work = data;

  if (work->snippet != NULL && (work->html = fill_snippet (transaction, work, error)) == NULL)
    return FALSE;

  work->id = work->html != NULL ? bal_desk_reply_html (transaction, work->id, work->html, error)
                                : bal_desk_reply (transaction, work->id, work->text, error);
  return work->id != 0;
}

static gboolean
edit_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  WriteWork *work = data;

  return work->html != NULL ? bal_desk_edit_comment_html (transaction, work->id, work->html, NULL, error)
                            : bal_desk_edit_comment (transaction, work->id, work->text, error);
}

static BalCliStatus
read_html (const char  *path,
           WriteWork   *work)
{
  g_autoptr(GError) error = NULL;
  gsize length;

  if (!bal_cli_read_file (path, &work->html, &length, &error))
    return bal_cli_fail (error);
  if (!g_utf8_validate (work->html, (gssize) length, NULL))
    return bal_cli_usage (_("The text is not valid UTF-8."));
  return BAL_CLI_DONE;
}

/* What was written, and whether it waits for a person. */
static BalCliStatus
print_written (BalCli *cli,
               gint64  id)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  BalCliStatus status = bal_cli_comment_print (cli, id);

  g_array_append_val (ids, id);
  return status == BAL_CLI_DONE ? bal_cli_comment_look_what_waits (cli, ids) : status;
}

static BalCliStatus
write_comment (BalCli              *cli,
               int                  argc,
               char               **argv,
               const char          *synopsis,
               const GOptionEntry  *entries,
               char               **path,
               WriteWork           *work,
               BalStoreWork         act)
{
  g_autoptr(GError) error = NULL;
  BalCliStatus status = BAL_CLI_DONE;

  if (!bal_cli_parse (synopsis, entries, &argc, &argv, 1, 2) || !bal_cli_parse_id (argv[1], &work->id))
    return BAL_CLI_USAGE;
  if ((argc == 3) + (*path != NULL) + (work->snippet != NULL) != 1)
    return bal_cli_usage (_("Say what to write once: “%s”."), synopsis);

  if (*path != NULL)
    status = read_html (*path, work);
  else if (argc == 3 && !g_utf8_validate (argv[2], -1, NULL))
    status = bal_cli_usage (_("The text is not valid UTF-8."));
  else if (argc == 3)
    work->text = g_strstrip (g_strdup (argv[2]));
  if (status != BAL_CLI_DONE)
    return status;
  if (work->text != NULL && *work->text == '\0')
    return bal_cli_usage (_("There is no text to write."));

  return bal_cli_write (cli, act, work, &error) ? print_written (cli, work->id) : bal_cli_fail (error);
}

BalCliStatus
bal_cli_comment_reply (BalCli  *cli,
                       int      argc,
                       char   **argv)
{
  g_auto(WriteWork) work = { 0 };
  g_autofree char *path = NULL;
  const GOptionEntry entries[] = {
    { "html", 0, 0, G_OPTION_ARG_FILENAME, &path, N_("A file with HTML; “-” is standard input"), "FILE" },
    { "snippet", 0, 0, G_OPTION_ARG_STRING, &work.snippet, N_("A saved reply"), "NAME" },
    { NULL }
  };

  return write_comment (cli, argc, argv, "comment reply ID TEXT | --html FILE | --snippet NAME", entries, &path, &work,
                        reply_work);
}

BalCliStatus
bal_cli_comment_edit (BalCli  *cli,
                      int      argc,
                      char   **argv)
{
  g_auto(WriteWork) work = { 0 };
  g_autofree char *path = NULL;
  const GOptionEntry entries[] = {
    { "html", 0, 0, G_OPTION_ARG_FILENAME, &path, N_("A file with HTML; “-” is standard input"), "FILE" },
    { NULL }
  };

  return write_comment (cli, argc, argv, "comment edit ID TEXT | --html FILE", entries, &path, &work, edit_work);
}

/* ---- drafts ---- */

static gboolean
drafts_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  GPtrArray **drafts = data;

  return (*drafts = bal_reply_draft_table_list (transaction, error)) != NULL;
}

BalCliStatus
bal_cli_comment_drafts (BalCli  *cli,
                        int      argc,
                        char   **argv)
{
  g_autoptr(GPtrArray) drafts = NULL;
  g_autoptr(GError) error = NULL;
  json_t *array;

  if (!bal_cli_parse ("comment drafts", NULL, &argc, &argv, 0, 0))
    return BAL_CLI_USAGE;
  if (!bal_cli_read (cli, drafts_work, &drafts, &error))
    return bal_cli_fail (error);

  array = cli->json ? json_array () : NULL;
  for (guint i = 0; i < drafts->len; i++)
    {
      BalReplyDraft *draft = g_ptr_array_index (drafts, i);
      g_autofree char *line = bal_safe_text_line (draft->html, 80);

      if (array != NULL)
        json_array_append_new (array, json_pack ("{s:I, s:b, s:s, s:o}", "comment_id", (json_int_t) draft->comment_id,
                                                 "edit", draft->edit, "html", draft->html,
                                                 "updated", bal_cli_time (draft->updated)));
      else
        g_print ("%6" G_GINT64_FORMAT "  %-5s  %s\n", draft->comment_id, draft->edit ? "edit" : "reply", line);
    }
  if (array != NULL)
    bal_cli_print_json (array);
  return BAL_CLI_DONE;
}

/* ---- the local history ---- */

typedef struct
{
  gint64       id;
  gint64       revision_id;
  GPtrArray   *revisions;     /* BalRevision */
} HistoryWork;

static gboolean
history_work (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  HistoryWork *work = data;
  g_autoptr(BalComment) comment = NULL;

  work->revisions = bal_revision_table_list (transaction, BAL_ENTITY_COMMENT, work->id, error);
  /* One that is gone still has its history; one that never was has none. */
  return work->revisions != NULL &&
         (work->revisions->len > 0 || (comment = bal_comment_table_get_row (transaction, work->id, error)) != NULL);
}

static BalCliStatus
show_version (BalCli      *cli,
              HistoryWork *work)
{
  for (guint i = 0; i < work->revisions->len; i++)
    {
      BalRevision *revision = g_ptr_array_index (work->revisions, i);

      if (revision->id != work->revision_id)
        continue;
      if (cli->json)
        bal_cli_print_json (bal_cli_revision_to_json (revision));
      else
        fputs (revision->html != NULL ? revision->html : "", stdout);
      return BAL_CLI_DONE;
    }
  return bal_cli_usage (_("That version is none of this comment; “comment history” lists those that are."));
}

BalCliStatus
bal_cli_comment_history (BalCli  *cli,
                         int      argc,
                         char   **argv)
{
  g_autofree char *show = NULL;
  const GOptionEntry entries[] = {
    { "show", 0, 0, G_OPTION_ARG_STRING, &show, N_("The HTML of one version, byte for byte"), "N" },
    { NULL }
  };
  HistoryWork work = { 0 };
  g_autoptr(GPtrArray) revisions = NULL;
  g_autoptr(GError) error = NULL;
  gboolean done;
  json_t *array;

  if (!bal_cli_parse ("comment history ID [--show N]", entries, &argc, &argv, 1, 1) ||
      !bal_cli_parse_id (argv[1], &work.id) || (show != NULL && !bal_cli_parse_id (show, &work.revision_id)))
    return BAL_CLI_USAGE;
  done = bal_cli_read (cli, history_work, &work, &error);
  revisions = work.revisions;
  if (!done)
    return bal_cli_fail (error);
  if (show != NULL)
    return show_version (cli, &work);

  array = cli->json ? json_array () : NULL;
  for (guint i = 0; i < revisions->len; i++)
    {
      BalRevision *revision = g_ptr_array_index (revisions, i);
      g_autofree char *created = bal_time_to_rfc3339 (revision->created);
      g_autofree char *line = bal_safe_text_line (revision->html, 60);

      if (array != NULL)
        json_array_append_new (array, bal_cli_revision_to_json (revision));
      else
        g_print ("%6" G_GINT64_FORMAT "  %s  %-8s  %s\n", revision->id, created,
                 bal_cli_revision_nick (revision->kind), line);
    }
  if (array != NULL)
    bal_cli_print_json (array);
  return BAL_CLI_DONE;
}

static gboolean
restore_work (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  HistoryWork *work = data;

  return bal_desk_restore_comment_version (transaction, work->id, work->revision_id, error);
}

BalCliStatus
bal_cli_comment_restore_version (BalCli  *cli,
                                 int      argc,
                                 char   **argv)
{
  HistoryWork work = { 0 };
  g_autoptr(GError) error = NULL;

  if (!bal_cli_parse ("comment restore-version ID N", NULL, &argc, &argv, 2, 2) ||
      !bal_cli_parse_id (argv[1], &work.id) || !bal_cli_parse_id (argv[2], &work.revision_id))
    return BAL_CLI_USAGE;

  return bal_cli_write (cli, restore_work, &work, &error) ? print_written (cli, work.id) : bal_cli_fail (error);
}
