/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-waiting-list.h"

#include <glib/gi18n.h>

struct _BalWaitingList
{
  GObject       parent_instance;

  BalStore     *store;
  GPtrArray    *items;
  GCancellable *cancellable;
  gint64        blog_id;
  gboolean      conflicts;
  gboolean      shown;
  gboolean      fresh;         /* the items are still those of another blog or place */
  gboolean      loading;
};

enum { PROP_0, PROP_LOADING, N_PROPS };
static GParamSpec *properties[N_PROPS];

static GType
bal_waiting_list_get_item_type (GListModel *model)
{
  return BAL_TYPE_WAITING_ITEM;
}

static guint
bal_waiting_list_get_n_items (GListModel *model)
{
  return BAL_WAITING_LIST (model)->items->len;
}

static gpointer
bal_waiting_list_get_item (GListModel *model,
                           guint       position)
{
  BalWaitingList *self = BAL_WAITING_LIST (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
bal_waiting_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = bal_waiting_list_get_item_type;
  iface->get_n_items = bal_waiting_list_get_n_items;
  iface->get_item = bal_waiting_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BalWaitingList, bal_waiting_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      bal_waiting_list_model_init))

typedef struct
{
  gint64     blog_id;
  gboolean   conflicts;
  gboolean   has_network;
  GPtrArray *items;
} ReadJob;

static void
read_job_free (gpointer data)
{
  ReadJob *job = data;

  g_clear_pointer (&job->items, g_ptr_array_unref);
  g_free (job);
}

static char *
get_conflict_title (BalTransaction    *transaction,
                    const BalConflict *row)
{
  if (row->entity == BAL_ENTITY_REVIEW)
    {
      g_autoptr(BalReview) review = bal_review_table_get (transaction, row->entity_id, NULL);

      return review ? g_strdup (bal_review_get_title (review)) : NULL;
    }
  else
    {
      g_autoptr(BalComment) comment = bal_comment_table_get (transaction, row->entity_id, NULL);

      return comment ? g_strdup_printf (_("Comment by %s"), bal_comment_get_author (comment)) : NULL;
    }
}

/* A folder on this computer and a server on it need no network. */
static gboolean
needs_network (BalBlog *blog)
{
  const char *url = bal_blog_get_endpoint (blog) != NULL ? bal_blog_get_endpoint (blog) : bal_blog_get_url (blog);
  g_autoptr(GUri) uri = url != NULL ? g_uri_parse (url, G_URI_FLAGS_NONE, NULL) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autoptr(GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  return host != NULL && *host != '\0' && !g_str_equal (host, "localhost") &&
         (address == NULL || !g_inet_address_get_is_loopback (address));
}

static void
look_at_blog (BalTransaction  *transaction,
              ReadJob         *job,
              gint64           blog_id,
              BalWaitingPlace *place)
{
  g_autoptr(BalBlog) blog = bal_blog_table_get (transaction, blog_id, NULL);

  if (blog == NULL)
    return;
  place->signed_out = !bal_blog_get_signed_in (blog);
  place->offline = !job->has_network && needs_network (blog);
}

static BalWaitingItem *
make_outbox_item (BalTransaction *transaction,
                  ReadJob        *job,
                  GPtrArray      *rows,
                  BalOutboxItem  *row)
{
  BalWaitingPlace place = { 0 };

  look_at_blog (transaction, job, row->blog_id, &place);
  place.in_conflict = bal_conflict_table_find (transaction, row->entity, row->entity_id, NULL) != 0;
  for (guint i = 0; row->waits_for != 0 && i < rows->len; i++)
    if (((BalOutboxItem *) rows->pdata[i])->id == row->waits_for)
      place.first = ((BalOutboxItem *) rows->pdata[i])->entity;

  return bal_waiting_item_new_outbox (row, &place);
}

static gboolean
read_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  ReadJob *job = data;
  g_autoptr(GPtrArray) rows = job->conflicts
                                ? bal_conflict_table_list (transaction, job->blog_id, error)
                                : bal_outbox_list (transaction, job->blog_id, error);

  if (rows == NULL)
    return FALSE;

  job->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < rows->len; i++)
    {
      if (job->conflicts)
        {
          g_autofree char *title = get_conflict_title (transaction, rows->pdata[i]);

          g_ptr_array_add (job->items, bal_waiting_item_new_conflict (rows->pdata[i], title));
        }
      else
        {
          g_ptr_array_add (job->items, make_outbox_item (transaction, job, rows, rows->pdata[i]));
        }
    }

  return TRUE;
}

/* A row that was there keeps its object, so that what is selected stays selected. */
static void
keep_item (gpointer *item,
           gpointer  old)
{
  bal_waiting_item_update (old, *item);
  g_set_object ((GObject **) item, old);
}

