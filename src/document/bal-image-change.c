/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-image-parts.h"

#include "bal-block-private.h"
#include "bal-entities.h"
#include "bal-source-edit.h"

#include <string.h>

typedef struct
{
  const BalImageParts *parts;
  BalSourceEdit       *edit;
  const BalImage      *was;
  const BalImage      *is;
  BalDialect           dialect;
} Changer;

static const BalToken *
end_of (Changer        *self,
        const BalToken *token)
{
  return &self->parts->tokens->tokens[token->match];
}

/* ---- another picture ---- */

/* WordPress's id of the picture before. */
static void
drop_identity (Changer *self)
{
  const BalImageParts *parts = self->parts;
  g_autofree char *classes = bal_tokens_dup_attribute (parts->tokens, parts->image, "class");
  g_auto(GStrv) words = g_strsplit_set (classes != NULL ? classes : "", " \t\n\f\r", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_has_prefix (words[i], "wp-image-"))
      bal_source_edit_set_class (self->edit, parts->image, words[i], FALSE);
  if (parts->delimiter != NULL)
    bal_source_edit_set_member (self->edit, parts->delimiter, "id", NULL);
  if (bal_image_parts_has_shortcode (parts))
    bal_source_edit_set_attribute (self->edit, &parts->shortcode, "id", NULL);
}

/* What names files and sizes of the picture before must not outlive it. */
static void
change_source (Changer *self)
{
  static const char *const stale[] = { "srcset", "sizes", "data-original-width",
                                       "data-original-height" };

  if (g_strcmp0 (self->was->src, self->is->src) == 0)
    return;
  bal_source_edit_set_attribute (self->edit, self->parts->image, "src", self->is->src);
  for (guint i = 0; i < G_N_ELEMENTS (stale); i++)
    bal_source_edit_set_attribute (self->edit, self->parts->image, stale[i], NULL);
  drop_identity (self);
}

static void
change_description (Changer *self)
{
  const char *alt = self->is->alt;

  if (g_strcmp0 (self->was->alt, alt) == 0)
    return;
  /* The block editor calls an image block without one invalid. */
  if (alt == NULL && self->parts->delimiter != NULL)
    alt = "";
  bal_source_edit_set_attribute (self->edit, self->parts->image, "alt", alt);
}

/* ---- its size ---- */

/* Sets a property of a style (NULL: takes it away); the other declarations keep their bytes. */
static char *
set_style (const char *style,
           const char *property,
           const char *value)
{
  g_auto(GStrv) declarations = g_strsplit (style, ";", -1);
  GString *out = g_string_new (NULL);
  gboolean found = FALSE;
  gsize last;

  for (guint i = 0; declarations[i] != NULL; i++)
    {
      const char *colon = strchr (declarations[i], ':');
      g_autofree char *name =
        colon != NULL ? g_strndup (declarations[i], colon - declarations[i]) : NULL;
      gboolean match = name != NULL && g_ascii_strcasecmp (g_strstrip (name), property) == 0;

      found = found || match;
      if (match && value == NULL)
        continue;
      g_string_append (out, i > 0 && out->len > 0 ? ";" : "");
      if (match)
        g_string_append_printf (out, "%.*s%s", (int) (colon + 1 - declarations[i]), declarations[i],
                                value);
      else
        g_string_append (out, declarations[i]);
    }
  last = out->len;
  while (last > 0 && bal_is_space (out->str[last - 1]))
    last--;
  if (!found && value != NULL)
    g_string_append_printf (out, "%s%s:%s", last > 0 && out->str[last - 1] != ';' ? ";" : "",
                            property, value);
  return g_string_free (out, FALSE);
}

typedef struct
{
  const char *name;
  int         was;
  int         is;
} Dimension;

/* The member of wp:image: a number, or a length where the block editor keeps the size as a style (WordPress 6.3 and
 * later). */
static void
change_member (Changer         *self,
               const Dimension *dimension,
               gboolean         as_style)
{
  const BalToken *delimiter = self->parts->delimiter;
  g_autofree char *member = NULL;
  g_autofree char *json = NULL;

  if (delimiter == NULL)
    return;
  member = bal_delimiter_dup_member (self->parts->tokens, delimiter, dimension->name);
  if (dimension->is > 0 && (as_style || (member != NULL && *member == '"')))
    json = g_strdup_printf ("\"%dpx\"", dimension->is);
  else if (dimension->is > 0)
    json = g_strdup_printf ("%d", dimension->is);
  if (json != NULL || member != NULL)
    bal_source_edit_set_member (self->edit, delimiter, dimension->name, json);
}

