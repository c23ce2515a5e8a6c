/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-planner.h"
#include "bal-revision-table.h"
#include "sync-client.h"

/*
 * What is in between may deliver a create once more when its answer was heard long ago. The blog here is like WordPress:
 * a draft has the key of its create until it is changed.
 */

typedef struct
{
  FakeServer *server;
  SyncClient *one;
  SyncClient *other;
  gint64      id;                /* of the review that was created by @one */
  char       *first;             /* … on the blog */
} Fixture;

static FakeFault
deliver_again (FakeServer *server,
               const char *op,
               gpointer    data)
{
  return g_str_equal (op, "create_review") ? FAKE_AGAIN : FAKE_FINE;
}

static void
set_up (Fixture       *self,
        gconstpointer  like_ghost)
{
  g_autoptr(BalReview) review = NULL;

  self->server = fake_server_new ("blog", "secret");
  fake_server_set_shows_keys (self->server, FALSE);
  fake_server_set_two_steps (self->server, TRUE);
  fake_server_set_gives_slugs (self->server, TRUE);
  if (like_ghost != NULL)
    fake_server_set_like_ghost (self->server);
  self->one = sync_client_new (self->server, "secret");
  self->other = sync_client_new (self->server, "secret");

  self->id = sync_client_add_review (self->one, "Laura", "<p>Once.</p>", BAL_REVIEW_STATUS_DRAFT);
  sync_client_set_labels (self->one, self->id, (const char *[]) { "2018", "noir", NULL });
  fake_server_set_fault (self->server, deliver_again, NULL);
  sync_client_sync_well (self->one, BAL_SYNC_DEFAULT);
  fake_server_set_fault (self->server, NULL, NULL);
  review = sync_client_get_review (self->one, self->id);
  self->first = g_strdup (bal_review_get_remote_id (review));
  g_assert_nonnull (self->first);
}

static void
tear_down (Fixture       *self,
           gconstpointer  like_ghost)
{
  sync_client_free (self->one);
  sync_client_free (self->other);
  fake_server_free (self->server);
  g_free (self->first);
}

/* (transfer full): the id of what that makes */
static char *
deliver (Fixture *self)
{
  g_autoptr(GPtrArray) reviews = NULL;

  g_assert_true (fake_server_deliver_again (self->server));
  reviews = fake_server_list_reviews (self->server);
  return g_strdup (bal_review_get_remote_id (g_ptr_array_index (reviews, reviews->len - 1)));
}

static guint
sync_one (SyncClient *client)
{
  g_autoptr(BalSyncResult) result = sync_client_sync (client, BAL_SYNC_DEFAULT);

  g_assert_no_error (result->error);
  return result->n_doubled;
}

static guint
count_shown (SyncClient *client)
{
  g_autoptr(GPtrArray) reviews = sync_client_list_reviews (client);
  guint n = 0;

  for (guint i = 0; i < reviews->len; i++)
    n += bal_review_get_status (g_ptr_array_index (reviews, i)) != BAL_REVIEW_STATUS_TRASH;
  return n;
}

static void
assert_status (Fixture         *self,
               const char      *id,
               BalReviewStatus  status)
{
  g_autoptr(BalReview) there = fake_server_dup_review (self->server, id);

  g_assert_nonnull (there);
  g_assert_cmpint (bal_review_get_status (there), ==, status);
}

/* It is shown beside the first one, and stays what it is on the blog. */
static void
assert_is_own (Fixture         *self,
               const char      *second,
               BalReviewStatus  status)
{
  g_assert_cmpuint (sync_one (self->one), ==, 0);
  g_assert_cmpuint (sync_one (self->one), ==, 0);
  assert_status (self, second, status);
  g_assert_cmpint (sync_client_find_review (self->one, second), !=, 0);
}

static guint
count_deleted (Fixture    *self,
               const char *html)
{
  g_autoptr(GPtrArray) revisions = sync_client_list_revisions (self->one, BAL_ENTITY_REVIEW, self->id);
  guint n = 0;

  for (guint i = 0; i < revisions->len; i++)
    {
      BalRevision *revision = g_ptr_array_index (revisions, i);

      n += revision->kind == BAL_REVISION_DELETED && g_strcmp0 (revision->html, html) == 0;
    }
  return n;
}

/* ---- it goes ---- */

