/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-client.h"

#include "bal-comment-table.h"
#include "bal-error.h"
#include "bal-sync-merge.h"

/*
 * What is created is there once, and what somebody wrote is not deleted unseen.
 */

typedef struct
{
  FakeServer *server;
  SyncClient *client;
  guint       n_puts;
  guint       n_uploads;
  guint       n_terms;
  guint       n_lost;            /* answers of creates, so far */
  guint       lose_every;        /* 0: none */
  gboolean    refuses_pictures;
  guint       refused_sign_in;   /* the how manieth; 0: none */
  guint       failed_listing;
  gboolean    loses_updates;
  gint64      edited_at_look;    /* the comment whose text is edited when the blog is asked for it */
  gboolean    is_dead;
} Fixture;

static const FakeFault doubtful[] = {
  FAKE_LOST_AFTER, FAKE_LATE, FAKE_LOST, FAKE_GARBLED_AFTER, FAKE_BUSY_AFTER,
};
/* So often the desktop itself crashes, by turns before and after the blog has acted. */
#define DIE_EVERY 20

static FakeFault
fault_cb (FakeServer *server,
          const char *op,
          gpointer    data)
{
  Fixture *self = data;

  if (self->is_dead)
    return FAKE_OFFLINE;
  if (self->refused_sign_in > 0 && g_str_equal (op, "sign_in") && --self->refused_sign_in == 0)
    return FAKE_AUTH;
  if (self->failed_listing > 0 && g_str_equal (op, "list_reviews") && --self->failed_listing == 0)
    return FAKE_BUSY;
  if (self->edited_at_look != 0 && g_str_equal (op, "get_comment"))
    {
      sync_client_edit_comment (self->client, self->edited_at_look, "Edited.");
      self->edited_at_look = 0;
    }
  if (self->loses_updates && g_str_equal (op, "put_review"))
    return FAKE_LOST;
  if (self->refuses_pictures && op[0] == 'u')
    return FAKE_REFUSED;
  if (self->lose_every == 0 ||
      !(g_str_has_prefix (op, "put") || g_str_has_prefix (op, "upload") || g_str_equal (op, "create_term")))
    return FAKE_FINE;
  /* A picture is there before its review is tried, and so is its label. */
  if (op[0] == 'u' ? self->n_uploads++ % 2 != 0
                   : op[0] == 'c' ? self->n_terms++ % 2 != 0 : self->n_puts++ % self->lose_every != 0)
    return FAKE_FINE;

  if (++self->n_lost % DIE_EVERY != 0)
    return doubtful[self->n_lost % G_N_ELEMENTS (doubtful)];
  sync_client_photograph (self->client);
  self->is_dead = TRUE;
  return self->n_lost / DIE_EVERY % 2 == 0 ? FAKE_LOST : FAKE_LOST_AFTER;
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->server = fake_server_new ("once", "secret");
  self->client = sync_client_new (self->server, "secret");
  fake_server_set_fault (self->server, fault_cb, self);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  sync_client_free (self->client);
  fake_server_free (self->server);
}

static void
sync_once (Fixture *self)
{
  sync_client_retry (self->client);
  bal_sync_result_free (sync_client_sync (self->client, BAL_SYNC_DEFAULT));
  if (self->is_dead)
    {
      sync_client_crash (self->client);
      self->is_dead = FALSE;
    }
}

static guint
count_untried (Fixture *self)
{
  g_autoptr(GPtrArray) outbox = sync_client_list_outbox (self->client);
  guint n = 0;

  for (guint i = 0; i < outbox->len; i++)
    n += ((BalOutboxItem *) g_ptr_array_index (outbox, i))->attempts == 0;
  return n;
}

static guint
count_waiting (Fixture *self)
{
  g_autoptr(GPtrArray) outbox = sync_client_list_outbox (self->client);

  return outbox->len;
}

/* ---- creates ---- */

/* With the sanitizers; BALCONY_BATCHES tells otherwise. */
#define N_BATCHES 3
#define N_REVIEWS 50             /* a batch; each with a picture and a label of its own */
#define N_REPLIES 50