static void
change_dimension (Changer          *self,
                  const Dimension  *dimension,
                  gboolean          style_has_sizes,
                  char            **style)
{
  const BalImageParts *parts = self->parts;
  g_autofree char *pixels = g_strdup_printf ("%d", dimension->is);
  g_autofree char *length = g_strdup_printf ("%dpx", dimension->is);
  g_autofree char *attribute =
    bal_tokens_dup_attribute (parts->tokens, parts->image, dimension->name);
  g_autofree char *property =
    *style != NULL ? bal_image_dup_style (*style, dimension->name) : NULL;
  gboolean as_style = attribute == NULL && (property != NULL || style_has_sizes);

  if (!as_style)
    bal_source_edit_set_attribute (self->edit, parts->image, dimension->name,
                                   dimension->is > 0 ? pixels : NULL);
  if (as_style || property != NULL)
    {
      char *changed = set_style (*style, dimension->name, dimension->is > 0 ? length : NULL);

      g_free (*style);
      *style = changed;
    }
  change_member (self, dimension, as_style);
}

static void
change_size (Changer *self)
{
  const BalImageParts *parts = self->parts;
  Dimension dimensions[] = { { "width", self->was->width, self->is->width },
                             { "height", self->was->height, self->is->height } };
  g_autofree char *old_style = bal_tokens_dup_attribute (parts->tokens, parts->image, "style");
  g_autofree char *style = g_strdup (old_style);
  g_autofree char *style_width = old_style ? bal_image_dup_style (old_style, "width") : NULL;
  g_autofree char *style_height = old_style ? bal_image_dup_style (old_style, "height") : NULL;
  gboolean unsized = self->is->width == 0 && self->is->height == 0;

  if (self->was->width == self->is->width && self->was->height == self->is->height)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (dimensions); i++)
    if (dimensions[i].was != dimensions[i].is || unsized)
      change_dimension (self, &dimensions[i], style_width != NULL || style_height != NULL, &style);
  if (g_strcmp0 (style, old_style) != 0)
    bal_source_edit_set_attribute (self->edit, parts->image, "style", *style != '\0' ? style : NULL);
  if (parts->delimiter != NULL && parts->figure != NULL)
    bal_source_edit_set_class (self->edit, parts->figure, "is-resized", !unsized);
  if (bal_image_parts_has_shortcode (parts) && self->is->width > 0)
    {
      g_autofree char *width = g_strdup_printf ("%d", self->is->width);

      bal_source_edit_set_attribute (self->edit, &parts->shortcode, "width", width);
    }
}

/* ---- its link ---- */

static gboolean
is_anchor (Changer        *self,
           const BalToken *link)
{
  g_autofree char *name = bal_tokens_dup_attribute (self->parts->tokens, link, "name");
  g_autofree char *id = bal_tokens_dup_attribute (self->parts->tokens, link, "id");

  return name != NULL || id != NULL;
}

static const char *
link_destination (const BalImage *image)
{
  if (image->link == NULL)
    return "\"none\"";
  return g_str_equal (image->link, image->src) ? "\"media\"" : "\"custom\"";
}

static void
change_destination (Changer *self)
{
  const BalToken *delimiter = self->parts->delimiter;
  const char *destination = link_destination (self->is);
  g_autofree char *member = NULL;

  if (delimiter == NULL || g_str_equal (destination, link_destination (self->was)))
    return;
  member = bal_delimiter_dup_member (self->parts->tokens, delimiter, "linkDestination");
  if (member != NULL || self->is->link != NULL)
    bal_source_edit_set_member (self->edit, delimiter, "linkDestination", destination);
}

