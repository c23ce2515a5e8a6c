/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-site-html.h"

#include <glib/gi18n.h>
#include <string.h>

#include "bal-entities.h"
#include "bal-safe-text.h"
#include "bal-tokenizer.h"

/* No title is longer in a page. */
#define LONGEST_LINE 1000

static const char *const elements[] = {
  "a", "abbr", "address", "aside", "audio", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite",
  "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer",
  "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s",
  "samp", "section", "small", "source", "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot",
  "th", "thead", "tr", "tt", "u", "ul", "var", "video", "wbr", NULL
};

/* These go with all that is in them. */
static const char *const unwanted[] = {
  "applet", "button", "canvas", "embed", "form", "frame", "frameset", "head", "iframe", "input", "map", "math", "meta", "noembed",
  "noframes", "noscript", "object", "script", "select", "style", "svg", "template", "textarea", "title", "xmp", NULL
};

/* Nobody misses these in a page. */
static const char *const unseen[] = { "head", "meta", "style", "title", NULL };

static const char *const embeds[] = { "applet", "embed", "iframe", "object", NULL };

/* HTML closes these by itself. */
static const char *const self_closing[] = { "dd", "dt", "li", "p", "tbody", "td", "tfoot", "th", "thead", "tr", NULL };

static const char *const attributes[] = {
  "align", "alt", "class", "colspan", "color", "controls", "datetime", "dir", "height", "lang", "reversed", "rowspan", "start",
  "title", "valign", "value", "width", NULL
};

typedef struct
{
  GString       *out;
  BalTokens     *tokens;
  GUri          *base;
  const char    *pictures;
  BalSiteLosses *losses;
} Cleaner;

char *
bal_site_html_from_text (const char *text)
{
  g_autofree char *line = bal_safe_text_name (text != NULL ? text : "", LONGEST_LINE);
  GString *out = g_string_new (NULL);

  bal_entities_append (out, line, strlen (line), TRUE);
  return g_string_free (out, FALSE);
}

/* ---- addresses ---- */

/* (transfer full) (nullable): where it leads from anywhere. */
static char *
resolve (Cleaner    *self,
         const char *address)
{
  g_autoptr(GUri) uri = self->base != NULL ? g_uri_parse_relative (self->base, address, G_URI_FLAGS_PARSE_RELAXED, NULL) : NULL;
  g_autofree char *absolute = uri != NULL ? g_uri_to_string (uri) : g_strdup (address);

  return bal_safe_link (absolute);
}

static char *
choose_link (Cleaner    *self,
             const char *address)
{
  if (g_str_has_prefix (address, self->pictures) && strstr (address + strlen (self->pictures), "..") == NULL)
    return g_strdup (address);
  return resolve (self, address);
}

static char *
choose_source (Cleaner    *self,
               const char *address)
{
  static const char *const kinds[] = { "data:image/png;", "data:image/jpeg;", "data:image/gif;", "data:image/webp;" };
  char *link;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_ascii_strncasecmp (address, kinds[i], strlen (kinds[i])) == 0)
      return g_strdup (address);

  link = choose_link (self, address);
  if (link != NULL && g_str_has_prefix (link, "mailto:"))
    g_clear_pointer (&link, g_free);
  if (link != NULL && !g_str_has_prefix (link, self->pictures))
    self->losses->n_remote++;
  return link;
}

/* Sizes, colours and sides; nothing that fetches or moves away from its place. */
static gboolean
is_safe_style (const char *style)
{
  static const char *const words[] = { "url", "expression", "position", "binding", "behavior", "import", "image", "content" };
  g_autofree char *lower = g_ascii_strdown (style, -1);

  if (strspn (lower, "abcdefghijklmnopqrstuvwxyz0123456789:;,.%#()!-\"' \t\n") != strlen (lower))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (lower, words[i]) != NULL)
      return FALSE;
  return TRUE;
}

/* ---- tags ---- */

static char *
dup_name (Cleaner        *self,
          const BalToken *token)
{
  return g_ascii_strdown (self->tokens->source + token->name_start, (gssize) token->name_length);
}

