/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A word, or a single sign that is none: white space, punctuation, a character of a script that
 * puts no spaces between words. */
typedef struct
{
  const char *text;      /* borrowed; not NUL-terminated */
  guint       length;    /* bytes */
  guint       weight;    /* letters and digits in it */
  const char *object;    /* (nullable) borrowed: what stands for an inline object is equal only to
                          * that of the same source */
} BalWord;

/* (transfer full) (element-type BalWord): @text, all of it, in order; it must outlive them. */
GArray *bal_words_split   (const char *text);

/**
 * bal_words_match:
 *
 * Finds for each word of @new_ the one of @old that it is, rising, or -1. What two texts have in
 * common by chance, a lone space between two replaced words say, is not matched: a reader and a
 * merge are both better off with one change than with crumbs of it.
 *
 * Returns: (transfer full) (array length=new_->len):
 */
int    *bal_words_match   (GArray     *old,
                           GArray     *new_);

/* A stretch of words that was replaced; either end may be empty. */
typedef struct
{
  guint old_start, old_end;
  guint new_start, new_end;
} BalWordChange;

/* (transfer full) (element-type BalWordChange): the stretches between what was matched, in
 * order. */
GArray *bal_words_changes (const int  *match,
                           guint       n_old,
                           guint       n_new);

G_END_DECLS
