/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

#include "bal-backup-orphans.h"
#include "bal-backup-pictures.h"
#include "bal-backup.h"
#include "bal-transaction.h"

/* Larger than what is read at once, and no multiple of it. */
#define SIZE (700 * 1024 + 13)

typedef struct
{
  Fixture *fixture;
  char    *source;               /* the person's own file */
  char    *stored;               /* our copy */
  gint64   id;
} Picture;

static gboolean
add_work (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  Picture *picture = data;
  g_autoptr(BalMedia) media = NULL;

  picture->id = bal_media_table_add (transaction, picture->fixture->blog_id, picture->source, "", error);
  if (picture->id == 0)
    return FALSE;
  media = bal_media_table_get (transaction, picture->id, error);
  g_free (picture->stored);
  picture->stored = g_strdup (media->path);
  return TRUE;
}

static gboolean
upload_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Picture *picture = data;

  return bal_media_table_set_uploaded (transaction, picture->id, "7", "https://blog.example/7.png", error);
}

static void
picture_free (Picture *picture)
{
  g_free (picture->source);
  g_free (picture->stored);
  g_free (picture);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Picture, picture_free)

/* Each letter is another picture. */
static Picture *
choose (Fixture *fixture,
        char     letter)
{
  Picture *picture = g_new0 (Picture, 1);
  g_autofree char *bytes = g_malloc (SIZE);

  for (guint i = 0; i < SIZE; i++)
    bytes[i] = (char) (letter + i * i % 251);
  picture->fixture = fixture;
  picture->source = g_strdup_printf ("%s/still-%c.png", fixture->dir, letter);
  g_assert_true (g_file_set_contents (picture->source, bytes, SIZE, NULL));
  fixture_write (fixture, add_work, picture);
  return picture;
}

static gboolean
is_whole (Picture *picture)
{
  g_autofree char *chosen = NULL;
  g_autofree char *kept = NULL;
  gsize chosen_length, kept_length;

  g_assert_true (g_file_get_contents (picture->source, &chosen, &chosen_length, NULL));
  return g_file_get_contents (picture->stored, &kept, &kept_length, NULL) &&
         chosen_length == kept_length && memcmp (chosen, kept, kept_length) == 0;
}

/* One bit, somewhere in the middle. */
static void
harm (Picture *picture)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (picture->stored, &bytes, &length, NULL));
  bytes[length / 2] ^= 4;
  g_assert_true (g_file_set_contents (picture->stored, bytes, length, NULL));
}

static char *
make_backup (Fixture *fixture)
{
  char *path = g_build_filename (fixture->dir, "copy.db", NULL);
  g_autoptr(GError) error = NULL;

  bal_store_backup (fixture->store, path, NULL, &error);
  g_assert_no_error (error);
  return path;
}

static void
close_store (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  bal_store_close (fixture->store, &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->store);
}

static void
open_store (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  fixture->store = bal_store_open (fixture->dir, &error);
  g_assert_no_error (error);
}

static void
restore (Fixture    *fixture,
         const char *path)
{
  g_autoptr(GError) error = NULL;

  if (fixture->store != NULL)
    close_store (fixture);
  bal_store_restore (fixture->dir, path, NULL, &error);
  g_assert_no_error (error);
  open_store (fixture);
}

/* In a file that no store has open. */
static gint64
ask (const char *path,
     const char *sql)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalConnection) connection = bal_connection_open (path, BAL_CONNECTION_TOOL, &error);
  gint64 value = -1;

  g_assert_no_error (error);
  bal_connection_read_int (connection, sql, &value, &error);
  g_assert_no_error (error);
  return value;
}

static void
alter (const char *path,
       const char *sql)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalConnection) connection = bal_connection_open (path, BAL_CONNECTION_TOOL, &error);

  g_assert_no_error (error);
  bal_connection_execute (connection, sql, &error);
  g_assert_no_error (error);
}

