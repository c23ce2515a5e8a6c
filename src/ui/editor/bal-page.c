/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-page.h"

#define MAX_WIDTH 760        /* pixels: some 80 letters */
#define SIDE_SPACE 18
#define MIN_BODY_HEIGHT 160
#define CURSOR_MARGIN 24     /* pixels kept free above and below the cursor */
#define REVEAL_MS 20
#define MAX_REVEALS 30

struct _BalPage
{
  GtkWidget      parent_instance;

  GtkWidget     *head;
  GtkWidget     *body;
  GtkWidget     *foot;

  GtkAdjustment *hadjustment;
  GtkAdjustment *vadjustment;
  GtkAdjustment *body_adjustment;   /* the text view's own; follows the page */
  int            head_height;
  int            body_height;
  int            foot_height;
  gboolean       allocating;
  GtkTextMark   *anchor;            /* line at the top of the screen: stays there when lines above change their height */
  double         anchor_offset;     /* from its top; with no anchor from the top of the page */
  double         last_value;        /* of the page when it was laid out */
  guint          reveal_id;
  guint          n_reveals;
  gboolean       text_wanted;       /* the text's cursor is to be seen, although the focus is elsewhere */
  GtkRoot       *root;              /* borrowed while rooted */
};

enum
{
  PROP_0,
  PROP_HEAD,
  PROP_BODY,
  PROP_FOOT,
  N_PROPS,
  PROP_HADJUSTMENT = N_PROPS,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE_WITH_CODE (BalPage, bal_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

/* ---- layout ---- */

static gboolean
is_shown (GtkWidget *widget)
{
  return widget != NULL && gtk_widget_get_visible (widget) && gtk_widget_get_child_visible (widget);
}

static int
measure_height (GtkWidget *widget,
                int        width)
{
  int natural = 0;

  if (is_shown (widget))
    gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

static void
allocate (GtkWidget *widget,
          int        x,
          int        y,
          int        width,
          int        height)
{
  if (is_shown (widget))
    gtk_widget_size_allocate (widget, &(GtkAllocation) { x, y, width, height }, -1);
}

/* The part of the text view that is on the screen; out of sight it keeps a screenful, so that it
 * can go on working. */
static void
allocate_body (BalPage *self,
               int      x,
               int      width,
               int      height,
               int      top)
{
  int start = CLAMP (top, 0, height);
  int end = CLAMP (top + self->body_height, 0, height);
  int shown = end - start;
  int value = start - top;

  if (shown < 1)
    {
      shown = MIN (height, self->body_height);
      start = top < 0 ? -shown : height;
      value = top < 0 ? self->body_height - shown : 0;
    }
  /* Before it is allocated: a value set afterwards would call for the next allocation. */
  gtk_adjustment_configure (self->body_adjustment, value, 0, self->body_height,
                            shown * 0.1, shown * 0.9, shown);
  gtk_widget_measure (self->body, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  allocate (self->body, x, start, width, shown);
}

/* As far as it is laid out by now. Asked of the text itself: what the text view was measured at
 * may be old. */
static int
get_body_height (BalPage *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->body);
  GtkTextIter end;
  int y, height;

  gtk_text_buffer_get_end_iter (gtk_text_view_get_buffer (view), &end);
  gtk_text_view_get_line_yrange (view, &end, &y, &height);
  return MAX (y + height + gtk_text_view_get_bottom_margin (view), MIN_BODY_HEIGHT);
}

static int
get_line_top (BalPage           *self,
              const GtkTextIter *iter)
{
  int y, height;

  gtk_text_view_get_line_yrange (GTK_TEXT_VIEW (self->body), iter, &y, &height);
  return y;
}

/* Where the page is now: as far as a person scrolled, but from what was on the screen, wherever
 * that has got to. */
static double
get_value (BalPage *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->body));
  double value = gtk_adjustment_get_value (self->vadjustment);
  GtkTextIter iter;

  if (self->anchor == NULL)
    return value;
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, self->anchor);
  return self->head_height + get_line_top (self, &iter) + self->anchor_offset + value - self->last_value;
}

