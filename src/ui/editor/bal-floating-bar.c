/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-floating-bar.h"

#define QUIET_MS 200
#define HEADING_LEVEL 2

struct _BalFloatingBar
{
  GtkPopover       parent_instance;

  BalTextView     *view;         /* borrowed: it stands in the same editor */
  BalEditorBuffer *buffer;       /* the view's */
  gboolean         enabled;
  gboolean         by_person;    /* what is selected was selected with mouse or keyboard */
  gboolean         pressed;      /* a mouse button is */
  guint            quiet_id;

  GtkToggleButton *bold_button;
  GtkToggleButton *italic_button;
  GtkToggleButton *underline_button;
  GtkToggleButton *link_button;
  GtkToggleButton *quote_button;
  GtkToggleButton *heading_button;
};

enum { PROP_0, PROP_ENABLED, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BalFloatingBar, bal_floating_bar, GTK_TYPE_POPOVER)

/* ---- what it shows ---- */

static gboolean
get_selection (BalFloatingBar *self,
               GtkTextIter    *start,
               GtkTextIter    *end)
{
  return gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (self->buffer), start, end);
}

static gboolean
is_heading (BalFloatingBar    *self,
            const GtkTextIter *start)
{
  BalLine *line = bal_editor_buffer_get_line (self->buffer, gtk_text_iter_get_line (start));

  return line != NULL && line->kind == BAL_BLOCK_HEADING && !line->island;
}

static void
update (BalFloatingBar *self)
{
  BalStyle style = bal_editor_buffer_get_style (self->buffer);
  GtkTextIter start, end, link_start, link_end;
  BalLine *line;

  get_selection (self, &start, &end);
  line = bal_editor_buffer_get_line (self->buffer, gtk_text_iter_get_line (&start));
  gtk_toggle_button_set_active (self->bold_button, (style & BAL_STYLE_BOLD) != 0);
  gtk_toggle_button_set_active (self->italic_button, (style & BAL_STYLE_ITALIC) != 0);
  gtk_toggle_button_set_active (self->underline_button, (style & BAL_STYLE_UNDERLINE) != 0);
  gtk_toggle_button_set_active (self->link_button,
                                bal_editor_buffer_get_link (self->buffer, &link_start, &link_end) != NULL);
  gtk_toggle_button_set_active (self->quote_button,
                                line != NULL && bal_nest_find (line->nest, BAL_BLOCK_QUOTE) != NULL);
  gtk_toggle_button_set_active (self->heading_button, is_heading (self, &start));
}

/* ---- where ---- */

/* The part of the selection that can be seen, in the view. */
static gboolean
get_rectangle (BalFloatingBar    *self,
               const GtkTextIter *start,
               const GtkTextIter *end,
               GdkRectangle      *out)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->view);
  GdkRectangle visible = { 0, 0, gtk_widget_get_width (GTK_WIDGET (view)), gtk_widget_get_height (GTK_WIDGET (view)) };
  GdkRectangle first, last;

  gtk_text_view_get_iter_location (view, start, &first);
  gtk_text_view_get_iter_location (view, end, &last);
  if (first.y == last.y)
    {
      out->x = MIN (first.x, last.x);
      out->width = MAX (ABS (last.x - first.x), 1);
    }
  else
    {
      out->x = 0;
      out->width = visible.width;
    }
  out->y = first.y;
  out->height = MAX (last.y + last.height - first.y, 1);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, out->x, out->y, &out->x, &out->y);
  return gdk_rectangle_intersect (out, &visible, out);
}

static gboolean
point_at_selection (BalFloatingBar    *self,
                    const GtkTextIter *start,
                    const GtkTextIter *end)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  graphene_point_t place;
  GdkRectangle rectangle;

  if (!get_rectangle (self, start, end, &rectangle) ||
      !gtk_widget_compute_point (GTK_WIDGET (self->view), parent,
                                 &GRAPHENE_POINT_INIT (rectangle.x, rectangle.y), &place))
    return FALSE;
  rectangle.x = place.x;
  rectangle.y = place.y;
  gtk_popover_set_pointing_to (GTK_POPOVER (self), &rectangle);
  return TRUE;
}

/* ---- when ---- */

