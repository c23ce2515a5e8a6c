/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-review-format-private.h"

#include "bal-grade-quantity.h"
#include "bal-property.h"
#include "bal-quote-line.h"
#include "bal-text.h"

#include <string.h>

/* All in characters. Under the format's own label, a value up to these lengths is believed; under
 * an alias, which is an ordinary word as well, only a short one of the right shape. */
#define LONGEST_HEAD              60
#define LONGEST_ALIAS_LINE        300
#define LONGEST_ALIAS_WATCHED_ON  60
#define MOST_ALIAS_WORDS          8

/* A field line taken apart: prefix, value and what white space follows. */
typedef struct
{
  BalFieldLine  which;
  gboolean      is_alias;
  BalSlice      head;    /* before the colon; empty for "– 8/10" */
  BalSlice      prefix;  /* up to the value */
  BalSlice      value;
  const char   *suffix;
} Line;

static const char *
end_of (BalSlice slice)
{
  return slice.start + slice.length;
}

static guint
count_chars (BalSlice slice)
{
  return (guint) g_utf8_strlen (slice.start, (gssize) slice.length);
}

static void
set_value (Line       *line,
           const char *text,
           const char *start)
{
  line->value = bal_text_trim (start, start + strlen (start));
  if (line->value.length == 0)
    line->value.start = start + strlen (start);
  line->prefix = (BalSlice) { text, (gsize) (line->value.start - text) };
  line->suffix = end_of (line->value);
}

/* Takes the line apart at its first colon; FALSE when no label or alias stands before it. */
static gboolean
split_at_colon (BalReviewFormat *self,
                const char      *text,
                Line            *line)
{
  const char *p = text;
  g_autofree char *folded = NULL;
  guint head, n_chars = 0;
  gunichar c;

  while ((c = g_utf8_get_char (p)) != ':' && c != 0xFF1A)
    {
      if (c == '\0' || n_chars++ > LONGEST_HEAD)
        return FALSE;
      p = g_utf8_next_char (p);
    }

  line->head = bal_text_trim (text, p);
  folded = bal_text_fold (line->head.start, (gssize) line->head.length);
  head = GPOINTER_TO_UINT (g_hash_table_lookup (self->heads, folded));
  if (head == 0)
    return FALSE;

  line->which = head % BAL_N_FIELD_LINES;
  line->is_alias = head > BAL_N_FIELD_LINES;
  set_value (line, text, g_utf8_next_char (p));
  return TRUE;
}

/* A grade that stands alone behind a dash. */
static gboolean
split_at_dash (const char *text,
               Line       *line)
{
  const char *start = bal_text_skip_spaces (text);

  if (!bal_text_is_dash (g_utf8_get_char (start)))
    return FALSE;

  line->which = BAL_FIELD_LINE_GRADE;
  line->is_alias = TRUE;
  line->head = (BalSlice) { start, 0 };
  set_value (line, text, g_utf8_next_char (start));
  return TRUE;
}

/* Whether a text is a grade on the format's scale or any built-in one. A number alone counts on the
 * format's scale and out of ten only ("Rating: 15" is a certificate, "– 12" anything), and behind a
 * dash neither that nor a single letter is enough ("– B" is how a B. signs). */
static gboolean
is_grade (BalReviewFormat *self,
          const char      *text,
          gboolean         behind_dash)
{
  static const char *const builtin[] = { "letters", "stars", "ten", "percent" };
  double amount;
  gboolean is_bare = bal_grade_quantity_parse (text, &amount) == BAL_GRADE_UNIT_BARE;

  if (behind_dash && (is_bare || *g_utf8_next_char (text) == '\0'))
    return g_strcmp0 (text, "★") == 0;
  if (bal_grade_scale_parse (self->scale, text, NULL))
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (builtin); i++)
    {
      g_autoptr(BalGradeScale) scale = bal_grade_scale_new_builtin (builtin[i]);

      if (is_bare && !g_str_equal (builtin[i], "ten"))
        continue;
      if (bal_grade_scale_parse (scale, text, NULL))
        return TRUE;
    }
  return FALSE;
}

/* Whether a text can be the name of a place to watch films, rather than a sentence or a link that
 * gives its source. */
