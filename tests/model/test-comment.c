/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-comment.h"

static BalComment *
make_full_comment (gint64 id)
{
  BalComment *comment = bal_comment_new (id);

  g_object_set (comment,
                "blog-id", G_GINT64_CONSTANT (2),
                "review-id", G_GINT64_CONSTANT (3),
                "parent-id", G_GINT64_CONSTANT (4),
                "remote-id", "44",
                "remote-review-id", "33",
                "remote-parent-id", "43",
                "key", "k",
                "author", "Lizzie",
                "author-email", "lizzie@blog.example",
                "author-url", "https://blog.example",
                "author-ip", "192.0.2.1",
                "user-agent", "Browser/1.0",
                "mine", TRUE,
                "status", BAL_COMMENT_STATUS_APPROVED,
                "created", G_GINT64_CONSTANT (1559239440),
                "html", "<p>So glad you liked it!</p>",
                "text", "So glad you liked it!",
                "url", "https://blog.example/the-perfection#comment-44",
                "number", "4.1",
                "depth", 1u,
                "review-title", "Indie Gems: The Perfection",
                "sync-state", BAL_SYNC_STATE_SENDING,
                "unanswered", TRUE,
                "dismissed", TRUE,
                "edited", TRUE,
                "spam-score", 0.25,
                "person-marks", BAL_PERSON_MARK_TRUSTED,
                "edit-seq", G_GINT64_CONSTANT (6),
                "loaded", TRUE,
                NULL);
  return comment;
}

static void
test_dup_has_every_property (void)
{
  g_autoptr(BalComment) comment = make_full_comment (7);
  g_autoptr(BalComment) copy = bal_comment_dup (comment);
  guint n_properties;
  g_autofree GParamSpec **pspecs =
    g_object_class_list_properties (G_OBJECT_GET_CLASS (comment), &n_properties);

  g_assert_cmpuint (n_properties, ==, 30);
  for (guint i = 0; i < n_properties; i++)
    {
      g_auto(GValue) one = G_VALUE_INIT;
      g_auto(GValue) other = G_VALUE_INIT;

      g_object_get_property (G_OBJECT (comment), pspecs[i]->name, &one);
      g_object_get_property (G_OBJECT (copy), pspecs[i]->name, &other);
      g_assert_false (g_param_value_defaults (pspecs[i], &one));
      g_assert_cmpint (g_param_values_cmp (pspecs[i], &one, &other), ==, 0);
    }
}

static void
test_getters_read_what_was_set (void)
{
  g_autoptr(BalComment) comment = make_full_comment (7);

  g_assert_cmpint (bal_comment_get_id (comment), ==, 7);
  g_assert_cmpint (bal_comment_get_parent_id (comment), ==, 4);
  g_assert_cmpstr (bal_comment_get_remote_parent_id (comment), ==, "43");
  g_assert_cmpstr (bal_comment_get_author (comment), ==, "Lizzie");
  g_assert_cmpstr (bal_comment_get_author_ip (comment), ==, "192.0.2.1");
  g_assert_true (bal_comment_get_mine (comment));
  g_assert_cmpuint (bal_comment_get_status (comment), ==, BAL_COMMENT_STATUS_APPROVED);
  g_assert_cmpstr (bal_comment_get_number (comment), ==, "4.1");
  g_assert_cmpuint (bal_comment_get_depth (comment), ==, 1);
  g_assert_cmpuint (bal_comment_get_sync_state (comment), ==, BAL_SYNC_STATE_SENDING);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/comment/dup-has-every-property", test_dup_has_every_property);
  g_test_add_func ("/model/comment/getters-read-what-was-set", test_getters_read_what_was_set);

  return g_test_run ();
}
