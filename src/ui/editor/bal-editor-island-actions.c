/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-private.h"

#include <glib/gi18n.h>

#include "bal-error.h"
#include "bal-island-block.h"
#include "bal-island-source.h"
#include "bal-layout-cost.h"
#include "bal-text-view-islands.h"

#define POPOVER_FRAME 32    /* pixels that a popover has around its content, at most */

static void
tell_too_long (BalEditor *self)
{
  g_signal_emit_by_name (self, "failed",
                         _("This is too long to edit here, and kept as it is. Copy it, and paste it in parts."));
}

/* ---- source ---- */

/* What the window with the source was opened for. */
typedef struct
{
  BalEditor          *editor;
  gint64              review_id;
  GtkTextChildAnchor *anchor;     /* (nullable): NULL: something new */
  BalBlock           *block;      /* (nullable): of the island; NULL: an inline object, or something new */
  char               *source;     /* as it was */
} Edit;

static void
edit_free (gpointer  data,
           GClosure *closure)
{
  Edit *edit = data;

  g_object_unref (edit->editor);
  g_clear_object (&edit->anchor);
  g_clear_pointer (&edit->block, bal_block_unref);
  g_free (edit->source);
  g_free (edit);
}

static gboolean
put_in (Edit        *edit,
        const char  *source,
        GError     **error)
{
  BalEditor *self = edit->editor;
  BalDialect dialect = bal_document_get_dialect (self->body);
  gboolean is_object = edit->anchor != NULL && edit->block == NULL;
  g_autoptr(BalBlock) block = NULL;
  gboolean done = TRUE;

  if (is_object ? !bal_island_check_object (source, dialect, error)
                : (block = bal_island_block_from_source (source, dialect, error)) == NULL)
    return FALSE;
  if (is_object)
    done = bal_editor_buffer_replace_object (self->buffer, edit->anchor, source);
  else if (edit->anchor != NULL)
    done = bal_editor_buffer_replace_island (self->buffer, edit->anchor, block);
  else
    bal_editor_insert_block (self, block);
  if (!done)
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND,
                         _("It is no longer in the text. Copy what you wrote to keep it."));
  return done;
}

static void
source_apply_cb (BalIslandSource *window,
                 const char      *source,
                 Edit            *edit)
{
  BalEditor *self = edit->editor;
  g_autoptr(GError) error = NULL;

  if (self->body == NULL || self->read_only || self->review_id != edit->review_id)
    {
      bal_island_source_refuse (window, _("Another review is shown now. Copy what you wrote to keep it."));
      return;
    }
  if (g_strcmp0 (source, edit->source) == 0)
    {
      gtk_window_destroy (GTK_WINDOW (window));
      return;
    }
  if (put_in (edit, source, &error))
    gtk_window_destroy (GTK_WINDOW (window));
  else
    bal_island_source_refuse (window, error->message);
}

static void
open_source (BalEditor          *self,
             const char         *title,
             GtkTextChildAnchor *anchor,
             BalBlock           *block,
             const char         *source,
             gsize               length)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *text = NULL;
  GtkWidget *window;
  Edit *edit;

  if (!g_utf8_validate (source, length, NULL))
    {
      g_signal_emit_by_name (self, "failed", _("This holds bytes that are no text, so it is kept as it is."));
      return;
    }
  text = g_strndup (source, length);
  if (bal_layout_cost_of_lines (text) > BAL_LAYOUT_COST_STALL)
    {
      tell_too_long (self);
      return;
    }
  edit = g_new0 (Edit, 1);
  edit->editor = g_object_ref (self);
  edit->review_id = self->review_id;
  edit->anchor = anchor != NULL ? g_object_ref (anchor) : NULL;
  edit->block = block != NULL ? bal_block_ref (block) : NULL;
  edit->source = g_steal_pointer (&text);
  window = bal_island_source_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, title, edit->source);
  g_signal_connect_data (window, "apply", G_CALLBACK (source_apply_cb), edit, edit_free, 0);
  gtk_window_present (GTK_WINDOW (window));
}

