/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-error.h"
#include "bal-ghost-private.h"
#include "bal-providers.h"
#include "fake-ghost.h"
#include "provider-walk.h"

G_BEGIN_DECLS

/* A Ghost, and the provider that is signed in to it: a fake one, or with BALCONY_GHOST_URL and BALCONY_GHOST_KEY a real one, so
 * that the same tests tell whether the fake is like it. A real one keeps what tests before left there. */
typedef struct
{
  FakeGhost     *server;         /* NULL: real */
  char          *root;
  char          *key;
  BalHttpClient *http;
  BalBlog       *blog;
  BalProvider   *provider;
  BalGhost      *other;          /* another program that uses the same blog */
  char          *member;         /* a reader who comments */
  const char    *faulty;         /* this op … */
  FakeGhostFault fault;          /* … meets this … */
  guint          n_faults;       /* … so often */
} Fixture;

/* Texts of all kinds, each of which must come back as it went; NULL-terminated. */
extern const char *const fixture_texts[];

void        fixture_set_up      (Fixture         *self,
                                 gconstpointer    unused);
void        fixture_tear_down   (Fixture         *self,
                                 gconstpointer    unused);
/* TRUE: the test was skipped, as only the fake one can do what it needs */
gboolean    fixture_skip_real   (Fixture         *self);
/* TRUE: the test was skipped, as no answer of this Ghost can be lost; with BALCONY_GHOST_PROXY a real one is behind
 * tests/servers/faultproxy.mjs */
gboolean    fixture_skip_unbreakable (Fixture    *self);
/* Whether it can fail in this way. */
gboolean    fixture_can_break   (Fixture         *self,
                                 FakeGhostFault   fault);
void        fixture_break       (Fixture         *self,
                                 const char      *op,
                                 FakeGhostFault   fault,
                                 guint            times);
/* (nullable) (transfer none): that one of @items */
gpointer    fixture_pick        (GPtrArray       *items,
                                 const char      *remote_id);
/* A title that no other test has. */
char       *fixture_new_title   (const char      *base);

/* What others do there. */
char       *fixture_add_post    (Fixture         *self,
                                 const char      *title,
                                 const char      *html,
                                 const char      *status);
/* @value: (transfer full) */
void        fixture_set_member  (Fixture         *self,
                                 const char      *post_id,
                                 const char      *name,
                                 json_t          *value);
json_t     *fixture_dup_post    (Fixture         *self,
                                 const char      *post_id);
guint       fixture_count_title (Fixture         *self,
                                 const char      *title);
void        fixture_remove_post (Fixture         *self,
                                 const char      *post_id);
char       *fixture_add_comment (Fixture         *self,
                                 const char      *post_id,
                                 const char      *parent_id,
                                 const char      *html);
void        fixture_moderate    (Fixture         *self,
                                 const char      *comment_id,
                                 const char      *status);
char       *fixture_dup_status  (Fixture         *self,
                                 const char      *comment_id);

G_END_DECLS
