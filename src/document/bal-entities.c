/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-entities.h"

#include <stdlib.h>
#include <string.h>

#define LONGEST_NAME   14
#define LONGEST_LEGACY 6

typedef struct
{
  const char *name;
  gunichar    c;
  gboolean    legacy;   /* known to browsers without its semicolon too */
} Entity;

/* Sorted by name, for bsearch(). */
static const Entity entities[] = {
  { "AElig", 0xC6, TRUE }, { "AMP", 0x26, TRUE }, { "Aacute", 0xC1, TRUE },
  { "Acirc", 0xC2, TRUE }, { "Agrave", 0xC0, TRUE }, { "Alpha", 0x391 }, { "Aring", 0xC5, TRUE },
  { "Atilde", 0xC3, TRUE }, { "Auml", 0xC4, TRUE }, { "Beta", 0x392 }, { "COPY", 0xA9, TRUE },
  { "Ccedil", 0xC7, TRUE }, { "Chi", 0x3A7 }, { "Dagger", 0x2021 }, { "Delta", 0x394 },
  { "ETH", 0xD0, TRUE }, { "Eacute", 0xC9, TRUE }, { "Ecirc", 0xCA, TRUE },
  { "Egrave", 0xC8, TRUE }, { "Epsilon", 0x395 }, { "Eta", 0x397 }, { "Euml", 0xCB, TRUE },
  { "GT", 0x3E, TRUE }, { "Gamma", 0x393 }, { "Hat", 0x5E }, { "Iacute", 0xCD, TRUE },
  { "Icirc", 0xCE, TRUE }, { "Igrave", 0xCC, TRUE }, { "Iota", 0x399 }, { "Iuml", 0xCF, TRUE },
  { "Kappa", 0x39A }, { "LT", 0x3C, TRUE }, { "Lambda", 0x39B }, { "Mu", 0x39C },
  { "NewLine", 0xA }, { "NoBreak", 0x2060 }, { "Ntilde", 0xD1, TRUE }, { "Nu", 0x39D },
  { "OElig", 0x152 }, { "Oacute", 0xD3, TRUE }, { "Ocirc", 0xD4, TRUE }, { "Ograve", 0xD2, TRUE },
  { "Omega", 0x3A9 }, { "Omicron", 0x39F }, { "Oslash", 0xD8, TRUE }, { "Otilde", 0xD5, TRUE },
  { "Ouml", 0xD6, TRUE }, { "Phi", 0x3A6 }, { "Pi", 0x3A0 }, { "Prime", 0x2033 }, { "Psi", 0x3A8 },
  { "QUOT", 0x22, TRUE }, { "REG", 0xAE, TRUE }, { "Rho", 0x3A1 }, { "Scaron", 0x160 },
  { "Sigma", 0x3A3 }, { "THORN", 0xDE, TRUE }, { "Tab", 0x9 }, { "Tau", 0x3A4 },
  { "Theta", 0x398 }, { "Uacute", 0xDA, TRUE }, { "Ucirc", 0xDB, TRUE }, { "Ugrave", 0xD9, TRUE },
  { "Upsilon", 0x3A5 }, { "Uuml", 0xDC, TRUE }, { "Xi", 0x39E }, { "Yacute", 0xDD, TRUE },
  { "Yuml", 0x178 }, { "ZeroWidthSpace", 0x200B }, { "Zeta", 0x396 }, { "aacute", 0xE1, TRUE },
  { "acirc", 0xE2, TRUE }, { "acute", 0xB4, TRUE }, { "aelig", 0xE6, TRUE },
  { "agrave", 0xE0, TRUE }, { "alefsym", 0x2135 }, { "alpha", 0x3B1 }, { "amp", 0x26, TRUE },
  { "and", 0x2227 }, { "ang", 0x2220 }, { "apos", 0x27 }, { "aring", 0xE5, TRUE }, { "ast", 0x2A },
  { "asymp", 0x2248 }, { "atilde", 0xE3, TRUE }, { "auml", 0xE4, TRUE }, { "bdquo", 0x201E },
  { "beta", 0x3B2 }, { "bigstar", 0x2605 }, { "blank", 0x2423 }, { "brvbar", 0xA6, TRUE },
  { "bsol", 0x5C }, { "bull", 0x2022 }, { "cap", 0x2229 }, { "caron", 0x2C7 },
  { "ccedil", 0xE7, TRUE }, { "cedil", 0xB8, TRUE }, { "cent", 0xA2, TRUE }, { "check", 0x2713 },
  { "chi", 0x3C7 }, { "circ", 0x2C6 }, { "clubs", 0x2663 }, { "colon", 0x3A }, { "comma", 0x2C },
  { "commat", 0x40 }, { "cong", 0x2245 }, { "copy", 0xA9, TRUE }, { "crarr", 0x21B5 },
  { "cross", 0x2717 }, { "cup", 0x222A }, { "curren", 0xA4, TRUE }, { "dArr", 0x21D3 },
  { "dagger", 0x2020 }, { "darr", 0x2193 }, { "dash", 0x2010 }, { "deg", 0xB0, TRUE },
  { "delta", 0x3B4 }, { "diams", 0x2666 }, { "divide", 0xF7, TRUE }, { "dollar", 0x24 },
  { "eacute", 0xE9, TRUE }, { "ecirc", 0xEA, TRUE }, { "egrave", 0xE8, TRUE }, { "empty", 0x2205 },
  { "emsp", 0x2003 }, { "ensp", 0x2002 }, { "epsilon", 0x3B5 }, { "equals", 0x3D },
  { "equiv", 0x2261 }, { "eta", 0x3B7 }, { "eth", 0xF0, TRUE }, { "euml", 0xEB, TRUE },
  { "euro", 0x20AC }, { "excl", 0x21 }, { "exist", 0x2203 }, { "fnof", 0x192 },
  { "forall", 0x2200 }, { "frac12", 0xBD, TRUE }, { "frac13", 0x2153 }, { "frac14", 0xBC, TRUE },
  { "frac23", 0x2154 }, { "frac34", 0xBE, TRUE }, { "frasl", 0x2044 }, { "gamma", 0x3B3 },
  { "ge", 0x2265 }, { "grave", 0x60 }, { "gt", 0x3E, TRUE }, { "hArr", 0x21D4 },
  { "hairsp", 0x200A }, { "half", 0xBD }, { "harr", 0x2194 }, { "hearts", 0x2665 },
  { "hellip", 0x2026 }, { "horbar", 0x2015 }, { "hyphen", 0x2010 }, { "iacute", 0xED, TRUE },
  { "icirc", 0xEE, TRUE }, { "iexcl", 0xA1, TRUE }, { "igrave", 0xEC, TRUE }, { "image", 0x2111 },
  { "infin", 0x221E }, { "inodot", 0x131 }, { "int", 0x222B }, { "iota", 0x3B9 },
  { "iquest", 0xBF, TRUE }, { "isin", 0x2208 }, { "iuml", 0xEF, TRUE }, { "kappa", 0x3BA },
  { "lArr", 0x21D0 }, { "lambda", 0x3BB }, { "lang", 0x27E8 }, { "laquo", 0xAB, TRUE },
  { "larr", 0x2190 }, { "lbrace", 0x7B }, { "lbrack", 0x5B }, { "lceil", 0x2308 },
  { "lcub", 0x7B }, { "ldquo", 0x201C }, { "ldquor", 0x201E }, { "le", 0x2264 },
  { "lfloor", 0x230A }, { "lowast", 0x2217 }, { "lowbar", 0x5F }, { "loz", 0x25CA },
  { "lpar", 0x28 }, { "lrm", 0x200E }, { "lsaquo", 0x2039 }, { "lsqb", 0x5B }, { "lsquo", 0x2018 },
  { "lsquor", 0x201A }, { "lt", 0x3C, TRUE }, { "macr", 0xAF, TRUE }, { "mdash", 0x2014 },
  { "micro", 0xB5, TRUE }, { "middot", 0xB7, TRUE }, { "minus", 0x2212 }, { "mldr", 0x2026 },
  { "mu", 0x3BC }, { "nabla", 0x2207 }, { "nbsp", 0xA0, TRUE }, { "ndash", 0x2013 },
  { "ne", 0x2260 }, { "ni", 0x220B }, { "nldr", 0x2025 }, { "not", 0xAC, TRUE },
  { "notin", 0x2209 }, { "nsub", 0x2284 }, { "ntilde", 0xF1, TRUE }, { "nu", 0x3BD },
  { "num", 0x23 }, { "numsp", 0x2007 }, { "oacute", 0xF3, TRUE }, { "ocirc", 0xF4, TRUE },
  { "oelig", 0x153 }, { "ograve", 0xF2, TRUE }, { "oline", 0x203E }, { "omega", 0x3C9 },
  { "omicron", 0x3BF }, { "oplus", 0x2295 }, { "or", 0x2228 }, { "ordf", 0xAA, TRUE },
  { "ordm", 0xBA, TRUE }, { "oslash", 0xF8, TRUE }, { "otilde", 0xF5, TRUE }, { "otimes", 0x2297 },
  { "ouml", 0xF6, TRUE }, { "para", 0xB6, TRUE }, { "part", 0x2202 }, { "percnt", 0x25 },
  { "period", 0x2E }, { "permil", 0x2030 }, { "perp", 0x22A5 }, { "phi", 0x3C6 },
  { "phone", 0x260E }, { "pi", 0x3C0 }, { "piv", 0x3D6 }, { "plus", 0x2B },
  { "plusmn", 0xB1, TRUE }, { "pound", 0xA3, TRUE }, { "prime", 0x2032 }, { "prod", 0x220F },
  { "prop", 0x221D }, { "psi", 0x3C8 }, { "puncsp", 0x2008 }, { "quest", 0x3F },
  { "quot", 0x22, TRUE }, { "rArr", 0x21D2 }, { "radic", 0x221A }, { "rang", 0x27E9 },
  { "raquo", 0xBB, TRUE }, { "rarr", 0x2192 }, { "rbrace", 0x7D }, { "rbrack", 0x5D },
  { "rceil", 0x2309 }, { "rcub", 0x7D }, { "rdquo", 0x201D }, { "real", 0x211C },
  { "reg", 0xAE, TRUE }, { "rfloor", 0x230B }, { "rho", 0x3C1 }, { "rlm", 0x200F },
  { "rpar", 0x29 }, { "rsaquo", 0x203A }, { "rsqb", 0x5D }, { "rsquo", 0x2019 },
  { "sbquo", 0x201A }, { "scaron", 0x161 }, { "sdot", 0x22C5 }, { "sect", 0xA7, TRUE },
  { "semi", 0x3B }, { "shy", 0xAD, TRUE }, { "sigma", 0x3C3 }, { "sigmaf", 0x3C2 },
  { "sim", 0x223C }, { "sol", 0x2F }, { "spades", 0x2660 }, { "star", 0x2606 },
  { "starf", 0x2605 }, { "sub", 0x2282 }, { "sube", 0x2286 }, { "sum", 0x2211 }, { "sup", 0x2283 },
  { "sup1", 0xB9, TRUE }, { "sup2", 0xB2, TRUE }, { "sup3", 0xB3, TRUE }, { "supe", 0x2287 },
  { "szlig", 0xDF, TRUE }, { "tau", 0x3C4 }, { "there4", 0x2234 }, { "theta", 0x3B8 },
  { "thetasym", 0x3D1 }, { "thinsp", 0x2009 }, { "thorn", 0xFE, TRUE }, { "tilde", 0x2DC },
  { "times", 0xD7, TRUE }, { "trade", 0x2122 }, { "uArr", 0x21D1 }, { "uacute", 0xFA, TRUE },
  { "uarr", 0x2191 }, { "ucirc", 0xFB, TRUE }, { "ugrave", 0xF9, TRUE }, { "uml", 0xA8, TRUE },
  { "upsih", 0x3D2 }, { "upsilon", 0x3C5 }, { "uuml", 0xFC, TRUE }, { "vellip", 0x22EE },
  { "verbar", 0x7C }, { "weierp", 0x2118 }, { "xi", 0x3BE }, { "yacute", 0xFD, TRUE },
  { "yen", 0xA5, TRUE }, { "yuml", 0xFF, TRUE }, { "zeta", 0x3B6 }, { "zwj", 0x200D },
  { "zwnj", 0x200C },
};

