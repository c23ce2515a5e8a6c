/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#define N_COMMENTS 4

/* A review with four readers' comments: pending, approved, pending, in the trash. */
static void
put_comments (BalTransaction *transaction,
              Fixture        *fixture,
              gint64         *ids)
{
  const BalCommentStatus statuses[N_COMMENTS] = {
    BAL_COMMENT_STATUS_PENDING, BAL_COMMENT_STATUS_APPROVED, BAL_COMMENT_STATUS_PENDING, BAL_COMMENT_STATUS_TRASH
  };
  gint64 review_id = put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>x</p>");

  for (guint i = 0; i < N_COMMENTS; i++)
    {
      g_autofree char *remote_id = g_strdup_printf ("%u", i + 1);

      ids[i] = put_pulled_comment (transaction, fixture->blog_id, review_id, 0, remote_id, "Ann", statuses[i]);
    }
}

static void
assert_status (BalTransaction   *transaction,
               gint64            id,
               BalCommentStatus  status)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalComment) comment = bal_comment_table_get (transaction, id, &error);

  g_assert_no_error (error);
  g_assert_cmpint (bal_comment_get_status (comment), ==, status);
}

static void
assert_counts (BalTransaction *transaction,
               guint           n_pending,
               guint           n_unanswered,
               guint           n_outbox)
{
  g_autoptr(GError) error = NULL;
  BalCounts counts;

  bal_counts_read (transaction, 0, &counts, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (counts.comments[BAL_COMMENT_STATUS_PENDING], ==, n_pending);
  g_assert_cmpuint (counts.unanswered, ==, n_unanswered);
  g_assert_cmpuint (counts.outbox, ==, n_outbox);
}

static GArray *
new_steps (void)
{
  return g_array_new (FALSE, FALSE, sizeof (BalTriageStep));
}

static gboolean
undo (BalTransaction  *transaction,
      GArray          *steps,
      guint           *n_late,
      GError         **error)
{
  *n_late = 0;
  return bal_desk_undo_triage (transaction, (const BalTriageStep *) (gpointer) steps->data, steps->len, n_late, error);
}

static gboolean
undone_act_leaves_nothing_to_send (BalTransaction  *transaction,
                                   gpointer         data,
                                   GError         **error)
{
  static const BalTriage acts[] = { BAL_TRIAGE_HOLD, BAL_TRIAGE_APPROVE, BAL_TRIAGE_SPAM, BAL_TRIAGE_TRASH,
                                    BAL_TRIAGE_RESTORE, BAL_TRIAGE_DISMISS };
  gint64 ids[N_COMMENTS];

  put_comments (transaction, data, ids);
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      g_autoptr(GArray) steps = new_steps ();
      guint n_late;

      assert_counts (transaction, 2, 3, 0);
      must (bal_desk_triage (transaction, acts[i], ids, N_COMMENTS, steps, error));
      g_assert_cmpuint (steps->len, >, 0);
      must (undo (transaction, steps, &n_late, error));
      g_assert_cmpuint (n_late, ==, 0);
      assert_counts (transaction, 2, 3, 0);
      assert_status (transaction, ids[1], BAL_COMMENT_STATUS_APPROVED);
      assert_status (transaction, ids[3], BAL_COMMENT_STATUS_TRASH);
    }
  return TRUE;
}

static gboolean
many_acts_are_undone_one_by_one (BalTransaction  *transaction,
                                 gpointer         data,
                                 GError         **error)
{
  gint64 ids[N_COMMENTS];
  g_autoptr(GArray) first = new_steps ();
  g_autoptr(GArray) second = new_steps ();
  g_autoptr(GArray) third = new_steps ();
  guint n_late;

  put_comments (transaction, data, ids);
  must (bal_desk_triage (transaction, BAL_TRIAGE_SPAM, ids, 2, first, error));
  must (bal_desk_triage (transaction, BAL_TRIAGE_TRASH, ids, 3, second, error));
  must (bal_desk_triage (transaction, BAL_TRIAGE_RESTORE, ids, 1, third, error));
  /* Out of the trash it is what it was when it was hidden first. */
  assert_status (transaction, ids[0], BAL_COMMENT_STATUS_PENDING);

  must (undo (transaction, third, &n_late, error) && n_late == 0);
  assert_status (transaction, ids[0], BAL_COMMENT_STATUS_TRASH);
  must (undo (transaction, second, &n_late, error) && n_late == 0);
  assert_status (transaction, ids[0], BAL_COMMENT_STATUS_SPAM);
  assert_status (transaction, ids[2], BAL_COMMENT_STATUS_PENDING);
  must (undo (transaction, first, &n_late, error) && n_late == 0);
  assert_counts (transaction, 2, 3, 0);
  return TRUE;
}

