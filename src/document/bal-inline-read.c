/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-inline.h"

#include "bal-entities.h"

#include <string.h>

#define DEEPEST 64

typedef struct
{
  BalInline      *result;
  BalTokens      *tokens;
  BalInlineFlags  flags;
  guint           frame;        /* the innermost open element */
  guint           depth;
  GArray         *looks;        /* BalRun, one for each frame */
  guint           run_frame;    /* of the last run, when it may grow */
  gboolean        after_break;  /* nothing since a <br> */
} Reader;

static void
free_frame (BalFrame *frame)
{
  g_free (frame->link);
  g_free (frame->open);
  g_free (frame->close);
  g_free (frame->name);
  g_free (frame);
}

static BalFrame *
get_frame (Reader *self,
           guint   index)
{
  return g_ptr_array_index (self->result->frames, index);
}

/* What a run inside the newest frame looks like. */
static void
add_look (Reader *self)
{
  BalFrame *frame = get_frame (self, self->frame);
  BalRun look = { 0 };

  if (self->looks->len > 0)
    look = g_array_index (self->looks, BalRun, frame->parent);
  look.style |= frame->style;
  if (frame->link != NULL)
    look.link = g_string_chunk_insert_const (self->result->strings, frame->link);
  if (frame->open != NULL && !frame->plain)
    {
      g_autofree char *open = g_strconcat (look.open ? look.open : "", frame->open, NULL);
      g_autofree char *close = g_strconcat (frame->close, look.close ? look.close : "", NULL);

      look.open = g_string_chunk_insert_const (self->result->strings, open);
      look.close = g_string_chunk_insert_const (self->result->strings, close);
    }
  g_array_append_val (self->looks, look);
}

static void
add_character (Reader     *self,
               const char *character,
               gsize       length,
               gsize       source_start,
               gsize       source_end)
{
  BalInline *result = self->result;
  BalAtom atom = { source_start, source_end, result->text->len, self->frame };
  BalRun run;

  if (self->flags & BAL_INLINE_ATOMS)
    g_array_append_val (result->atoms, atom);
  self->after_break = FALSE;
  if (self->run_frame == self->frame && result->runs->len > 0)
    {
      g_array_index (result->runs, BalRun, result->runs->len - 1).length += length;
    }
  else
    {
      run = g_array_index (self->looks, BalRun, self->frame);
      run.start = result->text->len;
      run.length = length;
      g_array_append_val (result->runs, run);
      self->run_frame = self->frame;
    }
  g_string_append_len (result->text, character, length);
}

static void
add_object (Reader *self,
            gsize   start,
            gsize   end)
{
  GArray *runs = self->result->runs;

  self->run_frame = G_MAXUINT;
  add_character (self, "\xef\xbf\xbc", 3, start, end);
  g_array_index (runs, BalRun, runs->len - 1).object =
    g_string_chunk_insert_len (self->result->strings, self->result->source + start, end - start);
  self->run_frame = G_MAXUINT;
}

static gsize
newline_length (const char *text,
                gsize       length)
{
  if (length >= 2 && text[0] == '\r' && text[1] == '\n')
    return 2;
  return length >= 1 && (text[0] == '\n' || text[0] == '\r') ? 1 : 0;
}

/* A stretch of white space without a newline that counts: only spaces stay, anything else folds. */
static void
read_spaces (Reader *self,
             gsize   start,
             gsize   end)
{
  for (gsize p = start; p < end; p++)
    if (self->result->source[p] != ' ')
      {
        add_character (self, " ", 1, start, end);
        return;
      }
  for (gsize p = start; p < end; p++)
    add_character (self, " ", 1, p, p + 1);
}

/* The newline after a <br> belongs to it: it lays out the source. */
static gsize
absorb_after_break (Reader *self,
                    gsize   start,
                    gsize   end)
{
  const char *source = self->result->source;
  GArray *atoms = self->result->atoms;
  gsize p = start;

  while (p < end && newline_length (source + p, end - p) == 0)
    p++;
  if (p == end)
    return start;
  if (self->flags & BAL_INLINE_NEWLINES)
    p += newline_length (source + p, end - p);
  else
    p = end;
  if (atoms->len > 0)
    g_array_index (atoms, BalAtom, atoms->len - 1).source_end = p;
  self->after_break = FALSE;
  return p;
}

