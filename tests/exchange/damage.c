/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "damage.h"

#include <string.h>

/* Now and then a part is repeated so often. */
#define DEEP 3000
/* A part of the grammar is no longer than that here. */
#define MOST_PART 2000

/* What parts stand between, and what is put in their places. */
static const struct
{
  const char *before;            /* a part begins with one of these … */
  const char *after;             /* … or behind one of these */
  const char *const *words;
} grammars[] = {
  [DAMAGE_MARKUP] = { "<&", ">;", (const char *const[]) {
    "<![CDATA[", "]]>", "<!--", "-->", "<?", "?>", "<!DOCTYPE a>", "<!DOCTYPE a [<!ENTITY b \"c\">]>", "&b;", "&#0;",
    "&#xffffffff;", "&#xd800;", "&nbsp;", "&", "<", ">", "<a", "</", "/>", "<item>", "</item>", "<entry>", "</entry>",
    "<content type=\"xhtml\">", "<div>", "</div>", "<p>", "<wp:comment>", "</wp:comment>", "</channel>",
    "</rss>", "</feed>",
    "<a b=\"", " b='c", "xmlns=\"urn:a\"", "<wp:status>publish</wp:status>", "<id>tag:a,1999:blog-1.post-2</id>",
    "<?xml version=\"1.0\" encoding=\"UTF-16\"?>", "<?xml encoding='KOI8-R'?>", NULL } },
  [DAMAGE_JSON] = { "{}[]\"", ",:", (const char *const[]) {
    "{", "}", "[", "]", "\"", ",", ":", "\\", "null", "true", "false", "1e999", "-1", "0.5", "\"\"", "{}",
    "[]", "\\u0000",
    "\\ud800", "\\udc00", "\"type\":\"review\",", "\"items\":[", "\"version\":99,", "\"base64\":\"A\"",
    "\"key\":\"\",",
    "\"parent\":\"a\",", "\"number\":-4,", "\"data\":\"=\",", "\n", NULL } },
  [DAMAGE_CSV] = { "\"\n", ",", (const char *const[]) {
    "\"", "\"\"", "\"\"\"", ",", "\n", "\r\n", "\r", ",,,,,,,,,,,", "2024-13-45", "-5", "6", "\"\n", ",\"",
    "Date,Name,Year",
    "Review", "Rating", "Watched Date", "yes", "<p>", ";", "\t", NULL } },
  [DAMAGE_LINES] = { "[(*_`<", "\n", (const char *const[]) {
    "---\n", "+++\n", "title: ", "title: [", "tags: {a: *b}\n", "a: &a [*a]\n", "? ", "- ", "|\n", ">-\n",
    "!!binary x\n", "\"", "'",
    "date = 2020-13-45\n", "draft: true\n", "[a]\n", "a = \"\"\"\n", "```\n", "<div>", "</div>", "![](",
    "[^1]", "<!--", "  1. ",
    "    1. ", "2) ", "99999999999. ", "Grade: ", "Grade: B\n", "\t", "\r\n", "\r", "\f", "\342\200\250",
    "\302\205", "> > > ", NULL } },
  [DAMAGE_ZIP] = { "P", "\4", (const char *const[]) {
    "PK\3\4", "PK\1\2", "PK\5\6", "PK\7\b", "../", "/", "\\", "C:\\", "_posts/", ".md", ".csv",
    "comments/a.json", NULL } },
};

static const char *const numbers[] = {
  "0", "-1", "00", "4294967296", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
  "99999999999999999999999999", "1e308", "1e-9", "0x10", "\331\241", "9999-99-99", "253402300800",
};

DamageKind
damage_kind (const char *name)
{
  if (g_str_has_suffix (name, ".xml") || g_str_has_suffix (name, ".atom") || g_str_has_suffix (name, ".html"))
    return DAMAGE_MARKUP;
  if (g_str_has_suffix (name, ".json"))
    return DAMAGE_JSON;
  if (g_str_has_suffix (name, ".csv"))
    return DAMAGE_CSV;
  return g_str_has_suffix (name, ".zip") ? DAMAGE_ZIP : DAMAGE_LINES;
}

static gsize
pick (gsize n)
{
  return n == 0 ? 0 : (gsize) g_test_rand_int_range (0, (gint32) n);
}

void
damage_bytes (GString *text)
{
  static const char traps[] = "<>&\"'/=!-[]?\0\1\xff\xc3\xed ;#";

  for (gsize n = 1 + pick (5); n > 0 && text->len > 0; n--)
    {
      gsize at = pick (text->len), wanted = 1 + pick (59), stretch = MIN (text->len - at, wanted);
      char c = g_test_rand_bit () ? (char) pick (256) : traps[pick (sizeof traps)];
      g_autofree char *copy = g_memdup2 (text->str + at, stretch);

      switch (pick (4))
        {
        case 0:
          text->str[at] = c;
          break;
        case 1:
          g_string_insert_c (text, (gssize) at, c);
          break;
        case 2:
          g_string_erase (text, (gssize) at, (gssize) stretch);
          break;
        default:
          g_string_insert_len (text, (gssize) pick (text->len), copy, (gssize) stretch);
          break;
        }
    }
}

static gboolean
is_one_of (char        c,
           const char *set)
{
  return c != '\0' && strchr (set, c) != NULL;
}

