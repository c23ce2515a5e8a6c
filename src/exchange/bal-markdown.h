/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-document.h"

G_BEGIN_DECLS

/*
 * Markdown as CommonMark has it, with tables and strikethrough, which all programs for static sites read. What it has no
 * marks for stands in it as HTML.
 */

/* (transfer full): Markdown that nobody needs to trust -> HTML. */
char *bal_markdown_to_html       (const char  *markdown);

/**
 * bal_markdown_from_document:
 * @document: a post
 * @is_exact: (out): whether reading it gives the same blocks again
 *
 * Each block is written as Markdown, read again, and compared; one that did not come back, and one whose tags say more than
 * Markdown can, stands there as the HTML that it is. Only blank lines in that HTML are written otherwise, as they would end it.
 *
 * Returns: (transfer full): the Markdown
 */
char *bal_markdown_from_document (BalDocument *document,
                                  gboolean    *is_exact);

/* (transfer full): the same HTML, trimmed and without a blank line, so that Markdown takes it for one piece; and without what
 * programs for sites take for a command of theirs. */
char *bal_markdown_squeeze_html  (const char  *html,
                                  gsize        length);

/* How runs are marked. */
typedef enum
{
  BAL_MARKDOWN_MARKS,            /* ** and its like */
  BAL_MARKDOWN_TAGS,             /* <strong>: where marks are ambiguous */
} BalMarkdownWay;

/* Private to the writer: appends the text of a block. */
void  bal_markdown_write_inline  (GString        *out,
                                  BalBlock       *block,
                                  BalMarkdownWay  way);

G_END_DECLS
