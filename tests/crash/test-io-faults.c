/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crash-journeys.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "bal-backup.h"
#include "bal-error.h"
#include "crash-disk.h"

/*
 * What a person does fails at its first call to the disk, then at its second, and so on until it gets through; once,
 * or from there on until the fault ends. Whoever asked is told in words; nothing that was there is lost; the program
 * goes on, and does it when the fault has ended. (When memory runs out GLib ends the program: that is a crash.)
 */

typedef struct
{
  FakeServer *server;
  char       *dir;
  SyncClient *client;
  guint       number;            /* of the attempt */
} Fixture;

typedef struct
{
  int      error_number;
  gboolean persists;
} Fault;

static const Fault faults[] = { { EIO, FALSE }, { EIO, TRUE }, { ENOSPC, FALSE }, { ENOSPC, TRUE } };

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->server = fake_server_new ("faults", "secret");
  fixture->dir = g_dir_make_tmp ("balcony-faults-XXXXXX", NULL);
  disk_watch (fixture->dir);
  fixture->client = sync_client_new_in (fixture->server, "secret", g_strdup (fixture->dir));
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  bal_store_check (fixture->client->store, NULL, &error);
  g_assert_no_error (error);
  disk_stop ();
  sync_client_free (fixture->client);
  disk_forget ();
  fake_server_free (fixture->server);
  g_free (fixture->dir);
}

/* For a person: words, on one line, that end like a sentence. */
static void
assert_told (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_cmpint (error->domain, ==, BAL_ERROR);
  g_assert_cmpint (error->code, ==, BAL_ERROR_STORAGE);
  g_assert_cmpuint (strlen (error->message), >, 20);
  g_assert_null (strchr (error->message, '\n'));
  g_assert_true (g_str_has_suffix (error->message, "."));
}

/* Attempts, with a fault that comes @stride calls later each time, until one gets through. @attempt ends the fault,
 * and returns whether it struck. */
static void
try_some (Fixture   *fixture,
          guint      stride,
          gboolean (*attempt) (Fixture *fixture))
{
  guint n_struck = 0;

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      gboolean struck = TRUE;

      for (guint n = i % stride; struck; n += stride)
        {
          fixture->number++;
          g_test_message ("%s at call %u%s", g_strerror (faults[i].error_number), n,
                          faults[i].persists ? " and on" : "");
          disk_fail (n, faults[i].error_number, faults[i].persists);
          struck = attempt (fixture);
          n_struck += struck;
        }
    }
  g_test_message ("%u faults", n_struck);
  g_assert_cmpuint (n_struck, >, 10);
}

static void
try_all (Fixture   *fixture,
         gboolean (*attempt) (Fixture *fixture))
{
  try_some (fixture, 1, attempt);
}

/* ---- saving ---- */

static void
assert_html (Fixture    *fixture,
             gint64      id,
             const char *html)
{
  g_autoptr(BalReview) review = sync_client_get_review (fixture->client, id);

  g_assert_cmpstr (bal_review_get_html (review), ==, html);
}

static gboolean
try_save (Fixture *fixture)
{
  g_autofree char *before = g_strdup_printf ("<p>Edit %u.</p>", fixture->number - 1);
  g_autofree char *html = g_strdup_printf ("<p>Edit %u.</p>", fixture->number);
  Text text = { .id = 1, .text = html, .queue = fixture->number % 2 == 0 };
  g_autoptr(GError) error = NULL;
  gboolean struck;

  if (!bal_store_write (fixture->client->store, save_work, &text, NULL, &error))
    assert_told (error);
  /* Still with the fault: reading goes on. */
  assert_html (fixture, 1, error == NULL ? html : before);
  struck = disk_mend ();

  sync_client_write (fixture->client, save_work, &text);
  assert_html (fixture, 1, html);
  return struck;
}

static void
test_save (Fixture       *fixture,
           gconstpointer  data)
{
  sync_client_add_review (fixture->client, "Saved", "<p>Edit 0.</p>", BAL_REVIEW_STATUS_DRAFT);
  try_all (fixture, try_save);
}

/* ---- import ---- */

static guint
count_reviews (Fixture *fixture)
{
  g_autoptr(GPtrArray) here = sync_client_list_reviews (fixture->client);

  return here->len;
}

/* Each file is there once, with its three comments. */
static gboolean
try_import (Fixture *fixture)
{
  g_autofree char *file = make_import_text (fixture->number);
  Text text = { .blog_id = fixture->client->blog_id, .text = file };
  g_autoptr(GPtrArray) thread = NULL;
  g_autoptr(GError) error = NULL;
  gboolean struck;

  if (!bal_store_write (fixture->client->store, import_work, &text, NULL, &error))
    assert_told (error);
  g_assert_cmpuint (count_reviews (fixture), ==, fixture->number - (error != NULL));
  struck = disk_mend ();

  if (error != NULL)
    sync_client_write (fixture->client, import_work, &text);
  g_assert_cmpuint (count_reviews (fixture), ==, fixture->number);
  thread = sync_client_list_thread (fixture->client, text.id);
  g_assert_cmpuint (thread->len, ==, 3);
  return struck;
}

static void
test_import (Fixture       *fixture,
             gconstpointer  data)
{
  try_all (fixture, try_import);
}

/* ---- sync ---- */