static void
forget_anchor (BalPage *self)
{
  if (self->anchor != NULL)
    gtk_text_buffer_delete_mark (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->body)), self->anchor);
  self->anchor = NULL;
}

static void
set_anchor (BalPage *self,
            double   value)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->body);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter iter;
  int top;

  self->last_value = value;
  if (value <= self->head_height)
    {
      forget_anchor (self);
      return;
    }
  gtk_text_view_get_line_at_y (view, &iter, (int) value - self->head_height, &top);
  self->anchor_offset = value - self->head_height - top;
  if (self->anchor == NULL)
    self->anchor = gtk_text_buffer_create_mark (buffer, NULL, &iter, TRUE);
  else
    gtk_text_buffer_move_mark (buffer, self->anchor, &iter);
}

static void
bal_page_size_allocate (GtkWidget *widget,
                        int        width,
                        int        height,
                        int        baseline)
{
  BalPage *self = BAL_PAGE (widget);
  int column = CLAMP (width - 2 * SIDE_SPACE, 1, MAX_WIDTH);
  int x = (width - column) / 2;
  int total = 0, value = 0;

  self->allocating = TRUE;
  self->head_height = measure_height (self->head, column);
  self->foot_height = measure_height (self->foot, column);
  /* Laying out what comes on the screen may change how high the text is. */
  for (guint pass = 0; pass < 4; pass++)
    {
      int last_value = value, last_total = total;

      self->body_height = get_body_height (self);
      total = self->head_height + self->body_height + self->foot_height;
      value = CLAMP ((int) get_value (self), 0, MAX (total - height, 0));
      if (pass > 0 && value == last_value && total == last_total)
        break;
      allocate_body (self, x, column, height, self->head_height - value);
    }
  allocate (self->head, x, -value, column, self->head_height);
  allocate (self->foot, x, self->head_height - value + self->body_height, column, self->foot_height);
  set_anchor (self, value);
  gtk_adjustment_configure (self->hadjustment, 0, 0, width, width, width, width);
  gtk_adjustment_configure (self->vadjustment, value, 0, MAX (total, height), height * 0.1, height * 0.9, height);
  self->allocating = FALSE;
}

static void
bal_page_measure (GtkWidget      *widget,
                  GtkOrientation  orientation,
                  int             for_size,
                  int            *minimum,
                  int            *natural,
                  int            *minimum_baseline,
                  int            *natural_baseline)
{
  BalPage *self = BAL_PAGE (widget);
  GtkWidget *parts[] = { self->head, self->foot };
  int part_minimum = 0;

  *minimum = 1;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? MAX_WIDTH + 2 * SIDE_SPACE : 480;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && gtk_widget_get_visible (parts[i]))
      {
        gtk_widget_measure (parts[i], GTK_ORIENTATION_HORIZONTAL, -1, &part_minimum, NULL, NULL, NULL);
        *minimum = MAX (*minimum, part_minimum + 2 * SIDE_SPACE);
      }
  *natural = MAX (*natural, *minimum);
}

static GtkSizeRequestMode
bal_page_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

/* ---- scrolling ---- */

/* Not just itself: how far one can scroll may be different then, and the scroll bar gets its
 * place after the page. */
static void
queue_layout (BalPage *self)
{
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
scrolled_cb (BalPage *self)
{
  if (!self->allocating)
    queue_layout (self);
}

/* The text view knows better now how high it is, or scrolled itself to show its cursor: the page
 * sees to both. */
static void
body_scrolled_cb (BalPage *self)
{
  if (!self->allocating)
    queue_layout (self);
}

static gboolean
scroll_into_view (BalPage *self,
                  double   y,
                  double   height)
{
  double page = gtk_widget_get_height (GTK_WIDGET (self));
  double margin = CLAMP ((page - height) / 2, 0, CURSOR_MARGIN);
  double value = gtk_adjustment_get_value (self->vadjustment);

  if (page <= 0)
    return FALSE;
  if (y < margin)
    gtk_adjustment_set_value (self->vadjustment, value + y - margin);
  else if (y + height > page - margin)
    gtk_adjustment_set_value (self->vadjustment, value + y + height - page + margin);
  return gtk_adjustment_get_value (self->vadjustment) != value;
}

static gboolean
reveal_text_cursor (BalPage *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->body);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter iter;
  GdkRectangle place;

  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  gtk_text_view_get_iter_location (view, &iter, &place);
  return scroll_into_view (self, self->head_height + place.y - self->last_value, place.height);
}

