/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-block.h"
#include "bal-review-format.h"

G_BEGIN_DECLS

/**
 * BalFoundLine:
 *
 * A field line in a post: which block's text it is in, where, and what it says.
 */
typedef struct
{
  guint           block;
  BalFieldLine    which;
  gsize           start;    /* bytes into the block's text */
  gsize           length;   /* without the newline */
  BalReviewFields fields;
} BalFoundLine;

/**
 * bal_field_lines_find:
 * @blocks: (element-type BalBlock): a post, or its body
 *
 * Fields stand at the end of a post, so that the last line of each kind is the one that counts.
 *
 * Returns: (transfer full) (element-type BalFoundLine): in reading order, one of a kind at most
 */
GArray   *bal_field_lines_find       (GPtrArray             *blocks,
                                      BalReviewFormat       *format);
BalFoundLine *bal_field_lines_get    (GArray                *lines,
                                      BalFieldLine           which);
/* By the bytes of a piece of a text: FALSE where no field line can be in it. @begins: (inout): a line begins there */
gboolean  bal_field_lines_possible   (const char            *text,
                                      gsize                  length,
                                      gboolean              *begins);
/* Whether a block says nothing but these lines. */
gboolean  bal_field_lines_fill_block (GArray                *lines,
                                      guint                  index,
                                      BalBlock              *block);
/* Copies what one kind of line says, nothing as NULL. */
void      bal_field_lines_copy       (BalFieldLine           which,
                                      const BalReviewFields *from,
                                      BalReviewFields       *to);
gboolean  bal_field_lines_equal      (BalFieldLine           which,
                                      const BalReviewFields *a,
                                      const BalReviewFields *b);

/**
 * bal_field_lines_replace:
 * @line: (nullable): the new text; %NULL takes the line away with its line break
 *
 * What both texts have at their ends keeps its styles; the rest takes that of what it stands for.
 *
 * Returns: (transfer full): the block with another text in one line
 */
BalBlock *bal_field_lines_replace    (BalBlock              *block,
                                      gsize                  start,
                                      gsize                  length,
                                      const char            *line);
/* (transfer full): @block with a line more, behind the one at @start or, with @before,
 * before it. A label is as bold as that of the line beside it. */
BalBlock *bal_field_lines_insert     (BalBlock              *block,
                                      gsize                  start,
                                      gsize                  length,
                                      const char            *line,
                                      gboolean               before);

G_END_DECLS