static void
write_batch (Fixture *self,
             guint    batch,
             gint64   comment_id)
{
  for (guint i = 0; i < N_REVIEWS; i++)
    {
      g_autofree char *title = g_strdup_printf ("Review %u of %u", i, batch);
      g_autofree char *name = g_strdup_printf ("%u-%u.png", batch, i);
      g_autofree char *html = g_strdup_printf ("<p>Text.</p><img src=\"media:%" G_GINT64_FORMAT "\">",
                                               sync_client_choose_picture (self->client, name, name));
      gint64 id = sync_client_add_review (self->client, title, html, BAL_REVIEW_STATUS_PUBLISHED);

      sync_client_set_labels (self->client, id, (const char *[]) { "film", title, NULL });
    }
  for (guint i = 0; i < N_REPLIES; i++)
    {
      g_autofree char *text = g_strdup_printf ("Reply %u of %u", i, batch);

      sync_client_reply (self->client, comment_id, text);
    }
}

/* No answer is heard until each create has been tried; then only each third one is missed. */
static void
send_batch (Fixture *self)
{
  self->lose_every = 1;
  for (guint n = 0; count_untried (self) > 0; n++)
    {
      g_assert_cmpuint (n, <, 100);
      sync_once (self);
    }
  self->lose_every = 3;
  for (guint n = 0; count_waiting (self) > 0; n++)
    {
      g_assert_cmpuint (n, <, 100);
      sync_once (self);
    }
  self->lose_every = 0;
}

static guint
count_titles (Fixture *self)
{
  g_autoptr(GPtrArray) there = fake_server_list_reviews (self->server);
  g_autoptr(GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < there->len; i++)
    g_hash_table_add (titles, g_strdup (bal_review_get_title (g_ptr_array_index (there, i))));
  return g_hash_table_size (titles);
}

static void
assert_labels (Fixture *self)
{
  g_autoptr(GPtrArray) there = fake_server_list_reviews (self->server);

  for (guint i = 0; i < there->len; i++)
    {
      BalReview *review = g_ptr_array_index (there, i);

      g_assert_true (g_str_equal (bal_review_get_title (review), "Theirs") ||
                     g_strv_contains (bal_review_get_labels (review), bal_review_get_title (review)));
    }
}

/* As many reviews, replies, pictures and labels. */
static void
test_thousand_creates_without_an_answer (Fixture       *self,
                                         gconstpointer  data)
{
  const char *batches = g_getenv ("BALCONY_BATCHES");
  guint n_batches = batches != NULL ? (guint) g_ascii_strtoull (batches, NULL, 10) : N_BATCHES;
  g_autofree char *review = fake_server_add_review (self->server, "Theirs", "<p>Hi.</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autofree char *comment = fake_server_add_comment (self->server, review, NULL, "Ann", "Well?",
                                                      BAL_COMMENT_STATUS_APPROVED);
  g_autofree char *pictures = NULL;
  g_auto(GStrv) names = NULL;
  g_autoptr(GPtrArray) here = NULL;

  fake_server_set_shows_keys (self->server, FALSE);
  fake_server_set_makes_terms (self->server, TRUE);
  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  for (guint i = 0; i < n_batches; i++)
    {
      write_batch (self, i, sync_client_find_comment (self->client, comment));
      send_batch (self);
      sync_client_restart (self->client);
    }

  sync_client_sync_well (self->client, BAL_SYNC_FULL);
  g_assert_cmpuint (self->n_lost, >=, n_batches * (3 * N_REVIEWS + N_REPLIES));
  g_assert_cmpuint (fake_server_get_n_reviews (self->server), ==, 1 + n_batches * N_REVIEWS);
  g_assert_cmpuint (count_titles (self), ==, 1 + n_batches * N_REVIEWS);
  g_assert_cmpuint (fake_server_get_n_comments (self->server), ==, 1 + n_batches * N_REPLIES);
  g_assert_cmpuint (fake_server_get_n_terms (self->server), ==, 1 + n_batches * N_REVIEWS);
  assert_labels (self);
  pictures = fake_server_describe_media (self->server);
  names = g_strsplit (pictures, " ", -1);
  g_assert_cmpuint (g_strv_length (names), ==, n_batches * N_REVIEWS);
  here = sync_client_list_reviews (self->client);
  g_assert_cmpuint (here->len, ==, 1 + n_batches * N_REVIEWS);
}

