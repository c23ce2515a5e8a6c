/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-review-list.h"

#include "bal-change-set-private.h"

/* So many of a new query's reviews come with its order: a screenful. */
#define PREPARED 64

struct _BalReviewList
{
  BalIdList parent_instance;
};

G_DEFINE_FINAL_TYPE (BalReviewList, bal_review_list, BAL_TYPE_ID_LIST)

/* A query that owns its texts. */
typedef struct
{
  BalReviewQuery query;
  char          *series;
  char          *label;
  char          *search;
} OwnedQuery;

static OwnedQuery *
owned_query_new (const BalReviewQuery *query)
{
  OwnedQuery *owned = g_new0 (OwnedQuery, 1);

  owned->query = *query;
  owned->query.series = owned->series = g_strdup (query->series);
  owned->query.label = owned->label = g_strdup (query->label);
  owned->query.search = owned->search = g_strdup (query->search);
  return owned;
}

static void
owned_query_free (gpointer data)
{
  OwnedQuery *owned = data;

  g_free (owned->series);
  g_free (owned->label);
  g_free (owned->search);
  g_free (owned);
}

static gpointer
create_item (gint64 id)
{
  return bal_review_new (id);
}

static gint64
get_item_id (gpointer item)
{
  return bal_review_get_id (item);
}

static void
assign_item (gpointer item,
             gpointer from)
{
  bal_review_assign (item, from);
}

static GPtrArray *
load (BalTransaction  *transaction,
      gconstpointer    query,
      const gint64    *ids,
      guint            n_ids,
      GError         **error)
{
  return bal_review_table_list (transaction, ids, n_ids, error);
}

static GArray *
run_query (BalTransaction  *transaction,
           gconstpointer    query,
           GPtrArray      **objects,
           GError         **error)
{
  const OwnedQuery *owned = query;
  g_autoptr(GArray) ids = bal_review_table_query (transaction, &owned->query, error);

  if (ids == NULL)
    return NULL;

  *objects = bal_review_table_list (transaction, (const gint64 *) (gpointer) ids->data,
                                    MIN (ids->len, PREPARED), error);
  return *objects != NULL ? g_steal_pointer (&ids) : NULL;
}

static gboolean
concerns (gconstpointer  query,
          BalChangeSet  *changes)
{
  const OwnedQuery *owned = query;

  return bal_change_set_touches (changes, BAL_ENTITY_REVIEW) ||
         (owned->search != NULL && bal_change_set_has_text (changes));
}

static void
bal_review_list_class_init (BalReviewListClass *klass)
{
  BalIdListClass *list_class = BAL_ID_LIST_CLASS (klass);

  list_class->get_item_type = bal_review_get_type;
  list_class->entity = BAL_ENTITY_REVIEW;
  list_class->create_item = create_item;
  list_class->get_item_id = get_item_id;
  list_class->assign_item = assign_item;
  list_class->query = run_query;
  list_class->load = load;
  list_class->concerns = concerns;
}

static void
bal_review_list_init (BalReviewList *self)
{
}

BalReviewList *
bal_review_list_new (BalStore *store)
{
  g_return_val_if_fail (BAL_IS_STORE (store), NULL);

  return g_object_new (BAL_TYPE_REVIEW_LIST, "store", store, NULL);
}

void
bal_review_list_set_query (BalReviewList        *self,
                           const BalReviewQuery *query)
{
  g_return_if_fail (BAL_IS_REVIEW_LIST (self));
  g_return_if_fail (query != NULL);

  bal_id_list_set_query (BAL_ID_LIST (self), owned_query_new (query), owned_query_free);
}

gboolean
bal_review_list_get_loading (BalReviewList *self)
{
  return bal_id_list_get_loading (BAL_ID_LIST (self));
}

guint
bal_review_list_find (BalReviewList *self,
                      gint64         id)
{
  return bal_id_list_find (BAL_ID_LIST (self), id);
}

gint64
bal_review_list_get_id (BalReviewList *self,
                        guint          position)
{
  return bal_id_list_get_id (BAL_ID_LIST (self), position);
}