static gboolean
is_place (const char *text)
{
  g_auto(GStrv) words = g_strsplit (text, " ", -1);
  guint n_words = g_strv_length (words);

  return g_utf8_strlen (text, -1) <= LONGEST_ALIAS_WATCHED_ON &&
         n_words <= MOST_ALIAS_WORDS &&
         strstr (text, "://") == NULL &&
         !g_str_has_suffix (text, "?") && !g_str_has_suffix (text, "!") &&
         !(g_str_has_suffix (text, ".") && n_words > 3);
}

/* One ordinary word ("Quote") must be followed by quote marks; "Favourite quote" need not. */
static gboolean
is_quote (const Line *line)
{
  BalQuoteLine parts;

  bal_quote_line_parse (&parts, line->value.start, end_of (line->value));
  return parts.close.length > 0 || memchr (line->head.start, ' ', line->head.length) != NULL;
}

/* Whether the value is one that the line may have. */
static gboolean
is_plausible (BalReviewFormat *self,
              const char      *text,
              const Line      *line)
{
  g_autofree char *value = g_strndup (line->value.start, line->value.length);
  guint n_chars = count_chars (line->value);

  if (*value == '\0')
    return !line->is_alias;
  if (line->is_alias && g_utf8_strlen (text, -1) > LONGEST_ALIAS_LINE)
    return FALSE;

  switch (line->which)
    {
    case BAL_FIELD_LINE_GRADE:
      return n_chars <= BAL_REVIEW_FORMAT_LONGEST_GRADE &&
             (!line->is_alias || is_grade (self, value, line->head.length == 0));
    case BAL_FIELD_LINE_WATCHED_ON:
      return n_chars <= BAL_REVIEW_FORMAT_LONGEST_WATCHED_ON &&
             (!line->is_alias || is_place (value));
    case BAL_FIELD_LINE_QUOTE:
      return !line->is_alias || is_quote (line);
    case BAL_FIELD_LINE_NONE:
    default:
      return FALSE;
    }
}

/* By its bytes: whether it may begin with a dash, or have a colon where a head ends. Most lines of a long post don't. */
static gboolean
may_be_line (const char *text,
             gsize       length)
{
  gsize most = MIN (length, 4 * (LONGEST_HEAD + 2));
  gsize blank = strspn (text, " \t\n\r\v\f");

  return text[blank] == '-' || (text[blank] & 0x80) != 0 ||
         memchr (text, ':', most) != NULL || g_strstr_len (text, most, "\xef\xbc\x9a") != NULL;
}

static gboolean
split_line (BalReviewFormat *self,
            const char      *text,
            Line            *line)
{
  gsize length = strlen (text);
  BalSlice trimmed;

  memset (line, 0, sizeof *line);
  if (length > 4 * BAL_REVIEW_FORMAT_LONGEST_LINE || !may_be_line (text, length) ||
      !g_utf8_validate (text, length, NULL))
    return FALSE;

  trimmed = bal_text_trim (text, text + length);
  if (count_chars (trimmed) > BAL_REVIEW_FORMAT_LONGEST_LINE ||
      memchr (trimmed.start, '\n', trimmed.length) != NULL)
    return FALSE;

  return (split_at_colon (self, text, line) || split_at_dash (text, line)) &&
         is_plausible (self, text, line);
}

/* Puts a part into a field, nothing as NULL. */
static void
take (char     **field,
      BalSlice   value)
{
  g_free (*field);
  *field = value.length > 0 ? g_strndup (value.start, value.length) : NULL;
}

/**
 * bal_review_format_read_line:
 * @self: a format
 * @line: one line of plain text
 * @fields: (inout) (nullable): where to put what the line says; %NULL only to recognise it
 *
 * Recognises "Grade: B", "Rating: 8/10", "– 8/10",
 * `Memorable Quote: “…” – Lizzie (Logan Browning)`. Case, white space and the width of the colon
 * don't count. Under the format's own label, any value is one, none included, up to
 * %BAL_REVIEW_FORMAT_LONGEST_GRADE and so on; under an alias it must look like one, for "Overall: I
 * liked it" is prose. A quote is stored without its marks.
 *
 * Only the fields of that line are set, to %NULL where it does not say them.
 *
 * Returns: which line it is, or %BAL_FIELD_LINE_NONE; @fields is untouched then
 */
