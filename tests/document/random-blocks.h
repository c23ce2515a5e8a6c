/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-document.h"

G_BEGIN_DECLS

/* (transfer full): any block that an editor could make. */
BalBlock *random_block          (GRand      *rand,
                                 guint       depth);
/* (transfer full): text with what is hard to write: markup, entities, white space, U+FFFC. */
char     *random_text           (GRand      *rand,
                                 gboolean    newlines);
/* (transfer full): a block of this kind with such text in runs of every style. */
BalBlock *random_text_block     (GRand      *rand,
                                 BalBlockKind kind);
/* (transfer full): a document of up to @n_blocks such blocks. */
BalDocument *random_document    (GRand      *rand,
                                 BalDialect  dialect,
                                 guint       n_blocks);
/* (transfer full): @block with a word put into its text, or into that of something inside of
 * it; NULL when there is no text anywhere in it. */
BalBlock *random_edit           (GRand      *rand,
                                 BalBlock   *block);
/* Likewise, with this word. */
BalBlock *random_edit_with      (GRand      *rand,
                                 BalBlock   *block,
                                 const char *word);

/* (transfer full): the same content as a heading of another level, a paragraph, a list of the other kind;
 * NULL when @block is none of them. */
BalBlock *random_turn           (GRand      *rand,
                                 BalBlock   *block);

G_END_DECLS
