/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-window-private.h"

#include "bal-error.h"
#include "bal-toast.h"

#include <glib/gi18n.h>

#define PULSE_MS 120
/* One that nobody asked for shows its progress only if it takes so long. */
#define STRIP_MS 3000

/* ---- what is going on ---- */

static gboolean
pulse_cb (gpointer data)
{
  BalWindow *self = data;
  double fraction;

  g_object_get (self->engine, "fraction", &fraction, NULL);
  if (fraction < 0)
    gtk_progress_bar_pulse (self->sync_bar);

  return G_SOURCE_CONTINUE;
}

static void
progress_cb (BalWindow *self)
{
  g_autofree char *message = NULL;
  double fraction;

  g_object_get (self->engine, "fraction", &fraction, "message", &message, NULL);
  gtk_label_set_text (self->sync_label, message ? message : "");
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->sync_bar, MIN (fraction, 1.0));
}

static gboolean
show_strip_cb (gpointer data)
{
  BalWindow *self = data;

  self->strip_id = 0;
  gtk_widget_set_visible (self->sync_strip, TRUE);
  return G_SOURCE_REMOVE;
}

static void
show_strip (BalWindow *self,
            gboolean   syncing)
{
  g_clear_handle_id (&self->strip_id, g_source_remove);
  if (syncing && self->unasked)
    self->strip_id = g_timeout_add (STRIP_MS, show_strip_cb, self);
  else
    gtk_widget_set_visible (self->sync_strip, syncing);
}

/* One that nobody asked for keeps nobody from asking. */
static void
syncing_cb (BalWindow *self)
{
  gboolean syncing = bal_sync_engine_get_syncing (self->engine);
  gboolean may_ask = !syncing || self->unasked;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.sync", may_ask);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.compare", may_ask);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.cancel-sync",
                                 syncing && self->sync_cancellable != NULL);
  gtk_stack_set_visible_child (self->sync_stack, syncing ? GTK_WIDGET (self->sync_spinner)
                                                         : gtk_widget_get_first_child (GTK_WIDGET (self->sync_stack)));
  gtk_spinner_set_spinning (self->sync_spinner, syncing);
  show_strip (self, syncing);

  g_clear_handle_id (&self->sync_pulse, g_source_remove);
  if (syncing)
    {
      gtk_progress_bar_set_fraction (self->sync_bar, 0);
      self->sync_pulse = g_timeout_add (PULSE_MS, pulse_cb, self);
    }
}

/* ---- how it ended ---- */

void
bal_window_update_notice (BalWindow *self)
{
  BalBlog *signed_out = NULL;

  for (guint i = 0; self->blogs != NULL && i < self->blogs->len; i++)
    if (!bal_blog_get_signed_in (self->blogs->pdata[i]))
      signed_out = self->blogs->pdata[i];

  if (signed_out != NULL)
    {
      g_autofree char *text = g_strdup_printf (_("“%s” asks you to sign in again."), bal_blog_get_name (signed_out));

      gtk_label_set_text (self->notice_label, text);
      gtk_button_set_label (self->notice_button, _("Sign In…"));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->notice_button), "win.sign-in");
    }
  else if (self->removals != NULL)
    {
      gtk_label_set_text (self->notice_label, self->removals);
      gtk_button_set_label (self->notice_button, _("Decide…"));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->notice_button), "win.decide-removals");
    }
  gtk_widget_set_visible (self->notice_strip, signed_out != NULL || self->removals != NULL);
}

static void
compare_cb (AdwToast  *toast,
            BalWindow *self)
{
  gint64 *review_id = g_object_get_data (G_OBJECT (toast), "review-id");

  if (self->store != NULL)
    bal_window_show_history (self, *review_id);
}

