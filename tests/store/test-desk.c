/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <string.h>

#include "bal-time.h"

static BalOutboxItem *
find_item (BalTransaction *transaction,
           BalEntity       entity,
           gint64          id,
           GError        **error)
{
  BalOutboxItem *item = bal_outbox_find (transaction, entity, id, error);

  g_assert_no_error (*error);
  return item;
}

static gboolean
edit_keeps_what_was_there (BalTransaction  *transaction,
                           gpointer         data,
                           GError         **error)
{
  Fixture *fixture = data;
  gint64 id = put_pulled_review (transaction, fixture->blog_id, "1", "Gems: A", "<p>old</p><p>Grade: B</p>");
  g_autoptr(BalReview) review = bal_review_table_get (transaction, id, error);
  g_autoptr(BalReview) base = NULL;
  g_autoptr(BalOutboxItem) item = NULL;
  g_autoptr(GPtrArray) revisions = NULL;

  bal_review_set_html (review, "<p>new</p><p>Grade: A</p>");
  must (bal_desk_save_review (transaction, review, TRUE, error));
  g_assert_cmpint (bal_review_get_edit_seq (review), ==, 1);
  g_assert_cmpint (bal_review_get_sync_state (review), ==, BAL_SYNC_STATE_QUEUED);
  g_assert_cmpstr (bal_review_get_grade (review), ==, "A");

  revisions = bal_revision_table_list (transaction, BAL_ENTITY_REVIEW, id, error);
  g_assert_cmpuint (revisions->len, ==, 1);
  g_assert_cmpstr (((BalRevision *) revisions->pdata[0])->html, ==, "<p>old</p><p>Grade: B</p>");
  item = find_item (transaction, BAL_ENTITY_REVIEW, id, error);
  g_assert_cmpint (item->op, ==, BAL_OUTBOX_UPDATE);
  g_assert_cmpint (item->edit_seq, ==, 1);

  /* The agreed state is still the old one, though it had shared the text. */
  base = bal_review_base_get (transaction, id, error);
  g_assert_cmpstr (bal_review_get_html (base), ==, "<p>old</p><p>Grade: B</p>");

  /* Saving the same again writes nothing. */
  must (bal_desk_save_review (transaction, review, TRUE, error));
  g_assert_cmpint (bal_review_get_edit_seq (review), ==, 1);
  g_assert_cmpuint (count_revisions (transaction, BAL_ENTITY_REVIEW, id), ==, 1);
  return TRUE;
}

static gboolean
autosave_is_kept_but_not_offered (BalTransaction  *transaction,
                                  gpointer         data,
                                  GError         **error)
{
  Fixture *fixture = data;
  gint64 id = put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>zero</p>");
  g_autoptr(BalReview) review = bal_review_table_get (transaction, id, error);
  g_autoptr(BalOutboxItem) item = NULL;

  for (guint i = 1; i <= 20; i++)
    {
      g_autofree char *html = g_strdup_printf ("<p>%u</p>", i);

      bal_review_set_html (review, html);
      must (bal_desk_save_review (transaction, review, FALSE, error));
    }

  item = find_item (transaction, BAL_ENTITY_REVIEW, id, error);
  g_assert_null (item);
  /* One version, that of before the first; not one a second. */
  g_assert_cmpuint (count_revisions (transaction, BAL_ENTITY_REVIEW, id), ==, 1);

  /* Saved by the person without a further change, it is offered. */
  must (bal_desk_save_review (transaction, review, TRUE, error));
  item = find_item (transaction, BAL_ENTITY_REVIEW, id, error);
  g_assert_nonnull (item);
  g_assert_cmpint (item->edit_seq, ==, 20);
  return TRUE;
}

static gboolean
old_object_overwrites_nothing_unseen (BalTransaction  *transaction,
                                      gpointer         data,
                                      GError         **error)
{
  Fixture *fixture = data;
  gint64 id = put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>zero</p>");
  g_autoptr(BalReview) old = bal_review_table_get (transaction, id, error);
  g_autoptr(BalReview) pulled = bal_review_table_get (transaction, id, error);
  g_autoptr(GPtrArray) revisions = NULL;

  /* The window's object is older than what sync has pulled meanwhile. */
  bal_review_set_html (old, "<p>one</p>");
  must (bal_desk_save_review (transaction, old, FALSE, error));
  bal_review_set_html (pulled, "<p>from the blog</p>");
  bal_review_set_revision (pulled, "r2");
  bal_review_set_status (pulled, BAL_REVIEW_STATUS_PRIVATE);
  must (bal_review_table_update (transaction, pulled, error));

  bal_review_set_html (old, "<p>two</p>");
  must (bal_desk_save_review (transaction, old, FALSE, error));
  g_assert_cmpint (bal_review_get_status (old), ==, BAL_REVIEW_STATUS_PRIVATE);
  g_assert_cmpstr (bal_review_get_revision (old), ==, "r2");
  revisions = bal_revision_table_list (transaction, BAL_ENTITY_REVIEW, id, error);
  g_assert_cmpuint (revisions->len, ==, 2);
  g_assert_cmpint (((BalRevision *) revisions->pdata[0])->kind, ==, BAL_REVISION_REMOTE);
  g_assert_cmpstr (((BalRevision *) revisions->pdata[0])->html, ==, "<p>from the blog</p>");
  return TRUE;
}

