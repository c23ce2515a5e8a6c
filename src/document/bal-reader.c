/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-reader.h"

#include <string.h>

#define DEEPEST 32

BalInlineFlags
bal_reader_inline_flags (BalDialect   dialect,
                         BalBlockKind kind,
                         BalForm      form)
{
  BalInlineFlags flags = BAL_INLINE_DEFAULT;

  if (dialect == BAL_DIALECT_BLOGGER || dialect == BAL_DIALECT_WP_CLASSIC)
    flags |= BAL_INLINE_SLASHES;
  if (kind == BAL_BLOCK_PREFORMATTED)
    return flags | BAL_INLINE_PREFORMATTED;

  /* wpautop() runs over classic posts, and over what stands outside of blocks. */
  if (dialect == BAL_DIALECT_WP_CLASSIC ||
      (dialect == BAL_DIALECT_WP_BLOCKS && form == BAL_FORM_BARE))
    flags |= BAL_INLINE_NEWLINES;
  if ((flags & BAL_INLINE_NEWLINES) && form == BAL_FORM_BARE)
    flags |= BAL_INLINE_LONE_SPACE;
  return flags;
}

void
bal_reader_flow_init (BalFlow *flow)
{
  flow->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);
  flow->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
}

void
bal_reader_flow_clear (BalFlow *flow)
{
  g_clear_pointer (&flow->blocks, g_ptr_array_unref);
  g_clear_pointer (&flow->starts, g_array_unref);
}

static void
add_block (BalFlow  *flow,
           BalBlock *block,
           gsize     start)
{
  g_ptr_array_add (flow->blocks, block);
  g_array_append_val (flow->starts, start);
}

char *
bal_reader_more_text (const char     *html,
                      const BalToken *token)
{
  const char *inside = html + token->start + 4;
  gsize length = token->end - token->start;
  char *text;

  if (token->type != BAL_TOKEN_COMMENT || length < strlen ("<!--more-->") ||
      html[token->end - 2] != '-' || memcmp (inside, "more", 4) != 0)
    return NULL;
  inside += 4;
  length -= strlen ("<!--more-->");
  if (length > 0 && !bal_is_space (*inside))
    return NULL;
  if (!g_utf8_validate_len (inside, length, NULL))
    return NULL;
  text = g_strndup (inside, length);
  return g_strstrip (text);
}

static gboolean
is_page_break (BalReader      *self,
               const BalToken *token)
{
  return token->type == BAL_TOKEN_COMMENT &&
         token->end - token->start == strlen ("<!--nextpage-->") &&
         memcmp (self->html + token->start, "<!--nextpage-->", token->end - token->start) == 0;
}

/* Blogger's stored jump break: <a name="more"></a>. */
static gboolean
is_more_anchor (BalReader *self,
                guint      index)
{
  const BalToken *token = &self->tokens->tokens[index];
  g_autofree char *name = NULL;

  if (token->type != BAL_TOKEN_START || token->match != index + 1 ||
      !bal_tokens_name_is (self->tokens, token, "a"))
    return FALSE;
  name = bal_tokens_dup_attribute (self->tokens, token, "name");
  return g_strcmp0 (name, "more") == 0;
}

static gboolean
is_jump_break (BalReader *self,
               guint      index)
{
  const BalToken *token = &self->tokens->tokens[index];
  g_autofree char *more = NULL;

  if (token->type == BAL_TOKEN_COMMENT)
    more = bal_reader_more_text (self->html, token);
  return more != NULL || is_more_anchor (self, index);
}

static gboolean
splits_at_blank_lines (BalReader *self)
{
  return self->dialect == BAL_DIALECT_WP_CLASSIC || self->dialect == BAL_DIALECT_WP_BLOCKS;
}

static gboolean
is_block_tag (const BalToken *token)
{
  return (token->type == BAL_TOKEN_START || token->type == BAL_TOKEN_END) &&
         token->tag != NULL && (token->tag->flags & BAL_TAG_BLOCK);
}

