/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-json-stream.h"

#include <glib/gi18n.h>
#include <string.h>

#include "bal-error.h"

#define CHUNK (64 * 1024)

/* Of one value in all its depth: a few bytes of the file may become a hundred times as many in memory. */
#define MOST_PARTS 1000000

/* How each item begins where Balcony writes it, and nothing inside of one: there a value ends that lost its own end. */
#define MARK "\n{\"type\":"
#define MARK_BYTES (sizeof MARK - 1)

struct _BalJsonStream
{
  BalImportSource *source;       /* borrowed */
  char             buffer[MARK_BYTES + CHUNK]; /* with room for what is given back */
  gsize            length;
  gsize            at;
};

/* What is being read of a value. */
typedef struct
{
  guint    depth;
  guint    n_parts;
  guint    n_marked;             /* how much of a mark was read */
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

  n = bal_import_source_read (self->source, self->buffer + MARK_BYTES, CHUNK, error);
  self->at = MARK_BYTES;
  self->length = n > 0 ? MARK_BYTES + (gsize) n : 0;
  return n > 0;
}

char
bal_json_stream_peek (BalJsonStream  *self,
                      GError        **error)
{
  while (fill (self, error))
    {
      if (strchr (" \t\r\n", self->buffer[self->at]) == NULL)
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

/* Whether the value goes on with @c; @is_last: it ends with it. A number or a word ends before what can't be of one, and a string
 * that lost its end with its line. */
static gboolean
take (Scan     *scan,
      char      c,
      gboolean  is_first,
      gboolean *is_last)
{
  *is_last = FALSE;
  if (scan->in_string)
    {
      if (c == '\n')
        return FALSE;
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

static gboolean
take_mark (Scan *scan,
           char  c)
{
  scan->n_marked = c == MARK[scan->n_marked] ? scan->n_marked + 1 : c == '\n';
  return scan->n_marked == MARK_BYTES;
}

/* The mark but for its newline is the beginning of another value. Some of it may have been in the buffer before. */
static void
give_back (BalJsonStream *self)
{
  self->at -= MARK_BYTES - 1;
  memcpy (self->buffer + self->at, MARK + 1, MARK_BYTES - 1);
}

gboolean
bal_json_stream_read (BalJsonStream  *self,
                      gsize           most,
                      GString        *value,
                      gsize          *length,
                      GError        **error)
{
  g_autoptr(GError) local_error = NULL;
  Scan scan = { 0 };

  *length = 0;
  g_string_truncate (value, 0);
  if (bal_json_stream_peek (self, &local_error) != '\0')
    while (fill (self, &local_error))
      {
        gsize from = self->at;
        gboolean goes_on = TRUE, is_last = FALSE, is_other = FALSE;

        while (goes_on && !is_last && !is_other && self->at < self->length)
          {
            is_other = take_mark (&scan, self->buffer[self->at]);
            goes_on = take (&scan, self->buffer[self->at], *length + self->at - from == 0, &is_last);
            self->at += goes_on;
          }
        *length += self->at - from;
        if (*length <= most && scan.n_parts <= MOST_PARTS)
          g_string_append_len (value, self->buffer + from, (gssize) (self->at - from));
        else
          g_string_truncate (value, 0);
        if (is_other && goes_on)
          {
            give_back (self);
            *length -= MARK_BYTES - 1;
            g_string_truncate (value, MIN (value->len, *length));
          }
        if (!goes_on || is_last || is_other)
          return TRUE;
      }

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID, _("The file ends in the middle; what is before that comes in."));
  return FALSE;
}

/* How much of the beginning of an item is read with @c, where @n_read was before it. Other programs put white space into it. */
static guint
take_begin (guint n_read,
            char  c)
{
  if (c == MARK[1 + n_read])
    return n_read + 1;
  if ((n_read == strlen ("{") || n_read == strlen ("{\"type\"")) && g_ascii_isspace (c))
    return n_read;
  return c == '{';
}

gboolean
bal_json_stream_seek (BalJsonStream  *self,
                      gboolean       *is_closed,
                      GError        **error)
{
  gboolean begins_line = TRUE;
  char last = '\0';
  guint n_read = 0;

  *is_closed = FALSE;
  while (fill (self, error))
    {
      char c = self->buffer[self->at];

      if (c == '{' && begins_line)
        return TRUE;
      self->at++;
      n_read = take_begin (n_read, c);
      if (n_read == MARK_BYTES - 1)
        {
          give_back (self);
          return TRUE;
        }
      if (strchr (" \t\r\n", c) == NULL)
        {
          *is_closed = last == ']' && c == '}';
          last = c;
        }
      begins_line = c == '\n' || (begins_line && g_ascii_isspace (c));
    }
  return FALSE;
}