static gboolean
reveal_cb (gpointer data)
{
  BalPage *self = data;
  GtkWidget *focus = self->root != NULL ? gtk_root_get_focus (self->root) : NULL;
  graphene_rect_t bounds;

  self->reveal_id = 0;
  if (self->vadjustment == NULL ||
      (!self->text_wanted && (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))))
    return G_SOURCE_REMOVE;
  if (self->text_wanted || focus == self->body)
    {
      /* Far away nothing is laid out yet: what is there pushes the cursor on as it comes on the
       * screen. */
      if (reveal_text_cursor (self) && self->n_reveals++ < MAX_REVEALS)
        self->reveal_id = g_timeout_add (REVEAL_MS, reveal_cb, self);
      else
        self->text_wanted = FALSE;
    }
  else if (gtk_widget_compute_bounds (focus, GTK_WIDGET (self), &bounds))
    {
      scroll_into_view (self, bounds.origin.y, bounds.size.height);
    }
  return G_SOURCE_REMOVE;
}

static void
queue_reveal (BalPage *self)
{
  /* After the frame in which everything gets its new place. */
  self->n_reveals = 0;
  if (self->reveal_id == 0)
    self->reveal_id = g_idle_add_full (GDK_PRIORITY_REDRAW + 10, reveal_cb, self, NULL);
}

void
bal_page_reveal_cursor (BalPage *self)
{
  g_return_if_fail (BAL_IS_PAGE (self));

  self->text_wanted = FALSE;
  queue_reveal (self);
}

void
bal_page_reveal_text (BalPage *self)
{
  g_return_if_fail (BAL_IS_PAGE (self));

  self->text_wanted = TRUE;
  queue_reveal (self);
}

void
bal_page_body_changed (BalPage *self)
{
  g_return_if_fail (BAL_IS_PAGE (self));

  queue_layout (self);
}

void
bal_page_scroll_to_top (BalPage *self)
{
  g_return_if_fail (BAL_IS_PAGE (self));

  forget_anchor (self);
  if (self->vadjustment != NULL)
    gtk_adjustment_set_value (self->vadjustment, 0);
  queue_layout (self);
}

static void
focus_moved_cb (BalPage *self)
{
  bal_page_reveal_cursor (self);
}

