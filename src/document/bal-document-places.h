/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-document.h"

G_BEGIN_DECLS

/*
 * Where a place in the text stands in the source, and the other way round. A place is a block of
 * the document, at any depth, and bytes into its text. A block that has no text of its own (an
 * image, a table, an island, a list) has one place: its beginning.
 */

/**
 * bal_document_get_byte:
 * @block: a block of this very document, or one inside it (the pointer counts, not the content)
 * @offset: bytes into the block's text; behind its end means its end
 *
 * For each beginning of a character [method@Document.find_place] leads back to the same place.
 *
 * Returns: the first byte of the source that spells the character there; at the end of the text
 *   the byte behind its last character. 0 when the block is not in the document.
 */
gsize     bal_document_get_byte    (BalDocument *self,
                                    BalBlock    *block,
                                    gsize        offset);
/**
 * bal_document_find_place:
 * @byte: bytes into the source; behind its end means its end
 * @offset: (out): bytes into the text of the block, the beginning of a character or the end
 *
 * The nearest place: within a tag the character behind it, between two blocks the end of one or
 * the beginning of the other.
 *
 * Returns: (transfer none) (nullable): the innermost block; %NULL when the document has none
 */
BalBlock *bal_document_find_place  (BalDocument *self,
                                    gsize        byte,
                                    gsize       *offset);

G_END_DECLS
