/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BalCommentLinks:
 *
 * The links of a comment, each a button of its own that names the host it really leads to, whatever its text pretends. Of many
 * the first few are there, and a button that unfolds more of them.
 */
#define BAL_TYPE_COMMENT_LINKS (bal_comment_links_get_type ())
G_DECLARE_FINAL_TYPE (BalCommentLinks, bal_comment_links, BAL, COMMENT_LINKS, GtkWidget)

/* @links: addresses (element-type utf8); @pretences: (element-type utf8) (nullable entries): the host that the words of each
 * name where it leads to another. What was unfolded stays so for the same links. */
void bal_comment_links_set (BalCommentLinks *self,
                            GPtrArray       *links,
                            GPtrArray       *pretences);

G_END_DECLS
