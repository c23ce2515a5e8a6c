/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-client.h"

#include <string.h>

#include "fake-server.h"

/*
 * Two desktops and a web editor share a blog. A seeded generator lets them write, moderate and delete,
 * breaks calls before and after they are carried out, and restarts programs. When it has settled: both
 * desktops and the blog are equal, nothing was created twice, and each text that anybody saved is still
 * in a replica, in a conflict, or in a local history.
 *
 * BALCONY_SEED=N runs one seed; BALCONY_SEEDS=N runs that many.
 */

#define N_CLIENTS 2
#define N_STEPS 40
#define N_SETTLING 8
#define DEFAULT_SEEDS 15
/* Ids of rows whose history is looked at. */
#define MAX_ID 200

typedef struct
{
  GRand      *rand;
  FakeServer *server;
  SyncClient *clients[N_CLIENTS];
  double      fault_probability;
  guint       n_texts;
  GHashTable *excused;           /* numbers of texts that the web editor itself replaced */
  GHashTable *by_web;            /* numbers of texts that it wrote */
} World;

static guint
pick (World *world,
      guint  n)
{
  return n > 0 ? (guint) g_rand_int_range (world->rand, 0, (gint32) n) : 0;
}

/* Each text is unlike any other: "t17." */
static char *
make_text (World *world)
{
  return g_strdup_printf ("%st%u.", pick (world, 6) == 0 ? "<script>" : "", ++world->n_texts);
}

/* A desktop's text, sometimes behind a picture that is only there. */
static char *
make_desk_text (World      *world,
                SyncClient *client)
{
  g_autofree char *text = make_text (world);
  gint64 id;

  if (pick (world, 4) > 0)
    return g_steal_pointer (&text);
  id = sync_client_choose_picture (client, pick (world, 2) == 0 ? "one.png" : "two.png", "");
  return g_strdup_printf ("<img src=\"media:%" G_GINT64_FORMAT "\">%s", id, text);
}

/* The number of the text in @html, 0: none. */
static guint
read_number (const char *html)
{
  const char *t = html != NULL ? strrchr (html, 't') : NULL;

  return t != NULL ? (guint) g_ascii_strtoull (t + 1, NULL, 10) : 0;
}

static FakeFault
fault_cb (FakeServer *server,
          const char *op,
          gpointer    data)
{
  static const FakeFault faults[] = {
    FAKE_LOST, FAKE_LOST_AFTER, FAKE_LOST_AFTER, FAKE_BUSY, FAKE_BUSY_AFTER, FAKE_GARBLED_AFTER, FAKE_OFFLINE,
  };
  World *world = data;

  if (g_rand_double (world->rand) >= world->fault_probability)
    return FAKE_FINE;
  return faults[pick (world, G_N_ELEMENTS (faults))];
}

/* ---- the web editor ---- */

static void
web_wrote (World      *world,
           const char *text)
{
  g_hash_table_add (world->by_web, GUINT_TO_POINTER (read_number (text)));
}

/* What it wrote itself and takes away again is its own affair. */
static void
web_replaces (World      *world,
              const char *html)
{
  guint number = read_number (html);

  if (g_hash_table_contains (world->by_web, GUINT_TO_POINTER (number)))
    g_hash_table_add (world->excused, GUINT_TO_POINTER (number));
}

static void
web_reviews (World *world)
{
  g_autoptr(GPtrArray) reviews = fake_server_list_reviews (world->server);
  BalReview *review = reviews->len > 0 ? g_ptr_array_index (reviews, pick (world, reviews->len)) : NULL;
  g_autofree char *text = make_text (world);

  if (review == NULL || pick (world, 3) == 0)
    {
      web_wrote (world, text);
      g_free (fake_server_add_review (world->server, "Web", text, BAL_REVIEW_STATUS_PUBLISHED));
    }
  else if (pick (world, 8) == 0)
    {
      g_autoptr(GPtrArray) comments = fake_server_list_comments (world->server);

      web_replaces (world, bal_review_get_html (review));
      for (guint i = 0; i < comments->len; i++)
        if (g_strcmp0 (bal_comment_get_remote_review_id (g_ptr_array_index (comments, i)),
                       bal_review_get_remote_id (review)) == 0)
          web_replaces (world, bal_comment_get_html (g_ptr_array_index (comments, i)));
      fake_server_delete_review (world->server, bal_review_get_remote_id (review));
    }
  else if (pick (world, 2) == 0)
    {
      web_replaces (world, bal_review_get_html (review));
      web_wrote (world, text);
      bal_review_set_html (review, text);
      fake_server_edit_review (world->server, review);
    }
  else
    {
      bal_review_set_title (review, pick (world, 2) == 0 ? "Web one" : "Web two");
      bal_review_set_labels (review, (const char *[]) { pick (world, 2) == 0 ? "web" : "horror", NULL });
      fake_server_edit_review (world->server, review);
    }
}

