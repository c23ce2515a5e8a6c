/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-revision-rows.h"
#include "bal-time.h"
#include "store-fixture.h"

#define HOUR (60 * 60)
#define DAY  (24 * HOUR)

/* ---- helpers ---- */

static gint64
put_review (BalTransaction *transaction,
            Fixture        *fixture)
{
  return put_pulled_review (transaction, fixture->blog_id, "1", "Title", "<p>First.</p>");
}

static void
save (BalTransaction  *transaction,
      gint64           id,
      const char      *html,
      gboolean         queue,
      GError         **error)
{
  g_autoptr(BalReview) review = bal_review_table_get (transaction, id, error);

  g_assert_nonnull (review);
  bal_review_set_html (review, html);
  must (bal_desk_save_review (transaction, review, queue, error));
}

/* The kinds and texts of a local history, newest first, in one line. */
static char *
tell (BalTransaction  *transaction,
      gint64           id,
      GError         **error)
{
  g_autoptr(GPtrArray) revisions = bal_revision_table_list (transaction, BAL_ENTITY_REVIEW, id, error);
  GString *told = g_string_new (NULL);

  for (guint i = 0; i < revisions->len; i++)
    {
      BalRevision *revision = g_ptr_array_index (revisions, i);

      g_string_append_printf (told, "%d%s", (int) revision->kind, revision->html);
    }
  return g_string_free (told, FALSE);
}

static void
set_created (BalTransaction  *transaction,
             gint64           revision_id,
             gint64           created,
             GError         **error)
{
  g_autoptr(BalStatement) statement = bal_transaction_prepare (transaction,
    "UPDATE revision SET created = ? WHERE id = ?", error);

  bal_statement_bind_int (statement, created);
  bal_statement_bind_int (statement, revision_id);
  must (bal_statement_run (statement, error));
}

/* A version of so many seconds before @now. */
static gint64
keep (BalTransaction   *transaction,
      gint64            id,
      BalRevisionKind   kind,
      gint64            now,
      gint64            age,
      GError          **error)
{
  g_autoptr(BalReview) review = bal_review_table_get (transaction, id, error);
  g_autoptr(GPtrArray) revisions = NULL;
  gint64 revision_id;

  must (bal_revision_table_add_review (transaction, kind, review, error));
  revisions = bal_revision_table_list_heads (transaction, BAL_ENTITY_REVIEW, id, error);
  revision_id = ((BalRevision *) g_ptr_array_index (revisions, 0))->id;
  set_created (transaction, revision_id, now - age, error);
  return revision_id;
}

static gboolean
has_id (GArray *ids,
        gint64  id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return TRUE;
  return FALSE;
}

/* ---- what is kept ---- */

static gboolean
test_autosaves_of_a_minute_are_one_version (BalTransaction  *transaction,
                                            gpointer         data,
                                            GError         **error)
{
  gint64 id = put_review (transaction, data);
  g_autoptr(GPtrArray) revisions = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  save (transaction, id, "<p>a</p>", FALSE, error);
  save (transaction, id, "<p>ab</p>", FALSE, error);
  save (transaction, id, "<p>abc</p>", FALSE, error);
  first = tell (transaction, id, error);
  g_assert_cmpstr (first, ==, "0<p>First.</p>");

  revisions = bal_revision_table_list_heads (transaction, BAL_ENTITY_REVIEW, id, error);
  set_created (transaction, ((BalRevision *) g_ptr_array_index (revisions, 0))->id, bal_time_now () - 61, error);
  save (transaction, id, "<p>abcd</p>", FALSE, error);
  second = tell (transaction, id, error);
  g_assert_cmpstr (second, ==, "0<p>abc</p>0<p>First.</p>");
  return TRUE;
}

static gboolean
test_restoring_keeps_what_was_there (BalTransaction  *transaction,
                                     gpointer         data,
                                     GError         **error)
{
  gint64 id = put_review (transaction, data), other;
  g_autoptr(GPtrArray) revisions = NULL;
  g_autoptr(BalReview) review = bal_review_table_get (transaction, id, error);
  g_autoptr(BalReview) restored = NULL;
  g_autoptr(BalOutboxItem) item = NULL;
  g_autofree char *told = NULL;
  static const char *const labels[] = { "Drama", NULL };
  gint64 first;

  bal_review_set_html (review, "<p>Second.</p>");
  bal_review_set_title (review, "Another title");
  bal_review_set_labels (review, labels);
  must (bal_desk_save_review (transaction, review, FALSE, error));
  revisions = bal_revision_table_list_heads (transaction, BAL_ENTITY_REVIEW, id, error);
  first = ((BalRevision *) g_ptr_array_index (revisions, 0))->id;

  must (bal_desk_restore_version (transaction, id, first, error));
  restored = bal_review_table_get (transaction, id, error);
  g_assert_cmpstr (bal_review_get_html (restored), ==, "<p>First.</p>");
  g_assert_cmpstr (bal_review_get_title (restored), ==, "Title");
  g_assert_cmpuint (g_strv_length ((char **) bal_review_get_labels (restored)), ==, 0);
  told = tell (transaction, id, error);
  g_assert_cmpstr (told, ==, "5<p>Second.</p>0<p>First.</p>");

  /* It is what the blog has: nothing to send. Another one is. */
  g_assert_null (bal_outbox_find (transaction, BAL_ENTITY_REVIEW, id, error));
  g_clear_pointer (&revisions, g_ptr_array_unref);
  revisions = bal_revision_table_list_heads (transaction, BAL_ENTITY_REVIEW, id, error);
  must (bal_desk_restore_version (transaction, id, ((BalRevision *) g_ptr_array_index (revisions, 0))->id, error));
  item = bal_outbox_find (transaction, BAL_ENTITY_REVIEW, id, error);
  g_assert_nonnull (item);

  other = put_pulled_review (transaction, ((Fixture *) data)->blog_id, "2", "Other", "<p>Other.</p>");
  must_fail (bal_desk_restore_version (transaction, other, first, error), BAL_ERROR_NOT_FOUND);
  must_fail (bal_desk_restore_version (transaction, id, 999, error), BAL_ERROR_NOT_FOUND);
  return TRUE;
}