static void
read_white_space (Reader *self,
                  gsize   start,
                  gsize   end)
{
  const char *source = self->result->source;
  gsize p;

  if (self->after_break)
    start = absorb_after_break (self, start, end);
  if (!(self->flags & BAL_INLINE_NEWLINES))
    {
      read_spaces (self, start, end);
      return;
    }
  for (p = start; p < end; p++)
    {
      gsize newline = newline_length (source + p, end - p);

      if (newline == 0)
        continue;
      read_spaces (self, start, p);
      add_character (self, "\n", 1, p, p + newline);
      start = p + newline;
      p = start - 1;
    }
  read_spaces (self, start, end);
}

/* How far text goes on in which every byte stands for itself, single spaces inside included. */
static gsize
find_plain_end (const char *source,
                gsize       start,
                gsize       end)
{
  gsize p = start;

  while (p < end && source[p] != '&' &&
         (!bal_is_space (source[p]) ||
          (source[p] == ' ' && p > start && p + 1 < end && !bal_is_space (source[p + 1]))))
    p++;
  return p;
}

static void
read_text (Reader         *self,
           const BalToken *token)
{
  const char *source = self->result->source;
  gsize p = token->start;

  while (p < token->end)
    {
      gsize next = p;
      gunichar c;

      /* In one go, unless somebody wants to know where each character came from. */
      if (!(self->flags & BAL_INLINE_ATOMS))
        next = find_plain_end (source, p, token->end);
      if (next > p)
        {
          add_character (self, source + p, next - p, p, next);
          p = next;
          continue;
        }
      if (self->flags & BAL_INLINE_PREFORMATTED)
        next += newline_length (source + p, token->end - p);
      else
        while (next < token->end && bal_is_space (source[next]))
          next++;
      if (next > p && (self->flags & BAL_INLINE_PREFORMATTED))
        {
          add_character (self, "\n", 1, p, next);
          p = next;
          continue;
        }
      if (next > p)
        {
          read_white_space (self, p, next);
          p = next;
          continue;
        }

      if (source[p] == '&')
        next += bal_entity_decode (source + p, token->end - p, FALSE, &c);
      if (next > p)
        {
          char utf8[6];
          int length = g_unichar_to_utf8 (c, utf8);

          add_character (self, utf8, length, p, next);
        }
      else
        {
          next = g_utf8_next_char (source + p) - source;
          add_character (self, source + p, next - p, p, next);
        }
      p = next;
    }
}

static gboolean
open_element (Reader         *self,
              const BalToken *token)
{
  BalFrame *frame;
  BalAttribute attribute;
  gboolean bare = TRUE;
  gsize cursor = 0;

  if (token->match == BAL_TOKEN_NO_MATCH || self->depth >= DEEPEST)
    return FALSE;

  frame = g_new0 (BalFrame, 1);
  frame->parent = self->frame;
  frame->style = token->tag != NULL ? token->tag->style : BAL_STYLE_NONE;
  frame->open = g_strndup (self->result->source + token->start, token->end - token->start);
  frame->name = g_strndup (self->result->source + token->name_start, token->name_length);
  frame->close = g_strdup_printf ("</%s>", frame->name);
  frame->text_start = self->result->text->len;
  frame->source_start = token->start;
  if (bal_tokens_name_is (self->tokens, token, "a"))
    frame->link = bal_tokens_dup_attribute (self->tokens, token, "href");
  while (bal_tokens_next_attribute (self->tokens, token, &cursor, &attribute))
    if (frame->link == NULL || attribute.name_length != 4 ||
        g_ascii_strncasecmp (attribute.name, "href", 4) != 0)
      bare = FALSE;
  frame->plain = bare && (frame->style != BAL_STYLE_NONE || frame->link != NULL);

  g_ptr_array_add (self->result->frames, frame);
  self->frame = self->result->frames->len - 1;
  self->depth++;
  add_look (self);
  return TRUE;
}

/* An element without any text would have no character to ride along with: it is an object. */
static gboolean
close_element (Reader         *self,
               const BalToken *token)
{
  BalFrame *frame = get_frame (self, self->frame);
  const BalToken *start;

  if (token->match == BAL_TOKEN_NO_MATCH)
    return FALSE;
  start = &self->tokens->tokens[token->match];
  if (self->depth == 0 || start->start != frame->source_start)
    return FALSE;

  g_free (frame->close);
  frame->close = g_strndup (self->result->source + token->start, token->end - token->start);
  self->frame = frame->parent;
  self->depth--;
  if (frame->text_start == self->result->text->len)
    add_object (self, frame->source_start, token->end);
  return TRUE;
}

