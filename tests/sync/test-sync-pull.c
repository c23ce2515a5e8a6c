/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-client.h"

#include "bal-error.h"

typedef struct
{
  FakeServer *server;
  SyncClient *client;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->server = fake_server_new ("pull", "secret");
  fixture->client = sync_client_new (fixture->server, "secret");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  sync_client_free (fixture->client);
  fake_server_free (fixture->server);
}

static void
add_reviews (FakeServer *server,
             guint       n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *title = g_strdup_printf ("Review %u", i);
      g_autofree char *html = g_strdup_printf ("<p>Text %u.</p>", i);
      g_autofree char *id = fake_server_add_review (server, title, html, BAL_REVIEW_STATUS_PUBLISHED);
    }
}

/* Both sides hold the same reviews and comments. */
static void
assert_equal (Fixture *fixture)
{
  g_autoptr(GPtrArray) there = fake_server_list_reviews (fixture->server);
  g_autoptr(GPtrArray) comments = fake_server_list_comments (fixture->server);
  g_autoptr(GPtrArray) here = sync_client_list_reviews (fixture->client);

  g_assert_cmpuint (here->len, ==, there->len);
  for (guint i = 0; i < there->len; i++)
    {
      BalReview *review = g_ptr_array_index (there, i);
      gint64 id = sync_client_find_review (fixture->client, bal_review_get_remote_id (review));
      g_autoptr(BalReview) local = sync_client_get_review (fixture->client, id);

      g_assert_nonnull (local);
      g_assert_true (bal_review_content_equal (review, local));
    }
  for (guint i = 0; i < comments->len; i++)
    {
      BalComment *comment = g_ptr_array_index (comments, i);
      gint64 id = sync_client_find_comment (fixture->client, bal_comment_get_remote_id (comment));
      g_autoptr(BalComment) local = sync_client_get_comment (fixture->client, id);

      g_assert_nonnull (local);
      g_assert_cmpstr (bal_comment_get_html (local), ==, bal_comment_get_html (comment));
      g_assert_cmpint (bal_comment_get_status (local), ==, bal_comment_get_status (comment));
      g_assert_cmpstr (bal_comment_get_remote_parent_id (local), ==, bal_comment_get_remote_parent_id (comment));
    }
}

static void
test_first_pull_of_many_pages (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autofree char *first = fake_server_add_review (fixture->server, "First", "<p>1</p>", BAL_REVIEW_STATUS_DRAFT);
  g_autofree char *top = fake_server_add_comment (fixture->server, first, NULL, "Ann", "Yes", 1);
  g_autofree char *reply = fake_server_add_comment (fixture->server, first, top, "Bob", "No", 0);
  g_autoptr(BalSyncResult) result = NULL;
  g_autofree char *words = NULL;

  add_reviews (fixture->server, 24);
  fake_server_set_page_size (fixture->server, 10);
  result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_no_error (result->error);
  g_assert_cmpuint (result->n_reviews_pulled, ==, 25);
  g_assert_cmpuint (result->n_comments_pulled, ==, 2);
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "list_reviews"), ==, 3);
  words = bal_sync_result_describe (result);
  g_assert_cmpstr (words, ==, "25 reviews and 2 comments received");
  assert_equal (fixture);
}

static void
test_nothing_new_is_nothing_done (Fixture       *fixture,
                                  gconstpointer  data)
{
  g_autoptr(BalSyncResult) result = NULL;
  g_autofree char *words = NULL;

  add_reviews (fixture->server, 5);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  fake_server_forget_calls (fixture->server);
  result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  words = bal_sync_result_describe (result);
  g_assert_cmpstr (words, ==, "Everything is up to date");
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "get_review"), ==, 0);
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "sweep_comments"), ==, 0);
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "list_reviews"), ==, 1);
}

/* The third page fails. */
static FakeFault
cut_third (FakeServer *server,
           const char *op,
           gpointer    data)
{
  guint *n = data;

  return g_str_equal (op, "list_reviews") && ++*n == 3 ? FAKE_BUSY : FAKE_FINE;
}