static gboolean
publish_now_and_later (BalTransaction  *transaction,
                       gpointer         data,
                       GError         **error)
{
  Fixture *fixture = data;
  g_autoptr(BalReview) review = make_review (fixture->blog_id, NULL, "T", "<p>x</p>");
  g_autoptr(BalReview) after = NULL;
  g_autoptr(BalOutboxItem) item = NULL;
  gint64 now = bal_time_now ();
  gint64 id = bal_desk_add_review (transaction, review, NULL, error);

  must (bal_desk_publish_review (transaction, id, now + 3600, error));
  after = bal_review_table_get (transaction, id, error);
  g_assert_cmpint (bal_review_get_status (after), ==, BAL_REVIEW_STATUS_SCHEDULED);
  g_assert_cmpint (bal_review_get_published (after), ==, now + 3600);

  must (bal_desk_publish_review (transaction, id, 0, error));
  g_clear_object (&after);
  after = bal_review_table_get (transaction, id, error);
  g_assert_cmpint (bal_review_get_status (after), ==, BAL_REVIEW_STATUS_PUBLISHED);
  g_assert_cmpint (bal_review_get_published (after), >=, now);
  g_assert_cmpint (bal_review_get_published (after), <, now + 3600);

  item = find_item (transaction, BAL_ENTITY_REVIEW, id, error);
  g_assert_cmpint (item->op, ==, BAL_OUTBOX_CREATE);
  g_assert_cmpint (item->edit_seq, ==, bal_review_get_edit_seq (after));

  must (bal_desk_set_review_status (transaction, id, BAL_REVIEW_STATUS_DRAFT, error));
  must_fail (bal_desk_publish_review (transaction, 4711, 0, error), BAL_ERROR_NOT_FOUND);
  return TRUE;
}

static gboolean
trash_and_restore_know_what_was (BalTransaction  *transaction,
                                 gpointer         data,
                                 GError         **error)
{
  Fixture *fixture = data;
  gint64 id = put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>x</p>");
  g_autoptr(BalReview) review = make_review (fixture->blog_id, NULL, "New", "<p>x</p>");
  g_autoptr(BalReview) after = NULL;
  g_autoptr(BalOutboxItem) item = NULL;
  gint64 fresh = bal_desk_add_review (transaction, review, NULL, error);

  must (bal_desk_set_review_status (transaction, id, BAL_REVIEW_STATUS_TRASH, error));
  must (bal_desk_restore_review (transaction, id, error));
  after = bal_review_table_get (transaction, id, error);
  g_assert_cmpint (bal_review_get_status (after), ==, BAL_REVIEW_STATUS_PUBLISHED);
  g_assert_cmpuint (count_revisions (transaction, BAL_ENTITY_REVIEW, id), ==, 0);

  /* What the blog never had is not sent to its trash. */
  must (bal_desk_set_review_status (transaction, fresh, BAL_REVIEW_STATUS_TRASH, error));
  item = find_item (transaction, BAL_ENTITY_REVIEW, fresh, error);
  g_assert_null (item);
  must (bal_desk_restore_review (transaction, fresh, error));
  item = find_item (transaction, BAL_ENTITY_REVIEW, fresh, error);
  g_assert_cmpint (item->op, ==, BAL_OUTBOX_CREATE);
  g_assert_cmpstr (item->key, ==, bal_review_get_key (review));
  return TRUE;
}

