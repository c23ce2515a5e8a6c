/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-safe-text.h"

#include "bal-entities.h"
#include "bal-safe-chars.h"
#include "bal-tokenizer.h"

#include <string.h>

/* A word of ten thousand letters stalls the text layout for 12 s (GTK 4.8). */
#define LONGEST_WORD  200
/* Where the script changes within a word the layout finds no place to break it (Pango 1.50), unless one is marked. */
#define LONGEST_MIX   20
/* The layout shapes what is left of a run of emoji for each line anew: 600 take 40 ms, in pieces 6 (Pango 1.50). */
#define LONGEST_EMOJI 8
#define DEEPEST_QUOTE 3
#define LONGEST_LINK  4096

/* Text on its way out, character by character. */
typedef struct
{
  GString  *text;
  guint     max_chars;     /* 0: no bound */
  guint     n_chars;
  BalSafeChars chars;
  guint     n_newlines;    /* wanted before the next character */
  gboolean  space;         /* likewise */
  gboolean  one_line;
  gboolean  break_words;
  gboolean  keep_lines;    /* newlines are line breaks, two part paragraphs */
  guint     word_length;
  guint     n_emoji;       /* in a row */
  gunichar  before;        /* in the word */
  GUnicodeScript script;   /* of the letter before */
  guint     quote_depth;
  gboolean  full;
} Sink;

/* Braille's empty cell is a space that no other program takes for one. */
#define EMPTY_CELL 0x2800

static void
put (Sink    *self,
     gunichar c)
{
  if (self->full)
    return;
  if (self->max_chars > 0 && self->n_chars + 1 >= self->max_chars)
    {
      g_string_append (self->text, "…");
      self->full = TRUE;
      return;
    }
  g_string_append_unichar (self->text, c);
  self->n_chars++;
}

static void
start_line (Sink *self)
{
  for (guint i = 0; i < MIN (self->quote_depth, DEEPEST_QUOTE); i++)
    {
      put (self, '>');
      put (self, ' ');
    }
}

/* Newlines and spaces are written once something follows: none at the end, none at the start. */
static void
put_pending (Sink *self)
{
  if (self->text->len == 0)
    {
      start_line (self);
    }
  else if (self->n_newlines > 0 && !self->one_line)
    {
      for (guint i = 0; i < self->n_newlines; i++)
        {
          put (self, '\n');
          if (i + 1 == self->n_newlines)
            start_line (self);
        }
    }
  else if (self->space || self->n_newlines > 0)
    {
      put (self, ' ');
    }
  if (self->n_newlines > 0 || self->space)
    self->word_length = self->n_emoji = self->before = 0;
  self->n_newlines = 0;
  self->space = FALSE;
}

static void
want_newlines (Sink  *self,
               guint  count)
{
  self->n_newlines = MAX (self->n_newlines, count);
  self->space = FALSE;
}

/* One that has color by itself: not a star. */
static gboolean
is_emoji (gunichar c)
{
  return g_unichar_type (c) == G_UNICODE_OTHER_SYMBOL && g_unichar_iswide (c);
}

/* One sign with what is before it. */
static gboolean
is_joined (gunichar c,
           gunichar before)
{
  return g_unichar_ismark (c) || bal_char_is_joiner (c) || (c >= 0x1F3FB && c <= 0x1F3FF) ||
         (bal_char_is_joiner (before) && is_emoji (c));
}

/* A line of its own is never broken at words, but is laid out for many widths. */
static void
break_word (Sink     *self,
            gunichar  c)
{
  gboolean joined = is_joined (c, self->before);
  GUnicodeScript script = self->script;

  self->word_length++;
  self->before = c;
  if (joined)
    return;

  self->n_emoji = is_emoji (c) ? self->n_emoji + 1 : 0;
  /* Stops and digits go with the letters before them: an address is one word, and is copied as one. */
  self->script = g_unichar_get_script (c);
  if (self->script == G_UNICODE_SCRIPT_COMMON)
    self->script = script;
  if (self->n_emoji > LONGEST_EMOJI ||
      (self->break_words && (self->word_length > LONGEST_WORD ||
                             (self->word_length > LONGEST_MIX && self->script != script))))
    {
      put (self, 0x200B);
      self->word_length = 1;
      self->n_emoji = MIN (self->n_emoji, 1);
    }
}

