/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-client.h"

#include "bal-error.h"
#include "fake-server.h"

/*
 * A server that answers slowly, or lists without end: what comes is worth waiting for, and all else ends within a minute.
 */

#define MINUTE_S 60
#define PAGE     100

typedef struct
{
  FakeServer *server;
  SyncClient *client;
} Fixture;

static void
add_reviews (FakeServer *server,
             guint       n)
{
  for (guint i = 0; i < n; i++)
    g_free (fake_server_add_review (server, "Review", "<p>Text.</p>", BAL_REVIEW_STATUS_PUBLISHED));
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->server = fake_server_new ("patience", "secret");
  fake_server_set_page_size (self->server, PAGE);
  self->client = sync_client_new (self->server, "secret");
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  sync_client_free (self->client);
  fake_server_free (self->server);
}

static void
assert_cut (BalSyncResult *result)
{
  g_assert_error (result->error, BAL_ERROR, BAL_ERROR_TEMPORARY);
  g_assert_cmpuint (bal_error_get_retry_after (result->error), >, 0);
}

static gint64
get_last_sync (Fixture *self)
{
  g_autoptr(BalBlog) blog = sync_client_get_blog (self->client);

  return bal_blog_get_last_sync (blog);
}

/* ---- what comes is worth waiting for ---- */

/* Each page of a hundred after a quarter of a minute: minutes in all, in one sync. */
static void
test_first_pull_goes_on_while_reviews_come (Fixture       *self,
                                            gconstpointer  data)
{
  g_autoptr(GPtrArray) here = NULL;

  add_reviews (self->server, 10 * PAGE);
  fake_server_set_slowness (self->server, 11);
  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_get_waited (self->server), >, 2 * MINUTE_S);
  here = sync_client_list_reviews (self->client);
  g_assert_cmpuint (here->len, ==, 10 * PAGE);

  fake_server_set_slowness (self->server, 11);
  sync_client_sync_well (self->client, BAL_SYNC_FULL);
  g_assert_cmpuint (fake_server_get_waited (self->server), >, 2 * MINUTE_S);
}

/* The pull takes all the time that it may have, and what was written here leaves all the same. */
static void
test_edits_leave_although_the_pull_was_cut (Fixture       *self,
                                            gconstpointer  data)
{
  g_autofree char *id = fake_server_add_review (self->server, "A", "<p>Old.</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(BalSyncResult) result = NULL;
  g_autoptr(BalReview) there = NULL;

  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  sync_client_edit_review (self->client, sync_client_find_review (self->client, id), NULL, "<p>New.</p>");
  fake_server_set_slowness (self->server, 12);
  fake_server_forget_calls (self->server);
  result = sync_client_sync (self->client, BAL_SYNC_DEFAULT);

  assert_cut (result);
  g_assert_cmpuint (fake_server_count_calls (self->server, "list_comments"), ==, 0);
  g_assert_cmpuint (result->n_reviews_sent, ==, 1);
  g_assert_cmpuint (fake_server_get_waited (self->server), <=, MINUTE_S);
  there = fake_server_dup_review (self->server, id);
  g_assert_cmpstr (bal_review_get_html (there), ==, "<p>New.</p>");
}

/* ---- where nothing comes ---- */

static void
test_nothing_new_ends_within_a_minute (Fixture       *self,
                                       gconstpointer  data)
{
  g_autofree char *id = NULL;

  add_reviews (self->server, PAGE);
  id = fake_server_add_review (self->server, "A", "<p>A</p>", BAL_REVIEW_STATUS_PUBLISHED);
  for (guint i = 0; i < PAGE; i++)
    g_free (fake_server_add_comment (self->server, id, NULL, "Ann", "Hm.", i % 4));
  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);

  for (guint answer = 1; answer <= 44; answer++)
    {
      g_autoptr(BalSyncResult) result = NULL;

      fake_server_set_slowness (self->server, answer);
      result = sync_client_sync (self->client, BAL_SYNC_DEFAULT);
      g_test_message ("%u s each: %u s, %s", answer, fake_server_get_waited (self->server),
                      result->error != NULL ? result->error->message : "to the end");
      g_assert_cmpuint (fake_server_get_waited (self->server), <=, MINUTE_S);
      if (answer <= 8)
        g_assert_no_error (result->error);
    }
}