/* A separator that was just put in has no source before it is saved. */
static void
open_source_of_block (BalEditor          *self,
                      GtkTextChildAnchor *anchor,
                      BalBlock           *block)
{
  g_autoptr(BalDocument) nothing = NULL;
  g_autoptr(BalDocument) written = NULL;
  g_autoptr(GPtrArray) blocks = NULL;
  g_autofree char *html = NULL;
  gsize length;
  const char *source = bal_block_get_source (block, &length);

  if (source == NULL)
    {
      nothing = bal_document_new_from_html ("", 0, bal_document_get_dialect (self->body));
      blocks = g_ptr_array_new ();
      g_ptr_array_add (blocks, block);
      written = bal_document_with_blocks (nothing, blocks);
      source = html = bal_document_to_html (written, &length);
    }
  open_source (self, _("Edit Source"), anchor, block, source, length);
}

static void
edit_source (BalEditor          *self,
             GtkTextChildAnchor *anchor)
{
  BalBlock *block = bal_editor_anchor_get_block (anchor);
  const char *object = bal_editor_anchor_get_object (anchor);

  if (block != NULL)
    open_source_of_block (self, anchor, block);
  else
    open_source (self, _("Edit Source"), anchor, NULL, object, strlen (object));
}

/* ---- actions ---- */

void
bal_editor_insert_block (BalEditor *self,
                         BalBlock  *block)
{
  g_autoptr(GPtrArray) blocks = g_ptr_array_new ();
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter cursor;

  g_ptr_array_add (blocks, block);
  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  bal_editor_buffer_insert_islands (self->buffer, &cursor, blocks);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static gboolean
can_edit (BalEditor *self)
{
  return self->body != NULL && self->review != NULL && !self->read_only;
}

static void
island_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  BalEditor *self = BAL_EDITOR (widget);
  GtkTextChildAnchor *anchor = bal_editor_buffer_get_cursor_anchor (self->buffer);

  if (anchor == NULL)
    return;
  if (g_str_equal (name, "editor.copy-island"))
    {
      bal_editor_buffer_select_anchor (self->buffer, anchor);
      bal_text_view_copy (self->text_view, FALSE);
    }
  else if (!can_edit (self))
    {
      return;
    }
  else if (g_str_equal (name, "editor.open-island"))
    {
      if (bal_editor_buffer_island_is_too_long (self->buffer, anchor))
        tell_too_long (self);
      else
        bal_editor_buffer_open_island (self->buffer, anchor);
    }
  else if (g_str_equal (name, "editor.delete-island"))
    {
      bal_editor_buffer_delete_anchor (self->buffer, anchor);
    }
  else if (g_str_equal (name, "editor.edit-source") ||
           (!bal_editor_edit_picture (self, anchor) && !bal_text_view_edit_table (self->text_view, anchor)))
    {
      edit_source (self, anchor);
    }
}

static void
insert_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  BalEditor *self = BAL_EDITOR (widget);
  g_autoptr(BalBlock) block = NULL;

  if (!can_edit (self))
    return;
  if (g_str_equal (name, "editor.insert-html"))
    {
      open_source (self, _("Insert HTML"), NULL, NULL, "", 0);
      return;
    }
  block = bal_block_new_text (g_str_equal (name, "editor.insert-separator") ? BAL_BLOCK_SEPARATOR
                                                                           : BAL_BLOCK_JUMP_BREAK,
                              0, "", NULL, 0);
  bal_editor_insert_block (self, block);
}

void
bal_editor_install_island_actions (GtkWidgetClass *widget_class)
{
  static const char *const islands[] = { "editor.edit-island", "editor.edit-source", "editor.open-island",
                                         "editor.copy-island", "editor.delete-island" };
  static const char *const inserts[] = { "editor.insert-separator", "editor.insert-jump-break",
                                         "editor.insert-html" };

  for (guint i = 0; i < G_N_ELEMENTS (islands); i++)
    gtk_widget_class_install_action (widget_class, islands[i], NULL, island_action);
  for (guint i = 0; i < G_N_ELEMENTS (inserts); i++)
    gtk_widget_class_install_action (widget_class, inserts[i], NULL, insert_action);
  bal_editor_install_picture_actions (widget_class);
}

/* ---- menu ---- */

/* Beside the island where there is room for @popover above or below it; otherwise in the middle of
 * what is seen of it. */
