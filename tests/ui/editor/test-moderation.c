/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "bal-moderation.h"
#include "store-fixture.h"
#include "widget-tree.h"

/* A decision on so many comments that it takes a while: it is told how far it is, and can be stopped and taken back. */

#define N_COMMENTS 2000

typedef struct
{
  Fixture    base;
  GtkWidget *window;
  GtkWidget *child;
  GArray    *ids;
  guint      n_pending;
} Desk;

static gboolean
fill_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Desk *desk = data;
  gint64 review_id = put_pulled_review (transaction, desk->base.blog_id, "1", "Film", "<p>x</p>");

  for (guint i = 0; i < N_COMMENTS; i++)
    {
      g_autofree char *remote_id = g_strdup_printf ("%u", i + 1);
      gint64 id = put_pulled_comment (transaction, desk->base.blog_id, review_id, 0, remote_id, "Ann",
                                      BAL_COMMENT_STATUS_PENDING);

      g_array_append_val (desk->ids, id);
    }
  return TRUE;
}

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  GtkWidget *overlay = adw_toast_overlay_new ();

  desk->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  fixture_set_up (&desk->base, NULL);
  fixture_write (&desk->base, fill_work, desk);
  desk->child = gtk_label_new ("x");
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), desk->child);
  desk->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (desk->window), overlay);
  gtk_window_present (GTK_WINDOW (desk->window));
}

static void
tear_down (Desk          *desk,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  while (g_main_context_iteration (NULL, FALSE));
  g_array_unref (desk->ids);
  fixture_tear_down (&desk->base, NULL);
}

static gboolean
count_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Desk *desk = data;
  BalCounts counts;

  must (bal_counts_read (transaction, 0, &counts, error));
  desk->n_pending = counts.comments[BAL_COMMENT_STATUS_PENDING];
  return TRUE;
}

static guint
count_pending (Desk *desk)
{
  fixture_read (&desk->base, count_work, desk);
  return desk->n_pending;
}

/* Somebody else writes for a second and more, so that the act takes as long. */
static gboolean
slow_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  g_usleep (G_USEC_PER_SEC * 11 / 10);
  return TRUE;
}

static void
act (Desk *desk,
     guint n)
{
  bal_store_write_async (desk->base.store, slow_work, NULL, NULL, NULL, NULL, NULL);
  bal_moderation_act (desk->child, desk->base.store, BAL_TRIAGE_SPAM, (const gint64 *) (gpointer) desk->ids->data, n);
}

static gboolean
tells_how_far (gpointer data)
{
  Desk *desk = data;

  return widget_find_words (desk->window, "of 2000 comments") != NULL;
}

static gboolean
tells_the_end (gpointer data)
{
  Desk *desk = data;

  return widget_find_words (desk->window, "marked as spam") != NULL;
}

static gboolean
all_are_back (gpointer data)
{
  return count_pending (data) == N_COMMENTS;
}

static void
test_long_act_stops (Desk          *desk,
                     gconstpointer  data)
{
  GtkWidget *label;

  act (desk, N_COMMENTS);
  wait_until (tells_how_far, desk);
  label = widget_find_words (desk->window, "Stop");
  g_assert_nonnull (label);
  gtk_widget_activate (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON));
  wait_until (tells_the_end, desk);
  g_assert_false (tells_how_far (desk));
  g_assert_cmpuint (count_pending (desk), >, 0);
  g_assert_cmpuint (count_pending (desk), <, N_COMMENTS);

  bal_moderation_undo (desk->child, desk->base.store);
  wait_until (all_are_back, desk);
}

static void
test_long_act_ends (Desk          *desk,
                    gconstpointer  data)
{
  act (desk, N_COMMENTS);
  wait_until (tells_how_far, desk);
  wait_until (tells_the_end, desk);
  g_assert_cmpuint (count_pending (desk), ==, 0);
}

static gboolean
has_one_less (gpointer data)
{
  return count_pending (data) == N_COMMENTS - 1;
}

/* Nothing to tell of one, however long it takes. */
static void
test_one_is_not_told (Desk          *desk,
                      gconstpointer  data)
{
  act (desk, 1);
  wait_until (has_one_less, desk);
  wait_until (tells_the_end, desk);
}

/* Nobody is there any more to be told; what was decided is done. */
static void
test_act_outlives_its_list (Desk          *desk,
                            gconstpointer  data)
{
  act (desk, N_COMMENTS);
  wait_until (tells_how_far, desk);
  gtk_window_set_child (GTK_WINDOW (desk->window), gtk_label_new ("y"));
  while (count_pending (desk) > 0)
    g_main_context_iteration (NULL, FALSE);
}

#define add(path, test) g_test_add ("/moderation/" path, Desk, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("long-act-stops", test_long_act_stops);
  add ("long-act-ends", test_long_act_ends);
  add ("one-is-not-told", test_one_is_not_told);
  add ("act-outlives-its-list", test_act_outlives_its_list);

  return g_test_run ();
}
