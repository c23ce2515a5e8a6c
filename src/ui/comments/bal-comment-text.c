/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-comment-text.h"

#include "bal-safe-text.h"

#define MAX_LINKS 5

static void
add_attribute (PangoAttrList  *list,
               PangoAttribute *attribute,
               guint           start,
               guint           end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (list, attribute);
}

static void
add_run (BalCommentText *self,
         const BalRun   *run,
         guint           start,
         guint           end)
{
  g_autofree char *link = run->link ? bal_safe_link (run->link) : NULL;

  if (run->style & BAL_STYLE_BOLD)
    add_attribute (self->attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start, end);
  if (run->style & BAL_STYLE_ITALIC)
    add_attribute (self->attributes, pango_attr_style_new (PANGO_STYLE_ITALIC), start, end);
  if (run->style & BAL_STYLE_CODE)
    add_attribute (self->attributes, pango_attr_family_new ("monospace"), start, end);
  if (link == NULL)
    return;

  add_attribute (self->attributes, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), start, end);
  if (self->links->len < MAX_LINKS &&
      !g_ptr_array_find_with_equal_func (self->links, link, g_str_equal, NULL))
    g_ptr_array_add (self->links, g_steal_pointer (&link));
}

/* Lines that begin with the sign for it are somebody else's words. */
static void
mark_quotes (BalCommentText *self)
{
  for (const char *line = self->text; line != NULL && *line != '\0';)
    {
      const char *end = strchr (line, '\n');

      if (*line == '>')
        {
          guint first = line - self->text;
          guint last = end != NULL ? (guint) (end - self->text) : (guint) strlen (self->text);

          add_attribute (self->attributes, pango_attr_foreground_alpha_new (G_MAXUINT16 / 100 * 65), first, last);
          add_attribute (self->attributes, pango_attr_style_new (PANGO_STYLE_ITALIC), first, last);
        }
      line = end != NULL ? end + 1 : NULL;
    }
}

BalCommentText *
bal_comment_text_new (const char *html,
                      guint       max_chars)
{
  BalCommentText *self = g_new0 (BalCommentText, 1);
  /* One character more than is shown tells whether there is more. */
  g_autoptr(BalBlock) block = bal_safe_block_from_html (html, max_chars + 1);
  const char *text = bal_block_get_text (block);
  guint n_runs, length;
  const BalRun *runs = bal_block_get_runs (block, &n_runs);

  self->cut = g_utf8_strlen (text, -1) > max_chars;
  self->text = self->cut ? g_utf8_substring (text, 0, max_chars) : g_strdup (text);
  length = strlen (self->text);
  self->attributes = pango_attr_list_new ();
  self->links = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n_runs; i++)
    {
      guint start = MIN (runs[i].start, length);
      guint end = MIN (runs[i].start + runs[i].length, length);

      if (start < end)
        add_run (self, &runs[i], start, end);
    }

  mark_quotes (self);
  return self;
}

void
bal_comment_text_free (BalCommentText *self)
{
  g_free (self->text);
  pango_attr_list_unref (self->attributes);
  g_ptr_array_unref (self->links);
  g_free (self);
}

char *
bal_comment_text_dup_host (const char *link)
{
  g_autoptr(GUri) uri = g_uri_parse (link, G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *host = uri ? g_uri_get_host (uri) : NULL;

  return bal_safe_text_name (host != NULL && *host != '\0' ? host : link, 60);
}
