/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-json-stream.h"

#include <glib/gi18n.h>
#include <string.h>

#include "bal-error.h"

#define CHUNK (64 * 1024)

/* Of one value in all its depth: a few bytes of the file may become a hundred times as many in memory. */
#define MOST_PARTS 1000000

struct _BalJsonStream
{
  BalImportSource *source;       /* borrowed */
  char             buffer[CHUNK];
  gsize            length;
  gsize            at;
};

/* What is being read of a value. */
typedef struct
{
  guint    depth;
  guint    n_parts;
  gboolean in_string;
  gboolean is_escaped;
} Scan;

BalJsonStream *
bal_json_stream_new (BalImportSource *source)
{
  BalJsonStream *self = g_new0 (BalJsonStream, 1);

  self->source = source;
  return self;
}

void
bal_json_stream_free (BalJsonStream *self)
{
  g_free (self);
}

/* FALSE at the end, and with @error. */
static gboolean
fill (BalJsonStream  *self,
      GError        **error)
{
  gssize n;

  if (self->at < self->length)
    return TRUE;

  n = bal_import_source_read (self->source, self->buffer, CHUNK, error);
  self->at = 0;
  self->length = n > 0 ? (gsize) n : 0;
  return n > 0;
}

char
bal_json_stream_peek (BalJsonStream  *self,
                      GError        **error)
{
  while (fill (self, error))
    {
      if (strchr (" \t\r\n", self->buffer[self->at]) == NULL || self->buffer[self->at] == '\0')
        return self->buffer[self->at];
      self->at++;
    }

  return '\0';
}

char
bal_json_stream_next (BalJsonStream  *self,
                      GError        **error)
{
  char c = bal_json_stream_peek (self, error);

  if (c != '\0')
    self->at++;
  return c;
}

/* Whether the value goes on with @c; @is_last: it ends with it. A number or a word ends before what can't be of one. */
static gboolean
take (Scan     *scan,
      char      c,
      gboolean  is_first,
      gboolean *is_last)
{
  *is_last = FALSE;
  if (scan->in_string)
    {
      scan->in_string = scan->is_escaped || c != '"';
      scan->is_escaped = !scan->is_escaped && c == '\\';
      *is_last = !scan->in_string && scan->depth == 0;
      return TRUE;
    }

  if (c == '"')
    {
      scan->in_string = TRUE;
      return scan->depth > 0 || is_first;
    }
  scan->n_parts += c == '{' || c == '[' || c == ',';
  if (c == '{' || c == '[')
    {
      if (scan->depth == 0 && !is_first)
        return FALSE;
      scan->depth++;
      return TRUE;
    }
  if (scan->depth > 0)
    {
      if (c == '}' || c == ']')
        *is_last = --scan->depth == 0;
      return TRUE;
    }
  return strchr (",:]} \t\r\n", c) == NULL;
}

gboolean
bal_json_stream_read (BalJsonStream  *self,
                      gsize           most,
                      GString        *value,
                      GError        **error)
{
  g_autoptr(GError) local_error = NULL;
  Scan scan = { 0 };
  gsize length = 0;

  g_string_truncate (value, 0);
  if (bal_json_stream_peek (self, &local_error) != '\0')
    while (fill (self, &local_error))
      {
        gsize from = self->at;
        gboolean goes_on = TRUE, is_last = FALSE;

        while (goes_on && !is_last && self->at < self->length)
          {
            goes_on = take (&scan, self->buffer[self->at], length + self->at - from == 0, &is_last);
            self->at += goes_on;
          }
        length += self->at - from;
        if (length <= most && scan.n_parts <= MOST_PARTS)
          g_string_append_len (value, self->buffer + from, (gssize) (self->at - from));
        else
          g_string_truncate (value, 0);
        if (!goes_on || is_last)
          return TRUE;
      }

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID, _("The file ends in the middle; what is before that comes in."));
  return FALSE;
}