static void
test_untouched (Fixture       *self,
                gconstpointer  like_ghost)
{
  g_autofree char *second = deliver (self);

  g_assert_cmpuint (sync_one (self->one), ==, 1);
  assert_status (self, self->first, BAL_REVIEW_STATUS_DRAFT);
  assert_status (self, second, BAL_REVIEW_STATUS_TRASH);
  g_assert_cmpuint (count_shown (self->one), ==, 1);
  g_assert_cmpuint (count_deleted (self, "<p>Once.</p>"), ==, 1);
  g_assert_cmpuint (sync_one (self->one), ==, 0);
}

static void
test_after_all (Fixture       *self,
                gconstpointer  like_ghost)
{
  g_autofree char *second = NULL;

  sync_client_edit_review (self->one, self->id, "Laura (1944)", "<p>Quite another text.</p>");
  sync_client_set_review_status (self->one, self->id, BAL_REVIEW_STATUS_PUBLISHED);
  sync_client_sync_well (self->one, BAL_SYNC_DEFAULT);
  sync_client_restart (self->one);
  second = deliver (self);

  g_assert_cmpuint (sync_one (self->one), ==, 1);
  assert_status (self, self->first, BAL_REVIEW_STATUS_PUBLISHED);
  assert_status (self, second, BAL_REVIEW_STATUS_TRASH);
  g_assert_cmpuint (count_shown (self->one), ==, 1);
}

static void
test_no_trash (Fixture       *self,
               gconstpointer  like_ghost)
{
  g_autofree char *second = deliver (self);

  sync_client_edit_review (self->one, self->id, NULL, "<p>Quite another text.</p>");
  g_assert_cmpuint (sync_one (self->one), ==, 1);
  g_assert_null (fake_server_dup_review (self->server, second));
  assert_status (self, self->first, BAL_REVIEW_STATUS_DRAFT);
  g_assert_cmpuint (count_shown (self->one), ==, 1);
  g_assert_cmpuint (count_deleted (self, "<p>Once.</p>"), ==, 1);
}

static FakeFault
keep_off (FakeServer *server,
          const char *op,
          gpointer    words)
{
  return g_str_equal (op, words) ? FAKE_BUSY : FAKE_FINE;
}

/* Not shown while it waits for that, and its text is kept once. */
static void
test_at_another_time (Fixture       *self,
                      gconstpointer  like_ghost)
{
  g_autofree char *second = deliver (self);

  for (guint i = 0; i < 3; i++)
    {
      fake_server_set_fault (self->server, keep_off, (gpointer) "put_review");
      bal_sync_result_free (sync_client_sync (self->one, BAL_SYNC_DEFAULT));
      g_assert_cmpuint (count_shown (self->one), ==, 1);
      assert_status (self, second, BAL_REVIEW_STATUS_DRAFT);
    }
  fake_server_set_fault (self->server, NULL, NULL);
  sync_client_restart (self->one);
  g_assert_cmpuint (sync_one (self->one), ==, 1);
  assert_status (self, second, BAL_REVIEW_STATUS_TRASH);
  g_assert_cmpuint (count_deleted (self, "<p>Once.</p>"), ==, 1);
}

static void
test_other_desktop (Fixture       *self,
                    gconstpointer  like_ghost)
{
  g_autofree char *second = deliver (self);

  g_assert_cmpuint (sync_one (self->other), ==, 0);    /* whose it is, it can't know */
  assert_status (self, second, BAL_REVIEW_STATUS_DRAFT);
  g_assert_cmpuint (sync_one (self->one), ==, 1);
  g_assert_cmpuint (sync_one (self->other), ==, 0);
  g_assert_cmpuint (count_shown (self->other), ==, 1);
  assert_status (self, self->first, BAL_REVIEW_STATUS_DRAFT);
}

/* ---- it stays ---- */

static void
edit_there (Fixture         *self,
            const char      *id,
            const char      *html,
            BalReviewStatus  status)
{
  g_autoptr(BalReview) review = fake_server_dup_review (self->server, id);

  if (html != NULL)
    bal_review_set_html (review, html);
  bal_review_set_status (review, status);
  fake_server_edit_review (self->server, review);
}

