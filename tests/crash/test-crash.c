/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crash-journeys.h"

#include <glib/gstdio.h>

#include "crash-disk.h"

/*
 * A journey is recorded call by call. Then the folder is laid out as it would be after each call, for a program that
 * is killed and for a power cut, with the blog as it was in that moment; the program starts on it and syncs. The
 * database must be sound, all that was reported as done there, and the blog equal, with nothing twice.
 *
 * BALCONY_CRASH_STATES=N looks at N states of each journey (0: all of them); BALCONY_CRASH_SEED replays what was torn.
 */

#define DEFAULT_STATES 320

static guint n_points;           /* moments, each with every end */
static guint n_states;           /* different ones that were looked at */

static void
remove_folder (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_assert_cmpint (g_unlink (child), ==, 0);
    }
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

/* ---- what must hold after the next sync ---- */

static gboolean
is_in_conflict (GPtrArray *conflicts,
                BalEntity  entity,
                gint64     id)
{
  for (guint i = 0; i < conflicts->len; i++)
    {
      BalConflict *conflict = g_ptr_array_index (conflicts, i);

      if (conflict->entity == entity && conflict->entity_id == id)
        return TRUE;
    }
  return FALSE;
}

static void
check_outbox (SyncClient *client,
              GPtrArray  *conflicts)
{
  g_autoptr(GPtrArray) outbox = sync_client_list_outbox (client);

  for (guint i = 0; i < outbox->len; i++)
    {
      BalOutboxItem *item = g_ptr_array_index (outbox, i);

      g_assert_true (is_in_conflict (conflicts, item->entity, item->entity_id));
    }
}

static void
check_reviews (SyncClient *client,
               GPtrArray  *conflicts,
               gboolean    unsent)
{
  g_autoptr(GPtrArray) there = fake_server_list_reviews (client->server);
  g_autoptr(GPtrArray) here = sync_client_list_reviews (client);
  g_autoptr(GHashTable) titles = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (here->len, ==, there->len);
  for (guint i = 0; i < there->len; i++)
    g_assert_true (g_hash_table_add (titles, (gpointer) bal_review_get_title (g_ptr_array_index (there, i))));
  for (guint i = 0; i < here->len; i++)
    {
      BalReview *review = g_ptr_array_index (here, i);
      g_autoptr(BalReview) remote = fake_server_dup_review (client->server, bal_review_get_remote_id (review));

      g_assert_nonnull (remote);
      if (!unsent && !is_in_conflict (conflicts, BAL_ENTITY_REVIEW, bal_review_get_id (review)))
        g_assert_true (bal_review_content_equal (review, remote));
    }
}

static void
check_comments (SyncClient *client)
{
  g_autoptr(GPtrArray) there = fake_server_list_comments (client->server);
  g_autoptr(GPtrArray) here = sync_client_list_reviews (client);
  g_autoptr(GHashTable) words = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_here = 0;

  for (guint i = 0; i < here->len; i++)
    {
      g_autoptr(GPtrArray) thread = sync_client_list_thread (client, bal_review_get_id (g_ptr_array_index (here, i)));

      n_here += thread->len;
    }
  g_assert_cmpuint (n_here, ==, there->len);
  for (guint i = 0; i < there->len; i++)
    {
      BalComment *remote = g_ptr_array_index (there, i);
      gint64 id = sync_client_find_comment (client, bal_comment_get_remote_id (remote));
      g_autoptr(BalComment) local = sync_client_get_comment (client, id);

      g_assert_true (g_hash_table_add (words, (gpointer) bal_comment_get_html (remote)));
      g_assert_nonnull (local);
      g_assert_cmpstr (bal_comment_get_html (local), ==, bal_comment_get_html (remote));
      g_assert_cmpint (bal_comment_get_status (local), ==, bal_comment_get_status (remote));
    }
}

/* Whatever has the name of an automatic backup is a whole one. */
static void
check_backups (const char *data_dir)
{
  g_autofree char *folder = g_build_filename (data_dir, "backups", NULL);
  g_autofree char *elsewhere = g_build_filename (data_dir, "elsewhere", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_prefix (name, "balcony-") && g_str_has_suffix (name, ".db"))
        story_assert_backup (path, elsewhere);
    }
}

