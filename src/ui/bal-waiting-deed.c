/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-waiting-deed.h"

#include "bal-desk.h"
#include "bal-error.h"
#include "bal-toast.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct
{
  gint64  parent_id;
  char   *html;
} Reply;

typedef struct
{
  BalWaitingDeed  deed;
  GtkWidget      *widget;
  BalStore       *store;
  GPtrArray      *items;
  GPtrArray      *replies;     /* that lost their place in a thread */
  guint           n_done;
  GError         *refusal;     /* the first one */
} Job;

static void
reply_free (gpointer data)
{
  Reply *reply = data;

  g_free (reply->html);
  g_free (reply);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->widget);
  g_object_unref (job->store);
  g_ptr_array_unref (job->items);
  g_ptr_array_unref (job->replies);
  g_clear_error (&job->refusal);
  g_free (job);
}

static gboolean
is_possible (BalWaitingDeed  deed,
             BalWaitingItem *item)
{
  switch (deed)
    {
    case BAL_WAITING_UNDO:
      return bal_waiting_item_can_undo (item);
    case BAL_WAITING_RETRY:
      return bal_waiting_item_can_retry (item);
    case BAL_WAITING_DISCARD:
    default:
      return bal_waiting_item_can_discard (item);
    }
}

gboolean
bal_waiting_deed_is_possible (BalWaitingDeed  deed,
                              GPtrArray      *items)
{
  for (guint i = 0; i < items->len; i++)
    if (is_possible (deed, items->pdata[i]))
      return TRUE;
  return FALSE;
}

/* ---- in the store ---- */

/* The reply that @row would create, should it be gone afterwards. */
static Reply *
find_reply (BalTransaction *transaction,
            BalOutboxItem  *row)
{
  g_autoptr(BalComment) comment = NULL;
  Reply *reply;

  if (row->entity != BAL_ENTITY_COMMENT || row->op != BAL_OUTBOX_CREATE)
    return NULL;
  comment = bal_comment_table_get (transaction, row->entity_id, NULL);
  if (comment == NULL || !bal_comment_get_mine (comment) || bal_comment_get_parent_id (comment) == 0)
    return NULL;

  reply = g_new0 (Reply, 1);
  reply->parent_id = bal_comment_get_parent_id (comment);
  reply->html = g_strdup (bal_comment_get_html (comment));
  return reply;
}

static gboolean
carry_out (BalTransaction  *transaction,
           Job             *job,
           gint64           id,
           GError         **error)
{
  g_autoptr(BalOutboxItem) row = bal_outbox_get (transaction, id, error);
  BalOutboxParts taken = BAL_OUTBOX_PART_CREATION;
  gboolean done;
  Reply *reply;

  if (row == NULL)
    return FALSE;
  if (job->deed == BAL_WAITING_RETRY)
    return bal_outbox_retry (transaction, id, error);

  reply = find_reply (transaction, row);
  done = job->deed == BAL_WAITING_UNDO
         ? bal_desk_take_back (transaction, row->entity, row->entity_id, &taken, error)
         : bal_outbox_discard (transaction, id, error);
  if (done && reply != NULL && taken == BAL_OUTBOX_PART_CREATION)
    g_ptr_array_add (job->replies, reply);
  else if (reply != NULL)
    reply_free (reply);
  return done;
}

/* Replies first, so that each still stands below what it answers. What is refused has changed nothing; the others are
 * done nevertheless. */
