/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-reader.h"

#include "bal-field-lines.h"
#include "bal-image-parts.h"

#include <stdlib.h>
#include <string.h>

static BalBlock *
new_block (BalReader    *self,
           BalBlockKind  kind,
           int           level,
           BalInline    *content,
           const char   *text,
           gsize         start,
           gsize         end,
           const char   *name)
{
  GBytes *source = g_bytes_new_from_bytes (self->bytes, start, end - start);
  const BalRun *runs =
    content != NULL ? (const BalRun *) (gconstpointer) content->runs->data : NULL;
  BalBlock *block;

  block = bal_block_build (kind, level, FALSE, content != NULL ? content->text->str : text, runs,
                           content != NULL ? content->runs->len : 0, NULL, source, name);
  block->content_start = block->content_end = block->flow_end = end - start;
  return block;
}

BalBlock *
bal_reader_empty_block (BalReader    *self,
                        BalBlockKind  kind,
                        const char   *text,
                        gsize         start,
                        gsize         end)
{
  return new_block (self, kind, 0, NULL, text, start, end, NULL);
}

BalBlock *
bal_reader_opaque (BalReader *self,
                   gsize      start,
                   gsize      end)
{
  g_autofree char *name = bal_reader_island_name (self->html + start, end - start);

  return new_block (self, BAL_BLOCK_OPAQUE, 0, NULL, NULL, start, end, name);
}

static BalBlock *
read_image (BalReader *self,
            gsize      start,
            gsize      end)
{
  g_autofree char *label = bal_reader_image_label (self->html + start, end - start);

  return new_block (self, BAL_BLOCK_IMAGE, 0, NULL, label, start, end, NULL);
}

/* What stands alone in a line without any text beside it is shown as what it is. */
static BalBlock *
read_lone_object (BalReader *self,
                  BalInline *content,
                  gsize      start,
                  gsize      end)
{
  const BalRun *object = NULL;

  for (guint i = 0; i < content->runs->len; i++)
    {
      const BalRun *run = &g_array_index (content->runs, BalRun, i);

      if (run->object == NULL && !bal_is_blank (content->text->str + run->start, run->length))
        return NULL;
      if (run->object != NULL && object != NULL)
        return NULL;
      if (run->object != NULL)
        object = run;
    }
  if (object == NULL)
    return NULL;
  if (g_ascii_strncasecmp (object->object, "<img", 4) == 0 ||
      g_ascii_strncasecmp (object->object, "<picture", 8) == 0)
    return read_image (self, start, end);
  return bal_reader_opaque (self, start, end);
}

static int
compare_end_cb (gconstpointer key,
                gconstpointer member)
{
  gsize end = *(const gsize *) key;
  const BalToken *token = member;

  return end < token->end ? -1 : end > token->end;
}

/* Cuts off what shows nothing: white space that lays out the source, and a last <br>. */
static void
trim_content (BalReader      *self,
              gsize          *start,
              gsize          *end,
              BalForm         form,
              BalInlineFlags  flags)
{
  const BalToken *last;

  bal_inline_trim (self->html, start, end, flags);
  if (form == BAL_FORM_BARE || (flags & BAL_INLINE_PREFORMATTED))
    return;
  last = bsearch (end, self->tokens->tokens, self->tokens->n_tokens, sizeof *last, compare_end_cb);
  if (last != NULL && last->start >= *start && last->type == BAL_TOKEN_START &&
      bal_token_is (last, "br"))
    *end = last->start;
}

/* The token that the byte at @offset is in. */
static guint
find_token (BalReader *self,
            gsize      offset)
{
  guint first = 0, last = self->tokens->n_tokens;

  while (first < last)
    {
      guint middle = first + (last - first) / 2;

      if (self->tokens->tokens[middle].end <= offset)
        first = middle + 1;
      else
        last = middle;
    }
  return first;
}

