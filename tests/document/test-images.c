/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What image blocks say, and that a change touches nothing but what was asked for. */

#include "image-fields.h"

/* (transfer full): the only block of a post, which must be an image. */
static BalBlock *
read_image (const char *html,
            BalDialect  dialect)
{
  g_autoptr(BalDocument) document = bal_document_new_from_html (html, -1, dialect);
  BalBlock *block = bal_document_get_n_blocks (document) == 1 ? bal_document_get_block (document, 0) : NULL;
  g_autofree char *source = block != NULL ? source_of (block) : NULL;

  g_assert_cmpstr (source, ==, html);
  g_assert_cmpint (bal_block_get_kind (block), ==, BAL_BLOCK_IMAGE);
  return bal_block_ref (block);
}

#define WP_FULL                                                                                     \
  "<!-- wp:image {\"align\":\"left\",\"id\":7,\"width\":300,\"height\":200,\"sizeSlug\":\"large\"," \
  "\"linkDestination\":\"custom\"} -->\n"                                                           \
  "<figure class=\"wp-block-image alignleft size-large is-resized\"><a href=\"https://e.org/?a=1&amp;b=2\">" \
  "<img src=\"https://e.org/a.jpg\" alt=\"A &quot;b&quot;\" class=\"wp-image-7\" width=\"300\" height=\"200\"/></a>" \
  "<figcaption class=\"wp-element-caption\">Two <em>words</em></figcaption></figure>\n<!-- /wp:image -->"
#define WP_PLAIN                                                                          \
  "<!-- wp:image -->\n<figure class=\"wp-block-image\"><img src=\"a.jpg\" alt=\"\"/></figure>\n" \
  "<!-- /wp:image -->"
#define WP_STYLED                                                                                    \
  "<!-- wp:image {\"id\":7,\"width\":\"300px\",\"height\":\"auto\",\"sizeSlug\":\"large\"} -->\n"   \
  "<figure class=\"wp-block-image size-large is-resized\"><img src=\"a.jpg\" alt=\"\" class=\"wp-image-7\" " \
  "style=\"width:300px;height:auto\"/></figure>\n<!-- /wp:image -->"
#define SHORTCODE                                                                                \
  "[caption id=\"attachment_9\" align=\"alignright\" width=\"640\"]<a href='b.html'><img "       \
  "class=\"size-full wp-image-9\" src='a.jpg' alt='It&#39;s' width=640 height=480 /></a> A <b>big</b> tree[/caption]"
#define SHORTCODE_OLD                                                                   \
  "[caption id=\"\" align=\"aligncenter\" width=\"640\" caption=\"A tree\"]<img src=\"a.jpg\" />[/caption]"
#define SEPARATOR                                                                               \
  "<div class=\"separator\" style=\"clear: both; text-align: center;\"><a href=\"http://e.org/s1600/a.jpg\" " \
  "imageanchor=\"1\" style=\"margin-left: 1em;\"><img border=\"0\" height=\"320\" src=\"http://e.org/s320/a.jpg\" " \
  "width=\"216\" /></a></div>"
#define CAPTION_TABLE                                                                           \
  "<table class=\"tr-caption-container\"><tbody><tr><td style=\"text-align: center;\"><img src=\"a.jpg\" /></td></tr>" \
  "<tr><td class=\"tr-caption\" style=\"text-align: center;\">A caption</td></tr></tbody></table>"

static void
assert_says (const char *html,
             BalDialect  dialect,
             BalImage    expected)
{
  g_autoptr(BalBlock) block = read_image (html, dialect);
  g_autoptr(BalImage) image = bal_image_from_block (block);

  g_assert_nonnull (image);
  g_assert_cmpstr (image->src, ==, expected.src);
  g_assert_cmpstr (image->alt, ==, expected.alt);
  g_assert_cmpstr (image->caption, ==, expected.caption);
  g_assert_cmpstr (image->link, ==, expected.link);
  g_assert_cmpint (image->width, ==, expected.width);
  g_assert_cmpint (image->height, ==, expected.height);
}

