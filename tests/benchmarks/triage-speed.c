/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * triage-speed FOLDER ROUNDS
 *
 * The approved comments of a store that store-fill made, in the list of the window. Prints lines:
 *
 *   bare MS        the ids of the queue, in its order, straight from SQLite
 *   opened MS      from choosing the place until the list has all of them
 *   one MS         the longest time for which the main loop did nothing else, while one comment was decided on and
 *                  the next one selected
 *   many MS        the same for N comments at once, and for taking them back; every such time counts
 *   writer MS      how long somebody else had to wait who wanted to write meanwhile
 *   whole MS       until all of them were decided on
 *   small KIB, queue KIB, after KIB: resident memory with the pending comments, which are a hundredth, with the queue, and
 *                  at the end
 */
#include <adwaita.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "bal-list-pane.h"
#include "bal-tables.h"
#include "widget-tree.h"

#define N_MANY 10000
#define N_ONE 100
#define QUIET_USEC 600000

typedef struct
{
  GtkWidget         *window;
  BalListPane       *pane;
  GtkListView       *view;
  BalStore          *store;
  gint64             last_turn;     /* of the main loop */
  gint64             longest;
  gint64             last_long;     /* when the main loop was last busy */
  const char        *busy_word;     /* NULL: nobody wants to know */
} Bench;

static gboolean
turn_cb (gpointer data)
{
  Bench *bench = data;
  gint64 now = g_get_monotonic_time ();

  bench->longest = MAX (bench->longest, now - bench->last_turn);
  if (bench->busy_word != NULL && now - bench->last_turn > 1500)
    g_print ("%s %.3f\n", bench->busy_word, (now - bench->last_turn) / 1e3);
  if (now - bench->last_turn > 20000)
    bench->last_long = now;
  bench->last_turn = now;
  return G_SOURCE_CONTINUE;
}

static void
run_until (Bench    *bench,
           gboolean (*done) (Bench *bench))
{
  while (!done (bench))
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
is_quiet (Bench *bench)
{
  return g_get_monotonic_time () - bench->last_long > QUIET_USEC;
}

static guint
get_n_items (Bench *bench)
{
  GtkSelectionModel *model = gtk_list_view_get_model (bench->view);

  return model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (model)) : 0;
}

static gboolean
has_items (Bench *bench)
{
  return get_n_items (bench) > 1000;
}

static gboolean
is_empty (Bench *bench)
{
  return get_n_items (bench) == 0;
}

static void
measure_bare (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "balcony.db", NULL);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 begun;
  sqlite3 *database;
  sqlite3_stmt *statement;

  if (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (database));
  begun = g_get_monotonic_time ();
  sqlite3_prepare_v2 (database, "SELECT id FROM comment WHERE status = 1 ORDER BY created DESC, id DESC", -1,
                      &statement, NULL);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      g_array_append_val (ids, id);
    }
  g_print ("bare %.3f\n", (g_get_monotonic_time () - begun) / 1e3);
  sqlite3_finalize (statement);
  sqlite3_close (database);
}

static void
print_memory (const char *word)
{
  g_autofree char *status = NULL;
  const char *line;

  if (g_file_get_contents ("/proc/self/status", &status, NULL, NULL) &&
      (line = strstr (status, "VmRSS:")) != NULL)
    g_print ("%s %" G_GINT64_FORMAT "\n", word, g_ascii_strtoll (line + strlen ("VmRSS:"), NULL, 10));
}

static void
show_place (Bench *bench,
            int    status)
{
  g_autoptr(BalPlace) place = bal_place_new (BAL_PLACE_COMMENTS, status, NULL);

  bal_list_pane_show (bench->pane, place, 0);
}

static void
measure_opening (Bench *bench)
{
  gint64 begun;

  show_place (bench, BAL_COMMENT_STATUS_TRASH);
  run_until (bench, is_empty);
  run_until (bench, is_quiet);
  begun = g_get_monotonic_time ();
  show_place (bench, BAL_COMMENT_STATUS_APPROVED);
  run_until (bench, has_items);
  g_print ("opened %.3f\n", (g_get_monotonic_time () - begun) / 1e3);
  bench->last_long = g_get_monotonic_time ();
  run_until (bench, is_quiet);
}

static gboolean
count_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  return bal_counts_read (transaction, 0, data, error);
}

static guint
count_approved (Bench *bench)
{
  g_autoptr(GError) error = NULL;
  BalCounts counts;

  if (!bal_store_read (bench->store, count_work, &counts, NULL, &error))
    g_error ("%s", error->message);
  return counts.comments[BAL_COMMENT_STATUS_APPROVED];
}

static gboolean
nothing_work (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  return TRUE;
}

