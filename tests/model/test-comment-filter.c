/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-comment-filter.h"

#include <string.h>

#define NOW 1589716800    /* 2020-05-17 12:00 UTC, a Sunday */

static void
assert_terms (const char *line,
              const char *expected)
{
  static const char *const names[] = { "word", "from", "review", "blog", "status", "after", "before", "on", "has", "is" };
  g_autoptr(BalCommentFilter) filter = bal_comment_filter_new (line);
  g_autoptr(GString) terms = g_string_new (NULL);

  for (guint i = 0; i < bal_comment_filter_get_n_terms (filter); i++)
    {
      const BalFilterTerm *term = bal_comment_filter_get_term (filter, i);

      g_string_append_printf (terms, "%s%s%s%s[%s]", i > 0 ? " " : "", term->negated ? "not " : "",
                              term->quoted ? "exactly " : "", names[term->kind], term->text);
    }
  g_assert_cmpstr (terms->str, ==, expected);
}

static void
test_line_is_read_as_in_mail_programs (void)
{
  assert_terms ("from:ana review:perfection status:spam after:2020-01-01 before:2021 has:link \"exact words\" -word",
                "from[ana] review[perfection] status[spam] after[2020-01-01] before[2021] has[link] "
                "exactly word[exact words] not word[word]");
  assert_terms ("  FROM:\"Ana Maria\"\tis:unanswered -from:bob", "exactly from[Ana Maria] is[unanswered] not from[bob]");
  assert_terms ("-after:2020 -ON:2019", "not after[2020] not on[2019]");
  assert_terms ("", "");
}

static void
test_what_is_unknown_is_a_word (void)
{
  assert_terms ("http://example.com re: subject:x", "word[http://example.com] word[re:] word[subject:x]");
  assert_terms ("- -- --x :x", "word[-] not word[-] not word[-x] word[:x]");
  assert_terms ("from: x", "from[] word[x]");
  assert_terms ("a\"b \"open end", "word[a\"b] exactly word[open end]");
  assert_terms ("\"from:ana\"ab", "exactly word[from:ana] word[ab]");
}

static gboolean
are_equal (BalCommentFilter *a,
           BalCommentFilter *b)
{
  guint n = bal_comment_filter_get_n_terms (a);

  if (bal_comment_filter_get_n_terms (b) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      const BalFilterTerm *one = bal_comment_filter_get_term (a, i), *other = bal_comment_filter_get_term (b, i);

      if (one->kind != other->kind || !one->negated != !other->negated || !one->quoted != !other->quoted ||
          !g_str_equal (one->text, other->text))
        return FALSE;
    }
  return TRUE;
}

static char *
make_line (void)
{
  static const char *const pieces[] = {
    "from:", "review:", "blog:", "status:", "after:", "before:", "on:", "has:", "is:", "FROM:", "x:", ":", "-", "\"", " ", "  ",
    "\t", "\n", "ana", "2020-05", "spam", "link", "é", "漢字", "\xc2\xa0", "\xff", "'", "\\", "*", "(", "AND", "NEAR", "#12", "7d", ",",
    "\xe2\x80\xae", "%s", "NULL",
  };
  GString *line = g_string_new (NULL);

  for (int n = g_test_rand_int_range (0, 14); n > 0; n--)
    g_string_append (line, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
  return g_string_free (line, FALSE);
}

static char *
strip_spaces_and_quotes (const char *line)
{
  GString *text = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (line, -1);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)) && *p != '"')
      g_string_append_unichar (text, g_unichar_tolower (g_utf8_get_char (p)));
  return g_string_free (text, FALSE);
}

static guint
get_n_rounds (void)
{
  const char *factor = g_getenv ("BALCONY_TEST_FACTOR");

  return 20000 * (factor != NULL ? MAX (1, atoi (factor)) : 1);
}

static void
test_any_line_comes_back_as_it_was_meant (void)
{
  for (guint round = get_n_rounds (); round > 0; round--)
    {
      g_autofree char *line = make_line ();
      g_autoptr(BalCommentFilter) filter = bal_comment_filter_new (line);
      g_autofree char *written = bal_comment_filter_write (filter);
      g_autoptr(BalCommentFilter) again = bal_comment_filter_new (written);
      g_autofree char *rewritten = bal_comment_filter_write (again);
      g_autofree char *before = strip_spaces_and_quotes (line), *after = strip_spaces_and_quotes (written);

      if (!are_equal (filter, again))
        g_error ("“%s” was written as “%s”", line, written);
      g_assert_cmpstr (written, ==, rewritten);
      g_assert_cmpstr (before, ==, after);         /* no text is lost */
    }
}

