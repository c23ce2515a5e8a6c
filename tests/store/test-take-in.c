/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "bal-import-table.h"
#include "bal-take-in-batch.h"

/* More than are written with one statement, and not a multiple of it. */
#define N_COMMENTS 101

#define SOURCE "https://old.example"

/* The @i-th of a thread: the same for the same @seed. @ids: those before it. */
static BalComment *
make_voice (guint32       seed,
            guint         i,
            gint64        blog_id,
            gint64        review_id,
            const gint64 *ids)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (seed + i);
  gboolean mine = g_rand_int_range (random, 0, 4) == 0;
  gint64 parent = i > 0 && g_rand_boolean (random) ? ids[g_rand_int_range (random, 0, (gint32) i)] : 0;
  BalComment *comment = make_comment (blog_id, review_id, parent, mine ? "Brittani" : "Ann",
                                      g_rand_boolean (random) ? "<p>See www.example.com</p>" : "<p>Seen.</p>");

  bal_comment_set_mine (comment, mine);
  bal_comment_set_status (comment, g_rand_int_range (random, 0, 4));
  bal_comment_set_created (comment, g_rand_int_range (random, 1000, 9000));
  return comment;
}

/* What is here of the @i-th, without ids. */
static char *
describe (BalTransaction  *transaction,
          const gint64    *ids,
          guint            i,
          GError         **error)
{
  g_autoptr(BalComment) comment = bal_comment_table_get (transaction, ids[i], error);
  g_autoptr(BalOutboxItem) item = bal_outbox_find (transaction, BAL_ENTITY_COMMENT, ids[i], NULL);
  guint parent = 0;

  must (comment != NULL);
  while (parent < i && ids[parent] != bal_comment_get_parent_id (comment))
    parent++;
  g_assert_true (item == NULL || g_strcmp0 (item->key, bal_comment_get_key (comment)) == 0);
  return g_strdup_printf ("%u on %u: %s %d %d %s %" G_GINT64_FORMAT " %s %s %" G_GINT64_FORMAT, i, parent,
                          bal_comment_status_to_nick (bal_comment_get_status (comment)),
                          bal_comment_get_unanswered (comment), bal_comment_get_mine (comment),
                          bal_comment_get_author (comment), bal_comment_get_created (comment),
                          bal_comment_get_html (comment), item != NULL ? bal_outbox_op_to_nick (item->op) : "stays",
                          item != NULL ? item->edit_seq : 0);
}

static void
take_in (BalTransaction  *transaction,
         guint32          seed,
         gint64           blog_id,
         gint64           review_id,
         gint64          *ids,
         GError         **error)
{
  g_autoptr(BalTakeInBatch) batch = bal_take_in_batch_new (transaction);

  for (guint i = 0; i < N_COMMENTS; i++)
    {
      g_autoptr(BalComment) comment = make_voice (seed, i, blog_id, review_id, ids);

      must (bal_take_in_batch_add_comment (batch, comment, TRUE, error));
      ids[i] = bal_comment_get_id (comment);
    }
  must (bal_take_in_batch_write (batch, error));
}

static void
insert (BalTransaction  *transaction,
        guint32          seed,
        gint64           blog_id,
        gint64           review_id,
        gint64          *ids,
        GError         **error)
{
  for (guint i = 0; i < N_COMMENTS; i++)
    {
      g_autoptr(BalComment) comment = make_voice (seed, i, blog_id, review_id, ids);
      g_autofree char *key = g_uuid_string_random ();

      bal_comment_set_key (comment, key);
      bal_comment_set_edit_seq (comment, 1);
      ids[i] = bal_comment_table_insert (transaction, comment, error);
      must (ids[i] != 0);
      if (bal_comment_get_status (comment) < BAL_COMMENT_STATUS_SPAM)
        must (bal_outbox_note (transaction, blog_id, BAL_ENTITY_COMMENT, ids[i], BAL_OUTBOX_CREATE, 1, key, NULL, error));
    }
}

static gboolean
many_are_as_one_by_one (BalTransaction  *transaction,
                        gpointer         data,
                        GError         **error)
{
  Fixture *fixture = data;

  for (guint32 seed = 0; seed < 5000; seed += 1000)
    {
      g_autofree char *first = g_strdup_printf ("a%u", seed), *second = g_strdup_printf ("b%u", seed);
      gint64 a = put_pulled_review (transaction, fixture->blog_id, first, "Night Ferry", "<p>Here.</p>");
      gint64 b = put_pulled_review (transaction, fixture->blog_id, second, "Night Ferry", "<p>Here.</p>");
      gint64 ids_of_a[N_COMMENTS], ids_of_b[N_COMMENTS];

      take_in (transaction, seed, fixture->blog_id, a, ids_of_a, error);
      insert (transaction, seed, fixture->blog_id, b, ids_of_b, error);
      for (guint i = 0; i < N_COMMENTS; i++)
        {
          g_autofree char *of_a = describe (transaction, ids_of_a, i, error);
          g_autofree char *of_b = describe (transaction, ids_of_b, i, error);

          g_assert_cmpstr (of_a, ==, of_b);
        }
    }
  return TRUE;
}

