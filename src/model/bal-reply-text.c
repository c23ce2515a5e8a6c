/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-reply-text.h"

#include <string.h>

void
bal_reply_words_clear (BalReplyWords *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->author, g_free);
  g_clear_pointer (&self->film, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->blog, g_free);
}

/* ---- saved replies ---- */

/* Letters with a capital first, as names of people are written where there are capitals. */
static gboolean
is_name (const char *word)
{
  if (*word == '\0' || !g_unichar_isupper (g_utf8_get_char (word)))
    return FALSE;

  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isalpha (c) && !g_unichar_ismark (c) && c != '-' && c != '\'' && c != 0x2019 && c != '.')
        return FALSE;
    }
  return TRUE;
}

char *
bal_reply_text_address (const char *author)
{
  g_autofree char *name = g_strstrip (g_strdup (author != NULL ? author : ""));
  g_auto(GStrv) words = NULL;

  if (!g_utf8_validate (name, -1, NULL))
    return g_utf8_make_valid (name, -1);

  words = g_strsplit (name, " ", -1);
  if (g_strv_length (words) < 2 || g_strv_length (words) > 3)
    return g_steal_pointer (&name);
  for (guint i = 0; words[i] != NULL; i++)
    if (!is_name (words[i]))
      return g_steal_pointer (&name);
  /* "Dr. Berg", "J. Berg": what is short for something is no way to address somebody. */
  if (strchr (words[0], '.') != NULL)
    return g_steal_pointer (&name);

  return g_strdup (words[0]);
}

static const char *
find_words (const BalReplyWords *words,
            const char          *name,
            gsize                length)
{
  const struct { const char *name; const char *text; } known[] = {
    { "name", words->name }, { "author", words->author }, { "film", words->film },
    { "title", words->title }, { "blog", words->blog },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (strlen (known[i].name) == length && strncmp (known[i].name, name, length) == 0)
      return known[i].text;

  return NULL;
}

static void
append_escaped (GString    *out,
                const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    switch (*p)
      {
      case '&':
        g_string_append (out, "&amp;");
        break;
      case '<':
        g_string_append (out, "&lt;");
        break;
      case '>':
        g_string_append (out, "&gt;");
        break;
      case '"':
        g_string_append (out, "&quot;");
        break;
      default:
        g_string_append_c (out, *p);
      }
}

char *
bal_reply_text_fill (const char          *html,
                     const BalReplyWords *words)
{
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (html != NULL, NULL);
  g_return_val_if_fail (words != NULL, NULL);

  for (const char *p = html; *p != '\0';)
    {
      const char *end = *p == '{' ? strchr (p, '}') : NULL;
      const char *text = end != NULL ? find_words (words, p + 1, end - p - 1) : NULL;

      if (text != NULL)
        {
          append_escaped (out, text);
          p = end + 1;
        }
      else
        g_string_append_c (out, *p++);
    }
  return g_string_free (out, FALSE);
}

/* ---- quotes ---- */

/* What the author quotes is not what they say. */
static char *
drop_quoted_lines (const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  GString *out = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '>')
      g_string_append_printf (out, "%s\n", lines[i]);

  return g_strstrip (g_string_free (out, FALSE));
}

static gboolean
ends_sentence (gunichar c)
{
  return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0xff01 || c == 0xff1f || c == 0x061f ||
         c == 0x0964;
}

static gboolean
is_closing (gunichar c)
{
  return c == '"' || c == '\'' || c == ')' || c == 0x201d || c == 0x201c || c == 0x2019 || c == 0xbb || c == 0xab;
}

/* Behind the last sentence of @text before @end; behind the last word where there is no whole sentence. */
static const char *
find_cut (const char *text,
          const char *end)
{
  const char *sentence = NULL;
  const char *word = NULL;
  gboolean over = FALSE;

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        {
          word = p;
          if (over)
            sentence = p;
        }
      over = ends_sentence (c) || (over && is_closing (c)) || (over && g_unichar_isspace (c));
      if (ends_sentence (c) && c > 0x3000)
        sentence = g_utf8_next_char (p);
    }

  /* One short word of many is no quote. */
  if (sentence != NULL && sentence - text >= (end - text) / 4)
    return sentence;
  return word != NULL ? word : end;
}

char *
bal_reply_text_quote (const char *text,
                      guint       max_chars)
{
  g_autofree char *own = NULL;
  g_autofree char *cut = NULL;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (max_chars > 0, NULL);

  own = drop_quoted_lines (text);
  if (g_utf8_strlen (own, -1) <= max_chars)
    return g_steal_pointer (&own);

  cut = g_strndup (own, find_cut (own, g_utf8_offset_to_pointer (own, max_chars)) - own);
  g_strchomp (cut);
  return g_str_has_suffix (cut, "…") ? g_steal_pointer (&cut) : g_strconcat (cut, " …", NULL);
}

/* ---- what was entered by hand ---- */

static gunichar
fold_char (gunichar c)
{
  switch (c)
    {
    case 0x2018: case 0x2019: case 0x201a: case 0x201b: case 0x2039: case 0x203a: case 0x2032: case '`': case 0xb4:
    case 0x201c: case 0x201d: case 0x201e: case 0x201f: case 0xab: case 0xbb: case 0x2033: case '"':
      return '\'';
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212:
      return '-';
    default:
      return c;
    }
}

/* White space is left out whole: some pages end lines where others part words. */
static char *
make_key (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *folded = g_utf8_casefold (composed != NULL ? composed : valid, -1);
  GString *key = g_string_new (NULL);
  gboolean line_starts = TRUE;
  gunichar last = 0;

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = fold_char (g_utf8_get_char (p));

      if (g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_FORMAT || c == 0x200b)
        {
          line_starts |= c == '\n' || c == 0x2028 || c == 0x2029;
          continue;
        }
      if (line_starts && c == '>')
        continue;
      line_starts = FALSE;
      /* "--" is a dash to some pages, '' a quotation mark. */
      if ((c == '-' || c == '\'') && c == last)
        continue;
      g_string_append_unichar (key, c);
      last = c;
    }
  return g_string_free (key, FALSE);
}

gboolean
bal_reply_text_equal (const char *a,
                      const char *b)
{
  g_autofree char *first = make_key (a);
  g_autofree char *second = make_key (b);

  return g_str_equal (first, second);
}

gboolean
bal_reply_is_entered (BalComment *kept,
                      const char *kept_text,
                      BalComment *found,
                      const char *found_text)
{
  const char *parent = bal_comment_get_remote_parent_id (found);

  g_return_val_if_fail (BAL_IS_COMMENT (kept), FALSE);
  g_return_val_if_fail (BAL_IS_COMMENT (found), FALSE);

  if (!bal_comment_get_mine (found) || bal_comment_get_review_id (kept) != bal_comment_get_review_id (found))
    return FALSE;
  if (parent != NULL && (bal_comment_get_parent_id (found) == 0 ||
                         bal_comment_get_parent_id (found) != bal_comment_get_parent_id (kept)))
    return FALSE;

  return bal_reply_text_equal (kept_text, found_text);
}
