/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "bal-spam-group.h"
#include "bal-spam-table.h"
#include "store-fixture.h"
#include "widget-tree.h"

#include <string.h>

/* What the spam help may do by itself, chosen in the preferences; and taking back what it has done. */

typedef struct
{
  Fixture       base;
  GtkWidget    *window;
  BalSpamGroup *group;
  gint64        review_id;
  gint64        helped_id;
  BalSpamHelp   help;
  gboolean      moves;        /* what arrives */
} Desk;

#define SPAM "<p>Cheap <b>watches</b>, free shipping <a href=\"http://watches.example\">here</a></p>"
#define GOOD "<p>The ending of this film surprised me.</p>"

static gboolean
fill_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Desk *desk = data;

  desk->review_id = put_pulled_review (transaction, desk->base.blog_id, "1", "Film", "<p>x</p>");
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr(BalComment) comment = make_comment (desk->base.blog_id, desk->review_id, 0, "Ann", i % 2 ? SPAM : GOOD);

      bal_comment_set_status (comment, i % 2 ? BAL_COMMENT_STATUS_SPAM : BAL_COMMENT_STATUS_APPROVED);
      bal_comment_set_created (comment, 100 + i);
      must (bal_comment_table_insert (transaction, comment, error) != 0);
    }
  return TRUE;
}

static gboolean
read_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Desk *desk = data;

  must (bal_spam_help_get (transaction, &desk->help, error));
  return TRUE;
}

static double
get_threshold (Desk *desk)
{
  fixture_read (&desk->base, read_work, desk);
  return desk->help.threshold;
}

static gboolean
has_learnt (gpointer data)
{
  Desk *desk = data;

  get_threshold (desk);
  return desk->help.lessons.n_spam == 25 && desk->help.lessons.n_good == 25;
}

/* As sync does with what is new. */
static gboolean
receive_work (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  Desk *desk = data;
  g_autoptr(BalBlog) blog = bal_blog_table_get (transaction, desk->base.blog_id, error);

  bal_blog_set_capabilities (blog, BAL_CAPABILITY_MODERATE);
  must (bal_blog_table_update (transaction, blog, error));
  desk->helped_id = put_pulled_comment (transaction, desk->base.blog_id, desk->review_id, 0, "r1", "Ann",
                                        BAL_COMMENT_STATUS_PENDING);
  {
    g_autoptr(BalComment) comment = bal_comment_table_get_row (transaction, desk->helped_id, error);

    bal_comment_set_html (comment, SPAM);
    must (bal_comment_table_update (transaction, comment, error));
  }
  must (bal_spam_help_receive (transaction, desk->helped_id, &desk->moves, error));
  return TRUE;
}

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  GtkWidget *overlay = adw_toast_overlay_new ();

  fixture_set_up (&desk->base, NULL);
  fixture_write (&desk->base, fill_work, desk);
  /* Learning alone changes nothing that anybody is told of. */
  while (!has_learnt (desk))
    g_usleep (10000);
  desk->group = g_object_new (BAL_TYPE_SPAM_GROUP, NULL);
  desk->window = gtk_window_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), GTK_WIDGET (desk->group));
  gtk_window_set_child (GTK_WINDOW (desk->window), overlay);
  bal_spam_group_set_store (desk->group, desk->base.store);
  gtk_window_present (GTK_WINDOW (desk->window));
}

static void
tear_down (Desk          *desk,
           gconstpointer  data)
{
  if (desk->window != NULL)
    {
      widget_wait_for_tooltip (desk->window);
      gtk_window_destroy (GTK_WINDOW (desk->window));
    }
  while (g_main_context_iteration (NULL, FALSE));
  fixture_tear_down (&desk->base, NULL);
}

static GtkWidget *
find (GtkWidget  *widget,
      GType       type,
      const char *text)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && gtk_widget_get_mapped (widget) &&
      (text == NULL || (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type, text);
  return found;
}

static gboolean
is_read (gpointer data)
{
  return gtk_widget_get_sensitive (data) && gtk_widget_get_mapped (data);
}

static gboolean
is_99 (gpointer data)
{
  return get_threshold (data) == 0.99;
}

static gboolean
is_95 (gpointer data)
{
  return get_threshold (data) == 0.95;
}

static gboolean
is_off (gpointer data)
{
  return get_threshold (data) == 0;
}

