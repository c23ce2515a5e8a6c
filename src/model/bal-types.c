/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-types.h"

#include <glib/gi18n.h>

G_DEFINE_ENUM_TYPE (BalReviewStatus, bal_review_status,
                    G_DEFINE_ENUM_VALUE (BAL_REVIEW_STATUS_DRAFT, "draft"),
                    G_DEFINE_ENUM_VALUE (BAL_REVIEW_STATUS_SCHEDULED, "scheduled"),
                    G_DEFINE_ENUM_VALUE (BAL_REVIEW_STATUS_PUBLISHED, "published"),
                    G_DEFINE_ENUM_VALUE (BAL_REVIEW_STATUS_PRIVATE, "private"),
                    G_DEFINE_ENUM_VALUE (BAL_REVIEW_STATUS_TRASH, "trash"))

G_DEFINE_ENUM_TYPE (BalAudience, bal_audience,
                    G_DEFINE_ENUM_VALUE (BAL_AUDIENCE_EVERYONE, "everyone"),
                    G_DEFINE_ENUM_VALUE (BAL_AUDIENCE_PASSWORD, "password"),
                    G_DEFINE_ENUM_VALUE (BAL_AUDIENCE_MEMBERS, "members"),
                    G_DEFINE_ENUM_VALUE (BAL_AUDIENCE_PAID, "paid"),
                    G_DEFINE_ENUM_VALUE (BAL_AUDIENCE_TIERS, "tiers"))

G_DEFINE_ENUM_TYPE (BalCommentStatus, bal_comment_status,
                    G_DEFINE_ENUM_VALUE (BAL_COMMENT_STATUS_PENDING, "pending"),
                    G_DEFINE_ENUM_VALUE (BAL_COMMENT_STATUS_APPROVED, "approved"),
                    G_DEFINE_ENUM_VALUE (BAL_COMMENT_STATUS_SPAM, "spam"),
                    G_DEFINE_ENUM_VALUE (BAL_COMMENT_STATUS_TRASH, "trash"))

