/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "bal-ghost-private.h"

#include "bal-document.h"

#include <string.h>

/* Around a block of HTML (6.65), with a line break before and behind each. */
#define BEGIN "<!--kg-card-begin: html-->\n"
#define END   "\n<!--kg-card-end: html-->"

static void
part_free (gpointer data)
{
  BalGhostPart *part = data;

  g_free (part->source);
  g_clear_pointer (&part->block, bal_block_unref);
  g_free (part);
}

static void
add_part (GPtrArray  *parts,
          const char *source,
          gsize       length,
          gboolean    is_html,
          BalBlock   *block)
{
  BalGhostPart *part = g_new0 (BalGhostPart, 1);

  part->source = g_strndup (source, length);
  part->is_html = is_html;
  part->block = block != NULL ? bal_block_ref (block) : NULL;
  g_ptr_array_add (parts, part);
}

/* What stands between two blocks and is more than white space: a comment, say. */
static void
add_rest (GPtrArray  *parts,
          const char *start,
          const char *end)
{
  while (start < end && g_ascii_isspace (*start))
    start++;
  while (end > start && g_ascii_isspace (end[-1]))
    end--;
  if (start < end)
    add_part (parts, start, end - start, FALSE, NULL);
}

static void
add_blocks (GPtrArray  *parts,
            const char *html,
            gsize       length)
{
  g_autoptr(BalDocument) document = bal_document_new_from_html (html, (gssize) length, BAL_DIALECT_HTML);
  const char *end = html + length;

  for (guint i = 0; i < bal_document_get_n_blocks (document); i++)
    {
      BalBlock *block = bal_document_get_block (document, i);
      gsize n_source;
      const char *source = bal_block_get_source (block, &n_source);
      const char *found = source != NULL && n_source > 0 ? memmem (html, end - html, source, n_source) : NULL;

      if (found == NULL)
        continue;
      add_rest (parts, html, found);
      add_part (parts, source, n_source, FALSE, block);
      html = found + n_source;
    }
  add_rest (parts, html, end);
}

GPtrArray *
bal_ghost_split (const char *html)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (part_free);

  for (;;)
    {
      const char *begin = strstr (html, BEGIN);
      const char *content = begin != NULL ? begin + strlen (BEGIN) : NULL;
      const char *end = content != NULL ? strstr (content, END) : NULL;

      if (end == NULL)
        break;
      add_blocks (parts, html, begin - html);
      add_part (parts, content, end - content, TRUE, NULL);
      html = end + strlen (END);
    }
  add_blocks (parts, html, strlen (html));
  return parts;
}

char *
bal_ghost_unwrap (const char *html)
{
  GString *result = g_string_new (NULL);

  /* A post cannot be without any block. */
  if (strcmp (html, "<p></p>") == 0)
    return g_string_free (result, FALSE);

  for (;;)
    {
      const char *begin = strstr (html, BEGIN);
      const char *content = begin != NULL ? begin + strlen (BEGIN) : NULL;
      const char *end = content != NULL ? strstr (content, END) : NULL;

      if (end == NULL)
        break;
      g_string_append_len (result, html, begin - html - (begin > html && begin[-1] == '\n' ? 1 : 0));
      g_string_append_len (result, content, end - content);
      html = end + strlen (END);
      html += *html == '\n' ? 1 : 0;
    }
  g_string_append (result, html);
  return g_string_free (result, FALSE);
}
