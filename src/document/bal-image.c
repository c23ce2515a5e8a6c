/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-image-parts.h"

#include "bal-block-private.h"
#include "bal-entities.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (BalImage, bal_image, bal_image_copy, bal_image_free)

/**
 * bal_image_new:
 * @src: the picture's address
 *
 * Returns: (transfer full): an image without description, caption, link and size
 */
BalImage *
bal_image_new (const char *src)
{
  BalImage *self;

  g_return_val_if_fail (src != NULL, NULL);

  self = g_new0 (BalImage, 1);
  self->src = g_strdup (src);
  return self;
}

/**
 * bal_image_copy:
 *
 * Returns: (transfer full):
 */
BalImage *
bal_image_copy (const BalImage *self)
{
  BalImage *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = bal_image_new (self->src);
  copy->alt = g_strdup (self->alt);
  copy->caption = g_strdup (self->caption);
  copy->link = g_strdup (self->link);
  copy->width = self->width;
  copy->height = self->height;
  return copy;
}

void
bal_image_free (BalImage *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->src);
  g_free (self->alt);
  g_free (self->caption);
  g_free (self->link);
  g_free (self);
}

gboolean
bal_image_equal (const BalImage *a,
                 const BalImage *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return g_strcmp0 (a->src, b->src) == 0 && g_strcmp0 (a->alt, b->alt) == 0 &&
         g_strcmp0 (a->caption, b->caption) == 0 && g_strcmp0 (a->link, b->link) == 0 &&
         a->width == b->width && a->height == b->height;
}

void
bal_image_normalize (BalImage *self)
{
  if (self->caption != NULL && *self->caption == '\0')
    g_clear_pointer (&self->caption, g_free);
  if (self->link != NULL && *self->link == '\0')
    g_clear_pointer (&self->link, g_free);
}

/**
 * bal_image_from_block:
 * @block: a block that was read, or made by [ctor@Block.new_image]
 *
 * Returns: (transfer full) (nullable): what an image block says, whatever its dialect; %NULL when it is none,
 *   or not just one picture is in it
 */
BalImage *
bal_image_from_block (BalBlock *block)
{
  g_auto(BalImageParts) parts = { NULL };

  g_return_val_if_fail (block != NULL, NULL);

  if (block->kind != BAL_BLOCK_IMAGE || block->source == NULL ||
      !bal_image_parts_find (&parts, bal_block_source_at (block, 0),
                             bal_block_source_length (block)))
    return NULL;
  return bal_image_parts_read (&parts);
}

/* ---- a new one ---- */

static void
append_attribute (GString    *out,
                  const char *name,
                  const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (out, " %s=\"", name);
  bal_entities_append (out, value, strlen (value), TRUE);
  g_string_append_c (out, '"');
}

static void
append_pixels (GString    *out,
               const char *name,
               int         pixels)
{
  if (pixels > 0)
    g_string_append_printf (out, " %s=\"%d\"", name, pixels);
}

static void
append_text (GString    *out,
             const char *text)
{
  bal_entities_append (out, text, strlen (text), FALSE);
}

static void
append_picture (GString        *out,
                const BalImage *self,
                const char     *link_rest,
                const char     *before,
                const char     *alt,
                const char     *close)
{
  if (self->link != NULL)
    {
      g_string_append (out, "<a");
      append_attribute (out, "href", self->link);
      g_string_append_printf (out, "%s>", link_rest);
    }
  g_string_append_printf (out, "<img%s", before);
  append_attribute (out, "src", self->src);
  append_attribute (out, "alt", alt);
  append_pixels (out, "width", self->width);
  append_pixels (out, "height", self->height);
  g_string_append (out, close);
  g_string_append (out, self->link != NULL ? "</a>" : "");
}

