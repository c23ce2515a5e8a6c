/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "soup-thread.h"

struct _SoupThread
{
  GThread         *thread;
  GMainContext    *context;
  GMainLoop       *loop;
  guint            port;
  SoupThreadSetUp  set_up;
  gpointer         data;

  GMutex           mutex;        /* of what follows */
  GCond            cond;
  gboolean         listens;
};

static gpointer
serve (gpointer data)
{
  SoupThread *self = data;
  g_autoptr(SoupServer) server = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *root = NULL;
  GSList *uris;

  g_main_context_push_thread_default (self->context);
  server = soup_server_new (NULL, NULL);
  soup_server_listen_local (server, self->port, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  root = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  self->set_up (server, root, self->data);
  g_mutex_lock (&self->mutex);
  self->listens = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);

  g_main_loop_run (self->loop);
  soup_server_disconnect (server);
  g_clear_object (&server);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

SoupThread *
soup_thread_new (guint           port,
                 SoupThreadSetUp set_up,
                 gpointer        data)
{
  SoupThread *self = g_new0 (SoupThread, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->port = port;
  self->set_up = set_up;
  self->data = data;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("soup-thread", serve, self);
  g_mutex_lock (&self->mutex);
  while (!self->listens)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
  return self;
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

void
soup_thread_free (SoupThread *self)
{
  g_main_context_invoke (self->context, quit_cb, self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}
