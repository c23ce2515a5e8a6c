/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-client.h"

#include "bal-error.h"
#include "fake-server.h"

/* What was moderated elsewhere, in a blog of many comments: found at once, and with few calls. */
#define N_REVIEWS  100
#define N_COMMENTS 2500
#define PENDING    BAL_COMMENT_STATUS_PENDING
#define APPROVED   BAL_COMMENT_STATUS_APPROVED
#define SPAM       BAL_COMMENT_STATUS_SPAM
#define TRASH      BAL_COMMENT_STATUS_TRASH
#define DELETED    -1

/* Signing in, reviews, comments, totals. */
#define CALLS_OF_NOTHING_NEW 4

typedef struct
{
  FakeServer *server;
  SyncClient *client;
  GPtrArray  *ids;               /* of the comments, from the oldest on */
  GPtrArray  *reviews;
} Fixture;

static void
add_comments (Fixture          *self,
              guint             n,
              BalCommentStatus  status)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *html = g_strdup_printf ("Words of %u.", self->ids->len);

      const char *review = self->reviews->pdata[self->ids->len % N_REVIEWS];

      g_ptr_array_add (self->ids, fake_server_add_comment (self->server, review, NULL, "Ann", html, status));
    }
}

/* 80 of 100 approved, 10 pending, 5 spam, 5 in the trash, all mixed. */
static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  guint n_comments = data != NULL ? GPOINTER_TO_UINT (data) : N_COMMENTS;

  self->server = fake_server_new ("totals", "secret");
  self->client = sync_client_new (self->server, "secret");
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->reviews = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < N_REVIEWS; i++)
    g_ptr_array_add (self->reviews, fake_server_add_review (self->server, "A", "<p>A</p>", BAL_REVIEW_STATUS_PUBLISHED));
  for (guint i = 0; i < n_comments; i++)
    add_comments (self, 1, i * 37 % 100 < 80 ? APPROVED : i * 37 % 100 < 90 ? PENDING : i * 37 % 100 < 95 ? SPAM : TRASH);
  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  sync_client_free (self->client);
  fake_server_free (self->server);
  g_ptr_array_unref (self->ids);
  g_ptr_array_unref (self->reviews);
}

/* The nth comment in a state; negative: from the newest. (transfer full) */
static char *
find (Fixture          *self,
      BalCommentStatus  status,
      int               nth)
{
  g_autoptr(GPtrArray) comments = fake_server_list_comments (self->server);
  g_autoptr(GPtrArray) found = g_ptr_array_new ();

  for (guint i = 0; i < comments->len; i++)
    if (bal_comment_get_status (comments->pdata[i]) == status)
      g_ptr_array_add (found, (gpointer) bal_comment_get_remote_id (comments->pdata[i]));
  return g_strdup (found->pdata[nth >= 0 ? nth : (int) found->len + nth]);
}

static void
moderate (Fixture    *self,
          const char *id,
          int         status)
{
  if (status == DELETED)
    fake_server_delete_comment (self->server, id);
  else
    fake_server_edit_comment (self->server, id, NULL, (BalCommentStatus) status);
}

/* What is here, by the server's ids. */
static GHashTable *
list_here (Fixture *self)
{
  GHashTable *here = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);

  for (guint i = 0; i < self->reviews->len; i++)
    {
      gint64 review = sync_client_find_review (self->client, self->reviews->pdata[i]);
      g_autoptr(GPtrArray) thread = sync_client_list_thread (self->client, review);

      for (guint j = 0; j < thread->len; j++)
        g_hash_table_insert (here, (gpointer) bal_comment_get_remote_id (thread->pdata[j]),
                             g_object_ref (thread->pdata[j]));
    }
  return here;
}

/* Every comment is here as it is there, and there are no others. */
static void
assert_equal (Fixture *self)
{
  g_autoptr(GPtrArray) there = fake_server_list_comments (self->server);
  g_autoptr(GHashTable) here = list_here (self);

  g_assert_cmpuint (g_hash_table_size (here), ==, there->len);
  for (guint i = 0; i < there->len; i++)
    {
      BalComment *comment = there->pdata[i];
      BalComment *known = g_hash_table_lookup (here, bal_comment_get_remote_id (comment));

      g_assert_nonnull (known);
      g_assert_cmpint (bal_comment_get_status (known), ==, bal_comment_get_status (comment));
      g_assert_cmpstr (bal_comment_get_html (known), ==, bal_comment_get_html (comment));
    }
}

