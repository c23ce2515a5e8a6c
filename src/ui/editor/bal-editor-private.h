/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-editor.h"

#include "bal-editor-history.h"
#include "bal-find-bar.h"
#include "bal-floating-bar.h"
#include "bal-link-popover.h"
#include "bal-page.h"
#include "bal-review-html.h"
#include "bal-spelling.h"
#include "bal-text-menu.h"
#include "bal-source-view.h"
#include "bal-text-view.h"

G_BEGIN_DECLS

struct _BalEditor
{
  GtkWidget           parent_instance;

  BalStore           *store;
  GCancellable       *cancellable;     /* of reading what is shown */
  GSettings          *settings;
  BalEditorHistory   *history;
  BalEditorBuffer    *buffer;          /* borrowed from the text view */

  gint64              review_id;       /* shown, or being read; 0: none */
  gint64              next_id;         /* to be shown once the present one is kept; -1: nothing waits */
  BalReview          *review;          /* as stored; NULL while being read */
  BalBlog            *blog;
  BalReview          *loaded;          /* as it was when the editor was filled: what is saved is written against it */
  BalDocument        *document;        /* written against, borrowed from the history: of @loaded, or of the source that took its place */
  BalDocument        *body;            /* of @document, without its field lines; borrowed, too */
  BalEditorForm      *form;            /* as it was filled */
  gboolean            keep_version;    /* the next save: an older version took its place */
  gboolean            read_only;
  gboolean            loading;
  gboolean            focus_title;

  guint64             saved_state;     /* of the history: kept in the store */
  guint64             offered_state;   /* … and offered to the blog */
  gboolean            modified;
  gboolean            saving;
  GQueue              saves;           /* GTask: to do after the one that runs */
  guint               autosave_id;
  gboolean            autosave_failed;  /* the last one, and it was told */
  guint               status_id;
  gint64              status_at;          /* when it was last shown (monotonic) */
  guint               bar_id;
  gboolean            can_undo;           /* as the actions are enabled */
  gboolean            can_redo;
  guint               news_id;
  gint64              typed_at;         /* monotonic; 0: not yet */
  gboolean            filling;
  BalSpelling        *spelling;
  BalTextMenu        *text_menu;
  char               *source;          /* as the source view was filled; NULL while the text is shown */
  char               *grades;          /* the scale whose grades are offered */

  /* template children */
  GtkStack           *stack;
  GtkWidget          *bar;
  GtkLabel           *block_label;
  GtkToggleButton    *bold_button;
  GtkToggleButton    *italic_button;
  GtkToggleButton    *bulleted_button;
  GtkToggleButton    *numbered_button;
  GtkInfoBar         *read_only_bar;
  GtkWidget          *fields_card;
  GtkWidget          *status_bar;
  BalPage            *page;
  BalTextView        *text_view;
  BalFindBar         *find_bar;
  GtkWidget          *text_frame;
  GtkScrolledWindow  *source_frame;
  BalSourceView      *source_view;     /* in it, once the source was wanted */
  GtkToggleButton    *source_button;
  GtkWidget          *undo_button;
  GtkWidget          *redo_button;
  GtkWidget          *find_button;
  GtkLabel           *status_label;
  GtkMenuButton      *details_button;
  GtkEditable        *entries[BAL_N_EDITOR_FIELDS];   /* NULL for excerpt and featured image */
  gboolean            shortened[BAL_N_EDITOR_FIELDS]; /* too long to be shown whole, and not edited */
  GtkTextView        *excerpt_view;
  GtkWidget          *excerpt_frame;
  GtkWidget          *featured_box;
  GtkWidget          *featured_clear_button;
  GtkLabel           *featured_label;
  GtkFlowBox         *grade_box;
  GtkMenuButton      *grade_button;
  BalLinkPopover     *link_popover;
  BalFloatingBar     *floating_bar;
  GtkWidget          *island_menu;
  GtkWidget          *menu_island;     /* (nullable) weak: that the menu is open for */
  GtkPopover         *picture_popover;
  GtkTextChildAnchor *picture_anchor;  /* (nullable) owned: of the picture it was opened for */
  GtkTextChildAnchor *asked_anchor;    /* (nullable) owned: of a new picture that is asked about in a moment */
  guint               ask_id;
};

/* bal-editor-fields.c */
void bal_editor_init_fields        (BalEditor     *self);
void bal_editor_fill_fields        (BalEditor     *self,
                                    BalEditorForm *form);