static void
bal_page_root (GtkWidget *widget)
{
  BalPage *self = BAL_PAGE (widget);

  GTK_WIDGET_CLASS (bal_page_parent_class)->root (widget);
  self->root = gtk_widget_get_root (widget);
  g_signal_connect_object (self->root, "notify::focus-widget", G_CALLBACK (focus_moved_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
bal_page_unroot (GtkWidget *widget)
{
  BalPage *self = BAL_PAGE (widget);

  g_signal_handlers_disconnect_by_func (self->root, focus_moved_cb, self);
  self->root = NULL;
  GTK_WIDGET_CLASS (bal_page_parent_class)->unroot (widget);
}

/* ---- object ---- */

static void
set_part (BalPage    *self,
          GtkWidget **part,
          GtkWidget  *widget)
{
  if (*part == widget)
    return;
  g_clear_pointer (part, gtk_widget_unparent);
  *part = widget;
  if (widget != NULL)
    gtk_widget_insert_before (widget, GTK_WIDGET (self),
                              part == &self->head ? gtk_widget_get_first_child (GTK_WIDGET (self)) : NULL);
}

static void
set_body (BalPage   *self,
          GtkWidget *body)
{
  g_return_if_fail (body == NULL || GTK_IS_TEXT_VIEW (body));

  set_part (self, &self->body, body);
  if (body == NULL)
    return;
  gtk_scrollable_set_vadjustment (GTK_SCROLLABLE (body), self->body_adjustment);
  gtk_scrollable_set_hadjustment (GTK_SCROLLABLE (body), gtk_adjustment_new (0, 0, 0, 0, 0, 0));
}

static void
set_adjustment (BalPage        *self,
                GtkAdjustment **place,
                GtkAdjustment  *adjustment)
{
  if (*place != NULL)
    g_signal_handlers_disconnect_by_func (*place, scrolled_cb, self);
  g_set_object (place, adjustment);
  if (adjustment != NULL)
    g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  queue_layout (self);
}

void
bal_page_set_foot (BalPage   *self,
                   GtkWidget *foot)
{
  g_return_if_fail (BAL_IS_PAGE (self));

  if (self->foot == foot)
    return;
  set_part (self, &self->foot, foot);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOOT]);
}

void
bal_page_set_foot_shown (BalPage  *self,
                         gboolean  shown)
{
  g_return_if_fail (BAL_IS_PAGE (self));

  if (self->foot == NULL)
    return;
  gtk_widget_set_child_visible (self->foot, shown);
  queue_layout (self);
}

static void
bal_page_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  BalPage *self = BAL_PAGE (object);

  switch (prop_id)
    {
    case PROP_HEAD:
      g_value_set_object (value, self->head);
      break;
    case PROP_BODY:
      g_value_set_object (value, self->body);
      break;
    case PROP_FOOT:
      g_value_set_object (value, self->foot);
      break;
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->hadjustment);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->vadjustment);
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, GTK_SCROLL_NATURAL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bal_page_set_property (GObject      *object,
                       guint         prop_id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  BalPage *self = BAL_PAGE (object);

  switch (prop_id)
    {
    case PROP_HEAD:
      set_part (self, &self->head, g_value_get_object (value));
      break;
    case PROP_BODY:
      set_body (self, g_value_get_object (value));
      break;
    case PROP_FOOT:
      bal_page_set_foot (self, g_value_get_object (value));
      break;
    case PROP_HADJUSTMENT:
      set_adjustment (self, &self->hadjustment, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_adjustment (self, &self->vadjustment, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bal_page_dispose (GObject *object)
{
  BalPage *self = BAL_PAGE (object);

  g_clear_handle_id (&self->reveal_id, g_source_remove);
  if (self->body != NULL)
    forget_anchor (self);
  g_clear_pointer (&self->head, gtk_widget_unparent);
  g_clear_pointer (&self->body, gtk_widget_unparent);
  g_clear_pointer (&self->foot, gtk_widget_unparent);
  g_clear_object (&self->hadjustment);
  g_clear_object (&self->vadjustment);
  if (self->body_adjustment != NULL)
    g_signal_handlers_disconnect_by_data (self->body_adjustment, self);
  g_clear_object (&self->body_adjustment);
  G_OBJECT_CLASS (bal_page_parent_class)->dispose (object);
}

static void
bal_page_class_init (BalPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const char *const names[] = { "head", "body", "foot" };

  object_class->dispose = bal_page_dispose;
  object_class->get_property = bal_page_get_property;
  object_class->set_property = bal_page_set_property;
  widget_class->size_allocate = bal_page_size_allocate;
  widget_class->measure = bal_page_measure;
  widget_class->get_request_mode = bal_page_get_request_mode;
  widget_class->root = bal_page_root;
  widget_class->unroot = bal_page_unroot;

  for (guint i = PROP_HEAD; i <= PROP_FOOT; i++)
    properties[i] = g_param_spec_object (names[i - PROP_HEAD], NULL, NULL, GTK_TYPE_WIDGET,
                                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                         G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
}

static void
bal_page_init (BalPage *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->body_adjustment = g_object_ref_sink (gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  g_signal_connect_swapped (self->body_adjustment, "value-changed", G_CALLBACK (body_scrolled_cb), self);
  g_signal_connect_swapped (self->body_adjustment, "changed", G_CALLBACK (body_scrolled_cb), self);
}
