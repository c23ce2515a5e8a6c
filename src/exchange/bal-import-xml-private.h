/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libxml/parser.h>

#include "bal-import-xml-reference.h"
#include "bal-import-xml.h"

G_BEGIN_DECLS

/* Private to the reader of XML. */

/* What is around the records: <rss><channel>, <feed>. */
#define BAL_IMPORT_XML_HEAD_LEVELS 2

typedef struct
{
  char     *ns;
  char     *name;
  char     *tag;                 /* of the outermost ones */
  gboolean  is_record;
  gboolean  is_raw;
} BalImportXmlLevel;

struct _BalImportXml
{
  /* owned */
  xmlParserCtxtPtr  context;
  GArray           *levels;      /* of BalImportXmlLevel */
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

/* ---- bal-import-xml-sax.c: what the parser tells ---- */

void    bal_import_xml_level_clear        (gpointer        data);
void    bal_import_xml_open_parser        (BalImportXml   *self);
void    bal_import_xml_close_parser       (BalImportXml   *self);
/* Where the parser is in all that was pushed. */
guint64 bal_import_xml_get_offset         (BalImportXml   *self);
/* Remembers what is around the records: a parser that begins anew is told of it first. */
void    bal_import_xml_note_head          (BalImportXml   *self);

/* ---- bal-import-xml-rescue.c: going on after damage ---- */

/* The present record is not whole, and its handler is told so. */
void    bal_import_xml_forget_record      (BalImportXml   *self);
/* Begins anew with the next record in what is kept. What was fed and not kept any more is past anyway. */
void    bal_import_xml_restart            (BalImportXml   *self);
/* The parser gives up on some damage. */
void    bal_import_xml_look_for_damage    (BalImportXml   *self);
/* Something that was opened by damage ("<?", "<!--") and never ends has taken what may be whole records, after @from. */
void    bal_import_xml_look_for_swallowed (BalImportXml   *self,
                                           guint64         from);
guint   bal_import_xml_count_lines        (const char     *text,
                                           gsize           length);

G_END_DECLS