static BalCommentStatus
status_here (Fixture    *self,
             const char *id)
{
  g_autoptr(GHashTable) here = list_here (self);
  BalComment *comment = g_hash_table_lookup (here, id);

  g_assert_nonnull (comment);
  return bal_comment_get_status (comment);
}

static void
sync_counting (Fixture *self)
{
  fake_server_forget_calls (self->server);
  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
}

static guint
count (Fixture    *self,
       const char *op)
{
  return fake_server_count_calls (self->server, op);
}

static void
assert_quiet (Fixture *self)
{
  sync_counting (self);
  g_assert_cmpuint (count (self, NULL), ==, CALLS_OF_NOTHING_NEW);
}

static void
test_unchanged_blog_takes_few_calls (Fixture       *self,
                                     gconstpointer  data)
{
  assert_equal (self);
  assert_quiet (self);
  assert_quiet (self);
}

/* One comment among thousands, wherever it is and whatever became of it. */
static void
test_one_moderation_is_found_at_once (Fixture       *self,
                                      gconstpointer  data)
{
  static const struct { BalCommentStatus from; int nth; int to; guint most_pages; } moderations[] = {
    { PENDING, 0, APPROVED, 6 }, { PENDING, 120, SPAM, 7 }, { PENDING, -1, TRASH, 5 },
    { APPROVED, 0, SPAM, 7 }, { APPROVED, 1000, TRASH, 7 }, { APPROVED, -1, PENDING, 7 },
    { SPAM, 0, APPROVED, 7 }, { SPAM, -1, DELETED, 7 }, { TRASH, 60, APPROVED, 7 },
    { APPROVED, 0, DELETED, 8 }, { APPROVED, 1000, DELETED, 8 }, { APPROVED, -1, DELETED, 8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (moderations); i++)
    {
      g_autofree char *id = find (self, moderations[i].from, moderations[i].nth);

      moderate (self, id, moderations[i].to);
      sync_counting (self);
      assert_equal (self);
      g_assert_cmpuint (count (self, "sweep_comments"), ==, 0);
      g_assert_cmpuint (count (self, "list_queue"), <=, moderations[i].most_pages);
      g_assert_cmpuint (count (self, "get_comment"), <=, 1);
      assert_quiet (self);
    }
}

/* A morning's work in the web editor, and the spam emptied. */
static void
test_many_moderations_are_found_at_once (Fixture       *self,
                                         gconstpointer  data)
{
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *pending = find (self, PENDING, i % 7);
      g_autofree char *spam = find (self, SPAM, 0);

      moderate (self, pending, i % 3 == 0 ? SPAM : APPROVED);
      moderate (self, spam, DELETED);
    }
  add_comments (self, 20, APPROVED);
  sync_counting (self);
  assert_equal (self);
  g_assert_cmpuint (count (self, "sweep_comments"), ==, 0);
  assert_quiet (self);
}

/* Far apart, in the longest list, with others that came: each of them costs a search. */
static void
test_scattered_deletions_are_found_at_once (Fixture       *self,
                                            gconstpointer  data)
{
  static const int places[] = { 3, 300, 1100, 1500, -2 };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *id = find (self, APPROVED, places[i]);

      moderate (self, id, DELETED);
    }
  sync_counting (self);
  assert_equal (self);
  g_assert_cmpuint (count (self, "sweep_comments"), ==, 0);
  g_assert_cmpuint (count (self, "list_queue"), <=, 35);
}

/* More than a search is good for: everything is compared, in the same sync. */
static void
test_upheaval_is_inventoried (Fixture       *self,
                              gconstpointer  data)
{
  fake_server_set_page_size (self->server, 10);
  for (guint i = 0; i < self->ids->len; i += 9)
    moderate (self, self->ids->pdata[i], i % 2 == 0 ? DELETED : PENDING);
  sync_counting (self);
  assert_equal (self);
  g_assert_cmpuint (count (self, "list_queue"), <=, 60);
  g_assert_cmpuint (count (self, "sweep_comments"), >, 0);
  assert_quiet (self);
}

