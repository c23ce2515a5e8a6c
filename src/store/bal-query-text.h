/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-connection.h"

G_BEGIN_DECLS

/* Private to the store: a query put together from conditions, each with at most one value. */
typedef struct
{
  GString   *sql;
  GPtrArray *texts;     /* values in the order of their parameters */
} BalQueryText;

void    bal_query_text_init     (BalQueryText  *self,
                                 const char    *select);
void    bal_query_text_clear    (BalQueryText  *self);
/* Adds "AND @condition"; literal SQL. */
void    bal_query_text_add      (BalQueryText  *self,
                                 const char    *condition);
void    bal_query_text_add_int  (BalQueryText  *self,
                                 const char    *condition,
                                 gint64         value);
/* @condition has one "?". */
void    bal_query_text_add_text (BalQueryText  *self,
                                 const char    *condition,
                                 const char    *value);
/* Runs it for the first column. (element-type gint64) */
GArray *bal_query_text_run      (BalQueryText  *self,
                                 BalConnection *connection,
                                 const char    *order,
                                 guint          limit,
                                 GError       **error);
/* The same where the second column is a number: those with the greatest come first, then those with the greatest id. For what
 * no index has in that order, and is found in little time: SQLite takes a piece of memory for each row that it sorts. */
GArray *bal_query_text_run_sorted (BalQueryText   *self,
                                   BalConnection  *connection,
                                   guint           limit,
                                   GError        **error);
/* Counts its rows, no further than to @most. */
gboolean bal_query_text_count   (BalQueryText  *self,
                                 BalConnection *connection,
                                 guint          most,
                                 guint         *count,
                                 GError       **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BalQueryText, bal_query_text_clear)

G_END_DECLS
