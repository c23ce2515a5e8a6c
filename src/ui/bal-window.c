/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-window-private.h"

#include "bal-close-question.h"
#include "bal-toast.h"
#include "config.h"

#include <glib/gi18n.h>

#define WARM_MS 100

G_DEFINE_FINAL_TYPE (BalWindow, bal_window, ADW_TYPE_APPLICATION_WINDOW)

enum { PROP_0, PROP_SHOW_SIDEBAR, PROP_FOCUS_MODE, N_PROPS };
static GParamSpec *properties[N_PROPS];

/* ---- the three panes ---- */

static void
place_selected_cb (BalWindow      *self,
                   const BalPlace *place)
{
  bal_list_pane_show (self->list_pane, place, self->blog_id);
  adw_window_title_set_title (self->list_title, bal_place_get_title (place));
}

static void
place_activated_cb (BalWindow *self)
{
  if (self->compact)
    {
      bal_window_end_sidebar_turn (self);
      bal_list_pane_focus_list (self->list_pane);
    }
}

static void
review_selected_cb (BalWindow *self,
                    gint64     review_id)
{
  bal_window_show_review (self, review_id, 0);
}

static void
comment_activated_cb (BalWindow *self,
                      gint64     comment_id,
                      gint64     review_id)
{
  bal_window_show_review (self, review_id, comment_id);
}

static void
waiting_selected_cb (BalWindow      *self,
                     BalWaitingItem *item)
{
  bal_window_show_waiting (self, item);
}

static void
store_changed_cb (BalWindow    *self,
                  BalChangeSet *changes)
{
  if (bal_change_set_is_everything (changes) || bal_change_set_touches (changes, BAL_ENTITY_BLOG))
    bal_window_read_blogs (self);
}

/* ---- closing ---- */

static void
close_for_good (BalWindow *self)
{
  self->closing = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
close_response_cb (BalWindow  *self,
                   const char *response)
{
  if (g_str_equal (response, "close"))
    close_for_good (self);
}

static void
saved_for_close_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(BalWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  GtkWidget *dialog;

  self->saving_to_close = FALSE;
  if (bal_editor_save_finish (BAL_EDITOR (source), result, &error))
    {
      close_for_good (self);
      return;
    }

  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Close Without Saving?"), error->message);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Keep Open"), "close", _("_Close"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "close", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (close_response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
close_idle_cb (gpointer data)
{
  gtk_window_close (data);

  return G_SOURCE_REMOVE;
}

/* Not in the middle of what the other window does as it goes. */
static void
go_on_closing (GtkWindow *window)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, close_idle_cb, g_object_ref (window), g_object_unref);
}

static gboolean
bal_window_close_request (GtkWindow *window)
{
  BalWindow *self = BAL_WINDOW (window);
  GtkWindow *unkept = bal_close_question_find (window);

  /* It would go with this one, and its words with it. */
  if (unkept != NULL)
    {
      bal_close_question_close (unkept, G_CALLBACK (go_on_closing), G_OBJECT (window));
      return GDK_EVENT_STOP;
    }

  bal_window_save_layout (self);
  if (self->editor != NULL && bal_editor_get_review_id (self->editor) != 0 && !self->closing)
    {
      if (!self->saving_to_close)
        {
          self->saving_to_close = TRUE;
          bal_editor_save_async (self->editor, TRUE, NULL, saved_for_close_cb, g_object_ref (self));
        }
      return GDK_EVENT_STOP;
    }

  return GTK_WINDOW_CLASS (bal_window_parent_class)->close_request (window);
}

/* ---- the object ---- */

static gboolean
warm_cb (gpointer data)
{
  BalWindow *self = data;

  self->warm_idle = 0;
  bal_list_pane_show_all (self->list_pane);
  bal_window_make_nothing_page (self);
  bal_window_make_editor (self);

  return G_SOURCE_REMOVE;
}

/* The first frame shows the list and does not wait for the rest, and the first click on a review does not either. */
static void
bal_window_map (GtkWidget *widget)
{
  BalWindow *self = BAL_WINDOW (widget);

  GTK_WIDGET_CLASS (bal_window_parent_class)->map (widget);

  if (self->editor == NULL && self->warm_idle == 0)
    self->warm_idle = g_timeout_add_full (G_PRIORITY_LOW, WARM_MS, warm_cb, self, NULL);
}

static void
bal_window_size_allocate (GtkWidget *widget,
                          int        width,
                          int        height,
                          int        baseline)
{
  GTK_WIDGET_CLASS (bal_window_parent_class)->size_allocate (widget, width, height, baseline);

  bal_window_fit (BAL_WINDOW (widget), width);
}

static void
bal_window_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  if (prop_id == PROP_SHOW_SIDEBAR)
    g_value_set_boolean (value, bal_window_get_sidebar_shown (BAL_WINDOW (object)));
  else if (prop_id == PROP_FOCUS_MODE)
    g_value_set_boolean (value, BAL_WINDOW (object)->focus_mode);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bal_window_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  if (prop_id == PROP_SHOW_SIDEBAR)
    bal_window_set_sidebar_shown (BAL_WINDOW (object), g_value_get_boolean (value));
  else if (prop_id == PROP_FOCUS_MODE)
    bal_window_set_focus_mode (BAL_WINDOW (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
search_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BalWindow *self = BAL_WINDOW (widget);

  bal_window_set_focus_mode (self, FALSE);
  bal_window_end_sidebar_turn (self);
  bal_list_pane_focus_search (self->list_pane);
}

/* In the text that is being written, or else in the list. */
static void
find_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BalWindow *self = BAL_WINDOW (widget);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  if (self->editor != NULL && focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->editor)))
    gtk_widget_activate_action (GTK_WIDGET (self->editor), "editor.find", NULL);
  else
    search_action (widget, action_name, parameter);
}

