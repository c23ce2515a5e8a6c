/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The images of all sample posts: which are read, and that changing them loses nothing. */

#include "image-fields.h"
#include "samples.h"

#include <string.h>

#define N_CHANGES 20000

typedef struct
{
  char      *sample;
  BalBlock  *block;
  BalDialect dialect;
} Found;

static void
free_found (Found *found)
{
  g_free (found->sample);
  bal_block_unref (found->block);
  g_free (found);
}

static void
collect (GPtrArray  *all,
         const char *sample,
         BalBlock   *block,
         BalDialect  dialect)
{
  if (bal_block_get_kind (block) == BAL_BLOCK_IMAGE)
    {
      Found *found = g_new (Found, 1);

      *found = (Found) { g_strdup (sample), bal_block_ref (block), dialect };
      g_ptr_array_add (all, found);
    }
  for (guint i = 0; i < bal_block_get_n_children (block); i++)
    collect (all, sample, bal_block_get_child (block, i), dialect);
}

static GPtrArray *
all_images (void)
{
  g_autoptr(GPtrArray) samples = samples_load ();
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) free_found);

  for (guint i = 0; i < samples->len; i++)
    {
      Sample *sample = g_ptr_array_index (samples, i);
      gsize length;
      const char *data = sample_data (sample, &length);
      g_autoptr(BalDocument) document = bal_document_new_from_html (data, length, BAL_DIALECT_WP_CLASSIC);

      for (guint k = 0; k < bal_document_get_n_blocks (document); k++)
        collect (all, sample->name, bal_document_get_block (document, k),
                 bal_document_get_dialect (document));
    }
  return all;
}

static void
test_images_in_the_wild_are_read (void)
{
  g_autoptr(GPtrArray) all = all_images ();
  guint n_read = 0;

  for (guint i = 0; i < all->len; i++)
    {
      Found *found = g_ptr_array_index (all, i);
      g_autoptr(BalImage) image = bal_image_from_block (found->block);
      g_autoptr(BalBlock) same = NULL;

      if (image == NULL)
        {
          g_autofree char *source = source_of (found->block);

          g_test_message ("not read in %s: %.300s", found->sample, source);
          continue;
        }
      n_read++;
      same = bal_image_change_block (image, found->block, found->dialect);
      g_assert_true (same == found->block);
    }
  g_test_message ("%u of %u images are read", n_read, all->len);
  g_assert_cmpuint (n_read * 100, >=, all->len * 90);
}

static const char *
random_value (GRand *rand,
              Field  field)
{
  static const char *const texts[] = { "A", "B & c", "\"d\" <e>", "f's [g]", "ü 映画" };
  static const char *const addresses[] = { "media:7", "https://e.org/?a=1&b=2", "b c.jpg", "d'e.jpg" };
  static const char *const sizes[] = { "1", "300", "2048" };

  if (field == WIDTH || field == HEIGHT)
    return sizes[g_rand_int_range (rand, 0, G_N_ELEMENTS (sizes))];
  if (field == SRC || field == LINK)
    return addresses[g_rand_int_range (rand, 0, G_N_ELEMENTS (addresses))];
  return texts[g_rand_int_range (rand, 0, G_N_ELEMENTS (texts))];
}

/* WordPress's block says that there is no description by an empty one. */
static void
expect_description (BalImage *image,
                    BalBlock *block)
{
  g_autofree char *source = source_of (block);

  if (image->alt == NULL && g_str_has_prefix (source, "<!-- wp:"))
    image->alt = g_strdup ("");
}

/* Whether a change to @value and back must give the same bytes: an attribute that stays, or a caption's
 * own element that goes again. */
static gboolean
is_reversible (const BalImage *before,
               Field           field,
               const char     *value,
               const char     *source)
{
  gboolean figure = strstr (source, "<figure") != NULL;

  switch (field)
    {
    case ALT:
      return before->alt == NULL || value != NULL;
    case CAPTION:
      return before->caption == NULL && figure && strstr (source, "figcaption") == NULL;
    case LINK:
      return before->link == NULL && strstr (source, "<a") == NULL &&
             !g_str_has_prefix (source, "<!-- wp:");
    case SRC:
    case WIDTH:
    case HEIGHT:
    default:
      return FALSE;
    }
}

static void
check_change (Found      *found,
              Field       field,
              const char *value,
              guint      *n_reversed)
{
  g_autoptr(BalImage) before = bal_image_from_block (found->block);
  g_autoptr(BalImage) image = bal_image_copy (before);
  g_autoptr(BalBlock) changed = NULL;
  g_autoptr(BalBlock) back = NULL;
  g_autoptr(BalImage) again = NULL;
  g_autofree char *old_source = source_of (found->block);
  g_autofree char *new_source = NULL;
  g_autofree char *back_source = NULL;

  set_field (image, field, value);
  changed = bal_image_change_block (image, found->block, found->dialect);
  new_source = source_of (changed);
  again = bal_image_from_block (changed);
  expect_description (image, found->block);
  if (again == NULL || !bal_image_equal (again, image))
    g_error ("%s: field %d to %s:\n%s\n%s", found->sample, field, value, old_source, new_source);
  if (!is_reversible (before, field, value, old_source))
    return;
  back = bal_image_change_block (before, changed, found->dialect);
  back_source = source_of (back);
  if (field == ALT && strchr (old_source, '&') != NULL)
    return;    /* an entity may be spelled in other ways */
  g_assert_cmpstr (back_source, ==, old_source);
  ++*n_reversed;
}

