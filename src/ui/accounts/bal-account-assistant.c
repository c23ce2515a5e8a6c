/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-account-assistant-private.h"

#include "bal-transient.h"

#include <glib/gi18n.h>

#define PULSE_MS 120

enum { ADDED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalAccountAssistant, bal_account_assistant, ADW_TYPE_WINDOW)

/* ---- what is possible now ---- */

static gboolean
has_text (GtkEditable *entry)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (entry));

  return *g_strstrip (text) != '\0';
}

/* With a form of its own, after which there is nothing to type. */
gboolean
bal_account_assistant_signs_in_by_browser (BalAccountAssistant *self)
{
  return self->type != NULL && self->type->get_oauth != NULL;
}

/* A key says who one is. */
gboolean
bal_account_assistant_needs_user (BalAccountAssistant *self)
{
  return self->type->needs_password && self->type->key_name == NULL;
}

static void
update_sensitivity (BalAccountAssistant *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean idle = self->busy_id == 0;
  gboolean signed_in = self->type == NULL || !self->type->needs_password ||
                       ((!bal_account_assistant_needs_user (self) || has_text (self->user_entry)) && has_text (self->password_entry));
  const char *page = gtk_stack_get_visible_child_name (self->stack);
  gboolean can_go_back = idle && !self->again && g_strcmp0 (page, "kind") != 0;

  gtk_widget_action_set_enabled (widget, "assistant.back", can_go_back);
  gtk_widget_set_visible (self->back_button, can_go_back);
  gtk_widget_action_set_enabled (widget, "assistant.discover", idle && has_text (self->address_entry));
  gtk_widget_action_set_enabled (widget, "assistant.add",
                                 idle && self->blog != NULL && has_text (self->name_entry) && signed_in &&
                                 !bal_account_assistant_signs_in_by_browser (self));
  gtk_widget_action_set_enabled (widget, "assistant.authorize", idle);
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), idle);
}

static gboolean
busy_cb (gpointer data)
{
  gtk_progress_bar_pulse (BAL_ACCOUNT_ASSISTANT (data)->busy_bar);

  return G_SOURCE_CONTINUE;
}

void
bal_account_assistant_set_busy (BalAccountAssistant *self,
                                gboolean             busy)
{
  g_clear_handle_id (&self->busy_id, g_source_remove);
  if (busy)
    self->busy_id = g_timeout_add (PULSE_MS, busy_cb, self);
  gtk_widget_set_visible (GTK_WIDGET (self->busy_bar), busy);
  update_sensitivity (self);
}

void
bal_account_assistant_show_error (GtkLabel   *label,
                                  const char *message)
{
  gtk_label_set_text (label, message ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (label), message != NULL);
}

void
bal_account_assistant_show_page (BalAccountAssistant *self,
                                 const char          *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  update_sensitivity (self);
}

void
bal_account_assistant_finish (BalAccountAssistant *self,
                              gint64               blog_id)
{
  g_signal_emit (self, signals[ADDED], 0, blog_id);
  gtk_window_close (GTK_WINDOW (self));
}

/* ---- the kind ---- */

static void
show_address (BalAccountAssistant *self)
{
  gboolean folder = g_str_equal (self->type->id, "folder");
  const char *caption = folder ? _("Folder") : _("Address");

  gtk_label_set_text (self->address_title, folder ? _("Which Folder?") : _("What Is Its Address?"));
  gtk_label_set_text (self->address_help,
                      folder ? _("Balcony keeps the posts, their comments and a small web site in it. "
                                 "An empty folder becomes a new blog.")
                             : _("Any page of your blog will do."));
  gtk_label_set_text (self->address_caption, caption);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->address_entry), GTK_ACCESSIBLE_PROPERTY_LABEL, caption, -1);
  gtk_widget_set_visible (self->choose_button, folder);
  bal_account_assistant_show_error (self->address_error, NULL);
  bal_account_assistant_show_page (self, "address");
  gtk_widget_grab_focus (GTK_WIDGET (self->address_entry));
}

static void
kind_activated_cb (BalAccountAssistant *self,
                   GtkListBoxRow       *row)
{
  self->type = bal_provider_registry_get (bal_sync_engine_get_registry (self->engine),
                                          gtk_list_box_row_get_index (row));
  gtk_editable_set_text (self->address_entry, "");
  show_address (self);
}

