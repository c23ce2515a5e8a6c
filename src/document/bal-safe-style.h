/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-tokenizer.h"

G_BEGIN_DECLS

/* What other programs' elements say about the text in them, by name, style and class. */
typedef struct
{
  BalStyle  set;
  BalStyle  clear;
  gboolean  hidden;
  gboolean  keep_space;     /* white-space: pre */
  gboolean  fold_space;     /* white-space: normal */
  gboolean  plain_space;    /* its no-break spaces only pad */
  gboolean  tab;            /* stands for one */
  gboolean  line_end;       /* a <br> that only ends the copied text */
  gboolean  marker;         /* Word: the bullet or number of a list written as paragraphs */
  char     *list;           /* Word: such a paragraph's list, "l0 lfo1" */
  guint     list_level;     /* 1… */
  char     *link;           /* address that may be opened */
  char     *alt;
} BalSafeStyle;

void bal_safe_style_read  (BalSafeStyle    *self,
                           const BalTokens *tokens,
                           const BalToken  *token);
void bal_safe_style_clear (BalSafeStyle    *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BalSafeStyle, bal_safe_style_clear)

G_END_DECLS
