/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures that are not on the blog yet: which ones a post refers to, and that nothing but the references changes. */

#include "bal-image.h"
#include "bal-media-refs.h"
#include "samples.h"

#include <string.h>

static const BalMediaPlace places[] = {
  { 7, "91", "https://e.org/a.jpg?b=1&c=2" },
  { 8, "b.png", "media/b.png" },
};

static void
assert_ids (const char *html,
            const char *expected)
{
  g_autoptr(GArray) ids = bal_media_refs_list (html);
  g_autoptr(GString) found = g_string_new (NULL);

  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (found, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                            g_array_index (ids, gint64, i));
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_references_are_found (void)
{
  assert_ids ("", "");
  assert_ids (NULL, "");
  assert_ids ("<img src='media:8'><a href=\"media:7\"><IMG SRC=media:7></a><img src=\"media:8\">", "8 7");
  assert_ids ("<video src=\"&#109;edia:8\"></video>", "8");
  assert_ids ("<p>src=\"media:7\"</p><!-- <img src=\"media:7\"> --><img src=\"https://e.org/media:7\">", "");
  assert_ids ("<img src=\"media:\"><a href=\"media:x\">", "0");
}

static void
assert_resolved (const char *html,
                 const char *expected)
{
  g_autofree char *resolved = bal_media_refs_resolve (html, places, G_N_ELEMENTS (places));

  g_assert_cmpstr (resolved, ==, expected);
}

static void
test_addresses_take_their_place (void)
{
  assert_resolved ("<p>media:7 <img alt=x src='media:7' class=\"a\"></p>",
                   "<p>media:7 <img alt=x src='https://e.org/a.jpg?b=1&amp;c=2' class=\"a\"></p>");
  assert_resolved ("<a href=\"media:8\"><img src=\"media:8\"/></a><img src=\"media:9\">",
                   "<a href=\"media/b.png\"><img src=\"media/b.png\"/></a><img src=\"media:9\">");
  assert_resolved ("<img class=\"aligncenter size-full\" src=\"media:7\" />",
                   "<img class=\"aligncenter size-full wp-image-91\" src=\"https://e.org/a.jpg?b=1&amp;c=2\" />");
  assert_resolved ("<img class=\"size-full\" src=\"media:8\" />", "<img class=\"size-full\" src=\"media/b.png\" />");
}

/* Both images of a post of blocks get the blog's id, each its own; what is not in such a block gets none. */
static void
test_wordpress_learns_its_id (void)
{
  g_autoptr(BalImage) image = bal_image_new ("media:7");
  g_autoptr(BalBlock) block = NULL;
  g_autofree char *html = NULL;
  g_autofree char *expected = NULL;

  image->link = g_strdup ("media:7");
  block = bal_image_to_block (image, BAL_DIALECT_WP_BLOCKS);
  html = g_strdup_printf ("%s\n\n<p><img src=\"media:7\"></p>", bal_block_get_source (block, NULL));
  expected = g_strdup (
    "<!-- wp:image {\"sizeSlug\":\"full\",\"linkDestination\":\"media\",\"id\":91} -->\n"
    "<figure class=\"wp-block-image size-full\"><a href=\"https://e.org/a.jpg?b=1&amp;c=2\">"
    "<img src=\"https://e.org/a.jpg?b=1&amp;c=2\" alt=\"\" class=\"wp-image-91\"/></a></figure>\n"
    "<!-- /wp:image -->\n\n<p><img src=\"https://e.org/a.jpg?b=1&amp;c=2\"></p>");
  assert_resolved (html, expected);
}

static void
test_other_posts_stay (void)
{
  g_autoptr(GPtrArray) samples = samples_load ();

  for (guint i = 0; i < samples->len; i++)
    {
      gsize length;
      const char *data = sample_data (g_ptr_array_index (samples, i), &length);
      g_autofree char *html = g_strndup (data, length);
      g_autoptr(GArray) ids = bal_media_refs_list (html);
      g_autofree char *resolved = bal_media_refs_resolve (html, places, G_N_ELEMENTS (places));

      g_assert_cmpuint (ids->len, ==, 0);
      g_assert_cmpstr (resolved, ==, html);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/media-refs/references-are-found", test_references_are_found);
  g_test_add_func ("/media-refs/addresses-take-their-place", test_addresses_take_their_place);
  g_test_add_func ("/media-refs/wordpress-learns-its-id", test_wordpress_learns_its_id);
  g_test_add_func ("/media-refs/other-posts-stay", test_other_posts_stay);
  return g_test_run ();
}
