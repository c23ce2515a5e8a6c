/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-buffer-private.h"

#include "bal-layout-cost.h"

#define LIST_INDENT 30    /* pixels a level; the bullet stands in it */
#define QUOTE_INDENT 22
#define LEFT_TO_RIGHT_MARK 0x200e
#define RIGHT_TO_LEFT_MARK 0x200f
#define MAX_NEUTRAL 20   /* lines to look back for one that has a direction */

static const double heading_scales[] = { 1.0, 1.6, 1.4, 1.2, 1.1, 1.0, 0.9 };

static GQuark
line_quark (void)
{
  return g_quark_from_static_string ("bal-editor-line-tag");
}

static GtkTextTag *
get_line_tag (BalEditorBuffer *self,
              const char      *name,
              gboolean        *is_new)
{
  GtkTextTag *tag = g_hash_table_lookup (self->line_tags, name);

  *is_new = tag == NULL;
  if (tag == NULL)
    {
      tag = gtk_text_tag_new (NULL);
      g_object_set_qdata (G_OBJECT (tag), line_quark (), self);
      gtk_text_tag_table_add (gtk_text_buffer_get_tag_table (GTK_TEXT_BUFFER (self)), tag);
      /* What a line is must not outdo what a person made bold or small in it. */
      gtk_text_tag_set_priority (tag, 0);
      g_hash_table_insert (self->line_tags, g_strdup (name), tag);
      g_object_unref (tag);
    }
  return tag;
}

static GtkTextTag *
get_kind_tag (BalEditorBuffer *self,
              BalLine         *line)
{
  g_autofree char *name = NULL;
  GtkTextTag *tag;
  gboolean is_new;

  if (line->island)
    {
      tag = get_line_tag (self, "island", &is_new);
      if (is_new)
        g_object_set (tag, "pixels-above-lines", 8, NULL);
      return tag;
    }
  switch (line->kind)
    {
    case BAL_BLOCK_HEADING:
      name = g_strdup_printf ("heading-%d", line->level);
      tag = get_line_tag (self, name, &is_new);
      if (is_new)
        g_object_set (tag, "scale", heading_scales[CLAMP (line->level, 1, 6)],
                      "weight", PANGO_WEIGHT_BOLD,
                      "pixels-above-lines", 14, "pixels-below-lines", 2, NULL);
      return tag;

    case BAL_BLOCK_PREFORMATTED:
      tag = get_line_tag (self, "preformatted", &is_new);
      if (is_new)
        g_object_set (tag, "family", "Monospace", "scale", 0.9, "pixels-inside-wrap", 2,
                      "left-margin", 14, "right-margin", 14,
                      "pixels-above-lines", 16, "pixels-below-lines", 16, NULL);
      return tag;

    case BAL_BLOCK_ITEM:
      tag = get_line_tag (self, "item", &is_new);
      if (is_new)
        g_object_set (tag, "pixels-above-lines", 1, "pixels-below-lines", 5, NULL);
      return tag;

    case BAL_BLOCK_PARAGRAPH:
    case BAL_BLOCK_QUOTE:
    case BAL_BLOCK_LIST:
    case BAL_BLOCK_IMAGE:
    case BAL_BLOCK_SEPARATOR:
    case BAL_BLOCK_JUMP_BREAK:
    case BAL_BLOCK_TABLE:
    case BAL_BLOCK_OPAQUE:
    default:
      return NULL;
    }
}

int
bal_editor_nest_get_indent (BalNest *nest)
{
  return bal_nest_count (nest, BAL_BLOCK_LIST) * LIST_INDENT + bal_nest_count (nest, BAL_BLOCK_QUOTE) * QUOTE_INDENT;
}

static GtkTextDirection
get_char_direction (gunichar c)
{
  static const GUnicodeScript rtl[] = { G_UNICODE_SCRIPT_HEBREW, G_UNICODE_SCRIPT_ARABIC, G_UNICODE_SCRIPT_SYRIAC,
                                        G_UNICODE_SCRIPT_THAANA, G_UNICODE_SCRIPT_NKO, G_UNICODE_SCRIPT_SAMARITAN,
                                        G_UNICODE_SCRIPT_MANDAIC, G_UNICODE_SCRIPT_ADLAM };
  GUnicodeScript script;

  if (c == LEFT_TO_RIGHT_MARK)
    return GTK_TEXT_DIR_LTR;
  if (c == RIGHT_TO_LEFT_MARK)
    return GTK_TEXT_DIR_RTL;
  if (!g_unichar_isalpha (c))
    return GTK_TEXT_DIR_NONE;
  script = g_unichar_get_script (c);
  for (guint i = 0; i < G_N_ELEMENTS (rtl); i++)
    if (script == rtl[i])
      return GTK_TEXT_DIR_RTL;
  return GTK_TEXT_DIR_LTR;
}

/* NONE: nothing in the line has one. */
static GtkTextDirection
get_own_direction (BalEditorBuffer *self,
                   guint            index)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (self), &iter, index);
  while (!gtk_text_iter_ends_line (&iter))
    {
      GtkTextDirection direction = get_char_direction (gtk_text_iter_get_char (&iter));

      if (direction != GTK_TEXT_DIR_NONE)
        return direction;
      gtk_text_iter_forward_char (&iter);
    }
  return GTK_TEXT_DIR_NONE;
}

