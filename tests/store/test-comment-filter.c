/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <stdlib.h>
#include <string.h>

#include "bal-comment-list.h"
#include "bal-filter-table.h"
#include "bal-safe-links.h"
#include "bal-search-words.h"

#define N_REVIEWS  6
#define N_COMMENTS 300
#define FIRST_DAY  1577836800     /* 2020-01-01, UTC */
#define A_DAY      86400

static const char *const titles[] = { "Perfection", "Amélie: a Fable", "Perfect Sense", "2001", "映画館", "Ёлки" };
static const char *const names[] = { "Ana Müller", "Bob", "ana", "Brittani", "Ёж", "李小龍", "Anna-Lena Strauß" };
static const char *const addresses[] = { "ana@example.com", "bob@mail.example", NULL };
static const char *const words[] = {
  "perfect", "perfection", "film", "Straße", "naïve", "映画館で見た", "ёлка", "مُحَمَّد", "IŞIK", "mirror", "well-made",
  "<a href=\"/x\">there</a>", "https://spam.example/x", "&amp;", "<b>bold</b>", "2020",
};
/* What is looked for; among it what nobody wrote, and what SQL or FTS5 would take for something else. */
static const char *const wanted[] = {
  "perfect", "perf", "strasse", "NAIVE", "\"perfect film\"", "映画", "館で", "елка", "محمد", "ışık", "isik", "mirror", "well", "\"well made\"",
  "there", "spam", "b", "x", "nothing", "!!!", "AND", "OR", "NOT", "NEAR(", "\"", "*", "author:", "'; DROP TABLE comment; --", "(", "^perfect",
};

typedef struct
{
  Fixture    *fixture;
  gint64      blogs[2];
  GPtrArray  *comments;         /* all of them, the newest first */
  GHashTable *titles;           /* gint64 review -> const char * */
} World;

static const char *
pick (const char *const *list,
      guint              n)
{
  return list[g_test_rand_int_range (0, n)];
}

static gboolean
fill (BalTransaction  *transaction,
      gpointer         data,
      GError         **error)
{
  World *world = data;
  g_autoptr(BalBlog) blog = bal_blog_new (0);
  gint64 reviews[N_REVIEWS], before = 0;

  bal_blog_set_name (blog, "Café Noir");
  bal_blog_set_provider (blog, "folder");
  world->blogs[0] = world->fixture->blog_id;
  world->blogs[1] = bal_blog_table_insert (transaction, blog, error);
  must (world->blogs[1] != 0);

  for (guint i = 0; i < N_REVIEWS; i++)
    {
      g_autofree char *remote_id = g_strdup_printf ("%u", i);

      reviews[i] = put_pulled_review (transaction, world->blogs[i % 2], remote_id, titles[i], "<p>perfect mirror</p>");
    }
  for (guint i = 0; i < N_COMMENTS; i++)
    {
      guint review = g_test_rand_int_range (0, N_REVIEWS);
      const char *name = pick (names, G_N_ELEMENTS (names));
      g_autoptr(GString) html = g_string_new (NULL);
      g_autoptr(BalComment) comment = NULL;

      for (int n = g_test_rand_int_range (0, 7); n > 0; n--)
        g_string_append_printf (html, "%s ", pick (words, G_N_ELEMENTS (words)));
      comment = make_comment (world->blogs[review % 2], reviews[review], i % 4 == 0 ? before : 0, name, html->str);
      bal_comment_set_author_email (comment, pick (addresses, G_N_ELEMENTS (addresses)));
      bal_comment_set_status (comment, g_test_rand_int_range (0, 4));
      bal_comment_set_mine (comment, g_str_equal (name, "Brittani"));
      bal_comment_set_created (comment, FIRST_DAY + g_test_rand_int_range (0, 400) * A_DAY + (i % 3) * 3600);
      must (bal_comment_table_insert (transaction, comment, error) != 0);
      before = review == N_REVIEWS - 1 ? bal_comment_get_id (comment) : 0;
    }
  return TRUE;
}

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  BalComment *one = *(BalComment *const *) a, *other = *(BalComment *const *) b;
  gint64 left = bal_comment_get_created (one), right = bal_comment_get_created (other);

  if (left != right)
    return left < right ? 1 : -1;
  return bal_comment_get_id (one) < bal_comment_get_id (other) ? 1 : -1;
}