/* By the bytes of its text; only a <br> or a line of the source may begin a new one. */
static gboolean
may_hold_field_lines (BalReader *self,
                      gsize      start,
                      gsize      end)
{
  const BalToken *tokens = self->tokens->tokens;
  gboolean begins = TRUE;

  for (guint i = find_token (self, start); i < self->tokens->n_tokens && tokens[i].start < end; i++)
    {
      gsize from = MAX (tokens[i].start, start);

      if (tokens[i].type == BAL_TOKEN_TEXT)
        {
          if (bal_field_lines_possible (self->html + from, MIN (tokens[i].end, end) - from, &begins))
            return TRUE;
        }
      else if (tokens[i].type != BAL_TOKEN_END &&
               (tokens[i].type != BAL_TOKEN_START || bal_token_is (&tokens[i], "br")))
        {
          begins = TRUE;
        }
    }
  return FALSE;
}

/* Only where it stands. */
static BalBlock *
new_silent_block (BalReader    *self,
                  BalBlockKind  kind,
                  int           level,
                  BalForm       form,
                  gsize         start,
                  gsize         end)
{
  BalBlock *block = new_block (self, kind, level, NULL, NULL, start, end, NULL);

  block->form = form;
  return block;
}

static BalBlock *
read_text_block (BalReader    *self,
                 BalBlockKind  kind,
                 int           level,
                 BalForm       form,
                 gsize         start,
                 gsize         end,
                 gsize         content_start,
                 gsize         content_end)
{
  BalInlineFlags flags = bal_reader_inline_flags (self->dialect, kind, form);
  g_autoptr(BalInline) content = NULL;
  BalBlock *block = NULL;

  if (self->only_lines && !may_hold_field_lines (self, content_start, content_end))
    return new_silent_block (self, kind, level, form, start, end);
  trim_content (self, &content_start, &content_end, form, flags);
  content = bal_inline_read (self->html + content_start, content_end - content_start, flags);
  if (content == NULL)
    return NULL;
  if (kind == BAL_BLOCK_PARAGRAPH)
    block = read_lone_object (self, content, start, end);
  if (block == NULL)
    {
      block = new_block (self, kind, level, content, NULL, start, end, NULL);
      block->content_start = content_start - start;
      block->content_end = block->flow_end = content_end - start;
    }
  block->form = form;
  return block;
}

BalBlock *
bal_reader_read_bare (BalReader *self,
                      gsize      start,
                      gsize      end)
{
  BalBlock *block;

  if ((self->dialect == BAL_DIALECT_WP_CLASSIC || self->dialect == BAL_DIALECT_WP_BLOCKS) &&
      bal_image_is_shortcode (self->html + start, end - start))
    return read_image (self, start, end);
  block = read_text_block (self, BAL_BLOCK_PARAGRAPH, 0, BAL_FORM_BARE, start, end, start, end);
  return block != NULL ? block : bal_reader_opaque (self, start, end);
}

BalBlock *
bal_reader_container (BalReader    *self,
                      BalBlockKind  kind,
                      gboolean      ordered,
                      BalInline    *content,
                      gsize         start,
                      gsize         end,
                      gsize         content_start,
                      gsize         content_end,
                      gsize         flow_end,
                      BalFlow      *flow)
{
  GBytes *source = g_bytes_new_from_bytes (self->bytes, start, end - start);
  const BalRun *runs =
    content != NULL ? (const BalRun *) (gconstpointer) content->runs->data : NULL;
  GPtrArray *children = flow->blocks->len > 0 ? g_steal_pointer (&flow->blocks) : NULL;
  BalBlock *block;

  block = bal_block_build (kind, 0, ordered, content != NULL ? content->text->str : NULL, runs,
                           content != NULL ? content->runs->len : 0, children, source, NULL);
  block->content_start = content_start - start;
  block->content_end = content_end - start;
  block->flow_end = flow_end - start;
  block->child_starts = g_new (gsize, flow->starts->len + 1);
  for (guint i = 0; i < flow->starts->len; i++)
    block->child_starts[i] = g_array_index (flow->starts, gsize, i) - start;
  return block;
}

static guint
skip_blank (BalReader *self,
            guint      index,
            guint      last)
{
  for (; index < last; index++)
    {
      const BalToken *token = &self->tokens->tokens[index];

      if (token->type != BAL_TOKEN_BREAK &&
          (token->type != BAL_TOKEN_TEXT ||
           !bal_is_blank (self->html + token->start, token->end - token->start)))
        break;
    }
  return index;
}

