/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-planner.h"

#include <glib/gi18n.h>

#include "bal-media-refs.h"

#define MAX_BACKOFF_S 3600
#define MAX_GONE 10
#define MAX_GONE_PERCENT 20

/**
 * bal_plan_review_needs:
 * @base: (nullable): what the blog has; %NULL: nothing yet
 * @local: what it should have
 *
 * Only what decides whether readers see it: what a blog can't hold of the rest (a slug, an excerpt) it
 * leaves out, and its answer says so.
 *
 * Returns: the capabilities without which sending is pointless
 */
BalCapabilities
bal_plan_review_needs (BalReview *base,
                       BalReview *local)
{
  BalCapabilities needs = BAL_CAPABILITY_NONE;
  const char *image = bal_review_get_featured_image (local);
  g_autoptr(GArray) pictures = bal_media_refs_list (bal_review_get_html (local));

  if (base == NULL || bal_review_get_status (base) != bal_review_get_status (local))
    switch (bal_review_get_status (local))
      {
      case BAL_REVIEW_STATUS_PUBLISHED:
        needs |= BAL_CAPABILITY_PUBLISH;
        break;
      case BAL_REVIEW_STATUS_SCHEDULED:
        needs |= BAL_CAPABILITY_SCHEDULE;
        break;
      case BAL_REVIEW_STATUS_PRIVATE:
        needs |= BAL_CAPABILITY_PRIVATE;
        break;
      case BAL_REVIEW_STATUS_TRASH:
        needs |= BAL_CAPABILITY_TRASH;
        break;
      case BAL_REVIEW_STATUS_DRAFT:
      default:
        break;
      }

  if (bal_media_ref_parse (image) >= 0 || pictures->len > 0)
    needs |= BAL_CAPABILITY_UPLOAD_MEDIA;
  return needs;
}

/**
 * bal_plan_comment_needs:
 * @base: (nullable): what the blog has; %NULL: nothing yet
 * @local: what it should have
 *
 * Returns: the capabilities without which sending is pointless
 */
BalCapabilities
bal_plan_comment_needs (BalComment *base,
                        BalComment *local)
{
  BalCapabilities needs = BAL_CAPABILITY_NONE;

  if (base == NULL)
    return bal_comment_get_mine (local) ? BAL_CAPABILITY_REPLY : BAL_CAPABILITY_ADD_COMMENTS;

  if (bal_comment_get_status (base) != bal_comment_get_status (local))
    needs |= BAL_CAPABILITY_MODERATE;
  if (g_strcmp0 (bal_comment_get_html (base), bal_comment_get_html (local)) != 0)
    needs |= BAL_CAPABILITY_EDIT_COMMENTS;
  return needs;
}

static const char *
say_what_is_missing (BalCapabilities missing)
{
  if (missing & BAL_CAPABILITY_REPLY)
    return _("This blog does not let you reply to comments from Balcony. The reply is kept here.");
  if (missing & BAL_CAPABILITY_ADD_COMMENTS)
    return _("This blog does not let you add comments in other people’s names. The comment is kept here.");
  if (missing & BAL_CAPABILITY_MODERATE)
    return _("This blog does not let you moderate comments from Balcony. The change is kept here.");
  if (missing & BAL_CAPABILITY_EDIT_COMMENTS)
    return _("This blog does not let you edit comments from Balcony. The new text is kept here.");
  if (missing & BAL_CAPABILITY_UPLOAD_MEDIA)
    return _("This blog takes no pictures from Balcony. Choose where they go with “Pictures…” in the menu of blogs, or take "
             "them out. The text is kept here.");
  if (missing & BAL_CAPABILITY_SCHEDULE)
    return _("This blog does not let you schedule reviews from Balcony. The review is kept here.");
  if (missing & BAL_CAPABILITY_PRIVATE)
    return _("This blog has no private reviews. The review is kept here.");
  if (missing & BAL_CAPABILITY_TRASH)
    return _("This blog has no trash. The review stays as it is there.");
  return _("This account may not publish on the blog. The review is kept here.");
}

