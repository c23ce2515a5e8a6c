/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-client.h"

#include "bal-error.h"
#include "bal-time.h"
#include "fake-server.h"

typedef struct
{
  FakeServer *server;
  SyncClient *client;
  const char *op;                /* the call that the fault below hits … */
  FakeFault   fault;
  guint       n_times;           /* … so often */
} Fixture;

static FakeFault
fault_cb (FakeServer *server,
          const char *op,
          gpointer    data)
{
  Fixture *fixture = data;

  if (fixture->n_times == 0 || !g_str_equal (op, fixture->op))
    return FAKE_FINE;
  fixture->n_times--;
  return fixture->fault;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->server = fake_server_new ("push", "secret");
  fixture->client = sync_client_new (fixture->server, "secret");
  fake_server_set_fault (fixture->server, fault_cb, fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  sync_client_free (fixture->client);
  fake_server_free (fixture->server);
}

static void
set_fault (Fixture    *fixture,
           const char *op,
           FakeFault   fault,
           guint       n_times)
{
  fixture->op = op;
  fixture->fault = fault;
  fixture->n_times = n_times;
}

/* One published review that both sides have. Returns the blog's id. */
static char *
make_shared_review (Fixture *fixture,
                    gint64  *id)
{
  char *remote_id = fake_server_add_review (fixture->server, "The Perfection", "<p>Old.</p>",
                                            BAL_REVIEW_STATUS_PUBLISHED);

  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  *id = sync_client_find_review (fixture->client, remote_id);
  return remote_id;
}

static void
assert_outbox (Fixture *fixture,
               guint    n)
{
  g_autoptr(GPtrArray) outbox = sync_client_list_outbox (fixture->client);

  g_assert_cmpuint (outbox->len, ==, n);
}

static BalOutboxItem *
dup_state (Fixture *fixture)
{
  g_autoptr(GPtrArray) outbox = sync_client_list_outbox (fixture->client);

  g_assert_cmpuint (outbox->len, ==, 1);
  g_ptr_array_set_free_func (outbox, NULL);
  return g_ptr_array_index (outbox, 0);
}

static void
test_new_review_is_sent_once (Fixture       *fixture,
                              gconstpointer  data)
{
  gint64 id = sync_client_add_review (fixture->client, "New", "<p>New.</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(BalSyncResult) result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_autoptr(BalReview) here = sync_client_get_review (fixture->client, id);
  g_autoptr(BalReview) there = NULL;
  g_autofree char *words = bal_sync_result_describe (result);

  g_assert_no_error (result->error);
  g_assert_cmpstr (words, ==, "1 review sent");
  there = fake_server_dup_review (fixture->server, bal_review_get_remote_id (here));
  g_assert_true (bal_review_content_equal (here, there));
  g_assert_cmpint (bal_review_get_published (here), !=, 0);
  g_assert_cmpint (bal_review_get_sync_state (here), ==, BAL_SYNC_STATE_CLEAN);
  assert_outbox (fixture, 0);

  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "put_review"), ==, 1);
}

static void
test_edit_is_sent_after_reading (Fixture       *fixture,
                                 gconstpointer  data)
{
  gint64 id;
  g_autofree char *remote_id = make_shared_review (fixture, &id);
  g_autoptr(BalReview) there = NULL;

  sync_client_edit_review (fixture->client, id, NULL, "<p>New.</p>");
  fake_server_forget_calls (fixture->server);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  there = fake_server_dup_review (fixture->server, remote_id);
  g_assert_cmpstr (bal_review_get_html (there), ==, "<p>New.</p>");
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "get_review"), ==, 1);
  assert_outbox (fixture, 0);
}

/* The web editor changes the title after the pull, just before the look that precedes the push. */
static FakeFault
meddle (FakeServer *server,
        const char *op,
        gpointer    data)
{
  const char *remote_id = data;
  g_autoptr(BalReview) edited = NULL;
  FakeReview *row;

  if (!g_str_equal (op, "get_review"))
    return FAKE_FINE;

  row = fake_server_get_review (server, remote_id);
  edited = bal_review_dup (row->review);
  bal_review_set_title (edited, "Their title");
  fake_server_store_review (server, row, edited);
  return FAKE_FINE;
}

