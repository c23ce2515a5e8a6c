/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-server.h"

#include "bal-http-private.h"

#include <signal.h>
#include <unistd.h>

gboolean
fake_fail (GError     **error,
           BalError     code,
           const char  *words)
{
  g_set_error_literal (error, BAL_ERROR, code, words);
  return FALSE;
}

static void
hang (GCancellable *cancellable)
{
  while (!g_cancellable_is_cancelled (cancellable))
    g_usleep (1000);
}

/* Before the server acts. @is_write: whether a broken connection leaves a doubt. */
gboolean
fake_fault_before (FakeFault      fault,
                   gboolean       is_write,
                   GCancellable  *cancellable,
                   GError       **error)
{
  switch (fault)
    {
    case FAKE_OFFLINE:
      return fake_fail (error, BAL_ERROR_OFFLINE, "No network.");
    case FAKE_AUTH:
      return fake_fail (error, BAL_ERROR_AUTH, "Wrong password.");
    case FAKE_BUSY:
      return fake_fail (error, BAL_ERROR_TEMPORARY, "Busy.");
    case FAKE_RETRY_AFTER:
      fake_fail (error, BAL_ERROR_TEMPORARY, "Come back later.");
      bal_error_set_retry_after (*error, 3600);
      return FALSE;
    case FAKE_REFUSED:
      return fake_fail (error, BAL_ERROR_REFUSED, "You may not do that.");
    case FAKE_LOST:
      return fake_fail (error, is_write ? BAL_ERROR_LOST_ANSWER : BAL_ERROR_TEMPORARY, "The connection broke.");
    case FAKE_HANG:
      hang (cancellable);
      g_cancellable_set_error_if_cancelled (cancellable, error);
      return FALSE;
    case FAKE_DIE:
      kill (getpid (), SIGKILL);
      return FALSE;
    case FAKE_FINE:
    case FAKE_BUSY_AFTER:
    case FAKE_LOST_AFTER:
    case FAKE_GARBLED_AFTER:
    case FAKE_TRUNCATED:
    case FAKE_TWICE:
    case FAKE_LATE:
    case FAKE_AGAIN:
    case FAKE_AGAIN_LOST:
    case FAKE_DIE_AFTER:
    default:
      return TRUE;
    }
}

gboolean
fake_fault_after (FakeFault   fault,
                  gboolean    is_write,
                  GError    **error)
{
  switch (fault)
    {
    case FAKE_BUSY_AFTER:
      return fake_fail (error, BAL_ERROR_TEMPORARY, "Gateway timeout.");
    case FAKE_LOST_AFTER:
    case FAKE_LATE:
    case FAKE_AGAIN_LOST:
      return fake_fail (error, is_write ? BAL_ERROR_LOST_ANSWER : BAL_ERROR_TEMPORARY, "The connection broke.");
    case FAKE_GARBLED_AFTER:
      return fake_fail (error, BAL_ERROR_PROTOCOL, "The answer makes no sense.");
    case FAKE_DIE_AFTER:
      kill (getpid (), SIGKILL);
      return FALSE;
    case FAKE_FINE:
    case FAKE_OFFLINE:
    case FAKE_AUTH:
    case FAKE_BUSY:
    case FAKE_RETRY_AFTER:
    case FAKE_LOST:
    case FAKE_REFUSED:
    case FAKE_TRUNCATED:
    case FAKE_TWICE:
    case FAKE_AGAIN:
    case FAKE_HANG:
    case FAKE_DIE:
    default:
      return TRUE;
    }
}

/* ---- a slow server ---- */

void
fake_server_set_slowness (FakeServer *self,
                          guint       answer_s)
{
  self->answer_s = answer_s;
  self->waited_s = 0;
}

guint
fake_server_get_waited (FakeServer *self)
{
  return self->waited_s;
}

gboolean
fake_server_let_wait (FakeServer     *self,
                      BalHttpClient  *http,
                      gboolean        is_write,
                      GError        **error)
{
  g_autoptr(BalHttpRequest) request = bal_http_request_new (is_write ? "POST" : "GET", "http://127.0.0.1/", NULL);
  gint64 answer = self->answer_s * G_USEC_PER_SEC;
  gboolean begins = self->answer_s == 0 || bal_http_client_may_begin (http, request);
  gint64 waited = begins ? MIN (answer, bal_http_client_get_patience (http, is_write)) : 0;

  if (self->answer_s == 0)
    return TRUE;

  bal_http_client_spend (http, waited);
  self->waited_s += (guint) (waited / G_USEC_PER_SEC);
  if (waited == answer)
    return TRUE;

  http->ran_out = TRUE;
  fake_fail (error, is_write && begins ? BAL_ERROR_LOST_ANSWER : BAL_ERROR_TEMPORARY, "Too slow.");
  bal_error_set_retry_after (*error, 60);
  return FALSE;
}

/* ---- what arrives after its answer was given up ---- */

typedef struct
{
  GObject *content;              /* a review or a comment to be stored; NULL: a deletion */
  char    *deleted;
} Late;

void
fake_late_free (gpointer data)
{
  Late *late = data;

  g_clear_object (&late->content);
  g_free (late->deleted);
  g_free (late);
}

void
fake_server_keep_late (FakeServer *self,
                       GObject    *content,
                       const char *deleted)
{
  Late *late = g_new0 (Late, 1);

  if (content != NULL)
    late->content = BAL_IS_REVIEW (content) ? G_OBJECT (bal_review_dup (BAL_REVIEW (content)))
                                            : G_OBJECT (bal_comment_dup (BAL_COMMENT (content)));
  late->deleted = g_strdup (deleted);
  g_ptr_array_add (self->late, late);
}

static void
deliver_review (FakeServer *self,
                BalReview  *review)
{
  const char *id = bal_review_get_remote_id (review);
  FakeReview *row = id != NULL ? fake_server_get_review (self, id) : NULL;

  if (id == NULL || row != NULL)
    fake_server_store_review (self, row, review);
}

static void
deliver_comment (FakeServer *self,
                 BalComment *comment)
{
  const char *id = bal_comment_get_remote_id (comment);
  FakeComment *row = id != NULL ? fake_server_get_comment (self, id) : NULL;

  if (id == NULL || row != NULL)
    fake_server_store_comment (self, row, comment);
}

void
fake_server_deliver_late (FakeServer *self)
{
  for (guint i = 0; i < self->late->len; i++)
    {
      Late *late = g_ptr_array_index (self->late, i);

      if (late->content == NULL)
        {
          if (!fake_server_drop_comment (self, late->deleted))
            fake_server_drop_review (self, late->deleted);
        }
      else if (BAL_IS_REVIEW (late->content))
        deliver_review (self, BAL_REVIEW (late->content));
      else
        deliver_comment (self, BAL_COMMENT (late->content));
    }
  g_ptr_array_set_size (self->late, 0);
}