BalFieldLine
bal_review_format_read_line (BalReviewFormat *self,
                             const char      *line,
                             BalReviewFields *fields)
{
  BalQuoteLine quote;
  Line parts;

  g_return_val_if_fail (self != NULL, BAL_FIELD_LINE_NONE);
  g_return_val_if_fail (line != NULL, BAL_FIELD_LINE_NONE);

  if (!split_line (self, line, &parts))
    return BAL_FIELD_LINE_NONE;
  if (fields == NULL)
    return parts.which;

  switch (parts.which)
    {
    case BAL_FIELD_LINE_GRADE:
      take (&fields->grade, parts.value);
      break;
    case BAL_FIELD_LINE_WATCHED_ON:
      take (&fields->watched_on, parts.value);
      break;
    case BAL_FIELD_LINE_QUOTE:
      bal_quote_line_parse (&quote, parts.value.start, end_of (parts.value));
      take (&fields->quote, quote.quote);
      take (&fields->quote_character, quote.character);
      take (&fields->quote_actor, quote.actor);
      break;
    case BAL_FIELD_LINE_NONE:
    default:
      g_assert_not_reached ();
    }
  return parts.which;
}

/* What a line must say, on one line and without white space around it. */
static void
clean_fields (BalFieldLine           which,
              const BalReviewFields *fields,
              BalReviewFields       *clean)
{
  if (which == BAL_FIELD_LINE_GRADE)
    clean->grade = bal_text_clean_line (fields->grade);
  else if (which == BAL_FIELD_LINE_WATCHED_ON)
    clean->watched_on = bal_text_clean_line (fields->watched_on);
  else
    {
      clean->quote = bal_text_clean_line (fields->quote);
      clean->quote_character = bal_text_clean_line (fields->quote_character);
      clean->quote_actor = bal_text_clean_line (fields->quote_actor);
    }
}

static char *
dup_default_prefix (BalReviewFormat *self,
                    BalFieldLine     which)
{
  return g_strconcat (self->labels[which], ": ", NULL);
}

/* "Grade:" has no space to keep in front of its first value. */
static char *
dup_prefix (const Line *like)
{
  g_autofree char *prefix = g_strndup (like->prefix.start, like->prefix.length);

  if (like->value.length == 0 && bal_text_trim (prefix, prefix + strlen (prefix)).length > 0 &&
      g_str_has_suffix (prefix, ":"))
    return g_strconcat (prefix, " ", NULL);

  return g_steal_pointer (&prefix);
}

/* Whether reading a line gives what was to be written. */
static gboolean
says (BalReviewFormat       *self,
      const char            *line,
      BalFieldLine           which,
      const BalReviewFields *clean)
{
  g_auto(BalReviewFields) fields = { NULL };

  return bal_review_format_read_line (self, line, &fields) == which &&
         bal_review_fields_equal (&fields, clean);
}

static char *
write_simple (BalReviewFormat       *self,
              BalFieldLine           which,
              const BalReviewFields *clean,
              const Line            *like)
{
  const char *value = which == BAL_FIELD_LINE_GRADE ? clean->grade : clean->watched_on;
  g_autofree char *prefix = NULL;

  if (*value == '\0')
    return NULL;

  if (like != NULL)
    {
      g_autofree char *old_prefix = dup_prefix (like);
      g_autofree char *line = g_strconcat (old_prefix, value, like->suffix, NULL);

      if (says (self, line, which, clean))
        return g_steal_pointer (&line);
    }

  prefix = dup_default_prefix (self, which);
  return g_strconcat (prefix, value, NULL);
}

/* The line in one style; NULL when reading it would give something else. */
static char *
try_quote (BalReviewFormat       *self,
           const BalReviewFields *clean,
           const char            *prefix,
           const char            *suffix,
           const BalQuoteLine    *style)
{
  gboolean needs_closing = *clean->quote_character != '\0' && *clean->quote_actor == '\0';

  for (int close = FALSE; close <= needs_closing; close++)
    {
      g_autofree char *value = bal_quote_line_write (style, clean->quote, clean->quote_character,
                                                     clean->quote_actor, close);
      g_autofree char *line = g_strconcat (prefix, value, suffix, NULL);

      if (says (self, line, BAL_FIELD_LINE_QUOTE, clean))
        return g_steal_pointer (&line);
    }
  return NULL;
}

