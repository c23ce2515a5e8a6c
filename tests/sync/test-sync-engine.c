/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-client.h"

#include <glib/gstdio.h>

#include "bal-error.h"

typedef struct
{
  FakeServer *server;
  SyncClient *client;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->server = fake_server_new ("engine", "secret");
  fixture->client = sync_client_new (fixture->server, "secret");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  sync_client_free (fixture->client);
  fake_server_free (fixture->server);
}

static void
result_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* Runs until the server has been called so. */
static void
wait_for_call (Fixture    *fixture,
               const char *op)
{
  while (fake_server_count_calls (fixture->server, op) == 0)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

static FakeFault
hang_lists (FakeServer *server,
            const char *op,
            gpointer    data)
{
  return g_str_equal (op, "list_reviews") ? FAKE_HANG : FAKE_FINE;
}

static void
test_cancelled_sync_ends (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  fake_server_set_fault (fixture->server, hang_lists, NULL);
  bal_sync_engine_sync_async (fixture->client->engine, 0, BAL_SYNC_DEFAULT, cancellable, result_cb, &result);
  g_assert_true (bal_sync_engine_get_syncing (fixture->client->engine));
  wait_for_call (fixture, "list_reviews");
  g_cancellable_cancel (cancellable);
  wait_for (&result);
  g_assert_null (bal_sync_engine_sync_finish (fixture->client->engine, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (bal_sync_engine_get_syncing (fixture->client->engine));

  fake_server_set_fault (fixture->server, NULL, NULL);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
}

static FakeFault
hang_puts (FakeServer *server,
           const char *op,
           gpointer    data)
{
  return g_str_equal (op, "put_review") ? FAKE_HANG : FAKE_FINE;
}

/* Closing while a request is on its way: nobody knows whether it arrived, and the row says so. */
static void
test_close_leaves_what_was_sent_unknown (Fixture       *fixture,
                                         gconstpointer  data)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GAsyncResult) waiting = NULL;
  g_autoptr(GPtrArray) outbox = NULL;
  g_autoptr(GError) error = NULL;
  BalSyncEngine *engine = fixture->client->engine;
  BalOutboxItem *item;

  sync_client_add_review (fixture->client, "A", "<p>A</p>", BAL_REVIEW_STATUS_DRAFT);
  fake_server_set_fault (fixture->server, hang_puts, NULL);
  bal_sync_engine_sync_async (engine, 0, BAL_SYNC_DEFAULT, NULL, result_cb, &result);
  wait_for_call (fixture, "put_review");
  bal_sync_engine_sync_async (engine, fixture->client->blog_id, BAL_SYNC_FULL, NULL, result_cb, &waiting);
  bal_sync_engine_close (engine);
  bal_sync_engine_close (engine);
  wait_for (&result);
  wait_for (&waiting);
  g_assert_null (bal_sync_engine_sync_finish (engine, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  outbox = sync_client_list_outbox (fixture->client);
  item = g_ptr_array_index (outbox, 0);
  g_assert_cmpint (item->state, ==, BAL_OUTBOX_UNKNOWN);

  g_clear_object (&result);
  g_clear_object (&waiting);
  fake_server_set_fault (fixture->server, NULL, NULL);
  sync_client_restart (fixture->client);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_get_n_reviews (fixture->server), ==, 1);
}

/* The second caller joins; the first one's cancelling does not end it; what was written in between is sent. */
static void
test_second_sync_joins (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) first = NULL;
  g_autoptr(GAsyncResult) second = NULL;
  g_autoptr(BalSyncResult) sync = NULL;
  g_autoptr(GError) error = NULL;
  BalSyncEngine *engine = fixture->client->engine;

  fake_server_set_delay (fixture->server, 20);
  bal_sync_engine_sync_async (engine, fixture->client->blog_id, BAL_SYNC_DEFAULT, cancellable, result_cb, &first);
  wait_for_call (fixture, "count_comments");
  sync_client_add_review (fixture->client, "A", "<p>A</p>", BAL_REVIEW_STATUS_DRAFT);
  bal_sync_engine_sync_async (engine, fixture->client->blog_id, BAL_SYNC_DEFAULT, NULL, result_cb, &second);
  g_cancellable_cancel (cancellable);
  wait_for (&second);
  sync = bal_sync_engine_sync_finish (engine, second, &error);
  g_assert_no_error (error);
  g_assert_no_error (sync->error);
  g_assert_cmpuint (sync->n_reviews_sent, ==, 1);
  wait_for (&first);
  g_assert_null (bal_sync_engine_sync_finish (engine, first, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "put_review"), ==, 1);
}

static gboolean
add_other_blog (BalTransaction  *transaction,
                gpointer         url,
                GError         **error)
{
  g_autoptr(BalBlog) blog = bal_blog_new (0);

  bal_blog_set_name (blog, "Other");
  bal_blog_set_provider (blog, "fake");
  bal_blog_set_user (blog, "me");
  bal_blog_set_url (blog, url);
  return bal_blog_table_insert (transaction, blog, error) != 0;
}

/* The first blog is done when something is written for it, and the second one is on: who joins now still gets it sent. */
static void
test_joining_late_misses_nothing (Fixture       *fixture,
                                  gconstpointer  data)
{
  FakeServer *other = fake_server_new ("other", "secret");
  g_autoptr(GAsyncResult) first = NULL;
  g_autoptr(GAsyncResult) second = NULL;
  g_autoptr(BalSyncResult) sync = NULL;
  g_autoptr(GError) error = NULL;
  BalSyncEngine *engine = fixture->client->engine;

  sync_client_write (fixture->client, add_other_blog, (gpointer) fake_server_get_url (other));
  fake_server_set_delay (other, 30);
  bal_sync_engine_sync_async (engine, 0, BAL_SYNC_DEFAULT, NULL, result_cb, &first);
  while (fake_server_count_calls (other, "sign_in") == 0)
    g_usleep (1000);
  sync_client_add_review (fixture->client, "A", "<p>A</p>", BAL_REVIEW_STATUS_DRAFT);
  bal_sync_engine_sync_async (engine, 0, BAL_SYNC_DEFAULT, NULL, result_cb, &second);
  wait_for (&second);
  sync = bal_sync_engine_sync_finish (engine, second, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sync->n_waiting, ==, 0);
  g_assert_cmpuint (fake_server_get_n_reviews (fixture->server), ==, 1);
  wait_for (&first);
  bal_sync_result_free (bal_sync_engine_sync_finish (engine, first, NULL));
  fake_server_free (other);
}

typedef struct
{
  guint    n_syncing;
  guint    n_messages;
  GThread *thread;
} Notes;

static void
notify_cb (BalSyncEngine *engine,
           GParamSpec    *pspec,
           Notes         *notes)
{
  g_autofree char *message = NULL;
  gboolean syncing;

  g_assert_true (g_thread_self () == notes->thread);
  g_object_get (engine, "syncing", &syncing, "message", &message, NULL);
  notes->n_syncing += syncing;
  notes->n_messages += message != NULL;
}

static void
test_progress_is_told_seldom_and_here (Fixture       *fixture,
                                       gconstpointer  data)
{
  Notes notes = { .thread = g_thread_self () };
  gint64 start = g_get_monotonic_time ();
  double seconds;

  for (guint i = 0; i < 40; i++)
    g_free (fake_server_add_review (fixture->server, "A", "<p>A</p>", BAL_REVIEW_STATUS_PUBLISHED));
  fake_server_set_page_size (fixture->server, 1);
  fake_server_set_delay (fixture->server, 5);
  g_signal_connect (fixture->client->engine, "notify::message", G_CALLBACK (notify_cb), &notes);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  g_assert_cmpuint (notes.n_messages, >, 0);
  g_assert_cmpuint (notes.n_messages, <=, (guint) (seconds * 20) + 2);
}

/* ---- accounts ---- */

static void
test_discover (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(GAsyncResult) found = NULL;
  g_autoptr(GAsyncResult) missed = NULL;
  g_autoptr(GAsyncResult) unknown = NULL;
  g_autoptr(BalBlog) blog = NULL;
  g_autoptr(GError) error = NULL;
  BalSyncEngine *engine = fixture->client->engine;

  bal_sync_engine_discover_async (engine, "fake", fake_server_get_url (fixture->server), NULL, result_cb, &found);
  wait_for (&found);
  blog = bal_sync_engine_discover_finish (engine, found, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (bal_blog_get_provider (blog), ==, "fake");
  g_assert_cmpint (bal_blog_get_id (blog), ==, 0);

  bal_sync_engine_discover_async (engine, "fake", "https://nowhere.example/", NULL, result_cb, &missed);
  wait_for (&missed);
  g_assert_null (bal_sync_engine_discover_finish (engine, missed, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_NOT_A_BLOG);
  g_clear_error (&error);

  bal_sync_engine_discover_async (engine, "livejournal", "https://nowhere.example/", NULL, result_cb, &unknown);
  wait_for (&unknown);
  g_assert_null (bal_sync_engine_discover_finish (engine, unknown, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_UNSUPPORTED);
}

static gint64
add_blog (Fixture    *fixture,
          BalBlog    *blog,
          const char *password,
          GError    **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  gboolean kept = FALSE;
  gint64 id;

  bal_sync_engine_add_blog_async (fixture->client->engine, blog, password, NULL, result_cb, &result);
  wait_for (&result);
  id = bal_sync_engine_add_blog_finish (fixture->client->engine, result, &kept, error);
  g_assert_cmpint (kept, ==, id != 0);
  return id;
}

/* A blog can be added while another one's pull hangs. */
static void
test_add_and_remove_blog (Fixture       *fixture,
                          gconstpointer  data)
{
  FakeServer *other = fake_server_new ("other", "word");
  g_autoptr(BalBlog) blog = bal_blog_new (0);
  g_autoptr(GAsyncResult) sync = NULL;
  g_autoptr(GAsyncResult) removal = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *password = NULL;
  BalSyncEngine *engine = fixture->client->engine;
  gint64 id;

  fake_server_set_fault (fixture->server, hang_lists, NULL);
  bal_sync_engine_sync_async (engine, fixture->client->blog_id, BAL_SYNC_DEFAULT, NULL, result_cb, &sync);
  wait_for_call (fixture, "list_reviews");

  bal_blog_set_name (blog, "Other");
  bal_blog_set_provider (blog, "fake");
  bal_blog_set_user (blog, "me");
  bal_blog_set_url (blog, fake_server_get_url (other));
  g_assert_cmpint (add_blog (fixture, blog, "wrong", &error), ==, 0);
  g_assert_error (error, BAL_ERROR, BAL_ERROR_AUTH);
  g_clear_error (&error);
  id = add_blog (fixture, blog, "word", &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  password = bal_secrets_lookup (fixture->client->secrets, blog, NULL, NULL);
  g_assert_cmpstr (password, ==, "word");

  /* The hanging one is removed: its sync ends with it. */
  bal_sync_engine_remove_blog_async (engine, fixture->client->blog_id, NULL, result_cb, &removal);
  wait_for (&removal);
  g_assert_true (bal_sync_engine_remove_blog_finish (engine, removal, &error));
  g_assert_no_error (error);
  wait_for (&sync);
  bal_sync_result_free (bal_sync_engine_sync_finish (engine, sync, NULL));
  g_assert_cmpuint (fake_server_count_calls (other, "sign_in"), ==, 2);

  fixture->client->blog_id = id;
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  fake_server_free (other);
}

static void
test_signing_in_again_ends_the_refusal (Fixture       *fixture,
                                        gconstpointer  data)
{
  g_autoptr(BalBlog) blog = NULL;
  g_autoptr(BalBlog) after = NULL;
  g_autoptr(BalSyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  fake_server_set_password (fixture->server, "changed");
  result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (result->n_signed_out, ==, 1);
  blog = sync_client_get_blog (fixture->client);
  g_assert_cmpint (add_blog (fixture, blog, "changed", &error), ==, fixture->client->blog_id);
  g_assert_no_error (error);
  after = sync_client_get_blog (fixture->client);
  g_assert_true (bal_blog_get_signed_in (after));
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
}

static void
test_describe (void)
{
  BalSyncResult result = { .n_reviews_pulled = 1, .n_comments_pulled = 3, .n_comments_sent = 2, .n_removed = 1,
                           .n_conflicts = 2, .n_parked = 1, .n_waiting = 4, .n_signed_out = 1 };
  g_autofree char *words = bal_sync_result_describe (&result);
  g_autofree char *failed = NULL;
  g_autofree char *both = NULL;
  BalSyncResult empty = { .error = g_error_new_literal (BAL_ERROR, BAL_ERROR_OFFLINE, "No network.") };

  g_assert_cmpstr (words, ==,
                   "1 review and 3 comments received; 2 comments sent; 1 was deleted on the blog; "
                   "4 changes wait to be sent; 1 change needs your attention; 2 conflicts to resolve; "
                   "1 blog asks you to sign in again");
  result.signed_out_name = (char *) "Film Desk";
  g_clear_pointer (&words, g_free);
  words = bal_sync_result_describe (&result);
  g_assert_true (g_str_has_suffix (words, "; “Film Desk” refused the password: sign in again"));
  failed = bal_sync_result_describe (&empty);
  g_assert_cmpstr (failed, ==, "No network.");
  empty.n_waiting = 1;
  both = bal_sync_result_describe (&empty);
  g_assert_cmpstr (both, ==, "1 change waits to be sent. No network.");
  g_clear_error (&empty.error);
}

/* ---- secrets ---- */

static BalBlog *
make_blog (const char *user)
{
  BalBlog *blog = bal_blog_new (0);

  bal_blog_set_name (blog, "Indie Gems");
  bal_blog_set_url (blog, "https://gems.example/");
  bal_blog_set_user (blog, user);
  return blog;
}

static void
check_secrets (BalSecrets *secrets)
{
  g_autoptr(BalBlog) blog = make_blog ("ann");
  g_autoptr(BalBlog) other = make_blog (NULL);
  g_autoptr(GError) error = NULL;
  char *password;

  g_assert_null (bal_secrets_lookup (secrets, blog, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (bal_secrets_store (secrets, blog, "pässword 1", NULL, &error));
  g_assert_no_error (error);
  g_assert_true (bal_secrets_store (secrets, blog, "pässword 2", NULL, &error));
  g_assert_no_error (error);
  g_assert_null (bal_secrets_lookup (secrets, other, NULL, &error));
  g_assert_no_error (error);
  password = bal_secrets_lookup (secrets, blog, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (password, ==, "pässword 2");
  bal_secret_free (password);
  g_assert_true (bal_secrets_clear (secrets, blog, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (bal_secrets_lookup (secrets, blog, NULL, &error));
  g_assert_no_error (error);
}

static void
test_secrets_memory (void)
{
  g_autoptr(BalSecrets) secrets = bal_secrets_memory_new (NULL);
  g_autoptr(BalSecrets) fixed = bal_secrets_memory_new ("word");
  g_autoptr(BalBlog) blog = make_blog ("ann");
  char *password = bal_secrets_lookup (fixed, blog, NULL, NULL);

  check_secrets (secrets);
  g_assert_cmpstr (password, ==, "word");
  bal_secret_free (password);
}

/* libsecret's own file, encrypted: the same calls as with a secret service, without a bus. */
static void
test_secrets_keyring_file (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr(BalSecrets) secrets = bal_secrets_keyring_new ();

      check_secrets (secrets);
      return;
    }

  g_autofree char *dir = g_dir_make_tmp ("balcony-keyring-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "keyring", NULL);

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "of the keyring", TRUE);
  g_setenv ("ASAN_OPTIONS", "detect_leaks=0", TRUE);    /* libsecret 0.20 leaks the file's etag */
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_unsetenv ("SECRET_BACKEND");
  g_unsetenv ("ASAN_OPTIONS");
  g_unlink (path);
  g_rmdir (dir);
  g_test_trap_assert_passed ();
}

/* Without any service the password lives as long as the program, and the caller is told. */
static void
test_secrets_without_a_service (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr(BalSecrets) secrets = bal_secrets_keyring_new ();
      g_autoptr(BalBlog) blog = make_blog ("ann");
      g_autoptr(GError) error = NULL;
      char *password;

      g_assert_null (bal_secrets_lookup (secrets, blog, NULL, &error));
      g_assert_no_error (error);
      g_assert_false (bal_secrets_store (secrets, blog, "word", NULL, &error));
      g_assert_error (error, BAL_ERROR, BAL_ERROR_STORAGE);
      g_clear_error (&error);
      password = bal_secrets_lookup (secrets, blog, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (password, ==, "word");
      bal_secret_free (password);
      g_assert_true (bal_secrets_clear (secrets, blog, NULL, &error));
      g_assert_null (bal_secrets_lookup (secrets, blog, NULL, &error));
      return;
    }

  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

#define ADD(name, func) g_test_add ("/sync/engine/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("cancelled-sync-ends", test_cancelled_sync_ends);
  ADD ("close-leaves-what-was-sent-unknown", test_close_leaves_what_was_sent_unknown);
  ADD ("second-sync-joins", test_second_sync_joins);
  ADD ("joining-late-misses-nothing", test_joining_late_misses_nothing);
  ADD ("progress-is-told-seldom-and-here", test_progress_is_told_seldom_and_here);
  ADD ("discover", test_discover);
  ADD ("add-and-remove-blog", test_add_and_remove_blog);
  ADD ("signing-in-again-ends-the-refusal", test_signing_in_again_ends_the_refusal);
  g_test_add_func ("/sync/engine/describe", test_describe);
  g_test_add_func ("/secrets/memory", test_secrets_memory);
  g_test_add_func ("/secrets/keyring-file", test_secrets_keyring_file);
  g_test_add_func ("/secrets/without-a-service", test_secrets_without_a_service);

  return g_test_run ();
}