/* Whether a line of text cannot go on across this token. */
static gboolean
is_boundary (BalReader *self,
             guint      index)
{
  const BalToken *token = &self->tokens->tokens[index];

  switch (token->type)
    {
    case BAL_TOKEN_WP_START:
    case BAL_TOKEN_WP_END:
    case BAL_TOKEN_WP_VOID:
      return TRUE;
    case BAL_TOKEN_BREAK:
      return splits_at_blank_lines (self);
    case BAL_TOKEN_COMMENT:
      return is_page_break (self, token) || is_jump_break (self, index);
    case BAL_TOKEN_START:
    case BAL_TOKEN_END:
      return is_block_tag (token) || self->gap_ends[index] || is_more_anchor (self, index);
    case BAL_TOKEN_TEXT:
    case BAL_TOKEN_OTHER:
    default:
      return FALSE;
    }
}

static gboolean
is_blank_token (BalReader      *self,
                const BalToken *token)
{
  if (token->type == BAL_TOKEN_BREAK)
    return TRUE;
  return token->type == BAL_TOKEN_TEXT &&
         bal_is_blank (self->html + token->start, token->end - token->start);
}

/* Blogger parts paragraphs by two <br>, with nothing but white space between them. */
static gboolean
is_double_break (BalReader *self,
                 guint      index,
                 guint      last)
{
  guint n_breaks = 0;

  if (self->dialect != BAL_DIALECT_BLOGGER)
    return FALSE;
  for (; index < last && n_breaks < 2; index++)
    {
      const BalToken *token = &self->tokens->tokens[index];

      if (bal_token_is (token, "br"))
        n_breaks++;
      else if (!is_blank_token (self, token))
        break;
    }
  return n_breaks >= 2;
}

/* For each token the next one that ends a paragraph, so that nested elements need not be searched
 * again and again. What is inside of an object ends nothing. */
static void
find_breaks (BalReader *self)
{
  guint n_tokens = self->tokens->n_tokens;
  guint next = n_tokens;
  guint object_start = n_tokens;

  self->next_break[n_tokens] = n_tokens;
  for (guint i = n_tokens; i-- > 0;)
    {
      const BalToken *token = &self->tokens->tokens[i];

      if (object_start < n_tokens && i > object_start)
        {
          self->next_break[i] = next;
          continue;
        }
      object_start = n_tokens;
      if (token->type == BAL_TOKEN_END && token->match != BAL_TOKEN_NO_MATCH &&
          token->tag != NULL && (token->tag->flags & BAL_TAG_OBJECT))
        object_start = token->match;
      if (is_boundary (self, i) ||
          (bal_token_is (token, "br") && is_double_break (self, i, n_tokens)))
        next = i;
      self->next_break[i] = next;
    }
}

gboolean
bal_reader_has_break (BalReader *self,
                      guint      first,
                      guint      last)
{
  return self->next_break[first] < last;
}

static gboolean
is_gap (BalReader *self,
        guint      index)
{
  const BalToken *token = &self->tokens->tokens[index];

  if (token->unclosed)
    return FALSE;
  if (is_blank_token (self, token) || self->gap_ends[index] || bal_token_is (token, "br"))
    return TRUE;
  if (token->type == BAL_TOKEN_COMMENT)
    return !is_page_break (self, token) && !is_jump_break (self, index);
  return token->type == BAL_TOKEN_OTHER;
}

/* Empty elements alone are no block: nobody could see or choose them. They stay in the gap. */
gboolean
bal_reader_shows_something (BalReader *self,
                            guint      first,
                            guint      last)
{
  for (guint i = first; i < last; i++)
    {
      const BalToken *token = &self->tokens->tokens[i];

      if (token->type == BAL_TOKEN_TEXT &&
          (token->raw || !bal_is_blank (self->html + token->start, token->end - token->start)))
        return TRUE;
      if (token->tag != NULL && (token->tag->flags & (BAL_TAG_OBJECT | BAL_TAG_BLOCK)))
        return TRUE;
    }
  return FALSE;
}

/*
 * A stretch of inline HTML that no element holds together, up to what ends the paragraph. Markup
 * that is not balanced makes it one island. Returns the index behind it.
 */
