/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "bal-comment-list.h"
#include "bal-id-splice.h"
#include "bal-review-list.h"
#include "bal-transaction.h"

typedef struct
{
  guint n_calls;
  guint n_removed;
  guint n_added;
  guint position;      /* of the last call */
} Splices;

static void
splice_cb (guint    position,
           guint    n_removed,
           guint    n_added,
           gpointer data)
{
  Splices *splices = data;

  splices->n_calls++;
  splices->n_removed += n_removed;
  splices->n_added += n_added;
  splices->position = position;
}

static GArray *
make_range (gint64 first,
            gint64 last)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 id = first; id <= last; id++)
    g_array_append_val (ids, id);
  return ids;
}

static Splices
go (GArray *from,
    GArray *to)
{
  Splices splices = { 0 };

  bal_id_splice (from, to, splice_cb, &splices);
  g_assert_cmpmem (from->data, from->len * sizeof (gint64), to->data, to->len * sizeof (gint64));
  return splices;
}

static void
test_one_insert_is_one_row (void)
{
  g_autoptr(GArray) from = make_range (1, 1000);
  g_autoptr(GArray) to = make_range (1, 1000);
  gint64 id = 5000;
  Splices splices;

  g_array_insert_val (to, 400, id);
  splices = go (from, to);
  g_assert_cmpuint (splices.n_calls, ==, 1);
  g_assert_cmpuint (splices.position, ==, 400);
  g_assert_cmpuint (splices.n_removed, ==, 0);
  g_assert_cmpuint (splices.n_added, ==, 1);
}

static void
test_moved_row_is_two_splices (void)
{
  g_autoptr(GArray) from = make_range (1, 1000);
  g_autoptr(GArray) to = make_range (1, 1000);
  gint64 id = 800;
  Splices splices;

  g_array_remove_index (to, 799);
  g_array_insert_val (to, 2, id);
  splices = go (from, to);
  g_assert_cmpuint (splices.n_calls, ==, 2);
  g_assert_cmpuint (splices.n_removed, ==, 1);
  g_assert_cmpuint (splices.n_added, ==, 1);
}

static void
test_far_apart_changes_leave_what_is_between (void)
{
  g_autoptr(GArray) from = make_range (1, 1000);
  g_autoptr(GArray) to = make_range (2, 1001);
  Splices splices = go (from, to);

  g_assert_cmpuint (splices.n_calls, ==, 2);
  g_assert_cmpuint (splices.n_removed, ==, 1);
  g_assert_cmpuint (splices.n_added, ==, 1);
}

static void
test_any_order_becomes_any_other (void)
{
  for (guint round = 0; round < 300; round++)
    {
      g_autoptr(GArray) from = make_range (1, g_test_rand_int_range (0, 60));
      g_autoptr(GArray) to = make_range (g_test_rand_int_range (1, 20), g_test_rand_int_range (20, 70));

      for (guint i = 0; i < 10 && to->len > 1; i++)
        {
          guint a = g_test_rand_int_range (0, to->len), b = g_test_rand_int_range (0, to->len);
          gint64 id = g_array_index (to, gint64, a);

          g_array_index (to, gint64, a) = g_array_index (to, gint64, b);
          g_array_index (to, gint64, b) = id;
        }
      go (from, to);
    }
}

static void
test_upheaval_is_one_splice (void)
{
  g_autoptr(GArray) from = make_range (1, 5000);
  g_autoptr(GArray) to = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 id = 1; id < 5000; id += 2)
    {
      gint64 pair[] = { id + 1, id };

      g_array_append_vals (to, pair, 2);
    }
  g_assert_cmpuint (go (from, to).n_calls, ==, 1);
}

/* ---- models ---- */

