/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-comparison-view.h"
#include "bal-conflict-row.h"
#include "bal-conflict-table.h"
#include "bal-conflict-view.h"
#include "store-fixture.h"
#include "widget-tree.h"

/* A conflict in a window: what is shown of it, and what becomes of what is chosen. */

#define BASE "<p>One sea.</p>\n<p>Two.</p>\n<p>Three.</p>"
#define MINE "<p>One lake.</p>\n<p>Two.</p>\n<p>Three cats.</p>"
#define THEIRS "<p>One pond.</p>\n<p>Two ships.</p>\n<p>Three dogs.</p>"

typedef struct
{
  Fixture          base;
  GtkWidget       *window;
  BalConflictView *view;
  gboolean         gone;          /* deleted on the blog */
  gint64           review_id;
  gint64           comment_id;
  gint64           conflict_id;
  guint            n_settled;

  /* of a transaction */
  char            *html;
  char            *title;
  gboolean         open;
} Desk;

static gboolean
add_work (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  Desk *desk = data;
  gint64 id = put_pulled_review (transaction, desk->base.blog_id, "1", "Old", BASE);
  g_autoptr(BalReview) review = bal_review_table_get (transaction, id, error);
  g_autoptr(BalReview) remote = make_review (desk->base.blog_id, "1", "Theirs", THEIRS);

  bal_review_set_title (review, "Mine");
  bal_review_set_html (review, MINE);
  must (bal_desk_save_review (transaction, review, TRUE, error));
  must (bal_conflict_table_put_review (transaction, id, "title,html", desk->gone ? NULL : remote, error));
  desk->review_id = id;
  desk->conflict_id = bal_conflict_table_find (transaction, BAL_ENTITY_REVIEW, id, error);
  return TRUE;
}

static gboolean
add_comment_work (BalTransaction  *transaction,
                  gpointer         data,
                  GError         **error)
{
  Desk *desk = data;
  gint64 review_id = put_pulled_review (transaction, desk->base.blog_id, "1", "Old", BASE);
  gint64 id = put_pulled_comment (transaction, desk->base.blog_id, review_id, 0, "8", "Ada",
                                  BAL_COMMENT_STATUS_APPROVED);
  g_autoptr(BalComment) remote = bal_comment_table_get (transaction, id, error);

  bal_comment_set_html (remote, "<p>Theirs.</p>");
  must (bal_desk_edit_comment (transaction, id, "Mine.", error));
  must (bal_conflict_table_put_comment (transaction, id, "html", remote, error));
  desk->comment_id = id;
  desk->conflict_id = bal_conflict_table_find (transaction, BAL_ENTITY_COMMENT, id, error);
  return TRUE;
}

static void
settled_cb (Desk *desk)
{
  desk->n_settled++;
}

static gboolean
is_shown (gpointer data)
{
  Desk *desk = data;

  return widget_find_type (GTK_WIDGET (desk->view), BAL_TYPE_CONFLICT_ROW) != NULL;
}

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  desk->gone = g_strcmp0 (data, "gone") == 0;
  fixture_set_up (&desk->base, data);
  fixture_write (&desk->base, g_strcmp0 (data, "comment") == 0 ? add_comment_work : add_work, desk);
  desk->view = g_object_new (BAL_TYPE_CONFLICT_VIEW, NULL);
  g_signal_connect_swapped (desk->view, "settled", G_CALLBACK (settled_cb), desk);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (desk->view));
  desk->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 600, 500);
  adw_window_set_content (ADW_WINDOW (desk->window), scrolled);
  gtk_window_present (GTK_WINDOW (desk->window));
  bal_conflict_view_show (desk->view, desk->base.store, desk->conflict_id);
  wait_until (is_shown, desk);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
tear_down (Desk          *desk,
           gconstpointer  data)
{
  gpointer view = desk->view;

  g_object_add_weak_pointer (view, &view);
  gtk_window_destroy (GTK_WINDOW (desk->window));
  wait_until (is_gone, &view);
  g_free (desk->html);
  g_free (desk->title);
  fixture_tear_down (&desk->base, data);
}

/* ---- looking ---- */

static GtkListBox *
get_list (Desk *desk)
{
  return GTK_LIST_BOX (widget_find_type (GTK_WIDGET (desk->view), GTK_TYPE_LIST_BOX));
}

static char *
get_outcome (Desk *desk)
{
  GtkTextView *view = GTK_TEXT_VIEW (widget_find_type (GTK_WIDGET (desk->view), BAL_TYPE_COMPARISON_VIEW));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (gtk_text_view_get_buffer (view), &start, &end);
  return gtk_text_buffer_get_text (gtk_text_view_get_buffer (view), &start, &end, FALSE);
}

static gboolean
read_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Desk *desk = data;
  g_autoptr(BalReview) review = bal_review_table_get (transaction, desk->review_id, NULL);

  g_free (desk->html);
  g_free (desk->title);
  desk->html = review != NULL ? g_strdup (bal_review_get_html (review)) : NULL;
  desk->title = review != NULL ? g_strdup (bal_review_get_title (review)) : NULL;
  desk->open = bal_conflict_table_find (transaction, BAL_ENTITY_REVIEW, desk->review_id, NULL) != 0;
  return TRUE;
}

static gboolean
is_settled (gpointer data)
{
  return ((Desk *) data)->n_settled > 0;
}

