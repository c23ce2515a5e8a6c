/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-place.h"
#include "bal-store.h"
#include "bal-waiting-item.h"

G_BEGIN_DECLS

/**
 * BalListPane:
 *
 * The list in the middle: the reviews, comments or waiting changes of one place, with the search above
 * them and, when several comments are selected, what can be done with all of these.
 *
 * In a list of comments, single keys decide on what is selected (BalTriageList).
 *
 * Signals: `review-selected` (gint64 id), `comment-selected` (BalComment), `comment-activated` (gint64 id, gint64
 * review id): its review is to be opened; `comment-write` (gint64 id, gboolean edit): it is to be answered or edited;
 * `waiting-selected` (BalWaitingItem). None is emitted when a selection merely ends.
 */
#define BAL_TYPE_LIST_PANE (bal_list_pane_get_type ())
G_DECLARE_FINAL_TYPE (BalListPane, bal_list_pane, BAL, LIST_PANE, GtkWidget)

void            bal_list_pane_set_store     (BalListPane    *self,
                                             BalStore       *store);
/* @blog_id 0: all. Clears the search. */
void            bal_list_pane_show          (BalListPane    *self,
                                             const BalPlace *place,
                                             gint64          blog_id);
/* Until this is called, which is after the first frame, only the first few reviews are in the list. */
void            bal_list_pane_show_all      (BalListPane    *self);
/* (transfer none) (nullable) */
const BalPlace *bal_list_pane_get_place     (BalListPane    *self);
/* What to say instead of an empty list, as long as there is no blog. */
void            bal_list_pane_set_has_blogs (BalListPane    *self,
                                             gboolean        has_blogs);
/* Selects it as soon as it is in the list, and scrolls there. 0: ends the selection. */
void            bal_list_pane_select_review (BalListPane    *self,
                                             gint64          id);
void            bal_list_pane_focus_search  (BalListPane    *self);
void            bal_list_pane_focus_list    (BalListPane    *self);
/* A comment was dealt with elsewhere: selects the next one, if it is still the selected one. */
void            bal_list_pane_advance       (BalListPane    *self,
                                             gint64          comment_id);

G_END_DECLS