/* The row still stands as sending when the program starts again. */
static void
test_what_was_being_sent_at_the_crash_is_looked_for (Fixture       *self,
                                                     gconstpointer  data)
{
  g_autoptr(GPtrArray) outbox = NULL;

  sync_client_add_review (self->client, "Mine", "<p>Mine.</p>", BAL_REVIEW_STATUS_PUBLISHED);
  self->n_lost = DIE_EVERY - 1;  /* dies after the blog has acted */
  self->lose_every = 1;
  sync_once (self);
  self->lose_every = 0;
  outbox = sync_client_list_outbox (self->client);
  g_assert_cmpuint (outbox->len, ==, 1);
  g_assert_cmpint (((BalOutboxItem *) g_ptr_array_index (outbox, 0))->state, ==, BAL_OUTBOX_SENDING);

  /* Found before anything is pulled, so that the pull cannot take it for a stranger's. */
  fake_server_set_shows_keys (self->server, FALSE);
  sync_client_sync_well (self->client, BAL_SYNC_PULL_ONLY);
  {
    g_autoptr(GPtrArray) here = sync_client_list_reviews (self->client);

    g_assert_cmpuint (here->len, ==, 1);
  }
}

/* Two desktops hold edits of what the blog deleted, and each creates it again. */
static void
test_what_was_parked_while_it_was_created_again_is_looked_for (Fixture       *self,
                                                               gconstpointer  data)
{
  g_autofree char *remote_id = fake_server_add_review (self->server, "Theirs", "<p>Hi.</p>",
                                                       BAL_REVIEW_STATUS_PUBLISHED);
  SyncClient *other = sync_client_new (self->server, "secret");
  g_autofree char *html = NULL;

  fake_server_set_shows_keys (self->server, FALSE);
  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  sync_client_sync_well (other, BAL_SYNC_DEFAULT);
  fake_server_delete_review (self->server, remote_id);
  html = g_strdup_printf ("<p>Hi.</p><img src=\"media:%" G_GINT64_FORMAT "\">",
                          sync_client_choose_picture (self->client, "one.png", ""));
  sync_client_edit_review (self->client, sync_client_find_review (self->client, remote_id), NULL, html);
  sync_client_edit_review (other, sync_client_find_review (other, remote_id), "Ours", NULL);

  self->refuses_pictures = TRUE;
  sync_once (self);
  self->refuses_pictures = FALSE;
  g_assert_cmpuint (count_waiting (self), ==, 1);
  sync_client_sync_well (other, BAL_SYNC_DEFAULT);
  sync_client_retry (self->client);
  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_get_n_reviews (self->server), ==, 1);
  sync_client_free (other);
}

/* An update whose answer was lost is held against what the blog has by now, like any other. */
static void
test_conflict_behind_a_lost_update_is_not_overwritten (Fixture       *self,
                                                       gconstpointer  data)
{
  g_autofree char *remote_id = fake_server_add_review (self->server, "Theirs", "<p>Old.</p>",
                                                       BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(BalReview) there = NULL;
  g_autoptr(BalReview) after = NULL;
  g_autoptr(GPtrArray) conflicts = NULL;

  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  sync_client_edit_review (self->client, sync_client_find_review (self->client, remote_id), NULL, "<p>Mine.</p>");
  self->loses_updates = TRUE;
  sync_once (self);
  self->loses_updates = FALSE;
  there = fake_server_dup_review (self->server, remote_id);
  g_assert_cmpstr (bal_review_get_html (there), ==, "<p>Old.</p>");
  bal_review_set_html (there, "<p>Rewritten.</p>");
  fake_server_edit_review (self->server, there);

  /* The pull does not get so far as to see it. */
  self->failed_listing = 1;
  bal_sync_result_free (sync_client_sync (self->client, BAL_SYNC_DEFAULT));
  after = fake_server_dup_review (self->server, remote_id);
  g_assert_cmpstr (bal_review_get_html (after), ==, "<p>Rewritten.</p>");
  conflicts = sync_client_list_conflicts (self->client);
  g_assert_cmpuint (conflicts->len, ==, 1);
}

/* Somebody edited the reply on the blog before its answer was missed: what they wrote is kept. */
static void
test_reply_that_was_rewritten_before_it_is_found_keeps_both (Fixture       *self,
                                                             gconstpointer  data)
{
  g_autofree char *review = fake_server_add_review (self->server, "Theirs", "<p>Hi.</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autofree char *comment = fake_server_add_comment (self->server, review, NULL, "Ann", "Well?",
                                                      BAL_COMMENT_STATUS_APPROVED);
  g_autoptr(GPtrArray) there = NULL;
  g_autoptr(GPtrArray) revisions = NULL;
  gint64 reply;

  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  reply = sync_client_reply (self->client, sync_client_find_comment (self->client, comment), "Mine.");
  self->n_lost = DIE_EVERY - 1;  /* dies after the blog has acted */
  self->lose_every = 1;
  sync_once (self);
  self->lose_every = 0;
  there = fake_server_list_comments (self->server);
  g_assert_cmpuint (there->len, ==, 2);
  fake_server_edit_comment (self->server, bal_comment_get_remote_id (g_ptr_array_index (there, 1)), "Rewritten.",
                            BAL_COMMENT_STATUS_APPROVED);

  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_get_n_comments (self->server), ==, 2);
  revisions = sync_client_list_revisions (self->client, BAL_ENTITY_COMMENT, reply);
  g_assert_cmpuint (revisions->len, ==, 1);
  g_assert_cmpstr (((BalRevision *) g_ptr_array_index (revisions, 0))->html, ==, "Rewritten.");
}

