/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bal_text_thread_find:
 * @lines: (array zero-terminated=1): a text file
 * @first: where the thread may begin at the earliest
 * @after_fields: whether the review's field lines end before @first
 *
 * Finds the first numbered comment ("1. …") of the thread below a review. A numbered list inside
 * the review is not one: the number must be indented or stand after the field lines.
 *
 * Returns: the index of the line, or the number of lines when there is no thread
 */
guint      bal_text_thread_find  (const char *const *lines,
                                  guint              first,
                                  gboolean           after_fields);

/**
 * bal_text_thread_parse:
 * @lines: (array zero-terminated=1): a text file
 * @first: the line of the first comment
 * @author: (nullable): name of the blogger, who wrote the indented replies
 *
 * Reads numbered comments with their indented, again numbered replies, to any depth.
 *
 * Returns: (transfer full) (element-type BalComment): in reading order; each parent_id is the
 *   1-based index of its parent in the array, 0 for none
 */
GPtrArray *bal_text_thread_parse (const char *const *lines,
                                  guint              first,
                                  const char        *author);

G_END_DECLS