static gboolean
fill (BalTransaction  *transaction,
      gpointer         data,
      GError         **error)
{
  Fixture *fixture = data;

  for (guint i = 1; i <= 300; i++)
    {
      g_autofree char *remote_id = g_strdup_printf ("%u", i);
      g_autofree char *title = g_strdup_printf ("Gems: %03u", i);
      g_autoptr(BalReview) review = make_review (fixture->blog_id, remote_id, title, "<p>x</p>");

      bal_review_set_published (review, i * 10);
      bal_review_set_status (review, BAL_REVIEW_STATUS_PUBLISHED);
      must (bal_review_table_insert (transaction, review, error) != 0);
      must (bal_review_base_put (transaction, bal_review_get_id (review), review, error));
    }
  return TRUE;
}

static gboolean
fill_very_many (BalTransaction  *transaction,
                gpointer         data,
                GError         **error)
{
  return bal_connection_execute (transaction->connection,
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"
    "  INSERT INTO review (blog_id, title, status, published, updated, film_year, sort_time, sort_title, grade_value)"
    "  SELECT 1, 'Gems: ' || i, 2, i * 10, 0, 0, i * 10, 'gems ' || i, -1 FROM n", error);
}

static gboolean
is_loaded (gpointer data)
{
  return !bal_id_list_get_loading (data);
}

static gboolean
review_is_loaded (gpointer data)
{
  return bal_review_get_loaded (data);
}

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       n_removed,
                  guint       n_added,
                  Splices    *splices)
{
  splice_cb (position, n_removed, n_added, splices);
}

static BalReviewList *
make_list (Fixture        *fixture,
           BalReviewOrder  order)
{
  BalReviewList *list = bal_review_list_new (fixture->store);
  BalReviewQuery query = BAL_REVIEW_QUERY_INIT;

  query.order = order;
  bal_review_list_set_query (list, &query);
  g_assert_true (bal_review_list_get_loading (list));
  wait_until (is_loaded, list);
  while (g_main_context_iteration (NULL, FALSE));
  return list;
}

static void
test_items_are_made_on_demand (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr(BalReviewList) list = NULL;
  g_autoptr(BalReview) first = NULL;
  g_autoptr(BalReview) far = NULL;
  g_autoptr(BalReview) again = NULL;

  fixture_write (fixture, fill, fixture);
  list = make_list (fixture, BAL_REVIEW_ORDER_NEWEST);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 300);

  /* A screenful comes with the order; what is far off is filled in a moment later. */
  first = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_true (bal_review_get_loaded (first));
  g_assert_cmpstr (bal_review_get_film (first), ==, "300");
  far = g_list_model_get_item (G_LIST_MODEL (list), 250);
  g_assert_false (bal_review_get_loaded (far));
  g_assert_cmpint (bal_review_get_id (far), ==, bal_review_list_get_id (list, 250));
  wait_until (review_is_loaded, far);
  g_assert_cmpstr (bal_review_get_film (far), ==, "050");
  again = g_list_model_get_item (G_LIST_MODEL (list), 250);
  g_assert_true (again == far);
  g_assert_cmpuint (bal_review_list_find (list, bal_review_get_id (far)), ==, 250);
  g_assert_cmpuint (bal_review_list_find (list, 99999), ==, G_MAXUINT);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 300));
}

static gboolean
add_in_the_middle (BalTransaction  *transaction,
                   gpointer         data,
                   GError         **error)
{
  Fixture *fixture = data;
  g_autoptr(BalReview) review = make_review (fixture->blog_id, "mid", "Middle", "<p>x</p>");

  bal_review_set_published (review, 500005);
  return bal_review_table_insert (transaction, review, error) != 0;
}

static gboolean
has_one_more (gpointer data)
{
  return g_list_model_get_n_items (data) == 100001;
}

static void
test_hundred_thousand_are_a_list_of_ids (Fixture       *fixture,
                                         gconstpointer  data)
{
  g_autoptr(BalReviewList) list = NULL;
  g_autoptr(BalReview) far = NULL;
  Splices splices = { 0 };

  fixture_write (fixture, fill_very_many, fixture);
  list = make_list (fixture, BAL_REVIEW_ORDER_NEWEST);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 100000);
  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), &splices);
  far = g_list_model_get_item (G_LIST_MODEL (list), 99999);
  wait_until (review_is_loaded, far);
  g_assert_cmpstr (bal_review_get_title (far), ==, "Gems: 1");

  fixture_write (fixture, add_in_the_middle, fixture);
  wait_until (has_one_more, list);
  g_assert_cmpuint (splices.n_calls, ==, 1);
  g_assert_cmpuint (splices.position, ==, 50000);
  g_assert_cmpuint (splices.n_added, ==, 1);
}