static void
test_fields_change_their_term_alone (void)
{
  for (guint round = get_n_rounds () / 4; round > 0; round--)
    {
      g_autofree char *line = make_line ();
      g_autofree char *value = make_line ();
      g_autofree char *valid = g_utf8_make_valid (value, -1);
      g_autoptr(BalCommentFilter) filter = bal_comment_filter_new (line);
      BalFilterKind kind = g_test_rand_int_range (BAL_FILTER_FROM, BAL_FILTER_IS + 1);
      g_autoptr(BalCommentFilter) changed = bal_comment_filter_with (filter, kind, valid);
      g_autoptr(BalCommentFilter) back = bal_comment_filter_with (changed, kind, NULL);
      g_autoptr(BalCommentFilter) without = bal_comment_filter_with (filter, kind, NULL);
      g_autofree char *written = bal_comment_filter_write (changed);
      g_autoptr(BalCommentFilter) again = bal_comment_filter_new (written);
      g_autofree char *kept = bal_comment_filter_dup_value (changed, kind);

      g_assert_true (are_equal (changed, again));
      g_assert_true (are_equal (back, without));
      g_strdelimit (valid, "\"", ' ');
      g_assert_cmpstr (kept, ==, g_strstrip (valid));
    }
}

static void
assert_period (const char *line,
               const char *from,
               const char *until)
{
  g_autoptr(BalCommentFilter) filter = bal_comment_filter_new (line);
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr(GDateTime) start = from != NULL ? g_date_time_new_from_iso8601 (from, NULL) : NULL;
  g_autoptr(GDateTime) end = until != NULL ? g_date_time_new_from_iso8601 (until, NULL) : NULL;
  g_autofree char *fault = bal_comment_filter_dup_fault (filter);
  BalFilterLimits limits;

  bal_comment_filter_resolve (filter, NOW, zone, &limits);
  g_assert_cmpint (limits.from, ==, start != NULL ? g_date_time_to_unix (start) : G_MININT64);
  g_assert_cmpint (limits.until, ==, end != NULL ? g_date_time_to_unix (end) : G_MAXINT64);
  g_assert_null (fault);
}

static void
test_dates_are_those_of_the_person (void)
{
  assert_period ("after:2020", "2020-01-01T00:00:00+01", NULL);
  assert_period ("before:2020-05", NULL, "2020-05-01T00:00:00+02");
  assert_period ("on:2020-05-17", "2020-05-17T00:00:00+02", "2020-05-18T00:00:00+02");
  assert_period ("on:2019", "2019-01-01T00:00:00+01", "2020-01-01T00:00:00+01");
  assert_period ("on:2020/2", "2020-02-01T00:00:00+01", "2020-03-01T00:00:00+01");
  assert_period ("after:2018 after:2019 before:2021 before:2020", "2019-01-01T00:00:00+01", "2020-01-01T00:00:00+01");
  assert_period ("-before:2020", "2020-01-01T00:00:00+01", NULL);
  assert_period ("-after:2020", NULL, "2020-01-01T00:00:00+01");
  assert_period ("-on:2020", NULL, NULL);
  assert_period ("after:7d", "2020-05-10T00:00:00+02", NULL);
  assert_period ("before:2w", NULL, "2020-05-03T00:00:00+02");
  assert_period ("after:3M", "2020-02-17T00:00:00+01", NULL);
  assert_period ("after:1y", "2019-05-17T00:00:00+02", NULL);
  assert_period ("on:Yesterday", "2020-05-16T00:00:00+02", "2020-05-17T00:00:00+02");
  assert_period ("after:today", "2020-05-17T00:00:00+02", NULL);
  assert_period ("after:", NULL, NULL);
}

