/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ghost-fixture.h"
#include "fake-ghost-private.h"

#include <string.h>

/* What Ghost makes of a text and what is read of that again, by the fake one's rendering. */
static char *
there_and_back (const char *html)
{
  g_autofree char *lexical = bal_ghost_make_lexical (html, NULL);
  g_autofree char *rendered = fake_ghost_render (lexical);

  g_assert_nonnull (rendered);
  return bal_ghost_unwrap (rendered);
}

static guint
count_types (const char *lexical,
             const char *type)
{
  g_autoptr(json_t) tree = json_loads (lexical, 0, NULL);
  json_t *node;
  size_t i;
  guint n = 0;

  json_array_foreach (bal_json_get_array (bal_json_get_object (tree, "root"), "children"), i, node)
    n += g_strcmp0 (bal_json_get_string (node, "type"), type) == 0;
  return n;
}

static void
test_texts_come_back_as_they_went (void)
{
  for (guint i = 0; fixture_texts[i] != NULL; i++)
    {
      g_autofree char *back = there_and_back (fixture_texts[i]);

      g_assert_cmpstr (back, ==, fixture_texts[i]);
    }
}

static void
test_plain_paragraphs_are_blocks_of_ghost (void)
{
  g_autofree char *lexical =
    bal_ghost_make_lexical ("<h2>A</h2><p>one</p><p>two <em>words</em></p><hr><div>x</div><p style=\"a\">y</p><p>z</p>", NULL);

  g_assert_cmpuint (count_types (lexical, "extended-heading"), ==, 1);
  g_assert_cmpuint (count_types (lexical, "paragraph"), ==, 3);
  g_assert_cmpuint (count_types (lexical, "horizontalrule"), ==, 1);
  g_assert_cmpuint (count_types (lexical, "html"), ==, 1);
}

#define P(text) "{\"type\":\"paragraph\",\"version\":1,\"mine\":\"" text "\",\"children\":[{\"type\":\"extended-text\",\"text\":\"" \
                text "\",\"format\":0}]}"
#define TREE(children) "{\"root\":{\"children\":[" children "],\"type\":\"root\"}}"

static void
test_what_stays_keeps_its_blocks (void)
{
  const char *html = "<p>one</p><figure class=\"kg-card kg-bookmark-card\"><a href=\"https://example.org/\">x</a></figure><p>two</p>"
                     "<div class=\"kg-card kg-toggle-card\">t</div><p>three</p>";
  const char *lexical = TREE (P ("one") ",{\"type\":\"bookmark\",\"url\":\"u\"},{\"type\":\"email\",\"html\":\"m\"}," P ("two")
                              ",{\"type\":\"toggle\",\"heading\":\"h\"}," P ("three"));
  json_t *post = json_pack ("{s:s, s:s}", "html", html, "lexical", lexical);
  g_autofree char *changed = bal_ghost_make_lexical (
    "<p>one, changed</p><figure class=\"kg-card kg-bookmark-card\"><a href=\"https://example.org/\">x</a></figure><p>two</p>"
    "<p>new</p><div class=\"kg-card kg-toggle-card\">t</div>", post);
  g_autofree char *same = bal_ghost_make_lexical (html, post);
  g_autofree char *none = bal_ghost_make_lexical ("<p>all else</p>", post);

  g_assert_cmpuint (count_types (same, "bookmark") + count_types (same, "email") + count_types (same, "toggle"), ==, 3);
  g_assert_cmpuint (count_types (same, "paragraph"), ==, 3);
  g_assert_nonnull (strstr (same, "\"mine\":\"three\""));

  g_assert_cmpuint (count_types (changed, "bookmark") + count_types (changed, "email") + count_types (changed, "toggle"), ==, 3);
  g_assert_cmpuint (count_types (changed, "html"), ==, 0);
  g_assert_nonnull (strstr (changed, "\"mine\":\"two\""));
  g_assert_null (strstr (changed, "\"mine\":\"one\""));
  /* What readers of the blog never saw is not lost with what stood around it. */
  g_assert_cmpuint (count_types (none, "email"), ==, 1);
  json_decref (post);
}

#define ONLY_MAIL "\"visibility\":{\"web\":{\"nonMember\":false,\"memberSegment\":\"\"}," \
                  "\"email\":{\"memberSegment\":\"status:free,status:-free\"}}"
#define MEMBERS   "\"visibility\":{\"web\":{\"nonMember\":false,\"memberSegment\":\"status:-free\"}," \
                  "\"email\":{\"memberSegment\":\"\"}}"

