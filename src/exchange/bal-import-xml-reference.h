/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <libxml/parser.h>

G_BEGIN_DECLS

/* Private to the reader of XML: references that libxml2 refuses and leaves out. */

/* The first half of a character that is written as two, as some programs do beyond U+FFFF. */
typedef struct
{
  gunichar half;                 /* 0: none */
  guint64  end;                  /* where it ends in the file */
  gsize    length;               /* of what stands for it in the text */
} BalImportXmlHalf;

/* (transfer full) (nullable): what stands before where @input is, and is text: a bare ampersand with what follows, as of
 * "R&R", or a number that is no character. @error: of the parser, with that code; @at: where it is in the file. @is_joined: it
 * stands for @half, too. */
char *bal_import_xml_take_reference (BalImportXmlHalf     *half,
                                     const xmlParserInput *input,
                                     int                   error,
                                     guint64               at,
                                     gboolean             *is_joined);

G_END_DECLS
