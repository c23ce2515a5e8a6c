/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-comparison-view.h"

#include <glib/gi18n.h>

/* A fold must be worth a button; one block beside each change is shown as it is. */
#define FEWEST_FOLDED 3

struct _BalComparisonView
{
  GtkTextView     parent_instance;

  BalComparison  *comparison;    /* (nullable) */
  gboolean        unfold;

  /* of the buffer's table */
  GtkTextTag     *added;
  GtkTextTag     *removed;
  GtkTextTag     *name;
  GtkTextTag     *note;
};

G_DEFINE_FINAL_TYPE (BalComparisonView, bal_comparison_view, GTK_TYPE_TEXT_VIEW)

/* In the order in which they are shown. */
static const struct
{
  BalEditorField  field;
  const char     *label;
} fields[] = {
  { BAL_EDITOR_FIELD_SERIES, N_("Series") },
  { BAL_EDITOR_FIELD_TITLE, N_("Title") },
  { BAL_EDITOR_FIELD_GRADE, N_("Grade") },
  { BAL_EDITOR_FIELD_WATCHED_ON, N_("Watched on") },
  { BAL_EDITOR_FIELD_QUOTE, N_("Memorable quote") },
  { BAL_EDITOR_FIELD_CHARACTER, N_("Character") },
  { BAL_EDITOR_FIELD_ACTOR, N_("Actor") },
  { BAL_EDITOR_FIELD_LABELS, N_("Labels") },
  { BAL_EDITOR_FIELD_CATEGORIES, N_("Categories") },
  { BAL_EDITOR_FIELD_SLUG, N_("Slug") },
  { BAL_EDITOR_FIELD_EXCERPT, N_("Excerpt") },
  { BAL_EDITOR_FIELD_FEATURED, N_("Featured image") },
};

/* ---- writing into the buffer ---- */

static void
insert (BalComparisonView *self,
        GtkTextIter       *at,
        const char        *text,
        GtkTextTag        *tag)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));

  if (tag != NULL)
    gtk_text_buffer_insert_with_tags (buffer, at, text, -1, tag, NULL);
  else
    gtk_text_buffer_insert (buffer, at, text, -1);
}

/* A line runs the way in which it begins. */
static const char *
get_arrow (BalComparisonView *self,
           const char        *line)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), line);

  return pango_layout_get_direction (layout, 0) == PANGO_DIRECTION_RTL ? " ← " : " → ";
}

static void
insert_field (BalComparisonView *self,
              GtkTextIter       *at,
              const char        *label,
              const char        *old,
              const char        *new_)
{
  g_autofree char *name = NULL;

  /* Translators: the name of a field; what it was and what it is follow */
  name = g_strdup_printf (_("%s: "), label);
  insert (self, at, name, self->name);
  if (*old != '\0')
    insert (self, at, old, self->removed);
  if (*old != '\0' && *new_ != '\0')
    insert (self, at, get_arrow (self, name), self->note);
  if (*new_ != '\0')
    insert (self, at, new_, self->added);
  insert (self, at, "\n", NULL);
}

static void
insert_fields (BalComparisonView *self,
               GtkTextIter       *at)
{
  gboolean any = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *old = bal_editor_form_get (self->comparison->old_form, fields[i].field);
      const char *new_ = bal_editor_form_get (self->comparison->new_form, fields[i].field);

      if (g_strcmp0 (old, new_) == 0)
        continue;
      insert_field (self, at, _(fields[i].label), old, new_);
      any = TRUE;
    }
  if (any)
    insert (self, at, "\n", NULL);
}

static void
insert_block (BalComparisonView *self,
              GtkTextIter       *at,
              BalBlockChange    *change)
{
  GtkTextTag *const tags[] = { NULL, self->added, self->removed, NULL };
  g_autofree char *text = NULL;

  if (change->pieces != NULL)
    {
      for (guint i = 0; i < change->pieces->len; i++)
        {
          BalTextPiece *piece = g_ptr_array_index (change->pieces, i);

          insert (self, at, piece->text, tags[piece->change]);
        }
    }
  else
    {
      text = bal_block_to_text (change->new_block != NULL ? change->new_block : change->old_block);
      insert (self, at, text, tags[change->change]);
    }
  if (change->restyled)
    {
      insert (self, at, " ", NULL);
      insert (self, at, _("(looks different)"), self->note);
    }
  insert (self, at, "\n", NULL);
}

/* ---- folds ---- */

typedef struct
{
  BalComparisonView  *view;
  GtkTextChildAnchor *anchor;
  guint               start;
  guint               length;
} Fold;

static void
fold_free (gpointer  data,
           GClosure *closure)
{
  Fold *fold = data;

  g_object_unref (fold->anchor);
  g_free (fold);
}

static void
unfold_cb (GtkButton *button,
           gpointer   data)
{
  Fold *fold = data;
  BalComparisonView *self = fold->view;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  g_autoptr(GtkTextChildAnchor) anchor = g_object_ref (fold->anchor);
  guint start = fold->start, end = fold->start + fold->length;
  GtkTextIter from, to;

  if (gtk_text_child_anchor_get_deleted (anchor))
    return;
  gtk_text_buffer_get_iter_at_child_anchor (buffer, &from, anchor);
  to = from;
  gtk_text_iter_forward_line (&to);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_text_buffer_place_cursor (buffer, &from);
  gtk_text_buffer_delete (buffer, &from, &to);
  for (guint i = start; i < end; i++)
    insert_block (self, &from, g_ptr_array_index (self->comparison->blocks, i));
}

