/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-day-button.h"

#include "bal-comment-filter.h"
#include "bal-time.h"

struct _BalDayButton
{
  GtkWidget      parent_instance;

  GtkEditable   *entry;       /* borrowed: it is beside this */
  gboolean       showing;     /* what the entry has */

  /* template children */
  GtkMenuButton *button;
  GtkCalendar   *calendar;
};

enum { PROP_0, PROP_ENTRY, PROP_LABEL, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BalDayButton, bal_day_button, GTK_TYPE_WIDGET)

/* ---- from the entry and back ---- */

static void
popover_shown_cb (BalDayButton *self)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr(GDateTime) day = NULL;
  gint64 start, end;

  if (!bal_filter_date_parse (gtk_editable_get_text (self->entry), bal_time_now (), zone, &start, &end))
    start = bal_time_now ();
  day = g_date_time_new_from_unix_local (start);

  self->showing = TRUE;
  gtk_calendar_select_day (self->calendar, day);
  self->showing = FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self->calendar));
}

static void
day_selected_cb (BalDayButton *self)
{
  g_autoptr(GDateTime) day = NULL;
  g_autofree char *text = NULL;

  if (self->showing)
    return;

  day = gtk_calendar_get_date (self->calendar);
  text = g_strdup_printf ("%04d-%02d-%02d", g_date_time_get_year (day), g_date_time_get_month (day),
                          g_date_time_get_day_of_month (day));
  gtk_editable_set_text (self->entry, text);
}

/* ---- keys: a calendar's own arrows only move a frame ---- */

static gboolean
move_cb (GtkWidget *calendar,
         GVariant  *arguments,
         gpointer   data)
{
  g_autoptr(GDateTime) day = gtk_calendar_get_date (GTK_CALENDAR (calendar));
  gboolean mirrored = gtk_widget_get_direction (calendar) == GTK_TEXT_DIR_RTL;
  g_autoptr(GDateTime) other = NULL;
  int months, days, across;

  g_variant_get (arguments, "(iii)", &months, &days, &across);
  other = g_date_time_add_full (day, 0, months, days + (mirrored ? -across : across), 0, 0, 0);
  if (other != NULL)
    gtk_calendar_select_day (GTK_CALENDAR (calendar), other);
  return TRUE;
}

static gboolean
done_cb (GtkWidget *calendar,
         GVariant  *arguments,
         gpointer   data)
{
  BalDayButton *self = BAL_DAY_BUTTON (gtk_widget_get_ancestor (calendar, BAL_TYPE_DAY_BUTTON));

  gtk_menu_button_popdown (self->button);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  return TRUE;
}

static void
add_keys (GtkWidget *calendar)
{
  static const struct { const char *trigger; int months, days, across; } moves[] = {
    { "Left|KP_Left", 0, 0, -1 }, { "Right|KP_Right", 0, 0, 1 }, { "Up|KP_Up", 0, -7, 0 }, { "Down|KP_Down", 0, 7, 0 },
    { "Page_Up|KP_Page_Up", -1, 0, 0 }, { "Page_Down|KP_Page_Down", 1, 0, 0 },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (moves[i].trigger),
                                                gtk_callback_action_new (move_cb, NULL, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new ("(iii)", moves[i].months, moves[i].days, moves[i].across));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Return|KP_Enter|ISO_Enter"),
                                                          gtk_callback_action_new (done_cb, NULL, NULL)));
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (calendar, controller);
}

/* ---- the object ---- */

static void
bal_day_button_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BAL_TYPE_DAY_BUTTON);

  G_OBJECT_CLASS (bal_day_button_parent_class)->dispose (object);
}

static void
bal_day_button_set_property (GObject      *object,
                             guint         property_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  BalDayButton *self = BAL_DAY_BUTTON (object);

  switch (property_id)
    {
    case PROP_ENTRY:
      self->entry = g_value_get_object (value);
      break;

    case PROP_LABEL:
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), g_value_get_string (value));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      g_value_get_string (value), -1);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->calendar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      g_value_get_string (value), -1);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
bal_day_button_class_init (BalDayButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bal_day_button_dispose;
  object_class->set_property = bal_day_button_set_property;

  properties[PROP_ENTRY] =
    g_param_spec_object ("entry", NULL, NULL, GTK_TYPE_EDITABLE, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LABEL] =
    g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-day-button.ui");
  gtk_widget_class_bind_template_child (widget_class, BalDayButton, button);
  gtk_widget_class_bind_template_child (widget_class, BalDayButton, calendar);
  gtk_widget_class_bind_template_callback (widget_class, popover_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, day_selected_cb);
}

static void
bal_day_button_init (BalDayButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_keys (GTK_WIDGET (self->calendar));
}
