/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export-fixture.h"

#include <string.h>

#include "bal-document.h"

/*
 * Made-up blogs as Markdown folders, imported into empty stores: reviews with their fields, the words of their blocks, and
 * the comments that readers see are equal. Not held are the blog's own ids and addresses, people's addresses, which picture is
 * featured, and what is no text: control characters. A review without a slug gets its file's name for one.
 */

#define N_SEEDS 4
#define N_REVIEWS 12

/* What is no text, white space included, is not compared: the import makes spaces of control characters. (transfer full) */
static char *
fold (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text != NULL ? text : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c) && !g_unichar_iscntrl (c) && c != 0xfffd && c != 0xfffe && c != 0xfeff)
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

static void
assert_same (const char *what,
             const char *before,
             const char *after)
{
  g_autofree char *a = fold (before);
  g_autofree char *b = fold (after);

  if (!g_str_equal (a, b))
    g_error ("%s:\nbefore %s\nafter  %s", what, a, b);
}

/* Pictures have other addresses there. */
static void
assert_same_text (const char *before,
                  const char *after)
{
  g_autoptr(BalDocument) a = bal_document_new_from_html (before, -1, BAL_DIALECT_HTML);
  g_autoptr(BalDocument) b = bal_document_new_from_html (after, -1, BAL_DIALECT_HTML);
  g_autofree char *a_text = bal_document_to_text (a);
  g_autofree char *b_text = bal_document_to_text (b);

  assert_same (before, a_text, b_text);
}

static void
assert_same_thread (Fixture   *first,
                    BalReview *a,
                    Fixture   *second,
                    BalReview *b)
{
  g_autoptr(GPtrArray) before = import_thread (first, a);
  g_autoptr(GPtrArray) after = import_thread (second, b);
  guint n = 0;

  for (guint i = 0; i < before->len; i++)
    {
      BalComment *comment = g_ptr_array_index (before, i), *other = NULL;

      if (bal_comment_get_status (comment) != BAL_COMMENT_STATUS_APPROVED)
        continue;
      for (guint k = 0; k < after->len && other == NULL; k++)
        if (bal_comment_get_created (g_ptr_array_index (after, k)) == bal_comment_get_created (comment))
          other = g_ptr_array_index (after, k);
      g_assert_nonnull (other);
      assert_same ("author", bal_comment_get_author (comment), bal_comment_get_author (other));
      assert_same ("comment", bal_comment_get_html (comment), bal_comment_get_html (other));
      assert_same ("address", bal_comment_get_author_url (comment), bal_comment_get_author_url (other));
      g_assert_cmpint (bal_comment_get_mine (comment), ==, bal_comment_get_mine (other));
      g_assert_cmpint (bal_comment_get_status (other), ==, BAL_COMMENT_STATUS_APPROVED);
      n++;
    }
  g_assert_cmpuint (after->len, ==, n);
}

static void
assert_same_review (BalReview *a,
                    BalReview *b)
{
  assert_same ("title", bal_review_get_title (a), bal_review_get_title (b));
  assert_same ("excerpt", bal_review_get_excerpt (a), bal_review_get_excerpt (b));
  assert_same ("film", bal_review_get_film (a), bal_review_get_film (b));
  assert_same ("grade", bal_review_get_grade (a), bal_review_get_grade (b));
  assert_same ("watched on", bal_review_get_watched_on (a), bal_review_get_watched_on (b));
  if (bal_review_get_slug (a) != NULL)
    g_assert_cmpstr (bal_review_get_slug (a), ==, bal_review_get_slug (b));
  g_assert_cmpint (bal_review_get_published (a), ==, bal_review_get_published (b));
  g_assert_cmpint (bal_review_get_status (a), ==, bal_review_get_status (b));
  g_assert_true (g_strv_equal (bal_review_get_labels (a), bal_review_get_labels (b)));
  g_assert_true (g_strv_equal (bal_review_get_categories (a), bal_review_get_categories (b)));
  assert_same_text (bal_review_get_html (a), bal_review_get_html (b));
}

static void
try_seed (guint seed)
{
  Fixture first = { 0 }, second = { 0 };
  g_autoptr(BalBlog) blog = NULL;
  g_autoptr(BalBlog) again = NULL;
  g_autoptr(BalImportReport) report = NULL;
  g_autoptr(GPtrArray) before = NULL;
  g_autoptr(GPtrArray) after = NULL;
  g_autofree char *path = NULL;

  fixture_set_up (&first, NULL);
  fixture_set_up (&second, NULL);
  blog = export_make_blog (&first, seed, N_REVIEWS);
  again = import_blog (&second, "Home", TRUE);
  path = export_write (&first, blog, BAL_EXPORT_FORMAT_MARKDOWN, "out", NULL);
  report = import_run (&second, again, path, BAL_IMPORT_NONE);
  before = import_reviews (&first, blog);
  after = import_reviews (&second, again);

  g_assert_cmpuint (before->len, ==, N_REVIEWS);
  g_assert_cmpuint (after->len, ==, N_REVIEWS);
  for (guint i = 0; i < before->len; i++)
    {
      BalReview *a = g_ptr_array_index (before, i), *b = NULL;

      for (guint k = 0; k < after->len && b == NULL; k++)
        if (bal_review_get_updated (g_ptr_array_index (after, k)) == bal_review_get_updated (a))
          b = g_ptr_array_index (after, k);
      g_assert_nonnull (b);
      g_test_message ("seed %u: %s", seed, bal_review_get_title (a));
      assert_same_review (a, b);
      assert_same_thread (&first, a, &second, b);
    }

  fixture_tear_down (&first, NULL);
  fixture_tear_down (&second, NULL);
}

static void
comes_back_equal (void)
{
  const char *one = g_getenv ("BALCONY_SEED"), *factor = g_getenv ("BALCONY_TEST_FACTOR");
  guint n_seeds = N_SEEDS * (factor != NULL ? (guint) atoi (factor) : 1);

  if (one != NULL)
    try_seed ((guint) atoi (one));
  for (guint seed = 0; one == NULL && seed < n_seeds; seed++)
    try_seed (seed);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/export/markdown-comes-back-equal", comes_back_equal);
  return g_test_run ();
}
