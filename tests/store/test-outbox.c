/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "bal-conflict-table.h"
#include "bal-outbox-summary.h"

/* What a row is before the second act: its op, then how far its sending came. */
typedef enum
{
  UNSENT,
  TRIED,      /* pending again after an attempt */
  SENDING,
  UNKNOWN,
  PARKED,
} Stage;

#define NOTHING -1

typedef struct
{
  BalOutboxOp first;
  BalOutboxOp second;
  int         when_unsent;     /* net op, or NOTHING */
  int         when_tried;
} Pair;

/* The whole matrix of add, edit and delete, one after the other. */
static const Pair pairs[] = {
  { BAL_OUTBOX_CREATE, BAL_OUTBOX_CREATE, BAL_OUTBOX_CREATE, BAL_OUTBOX_CREATE },
  { BAL_OUTBOX_CREATE, BAL_OUTBOX_UPDATE, BAL_OUTBOX_CREATE, BAL_OUTBOX_CREATE },
  { BAL_OUTBOX_CREATE, BAL_OUTBOX_DELETE, NOTHING,           BAL_OUTBOX_DELETE },
  { BAL_OUTBOX_UPDATE, BAL_OUTBOX_CREATE, BAL_OUTBOX_CREATE, BAL_OUTBOX_CREATE },
  { BAL_OUTBOX_UPDATE, BAL_OUTBOX_UPDATE, BAL_OUTBOX_UPDATE, BAL_OUTBOX_UPDATE },
  { BAL_OUTBOX_UPDATE, BAL_OUTBOX_DELETE, BAL_OUTBOX_DELETE, BAL_OUTBOX_DELETE },
  { BAL_OUTBOX_DELETE, BAL_OUTBOX_CREATE, BAL_OUTBOX_CREATE, BAL_OUTBOX_CREATE },
  { BAL_OUTBOX_DELETE, BAL_OUTBOX_UPDATE, BAL_OUTBOX_UPDATE, BAL_OUTBOX_UPDATE },
  { BAL_OUTBOX_DELETE, BAL_OUTBOX_DELETE, BAL_OUTBOX_DELETE, BAL_OUTBOX_DELETE },
};

static void
bring_to_stage (BalTransaction *transaction,
                gint64          id,
                Stage           stage,
                GError        **error)
{
  if (stage != UNSENT)
    must (bal_outbox_set_sending (transaction, id, error));
  if (stage == TRIED)
    must (bal_outbox_set_retry (transaction, id, 4711, "503", error));
  else if (stage == UNKNOWN)
    must (bal_outbox_set_unknown (transaction, id, "cut", error));
  else if (stage == PARKED)
    must (bal_outbox_set_parked (transaction, id, "refused", error));
}

static void
check_pair (BalTransaction  *transaction,
            gint64           blog_id,
            const Pair      *pair,
            Stage            stage,
            GError         **error)
{
  gint64 entity_id = put_pulled_review (transaction, blog_id, NULL, "T", "<p>x</p>");
  int expected = stage == UNSENT ? pair->when_unsent : pair->when_tried;
  g_autoptr(BalOutboxItem) before = NULL;
  g_autoptr(BalOutboxItem) after = NULL;

  must (bal_outbox_note (transaction, blog_id, BAL_ENTITY_REVIEW, entity_id, pair->first, 1, "key", NULL, error));
  before = bal_outbox_find (transaction, BAL_ENTITY_REVIEW, entity_id, error);
  g_assert_nonnull (before);
  bring_to_stage (transaction, before->id, stage, error);

  must (bal_outbox_note (transaction, blog_id, BAL_ENTITY_REVIEW, entity_id, pair->second, 2, NULL, "77", error));
  after = bal_outbox_find (transaction, BAL_ENTITY_REVIEW, entity_id, error);
  g_assert_no_error (*error);

  if (expected == NOTHING)
    {
      g_assert_null (after);
      return;
    }

  g_assert_nonnull (after);
  g_assert_cmpint (after->id, ==, before->id);
  g_assert_cmpint (after->op, ==, expected);
  g_assert_cmpint (after->edit_seq, ==, 2);
  g_assert_cmpstr (after->key, ==, "key");
  g_assert_cmpstr (after->remote_id, ==, "77");
  g_assert_cmpint (after->state, ==, stage == SENDING ? BAL_OUTBOX_SENDING
                                   : stage == UNKNOWN ? BAL_OUTBOX_UNKNOWN : BAL_OUTBOX_PENDING);
  g_assert_cmpint (after->not_before, ==, stage == TRIED ? 4711 : 0);
  g_assert_cmpuint (after->attempts, ==, stage == UNSENT ? 0 : 1);
}

