/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <math.h>
#include <string.h>

#include "bal-spam-score.h"
#include "bal-spam-signs.h"
#include "bal-spam-words.h"

/* All signs of a text, and of an author, in one line. */
static char *
list (const char *text,
      const char *author,
      const char *email,
      const char *url)
{
  BalSpamSource source = { .text = text, .author = author, .author_email = email, .author_url = url };
  g_autoptr(GPtrArray) signs = bal_spam_signs_list (&source);

  g_ptr_array_add (signs, NULL);
  return g_strjoinv ("|", (char **) signs->pdata);
}

static gboolean
has (const char *text,
     const char *sign)
{
  BalSpamSource source = { .text = text };
  g_autoptr(GPtrArray) signs = bal_spam_signs_list (&source);

  return g_ptr_array_find_with_equal_func (signs, sign, g_str_equal, NULL);
}

static void
test_words_and_pairs (void)
{
  g_autofree char *signs = list ("The film, the FILM!", NULL, NULL, NULL);

  g_assert_cmpstr (signs, ==, "C:3|L:0|N:2|X:1|p:^ the|p:film $|p:film the|p:the film|w:film|w:the");
}

static void
test_author (void)
{
  g_autofree char *signs = list ("Hm", "Cheap Pills", "Ann@Mail.Example", "http://www.shop.pills.example/x");

  g_assert_cmpstr (signs, ==, "L:0|N:1|U:1|X:0|a:cheap|a:pills|e:ann@mail.example|k:2|m:mail.example|p:^ hm|p:hm $|"
                              "u:pills.example|u:shop.pills.example|w:hm");
}

static void
test_addresses (void)
{
  g_assert_true (has ("see HTTPS://www.Film.Example/a?b.", "h:film.example"));
  g_assert_true (has ("see (film.test/list)!", "h:film.test"));
  g_assert_true (has ("write to ann@film.example,", "h:film.example"));
  g_assert_true (has ("here:http://film.example:8080/", "h:film.example"));
  g_assert_true (has ("http://user:word@film.example/", "h:film.example"));
  g_assert_true (has ("x http://a.example http://b.example", "L:2"));
  g_assert_true (has ("http://a.example", "t:example"));
  /* Numbers, abbreviations and a missing space are no addresses. */
  g_assert_true (has ("3.5 e.g. end.Then U.S. ...", "L:0"));
  g_assert_true (has ("end.Then", "p:end then"));
}

static void
test_any_language (void)
{
  g_assert_true (has ("Концовка хороша", "p:концовка хороша"));
  g_assert_true (has ("映画を見た", "p:映 画"));
  g_assert_true (has ("फिल्म अच्छी", "w:अच्छी"));
  g_assert_true (has ("ชอบมาก", "w:ม"));
  g_assert_false (has ("映画を見た。한국", "M:text"));
  g_assert_true (has ("film фильм", "M:text"));
  g_assert_true (has ("fr\xd0\xb5\xd0\xb5", "M:word"));   /* two Cyrillic letters in a Latin word */
}

static void
test_disguise (void)
{
  /* Full width, "mathematical" letters, and what nobody sees. */
  g_assert_true (has ("\xef\xbd\x86\xef\xbd\x92\xef\xbd\x85\xef\xbd\x85", "w:free"));
  g_assert_true (has ("\xf0\x9d\x97\xb3\xf0\x9d\x97\xbf\xf0\x9d\x97\xb2\xf0\x9d\x97\xb2", "w:free"));
  g_assert_true (has ("fr\xe2\x80\x8b" "ee", "w:free"));
  g_assert_true (has ("call 555123", "w:000000"));
  g_assert_true (has ("noooooo", "G:1"));
  g_assert_true (has ("buy buy buy buy buy buy buy", "R:1"));
}

