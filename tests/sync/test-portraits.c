/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-error.h"
#include "bal-portraits.h"
#include "raw-server.h"

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

/* Pictures of people: what is asked for, how often, and what a bad server can do. */

#define PICTURE "\211PNG\r\n\032\n rest"

typedef struct
{
  char         *folder;
  RawServer    *server;
  BalPortraits *portraits;
  GBytes       *picture;      /* the last answer */
  GError       *error;
  gboolean      done;
} Desk;

static gboolean
answer (RawServer     *server,
        RawRequest    *request,
        GOutputStream *output,
        gpointer       user_data)
{
  const char *kind = user_data;
  g_autofree char *blanks = g_strnfill (1 << 16, ' ');

  if (g_str_equal (kind, "picture"))
    return raw_reply (output, 200, "Content-Type: image/png\r\n", PICTURE);
  if (g_str_equal (kind, "none"))
    return raw_reply (output, 404, NULL, "nobody");
  if (g_str_equal (kind, "broken"))
    return raw_reply (output, 503, NULL, "later");
  if (g_str_equal (kind, "elsewhere"))
    return raw_reply (output, 302, "Location: https://tracker.example/pixel.png\r\n", "");
  if (g_str_equal (kind, "circle"))
    return raw_reply (output, 302, "Location: /again\r\n", "");

  raw_write (output, "HTTP/1.1 200 OK\r\n\r\n", -1);
  if (g_str_equal (kind, "endless"))
    while (raw_write (output, blanks, 1 << 16));
  else
    while (raw_server_wait (server, 100) && raw_write (output, "x", 1));
  return FALSE;
}

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *address = NULL;

  desk->folder = g_dir_make_tmp ("portraits-XXXXXX", &error);
  g_assert_no_error (error);
  desk->server = raw_server_new (answer, (gpointer) data);
  address = raw_server_url (desk->server, "/avatar/");
  desk->portraits = bal_portraits_new (address, desk->folder);
}

static void
empty_folder (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
}

static void
tear_down (Desk          *desk,
           gconstpointer  data)
{
  g_assert_finalize_object (desk->portraits);
  raw_server_free (desk->server);
  empty_folder (desk->folder);
  g_assert_cmpint (g_rmdir (desk->folder), ==, 0);
  g_clear_pointer (&desk->picture, g_bytes_unref);
  g_clear_error (&desk->error);
  g_free (desk->folder);
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Desk *desk = user_data;

  desk->picture = bal_portraits_fetch_finish (result, &desk->error);
  desk->done = TRUE;
}

