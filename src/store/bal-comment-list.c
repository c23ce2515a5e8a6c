/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-comment-list.h"

#include "bal-change-set-private.h"

/* As many as a tall screen shows. */
#define PREPARED 24

struct _BalCommentList
{
  BalIdList parent_instance;
};

G_DEFINE_FINAL_TYPE (BalCommentList, bal_comment_list, BAL_TYPE_ID_LIST)

/* A query that owns its filter, or a thread. */
typedef struct
{
  BalCommentQuery query;
  gint64          thread;     /* of a review… */
  gint64          around;     /* …or around a comment… */
  gint64          person;     /* …or by a commenter; all 0: the query */
} OwnedQuery;

static void
owned_query_free (gpointer data)
{
  OwnedQuery *owned = data;

  g_clear_pointer (&owned->query.filter, bal_comment_filter_unref);
  g_free (owned);
}

static gpointer
create_item (gint64 id)
{
  return bal_comment_new (id);
}

static gint64
get_item_id (gpointer item)
{
  return bal_comment_get_id (item);
}

static void
assign_item (gpointer item,
             gpointer from)
{
  bal_comment_assign (item, from);
}

/* Only a thread shows numbers: to number those of a queue, all of their threads would have to be read. */
static GPtrArray *
load (BalTransaction  *transaction,
      gconstpointer    query,
      const gint64    *ids,
      guint            n_ids,
      GError         **error)
{
  const OwnedQuery *owned = query;

  if (owned != NULL && (owned->thread != 0 || owned->around != 0))
    return bal_comment_table_list (transaction, ids, n_ids, error);

  return bal_comment_table_list_rows (transaction, ids, n_ids, error);
}

static GArray *
run_query (BalTransaction  *transaction,
           gconstpointer    query,
           GPtrArray      **objects,
           GError         **error)
{
  const OwnedQuery *owned = query;
  g_autoptr(GArray) ids = NULL;

  if (owned->thread == 0)
    {
      if (owned->person != 0)
        ids = bal_person_table_list_comments (transaction, owned->person, -1, error);
      else
        ids = owned->around != 0 ? bal_comment_table_query_around (transaction, owned->around, error)
                                 : bal_comment_table_query (transaction, &owned->query, error);
      if (ids == NULL)
        return NULL;
      *objects = load (transaction, query, (const gint64 *) (gpointer) ids->data, MIN (ids->len, PREPARED), error);
      return *objects != NULL ? g_steal_pointer (&ids) : NULL;
    }

  /* Numbers move with each comment that comes or goes, so that a thread is read as a whole. */
  *objects = bal_comment_table_thread (transaction, owned->thread, error);
  if (*objects == NULL)
    return NULL;

  ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), (*objects)->len);
  for (guint i = 0; i < (*objects)->len; i++)
    {
      gint64 id = bal_comment_get_id (g_ptr_array_index (*objects, i));

      g_array_append_val (ids, id);
    }
  return g_steal_pointer (&ids);
}

static gboolean
concerns (gconstpointer  query,
          BalChangeSet  *changes)
{
  const OwnedQuery *owned = query;

  /* Whatever happens to a comment is noted of its review too. */
  if (owned->thread != 0)
    return bal_change_set_touches (changes, BAL_ENTITY_COMMENT);

  return bal_change_set_touches (changes, BAL_ENTITY_COMMENT) ||
         (owned->person != 0 && bal_change_set_touches (changes, BAL_ENTITY_PERSON)) ||
         (owned->query.filter != NULL &&
          (bal_change_set_has_text (changes) || bal_change_set_touches (changes, BAL_ENTITY_BLOG)));
}

static void
bal_comment_list_class_init (BalCommentListClass *klass)
{
  BalIdListClass *list_class = BAL_ID_LIST_CLASS (klass);

  list_class->get_item_type = bal_comment_get_type;
  list_class->entity = BAL_ENTITY_COMMENT;
  list_class->create_item = create_item;
  list_class->get_item_id = get_item_id;
  list_class->assign_item = assign_item;
  list_class->query = run_query;
  list_class->load = load;
  list_class->concerns = concerns;
}

static void
bal_comment_list_init (BalCommentList *self)
{
}

BalCommentList *
bal_comment_list_new (BalStore *store)
{
  g_return_val_if_fail (BAL_IS_STORE (store), NULL);

  return g_object_new (BAL_TYPE_COMMENT_LIST, "store", store, NULL);
}

void
bal_comment_list_set_query (BalCommentList        *self,
                            const BalCommentQuery *query)
{
  OwnedQuery *owned;

  g_return_if_fail (BAL_IS_COMMENT_LIST (self));
  g_return_if_fail (query != NULL);

  owned = g_new0 (OwnedQuery, 1);
  owned->query = *query;
  if (query->filter != NULL)
    bal_comment_filter_ref (query->filter);
  bal_id_list_set_query (BAL_ID_LIST (self), owned, owned_query_free);
}

static void
set_thread (BalCommentList *self,
            gint64          review_id,
            gint64          comment_id,
            gint64          person_id)
{
  OwnedQuery *owned;

  if (review_id == 0 && comment_id == 0 && person_id == 0)
    {
      bal_id_list_set_query (BAL_ID_LIST (self), NULL, NULL);
      return;
    }

  owned = g_new0 (OwnedQuery, 1);
  owned->thread = review_id;
  owned->around = comment_id;
  owned->person = person_id;
  bal_id_list_set_query (BAL_ID_LIST (self), owned, owned_query_free);
}

void
bal_comment_list_set_thread (BalCommentList *self,
                             gint64          review_id)
{
  g_return_if_fail (BAL_IS_COMMENT_LIST (self));

  set_thread (self, review_id, 0, 0);
}

void
bal_comment_list_set_around (BalCommentList *self,
                             gint64          comment_id)
{
  g_return_if_fail (BAL_IS_COMMENT_LIST (self));

  set_thread (self, 0, comment_id, 0);
}

void
bal_comment_list_set_person (BalCommentList *self,
                             gint64          person_id)
{
  g_return_if_fail (BAL_IS_COMMENT_LIST (self));

  set_thread (self, 0, 0, person_id);
}

gboolean
bal_comment_list_get_loading (BalCommentList *self)
{
  return bal_id_list_get_loading (BAL_ID_LIST (self));
}

guint
bal_comment_list_find (BalCommentList *self,
                       gint64          id)
{
  return bal_id_list_find (BAL_ID_LIST (self), id);
}

gint64
bal_comment_list_get_id (BalCommentList *self,
                         guint           position)
{
  return bal_id_list_get_id (BAL_ID_LIST (self), position);
}
