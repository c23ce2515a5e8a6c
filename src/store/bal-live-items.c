/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-live-items.h"

typedef struct
{
  gint64      id;
  GHashTable *slots;      /* the table it is in */
  GObject    *item;       /* weak */
} Slot;

struct _BalLiveItems
{
  GHashTable *slots;      /* &slot->id -> Slot */
};

static void
item_gone_cb (gpointer  data,
              GObject  *where_it_was)
{
  Slot *slot = data;

  slot->item = NULL;
  g_hash_table_remove (slot->slots, &slot->id);
}

static void
slot_free (gpointer data)
{
  Slot *slot = data;

  if (slot->item != NULL)
    g_object_weak_unref (slot->item, item_gone_cb, slot);
  g_free (slot);
}

BalLiveItems *
bal_live_items_new (void)
{
  BalLiveItems *self = g_new0 (BalLiveItems, 1);

  self->slots = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, slot_free);
  return self;
}

void
bal_live_items_free (BalLiveItems *self)
{
  g_hash_table_unref (self->slots);
  g_free (self);
}

void
bal_live_items_add (BalLiveItems *self,
                    gint64        id,
                    gpointer      item)
{
  Slot *slot = g_new0 (Slot, 1);

  slot->id = id;
  slot->slots = self->slots;
  slot->item = item;
  g_object_weak_ref (slot->item, item_gone_cb, slot);
  g_hash_table_insert (self->slots, &slot->id, slot);
}

gpointer
bal_live_items_lookup (BalLiveItems *self,
                       gint64        id)
{
  Slot *slot = g_hash_table_lookup (self->slots, &id);

  return slot != NULL ? slot->item : NULL;
}

GArray *
bal_live_items_get_ids (BalLiveItems *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->slots);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_vals (ids, id, 1);
  return ids;
}
