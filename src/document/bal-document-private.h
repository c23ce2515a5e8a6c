/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-block-private.h"
#include "bal-document.h"

G_BEGIN_DECLS

/* (transfer full): reads @bytes as @dialect, whatever they show. */
BalDocument *bal_document_new_in_dialect (GBytes      *bytes,
                                          BalDialect   dialect);
/* (transfer full): as bal_document_new_from_html(), for what its field lines say: other text may be missing. @html must
 * outlive it. */
BalDocument *bal_document_new_for_lines  (const char  *html,
                                          BalDialect   fallback);
/* (transfer full): the bytes of bal_document_with_blocks(), which are not read for it. */
char        *bal_document_write          (BalDocument *self,
                                          GPtrArray   *blocks);
/* How alike two blocks must be for the later one to be the earlier one altered, as bal_match() asks. */
guint        bal_block_least_likeness    (BalBlock    *from,
                                          BalBlock    *to);
/* (transfer full): what to measure it by: the text, or the source of what has none of its own. */
char        *bal_block_dup_likeness      (BalBlock    *self);
/* (transfer none): the container of all blocks. */
BalBlock    *bal_document_get_root       (BalDocument *self);

G_END_DECLS