typedef struct
{
  Fixture    *fixture;
  gint64      id;
  const char *title;
} Rename;

static gboolean
rename_review (BalTransaction  *transaction,
               gpointer         data,
               GError         **error)
{
  Rename *rename = data;
  g_autoptr(BalReview) review = bal_review_table_get (transaction, rename->id, error);

  bal_review_set_title (review, rename->title);
  return bal_review_table_update (transaction, review, error);
}

typedef struct
{
  BalReviewList *list;
  gint64         id;
  guint          position;
} Place;

static gboolean
is_at (gpointer data)
{
  Place *place = data;

  return bal_review_list_get_id (place->list, place->position) == place->id;
}

static gboolean
has_new_title (gpointer data)
{
  return g_strcmp0 (bal_review_get_title (data), "ZZZ") == 0;
}

static void
test_moved_item_keeps_its_identity (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autoptr(BalReviewList) list = NULL;
  g_autoptr(BalReview) held = NULL;
  g_autoptr(BalReview) after = NULL;
  Splices splices = { 0 };
  Rename rename = { fixture, 0, "ZZZ" };
  Place place;

  fixture_write (fixture, fill, fixture);
  list = make_list (fixture, BAL_REVIEW_ORDER_TITLE);
  held = g_list_model_get_item (G_LIST_MODEL (list), 10);
  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), &splices);
  rename.id = bal_review_get_id (held);
  fixture_write (fixture, rename_review, &rename);
  place = (Place) { list, rename.id, 299 };
  wait_until (is_at, &place);
  wait_until (has_new_title, held);
  while (g_main_context_iteration (NULL, FALSE));

  g_assert_cmpuint (splices.n_calls, ==, 2);
  g_assert_cmpuint (splices.n_removed, ==, 1);
  after = g_list_model_get_item (G_LIST_MODEL (list), 299);
  g_assert_true (after == held);
  g_assert_cmpstr (bal_review_get_title (after), ==, "ZZZ");
}

static void
test_content_is_told_by_notify (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autoptr(BalReviewList) list = NULL;
  g_autoptr(BalReview) held = NULL;
  Splices splices = { 0 };
  Rename rename = { fixture, 0, "Gems: 300b" };
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  fixture_write (fixture, fill, fixture);
  list = make_list (fixture, BAL_REVIEW_ORDER_NEWEST);
  held = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), &splices);
  rename.id = bal_review_get_id (held);
  fixture_write (fixture, rename_review, &rename);
  while (g_strcmp0 (bal_review_get_film (held), "300b") != 0 && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (bal_review_get_film (held), ==, "300b");
  g_assert_cmpuint (splices.n_calls, ==, 0);
}

static void
test_list_may_go_at_any_time (Fixture       *fixture,
                              gconstpointer  data)
{
  BalReviewQuery query = BAL_REVIEW_QUERY_INIT;

  fixture_write (fixture, fill, fixture);
  for (guint i = 0; i < 50; i++)
    {
      BalReviewList *list = bal_review_list_new (fixture->store);
      g_autoptr(BalReview) item = NULL;

      bal_review_list_set_query (list, &query);
      for (guint j = 0; j < i % 7; j++)
        g_main_context_iteration (NULL, FALSE);
      item = g_list_model_get_item (G_LIST_MODEL (list), 200);
      bal_review_list_set_query (list, &query);
      g_object_unref (list);
    }
  while (g_main_context_iteration (NULL, FALSE));
}

typedef struct
{
  Fixture *fixture;
  gint64   review_id;
  gint64   top[2];
  gint64   reply;
} Thread;

