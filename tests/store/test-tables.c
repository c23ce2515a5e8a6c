/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <glib/gstdio.h>

#include "bal-review-format.h"
#include "bal-thread-voice.h"

static gboolean
review_comes_back_whole (BalTransaction  *transaction,
                         gpointer         data,
                         GError         **error)
{
  const char *labels[] = { "horror", "netflix", NULL };
  const char *categories[] = { "Reviews", NULL };
  Fixture *fixture = data;
  g_autoptr(BalReview) review = make_review (fixture->blog_id, "17", "Indie Gems: The Perfection (2018)",
                                             "<p>Body</p>\n<p>Grade: B</p>\n<p>Watched on: Netflix Instant</p>");
  g_autoptr(BalReview) read = NULL;
  g_autoptr(GPtrArray) list = NULL;
  gint64 id;

  bal_review_set_key (review, "k");
  bal_review_set_excerpt (review, "e");
  bal_review_set_slug (review, "s");
  bal_review_set_url (review, "https://x.example/17");
  bal_review_set_featured_image (review, "media:3");
  bal_review_set_labels (review, labels);
  bal_review_set_categories (review, categories);
  bal_review_set_status (review, BAL_REVIEW_STATUS_PRIVATE);
  bal_review_set_published (review, 77);
  id = bal_review_table_insert (transaction, review, error);
  must (id != 0);

  read = bal_review_table_get (transaction, id, error);
  must (read != NULL);
  g_assert_true (bal_review_content_equal (read, review));
  g_assert_cmpstr (bal_review_get_key (read), ==, "k");
  g_assert_cmpstr (bal_review_get_url (read), ==, "https://x.example/17");
  g_assert_cmpstr (bal_review_get_revision (read), ==, "r1");
  g_assert_cmpstr (bal_review_get_series (read), ==, "Indie Gems");
  g_assert_cmpstr (bal_review_get_grade (read), ==, "B");
  g_assert_cmpstr (bal_review_get_watched_on (read), ==, "Netflix Instant");
  g_assert_true (bal_review_get_loaded (read));
  g_assert_cmpint (bal_review_table_find_remote (transaction, fixture->blog_id, "17", error), ==, id);
  g_assert_cmpint (bal_review_table_find_key (transaction, fixture->blog_id, "k", error), ==, id);

  /* An item of a list has no text, and saving it keeps the text. */
  list = bal_review_table_list (transaction, (gint64[]) { id, 4711 }, 2, error);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_null (bal_review_get_html (list->pdata[0]));
  must (bal_review_table_update (transaction, list->pdata[0], error));
  g_clear_object (&read);
  read = bal_review_table_get (transaction, id, error);
  g_assert_cmpstr (bal_review_get_html (read), ==, bal_review_get_html (review));
  g_assert_cmpstr (bal_review_get_grade (read), ==, "B");
  return TRUE;
}

static gboolean
base_shares_and_keeps_the_text (BalTransaction  *transaction,
                                gpointer         data,
                                GError         **error)
{
  Fixture *fixture = data;
  gint64 id = put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>one</p>");
  g_autoptr(BalReview) review = bal_review_table_get (transaction, id, error);
  g_autoptr(BalReview) base = NULL;
  g_autoptr(GHashTable) list = NULL;

  bal_review_set_html (review, "<p>two</p>");
  must (bal_review_table_update (transaction, review, error));
  bal_review_set_html (review, "<p>three</p>");
  must (bal_review_table_update (transaction, review, error));
  base = bal_review_base_get (transaction, id, error);
  g_assert_cmpstr (bal_review_get_html (base), ==, "<p>one</p>");
  g_assert_cmpstr (bal_review_get_title (base), ==, "T");

  bal_review_set_revision (review, "r3");
  must (bal_review_base_put (transaction, id, review, error));
  g_clear_object (&base);
  base = bal_review_base_get (transaction, id, error);
  g_assert_cmpstr (bal_review_get_html (base), ==, "<p>three</p>");
  g_assert_true (bal_review_content_equal (base, review));

  list = bal_review_base_list (transaction, fixture->blog_id, error);
  g_assert_cmpuint (g_hash_table_size (list), ==, 1);
  g_assert_cmpstr (g_hash_table_lookup (list, "1"), ==, "r3");
  return TRUE;
}