static gboolean
net_effect_of_every_pair (BalTransaction  *transaction,
                          gpointer         data,
                          GError         **error)
{
  Fixture *fixture = data;

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      for (Stage stage = UNSENT; stage <= PARKED; stage++)
        check_pair (transaction, fixture->blog_id, &pairs[i], stage, error);
    }
  return TRUE;
}

static BalOutboxItem *
note_update (BalTransaction  *transaction,
             gint64           blog_id,
             gint64           id,
             gint64           edit_seq,
             GError         **error)
{
  BalOutboxItem *item;

  must (bal_outbox_note (transaction, blog_id, BAL_ENTITY_REVIEW, id, BAL_OUTBOX_UPDATE, edit_seq, NULL, "1", error));
  item = bal_outbox_find (transaction, BAL_ENTITY_REVIEW, id, error);
  g_assert_nonnull (item);
  return item;
}

static gboolean
edit_while_sending_is_sent_again (BalTransaction  *transaction,
                                  gpointer         data,
                                  GError         **error)
{
  Fixture *fixture = data;
  gint64 id = put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>x</p>");
  g_autoptr(BalOutboxItem) item = note_update (transaction, fixture->blog_id, id, 1, error);
  g_autoptr(BalOutboxItem) after = NULL;

  must (bal_outbox_set_sending (transaction, item->id, error));
  must (bal_outbox_note (transaction, fixture->blog_id, BAL_ENTITY_REVIEW, id, BAL_OUTBOX_UPDATE, 2, NULL, NULL, error));
  must (bal_outbox_set_done (transaction, item->id, 1, error));
  after = bal_outbox_find (transaction, BAL_ENTITY_REVIEW, id, error);
  g_assert_nonnull (after);
  g_assert_cmpint (after->state, ==, BAL_OUTBOX_PENDING);
  g_assert_cmpint (after->op, ==, BAL_OUTBOX_UPDATE);
  g_assert_cmpuint (after->attempts, ==, 0);

  must (bal_outbox_set_done (transaction, item->id, 2, error));
  g_clear_pointer (&after, bal_outbox_item_free);
  after = bal_outbox_find (transaction, BAL_ENTITY_REVIEW, id, error);
  g_assert_null (after);

  /* A row that is gone is done. */
  must (bal_outbox_set_done (transaction, item->id, 2, error));
  must_fail (bal_outbox_set_sending (transaction, item->id, error), BAL_ERROR_NOT_FOUND);
  return TRUE;
}

static gboolean
crash_leaves_unknown (BalTransaction  *transaction,
                      gpointer         data,
                      GError         **error)
{
  Fixture *fixture = data;
  gint64 id = put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>x</p>");
  g_autoptr(BalOutboxItem) item = note_update (transaction, fixture->blog_id, id, 1, error);
  g_autoptr(BalOutboxItem) after = NULL;

  must (bal_outbox_set_sending (transaction, item->id, error));
  must (bal_outbox_recover (transaction, fixture->blog_id + 1, error));
  after = bal_outbox_get (transaction, item->id, error);
  g_assert_cmpint (after->state, ==, BAL_OUTBOX_SENDING);

  must (bal_outbox_recover (transaction, fixture->blog_id, error));
  g_clear_pointer (&after, bal_outbox_item_free);
  after = bal_outbox_get (transaction, item->id, error);
  g_assert_cmpint (after->state, ==, BAL_OUTBOX_UNKNOWN);

  /* A person's retry does not make it forget that it may have been carried out. */
  must (bal_outbox_retry (transaction, 0, error));
  g_clear_pointer (&after, bal_outbox_item_free);
  after = bal_outbox_get (transaction, item->id, error);
  g_assert_cmpint (after->state, ==, BAL_OUTBOX_UNKNOWN);
  return TRUE;
}