/* Completions and what this blog can't do. @labels, @series: (element-type BalNamedCount) */
void bal_editor_fit_fields         (BalEditor     *self,
                                    GPtrArray     *labels,
                                    GPtrArray     *series);
void bal_editor_bind_fields        (GtkWidgetClass *widget_class);
void bal_editor_focus_field        (BalEditor     *self,
                                    BalEditorField field);

/* bal-editor-media.c */
void bal_editor_choose_featured    (BalEditor     *self);
void bal_editor_set_field          (BalEditor     *self,
                                    BalEditorField field,
                                    const char    *value);

/* bal-editor-spelling.c */
void bal_editor_init_spelling      (BalEditor     *self);
void bal_editor_dispose_spelling   (BalEditor     *self);
/* The blog's language, or another blog. */
void bal_editor_fit_spelling       (BalEditor     *self);
void bal_editor_tell_names         (BalEditor     *self,
                                    BalEditorForm *form);
void bal_editor_next_misspelling   (BalEditor     *self);
/* bal-editor-source.c: the whole post as HTML, in the place of the text */
void bal_editor_install_source     (GtkWidgetClass *widget_class);
void bal_editor_init_source        (BalEditor     *self);
/* Back to the text; what is in the source is not taken over. */
void bal_editor_drop_source        (BalEditor     *self);
/* The text was filled anew: so is the source, if it is shown. */
void bal_editor_refill_source      (BalEditor     *self);
void bal_editor_update_undo        (BalEditor     *self);
/* They rest while the source is shown, and where the text can't be edited. */
void bal_editor_update_text_actions (BalEditor    *self);

/* bal-editor-find.c */
void bal_editor_install_find       (GtkWidgetClass *widget_class);
void bal_editor_init_find          (BalEditor     *self);
/* The other view is shown, and its cursor is in its place. */
void bal_editor_update_find        (BalEditor     *self);
/* bal-editor-island-actions.c: what is no text, put in, edited and taken out */
void bal_editor_install_island_actions (GtkWidgetClass *widget_class);
void bal_editor_init_islands       (BalEditor     *self);
void bal_editor_clear_islands      (BalEditor     *self);
/* At the cursor, which goes behind it. */
void bal_editor_insert_block       (BalEditor     *self,
                                    BalBlock      *block);
void bal_editor_point_at_island    (BalEditor     *self,
                                    GtkPopover    *popover,
                                    GtkTextChildAnchor *anchor);

/* bal-editor-pictures.c */
void bal_editor_install_picture_actions (GtkWidgetClass *widget_class);
void bal_editor_init_pictures      (BalEditor     *self);
void bal_editor_clear_pictures     (BalEditor     *self);
/* Takes over what is being said of one. */
void bal_editor_leave_picture      (BalEditor     *self);
/* FALSE: it is none, or not one picture alone. */
gboolean bal_editor_edit_picture   (BalEditor     *self,
                                    GtkTextChildAnchor *anchor);

/* bal-editor-load.c */
/* (transfer full) (element-type BalBlock) */
GPtrArray *bal_editor_get_blocks   (BalDocument   *document);
BalDialect bal_editor_get_dialect  (BalBlog       *blog);
void bal_editor_set_read_only      (BalEditor     *self,
                                    gboolean       read_only);
void bal_editor_load               (BalEditor     *self,
                                    gint64         review_id);
void bal_editor_follow_store       (BalEditor     *self);
void bal_editor_read_news          (BalEditor     *self);
/* In all that the editor shows; status and dates are none of it, and change without what is
 * written. */
gboolean bal_editor_same_content   (BalReview     *a,
                                    BalReview     *b);

/* bal-editor-save.c */
void bal_editor_schedule_autosave  (BalEditor     *self);
/* The editor goes: what is typed is kept all the same. */
void bal_editor_save_last          (BalEditor     *self);

/* bal-editor.c */
/* The history has another base. */
void bal_editor_take_base          (BalEditor     *self);
void bal_editor_fail               (BalEditor     *self,
                                    GError        *error);
void bal_editor_set_modified       (BalEditor     *self);
void bal_editor_update_bar         (BalEditor     *self);
void bal_editor_notify_review      (BalEditor     *self);

/* bal-editor-status.c: the line below the page */
void bal_editor_update_status      (BalEditor     *self);

/* bal-editor-actions.c */
void bal_editor_install_actions    (GtkWidgetClass *widget_class);
void bal_editor_add_shortcuts      (BalEditor     *self);

G_END_DECLS
