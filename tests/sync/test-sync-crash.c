/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-client.h"

#include <signal.h>
#include <unistd.h>

/*
 * The program dies (kill -9) while it sends, again and again, and is started anew. The blog lives on in a file.
 */

#define N_REVIEWS 12
#define DIR_VARIABLE "BALCONY_TEST_DIR"
#define PLAN_VARIABLE "BALCONY_TEST_PLAN"

typedef struct
{
  char *dir;
  char *data_dir;
  char *server_file;
} Folder;

static void
folder_init (Folder     *folder,
             const char *dir)
{
  folder->dir = g_strdup (dir);
  folder->data_dir = g_build_filename (dir, "data", NULL);
  folder->server_file = g_build_filename (dir, "server", NULL);
}

static void
folder_clear (Folder *folder)
{
  g_free (folder->dir);
  g_free (folder->data_dir);
  g_free (folder->server_file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Folder, folder_clear)

static FakeServer *
open_server (Folder *folder)
{
  FakeServer *server = fake_server_new ("crash", NULL);

  fake_server_keep_in (server, folder->server_file);
  return server;
}

/* ---- the program that dies ---- */

typedef struct
{
  guint     n_left;              /* puts until then */
  FakeFault fault;
} Death;

static FakeFault
die_at (FakeServer *server,
        const char *op,
        gpointer    data)
{
  Death *death = data;

  if (!g_str_equal (op, "put_review") || death->n_left-- > 0)
    return FAKE_FINE;
  return death->fault;
}

static gpointer
die_after (gpointer microseconds)
{
  g_usleep (GPOINTER_TO_UINT (microseconds));
  kill (getpid (), SIGKILL);
  return NULL;
}

/* "N before", "N after": at the Nth put; "N us": after so many microseconds. */
static void
run_and_die (void)
{
  g_auto(GStrv) plan = g_strsplit (g_getenv (PLAN_VARIABLE), " ", 2);
  g_auto(Folder) folder = { 0 };
  guint number = (guint) g_ascii_strtoull (plan[0], NULL, 10);
  Death death = { number, g_str_equal (plan[1], "before") ? FAKE_DIE : FAKE_DIE_AFTER };
  FakeServer *server;
  SyncClient *client;

  folder_init (&folder, g_getenv (DIR_VARIABLE));
  server = open_server (&folder);
  client = sync_client_new_in (server, "secret", g_strdup (folder.data_dir));
  if (g_str_equal (plan[1], "us"))
    g_thread_unref (g_thread_new ("death", die_after, GUINT_TO_POINTER (number)));
  else
    fake_server_set_fault (server, die_at, &death);

  sync_client_retry (client);
  bal_sync_result_free (sync_client_sync (client, BAL_SYNC_DEFAULT));
  kill (getpid (), SIGKILL);
}

/* ---- the one that looks ---- */

static void
prepare (Folder *folder)
{
  FakeServer *server = open_server (folder);
  SyncClient *client = sync_client_new_in (server, "secret", g_strdup (folder->data_dir));

  for (guint i = 0; i < N_REVIEWS; i++)
    {
      g_autofree char *title = g_strdup_printf ("Review %u", i);

      sync_client_add_review (client, title, "<p>Text.</p>", BAL_REVIEW_STATUS_PUBLISHED);
    }
  g_free (sync_client_free_keeping (client));
  fake_server_free (server);
}

static void
finish (Folder *folder)
{
  FakeServer *server = open_server (folder);
  SyncClient *client = sync_client_new_in (server, "secret", g_strdup (folder->data_dir));
  g_autoptr(GPtrArray) outbox = NULL;
  g_autoptr(GPtrArray) there = NULL;
  g_autoptr(GPtrArray) here = NULL;
  g_autoptr(GHashTable) titles = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GError) error = NULL;

  g_assert_true (bal_store_check (client->store, NULL, &error));
  g_assert_no_error (error);
  sync_client_retry (client);
  sync_client_sync_well (client, BAL_SYNC_FULL);
  outbox = sync_client_list_outbox (client);
  g_assert_cmpuint (outbox->len, ==, 0);

  there = fake_server_list_reviews (server);
  here = sync_client_list_reviews (client);
  g_assert_cmpuint (there->len, ==, N_REVIEWS);
  g_assert_cmpuint (here->len, ==, N_REVIEWS);
  for (guint i = 0; i < there->len; i++)
    g_hash_table_add (titles, (gpointer) bal_review_get_title (g_ptr_array_index (there, i)));
  g_assert_cmpuint (g_hash_table_size (titles), ==, N_REVIEWS);

  sync_client_free (client);
  fake_server_free (server);
}

static void
kill_once (Folder     *folder,
           const char *plan)
{
  g_setenv (DIR_VARIABLE, folder->dir, TRUE);
  g_setenv (PLAN_VARIABLE, plan, TRUE);
  g_test_trap_subprocess ("/sync/crash/subprocess/dies", 0, G_TEST_SUBPROCESS_DEFAULT);
  g_assert_false (g_test_trap_has_passed ());
  g_test_trap_assert_stderr_unmatched ("*ERROR*");
}

/* A process that was killed while it wrote a file leaves its temporary one. */
static void
remove_folder (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_assert_cmpint (unlink (file), ==, 0);
    }
  g_assert_cmpint (rmdir (path), ==, 0);
}

static void
check_deaths (const char *const *plans)
{
  g_autofree char *dir = g_dir_make_tmp ("balcony-crash-XXXXXX", NULL);
  g_auto(Folder) folder = { 0 };

  folder_init (&folder, dir);
  prepare (&folder);
  for (guint i = 0; plans[i] != NULL; i++)
    {
      g_test_message ("dies: %s", plans[i]);
      kill_once (&folder, plans[i]);
    }
  finish (&folder);
  remove_folder (folder.dir);
}

static void
test_dies_before_and_after_the_server_acts (void)
{
  static const char *const plans[] = {
    "0 before", "0 after", "1 after", "0 after", "2 before", "0 before", "3 after", "1 before", NULL,
  };

  check_deaths (plans);
}

static void
test_dies_at_any_time (void)
{
  g_autoptr(GPtrArray) plans = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < 12; i++)
    g_ptr_array_add (plans, g_strdup_printf ("%d us", g_test_rand_int_range (0, 150000)));
  g_ptr_array_add (plans, NULL);
  check_deaths ((const char *const *) plans->pdata);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sync/crash/subprocess/dies", run_and_die);
  g_test_add_func ("/sync/crash/dies-before-and-after-the-server-acts", test_dies_before_and_after_the_server_acts);
  g_test_add_func ("/sync/crash/dies-at-any-time", test_dies_at_any_time);

  return g_test_run ();
}
