/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-comment-list.h"
#include "bal-desk.h"

G_BEGIN_DECLS

/**
 * BalTriageList:
 *
 * What a person does with the comments of a list view: moves, selects, decides, takes back. Whatever is decided, the next
 * comment is selected at once. Marking selects comments one by one while the cursor moves on; a decision ends it.
 *
 * Signals: `write` (gint64 id, gboolean edit): a comment is to be answered or edited.
 */
#define BAL_TYPE_TRIAGE_LIST (bal_triage_list_get_type ())
G_DECLARE_FINAL_TYPE (BalTriageList, bal_triage_list, BAL, TRIAGE_LIST, GObject)

/* @view and @around are borrowed, and outlive it. Keys work wherever the focus is in @around. */
BalTriageList  *bal_triage_list_new           (GtkListView        *view,
                                               GtkWidget          *around,
                                               BalStore           *store,
                                               BalCommentList     *comments,
                                               GtkSelectionModel  *selection);
/* (transfer none): approve, spam, trash, restore, dismiss, heed, undo, mark, reply, edit, person, menu, and move, whose parameter
 * (ib) is a step and whether the selection extends to there. To be inserted as "triage". */
GActionGroup   *bal_triage_list_get_actions   (BalTriageList      *self);
/* Goes on from a comment that was dealt with elsewhere, unless another one was selected meanwhile. */
void            bal_triage_list_advance       (BalTriageList      *self,
                                               gint64              id);
/* The list has changed: what was taken back may be there again. */
void            bal_triage_list_refresh       (BalTriageList      *self);

G_END_DECLS
