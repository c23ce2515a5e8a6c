/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-server.h"
#include "sync-client.h"

G_BEGIN_DECLS

/* A desktop that sends, to a blog that fails as it is told to. */
typedef struct
{
  FakeServer *server;
  SyncClient *client;
  const char *op;                /* the call that the fault below hits … */
  FakeFault   fault;
  guint       n_times;           /* … so often */
} PushFixture;

/* In each of these ways nobody knows whether it arrived. */
#define PUSH_N_DOUBTFUL 5
extern const FakeFault push_doubtful[PUSH_N_DOUBTFUL];

void           push_set_up             (PushFixture   *fixture,
                                        gconstpointer  data);
void           push_tear_down          (PushFixture   *fixture,
                                        gconstpointer  data);
void           push_set_fault          (PushFixture   *fixture,
                                        const char    *op,
                                        FakeFault      fault,
                                        guint          n_times);
/* (transfer full): the blog's id of one published review that both sides have */
char          *push_make_shared_review (PushFixture   *fixture,
                                        gint64        *id);
void           push_assert_outbox      (PushFixture   *fixture,
                                        guint          n);
/* (transfer full): the only row that waits */
BalOutboxItem *push_dup_state          (PushFixture   *fixture);

G_END_DECLS
