/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import-filter.h"

#include <errno.h>
#include <string.h>

/* A declaration stands in the first bytes of a file. */
#define HEAD_BYTES 256

struct _BalImportFilter
{
  GIConv    converter;           /* (GIConv) -1: the file is UTF-8 */
  gboolean  is_open;             /* the encoding is known */
  GString  *head;                /* while it isn't; then bytes that are no whole character yet */
  GString  *converted;
  guint64   n_controls;
  guint64   n_invalid;
};

BalImportFilter *
bal_import_filter_new (void)
{
  BalImportFilter *self = g_new0 (BalImportFilter, 1);

  self->converter = (GIConv) -1;
  self->head = g_string_new (NULL);
  self->converted = g_string_new (NULL);
  return self;
}

void
bal_import_filter_free (BalImportFilter *self)
{
  if (self == NULL)
    return;

  if (self->converter != (GIConv) -1)
    g_iconv_close (self->converter);
  g_string_free (self->head, TRUE);
  g_string_free (self->converted, TRUE);
  g_free (self);
}

/* The name in <?xml … encoding="NAME" …?>; nothing that iconv would take for an option or a path. */
static char *
find_declared (const GString *head)
{
  g_autofree char *declaration = NULL;
  const char *end = g_strstr_len (head->str, (gssize) head->len, "?>");
  const char *at;
  gsize length;

  if (end == NULL || !g_str_has_prefix (head->str, "<?xml"))
    return NULL;

  declaration = g_strndup (head->str, (gsize) (end - head->str));
  at = strstr (declaration, "encoding");
  at = at != NULL ? strpbrk (at, "\"'") : NULL;
  if (at == NULL)
    return NULL;

  length = strspn (at + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
  return at[1 + length] == *at && length > 0 ? g_strndup (at + 1, length) : NULL;
}

static void
open_encoding (BalImportFilter *self)
{
  const guchar *bytes = (const guchar *) self->head->str;
  g_autofree char *declared = NULL;

  self->is_open = TRUE;
  if (self->head->len >= 2 && bytes[0] == 0xff && bytes[1] == 0xfe)
    self->converter = g_iconv_open ("UTF-8", "UTF-16");
  else if (self->head->len >= 2 && bytes[0] == 0xfe && bytes[1] == 0xff)
    self->converter = g_iconv_open ("UTF-8", "UTF-16");
  else if (self->head->len >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    g_string_erase (self->head, 0, 3);
  else if ((declared = find_declared (self->head)) != NULL && g_ascii_strcasecmp (declared, "UTF-8") != 0 &&
           g_ascii_strncasecmp (declared, "UTF-16", 6) != 0)
    self->converter = g_iconv_open ("UTF-8", declared);
}

/* Appends what is whole; returns how many bytes that were. */
static gsize
clean (BalImportFilter *self,
       const char      *bytes,
       gsize            length,
       gboolean         last,
       GString         *out)
{
  const char *p = bytes, *end = bytes + length, *start = bytes;

  while (p < end)
    {
      guchar byte = (guchar) *p;
      gunichar c;

      if (byte >= 0x20 && byte < 0x7f)
        {
          p++;
          continue;
        }
      if (byte < 0x80)
        {
          gboolean keep = byte == '\n' || byte == '\r' || byte == '\t' || byte == 0x7f;

          if (!keep)
            {
              g_string_append_len (out, start, p - start);
              g_string_append_c (out, ' ');
              self->n_controls++;
              start = p + 1;
            }
          p++;
          continue;
        }

      c = g_utf8_get_char_validated (p, end - p);
      if (c == (gunichar) -2 && !last)
        break;
      if (c == (gunichar) -1 || c == (gunichar) -2 || c == 0xfffe || c == 0xffff)
        {
          g_string_append_len (out, start, p - start);
          g_string_append (out, "\xef\xbf\xbd");
          self->n_invalid++;
          p += c == 0xfffe || c == 0xffff ? 3 : 1;
          start = p;
          continue;
        }
      p = g_utf8_next_char (p);
    }

  g_string_append_len (out, start, p - start);
  return (gsize) (p - bytes);
}

/* Bytes of another encoding become UTF-8; what is none of it becomes what clean() takes for no text. */
static gsize
convert (BalImportFilter *self,
         const char      *bytes,
         gsize            length,
         gboolean         last)
{
  char buffer[8192];
  char *in = (char *) bytes;
  gsize in_left = length;

  while (in_left > 0)
    {
      char *out = buffer;
      gsize out_left = sizeof buffer;
      gsize result = g_iconv (self->converter, &in, &in_left, &out, &out_left);
      int code = errno;

      g_string_append_len (self->converted, buffer, out - buffer);
      if (result != (gsize) -1 || code == E2BIG)
        continue;
      if (code == EINVAL && !last)
        break;
      g_string_append_c (self->converted, '\xff');
      in++;
      in_left--;
    }

  return length - in_left;
}

void
bal_import_filter_push (BalImportFilter *self,
                        const char      *bytes,
                        gsize            length,
                        gboolean         last,
                        GString         *out)
{
  gsize used;

  g_string_append_len (self->head, bytes, (gssize) length);
  if (!self->is_open)
    {
      if (self->head->len < HEAD_BYTES && !last)
        return;
      open_encoding (self);
    }

  if (self->converter == (GIConv) -1)
    {
      used = clean (self, self->head->str, self->head->len, last, out);
    }
  else
    {
      gsize cleaned;

      used = convert (self, self->head->str, self->head->len, last);
      cleaned = clean (self, self->converted->str, self->converted->len, last, out);
      g_string_erase (self->converted, 0, (gssize) cleaned);
    }
  g_string_erase (self->head, 0, (gssize) used);
}

guint64
bal_import_filter_get_n_controls (BalImportFilter *self)
{
  return self->n_controls;
}

guint64
bal_import_filter_get_n_invalid (BalImportFilter *self)
{
  return self->n_invalid;
}

char *
bal_import_filter_text (const char *bytes,
                        gsize       length,
                        guint64    *n_repaired)
{
  g_autoptr(BalImportFilter) self = bal_import_filter_new ();
  GString *out = g_string_sized_new (length + 1);

  bal_import_filter_push (self, bytes, length, TRUE, out);
  *n_repaired = self->n_controls + self->n_invalid;
  return g_string_free (out, FALSE);
}
