/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-json-writer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "bal-time.h"

/* A multiple of three. */
#define CHUNK (96 * 1024)

static void
put_string (BalExportFile *file,
            const char    *text)
{
  const char *from = text;

  bal_export_file_put_bytes (file, "\"", 1);
  for (const char *p = text; ; p++)
    {
      guchar c = (guchar) *p;

      if (c >= 0x20 && c != '"' && c != '\\')
        continue;
      bal_export_file_put_bytes (file, from, (gsize) (p - from));
      from = p + 1;
      if (c == '\0')
        break;
      if (c == '\n')
        bal_export_file_put_bytes (file, "\\n", 2);
      else if (c >= 0x20)
        bal_export_file_put_bytes (file, (char[]) { '\\', (char) c }, 2);
      else
        bal_export_file_printf (file, "\\u%04x", c);
    }
  bal_export_file_put_bytes (file, "\"", 1);
}

static void
begin_value (BalJsonWriter *self,
             const char    *name)
{
  if (self->has_members)
    bal_export_file_put_bytes (self->file, ",", 1);
  self->has_members = TRUE;
  if (name == NULL)
    return;

  put_string (self->file, name);
  bal_export_file_put_bytes (self->file, ":", 1);
}

void
bal_json_writer_open (BalJsonWriter *self,
                      const char    *name,
                      char           bracket)
{
  begin_value (self, name);
  bal_export_file_put_bytes (self->file, &bracket, 1);
  self->has_members = FALSE;
}

void
bal_json_writer_open_item (BalJsonWriter *self,
                           const char    *type)
{
  if (self->has_members)
    bal_export_file_put (self->file, ",\n");
  self->has_members = FALSE;
  bal_json_writer_open (self, NULL, '{');
  bal_json_writer_text (self, "type", type);
}

void
bal_json_writer_close (BalJsonWriter *self,
                       char           bracket)
{
  bal_export_file_put_bytes (self->file, &bracket, 1);
  self->has_members = TRUE;
}

void
bal_json_writer_text (BalJsonWriter *self,
                      const char    *name,
                      const char    *text)
{
  g_autofree char *base64 = NULL;

  if (text != NULL && !g_utf8_validate (text, -1, NULL))
    {
      base64 = g_base64_encode ((const guchar *) text, strlen (text));
      bal_json_writer_open (self, name, '{');
      bal_json_writer_text (self, "base64", base64);
      bal_json_writer_close (self, '}');
      return;
    }

  begin_value (self, name);
  if (text != NULL)
    put_string (self->file, text);
  else
    bal_export_file_put (self->file, "null");
}

void
bal_json_writer_set (BalJsonWriter *self,
                     const char    *name,
                     const char    *text)
{
  if (text != NULL)
    bal_json_writer_text (self, name, text);
}

void
bal_json_writer_int (BalJsonWriter *self,
                     const char    *name,
                     gint64         value)
{
  begin_value (self, name);
  bal_export_file_printf (self->file, "%" G_GINT64_FORMAT, value);
}

void
bal_json_writer_double (BalJsonWriter *self,
                        const char    *name,
                        double         value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  begin_value (self, name);
  bal_export_file_put (self->file, g_ascii_dtostr (text, sizeof text, value));
}

void
bal_json_writer_bool (BalJsonWriter *self,
                      const char    *name,
                      gboolean       value)
{
  begin_value (self, name);
  bal_export_file_put (self->file, value ? "true" : "false");
}

void
bal_json_writer_time (BalJsonWriter *self,
                      const char    *name,
                      gint64         value)
{
  g_autofree char *text = bal_time_to_rfc3339 (value);

  /* What no calendar has stays a number. */
  if (value != 0 && text == NULL)
    bal_json_writer_int (self, name, value);
  else
    bal_json_writer_text (self, name, text);
}

void
bal_json_writer_strv (BalJsonWriter     *self,
                      const char        *name,
                      const char *const *texts)
{
  bal_json_writer_open (self, name, '[');
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    bal_json_writer_text (self, NULL, texts[i]);
  bal_json_writer_close (self, ']');
}

void
bal_json_writer_base64 (BalJsonWriter *self,
                        const char    *name,
                        const char    *path)
{
  g_autofree guchar *bytes = g_malloc (CHUNK);
  g_autofree char *text = g_malloc (CHUNK / 3 * 4 + 8);
  int fd = g_open (path, O_RDONLY | O_CLOEXEC);
  int state = 0, save = 0;
  gsize length = 0;
  gssize n = 1;

  if (fd < 0)
    {
      bal_export_file_fail (self->file, errno);
      return;
    }

  begin_value (self, name);
  bal_export_file_put_bytes (self->file, "\"", 1);
  while (n > 0 || (n < 0 && errno == EINTR))
    {
      n = read (fd, bytes, CHUNK);
      length = n > 0 ? g_base64_encode_step (bytes, (gsize) n, FALSE, text, &state, &save) : 0;
      bal_export_file_put_bytes (self->file, text, length);
    }
  if (n < 0)
    bal_export_file_fail (self->file, errno);
  bal_export_file_put_bytes (self->file, text, g_base64_encode_close (FALSE, text, &state, &save));
  bal_export_file_put_bytes (self->file, "\"", 1);
  close (fd);
}
