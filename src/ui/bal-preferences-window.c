/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-preferences-window.h"

#include "bal-spam-group.h"
#include "bal-transient.h"
#include "config.h"

struct _BalPreferencesWindow
{
  AdwPreferencesWindow  parent_instance;

  GSettings            *settings;

  /* template children */
  GtkSwitch            *sync_on_start;
  AdwComboRow          *sync_minutes;
  GtkSwitch            *sync_after_saving;
  GtkSwitch            *notify_comments;
  GtkSwitch            *load_portraits;
  BalSpamGroup         *spam_group;
  GtkSwitch            *smart_quotes;
  GtkSwitch            *typing_shorthand;
  GtkSwitch            *check_spelling;
  GtkSwitch            *floating_bar;
};

G_DEFINE_FINAL_TYPE (BalPreferencesWindow, bal_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

/* In the order of the list. */
static const guint minutes[] = { 0, 5, 15, 30, 60 };

/* Other numbers, which another program may have set, show as the next lower choice, and stay until another is chosen. */
static gboolean
minutes_to_choice (GValue   *value,
                   GVariant *variant,
                   gpointer  data)
{
  guint choice = 0;

  for (guint i = 1; i < G_N_ELEMENTS (minutes); i++)
    if (g_variant_get_uint32 (variant) >= minutes[i])
      choice = i;
  if (choice == 0 && g_variant_get_uint32 (variant) > 0)
    choice = 1;    /* "never" would not be true */

  g_value_set_uint (value, choice);
  return TRUE;
}

static GVariant *
choice_to_minutes (const GValue       *value,
                   const GVariantType *type,
                   gpointer            data)
{
  return g_variant_new_uint32 (minutes[MIN (g_value_get_uint (value), G_N_ELEMENTS (minutes) - 1)]);
}

static void
bal_preferences_window_finalize (GObject *object)
{
  g_clear_object (&BAL_PREFERENCES_WINDOW (object)->settings);

  G_OBJECT_CLASS (bal_preferences_window_parent_class)->finalize (object);
}

static void
bal_preferences_window_class_init (BalPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bal_preferences_window_finalize;
  g_type_ensure (BAL_TYPE_SPAM_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BalPreferencesWindow, sync_on_start);
  gtk_widget_class_bind_template_child (widget_class, BalPreferencesWindow, sync_minutes);
  gtk_widget_class_bind_template_child (widget_class, BalPreferencesWindow, sync_after_saving);
  gtk_widget_class_bind_template_child (widget_class, BalPreferencesWindow, notify_comments);
  gtk_widget_class_bind_template_child (widget_class, BalPreferencesWindow, load_portraits);
  gtk_widget_class_bind_template_child (widget_class, BalPreferencesWindow, spam_group);
  gtk_widget_class_bind_template_child (widget_class, BalPreferencesWindow, smart_quotes);
  gtk_widget_class_bind_template_child (widget_class, BalPreferencesWindow, typing_shorthand);
  gtk_widget_class_bind_template_child (widget_class, BalPreferencesWindow, check_spelling);
  gtk_widget_class_bind_template_child (widget_class, BalPreferencesWindow, floating_bar);
}

static void
bal_preferences_window_init (BalPreferencesWindow *self)
{
  const struct { const char *key; GtkSwitch **toggle; } toggles[] = {
    { "sync-on-start", &self->sync_on_start },
    { "sync-after-saving", &self->sync_after_saving },
    { "notify-comments", &self->notify_comments },
    { "load-portraits", &self->load_portraits },
    { "smart-quotes", &self->smart_quotes },
    { "typing-shorthand", &self->typing_shorthand },
    { "check-spelling", &self->check_spelling },
    { "floating-bar", &self->floating_bar },
  };

  self->settings = g_settings_new (BALCONY_APP_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (toggles); i++)
    g_settings_bind (self->settings, toggles[i].key, *toggles[i].toggle, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_with_mapping (self->settings, "sync-minutes", self->sync_minutes, "selected",
                                G_SETTINGS_BIND_DEFAULT, minutes_to_choice, choice_to_minutes, NULL, NULL);
}

/**
 * bal_preferences_window_new:
 * @parent: the window it belongs to
 * @store: the open store
 *
 * Returns: a modal window
 */
GtkWidget *
bal_preferences_window_new (GtkWindow *parent,
                            BalStore  *store)
{
  BalPreferencesWindow *self = g_object_new (BAL_TYPE_PREFERENCES_WINDOW, "transient-for", parent, NULL);

  bal_transient_watch (GTK_WINDOW (self));
  bal_spam_group_set_store (self->spam_group, store);
  return GTK_WIDGET (self);
}