static void
add_kinds (BalAccountAssistant *self)
{
  BalProviderRegistry *registry = bal_sync_engine_get_registry (self->engine);

  for (guint i = 0; i < bal_provider_registry_get_n (registry); i++)
    {
      const BalProviderType *type = bal_provider_registry_get (registry, i);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(type->title));
      if (type->description != NULL)
        adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _(type->description));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _(type->title), -1);
      gtk_list_box_append (self->kinds, row);
    }
  g_signal_connect_object (self->kinds, "row-activated", G_CALLBACK (kind_activated_cb), self, G_CONNECT_SWAPPED);
}

/* ---- the address ---- */

static void
folder_chosen_cb (BalAccountAssistant  *self,
                  int                   response,
                  GtkFileChooserNative *chooser)
{
  g_autoptr(GFile) folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (response == GTK_RESPONSE_ACCEPT && folder != NULL && g_file_peek_path (folder) != NULL)
    gtk_editable_set_text (self->address_entry, g_file_peek_path (folder));
  g_object_unref (chooser);
}

static void
choose_folder_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  BalAccountAssistant *self = BAL_ACCOUNT_ASSISTANT (widget);
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (_("Choose a Folder"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                                 _("_Choose"), NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (folder_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
discovered_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(BalAccountAssistant) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(BalBlog) blog = bal_sync_engine_discover_finish (BAL_SYNC_ENGINE (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  bal_account_assistant_set_busy (self, FALSE);
  if (blog == NULL)
    {
      bal_account_assistant_show_error (self->address_error, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->address_entry));
      return;
    }

  g_set_object (&self->blog, blog);
  bal_account_assistant_show_sign_in (self);
}

static void
discover_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  BalAccountAssistant *self = BAL_ACCOUNT_ASSISTANT (widget);
  g_autofree char *address = g_strdup (gtk_editable_get_text (self->address_entry));

  bal_account_assistant_show_error (self->address_error, NULL);
  bal_account_assistant_set_busy (self, TRUE);
  bal_sync_engine_discover_async (self->engine, self->type->id, g_strstrip (address), self->cancellable,
                                  discovered_cb, g_object_ref (self));
}

static void
address_activated_cb (BalAccountAssistant *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "assistant.discover", NULL);
}

static void
back_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BalAccountAssistant *self = BAL_ACCOUNT_ASSISTANT (widget);

  bal_account_assistant_stop_waiting (self);
  bal_client_form_set_waiting (self->client_form, FALSE);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "sign-in") == 0)
    bal_account_assistant_show_page (self, "address");
  else
    bal_account_assistant_show_page (self, "kind");
}

/* ---- the object ---- */

static void
bal_account_assistant_dispose (GObject *object)
{
  BalAccountAssistant *self = BAL_ACCOUNT_ASSISTANT (object);

  g_cancellable_cancel (self->cancellable);
  bal_account_assistant_stop_waiting (self);
  g_clear_handle_id (&self->busy_id, g_source_remove);
  g_clear_object (&self->blog);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (bal_account_assistant_parent_class)->dispose (object);
}