static void
test_edited (Fixture       *self,
             gconstpointer  like_ghost)
{
  g_autofree char *second = deliver (self);

  edit_there (self, second, "<p>Once. And again.</p>", BAL_REVIEW_STATUS_DRAFT);
  assert_is_own (self, second, BAL_REVIEW_STATUS_DRAFT);
}

static void
test_published (Fixture       *self,
                gconstpointer  like_ghost)
{
  g_autofree char *second = deliver (self);

  edit_there (self, second, NULL, BAL_REVIEW_STATUS_PUBLISHED);
  assert_is_own (self, second, BAL_REVIEW_STATUS_PUBLISHED);
}

/* The list of reviews had shown it untouched, and does not show it again. */
static void
test_edited_since (Fixture       *self,
                   gconstpointer  like_ghost)
{
  g_autofree char *second = deliver (self);

  sync_client_sync_well (self->one, BAL_SYNC_PULL_ONLY);
  g_assert_cmpuint (count_shown (self->one), ==, 1);
  edit_there (self, second, "<p>Once. And again.</p>", BAL_REVIEW_STATUS_DRAFT);
  fake_server_hide (self->server, second);
  assert_is_own (self, second, BAL_REVIEW_STATUS_DRAFT);
}

static void
test_first_thrown_away (Fixture       *self,
                        gconstpointer  like_ghost)
{
  g_autofree char *second = deliver (self);

  edit_there (self, self->first, NULL, BAL_REVIEW_STATUS_TRASH);
  assert_is_own (self, second, BAL_REVIEW_STATUS_DRAFT);
}

static void
test_first_deleted (Fixture       *self,
                    gconstpointer  like_ghost)
{
  g_autofree char *second = deliver (self);

  fake_server_delete_review (self->server, self->first);
  assert_is_own (self, second, BAL_REVIEW_STATUS_DRAFT);
}

static void
test_with_comment (Fixture       *self,
                   gconstpointer  like_ghost)
{
  g_autofree char *second = deliver (self);

  g_free (fake_server_add_comment (self->server, second, NULL, "Reader", "Both?", BAL_COMMENT_STATUS_APPROVED));
  assert_is_own (self, second, BAL_REVIEW_STATUS_DRAFT);
}

static FakeFault
refuse (FakeServer *server,
        const char *op,
        gpointer    data)
{
  return g_str_equal (op, "put_review") ? FAKE_REFUSED : FAKE_FINE;
}

static void
test_refused (Fixture       *self,
              gconstpointer  like_ghost)
{
  g_autofree char *second = deliver (self);

  fake_server_set_fault (self->server, refuse, NULL);
  assert_is_own (self, second, BAL_REVIEW_STATUS_DRAFT);
}

/* It may have comments, of which nothing was heard. */
static void
test_half_pull (Fixture       *self,
                gconstpointer  like_ghost)
{
  g_autofree char *second = deliver (self);
  g_autoptr(BalSyncResult) result = NULL;

  fake_server_set_fault (self->server, keep_off, (gpointer) "list_comments");
  result = sync_client_sync (self->one, BAL_SYNC_DEFAULT);
  g_assert_nonnull (result->error);
  assert_status (self, second, BAL_REVIEW_STATUS_DRAFT);
}

/* ---- the planner ---- */

static BalReview *
make_review (const char *id,
             const char *html)
{
  BalReview *review = bal_review_new (0);

  bal_review_set_remote_id (review, id);
  bal_review_set_title (review, "Laura");
  bal_review_set_html (review, html);
  bal_review_set_labels (review, (const char *[]) { "2018", "noir", NULL });
  bal_review_set_status (review, BAL_REVIEW_STATUS_DRAFT);
  return review;
}