/* What was sent is in the review's history. It stays until the person has seen it: nothing else tells of it. */
static void
tell_rewriting (BalWindow           *self,
                const BalSyncResult *result,
                const char          *text)
{
  AdwToast *toast = bal_toast_button_stay (GTK_WIDGET (self), text, _("Compare"));

  if (toast == NULL)
    return;
  g_object_set_data_full (G_OBJECT (toast), "review-id",
                          g_memdup2 (&result->rewritten_review_id, sizeof result->rewritten_review_id), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (compare_cb), self, 0);
}

static void
tell_result (BalWindow           *self,
             const BalSyncResult *result)
{
  g_autofree char *text = NULL;
  AdwToast *toast;

  if (g_error_matches (result->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      bal_toast (GTK_WIDGET (self), _("Sync stopped; the next one goes on from here"));
      return;
    }

  text = bal_sync_result_describe (result);
  if (result->n_signed_out > 0)
    {
      toast = bal_toast_button (GTK_WIDGET (self), result->error ? result->error->message : text, _("Sign In…"));
      if (toast != NULL)
        adw_toast_set_action_name (toast, "win.sign-in");
    }
  else if (result->error != NULL)
    {
      bal_toast (GTK_WIDGET (self), result->error->message);
    }
  else if (result->n_rewritten > 0)
    {
      tell_rewriting (self, result, text);
    }
  else
    {
      bal_toast (GTK_WIDGET (self), text);
    }
}

static void
tell_offline (BalWindow *self)
{
  bal_toast (GTK_WIDGET (self), _("You are offline. What you wrote is kept here and goes out with the next sync."));
}

static void begin_sync      (BalWindow *self,
                             gint64     flags);
static void accept_removals (BalWindow *self,
                             gint64     blog_id);

static void
set_removals (BalWindow  *self,
              const char *text)
{
  g_free (self->removals);
  self->removals = g_strdup (text);
  bal_window_update_notice (self);
}

static void
removals_response_cb (BalWindow  *self,
                      const char *response)
{
  set_removals (self, NULL);
  if (g_str_equal (response, "remove"))
    bal_window_save_then (self, accept_removals, self->emptied_blog);
}

/* A blog that lost many reviews may have been emptied by mistake: nothing goes away here unless a person wants it. */
static void
ask_about_removals (BalWindow  *self,
                    const char *text)
{
  g_autofree char *body =
    g_strdup_printf ("%s\n\n%s", text,
                     _("If you remove them here too, their texts stay in the history on this computer."));
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Many Reviews Are Gone From the Blog"), body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "keep", _("_Keep Them"), "remove", _("_Remove Here Too"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (removals_response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
decide_removals_action (GtkWidget  *widget,
                        const char *action_name,
                        GVariant   *parameter)
{
  BalWindow *self = BAL_WINDOW (widget);

  if (self->removals != NULL)
    ask_about_removals (self, self->removals);
}

/* What needs a person waits in the strip above the list and in the sidebar: no dialog, and no word about the rest. */
static void
tell_unasked (BalWindow           *self,
              const BalSyncResult *result)
{
  g_autofree char *text = NULL;

  if (result->error == NULL && result->n_rewritten > 0)
    {
      text = bal_sync_result_describe (result);
      tell_rewriting (self, result, text);
    }
}

static void
tell_asked (BalWindow           *self,
            const BalSyncResult *result)
{
  if (g_error_matches (result->error, BAL_ERROR, BAL_ERROR_CONFLICT))
    ask_about_removals (self, result->error->message);
  else if (result->error == NULL && result->n_far > 0)
    tell_offline (self);
  else
    tell_result (self, result);
}

static void
synced_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(BalWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(BalSyncResult) done = bal_sync_engine_sync_finish (BAL_SYNC_ENGINE (source), result, &error);
  gboolean again = self->sync_again;
  BalSyncFlags again_flags = self->again_flags;
  gboolean unasked = self->unasked;

  g_clear_object (&self->sync_cancellable);
  self->sync_again = FALSE;
  self->again_flags = BAL_SYNC_DEFAULT;
  self->unasked = FALSE;
  if (self->engine == NULL)
    return;

  syncing_cb (self);
  bal_window_note_synced (self, done != NULL ? done->error : error);
  if (done != NULL && g_error_matches (done->error, BAL_ERROR, BAL_ERROR_CONFLICT))
    {
      self->emptied_blog = done->failed_blog_id;
      set_removals (self, done->error->message);
    }
  if (done == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    bal_toast (GTK_WIDGET (self), _("Sync stopped; the next one goes on from here"));
  else if (done == NULL)
    bal_toast_error (GTK_WIDGET (self), error);
  else if (again && done->error == NULL && (again_flags & BAL_SYNC_ACCEPT_REMOVALS) != 0)
    bal_window_save_then (self, accept_removals, self->emptied_blog);
  else if (again && done->error == NULL)
    bal_window_save_then (self, begin_sync, again_flags);
  else if (unasked)
    tell_unasked (self, done);
  else
    tell_asked (self, done);
}

static void
sync_with (BalWindow    *self,
           gint64        blog_id,
           BalSyncFlags  flags)
{
  if (self->sync_cancellable != NULL)
    {
      self->sync_again = TRUE;
      self->again_flags |= flags;
      self->unasked = FALSE;
      syncing_cb (self);
      return;
    }

  self->unasked = (flags & BAL_SYNC_UNASKED) != 0;
  self->sync_cancellable = g_cancellable_new ();
  bal_window_note_begun (self, flags);
  bal_sync_engine_sync_async (self->engine, blog_id, flags, self->sync_cancellable, synced_cb, g_object_ref (self));
}

static void
accept_removals (BalWindow *self,
                 gint64     blog_id)
{
  sync_with (self, blog_id, BAL_SYNC_FULL | BAL_SYNC_ACCEPT_REMOVALS);
}

/* What is far is neither asked nor compared without a network. */
static void
begin_sync (BalWindow *self,
            gint64     flags)
{
  if ((flags & BAL_SYNC_UNASKED) == 0 && self->blogs != NULL && self->blogs->len > 0)
    {
      BalReach reach = bal_window_get_reach (self, bal_window_is_offline (self));

      if (reach == BAL_REACH_NEAR)
        flags |= BAL_SYNC_OFFLINE;
      if (reach == BAL_REACH_NOTHING)
        {
          bal_auto_sync_note_begun (self->auto_sync);
          bal_auto_sync_note_ended (self->auto_sync, FALSE, 0);
          tell_offline (self);
          return;
        }
    }
  sync_with (self, 0, flags);
}

void
bal_window_sync_unasked (BalWindow    *self,
                         BalSyncFlags  flags)
{
  if (self->sync_cancellable == NULL)
    begin_sync (self, flags | BAL_SYNC_UNASKED);
}

void
bal_window_sync (BalWindow *self)
{
  bal_window_save_then (self, begin_sync, BAL_SYNC_DEFAULT);
}

static void
compare_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  bal_window_save_then (BAL_WINDOW (widget), begin_sync, BAL_SYNC_FULL);
}

static void
sync_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BalWindow *self = BAL_WINDOW (widget);

  if (self->blogs != NULL && self->blogs->len == 0)
    bal_window_open_assistant (self, NULL);
  else
    bal_window_sync (self);
}

static void
cancel_sync_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  BalWindow *self = BAL_WINDOW (widget);

  if (self->sync_cancellable != NULL)
    g_cancellable_cancel (self->sync_cancellable);
}

void
bal_window_install_sync_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.sync", NULL, sync_action);
  gtk_widget_class_install_action (widget_class, "win.compare", NULL, compare_action);
  gtk_widget_class_install_action (widget_class, "win.cancel-sync", NULL, cancel_sync_action);
  gtk_widget_class_install_action (widget_class, "win.decide-removals", NULL, decide_removals_action);
}

void
bal_window_init_sync (BalWindow *self)
{
  g_signal_connect_object (self->engine, "notify::syncing", G_CALLBACK (syncing_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "notify::fraction", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "notify::message", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  syncing_cb (self);
}
