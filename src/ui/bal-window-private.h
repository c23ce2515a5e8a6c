/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-window.h"

#include "bal-account-assistant.h"
#include "bal-auto-sync.h"
#include "bal-blog.h"
#include "bal-comment-card.h"
#include "bal-comment-news.h"
#include "bal-editor.h"
#include "bal-list-pane.h"
#include "bal-sidebar.h"
#include "bal-sync-engine.h"
#include "bal-thread-view.h"
#include "bal-waiting-page.h"

G_BEGIN_DECLS

struct _BalWindow
{
  AdwApplicationWindow  parent_instance;

  GSettings            *settings;
  BalStore             *store;
  BalSyncEngine        *engine;
  GCancellable         *cancellable;      /* of everything the window reads */

  /* blogs (bal-window-blogs.c) */
  GPtrArray            *blogs;            /* NULL until they are read */
  gint64                blog_id;          /* the chosen one; 0: all */
  GSimpleAction        *blog_action;
  BalAccountAssistant  *assistant;        /* weak */

  /* page (bal-window-page.c); editor and thread are made with the first review, borrowed from the stack */
  AdwStatusPage        *nothing_page;
  BalEditor            *editor;
  BalThreadView        *thread;
  BalWaitingPage       *waiting_page;
  BalCommentCard       *card;             /* borrowed from the stack too (bal-window-comments.c) */
  BalReview            *review;           /* the one that is listened to */
  guint                 title_id;
  gint64                wanted_review;
  gint64                wanted_comment;
  gboolean              focus_title;
  gboolean              leaving;
  gboolean              saving_to_close;
  gboolean              closing;

  /* sync (bal-window-sync.c) */
  GCancellable         *sync_cancellable; /* NULL: none runs that this window began */
  gboolean              sync_again;
  BalSyncFlags          again_flags;
  gint64                emptied_blog;     /* the one a dialog asks about */
  guint                 sync_pulse;
  gboolean              unasked;          /* nobody asked for the one that runs */
  char                 *removals;         /* NULL: none; what to decide about the emptied blog */
  guint                 strip_id;

  /* syncing by itself (bal-window-auto.c) */
  BalAutoSync          *auto_sync;
  GNetworkMonitor      *network;
  BalOutboxSummary      outbox;
  gboolean              counting;
  gboolean              count_again;
  guint                 count_id;
  guint                 wake_id;
  char                 *sync_failure;     /* NULL: the last one went well */
  BalCommentNews       *news;             /* NULL: nobody to tell */

  /* layout (bal-window-layout.c) */
  gboolean              show_sidebar;
  gboolean              compact;
  gboolean              sidebar_turn;     /* in a compact window the sidebar stands in the list's place */
  gboolean              focus_mode;
  gboolean              was_fullscreen;   /* before it */
  guint                 layout_idle;
  guint                 warm_idle;

  /* template children */
  AdwToastOverlay      *toasts;
  GtkPaned             *outer_paned;
  GtkPaned             *inner_paned;
  GtkWidget            *sidebar_pane;
  BalSidebar           *sidebar;
  GtkMenuButton        *blog_button;
  GtkMenuButton        *menu_button;
  GMenuModel           *primary_menu;
  GtkWidget            *list_column;
  AdwHeaderBar         *list_header;
  AdwWindowTitle       *list_title;
  BalListPane          *list_pane;
  GtkWidget            *sync_button;
  GtkStack             *sync_stack;
  GtkImage             *sync_icon;
  GtkSpinner           *sync_spinner;
  GtkWidget            *sync_strip;
  GtkLabel             *sync_label;
  GtkProgressBar       *sync_bar;
  GtkWidget            *notice_strip;
  GtkLabel             *notice_label;
  GtkButton            *notice_button;
  GtkBox               *page_pane;
  AdwHeaderBar         *page_header;
  GtkRevealer          *header_revealer;
  GtkWidget            *leave_focus_button;
  AdwWindowTitle       *page_title;
  GtkWidget            *publish_button;
  GMenuModel           *publish_menu;
  GtkStack             *page_stack;
};

/* bal-window-blogs.c */
/* Asks where the pictures of a blog go that takes none itself. */
void     bal_window_ask_image_place        (BalWindow      *self,
                                            BalBlog        *blog);
void     bal_window_install_blog_actions   (GtkWidgetClass *widget_class);
void     bal_window_init_blogs             (BalWindow      *self);
void     bal_window_read_blogs             (BalWindow      *self);
/* (nullable) (transfer none) */
BalBlog *bal_window_find_blog              (BalWindow      *self,
                                            gint64          id);