static void
test_cut_pull_goes_on_where_it_was (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autoptr(BalSyncResult) result = NULL;
  g_autofree char *cursor = NULL;
  guint n = 0;

  add_reviews (fixture->server, 45);
  fake_server_set_page_size (fixture->server, 10);
  fake_server_set_fault (fixture->server, cut_third, &n);
  result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_error (result->error, BAL_ERROR, BAL_ERROR_TEMPORARY);
  g_assert_cmpuint (result->n_reviews_pulled, ==, 20);
  cursor = sync_client_get_cursor (fixture->client, "reviews");
  g_assert_nonnull (cursor);

  sync_client_restart (fixture->client);
  fake_server_set_fault (fixture->server, NULL, NULL);
  fake_server_forget_calls (fixture->server);
  /* What changes behind the cursor meanwhile is found by the watermark of the listing's beginning. */
  {
    g_autoptr(BalReview) early = fake_server_dup_review (fixture->server, "1");

    bal_review_set_title (early, "Changed");
    fake_server_edit_review (fixture->server, early);
  }
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "list_reviews"), ==, 3);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  assert_equal (fixture);
}

static void
test_remote_changes_arrive (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autofree char *id = fake_server_add_review (fixture->server, "Old", "<p>Old.</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(BalReview) review = NULL;
  g_autoptr(GPtrArray) revisions = NULL;
  BalRevision *revision;

  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  review = fake_server_dup_review (fixture->server, id);
  bal_review_set_title (review, "New");
  bal_review_set_html (review, "<p>New.</p>");
  bal_review_set_labels (review, (const char *[]) { "Horror", NULL });
  fake_server_edit_review (fixture->server, review);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  assert_equal (fixture);

  revisions = sync_client_list_revisions (fixture->client, BAL_ENTITY_REVIEW,
                                          sync_client_find_review (fixture->client, id));
  g_assert_cmpuint (revisions->len, ==, 1);
  revision = g_ptr_array_index (revisions, 0);
  g_assert_cmpint (revision->kind, ==, BAL_REVISION_REMOTE);
  g_assert_cmpstr (revision->html, ==, "<p>Old.</p>");
}

/* Not the text alone: whatever a person writes is kept before something else takes its place. */
static void
test_overwritten_excerpt_is_in_the_history (Fixture       *fixture,
                                            gconstpointer  data)
{
  g_autofree char *id = fake_server_add_review (fixture->server, "A", "<p>A</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(BalReview) review = fake_server_dup_review (fixture->server, id);
  g_autoptr(GPtrArray) revisions = NULL;
  BalRevision *revision;

  bal_review_set_excerpt (review, "Told slowly.");
  bal_review_set_labels (review, (const char *[]) { "Horror", NULL });
  fake_server_edit_review (fixture->server, review);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  bal_review_set_excerpt (review, "Told quickly.");
  bal_review_set_labels (review, (const char *[]) { "Drama", NULL });
  fake_server_edit_review (fixture->server, review);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  assert_equal (fixture);

  revisions = sync_client_list_revisions (fixture->client, BAL_ENTITY_REVIEW,
                                          sync_client_find_review (fixture->client, id));
  g_assert_cmpuint (revisions->len, ==, 1);
  revision = g_ptr_array_index (revisions, 0);
  g_assert_cmpint (revision->kind, ==, BAL_REVISION_REMOTE);
  g_assert_cmpstr (revision->excerpt, ==, "Told slowly.");
  g_assert_cmpstr (revision->labels[0], ==, "Horror");

  /* Published or not is nothing that somebody wrote. */
  bal_review_set_status (review, BAL_REVIEW_STATUS_PRIVATE);
  fake_server_edit_review (fixture->server, review);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_clear_pointer (&revisions, g_ptr_array_unref);
  revisions = sync_client_list_revisions (fixture->client, BAL_ENTITY_REVIEW,
                                          sync_client_find_review (fixture->client, id));
  g_assert_cmpuint (revisions->len, ==, 1);
}

/* No list of news shows it: only the totals do. */
static void
test_moderation_elsewhere_is_found (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autofree char *review = fake_server_add_review (fixture->server, "A", "<p>A</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autofree char *ham = fake_server_add_comment (fixture->server, review, NULL, "Ann", "Good", 0);
  g_autofree char *spam = fake_server_add_comment (fixture->server, review, NULL, "Bot", "Buy", 0);
  g_autofree char *gone = fake_server_add_comment (fixture->server, review, ham, "Bob", "Bye", 1);
  g_autofree char *below = fake_server_add_comment (fixture->server, review, gone, "Cid", "Hm", 1);
  g_autoptr(BalSyncResult) result = NULL;
  g_autoptr(GPtrArray) revisions = NULL;
  gint64 gone_id;

  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  gone_id = sync_client_find_comment (fixture->client, gone);
  fake_server_edit_comment (fixture->server, ham, NULL, BAL_COMMENT_STATUS_APPROVED);
  fake_server_edit_comment (fixture->server, spam, NULL, BAL_COMMENT_STATUS_SPAM);
  fake_server_delete_comment (fixture->server, gone);

  result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_no_error (result->error);
  g_assert_cmpuint (result->n_comments_pulled, ==, 2);
  g_assert_cmpuint (result->n_removed, ==, 1);
  g_assert_cmpint (sync_client_find_comment (fixture->client, gone), ==, 0);
  assert_equal (fixture);
  revisions = sync_client_list_revisions (fixture->client, BAL_ENTITY_COMMENT, gone_id);
  g_assert_cmpuint (revisions->len, ==, 1);

  fake_server_forget_calls (fixture->server);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "sweep_comments"), ==, 0);
}

/* A comment on something that is no review: it is left out, and does not cost a sweep each time. */
static void
test_comment_on_a_page_is_left_out (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autofree char *review = fake_server_add_review (fixture->server, "A", "<p>A</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autofree char *on_page = fake_server_add_comment (fixture->server, "4711", NULL, "Ann", "Hello", 1);
  g_autofree char *on_review = fake_server_add_comment (fixture->server, review, NULL, "Ann", "Hello", 1);

  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpint (sync_client_find_comment (fixture->client, on_page), ==, 0);
  g_assert_cmpint (sync_client_find_comment (fixture->client, on_review), !=, 0);

  fake_server_forget_calls (fixture->server);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "sweep_comments"), ==, 0);
}