/* What waited before the act waits after its undoing too. */
static gboolean
earlier_edit_is_still_sent (BalTransaction  *transaction,
                            gpointer         data,
                            GError         **error)
{
  gint64 ids[N_COMMENTS];
  g_autoptr(GArray) steps = new_steps ();
  g_autoptr(BalOutboxItem) item = NULL;
  g_autoptr(BalComment) comment = NULL;
  guint n_late;

  put_comments (transaction, data, ids);
  must (bal_desk_edit_comment (transaction, ids[0], "Another text", error));
  must (bal_desk_triage (transaction, BAL_TRIAGE_SPAM, ids, 1, steps, error));
  must (undo (transaction, steps, &n_late, error) && n_late == 0);

  item = bal_outbox_find (transaction, BAL_ENTITY_COMMENT, ids[0], error);
  comment = bal_comment_table_get (transaction, ids[0], error);
  g_assert_nonnull (item);
  g_assert_cmpint (item->edit_seq, ==, bal_comment_get_edit_seq (comment));
  g_assert_nonnull (strstr (bal_comment_get_html (comment), "Another text"));
  return TRUE;
}

static gboolean
unsent_reply_comes_back_to_be_sent (BalTransaction  *transaction,
                                    gpointer         data,
                                    GError         **error)
{
  gint64 ids[N_COMMENTS], reply;
  g_autoptr(GArray) steps = new_steps ();
  g_autoptr(BalOutboxItem) item = NULL;
  guint n_late;

  put_comments (transaction, data, ids);
  reply = bal_desk_reply (transaction, ids[1], "Thanks", error);
  must (reply != 0);
  assert_counts (transaction, 2, 2, 1);
  must (bal_desk_triage (transaction, BAL_TRIAGE_TRASH, &reply, 1, steps, error));
  assert_counts (transaction, 2, 3, 0);
  must (undo (transaction, steps, &n_late, error) && n_late == 0);
  assert_counts (transaction, 2, 2, 1);

  item = bal_outbox_find (transaction, BAL_ENTITY_COMMENT, reply, error);
  g_assert_cmpint (item->op, ==, BAL_OUTBOX_CREATE);
  g_assert_nonnull (item->key);
  return TRUE;
}

/* One was sent, one is on its way, one was decided anew, one is gone; the last can be taken back. */
static gboolean
what_has_left_stays (BalTransaction  *transaction,
                     gpointer         data,
                     GError         **error)
{
  Fixture *fixture = data;
  gint64 review_id = put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>x</p>");
  gint64 ids[5];
  g_autoptr(GArray) steps = new_steps ();
  g_autoptr(BalOutboxItem) sent = NULL;
  g_autoptr(BalOutboxItem) sending = NULL;
  g_autoptr(BalComment) known = NULL;
  guint n_late;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *remote_id = g_strdup_printf ("%u", i + 1);

      ids[i] = put_pulled_comment (transaction, fixture->blog_id, review_id, 0, remote_id, "Ann",
                                   BAL_COMMENT_STATUS_PENDING);
    }
  must (bal_desk_triage (transaction, BAL_TRIAGE_APPROVE, ids, G_N_ELEMENTS (ids), steps, error));
  g_assert_cmpuint (steps->len, ==, G_N_ELEMENTS (ids));

  sent = bal_outbox_find (transaction, BAL_ENTITY_COMMENT, ids[0], error);
  known = bal_comment_table_get (transaction, ids[0], error);
  must (bal_outbox_set_sending (transaction, sent->id, error));
  must (bal_comment_base_put (transaction, ids[0], known, error));
  must (bal_outbox_set_done (transaction, sent->id, sent->edit_seq, error));
  sending = bal_outbox_find (transaction, BAL_ENTITY_COMMENT, ids[1], error);
  must (bal_outbox_set_sending (transaction, sending->id, error));
  must (bal_desk_set_comment_status (transaction, &ids[2], 1, BAL_COMMENT_STATUS_SPAM, error));
  must (bal_comment_table_remove (transaction, ids[3], error));

  must (undo (transaction, steps, &n_late, error));
  g_assert_cmpuint (n_late, ==, 4);
  assert_status (transaction, ids[0], BAL_COMMENT_STATUS_APPROVED);
  assert_status (transaction, ids[1], BAL_COMMENT_STATUS_APPROVED);
  assert_status (transaction, ids[2], BAL_COMMENT_STATUS_SPAM);
  assert_status (transaction, ids[4], BAL_COMMENT_STATUS_PENDING);
  return TRUE;
}

