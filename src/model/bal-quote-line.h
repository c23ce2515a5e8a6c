/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-text.h"

G_BEGIN_DECLS

/*
 * The parts of `"It's what's expected of us." - Lizzie (Logan Browning)`, in this order and without
 * a gap, so that what stands between the three values can be kept when they change. What is not
 * there has length 0.
 */
typedef struct
{
  BalSlice open;         /* `"` */
  BalSlice quote;
  BalSlice close;        /* `"` */
  BalSlice dash;         /* ` - ` */
  BalSlice character;
  BalSlice actor_open;   /* ` (` */
  BalSlice actor;
  BalSlice actor_close;  /* `)` */
} BalQuoteLine;

void  bal_quote_line_parse (BalQuoteLine       *self,
                            const char         *start,
                            const char         *end);
char *bal_quote_line_write (const BalQuoteLine *style,
                            const char         *quote,
                            const char         *character,
                            const char         *actor,
                            gboolean            close_character);

/* The kinds of quote marks, the most usual first. */
guint bal_quote_line_get_n_marks (void);
void  bal_quote_line_set_marks   (BalQuoteLine *self,
                                  guint         index);
/* The kinds of brackets around the actor. */
guint bal_quote_line_get_n_brackets (void);
void  bal_quote_line_set_brackets   (BalQuoteLine *self,
                                     guint         index);

G_END_DECLS
