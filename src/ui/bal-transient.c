/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-transient.h"

/* What gtk_window_destroy() does, whoever holds the window; disposing of it may come much later. */
static void
unrealize_cb (GtkWindow *window)
{
  gtk_window_set_transient_for (window, NULL);
}

static void
join_cb (GtkWindow *window)
{
  GtkWindow *parent = gtk_window_get_transient_for (window);

  if (parent != NULL)
    gtk_window_set_application (window, gtk_window_get_application (parent));
}

void
bal_transient_watch (GtkWindow *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  g_signal_connect (window, "notify::transient-for", G_CALLBACK (join_cb), NULL);
  g_signal_connect (window, "unrealize", G_CALLBACK (unrealize_cb), NULL);
  gtk_window_set_destroy_with_parent (window, TRUE);
  join_cb (window);
}
