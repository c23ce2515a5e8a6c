/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import-xml-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "bal-error.h"

/* Text after which damage is looked for: more than the parser looks ahead. */
#define KEPT_BYTES (192 * 1024)
/* A damaged file is begun again so often; after each time first in small pieces, so that much damage costs little. */
#define MOST_RESTARTS 2000
#define SMALL_PIECE 1024

BalImportXml *
bal_import_xml_new (const BalImportXmlHandler *handler,
                    gpointer                   data)
{
  BalImportXml *self = g_new0 (BalImportXml, 1);

  self->handler = handler;
  self->data = data;
  self->levels = g_array_new (FALSE, TRUE, sizeof (BalImportXmlLevel));
  g_array_set_clear_func (self->levels, bal_import_xml_level_clear);
  self->text = g_string_new (NULL);
  self->kept = g_string_new (NULL);
  self->head = g_string_new (NULL);
  self->line_base = 1;
  self->kept_line = 1;
  bal_import_xml_open_parser (self);
  return self;
}

void
bal_import_xml_free (BalImportXml *self)
{
  if (self == NULL)
    return;

  bal_import_xml_close_parser (self);
  g_array_unref (self->levels);
  g_free (self->entity_text);
  g_string_free (self->text, TRUE);
  g_string_free (self->kept, TRUE);
  g_string_free (self->head, TRUE);
  g_free (self);
}

static gboolean
feed (BalImportXml *self,
      const char   *text,
      gsize         length)
{
  while (length > 0 && self->context != NULL)
    {
      gsize piece = MIN (length, self->is_new ? SMALL_PIECE : length);

      xmlParseChunk (self->context, text, (int) piece, 0);
      self->n_pushed += piece;
      text += piece;
      length -= piece;
      if (self->has_doctype)
        return FALSE;
      bal_import_xml_look_for_damage (self);
    }

  return TRUE;
}

static gboolean
set_error (BalImportXml  *self,
           GError       **error)
{
  if (self->has_doctype)
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID,
                         _("The file has a document type (DOCTYPE), which no export has and which can do harm; "
                           "it was not read."));
  else
    g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                 _("The file is damaged in too many places; reading stopped after line %u."), self->line);
  return FALSE;
}

/* Feeds what is kept and was not fed yet. */
static gboolean
feed_kept (BalImportXml  *self,
           GError       **error)
{
  for (;;)
    {
      if (self->is_searching)
        {
          if (self->n_restarts >= MOST_RESTARTS)
            return set_error (self, error);
          bal_import_xml_restart (self);
          if (self->is_searching)
            return TRUE;
        }
      if (self->n_pushed < self->kept_from + self->kept->len)
        {
          gsize offset = (gsize) (self->n_pushed - self->kept_from);

          if (!feed (self, self->kept->str + offset, self->kept->len - offset))
            return set_error (self, error);
        }
      if (!self->is_searching)
        return TRUE;
    }
}

/* While a record is looked for, the last bytes stay: its tag may be half there. What the parser still waits over stays, too:
 * after a bare ampersand that is all up to the next semicolon. */
static void
drop_old (BalImportXml *self)
{
  gsize surplus;

  if (self->kept->len <= KEPT_BYTES)
    return;

  surplus = self->kept->len - KEPT_BYTES / 2;
  if (self->context != NULL)
    {
      guint64 at = bal_import_xml_get_offset (self);

      surplus = MIN (surplus, (gsize) (at > self->kept_from ? at - self->kept_from : 0));
    }
  self->kept_line += bal_import_xml_count_lines (self->kept->str, surplus);
  g_string_erase (self->kept, 0, (gssize) surplus);
  self->kept_from += surplus;
}

gboolean
bal_import_xml_push (BalImportXml  *self,
                     const char    *text,
                     gsize          length,
                     GError       **error)
{
  g_string_append_len (self->kept, text, (gssize) length);
  if (!feed_kept (self, error))
    return FALSE;

  drop_old (self);
  return TRUE;
}

gboolean
bal_import_xml_end (BalImportXml  *self,
                    GError       **error)
{
  guint n_errors = self->n_errors;

  while (self->context != NULL)
    {
      guint64 waits_at = bal_import_xml_get_offset (self);

      xmlParseChunk (self->context, "", 0, 1);
      if (self->has_doctype)
        return set_error (self, error);

      self->is_truncated = self->levels->len > 0 && !self->context->disableSAX;
      bal_import_xml_look_for_damage (self);
      bal_import_xml_look_for_swallowed (self, waits_at);
      if (self->context != NULL)
        break;
      if (!feed_kept (self, error))
        return FALSE;
      n_errors = self->n_errors;
    }

  self->n_errors = n_errors;
  if (self->context != NULL)
    self->line = bal_import_xml_get_line (self);
  bal_import_xml_forget_record (self);
  return TRUE;
}

guint
bal_import_xml_get_n_errors (BalImportXml *self)
{
  return self->n_errors + self->n_entities;
}

guint
bal_import_xml_get_first_error_line (BalImportXml *self)
{
  return self->first_error_line;
}

gboolean
bal_import_xml_is_truncated (BalImportXml *self)
{
  return self->is_truncated;
}

guint
bal_import_xml_get_line (BalImportXml *self)
{
  int line = self->context != NULL ? xmlSAX2GetLineNumber (self->context) : 0;

  return line > 0 ? self->line_base + (guint) line - 1 : self->line;
}
