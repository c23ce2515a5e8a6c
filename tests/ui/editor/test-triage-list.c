/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "bal-list-pane.h"
#include "store-fixture.h"
#include "widget-tree.h"

/* The keys of a list of comments while its rows go. */

#define N_COMMENTS 300

typedef struct
{
  Fixture      base;
  GtkWidget   *window;
  BalListPane *pane;
  GtkListView *view;
  gint64       ids[N_COMMENTS];
  guint        n_wanted;
} Desk;

static gboolean
fill_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Desk *desk = data;
  gint64 review_id = put_pulled_review (transaction, desk->base.blog_id, "1", "Film", "<p>x</p>");

  /* The newest is the first in the list. */
  for (guint i = 0; i < N_COMMENTS; i++)
    {
      g_autofree char *remote_id = g_strdup_printf ("%u", i + 1);

      desk->ids[N_COMMENTS - 1 - i] = put_pulled_comment (transaction, desk->base.blog_id, review_id, 0, remote_id, "Ann",
                                                          BAL_COMMENT_STATUS_PENDING);
    }
  return TRUE;
}

static gboolean
has_rows (gpointer data)
{
  Desk *desk = data;
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (desk->view));

  return model != NULL && g_list_model_get_n_items (model) == desk->n_wanted;
}

static void
wait_rows (Desk  *desk,
           guint  n)
{
  desk->n_wanted = n;
  wait_until (has_rows, desk);
}

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  g_autoptr(BalPlace) place = bal_place_new (BAL_PLACE_COMMENTS, BAL_COMMENT_STATUS_PENDING, NULL);

  fixture_set_up (&desk->base, NULL);
  fixture_write (&desk->base, fill_work, desk);
  desk->window = gtk_window_new ();
  desk->pane = g_object_new (BAL_TYPE_LIST_PANE, NULL);
  gtk_window_set_child (GTK_WINDOW (desk->window), GTK_WIDGET (desk->pane));
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 400, 600);
  gtk_window_present (GTK_WINDOW (desk->window));
  bal_list_pane_set_store (desk->pane, desk->base.store);
  bal_list_pane_show (desk->pane, place, 0);
  desk->view = GTK_LIST_VIEW (widget_find_type (GTK_WIDGET (desk->pane), GTK_TYPE_LIST_VIEW));
  wait_rows (desk, N_COMMENTS);
}

static void
tear_down (Desk          *desk,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  while (g_main_context_iteration (NULL, FALSE));
  fixture_tear_down (&desk->base, NULL);
}

static gboolean
is_in_list (gpointer data)
{
  Desk *desk = data;
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (desk->window));

  return focus != NULL && (focus == GTK_WIDGET (desk->view) || gtk_widget_is_ancestor (focus, GTK_WIDGET (desk->view)));
}

static gboolean
has_focus_in_row (gpointer data)
{
  Desk *desk = data;

  gtk_widget_activate_action (GTK_WIDGET (desk->pane), "triage.move", "(ib)", 1, FALSE);
  return is_in_list (desk) && gtk_root_get_focus (GTK_ROOT (desk->window)) != GTK_WIDGET (desk->view);
}

static gboolean
spam_first_work (BalTransaction  *transaction,
                 gpointer         data,
                 GError         **error)
{
  Desk *desk = data;

  must (bal_desk_set_comment_status (transaction, desk->ids, 1, BAL_COMMENT_STATUS_SPAM, error));
  return TRUE;
}

/* A decision on many goes on portion by portion. When the row with the focus has gone and nobody has got it, the next portion
 * brings the keys back, so that U can take all of it back. */
static void
test_keys_come_back_while_selected_rows_go (Desk          *desk,
                                            gconstpointer  data)
{
  gtk_widget_grab_focus (GTK_WIDGET (desk->view));
  wait_until (has_focus_in_row, desk);
  gtk_selection_model_select_all (gtk_list_view_get_model (desk->view));
  gtk_window_set_focus (GTK_WINDOW (desk->window), NULL);
  fixture_write (&desk->base, spam_first_work, desk);
  wait_rows (desk, N_COMMENTS - 1);
  wait_until (is_in_list, desk);
}

#define add(path, test) g_test_add ("/triage-list/" path, Desk, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("keys-come-back-while-selected-rows-go", test_keys_come_back_while_selected_rows_go);

  return g_test_run ();
}
