/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "bal-comment-row.h"
#include "bal-thread-view.h"
#include "store-fixture.h"
#include "widget-tree.h"

#include <string.h>

/* The thread as readers see it: without what is in spam and trash, unless that is asked for. */

typedef struct
{
  Fixture        base;
  GtkWidget     *window;
  BalThreadView *thread;
  gint64         review_id;
  gint64         good_id;
  gint64         spam_id;
  gint64         reply_id;
} Desk;

static gboolean
fill_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Desk *desk = data;

  desk->review_id = put_pulled_review (transaction, desk->base.blog_id, "1", "Film", "<p>x</p>");
  desk->good_id = put_pulled_comment (transaction, desk->base.blog_id, desk->review_id, 0, "1", "Ann",
                                      BAL_COMMENT_STATUS_APPROVED);
  desk->spam_id = put_pulled_comment (transaction, desk->base.blog_id, desk->review_id, desk->good_id, "2", "Pills",
                                      BAL_COMMENT_STATUS_SPAM);
  desk->reply_id = put_pulled_comment (transaction, desk->base.blog_id, desk->review_id, desk->spam_id, "3", "Bert",
                                       BAL_COMMENT_STATUS_APPROVED);
  put_pulled_comment (transaction, desk->base.blog_id, desk->review_id, 0, "4", "Carl", BAL_COMMENT_STATUS_TRASH);
  return TRUE;
}

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  fixture_set_up (&desk->base, NULL);
  fixture_write (&desk->base, fill_work, desk);
  desk->thread = BAL_THREAD_VIEW (bal_thread_view_new (desk->base.store));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (desk->thread));
  desk->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (desk->window), scrolled);
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 600, 600);
  gtk_window_present (GTK_WINDOW (desk->window));
  bal_thread_view_show_review (desk->thread, desk->review_id, NULL);
}

static void
tear_down (Desk          *desk,
           gconstpointer  data)
{
  widget_wait_for_tooltip (desk->window);
  gtk_window_destroy (GTK_WINDOW (desk->window));
  while (g_main_context_iteration (NULL, FALSE));
  fixture_tear_down (&desk->base, NULL);
}

static GtkWidget *
find_label (GtkWidget  *widget,
            const char *text)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
      strcmp (gtk_label_get_text (GTK_LABEL (widget)), text) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_label (child, text);
  return found;
}

static gboolean
shows (Desk       *desk,
       const char *text)
{
  return find_label (GTK_WIDGET (desk->thread), text) != NULL;
}

static gboolean
is_shown (gpointer data)
{
  return shows (data, "Bert");
}

static void
test_without_spam_and_trash (Desk          *desk,
                             gconstpointer  data)
{
  GtkWidget *label;

  wait_until (is_shown, desk);
  g_assert_true (shows (desk, "2 Comments"));
  g_assert_true (shows (desk, "Ann"));
  g_assert_false (shows (desk, "Pills"));
  g_assert_false (shows (desk, "Carl"));

  label = find_label (GTK_WIDGET (desk->thread), "Show 2 in Spam and Trash");
  g_assert_nonnull (label);
  g_assert_true (gtk_widget_activate (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON)));
  while (!shows (desk, "Pills"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (shows (desk, "Carl"));
  g_assert_true (shows (desk, "4 Comments"));
  g_assert_false (shows (desk, "Show 2 in Spam and Trash"));
}

static gboolean
shows_spam (gpointer data)
{
  return shows (data, "Pills");
}

/* From the queue of spam. */
static void
test_looked_for_is_shown (Desk          *desk,
                          gconstpointer  data)
{
  wait_until (is_shown, desk);
  bal_thread_view_highlight (desk->thread, desk->spam_id);
  wait_until (shows_spam, desk);
  g_assert_false (shows (desk, "Carl"));
  g_assert_true (shows (desk, "3 Comments"));
}

static gboolean
spam_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Desk *desk = data;

  must (bal_desk_set_comment_status (transaction, &desk->good_id, 1, BAL_COMMENT_STATUS_SPAM, error));
  must (bal_desk_set_comment_status (transaction, &desk->spam_id, 1, BAL_COMMENT_STATUS_APPROVED, error));
  return TRUE;
}

/* What is decided before one's eyes can be taken back there. */
static void
test_decided_now_stays_in_sight (Desk          *desk,
                                 gconstpointer  data)
{
  wait_until (is_shown, desk);
  fixture_write (&desk->base, spam_work, desk);
  while (!shows (desk, "Restore"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (shows (desk, "Ann"));
  wait_until (shows_spam, desk);
}

static gboolean
link_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Desk *desk = data;
  g_autoptr(BalComment) comment = bal_comment_table_get_row (transaction, desk->good_id, error);
  g_autoptr(GString) html = g_string_new ("<p>");

  for (guint i = 1; i <= 30; i++)
    g_string_append_printf (html, "<a href=\"https://host%u.example/\">%s</a> ", i, i == 28 ? "bank.example" : "here");
  bal_comment_set_html (comment, html->str);
  return bal_comment_table_update (transaction, comment, error);
}

static gboolean
has_links (gpointer data)
{
  return shows (data, "host5.example") && !shows (data, "host6.example");
}

static void
unfold (Desk       *desk,
        const char *label)
{
  GtkWidget *found = find_label (GTK_WIDGET (desk->thread), label);

  g_assert_nonnull (found);
  g_assert_true (gtk_widget_activate (gtk_widget_get_ancestor (found, GTK_TYPE_BUTTON)));
}

static gboolean
has_host_25 (gpointer data)
{
  return shows (data, "host25.example");
}

static gboolean
has_all (gpointer data)
{
  return shows (data, "host30.example");
}

/* What they hide is told before they are unfolded. */
static void
test_all_links_can_be_reached (Desk          *desk,
                               gconstpointer  data)
{
  wait_until (is_shown, desk);
  fixture_write (&desk->base, link_work, desk);
  wait_until (has_links, desk);
  unfold (desk, "Caution: 25 more links");
  wait_until (has_host_25, desk);
  g_assert_false (shows (desk, "host26.example"));
  unfold (desk, "Caution: 5 more links");
  wait_until (has_all, desk);
  g_assert_true (shows (desk, "Caution: says bank.example, leads to host28.example"));
  g_assert_false (shows (desk, "host28.example"));

  /* They stay so when something else of the comment changes. */
  fixture_write (&desk->base, spam_work, desk);
  while (!shows (desk, "Restore"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (shows (desk, "host30.example"));
}

#define add(path, test) g_test_add ("/thread-view/" path, Desk, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("without-spam-and-trash", test_without_spam_and_trash);
  add ("looked-for-is-shown", test_looked_for_is_shown);
  add ("all-links-can-be-reached", test_all_links_can_be_reached);
  add ("decided-now-stays-in-sight", test_decided_now_stays_in_sight);

  return g_test_run ();
}