static void
web_comments (World *world)
{
  g_autoptr(GPtrArray) reviews = fake_server_list_reviews (world->server);
  g_autoptr(GPtrArray) comments = fake_server_list_comments (world->server);
  BalReview *review = reviews->len > 0 ? g_ptr_array_index (reviews, pick (world, reviews->len)) : NULL;
  BalComment *comment = comments->len > 0 ? g_ptr_array_index (comments, pick (world, comments->len)) : NULL;
  g_autofree char *text = make_text (world);

  if (comment != NULL && pick (world, 3) == 0)
    fake_server_edit_comment (world->server, bal_comment_get_remote_id (comment), NULL, pick (world, 4));
  else if (comment != NULL && pick (world, 8) == 0)
    {
      web_replaces (world, bal_comment_get_html (comment));
      fake_server_delete_comment (world->server, bal_comment_get_remote_id (comment));
    }
  else if (review != NULL)
    {
      const char *id = bal_review_get_remote_id (review);
      gboolean is_below = comment != NULL && g_strcmp0 (bal_comment_get_remote_review_id (comment), id) == 0;

      web_wrote (world, text);
      g_free (fake_server_add_comment (world->server, id, is_below ? bal_comment_get_remote_id (comment) : NULL,
                                       "Reader", text, pick (world, 2)));
    }
}

/* ---- a desktop ---- */

static void
write_reviews (World      *world,
               SyncClient *client)
{
  g_autoptr(GPtrArray) reviews = sync_client_list_reviews (client);
  BalReview *review = reviews->len > 0 ? g_ptr_array_index (reviews, pick (world, reviews->len)) : NULL;
  g_autofree char *text = make_desk_text (world, client);

  if (review == NULL || pick (world, 4) == 0)
    sync_client_add_review (client, "Desk", text,
                            pick (world, 2) == 0 ? BAL_REVIEW_STATUS_DRAFT : BAL_REVIEW_STATUS_PUBLISHED);
  else if (pick (world, 2) == 0)
    sync_client_edit_review (client, bal_review_get_id (review), NULL, text);
  else if (pick (world, 2) == 0)
    sync_client_edit_review (client, bal_review_get_id (review), pick (world, 2) == 0 ? "Desk one" : "Desk two", NULL);
  else if (pick (world, 2) == 0)
    sync_client_set_labels (client, bal_review_get_id (review),
                            (const char *[]) { pick (world, 2) == 0 ? "desk" : "horror", "2018", NULL });
  else
    sync_client_set_review_status (client, bal_review_get_id (review),
                                   pick (world, 3) == 0 ? BAL_REVIEW_STATUS_TRASH : BAL_REVIEW_STATUS_PUBLISHED);
}

static void
write_comments (World      *world,
                SyncClient *client)
{
  g_autoptr(GPtrArray) reviews = sync_client_list_reviews (client);
  g_autoptr(GPtrArray) thread = NULL;
  g_autofree char *text = make_text (world);
  BalComment *comment;
  gint64 id;

  if (reviews->len == 0)
    return;
  thread = sync_client_list_thread (client, bal_review_get_id (g_ptr_array_index (reviews,
                                                                                  pick (world, reviews->len))));
  if (thread->len == 0)
    return;

  comment = g_ptr_array_index (thread, pick (world, thread->len));
  id = bal_comment_get_id (comment);
  switch (pick (world, 8))
    {
    case 0:
    case 1:
    case 2:
      if (bal_comment_get_status (comment) <= BAL_COMMENT_STATUS_APPROVED)
        sync_client_reply (client, id, text);
      break;
    case 3:
    case 4:
    case 5:
      sync_client_moderate (client, id, pick (world, 4));
      break;
    case 6:
      sync_client_edit_comment (client, id, text);
      break;
    default:
      sync_client_delete_comment (client, id);
      break;
    }
}

static void
take_step (World *world)
{
  guint number = pick (world, N_CLIENTS);
  SyncClient *client = world->clients[number];
  guint what = pick (world, 20);

  if (what < 3)
    web_reviews (world);
  else if (what < 6)
    web_comments (world);
  else if (what < 10)
    write_reviews (world, client);
  else if (what < 13)
    write_comments (world, client);
  else if (what == 13)
    sync_client_restart (client);
  else
    {
      if (pick (world, 2) == 0)
        sync_client_retry (client);
      bal_sync_result_free (sync_client_sync (client, pick (world, 6) == 0 ? BAL_SYNC_FULL : BAL_SYNC_DEFAULT));
    }
}

