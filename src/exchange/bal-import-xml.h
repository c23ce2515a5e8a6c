/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BalImportXml:
 *
 * Reads XML as it comes, in memory that does not grow with the file. Nothing is fetched and no entity expanded; a
 * document type is refused. After damage it goes on with the next whole record.
 */
typedef struct _BalImportXml BalImportXml;

/* No text of an element may be longer. */
#define BAL_IMPORT_XML_MOST_TEXT (10 * 1024 * 1024)

typedef struct
{
  const char *ns;                /* (nullable) */
  const char *name;              /* without prefix */
} BalImportXmlName;

typedef struct
{
  /* An element that is a record by itself: where reading goes on after damage. */
  gboolean    (*is_record)  (gpointer                 data,
                             const BalImportXmlName  *name);
  /* @attributes: name and value, in turn, until NULL. TRUE: markup inside belongs to its text. */
  gboolean    (*start)      (gpointer                 data,
                             const BalImportXmlName  *name,
                             const char *const       *attributes);
  /* @text: what stands between the last tag and this one; NULL when it was too long. @parent (nullable). */
  void        (*end)        (gpointer                 data,
                             const BalImportXmlName  *name,
                             const BalImportXmlName  *parent,
                             const char              *text);
  /* A record is cut off by damage or by the end of the file. */
  void        (*cut)        (gpointer                 data,
                             guint                    line);
} BalImportXmlHandler;

BalImportXml *bal_import_xml_new            (const BalImportXmlHandler  *handler,
                                             gpointer                    data);
void          bal_import_xml_free           (BalImportXml               *self);
/* UTF-8 as it comes out of a BalImportFilter. BAL_ERROR_INVALID: a document type, or nothing can be read any more. */
gboolean      bal_import_xml_push           (BalImportXml               *self,
                                             const char                 *text,
                                             gsize                       length,
                                             GError                    **error);
gboolean      bal_import_xml_end            (BalImportXml               *self,
                                             GError                    **error);
/* Places where the XML is wrong. */
guint         bal_import_xml_get_n_errors   (BalImportXml               *self);
guint         bal_import_xml_get_first_error_line (BalImportXml         *self);
/* Whether the file ended inside of its root. */
gboolean      bal_import_xml_is_truncated   (BalImportXml               *self);
guint         bal_import_xml_get_line       (BalImportXml               *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalImportXml, bal_import_xml_free)

G_END_DECLS
