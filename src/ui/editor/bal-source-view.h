/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

/**
 * BalSourceView:
 *
 * HTML as text, with colours that follow light and dark. It holds any valid UTF-8 without NUL and
 * gives it back byte for byte.
 *
 * Signals: `edited`: a person changed it (an undo or redo does, too).
 */
#define BAL_TYPE_SOURCE_VIEW (bal_source_view_get_type ())
G_DECLARE_FINAL_TYPE (BalSourceView, bal_source_view, BAL, SOURCE_VIEW, GtkSourceView)

GtkWidget *bal_source_view_new    (void);
/* Whether it is text, and can be edited without waiting for each key. */
gboolean   bal_source_view_can_show   (const char    *html,
                                       gsize          length);
/* Another text, with nothing to undo. */
void       bal_source_view_set_html   (BalSourceView *self,
                                       const char    *html);
/* (transfer full) */
char      *bal_source_view_dup_html   (BalSourceView *self);
/* Both ends of the selection, the cursor first, as bytes into the HTML. */
void       bal_source_view_get_places (BalSourceView *self,
                                       gsize          places[2]);
void       bal_source_view_set_places (BalSourceView *self,
                                       const gsize    places[2]);
void       bal_source_view_undo       (BalSourceView *self,
                                       gboolean       redo);

G_END_DECLS
