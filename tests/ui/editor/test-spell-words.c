/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-language.h"
#include "bal-spell-words.h"

static void
collect_cb (int         start,
            int         end,
            const char *word,
            gpointer    data)
{
  GString *found = data;

  if (found->len > 0)
    g_string_append_c (found, ' ');
  g_string_append (found, word);
}

static void
assert_words (const char *text,
              const char *language,
              const char *expected)
{
  g_autoptr(GString) found = g_string_new (NULL);

  bal_spell_words_foreach (text, pango_language_from_string (language), collect_cb, found);
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_words_are_found (void)
{
  assert_words ("", "en", "");
  assert_words ("A quiet film.", "en", "quiet film");
  assert_words ("don't don\xe2\x80\x99t \xe2\x80\x98" "film\xe2\x80\x99 'film' the actors' work", "en",
                "don't don't film film the actors work");
  assert_words ("well-known\xe2\x80\x94" "or \xe2\x80\x9cso\xe2\x80\x9d; and/or (not).", "en",
                "well known or so and or not");
  assert_words ("wait...what? End.", "en", "wait what End");
  assert_words ("cafe\xcc\x81 co\xc2\xad" "operate na\xc3\xafve", "en", "caf\xc3\xa9 cooperate na\xc3\xafve");
  assert_words ("one\ntwo\xe2\x80\xa8three\tfour", "en", "one two three four");
}

static void
test_what_is_no_word_is_left_out (void)
{
  assert_words ("3 1950s 3rd mp3 x I a", "en", "");
  assert_words ("https://example.org/some/page www.example.org imdb.com anna@example.org cut.mkv /usr/lib ~/films/x "
                "C:\\films snake_case", "en", "");
  assert_words ("#noir @anna (#noir) (see example.org)", "en", "see");
  assert_words ("BBC DVDs iPhone McGregor camelCase", "en", "");
  assert_words ("THe Nolan film", "en", "THe Nolan film");
}

static void
test_words_of_other_scripts_are_left_out (void)
{
  assert_words ("film \xd1\x84\xd0\xb8\xd0\xbb\xd1\x8c\xd0\xbc \xd7\xa1\xd7\xa8\xd7\x98", "en", "film");
  assert_words ("film \xd1\x84\xd0\xb8\xd0\xbb\xd1\x8c\xd0\xbc", "ru", "\xd1\x84\xd0\xb8\xd0\xbb\xd1\x8c\xd0\xbc");
  assert_words ("\xd7\xa1\xd7\xa8\xd7\x98 \xd7\x98\xd7\x95\xd7\x91", "he", "\xd7\xa1\xd7\xa8\xd7\x98 \xd7\x98\xd7\x95\xd7\x91");
  assert_words ("\xe6\x98\xa0\xe7\x94\xbb\xe3\x82\x92\xe8\xa6\x8b\xe3\x81\x9f film \xe3\x83\x86\xe3\x82\xb9\xe3\x83\x88", "en", "film");
}

static void
count_cb (int         start,
          int         end,
          const char *word,
          gpointer    data)
{
  guint *n_words = data;

  g_assert_cmpint (start, <, end);
  g_assert_true (g_utf8_validate (word, -1, NULL));
  (*n_words)++;
}

static void
test_any_text_is_looked_through (void)
{
  static const char *const pieces[] = {
    "\xcc\x81", "\xe2\x80\x8b", "\xe2\x80\xae", "\xe2\x80\x8d", "\xef\xbf\xbc", "'", "\xe2\x80\x99", ".", "/", "@",
    " ", "\n", "a", "Z", "9", "\xf0\x9f\x8e\xac", "\xe6\x98\xa0", "\xd7\xa1", "\xef\xbf\xbf", "\xc2\xad", "\x01", "-",
  };
  g_autofree char *long_word = g_strnfill (20000, 'q');
  g_autoptr(GRand) rand = g_rand_new_with_seed (5);
  PangoLanguage *language = pango_language_from_string ("en");
  guint n_words = 0;

  bal_spell_words_foreach (long_word, language, count_cb, &n_words);
  g_assert_cmpuint (n_words, ==, 0);
  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr(GString) text = g_string_new (NULL);

      for (int i = g_rand_int_range (rand, 0, 30); i > 0; i--)
        g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      bal_spell_words_foreach (text->str, language, count_cb, &n_words);
    }
  g_assert_cmpuint (n_words, >, 20);
}

static void
test_languages_have_names (void)
{
  static const struct { const char *tag; const char *name; } names[] = {
    { "en_US", "English (United States)" }, { "de", "German" }, { "es_ES", "Spanish (Spain)" },
    { "el_GR", "Greek (Greece)" }, { "sr_Latn", "Serbian (Latn)" }, { "xx_YY", "xx_YY" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = bal_language_get_name (names[i].tag);

      g_assert_cmpstr (name, ==, names[i].name);
    }
}

int
main (int   argc,
       char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/spell-words/words-are-found", test_words_are_found);
  g_test_add_func ("/spell-words/what-is-no-word-is-left-out", test_what_is_no_word_is_left_out);
  g_test_add_func ("/spell-words/words-of-other-scripts-are-left-out", test_words_of_other_scripts_are_left_out);
  g_test_add_func ("/spell-words/any-text-is-looked-through", test_any_text_is_looked_through);
  g_test_add_func ("/spell-words/languages-have-names", test_languages_have_names);

  return g_test_run ();
}