static gboolean
twin_of_a_remote_review_is_refused (BalTransaction  *transaction,
                                    gpointer         data,
                                    GError         **error)
{
  Fixture *fixture = data;
  g_autoptr(BalReview) twin = make_review (fixture->blog_id, "1", "T", "<p>x</p>");

  put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>x</p>");
  must_fail (bal_review_table_insert (transaction, twin, error) != 0, BAL_ERROR_STORAGE);
  return TRUE;
}

static void
assert_ids (GArray *ids,
            gint64  first,
            gint64  second,
            gint64  third)
{
  gint64 expected[3] = { first, second, third };
  guint n = third != 0 ? 3 : second != 0 ? 2 : first != 0 ? 1 : 0;

  g_assert_nonnull (ids);
  g_assert_cmpmem (ids->data, ids->len * sizeof (gint64), expected, n * sizeof (gint64));
}

static gboolean
queries_order_and_filter (BalTransaction  *transaction,
                          gpointer         data,
                          GError         **error)
{
  const char *labels[] = { "horror", NULL };
  Fixture *fixture = data;
  BalReviewQuery query = BAL_REVIEW_QUERY_INIT;
  gint64 a = put_pulled_review (transaction, fixture->blog_id, "1", "Gems: “Zebra”", "<p>x</p><p>Grade: C</p>");
  gint64 b = put_pulled_review (transaction, fixture->blog_id, "2", "élan", "<p>x</p><p>Grade: A+</p>");
  gint64 c = put_pulled_review (transaction, fixture->blog_id, "3", "Gems: Apple", "<p>x</p>");
  g_autoptr(BalReview) review = bal_review_table_get (transaction, b, error);
  g_autoptr(GPtrArray) series = NULL;
  g_autoptr(GPtrArray) names = NULL;
  GArray *ids;

#define check(first, second, third)                            \
  ids = bal_review_table_query (transaction, &query, error);   \
  assert_ids (ids, first, second, third);                      \
  g_array_unref (ids)

  bal_review_set_published (review, 5000);
  bal_review_set_labels (review, labels);
  must (bal_review_table_update (transaction, review, error));

  check (b, c, a);
  query.order = BAL_REVIEW_ORDER_TITLE;
  check (b, c, a);
  query.order = BAL_REVIEW_ORDER_GRADE;
  check (b, a, c);
  query.limit = 2;
  check (b, a, 0);
  query.limit = 0;
  query.series = "Gems";
  check (a, c, 0);
  query.series = NULL;
  query.label = "horror";
  check (b, 0, 0);
  query.label = "' OR 1 --";
  check (0, 0, 0);
  query.label = NULL;
  query.outbox = TRUE;
  check (0, 0, 0);
  must (bal_desk_set_review_status (transaction, c, BAL_REVIEW_STATUS_TRASH, error));
  query.status = BAL_REVIEW_STATUS_TRASH;
  check (c, 0, 0);
  query.outbox = FALSE;
  query.status = -1;
  check (b, a, 0);
  query.blog_id = 99;
  check (0, 0, 0);

  series = bal_review_table_list_series (transaction, 0, error);
  g_assert_cmpuint (series->len, ==, 1);
  g_assert_cmpstr (((BalNamedCount *) series->pdata[0])->name, ==, "Gems");
  g_assert_cmpuint (((BalNamedCount *) series->pdata[0])->count, ==, 1);
  names = bal_review_table_list_labels (transaction, fixture->blog_id, error);
  g_assert_cmpuint (names->len, ==, 1);
  return TRUE;
}