static gint64
make_shared_comment (Fixture  *self,
                     char    **remote_id)
{
  g_autofree char *review = fake_server_add_review (self->server, "Theirs", "<p>Hi.</p>", BAL_REVIEW_STATUS_PUBLISHED);

  *remote_id = fake_server_add_comment (self->server, review, NULL, "Ann", "Well?", BAL_COMMENT_STATUS_APPROVED);
  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  return sync_client_find_comment (self->client, *remote_id);
}

static void
assert_parked (Fixture    *self,
               gint64      id,
               const char *text)
{
  g_autoptr(GPtrArray) outbox = sync_client_list_outbox (self->client);
  g_autoptr(BalComment) here = sync_client_get_comment (self->client, id);

  g_assert_cmpuint (outbox->len, ==, 1);
  g_assert_cmpint (((BalOutboxItem *) g_ptr_array_index (outbox, 0))->state, ==, BAL_OUTBOX_PARKED);
  g_assert_cmpint (((BalOutboxItem *) g_ptr_array_index (outbox, 0))->entity_id, ==, id);
  g_assert_cmpstr (bal_comment_get_html (here), ==, text);
  g_assert_nonnull (bal_comment_get_remote_id (here));
}

/* Where no key is kept, only the text that was sent tells it; the blog takes no other for it. */
static void
test_reply_that_was_edited_before_it_is_found_stands_once (Fixture       *self,
                                                           gconstpointer  data)
{
  g_autofree char *remote_id = NULL;
  g_autoptr(BalComment) parent = NULL;
  g_autoptr(GPtrArray) thread = NULL;
  g_autoptr(GPtrArray) there = NULL;
  gint64 reply;

  fake_server_set_like_ghost (self->server);
  reply = sync_client_reply (self->client, make_shared_comment (self, &remote_id), "Mine.");
  self->n_lost = DIE_EVERY - 1;  /* dies after the blog has acted */
  self->lose_every = 1;
  sync_once (self);
  self->lose_every = 0;
  sync_client_edit_comment (self->client, reply, "Mine, and better.");
  sync_client_edit_comment (self->client, reply, "Mine, and best.");
  sync_client_restart (self->client);

  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  sync_client_sync_well (self->client, BAL_SYNC_FULL);
  there = fake_server_list_comments (self->server);
  g_assert_cmpuint (there->len, ==, 2);
  g_assert_cmpstr (bal_comment_get_html (g_ptr_array_index (there, 1)), ==, "<p>Mine.</p>");
  parent = sync_client_get_comment (self->client, sync_client_find_comment (self->client, remote_id));
  thread = sync_client_list_thread (self->client, bal_comment_get_review_id (parent));
  g_assert_cmpuint (thread->len, ==, 2);
  assert_parked (self, reply, "<p>Mine, and best.</p>");
}

/* Nor is there a second version of what arrived as it was sent. */
static void
test_reply_that_arrived_leaves_no_version (Fixture       *self,
                                           gconstpointer  data)
{
  g_autofree char *remote_id = NULL;
  g_autoptr(GPtrArray) revisions = NULL;
  gint64 reply = sync_client_reply (self->client, make_shared_comment (self, &remote_id), "Mine.");

  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (count_waiting (self), ==, 0);
  revisions = sync_client_list_revisions (self->client, BAL_ENTITY_COMMENT, reply);
  g_assert_cmpuint (revisions->len, ==, 0);
}

