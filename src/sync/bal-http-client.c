/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bal-http-private.h"

#include <stdlib.h>

/* PHP gives a page 30 seconds unless told otherwise. */
#define DEFAULT_DEADLINE_S   45
/* What PHP takes of a form unless told otherwise, so that one post is smaller; a list of more is asked for in smaller
 * pages. While versions are merged a text is held several times, and a page is stored while the next one comes: all of
 * it stays below 150 MiB. */
#define DEFAULT_MAX_BYTES    (8 * 1024 * 1024)
/* A write that is cut off leaves a question open, so none begins with less than this part of the patience. */
#define WRITE_PART           4
/* … and each may last so much longer than a read could. */
#define WRITE_MS             5000
/* Two answers of a slow server are never equally late. */
#define JITTER_MS            1000
/* Who lets us wait longer for an answer is slow. */
#define SLOW_MS              3000
#define CONNECTION_IDLE_S    30
#define CONNECTIONS_PER_HOST 6

G_DEFINE_FINAL_TYPE (BalHttpClient, bal_http_client, G_TYPE_OBJECT)

/* libsoup 3.2 has no other way to stay with HTTP/1.1 (its HTTP/2 has a use after free, CVE-2025-12105),
 * and changing the environment is only safe while there is a single thread: before main(). */
__attribute__((constructor)) static void
force_http1 (void)
{
  setenv ("SOUP_FORCE_HTTP1", "1", 1);
}

static void
bal_http_client_finalize (GObject *object)
{
  BalHttpClient *self = BAL_HTTP_CLIENT (object);

  g_clear_object (&self->session);

  G_OBJECT_CLASS (bal_http_client_parent_class)->finalize (object);
}

static void
bal_http_client_class_init (BalHttpClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bal_http_client_finalize;
}

static void
bal_http_client_init (BalHttpClient *self)
{
  self->deadline_s = DEFAULT_DEADLINE_S;
  self->max_bytes = DEFAULT_MAX_BYTES;
}

/* No cookie jar, no cache and no HSTS store are there unless added. The authentication manager is
 * there unless removed, and a 401 with a "domain" in its challenge crashes it (CVE-2025-4476). */
SoupSession *
bal_http_client_ensure_session (BalHttpClient *self)
{
  if (self->session == NULL)
    {
      self->session = soup_session_new_with_options ("user-agent", "Balcony/" BALCONY_VERSION,
                                                     "idle-timeout", CONNECTION_IDLE_S,
                                                     "timeout", 0,
                                                     "max-conns-per-host", CONNECTIONS_PER_HOST,
                                                     NULL);
      soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
      soup_session_remove_feature_by_type (self->session, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
    }

  return self->session;
}

/* ---- patience ------------------------------------------------------------------------------------ */

/**
 * bal_http_client_set_patience:
 * @self: a client
 * @seconds: how long calls may let us wait in all; 0: without end, as it is at first
 *
 * Each call is bounded, and still many slow ones make one that never ends. From now on all the time that we wait for
 * answers is taken off this, and given back by bal_http_client_reward() for what came of them: it lasts as long as this
 * and all that was given back together. When nothing is left, calls fail with %BAL_ERROR_TEMPORARY and a pause. A write
 * begins only while there is a good part left, and may then last some seconds longer than that, as one that is cut off
 * leaves a question open.
 */
void
bal_http_client_set_patience (BalHttpClient *self,
                              guint          seconds)
{
  g_return_if_fail (BAL_IS_HTTP_CLIENT (self));

  self->patience = self->patience_left = seconds * G_USEC_PER_SEC;
  self->slowest = 0;
  self->keeps = FALSE;
  self->ran_out = FALSE;
}

/**
 * bal_http_client_keep_for_a_write:
 * @self: a client
 * @keeps: whether calls leave some patience over
 *
 * While @keeps, reads leave so much that one more and a write after it can be awaited, each as slow as the slowest until
 * now.
 */
void
bal_http_client_keep_for_a_write (BalHttpClient *self,
                                  gboolean       keeps)
{
  g_return_if_fail (BAL_IS_HTTP_CLIENT (self));

  self->keeps = keeps;
  self->ran_out = FALSE;
}

/* Whether a call has failed for want of patience since it was set, or kept. */
gboolean
bal_http_client_ran_out (BalHttpClient *self)
{
  g_return_val_if_fail (BAL_IS_HTTP_CLIENT (self), FALSE);

  return self->ran_out;
}

/* Whether an answer let us wait for long since patience was set. */
gboolean
bal_http_client_is_slow (BalHttpClient *self)
{
  g_return_val_if_fail (BAL_IS_HTTP_CLIENT (self), FALSE);

  return self->slowest > SLOW_MS * 1000;
}

/* Gives back so much of what was set, and no more than that. */
void
bal_http_client_reward (BalHttpClient *self,
                        gint64         milliseconds)
{
  g_return_if_fail (BAL_IS_HTTP_CLIENT (self));
  g_return_if_fail (milliseconds >= 0);

  self->patience_left = MIN (self->patience, self->patience_left + MIN (milliseconds, G_MAXINT32) * 1000);
}

gint64
bal_http_client_get_patience (BalHttpClient *self,
                              gboolean       is_write)
{
  gint64 left = self->patience_left;

  if (self->patience == 0)
    return G_MAXINT64;

  if (is_write)
    left += WRITE_MS * 1000;
  else if (self->keeps)
    left -= self->slowest + MAX (self->slowest, self->patience / WRITE_PART) + JITTER_MS * 1000;
  return MAX (left, 0);
}

void
bal_http_client_spend (BalHttpClient *self,
                       gint64         waited)
{
  self->patience_left -= waited;
  self->slowest = MAX (self->slowest, waited);
}

gboolean
bal_http_client_may_begin (BalHttpClient  *self,
                           BalHttpRequest *request)
{
  if (self->patience == 0)
    return TRUE;
  if (bal_http_request_is_write (request))
    return self->patience_left > self->patience / WRITE_PART;
  return bal_http_client_get_patience (self, FALSE) > 0;
}

/* ---- bounds -------------------------------------------------------------------------------------- */

/* Bytes of an answer, after unpacking. */
gsize
bal_http_client_get_max_bytes (BalHttpClient *self)
{
  g_return_val_if_fail (BAL_IS_HTTP_CLIENT (self), 0);

  return self->max_bytes;
}

void
bal_http_client_set_bounds (BalHttpClient *self,
                            guint          deadline_s,
                            gsize          max_bytes)
{
  g_return_if_fail (BAL_IS_HTTP_CLIENT (self));
  g_return_if_fail (deadline_s > 0 && max_bytes > 0);

  self->deadline_s = deadline_s;
  self->max_bytes = max_bytes;
}

BalHttpClient *
bal_http_client_new (void)
{
  return g_object_new (BAL_TYPE_HTTP_CLIENT, NULL);
}