/* Exactly what the block's save() gives (block library, WordPress 6.1), or the editor there calls it invalid. */
static void
write_wp_block (GString        *out,
                const BalImage *self)
{
  const char *destination = "none";
  gboolean sized = self->width > 0 || self->height > 0;

  if (self->link != NULL)
    destination = g_str_equal (self->link, self->src) ? "media" : "custom";
  g_string_append (out, "<!-- wp:image {");
  if (self->width > 0)
    g_string_append_printf (out, "\"width\":%d,", self->width);
  if (self->height > 0)
    g_string_append_printf (out, "\"height\":%d,", self->height);
  g_string_append_printf (out, "\"sizeSlug\":\"full\",\"linkDestination\":\"%s\"} -->\n", destination);
  g_string_append_printf (out, "<figure class=\"wp-block-image size-full%s\">",
                          sized ? " is-resized" : "");
  append_picture (out, self, "", "", self->alt != NULL ? self->alt : "", "/>");
  if (self->caption != NULL)
    {
      g_string_append (out, "<figcaption class=\"wp-element-caption\">");
      append_text (out, self->caption);
      g_string_append (out, "</figcaption>");
    }
  g_string_append (out, "</figure>\n<!-- /wp:image -->");
}

/* [caption] drops its text unless a width is given (WordPress, img_caption_shortcode()). */
static void
write_classic (GString        *out,
               const BalImage *self)
{
  gboolean shortcode = self->caption != NULL && self->width > 0;
  g_autoptr(GString) caption = NULL;

  if (self->caption == NULL)
    {
      append_picture (out, self, "", " class=\"aligncenter size-full\"", self->alt, " />");
      return;
    }
  caption = g_string_new (NULL);
  append_text (caption, self->caption);
  if (shortcode)
    {
      g_string_replace (caption, "[", "&#91;", 0);
      g_string_append_printf (out, "[caption align=\"aligncenter\" width=\"%d\"]", self->width);
      append_picture (out, self, "", " class=\"size-full\"", self->alt, " />");
      g_string_append_printf (out, " %s[/caption]", caption->str);
      return;
    }
  g_string_append (out, "<figure class=\"wp-caption aligncenter\">");
  append_picture (out, self, "", " class=\"size-full\"", self->alt, " />");
  g_string_append_printf (out, "<figcaption class=\"wp-caption-text\">%s</figcaption></figure>",
                          caption->str);
}

static void
write_blogger (GString        *out,
               const BalImage *self)
{
  if (self->caption == NULL)
    {
      g_string_append (out, "<div class=\"separator\" style=\"clear: both; text-align: center;\">");
      append_picture (out, self, " style=\"margin-left: 1em; margin-right: 1em;\"", " border=\"0\"",
                      self->alt, " />");
      g_string_append (out, "</div>");
      return;
    }
  g_string_append (out, BAL_BLOGGER_CAPTION_OPEN);
  append_picture (out, self, " style=\"margin-left: auto; margin-right: auto;\"", " border=\"0\"",
                  self->alt, " />");
  g_string_append (out, BAL_BLOGGER_CAPTION_MIDDLE);
  append_text (out, self->caption);
  g_string_append (out, BAL_BLOGGER_CAPTION_CLOSE);
}

static void
write_html (GString        *out,
            const BalImage *self)
{
  g_string_append (out, "<figure>");
  append_picture (out, self, "", "", self->alt, ">");
  if (self->caption != NULL)
    {
      g_string_append (out, "<figcaption>");
      append_text (out, self->caption);
      g_string_append (out, "</figcaption>");
    }
  g_string_append (out, "</figure>");
}

/**
 * bal_image_to_block:
 * @self: an image
 * @dialect: of the post that it goes into
 *
 * Returns: (transfer full): a new block as posts of this dialect write it
 */
BalBlock *
bal_image_to_block (const BalImage *self,
                    BalDialect      dialect)
{
  g_autoptr(BalImage) image = NULL;
  g_autoptr(GString) out = NULL;

  g_return_val_if_fail (self != NULL && self->src != NULL, NULL);

  image = bal_image_copy (self);
  bal_image_normalize (image);
  out = g_string_new (NULL);
  switch (dialect)
    {
    case BAL_DIALECT_WP_BLOCKS:
      write_wp_block (out, image);
      break;
    case BAL_DIALECT_WP_CLASSIC:
      write_classic (out, image);
      break;
    case BAL_DIALECT_BLOGGER:
      write_blogger (out, image);
      break;
    case BAL_DIALECT_HTML:
    default:
      write_html (out, image);
      break;
    }
  return bal_block_new_image (out->str, out->len);
}
