/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "blogger-fixture.h"

#include "sync-client.h"

#include <string.h>

/* The whole way: two desktops, each with a store and an engine, and a Blogger that is used elsewhere too. */
typedef struct
{
  Fixture     blogger;
  SyncClient *clients[2];
} Sync;

#define HTML "<p>The first paragraph.</p><p>The second paragraph.</p><p>The third paragraph.</p>"

static void
set_up (Sync          *self,
        gconstpointer  unused)
{
  g_autofree char *secret = NULL;

  fixture_set_up (&self->blogger, NULL);
  secret = fake_blogger_dup_secret (self->blogger.server);
  for (guint i = 0; i < G_N_ELEMENTS (self->clients); i++)
    self->clients[i] = sync_client_new_for (&bal_blogger_type, self->blogger.blog, secret);
}

static void
tear_down (Sync          *self,
           gconstpointer  unused)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->clients); i++)
    sync_client_free (self->clients[i]);
  fixture_tear_down (&self->blogger, NULL);
}

static void
assert_member (Sync       *self,
               const char *id,
               const char *name,
               const char *expected)
{
  g_autofree char *text = fixture_dup_member (&self->blogger, id, name);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_review_is (SyncClient      *client,
                  const char      *remote,
                  BalReviewStatus  status)
{
  g_autoptr(BalReview) review = sync_client_get_review (client, sync_client_find_review (client, remote));

  g_assert_cmpint (bal_review_get_status (review), ==, status);
}

static gint64
find_comment (SyncClient *client,
              const char *post,
              const char *comment)
{
  g_autofree char *id = g_strconcat (post, "/", comment, NULL);

  return sync_client_find_comment (client, id);
}

static void
assert_comment_is (SyncClient       *client,
                   gint64            id,
                   BalCommentStatus  status,
                   const char       *html)
{
  g_autoptr(BalComment) comment = sync_client_get_comment (client, id);

  g_assert_cmpint (bal_comment_get_status (comment), ==, status);
  g_assert_cmpstr (bal_comment_get_html (comment), ==, html);
}

static void
assert_nothing_waits (SyncClient *client)
{
  g_autoptr(GPtrArray) outbox = sync_client_list_outbox (client);

  g_assert_cmpuint (outbox->len, ==, 0);
}

static void
test_a_blog_of_ten_years_comes_in_whole (Sync          *self,
                                         gconstpointer  unused)
{
  static const char *const statuses[] = { "LIVE", "LIVE", "LIVE", "PENDING", "SPAM" };
  FakeBlogger *server = self->blogger.server;
  g_autoptr(GPtrArray) posts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) reviews = NULL;
  g_autofree char *root = NULL;
  guint n_comments = 0;

  for (guint i = 0; i < 500; i++)
    g_ptr_array_add (posts, fake_blogger_add_post (server, "A Film", HTML, i % 25 == 24 ? "DRAFT" : "LIVE",
                                                   1262304000 + (gint64) i * 604800));
  for (guint i = 0; i < 5000; i++)
    {
      char *id = fake_blogger_add_comment (server, g_ptr_array_index (posts, i % 500), i % 2500 == 500 ? root : NULL,
                                           "A reader", "Words.", statuses[i % 5], 1300000000 + (gint64) i * 3600);

      if (i == 0)
        root = g_strdup (id);
      g_free (id);
    }
  sync_client_sync_well (self->clients[0], BAL_SYNC_DEFAULT);

  reviews = sync_client_list_reviews (self->clients[0]);
  g_assert_cmpuint (reviews->len, ==, 500);
  for (guint i = 0; i < reviews->len; i++)
    {
      g_autoptr(GPtrArray) thread =
        sync_client_list_thread (self->clients[0], bal_review_get_id (g_ptr_array_index (reviews, i)));

      n_comments += thread->len;
    }
  g_assert_cmpuint (n_comments, ==, 5000);

  /* And again: nothing is news, which costs a few requests. */
  fake_blogger_forget_calls (server);
  sync_client_sync_well (self->clients[0], BAL_SYNC_DEFAULT);
  g_test_message ("%u requests for a sync without news", fake_blogger_count_calls (server, NULL));
  g_assert_cmpuint (fake_blogger_count_calls (server, "posts.get"), ==, 0);
}

