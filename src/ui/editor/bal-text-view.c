/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-text-view.h"

#include "bal-find.h"
#include "bal-text-view-islands.h"

#include <glib/gi18n.h>

struct _BalTextView
{
  GtkTextView      parent_instance;

  BalEditorBuffer *buffer;          /* owned by the text view */
  BalTyping       *typing;
  gboolean         composing;       /* an input method is */
  GPtrArray       *waiting;         /* GtkTextChildAnchor; NULL unless the buffer is being filled */
  BalPictures     *pictures;        /* (nullable) */
  int              width;           /* that islands were fit to */
  guint            n_fills;
  char            *hint;            /* (nullable): that of a review */
};

G_DEFINE_FINAL_TYPE (BalTextView, bal_text_view, GTK_TYPE_TEXT_VIEW)

/* ---- keys ---- */

static void
preedit_changed_cb (BalTextView *self,
                    const char  *preedit)
{
  self->composing = preedit != NULL && *preedit != '\0';
}

static void
scroll_to_cursor (BalTextView *self)
{
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self),
                                      gtk_text_buffer_get_insert (GTK_TEXT_BUFFER (self->buffer)));
}

static gboolean
handle_key (BalTextView     *self,
            guint            keyval,
            GdkModifierType  state)
{
  switch (keyval)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
        return FALSE;
      if (state & GDK_SHIFT_MASK)
        bal_editor_buffer_line_break (self->buffer);
      else if (!bal_typing_enter (self->typing))
        bal_editor_buffer_enter (self->buffer);
      return TRUE;

    case GDK_KEY_Tab:
    case GDK_KEY_KP_Tab:
      return !(state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) && bal_editor_buffer_indent (self->buffer);

    case GDK_KEY_ISO_Left_Tab:
      return !(state & GDK_CONTROL_MASK) && bal_editor_buffer_outdent (self->buffer);

    default:
      return FALSE;
    }
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                BalTextView           *self)
{
  /* What is typed within an island is none of the text. */
  if (self->composing || !gtk_text_view_get_editable (GTK_TEXT_VIEW (self)) ||
      gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL)
    return FALSE;
  if (bal_text_view_island_key (self, keyval, state))
    return TRUE;
  if (!handle_key (self, keyval, state))
    return FALSE;
  scroll_to_cursor (self);
  return TRUE;
}

static void
bal_text_view_backspace (GtkTextView *view)
{
  BalTextView *self = BAL_TEXT_VIEW (view);

  if (gtk_text_view_get_editable (view) &&
      ((bal_typing_can_take_back (self->typing) &&
        gtk_widget_activate_action (GTK_WIDGET (self), "editor.undo", NULL)) ||
       bal_editor_buffer_backspace (self->buffer)))
    scroll_to_cursor (self);
  else
    GTK_TEXT_VIEW_CLASS (bal_text_view_parent_class)->backspace (view);
}

static void
bal_text_view_delete_from_cursor (GtkTextView   *view,
                                  GtkDeleteType  type,
                                  int            count)
{
  BalTextView *self = BAL_TEXT_VIEW (view);

  if (type == GTK_DELETE_CHARS && count == 1 && gtk_text_view_get_editable (view) &&
      bal_editor_buffer_delete (self->buffer))
    return;
  GTK_TEXT_VIEW_CLASS (bal_text_view_parent_class)->delete_from_cursor (view, type, count);
}

static void
bal_text_view_copy_clipboard (GtkTextView *view)
{
  bal_text_view_copy (BAL_TEXT_VIEW (view), FALSE);
}

static void
bal_text_view_cut_clipboard (GtkTextView *view)
{
  bal_text_view_copy (BAL_TEXT_VIEW (view), gtk_text_view_get_editable (view));
}

static void
bal_text_view_paste_clipboard (GtkTextView *view)
{
  if (gtk_text_view_get_editable (view))
    bal_text_view_paste (BAL_TEXT_VIEW (view), FALSE);
}

static void
paste_plain_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  if (gtk_text_view_get_editable (GTK_TEXT_VIEW (widget)))
    bal_text_view_paste (BAL_TEXT_VIEW (widget), TRUE);
}

/* ---- drawing ---- */

static void
bal_text_view_snapshot_layer (GtkTextView      *view,
                              GtkTextViewLayer  layer,
                              GtkSnapshot      *snapshot)
{
  if (layer == GTK_TEXT_VIEW_LAYER_BELOW_TEXT)
    bal_text_view_lay_out_lines (BAL_TEXT_VIEW (view));
  /* Not below: only drawing the text makes sure of where its lines are. */
  else if (layer == GTK_TEXT_VIEW_LAYER_ABOVE_TEXT)
    {
      bal_text_view_draw_blocks (BAL_TEXT_VIEW (view), snapshot);
      bal_find_marks_draw (view, snapshot);
    }
}

static void
bal_text_view_css_changed (GtkWidget         *widget,
                           GtkCssStyleChange *change)
{
  BalTextView *self = BAL_TEXT_VIEW (widget);
  GdkRGBA color;

  GTK_WIDGET_CLASS (bal_text_view_parent_class)->css_changed (widget, change);
  if (self->buffer != NULL &&
      gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "accent_color", &color))
    bal_editor_buffer_set_link_color (self->buffer, &color);
}

static void
bal_text_view_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  BalTextView *self = BAL_TEXT_VIEW (widget);

  if (self->width != width)
    bal_text_view_fit_islands (self, width);
  self->width = width;
  GTK_WIDGET_CLASS (bal_text_view_parent_class)->size_allocate (widget, width, height, baseline);
}

static GtkTextBuffer *
bal_text_view_create_buffer (GtkTextView *view)
{
  return GTK_TEXT_BUFFER (bal_editor_buffer_new ());
}

