/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-text-view.h"

G_BEGIN_DECLS

/* The part of BalTextView that deals with islands: they are selected with a click, edited with a
 * double one, and have a menu. */
void     bal_text_view_bind_islands   (BalTextViewClass *klass);
void     bal_text_view_follow_islands (BalTextView      *self);
/* The widget of something that is no text. */
void     bal_text_view_add_island     (BalTextView        *self,
                                       GtkTextChildAnchor *anchor);
/* TRUE: the buffer is being filled, and the island is added when that is done. */
gboolean bal_text_view_keep_waiting   (BalTextView        *self,
                                       GtkTextChildAnchor *anchor);
/* The text is this wide now. */
void     bal_text_view_fit_islands    (BalTextView      *self,
                                       int               width);
/* The island at @iter is on the screen. */
void     bal_text_view_wake_island    (BalTextView       *self,
                                       const GtkTextIter *iter);
/* TRUE: the key was for a selected island. */
gboolean bal_text_view_island_key     (BalTextView      *self,
                                       guint             keyval,
                                       GdkModifierType   state);
/* TRUE: it is a table, and a cell of it is edited now. */
gboolean bal_text_view_edit_table     (BalTextView        *self,
                                       GtkTextChildAnchor *anchor);
/* bal-text-view-pictures.c */
void     bal_text_view_bind_pictures  (BalTextViewClass *klass);
void     bal_text_view_take_pictures  (BalTextView      *self);
/* FALSE: there are none in the clipboard. */
gboolean bal_text_view_paste_pictures (BalTextView      *self);
/* (transfer none) (nullable): the widget of an island. */
GtkWidget *bal_text_view_get_island   (BalTextView        *self,
                                       GtkTextChildAnchor *anchor);

G_END_DECLS