/* One sync does not come to the end; some of them do, as each begins where the last one was cut. */
static void
test_some_syncs_together_come_to_the_end (Fixture       *self,
                                          gconstpointer  data)
{
  g_autofree char *id = fake_server_add_review (self->server, "A", "<p>A</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autofree char *comment = fake_server_add_comment (self->server, id, NULL, "Ann", "Hm.", BAL_COMMENT_STATUS_PENDING);
  g_autoptr(BalComment) here = NULL;
  g_autoptr(BalReview) there = NULL;
  gboolean ended = FALSE;
  gint64 before;

  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  before = get_last_sync (self);
  there = fake_server_dup_review (self->server, id);
  bal_review_set_title (there, "B");
  fake_server_edit_review (self->server, there);
  fake_server_edit_comment (self->server, comment, NULL, BAL_COMMENT_STATUS_SPAM);
  fake_server_set_slowness (self->server, 14);

  for (guint n = 0; n < 3 && !ended; n++)
    {
      g_autoptr(BalSyncResult) result = sync_client_sync (self->client, BAL_SYNC_DEFAULT);

      if (result->error != NULL)
        assert_cut (result);
      ended = result->error == NULL;
      g_assert_true (n > 0 || !ended);
    }
  g_assert_true (ended);
  g_assert_cmpint (get_last_sync (self), >=, before);
  here = sync_client_get_comment (self->client, sync_client_find_comment (self->client, comment));
  g_assert_cmpint (bal_comment_get_status (here), ==, BAL_COMMENT_STATUS_SPAM);
  g_assert_null (sync_client_get_cursor (self->client, "stage"));
}

/* Everything is compared, and that is not begun anew each time. */
static void
test_inventory_comes_to_the_end (Fixture       *self,
                                 gconstpointer  data)
{
  g_autofree char *id = fake_server_add_review (self->server, "A", "<p>A</p>", BAL_REVIEW_STATUS_PUBLISHED);
  gboolean ended = FALSE;

  add_reviews (self->server, 20);
  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  fake_server_delete_review (self->server, id);
  fake_server_set_slowness (self->server, 10);
  for (guint n = 0; n < 4 && !ended; n++)
    {
      g_autoptr(BalSyncResult) result = sync_client_sync (self->client, BAL_SYNC_FULL);

      g_assert_cmpuint (fake_server_get_waited (self->server), <=, (n + 1) * MINUTE_S);
      ended = result->error == NULL;
      g_assert_true (n > 0 || !ended);
    }
  g_assert_true (ended);
  g_assert_cmpint (sync_client_find_review (self->client, id), ==, 0);
}

/* A server that is quick again is asked for everything. */
static void
test_quick_server_is_asked_for_the_rest (Fixture       *self,
                                         gconstpointer  data)
{
  g_autofree char *id = NULL;

  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  fake_server_set_slowness (self->server, 20);
  bal_sync_result_free (sync_client_sync (self->client, BAL_SYNC_DEFAULT));
  g_free (sync_client_get_cursor (self->client, "stage"));
  fake_server_set_slowness (self->server, 0);
  id = fake_server_add_review (self->server, "A", "<p>A</p>", BAL_REVIEW_STATUS_PUBLISHED);
  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  g_assert_cmpint (sync_client_find_review (self->client, id), !=, 0);
}

/* ---- lists without end ---- */

/* While it is listed, more comes in than anybody writes. */
static FakeFault
grow (FakeServer *server,
      const char *op,
      gpointer    name)
{
  if (g_str_equal (op, name))
    {
      g_mutex_unlock (&server->mutex);
      add_reviews (server, PAGE);
      g_mutex_lock (&server->mutex);
    }
  return FAKE_FINE;
}

static void
assert_grows_in_vain (Fixture      *self,
                      const char   *op,
                      BalSyncFlags  flags)
{
  g_autoptr(BalSyncResult) result = NULL;

  fake_server_forget_calls (self->server);
  fake_server_set_fault (self->server, grow, (gpointer) op);
  result = sync_client_sync (self->client, flags);
  fake_server_set_fault (self->server, NULL, NULL);
  g_assert_error (result->error, BAL_ERROR, BAL_ERROR_PROTOCOL);
  g_assert_nonnull (strstr (result->error->message, "announced"));
  g_assert_cmpuint (fake_server_count_calls (self->server, op), <, 12);
}

static void
test_more_than_was_announced_ends (Fixture       *self,
                                   gconstpointer  data)
{
  g_autoptr(GPtrArray) here = NULL;

  add_reviews (self->server, PAGE);
  assert_grows_in_vain (self, "list_reviews", BAL_SYNC_DEFAULT);
  here = sync_client_list_reviews (self->client);
  g_assert_cmpuint (here->len, >, PAGE);

  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
}

#define ADD(name, func) g_test_add ("/sync/patience/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("first-pull-goes-on-while-reviews-come", test_first_pull_goes_on_while_reviews_come);
  ADD ("edits-leave-although-the-pull-was-cut", test_edits_leave_although_the_pull_was_cut);
  ADD ("nothing-new-ends-within-a-minute", test_nothing_new_ends_within_a_minute);
  ADD ("some-syncs-together-come-to-the-end", test_some_syncs_together_come_to_the_end);
  ADD ("inventory-comes-to-the-end", test_inventory_comes_to_the_end);
  ADD ("quick-server-is-asked-for-the-rest", test_quick_server_is_asked_for_the_rest);
  ADD ("more-than-was-announced-ends", test_more_than_was_announced_ends);

  return g_test_run ();
}