static gboolean
has_same (GPtrArray      *items,
          BalWaitingItem *item)
{
  for (guint i = 0; i < items->len; i++)
    if (bal_waiting_item_is_same (items->pdata[i], item))
      return TRUE;
  return FALSE;
}

static void
take_items (BalWaitingList *self,
            GPtrArray      *items)
{
  g_autoptr(GPtrArray) old = g_steal_pointer (&self->items);
  guint head = 0, tail = 0, shorter = MIN (old->len, items->len);

  while (head < shorter && bal_waiting_item_is_same (old->pdata[head], items->pdata[head]))
    head++;
  while (tail < shorter - head &&
         bal_waiting_item_is_same (old->pdata[old->len - 1 - tail],
                                   items->pdata[items->len - 1 - tail]))
    tail++;
  for (guint i = 0; i < head; i++)
    keep_item (&items->pdata[i], old->pdata[i]);
  for (guint i = 0; i < tail; i++)
    keep_item (&items->pdata[items->len - 1 - i], old->pdata[old->len - 1 - i]);

  for (guint i = head; !self->fresh && i < old->len - tail; i++)
    if (!has_same (items, old->pdata[i]))
      bal_waiting_item_set_gone (old->pdata[i]);
  self->fresh = FALSE;

  self->items = g_ptr_array_ref (items);
  if (head + tail < MAX (old->len, items->len))
    g_list_model_items_changed (G_LIST_MODEL (self), head,
                                old->len - head - tail, items->len - head - tail);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(BalWaitingList) self = user_data;
  g_autoptr(GError) error = NULL;
  ReadJob *job;

  if (!bal_store_read_finish (BAL_STORE (source), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("Reading what waits: %s", error->message);
      return;
    }

  job = bal_store_get_work_data (result);
  if (job->conflicts != self->conflicts || job->blog_id != self->blog_id)
    return;

  take_items (self, job->items);
  if (self->loading)
    {
      self->loading = FALSE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
    }
}

static void
read_items (BalWaitingList *self)
{
  ReadJob *job = g_new0 (ReadJob, 1);

  job->blog_id = self->blog_id;
  job->conflicts = self->conflicts;
  job->has_network = g_network_monitor_get_network_available (g_network_monitor_get_default ());
  bal_store_read_async (self->store, read_work, job, read_job_free, self->cancellable,
                        read_cb, g_object_ref (self));
}

static void
store_changed_cb (BalWaitingList *self,
                  BalChangeSet   *changes)
{
  if (self->shown && (bal_change_set_is_everything (changes) ||
                      bal_change_set_touches (changes, BAL_ENTITY_OUTBOX) ||
                      bal_change_set_touches (changes, BAL_ENTITY_CONFLICT) ||
                      bal_change_set_touches (changes, BAL_ENTITY_BLOG)))
    read_items (self);
}

static void
network_changed_cb (BalWaitingList *self)
{
  if (self->shown && !self->conflicts && self->store != NULL)
    read_items (self);
}

static void
bal_waiting_list_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  if (prop_id == PROP_LOADING)
    g_value_set_boolean (value, BAL_WAITING_LIST (object)->loading);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bal_waiting_list_dispose (GObject *object)
{
  BalWaitingList *self = BAL_WAITING_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (bal_waiting_list_parent_class)->dispose (object);
}

static void
bal_waiting_list_finalize (GObject *object)
{
  BalWaitingList *self = BAL_WAITING_LIST (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->items, g_ptr_array_unref);

  G_OBJECT_CLASS (bal_waiting_list_parent_class)->finalize (object);
}

static void
bal_waiting_list_class_init (BalWaitingListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = bal_waiting_list_dispose;
  object_class->finalize = bal_waiting_list_finalize;
  object_class->get_property = bal_waiting_list_get_property;

  properties[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bal_waiting_list_init (BalWaitingList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
}

BalWaitingList *
bal_waiting_list_new (BalStore *store)
{
  BalWaitingList *self;

  g_return_val_if_fail (BAL_IS_STORE (store), NULL);

  self = g_object_new (BAL_TYPE_WAITING_LIST, NULL);
  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed", G_CALLBACK (network_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

void
bal_waiting_list_show (BalWaitingList *self,
                       gboolean        conflicts,
                       gint64          blog_id)
{
  g_return_if_fail (BAL_IS_WAITING_LIST (self));

  self->fresh |= self->conflicts != conflicts || self->blog_id != blog_id;
  self->shown = TRUE;
  self->conflicts = conflicts;
  self->blog_id = blog_id;
  self->loading = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
  read_items (self);
}

gboolean
bal_waiting_list_get_loading (BalWaitingList *self)
{
  g_return_val_if_fail (BAL_IS_WAITING_LIST (self), FALSE);

  return self->loading;
}