/* The blog for something new: the chosen one, the shown review's, or the first; NULL: there is none. */
BalBlog *bal_window_get_blog               (BalWindow      *self);
void     bal_window_open_assistant         (BalWindow      *self,
                                            BalBlog        *blog);

/* bal-window-page.c */
typedef void (*BalWindowThen)              (BalWindow      *self,
                                            gint64          number);
/* Saves what is being written, offers it to the blog, then goes on; when it can't be saved, tells so and does not. */
void     bal_window_save_then              (BalWindow      *self,
                                            BalWindowThen   then,
                                            gint64          number);
/* These make their part unless it is there. */
void     bal_window_make_nothing_page      (BalWindow      *self);
void     bal_window_make_editor            (BalWindow      *self);
void     bal_window_show_review            (BalWindow      *self,
                                            gint64          review_id,
                                            gint64          comment_id);
void     bal_window_show_waiting           (BalWindow      *self,
                                            BalWaitingItem *item);
/* The editor saves and lets go, so that what is done elsewhere is not saved over. */
void     bal_window_leave_editor           (BalWindow      *self);
void     bal_window_show_nothing           (BalWindow      *self);
void     bal_window_update_page            (BalWindow      *self);

/* bal-window-waiting.c: `win.open-review` (review, comment or 0) and `win.keep-reply` (comment, its answer) */
void     bal_window_install_waiting_actions (GtkWidgetClass *widget_class);

/* bal-window-person.c: `win.person` (comment) tells about who wrote it */
void     bal_window_install_person_action  (GtkWidgetClass *widget_class);

/* bal-window-comments.c: `win.saved-replies` */
void     bal_window_install_comment_actions (GtkWidgetClass *widget_class);
void     bal_window_show_comment           (BalWindow      *self,
                                            BalComment     *comment);
void     bal_window_write_comment          (BalWindow      *self,
                                            gint64          comment_id,
                                            gboolean        edit);

/* bal-window-actions.c */
void     bal_window_install_review_actions (GtkWidgetClass *widget_class);
void     bal_window_update_actions         (BalWindow      *self);

/* bal-window-history.c */
void     bal_window_install_history_action (GtkWidgetClass *widget_class);
/* Shows a review and the versions of it. */
void     bal_window_show_history           (BalWindow      *self,
                                            gint64          review_id);

/* bal-window-sync.c */
void     bal_window_install_sync_actions   (GtkWidgetClass *widget_class);
void     bal_window_init_sync              (BalWindow      *self);
void     bal_window_sync                   (BalWindow      *self);
/* Saves nothing before it, and says nothing after it that can wait. */
void     bal_window_sync_unasked           (BalWindow      *self,
                                            BalSyncFlags    flags);
void     bal_window_update_notice          (BalWindow      *self);

/* bal-window-backup.c */
void     bal_window_install_backup_actions (GtkWidgetClass *widget_class);

/* bal-window-auto.c */
void     bal_window_init_auto              (BalWindow      *self);
void     bal_window_start_auto             (BalWindow      *self);
void     bal_window_stop_auto              (BalWindow      *self);
gboolean bal_window_is_offline             (BalWindow      *self);
BalReach bal_window_get_reach              (BalWindow      *self,
                                            gboolean        offline);
void     bal_window_update_sync_button     (BalWindow      *self);
void     bal_window_count_waiting          (BalWindow      *self);
void     bal_window_note_begun             (BalWindow      *self,
                                            BalSyncFlags    flags);
/* @error: (nullable): why a sync did not end well */
void     bal_window_note_synced            (BalWindow      *self,
                                            const GError   *error);

/* bal-window-layout.c */
void     bal_window_install_layout_actions (GtkWidgetClass *widget_class);
void     bal_window_init_layout            (BalWindow      *self);
void     bal_window_save_layout            (BalWindow      *self);
void     bal_window_fit                    (BalWindow      *self,
                                            int             width);
gboolean bal_window_get_sidebar_shown      (BalWindow      *self);
void     bal_window_set_sidebar_shown      (BalWindow      *self,
                                            gboolean        shown);
void     bal_window_apply_layout           (BalWindow      *self);
/* In a compact window the list comes back once a place was chosen. */
void     bal_window_end_sidebar_turn       (BalWindow      *self);

/* bal-window-focus.c: distraction-free writing */
void     bal_window_init_focus_mode        (BalWindow      *self);
void     bal_window_set_focus_mode         (BalWindow      *self,
                                            gboolean        focus_mode);

G_END_DECLS