/* It was tried and did not get through, as without a network: it may be taken back, and the blog is told in case. */
static gboolean
tried_in_vain_is_no_sending (BalTransaction  *transaction,
                             gpointer         data,
                             GError         **error)
{
  gint64 ids[N_COMMENTS];
  g_autoptr(GArray) steps = new_steps ();
  g_autoptr(BalOutboxItem) item = NULL;
  guint n_late;

  put_comments (transaction, data, ids);
  must (bal_desk_triage (transaction, BAL_TRIAGE_APPROVE, ids, 1, steps, error));
  item = bal_outbox_find (transaction, BAL_ENTITY_COMMENT, ids[0], error);
  must (bal_outbox_set_sending (transaction, item->id, error));
  must (bal_outbox_set_retry (transaction, item->id, 0, "No network", error));

  must (undo (transaction, steps, &n_late, error) && n_late == 0);
  assert_counts (transaction, 2, 3, 1);
  return TRUE;
}

static gboolean
gone_comments_are_passed_over (BalTransaction  *transaction,
                               gpointer         data,
                               GError         **error)
{
  gint64 ids[N_COMMENTS + 1];
  g_autoptr(GArray) steps = new_steps ();

  put_comments (transaction, data, ids);
  ids[N_COMMENTS] = 4711;
  must (bal_desk_triage (transaction, BAL_TRIAGE_SPAM, ids, N_COMMENTS + 1, steps, error));
  g_assert_cmpuint (steps->len, ==, N_COMMENTS);
  must_fail (bal_desk_dismiss_comments (transaction, ids, N_COMMENTS + 1, TRUE, error), BAL_ERROR_NOT_FOUND);
  return TRUE;
}

static gboolean
dismissed_until_a_reader_says_more (BalTransaction  *transaction,
                                    gpointer         data,
                                    GError         **error)
{
  Fixture *fixture = data;
  gint64 ids[N_COMMENTS];
  g_autoptr(BalComment) comment = NULL;

  put_comments (transaction, fixture, ids);
  must (bal_desk_dismiss_comments (transaction, ids, 2, TRUE, error));
  assert_counts (transaction, 2, 1, 0);
  comment = bal_comment_table_get (transaction, ids[1], error);
  g_assert_true (bal_comment_get_dismissed (comment));
  g_assert_false (bal_comment_get_unanswered (comment));

  /* The blog's newer state of it changes nothing here. */
  must (bal_comment_table_update (transaction, comment, error));
  assert_counts (transaction, 2, 1, 0);

  put_pulled_comment (transaction, fixture->blog_id, bal_comment_get_review_id (comment), ids[1], "30", "Bob",
                      BAL_COMMENT_STATUS_APPROVED);
  assert_counts (transaction, 2, 2, 0);
  must (bal_desk_dismiss_comments (transaction, ids, 2, FALSE, error));
  assert_counts (transaction, 2, 4, 0);
  return TRUE;
}

