/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-quote-line.h"

#include <string.h>

#define LONGEST_ATTRIBUTION 100  /* characters, where no quote marks tell it from the quote */

static const struct
{
  const char *open;
  const char *close;
} marks[] = {
  { "\"", "\"" }, { "“", "”" }, { "«", "»" }, { "„", "“" }, { "„", "”" }, { "»", "«" },
  { "「", "」" }, { "『", "』" }, { "‹", "›" }, { "‘", "’" }, { "'", "'" }, { "''", "''" },
  { "``", "''" },
};

/* Those that are written; the rest is only read, for a single mark may be an apostrophe. */
#define N_WRITTEN_MARKS 9

/* What may close a quote that began with a double mark, whatever that was. */
static const char *const double_marks[] = { "\"", "”", "“" };

static const struct
{
  const char *open;
  const char *close;
} brackets[] = { { "(", ")" }, { "[", "]" }, { "（", "）" } };

static BalSlice
slice (const char *start,
       const char *end)
{
  return (BalSlice) { start, (gsize) (end - start) };
}

static BalSlice
static_slice (const char *text)
{
  return (BalSlice) { text, strlen (text) };
}

static const char *
end_of (BalSlice part)
{
  return part.start + part.length;
}

static gboolean
starts_with (const char *start,
             const char *end,
             const char *what)
{
  gsize length = strlen (what);

  return (gsize) (end - start) >= length && memcmp (start, what, length) == 0;
}

static gboolean
ends_with (const char *start,
           const char *end,
           const char *what)
{
  gsize length = strlen (what);

  return (gsize) (end - start) >= length && memcmp (end - length, what, length) == 0;
}

