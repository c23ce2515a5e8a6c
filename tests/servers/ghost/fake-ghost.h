/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <jansson.h>

G_BEGIN_DECLS

/*
 * A blog behind Ghost's Admin API on the loopback address, on a thread of its own, with the habits of Ghost 6.65 that lose
 * changes: times in whole seconds, filters that find nothing where a time has a "T", lists that leave out what is deleted,
 * creates that double. What it does is held against a real Ghost by the same tests.
 */
typedef struct _FakeGhost FakeGhost;

typedef enum
{
  FAKE_GHOST_FINE,
  FAKE_GHOST_LOST,               /* the connection breaks before it is carried out */
  FAKE_GHOST_LOST_AFTER,         /* … and after */
  FAKE_GHOST_GARBLED_AFTER,      /* carried out, and half of the answer comes */
  FAKE_GHOST_GATEWAY,            /* 504 without JSON, carried out */
  FAKE_GHOST_FAILS_AFTER,        /* 500 of Ghost's own, carried out */
  FAKE_GHOST_MAINTENANCE,        /* 503 of Ghost's own, not carried out */
  FAKE_GHOST_TOO_MANY,           /* 429 with Retry-After */
  FAKE_GHOST_TWICE,              /* delivered twice; the second answer comes */
} FakeGhostFault;

/* The same blog is in a folder, too, whose name is in the way of who looks for the end of an address. */
#define FAKE_GHOST_FOLDER "/film-site"

/* @op is Ghost's name ("posts.add", "comments.edit", "images.upload"). On the server's thread. */
typedef FakeGhostFault (*FakeGhostFaultFunc) (FakeGhost  *server,
                                              const char *op,
                                              gpointer    data);

FakeGhost  *fake_ghost_new         (guint               port);     /* 0: any */
void        fake_ghost_free        (FakeGhost          *self);
/* "http://127.0.0.1:PORT" */
const char *fake_ghost_get_root    (FakeGhost          *self);
/* "ID:SECRET" */
const char *fake_ghost_get_key     (FakeGhost          *self);
/* Another key from now on: the old one is unknown. */
void        fake_ghost_revoke_key  (FakeGhost          *self);
/* Seconds that its clock is ahead. */
void        fake_ghost_set_clock   (FakeGhost          *self,
                                    gint64              seconds);
/* So many seconds go by after each write. */
void        fake_ghost_set_pace    (FakeGhost          *self,
                                    guint               seconds);
/* Ghost 5 has no list of all comments. */
void        fake_ghost_set_old     (FakeGhost          *self);
void        fake_ghost_set_fault   (FakeGhost          *self,
                                    FakeGhostFaultFunc  fault,
                                    gpointer            data);
/* How often an op was asked for; NULL: any */
guint       fake_ghost_count_calls (FakeGhost          *self,
                                    const char         *op);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeGhost, fake_ghost_free)

G_END_DECLS
