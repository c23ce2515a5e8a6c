/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-blogger-private.h"

#include <string.h>

/* What all methods share: parameters, views, pages, errors and partial answers. */

const char *
fake_blogger_param (FakeBloggerCall *self,
                    const char      *name)
{
  for (guint i = 0; i + 1 < self->query->len; i += 2)
    if (strcmp (g_ptr_array_index (self->query, i), name) == 0)
      return g_ptr_array_index (self->query, i + 1);
  return NULL;
}

gboolean
fake_blogger_flag (FakeBloggerCall *self,
                   const char      *name,
                   gboolean         fallback)
{
  const char *value = fake_blogger_param (self, name);

  return value != NULL ? strcmp (value, "true") == 0 : fallback;
}

gboolean
fake_blogger_asks_for (FakeBloggerCall *self,
                       const char      *name,
                       const char      *value)
{
  for (guint i = 0; i + 1 < self->query->len; i += 2)
    if (strcmp (g_ptr_array_index (self->query, i), name) == 0 &&
        g_ascii_strcasecmp (g_ptr_array_index (self->query, i + 1), value) == 0)
      return TRUE;
  return FALSE;
}

gint64
fake_blogger_bound (FakeBloggerCall *self,
                    const char      *name,
                    gint64           fallback)
{
  const char *text = fake_blogger_param (self, name);
  g_autoptr(GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  return time != NULL ? g_date_time_to_unix (time) * G_USEC_PER_SEC : fallback;
}

void
fake_blogger_fail (FakeBloggerCall *self,
                   guint            status,
                   const char      *reason,
                   const char      *message)
{
  self->status = status;
  json_decref (self->answer);
  self->answer = json_pack ("{s:{s:i, s:s, s:[{s:s, s:s, s:s}]}}", "error", "code", (int) status, "message", message,
                            "errors", "domain", strstr (reason, "imit") != NULL ? "usageLimits" : "global",
                            "reason", reason, "message", message);
}

/* What is not given or not granted is what readers see. */
const char *
fake_blogger_view (FakeBloggerCall *self)
{
  static const char *const views[] = { "READER", "AUTHOR", "ADMIN" };
  const char *asked = fake_blogger_param (self, "view");
  guint wanted = 0, granted = 0;

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      if (asked != NULL && g_ascii_strcasecmp (asked, views[i]) == 0)
        wanted = i;
      if (self->is_signed_in && strcmp (self->server->role, views[i]) == 0)
        granted = i;
    }
  if (wanted <= granted)
    return views[wanted];
  fake_blogger_fail (self, 403, "forbidden", "We're sorry, but you don't have permission to access this resource.");
  return NULL;
}

/* ---- order ---- */

typedef struct
{
  gint64  time;
  json_t *resource;
} Place;

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      ascending)
{
  const Place *one = a, *other = b;
  int result = one->time != other->time
               ? (one->time < other->time ? -1 : 1)
               : strcmp (json_string_value (json_object_get (one->resource, "id")),
                         json_string_value (json_object_get (other->resource, "id")));

  return ascending != NULL ? result : -result;
}

void
fake_blogger_sort (GPtrArray  *resources,
                   const char *name,
                   gboolean    ascending)
{
  g_autoptr(GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));

  for (guint i = 0; i < resources->len; i++)
    {
      json_t *resource = g_ptr_array_index (resources, i);
      Place place = { fake_blogger_time_of (resource, name), resource };

      g_array_append_val (places, place);
    }
  g_array_sort_with_data (places, compare, GINT_TO_POINTER (ascending));
  for (guint i = 0; i < resources->len; i++)
    g_ptr_array_index (resources, i) = g_array_index (places, Place, i).resource;
}

/* ---- pages ---- */

/* A token stands for the last row of the page before, not for a number: rows may come and go in between. */
static size_t
find_start (json_t     *rows,
            const char *token)
{
  gsize length;
  g_autofree guchar *decoded = token != NULL ? g_base64_decode (token, &length) : NULL;
  g_autofree char *id = decoded != NULL ? g_strndup ((char *) decoded, length) : NULL;
  json_t *row;
  size_t i;

  json_array_foreach (rows, i, row)
    if (id != NULL && g_strcmp0 (json_string_value (json_object_get (row, "id")), id) == 0)
      return i + 1;
  return 0;
}

void
fake_blogger_answer_page (FakeBloggerCall *self,
                          const char      *kind,
                          json_t          *rows)
{
  const char *asked = fake_blogger_param (self, "maxResults");
  size_t most = MIN (asked != NULL ? g_ascii_strtoull (asked, NULL, 10) : 10, self->server->page_cap);
  size_t start = find_start (rows, fake_blogger_param (self, "pageToken"));
  json_t *items = json_array ();

  for (size_t i = start; i < start + most && i < json_array_size (rows); i++)
    json_array_append (items, json_array_get (rows, i));

  self->answer = json_pack ("{s:s, s:s}", "kind", kind, "etag", "\"x\"");
  if (start + most < json_array_size (rows) && json_array_size (items) > 0)
    {
      const char *last = json_string_value (json_object_get (json_array_get (rows, start + most - 1), "id"));
      g_autofree char *token = g_base64_encode ((const guchar *) last, strlen (last));

      json_object_set_new (self->answer, "nextPageToken", json_string (token));
    }
  /* An empty list has no member for its items. */
  if (json_array_size (items) > 0)
    json_object_set (self->answer, "items", items);
  json_decref (items);
  json_decref (rows);
}

/* ---- partial answers: "nextPageToken,items(id,replies/totalItems)" ---- */

static const char *
skip_part (const char *p)
{
  int depth = 0;

  for (; *p != '\0' && (depth > 0 || (*p != ',' && *p != ')')); p++)
    depth += *p == '(' ? 1 : *p == ')' ? -1 : 0;
  return p;
}

static json_t *select_in (const json_t *value,
                          const char   *fields);

static json_t *
select_members (const json_t *object,
                const char   *fields)
{
  json_t *selected = json_object ();

  for (const char *p = fields; *p != '\0' && *p != ')'; p = *skip_part (p) == ',' ? skip_part (p) + 1 : "")
    {
      gsize length = strcspn (p, ",()/");
      g_autofree char *name = g_strndup (p, length);
      g_autofree char *rest = g_strndup (p + length, (gsize) (skip_part (p) - p) - length);
      json_t *member = json_object_get (object, name);

      if (member != NULL)
        json_object_set_new (selected, name, *rest != '\0' ? select_in (member, rest + 1) : json_incref (member));
    }
  return selected;
}

static json_t *
select_in (const json_t *value,
           const char   *fields)
{
  json_t *list, *item;
  size_t i;

  if (!json_is_array (value))
    return select_members (value, fields);

  list = json_array ();
  json_array_foreach (value, i, item)
    json_array_append_new (list, select_members (item, fields));
  return list;
}

json_t *
fake_blogger_select (const json_t *value,
                     const char   *fields)
{
  return select_in (value, fields);
}