static void
assert_sound (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  bal_store_check (fixture->store, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_lost (Fixture    *fixture,
             const char *name)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (bal_store_check (fixture->store, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, name));
}

static void
test_pictures_go_with_it (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr(Picture) one = choose (fixture, 'a');
  g_autoptr(Picture) two = choose (fixture, 'b');
  g_autofree char *path = NULL;
  g_autofree char *database = g_build_filename (fixture->dir, "balcony.db", NULL);
  g_autofree char *media = g_path_get_dirname (one->stored);
  GStatBuf info;

  fixture_write (fixture, upload_work, two);
  path = make_backup (fixture);
  close_store (fixture);
  remove_folder (media);
  g_assert_cmpint (g_unlink (database), ==, 0);

  restore (fixture, path);
  g_assert_true (is_whole (one));
  g_assert_true (is_whole (two));
  g_assert_cmpint (g_stat (one->stored, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  assert_sound (fixture);

  /* The database itself holds none, and no room of theirs. */
  close_store (fixture);
  g_assert_cmpint (ask (database, "SELECT count(*) FROM sqlite_schema WHERE name = 'backup_picture'"), ==, 0);
  g_assert_cmpint (g_stat (database, &info), ==, 0);
  g_assert_cmpint (info.st_size, <, SIZE);
  open_store (fixture);
}

static char *
find_daily (Fixture *fixture)
{
  g_autofree char *folder = g_build_filename (fixture->dir, "backups", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);

  return g_build_filename (folder, g_dir_read_name (dir), NULL);
}

static void
test_the_day_s_has_what_is_only_here (Fixture       *fixture,
                                      gconstpointer  data)
{
  g_autoptr(Picture) waits = choose (fixture, 'a');
  g_autoptr(Picture) uploaded = choose (fixture, 'b');
  g_autofree char *daily = NULL;

  fixture_write (fixture, upload_work, uploaded);
  fixture_reopen (fixture);
  daily = find_daily (fixture);
  g_assert_cmpint (ask (daily, "SELECT count(*) FROM backup_picture"), ==, 1);

  g_assert_cmpint (g_unlink (waits->stored), ==, 0);
  g_assert_cmpint (g_unlink (uploaded->stored), ==, 0);
  restore (fixture, daily);
  g_assert_true (is_whole (waits));
  assert_sound (fixture);
}

static void
test_check_finds_what_is_lost (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr(Picture) picture = choose (fixture, 'a');
  gint64 id = picture->id;

  assert_sound (fixture);
  harm (picture);
  assert_lost (fixture, "still-a.png");
  g_assert_cmpint (g_unlink (picture->stored), ==, 0);
  assert_lost (fixture, "still-a.png");

  /* Chosen again, it is the same one, and there. */
  fixture_write (fixture, add_work, picture);
  g_assert_cmpint (picture->id, ==, id);
  assert_sound (fixture);
  harm (picture);
  fixture_write (fixture, add_work, picture);
  g_assert_true (is_whole (picture));
  assert_sound (fixture);

  /* What a blog has may be missing here, and may not be something else. */
  fixture_write (fixture, upload_work, picture);
  harm (picture);
  assert_lost (fixture, "still-a.png");
  g_assert_cmpint (g_unlink (picture->stored), ==, 0);
  assert_sound (fixture);
}

static void
test_texts_do_not_wait_for_a_lost_picture (Fixture       *fixture,
                                           gconstpointer  data)
{
  g_autoptr(Picture) harmed = choose (fixture, 'a');
  g_autoptr(Picture) missing = choose (fixture, 'b');
  g_autoptr(Picture) whole = choose (fixture, 'c');
  g_autofree char *path = NULL;

  harm (harmed);
  g_assert_cmpint (g_unlink (missing->stored), ==, 0);
  path = make_backup (fixture);
  g_assert_cmpint (ask (path, "SELECT count(*) FROM backup_picture"), ==, 1);

  /* Nor do they when it was harmed in the backup. */
  g_assert_cmpint (g_unlink (harmed->stored), ==, 0);
  g_assert_cmpint (g_unlink (whole->stored), ==, 0);
  alter (path, "UPDATE backup_picture SET bytes = zeroblob (length (bytes))");
  restore (fixture, path);
  g_assert_false (g_file_test (whole->stored, G_FILE_TEST_EXISTS));
  assert_lost (fixture, "3 ");
  fixture_write (fixture, add_work, harmed);
  fixture_write (fixture, add_work, missing);
  fixture_write (fixture, add_work, whole);
}

static void
test_restoring_mends_and_leaves_the_others (Fixture       *fixture,
                                            gconstpointer  data)
{
  g_autoptr(Picture) before = choose (fixture, 'a');
  g_autofree char *path = make_backup (fixture);
  g_autoptr(Picture) after = choose (fixture, 'b');

  harm (before);
  restore (fixture, path);
  g_assert_true (is_whole (before));
  /* What was put aside still names it. */
  g_assert_true (is_whole (after));
  assert_sound (fixture);
}

static void
test_backup_without_pictures_is_restored (Fixture       *fixture,
                                          gconstpointer  data)
{
  g_autoptr(Picture) picture = choose (fixture, 'a');
  g_autofree char *path = make_backup (fixture);

  alter (path, "DROP TABLE backup_picture");
  restore (fixture, path);
  g_assert_true (is_whole (picture));
  assert_sound (fixture);
}

static void
test_names_lead_nowhere_else (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr(Picture) picture = choose (fixture, 'a');
  g_autofree char *path = make_backup (fixture);
  g_autofree char *outside = g_build_filename (fixture->dir, "outside.png", NULL);

  alter (path, "INSERT INTO backup_picture VALUES ('../outside.png', x'00')");
  restore (fixture, path);
  g_assert_false (g_file_test (outside, G_FILE_TEST_EXISTS));

  /* Nor does a row's: what is there is not taken for a picture. */
  close_store (fixture);
  g_assert_true (g_file_set_contents (outside, "key", -1, NULL));
  alter (path, "UPDATE media SET stored_name = '../outside.png'");
  restore (fixture, path);
  assert_lost (fixture, "still-a.png");
  g_free (make_backup (fixture));
  g_assert_cmpint (ask (path, "SELECT count(*) FROM backup_picture"), ==, 0);
  close_store (fixture);
  g_free (g_steal_pointer (&path));
  path = g_build_filename (fixture->dir, "balcony.db", NULL);
  alter (path, "DELETE FROM media");
  open_store (fixture);
}

/* Put there by hand, a backup keeps its pictures, and hands them on. */
static void
test_pictures_stay_in_a_backup_in_use (Fixture       *fixture,
                                       gconstpointer  data)
{
  g_autoptr(Picture) picture = choose (fixture, 'a');
  g_autofree char *path = make_backup (fixture);
  g_autofree char *database = g_build_filename (fixture->dir, "balcony.db", NULL);

  close_store (fixture);
  g_assert_cmpint (g_rename (path, database), ==, 0);
  g_assert_cmpint (g_unlink (picture->stored), ==, 0);
  open_store (fixture);

  g_free (make_backup (fixture));
  restore (fixture, path);
  g_assert_true (is_whole (picture));
  assert_sound (fixture);
}

static void
age (const char *path)
{
  time_t then = time (NULL) - 2 * 24 * 60 * 60;

  g_assert_cmpint (g_utime (path, &(struct utimbuf) { then, then }), ==, 0);
}

static gboolean
is_there (Picture *picture)
{
  return g_file_test (picture->stored, G_FILE_TEST_EXISTS);
}

/* What the import of a whole blog leaves that is stopped, or a blog that is removed. */
static void
test_files_without_a_row_go_with_the_last_backup (Fixture       *fixture,
                                                  gconstpointer  data)
{
  g_autoptr(Picture) kept = choose (fixture, 'a');
  g_autoptr(Picture) lost = choose (fixture, 'b');
  g_autoptr(Picture) young = choose (fixture, 'c');
  g_autoptr(Picture) backed_up = choose (fixture, 'd');
  g_autofree char *database = g_build_filename (fixture->dir, "balcony.db", NULL);
  g_autofree char *media = g_path_get_dirname (kept->stored);
  g_autofree char *other = g_build_filename (media, "note.txt", NULL);
  g_autofree char *backup = g_build_filename (fixture->dir, "backups", "balcony-20200101-000000.db", NULL);
  g_autofree char *damaged = g_build_filename (fixture->dir, "backups", "balcony-20200102-000000.db", NULL);
  g_autofree char *nothing = g_build_filename (fixture->dir, "nothing", NULL);
  g_autofree char *daily = NULL;
  g_autoptr(GError) error = NULL;

  fixture_reopen (fixture);
  daily = find_daily (fixture);
  close_store (fixture);
  g_assert_cmpint (g_rename (daily, backup), ==, 0);
  alter (backup, "DELETE FROM media WHERE file_name IN ('still-b.png', 'still-c.png')");
  alter (database, "DELETE FROM media WHERE file_name <> 'still-a.png'");
  g_assert_true (g_file_set_contents (other, "A note", -1, NULL));
  age (kept->stored);
  age (lost->stored);
  age (backed_up->stored);
  age (other);
  open_store (fixture);

  /* What can't be read may name anything. */
  g_assert_true (g_file_set_contents (damaged, "No database", -1, NULL));
  g_assert_true (bal_backup_make_daily (fixture->dir, NULL, &error));
  g_assert_true (is_there (lost));

  g_assert_cmpint (g_unlink (damaged), ==, 0);
  g_assert_true (bal_backup_make_daily (fixture->dir, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (is_there (lost));
  g_assert_true (is_whole (kept));
  g_assert_true (is_whole (young));
  g_assert_true (is_whole (backed_up));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));

  /* A row may be newer than the newest backup. */
  g_assert_cmpint (g_mkdir (nothing, 0700), ==, 0);
  bal_backup_orphans_let_go (database, nothing, NULL);
  g_assert_true (is_whole (kept));
  g_assert_false (is_there (backed_up));
  assert_sound (fixture);
}

/* The database whose rows name it has not taken its place yet, and another program makes the day's backup. */
static void
test_file_that_a_restore_counts_on_stays (Fixture       *fixture,
                                          gconstpointer  data)
{
  g_autoptr(Picture) picture = choose (fixture, 'a');
  g_autofree char *path = make_backup (fixture);
  g_autofree char *database = g_build_filename (fixture->dir, "balcony.db", NULL);
  g_autofree char *media = g_path_get_dirname (picture->stored);
  g_autofree char *nothing = g_build_filename (fixture->dir, "nothing", NULL);
  g_autoptr(BalConnection) backup = NULL;
  g_autoptr(GError) error = NULL;

  close_store (fixture);
  alter (database, "DELETE FROM media");
  age (picture->stored);
  g_assert_cmpint (g_mkdir (nothing, 0700), ==, 0);

  backup = bal_connection_open (path, BAL_CONNECTION_TOOL, &error);
  g_assert_no_error (error);
  bal_backup_pictures_unpack (backup, media, NULL, &error);
  g_assert_no_error (error);
  bal_backup_orphans_let_go (database, nothing, NULL);
  g_assert_true (is_whole (picture));

  age (picture->stored);
  bal_backup_orphans_let_go (database, nothing, NULL);
  g_assert_false (is_there (picture));
  open_store (fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/store/backup/pictures-go-with-it-and-come-back", test_pictures_go_with_it);
  fixture_add ("/store/backup/the-day-s-has-what-is-only-here", test_the_day_s_has_what_is_only_here);
  fixture_add ("/store/backup/check-finds-what-is-lost", test_check_finds_what_is_lost);
  fixture_add ("/store/backup/texts-do-not-wait-for-a-lost-picture", test_texts_do_not_wait_for_a_lost_picture);
  fixture_add ("/store/backup/restoring-mends-and-leaves-the-others", test_restoring_mends_and_leaves_the_others);
  fixture_add ("/store/backup/backup-without-pictures-is-restored", test_backup_without_pictures_is_restored);
  fixture_add ("/store/backup/names-lead-nowhere-else", test_names_lead_nowhere_else);
  fixture_add ("/store/backup/pictures-stay-in-a-backup-in-use", test_pictures_stay_in_a_backup_in_use);
  fixture_add ("/store/backup/files-without-a-row-go-with-the-last-backup", test_files_without_a_row_go_with_the_last_backup);
  fixture_add ("/store/backup/file-that-a-restore-counts-on-stays", test_file_that_a_restore_counts_on_stays);

  return g_test_run ();
}