static gboolean
read_all (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  World *world = data;

  for (gint64 id = 1; id <= N_REVIEWS; id++)
    {
      g_autoptr(GPtrArray) thread = bal_comment_table_thread (transaction, id, error);

      must (thread != NULL);
      g_hash_table_insert (world->titles, g_memdup2 (&id, sizeof id), (gpointer) titles[id - 1]);
      for (guint i = 0; i < thread->len; i++)
        g_ptr_array_add (world->comments, g_object_ref (thread->pdata[i]));
    }
  g_ptr_array_sort (world->comments, compare_newest_first);
  g_assert_cmpuint (world->comments->len, ==, N_COMMENTS);
  return TRUE;
}

/* ---- the same, plainly ---- */

static gboolean
has_phrase (const char *text,
            const char *phrase,
            gboolean    prefix)
{
  g_auto(GStrv) all = bal_search_words_list (text != NULL ? text : "");
  g_auto(GStrv) sought = bal_search_words_list (phrase);
  guint n = g_strv_length (sought);

  for (guint i = 0; i + n <= g_strv_length (all); i++)
    {
      guint j = 0;

      while (j < n && (g_str_equal (all[i + j], sought[j]) ||
                       (prefix && j == n - 1 && g_str_has_prefix (all[i + j], sought[j]))))
        j++;
      if (j == n)
        return TRUE;
    }
  return FALSE;
}

static gboolean
matches_words (World               *world,
               BalComment          *comment,
               const BalFilterTerm *term,
               gboolean             last_word)
{
  gint64 review_id = bal_comment_get_review_id (comment);

  switch (term->kind)
    {
    case BAL_FILTER_WORD:
      return has_phrase (bal_comment_get_text (comment), term->text, last_word) ||
             has_phrase (bal_comment_get_author (comment), term->text, last_word);
    case BAL_FILTER_FROM:
      return has_phrase (bal_comment_get_author (comment), term->text, TRUE) ||
             has_phrase (bal_comment_get_author_email (comment), term->text, TRUE);
    case BAL_FILTER_REVIEW:
    default:
      return *term->text == '#' ? atoi (term->text + 1) == review_id
                                : has_phrase (g_hash_table_lookup (world->titles, &review_id), term->text, TRUE);
    }
}

/* Of several blogs any one, as a comment is in one alone. */
static gboolean
matches_blogs (World            *world,
               BalComment       *comment,
               BalCommentFilter *filter)
{
  const char *name = bal_comment_get_blog_id (comment) == world->blogs[0] ? "Desk" : "Café Noir";
  gboolean asked = FALSE, meant = FALSE;

  for (guint i = 0; i < bal_comment_filter_get_n_terms (filter); i++)
    {
      const BalFilterTerm *term = bal_comment_filter_get_term (filter, i);
      gboolean matches = term->kind == BAL_FILTER_BLOG && has_phrase (name, term->text, TRUE);

      if (matches && term->negated)
        return FALSE;
      asked |= term->kind == BAL_FILTER_BLOG && !term->negated;
      meant |= matches;
    }
  return meant || !asked;
}

