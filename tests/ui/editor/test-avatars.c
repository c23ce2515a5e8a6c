/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "bal-avatars.h"
#include "bal-comment-row.h"
#include "config.h"
#include "fake-network.h"
#include "raw-server.h"
#include "store-fixture.h"
#include "widget-tree.h"

#include <string.h>

/* Pictures of commenters, in the rows of a thread: only when they are wanted, and whatever comes instead of one. */

typedef struct
{
  Fixture      base;
  RawServer   *server;
  GSettings   *settings;
  GtkWidget   *window;
  GBytes      *body;          /* what the service answers; NULL: there is none */
} Desk;

static gboolean
answer (RawServer     *server,
        RawRequest    *request,
        GOutputStream *output,
        gpointer       user_data)
{
  Desk *desk = user_data;
  g_autofree char *head = NULL;
  gsize size;
  gconstpointer data;

  if (desk->body == NULL)
    return raw_reply (output, 404, NULL, "");
  data = g_bytes_get_data (desk->body, &size);
  head = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n", size);
  raw_write (output, head, -1);
  raw_write (output, data, size);
  return TRUE;
}

static GBytes *
make_picture (int         width,
              int         height,
              const char *kind)
{
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr(GError) error = NULL;
  char *data;
  gsize size;

  gdk_pixbuf_fill (pixbuf, 0x3366ccff);
  gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, kind, &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  g_autofree char *address = NULL;

  fixture_set_up (&desk->base, NULL);
  fake_network_set (G_NETWORK_CONNECTIVITY_FULL);
  desk->server = raw_server_new (answer, desk);
  address = raw_server_url (desk->server, "/avatar/");
  desk->settings = g_settings_new (BALCONY_APP_ID);
  g_settings_set_string (desk->settings, "portrait-address", address);
  g_settings_set_boolean (desk->settings, "load-portraits", FALSE);
  desk->window = gtk_window_new ();
  gtk_window_present (GTK_WINDOW (desk->window));
}

static void
tear_down (Desk          *desk,
           gconstpointer  data)
{
  g_settings_set_boolean (desk->settings, "load-portraits", FALSE);    /* empties the folder */
  widget_wait_for_tooltip (desk->window);
  gtk_window_destroy (GTK_WINDOW (desk->window));
  while (g_main_context_iteration (NULL, FALSE));
  g_object_unref (desk->settings);
  fixture_tear_down (&desk->base, NULL);
  raw_server_free (desk->server);
  g_clear_pointer (&desk->body, g_bytes_unref);
}

static AdwAvatar *
show (Desk       *desk,
      const char *email)
{
  g_autoptr(BalComment) comment = make_comment (desk->base.blog_id, 1, 0, "Anna Bell", "<p>x</p>");
  g_autoptr(BalReplyDrafts) drafts = bal_reply_drafts_ref_for (desk->base.store);
  GtkWidget *row, *list = gtk_list_box_new ();

  bal_comment_set_author_email (comment, email);
  bal_comment_set_loaded (comment, TRUE);
  row = bal_comment_row_new (comment, drafts);
  bal_comment_row_set_store (BAL_COMMENT_ROW (row), desk->base.store);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_window_set_child (GTK_WINDOW (desk->window), list);
  return ADW_AVATAR (widget_find_type (row, ADW_TYPE_AVATAR));
}

static gboolean
has_picture (gpointer avatar)
{
  return adw_avatar_get_custom_image (avatar) != NULL;
}

static gboolean
was_asked (gpointer server)
{
  return raw_server_n_requests (server) > 0;
}

/* Until whatever was begun has come to its end. */
static void
settle (void)
{
  gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC / 2;

  while (g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (2000);
    }
}

static void
test_off_asks_nothing (Desk          *desk,
                       gconstpointer  data)
{
  AdwAvatar *avatar = show (desk, "anna@example.com");

  desk->body = make_picture (64, 64, "png");
  settle ();
  g_assert_false (has_picture (avatar));
  g_assert_cmpuint (raw_server_n_requests (desk->server), ==, 0);
  g_assert_cmpstr (adw_avatar_get_text (avatar), ==, "Anna Bell");
  g_assert_true (adw_avatar_get_show_initials (avatar));
}