/* Reads the token at @index; returns the index of the next, or 0 when this is no inline HTML. */
static guint
read_token (Reader *self,
            guint   index)
{
  const BalToken *token = &self->tokens->tokens[index];
  BalTagFlags flags = token->tag != NULL ? token->tag->flags : BAL_TAG_INLINE;
  guint last = index;

  if (token->unclosed)
    return 0;
  switch (token->type)
    {
    case BAL_TOKEN_TEXT:
      read_text (self, token);
      return index + 1;

    case BAL_TOKEN_COMMENT:
    case BAL_TOKEN_OTHER:
      add_object (self, token->start, token->end);
      return index + 1;

    case BAL_TOKEN_START:
      if (flags & BAL_TAG_BLOCK)
        return 0;
      if (bal_token_is (token, "br"))
        {
          add_character (self, "\n", 1, token->start, token->end);
          self->after_break = TRUE;
          return index + 1;
        }
      if (flags & BAL_TAG_OBJECT)
        {
          if (!(flags & BAL_TAG_VOID))
            last = token->match;
          if (last == BAL_TOKEN_NO_MATCH)
            return 0;
          add_object (self, token->start, self->tokens->tokens[last].end);
          return last + 1;
        }
      self->after_break = FALSE;
      return open_element (self, token) ? index + 1 : 0;

    case BAL_TOKEN_END:
      self->after_break = FALSE;
      return close_element (self, token) ? index + 1 : 0;

    case BAL_TOKEN_BREAK:
    case BAL_TOKEN_WP_START:
    case BAL_TOKEN_WP_END:
    case BAL_TOKEN_WP_VOID:
    default:
      return 0;
    }
}

static gboolean
read_tokens (Reader *self)
{
  guint index = 0;

  while (index < self->tokens->n_tokens)
    if ((index = read_token (self, index)) == 0)
      return FALSE;
  return self->depth == 0;
}

BalInline *
bal_inline_read (const char     *source,
                 gsize           length,
                 BalInlineFlags  flags)
{
  g_autoptr(BalInline) self = NULL;
  g_autoptr(BalTokens) tokens = NULL;
  g_autoptr(GArray) looks = NULL;
  Reader reader = { .flags = flags, .run_frame = G_MAXUINT };

  if (!g_utf8_validate_len (source, length, NULL))
    return NULL;

  self = g_new0 (BalInline, 1);
  self->source = source;
  self->length = length;
  self->text = g_string_sized_new (length);
  self->runs = g_array_new (FALSE, FALSE, sizeof (BalRun));
  self->atoms = g_array_new (FALSE, FALSE, sizeof (BalAtom));
  self->frames = g_ptr_array_new_with_free_func ((GDestroyNotify) free_frame);
  self->strings = g_string_chunk_new (256);
  if ((flags & BAL_INLINE_LONE_SPACE) && length == strlen ("&nbsp;") &&
      memcmp (source, "&nbsp;", length) == 0)
    length = self->length = 0;

  reader.result = self;
  reader.tokens = tokens = bal_tokens_new (source, length, FALSE);
  reader.looks = looks = g_array_new (FALSE, FALSE, sizeof (BalRun));
  g_ptr_array_add (self->frames, g_new0 (BalFrame, 1));
  add_look (&reader);
  if (!read_tokens (&reader))
    return NULL;
  return g_steal_pointer (&self);
}

void
bal_inline_free (BalInline *self)
{
  g_string_free (self->text, TRUE);
  g_array_unref (self->runs);
  g_array_unref (self->atoms);
  g_ptr_array_unref (self->frames);
  g_string_chunk_free (self->strings);
  g_free (self);
}

void
bal_inline_trim (const char     *source,
                 gsize          *start,
                 gsize          *end,
                 BalInlineFlags  flags)
{
  gsize p = *start;
  gsize q = *end;
  gsize cut = *start;
  gboolean layout = FALSE;

  if (flags & BAL_INLINE_PREFORMATTED)
    {
      /* HTML standard: a newline right behind <pre> is dropped. */
      *start += newline_length (source + p, q - p);
      return;
    }

  for (; p < q && bal_is_space (source[p]); p++)
    {
      layout = layout || source[p] != ' ';
      if (source[p] == '\n' || source[p] == '\r')
        cut = p + 1;
    }
  if (layout)
    *start = (flags & BAL_INLINE_NEWLINES) ? cut : p;

  /* Spaces at the end are kept: they may be what was typed last. */
  for (cut = q; q > *start && bal_is_space (source[q - 1]); q--)
    if (source[q - 1] == '\n' || source[q - 1] == '\r' ||
        (source[q - 1] != ' ' && !(flags & BAL_INLINE_NEWLINES)))
      cut = q - 1;
  *end = cut;
}
