/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE            /* syscall() */
#include "bal-export-target.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bal-error.h"
#include "store-fixture.h"

/* Two exports into one folder, each a thread that stops where the test wants it: flock() and unlinkat() of this program are
 * those below. The neighbour is the second one. */
#define N_FILES 5

typedef enum { NOWHERE, WITH_THE_LOCK, AT_A_FILE } Stop;

static GMutex mutex;
static GCond changed;
static GThread *neighbour;
static Stop stop_at;                /* of the neighbour, once */
static gboolean stopped, released;
static gboolean start_at_lock;      /* the neighbour starts before the next flock(), and stops where stop_at says */
static int lock_error;              /* of everybody but the neighbour */
static char *top;

static void
stop (Stop where)
{
  if (g_thread_self () != neighbour)
    return;

  g_mutex_lock (&mutex);
  if (stop_at == where)
    {
      stop_at = NOWHERE;
      stopped = TRUE;
      g_cond_broadcast (&changed);
      while (!released)
        g_cond_wait (&changed, &mutex);
    }
  g_mutex_unlock (&mutex);
}

static gpointer
export_one (gpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (top, "neighbour", NULL);
  g_autoptr(BalExportTarget) target = NULL;
  g_autofree char *file = NULL;

  g_mutex_lock (&mutex);           /* until it is known who this is */
  g_mutex_unlock (&mutex);
  target = bal_export_target_new (path, TRUE, &error);
  g_assert_no_error (error);
  file = g_build_filename (bal_export_target_get_path (target), "all", NULL);
  g_assert_true (g_file_set_contents (file, "all", -1, NULL));
  bal_export_target_commit (target, &error);
  g_assert_no_error (error);

  g_mutex_lock (&mutex);           /* where it had nothing to remove it stops nowhere */
  stopped = TRUE;
  g_cond_broadcast (&changed);
  g_mutex_unlock (&mutex);
  return NULL;
}

/* Returns when it stands where it is to stop, or has ended. */
static void
start_neighbour (Stop where)
{
  g_mutex_lock (&mutex);
  stop_at = where;
  stopped = released = FALSE;
  neighbour = g_thread_new ("neighbour", export_one, NULL);
  while (!stopped)
    g_cond_wait (&changed, &mutex);
  g_mutex_unlock (&mutex);
}

static void
end_neighbour (void)
{
  g_mutex_lock (&mutex);
  released = TRUE;
  g_cond_broadcast (&changed);
  g_mutex_unlock (&mutex);
  g_thread_join (g_steal_pointer (&neighbour));
}

int
flock (int fd,
       int operation)
{
  int result;

  if (start_at_lock)
    {
      start_at_lock = FALSE;
      start_neighbour (stop_at);
    }
  if (lock_error != 0 && g_thread_self () != neighbour)
    {
      errno = lock_error;
      return -1;
    }
  result = (int) syscall (SYS_flock, fd, operation);
  if (result == 0)
    stop (WITH_THE_LOCK);
  return result;
}

int
unlinkat (int         parent,
          const char *name,
          int         flags)
{
  if (g_str_has_prefix (name, "page-"))
    stop (AT_A_FILE);
  return (int) syscall (SYS_unlinkat, parent, name, flags);
}

static void
write_pages (BalExportTarget *target)
{
  for (guint i = 0; i < N_FILES; i++)
    {
      g_autofree char *name = g_strdup_printf ("page-%u", i);
      g_autofree char *path = g_build_filename (bal_export_target_get_path (target), name, NULL);

      g_file_set_contents (path, "page", -1, NULL);
    }
}

