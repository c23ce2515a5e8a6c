/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-xml-writer.h"

#include <string.h>

/* How long the character at @p is that XML has a place for; 0: none, it is so long as @skip says. */
static gsize
measure (const char *p,
         const char *end,
         gsize      *skip)
{
  guchar byte = (guchar) *p;
  gunichar c;

  *skip = 1;
  if (byte < 0x80)
    return byte >= 0x20 || byte == '\t' || byte == '\n' || byte == '\r';

  c = g_utf8_get_char_validated (p, end - p);
  if (c == (gunichar) -1 || c == (gunichar) -2)
    return 0;
  *skip = (gsize) (g_utf8_next_char (p) - p);
  return c == 0xfffe || c == 0xffff ? 0 : *skip;
}

/* @repaired: what has to live as long as the result. */
static const char *
repair (BalXmlWriter  *self,
        const char    *text,
        char         **repaired)
{
  const char *from = text != NULL ? text : "";
  const char *end = from + strlen (from), *p;
  GString *out = NULL;
  gsize length, skip;

  for (p = from; p < end; p += length > 0 ? length : skip)
    {
      length = measure (p, end, &skip);
      if (length > 0)
        continue;

      out = out != NULL ? out : g_string_new (NULL);
      g_string_append_len (out, from, p - from);
      g_string_append (out, (guchar) *p < 0x20 ? " " : "\xef\xbf\xbd");
      from = p + skip;
      self->n_repaired++;
    }
  if (out == NULL)
    return text != NULL ? text : "";

  g_string_append_len (out, from, p - from);
  *repaired = g_string_free (out, FALSE);
  return *repaired;
}

static const char *
find_escape (char     c,
             gboolean in_attribute)
{
  switch (c)
    {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\r':
      return "&#13;";              /* a reader would make a newline of it */
    case '\n':
      return in_attribute ? "&#10;" : NULL;
    case '\t':
      return in_attribute ? "&#9;" : NULL;
    default:
      return NULL;
    }
}

void
bal_xml_writer_text (BalXmlWriter *self,
                     const char   *text)
{
  g_autofree char *repaired = NULL;
  const char *from = repair (self, text, &repaired);
  const char *p;

  for (p = from; *p != '\0'; p++)
    {
      const char *escape = find_escape (*p, FALSE);

      if (escape == NULL)
        continue;
      bal_export_file_put_bytes (self->file, from, (gsize) (p - from));
      bal_export_file_put (self->file, escape);
      from = p + 1;
    }
  bal_export_file_put_bytes (self->file, from, (gsize) (p - from));
}

char *
bal_xml_writer_attribute (BalXmlWriter *self,
                          const char   *name,
                          const char   *value)
{
  g_autofree char *repaired = NULL;
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, " %s=\"", name);
  for (const char *p = repair (self, value, &repaired); *p != '\0'; p++)
    {
      const char *escape = find_escape (*p, TRUE);

      if (escape != NULL)
        g_string_append (out, escape);
      else
        g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
  return g_string_free (out, FALSE);
}

/* What would end the section, and what a reader would change in it, stands between two sections. */
static void
put_cdata (BalXmlWriter *self,
           const char   *text)
{
  g_autofree char *repaired = NULL;
  const char *from = repair (self, text, &repaired);

  bal_export_file_put (self->file, "<![CDATA[");
  for (;;)
    {
      gsize plain = strcspn (from, "]\r");

      bal_export_file_put_bytes (self->file, from, plain);
      from += plain;
      if (*from == '\0')
        break;
      if (*from == '\r')
        {
          bal_export_file_put (self->file, "]]>&#13;<![CDATA[");
          from++;
        }
      else if (g_str_has_prefix (from, "]]>"))
        {
          bal_export_file_put (self->file, "]]]]><![CDATA[>");
          from += 3;
        }
      else
        bal_export_file_put_bytes (self->file, from++, 1);
    }
  bal_export_file_put (self->file, "]]>");
}

static void
put_element (BalXmlWriter *self,
             const char   *name,
             const char   *attributes,
             const char   *text,
             void        (*put) (BalXmlWriter *, const char *))
{
  bal_export_file_put (self->file, "<");
  bal_export_file_put (self->file, name);
  if (attributes != NULL)
    bal_export_file_put (self->file, attributes);
  bal_export_file_put (self->file, ">");
  put (self, text);
  bal_export_file_put (self->file, "</");
  bal_export_file_put (self->file, name);
  bal_export_file_put (self->file, ">\n");
}

void
bal_xml_writer_element (BalXmlWriter *self,
                        const char   *name,
                        const char   *attributes,
                        const char   *text)
{
  put_element (self, name, attributes, text, bal_xml_writer_text);
}

void
bal_xml_writer_cdata (BalXmlWriter *self,
                      const char   *name,
                      const char   *attributes,
                      const char   *text)
{
  put_element (self, name, attributes, text, put_cdata);
}
