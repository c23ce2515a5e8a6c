/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-time.h"
#include "bal-waiting-list.h"
#include "store-fixture.h"

/* ---- why something waits ---- */

typedef struct
{
  BalOutboxState   state;
  gint64           in_seconds;   /* the next try; 0: at once */
  BalWaitingPlace  place;
  const char      *words;        /* how they begin */
  gboolean         can_undo;
  gboolean         can_retry;
} Reason;

static const Reason reasons[] = {
  { BAL_OUTBOX_PENDING, 0, { 0 }, "Waiting for the next sync", TRUE, TRUE },
  { BAL_OUTBOX_PENDING, 0, { .offline = TRUE }, "Waiting for a network", TRUE, TRUE },
  { BAL_OUTBOX_PENDING, 0, { .signed_out = TRUE, .offline = TRUE }, "Waiting until you sign in", TRUE, TRUE },
  { BAL_OUTBOX_PENDING, 0, { .first = BAL_ENTITY_REVIEW }, "Waiting for its review", TRUE, TRUE },
  { BAL_OUTBOX_PENDING, 0, { .first = BAL_ENTITY_COMMENT }, "Waiting for the comment", TRUE, TRUE },
  { BAL_OUTBOX_PENDING, 300, { 0 }, "Next try at ", TRUE, TRUE },
  { BAL_OUTBOX_SENDING, 0, { 0 }, "Being sent", FALSE, FALSE },
  { BAL_OUTBOX_UNKNOWN, 0, { 0 }, "The answer was lost", FALSE, FALSE },
  { BAL_OUTBOX_PARKED, 0, { 0 }, "Stopped: it needs you", TRUE, TRUE },
  { BAL_OUTBOX_PARKED, 0, { .in_conflict = TRUE }, "Changed on both sides", FALSE, FALSE },
};

static void
each_row_says_why_it_waits (void)
{
  g_autoptr(GHashTable) icons = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      const Reason *reason = &reasons[i];
      BalOutboxItem row = { .id = 1, .entity = BAL_ENTITY_COMMENT, .op = BAL_OUTBOX_UPDATE, .state = reason->state,
                            .parts = BAL_OUTBOX_PART_STATUS };
      g_autoptr(BalWaitingItem) item = NULL;

      if (reason->in_seconds != 0)
        row.not_before = bal_time_now () + reason->in_seconds;
      item = bal_waiting_item_new_outbox (&row, &reason->place);
      g_test_message ("%s", bal_waiting_item_get_state (item));
      g_assert_true (g_str_has_prefix (bal_waiting_item_get_state (item), reason->words));
      g_assert_cmpint (bal_waiting_item_can_undo (item), ==, reason->can_undo);
      g_assert_cmpint (bal_waiting_item_can_retry (item), ==, reason->can_retry);
      g_assert_cmpint (bal_waiting_item_can_discard (item), ==, reason->state != BAL_OUTBOX_SENDING);
      g_assert_cmpuint (strlen (bal_waiting_item_get_loss (item)), >, 20);
      g_hash_table_add (icons, (gpointer) bal_waiting_item_get_icon (item));
    }

  /* Queued, sending, unknown, parked and in conflict can be told apart. */
  g_assert_cmpuint (g_hash_table_size (icons), ==, 5);
}

static void
what_was_tried_is_not_taken_back (void)
{
  BalWaitingPlace place = { 0 };
  BalOutboxItem row = { .id = 1, .entity = BAL_ENTITY_REVIEW, .op = BAL_OUTBOX_UPDATE, .attempts = 1,
                        .parts = BAL_OUTBOX_PART_TEXT };
  g_autoptr(BalWaitingItem) item = bal_waiting_item_new_outbox (&row, &place);

  g_assert_false (bal_waiting_item_can_undo (item));
  g_assert_null (bal_waiting_item_get_undo_hint (item));
}

/* ---- the list ---- */

typedef struct
{
  gint64 blog_id;
  gint64 ids[2];
} Rows;

static gboolean
fill_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Rows *rows = data;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(BalReview) review = make_review (rows->blog_id, NULL, i == 0 ? "First" : "Second", "<p>x</p>");

      rows->ids[i] = bal_desk_add_review (transaction, review, NULL, error);
      must (rows->ids[i] != 0);
    }
  return TRUE;
}

static gboolean
park_first_work (BalTransaction  *transaction,
                 gpointer         data,
                 GError         **error)
{
  Rows *rows = data;
  g_autoptr(BalOutboxItem) item = bal_outbox_find (transaction, BAL_ENTITY_REVIEW, rows->ids[0], error);

  must (bal_outbox_set_parked (transaction, item->id, "Too long", error));
  return TRUE;
}

static gboolean
take_first_back_work (BalTransaction  *transaction,
                      gpointer         data,
                      GError         **error)
{
  Rows *rows = data;

  must (bal_desk_take_back (transaction, BAL_ENTITY_REVIEW, rows->ids[0], NULL, error));
  return TRUE;
}

static gboolean
has_two (gpointer data)
{
  return g_list_model_get_n_items (data) == 2;
}

static gboolean
is_stopped (gpointer data)
{
  return g_str_has_prefix (bal_waiting_item_get_state (data), "Stopped");
}

static gboolean
is_gone (gpointer data)
{
  gboolean gone;

  g_object_get (data, "gone", &gone, NULL);
  return gone;
}

static void
a_row_is_the_same_object_while_it_waits (Fixture       *fixture,
                                         gconstpointer  data)
{
  g_autoptr(BalWaitingList) list = bal_waiting_list_new (fixture->store);
  g_autoptr(BalWaitingItem) first = NULL;
  g_autoptr(BalWaitingItem) second = NULL;
  Rows rows = { .blog_id = fixture->blog_id };

  fixture_write (fixture, fill_work, &rows);
  bal_waiting_list_show (list, FALSE, 0);
  wait_until (has_two, list);
  first = g_list_model_get_item (G_LIST_MODEL (list), 0);
  second = g_list_model_get_item (G_LIST_MODEL (list), 1);
  g_assert_cmpstr (bal_waiting_item_get_title (first), ==, "New review “First”");
  g_assert_cmpint (bal_waiting_item_get_review_id (first), ==, rows.ids[0]);

  fixture_write (fixture, park_first_work, &rows);
  wait_until (is_stopped, first);
  g_assert_cmpstr (bal_waiting_item_get_reason (first), ==, "Too long");
  g_assert_true (has_two (list));

  fixture_write (fixture, take_first_back_work, &rows);
  wait_until (is_gone, first);
  g_assert_false (is_gone (second));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);

  /* Another place does not make what waits go away. */
  bal_waiting_list_show (list, TRUE, 0);
  while (bal_waiting_list_get_loading (list))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (is_gone (second));
  g_clear_object (&list);
  while (g_main_context_iteration (NULL, FALSE));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/waiting/each-row-says-why-it-waits", each_row_says_why_it_waits);
  g_test_add_func ("/ui/waiting/what-was-tried-is-not-taken-back", what_was_tried_is_not_taken_back);
  fixture_add ("/ui/waiting/a-row-is-the-same-object-while-it-waits", a_row_is_the_same_object_while_it_waits);

  return g_test_run ();
}