/* HTML standard, "numeric character reference end state": 0x80…0x9F mean windows-1252's. */
static const gunichar windows_1252[32] = {
  0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
  0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
  0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
};

static int
compare_name_cb (gconstpointer key,
                 gconstpointer member)
{
  return strcmp (key, ((const Entity *) member)->name);
}

static const Entity *
find_entity (const char *name,
             gsize       length)
{
  char key[LONGEST_NAME + 1];

  if (length == 0 || length > LONGEST_NAME)
    return NULL;
  memcpy (key, name, length);
  key[length] = '\0';
  return bsearch (key, entities, G_N_ELEMENTS (entities), sizeof entities[0], compare_name_cb);
}

static gsize
decode_number (const char *text,
               gsize       length,
               gunichar   *c)
{
  gboolean hex = length > 2 && (text[2] == 'x' || text[2] == 'X');
  gsize first = hex ? 3 : 2;
  gsize p = first;
  guint32 value = 0;

  for (; p < length && (hex ? g_ascii_isxdigit (text[p]) : g_ascii_isdigit (text[p])); p++)
    value = MIN (value * (hex ? 16 : 10) + g_ascii_xdigit_value (text[p]), 0x110000);
  if (p == first)
    return 0;
  if (p < length && text[p] == ';')
    p++;

  if (value >= 0x80 && value <= 0x9F)
    *c = windows_1252[value - 0x80];
  else if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
    *c = 0xFFFD;
  else
    *c = value;
  return p;
}