static gboolean
add_thread (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Thread *thread = data;
  gint64 blog_id = thread->fixture->blog_id;

  thread->review_id = put_pulled_review (transaction, blog_id, "1", "T", "<p>x</p>");
  thread->top[0] = put_pulled_comment (transaction, blog_id, thread->review_id, 0, "1", "Ann", BAL_COMMENT_STATUS_APPROVED);
  thread->top[1] = put_pulled_comment (transaction, blog_id, thread->review_id, 0, "2", "Bob", BAL_COMMENT_STATUS_APPROVED);
  return TRUE;
}

static gboolean
add_reply (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Thread *thread = data;

  thread->reply = bal_desk_reply (transaction, thread->top[0], "Thanks", error);
  return thread->reply != 0;
}

static gboolean
trash_first (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Thread *thread = data;

  return bal_desk_set_comment_status (transaction, thread->top, 1, BAL_COMMENT_STATUS_TRASH, error);
}

static gboolean
has_three (gpointer data)
{
  return g_list_model_get_n_items (data) == 3;
}

static gboolean
is_first (gpointer data)
{
  return g_strcmp0 (bal_comment_get_number (data), "1") == 0;
}

static void
test_thread_is_in_reading_order (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autoptr(BalCommentList) list = bal_comment_list_new (fixture->store);
  Thread thread = { fixture };
  g_autoptr(BalComment) second = NULL;
  g_autoptr(BalComment) reply = NULL;

  fixture_write (fixture, add_thread, &thread);
  bal_comment_list_set_thread (list, thread.review_id);
  wait_until (is_loaded, list);
  second = g_list_model_get_item (G_LIST_MODEL (list), 1);
  g_assert_cmpstr (bal_comment_get_number (second), ==, "2");

  fixture_write (fixture, add_reply, &thread);
  wait_until (has_three, list);
  g_assert_cmpint (bal_comment_list_get_id (list, 1), ==, thread.reply);
  reply = g_list_model_get_item (G_LIST_MODEL (list), 1);
  g_assert_cmpstr (bal_comment_get_number (reply), ==, "1.1");
  g_assert_cmpuint (bal_comment_list_find (list, thread.top[1]), ==, 2);

  /* Numbers follow though this comment itself did not change. */
  fixture_write (fixture, trash_first, &thread);
  wait_until (is_first, reply);

  bal_comment_list_set_thread (list, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
}

static void
test_queue_follows_moderation (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr(BalCommentList) list = bal_comment_list_new (fixture->store);
  BalCommentQuery query = BAL_COMMENT_QUERY_INIT;
  Thread thread = { fixture };
  g_autoptr(BalComment) only = NULL;

  fixture_write (fixture, add_thread, &thread);
  query.status = BAL_COMMENT_STATUS_TRASH;
  bal_comment_list_set_query (list, &query);
  wait_until (is_loaded, list);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  fixture_write (fixture, trash_first, &thread);
  while (g_list_model_get_n_items (G_LIST_MODEL (list)) == 0)
    g_main_context_iteration (NULL, TRUE);
  only = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_cmpint (bal_comment_get_id (only), ==, thread.top[0]);
}

/* ---- a list that takes long ---- */

static int n_queries;      /* begun; atomic */
static int n_written;      /* what each query tells; atomic */

typedef struct
{
  BalIdList parent_instance;
} SlowList;

typedef struct
{
  BalIdListClass parent_class;
} SlowListClass;

GType slow_list_get_type (void);

G_DEFINE_TYPE (SlowList, slow_list, BAL_TYPE_ID_LIST)

static gpointer
slow_create (gint64 id)
{
  return bal_comment_new (id);
}

/* One id: how often something was written when it was asked. */
static GArray *
slow_query (BalTransaction  *transaction,
            gconstpointer    query,
            GPtrArray      **objects,
            GError         **error)
{
  gint64 id = g_atomic_int_get (&n_written);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_atomic_int_inc (&n_queries);
  g_usleep (G_USEC_PER_SEC * 12 / 100);
  *objects = g_ptr_array_new_with_free_func (g_object_unref);
  return g_array_append_val (ids, id);
}

static gboolean
slow_concerns (gconstpointer  query,
               BalChangeSet  *changes)
{
  return TRUE;
}

static void
slow_list_class_init (SlowListClass *klass)
{
  BalIdListClass *list_class = BAL_ID_LIST_CLASS (klass);

  list_class->get_item_type = bal_comment_get_type;
  list_class->entity = BAL_ENTITY_COMMENT;
  list_class->create_item = slow_create;
  list_class->query = slow_query;
  list_class->concerns = slow_concerns;
}

static void
slow_list_init (SlowList *self)
{
}

static gboolean
note_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  bal_transaction_note (transaction, BAL_ENTITY_COMMENT, BAL_CHANGE_ALTERED, 1);
  g_atomic_int_inc (&n_written);
  return TRUE;
}

