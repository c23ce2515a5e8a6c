/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bal-store.h"
#include "bal-blog.h"
#include "bal-review.h"

G_BEGIN_DECLS

/**
 * BalEditor:
 *
 * The page on which a review is written: series, title, the fields, labels and the rich body. It
 * reads the review from the store, keeps what is typed within a second, also while typing goes on (as
 * local history, not yet offered to the blog), and shows what arrives from the blog while nothing is
 * being edited.
 *
 * Properties: `review` (BalReview, the review as stored; NULL: none shown), `modified` (typed and
 * not yet kept).
 * Signals: `failed` (utf8 message): something could not be kept or read; what was typed stays in
 * the editor. `no-image-place` (BalBlog): a picture was put in, and the blog takes none, nor does any place that was said.
 * Actions (on the widget): editor.undo, editor.redo, editor.bold, editor.italic, editor.link,
 * editor.heading(i), editor.quote, editor.bulleted-list, editor.numbered-list, editor.paragraph,
 * editor.featured-image, editor.details, editor.next-misspelling, editor.context-menu, editor.source
 * (the HTML in the place of the text, and back), editor.find, editor.replace, editor.find-next,
 * editor.find-previous; of an island, editor.edit-island, editor.edit-source, editor.copy-island,
 * editor.delete-island; and editor.insert-image, editor.insert-separator, editor.insert-jump-break,
 * editor.insert-html.
 */
#define BAL_TYPE_EDITOR (bal_editor_get_type ())
G_DECLARE_FINAL_TYPE (BalEditor, bal_editor, BAL, EDITOR, GtkWidget)

GtkWidget *bal_editor_new           (BalStore            *store);
/* Keeps what is typed in the present review, then shows another (0: none). */
void       bal_editor_show_review   (BalEditor           *self,
                                     gint64               review_id);
gint64     bal_editor_get_review_id (BalEditor           *self);
/* (nullable) (transfer none) */
BalReview *bal_editor_get_review    (BalEditor           *self);
gboolean   bal_editor_get_modified  (BalEditor           *self);
/* Keeps what is typed now. @queue: offer it to the blog with the next sync (Save, Publish,
 * leaving the review). Finish is FALSE when it could not be kept; the text is still in the
 * editor then. */
void       bal_editor_save_async    (BalEditor           *self,
                                     gboolean             queue,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
gboolean   bal_editor_save_finish   (BalEditor           *self,
                                     GAsyncResult        *result,
                                     GError             **error);
/* Puts an older version of the review that is shown (@revision_id is one of its own) in the place of what is in the
 * editor, as one step that can be undone; what was there goes to the local history. Where the editor only shows the
 * review, the version is put into the store. */
void       bal_editor_restore_version_async
                                    (BalEditor           *self,
                                     gint64               revision_id,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
/* @is_step: (out) (optional): whether there is something to undo: FALSE too when both versions are the same. */
gboolean   bal_editor_restore_version_finish
                                    (BalEditor           *self,
                                     GAsyncResult        *result,
                                     gboolean            *is_step,
                                     GError             **error);
void       bal_editor_focus_title   (BalEditor           *self);
/* Nothing but title and text. */
void       bal_editor_set_focus_mode (BalEditor          *self,
                                     gboolean             focus_mode);
/* Where the thread stands: below the body, in the same scrolled page. */
void       bal_editor_set_thread    (BalEditor           *self,
                                     GtkWidget           *thread);

G_END_DECLS
