/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-front-matter.h"

#include <glib/gi18n.h>
#include <stddef.h>
#include <string.h>
#include <yaml.h>

#include "bal-error.h"

#define MOST_LEVELS 8

static const struct
{
  const char *key;
  gsize       offset;
} texts[] = {
  { "title", offsetof (BalFrontMatter, title) },
  { "date", offsetof (BalFrontMatter, date) },
  { "publishdate", offsetof (BalFrontMatter, date) },
  { "lastmod", offsetof (BalFrontMatter, updated) },
  { "last_modified_at", offsetof (BalFrontMatter, updated) },
  { "modified", offsetof (BalFrontMatter, updated) },
  { "updated", offsetof (BalFrontMatter, updated) },
  { "slug", offsetof (BalFrontMatter, slug) },
  { "canonical_url", offsetof (BalFrontMatter, url) },
  { "canonicalurl", offsetof (BalFrontMatter, url) },
  { "permalink", offsetof (BalFrontMatter, url) },
  { "url", offsetof (BalFrontMatter, url) },
  { "description", offsetof (BalFrontMatter, excerpt) },
  { "summary", offsetof (BalFrontMatter, excerpt) },
  { "excerpt", offsetof (BalFrontMatter, excerpt) },
  { "grade", offsetof (BalFrontMatter, grade) },
  { "rating", offsetof (BalFrontMatter, grade) },
  { "status", offsetof (BalFrontMatter, status) },
};

/* What Balcony writes beside: title and text tell it, too. */
static const char *const fields[] = {
  "series", "film", "film_year", "watched_on", "quote", "quote_character", "quote_actor", NULL,
};

void
bal_front_matter_free (BalFrontMatter *self)
{
  if (self == NULL)
    return;

  g_free (self->title);
  g_free (self->date);
  g_free (self->updated);
  g_free (self->slug);
  g_free (self->url);
  g_free (self->excerpt);
  g_free (self->grade);
  g_free (self->status);
  g_ptr_array_unref (self->fields);
  g_ptr_array_unref (self->labels);
  g_ptr_array_unref (self->categories);
  g_ptr_array_unref (self->unknown);
  g_free (self);
}

