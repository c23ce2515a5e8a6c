/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-blogger.h"

#include <glib-unix.h>
#include <stdlib.h>

/* usage: fake-blogger PORT [POSTS [COMMENTS]]     prints "ready ROOT BLOG-ID", serves until SIGTERM */

static gboolean
end_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
fill (FakeBlogger *server,
      guint        n_posts,
      guint        n_comments)
{
  static const char *const statuses[] = { "LIVE", "LIVE", "LIVE", "PENDING", "SPAM" };
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n_posts; i++)
    {
      g_autofree char *title = g_strdup_printf ("Film %u", i);
      g_autofree char *html = g_strdup_printf ("<p>About film %u.</p>", i);

      g_ptr_array_add (ids, fake_blogger_add_post (server, title, html, i % 20 == 19 ? "DRAFT" : "LIVE",
                                                   1262304000 + (gint64) i * 86400));
    }
  for (guint i = 0; i < n_comments; i++)
    {
      g_autofree char *html = g_strdup_printf ("Comment %u", i);
      g_autofree char *id = fake_blogger_add_comment (server, g_ptr_array_index (ids, i % n_posts), NULL, "A reader",
                                                      html, statuses[i % 5], 1400000000 + (gint64) i * 60);

      g_assert_nonnull (id);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(FakeBlogger) server = NULL;
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  if (argc < 2)
    {
      g_printerr ("usage: fake-blogger PORT [POSTS [COMMENTS]]\n");
      return 2;
    }
  server = fake_blogger_new ((guint) atoi (argv[1]));
  if (argc > 2)
    fill (server, (guint) atoi (argv[2]), argc > 3 ? (guint) atoi (argv[3]) : 0);
  g_print ("ready %s %s\n", fake_blogger_get_root (server), fake_blogger_get_blog_id (server));
  fflush (stdout);
  g_unix_signal_add (SIGTERM, end_cb, loop);
  g_unix_signal_add (SIGINT, end_cb, loop);
  g_main_loop_run (loop);
  return 0;
}
