/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-block-private.h"
#include "bal-text-words.h"

G_BEGIN_DECLS

/* Looks like nothing but text. */
extern const BalRun bal_run_plain;

/**
 * BalTextVersion:
 *
 * A block's text as a merge goes through it: by words, and how each byte looks.
 */
typedef struct
{
  BalBlock      *block;     /* borrowed */
  GArray        *words;     /* of BalWord */
  const BalRun **looks;     /* for each byte of the text */
  GArray        *changes;   /* BalWordChange from the base; NULL for the base itself */
  guint          next;      /* the change that comes next */
  guint          at;        /* the word that comes next */
} BalTextVersion;

void     bal_text_version_init       (BalTextVersion *self,
                                      BalBlock       *block);
/* Finds its changes. */
void     bal_text_version_compare    (BalTextVersion *self,
                                      BalTextVersion *base);
void     bal_text_version_clear      (BalTextVersion *self);
/* Whether @n_words read the same in both, each from its own start. */
gboolean bal_text_version_same_words (BalTextVersion *a,
                                      guint           a_start,
                                      BalTextVersion *b,
                                      guint           b_start,
                                      guint           n_words);

G_END_DECLS