static gboolean
has_text (BalFloatingBar    *self,
          const GtkTextIter *start,
          const GtkTextIter *end)
{
  for (int i = gtk_text_iter_get_line (start); i <= gtk_text_iter_get_line (end); i++)
    {
      BalLine *line = bal_editor_buffer_get_line (self->buffer, i);

      if (line != NULL && !line->island)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_wanted (BalFloatingBar *self)
{
  return self->enabled && self->by_person && gtk_widget_has_focus (GTK_WIDGET (self->view)) &&
         gtk_text_view_get_editable (GTK_TEXT_VIEW (self->view)) &&
         gtk_text_buffer_get_has_selection (GTK_TEXT_BUFFER (self->buffer));
}

static void
hide (BalFloatingBar *self)
{
  g_clear_handle_id (&self->quiet_id, g_source_remove);
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    gtk_popover_popdown (GTK_POPOVER (self));
}

static gboolean
quiet_cb (gpointer data)
{
  BalFloatingBar *self = data;
  GtkTextIter start, end;

  self->quiet_id = 0;
  if (self->pressed)
    return G_SOURCE_REMOVE;
  if (is_wanted (self) && get_selection (self, &start, &end) && has_text (self, &start, &end) &&
      point_at_selection (self, &start, &end))
    {
      update (self);
      gtk_popover_popup (GTK_POPOVER (self));
    }
  else
    {
      hide (self);
    }
  return G_SOURCE_REMOVE;
}

/* Shown, or where it belongs, after a pause; at once away when it has no business here. */
static void
follow (BalFloatingBar *self)
{
  if (!is_wanted (self))
    {
      hide (self);
      return;
    }
  g_clear_handle_id (&self->quiet_id, g_source_remove);
  self->quiet_id = g_timeout_add (QUIET_MS, quiet_cb, self);
}

static void
mark_set_cb (GtkTextBuffer     *buffer,
             const GtkTextIter *location,
             GtkTextMark       *mark,
             BalFloatingBar    *self)
{
  if (mark != gtk_text_buffer_get_insert (buffer) && mark != gtk_text_buffer_get_selection_bound (buffer))
    return;
  /* By the find bar, or by opening another review. */
  if (!gtk_widget_has_focus (GTK_WIDGET (self->view)))
    self->by_person = FALSE;
  follow (self);
}

static void
edited_cb (BalFloatingBar *self)
{
  if (is_wanted (self) && gtk_widget_get_visible (GTK_WIDGET (self)))
    update (self);
  follow (self);
}

static void
scrolled_cb (BalFloatingBar *self)
{
  hide (self);
  follow (self);
}

static gboolean
is_selecting (guint           keyval,
              GdkModifierType state)
{
  static const guint keys[] = { GDK_KEY_Left, GDK_KEY_Right, GDK_KEY_Up, GDK_KEY_Down, GDK_KEY_Home, GDK_KEY_End,
                                GDK_KEY_Page_Up, GDK_KEY_Page_Down, GDK_KEY_KP_Left, GDK_KEY_KP_Right,
                                GDK_KEY_KP_Up, GDK_KEY_KP_Down, GDK_KEY_KP_Home, GDK_KEY_KP_End,
                                GDK_KEY_KP_Page_Up, GDK_KEY_KP_Page_Down };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keyval == keys[i])
      return (state & GDK_SHIFT_MASK) != 0;
  return FALSE;
}

/* Escape does nothing but close it. Keys with Control may be for what is selected. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                BalFloatingBar        *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  gboolean shown = gtk_widget_get_visible (GTK_WIDGET (self));

  if (event != NULL && gdk_key_event_is_modifier (event))
    return GDK_EVENT_PROPAGATE;
  if (is_selecting (keyval, state))
    {
      self->by_person = TRUE;
      return GDK_EVENT_PROPAGATE;
    }
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return GDK_EVENT_PROPAGATE;
  self->by_person = FALSE;
  hide (self);
  return shown && keyval == GDK_KEY_Escape;
}

static gboolean
event_cb (GtkEventController *controller,
          GdkEvent           *event,
          BalFloatingBar     *self)
{
  switch ((int) gdk_event_get_event_type (event))
    {
    case GDK_BUTTON_PRESS:
      self->pressed = TRUE;
      self->by_person = gdk_button_event_get_button (event) == GDK_BUTTON_PRIMARY;
      hide (self);
      break;
    case GDK_BUTTON_RELEASE:
      self->pressed = FALSE;
      follow (self);
      break;
    default:
      break;
    }
  return GDK_EVENT_PROPAGATE;
}

/* ---- its buttons: each does what the action with its name does ---- */

static void
clicked_cb (BalFloatingBar *self,
            GtkWidget      *button)
{
  static const char *const names[] = { "editor.bold", "editor.italic", "editor.underline", "editor.link",
                                       "editor.quote" };
  GtkToggleButton *buttons[] = { self->bold_button, self->italic_button, self->underline_button,
                                 self->link_button, self->quote_button };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (button == GTK_WIDGET (buttons[i]))
      gtk_widget_activate_action (GTK_WIDGET (self->view), names[i], NULL);
}

static void
heading_clicked_cb (BalFloatingBar *self)
{
  GtkTextIter start, end;

  get_selection (self, &start, &end);
  if (is_heading (self, &start))
    gtk_widget_activate_action (GTK_WIDGET (self->view), "editor.paragraph", NULL);
  else
    gtk_widget_activate_action (GTK_WIDGET (self->view), "editor.heading", "i", (gint32) HEADING_LEVEL);
}

/* ---- object ---- */

static void
bal_floating_bar_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  if (prop_id == PROP_ENABLED)
    g_value_set_boolean (value, BAL_FLOATING_BAR (object)->enabled);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bal_floating_bar_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  BalFloatingBar *self = BAL_FLOATING_BAR (object);

  if (prop_id != PROP_ENABLED)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
  else if (self->enabled != g_value_get_boolean (value))
    {
      self->enabled = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
    }
}

