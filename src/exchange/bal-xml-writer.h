/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-export-file.h"

G_BEGIN_DECLS

/**
 * BalXmlWriter:
 *
 * Writes texts into XML so that they are read back as they were, line ends included. What XML 1.0 has no place for (control
 * characters, what is no UTF-8) becomes a space or U+FFFD, as in imports, and is counted.
 */
typedef struct
{
  BalExportFile *file;           /* borrowed */
  guint64        n_repaired;
} BalXmlWriter;

/* "<name>text</name>" and a newline; @attributes: (nullable): as they stand in the tag. NULL is empty. */
void bal_xml_writer_element   (BalXmlWriter *self,
                               const char   *name,
                               const char   *attributes,
                               const char   *text);
/* The same in a CDATA section. */
void bal_xml_writer_cdata     (BalXmlWriter *self,
                               const char   *name,
                               const char   *attributes,
                               const char   *text);
void bal_xml_writer_text      (BalXmlWriter *self,
                               const char   *text);
/* (transfer full): ` name="value"` */
char *bal_xml_writer_attribute (BalXmlWriter *self,
                               const char   *name,
                               const char   *value);

G_END_DECLS
