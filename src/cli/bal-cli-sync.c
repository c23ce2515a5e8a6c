/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-cli.h"

#include "bal-error.h"

static gboolean
filter_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  struct { BalCli *cli; gint64 blog_id; } *work = data;

  return bal_cli_filter_blog (work->cli, transaction, &work->blog_id, error);
}

static void
print_result (BalCli        *cli,
              BalSyncResult *result)
{
  g_autofree char *words = bal_sync_result_describe (result);

  if (!cli->json)
    {
      g_print ("%s\n", words);
      return;
    }

  bal_cli_print_json (json_pack ("{s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:o, s:o}",
                                 "reviews_received", (int) result->n_reviews_pulled,
                                 "comments_received", (int) result->n_comments_pulled,
                                 "reviews_sent", (int) result->n_reviews_sent,
                                 "comments_sent", (int) result->n_comments_sent,
                                 "removed", (int) result->n_removed,
                                 "doubled", (int) result->n_doubled,
                                 "approved_by_trust", (int) result->n_trusted,
                                 "trashed_by_block", (int) result->n_blocked,
                                 "conflicts", (int) result->n_conflicts,
                                 "parked", (int) result->n_parked,
                                 "waiting", (int) result->n_waiting,
                                 "signed_out", (int) result->n_signed_out,
                                 "rewritten", (int) result->n_rewritten,
                                 "rewriting", bal_cli_string (result->rewriting),
                                 "error", bal_cli_string (result->error != NULL ? result->error->message : NULL)));
}

static BalCliStatus
result_status (const BalSyncResult *result)
{
  if (result->n_conflicts > 0 || result->n_parked > 0 || result->n_signed_out > 0 ||
      g_error_matches (result->error, BAL_ERROR, BAL_ERROR_CONFLICT))
    return BAL_CLI_WAITING;

  return result->error != NULL ? BAL_CLI_FAILED : BAL_CLI_DONE;
}

BalCliStatus
bal_cli_sync (BalCli  *cli,
              int      argc,
              char   **argv)
{
  gboolean pull_only = FALSE, full = FALSE, accept_removals = FALSE;
  const GOptionEntry entries[] = {
    { "pull-only", 0, 0, G_OPTION_ARG_NONE, &pull_only, N_("Receive, send nothing"), NULL },
    { "full", 0, 0, G_OPTION_ARG_NONE, &full, N_("Compare everything, not only what is new"), NULL },
    { "accept-removals", 0, 0, G_OPTION_ARG_NONE, &accept_removals,
      N_("Believe that many reviews are gone from the blog (with --full)"), NULL },
    { NULL }
  };
  struct { BalCli *cli; gint64 blog_id; } filter = { cli, 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GAsyncResult) async_result = NULL;
  g_autoptr(GCancellable) cancellable = NULL;
  g_autoptr(BalSyncResult) result = NULL;
  const char *password = g_getenv ("BALCONY_PASSWORD");
  BalSyncEngine *engine;

  if (!bal_cli_parse ("sync [--pull-only] [--full [--accept-removals]]", entries, &argc, &argv, 0, 0))
    return BAL_CLI_USAGE;
  if (!bal_cli_read (cli, filter_work, &filter, &error))
    return bal_cli_fail (error);
  engine = bal_cli_get_engine (cli, password != NULL && *password != '\0' ? password : NULL, &error);
  if (engine == NULL)
    return bal_cli_fail (error);

  cancellable = bal_cli_interruptible ();
  bal_sync_engine_sync_async (engine, filter.blog_id,
                              (pull_only ? BAL_SYNC_PULL_ONLY : 0) | (full ? BAL_SYNC_FULL : 0) |
                                (accept_removals ? BAL_SYNC_ACCEPT_REMOVALS : 0),
                              cancellable, bal_cli_await_cb, &async_result);
  bal_cli_await (&async_result);
  result = bal_sync_engine_sync_finish (engine, async_result, &error);
  if (result == NULL)
    return bal_cli_fail (error);

  print_result (cli, result);
  if (result->error != NULL)
    g_printerr ("balconyctl: %s\n", result->error->message);
  if (result->n_signed_out > 0)
    g_printerr (_("balconyctl: Give the password in BALCONY_PASSWORD, or sign in in the window.\n"));

  return result_status (result);
}
