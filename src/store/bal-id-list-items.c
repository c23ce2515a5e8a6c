/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-id-list-private.h"

#define BATCH 64

typedef struct
{
  BalIdListClass *klass;
  BalIdListQuery *query;       /* (nullable) */
  GArray         *ids;
  GPtrArray      *objects;
} Batch;

static void load_wanted (BalIdList *self);

static void
batch_free (gpointer data)
{
  Batch *batch = data;

  g_clear_pointer (&batch->query, bal_id_list_query_unref);
  g_array_unref (batch->ids);
  g_clear_pointer (&batch->objects, g_ptr_array_unref);
  g_free (batch);
}

static gboolean
read_batch (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Batch *batch = data;

  batch->objects = batch->klass->load (transaction, batch->query != NULL ? batch->query->value : NULL,
                                       (const gint64 *) (gpointer) batch->ids->data, batch->ids->len, error);
  return batch->objects != NULL;
}

void
bal_id_list_assign_objects (BalIdList *self,
                            GPtrArray *objects)
{
  BalIdListPrivate *priv = bal_id_list_get_private (self);
  BalIdListClass *klass = BAL_ID_LIST_GET_CLASS (self);

  for (guint i = 0; i < objects->len; i++)
    {
      gpointer object = g_ptr_array_index (objects, i);
      gpointer live = bal_live_items_lookup (priv->live, klass->get_item_id (object));
      g_autoptr(GObject) item = NULL;

      if (live == NULL)
        continue;

      /* Listeners may let the item go. */
      item = g_object_ref (live);
      klass->assign_item (item, object);
    }
}

static void
batch_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(BalIdList) self = BAL_ID_LIST (user_data);
  BalIdListPrivate *priv = bal_id_list_get_private (self);
  Batch *batch = bal_store_get_work_data (result);
  g_autoptr(GError) error = NULL;

  priv->batch_in_flight = FALSE;
  if (bal_store_read_finish (BAL_STORE (source), result, &error))
    bal_id_list_assign_objects (self, batch->objects);
  else if (!bal_id_list_is_end (error))
    g_warning ("Rows of a list could not be read: %s", error->message);

  load_wanted (self);
}

/* Reads the next few of the items that are still held. */
static void
load_wanted (BalIdList *self)
{
  BalIdListPrivate *priv = bal_id_list_get_private (self);
  GHashTableIter iter;
  gpointer id;
  Batch *batch;

  if (priv->batch_in_flight || g_hash_table_size (priv->wanted) == 0)
    return;

  batch = g_new0 (Batch, 1);
  batch->klass = BAL_ID_LIST_GET_CLASS (self);
  batch->query = priv->query != NULL ? g_atomic_rc_box_acquire (priv->query) : NULL;
  batch->ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), BATCH);

  g_hash_table_iter_init (&iter, priv->wanted);
  while (batch->ids->len < BATCH && g_hash_table_iter_next (&iter, &id, NULL))
    {
      if (bal_live_items_lookup (priv->live, *(gint64 *) id) != NULL)
        g_array_append_vals (batch->ids, id, 1);
      g_hash_table_iter_remove (&iter);
    }

  if (batch->ids->len == 0)
    {
      batch_free (batch);
      return;
    }

  priv->batch_in_flight = TRUE;
  bal_store_read_async (priv->store, read_batch, batch, batch_free, priv->loads,
                        batch_read_cb, g_object_ref (self));
}

static gboolean
load_idle_cb (gpointer data)
{
  BalIdList *self = data;

  bal_id_list_get_private (self)->idle_id = 0;
  load_wanted (self);
  return G_SOURCE_REMOVE;
}

void
bal_id_list_want (BalIdList *self,
                  gint64     id)
{
  BalIdListPrivate *priv = bal_id_list_get_private (self);

  g_hash_table_add (priv->wanted, g_memdup2 (&id, sizeof id));

  /* Later, when a view has asked for all that it shows. */
  if (priv->idle_id == 0)
    priv->idle_id = g_idle_add_full (G_PRIORITY_DEFAULT, load_idle_cb, self, NULL);
}