/* The network is well again, and the persons decide what waits for them. */
static void
settle (World *world)
{
  world->fault_probability = 0;
  for (guint i = 0; i < N_SETTLING; i++)
    for (guint j = 0; j < N_CLIENTS; j++)
      {
        SyncClient *client = world->clients[j];
        g_autoptr(GPtrArray) conflicts = NULL;

        sync_client_retry (client);
        bal_sync_result_free (sync_client_sync (client, BAL_SYNC_FULL | BAL_SYNC_ACCEPT_REMOVALS));
        conflicts = sync_client_list_conflicts (client);
        for (guint k = 0; k < conflicts->len; k++)
          sync_client_resolve (client, ((BalConflict *) g_ptr_array_index (conflicts, k))->id,
                               pick (world, 2) == 0);
      }
}

/* ---- what must hold ---- */

/* What is kept although the blog deleted it: it waits for the person, visibly. */
static gboolean
is_parked (SyncClient *client,
           BalEntity   entity,
           gint64      id)
{
  g_autoptr(GPtrArray) outbox = sync_client_list_outbox (client);

  for (guint i = 0; i < outbox->len; i++)
    {
      BalOutboxItem *item = g_ptr_array_index (outbox, i);

      if (item->entity == entity && item->entity_id == id && item->state == BAL_OUTBOX_PARKED)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_parked_below (SyncClient *client,
                  gint64      review_id)
{
  g_autoptr(GPtrArray) thread = sync_client_list_thread (client, review_id);

  for (guint i = 0; i < thread->len; i++)
    if (is_parked (client, BAL_ENTITY_COMMENT, bal_comment_get_id (g_ptr_array_index (thread, i))))
      return TRUE;
  return FALSE;
}

/* Replies to what is not published go on waiting; a draft's own comments do too. */
static void
check_outbox (SyncClient *client)
{
  g_autoptr(GPtrArray) outbox = sync_client_list_outbox (client);

  for (guint i = 0; i < outbox->len; i++)
    {
      BalOutboxItem *item = g_ptr_array_index (outbox, i);

      if (item->state == BAL_OUTBOX_PARKED)
        continue;
      g_assert_cmpint (item->entity, ==, BAL_ENTITY_COMMENT);
      g_assert_cmpint (item->op, ==, BAL_OUTBOX_CREATE);
      g_assert_cmpint (item->state, ==, BAL_OUTBOX_PENDING);
    }
}

static void
check_reviews (World      *world,
               SyncClient *client)
{
  g_autoptr(GPtrArray) there = fake_server_list_reviews (world->server);
  g_autoptr(GPtrArray) here = sync_client_list_reviews (client);
  guint n_extra = 0;

  for (guint i = 0; i < here->len; i++)
    {
      BalReview *review = g_ptr_array_index (here, i);
      const char *remote_id = bal_review_get_remote_id (review);
      g_autoptr(BalReview) remote = remote_id != NULL ? fake_server_dup_review (world->server, remote_id) : NULL;

      if (remote == NULL)
        {
          n_extra++;
          /* Trashed before the blog ever heard of it, or holding a reply that has nowhere to go. */
          g_assert_true ((remote_id == NULL && bal_review_get_status (review) == BAL_REVIEW_STATUS_TRASH) ||
                         has_parked_below (client, bal_review_get_id (review)));
          continue;
        }
      g_assert_true (bal_review_content_equal (review, remote));
    }
  g_assert_cmpuint (here->len - n_extra, ==, there->len);
}

static void
check_comments (World      *world,
                SyncClient *client)
{
  g_autoptr(GPtrArray) there = fake_server_list_comments (world->server);

  for (guint i = 0; i < there->len; i++)
    {
      BalComment *remote = g_ptr_array_index (there, i);
      gint64 id = sync_client_find_comment (client, bal_comment_get_remote_id (remote));
      g_autoptr(BalComment) local = sync_client_get_comment (client, id);

      g_assert_nonnull (local);
      g_assert_cmpstr (bal_comment_get_html (local), ==, bal_comment_get_html (remote));
      g_assert_cmpint (bal_comment_get_status (local), ==, bal_comment_get_status (remote));
      g_assert_cmpstr (bal_comment_get_remote_parent_id (local), ==, bal_comment_get_remote_parent_id (remote));
    }
}

static void
note_text (GHashTable *found,
           const char *html)
{
  g_hash_table_add (found, GUINT_TO_POINTER (read_number (html)));
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

      note_text (found, bal_review_get_html (review));
      for (guint j = 0; j < thread->len; j++)
        note_text (found, bal_comment_get_html (g_ptr_array_index (thread, j)));
    }
  for (gint64 id = 1; id <= MAX_ID; id++)
    for (int entity = BAL_ENTITY_REVIEW; entity <= BAL_ENTITY_COMMENT; entity++)
      {
        g_autoptr(GPtrArray) revisions = sync_client_list_revisions (client, (BalEntity) entity, id);

        for (guint i = 0; i < revisions->len; i++)
          note_text (found, ((BalRevision *) g_ptr_array_index (revisions, i))->html);
      }
}

/* @on_server: those that are there now; each at most once. */
static void
note_server_texts (World      *world,
                   GHashTable *found)
{
  g_autoptr(GPtrArray) reviews = fake_server_list_reviews (world->server);
  g_autoptr(GPtrArray) comments = fake_server_list_comments (world->server);

  for (guint i = 0; i < reviews->len; i++)
    g_assert_true (g_hash_table_add (found, GUINT_TO_POINTER (read_number (bal_review_get_html (
                                                g_ptr_array_index (reviews, i))))));
  for (guint i = 0; i < comments->len; i++)
    g_assert_true (g_hash_table_add (found, GUINT_TO_POINTER (read_number (bal_comment_get_html (
                                                g_ptr_array_index (comments, i))))));
}

static void
check_texts (World      *world,
             GHashTable *written)
{
  g_autoptr(GHashTable) found = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer number;

  note_server_texts (world, found);
  for (guint i = 0; i < N_CLIENTS; i++)
    note_client_texts (world->clients[i], found);

  g_hash_table_iter_init (&iter, written);
  while (g_hash_table_iter_next (&iter, &number, NULL))
    if (!g_hash_table_contains (found, number) && !g_hash_table_contains (world->excused, number))
      g_error ("text %u was lost", GPOINTER_TO_UINT (number));
}

/* ---- */

static void
run_seed (guint32 seed)
{
  World world = { .rand = g_rand_new_with_seed (seed) };
  g_autoptr(GHashTable) written = g_hash_table_new (NULL, NULL);

  g_test_message ("BALCONY_SEED=%u", seed);
  world.excused = g_hash_table_new (NULL, NULL);
  world.by_web = g_hash_table_new (NULL, NULL);
  world.server = fake_server_new ("simulation", "secret");
  world.fault_probability = 0.1 * pick (&world, 4);
  fake_server_set_page_size (world.server, 1 + pick (&world, 7));
  fake_server_set_rewrites (world.server, pick (&world, 2) == 0);
  fake_server_set_shows_keys (world.server, pick (&world, 2) == 0);
  fake_server_set_fault (world.server, fault_cb, &world);
  for (guint i = 0; i < N_CLIENTS; i++)
    world.clients[i] = sync_client_new (world.server, "secret");

  for (guint i = 0; i < N_STEPS; i++)
    {
      take_step (&world);
      /* What somebody saved is somewhere from the moment on at which it was saved. */
      for (guint j = 0; j < N_CLIENTS; j++)
        note_client_texts (world.clients[j], written);
    }
  {
    GHashTableIter iter;
    gpointer number;

    g_hash_table_iter_init (&iter, world.by_web);
    while (g_hash_table_iter_next (&iter, &number, NULL))
      g_hash_table_add (written, number);
  }

  settle (&world);
  for (guint i = 0; i < N_CLIENTS; i++)
    {
      check_outbox (world.clients[i]);
      check_reviews (&world, world.clients[i]);
      check_comments (&world, world.clients[i]);
    }
  check_texts (&world, written);

  for (guint i = 0; i < N_CLIENTS; i++)
    sync_client_free (world.clients[i]);
  fake_server_free (world.server);
  g_hash_table_unref (world.excused);
  g_hash_table_unref (world.by_web);
  g_rand_free (world.rand);
}

static void
test_seeds (void)
{
  const char *one = g_getenv ("BALCONY_SEED");
  const char *n = g_getenv ("BALCONY_SEEDS");
  guint32 first = one != NULL ? (guint32) g_ascii_strtoull (one, NULL, 10) : 1;
  guint32 n_seeds = one != NULL ? 1 : n != NULL ? (guint32) g_ascii_strtoull (n, NULL, 10) : DEFAULT_SEEDS;

  for (guint32 i = 0; i < n_seeds; i++)
    run_seed (first + i);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sync/simulation/nothing-lost-nothing-doubled-all-equal", test_seeds);

  return g_test_run ();
}
