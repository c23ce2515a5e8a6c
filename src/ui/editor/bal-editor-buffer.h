/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-line.h"
#include "bal-text-search.h"

G_BEGIN_DECLS

/**
 * BalEditorBuffer:
 *
 * A text buffer that holds blocks. Beside the text it keeps a [struct@Line] for each of its lines,
 * which says what kind of block the line is and what it stands in; tags only show that. Inline
 * styles are tags. Behind the last line the text ends with one newline more, so that a tag can show
 * an empty last line too; the cursor never gets behind it.
 *
 * Signals: `will-change` before every change of a person's; `edited` after it; `step` around what
 * is one step in the history; `released` when edits are no longer held together; `island-added` (GtkTextChildAnchor) when something that is no text
 * came in and wants a widget.
 */
#define BAL_TYPE_EDITOR_BUFFER (bal_editor_buffer_get_type ())
G_DECLARE_FINAL_TYPE (BalEditorBuffer, bal_editor_buffer, BAL, EDITOR_BUFFER, GtkTextBuffer)

BalEditorBuffer *bal_editor_buffer_new            (void);

/* ---- bal-editor-fill.c, bal-editor-read.c: blocks in, blocks out ---- */
/* @blocks: (element-type BalBlock). FALSE: they can't be held; the buffer must not be saved
 * then. */
gboolean         bal_editor_buffer_fill           (BalEditorBuffer *self,
                                                   GPtrArray       *blocks);
/* (transfer full) (element-type BalBlock): what the buffer says now; equal to what it was filled
 * with while nothing was edited. */
GPtrArray       *bal_editor_buffer_read           (BalEditorBuffer *self);
/* (transfer full) (element-type BalLine): every line with its block; unchanged ones are the same
 * as in an earlier snapshot. */
GPtrArray       *bal_editor_buffer_snapshot       (BalEditorBuffer *self);
/* Puts @lines (element-type BalLine) in the place of @n_old lines from @start on. */
void             bal_editor_buffer_splice         (BalEditorBuffer *self,
                                                   guint            start,
                                                   guint            n_old,
                                                   GPtrArray       *lines);
/* (transfer full) (element-type BalLine): what stands between two places, for the clipboard. */
GPtrArray       *bal_editor_buffer_read_range     (BalEditorBuffer   *self,
                                                   const GtkTextIter *start,
                                                   const GtkTextIter *end);
/* Words as a reader counts them; where a script has no spaces, each sign is one. */
guint            bal_editor_buffer_count_words    (BalEditorBuffer *self);
guint            bal_editor_buffer_count_selected_words (BalEditorBuffer *self);
/* (transfer none) (nullable): the line; NULL behind the last. */
BalLine         *bal_editor_buffer_get_line       (BalEditorBuffer *self,
                                                   guint            line);
guint            bal_editor_buffer_get_n_lines    (BalEditorBuffer *self);

/* ---- bal-editor-style.c: inline styles ---- */
/* The styles that all of the selection has, or that the next typed character gets. */
BalStyle         bal_editor_buffer_get_style      (BalEditorBuffer *self);
void             bal_editor_buffer_toggle_style   (BalEditorBuffer *self,
                                                   BalStyle         style);
/* (nullable) (transfer none): the link at the cursor; @start and @end (out): its reach. */
const char      *bal_editor_buffer_get_link       (BalEditorBuffer *self,
                                                   GtkTextIter     *start,
                                                   GtkTextIter     *end);
/* Links the range, or with NULL unlinks it. */
void             bal_editor_buffer_set_link       (BalEditorBuffer   *self,
                                                   const GtkTextIter *start,
                                                   const GtkTextIter *end,
                                                   const char        *href);
void             bal_editor_buffer_set_link_color (BalEditorBuffer *self,
                                                   const GdkRGBA   *color);

/* ---- bal-editor-marks.c: what is shown over the text and is none of it ---- */
/* (transfer none): a tag that is no edit, and is never read, saved, copied or undone; it comes
 * and goes by the two below alone. */
GtkTextTag      *bal_editor_buffer_add_mark_tag   (BalEditorBuffer   *self);
void             bal_editor_buffer_mark           (BalEditorBuffer   *self,
                                                   GtkTextTag        *tag,
                                                   const GtkTextIter *start,
                                                   const GtkTextIter *end);
void             bal_editor_buffer_unmark         (BalEditorBuffer   *self,
                                                   GtkTextTag        *tag,
                                                   const GtkTextIter *start,
                                                   const GtkTextIter *end);
/* Puts @word in the place of one, with its formatting, as one step; the cursor goes behind it. */
void             bal_editor_buffer_correct        (BalEditorBuffer   *self,
                                                   const GtkTextIter *start,
                                                   const GtkTextIter *end,
                                                   const char        *word);

/* ---- bal-editor-islands.c ---- */
/* (nullable) (transfer none): of a block's island; NULL for an inline object. */
BalBlock        *bal_editor_anchor_get_block      (GtkTextChildAnchor *anchor);
/* (nullable) (transfer none): source of an inline object. */
const char      *bal_editor_anchor_get_object     (GtkTextChildAnchor *anchor);
/* FALSE: it is no longer in the text. */
gboolean         bal_editor_buffer_get_anchor_iter (BalEditorBuffer   *self,
                                                   GtkTextChildAnchor *anchor,
                                                   GtkTextIter        *iter);
/* (nullable) (transfer none): that is all of the selection; that is in the selection, at the
 * cursor, or right behind its line. */
GtkTextChildAnchor *bal_editor_buffer_get_selected_anchor (BalEditorBuffer *self);
GtkTextChildAnchor *bal_editor_buffer_get_cursor_anchor (BalEditorBuffer *self);
void             bal_editor_buffer_select_anchor  (BalEditorBuffer    *self,
                                                   GtkTextChildAnchor *anchor);
