/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  BAL_BLOCK_PARAGRAPH,
  BAL_BLOCK_HEADING,       /* level 1…6 */
  BAL_BLOCK_QUOTE,         /* children: blocks */
  BAL_BLOCK_LIST,          /* ordered or not; children: items */
  BAL_BLOCK_ITEM,          /* text, then children: nested lists or blocks */
  BAL_BLOCK_IMAGE,
  BAL_BLOCK_SEPARATOR,
  BAL_BLOCK_JUMP_BREAK,    /* <!--more--> */
  BAL_BLOCK_PREFORMATTED,
  BAL_BLOCK_TABLE,
  BAL_BLOCK_OPAQUE,        /* not understood: shown as a labelled island, never altered */
} BalBlockKind;

typedef enum
{
  BAL_STYLE_NONE        = 0,
  BAL_STYLE_BOLD        = 1 << 0,
  BAL_STYLE_ITALIC      = 1 << 1,
  BAL_STYLE_UNDERLINE   = 1 << 2,
  BAL_STYLE_STRIKE      = 1 << 3,
  BAL_STYLE_CODE        = 1 << 4,
  BAL_STYLE_SUPERSCRIPT = 1 << 5,
  BAL_STYLE_SUBSCRIPT   = 1 << 6,
  BAL_STYLE_SMALL       = 1 << 7,
} BalStyle;

/**
 * BalRun:
 *
 * A stretch of a block's text in one style. @link is the target (NULL: none). @open and @close are
 * the exact tags around this run that Balcony doesn't understand as a style (a coloured span, a
 * link's other attributes, an unknown inline element): they ride along, unaltered. An inline object
 * (image, embed) is one U+FFFC in the text whose run holds its source in @object.
 *
 * A tag in @open that gives a style or a link (`<b class="x">`) sets @style or @link as well, and
 * is written only while they are still set; a changed @link goes into its href.
 */
typedef struct
{
  guint       start;    /* bytes into the block's text */
  guint       length;   /* bytes */
  BalStyle    style;
  const char *link;     /* (nullable) decoded href */
  const char *open;     /* (nullable) verbatim opening tags, outermost first */
  const char *close;    /* (nullable) verbatim closing tags */
  const char *object;   /* (nullable) verbatim source of an inline object */
} BalRun;

/**
 * BalBlock:
 *
 * An immutable, reference-counted block. @text is valid UTF-8 in which a newline is a line break.
 * Blocks that were read know their source bytes; built ones have none until a document writes them.
 */
typedef struct _BalBlock BalBlock;
#define BAL_TYPE_BLOCK (bal_block_get_type ())
GType           bal_block_get_type      (void) G_GNUC_CONST;

BalBlock       *bal_block_new_text      (BalBlockKind    kind,
                                         int             level,
                                         const char     *text,
                                         const BalRun   *runs,      /* copied; NULL with 0: plain */
                                         guint           n_runs);
/* @children: (element-type BalBlock): for quotes, lists and items; taken by reference. */
BalBlock       *bal_block_new_container (BalBlockKind    kind,
                                         gboolean        ordered,
                                         const char     *text,
                                         const BalRun   *runs,
                                         guint           n_runs,
                                         GPtrArray      *children);
BalBlock       *bal_block_new_opaque    (const char     *source,
                                         gssize          length);
/* A new image with all that belongs to it (in a post of WordPress blocks: the delimiters too), kept
 * byte for byte; its text is its caption or alternative text. */
BalBlock       *bal_block_new_image     (const char     *source,
                                         gssize          length);
/* A table with all that belongs to it, likewise. */
BalBlock       *bal_block_new_table     (const char     *source,
                                         gssize          length);
BalBlock       *bal_block_ref           (BalBlock       *self);
void            bal_block_unref         (BalBlock       *self);
BalBlockKind    bal_block_get_kind      (BalBlock       *self);
int             bal_block_get_level     (BalBlock       *self);
gboolean        bal_block_get_ordered   (BalBlock       *self);
const char     *bal_block_get_text      (BalBlock       *self);
const BalRun   *bal_block_get_runs      (BalBlock       *self,
                                         guint          *n_runs);
guint           bal_block_get_n_children (BalBlock      *self);
BalBlock       *bal_block_get_child     (BalBlock       *self,
                                         guint           index);
/* (nullable): the bytes it was read from; not NUL-safe without @length. */
const char     *bal_block_get_source    (BalBlock       *self,
                                         gsize          *length);
/* A word for the island of an opaque block ("iframe", "wp:embed", "table"). */
const char     *bal_block_get_name      (BalBlock       *self);
/* Content equality: kind, level, text, runs, children; for opaque ones the source. */
gboolean        bal_block_equal         (BalBlock       *a,
                                         BalBlock       *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalBlock, bal_block_unref)

G_END_DECLS