static gboolean
is_meant (World                 *world,
          const BalCommentQuery *query,
          BalComment            *comment)
{
  guint n_terms = bal_comment_filter_get_n_terms (query->filter), n_signs = 0, last = G_MAXUINT;
  guint statuses = query->status >= 0 ? 1u << query->status : query->unanswered ? 15 : 3;
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  BalFilterLimits limits;

  bal_comment_filter_resolve (query->filter, FIRST_DAY, zone, &limits);
  for (guint i = 0; i < n_terms; i++)
    {
      const BalFilterTerm *term = bal_comment_filter_get_term (query->filter, i);

      if (term->kind == BAL_FILTER_WORD && !term->negated)
        last = i;
    }
  for (guint i = 0; i < n_terms; i++)
    {
      const BalFilterTerm *term = bal_comment_filter_get_term (query->filter, i);
      gint64 from, until;

      if (bal_comment_filter_get_gap (query->filter, i, FIRST_DAY, zone, &from, &until) &&
          bal_comment_get_created (comment) >= from && bal_comment_get_created (comment) < until)
        return FALSE;
      if (term->kind > BAL_FILTER_REVIEW)
        continue;
      if (!bal_search_words_any (term->text))
        n_signs += term->kind == BAL_FILTER_WORD && !term->negated;
      else if (matches_words (world, comment, term, i == last && !term->quoted) == term->negated)
        return FALSE;
    }

  return !(n_terms > 0 && n_signs == n_terms) && matches_blogs (world, comment, query->filter) &&
         ((limits.statuses != 0 ? limits.statuses : statuses) & (1u << bal_comment_get_status (comment))) != 0 &&
         (query->blog_id == 0 || query->blog_id == bal_comment_get_blog_id (comment)) &&
         (!query->unanswered || bal_comment_get_unanswered (comment)) &&
         bal_comment_get_created (comment) >= limits.from && bal_comment_get_created (comment) < limits.until &&
         (limits.has_link < 0 || limits.has_link == bal_safe_links_any (bal_comment_get_html (comment))) &&
         (limits.mine < 0 || limits.mine == bal_comment_get_mine (comment)) &&
         (limits.unanswered < 0 || limits.unanswered == bal_comment_get_unanswered (comment));
}

static char *
make_line (void)
{
  static const char *const others[] = {
    "from:ana", "from:mu", "from:\"ana mul\"", "from:example.com", "-from:bob", "from:ёж", "review:perf", "review:амe", "review:amel", "-review:2001",
    "review:#3", "-review:#2", "review:映画", "blog:noir", "-blog:desk", "blog:nowhere", "status:spam", "status:all", "status:spam,trash",
    "-status:approved", "is:pending", "after:2020-06", "before:2020-11-02", "on:2020", "on:2020-03", "after:nonsense", "-after:2020-06", "-before:2020", "-on:2020-03", "-on:2019", "has:link", "-has:link",
    "is:unanswered", "-is:unanswered", "is:mine", "-is:mine", "from:", "status:x", "after:2021 before:2020", "status:spam -is:spam",
  };
  GString *line = g_string_new (NULL);

  for (int n = g_test_rand_int_range (0, 4); n >= 0; n--)
    {
      if (g_test_rand_bit ())
        g_string_append_printf (line, "%s ", pick (others, G_N_ELEMENTS (others)));
      else
        g_string_append_printf (line, "%s%s ", g_test_rand_int_range (0, 4) == 0 ? "-" : "", pick (wanted, G_N_ELEMENTS (wanted)));
    }
  return g_string_free (line, FALSE);
}

static gboolean
compare_with_plain (BalTransaction  *transaction,
                    gpointer         data,
                    GError         **error)
{
  World *world = data;
  const char *factor = g_getenv ("BALCONY_TEST_FACTOR");
  guint n_found = 0;

  for (guint round = 1000 * (factor != NULL ? MAX (1, atoi (factor)) : 1); round > 0; round--)
    {
      g_autofree char *line = make_line ();
      g_autoptr(BalCommentFilter) filter = bal_comment_filter_new (line);
      BalCommentQuery query = BAL_COMMENT_QUERY_INIT;
      g_autoptr(GArray) ids = NULL;
      guint n = 0, count;

      query.filter = filter;
      query.status = g_test_rand_int_range (-1, 4);
      query.blog_id = g_test_rand_int_range (0, 3) == 0 ? world->blogs[1] : 0;
      query.unanswered = query.status < 0 && g_test_rand_bit ();
      ids = bal_comment_table_query (transaction, &query, error);
      if (ids == NULL)
        g_error ("%s: %s", line, (*error)->message);
      for (guint i = 0; i < world->comments->len; i++)
        {
          gint64 id = bal_comment_get_id (world->comments->pdata[i]);

          if (!is_meant (world, &query, world->comments->pdata[i]))
            continue;
          if (n >= ids->len || g_array_index (ids, gint64, n) != id)
            g_error ("“%s” (status %d): comment %d is missing", line, query.status, (int) id);
          n++;
        }
      if (n != ids->len)
        g_error ("“%s” (status %d): %u too many", line, query.status, ids->len - n);
      must (bal_comment_table_count (transaction, &query, 7, &count, error));
      g_assert_cmpuint (count, ==, MIN (n, 7));
      n_found += n;
    }
  g_test_message ("%u found", n_found);
  g_assert_cmpuint (n_found, >, 5000);
  return TRUE;
}