static void
assert_equal (Fixture *fixture)
{
  g_autoptr(GPtrArray) there = fake_server_list_reviews (fixture->server);
  g_autoptr(GPtrArray) here = sync_client_list_reviews (fixture->client);
  g_autoptr(GPtrArray) outbox = sync_client_list_outbox (fixture->client);
  g_autoptr(GHashTable) titles = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (outbox->len, ==, 0);
  g_assert_cmpuint (there->len, ==, here->len);
  for (guint i = 0; i < there->len; i++)
    {
      BalReview *remote = g_ptr_array_index (there, i);
      gint64 id = sync_client_find_review (fixture->client, bal_review_get_remote_id (remote));
      g_autoptr(BalReview) local = sync_client_get_review (fixture->client, id);

      g_assert_true (g_hash_table_add (titles, (gpointer) bal_review_get_title (remote)));
      g_assert_nonnull (local);
      g_assert_true (bal_review_content_equal (local, remote));
    }
}

/* One review comes, another one goes. */
static gboolean
try_sync (Fixture *fixture)
{
  g_autofree char *theirs = g_strdup_printf ("Theirs %u", fixture->number);
  g_autofree char *mine = g_strdup_printf ("Mine %u", fixture->number);
  g_autofree char *remote_id = NULL;
  g_autoptr(BalSyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  Text text = { .blog_id = fixture->client->blog_id, .text = mine };
  gboolean struck;

  remote_id = fake_server_add_review (fixture->server, theirs, "<p>There.</p>", BAL_REVIEW_STATUS_PUBLISHED);
  if (!bal_store_write (fixture->client->store, import_work, &text, NULL, &error))
    assert_told (error);
  result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  if (result->error != NULL)
    assert_told (result->error);
  struck = disk_mend ();

  if (error != NULL)
    sync_client_write (fixture->client, import_work, &text);
  sync_client_retry (fixture->client);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  assert_equal (fixture);
  return struck;
}

static void
test_sync (Fixture       *fixture,
           gconstpointer  data)
{
  try_all (fixture, try_sync);
}

/* ---- backup ---- */

/* Whatever fails, the backup that is there is a whole one, the older or the newer. */
static gboolean
try_backup (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "mine.db", NULL);
  g_autofree char *restored = g_build_filename (fixture->dir, "restored", NULL);
  g_autoptr(GError) error = NULL;
  gboolean struck;

  if (!bal_store_backup (fixture->client->store, path, NULL, &error))
    assert_told (error);
  struck = disk_mend ();

  story_assert_backup (path, restored);
  return struck;
}

static void
test_backup (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "mine.db", NULL);
  g_autoptr(GError) error = NULL;

  sync_client_choose_picture (fixture->client, "one.png", "one");
  bal_store_backup (fixture->client->store, path, NULL, &error);
  g_assert_no_error (error);
  try_all (fixture, try_backup);
}

/* Into a folder of its own each time: nothing is there yet, or all of it. (The last call only makes sure that it stays.) */
static gboolean
try_restore (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "mine.db", NULL);
  g_autofree char *name = g_strdup_printf ("restored-%u", fixture->number);
  g_autofree char *dir = g_build_filename (fixture->dir, name, NULL);
  g_autofree char *database = g_build_filename (dir, BAL_DATABASE_NAME, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) failed = NULL;
  gboolean struck;

  bal_store_restore (dir, path, NULL, &error);
  struck = disk_mend ();
  if (error != NULL)
    assert_told (error);
  if (error == NULL || g_file_test (database, G_FILE_TEST_EXISTS))
    {
      bal_backup_check (database, NULL, &failed);
      g_assert_no_error (failed);
      bal_backup_check_pictures (database, NULL, &failed);
      g_assert_no_error (failed);
    }

  story_assert_backup (path, dir);
  return struck;
}

static void
test_restore (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "mine.db", NULL);
  g_autoptr(GError) error = NULL;

  sync_client_choose_picture (fixture->client, "one.png", "one");
  bal_store_backup (fixture->client->store, path, NULL, &error);
  g_assert_no_error (error);
  /* Hundreds of calls, most of them pages of the copy. */
  try_some (fixture, 7, try_restore);
}

/* ---- opening and closing ---- */

static gboolean
try_restart (Fixture *fixture)
{
  g_autofree char *name = g_strdup_printf ("new-%u", fixture->number);
  g_autofree char *dir = g_build_filename (fixture->dir, name, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) again = NULL;
  g_autoptr(BalStore) store = bal_store_open (dir, &error);
  gboolean struck;

  if (store == NULL)
    assert_told (error);
  else
    bal_store_close (store, NULL);
  struck = disk_mend ();

  g_clear_object (&store);
  store = bal_store_open (dir, &again);
  g_assert_no_error (again);
  g_assert_true (bal_store_check (store, NULL, &again));
  g_assert_true (bal_store_close (store, &again));
  return struck;
}

static void
test_restart (Fixture       *fixture,
              gconstpointer  data)
{
  try_all (fixture, try_restart);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/io-faults/saving-is-told-and-kept", Fixture, NULL, set_up, test_save, tear_down);
  g_test_add ("/io-faults/an-import-is-whole-or-not-there", Fixture, NULL, set_up, test_import, tear_down);
  g_test_add ("/io-faults/sync-goes-on-afterwards", Fixture, NULL, set_up, test_sync, tear_down);
  g_test_add ("/io-faults/a-failed-backup-leaves-the-older-one", Fixture, NULL, set_up, test_backup, tear_down);
  g_test_add ("/io-faults/a-failed-restore-replaces-nothing", Fixture, NULL, set_up, test_restore, tear_down);
  g_test_add ("/io-faults/opening-is-told-and-tried-again", Fixture, NULL, set_up, test_restart, tear_down);

  return g_test_run ();
}