static gboolean
retry_wakes_what_is_parked (BalTransaction  *transaction,
                            gpointer         data,
                            GError         **error)
{
  Fixture *fixture = data;
  gint64 id = put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>x</p>");
  g_autoptr(BalReview) remote = make_review (fixture->blog_id, "1", "Other", "<p>y</p>");
  g_autoptr(BalOutboxItem) item = note_update (transaction, fixture->blog_id, id, 1, error);
  g_autoptr(BalOutboxItem) after = NULL;
  g_autoptr(BalReview) shown = NULL;

  must (bal_outbox_set_parked (transaction, item->id, "Refused", error));
  shown = bal_review_table_get (transaction, id, error);
  g_assert_cmpint (bal_review_get_sync_state (shown), ==, BAL_SYNC_STATE_PARKED);
  must (bal_outbox_retry (transaction, item->id, error));
  after = bal_outbox_get (transaction, item->id, error);
  g_assert_cmpint (after->state, ==, BAL_OUTBOX_PENDING);

  /* Not what is in conflict. */
  must (bal_conflict_table_put_review (transaction, id, "title", remote, error));
  must_fail (bal_outbox_retry (transaction, item->id, error), BAL_ERROR_CONFLICT);
  g_clear_pointer (&after, bal_outbox_item_free);
  after = bal_outbox_get (transaction, item->id, error);
  g_assert_cmpint (after->state, ==, BAL_OUTBOX_PARKED);
  return TRUE;
}

static gboolean
parents_are_sent_before_replies (BalTransaction  *transaction,
                                 gpointer         data,
                                 GError         **error)
{
  Fixture *fixture = data;
  g_autoptr(BalReview) review = make_review (fixture->blog_id, NULL, "Gems: A", "<p>x</p>");
  g_autoptr(GPtrArray) comments = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) items = NULL;
  gint64 review_id, top, reply;

  g_ptr_array_add (comments, make_comment (0, 0, 0, "Anonymous", "<p>one</p>"));
  g_ptr_array_add (comments, make_comment (0, 0, 1, "Brittani", "<p>two</p>"));
  review_id = bal_desk_add_review (transaction, review, comments, error);
  must (review_id != 0);
  top = bal_comment_get_id (g_ptr_array_index (comments, 0));
  reply = bal_comment_get_id (g_ptr_array_index (comments, 1));

  /* Trash and restore give the review and the parent younger rows than the reply. */
  must (bal_desk_set_comment_status (transaction, &top, 1, BAL_COMMENT_STATUS_TRASH, error));
  must (bal_desk_restore_comments (transaction, &top, 1, error));

  items = bal_outbox_list (transaction, fixture->blog_id, error);
  g_assert_cmpuint (items->len, ==, 3);
  g_assert_cmpint (((BalOutboxItem *) items->pdata[0])->entity_id, ==, review_id);
  g_assert_cmpint (((BalOutboxItem *) items->pdata[1])->entity_id, ==, top);
  g_assert_cmpint (((BalOutboxItem *) items->pdata[2])->entity_id, ==, reply);
  g_assert_cmpint (((BalOutboxItem *) items->pdata[0])->waits_for, ==, 0);
  g_assert_cmpint (((BalOutboxItem *) items->pdata[1])->waits_for, ==, ((BalOutboxItem *) items->pdata[0])->id);
  g_assert_cmpint (((BalOutboxItem *) items->pdata[2])->waits_for, ==, ((BalOutboxItem *) items->pdata[1])->id);
  g_assert_cmpstr (((BalOutboxItem *) items->pdata[0])->label, ==, "New review “Gems: A”");
  g_assert_cmpstr (((BalOutboxItem *) items->pdata[1])->label, ==, "Comment on “Gems: A”");
  g_assert_cmpstr (((BalOutboxItem *) items->pdata[2])->label, ==, "Reply to Anonymous");
  return TRUE;
}