static void
test_filter_finds_what_a_plain_look_finds (Fixture       *fixture,
                                           gconstpointer  data)
{
  World world = { .fixture = fixture };

  world.comments = g_ptr_array_new_with_free_func (g_object_unref);
  world.titles = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  fixture_write (fixture, fill, &world);
  fixture_reopen (fixture);
  fixture_read (fixture, read_all, &world);
  fixture_read (fixture, compare_with_plain, &world);
  g_ptr_array_unref (world.comments);
  g_hash_table_unref (world.titles);
}

/* ---- a few comments ---- */

static gint64
add_comment (BalTransaction  *transaction,
             Fixture         *fixture,
             const char      *author,
             const char      *html)
{
  gint64 review_id = bal_review_table_find_remote (transaction, fixture->blog_id, "1", NULL);
  g_autoptr(BalComment) comment = NULL;
  g_autoptr(GError) error = NULL;

  if (review_id == 0)
    review_id = put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>x</p>");
  comment = make_comment (fixture->blog_id, review_id, 0, author, html);
  bal_comment_table_insert (transaction, comment, &error);
  g_assert_no_error (error);
  return bal_comment_get_id (comment);
}

static guint
count_found (BalTransaction  *transaction,
             const char      *line,
             GError         **error)
{
  g_autoptr(BalCommentFilter) filter = bal_comment_filter_new (line);
  BalCommentQuery query = { .status = -1, .filter = filter };
  g_autoptr(GArray) ids = bal_comment_table_query (transaction, &query, error);
  guint count;

  if (ids == NULL || !bal_comment_table_count (transaction, &query, G_MAXINT, &count, error))
    g_error ("“%.100s”: %s", line, (*error)->message);
  g_assert_cmpuint (count, ==, ids->len);
  return ids->len;
}

static const struct
{
  const char *written;
  const char *typed;
} scripts[] = {
  { "Fabuleux destin d’Amélie", "amelie" },
  { "Ein schöner Film über Straßen", "schoner strasse" },
  { "Новогодняя ёлка", "елка" },
  { "ЕЛКА", "ёлка" },
  { "IŞIK ve KARANLIK", "ışık karanlık" },
  { "İstanbul'da", "istanbul" },
  { "فيلمُ مُحَمَّدٍ", "محمد" },
  { "שָׁלוֹם", "שלום" },
  { "昨日映画館で見た映画", "映画館" },
  { "とても面白かった", "面白" },
  { "ｶﾞﾝﾀﾞﾑ", "ガンダム" },
  { "어제 영화를봤다", "영화" },
  { "ดูหนังเมื่อวาน", "หนัง" },
  { "मैंने यह फ़िल्म देखी", "फिल्म" },
  { "Είδα την ταινία", "ταινια" },
  { "Xem phim ở Việt Nam", "viet nam" },
};

static gboolean
add_scripts (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    add_comment (transaction, data, "Reader", scripts[i].written);
  return TRUE;
}

static gboolean
find_scripts (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      guint n = count_found (transaction, scripts[i].typed, error);

      if (n == 0)
        g_error ("“%s” does not find “%s”", scripts[i].typed, scripts[i].written);
      g_assert_cmpuint (n, <=, 2);
    }
  return TRUE;
}

static void
test_words_are_found_in_any_script (Fixture       *fixture,
                                    gconstpointer  data)
{
  fixture_write (fixture, add_scripts, fixture);
  fixture_reopen (fixture);
  fixture_read (fixture, find_scripts, fixture);
}