/* -1: there is no such folder. */
static int
count (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  int n = dir != NULL ? 0 : -1;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static BalExportTarget *
begin (const char **out_path)
{
  static char *path;
  g_autoptr(GError) error = NULL;
  BalExportTarget *target;

  g_free (path);
  path = g_build_filename (top, "mine", NULL);
  *out_path = path;
  target = bal_export_target_new (path, TRUE, &error);
  g_assert_no_error (error);
  return target;
}

static void
assert_let_go (Stop where)
{
  g_autoptr(GError) error = NULL;
  const char *path;
  BalExportTarget *target;

  start_at_lock = TRUE;
  stop_at = where;
  target = begin (&path);
  write_pages (target);
  end_neighbour ();
  bal_export_target_commit (target, &error);
  g_assert_no_error (error);
  bal_export_target_free (target);
  g_assert_cmpint (count (path), ==, N_FILES);
  g_assert_cmpint (count (top), ==, 2);
}

static void
test_what_is_taken_for_left_is_let_go (void)
{
  assert_let_go (WITH_THE_LOCK);
}

static void
test_what_is_gone_is_let_go (void)
{
  assert_let_go (NOWHERE);
}

/* An export that could not lock what it writes, and one that can lock it. */
static void
test_a_part_is_no_success (void)
{
  g_autoptr(GError) error = NULL;
  const char *path;
  BalExportTarget *target;

  lock_error = ENOLCK;
  target = begin (&path);
  write_pages (target);
  start_neighbour (AT_A_FILE);
  if (bal_export_target_commit (target, &error))
    {
      end_neighbour ();
      g_assert_cmpint (count (path), ==, N_FILES);
    }
  else
    {
      g_assert_error (error, BAL_ERROR, BAL_ERROR_STORAGE);
      end_neighbour ();
      g_assert_cmpint (count (path), ==, -1);
    }
  bal_export_target_free (target);
}

static void
test_without_locks_it_is_written (void)
{
  static const int codes[] = { ENOLCK, EOPNOTSUPP, EBADF };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr(GError) error = NULL;
      const char *path;
      BalExportTarget *target, *other;

      lock_error = codes[i];
      target = begin (&path);
      write_pages (target);
      other = begin (&path);
      bal_export_target_free (other);
      bal_export_target_commit (target, &error);
      g_assert_no_error (error);
      bal_export_target_free (target);
      g_assert_cmpint (count (path), ==, N_FILES);
      remove_folder (path);
    }
}

static void
test_what_can_t_be_held_is_told (void)
{
  static const int codes[] = { EWOULDBLOCK, EIO };
  g_autofree char *path = g_build_filename (top, "mine", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr(GError) error = NULL;

      lock_error = codes[i];
      g_assert_null (bal_export_target_new (path, TRUE, &error));
      g_assert_error (error, BAL_ERROR, BAL_ERROR_STORAGE);
      g_assert_cmpint (count (top), ==, 0);
    }
}

/* As a program that died leaves it. Returns its name. */
static char *
leave_folder (const char *like,
              const char *suffix)
{
  g_autofree char *path = g_strconcat (like, suffix, NULL);
  g_autofree char *file = g_build_filename (path, "export", NULL);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "part", -1, NULL));
  return g_steal_pointer (&path);
}

static void
test_only_this_computer_s_is_removed (void)
{
  const char *path;
  BalExportTarget *target = begin (&path);
  g_autofree char *work = g_path_get_dirname (bal_export_target_get_path (target));
  g_autofree char *foreign = NULL;

  bal_export_target_free (target);
  g_free (leave_folder (work, ""));
  g_free (leave_folder (work, "x-left"));
  /* Another computer's name has another sum. */
  work[strlen (top) + strlen ("/.balcony-export-")] ^= 1;
  foreign = leave_folder (work, "");

  target = begin (&path);
  bal_export_target_free (target);
  g_assert_cmpint (count (foreign), ==, 1);
  g_assert_cmpint (count (top), ==, 1);
}

static void
run_in_folder (gconstpointer data)
{
  void (*const *test) (void) = data;

  top = g_dir_make_tmp ("balcony-target-XXXXXX", NULL);
  g_assert_nonnull (top);
  lock_error = 0;
  (*test) ();
  remove_folder (top);
  g_clear_pointer (&top, g_free);
}

int
main (int   argc,
      char *argv[])
{
  static const struct { const char *path; void (*test) (void); } tests[] = {
    { "/export-target/what-is-taken-for-left-is-let-go", test_what_is_taken_for_left_is_let_go },
    { "/export-target/what-is-gone-is-let-go", test_what_is_gone_is_let_go },
    { "/export-target/a-part-is-no-success", test_a_part_is_no_success },
    { "/export-target/without-locks-it-is-written", test_without_locks_it_is_written },
    { "/export-target/what-can-t-be-held-is-told", test_what_can_t_be_held_is_told },
    { "/export-target/only-this-computer-s-is-removed", test_only_this_computer_s_is_removed },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_data_func (tests[i].path, &tests[i].test, run_in_folder);
  return g_test_run ();
}