static void
bal_account_assistant_finalize (GObject *object)
{
  BalAccountAssistant *self = BAL_ACCOUNT_ASSISTANT (object);

  g_clear_object (&self->cancellable);
  g_free (self->state);

  G_OBJECT_CLASS (bal_account_assistant_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BalAccountAssistant, back_button);
  gtk_widget_class_bind_template_child (widget_class, BalAccountAssistant, stack);
  gtk_widget_class_bind_template_child (widget_class, BalAccountAssistant, kinds);
  gtk_widget_class_bind_template_child (widget_class, BalAccountAssistant, address_title);
  gtk_widget_class_bind_template_child (widget_class, BalAccountAssistant, address_help);
  gtk_widget_class_bind_template_child (widget_class, BalAccountAssistant, address_caption);
  gtk_widget_class_bind_template_child (widget_class, BalAccountAssistant, address_entry);
  gtk_widget_class_bind_template_child (widget_class, BalAccountAssistant, choose_button);
  gtk_widget_class_bind_template_child (widget_class, BalAccountAssistant, address_error);
  gtk_widget_class_bind_template_child (widget_class, BalAccountAssistant, sign_in_title);
  gtk_widget_class_bind_template_child (widget_class, BalAccountAssistant, sign_in_url);
  gtk_widget_class_bind_template_child (widget_class, BalAccountAssistant, name_entry);
  gtk_widget_class_bind_template_child (widget_class, BalAccountAssistant, browser_box);
  gtk_widget_class_bind_template_child (widget_class, BalAccountAssistant, browser_label);
  gtk_widget_class_bind_template_child (widget_class, BalAccountAssistant, client_form);
  gtk_widget_class_bind_template_child (widget_class, BalAccountAssistant, password_list);
  gtk_widget_class_bind_template_child (widget_class, BalAccountAssistant, key_help);
  gtk_widget_class_bind_template_child (widget_class, BalAccountAssistant, user_box);
  gtk_widget_class_bind_template_child (widget_class, BalAccountAssistant, user_entry);
  gtk_widget_class_bind_template_child (widget_class, BalAccountAssistant, password_caption);
  gtk_widget_class_bind_template_child (widget_class, BalAccountAssistant, password_entry);
  gtk_widget_class_bind_template_child (widget_class, BalAccountAssistant, sign_in_error);
  gtk_widget_class_bind_template_child (widget_class, BalAccountAssistant, add_button);
  gtk_widget_class_bind_template_child (widget_class, BalAccountAssistant, busy_bar);
  gtk_widget_class_bind_template_callback (widget_class, update_sensitivity);
  gtk_widget_class_bind_template_callback (widget_class, address_activated_cb);
}

static void
bal_account_assistant_class_init (BalAccountAssistantClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bal_account_assistant_dispose;
  object_class->finalize = bal_account_assistant_finalize;

  signals[ADDED] = g_signal_new ("added", BAL_TYPE_ACCOUNT_ASSISTANT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_INT64);

  g_type_ensure (BAL_TYPE_CLIENT_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/balcony/Balcony/bal-account-assistant.ui");
  bind_children (widget_class);
  bal_account_assistant_install_sign_in (widget_class);
  gtk_widget_class_install_action (widget_class, "assistant.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "assistant.choose-folder", NULL, choose_folder_action);
  gtk_widget_class_install_action (widget_class, "assistant.discover", NULL, discover_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
bal_account_assistant_init (BalAccountAssistant *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The engine works on the blog in its own thread: it must not be the one that the window shows. */
static BalBlog *
copy_blog (BalBlog *blog)
{
  BalBlog *copy = bal_blog_new (0);
  guint n_properties;
  g_autofree GParamSpec **properties =
    g_object_class_list_properties (G_OBJECT_GET_CLASS (blog), &n_properties);

  for (guint i = 0; i < n_properties; i++)
    {
      g_auto(GValue) value = G_VALUE_INIT;

      g_object_get_property (G_OBJECT (blog), properties[i]->name, &value);
      g_object_set_property (G_OBJECT (copy), properties[i]->name, &value);
    }
  bal_blog_set_format (copy, bal_blog_get_format (blog));

  return copy;
}

GtkWidget *
bal_account_assistant_new (GtkWindow     *parent,
                           BalSyncEngine *engine,
                           BalBlog       *blog)
{
  BalAccountAssistant *self;

  g_return_val_if_fail (BAL_IS_SYNC_ENGINE (engine), NULL);

  self = g_object_new (BAL_TYPE_ACCOUNT_ASSISTANT, "transient-for", parent, NULL);
  bal_transient_watch (GTK_WINDOW (self));
  self->engine = g_object_ref (engine);
  add_kinds (self);
  if (blog != NULL)
    {
      self->again = TRUE;
      self->blog = copy_blog (blog);
      self->type = bal_provider_registry_find (bal_sync_engine_get_registry (engine), bal_blog_get_provider (blog));
      gtk_window_set_title (GTK_WINDOW (self), _("Sign In"));
    }
  if (self->again && self->type != NULL)
    bal_account_assistant_show_sign_in (self);
  else
    bal_account_assistant_show_page (self, "kind");

  return GTK_WIDGET (self);
}
