/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-block.h"

G_BEGIN_DECLS

/**
 * bal_safe_text_from_html:
 * @html: (nullable): hostile HTML of any size
 *
 * Readers' text of untrusted HTML: entities decoded, elements dropped with what only programs read
 * (script, style), blocks and <br> become newlines, control and bidirectional-override characters
 * removed, valid UTF-8.
 *
 * Returns: (transfer full):
 */
char     *bal_safe_text_from_html      (const char *html);

/* The same of a comment. Where it has no tag that breaks a line, its newlines do. */
char     *bal_safe_text_from_comment   (const char *html);
/* One line for lists: like above, white space folded, at most @max_chars characters. */
char     *bal_safe_text_line           (const char *html,
                                        guint       max_chars);
/* For a name or address shown in a widget: one line, no controls, no bidi overrides, at most
 * @max_chars characters and 8 combining marks a base letter. @text is plain text, not HTML. */
char     *bal_safe_text_name           (const char *text,
                                        guint       max_chars);
/* For a part of a plain text shown in a widget of several lines: blanks stay as they are, and long words and rows of
 * emoji get places to be broken, as in bal_safe_block_from_html(). */
char     *bal_safe_text_part           (const char *text,
                                        guint       max_chars);
/* Plain text typed by a person -> HTML: escaped, blank lines are paragraphs, newlines <br />. */
char     *bal_safe_text_to_html        (const char *text);
/* (transfer full) (nullable): the address, stripped of what nobody sees, if it is http, https or
 * mailto. @href (nullable): entities decoded, as [struct@Run] has it. */
char     *bal_safe_link                (const char *href);

/**
 * bal_safe_block_from_html:
 *
 * What a comment may show: text with bold, italic, code and links (only those of bal_safe_link());
 * quotes start with a newline and "> ". Bounded nesting; at most @max_chars characters (0: all).
 * Newlines as in [func@safe_text_from_comment].
 *
 * Returns: (transfer full): one paragraph block with runs
 */
BalBlock *bal_safe_block_from_html     (const char *html,
                                        guint       max_chars);

G_END_DECLS
