/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-front-matter.h"

#include <glib/gi18n.h>
#include <string.h>

#include "bal-error.h"

/* As much of TOML 1.0 as front matter has: keys with texts, numbers, dates, lists of them, and tables. What it can't read
 * it refuses; no part of the syntax is guessed. */

typedef struct
{
  const char     *at;
  const char     *end;
  const char     *start;
  BalFrontMatter *matter;
} Toml;

static void
skip_spaces (Toml     *toml,
             gboolean  lines)
{
  while (toml->at < toml->end)
    {
      if (*toml->at == ' ' || *toml->at == '\t' || *toml->at == '\r' || (lines && *toml->at == '\n'))
        toml->at++;
      else if (*toml->at == '#')
        while (toml->at < toml->end && *toml->at != '\n')
          toml->at++;
      else
        break;
    }
}

static gboolean
take (Toml       *toml,
      const char *token)
{
  gsize length = strlen (token);

  if ((gsize) (toml->end - toml->at) < length || strncmp (toml->at, token, length) != 0)
    return FALSE;

  toml->at += length;
  return TRUE;
}

/* After the backslash. */
static gboolean
take_escape (Toml    *toml,
             GString *text)
{
  static const char codes[] = "btnfr\"\\", values[] = "\b\t\n\f\r\"\\";
  char c = toml->at < toml->end ? *toml->at++ : '\0';
  const char *code = c != '\0' ? strchr (codes, c) : NULL;
  gsize digits = c == 'u' ? 4 : c == 'U' ? 8 : 0;
  gunichar character = 0;

  if (code != NULL)
    {
      g_string_append_c (text, values[code - codes]);
      return TRUE;
    }
  if (digits == 0 || (gsize) (toml->end - toml->at) < digits)
    return FALSE;

  for (gsize i = 0; i < digits; i++)
    {
      if (!g_ascii_isxdigit (toml->at[i]))
        return FALSE;
      character = character * 16 + (gunichar) g_ascii_xdigit_value (toml->at[i]);
    }
  toml->at += digits;
  if (!g_unichar_validate (character) || character < ' ')
    return FALSE;
  g_string_append_unichar (text, character);
  return TRUE;
}

/* (transfer full) (nullable): of one line or, between three quotes, of several. */
static char *
read_string (Toml *toml)
{
  char quote = *toml->at;
  char three[4] = { quote, quote, quote, '\0' };
  gboolean is_long = take (toml, three);
  g_autoptr(GString) text = g_string_new (NULL);

  if (!is_long)
    toml->at++;
  else if (!take (toml, "\r\n"))
    take (toml, "\n");

  while (toml->at < toml->end)
    {
      char c;

      if (is_long ? take (toml, three) : *toml->at == quote)
        {
          toml->at += !is_long;
          return g_strdup (text->str);
        }

      c = *toml->at++;
      if (c == '\n' && !is_long)
        return NULL;
      if (c == '\\' && quote == '"' && is_long && strspn (toml->at, " \t\r") + toml->at < toml->end &&
          toml->at[strspn (toml->at, " \t\r")] == '\n')
        toml->at += strspn (toml->at, " \t\r\n");
      else if (c != '\\' || quote == '\'')
        g_string_append_c (text, c);
      else if (!take_escape (toml, text))
        return NULL;
    }

  return NULL;
}

/* (transfer full) (nullable): a number, a date, true or false, as it is written. */
static char *
read_bare (Toml *toml)
{
  const char *start = toml->at;

  while (toml->at < toml->end && (g_ascii_isalnum (*toml->at) || strchr ("+-.:_", *toml->at) != NULL ||
                                  (*toml->at == ' ' && toml->at - start == 10 && toml->at + 1 < toml->end &&
                                   g_ascii_isdigit (toml->at[1]))))
    toml->at++;
  return toml->at > start ? g_strndup (start, (gsize) (toml->at - start)) : NULL;
}

static char *
read_key (Toml *toml)
{
  const char *start = toml->at;

  if (toml->at < toml->end && (*toml->at == '"' || *toml->at == '\''))
    return read_string (toml);

  while (toml->at < toml->end && (g_ascii_isalnum (*toml->at) || *toml->at == '_' || *toml->at == '-'))
    toml->at++;
  return toml->at > start ? g_strndup (start, (gsize) (toml->at - start)) : NULL;
}

/* (transfer full) (nullable): of "a.b.c", "c". */
static char *
read_dotted (Toml *toml)
{
  char *key = read_key (toml);

  while (key != NULL)
    {
      skip_spaces (toml, FALSE);
      if (!take (toml, "."))
        break;
      skip_spaces (toml, FALSE);
      g_free (key);
      key = read_key (toml);
    }

  return key;
}

static gboolean read_value (Toml       *toml,
                            const char *key,
                            guint       level);

static gboolean
read_list (Toml       *toml,
           const char *key,
           guint       level)
{
  for (;;)
    {
      skip_spaces (toml, TRUE);
      if (take (toml, "]"))
        return TRUE;
      if (!read_value (toml, key, level + 1))
        return FALSE;
      skip_spaces (toml, TRUE);
      if (!take (toml, ",") && (toml->at >= toml->end || *toml->at != ']'))
        return FALSE;
    }
}

static gboolean
read_table (Toml  *toml,
            guint  level)
{
  skip_spaces (toml, FALSE);
  if (take (toml, "}"))
    return TRUE;

  for (;;)
    {
      g_autofree char *key = NULL;

      skip_spaces (toml, FALSE);
      key = read_dotted (toml);
      if (key == NULL || !take (toml, "="))
        return FALSE;
      skip_spaces (toml, FALSE);
      if (!read_value (toml, key, level + 1))
        return FALSE;
      skip_spaces (toml, FALSE);
      if (take (toml, "}"))
        return TRUE;
      if (!take (toml, ","))
        return FALSE;
    }
}

static gboolean
read_value (Toml       *toml,
            const char *key,
            guint       level)
{
  g_autofree char *value = NULL;

  if (level > 8 || toml->at >= toml->end)
    return FALSE;
  if (take (toml, "["))
    return read_list (toml, key, level);
  if (take (toml, "{"))
    return read_table (toml, level);

  value = *toml->at == '"' || *toml->at == '\'' ? read_string (toml) : read_bare (toml);
  if (value == NULL)
    return FALSE;
  bal_front_matter_set (toml->matter, key, value, level > 0);
  return TRUE;
}

static gboolean
read_line (Toml *toml)
{
  g_autofree char *key = NULL;
  gboolean is_header = take (toml, "["), is_double = is_header && take (toml, "[");

  skip_spaces (toml, FALSE);
  key = read_dotted (toml);
  skip_spaces (toml, FALSE);
  if (key == NULL)
    return FALSE;
  if (is_header)
    return take (toml, is_double ? "]]" : "]");
  if (!take (toml, "="))
    return FALSE;

  skip_spaces (toml, FALSE);
  return read_value (toml, key, 0);
}

gboolean
bal_front_toml_read (const char      *text,
                     gsize            length,
                     BalFrontMatter  *matter,
                     GError         **error)
{
  Toml toml = { text, text + length, text, matter };

  for (;;)
    {
      guint line = 2;

      skip_spaces (&toml, TRUE);
      if (toml.at >= toml.end)
        return TRUE;
      if (read_line (&toml))
        {
          skip_spaces (&toml, FALSE);
          if (toml.at >= toml.end || *toml.at == '\n')
            continue;
        }

      for (const char *p = text; p < toml.at; p++)
        line += *p == '\n';
      g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID, _("Its front matter can’t be read near line %u."), line);
      return FALSE;
    }
}