static void
test_hostile_input (void)
{
  g_autofree char *endless = g_strnfill (1024 * 1024, 'x');
  g_autofree char *nothing = list (NULL, NULL, NULL, NULL);
  g_autofree char *broken = list ("\xff\xfe http://\xff/ @ .. :// www.", "\xc3", "@", "://");
  GString *many = g_string_new (NULL);
  BalSpamSource source = { 0 };

  g_assert_cmpstr (nothing, ==, "L:0|N:0|X:0");
  g_assert_true (g_utf8_validate (broken, -1, NULL));
  g_assert_false (has (endless, "w:x"));

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (many, "w%u x%u.test ", i, i);
  source.text = many->str;
  {
    g_autoptr(GPtrArray) signs = bal_spam_signs_list (&source);

    g_assert_cmpuint (signs->len, <, 4000);
  }
  g_string_free (many, TRUE);
}

static void
test_order_does_not_matter (void)
{
  g_autofree char *a = list ("one two", "x", NULL, NULL);
  g_autofree char *b = list ("one two", "x", NULL, NULL);
  g_autoptr(GPtrArray) links = g_ptr_array_new ();
  BalSpamSource source = { .text = "x", .links = links };
  g_autoptr(GPtrArray) first = NULL;
  g_autoptr(GPtrArray) second = NULL;

  g_assert_cmpstr (a, ==, b);
  g_ptr_array_add (links, (gpointer) "http://a.example/");
  g_ptr_array_add (links, (gpointer) "http://b.example/");
  first = bal_spam_signs_list (&source);
  links->pdata[0] = (gpointer) "http://b.example/";
  links->pdata[1] = (gpointer) "http://a.example/";
  second = bal_spam_signs_list (&source);
  g_assert_cmpuint (first->len, ==, second->len);
  for (guint i = 0; i < first->len; i++)
    g_assert_cmpstr (first->pdata[i], ==, second->pdata[i]);
}

/* Kept in stores: it must never be another. */
static void
test_hash_stays (void)
{
  g_assert_cmphex ((guint64) bal_spam_sign_hash (""), ==, 0xcbf29ce484222325u);
  g_assert_cmphex ((guint64) bal_spam_sign_hash ("a"), ==, 0xaf63dc4c8601ec8cu);
  g_assert_cmphex ((guint64) bal_spam_sign_hash ("foobar"), ==, 0x85944171f73967e8u);
}

static void
test_few_lessons_give_no_score (void)
{
  BalSpamCount counts[] = { { 4, 0 } };
  BalSpamCount lessons = { 4, 400 };

  g_assert_cmpfloat (bal_spam_score (counts, 1, &lessons), ==, -1);
  lessons.n_spam = 5;
  g_assert_cmpfloat (bal_spam_score (counts, 1, &lessons), >, 0.5);
  lessons.n_good = 4;
  g_assert_cmpfloat (bal_spam_score (counts, 1, &lessons), ==, -1);
}

static void
test_sides_are_symmetric (void)
{
  BalSpamCount counts[] = { { 7, 2 }, { 0, 3 }, { 5, 0 }, { 0, 0 } };
  BalSpamCount turned[] = { { 2, 7 }, { 3, 0 }, { 0, 5 }, { 0, 0 } };
  BalSpamCount lessons = { 30, 30 };
  double score = bal_spam_score (counts, 4, &lessons);

  g_assert_cmpfloat_with_epsilon (score + bal_spam_score (turned, 4, &lessons), 1, 1e-12);
  g_assert_cmpfloat (bal_spam_score (&counts[3], 1, &lessons), ==, 0.5);
}

/* A sign is measured by the share of each side that has it, not by how many comments there were of either. */
static void
test_shares_count (void)
{
  BalSpamCount count = { 50, 5 };
  BalSpamCount lessons = { 1000, 100 };

  g_assert_cmpfloat_with_epsilon (bal_spam_score (&count, 1, &lessons), 0.5, 1e-12);
}

