/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-private.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "bal-error.h"
#include "bal-image.h"
#include "bal-picture-popover.h"
#include "bal-tables.h"

#define ASK_MS 120      /* until the page has scrolled to a new picture */
#define LOOK_BYTES 4096

/* Pictures on their way into a review. */
typedef struct
{
  BalEditor   *editor;
  gint64       review_id;
  gint64       blog_id;
  GtkTextMark *place;
  GPtrArray   *paths;      /* of files */
  GdkTexture  *texture;    /* (nullable): or what was in the clipboard */
  GArray      *ids;        /* gint64, of the store */
} Insert;

static void
insert_free (gpointer data)
{
  Insert *insert = data;
  GtkTextBuffer *buffer = gtk_text_mark_get_buffer (insert->place);

  if (buffer != NULL)
    gtk_text_buffer_delete_mark (buffer, insert->place);
  g_object_unref (insert->place);
  g_object_unref (insert->editor);
  g_ptr_array_unref (insert->paths);
  g_clear_object (&insert->texture);
  g_array_unref (insert->ids);
  g_free (insert);
}

/* ---- into the store, on its thread ---- */

/* By what is in it, whatever its name says. */
static gboolean
check_is_picture (const char  *path,
                  GError     **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree guchar *start = g_malloc (LOOK_BYTES);
  g_autofree char *type = NULL;
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInputStream) stream = g_file_read (file, NULL, NULL);
  gsize length = 0;

  if (stream != NULL)
    g_input_stream_read_all (G_INPUT_STREAM (stream), start, LOOK_BYTES, &length, NULL, NULL);
  else
    return TRUE;      /* the store says what is wrong with it */
  type = g_content_type_guess (NULL, start, length, NULL);
  if (g_str_has_prefix (type, "image/"))
    return TRUE;
  g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
               _("“%s” is no picture that a blog can show. Nothing was put in."), name);
  return FALSE;
}

static gboolean
add_file (BalTransaction  *transaction,
          Insert          *insert,
          const char      *path,
          GError         **error)
{
  gint64 id = 0;

  if (check_is_picture (path, error))
    id = bal_media_table_add (transaction, insert->blog_id, path, "", error);
  if (id != 0)
    g_array_append_val (insert->ids, id);
  return id != 0;
}

static gboolean
add_texture (BalTransaction  *transaction,
             Insert          *insert,
             GError         **error)
{
  g_autofree char *folder = g_dir_make_tmp ("balcony-XXXXXX", error);
  g_autofree char *path = NULL;
  gboolean added = FALSE;

  if (folder == NULL)
    return FALSE;
  path = g_build_filename (folder, "picture.png", NULL);
  if (gdk_texture_save_to_png (insert->texture, path))
    added = add_file (transaction, insert, path, error);
  else
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_STORAGE,
                         _("There is no room to keep the picture. Free some and paste it again."));
  g_unlink (path);
  g_rmdir (folder);
  return added;
}

static gboolean
add_work (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  Insert *insert = data;

  if (insert->texture != NULL)
    return add_texture (transaction, insert, error);
  for (guint i = 0; i < insert->paths->len; i++)
    if (!add_file (transaction, insert, g_ptr_array_index (insert->paths, i), error))
      return FALSE;
  return TRUE;
}

/* ---- into the text ---- */

static char *
src_of (Insert *insert,
        guint   i)
{
  return g_strdup_printf ("media:%" G_GINT64_FORMAT, g_array_index (insert->ids, gint64, i));
}

static gboolean
ask_cb (gpointer data)
{
  BalEditor *self = data;

  self->ask_id = 0;
  if (self->asked_anchor != NULL && !gtk_text_child_anchor_get_deleted (self->asked_anchor))
    bal_editor_edit_picture (self, self->asked_anchor);
  g_clear_object (&self->asked_anchor);
  return G_SOURCE_REMOVE;
}

