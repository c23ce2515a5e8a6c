/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-ghost-private.h"

#include "bal-tokenizer.h"

#include <string.h>

/* Beyond so many pairs of blocks not every one is compared with every other. */
#define MAX_PAIRS (4 * 1000 * 1000)
#define SPACE     " \t\r\n"

/* ---- one block ----------------------------------------------------------------------------------- */

/* Bits of a Lexical text's format. Others, and mixtures but of these two, are HTML. */
static const struct { BalStyle style; int format; const char *open; const char *close; } formats[] = {
  { BAL_STYLE_BOLD, 1, "<strong>", "</strong>" },
  { BAL_STYLE_ITALIC, 2, "<em>", "</em>" },
  { BAL_STYLE_BOLD | BAL_STYLE_ITALIC, 3, "<strong><em>", "</em></strong>" },
  { BAL_STYLE_STRIKE, 4, "<s>", "</s>" },
  { BAL_STYLE_UNDERLINE, 8, "<u>", "</u>" },
  { BAL_STYLE_CODE, 16, "<code>", "</code>" },
  { BAL_STYLE_SUBSCRIPT, 32, "<sub>", "</sub>" },
  { BAL_STYLE_SUPERSCRIPT, 64, "<sup>", "</sup>" },
};

/* A block in the making, and the HTML that Ghost makes of it. */
typedef struct
{
  json_t  *children;
  GString *html;
  gboolean failed;
} Making;

static void
append_escaped (GString    *html,
                const char *text,
                gsize       length,
                gboolean    in_attribute)
{
  for (const char *p = text; p < text + length; p++)
    {
      if (*p == '&')
        g_string_append (html, "&amp;");
      else if (*p == '<')
        g_string_append (html, "&lt;");
      else if (*p == '>')
        g_string_append (html, "&gt;");
      else if (*p == '"' && in_attribute)
        g_string_append (html, "&quot;");
      else if ((guchar) p[0] == 0xc2 && (guchar) p[1] == 0xa0)
        {
          g_string_append (html, "&nbsp;");
          p++;
        }
      else
        g_string_append_c (html, *p);
    }
}

/* A stretch without a line break. */
static void
add_text (Making     *self,
          json_t     *into,
          const char *text,
          gsize       length,
          BalStyle    style)
{
  int format = 0;
  const char *open = "", *close = "";

  if (length == 0)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (formats[i].style == style)
      {
        format = formats[i].format;
        open = formats[i].open;
        close = formats[i].close;
      }
  self->failed |= style != BAL_STYLE_NONE && format == 0;

  json_array_append_new (into, json_pack ("{s:i, s:i, s:s, s:s, s:s%, s:s, s:i}", "detail", 0, "format", format, "mode", "normal",
                                          "style", "", "text", text, length, "type", "extended-text", "version", 1));
  g_string_append (self->html, open);
  append_escaped (self->html, text, length, FALSE);
  g_string_append (self->html, close);
}

static void
add_lines (Making       *self,
           json_t       *into,
           const char   *text,
           gsize         length,
           BalStyle      style)
{
  const char *end = text + length;

  for (;;)
    {
      const char *line_end = memchr (text, '\n', end - text);

      add_text (self, into, text, (line_end != NULL ? line_end : end) - text, style);
      if (line_end == NULL)
        return;
      self->failed |= style != BAL_STYLE_NONE;
      json_array_append_new (into, json_pack ("{s:s, s:i}", "type", "linebreak", "version", 1));
      g_string_append (self->html, "<br>");
      text = line_end + 1;
    }
}

