/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-text-view-islands.h"

#include "bal-editor-buffer-private.h"

#define BULLET_GAP 10
#define BAR_WIDTH 3
#define LINE_SPACE 6      /* above and below a paragraph */

static const char *const bullets[] = { "\xe2\x80\xa2", "\xe2\x97\xa6", "\xe2\x96\xaa" };

/* The item that begins with this line. */
static BalNest *
get_begun_item (BalEditorBuffer *buffer,
                guint            index)
{
  BalLine *line = bal_editor_buffer_get_line (buffer, index);
  BalNest *item = bal_nest_find (line->nest, BAL_BLOCK_ITEM);

  if (item == NULL || index == 0)
    return item;
  return bal_nest_has (bal_editor_buffer_get_line (buffer, index - 1)->nest, item) ? NULL : item;
}

static guint
get_item_number (BalEditorBuffer *buffer,
                 guint            index,
                 BalNest         *item)
{
  BalNest *last = item;
  guint number = 1;

  while (index-- > 0)
    {
      BalNest *nest = bal_editor_buffer_get_line (buffer, index)->nest;

      if (!bal_nest_has (nest, item->parent))
        break;
      while (nest->parent != item->parent)
        nest = nest->parent;
      number += nest != last;
      last = nest;
    }
  return number;
}

static void
draw_bullet (BalTextView       *self,
             GtkSnapshot       *snapshot,
             guint              index,
             const GtkTextIter *iter,
             const GdkRGBA     *color)
{
  BalEditorBuffer *buffer = bal_text_view_get_buffer (self);
  BalNest *item = get_begun_item (buffer, index);
  gboolean rtl = bal_editor_buffer_get_direction (buffer, index) == GTK_TEXT_DIR_RTL;
  g_autoptr(PangoLayout) layout = NULL;
  g_autofree char *text = NULL;
  GdkRectangle place;
  int width, height, indent;
  double x;

  if (item == NULL)
    return;
  if (item->parent->ordered)
    /* With a right-to-left mark, which brings the full stop to its other side. */
    text = g_strdup_printf ("%s%u.", rtl ? "\xe2\x80\x8f" : "", get_item_number (buffer, index, item));
  else
    text = g_strdup (bullets[(bal_nest_count (item, BAL_BLOCK_LIST) - 1) % G_N_ELEMENTS (bullets)]);
  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (self), iter, &place);
  indent = bal_editor_nest_get_indent (bal_editor_buffer_get_line (buffer, index)->nest);
  x = rtl ? gtk_widget_get_width (GTK_WIDGET (self)) - indent + BULLET_GAP
          : indent - BULLET_GAP - width;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, place.y + (place.height - height) / 2.0));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

/* Bars end with the text, not with the space around it. */
static void
draw_bars (BalTextView   *self,
           GtkSnapshot   *snapshot,
           guint          index,
           int            y,
           int            height,
           const GdkRGBA *color)
{
  BalEditorBuffer *buffer = bal_text_view_get_buffer (self);
  BalLine *line = bal_editor_buffer_get_line (buffer, index);
  BalLine *above = index > 0 ? bal_editor_buffer_get_line (buffer, index - 1) : NULL;
  BalLine *below = bal_editor_buffer_get_line (buffer, index + 1);
  gboolean rtl = bal_editor_buffer_get_direction (buffer, index) == GTK_TEXT_DIR_RTL;
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  for (BalNest *nest = line->nest; nest != NULL; nest = nest->parent)
    {
      double x;
      int start = y;
      int tall = height;

      if (nest->kind != BAL_BLOCK_QUOTE)
        continue;
      x = bal_editor_nest_get_indent (nest->parent) + 2;
      if (rtl)
        x = width - x - BAR_WIDTH;
      if (above == NULL || !bal_nest_has (above->nest, nest))
        {
          start += LINE_SPACE;
          tall -= LINE_SPACE;
        }
      if (below == NULL || !bal_nest_has (below->nest, nest))
        tall -= LINE_SPACE;
      gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT (x, start, BAR_WIDTH, MAX (tall, 1)));
    }
}

