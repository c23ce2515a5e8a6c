/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page-desk.h"

#define TEXT "A clockmaker in a village that has lost its night sky builds a moon out of roofing tin. "
#define FOUR_TIMES(text) text text text text
#define PARAGRAPH "<p>" FOUR_TIMES (TEXT) "</p>\n"

#define MOST_FRAMES 300
#define REST_MS 150

static void
layout_cb (GdkFrameClock *clock,
           guint         *n_layouts)
{
  (*n_layouts)++;
}

/* What is laid out in every frame never rests. */
static void
assert_rests (guint *n_layouts)
{
  guint first = *n_layouts, last = first;
  gint64 since = g_get_monotonic_time ();

  while (g_get_monotonic_time () - since < REST_MS * 1000)
    {
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (2000);
      if (*n_layouts == last)
        continue;
      last = *n_layouts;
      since = g_get_monotonic_time ();
      g_assert_cmpuint (last - first, <, MOST_FRAMES);
    }
}

/* Where scroll bars take a place of their own, lines break elsewhere with one than without. */
static void
test_a_page_rests_once_laid_out (Page          *page,
                                 gconstpointer  data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  guint n_layouts = 0;

  g_signal_connect (gtk_widget_get_frame_clock (page->window), "layout", G_CALLBACK (layout_cb), &n_layouts);
  for (int overlays = 0; overlays < 2; overlays++)
    {
      g_object_set (settings, "gtk-overlay-scrolling", overlays, NULL);
      for (int width = 560; width < 660; width += 10)
        {
          gtk_window_set_default_size (GTK_WINDOW (page->window), width, 760);
          assert_rests (&n_layouts);
        }
    }
  g_assert_cmpuint (n_layouts, >, 0);
  g_signal_handlers_disconnect_by_func (gtk_widget_get_frame_clock (page->window), layout_cb, &n_layouts);
  gtk_settings_reset_property (settings, "gtk-overlay-scrolling");
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  page_add ("/editor/layout/a-page-rests-once-laid-out", FOUR_TIMES (PARAGRAPH), test_a_page_rests_once_laid_out);

  return g_test_run ();
}