static void
add (Sink     *self,
     gunichar  c)
{
  if (c == 0x2028 || c == 0x2029)
    {
      want_newlines (self, MIN (self->n_newlines + 1, 2));
      return;
    }
  if (self->space || self->n_newlines > 0)
    self->chars = (BalSafeChars) { .last = ' ' };
  if (!bal_safe_chars_take (&self->chars, c))
    return;

  put_pending (self);
  if (self->break_words || self->one_line)
    break_word (self, c);
  put (self, c);
}

/* White space folds, as a browser shows it. */
static void
add_html_text (Sink       *self,
               const char *text,
               gsize       length)
{
  gsize p = 0;

  while (p < length && !self->full)
    {
      gsize used = 0;
      gunichar c;

      if (text[p] == '&')
        used = bal_entity_decode (text + p, length - p, FALSE, &c);
      if (used == 0)
        {
          c = g_utf8_get_char (text + p);
          used = g_utf8_next_char (text + p) - (text + p);
        }
      p += used;
      if (c == '\n' && self->keep_lines)
        want_newlines (self, MIN (self->n_newlines + 1, 2));
      else if (c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == EMPTY_CELL)
        self->space = self->n_newlines == 0;
      else
        add (self, c);
    }
}

/* Elements whose inside only programs read. */
static gboolean
is_hidden (const BalToken *token)
{
  static const char *const names[] = {
    "script", "style",  "template", "title",    "head",   "svg",
    "math",   "iframe", "noembed",  "noframes", "select", "map"
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (bal_token_is (token, names[i]))
      return TRUE;
  return FALSE;
}

static void
add_line_tag (Sink           *self,
              const BalToken *token)
{
  if (bal_token_is (token, "br"))
    want_newlines (self, MIN (self->n_newlines + 1, 2));
  else if (bal_token_is (token, "td") || bal_token_is (token, "th"))
    self->space = self->n_newlines == 0;
  else if (bal_token_is (token, "p") || bal_token_is (token, "blockquote") ||
           bal_token_is (token, "table"))
    want_newlines (self, 2);
  else if (token->tag != NULL && (token->tag->flags & BAL_TAG_BLOCK))
    want_newlines (self, 1);
}

/* Index of the last token of a hidden element; without an end it hides all that follows. */
static guint
skip_hidden (const BalTokens *tokens,
             guint            index)
{
  return tokens->tokens[index].match != BAL_TOKEN_NO_MATCH ? tokens->tokens[index].match
                                                           : tokens->n_tokens - 1;
}

/* A comment without any tag that breaks a line is broken by its newlines: blogs keep it as it was typed, and make the
 * tags when they show it (WordPress 6.1: wpautop). */
static gboolean
is_broken_by_newlines (const BalTokens *tokens)
{
  for (guint i = 0; i < tokens->n_tokens; i++)
    if (bal_token_is (&tokens->tokens[i], "br") || bal_token_is (&tokens->tokens[i], "p") ||
        bal_token_is (&tokens->tokens[i], "div"))
      return FALSE;
  return TRUE;
}

static void
add_html (Sink       *self,
          const char *html,
          gboolean    is_comment)
{
  const char *given = html != NULL ? html : "";
  g_autofree char *made = g_utf8_validate (given, -1, NULL) ? NULL : g_utf8_make_valid (given, -1);
  const char *valid = made != NULL ? made : given;
  g_autoptr(BalTokens) tokens = bal_tokens_new (valid, strlen (valid), FALSE);

  self->keep_lines = is_comment && is_broken_by_newlines (tokens);
  for (guint i = 0; i < tokens->n_tokens && !self->full; i++)
    {
      const BalToken *token = &tokens->tokens[i];

      if (token->type == BAL_TOKEN_TEXT)
        add_html_text (self, valid + token->start, token->end - token->start);
      else if (token->type == BAL_TOKEN_START && is_hidden (token))
        i = skip_hidden (tokens, i);
      else if (token->type == BAL_TOKEN_START || token->type == BAL_TOKEN_END)
        add_line_tag (self, token);
    }
}

char *
bal_safe_text_from_html (const char *html)
{
  Sink sink = { .text = g_string_new (NULL) };

  add_html (&sink, html, FALSE);
  return g_string_free (sink.text, FALSE);
}

char *
bal_safe_text_from_comment (const char *html)
{
  Sink sink = { .text = g_string_new (NULL) };

  add_html (&sink, html, TRUE);
  return g_string_free (sink.text, FALSE);
}

char *
bal_safe_text_line (const char *html,
                    guint       max_chars)
{
  Sink sink = { .text = g_string_new (NULL), .max_chars = max_chars, .one_line = TRUE };

  add_html (&sink, html, FALSE);
  return g_string_free (sink.text, FALSE);
}

char *
bal_safe_text_name (const char *text,
                    guint       max_chars)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  Sink sink = { .text = g_string_new (NULL), .max_chars = max_chars, .one_line = TRUE };

  for (const char *p = valid; *p != '\0' && !sink.full; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || c == EMPTY_CELL)
        sink.space = TRUE;
      else if (!bal_char_is_direction_mark (c))
        add (&sink, c);
    }
  /* A joiner that joins nothing shows nothing, either. */
  if (!sink.full && bal_char_is_joiner (sink.chars.last))
    g_string_truncate (sink.text, sink.text->len - strlen ("\xe2\x80\x8d"));
  return g_string_free (sink.text, FALSE);
}

