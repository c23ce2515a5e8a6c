/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * person-speed FOLDER ROUNDS
 *
 * The commenters of a store that store-fill made. Prints lines:
 *
 *   migrate MS     opening it when it is of the schema before there were commenters
 *   open MS        opening it again
 *   complete MS    until it knew that of all
 *   bare MS        the ids of one commenter's comments, straight from SQLite
 *   opened MS      from asking a list for them until it has all
 *   count MS       their figures
 *   big-…          the same for a commenter who was merged from fifty
 *   plain MS       processor time of taking in five thousand comments as a pull does, nothing done about commenters
 *   neutral MS     the same with looking at each, while nobody is trusted or blocked
 *   treated MS     the same with looking at each whether its commenter is trusted or blocked, as two hundred are
 */
#include <sqlite3.h>
#include <stdlib.h>
#include <time.h>

#include "bal-comment-list.h"
#include "bal-desk-persons.h"
#include "bal-error.h"
#include "bal-tables.h"

#define N_PULLED 5000
#define N_TRUSTED 200
#define N_MERGED 50

static double
since (gint64 begun)
{
  return (g_get_monotonic_time () - begun) / 1e3;
}

static void
check (GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

/* ---- opening ---- */

/* As it was before: what the step made is taken away. */
static void
make_old (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "balcony.db", NULL);
  sqlite3 *database;
  char *message = NULL;

  if (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
      sqlite3_exec (database,
        "BEGIN; DROP TRIGGER comment_revived; DROP TRIGGER comment_signed; DROP TRIGGER comment_moved_author;"
        "DROP TRIGGER blog_removed; DROP TABLE comment_author; DROP TABLE person; DROP TABLE person_help;"
        "DROP TABLE person_todo; COMMIT", NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s", message != NULL ? message : sqlite3_errmsg (database));
  sqlite3_close (database);
}

/* Only the part that is about commenters: other parts of the step are measured by those who wrote them. */
static void
make_new (const char *folder,
          const char *sql)
{
  g_autofree char *path = g_build_filename (folder, "balcony.db", NULL);
  gint64 begun;
  sqlite3 *database;
  char *message = NULL;

  if (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (database));
  begun = g_get_monotonic_time ();
  if (sqlite3_exec (database, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s", message);
  g_print ("migrate %.3f\n", since (begun));
  sqlite3_close (database);
}

/* The statements of the schema that make_old() takes away. */
static char *
read_schema (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "balcony.db", NULL);
  GString *sql = g_string_new ("BEGIN;");
  sqlite3 *database;
  sqlite3_stmt *statement;

  if (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
      sqlite3_prepare_v2 (database,
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND (tbl_name IN ('person', 'comment_author', 'person_help',"
        "  'person_todo') OR name IN ('comment_revived', 'comment_signed', 'comment_moved_author', 'blog_removed'))"
        "  ORDER BY type <> 'table', rowid", -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (database));
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_string_append_printf (sql, "%s;", (const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (database);
  g_string_append (sql, "INSERT INTO person_help (id) VALUES (1); COMMIT");
  return g_string_free (sql, FALSE);
}

static BalStore *
open_store (const char *folder)
{
  g_autoptr(GError) error = NULL;
  gint64 begun = g_get_monotonic_time ();
  BalStore *store = bal_store_open (folder, &error);

  check (error);
  g_print ("open %.3f\n", since (begun));
  return store;
}

static void
close_store (BalStore *store)
{
  g_autoptr(GError) error = NULL;

  bal_store_close (store, &error);
  check (error);
  g_object_unref (store);
}

/* ---- one commenter ---- */

typedef struct
{
  gint64            id;
  guint             n;
  BalPersonFigures  figures;
} Person;

static gboolean
pick_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Person *person = data;
  BalPersonQuery query = { .trust = -1, .limit = person->n + 1 };
  g_autoptr(GPtrArray) persons = bal_person_table_query (transaction, &query, error);

  if (persons == NULL)
    return FALSE;
  person->id = ((BalPerson *) g_ptr_array_index (persons, person->n))->id;
  return TRUE;
}

static gboolean
count_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Person *person = data;
  gint64 begun = g_get_monotonic_time ();

  if (!bal_person_table_count (transaction, person->id, &person->figures, error))
    return FALSE;
  g_print ("count %.3f\n", since (begun));
  return TRUE;
}

static void
measure_bare (const char *folder,
              gint64      id,
              const char *word)
{
  g_autofree char *path = g_build_filename (folder, "balcony.db", NULL);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 begun;
  sqlite3 *database;
  sqlite3_stmt *statement;

  if (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (database));
  begun = g_get_monotonic_time ();
  sqlite3_prepare_v2 (database,
    "SELECT comment_id FROM comment_author WHERE person_id IN (SELECT id FROM person WHERE leader = ?)"
    "  ORDER BY created DESC, comment_id DESC", -1, &statement, NULL);
  sqlite3_bind_int64 (statement, 1, id);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      gint64 comment_id = sqlite3_column_int64 (statement, 0);

      g_array_append_val (ids, comment_id);
    }
  g_print ("%s %.3f\n", word, since (begun));
  sqlite3_finalize (statement);
  sqlite3_close (database);
}

static void
measure_list (BalStore   *store,
              gint64      id,
              const char *word)
{
  g_autoptr(BalCommentList) list = bal_comment_list_new (store);
  gint64 begun = g_get_monotonic_time ();

  bal_comment_list_set_person (list, id);
  while (bal_comment_list_get_loading (list) || g_list_model_get_n_items (G_LIST_MODEL (list)) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_print ("%s %.3f\n", word, since (begun));
}

static gboolean
merge_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  gint64 *into = data;
  BalPersonQuery query = { .trust = -1, .limit = N_MERGED };
  g_autoptr(GPtrArray) persons = bal_person_table_query (transaction, &query, error);

  if (persons == NULL)
    return FALSE;
  *into = ((BalPerson *) g_ptr_array_index (persons, 0))->id;
  for (guint i = 1; i < persons->len; i++)
    if (!bal_desk_merge_persons (transaction, *into, ((BalPerson *) g_ptr_array_index (persons, i))->id, NULL, error))
      return FALSE;
  return TRUE;
}

/* ---- a pull ---- */

static gboolean
trust_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  BalPersonQuery query = { .trust = -1, .limit = N_TRUSTED };
  g_autoptr(GPtrArray) persons = bal_person_table_query (transaction, &query, error);

  for (guint i = 0; persons != NULL && i < persons->len; i++)
    if (!bal_desk_set_person_trust (transaction, ((BalPerson *) g_ptr_array_index (persons, i))->id, BAL_PERSON_TRUSTED,
                                    FALSE, NULL, error))
      return FALSE;
  return persons != NULL;
}

/* Milliseconds of the processor that this thread had: what is compared is small, and others use the computer, too. */
static double
get_work_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

/* Taken back at the end, so that each round finds the same. */
static gboolean
pull_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  const char *word = data;
  gboolean treats = !g_str_equal (word, "plain"), moved;
  double begun = get_work_time ();
  BalPersonAct act = BAL_PERSON_ACT_NONE;

  for (guint i = 0; i < N_PULLED; i++)
    {
      g_autoptr(BalComment) comment = bal_comment_new (0);
      g_autofree char *remote_id = g_strdup_printf ("new-%u", i);
      g_autofree char *author = g_strdup_printf ("Stranger %u", i);

      bal_comment_set_blog_id (comment, 1);
      bal_comment_set_review_id (comment, 1 + i % 1000);
      bal_comment_set_remote_id (comment, remote_id);
      bal_comment_set_author (comment, author);
      bal_comment_set_author_email (comment, "stranger@mail.example");
      bal_comment_set_html (comment, "<p>What a film this is, and how long.</p>");
      bal_comment_set_created (comment, 1700000000 + i);
      if (bal_comment_table_insert (transaction, comment, error) == 0 ||
          !bal_comment_base_put (transaction, bal_comment_get_id (comment), comment, error) ||
          (treats && !bal_person_table_receive (transaction, comment, &act, error)) ||
          !bal_spam_help_receive (transaction, bal_comment_get_id (comment), &moved, error))
        return FALSE;
    }
  g_print ("%s %.3f\n", word, get_work_time () - begun);
  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID, "Taken back");
  return FALSE;
}

static void
work (BalStore     *store,
      BalStoreWork  function,
      gpointer      data)
{
  g_autoptr(GError) error = NULL;

  bal_store_write (store, function, data, NULL, &error);
  if (!g_error_matches (error, BAL_ERROR, BAL_ERROR_INVALID))
    check (error);
}

int
main (int   argc,
      char *argv[])
{
  const char *folder = argv[1];
  int n_rounds = argc > 2 ? atoi (argv[2]) : 5;
  g_autofree char *schema = NULL;
  g_autoptr(GError) error = NULL;
  BalStore *store;
  gint64 begun, merged;

  close_store (open_store (folder));
  schema = read_schema (folder);
  for (int i = 0; i < n_rounds; i++)
    {
      make_old (folder);
      make_new (folder, schema);
    }

  store = open_store (folder);
  begun = g_get_monotonic_time ();
  bal_person_table_complete (store, &error);
  check (error);
  g_print ("complete %.3f\n", since (begun));

  for (int i = 0; i < n_rounds; i++)
    {
      Person person = { .n = 7 * (guint) i };

      work (store, pick_work, &person);
      measure_bare (folder, person.id, "bare");
      measure_list (store, person.id, "opened");
      work (store, count_work, &person);
      g_print ("comments %u\n", bal_person_figures_count (&person.figures));
    }

  for (int i = 0; i < n_rounds; i++)
    {
      work (store, pull_work, (gpointer) "plain");
      work (store, pull_work, (gpointer) "neutral");
    }
  work (store, trust_work, NULL);
  for (int i = 0; i < n_rounds; i++)
    {
      work (store, pull_work, (gpointer) "plain");
      work (store, pull_work, (gpointer) "treated");
    }

  work (store, merge_work, &merged);
  for (int i = 0; i < n_rounds; i++)
    {
      measure_bare (folder, merged, "big-bare");
      measure_list (store, merged, "big-opened");
    }
  close_store (store);
  return 0;
}
