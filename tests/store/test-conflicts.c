/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "bal-conflict-table.h"

/* A review edited here and on the blog, both noted. */
static gint64
make_conflict (BalTransaction  *transaction,
               gint64           blog_id,
               BalReview       *remote,
               gint64          *conflict_id,
               GError         **error)
{
  gint64 id = put_pulled_review (transaction, blog_id, "1", "T", "<p>agreed</p>");
  g_autoptr(BalReview) review = bal_review_table_get (transaction, id, error);

  bal_review_set_html (review, "<p>mine</p>");
  must (bal_desk_save_review (transaction, review, TRUE, error));
  must (bal_conflict_table_put_review (transaction, id, "html", remote, error));
  *conflict_id = bal_conflict_table_find (transaction, BAL_ENTITY_REVIEW, id, error);
  must (*conflict_id != 0);
  return id;
}

static BalReview *
make_remote (gint64 blog_id)
{
  BalReview *remote = make_review (blog_id, "1", "T", "<p>theirs</p>");

  bal_review_set_revision (remote, "r2");
  bal_review_set_status (remote, BAL_REVIEW_STATUS_PUBLISHED);
  bal_review_set_published (remote, 900);
  return remote;
}

static gboolean
conflict_keeps_both_and_sends_nothing (BalTransaction  *transaction,
                                       gpointer         data,
                                       GError         **error)
{
  Fixture *fixture = data;
  g_autoptr(BalReview) remote = make_remote (fixture->blog_id);
  g_autoptr(BalReview) review = NULL;
  g_autoptr(BalConflict) conflict = NULL;
  g_autoptr(BalOutboxItem) item = NULL;
  g_autoptr(GPtrArray) list = NULL;
  BalReviewQuery query = BAL_REVIEW_QUERY_INIT;
  g_autoptr(GArray) ids = NULL;
  BalCounts counts;
  gint64 conflict_id, id = make_conflict (transaction, fixture->blog_id, remote, &conflict_id, error);

  review = bal_review_table_get (transaction, id, error);
  g_assert_cmpstr (bal_review_get_html (review), ==, "<p>mine</p>");
  g_assert_cmpint (bal_review_get_sync_state (review), ==, BAL_SYNC_STATE_CONFLICT);
  conflict = bal_conflict_table_get (transaction, conflict_id, error);
  g_assert_cmpstr (bal_review_get_html (conflict->remote_review), ==, "<p>theirs</p>");
  g_assert_cmpstr (conflict->what, ==, "html");

  /* Editing on does not send it. */
  bal_review_set_html (review, "<p>mine, more</p>");
  must (bal_desk_save_review (transaction, review, TRUE, error));
  item = bal_outbox_find (transaction, BAL_ENTITY_REVIEW, id, error);
  g_assert_cmpint (item->state, ==, BAL_OUTBOX_PARKED);

  /* A newer version from the blog takes the place of the older one. */
  bal_review_set_html (remote, "<p>theirs, more</p>");
  must (bal_conflict_table_put_review (transaction, id, "title,html", remote, error));
  list = bal_conflict_table_list (transaction, fixture->blog_id, error);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpint (((BalConflict *) list->pdata[0])->id, ==, conflict_id);
  must (bal_counts_read (transaction, 0, &counts, error));
  g_assert_cmpuint (counts.conflicts, ==, 1);
  query.conflicts = TRUE;
  ids = bal_review_table_query (transaction, &query, error);
  g_assert_cmpuint (ids->len, ==, 1);
  return TRUE;
}

static gboolean
mine_is_sent_over_theirs (BalTransaction  *transaction,
                          gpointer         data,
                          GError         **error)
{
  Fixture *fixture = data;
  g_autoptr(BalReview) remote = make_remote (fixture->blog_id);
  g_autoptr(BalReview) review = NULL;
  g_autoptr(BalReview) base = NULL;
  g_autoptr(BalOutboxItem) item = NULL;
  g_autoptr(GPtrArray) revisions = NULL;
  gint64 conflict_id, id = make_conflict (transaction, fixture->blog_id, remote, &conflict_id, error);

  must (bal_conflict_table_resolve (transaction, conflict_id, TRUE, error));
  review = bal_review_table_get (transaction, id, error);
  g_assert_cmpstr (bal_review_get_html (review), ==, "<p>mine</p>");
  g_assert_cmpint (bal_review_get_sync_state (review), ==, BAL_SYNC_STATE_QUEUED);
  base = bal_review_base_get (transaction, id, error);
  g_assert_cmpstr (bal_review_get_html (base), ==, "<p>theirs</p>");
  g_assert_cmpstr (bal_review_get_revision (base), ==, "r2");
  item = bal_outbox_find (transaction, BAL_ENTITY_REVIEW, id, error);
  g_assert_cmpint (item->state, ==, BAL_OUTBOX_PENDING);
  g_assert_cmpint (item->edit_seq, ==, bal_review_get_edit_seq (review));
  revisions = bal_revision_table_list (transaction, BAL_ENTITY_REVIEW, id, error);
  g_assert_cmpint (((BalRevision *) revisions->pdata[0])->kind, ==, BAL_REVISION_CONFLICT);
  g_assert_cmpstr (((BalRevision *) revisions->pdata[0])->html, ==, "<p>theirs</p>");
  must_fail (bal_conflict_table_resolve (transaction, conflict_id, TRUE, error), BAL_ERROR_NOT_FOUND);
  return TRUE;
}