static void
check_state (const Journey *journey,
             Desk          *desk,
             const Moment  *moment)
{
  SyncClient *client = sync_client_new_in (desk->server, "secret", g_strdup (desk->dir));
  g_autoptr(GPtrArray) conflicts = NULL;
  g_autoptr(GError) error = NULL;

  bal_store_check (client->store, NULL, &error);
  g_assert_no_error (error);
  if (journey->backs_up)
    check_backups (desk->dir);
  story_check (desk->story, moment, client, journey->aside, FALSE);

  sync_client_retry (client);
  sync_client_sync_well (client, BAL_SYNC_FULL);
  conflicts = sync_client_list_conflicts (client);
  check_outbox (client, conflicts);
  check_reviews (client, conflicts, journey->unsent);
  check_comments (client);
  story_check (desk->story, moment, client, journey->aside, TRUE);
  sync_client_free (client);
}

/* ---- the journey, and its ends ---- */

static guint
record (const Journey *journey,
        Desk          *desk)
{
  guint first = 0;

  desk->dir = g_dir_make_tmp ("balcony-journey-XXXXXX", NULL);
  disk_record (desk->dir);
  desk->story = story_new (desk->server);
  if (journey->prepare != NULL)
    {
      desk_start (desk);
      journey->prepare (desk);
      story_look (desk->story);
      sync_client_restart (desk->client);
      first = disk_get_n_calls ();
    }
  journey->run (desk);
  desk_stop (desk);
  disk_stop ();
  return first;
}

static guint32
get_seed (void)
{
  const char *seed = g_getenv ("BALCONY_CRASH_SEED");

  return seed != NULL ? (guint32) g_ascii_strtoull (seed, NULL, 10) : (guint32) g_test_rand_int ();
}

static guint
get_states (void)
{
  const char *states = g_getenv ("BALCONY_CRASH_STATES");

  if (states == NULL)
    return DEFAULT_STATES;
  return g_str_equal (states, "0") ? G_MAXUINT : (guint) g_ascii_strtoull (states, NULL, 10);
}

static const char *const end_names[] = { "killed", "cut", "torn" };

static void
look_at (const Journey *journey,
         Desk          *desk,
         DiskReplay    *replay,
         const Moment  *moment,
         DiskEnd        end,
         guint32        seed)
{
  Desk after = *desk;
  g_autofree char *last = moment->n_calls > 0 ? disk_describe (moment->n_calls - 1) : g_strdup ("nothing");

  g_test_message ("%s %s after call %u (%s), event %u, BALCONY_CRASH_SEED=%u", journey->name, end_names[end],
                  moment->n_calls, last, moment->n_events, seed);
  after.dir = g_dir_make_tmp ("balcony-crash-XXXXXX", NULL);
  disk_replay_write (replay, end, seed, after.dir);
  story_put_server (after.story, moment);
  check_state (journey, &after, moment);
  g_free (after.dir);
  n_states++;
}

/* Every moment counts; those that leave the same behind are looked at once. */
static void
look_at_all (const Journey *journey,
             Desk          *desk,
             guint          first)
{
  g_autoptr(GArray) moments = story_list (desk->story, first);
  g_autoptr(DiskReplay) replay = disk_replay_new ();
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint32 seed = get_seed ();
  guint wanted = get_states ();
  /* Every so many-th of them, each end in turn. */
  guint stride = (moments->len * 3 - 1) / wanted + 1;
  guint number;

  stride += stride % 3 == 0;
  number = seed % stride;
  for (guint i = 0; i < moments->len; i++)
    {
      const Moment *moment = &g_array_index (moments, Moment, i);

      disk_replay_seek (replay, moment->n_calls);
      for (DiskEnd end = DISK_KILLED; end <= DISK_TORN; end++)
        {
          g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);

          n_points++;
          /* The last one has all that was reported as done. */
          if (number++ % stride != 0 && i + 1 < moments->len)
            continue;
          disk_replay_hash (replay, end, seed + i, checksum);
          story_hash (desk->story, moment, checksum);
          if (g_hash_table_add (seen, g_strdup (g_checksum_get_string (checksum))))
            look_at (journey, desk, replay, moment, end, seed + i);
        }
    }
}

static void
test_journey (gconstpointer data)
{
  const Journey *journey = data;
  Desk desk = { .server = fake_server_new (journey->name, "secret") };
  gint64 start = g_get_monotonic_time ();
  guint n_points_before = n_points, n_states_before = n_states;
  guint first = record (journey, &desk);

  look_at_all (journey, &desk, first);
  g_printerr ("# %s: %u crash points, %u different states looked at, %.1f s\n", journey->name,
              n_points - n_points_before, n_states - n_states_before,
              (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);

  disk_forget ();
  story_free (desk.story);
  fake_server_free (desk.server);
  remove_folder (desk.dir);
  g_free (desk.dir);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < crash_n_journeys; i++)
    {
      g_autofree char *path = g_strconcat ("/crash/", crash_journeys[i].name, NULL);

      g_test_add_data_func (path, &crash_journeys[i], test_journey);
    }
  return g_test_run ();
}