static void
test_what_is_written_here_gets_there (Sync          *self,
                                      gconstpointer  unused)
{
  SyncClient *client = self->clients[0];
  gint64 id = sync_client_add_review (client, "New", "<p>One\ntwo.</p>", BAL_REVIEW_STATUS_DRAFT);
  g_autofree char *remote = NULL;
  g_autoptr(BalReview) review = NULL;
  guint n;

  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  remote = fake_blogger_find_title (self->blogger.server, "New", &n);
  g_assert_cmpuint (n, ==, 1);
  assert_member (self, remote, "status", "DRAFT");

  sync_client_set_review_status (client, id, BAL_REVIEW_STATUS_PUBLISHED);
  sync_client_set_labels (client, id, (const char *const[]) { "noir", NULL });
  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  assert_member (self, remote, "status", "LIVE");
  assert_member (self, remote, "content", "<p>One two.</p>");

  sync_client_edit_review (client, id, "Newer", NULL);
  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  assert_member (self, remote, "title", "Newer");

  sync_client_set_review_status (client, id, BAL_REVIEW_STATUS_TRASH);
  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  assert_member (self, remote, "status", "SOFT_TRASHED");
  assert_nothing_waits (client);

  sync_client_sync_well (self->clients[1], BAL_SYNC_DEFAULT);
  review = sync_client_get_review (self->clients[1], sync_client_find_review (self->clients[1], remote));
  g_assert_cmpint (bal_review_get_status (review), ==, BAL_REVIEW_STATUS_TRASH);
  g_assert_cmpstr (bal_review_get_title (review), ==, "Newer");
}

/* Each request that writes loses its answer once, in each of the ways; in the end everything is there once. */
static void
test_no_lost_answer_doubles_or_loses (Sync          *self,
                                      gconstpointer  unused)
{
  static const char *const ops[] = { "posts.insert", "posts.patch", "posts.publish", "posts.revert", "posts.delete" };
  static const FakeBloggerFault faults[] = {
    FAKE_BLOGGER_LOST, FAKE_BLOGGER_LOST_AFTER, FAKE_BLOGGER_GARBLED_AFTER, FAKE_BLOGGER_GATEWAY, FAKE_BLOGGER_BACKEND,
    FAKE_BLOGGER_UNAUTHORIZED,
  };
  static const BalReviewStatus path[] = { BAL_REVIEW_STATUS_DRAFT, BAL_REVIEW_STATUS_PUBLISHED, BAL_REVIEW_STATUS_DRAFT,
                                          BAL_REVIEW_STATUS_TRASH };
  static const char *const becomes[] = { "DRAFT", "LIVE", "DRAFT", "SOFT_TRASHED" };
  SyncClient *client = self->clients[0];

  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    for (guint j = 0; j < G_N_ELEMENTS (faults); j++)
      {
        g_autofree char *title = g_strdup_printf ("Title %u %u", i, j);
        gint64 id = 0;

        for (guint k = 0; k < G_N_ELEMENTS (path); k++)
          {
            g_autofree char *remote = NULL;
            guint n;

            if (k == 0)
              id = sync_client_add_review (client, title, HTML, path[k]);
            else
              sync_client_set_review_status (client, id, path[k]);
            if (k == 1)
              sync_client_edit_review (client, id, NULL, "<p>Another text.</p>");
            fixture_break (&self->blogger, ops[i], faults[j], 1);
            for (guint turn = 0; turn < 4; turn++)
              {
                g_autoptr(BalSyncResult) result = sync_client_sync (client, BAL_SYNC_DEFAULT);

                g_test_message ("%s, fault %u, step %u, turn %u: %s", ops[i], j, k, turn,
                                result->error != NULL ? result->error->message : "well");
                g_assert_cmpuint (result->n_conflicts, ==, 0);
                g_assert_cmpuint (result->n_parked, ==, 0);
                sync_client_retry (client);
              }
            remote = fake_blogger_find_title (self->blogger.server, title, &n);
            g_assert_cmpuint (n, ==, 1);
            assert_member (self, remote, "status", becomes[k]);
            if (k > 0)
              assert_member (self, remote, "content", "<p>Another text.</p>");
            assert_nothing_waits (client);
          }
      }
}

