/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-document.h"

G_BEGIN_DECLS

/**
 * bal_island_block_from_source:
 * @source: HTML as a person wrote it, for one island
 * @dialect: of the post that it goes into
 * @error: BAL_ERROR_INVALID: the post, read again, would have lost what stands before or behind it, or the
 *   island itself
 *
 * Returns: (transfer full) (nullable): an image, a table or an opaque block with exactly these bytes
 */
BalBlock *bal_island_block_from_source (const char  *source,
                                        BalDialect   dialect,
                                        GError     **error);

/**
 * bal_island_check_object:
 * @source: HTML as a person wrote it, for one thing within a line
 * @dialect: of the post that it goes into
 * @error: BAL_ERROR_INVALID: read again, it would not be one thing in a line
 */
gboolean  bal_island_check_object      (const char  *source,
                                        BalDialect   dialect,
                                        GError     **error);

G_END_DECLS