static void
fetch (Desk       *desk,
       const char *email,
       gboolean    ask)
{
  g_autofree char *hash = bal_portraits_dup_hash (email);

  g_clear_pointer (&desk->picture, g_bytes_unref);
  g_clear_error (&desk->error);
  desk->done = FALSE;
  bal_portraits_fetch_async (desk->portraits, hash, ask, NULL, fetched_cb, desk);
  while (!desk->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_picture (Desk *desk)
{
  g_assert_no_error (desk->error);
  g_assert_nonnull (desk->picture);
  g_assert_cmpmem (g_bytes_get_data (desk->picture, NULL), g_bytes_get_size (desk->picture), PICTURE, strlen (PICTURE));
}

static void
test_hash (void)
{
  static const char *const nobody[] = { NULL, "", "  ", "anna", "@example.com", "anna@", "http://anna.example", "\xff@a" };
  g_autofree char *hash = bal_portraits_dup_hash ("anna@example.com");
  g_autofree char *same = bal_portraits_dup_hash ("  Anna@Example.COM\n");
  /* The example in the service's own documentation. */
  g_autofree char *known = bal_portraits_dup_hash ("MyEmailAddress@example.com ");

  g_assert_cmpstr (hash, ==, same);
  g_assert_cmpstr (known, ==, "84059b07d4be67b806386c0aad8070a23f18836bbaae342275dc0a83414c32ee");
  for (guint i = 0; i < G_N_ELEMENTS (nobody); i++)
    g_assert_null (bal_portraits_dup_hash (nobody[i]));
}

static void
test_only_the_hash_leaves (Desk          *desk,
                           gconstpointer  data)
{
  g_autofree char *hash = bal_portraits_dup_hash ("anna@example.com");
  g_autofree char *line = g_strdup_printf ("GET /avatar/%s?s=64&d=404&r=pg HTTP/1.1\n", hash);
  g_autofree char *request = NULL;
  g_autofree char *lower = NULL;

  fetch (desk, "Anna@example.com", TRUE);
  assert_picture (desk);
  g_assert_cmpuint (raw_server_n_requests (desk->server), ==, 1);
  request = raw_server_dup_request (desk->server, 0);
  g_assert_true (g_str_has_prefix (request, line));
  g_assert_null (strstr (request, "@"));
  lower = g_ascii_strdown (request, -1);
  g_assert_null (strstr (lower, "anna"));
  g_assert_null (strstr (lower, "\ncookie:"));
  g_assert_null (strstr (lower, "\nreferer:"));
  g_assert_null (strstr (lower, "\nauthorization:"));
}

static void
make_old (Desk   *desk,
          gint64  age)
{
  g_autofree char *hash = bal_portraits_dup_hash ("anna@example.com");
  g_autofree char *path = g_build_filename (desk->folder, hash, NULL);
  time_t then = g_get_real_time () / G_USEC_PER_SEC - age;

  g_assert_cmpint (utime (path, &(struct utimbuf) { then, then }), ==, 0);
}

static void
test_asked_once (Desk          *desk,
                 gconstpointer  data)
{
  g_autofree char *hash = bal_portraits_dup_hash ("anna@example.com");
  g_autofree char *path = g_build_filename (desk->folder, hash, NULL);
  GStatBuf info;

  for (guint i = 0; i < 3; i++)
    {
      fetch (desk, "anna@example.com", TRUE);
      assert_picture (desk);
    }
  g_assert_cmpuint (raw_server_n_requests (desk->server), ==, 1);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);

  /* After a week it is asked for anew; without a network what is there is good enough. */
  make_old (desk, 8 * 24 * 3600);
  fetch (desk, "anna@example.com", FALSE);
  assert_picture (desk);
  g_assert_cmpuint (raw_server_n_requests (desk->server), ==, 1);
  fetch (desk, "anna@example.com", TRUE);
  assert_picture (desk);
  g_assert_cmpuint (raw_server_n_requests (desk->server), ==, 2);
}

static void
test_none_is_remembered (Desk          *desk,
                         gconstpointer  data)
{
  for (guint i = 0; i < 3; i++)
    {
      fetch (desk, "anna@example.com", TRUE);
      g_assert_no_error (desk->error);
      g_assert_null (desk->picture);
    }
  g_assert_cmpuint (raw_server_n_requests (desk->server), ==, 1);
  make_old (desk, 2 * 24 * 3600);
  fetch (desk, "anna@example.com", TRUE);
  g_assert_cmpuint (raw_server_n_requests (desk->server), ==, 2);
}

static void
test_nothing_is_asked_offline (Desk          *desk,
                               gconstpointer  data)
{
  fetch (desk, "anna@example.com", FALSE);
  g_assert_no_error (desk->error);
  g_assert_null (desk->picture);
  g_assert_cmpuint (raw_server_n_requests (desk->server), ==, 0);
}

/* One try, and then peace. */
static void
test_failure_gets_a_pause (Desk          *desk,
                           gconstpointer  data)
{
  guint n_requests;

  fetch (desk, "anna@example.com", TRUE);
  g_assert_null (desk->picture);
  g_assert_nonnull (desk->error);
  n_requests = raw_server_n_requests (desk->server);
  g_assert_cmpuint (n_requests, <=, 6);

  fetch (desk, "bert@example.com", TRUE);
  g_assert_error (desk->error, BAL_ERROR, BAL_ERROR_TEMPORARY);
  g_assert_cmpuint (raw_server_n_requests (desk->server), ==, n_requests);
}

/* As good as none, and not asked for again. */
static void
test_too_much_is_none (Desk          *desk,
                       gconstpointer  data)
{
  guint n_requests;

  fetch (desk, "anna@example.com", TRUE);
  g_assert_no_error (desk->error);
  g_assert_null (desk->picture);
  n_requests = raw_server_n_requests (desk->server);
  fetch (desk, "anna@example.com", TRUE);
  g_assert_null (desk->picture);
  g_assert_cmpuint (raw_server_n_requests (desk->server), ==, n_requests);
}

static void
test_not_shown_any_more (Desk          *desk,
                         gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *hash = bal_portraits_dup_hash ("anna@example.com");

  g_cancellable_cancel (cancellable);
  bal_portraits_fetch_async (desk->portraits, hash, TRUE, cancellable, fetched_cb, desk);
  while (!desk->done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (desk->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (raw_server_n_requests (desk->server), ==, 0);
}

static guint
count_files (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* The folder stays small, and nothing that is no answer is taken out of it. */
static void
test_folder_is_bounded (Desk          *desk,
                        gconstpointer  data)
{
  g_autofree char *other = g_build_filename (desk->folder, "letter.txt", NULL);

  g_assert_true (g_file_set_contents (other, "mine", -1, NULL));
  for (guint i = 0; i < 1200; i++)
    {
      g_autofree char *email = g_strdup_printf ("reader-%u@example.com", i);
      g_autofree char *hash = bal_portraits_dup_hash (email);
      g_autofree char *path = g_build_filename (desk->folder, hash, NULL);

      g_assert_true (g_file_set_contents_full (path, PICTURE, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    }
  fetch (desk, "anna@example.com", TRUE);
  g_assert_cmpuint (count_files (desk->folder), <=, 1001);
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));

  bal_portraits_forget (desk->portraits);
  fetch (desk, "anna@example.com", FALSE);
  g_assert_null (desk->picture);
  g_assert_cmpuint (count_files (desk->folder), ==, 1);
}

/* Anybody could read along. */
static void
test_no_plain_http_beyond_this_computer (Desk          *desk,
                                         gconstpointer  data)
{
  g_object_unref (desk->portraits);
  desk->portraits = bal_portraits_new ("http://avatars.example/", desk->folder);
  fetch (desk, "anna@example.com", TRUE);
  g_assert_error (desk->error, BAL_ERROR, BAL_ERROR_INSECURE);
}

#define add(path, kind, test) g_test_add ("/portraits/" path, Desk, kind, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/portraits/hash", test_hash);
  add ("only-the-hash-leaves", "picture", test_only_the_hash_leaves);
  add ("asked-once", "picture", test_asked_once);
  add ("none-is-remembered", "none", test_none_is_remembered);
  add ("nothing-is-asked-offline", "picture", test_nothing_is_asked_offline);
  add ("failure-gets-a-pause", "broken", test_failure_gets_a_pause);
  add ("redirect-elsewhere-is-a-failure", "elsewhere", test_failure_gets_a_pause);
  add ("slow-answer-is-a-failure", "slow", test_failure_gets_a_pause);
  add ("redirects-in-a-circle-are-none", "circle", test_too_much_is_none);
  add ("endless-answer-is-none", "endless", test_too_much_is_none);
  add ("not-shown-any-more", "picture", test_not_shown_any_more);
  add ("folder-is-bounded", "picture", test_folder_is_bounded);
  add ("no-plain-http-beyond-this-computer", "picture", test_no_plain_http_beyond_this_computer);

  return g_test_run ();
}