static void
test_reasons_add_up (void)
{
  BalSpamSource source = { .text = "cheap film film watches http://x.example", .author = "Ann" };
  g_autoptr(GPtrArray) signs = bal_spam_signs_list (&source);
  g_autofree BalSpamCount *counts = g_new0 (BalSpamCount, signs->len);
  BalSpamCount lessons = { 40, 60 };
  g_autoptr(GPtrArray) reasons = NULL;
  double sum = 0, last = G_MAXDOUBLE, score;

  for (guint i = 0; i < signs->len; i++)
    {
      counts[i].n_spam = (i * 7) % 11;
      counts[i].n_good = (i * 5) % 13;
    }
  counts[0] = (BalSpamCount) { 0, 0 };

  score = bal_spam_score (counts, signs->len, &lessons);
  reasons = bal_spam_list_reasons (signs, counts, &lessons);
  g_assert_cmpuint (reasons->len, >, 5);
  g_assert_cmpuint (reasons->len, <, signs->len);
  for (guint i = 0; i < reasons->len; i++)
    {
      const BalSpamReason *reason = g_ptr_array_index (reasons, i);

      g_assert_cmpfloat (fabs (reason->weight), <=, last);
      g_assert_cmpstr (reason->sign, !=, signs->pdata[0]);
      last = fabs (reason->weight);
      sum += reason->weight;
    }
  g_assert_cmpfloat_with_epsilon (sum, log (score / (1 - score)), 1e-9);
}

static void
assert_described (const char *sign,
                  const char *expected)
{
  g_autofree char *text = bal_spam_sign_describe (sign);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_each_sign_is_said (void)
{
  assert_described ("w:film", "“film”");
  assert_described ("w:0000", "a number of 4 digits");
  assert_described ("p:the film", "“the film”");
  assert_described ("p:^ the", "begins with “the”");
  assert_described ("p:film $", "ends with “film”");
  assert_described ("h:a.example", "a link to a.example");
  assert_described ("t:example", "a link to a “.example” address");
  assert_described ("a:%s%n", "“%s%n” in the author’s name");
  assert_described ("L:4", "five links or more");
  assert_described ("C:5", "nothing but capital letters");
  assert_described ("N:8", "more than 128 words");
  assert_described ("M:word", "letters of different scripts in one word");

  /* Each kind that a comment can have has words of its own. */
  {
    BalSpamSource source = { .text = "Buy BUY BUY buy BUY buy BUY 22 noooo ☃ film фильм http://x.y.example", .author = "A B",
                             .author_email = "a@b.example", .author_url = "http://c.example" };
    g_autoptr(GPtrArray) signs = bal_spam_signs_list (&source);
    g_autoptr(GHashTable) kinds = g_hash_table_new (NULL, NULL);

    for (guint i = 0; i < signs->len; i++)
      {
        const char *sign = g_ptr_array_index (signs, i);
        g_autofree char *text = bal_spam_sign_describe (sign);

        g_assert_cmpstr (text, !=, sign);
        g_assert_cmpstr (text, !=, sign + 2);
        g_hash_table_add (kinds, GINT_TO_POINTER (sign[0]));
      }
    g_assert_cmpuint (g_hash_table_size (kinds), ==, strlen ("wphtakuUmeLDNCXSRMG#"));
  }
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/spam/words-and-pairs", test_words_and_pairs);
  g_test_add_func ("/model/spam/author", test_author);
  g_test_add_func ("/model/spam/addresses", test_addresses);
  g_test_add_func ("/model/spam/any-language", test_any_language);
  g_test_add_func ("/model/spam/disguise-is-seen-through", test_disguise);
  g_test_add_func ("/model/spam/hostile-input", test_hostile_input);
  g_test_add_func ("/model/spam/order-does-not-matter", test_order_does_not_matter);
  g_test_add_func ("/model/spam/hash-stays", test_hash_stays);
  g_test_add_func ("/model/spam/few-lessons-give-no-score", test_few_lessons_give_no_score);
  g_test_add_func ("/model/spam/sides-are-symmetric", test_sides_are_symmetric);
  g_test_add_func ("/model/spam/shares-count", test_shares_count);
  g_test_add_func ("/model/spam/reasons-add-up", test_reasons_add_up);
  g_test_add_func ("/model/spam/each-sign-is-said", test_each_sign_is_said);
  return g_test_run ();
}