/* Tries the style as it is, then other marks, then other brackets and marks. */
static char *
try_quote_styles (BalReviewFormat       *self,
                  const BalReviewFields *clean,
                  const char            *prefix,
                  const char            *suffix,
                  const BalQuoteLine    *style)
{
  char *line = try_quote (self, clean, prefix, suffix, style);

  for (guint i = 0; i <= bal_quote_line_get_n_brackets () && line == NULL; i++)
    {
      BalQuoteLine other = *style;

      if (i > 0)
        bal_quote_line_set_brackets (&other, i - 1);
      for (guint j = 0; j < bal_quote_line_get_n_marks () && line == NULL; j++)
        {
          bal_quote_line_set_marks (&other, j);
          line = try_quote (self, clean, prefix, suffix, &other);
        }
    }
  return line;
}

/* In the style of the format itself. A quote that has straight marks in it gets others outside. */
static char *
write_plain_quote (BalReviewFormat       *self,
                   const BalReviewFields *clean)
{
  g_autofree char *prefix = dup_default_prefix (self, BAL_FIELD_LINE_QUOTE);
  g_autofree char *value = NULL;
  BalQuoteLine style = { 0 };
  char *line;

  bal_quote_line_set_marks (&style, strchr (clean->quote, '"') != NULL ? 1 : 0);
  line = try_quote_styles (self, clean, prefix, "", &style);
  if (line != NULL)
    return line;

  value = bal_quote_line_write (&style, clean->quote, clean->quote_character, clean->quote_actor,
                                FALSE);
  return g_strconcat (prefix, value, NULL);
}

static char *
write_quote (BalReviewFormat       *self,
             const BalReviewFields *clean,
             const Line            *like)
{
  g_autofree char *prefix = NULL;
  BalQuoteLine style;
  char *line;

  if (*clean->quote == '\0' && *clean->quote_character == '\0' && *clean->quote_actor == '\0')
    return NULL;
  if (like == NULL)
    return write_plain_quote (self, clean);

  prefix = dup_prefix (like);
  bal_quote_line_parse (&style, like->value.start, end_of (like->value));
  if (style.quote.length == 0)
    bal_quote_line_set_marks (&style, strchr (clean->quote, '"') != NULL ? 1 : 0);

  line = try_quote_styles (self, clean, prefix, like->suffix, &style);
  return line != NULL ? line : write_plain_quote (self, clean);
}

/**
 * bal_review_format_write_line:
 * @self: a format
 * @which: the line to write
 * @fields: what it is to say; valid UTF-8
 * @like: (nullable): the line that stood there before; its label, case, white space, kind of quote
 *   marks, dash and brackets are kept, unless the new values could not be read back then (an alias
 *   takes no value that does not look like one, a quote mark may be part of the quote)
 *
 * Reading the line gives @fields again, but for line breaks (written as spaces) and white space
 * around a value. Values that no line can say are written all the same, for readers to see: those
 * longer than %BAL_REVIEW_FORMAT_LONGEST_GRADE and so on, and names with quote marks or brackets of
 * every kind in them.
 *
 * Returns: (transfer full) (nullable): the line, or %NULL when @fields has nothing for it
 */
char *
bal_review_format_write_line (BalReviewFormat       *self,
                              BalFieldLine           which,
                              const BalReviewFields *fields,
                              const char            *like)
{
  g_auto(BalReviewFields) clean = { NULL };
  gboolean is_like;
  Line parts;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (which > BAL_FIELD_LINE_NONE && which < BAL_N_FIELD_LINES, NULL);
  g_return_val_if_fail (fields != NULL, NULL);

  clean_fields (which, fields, &clean);
  is_like = like != NULL && split_line (self, like, &parts) && parts.which == which;

  if (which == BAL_FIELD_LINE_QUOTE)
    return write_quote (self, &clean, is_like ? &parts : NULL);

  return write_simple (self, which, &clean, is_like ? &parts : NULL);
}