static void
test_every_dialect_is_read (void)
{
  BalDialect classic = BAL_DIALECT_WP_CLASSIC;

  assert_says (WP_FULL, BAL_DIALECT_HTML,
               (BalImage) { "https://e.org/a.jpg", "A \"b\"", "Two words", "https://e.org/?a=1&b=2", 300, 200 });
  assert_says (WP_PLAIN, BAL_DIALECT_HTML, (BalImage) { "a.jpg", "", NULL, NULL, 0, 0 });
  assert_says (WP_STYLED, BAL_DIALECT_HTML, (BalImage) { "a.jpg", "", NULL, NULL, 300, 0 });
  assert_says (SHORTCODE, classic, (BalImage) { "a.jpg", "It's", "A big tree", "b.html", 640, 480 });
  assert_says (SHORTCODE_OLD, classic, (BalImage) { "a.jpg", NULL, "A tree", NULL, 0, 0 });
  assert_says ("<a name=\"x\"><img src=a.jpg></a>", classic, (BalImage) { "a.jpg", NULL, NULL, NULL, 0, 0 });
  assert_says (SEPARATOR, BAL_DIALECT_BLOGGER,
               (BalImage) { "http://e.org/s320/a.jpg", NULL, NULL, "http://e.org/s1600/a.jpg", 216, 320 });
  assert_says (CAPTION_TABLE, BAL_DIALECT_BLOGGER, (BalImage) { "a.jpg", NULL, "A caption", NULL, 0, 0 });
  assert_says ("<p><img src=\"a.jpg\" width=\"50%\"></p>", BAL_DIALECT_HTML,
               (BalImage) { "a.jpg", NULL, NULL, NULL, 0, 0 });
  assert_says ("<figure><img src=\"a.jpg\"><figcaption><p>One</p><p>Two</p></figcaption></figure>", BAL_DIALECT_HTML,
               (BalImage) { "a.jpg", NULL, "One Two", NULL, 0, 0 });
}

/* With a caption in the shortcode, text behind the picture is a text of its own: with the caption it would go. */
static void
test_text_beside_a_caption_is_no_part_of_the_picture (void)
{
  g_autoptr(BalDocument) document =
    bal_document_new_from_html ("[caption width=\"640\" caption=\"A tree\"]<img src=\"a.jpg\" /> Text[/caption]",
                                -1, BAL_DIALECT_WP_CLASSIC);

  g_assert_cmpint (bal_block_get_kind (bal_document_get_block (document, 0)), ==, BAL_BLOCK_PARAGRAPH);
}

/* Two pictures, several sources, none: nobody could say which one is meant. */
static void
test_no_picture_is_guessed (void)
{
  static const char *const unclear[] = {
    "<figure><img src=\"a.jpg\"><img src=\"b.jpg\"></figure>",
    "<figure><picture><source srcset=\"a.webp\"><img src=\"a.jpg\"></picture></figure>",
    "<figure><img data-src=\"a.jpg\"></figure>",
  };
  g_autoptr(BalImage) wanted = bal_image_new ("c.jpg");
  g_autoptr(BalBlock) paragraph = bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, "x", NULL, 0);

  for (guint i = 0; i < G_N_ELEMENTS (unclear); i++)
    {
      g_autoptr(BalBlock) block = read_image (unclear[i], BAL_DIALECT_HTML);
      g_autoptr(BalImage) image = bal_image_from_block (block);
      g_autoptr(BalBlock) same = bal_image_change_block (wanted, block, BAL_DIALECT_HTML);

      g_assert_null (image);
      g_assert_true (same == block);
    }
  g_assert_null (bal_image_from_block (paragraph));
}

static BalImage
with (const char *caption,
      const char *link,
      int         width)
{
  return (BalImage) { (char *) "a.jpg", (char *) "A \"b\"", (char *) caption, (char *) link, width,
                      width / 2 };
}

static void
assert_new (BalImage    image,
            BalDialect  dialect,
            const char *expected)
{
  g_autoptr(BalBlock) block = bal_image_to_block (&image, dialect);
  g_autofree char *source = source_of (block);
  g_autoptr(BalBlock) read = read_image (expected, dialect);
  g_autoptr(BalImage) again = bal_image_from_block (read);

  g_assert_cmpstr (source, ==, expected);
  g_assert_true (bal_image_equal (again, &image));
}

