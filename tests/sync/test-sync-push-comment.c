/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "push-fixture.h"

/* Replies and moderation on their way to the blog. */

static void
test_moderation_and_edit_are_sent (PushFixture   *fixture,
                                   gconstpointer  data)
{
  gint64 id;
  g_autofree char *remote_id = push_make_shared_review (fixture, &id);
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
  push_assert_outbox (fixture, 0);

  fake_server_forget_calls (fixture->server);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "sweep_comments"), ==, 0);
}

static void
test_comment_deleted_there (PushFixture   *fixture,
                            gconstpointer  data)
{
  gint64 id;
  g_autofree char *remote_id = push_make_shared_review (fixture, &id);
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
  item = push_dup_state (fixture);
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
test_thread_waits_for_publication (PushFixture   *fixture,
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
test_what_a_blog_cannot_do_is_parked (PushFixture   *fixture,
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

/* ---- lost answers ---- */

static void
test_lost_reply_is_not_doubled (PushFixture   *fixture,
                                gconstpointer  shows_keys)
{
  gint64 id;
  g_autofree char *remote_id = push_make_shared_review (fixture, &id);
  g_autofree char *top = fake_server_add_comment (fixture->server, remote_id, NULL, "Ann", "Hi", 1);
  gint64 comment;

  fake_server_set_shows_keys (fixture->server, shows_keys != NULL);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  comment = sync_client_find_comment (fixture->client, top);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *text = g_strdup_printf ("Reply %u", i);

      sync_client_reply (fixture->client, comment, text);
      push_set_fault (fixture, "put_comment", push_doubtful[i % G_N_ELEMENTS (push_doubtful)], 1);
      bal_sync_result_free (sync_client_sync (fixture->client, BAL_SYNC_DEFAULT));
      if (i % 3 == 0)
        sync_client_restart (fixture->client);
      sync_client_retry (fixture->client);
    }
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_get_n_comments (fixture->server), ==, 21);
  push_assert_outbox (fixture, 0);
  {
    g_autoptr(GPtrArray) thread = sync_client_list_thread (fixture->client, id);

    g_assert_cmpuint (thread->len, ==, 21);
  }
}

/* The answer is lost, and so is every look for it. */
/* "Oops" under somebody's comment, which is queued. */
static gint64
answer_somebody (PushFixture *fixture)
{
  gint64 id;
  g_autofree char *remote_id = push_make_shared_review (fixture, &id);
  g_autofree char *top = fake_server_add_comment (fixture->server, remote_id, NULL, "Ann", "Hi", 1);

  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  return sync_client_reply (fixture->client, sync_client_find_comment (fixture->client, top), "Oops");
}

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
test_lost_reply_deleted_meanwhile (PushFixture   *fixture,
                                   gconstpointer  data)
{
  gint64 reply = answer_somebody (fixture);
  g_autoptr(BalOutboxItem) item = NULL;

  fake_server_set_fault (fixture->server, lose_reply, NULL);
  bal_sync_result_free (sync_client_sync (fixture->client, BAL_SYNC_DEFAULT));
  g_assert_cmpuint (fake_server_get_n_comments (fixture->server), ==, 2);
  item = push_dup_state (fixture);
  g_assert_cmpint (item->state, ==, BAL_OUTBOX_UNKNOWN);

  sync_client_delete_comment (fixture->client, reply);
  fake_server_set_fault (fixture->server, NULL, NULL);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_get_n_comments (fixture->server), ==, 1);
  push_assert_outbox (fixture, 0);
}

static void
test_unsure_reply_deleted_before_the_look (PushFixture   *fixture,
                                           gconstpointer  data)
{
  gint64 reply = answer_somebody (fixture);
  g_autoptr(BalOutboxItem) item = NULL;

  push_set_fault (fixture, "put_comment", FAKE_RETRY_AFTER, 1);
  bal_sync_result_free (sync_client_sync (fixture->client, BAL_SYNC_DEFAULT));
  item = push_dup_state (fixture);
  g_assert_cmpuint (item->attempts, ==, 1);
  sync_client_delete_comment (fixture->client, reply);
  sync_client_retry (fixture->client);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_get_n_comments (fixture->server), ==, 1);
  push_assert_outbox (fixture, 0);
  {
    g_autoptr(BalComment) here = sync_client_get_comment (fixture->client, reply);

    g_assert_null (here);
  }
}

#define ADD(name, func) g_test_add ("/sync/push-comment/" name, PushFixture, NULL, push_set_up, func, push_tear_down)
#define ADD_DATA(name, data, func) g_test_add ("/sync/push-comment/" name, PushFixture, data, push_set_up, func, push_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_DATA ("lost-reply-is-not-doubled/keys-listed", "keys", test_lost_reply_is_not_doubled);
  ADD_DATA ("lost-reply-is-not-doubled/keys-hidden", NULL, test_lost_reply_is_not_doubled);
  ADD ("lost-reply-deleted-meanwhile", test_lost_reply_deleted_meanwhile);
  ADD ("unsure-reply-deleted-before-the-look", test_unsure_reply_deleted_before_the_look);
  ADD ("moderation-and-edit-are-sent", test_moderation_and_edit_are_sent);
  ADD ("comment-deleted-there", test_comment_deleted_there);
  ADD ("thread-waits-for-publication", test_thread_waits_for_publication);
  ADD ("what-a-blog-cannot-do-is-parked", test_what_a_blog_cannot_do_is_parked);

  return g_test_run ();
}
