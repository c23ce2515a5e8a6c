/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-safe-blocks.h"

#include "bal-safe-builder.h"
#include "bal-safe-source.h"
#include "bal-safe-style.h"

#include <string.h>

/* Elements inside one another; deeper ones show their text and mean nothing. */
#define DEEPEST 256

/* An element that is open. */
typedef struct
{
  guint         index;     /* of its start tag */
  const BalTag *tag;       /* (nullable) */
  BalSafeLook   look;
  gboolean      row;       /* of a table, written as one line */
  guint         depth;     /* of containers, outside of it */
} Frame;

typedef struct
{
  const BalTokens *tokens;
  BalSafeBuilder  *builder;
  GArray          *frames;      /* Frame; the first is no element */
  GStringChunk    *links;
  GPtrArray       *alts;        /* of pictures */
  gboolean         outside;     /* of what was copied */
  guint            n_cells;
} Walk;

static Frame *
get_frame (Walk *self,
           guint index)
{
  return &g_array_index (self->frames, Frame, index);
}

static Frame *
get_top (Walk *self)
{
  return get_frame (self, self->frames->len - 1);
}

static gboolean
is_one_of (const BalTag      *tag,
           const char *const *names)
{
  return tag != NULL && g_strv_contains (names, tag->name);
}

static const char *const lists[] = { "ul", "ol", "menu", "dir", NULL };

/* Elements whose inside is not read: for programs, or for somebody who fills in a form. */
static gboolean
is_dropped (Walk           *self,
            const BalToken *token)
{
  static const char *const names[] = {
    "applet", "audio",    "button",   "canvas",   "iframe", "map",      "math",  "noembed", "noframes",
    "noscript", "object", "optgroup", "script",   "select", "style",    "svg",   "template",
    "textarea", "title",  "video",    NULL,
  };

  return is_one_of (token->tag, names) || bal_tokens_name_is (self->tokens, token, "xml") ||
         bal_tokens_name_is (self->tokens, token, "datalist");
}

/* ---- lines ---- */

/* Where a block starts or ends inside of @around. */
static void
add_boundary (Walk        *self,
              const Frame *around)
{
  if (around->row)
    bal_safe_builder_add_space (self->builder);
  else if (around->look.kind == BAL_BLOCK_PREFORMATTED)
    bal_safe_builder_start_row (self->builder);
  else
    bal_safe_builder_end_line (self->builder);
}

static void
pop_frame (Walk *self)
{
  Frame frame = *get_top (self);

  g_array_set_size (self->frames, self->frames->len - 1);
  if (frame.tag != NULL && (frame.tag->flags & BAL_TAG_BLOCK))
    add_boundary (self, get_top (self));
  bal_safe_builder_close_to (self->builder, frame.depth);
}

static void
pop_to (Walk *self,
        guint n_frames)
{
  while (self->frames->len > n_frames)
    pop_frame (self);
}

/* An element of @names that is still open ends here; not one outside of one of @stops. */
static void
end_open (Walk              *self,
          const char *const *names,
          const char *const *stops)
{
  for (guint i = self->frames->len - 1; i > 0; i--)
    {
      const BalTag *tag = get_frame (self, i)->tag;

      if (is_one_of (tag, names))
        {
          pop_to (self, i);
          return;
        }
      if (stops == NULL ? tag != NULL && (tag->flags & BAL_TAG_BLOCK) : is_one_of (tag, stops))
        return;
    }
}

/* HTML standard: end tags that may be left out. */
static void
end_implied (Walk           *self,
             const BalToken *token)
{
  static const char *const paragraph[] = { "p", NULL };
  static const char *const item[] = { "li", NULL };
  static const char *const item_stops[] = { "ul", "ol", "menu", "dir", "td", "th", "blockquote", NULL };
  static const char *const cell[] = { "td", "th", NULL };
  static const char *const cell_stops[] = { "tr", "table", NULL };
  static const char *const row[] = { "tr", NULL };
  static const char *const row_stops[] = { "table", NULL };
  static const char *const term[] = { "dt", "dd", NULL };
  static const char *const term_stops[] = { "dl", "td", "th", NULL };

  if (token->tag == NULL || !(token->tag->flags & BAL_TAG_BLOCK))
    return;
  end_open (self, paragraph, NULL);
  if (is_one_of (token->tag, item))
    end_open (self, item, item_stops);
  else if (is_one_of (token->tag, cell))
    end_open (self, cell, cell_stops);
  else if (is_one_of (token->tag, row))
    end_open (self, row, row_stops);
  else if (is_one_of (token->tag, term))
    end_open (self, term, term_stops);
}