/* Hours after its answer, what is in between delivers the create again: Blogger makes a second draft of it. */
static void
test_late_second_delivery_goes (Sync          *self,
                                gconstpointer  unused)
{
  FakeBlogger *server = self->blogger.server;
  SyncClient *client = self->clients[0];
  gint64 id = sync_client_add_review (client, "Again", HTML, BAL_REVIEW_STATUS_DRAFT);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *content = NULL;
  g_autoptr(BalSyncResult) result = NULL;
  guint n;

  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  first = fake_blogger_find_title (server, "Again", &n);
  content = fixture_dup_member (&self->blogger, first, "content");
  g_assert_true (g_str_has_prefix (content, "<!--balcony:"));
  sync_client_set_review_status (client, id, BAL_REVIEW_STATUS_PUBLISHED);
  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  assert_member (self, first, "content", HTML);
  second = fake_blogger_add_post (server, "Again", content, "DRAFT", 0);

  result = sync_client_sync (client, BAL_SYNC_DEFAULT);
  g_assert_no_error (result->error);
  g_assert_cmpuint (result->n_doubled, ==, 1);
  assert_member (self, first, "status", "LIVE");
  assert_member (self, second, "status", "SOFT_TRASHED");
  assert_review_is (client, second, BAL_REVIEW_STATUS_TRASH);
}

static void
test_both_sides_edits_meet (Sync          *self,
                            gconstpointer  unused)
{
  FakeBlogger *server = self->blogger.server;
  SyncClient *client = self->clients[0];
  g_autofree char *remote = fake_blogger_add_post (server, "Title", HTML, "LIVE", 1262304000);
  g_autoptr(GPtrArray) conflicts = NULL;
  gint64 id;

  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  id = sync_client_find_review (client, remote);

  /* Different paragraphs go together. */
  sync_client_edit_review (client, id, NULL,
                           "<p>The first paragraph, mine.</p><p>The second paragraph.</p><p>The third paragraph.</p>");
  fake_blogger_edit_post (server, remote, NULL,
                          "<p>The first paragraph.</p><p>The second paragraph.</p><p>The third, theirs.</p>", NULL);
  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  assert_member (self, remote, "content",
                 "<p>The first paragraph, mine.</p><p>The second paragraph.</p><p>The third, theirs.</p>");

  /* The same title is for the person to decide; nothing is sent meanwhile. */
  sync_client_edit_review (client, id, "Mine", NULL);
  fake_blogger_edit_post (server, remote, "Theirs", NULL, NULL);
  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  conflicts = sync_client_list_conflicts (client);
  g_assert_cmpuint (conflicts->len, ==, 1);
  assert_member (self, remote, "title", "Theirs");
  sync_client_resolve (client, ((BalConflict *) g_ptr_array_index (conflicts, 0))->id, TRUE);
  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  assert_member (self, remote, "title", "Mine");
}

static void
test_comments_are_moderated_from_here (Sync          *self,
                                       gconstpointer  unused)
{
  static const BalCommentStatus wanted[] = { BAL_COMMENT_STATUS_APPROVED, BAL_COMMENT_STATUS_SPAM, BAL_COMMENT_STATUS_TRASH };
  static const char *const becomes[] = { "LIVE", "SPAM", "EMPTIED" };
  static const FakeBloggerFault faults[] = { FAKE_BLOGGER_FINE, FAKE_BLOGGER_LOST, FAKE_BLOGGER_LOST_AFTER, FAKE_BLOGGER_GATEWAY };
  FakeBlogger *server = self->blogger.server;
  SyncClient *client = self->clients[0];
  g_autofree char *post = fake_blogger_add_post (server, "Title", HTML, "LIVE", 1262304000);

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    for (guint j = 0; j < G_N_ELEMENTS (faults); j++)
      {
        g_autofree char *comment = fake_blogger_add_comment (server, post, NULL, "R", "Some words.", "PENDING", 0);
        json_t *there;
        gint64 id;

        sync_client_sync_well (client, BAL_SYNC_DEFAULT);
        id = find_comment (client, post, comment);
        g_assert_cmpint (id, !=, 0);
        sync_client_moderate (client, id, wanted[i]);
        fixture_break (&self->blogger, "comments.", faults[j], 0);
        self->blogger.faulty = i == 0 ? "comments.approve" : i == 1 ? "comments.mark" : "comments.remove";
        self->blogger.n_faults = 1;
        for (guint turn = 0; turn < 3; turn++)
          {
            g_autoptr(BalSyncResult) result = sync_client_sync (client, BAL_SYNC_DEFAULT);

            g_assert_cmpuint (result->n_parked, ==, 0);
            sync_client_retry (client);
          }
        there = fake_blogger_dup_comment (server, comment);
        g_assert_cmpstr (json_string_value (json_object_get (there, "status")), ==, becomes[i]);
        json_decref (there);
        assert_nothing_waits (client);

        /* What the blog threw away is still here to be read. */
        sync_client_sync_well (client, BAL_SYNC_FULL);
        assert_comment_is (client, id, wanted[i], "Some words.");
      }
}