static void
bal_floating_bar_dispose (GObject *object)
{
  BalFloatingBar *self = BAL_FLOATING_BAR (object);

  g_clear_handle_id (&self->quiet_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), BAL_TYPE_FLOATING_BAR);
  G_OBJECT_CLASS (bal_floating_bar_parent_class)->dispose (object);
}

static void
bal_floating_bar_class_init (BalFloatingBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bal_floating_bar_dispose;
  object_class->get_property = bal_floating_bar_get_property;
  object_class->set_property = bal_floating_bar_set_property;
  properties[PROP_ENABLED] = g_param_spec_boolean ("enabled", NULL, NULL, FALSE,
                                                   G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                   G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-floating-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BalFloatingBar, bold_button);
  gtk_widget_class_bind_template_child (widget_class, BalFloatingBar, italic_button);
  gtk_widget_class_bind_template_child (widget_class, BalFloatingBar, underline_button);
  gtk_widget_class_bind_template_child (widget_class, BalFloatingBar, link_button);
  gtk_widget_class_bind_template_child (widget_class, BalFloatingBar, quote_button);
  gtk_widget_class_bind_template_child (widget_class, BalFloatingBar, heading_button);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, heading_clicked_cb);
}

static void
bal_floating_bar_init (BalFloatingBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Before the view's own, which keep events to themselves. */
static void
watch_view (BalFloatingBar *self)
{
  GtkWidget *view = GTK_WIDGET (self->view);
  GtkWidget *scroller = gtk_widget_get_ancestor (view, GTK_TYPE_SCROLLED_WINDOW);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *events = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, 0);
  gtk_widget_add_controller (view, keys);
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect_object (events, "event", G_CALLBACK (event_cb), self, 0);
  gtk_widget_add_controller (view, events);

  g_signal_connect_object (view, "notify::has-focus", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "mark-set", G_CALLBACK (mark_set_cb), self, G_CONNECT_AFTER);
  g_signal_connect_object (self->buffer, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  if (scroller != NULL)
    g_signal_connect_object (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)), "value-changed",
                             G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
bal_floating_bar_new (BalTextView *view)
{
  BalFloatingBar *self = g_object_new (BAL_TYPE_FLOATING_BAR, NULL);

  self->view = view;
  self->buffer = bal_text_view_get_buffer (view);
  watch_view (self);
  return GTK_WIDGET (self);
}