/* As many approved as there were, but not the same: nothing but an inventory shows that, and one is taken each day. */
static void
test_equal_totals_are_found_by_the_inventory (Fixture       *self,
                                              gconstpointer  data)
{
  g_autofree char *approved = find (self, APPROVED, 500);
  g_autofree char *pending = find (self, PENDING, 50);

  moderate (self, approved, PENDING);
  moderate (self, pending, APPROVED);
  assert_quiet (self);
  g_assert_cmpint (status_here (self, approved), ==, APPROVED);

  sync_client_sync_well (self->client, BAL_SYNC_FULL);
  assert_equal (self);
  assert_quiet (self);
}

static gboolean
put_back_a_day (BalTransaction  *transaction,
                gpointer         data,
                GError         **error)
{
  SyncClient *client = data;
  g_autofree char *text = bal_cursor_table_get (transaction, client->blog_id, "compared", error);
  g_autofree char *earlier = NULL;

  g_assert_nonnull (text);
  earlier = g_strdup_printf ("%" G_GINT64_FORMAT, g_ascii_strtoll (text, NULL, 10) - 24 * 60 * 60);
  return bal_cursor_table_put (transaction, client->blog_id, "compared", earlier, error);
}

static void
test_a_day_later_everything_is_compared (Fixture       *self,
                                         gconstpointer  data)
{
  g_autofree char *approved = find (self, APPROVED, 500);
  g_autofree char *pending = find (self, PENDING, 50);
  g_autoptr(BalSyncResult) result = NULL;

  moderate (self, approved, PENDING);
  moderate (self, pending, APPROVED);
  assert_quiet (self);
  sync_client_write (self->client, put_back_a_day, self->client);
  sync_client_restart (self->client);
  fake_server_forget_calls (self->server);
  result = sync_client_sync (self->client, BAL_SYNC_DEFAULT);
  g_assert_no_error (result->error);
  g_assert_true (result->compared);
  assert_equal (self);
  /* Listed once: what the pull listed whole is not listed again for what is missing. */
  g_assert_cmpuint (count (self, "sweep_reviews"), ==, 0);
  g_assert_cmpuint (count (self, "sweep_comments"), ==, 0);
  assert_quiet (self);
}

/* Its first pages were read by an earlier sync, and may have lost something since. */
static FakeFault
cut_second_of_comments (FakeServer *server,
                        const char *op,
                        gpointer    n)
{
  return g_str_equal (op, "list_comments") && ++*(guint *) n == 2 ? FAKE_BUSY : FAKE_FINE;
}

static void
test_a_cut_inventory_lists_all_again (Fixture       *self,
                                      gconstpointer  data)
{
  g_autofree char *first = find (self, APPROVED, 0);
  g_autofree char *pending = find (self, PENDING, 0);
  g_autoptr(BalSyncResult) cut = NULL;
  guint n = 0;

  fake_server_set_fault (self->server, cut_second_of_comments, &n);
  cut = sync_client_sync (self->client, BAL_SYNC_FULL);
  g_assert_error (cut->error, BAL_ERROR, BAL_ERROR_TEMPORARY);
  fake_server_set_fault (self->server, NULL, NULL);

  /* Totals that stay equal, but for one that is gone and one that is new. */
  moderate (self, first, DELETED);
  moderate (self, pending, APPROVED);
  g_free (fake_server_add_comment (self->server, self->reviews->pdata[0], NULL, "Ann", "New", 9000));
  fake_server_forget_calls (self->server);
  sync_client_sync_well (self->client, BAL_SYNC_FULL);
  g_assert_cmpuint (count (self, "sweep_comments"), >, 0);
  assert_equal (self);
}

/* One that failed is due again; one that asked the person is not. */
static FakeFault
break_sweep (FakeServer *server,
             const char *op,
             gpointer    data)
{
  return g_str_equal (op, "count_comments") ? FAKE_BUSY : FAKE_FINE;
}