static gboolean
search_monsters (BalTransaction  *transaction,
                 gpointer         data,
                 GError         **error)
{
  g_autoptr(GString) many = g_string_new (NULL);
  g_autoptr(GString) none = g_string_new (NULL);
  g_autofree char *wide = g_strnfill (200000, 'a');

  for (guint i = 0; i < 20000; i++)
    {
      g_string_append_printf (many, "film ");
      g_string_append_printf (none, "-film%u review:x%u -from:a%u ", i, i, i);
    }
  g_assert_cmpuint (count_found (transaction, many->str, error), ==, 1);
  g_assert_cmpuint (count_found (transaction, none->str, error), ==, 0);
  g_assert_cmpuint (count_found (transaction, wide, error), ==, 0);
  g_assert_cmpuint (count_found (transaction, "film\xff", error), ==, 1);
  g_assert_cmpuint (count_found (transaction, "\"film\" AND NOT NEAR(\"x\" *", error), ==, 0);
  g_assert_cmpuint (count_found (transaction, "review:#99999999999999999999", error), ==, 0);
  return TRUE;
}

static gboolean
add_film (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  return add_comment (transaction, data, "Reader", "A film") != 0;
}

static void
test_no_line_is_an_error (Fixture       *fixture,
                          gconstpointer  data)
{
  fixture_write (fixture, add_film, fixture);
  fixture_reopen (fixture);
  fixture_read (fixture, search_monsters, fixture);
}

/* ---- has:link follows the text ---- */

static gboolean
edit_link (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  gint64 id = add_comment (transaction, data, "Reader", "plain");
  g_autoptr(BalComment) comment = bal_comment_table_get (transaction, id, error);

  g_assert_cmpuint (count_found (transaction, "has:link", error), ==, 0);
  bal_comment_set_html (comment, "now at HTTPS://example.com");
  must (bal_comment_table_update (transaction, comment, error));
  g_assert_cmpuint (count_found (transaction, "has:link", error), ==, 1);
  bal_comment_set_html (comment, "<a name=x>plain</a> href");
  must (bal_comment_table_update (transaction, comment, error));
  g_assert_cmpuint (count_found (transaction, "has:link", error), ==, 0);
  return TRUE;
}

/* ---- the list model ---- */

static gboolean
has_one (gpointer data)
{
  return !bal_comment_list_get_loading (data) && g_list_model_get_n_items (data) == 1;
}

static gboolean
has_two (gpointer data)
{
  return g_list_model_get_n_items (data) == 2;
}

static gboolean
is_read (gpointer data)
{
  return !bal_comment_list_get_loading (data);
}

static void
test_comment_that_comes_in_appears (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autoptr(BalCommentList) list = bal_comment_list_new (fixture->store);
  g_autoptr(BalCommentFilter) filter = bal_comment_filter_new ("from:read FILM");
  BalCommentQuery query = { .status = -1, .filter = filter };

  bal_comment_list_set_query (list, &query);
  wait_until (is_read, list);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  fixture_write (fixture, add_film, fixture);
  wait_until (has_one, list);
  fixture_write (fixture, add_film, fixture);
  wait_until (has_two, list);
}

/* The filter belongs to the list too; only the last question is answered. */
static void
test_typing_on_asks_anew (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr(BalCommentList) list = NULL;
  const char *typed = "film from:reader";

  fixture_write (fixture, add_film, fixture);
  fixture_reopen (fixture);
  list = bal_comment_list_new (fixture->store);
  for (gsize length = 1; length <= strlen (typed); length++)
    {
      g_autofree char *part = g_strndup (typed, length);
      g_autoptr(BalCommentFilter) filter = bal_comment_filter_new (part);
      BalCommentQuery query = { .status = -1, .filter = filter };

      bal_comment_list_set_query (list, &query);
    }
  wait_until (has_one, list);
}

/* ---- saved ones ---- */

