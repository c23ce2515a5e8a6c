/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalSavedFilter:
 *
 * A search that is kept: its name, unique, and the line that BalCommentFilter reads.
 */
typedef struct
{
  gint64  id;
  char   *name;
  char   *line;
  gint64  position;    /* in the order of the sidebar */
} BalSavedFilter;

#define BAL_TYPE_SAVED_FILTER (bal_saved_filter_get_type ())
GType           bal_saved_filter_get_type (void) G_GNUC_CONST;
BalSavedFilter *bal_saved_filter_copy     (const BalSavedFilter *self);
void            bal_saved_filter_free     (BalSavedFilter       *self);

/**
 * bal_filter_table_list:
 * @transaction: an open transaction
 * @error: return location
 *
 * Returns: (transfer full) (element-type BalSavedFilter): all of them, in their order
 */
GPtrArray *bal_filter_table_list (BalTransaction  *transaction,
                                  GError         **error);

/**
 * bal_filter_table_find:
 * @transaction: an open transaction
 * @name: a name
 * @error: BAL_ERROR_NOT_FOUND, _STORAGE
 *
 * Returns: (transfer full) (nullable): the one of that name
 */
BalSavedFilter *bal_filter_table_find (BalTransaction  *transaction,
                                       const char      *name,
                                       GError         **error);

/**
 * bal_filter_table_add:
 * @transaction: an open transaction
 * @name: its name; white space around it is left out
 * @line: what it looks for
 * @error: BAL_ERROR_INVALID (no name, or one that another one has), _STORAGE
 *
 * Returns: the id of the new one, the last in the order, or 0
 */
gint64 bal_filter_table_add (BalTransaction  *transaction,
                             const char      *name,
                             const char      *line,
                             GError         **error);

/**
 * bal_filter_table_update:
 * @transaction: an open transaction
 * @id: one that is there
 * @name: (nullable): its new name; %NULL: the one that it has
 * @line: (nullable): what it looks for from now on; %NULL: the same as before
 * @error: BAL_ERROR_INVALID (no name, or one that another one has), _NOT_FOUND, _STORAGE
 *
 * Returns: whether it was written
 */
gboolean bal_filter_table_update (BalTransaction  *transaction,
                                  gint64           id,
                                  const char      *name,
                                  const char      *line,
                                  GError         **error);

/**
 * bal_filter_table_move:
 * @transaction: an open transaction
 * @id: one that is there
 * @steps: down; up where negative. No further than to the end.
 * @error: BAL_ERROR_NOT_FOUND, _STORAGE
 *
 * Returns: whether it was written
 */
gboolean bal_filter_table_move (BalTransaction  *transaction,
                                gint64           id,
                                int              steps,
                                GError         **error);

/**
 * bal_filter_table_remove:
 * @transaction: an open transaction
 * @id: one that is there
 * @error: BAL_ERROR_NOT_FOUND, _STORAGE
 *
 * Returns: whether it is gone
 */
gboolean bal_filter_table_remove (BalTransaction  *transaction,
                                  gint64           id,
                                  GError         **error);

/**
 * bal_filter_table_revive:
 * @transaction: an open transaction
 * @saved: one that was removed
 * @error: BAL_ERROR_INVALID (another one has its name by now), _STORAGE
 *
 * Returns: whether it is back, in its place
 */
gboolean bal_filter_table_revive (BalTransaction        *transaction,
                                  const BalSavedFilter  *saved,
                                  GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalSavedFilter, bal_saved_filter_free)

G_END_DECLS