/* Jekyll takes a plain value for a list of words. */
static void
add_names (GPtrArray  *names,
           const char *value,
           gboolean    in_list)
{
  g_auto(GStrv) parts = NULL;

  if (in_list)
    parts = g_strsplit (value, "\n", 2);
  else
    parts = g_strsplit (value, strchr (value, ',') != NULL ? "," : " ", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_ptr_array_add (names, g_strdup (parts[i]));
}

void
bal_front_matter_set (BalFrontMatter *self,
                      const char     *key,
                      const char     *value,
                      gboolean        in_list)
{
  g_autofree char *lower = g_ascii_strdown (key, -1);

  for (guint i = 0; i < G_N_ELEMENTS (texts) && !in_list; i++)
    if (g_str_equal (texts[i].key, lower))
      {
        char **text = &G_STRUCT_MEMBER (char *, self, texts[i].offset);

        if (*text == NULL && *value != '\0')
          *text = g_strdup (value);
        return;
      }

  if (g_str_equal (lower, "tags") || g_str_equal (lower, "tag") || g_str_equal (lower, "labels"))
    add_names (self->labels, value, in_list);
  else if (g_str_equal (lower, "categories") || g_str_equal (lower, "category"))
    add_names (self->categories, value, in_list);
  else if (g_str_equal (lower, "draft"))
    self->is_draft |= g_ascii_strcasecmp (value, "true") == 0;
  else if (g_str_equal (lower, "published"))
    self->is_draft |= g_ascii_strcasecmp (value, "false") == 0;
  else if (g_strv_contains (fields, lower) && !in_list)
    {
      g_ptr_array_add (self->fields, g_steal_pointer (&lower));
      g_ptr_array_add (self->fields, g_strdup (value));
    }
  else if (!(g_str_equal (lower, "audience") && bal_audience_from_nick (value, &self->audience)) &&
           !g_str_equal (lower, "layout"))
    {
      self->has_new_audience |= g_str_equal (lower, "audience");
      if (!g_ptr_array_find_with_equal_func (self->unknown, key, g_str_equal, NULL))
        g_ptr_array_add (self->unknown, g_strdup (key));
    }
}

typedef struct
{
  BalFrontMatter *matter;
  char           *keys[MOST_LEVELS]; /* the key that waits for its value, by level; NULL: a key comes next */
  gboolean        is_list[MOST_LEVELS];
  int             level;         /* -1: outside */
} Yaml;

static gboolean
enter (Yaml     *yaml,
       gboolean  is_list)
{
  if (yaml->level + 1 >= MOST_LEVELS)
    return FALSE;

  yaml->level++;
  yaml->is_list[yaml->level] = is_list;
  g_clear_pointer (&yaml->keys[yaml->level], g_free);
  return TRUE;
}

static void
leave (Yaml *yaml)
{
  g_clear_pointer (&yaml->keys[yaml->level], g_free);
  yaml->level--;
  if (yaml->level >= 0 && !yaml->is_list[yaml->level])
    g_clear_pointer (&yaml->keys[yaml->level], g_free);
}

static void
take_scalar (Yaml       *yaml,
             const char *value)
{
  gboolean is_list = yaml->level >= 0 && yaml->is_list[yaml->level];
  int level = is_list ? yaml->level - 1 : yaml->level;

  if (level < 0)
    return;
  if (!is_list && yaml->keys[level] == NULL)
    {
      yaml->keys[level] = g_strdup (value);
      return;
    }

  if (yaml->keys[level] != NULL)
    bal_front_matter_set (yaml->matter, yaml->keys[level], value, is_list);
  if (!is_list)
    g_clear_pointer (&yaml->keys[level], g_free);
}

/* References between parts are refused: a few lines of them can stand for gigabytes. */
static gboolean
take_event (Yaml               *yaml,
            const yaml_event_t *event)
{
  switch (event->type)
    {
    case YAML_MAPPING_START_EVENT:
      return event->data.mapping_start.anchor == NULL && enter (yaml, FALSE);

    case YAML_SEQUENCE_START_EVENT:
      return event->data.sequence_start.anchor == NULL && enter (yaml, TRUE);

    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
      leave (yaml);
      return TRUE;

    case YAML_SCALAR_EVENT:
      if (event->data.scalar.anchor != NULL)
        return FALSE;
      take_scalar (yaml, (const char *) event->data.scalar.value);
      return TRUE;

    default:
      return event->type != YAML_ALIAS_EVENT;
    }
}

static gboolean
read_yaml (const char      *text,
           gsize            length,
           BalFrontMatter  *matter,
           GError         **error)
{
  Yaml yaml = { .matter = matter, .level = -1 };
  yaml_parser_t parser;
  yaml_event_t event;
  gboolean good = TRUE, done = FALSE;

  yaml_parser_initialize (&parser);
  yaml_parser_set_encoding (&parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string (&parser, (const guchar *) text, length);
  while (good && !done)
    {
      good = yaml_parser_parse (&parser, &event);
      if (!good)
        break;
      good = take_event (&yaml, &event);
      done = event.type == YAML_STREAM_END_EVENT;
      yaml_event_delete (&event);
    }

  if (!good)
    g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID, _("Its front matter can’t be read near line %u."),
                 (guint) parser.mark.line + 2);
  for (guint i = 0; i < MOST_LEVELS; i++)
    g_free (yaml.keys[i]);
  yaml_parser_delete (&parser);
  return good;
}

/* The line that is nothing but @fence, from @from on. */
static const char *
find_fence (const char *from,
            const char *fence)
{
  const char *line = from;

  while (line != NULL && *line != '\0')
    {
      gsize length = strcspn (line, "\r\n");

      if (length >= 3 && strncmp (line, fence, 3) == 0 && strspn (line + 3, " \t") == length - 3)
        return line;
      line = strchr (line, '\n');
      line = line != NULL ? line + 1 : NULL;
    }

  return NULL;
}

/* An object that begins with its first line: a post may begin with a brace, too, and says then what it will. */
static gboolean
is_json (const char *text)
{
  const char *first = text + 1;

  return *text == '{' && first[strspn (first, " \t\r\n")] == '"';
}

static gboolean
read_json (const char      *text,
           const char     **body,
           BalFrontMatter  *matter,
           GError         **error)
{
  gsize used = bal_front_json_read (text, MIN (strlen (text), BAL_FRONT_MATTER_MOST_BYTES), matter, error);

  *body = text + used;
  *body += strspn (*body, " \t\r");
  *body += **body == '\n';
  return used > 0;
}

BalFrontMatter *
bal_front_matter_read (const char  *text,
                       const char **body,
                       GError     **error)
{
  g_autoptr(BalFrontMatter) self = g_new0 (BalFrontMatter, 1);
  const char *fence = g_str_has_prefix (text, "+++") ? "+++" : "---", *start, *end;
  gboolean good;

  self->labels = g_ptr_array_new_with_free_func (g_free);
  self->categories = g_ptr_array_new_with_free_func (g_free);
  self->unknown = g_ptr_array_new_with_free_func (g_free);
  self->fields = g_ptr_array_new_with_free_func (g_free);
  *body = text;
  if (is_json (text))
    return read_json (text, body, self, error) ? g_steal_pointer (&self) : NULL;
  start = find_fence (text, fence) == text ? strchr (text, '\n') : NULL;
  end = start != NULL ? find_fence (start + 1, fence) : NULL;
  if (end == NULL)
    return g_steal_pointer (&self);

  start++;
  *body = end + strcspn (end, "\n");
  *body += **body == '\n';
  if (end - start > BAL_FRONT_MATTER_MOST_BYTES)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID, _("Its front matter is too long."));
      return NULL;
    }

  good = *fence == '+' ? bal_front_toml_read (start, (gsize) (end - start), self, error)
                       : read_yaml (start, (gsize) (end - start), self, error);
  return good ? g_steal_pointer (&self) : NULL;
}