/* (transfer full) (nullable): what may stand in @element as @name; NULL: nothing. */
static char *
choose_value (Cleaner    *self,
              const char *element,
              const char *name,
              const char *value)
{
  gboolean is_source = g_str_equal (name, "src") || g_str_equal (name, "poster");

  if (g_str_equal (name, "href"))
    return g_str_equal (element, "a") ? choose_link (self, value) : NULL;
  if (is_source)
    return g_str_equal (element, "img") || g_str_equal (element, "audio") || g_str_equal (element, "video") ||
           g_str_equal (element, "source") ? choose_source (self, value) : NULL;
  if (g_str_equal (name, "style"))
    return is_safe_style (value) ? g_strdup (value) : NULL;
  if (g_str_equal (name, "type"))
    return g_str_equal (element, "ol") || g_str_equal (element, "source") ? g_strdup (value) : NULL;
  return g_strv_contains (attributes, name) ? g_strdup (value) : NULL;
}

static void
append_attribute (GString    *out,
                  const char *name,
                  const char *value)
{
  g_autofree char *clean = g_utf8_make_valid (value, -1);

  for (char *p = clean; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  g_string_append_printf (out, " %s=\"", name);
  bal_entities_append (out, clean, strlen (clean), TRUE);
  g_string_append_c (out, '"');
}

static void
write_start (Cleaner        *self,
             const BalToken *token,
             const char     *element)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean shows = g_str_equal (element, "img") || g_str_equal (element, "source");
  gsize start = self->out->len, cursor = 0;
  BalAttribute attribute;

  g_string_append_printf (self->out, "<%s", element);
  while (bal_tokens_next_attribute (self->tokens, token, &cursor, &attribute))
    {
      char *name = g_ascii_strdown (attribute.name, (gssize) attribute.name_length);
      g_autofree char *value = bal_entities_decode (attribute.value != NULL ? attribute.value : "", attribute.value_length, TRUE);
      g_autofree char *chosen = NULL;

      if (!g_hash_table_add (seen, name) || (chosen = choose_value (self, element, name, value)) == NULL)
        continue;
      append_attribute (self->out, name, chosen);
      shows &= !g_str_equal (name, "src");
    }

  /* A picture without a source shows nothing. */
  if (shows)
    {
      g_string_truncate (self->out, start);
      return;
    }
  if (g_str_equal (element, "img"))
    g_string_append (self->out, !g_hash_table_contains (seen, "alt") ? " alt=\"\" loading=\"lazy\"" : " loading=\"lazy\"");
  else if (g_str_equal (element, "audio") || g_str_equal (element, "video"))
    g_string_append (self->out, !g_hash_table_contains (seen, "controls") ? " controls=\"\" preload=\"none\"" : " preload=\"none\"");
  g_string_append_c (self->out, '>');
}

/* A link stands for what would show another page. */
static void
write_embed (Cleaner        *self,
             const BalToken *token,
             const char     *element)
{
  g_autofree char *source = bal_tokens_dup_attribute (self->tokens, token, g_str_equal (element, "object") ? "data" : "src");
  g_autofree char *full = source != NULL && g_str_has_prefix (source, "//") ? g_strconcat ("https:", source, NULL) : NULL;
  g_autofree char *link = source != NULL ? resolve (self, full != NULL ? full : source) : NULL;
  g_autofree char *text = NULL;

  if (link == NULL)
    {
      self->losses->n_dropped++;
      return;
    }

  self->losses->n_embeds++;
  text = bal_site_html_from_text (link);
  g_string_append (self->out, "<a class=\"embed\"");
  append_attribute (self->out, "href", link);
  g_string_append_printf (self->out, ">%s</a>", text);
}

static void
write_text (GString    *out,
            const char *text,
            gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      guchar c = (guchar) text[i];
      gunichar entity;

      if (c == '<')
        g_string_append (out, "&lt;");
      else if (c == '>')
        g_string_append (out, "&gt;");
      else if (c == '&' && bal_entity_decode (text + i, length - i, FALSE, &entity) == 0)
        g_string_append (out, "&amp;");
      else if (c >= 0x20 || c == '\n' || c == '\t' || c == '\r')
        g_string_append_c (out, (char) c);
    }
}