/* So often something changes while the list is being read. */
static BalIdList *
make_busy (Fixture *fixture,
           int      n_changes)
{
  BalIdList *list = g_object_new (slow_list_get_type (), "store", fixture->store, NULL);

  n_queries = n_written = 0;
  bal_id_list_set_query (list, g_strdup ("x"), g_free);
  for (int i = 1; i <= n_changes; i++)
    {
      while (g_atomic_int_get (&n_queries) < i)
        {
          g_main_context_iteration (NULL, FALSE);
          g_usleep (1000);
        }
      fixture_write (fixture, note_work, NULL);
    }
  return list;
}

static gboolean
has_last (gpointer data)
{
  return bal_id_list_get_id (data, 0) == g_atomic_int_get (&n_written);
}

/* It rests between its queries, and has the last word all the same. */
static void
test_list_that_rests_misses_nothing (Fixture       *fixture,
                                     gconstpointer  data)
{
  g_autoptr(BalIdList) list = make_busy (fixture, 8);

  wait_until (has_last, list);

  /* What changes while it rests. */
  for (guint i = 0; i < 20; i++)
    fixture_write (fixture, note_work, NULL);
  wait_until (has_last, list);
}

static void
test_list_that_rests_may_go (Fixture       *fixture,
                             gconstpointer  data)
{
  BalIdList *list = make_busy (fixture, 6);
  gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC;

  bal_id_list_set_query (list, g_strdup ("y"), g_free);
  wait_until (has_last, list);
  g_object_unref (list);
  list = make_busy (fixture, 6);
  g_object_unref (list);
  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/lists/one-insert-is-one-row", test_one_insert_is_one_row);
  g_test_add_func ("/store/lists/moved-row-is-two-splices", test_moved_row_is_two_splices);
  g_test_add_func ("/store/lists/far-apart-changes-leave-what-is-between", test_far_apart_changes_leave_what_is_between);
  g_test_add_func ("/store/lists/any-order-becomes-any-other", test_any_order_becomes_any_other);
  g_test_add_func ("/store/lists/upheaval-is-one-splice", test_upheaval_is_one_splice);
  fixture_add ("/store/lists/items-are-made-on-demand", test_items_are_made_on_demand);
  fixture_add ("/store/lists/hundred-thousand-are-a-list-of-ids", test_hundred_thousand_are_a_list_of_ids);
  fixture_add ("/store/lists/moved-item-keeps-its-identity", test_moved_item_keeps_its_identity);
  fixture_add ("/store/lists/content-is-told-by-notify", test_content_is_told_by_notify);
  fixture_add ("/store/lists/list-may-go-at-any-time", test_list_may_go_at_any_time);
  fixture_add ("/store/lists/thread-is-in-reading-order", test_thread_is_in_reading_order);
  fixture_add ("/store/lists/queue-follows-moderation", test_queue_follows_moderation);
  fixture_add ("/store/lists/list-that-rests-misses-nothing", test_list_that_rests_misses_nothing);
  fixture_add ("/store/lists/list-that-rests-may-go", test_list_that_rests_may_go);

  return g_test_run ();
}