GtkTextDirection
bal_editor_buffer_get_direction (BalEditorBuffer *self,
                                 guint            index)
{
  GtkTextDirection direction = get_own_direction (self, index);

  for (guint i = 0; direction == GTK_TEXT_DIR_NONE && i < MAX_NEUTRAL && index > 0; i++)
    direction = get_own_direction (self, --index);
  return direction != GTK_TEXT_DIR_NONE ? direction : gtk_widget_get_default_direction ();
}

/* On the side where the line begins. */
static GtkTextTag *
get_indent_tag (BalEditorBuffer *self,
                guint            index)
{
  BalLine *line = g_ptr_array_index (self->lines, index);
  guint lists = bal_nest_count (line->nest, BAL_BLOCK_LIST);
  guint quotes = bal_nest_count (line->nest, BAL_BLOCK_QUOTE);
  g_autofree char *name = NULL;
  gboolean is_new, rtl;
  GtkTextTag *tag;

  if (lists + quotes == 0)
    return NULL;
  rtl = bal_editor_buffer_get_direction (self, index) == GTK_TEXT_DIR_RTL;
  name = g_strdup_printf ("indent-%u-%u-%s", lists, quotes, rtl ? "rtl" : "ltr");
  tag = get_line_tag (self, name, &is_new);
  if (is_new)
    {
      g_object_set (tag, rtl ? "right-margin" : "left-margin", bal_editor_nest_get_indent (line->nest),
                    "direction", rtl ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR, NULL);
      if (quotes > 0)
        g_object_set (tag, "style", PANGO_STYLE_ITALIC, NULL);
    }
  return tag;
}

/* Of a line with words of thousands of letters: where it may be broken at any of them, that costs little. */
static GtkTextTag *
get_wrap_tag (BalEditorBuffer   *self,
              const GtkTextIter *start,
              const GtkTextIter *end)
{
  g_autofree char *text = NULL;
  gboolean is_new, long_words;
  GtkTextTag *tag;

  if (!bal_editor_line_may_be_long (start))
    return NULL;
  text = gtk_text_iter_get_slice (start, end);
  bal_layout_cost (text, 0, &long_words);
  if (!long_words)
    return NULL;
  tag = get_line_tag (self, "long-words", &is_new);
  if (is_new)
    g_object_set (tag, "wrap-mode", GTK_WRAP_CHAR, NULL);
  return tag;
}

/* Takes off what shows another kind of line. */
static void
remove_others (BalEditorBuffer   *self,
               const GtkTextIter *start,
               const GtkTextIter *end,
               GtkTextTag        *kind,
               GtkTextTag        *indent,
               GtkTextTag        *wrap)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  g_autoptr(GSList) found = gtk_text_iter_get_tags (start);
  GtkTextIter iter = *start;

  while (gtk_text_iter_forward_to_tag_toggle (&iter, NULL) && gtk_text_iter_compare (&iter, end) < 0)
    found = g_slist_concat (found, gtk_text_iter_get_toggled_tags (&iter, TRUE));
  for (GSList *l = found; l != NULL; l = l->next)
    if (g_object_get_qdata (l->data, line_quark ()) != NULL &&
        l->data != kind && l->data != indent && l->data != wrap)
      gtk_text_buffer_remove_tag (buffer, l->data, start, end);
}

/* TRUE: it is indented in another way now. */
static gboolean
show_line (BalEditorBuffer *self,
           guint            index)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  BalLine *line = g_ptr_array_index (self->lines, index);
  GtkTextTag *kind = get_kind_tag (self, line);
  GtkTextTag *indent = get_indent_tag (self, index);
  GtkTextTag *wrap;
  GtkTextIter start, end;
  gboolean changed;

  gtk_text_buffer_get_iter_at_line (buffer, &start, index);
  end = start;
  gtk_text_iter_forward_line (&end);
  wrap = get_wrap_tag (self, &start, &end);
  changed = indent != NULL && !gtk_text_iter_has_tag (&start, indent);

  self->raw++;
  remove_others (self, &start, &end, kind, indent, wrap);
  if (kind != NULL)
    gtk_text_buffer_apply_tag (buffer, kind, &start, &end);
  if (indent != NULL)
    gtk_text_buffer_apply_tag (buffer, indent, &start, &end);
  if (wrap != NULL)
    gtk_text_buffer_apply_tag (buffer, wrap, &start, &end);
  self->raw--;
  return changed;
}

gboolean
bal_editor_line_is_dressed (BalLine *line)
{
  return line->island || line->nest != NULL ||
         line->kind == BAL_BLOCK_HEADING || line->kind == BAL_BLOCK_PREFORMATTED;
}

gboolean
bal_editor_line_may_be_long (const GtkTextIter *iter)
{
  return gtk_text_iter_get_bytes_in_line (iter) >= BAL_LAYOUT_SHORT;
}

/* Lines without letters go with the one above them. */
void
bal_editor_buffer_show_line (BalEditorBuffer *self,
                             guint            index)
{
  gboolean changed = show_line (self, index);

  for (guint i = 0; changed && i < MAX_NEUTRAL; i++)
    {
      BalLine *below = bal_editor_buffer_get_line (self, ++index);

      changed = below != NULL && below->nest != NULL &&
                get_own_direction (self, index) == GTK_TEXT_DIR_NONE && show_line (self, index);
    }
}

void
bal_editor_buffer_show_lines (BalEditorBuffer *self,
                              guint            first,
                              guint            last)
{
  for (guint i = first; i <= last && i < self->lines->len; i++)
    bal_editor_buffer_show_line (self, i);
}
