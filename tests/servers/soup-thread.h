/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A server of libsoup on the loopback address, in a thread of its own. */
typedef struct _SoupThread SoupThread;

/* Called in that thread, before anything is answered. @root: "http://127.0.0.1:PORT". */
typedef void (*SoupThreadSetUp) (SoupServer *server,
                                 const char *root,
                                 gpointer    data);

/* @port 0: any that is free. Returns when it listens. */
SoupThread *soup_thread_new  (guint            port,
                              SoupThreadSetUp  set_up,
                              gpointer         data);
/* Returns when the thread has ended. */
void        soup_thread_free (SoupThread      *self);

G_END_DECLS
