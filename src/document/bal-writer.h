/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-block-private.h"
#include "bal-document.h"
#include "bal-inline.h"

G_BEGIN_DECLS

/* How new blocks are to be spelled. */
typedef struct
{
  BalDialect   dialect;
  BalForm      form;        /* of paragraphs */
  gboolean     elements;    /* leave nothing to blank lines and newlines: tags for everything */
} BalSpelling;

/* How far a way of writing a changed block departs from what was there. */
typedef enum
{
  BAL_WAY_REUSE,      /* keep the spelling of what stays */
  BAL_WAY_FRESH,      /* keep the tags around, write the text anew */
  BAL_WAY_ELEMENTS,   /* leave nothing to newlines and breaks */
} BalWay;

/**
 * bal_writer_rewrite:
 * @root: the container of a document's blocks, as read
 * @blocks: (element-type BalBlock): those that shall be there
 *
 * Returns: (transfer full) (nullable): the document's new bytes; NULL when nothing changed
 */
GBytes     *bal_writer_rewrite       (BalBlock    *root,
                                      GPtrArray   *blocks,
                                      BalDialect   dialect);

/* Writes a block afresh, without regard to any source. */
void        bal_writer_write_block   (GString     *out,
                                      BalBlock    *block,
                                      BalSpelling  spelling);
/* Writes the text of @block where that of @old stood, behind the tags that open it; @rest is what
 * will follow. */
void        bal_writer_write_content (GString     *out,
                                      BalDialect   dialect,
                                      BalBlock    *old,
                                      BalBlock    *block,
                                      BalWay       way,
                                      const char  *rest,
                                      gsize        rest_length);
/* Whether bytes between two bare paragraphs really part them. */
gboolean    bal_writer_parts_paragraphs (BalDialect   dialect,
                                         const char  *gap,
                                         gsize        length);
/* A last <br> shows nothing: a line break at the end needs two, and an empty <div> one to be
 * seen. */
void        bal_writer_write_last_break (GString        *out,
                                         BalBlock       *block,
                                         BalForm         form,
                                         BalInlineFlags  flags);
/* What parts two new blocks in a container of this kind. */
const char *bal_writer_separator     (BalDialect   dialect,
                                      BalBlockKind container,
                                      gboolean     both_bare);
/* Whether @block can stand in the very tags of @old. */
gboolean    bal_writer_keeps_tags    (BalBlock     *old,
                                      BalBlock     *block);
/* Whether it can stand in them once they have another name: a heading of another level, a list of the other kind,
 * paragraph and heading in each other's place. */
gboolean    bal_writer_can_retag     (BalBlock     *old,
                                      BalBlock     *block);
/* Writes the bytes [start, end) of @old, tags that begin or end it, as those of @block. */
void        bal_writer_retag         (GString      *out,
                                      BalBlock     *old,
                                      gsize         start,
                                      gsize         end,
                                      BalBlock     *block);
/* For each of @blocks the index of the child of @old that it is or has come from, rising, or
 * -1; @equal tells the first kind. */
void        bal_writer_match         (BalBlock    *old,
                                      GPtrArray   *blocks,
                                      int         *origin,
                                      gboolean    *equal);
/* (transfer full) (element-type BalBlock): the children of @old that none of the blocks is, by what bal_writer_match()
 * found, and that have tags of their own: an equal block is one of them in another place. */
GHashTable *bal_writer_find_left     (BalBlock       *old,
                                      const int      *origin,
                                      const gboolean *equal,
                                      guint           n_blocks);

G_END_DECLS