/* The only thing in [first, last) but white space; BAL_TOKEN_NO_MATCH when there are more. */
static guint
find_only_element (BalReader *self,
                   guint      first,
                   guint      last)
{
  guint index = skip_blank (self, first, last);
  guint end;

  if (index == last)
    return BAL_TOKEN_NO_MATCH;
  end = self->tokens->tokens[index].match;
  if (end == BAL_TOKEN_NO_MATCH)
    end = index;
  return skip_blank (self, end + 1, last) == last ? index : BAL_TOKEN_NO_MATCH;
}

/* The text of an item goes to its first block; a first <p> counts as part of the opening tag. */
static BalBlock *
read_item (BalReader *self,
           guint      index,
           gsize      start,
           gsize      end)
{
  const BalToken *tokens = self->tokens->tokens;
  BalInlineFlags flags = bal_reader_inline_flags (self->dialect, BAL_BLOCK_ITEM, BAL_FORM_TAGS);
  guint last = tokens[index].match;
  guint first = skip_blank (self, index + 1, last);
  gsize content_start = tokens[index].end;
  gsize content_end;
  g_autoptr(BalInline) content = NULL;
  g_auto(BalFlow) flow = { NULL, NULL };

  if (first < last && bal_token_is (&tokens[first], "p") && tokens[first].match < last)
    {
      content_start = tokens[first].end;
      content_end = tokens[tokens[first].match].start;
      first = tokens[first].match + 1;
    }
  else
    {
      first = index + 1;
      while (first < last && tokens[first].type != BAL_TOKEN_WP_START &&
             tokens[first].type != BAL_TOKEN_WP_VOID &&
             (tokens[first].tag == NULL || !(tokens[first].tag->flags & BAL_TAG_BLOCK)))
        first++;
      content_end = tokens[first].start;
    }

  trim_content (self, &content_start, &content_end, BAL_FORM_TAGS, flags);
  content = bal_inline_read (self->html + content_start, content_end - content_start, flags);
  if (content == NULL)
    return NULL;
  bal_reader_flow_init (&flow);
  bal_reader_read_flow (self, first, last, &flow);
  return bal_reader_container (self, BAL_BLOCK_ITEM, FALSE, content, start, end, content_start,
                               content_end, tokens[last].start, &flow);
}

static BalBlock *
read_list (BalReader *self,
           guint      index,
           gsize      start,
           gsize      end)
{
  const BalToken *tokens = self->tokens->tokens;
  guint last = tokens[index].match;
  g_auto(BalFlow) flow = { NULL, NULL };

  bal_reader_flow_init (&flow);
  for (guint i = skip_blank (self, index + 1, last); i < last; i = skip_blank (self, i + 1, last))
    {
      const BalToken *token = &tokens[i];
      guint item = i;
      BalBlock *block;

      if (token->type == BAL_TOKEN_COMMENT)
        continue;
      if (token->match == BAL_TOKEN_NO_MATCH)
        return NULL;
      if (token->type == BAL_TOKEN_WP_START &&
          bal_tokens_name_is (self->tokens, token, "list-item"))
        item = find_only_element (self, i + 1, token->match);
      if (item == BAL_TOKEN_NO_MATCH || tokens[item].type != BAL_TOKEN_START ||
          tokens[item].match == BAL_TOKEN_NO_MATCH || !bal_token_is (&tokens[item], "li"))
        return NULL;
      block = read_item (self, item, token->start, tokens[token->match].end);
      if (block == NULL)
        return NULL;
      g_ptr_array_add (flow.blocks, block);
      g_array_append_val (flow.starts, token->start);
      i = token->match;
    }
  return bal_reader_container (self, BAL_BLOCK_LIST, bal_token_is (&tokens[index], "ol"), NULL,
                               start, end, tokens[index].end, tokens[index].end, tokens[last].start,
                               &flow);
}