static void
fit_beside (BalEditor       *self,
            GtkPopover      *popover,
            graphene_rect_t *bounds)
{
  double bottom = gtk_widget_get_height (GTK_WIDGET (self));
  double top = gtk_widget_get_height (self->bar);
  double seen_top = MAX (bounds->origin.y, top);
  double seen_bottom = MIN (bounds->origin.y + bounds->size.height, bottom);
  int height;

  gtk_widget_measure (gtk_popover_get_child (popover), GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  height += POPOVER_FRAME;
  bounds->origin.y = seen_top;
  bounds->size.height = MAX (seen_bottom - seen_top, 1);
  if (seen_top >= height || seen_bottom + height <= bottom)
    return;
  bounds->origin.y += bounds->size.height / 2;
  bounds->size.height = 1;
}

void
bal_editor_point_at_island (BalEditor          *self,
                            GtkPopover         *popover,
                            GtkTextChildAnchor *anchor)
{
  GtkWidget *island = bal_text_view_get_island (self->text_view, anchor);
  graphene_rect_t bounds;

  if (island == NULL || !gtk_widget_compute_bounds (island, gtk_widget_get_parent (GTK_WIDGET (popover)), &bounds))
    return;
  fit_beside (self, popover, &bounds);
  gtk_popover_set_pointing_to (popover, &(GdkRectangle) { bounds.origin.x, bounds.origin.y,
                                                          bounds.size.width, bounds.size.height });
}

/* Or it would lie over the menu, half a second later. */
static void
show_tooltip (GtkWidget *island,
              gboolean   show)
{
  gtk_widget_set_has_tooltip (island, show && gtk_widget_get_tooltip_text (island) != NULL);
  gtk_widget_trigger_tooltip_query (island);
}

static void
menu_closed_cb (BalEditor *self)
{
  if (self->menu_island != NULL)
    show_tooltip (self->menu_island, TRUE);
  g_clear_weak_pointer (&self->menu_island);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static void
make_menu (BalEditor *self)
{
  if (self->island_menu != NULL)
    return;
  self->island_menu = gtk_popover_menu_new_from_model (NULL);
  gtk_widget_set_parent (self->island_menu, GTK_WIDGET (self));
  g_signal_connect_object (self->island_menu, "closed", G_CALLBACK (menu_closed_cb), self, G_CONNECT_SWAPPED);
}

static void
island_menu_cb (BalEditor          *self,
                GtkTextChildAnchor *anchor)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) rest = g_menu_new ();
  BalBlock *block = bal_editor_anchor_get_block (anchor);

  if (can_edit (self) && block != NULL && bal_block_get_kind (block) == BAL_BLOCK_IMAGE)
    g_menu_append (menu, _("Edit _Picture…"), "editor.edit-island");
  if (can_edit (self) && block != NULL && bal_block_get_kind (block) == BAL_BLOCK_TABLE)
    g_menu_append (menu, _("Edit _Cells"), "editor.edit-island");
  if (can_edit (self))
    g_menu_append (menu, _("Edit _Source…"), "editor.edit-source");
  if (can_edit (self) && bal_editor_buffer_can_open_island (self->buffer, anchor))
    g_menu_append (menu, _("Show as _Text"), "editor.open-island");
  g_menu_append (rest, _("_Copy"), "editor.copy-island");
  if (can_edit (self))
    g_menu_append (rest, _("_Delete"), "editor.delete-island");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (rest));
  make_menu (self);
  g_set_weak_pointer (&self->menu_island, bal_text_view_get_island (self->text_view, anchor));
  if (self->menu_island != NULL)
    show_tooltip (self->menu_island, FALSE);
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->island_menu), G_MENU_MODEL (menu));
  bal_editor_point_at_island (self, GTK_POPOVER (self->island_menu), anchor);
  gtk_popover_popup (GTK_POPOVER (self->island_menu));
}

void
bal_editor_init_islands (BalEditor *self)
{
  bal_editor_init_pictures (self);
  g_signal_connect_object (self->text_view, "island-menu", G_CALLBACK (island_menu_cb), self, G_CONNECT_SWAPPED);
}

void
bal_editor_clear_islands (BalEditor *self)
{
  g_clear_pointer (&self->island_menu, gtk_widget_unparent);
  g_clear_weak_pointer (&self->menu_island);
  bal_editor_clear_pictures (self);
}