static void
test_moderation_elsewhere_is_seen (Sync          *self,
                                   gconstpointer  unused)
{
  FakeBlogger *server = self->blogger.server;
  SyncClient *client = self->clients[0];
  g_autofree char *post = fake_blogger_add_post (server, "Title", HTML, "LIVE", 1262304000);
  g_autofree char *old = fake_blogger_add_comment (server, post, NULL, "R", "Words.", "PENDING", 1262304000);
  g_autofree char *emptied = fake_blogger_add_comment (server, post, NULL, "R", "Words.", "LIVE", 0);
  g_autofree char *gone = fake_blogger_add_comment (server, post, old, "R", "Words.", "LIVE", 1262304000);
  g_autoptr(BalComment) comment = NULL;
  gint64 id;

  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  id = find_comment (client, post, gone);
  fake_blogger_moderate (server, old, "LIVE");
  fake_blogger_moderate (server, emptied, "EMPTIED");
  fake_blogger_remove_comment (server, gone);
  sync_client_sync_well (client, BAL_SYNC_FULL);

  assert_comment_is (client, find_comment (client, post, old), BAL_COMMENT_STATUS_APPROVED, "Words.");
  assert_comment_is (client, find_comment (client, post, emptied), BAL_COMMENT_STATUS_TRASH, "Words.");
  comment = sync_client_get_comment (client, id);
  g_assert_null (comment);
}

static void
test_trash_and_deletion_elsewhere_are_seen (Sync          *self,
                                            gconstpointer  unused)
{
  FakeBlogger *server = self->blogger.server;
  SyncClient *client = self->clients[0];
  g_autofree char *trashed = fake_blogger_add_post (server, "Trashed", HTML, "LIVE", 1262304000);
  g_autofree char *deleted = fake_blogger_add_post (server, "Deleted", HTML, "LIVE", 1262304000);
  g_autofree char *appeared = fake_blogger_add_post (server, "Appeared", HTML, "SCHEDULED", 1262304000);
  g_autoptr(BalReview) review = NULL;
  gint64 id;

  for (guint i = 0; i < 20; i++)
    g_free (fake_blogger_add_post (server, "Other", HTML, "LIVE", 1262304000));
  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  id = sync_client_find_review (client, deleted);
  fake_blogger_edit_post (server, trashed, NULL, NULL, "SOFT_TRASHED");
  fake_blogger_let_appear (server, appeared);
  fake_blogger_remove_post (server, deleted);

  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  assert_review_is (client, trashed, BAL_REVIEW_STATUS_TRASH);
  assert_review_is (client, appeared, BAL_REVIEW_STATUS_PUBLISHED);

  sync_client_sync_well (client, BAL_SYNC_FULL);
  review = sync_client_get_review (client, id);
  g_assert_null (review);
}

static void
test_what_blogger_cannot_do_waits_and_says_why (Sync          *self,
                                                gconstpointer  unused)
{
  FakeBlogger *server = self->blogger.server;
  SyncClient *client = self->clients[0];
  g_autofree char *post = fake_blogger_add_post (server, "Title", HTML, "LIVE", 1262304000);
  g_autofree char *comment = fake_blogger_add_comment (server, post, NULL, "R", "Words.", "LIVE", 0);
  g_autoptr(GPtrArray) outbox = NULL;
  g_autofree char *html = NULL;
  gint64 picture, review, reply;

  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  reply = sync_client_reply (client, find_comment (client, post, comment), "An answer.");
  picture = sync_client_choose_picture (client, "still.png", "A still");
  html = g_strdup_printf ("<p>Text.</p><img src=\"media:%" G_GINT64_FORMAT "\">", picture);
  review = sync_client_add_review (client, "With a picture", html, BAL_REVIEW_STATUS_PUBLISHED);
  sync_client_sync_well (client, BAL_SYNC_DEFAULT);

  outbox = sync_client_list_outbox (client);
  g_assert_cmpuint (outbox->len, ==, 2);
  for (guint i = 0; i < outbox->len; i++)
    {
      BalOutboxItem *item = g_ptr_array_index (outbox, i);

      g_assert_cmpint (item->state, ==, BAL_OUTBOX_PARKED);
      g_assert_true (item->entity_id == (item->entity == BAL_ENTITY_REVIEW ? review : reply));
      g_assert_cmpuint (strlen (item->error), >, 20);
    }
  g_assert_cmpuint (fake_blogger_get_n_posts (server), ==, 1);
}