gsize
bal_entity_decode (const char *text,
                   gsize       length,
                   gboolean    in_attribute,
                   gunichar   *c)
{
  const Entity *entity;
  gsize p = 1;

  if (length > 1 && text[1] == '#')
    return decode_number (text, length, c);
  while (p < length && p <= LONGEST_NAME + 1 && g_ascii_isalnum (text[p]))
    p++;

  if (p < length && text[p] == ';' && (entity = find_entity (text + 1, p - 1)) != NULL)
    {
      *c = entity->c;
      return p + 1;
    }
  for (gsize n = MIN (p - 1, LONGEST_LEGACY); n >= 2; n--)
    {
      entity = find_entity (text + 1, n);
      if (entity == NULL || !entity->legacy)
        continue;
      if (in_attribute && 1 + n < length && (text[1 + n] == '=' || g_ascii_isalnum (text[1 + n])))
        return 0;
      *c = entity->c;
      return 1 + n;
    }
  return 0;
}

char *
bal_entities_decode (const char *text,
                     gsize       length,
                     gboolean    in_attribute)
{
  GString *out = g_string_sized_new (length);
  gsize p = 0;

  while (p < length)
    {
      gsize used = 0;
      gunichar c;

      if (text[p] == '&')
        used = bal_entity_decode (text + p, length - p, in_attribute, &c);
      if (used > 0)
        g_string_append_unichar (out, c);
      else
        g_string_append_c (out, text[p]);
      p += MAX (used, 1);
    }
  return g_string_free (out, FALSE);
}

void
bal_entities_append (GString    *out,
                     const char *text,
                     gsize       length,
                     gboolean    in_attribute)
{
  for (gsize p = 0; p < length; p++)
    {
      const char *entity = NULL;

      switch (text[p])
        {
        case '&':
          entity = "&amp;";
          break;
        case '<':
          entity = "&lt;";
          break;
        case '>':
          entity = "&gt;";
          break;
        case '"':
          entity = in_attribute ? "&quot;" : NULL;
          break;
        case '\t':
          entity = "&#9;";
          break;
        case '\n':
          entity = "&#10;";
          break;
        case '\f':
          entity = "&#12;";
          break;
        case '\r':
          entity = "&#13;";
          break;
        case '\xc2':
          if (p + 1 < length && text[p + 1] == '\xa0')
            {
              entity = "&nbsp;";
              p++;
            }
          break;
        default:
          break;
        }
      if (entity != NULL)
        g_string_append (out, entity);
      else
        g_string_append_c (out, text[p]);
    }
}