static void
assert_saved (BalTransaction *transaction,
              const char     *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) list = bal_filter_table_list (transaction, &error);
  g_autoptr(GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++)
    {
      const BalSavedFilter *saved = list->pdata[i];

      g_string_append_printf (text, "%s%s=%s", i > 0 ? "; " : "", saved->name, saved->line);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static gboolean
keep_filters (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  gint64 first = bal_filter_table_add (transaction, "  Links\n", "has:link", error), second, third;
  g_autoptr(BalSavedFilter) removed = NULL;

  must (first != 0);
  must ((second = bal_filter_table_add (transaction, "Ana", "from:ana \"", error)) != 0);
  must ((third = bal_filter_table_add (transaction, "映画", "映画", error)) != 0);
  assert_saved (transaction, "Links=has:link; Ana=from:ana \"; 映画=映画");

  must_fail (bal_filter_table_add (transaction, " Links ", "x", error) != 0, BAL_ERROR_INVALID);
  must_fail (bal_filter_table_add (transaction, " \t", "x", error) != 0, BAL_ERROR_INVALID);
  must_fail (bal_filter_table_update (transaction, second, "Links", NULL, error), BAL_ERROR_INVALID);
  must_fail (bal_filter_table_update (transaction, 99, "x", NULL, error), BAL_ERROR_NOT_FOUND);
  must_fail (bal_filter_table_move (transaction, 99, 1, error), BAL_ERROR_NOT_FOUND);
  must_fail (bal_filter_table_remove (transaction, 99, error), BAL_ERROR_NOT_FOUND);
  must (bal_filter_table_update (transaction, second, "Ana", NULL, error));
  must (bal_filter_table_update (transaction, second, "Ana M.", "from:\"ana m\"", error));
  must (bal_filter_table_move (transaction, third, -2, error));
  must (bal_filter_table_move (transaction, first, 5, error));
  assert_saved (transaction, "映画=映画; Ana M.=from:\"ana m\"; Links=has:link");

  must ((removed = bal_filter_table_find (transaction, "Ana M.", error)) != NULL);
  must (bal_filter_table_remove (transaction, removed->id, error));
  assert_saved (transaction, "映画=映画; Links=has:link");
  must (bal_filter_table_revive (transaction, removed, error));
  must (bal_filter_table_revive (transaction, removed, error));
  assert_saved (transaction, "映画=映画; Ana M.=from:\"ana m\"; Links=has:link");
  return TRUE;
}

static gboolean
look_at_kept (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  assert_saved (transaction, "映画=映画; Ana M.=from:\"ana m\"; Links=has:link");
  return TRUE;
}

static void
test_saved_filters_are_in_backups (Fixture       *fixture,
                                   gconstpointer  data)
{
  g_autofree char *backup = g_build_filename (fixture->dir, "backup.db", NULL);
  g_autofree char *dir = g_build_filename (fixture->dir, "other", NULL);
  g_autoptr(BalStore) other = NULL;
  g_autoptr(GError) error = NULL;

  fixture_write (fixture, keep_filters, fixture);
  bal_store_backup (fixture->store, backup, NULL, &error);
  g_assert_no_error (error);
  bal_store_restore (dir, backup, NULL, &error);
  g_assert_no_error (error);
  other = bal_store_open (dir, &error);
  g_assert_no_error (error);
  bal_store_read (other, look_at_kept, NULL, NULL, &error);
  g_assert_no_error (error);
  bal_store_close (other, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/store/comment-filter/filter-finds-what-a-plain-look-finds", test_filter_finds_what_a_plain_look_finds);
  fixture_add ("/store/comment-filter/words-are-found-in-any-script", test_words_are_found_in_any_script);
  fixture_add ("/store/comment-filter/no-line-is-an-error", test_no_line_is_an_error);
  fixture_add_body ("/store/comment-filter/has-link-follows-the-text", edit_link);
  fixture_add ("/store/comment-filter/comment-that-comes-in-appears", test_comment_that_comes_in_appears);
  fixture_add ("/store/comment-filter/typing-on-asks-anew", test_typing_on_asks_anew);
  fixture_add_body ("/store/comment-filter/saved-filters-keep-name-line-and-order", keep_filters);
  fixture_add ("/store/comment-filter/saved-filters-are-in-backups", test_saved_filters_are_in_backups);
  return g_test_run ();
}
