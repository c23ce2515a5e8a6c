/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-image-place-window.h"

#include <glib/gi18n.h>

#include "bal-tables.h"
#include "bal-transient.h"

struct _BalImagePlaceWindow
{
  AdwWindow      parent_instance;

  BalStore      *store;
  BalBlog       *blog;
  GPtrArray     *hosts;          /* BalBlog: those that can take its pictures */
  char          *folder;         /* NULL: none chosen */

  /* template children */
  AdwPreferencesGroup *group;
  AdwComboRow   *place_row;
  AdwActionRow  *folder_row;
  GtkWidget     *url_row;
  GtkLabel      *hint_label;
  GtkLabel      *error_label;
};

G_DEFINE_FINAL_TYPE (BalImagePlaceWindow, bal_image_place_window, ADW_TYPE_WINDOW)

/* ---- what is chosen ---- */

/* NULL: nowhere, or a folder. */
static BalBlog *
get_host (BalImagePlaceWindow *self)
{
  guint choice = adw_combo_row_get_selected (self->place_row);

  return choice >= 1 && choice <= self->hosts->len ? self->hosts->pdata[choice - 1] : NULL;
}

static gboolean
is_folder (BalImagePlaceWindow *self)
{
  return adw_combo_row_get_selected (self->place_row) == self->hosts->len + 1;
}

/* What lies in a folder is found by readers only where somebody serves it. */
static gboolean
needs_address (BalImagePlaceWindow *self)
{
  BalBlog *host = get_host (self);
  const char *endpoint = host != NULL ? bal_blog_get_endpoint (host) : NULL;

  return is_folder (self) || (endpoint != NULL && g_path_is_absolute (endpoint));
}

static const char *
get_hint (BalImagePlaceWindow *self)
{
  if (is_folder (self))
    return _("Balcony puts each picture into this folder. Readers see it once the folder is on the web at that address, by your "
             "own server or a program that uploads it.");
  if (needs_address (self))
    return _("Its pictures lie in its folder, under “media”. Give the web address at which that is served.");
  if (get_host (self) != NULL)
    return _("Balcony uploads each picture there, with that blog’s own password, and shows it in the review by its address.");
  return _("A review with pictures waits on this computer until they have a place.");
}

static void
update (BalImagePlaceWindow *self)
{
  gboolean complete = !needs_address (self) || *gtk_editable_get_text (GTK_EDITABLE (self->url_row)) != '\0';

  gtk_widget_set_visible (GTK_WIDGET (self->folder_row), is_folder (self));
  gtk_widget_set_visible (self->url_row, needs_address (self));
  gtk_label_set_text (self->hint_label, get_hint (self));
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "image-place.save",
                                 complete && (!is_folder (self) || self->folder != NULL));
}

static void
take_folder (BalImagePlaceWindow *self,
             const char          *folder)
{
  g_autofree char *shown = folder != NULL ? g_filename_display_name (folder) : NULL;
  g_autofree char *subtitle = shown != NULL ? g_markup_escape_text (shown, -1) : NULL;

  g_free (self->folder);
  self->folder = g_strdup (folder);
  adw_action_row_set_subtitle (self->folder_row, subtitle);
  update (self);
}

/* ---- what a person does ---- */

static void
chosen_cb (BalImagePlaceWindow  *self,
           int                   response,
           GtkFileChooserNative *chooser)
{
  g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (response == GTK_RESPONSE_ACCEPT && path != NULL)
    take_folder (self, path);
  g_object_unref (chooser);
}

static void
choose_folder_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  GtkFileChooserNative *chooser;

  chooser = gtk_file_chooser_native_new (_("Folder for Pictures"), GTK_WINDOW (widget),
                                         GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Choose"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen_cb), widget, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

typedef struct
{
  gint64  blog;
  gint64  host;
  char   *folder;
  char   *url;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_free (saving->folder);
  g_free (saving->url);
  g_free (saving);
}

static gboolean
save_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Saving *saving = data;

  return bal_blog_table_set_image_place (transaction, saving->blog, saving->host, saving->folder, saving->url, error);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr(BalImagePlaceWindow) self = data;
  g_autoptr(GError) error = NULL;

  if (bal_store_write_finish (BAL_STORE (source), result, &error))
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  gtk_label_set_text (self->error_label, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), TRUE);
}

