/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-window-private.h"

#include "bal-image-place-window.h"
#include "bal-tables.h"
#include "bal-toast.h"

#include <glib/gi18n.h>

BalBlog *
bal_window_find_blog (BalWindow *self,
                      gint64     id)
{
  for (guint i = 0; self->blogs != NULL && i < self->blogs->len; i++)
    if (bal_blog_get_id (self->blogs->pdata[i]) == id)
      return self->blogs->pdata[i];

  return NULL;
}

BalBlog *
bal_window_get_blog (BalWindow *self)
{
  BalReview *review = self->editor ? bal_editor_get_review (self->editor) : NULL;
  BalBlog *blog = bal_window_find_blog (self, self->blog_id);

  if (blog == NULL && review != NULL)
    blog = bal_window_find_blog (self, bal_review_get_blog_id (review));
  if (blog == NULL && self->blogs != NULL && self->blogs->len > 0)
    blog = self->blogs->pdata[0];

  return blog;
}

/* ---- the menu of blogs ---- */

static void
append_choice (GMenu      *menu,
               const char *label,
               gint64      id)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "win.blog", "x", id);
  g_menu_append_item (menu, item);
}

/* A name may hold an underscore, which a menu would take for a mnemonic. */
static char *
escape_label (const char *name)
{
  g_auto(GStrv) parts = g_strsplit (name, "_", -1);

  return g_strjoinv ("__", parts);
}

/* (nullable): the blog that is looked at, if its pictures go elsewhere; with all blogs the first of that kind. */
static BalBlog *
get_guest (BalWindow *self)
{
  BalBlog *blog = bal_window_find_blog (self, self->blog_id);

  for (guint i = 0; blog == NULL && i < self->blogs->len; i++)
    if (!(bal_blog_get_capabilities (self->blogs->pdata[i]) & BAL_CAPABILITY_UPLOAD_MEDIA))
      blog = self->blogs->pdata[i];
  return blog != NULL && !(bal_blog_get_capabilities (blog) & BAL_CAPABILITY_UPLOAD_MEDIA) ? blog : NULL;
}

/* When it is opened: the first frame would wait for its widgets. */
static void
make_menu_cb (GtkMenuButton *button,
              gpointer       data)
{
  BalWindow *self = data;
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) choices = g_menu_new ();
  g_autoptr(GMenu) verbs = g_menu_new ();
  guint n_blogs = self->blogs->len;

  if (n_blogs > 1)
    append_choice (choices, _("All Blogs"), 0);
  for (guint i = 0; n_blogs > 1 && i < n_blogs; i++)
    {
      g_autofree char *label = escape_label (bal_blog_get_name (self->blogs->pdata[i]));

      append_choice (choices, label, bal_blog_get_id (self->blogs->pdata[i]));
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (choices));

  g_menu_append (verbs, _("_Visit Blog"), "win.visit-blog");
  g_menu_append (verbs, _("_Sign In Again…"), "win.sign-in");
  if (get_guest (self) != NULL)
    g_menu_append (verbs, _("_Pictures…"), "win.image-place");
  g_menu_append (verbs, _("_Remove Blog…"), "win.remove-blog");
  if (n_blogs > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (verbs));
  else
    g_menu_append (menu, _("_Add Blog…"), "win.add-blog");

  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
