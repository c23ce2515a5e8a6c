/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-place.h"

#include "bal-types.h"
#include "bal-words.h"

#include <glib/gi18n.h>

G_DEFINE_BOXED_TYPE (BalPlace, bal_place, bal_place_copy, bal_place_free)

BalPlace *
bal_place_new (BalPlaceKind  kind,
               int           status,
               const char   *series)
{
  BalPlace *self = g_new0 (BalPlace, 1);

  self->kind = kind;
  self->status = status;
  self->series = g_strdup (series);
  self->series_title = series != NULL ? bal_words_title (series) : NULL;

  return self;
}

BalPlace *
bal_place_new_filter (gint64      id,
                      const char *name,
                      const char *line)
{
  BalPlace *self = bal_place_new (BAL_PLACE_FILTER, -1, NULL);

  self->filter_id = id;
  self->name = g_strdup (name);
  self->line = g_strdup (line);

  return self;
}

BalPlace *
bal_place_copy (const BalPlace *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->kind == BAL_PLACE_FILTER)
    return bal_place_new_filter (self->filter_id, self->name, self->line);

  return bal_place_new (self->kind, self->status, self->series);
}

void
bal_place_free (BalPlace *self)
{
  g_free (self->series);
  g_free (self->series_title);
  g_free (self->name);
  g_free (self->line);
  g_free (self);
}

gboolean
bal_place_equal (const BalPlace *a,
                 const BalPlace *b)
{
  return a->kind == b->kind && a->status == b->status && g_strcmp0 (a->series, b->series) == 0 &&
         a->filter_id == b->filter_id;
}

gboolean
bal_place_has_comments (const BalPlace *self)
{
  return self->kind == BAL_PLACE_COMMENTS || self->kind == BAL_PLACE_UNANSWERED || self->kind == BAL_PLACE_MINE ||
         self->kind == BAL_PLACE_FILTER;
}

gboolean
bal_place_has_reviews (const BalPlace *self)
{
  return self->kind == BAL_PLACE_REVIEWS || self->kind == BAL_PLACE_SERIES;
}

static const char *
get_reviews_title (int status)
{
  switch (status)
    {
    case BAL_REVIEW_STATUS_DRAFT:
      return _("Drafts");
    case BAL_REVIEW_STATUS_SCHEDULED:
      return C_("reviews", "Scheduled");
    case BAL_REVIEW_STATUS_PUBLISHED:
      return C_("reviews", "Published");
    case BAL_REVIEW_STATUS_PRIVATE:
      return C_("reviews", "Private");
    case BAL_REVIEW_STATUS_TRASH:
      return C_("reviews", "Trash");
    default:
      return _("All Reviews");
    }
}

static const char *
get_comments_title (int status)
{
  switch (status)
    {
    case BAL_COMMENT_STATUS_PENDING:
      return C_("comments", "Pending");
    case BAL_COMMENT_STATUS_SPAM:
      return C_("comments", "Spam");
    case BAL_COMMENT_STATUS_TRASH:
      return C_("comments", "Trash");
    case -1:
      return _("All Comments");
    default:
      return C_("comments", "Approved");
    }
}

const char *
bal_place_get_title (const BalPlace *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  switch (self->kind)
    {
    case BAL_PLACE_SERIES:
      return self->series_title;
    case BAL_PLACE_COMMENTS:
      return get_comments_title (self->status);
    case BAL_PLACE_FILTER:
      return self->name;
    case BAL_PLACE_UNANSWERED:
      return _("Unanswered");
    case BAL_PLACE_MINE:
      /* Translators: the blogger's own comments */
      return C_("comments", "Mine");
    case BAL_PLACE_CONFLICTS:
      return _("Conflicts");
    case BAL_PLACE_OUTBOX:
      return _("Outbox");
    case BAL_PLACE_REVIEWS:
    default:
      return get_reviews_title (self->status);
    }
}

static const char *
get_reviews_icon (int status)
{
  switch (status)
    {
    case BAL_REVIEW_STATUS_DRAFT:
      return "document-edit-symbolic";
    case BAL_REVIEW_STATUS_SCHEDULED:
      return "alarm-symbolic";
    case BAL_REVIEW_STATUS_PUBLISHED:
      return "web-browser-symbolic";
    case BAL_REVIEW_STATUS_PRIVATE:
      return "view-conceal-symbolic";
    case BAL_REVIEW_STATUS_TRASH:
      return "user-trash-symbolic";
    default:
      return "view-list-symbolic";
    }
}

static const char *
get_comments_icon (int status)
{
  switch (status)
    {
    case BAL_COMMENT_STATUS_PENDING:
      return "content-loading-symbolic";
    case BAL_COMMENT_STATUS_SPAM:
      return "mail-mark-junk-symbolic";
    case BAL_COMMENT_STATUS_TRASH:
      return "user-trash-symbolic";
    case -1:
      return "view-list-symbolic";
    default:
      return "object-select-symbolic";
    }
}

const char *
bal_place_get_icon (const BalPlace *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  switch (self->kind)
    {
    case BAL_PLACE_SERIES:
      return "media-view-subtitles-symbolic";
    case BAL_PLACE_COMMENTS:
      return get_comments_icon (self->status);
    case BAL_PLACE_FILTER:
      return "folder-saved-search-symbolic";
    case BAL_PLACE_UNANSWERED:
      return "mail-reply-sender-symbolic";
    case BAL_PLACE_MINE:
      return "avatar-default-symbolic";
    case BAL_PLACE_CONFLICTS:
      return "dialog-warning-symbolic";
    case BAL_PLACE_OUTBOX:
      return "document-send-symbolic";
    case BAL_PLACE_REVIEWS:
    default:
      return get_reviews_icon (self->status);
    }
}

const char *
bal_place_get_empty_title (const BalPlace *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  switch (self->kind)
    {
    case BAL_PLACE_COMMENTS:
    case BAL_PLACE_MINE:
    case BAL_PLACE_FILTER:
      return _("No Comments Here");
    case BAL_PLACE_UNANSWERED:
      return _("Everything Is Answered");
    case BAL_PLACE_CONFLICTS:
      return _("No Conflicts");
    case BAL_PLACE_OUTBOX:
      return _("Nothing Waits to Be Sent");
    case BAL_PLACE_REVIEWS:
    case BAL_PLACE_SERIES:
    default:
      return _("No Reviews Here");
    }
}
