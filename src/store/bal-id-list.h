/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalIdList:
 *
 * What the lists of reviews and comments have in common. The model holds the order as ids, read by
 * one query off the main thread. Objects exist while somebody holds them, one an id, so that
 * identity survives any reorder. An item starts with its id alone and is filled in a moment later,
 * in batches. Membership is announced by the smallest splices, content by notify on the item.
 */
#define BAL_TYPE_ID_LIST (bal_id_list_get_type ())
G_DECLARE_DERIVABLE_TYPE (BalIdList, bal_id_list, BAL, ID_LIST, GObject)

/**
 * BalIdListClass:
 * @item_type: type of the items
 * @entity: what the ids are ids of
 * @create_item: a new item that knows only its id
 * @get_item_id: id of an item
 * @assign_item: copies a freshly read object into an item
 * @query: on the store's thread: the ids in order; may hand out objects that it read on the way
 * @load: on the store's thread: reads objects of a query (%NULL: there is none any more); those that are gone are left out
 * @concerns: whether a change may alter which ids there are, or their order
 *
 * The query itself is a value that bal_id_list_set_query() was given.
 */
struct _BalIdListClass
{
  GObjectClass parent_class;

  GType      (*get_item_type) (void);
  BalEntity    entity;
  gpointer   (*create_item)   (gint64           id);
  gint64     (*get_item_id)   (gpointer         item);
  void       (*assign_item)   (gpointer         item,
                               gpointer         from);
  GArray    *(*query)         (BalTransaction  *transaction,
                               gconstpointer    query,
                               GPtrArray      **objects,
                               GError         **error);
  GPtrArray *(*load)          (BalTransaction  *transaction,
                               gconstpointer    query,
                               const gint64    *ids,
                               guint            n_ids,
                               GError         **error);
  gboolean   (*concerns)      (gconstpointer    query,
                               BalChangeSet    *changes);
};

/* Takes @query over, which is never altered: threads share it. NULL: an empty list. */
void      bal_id_list_set_query   (BalIdList      *self,
                                   gpointer        query,
                                   GDestroyNotify  destroy);
gboolean  bal_id_list_get_loading (BalIdList      *self);
/* G_MAXUINT: not in the list. */
guint     bal_id_list_find        (BalIdList      *self,
                                   gint64          id);
/* 0: no such position. */
gint64    bal_id_list_get_id      (BalIdList      *self,
                                   guint           position);
/* Replaces the ids, telling the smallest splices. (element-type gint64) */
void      bal_id_list_take_ids    (BalIdList      *self,
                                   GArray         *ids);

G_END_DECLS