static gboolean
reply_before_its_parent_is_linked (BalTransaction  *transaction,
                                   gpointer         data,
                                   GError         **error)
{
  Fixture *fixture = data;
  g_autoptr(BalComment) reply = make_comment (fixture->blog_id, 0, 0, "Brittani", "<p>re</p>");
  g_autoptr(BalComment) parent = make_comment (fixture->blog_id, 0, 0, "Ann", "<p>words</p>");
  g_autoptr(BalComment) stray = make_comment (fixture->blog_id, 0, 0, "Bob", "<p>words</p>");
  g_autoptr(GPtrArray) thread = NULL;
  gint64 review_id = put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>x</p>");

  bal_comment_set_mine (reply, TRUE);
  bal_comment_set_remote_id (reply, "51");
  bal_comment_set_remote_review_id (reply, "1");
  bal_comment_set_remote_parent_id (reply, "50");
  must (bal_comment_table_insert (transaction, reply, error) != 0);
  g_assert_cmpint (bal_comment_get_review_id (reply), ==, review_id);
  g_assert_cmpint (bal_comment_get_parent_id (reply), ==, 0);

  bal_comment_set_remote_id (parent, "50");
  bal_comment_set_remote_review_id (parent, "1");
  must (bal_comment_table_insert (transaction, parent, error) != 0);
  thread = bal_comment_table_thread (transaction, review_id, error);
  g_assert_cmpuint (thread->len, ==, 2);
  g_assert_cmpstr (bal_comment_get_number (thread->pdata[1]), ==, "1.1");
  g_assert_cmpint (bal_comment_get_id (thread->pdata[1]), ==, bal_comment_get_id (reply));

  bal_comment_set_remote_id (stray, "52");
  bal_comment_set_remote_review_id (stray, "no such");
  must_fail (bal_comment_table_insert (transaction, stray, error) != 0, BAL_ERROR_NOT_FOUND);
  return TRUE;
}

/* Also within a second, where the blog's order counts, whatever came here first. */
static gboolean
number_is_the_same_in_thread_and_queue (BalTransaction  *transaction,
                                        gpointer         data,
                                        GError         **error)
{
  Fixture *fixture = data;
  const char *remote_ids[] = { "100", "99", "101" };
  g_autoptr(GPtrArray) thread = NULL;
  gint64 review_id = put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>x</p>");

  for (guint i = 0; i < G_N_ELEMENTS (remote_ids); i++)
    {
      gint64 id = put_pulled_comment (transaction, fixture->blog_id, review_id, 0, remote_ids[i], "Ann",
                                      BAL_COMMENT_STATUS_PENDING);
      g_autoptr(BalComment) comment = bal_comment_table_get_row (transaction, id, error);

      bal_comment_set_created (comment, 1000);
      must (bal_comment_table_update (transaction, comment, error));
    }

  thread = bal_comment_table_thread (transaction, review_id, error);
  g_assert_cmpuint (thread->len, ==, G_N_ELEMENTS (remote_ids));
  g_assert_cmpstr (bal_comment_get_remote_id (thread->pdata[0]), ==, "99");
  for (guint i = 0; i < thread->len; i++)
    {
      gint64 id = bal_comment_get_id (thread->pdata[i]);
      g_autoptr(GPtrArray) queue = bal_comment_table_list (transaction, &id, 1, error);

      g_assert_cmpstr (bal_comment_get_number (queue->pdata[0]), ==, bal_comment_get_number (thread->pdata[i]));
    }
  return TRUE;
}

static gboolean
linked_reply_answers (BalTransaction  *transaction,
                      gpointer         data,
                      GError         **error)
{
  BalCounts counts;

  must (bal_counts_read (transaction, 0, &counts, error));
  g_assert_cmpuint (counts.unanswered, ==, 0);
  g_assert_cmpuint (counts.comments[BAL_COMMENT_STATUS_APPROVED], ==, 2);
  return TRUE;
}

static void
test_late_parent_is_answered (Fixture       *fixture,
                              gconstpointer  data)
{
  fixture_write (fixture, reply_before_its_parent_is_linked, fixture);
  fixture_read (fixture, linked_reply_answers, fixture);
}