static void
test_what_is_no_date_is_told_and_kept (void)
{
  static const char *const wrong[] = { "after:foo", "before:2020-13", "on:2020-02-30", "after:20", "after:99999", "after:2020-", "after:0d0",
                                       "on:17.05.2020", "after:9999y", "before:0000", "after:\"2020 05\"", "after:-7d", "before:2020-5-" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(BalCommentFilter) filter = bal_comment_filter_new (wrong[i]);
      g_autofree char *fault = bal_comment_filter_dup_fault (filter);
      g_autofree char *written = bal_comment_filter_write (filter);
      g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
      BalFilterLimits limits;

      g_test_message ("%s", wrong[i]);
      g_assert_nonnull (fault);
      g_assert_nonnull (strstr (fault, "2020-05-17"));
      g_assert_cmpstr (written, ==, wrong[i]);
      bal_comment_filter_resolve (filter, NOW, utc, &limits);
      g_assert_cmpint (limits.from, ==, G_MININT64);
      g_assert_cmpint (limits.until, ==, G_MAXINT64);
    }
}

static BalFilterLimits
resolve (const char *line)
{
  g_autoptr(BalCommentFilter) filter = bal_comment_filter_new (line);
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  BalFilterLimits limits;

  bal_comment_filter_resolve (filter, NOW, utc, &limits);
  return limits;
}

static void
test_statuses_are_a_set (void)
{
  g_assert_cmpuint (resolve ("x").statuses, ==, 0);
  g_assert_cmpuint (resolve ("status:spam").statuses, ==, 4);
  g_assert_cmpuint (resolve ("status:Spam,trash").statuses, ==, 12);
  g_assert_cmpuint (resolve ("status:spam status:pending").statuses, ==, 5);
  g_assert_cmpuint (resolve ("is:approved").statuses, ==, 2);
  g_assert_cmpuint (resolve ("status:all").statuses, ==, 15);
  g_assert_cmpuint (resolve ("-status:spam").statuses, ==, 11);
  g_assert_cmpuint (resolve ("status:all -is:trash").statuses, ==, 7);
  g_assert_cmpint (resolve ("status:spam -status:spam").until, ==, G_MININT64);
  g_assert_cmpuint (resolve ("status:").statuses, ==, 0);
}

static void
test_yes_and_no_are_told_apart_from_either (void)
{
  g_assert_cmpint (resolve ("x").has_link, ==, -1);
  g_assert_cmpint (resolve ("has:link").has_link, ==, 1);
  g_assert_cmpint (resolve ("-has:link").has_link, ==, 0);
  g_assert_cmpint (resolve ("is:unanswered").unanswered, ==, 1);
  g_assert_cmpint (resolve ("-is:mine").mine, ==, 0);
}

static void
test_unknown_values_are_told (void)
{
  static const char *const wrong[] = { "status:foo", "status:spam,foo", "has:foo", "is:foo", "-has:x" };
  static const char *const fine[] = { "status:spam,", "has:", "is:", "status:", "from:\"\"", "is:spam", "#", "foo:bar" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(BalCommentFilter) filter = bal_comment_filter_new (wrong[i]);
      g_autofree char *fault = bal_comment_filter_dup_fault (filter);

      g_assert_nonnull (fault);
    }
  for (guint i = 0; i < G_N_ELEMENTS (fine); i++)
    {
      g_autoptr(BalCommentFilter) filter = bal_comment_filter_new (fine[i]);
      g_autofree char *fault = bal_comment_filter_dup_fault (filter);

      g_assert_null (fault);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/comment-filter/line-is-read-as-in-mail-programs", test_line_is_read_as_in_mail_programs);
  g_test_add_func ("/comment-filter/what-is-unknown-is-a-word", test_what_is_unknown_is_a_word);
  g_test_add_func ("/comment-filter/any-line-comes-back-as-it-was-meant", test_any_line_comes_back_as_it_was_meant);
  g_test_add_func ("/comment-filter/fields-change-their-term-alone", test_fields_change_their_term_alone);
  g_test_add_func ("/comment-filter/dates-are-those-of-the-person", test_dates_are_those_of_the_person);
  g_test_add_func ("/comment-filter/what-is-no-date-is-told-and-kept", test_what_is_no_date_is_told_and_kept);
  g_test_add_func ("/comment-filter/statuses-are-a-set", test_statuses_are_a_set);
  g_test_add_func ("/comment-filter/yes-and-no-are-told-apart-from-either", test_yes_and_no_are_told_apart_from_either);
  g_test_add_func ("/comment-filter/unknown-values-are-told", test_unknown_values_are_told);
  return g_test_run ();
}