/* The part around some place: [from, to). */
static void
find_part (const GString *text,
           DamageKind     kind,
           gsize         *from,
           gsize         *to)
{
  gsize at = pick (text->len), a = at, b = at + 1;

  while (a > 0 && at - a < MOST_PART && !is_one_of (text->str[a], grammars[kind].before) &&
         !is_one_of (text->str[a - 1], grammars[kind].after))
    a--;
  while (b < text->len && b - at < MOST_PART && !is_one_of (text->str[b], grammars[kind].before) &&
         !is_one_of (text->str[b - 1], grammars[kind].after))
    b++;
  *from = a;
  *to = b;
}

static void
swap_parts (GString    *text,
            DamageKind  kind)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gsize a, b, c, d;

  find_part (text, kind, &a, &b);
  find_part (text, kind, &c, &d);
  if (MAX (a, c) < MIN (b, d))
    return;

  first = g_memdup2 (text->str + a, b - a);
  second = g_memdup2 (text->str + c, d - c);
  /* The later one first, so that the places of the other hold. */
  for (guint i = 0; i < 2; i++)
    {
      gboolean at_first = (a < c) == (i == 1);

      g_string_erase (text, (gssize) (at_first ? a : c), (gssize) (at_first ? b - a : d - c));
      g_string_insert_len (text, (gssize) (at_first ? a : c), at_first ? second : first,
                           (gssize) (at_first ? d - c : b - a));
    }
}

static void
repeat_part (GString    *text,
             DamageKind  kind)
{
  gsize from, to, n = pick (20) == 0 ? DEEP : 1;
  g_autoptr(GString) many = g_string_new (NULL);

  find_part (text, kind, &from, &to);
  if (n > 1)
    to = MIN (to, from + 40);
  for (gsize i = 0; i < n; i++)
    g_string_append_len (many, text->str + from, (gssize) (to - from));
  g_string_insert_len (text, (gssize) from, many->str, (gssize) many->len);
}

/* Another number stands in the place of one, or of anything else. */
static void
change_number (GString *text)
{
  gsize at = pick (text->len), from = at, to;

  while (from < text->len && !g_ascii_isdigit (text->str[from]))
    from++;
  for (to = from; to < text->len && g_ascii_isdigit (text->str[to]); )
    to++;
  g_string_erase (text, (gssize) from, (gssize) (to - from));
  g_string_insert (text, (gssize) from, numbers[pick (G_N_ELEMENTS (numbers))]);
}

/* A length, a flag, an offset of the archive: near the signatures that all begin with "PK". */
static void
change_header (GString *text)
{
  static const guchar edges[] = { 0, 0, 1, 8, 0x7f, 0x80, 0xff, 0xff };
  gsize at = pick (text->len), n = 1 + pick (4);
  guchar edge = edges[pick (sizeof edges)];

  while (at + 1 < text->len && (text->str[at] != 'P' || text->str[at + 1] != 'K'))
    at++;
  at += 2 + pick (44);
  for (gsize i = 0; i < n && at + i < text->len; i++)
    text->str[at + i] = (char) (g_test_rand_bit () ? edge : pick (256));
}

static void
put_word (GString    *text,
          DamageKind  kind,
          gboolean    instead)
{
  const char *const *words = grammars[kind].words;
  gsize from, to, n = g_strv_length ((char **) words);

  find_part (text, kind, &from, &to);
  if (instead)
    g_string_erase (text, (gssize) from, (gssize) (to - from));
  g_string_insert (text, (gssize) (instead || g_test_rand_bit () ? from : to), words[pick (n)]);
}

void
damage_grammar (GString    *text,
                DamageKind  kind)
{
  for (gsize n = 1 + pick (4); n > 0 && text->len > 1; n--)
    {
      gsize from, to, choice = pick (kind == DAMAGE_ZIP ? 12 : 6);

      switch (choice)
        {
        case 0:
          find_part (text, kind, &from, &to);
          g_string_erase (text, (gssize) from, (gssize) (to - from));
          break;
        case 1:
          repeat_part (text, kind);
          break;
        case 2:
          swap_parts (text, kind);
          break;
        case 3:
          change_number (text);
          break;
        case 4:
        case 5:
          put_word (text, kind, choice == 4);
          break;
        default:
          change_header (text);
          break;
        }
    }
}

static void
change_encoding (GString *text)
{
  static const char *const encodings[] = { "UTF-16LE", "UTF-16BE", "UTF-16", "WINDOWS-1252", "UTF-32" };
  static const char *const marks[] = { "\xef\xbb\xbf", "\xff\xfe", "\xfe\xff", "" };
  const char *mark = marks[pick (G_N_ELEMENTS (marks))];
  gsize length;
  g_autofree char *other = g_convert_with_fallback (text->str, (gssize) text->len, encodings[pick (G_N_ELEMENTS (encodings))],
                                                    "UTF-8", "?", NULL, &length, NULL);

  if (other != NULL)
    {
      g_string_truncate (text, 0);
      g_string_append_len (text, other, (gssize) length);
    }
  g_string_insert (text, 0, mark);
}

void
damage_any (GString    *text,
            DamageKind  kind)
{
  if (pick (25) == 0)
    change_encoding (text);
  if (g_test_rand_bit ())
    damage_grammar (text, kind);
  else
    damage_bytes (text);
}