/* As a person does at the desk, who may take it back. */
static gboolean
decide_at_random (BalTransaction  *transaction,
                  gint64           id,
                  GError         **error)
{
  static const BalTriage acts[] = { BAL_TRIAGE_HOLD, BAL_TRIAGE_APPROVE, BAL_TRIAGE_SPAM, BAL_TRIAGE_TRASH,
                                    BAL_TRIAGE_RESTORE, BAL_TRIAGE_DISMISS, BAL_TRIAGE_HEED };
  g_autoptr(GArray) steps = g_array_new (FALSE, FALSE, sizeof (BalTriageStep));
  guint n_late = 0;

  must (bal_desk_triage (transaction, acts[g_test_rand_int_range (0, G_N_ELEMENTS (acts))], &id, 1, steps, error));
  if (g_test_rand_bit ())
    must (bal_desk_undo_triage (transaction, (const BalTriageStep *) (gpointer) steps->data, steps->len, &n_late, error));
  return TRUE;
}

/* A random thread, then random acts on it. */
static gboolean
shuffle_thread (BalTransaction  *transaction,
                gpointer         data,
                GError         **error)
{
  Fixture *fixture = data;
  gint64 review_id = bal_review_table_find_remote (transaction, fixture->blog_id, "1", error);
  g_autoptr(GPtrArray) thread = NULL;

  if (review_id == 0)
    review_id = put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>x</p>");
  thread = bal_comment_table_thread (transaction, review_id, error);

  for (guint i = 0; i < 12; i++)
    {
      g_autoptr(BalComment) comment = NULL;
      BalComment *some = thread->len > 0 ? g_ptr_array_index (thread, g_test_rand_int_range (0, thread->len)) : NULL;
      int act = g_test_rand_int_range (0, 7);

      if (some == NULL || act < 3)
        {
          gboolean mine = g_test_rand_bit ();

          comment = make_comment (fixture->blog_id, review_id, some != NULL && g_test_rand_bit () ? bal_comment_get_id (some) : 0,
                                  mine ? "Brittani" : "Ann", "<p>x</p>");
          bal_comment_set_mine (comment, mine);
          bal_comment_set_status (comment, g_test_rand_int_range (0, 4));
          bal_comment_set_created (comment, g_test_rand_int_range (2000, 2020));
          must (bal_comment_table_insert (transaction, comment, error) != 0);
        }
      else if (act >= 5)
        {
          must (decide_at_random (transaction, bal_comment_get_id (some), error));
        }
      else if (act == 3 && g_test_rand_bit ())
        {
          gint64 id = bal_comment_get_id (some);

          must (bal_desk_dismiss_comments (transaction, &id, 1, g_test_rand_bit (), error));
        }
      else if (act == 3)
        {
          bal_comment_set_status (some, g_test_rand_int_range (0, 4));
          must (bal_comment_table_update (transaction, some, error));
        }
      else
        {
          must (bal_comment_table_remove (transaction, bal_comment_get_id (some), error));
          g_ptr_array_set_size (thread, 0);
        }
    }
  return TRUE;
}

/* Alone in its transaction: nothing else judges the thread with it. */
static gboolean
decide_one (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Fixture *fixture = data;
  gint64 review_id = bal_review_table_find_remote (transaction, fixture->blog_id, "1", error);
  g_autoptr(GPtrArray) thread = bal_comment_table_thread (transaction, review_id, error);

  if (thread->len > 0)
    must (decide_at_random (transaction, bal_comment_get_id (thread->pdata[g_test_rand_int_range (0, thread->len)]), error));
  return TRUE;
}

/* How many the model finds in a thread that it is shown whole. */
static guint
count_unanswered (GPtrArray *thread)
{
  g_autofree BalThreadVoice *voices = g_new0 (BalThreadVoice, thread->len);
  guint n_unanswered = 0;

  for (guint i = 0; i < thread->len; i++)
    {
      BalComment *comment = g_ptr_array_index (thread, i);

      voices[i].id = bal_comment_get_id (comment);
      voices[i].parent_id = bal_comment_get_parent_id (comment);
      voices[i].created = bal_comment_get_created (comment);
      voices[i].mine = bal_comment_get_mine (comment);
      voices[i].open = bal_comment_get_status (comment) <= BAL_COMMENT_STATUS_APPROVED;
      voices[i].dismissed = bal_comment_get_dismissed (comment);
    }
  bal_thread_voices_judge (voices, thread->len);
  for (guint i = 0; i < thread->len; i++)
    {
      g_assert_cmpint (bal_comment_get_unanswered (g_ptr_array_index (thread, i)), ==, voices[i].unanswered);
      n_unanswered += voices[i].unanswered;
    }

  return n_unanswered;
}