static gboolean
discarded_edit_goes_to_the_history (BalTransaction  *transaction,
                                    gpointer         data,
                                    GError         **error)
{
  Fixture *fixture = data;
  gint64 id = put_pulled_review (transaction, fixture->blog_id, "1", "Agreed", "<p>agreed</p>");
  g_autoptr(BalReview) review = bal_review_table_get (transaction, id, error);
  g_autoptr(BalReview) after = NULL;
  g_autoptr(BalOutboxItem) item = NULL;
  g_autoptr(GPtrArray) revisions = NULL;

  bal_review_set_title (review, "Mine");
  bal_review_set_html (review, "<p>mine</p>");
  must (bal_desk_save_review (transaction, review, TRUE, error));
  item = bal_outbox_find (transaction, BAL_ENTITY_REVIEW, id, error);
  must (bal_outbox_discard (transaction, item->id, error));

  after = bal_review_table_get (transaction, id, error);
  g_assert_cmpstr (bal_review_get_title (after), ==, "Agreed");
  g_assert_cmpstr (bal_review_get_html (after), ==, "<p>agreed</p>");
  g_assert_cmpstr (bal_review_get_remote_id (after), ==, "1");
  g_assert_cmpint (bal_review_get_sync_state (after), ==, BAL_SYNC_STATE_CLEAN);
  revisions = bal_revision_table_list (transaction, BAL_ENTITY_REVIEW, id, error);
  g_assert_cmpstr (((BalRevision *) revisions->pdata[0])->html, ==, "<p>mine</p>");
  return TRUE;
}

static gboolean
discarded_new_review_goes_to_the_trash (BalTransaction  *transaction,
                                        gpointer         data,
                                        GError         **error)
{
  Fixture *fixture = data;
  g_autoptr(BalReview) review = make_review (fixture->blog_id, NULL, "New", "<p>new</p>");
  g_autoptr(GPtrArray) comments = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(BalReview) after = NULL;
  g_autoptr(BalOutboxItem) item = NULL;
  g_autoptr(GPtrArray) items = NULL;
  gint64 id;

  g_ptr_array_add (comments, make_comment (0, 0, 0, "Anonymous", "<p>one</p>"));
  id = bal_desk_add_review (transaction, review, comments, error);
  item = bal_outbox_find (transaction, BAL_ENTITY_REVIEW, id, error);
  must (bal_outbox_discard (transaction, item->id, error));
  after = bal_review_table_get (transaction, id, error);
  g_assert_cmpint (bal_review_get_status (after), ==, BAL_REVIEW_STATUS_TRASH);
  items = bal_outbox_list (transaction, 0, error);
  g_assert_cmpuint (items->len, ==, 0);

  /* Restored, it is offered again, its comment with it. */
  must (bal_desk_restore_review (transaction, id, error));
  g_clear_object (&after);
  after = bal_review_table_get (transaction, id, error);
  g_assert_cmpint (bal_review_get_status (after), ==, BAL_REVIEW_STATUS_DRAFT);
  g_clear_pointer (&items, g_ptr_array_unref);
  items = bal_outbox_list (transaction, 0, error);
  g_assert_cmpuint (items->len, ==, 2);
  g_assert_cmpint (((BalOutboxItem *) items->pdata[0])->op, ==, BAL_OUTBOX_CREATE);
  return TRUE;
}

static gboolean
nothing_is_discarded_while_it_is_sent (BalTransaction  *transaction,
                                       gpointer         data,
                                       GError         **error)
{
  Fixture *fixture = data;
  gint64 id = put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>x</p>");
  g_autoptr(BalOutboxItem) item = note_update (transaction, fixture->blog_id, id, 1, error);

  must (bal_outbox_set_sending (transaction, item->id, error));
  must_fail (bal_outbox_discard (transaction, item->id, error), BAL_ERROR_BUSY);
  return TRUE;
}

static gboolean
discarded_deletion_brings_the_comment_back (BalTransaction  *transaction,
                                            gpointer         data,
                                            GError         **error)
{
  Fixture *fixture = data;
  gint64 review_id = put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>x</p>");
  gint64 id = put_pulled_comment (transaction, fixture->blog_id, review_id, 0, "9", "Ann", BAL_COMMENT_STATUS_APPROVED);
  g_autoptr(BalOutboxItem) item = NULL;
  g_autoptr(BalComment) comment = NULL;

  must (bal_desk_delete_comments (transaction, &id, 1, error));
  must_fail (bal_comment_table_get (transaction, id, error) != NULL, BAL_ERROR_NOT_FOUND);
  g_assert_cmpint (bal_comment_table_find_remote (transaction, fixture->blog_id, "9", error), ==, 0);

  item = bal_outbox_find (transaction, BAL_ENTITY_COMMENT, id, error);
  g_assert_cmpint (item->op, ==, BAL_OUTBOX_DELETE);
  must (bal_outbox_discard (transaction, item->id, error));
  comment = bal_comment_table_get (transaction, id, error);
  must (comment != NULL);
  g_assert_cmpstr (bal_comment_get_author (comment), ==, "Ann");
  g_assert_cmpstr (bal_comment_get_html (comment), ==, "<p>Words of 9</p>");
  g_assert_cmpstr (bal_comment_get_remote_id (comment), ==, "9");
  g_assert_cmpint (bal_comment_get_review_id (comment), ==, review_id);
  return TRUE;
}

