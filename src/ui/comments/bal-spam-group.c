/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-spam-group.h"

#include "bal-moderation.h"
#include "bal-spam-table.h"
#include "bal-toast.h"

#include <glib/gi18n.h>
#include <math.h>

/* A scale that is drawn over many values writes the last one only. */
#define SETTLE_MS 300

struct _BalSpamGroup
{
  AdwPreferencesGroup  parent_instance;

  BalStore            *store;
  GCancellable        *cancellable;
  GArray              *moved;          /* gint64: by the help, and still in spam */
  guint                write_id;
  gboolean             showing;        /* what is set is no choice of the person's */

  /* template children */
  AdwActionRow        *act_row;
  GtkSwitch           *act_switch;
  AdwActionRow        *sure_row;
  GtkScale            *sure_scale;
  GtkAdjustment       *sure;
  AdwActionRow        *moved_row;
};

G_DEFINE_FINAL_TYPE (BalSpamGroup, bal_spam_group, ADW_TYPE_PREFERENCES_GROUP)

/* ---- showing ---- */

static void
describe_choice (BalSpamGroup *self)
{
  gboolean on = gtk_switch_get_active (self->act_switch);
  /* TRANSLATORS: %.0f is a number from 90 to 99 */
  g_autofree char *what = on ? g_strdup_printf (_("A new comment goes to Spam if it is spam with at least %.0f %%. "
                                                  "You can restore it there."),
                                                gtk_adjustment_get_value (self->sure))
                             : g_strdup (_("Off: it only marks what is likely spam, and you decide."));

  adw_action_row_set_subtitle (self->act_row, what);
  gtk_widget_set_visible (GTK_WIDGET (self->sure_row), on);
}

static void
describe_lessons (BalSpamGroup      *self,
                  const BalSpamHelp *help)
{
  guint n_spam = help->lessons.n_spam, n_good = help->lessons.n_good;
  g_autofree char *learnt = NULL;
  g_autofree char *text = NULL;

  /* TRANSLATORS: the first number is of comments that are spam, the second of all others */
  learnt = g_strdup_printf (_("It learns on this computer from what you decide: %u spam and %u approved so far."),
                            n_spam, n_good);
  text = MIN (n_spam, n_good) >= BAL_SPAM_LESSONS_TO_ACT
           ? g_strdup (learnt)
           : g_strdup_printf (_("%s Before it has %d of each it moves nothing."), learnt, BAL_SPAM_LESSONS_TO_ACT);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), text);
}

static void
show_moved (BalSpamGroup *self)
{
  guint n = self->moved->len;
  g_autofree char *title = g_strdup_printf (ngettext ("%u comment in Spam was moved by the help",
                                                      "%u comments in Spam were moved by the help", n), n);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->moved_row), title);
  gtk_widget_set_visible (GTK_WIDGET (self->moved_row), n > 0);
}

typedef struct
{
  BalSpamHelp  help;
  GArray      *moved;
} State;

static void
state_free (gpointer data)
{
  g_clear_pointer (&((State *) data)->moved, g_array_unref);
  g_free (data);
}

static gboolean
read_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  State *state = data;

  return bal_spam_help_get (transaction, &state->help, error) &&
         (state->moved = bal_spam_help_list_moved (transaction, error)) != NULL;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(BalSpamGroup) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean done = bal_store_read_finish (BAL_STORE (source), result, &error);
  State *state = bal_store_get_work_data (result);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!done)
    {
      bal_toast_error (GTK_WIDGET (self), error);
      return;
    }

  g_array_unref (self->moved);
  self->moved = g_steal_pointer (&state->moved);
  show_moved (self);
  describe_lessons (self, &state->help);

  /* What the person is choosing at this moment is not taken from under their hands. */
  if (self->write_id == 0)
    {
      self->showing = TRUE;
      gtk_switch_set_active (self->act_switch, state->help.threshold > 0);
      if (state->help.threshold > 0)
        gtk_adjustment_set_value (self->sure, 100 * state->help.threshold);
      self->showing = FALSE;
    }
  describe_choice (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
}