static gboolean
reply_approves_its_parent_first (BalTransaction  *transaction,
                                 gpointer         data,
                                 GError         **error)
{
  Fixture *fixture = data;
  gint64 review_id = put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>x</p>");
  gint64 parent = put_pulled_comment (transaction, fixture->blog_id, review_id, 0, "9", "Ann", BAL_COMMENT_STATUS_PENDING);
  gint64 reply = bal_desk_reply (transaction, parent, "Thanks <3\n\nReally", error);
  g_autoptr(BalComment) above = bal_comment_table_get (transaction, parent, error);
  g_autoptr(BalComment) comment = NULL;
  g_autoptr(GPtrArray) items = NULL;
  BalCounts counts;

  must (reply != 0);
  comment = bal_comment_table_get (transaction, reply, error);
  g_assert_cmpint (bal_comment_get_status (above), ==, BAL_COMMENT_STATUS_APPROVED);
  g_assert_cmpstr (bal_comment_get_author (comment), ==, "Brittani");
  g_assert_true (bal_comment_get_mine (comment));
  g_assert_cmpstr (bal_comment_get_number (comment), ==, "1.1");
  g_assert_cmpuint (bal_comment_get_depth (comment), ==, 1);
  g_assert_cmpstr (bal_comment_get_remote_parent_id (comment), ==, "9");
  g_assert_cmpstr (bal_comment_get_remote_review_id (comment), ==, "1");
  g_assert_cmpstr (bal_comment_get_review_title (comment), ==, "T");
  g_assert_nonnull (strstr (bal_comment_get_html (comment), "Thanks &lt;3"));

  items = bal_outbox_list (transaction, 0, error);
  g_assert_cmpuint (items->len, ==, 2);
  g_assert_cmpint (((BalOutboxItem *) items->pdata[0])->entity_id, ==, parent);
  g_assert_cmpint (((BalOutboxItem *) items->pdata[1])->entity_id, ==, reply);

  must (bal_counts_read (transaction, fixture->blog_id, &counts, error));
  g_assert_cmpuint (counts.unanswered, ==, 0);
  g_assert_cmpuint (counts.outbox, ==, 2);
  g_assert_cmpuint (counts.comments[BAL_COMMENT_STATUS_APPROVED], ==, 2);

  must_fail (bal_desk_reply (transaction, parent, " \n ", error) != 0, BAL_ERROR_INVALID);
  must (bal_desk_set_comment_status (transaction, &parent, 1, BAL_COMMENT_STATUS_SPAM, error));
  must_fail (bal_desk_reply (transaction, parent, "Hello", error) != 0, BAL_ERROR_INVALID);
  return TRUE;
}

static gboolean
moderation_of_many_is_all_or_nothing (BalTransaction  *transaction,
                                      gpointer         data,
                                      GError         **error)
{
  Fixture *fixture = data;
  gint64 review_id = put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>x</p>");
  gint64 ids[3];
  BalCounts counts;

  ids[0] = put_pulled_comment (transaction, fixture->blog_id, review_id, 0, "1", "Ann", BAL_COMMENT_STATUS_PENDING);
  ids[1] = put_pulled_comment (transaction, fixture->blog_id, review_id, 0, "2", "Bob", BAL_COMMENT_STATUS_APPROVED);
  ids[2] = put_pulled_comment (transaction, fixture->blog_id, review_id, 0, "3", "Cy", BAL_COMMENT_STATUS_TRASH);

  must (bal_desk_set_comment_status (transaction, ids, 3, BAL_COMMENT_STATUS_SPAM, error));
  must (bal_counts_read (transaction, 0, &counts, error));
  g_assert_cmpuint (counts.comments[BAL_COMMENT_STATUS_SPAM], ==, 3);
  g_assert_cmpuint (counts.unanswered, ==, 0);

  /* Each goes back to what it was; pending where that is not known. */
  must (bal_desk_restore_comments (transaction, ids, 3, error));
  must (bal_counts_read (transaction, 0, &counts, error));
  g_assert_cmpuint (counts.comments[BAL_COMMENT_STATUS_PENDING], ==, 2);
  g_assert_cmpuint (counts.comments[BAL_COMMENT_STATUS_APPROVED], ==, 1);
  g_assert_cmpuint (counts.outbox, ==, 3);
  return TRUE;
}

static gboolean
fail_in_the_middle (BalTransaction  *transaction,
                    gpointer         data,
                    GError         **error)
{
  Fixture *fixture = data;
  gint64 review_id = put_pulled_review (transaction, fixture->blog_id, "88", "T", "<p>x</p>");
  gint64 ids[2];

  ids[0] = put_pulled_comment (transaction, fixture->blog_id, review_id, 0, "1", "Ann", BAL_COMMENT_STATUS_PENDING);
  ids[1] = 4711;
  return bal_desk_set_comment_status (transaction, ids, 2, BAL_COMMENT_STATUS_APPROVED, error);
}

static gboolean
nothing_is_there (BalTransaction  *transaction,
                  gpointer         data,
                  GError         **error)
{
  Fixture *fixture = data;
  BalCounts counts;

  must (bal_counts_read (transaction, 0, &counts, error));
  g_assert_cmpuint (counts.reviews[BAL_REVIEW_STATUS_PUBLISHED], ==, 0);
  g_assert_cmpuint (counts.outbox, ==, 0);
  g_assert_cmpint (bal_review_table_find_remote (transaction, fixture->blog_id, "88", error), ==, 0);
  return TRUE;
}

