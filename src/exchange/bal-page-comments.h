/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-importer.h"

G_BEGIN_DECLS

/* The comments of a page, as they stand beside it in "comments/NAME.json". */

gboolean bal_page_comments_is_name (const char   *name);

/**
 * bal_page_comments_read:
 * @importer: gets the comments
 * @source: of the page
 * @name: the file's own name below the folder
 * @error: BAL_ERROR_INVALID: there are no comments in it
 *
 * Returns: whether they were read
 */
gboolean bal_page_comments_read    (BalImporter  *importer,
                                    const char   *source,
                                    const char   *name,
                                    GBytes       *bytes,
                                    GError      **error);

/* @comment as a member of a list of such a file, harmless whoever wrote it; @comments: those of the same review. */
void     bal_page_comments_append  (GString      *out,
                                    GPtrArray    *comments,
                                    BalComment   *comment);

G_END_DECLS