static void
add_run (Making       *self,
         const char   *text,
         const BalRun *run)
{
  json_t *into = self->children;

  self->failed |= run->open != NULL || run->close != NULL || run->object != NULL;
  if (run->link != NULL)
    {
      into = json_array ();
      json_array_append_new (self->children,
                             json_pack ("{s:s, s:i, s:s, s:n, s:n, s:n, s:o, s:s, s:s, s:i}", "type", "link", "version", 1,
                                        "url", run->link, "rel", "target", "title", "children", into, "direction", "ltr",
                                        "format", "", "indent", 0));
      g_string_append (self->html, "<a href=\"");
      append_escaped (self->html, run->link, strlen (run->link), TRUE);
      g_string_append (self->html, "\">");
    }
  add_lines (self, into, text + run->start, run->length, run->style);
  if (run->link != NULL)
    g_string_append (self->html, "</a>");
}

static void
add_inline (Making   *self,
            BalBlock *block)
{
  const char *text = bal_block_get_text (block);
  gsize length = text != NULL ? strlen (text) : 0, done = 0;
  guint n_runs;
  const BalRun *runs = bal_block_get_runs (block, &n_runs);

  for (guint i = 0; i < n_runs; i++)
    {
      add_lines (self, self->children, text + done, runs[i].start - done, BAL_STYLE_NONE);
      add_run (self, text, &runs[i]);
      done = runs[i].start + runs[i].length;
    }
  add_lines (self, self->children, text + done, length - done, BAL_STYLE_NONE);
}

/* (nullable): the element and the type of node that this kind of block becomes */
static const char *
find_type (BalBlock    *block,
           const char **element)
{
  static const char *const headings[] = { "h1", "h2", "h3", "h4", "h5", "h6" };

  switch (bal_block_get_kind (block))
    {
    case BAL_BLOCK_PARAGRAPH:
      *element = "p";
      return "paragraph";
    case BAL_BLOCK_HEADING:
      *element = headings[CLAMP (bal_block_get_level (block), 1, 6) - 1];
      return "extended-heading";
    case BAL_BLOCK_SEPARATOR:
      *element = "hr";
      return "horizontalrule";
    case BAL_BLOCK_QUOTE:
    case BAL_BLOCK_LIST:
    case BAL_BLOCK_ITEM:
    case BAL_BLOCK_IMAGE:
    case BAL_BLOCK_JUMP_BREAK:
    case BAL_BLOCK_PREFORMATTED:
    case BAL_BLOCK_TABLE:
    case BAL_BLOCK_OPAQUE:
    default:
      return NULL;
    }
}

/* Ghost gives each heading an id made of its text, which is not foretold: a heading may have any. */
static gboolean
is_heading_of (const char *source,
               const char *element,
               const char *html)
{
  const char *content = strchr (source, '>');

  return g_str_has_prefix (source, "<h") && content != NULL && strncmp (source + 1, element, 2) == 0 &&
         (source[3] == '>' || g_str_has_prefix (source + 3, " id=\"")) &&
         strchr (html, '>') != NULL && strcmp (content, strchr (html, '>')) == 0;
}

json_t *
bal_ghost_make_block (const BalGhostPart *part)
{
  const char *element = NULL;
  const char *type = part->block != NULL ? find_type (part->block, &element) : NULL;
  g_autoptr(GString) html = g_string_new (NULL);
  g_autoptr(json_t) children = json_array ();
  Making making = { children, html, FALSE };
  json_t *block;

  if (type == NULL)
    return NULL;
  if (strcmp (element, "hr") == 0)
    return strcmp (part->source, "<hr>") == 0 ? json_pack ("{s:s, s:i}", "type", type, "version", 1) : NULL;

  g_string_printf (html, "<%s>", element);
  add_inline (&making, part->block);
  g_string_append_printf (html, "</%s>", element);
  if (making.failed || (strcmp (html->str, part->source) != 0 && !is_heading_of (part->source, element, html->str)))
    return NULL;

  block = json_pack ("{s:O, s:s, s:s, s:i, s:s, s:i}", "children", children, "direction", "ltr", "format", "", "indent", 0,
                     "type", type, "version", 1);
  if (*element == 'h')
    bal_provider_set_text (block, "tag", element);
  return block;
}

/* ---- blocks that are there already --------------------------------------------------------------- */

