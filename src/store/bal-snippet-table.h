/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-reply-text.h"
#include "bal-store.h"

G_BEGIN_DECLS

/* Saved replies, in the order that the person gave them. */
typedef struct
{
  gint64  id;
  char   *name;      /* unique, whatever its capital letters */
  char   *html;      /* with placeholders, see bal_reply_text_fill() */
} BalSnippet;

BalSnippet *bal_snippet_new           (gint64           id,
                                       const char      *name,
                                       const char      *html);
BalSnippet *bal_snippet_copy          (const BalSnippet *self);
void        bal_snippet_free          (BalSnippet      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalSnippet, bal_snippet_free)

/* (transfer full) (element-type BalSnippet) */
GPtrArray  *bal_snippet_table_list    (BalTransaction  *transaction,
                                       GError         **error);
/* BAL_ERROR_NOT_FOUND: there is none of that name; capital letters do not matter. */
BalSnippet *bal_snippet_table_find    (BalTransaction  *transaction,
                                       const char      *name,
                                       GError         **error);
/* New with id 0, behind all others, or with the id of one that was removed (an undo); otherwise altered. Returns the
 * id, 0 on error. BAL_ERROR_INVALID: no name or no text, or another one has the name. */
gint64      bal_snippet_table_put     (BalTransaction  *transaction,
                                       const BalSnippet *snippet,
                                       GError         **error);
/* The same where nobody can be asked: one without a name is called by its first words, and a number behind the name tells
 * it from another. */
gint64      bal_snippet_table_keep    (BalTransaction  *transaction,
                                       const BalSnippet *snippet,
                                       GError         **error);
gboolean    bal_snippet_table_remove  (BalTransaction  *transaction,
                                       gint64           id,
                                       GError         **error);
/* To place @position, from 0 on; the others move. */
gboolean    bal_snippet_table_move    (BalTransaction  *transaction,
                                       gint64           id,
                                       guint            position,
                                       GError         **error);

/* (transfer full): what the placeholders stand for in an answer to @comment_id; @words is to be cleared. */
gboolean    bal_snippet_table_find_words (BalTransaction  *transaction,
                                          gint64           comment_id,
                                          BalReplyWords   *words,
                                          GError         **error);

G_END_DECLS
