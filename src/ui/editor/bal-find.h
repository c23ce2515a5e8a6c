/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-text-search.h"

G_BEGIN_DECLS

/*
 * Looking for words in a text view. A match is never in two paragraphs, so that each is searched by
 * itself: those on the screen when they are drawn, others when somebody asks. Nothing is put into
 * the text, and nothing can be out of date.
 */

/* Appends to @matches (BalTextMatch, counted from its beginning) those of a line. An island in which the words are is
 * one match, which cannot be replaced. */
void     bal_find_in_line    (BalTextSearch     *search,
                              GtkTextBuffer     *buffer,
                              int                line,
                              GArray            *matches);
/* The first match at or behind @from, and round the end; with @backward the last that ends
 * before it or there. */
gboolean bal_find_next       (BalTextSearch     *search,
                              GtkTextBuffer     *buffer,
                              const GtkTextIter *from,
                              gboolean           backward,
                              GtkTextIter       *start,
                              GtkTextIter       *end);
/* Whether this is a match. */
gboolean bal_find_is_match   (BalTextSearch     *search,
                              GtkTextBuffer     *buffer,
                              const GtkTextIter *start,
                              const GtkTextIter *end);
/* Replaces all matches in a text with @with, each in the look of its first character, as one
 * step. Returns how many there were. */
guint    bal_find_replace    (BalTextSearch     *search,
                              GtkTextBuffer     *buffer,
                              const char        *with);
/* One match, likewise. */
void     bal_find_replace_one (GtkTextBuffer     *buffer,
                               const GtkTextIter *start,
                               const GtkTextIter *end,
                               const char        *with);

/* The match that is the current one, or whatever the person chose. A selection would not do: the
 * entry that is searched from takes it away. Set before it is got. */
void     bal_find_set_current (GtkTextBuffer     *buffer,
                               const GtkTextIter *start,
                               const GtkTextIter *end);
void     bal_find_get_current (GtkTextBuffer     *buffer,
                               GtkTextIter       *start,
                               GtkTextIter       *end);

/* Which matches a view shows; NULL: none. */
void     bal_find_marks_set  (GtkTextView       *view,
                              BalTextSearch     *search);
/* Above its text. */
void     bal_find_marks_draw (GtkTextView       *view,
                              GtkSnapshot       *snapshot);

G_END_DECLS
