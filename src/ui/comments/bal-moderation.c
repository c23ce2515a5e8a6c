/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-moderation.h"

#include "bal-desk.h"
#include "bal-toast.h"

#include <glib/gi18n.h>

#define N_STATUSES 4

/* @before: for each status, the comments that had it before the change. */
typedef struct
{
  BalStore         *store;
  GtkWidget        *widget;
  GArray           *ids;
  gboolean          restore;
  BalCommentStatus  status;
  GArray           *before[N_STATUSES];
} StatusJob;

static StatusJob *
status_job_new (GtkWidget    *widget,
                BalStore     *store,
                const gint64 *ids,
                guint         n_ids)
{
  StatusJob *job = g_rc_box_new0 (StatusJob);

  job->widget = g_object_ref (widget);
  job->store = g_object_ref (store);
  job->ids = g_array_append_vals (g_array_new (FALSE, FALSE, sizeof (gint64)), ids, n_ids);
  for (guint i = 0; i < N_STATUSES; i++)
    job->before[i] = g_array_new (FALSE, FALSE, sizeof (gint64));

  return job;
}

static void
status_job_clear (gpointer data)
{
  StatusJob *job = data;

  g_object_unref (job->widget);
  g_object_unref (job->store);
  g_array_unref (job->ids);
  for (guint i = 0; i < N_STATUSES; i++)
    g_array_unref (job->before[i]);
}

static void
status_job_release (gpointer data)
{
  g_rc_box_release_full (data, status_job_clear);
}

static gboolean
status_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  StatusJob *job = data;

  for (guint i = 0; i < job->ids->len; i++)
    {
      gint64 id = g_array_index (job->ids, gint64, i);
      g_autoptr(BalComment) comment = bal_comment_table_get (transaction, id, error);

      if (comment == NULL)
        return FALSE;
      g_array_append_val (job->before[bal_comment_get_status (comment)], id);
    }

  if (job->restore)
    return bal_desk_restore_comments (transaction, (gint64 *) job->ids->data, job->ids->len, error);

  return bal_desk_set_comment_status (transaction, (gint64 *) job->ids->data, job->ids->len, job->status,
                                      error);
}

static gboolean
undo_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  StatusJob *job = data;

  for (guint i = 0; i < N_STATUSES; i++)
    if (job->before[i]->len > 0 &&
        !bal_desk_set_comment_status (transaction, (gint64 *) job->before[i]->data, job->before[i]->len,
                                      i, error))
      return FALSE;

  return TRUE;
}

static void
undo_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GtkWidget) widget = user_data;
  g_autoptr(GError) error = NULL;

  if (!bal_store_write_finish (BAL_STORE (source), result, &error))
    bal_toast_error (widget, error);
}

static void
undo_clicked_cb (AdwToast  *toast,
                 StatusJob *job)
{
  bal_store_write_async (job->store, undo_work, g_rc_box_acquire (job), status_job_release, NULL,
                         undo_cb, g_object_ref (job->widget));
}

static void
closure_release (gpointer  data,
                 GClosure *closure)
{
  status_job_release (data);
}

static char *
describe (const StatusJob *job)
{
  guint n = job->ids->len;

  if (job->restore)
    return g_strdup_printf (ngettext ("Comment restored", "%u comments restored", n), n);

  switch (job->status)
    {
    case BAL_COMMENT_STATUS_APPROVED:
      return g_strdup_printf (ngettext ("Comment approved", "%u comments approved", n), n);
    case BAL_COMMENT_STATUS_SPAM:
      return g_strdup_printf (ngettext ("Comment marked as spam", "%u comments marked as spam", n), n);
    case BAL_COMMENT_STATUS_TRASH:
      return g_strdup_printf (ngettext ("Comment moved to the trash", "%u comments moved to the trash", n), n);
    case BAL_COMMENT_STATUS_PENDING:
    default:
      return g_strdup_printf (ngettext ("Comment held back", "%u comments held back", n), n);
    }
}

static void
status_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GtkWidget) widget = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  StatusJob *job;
  AdwToast *toast;

  if (!bal_store_write_finish (BAL_STORE (source), result, &error))
    {
      bal_toast_error (widget, error);
      return;
    }

  job = bal_store_get_work_data (result);
  text = describe (job);
  toast = bal_toast_button (widget, text, _("Undo"));
  if (toast != NULL)
    g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_clicked_cb),
                           g_rc_box_acquire (job), closure_release, 0);
}

static void
begin (StatusJob *job)
{
  bal_store_write_async (job->store, status_work, job, status_job_release, NULL,
                         status_cb, g_object_ref (job->widget));
}

void
bal_moderation_set_status (GtkWidget        *widget,
                           BalStore         *store,
                           const gint64     *ids,
                           guint             n_ids,
                           BalCommentStatus  status)
{
  StatusJob *job;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (BAL_IS_STORE (store));

  job = status_job_new (widget, store, ids, n_ids);
  job->status = status;
  begin (job);
}

void
bal_moderation_restore (GtkWidget    *widget,
                        BalStore     *store,
                        const gint64 *ids,
                        guint         n_ids)
{
  StatusJob *job;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (BAL_IS_STORE (store));

  job = status_job_new (widget, store, ids, n_ids);
  job->restore = TRUE;
  begin (job);
}

typedef struct
{
  gint64    comment_id;
  gboolean  edit;
  char     *text;
} WriteJob;

static void
write_job_free (gpointer data)
{
  WriteJob *job = data;

  g_free (job->text);
  g_free (job);
}

static gboolean
write_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  WriteJob *job = data;

  if (job->edit)
    return bal_desk_edit_comment (transaction, job->comment_id, job->text, error);

  return bal_desk_reply (transaction, job->comment_id, job->text, error) != 0;
}

void
bal_moderation_write_async (BalStore            *store,
                            gint64               comment_id,
                            gboolean             edit,
                            const char          *text,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  WriteJob *job;

  g_return_if_fail (BAL_IS_STORE (store));
  g_return_if_fail (text != NULL);

  job = g_new0 (WriteJob, 1);
  job->comment_id = comment_id;
  job->edit = edit;
  job->text = g_strdup (text);
  bal_store_write_async (store, write_work, job, write_job_free, NULL, callback, user_data);
}

gboolean
bal_moderation_write_finish (BalStore      *store,
                             GAsyncResult  *result,
                             GError       **error)
{
  return bal_store_write_finish (store, result, error);
}