/* The blog takes the state, not the text, and says nothing: it must not go along. */
static void
test_text_that_was_edited_beside_a_change_of_state_stays (Fixture       *self,
                                                          gconstpointer  data)
{
  g_autofree char *remote_id = NULL;
  gint64 id;

  fake_server_set_like_ghost (self->server);
  id = make_shared_comment (self, &remote_id);
  sync_client_moderate (self->client, id, BAL_COMMENT_STATUS_SPAM);
  self->edited_at_look = id;
  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  g_assert_cmpint (self->edited_at_look, ==, 0);
  g_assert_cmpuint (fake_server_count_calls (self->server, "put_comment"), ==, 0);

  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  assert_parked (self, id, "<p>Edited.</p>");
}

static gboolean
adopt_without_text (BalTransaction  *transaction,
                    gpointer         data,
                    GError         **error)
{
  g_autoptr(BalComment) local = bal_comment_table_get (transaction, *(gint64 *) data, error);
  g_autoptr(BalComment) found = bal_comment_dup (local);
  g_autoptr(BalComment) base = NULL;

  bal_comment_set_remote_id (found, "1000");
  bal_comment_set_html (found, NULL);
  if (!bal_sync_adopt_comment (transaction, local, found, error))
    return FALSE;

  base = bal_comment_base_get (transaction, *(gint64 *) data, error);
  g_assert_cmpstr (bal_comment_get_html (base), ==, "<p>Mine.</p>");
  return TRUE;
}

/* One that was removed there meanwhile, say. */
static void
test_reply_that_is_found_without_its_text_has_the_one_here (Fixture       *self,
                                                            gconstpointer  data)
{
  g_autofree char *remote_id = NULL;
  gint64 reply = sync_client_reply (self->client, make_shared_comment (self, &remote_id), "Mine.");

  sync_client_write (self->client, adopt_without_text, &reply);
  g_assert_cmpuint (count_waiting (self), ==, 0);
}

/* ---- deletions ---- */

/* To a stranger everything that is not public is missing. */
static void
test_nothing_is_removed_for_who_is_signed_out_meanwhile (Fixture       *self,
                                                         gconstpointer  data)
{
  g_autofree char *review = fake_server_add_review (self->server, "Theirs", "<p>Hi.</p>", BAL_REVIEW_STATUS_PRIVATE);
  g_autoptr(BalSyncResult) result = NULL;

  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  fake_server_delete_review (self->server, review);
  self->refused_sign_in = 2;
  result = sync_client_sync (self->client, BAL_SYNC_FULL);
  g_assert_cmpuint (result->n_removed, ==, 0);
  g_assert_cmpuint (result->n_signed_out, ==, 1);
  g_assert_cmpint (sync_client_find_review (self->client, review), !=, 0);
}

/* Or each review that was not listed yet would be asked for by itself. */
static void
test_half_a_pull_is_not_compared_with_the_blog (Fixture       *self,
                                                gconstpointer  data)
{
  g_autoptr(BalSyncResult) result = NULL;

  fake_server_set_page_size (self->server, 5);
  for (guint i = 0; i < 20; i++)
    g_free (fake_server_add_review (self->server, "Theirs", "<p>Hi.</p>", BAL_REVIEW_STATUS_PUBLISHED));
  self->failed_listing = 2;
  result = sync_client_sync (self->client, BAL_SYNC_FULL);
  g_assert_error (result->error, BAL_ERROR, BAL_ERROR_TEMPORARY);
  g_assert_cmpuint (fake_server_count_calls (self->server, "sweep_reviews"), ==, 0);
  g_assert_cmpuint (fake_server_count_calls (self->server, "get_review"), ==, 0);

  sync_client_sync_well (self->client, BAL_SYNC_FULL);
  g_assert_cmpuint (fake_server_count_calls (self->server, "get_review"), ==, 0);
}

/* The review stays here for the sake of the reply, which a person must decide about; of itself nothing is left to say. */
static void
test_review_that_is_kept_for_a_reply_does_not_wait_itself (Fixture       *self,
                                                           gconstpointer  data)
{
  g_autofree char *review = fake_server_add_review (self->server, "Theirs", "<p>Hi.</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autofree char *comment = fake_server_add_comment (self->server, review, NULL, "Ann", "Well?",
                                                      BAL_COMMENT_STATUS_APPROVED);
  g_autoptr(GPtrArray) outbox = NULL;
  gint64 id;

  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  id = sync_client_find_review (self->client, review);
  sync_client_reply (self->client, sync_client_find_comment (self->client, comment), "So it is.");
  sync_client_edit_review (self->client, id, "Ours", NULL);
  sync_client_edit_review (self->client, id, "Theirs", NULL);
  fake_server_delete_review (self->server, review);
  bal_sync_result_free (sync_client_sync (self->client, BAL_SYNC_FULL | BAL_SYNC_ACCEPT_REMOVALS));

  outbox = sync_client_list_outbox (self->client);
  g_assert_cmpuint (outbox->len, ==, 1);
  g_assert_cmpint (((BalOutboxItem *) g_ptr_array_index (outbox, 0))->entity, ==, BAL_ENTITY_COMMENT);
}