/* Each is one step. FALSE: it is no longer in the text, and nothing was done. */
gboolean         bal_editor_buffer_replace_island (BalEditorBuffer    *self,
                                                   GtkTextChildAnchor *anchor,
                                                   BalBlock           *block);
gboolean         bal_editor_buffer_replace_object (BalEditorBuffer    *self,
                                                   GtkTextChildAnchor *anchor,
                                                   const char         *source);
void             bal_editor_buffer_delete_anchor  (BalEditorBuffer    *self,
                                                   GtkTextChildAnchor *anchor);
/* What is edited between these is one step, whatever pauses are in it. Ends with the next step of
 * another kind; `released` tells. */
void             bal_editor_buffer_hold           (BalEditorBuffer    *self);
void             bal_editor_buffer_release        (BalEditorBuffer    *self);
gboolean         bal_editor_buffer_is_held        (BalEditorBuffer    *self);
/* The island says something else by now, and shows it already. */
void             bal_editor_buffer_change_island  (BalEditorBuffer    *self,
                                                   GtkTextChildAnchor *anchor,
                                                   BalBlock           *block);
/* What takes too long to be shown as text, as text all the same, in one step. FALSE: it is no text. */
gboolean         bal_editor_buffer_can_open_island (BalEditorBuffer   *self,
                                                   GtkTextChildAnchor *anchor);
/* Whether the window would stand still with each key in it then. */
gboolean         bal_editor_buffer_island_is_too_long (BalEditorBuffer *self,
                                                   GtkTextChildAnchor *anchor);
gboolean         bal_editor_buffer_open_island    (BalEditorBuffer    *self,
                                                   GtkTextChildAnchor *anchor);
/* @blocks (element-type BalBlock) as islands, in one step: in the place of an empty paragraph,
 * otherwise behind what @at stands in, and never inside of a list. The cursor goes into the
 * paragraph behind them. Returns the line of the first. */
guint            bal_editor_buffer_insert_islands (BalEditorBuffer   *self,
                                                   const GtkTextIter *at,
                                                   GPtrArray         *blocks);

/* ---- bal-editor-blocks.c: what the lines of the selection are ---- */
void             bal_editor_buffer_set_paragraph  (BalEditorBuffer *self);
void             bal_editor_buffer_set_heading    (BalEditorBuffer *self,
                                                   int              level);
void             bal_editor_buffer_set_preformatted (BalEditorBuffer *self);
/* In a quote already: out of it. */
void             bal_editor_buffer_toggle_quote   (BalEditorBuffer *self);
void             bal_editor_buffer_toggle_list    (BalEditorBuffer *self,
                                                   gboolean         ordered);

/* ---- bal-editor-keys.c: keys that mean something for blocks. FALSE: nothing done, the key
 * means what it always does ---- */
gboolean         bal_editor_buffer_enter          (BalEditorBuffer *self);
void             bal_editor_buffer_line_break     (BalEditorBuffer *self);
gboolean         bal_editor_buffer_backspace      (BalEditorBuffer *self);
gboolean         bal_editor_buffer_delete         (BalEditorBuffer *self);
gboolean         bal_editor_buffer_indent         (BalEditorBuffer *self);
gboolean         bal_editor_buffer_outdent        (BalEditorBuffer *self);

/* ---- bal-editor-paste.c: instead of the selection ---- */
/* Lines of an editor, which are copied. */
void             bal_editor_buffer_paste_lines    (BalEditorBuffer *self,
                                                   GPtrArray       *lines);
/* Plain text whose lines become paragraphs. */
void             bal_editor_buffer_paste_text     (BalEditorBuffer *self,
                                                   const char      *text);
/* The selection becomes a link to @text, when that is an address and the selection words in one
 * line. FALSE: nothing done. */
gboolean         bal_editor_buffer_paste_link     (BalEditorBuffer *self,
                                                   const char      *text);
/* (transfer full) (element-type BalLine): what stands there, for the clipboard: some words of a
 * heading or an item are just words. */
GPtrArray       *bal_editor_buffer_copy_range     (BalEditorBuffer   *self,
                                                   const GtkTextIter *start,
                                                   const GtkTextIter *end);
/* The selection stands at @to instead. FALSE: nothing done, for that is where it is. */
gboolean         bal_editor_buffer_move_selection (BalEditorBuffer   *self,
                                                   const GtkTextIter *to);
/* (transfer full): what other programs get of lines: HTML without what Balcony does not know, and
 * plain text. */
char            *bal_lines_to_html                (GPtrArray       *lines);
char            *bal_lines_to_text                (GPtrArray       *lines);

/* ---- bal-editor-replace.c: between begin and end, which make one step of it ---- */
void             bal_editor_buffer_begin_replacing (BalEditorBuffer *self);
void             bal_editor_buffer_end_replacing (BalEditorBuffer *self);
/* Matches in one line, from left to right, each by a text without line ends in the look of the
 * match's first character. */
void             bal_editor_buffer_replace        (BalEditorBuffer    *self,
                                                   guint               index,
                                                   const BalTextMatch *matches,
                                                   guint               n_matches,
                                                   const char         *with);

/* ---- bal-editor-shorthand.c ---- */
/* Whether typing can make another kind of block of the line: it is a paragraph outside of lists. */
gboolean         bal_editor_buffer_takes_shorthand (BalEditorBuffer *self,
                                                    guint            line);
/* "# ", "> ", "- ", "1. " before the cursor, or with @enter "---" and "```" as all of the line,
 * become what they stand for; the marker of an item that has it already goes. FALSE: nothing done. */
gboolean         bal_editor_buffer_shorthand      (BalEditorBuffer *self,
                                                   gboolean         enter);

G_END_DECLS