/* A request that failed half-way (a gateway's 504) may have been carried out as well as one whose answer was lost. */
static gboolean
may_be_there (const BalOutboxItem *item)
{
  return item->state == BAL_OUTBOX_UNKNOWN || item->state == BAL_OUTBOX_SENDING || item->attempts > 0;
}

static BalStep
plan_create (const BalOutboxItem *item,
             gboolean             parent_remote_known,
             BalCapabilities      missing,
             const char         **why)
{
  if (may_be_there (item))
    return BAL_STEP_LOOK_UP;

  if (missing != BAL_CAPABILITY_NONE)
    {
      *why = say_what_is_missing (missing);
      return BAL_STEP_PARK;
    }

  if (item->entity == BAL_ENTITY_COMMENT && !parent_remote_known)
    {
      *why = _("Waits until its review is published on the blog and the comment it answers is there.");
      return BAL_STEP_WAIT;
    }
  return BAL_STEP_CREATE;
}

/**
 * bal_plan_step:
 * @item: an outbox row
 * @has_remote_id: the blog is known to have the entity
 * @parent_remote_known: for a new comment: its review is on the blog and takes comments, and its parent
 *   is there too
 * @needs: what the blog must be able to do, from [func@plan_review_needs] or [func@plan_comment_needs]
 * @capabilities: what it can do
 * @now: seconds since 1970
 * @why: (out) (nullable) (transfer none): for BAL_STEP_WAIT and BAL_STEP_PARK words for a person, translated
 *
 * Returns: what to do with the row now
 */
BalStep
bal_plan_step (const BalOutboxItem *item,
               gboolean             has_remote_id,
               gboolean             parent_remote_known,
               BalCapabilities      needs,
               BalCapabilities      capabilities,
               gint64               now,
               const char         **why)
{
  BalCapabilities missing = needs & ~capabilities;

  g_return_val_if_fail (item != NULL, BAL_STEP_WAIT);
  g_return_val_if_fail (why != NULL, BAL_STEP_WAIT);

  *why = NULL;
  if (item->state == BAL_OUTBOX_PARKED || item->not_before > now)
    return BAL_STEP_WAIT;

  if (item->op == BAL_OUTBOX_DELETE && !has_remote_id)
    return may_be_there (item) ? BAL_STEP_LOOK_UP : BAL_STEP_DROP;
  if (item->op != BAL_OUTBOX_DELETE && !has_remote_id)
    return plan_create (item, parent_remote_known, missing, why);

  if (missing != BAL_CAPABILITY_NONE)
    {
      *why = say_what_is_missing (missing);
      return BAL_STEP_PARK;
    }
  return item->op == BAL_OUTBOX_DELETE ? BAL_STEP_DELETE : BAL_STEP_READ_THEN_UPDATE;
}

/**
 * bal_plan_backoff:
 * @attempts: failures so far, at least 1
 * @retry_after: seconds that the server asked for; 0: none
 * @random: 0…1
 *
 * Returns: seconds until the next try: between half of and all of 2, 4, 8 … at most an hour, never
 *   less than @retry_after
 */
guint
bal_plan_backoff (guint  attempts,
                  guint  retry_after,
                  double random)
{
  guint longest = MIN (1u << CLAMP (attempts, 1, 12), MAX_BACKOFF_S);
  guint wait = longest / 2 + (guint) (CLAMP (random, 0.0, 1.0) * (longest - longest / 2));

  /* With jitter on top, or all clients that one outage threw back return in the same second. */
  return retry_after > 0 ? retry_after + wait / 2 : wait;
}

/**
 * bal_plan_too_many_gone:
 * @n_gone: entities whose absence was confirmed one by one
 * @n_known: entities that the blog was known to have
 *
 * One alone is never too many: on a blog of four reviews a single deletion is a quarter.
 *
 * Returns: whether a person must be asked first: more than 10, or more than 20 %
 */
gboolean
bal_plan_too_many_gone (guint n_gone,
                        guint n_known)
{
  return n_gone > MAX_GONE || (n_gone > 1 && n_gone * 100 > n_known * MAX_GONE_PERCENT);
}
