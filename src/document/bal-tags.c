/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-tags.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK   BAL_TAG_BLOCK
#define VOID    BAL_TAG_VOID
#define OBJECT  BAL_TAG_OBJECT
#define RAW     BAL_TAG_RAW
#define WRAPPER (BAL_TAG_BLOCK | BAL_TAG_WRAPPER)

#define LONGEST_NAME 10

/* Sorted by name, for bsearch(). Elements that aren't here are inline. */
static const BalTag tags[] = {
  { "address", BLOCK },
  { "applet", OBJECT },
  { "area", VOID | OBJECT },
  { "article", WRAPPER },
  { "aside", BLOCK },
  { "audio", OBJECT },
  { "b", BAL_TAG_INLINE, BAL_STYLE_BOLD },
  { "base", VOID | OBJECT },
  { "basefont", VOID | OBJECT },
  { "bgsound", VOID | OBJECT },
  { "blockquote", BLOCK },
  { "body", WRAPPER },
  { "br", VOID },
  { "button", OBJECT },
  { "canvas", OBJECT },
  { "caption", BLOCK },
  { "center", WRAPPER },
  { "code", BAL_TAG_INLINE, BAL_STYLE_CODE },
  { "col", BLOCK | VOID },
  { "colgroup", BLOCK },
  { "command", VOID | OBJECT },
  { "dd", BLOCK },
  { "del", BAL_TAG_INLINE, BAL_STYLE_STRIKE },
  { "details", BLOCK },
  { "dialog", BLOCK },
  { "dir", BLOCK },
  { "div", WRAPPER },
  { "dl", BLOCK },
  { "dt", BLOCK },
  { "em", BAL_TAG_INLINE, BAL_STYLE_ITALIC },
  { "embed", VOID | OBJECT },
  { "fieldset", BLOCK },
  { "figcaption", BLOCK },
  { "figure", BLOCK },
  { "footer", BLOCK },
  { "form", BLOCK },
  { "frame", BLOCK | VOID },
  { "frameset", BLOCK },
  { "h1", BLOCK },
  { "h2", BLOCK },
  { "h3", BLOCK },
  { "h4", BLOCK },
  { "h5", BLOCK },
  { "h6", BLOCK },
  { "head", BLOCK },
  { "header", BLOCK },
  { "hgroup", BLOCK },
  { "hr", BLOCK | VOID },
  { "html", WRAPPER },
  { "i", BAL_TAG_INLINE, BAL_STYLE_ITALIC },
  { "iframe", OBJECT | RAW },
  { "img", VOID | OBJECT },
  { "input", VOID | OBJECT },
  { "keygen", VOID | OBJECT },
  { "legend", BLOCK },
  { "li", BLOCK },
  { "link", VOID | OBJECT },
  { "main", WRAPPER },
  { "map", OBJECT },
  { "marquee", OBJECT },
  { "math", OBJECT },
  { "menu", BLOCK },
  { "meta", VOID | OBJECT },
  { "nav", BLOCK },
  { "noembed", OBJECT | RAW },
  { "noframes", OBJECT | RAW },
  { "noscript", OBJECT },
  { "object", OBJECT },
  { "ol", BLOCK },
  { "optgroup", BLOCK },
  { "option", BLOCK },
  { "p", BLOCK },
  { "param", VOID | OBJECT },
  { "picture", OBJECT },
  { "plaintext", BLOCK | RAW },
  { "pre", BLOCK },
  { "s", BAL_TAG_INLINE, BAL_STYLE_STRIKE },
  { "script", OBJECT | RAW },
  { "section", WRAPPER },
  { "select", OBJECT },
  { "small", BAL_TAG_INLINE, BAL_STYLE_SMALL },
  { "source", VOID | OBJECT },
  { "strike", BAL_TAG_INLINE, BAL_STYLE_STRIKE },
  { "strong", BAL_TAG_INLINE, BAL_STYLE_BOLD },
  { "style", OBJECT | RAW },
  { "sub", BAL_TAG_INLINE, BAL_STYLE_SUBSCRIPT },
  { "summary", BLOCK },
  { "sup", BAL_TAG_INLINE, BAL_STYLE_SUPERSCRIPT },
  { "svg", OBJECT },
  { "table", BLOCK },
  { "tbody", BLOCK },
  { "td", BLOCK },
  { "template", OBJECT },
  { "textarea", OBJECT | RAW },
  { "tfoot", BLOCK },
  { "th", BLOCK },
  { "thead", BLOCK },
  { "title", OBJECT | RAW },
  { "tr", BLOCK },
  { "track", VOID | OBJECT },
  { "u", BAL_TAG_INLINE, BAL_STYLE_UNDERLINE },
  { "ul", BLOCK },
  { "video", OBJECT },
  { "wbr", VOID | OBJECT },
  { "xmp", BLOCK | RAW },
};

static int
compare_name_cb (gconstpointer key,
                 gconstpointer member)
{
  return strcmp (key, ((const BalTag *) member)->name);
}

const BalTag *
bal_tag_lookup (const char *name,
                gsize       length)
{
  char lower[LONGEST_NAME + 1];

  if (length == 0 || length > LONGEST_NAME)
    return NULL;
  for (gsize i = 0; i < length; i++)
    lower[i] = g_ascii_tolower (name[i]);
  lower[length] = '\0';
  return bsearch (lower, tags, G_N_ELEMENTS (tags), sizeof tags[0], compare_name_cb);
}

guint
bal_tag_get_id (const BalTag *tag)
{
  return tag - tags;
}

guint
bal_tag_count (void)
{
  return G_N_ELEMENTS (tags);
}

const char *
bal_tag_for_style (BalStyle style)
{
  switch (style)
    {
    case BAL_STYLE_BOLD:
      return "strong";
    case BAL_STYLE_ITALIC:
      return "em";
    case BAL_STYLE_UNDERLINE:
      return "u";
    case BAL_STYLE_STRIKE:
      return "s";
    case BAL_STYLE_CODE:
      return "code";
    case BAL_STYLE_SUPERSCRIPT:
      return "sup";
    case BAL_STYLE_SUBSCRIPT:
      return "sub";
    case BAL_STYLE_SMALL:
      return "small";
    case BAL_STYLE_NONE:
    default:
      g_return_val_if_reached ("span");
    }
}
