/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-safe-source.h"

#include <string.h>

#define MOST_BYTES (256 * 1024 * 1024)
#define LOOK_AT    64
#define LEAST_DATA 1024
#define MOST_TRIMMED (64 * 1024)

/* Half of what is ASCII in UTF-16 is NUL, in one of two places. */
static const char *
guess_encoding (const char *html,
                gsize       length)
{
  guint even = 0, odd = 0;
  gsize n = MIN (length, LOOK_AT) & ~(gsize) 1;

  if (length >= 2 && memcmp (html, "\xff\xfe", 2) == 0)
    return "UTF-16LE";
  if (length >= 2 && memcmp (html, "\xfe\xff", 2) == 0)
    return "UTF-16BE";
  for (gsize i = 0; i < n; i += 2)
    {
      even += html[i] == '\0';
      odd += html[i + 1] == '\0';
    }
  if (n >= 4 && odd > n / 4 && even * 4 < odd)
    return "UTF-16LE";
  if (n >= 4 && even > n / 4 && odd * 4 < even)
    return "UTF-16BE";
  return NULL;
}

static gunichar
read_unit (const char *at,
           gboolean    little)
{
  const guchar *p = (const guchar *) at;

  return little ? p[0] | (gunichar) p[1] << 8 : p[1] | (gunichar) p[0] << 8;
}

/* Half a pair becomes U+FFFD: g_convert() would give up on all of the text for it. */
static char *
convert_utf16 (const char *html,
               gsize       length,
               gboolean    little)
{
  GString *out = g_string_sized_new (length / 2);

  for (gsize i = 0; i + 1 < length; i += 2)
    {
      gunichar c = read_unit (html + i, little);

      if (c >= 0xD800 && c <= 0xDBFF && i + 3 < length)
        {
          gunichar low = read_unit (html + i + 2, little);

          if (low >= 0xDC00 && low <= 0xDFFF)
            {
              c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
              i += 2;
            }
        }
      if (c == 0)
        continue;
      g_string_append_unichar (out, c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c);
    }
  return g_string_free (out, FALSE);
}

/* Pictures are written into the HTML by word processors, megabytes of them, and none is kept. Only
 * a text that is too long for them to stay is searched: words that look like one are words. One byte
 * more than is read tells that there is more. */
static GString *
drop_data (const char *html,
           gsize       length)
{
  static const char scheme[] = "data:";
  GString *out = g_string_sized_new (MIN (length, BAL_SAFE_SOURCE_MOST));
  gsize from = 0;

  for (gsize p = 0; p < length && out->len + (p - from) < BAL_SAFE_SOURCE_MOST; p++)
    {
      const char *colon = memchr (html + p, ':', length - p);
      gsize end;

      if (colon == NULL)
        break;
      p = colon - html;
      if (p < from + 4 || g_ascii_strncasecmp (colon - 4, scheme, 5) != 0)
        continue;
      for (end = p + 1; end < length && html[end] > ' ' && html[end] < 0x7F &&
                        strchr ("\"'<>()", html[end]) == NULL;)
        end++;
      if (end - p < LEAST_DATA)
        continue;
      g_string_append_len (out, html + from, p + 1 - from);
      from = end;
      p = end - 1;
    }
  if (out->len <= BAL_SAFE_SOURCE_MOST)
    g_string_append_len (out, html + from, MIN (length - from, BAL_SAFE_SOURCE_MOST + 1 - out->len));
  return g_string_truncate (out, MIN (out->len, BAL_SAFE_SOURCE_MOST + 1));
}

/* Behind a tag, or a word, that is whole. */
static void
trim_end (GString *text)
{
  gsize least = text->len > MOST_TRIMMED ? text->len - MOST_TRIMMED : 0;
  gsize end;

  for (end = text->len; end > least && text->str[end - 1] != '>'; end--)
    ;
  if (end == least)
    for (end = text->len; end > least && !g_ascii_isspace (text->str[end - 1]); end--)
      ;
  if (end > least)
    g_string_truncate (text, end);
}

char *
bal_safe_source_dup (const char *html,
                     gsize       length,
                     gboolean   *cut)
{
  const char *encoding;
  g_autofree char *utf8 = NULL;
  g_autoptr(GString) lean = NULL;
  const char *text = html;
  gboolean is_cut = length > MOST_BYTES;

  if (cut != NULL)
    *cut = FALSE;
  length = MIN (length, MOST_BYTES);
  encoding = guess_encoding (html, length);
  if (encoding != NULL)
    {
      text = utf8 = convert_utf16 (html, length, g_str_equal (encoding, "UTF-16LE"));
      length = strlen (utf8);
    }
  while (length > 0 && text[length - 1] == '\0')
    length--;
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      length -= 3;
    }
  if (length <= BAL_SAFE_SOURCE_MOST)
    return g_utf8_make_valid (text, length);
  lean = drop_data (text, length);
  is_cut = is_cut || lean->len > BAL_SAFE_SOURCE_MOST;
  if (is_cut)
    trim_end (lean);
  if (cut != NULL)
    *cut = is_cut;
  return g_utf8_make_valid (lean->str, lean->len);
}
