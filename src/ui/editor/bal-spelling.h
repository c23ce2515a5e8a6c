/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-text-view.h"

G_BEGIN_DECLS

/**
 * BalSpelling:
 *
 * Underlines the words of a [class@TextView] that its dictionary does not know. Only what is on
 * the screen and somewhat more is checked, when nothing else is to be done, the cursor's paragraph
 * first; a word that is being typed waits until the cursor leaves it. Underlines are marks: the
 * text, its history and what is copied know nothing of them.
 *
 * Text in a typewriter's face (code, preformatted lines) is left alone.
 */
#define BAL_TYPE_SPELLING (bal_spelling_get_type ())
G_DECLARE_FINAL_TYPE (BalSpelling, bal_spelling, BAL, SPELLING, GObject)

BalSpelling       *bal_spelling_new           (BalTextView       *view);
void               bal_spelling_set_enabled   (BalSpelling       *self,
                                               gboolean           enabled);
gboolean           bal_spelling_get_enabled   (BalSpelling       *self);
/* @language: (nullable): such as "en_US"; NULL: the session's. */
void               bal_spelling_set_language  (BalSpelling       *self,
                                               const char        *language);
/* (nullable): what was set. */
const char        *bal_spelling_get_language  (BalSpelling       *self);
/* (nullable): the language of the dictionary that serves; NULL: none does, or it is still being
 * read. */
const char        *bal_spelling_get_used      (BalSpelling       *self);
/* (nullable) (transfer none): those that there are dictionaries for; NULL while they are not
 * known. */
const char *const *bal_spelling_get_languages (BalSpelling       *self);
/* @text: (nullable): of the review's fields: the capitalized words in it are names, and right wherever they stand. */
void               bal_spelling_set_names     (BalSpelling       *self,
                                               const char        *text);
/* Another review: words ignored in the last one are no longer. */
void               bal_spelling_forget        (BalSpelling       *self);

/* Whether @at is in or beside an underlined word. @start, @end: (out): its ends. */
gboolean           bal_spelling_get_word      (BalSpelling       *self,
                                               const GtkTextIter *at,
                                               GtkTextIter       *start,
                                               GtkTextIter       *end);
/* The next word after @from that the dictionary does not know, past the end from the
 * beginning; FALSE: there is none. */
gboolean           bal_spelling_find_next     (BalSpelling       *self,
                                               const GtkTextIter *from,
                                               GtkTextIter       *start,
                                               GtkTextIter       *end);
/* (transfer full): what may have been meant by the word between two places. */
GStrv              bal_spelling_suggest       (BalSpelling       *self,
                                               const GtkTextIter *start,
                                               const GtkTextIter *end);
/* In all texts from now on, or in this review while it is open. */
void               bal_spelling_add_word      (BalSpelling       *self,
                                               const GtkTextIter *start,
                                               const GtkTextIter *end);
void               bal_spelling_ignore_word   (BalSpelling       *self,
                                               const GtkTextIter *start,
                                               const GtkTextIter *end);

G_END_DECLS
