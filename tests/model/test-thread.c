/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-thread.h"

#include <string.h>

static BalComment *
add (GPtrArray        *comments,
     gint64            id,
     gint64            parent_id,
     gint64            created,
     BalCommentStatus  status)
{
  BalComment *comment = bal_comment_new (id);

  bal_comment_set_parent_id (comment, parent_id);
  bal_comment_set_created (comment, created);
  bal_comment_set_status (comment, status);
  g_ptr_array_add (comments, comment);
  return comment;
}

static BalComment *
add_approved (GPtrArray *comments,
              gint64     id,
              gint64     parent_id)
{
  return add (comments, id, parent_id, 1000 + id, BAL_COMMENT_STATUS_APPROVED);
}

/* "1:0:1 2:1:1.1" is id, depth and number of each comment in order, "-" for no number. */
static char *
describe (GPtrArray *comments)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < comments->len; i++)
    {
      BalComment *comment = g_ptr_array_index (comments, i);
      const char *number = bal_comment_get_number (comment);

      g_string_append_printf (text, "%s%" G_GINT64_FORMAT ":%u:%s", i > 0 ? " " : "",
                              bal_comment_get_id (comment), bal_comment_get_depth (comment),
                              number != NULL ? number : "-");
    }
  return g_string_free (text, FALSE);
}

static void
assert_arranged (GPtrArray  *comments,
                 const char *expected)
{
  g_autofree char *arranged = NULL;

  bal_thread_arrange (comments);
  arranged = describe (comments);
  g_assert_cmpstr (arranged, ==, expected);
}

/* Those of every second comment, from what tells their place alone, are as they were arranged. */
static void
assert_numbered (GPtrArray *comments)
{
  g_autofree BalThreadEntry *entries = g_new0 (BalThreadEntry, comments->len);
  g_autoptr(GPtrArray) some = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < comments->len; i++)
    {
      BalComment *comment = g_ptr_array_index (comments, comments->len - 1 - i);

      bal_thread_entry_init (&entries[i], bal_comment_get_id (comment), bal_comment_get_parent_id (comment),
                             bal_comment_get_status (comment), bal_comment_get_created (comment),
                             bal_comment_get_remote_id (comment));
      if (i % 2 == 0)
        g_ptr_array_add (some, bal_comment_new (bal_comment_get_id (comment)));
    }

  bal_thread_number (entries, comments->len, some);
  for (guint i = 0; i < some->len; i++)
    {
      BalComment *arranged = g_ptr_array_index (comments, comments->len - 1 - 2 * i);

      g_assert_cmpint (bal_comment_get_id (some->pdata[i]), ==, bal_comment_get_id (arranged));
      g_assert_cmpstr (bal_comment_get_number (some->pdata[i]), ==, bal_comment_get_number (arranged));
      g_assert_cmpuint (bal_comment_get_depth (some->pdata[i]), ==, bal_comment_get_depth (arranged));
    }
}

static void
test_replies_follow_their_comment (void)
{
  g_autoptr(GPtrArray) comments = g_ptr_array_new_with_free_func (g_object_unref);

  assert_arranged (comments, "");
  add_approved (comments, 5, 2);
  add_approved (comments, 4, 0);
  add_approved (comments, 3, 1);
  add_approved (comments, 2, 1);
  add_approved (comments, 1, 0);
  assert_arranged (comments, "1:0:1 2:1:1.1 5:2:1.1.1 3:1:1.2 4:0:2");
}

static void
test_order_is_time_then_id (void)
{
  g_autoptr(GPtrArray) comments = g_ptr_array_new_with_free_func (g_object_unref);

  add (comments, 3, 0, 10, BAL_COMMENT_STATUS_APPROVED);
  add (comments, 2, 0, 10, BAL_COMMENT_STATUS_PENDING);
  add (comments, 1, 0, 11, BAL_COMMENT_STATUS_APPROVED);
  add (comments, 4, 1, 5, BAL_COMMENT_STATUS_APPROVED);    /* a clock that went wrong */
  assert_arranged (comments, "2:0:1 3:0:2 1:0:3 4:1:3.1");
}

