/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-comment-text.h"

#include "bal-safe-text.h"

#include <string.h>

#define MAX_HOST 253

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

/* ---- links ---- */

static char *
dup_plain_host (const char *host)
{
  g_autofree char *lower = g_utf8_strdown (host, -1);

  return g_strdup (g_str_has_prefix (lower, "www.") ? lower + strlen ("www.") : lower);
}

/* The host that the words of a link name, if they look like an address: NULL for "this list", and for "the end. Really". */
static char *
dup_named_host (const char *words)
{
  g_autofree char *stripped = g_strstrip (g_strdup (words));
  const char *start = strstr (stripped, "://");
  const char *ending;
  g_autofree char *host = NULL;

  start = start != NULL ? start + strlen ("://") : stripped;
  host = g_strndup (start, strcspn (start, "/?#:"));
  ending = strrchr (host, '.');
  if (ending == NULL || ending == host || strlen (host) > MAX_HOST || strpbrk (host, " \t\n\r@,;()") != NULL ||
      g_utf8_strlen (ending + 1, -1) < 2 || g_ascii_isdigit (ending[1]))
    return NULL;

  return dup_plain_host (host);
}

/* @words: of the link. Returns the host that they pretend to lead to, NULL if they do not. */
static char *
dup_pretence (const char *words,
              const char *link)
{
  g_autofree char *named = dup_named_host (words);
  g_autoptr(GUri) uri = g_uri_parse (link, G_URI_FLAGS_PARSE_RELAXED, NULL);
  g_autofree char *real = NULL;
  g_autofree char *below = NULL;

  if (named == NULL || uri == NULL || g_uri_get_host (uri) == NULL)
    return NULL;

  /* "example.org" may well stand on a link to en.example.org. */
  real = dup_plain_host (g_uri_get_host (uri));
  below = g_strconcat (".", named, NULL);
  if (g_str_equal (real, named) || g_str_has_suffix (real, below))
    return NULL;
  return g_steal_pointer (&named);
}

/* @link: (transfer full) */
static void
add_link (BalCommentText *self,
          char           *link,
          const char     *words)
{
  g_autofree char *owned = link;
  g_autofree char *pretence = dup_pretence (words, link);
  gpointer known = g_hash_table_lookup (self->places, link);

  if (known != NULL)
    {
      guint at = GPOINTER_TO_UINT (known) - 1;

      /* Once with honest words does not make up for once with others. */
      if (self->pretences->pdata[at] == NULL)
        self->pretences->pdata[at] = g_steal_pointer (&pretence);
    }
  else
    {
      g_ptr_array_add (self->links, g_steal_pointer (&owned));
      g_hash_table_insert (self->places, link, GUINT_TO_POINTER (self->links->len));
      g_ptr_array_add (self->pretences, g_steal_pointer (&pretence));
    }
}

/* The one before is part of the same link. */
static gboolean
goes_on (const BalRun *runs,
         guint         at)
{
  return at > 0 && g_strcmp0 (runs[at - 1].link, runs[at].link) == 0 &&
         runs[at - 1].start + runs[at - 1].length == runs[at].start;
}

/* All words of the link that begins with @runs[@first], which may be several runs: some of them bold, say. */
static char *
dup_link_words (BalCommentText *self,
                const BalRun   *runs,
                guint           n_runs,
                guint           first)
{
  guint length = strlen (self->text);
  guint start = MIN (runs[first].start, length);
  guint last = first;

  while (last + 1 < n_runs && goes_on (runs, last + 1))
    last++;
  return g_strndup (self->text + start, MIN (runs[last].start + runs[last].length, length) - start);
}

/* @words: (nullable): of the link that begins here */
static void
add_run (BalCommentText *self,
         const BalRun   *run,
         const char     *words,
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
  if (words != NULL)
    add_link (self, g_steal_pointer (&link), words);
}

/* ---- the text ---- */

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
  self->pretences = g_ptr_array_new_with_free_func (g_free);
  self->places = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n_runs; i++)
    {
      guint start = MIN (runs[i].start, length);
      guint end = MIN (runs[i].start + runs[i].length, length);
      gboolean begins = runs[i].link != NULL && !goes_on (runs, i);
      g_autofree char *words = begins ? dup_link_words (self, runs, n_runs, i) : NULL;

      if (start < end)
        add_run (self, &runs[i], words, start, end);
    }

  mark_quotes (self);
  return self;
}

void
bal_comment_text_free (BalCommentText *self)
{
  g_free (self->text);
  pango_attr_list_unref (self->attributes);
  g_hash_table_unref (self->places);
  g_ptr_array_unref (self->links);
  g_ptr_array_unref (self->pretences);
  g_free (self);
}

char *
bal_comment_text_dup_host (const char *link)
{
  g_autoptr(GUri) uri = g_uri_parse (link, G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *host = uri ? g_uri_get_host (uri) : NULL;

  return bal_safe_text_name (host != NULL && *host != '\0' ? host : link, 60);
}
