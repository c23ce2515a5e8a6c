/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-cli.h"

/* ---- stats ---- */

typedef struct
{
  BalCli    *cli;
  BalCounts  counts;
} StatsWork;

static gboolean
stats_work (BalTransaction *transaction, gpointer data, GError **error)
{
  StatsWork *work = data;
  gint64 blog_id;

  return bal_cli_filter_blog (work->cli, transaction, &blog_id, error) &&
         bal_counts_read (transaction, blog_id, &work->counts, error);
}

static void
print_count (const char *label,
             guint       count)
{
  g_autofree char *cell = bal_cli_cell (label, 16);

  g_print ("%s %7u\n", cell, count);
}

BalCliStatus
bal_cli_stats (BalCli  *cli,
               int      argc,
               char   **argv)
{
  StatsWork work = { .cli = cli };
  g_autoptr(GError) error = NULL;
  json_t *reviews, *comments;

  if (!bal_cli_parse ("stats", NULL, &argc, &argv, 0, 0))
    return BAL_CLI_USAGE;
  if (!bal_cli_read (cli, stats_work, &work, &error))
    return bal_cli_fail (error);

  reviews = json_object ();
  for (guint i = 0; i < G_N_ELEMENTS (work.counts.reviews); i++)
    {
      if (!cli->json)
        print_count (bal_review_status_get_label (i), work.counts.reviews[i]);
      json_object_set_new (reviews, bal_review_status_to_nick (i), json_integer (work.counts.reviews[i]));
    }
  comments = json_object ();
  for (guint i = 0; i < G_N_ELEMENTS (work.counts.comments); i++)
    {
      if (!cli->json)
        print_count (bal_comment_status_get_label (i), work.counts.comments[i]);
      json_object_set_new (comments, bal_comment_status_to_nick (i), json_integer (work.counts.comments[i]));
    }

  if (!cli->json)
    {
      print_count (_("Unanswered"), work.counts.unanswered);
      print_count (_("Mine"), work.counts.mine);
      print_count (_("Conflicts"), work.counts.conflicts);
      print_count (_("Outbox"), work.counts.outbox);
    }
  if (cli->json)
    bal_cli_print_json (json_pack ("{s:O, s:O, s:i, s:i, s:i, s:i}", "reviews", reviews, "comments", comments,
                                   "unanswered", (int) work.counts.unanswered,
                                   "mine", (int) work.counts.mine,
                                   "conflicts", (int) work.counts.conflicts,
                                   "outbox", (int) work.counts.outbox));
  json_decref (reviews);
  json_decref (comments);

  return BAL_CLI_DONE;
}

/* ---- check, backup, restore ---- */

BalCliStatus
bal_cli_check (BalCli  *cli,
               int      argc,
               char   **argv)
{
  g_autoptr(GError) error = NULL;
  BalStore *store;

  if (!bal_cli_parse ("check", NULL, &argc, &argv, 0, 0))
    return BAL_CLI_USAGE;
  store = bal_cli_get_store (cli, &error);
  if (store == NULL || !bal_store_check (store, NULL, &error))
    return bal_cli_fail (error);

  if (cli->json)
    bal_cli_print_json (json_pack ("{s:b}", "ok", 1));
  else
    g_print ("%s\n", _("The database and its pictures are sound."));

  return BAL_CLI_DONE;
}

/* A backup is made and restored without them: the texts must not wait. */
static void
warn_of_pictures (BalStore *store)
{
  g_autoptr(GError) error = NULL;

  if (!bal_store_check_pictures (store, NULL, &error))
    g_printerr ("balconyctl: %s\n", error->message);
}

BalCliStatus
bal_cli_backup (BalCli  *cli,
                int      argc,
                char   **argv)
{
  g_autoptr(GError) error = NULL;
  BalStore *store;

  if (!bal_cli_parse ("backup FILE", NULL, &argc, &argv, 1, 1))
    return BAL_CLI_USAGE;
  store = bal_cli_get_store (cli, &error);
  if (store == NULL || !bal_store_backup (store, argv[1], NULL, &error))
    return bal_cli_fail (error);
  warn_of_pictures (store);

  if (cli->json)
    bal_cli_print_json (json_pack ("{s:o}", "file", bal_cli_string (argv[1])));
  else
    g_print (_("Saved a backup as %s.\n"), argv[1]);

  return BAL_CLI_DONE;
}

BalCliStatus
bal_cli_restore (BalCli  *cli,
                 int      argc,
                 char   **argv)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *aside = NULL;
  BalStore *store;

  if (!bal_cli_parse ("restore FILE", NULL, &argc, &argv, 1, 1))
    return BAL_CLI_USAGE;
  if (cli->data_dir == NULL)
    cli->data_dir = g_build_filename (g_get_user_data_dir (), "balcony", NULL);
  if (!bal_store_restore (cli->data_dir, argv[1], &aside, &error))
    return bal_cli_fail (error);
  store = bal_cli_get_store (cli, &error);
  if (store == NULL)
    return bal_cli_fail (error);
  warn_of_pictures (store);

  if (cli->json)
    bal_cli_print_json (json_pack ("{s:o}", "previous", bal_cli_string (aside)));
  else if (aside != NULL)
    g_print (_("Restored. What was there before is kept as %s.\n"), aside);
  else
    g_print ("%s\n", _("Restored."));

  return BAL_CLI_DONE;
}