char *
bal_safe_text_part (const char *text,
                    guint       max_chars)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  Sink sink = { .text = g_string_new (NULL), .max_chars = max_chars, .break_words = TRUE };

  for (const char *p = valid; *p != '\0' && !sink.full; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == ' ' || c == '\n')
        {
          put (&sink, c);
          sink.chars = (BalSafeChars) { .last = c };
          sink.word_length = sink.n_emoji = sink.before = 0;
        }
      else
        {
          add (&sink, c);
        }
    }
  return g_string_free (sink.text, FALSE);
}

static void
append_paragraph (GString    *out,
                  const char *text,
                  gsize       length)
{
  if (out->len > 0)
    g_string_append_c (out, '\n');
  g_string_append (out, "<p>");
  for (gsize p = 0; p < length;)
    {
      const char *newline = memchr (text + p, '\n', length - p);
      gsize end = newline != NULL ? (gsize) (newline - text) : length;

      bal_entities_append (out, text + p, end - p, FALSE);
      if (newline != NULL)
        g_string_append (out, "<br />\n");
      p = end + 1;
    }
  g_string_append (out, "</p>");
}

static void
unify_newlines (char *text)
{
  char *to = text;

  for (const char *from = text; *from != '\0'; from++)
    if (*from != '\r')
      *to++ = *from;
    else if (from[1] != '\n')
      *to++ = '\n';
  *to = '\0';
}

char *
bal_safe_text_to_html (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_auto(GStrv) paragraphs = NULL;
  GString *out = g_string_new (NULL);

  unify_newlines (valid);
  paragraphs = g_strsplit (valid, "\n\n", -1);
  for (guint i = 0; paragraphs[i] != NULL; i++)
    {
      gsize length = strlen (g_strstrip (paragraphs[i]));

      if (length > 0)
        append_paragraph (out, paragraphs[i], length);
    }
  return g_string_free (out, FALSE);
}

/* URL standard: controls and blanks at the ends go, tabs and newlines go everywhere; what nobody
 * sees and what turns text around has no place in an address either. */
static char *
clean_link (const char *href)
{
  g_autofree char *stripped = NULL;
  BalSafeChars chars = { 0 };
  GString *out;

  if (!g_utf8_validate (href, -1, NULL))
    return NULL;
  out = g_string_new (NULL);
  for (const char *p = href; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c >= 0x20 && c != 0x2028 && c != 0x2029 && !bal_char_is_direction_mark (c) &&
          bal_safe_chars_take (&chars, c))
        g_string_append_unichar (out, c);
    }
  stripped = g_string_free (out, FALSE);
  return g_strdup (g_strstrip (stripped));
}

/**
 * bal_safe_link:
 * @href: (nullable): an address, entities decoded
 *
 * Returns: (transfer full) (nullable): the address that may be opened
 */