/* A review is sent before what is said about it. */
static gboolean
all_is_sent_in_its_order (BalTransaction  *transaction,
                          gpointer         data,
                          GError         **error)
{
  Fixture *fixture = data;
  g_autoptr(BalTakeInBatch) batch = bal_take_in_batch_new (transaction);
  g_autoptr(GPtrArray) items = NULL;
  guint n = 0;

  for (guint i = 0; i < 40; i++)
    {
      g_autoptr(BalReview) review = make_review (fixture->blog_id, NULL, "Night Ferry", "<p>Here.</p>");

      must (bal_take_in_batch_add_review (batch, review, TRUE, error));
      for (guint j = 0; j < 3; j++)
        {
          g_autoptr(BalComment) comment = make_comment (fixture->blog_id, bal_review_get_id (review), 0, "Ann", "<p>Seen.</p>");

          must (bal_take_in_batch_add_comment (batch, comment, TRUE, error));
        }
    }
  must (bal_take_in_batch_write (batch, error));

  items = bal_outbox_list (transaction, fixture->blog_id, error);
  must (items != NULL);
  g_assert_cmpuint (items->len, ==, 160);
  for (guint i = 0; i < items->len; i++)
    {
      BalOutboxItem *item = g_ptr_array_index (items, i);

      g_assert_cmpint (item->entity, ==, n++ % 4 == 0 ? BAL_ENTITY_REVIEW : BAL_ENTITY_COMMENT);
    }
  return TRUE;
}

static gboolean
a_name_leads_to_it_before_and_after (BalTransaction  *transaction,
                                     gpointer         data,
                                     GError         **error)
{
  Fixture *fixture = data;
  g_autoptr(BalTakeInBatch) batch = bal_take_in_batch_new (transaction);
  gint64 review = put_pulled_review (transaction, fixture->blog_id, "1", "Night Ferry", "<p>Here.</p>");
  g_autoptr(BalComment) comment = make_comment (fixture->blog_id, review, 0, "Ann", "<p>Seen.</p>");
  g_autoptr(BalComment) again = make_comment (fixture->blog_id, review, 0, "Ann", "<p>Seen.</p>");
  g_autofree char *hash = NULL;
  gint64 id;

  must (bal_take_in_batch_add_comment (batch, comment, FALSE, error));
  id = bal_comment_get_id (comment);
  bal_take_in_batch_add_name (batch, comment, SOURCE, "comment:1", "cafe", 7);
  g_assert_cmpint (bal_take_in_batch_find (batch, SOURCE, "comment:1"), ==, id);
  g_assert_cmpint (bal_take_in_batch_find (batch, SOURCE, "comment:2"), ==, 0);
  g_assert_cmpint (bal_take_in_batch_find (batch, "https://other.example", "comment:1"), ==, 0);

  must (bal_take_in_batch_write (batch, error));
  g_assert_cmpint (bal_take_in_batch_find (batch, SOURCE, "comment:1"), ==, 0);
  g_assert_cmpint (bal_import_table_find (transaction, fixture->blog_id, BAL_ENTITY_COMMENT, SOURCE, "comment:1", &hash, error),
                   ==, id);
  g_assert_cmpstr (hash, ==, "cafe");

  /* After it was deleted here, the file may bring it anew. */
  must (bal_comment_table_remove (transaction, id, error));
  must (bal_take_in_batch_add_comment (batch, again, FALSE, error));
  bal_take_in_batch_add_name (batch, again, SOURCE, "comment:1", "cafe", 8);
  must (bal_take_in_batch_write (batch, error));
  g_assert_cmpint (bal_comment_get_id (again), >, id);
  g_assert_cmpint (bal_import_table_find (transaction, fixture->blog_id, BAL_ENTITY_COMMENT, SOURCE, "comment:1", NULL, error),
                   ==, bal_comment_get_id (again));
  return TRUE;
}

static gboolean
what_is_not_written_is_not_there (BalTransaction  *transaction,
                                  gpointer         data,
                                  GError         **error)
{
  Fixture *fixture = data;
  BalTakeInBatch *batch = bal_take_in_batch_new (transaction);
  gint64 review = put_pulled_review (transaction, fixture->blog_id, "1", "Night Ferry", "<p>Here.</p>");
  g_autoptr(BalComment) comment = make_comment (fixture->blog_id, review, 0, "Ann", "<p>Seen.</p>");
  g_autoptr(BalComment) there = NULL;

  must (bal_take_in_batch_add_comment (batch, comment, TRUE, error));
  bal_take_in_batch_free (batch);
  there = bal_comment_table_get (transaction, bal_comment_get_id (comment), error);
  g_assert_error (*error, BAL_ERROR, BAL_ERROR_NOT_FOUND);
  g_clear_error (error);
  return TRUE;
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  fixture_add_body ("/take-in/many-are-as-one-by-one", many_are_as_one_by_one);
  fixture_add_body ("/take-in/all-is-sent-in-its-order", all_is_sent_in_its_order);
  fixture_add_body ("/take-in/a-name-leads-to-it-before-and-after", a_name_leads_to_it_before_and_after);
  fixture_add_body ("/take-in/what-is-not-written-is-not-there", what_is_not_written_is_not_there);
  return g_test_run ();
}
