/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-block.h"

G_BEGIN_DECLS

/**
 * BalNest:
 *
 * A quote, list or item that lines stand in. Lines with the same nest (the pointer is the identity)
 * stand in the same one. Immutable.
 */
typedef struct _BalNest BalNest;

struct _BalNest
{
  gatomicrefcount  ref_count;
  BalBlockKind     kind;      /* QUOTE, LIST or ITEM */
  gboolean         ordered;
  BalNest         *parent;    /* (nullable) owned */
  BalBlock        *origin;    /* (nullable): the block it was read from */
  BalBlock        *content;   /* (nullable): an item's own text, as a paragraph */
};

BalNest *bal_nest_new        (BalBlockKind  kind,
                              gboolean      ordered,
                              BalNest      *parent,
                              BalBlock     *origin);
BalNest *bal_nest_ref        (BalNest      *self);
void     bal_nest_unref      (BalNest      *self);
guint    bal_nest_get_depth  (BalNest      *self);
/* How many of a kind there are from @self (nullable) upward. */
guint    bal_nest_count      (BalNest      *self,
                              BalBlockKind  kind);
gboolean bal_nest_has        (BalNest      *self,
                              BalNest      *ancestor);
/* (nullable) (transfer none): the nearest of a kind, @self included. */
BalNest *bal_nest_find       (BalNest      *self,
                              BalBlockKind  kind);
/* (nullable) (transfer none): what is left of @self (nullable) outside of all lists. */
BalNest *bal_nest_out_of_lists (BalNest    *self);
/* (transfer full) (nullable): @self with @from in it replaced by @to (nullable). @made maps
 * those already replaced, so that lines which shared a nest go on sharing it. */
BalNest *bal_nest_replace    (BalNest      *self,
                              BalNest      *from,
                              BalNest      *to,
                              GHashTable   *made);
/* For @made: nest (borrowed) to nest (owned). */
GHashTable *bal_nest_map_new (void);

/**
 * BalLine:
 *
 * One line of the editor: a block of text, an item's own text, or an island. Immutable, so that the
 * history may share them.
 */
typedef struct _BalLine BalLine;

struct _BalLine
{
  gatomicrefcount  ref_count;
  BalBlockKind     kind;      /* PARAGRAPH, HEADING, PREFORMATTED, ITEM (an item's own text); of an island its block's */
  int              level;
  gboolean         island;
  gboolean         kept;      /* was read without text: stays when it has none */
  BalNest         *nest;      /* (nullable) owned */
  BalBlock        *block;     /* what it says; NULL: has to be read from the buffer */
  int              n_words;   /* of it; -1: not counted yet */
};

BalLine  *bal_line_new          (BalBlockKind  kind,
                                 int           level,
                                 BalNest      *nest,
                                 BalBlock     *block);
BalLine  *bal_line_new_island   (BalBlock     *block,
                                 BalNest      *nest);
/* The same line, saying something that has yet to be read. */
BalLine  *bal_line_new_touched  (BalLine      *self);
BalLine  *bal_line_new_nested   (BalLine      *self,
                                 BalNest      *nest);
BalLine  *bal_line_new_restyled (BalLine      *self,
                                 BalBlockKind  kind,
                                 int           level,
                                 BalNest      *nest);
BalLine  *bal_line_ref          (BalLine      *self);
void      bal_line_unref        (BalLine      *self);
/* A new line without text: not saved. It must have its block. */
gboolean  bal_line_is_void      (BalLine      *self);
gboolean  bal_line_equal        (BalLine      *a,
                                 BalLine      *b);
/* (transfer full): what a reader reads in an island: nothing of the markup; of a picture, its caption. */
char     *bal_line_dup_island_text (BalLine   *self);
/* Words as a reader counts them; those below a picture are none. It must have its block. Counted once. */
guint     bal_line_count_words  (BalLine      *self);
/* The same of any text: as Unicode parts words (Annex 29), but for those that a hyphen joins. */
guint     bal_text_count_words  (const char   *text);

/* (transfer full) (element-type BalLine): a document's blocks, laid out in lines. */
GPtrArray *bal_lines_from_blocks (GPtrArray *blocks);
/* The same of one block, in @nest (nullable): text that takes too long to be shown is no island here. */
GPtrArray *bal_lines_from_long_block (BalBlock *block,
                                      BalNest  *nest);
/* (transfer full) (element-type BalBlock): and back. Every line must have its block. New lines
 * without text are left out. */
GPtrArray *bal_lines_to_blocks   (GPtrArray *lines);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalNest, bal_nest_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalLine, bal_line_unref)

G_END_DECLS
