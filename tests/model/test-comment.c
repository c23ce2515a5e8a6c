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

static void
test_content_is_what_the_blog_holds (void)
{
  static const char *const content[] = { "html", "status", "author", NULL };
  g_autoptr(BalComment) empty = bal_comment_new (7);
  guint n_properties;
  g_autofree GParamSpec **pspecs =
    g_object_class_list_properties (G_OBJECT_GET_CLASS (empty), &n_properties);

  for (guint i = 0; i < n_properties; i++)
    {
      g_autoptr(BalComment) one = make_full_comment (7);
      g_autoptr(BalComment) other = make_full_comment (7);
      g_auto(GValue) value = G_VALUE_INIT;

      g_object_get_property (G_OBJECT (empty), pspecs[i]->name, &value);
      g_object_set_property (G_OBJECT (other), pspecs[i]->name, &value);
      g_assert_true (bal_comment_content_equal (one, other) !=
                     g_strv_contains (content, pspecs[i]->name));
    }
}

static BalComment *
make_child (gint64      parent_id,
            const char *remote_parent_id)
{
  BalComment *comment = bal_comment_new (0);

  bal_comment_set_parent_id (comment, parent_id);
  bal_comment_set_remote_parent_id (comment, remote_parent_id);
  return comment;
}

static void
test_parents_are_known_by_either_id (void)
{
  g_autoptr(BalComment) stored = make_child (4, "43");
  g_autoptr(BalComment) pulled = make_child (0, "43");
  g_autoptr(BalComment) moved = make_child (0, "42");
  g_autoptr(BalComment) top = make_child (0, NULL);
  g_autoptr(BalComment) unsent = make_child (4, NULL);

  g_assert_true (bal_comment_content_equal (stored, pulled));
  g_assert_true (bal_comment_content_equal (stored, unsent));
  g_assert_true (bal_comment_content_equal (top, top));
  g_assert_false (bal_comment_content_equal (stored, moved));
  g_assert_false (bal_comment_content_equal (stored, top));
  g_assert_false (bal_comment_content_equal (pulled, top));
  g_assert_false (bal_comment_content_equal (unsent, top));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/comment/dup-has-every-property", test_dup_has_every_property);
  g_test_add_func ("/model/comment/getters-read-what-was-set", test_getters_read_what_was_set);
  g_test_add_func ("/model/comment/content-is-what-the-blog-holds",
                   test_content_is_what_the_blog_holds);
  g_test_add_func ("/model/comment/parents-are-known-by-either-id",
                   test_parents_are_known_by_either_id);

  return g_test_run ();
}
