/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import-xml.h"

#include <glib/gi18n.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <string.h>

#include "bal-error.h"
#include "bal-import-xml-reference.h"
#include "bal-import-xml-tag.h"

/* Text after which damage is looked for: more than the parser looks ahead. */
#define KEPT_BYTES (192 * 1024)
/* A damaged file is begun again so often; after each time first in small pieces, so that much damage costs little. */
#define MOST_RESTARTS 2000
#define SMALL_PIECE 1024
/* What is around the records: <rss><channel>, <feed>. */
#define HEAD_LEVELS 2

typedef struct
{
  char     *ns;
  char     *name;
  char     *tag;                 /* of the outermost ones */
  gboolean  is_record;
  gboolean  is_raw;
} Level;

struct _BalImportXml
{
  /* owned */
  xmlParserCtxtPtr  context;
  GArray           *levels;      /* of Level */
  GString          *text;
  GString          *kept;        /* the last of what was pushed */
  GString          *head;        /* start tags of what is around the records */

  char             *entity_text;
  xmlEntity         entity;
  BalImportXmlHalf  half;

  /* borrowed */
  const BalImportXmlHandler *handler;
  gpointer          data;

  guint64           kept_from;   /* offset of @kept in all that was pushed */
  guint64           n_pushed;    /* given to a parser */
  guint64           context_from;/* offset where the present parser began */
  guint64           head_length; /* of the synthetic head that it was given */
  guint64           damage;      /* offset of the last damage */
  guint64           record_end;  /* and after the last record */
  guint             kept_line;   /* where @kept begins */
  guint             line_base;
  guint             line;
  guint             n_errors;
  guint             n_entities;
  guint             first_error_line;
  guint             n_restarts;
  guint             raw_depth;   /* levels inside of a raw element */
  gboolean          in_record;
  gboolean          text_too_long;
  gboolean          has_doctype;
  gboolean          is_searching;/* for the next record */
  gboolean          is_truncated;
  gboolean          is_new;      /* restarted: no record was whole since */
};

static void
level_clear (gpointer data)
{
  Level *level = data;

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

/* Where the parser is in all that was pushed. */
static guint64
get_offset (BalImportXml *self)
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

/* Remembers what is around the records: a parser that begins anew is told of it first. */
static void
note_head (BalImportXml *self)
{
  if (self->head->len > 0)
    return;

  for (guint i = 0; i < MIN (self->levels->len, HEAD_LEVELS); i++)
    if (g_array_index (self->levels, Level, i).tag != NULL)
      g_string_append (self->head, g_array_index (self->levels, Level, i).tag);
}

/* What is wrong is what stands before the present tag, with which reading may begin anew. */
static void
note_damage_before_tag (BalImportXml *self)
{
  guint64 at = CLAMP (get_offset (self), self->kept_from, self->kept_from + self->kept->len);

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
  Level level = { 0 };

  forgive (self);
  if (self->levels->len > 0 && g_array_index (self->levels, Level, self->levels->len - 1).is_raw)
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
    note_head (self);
  else if (self->levels->len < HEAD_LEVELS)
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
  Level *level;

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

  level = &g_array_index (self->levels, Level, n - 1);
  name = (BalImportXmlName) { level->ns, level->name };
  if (n > 1)
    parent = (BalImportXmlName) { level[-1].ns, level[-1].name };
  self->handler->end (self->data, &name, n > 1 ? &parent : NULL, self->text_too_long ? NULL : self->text->str);
  if (level->is_record)
    {
      self->in_record = FALSE;
      self->is_new = FALSE;
      self->record_end = get_offset (self);
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
  text = bal_import_xml_take_reference (&self->half, self->context->input, error, get_offset (self), &is_joined);
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
    self->damage = MAX (get_offset (self), self->context_from + 1) - 1;

  if (error->code == XML_ERR_DOCUMENT_END)
    note_damage_before_tag (self);
  if (error->code == XML_ERR_NAME_REQUIRED || error->code == XML_ERR_ENTITYREF_SEMICOL_MISSING ||
      error->code == XML_ERR_INVALID_CHAR)
    keep_reference (self, error->code);

  /* Of what stands where in a record with wrong tags, nothing is certain. */
  if (error->code == XML_ERR_TAG_NAME_MISMATCH && self->in_record)
    xmlStopParser (self->context);
}

static void
open_parser (BalImportXml *self)
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

static void
close_parser (BalImportXml *self)
{
  if (self->context == NULL)
    return;

  if (self->context->myDoc != NULL)
    xmlFreeDoc (self->context->myDoc);
  g_clear_pointer (&self->context, xmlFreeParserCtxt);
}

BalImportXml *
bal_import_xml_new (const BalImportXmlHandler *handler,
                    gpointer                   data)
{
  BalImportXml *self = g_new0 (BalImportXml, 1);

  self->handler = handler;
  self->data = data;
  self->levels = g_array_new (FALSE, TRUE, sizeof (Level));
  g_array_set_clear_func (self->levels, level_clear);
  self->text = g_string_new (NULL);
  self->kept = g_string_new (NULL);
  self->head = g_string_new (NULL);
  self->line_base = 1;
  self->kept_line = 1;
  open_parser (self);
  return self;
}

void
bal_import_xml_free (BalImportXml *self)
{
  if (self == NULL)
    return;

  close_parser (self);
  g_array_unref (self->levels);
  g_free (self->entity_text);
  g_string_free (self->text, TRUE);
  g_string_free (self->kept, TRUE);
  g_string_free (self->head, TRUE);
  g_free (self);
}

static void
forget_record (BalImportXml *self)
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

static guint
count_lines (const char *text,
             gsize       length)
{
  guint n = 0;

  for (const char *p = text; (p = memchr (p, '\n', length - (gsize) (p - text))) != NULL; p++)
    n++;
  return n;
}

/* Begins anew with the next record in what is kept. What was fed and not kept any more is past anyway. */
static void
restart (BalImportXml *self)
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
  self->line_base = self->kept_line + count_lines (self->kept->str, offset);
  self->damage = self->context_from;
  self->head_length = self->head->len;
  open_parser (self);
  xmlParseChunk (self->context, self->head->str, (int) self->head->len, 0);
  self->n_pushed = self->context_from;
}

static void
begin_search (BalImportXml *self)
{
  self->line = bal_import_xml_get_line (self);
  note_head (self);
  forget_record (self);
  close_parser (self);
  self->is_searching = TRUE;
}

/* The parser gives up on some damage. */
static void
look_for_damage (BalImportXml *self)
{
  if (self->context == NULL || !self->context->disableSAX)
    return;

  begin_search (self);
}

/* Something that was opened by damage ("<?", "<!--") and never ends has taken what may be whole records. */
static void
look_for_swallowed (BalImportXml *self,
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
      look_for_damage (self);
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
          restart (self);
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
      guint64 at = get_offset (self);

      surplus = MIN (surplus, (gsize) (at > self->kept_from ? at - self->kept_from : 0));
    }
  self->kept_line += count_lines (self->kept->str, surplus);
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
      guint64 waits_at = get_offset (self);

      xmlParseChunk (self->context, "", 0, 1);
      if (self->has_doctype)
        return set_error (self, error);

      self->is_truncated = self->levels->len > 0 && !self->context->disableSAX;
      look_for_damage (self);
      look_for_swallowed (self, waits_at);
      if (self->context != NULL)
        break;
      if (!feed_kept (self, error))
        return FALSE;
      n_errors = self->n_errors;
    }

  self->n_errors = n_errors;
  if (self->context != NULL)
    self->line = bal_import_xml_get_line (self);
  forget_record (self);
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