static void
change_link (Changer *self)
{
  const BalToken *link = self->parts->link;

  change_destination (self);
  if (g_strcmp0 (self->was->link, self->is->link) == 0)
    return;
  if (link == NULL)
    {
      g_autoptr(GString) open = g_string_new ("<a href=\"");

      bal_entities_append (open, self->is->link, strlen (self->is->link), TRUE);
      g_string_append (open, "\">");
      bal_source_edit_replace (self->edit, self->parts->picture_start, self->parts->picture_start,
                               open->str);
      bal_source_edit_replace (self->edit, self->parts->picture_end, self->parts->picture_end,
                               "</a>");
    }
  else if (self->is->link != NULL || is_anchor (self, link))
    {
      bal_source_edit_set_attribute (self->edit, link, "href", self->is->link);
    }
  else
    {
      bal_source_edit_replace (self->edit, link->start, link->end, "");
      bal_source_edit_replace (self->edit, end_of (self, link)->start, end_of (self, link)->end, "");
    }
}

/* ---- its caption ---- */

static gsize
common_head (const char *a,
             const char *b)
{
  gsize head = 0;

  while (a[head] != '\0' && a[head] == b[head])
    head++;
  while (head > 0 && ((guchar) a[head] & 0xC0) == 0x80)
    head--;
  return head;
}

static gsize
common_tail (const char *a,
             const char *b,
             gsize       head)
{
  gsize a_length = strlen (a);
  gsize b_length = strlen (b);
  gsize tail = 0;

  while (tail < MIN (a_length, b_length) - head &&
         a[a_length - 1 - tail] == b[b_length - 1 - tail])
    tail++;
  while (tail > 0 && ((guchar) a[a_length - tail] & 0xC0) == 0x80)
    tail--;
  return tail;
}

/* The runs of the caption before, moved to where their text is now: a typo that is put right leaves the links beside
 * it alone. */
static GArray *
move_runs (BalInline  *content,
           const char *text)
{
  const char *old = content->text->str;
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (BalRun));
  gsize head = common_head (old, text);
  gsize tail = common_tail (old, text, head);
  gsize old_tail = content->text->len - tail;
  gsize new_tail = strlen (text) - tail;

  for (guint i = 0; i < content->runs->len; i++)
    {
      BalRun run = g_array_index (content->runs, BalRun, i);
      gsize start = run.start;
      gsize end = start + run.length;

      if (run.object != NULL && end > head && start < old_tail)
        continue;
      if (start >= old_tail && (start > head || old_tail > head))
        start += new_tail - old_tail;
      else if (start > head)
        start = new_tail;
      if (end >= old_tail && end > head)
        end += new_tail - old_tail;
      else if (end > head)
        end = head;
      if (end <= start)
        continue;
      run.start = start;
      run.length = end - start;
      g_array_append_val (runs, run);
    }
  return runs;
}

/* (transfer full): the HTML of the new caption. @old: what stood there, atoms noted. */
static char *
spell_caption (Changer        *self,
               BalInline      *old,
               BalInlineFlags  flags)
{
  g_autoptr(GArray) runs = old != NULL ? move_runs (old, self->is->caption) : NULL;
  g_autoptr(BalBlock) line =
    bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, self->is->caption,
                        runs != NULL ? (const BalRun *) (gconstpointer) runs->data : NULL,
                        runs != NULL ? runs->len : 0);
  GString *out = g_string_new (NULL);

  bal_inline_write (out, line, flags, old);
  if (self->parts->caption_kind == BAL_CAPTION_TEXT ||
      self->parts->caption_kind == BAL_CAPTION_ATTRIBUTE)
    g_string_replace (out, "[", "&#91;", 0);
  return g_string_free (out, FALSE);
}

static BalInlineFlags
caption_flags (Changer *self)
{
  if (self->dialect == BAL_DIALECT_WP_CLASSIC || self->dialect == BAL_DIALECT_BLOGGER)
    return BAL_INLINE_SLASHES;
  return BAL_INLINE_DEFAULT;
}

static void
rewrite_caption (Changer *self)
{
  const BalImageParts *parts = self->parts;
  BalInlineFlags flags = caption_flags (self) | BAL_INLINE_ATOMS;
  g_autoptr(BalInline) old = bal_image_parts_read_caption (parts, flags);
  g_autofree char *html = spell_caption (self, old, flags);

  if (parts->caption_kind == BAL_CAPTION_ATTRIBUTE)
    {
      g_autoptr(GString) value = g_string_new (html);

      g_string_replace (value, "\"", "&quot;", 0);
      g_string_replace (value, "'", "&#39;", 0);
      g_string_replace (value, "]", "&#93;", 0);
      g_free (html);
      html = g_string_free (g_steal_pointer (&value), FALSE);
    }
  bal_source_edit_replace (self->edit, parts->caption_start, parts->caption_end, html);
}