static void
save_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BalImagePlaceWindow *self = BAL_IMAGE_PLACE_WINDOW (widget);
  BalBlog *host = get_host (self);
  Saving *saving = g_new0 (Saving, 1);

  saving->blog = bal_blog_get_id (self->blog);
  saving->host = host != NULL ? bal_blog_get_id (host) : 0;
  saving->folder = is_folder (self) ? g_strdup (self->folder) : NULL;
  saving->url = needs_address (self) ? g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->url_row))) : NULL;
  bal_store_write_async (self->store, save_work, saving, saving_free, NULL, saved_cb, g_object_ref (self));
}

static void
bal_image_place_window_finalize (GObject *object)
{
  BalImagePlaceWindow *self = BAL_IMAGE_PLACE_WINDOW (object);

  g_clear_object (&self->store);
  g_clear_object (&self->blog);
  g_clear_pointer (&self->hosts, g_ptr_array_unref);
  g_free (self->folder);

  G_OBJECT_CLASS (bal_image_place_window_parent_class)->finalize (object);
}

static void
bal_image_place_window_class_init (BalImagePlaceWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bal_image_place_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-image-place-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BalImagePlaceWindow, group);
  gtk_widget_class_bind_template_child (widget_class, BalImagePlaceWindow, place_row);
  gtk_widget_class_bind_template_child (widget_class, BalImagePlaceWindow, folder_row);
  gtk_widget_class_bind_template_child (widget_class, BalImagePlaceWindow, url_row);
  gtk_widget_class_bind_template_child (widget_class, BalImagePlaceWindow, hint_label);
  gtk_widget_class_bind_template_child (widget_class, BalImagePlaceWindow, error_label);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_install_action (widget_class, "image-place.choose-folder", NULL, choose_folder_action);
  gtk_widget_class_install_action (widget_class, "image-place.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
bal_image_place_window_init (BalImagePlaceWindow *self)
{
  self->hosts = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* ---- filling ---- */

static void
fill (BalImagePlaceWindow *self,
      GPtrArray           *blogs)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *description = NULL;
  const char *url = bal_blog_get_image_url (self->blog);
  guint choice = 0;

  gtk_string_list_append (names, _("Nowhere"));
  for (guint i = 0; i < blogs->len; i++)
    {
      BalBlog *blog = blogs->pdata[i];

      if (!(bal_blog_get_capabilities (blog) & BAL_CAPABILITY_UPLOAD_MEDIA))
        continue;
      g_ptr_array_add (self->hosts, g_object_ref (blog));
      gtk_string_list_append (names, bal_blog_get_name (blog));
      if (bal_blog_get_id (blog) == bal_blog_get_image_host (self->blog))
        choice = self->hosts->len;
    }
  gtk_string_list_append (names, _("A folder on this computer"));
  if (choice == 0 && bal_blog_get_image_folder (self->blog) != NULL)
    choice = self->hosts->len + 1;

  description = g_markup_printf_escaped (_("“%s” takes no pictures from other programs. Say where readers find those of its "
                                           "reviews."), bal_blog_get_name (self->blog));
  adw_preferences_group_set_description (self->group, description);
  adw_combo_row_set_model (self->place_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->place_row, choice);
  gtk_editable_set_text (GTK_EDITABLE (self->url_row), url != NULL ? url : "");
  take_folder (self, bal_blog_get_image_folder (self->blog));
}

GtkWidget *
bal_image_place_window_new (GtkWindow *parent,
                            BalStore  *store,
                            GPtrArray *blogs,
                            BalBlog   *blog)
{
  BalImagePlaceWindow *self = g_object_new (BAL_TYPE_IMAGE_PLACE_WINDOW, "transient-for", parent, NULL);

  bal_transient_watch (GTK_WINDOW (self));
  self->store = g_object_ref (store);
  self->blog = g_object_ref (blog);
  fill (self, blogs);
  return GTK_WIDGET (self);
}