G_DEFINE_ENUM_TYPE (BalSyncState, bal_sync_state,
                    G_DEFINE_ENUM_VALUE (BAL_SYNC_STATE_CLEAN, "clean"),
                    G_DEFINE_ENUM_VALUE (BAL_SYNC_STATE_QUEUED, "queued"),
                    G_DEFINE_ENUM_VALUE (BAL_SYNC_STATE_SENDING, "sending"),
                    G_DEFINE_ENUM_VALUE (BAL_SYNC_STATE_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (BAL_SYNC_STATE_PARKED, "parked"),
                    G_DEFINE_ENUM_VALUE (BAL_SYNC_STATE_CONFLICT, "conflict"))

G_DEFINE_FLAGS_TYPE (BalCapabilities, bal_capabilities,
                     G_DEFINE_ENUM_VALUE (BAL_CAPABILITY_NONE, "none"),
                     G_DEFINE_ENUM_VALUE (BAL_CAPABILITY_REPLY, "reply"),
                     G_DEFINE_ENUM_VALUE (BAL_CAPABILITY_MODERATE, "moderate"),
                     G_DEFINE_ENUM_VALUE (BAL_CAPABILITY_EDIT_COMMENTS, "edit-comments"),
                     G_DEFINE_ENUM_VALUE (BAL_CAPABILITY_ADD_COMMENTS, "add-comments"),
                     G_DEFINE_ENUM_VALUE (BAL_CAPABILITY_DRAFT_COMMENTS, "draft-comments"),
                     G_DEFINE_ENUM_VALUE (BAL_CAPABILITY_UPLOAD_MEDIA, "upload-media"),
                     G_DEFINE_ENUM_VALUE (BAL_CAPABILITY_PUBLISH, "publish"),
                     G_DEFINE_ENUM_VALUE (BAL_CAPABILITY_SCHEDULE, "schedule"),
                     G_DEFINE_ENUM_VALUE (BAL_CAPABILITY_PRIVATE, "private"),
                     G_DEFINE_ENUM_VALUE (BAL_CAPABILITY_TRASH, "trash"),
                     G_DEFINE_ENUM_VALUE (BAL_CAPABILITY_SLUG, "slug"),
                     G_DEFINE_ENUM_VALUE (BAL_CAPABILITY_EXCERPT, "excerpt"),
                     G_DEFINE_ENUM_VALUE (BAL_CAPABILITY_CATEGORIES, "categories"),
                     G_DEFINE_ENUM_VALUE (BAL_CAPABILITY_FEATURED_IMAGE, "featured-image"))

static const char *
value_to_nick (GType type,
               int   value)
{
  g_autoptr(GEnumClass) enum_class = g_type_class_ref (type);
  const GEnumValue *found = g_enum_get_value (enum_class, value);

  g_return_val_if_fail (found != NULL, NULL);

  return found->value_nick;
}

static gboolean
value_from_nick (GType       type,
                 const char *nick,
                 int        *value)
{
  g_autoptr(GEnumClass) enum_class = g_type_class_ref (type);
  const GEnumValue *found = nick != NULL ? g_enum_get_value_by_nick (enum_class, nick) : NULL;

  if (found == NULL)
    return FALSE;

  *value = found->value;
  return TRUE;
}

/**
 * bal_review_status_to_nick:
 * @status: a status
 *
 * Returns: the word of the command line and its JSON, never translated
 */
const char *
bal_review_status_to_nick (BalReviewStatus status)
{
  return value_to_nick (BAL_TYPE_REVIEW_STATUS, status);
}

/**
 * bal_review_status_from_nick:
 * @nick: (nullable): a word
 * @status: (out): the status it names; untouched when it names none
 *
 * Returns: whether @nick names a status
 */
gboolean
bal_review_status_from_nick (const char      *nick,
                             BalReviewStatus *status)
{
  int value;

  g_return_val_if_fail (status != NULL, FALSE);

  if (!value_from_nick (BAL_TYPE_REVIEW_STATUS, nick, &value))
    return FALSE;

  *status = (BalReviewStatus) value;
  return TRUE;
}

/**
 * bal_review_status_get_label:
 * @status: a status
 *
 * Returns: the word that a person reads, translated
 */
const char *
bal_review_status_get_label (BalReviewStatus status)
{
  switch (status)
    {
    case BAL_REVIEW_STATUS_DRAFT:
      return C_("review status", "Draft");
    case BAL_REVIEW_STATUS_SCHEDULED:
      return C_("review status", "Scheduled");
    case BAL_REVIEW_STATUS_PUBLISHED:
      return C_("review status", "Published");
    case BAL_REVIEW_STATUS_PRIVATE:
      return C_("review status", "Private");
    case BAL_REVIEW_STATUS_TRASH:
      return C_("review status", "In the Trash");
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * bal_audience_to_nick:
 * @audience: an audience
 *
 * Returns: the word of the command line and of files, never translated
 */
const char *
bal_audience_to_nick (BalAudience audience)
{
  return value_to_nick (BAL_TYPE_AUDIENCE, audience);
}

/**
 * bal_audience_from_nick:
 * @nick: (nullable): a word
 * @audience: (out): the audience it names; untouched when it names none
 *
 * Returns: whether @nick names an audience
 */
gboolean
bal_audience_from_nick (const char  *nick,
                        BalAudience *audience)
{
  int value;

  g_return_val_if_fail (audience != NULL, FALSE);

  if (!value_from_nick (BAL_TYPE_AUDIENCE, nick, &value))
    return FALSE;

  *audience = (BalAudience) value;
  return TRUE;
}

/**
 * bal_audience_get_label:
 * @audience: an audience
 *
 * Returns: the words that a person reads, translated
 */
const char *
bal_audience_get_label (BalAudience audience)
{
  switch (audience)
    {
    case BAL_AUDIENCE_EVERYONE:
      return C_("audience of a review", "Everyone");
    case BAL_AUDIENCE_PASSWORD:
      return C_("audience of a review", "With a Password");
    case BAL_AUDIENCE_MEMBERS:
      return C_("audience of a review", "Members Only");
    case BAL_AUDIENCE_PAID:
      return C_("audience of a review", "Paying Members Only");
    case BAL_AUDIENCE_TIERS:
      return C_("audience of a review", "Some Members Only");
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * bal_comment_status_to_nick:
 * @status: a status
 *
 * Returns: the word of the command line and its JSON, never translated
 */
const char *
bal_comment_status_to_nick (BalCommentStatus status)
{
  return value_to_nick (BAL_TYPE_COMMENT_STATUS, status);
}

/**
 * bal_comment_status_from_nick:
 * @nick: (nullable): a word
 * @status: (out): the status it names; untouched when it names none
 *
 * Returns: whether @nick names a status
 */
gboolean
bal_comment_status_from_nick (const char       *nick,
                              BalCommentStatus *status)
{
  int value;

  g_return_val_if_fail (status != NULL, FALSE);

  if (!value_from_nick (BAL_TYPE_COMMENT_STATUS, nick, &value))
    return FALSE;

  *status = (BalCommentStatus) value;
  return TRUE;
}

/**
 * bal_comment_status_get_label:
 * @status: a status
 *
 * Returns: the word that a person reads, translated
 */
const char *
bal_comment_status_get_label (BalCommentStatus status)
{
  switch (status)
    {
    case BAL_COMMENT_STATUS_PENDING:
      return C_("comment status", "Pending");
    case BAL_COMMENT_STATUS_APPROVED:
      return C_("comment status", "Approved");
    case BAL_COMMENT_STATUS_SPAM:
      return C_("comment status", "Spam");
    case BAL_COMMENT_STATUS_TRASH:
      return C_("comment status", "In the Trash");
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * bal_sync_state_to_nick:
 * @state: a state
 *
 * Returns: the word of the command line and its JSON, never translated
 */
const char *
bal_sync_state_to_nick (BalSyncState state)
{
  return value_to_nick (BAL_TYPE_SYNC_STATE, state);
}