/* What it shows is best said while one sees it. */
static void
ask_about (BalEditor *self,
           guint      line)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (self->buffer), &iter, line);
  g_set_object (&self->asked_anchor, gtk_text_iter_get_child_anchor (&iter));
  g_clear_handle_id (&self->ask_id, g_source_remove);
  self->ask_id = g_timeout_add (ASK_MS, ask_cb, self);
}

static void
put_in (Insert *insert)
{
  BalEditor *self = insert->editor;
  g_autoptr(GPtrArray) blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);
  GtkTextIter place;
  guint line;

  for (guint i = 0; i < insert->ids->len; i++)
    {
      g_autofree char *src = src_of (insert, i);
      g_autoptr(BalImage) image = bal_image_new (src);

      g_ptr_array_add (blocks, bal_image_to_block (image, bal_document_get_dialect (self->body)));
    }
  gtk_text_buffer_get_iter_at_mark (GTK_TEXT_BUFFER (self->buffer), &place, insert->place);
  line = bal_editor_buffer_insert_islands (self->buffer, &place, blocks);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
  if (blocks->len == 1)
    ask_about (self, line);
}

static gboolean
is_still_shown (Insert *insert)
{
  BalEditor *self = insert->editor;

  return self->history != NULL && self->body != NULL && !self->read_only && self->review_id == insert->review_id;
}

/* It is remembered now, and so has its size from the beginning. */
static void
first_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  Insert *insert = data;
  g_autoptr(BalPicture) picture = bal_pictures_read_finish (BAL_PICTURES (source), result, NULL);

  if (is_still_shown (insert))
    put_in (insert);
  insert_free (insert);
}

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Insert *insert = data;
  BalEditor *self = insert->editor;
  g_autoptr(GError) error = NULL;
  g_autofree char *src = NULL;

  if (!bal_store_write_finish (BAL_STORE (source), result, &error))
    {
      bal_editor_fail (self, error);
    }
  else if (is_still_shown (insert))
    {
      src = src_of (insert, 0);
      bal_pictures_read_async (bal_text_view_get_pictures (self->text_view), src, NULL, first_read_cb, insert);
      return;
    }
  insert_free (insert);
}

/* A blog that takes no pictures, and none was said to: told while the person still knows what they wanted, not when the review is
 * sent. */
static void
warn_of_place (BalEditor *self)
{
  if (self->blog != NULL && !bal_blog_has_image_place (self->blog))
    g_signal_emit_by_name (self, "no-image-place", self->blog);
}

static void
start_insert (BalEditor         *self,
              GSList            *files,
              GdkTexture        *texture,
              const GtkTextIter *place)
{
  Insert *insert;

  if (self->review == NULL || self->body == NULL || self->read_only)
    return;
  insert = g_new0 (Insert, 1);
  insert->editor = g_object_ref (self);
  insert->review_id = self->review_id;
  insert->blog_id = bal_review_get_blog_id (self->review);
  insert->place = g_object_ref (gtk_text_buffer_create_mark (GTK_TEXT_BUFFER (self->buffer), NULL, place, TRUE));
  insert->paths = g_ptr_array_new_with_free_func (g_free);
  insert->texture = texture != NULL ? g_object_ref (texture) : NULL;
  insert->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (GSList *l = files; l != NULL; l = l->next)
    if (g_file_peek_path (l->data) != NULL)
      g_ptr_array_add (insert->paths, g_file_get_path (l->data));

  if (insert->paths->len == 0 && texture == NULL)
    {
      g_signal_emit_by_name (self, "failed", _("Only pictures on this computer can be put in. Save it to a file first."));
      insert_free (insert);
      return;
    }
  warn_of_place (self);
  bal_store_write_async (self->store, add_work, insert, NULL, NULL, added_cb, insert);
}

static void
pictures_cb (BalEditor         *self,
             GdkFileList       *list,
             GdkTexture        *texture,
             const GtkTextIter *place)
{
  g_autoptr(GSList) files = list != NULL ? gdk_file_list_get_files (list) : NULL;

  start_insert (self, files, texture, place);
}