/* A blog lists newest first, so that within a second the later comment may come here first. */
static void
test_within_a_second_the_blogs_order_counts (void)
{
  g_autoptr(GPtrArray) comments = g_ptr_array_new_with_free_func (g_object_unref);
  const char *remote_ids[] = { NULL, "100", "99" };

  for (guint i = 0; i < G_N_ELEMENTS (remote_ids); i++)
    bal_comment_set_remote_id (add (comments, i + 1, 0, 1000, BAL_COMMENT_STATUS_APPROVED), remote_ids[i]);
  assert_arranged (comments, "3:0:1 2:0:2 1:0:3");
  assert_numbered (comments);
}

static void
test_orphans_are_shown_at_the_top (void)
{
  g_autoptr(GPtrArray) comments = g_ptr_array_new_with_free_func (g_object_unref);

  add_approved (comments, 1, 99);
  add_approved (comments, 2, 2);
  add_approved (comments, 3, 1);
  assert_arranged (comments, "1:0:1 3:1:1.1 2:0:2");
}

static void
test_circles_begin_with_their_earliest (void)
{
  g_autoptr(GPtrArray) comments = g_ptr_array_new_with_free_func (g_object_unref);

  add_approved (comments, 1, 4);    /* hangs on the circle 2 -> 4 -> 3 -> 2 */
  add_approved (comments, 2, 4);
  add_approved (comments, 4, 3);
  add_approved (comments, 3, 2);
  assert_arranged (comments, "2:0:1 3:1:1.1 4:2:1.1.1 1:3:1.1.1.1");
}

static void
test_hidden_comments_do_not_shift_the_others (void)
{
  g_autoptr(GPtrArray) comments = g_ptr_array_new_with_free_func (g_object_unref);

  add_approved (comments, 1, 0);
  add (comments, 2, 0, 1002, BAL_COMMENT_STATUS_SPAM);
  add_approved (comments, 3, 0);
  add (comments, 4, 3, 1004, BAL_COMMENT_STATUS_TRASH);
  add_approved (comments, 5, 3);
  add_approved (comments, 6, 4);
  assert_arranged (comments, "1:0:1 2:0:- 3:0:2 4:1:- 6:2:2.1 5:1:2.2");
}

static void
test_unsaved_comments_are_shown (void)
{
  g_autoptr(GPtrArray) comments = g_ptr_array_new_with_free_func (g_object_unref);

  add (comments, 0, 0, 1, BAL_COMMENT_STATUS_APPROVED);
  add (comments, 0, 5, 2, BAL_COMMENT_STATUS_APPROVED);
  add (comments, 5, 0, 0, BAL_COMMENT_STATUS_APPROVED);
  assert_arranged (comments, "5:0:1 0:1:1.1 0:0:2");
}

static void
test_depth_of_a_hundred_thousand (void)
{
  g_autoptr(GPtrArray) comments = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);

  for (gint64 id = 1; id <= 100000; id++)
    add_approved (comments, id, id - 1);
  bal_thread_arrange (comments);

  for (guint i = 0; i < comments->len; i++)
    {
      BalComment *comment = g_ptr_array_index (comments, i);

      g_assert_cmpint (bal_comment_get_id (comment), ==, i + 1);
      g_assert_cmpuint (bal_comment_get_depth (comment), ==, i);
      g_assert_true (g_hash_table_add (numbers, (gpointer) bal_comment_get_number (comment)));
      g_assert_cmpuint (strlen (bal_comment_get_number (comment)), <, 100);
    }
}

/* The plain, recursive and quadratic way to say the same. */
typedef struct
{
  GPtrArray  *comments;
  BalComment *circle_top[64];
  guint       n_circle_tops;
} Reference;

static int
compare_plainly (BalComment *a,
                 BalComment *b)
{
  gint64 by_time = bal_comment_get_created (a) - bal_comment_get_created (b);
  gint64 by_id = bal_comment_get_id (a) - bal_comment_get_id (b);

  return by_time != 0 ? (by_time < 0 ? -1 : 1) : (by_id < 0 ? -1 : 1);
}

static BalComment *
find_plainly (Reference *reference,
              gint64     id)
{
  for (guint i = 0; i < reference->comments->len; i++)
    {
      if (bal_comment_get_id (g_ptr_array_index (reference->comments, i)) == id)
        return g_ptr_array_index (reference->comments, i);
    }
  return NULL;
}

/* The parent, if it is one that is shown above. */
static BalComment *
get_parent_plainly (Reference  *reference,
                    BalComment *comment)
{
  for (guint i = 0; i < reference->n_circle_tops; i++)
    {
      if (reference->circle_top[i] == comment)
        return NULL;
    }
  if (bal_comment_get_parent_id (comment) == bal_comment_get_id (comment))
    return NULL;
  return find_plainly (reference, bal_comment_get_parent_id (comment));
}