static void
apply (Desk *desk)
{
  gtk_widget_activate_action (GTK_WIDGET (desk->view), "conflict.apply", NULL);
  wait_until (is_settled, desk);
  fixture_read (&desk->base, read_work, desk);
  g_assert_false (desk->open);
}

static void
select_row (Desk *desk,
            int   index)
{
  gtk_list_box_select_row (get_list (desk), gtk_list_box_get_row_at_index (get_list (desk), index));
}

/* ---- promises ---- */

static void
test_points_are_shown_and_chosen (Desk          *desk,
                                  gconstpointer  data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_nonnull (gtk_list_box_get_row_at_index (get_list (desk), 2));
  g_assert_null (gtk_list_box_get_row_at_index (get_list (desk), 3));
  before = get_outcome (desk);
  g_assert_nonnull (strstr (before, "ships"));
  g_assert_null (strstr (before, "dogs"));

  /* What M and T do. */
  gtk_widget_activate_action (GTK_WIDGET (desk->view), "conflict.choose", "s", "theirs");
  select_row (desk, 2);
  gtk_widget_activate_action (GTK_WIDGET (desk->view), "conflict.choose", "s", "theirs");
  after = get_outcome (desk);
  g_assert_nonnull (strstr (after, "dogs"));
  g_assert_null (strstr (after, "pond"));
  fixture_read (&desk->base, read_work, desk);
  g_assert_true (desk->open);

  apply (desk);
  g_assert_cmpstr (desk->title, ==, "Theirs");
  g_assert_cmpstr (desk->html, ==, "<p>One lake.</p>\n<p>Two ships.</p>\n<p>Three dogs.</p>");
}

static void
test_all_of_one_side (Desk          *desk,
                      gconstpointer  data)
{
  gtk_widget_activate_action (GTK_WIDGET (desk->view), "conflict.choose-all", "s", "theirs");
  for (int i = 0; i < 3; i++)
    g_assert_cmpint (bal_conflict_row_get_choice (
                       BAL_CONFLICT_ROW (gtk_list_box_get_row_at_index (get_list (desk), i))),
                     ==, BAL_SIDE_THEIRS);
  gtk_widget_activate_action (GTK_WIDGET (desk->view), "conflict.choose-all", "s", "mine");
  apply (desk);
  g_assert_cmpstr (desk->title, ==, "Mine");
  g_assert_cmpstr (desk->html, ==, "<p>One lake.</p>\n<p>Two ships.</p>\n<p>Three cats.</p>");
}

static gboolean
write_on (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  Desk *desk = data;
  g_autoptr(BalReview) review = bal_review_table_get (transaction, desk->review_id, error);

  bal_review_set_html (review, "<p>One ocean.</p>\n<p>Two.</p>\n<p>Three cats.</p>");
  return bal_desk_save_review (transaction, review, TRUE, error);
}

static gboolean
shows_ocean (gpointer data)
{
  g_autofree char *outcome = get_outcome (data);

  return strstr (outcome, "ocean") != NULL;
}

/* Nothing is applied that was chosen among other versions: they are shown. */
static void
test_newer_versions_are_shown_first (Desk          *desk,
                                     gconstpointer  data)
{
  fixture_write (&desk->base, write_on, desk);
  gtk_widget_activate_action (GTK_WIDGET (desk->view), "conflict.apply", NULL);
  wait_until (shows_ocean, desk);
  g_assert_cmpuint (desk->n_settled, ==, 0);
  fixture_read (&desk->base, read_work, desk);
  g_assert_true (desk->open);
}

static void
test_deleted_on_the_blog (Desk          *desk,
                          gconstpointer  data)
{
  g_assert_null (gtk_list_box_get_row_at_index (get_list (desk), 1));
  gtk_widget_activate_action (GTK_WIDGET (desk->view), "conflict.choose", "s", "theirs");
  apply (desk);
  g_assert_null (desk->html);
}

static gboolean
read_comment_work (BalTransaction  *transaction,
                   gpointer         data,
                   GError         **error)
{
  Desk *desk = data;
  g_autoptr(BalComment) comment = bal_comment_table_get (transaction, desk->comment_id, error);

  g_free (desk->html);
  desk->html = g_strdup (bal_comment_get_html (comment));
  return TRUE;
}

static void
test_a_comment_likewise (Desk          *desk,
                         gconstpointer  data)
{
  g_assert_null (gtk_list_box_get_row_at_index (get_list (desk), 1));
  gtk_widget_activate_action (GTK_WIDGET (desk->view), "conflict.choose", "s", "theirs");
  apply (desk);
  fixture_read (&desk->base, read_comment_work, desk);
  g_assert_cmpstr (desk->html, ==, "<p>Theirs.</p>");
}

#define ADD(name, data, func) \
  g_test_add ("/ui/conflict-view/" name, Desk, data, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("points-are-shown-and-chosen", NULL, test_points_are_shown_and_chosen);
  ADD ("all-of-one-side", NULL, test_all_of_one_side);
  ADD ("newer-versions-are-shown-first", NULL, test_newer_versions_are_shown_first);
  ADD ("a-comment-likewise", "comment", test_a_comment_likewise);
  ADD ("deleted-on-the-blog", "gone", test_deleted_on_the_blog);
  return g_test_run ();
}