static void
draw_sheet (BalTextView   *self,
            GtkSnapshot   *snapshot,
            int            y,
            int            height,
            const GdkRGBA *color)
{
  GskRoundedRect sheet;

  gsk_rounded_rect_init_from_rect (&sheet,
                                   &GRAPHENE_RECT_INIT (0, y + LINE_SPACE, gtk_widget_get_width (GTK_WIDGET (self)),
                                                        MAX (height - 2 * LINE_SPACE, 1)), 8);
  gtk_snapshot_push_rounded_clip (snapshot, &sheet);
  gtk_snapshot_append_color (snapshot, color, &sheet.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
draw_placeholder (BalTextView   *self,
                  GtkSnapshot   *snapshot,
                  const GdkRGBA *color)
{
  BalEditorBuffer *buffer = bal_text_view_get_buffer (self);
  BalLine *line = bal_editor_buffer_get_line (buffer, 0);
  g_autoptr(PangoLayout) layout = NULL;
  GtkTextIter iter;
  GdkRectangle place;
  int width;

  if (bal_editor_buffer_get_n_lines (buffer) > 1 || line->kind != BAL_BLOCK_PARAGRAPH ||
      line->island || line->nest != NULL ||
      gtk_text_buffer_get_char_count (GTK_TEXT_BUFFER (buffer)) > 1)
    return;
  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), bal_text_view_get_hint (self));
  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (buffer), &iter);
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (self), &iter, &place);
  pango_layout_get_pixel_size (layout, &width, NULL);
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    place.x -= width;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (place.x, place.y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

/* While GTK draws, it keeps the look of one line for the next until it meets a tag that begins or ends
 * (gtktextlayout.c, 4.8). A line that it has laid out already, such as the cursor's, is passed over
 * with its tags, and the next one then has the look of the one before: an item without its margin.
 * With all of them laid out before, one by one, nothing is left to go wrong. */
void
bal_text_view_lay_out_lines (BalTextView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GdkRectangle visible, place;
  GtkTextIter iter;

  gtk_text_view_get_visible_rect (view, &visible);
  gtk_text_view_get_line_at_y (view, &iter, visible.y, NULL);
  gtk_text_iter_set_line_offset (&iter, 0);
  do
    gtk_text_view_get_iter_location (view, &iter, &place);
  while (place.y <= visible.y + visible.height && gtk_text_iter_forward_line (&iter));
}

void
bal_text_view_draw_blocks (BalTextView *self,
                           GtkSnapshot *snapshot)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  BalEditorBuffer *buffer = bal_text_view_get_buffer (self);
  GdkRGBA color, dim, faint, shade;
  GdkRectangle visible;
  GtkTextIter iter;
  guint index;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &color);
  dim = faint = shade = color;
  dim.alpha *= 0.6;
  faint.alpha *= 0.25;
  shade.alpha *= 0.06;

  draw_placeholder (self, snapshot, &dim);
  gtk_text_view_get_visible_rect (view, &visible);
  gtk_text_view_get_line_at_y (view, &iter, visible.y, NULL);
  index = gtk_text_iter_get_line (&iter);
  gtk_text_iter_set_line_offset (&iter, 0);
  while (index < bal_editor_buffer_get_n_lines (buffer))
    {
      BalLine *line = bal_editor_buffer_get_line (buffer, index);
      int y, height;

      gtk_text_view_get_line_yrange (view, &iter, &y, &height);
      if (y > visible.y + visible.height)
        return;
      if (line->kind == BAL_BLOCK_PREFORMATTED && !line->island)
        draw_sheet (self, snapshot, y, height, &shade);
      if (line->island)
        bal_text_view_wake_island (self, &iter);
      if (line->nest != NULL)
        {
          draw_bullet (self, snapshot, index, &iter, &dim);
          draw_bars (self, snapshot, index, y, height, &faint);
        }
      if (!gtk_text_iter_forward_line (&iter))
        return;
      index++;
    }
}