/* What a part of a post's HTML was made of. */
typedef struct
{
  const BalGhostPart *part;      /* NULL: it is seen by nobody on the blog (only in a mail, say) */
  json_t             *node;      /* borrowed */
} Known;

/* How many <div> it leaves open: one that is never closed comes in several parts, the first of which is not all of it. */
static int
count_open (const char *source)
{
  g_autoptr(BalTokens) tokens = bal_tokens_new (source, strlen (source), FALSE);
  int n = 0;

  for (guint i = 0; i < tokens->n_tokens; i++)
    if (bal_token_is (&tokens->tokens[i], "div"))
      n += tokens->tokens[i].type == BAL_TOKEN_START ? 1 : -1;
  return n;
}

/* Whether its first tag says so. */
static gboolean
has_class (const char *source,
           const char *name)
{
  const char *found = strstr (source, name);

  return found != NULL && found < source + strcspn (source, ">");
}

/* Whether this block may have become this part. */
static gboolean
fits (json_t             *node,
      const BalGhostPart *part)
{
  static const struct { const char *type; const char *starts; const char *class; } starts[] = {
    { "paragraph", "<p", "" }, { "extended-heading", "<h", "" }, { "heading", "<h", "" },
    { "list", "<ul", "" }, { "list", "<ol", "" }, { "extended-quote", "<blockquote", "" }, { "quote", "<blockquote", "" },
    { "aside", "<blockquote", "" }, { "horizontalrule", "<hr", "" }, { "paywall", "<!--members-only-->", "" },
    { "codeblock", "<pre", "" }, { "codeblock", "<figure", "kg-code-card" }, { "image", "<figure", "kg-image-card" },
    { "bookmark", "<figure", "kg-bookmark-card" }, { "embed", "<figure", "kg-embed-card" },
    { "gallery", "<figure", "kg-gallery-card" }, { "video", "<figure", "kg-video-card" },
    { "callout", "<div", "kg-callout-card" }, { "toggle", "<div", "kg-toggle-card" }, { "button", "<div", "kg-button-card" },
    { "audio", "<div", "kg-audio-card" }, { "file", "<div", "kg-file-card" }, { "product", "<div", "kg-product-card" },
    { "header", "<div", "kg-header-card" }, { "signup", "<div", "kg-signup-card" }, { "call-to-action", "<div", "kg-cta-card" },
  };
  const char *type = bal_json_get_string (node, "type");

  if (g_strcmp0 (type, "html") == 0 || part->is_html)
    return g_strcmp0 (type, "html") == 0 && part->is_html;

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    if (g_strcmp0 (type, starts[i].type) == 0 && g_str_has_prefix (part->source, starts[i].starts))
      return count_open (part->source) == 0 && (*starts[i].class == '\0' || has_class (part->source, starts[i].class));
  return FALSE;
}

/* Whether it is shown to nobody on the blog: only in mails, or not at all. Ghost 5 has had two older ways to say so (6.65
 * reads all three). */
static gboolean
is_hidden (json_t *node)
{
  json_t *visibility = bal_json_get_object (node, "visibility");
  json_t *web = bal_json_get_object (visibility, "web");
  json_t *others = json_object_get (web, "nonMember");
  const char *members = bal_json_get_string (web, "memberSegment");
  json_t *mail_alone = json_object_get (visibility, "emailOnly");

  if (others != NULL && members != NULL &&
      bal_json_get_string (bal_json_get_object (visibility, "email"), "memberSegment") != NULL)
    return json_is_false (others) && *members == '\0';
  if (mail_alone != NULL && !json_is_null (mail_alone))
    return json_is_true (mail_alone);
  return json_is_false (json_object_get (visibility, "showOnWeb"));
}

