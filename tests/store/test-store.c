/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <glib/gstdio.h>

typedef struct
{
  Fixture      *fixture;
  BalChangeSet *changes;      /* all that was published */
  gboolean      answered;
  GError       *error;
  GThread      *freed_on;
  GMutex        mutex;
  GCond         cond;
  gboolean      started;
  gboolean      go_on;
  guint         order[3];
  guint         n_order;
} Scene;

static void
scene_clear (Scene *scene)
{
  g_clear_pointer (&scene->changes, bal_change_set_unref);
  g_clear_error (&scene->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scene, scene_clear)

static gboolean
is_answered (gpointer data)
{
  return ((Scene *) data)->answered;
}

static gboolean
has_changes (gpointer data)
{
  return ((Scene *) data)->changes != NULL;
}

static void
changed_cb (BalStore     *store,
            BalChangeSet *changes,
            Scene        *scene)
{
  g_clear_pointer (&scene->changes, bal_change_set_unref);
  scene->changes = bal_change_set_ref (changes);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Scene *scene = data;

  bal_store_write_finish (BAL_STORE (source), result, &scene->error);
  scene->answered = TRUE;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Scene *scene = data;

  bal_store_read_finish (BAL_STORE (source), result, &scene->error);
  scene->answered = TRUE;
}

static gboolean
add_one (BalTransaction  *transaction,
         gpointer         data,
         GError         **error)
{
  Scene *scene = data;

  put_pulled_review (transaction, scene->fixture->blog_id, "77", "Gems: Amélie", "<p>It’s 北野勇 and \"words\"</p>");
  return TRUE;
}

static gboolean
expect_none (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Fixture *fixture = data;

  g_assert_cmpint (bal_review_table_find_remote (transaction, fixture->blog_id, "77", error), ==, 0);
  return TRUE;
}

static void
test_commit_publishes_what_changed (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_auto(Scene) scene = { .fixture = fixture };
  const gint64 *ids;
  guint n_ids;

  while (g_main_context_iteration (NULL, FALSE));
  g_signal_connect (fixture->store, "changed", G_CALLBACK (changed_cb), &scene);
  bal_store_write_async (fixture->store, add_one, &scene, NULL, NULL, written_cb, &scene);
  wait_until (is_answered, &scene);
  g_assert_no_error (scene.error);
  g_assert_nonnull (scene.changes);
  ids = bal_change_set_get_ids (scene.changes, BAL_ENTITY_REVIEW, BAL_CHANGE_ADDED, &n_ids);
  g_assert_cmpuint (n_ids, ==, 1);
  g_assert_true (bal_change_set_has (scene.changes, BAL_ENTITY_REVIEW, ids[0]));
  g_assert_false (bal_change_set_touches (scene.changes, BAL_ENTITY_COMMENT));
  g_signal_handlers_disconnect_by_data (fixture->store, &scene);
}

static void
test_cancelled_add_leaves_no_row (Fixture       *fixture,
                                  gconstpointer  data)
{
  g_auto(Scene) scene = { .fixture = fixture };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  bal_store_write_async (fixture->store, add_one, &scene, NULL, cancellable, written_cb, &scene);
  wait_until (is_answered, &scene);
  g_assert_error (scene.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  fixture_read (fixture, expect_none, fixture);
}

static gboolean
cancel_then_add (BalTransaction  *transaction,
                 gpointer         data,
                 GError         **error)
{
  Scene *scene = data;

  g_mutex_lock (&scene->mutex);
  scene->started = TRUE;
  g_cond_broadcast (&scene->cond);
  while (!scene->go_on)
    g_cond_wait (&scene->cond, &scene->mutex);
  g_mutex_unlock (&scene->mutex);
  return add_one (transaction, data, error);
}

static gboolean
expect_one (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Fixture *fixture = data;

  g_assert_cmpint (bal_review_table_find_remote (transaction, fixture->blog_id, "77", error), !=, 0);
  return TRUE;
}

static void
wait_started (Scene *scene)
{
  g_mutex_lock (&scene->mutex);
  while (!scene->started)
    g_cond_wait (&scene->cond, &scene->mutex);
  g_mutex_unlock (&scene->mutex);
}

static void
go_on (Scene *scene)
{
  g_mutex_lock (&scene->mutex);
  scene->go_on = TRUE;
  g_cond_broadcast (&scene->cond);
  g_mutex_unlock (&scene->mutex);
}

static void
test_committed_write_tells_the_truth (Fixture       *fixture,
                                      gconstpointer  data)
{
  g_auto(Scene) scene = { .fixture = fixture };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  bal_store_write_async (fixture->store, cancel_then_add, &scene, NULL, cancellable, written_cb, &scene);
  wait_started (&scene);
  g_cancellable_cancel (cancellable);
  go_on (&scene);
  wait_until (is_answered, &scene);
  g_assert_no_error (scene.error);
  fixture_read (fixture, expect_one, fixture);
}

static gboolean
add_many (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  Fixture *fixture = data;

  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *remote_id = g_strdup_printf ("m%u", i);
      g_autofree char *title = g_strdup_printf ("Gems: %u", i);

      put_pulled_review (transaction, fixture->blog_id, remote_id, title, "<p>x</p>");
    }
  return TRUE;
}

/* Would run for ever, were it not stopped from within SQLite. */
static gboolean
read_on_and_on (BalTransaction  *transaction,
                gpointer         data,
                GError         **error)
{
  Scene *scene = data;
  BalReviewQuery query = BAL_REVIEW_QUERY_INIT;

  g_mutex_lock (&scene->mutex);
  scene->started = TRUE;
  g_cond_broadcast (&scene->cond);
  g_mutex_unlock (&scene->mutex);

  while (TRUE)
    {
      g_autoptr(GArray) ids = bal_review_table_query (transaction, &query, error);

      if (ids == NULL)
        return FALSE;
    }
}

static void
test_cancelled_read_stops (Fixture       *fixture,
                           gconstpointer  data)
{
  g_auto(Scene) scene = { .fixture = fixture };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  fixture_write (fixture, add_many, fixture);
  bal_store_read_async (fixture->store, read_on_and_on, &scene, NULL, cancellable, read_cb, &scene);
  wait_started (&scene);
  g_cancellable_cancel (cancellable);
  wait_until (is_answered, &scene);
  g_assert_error (scene.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* The reader goes on with others. */
  fixture_read (fixture, expect_none, fixture);
}

static void
note_thread (gpointer data)
{
  ((Scene *) data)->freed_on = g_thread_self ();
}

static void
test_data_is_freed_in_the_callers_context (Fixture       *fixture,
                                           gconstpointer  data)
{
  for (guint i = 0; i < 200; i++)
    {
      g_auto(Scene) scene = { .fixture = fixture };

      bal_store_read_async (fixture->store, expect_none, fixture, NULL, NULL, NULL, NULL);
      bal_store_read_async (fixture->store, (BalStoreWork) expect_none, fixture, NULL, NULL, read_cb, &scene);
      wait_until (is_answered, &scene);
    }

  {
    g_auto(Scene) scene = { .fixture = fixture };

    bal_store_write_async (fixture->store, add_one, &scene, note_thread, NULL, written_cb, &scene);
    wait_until (is_answered, &scene);
    while (g_main_context_iteration (NULL, FALSE));
    g_assert_true (scene.freed_on == g_thread_self ());
  }
}

typedef struct
{
  Scene *scene;
  guint  number;
} Turn;

static gboolean
take_turn (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Turn *turn = data;

  turn->scene->order[turn->scene->n_order++] = turn->number;
  return TRUE;
}

static void
test_close_drains_in_order (Fixture       *fixture,
                            gconstpointer  data)
{
  g_auto(Scene) scene = { .fixture = fixture };
  Turn turns[3] = { { &scene, 0 }, { &scene, 1 }, { &scene, 2 } };
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    bal_store_write_async (fixture->store, take_turn, &turns[i], NULL, NULL, NULL, NULL);
  bal_store_close (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (scene.n_order, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (scene.order[i], ==, i);

  g_assert_true (bal_store_close (fixture->store, &error));
  g_assert_false (bal_store_write (fixture->store, add_one, &scene, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_STORAGE);
}

static gboolean
fail_last (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  g_usleep (50000);
  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_STORAGE, "Full");
  return FALSE;
}

static void
test_close_tells_of_a_failed_last_write (Fixture       *fixture,
                                         gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  bal_store_write_async (fixture->store, fail_last, NULL, NULL, NULL, NULL, NULL);
  g_assert_false (bal_store_close (fixture->store, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_STORAGE);
}

typedef struct
{
  const char *search;
  guint       n_found;
} Search;

static gboolean
run_search (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Search *search = data;
  BalReviewQuery query = BAL_REVIEW_QUERY_INIT;
  g_autoptr(GArray) ids = NULL;

  query.search = search->search;
  ids = bal_review_table_query (transaction, &query, error);
  if (ids == NULL)
    return FALSE;
  search->n_found = ids->len;
  return TRUE;
}

static guint
count_found (Fixture    *fixture,
             const char *words)
{
  Search search = { words, 0 };

  fixture_read (fixture, run_search, &search);
  return search.n_found;
}

static void
test_search_finds_soon_after_the_write (Fixture       *fixture,
                                        gconstpointer  data)
{
  g_auto(Scene) scene = { .fixture = fixture };
  gint64 start = g_get_monotonic_time ();

  fixture_write (fixture, add_one, &scene);
  while (count_found (fixture, "amelie") == 0 && g_get_monotonic_time () - start < 60 * G_USEC_PER_SEC)
    g_usleep (10000);

  /* Accents, prefixes, signs, words in the middle of a run, and what would be syntax. */
  g_assert_cmpuint (count_found (fixture, "AMELIE"), ==, 1);
  g_assert_cmpuint (count_found (fixture, "amé"), ==, 1);
  g_assert_cmpuint (count_found (fixture, "gems am"), ==, 1);
  g_assert_cmpuint (count_found (fixture, "勇"), ==, 1);
  g_assert_cmpuint (count_found (fixture, "野勇"), ==, 1);
  g_assert_cmpuint (count_found (fixture, "勇野"), ==, 0);
  g_assert_cmpuint (count_found (fixture, "it's"), ==, 1);
  g_assert_cmpuint (count_found (fixture, "\"words\" - (and"), ==, 1);
  g_assert_cmpuint (count_found (fixture, "NEAR words"), ==, 0);
  g_assert_cmpuint (count_found (fixture, "★"), ==, 0);
  g_assert_cmpuint (count_found (fixture, ""), ==, 1);
  g_assert_cmpuint (count_found (fixture, "nothing"), ==, 0);
}

static void
test_search_after_close_misses_nothing (Fixture       *fixture,
                                        gconstpointer  data)
{
  g_auto(Scene) scene = { .fixture = fixture };

  fixture_write (fixture, add_one, &scene);
  fixture_reopen (fixture);
  g_assert_cmpuint (count_found (fixture, "amelie"), ==, 1);
}

static void
test_other_program_is_noticed (Fixture       *fixture,
                               gconstpointer  data)
{
  g_auto(Scene) scene = { .fixture = fixture };
  g_autoptr(GError) error = NULL;
  BalStore *other;

  while (g_main_context_iteration (NULL, FALSE));
  other = bal_store_open (fixture->dir, &error);
  g_assert_no_error (error);
  g_signal_connect (fixture->store, "changed", G_CALLBACK (changed_cb), &scene);
  bal_store_write (other, add_one, &scene, NULL, &error);
  g_assert_no_error (error);
  bal_store_close (other, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (other);

  wait_until (has_changes, &scene);
  g_assert_true (bal_change_set_is_everything (scene.changes));
  g_signal_handlers_disconnect_by_data (fixture->store, &scene);
  fixture_read (fixture, expect_one, fixture);
}

static void
test_files_are_private (Fixture       *fixture,
                        gconstpointer  data)
{
  const char *names[] = { "balcony.db", "balcony.db-wal", "balcony.db-shm" };
  g_auto(Scene) scene = { .fixture = fixture };
  g_autofree char *nested = g_build_filename (fixture->dir, "a", "b", NULL);
  g_autoptr(BalStore) store = bal_store_open (nested, NULL);
  GStatBuf info;

  g_assert_nonnull (store);
  g_assert_cmpint (g_stat (nested, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  fixture_write (fixture, add_one, &scene);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->dir, names[i], NULL);

      g_assert_cmpint (g_stat (path, &info), ==, 0);
      g_assert_cmpint (info.st_mode & 0777, ==, 0600);
    }
}

static void
test_change_set_is_net (void)
{
  static const struct { BalChange first, second; int net; } cases[] = {
    { BAL_CHANGE_ADDED, BAL_CHANGE_REMOVED, -1 },
    { BAL_CHANGE_ADDED, BAL_CHANGE_ALTERED, BAL_CHANGE_ADDED },
    { BAL_CHANGE_ALTERED, BAL_CHANGE_REMOVED, BAL_CHANGE_REMOVED },
    { BAL_CHANGE_REMOVED, BAL_CHANGE_ADDED, BAL_CHANGE_ALTERED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(BalChangeSet) changes = bal_change_set_new ();
      guint n_ids;

      bal_change_set_add (changes, BAL_ENTITY_REVIEW, cases[i].first, 5);
      bal_change_set_add (changes, BAL_ENTITY_REVIEW, cases[i].second, 5);
      g_assert_cmpint (bal_change_set_is_empty (changes), ==, cases[i].net < 0);
      for (int change = BAL_CHANGE_ADDED; change <= BAL_CHANGE_REMOVED; change++)
        {
          bal_change_set_get_ids (changes, BAL_ENTITY_REVIEW, change, &n_ids);
          g_assert_cmpuint (n_ids, ==, cases[i].net == change ? 1 : 0);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/store/store/commit-publishes-what-changed", test_commit_publishes_what_changed);
  fixture_add ("/store/store/cancelled-add-leaves-no-row", test_cancelled_add_leaves_no_row);
  fixture_add ("/store/store/committed-write-tells-the-truth", test_committed_write_tells_the_truth);
  fixture_add ("/store/store/cancelled-read-stops", test_cancelled_read_stops);
  fixture_add ("/store/store/data-is-freed-in-the-callers-context", test_data_is_freed_in_the_callers_context);
  fixture_add ("/store/store/close-drains-in-order", test_close_drains_in_order);
  fixture_add ("/store/store/close-tells-of-a-failed-last-write", test_close_tells_of_a_failed_last_write);
  fixture_add ("/store/store/search-finds-soon-after-the-write", test_search_finds_soon_after_the_write);
  fixture_add ("/store/store/search-after-close-misses-nothing", test_search_after_close_misses_nothing);
  fixture_add ("/store/store/other-program-is-noticed", test_other_program_is_noticed);
  fixture_add ("/store/store/files-are-private", test_files_are_private);
  g_test_add_func ("/store/store/change-set-is-net", test_change_set_is_net);

  return g_test_run ();
}
