/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-block.h"

G_BEGIN_DECLS

/**
 * BalDialect:
 *
 * How a post spells its paragraphs. Recognised per post; a new block is written in the dialect of
 * the post around it, and nothing is ever converted.
 */
typedef enum
{
  BAL_DIALECT_HTML,        /* <p> elements */
  BAL_DIALECT_WP_BLOCKS,   /* <!-- wp:paragraph --> delimiters */
  BAL_DIALECT_WP_CLASSIC,  /* a blank line is a paragraph, a newline a line break */
  BAL_DIALECT_BLOGGER,     /* <br /> runs and <div>s at the root */
} BalDialect;

/* "html", "wp-blocks", "wp-classic" or "blogger". */
const char  *bal_dialect_to_nick            (BalDialect    dialect);
gboolean     bal_dialect_from_nick          (const char   *nick,
                                             BalDialect   *dialect);

/**
 * BalDocument:
 *
 * An immutable, reference-counted sequence of blocks with the bytes between them. Concatenating all
 * sources gives the bytes it was read from, for every input; where reading would break that, the
 * document is one opaque block.
 */
typedef struct _BalDocument BalDocument;
#define BAL_TYPE_DOCUMENT (bal_document_get_type ())
GType        bal_document_get_type          (void) G_GNUC_CONST;

/* @length: bytes, or -1 when NUL-terminated. @fallback: dialect of a post that shows none (an
 * empty one). */
BalDocument *bal_document_new_from_html     (const char   *html,
                                             gssize        length,
                                             BalDialect    fallback);
BalDocument *bal_document_ref               (BalDocument  *self);
void         bal_document_unref             (BalDocument  *self);
BalDialect   bal_document_get_dialect       (BalDocument  *self);
guint        bal_document_get_n_blocks      (BalDocument  *self);
BalBlock    *bal_document_get_block         (BalDocument  *self,
                                             guint         index);
/* (transfer full): the blocks, to be altered for bal_document_with_blocks(). */
GPtrArray   *bal_document_dup_blocks        (BalDocument  *self);
/* (transfer full): exactly the bytes; NUL-terminated beyond *length. */
char        *bal_document_to_html           (BalDocument  *self,
                                             gsize        *length);
/* Readers' text, one line per block; for search, counting words and comparing. */
char        *bal_document_to_text           (BalDocument  *self);

/**
 * bal_document_with_blocks:
 * @self: the document that was edited
 * @blocks: (element-type BalBlock): the blocks as they are now, read back from an editor
 *
 * Lossless by comparison: @blocks are matched with those of @self (longest common sequence on
 * content), equal ones keep their source and the bytes around them, a changed one keeps its opening
 * tag, attributes and delimiters, one with tags of its own that moved takes its source along, new
 * ones are written in the dialect. With all blocks equal the result's bytes are @self's.
 *
 * Returns: (transfer full):
 */
BalDocument *bal_document_with_blocks       (BalDocument  *self,
                                             GPtrArray    *blocks);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalDocument, bal_document_unref)

G_END_DECLS