static FakeFault
hide_review_lists (FakeServer *server,
                   const char *op,
                   gpointer    data)
{
  return g_str_equal (op, "list_reviews") ? FAKE_BUSY : FAKE_FINE;
}

/* The review of a comment is not here yet: it is fetched first. */
static void
test_comment_brings_its_review (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autoptr(GPtrArray) comments = NULL;
  g_autofree char *review = NULL;
  g_autofree char *comment = NULL;
  g_autoptr(BalReview) local = NULL;

  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  review = fake_server_add_review (fixture->server, "A", "<p>A</p>", BAL_REVIEW_STATUS_PUBLISHED);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  local = sync_client_get_review (fixture->client, sync_client_find_review (fixture->client, review));
  g_assert_nonnull (local);
  fake_server_set_fault (fixture->server, hide_review_lists, NULL);
  comment = fake_server_add_comment (fixture->server, review, NULL, "Ann", "Hi", 1);
  {
    g_autoptr(BalSyncResult) result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);

    g_assert_error (result->error, BAL_ERROR, BAL_ERROR_TEMPORARY);
  }
  fake_server_set_fault (fixture->server, NULL, NULL);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  assert_equal (fixture);
}

static void
test_deletion_is_believed_after_a_sweep (Fixture       *fixture,
                                         gconstpointer  data)
{
  g_autofree char *id = NULL;
  g_autoptr(BalSyncResult) result = NULL;
  g_autoptr(GPtrArray) revisions = NULL;
  gint64 local_id;

  add_reviews (fixture->server, 20);
  id = fake_server_add_review (fixture->server, "Doomed", "<p>Doomed.</p>", BAL_REVIEW_STATUS_PUBLISHED);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  local_id = sync_client_find_review (fixture->client, id);
  fake_server_delete_review (fixture->server, id);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpint (sync_client_find_review (fixture->client, id), !=, 0);

  result = sync_client_sync (fixture->client, BAL_SYNC_FULL);
  g_assert_no_error (result->error);
  g_assert_cmpuint (result->n_removed, ==, 1);
  g_assert_cmpint (sync_client_find_review (fixture->client, id), ==, 0);
  revisions = sync_client_list_revisions (fixture->client, BAL_ENTITY_REVIEW, local_id);
  g_assert_cmpstr (((BalRevision *) g_ptr_array_index (revisions, 0))->html, ==, "<p>Doomed.</p>");
  assert_equal (fixture);
}

