/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <jansson.h>

#include "bal-importer.h"

G_BEGIN_DECLS

/**
 * bal_json_item_read:
 * @value: one of the items of Balcony's own JSON
 * @source: whose it is
 * @target: where it goes
 * @reason: (out) (transfer full) (nullable): why there is nothing to import, or what was repaired
 *
 * Returns: (transfer full) (nullable): the item; %NULL without a reason: it is for a blog that is made anew
 */
BalImportItem *bal_json_item_read (const json_t           *value,
                                   const char             *source,
                                   const BalImportTarget  *target,
                                   char                  **reason);

/* (transfer full): the blog that the file is of, as an item. @numbers: (nullable): the member of that name. */
BalImportItem *bal_json_item_read_blog (const json_t     *blog,
                                        const json_t     *numbers);

G_END_DECLS