static void
bal_window_dispose (GObject *object)
{
  BalWindow *self = BAL_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  bal_window_stop_auto (self);
  g_clear_handle_id (&self->layout_idle, g_source_remove);
  g_clear_handle_id (&self->warm_idle, g_source_remove);
  g_clear_handle_id (&self->title_id, g_source_remove);
  g_clear_handle_id (&self->sync_pulse, g_source_remove);
  g_clear_weak_pointer (&self->assistant);
  g_clear_object (&self->review);
  g_clear_object (&self->blog_action);
  g_clear_object (&self->engine);
  g_clear_object (&self->store);
  self->editor = NULL;
  self->thread = NULL;
  self->waiting_page = NULL;
  self->card = NULL;

  G_OBJECT_CLASS (bal_window_parent_class)->dispose (object);
}

static void
bal_window_finalize (GObject *object)
{
  BalWindow *self = BAL_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->sync_cancellable);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->blogs, g_ptr_array_unref);

  G_OBJECT_CLASS (bal_window_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BalWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, outer_paned);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, inner_paned);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, sidebar_pane);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, blog_button);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, list_column);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, list_header);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, list_title);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, list_pane);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, sync_button);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, sync_stack);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, sync_icon);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, sync_spinner);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, sync_strip);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, sync_label);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, sync_bar);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, notice_strip);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, notice_label);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, notice_button);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, page_pane);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, page_header);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, header_revealer);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, leave_focus_button);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, page_title);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, publish_button);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, publish_menu);
  gtk_widget_class_bind_template_child (widget_class, BalWindow, page_stack);
}

static void
bal_window_class_init (BalWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkWindowClass *window_class = GTK_WINDOW_CLASS (klass);

  object_class->dispose = bal_window_dispose;
  object_class->finalize = bal_window_finalize;
  object_class->get_property = bal_window_get_property;
  object_class->set_property = bal_window_set_property;
  widget_class->map = bal_window_map;
  widget_class->size_allocate = bal_window_size_allocate;
  window_class->close_request = bal_window_close_request;

  properties[PROP_SHOW_SIDEBAR] =
    g_param_spec_boolean ("show-sidebar", NULL, NULL, TRUE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_FOCUS_MODE] =
    g_param_spec_boolean ("focus-mode", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (BAL_TYPE_SIDEBAR);
  g_type_ensure (BAL_TYPE_LIST_PANE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, place_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, review_selected_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "comment_selected_cb", G_CALLBACK (bal_window_show_comment));
  gtk_widget_class_bind_template_callback_full (widget_class, "comment_write_cb", G_CALLBACK (bal_window_write_comment));
  gtk_widget_class_bind_template_callback (widget_class, comment_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, waiting_selected_cb);

  gtk_widget_class_install_property_action (widget_class, "win.show-sidebar", "show-sidebar");
  gtk_widget_class_install_property_action (widget_class, "win.focus-mode", "focus-mode");
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.find", NULL, find_action);
  bal_window_install_blog_actions (widget_class);
  bal_window_install_review_actions (widget_class);
  bal_window_install_sync_actions (widget_class);
  bal_window_install_waiting_actions (widget_class);
  bal_window_install_person_action (widget_class);
  bal_window_install_comment_actions (widget_class);
  bal_window_install_layout_actions (widget_class);
  bal_window_install_backup_actions (widget_class);
}

/* When it is opened: the first frame would wait for its widgets. */
static void
make_menu_cb (GtkMenuButton *button,
              gpointer       data)
{
  gtk_menu_button_set_menu_model (button, BAL_WINDOW (data)->primary_menu);
}

static void
bal_window_init (BalWindow *self)
{
  self->cancellable = g_cancellable_new ();
  self->settings = g_settings_new (BALCONY_APP_ID);
  self->show_sidebar = TRUE;

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu_button, make_menu_cb, self, NULL);
  bal_window_init_layout (self);
  bal_window_init_focus_mode (self);
}

GtkWidget *
bal_window_new (GtkApplication *application,
                BalStore       *store,
                BalSyncEngine  *engine)
{
  BalWindow *self;

  g_return_val_if_fail (BAL_IS_STORE (store), NULL);
  g_return_val_if_fail (BAL_IS_SYNC_ENGINE (engine), NULL);

  self = g_object_new (BAL_TYPE_WINDOW, "application", application, NULL);
  self->store = g_object_ref (store);
  self->engine = g_object_ref (engine);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);

  bal_window_init_blogs (self);
  bal_window_init_sync (self);
  bal_window_init_auto (self);
  bal_list_pane_set_store (self->list_pane, store);
  bal_sidebar_select (self->sidebar, BAL_PLACE_REVIEWS, -1);
  bal_sidebar_set_blog (self->sidebar, self->blog_id);
  bal_sidebar_set_store (self->sidebar, store);
  bal_window_update_actions (self);

  return GTK_WIDGET (self);
}

void
bal_window_take_auth_answer (BalWindow  *self,
                             const char *uri)
{
  g_return_if_fail (BAL_IS_WINDOW (self));

  if (self->assistant != NULL)
    bal_account_assistant_take_answer (self->assistant, uri);
  else
    bal_toast (GTK_WIDGET (self), _("Begin with Add Blog… here; then Balcony takes what the browser brings."));
}