/* What Ghost shows to nobody on the blog: it stays, wherever it stands, and no part is taken for it. */
static void
test_hidden_and_empty_cards_stay (void)
{
  static const char *const cards[] = {
    "{\"type\":\"html\",\"html\":\"<b>x</b>\",\"hidden\":1," ONLY_MAIL "}",
    "{\"type\":\"call-to-action\",\"hidden\":1," ONLY_MAIL "}",
    "{\"type\":\"html\",\"html\":\"x\",\"hidden\":1,\"visibility\":{\"showOnWeb\":false,\"showOnEmail\":true}}",
    "{\"type\":\"html\",\"html\":\"x\",\"hidden\":1,\"visibility\":{\"emailOnly\":true,\"segment\":\"\"}}",
    "{\"type\":\"html\",\"html\":\"\",\"hidden\":1}", "{\"type\":\"image\",\"src\":\"\",\"hidden\":1}",
    "{\"type\":\"image\",\"hidden\":1}", "{\"type\":\"codeblock\",\"code\":\"\\n\",\"hidden\":1}",
    "{\"type\":\"button\",\"buttonUrl\":\"\",\"hidden\":1}", "{\"type\":\"gallery\",\"images\":[],\"hidden\":1}",
    "{\"type\":\"embed\",\"url\":\"\",\"hidden\":1}",
  };
  static const char html[] = "<p>one</p><div class=\"kg-card kg-cta-card\">c</div><figure class=\"kg-card kg-image-card\">"
                             "<img src=\"i\"></figure><p>two</p>";

  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    {
      g_autofree char *tree = g_strdup_printf (TREE (P ("one") ",%s,{\"type\":\"call-to-action\",\"shown\":1},"
                                                     "{\"type\":\"image\",\"src\":\"i\",\"shown\":1},%s," P ("two")),
                                               cards[i], cards[i]);
      g_autofree char *text = g_strconcat (html, "<p>new</p>", NULL);
      json_t *post = json_pack ("{s:s, s:s}", "html", html, "lexical", tree);
      g_autofree char *lexical = bal_ghost_make_lexical (text, post);
      g_auto(GStrv) hidden = g_strsplit (lexical, "\"hidden\":1", -1);
      g_auto(GStrv) shown = g_strsplit (lexical, "\"shown\":1", -1);

      g_test_message ("%s", cards[i]);
      g_assert_cmpuint (g_strv_length (hidden) - 1, ==, 2);
      g_assert_cmpuint (g_strv_length (shown) - 1, ==, 2);
      json_decref (post);
    }
}

/* What some see or what is only blank is in the HTML: it is what its part was made of, and goes with it. */
static void
test_shown_cards_go_with_their_parts (void)
{
  static const char *const cards[] = {
    "{\"type\":\"call-to-action\"," MEMBERS "}", "{\"type\":\"call-to-action\"}",
    "{\"type\":\"call-to-action\",\"visibility\":{\"emailOnly\":false,\"segment\":\"status:free\"}}",
    "{\"type\":\"call-to-action\",\"visibility\":{\"showOnWeb\":true,\"showOnEmail\":false}}",
    "{\"type\":\"call-to-action\",\"visibility\":{\"emailOnly\":null,\"web\":{\"nonMember\":false,\"memberSegment\":\"\"}}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    {
      g_autofree char *tree = g_strdup_printf (TREE (P ("one") ",%s"), cards[i]);
      json_t *post = json_pack ("{s:s, s:s}", "html", "<p>one</p><div class=\"kg-card kg-cta-card\">c</div>", "lexical", tree);
      g_autofree char *lexical = bal_ghost_make_lexical ("<p>one</p>", post);

      g_test_message ("%s", cards[i]);
      g_assert_cmpuint (count_types (lexical, "call-to-action"), ==, 0);
      json_decref (post);
    }
}

#define CALL_HTML   "<div class=\"kg-card kg-cta-card\">\n<div>\n<p>c</p>\n</div>\n</div>"
#define TOGGLE_HTML "<div class=\"kg-card kg-toggle-card\"><div class=\"kg-toggle-heading\"><h4>t</h4></div><div><p>u</p><p>v</p></div></div>"