static void
test_change_between_pull_and_push_is_merged (Fixture       *fixture,
                                             gconstpointer  data)
{
  gint64 id;
  g_autofree char *remote_id = make_shared_review (fixture, &id);
  g_autoptr(BalReview) here = NULL;
  g_autoptr(BalReview) there = NULL;

  sync_client_edit_review (fixture->client, id, NULL, "<p>Mine.</p>");
  fake_server_set_fault (fixture->server, meddle, remote_id);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  there = fake_server_dup_review (fixture->server, remote_id);
  here = sync_client_get_review (fixture->client, id);
  g_assert_cmpstr (bal_review_get_title (there), ==, "Their title");
  g_assert_cmpstr (bal_review_get_html (there), ==, "<p>Mine.</p>");
  g_assert_true (bal_review_content_equal (here, there));
}

static gint64
make_conflict (Fixture    *fixture,
               gint64      id,
               const char *remote_id)
{
  g_autoptr(BalReview) there = fake_server_dup_review (fixture->server, remote_id);
  g_autoptr(BalSyncResult) result = NULL;
  g_autoptr(GPtrArray) conflicts = NULL;
  g_autofree char *words = NULL;
  BalConflict *conflict;

  bal_review_set_html (there, "<p>Theirs.</p>");
  bal_review_set_excerpt (there, "Their excerpt");
  fake_server_edit_review (fixture->server, there);
  sync_client_edit_review (fixture->client, id, NULL, "<p>Mine.</p>");
  result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_no_error (result->error);
  g_assert_cmpuint (result->n_conflicts, ==, 1);
  g_assert_cmpuint (result->n_parked, ==, 0);
  words = bal_sync_result_describe (result);
  g_assert_cmpstr (words, ==, "1 conflict to resolve");
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "put_review"), ==, 0);

  conflicts = sync_client_list_conflicts (fixture->client);
  g_assert_cmpuint (conflicts->len, ==, 1);
  conflict = g_ptr_array_index (conflicts, 0);
  g_assert_cmpstr (conflict->what, ==, "html");
  g_assert_cmpstr (bal_review_get_html (conflict->remote_review), ==, "<p>Theirs.</p>");
  return conflict->id;
}

static void
test_conflict_taken_mine (Fixture       *fixture,
                          gconstpointer  data)
{
  gint64 id;
  g_autofree char *remote_id = make_shared_review (fixture, &id);
  gint64 conflict = make_conflict (fixture, id, remote_id);
  g_autoptr(BalReview) there = NULL;
  g_autoptr(GPtrArray) revisions = NULL;
  gboolean kept = FALSE;

  /* Nothing is decided by syncing again. */
  sync_client_sync_well (fixture->client, BAL_SYNC_FULL);
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "put_review"), ==, 0);

  sync_client_resolve (fixture->client, conflict, TRUE);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  there = fake_server_dup_review (fixture->server, remote_id);
  g_assert_cmpstr (bal_review_get_html (there), ==, "<p>Mine.</p>");
  /* What was no part of the conflict is not undone by choosing one's own text. */
  g_assert_cmpstr (bal_review_get_excerpt (there), ==, "Their excerpt");
  assert_outbox (fixture, 0);

  revisions = sync_client_list_revisions (fixture->client, BAL_ENTITY_REVIEW, id);
  for (guint i = 0; i < revisions->len; i++)
    kept |= g_strcmp0 (((BalRevision *) g_ptr_array_index (revisions, i))->html, "<p>Theirs.</p>") == 0;
  g_assert_true (kept);
}

