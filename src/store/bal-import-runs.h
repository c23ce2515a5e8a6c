/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-store.h"

G_BEGIN_DECLS

/* Imports one by one, so that one can be taken back. */

/**
 * BalImportUndone:
 *
 * What became of an import that is taken back. What the person has worked on since stays, and so does what the blog may
 * have.
 */
typedef struct
{
  gint64  run_id;
  char   *name;                  /* of the file */
  gint64  created;               /* seconds since 1970 UTC */
  guint   n_reviews;             /* gone again */
  guint   n_comments;
  guint   n_reviews_kept;
  guint   n_comments_kept;       /* on reviews that were here before */
  gint64  last_id;               /* private: up to which review it is done */
} BalImportUndone;

void     bal_import_undone_free   (BalImportUndone  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalImportUndone, bal_import_undone_free)

/* Notes that an import from the file @name begins. Returns its id, or 0. */
gint64   bal_import_runs_begin    (BalTransaction   *transaction,
                                   gint64            blog_id,
                                   const char       *name,
                                   GError          **error);

/**
 * bal_import_runs_find:
 * @transaction: an open transaction
 * @blog_id: a blog; 0: any
 * @error: BAL_ERROR_NOT_FOUND (there is none that could be taken back), _STORAGE
 *
 * Returns: (transfer full): the latest import, nothing of which is gone yet
 */
BalImportUndone *bal_import_runs_find (BalTransaction   *transaction,
                                       gint64            blog_id,
                                       GError          **error);

/**
 * bal_import_runs_take_back:
 * @transaction: an open transaction
 * @undone: an import; what became of it is counted there
 * @most: reviews or comments to look at in this transaction
 * @done: (out): whether that was all; else call again in another transaction
 * @error: return location
 *
 * Takes back reviews that nobody has touched since they came in with their comments, and comments that came to other
 * reviews. Their texts stay in the local history. Importing the file again brings them again.
 *
 * Returns: %FALSE when the store failed
 */
gboolean bal_import_runs_take_back (BalTransaction   *transaction,
                                    BalImportUndone  *undone,
                                    guint             most,
                                    gboolean         *done,
                                    GError          **error);

G_END_DECLS