/* Such as a call to action with its paragraphs, also right behind another one. */
static void
test_cards_of_several_parts_stay (void)
{
  static const char *const between[] = { "", "\n", "<p>between</p>", "<!-- between -->" };

  for (guint i = 0; i < G_N_ELEMENTS (between); i++)
    {
      gboolean is_block = g_str_has_prefix (between[i], "<p>");
      g_autofree char *cards = g_strconcat (CALL_HTML, between[i], TOGGLE_HTML, NULL);
      g_autofree char *html = g_strconcat ("<p>one</p>", cards, "<p>two</p>", NULL);
      g_autofree char *text = g_strconcat ("<p>changed</p>", cards, "<p>two</p><p>new</p>", NULL);
      json_t *post = json_pack ("{s:s, s:s}", "html", html, "lexical",
                                is_block ? TREE (P ("one") ",{\"type\":\"call-to-action\",\"x\":1}," P ("between")
                                                 ",{\"type\":\"toggle\",\"x\":1}," P ("two"))
                                         : TREE (P ("one") ",{\"type\":\"call-to-action\",\"x\":1},{\"type\":\"toggle\",\"x\":1},"
                                                 P ("two")));
      g_autofree char *lexical = bal_ghost_make_lexical (text, post);
      g_auto(GStrv) kept = g_strsplit (lexical, "\"x\":1", -1);

      g_test_message ("%s", lexical);
      g_assert_cmpuint (g_strv_length (kept) - 1, ==, 2);
      g_assert_cmpuint (count_types (lexical, "call-to-action"), ==, 1);
      g_assert_cmpuint (count_types (lexical, "toggle"), ==, 1);
      g_assert_cmpuint (count_types (lexical, "paragraph"), ==, is_block ? 4 : 3);
      g_assert_cmpuint (count_types (lexical, "html"), ==, strstr (between[i], "<!--") != NULL ? 1 : 0);
      json_decref (post);
    }
}

/* It is not taken for its beginning, and the rest put behind it again. */
static void
test_changed_cards_of_several_parts_are_html (void)
{
  static const char html[] = "<p>one</p>" CALL_HTML TOGGLE_HTML "<p>two</p>";
  g_auto(GStrv) parts = g_strsplit (html, "<p>c</p>", 2);
  g_autofree char *text = g_strconcat (parts[0], "<p>changed</p>", parts[1], NULL);
  json_t *post = json_pack ("{s:s, s:s}", "html", html, "lexical",
                            TREE (P ("one") ",{\"type\":\"call-to-action\"},{\"type\":\"toggle\"}," P ("two")));
  g_autofree char *lexical = bal_ghost_make_lexical (text, post);
  g_autofree char *expected = NULL;
  json_t *tree = json_loads (lexical, 0, NULL);
  json_t *nodes = bal_json_get_array (bal_json_get_object (tree, "root"), "children");

  expected = g_strndup (text + strlen ("<p>one</p>"), strlen (CALL_HTML) + strlen ("changed") - 1);
  g_assert_cmpuint (json_array_size (nodes), ==, 4);
  g_assert_cmpstr (bal_json_get_string (json_array_get (nodes, 1), "type"), ==, "html");
  g_assert_cmpstr (bal_json_get_string (json_array_get (nodes, 1), "html"), ==, expected);
  g_assert_cmpstr (bal_json_get_string (json_array_get (nodes, 2), "type"), ==, "toggle");
  json_decref (tree);
  json_decref (post);
}

/* Where one is not closed, nobody knows what is in it. */
static void
test_what_is_not_whole_is_no_card (void)
{
  static const char html[] = "<p>one</p><div class=\"kg-card kg-cta-card\"><div><p>c</p></div><p>two</p>";
  json_t *post = json_pack ("{s:s, s:s}", "html", html, "lexical",
                            TREE (P ("one") ",{\"type\":\"call-to-action\"}," P ("two")));
  g_autofree char *text = g_strconcat (html, "<p>new</p>", NULL);
  g_autofree char *lexical = bal_ghost_make_lexical (text, post);
  g_autofree char *rendered = fake_ghost_render (lexical);
  g_autofree char *back = bal_ghost_unwrap (rendered);

  g_assert_cmpuint (count_types (lexical, "call-to-action"), ==, 0);
  g_assert_cmpstr (back, ==, text);
  json_decref (post);
}