update_blog_button (BalWindow *self)
{
  BalBlog *blog = bal_window_find_blog (self, self->blog_id);
  const char *label;

  if (blog == NULL && self->blogs->len == 1)
    blog = self->blogs->pdata[0];
  label = blog ? bal_blog_get_name (blog) : self->blogs->len > 0 ? _("All Blogs") : _("Balcony");

  gtk_menu_button_set_label (self->blog_button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->blog_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  adw_window_title_set_subtitle (self->list_title, self->blogs->len > 1 ? label : NULL);
}

/* ---- reading ---- */

typedef struct
{
  GPtrArray *blogs;
} ReadJob;

static void
read_job_free (gpointer data)
{
  ReadJob *job = data;

  g_clear_pointer (&job->blogs, g_ptr_array_unref);
  g_free (job);
}

static gboolean
read_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  ReadJob *job = data;

  job->blogs = bal_blog_table_list (transaction, error);

  return job->blogs != NULL;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(BalWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  ReadJob *job;

  if (!bal_store_read_finish (BAL_STORE (source), result, &error))
    {
      bal_toast_error (GTK_WIDGET (self), error);
      return;
    }
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  job = bal_store_get_work_data (result);
  g_clear_pointer (&self->blogs, g_ptr_array_unref);
  self->blogs = g_ptr_array_ref (job->blogs);
  if (self->blog_id != 0 && bal_window_find_blog (self, self->blog_id) == NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.blog", "x", (gint64) 0);

  gtk_menu_button_set_create_popup_func (self->blog_button, make_menu_cb, self, NULL);
  update_blog_button (self);
  bal_list_pane_set_has_blogs (self->list_pane, self->blogs->len > 0);
  bal_window_update_notice (self);
  bal_window_start_auto (self);
  bal_window_update_page (self);
}

void
bal_window_read_blogs (BalWindow *self)
{
  bal_store_read_async (self->store, read_work, g_new0 (ReadJob, 1), read_job_free, self->cancellable,
                        read_cb, g_object_ref (self));
}

/* ---- choosing ---- */

static void
choose_blog_cb (BalWindow *self,
                GVariant  *id)
{
  const BalPlace *place = bal_list_pane_get_place (self->list_pane);

  self->blog_id = g_variant_get_int64 (id);
  g_simple_action_set_state (self->blog_action, id);
  bal_sidebar_set_blog (self->sidebar, self->blog_id);
  if (place != NULL)
    bal_list_pane_show (self->list_pane, place, self->blog_id);
  if (self->blogs != NULL)
    update_blog_button (self);
}

void
bal_window_init_blogs (BalWindow *self)
{
  self->blog_id = g_settings_get_int64 (self->settings, "selected-blog");
  self->blog_action = g_simple_action_new_stateful ("blog", G_VARIANT_TYPE_INT64,
                                                    g_variant_new_int64 (self->blog_id));
  g_signal_connect_object (self->blog_action, "change-state", G_CALLBACK (choose_blog_cb), self,
                           G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (self->blog_action));
  bal_window_read_blogs (self);
}

/* ---- adding, signing in, removing ---- */

static void
added_cb (BalWindow *self,
          gint64     blog_id)
{
  bal_window_sync (self);
}

void
bal_window_open_assistant (BalWindow *self,
                           BalBlog   *blog)
{
  if (self->assistant != NULL)
    {
      gtk_window_present (GTK_WINDOW (self->assistant));
      return;
    }

  g_set_weak_pointer (&self->assistant,
                      BAL_ACCOUNT_ASSISTANT (bal_account_assistant_new (GTK_WINDOW (self), self->engine, blog)));
  g_signal_connect_object (self->assistant, "added", G_CALLBACK (added_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (self->assistant));
}

static void
add_blog_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  bal_window_open_assistant (BAL_WINDOW (widget), NULL);
}

static BalBlog *
find_signed_out (BalWindow *self)
{
  for (guint i = 0; self->blogs != NULL && i < self->blogs->len; i++)
    if (!bal_blog_get_signed_in (self->blogs->pdata[i]))
      return self->blogs->pdata[i];

  return NULL;
}

static void
sign_in_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  BalWindow *self = BAL_WINDOW (widget);
  BalBlog *blog = find_signed_out (self);

  if (blog == NULL)
    blog = bal_window_get_blog (self);
  if (blog != NULL)
    bal_window_open_assistant (self, blog);
}

void
bal_window_ask_image_place (BalWindow *self,
                            BalBlog   *blog)
{
  gtk_window_present (GTK_WINDOW (bal_image_place_window_new (GTK_WINDOW (self), self->store, self->blogs, blog)));
}

static void
image_place_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  BalWindow *self = BAL_WINDOW (widget);
  BalBlog *blog = self->blogs != NULL ? get_guest (self) : NULL;

  if (blog != NULL)
    bal_window_ask_image_place (self, blog);
}

static void
visit_blog_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  BalWindow *self = BAL_WINDOW (widget);
  BalBlog *blog = bal_window_get_blog (self);

  if (blog != NULL && bal_blog_get_url (blog) != NULL)
    gtk_show_uri (GTK_WINDOW (self), bal_blog_get_url (blog), GDK_CURRENT_TIME);
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(BalWindow) self = user_data;
  g_autoptr(GError) error = NULL;

  if (bal_sync_engine_remove_blog_finish (BAL_SYNC_ENGINE (source), result, &error))
    bal_toast (GTK_WIDGET (self), _("Blog removed from this computer"));
  else
    bal_toast_error (GTK_WIDGET (self), error);
}

static void
remove_response_cb (AdwMessageDialog *dialog,
                    const char       *response,
                    BalWindow        *self)
{
  gint64 *blog_id = g_object_get_data (G_OBJECT (dialog), "bal-blog-id");

  if (!g_str_equal (response, "remove"))
    return;

  bal_window_show_nothing (self);
  bal_sync_engine_remove_blog_async (self->engine, *blog_id, NULL, removed_cb, g_object_ref (self));
}

/* (transfer full) */
static char *
describe_removal (BalWindow *self,
                  gint64     id)
{
  GString *text = g_string_new (_("Everything on the blog itself stays as it is. On this computer its reviews and "
                                  "comments, their history and whatever still waits in the outbox are lost."));

  for (guint i = 0; i < self->blogs->len; i++)
    if (bal_blog_get_image_host (self->blogs->pdata[i]) == id)
      {
        g_string_append (text, "\n\n");
        g_string_append_printf (text, _("The pictures of “%s” go there: new ones wait until you choose another place."),
                                bal_blog_get_name (self->blogs->pdata[i]));
      }
  return g_string_free (text, FALSE);
}

static void
remove_blog_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  BalWindow *self = BAL_WINDOW (widget);
  BalBlog *blog = bal_window_get_blog (self);
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;
  GtkWidget *dialog;
  gint64 id;

  if (blog == NULL)
    return;

  id = bal_blog_get_id (blog);
  body = describe_removal (self, id);
  heading = g_strdup_printf (_("Remove “%s”?"), bal_blog_get_name (blog));
  dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"), "remove", _("_Remove"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "bal-blog-id", g_memdup2 (&id, sizeof id), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (remove_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
bal_window_install_blog_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.add-blog", NULL, add_blog_action);
  gtk_widget_class_install_action (widget_class, "win.sign-in", NULL, sign_in_action);
  gtk_widget_class_install_action (widget_class, "win.image-place", NULL, image_place_action);
  gtk_widget_class_install_action (widget_class, "win.visit-blog", NULL, visit_blog_action);
  gtk_widget_class_install_action (widget_class, "win.remove-blog", NULL, remove_blog_action);
}