char *
bal_safe_link (const char *href)
{
  g_autofree char *link = NULL;
  const char *rest = NULL;

  if (href == NULL || strlen (href) > LONGEST_LINK || (link = clean_link (href)) == NULL)
    return NULL;
  if (g_ascii_strncasecmp (link, "http://", 7) == 0)
    rest = link + 7;
  else if (g_ascii_strncasecmp (link, "https://", 8) == 0)
    rest = link + 8;
  else if (g_ascii_strncasecmp (link, "mailto:", 7) == 0 && strchr (link, '@') != NULL)
    return g_steal_pointer (&link);
  if (rest == NULL || *rest == '\0' || strchr ("/\\?#:@ ", *rest) != NULL)
    return NULL;
  return g_steal_pointer (&link);
}

/* What a comment shows, while it is put together. */
typedef struct
{
  Sink    sink;
  GArray *runs;       /* BalRun; links owned by @links */
  GPtrArray *links;
  guint   bold, italic, code;
  const char *link;
} Comment;

static void
add_comment_text (Comment    *self,
                  const char *text,
                  gsize       length)
{
  BalRun run = { .link = self->link };

  /* What parts this text from the one before belongs to neither's style. */
  if (!bal_is_blank (text, length))
    {
      while (length > 0 && bal_is_space (*text))
        {
          if (*text == '\n' && self->sink.keep_lines)
            want_newlines (&self->sink, MIN (self->sink.n_newlines + 1, 2));
          else
            self->sink.space = self->sink.n_newlines == 0;
          text++;
          length--;
        }
      put_pending (&self->sink);
    }
  run.start = self->sink.text->len;
  add_html_text (&self->sink, text, length);
  run.length = self->sink.text->len - run.start;
  run.style = (self->bold > 0 ? BAL_STYLE_BOLD : 0) | (self->italic > 0 ? BAL_STYLE_ITALIC : 0) |
              (self->code > 0 ? BAL_STYLE_CODE : 0);
  if (run.length > 0)
    g_array_append_val (self->runs, run);
}

static void
count_tag (guint   *depth,
           gboolean starts)
{
  if (starts)
    (*depth)++;
  else if (*depth > 0)
    (*depth)--;
}

static void
add_comment_tag (Comment         *self,
                 const BalTokens *tokens,
                 const BalToken  *token)
{
  gboolean starts = token->type == BAL_TOKEN_START;
  BalStyle style = token->tag != NULL ? token->tag->style : BAL_STYLE_NONE;

  add_line_tag (&self->sink, token);
  if (bal_tokens_name_is (tokens, token, "a"))
    {
      g_autofree char *href = starts ? bal_tokens_dup_attribute (tokens, token, "href") : NULL;
      char *link = bal_safe_link (href);

      self->link = link;
      if (link != NULL)
        g_ptr_array_add (self->links, link);
    }
  else if (style == BAL_STYLE_BOLD)
    count_tag (&self->bold, starts);
  else if (style == BAL_STYLE_ITALIC)
    count_tag (&self->italic, starts);
  else if (style == BAL_STYLE_CODE || bal_token_is (token, "pre"))
    count_tag (&self->code, starts);
  else if (bal_token_is (token, "blockquote"))
    count_tag (&self->sink.quote_depth, starts);
}

BalBlock *
bal_safe_block_from_html (const char *html,
                          guint       max_chars)
{
  g_autofree char *valid = g_utf8_make_valid (html != NULL ? html : "", -1);
  g_autoptr(BalTokens) tokens = bal_tokens_new (valid, strlen (valid), FALSE);
  g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (BalRun));
  g_autoptr(GPtrArray) links = g_ptr_array_new_with_free_func (g_free);
  Comment comment = {
    .sink = { .text = g_string_new (NULL), .max_chars = max_chars, .break_words = TRUE },
    .runs = runs,
    .links = links,
  };
  BalBlock *block;

  comment.sink.keep_lines = is_broken_by_newlines (tokens);
  for (guint i = 0; i < tokens->n_tokens && !comment.sink.full; i++)
    {
      const BalToken *token = &tokens->tokens[i];

      if (token->type == BAL_TOKEN_TEXT)
        add_comment_text (&comment, valid + token->start, token->end - token->start);
      else if (token->type == BAL_TOKEN_START && is_hidden (token))
        i = skip_hidden (tokens, i);
      else if (token->type == BAL_TOKEN_START || token->type == BAL_TOKEN_END)
        add_comment_tag (&comment, tokens, token);
    }
  block = bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, comment.sink.text->str,
                              (const BalRun *) (gconstpointer) runs->data, runs->len);
  g_string_free (comment.sink.text, TRUE);
  return block;
}