static void
bal_text_view_dispose (GObject *object)
{
  g_clear_object (&BAL_TEXT_VIEW (object)->typing);
  g_clear_object (&BAL_TEXT_VIEW (object)->pictures);
  G_OBJECT_CLASS (bal_text_view_parent_class)->dispose (object);
}

static void
bal_text_view_finalize (GObject *object)
{
  g_free (BAL_TEXT_VIEW (object)->hint);
  G_OBJECT_CLASS (bal_text_view_parent_class)->finalize (object);
}

static void
bal_text_view_class_init (BalTextViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkTextViewClass *view_class = GTK_TEXT_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bal_text_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = bal_text_view_finalize;
  widget_class->css_changed = bal_text_view_css_changed;
  widget_class->size_allocate = bal_text_view_size_allocate;
  view_class->create_buffer = bal_text_view_create_buffer;
  view_class->backspace = bal_text_view_backspace;
  view_class->delete_from_cursor = bal_text_view_delete_from_cursor;
  view_class->copy_clipboard = bal_text_view_copy_clipboard;
  view_class->cut_clipboard = bal_text_view_cut_clipboard;
  view_class->paste_clipboard = bal_text_view_paste_clipboard;
  view_class->snapshot_layer = bal_text_view_snapshot_layer;

  gtk_widget_class_install_action (widget_class, "body.paste-plain", NULL, paste_plain_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "body.paste-plain", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_b, GDK_CONTROL_MASK, "editor.bold", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_i, GDK_CONTROL_MASK, "editor.italic", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_u, GDK_CONTROL_MASK, "editor.underline", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_k, GDK_CONTROL_MASK, "editor.link", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0, GDK_CONTROL_MASK | GDK_ALT_MASK,
                                       "editor.paragraph", NULL);
  for (guint i = 1; i <= 6; i++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0 + i, GDK_CONTROL_MASK | GDK_ALT_MASK,
                                         "editor.heading", "i", (gint32) i);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_7, GDK_CONTROL_MASK | GDK_ALT_MASK,
                                       "editor.numbered-list", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_8, GDK_CONTROL_MASK | GDK_ALT_MASK,
                                       "editor.bulleted-list", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_9, GDK_CONTROL_MASK | GDK_ALT_MASK,
                                       "editor.quote", NULL);
  bal_text_view_bind_islands (klass);
}

static void
bal_text_view_init (BalTextView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->buffer = BAL_EDITOR_BUFFER (gtk_text_view_get_buffer (view));
  self->typing = bal_typing_new (self->buffer, NULL);
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_pixels_above_lines (view, 6);
  gtk_text_view_set_pixels_below_lines (view, 6);
  gtk_text_view_set_pixels_inside_wrap (view, 5);
  bal_text_view_add_drop_target (self);

  /* Before the view's own keys, which would end an input method's word. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  bal_text_view_watch_links (self);
  g_signal_connect (self, "preedit-changed", G_CALLBACK (preedit_changed_cb), NULL);
  bal_text_view_follow_islands (self);
}

BalEditorBuffer *
bal_text_view_get_buffer (BalTextView *self)
{
  g_return_val_if_fail (BAL_IS_TEXT_VIEW (self), NULL);

  return self->buffer;
}

gboolean
bal_text_view_fill (BalTextView *self,
                    GPtrArray   *blocks)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  g_autoptr(BalEditorBuffer) buffer = NULL;
  g_autoptr(GtkTextBuffer) nothing = gtk_text_buffer_new (NULL);
  g_autoptr(GPtrArray) anchors = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean held;

  g_return_val_if_fail (BAL_IS_TEXT_VIEW (self), FALSE);

  /* A layout takes note of each of thousands of runs: it comes back when all is there. */
  buffer = g_object_ref (self->buffer);
  self->n_fills++;
  gtk_text_view_set_buffer (view, nothing);
  self->waiting = anchors;
  held = bal_editor_buffer_fill (buffer, blocks);
  self->waiting = NULL;
  gtk_text_view_set_buffer (view, GTK_TEXT_BUFFER (buffer));
  for (guint i = 0; i < anchors->len; i++)
    bal_text_view_add_island (self, g_ptr_array_index (anchors, i));
  return held;
}

gboolean
bal_text_view_keep_waiting (BalTextView        *self,
                            GtkTextChildAnchor *anchor)
{
  if (self->waiting != NULL)
    g_ptr_array_add (self->waiting, g_object_ref (anchor));
  return self->waiting != NULL;
}

guint
bal_text_view_get_n_fills (BalTextView *self)
{
  g_return_val_if_fail (BAL_IS_TEXT_VIEW (self), 0);

  return self->n_fills;
}

BalTyping *
bal_text_view_get_typing (BalTextView *self)
{
  g_return_val_if_fail (BAL_IS_TEXT_VIEW (self), NULL);

  return self->typing;
}

void
bal_text_view_set_hint (BalTextView *self,
                        const char  *hint)
{
  g_return_if_fail (BAL_IS_TEXT_VIEW (self));

  g_free (self->hint);
  self->hint = g_strdup (hint);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const char *
bal_text_view_get_hint (BalTextView *self)
{
  g_return_val_if_fail (BAL_IS_TEXT_VIEW (self), NULL);

  return self->hint != NULL ? self->hint : _("Write what you thought of it…");
}

void
bal_text_view_set_pictures (BalTextView *self,
                            BalPictures *pictures)
{
  g_return_if_fail (BAL_IS_TEXT_VIEW (self));

  g_set_object (&self->pictures, pictures);
}

BalPictures *
bal_text_view_get_pictures (BalTextView *self)
{
  g_return_val_if_fail (BAL_IS_TEXT_VIEW (self), NULL);

  return self->pictures;
}
