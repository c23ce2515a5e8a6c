/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-list-row.h"

#include "bal-comment.h"
#include "bal-review.h"
#include "bal-person-mark.h"
#include "bal-safe-text.h"
#include "bal-waiting-item.h"
#include "bal-words.h"

#include <glib/gi18n.h>

#define N_LINES 3
#define LINE_SPACING 2
#define COLUMN_SPACING 6
#define ICON_SIZE 16
#define SMALL 0.84
#define MAX_CHARS 200

typedef enum
{
  STYLE_TITLE,
  STYLE_TEXT,
  STYLE_DIM,
  STYLE_EYEBROW,
} LineStyle;

/* One line: a text that is cut at the end, and beside it a short one that is not, as plain text or as a pill. */
typedef struct
{
  LineStyle    style;
  char        *text;
  char        *end;
  gboolean     pill;
  const char  *icon;
  const char  *icon_text;     /* what the icon says */
  char        *marks_text;    /* (nullable): the same, where it was made for this */
  PangoLayout *layout;
  PangoLayout *end_layout;
} Line;

struct _BalListRow
{
  GtkWidget  parent_instance;

  GObject   *item;
  gulong     notify_id;
  gboolean   stale;
  gboolean   tells_status;
  Line       lines[N_LINES];
  guint      n_lines;
  int        line_height;
};

G_DEFINE_FINAL_TYPE (BalListRow, bal_list_row, GTK_TYPE_WIDGET)

static void
clear_lines (BalListRow *self)
{
  for (guint i = 0; i < N_LINES; i++)
    {
      Line *line = &self->lines[i];

      g_free (line->text);
      g_free (line->end);
      g_free (line->marks_text);
      g_clear_object (&line->layout);
      g_clear_object (&line->end_layout);
      *line = (Line) { 0 };
    }
  self->n_lines = 0;
}

/* Consumes @text. */
static Line *
add_line (BalListRow *self,
          LineStyle   style,
          char       *text)
{
  Line *line = &self->lines[self->n_lines++];

  line->style = style;
  line->text = text;

  return line;
}

static void
set_sync_state (Line         *line,
                BalSyncState  state)
{
  line->icon = bal_words_sync_icon (state);
  line->icon_text = bal_words_sync_state (state);
}

static void
fill_review (BalListRow *self,
             BalReview  *review)
{
  const char *series = bal_review_get_series (review);
  const char *film = bal_review_get_film (review);
  const char *title = bal_review_get_title (review);
  guint n_comments = bal_review_get_comment_count (review);
  gboolean split = series != NULL && *series != '\0' && film != NULL && *film != '\0';
  Line *line;

  if (split)
    add_line (self, STYLE_EYEBROW, bal_words_title (series));

  if (title == NULL || *title == '\0')
    line = add_line (self, STYLE_TITLE, g_strdup (_("Untitled")));
  else
    line = add_line (self, STYLE_TITLE, bal_words_title (split ? film : title));
  line->end = bal_safe_text_name (bal_review_get_grade (review), 8);
  line->pill = TRUE;

  line = add_line (self, STYLE_DIM, bal_words_review_state (review));
  set_sync_state (line, bal_review_get_sync_state (review));
  if (n_comments > 0)
    line->end = g_strdup_printf (ngettext ("%u comment", "%u comments", n_comments), n_comments);
}

static void
fill_comment (BalListRow *self,
              BalComment *comment)
{
  const char *review_title = bal_comment_get_review_title (comment);
  Line *line;

  line = add_line (self, STYLE_TITLE, bal_safe_text_name (bal_comment_get_author (comment), MAX_CHARS));
  line->end = bal_words_ago (bal_comment_get_created (comment));
  line->icon = bal_person_mark_get_icon (bal_comment_get_person_marks (comment));
  line->icon_text = line->marks_text = bal_person_marks_describe (bal_comment_get_person_marks (comment));

  add_line (self, STYLE_TEXT, bal_safe_text_name (bal_comment_get_text (comment), MAX_CHARS));

  line = add_line (self, STYLE_DIM, review_title ? bal_words_title (review_title)
                                                 : g_strdup (""));
  set_sync_state (line, bal_comment_get_sync_state (comment));
  if (bal_comment_get_status (comment) != BAL_COMMENT_STATUS_APPROVED || self->tells_status)
    {
      line->end = g_strdup (bal_comment_status_get_label (bal_comment_get_status (comment)));
      line->pill = TRUE;
    }
}

static void
fill_waiting (BalListRow     *self,
              BalWaitingItem *item)
{
  const char *title = bal_waiting_item_get_title (item);
  Line *line;

  line = add_line (self, STYLE_TITLE, title != NULL && *title != '\0' ? bal_words_title (title)
                                                                      : g_strdup (_("Untitled")));
  line->icon = bal_waiting_item_get_icon (item);
  add_line (self, STYLE_TEXT, g_strdup (bal_waiting_item_get_what (item)));
  add_line (self, STYLE_DIM, g_strdup (bal_waiting_item_get_state (item)));
}

