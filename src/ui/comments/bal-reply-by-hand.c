/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-reply-by-hand.h"

#include "bal-comment-html.h"
#include "bal-safe-text.h"
#include "bal-tables.h"
#include "bal-toast.h"

#include <glib/gi18n.h>

typedef struct
{
  gint64  reply_id;
  char   *text;
  char   *url;       /* (nullable) */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->text);
  g_free (job->url);
  g_free (job);
}

static gboolean
read_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Job *job = data;
  g_autoptr(BalComment) reply = bal_comment_table_get_row (transaction, job->reply_id, error);
  g_autoptr(BalComment) parent = NULL;
  g_autoptr(BalReview) review = NULL;

  if (reply == NULL ||
      (review = bal_review_table_get (transaction, bal_comment_get_review_id (reply), error)) == NULL)
    return FALSE;

  job->text = bal_comment_html_to_plain (bal_comment_get_html (reply));
  if (bal_comment_get_parent_id (reply) != 0)
    parent = bal_comment_table_get_row (transaction, bal_comment_get_parent_id (reply), NULL);
  if (parent != NULL)
    job->url = bal_safe_link (bal_comment_get_url (parent));
  if (job->url == NULL)
    job->url = bal_safe_link (bal_review_get_url (review));
  return TRUE;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GtkWidget) widget = user_data;
  g_autoptr(GError) error = NULL;
  Job *job = bal_store_get_work_data (result);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (!bal_store_read_finish (BAL_STORE (source), result, &error))
    {
      bal_toast_error (widget, error);
      return;
    }
  if (root == NULL)
    return;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), job->text);
  if (job->url == NULL)
    {
      bal_toast (widget, _("The text is copied. The address of the comment’s page isn’t known: open it yourself."));
      return;
    }
  bal_toast (widget, _("The text is copied: paste it on the comment’s page"));
  gtk_show_uri (GTK_WINDOW (root), job->url, GDK_CURRENT_TIME);
}

void
bal_reply_enter_by_hand (GtkWidget *widget,
                         BalStore  *store,
                         gint64     reply_id)
{
  Job *job;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (BAL_IS_STORE (store));

  job = g_new0 (Job, 1);
  job->reply_id = reply_id;
  bal_store_read_async (store, read_work, job, job_free, NULL, read_cb, g_object_ref (widget));
}
