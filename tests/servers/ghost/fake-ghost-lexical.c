/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-ghost-private.h"

#include <string.h>

/* Lexical to HTML as Ghost 6.65 does it, for the blocks that Balcony makes and a few cards; others are left out. */

static void
append_escaped (GString    *out,
                const char *text,
                gboolean    in_attribute)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '&')
        g_string_append (out, "&amp;");
      else if (*p == '<')
        g_string_append (out, "&lt;");
      else if (*p == '>')
        g_string_append (out, "&gt;");
      else if (*p == '"' && in_attribute)
        g_string_append (out, "&quot;");
      else if ((guchar) p[0] == 0xc2 && (guchar) p[1] == 0xa0)
        {
          g_string_append (out, "&nbsp;");
          p++;
        }
      else
        g_string_append_c (out, *p);
    }
}

static void
render_text (GString      *out,
             const json_t *node)
{
  static const struct { int bit; const char *name; } formats[] = {
    { 1, "strong" }, { 2, "em" }, { 4, "s" }, { 8, "u" }, { 16, "code" }, { 32, "sub" }, { 64, "sup" },
  };
  int format = (int) json_integer_value (json_object_get (node, "format"));
  const char *text = fake_ghost_text (node, "text");

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if ((format & formats[i].bit) != 0)
      g_string_append_printf (out, "<%s>", formats[i].name);
  append_escaped (out, text != NULL ? text : "", FALSE);
  for (guint i = G_N_ELEMENTS (formats); i-- > 0;)
    if ((format & formats[i].bit) != 0)
      g_string_append_printf (out, "</%s>", formats[i].name);
}

static void
render_inline (GString      *out,
               const json_t *nodes)
{
  json_t *node;
  size_t i;

  json_array_foreach (nodes, i, node)
    {
      const char *type = fake_ghost_text (node, "type");

      if (g_strcmp0 (type, "linebreak") == 0)
        g_string_append (out, "<br>");
      else if (g_strcmp0 (type, "link") == 0)
        {
          const char *url = fake_ghost_text (node, "url");

          g_string_append (out, "<a href=\"");
          append_escaped (out, url != NULL ? url : "", TRUE);
          g_string_append (out, "\">");
          render_inline (out, json_object_get (node, "children"));
          g_string_append (out, "</a>");
        }
      else
        render_text (out, node);
    }
}

static void
render_element (GString      *out,
                const json_t *node,
                const char   *name)
{
  g_autoptr(GString) inner = g_string_new (NULL);

  render_inline (inner, json_object_get (node, "children"));
  g_string_append_printf (out, "<%s", name);
  if (*name == 'h')
    {
      gboolean was_dash = TRUE;
      gboolean in_tag = FALSE;

      g_string_append (out, " id=\"");
      for (const char *p = inner->str; *p != '\0'; p++)
        {
          in_tag = (in_tag || *p == '<') && *p != '>';
          if (in_tag || *p == '>')
            continue;
          if (g_ascii_isalnum (*p))
            g_string_append_c (out, g_ascii_tolower (*p));
          else if (!was_dash && g_ascii_isalnum (p[1]))
            g_string_append_c (out, '-');
          was_dash = !g_ascii_isalnum (*p);
        }
      g_string_append (out, "\"");
    }
  g_string_append_printf (out, ">%s</%s>", inner->str, name);
}

/* In the present format and one of the older ones. */
static gboolean
is_only_in_mails (const json_t *node)
{
  json_t *visibility = json_object_get (node, "visibility");
  json_t *web = json_object_get (visibility, "web");

  return json_is_false (json_object_get (visibility, "showOnWeb")) ||
         (json_is_false (json_object_get (web, "nonMember")) && g_strcmp0 (fake_ghost_text (web, "memberSegment"), "") == 0);
}

static void
render_block (GString      *out,
              const json_t *node)
{
  const char *type = fake_ghost_text (node, "type");
  const char *text;

  if (is_only_in_mails (node))
    return;
  if (g_strcmp0 (type, "paragraph") == 0)
    render_element (out, node, "p");
  else if (g_strcmp0 (type, "extended-heading") == 0)
    render_element (out, node, fake_ghost_text (node, "tag"));
  else if (g_strcmp0 (type, "extended-quote") == 0)
    render_element (out, node, "blockquote");
  else if (g_strcmp0 (type, "horizontalrule") == 0)
    g_string_append (out, "<hr>");
  else if (g_strcmp0 (type, "paywall") == 0)
    g_string_append (out, "<!--members-only-->");
  else if (g_strcmp0 (type, "html") == 0)
    {
      text = fake_ghost_text (node, "html");
      g_string_append_printf (out, "\n<!--kg-card-begin: html-->\n%s\n<!--kg-card-end: html-->\n", text != NULL ? text : "");
    }
  else if (g_strcmp0 (type, "call-to-action") == 0)
    g_string_append_printf (out, "<div class=\"kg-card kg-cta-card kg-cta-bg-grey\"><div class=\"kg-cta-content\">%s</div></div>",
                            fake_ghost_text (node, "textValue"));
  else if (g_strcmp0 (type, "toggle") == 0)
    g_string_append_printf (out, "<div class=\"kg-card kg-toggle-card\" data-kg-toggle-state=\"close\">\n<div class=\"kg-toggle-heading\">\n"
                            "<h4 class=\"kg-toggle-heading-text\">%s</h4>\n</div>\n<div class=\"kg-toggle-content\">%s</div>\n</div>",
                            fake_ghost_text (node, "heading"), fake_ghost_text (node, "content"));
  else if (g_strcmp0 (type, "button") == 0 && g_strcmp0 (fake_ghost_text (node, "buttonUrl"), "") != 0)
    g_string_append_printf (out, "<div class=\"kg-card kg-button-card kg-align-center\"><a href=\"%s\" "
                            "class=\"kg-btn kg-btn-accent\">%s</a></div>",
                            fake_ghost_text (node, "buttonUrl"), fake_ghost_text (node, "buttonText"));
}

char *
fake_ghost_render (const char *lexical)
{
  json_t *tree = json_loads (lexical, 0, NULL);
  json_t *nodes = json_object_get (json_object_get (tree, "root"), "children");
  GString *out = g_string_new (NULL);
  gboolean is_tree = json_array_size (nodes) > 0;
  json_t *node;
  size_t i;

  json_array_foreach (nodes, i, node)
    render_block (out, node);
  json_decref (tree);
  return g_string_free (out, !is_tree);
}