static void
test_off_until_chosen (Desk          *desk,
                       gconstpointer  data)
{
  GtkSwitch *toggle;

  wait_until (is_read, desk->group);
  toggle = GTK_SWITCH (find (GTK_WIDGET (desk->group), GTK_TYPE_SWITCH, NULL));
  g_assert_false (gtk_switch_get_active (toggle));
  g_assert_null (find (GTK_WIDGET (desk->group), GTK_TYPE_SCALE, NULL));
  g_assert_nonnull (find (GTK_WIDGET (desk->group), GTK_TYPE_LABEL, "25 spam and 25 approved"));
  fixture_write (&desk->base, receive_work, desk);
  g_assert_false (desk->moves);

  gtk_switch_set_active (toggle, TRUE);
  wait_until (is_99, desk);
  g_assert_nonnull (find (GTK_WIDGET (desk->group), GTK_TYPE_LABEL, "at least 99 %"));
  gtk_range_set_value (GTK_RANGE (find (GTK_WIDGET (desk->group), GTK_TYPE_SCALE, NULL)), 95);
  wait_until (is_95, desk);
  gtk_switch_set_active (toggle, FALSE);
  wait_until (is_off, desk);
}

/* A choice that closing the window follows at once. */
static void
test_choice_outlives_the_window (Desk          *desk,
                                 gconstpointer  data)
{
  wait_until (is_read, desk->group);
  gtk_switch_set_active (GTK_SWITCH (find (GTK_WIDGET (desk->group), GTK_TYPE_SWITCH, NULL)), TRUE);
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&desk->window)));
  while (!is_99 (desk))
    g_main_context_iteration (NULL, FALSE);
}

static gboolean
set_odd_work (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  must (bal_spam_help_set_threshold (transaction, 0.995, error));
  return TRUE;
}

static gboolean
shows_scale (gpointer data)
{
  return find (data, GTK_TYPE_SCALE, NULL) != NULL;
}

/* Nobody touched it: what the command line has set stays. */
static void
test_other_number_stays (Desk          *desk,
                         gconstpointer  data)
{
  GtkWidget *group = g_object_new (BAL_TYPE_SPAM_GROUP, NULL);

  fixture_write (&desk->base, set_odd_work, NULL);
  gtk_window_set_child (GTK_WINDOW (desk->window), group);
  bal_spam_group_set_store (BAL_SPAM_GROUP (group), desk->base.store);
  wait_until (shows_scale, group);
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&desk->window)));
  g_assert_cmpfloat (get_threshold (desk), ==, 0.995);
}

typedef struct
{
  Desk             *desk;
  BalCommentStatus  status;
} Place;

static gboolean
place_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Place *place = data;
  g_autoptr(BalComment) comment = bal_comment_table_get (transaction, place->desk->helped_id, error);

  must (comment != NULL);
  place->status = bal_comment_get_status (comment);
  return TRUE;
}

static gboolean
is_pending (gpointer data)
{
  Place place = { data, 0 };

  fixture_read (&place.desk->base, place_work, &place);
  return place.status == BAL_COMMENT_STATUS_PENDING;
}

static gboolean
tells_of_moved (gpointer data)
{
  return find (data, GTK_TYPE_LABEL, "1 comment in Spam was moved by the help") != NULL;
}

static gboolean
tells_of_none (gpointer data)
{
  return !tells_of_moved (data);
}

static void
test_what_it_moved_comes_back (Desk          *desk,
                               gconstpointer  data)
{
  GtkWidget *label;

  wait_until (is_read, desk->group);
  g_assert_false (tells_of_moved (desk->group));
  gtk_switch_set_active (GTK_SWITCH (find (GTK_WIDGET (desk->group), GTK_TYPE_SWITCH, NULL)), TRUE);
  gtk_range_set_value (GTK_RANGE (find (GTK_WIDGET (desk->group), GTK_TYPE_SCALE, NULL)), 90);
  while (get_threshold (desk) != 0.9)
    g_main_context_iteration (NULL, TRUE);
  fixture_write (&desk->base, receive_work, desk);
  g_assert_true (desk->moves);
  wait_until (tells_of_moved, desk->group);

  label = find (GTK_WIDGET (desk->group), GTK_TYPE_LABEL, "Restore Them");
  gtk_widget_activate (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON));
  wait_until (is_pending, desk);
  wait_until (tells_of_none, desk->group);
}

#define add(path, test) g_test_add ("/spam-group/" path, Desk, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("off-until-chosen", test_off_until_chosen);
  add ("choice-outlives-the-window", test_choice_outlives_the_window);
  add ("other-number-stays", test_other_number_stays);
  add ("what-it-moved-comes-back", test_what_it_moved_comes_back);

  return g_test_run ();
}
