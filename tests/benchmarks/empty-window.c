/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The least that a libadwaita program with panes, a list and a text view can be: what Balcony's start is compared with. */
#include <adwaita.h>

#define EMPTY_TYPE_WINDOW (empty_window_get_type ())
G_DECLARE_FINAL_TYPE (EmptyWindow, empty_window, EMPTY, WINDOW, AdwApplicationWindow)

struct _EmptyWindow
{
  AdwApplicationWindow parent_instance;
};

G_DEFINE_FINAL_TYPE (EmptyWindow, empty_window, ADW_TYPE_APPLICATION_WINDOW)

static void
empty_window_class_init (EmptyWindowClass *klass)
{
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/io/github/balcony/EmptyWindow/empty-window.ui");
}

static void
empty_window_init (EmptyWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
activate_cb (GtkApplication *application)
{
  gtk_window_present (g_object_new (EMPTY_TYPE_WINDOW, "application", application, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(AdwApplication) application =
    adw_application_new ("io.github.balcony.EmptyWindow", G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