static void
test_conflict_taken_theirs (Fixture       *fixture,
                            gconstpointer  data)
{
  gint64 id;
  g_autofree char *remote_id = make_shared_review (fixture, &id);
  gint64 conflict = make_conflict (fixture, id, remote_id);
  g_autoptr(BalReview) here = NULL;
  g_autoptr(GPtrArray) revisions = NULL;
  gboolean kept = FALSE;

  sync_client_resolve (fixture->client, conflict, FALSE);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  here = sync_client_get_review (fixture->client, id);
  g_assert_cmpstr (bal_review_get_html (here), ==, "<p>Theirs.</p>");
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "put_review"), ==, 0);
  assert_outbox (fixture, 0);

  revisions = sync_client_list_revisions (fixture->client, BAL_ENTITY_REVIEW, id);
  for (guint i = 0; i < revisions->len; i++)
    kept |= g_strcmp0 (((BalRevision *) g_ptr_array_index (revisions, i))->html, "<p>Mine.</p>") == 0;
  g_assert_true (kept);
}

static void
test_conflict_that_solves_itself (Fixture       *fixture,
                                  gconstpointer  data)
{
  gint64 id;
  g_autofree char *remote_id = make_shared_review (fixture, &id);
  g_autoptr(BalReview) there = NULL;
  g_autoptr(GPtrArray) conflicts = NULL;

  make_conflict (fixture, id, remote_id);
  there = fake_server_dup_review (fixture->server, remote_id);
  bal_review_set_html (there, "<p>Mine.</p>");
  fake_server_edit_review (fixture->server, there);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  conflicts = sync_client_list_conflicts (fixture->client);
  g_assert_cmpuint (conflicts->len, ==, 0);
  assert_outbox (fixture, 0);
}

/* What the server altered is taken over; what was sent stays in the history; no conflict with oneself. */
static void
test_server_rewrites (Fixture       *fixture,
                      gconstpointer  data)
{
  gint64 id = sync_client_add_review (fixture->client, "A", "<p><script>x</p>", BAL_REVIEW_STATUS_DRAFT);
  g_autoptr(BalReview) here = NULL;
  g_autoptr(GPtrArray) revisions = NULL;

  fake_server_set_rewrites (fixture->server, TRUE);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  here = sync_client_get_review (fixture->client, id);
  g_assert_cmpstr (bal_review_get_html (here), ==, "<p>x</p>");
  revisions = sync_client_list_revisions (fixture->client, BAL_ENTITY_REVIEW, id);
  g_assert_cmpuint (revisions->len, ==, 1);
  g_assert_cmpint (((BalRevision *) g_ptr_array_index (revisions, 0))->kind, ==, BAL_REVISION_SENT);
  g_assert_cmpstr (((BalRevision *) g_ptr_array_index (revisions, 0))->html, ==, "<p><script>x</p>");
  sync_client_sync_well (fixture->client, BAL_SYNC_FULL);
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "put_review"), ==, 1);
}

/* The person goes on writing while the request is on its way. */
typedef struct
{
  SyncClient *client;
  gint64      id;
  gboolean    done;
} Writing;

static FakeFault
write_meanwhile (FakeServer *server,
                 const char *op,
                 gpointer    data)
{
  Writing *writing = data;

  if (!writing->done && g_str_equal (op, "put_review"))
    {
      writing->done = TRUE;
      sync_client_edit_review (writing->client, writing->id, NULL, "<p><script>Second.</p>");
    }
  return FAKE_FINE;
}

static void
test_edit_while_sending_is_sent_too (Fixture       *fixture,
                                     gconstpointer  data)
{
  gint64 id = sync_client_add_review (fixture->client, "A", "<p><script>First.</p>", BAL_REVIEW_STATUS_PUBLISHED);
  Writing writing = { fixture->client, id, FALSE };
  g_autoptr(GPtrArray) there = NULL;
  g_autoptr(GPtrArray) conflicts = NULL;

  fake_server_set_rewrites (fixture->server, TRUE);
  fake_server_set_fault (fixture->server, write_meanwhile, &writing);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  there = fake_server_list_reviews (fixture->server);
  g_assert_cmpuint (there->len, ==, 1);
  g_assert_cmpstr (bal_review_get_html (g_ptr_array_index (there, 0)), ==, "<p>Second.</p>");
  conflicts = sync_client_list_conflicts (fixture->client);
  g_assert_cmpuint (conflicts->len, ==, 0);
  assert_outbox (fixture, 0);
}

