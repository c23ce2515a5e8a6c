/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-outbox-rows.h"

#include "bal-review-rows.h"

/* As the column has them; and no comment's status but these two is hidden. */
G_STATIC_ASSERT (BAL_REVISION_EDIT == 0 && BAL_REVISION_RESTORED == 5);
G_STATIC_ASSERT (BAL_COMMENT_STATUS_SPAM == 2 && BAL_COMMENT_STATUS_TRASH == 3);

BalOutboxParts
bal_outbox_parts_get_last (BalOutboxParts parts)
{
  for (BalOutboxParts part = BAL_OUTBOX_PART_DELETION; part != BAL_OUTBOX_PART_NONE; part >>= 1)
    if ((parts & part) != 0)
      return part;

  return BAL_OUTBOX_PART_NONE;
}

/* Whether title, text or anything else differs but status and date. */
static gboolean
is_text_changed (BalReview *review,
                 BalReview *base)
{
  g_autoptr(BalReview) same_state = bal_review_dup (base);

  bal_review_set_status (same_state, bal_review_get_status (review));
  bal_review_set_published (same_state, bal_review_get_published (review));
  return !bal_review_content_equal (review, same_state);
}

static gboolean
read_review_update (BalTransaction  *transaction,
                    BalOutboxItem   *item,
                    GError         **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(BalReview) review = bal_review_table_get (transaction, item->entity_id, &failed);
  g_autoptr(BalReview) base = NULL;

  if (review != NULL)
    base = bal_review_base_get (transaction, item->entity_id, &failed);
  if (failed != NULL && !g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (base == NULL)
    {
      item->parts = BAL_OUTBOX_PART_TEXT;
      return TRUE;
    }

  item->status = bal_review_get_status (review);
  item->base_status = bal_review_get_status (base);
  if (item->status != item->base_status)
    item->parts |= item->status == BAL_REVIEW_STATUS_TRASH ? BAL_OUTBOX_PART_HIDING : BAL_OUTBOX_PART_STATUS;
  else if (bal_review_get_published (review) != bal_review_get_published (base))
    item->parts |= BAL_OUTBOX_PART_STATUS;
  if (is_text_changed (review, base))
    item->parts |= BAL_OUTBOX_PART_TEXT;
  return TRUE;
}

/* One that the blog never had: no more is known than that it was a draft first. */
static gboolean
read_review_create (BalTransaction  *transaction,
                    BalOutboxItem   *item,
                    GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT status, coalesce (previous_status, -1) FROM review WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, item->entity_id);
  step = bal_statement_step (statement, error);
  item->parts = BAL_OUTBOX_PART_CREATION;
  if (step == BAL_STEP_ROW)
    {
      item->status = bal_statement_read_int (statement);
      if (bal_statement_read_int (statement) == BAL_REVIEW_STATUS_DRAFT && item->status != BAL_REVIEW_STATUS_DRAFT)
        item->parts |= item->status == BAL_REVIEW_STATUS_TRASH ? BAL_OUTBOX_PART_HIDING : BAL_OUTBOX_PART_STATUS;
    }
  return step != BAL_STEP_ERROR;
}

static gboolean
read_review (BalTransaction  *transaction,
             BalOutboxItem   *item,
             GError         **error)
{
  switch (item->op)
    {
    case BAL_OUTBOX_CREATE:
      return read_review_create (transaction, item, error);

    case BAL_OUTBOX_DELETE:
      item->parts = BAL_OUTBOX_PART_DELETION;
      return TRUE;

    case BAL_OUTBOX_UPDATE:
    default:
      return read_review_update (transaction, item, error);
    }
}

/* Of a new comment, the history tells whether it was edited since. */
static gboolean
read_comment (BalTransaction  *transaction,
              BalOutboxItem   *item,
              GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  gboolean is_edited, is_kept;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT coalesce (c.status, -1), coalesce (b.status, -1), b.html IS NOT NULL AND b.html IS NOT c.html,"
    "  coalesce ((SELECT kind = 0 FROM revision WHERE entity = 2 AND entity_id = o.id AND kind <> 5"
    "    ORDER BY id DESC LIMIT 1), 0)"
    "  FROM (SELECT ?1 AS id) o LEFT JOIN comment c ON c.id = o.id LEFT JOIN comment_base b ON b.comment_id = o.id",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, item->entity_id);
  step = bal_statement_step (statement, error);
  if (step != BAL_STEP_ROW)
    return step == BAL_STEP_DONE;

  item->status = bal_statement_read_int (statement);
  item->base_status = bal_statement_read_int (statement);
  is_edited = bal_statement_read_int (statement) != 0;
  is_kept = bal_statement_read_int (statement) != 0;
  if (item->op == BAL_OUTBOX_DELETE)
    item->parts = BAL_OUTBOX_PART_DELETION;
  else if (item->op == BAL_OUTBOX_CREATE)
    item->parts = BAL_OUTBOX_PART_CREATION | (is_kept ? BAL_OUTBOX_PART_TEXT : 0);
  else
    item->parts = is_edited ? BAL_OUTBOX_PART_TEXT : 0;

  if (item->op == BAL_OUTBOX_UPDATE && item->base_status >= 0 && item->status != item->base_status)
    item->parts |= item->status >= BAL_COMMENT_STATUS_SPAM ? BAL_OUTBOX_PART_HIDING : BAL_OUTBOX_PART_STATUS;
  return TRUE;
}

gboolean
bal_outbox_read_parts (BalTransaction  *transaction,
                       BalOutboxItem   *item,
                       GError         **error)
{
  item->parts = BAL_OUTBOX_PART_NONE;
  item->status = item->base_status = -1;
  return item->entity == BAL_ENTITY_REVIEW ? read_review (transaction, item, error)
                                           : read_comment (transaction, item, error);
}