/* The row's own name, and that of the list's item around it: GTK 4.8 gives that none. */
static void
update_name (BalListRow *self)
{
  g_autoptr(GString) name = g_string_new (NULL);
  GtkWidget *around = gtk_widget_get_parent (GTK_WIDGET (self));
  const char *tip = NULL;

  for (guint i = 0; i < self->n_lines; i++)
    {
      const char *texts[] = { self->lines[i].text, self->lines[i].end, self->lines[i].icon_text };

      if (self->lines[i].icon_text != NULL)
        tip = self->lines[i].icon_text;

      for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
        if (texts[j] != NULL && *texts[j] != '\0')
          g_string_append_printf (name, "%s%s", name->len > 0 ? ", " : "", texts[j]);
    }

  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name->str, -1);
  if (around != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (around),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, name->str, -1);
}

static void
fill (BalListRow *self)
{
  clear_lines (self);
  self->stale = FALSE;

  if (BAL_IS_REVIEW (self->item) && bal_review_get_loaded (BAL_REVIEW (self->item)))
    fill_review (self, BAL_REVIEW (self->item));
  else if (BAL_IS_COMMENT (self->item) && bal_comment_get_loaded (BAL_COMMENT (self->item)))
    fill_comment (self, BAL_COMMENT (self->item));
  else if (BAL_IS_WAITING_ITEM (self->item))
    fill_waiting (self, BAL_WAITING_ITEM (self->item));

  update_name (self);
}

static void
item_notify_cb (BalListRow *self)
{
  /* Also when it is stale already: a new style that looks the same makes GTK draw nothing. */
  self->stale = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static PangoLayout *
make_layout (BalListRow *self,
             const char *text,
             LineStyle   style)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();

  if (style == STYLE_TITLE)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_SEMIBOLD));
  else
    pango_attr_list_insert (attributes, pango_attr_scale_new (style == STYLE_TEXT ? 0.92 : SMALL));
  if (style == STYLE_EYEBROW)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_SEMIBOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);

  return layout;
}

/* Room for one line of the ordinary font; all rows are equally high, whatever they show. */
static int
get_line_height (BalListRow *self)
{
  if (self->line_height == 0)
    {
      PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
      PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);

      self->line_height = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));
      pango_font_metrics_unref (metrics);
    }

  return self->line_height;
}

static void
bal_list_row_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 120;
      *natural = 280;
      return;
    }

  *minimum = *natural = N_LINES * get_line_height (BAL_LIST_ROW (widget)) +
                        (N_LINES - 1) * LINE_SPACING;
}

typedef struct
{
  GtkSnapshot *snapshot;
  GdkRGBA      color;
  gboolean     rtl;
  int          width;
} Brush;

static void
draw_layout (const Brush *brush,
             PangoLayout *layout,
             int          x,
             int          y,
             int          width,
             double       alpha)
{
  GdkRGBA color = brush->color;
  float left = brush->rtl ? brush->width - x - width : x;

  color.alpha *= alpha;
  gtk_snapshot_save (brush->snapshot);
  gtk_snapshot_translate (brush->snapshot, &GRAPHENE_POINT_INIT (left, y));
  gtk_snapshot_append_layout (brush->snapshot, layout, &color);
  gtk_snapshot_restore (brush->snapshot);
}

static void
draw_pill (const Brush *brush,
           int          x,
           int          y,
           int          width,
           int          height)
{
  GdkRGBA color = brush->color;
  GskRoundedRect pill;
  float left = brush->rtl ? brush->width - x - width : x;

  color.alpha *= 0.1;
  gsk_rounded_rect_init_from_rect (&pill, &GRAPHENE_RECT_INIT (left, y, width, height), height / 2.0);
  gtk_snapshot_push_rounded_clip (brush->snapshot, &pill);
  gtk_snapshot_append_color (brush->snapshot, &color, &pill.bounds);
  gtk_snapshot_pop (brush->snapshot);
}

static void
draw_icon (BalListRow  *self,
           const Brush *brush,
           const char  *name,
           int          x,
           int          y)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr(GtkIconPaintable) icon =
    gtk_icon_theme_lookup_icon (gtk_icon_theme_get_for_display (gtk_widget_get_display (widget)), name, NULL,
                                ICON_SIZE, gtk_widget_get_scale_factor (widget),
                                gtk_widget_get_direction (widget), 0);
  GdkRGBA colors[4] = { brush->color, brush->color, brush->color, brush->color };
  float left = brush->rtl ? brush->width - x - ICON_SIZE : x;

  for (guint i = 0; i < G_N_ELEMENTS (colors); i++)
    colors[i].alpha *= 0.7;
  gtk_snapshot_save (brush->snapshot);
  gtk_snapshot_translate (brush->snapshot, &GRAPHENE_POINT_INIT (left, y));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), brush->snapshot,
                                            ICON_SIZE, ICON_SIZE, colors, G_N_ELEMENTS (colors));
  gtk_snapshot_restore (brush->snapshot);
}