static gboolean
theirs_keeps_mine_in_the_history (BalTransaction  *transaction,
                                  gpointer         data,
                                  GError         **error)
{
  Fixture *fixture = data;
  g_autoptr(BalReview) remote = make_remote (fixture->blog_id);
  g_autoptr(BalReview) review = NULL;
  g_autoptr(BalOutboxItem) item = NULL;
  g_autoptr(GPtrArray) revisions = NULL;
  gint64 conflict_id, id = make_conflict (transaction, fixture->blog_id, remote, &conflict_id, error);

  must (bal_conflict_table_resolve (transaction, conflict_id, FALSE, error));
  review = bal_review_table_get (transaction, id, error);
  g_assert_cmpstr (bal_review_get_html (review), ==, "<p>theirs</p>");
  g_assert_cmpint (bal_review_get_sync_state (review), ==, BAL_SYNC_STATE_CLEAN);
  item = bal_outbox_find (transaction, BAL_ENTITY_REVIEW, id, error);
  g_assert_null (item);
  revisions = bal_revision_table_list (transaction, BAL_ENTITY_REVIEW, id, error);
  g_assert_cmpstr (((BalRevision *) revisions->pdata[0])->html, ==, "<p>mine</p>");
  return TRUE;
}

static gboolean
theirs_keeps_all_of_mine (BalTransaction  *transaction,
                          gpointer         data,
                          GError         **error)
{
  Fixture *fixture = data;
  const char *const labels[] = { "sea", "night", NULL };
  g_autoptr(BalReview) remote = make_remote (fixture->blog_id);
  g_autoptr(BalReview) review = NULL;
  g_autoptr(GPtrArray) revisions = NULL;
  BalRevision *kept;
  gint64 conflict_id, id = make_conflict (transaction, fixture->blog_id, remote, &conflict_id, error);

  review = bal_review_table_get (transaction, id, error);
  bal_review_set_excerpt (review, "Told slowly");
  bal_review_set_labels (review, labels);
  must (bal_desk_save_review (transaction, review, TRUE, error));
  must (bal_conflict_table_resolve (transaction, conflict_id, FALSE, error));

  revisions = bal_revision_table_list (transaction, BAL_ENTITY_REVIEW, id, error);
  kept = g_ptr_array_index (revisions, 0);
  g_assert_cmpint (kept->kind, ==, BAL_REVISION_CONFLICT);
  g_assert_cmpstr (kept->excerpt, ==, "Told slowly");
  g_assert_cmpuint (g_strv_length (kept->labels), ==, 2);
  g_assert_cmpstr (kept->labels[1], ==, "night");
  g_assert_cmpuint (g_strv_length (kept->categories), ==, 0);
  return TRUE;
}

static gboolean
deleted_comment_keeps_what_the_blog_had (BalTransaction  *transaction,
                                         gpointer         data,
                                         GError         **error)
{
  Fixture *fixture = data;
  gint64 review_id = put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>x</p>");
  gint64 id = put_pulled_comment (transaction, fixture->blog_id, review_id, 0, "8", "Bob", BAL_COMMENT_STATUS_APPROVED);
  g_autoptr(BalComment) remote = bal_comment_table_get (transaction, id, error);
  g_autoptr(GPtrArray) revisions = NULL;
  gboolean found = FALSE;

  bal_comment_set_html (remote, "<p>Bob thought again</p>");
  must (bal_desk_edit_comment (transaction, id, "Mended", error));
  must (bal_conflict_table_put_comment (transaction, id, "html", remote, error));
  must (bal_desk_delete_comments (transaction, &id, 1, error));

  revisions = bal_revision_table_list (transaction, BAL_ENTITY_COMMENT, id, error);
  for (guint i = 0; i < revisions->len; i++)
    found = found || g_str_equal (((BalRevision *) revisions->pdata[i])->html, "<p>Bob thought again</p>");
  g_assert_true (found);
  return TRUE;
}

static gboolean
deleted_there_is_created_again (BalTransaction  *transaction,
                                gpointer         data,
                                GError         **error)
{
  Fixture *fixture = data;
  g_autoptr(BalReview) review = NULL;
  g_autoptr(BalConflict) conflict = NULL;
  g_autoptr(BalOutboxItem) item = NULL;
  gint64 conflict_id, id = make_conflict (transaction, fixture->blog_id, NULL, &conflict_id, error);

  conflict = bal_conflict_table_get (transaction, conflict_id, error);
  g_assert_null (conflict->remote_review);
  must (bal_conflict_table_resolve (transaction, conflict_id, TRUE, error));
  review = bal_review_table_get (transaction, id, error);
  g_assert_null (bal_review_get_remote_id (review));
  item = bal_outbox_find (transaction, BAL_ENTITY_REVIEW, id, error);
  g_assert_cmpint (item->op, ==, BAL_OUTBOX_CREATE);
  g_assert_cmpstr (item->key, ==, bal_review_get_key (review));
  return TRUE;
}