static gboolean
compare_unanswered (BalTransaction  *transaction,
                    gpointer         data,
                    GError         **error)
{
  Fixture *fixture = data;
  gint64 review_id = bal_review_table_find_remote (transaction, fixture->blog_id, "1", error);
  BalCommentQuery query = BAL_COMMENT_QUERY_INIT;
  g_autoptr(GPtrArray) thread = bal_comment_table_thread (transaction, review_id, error);
  guint expected = count_unanswered (thread);
  g_autoptr(GArray) ids = NULL;
  BalCounts counts;

  query.unanswered = TRUE;
  ids = bal_comment_table_query (transaction, &query, error);
  must (bal_counts_read (transaction, 0, &counts, error));
  g_assert_cmpuint (ids->len, ==, expected);
  g_assert_cmpuint (counts.unanswered, ==, expected);
  return TRUE;
}

static void
test_unanswered_is_what_the_thread_says (Fixture       *fixture,
                                         gconstpointer  data)
{
  for (guint i = 0; i < 80; i++)
    {
      fixture_write (fixture, shuffle_thread, fixture);
      fixture_read (fixture, compare_unanswered, fixture);
      for (guint n = 0; n < 5; n++)
        {
          fixture_write (fixture, decide_one, fixture);
          fixture_read (fixture, compare_unanswered, fixture);
        }
    }
}

static gboolean
format_change_reads_all_fields_anew (BalTransaction  *transaction,
                                     gpointer         data,
                                     GError         **error)
{
  Fixture *fixture = data;
  gint64 id = put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>Marks: B</p>");
  g_autoptr(BalBlog) blog = bal_blog_table_get (transaction, fixture->blog_id, error);
  g_autofree char *text = bal_review_format_to_string (bal_blog_get_format (blog));
  g_autoptr(GKeyFile) keys = g_key_file_new ();
  g_autoptr(BalReview) before = bal_review_table_get (transaction, id, error);
  g_autoptr(BalReview) after = NULL;
  g_autoptr(BalReviewFormat) format = NULL;
  g_autofree char *changed = NULL;
  g_auto(GStrv) groups = NULL;

  g_assert_null (bal_review_get_grade (before));
  must (g_key_file_load_from_data (keys, text, -1, G_KEY_FILE_NONE, error));
  groups = g_key_file_get_groups (keys, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (groups[i], "grade") == 0 && g_key_file_has_key (keys, groups[i], "aliases", NULL))
        g_key_file_set_string (keys, groups[i], "aliases", "Marks;");
    }
  changed = g_key_file_to_data (keys, NULL, NULL);
  if (g_str_equal (changed, text))
    {
      g_test_message ("The format's key file has no [grade] aliases: %s", text);
      g_assert_not_reached ();
    }
  format = bal_review_format_from_string (changed, error);
  must (format != NULL);
  bal_blog_set_format (blog, format);
  must (bal_blog_table_update (transaction, blog, error));
  after = bal_review_table_get (transaction, id, error);
  g_assert_cmpstr (bal_review_get_grade (after), ==, "B");
  return TRUE;
}

