/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-id-list-private.h"

#include "bal-change-set-private.h"
#include "bal-id-splice.h"

/* Who decides on one after the other sees each of them go at once: only a long row of changes in a list that takes long
 * makes it rest, for twice as long as it took. */
#define STALE_BEFORE_REST 4
#define MIN_REST (G_USEC_PER_SEC / 10)
#define MAX_REST G_USEC_PER_SEC

/* Results of one query on the store's thread. */
typedef struct
{
  BalIdListClass *klass;
  BalIdListQuery *query;
  GArray         *ids;
  GPtrArray      *objects;
} Reading;

enum { PROP_0, PROP_STORE, PROP_LOADING, N_PROPS };
static GParamSpec *properties[N_PROPS];

static void list_model_init (GListModelInterface *iface);
static void start_query     (BalIdList           *self);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (BalIdList, bal_id_list, G_TYPE_OBJECT,
                                  G_ADD_PRIVATE (BalIdList)
                                  G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

BalIdListPrivate *
bal_id_list_get_private (BalIdList *self)
{
  return bal_id_list_get_instance_private (self);
}

static void
query_clear (gpointer data)
{
  BalIdListQuery *query = data;

  query->destroy (query->value);
}

void
bal_id_list_query_unref (BalIdListQuery *query)
{
  g_atomic_rc_box_release_full (query, query_clear);
}

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  bal_id_list_query_unref (reading->query);
  g_clear_pointer (&reading->ids, g_array_unref);
  g_clear_pointer (&reading->objects, g_ptr_array_unref);
  g_free (reading);
}

