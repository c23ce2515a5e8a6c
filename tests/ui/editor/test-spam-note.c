/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "bal-comment-row.h"
#include "bal-list-pane.h"
#include "bal-spam-note.h"
#include "store-fixture.h"
#include "widget-tree.h"

/* "Likely spam" beside a comment, and why; and the queue by likelihood. */

typedef struct
{
  Fixture      base;
  GtkWidget   *window;
  gint64       review_id;
  gint64       spam_id;
  gint64       good_id;
} Desk;

static gint64
add (BalTransaction   *transaction,
     Desk             *desk,
     const char       *html,
     BalCommentStatus  status,
     gint64            created,
     GError          **error)
{
  g_autoptr(BalComment) comment = make_comment (desk->base.blog_id, desk->review_id, 0, "Ann", html);

  bal_comment_set_status (comment, status);
  bal_comment_set_created (comment, created);
  return bal_comment_table_insert (transaction, comment, error);
}

#define SPAM "<p>Cheap <b>watches</b>, free shipping <a href=\"http://watches.example\">here</a></p>"
#define GOOD "<p>The ending of this film surprised me.</p>"

static gboolean
fill_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Desk *desk = data;

  desk->review_id = put_pulled_review (transaction, desk->base.blog_id, "1", "Film", "<p>x</p>");
  for (guint i = 0; i < 25; i++)
    {
      must (add (transaction, desk, SPAM, BAL_COMMENT_STATUS_SPAM, 100 + i, error) != 0);
      must (add (transaction, desk, GOOD, BAL_COMMENT_STATUS_APPROVED, 200 + i, error) != 0);
    }
  desk->spam_id = add (transaction, desk, SPAM, BAL_COMMENT_STATUS_PENDING, 1000, error);
  desk->good_id = add (transaction, desk, GOOD, BAL_COMMENT_STATUS_PENDING, 2000, error);
  return TRUE;
}

static gboolean
is_scored (gpointer data)
{
  Desk *desk = data;
  g_autoptr(BalComment) spam = fixture_get_comment (&desk->base, desk->spam_id);
  g_autoptr(BalComment) good = fixture_get_comment (&desk->base, desk->good_id);

  return bal_comment_get_spam_score (spam) > 0.9 && bal_comment_get_spam_score (good) > 0;
}

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  fixture_set_up (&desk->base, NULL);
  fixture_write (&desk->base, fill_work, desk);
  wait_until (is_scored, desk);
  desk->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 500, 400);
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
find (GtkWidget  *widget,
      GType       type,
      const char *text)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) &&
      (text == NULL || (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type, text);
  return found;
}

static GtkWidget *
show_row (Desk       *desk,
          BalComment *comment)
{
  g_autoptr(BalReplyDrafts) drafts = bal_reply_drafts_ref_for (desk->base.store);
  GtkWidget *row = bal_comment_row_new (comment, drafts);
  GtkWidget *list = gtk_list_box_new ();

  bal_comment_row_set_store (BAL_COMMENT_ROW (row), desk->base.store);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_window_set_child (GTK_WINDOW (desk->window), list);
  gtk_window_present (GTK_WINDOW (desk->window));
  return row;
}

static gboolean
says_why (gpointer data)
{
  GtkWidget *row = data;

  return find (row, GTK_TYPE_LABEL, "takes this for spam at") != NULL;
}

static void
test_why (Desk          *desk,
          gconstpointer  data)
{
  g_autoptr(BalComment) comment = fixture_get_comment (&desk->base, desk->spam_id);
  GtkWidget *row = show_row (desk, comment);
  GtkWidget *note = find (row, BAL_TYPE_SPAM_NOTE, NULL);
  GtkWidget *button = find (note, GTK_TYPE_MENU_BUTTON, NULL);

  g_assert_true (gtk_widget_get_visible (note));
  g_assert_cmpstr (gtk_menu_button_get_label (GTK_MENU_BUTTON (button)), ==, "Likely Spam");
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  wait_until (says_why, row);
  g_assert_nonnull (find (row, GTK_TYPE_LABEL, "For spam:"));
  g_assert_nonnull (find (row, GTK_TYPE_LABEL, "watches"));

  /* Decided: there is nothing to say any more. */
  bal_comment_set_status (comment, BAL_COMMENT_STATUS_APPROVED);
  g_assert_false (gtk_widget_get_visible (note));
}

