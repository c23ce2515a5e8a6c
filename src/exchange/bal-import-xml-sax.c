/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import-xml-private.h"

#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <string.h>

#include "bal-import-xml-tag.h"

void
bal_import_xml_level_clear (gpointer data)
{
  BalImportXmlLevel *level = data;

  g_free (level->ns);
  g_free (level->name);
  g_free (level->tag);
}

/* After an error libxml2 leaves out each reference, as "&lt;", in the rest of the file, and so the markup of whole records. */
static void
forgive (BalImportXml *self)
{
  self->context->wellFormed = 1;
}

guint64
bal_import_xml_get_offset (BalImportXml *self)
{
  long at = xmlByteConsumed (self->context);

  return self->context_from + (at >= 0 && (guint64) at > self->head_length ? (guint64) at - self->head_length : 0);
}

static void
append_text (BalImportXml *self,
             const char   *text,
             gsize         length)
{
  if (self->text_too_long)
    return;

  self->text_too_long = self->text->len + length > BAL_IMPORT_XML_MOST_TEXT;
  if (self->text_too_long)
    g_string_truncate (self->text, 0);
  else
    g_string_append_len (self->text, text, (gssize) length);
}

static void
append_escaped (BalImportXml *self,
                const char   *text,
                gsize         length)
{
  g_autofree char *escaped = g_markup_escape_text (text, (gssize) length);

  append_text (self, escaped, strlen (escaped));
}

static void
raw_start (BalImportXml   *self,
           const xmlChar  *name,
           int             n_attributes,
           const xmlChar **attributes)
{
  g_autoptr(GString) tag = g_string_new (NULL);

  bal_import_xml_append_start (tag, name, n_attributes, attributes);
  append_text (self, tag->str, tag->len);
  self->raw_depth++;
}

void
bal_import_xml_note_head (BalImportXml *self)
{
  if (self->head->len > 0)
    return;

  for (guint i = 0; i < MIN (self->levels->len, BAL_IMPORT_XML_HEAD_LEVELS); i++)
    if (g_array_index (self->levels, BalImportXmlLevel, i).tag != NULL)
      g_string_append (self->head, g_array_index (self->levels, BalImportXmlLevel, i).tag);
}

/* What is wrong is what stands before the present tag, with which reading may begin anew. */
static void
note_damage_before_tag (BalImportXml *self)
{
  guint64 at = CLAMP (bal_import_xml_get_offset (self), self->kept_from, self->kept_from + self->kept->len);

  while (at > self->kept_from && self->kept->str[at - self->kept_from] != '<')
    at--;
  self->damage = at - 1;
}

/* The end of a text with markup is lost, and the next record has begun. */
static void
leave_raw (BalImportXml *self)
{
  self->n_errors++;
  note_damage_before_tag (self);
  xmlStopParser (self->context);
}

static void
start_cb (void           *data,
          const xmlChar  *local,
          const xmlChar  *prefix,
          const xmlChar  *uri,
          int             n_spaces,
          const xmlChar **spaces,
          int             n_attributes,
          int             n_defaulted,
          const xmlChar **attributes)
{
  BalImportXml *self = data;
  BalImportXmlName name = { (const char *) uri, (const char *) local };
  g_autoptr(GPtrArray) pairs = NULL;
  BalImportXmlLevel level = { 0 };

  forgive (self);
  if (self->levels->len > 0 && g_array_index (self->levels, BalImportXmlLevel, self->levels->len - 1).is_raw)
    {
      if (self->handler->is_record (self->data, &name))
        leave_raw (self);
      else
        raw_start (self, local, n_attributes, attributes);
      return;
    }

  level.is_record = self->handler->is_record (self->data, &name);
  /* One inside of another: the end of that one is lost. */
  if (level.is_record && self->in_record)
    self->handler->cut (self->data, bal_import_xml_get_line (self));
  if (level.is_record)
    bal_import_xml_note_head (self);
  else if (self->levels->len < BAL_IMPORT_XML_HEAD_LEVELS)
    level.tag = bal_import_xml_make_tag (local, prefix, n_spaces, spaces);
  self->in_record |= level.is_record;

  pairs = g_ptr_array_new_with_free_func (g_free);
  for (int i = 0; i < n_attributes; i++)
    {
      const xmlChar **a = attributes + 5 * i;

      g_ptr_array_add (pairs, g_strdup ((const char *) a[0]));
      g_ptr_array_add (pairs, bal_import_xml_dup_attribute (a));
    }
  g_ptr_array_add (pairs, NULL);

  level.ns = g_strdup (name.ns);
  level.name = g_strdup (name.name);
  level.is_raw = self->handler->start (self->data, &name, (const char *const *) pairs->pdata);
  g_array_append_val (self->levels, level);
  g_string_truncate (self->text, 0);
  self->text_too_long = FALSE;
}