/* ---- tables ---- */

/* A row of words is a line of text; one that lays a page out is what stands in its cells. */
static gboolean
is_row_of_words (Walk *self,
                 guint index)
{
  static const char *const cells[] = { "td", "th", NULL };
  static const char *const wrappers[] = { "p", "div", NULL };
  guint n_wrappers = 0;

  for (guint i = index + 1; i < self->tokens->n_tokens; i++)
    {
      const BalToken *token = &self->tokens->tokens[i];

      if (bal_token_is (token, "tr") || bal_token_is (token, "tbody") ||
          (bal_token_is (token, "table") && token->type == BAL_TOKEN_END))
        return TRUE;
      if (token->type != BAL_TOKEN_START || token->tag == NULL)
        continue;
      if (is_one_of (token->tag, cells))
        n_wrappers = 0;
      else if (is_one_of (token->tag, wrappers))
        n_wrappers++;
      else if (token->tag->flags & BAL_TAG_BLOCK)
        return FALSE;
      if (n_wrappers > 2)
        return FALSE;
    }
  return TRUE;
}

static void
start_cell (Walk *self)
{
  if (get_top (self)->row && self->n_cells++ > 0)
    bal_safe_builder_add_tab (self->builder);
}

/* ---- lists ---- */

/* What Word writes before the text of an item: "1.", "b)" are numbers, "·", "o" are bullets. */
static gboolean
marker_is_number (Walk *self,
                  guint index)
{
  guint last = MIN (index + 16, self->tokens->n_tokens - 1);
  guint end = 0;
  char before = '\0';

  for (guint i = index + 1; i <= last; i++)
    {
      const BalToken *token = &self->tokens->tokens[i];

      if (token->type == BAL_TOKEN_START && end == 0)
        {
          g_auto(BalSafeStyle) style = { 0 };

          bal_safe_style_read (&style, self->tokens, token);
          if (style.marker && token->match != BAL_TOKEN_NO_MATCH)
            end = token->match;
        }
      else if (token->type == BAL_TOKEN_TEXT && i < end)
        {
          for (gsize p = token->start; p < token->end; p++)
            {
              char c = self->tokens->source[p];

              if ((c == '.' || c == ')') && g_ascii_isalnum (before))
                return TRUE;
              before = c;
            }
        }
    }
  return FALSE;
}

static gboolean
list_goes_on (Walk           *self,
              const BalToken *token)
{
  g_autofree char *start = NULL;

  if (!bal_token_is (token, "ol"))
    return TRUE;
  start = bal_tokens_dup_attribute (self->tokens, token, "start");
  return start != NULL && g_ascii_strtoull (start, NULL, 10) > 1;
}

static void
open_container (Walk               *self,
                guint               index,
                const BalSafeStyle *style)
{
  const BalToken *token = &self->tokens->tokens[index];
  const Frame *top = get_top (self);

  if (top->row || top->look.kind != BAL_BLOCK_PARAGRAPH || token->tag == NULL)
    return;
  if (bal_token_is (token, "blockquote"))
    bal_safe_builder_open_quote (self->builder);
  else if (is_one_of (token->tag, lists))
    bal_safe_builder_open_list (self->builder, bal_token_is (token, "ol"),
                                list_goes_on (self, token));
  else if (bal_token_is (token, "li"))
    bal_safe_builder_open_item (self->builder);
  else if (style->list != NULL && bal_token_is (token, "p"))
    bal_safe_builder_open_named_item (self->builder, style->list, style->list_level,
                                      marker_is_number (self, index));
}

/* ---- elements ---- */

static void
set_look (Walk               *self,
          Frame              *frame,
          const BalToken     *token,
          const BalSafeStyle *style)
{
  BalSafeLook *look = &frame->look;
  BalStyle set = style->set;

  /* Where a cell stands in its row is no superscript. */
  if (token->tag != NULL && (token->tag->flags & BAL_TAG_BLOCK))
    set &= ~(BAL_STYLE_SUPERSCRIPT | BAL_STYLE_SUBSCRIPT);
  look->style = (look->style & ~style->clear) | set;
  look->keep_space = (look->keep_space || style->keep_space) && !style->fold_space;
  look->plain_space = look->plain_space || style->plain_space;
  if (bal_tokens_name_is (self->tokens, token, "a"))
    look->link = style->link != NULL ? g_string_chunk_insert_const (self->links, style->link) : NULL;
  if (token->tag == NULL || frame->row || look->kind != BAL_BLOCK_PARAGRAPH)
    return;

  if (token->name_length == 2 && token->tag->name[0] == 'h' && token->tag->name[1] >= '1' &&
      token->tag->name[1] <= '6')
    {
      look->kind = BAL_BLOCK_HEADING;
      look->level = token->tag->name[1] - '0';
    }
  else if (bal_token_is (token, "pre") || bal_token_is (token, "xmp") ||
           bal_token_is (token, "plaintext"))
    {
      look->kind = BAL_BLOCK_PREFORMATTED;
    }
}

