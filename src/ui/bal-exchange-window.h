/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bal-blog.h"
#include "bal-notes.h"
#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalExchangeWindow:
 *
 * What the windows that bring in and write out a blog have in common: they let choose, tell how far it is, let stop, and report
 * what needs a look. A kind brings the page to choose on (`choose-page`, with a row for the blog), the buttons beside that for
 * saving the report (`report-actions`), and a name for the file of a saved report (`report-name`).
 */
#define BAL_TYPE_EXCHANGE_WINDOW (bal_exchange_window_get_type ())
G_DECLARE_DERIVABLE_TYPE (BalExchangeWindow, bal_exchange_window, BAL, EXCHANGE_WINDOW, AdwWindow)

struct _BalExchangeWindowClass
{
  AdwWindowClass parent_class;
};

/* @blogs: (element-type BalBlog): offered in @row; @blog: (nullable): the one that is proposed; @besides: (nullable): what is
 * offered last, which is none of them. There is something to choose. */
void          bal_exchange_window_set_blogs   (BalExchangeWindow *self,
                                               AdwComboRow       *row,
                                               BalStore          *store,
                                               GPtrArray         *blogs,
                                               BalBlog           *blog,
                                               const char        *besides);
/* (transfer none) (nullable): the one that is chosen; NULL: what is offered besides. */
BalBlog      *bal_exchange_window_get_blog    (BalExchangeWindow *self);
BalStore     *bal_exchange_window_get_store   (BalExchangeWindow *self);
gboolean      bal_exchange_window_is_running  (BalExchangeWindow *self);

/* Shows that @title goes on; a person stops it with the cancellable that this returns (transfer none), by the button or by
 * closing the window. @stays: it then stays open to tell what is done. Nothing may be running. */
GCancellable *bal_exchange_window_begin       (BalExchangeWindow *self,
                                               const char        *title,
                                               gboolean           stays);
/* A BalProgressFunc. @self: a BalExchangeWindow. */
void          bal_exchange_window_progress    (double             fraction,
                                               guint              n_reviews,
                                               guint              n_comments,
                                               gpointer           self);
/* What was begun has ended. FALSE: the window is closing, and nothing more is shown. */
gboolean      bal_exchange_window_end         (BalExchangeWindow *self);
/* Goes back to choosing, with the focus on @first, and tells @error. */
void          bal_exchange_window_fail        (BalExchangeWindow *self,
                                               GtkWidget         *first,
                                               const char        *heading,
                                               const GError      *error);
/* @place: (nullable): a quieter line; @notes: (nullable) (transfer none): what it says about single things, which must be there
 * until there is another report or the window is closed. */
void          bal_exchange_window_show_report (BalExchangeWindow *self,
                                               const char        *title,
                                               const char        *summary,
                                               const char        *place,
                                               BalNotes          *notes);

G_END_DECLS