static guint
read_chunk (BalReader *self,
            guint      first,
            guint      last,
            gboolean   broken,
            BalFlow   *flow)
{
  gsize start = self->tokens->tokens[first].start;
  gsize end = self->tokens->tokens[first].end;
  gboolean unclosed = FALSE;
  gboolean visible = FALSE;
  guint i = first;
  BalBlock *block;

  while (i < last)
    {
      const BalToken *token = &self->tokens->tokens[i];
      gboolean void_tag = token->tag != NULL && (token->tag->flags & BAL_TAG_VOID);
      gboolean object = token->tag != NULL && (token->tag->flags & BAL_TAG_OBJECT);
      guint next = i + 1;

      if ((i > first || !broken) && is_boundary (self, i))
        break;
      if (bal_token_is (token, "br") && is_double_break (self, i, last))
        break;
      if (token->type == BAL_TOKEN_START && !void_tag)
        {
          if (token->match == BAL_TOKEN_NO_MATCH)
            {
              broken = TRUE;
              unclosed = unclosed || (token->tag != NULL && (token->tag->flags & BAL_TAG_RAW));
            }
          else if (!object && bal_reader_has_break (self, i + 1, token->match))
            break;
          else
            next = token->match + 1;
        }
      else if (token->type == BAL_TOKEN_END)
        {
          broken = TRUE;
        }
      unclosed = unclosed || token->unclosed;
      visible = visible || bal_reader_shows_something (self, i, next);
      /* White space goes with the text that it touches; trimming takes off what is mere layout. */
      if (!is_gap (self, i) || (token->type == BAL_TOKEN_TEXT && end == token->start))
        end = self->tokens->tokens[next - 1].end;
      i = next;
    }

  if (!visible && !broken && !unclosed)
    return MAX (i, first + 1);
  bal_inline_trim (self->html, &start, &end,
                   bal_reader_inline_flags (self->dialect, BAL_BLOCK_PARAGRAPH, BAL_FORM_BARE));
  block = broken || unclosed ? bal_reader_opaque (self, start, end)
                             : bal_reader_read_bare (self, start, end);
  block->form = BAL_FORM_BARE;
  block->unclosed = unclosed;
  add_block (flow, block, start);
  return MAX (i, first + 1);
}

/* Text may go on through an element that holds whole paragraphs: its tags belong to the gaps. */
static gboolean
is_wrapper (BalReader      *self,
            guint           index,
            const BalToken *token)
{
  if (token->type != BAL_TOKEN_START || token->match == BAL_TOKEN_NO_MATCH)
    return FALSE;
  if (token->tag != NULL && (token->tag->flags & (BAL_TAG_BLOCK | BAL_TAG_OBJECT | BAL_TAG_VOID)))
    return FALSE;
  return !is_more_anchor (self, index) && bal_reader_has_break (self, index + 1, token->match);
}

/* White space with a line of text right behind it. */
static gboolean
leads_text (BalReader *self,
            guint      index,
            guint      last)
{
  const BalToken *token = &self->tokens->tokens[index];

  return token->type == BAL_TOKEN_TEXT && !token->unclosed && is_gap (self, index) &&
         index + 1 < last && !is_gap (self, index + 1) && !is_boundary (self, index + 1) &&
         !is_wrapper (self, index + 1, token + 1);
}

/* Reads a block element. Returns FALSE when it is a mere wrapper around blocks. */
static gboolean
read_block_tag (BalReader *self,
                guint      index,
                BalFlow   *flow)
{
  const BalToken *token = &self->tokens->tokens[index];
  gboolean void_tag = (token->tag->flags & BAL_TAG_VOID) != 0;
  gsize end = void_tag ? token->end : self->tokens->tokens[token->match].end;
  BalBlock *block = bal_reader_read_element (self, index, token->start, end);

  if (block == NULL)
    return FALSE;
  add_block (flow, block, token->start);
  return TRUE;
}

static guint
read_next (BalReader *self,
           guint      index,
           guint      last,
           BalFlow   *flow)
{
  const BalToken *token = &self->tokens->tokens[index];
  gsize end = token->end;
  gboolean matched = token->match != BAL_TOKEN_NO_MATCH;

  if (token->type == BAL_TOKEN_WP_START && matched)
    {
      add_block (flow, bal_reader_read_delimited (self, index), token->start);
      return token->match + 1;
    }
  if (token->type == BAL_TOKEN_WP_START || token->type == BAL_TOKEN_WP_END ||
      token->type == BAL_TOKEN_WP_VOID || is_page_break (self, token))
    {
      add_block (flow, bal_reader_opaque (self, token->start, end), token->start);
      return index + 1;
    }
  if (is_jump_break (self, index))
    {
      g_autofree char *text = bal_reader_more_text (self->html, token);

      if (matched)
        end = self->tokens->tokens[token->match].end;
      add_block (flow, bal_reader_empty_block (self, BAL_BLOCK_JUMP_BREAK, text, token->start, end),
                 token->start);
      return matched ? token->match + 1 : index + 1;
    }
  if (token->type == BAL_TOKEN_START && is_block_tag (token) &&
      (matched || (token->tag->flags & BAL_TAG_VOID)))
    {
      if (read_block_tag (self, index, flow))
        return matched ? token->match + 1 : index + 1;
      self->gap_ends[token->match] = TRUE;
      return index + 1;
    }
  if (is_wrapper (self, index, token))
    {
      self->gap_ends[token->match] = TRUE;
      return index + 1;
    }
  return read_chunk (self, index, last, is_block_tag (token), flow);
}

