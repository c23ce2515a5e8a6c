/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-moderation.h"

#include "bal-toast.h"

#include <glib/gi18n.h>

/* Others who want to write wait no longer than for so many. */
#define PORTION 100
#define MAX_ACTS 200
/* What takes no longer than this is not worth a word on the way. */
#define TELL_AFTER G_USEC_PER_SEC

/* One thing that a person did, to any number of comments. */
typedef struct
{
  BalStore  *store;          /* not owned: it owns the acts */
  GtkWidget *widget;         /* weak */
  BalTriage  triage;
  GArray    *ids;
  GArray    *steps;          /* of BalTriageStep: what was changed so far */
  guint      n_begun;        /* of the ids */
  guint      n_running;      /* portions */
  gboolean   undo_wanted;    /* as soon as that one is done */
  gboolean   undoing;
  guint      n_undone;       /* were to be taken back… */
  guint      n_late;         /* …and could not be any more */
  gint64     begun;          /* when, monotonic; of the undo if that is what runs */
  AdwToast  *progress;       /* NULL: not shown */
  gboolean   stopped;        /* what is left stays as it is */
} Act;

/* What the store's threads get to see of it. */
typedef struct
{
  Act       *act;            /* a reference, for the main thread */
  BalTriage  triage;
  gboolean   undo;
  GArray    *ids;
  GArray    *steps;
  guint      n_late;
} Portion;

static void go_on      (Act *act);
static void begin_undo (Act *act);

static void
act_clear (gpointer data)
{
  Act *act = data;

  g_clear_weak_pointer (&act->widget);
  g_clear_object (&act->progress);
  g_array_unref (act->ids);
  g_array_unref (act->steps);
}

static void
act_unref (gpointer data)
{
  g_rc_box_release_full (data, act_clear);
}

static void
portion_free (gpointer data)
{
  Portion *portion = data;

  act_unref (portion->act);
  g_array_unref (portion->ids);
  g_array_unref (portion->steps);
  g_free (portion);
}

/* The acts that can be taken back, the last one at the end. */
static GPtrArray *
get_acts (BalStore *store)
{
  GPtrArray *acts = g_object_get_data (G_OBJECT (store), "bal-moderation");

  if (acts == NULL)
    {
      acts = g_ptr_array_new_with_free_func (act_unref);
      g_object_set_data_full (G_OBJECT (store), "bal-moderation", acts, (GDestroyNotify) g_ptr_array_unref);
    }

  return acts;
}

static gboolean
portion_work (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  Portion *portion = data;

  if (portion->undo)
    return bal_desk_undo_triage (transaction, (const BalTriageStep *) (gpointer) portion->steps->data,
                                 portion->steps->len, &portion->n_late, error);

  return bal_desk_triage (transaction, portion->triage, (const gint64 *) (gpointer) portion->ids->data,
                          portion->ids->len, portion->steps, error);
}

/* ---- telling ---- */

static char *
describe (BalTriage triage,
          guint     n)
{
  if (n == 0)
    return g_strdup (_("Nothing was changed"));

  switch (triage)
    {
    case BAL_TRIAGE_APPROVE:
      return g_strdup_printf (ngettext ("Comment approved", "%u comments approved", n), n);
    case BAL_TRIAGE_SPAM:
      return g_strdup_printf (ngettext ("Comment marked as spam", "%u comments marked as spam", n), n);
    case BAL_TRIAGE_TRASH:
      return g_strdup_printf (ngettext ("Comment moved to the trash", "%u comments moved to the trash", n), n);
    case BAL_TRIAGE_RESTORE:
      return g_strdup_printf (ngettext ("Comment restored", "%u comments restored", n), n);
    case BAL_TRIAGE_DISMISS:
      return g_strdup_printf (ngettext ("No reply needed", "%u comments need no reply", n), n);
    case BAL_TRIAGE_HEED:
      return g_strdup_printf (ngettext ("The comment waits for a reply again",
                                        "%u comments wait for a reply again", n), n);
    case BAL_TRIAGE_HOLD:
    default:
      return g_strdup_printf (ngettext ("Comment held back", "%u comments held back", n), n);
    }
}

static void
undo_clicked_cb (AdwToast  *toast,
                 GtkWidget *widget)
{
  BalStore *store = g_object_get_data (G_OBJECT (toast), "bal-store");

  bal_moderation_undo (widget, store);
}