static void
test_a_broken_inventory_is_taken_again (Fixture       *self,
                                        gconstpointer  data)
{
  g_autoptr(BalSyncResult) result = NULL;
  g_autoptr(BalSyncResult) again = NULL;

  sync_client_write (self->client, put_back_a_day, self->client);
  fake_server_set_fault (self->server, break_sweep, NULL);
  result = sync_client_sync (self->client, BAL_SYNC_DEFAULT);
  g_assert_error (result->error, BAL_ERROR, BAL_ERROR_TEMPORARY);
  fake_server_set_fault (self->server, NULL, NULL);
  again = sync_client_sync (self->client, BAL_SYNC_DEFAULT);
  g_assert_no_error (again->error);
  g_assert_true (again->compared);
  assert_quiet (self);
}

static void
test_removals_are_asked_about_once_a_day (Fixture       *self,
                                          gconstpointer  data)
{
  g_autoptr(BalSyncResult) result = NULL;

  for (guint i = 0; i < 11; i++)
    fake_server_delete_review (self->server, self->reviews->pdata[i]);
  sync_client_write (self->client, put_back_a_day, self->client);
  result = sync_client_sync (self->client, BAL_SYNC_DEFAULT);
  g_assert_error (result->error, BAL_ERROR, BAL_ERROR_CONFLICT);
  g_assert_false (result->compared);
  sync_counting (self);
  g_assert_cmpuint (count (self, "list_comments"), ==, 1);
}

/* Whatever a blog counts, nothing is removed that is there, and it comes to an end. */
static void
test_totals_that_lie_end_bounded (Fixture       *self,
                                  gconstpointer  data)
{
  static const int lies[] = { 3, -3, 100000, -1500, -N_COMMENTS / 100 * 80 };
  g_autofree char *id = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      fake_server_set_lie (self->server, APPROVED, lies[i]);
      sync_counting (self);
      assert_equal (self);
      g_assert_cmpuint (count (self, "list_queue"), <=, 60);
      g_assert_cmpuint (count (self, "sweep_comments"), ==, N_COMMENTS / 100);
      assert_quiet (self);
    }

  /* Below a lie the truth is still found. */
  id = find (self, PENDING, 7);
  moderate (self, id, APPROVED);
  sync_counting (self);
  assert_equal (self);
  assert_quiet (self);
}

/* What lists leave out is there all the same. */
static void
test_hidden_comment_is_not_gone (Fixture       *self,
                                 gconstpointer  data)
{
  g_autofree char *hidden = find (self, APPROVED, 400);
  g_autofree char *gone = find (self, APPROVED, 410);

  fake_server_hide (self->server, hidden);
  moderate (self, gone, DELETED);
  sync_counting (self);
  assert_equal (self);
}

/* A moderation that waits here is no difference between the blog and what it was known to be. */
static void
test_unsent_moderation_is_kept (Fixture       *self,
                                gconstpointer  data)
{
  g_autofree char *mine = find (self, PENDING, 3);
  g_autofree char *theirs = find (self, PENDING, 4);
  g_autoptr(GPtrArray) outbox = NULL;

  sync_client_moderate (self->client, sync_client_find_comment (self->client, mine), SPAM);
  fake_server_forget_calls (self->server);
  sync_client_sync_well (self->client, BAL_SYNC_PULL_ONLY);
  g_assert_cmpuint (count (self, NULL), ==, CALLS_OF_NOTHING_NEW);

  moderate (self, theirs, APPROVED);
  sync_client_sync_well (self->client, BAL_SYNC_PULL_ONLY);
  g_assert_cmpint (status_here (self, theirs), ==, APPROVED);
  g_assert_cmpint (status_here (self, mine), ==, SPAM);
  outbox = sync_client_list_outbox (self->client);
  g_assert_cmpuint (outbox->len, ==, 1);

  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  assert_equal (self);
  assert_quiet (self);
}

