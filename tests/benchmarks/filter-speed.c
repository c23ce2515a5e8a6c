/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * filter-speed FOLDER ROUNDS
 *
 * With no round it opens and closes the store, which indexes some of the texts that wait for it.
 *
 * Filters of the comments of a store that store-fill made, each against its bare query. Prints lines, with tabs between:
 *
 *   NAME  BARE  OPENED  FOUND     milliseconds: the ids straight from SQLite; from setting the filter of a list until it
 *                                 has all of them; and how many there are
 *   count MS                      the number of a saved filter whose words are in every second comment
 *   typed MS                      the longest time for which the main loop did nothing else while a line was typed,
 *                                 each letter before the answer to the last one was there
 */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "bal-comment-list.h"
#include "bal-text-tokenizer.h"

#define IN_TEXTS(match) "id IN (SELECT rowid FROM comment_fts WHERE comment_fts MATCH '" match "')"
#define OPEN "status IN (0, 1) AND "

static const struct
{
  const char *name;
  const char *line;
  const char *condition;
} filters[] = {
  { "rare word", "\"lamplight17\"", OPEN IN_TEXTS ("{author body} : lamplight17") },
  { "common word", "\"mirror\"", OPEN IN_TEXTS ("{author body} : mirror") },
  { "two words", "winter \"mirror\"", OPEN IN_TEXTS ("{author body} : winter AND {author body} : mirror") },
  { "first letters", "lamp", OPEN IN_TEXTS ("{author body} : lamp*") },
  { "author", "from:\"reader 77\"", OPEN IN_TEXTS ("{author origin} : \"reader 77\"*") },
  { "review", "review:mirror",
    OPEN "review_id IN (SELECT rowid FROM review_fts WHERE review_fts MATCH 'title : mirror*')" },
  { "review by id", "review:#17", OPEN "review_id = 17" },
  { "spam", "status:spam", "status = 2 AND status <> 1" },
  { "spam and trash", "status:spam,trash", "status IN (2, 3) AND status <> 1" },
  { "all", "status:all", "TRUE" },
  { "a month", "on:2030-05", OPEN "created >= 1903824000 AND created < 1906502400" },
  { "since a year", "after:2030", OPEN "created >= 1893456000" },
  { "links", "has:link", OPEN "has_link = 1" },
  { "links of spam", "has:link status:spam", "status = 2 AND has_link = 1" },
  { "no link", "-has:link", OPEN "id NOT IN (SELECT id FROM comment WHERE has_link = 1)" },
  { "unanswered", "is:unanswered", "unanswered = 1" },
  { "mine", "is:mine", "mine = 1 AND status < 2" },
  { "without a word", "-mirror", OPEN "id NOT IN (SELECT rowid FROM comment_fts WHERE comment_fts MATCH '{author body} : mirror')" },
  { "of everything", "mirror from:reader review:winter after:2030 has:link",
    OPEN "created >= 1893456000 AND has_link = 1 AND "
    IN_TEXTS ("{author body} : mirror* AND {author origin} : reader*") " AND "
    "review_id IN (SELECT rowid FROM review_fts WHERE review_fts MATCH 'title : winter*')" },
};

static gint64 longest, last_turn;

static gboolean
turn_cb (gpointer data)
{
  gint64 now = g_get_monotonic_time ();

  longest = MAX (longest, now - last_turn);
  last_turn = now;
  return G_SOURCE_CONTINUE;
}

static sqlite3 *
open_database (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "balcony.db", NULL);
  sqlite3 *database;

  if (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK || !bal_text_tokenizer_register (database))
    g_error ("%s", sqlite3_errmsg (database));
  sqlite3_exec (database, "PRAGMA cache_size = -32768", NULL, NULL, NULL);
  return database;
}

static double
measure_bare (sqlite3    *database,
              const char *condition,
              guint      *n_found)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM comment WHERE %s ORDER BY created DESC, id DESC", condition);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 begun = g_get_monotonic_time ();
  sqlite3_stmt *statement;

  if (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (database));
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      g_array_append_val (ids, id);
    }
  sqlite3_finalize (statement);
  *n_found = ids->len;
  return (g_get_monotonic_time () - begun) / 1e3;
}

