/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalSpamGroup:
 *
 * A group of the preferences: what the spam help may do by itself, and what it has done so. Both are the store's, not the
 * settings': they go with the comments that it has learnt from.
 */
#define BAL_TYPE_SPAM_GROUP (bal_spam_group_get_type ())
G_DECLARE_FINAL_TYPE (BalSpamGroup, bal_spam_group, BAL, SPAM_GROUP, AdwPreferencesGroup)

void bal_spam_group_set_store (BalSpamGroup *self,
                               BalStore     *store);

G_END_DECLS