/* ---- choosing files ---- */

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             BalEditor       *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  g_autoptr(GListModel) model = NULL;
  GSList *files = NULL;
  GtkTextIter cursor;

  if (response == GTK_RESPONSE_ACCEPT)
    model = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
  for (guint i = 0; model != NULL && i < g_list_model_get_n_items (model); i++)
    files = g_slist_append (files, g_list_model_get_item (model, i));
  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  if (files != NULL)
    start_insert (self, files, NULL, &cursor);
  g_slist_free_full (files, g_object_unref);
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static void
insert_image_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  BalEditor *self = BAL_EDITOR (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkFileChooserNative *dialog;
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  if (self->review == NULL || self->read_only)
    return;
  dialog = gtk_file_chooser_native_new (_("Insert Pictures"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                        GTK_FILE_CHOOSER_ACTION_OPEN, _("_Insert"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_file_filter_set_name (filter, _("Images"));
  gtk_file_filter_add_mime_type (filter, "image/*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* ---- what a picture says ---- */

static void
picture_apply_cb (BalEditor      *self,
                  const BalImage *image)
{
  g_autoptr(BalBlock) block = NULL;
  BalBlock *old;

  if (self->picture_anchor == NULL || self->body == NULL || self->read_only)
    return;
  old = bal_editor_anchor_get_block (self->picture_anchor);
  block = bal_image_change_block (image, old, bal_document_get_dialect (self->body));
  if (!bal_editor_buffer_replace_island (self->buffer, self->picture_anchor, block))
    g_signal_emit_by_name (self, "failed", _("The picture is no longer in the text, so nothing was changed."));
}

static void
picture_closed_cb (BalEditor *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

/* Not before somebody wants it: most reviews are read and written without. */
static void
make_popover (BalEditor *self)
{
  if (self->picture_popover != NULL)
    return;
  self->picture_popover = GTK_POPOVER (bal_picture_popover_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->picture_popover), GTK_WIDGET (self));
  g_signal_connect_object (self->picture_popover, "apply", G_CALLBACK (picture_apply_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->picture_popover, "closed", G_CALLBACK (picture_closed_cb), self, G_CONNECT_SWAPPED);
}

void
bal_editor_leave_picture (BalEditor *self)
{
  if (self->picture_popover != NULL)
    gtk_popover_popdown (self->picture_popover);
}

gboolean
bal_editor_edit_picture (BalEditor          *self,
                         GtkTextChildAnchor *anchor)
{
  BalBlock *block = bal_editor_anchor_get_block (anchor);
  g_autoptr(BalImage) image = NULL;
  BalPicture *picture;

  if (block != NULL && bal_block_get_kind (block) == BAL_BLOCK_IMAGE)
    image = bal_image_from_block (block);
  if (image == NULL)
    return FALSE;
  bal_editor_leave_picture (self);
  make_popover (self);
  g_set_object (&self->picture_anchor, anchor);
  bal_editor_point_at_island (self, self->picture_popover, anchor);
  picture = bal_pictures_peek (bal_text_view_get_pictures (self->text_view), image->src);
  bal_picture_popover_open (BAL_PICTURE_POPOVER (self->picture_popover), image,
                            picture != NULL ? picture->width : 0, picture != NULL ? picture->height : 0);
  return TRUE;
}

void
bal_editor_install_picture_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "editor.insert-image", NULL, insert_image_action);
}

void
bal_editor_init_pictures (BalEditor *self)
{
  g_signal_connect_object (self->text_view, "pictures", G_CALLBACK (pictures_cb), self, G_CONNECT_SWAPPED);
}

void
bal_editor_clear_pictures (BalEditor *self)
{
  g_clear_handle_id (&self->ask_id, g_source_remove);
  g_clear_object (&self->asked_anchor);
  g_clear_object (&self->picture_anchor);
  if (self->picture_popover != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->picture_popover));
  self->picture_popover = NULL;
}
