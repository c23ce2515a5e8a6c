/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/*
 * Private to the store: the objects of a list that somebody holds, by id. Holds none itself: an
 * object that is let go leaves by itself.
 */
typedef struct _BalLiveItems BalLiveItems;

BalLiveItems *bal_live_items_new     (void);
void          bal_live_items_free    (BalLiveItems *self);
void          bal_live_items_add     (BalLiveItems *self,
                                      gint64        id,
                                      gpointer      item);
/* (transfer none) (nullable): */
gpointer      bal_live_items_lookup  (BalLiveItems *self,
                                      gint64        id);
/* (transfer full) (element-type gint64): */
GArray       *bal_live_items_get_ids (BalLiveItems *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalLiveItems, bal_live_items_free)

G_END_DECLS
