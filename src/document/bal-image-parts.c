/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-image-parts.h"

#include "bal-safe-text.h"

#include <string.h>

#define LONGEST_CAPTION 2000
#define OPEN_SHORTCODE  "[caption"
#define CLOSE_SHORTCODE "[/caption]"

void
bal_image_parts_clear (BalImageParts *self)
{
  g_clear_pointer (&self->tokens, bal_tokens_free);
}

gboolean
bal_image_parts_has_shortcode (const BalImageParts *self)
{
  return self->shortcode.end > self->shortcode.start;
}

static const BalToken *
end_of (const BalImageParts *self,
        const BalToken      *token)
{
  return token->match != BAL_TOKEN_NO_MATCH ? &self->tokens->tokens[token->match] : token;
}

static gboolean
is_around (const BalImageParts *self,
           const BalToken      *token,
           const BalToken      *inside)
{
  return token->match != BAL_TOKEN_NO_MATCH && token->start < inside->start &&
         end_of (self, token)->end >= inside->end;
}

static gboolean
has_attribute (const BalImageParts *self,
               const BalToken      *token,
               const char          *name)
{
  g_autofree char *value = bal_tokens_dup_attribute (self->tokens, token, name);

  return value != NULL;
}

static void
set_caption (BalImageParts  *self,
             BalCaptionKind  kind,
             gsize           start,
             gsize           end)
{
  const char *source = self->tokens->source;

  while (end > start && bal_is_space (source[end - 1]))
    end--;
  while (start < end && bal_is_space (source[start]))
    start++;
  self->caption_kind = kind;
  self->caption_start = start;
  self->caption_end = end;
}

/* [caption …] opens with what could be a tag but for its brackets. */
static void
find_shortcode (BalImageParts *self)
{
  const char *source = self->tokens->source;
  gsize open_length = strlen (OPEN_SHORTCODE);
  gsize end = self->tokens->length;
  BalAttribute attribute;
  gsize cursor = 0;
  const char *close;
  gsize last;

  while (end > 0 && bal_is_space (source[end - 1]))
    end--;
  if (end < open_length + strlen (CLOSE_SHORTCODE) + 1 ||
      strncmp (source, OPEN_SHORTCODE, open_length) != 0 ||
      (source[open_length] != ' ' && source[open_length] != ']') ||
      strncmp (source + end - strlen (CLOSE_SHORTCODE), CLOSE_SHORTCODE,
               strlen (CLOSE_SHORTCODE)) != 0)
    return;
  last = end - strlen (CLOSE_SHORTCODE);
  close = memchr (source, ']', last);
  if (close == NULL || (gsize) (close - source) >= self->picture_start || self->picture_end > last ||
      g_strstr_len (close, source + last - close, OPEN_SHORTCODE) != NULL ||
      g_strstr_len (close, source + last - close, CLOSE_SHORTCODE) != NULL ||
      !bal_is_blank (close + 1, source + self->picture_start - close - 1))
    return;

  self->shortcode = (BalToken) { .type = BAL_TOKEN_START, .start = 0, .end = close - source,
                                 .name_start = 1, .name_length = open_length - 1,
                                 .match = BAL_TOKEN_NO_MATCH };
  set_caption (self, BAL_CAPTION_TEXT, self->picture_end, last);
  while (bal_tokens_next_attribute (self->tokens, &self->shortcode, &cursor, &attribute))
    if (attribute.name_length == strlen ("caption") && attribute.value != NULL &&
        g_ascii_strncasecmp (attribute.name, "caption", attribute.name_length) == 0)
      set_caption (self, BAL_CAPTION_ATTRIBUTE, attribute.value - source,
                   attribute.value - source + attribute.value_length);
  /* Text behind the picture is then no caption, but shown as well: it must not go with one. */
  if (self->caption_kind == BAL_CAPTION_ATTRIBUTE &&
      !bal_is_blank (source + self->picture_end, last - self->picture_end))
    {
      self->shortcode = (BalToken) { .match = BAL_TOKEN_NO_MATCH };
      self->caption_kind = BAL_CAPTION_NONE;
    }
}

static void
look_at_tag (BalImageParts  *self,
             const BalToken *token)
{
  gboolean matched = token->match != BAL_TOKEN_NO_MATCH;

  if (matched && self->caption == NULL &&
      (bal_token_is (token, "figcaption") ||
       bal_tokens_has_class (self->tokens, token, "tr-caption")))
    {
      self->caption = token;
      set_caption (self, BAL_CAPTION_ELEMENT, token->end, end_of (self, token)->start);
    }
  if (!is_around (self, token, self->image))
    return;
  if (bal_token_is (token, "figure"))
    self->figure = token;
  else if (bal_tokens_has_class (self->tokens, token, "tr-caption-container"))
    self->table = token;
  else if (bal_tokens_name_is (self->tokens, token, "a"))
    self->link = token;
}

