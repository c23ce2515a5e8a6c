/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-block.h"

G_BEGIN_DECLS

/**
 * bal_safe_blocks_from_html:
 * @html: hostile HTML of any size: what another program put on the clipboard, in UTF-8 or UTF-16,
 *   with or without the header that Windows puts before it
 * @length: bytes, or -1 when NUL-terminated
 * @cut: (out) (optional): whether it is too long to be read to its end
 *
 * What of it belongs in a review: paragraphs, headings, quotes, lists, separators and preformatted
 * text with bold, italic, underline, strike, code, super- and subscript and the links of
 * bal_safe_link(). A row of a table is a line with tabs between its cells. Everything else is gone:
 * scripts, styles, classes, colours, fonts, embeds, pictures (of nothing but pictures, what they show
 * in words stays), hidden text and the bookkeeping of word processors.
 *
 * Nesting is bounded to what an editor lays out, and blocks to 20,000: what comes behind stands in
 * the last one. Of more than 8 MiB without the pictures written into it, the rest is not read. What
 * comes out stays as it is when it is written and read again.
 *
 * Returns: (transfer full) (element-type BalBlock): new blocks, without any source
 */
GPtrArray *bal_safe_blocks_from_html (const char *html,
                                      gssize      length,
                                      gboolean   *cut);

G_END_DECLS