static gboolean
is_embed_quote (BalReader      *self,
                const BalToken *token)
{
  static const char *const classes[] = { "twitter-tweet", "instagram-media", "tiktok-embed",
                                         "bluesky-embed", "reddit-embed-bq" };

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (bal_tokens_has_class (self->tokens, token, classes[i]))
      return TRUE;
  return FALSE;
}

static BalBlock *
read_quote (BalReader *self,
            guint      index,
            gsize      start,
            gsize      end)
{
  const BalToken *token = &self->tokens->tokens[index];
  const BalToken *close = &self->tokens->tokens[token->match];
  g_auto(BalFlow) flow = { NULL, NULL };

  if (is_embed_quote (self, token))
    return NULL;
  bal_reader_flow_init (&flow);
  bal_reader_read_flow (self, index + 1, token->match, &flow);
  return bal_reader_container (self, BAL_BLOCK_QUOTE, FALSE, NULL, start, end, token->end,
                               token->end, close->start, &flow);
}

static gboolean
has_image (BalReader *self,
           guint      first,
           guint      last)
{
  for (guint i = first; i <= last; i++)
    if (self->tokens->tokens[i].type == BAL_TOKEN_START &&
        bal_token_is (&self->tokens->tokens[i], "img"))
      return TRUE;
  return FALSE;
}

static BalBlock *
read_table (BalReader *self,
            gsize      start,
            gsize      end)
{
  return new_block (self, BAL_BLOCK_TABLE, 0, NULL, NULL, start, end, NULL);
}

/* Whether what is in a figure is a table, with or without a caption. */
static gboolean
holds_table (BalReader *self,
             guint      index)
{
  const BalToken *tokens = self->tokens->tokens;
  guint last = tokens[index].match;
  guint first = skip_blank (self, index + 1, last);

  if (first < last && bal_token_is (&tokens[first], "figcaption") && tokens[first].match < last)
    first = skip_blank (self, tokens[first].match + 1, last);
  if (first >= last || !bal_token_is (&tokens[first], "table") || tokens[first].match >= last)
    return FALSE;
  first = skip_blank (self, tokens[first].match + 1, last);
  if (first < last && bal_token_is (&tokens[first], "figcaption") && tokens[first].match < last)
    first = skip_blank (self, tokens[first].match + 1, last);
  return first == last;
}

/* Blogger's empty paragraph. */
static gboolean
is_lone_break (BalReader *self,
               guint      first,
               guint      last)
{
  guint index = find_only_element (self, first, last);

  return index != BAL_TOKEN_NO_MATCH && bal_token_is (&self->tokens->tokens[index], "br");
}

/* A <div> with a line of text in it is a paragraph, one with an image alone is that image; one with
 * blocks or nothing inside, or with comments around its text, is a mere wrapper, for which this
 * returns FALSE. */
static gboolean
read_wrapper (BalReader  *self,
              guint       index,
              gsize       start,
              gsize       end,
              BalBlock  **block)
{
  const BalToken *token = &self->tokens->tokens[index];
  const BalToken *close = &self->tokens->tokens[token->match];

  if (bal_reader_has_break (self, index + 1, token->match) ||
      self->tokens->tokens[skip_blank (self, index + 1, token->match)].type == BAL_TOKEN_COMMENT ||
      (close - 1)->type == BAL_TOKEN_COMMENT)
    return FALSE;
  if (!bal_reader_shows_something (self, index + 1, token->match) &&
      !is_lone_break (self, index + 1, token->match))
    return FALSE;
  *block = read_text_block (self, BAL_BLOCK_PARAGRAPH, 0, BAL_FORM_DIV, start, end, token->end,
                            close->start);
  return TRUE;
}

static int
heading_level (const BalToken *token)
{
  const char *name = token->tag != NULL ? token->tag->name : "";

  return name[0] == 'h' && name[1] >= '1' && name[1] <= '6' ? name[1] - '0' : 0;
}

