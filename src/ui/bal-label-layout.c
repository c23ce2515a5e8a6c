/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-label-layout.h"

#define MIN_CHARS 4

struct _BalLabelLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (BalLabelLayout, bal_label_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
bal_label_layout_get_request_mode (GtkLayoutManager *manager,
                                   GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* What is on the screen keeps its lines while another width is tried. */
static int
get_height (GtkLabel *label,
            int       width)
{
  PangoLayout *own = gtk_label_get_layout (label);
  gboolean shown = gtk_widget_get_width (GTK_WIDGET (label)) > 0;
  g_autoptr(PangoLayout) layout = NULL;
  int height;

  if (shown && pango_layout_get_width (own) != width * PANGO_SCALE)
    layout = pango_layout_copy (own);
  else
    layout = g_object_ref (own);
  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

static void
bal_label_layout_measure (GtkLayoutManager *manager,
                          GtkWidget        *widget,
                          GtkOrientation    orientation,
                          int               for_size,
                          int              *minimum,
                          int              *natural,
                          int              *minimum_baseline,
                          int              *natural_baseline)
{
  GtkLabel *label = GTK_LABEL (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (gtk_widget_get_pango_context (widget), NULL, NULL);
  int letter = MAX (pango_font_metrics_get_approximate_char_width (metrics),
                    pango_font_metrics_get_approximate_digit_width (metrics));
  int line = pango_font_metrics_get_ascent (metrics) + pango_font_metrics_get_descent (metrics);

  pango_font_metrics_unref (metrics);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = PANGO_PIXELS_CEIL (letter * MIN_CHARS);
      *natural = PANGO_PIXELS_CEIL (letter * MAX (gtk_label_get_max_width_chars (label), MIN_CHARS));
    }
  else
    {
      *minimum = *natural = for_size < 0 ? PANGO_PIXELS_CEIL (line) : get_height (label, for_size);
    }
}

/* As the label does it. */
static void
bal_label_layout_allocate (GtkLayoutManager *manager,
                           GtkWidget        *widget,
                           int               width,
                           int               height,
                           int               baseline)
{
  GTK_WIDGET_GET_CLASS (widget)->size_allocate (widget, width, height, baseline);
}

static void
bal_label_layout_class_init (BalLabelLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->get_request_mode = bal_label_layout_get_request_mode;
  manager_class->measure = bal_label_layout_measure;
  manager_class->allocate = bal_label_layout_allocate;
}

static void
bal_label_layout_init (BalLabelLayout *self)
{
}

GtkLayoutManager *
bal_label_layout_new (void)
{
  return g_object_new (BAL_TYPE_LABEL_LAYOUT, NULL);
}
