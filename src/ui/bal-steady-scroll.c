/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-steady-scroll.h"

static gboolean
policy_cb (GBinding     *binding,
           const GValue *overlays,
           GValue       *policy,
           gpointer      user_data)
{
  g_value_set_enum (policy, g_value_get_boolean (overlays) ? GTK_POLICY_AUTOMATIC : GTK_POLICY_ALWAYS);
  return TRUE;
}

void
bal_steady_scroll_keep (GtkScrolledWindow *window)
{
  g_return_if_fail (GTK_IS_SCROLLED_WINDOW (window));

  g_object_bind_property_full (gtk_widget_get_settings (GTK_WIDGET (window)), "gtk-overlay-scrolling",
                               window, "vscrollbar-policy", G_BINDING_SYNC_CREATE, policy_cb, NULL, NULL, NULL);
}
