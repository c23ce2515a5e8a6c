/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-outbox-rows.h"

#include <glib/gi18n.h>

#include "bal-safe-text.h"

#define MAX_NAME 60

static char *
make_review_label (BalOutboxItem *item,
                   const char    *title)
{
  switch (bal_outbox_parts_get_last (item->parts))
    {
    case BAL_OUTBOX_PART_DELETION:
      /* Translators: here and below, %s is the title of a review. */
      return g_strdup_printf (_("Delete “%s” for good"), title);

    case BAL_OUTBOX_PART_HIDING:
      return g_strdup_printf (_("Move “%s” to the trash"), title);

    case BAL_OUTBOX_PART_CREATION:
      return item->status == BAL_REVIEW_STATUS_PUBLISHED
             ? g_strdup_printf (_("Publish “%s”"), title) : g_strdup_printf (_("New review “%s”"), title);

    case BAL_OUTBOX_PART_STATUS:
      if (item->status == item->base_status)
        return g_strdup_printf (_("Another date for “%s”"), title);
      if (item->base_status == BAL_REVIEW_STATUS_TRASH)
        return g_strdup_printf (_("Restore “%s”"), title);
      if (item->status == BAL_REVIEW_STATUS_PUBLISHED)
        return g_strdup_printf (_("Publish “%s”"), title);
      if (item->status == BAL_REVIEW_STATUS_SCHEDULED)
        return g_strdup_printf (_("Schedule “%s”"), title);
      return item->status == BAL_REVIEW_STATUS_PRIVATE
             ? g_strdup_printf (_("Make “%s” private"), title) : g_strdup_printf (_("Unpublish “%s”"), title);

    case BAL_OUTBOX_PART_TEXT:
    default:
      return g_strdup_printf (_("Changes to “%s”"), title);
    }
}

static char *
make_comment_label (BalOutboxItem *item,
                    const char    *name)
{
  switch (bal_outbox_parts_get_last (item->parts))
    {
    case BAL_OUTBOX_PART_DELETION:
      /* Translators: here and below, %s is a commenter's name. */
      return g_strdup_printf (_("Delete the comment by %s for good"), name);

    case BAL_OUTBOX_PART_HIDING:
      if (item->acted)
        return g_strdup_printf (_("Move the comment by %s, whom you blocked, to the trash"), name);
      return item->status == BAL_COMMENT_STATUS_SPAM
             ? g_strdup_printf (_("Mark the comment by %s as spam"), name)
             : g_strdup_printf (_("Move the comment by %s to the trash"), name);

    case BAL_OUTBOX_PART_STATUS:
      if (item->base_status == BAL_COMMENT_STATUS_SPAM || item->base_status == BAL_COMMENT_STATUS_TRASH)
        return g_strdup_printf (_("Restore the comment by %s"), name);
      if (item->acted)
        return g_strdup_printf (_("Approve the comment by %s, whom you trust"), name);
      return item->status == BAL_COMMENT_STATUS_APPROVED
             ? g_strdup_printf (_("Approve the comment by %s"), name)
             : g_strdup_printf (_("Hold back the comment by %s"), name);

    case BAL_OUTBOX_PART_TEXT:
    default:
      return g_strdup_printf (_("Changes to the comment by %s"), name);
    }
}

char *
bal_outbox_make_label (BalOutboxItem *item,
                       const char    *title,
                       const char    *name,
                       gboolean       is_reply)
{
  g_autofree char *review = bal_safe_text_name (title != NULL && *title != '\0' ? title : _("Untitled"), MAX_NAME);
  g_autofree char *author = bal_safe_text_name (name != NULL && *name != '\0' ? name : _("Anonymous"), MAX_NAME);

  if (item->entity == BAL_ENTITY_REVIEW)
    return make_review_label (item, review);
  if (is_reply)
    /* Translators: %s is a commenter's name. */
    return g_strdup_printf (_("Reply to %s"), author);
  if (item->op == BAL_OUTBOX_CREATE)
    return g_strdup_printf (_("Comment on “%s”"), review);
  return make_comment_label (item, author);
}
