/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Syncing without being asked, and what the window shows of the network. */
#include "bal-window-private.h"

#include "bal-error.h"
#include "bal-reach.h"
#include "bal-toast.h"

#include <glib/gi18n.h>

/* A sync commits many rows a second: what waits need not be counted after each. */
#define COUNT_MS 200

/* ---- the network ---- */

gboolean
bal_window_is_offline (BalWindow *self)
{
  return !g_network_monitor_get_network_available (self->network) ||
         g_network_monitor_get_connectivity (self->network) == G_NETWORK_CONNECTIVITY_LOCAL;
}

BalReach
bal_window_get_reach (BalWindow *self,
                      gboolean   offline)
{
  guint n_blogs = self->blogs != NULL ? self->blogs->len : 0;
  guint n_near = 0;

  for (guint i = 0; i < n_blogs; i++)
    n_near += bal_reach_is_near (self->blogs->pdata[i]);

  if (n_blogs > 0 && (!offline || n_near == n_blogs))
    return BAL_REACH_ALL;
  return n_near > 0 ? BAL_REACH_NEAR : BAL_REACH_NOTHING;
}

/* Behind a page that asks to log in, every blog gives the same wrong answer: nobody needs to hear it each time. */
static BalReach
get_reach (gpointer data)
{
  BalWindow *self = data;
  gboolean portal = g_network_monitor_get_connectivity (self->network) == G_NETWORK_CONNECTIVITY_PORTAL;

  return bal_window_get_reach (self, portal || bal_window_is_offline (self));
}

/* ---- the button that syncs ---- */

static char *
describe_state (BalWindow   *self,
                const char **icon_name)
{
  guint n = self->outbox.n_waiting;

  if (self->blogs != NULL && self->blogs->len > 0 &&
      bal_window_get_reach (self, bal_window_is_offline (self)) != BAL_REACH_ALL)
    {
      *icon_name = "network-offline-symbolic";
      if (n > 0)
        return g_strdup_printf (ngettext ("Offline; %u change waits", "Offline; %u changes wait", n), n);
      return g_strdup (_("Offline; nothing waits"));
    }
  if (self->sync_failure != NULL)
    {
      *icon_name = "dialog-warning-symbolic";
      /* TRANSLATORS: %s is a sentence that tells why */
      return g_strdup_printf (_("The last sync failed: %s"), self->sync_failure);
    }

  *icon_name = "emblem-synchronizing-symbolic";
  if (n > 0)
    return g_strdup_printf (ngettext ("Sync With the Blog (Ctrl+R); %u change waits",
                                      "Sync With the Blog (Ctrl+R); %u changes wait", n), n);
  return g_strdup (_("Sync With the Blog (Ctrl+R)"));
}

void
bal_window_update_sync_button (BalWindow *self)
{
  const char *icon_name;
  g_autofree char *state = describe_state (self, &icon_name);

  gtk_image_set_from_icon_name (self->sync_icon, icon_name);
  gtk_widget_set_tooltip_text (self->sync_button, state);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->sync_button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, state, -1);
}

static void
network_changed_cb (BalWindow *self)
{
  bal_window_update_sync_button (self);
  bal_auto_sync_note_network (self->auto_sync);
}

/* ---- what waits ---- */

static gboolean
count_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  return bal_outbox_summarize (transaction, data, error);
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(BalWindow) self = user_data;
  g_autoptr(GError) error = NULL;

  self->counting = FALSE;
  if (self->auto_sync == NULL)
    return;
  if (!bal_store_read_finish (BAL_STORE (source), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("Counting what waits to be sent: %s", error->message);
      return;
    }

  self->outbox = *(BalOutboxSummary *) bal_store_get_work_data (result);
  bal_window_update_sync_button (self);
  if (self->count_again)
    bal_window_count_waiting (self);
  else
    bal_auto_sync_note_outbox (self->auto_sync, &self->outbox);
}

void
bal_window_count_waiting (BalWindow *self)
{
  g_clear_handle_id (&self->count_id, g_source_remove);
  self->count_again = self->counting;
  if (self->counting)
    return;

  self->counting = TRUE;
  bal_store_read_async (self->store, count_work, g_new0 (BalOutboxSummary, 1), g_free, self->cancellable,
                        counted_cb, g_object_ref (self));
}