/* ---- lost answers ---- */

static const FakeFault doubtful[] = {
  FAKE_LOST, FAKE_LOST_AFTER, FAKE_BUSY, FAKE_BUSY_AFTER, FAKE_GARBLED_AFTER,
};

/* A hundred creates, each with its answer lost in one of five ways, and the program restarted in between. */
static void
test_lost_answers_make_no_duplicates (Fixture       *fixture,
                                      gconstpointer  shows_keys)
{
  const guint n = 100;

  fake_server_set_shows_keys (fixture->server, shows_keys != NULL);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *title = g_strdup_printf ("Review %u", i);

      sync_client_add_review (fixture->client, title, "<p>Text.</p>", BAL_REVIEW_STATUS_PUBLISHED);
      set_fault (fixture, "put_review", doubtful[i % G_N_ELEMENTS (doubtful)], 1 + i % 3);
      bal_sync_result_free (sync_client_sync (fixture->client, BAL_SYNC_DEFAULT));
      if (i % 10 == 0)
        sync_client_restart (fixture->client);
      sync_client_retry (fixture->client);
      bal_sync_result_free (sync_client_sync (fixture->client, i % 7 == 0 ? BAL_SYNC_FULL : BAL_SYNC_DEFAULT));
    }

  set_fault (fixture, "put_review", FAKE_FINE, 0);
  for (guint i = 0; i < 3; i++)
    {
      sync_client_retry (fixture->client);
      bal_sync_result_free (sync_client_sync (fixture->client, BAL_SYNC_DEFAULT));
    }
  g_assert_cmpuint (fake_server_get_n_reviews (fixture->server), ==, n);
  assert_outbox (fixture, 0);
  {
    g_autoptr(GPtrArray) here = sync_client_list_reviews (fixture->client);

    g_assert_cmpuint (here->len, ==, n);
  }
}

static void
test_lost_reply_is_not_doubled (Fixture       *fixture,
                                gconstpointer  shows_keys)
{
  gint64 id;
  g_autofree char *remote_id = make_shared_review (fixture, &id);
  g_autofree char *top = fake_server_add_comment (fixture->server, remote_id, NULL, "Ann", "Hi", 1);
  gint64 comment;

  fake_server_set_shows_keys (fixture->server, shows_keys != NULL);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  comment = sync_client_find_comment (fixture->client, top);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *text = g_strdup_printf ("Reply %u", i);

      sync_client_reply (fixture->client, comment, text);
      set_fault (fixture, "put_comment", doubtful[i % G_N_ELEMENTS (doubtful)], 1);
      bal_sync_result_free (sync_client_sync (fixture->client, BAL_SYNC_DEFAULT));
      if (i % 3 == 0)
        sync_client_restart (fixture->client);
      sync_client_retry (fixture->client);
    }
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_get_n_comments (fixture->server), ==, 21);
  assert_outbox (fixture, 0);
  {
    g_autoptr(GPtrArray) thread = sync_client_list_thread (fixture->client, id);

    g_assert_cmpuint (thread->len, ==, 21);
  }
}

/* The answer is lost, and so is every look for it. */
static FakeFault
lose_reply (FakeServer *server,
            const char *op,
            gpointer    data)
{
  if (g_str_equal (op, "put_comment"))
    return FAKE_LOST_AFTER;
  return g_str_equal (op, "find_comment") ? FAKE_BUSY : FAKE_FINE;
}