/* ---- thinning out ---- */

/* In the middle of an hour and of a day, so that what is a minute apart is in the same. */
static gint64
get_noon (void)
{
  return (gint64) 20000 * DAY + 12 * HOUR + HOUR / 2;
}

static gboolean
test_old_versions_thin_out (BalTransaction  *transaction,
                            gpointer         data,
                            GError         **error)
{
  gint64 id = put_review (transaction, data), now = get_noon ();
  g_autoptr(GArray) ids = NULL;
  gint64 first, far, far_day, far_newest, hour, hour_newest, other_hour, recent;

  first = keep (transaction, id, BAL_REVISION_EDIT, now, 50 * DAY + 240, error);
  far = keep (transaction, id, BAL_REVISION_EDIT, now, 50 * DAY + 180, error);
  far_day = keep (transaction, id, BAL_REVISION_EDIT, now, 50 * DAY - 2 * HOUR, error);
  far_newest = keep (transaction, id, BAL_REVISION_EDIT, now, 50 * DAY - 4 * HOUR, error);
  hour = keep (transaction, id, BAL_REVISION_RESTORED, now, 3 * DAY + 60, error);
  hour_newest = keep (transaction, id, BAL_REVISION_EDIT, now, 3 * DAY, error);
  other_hour = keep (transaction, id, BAL_REVISION_EDIT, now, 3 * DAY - HOUR, error);
  recent = keep (transaction, id, BAL_REVISION_EDIT, now, 120, error);
  keep (transaction, id, BAL_REVISION_EDIT, now, 60, error);

  ids = bal_revision_table_find_thin (transaction, now, error);
  g_assert_nonnull (ids);
  g_assert_true (has_id (ids, far) && has_id (ids, far_day) && has_id (ids, hour));
  g_assert_false (has_id (ids, first) || has_id (ids, far_newest) || has_id (ids, hour_newest) ||
                  has_id (ids, other_hour) || has_id (ids, recent));
  g_assert_cmpuint (ids->len, ==, 3);

  must (bal_revision_table_remove (transaction, &g_array_index (ids, gint64, 0), ids->len, error));
  g_assert_cmpuint (count_revisions (transaction, BAL_ENTITY_REVIEW, id), ==, 6);
  return TRUE;
}

static gboolean
test_what_met_the_blog_is_never_thinned_out (BalTransaction  *transaction,
                                          gpointer         data,
                                          GError         **error)
{
  static const BalRevisionKind kinds[] = { BAL_REVISION_REMOTE, BAL_REVISION_SENT, BAL_REVISION_CONFLICT,
                                           BAL_REVISION_DELETED };
  gint64 id = put_review (transaction, data), now = get_noon ();
  g_autoptr(GArray) ids = NULL;

  for (guint i = 0; i < 3 * G_N_ELEMENTS (kinds); i++)
    keep (transaction, id, kinds[i % G_N_ELEMENTS (kinds)], now, 50 * DAY - i, error);
  ids = bal_revision_table_find_thin (transaction, now, error);
  g_assert_nonnull (ids);
  g_assert_cmpuint (ids->len, ==, 0);
  return TRUE;
}

/* ---- when ---- */

static gboolean
write_old_work (BalTransaction  *transaction,
                gpointer         data,
                GError         **error)
{
  gint64 id = put_review (transaction, data), noon = get_noon ();

  /* More than go at a time. */
  for (guint i = 0; i < 120; i++)
    keep (transaction, id, BAL_REVISION_EDIT, noon, i, error);
  g_assert_cmpuint (count_revisions (transaction, BAL_ENTITY_REVIEW, id), ==, 120);
  return TRUE;
}

static gboolean
count_left_work (BalTransaction  *transaction,
                 gpointer         data,
                 GError         **error)
{
  /* The first, and the newest of its day. */
  g_assert_cmpuint (count_revisions (transaction, BAL_ENTITY_REVIEW, 1), ==, 2);
  return TRUE;
}

static void
test_the_day_s_backup_comes_with_thinning_out (Fixture       *fixture,
                                               gconstpointer  data)
{
  fixture_write (fixture, write_old_work, fixture);
  fixture_reopen (fixture);
  fixture_read (fixture, count_left_work, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add_body ("/store/history/autosaves-of-a-minute-are-one-version", test_autosaves_of_a_minute_are_one_version);
  fixture_add_body ("/store/history/restoring-keeps-what-was-there", test_restoring_keeps_what_was_there);
  fixture_add_body ("/store/history/old-versions-thin-out", test_old_versions_thin_out);
  fixture_add_body ("/store/history/what-met-the-blog-is-never-thinned-out", test_what_met_the_blog_is_never_thinned_out);
  fixture_add ("/store/history/the-day-s-backup-comes-with-thinning-out", test_the_day_s_backup_comes_with_thinning_out);
  return g_test_run ();
}
