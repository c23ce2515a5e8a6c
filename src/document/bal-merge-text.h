/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-document-merge.h"

G_BEGIN_DECLS

/**
 * bal_merge_text:
 * @versions: (array fixed-size=3): one block in each version, by BalSide
 * @runs: (out caller-allocates) (element-type BalRun): the outcome's runs; their strings belong to
 * the blocks
 *
 * Merges texts by words and their looks character by character: one side may correct a word in what
 * the other made bold.
 *
 * Returns: (transfer full) (nullable): the outcome's text; NULL when both changed the same words
 */
char *bal_merge_text (BalBlock *const  versions[3],
                      GArray          *runs);

G_END_DECLS