static void
test_failed_act_leaves_nothing (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (bal_store_write (fixture->store, fail_in_the_middle, fixture, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_NOT_FOUND);
  fixture_write (fixture, nothing_is_there, fixture);
}

static gboolean
edited_comment_keeps_the_original (BalTransaction  *transaction,
                                   gpointer         data,
                                   GError         **error)
{
  Fixture *fixture = data;
  gint64 review_id = put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>x</p>");
  gint64 id = put_pulled_comment (transaction, fixture->blog_id, review_id, 0, "9", "Ann", BAL_COMMENT_STATUS_APPROVED);
  g_autoptr(GPtrArray) revisions = NULL;
  g_autoptr(BalComment) base = NULL;
  g_autoptr(BalComment) comment = NULL;

  must (bal_desk_edit_comment (transaction, id, "Other words", error));
  comment = bal_comment_table_get (transaction, id, error);
  g_assert_cmpstr (bal_comment_get_text (comment), ==, "Other words");
  g_assert_cmpint (bal_comment_get_sync_state (comment), ==, BAL_SYNC_STATE_QUEUED);
  revisions = bal_revision_table_list (transaction, BAL_ENTITY_COMMENT, id, error);
  g_assert_cmpuint (revisions->len, ==, 1);
  g_assert_cmpstr (((BalRevision *) revisions->pdata[0])->html, ==, "<p>Words of 9</p>");
  base = bal_comment_base_get (transaction, id, error);
  g_assert_cmpstr (bal_comment_get_html (base), ==, "<p>Words of 9</p>");
  return TRUE;
}

static gboolean
unsent_reply_is_deleted_without_a_word (BalTransaction  *transaction,
                                        gpointer         data,
                                        GError         **error)
{
  Fixture *fixture = data;
  gint64 review_id = put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>x</p>");
  gint64 parent = put_pulled_comment (transaction, fixture->blog_id, review_id, 0, "9", "Ann", BAL_COMMENT_STATUS_APPROVED);
  gint64 reply = bal_desk_reply (transaction, parent, "Thanks", error);
  gint64 below = bal_desk_reply (transaction, reply, "And more", error);
  g_autoptr(BalComment) lifted = NULL;
  g_autoptr(GPtrArray) items = NULL;
  BalCounts counts;

  must (bal_desk_delete_comments (transaction, &reply, 1, error));
  items = bal_outbox_list (transaction, 0, error);
  g_assert_cmpuint (items->len, ==, 1);
  g_assert_cmpuint (count_revisions (transaction, BAL_ENTITY_COMMENT, reply), ==, 1);
  lifted = bal_comment_table_get (transaction, below, error);
  g_assert_cmpint (bal_comment_get_parent_id (lifted), ==, parent);

  must (bal_desk_delete_comments (transaction, &below, 1, error));
  must (bal_counts_read (transaction, 0, &counts, error));
  g_assert_cmpuint (counts.outbox, ==, 0);
  return TRUE;
}

static gboolean
unanswered_is_one (BalTransaction  *transaction,
                   gpointer         data,
                   GError         **error)
{
  BalCounts counts;

  must (bal_counts_read (transaction, 0, &counts, error));
  g_assert_cmpuint (counts.unanswered, ==, 1);
  return TRUE;
}

static void
test_deleted_reply_leaves_its_parent_unanswered (Fixture       *fixture,
                                                 gconstpointer  data)
{
  fixture_write (fixture, unsent_reply_is_deleted_without_a_word, fixture);
  /* The marks of a thread are brought up to date with the commit. */
  fixture_read (fixture, unanswered_is_one, fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add_body ("/store/desk/edit-keeps-what-was-there", edit_keeps_what_was_there);
  fixture_add_body ("/store/desk/autosave-is-kept-but-not-offered", autosave_is_kept_but_not_offered);
  fixture_add_body ("/store/desk/old-object-overwrites-nothing-unseen", old_object_overwrites_nothing_unseen);
  fixture_add_body ("/store/desk/publish-now-and-later", publish_now_and_later);
  fixture_add_body ("/store/desk/trash-and-restore-know-what-was", trash_and_restore_know_what_was);
  fixture_add_body ("/store/desk/reply-approves-its-parent-first", reply_approves_its_parent_first);
  fixture_add_body ("/store/desk/moderation-of-many", moderation_of_many_is_all_or_nothing);
  fixture_add ("/store/desk/failed-act-leaves-nothing", test_failed_act_leaves_nothing);
  fixture_add_body ("/store/desk/edited-comment-keeps-the-original", edited_comment_keeps_the_original);
  fixture_add_body ("/store/desk/unsent-reply-is-deleted-without-a-word", unsent_reply_is_deleted_without_a_word);
  fixture_add ("/store/desk/deleted-reply-leaves-its-parent-unanswered", test_deleted_reply_leaves_its_parent_unanswered);

  return g_test_run ();
}