static gboolean
language_is_the_blogs_own (BalTransaction  *transaction,
                           gpointer         data,
                           GError         **error)
{
  Fixture *fixture = data;
  g_autoptr(BalBlog) blog = bal_blog_table_get (transaction, fixture->blog_id, error);
  g_autoptr(BalBlog) other = bal_blog_new (0);
  g_autoptr(BalBlog) after = NULL;
  g_autoptr(BalBlog) other_after = NULL;

  g_assert_null (bal_blog_get_language (blog));
  bal_blog_set_name (other, "Kritiken");
  bal_blog_set_provider (other, "folder");
  bal_blog_set_language (other, "de_DE");
  must (bal_blog_table_insert (transaction, other, error) != 0);

  must (bal_blog_table_set_language (transaction, fixture->blog_id, "fr_FR", error));
  after = bal_blog_table_get (transaction, fixture->blog_id, error);
  g_assert_cmpstr (bal_blog_get_language (after), ==, "fr_FR");
  g_assert_cmpstr (bal_blog_get_name (after), ==, bal_blog_get_name (blog));
  other_after = bal_blog_table_get (transaction, bal_blog_get_id (other), error);
  g_assert_cmpstr (bal_blog_get_language (other_after), ==, "de_DE");

  must (bal_blog_table_update (transaction, after, error));
  must (bal_blog_table_set_language (transaction, bal_blog_get_id (other), NULL, error));
  g_set_object (&after, NULL);
  after = bal_blog_table_get (transaction, fixture->blog_id, error);
  g_assert_cmpstr (bal_blog_get_language (after), ==, "fr_FR");
  g_set_object (&other_after, NULL);
  other_after = bal_blog_table_get (transaction, bal_blog_get_id (other), error);
  g_assert_null (bal_blog_get_language (other_after));
  must_fail (bal_blog_table_set_language (transaction, 999, "fr_FR", error), BAL_ERROR_NOT_FOUND);
  return TRUE;
}

static gboolean
blog_names_are_unique (BalTransaction  *transaction,
                       gpointer         data,
                       GError         **error)
{
  g_autoptr(BalBlog) twin = bal_blog_new (0);
  g_autoptr(BalBlog) found = NULL;
  g_autoptr(GPtrArray) blogs = NULL;

  bal_blog_set_name (twin, "Desk");
  bal_blog_set_provider (twin, "folder");
  must_fail (bal_blog_table_insert (transaction, twin, error) != 0, BAL_ERROR_INVALID);
  bal_blog_set_name (twin, "Other");
  must (bal_blog_table_insert (transaction, twin, error) != 0);
  must_fail (bal_blog_table_find (transaction, "Nope", error) != NULL, BAL_ERROR_NOT_FOUND);
  found = bal_blog_table_find (transaction, "Other", error);
  g_assert_cmpint (bal_blog_get_id (found), ==, bal_blog_get_id (twin));
  blogs = bal_blog_table_list (transaction, error);
  g_assert_cmpuint (blogs->len, ==, 2);
  return TRUE;
}

static gboolean
removed_blog_leaves_only_unsent_texts (BalTransaction  *transaction,
                                       gpointer         data,
                                       GError         **error)
{
  Fixture *fixture = data;
  gint64 pulled = put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>x</p>");
  gint64 comment = put_pulled_comment (transaction, fixture->blog_id, pulled, 0, "9", "Ann", BAL_COMMENT_STATUS_PENDING);
  g_autoptr(BalReview) review = make_review (fixture->blog_id, NULL, "New", "<p>mine alone</p>");
  gint64 reply = bal_desk_reply (transaction, comment, "Thanks", error);
  gint64 id = bal_desk_add_review (transaction, review, NULL, error);
  g_autoptr(GPtrArray) revisions = NULL;
  BalReviewQuery query = BAL_REVIEW_QUERY_INIT;
  g_autoptr(GArray) ids = NULL;
  BalCounts counts;

  must (bal_blog_table_remove (transaction, fixture->blog_id, error));
  revisions = bal_revision_table_list (transaction, BAL_ENTITY_REVIEW, id, error);
  g_assert_cmpuint (revisions->len, ==, 1);
  g_assert_cmpstr (((BalRevision *) revisions->pdata[0])->html, ==, "<p>mine alone</p>");
  g_assert_cmpint (((BalRevision *) revisions->pdata[0])->kind, ==, BAL_REVISION_DELETED);
  g_assert_cmpuint (count_revisions (transaction, BAL_ENTITY_COMMENT, reply), ==, 1);
  g_assert_cmpuint (count_revisions (transaction, BAL_ENTITY_REVIEW, pulled), ==, 0);
  ids = bal_review_table_query (transaction, &query, error);
  g_assert_cmpuint (ids->len, ==, 0);
  must (bal_counts_read (transaction, 0, &counts, error));
  g_assert_cmpuint (counts.outbox + counts.unanswered + counts.comments[0], ==, 0);
  must_fail (bal_blog_table_remove (transaction, fixture->blog_id, error), BAL_ERROR_NOT_FOUND);
  return TRUE;
}