static void
test_on_shows_it_and_off_takes_it_away (Desk          *desk,
                                        gconstpointer  data)
{
  AdwAvatar *avatar = show (desk, "anna@example.com");
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "balcony", "portraits", NULL);
  g_autoptr(GDir) dir = NULL;

  desk->body = make_picture (64, 64, data);
  g_settings_set_boolean (desk->settings, "load-portraits", TRUE);
  wait_until (has_picture, avatar);
  g_settings_set_boolean (desk->settings, "load-portraits", FALSE);
  g_assert_false (has_picture (avatar));
  settle ();
  dir = g_dir_open (folder, 0, NULL);
  g_assert_true (dir == NULL || g_dir_read_name (dir) == NULL);
}

static void
test_no_address_no_question (Desk          *desk,
                             gconstpointer  data)
{
  AdwAvatar *avatar;

  desk->body = make_picture (64, 64, "png");
  g_settings_set_boolean (desk->settings, "load-portraits", TRUE);
  avatar = show (desk, NULL);
  settle ();
  g_assert_false (has_picture (avatar));
  g_assert_cmpuint (raw_server_n_requests (desk->server), ==, 0);
}

static void
test_offline_asks_nothing (Desk          *desk,
                           gconstpointer  data)
{
  AdwAvatar *avatar;

  desk->body = make_picture (64, 64, "png");
  fake_network_set (G_NETWORK_CONNECTIVITY_LOCAL);
  g_settings_set_boolean (desk->settings, "load-portraits", TRUE);
  avatar = show (desk, "anna@example.com");
  settle ();
  g_assert_false (has_picture (avatar));
  g_assert_cmpuint (raw_server_n_requests (desk->server), ==, 0);

  fake_network_set (G_NETWORK_CONNECTIVITY_FULL);
  wait_until (has_picture, avatar);
}

/* @data: of what there is too much, or what it is instead. */
static void
test_no_picture_leaves_initials (Desk          *desk,
                                 gconstpointer  data)
{
  static const char garbage[] = "\211PNG\r\n\032\nnothing of the kind at all";
  static const char drawing[] = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>";
  const char *kind = data;
  AdwAvatar *avatar;

  if (g_str_equal (kind, "giant"))
    desk->body = make_picture (4000, 4000, "png");
  else if (g_str_equal (kind, "garbage"))
    desk->body = g_bytes_new_static (garbage, strlen (garbage));
  else if (g_str_equal (kind, "drawing"))
    desk->body = g_bytes_new_static (drawing, strlen (drawing));
  else if (g_str_equal (kind, "cut"))
    {
      g_autoptr(GBytes) whole = make_picture (200, 200, "jpeg");

      desk->body = g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) / 3);
    }

  g_settings_set_boolean (desk->settings, "load-portraits", TRUE);
  avatar = show (desk, "anna@example.com");
  wait_until (was_asked, desk->server);
  settle ();
  g_assert_false (has_picture (avatar));
}

static void
test_row_that_goes_meanwhile (Desk          *desk,
                              gconstpointer  data)
{
  desk->body = make_picture (64, 64, "png");
  g_settings_set_boolean (desk->settings, "load-portraits", TRUE);
  show (desk, "anna@example.com");
  gtk_window_set_child (GTK_WINDOW (desk->window), NULL);
  settle ();
}

#define add(path, data, test) g_test_add ("/avatars/" path, Desk, data, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_autofree char *cache = g_dir_make_tmp ("avatars-XXXXXX", NULL);
  int status;

  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  fake_network_install ();
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("off-asks-nothing", NULL, test_off_asks_nothing);
  add ("on-shows-it-and-off-takes-it-away/png", "png", test_on_shows_it_and_off_takes_it_away);
  add ("on-shows-it-and-off-takes-it-away/jpeg", "jpeg", test_on_shows_it_and_off_takes_it_away);
  add ("no-address-no-question", NULL, test_no_address_no_question);
  add ("offline-asks-nothing", NULL, test_offline_asks_nothing);
  add ("no-picture-leaves-initials/none", "none", test_no_picture_leaves_initials);
  add ("no-picture-leaves-initials/giant", "giant", test_no_picture_leaves_initials);
  add ("no-picture-leaves-initials/garbage", "garbage", test_no_picture_leaves_initials);
  add ("no-picture-leaves-initials/drawing", "drawing", test_no_picture_leaves_initials);
  add ("no-picture-leaves-initials/cut", "cut", test_no_picture_leaves_initials);
  add ("row-that-goes-meanwhile", NULL, test_row_that_goes_meanwhile);

  status = g_test_run ();
  remove_folder (cache);
  return status;
}