/* The block is that of WordPress 6.1, block library, image/save.js. */
static void
test_new_images_are_in_the_dialect (void)
{
  BalDialect classic = BAL_DIALECT_WP_CLASSIC;

  assert_new (with (NULL, NULL, 0), BAL_DIALECT_WP_BLOCKS,
              "<!-- wp:image {\"sizeSlug\":\"full\",\"linkDestination\":\"none\"} -->\n"
              "<figure class=\"wp-block-image size-full\"><img src=\"a.jpg\" alt=\"A &quot;b&quot;\"/></figure>\n"
              "<!-- /wp:image -->");
  assert_new (with ("C & d", "a.jpg", 300), BAL_DIALECT_WP_BLOCKS,
              "<!-- wp:image {\"width\":300,\"height\":150,\"sizeSlug\":\"full\",\"linkDestination\":\"media\"} -->\n"
              "<figure class=\"wp-block-image size-full is-resized\"><a href=\"a.jpg\"><img src=\"a.jpg\" "
              "alt=\"A &quot;b&quot;\" width=\"300\" height=\"150\"/></a>"
              "<figcaption class=\"wp-element-caption\">C &amp; d</figcaption></figure>\n<!-- /wp:image -->");
  assert_new (with (NULL, "b.html", 300), classic,
              "<a href=\"b.html\"><img class=\"aligncenter size-full\" src=\"a.jpg\" alt=\"A &quot;b&quot;\" "
              "width=\"300\" height=\"150\" /></a>");
  assert_new (with ("C [d]", NULL, 300), classic,
              "[caption align=\"aligncenter\" width=\"300\"]<img class=\"size-full\" src=\"a.jpg\" "
              "alt=\"A &quot;b&quot;\" width=\"300\" height=\"150\" /> C &#91;d][/caption]");
  assert_new (with ("C", NULL, 0), classic,
              "<figure class=\"wp-caption aligncenter\"><img class=\"size-full\" src=\"a.jpg\" "
              "alt=\"A &quot;b&quot;\" /><figcaption class=\"wp-caption-text\">C</figcaption></figure>");
  assert_new (with (NULL, "b.html", 0), BAL_DIALECT_BLOGGER,
              "<div class=\"separator\" style=\"clear: both; text-align: center;\"><a href=\"b.html\" "
              "style=\"margin-left: 1em; margin-right: 1em;\"><img border=\"0\" src=\"a.jpg\" "
              "alt=\"A &quot;b&quot;\" /></a></div>");
  assert_new (with ("C", NULL, 300), BAL_DIALECT_BLOGGER,
              "<table align=\"center\" cellpadding=\"0\" cellspacing=\"0\" class=\"tr-caption-container\" "
              "style=\"margin-left: auto; margin-right: auto;\"><tbody><tr><td style=\"text-align: center;\">"
              "<img border=\"0\" src=\"a.jpg\" alt=\"A &quot;b&quot;\" width=\"300\" height=\"150\" /></td></tr>"
              "<tr><td class=\"tr-caption\" style=\"text-align: center;\">C</td></tr></tbody></table>");
  assert_new (with ("C", "b.html", 300), BAL_DIALECT_HTML,
              "<figure><a href=\"b.html\"><img src=\"a.jpg\" alt=\"A &quot;b&quot;\" width=\"300\" height=\"150\">"
              "</a><figcaption>C</figcaption></figure>");
}