/* Both sides moderated it: a conflict, which is not searched for again and again while it is open. */
static void
test_open_conflict_costs_nothing (Fixture       *self,
                                  gconstpointer  data)
{
  g_autofree char *id = find (self, APPROVED, 30);
  g_autofree char *deleted = find (self, APPROVED, 60);
  g_autofree char *other = find (self, PENDING, 5);
  g_autoptr(GPtrArray) conflicts = NULL;

  sync_client_moderate (self->client, sync_client_find_comment (self->client, id), SPAM);
  sync_client_delete_comment (self->client, sync_client_find_comment (self->client, deleted));
  moderate (self, id, TRASH);
  moderate (self, deleted, SPAM);
  sync_client_sync_well (self->client, BAL_SYNC_PULL_ONLY);
  conflicts = sync_client_list_conflicts (self->client);
  g_assert_cmpuint (conflicts->len, ==, 1);
  g_assert_cmpuint (count (self, "sweep_comments"), ==, 0);

  fake_server_forget_calls (self->server);
  sync_client_sync_well (self->client, BAL_SYNC_PULL_ONLY);
  g_assert_cmpuint (count (self, NULL), ==, CALLS_OF_NOTHING_NEW);

  moderate (self, other, APPROVED);
  sync_client_sync_well (self->client, BAL_SYNC_PULL_ONLY);
  g_assert_cmpint (status_here (self, other), ==, APPROVED);
  g_assert_cmpuint (count (self, "sweep_comments"), ==, 0);
}

/* Comments come, and others are moderated, while the lists are read. */
static FakeFault
comment_meanwhile (FakeServer *server,
                   const char *op,
                   gpointer    data)
{
  Fixture *self = data;
  g_autoptr(BalComment) comment = bal_comment_new (0);

  if (!g_str_equal (op, "list_queue"))
    return FAKE_FINE;

  bal_comment_set_remote_review_id (comment, self->reviews->pdata[0]);
  bal_comment_set_author (comment, "Bob");
  bal_comment_set_html (comment, "Just now.");
  bal_comment_set_status (comment, server->comments->len % 2 == 0 ? APPROVED : PENDING);
  fake_server_store_comment (server, NULL, comment);
  return FAKE_FINE;
}

static void
test_comments_arrive_during_the_search (Fixture       *self,
                                        gconstpointer  data)
{
  g_autofree char *gone = find (self, APPROVED, -5);
  g_autofree char *moved = find (self, PENDING, 100);

  moderate (self, gone, DELETED);
  moderate (self, moved, SPAM);
  fake_server_set_fault (self->server, comment_meanwhile, self);
  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  g_assert_cmpint (sync_client_find_comment (self->client, gone), ==, 0);
  g_assert_cmpint (status_here (self, moved), ==, SPAM);
  fake_server_set_fault (self->server, NULL, NULL);
  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  assert_equal (self);
}

static FakeFault
truncate_lists (FakeServer *server,
                const char *op,
                gpointer    data)
{
  return g_str_equal (op, "list_queue") ? FAKE_TRUNCATED : FAKE_FINE;
}

static void
test_truncated_lists_lose_nothing (Fixture       *self,
                                   gconstpointer  data)
{
  g_autofree char *gone = find (self, APPROVED, 900);

  moderate (self, gone, DELETED);
  fake_server_set_fault (self->server, truncate_lists, NULL);
  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  fake_server_set_fault (self->server, NULL, NULL);
  assert_equal (self);
  assert_quiet (self);
}

/* On a page, say. The blog counts and lists them, and they are nothing to us. */
static void
test_comments_on_pages_cost_nothing (Fixture       *self,
                                     gconstpointer  data)
{
  g_autoptr(GPtrArray) strangers = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *id = find (self, APPROVED, 1800);
  gint64 local = sync_client_find_comment (self->client, id);
  g_autoptr(BalComment) here = NULL;

  for (guint i = 0; i < 150; i++)
    {
      g_ptr_array_add (strangers, fake_server_add_comment (self->server, "4711", NULL, "Ann", "Hello", APPROVED));
      add_comments (self, 2, APPROVED);
    }
  sync_counting (self);
  g_assert_cmpuint (count (self, "get_review"), ==, 1);
  g_assert_cmpuint (count (self, "list_queue"), ==, 0);
  assert_quiet (self);

  moderate (self, id, SPAM);
  moderate (self, strangers->pdata[70], TRASH);
  moderate (self, strangers->pdata[71], DELETED);
  sync_counting (self);
  g_assert_cmpuint (count (self, "sweep_comments"), ==, 0);
  g_assert_cmpuint (count (self, "list_queue"), <=, 16);
  here = sync_client_get_comment (self->client, local);
  g_assert_cmpint (bal_comment_get_status (here), ==, SPAM);
  assert_quiet (self);
  sync_client_sync_well (self->client, BAL_SYNC_FULL);
  assert_quiet (self);
}