/* An edit beats a delete, on this side too. */
static void
test_comment_that_was_rewritten_there_is_not_deleted (Fixture       *self,
                                                      gconstpointer  data)
{
  g_autofree char *remote_id = NULL;
  g_autoptr(BalComment) there = NULL;
  g_autoptr(BalComment) here = NULL;
  gint64 id = make_shared_comment (self, &remote_id);

  sync_client_delete_comment (self->client, id);
  fake_server_edit_comment (self->server, remote_id, "Well, I have thought about it.", BAL_COMMENT_STATUS_APPROVED);
  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);

  g_assert_cmpuint (count_waiting (self), ==, 0);
  there = fake_server_dup_comment (self->server, remote_id);
  g_assert_nonnull (there);
  here = sync_client_get_comment (self->client, sync_client_find_comment (self->client, remote_id));
  g_assert_nonnull (here);
  g_assert_cmpstr (bal_comment_get_html (here), ==, "Well, I have thought about it.");
}

/* Who moderates does not write. */
static void
test_comment_that_was_moderated_there_is_deleted (Fixture       *self,
                                                  gconstpointer  data)
{
  g_autofree char *remote_id = NULL;
  gint64 id = make_shared_comment (self, &remote_id);

  sync_client_delete_comment (self->client, id);
  fake_server_edit_comment (self->server, remote_id, NULL, BAL_COMMENT_STATUS_PENDING);
  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);

  g_assert_cmpuint (count_waiting (self), ==, 0);
  g_assert_cmpuint (fake_server_get_n_comments (self->server), ==, 0);
  g_assert_cmpint (sync_client_find_comment (self->client, remote_id), ==, 0);
}

#define ADD(name, data, func) g_test_add ("/sync/once/" name, Fixture, data, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("thousand-creates-without-an-answer", NULL, test_thousand_creates_without_an_answer);
  ADD ("what-was-being-sent-at-the-crash-is-looked-for", NULL, test_what_was_being_sent_at_the_crash_is_looked_for);
  ADD ("what-was-parked-while-it-was-created-again-is-looked-for", NULL,
       test_what_was_parked_while_it_was_created_again_is_looked_for);
  ADD ("conflict-behind-a-lost-update-is-not-overwritten", NULL,
       test_conflict_behind_a_lost_update_is_not_overwritten);
  ADD ("reply-that-was-rewritten-before-it-is-found-keeps-both", NULL,
       test_reply_that_was_rewritten_before_it_is_found_keeps_both);
  ADD ("reply-that-was-edited-before-it-is-found-stands-once", NULL,
       test_reply_that_was_edited_before_it_is_found_stands_once);
  ADD ("reply-that-arrived-leaves-no-version", NULL, test_reply_that_arrived_leaves_no_version);
  ADD ("text-that-was-edited-beside-a-change-of-state-stays", NULL,
       test_text_that_was_edited_beside_a_change_of_state_stays);
  ADD ("reply-that-is-found-without-its-text-has-the-one-here", NULL,
       test_reply_that_is_found_without_its_text_has_the_one_here);
  ADD ("nothing-is-removed-for-who-is-signed-out-meanwhile", NULL,
       test_nothing_is_removed_for_who_is_signed_out_meanwhile);
  ADD ("half-a-pull-is-not-compared-with-the-blog", NULL, test_half_a_pull_is_not_compared_with_the_blog);
  ADD ("review-that-is-kept-for-a-reply-does-not-wait-itself", NULL,
       test_review_that_is_kept_for_a_reply_does_not_wait_itself);
  ADD ("comment-that-was-rewritten-there-is-not-deleted", NULL, test_comment_that_was_rewritten_there_is_not_deleted);
  ADD ("comment-that-was-moderated-there-is-deleted", NULL, test_comment_that_was_moderated_there_is_deleted);

  return g_test_run ();
}
