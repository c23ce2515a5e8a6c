/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-search-words.h"

#include <string.h>

static char *
join (const char *text)
{
  g_auto(GStrv) words = bal_search_words_list (text);

  return g_strjoinv ("|", words);
}

static void
assert_words (const char *text,
              const char *expected)
{
  g_autofree char *words = join (text);

  g_assert_cmpstr (words, ==, expected);
}

static void
assert_same (const char *one,
             const char *other)
{
  g_autofree char *first = join (one);
  g_autofree char *second = join (other);

  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (first, !=, "");
}

static void
test_words_are_what_stands_between_signs (void)
{
  assert_words ("It's a wonderful, wonderful life! 1946", "it|s|a|wonderful|wonderful|life|1946");
  assert_words ("", "");
  assert_words (" …—!?\n", "");
  assert_words ("x", "x");
  g_assert_true (bal_search_words_any ("— x"));
  g_assert_false (bal_search_words_any ("— ! \t"));
}

static void
test_case_and_accents_do_not_count (void)
{
  assert_same ("Amélie", "AMELIE");
  assert_same ("Ame\xcc\x81lie", "amelie");              /* the accent by itself */
  assert_same ("Müller", "Muller");
  assert_same ("Straße", "STRASSE");
  assert_same ("STRAẞE", "strasse");
  assert_same ("Ærø", "aero");
  assert_same ("Łódź", "lodz");
  assert_same ("Đorđe", "Dorde");
  assert_same ("Ελλάδα", "ελλαδα");
  assert_same ("Ὀδυσσεύς", "οδυσσευσ");
  assert_same ("Việt Nam", "viet nam");
  assert_same ("ﬁlm ⅻ", "film XII");
  assert_same ("soft\xc2\xadhyphen", "softhyphen");
}

static void
test_cyrillic_yo_is_ye (void)
{
  assert_same ("Ёлка", "елка");
  assert_same ("ёжик", "ЕЖИК");
  assert_same ("и\xcc\x86од", "йод");
}

static void
test_turkish_letters_meet_however_their_case_was_made (void)
{
  assert_same ("İstanbul", "istanbul");
  assert_same ("IŞIK", "ışık");
  assert_same ("Diyarbakır", "DİYARBAKIR");
}

static void
test_arabic_and_hebrew_points_do_not_count (void)
{
  assert_same ("مُحَمَّد", "محمد");
  assert_words ("مُحَمَّد", "محمد");
  assert_same ("أحمد إحسان آدم", "احمد احسان ادم");
  assert_same ("جميـــل", "جميل");                       /* drawn out */
  assert_same ("کتاب فارسی", "كتاب فارسي");               /* a Persian and an Arabic keyboard */
  assert_same ("٢٠٢٠", "2020");
  assert_same ("שָׁלוֹם", "שלום");
}

static void
test_vowel_signs_of_india_count (void)
{
  g_autofree char *ki = join ("कि"), *ka = join ("क");

  assert_words ("हिन्दी फ़िल्म", "हिन्दी|फिल्म");           /* one word each; the dot below is an accent */
  g_assert_cmpstr (ki, !=, ka);
  assert_same ("फ़िल्म", "फ\xe0\xa4\xbcिल्म");
}

static void
test_scripts_without_spaces_are_letters (void)
{
  g_autofree char *ga = join ("が"), *ka = join ("か");

  assert_words ("映画館で見た", "映|画|館|で|見|た");
  assert_words ("東京Tokyo物語", "東|京|tokyo|物|語");
  assert_same ("か\xe3\x82\x99", "が");                   /* the voicing by itself */
  g_assert_cmpstr (ga, !=, ka);
  assert_same ("ｶﾞﾝﾀﾞﾑ", "ガンダム");
  assert_same ("ＡＢＣ１２３", "abc123");
  assert_words ("서울", "서|울");
  assert_same ("\xe1\x84\x89\xe1\x85\xa5\xe1\x84\x8b\xe1\x85\xae\xe1\x86\xaf", "서울");
  assert_words ("人々。", "人|々");
  assert_words ("ดูหนัง", "ด|ู|ห|น|ั|ง");
}

static int
bounds_cb (const char *word,
           gsize       length,
           gsize       start,
           gsize       end,
           gpointer    data)
{
  gsize *limits = data;

  g_assert_cmpuint (length, >, 0);
  g_assert_cmpuint (start, >=, limits[0]);
  g_assert_cmpuint (end, >, start);
  g_assert_cmpuint (end, <=, limits[1]);
  g_assert_true (g_utf8_validate (word, length, NULL));
  limits[0] = end;
  return 0;
}

/* Also those that are no UTF-8. Words stand one after the other, inside the text. */
static void
test_any_bytes_have_words_inside_them (void)
{
  static const char *const pieces[] = {
    "a", "Z", "é", "e\xcc\x81", "\xcc\x81", "が", "\xe3\x82\x99", "\xff", "\xc3", "\xe1\x86\xaf", "각", "\xef\xbd\xb6\xef\xbe\x9e",
    " ", "-", "ẞ", "İ", "ي", "\xd9\x8e", "\xe2\x80\x8d", "ก", "\xe0\xb8\xb1", "कि", "½", "ﷺ", "\xf0\x9f\x8e\xac", "\xf4\x8f\xbf\xbf",
  };

  for (guint round = 0; round < 5000; round++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      gsize limits[2];

      for (int n = g_test_rand_int_range (0, 20); n > 0; n--)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      limits[0] = 0;
      limits[1] = text->len;
      bal_search_words_foreach (text->str, text->len, bounds_cb, limits);
    }
}

/* What was found is found again: folding is done once and for all. */
static void
test_folded_words_fold_to_themselves (void)
{
  for (gunichar c = 0x80; c < 0x30000; c++)
    {
      char text[8] = "";
      g_auto(GStrv) words = NULL;

      if (!g_unichar_validate (c))
        continue;
      text[g_unichar_to_utf8 (c, text)] = '\0';
      words = bal_search_words_list (text);
      for (guint i = 0; words[i] != NULL; i++)
        {
          g_autofree char *again = join (words[i]);

          g_assert_cmpstr (again, ==, words[i]);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/search-words/words-are-what-stands-between-signs", test_words_are_what_stands_between_signs);
  g_test_add_func ("/search-words/case-and-accents-do-not-count", test_case_and_accents_do_not_count);
  g_test_add_func ("/search-words/cyrillic-yo-is-ye", test_cyrillic_yo_is_ye);
  g_test_add_func ("/search-words/turkish-letters-meet-however-their-case-was-made",
                   test_turkish_letters_meet_however_their_case_was_made);
  g_test_add_func ("/search-words/arabic-and-hebrew-points-do-not-count", test_arabic_and_hebrew_points_do_not_count);
  g_test_add_func ("/search-words/vowel-signs-of-india-count", test_vowel_signs_of_india_count);
  g_test_add_func ("/search-words/scripts-without-spaces-are-letters", test_scripts_without_spaces_are_letters);
  g_test_add_func ("/search-words/any-bytes-have-words-inside-them", test_any_bytes_have_words_inside_them);
  g_test_add_func ("/search-words/folded-words-fold-to-themselves", test_folded_words_fold_to_themselves);
  return g_test_run ();
}