/* Returns how much room is left for the text before it. */
static int
draw_end (BalListRow  *self,
          const Brush *brush,
          Line        *line,
          int          y,
          int          height)
{
  int room = brush->width;

  if (line->end != NULL && *line->end != '\0')
    {
      int width, text_height, padding = line->pill ? 8 : 0;

      if (line->end_layout == NULL)
        line->end_layout = make_layout (self, line->end, STYLE_DIM);
      pango_layout_get_pixel_size (line->end_layout, &width, &text_height);
      room -= width + 2 * padding;
      if (line->pill)
        draw_pill (brush, room, y + (height - text_height) / 2 - 1, width + 2 * padding, text_height + 2);
      draw_layout (brush, line->end_layout, room + padding, y + (height - text_height) / 2, width,
                   line->pill ? 0.9 : 0.55);
      room -= COLUMN_SPACING;
    }
  if (line->icon != NULL)
    {
      room -= ICON_SIZE;
      draw_icon (self, brush, line->icon, room, y + (height - ICON_SIZE) / 2);
      room -= COLUMN_SPACING;
    }

  return MAX (room, 1);
}

static void
bal_list_row_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  BalListRow *self = BAL_LIST_ROW (widget);
  int height = get_line_height (self);
  Brush brush = { .snapshot = snapshot };
  int y;

  if (self->stale)
    fill (self);

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &brush.color);
  brush.rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  brush.width = gtk_widget_get_width (widget);
  y = (gtk_widget_get_height (widget) - (int) self->n_lines * height -
       ((int) self->n_lines - 1) * LINE_SPACING) / 2;

  for (guint i = 0; i < self->n_lines; i++, y += height + LINE_SPACING)
    {
      Line *line = &self->lines[i];
      int room = draw_end (self, &brush, line, y, height);
      int text_height;

      if (line->layout == NULL)
        line->layout = make_layout (self, line->text, line->style);
      /* Text of either direction starts where the row starts: Pango itself swaps the two for text that runs against its
       * context's direction, which is the row's. */
      pango_layout_set_alignment (line->layout,
                                  pango_layout_get_direction (line->layout, 0) == PANGO_DIRECTION_RTL
                                    ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
      pango_layout_set_width (line->layout, room * PANGO_SCALE);
      pango_layout_get_pixel_size (line->layout, NULL, &text_height);
      draw_layout (&brush, line->layout, 0, y + (height - text_height) / 2, room,
                   line->style == STYLE_TITLE ? 1.0 : line->style == STYLE_TEXT ? 0.85 : 0.55);
    }
}

/* Fonts, colours or text size changed. */
static void
bal_list_row_css_changed (GtkWidget         *widget,
                          GtkCssStyleChange *change)
{
  BalListRow *self = BAL_LIST_ROW (widget);

  GTK_WIDGET_CLASS (bal_list_row_parent_class)->css_changed (widget, change);

  self->stale = TRUE;
  self->line_height = 0;
}

static void
bal_list_row_dispose (GObject *object)
{
  bal_list_row_set_item (BAL_LIST_ROW (object), NULL);
  clear_lines (BAL_LIST_ROW (object));

  G_OBJECT_CLASS (bal_list_row_parent_class)->dispose (object);
}

static void
bal_list_row_class_init (BalListRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bal_list_row_dispose;
  widget_class->measure = bal_list_row_measure;
  widget_class->snapshot = bal_list_row_snapshot;
  widget_class->css_changed = bal_list_row_css_changed;

  gtk_widget_class_set_css_name (widget_class, "listrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
bal_list_row_init (BalListRow *self)
{
}

GtkWidget *
bal_list_row_new (void)
{
  return g_object_new (BAL_TYPE_LIST_ROW, NULL);
}

void
bal_list_row_set_item (BalListRow *self,
                       GObject    *item)
{
  g_return_if_fail (BAL_IS_LIST_ROW (self));

  if (self->item == item)
    return;

  g_clear_signal_handler (&self->notify_id, self->item);
  g_set_object (&self->item, item);
  if (item != NULL)
    self->notify_id = g_signal_connect_swapped (item, "notify", G_CALLBACK (item_notify_cb), self);
  self->stale = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

GObject *
bal_list_row_get_item (BalListRow *self)
{
  g_return_val_if_fail (BAL_IS_LIST_ROW (self), NULL);

  return self->item;
}

void
bal_list_row_set_tells_status (BalListRow *self,
                               gboolean    tells_status)
{
  g_return_if_fail (BAL_IS_LIST_ROW (self));

  self->tells_status = tells_status;
}