static void
test_row_is_used_again (Desk          *desk,
                        gconstpointer  data)
{
  g_autoptr(BalComment) comment = fixture_get_comment (&desk->base, desk->spam_id);
  g_autoptr(BalComment) good = fixture_get_comment (&desk->base, desk->good_id);
  GtkWidget *row = show_row (desk, comment);
  GtkWidget *note = find (row, BAL_TYPE_SPAM_NOTE, NULL);

  gtk_menu_button_popup (GTK_MENU_BUTTON (find (note, GTK_TYPE_MENU_BUTTON, NULL)));
  wait_until (says_why, row);
  bal_spam_note_set_comment (BAL_SPAM_NOTE (note), desk->base.store, NULL);
  g_assert_false (gtk_widget_get_visible (note));
  bal_spam_note_set_comment (BAL_SPAM_NOTE (note), desk->base.store, good);
  g_assert_false (gtk_widget_get_visible (note));

  /* The one that is shown no more says nothing here. */
  bal_comment_set_spam_score (comment, 0.95);
  g_assert_false (gtk_widget_get_visible (note));
  bal_comment_set_spam_score (good, 0.95);
  g_assert_true (gtk_widget_get_visible (note));
}

static void
test_not_beside_others (Desk          *desk,
                        gconstpointer  data)
{
  g_autoptr(BalComment) good = fixture_get_comment (&desk->base, desk->good_id);
  g_autoptr(BalComment) mine = fixture_get_comment (&desk->base, desk->spam_id);

  bal_comment_set_mine (mine, TRUE);
  g_assert_false (gtk_widget_get_visible (find (show_row (desk, good), BAL_TYPE_SPAM_NOTE, NULL)));
  g_assert_false (gtk_widget_get_visible (find (show_row (desk, mine), BAL_TYPE_SPAM_NOTE, NULL)));

  /* Nor beside somebody who is trusted. */
  bal_comment_set_mine (mine, FALSE);
  bal_comment_set_person_marks (mine, BAL_PERSON_MARK_TRUSTED);
  g_assert_false (gtk_widget_get_visible (find (show_row (desk, mine), BAL_TYPE_SPAM_NOTE, NULL)));
  bal_comment_set_person_marks (mine, BAL_PERSON_MARK_NOTED);
  g_assert_true (gtk_widget_get_visible (find (show_row (desk, mine), BAL_TYPE_SPAM_NOTE, NULL)));
}

/* ---- the queue ---- */

typedef struct
{
  GtkListView *list;
  gint64       first;
} Order;

static gboolean
is_in_order (gpointer data)
{
  Order *order = data;
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (order->list));
  g_autoptr(BalComment) comment = model != NULL ? g_list_model_get_item (model, 0) : NULL;

  return comment != NULL && g_list_model_get_n_items (model) == 2 && bal_comment_get_id (comment) == order->first;
}

static void
test_queue_by_likelihood (Desk          *desk,
                          gconstpointer  data)
{
  GtkWidget *pane = g_object_new (BAL_TYPE_LIST_PANE, NULL);
  g_autoptr(BalPlace) pending = bal_place_new (BAL_PLACE_COMMENTS, BAL_COMMENT_STATUS_PENDING, NULL);
  g_autoptr(BalPlace) approved = bal_place_new (BAL_PLACE_COMMENTS, BAL_COMMENT_STATUS_APPROVED, NULL);
  GtkWidget *button = gtk_widget_get_ancestor (find (pane, GTK_TYPE_LABEL, "Likely Spam First"), GTK_TYPE_TOGGLE_BUTTON);
  Order order = { GTK_LIST_VIEW (find (pane, GTK_TYPE_LIST_VIEW, NULL)), desk->good_id };

  gtk_window_set_child (GTK_WINDOW (desk->window), pane);
  gtk_window_present (GTK_WINDOW (desk->window));
  bal_list_pane_set_store (BAL_LIST_PANE (pane), desk->base.store);
  bal_list_pane_show (BAL_LIST_PANE (pane), approved, 0);
  g_assert_false (gtk_widget_get_visible (button));
  bal_list_pane_show (BAL_LIST_PANE (pane), pending, 0);
  g_assert_true (gtk_widget_get_visible (button));
  wait_until (is_in_order, &order);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  order.first = desk->spam_id;
  wait_until (is_in_order, &order);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/ui/spam-note/why", Desk, NULL, set_up, test_why, tear_down);
  g_test_add ("/ui/spam-note/row-is-used-again", Desk, NULL, set_up, test_row_is_used_again, tear_down);
  g_test_add ("/ui/spam-note/not-beside-others", Desk, NULL, set_up, test_not_beside_others, tear_down);
  g_test_add ("/ui/spam-note/queue-by-likelihood", Desk, NULL, set_up, test_queue_by_likelihood, tear_down);
  return g_test_run ();
}