static void
set_loading (BalIdList *self,
             gboolean   loading)
{
  BalIdListPrivate *priv = bal_id_list_get_private (self);

  if (priv->loading == loading)
    return;

  priv->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

gboolean
bal_id_list_is_end (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

/* ---- GListModel ---- */

static GType
bal_id_list_get_item_type (GListModel *model)
{
  return BAL_ID_LIST_GET_CLASS (model)->get_item_type ();
}

static guint
bal_id_list_get_n_items (GListModel *model)
{
  return bal_id_list_get_private (BAL_ID_LIST (model))->ids->len;
}

static gpointer
bal_id_list_get_item (GListModel *model,
                      guint       position)
{
  BalIdList *self = BAL_ID_LIST (model);
  BalIdListPrivate *priv = bal_id_list_get_private (self);
  BalIdListClass *klass = BAL_ID_LIST_GET_CLASS (self);
  gpointer item, prepared;
  gint64 id;

  if (position >= priv->ids->len)
    return NULL;

  id = g_array_index (priv->ids, gint64, position);
  item = bal_live_items_lookup (priv->live, id);
  if (item != NULL)
    return g_object_ref (item);

  item = klass->create_item (id);
  bal_live_items_add (priv->live, id, item);

  prepared = g_hash_table_lookup (priv->prepared, &id);
  if (prepared != NULL)
    klass->assign_item (item, prepared);
  else
    bal_id_list_want (self, id);

  return item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = bal_id_list_get_item_type;
  iface->get_n_items = bal_id_list_get_n_items;
  iface->get_item = bal_id_list_get_item;
}

/* ---- the order ---- */

static void
splice_cb (guint    position,
           guint    n_removed,
           guint    n_added,
           gpointer data)
{
  g_list_model_items_changed (G_LIST_MODEL (data), position, n_removed, n_added);
}

void
bal_id_list_take_ids (BalIdList *self,
                      GArray    *ids)
{
  g_return_if_fail (BAL_IS_ID_LIST (self));
  g_return_if_fail (ids != NULL);

  bal_id_splice (bal_id_list_get_private (self)->ids, ids, splice_cb, self);
  g_array_unref (ids);
}

static gboolean
read_order (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Reading *reading = data;

  reading->ids = reading->klass->query (transaction, reading->query->value, &reading->objects, error);
  return reading->ids != NULL;
}

/* What the query read on the way spares a new view its placeholders; live items get it at once. */
static void
take_prepared (BalIdList *self,
               GPtrArray *objects)
{
  BalIdListPrivate *priv = bal_id_list_get_private (self);
  BalIdListClass *klass = BAL_ID_LIST_GET_CLASS (self);

  g_hash_table_remove_all (priv->prepared);
  for (guint i = 0; objects != NULL && i < objects->len; i++)
    {
      gpointer object = g_ptr_array_index (objects, i);
      gint64 id = klass->get_item_id (object);

      g_hash_table_insert (priv->prepared, g_memdup2 (&id, sizeof id), g_object_ref (object));
    }
  if (objects != NULL)
    bal_id_list_assign_objects (self, objects);
}

static gboolean
rested_cb (gpointer data)
{
  BalIdList *self = data;

  bal_id_list_get_private (self)->rest_id = 0;
  start_query (self);

  return G_SOURCE_REMOVE;
}

/* Many changes in a row: a million ids after each of them would keep a processor from those who make them. */
static void
start_query_again (BalIdList *self)
{
  BalIdListPrivate *priv = bal_id_list_get_private (self);
  gint64 cost = g_get_monotonic_time () - priv->asked;

  priv->n_stale++;
  if (priv->n_stale < STALE_BEFORE_REST || cost < MIN_REST)
    start_query (self);
  else if (priv->rest_id == 0)
    priv->rest_id = g_timeout_add (MIN (2 * cost, MAX_REST) / 1000, rested_cb, self);
}

static void
order_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(BalIdList) self = BAL_ID_LIST (user_data);
  BalIdListPrivate *priv = bal_id_list_get_private (self);
  Reading *reading = bal_store_get_work_data (result);
  g_autoptr(GError) error = NULL;
  gboolean read = bal_store_read_finish (BAL_STORE (source), result, &error);

  /* The answer to a question that is no longer asked. */
  if (bal_id_list_is_end (error) || reading->query != priv->query)
    return;

  g_clear_object (&priv->cancellable);
  if (!read)
    g_warning ("A list could not be read: %s", error->message);
  else
    {
      take_prepared (self, reading->objects);
      bal_id_list_take_ids (self, g_steal_pointer (&reading->ids));
    }

  set_loading (self, FALSE);
  if (priv->stale)
    start_query_again (self);
  else
    priv->n_stale = 0;
}

static void
start_query (BalIdList *self)
{
  BalIdListPrivate *priv = bal_id_list_get_private (self);
  Reading *reading;

  g_clear_handle_id (&priv->rest_id, g_source_remove);
  priv->asked = g_get_monotonic_time ();
  priv->stale = FALSE;
  if (priv->query == NULL)
    return;

  reading = g_new0 (Reading, 1);
  reading->klass = BAL_ID_LIST_GET_CLASS (self);
  reading->query = g_atomic_rc_box_acquire (priv->query);
  priv->cancellable = g_cancellable_new ();
  bal_store_read_async (priv->store, read_order, reading, reading_free, priv->cancellable,
                        order_read_cb, g_object_ref (self));
}

static void
stop_query (BalIdList *self)
{
  BalIdListPrivate *priv = bal_id_list_get_private (self);

  if (priv->cancellable != NULL)
    g_cancellable_cancel (priv->cancellable);
  g_clear_object (&priv->cancellable);
  g_clear_handle_id (&priv->rest_id, g_source_remove);
  priv->n_stale = 0;
}

void
bal_id_list_set_query (BalIdList      *self,
                       gpointer        query,
                       GDestroyNotify  destroy)
{
  BalIdListPrivate *priv;

  g_return_if_fail (BAL_IS_ID_LIST (self));

  priv = bal_id_list_get_private (self);
  stop_query (self);
  g_hash_table_remove_all (priv->prepared);
  g_clear_pointer (&priv->query, bal_id_list_query_unref);

  if (query == NULL)
    {
      bal_id_list_take_ids (self, g_array_new (FALSE, FALSE, sizeof (gint64)));
      set_loading (self, FALSE);
      return;
    }

  priv->query = g_atomic_rc_box_new0 (BalIdListQuery);
  priv->query->value = query;
  priv->query->destroy = destroy;
  set_loading (self, TRUE);
  start_query (self);
}

/* ---- changes ---- */

static void
store_changed_cb (BalStore     *store,
                  BalChangeSet *changes,
                  BalIdList    *self)
{
  BalIdListPrivate *priv = bal_id_list_get_private (self);
  BalEntity entity = BAL_ID_LIST_GET_CLASS (self)->entity;

  if (bal_change_set_touches (changes, entity))
    {
      g_autoptr(GArray) live = bal_live_items_get_ids (priv->live);

      g_hash_table_remove_all (priv->prepared);
      for (guint i = 0; i < live->len; i++)
        {
          gint64 id = g_array_index (live, gint64, i);

          if (bal_change_set_has (changes, entity, id))
            bal_id_list_want (self, id);
        }
    }

  if (priv->query == NULL ||
      !BAL_ID_LIST_GET_CLASS (self)->concerns (priv->query->value, changes))
    return;

  if (priv->cancellable != NULL)
    priv->stale = TRUE;
  else if (priv->rest_id == 0)
    start_query (self);
}

static void
bal_id_list_constructed (GObject *object)
{
  BalIdList *self = BAL_ID_LIST (object);

  G_OBJECT_CLASS (bal_id_list_parent_class)->constructed (object);

  g_signal_connect_object (bal_id_list_get_private (self)->store, "changed", G_CALLBACK (store_changed_cb), self, 0);
}

static void
bal_id_list_dispose (GObject *object)
{
  BalIdListPrivate *priv = bal_id_list_get_private (BAL_ID_LIST (object));

  stop_query (BAL_ID_LIST (object));
  g_cancellable_cancel (priv->loads);
  g_clear_handle_id (&priv->idle_id, g_source_remove);
  g_hash_table_remove_all (priv->wanted);

  G_OBJECT_CLASS (bal_id_list_parent_class)->dispose (object);
}

static void
bal_id_list_finalize (GObject *object)
{
  BalIdListPrivate *priv = bal_id_list_get_private (BAL_ID_LIST (object));

  g_clear_pointer (&priv->query, bal_id_list_query_unref);
  g_clear_pointer (&priv->ids, g_array_unref);
  g_clear_pointer (&priv->live, bal_live_items_free);
  g_clear_pointer (&priv->wanted, g_hash_table_unref);
  g_clear_pointer (&priv->prepared, g_hash_table_unref);
  g_clear_object (&priv->loads);
  g_clear_object (&priv->store);

  G_OBJECT_CLASS (bal_id_list_parent_class)->finalize (object);
}

static void
bal_id_list_get_property (GObject    *object,
                          guint       property_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  BalIdListPrivate *priv = bal_id_list_get_private (BAL_ID_LIST (object));

  switch (property_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, priv->loading);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
bal_id_list_set_property (GObject      *object,
                          guint         property_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  BalIdListPrivate *priv = bal_id_list_get_private (BAL_ID_LIST (object));

  switch (property_id)
    {
    case PROP_STORE:
      priv->store = g_value_dup_object (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
bal_id_list_class_init (BalIdListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = bal_id_list_constructed;
  object_class->dispose = bal_id_list_dispose;
  object_class->finalize = bal_id_list_finalize;
  object_class->get_property = bal_id_list_get_property;
  object_class->set_property = bal_id_list_set_property;

  properties[PROP_STORE] =
    g_param_spec_object ("store", NULL, NULL, BAL_TYPE_STORE,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bal_id_list_init (BalIdList *self)
{
  BalIdListPrivate *priv = bal_id_list_get_private (self);

  priv->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  priv->live = bal_live_items_new ();
  priv->wanted = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  priv->prepared = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  priv->loads = g_cancellable_new ();
}

gboolean
bal_id_list_get_loading (BalIdList *self)
{
  g_return_val_if_fail (BAL_IS_ID_LIST (self), FALSE);

  return bal_id_list_get_private (self)->loading;
}

guint
bal_id_list_find (BalIdList *self,
                  gint64     id)
{
  GArray *ids = bal_id_list_get_private (self)->ids;

  for (guint i = 0; i < ids->len; i++)
    {
      if (g_array_index (ids, gint64, i) == id)
        return i;
    }
  return G_MAXUINT;
}

gint64
bal_id_list_get_id (BalIdList *self,
                    guint      position)
{
  GArray *ids = bal_id_list_get_private (self)->ids;

  return position < ids->len ? g_array_index (ids, gint64, position) : 0;
}