/* The innermost element of this name around @inside. */
static const BalToken *
find_around (Changer        *self,
             const BalToken *inside,
             const char     *name)
{
  for (const BalToken *token = inside; token-- > self->parts->tokens->tokens;)
    if (token->type == BAL_TOKEN_START && bal_token_is (token, name) &&
        token->match != BAL_TOKEN_NO_MATCH && end_of (self, token)->start > inside->start)
      return token;
  return NULL;
}

static void
remove_caption_element (Changer *self)
{
  const BalToken *caption = self->parts->caption;
  const BalToken *row = find_around (self, caption, "tr");

  if (row != NULL && (end_of (self, row)->end <= self->parts->image->start ||
                      row->start > self->parts->image->start))
    caption = row;
  bal_source_edit_replace (self->edit, caption->start, end_of (self, caption)->end, "");
}

/* The picture takes over how it was aligned. */
static void
remove_shortcode (Changer *self)
{
  const BalImageParts *parts = self->parts;
  g_autofree char *align = bal_tokens_dup_attribute (parts->tokens, &parts->shortcode, "align");
  g_autofree char *classes = bal_tokens_dup_attribute (parts->tokens, parts->image, "class");

  if (align != NULL && g_str_has_prefix (align, "align") &&
      (classes == NULL || strstr (classes, "align") == NULL))
    bal_source_edit_set_class (self->edit, parts->image, align, TRUE);
  bal_source_edit_replace (self->edit, 0, parts->picture_start, "");
  bal_source_edit_replace (self->edit, parts->picture_end, parts->tokens->length, "");
}

static void
add_caption_element (Changer    *self,
                     gsize       at,
                     const char *html)
{
  g_autofree char *element =
    g_strdup_printf ("<figcaption%s>%s</figcaption>",
                     self->parts->delimiter != NULL ? " class=\"wp-element-caption\"" : "", html);

  bal_source_edit_replace (self->edit, at, at, element);
}

static void
add_row (Changer    *self,
         const char *html)
{
  const BalToken *last = end_of (self, self->parts->table);
  g_autofree char *row =
    g_strdup_printf ("<tr><td class=\"tr-caption\" style=\"text-align: center;\">%s</td></tr>", html);

  while (last[-1].type == BAL_TOKEN_TEXT || (last[-1].type == BAL_TOKEN_END && bal_token_is (last - 1, "tbody")))
    last--;
  bal_source_edit_replace (self->edit, last->start, last->start, row);
}

static void
add_blogger_table (Changer    *self,
                   const char *html)
{
  const BalToken *wrapper = self->parts->wrapper;
  gsize length = self->parts->tokens->length;
  g_autofree char *close =
    g_strconcat (BAL_BLOGGER_CAPTION_MIDDLE, html, BAL_BLOGGER_CAPTION_CLOSE, NULL);

  if (wrapper != NULL)
    bal_source_edit_replace (self->edit, 0, wrapper->end, BAL_BLOGGER_CAPTION_OPEN);
  else
    bal_source_edit_put_first (self->edit, 0, BAL_BLOGGER_CAPTION_OPEN);
  bal_source_edit_replace (self->edit, wrapper != NULL ? end_of (self, wrapper)->start : length,
                           length, close);
}

