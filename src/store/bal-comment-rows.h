/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-tables.h"
#include "bal-transaction.h"

G_BEGIN_DECLS

/* Private to the store: what the files about comments share. */

/* A new row, of what bal_comment_rows_bind_new() binds; its id, unless that is 0, is kept. */
#define BAL_COMMENT_INSERT                                                                 \
  "INSERT INTO comment (blog_id, review_id, parent_id, remote_id, remote_parent_id, key, author,"               \
  "  author_email, author_url, author_ip, user_agent, mine, status, created, html, url, has_link, id, edit_seq," \
  "  unanswered) VALUES "
#define BAL_COMMENT_VALUES "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

void      bal_comment_rows_bind_new      (BalStatement    *statement,
                                          BalComment      *comment);
/* What a new row entails for others; it has no id on the blog. */
gboolean  bal_comment_rows_follow_new    (BalTransaction  *transaction,
                                          BalComment      *comment,
                                          GError         **error);
/* Before the text of a comment changes: a base that shares it gets its own copy. */
gboolean  bal_comment_base_detach        (BalTransaction  *transaction,
                                          gint64           comment_id,
                                          const char      *new_html,
                                          GError         **error);
gboolean  bal_comment_base_remove        (BalTransaction  *transaction,
                                          gint64           comment_id,
                                          GError         **error);
/* Puts a comment that was removed back under its old id. */
gboolean  bal_comment_table_revive       (BalTransaction  *transaction,
                                          BalComment      *comment,
                                          GError         **error);
/* Puts one of another store in, as it is, under the id that it has. @taken: (out): FALSE: there is one of that id, or of its id
 * on the blog, or its review is not there. */
gboolean  bal_comment_table_take_in      (BalTransaction  *transaction,
                                          BalComment      *comment,
                                          gboolean        *taken,
                                          GError         **error);
/* Offers the comment to the blog as it is now. */
gboolean  bal_comment_table_queue        (BalTransaction   *transaction,
                                          gint64            id,
                                          gint64            blog_id,
                                          gboolean          on_blog,
                                          const char       *key,
                                          BalCommentStatus  status,
                                          gint64            edit_seq,
                                          GError          **error);

G_END_DECLS