/* Deleted here while nobody knows whether it arrived: it is found there and deleted. */
static void
test_lost_reply_deleted_meanwhile (Fixture       *fixture,
                                   gconstpointer  data)
{
  gint64 id;
  g_autofree char *remote_id = make_shared_review (fixture, &id);
  g_autofree char *top = fake_server_add_comment (fixture->server, remote_id, NULL, "Ann", "Hi", 1);
  g_autoptr(BalOutboxItem) item = NULL;
  gint64 reply;

  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  reply = sync_client_reply (fixture->client, sync_client_find_comment (fixture->client, top), "Oops");
  fake_server_set_fault (fixture->server, lose_reply, NULL);
  bal_sync_result_free (sync_client_sync (fixture->client, BAL_SYNC_DEFAULT));
  g_assert_cmpuint (fake_server_get_n_comments (fixture->server), ==, 2);
  item = dup_state (fixture);
  g_assert_cmpint (item->state, ==, BAL_OUTBOX_UNKNOWN);

  sync_client_delete_comment (fixture->client, reply);
  fake_server_set_fault (fixture->server, NULL, NULL);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_get_n_comments (fixture->server), ==, 1);
  assert_outbox (fixture, 0);
}

static void
test_unsure_reply_deleted_before_the_look (Fixture       *fixture,
                                           gconstpointer  data)
{
  gint64 id;
  g_autofree char *remote_id = make_shared_review (fixture, &id);
  g_autofree char *top = fake_server_add_comment (fixture->server, remote_id, NULL, "Ann", "Hi", 1);
  g_autoptr(BalOutboxItem) item = NULL;
  gint64 reply;

  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  reply = sync_client_reply (fixture->client, sync_client_find_comment (fixture->client, top), "Oops");
  set_fault (fixture, "put_comment", FAKE_RETRY_AFTER, 1);
  bal_sync_result_free (sync_client_sync (fixture->client, BAL_SYNC_DEFAULT));
  item = dup_state (fixture);
  g_assert_cmpuint (item->attempts, ==, 1);
  sync_client_delete_comment (fixture->client, reply);
  sync_client_retry (fixture->client);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_get_n_comments (fixture->server), ==, 1);
  assert_outbox (fixture, 0);
  {
    g_autoptr(BalComment) here = sync_client_get_comment (fixture->client, reply);

    g_assert_null (here);
  }
}

/* ---- errors ---- */

static void
test_refused_is_parked_with_the_words (Fixture       *fixture,
                                       gconstpointer  data)
{
  gint64 id;
  g_autofree char *remote_id = make_shared_review (fixture, &id);
  g_autoptr(BalSyncResult) result = NULL;
  g_autoptr(BalOutboxItem) item = NULL;
  g_autofree char *words = NULL;

  sync_client_edit_review (fixture->client, id, "New", NULL);
  set_fault (fixture, "put_review", FAKE_REFUSED, 1);
  result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_no_error (result->error);
  g_assert_cmpuint (result->n_parked, ==, 1);
  g_assert_cmpuint (result->n_waiting, ==, 0);
  words = bal_sync_result_describe (result);
  g_assert_cmpstr (words, ==, "1 change needs your attention");
  item = dup_state (fixture);
  g_assert_cmpint (item->state, ==, BAL_OUTBOX_PARKED);
  g_assert_cmpstr (item->error, ==, "You may not do that.");

  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "put_review"), ==, 1);
  sync_client_retry (fixture->client);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  assert_outbox (fixture, 0);
}

static void
test_backoff_is_respected (Fixture       *fixture,
                           gconstpointer  data)
{
  gint64 id;
  g_autofree char *remote_id = make_shared_review (fixture, &id);
  g_autoptr(BalSyncResult) result = NULL;
  g_autoptr(BalSyncResult) again = NULL;
  g_autoptr(BalOutboxItem) item = NULL;

  sync_client_edit_review (fixture->client, id, "New", NULL);
  set_fault (fixture, "put_review", FAKE_RETRY_AFTER, 1);
  result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_error (result->error, BAL_ERROR, BAL_ERROR_TEMPORARY);
  g_assert_cmpuint (result->n_waiting, ==, 1);
  item = dup_state (fixture);
  g_assert_cmpint (item->state, ==, BAL_OUTBOX_PENDING);
  g_assert_cmpint (item->not_before, >=, bal_time_now () + 3590);

  again = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_no_error (again->error);
  g_assert_cmpuint (again->n_waiting, ==, 1);
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "put_review"), ==, 1);
}

