/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-server.h"

/*
 * What Blogger can't do: it takes no comment and no picture, knows neither slug nor excerpt nor category, dates no draft, counts
 * no comments by state, throws the text of a removed comment away, and lets no program take a post out of its trash.
 */

void
fake_server_set_limited (FakeServer *self)
{
  fake_server_set_capabilities (self, BAL_CAPABILITY_MODERATE | BAL_CAPABILITY_PUBLISH | BAL_CAPABILITY_SCHEDULE |
                                      BAL_CAPABILITY_TRASH);
  fake_server_set_shows_keys (self, FALSE);
  fake_server_set_two_steps (self, TRUE);
  fake_server_set_gives_slugs (self, FALSE);
  fake_server_set_makes_terms (self, FALSE);
  self->is_limited = TRUE;
}

/* What Ghost can't do: it has no trash and nothing private, no comment waits there, a deleted one is in no list and shows no text but
 * may come back, and it has no categories. */
void
fake_server_set_like_ghost (FakeServer *self)
{
  fake_server_set_capabilities (self, BAL_CAPABILITY_REPLY | BAL_CAPABILITY_MODERATE | BAL_CAPABILITY_UPLOAD_MEDIA |
                                      BAL_CAPABILITY_PUBLISH | BAL_CAPABILITY_SCHEDULE | BAL_CAPABILITY_SLUG |
                                      BAL_CAPABILITY_EXCERPT | BAL_CAPABILITY_FEATURED_IMAGE);
  fake_server_set_shows_keys (self, FALSE);
  fake_server_set_two_steps (self, TRUE);
  fake_server_set_makes_terms (self, FALSE);
  self->is_like_ghost = TRUE;
}

gboolean
fake_limits_hide (FakeServer        *self,
                  const FakeComment *row)
{
  return self->is_like_ghost && bal_comment_get_status (row->comment) == BAL_COMMENT_STATUS_TRASH;
}

/* Ghost keeps no key: there the text has to do, of what it lists. */
gboolean
fake_limits_is_wanted (FakeServer        *self,
                       const FakeComment *row,
                       BalComment        *comment)
{
  BalComment *other = row->comment;

  if (!self->is_like_ghost)
    return bal_comment_get_key (other) != NULL &&
           g_strcmp0 (bal_comment_get_key (other), bal_comment_get_key (comment)) == 0;

  return !fake_limits_hide (self, row) && bal_comment_get_mine (other) &&
         g_strcmp0 (bal_comment_get_html (other), bal_comment_get_html (comment)) == 0 &&
         g_strcmp0 (bal_comment_get_remote_review_id (other), bal_comment_get_remote_review_id (comment)) == 0 &&
         g_strcmp0 (bal_comment_get_remote_parent_id (other), bal_comment_get_remote_parent_id (comment)) == 0;
}

void
fake_limits_trim_review (FakeServer *self,
                         BalReview  *review)
{
  static const char *const none[] = { NULL };

  if (self->is_like_ghost)
    bal_review_set_categories (review, none);
  if (!self->is_limited)
    return;
  bal_review_set_slug (review, NULL);
  bal_review_set_excerpt (review, NULL);
  bal_review_set_categories (review, none);
  if (bal_review_get_status (review) == BAL_REVIEW_STATUS_DRAFT)
    bal_review_set_published (review, 0);
}

void
fake_limits_trim_comment (FakeServer *self,
                          BalComment *comment)
{
  if (self->is_limited && bal_comment_get_status (comment) == BAL_COMMENT_STATUS_TRASH)
    bal_comment_set_html (comment, NULL);
}

gboolean
fake_limits_allow_review (FakeServer  *self,
                          FakeReview  *row,
                          BalReview   *review,
                          GError     **error)
{
  BalReviewStatus status = bal_review_get_status (review);

  if (self->is_like_ghost && (status == BAL_REVIEW_STATUS_TRASH || status == BAL_REVIEW_STATUS_PRIVATE))
    return fake_fail (error, BAL_ERROR_UNSUPPORTED, "There is nothing of the kind.");
  return !self->is_limited || row == NULL || bal_review_get_status (row->review) != BAL_REVIEW_STATUS_TRASH ||
         bal_review_get_status (review) == BAL_REVIEW_STATUS_TRASH ||
         fake_fail (error, BAL_ERROR_UNSUPPORTED, "Nothing comes out of the trash.");
}

gboolean
fake_limits_allow_comment (FakeServer  *self,
                           FakeComment *row,
                           BalComment  *comment,
                           GError     **error)
{
  BalCommentStatus now, wanted = bal_comment_get_status (comment);

  if (self->is_like_ghost && row != NULL && wanted == BAL_COMMENT_STATUS_PENDING &&
      bal_comment_get_status (row->comment) != wanted)
    return fake_fail (error, BAL_ERROR_UNSUPPORTED, "No comment waits.");
  if (!self->is_limited || row == NULL)
    return TRUE;

  now = bal_comment_get_status (row->comment);
  return now == wanted ||
         (now != BAL_COMMENT_STATUS_TRASH && wanted != BAL_COMMENT_STATUS_PENDING) ||
         fake_fail (error, BAL_ERROR_UNSUPPORTED, "Comments don't go that way.");
}

BalReview *
fake_limits_show_review (FakeServer *self,
                         FakeReview *row)
{
  BalReview *review = bal_review_dup (row->review);

  if (!self->shows_keys && !self->two_steps)
    bal_review_set_key (review, NULL);
  return review;
}

BalComment *
fake_limits_show_comment (FakeServer  *self,
                          FakeComment *row)
{
  BalComment *comment = bal_comment_dup (row->comment);

  if (!self->shows_keys)
    bal_comment_set_key (comment, NULL);
  if (fake_limits_hide (self, row))
    bal_comment_set_html (comment, NULL);
  return comment;
}