static void
tell_done (Act *act)
{
  g_autofree char *text = describe (act->triage, act->steps->len);
  AdwToast *toast;

  if (act->widget == NULL)
    return;
  if (act->steps->len == 0)
    {
      bal_toast (act->widget, text);
      return;
    }

  toast = bal_toast_button (act->widget, text, _("Undo"));
  if (toast == NULL)
    return;
  g_object_set_data_full (G_OBJECT (toast), "bal-store", g_object_ref (act->store), g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_clicked_cb), act->widget, 0);
}

static void
tell_undone (Act *act)
{
  g_autofree char *text = NULL;

  if (act->widget == NULL)
    return;

  if (act->n_late == 0)
    text = g_strdup (_("Undone"));
  else if (act->n_late == act->n_undone)
    text = g_strdup (_("The blog has this already: decide anew to change it"));
  else
    text = g_strdup_printf (ngettext ("Undone, but for %u comment that the blog has already",
                                      "Undone, but for %u comments that the blog has already", act->n_late),
                            act->n_late);
  bal_toast (act->widget, text);
}

/* ---- on the way ---- */

static void
stop_clicked_cb (AdwToast *toast,
                 Act      *act)
{
  act->stopped = TRUE;
}

static void
closure_act_unref (gpointer  data,
                   GClosure *closure)
{
  act_unref (data);
}

/* The sentence at the end takes its place. */
static void
tell_progress (Act *act)
{
  guint n_done = act->undoing ? act->n_undone - act->steps->len : act->n_begun;
  guint n = act->undoing ? act->n_undone : act->ids->len;
  g_autofree char *text = NULL;
  g_autofree char *title = NULL;

  if (act->widget == NULL || n_done == n || g_get_monotonic_time () < act->begun + TELL_AFTER)
    return;

  text = g_strdup_printf (ngettext ("%u of %u comment", "%u of %u comments", n), n_done, n);
  if (act->progress == NULL)
    {
      act->progress = bal_toast_button_stay (act->widget, text, act->undoing ? NULL : _("Stop"));
      if (act->progress == NULL)
        return;
      g_object_ref (act->progress);
      g_signal_connect_data (act->progress, "button-clicked", G_CALLBACK (stop_clicked_cb), g_rc_box_acquire (act),
                             closure_act_unref, 0);
    }
  title = g_markup_escape_text (text, -1);
  adw_toast_set_title (act->progress, title);
}

/* The toast holds the act, too. */
static void
end_progress (Act *act)
{
  if (act->progress != NULL)
    adw_toast_dismiss (act->progress);
  g_clear_object (&act->progress);
}

/* ---- one portion after the other ---- */

static void
portion_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Portion *portion = bal_store_get_work_data (result);
  Act *act = portion->act;
  g_autoptr(GError) error = NULL;

  act->n_running--;
  if (!bal_store_write_finish (BAL_STORE (source), result, &error))
    {
      end_progress (act);
      if (act->widget != NULL)
        bal_toast_error (act->widget, error);
      if (act->undo_wanted)
        begin_undo (act);
      return;
    }

  if (!portion->undo)
    g_array_append_vals (act->steps, portion->steps->data, portion->steps->len);
  act->n_late += portion->n_late;
  tell_progress (act);
  if (act->undo_wanted)
    begin_undo (act);
  else
    go_on (act);
}

static void
start (Act     *act,
       Portion *portion)
{
  act->n_running++;
  portion->act = g_rc_box_acquire (act);
  portion->triage = act->triage;
  portion->undo = act->undoing;
  bal_store_write_async (act->store, portion_work, portion, portion_free, NULL, portion_cb, NULL);
}

static Portion *
portion_new (void)
{
  Portion *portion = g_new0 (Portion, 1);

  portion->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  portion->steps = g_array_new (FALSE, FALSE, sizeof (BalTriageStep));
  return portion;
}

static void
go_on (Act *act)
{
  guint n_left = act->undoing ? act->steps->len : act->ids->len - act->n_begun;
  guint n = MIN (n_left, PORTION);
  Portion *portion;

  if (n == 0 || (act->stopped && !act->undoing))
    {
      end_progress (act);
      if (act->undoing)
        tell_undone (act);
      else
        tell_done (act);
      return;
    }

  portion = portion_new ();
  if (act->undoing)
    {
      g_array_append_vals (portion->steps, &g_array_index (act->steps, BalTriageStep, n_left - n), n);
      g_array_set_size (act->steps, n_left - n);
    }
  else
    {
      g_array_append_vals (portion->ids, &g_array_index (act->ids, gint64, act->n_begun), n);
      act->n_begun += n;
    }
  start (act, portion);
}

