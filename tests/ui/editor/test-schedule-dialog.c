/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "bal-schedule-dialog.h"
#include "widget-tree.h"

static double
get_left (GtkWidget  *dialog,
          const char *name)
{
  GtkWidget *spin = widget_find_named (dialog, GTK_TYPE_SPIN_BUTTON, name);
  graphene_rect_t bounds;

  g_assert_nonnull (spin);
  g_assert_true (gtk_widget_compute_bounds (spin, dialog, &bounds));
  g_assert_cmpfloat (bounds.size.width, >, 0);
  return bounds.origin.x;
}

/* 09:30 would read 30:09. */
static void
test_the_hour_comes_first_in_every_script (gconstpointer direction)
{
  GtkWidget *parent, *dialog;

  gtk_widget_set_default_direction (GPOINTER_TO_INT (direction));
  parent = gtk_window_new ();
  gtk_window_present (GTK_WINDOW (parent));
  dialog = bal_schedule_dialog_new (GTK_WINDOW (parent), 0);
  gtk_window_present (GTK_WINDOW (dialog));
  while (gtk_widget_get_width (dialog) == 0)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpfloat (get_left (dialog, "Hour"), <, get_left (dialog, "Minute"));

  widget_wait_for_tooltip (dialog);
  gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_window_destroy (GTK_WINDOW (parent));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_data_func ("/ui/schedule-dialog/the-hour-comes-first/left-to-right", GINT_TO_POINTER (GTK_TEXT_DIR_LTR),
                        test_the_hour_comes_first_in_every_script);
  g_test_add_data_func ("/ui/schedule-dialog/the-hour-comes-first/right-to-left", GINT_TO_POINTER (GTK_TEXT_DIR_RTL),
                        test_the_hour_comes_first_in_every_script);

  return g_test_run ();
}