/* The <p> or <div> that all of the source is. */
static void
find_wrapper (BalImageParts *self)
{
  const BalToken *first = self->tokens->tokens;
  const BalToken *last = first + self->tokens->n_tokens - 1;

  if (first->type == BAL_TOKEN_START && first->match == self->tokens->n_tokens - 1 &&
      (bal_token_is (first, "p") || bal_token_is (first, "div")) && last != first)
    self->wrapper = first;
}

gboolean
bal_image_parts_find (BalImageParts *self,
                      const char    *source,
                      gsize          length)
{
  *self = (BalImageParts) { .tokens = bal_tokens_new (source, length, FALSE) };
  for (guint i = 0; i < self->tokens->n_tokens; i++)
    {
      const BalToken *token = &self->tokens->tokens[i];

      if (token->type != BAL_TOKEN_START)
        continue;
      if (bal_token_is (token, "source") || (bal_token_is (token, "img") && self->image != NULL))
        return FALSE;
      if (bal_token_is (token, "img"))
        self->image = token;
    }
  if (self->image == NULL || !has_attribute (self, self->image, "src"))
    return FALSE;

  for (guint i = 0; i < self->tokens->n_tokens; i++)
    {
      const BalToken *token = &self->tokens->tokens[i];

      if (token->type == BAL_TOKEN_START)
        look_at_tag (self, token);
      else if (token->type == BAL_TOKEN_WP_START && token->start < self->image->start &&
               bal_tokens_name_is (self->tokens, token, "image"))
        self->delimiter = token;
    }
  self->picture_start = self->link != NULL ? self->link->start : self->image->start;
  self->picture_end = self->link != NULL ? end_of (self, self->link)->end : self->image->end;
  find_wrapper (self);
  if (self->caption_kind == BAL_CAPTION_NONE)
    find_shortcode (self);
  return TRUE;
}

gboolean
bal_image_is_shortcode (const char *source,
                        gsize       length)
{
  g_auto(BalImageParts) parts = { NULL };

  return length > strlen (OPEN_SHORTCODE) && *source == '[' &&
         bal_image_parts_find (&parts, source, length) && bal_image_parts_has_shortcode (&parts);
}

/* ---- what it says ---- */

int
bal_image_parse_pixels (const char *text)
{
  guint64 pixels;
  gsize digits;

  if (text == NULL)
    return 0;
  while (bal_is_space (*text))
    text++;
  digits = strspn (text, "0123456789");
  if (digits == 0 || digits > 6 || (text[digits] != '\0' && g_ascii_strcasecmp (text + digits, "px") != 0))
    return 0;
  pixels = g_ascii_strtoull (text, NULL, 10);
  return (int) pixels;
}

char *
bal_image_dup_style (const char *style,
                     const char *property)
{
  g_auto(GStrv) declarations = g_strsplit (style, ";", -1);

  for (guint i = 0; declarations[i] != NULL; i++)
    {
      char *colon = strchr (declarations[i], ':');

      if (colon == NULL)
        continue;
      *colon = '\0';
      if (g_ascii_strcasecmp (g_strstrip (declarations[i]), property) == 0)
        return g_strdup (g_strstrip (colon + 1));
    }
  return NULL;
}

/* Its attribute, or else its style (block editor, WordPress 6.3 and later). */
static int
read_pixels (const BalImageParts *self,
             const char          *name)
{
  g_autofree char *value = bal_tokens_dup_attribute (self->tokens, self->image, name);
  g_autofree char *style = NULL;
  g_autofree char *length = NULL;

  if (value != NULL)
    return bal_image_parse_pixels (value);
  style = bal_tokens_dup_attribute (self->tokens, self->image, "style");
  length = style != NULL ? bal_image_dup_style (style, name) : NULL;
  return bal_image_parse_pixels (length);
}

BalInline *
bal_image_parts_read_caption (const BalImageParts *self,
                              BalInlineFlags       flags)
{
  return bal_inline_read (self->tokens->source + self->caption_start,
                          self->caption_end - self->caption_start, flags);
}

static char *
read_caption (const BalImageParts *self)
{
  g_autoptr(BalInline) content = NULL;
  g_autofree char *text = NULL;

  if (self->caption_kind == BAL_CAPTION_NONE)
    return NULL;
  content = bal_image_parts_read_caption (self, BAL_INLINE_DEFAULT);
  if (content != NULL)
    {
      text = g_strdup (content->text->str);
    }
  else
    {
      g_autofree char *html = g_strndup (self->tokens->source + self->caption_start,
                                         self->caption_end - self->caption_start);

      text = bal_safe_text_line (html, LONGEST_CAPTION);
    }
  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

BalImage *
bal_image_parts_read (const BalImageParts *self)
{
  g_autoptr(BalImage) image = g_new0 (BalImage, 1);

  image->src = bal_tokens_dup_attribute (self->tokens, self->image, "src");
  image->alt = bal_tokens_dup_attribute (self->tokens, self->image, "alt");
  image->caption = read_caption (self);
  image->link =
    self->link != NULL ? bal_tokens_dup_attribute (self->tokens, self->link, "href") : NULL;
  image->width = read_pixels (self, "width");
  image->height = read_pixels (self, "height");
  return g_steal_pointer (&image);
}