void
bal_moderation_act (GtkWidget    *widget,
                    BalStore     *store,
                    BalTriage     triage,
                    const gint64 *ids,
                    guint         n_ids)
{
  GPtrArray *acts;
  Act *act;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (BAL_IS_STORE (store));

  if (n_ids == 0)
    return;

  act = g_rc_box_new0 (Act);
  act->store = store;
  act->triage = triage;
  act->ids = g_array_append_vals (g_array_new (FALSE, FALSE, sizeof (gint64)), ids, n_ids);
  act->steps = g_array_new (FALSE, FALSE, sizeof (BalTriageStep));
  g_set_weak_pointer (&act->widget, widget);
  act->begun = g_get_monotonic_time ();

  acts = get_acts (store);
  if (acts->len == MAX_ACTS)
    g_ptr_array_remove_index (acts, 0);
  g_ptr_array_add (acts, act);
  go_on (act);
}

static int
compare_reviews (gconstpointer a,
                 gconstpointer b)
{
  const BalTriageStep *one = a, *other = b;

  return (one->review_id > other->review_id) - (one->review_id < other->review_id);
}

/* What comes back is judged by its thread: those of one thread come in the same portion, so that it is read once. */
static void
begin_undo (Act *act)
{
  act->undoing = TRUE;
  act->undo_wanted = FALSE;
  act->n_undone = act->steps->len;
  g_array_sort (act->steps, compare_reviews);
  act->begun = g_get_monotonic_time ();
  end_progress (act);
  go_on (act);
}

gint64
bal_moderation_undo (GtkWidget *widget,
                     BalStore  *store)
{
  GPtrArray *acts;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), 0);
  g_return_val_if_fail (BAL_IS_STORE (store), 0);

  acts = get_acts (store);
  while (acts->len > 0)
    {
      Act *act = g_ptr_array_steal_index (acts, acts->len - 1);
      gint64 id = g_array_index (act->ids, gint64, 0);
      gboolean has_effect = act->n_running > 0 || act->steps->len > 0;

      g_set_weak_pointer (&act->widget, widget);
      if (act->n_running > 0)
        act->undo_wanted = TRUE;
      else if (has_effect)
        begin_undo (act);
      act_unref (act);
      if (has_effect)
        return id;
    }

  bal_toast (widget, _("There is nothing to undo"));
  return 0;
}

typedef struct
{
  gint64    comment_id;
  gboolean  edit;
  char     *html;
  char     *base;      /* (nullable) */
  gint64    reply_id;
} WriteJob;

static void
write_job_free (gpointer data)
{
  WriteJob *job = data;

  g_free (job->html);
  g_free (job->base);
  g_free (job);
}

static gboolean
write_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  WriteJob *job = data;

  /* With its draft, or it would be sent again by somebody who finds that. */
  if (!bal_reply_draft_table_put (transaction, job->comment_id, job->edit, NULL, NULL, error))
    return FALSE;
  if (job->edit)
    return bal_desk_edit_comment_html (transaction, job->comment_id, job->html, job->base, error);

  job->reply_id = bal_desk_reply_html (transaction, job->comment_id, job->html, error);
  return job->reply_id != 0;
}

void
bal_moderation_write_async (BalStore            *store,
                            gint64               comment_id,
                            gboolean             edit,
                            const char          *html,
                            const char          *base,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  WriteJob *job;

  g_return_if_fail (BAL_IS_STORE (store));
  g_return_if_fail (html != NULL);

  job = g_new0 (WriteJob, 1);
  job->comment_id = comment_id;
  job->edit = edit;
  job->html = g_strdup (html);
  job->base = g_strdup (base);
  bal_store_write_async (store, write_work, job, write_job_free, NULL, callback, user_data);
}

gboolean
bal_moderation_write_finish (BalStore      *store,
                             GAsyncResult  *result,
                             gint64        *reply_id,
                             GError       **error)
{
  WriteJob *job = bal_store_get_work_data (result);

  *reply_id = job->reply_id;
  return bal_store_write_finish (store, result, error);
}
