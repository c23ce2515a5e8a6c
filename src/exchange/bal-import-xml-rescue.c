/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import-xml-private.h"

#include <string.h>

void
bal_import_xml_forget_record (BalImportXml *self)
{
  if (self->in_record)
    self->handler->cut (self->data, bal_import_xml_get_line (self));
  self->in_record = FALSE;
  self->raw_depth = 0;
  self->text_too_long = FALSE;
  g_string_truncate (self->text, 0);
  g_array_set_size (self->levels, 0);
}

/* Where the start tag of a record may be, after what was damaged. */
static const char *
find_record (BalImportXml *self,
             const char   *from)
{
  const char *end = self->kept->str + self->kept->len;

  for (const char *p = from; (p = memchr (p, '<', (gsize) (end - p))) != NULL; p++)
    {
      gsize length = strcspn (p + 1, " \t\r\n/><");
      g_autofree char *whole = g_strndup (p + 1, MIN (length, 100));
      const char *colon = strchr (whole, ':');
      BalImportXmlName name = { NULL, colon != NULL ? colon + 1 : whole };

      if (p + 1 + length < end && self->handler->is_record (self->data, &name))
        return p;
    }

  return NULL;
}

guint
bal_import_xml_count_lines (const char *text,
                            gsize       length)
{
  guint n = 0;

  for (const char *p = text; (p = memchr (p, '\n', length - (gsize) (p - text))) != NULL; p++)
    n++;
  return n;
}

void
bal_import_xml_restart (BalImportXml *self)
{
  guint64 from = CLAMP (self->damage + 1, self->kept_from, self->kept_from + self->kept->len);
  const char *at;
  gsize offset;

  offset = MIN ((gsize) (from - self->kept_from), self->kept->len);
  at = find_record (self, self->kept->str + offset);
  if (at == NULL)
    return;

  self->is_searching = FALSE;
  self->n_restarts++;
  self->is_new = TRUE;
  offset = (gsize) (at - self->kept->str);
  self->context_from = self->kept_from + offset;
  self->line_base = self->kept_line + bal_import_xml_count_lines (self->kept->str, offset);
  self->damage = self->context_from;
  self->head_length = self->head->len;
  bal_import_xml_open_parser (self);
  xmlParseChunk (self->context, self->head->str, (int) self->head->len, 0);
  self->n_pushed = self->context_from;
}

static void
begin_search (BalImportXml *self)
{
  self->line = bal_import_xml_get_line (self);
  bal_import_xml_note_head (self);
  bal_import_xml_forget_record (self);
  bal_import_xml_close_parser (self);
  self->is_searching = TRUE;
}

void
bal_import_xml_look_for_damage (BalImportXml *self)
{
  if (self->context == NULL || !self->context->disableSAX)
    return;

  begin_search (self);
}

void
bal_import_xml_look_for_swallowed (BalImportXml *self,
                                   guint64       from)
{
  gsize offset;

  if (self->context == NULL || self->levels->len == 0)
    return;

  from = CLAMP (MAX (from, self->record_end), self->kept_from, self->kept_from + self->kept->len);
  offset = (gsize) (from - self->kept_from);
  if (find_record (self, self->kept->str + offset) == NULL)
    return;

  self->damage = from;
  self->n_errors++;
  begin_search (self);
}