static gboolean
removed_review_takes_its_comments (BalTransaction  *transaction,
                                   gpointer         data,
                                   GError         **error)
{
  Fixture *fixture = data;
  gint64 id = put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>x</p>");
  gint64 comment = put_pulled_comment (transaction, fixture->blog_id, id, 0, "9", "Ann", BAL_COMMENT_STATUS_PENDING);
  BalCounts counts;

  must (bal_desk_reply (transaction, comment, "Thanks", error) != 0);
  must (bal_review_table_remove (transaction, id, error));
  must_fail (bal_comment_table_get (transaction, comment, error) != NULL, BAL_ERROR_NOT_FOUND);
  g_assert_cmpuint (count_revisions (transaction, BAL_ENTITY_COMMENT, comment), ==, 1);
  must (bal_counts_read (transaction, 0, &counts, error));
  g_assert_cmpuint (counts.outbox, ==, 0);
  /* The id never comes back as something else. */
  g_assert_cmpint (put_pulled_review (transaction, fixture->blog_id, "2", "T", "<p>x</p>"), >, id);
  return TRUE;
}

static gboolean
cursors_are_kept_by_name (BalTransaction  *transaction,
                          gpointer         data,
                          GError         **error)
{
  Fixture *fixture = data;
  g_autofree char *none = bal_cursor_table_get (transaction, fixture->blog_id, "posts", error);
  g_autofree char *value = NULL;
  g_autofree char *cleared = NULL;
  g_autoptr(GHashTable) list = NULL;

  g_assert_null (none);
  must (bal_cursor_table_put (transaction, fixture->blog_id, "posts", "3", error));
  must (bal_cursor_table_put (transaction, fixture->blog_id, "posts", "4", error));
  value = bal_cursor_table_get (transaction, fixture->blog_id, "posts", error);
  g_assert_cmpstr (value, ==, "4");
  must (bal_cursor_table_put (transaction, fixture->blog_id, "posts", NULL, error));
  cleared = bal_cursor_table_get (transaction, fixture->blog_id, "posts", error);
  g_assert_null (cleared);
  g_assert_no_error (*error);

  must (bal_cursor_table_put (transaction, fixture->blog_id, "some", "0", error));
  must (bal_cursor_table_put (transaction, fixture->blog_id, "some/1", "a", error));
  must (bal_cursor_table_put (transaction, fixture->blog_id, "some/_", "b", error));
  must (bal_cursor_table_put (transaction, fixture->blog_id, "something", "c", error));
  list = bal_cursor_table_list (transaction, fixture->blog_id, "some/", error);
  g_assert_no_error (*error);
  g_assert_cmpuint (g_hash_table_size (list), ==, 2);
  g_assert_cmpstr (g_hash_table_lookup (list, "1"), ==, "a");
  g_assert_cmpstr (g_hash_table_lookup (list, "_"), ==, "b");
  return TRUE;
}