static void
test_offline_stops_and_keeps_everything (Fixture       *fixture,
                                         gconstpointer  data)
{
  g_autoptr(BalSyncResult) result = NULL;

  for (guint i = 0; i < 5; i++)
    sync_client_add_review (fixture->client, "A", "<p>A</p>", BAL_REVIEW_STATUS_DRAFT);
  set_fault (fixture, "put_review", FAKE_OFFLINE, 100);
  result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_error (result->error, BAL_ERROR, BAL_ERROR_OFFLINE);
  g_assert_cmpuint (result->n_waiting, ==, 5);
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "put_review"), ==, 1);

  set_fault (fixture, "put_review", FAKE_FINE, 0);
  sync_client_retry (fixture->client);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_get_n_reviews (fixture->server), ==, 5);
}

static void
test_signed_out_waits_for_another_password (Fixture       *fixture,
                                            gconstpointer  data)
{
  g_autoptr(BalBlog) blog = NULL;
  g_autoptr(BalSyncResult) result = NULL;
  g_autoptr(BalSyncResult) again = NULL;
  g_autofree char *words = NULL;

  sync_client_add_review (fixture->client, "A", "<p>A</p>", BAL_REVIEW_STATUS_DRAFT);
  fake_server_set_password (fixture->server, "changed");
  result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_no_error (result->error);
  g_assert_cmpuint (result->n_signed_out, ==, 1);
  words = bal_sync_result_describe (result);
  g_assert_cmpstr (words, ==, "1 change waits to be sent; “Indie Gems” refused the password: sign in again");
  blog = sync_client_get_blog (fixture->client);
  g_assert_false (bal_blog_get_signed_in (blog));

  /* The refused password is not tried again. */
  again = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (again->n_signed_out, ==, 1);
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "sign_in"), ==, 1);

  g_assert_true (bal_secrets_store (fixture->client->secrets, blog, "changed", NULL, NULL));
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_get_n_reviews (fixture->server), ==, 1);
  g_clear_object (&blog);
  blog = sync_client_get_blog (fixture->client);
  g_assert_true (bal_blog_get_signed_in (blog));
}

static void
test_signed_out_while_pushing (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr(BalSyncResult) result = NULL;
  g_autoptr(BalOutboxItem) item = NULL;

  sync_client_add_review (fixture->client, "A", "<p>A</p>", BAL_REVIEW_STATUS_DRAFT);
  set_fault (fixture, "put_review", FAKE_AUTH, 1);
  result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (result->n_signed_out, ==, 1);
  item = dup_state (fixture);
  g_assert_cmpint (item->state, ==, BAL_OUTBOX_PENDING);
}

/* ---- comments ---- */

static void
test_moderation_and_edit_are_sent (Fixture       *fixture,
                                   gconstpointer  data)
{
  gint64 id;
  g_autofree char *remote_id = make_shared_review (fixture, &id);
  g_autofree char *ham = fake_server_add_comment (fixture->server, remote_id, NULL, "Ann", "Hi", 0);
  g_autofree char *spam = fake_server_add_comment (fixture->server, remote_id, NULL, "Bot", "Buy", 0);
  g_autoptr(BalComment) approved = NULL;
  g_autoptr(BalComment) marked = NULL;
  g_autoptr(GPtrArray) there = NULL;
  BalComment *reply;

  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  sync_client_moderate (fixture->client, sync_client_find_comment (fixture->client, spam), BAL_COMMENT_STATUS_SPAM);
  /* Approves the parent with it. */
  sync_client_reply (fixture->client, sync_client_find_comment (fixture->client, ham), "Thanks.");
  fake_server_forget_calls (fixture->server);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);

  approved = fake_server_dup_comment (fixture->server, ham);
  marked = fake_server_dup_comment (fixture->server, spam);
  g_assert_cmpint (bal_comment_get_status (approved), ==, BAL_COMMENT_STATUS_APPROVED);
  g_assert_cmpint (bal_comment_get_status (marked), ==, BAL_COMMENT_STATUS_SPAM);
  there = fake_server_list_comments (fixture->server);
  g_assert_cmpuint (there->len, ==, 3);
  reply = g_ptr_array_index (there, 2);
  g_assert_cmpstr (bal_comment_get_remote_parent_id (reply), ==, ham);
  assert_outbox (fixture, 0);

  fake_server_forget_calls (fixture->server);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "sweep_comments"), ==, 0);
}

