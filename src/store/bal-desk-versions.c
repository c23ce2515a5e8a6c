/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-desk.h"

#include <glib/gi18n.h>

#include "bal-error.h"

gboolean
bal_desk_keep_version (BalTransaction  *transaction,
                       gint64           id,
                       GError         **error)
{
  g_autoptr(BalReview) stored = bal_review_table_get (transaction, id, error);

  return stored != NULL &&
         bal_revision_table_add_review (transaction, BAL_REVISION_RESTORED, stored, error);
}

gboolean
bal_desk_restore_version (BalTransaction  *transaction,
                          gint64           id,
                          gint64           revision_id,
                          GError         **error)
{
  g_autoptr(BalReview) stored = bal_review_table_get (transaction, id, error);
  g_autoptr(BalRevision) revision = NULL;
  g_autoptr(BalReview) review = NULL;

  if (stored == NULL)
    return FALSE;
  revision = bal_revision_table_get (transaction, revision_id, error);
  if (revision == NULL)
    return FALSE;
  if (revision->entity != BAL_ENTITY_REVIEW || revision->entity_id != id)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND,
                           _("That version is one of another review. Nothing was changed."));
      return FALSE;
    }

  review = bal_review_dup (stored);
  bal_review_set_id (review, id);
  bal_revision_apply (revision, review);
  /* Twice: the first keeps no version besides, for one was just kept; the second finds nothing to write, and offers. */
  return (bal_review_content_equal (review, stored) || bal_desk_keep_version (transaction, id, error)) &&
         bal_desk_save_review (transaction, review, FALSE, error) &&
         bal_desk_save_review (transaction, review, TRUE, error);
}
