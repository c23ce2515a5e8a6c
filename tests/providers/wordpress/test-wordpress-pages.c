/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-error.h"
#include "script.h"

#include <string.h>

#define TOTALS(total, pages) "X-WP-Total: " total "\r\nX-WP-TotalPages: " pages "\r\nDate: Sun, 22 Nov 2026 11:06:29 GMT\r\n"

typedef BalPage *(*ListFunc) (BalProvider *, const char *, const char *, GCancellable *, GError **);

static BalPage *
get_page (Script     *script,
          ListFunc    list,
          const char *since,
          const char *cursor)
{
  g_autoptr(GError) error = NULL;
  BalPage *page = list (script->provider, since, cursor, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (page);

  return page;
}

/* Remote ids of all pages, "1 2 | 3", and the watermark at the end. */
static char *
walk (Script     *script,
      ListFunc    list,
      const char *since)
{
  GString *ids = g_string_new (NULL);
  g_autofree char *cursor = NULL;

  for (guint n = 0; n < 60; n++)
    {
      g_autoptr(BalPage) page = get_page (script, list, since, cursor);

      for (guint i = 0; i < page->items->len; i++)
        {
          gpointer item = page->items->pdata[i];

          g_string_append_printf (ids, "%s ", BAL_IS_REVIEW (item) ? bal_review_get_remote_id (item)
                                                                   : bal_comment_get_remote_id (item));
        }
      g_free (cursor);
      cursor = g_strdup (page->next);
      if (cursor == NULL)
        {
          g_string_append_printf (ids, "= %s", page->watermark);
          return g_string_free (ids, FALSE);
        }
      g_assert_null (page->watermark);
      g_string_append (ids, "| ");
    }

  g_assert_not_reached ();
}

#define assert_walk(rules, list, since, expected) \
  G_STMT_START { \
    g_autoptr(Script) script_ = script_new (rules, G_N_ELEMENTS (rules)); \
    g_autofree char *ids_ = walk (script_, list, since); \
    g_assert_cmpstr (ids_, ==, expected); \
  } G_STMT_END

/* Pages may be short or empty although there are more: the totals decide. */
static void
test_totals_decide (void)
{
  const Rule rules[] = {
    CATEGORY_RULE,
    { "GET", "page=1&", 200, TOTALS ("250", "3"), "[" POST ("1", "publish", "") "]", 0 },
    { "GET", "page=2&", 200, TOTALS ("250", "3"), "[]", 0 },
    { "GET", "page=3&", 200, TOTALS ("250", "3"), "[" POST ("5", "publish", "") "," POST ("6", "trash", "") "]", 0 },
  };

  assert_walk (rules, bal_provider_list_reviews, NULL, "1 | | 5 6 = 2026-11-22T11:06:29Z");
}

static void
test_empty_blog (void)
{
  const Rule rules[] = { { "GET", NULL, 200, TOTALS ("0", "0"), "[]", 0 } };

  assert_walk (rules, bal_provider_list_reviews, NULL, "= 2026-11-22T11:06:29Z");
}

/* One was deleted between the pages, so the rest moved up: the page before is read again. */
static void
test_rows_that_move_up (void)
{
  const Rule rules[] = {
    CATEGORY_RULE,
    { "GET", "page=1&", 200, TOTALS ("4", "2"), "[" POST ("1", "publish", "") "," POST ("2", "publish", "") "]", 1 },
    { "GET", "page=1&", 200, TOTALS ("3", "2"), "[" POST ("2", "publish", "") "," POST ("3", "publish", "") "]", 0 },
    { "GET", "page=2&", 200, TOTALS ("3", "2"), "[" POST ("4", "publish", "") "]", 0 },
  };

  assert_walk (rules, bal_provider_list_reviews, NULL, "1 2 | 4 | 2 3 | 4 = 2026-11-22T11:06:29Z");
}

static void
test_page_beyond_the_end (void)
{
  const Rule rules[] = {
    CATEGORY_RULE,
    { "GET", "page=1&", 200, TOTALS ("2", "2"), "[" POST ("1", "publish", "") "]", 1 },
    { "GET", "page=1&", 200, TOTALS ("1", "1"), "[" POST ("1", "publish", "") "]", 0 },
    { "GET", "page=2&", 400, NULL, "{\"code\":\"rest_post_invalid_page_number\",\"message\":\"m\",\"data\":{\"status\":400}}", 0 },
  };

  assert_walk (rules, bal_provider_list_reviews, NULL, "1 | | 1 = 2026-11-22T11:06:29Z");
}

/* A host that takes the totals away. */
static void
test_without_totals (void)
{
  const Rule rules[] = {
    CATEGORY_RULE,
    { "GET", "page=1&", 200, "Date: Sun, 22 Nov 2026 11:06:29 GMT\r\n", "[" POST ("1", "publish", "") "]", 0 },
    { "GET", "page=2&", 200, NULL, "[" POST ("2", "publish", "") "]", 0 },
    { "GET", "page=3&", 200, NULL, "[]", 0 },
  };

  assert_walk (rules, bal_provider_list_reviews, NULL, "1 | 2 | = 2026-11-22T11:06:29Z");
}

/* What was saved, then what the clock published; two hours back, for the night when clocks go back. */
static void
test_changes_in_two_phases (void)
{
  const Rule rules[] = {
    CATEGORY_RULE,
    { "GET", "&status=any,trash&modified_after=2026-11-22T09:00:00Z", 200, TOTALS ("1", "1"), "[" POST ("1", "publish", "") "]", 0 },
    { "GET", "&status=publish,private&after=2026-11-22T09:00:00Z", 200, TOTALS ("1", "1"), "[" POST ("2", "publish", "") "]", 0 },
  };

  assert_walk (rules, bal_provider_list_reviews, "2026-11-22T11:00:00Z", "1 | 2 = 2026-11-22T11:06:29Z");
}

static void
test_cursor_goes_on (void)
{
  const Rule rules[] = {
    CATEGORY_RULE,
    { "GET", "page=1&", 200, TOTALS ("3", "3"), "[" POST ("1", "publish", "") "]", 0 },
    { "GET", "page=2&", 200, "X-WP-Total: 3\r\nX-WP-TotalPages: 3\r\nDate: Mon, 23 Nov 2026 00:00:00 GMT\r\n",
      "[" POST ("2", "publish", "") "]", 0 },
    { "GET", "page=3&", 200, TOTALS ("3", "3"), "[" POST ("3", "publish", "") "]", 0 },
  };
  g_autofree char *cursor = NULL;

  {
    g_autoptr(Script) first = script_new (rules, G_N_ELEMENTS (rules));
    g_autoptr(BalPage) page = get_page (first, bal_provider_list_reviews, NULL, NULL);

    cursor = g_strdup (page->next);
  }
  {
    g_autoptr(Script) second = script_new (rules, G_N_ELEMENTS (rules));
    g_autoptr(BalPage) page = get_page (second, bal_provider_list_reviews, NULL, cursor);
    g_autoptr(BalPage) last = get_page (second, bal_provider_list_reviews, NULL, page->next);

    g_assert_cmpstr (bal_review_get_remote_id (page->items->pdata[0]), ==, "2");
    /* From before the first page was read. */
    g_assert_cmpstr (last->watermark, ==, "2026-11-22T11:06:29Z");
    g_assert_cmpuint (script_count (second, "GET", "page=1&"), ==, 0);
  }
}

static void
test_nonsense_cursors (void)
{
  static const char *const cursors[] = { "", "x", "1 2", "9 9 9 9", "-1 -1 -1 -1", "0 99999999999999999999 0 ", "0 0 0 0", "0 2 300 7 x", "0 2 300 0 x" };
  const Rule rules[] = { CATEGORY_RULE, { "GET", NULL, 200, TOTALS ("1", "1"), "[" POST ("1", "publish", "") "]", 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (cursors); i++)
    {
      g_autoptr(Script) script = script_new (rules, G_N_ELEMENTS (rules));
      g_autoptr(BalPage) page = bal_provider_list_reviews (script->provider, NULL, cursors[i], NULL, NULL);

      g_assert_nonnull (page);
    }
}

static gboolean
arrived (Script     *script,
         const char *target)
{
  for (guint i = 0; i < 200; i++)
    {
      if (script_count (script, "GET", target) > 0)
        return TRUE;
      g_usleep (10000);
    }

  return FALSE;
}

/* The next page is asked for before anybody wants it, and asked for once. */
static void
test_reads_ahead (void)
{
  const Rule rules[] = {
    CATEGORY_RULE,
    { "GET", "page=1&", 200, TOTALS ("2", "2"), "[" POST ("1", "publish", "") "]", 0 },
    { "GET", "page=2&", 200, TOTALS ("2", "2"), "[" POST ("2", "publish", "") "]", 0 },
  };
  g_autoptr(Script) script = script_new (rules, G_N_ELEMENTS (rules));
  g_autoptr(BalPage) page = get_page (script, bal_provider_list_reviews, NULL, NULL);
  g_autoptr(BalPage) next = NULL;

  g_assert_true (arrived (script, "page=2&"));
  next = get_page (script, bal_provider_list_reviews, NULL, page->next);
  g_assert_cmpuint (next->items->len, ==, 1);
  g_assert_cmpuint (script_count (script, "GET", "page=2&"), ==, 1);
}

/* What was read ahead in vain is asked for again. */
static void
test_read_ahead_that_failed (void)
{
  const Rule rules[] = {
    CATEGORY_RULE,
    { "GET", "page=1&", 200, TOTALS ("2", "2"), "[" POST ("1", "publish", "") "]", 0 },
    { "GET", "page=2&", 200, NULL, NULL, 1 },
    { "GET", "page=2&", 200, TOTALS ("2", "2"), "[" POST ("2", "publish", "") "]", 0 },
  };

  assert_walk (rules, bal_provider_list_reviews, NULL, "1 | 2 = 2026-11-22T11:06:29Z");
}

static void
test_comments (void)
{
  const Rule all[] = {
    { "GET", "order=asc&per_page=100&page=1&context=edit&status=any", 200, TOTALS ("3", "2"),
      "[" COMMENT ("3", "approved") "," COMMENT ("4", "spam") "]", 0 },
    { "GET", "order=asc&per_page=100&page=2&", 200, TOTALS ("3", "2"), "[" COMMENT ("9", "post-trashed") "]", 0 },
  };
  const Rule news[] = {
    { "GET", "order=desc&per_page=100&page=1&", 200, TOTALS ("300", "3"), "[" COMMENT ("12", "hold") "]", 0 },
    { "GET", "order=desc&per_page=100&page=2&", 200, TOTALS ("300", "3"), "[" COMMENT ("10", "hold") "," COMMENT ("9", "spam") "]", 0 },
  };
  const Rule nothing[] = { { "GET", NULL, 200, TOTALS ("0", "0"), "[]", 0 } };

  assert_walk (all, bal_provider_list_comments, NULL, "3 4 | 9 = 9");
  assert_walk (news, bal_provider_list_comments, "9", "12 | 10 9 = 12");
  assert_walk (nothing, bal_provider_list_comments, "9", "= 9");
}

static void
test_count_comments (void)
{
  const Rule rules[] = {
    { "GET", "status=hold", 200, TOTALS ("1", "1"), "[]", 0 },
    { "GET", "status=approve", 200, TOTALS ("20", "1"), "[]", 0 },
    { "GET", "status=spam", 200, TOTALS ("300", "1"), "[]", 0 },
    { "GET", "status=trash", 200, TOTALS ("4000", "1"), "[]", 0 },
    { "GET", "status=post-trashed", 200, TOTALS ("50000", "1"), "[]", 0 },
  };
  const Rule broken[] = { { "GET", "status=spam", 500, NULL, "", 0 }, { "GET", NULL, 200, TOTALS ("1", "1"), "[]", 0 } };
  g_autoptr(Script) good = script_new (rules, G_N_ELEMENTS (rules));
  g_autoptr(Script) bad = script_new (broken, G_N_ELEMENTS (broken));
  g_autoptr(GError) error = NULL;
  guint counts[4];

  g_assert_true (bal_provider_count_comments (good->provider, counts, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (counts[BAL_COMMENT_STATUS_PENDING], ==, 1);
  g_assert_cmpuint (counts[BAL_COMMENT_STATUS_APPROVED], ==, 20);
  g_assert_cmpuint (counts[BAL_COMMENT_STATUS_SPAM], ==, 300);
  g_assert_cmpuint (counts[BAL_COMMENT_STATUS_TRASH], ==, 54000);

  g_assert_false (bal_provider_count_comments (bad->provider, counts, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_TEMPORARY);
}

static char *
describe_ids (GPtrArray *comments)
{
  g_autoptr(GString) ids = g_string_new (NULL);

  for (guint i = 0; i < comments->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", bal_comment_get_remote_id (comments->pdata[i]));
  return g_string_free (g_steal_pointer (&ids), FALSE);
}

/* From a position on; behind the trash comes what went there with its review. */
static void
test_list_queue (void)
{
  const Rule rules[] = {
    { "GET", "offset=200&context=edit&status=hold", 200, TOTALS ("202", "3"), "[" COMMENT ("7", "hold") "," COMMENT ("8", "hold") "]", 0 },
    { "GET", "offset=0&context=edit&status=trash", 200, TOTALS ("1", "1"), "[" COMMENT ("3", "trash") "]", 0 },
    { "GET", "offset=1&context=edit&status=trash", 200, TOTALS ("1", "1"), "[]", 0 },
    { "GET", "offset=0&context=edit&status=post-trashed", 200, TOTALS ("1", "1"), "[" COMMENT ("2", "post-trashed") "]", 0 },
  };
  static const struct { BalCommentStatus status; guint position; const char *ids; } expected[] = {
    { BAL_COMMENT_STATUS_PENDING, 200, "7 8" }, { BAL_COMMENT_STATUS_TRASH, 0, "3" }, { BAL_COMMENT_STATUS_TRASH, 1, "2" },
  };
  g_autoptr(Script) script = script_new (rules, G_N_ELEMENTS (rules));

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(BalPage) page = bal_provider_list_queue (script->provider, expected[i].status, expected[i].position, NULL,
                                                         &error);
      g_autofree char *ids = NULL;

      g_assert_no_error (error);
      ids = describe_ids (page->items);
      g_assert_cmpstr (ids, ==, expected[i].ids);
      g_assert_cmpint (bal_comment_get_status (page->items->pdata[0]), ==, expected[i].status);
    }
}

/* Only what was asked for by itself is gone. */
static void
test_get_comments (void)
{
  const Rule rules[] = {
    { "GET", "include=3,4,5", 200, TOTALS ("1", "1"), "[" COMMENT ("4", "spam") "]", 0 },
    { "GET", "comments/3?", 200, NULL, COMMENT ("3", "approved"), 0 },
    { "GET", "comments/5?", 404, NULL, "{\"code\":\"rest_comment_invalid_id\"}", 0 },
  };
  const Rule broken[] = {
    { "GET", "include=", 200, TOTALS ("0", "0"), "[]", 0 },
    { "GET", "comments/3?", 404, NULL, "{\"code\":\"rest_comment_invalid_id\"}", 0 },
    { "GET", NULL, 500, NULL, "", 0 },
  };
  g_autoptr(Script) good = script_new (rules, G_N_ELEMENTS (rules));
  g_autoptr(Script) bad = script_new (broken, G_N_ELEMENTS (broken));
  g_autoptr(GPtrArray) asked = g_ptr_array_new ();
  g_autoptr(GPtrArray) found = NULL;
  g_autoptr(GPtrArray) none = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *ids = NULL;

  g_ptr_array_add (asked, (gpointer) "3");
  g_ptr_array_add (asked, (gpointer) "4");
  g_ptr_array_add (asked, (gpointer) "5");
  found = bal_provider_get_comments (good->provider, asked, NULL, &error);
  g_assert_no_error (error);
  ids = describe_ids (found);
  g_assert_cmpstr (ids, ==, "4 3");
  g_assert_cmpuint (script_count (good, "GET", "/wp/v2/comments"), ==, 3);

  none = bal_provider_get_comments (bad->provider, asked, NULL, &error);
  g_assert_error (error, BAL_ERROR, BAL_ERROR_TEMPORARY);
  g_assert_null (none);
}

/* Many terms on one page: in batches, each name once. */
static void
test_terms_in_batches (void)
{
  g_autoptr(GString) post = g_string_new (",\"tags\":[");
  g_autoptr(GString) names = g_string_new ("[");
  g_autofree char *list = NULL;

  for (guint i = 1; i <= 250; i++)
    {
      g_string_append_printf (post, "%s%u", i > 1 ? "," : "", i);
      g_string_append_printf (names, "%s{\"id\":%u,\"name\":\"n%u\"}", i > 1 ? "," : "", i, i);
    }
  g_string_append (post, "]");
  g_string_append (names, "]");
  list = g_strdup_printf ("[" POST ("1", "publish", "%s") "]", post->str);
  {
    const Rule rules[] = {
      CATEGORY_RULE,
      { "GET", "/wp/v2/tags?include=", 200, NULL, names->str, 0 },
      { "GET", "/wp/v2/posts", 200, TOTALS ("1", "1"), list, 0 },
    };
    g_autoptr(Script) script = script_new (rules, G_N_ELEMENTS (rules));
    g_autoptr(BalPage) page = get_page (script, bal_provider_list_reviews, NULL, NULL);

    g_assert_cmpuint (g_strv_length ((char **) bal_review_get_labels (page->items->pdata[0])), ==, 250);
    g_assert_cmpuint (script_count (script, "GET", "/wp/v2/tags?include="), ==, 3);
  }
}

/* ---- pages that would be too large ---- */

#define N_ROWS     200
#define MOST_BYTES (100 * 1000)

/* Rows 101 to 110 are long: no two of them fit into one answer. */
static char *
make_rows (const char *row,
           guint       first,
           guint       n)
{
  GString *rows = g_string_new ("[");
  g_autofree char *filler = g_strnfill (60 * 1000, 'x');

  for (guint i = first; i < MIN (first + n, N_ROWS + 1); i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);
      g_autofree char *text = g_strconcat ("\"raw\":\"C", i > 100 && i <= 110 ? filler : "", NULL);
      g_autoptr(GString) one = g_string_new (row);

      g_string_replace (one, "ID", id, 1);
      g_string_replace (one, "\"raw\":\"C", text, 1);
      g_string_append_printf (rows, "%s%s", i > first ? "," : "", one->str);
    }

  return g_string_free (g_string_append_c (rows, ']'), FALSE);
}

/* A blog that answers for each size of a page, and the provider that takes less than it has. */
static Script *
script_of_long_texts (const char *row,
                      GPtrArray  *kept)          /* (element-type utf8): what the rules refer to */
{
  static const guint sizes[] = { 100, 50, 25, 5, 1 };
  g_autoptr(GArray) rules = g_array_new (FALSE, FALSE, sizeof (Rule));
  const Rule category = CATEGORY_RULE;
  Script *script;

  g_array_append_val (rules, category);
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (guint page = 1; (page - 1) * sizes[s] < N_ROWS; page++)
      {
        Rule rule = { "GET", g_strdup_printf ("per_page=%u&page=%u&", sizes[s], page), 200,
                      g_strdup_printf ("X-WP-Total: %u\r\nX-WP-TotalPages: %u\r\nDate: Sun, 22 Nov 2026 11:06:29 GMT\r\n",
                                       N_ROWS, N_ROWS / sizes[s]),
                      make_rows (row, (page - 1) * sizes[s] + 1, sizes[s]), 0 };

        g_ptr_array_add (kept, (gpointer) rule.target);
        g_ptr_array_add (kept, (gpointer) rule.headers);
        g_ptr_array_add (kept, (gpointer) rule.body);
        g_array_append_val (rules, rule);
      }

  script = script_new ((const Rule *) (gpointer) rules->data, rules->len);
  bal_http_client_set_bounds (script->http, 45, MOST_BYTES);
  return script;
}

/* Every row once and in order, whatever the pages; and larger pages again behind the long ones. */
static void
test_too_large_pages (void)
{
  static const struct { const char *row; ListFunc list; const char *end; } kinds[] = {
    { POST ("ID", "publish", ""), bal_provider_list_reviews, "= 2026-11-22T11:06:29Z" },
    { COMMENT ("ID", "approved"), bal_provider_list_comments, "= 200" },
  };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
      g_autoptr(Script) script = script_of_long_texts (kinds[k].row, kept);
      g_autoptr(GString) expected = g_string_new (NULL);
      g_autofree char *ids = NULL;
      g_autofree char *joined = NULL;
      g_auto(GStrv) pages = NULL;

      ids = walk (script, kinds[k].list, NULL);
      pages = g_strsplit (ids, "| ", -1);
      for (guint i = 1; i <= N_ROWS; i++)
        g_string_append_printf (expected, "%u ", i);
      g_string_append (expected, kinds[k].end);
      joined = g_strjoinv ("", pages);
      g_assert_cmpstr (joined, ==, expected->str);

      /* 100; fifteen one by one; 5 to row 120, 5 to 125; 25 to 150; 50 to 200. */
      g_assert_cmpuint (g_strv_length (pages), ==, 1 + 15 + 2 + 1 + 1);
      g_assert_cmpuint (script_count (script, "GET", "per_page="), ==, 20 + 4 + (k == 0));
      g_assert_cmpuint (script_count (script, "GET", "per_page=100&page=2&"), ==, 1);
    }
}

/* What was begun in small pages goes on in them, at the same row. */
static void
test_cursor_keeps_the_size (void)
{
  g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *cursor = NULL;

  {
    g_autoptr(Script) first = script_of_long_texts (POST ("ID", "publish", ""), kept);
    g_autoptr(BalPage) page = get_page (first, bal_provider_list_reviews, NULL, NULL);
    g_autoptr(BalPage) next = get_page (first, bal_provider_list_reviews, NULL, page->next);

    g_assert_cmpuint (next->items->len, ==, 1);
    cursor = g_strdup (next->next);
  }
  {
    g_autoptr(Script) second = script_of_long_texts (POST ("ID", "publish", ""), kept);
    g_autoptr(BalPage) page = get_page (second, bal_provider_list_reviews, NULL, cursor);

    g_assert_cmpstr (bal_review_get_remote_id (page->items->pdata[0]), ==, "102");
    g_assert_cmpuint (script_count (second, "GET", "per_page=100&page="), ==, 0);
  }
}

/* One that is too long all by itself is told, not passed over. */
static void
test_one_that_is_too_large (void)
{
  g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(Script) script = script_of_long_texts (POST ("ID", "publish", ""), kept);
  g_autoptr(BalPage) page = get_page (script, bal_provider_list_reviews, NULL, NULL);
  g_autoptr(BalPage) none = NULL;
  g_autoptr(GError) error = NULL;

  bal_http_client_set_bounds (script->http, 45, 50 * 1000);
  none = bal_provider_list_reviews (script->provider, NULL, page->next, NULL, &error);
  g_assert_null (none);
  g_assert_error (error, BAL_ERROR, BAL_ERROR_PROTOCOL);
}

/* Asked for by their ids, they come in parts that are small enough. */
static void
test_too_large_by_id (void)
{
  g_autofree char *filler = g_strnfill (60 * 1000, 'x');
  g_autofree char *all = g_strconcat ("[", COMMENT ("3", "spam"), ",{\"x\":\"", filler, filler, "\"}]", NULL);
  const Rule rules[] = {
    { "GET", "include=3,4,5", 200, TOTALS ("3", "1"), all, 0 },
    { "GET", "include=3", 200, TOTALS ("1", "1"), "[" COMMENT ("3", "spam") "]", 0 },
    { "GET", "include=4,5", 200, TOTALS ("2", "1"), "[" COMMENT ("4", "spam") "," COMMENT ("5", "spam") "]", 0 },
  };
  g_autoptr(Script) script = script_new (rules, G_N_ELEMENTS (rules));
  g_autoptr(GPtrArray) asked = g_ptr_array_new ();
  g_autoptr(GPtrArray) found = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *ids = NULL;

  bal_http_client_set_bounds (script->http, 45, MOST_BYTES);
  g_ptr_array_add (asked, (gpointer) "3");
  g_ptr_array_add (asked, (gpointer) "4");
  g_ptr_array_add (asked, (gpointer) "5");
  found = bal_provider_get_comments (script->provider, asked, NULL, &error);
  g_assert_no_error (error);
  ids = describe_ids (found);
  g_assert_cmpstr (ids, ==, "3 4 5");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wordpress/pages/totals-decide", test_totals_decide);
  g_test_add_func ("/wordpress/pages/empty-blog", test_empty_blog);
  g_test_add_func ("/wordpress/pages/rows-that-move-up", test_rows_that_move_up);
  g_test_add_func ("/wordpress/pages/page-beyond-the-end", test_page_beyond_the_end);
  g_test_add_func ("/wordpress/pages/without-totals", test_without_totals);
  g_test_add_func ("/wordpress/pages/changes-in-two-phases", test_changes_in_two_phases);
  g_test_add_func ("/wordpress/pages/cursor-goes-on", test_cursor_goes_on);
  g_test_add_func ("/wordpress/pages/nonsense-cursors", test_nonsense_cursors);
  g_test_add_func ("/wordpress/pages/reads-ahead", test_reads_ahead);
  g_test_add_func ("/wordpress/pages/read-ahead-that-failed", test_read_ahead_that_failed);
  g_test_add_func ("/wordpress/pages/comments", test_comments);
  g_test_add_func ("/wordpress/pages/count-comments", test_count_comments);
  g_test_add_func ("/wordpress/pages/list-queue", test_list_queue);
  g_test_add_func ("/wordpress/pages/get-comments", test_get_comments);
  g_test_add_func ("/wordpress/pages/terms-in-batches", test_terms_in_batches);
  g_test_add_func ("/wordpress/pages/too-large-pages-become-smaller", test_too_large_pages);
  g_test_add_func ("/wordpress/pages/cursor-keeps-the-size", test_cursor_keeps_the_size);
  g_test_add_func ("/wordpress/pages/one-that-is-too-large-is-told", test_one_that_is_too_large);
  g_test_add_func ("/wordpress/pages/too-large-by-id-comes-in-parts", test_too_large_by_id);

  return g_test_run ();
}