static BalBlock *
read_known_element (BalReader *self,
                    guint      index,
                    gsize      start,
                    gsize      end)
{
  const BalToken *token = &self->tokens->tokens[index];
  const BalToken *close =
    token->match != BAL_TOKEN_NO_MATCH ? &self->tokens->tokens[token->match] : token;
  int level = heading_level (token);

  if (bal_token_is (token, "hr"))
    return bal_reader_empty_block (self, BAL_BLOCK_SEPARATOR, NULL, start, end);
  if (close == token)
    return NULL;
  if (bal_token_is (token, "p"))
    return read_text_block (self, BAL_BLOCK_PARAGRAPH, 0, BAL_FORM_TAGS, start, end, token->end,
                            close->start);
  if (level > 0)
    return read_text_block (self, BAL_BLOCK_HEADING, level, BAL_FORM_TAGS, start, end, token->end,
                            close->start);
  if (bal_token_is (token, "pre"))
    return read_text_block (self, BAL_BLOCK_PREFORMATTED, 0, BAL_FORM_TAGS, start, end, token->end,
                            close->start);
  if (bal_token_is (token, "blockquote"))
    return read_quote (self, index, start, end);
  if (bal_token_is (token, "ul") || bal_token_is (token, "ol"))
    return read_list (self, index, start, end);
  if (bal_token_is (token, "figure") && holds_table (self, index))
    return read_table (self, start, end);
  if ((bal_token_is (token, "figure") ||
       bal_tokens_has_class (self->tokens, token, "tr-caption-container")) &&
      has_image (self, index, token->match))
    return read_image (self, start, end);
  return bal_token_is (token, "table") ? read_table (self, start, end) : NULL;
}

BalBlock *
bal_reader_read_element (BalReader *self,
                         guint      index,
                         gsize      start,
                         gsize      end)
{
  const BalToken *token = &self->tokens->tokens[index];
  BalBlock *block = NULL;

  if (token->tag->flags & BAL_TAG_WRAPPER)
    {
      if (!read_wrapper (self, index, start, end, &block))
        return NULL;
    }
  else
    {
      block = read_known_element (self, index, start, end);
    }
  return block != NULL ? block : bal_reader_opaque (self, start, end);
}

/* What the inside of a WordPress block has to be for Balcony to know it (WordPress 6). */
static gboolean
fits_delimiter (BalReader      *self,
                const BalToken *delimiter,
                const BalToken *inside)
{
  static const struct
  {
    const char *name;
    const char *element;   /* NULL: a heading */
  } known[] = {
    { "paragraph", "p" },
    { "heading", NULL },
    { "list", "ul" },
    { "list", "ol" },
    { "quote", "blockquote" },
    { "separator", "hr" },
    { "table", "figure" },
    { "table", "table" },
    { "code", "pre" },
    { "preformatted", "pre" },
    { "verse", "pre" },
  };

  if (inside->type != BAL_TOKEN_START)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (bal_tokens_name_is (self->tokens, delimiter, known[i].name) &&
        (known[i].element != NULL ? bal_token_is (inside, known[i].element) :
                                    heading_level (inside) > 0))
      return TRUE;
  return FALSE;
}

BalBlock *
bal_reader_read_delimited (BalReader *self,
                           guint      index)
{
  const BalToken *delimiter = &self->tokens->tokens[index];
  gsize start = delimiter->start;
  gsize end = self->tokens->tokens[delimiter->match].end;
  guint inside = find_only_element (self, index + 1, delimiter->match);
  BalBlock *block = NULL;

  if (inside != BAL_TOKEN_NO_MATCH)
    {
      const BalToken *token = &self->tokens->tokens[inside];

      if (fits_delimiter (self, delimiter, token))
        block = read_known_element (self, inside, start, end);
      else if (bal_tokens_name_is (self->tokens, delimiter, "image") &&
               has_image (self, index, delimiter->match))
        block = read_image (self, start, end);
      else if (bal_tokens_name_is (self->tokens, delimiter, "more"))
        {
          g_autofree char *text = bal_reader_more_text (self->html, token);

          if (text != NULL)
            block = bal_reader_empty_block (self, BAL_BLOCK_JUMP_BREAK, text, start, end);
        }
    }
  return block != NULL ? block : bal_reader_opaque (self, start, end);
}
