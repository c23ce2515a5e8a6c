/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "bal-ghost-private.h"

#include "bal-document.h"
#include "bal-tokenizer.h"

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

/* A part's place, before it is one. */
typedef struct
{
  const char *start;
  const char *end;
  BalBlock   *block;             /* (nullable): borrowed from the document */
} Span;

static GArray *
find_blocks (BalDocument *document,
             const char  *html,
             const char  *end)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (Span));

  for (guint i = 0; i < bal_document_get_n_blocks (document); i++)
    {
      BalBlock *block = bal_document_get_block (document, i);
      gsize length;
      const char *source = bal_block_get_source (block, &length);
      const char *found = source != NULL && length > 0 ? memmem (html, end - html, source, length) : NULL;
      Span span = { found, NULL, block };

      if (found == NULL)
        continue;
      span.end = html = found + length;
      g_array_append_val (spans, span);
    }
  return spans;
}

/* Makes one of all that stands in an element, if it is whole. @i: where to begin to look; moves to the
 * first that does not end before it. */
static void
join_element (GArray     *spans,
              guint      *i,
              const char *start,
              const char *end)
{
  Span whole = { start, end, NULL };
  guint last;

  while (*i < spans->len && g_array_index (spans, Span, *i).end <= start)
    (*i)++;
  for (last = *i; last < spans->len && g_array_index (spans, Span, last).start < end; last++)
    if (g_array_index (spans, Span, last).start < start || g_array_index (spans, Span, last).end > end)
      return;
  if (last == *i + 1 && g_array_index (spans, Span, *i).start == start && g_array_index (spans, Span, *i).end == end)
    return;

  g_array_remove_range (spans, *i, last - *i);
  g_array_insert_val (spans, *i, whole);
}

/* What has paragraphs in it, such as a call to action, is one part like the block of Ghost that it was made of. */
static void
join_elements (GArray     *spans,
               const char *html,
               gsize       length)
{
  g_autoptr(BalTokens) tokens = bal_tokens_new (html, length, FALSE);
  guint i = 0;

  for (guint t = 0; t < tokens->n_tokens; t++)
    {
      const BalToken *token = &tokens->tokens[t];

      if (token->type != BAL_TOKEN_START || token->match == BAL_TOKEN_NO_MATCH)
        continue;
      join_element (spans, &i, html + token->start, html + tokens->tokens[token->match].end);
      t = token->match;
    }
}

static void
add_blocks (GPtrArray  *parts,
            const char *html,
            gsize       length)
{
  g_autoptr(BalDocument) document = bal_document_new_from_html (html, (gssize) length, BAL_DIALECT_HTML);
  g_autoptr(GArray) spans = find_blocks (document, html, html + length);
  const char *end = html + length;

  join_elements (spans, html, length);
  for (guint i = 0; i < spans->len; i++)
    {
      const Span *span = &g_array_index (spans, Span, i);

      add_rest (parts, html, span->start);
      add_part (parts, span->start, span->end - span->start, FALSE, span->block);
      html = span->end;
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