static void
test_comment_deleted_there (Fixture       *fixture,
                            gconstpointer  data)
{
  gint64 id;
  g_autofree char *remote_id = make_shared_review (fixture, &id);
  g_autofree char *moderated = fake_server_add_comment (fixture->server, remote_id, NULL, "Ann", "Hi", 0);
  g_autofree char *edited = fake_server_add_comment (fixture->server, remote_id, NULL, "Bob", "Ho", 1);
  g_autoptr(BalComment) kept = NULL;
  g_autoptr(BalOutboxItem) item = NULL;
  gint64 moderated_id, edited_id;

  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  moderated_id = sync_client_find_comment (fixture->client, moderated);
  edited_id = sync_client_find_comment (fixture->client, edited);
  sync_client_moderate (fixture->client, moderated_id, BAL_COMMENT_STATUS_APPROVED);
  sync_client_edit_comment (fixture->client, edited_id, "Our long text");
  fake_server_delete_comment (fixture->server, moderated);
  fake_server_delete_comment (fixture->server, edited);
  bal_sync_result_free (sync_client_sync (fixture->client, BAL_SYNC_DEFAULT));

  g_assert_null (sync_client_get_comment (fixture->client, moderated_id));
  kept = sync_client_get_comment (fixture->client, edited_id);
  g_assert_nonnull (kept);
  item = dup_state (fixture);
  g_assert_cmpint (item->state, ==, BAL_OUTBOX_PARKED);
}

typedef struct
{
  gint64 blog_id;
  gint64 id;
} ThreadAdd;

static gboolean
add_thread (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  ThreadAdd *add = data;
  g_autoptr(BalReview) review = bal_review_new (0);
  g_autoptr(GPtrArray) comments = g_ptr_array_new_with_free_func (g_object_unref);

  bal_review_set_blog_id (review, add->blog_id);
  bal_review_set_title (review, "Indie Gems: The Perfection");
  bal_review_set_html (review, "<p>Lizzie.</p>");
  for (guint i = 0; i < 3; i++)
    {
      BalComment *comment = bal_comment_new (0);

      bal_comment_set_author (comment, i == 1 ? "Blogger" : "Ann");
      bal_comment_set_mine (comment, i == 1);
      bal_comment_set_html (comment, i == 0 ? "First" : i == 1 ? "Second" : "Third");
      bal_comment_set_status (comment, BAL_COMMENT_STATUS_APPROVED);
      bal_comment_set_parent_id (comment, i);    /* each below the one before */
      g_ptr_array_add (comments, comment);
    }
  add->id = bal_desk_add_review (transaction, review, comments, error);
  return add->id != 0;
}