/* Where to go on. */
static guint
write_token (Cleaner *self,
             guint    index)
{
  const BalToken *token = &self->tokens->tokens[index];
  g_autofree char *element = NULL;
  gboolean is_void, is_whole;

  if (token->type == BAL_TOKEN_TEXT || token->type == BAL_TOKEN_BREAK)
    {
      if (!token->raw)
        write_text (self->out, self->tokens->source + token->start, token->end - token->start);
      return index + 1;
    }
  if (token->type != BAL_TOKEN_START && token->type != BAL_TOKEN_END)
    return index + 1;

  element = dup_name (self, token);
  is_void = token->tag != NULL && (token->tag->flags & BAL_TAG_VOID);
  is_whole = token->match != BAL_TOKEN_NO_MATCH;
  if (token->type == BAL_TOKEN_START && g_strv_contains (unwanted, element))
    {
      if (g_strv_contains (embeds, element))
        write_embed (self, token, element);
      else if (!g_strv_contains (unseen, element))
        self->losses->n_dropped++;
      return is_whole ? token->match + 1 : index + 1;
    }
  if (!g_strv_contains (elements, element) || token->unclosed)
    return index + 1;

  if (token->type == BAL_TOKEN_END && is_whole && !is_void)
    g_string_append_printf (self->out, "</%s>", element);
  else if (token->type == BAL_TOKEN_START && (is_void || is_whole || g_strv_contains (self_closing, element)))
    write_start (self, token, element);
  return index + 1;
}

char *
bal_site_html_from_post (const char    *html,
                         GUri          *base,
                         const char    *pictures,
                         BalSiteLosses *losses)
{
  g_autofree char *valid = g_utf8_make_valid (html, -1);
  Cleaner self = { g_string_new (NULL), bal_tokens_new (valid, strlen (valid), FALSE), base, pictures, losses };
  guint index = 0;

  /* More markup than any post has: its text. */
  if (self.tokens->is_cut)
    {
      g_autofree char *text = bal_safe_text_from_html (valid);

      bal_tokens_free (self.tokens);
      g_string_free (self.out, TRUE);
      return bal_safe_text_to_html (text);
    }

  while (index < self.tokens->n_tokens)
    index = write_token (&self, index);
  bal_tokens_free (self.tokens);
  return g_string_free (self.out, FALSE);
}

/* ---- comments ---- */

static void
append_lines (GString    *out,
              const char *text,
              gsize       length)
{
  while (length > 0)
    {
      const char *newline = memchr (text, '\n', length);
      gsize n = newline != NULL ? (gsize) (newline - text) : length;

      bal_entities_append (out, text, n, FALSE);
      if (newline == NULL)
        return;
      g_string_append (out, "<br>\n");
      text += n + 1;
      length -= n + 1;
    }
}

char *
bal_site_html_get_home (BalComment *comment)
{
  g_autofree char *link = bal_safe_link (bal_comment_get_author_url (comment));

  return link != NULL && g_ascii_strncasecmp (link, "mailto:", 7) != 0 ? g_steal_pointer (&link) : NULL;
}

char *
bal_site_html_from_comment (BalComment *comment)
{
  g_autoptr(BalBlock) block = bal_safe_block_from_html (bal_comment_get_html (comment), 0);
  const char *text = bal_block_get_text (block);
  guint n_runs, at = 0;
  const BalRun *runs = bal_block_get_runs (block, &n_runs);
  GString *out = g_string_new ("<p>");

  for (guint i = 0; i < n_runs; i++)
    {
      g_autofree char *link = bal_safe_link (runs[i].link);

      append_lines (out, text + at, runs[i].start - at);
      if (link != NULL)
        {
          g_string_append (out, "<a rel=\"nofollow noopener\"");
          append_attribute (out, "href", link);
          g_string_append_c (out, '>');
        }
      g_string_append (out, runs[i].style & BAL_STYLE_BOLD ? "<strong>" : "");
      g_string_append (out, runs[i].style & BAL_STYLE_ITALIC ? "<em>" : "");
      g_string_append (out, runs[i].style & BAL_STYLE_CODE ? "<code>" : "");
      append_lines (out, text + runs[i].start, runs[i].length);
      g_string_append (out, runs[i].style & BAL_STYLE_CODE ? "</code>" : "");
      g_string_append (out, runs[i].style & BAL_STYLE_ITALIC ? "</em>" : "");
      g_string_append (out, runs[i].style & BAL_STYLE_BOLD ? "</strong>" : "");
      g_string_append (out, link != NULL ? "</a>" : "");
      at = runs[i].start + runs[i].length;
    }
  append_lines (out, text + at, strlen (text) - at);
  g_string_append (out, "</p>");
  return g_string_free (out, FALSE);
}
