/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-schedule-dialog.h"

#include "bal-time.h"

#include <glib/gi18n.h>

struct _BalScheduleDialog
{
  AdwMessageDialog  parent_instance;

  /* template children */
  GtkCalendar      *calendar;
  GtkWidget        *time_box;
  GtkSpinButton    *hour;
  GtkSpinButton    *minute;
};

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalScheduleDialog, bal_schedule_dialog, ADW_TYPE_MESSAGE_DIALOG)

static gint64
get_time (BalScheduleDialog *self)
{
  g_autoptr(GDateTime) day = gtk_calendar_get_date (self->calendar);
  g_autoptr(GDateTime) time = g_date_time_new_local (g_date_time_get_year (day),
                                                     g_date_time_get_month (day),
                                                     g_date_time_get_day_of_month (day),
                                                     gtk_spin_button_get_value_as_int (self->hour),
                                                     gtk_spin_button_get_value_as_int (self->minute), 0);

  return time ? g_date_time_to_unix (time) : 0;
}

static void
time_changed_cb (BalScheduleDialog *self)
{
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "schedule",
                                           get_time (self) > bal_time_now ());
}

static gboolean
two_digits_cb (GtkSpinButton *button)
{
  g_autofree char *text = g_strdup_printf ("%02d", gtk_spin_button_get_value_as_int (button));

  gtk_editable_set_text (GTK_EDITABLE (button), text);

  return TRUE;
}

static void
bal_schedule_dialog_response (AdwMessageDialog *dialog,
                              const char       *response)
{
  if (g_str_equal (response, "schedule"))
    g_signal_emit (dialog, signals[CHOSEN], 0, get_time (BAL_SCHEDULE_DIALOG (dialog)));
}

static void
bal_schedule_dialog_class_init (BalScheduleDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  ADW_MESSAGE_DIALOG_CLASS (klass)->response = bal_schedule_dialog_response;

  signals[CHOSEN] = g_signal_new ("chosen", BAL_TYPE_SCHEDULE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_INT64);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/balcony/Balcony/bal-schedule-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BalScheduleDialog, calendar);
  gtk_widget_class_bind_template_child (widget_class, BalScheduleDialog, time_box);
  gtk_widget_class_bind_template_child (widget_class, BalScheduleDialog, hour);
  gtk_widget_class_bind_template_child (widget_class, BalScheduleDialog, minute);
  gtk_widget_class_bind_template_callback (widget_class, time_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, two_digits_cb);
}

static void
bal_schedule_dialog_init (BalScheduleDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* The hour comes first in every script, as in 09:30. */
  gtk_widget_set_direction (self->time_box, GTK_TEXT_DIR_LTR);
}

GtkWidget *
bal_schedule_dialog_new (GtkWindow *parent,
                         gint64     time)
{
  BalScheduleDialog *self = g_object_new (BAL_TYPE_SCHEDULE_DIALOG, "transient-for", parent, "modal", TRUE, NULL);
  g_autoptr(GDateTime) start = NULL;

  if (time > bal_time_now ())
    {
      start = g_date_time_new_from_unix_local (time);
    }
  else
    {
      g_autoptr(GDateTime) now = g_date_time_new_now_local ();
      g_autoptr(GDateTime) tomorrow = g_date_time_add_days (now, 1);

      start = g_date_time_new_local (g_date_time_get_year (tomorrow), g_date_time_get_month (tomorrow),
                                     g_date_time_get_day_of_month (tomorrow), 9, 0, 0);
    }
  gtk_calendar_select_day (self->calendar, start);
  gtk_spin_button_set_value (self->hour, g_date_time_get_hour (start));
  gtk_spin_button_set_value (self->minute, g_date_time_get_minute (start));
  time_changed_cb (self);

  return GTK_WIDGET (self);
}