static void
test_used_up_quota_waits_and_loses_nothing (Sync          *self,
                                            gconstpointer  unused)
{
  SyncClient *client = self->clients[0];
  g_autoptr(BalSyncResult) result = NULL;
  guint n;

  sync_client_add_review (client, "New", HTML, BAL_REVIEW_STATUS_PUBLISHED);
  fixture_break (&self->blogger, "posts.publish", FAKE_BLOGGER_DAILY_LIMIT, 1);
  result = sync_client_sync (client, BAL_SYNC_DEFAULT);
  g_assert_error (result->error, BAL_ERROR, BAL_ERROR_TEMPORARY);
  g_assert_cmpuint (result->n_waiting, ==, 1);

  sync_client_retry (client);
  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  g_free (fake_blogger_find_title (self->blogger.server, "New", &n));
  g_assert_cmpuint (n, ==, 1);
  assert_nothing_waits (client);
}

static void
test_revoked_grant_asks_for_signing_in (Sync          *self,
                                        gconstpointer  unused)
{
  SyncClient *client = self->clients[0];
  g_autoptr(BalSyncResult) result = NULL;
  g_autoptr(GPtrArray) outbox = NULL;

  sync_client_add_review (client, "New", HTML, BAL_REVIEW_STATUS_PUBLISHED);
  fake_blogger_revoke_grants (self->blogger.server);
  result = sync_client_sync (client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (result->n_signed_out, ==, 1);
  outbox = sync_client_list_outbox (client);
  g_assert_cmpuint (outbox->len, ==, 1);
}

static void
test_other_refresh_token_is_kept (Sync          *self,
                                  gconstpointer  unused)
{
  fake_blogger_set_consent (self->blogger.server, FAKE_BLOGGER_ROTATES);
  for (guint i = 0; i < 3; i++)
    {
      fake_blogger_expire_token (self->blogger.server);
      sync_client_sync_well (self->clients[0], BAL_SYNC_DEFAULT);
    }
}

static void
test_removed_blog_takes_its_grant_back (Sync          *self,
                                        gconstpointer  unused)
{
  SyncClient *client = self->clients[0];
  g_autoptr(BalSyncResult) result = NULL;

  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  sync_client_remove_blog (client, client->blog_id);
  g_assert_cmpuint (fake_blogger_count_calls (self->blogger.server, "oauth/revoke"), ==, 1);

  result = sync_client_sync (self->clients[1], BAL_SYNC_DEFAULT);
  g_assert_cmpuint (result->n_signed_out, ==, 1);
}

#define ADD(path, func) g_test_add ("/blogger/sync/" path, Sync, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("a-blog-of-ten-years-comes-in-whole", test_a_blog_of_ten_years_comes_in_whole);
  ADD ("what-is-written-here-gets-there", test_what_is_written_here_gets_there);
  ADD ("no-lost-answer-doubles-or-loses", test_no_lost_answer_doubles_or_loses);
  ADD ("late-second-delivery-goes", test_late_second_delivery_goes);
  ADD ("both-sides-edits-meet", test_both_sides_edits_meet);
  ADD ("comments-are-moderated-from-here", test_comments_are_moderated_from_here);
  ADD ("moderation-elsewhere-is-seen", test_moderation_elsewhere_is_seen);
  ADD ("trash-and-deletion-elsewhere-are-seen", test_trash_and_deletion_elsewhere_are_seen);
  ADD ("what-blogger-cannot-do-waits-and-says-why", test_what_blogger_cannot_do_waits_and_says_why);
  ADD ("used-up-quota-waits-and-loses-nothing", test_used_up_quota_waits_and_loses_nothing);
  ADD ("revoked-grant-asks-for-signing-in", test_revoked_grant_asks_for_signing_in);
  ADD ("removed-blog-takes-its-grant-back", test_removed_blog_takes_its_grant_back);
  ADD ("other-refresh-token-is-kept", test_other_refresh_token_is_kept);

  return g_test_run ();
}