/* A thread that was brought along waits until its review is published, then follows in order. */
static void
test_thread_waits_for_publication (Fixture       *fixture,
                                   gconstpointer  data)
{
  ThreadAdd add = { fixture->client->blog_id, 0 };
  g_autoptr(BalSyncResult) result = NULL;
  g_autoptr(BalSyncResult) published = NULL;
  g_autoptr(GPtrArray) there = NULL;

  sync_client_write (fixture->client, add_thread, &add);
  result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_no_error (result->error);
  g_assert_cmpuint (result->n_reviews_sent, ==, 1);
  g_assert_cmpuint (result->n_waiting, ==, 3);
  g_assert_cmpuint (fake_server_get_n_comments (fixture->server), ==, 0);

  sync_client_set_review_status (fixture->client, add.id, BAL_REVIEW_STATUS_PUBLISHED);
  published = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_no_error (published->error);
  g_assert_cmpuint (published->n_comments_sent, ==, 3);
  g_assert_cmpuint (published->n_waiting, ==, 0);
  there = fake_server_list_comments (fixture->server);
  g_assert_cmpuint (there->len, ==, 3);
  for (guint i = 1; i < 3; i++)
    g_assert_cmpstr (bal_comment_get_remote_parent_id (g_ptr_array_index (there, i)), ==,
                     bal_comment_get_remote_id (g_ptr_array_index (there, i - 1)));
}

static void
test_what_a_blog_cannot_do_is_parked (Fixture       *fixture,
                                      gconstpointer  data)
{
  ThreadAdd add = { fixture->client->blog_id, 0 };
  g_autoptr(BalSyncResult) result = NULL;

  fake_server_set_capabilities (fixture->server, BAL_CAPABILITY_REPLY | BAL_CAPABILITY_PUBLISH |
                                                   BAL_CAPABILITY_DRAFT_COMMENTS);
  sync_client_write (fixture->client, add_thread, &add);
  result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_no_error (result->error);
  g_assert_cmpuint (result->n_parked, ==, 2);
  g_assert_cmpuint (result->n_waiting, ==, 1);
  g_assert_cmpuint (fake_server_get_n_comments (fixture->server), ==, 0);
}

#define ADD(name, func) g_test_add ("/sync/push/" name, Fixture, NULL, set_up, func, tear_down)
#define ADD_DATA(name, data, func) g_test_add ("/sync/push/" name, Fixture, data, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("new-review-is-sent-once", test_new_review_is_sent_once);
  ADD ("edit-is-sent-after-reading", test_edit_is_sent_after_reading);
  ADD ("change-between-pull-and-push-is-merged", test_change_between_pull_and_push_is_merged);
  ADD ("conflict-taken-mine", test_conflict_taken_mine);
  ADD ("conflict-taken-theirs", test_conflict_taken_theirs);
  ADD ("conflict-that-solves-itself", test_conflict_that_solves_itself);
  ADD ("server-rewrites", test_server_rewrites);
  ADD ("edit-while-sending-is-sent-too", test_edit_while_sending_is_sent_too);
  ADD_DATA ("lost-answers-make-no-duplicates/keys-listed", "keys", test_lost_answers_make_no_duplicates);
  ADD_DATA ("lost-answers-make-no-duplicates/keys-hidden", NULL, test_lost_answers_make_no_duplicates);
  ADD_DATA ("lost-reply-is-not-doubled/keys-listed", "keys", test_lost_reply_is_not_doubled);
  ADD_DATA ("lost-reply-is-not-doubled/keys-hidden", NULL, test_lost_reply_is_not_doubled);
  ADD ("lost-reply-deleted-meanwhile", test_lost_reply_deleted_meanwhile);
  ADD ("unsure-reply-deleted-before-the-look", test_unsure_reply_deleted_before_the_look);
  ADD ("refused-is-parked-with-the-words", test_refused_is_parked_with_the_words);
  ADD ("backoff-is-respected", test_backoff_is_respected);
  ADD ("offline-stops-and-keeps-everything", test_offline_stops_and_keeps_everything);
  ADD ("signed-out-waits-for-another-password", test_signed_out_waits_for_another_password);
  ADD ("signed-out-while-pushing", test_signed_out_while_pushing);
  ADD ("moderation-and-edit-are-sent", test_moderation_and_edit_are_sent);
  ADD ("comment-deleted-there", test_comment_deleted_there);
  ADD ("thread-waits-for-publication", test_thread_waits_for_publication);
  ADD ("what-a-blog-cannot-do-is-parked", test_what_a_blog_cannot_do_is_parked);

  return g_test_run ();
}