static gboolean
work (BalTransaction  *transaction,
      gpointer         data,
      GError         **error)
{
  Job *job = data;

  for (guint i = job->items->len; i > 0; i--)
    {
      g_autoptr(GError) failed = NULL;

      if (carry_out (transaction, job, bal_waiting_item_get_id (job->items->pdata[i - 1]), &failed))
        {
          job->n_done++;
        }
      else if (!g_error_matches (failed, BAL_ERROR, BAL_ERROR_CONFLICT) &&
               !g_error_matches (failed, BAL_ERROR, BAL_ERROR_BUSY) &&
               !g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
      else if (job->refusal == NULL)
        {
          job->refusal = g_steal_pointer (&failed);
        }
    }
  return TRUE;
}

/* ---- afterwards ---- */

static char *
describe (Job *job)
{
  const char *title = bal_waiting_item_get_title (job->items->pdata[0]);

  switch (job->deed)
    {
    case BAL_WAITING_UNDO:
      /* Translators: %s is what was to be done, such as "Publish “The Wind”". */
      return job->n_done == 1 && job->items->len == 1 && title != NULL
             ? g_strdup_printf (_("Taken back: %s"), title)
             : g_strdup_printf (ngettext ("%u change taken back", "%u changes taken back", job->n_done), job->n_done);
    case BAL_WAITING_RETRY:
      return g_strdup (ngettext ("The next sync tries it again", "The next sync tries them again", job->n_done));
    case BAL_WAITING_DISCARD:
    default:
      return g_strdup_printf (ngettext ("%u change discarded", "%u changes discarded", job->n_done), job->n_done);
    }
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GtkWidget) widget = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  Job *job;

  if (!bal_store_write_finish (BAL_STORE (source), result, &error))
    {
      bal_toast_error (widget, error);
      return;
    }

  job = bal_store_get_work_data (result);
  for (guint i = 0; i < job->replies->len; i++)
    {
      Reply *reply = job->replies->pdata[i];

      gtk_widget_activate_action (widget, "win.keep-reply", "(xs)", reply->parent_id, reply->html);
    }

  if (job->refusal != NULL)
    {
      bal_toast_error (widget, job->refusal);
    }
  else if (job->n_done > 0)
    {
      text = describe (job);
      bal_toast (widget, text);
    }
  if (job->deed == BAL_WAITING_RETRY && job->n_done > 0)
    gtk_widget_activate_action (widget, "win.sync", NULL);
}

static void
begin (Job *job)
{
  bal_store_write_async (job->store, work, job, job_free, NULL, done_cb, g_object_ref (job->widget));
}

/* ---- asking ---- */

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response)
{
  if (g_str_equal (response, "discard"))
    begin (g_object_steal_data (G_OBJECT (dialog), "bal-job"));
}

static void
ask (Job *job)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (job->widget));
  guint n = job->items->len;
  g_autofree char *question = n == 1 ? g_strdup (_("Discard This Change?"))
                                     : g_strdup_printf (ngettext ("Discard %u Change?", "Discard %u Changes?", n), n);
  GtkWidget *dialog =
    adw_message_dialog_new (window, question,
                            n == 1 ? bal_waiting_item_get_loss (job->items->pdata[0])
                                   : _("None of them is sent, and what the blog has comes back here. New reviews go to "
                                       "the trash on this computer, replies to the boxes that they were written in. Texts "
                                       "that you changed stay in the local history."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"), "discard", _("_Discard"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "bal-job", job, job_free);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
bal_waiting_deed_do (BalWaitingDeed  deed,
                     GtkWidget      *widget,
                     BalStore       *store,
                     GPtrArray      *items)
{
  Job *job;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (BAL_IS_STORE (store));

  job = g_new0 (Job, 1);
  job->deed = deed;
  job->widget = g_object_ref (widget);
  job->store = g_object_ref (store);
  job->items = g_ptr_array_new_with_free_func (g_object_unref);
  job->replies = g_ptr_array_new_with_free_func (reply_free);
  for (guint i = 0; i < items->len; i++)
    if (is_possible (deed, items->pdata[i]))
      g_ptr_array_add (job->items, g_object_ref (items->pdata[i]));

  if (job->items->len == 0)
    {
      bal_toast (widget, deed == BAL_WAITING_UNDO ? _("This was sent to the blog already, so it can’t be taken back")
                                                  : _("Nothing here can be done now"));
      job_free (job);
    }
  else if (deed == BAL_WAITING_DISCARD)
    {
      ask (job);
    }
  else
    {
      begin (job);
    }
}