static gboolean
own_comments_are_counted_and_listed (BalTransaction  *transaction,
                                     gpointer         data,
                                     GError         **error)
{
  BalCommentQuery query = BAL_COMMENT_QUERY_INIT;
  gint64 ids[N_COMMENTS], replies[2];
  g_autoptr(GArray) found = NULL;
  g_autoptr(GArray) after = NULL;
  g_autoptr(BalComment) first = NULL;
  BalCounts counts;

  put_comments (transaction, data, ids);
  query.mine = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    must ((replies[i] = bal_desk_reply (transaction, ids[i], "Thanks", error)) != 0);
  must (bal_counts_read (transaction, 0, &counts, error));
  found = bal_comment_table_query (transaction, &query, error);
  g_assert_cmpuint (counts.mine, ==, 2);
  g_assert_cmpuint (found->len, ==, 2);

  /* One is in the trash now, and the other one turns out to be somebody else's. */
  must (bal_desk_set_comment_status (transaction, &replies[0], 1, BAL_COMMENT_STATUS_TRASH, error));
  first = bal_comment_table_get (transaction, replies[1], error);
  bal_comment_set_mine (first, FALSE);
  must (bal_comment_table_update (transaction, first, error));
  must (bal_counts_read (transaction, 0, &counts, error));
  after = bal_comment_table_query (transaction, &query, error);
  g_assert_cmpuint (counts.mine, ==, 0);
  g_assert_cmpuint (after->len, ==, 0);
  return TRUE;
}

static void
assert_around (BalTransaction *transaction,
               gint64          id,
               const gint64   *expected,
               guint           n_expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) ids = bal_comment_table_query_around (transaction, id, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (ids->data, ids->len * sizeof (gint64), expected, n_expected * sizeof (gint64));
}

static gboolean
around_one_are_those_above_and_its_replies (BalTransaction  *transaction,
                                            gpointer         data,
                                            GError         **error)
{
  Fixture *fixture = data;
  gint64 review_id = put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>x</p>");
  gint64 ids[6];
  g_autoptr(BalComment) top = NULL;

  /* 0 ← 1 ← 2 ← 3, 4 beside 2, 5 on its own */
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *remote_id = g_strdup_printf ("%u", i + 1);
      gint64 parent = i == 0 || i == 5 ? 0 : i == 4 ? ids[1] : ids[i - 1];

      ids[i] = put_pulled_comment (transaction, fixture->blog_id, review_id, parent, remote_id, "Ann",
                                   BAL_COMMENT_STATUS_APPROVED);
    }
  assert_around (transaction, ids[1], (gint64[]) { ids[0], ids[1], ids[2], ids[4] }, 4);
  assert_around (transaction, ids[3], ids, 4);
  assert_around (transaction, ids[5], &ids[5], 1);
  assert_around (transaction, 4711, NULL, 0);

  /* A circle is gone through once. */
  top = bal_comment_table_get (transaction, ids[0], error);
  bal_comment_set_parent_id (top, ids[2]);
  must (bal_comment_table_update (transaction, top, error));
  assert_around (transaction, ids[2], (gint64[]) { ids[0], ids[1], ids[2], ids[3] }, 4);
  return TRUE;
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add_body ("/store/triage/undone-act-leaves-nothing-to-send", undone_act_leaves_nothing_to_send);
  fixture_add_body ("/store/triage/many-acts-are-undone-one-by-one", many_acts_are_undone_one_by_one);
  fixture_add_body ("/store/triage/earlier-edit-is-still-sent", earlier_edit_is_still_sent);
  fixture_add_body ("/store/triage/unsent-reply-comes-back-to-be-sent", unsent_reply_comes_back_to_be_sent);
  fixture_add_body ("/store/triage/what-has-left-stays", what_has_left_stays);
  fixture_add_body ("/store/triage/tried-in-vain-is-no-sending", tried_in_vain_is_no_sending);
  fixture_add_body ("/store/triage/gone-comments-are-passed-over", gone_comments_are_passed_over);
  fixture_add_body ("/store/triage/dismissed-until-a-reader-says-more", dismissed_until_a_reader_says_more);
  fixture_add_body ("/store/triage/own-comments-are-counted-and-listed", own_comments_are_counted_and_listed);
  fixture_add_body ("/store/triage/around-one-are-those-above-and-its-replies",
                    around_one_are_those_above_and_its_replies);

  return g_test_run ();
}