/* A write of somebody else, queued while the act goes on. */
static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  gint64 *begun = bal_store_get_work_data (result);

  g_print ("writer %.3f\n", (g_get_monotonic_time () - *begun) / 1e3);
  bal_store_write_finish (BAL_STORE (source), result, NULL);
}

static gboolean
write_cb (gpointer data)
{
  Bench *bench = data;
  gint64 now = g_get_monotonic_time ();

  bal_store_write_async (bench->store, nothing_work, g_memdup2 (&now, sizeof now), g_free, NULL, written_cb, NULL);
  return G_SOURCE_CONTINUE;
}

static void
measure_one (Bench *bench)
{
  GtkSelectionModel *model = gtk_list_view_get_model (bench->view);

  gtk_selection_model_select_item (model, 500, TRUE);
  run_until (bench, is_quiet);
  for (guint i = 0; i < N_ONE; i++)
    {
      gint64 end = g_get_monotonic_time () + 150000;

      bench->longest = 0;
      bench->last_turn = g_get_monotonic_time ();
      gtk_widget_activate_action (GTK_WIDGET (bench->pane), "triage.spam", NULL);
      while (g_get_monotonic_time () < end)
        g_main_context_iteration (NULL, TRUE);
      g_print ("one %.3f\n", bench->longest / 1e3);
    }
}

static void
act_and_wait (Bench      *bench,
              const char *action,
              guint       expected)
{
  gint64 begun = g_get_monotonic_time ();
  guint other = g_timeout_add (40, write_cb, bench);

  bench->last_turn = bench->last_long = begun;
  bench->busy_word = "many";
  gtk_widget_activate_action (GTK_WIDGET (bench->pane), action, NULL);
  do
    {
      gint64 end = g_get_monotonic_time () + 20000;

      while (g_get_monotonic_time () < end)
        g_main_context_iteration (NULL, TRUE);
      bench->busy_word = NULL;
      bench->last_turn = g_get_monotonic_time ();
      if (count_approved (bench) == expected)
        break;
      bench->last_turn = g_get_monotonic_time ();
      bench->busy_word = "many";
    }
  while (TRUE);
  g_print ("whole %.3f\n", (g_get_monotonic_time () - begun) / 1e3);
  g_source_remove (other);
  bench->last_turn = g_get_monotonic_time ();
  bench->busy_word = "many";
  run_until (bench, is_quiet);
  bench->busy_word = NULL;
}

static void
measure_many (Bench *bench)
{
  GtkSelectionModel *model = gtk_list_view_get_model (bench->view);
  guint n_before = count_approved (bench);

  gtk_selection_model_select_range (model, 1000, N_MANY, TRUE);
  run_until (bench, is_quiet);
  act_and_wait (bench, "triage.spam", n_before - N_MANY);
  act_and_wait (bench, "triage.undo", n_before);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;
  Bench bench = { 0 };
  int n_rounds;

  if (argc < 3)
    return 2;
  n_rounds = atoi (argv[2]);
  setvbuf (stdout, NULL, _IOLBF, 0);
  adw_init ();

  bench.store = bal_store_open (argv[1], &error);
  if (bench.store == NULL)
    g_error ("%s", error->message);
  bench.window = gtk_window_new ();
  bench.pane = g_object_new (BAL_TYPE_LIST_PANE, NULL);
  gtk_window_set_default_size (GTK_WINDOW (bench.window), 400, 800);
  gtk_window_set_child (GTK_WINDOW (bench.window), GTK_WIDGET (bench.pane));
  bal_list_pane_set_store (bench.pane, bench.store);
  gtk_window_present (GTK_WINDOW (bench.window));
  show_place (&bench, BAL_COMMENT_STATUS_TRASH);
  bench.view = GTK_LIST_VIEW (widget_find_type (GTK_WIDGET (bench.pane), GTK_TYPE_LIST_VIEW));
  bench.last_turn = bench.last_long = g_get_monotonic_time ();
  g_timeout_add (1, turn_cb, &bench);
  run_until (&bench, is_quiet);
  show_place (&bench, BAL_COMMENT_STATUS_PENDING);
  run_until (&bench, has_items);
  run_until (&bench, is_quiet);
  print_memory ("small");
  show_place (&bench, BAL_COMMENT_STATUS_APPROVED);
  run_until (&bench, has_items);
  run_until (&bench, is_quiet);
  print_memory ("queue");

  for (int i = 0; i < n_rounds; i++)
    {
      measure_bare (argv[1]);
      measure_opening (&bench);
    }
  measure_one (&bench);
  measure_many (&bench);
  print_memory ("after");

  gtk_window_destroy (GTK_WINDOW (bench.window));
  bal_store_close (bench.store, NULL);
  g_object_unref (bench.store);
  return 0;
}
