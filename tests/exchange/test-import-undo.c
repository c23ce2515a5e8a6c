/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include "bal-import-undo.h"
#include "bal-revision-table.h"

#include <string.h>

static BalImportUndone *
undo (Fixture *fixture,
      BalBlog *blog)
{
  g_autoptr(GError) error = NULL;
  BalImportUndone *undone = bal_import_undo (fixture->store, blog != NULL ? bal_blog_get_id (blog) : 0, 0, NULL, &error);

  g_assert_no_error (error);
  return undone;
}

#define assert_undone(undone, reviews, comments, kept_reviews, kept_comments)          \
  G_STMT_START {                                                                      \
    g_assert_cmpuint ((undone)->n_reviews, ==, (reviews));                             \
    g_assert_cmpuint ((undone)->n_comments, ==, (comments));                           \
    g_assert_cmpuint ((undone)->n_reviews_kept, ==, (kept_reviews));                   \
    g_assert_cmpuint ((undone)->n_comments_kept, ==, (kept_comments));                 \
  } G_STMT_END

static guint
count_reviews (Fixture *fixture,
               BalBlog *blog)
{
  g_autoptr(GPtrArray) reviews = import_reviews (fixture, blog);

  return reviews->len;
}

/* ---- all of it ---- */

static void
test_an_import_is_taken_back_and_may_come_again (Fixture       *fixture,
                                                 gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Asked", FALSE);
  g_autofree char *path = import_sample ("small.wxr.xml");
  g_autoptr(GPtrArray) first = NULL;
  g_autoptr(GPtrArray) again = NULL;
  g_autoptr(GError) error = NULL;

  for (guint turn = 0; turn < 2; turn++)
    {
      g_autoptr(BalImportReport) report = import_run (fixture, blog, path, BAL_IMPORT_SEND);
      g_autoptr(BalImportUndone) undone = NULL;

      assert_counts (report, 3, 0, 3, 0);
      g_assert_cmpint (report->run_id, !=, 0);
      g_clear_pointer (turn == 0 ? &first : &again, g_ptr_array_unref);
      *(turn == 0 ? &first : &again) = import_reviews (fixture, blog);
      undone = undo (fixture, blog);
      assert_undone (undone, 3, 3, 0, 0);
      g_assert_cmpstr (undone->name, ==, "small.wxr.xml");
      g_assert_cmpuint (count_reviews (fixture, blog), ==, 0);
      g_assert_cmpuint (import_n_waiting (fixture, blog), ==, 0);
    }
  for (guint i = 0; i < first->len; i++)
    g_assert_true (bal_review_content_equal (first->pdata[i], again->pdata[i]));

  g_assert_null (bal_import_undo (fixture->store, 0, 0, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_NOT_FOUND);
}

typedef struct
{
  BalEntity  entity;
  gint64     id;
  char      *html;
} Deleted;

static gboolean
read_deleted (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  Deleted *self = data;
  g_autoptr(GPtrArray) list = bal_revision_table_list (transaction, self->entity, self->id, error);
  g_autoptr(BalRevision) revision = NULL;

  g_assert_cmpuint (list->len, ==, 1);
  revision = bal_revision_table_get (transaction, ((BalRevision *) list->pdata[0])->id, error);
  self->html = g_strdup (revision->html);
  return TRUE;
}

static void
test_texts_stay_in_the_history (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Hosted", FALSE);
  g_autofree char *path = import_sample ("small.wxr.xml");
  g_autoptr(BalImportReport) report = import_run (fixture, blog, path, BAL_IMPORT_NONE);
  g_autoptr(GPtrArray) reviews = import_reviews (fixture, blog);
  BalReview *review = import_find (reviews, "Late Shows: Night Ferry");
  g_autoptr(GPtrArray) thread = import_thread (fixture, review);
  Deleted deleted = { BAL_ENTITY_REVIEW, bal_review_get_id (review), NULL };

  g_assert_cmpuint (thread->len, >, 0);
  bal_import_undone_free (undo (fixture, blog));
  fixture_read (fixture, read_deleted, &deleted);
  g_assert_cmpstr (deleted.html, ==, bal_review_get_html (review));
  g_free (deleted.html);
  for (guint i = 0; i < thread->len; i++)
    {
      Deleted comment = { BAL_ENTITY_COMMENT, bal_comment_get_id (thread->pdata[i]), NULL };

      fixture_read (fixture, read_deleted, &comment);
      g_assert_cmpstr (comment.html, ==, bal_comment_get_html (thread->pdata[i]));
      g_free (comment.html);
    }
}

/* Longer than what commits at once. */
static void
test_a_long_import_goes_whole (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Hosted", FALSE);
  g_autoptr(GString) text = g_string_new ("<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\""
                                          " xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel>"
                                          "<link>https://a.example</link>\n");
  g_autofree char *path = NULL;
  g_autoptr(BalImportReport) report = NULL;
  g_autoptr(BalImportUndone) undone = NULL;

  for (guint i = 1; i <= 450; i++)
    g_string_append_printf (text, "<item><title>T%u</title><wp:post_id>%u</wp:post_id><wp:status>publish</wp:status>"
                            "<wp:post_type>post</wp:post_type><wp:post_date_gmt>2020-01-01 10:00:00</wp:post_date_gmt>"
                            "<content:encoded>&lt;p&gt;W.&lt;/p&gt;</content:encoded></item>\n", i, i);
  g_string_append (text, "</channel></rss>\n");
  path = import_write (fixture, "long.xml", text->str, text->len);
  report = import_run (fixture, blog, path, BAL_IMPORT_NONE);
  assert_counts (report, 450, 0, 0, 0);
  undone = undo (fixture, blog);
  assert_undone (undone, 450, 0, 0, 0);
  g_assert_cmpuint (count_reviews (fixture, blog), ==, 0);
}

/* ---- what stays ---- */

typedef enum
{
  EDITED,
  TRASHED,
  LABELLED,
  ANSWERED,
  MODERATED,
  TRIED,
  SENT,
  N_DEEDS
} Deed;

typedef struct
{
  Deed   deed;
  gint64 review_id;
  gint64 comment_id;
} Work;

static gboolean
try_to_send (BalTransaction  *transaction,
             gint64           review_id,
             GError         **error)
{
  g_autoptr(BalOutboxItem) item = bal_outbox_find (transaction, BAL_ENTITY_REVIEW, review_id, error);

  return bal_outbox_set_sending (transaction, item->id, error) && bal_outbox_set_retry (transaction, item->id, 0, "Busy.", error);
}

static gboolean
work_on (BalTransaction  *transaction,
         gpointer         data,
         GError         **error)
{
  Work *work = data;
  g_autoptr(BalReview) review = bal_review_table_get (transaction, work->review_id, error);
  const char *const labels[] = { "noir", NULL };

  switch (work->deed)
    {
    case EDITED:
      bal_review_set_html (review, "<p>Mine.</p>");
      return bal_desk_save_review (transaction, review, FALSE, error);
    case TRASHED:
      return bal_desk_set_review_status (transaction, work->review_id, BAL_REVIEW_STATUS_TRASH, error);
    case LABELLED:
      bal_review_set_labels (review, labels);
      return bal_desk_save_review (transaction, review, FALSE, error);
    case ANSWERED:
      return bal_desk_reply (transaction, work->comment_id, "Indeed.", error) != 0;
    case MODERATED:
      return bal_desk_set_comment_status (transaction, &work->comment_id, 1, BAL_COMMENT_STATUS_TRASH, error);
    case TRIED:
      return try_to_send (transaction, work->review_id, error);
    case SENT:
    default:
      bal_review_set_remote_id (review, "77");
      return bal_review_table_update (transaction, review, error);
    }
}

static void
test_what_was_worked_on_stays_whole (Fixture       *fixture,
                                     gconstpointer  data)
{
  g_autofree char *path = import_sample ("small.wxr.xml");

  for (Deed deed = 0; deed < N_DEEDS; deed++)
    {
      g_autofree char *name = g_strdup_printf ("Blog %u", deed);
      g_autoptr(BalBlog) blog = import_blog (fixture, name, FALSE);
      g_autoptr(BalImportReport) report = import_run (fixture, blog, path, BAL_IMPORT_SEND);
      g_autoptr(GPtrArray) reviews = import_reviews (fixture, blog);
      BalReview *review = import_find (reviews, "Late Shows: Night Ferry");
      g_autoptr(GPtrArray) thread = import_thread (fixture, review);
      g_autoptr(GPtrArray) kept = NULL;
      g_autoptr(GPtrArray) kept_thread = NULL;
      g_autoptr(BalImportUndone) undone = NULL;
      Work work = { deed, bal_review_get_id (review), bal_comment_get_id (thread->pdata[0]) };

      fixture_write (fixture, work_on, &work);
      undone = undo (fixture, blog);
      g_test_message ("deed %u", deed);
      assert_undone (undone, 2, 3 - thread->len, 1, 0);
      kept = import_reviews (fixture, blog);
      g_assert_cmpuint (kept->len, ==, 1);
      kept_thread = import_thread (fixture, kept->pdata[0]);
      g_assert_cmpuint (kept_thread->len, ==, thread->len + (deed == ANSWERED));
      g_clear_pointer (&report, bal_import_report_free);
      report = import_run (fixture, blog, path, BAL_IMPORT_SEND);
      assert_counts (report, 2, 1, 3 - thread->len, thread->len);
    }
}

/* ---- only the latest one ---- */

#define FEED(comments)                                                                   \
  "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\""        \
  " xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><link>https://a.example</link>" \
  "<item><title>A</title><wp:post_id>1</wp:post_id><wp:status>publish</wp:status>"         \
  "<wp:post_type>post</wp:post_type><wp:post_date_gmt>2020-01-01 10:00:00</wp:post_date_gmt>" \
  "<content:encoded>W.</content:encoded>" comments "</item></channel></rss>"
#define COMMENT(id, parent)                                                              \
  "<wp:comment><wp:comment_id>" id "</wp:comment_id><wp:comment_author>R</wp:comment_author>" \
  "<wp:comment_date_gmt>2020-01-02 10:00:0" id "</wp:comment_date_gmt><wp:comment_content>C" id "</wp:comment_content>" \
  "<wp:comment_approved>1</wp:comment_approved><wp:comment_parent>" parent "</wp:comment_parent></wp:comment>"

static void
test_comments_that_came_later_go_alone (Fixture       *fixture,
                                        gconstpointer  data)
{
  static const char early[] = FEED (COMMENT ("1", "0"));
  static const char late[] = FEED (COMMENT ("1", "0") COMMENT ("2", "1") COMMENT ("3", "2") COMMENT ("4", "0"));
  g_autoptr(BalBlog) blog = import_blog (fixture, "Hosted", FALSE);
  g_autofree char *path = import_write (fixture, "feed.xml", early, strlen (early));
  g_autoptr(BalImportReport) first = import_run (fixture, blog, path, BAL_IMPORT_NONE);
  g_autoptr(BalImportReport) second = NULL;
  g_autoptr(GPtrArray) reviews = import_reviews (fixture, blog);
  g_autoptr(GPtrArray) before = import_thread (fixture, reviews->pdata[0]);
  g_autoptr(GPtrArray) between = NULL;
  g_autoptr(GPtrArray) after = NULL;
  g_autoptr(BalImportUndone) undone = NULL;
  Work work = { MODERATED, bal_review_get_id (reviews->pdata[0]), 0 };

  g_free (import_write (fixture, "feed.xml", late, strlen (late)));
  second = import_run (fixture, blog, path, BAL_IMPORT_NONE);
  assert_counts (second, 0, 1, 3, 1);
  between = import_thread (fixture, reviews->pdata[0]);
  g_assert_cmpuint (between->len, ==, 4);

  /* Of the two that answer one another, the inner one was decided on: both stay. */
  work.comment_id = bal_comment_get_id (between->pdata[2]);
  fixture_write (fixture, work_on, &work);
  undone = undo (fixture, blog);
  assert_undone (undone, 0, 1, 0, 2);
  after = import_thread (fixture, reviews->pdata[0]);
  g_assert_cmpuint (after->len, ==, 3);
  g_assert_cmpint (bal_comment_get_id (after->pdata[0]), ==, bal_comment_get_id (before->pdata[0]));

  /* And then the one before. The review stays now: two comments did not come with it. */
  bal_import_undone_free (g_steal_pointer (&undone));
  undone = undo (fixture, blog);
  assert_undone (undone, 0, 0, 1, 0);
}

static void
test_another_blog_is_left_alone (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autoptr(BalBlog) one = import_blog (fixture, "One", FALSE);
  g_autoptr(BalBlog) two = import_blog (fixture, "Two", FALSE);
  g_autofree char *path = import_sample ("small.wxr.xml");
  g_autoptr(BalImportReport) first = import_run (fixture, one, path, BAL_IMPORT_NONE);
  g_autoptr(BalImportReport) second = import_run (fixture, two, path, BAL_IMPORT_NONE);
  g_autoptr(BalImportUndone) undone = undo (fixture, one);

  g_assert_cmpint (undone->run_id, ==, first->run_id);
  g_assert_cmpuint (count_reviews (fixture, one), ==, 0);
  g_assert_cmpuint (count_reviews (fixture, two), ==, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/import/undo/an-import-is-taken-back-and-may-come-again", test_an_import_is_taken_back_and_may_come_again);
  fixture_add ("/import/undo/texts-stay-in-the-history", test_texts_stay_in_the_history);
  fixture_add ("/import/undo/a-long-import-goes-whole", test_a_long_import_goes_whole);
  fixture_add ("/import/undo/what-was-worked-on-stays-whole", test_what_was_worked_on_stays_whole);
  fixture_add ("/import/undo/comments-that-came-later-go-alone", test_comments_that_came_later_go_alone);
  fixture_add ("/import/undo/another-blog-is-left-alone", test_another_blog_is_left_alone);

  return g_test_run ();
}
