/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-page-html.h"

#include <string.h>

#include "bal-entities.h"
#include "bal-safe-text.h"
#include "bal-tokenizer.h"

#define TITLE_CHARS 1000

void
bal_page_html_free (BalPageHtml *self)
{
  if (self == NULL)
    return;

  g_free (self->title);
  g_free (self->html);
  g_free (self->date);
  g_free (self->excerpt);
  g_ptr_array_unref (self->labels);
  g_free (self);
}

static char *
dup_inside (BalTokens *tokens,
            guint      index)
{
  const BalToken *token = &tokens->tokens[index];
  gsize end = token->match != BAL_TOKEN_NO_MATCH ? tokens->tokens[token->match].start : tokens->length;

  return g_strndup (tokens->source + token->end, end - token->end);
}

static char *
dup_text (BalTokens *tokens,
          guint      index)
{
  g_autofree char *inside = dup_inside (tokens, index);

  return bal_safe_text_line (inside, TITLE_CHARS);
}

/* (transfer full) (nullable) */
static char *
dup_attribute (BalTokens      *tokens,
               const BalToken *token,
               const char     *name)
{
  BalAttribute attribute;
  gsize cursor = 0;

  while (bal_tokens_next_attribute (tokens, token, &cursor, &attribute))
    if (attribute.value != NULL && attribute.name_length == strlen (name) &&
        g_ascii_strncasecmp (attribute.name, name, attribute.name_length) == 0)
      return bal_entities_decode (attribute.value, attribute.value_length, TRUE);
  return NULL;
}

static void
take_meta (BalPageHtml    *self,
           BalTokens      *tokens,
           const BalToken *token)
{
  g_autofree char *name = dup_attribute (tokens, token, "name");
  g_autofree char *property = dup_attribute (tokens, token, "property");
  g_autofree char *content = dup_attribute (tokens, token, "content");
  const char *key = name != NULL ? name : property;

  if (key == NULL || content == NULL || *content == '\0')
    return;

  if (self->date == NULL && (g_ascii_strcasecmp (key, "date") == 0 ||
                             g_ascii_strcasecmp (key, "article:published_time") == 0))
    self->date = g_steal_pointer (&content);
  else if (self->excerpt == NULL && g_ascii_strcasecmp (key, "description") == 0)
    self->excerpt = g_steal_pointer (&content);
  else if (g_ascii_strcasecmp (key, "article:tag") == 0)
    g_ptr_array_add (self->labels, g_steal_pointer (&content));
  else if (g_ascii_strcasecmp (key, "keywords") == 0)
    {
      g_auto(GStrv) words = g_strsplit (content, ",", -1);

      for (guint i = 0; words[i] != NULL; i++)
        if (*g_strstrip (words[i]) != '\0')
          g_ptr_array_add (self->labels, g_strdup (words[i]));
    }
}

/* Whether there is any text in the page besides its article, as of menus and comments. */
static gboolean
has_text_around (BalTokens *tokens,
                 guint      first,
                 guint      article)
{
  guint end = tokens->tokens[article].match;

  for (guint i = first; i < tokens->n_tokens; i++)
    {
      const BalToken *token = &tokens->tokens[i];

      if ((i < article || i > end) && token->type == BAL_TOKEN_TEXT)
        for (gsize k = token->start; k < token->end; k++)
          if (!g_ascii_isspace (tokens->source[k]))
            return TRUE;
    }
  return FALSE;
}

BalPageHtml *
bal_page_html_read (const char *text)
{
  BalPageHtml *self = g_new0 (BalPageHtml, 1);
  BalTokens *tokens = bal_tokens_new (text, strlen (text), FALSE);
  guint body = G_MAXUINT, article = G_MAXUINT, n_articles = 0;
  g_autofree char *heading = NULL;

  self->labels = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < tokens->n_tokens; i++)
    {
      const BalToken *token = &tokens->tokens[i];

      if (token->type != BAL_TOKEN_START)
        continue;
      if (bal_tokens_name_is (tokens, token, "title") && self->title == NULL)
        self->title = dup_text (tokens, i);
      else if (bal_tokens_name_is (tokens, token, "h1") && heading == NULL)
        heading = dup_text (tokens, i);
      else if (bal_tokens_name_is (tokens, token, "meta"))
        take_meta (self, tokens, token);
      else if (bal_tokens_name_is (tokens, token, "time") && self->date == NULL)
        self->date = dup_attribute (tokens, token, "datetime");
      else if (bal_tokens_name_is (tokens, token, "body") && body == G_MAXUINT)
        body = i;
      else if (bal_tokens_name_is (tokens, token, "article") && token->match != BAL_TOKEN_NO_MATCH && n_articles++ == 0)
        article = i;
    }

  self->html = n_articles == 1 ? dup_inside (tokens, article)
               : body != G_MAXUINT ? dup_inside (tokens, body) : g_strdup (text);
  self->is_part = n_articles == 1 && has_text_around (tokens, body != G_MAXUINT ? body : 0, article);
  bal_tokens_free (tokens);
  if (self->title == NULL || *self->title == '\0')
    {
      g_free (self->title);
      self->title = g_steal_pointer (&heading);
    }
  return self;
}

char *
bal_page_html_take_title (char **html)
{
  const char *start = *html + strspn (*html, " \t\r\n");
  BalTokens *tokens = bal_tokens_new (start, strlen (start), FALSE);
  char *title = NULL;

  if (tokens->n_tokens > 0 && tokens->tokens[0].type == BAL_TOKEN_START &&
      bal_tokens_name_is (tokens, &tokens->tokens[0], "h1") && tokens->tokens[0].match != BAL_TOKEN_NO_MATCH)
    {
      const char *rest = start + tokens->tokens[tokens->tokens[0].match].end;
      g_autofree char *inside = dup_inside (tokens, 0);

      title = dup_text (tokens, 0);
      /* A title has no room for these: they stay in the text. */
      if (strlen (inside) < TITLE_CHARS && strstr (inside, "<img") == NULL)
        {
          char *copy = g_strdup (rest + strspn (rest, "\r\n"));

          g_free (*html);
          *html = copy;
        }
    }

  bal_tokens_free (tokens);
  return title;
}