static void
read_state (BalSpamGroup *self)
{
  if (self->store != NULL)
    bal_store_read_async (self->store, read_work, g_new0 (State, 1), state_free, self->cancellable, read_cb,
                          g_object_ref (self));
}

/* ---- choosing ---- */

static gboolean
write_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  return bal_spam_help_set_threshold (transaction, *(double *) data, error);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(BalSpamGroup) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!bal_store_write_finish (BAL_STORE (source), result, &error))
    bal_toast_error (GTK_WIDGET (self), error);
  read_state (self);
}

/* @callback: (nullable): gets a reference to @self */
static void
write_choice (BalSpamGroup        *self,
              GAsyncReadyCallback  callback)
{
  double threshold = gtk_switch_get_active (self->act_switch) ? gtk_adjustment_get_value (self->sure) / 100 : 0;

  g_clear_handle_id (&self->write_id, g_source_remove);
  bal_store_write_async (self->store, write_work, g_memdup2 (&threshold, sizeof threshold), g_free, NULL, callback,
                         callback != NULL ? g_object_ref (self) : NULL);
}

static gboolean
write_timeout_cb (gpointer data)
{
  BalSpamGroup *self = data;

  self->write_id = 0;
  write_choice (self, written_cb);

  return G_SOURCE_REMOVE;
}

static void
chosen_cb (BalSpamGroup *self)
{
  if (self->showing || self->store == NULL)
    return;

  describe_choice (self);
  g_clear_handle_id (&self->write_id, g_source_remove);
  self->write_id = g_timeout_add (SETTLE_MS, write_timeout_cb, self);
}

/* What it did is undone like what a person did, and the toast takes that back. */
static void
restore_cb (BalSpamGroup *self)
{
  bal_moderation_act (GTK_WIDGET (self), self->store, BAL_TRIAGE_RESTORE, (const gint64 *) (gpointer) self->moved->data,
                      self->moved->len);
}

/* ---- the object ---- */

static void
bal_spam_group_dispose (GObject *object)
{
  BalSpamGroup *self = BAL_SPAM_GROUP (object);

  /* Closed before the choice has settled. What goes must not get another reference. */
  if (self->write_id != 0)
    write_choice (self, NULL);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (bal_spam_group_parent_class)->dispose (object);
}

static void
bal_spam_group_finalize (GObject *object)
{
  BalSpamGroup *self = BAL_SPAM_GROUP (object);

  g_object_unref (self->cancellable);
  g_array_unref (self->moved);

  G_OBJECT_CLASS (bal_spam_group_parent_class)->finalize (object);
}

static void
bal_spam_group_class_init (BalSpamGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bal_spam_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = bal_spam_group_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-spam-group.ui");
  gtk_widget_class_bind_template_child (widget_class, BalSpamGroup, act_row);
  gtk_widget_class_bind_template_child (widget_class, BalSpamGroup, act_switch);
  gtk_widget_class_bind_template_child (widget_class, BalSpamGroup, sure_row);
  gtk_widget_class_bind_template_child (widget_class, BalSpamGroup, sure_scale);
  gtk_widget_class_bind_template_child (widget_class, BalSpamGroup, sure);
  gtk_widget_class_bind_template_child (widget_class, BalSpamGroup, moved_row);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, restore_cb);
}

static char *
format_percent (GtkScale *scale,
                double    value,
                gpointer  data)
{
  /* TRANSLATORS: a number from 90 to 99, percent */
  return g_strdup_printf (_("%.0f %%"), value);
}

static void
bal_spam_group_init (BalSpamGroup *self)
{
  self->cancellable = g_cancellable_new ();
  self->moved = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_adjustment_set_lower (self->sure, ceil (100 * BAL_SPAM_LIKELY));
  gtk_scale_set_format_value_func (self->sure_scale, format_percent, NULL, NULL);
  describe_choice (self);
  self->showing = FALSE;
}

void
bal_spam_group_set_store (BalSpamGroup *self,
                          BalStore     *store)
{
  g_return_if_fail (BAL_IS_SPAM_GROUP (self));
  g_return_if_fail (BAL_IS_STORE (store));
  g_return_if_fail (self->store == NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (read_state), self, G_CONNECT_SWAPPED);
  read_state (self);
}
