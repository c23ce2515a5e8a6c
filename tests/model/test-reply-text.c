/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-reply-text.h"

static void
test_names_of_people_are_shortened_and_others_stay (void)
{
  static const struct { const char *author, *address; } cases[] = {
    { "Anna Berg", "Anna" },
    { "  Anna Maria Berg ", "Anna" },
    { "Łukasz O’Neill", "Łukasz" },
    { "Anna", "Anna" },
    { "moviefan 77", "moviefan 77" },
    { "The Late Show Gang", "The Late Show Gang" },
    { "Dr. Berg", "Dr. Berg" },
    { "anna berg", "anna berg" },
    { "小林 正樹", "小林 正樹" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *address = bal_reply_text_address (cases[i].author);

      g_assert_cmpstr (address, ==, cases[i].address);
    }
}

static void
test_placeholders_are_filled_as_text (void)
{
  BalReplyWords words = { .name = (char *) "A<b>", .author = (char *) "Anna & \"Co\"", .film = (char *) "{title}",
                          .title = (char *) "T" };
  g_autofree char *filled = bal_reply_text_fill ("<p>{name}, {author}: {film} {title} {blog} {other} {Name} {name", &words);

  g_assert_cmpstr (filled, ==, "<p>A&lt;b&gt;, Anna &amp; &quot;Co&quot;: {title} T {blog} {other} {Name} {name");
}

static void
test_short_words_are_quoted_whole_and_long_ones_by_the_sentence (void)
{
  static const struct { const char *text; guint max; const char *quote; } cases[] = {
    { "All of it.", 100, "All of it." },
    { "> Your words.\n\nMine.", 100, "Mine." },
    { "> Only yours.", 100, "" },
    { "First one. Second one is longer. Third.", 34, "First one. Second one is longer. …" },
    { "First one. Second one is longer. Third.", 30, "First one. …" },
    { "He said “No!” and went on for a while.", 20, "He said “No!” …" },
    { "No sentence ends in these words", 15, "No sentence …" },
    { "Onewordthatislongerthanthat", 10, "Onewordtha …" },
    { "Dots… and more that is left out", 12, "Dots…" },
    { "これは映画。とても長い感想です。", 8, "これは映画。 …" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *quote = bal_reply_text_quote (cases[i].text, cases[i].max);

      g_assert_cmpstr (quote, ==, cases[i].quote);
    }
}

static void
test_texts_are_equal_but_for_what_pages_change (void)
{
  g_assert_true (bal_reply_text_equal ("It's “great” – really…", "it’s \"GREAT\" -- really…"));
  g_assert_true (bal_reply_text_equal ("> Your words\n\nMine", "Your words Mine"));
  g_assert_true (bal_reply_text_equal ("a\u00a0b\n\nc", " a b c\r\n"));
  g_assert_true (bal_reply_text_equal ("e\u0301t\u00e9", "\u00e9te\u0301"));
  g_assert_false (bal_reply_text_equal ("Thanks!", "Thanks!!"));
  g_assert_false (bal_reply_text_equal ("5 > 3", "5 3"));
}

static BalComment *
make (gint64      parent,
      const char *remote_parent)
{
  BalComment *comment = bal_comment_new (0);

  bal_comment_set_mine (comment, TRUE);
  bal_comment_set_review_id (comment, 7);
  bal_comment_set_parent_id (comment, parent);
  bal_comment_set_remote_parent_id (comment, remote_parent);
  return comment;
}

static void
test_only_the_bloggers_own_at_that_place_was_entered (void)
{
  g_autoptr(BalComment) kept = make (3, "r3");
  g_autoptr(BalComment) found = make (3, "r3");
  g_autoptr(BalComment) elsewhere = make (4, "r4");
  g_autoptr(BalComment) unknown = make (0, "r9");
  g_autoptr(BalComment) at_top = make (0, NULL);

  g_assert_true (bal_reply_is_entered (kept, "Yes", found, "yes"));
  g_assert_true (bal_reply_is_entered (kept, "Yes", at_top, "yes"));
  g_assert_false (bal_reply_is_entered (kept, "Yes", found, "No"));
  g_assert_false (bal_reply_is_entered (kept, "Yes", elsewhere, "Yes"));
  g_assert_false (bal_reply_is_entered (kept, "Yes", unknown, "Yes"));
  bal_comment_set_mine (found, FALSE);
  g_assert_false (bal_reply_is_entered (kept, "Yes", found, "Yes"));
  bal_comment_set_mine (found, TRUE);
  bal_comment_set_review_id (found, 8);
  g_assert_false (bal_reply_is_entered (kept, "Yes", found, "Yes"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/reply-text/names-of-people-are-shortened-and-others-stay",
                   test_names_of_people_are_shortened_and_others_stay);
  g_test_add_func ("/model/reply-text/placeholders-are-filled-as-text", test_placeholders_are_filled_as_text);
  g_test_add_func ("/model/reply-text/short-words-are-quoted-whole-and-long-ones-by-the-sentence",
                   test_short_words_are_quoted_whole_and_long_ones_by_the_sentence);
  g_test_add_func ("/model/reply-text/texts-are-equal-but-for-what-pages-change",
                   test_texts_are_equal_but_for_what_pages_change);
  g_test_add_func ("/model/reply-text/only-the-bloggers-own-at-that-place-was-entered",
                   test_only_the_bloggers_own_at_that_place_was_entered);

  return g_test_run ();
}
