/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-cli-exchange.h"

#include "bal-import-undo.h"
#include "bal-import.h"

typedef struct
{
  BalCli *cli;
  gint64  blog_id;
} UndoWork;

static gboolean
print_report (BalCli           *cli,
              BalImportReport  *report,
              GError          **error)
{
  g_autofree char *summary = NULL;
  json_t *notes;

  if (!cli->json)
    {
      summary = bal_import_report_summarize (report);
      g_print ("%s: %s", bal_import_format_get_label (report->format), summary);
      return bal_cli_print_notes (report->notes, error);
    }

  notes = bal_cli_notes_to_json (report->notes, error);
  if (notes == NULL)
    return FALSE;

  bal_cli_print_json (json_pack ("{s:s, s:b, s:b, s:{s:i, s:i}, s:{s:i, s:i}, s:i, s:i, s:i, s:i, s:o}",
                                 "format", bal_import_format_to_nick (report->format),
                                 "preview", report->is_preview, "stopped", report->was_stopped,
                                 "reviews", "new", (int) report->reviews.n_new, "there", (int) report->reviews.n_there,
                                 "comments", "new", (int) report->comments.n_new,
                                 "there", (int) report->comments.n_there,
                                 "others", (int) report->n_extras,
                                 "skipped", (int) report->n_skipped, "repaired", (int) report->n_repaired,
                                 "kept", (int) report->n_kept, "notes", notes));
  return TRUE;
}

/* @blog: (nullable): it is made anew. */
static BalImportReport *
run_import (BalCli           *cli,
            BalBlog          *blog,
            const char       *path,
            BalImportFormat   format,
            BalImportFlags    flags,
            GError          **error)
{
  g_autoptr(GCancellable) cancellable = bal_cli_interruptible ();
  g_autoptr(GAsyncResult) result = NULL;
  BalStore *store = bal_cli_get_store (cli, error);
  BalImportReport *report;

  if (store == NULL)
    return NULL;

  bal_import_run_async (store, blog, path, format, flags, bal_cli_get_progress (cli), NULL, cancellable,
                        bal_cli_await_cb, &result);
  bal_cli_await (&result);
  report = bal_import_run_finish (store, result, error);
  bal_cli_end_progress (cli);
  return report;
}

/* ---- taking it back ---- */

static gboolean
filter_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  UndoWork *work = data;

  return bal_cli_filter_blog (work->cli, transaction, &work->blog_id, error);
}

static BalCliStatus
undo_import (BalCli *cli)
{
  g_autoptr(GCancellable) cancellable = bal_cli_interruptible ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(BalImportUndone) undone = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *summary = NULL;
  UndoWork work = { cli, 0 };
  BalStore *store;

  if (!bal_cli_read (cli, filter_work, &work, &error) || (store = bal_cli_get_store (cli, &error)) == NULL)
    return bal_cli_fail (error);
  bal_import_undo_async (store, work.blog_id, 0, cancellable, bal_cli_await_cb, &result);
  bal_cli_await (&result);
  undone = bal_import_undo_finish (store, result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (&error);
      g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                           _("Stopped. What was taken back until then is gone; “import --undo” goes on from there."));
    }
  if (undone == NULL)
    return bal_cli_fail (error);

  summary = bal_import_undone_summarize (undone);
  if (cli->json)
    bal_cli_print_json (json_pack ("{s:o, s:o, s:{s:i, s:i}, s:{s:i, s:i}}", "file", bal_cli_string (undone->name),
                                   "imported", bal_cli_time (undone->created),
                                   "taken_back", "reviews", (int) undone->n_reviews, "comments", (int) undone->n_comments,
                                   "kept", "reviews", (int) undone->n_reviews_kept,
                                   "comments", (int) undone->n_comments_kept));
  else
    g_print ("%s: %s", undone->name, summary);
  return BAL_CLI_DONE;
}

BalCliStatus
bal_cli_import (BalCli  *cli,
                int      argc,
                char   **argv)
{
  g_autofree char *nick = NULL;
  g_autofree char *into = NULL;
  gboolean preview = FALSE, send = FALSE, undo = FALSE, whole = FALSE;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &nick,
      N_("wxr, blogger, letterboxd, json, markdown, html or text; by default recognised"), "F" },
    { "into", 0, 0, G_OPTION_ARG_STRING, &into, N_("The blog that it goes into, like --blog"), "BLOG" },
    { "preview", 0, 0, G_OPTION_ARG_NONE, &preview, N_("Only tell what would come in"), NULL },
    { "send", 0, 0, G_OPTION_ARG_NONE, &send,
      N_("Send what comes in to the blog with the next sync, with the status that it had"), NULL },
    { "whole", 0, 0, G_OPTION_ARG_NONE, &whole,
      N_("Make the blog anew as it stood when it was exported as json, with what waits to be sent"), NULL },
    { "undo", 0, 0, G_OPTION_ARG_NONE, &undo,
      N_("Take back what the latest import brought, but for what you have worked on since"), NULL },
    { NULL }
  };
  BalImportFormat format = BAL_IMPORT_FORMAT_AUTO;
  g_autoptr(GError) error = NULL;
  g_autoptr(BalBlog) blog = NULL;
  g_autoptr(BalImportReport) report = NULL;

  if (!bal_cli_parse ("import FILE|FOLDER [--format F] [--into BLOG] [--preview] [--send] | FILE --whole [--preview] | --undo",
                      entries, &argc, &argv, 0, 1))
    return BAL_CLI_USAGE;
  if (undo == (argc > 1) || (undo && (preview || send || whole || nick != NULL)))
    return bal_cli_usage (_("Name a file or a folder to import, or --undo alone."));
  if (whole && (send || into != NULL || cli->blog_name != NULL || (nick != NULL && !g_str_equal (nick, "json"))))
    return bal_cli_usage (_("With --whole a blog is made anew of a file of the format json: it goes into none that is here."));
  if (nick != NULL && !bal_import_format_from_nick (nick, &format))
    return bal_cli_usage (_("There is no format “%s”; there are wxr, blogger, letterboxd, json, markdown, html and text."),
                          nick);
  if (into != NULL)
    {
      g_free (cli->blog_name);
      cli->blog_name = g_steal_pointer (&into);
    }

  if (undo)
    return undo_import (cli);
  if (!whole)
    blog = bal_cli_read_blog (cli, &error);
  if (!whole && blog == NULL)
    return bal_cli_fail (error);
  report = run_import (cli, blog, argv[1], format,
                       (preview ? BAL_IMPORT_PREVIEW : 0) | (send ? BAL_IMPORT_SEND : 0), &error);
  if (report == NULL || !print_report (cli, report, &error))
    return bal_cli_fail (error);

  return report->was_stopped ? BAL_CLI_FAILED : report->n_skipped > 0 ? BAL_CLI_WAITING : BAL_CLI_DONE;
}