static void
add_text (Walk       *self,
          const char *text,
          gsize       length,
          gboolean    verbatim)
{
  BalSafeLook look = get_top (self)->look;

  look.verbatim = verbatim;
  if (!self->outside)
    bal_safe_builder_add_text (self->builder, text, length, &look);
}

/* A picture has nowhere to be loaded from here; one that stands for an emoji is that character. */
static void
add_picture (Walk       *self,
             const char *alt)
{
  gboolean is_emoji = FALSE;

  if (alt == NULL || *alt == '\0' || self->outside)
    return;
  for (const char *p = alt; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeType type = g_unichar_type (c);

      if (type == G_UNICODE_OTHER_SYMBOL)
        is_emoji = TRUE;
      else if (type != G_UNICODE_MODIFIER_SYMBOL && type != G_UNICODE_FORMAT && !g_unichar_ismark (c))
        {
          g_ptr_array_add (self->alts, g_strdup (alt));
          return;
        }
    }
  if (is_emoji)
    add_text (self, alt, strlen (alt), TRUE);
}

static void
add_void (Walk               *self,
          const BalToken     *token,
          const BalSafeStyle *style)
{
  const Frame *top = get_top (self);

  if (self->outside)
    return;
  if (bal_token_is (token, "img"))
    add_picture (self, style->alt);
  else if (bal_token_is (token, "hr") && !top->row && top->look.kind == BAL_BLOCK_PARAGRAPH)
    bal_safe_builder_add_separator (self->builder);
  else if (bal_token_is (token, "br") && top->row)
    bal_safe_builder_add_space (self->builder);
  else if (bal_token_is (token, "br") && !style->line_end)
    bal_safe_builder_add_break (self->builder);
  else if (token->tag->flags & BAL_TAG_BLOCK)
    add_boundary (self, top);
}

static gboolean
is_void (Walk           *self,
         const BalToken *token)
{
  if (token->tag != NULL)
    return (token->tag->flags & BAL_TAG_VOID) != 0;
  return token->match == BAL_TOKEN_NO_MATCH && self->tokens->source[token->end - 2] == '/';
}

static void
push_frame (Walk               *self,
            guint               index,
            const BalSafeStyle *style)
{
  const BalToken *token = &self->tokens->tokens[index];
  Frame frame = *get_top (self);

  if (self->frames->len >= DEEPEST)
    return;
  frame.index = index;
  frame.tag = token->tag;
  frame.depth = bal_safe_builder_get_depth (self->builder);
  open_container (self, index, style);
  set_look (self, &frame, token, style);
  if (bal_token_is (token, "tr") && !frame.row && frame.look.kind == BAL_BLOCK_PARAGRAPH)
    {
      frame.row = is_row_of_words (self, index);
      self->n_cells = 0;
    }
  g_array_append_val (self->frames, frame);
}

/* Returns the index of the last token that this one takes up. */
static guint
start_element (Walk *self,
               guint index)
{
  const BalToken *token = &self->tokens->tokens[index];
  g_auto(BalSafeStyle) style = { 0 };

  if (is_dropped (self, token))
    {
      if (token->match != BAL_TOKEN_NO_MATCH)
        return token->match;
      return token->tag != NULL && (token->tag->flags & BAL_TAG_RAW) ? self->tokens->n_tokens - 1
                                                                     : index;
    }
  bal_safe_style_read (&style, self->tokens, token);
  end_implied (self, token);
  if (token->tag != NULL && (token->tag->flags & BAL_TAG_BLOCK) && !(token->tag->flags & BAL_TAG_VOID))
    add_boundary (self, get_top (self));
  if (bal_token_is (token, "td") || bal_token_is (token, "th"))
    start_cell (self);
  if (style.tab && !self->outside)
    bal_safe_builder_add_tab (self->builder);
  if (style.hidden || style.marker || style.tab)
    return token->match != BAL_TOKEN_NO_MATCH ? token->match : index;
  if (is_void (self, token))
    {
      if (token->tag != NULL)
        add_void (self, token, &style);
      return index;
    }
  push_frame (self, index, &style);
  if (bal_tokens_name_is (self->tokens, token, "q") && token->match != BAL_TOKEN_NO_MATCH)
    add_text (self, "\xe2\x80\x9c", 3, TRUE);
  return index;
}

