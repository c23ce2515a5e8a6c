/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-thread-view.h"

#include "bal-comment-list.h"
#include "bal-comment-row.h"

G_BEGIN_DECLS

/* That have widgets at first. */
#define BAL_THREAD_VIEW_FIRST_ROWS 60

struct _BalThreadView
{
  GtkWidget          parent_instance;

  BalStore          *store;
  BalReplyDrafts    *drafts;
  BalCommentList    *comments;
  GtkSliceListModel *slice;       /* the part that has widgets */
  BalBlog           *blog;        /* (nullable) */
  gint64             review_id;
  gint64             around_id;   /* only what stands around this comment; 0: all */
  gint64             write_id;    /* a comment to be answered or edited as soon as it is there */
  gboolean           write_edit;
  GHashTable        *folded;      /* gint64: comments whose replies are hidden */
  GHashTable        *seen;        /* gint64: what was in the thread so far */
  GHashTable        *left_out;    /* gint64: those that were in spam or trash when they came: readers don't see them */
  gint64             highlighted_id;
  double             scroll_goal;
  guint              n_settled_frames;
  guint              scroll_tick; /* runs until the highlighted comment is laid out */

  /* template children */
  GtkWidget         *content;
  GtkLabel          *title_label;
  GtkButton         *left_out_button;
  GtkWidget         *earlier_button;
  GtkListBox        *list;
  GtkWidget         *later_button;
};

/* Titles and buttons around the rows. */
void           bal_thread_view_update_frame       (BalThreadView *self);

/* ---- which rows are shown (bal-thread-view-shown.c) ---- */

/* (nullable) (transfer none) */
BalCommentRow *bal_thread_view_find_row           (BalThreadView *self,
                                                   gint64         comment_id);
void           bal_thread_view_look_what_is_new   (BalThreadView *self);
void           bal_thread_view_update_folds       (BalThreadView *self);
/* Brings the highlighted comment into sight. */
void           bal_thread_view_reveal_highlighted (BalThreadView *self);

G_END_DECLS