static gboolean
media_is_a_private_copy (BalTransaction  *transaction,
                         gpointer         data,
                         GError         **error)
{
  Fixture *fixture = data;
  g_autofree char *source = g_build_filename (fixture->dir, "../balcony-a\"b.png", NULL);
  g_autofree char *contents = NULL;
  g_autoptr(BalMedia) media = NULL;
  GStatBuf info;
  gint64 id;

  must (g_file_set_contents (source, "\x89PNG\r\n\x1a\nwords", -1, error));
  id = bal_media_table_add (transaction, fixture->blog_id, source, "A still", error);
  g_unlink (source);
  must (id != 0);
  media = bal_media_table_get (transaction, id, error);
  g_assert_cmpstr (media->file_name, ==, "balcony-a_b.png");
  g_assert_cmpstr (media->mime_type, ==, "image/png");
  g_assert_nonnull (media->key);
  must (g_file_get_contents (media->path, &contents, NULL, error));
  g_assert_true (g_str_has_suffix (contents, "words"));
  g_assert_cmpint (g_stat (media->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  must (bal_media_table_set_uploaded (transaction, id, "5", "https://x.example/5.png", error));
  must_fail (bal_media_table_add (transaction, fixture->blog_id, "/nowhere.png", NULL, error) != 0, BAL_ERROR_INVALID);
  must_fail (bal_media_table_set_uploaded (transaction, 99, "5", NULL, error), BAL_ERROR_NOT_FOUND);
  return TRUE;
}

/* Chosen again it is the same picture while it waits; once a blog has it, it may be gone there. Another blog has its
 * own. */
static gboolean
a_picture_has_a_row_on_each_blog (BalTransaction  *transaction,
                                  gpointer         data,
                                  GError         **error)
{
  Fixture *fixture = data;
  g_autofree char *source = g_build_filename (fixture->dir, "../balcony-row.png", NULL);
  g_autoptr(BalBlog) blog = bal_blog_new (0);
  g_autoptr(BalMedia) own = NULL;
  g_autoptr(BalMedia) again = NULL;
  g_autoptr(BalMedia) first = NULL;
  gint64 id, other, waiting;

  bal_blog_set_name (blog, "Other");
  bal_blog_set_provider (blog, "folder");
  bal_blog_set_url (blog, "file:///other");
  other = bal_blog_table_insert (transaction, blog, error);
  must (other != 0);
  must (g_file_set_contents (source, "\x89PNG\r\n\x1a\nrow", -1, error));
  id = bal_media_table_add (transaction, fixture->blog_id, source, NULL, error);
  waiting = bal_media_table_add (transaction, fixture->blog_id, source, NULL, error);
  g_assert_cmpint (waiting, ==, id);
  must (bal_media_table_set_uploaded (transaction, id, "5", "https://x.example/5.png", error));
  g_assert_cmpint (bal_media_table_add (transaction, fixture->blog_id, source, NULL, error), !=, id);
  g_unlink (source);

  own = bal_media_table_get_for (transaction, id, other, error);
  must (own != NULL);
  again = bal_media_table_get_for (transaction, id, other, error);
  first = bal_media_table_get_for (transaction, id, fixture->blog_id, error);
  g_assert_cmpint (own->blog_id, ==, other);
  g_assert_null (own->url);
  g_assert_cmpint (again->id, ==, own->id);
  g_assert_cmpint (first->id, ==, id);
  g_assert_cmpstr (own->path, ==, first->path);
  g_assert_cmpstr (own->key, !=, first->key);
  return TRUE;
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add_body ("/store/tables/review-comes-back-whole", review_comes_back_whole);
  fixture_add_body ("/store/tables/base-shares-and-keeps-the-text", base_shares_and_keeps_the_text);
  fixture_add_body ("/store/tables/twin-of-a-remote-review-is-refused", twin_of_a_remote_review_is_refused);
  fixture_add_body ("/store/tables/queries-order-and-filter", queries_order_and_filter);
  fixture_add ("/store/tables/late-parent-is-answered", test_late_parent_is_answered);
  fixture_add ("/store/tables/unanswered-is-what-the-thread-says", test_unanswered_is_what_the_thread_says);
  fixture_add_body ("/store/tables/number-is-the-same-in-thread-and-queue", number_is_the_same_in_thread_and_queue);
  fixture_add_body ("/store/tables/format-change-reads-all-fields-anew", format_change_reads_all_fields_anew);
  fixture_add_body ("/store/tables/language-is-the-blogs-own", language_is_the_blogs_own);
  fixture_add_body ("/store/tables/blog-names-are-unique", blog_names_are_unique);
  fixture_add_body ("/store/tables/removed-blog-leaves-only-unsent-texts", removed_blog_leaves_only_unsent_texts);
  fixture_add_body ("/store/tables/removed-review-takes-its-comments", removed_review_takes_its_comments);
  fixture_add_body ("/store/tables/cursors-are-kept-by-name", cursors_are_kept_by_name);
  fixture_add_body ("/store/tables/media-is-a-private-copy", media_is_a_private_copy);
  fixture_add_body ("/store/tables/a-picture-has-a-row-on-each-blog", a_picture_has_a_row_on_each_blog);

  return g_test_run ();
}