static void
set_line (BalCommentList *list,
          const char     *line)
{
  g_autoptr(BalCommentFilter) filter = bal_comment_filter_new (line);
  BalCommentQuery query = BAL_COMMENT_QUERY_INIT;

  query.filter = filter;
  bal_comment_list_set_query (list, &query);
}

static double
measure_opening (BalCommentList *list,
                 const char     *line)
{
  gint64 begun;

  bal_comment_list_set_thread (list, 0);
  begun = g_get_monotonic_time ();
  set_line (list, line);
  while (bal_comment_list_get_loading (list))
    g_main_context_iteration (NULL, TRUE);
  return (g_get_monotonic_time () - begun) / 1e3;
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return (first > second) - (first < second);
}

static double
take_median (GArray *times)
{
  g_array_sort (times, compare_times);
  return g_array_index (times, double, times->len / 2);
}

static void
measure (sqlite3        *database,
         BalCommentList *list,
         guint           i,
         int             n_rounds)
{
  g_autoptr(GArray) bare = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr(GArray) opened = g_array_new (FALSE, FALSE, sizeof (double));
  guint n_found = 0;

  for (int round = 0; round < n_rounds; round++)
    {
      double one = measure_bare (database, filters[i].condition, &n_found);
      double other = measure_opening (list, filters[i].line);

      g_array_append_val (bare, one);
      g_array_append_val (opened, other);
      if (g_list_model_get_n_items (G_LIST_MODEL (list)) != n_found)
        g_error ("%s: %u in the list, %u by the query", filters[i].line, g_list_model_get_n_items (G_LIST_MODEL (list)),
                 n_found);
    }
  g_print ("%s\t%.3f\t%.3f\t%u\n", filters[i].name, take_median (bare), take_median (opened), n_found);
}

static gboolean
count_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  g_autoptr(BalCommentFilter) filter = bal_comment_filter_new ("m");
  BalCommentQuery query = { .status = -1, .filter = filter };

  return bal_comment_table_count (transaction, &query, 100, data, error);
}

static void
measure_count (BalStore *store)
{
  gint64 begun = g_get_monotonic_time ();
  guint count;

  if (!bal_store_read (store, count_work, &count, NULL, NULL) || count != 100)
    g_error ("Could not be counted");
  g_print ("count\t%.3f\n", (g_get_monotonic_time () - begun) / 1e3);
}

static void
measure_typing (BalCommentList *list)
{
  const char *typed = "mirror from:reader has:link winter";

  measure_opening (list, "nothinglikethat");
  last_turn = g_get_monotonic_time ();
  longest = 0;
  for (gsize length = 1; length <= strlen (typed); length++)
    {
      g_autofree char *part = g_strndup (typed, length);
      gint64 next = g_get_monotonic_time () + 30000;

      set_line (list, part);
      while (g_get_monotonic_time () < next)
        g_main_context_iteration (NULL, TRUE);
    }
  while (bal_comment_list_get_loading (list))
    g_main_context_iteration (NULL, TRUE);
  g_print ("typed\t%.3f\n", longest / 1e3);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalStore) store = NULL;
  g_autoptr(BalCommentList) list = NULL;
  sqlite3 *database;
  int n_rounds = argc > 2 ? atoi (argv[2]) : 0;

  if (argc < 3)
    return 2;

  /* A day begins where store-fill's times count from. */
  g_setenv ("TZ", "UTC", TRUE);
  store = bal_store_open (argv[1], &error);
  if (store == NULL)
    g_error ("%s", error->message);
  if (n_rounds == 0)
    {
      bal_store_close (store, NULL);
      return 0;
    }

  database = open_database (argv[1]);
  list = bal_comment_list_new (store);
  g_timeout_add (1, turn_cb, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    measure (database, list, i, n_rounds);
  measure_count (store);
  measure_typing (list);

  sqlite3_close (database);
  g_clear_object (&list);
  bal_store_close (store, NULL);
  return 0;
}
