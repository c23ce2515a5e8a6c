/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "bal-transaction.h"

/* What is kept although the blog deleted it: it waits for the person, visibly. */
static gboolean
is_parked (GPtrArray *outbox,
           BalEntity  entity,
           gint64     id)
{
  for (guint i = 0; i < outbox->len; i++)
    {
      BalOutboxItem *item = g_ptr_array_index (outbox, i);

      if (item->entity == entity && item->entity_id == id && item->state == BAL_OUTBOX_PARKED)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_waiting (GPtrArray *outbox,
            BalEntity  entity,
            gint64     id)
{
  for (guint i = 0; i < outbox->len; i++)
    {
      BalOutboxItem *item = g_ptr_array_index (outbox, i);

      if (item->entity == entity && item->entity_id == id)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_parked_below (SyncClient *client,
                  GPtrArray  *outbox,
                  gint64      review_id)
{
  g_autoptr(GPtrArray) thread = sync_client_list_thread (client, review_id);

  for (guint i = 0; i < thread->len; i++)
    if (is_parked (outbox, BAL_ENTITY_COMMENT, bal_comment_get_id (g_ptr_array_index (thread, i))))
      return TRUE;
  return FALSE;
}

/* Replies to what is not published go on waiting; a draft's own comments do too. One of which no answer was heard is
 * looked for until then. What the blog can't do waits for the person. */
static void
check_outbox (Sim       *self,
              GPtrArray *outbox)
{
  for (guint i = 0; i < outbox->len; i++)
    {
      BalOutboxItem *item = g_ptr_array_index (outbox, i);

      if (item->state == BAL_OUTBOX_PARKED && (self->is_limited || self->is_like_ghost))
        continue;
      g_assert_cmpint (item->entity, ==, BAL_ENTITY_COMMENT);
      if (item->state == BAL_OUTBOX_PARKED)
        continue;
      g_assert_cmpint (item->op, ==, BAL_OUTBOX_CREATE);
      g_assert_true (item->state == BAL_OUTBOX_PENDING || item->state == BAL_OUTBOX_UNKNOWN);
    }
}

static void
check_reviews (Sim        *self,
               SyncClient *client,
               GPtrArray  *outbox)
{
  g_autoptr(GPtrArray) there = fake_server_list_reviews (self->server);
  g_autoptr(GPtrArray) here = sync_client_list_reviews (client);
  guint n_extra = 0;

  for (guint i = 0; i < here->len; i++)
    {
      BalReview *review = g_ptr_array_index (here, i);
      const char *remote_id = bal_review_get_remote_id (review);
      g_autoptr(BalReview) remote = remote_id != NULL ? fake_server_dup_review (self->server, remote_id) : NULL;

      if (remote == NULL)
        {
          n_extra++;
          /* Trashed before the blog ever heard of it, or holding a reply that has nowhere to go. */
          g_assert_true ((remote_id == NULL && bal_review_get_status (review) == BAL_REVIEW_STATUS_TRASH) ||
                         is_parked (outbox, BAL_ENTITY_REVIEW, bal_review_get_id (review)) ||
                         has_parked_below (client, outbox, bal_review_get_id (review)));
          continue;
        }
      if ((self->is_limited || self->is_like_ghost) && is_parked (outbox, BAL_ENTITY_REVIEW, bal_review_get_id (review)))
        continue;
      g_assert_cmpstr (bal_review_get_title (review), ==, bal_review_get_title (remote));
      g_assert_cmpstr (bal_review_get_html (review), ==, bal_review_get_html (remote));
      g_assert_cmpint (bal_review_get_status (review), ==, bal_review_get_status (remote));
      g_assert_true (bal_review_content_equal (review, remote));
    }
  g_assert_cmpuint (here->len - n_extra, ==, there->len);
}

static void
check_comments (Sim        *self,
                SyncClient *client,
                GPtrArray  *outbox)
{
  g_autoptr(GPtrArray) there = fake_server_list_comments (self->server);

  for (guint i = 0; i < there->len; i++)
    {
      BalComment *remote = g_ptr_array_index (there, i);
      gint64 id = sync_client_find_comment (client, bal_comment_get_remote_id (remote));
      g_autoptr(BalComment) local = sync_client_get_comment (client, id);

      /* What was deleted there before anybody here saw it is shown to nobody. */
      if (self->is_like_ghost && local == NULL && bal_comment_get_status (remote) == BAL_COMMENT_STATUS_TRASH)
        continue;
      g_assert_nonnull (local);
      g_assert_cmpstr (bal_comment_get_remote_parent_id (local), ==, bal_comment_get_remote_parent_id (remote));
      if ((self->is_limited || self->is_like_ghost) && is_parked (outbox, BAL_ENTITY_COMMENT, id))
        continue;
      if (bal_comment_get_status (local) != bal_comment_get_status (remote))
        g_debug ("client %d comment %d remote %s sync_state %d: %s", client == self->clients[1], (int) id,
                 bal_comment_get_remote_id (remote), bal_comment_get_sync_state (local), bal_comment_get_html (local));
      /* A text that the blog threw away is still there where it had come to. */
      if (bal_comment_get_html (remote) != NULL &&
          !(self->is_like_ghost && bal_comment_get_status (remote) == BAL_COMMENT_STATUS_TRASH))
        g_assert_cmpstr (bal_comment_get_html (local), ==, bal_comment_get_html (remote));
      g_assert_cmpint (bal_comment_get_status (local), ==, bal_comment_get_status (remote));
    }
}

/* None that the blog does not have, but for those that still wait, and one's own that was thrown away unsent. */
static void
check_threads (Sim        *self,
               SyncClient *client,
               GPtrArray  *outbox)
{
  g_autoptr(GPtrArray) reviews = sync_client_list_reviews (client);

  for (guint i = 0; i < reviews->len; i++)
    {
      g_autoptr(GPtrArray) thread = sync_client_list_thread (client, bal_review_get_id (g_ptr_array_index (reviews, i)));

      for (guint j = 0; j < thread->len; j++)
        {
          BalComment *comment = g_ptr_array_index (thread, j);
          const char *remote_id = bal_comment_get_remote_id (comment);
          g_autoptr(BalComment) remote = remote_id != NULL ? fake_server_dup_comment (self->server, remote_id) : NULL;

          if (remote == NULL)
            g_debug ("only here: comment %" G_GINT64_FORMAT ", there %s: %s", bal_comment_get_id (comment), remote_id,
                     bal_comment_get_html (comment));
          g_assert_true (remote != NULL ||
                         (remote_id == NULL && bal_comment_get_status (comment) > BAL_COMMENT_STATUS_APPROVED) ||
                         is_waiting (outbox, BAL_ENTITY_COMMENT, bal_comment_get_id (comment)) ||
                         has_parked_below (client, outbox, bal_comment_get_review_id (comment)));
        }
    }
}

/* ---- texts ---- */

static void
note_texts (GHashTable *found,
            const char *html)
{
  g_autoptr(GArray) texts = sim_list_texts (html);

  for (guint i = 0; i < texts->len; i++)
    g_hash_table_add (found, GUINT_TO_POINTER (g_array_index (texts, guint, i)));
}

/* The local history of everything, also of what is gone. */
static gboolean
note_revisions (BalTransaction  *transaction,
                gpointer         found,
                GError         **error)
{
  g_autoptr(BalStatement) statement = bal_transaction_prepare (transaction, "SELECT title, html FROM revision", error);
  BalStep step = BAL_STEP_ERROR;

  while (statement != NULL && (step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      note_texts (found, bal_statement_read_text (statement));
      note_texts (found, bal_statement_read_text (statement));
    }
  return step == BAL_STEP_DONE;
}

static void
note_client_texts (SyncClient *client,
                   GHashTable *found)
{
  g_autoptr(GPtrArray) reviews = sync_client_list_reviews (client);

  for (guint i = 0; i < reviews->len; i++)
    {
      BalReview *review = g_ptr_array_index (reviews, i);
      g_autoptr(GPtrArray) thread = sync_client_list_thread (client, bal_review_get_id (review));

      note_texts (found, bal_review_get_title (review));
      note_texts (found, bal_review_get_html (review));
      for (guint j = 0; j < thread->len; j++)
        note_texts (found, bal_comment_get_html (g_ptr_array_index (thread, j)));
    }
  sync_client_read (client, note_revisions, found);
}

/* Two who each decide for their own version of a paragraph that a third has deleted put it back twice, each with their
 * own words. */
static gboolean
is_put_back_by_all (Sim   *self,
                    guint  text)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->chosen, GUINT_TO_POINTER (text))) == (1 << SIM_CLIENTS) - 1;
}

static void
note_once (Sim        *self,
           GHashTable *found,
           const char *html)
{
  g_autoptr(GArray) texts = sim_list_texts (html);

  g_debug ("there: %s", html);
  for (guint i = 0; i < texts->len; i++)
    if (!g_hash_table_add (found, GUINT_TO_POINTER (g_array_index (texts, guint, i))) &&
        !is_put_back_by_all (self, g_array_index (texts, guint, i)) &&
        !g_hash_table_contains (self->kept, GUINT_TO_POINTER (g_array_index (texts, guint, i))))
      g_error ("text %u is on the blog twice", g_array_index (texts, guint, i));
}

/* Whatever became of its text. */
static void
note_reply_once (Sim        *self,
                 GHashTable *found,
                 const char *html)
{
  g_autoptr(GArray) texts = sim_list_texts (html);
  gpointer first = NULL;

  for (guint i = 0; i < texts->len && first == NULL; i++)
    first = g_hash_table_lookup (self->replies, GUINT_TO_POINTER (g_array_index (texts, guint, i)));
  if (first != NULL && !g_hash_table_add (found, first))
    g_error ("the reply that began with text %u is on the blog twice", GPOINTER_TO_UINT (first));
}

/* What was delivered twice may be there twice: where somebody has made a review of its own of the second, or has thrown
 * the first away; and in the trash. */
static void
note_kept (Sim *self)
{
  g_autoptr(GPtrArray) kept = fake_server_list_kept (self->server);

  for (guint i = 0; i < kept->len; i++)
    note_texts (self->kept, g_ptr_array_index (kept, i));
}

static gboolean
is_twin_in_trash (Sim       *self,
                  BalReview *review)
{
  return bal_review_get_status (review) == BAL_REVIEW_STATUS_TRASH &&
         fake_server_is_twin (self->server, bal_review_get_remote_id (review));
}

/* Those that are there now, each once. */
static void
note_server_texts (Sim        *self,
                   GHashTable *found)
{
  g_autoptr(GPtrArray) reviews = fake_server_list_reviews (self->server);
  g_autoptr(GPtrArray) comments = fake_server_list_comments (self->server);
  g_autoptr(GHashTable) replies = g_hash_table_new (NULL, NULL);

  note_kept (self);
  for (guint i = 0; i < reviews->len; i++)
    {
      BalReview *review = g_ptr_array_index (reviews, i);

      g_debug ("review %s there (%d)", bal_review_get_remote_id (review), bal_review_get_status (review));
      if (is_twin_in_trash (self, review))
        continue;
      note_once (self, found, bal_review_get_title (review));
      note_once (self, found, bal_review_get_html (review));
    }
  for (guint i = 0; i < comments->len; i++)
    {
      note_once (self, found, bal_comment_get_html (g_ptr_array_index (comments, i)));
      note_reply_once (self, replies, bal_comment_get_html (g_ptr_array_index (comments, i)));
    }
}

static void
check_texts (Sim *self)
{
  g_autoptr(GHashTable) found = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer number;

  note_server_texts (self, found);
  for (guint i = 0; i < SIM_CLIENTS; i++)
    note_client_texts (self->clients[i], found);

  g_hash_table_iter_init (&iter, self->ledger);
  while (g_hash_table_iter_next (&iter, &number, NULL))
    if (!g_hash_table_contains (found, number) && !g_hash_table_contains (self->excused, number))
      g_error ("text %u was lost", GPOINTER_TO_UINT (number));
}

/**
 * sim_check_all:
 * @self: one that has settled
 *
 * All replicas are equal, nothing is there twice, and every text that anybody saved is in a replica or in a local
 * history.
 */
void
sim_check_all (Sim *self)
{
  for (guint i = 0; i < SIM_CLIENTS; i++)
    {
      g_autoptr(GPtrArray) outbox = sync_client_list_outbox (self->clients[i]);
      g_autoptr(GPtrArray) conflicts = sync_client_list_conflicts (self->clients[i]);

      g_assert_cmpuint (conflicts->len, ==, 0);
      check_outbox (self, outbox);
      check_reviews (self, self->clients[i], outbox);
      check_comments (self, self->clients[i], outbox);
      check_threads (self, self->clients[i], outbox);
    }
  check_texts (self);
}
