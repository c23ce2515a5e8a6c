/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-outbox-rows.h"

#include "bal-tables.h"

/* What of an item's entity and its surroundings a list needs. */
typedef struct
{
  BalOutboxItem *item;       /* borrowed from the list */
  gboolean       placed;
} Entry;

/* Name, place and surroundings; of a deleted entity its base tells the name. */
static gboolean
describe (BalTransaction  *transaction,
          Entry           *entry,
          GError         **error)
{
  BalOutboxItem *item = entry->item;
  g_autoptr(BalStatement) statement = NULL;
  const char *title = NULL, *author = NULL, *parent_author = NULL;
  gboolean is_reply;
  BalStep step;

  if (!bal_outbox_read_parts (transaction, item, error))
    return FALSE;

  statement = item->entity == BAL_ENTITY_REVIEW
    ? bal_transaction_prepare (transaction,
        "SELECT coalesce ((SELECT title FROM review WHERE id = ?1),"
        "  (SELECT title FROM review_base WHERE review_id = ?1)), (SELECT id FROM review WHERE id = ?1)", error)
    : bal_transaction_prepare (transaction,
        "SELECT r.title, coalesce (c.author, b.author), c.review_id, c.parent_id, p.author, c.html,"
        "  (SELECT acted FROM comment_author WHERE comment_id = c.id)"
        "  FROM (SELECT ?1 AS id) o LEFT JOIN comment c ON c.id = o.id"
        "  LEFT JOIN comment_base b ON b.comment_id = o.id"
        "  LEFT JOIN review r ON r.id = coalesce (c.review_id, b.review_id)"
        "  LEFT JOIN comment p ON p.id = c.parent_id", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, item->entity_id);
  step = bal_statement_step (statement, error);
  if (step != BAL_STEP_ROW)
    return step == BAL_STEP_DONE;

  title = bal_statement_read_text (statement);
  if (item->entity == BAL_ENTITY_REVIEW)
    {
      item->review_id = bal_statement_read_int (statement);
      item->label = bal_outbox_make_label (item, title, NULL, FALSE);
      return TRUE;
    }

  author = bal_statement_read_text (statement);
  item->review_id = bal_statement_read_int (statement);
  item->parent_id = bal_statement_read_int (statement);
  parent_author = bal_statement_read_text (statement);
  item->html = g_strdup (bal_statement_read_text (statement));
  item->acted = bal_statement_read_int (statement) != 0;
  is_reply = item->op == BAL_OUTBOX_CREATE && item->parent_id != 0;
  item->label = bal_outbox_make_label (item, title, is_reply ? parent_author : author, is_reply);
  return TRUE;
}

static gpointer
make_place (BalEntity entity,
            gint64    id)
{
  gint64 place = id * BAL_N_ENTITIES + entity;

  return g_memdup2 (&place, sizeof place);
}

/* The entry whose creation must come before @entry can be sent, or NULL. */
static Entry *
find_first (GHashTable *places,
            Entry      *entry)
{
  g_autofree gint64 *review = make_place (BAL_ENTITY_REVIEW, entry->item->review_id);
  g_autofree gint64 *parent = make_place (BAL_ENTITY_COMMENT, entry->item->parent_id);
  Entry *first;

  if (entry->item->entity != BAL_ENTITY_COMMENT || entry->item->op != BAL_OUTBOX_CREATE)
    return NULL;

  first = g_hash_table_lookup (places, parent);
  if (first != NULL && first->item->op == BAL_OUTBOX_CREATE)
    return first;

  first = g_hash_table_lookup (places, review);
  return first != NULL && first->item->op == BAL_OUTBOX_CREATE ? first : NULL;
}

/* Puts an entry after those that it needs. */
static void
place_entry (GHashTable *places,
             Entry      *entry,
             GPtrArray  *sorted)
{
  g_autoptr(GPtrArray) chain = g_ptr_array_new ();

  for (Entry *e = entry; e != NULL && !e->placed; e = find_first (places, e))
    {
      e->placed = TRUE;
      g_ptr_array_add (chain, e);
    }

  for (guint i = chain->len; i > 0; i--)
    {
      Entry *e = g_ptr_array_index (chain, i - 1);
      Entry *first = find_first (places, e);

      e->item->waits_for = first != NULL ? first->item->id : 0;
      g_ptr_array_add (sorted, e->item);
    }
}

static GPtrArray *
sort_by_need (GPtrArray *entries)
{
  g_autoptr(GHashTable) places = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GPtrArray *sorted = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_outbox_item_free);

  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (entries, i);

      g_hash_table_insert (places, make_place (entry->item->entity, entry->item->entity_id), entry);
    }
  for (guint i = 0; i < entries->len; i++)
    place_entry (places, g_ptr_array_index (entries, i), sorted);

  return sorted;
}

GPtrArray *
bal_outbox_list (BalTransaction  *transaction,
                 gint64           blog_id,
                 GError         **error)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_outbox_item_free);
  g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(BalStatement) statement = NULL;
  GPtrArray *sorted;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT id, blog_id, entity, entity_id, op, state, edit_seq, key, remote_id, attempts, not_before, error"
    "  FROM outbox WHERE ?1 = 0 OR blog_id = ?1 ORDER BY id",
    error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, blog_id);
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    g_ptr_array_add (items, bal_outbox_read_item (statement));
  if (step == BAL_STEP_ERROR)
    return NULL;

  for (guint i = 0; i < items->len; i++)
    {
      Entry *entry = g_new0 (Entry, 1);

      g_ptr_array_add (entries, entry);
      entry->item = g_ptr_array_index (items, i);
      if (!describe (transaction, entry, error))
        return NULL;
    }

  sorted = sort_by_need (entries);
  g_ptr_array_set_free_func (items, NULL);
  return sorted;
}