static gboolean
delete_of_what_is_being_created_follows (BalTransaction  *transaction,
                                         gpointer         data,
                                         GError         **error)
{
  Fixture *fixture = data;
  gint64 review_id = put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>x</p>");
  gint64 parent = put_pulled_comment (transaction, fixture->blog_id, review_id, 0, "9", "Ann", BAL_COMMENT_STATUS_APPROVED);
  gint64 reply = bal_desk_reply (transaction, parent, "Thanks", error);
  g_autoptr(BalOutboxItem) item = bal_outbox_find (transaction, BAL_ENTITY_COMMENT, reply, error);
  g_autoptr(BalOutboxItem) after = NULL;
  g_autoptr(BalComment) comment = NULL;

  must (bal_outbox_set_sending (transaction, item->id, error));
  must (bal_desk_delete_comments (transaction, &reply, 1, error));

  /* The answer finds what it belongs to… */
  comment = bal_comment_table_get (transaction, reply, error);
  must (comment != NULL);
  g_assert_cmpint (bal_comment_get_status (comment), ==, BAL_COMMENT_STATUS_TRASH);
  bal_comment_set_remote_id (comment, "10");
  must (bal_comment_table_update (transaction, comment, error));
  must (bal_outbox_set_done (transaction, item->id, 1, error));

  /* …and the deletion follows. */
  after = bal_outbox_find (transaction, BAL_ENTITY_COMMENT, reply, error);
  g_assert_cmpint (after->op, ==, BAL_OUTBOX_DELETE);
  g_assert_cmpint (after->state, ==, BAL_OUTBOX_PENDING);
  g_assert_cmpstr (after->remote_id, ==, "10");
  must (bal_outbox_set_done (transaction, after->id, after->edit_seq, error));
  must_fail (bal_comment_table_get (transaction, reply, error) != NULL, BAL_ERROR_NOT_FOUND);
  g_assert_cmpuint (count_revisions (transaction, BAL_ENTITY_COMMENT, reply), >, 0);
  return TRUE;
}

static gboolean
given_up_delete_gives_the_replies_back (BalTransaction  *transaction,
                                        gpointer         data,
                                        GError         **error)
{
  Fixture *fixture = data;
  gint64 review_id = put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>x</p>");
  gint64 parent = put_pulled_comment (transaction, fixture->blog_id, review_id, 0, "8", "Bob", BAL_COMMENT_STATUS_APPROVED);
  gint64 child = put_pulled_comment (transaction, fixture->blog_id, review_id, parent, "9", "Ann", BAL_COMMENT_STATUS_APPROVED);
  g_autoptr(BalComment) pulled = bal_comment_table_get (transaction, child, error);
  g_autoptr(BalOutboxItem) item = NULL;
  g_autoptr(BalComment) lifted = NULL;
  g_autoptr(BalComment) back = NULL;

  /* With the blog's id of its parent, as a pull stores it. */
  must (bal_comment_base_put (transaction, child, pulled, error));
  must (bal_desk_delete_comments (transaction, &parent, 1, error));
  lifted = bal_comment_table_get (transaction, child, error);
  g_assert_cmpint (bal_comment_get_parent_id (lifted), ==, 0);

  item = bal_outbox_find (transaction, BAL_ENTITY_COMMENT, parent, error);
  must (bal_outbox_discard (transaction, item->id, error));
  back = bal_comment_table_get (transaction, child, error);
  g_assert_cmpint (bal_comment_get_parent_id (back), ==, parent);
  g_assert_cmpstr (bal_comment_get_remote_parent_id (back), ==, "8");
  g_assert_cmpstr (bal_comment_get_number (back), ==, "1.1");
  return TRUE;
}

static BalOutboxSummary
summarize (BalTransaction  *transaction,
           GError         **error)
{
  BalOutboxSummary summary;

  must (bal_outbox_summarize (transaction, &summary, error));
  return summary;
}