static gboolean
count_cb (gpointer data)
{
  BalWindow *self = data;

  self->count_id = 0;
  bal_window_count_waiting (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (BalWindow    *self,
            BalChangeSet *changes)
{
  if (self->count_id == 0 &&
      (bal_change_set_is_everything (changes) || bal_change_set_touches (changes, BAL_ENTITY_OUTBOX) ||
       bal_change_set_touches (changes, BAL_ENTITY_CONFLICT)))
    self->count_id = g_timeout_add (COUNT_MS, count_cb, self);
}

/* ---- the world of the one that decides ---- */

static gint64
get_uptime (gpointer data)
{
  return g_get_monotonic_time () / G_USEC_PER_SEC;
}

static gint64
get_time (gpointer data)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static gboolean
wake_cb (gpointer data)
{
  BalWindow *self = data;

  self->wake_id = 0;
  bal_auto_sync_wake (self->auto_sync);
  return G_SOURCE_REMOVE;
}

static void
wake (gpointer data,
      guint    seconds)
{
  BalWindow *self = data;

  g_clear_handle_id (&self->wake_id, g_source_remove);
  if (seconds > 0)
    self->wake_id = g_timeout_add_seconds (seconds, wake_cb, self);
}

static void
begin (gpointer data,
       BalReach reach)
{
  bal_window_sync_unasked (data, reach == BAL_REACH_ALL ? BAL_SYNC_DEFAULT : BAL_SYNC_OFFLINE);
}

/* ---- new comments ---- */

/* In the window, or in one that belongs to it. */
static gboolean
is_looked_at (BalWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  for (GList *l = application ? gtk_application_get_windows (application) : NULL; l != NULL; l = l->next)
    if (gtk_window_is_active (l->data))
      return TRUE;
  return gtk_window_is_active (GTK_WINDOW (self));
}

static void
active_cb (BalWindow *self)
{
  if (self->news != NULL && gtk_window_is_active (GTK_WINDOW (self)))
    bal_comment_news_seen (self->news);
}

static void
show_news_cb (BalWindow *self,
              gint64     review_id,
              gint64     comment_id)
{
  bal_window_set_focus_mode (self, FALSE);
  bal_window_end_sidebar_turn (self);
  if (self->blog_id != 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.blog", "x", (gint64) 0);
  bal_sidebar_select (self->sidebar, BAL_PLACE_COMMENTS, BAL_COMMENT_STATUS_PENDING);
  if (review_id != 0)
    bal_window_show_review (self, review_id, comment_id);
  gtk_window_present (GTK_WINDOW (self));
}

static void
news_failed_cb (BalWindow  *self,
                const char *message)
{
  bal_toast (GTK_WIDGET (self), message);
}

static void
init_news (BalWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (application == NULL)
    return;

  self->news = bal_comment_news_new (G_APPLICATION (application), self->store);
  g_signal_connect_object (self->news, "show", G_CALLBACK (show_news_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->news, "failed", G_CALLBACK (news_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (active_cb), NULL);
}

/* ---- how syncs go ---- */

void
bal_window_note_begun (BalWindow    *self,
                       BalSyncFlags  flags)
{
  if (self->news != NULL && (flags & BAL_SYNC_UNASKED) != 0)
    bal_comment_news_begin (self->news, self->blogs);
  bal_auto_sync_note_begun (self->auto_sync);
}

/* Whether the same may go well later, without anybody doing anything. */
static gboolean
has_failed (const GError *error)
{
  return error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
         !g_error_matches (error, BAL_ERROR, BAL_ERROR_CONFLICT);
}

void
bal_window_note_synced (BalWindow    *self,
                        const GError *error)
{
  gboolean failed = has_failed (error);

  g_clear_pointer (&self->sync_failure, g_free);
  if (failed)
    self->sync_failure = g_strdup (error->message);
  bal_window_update_sync_button (self);
  if (self->news != NULL)
    bal_comment_news_end (self->news, g_settings_get_boolean (self->settings, "notify-comments") && !is_looked_at (self));
  bal_auto_sync_note_ended (self->auto_sync, failed, failed ? bal_error_get_retry_after (error) : 0);
  bal_window_count_waiting (self);
}

/* Once it is known which blogs there are. */
void
bal_window_start_auto (BalWindow *self)
{
  bal_window_update_sync_button (self);
  bal_auto_sync_start (self->auto_sync);
}

void
bal_window_init_auto (BalWindow *self)
{
  static const BalAutoSyncWorld world = { get_uptime, get_time, get_reach, wake, begin };

  self->network = g_object_ref (g_network_monitor_get_default ());
  self->auto_sync = bal_auto_sync_new (&world, self);
  g_settings_bind (self->settings, "sync-on-start", self->auto_sync, "on-start", G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "sync-minutes", self->auto_sync, "minutes", G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "sync-after-saving", self->auto_sync, "after-saving", G_SETTINGS_BIND_GET);

  /* The signal tells of routes; NetworkManager's word about where they lead comes later, as a property alone. */
  g_signal_connect_object (self->network, "network-changed", G_CALLBACK (network_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->network, "notify::network-available", G_CALLBACK (network_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->network, "notify::connectivity", G_CALLBACK (network_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  init_news (self);
  bal_window_count_waiting (self);
}

void
bal_window_stop_auto (BalWindow *self)
{
  if (self->auto_sync != NULL)
    bal_auto_sync_stop (self->auto_sync);
  g_clear_object (&self->auto_sync);
  if (self->news != NULL)
    bal_comment_news_stop (self->news);
  g_clear_object (&self->news);
  g_clear_object (&self->network);
  g_clear_handle_id (&self->count_id, g_source_remove);
  g_clear_handle_id (&self->strip_id, g_source_remove);
  g_clear_pointer (&self->sync_failure, g_free);
  g_clear_pointer (&self->removals, g_free);
}
