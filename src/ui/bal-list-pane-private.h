/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-list-pane.h"

#include "bal-bulk-bar.h"
#include "bal-comment-list.h"
#include "bal-filter-bar.h"
#include "bal-review-list.h"
#include "bal-triage-list.h"
#include "bal-waiting-bar.h"
#include "bal-waiting-list.h"

#include <adwaita.h>

G_BEGIN_DECLS

struct _BalListPane
{
  GtkWidget           parent_instance;

  BalStore           *store;
  BalPlace           *place;
  gint64              blog_id;
  gint64              wanted_id;      /* a review to select when it comes */
  gint64              told_id;        /* what was last reported as selected */
  gboolean            has_blogs;
  gboolean            brief;          /* only what the first frame can show */
  BalReviewList      *reviews;        /* these three are made when first shown */
  BalCommentList     *comments;
  BalWaitingList     *waiting;
  GtkSelectionModel  *review_selection;
  GtkSelectionModel  *comment_selection;
  GtkSelectionModel  *waiting_selection;
  BalTriageList      *triage;         /* made with the comments */
  AdwStatusPage      *status_page;    /* borrowed, in the stack; made when first needed */
  GtkWidget          *add_blog_button;
  GtkWidget          *clear_button;

  /* template children */
  GtkWidget          *content;
  BalFilterBar       *filter_bar;
  GtkToggleButton    *spam_first_button;
  GtkStack           *stack;
  GtkWidget          *scrolled;
  GtkListView        *list;
  BalBulkBar         *bulk_bar;
  BalWaitingBar      *waiting_bar;
};

/* bal-list-pane.c */
void     bal_list_pane_items_changed      (BalListPane *self);
void     bal_list_pane_update_stack       (BalListPane *self);
void     bal_list_pane_review_selected    (BalListPane *self);
void     bal_list_pane_comments_selected  (BalListPane *self);
void     bal_list_pane_waiting_selected   (BalListPane *self);
void     bal_list_pane_write_comment      (BalListPane *self,
                                           gint64       comment_id,
                                           gboolean     edit);

/* bal-list-pane-query.c: which rows a place has, and what is searched for in it */
void     bal_list_pane_run_query          (BalListPane *self);
/* Begins the search of another place. */
void     bal_list_pane_begin_search       (BalListPane *self);
gboolean bal_list_pane_is_loading         (BalListPane *self);
/* Tells how many a search has found. */
void     bal_list_pane_tell_count         (BalListPane *self);
/* Tells the bulk bar how many comments are selected, and what they have in common. */
void     bal_list_pane_update_bulk        (BalListPane *self,
                                           guint        n_selected);

G_END_DECLS