/* The blog would show to all what only some could read. */
static gboolean
deleted_there_for_members_is_a_draft (BalTransaction  *transaction,
                                      gpointer         data,
                                      GError         **error)
{
  Fixture *fixture = data;
  g_autoptr(BalReview) review = NULL;
  g_autoptr(BalReview) again = NULL;
  gint64 conflict_id, id = make_conflict (transaction, fixture->blog_id, NULL, &conflict_id, error);

  review = bal_review_table_get (transaction, id, error);
  bal_review_set_audience (review, BAL_AUDIENCE_MEMBERS);
  must (bal_review_table_update (transaction, review, error));
  must (bal_conflict_table_resolve (transaction, conflict_id, TRUE, error));
  again = bal_review_table_get (transaction, id, error);
  g_assert_cmpint (bal_review_get_status (again), ==, BAL_REVIEW_STATUS_DRAFT);
  g_assert_cmpint (bal_review_get_audience (again), ==, BAL_AUDIENCE_EVERYONE);
  g_assert_cmpstr (bal_review_get_html (again), ==, "<p>mine</p>");
  return TRUE;
}

static gboolean
deleted_there_is_let_go (BalTransaction  *transaction,
                         gpointer         data,
                         GError         **error)
{
  Fixture *fixture = data;
  gint64 conflict_id, id = make_conflict (transaction, fixture->blog_id, NULL, &conflict_id, error);

  must (bal_conflict_table_resolve (transaction, conflict_id, FALSE, error));
  must_fail (bal_review_table_get (transaction, id, error) != NULL, BAL_ERROR_NOT_FOUND);
  g_assert_cmpuint (count_revisions (transaction, BAL_ENTITY_REVIEW, id), >=, 1);
  return TRUE;
}

static gboolean
comments_conflict_too (BalTransaction  *transaction,
                       gpointer         data,
                       GError         **error)
{
  Fixture *fixture = data;
  gint64 review_id = put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>x</p>");
  gint64 parent = put_pulled_comment (transaction, fixture->blog_id, review_id, 0, "8", "Bob", BAL_COMMENT_STATUS_APPROVED);
  gint64 id = put_pulled_comment (transaction, fixture->blog_id, review_id, parent, "9", "Ann", BAL_COMMENT_STATUS_APPROVED);
  g_autoptr(BalComment) remote = bal_comment_table_get (transaction, id, error);
  g_autoptr(BalComment) comment = NULL;
  g_autoptr(BalOutboxItem) item = NULL;
  gint64 conflict_id;

  bal_comment_set_html (remote, "<p>theirs</p>");
  must (bal_desk_edit_comment (transaction, id, "mine", error));
  for (guint round = 0; round < 2; round++)
    {
      must (bal_conflict_table_put_comment (transaction, id, "html", remote, error));
      conflict_id = bal_conflict_table_find (transaction, BAL_ENTITY_COMMENT, id, error);
      must (bal_conflict_table_resolve (transaction, conflict_id, round == 0, error));
      g_clear_pointer (&item, bal_outbox_item_free);
      item = bal_outbox_find (transaction, BAL_ENTITY_COMMENT, id, error);
      g_assert_cmpint (item != NULL, ==, round == 0);
    }

  comment = bal_comment_table_get (transaction, id, error);
  g_assert_cmpstr (bal_comment_get_html (comment), ==, "<p>theirs</p>");
  g_assert_cmpint (bal_comment_get_parent_id (comment), ==, parent);
  g_assert_cmpstr (bal_comment_get_author (comment), ==, "Ann");
  return TRUE;
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add_body ("/store/conflicts/theirs-keeps-all-of-mine", theirs_keeps_all_of_mine);
  fixture_add_body ("/store/conflicts/deleted-comment-keeps-what-the-blog-had", deleted_comment_keeps_what_the_blog_had);
  fixture_add_body ("/store/conflicts/conflict-keeps-both-and-sends-nothing", conflict_keeps_both_and_sends_nothing);
  fixture_add_body ("/store/conflicts/mine-is-sent-over-theirs", mine_is_sent_over_theirs);
  fixture_add_body ("/store/conflicts/theirs-keeps-mine-in-the-history", theirs_keeps_mine_in_the_history);
  fixture_add_body ("/store/conflicts/deleted-there-is-created-again", deleted_there_is_created_again);
  fixture_add_body ("/store/conflicts/deleted-there-for-members-is-a-draft", deleted_there_for_members_is_a_draft);
  fixture_add_body ("/store/conflicts/deleted-there-is-let-go", deleted_there_is_let_go);
  fixture_add_body ("/store/conflicts/comments-conflict-too", comments_conflict_too);

  return g_test_run ();
}
