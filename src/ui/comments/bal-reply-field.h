/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-document.h"

G_BEGIN_DECLS

/**
 * BalReplyField:
 *
 * A few lines of rich text, as comments may have them: the text view and the history of the editor over a small
 * document, with a row of tools. Headings, lists and islands of the editor are not offered here.
 *
 * Its actions are `editor.bold`, `.italic`, `.strike`, `.code`, `.link`, `.quote`, `.undo` and `.redo`; what else
 * the text view asks of an editor does nothing here, and does not get past it to an editor around it.
 *
 * Signals: `changed`: another text.
 */
#define BAL_TYPE_REPLY_FIELD (bal_reply_field_get_type ())
G_DECLARE_FINAL_TYPE (BalReplyField, bal_reply_field, BAL, REPLY_FIELD, GtkWidget)

/* @label: what it is called for those who do not see it; @hint: what it shows while it is empty */
void       bal_reply_field_set_label    (BalReplyField *self,
                                         const char    *label,
                                         const char    *hint);
/* Another text, with nothing to undo. @keep: it is somebody's comment: what is not touched keeps its bytes; otherwise it
 * is written as a new one. @html: (nullable). */
void       bal_reply_field_set_html     (BalReplyField *self,
                                         const char    *html,
                                         BalDialect     dialect,
                                         gboolean       keep);
/* (transfer full) */
char      *bal_reply_field_dup_html     (BalReplyField *self);
gboolean   bal_reply_field_has_text     (BalReplyField *self);
/* At the cursor, as one step: the blocks of @html, or @text, plain, as a quote with an empty line behind it. */
void       bal_reply_field_insert_html  (BalReplyField *self,
                                         const char    *html);
void       bal_reply_field_insert_quote (BalReplyField *self,
                                         const char    *text);
/* @language: (nullable): in which it is spelled, such as "en_US"; NULL: the session's */
void       bal_reply_field_set_language (BalReplyField *self,
                                         const char    *language);
/* Into the row of tools, behind the others. */
void       bal_reply_field_add_tool     (BalReplyField *self,
                                         GtkWidget     *tool);
/* (transfer none) */
GtkWidget *bal_reply_field_get_view     (BalReplyField *self);

G_END_DECLS