/* The texts of its comments go into the history with it, each once. */
static void
test_comments_of_a_deleted_review_are_kept_once (Fixture       *fixture,
                                                 gconstpointer  data)
{
  g_autofree char *id = fake_server_add_review (fixture->server, "Doomed", "<p>Doomed.</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autofree char *comment = fake_server_add_comment (fixture->server, id, NULL, "Ann", "Good.",
                                                      BAL_COMMENT_STATUS_APPROVED);
  g_autoptr(GPtrArray) revisions = NULL;
  gint64 local_id;

  add_reviews (fixture->server, 20);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  local_id = sync_client_find_comment (fixture->client, comment);
  fake_server_delete_review (fixture->server, id);
  sync_client_sync_well (fixture->client, BAL_SYNC_FULL);

  g_assert_cmpint (sync_client_find_comment (fixture->client, comment), ==, 0);
  revisions = sync_client_list_revisions (fixture->client, BAL_ENTITY_COMMENT, local_id);
  g_assert_cmpuint (revisions->len, ==, 1);
  g_assert_cmpstr (((BalRevision *) g_ptr_array_index (revisions, 0))->html, ==, "Good.");
}

/* Rows move while one reads a list: what it does not show may be there all the same. */
static void
test_absence_from_a_list_proves_nothing (Fixture       *fixture,
                                         gconstpointer  data)
{
  g_autofree char *id = fake_server_add_review (fixture->server, "A", "<p>A</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(BalSyncResult) result = NULL;

  add_reviews (fixture->server, 10);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  fake_server_hide (fixture->server, id);
  result = sync_client_sync (fixture->client, BAL_SYNC_FULL);
  g_assert_no_error (result->error);
  g_assert_cmpuint (result->n_removed, ==, 0);
  g_assert_cmpint (sync_client_find_review (fixture->client, id), !=, 0);
}

static void
test_mass_deletion_asks_first (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr(BalSyncResult) result = NULL;
  g_autoptr(GPtrArray) before = NULL;
  g_autoptr(GPtrArray) after = NULL;

  add_reviews (fixture->server, 100);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  for (guint i = 1; i <= 11; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      fake_server_delete_review (fixture->server, id);
    }

  fake_server_forget_calls (fixture->server);
  result = sync_client_sync (fixture->client, BAL_SYNC_FULL);
  g_assert_error (result->error, BAL_ERROR, BAL_ERROR_CONFLICT);
  g_assert_cmpuint (result->n_removed, ==, 0);
  before = sync_client_list_reviews (fixture->client);
  g_assert_cmpuint (before->len, ==, 100);
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "get_review"), ==, 11);

  sync_client_sync_well (fixture->client, BAL_SYNC_FULL | BAL_SYNC_ACCEPT_REMOVALS);
  after = sync_client_list_reviews (fixture->client);
  g_assert_cmpuint (after->len, ==, 89);
}