/* Each field of it may be what somebody has changed. */
static void
test_plan_fields (void)
{
  g_autoptr(BalReview) first = make_review ("7", "<p>Once.</p>");
  g_autofree char *created = bal_plan_note_created (NULL, first, NULL);
  g_autoptr(BalReview) second = make_review ("9", "<p>Once.</p>");

  g_assert_cmpstr (bal_plan_get_created (created), ==, "7");
  g_assert_false (bal_plan_is_doubled (created, first));
  g_assert_true (bal_plan_is_doubled (created, second));
  g_assert_false (bal_plan_is_doubled (NULL, second));
  g_assert_false (bal_plan_is_doubled ("", second));
  g_assert_false (bal_plan_is_doubled ("own ", second));

  bal_review_set_labels (second, (const char *[]) { "noir", "2018", NULL });
  bal_review_set_slug (second, "laura-2");
  g_assert_true (bal_plan_is_doubled (created, second));
  bal_review_set_labels (second, (const char *[]) { "noir", NULL });
  g_assert_false (bal_plan_is_doubled (created, second));
  bal_review_assign (second, first);
  bal_review_set_remote_id (second, "9");
  g_assert_true (bal_plan_is_doubled (created, second));
  bal_review_set_title (second, "Laura!");
  g_assert_false (bal_plan_is_doubled (created, second));
  bal_review_set_title (second, "Laura");
  bal_review_set_excerpt (second, "Noir");
  g_assert_false (bal_plan_is_doubled (created, second));
  bal_review_set_excerpt (second, "");
  g_assert_true (bal_plan_is_doubled (created, second));
  bal_review_set_categories (second, (const char *[]) { "Film", NULL });
  g_assert_false (bal_plan_is_doubled (created, second));
}

/* The answer was lost, and somebody wrote in the draft before it was found. */
static void
test_plan_sent (void)
{
  g_autoptr(BalReview) found = make_review ("7", "<p>Once. And again.</p>");
  g_autoptr(BalReview) sent = make_review (NULL, "<p>Once.</p>");
  g_autofree char *created = bal_plan_note_created (NULL, found, sent);
  g_autoptr(BalReview) second = make_review ("9", "<p>Once.</p>");

  g_assert_true (bal_plan_is_doubled (created, second));
  g_assert_cmpint (bal_plan_doubled (created, found, second), ==, BAL_PLAN_DOUBLED_REMOVE);
  g_assert_cmpint (bal_plan_doubled (created, NULL, second), ==, BAL_PLAN_DOUBLED_KEEP);
  g_assert_cmpint (bal_plan_doubled (created, found, NULL), ==, BAL_PLAN_DOUBLED_GONE);
  bal_review_set_status (found, BAL_REVIEW_STATUS_TRASH);
  g_assert_cmpint (bal_plan_doubled (created, found, second), ==, BAL_PLAN_DOUBLED_KEEP);
}

/* Two desktops that create the same with the same key at the same moment: one of the two stays. */
static void
test_plan_shared (void)
{
  g_autoptr(BalReview) one = make_review ("99", "<p>Once.</p>");
  g_autoptr(BalReview) other = make_review ("100", "<p>Once.</p>");
  g_autofree char *mine = bal_plan_note_created (bal_plan_note_shared (), one, NULL);
  g_autofree char *theirs = bal_plan_note_created (bal_plan_note_shared (), other, NULL);
  g_autofree char *again = bal_plan_note_created (mine, one, NULL);

  g_assert_false (bal_plan_is_doubled (bal_plan_note_shared (), other));
  g_assert_true (bal_plan_is_doubled (mine, other));
  g_assert_true (bal_plan_is_doubled (again, other));
  g_assert_false (bal_plan_is_doubled (theirs, one));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, test) g_test_add ("/sync/doubled/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("late-second-delivery-leaves-one-review", test_untouched);
  ADD ("edited-published-and-restarted-since", test_after_all);
  g_test_add ("/sync/doubled/without-a-trash-its-text-is-kept", Fixture, "ghost", set_up, test_no_trash, tear_down);
  ADD ("goes-at-another-time-when-it-could-not-now", test_at_another_time);
  ADD ("another-desktop-takes-nothing-away", test_other_desktop);
  ADD ("edited-one-stays", test_edited);
  ADD ("published-one-stays", test_published);
  ADD ("one-edited-since-it-was-listed-stays", test_edited_since);
  ADD ("stays-when-the-first-was-thrown-away", test_first_thrown_away);
  ADD ("stays-when-the-first-was-deleted", test_first_deleted);
  ADD ("one-with-a-comment-stays", test_with_comment);
  ADD ("stays-where-it-may-not-go", test_refused);
  ADD ("waits-for-the-comments", test_half_pull);
  g_test_add_func ("/sync/doubled/plan/any-field-may-be-edited", test_plan_fields);
  g_test_add_func ("/sync/doubled/plan/what-was-sent-is-known-too", test_plan_sent);
  g_test_add_func ("/sync/doubled/plan/two-desktops-leave-one", test_plan_shared);

  return g_test_run ();
}