/* Whether a card is whole is told by its tags alone. */
static void
test_names_like_that_of_a_card_open_nothing (void)
{
  static const char *const insides[] = {
    "<divider></divider>t", "<b title=\"a <div b\">t</b>", "<!-- <div> -->t", "<DIV>t</DIV>", "<div>t</div\n>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (insides); i++)
    {
      g_autofree char *html = g_strdup_printf ("<div class=\"kg-card kg-callout-card\">%s</div><p>one</p>", insides[i]);
      g_autofree char *text = g_strconcat (html, "<p>new</p>", NULL);
      json_t *post = json_pack ("{s:s, s:s}", "html", html, "lexical", TREE ("{\"type\":\"callout\",\"mine\":1}," P ("one")));
      g_autofree char *lexical = bal_ghost_make_lexical (text, post);

      g_test_message ("%s", insides[i]);
      g_assert_cmpuint (count_types (lexical, "callout"), ==, 1);
      g_assert_cmpuint (count_types (lexical, "paragraph"), ==, 2);
      g_assert_cmpuint (count_types (lexical, "html"), ==, 0);
      json_decref (post);
    }
}

static void
test_unclear_blocks_are_kept_as_html (void)
{
  /* Markdown becomes several elements: which of them it was is not told. */
  const char *html = "<p>one</p><h1 id=\"h\">h</h1>\n<p>x <strong>b</strong></p>\n<p>after</p>";
  json_t *post = json_pack ("{s:s, s:s}", "html", html, "lexical",
                            TREE (P ("one") ",{\"type\":\"markdown\",\"markdown\":\"# h\"}," P ("after")));
  g_autofree char *lexical = bal_ghost_make_lexical ("<p>one!</p><h1 id=\"h\">h</h1>\n<p>x <strong>b</strong></p>\n<p>after</p>",
                                                     post);

  g_assert_cmpuint (count_types (lexical, "markdown"), ==, 0);
  g_assert_nonnull (strstr (lexical, "\"mine\":\"after\""));
  g_assert_cmpuint (count_types (lexical, "paragraph"), ==, 3);
  json_decref (post);
}

static void
test_key_is_checked (void)
{
  static const char *const bad[] = { "", ":", "abc", "abc:", ":abcd", "6b03:xyz1", "6b03:abc", "6g03:abcd", "6b03:ab cd" };
  g_autofree char *id = NULL;
  g_autoptr(GBytes) secret = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (bal_ghost_key_parse (bad[i], &id, &secret, &error));
      g_assert_error (error, BAL_ERROR, BAL_ERROR_AUTH);
    }
  g_assert_true (bal_ghost_key_parse (" 6b03:abcdEF01\n", &id, &secret, NULL));
  g_assert_cmpstr (id, ==, "6b03");
  g_assert_cmpuint (g_bytes_get_size (secret), ==, 4);
}

/* Against what another program signs with the same key at the same time. */
static void
test_signature_is_that_of_the_standard (void)
{
  g_autofree char *id = NULL;
  g_autoptr(GBytes) secret = NULL;
  g_autofree char *token = NULL;

  g_assert_true (bal_ghost_key_parse ("6b0379f961fee97eec686bb3:abd3bcec38dc206bd94b19526088220ce5bf729b7488f7b84c3e5a6aa48d0e54",
                                      &id, &secret, NULL));
  token = bal_ghost_key_sign (id, secret, 1795390000);
  g_assert_cmpstr (token, ==, 
                   "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6IjZiMDM3OWY5NjFmZWU5N2VlYzY4NmJiMyJ9."
                   "eyJpYXQiOjE3OTUzOTAwMDAsImV4cCI6MTc5NTM5MDMwMCwiYXVkIjoiL2FkbWluLyJ9."
                   "HAZ0hBLnKi5OixRll8wljG1htC5ESNMOSoKmTj2nMVE");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ghost/texts-come-back-as-they-went", test_texts_come_back_as_they_went);
  g_test_add_func ("/ghost/plain-paragraphs-are-blocks-of-ghost", test_plain_paragraphs_are_blocks_of_ghost);
  g_test_add_func ("/ghost/what-stays-keeps-its-blocks", test_what_stays_keeps_its_blocks);
  g_test_add_func ("/ghost/hidden-and-empty-cards-stay", test_hidden_and_empty_cards_stay);
  g_test_add_func ("/ghost/shown-cards-go-with-their-parts", test_shown_cards_go_with_their_parts);
  g_test_add_func ("/ghost/cards-of-several-parts-stay", test_cards_of_several_parts_stay);
  g_test_add_func ("/ghost/changed-cards-of-several-parts-are-html", test_changed_cards_of_several_parts_are_html);
  g_test_add_func ("/ghost/what-is-not-whole-is-no-card", test_what_is_not_whole_is_no_card);
  g_test_add_func ("/ghost/names-like-that-of-a-card-open-nothing", test_names_like_that_of_a_card_open_nothing);
  g_test_add_func ("/ghost/unclear-blocks-are-kept-as-html", test_unclear_blocks_are_kept_as_html);
  g_test_add_func ("/ghost/key-is-checked", test_key_is_checked);
  g_test_add_func ("/ghost/signature-is-that-of-the-standard", test_signature_is_that_of_the_standard);
  return g_test_run ();
}
