/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-document.h"

G_BEGIN_DECLS

/*
 * The HTML of comments. Blogs let less into them than into posts: WordPress keeps a, b, strong, i, em, code, s and
 * blockquote (wp_kses with $allowedtags, 6.1), and makes paragraphs and line breaks of newlines itself.
 */

/* How comments spell paragraphs on a blog whose posts are written in @nick (nullable). */
BalDialect  bal_comment_html_get_dialect (const char *nick);
/* (transfer full): the text of a comment to be written in; @html (nullable): "". */
BalDocument *bal_comment_html_read       (const char *html,
                                          BalDialect  dialect);
/* (transfer full): a new comment. @blocks: (element-type BalBlock). Headings, items and preformatted lines become
 * paragraphs, pictures the words for them, and styles that blogs would drop are left out. */
char        *bal_comment_html_write      (GPtrArray  *blocks,
                                          BalDialect  dialect);
/* (transfer full): a new comment; blank lines of @text part paragraphs. */
char        *bal_comment_html_from_text  (const char *text,
                                          BalDialect  dialect);
/* (transfer full): for a page that takes plain text alone: quotes begin with "> ", and behind a link's words stands
 * its address. */
char        *bal_comment_html_to_plain   (const char *html);

G_END_DECLS