static void
end_element (Walk           *self,
             const BalToken *token)
{
  guint n_frames = self->frames->len;

  if (bal_tokens_name_is (self->tokens, token, "q") && token->match != BAL_TOKEN_NO_MATCH)
    add_text (self, "\xe2\x80\x9d", 3, TRUE);
  if (token->match != BAL_TOKEN_NO_MATCH)
    {
      while (n_frames > 1 && get_frame (self, n_frames - 1)->index >= token->match)
        n_frames--;
      pop_to (self, n_frames);
    }
  if (token->tag != NULL && (token->tag->flags & BAL_TAG_BLOCK))
    add_boundary (self, get_top (self));
}

/* ---- what was copied ---- */

static gboolean
comment_says (const BalTokens *tokens,
              const BalToken  *token,
              const char      *words)
{
  g_autofree char *comment = NULL;

  if (token->type != BAL_TOKEN_COMMENT || token->end - token->start > 40)
    return FALSE;
  comment = g_strndup (tokens->source + token->start, token->end - token->start);
  return strstr (comment, words) != NULL;
}

/* Windows marks what was copied; around it stands what it was in. */
static gboolean
has_fragment (const BalTokens *tokens)
{
  for (guint i = 0; i < tokens->n_tokens; i++)
    if (comment_says (tokens, &tokens->tokens[i], "StartFragment"))
      return TRUE;
  return FALSE;
}

static void
walk (Walk *self)
{
  for (guint i = 0; i < self->tokens->n_tokens; i++)
    {
      const BalToken *token = &self->tokens->tokens[i];

      if (token->type == BAL_TOKEN_TEXT)
        add_text (self, self->tokens->source + token->start, token->end - token->start, token->raw);
      else if (token->type == BAL_TOKEN_START)
        i = start_element (self, i);
      else if (token->type == BAL_TOKEN_END)
        end_element (self, token);
      else if (comment_says (self->tokens, token, "StartFragment"))
        self->outside = FALSE;
      else if (comment_says (self->tokens, token, "EndFragment"))
        self->outside = TRUE;
    }
  pop_to (self, 1);
}

static GPtrArray *
finish (Walk *self)
{
  const BalSafeLook look = { .kind = BAL_BLOCK_PARAGRAPH, .verbatim = TRUE };
  g_autoptr(BalSafeBuilder) words = NULL;
  g_autoptr(GPtrArray) blocks = bal_safe_builder_finish (self->builder);

  if (blocks->len > 0)
    return g_steal_pointer (&blocks);
  /* Nothing but pictures: then what they show, in words. */
  words = bal_safe_builder_new ();
  for (guint i = 0; i < self->alts->len; i++)
    {
      const char *alt = g_ptr_array_index (self->alts, i);

      bal_safe_builder_add_text (words, alt, strlen (alt), &look);
      bal_safe_builder_end_line (words);
    }
  return bal_safe_builder_finish (words);
}

GPtrArray *
bal_safe_blocks_from_html (const char *html,
                           gssize      length,
                           gboolean   *cut)
{
  g_autofree char *source = NULL;
  g_autoptr(BalTokens) tokens = NULL;
  g_autoptr(BalSafeBuilder) builder = bal_safe_builder_new ();
  g_autoptr(GArray) frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  g_autoptr(GPtrArray) alts = g_ptr_array_new_with_free_func (g_free);
  Frame root = { .look = { .kind = BAL_BLOCK_PARAGRAPH } };
  const char *start;
  GPtrArray *blocks;
  Walk self = { .builder = builder, .frames = frames, .alts = alts };

  g_return_val_if_fail (html != NULL || length == 0, NULL);

  source = bal_safe_source_dup (html, length < 0 ? strlen (html) : (gsize) length, cut);
  start = source;
  if (g_str_has_prefix (source, "Version:") && strstr (source, "StartHTML:") != NULL)
    start += strcspn (source, "<");
  tokens = bal_tokens_new (start, strlen (start), FALSE);
  self.tokens = tokens;
  self.links = g_string_chunk_new (1024);
  self.outside = has_fragment (tokens);
  g_array_append_val (frames, root);
  walk (&self);
  blocks = finish (&self);
  g_string_chunk_free (self.links);
  return blocks;
}