/* @text with what stands left of the arrow turned into what is right of it, everywhere. */
static char *
replaced (const char *text,
          const char *change)
{
  g_auto(GStrv) parts = g_strsplit (change, "→", 2);
  g_autoptr(GString) out = g_string_new (text);

  g_assert_cmpuint (g_string_replace (out, parts[0], parts[1], 0), >, 0);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* One field is changed: @expected is all that differs then (NULL: not looked at), and the new source says it. */
static char *
assert_change (const char *html,
               BalDialect  dialect,
               Field       field,
               const char *value,
               const char *expected)
{
  g_autoptr(BalBlock) block = read_image (html, dialect);
  g_autoptr(BalImage) image = bal_image_from_block (block);
  g_autoptr(BalBlock) changed = NULL;
  g_autoptr(BalBlock) read = NULL;
  g_autoptr(BalImage) again = NULL;
  g_autofree char *source = NULL;

  set_field (image, field, value);
  changed = bal_image_change_block (image, block, dialect);
  source = source_of (changed);
  if (expected != NULL)
    {
      g_autofree char *wanted = replaced (html, expected);

      g_assert_cmpstr (source, ==, wanted);
    }
  read = read_image (source, dialect);
  again = bal_image_from_block (read);
  g_assert_true (bal_image_equal (again, image));
  return g_steal_pointer (&source);
}

static void
assert_changes (const char *html,
                BalDialect  dialect,
                Field       field,
                const char *value,
                const char *expected)
{
  g_free (assert_change (html, dialect, field, value, expected));
}

static void
test_only_what_differs_is_touched (void)
{
  BalDialect wp = BAL_DIALECT_WP_BLOCKS;
  BalDialect classic = BAL_DIALECT_WP_CLASSIC;
  BalDialect blogger = BAL_DIALECT_BLOGGER;

  assert_changes (WP_FULL, wp, ALT, "C <d>", "A &quot;b&quot;→C &lt;d&gt;");
  assert_changes (WP_FULL, wp, CAPTION, "Too words", "Two→Too");
  assert_changes (WP_FULL, wp, CAPTION, NULL,
                  "<figcaption class=\"wp-element-caption\">Two <em>words</em></figcaption>→");
  assert_changes (WP_FULL, wp, LINK, "https://e.org/?a=1&c=2", "b=2→c=2");
  assert_changes (WP_FULL, wp, WIDTH, "301", "300→301");
  assert_changes (WP_PLAIN, wp, CAPTION, "C [d]",
                  "</figure>→<figcaption class=\"wp-element-caption\">C [d]</figcaption></figure>");
  assert_changes (SHORTCODE, classic, ALT, "It's \"so\"", "It&#39;s→It&#39;s &quot;so&quot;");
  assert_changes (SHORTCODE, classic, HEIGHT, "481", "480→481");
  assert_changes (SHORTCODE, classic, WIDTH, "64", "640→64");
  assert_changes (SHORTCODE, classic, CAPTION, "A big [oak]", "tree→&#91;oak]");
  assert_changes (SHORTCODE_OLD, classic, CAPTION, "A \"tree\"", "A tree→A &quot;tree&quot;");
  assert_changes (SEPARATOR, blogger, ALT, "A", "width=\"216\"→width=\"216\" alt=\"A\"");
  assert_changes (SEPARATOR, blogger, WIDTH, NULL, " width=\"216\"→");
  assert_changes (CAPTION_TABLE, blogger, CAPTION, NULL,
                  "<tr><td class=\"tr-caption\" style=\"text-align: center;\">A caption</td></tr>→");
  assert_changes ("<p><img src=a.jpg></p>", BAL_DIALECT_HTML, ALT, "b", "jpg→jpg alt=\"b\"");
  assert_changes ("<p><img src=a.jpg></p>", BAL_DIALECT_HTML, SRC, "b c.jpg", "a.jpg→\"b c.jpg\"");
  assert_changes ("<p><img src=a.jpg></p>", BAL_DIALECT_HTML, SRC, "b.jpg", "a.jpg→b.jpg");
  assert_changes ("<a name=\"x\"><img src=a.jpg></a>", classic, LINK, "b", "\"x\"→\"x\" href=\"b\"");
}

static void
assert_becomes (const char *html,
                BalDialect  dialect,
                Field       field,
                const char *value,
                const char *expected)
{
  g_autofree char *source = assert_change (html, dialect, field, value, NULL);

  g_assert_cmpstr (source, ==, expected);
}

/* The block editor compares its attributes with the markup. */
static void
test_delimiters_keep_in_step (void)
{
  BalDialect wp = BAL_DIALECT_WP_BLOCKS;

  assert_becomes (WP_PLAIN, wp, WIDTH, "300",
                  "<!-- wp:image {\"width\":300} -->\n<figure class=\"wp-block-image is-resized\"><img src=\"a.jpg\" "
                  "alt=\"\" width=\"300\"/></figure>\n<!-- /wp:image -->");
  assert_becomes (WP_PLAIN, wp, LINK, "a.jpg",
                  "<!-- wp:image {\"linkDestination\":\"media\"} -->\n<figure class=\"wp-block-image\"><a href=\"a.jpg\">"
                  "<img src=\"a.jpg\" alt=\"\"/></a></figure>\n<!-- /wp:image -->");
  assert_becomes (WP_STYLED, wp, WIDTH, "250",
                  "<!-- wp:image {\"id\":7,\"width\":\"250px\",\"height\":\"auto\",\"sizeSlug\":\"large\"} -->\n"
                  "<figure class=\"wp-block-image size-large is-resized\"><img src=\"a.jpg\" alt=\"\" "
                  "class=\"wp-image-7\" style=\"width:250px;height:auto\"/></figure>\n<!-- /wp:image -->");
  assert_becomes (WP_STYLED, wp, WIDTH, NULL,
                  "<!-- wp:image {\"id\":7,\"sizeSlug\":\"large\"} -->\n"
                  "<figure class=\"wp-block-image size-large\"><img src=\"a.jpg\" alt=\"\" class=\"wp-image-7\"/>"
                  "</figure>\n<!-- /wp:image -->");
  assert_becomes (WP_STYLED, wp, SRC, "b.jpg",
                  "<!-- wp:image {\"width\":\"300px\",\"height\":\"auto\",\"sizeSlug\":\"large\"} -->\n"
                  "<figure class=\"wp-block-image size-large is-resized\"><img src=\"b.jpg\" alt=\"\" "
                  "style=\"width:300px;height:auto\"/></figure>\n<!-- /wp:image -->");
}

/* A caption needs markup that was not there; each dialect has its own. */
static void
test_captions_come_and_go (void)
{
  BalDialect classic = BAL_DIALECT_WP_CLASSIC;
  const char *sized = "<a href=\"b\"><img class=\"alignleft\" src=\"a.jpg\" width=\"300\" /></a>";
  g_autofree char *with_caption =
    assert_change (sized, classic, CAPTION, "A [b]", NULL);

  g_assert_cmpstr (with_caption, ==,
                   "[caption align=\"alignleft\" width=\"300\"]<a href=\"b\"><img class=\"alignleft\" "
                   "src=\"a.jpg\" width=\"300\" /></a> A &#91;b][/caption]");
  assert_becomes (with_caption, classic, CAPTION, NULL, sized);
  assert_becomes (with_caption, classic, LINK, NULL,
                  "[caption align=\"alignleft\" width=\"300\"]<img class=\"alignleft\" src=\"a.jpg\" width=\"300\" />"
                  " A &#91;b][/caption]");
  assert_becomes (SHORTCODE_OLD, classic, CAPTION, NULL, "<img src=\"a.jpg\" class=\"aligncenter\" />");
  assert_becomes ("<img src=\"a.jpg\" />", classic, CAPTION, "A",
                  "<figure><img src=\"a.jpg\" /><figcaption>A</figcaption></figure>");
  assert_becomes ("<p class=\"x\"><img src=\"a.jpg\"></p>", BAL_DIALECT_HTML, CAPTION, "A",
                  "<figure class=\"x\"><img src=\"a.jpg\"><figcaption>A</figcaption></figure>");
  assert_becomes ("<div class=\"separator\"><img src=\"a.jpg\" /></div>", BAL_DIALECT_BLOGGER, CAPTION, "A",
                  "<table align=\"center\" cellpadding=\"0\" cellspacing=\"0\" class=\"tr-caption-container\" "
                  "style=\"margin-left: auto; margin-right: auto;\"><tbody><tr><td style=\"text-align: center;\">"
                  "<img src=\"a.jpg\" /></td></tr><tr><td class=\"tr-caption\" style=\"text-align: center;\">A"
                  "</td></tr></tbody></table>");
}

/* Link and caption in one go: the caption is around the link. */
static void
test_link_and_caption_nest (void)
{
  static const struct
  {
    const char *html;
    BalDialect  dialect;
    const char *expected;
  } cases[] = {
    { "<img src=\"a.jpg\">", BAL_DIALECT_HTML,
      "<figure><a href=\"b\"><img src=\"a.jpg\"></a><figcaption>C</figcaption></figure>" },
    { "<img src=\"a.jpg\" width=\"9\">", BAL_DIALECT_WP_CLASSIC,
      "[caption align=\"alignnone\" width=\"9\"]<a href=\"b\"><img src=\"a.jpg\" width=\"9\"></a> C[/caption]" },
    { "<figure><img src=\"a.jpg\"></figure>", BAL_DIALECT_HTML,
      "<figure><a href=\"b\"><img src=\"a.jpg\"></a><figcaption>C</figcaption></figure>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(BalBlock) block = read_image (cases[i].html, cases[i].dialect);
      g_autoptr(BalImage) image = bal_image_from_block (block);
      g_autoptr(BalBlock) changed = NULL;
      g_autofree char *source = NULL;

      set_field (image, LINK, "b");
      set_field (image, CAPTION, "C");
      changed = bal_image_change_block (image, block, cases[i].dialect);
      source = source_of (changed);
      g_assert_cmpstr (source, ==, cases[i].expected);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/images/every-dialect-is-read", test_every_dialect_is_read);
  g_test_add_func ("/images/no-picture-is-guessed", test_no_picture_is_guessed);
  g_test_add_func ("/images/new-images-are-in-the-dialect", test_new_images_are_in_the_dialect);
  g_test_add_func ("/images/only-what-differs-is-touched", test_only_what_differs_is_touched);
  g_test_add_func ("/images/delimiters-keep-in-step", test_delimiters_keep_in_step);
  g_test_add_func ("/images/text-beside-a-caption-is-no-part-of-the-picture",
                   test_text_beside_a_caption_is_no_part_of_the_picture);
  g_test_add_func ("/images/captions-come-and-go", test_captions_come_and_go);
  g_test_add_func ("/images/link-and-caption-nest", test_link_and_caption_nest);
  return g_test_run ();
}
