/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-ghost-private.h"

#include "bal-error.h"
#include "bal-time.h"

#include <stdlib.h>
#include <string.h>

/* More are not given. */
#define MAX_SIZE 100

/* Where a listing stands: "MARK|LAST-ID|SIZE"; nothing in it has a bar. */
typedef struct
{
  char  *mark;                   /* (nullable): the server's time when it began */
  char  *last_id;                /* (nullable) */
  guint  size;
} Place;

static void
place_read (Place      *self,
            const char *cursor)
{
  g_auto(GStrv) parts = g_strsplit (cursor != NULL ? cursor : "", "|", 3);
  gboolean is_whole = g_strv_length (parts) == 3;

  self->mark = is_whole && *parts[0] != '\0' ? g_strdup (parts[0]) : NULL;
  self->last_id = is_whole && bal_ghost_check_id (parts[1], NULL) ? g_strdup (parts[1]) : NULL;
  self->size = is_whole ? CLAMP ((guint) strtoul (parts[2], NULL, 10), 1, MAX_SIZE) : MAX_SIZE;
}

static void
place_clear (Place *self)
{
  g_free (self->mark);
  g_free (self->last_id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

char *
bal_ghost_filter_time (const char *since,
                       gint64      seconds)
{
  gint64 time;
  char *text;

  if (since == NULL || !bal_time_from_rfc3339 (since, &time))
    return NULL;

  /* With "T" and "Z" Ghost compares letters, and finds nothing on SQLite. */
  text = bal_time_to_rfc3339 (time - seconds);
  text[strlen ("2000-01-01")] = ' ';
  text[strlen ("2000-01-01 00:00:00")] = '\0';
  return text;
}

static json_t *
read_once (BalGhost         *self,
           const char       *path,
           const char       *filter,
           const char       *fields,
           const Place      *place,
           BalHttpResponse **response,
           GCancellable     *cancellable,
           GError          **error)
{
  g_autofree char *behind = place->last_id != NULL ? g_strdup_printf ("id:>'%s'", place->last_id) : NULL;
  g_autofree char *more = g_strdup_printf ("order=id%%20asc&limit=%u&%s", place->size, fields);
  g_autofree char *query = NULL;

  if (filter == NULL && behind == NULL)
    query = g_strdup (more);
  else
    query = bal_ghost_filter (more, "%s%s%s", filter != NULL ? filter : "", filter != NULL && behind != NULL ? "+" : "",
                              behind != NULL ? behind : "");
  return bal_ghost_read (self, path, query, response, cancellable, error);
}

static json_t *
read_fitting (BalGhost         *self,
              const char       *path,
              const char       *filter,
              const char       *fields,
              Place            *place,
              BalHttpResponse **response,
              GCancellable     *cancellable,
              GError          **error)
{
  for (;;)
    {
      g_autoptr(GError) failed = NULL;
      json_t *answer = read_once (self, path, filter, fields, place, response, cancellable, &failed);

      if (answer != NULL)
        return answer;
      if (!bal_error_is_too_large (failed) || place->size == 1)
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return NULL;
        }
      place->size /= 2;
      g_debug ("A page was too large; %u rows from now on", place->size);
    }
}

/* The last id, where all have one and each is behind the one before; else nothing would tell where to go on. */
static const char *
last_id (json_t     *rows,
         const char *before)
{
  json_t *row;
  size_t i;

  json_array_foreach (rows, i, row)
    {
      const char *id = bal_json_get_string (row, "id");

      if (id == NULL || !bal_ghost_check_id (id, NULL) || (before != NULL && strcmp (before, id) >= 0))
        return NULL;
      before = id;
    }
  return before;
}

json_t *
bal_ghost_read_page (BalGhost      *self,
                     const char    *name,
                     const char    *filter,
                     const char    *fields,
                     const char    *cursor,
                     BalPage       *page,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_auto(Place) place = { NULL };
  g_autofree char *path = g_strconcat (name, "/", NULL);
  g_autoptr(BalHttpResponse) response = NULL;
  g_autoptr(json_t) answer = NULL;
  json_t *rows, *pagination;
  const char *last;
  gint64 n_total;

  place_read (&place, cursor);
  answer = read_fitting (self, path, filter, fields, &place, &response, cancellable, error);
  if (answer == NULL)
    return NULL;

  rows = bal_json_get_array (answer, name);
  pagination = bal_json_get_object (bal_json_get_object (answer, "meta"), "pagination");
  n_total = bal_json_get_int (pagination, "total", -1);
  last = last_id (rows, place.last_id);
  if (rows == NULL || n_total < 0 || (json_array_size (rows) > 0 && last == NULL) ||
      (json_array_size (rows) == 0 && n_total > 0))
    {
      bal_provider_set_malformed (error);
      return NULL;
    }

  if (cursor == NULL)
    page->n_total = (guint) n_total;
  if (place.mark == NULL)
    place.mark = bal_provider_server_time (response);
  if ((gint64) json_array_size (rows) < n_total)
    {
      if (bal_http_response_get_size (response) < bal_http_client_get_max_bytes (self->http) / 4)
        place.size = MIN (place.size * 2, MAX_SIZE);
      page->next = g_strdup_printf ("%s|%s|%u", place.mark != NULL ? place.mark : "", last, place.size);
    }
  else
    page->watermark = g_strdup (place.mark);

  return json_incref (rows);
}
