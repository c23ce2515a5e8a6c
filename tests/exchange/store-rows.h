/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* By how much the numbers of a store are higher than those where it was copied from. */
typedef struct
{
  gint64   review;
  gint64   comment;
  gint64   media;
  gint64   outbox;
  gint64   conflict;
  gint64   import_run;
  gboolean is_moved;     /* pictures in texts have other numbers, on either side */
} RowShift;

/* (transfer full): all that the store in @dir has of the blog @name, and of none, a line a row: table by table, by the schema. Fails
 * when there is a table or column that the list in store-rows.c does not know. */
char  *store_rows_describe (const char     *dir,
                            const char     *name,
                            const RowShift *shift);
/* Runs SQL on the database of a store; must succeed. */
void   store_rows_run      (const char     *dir,
                            const char     *sql);
/* The first number that it gives. */
gint64 store_rows_ask      (const char     *dir,
                            const char     *sql);
/* Waits until the store has done what it does when it is idle. */
void   store_rows_await    (const char     *dir);
