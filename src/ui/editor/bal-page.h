/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BalPage:
 *
 * A column that scrolls as one: a head, a text view, and a foot. The text view gets no more room
 * than is visible and scrolls within the page, so that it lays out and draws only what is on the
 * screen, however long the text is.
 *
 * What is at the top of the screen stays there while the text above it is laid out.
 *
 * Properties: `head`, `body` (a GtkTextView), `foot`: widgets or NULL.
 */
#define BAL_TYPE_PAGE (bal_page_get_type ())
G_DECLARE_FINAL_TYPE (BalPage, bal_page, BAL, PAGE, GtkWidget)

void bal_page_set_foot      (BalPage   *self,
                             GtkWidget *foot);
/* Whether the foot is seen at all, whatever it has to show. */
void bal_page_set_foot_shown (BalPage  *self,
                              gboolean  shown);
/* Scrolls so far that the cursor can be seen, once everything has its place. */
void bal_page_reveal_cursor (BalPage   *self);
/* The same, wherever the focus is. */
void bal_page_reveal_text   (BalPage   *self);
/* Another text: from its beginning. */
void bal_page_scroll_to_top (BalPage   *self);
/* The text became longer or shorter. */
void bal_page_body_changed  (BalPage   *self);

G_END_DECLS
