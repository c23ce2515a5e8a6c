/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-account-assistant-private.h"

#include "bal-auth-request.h"
#include "bal-oauth-flow.h"
#include "bal-secrets.h"

#include <glib/gi18n.h>

/* ---- what is asked for ---- */

static void
name_password (BalAccountAssistant *self)
{
  const char *caption = self->type->key_name != NULL ? _(self->type->key_name) : _("Application Password");

  gtk_label_set_text (self->password_caption, caption);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->password_entry), GTK_ACCESSIBLE_PROPERTY_LABEL, caption, -1);
  gtk_label_set_text (self->key_help, self->type->key_help != NULL ? _(self->type->key_help) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->key_help), self->type->key_help != NULL);
  gtk_widget_set_visible (self->user_box, bal_account_assistant_needs_user (self));
}

void
bal_account_assistant_show_sign_in (BalAccountAssistant *self)
{
  const char *name = bal_blog_get_name (self->blog);
  const char *user = bal_blog_get_user (self->blog);
  gboolean by_browser = bal_account_assistant_signs_in_by_browser (self);
  gboolean browser = !by_browser && self->type->needs_password && bal_blog_get_authorize_url (self->blog) != NULL;

  gtk_label_set_text (self->sign_in_title, self->again ? _("Sign In Again")
                                           : by_browser ? _("Sign In to Your Blog") : _("Your Blog Is There"));
  gtk_label_set_text (self->sign_in_url, bal_blog_get_url (self->blog));
  gtk_editable_set_text (self->name_entry, name ? name : "");
  gtk_editable_set_text (self->user_entry, user ? user : "");
  gtk_widget_set_visible (self->browser_box, browser);
  gtk_widget_set_visible (GTK_WIDGET (self->client_form), by_browser);
  if (by_browser)
    bal_client_form_set_type (self->client_form, self->type);
  gtk_widget_set_visible (self->password_list, !by_browser && self->type->needs_password);
  name_password (self);
  gtk_widget_set_visible (GTK_WIDGET (self->add_button), !by_browser);
  gtk_button_set_label (self->add_button, self->again ? _("_Sign In") : _("_Add Blog"));
  bal_account_assistant_show_error (self->sign_in_error, NULL);
  bal_account_assistant_show_page (self, "sign-in");
}

/* ---- with a password ---- */

static void
browser_shown_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(BalAccountAssistant) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error) &&
      !g_cancellable_is_cancelled (self->cancellable))
    bal_account_assistant_show_error (self->sign_in_error, _("No browser could be opened; make an application password in "
                                                             "your blog’s profile and type it in."));
}

static void
authorize_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  BalAccountAssistant *self = BAL_ACCOUNT_ASSISTANT (widget);
  g_autofree char *url = NULL;

  g_free (self->state);
  self->state = bal_auth_request_new_state ();
  url = bal_auth_request_build_url (bal_blog_get_authorize_url (self->blog), self->state);
  bal_account_assistant_show_error (self->sign_in_error, NULL);
  gtk_show_uri_full (GTK_WINDOW (self), url, GDK_CURRENT_TIME, self->cancellable,
                     browser_shown_cb, g_object_ref (self));
}