/* Whether the way up from a comment comes back to it, and it is the earliest on that way. */
static gboolean
is_circle_top (Reference  *reference,
               BalComment *comment)
{
  BalComment *up = get_parent_plainly (reference, comment);

  for (guint i = 0; i < reference->comments->len && up != NULL && up != comment; i++)
    {
      if (compare_plainly (up, comment) < 0)
        return FALSE;
      up = get_parent_plainly (reference, up);
    }
  return up == comment;
}

static void
describe_plainly (Reference  *reference,
                  BalComment *parent,
                  guint       depth,
                  const char *prefix,
                  guint      *count,
                  GString    *text)
{
  g_autoptr(GPtrArray) children = g_ptr_array_new ();

  for (guint i = 0; i < reference->comments->len; i++)
    {
      BalComment *comment = g_ptr_array_index (reference->comments, i);
      guint place = 0;

      if (get_parent_plainly (reference, comment) != parent)
        continue;
      while (place < children->len && compare_plainly (children->pdata[place], comment) < 0)
        place++;
      g_ptr_array_insert (children, (int) place, comment);
    }

  for (guint i = 0; i < children->len; i++)
    {
      BalComment *comment = children->pdata[i];
      BalCommentStatus status = bal_comment_get_status (comment);
      gboolean hidden = status == BAL_COMMENT_STATUS_SPAM || status == BAL_COMMENT_STATUS_TRASH;
      g_autofree char *number = hidden ? NULL : g_strdup_printf ("%s%u", prefix, ++*count);
      g_autofree char *below = hidden ? g_strdup (prefix) : g_strconcat (number, ".", NULL);
      guint own_count = 0;

      g_string_append_printf (text, "%s%" G_GINT64_FORMAT ":%u:%s", text->len > 0 ? " " : "",
                              bal_comment_get_id (comment), depth, hidden ? "-" : number);
      describe_plainly (reference, comment, depth + 1, below, hidden ? count : &own_count, text);
    }
}

static void
test_random_forests (void)
{
  for (guint seed = 1; seed <= 2000; seed++)
    {
      g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr(GPtrArray) comments = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr(GString) expected = g_string_new (NULL);
      Reference reference = { comments };
      int n_comments = g_rand_int_range (rand, 1, 25);
      guint count = 0;

      for (int id = 1; id <= n_comments; id++)
        {
          /* Some parents are missing, some come later, so that there are circles too. */
          int parent_id = g_rand_boolean (rand) ? g_rand_int_range (rand, 0, id) :
                                                  g_rand_int_range (rand, 0, n_comments + 3);

          add (comments, id, parent_id, g_rand_int_range (rand, 0, 10),
               (BalCommentStatus) g_rand_int_range (rand, 0, 4));
        }

      for (guint i = 0; i < comments->len; i++)
        {
          if (is_circle_top (&reference, g_ptr_array_index (comments, i)))
            reference.circle_top[reference.n_circle_tops++] = g_ptr_array_index (comments, i);
        }
      describe_plainly (&reference, NULL, 0, "", &count, expected);

      g_test_message ("seed %u", seed);
      assert_arranged (comments, expected->str);
      assert_arranged (comments, expected->str);
      assert_numbered (comments);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/thread/replies-follow-their-comment", test_replies_follow_their_comment);
  g_test_add_func ("/model/thread/order-is-time-then-id", test_order_is_time_then_id);
  g_test_add_func ("/model/thread/within-a-second-the-blogs-order-counts",
                   test_within_a_second_the_blogs_order_counts);
  g_test_add_func ("/model/thread/orphans-are-shown-at-the-top", test_orphans_are_shown_at_the_top);
  g_test_add_func ("/model/thread/circles-begin-with-their-earliest",
                   test_circles_begin_with_their_earliest);
  g_test_add_func ("/model/thread/hidden-comments-do-not-shift-the-others",
                   test_hidden_comments_do_not_shift_the_others);
  g_test_add_func ("/model/thread/unsaved-comments-are-shown", test_unsaved_comments_are_shown);
  g_test_add_func ("/model/thread/a-depth-of-a-hundred-thousand-works",
                   test_depth_of_a_hundred_thousand);
  g_test_add_func ("/model/thread/random-forests-match-the-plain-way", test_random_forests);

  return g_test_run ();
}