/* Whether a card was begun only: Ghost shows none that has nothing of what it needs. */
static gboolean
is_empty (json_t     *node,
          const char *type)
{
  static const struct { const char *type; const char *needs[2]; const char *space; } cards[] = {
    { "image", { "src" }, SPACE }, { "video", { "src" }, SPACE }, { "audio", { "src" }, SPACE }, { "file", { "src" }, SPACE },
    { "codeblock", { "code" }, SPACE }, { "button", { "buttonUrl" }, SPACE }, { "bookmark", { "url" }, SPACE },
    { "html", { "html" }, "" }, { "embed", { "url", "html" }, "" },
  };

  if (g_strcmp0 (type, "gallery") == 0)
    return json_array_size (bal_json_get_array (node, "images")) == 0;

  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    if (g_strcmp0 (type, cards[i].type) == 0)
      {
        for (guint j = 0; j < G_N_ELEMENTS (cards[i].needs) && cards[i].needs[j] != NULL; j++)
          {
            const char *text = bal_json_get_string (node, cards[i].needs[j]);

            if (text != NULL && text[strspn (text, cards[i].space)] != '\0')
              return FALSE;
          }
        return TRUE;
      }
  return FALSE;
}

/* Whether nothing of it is in the HTML, so that no part may be taken for it. */
static gboolean
is_silent (json_t *node)
{
  const char *type = bal_json_get_string (node, "type");

  return g_strcmp0 (type, "email") == 0 || g_strcmp0 (type, "email-cta") == 0 || is_hidden (node) || is_empty (node, type);
}

static void
add_known (GArray             *known,
           const BalGhostPart *part,
           json_t             *node)
{
  Known item = { part, node };

  g_array_append_val (known, item);
}

/* From the front and from the back, as far as it is clear what became what. */
static GArray *
find_known (json_t    *nodes,
            GPtrArray *parts)
{
  GArray *known = g_array_new (FALSE, FALSE, sizeof (Known));
  g_autoptr(GArray) back = g_array_new (FALSE, FALSE, sizeof (Known));
  gsize first = 0, last = json_array_size (nodes), p = 0, q = parts->len;

  for (; first < last; first++)
    {
      json_t *node = json_array_get (nodes, first);

      if (is_silent (node))
        add_known (known, NULL, node);
      else if (p < q && fits (node, g_ptr_array_index (parts, p)))
        add_known (known, g_ptr_array_index (parts, p++), node);
      else
        break;
    }
  for (; last > first; last--)
    {
      json_t *node = json_array_get (nodes, last - 1);

      if (is_silent (node))
        add_known (back, NULL, node);
      else if (q > p && fits (node, g_ptr_array_index (parts, q - 1)))
        add_known (back, g_ptr_array_index (parts, --q), node);
      else
        break;
    }
  for (; first < last; first++)
    if (is_silent (json_array_get (nodes, first)))
      add_known (known, NULL, json_array_get (nodes, first));
  for (guint i = back->len; i > 0; i--)
    g_array_append_val (known, g_array_index (back, Known, i - 1));
  return known;
}

static gboolean
is_same (const BalGhostPart *part,
         const Known        *known)
{
  return known->part != NULL && !known->part->is_html && strcmp (part->source, known->part->source) == 0;
}

/* (element-type guint): for each part the known block that stays, plus one; 0: none. The most that keep their order. */
static GArray *
match (GPtrArray *parts,
       GArray    *known)
{
  gsize n = parts->len, m = known->len;
  GArray *result = g_array_sized_new (FALSE, TRUE, sizeof (guint), n);
  g_autofree guint *lengths = n * m <= MAX_PAIRS ? g_new0 (guint, (n + 1) * (m + 1)) : NULL;
  gsize i, j;

  g_array_set_size (result, n);
  for (i = n; i-- > 0 && lengths != NULL;)
    for (j = m; j-- > 0;)
      lengths[i * (m + 1) + j] =
        is_same (g_ptr_array_index (parts, i), &g_array_index (known, Known, j))
          ? lengths[(i + 1) * (m + 1) + j + 1] + 1
          : MAX (lengths[(i + 1) * (m + 1) + j], lengths[i * (m + 1) + j + 1]);

  for (i = 0, j = 0; i < n && j < m;)
    {
      if (is_same (g_ptr_array_index (parts, i), &g_array_index (known, Known, j)))
        g_array_index (result, guint, i++) = (guint) ++j;
      else if (lengths == NULL || lengths[i * (m + 1) + j + 1] >= lengths[(i + 1) * (m + 1) + j])
        j++;
      else
        i++;
    }
  return result;
}

