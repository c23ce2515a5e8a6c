/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-export.h"
#include "bal-import-whole.h"
#include "bal-outbox.h"
#include "sync-client.h"

/*
 * All of a blog is brought to another computer while something waits to be sent. The blog here forgets the keys of
 * creates when they are done, and knows replies by their words alone, as Ghost does.
 */

typedef struct
{
  FakeServer *server;
  SyncClient *old;
  SyncClient *moved;             /* NULL: not yet */
  gint64      comment;           /* a reader's, on the old computer */
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autofree char *review = NULL;
  g_autofree char *comment = NULL;

  self->server = fake_server_new ("blog", "secret");
  fake_server_set_gives_slugs (self->server, TRUE);
  fake_server_set_like_ghost (self->server);
  review = fake_server_add_review (self->server, "Gilda", "<p>There.</p>", BAL_REVIEW_STATUS_PUBLISHED);
  comment = fake_server_add_comment (self->server, review, NULL, "Reader", "Why?", BAL_COMMENT_STATUS_APPROVED);
  self->old = sync_client_new (self->server, "secret");
  sync_client_sync_well (self->old, BAL_SYNC_DEFAULT);
  self->comment = sync_client_find_comment (self->old, comment);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  sync_client_free (self->old);
  g_clear_pointer (&self->moved, sync_client_free);
  fake_server_free (self->server);
}

/* As a file that holds everything, into a folder of its own. */
static void
move (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("balcony-sync-XXXXXX", &error);
  g_autofree char *path = g_build_filename (dir, "all.json", NULL);
  g_autoptr(BalBlog) blog = sync_client_get_blog (self->old);
  g_autoptr(BalExportReport) written = NULL;
  g_autoptr(BalImportReport) read = NULL;
  g_autoptr(BalStore) store = NULL;

  g_assert_no_error (error);
  written = bal_export_run (self->old->store, blog, path, BAL_EXPORT_FORMAT_JSON, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  store = bal_store_open (dir, &error);
  g_assert_no_error (error);
  read = bal_import_whole_run (store, path, BAL_IMPORT_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (bal_store_close (store, &error));
  self->moved = sync_client_new_in (self->server, "secret", g_steal_pointer (&dir));
}

/* Everything is on the blog once, and here as it is there. */
static void
assert_once (Fixture *self)
{
  g_autoptr(GPtrArray) outbox = sync_client_list_outbox (self->moved);
  g_autoptr(GPtrArray) reviews = sync_client_list_reviews (self->moved);

  g_assert_cmpuint (outbox->len, ==, 0);
  g_assert_cmpuint (reviews->len, ==, 2);
  g_assert_cmpuint (fake_server_get_n_reviews (self->server), ==, 2);
  g_assert_cmpuint (fake_server_get_n_comments (self->server), ==, 2);
}

static void
write_both (Fixture         *self,
            BalReviewStatus  status)
{
  sync_client_add_review (self->old, "Laura", "<p>New.</p>", status);
  sync_client_reply (self->old, self->comment, "Because.");
}

/* What waited is sent by whom the person tells to. */
static void
test_unsent (Fixture       *self,
             gconstpointer  data)
{
  write_both (self, BAL_REVIEW_STATUS_PUBLISHED);
  move (self);
  sync_client_sync_well (self->moved, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_get_n_reviews (self->server), ==, 1);
  g_assert_cmpuint (fake_server_get_n_comments (self->server), ==, 1);

  sync_client_retry (self->moved);
  sync_client_sync_well (self->moved, BAL_SYNC_DEFAULT);
  assert_once (self);
}

static FakeFault
lose_creates (FakeServer *server,
              const char *op,
              gpointer    data)
{
  if (g_str_equal (op, "create_review") || g_str_equal (op, "put_comment"))
    return FAKE_LOST_AFTER;
  return g_str_has_prefix (op, "find") ? FAKE_BUSY : FAKE_FINE;
}

/* They came to the blog before the move, and nobody heard of it. */
static void
test_unheard (Fixture       *self,
              gconstpointer  data)
{
  write_both (self, BAL_REVIEW_STATUS_PUBLISHED);
  fake_server_set_fault (self->server, lose_creates, NULL);
  bal_sync_result_free (sync_client_sync (self->old, BAL_SYNC_DEFAULT));
  fake_server_set_fault (self->server, NULL, NULL);
  move (self);

  for (guint i = 0; i < 3; i++)
    {
      sync_client_sync_well (self->moved, BAL_SYNC_DEFAULT);
      sync_client_retry (self->moved);
    }
  sync_client_sync_well (self->moved, BAL_SYNC_DEFAULT);
  assert_once (self);
}

/* The old computer sends them after the move: a draft has its key still, and the reply its words. */
static void
test_sent_there (Fixture       *self,
                 gconstpointer  data)
{
  write_both (self, BAL_REVIEW_STATUS_DRAFT);
  move (self);
  sync_client_sync_well (self->old, BAL_SYNC_DEFAULT);
  sync_client_sync_well (self->moved, BAL_SYNC_DEFAULT);
  sync_client_retry (self->moved);
  sync_client_sync_well (self->moved, BAL_SYNC_DEFAULT);
  assert_once (self);
}

/* Of what is published the blog has forgotten the key: it comes in, and what waits is not sent but by the person. */
static void
test_published_there (Fixture       *self,
                      gconstpointer  data)
{
  g_autoptr(GPtrArray) outbox = NULL;

  write_both (self, BAL_REVIEW_STATUS_PUBLISHED);
  move (self);
  sync_client_sync_well (self->old, BAL_SYNC_DEFAULT);
  for (guint i = 0; i < 3; i++)
    sync_client_sync_well (self->moved, BAL_SYNC_FULL);

  outbox = sync_client_list_outbox (self->moved);
  g_assert_cmpuint (outbox->len, >, 0);
  for (guint i = 0; i < outbox->len; i++)
    g_assert_cmpint (((BalOutboxItem *) g_ptr_array_index (outbox, i))->state, ==, BAL_OUTBOX_PARKED);
  g_assert_cmpuint (fake_server_get_n_reviews (self->server), ==, 2);
  g_assert_cmpuint (fake_server_get_n_comments (self->server), ==, 2);
}

/* A draft that was delivered twice is known on the new computer, too. */
static FakeFault
deliver_again (FakeServer *server,
               const char *op,
               gpointer    data)
{
  return g_str_equal (op, "create_review") ? FAKE_AGAIN : FAKE_FINE;
}

static void
test_delivered_again (Fixture       *self,
                      gconstpointer  data)
{
  write_both (self, BAL_REVIEW_STATUS_PUBLISHED);
  fake_server_set_fault (self->server, deliver_again, NULL);
  sync_client_sync_well (self->old, BAL_SYNC_DEFAULT);
  fake_server_set_fault (self->server, NULL, NULL);
  move (self);
  g_assert_true (fake_server_deliver_again (self->server));
  sync_client_sync_well (self->moved, BAL_SYNC_DEFAULT);
  assert_once (self);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, test) g_test_add ("/sync/whole/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("what-waited-is-sent-once", test_unsent);
  ADD ("what-nobody-heard-of-is-found", test_unheard);
  ADD ("what-the-old-computer-sent-is-found", test_sent_there);
  ADD ("what-the-old-computer-published-is-not-sent-again", test_published_there);
  ADD ("second-delivery-is-known-after-the-move", test_delivered_again);

  return g_test_run ();
}