/* Any one change, in lists of any page size. */
static void
test_any_one_change_is_found_at_once (Fixture       *self,
                                      gconstpointer  data)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (g_test_rand_int ());

  for (guint round = 0; round < 150; round++)
    {
      g_autoptr(GPtrArray) there = fake_server_list_comments (self->server);
      BalComment *comment = there->pdata[g_rand_int_range (rand, 0, (int) there->len)];
      int status = g_rand_int_range (rand, DELETED, TRASH + 1);

      fake_server_set_page_size (self->server, (guint) g_rand_int_range (rand, 10, 40));
      moderate (self, bal_comment_get_remote_id (comment), status);
      sync_counting (self);
      assert_equal (self);
      g_assert_cmpuint (count (self, "sweep_comments"), ==, 0);
    }
}

/* Any changes at all: sooner or later everything is as it is there, and nothing else. */
static void
test_any_changes_are_found_by_the_inventory (Fixture       *self,
                                             gconstpointer  data)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (g_test_rand_int ());

  for (guint round = 0; round < 40; round++)
    {
      fake_server_set_page_size (self->server, (guint) g_rand_int_range (rand, 1, 30));
      for (int i = g_rand_int_range (rand, 0, 30); i > 0; i--)
        {
          g_autoptr(GPtrArray) there = fake_server_list_comments (self->server);
          BalComment *comment = there->pdata[g_rand_int_range (rand, 0, (int) there->len)];

          moderate (self, bal_comment_get_remote_id (comment), g_rand_int_range (rand, DELETED, TRASH + 1));
        }
      add_comments (self, (guint) g_rand_int_range (rand, 0, 20), (BalCommentStatus) g_rand_int_range (rand, 0, 4));
      sync_counting (self);
      g_assert_cmpuint (count (self, "list_queue"), <=, 60);
      if (round % 4 == 3)
        {
          sync_client_sync_well (self->client, BAL_SYNC_FULL);
          assert_equal (self);
        }
    }
}

#define ADD(name, n, func) g_test_add ("/sync/totals/" name, Fixture, GUINT_TO_POINTER (n), set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("unchanged-blog-takes-few-calls", 0, test_unchanged_blog_takes_few_calls);
  ADD ("one-moderation-is-found-at-once", 0, test_one_moderation_is_found_at_once);
  ADD ("many-moderations-are-found-at-once", 0, test_many_moderations_are_found_at_once);
  ADD ("scattered-deletions-are-found-at-once", 0, test_scattered_deletions_are_found_at_once);
  ADD ("upheaval-is-inventoried", 0, test_upheaval_is_inventoried);
  ADD ("equal-totals-are-found-by-the-inventory", 0, test_equal_totals_are_found_by_the_inventory);
  ADD ("a-day-later-everything-is-compared", 0, test_a_day_later_everything_is_compared);
  ADD ("a-cut-inventory-lists-all-again", 200, test_a_cut_inventory_lists_all_again);
  ADD ("a-broken-inventory-is-taken-again", 200, test_a_broken_inventory_is_taken_again);
  ADD ("removals-are-asked-about-once-a-day", 200, test_removals_are_asked_about_once_a_day);
  ADD ("totals-that-lie-end-bounded", 0, test_totals_that_lie_end_bounded);
  ADD ("hidden-comment-is-not-gone", 0, test_hidden_comment_is_not_gone);
  ADD ("unsent-moderation-is-kept", 0, test_unsent_moderation_is_kept);
  ADD ("open-conflict-costs-nothing", 0, test_open_conflict_costs_nothing);
  ADD ("comments-arrive-during-the-search", 0, test_comments_arrive_during_the_search);
  ADD ("truncated-lists-lose-nothing", 0, test_truncated_lists_lose_nothing);
  ADD ("comments-on-pages-cost-nothing", 0, test_comments_on_pages_cost_nothing);
  ADD ("any-one-change-is-found-at-once", 300, test_any_one_change_is_found_at_once);
  ADD ("any-changes-are-found-by-the-inventory", 300, test_any_changes_are_found_by_the_inventory);

  return g_test_run ();
}
