/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-ghost.h"

#include "soup-thread.h"

G_BEGIN_DECLS

struct _FakeGhost
{
  GMutex              mutex;
  SoupThread         *thread;
  char               *root;
  char               *key_id;
  char               *key;
  gint64              clock;
  guint               pace;
  gboolean            is_old;
  FakeGhostFaultFunc  fault;
  gpointer            fault_data;
  GHashTable         *calls;
  guint               last_id;
  json_t             *posts;     /* arrays, in the order of ids */
  json_t             *tags;
  json_t             *comments;
  json_t             *members;
  GHashTable         *files;     /* names of uploaded pictures */
};

/* One request. */
typedef struct
{
  FakeGhost   *server;
  const char  *method;
  char       **path;             /* below the Admin API, without the last slash */
  GHashTable  *query;
  json_t      *body;             /* (nullable) */
  guint        status;
  json_t      *answer;
} FakeGhostCall;

void        fake_ghost_fail       (FakeGhostCall *self,
                                   guint          status,
                                   const char    *type,
                                   const char    *code,
                                   const char    *message,
                                   const char    *context);
const char *fake_ghost_param      (FakeGhostCall *self,
                                   const char    *name);
char       *fake_ghost_new_id     (FakeGhost     *self);
/* As Ghost writes times: in whole seconds. */
char       *fake_ghost_now        (FakeGhost     *self);
json_t     *fake_ghost_find       (json_t        *list,
                                   const char    *id);
const char *fake_ghost_text       (const json_t  *object,
                                   const char    *name);
/* Whether it passes "filter". */
gboolean    fake_ghost_matches    (const json_t  *object,
                                   const char    *filter);
/* Answers with a page of what passes the filter; @describe: (transfer full) */
typedef json_t *(*FakeGhostDescribe) (FakeGhostCall *self, const json_t *object);
void        fake_ghost_browse     (FakeGhostCall *self,
                                   const char    *name,
                                   json_t        *list,
                                   FakeGhostDescribe describe);
/* (transfer full) (nullable): NULL: no Lexical */
char       *fake_ghost_render     (const char    *lexical);

void        fake_ghost_run_posts    (FakeGhostCall *self);
void        fake_ghost_run_comments (FakeGhostCall *self);
void        fake_ghost_run_members  (FakeGhostCall *self);

G_END_DECLS
