/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "push-fixture.h"

#include "bal-error.h"
#include "bal-time.h"

static void
test_new_review_is_sent_once (PushFixture   *fixture,
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
  push_assert_outbox (fixture, 0);

  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "put_review"), ==, 1);
}

static void
test_edit_is_sent_after_reading (PushFixture   *fixture,
                                 gconstpointer  data)
{
  gint64 id;
  g_autofree char *remote_id = push_make_shared_review (fixture, &id);
  g_autoptr(BalReview) there = NULL;

  sync_client_edit_review (fixture->client, id, NULL, "<p>New.</p>");
  fake_server_forget_calls (fixture->server);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  there = fake_server_dup_review (fixture->server, remote_id);
  g_assert_cmpstr (bal_review_get_html (there), ==, "<p>New.</p>");
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "get_review"), ==, 1);
  push_assert_outbox (fixture, 0);
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
test_change_between_pull_and_push_is_merged (PushFixture   *fixture,
                                             gconstpointer  data)
{
  gint64 id;
  g_autofree char *remote_id = push_make_shared_review (fixture, &id);
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
make_conflict (PushFixture    *fixture,
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
test_conflict_taken_mine (PushFixture   *fixture,
                          gconstpointer  data)
{
  gint64 id;
  g_autofree char *remote_id = push_make_shared_review (fixture, &id);
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
  push_assert_outbox (fixture, 0);

  revisions = sync_client_list_revisions (fixture->client, BAL_ENTITY_REVIEW, id);
  for (guint i = 0; i < revisions->len; i++)
    kept |= g_strcmp0 (((BalRevision *) g_ptr_array_index (revisions, i))->html, "<p>Theirs.</p>") == 0;
  g_assert_true (kept);
}

static void
test_conflict_taken_theirs (PushFixture   *fixture,
                            gconstpointer  data)
{
  gint64 id;
  g_autofree char *remote_id = push_make_shared_review (fixture, &id);
  gint64 conflict = make_conflict (fixture, id, remote_id);
  g_autoptr(BalReview) here = NULL;
  g_autoptr(GPtrArray) revisions = NULL;
  gboolean kept = FALSE;

  sync_client_resolve (fixture->client, conflict, FALSE);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  here = sync_client_get_review (fixture->client, id);
  g_assert_cmpstr (bal_review_get_html (here), ==, "<p>Theirs.</p>");
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "put_review"), ==, 0);
  push_assert_outbox (fixture, 0);

  revisions = sync_client_list_revisions (fixture->client, BAL_ENTITY_REVIEW, id);
  for (guint i = 0; i < revisions->len; i++)
    kept |= g_strcmp0 (((BalRevision *) g_ptr_array_index (revisions, i))->html, "<p>Mine.</p>") == 0;
  g_assert_true (kept);
}

static void
test_conflict_that_solves_itself (PushFixture   *fixture,
                                  gconstpointer  data)
{
  gint64 id;
  g_autofree char *remote_id = push_make_shared_review (fixture, &id);
  g_autoptr(BalReview) there = NULL;
  g_autoptr(GPtrArray) conflicts = NULL;

  make_conflict (fixture, id, remote_id);
  there = fake_server_dup_review (fixture->server, remote_id);
  bal_review_set_html (there, "<p>Mine.</p>");
  fake_server_edit_review (fixture->server, there);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  conflicts = sync_client_list_conflicts (fixture->client);
  g_assert_cmpuint (conflicts->len, ==, 0);
  push_assert_outbox (fixture, 0);
}

/* What the server altered is taken over; what was sent stays in the history; no conflict with oneself. */
static void
test_server_rewrites (PushFixture   *fixture,
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
test_edit_while_sending_is_sent_too (PushFixture   *fixture,
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
  push_assert_outbox (fixture, 0);
}

/* ---- lost answers ---- */

/* A hundred creates, each with its answer lost in one of five ways, and the program restarted in between. */
static void
test_lost_answers_make_no_duplicates (PushFixture   *fixture,
                                      gconstpointer  shows_keys)
{
  const guint n = 100;

  fake_server_set_shows_keys (fixture->server, shows_keys != NULL);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *title = g_strdup_printf ("Review %u", i);

      sync_client_add_review (fixture->client, title, "<p>Text.</p>", BAL_REVIEW_STATUS_PUBLISHED);
      push_set_fault (fixture, "put_review", push_doubtful[i % G_N_ELEMENTS (push_doubtful)], 1 + i % 3);
      bal_sync_result_free (sync_client_sync (fixture->client, BAL_SYNC_DEFAULT));
      if (i % 10 == 0)
        sync_client_restart (fixture->client);
      sync_client_retry (fixture->client);
      bal_sync_result_free (sync_client_sync (fixture->client, i % 7 == 0 ? BAL_SYNC_FULL : BAL_SYNC_DEFAULT));
    }

  push_set_fault (fixture, "put_review", FAKE_FINE, 0);
  for (guint i = 0; i < 3; i++)
    {
      sync_client_retry (fixture->client);
      bal_sync_result_free (sync_client_sync (fixture->client, BAL_SYNC_DEFAULT));
    }
  g_assert_cmpuint (fake_server_get_n_reviews (fixture->server), ==, n);
  push_assert_outbox (fixture, 0);
  {
    g_autoptr(GPtrArray) here = sync_client_list_reviews (fixture->client);

    g_assert_cmpuint (here->len, ==, n);
  }
}

