/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-block.h"

G_BEGIN_DECLS

/**
 * bal_safe_blocks_from_html:
 * @html: hostile HTML of any size: what another program put on the clipboard
 * @length: bytes, or -1 when NUL-terminated
 *
 * What of it belongs in a review: paragraphs, headings, quotes, lists and preformatted text with
 * bold, italic, underline, strike, code, super- and subscript and the links of bal_safe_link().
 * Everything else is gone: scripts, styles, classes, colours, fonts, embeds, tracking pixels and
 * the bookkeeping of word processors. Nesting and size are bounded.
 *
 * Returns: (transfer full) (element-type BalBlock): new blocks, without any source
 */
GPtrArray *bal_safe_blocks_from_html (const char *html,
                                      gssize      length);

G_END_DECLS
