/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-blogger-private.h"

#include "bal-error.h"
#include "bal-time.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

/* ---- places: "PHASE|MARK|PLACE|TOKEN"; a token is Google's, the rest is ours and has no bar ------- */

static char *
dup_part (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

void
bal_blogger_place_read (BalBloggerPlace *self,
                        const char      *cursor)
{
  g_auto(GStrv) parts = g_strsplit (cursor != NULL ? cursor : "", "|", 4);

  *self = (BalBloggerPlace) { 0 };
  if (g_strv_length (parts) != 4)
    return;

  self->phase = (guint) strtoul (parts[0], NULL, 10);
  self->mark = dup_part (parts[1]);
  self->place = dup_part (parts[2]);
  self->token = dup_part (parts[3]);
}

char *
bal_blogger_place_write (const BalBloggerPlace *self)
{
  return g_strdup_printf ("%u|%s|%s|%s", self->phase, self->mark != NULL ? self->mark : "",
                          self->place != NULL ? self->place : "", self->token != NULL ? self->token : "");
}

void
bal_blogger_place_clear (BalBloggerPlace *self)
{
  g_clear_pointer (&self->mark, g_free);
  g_clear_pointer (&self->place, g_free);
  g_clear_pointer (&self->token, g_free);
}

json_t *
bal_blogger_read_page (BalBlogger       *self,
                       const char       *path,
                       const char       *query,
                       BalBloggerPlace  *place,
                       GCancellable     *cancellable,
                       GError          **error)
{
  g_autofree char *token = place->token != NULL ? g_uri_escape_string (place->token, NULL, FALSE) : NULL;
  g_autofree char *full = token != NULL ? g_strconcat (query, "&pageToken=", token, NULL) : g_strdup (query);
  g_autoptr(BalHttpResponse) response = NULL;
  g_autoptr(json_t) list = bal_blogger_read (self, path, full, &response, cancellable, error);
  json_t *items = json_object_get (list, "items");

  if (list == NULL)
    return NULL;
  /* An empty list has no items at all; anything else that is no array is no list. */
  if (items != NULL && !json_is_array (items))
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_PROTOCOL,
                           _("The blog’s list is incomplete or not in the expected form; "
                             "Balcony tries again later."));
      return NULL;
    }

  if (place->mark == NULL)
    place->mark = bal_provider_server_time (response);
  g_free (place->token);
  place->token = dup_part (bal_json_get_string (list, "nextPageToken"));
  return g_steal_pointer (&list);
}

void
bal_blogger_add_time (GString    *query,
                      const char *name,
                      const char *since,
                      gint64      seconds)
{
  g_autofree char *text = NULL;
  gint64 time;

  if (since == NULL || !bal_time_from_rfc3339 (since, &time))
    return;
  text = bal_time_to_rfc3339 (time - seconds);    /* ends in "Z": nothing in it needs to be escaped */
  g_string_append_printf (query, "&%s=%s", name, text);
}