static void
tell_not_kept (BalAccountAssistant *self)
{
  GtkWidget *dialog =
    adw_message_dialog_new (gtk_window_get_transient_for (GTK_WINDOW (self)), _("The Password Is Not Kept"),
                            _("No keyring could keep it. Balcony knows it until you quit, and asks for it again "
                              "after the next start."));

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "ok", _("_OK"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(BalAccountAssistant) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean kept = TRUE;
  gint64 id = bal_sync_engine_add_blog_finish (BAL_SYNC_ENGINE (source), result, &kept, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  bal_account_assistant_set_busy (self, FALSE);
  if (id == 0)
    {
      bal_account_assistant_show_error (self->sign_in_error, error->message);
      return;
    }

  if (self->type->needs_password && !kept)
    tell_not_kept (self);
  bal_account_assistant_finish (self, id);
}

static void
add_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  BalAccountAssistant *self = BAL_ACCOUNT_ASSISTANT (widget);
  g_autofree char *name = g_strdup (gtk_editable_get_text (self->name_entry));
  g_autofree char *user = g_strdup (gtk_editable_get_text (self->user_entry));
  g_autofree char *password = g_strdup (gtk_editable_get_text (self->password_entry));

  bal_blog_set_name (self->blog, g_strstrip (name));
  if (bal_account_assistant_needs_user (self))
    bal_blog_set_user (self->blog, g_strstrip (user));
  bal_account_assistant_show_error (self->sign_in_error, NULL);
  bal_account_assistant_set_busy (self, TRUE);
  bal_sync_engine_add_blog_async (self->engine, self->blog,
                                  self->type->needs_password ? g_strstrip (password) : NULL, self->cancellable,
                                  added_cb, g_object_ref (self));
  memset (password, 0, strlen (password));
}

/* ---- where a browser brings everything ---- */

static void
add_with_grant (BalAccountAssistant *self,
                const char          *grant)
{
  g_autofree char *name = g_strdup (gtk_editable_get_text (self->name_entry));

  if (*g_strstrip (name) != '\0')
    bal_blog_set_name (self->blog, name);
  bal_account_assistant_set_busy (self, TRUE);
  bal_sync_engine_add_blog_async (self->engine, self->blog, grant, self->cancellable, added_cb, g_object_ref (self));
}

static void
granted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(BalAccountAssistant) self = user_data;
  g_autoptr(GError) error = NULL;
  char *grant = bal_oauth_flow_run_finish (BAL_OAUTH_FLOW (source), result, &error);

  /* Another try took its place, or the window is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->waiting);
  bal_client_form_set_waiting (self->client_form, FALSE);
  gtk_window_present (GTK_WINDOW (self));
  if (grant == NULL)
    bal_account_assistant_show_error (self->sign_in_error, error->message);
  else
    add_with_grant (self, grant);
  bal_secret_free (grant);
}

void
bal_account_assistant_stop_waiting (BalAccountAssistant *self)
{
  if (self->waiting != NULL)
    g_cancellable_cancel (self->waiting);
  g_clear_object (&self->waiting);
}

static void
client_browser_shown_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_autoptr(BalAccountAssistant) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error) && self->waiting != NULL)
    bal_account_assistant_show_error (self->sign_in_error,
                                      _("No browser could be opened; copy the address into one on this computer."));
}

/* Each try has a port and a state of its own. */
static void
authorize_client_cb (BalAccountAssistant *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalOAuthFlow) flow = NULL;

  bal_account_assistant_stop_waiting (self);
  bal_account_assistant_show_error (self->sign_in_error, NULL);
  flow = bal_oauth_flow_new (self->type->get_oauth (), bal_client_form_get_client_id (self->client_form),
                             bal_client_form_get_client_secret (self->client_form), &error);
  if (flow == NULL)
    {
      bal_account_assistant_show_error (self->sign_in_error, error->message);
      return;
    }

  self->waiting = g_cancellable_new ();
  bal_client_form_set_address (self->client_form, bal_oauth_flow_get_url (flow));
  bal_client_form_set_waiting (self->client_form, TRUE);
  bal_oauth_flow_run_async (flow, self->waiting, granted_cb, g_object_ref (self));
  gtk_show_uri_full (GTK_WINDOW (self), bal_oauth_flow_get_url (flow), GDK_CURRENT_TIME, self->cancellable,
                     client_browser_shown_cb, g_object_ref (self));
}

static void
add_activated_cb (BalAccountAssistant *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "assistant.add", NULL);
}

void
bal_account_assistant_take_answer (BalAccountAssistant *self,
                                   const char          *uri)
{
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;
  g_autoptr(GError) error = NULL;

  g_return_if_fail (BAL_IS_ACCOUNT_ASSISTANT (self));

  gtk_window_present (GTK_WINDOW (self));
  if (self->state == NULL || self->busy_id != 0)
    return;

  if (!bal_auth_request_read_answer (uri, self->state, &user, &password, &error))
    {
      bal_account_assistant_show_error (self->sign_in_error, error->message);
      return;
    }

  g_clear_pointer (&self->state, g_free);
  gtk_editable_set_text (self->user_entry, user);
  gtk_editable_set_text (self->password_entry, password);
  memset (password, 0, strlen (password));
  gtk_widget_activate_action (GTK_WIDGET (self), "assistant.add", NULL);
}

void
bal_account_assistant_install_sign_in (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, add_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, authorize_client_cb);
  gtk_widget_class_install_action (widget_class, "assistant.authorize", NULL, authorize_action);
  gtk_widget_class_install_action (widget_class, "assistant.add", NULL, add_action);
}