static void
end_cb (void          *data,
        const xmlChar *local,
        const xmlChar *prefix,
        const xmlChar *uri)
{
  BalImportXml *self = data;
  BalImportXmlName name, parent = { NULL, NULL };
  guint n = self->levels->len;
  BalImportXmlLevel *level;

  forgive (self);
  if (self->raw_depth > 0)
    {
      self->raw_depth--;
      if (bal_import_xml_is_void ((const char *) local))
        return;
      append_text (self, "</", 2);
      append_text (self, (const char *) local, strlen ((const char *) local));
      append_text (self, ">", 1);
      return;
    }
  if (n == 0)
    return;

  level = &g_array_index (self->levels, BalImportXmlLevel, n - 1);
  name = (BalImportXmlName) { level->ns, level->name };
  if (n > 1)
    parent = (BalImportXmlName) { level[-1].ns, level[-1].name };
  self->handler->end (self->data, &name, n > 1 ? &parent : NULL, self->text_too_long ? NULL : self->text->str);
  if (level->is_record)
    {
      self->in_record = FALSE;
      self->is_new = FALSE;
      self->record_end = bal_import_xml_get_offset (self);
    }
  g_array_set_size (self->levels, n - 1);
  g_string_truncate (self->text, 0);
  self->text_too_long = FALSE;
}

static void
characters_cb (void          *data,
               const xmlChar *text,
               int            length)
{
  BalImportXml *self = data;

  forgive (self);
  if (self->raw_depth > 0 && (const char *) text != self->entity_text)
    append_escaped (self, (const char *) text, (gsize) length);
  else
    append_text (self, (const char *) text, (gsize) length);
}

/* What XML itself does not know, as "&nbsp;", stands for its own name: nothing is ever expanded. */
static xmlEntityPtr
entity_cb (void          *data,
           const xmlChar *name)
{
  BalImportXml *self = data;

  g_free (self->entity_text);
  self->entity_text = g_strdup_printf ("&%s;", (const char *) name);
  self->entity = (xmlEntity) {
    .type = XML_ENTITY_DECL,
    .name = name,
    .content = (xmlChar *) self->entity_text,
    .orig = (xmlChar *) self->entity_text,
    .length = (int) strlen (self->entity_text),
    .etype = XML_INTERNAL_PREDEFINED_ENTITY,
  };
  self->n_entities++;
  return &self->entity;
}

static void
doctype_cb (void          *data,
            const xmlChar *name,
            const xmlChar *external,
            const xmlChar *system)
{
  BalImportXml *self = data;

  self->has_doctype = TRUE;
  xmlStopParser (self->context);
}

/* A bare ampersand, as of "Sea & Sky" or "R&R", is text, and so is the number of no character. */
static void
keep_reference (BalImportXml *self,
                int           error)
{
  g_autofree char *text = NULL;
  gboolean is_joined;
  gsize before;

  if (self->context->instate != XML_PARSER_CONTENT)
    return;
  text = bal_import_xml_take_reference (&self->half, self->context->input, error, bal_import_xml_get_offset (self), &is_joined);
  if (text == NULL)
    return;

  before = self->text->len - (is_joined ? MIN (self->half.length, self->text->len) : 0);
  g_string_truncate (self->text, before);
  characters_cb (self, (const xmlChar *) text, (int) strlen (text));
  self->half.length = self->text->len - MIN (before, self->text->len);
}

static void
error_cb (void        *data,
          xmlErrorPtr  error)
{
  BalImportXml *self = data;
  long at = self->context != NULL && self->context->input != NULL ? xmlByteConsumed (self->context) : -1;

  if (error->level < XML_ERR_ERROR || error->domain == XML_FROM_NAMESPACE)
    return;

  if (self->n_errors++ == 0)
    self->first_error_line = self->line_base + (guint) MAX (error->line, 1) - 1;
  /* The next record may begin right there, where nothing stands between records; but not where this reading began. */
  if (at >= 0 && (guint64) at >= self->head_length)
    self->damage = MAX (bal_import_xml_get_offset (self), self->context_from + 1) - 1;

  if (error->code == XML_ERR_DOCUMENT_END)
    note_damage_before_tag (self);
  if (error->code == XML_ERR_NAME_REQUIRED || error->code == XML_ERR_ENTITYREF_SEMICOL_MISSING ||
      error->code == XML_ERR_INVALID_CHAR)
    keep_reference (self, error->code);

  /* Of what stands where in a record with wrong tags, nothing is certain. */
  if (error->code == XML_ERR_TAG_NAME_MISMATCH && self->in_record)
    xmlStopParser (self->context);
}

void
bal_import_xml_open_parser (BalImportXml *self)
{
  xmlSAXHandler sax = {
    .initialized = XML_SAX2_MAGIC,
    .startElementNs = start_cb,
    .endElementNs = end_cb,
    .characters = characters_cb,
    .ignorableWhitespace = characters_cb,
    .cdataBlock = characters_cb,
    .getEntity = entity_cb,
    .internalSubset = doctype_cb,
    .serror = error_cb,
  };

  self->context = xmlCreatePushParserCtxt (&sax, self, NULL, 0, NULL);
  xmlCtxtUseOptions (self->context, XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_IGNORE_ENC);
  xmlSwitchEncoding (self->context, XML_CHAR_ENCODING_UTF8);
}

void
bal_import_xml_close_parser (BalImportXml *self)
{
  if (self->context == NULL)
    return;

  if (self->context->myDoc != NULL)
    xmlFreeDoc (self->context->myDoc);
  g_clear_pointer (&self->context, xmlFreeParserCtxt);
}
