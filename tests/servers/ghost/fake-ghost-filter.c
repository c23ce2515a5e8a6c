/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-ghost-private.h"

#include <string.h>

/* What Balcony uses of Ghost's filters: terms with "+" between. */

/* "2026-11-22T23:28:14.000Z" is kept as "2026-11-22 23:28:14". */
static char *
column_of (const json_t *object,
           const char   *name)
{
  const char *text = fake_ghost_text (object, name);
  char *column = g_strdup (text != NULL ? text : "");

  if (g_str_has_suffix (name, "_at") && strlen (column) == strlen ("2026-11-22T23:28:14.000Z"))
    {
      column[10] = ' ';
      column[19] = '\0';
    }
  return column;
}

static gboolean
term_matches (const json_t  *object,
              const char   **p)
{
  g_autoptr(GString) name = g_string_new (NULL);
  g_autoptr(GString) value = g_string_new (NULL);
  g_autoptr(GString) op = g_string_new (NULL);
  g_autofree char *column = NULL;
  int order;

  while (**p != '\0' && **p != ':')
    g_string_append_c (name, *(*p)++);
  if (**p == ':')
    (*p)++;
  while (**p != '\0' && strchr ("<>=", **p) != NULL)
    g_string_append_c (op, *(*p)++);
  if (**p == '\'')
    {
      for ((*p)++; **p != '\0' && **p != '\''; (*p)++)
        {
          if (**p == '\\' && (*p)[1] != '\0')
            (*p)++;
          g_string_append_c (value, **p);
        }
      if (**p == '\'')
        (*p)++;
    }
  else
    while (**p != '\0' && **p != '+')
      g_string_append_c (value, *(*p)++);

  column = column_of (object, name->str);
  if (*column == '\0')
    return FALSE;
  order = strcmp (name->str, "email") == 0 ? g_ascii_strcasecmp (column, value->str) : strcmp (column, value->str);
  if (strcmp (op->str, ">") == 0)
    return order > 0;
  if (strcmp (op->str, ">=") == 0)
    return order >= 0;
  return order == 0;
}

gboolean
fake_ghost_matches (const json_t *object,
                    const char   *filter)
{
  gboolean all = TRUE;

  for (const char *p = filter != NULL ? filter : ""; *p != '\0';)
    {
      all &= term_matches (object, &p);
      p += *p == '+' ? 1 : 0;
    }
  return all;
}

static json_t *
select_fields (json_t     *object,
               const char *fields)
{
  g_auto(GStrv) names = NULL;
  json_t *part;
  const char *name;
  json_t *value;

  if (fields == NULL)
    return json_incref (object);

  names = g_strsplit (fields, ",", -1);
  part = json_object ();
  json_object_foreach (object, name, value)
    if (g_strv_contains ((const char *const *) names, name) || json_is_array (value) || json_is_object (value))
      json_object_set (part, name, value);
  return part;
}

void
fake_ghost_browse (FakeGhostCall     *self,
                   const char        *name,
                   json_t            *list,
                   FakeGhostDescribe  describe)
{
  const char *filter = fake_ghost_param (self, "filter");
  const char *fields = fake_ghost_param (self, "fields");
  const char *limit = fake_ghost_param (self, "limit");
  guint max = limit != NULL ? CLAMP ((guint) g_ascii_strtoull (limit, NULL, 10), 1, 100) : 15;
  json_t *page = json_array ();
  guint n_total = 0;
  json_t *item;
  size_t i;

  json_array_foreach (list, i, item)
    {
      if (!fake_ghost_matches (item, filter))
        continue;
      if (n_total++ < max)
        {
          json_t *whole = describe (self, item);

          json_array_append_new (page, select_fields (whole, fields));
          json_decref (whole);
        }
    }
  self->answer = json_pack ("{s:o, s:{s:{s:i, s:i, s:i, s:i, s:n, s:n}}}", name, page, "meta", "pagination", "page", 1,
                            "limit", (int) max, "pages", (int) ((n_total + max - 1) / max), "total", (int) n_total, "next", "prev");
}
