/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-error.h"
#include "bal-providers.h"
#include "fake-blogger.h"
#include "provider-walk.h"

G_BEGIN_DECLS

/* A fake Blogger, and the provider that is signed in to it. */
typedef struct
{
  FakeBlogger   *server;
  BalHttpClient *http;
  BalBlog       *blog;
  BalProvider   *provider;
  const char    *faulty;         /* ops that begin with it … */
  FakeBloggerFault fault;        /* … meet this … */
  guint          n_faults;       /* … so often */
} Fixture;

void       fixture_set_up     (Fixture       *self,
                               gconstpointer  unused);
void       fixture_tear_down  (Fixture       *self,
                               gconstpointer  unused);
/* A blog as it is before anybody signed in. */
BalBlog   *fixture_make_blog  (void);
void       fixture_open       (Fixture       *self,
                               const char    *secret);
void       fixture_break      (Fixture       *self,
                               const char    *op,
                               FakeBloggerFault fault,
                               guint          times);
/* Text member of a post on the server. */
char      *fixture_dup_member (Fixture       *self,
                               const char    *post_id,
                               const char    *name);

G_END_DECLS
