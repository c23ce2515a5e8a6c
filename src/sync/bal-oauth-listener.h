/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Waits at a port of 127.0.0.1 for a browser that brings one answer. For bal-oauth-flow.c alone. All calls block. */
typedef struct _BalOAuthListener BalOAuthListener;

/* Whether a request's parameters are what is waited for. */
typedef gboolean (*BalOAuthListenerFunc) (GHashTable *query,
                                          gpointer    data);

BalOAuthListener *bal_oauth_listener_new      (GError               **error);
void              bal_oauth_listener_free     (BalOAuthListener      *self);
guint             bal_oauth_listener_get_port (BalOAuthListener      *self);
/* (transfer full) (nullable): the parameters. The browser waits until it is answered. AUTH when nobody came. */
GHashTable       *bal_oauth_listener_wait     (BalOAuthListener      *self,
                                               BalOAuthListenerFunc   fits,
                                               gpointer               data,
                                               GCancellable          *cancellable,
                                               GError               **error);
void              bal_oauth_listener_answer   (BalOAuthListener      *self,
                                               const char            *words);

G_END_DECLS
