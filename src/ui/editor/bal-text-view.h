/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-editor-buffer.h"
#include "bal-pictures.h"
#include "bal-typing.h"

G_BEGIN_DECLS

/**
 * BalTextView:
 *
 * Shows a [class@EditorBuffer]: draws what is no text (bullets, numbers, bars beside quotes),
 * stands widgets in for islands, and gives keys their meaning for blocks. Copies with formatting;
 * pastes what was copied here as it was, other programs' HTML cleaned by
 * bal_safe_blocks_from_html(), anything else as plain text.
 *
 * Signals: `island-menu` (GtkTextChildAnchor): a person wants the menu of an island, which is
 * selected. `pictures` (GdkFileList or NULL, GdkTexture or NULL, GtkTextIter): pictures were dropped
 * or pasted at a place.
 */
#define BAL_TYPE_TEXT_VIEW (bal_text_view_get_type ())
G_DECLARE_FINAL_TYPE (BalTextView, bal_text_view, BAL, TEXT_VIEW, GtkTextView)

BalEditorBuffer *bal_text_view_get_buffer       (BalTextView *self);
/* Another text. @blocks: (element-type BalBlock). FALSE: they can't be held, see
 * bal_editor_buffer_fill(). */
gboolean         bal_text_view_fill             (BalTextView *self,
                                                 GPtrArray   *blocks);
/* How often it was filled: what takes its time can tell whether it is for this text still. */
guint            bal_text_view_get_n_fills      (BalTextView *self);
/* (transfer none) */
BalTyping       *bal_text_view_get_typing       (BalTextView *self);

/* What an empty text shows in its place. */
void             bal_text_view_set_hint         (BalTextView *self,
                                                 const char  *hint);
const char      *bal_text_view_get_hint         (BalTextView *self);

/* @pictures: (nullable): where pictures on this computer are found */
void             bal_text_view_set_pictures     (BalTextView *self,
                                                 BalPictures *pictures);
BalPictures     *bal_text_view_get_pictures     (BalTextView *self);

/* ---- bal-text-view-clipboard.c ---- */
void             bal_text_view_copy             (BalTextView *self,
                                                 gboolean     cut);
void             bal_text_view_paste            (BalTextView *self,
                                                 gboolean     plain);

/* ---- bal-text-view-drop.c ---- */
void             bal_text_view_add_drop_target  (BalTextView *self);

/* ---- bal-text-view-links.c ---- */
/* In the browser or mail program; nothing happens if it is not safe to. */
void             bal_text_view_open_link        (BalTextView *self,
                                                 const char  *href);
void             bal_text_view_watch_links      (BalTextView *self);

/* ---- bal-text-view-draw.c ---- */
/* All that are on the screen; before the text is drawn. */
void             bal_text_view_lay_out_lines    (BalTextView *self);
void             bal_text_view_draw_blocks      (BalTextView *self,
                                                 GtkSnapshot *snapshot);

G_END_DECLS