/* An edit beats a delete: what was written here goes to the blog again, once. */
static void
test_edited_review_is_created_again (Fixture       *fixture,
                                     gconstpointer  data)
{
  g_autofree char *id = fake_server_add_review (fixture->server, "A", "<p>A</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(GPtrArray) there = NULL;
  gint64 local_id;

  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  local_id = sync_client_find_review (fixture->client, id);
  sync_client_edit_review (fixture->client, local_id, NULL, "<p>Better.</p>");
  fake_server_delete_review (fixture->server, id);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  there = fake_server_list_reviews (fixture->server);
  g_assert_cmpuint (there->len, ==, 1);
  g_assert_cmpstr (bal_review_get_html (g_ptr_array_index (there, 0)), ==, "<p>Better.</p>");
  assert_equal (fixture);

  sync_client_sync_well (fixture->client, BAL_SYNC_FULL);
  g_assert_cmpuint (fake_server_get_n_reviews (fixture->server), ==, 1);
  g_assert_cmpint (sync_client_find_review (fixture->client,
                                            bal_review_get_remote_id (g_ptr_array_index (there, 0))),
                   ==, local_id);
}

static void
test_pull_keeps_unsent_edits (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autofree char *id = fake_server_add_review (fixture->server, "A", "<p>A</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(BalReview) there = NULL;
  g_autoptr(BalReview) here = NULL;
  g_autoptr(GPtrArray) outbox = NULL;
  gint64 local_id;

  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  local_id = sync_client_find_review (fixture->client, id);
  sync_client_edit_review (fixture->client, local_id, NULL, "<p>Mine.</p>");
  there = fake_server_dup_review (fixture->server, id);
  bal_review_set_title (there, "Theirs");
  fake_server_edit_review (fixture->server, there);

  sync_client_sync_well (fixture->client, BAL_SYNC_PULL_ONLY);
  here = sync_client_get_review (fixture->client, local_id);
  g_assert_cmpstr (bal_review_get_title (here), ==, "Theirs");
  g_assert_cmpstr (bal_review_get_html (here), ==, "<p>Mine.</p>");
  outbox = sync_client_list_outbox (fixture->client);
  g_assert_cmpuint (outbox->len, ==, 1);

  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  assert_equal (fixture);
}

static void
test_local_deletion_is_not_pulled_again (Fixture       *fixture,
                                         gconstpointer  data)
{
  g_autofree char *review = fake_server_add_review (fixture->server, "A", "<p>A</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autofree char *comment = fake_server_add_comment (fixture->server, review, NULL, "Ann", "Hi", 1);

  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  sync_client_delete_comment (fixture->client, sync_client_find_comment (fixture->client, comment));
  sync_client_sync_well (fixture->client, BAL_SYNC_PULL_ONLY | BAL_SYNC_FULL);
  g_assert_cmpint (sync_client_find_comment (fixture->client, comment), ==, 0);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_get_n_comments (fixture->server), ==, 0);
  fake_server_forget_calls (fixture->server);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "sweep_comments"), ==, 0);
}

#define ADD(name, func) g_test_add ("/sync/pull/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("first-pull-of-many-pages", test_first_pull_of_many_pages);
  ADD ("nothing-new-is-nothing-done", test_nothing_new_is_nothing_done);
  ADD ("cut-pull-goes-on-where-it-was", test_cut_pull_goes_on_where_it_was);
  ADD ("remote-changes-arrive", test_remote_changes_arrive);
  ADD ("overwritten-excerpt-is-in-the-history", test_overwritten_excerpt_is_in_the_history);
  ADD ("moderation-elsewhere-is-found", test_moderation_elsewhere_is_found);
  ADD ("comment-on-a-page-is-left-out", test_comment_on_a_page_is_left_out);
  ADD ("comment-brings-its-review", test_comment_brings_its_review);
  ADD ("deletion-is-believed-after-a-sweep", test_deletion_is_believed_after_a_sweep);
  ADD ("comments-of-a-deleted-review-are-kept-once", test_comments_of_a_deleted_review_are_kept_once);
  ADD ("absence-from-a-list-proves-nothing", test_absence_from_a_list_proves_nothing);
  ADD ("mass-deletion-asks-first", test_mass_deletion_asks_first);
  ADD ("edited-review-is-created-again", test_edited_review_is_created_again);
  ADD ("pull-keeps-unsent-edits", test_pull_keeps_unsent_edits);
  ADD ("local-deletion-is-not-pulled-again", test_local_deletion_is_not_pulled_again);

  return g_test_run ();
}