/* ---- errors ---- */

static void
test_refused_is_parked_with_the_words (PushFixture   *fixture,
                                       gconstpointer  data)
{
  gint64 id;
  g_autofree char *remote_id = push_make_shared_review (fixture, &id);
  g_autoptr(BalSyncResult) result = NULL;
  g_autoptr(BalOutboxItem) item = NULL;
  g_autofree char *words = NULL;

  sync_client_edit_review (fixture->client, id, "New", NULL);
  push_set_fault (fixture, "put_review", FAKE_REFUSED, 1);
  result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_no_error (result->error);
  g_assert_cmpuint (result->n_parked, ==, 1);
  g_assert_cmpuint (result->n_waiting, ==, 0);
  words = bal_sync_result_describe (result);
  g_assert_cmpstr (words, ==, "1 change needs your attention");
  item = push_dup_state (fixture);
  g_assert_cmpint (item->state, ==, BAL_OUTBOX_PARKED);
  g_assert_cmpstr (item->error, ==, "You may not do that.");

  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "put_review"), ==, 1);
  sync_client_retry (fixture->client);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  push_assert_outbox (fixture, 0);
}

static void
test_backoff_is_respected (PushFixture   *fixture,
                           gconstpointer  data)
{
  gint64 id;
  g_autofree char *remote_id = push_make_shared_review (fixture, &id);
  g_autoptr(BalSyncResult) result = NULL;
  g_autoptr(BalSyncResult) again = NULL;
  g_autoptr(BalOutboxItem) item = NULL;

  sync_client_edit_review (fixture->client, id, "New", NULL);
  push_set_fault (fixture, "put_review", FAKE_RETRY_AFTER, 1);
  result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_error (result->error, BAL_ERROR, BAL_ERROR_TEMPORARY);
  g_assert_cmpuint (result->n_waiting, ==, 1);
  item = push_dup_state (fixture);
  g_assert_cmpint (item->state, ==, BAL_OUTBOX_PENDING);
  g_assert_cmpint (item->not_before, >=, bal_time_now () + 3590);

  again = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_no_error (again->error);
  g_assert_cmpuint (again->n_waiting, ==, 1);
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "put_review"), ==, 1);
}

static void
test_offline_stops_and_keeps_everything (PushFixture   *fixture,
                                         gconstpointer  data)
{
  g_autoptr(BalSyncResult) result = NULL;

  for (guint i = 0; i < 5; i++)
    sync_client_add_review (fixture->client, "A", "<p>A</p>", BAL_REVIEW_STATUS_DRAFT);
  push_set_fault (fixture, "put_review", FAKE_OFFLINE, 100);
  result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_error (result->error, BAL_ERROR, BAL_ERROR_OFFLINE);
  g_assert_cmpuint (result->n_waiting, ==, 5);
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "put_review"), ==, 1);

  push_set_fault (fixture, "put_review", FAKE_FINE, 0);
  sync_client_retry (fixture->client);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_get_n_reviews (fixture->server), ==, 5);
}

static void
test_signed_out_waits_for_another_password (PushFixture   *fixture,
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
test_signed_out_while_pushing (PushFixture   *fixture,
                               gconstpointer  data)
{
  g_autoptr(BalSyncResult) result = NULL;
  g_autoptr(BalOutboxItem) item = NULL;

  sync_client_add_review (fixture->client, "A", "<p>A</p>", BAL_REVIEW_STATUS_DRAFT);
  push_set_fault (fixture, "put_review", FAKE_AUTH, 1);
  result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (result->n_signed_out, ==, 1);
  item = push_dup_state (fixture);
  g_assert_cmpint (item->state, ==, BAL_OUTBOX_PENDING);
}

#define ADD(name, func) g_test_add ("/sync/push/" name, PushFixture, NULL, push_set_up, func, push_tear_down)
#define ADD_DATA(name, data, func) g_test_add ("/sync/push/" name, PushFixture, data, push_set_up, func, push_tear_down)

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
  ADD ("refused-is-parked-with-the-words", test_refused_is_parked_with_the_words);
  ADD ("backoff-is-respected", test_backoff_is_respected);
  ADD ("offline-stops-and-keeps-everything", test_offline_stops_and_keeps_everything);
  ADD ("signed-out-waits-for-another-password", test_signed_out_waits_for_another_password);
  ADD ("signed-out-while-pushing", test_signed_out_while_pushing);

  return g_test_run ();
}