/* ---- the whole ----------------------------------------------------------------------------------- */

/* Takes over what nobody sees on the blog, from @from to before @to. */
static void
add_silent (json_t *children,
            GArray *known,
            guint   from,
            guint   to)
{
  for (guint i = from; i < to; i++)
    if (g_array_index (known, Known, i).part == NULL)
      json_array_append (children, g_array_index (known, Known, i).node);
}

static void
flush (json_t     *children,
       const char *start,
       const char *end)
{
  if (start != NULL && end > start)
    json_array_append_new (children, json_pack ("{s:s, s:s%, s:i}", "type", "html", "html", start, (size_t) (end - start),
                                                "version", 1));
}

/* What is no block of Ghost's goes together into one of HTML, with what stands between. */
static json_t *
build (const char *html,
       GPtrArray  *parts,
       GArray     *known,
       GArray     *matches)
{
  json_t *children = json_array ();
  const char *pending = NULL, *end = html;
  guint done = 0;
  int n_open = 0;

  for (guint i = 0; i < parts->len; i++)
    {
      const BalGhostPart *part = g_ptr_array_index (parts, i);
      const char *start = strstr (end, part->source);
      guint kept = g_array_index (matches, guint, i);
      json_t *node = kept > 0 ? json_incref (g_array_index (known, Known, kept - 1).node)
                              : n_open > 0 ? NULL : bal_ghost_make_block (part);

      if (node == NULL)
        pending = pending != NULL ? pending : start;
      else
        {
          flush (children, pending, end);
          pending = NULL;
          add_silent (children, known, done, kept > 0 ? kept - 1 : done);
          json_array_append_new (children, node);
          done = MAX (done, kept);
        }
      n_open = MAX (n_open + count_open (part->source), 0);
      end = start + strlen (part->source);
    }
  flush (children, pending, end);
  add_silent (children, known, done, known->len);
  if (json_array_size (children) == 0)
    json_array_append_new (children, json_pack ("{s:[], s:s, s:s, s:i, s:s, s:i}", "children", "direction", "ltr", "format", "",
                                                "indent", 0, "type", "paragraph", "version", 1));
  return children;
}

char *
bal_ghost_make_lexical (const char   *html,
                        const json_t *present)
{
  g_autofree char *text = g_strdup (html != NULL ? html : "");
  g_autoptr(GPtrArray) parts = bal_ghost_split (text);
  g_autofree char *present_html = bal_provider_dup_text (present, "html");
  g_autoptr(GPtrArray) present_parts = bal_ghost_split (present_html != NULL ? present_html : "");
  const char *lexical = bal_json_get_string (present, "lexical");
  g_autoptr(GBytes) bytes = lexical != NULL ? g_bytes_new_static (lexical, strlen (lexical)) : NULL;
  g_autoptr(json_t) tree = bytes != NULL ? bal_json_parse (bytes, NULL) : NULL;
  json_t *nodes = bal_json_get_array (bal_json_get_object (tree, "root"), "children");
  g_autoptr(GArray) known = find_known (nodes, present_parts);
  g_autoptr(GArray) matches = match (parts, known);
  g_autoptr(json_t) result =
    json_pack ("{s:{s:o, s:s, s:s, s:i, s:s, s:i}}", "root", "children", build (text, parts, known, matches), "direction", "ltr",
               "format", "", "indent", 0, "type", "root", "version", 1);

  return json_dumps (result, JSON_COMPACT);
}