void
bal_reader_read_flow (BalReader *self,
                      guint      first,
                      guint      last,
                      BalFlow   *flow)
{
  guint i = first;

  if (self->depth >= DEEPEST && first < last)
    {
      gsize start = self->tokens->tokens[first].start;

      add_block (flow, bal_reader_opaque (self, start, self->tokens->tokens[last - 1].end), start);
      return;
    }

  self->depth++;
  while (i < last)
    if (leads_text (self, i, last))
      i = read_chunk (self, i, last, FALSE, flow);
    else
      i = is_gap (self, i) ? i + 1 : read_next (self, i, last, flow);
  self->depth--;
}

/* Concatenating all parts must give the source: each child lies behind the one before it. */
static gboolean
is_partition (BalBlock *block)
{
  gsize at = block->content_end;

  if (block->content_start > block->content_end || block->content_end > block->flow_end ||
      block->flow_end > bal_block_source_length (block))
    return FALSE;
  for (guint i = 0; i < bal_block_get_n_children (block); i++)
    {
      BalBlock *child = bal_block_get_child (block, i);

      if (block->child_starts[i] < at || !is_partition (child))
        return FALSE;
      at = block->child_starts[i] + bal_block_source_length (child);
    }
  return at <= block->flow_end;
}

/* Nothing can be put behind it: who knows what it leaves open. */
static BalBlock *
read_as_one_island (BalReader *self,
                    gsize      length)
{
  g_auto(BalFlow) flow = { NULL, NULL };
  BalBlock *island = bal_reader_opaque (self, 0, length);

  island->unclosed = TRUE;
  bal_reader_flow_init (&flow);
  add_block (&flow, island, 0);
  return bal_reader_container (self, BAL_BLOCK_QUOTE, FALSE, NULL, 0, length, 0, 0, length, &flow);
}

static BalBlock *
read_tokens (GBytes          *bytes,
             const BalTokens *tokens,
             BalDialect       dialect,
             gboolean         only_lines)
{
  g_autofree guint8 *gap_ends = g_new0 (guint8, tokens->n_tokens + 1);
  g_autofree guint *next_break = g_new (guint, tokens->n_tokens + 1);
  gsize length = g_bytes_get_size (bytes);
  BalReader reader = { tokens->source, bytes, tokens, dialect, 0, gap_ends, next_break, only_lines };
  g_auto(BalFlow) flow = { NULL, NULL };
  BalBlock *root;

  if (tokens->is_cut)
    return read_as_one_island (&reader, length);

  find_breaks (&reader);
  bal_reader_flow_init (&flow);
  bal_reader_read_flow (&reader, 0, tokens->n_tokens, &flow);
  root =
    bal_reader_container (&reader, BAL_BLOCK_QUOTE, FALSE, NULL, 0, length, 0, 0, length, &flow);
  if (is_partition (root))
    return root;

  bal_block_unref (root);
  return read_as_one_island (&reader, length);
}

BalBlock *
bal_reader_read (GBytes          *bytes,
                 const BalTokens *tokens,
                 BalDialect       dialect)
{
  return read_tokens (bytes, tokens, dialect, FALSE);
}

BalBlock *
bal_reader_read_lines (GBytes          *bytes,
                       const BalTokens *tokens,
                       BalDialect       dialect)
{
  return read_tokens (bytes, tokens, dialect, TRUE);
}

BalBlock *
bal_reader_read_bytes (GBytes     *bytes,
                       BalDialect  dialect)
{
  gsize length;
  const char *html = g_bytes_get_data (bytes, &length);
  g_autoptr(BalTokens) tokens = bal_tokens_new (html != NULL ? html : "", length, TRUE);

  return bal_reader_read (bytes, tokens, dialect);
}