/* Each edit shows, and nothing that is not one: not a try, not what needs a person. */
static gboolean
summary_tells_edits_from_tries (BalTransaction  *transaction,
                                gpointer         data,
                                GError         **error)
{
  Fixture *fixture = data;
  gint64 blog_id = fixture->blog_id;
  gint64 review_id = put_pulled_review (transaction, blog_id, "1", "T", "<p>x</p>");
  gint64 other_id = put_pulled_review (transaction, blog_id, "2", "U", "<p>y</p>");
  g_autoptr(BalReview) other = bal_review_table_get (transaction, other_id, error);
  g_autoptr(BalOutboxItem) item = NULL;
  BalOutboxSummary one, two;

  one = summarize (transaction, error);
  g_assert_cmpuint (one.n_waiting, ==, 0);
  g_assert_cmpuint (one.fresh, ==, 0);
  g_assert_cmpint (one.next_try, ==, 0);

  must (bal_outbox_note (transaction, blog_id, BAL_ENTITY_REVIEW, review_id, BAL_OUTBOX_UPDATE, 1, NULL, NULL, error));
  one = summarize (transaction, error);
  g_assert_cmpuint (one.n_waiting, ==, 1);
  g_assert_cmpuint (one.fresh, !=, 0);
  must (bal_outbox_note (transaction, blog_id, BAL_ENTITY_REVIEW, review_id, BAL_OUTBOX_UPDATE, 2, NULL, NULL, error));
  two = summarize (transaction, error);
  g_assert_cmpuint (two.n_waiting, ==, 1);
  g_assert_cmpuint (two.fresh, !=, one.fresh);
  g_assert_cmpuint (summarize (transaction, error).fresh, ==, two.fresh);

  item = bal_outbox_find (transaction, BAL_ENTITY_REVIEW, review_id, error);
  must (bal_outbox_set_retry (transaction, item->id, 4711, "503", error));
  must (bal_outbox_note (transaction, blog_id, BAL_ENTITY_REVIEW, other_id, BAL_OUTBOX_UPDATE, 1, NULL, NULL, error));
  one = summarize (transaction, error);
  g_assert_cmpuint (one.n_waiting, ==, 2);
  g_assert_cmpint (one.next_try, ==, 4711);
  g_assert_cmpuint (one.fresh, !=, 0);

  must (bal_outbox_set_parked (transaction, item->id, "refused", error));
  g_assert_cmpuint (summarize (transaction, error).n_waiting, ==, 1);
  g_assert_cmpint (summarize (transaction, error).next_try, ==, 0);
  g_assert_cmpuint (summarize (transaction, error).fresh, ==, one.fresh);
  must (bal_conflict_table_put_review (transaction, other_id, "title", other, error));
  g_assert_cmpuint (summarize (transaction, error).n_waiting, ==, 0);
  g_assert_cmpuint (summarize (transaction, error).fresh, ==, 0);
  return TRUE;
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add_body ("/store/outbox/given-up-delete-gives-the-replies-back", given_up_delete_gives_the_replies_back);
  fixture_add_body ("/store/outbox/net-effect-of-every-pair", net_effect_of_every_pair);
  fixture_add_body ("/store/outbox/edit-while-sending-is-sent-again", edit_while_sending_is_sent_again);
  fixture_add_body ("/store/outbox/crash-leaves-unknown", crash_leaves_unknown);
  fixture_add_body ("/store/outbox/retry-wakes-what-is-parked", retry_wakes_what_is_parked);
  fixture_add_body ("/store/outbox/parents-are-sent-before-replies", parents_are_sent_before_replies);
  fixture_add_body ("/store/outbox/discarded-edit-goes-to-the-history", discarded_edit_goes_to_the_history);
  fixture_add_body ("/store/outbox/discarded-new-review-goes-to-the-trash", discarded_new_review_goes_to_the_trash);
  fixture_add_body ("/store/outbox/nothing-is-discarded-while-it-is-sent", nothing_is_discarded_while_it_is_sent);
  fixture_add_body ("/store/outbox/discarded-deletion-brings-the-comment-back", discarded_deletion_brings_the_comment_back);
  fixture_add_body ("/store/outbox/delete-of-what-is-being-created-follows", delete_of_what_is_being_created_follows);

  fixture_add_body ("/store/outbox/summary-tells-edits-from-tries", summary_tells_edits_from_tries);

  return g_test_run ();
}
