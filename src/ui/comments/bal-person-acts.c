/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-person-acts.h"

#include <glib/gi18n.h>

#include "bal-toast.h"

#define MAX_ACTS 200

typedef enum
{
  ACT_NOTE,
  ACT_TRUST,
  ACT_MERGE,
  ACT_SPLIT,
  ACT_UNDO,
} ActKind;

typedef struct
{
  ActKind         kind;
  GWeakRef        widget;
  gint64          person_id;
  gint64          other_id;
  BalPersonTrust  trust;
  gboolean        automatic;
  char           *note;
  GPtrArray      *steps;      /* (element-type BalPersonStep) */
  gboolean        undone;
} Act;

static void
act_free (gpointer data)
{
  Act *act = data;

  g_weak_ref_clear (&act->widget);
  g_free (act->note);
  g_clear_pointer (&act->steps, g_ptr_array_unref);
  g_free (act);
}

/* (element-type GPtrArray): the steps of each act, the last one at the end */
static GPtrArray *
get_done (BalStore *store)
{
  GPtrArray *done = g_object_get_data (G_OBJECT (store), "bal-person-acts");

  if (done == NULL)
    {
      done = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
      g_object_set_data_full (G_OBJECT (store), "bal-person-acts", done, (GDestroyNotify) g_ptr_array_unref);
    }
  return done;
}

static gboolean
act_work (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  Act *act = data;

  switch (act->kind)
    {
    case ACT_NOTE:
      return bal_desk_set_person_note (transaction, act->person_id, act->note, act->steps, error);
    case ACT_TRUST:
      return bal_desk_set_person_trust (transaction, act->person_id, act->trust, act->automatic, act->steps, error);
    case ACT_MERGE:
      return bal_desk_merge_persons (transaction, act->person_id, act->other_id, act->steps, error);
    case ACT_SPLIT:
      return bal_desk_split_person (transaction, act->person_id, act->steps, error);
    case ACT_UNDO:
    default:
      return bal_desk_undo_persons (transaction, act->steps, &act->undone, error);
    }
}

/* (nullable): a note is kept as it is typed, without a word. */
static const char *
describe (const Act *act)
{
  switch (act->kind)
    {
    case ACT_TRUST:
      if (act->trust == BAL_PERSON_TRUSTED)
        return act->automatic ? _("You trust this person: new comments are approved") : _("You trust this person");
      return act->trust == BAL_PERSON_BLOCKED ? _("Blocked: new comments that wait go to the trash")
                                              : _("Neither trusted nor blocked");
    case ACT_MERGE:
      return _("Merged: one person now");
    case ACT_SPLIT:
      return _("Split: somebody else now");
    case ACT_UNDO:
      return act->undone ? _("Undone") : _("This was changed since then: decide anew to change it");
    case ACT_NOTE:
    default:
      return NULL;
    }
}

static void
undo_clicked_cb (AdwToast  *toast,
                 GtkWidget *widget)
{
  bal_person_act_undo (widget, g_object_get_data (G_OBJECT (toast), "bal-store"));
}

static void
tell (const Act *act,
      GtkWidget *widget,
      BalStore  *store)
{
  const char *text = describe (act);
  AdwToast *toast;

  if (text == NULL)
    return;
  if (act->kind == ACT_UNDO || act->steps->len == 0)
    {
      bal_toast (widget, text);
      return;
    }

  toast = bal_toast_button (widget, text, _("Undo"));
  if (toast == NULL)
    return;
  g_object_set_data_full (G_OBJECT (toast), "bal-store", g_object_ref (store), g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_clicked_cb), widget, 0);
}

static void
acted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  BalStore *store = BAL_STORE (source);
  Act *act = bal_store_get_work_data (result);
  g_autoptr(GtkWidget) widget = g_weak_ref_get (&act->widget);
  g_autoptr(GError) error = NULL;
  GPtrArray *done = get_done (store);

  if (!bal_store_write_finish (store, result, &error))
    {
      if (widget != NULL)
        bal_toast_error (widget, error);
      return;
    }

  if (act->kind != ACT_UNDO && act->steps->len > 0)
    {
      if (done->len == MAX_ACTS)
        g_ptr_array_remove_index (done, 0);
      g_ptr_array_add (done, g_ptr_array_ref (act->steps));
    }
  if (widget != NULL)
    tell (act, widget, store);
}

static Act *
act_new (ActKind    kind,
         GtkWidget *widget,
         gint64     person_id)
{
  Act *act = g_new0 (Act, 1);

  act->kind = kind;
  g_weak_ref_init (&act->widget, widget);
  act->person_id = person_id;
  act->steps = bal_person_steps_new ();
  return act;
}

static void
start (BalStore *store,
       Act      *act)
{
  bal_store_write_async (store, act_work, act, act_free, NULL, acted_cb, NULL);
}

void
bal_person_act_note (GtkWidget  *widget,
                     BalStore   *store,
                     gint64      person_id,
                     const char *note)
{
  Act *act = act_new (ACT_NOTE, widget, person_id);

  act->note = g_strdup (note);
  start (store, act);
}

void
bal_person_act_trust (GtkWidget      *widget,
                      BalStore       *store,
                      gint64          person_id,
                      BalPersonTrust  trust,
                      gboolean        automatic)
{
  Act *act = act_new (ACT_TRUST, widget, person_id);

  act->trust = trust;
  act->automatic = automatic;
  start (store, act);
}

void
bal_person_act_merge (GtkWidget *widget,
                      BalStore  *store,
                      gint64     person_id,
                      gint64     other_id)
{
  Act *act = act_new (ACT_MERGE, widget, person_id);

  act->other_id = other_id;
  start (store, act);
}

void
bal_person_act_split (GtkWidget *widget,
                      BalStore  *store,
                      gint64     alias_id)
{
  start (store, act_new (ACT_SPLIT, widget, alias_id));
}

void
bal_person_act_undo (GtkWidget *widget,
                     BalStore  *store)
{
  GPtrArray *done = get_done (store);
  Act *act;

  if (done->len == 0)
    {
      bal_toast (widget, _("There is nothing to undo"));
      return;
    }

  act = act_new (ACT_UNDO, widget, 0);
  g_ptr_array_unref (act->steps);
  act->steps = g_ptr_array_steal_index (done, done->len - 1);
  start (store, act);
}