static const char *
skip_spaces (const char *start,
             const char *end)
{
  while (start < end && bal_text_is_space (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  return start;
}

/* Past one dash ("--" is one too); @start when there is none. */
static const char *
skip_dash (const char *start,
           const char *end)
{
  if (starts_with (start, end, "--"))
    return start + 2;
  if (start < end && bal_text_is_dash (g_utf8_get_char (start)))
    return g_utf8_next_char (start);

  return start;
}

/* Where the brackets open that close at @end, or NULL. */
static const char *
find_bracket (const char *start,
              const char *end,
              const char *open,
              const char *close)
{
  guint depth = 0;

  if (!ends_with (start, end, close))
    return NULL;

  for (const char *p = end; p > start;)
    {
      p = g_utf8_prev_char (p);
      if (starts_with (p, end, close))
        depth++;
      else if (starts_with (p, end, open) && --depth == 0)
        return p;
    }
  return NULL;
}

/* "Lizzie (Logan Browning)", either of the two missing; "Lizzie (the cellist) ()" is a character
 * whose name ends in brackets. */
static void
parse_attribution (BalQuoteLine *self,
                   const char   *start,
                   const char   *end)
{
  for (guint i = 0; i < G_N_ELEMENTS (brackets); i++)
    {
      const char *open = find_bracket (start, end, brackets[i].open, brackets[i].close);

      if (open == NULL)
        continue;

      self->character = bal_text_trim (start, open);
      self->actor = bal_text_trim (open + strlen (brackets[i].open),
                                   end - strlen (brackets[i].close));
      self->actor_open = slice (end_of (self->character), self->actor.start);
      self->actor_close = slice (end_of (self->actor), end);
      return;
    }

  self->character = slice (start, end);
  self->actor_open = self->actor = self->actor_close = slice (end, end);
}

/* What follows the quote: nothing, a dash and who says it, or the actor in brackets. */
static gboolean
parse_rest (BalQuoteLine *self,
            const char   *start,
            const char   *end)
{
  const char *word = skip_spaces (start, end);
  const char *after = skip_dash (word, end);

  if (after == word && word < end)
    {
      parse_attribution (self, word, end);
      self->dash = slice (start, start);
      if (self->actor_open.length == 0 || self->character.length > 0)
        return FALSE;
      self->actor_open = slice (start, self->actor.start);
      return TRUE;
    }

  after = skip_spaces (after, end);
  self->dash = slice (start, after);
  parse_attribution (self, after, end);
  return TRUE;
}

/* Ends at the last closing mark after which only an attribution comes: others are in the quote. */
static gboolean
parse_marked (BalQuoteLine *self,
              const char   *start,
              const char   *end,
              const char   *open,
              const char   *close)
{
  const char *inner = start + strlen (open);

  for (const char *p = end; p > inner;)
    {
      p = g_utf8_prev_char (p);
      if (!starts_with (p, end, close) || p < inner || !parse_rest (self, p + strlen (close), end))
        continue;

      self->quote = bal_text_trim (inner, p);
      self->open = slice (start, self->quote.start);
      self->close = slice (end_of (self->quote), p + strlen (close));
      return TRUE;
    }
  return FALSE;
}

static gboolean
parse_any_marks (BalQuoteLine *self,
                 const char   *start,
                 const char   *end)
{
  gboolean is_double = FALSE;
  const char *opened_with = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      if (starts_with (start, end, marks[i].open) &&
          parse_marked (self, start, end, marks[i].open, marks[i].close))
        return TRUE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (double_marks) && !is_double; i++)
    {
      is_double = starts_with (start, end, double_marks[i]);
      opened_with = double_marks[i];
    }
  for (guint i = 0; i < G_N_ELEMENTS (double_marks) && is_double; i++)
    {
      if (parse_marked (self, start, end, opened_with, double_marks[i]))
        return TRUE;
    }
  return starts_with (start, end, "‘") && parse_marked (self, start, end, "‘", "'");
}

/* Whether a dash at @p can stand between a quote without marks and who says it. */
static gboolean
separates (const char *start,
           const char *p,
           const char *after,
           const char *end)
{
  const char *name = skip_spaces (after, end);
  gunichar before = p > start ? g_utf8_get_char (g_utf8_prev_char (p)) : 0;

  /* By bytes first: all of a long paragraph may be behind its first dash. */
  if (name == end || end - name > 4 * LONGEST_ATTRIBUTION || g_utf8_strlen (name, end - name) > LONGEST_ATTRIBUTION)
    return FALSE;
  if (bal_text_is_space (before))
    return name > after || *p != '-';

  return *p != '-' && before < 0x80 && before != 0 && strchr (".!?\"", (int) before) != NULL;
}

/* Without quote marks: the last dash separates. */
static void
parse_unmarked (BalQuoteLine *self,
                const char   *start,
                const char   *end)
{
  self->open = slice (start, start);

  for (const char *p = end; p > start;)
    {
      const char *after;

      p = g_utf8_prev_char (p);
      after = skip_dash (p, end);
      if (after == p || !separates (start, p, after, end))
        continue;
      if (p > start && p[-1] == '-' && *p == '-')
        continue;    /* the second half of "--" */

      self->quote = bal_text_trim (start, p);
      self->open = slice (start, self->quote.start);
      self->close = slice (end_of (self->quote), end_of (self->quote));
      after = skip_spaces (after, end);
      self->dash = slice (end_of (self->quote), after);
      parse_attribution (self, after, end);
      return;
    }

  self->quote = slice (start, end);
  self->close = self->dash = self->character = slice (end, end);
  self->actor_open = self->actor = self->actor_close = slice (end, end);
}

/**
 * bal_quote_line_parse:
 * @self: (out): where to put the parts
 * @start: the beginning of the line's value, without white space at either end
 * @end: its end
 *
 * Takes a quote apart. Marks may be straight, typographic or missing; dashes of any length. Every
 * text has some parts: in the worst case it is all quote.
 */
void
bal_quote_line_parse (BalQuoteLine *self,
                      const char   *start,
                      const char   *end)
{
  const char *after = skip_dash (start, end);

  memset (self, 0, sizeof *self);
  if (after > start && after < end && skip_spaces (after, end) > after)
    {
      /* Nobody's quote, but a character: "- Lizzie (Logan Browning)". */
      self->open = self->quote = self->close = slice (start, start);
      parse_rest (self, start, end);
      return;
    }

  if (!parse_any_marks (self, start, end))
    parse_unmarked (self, start, end);
}

static void
append (GString  *line,
        BalSlice  part)
{
  g_string_append_len (line, part.start, (gssize) part.length);
}

/**
 * bal_quote_line_write:
 * @style: the marks, dash and brackets to use; its values don't count
 * @quote: the quote without marks; may be empty
 * @character: who says it; may be empty
 * @actor: who plays that; may be empty
 * @close_character: whether to put empty brackets behind a character without an actor, so that
 *   brackets at the end of its name are not taken for the actor's
 *
 * Returns: (transfer full): the value of the line
 */
char *
bal_quote_line_write (const BalQuoteLine *style,
                      const char         *quote,
                      const char         *character,
                      const char         *actor,
                      gboolean            close_character)
{
  GString *line = g_string_new (NULL);
  BalSlice dash = style->dash.length > 0 ? style->dash : static_slice (" - ");
  BalSlice open = style->actor_open.length > 0 ? style->actor_open : static_slice (" (");
  BalSlice close = style->actor_close.length > 0 ? style->actor_close : static_slice (")");

  if (*quote != '\0')
    {
      append (line, style->open);
      g_string_append (line, quote);
      append (line, style->close);
    }
  else
    dash = static_slice ("- ");

  if (*character != '\0' || *quote == '\0')
    append (line, dash);
  g_string_append (line, character);

  if (*actor != '\0' || close_character)
    {
      if (*character == '\0' && *quote == '\0')
        open = slice (skip_spaces (open.start, end_of (open)), end_of (open));
      append (line, open);
      g_string_append (line, actor);
      append (line, close);
    }
  return g_string_free (line, FALSE);
}

guint
bal_quote_line_get_n_marks (void)
{
  return N_WRITTEN_MARKS;
}

void
bal_quote_line_set_marks (BalQuoteLine *self,
                          guint         index)
{
  g_return_if_fail (index < N_WRITTEN_MARKS);

  self->open = static_slice (marks[index].open);
  self->close = static_slice (marks[index].close);
}

guint
bal_quote_line_get_n_brackets (void)
{
  return G_N_ELEMENTS (brackets);
}

void
bal_quote_line_set_brackets (BalQuoteLine *self,
                             guint         index)
{
  static const char *const opens[] = { " (", " [", " （" };

  g_return_if_fail (index < G_N_ELEMENTS (brackets));

  self->actor_open = static_slice (opens[index]);
  self->actor_close = static_slice (brackets[index].close);
}
