/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-error.h"
#include "bal-types.h"

static void
test_review_status_nicks (void)
{
  static const char *const nicks[] = { "draft", "scheduled", "published", "private", "trash" };

  for (guint i = 0; i < G_N_ELEMENTS (nicks); i++)
    {
      BalReviewStatus status = BAL_REVIEW_STATUS_TRASH + 1;

      g_assert_cmpstr (bal_review_status_to_nick (i), ==, nicks[i]);
      g_assert_true (bal_review_status_from_nick (nicks[i], &status));
      g_assert_cmpuint (status, ==, i);
      g_assert_cmpstr (bal_review_status_get_label (i), !=, "");
    }
}

static void
test_comment_status_nicks (void)
{
  static const char *const nicks[] = { "pending", "approved", "spam", "trash" };

  for (guint i = 0; i < G_N_ELEMENTS (nicks); i++)
    {
      BalCommentStatus status = BAL_COMMENT_STATUS_TRASH + 1;

      g_assert_cmpstr (bal_comment_status_to_nick (i), ==, nicks[i]);
      g_assert_true (bal_comment_status_from_nick (nicks[i], &status));
      g_assert_cmpuint (status, ==, i);
      g_assert_cmpstr (bal_comment_status_get_label (i), !=, "");
    }
}

static void
test_sync_state_nicks (void)
{
  static const char *const nicks[] = {
    "clean", "queued", "sending", "unknown", "parked", "conflict",
  };

  for (guint i = 0; i < G_N_ELEMENTS (nicks); i++)
    g_assert_cmpstr (bal_sync_state_to_nick (i), ==, nicks[i]);
}

static void
test_unknown_nicks_change_nothing (void)
{
  static const char *const wrong[] = { NULL, "", "Draft", "publish", "draft " };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      BalReviewStatus review_status = BAL_REVIEW_STATUS_PRIVATE;
      BalCommentStatus comment_status = BAL_COMMENT_STATUS_SPAM;

      g_assert_false (bal_review_status_from_nick (wrong[i], &review_status));
      g_assert_false (bal_comment_status_from_nick (wrong[i], &comment_status));
      g_assert_cmpuint (review_status, ==, BAL_REVIEW_STATUS_PRIVATE);
      g_assert_cmpuint (comment_status, ==, BAL_COMMENT_STATUS_SPAM);
    }
}

static void
test_each_capability_has_a_nick (void)
{
  g_autoptr(GFlagsClass) flags_class = g_type_class_ref (BAL_TYPE_CAPABILITIES);

  for (guint i = 0; 1u << i <= BAL_CAPABILITY_FEATURED_IMAGE; i++)
    {
      GFlagsValue *value = g_flags_get_first_value (flags_class, 1u << i);

      g_assert_nonnull (value);
      g_assert_cmpuint (value->value, ==, 1u << i);
    }
}

static void
test_error_copies_keep_the_wait (void)
{
  g_autoptr(GError) error = g_error_new_literal (BAL_ERROR, BAL_ERROR_TEMPORARY, "Busy.");
  g_autoptr(GError) other = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_IO, "Disk.");
  g_autoptr(GError) copy = NULL;

  g_assert_cmpuint (bal_error_get_retry_after (error), ==, 0);
  bal_error_set_retry_after (error, 120);
  copy = g_error_copy (error);
  g_assert_error (copy, BAL_ERROR, BAL_ERROR_TEMPORARY);
  g_assert_cmpuint (bal_error_get_retry_after (copy), ==, 120);
  g_assert_cmpuint (bal_error_get_retry_after (other), ==, 0);
  g_assert_cmpuint (bal_error_get_retry_after (NULL), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/types/review-statuses-have-the-nicks-of-the-command-line",
                   test_review_status_nicks);
  g_test_add_func ("/model/types/comment-statuses-have-the-nicks-of-the-command-line",
                   test_comment_status_nicks);
  g_test_add_func ("/model/types/sync-states-have-the-nicks-of-the-command-line",
                   test_sync_state_nicks);
  g_test_add_func ("/model/types/unknown-nicks-change-nothing", test_unknown_nicks_change_nothing);
  g_test_add_func ("/model/types/each-capability-has-a-nick", test_each_capability_has_a_nick);
  g_test_add_func ("/model/error/copies-keep-the-wait", test_error_copies_keep_the_wait);

  return g_test_run ();
}