static void
test_random_changes_say_what_they_should (void)
{
  g_autoptr(GPtrArray) all = all_images ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (20190530);

  guint n_reversed = 0;

  for (guint i = 0; i < sample_count (N_CHANGES) && all->len > 0; i++)
    {
      Found *found = g_ptr_array_index (all, g_rand_int_range (rand, 0, all->len));
      g_autoptr(BalImage) image = bal_image_from_block (found->block);
      Field field = g_rand_int_range (rand, 0, HEIGHT + 1);
      gboolean remove = field != SRC && g_rand_int_range (rand, 0, 4) == 0;

      if (image != NULL)
        check_change (found, field, remove ? NULL : random_value (rand, field), &n_reversed);
    }
  g_test_message ("%u changes, of which %u were undone to the byte", sample_count (N_CHANGES), n_reversed);
  g_assert_cmpuint (n_reversed, >, 0);
}

/* Whatever bytes an image or table block has: no harm, and what can be read is read back. */
static void
test_damaged_blocks_do_no_harm (void)
{
  g_autoptr(GPtrArray) all = all_images ();
  g_autoptr(GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify) sample_free);
  g_autoptr(GRand) rand = g_rand_new_with_seed (20190530);
  guint n_read = 0;

  for (guint i = 0; i < all->len; i++)
    {
      gsize length;
      const char *source = bal_block_get_source (((Found *) g_ptr_array_index (all, i))->block, &length);

      g_ptr_array_add (sources, sample_new ("image", source, length));
    }
  for (guint i = 0; i < sample_count (N_CHANGES); i++)
    {
      g_autoptr(GBytes) bytes = sample_mutate (rand, sources);
      gsize length;
      const char *data = g_bytes_get_data (bytes, &length);
      g_autoptr(BalBlock) block = bal_block_new_image (data != NULL ? data : "", length);
      g_autoptr(BalImage) image = bal_image_from_block (block);
      BalDialect dialect = i % 4;
      Field field = g_rand_int_range (rand, 0, HEIGHT + 1);

      if (image != NULL)
        {
          g_autoptr(BalBlock) same = bal_image_change_block (image, block, dialect);
          g_autoptr(BalBlock) changed = NULL;

          g_assert_true (same == block);
          set_field (image, field, random_value (rand, field));
          changed = bal_image_change_block (image, block, dialect);
          n_read += changed != NULL;
        }
    }
  g_test_message ("%u damaged images changed", n_read);
}

/* A changed image in the middle of a post: every other byte of the post is where it was. */
static void
test_the_post_around_stays (void)
{
  g_autoptr(GPtrArray) samples = samples_load ();
  guint n_changed = 0;

  for (guint i = 0; i < samples->len; i++)
    {
      Sample *sample = g_ptr_array_index (samples, i);
      gsize length;
      const char *data = sample_data (sample, &length);
      g_autoptr(BalDocument) document = bal_document_new_from_html (data, length, BAL_DIALECT_WP_CLASSIC);
      g_autoptr(GPtrArray) blocks = bal_document_dup_blocks (document);

      for (guint k = 0; k < blocks->len; k++)
        {
          BalBlock *block = g_ptr_array_index (blocks, k);
          g_autoptr(BalImage) image = bal_image_from_block (block);
          g_autoptr(BalDocument) changed = NULL;
          g_autoptr(GString) expected = NULL;
          g_autofree char *html = NULL;
          gsize old_length, new_length;
          BalBlock *new_block;
          const char *new_source;

          if (image == NULL)
            continue;
          bal_block_get_source (block, &old_length);
          set_field (image, ALT, "rosebud");
          set_field (image, WIDTH, "77");
          new_block = bal_image_change_block (image, block, bal_document_get_dialect (document));
          new_source = bal_block_get_source (new_block, &new_length);
          g_ptr_array_index (blocks, k) = new_block;
          changed = bal_document_with_blocks (document, blocks);
          html = bal_document_to_html (changed, NULL);
          expected = g_string_new (NULL);
          g_string_append_len (expected, new_source, new_length);
          if (strstr (html, expected->str) == NULL || strlen (html) != length - old_length + new_length)
            g_error ("%s: block %u\n%s", sample->name, k, html);
          g_ptr_array_index (blocks, k) = block;
          bal_block_unref (new_block);
          n_changed++;
        }
    }
  g_test_message ("%u images changed in their posts", n_changed);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/images/images-in-the-wild-are-read", test_images_in_the_wild_are_read);
  g_test_add_func ("/images/random-changes-say-what-they-should", test_random_changes_say_what_they_should);
  g_test_add_func ("/images/damaged-blocks-do-no-harm", test_damaged_blocks_do_no_harm);
  g_test_add_func ("/images/the-post-around-stays", test_the_post_around_stays);
  return g_test_run ();
}
