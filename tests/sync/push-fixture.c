/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "push-fixture.h"

const FakeFault push_doubtful[PUSH_N_DOUBTFUL] = {
  FAKE_LOST, FAKE_LOST_AFTER, FAKE_BUSY, FAKE_BUSY_AFTER, FAKE_GARBLED_AFTER,
};

static FakeFault
fault_cb (FakeServer *server,
          const char *op,
          gpointer    data)
{
  PushFixture *fixture = data;

  if (fixture->n_times == 0 || !g_str_equal (op, fixture->op))
    return FAKE_FINE;
  fixture->n_times--;
  return fixture->fault;
}

void
push_set_up (PushFixture   *fixture,
             gconstpointer  data)
{
  fixture->server = fake_server_new ("push", "secret");
  fixture->client = sync_client_new (fixture->server, "secret");
  fake_server_set_fault (fixture->server, fault_cb, fixture);
}

void
push_tear_down (PushFixture   *fixture,
                gconstpointer  data)
{
  sync_client_free (fixture->client);
  fake_server_free (fixture->server);
}

void
push_set_fault (PushFixture *fixture,
                const char  *op,
                FakeFault    fault,
                guint        n_times)
{
  fixture->op = op;
  fixture->fault = fault;
  fixture->n_times = n_times;
}

char *
push_make_shared_review (PushFixture *fixture,
                         gint64      *id)
{
  char *remote_id = fake_server_add_review (fixture->server, "The Perfection", "<p>Old.</p>",
                                            BAL_REVIEW_STATUS_PUBLISHED);

  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  *id = sync_client_find_review (fixture->client, remote_id);
  return remote_id;
}

void
push_assert_outbox (PushFixture *fixture,
                    guint        n)
{
  g_autoptr(GPtrArray) outbox = sync_client_list_outbox (fixture->client);

  g_assert_cmpuint (outbox->len, ==, n);
}

BalOutboxItem *
push_dup_state (PushFixture *fixture)
{
  g_autoptr(GPtrArray) outbox = sync_client_list_outbox (fixture->client);

  g_assert_cmpuint (outbox->len, ==, 1);
  g_ptr_array_set_free_func (outbox, NULL);
  return g_ptr_array_index (outbox, 0);
}