static const char *
alignment (Changer *self)
{
  static const char *const words[] = { "alignleft", "alignright", "aligncenter" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (bal_tokens_has_class (self->parts->tokens, self->parts->image, words[i]))
      return words[i];
  return "alignnone";
}

/* [caption] drops its text unless a width is given (WordPress, img_caption_shortcode()). */
static gboolean
add_shortcode (Changer    *self,
               const char *html)
{
  const BalImageParts *parts = self->parts;
  g_autoptr(GString) close = NULL;
  g_autofree char *open = NULL;

  if ((self->dialect != BAL_DIALECT_WP_CLASSIC && self->dialect != BAL_DIALECT_WP_BLOCKS) ||
      parts->delimiter != NULL || self->is->width == 0 || parts->picture_start > 0 ||
      parts->picture_end < parts->tokens->length)
    return FALSE;
  open = g_strdup_printf ("[caption align=\"%s\" width=\"%d\"]", alignment (self), self->is->width);
  close = g_string_new (html);
  g_string_replace (close, "[", "&#91;", 0);
  g_string_prepend_c (close, ' ');
  g_string_append (close, "[/caption]");
  bal_source_edit_put_first (self->edit, 0, open);
  bal_source_edit_replace (self->edit, parts->tokens->length, parts->tokens->length, close->str);
  return TRUE;
}

/* A <p> or <div> around the picture turns into its figure; without one it gets one. */
static void
add_figure (Changer    *self,
            const char *html)
{
  const BalImageParts *parts = self->parts;

  if (parts->wrapper != NULL)
    {
      bal_source_edit_rename (self->edit, parts->wrapper, "figure");
      add_caption_element (self, end_of (self, parts->wrapper)->start, html);
      bal_source_edit_rename (self->edit, end_of (self, parts->wrapper), "figure");
      return;
    }
  bal_source_edit_put_first (self->edit, parts->picture_start, "<figure>");
  add_caption_element (self, parts->picture_end, html);
  bal_source_edit_replace (self->edit, parts->picture_end, parts->picture_end, "</figure>");
}

static void
change_caption (Changer *self)
{
  const BalImageParts *parts = self->parts;
  g_autofree char *html = NULL;

  if (g_strcmp0 (self->was->caption, self->is->caption) == 0)
    return;
  if (self->is->caption == NULL)
    {
      if (parts->caption_kind == BAL_CAPTION_ELEMENT)
        remove_caption_element (self);
      else
        remove_shortcode (self);
      return;
    }
  if (parts->caption_kind != BAL_CAPTION_NONE)
    {
      rewrite_caption (self);
      return;
    }
  html = spell_caption (self, NULL, caption_flags (self));
  if (parts->figure != NULL)
    add_caption_element (self, end_of (self, parts->figure)->start, html);
  else if (parts->table != NULL)
    add_row (self, html);
  else if (self->dialect == BAL_DIALECT_BLOGGER)
    add_blogger_table (self, html);
  else if (!add_shortcode (self, html))
    add_figure (self, html);
}

/**
 * bal_image_change_block:
 * @self: what it shall say; an empty caption or link is none
 * @block: an image block
 * @dialect: of its post
 *
 * Changes what differs from what @block says, and nothing else: attributes keep their order and quotes, WordPress's
 * delimiter is kept in step with the markup. With another address, what named the picture before goes
 * (`srcset`, WordPress's id).
 *
 * Returns: (transfer full): @block itself when nothing differs, or when [func@Image.from_block] can't read it
 */
BalBlock *
bal_image_change_block (const BalImage *self,
                        BalBlock       *block,
                        BalDialect      dialect)
{
  g_auto(BalImageParts) parts = { NULL };
  g_autoptr(BalSourceEdit) edit = NULL;
  g_autoptr(BalImage) was = NULL;
  g_autoptr(BalImage) wanted = NULL;
  g_autoptr(GBytes) bytes = NULL;
  Changer changer;

  g_return_val_if_fail (self != NULL && self->src != NULL, NULL);
  g_return_val_if_fail (block != NULL, NULL);

  if (block->kind != BAL_BLOCK_IMAGE || block->source == NULL ||
      !bal_image_parts_find (&parts, bal_block_source_at (block, 0),
                             bal_block_source_length (block)))
    return bal_block_ref (block);
  was = bal_image_parts_read (&parts);
  wanted = bal_image_copy (self);
  bal_image_normalize (wanted);
  if (bal_image_equal (was, wanted))
    return bal_block_ref (block);

  edit = bal_source_edit_new (parts.tokens);
  changer = (Changer) { &parts, edit, was, wanted, dialect };
  change_source (&changer);
  change_description (&changer);
  change_size (&changer);
  change_link (&changer);
  change_caption (&changer);
  bytes = bal_source_edit_apply (edit);
  return bal_block_new_image (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}
