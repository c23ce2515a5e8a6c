/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BalSpamWords:
 *
 * A comment's text taken apart for the spam help: @words as they stand one behind the other, folded,
 * without the addresses, whose hosts are in @hosts; and counts of what was seen on the way. Scripts
 * that put no space between words give one "word" a character.
 */
typedef struct
{
  GPtrArray *words;          /* (element-type utf8) */
  GPtrArray *hosts;          /* (element-type utf8): each one once */
  guint      n_links;        /* different hosts may be fewer */
  guint      n_letters;      /* of scripts that have capitals */
  guint      n_capitals;
  guint      n_exclamations;
  guint      n_symbols;      /* emoji and their like */
  guint      n_digits;
  guint      longest_run;    /* of one and the same letter or mark */
  guint      n_scripts;
  gboolean   mixed_word;     /* one word of letters that look alike in several scripts */
} BalSpamWords;

BalSpamWords *bal_spam_words_new      (const char   *text);
void          bal_spam_words_free     (BalSpamWords *self);
void          bal_spam_words_add_link (BalSpamWords *self,
                                       const char   *address);

/* (transfer full) (nullable): the host of an address with or without a scheme, folded and without "www." */
char         *bal_spam_words_dup_host (const char   *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalSpamWords, bal_spam_words_free)

G_END_DECLS