static void
insert_fold (BalComparisonView *self,
             GtkTextIter       *at,
             guint              start,
             guint              length)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  Fold *fold = g_new0 (Fold, 1);
  g_autofree char *label = NULL;
  GtkWidget *button;

  label = g_strdup_printf (ngettext ("%u paragraph unchanged", "%u paragraphs unchanged", length), length);
  button = gtk_button_new_with_label (label);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Show Them"));
  gtk_widget_set_cursor_from_name (button, "default");
  fold->view = self;
  fold->anchor = g_object_ref (gtk_text_buffer_create_child_anchor (buffer, at));
  fold->start = start;
  fold->length = length;
  gtk_text_view_add_child_at_anchor (GTK_TEXT_VIEW (self), button, fold->anchor);
  g_signal_connect_data (button, "clicked", G_CALLBACK (unfold_cb), fold, fold_free, 0);
  gtk_text_buffer_get_iter_at_child_anchor (buffer, at, fold->anchor);
  gtk_text_iter_forward_char (at);
  insert (self, at, "\n", NULL);
}

static guint
count_same (GPtrArray *blocks,
            guint      start)
{
  guint end = start;

  while (end < blocks->len && ((BalBlockChange *) g_ptr_array_index (blocks, end))->change == BAL_DIFFERENCE_SAME)
    end++;
  return end - start;
}

/* One block is left before the next change, and one behind the last. */
static void
insert_same (BalComparisonView *self,
             GtkTextIter       *at,
             guint              start,
             guint              length)
{
  GPtrArray *blocks = self->comparison->blocks;
  guint head = start > 0 ? 1 : 0, tail = start + length < blocks->len ? 1 : 0;
  gboolean folds = !self->unfold && length >= head + tail + FEWEST_FOLDED;

  for (guint i = start; i < start + length; i++)
    if (folds && i == start + head)
      {
        insert_fold (self, at, i, length - head - tail);
        i = start + length - tail - 1;
      }
    else
      {
        insert_block (self, at, g_ptr_array_index (blocks, i));
      }
}

static void
fill (BalComparisonView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GPtrArray *blocks;
  GtkTextIter at;

  gtk_text_buffer_set_text (buffer, "", -1);
  if (self->comparison == NULL)
    return;

  gtk_text_buffer_get_start_iter (buffer, &at);
  insert_fields (self, &at);
  blocks = self->comparison->blocks;
  for (guint i = 0; i < blocks->len;)
    {
      guint n_same = count_same (blocks, i);

      if (n_same > 0)
        insert_same (self, &at, i, n_same);
      else
        insert_block (self, &at, g_ptr_array_index (blocks, i));
      i += MAX (n_same, 1);
    }
  gtk_text_buffer_get_start_iter (buffer, &at);
  gtk_text_buffer_place_cursor (buffer, &at);
}

/* ---- widget ---- */

static void
set_colors (GtkTextTag    *tag,
            const GdkRGBA *color)
{
  GdkRGBA behind = *color;

  behind.alpha = 0.12f;
  g_object_set (tag, "foreground-rgba", color, "background-rgba", &behind, NULL);
}

static void
bal_comparison_view_css_changed (GtkWidget         *widget,
                                 GtkCssStyleChange *change)
{
  BalComparisonView *self = BAL_COMPARISON_VIEW (widget);
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  GdkRGBA color;

  GTK_WIDGET_CLASS (bal_comparison_view_parent_class)->css_changed (widget, change);
  if (self->added == NULL)
    return;
  if (gtk_style_context_lookup_color (context, "success_color", &color))
    set_colors (self->added, &color);
  if (gtk_style_context_lookup_color (context, "error_color", &color))
    set_colors (self->removed, &color);
  gtk_style_context_get_color (context, &color);
  color.alpha *= 0.7f;
  g_object_set (self->note, "foreground-rgba", &color, NULL);
}

static void
bal_comparison_view_finalize (GObject *object)
{
  g_clear_pointer (&BAL_COMPARISON_VIEW (object)->comparison, bal_comparison_free);
  G_OBJECT_CLASS (bal_comparison_view_parent_class)->finalize (object);
}

static void
bal_comparison_view_class_init (BalComparisonViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bal_comparison_view_finalize;
  GTK_WIDGET_CLASS (klass)->css_changed = bal_comparison_view_css_changed;
}

static void
bal_comparison_view_init (BalComparisonView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);

  gtk_text_view_set_editable (view, FALSE);
  gtk_text_view_set_cursor_visible (view, FALSE);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_pixels_below_lines (view, 8);
  gtk_text_view_set_left_margin (view, 18);
  gtk_text_view_set_right_margin (view, 18);
  gtk_text_view_set_top_margin (view, 12);
  gtk_text_view_set_bottom_margin (view, 18);
  self->added = gtk_text_buffer_create_tag (buffer, NULL, "underline", PANGO_UNDERLINE_SINGLE, NULL);
  self->removed = gtk_text_buffer_create_tag (buffer, NULL, "strikethrough", TRUE, NULL);
  self->name = gtk_text_buffer_create_tag (buffer, NULL, "weight", PANGO_WEIGHT_BOLD, NULL);
  self->note = gtk_text_buffer_create_tag (buffer, NULL, "style", PANGO_STYLE_ITALIC, NULL);
}

void
bal_comparison_view_show (BalComparisonView *self,
                          BalComparison     *comparison)
{
  g_return_if_fail (BAL_IS_COMPARISON_VIEW (self));

  g_clear_pointer (&self->comparison, bal_comparison_free);
  self->comparison = comparison;
  fill (self);
}

void
bal_comparison_view_set_unfold (BalComparisonView *self,
                                gboolean           unfold)
{
  g_return_if_fail (BAL_IS_COMPARISON_VIEW (self));

  if (self->unfold == unfold)
    return;
  self->unfold = unfold;
  fill (self);
}
