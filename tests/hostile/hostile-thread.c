/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A review that thousands have commented on: its thread is shown in parts, and going on keeps the place and the keyboard.
 * With BALCONY_MEASURE set it prints how long the main loop was held up at most by each part.
 */
#include <adwaita.h>
#include <math.h>

#include "bal-comment-row.h"
#include "bal-thread-view.h"
#include "hostile-look.h"
#include "hostile-watch.h"
#include "store-fixture.h"

#define QUIET_MS 300

typedef struct
{
  Fixture        store;
  GtkWidget     *window;
  GtkWidget     *scrolled;
  BalThreadView *thread;
  gint64         review_id;
  guint          n_comments;
} Desk;

static gboolean
fill_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Desk *desk = data;
  gint64 parent = 0;

  desk->review_id = put_pulled_review (transaction, desk->store.blog_id, "1", "Film", "<p>x</p>");
  for (guint i = 0; i < desk->n_comments; i++)
    {
      g_autofree char *remote_id = g_strdup_printf ("%u", i + 10);
      g_autofree char *author = g_strdup_printf ("Reader %u", i);
      gint64 id = put_pulled_comment (transaction, desk->store.blog_id, desk->review_id, i % 4 == 0 ? 0 : parent, remote_id,
                                      author, BAL_COMMENT_STATUS_APPROVED);

      /* Replies to replies, four deep. */
      parent = id;
    }
  return TRUE;
}

/* ---- looking ---- */

static void
collect_rows (GtkWidget *root,
              GPtrArray *rows)
{
  if (BAL_IS_COMMENT_ROW (root))
    {
      g_ptr_array_add (rows, root);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_rows (child, rows);
}

static gint64
get_id (GPtrArray *rows,
        guint      index)
{
  return bal_comment_get_id (bal_comment_row_get_comment (rows->pdata[index]));
}

/* Where a comment is on the screen; NAN: nowhere. */
static double
get_place (Desk   *desk,
           gint64  id)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new ();
  double y;

  collect_rows (GTK_WIDGET (desk->thread), rows);
  for (guint i = 0; i < rows->len; i++)
    if (get_id (rows, i) == id && gtk_widget_translate_coordinates (rows->pdata[i], desk->scrolled, 0, 0, NULL, &y))
      return y;
  return NAN;
}

static gint64
get_last (Desk *desk)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new ();

  collect_rows (GTK_WIDGET (desk->thread), rows);
  return get_id (rows, rows->len - 1);
}

static gint64
get_first (Desk *desk)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new ();

  collect_rows (GTK_WIDGET (desk->thread), rows);
  return get_id (rows, 0);
}

static guint
count_rows (Desk *desk)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new ();

  collect_rows (GTK_WIDGET (desk->thread), rows);
  return rows->len;
}

static void
scroll_to (Desk     *desk,
           gboolean  end)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (desk->scrolled));

  gtk_adjustment_set_value (adjustment, end ? gtk_adjustment_get_upper (adjustment) : 0);
  hostile_run_until_quiet (QUIET_MS);
}

/* The comment that has the keyboard, or the one around what has it; 0: none. */
static gint64
get_focus (Desk *desk)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (desk->window));
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, BAL_TYPE_COMMENT_ROW) : NULL;

  return row != NULL ? bal_comment_get_id (bal_comment_row_get_comment (BAL_COMMENT_ROW (row))) : 0;
}

static void
measure (const char  *what,
         guint        n,
         HostileStall stall)
{
  if (g_getenv ("BALCONY_MEASURE") != NULL)
    g_print ("%s, %u rows: %.0f ms (work %.0f)\n", what, n, stall.time, stall.work);
}

/* ---- going on ---- */

static gboolean
click_cb (gpointer button)
{
  g_signal_emit_by_name (button, "clicked");
  return G_SOURCE_REMOVE;
}

/* Until no more rows come. */
static HostileStall
run_until_settled (Desk *desk)
{
  HostileStall longest = { 0, 0 };
  gint64 first, last;

  do
    {
      HostileStall stall;

      first = get_first (desk);
      last = get_last (desk);
      stall = hostile_run_until_quiet (QUIET_MS);
      longest.time = MAX (longest.time, stall.time);
      longest.work = MAX (longest.work, stall.work);
    }
  while (get_first (desk) != first || get_last (desk) != last);
  return longest;
}

static void
go_on (Desk       *desk,
       const char *label,
       gboolean    later)
{
  GtkWidget *button = hostile_find_button (GTK_WIDGET (desk->thread), label);
  gint64 edge = later ? get_last (desk) : get_first (desk);
  HostileStall stall;
  double place;

  scroll_to (desk, later);
  gtk_widget_grab_focus (button);
  hostile_run_until_quiet (QUIET_MS);
  place = get_place (desk, edge);
  g_idle_add (click_cb, button);
  stall = run_until_settled (desk);
  measure (label, count_rows (desk), stall);

  /* What one read last is where it was, and the keyboard is at what comes now. */
  g_assert_cmpfloat_with_epsilon (get_place (desk, edge), place, 2);
  g_assert_cmpint (get_focus (desk), !=, 0);
  g_assert_cmpint (get_focus (desk), !=, edge);
  g_assert_cmpfloat (fabs (get_place (desk, get_focus (desk)) - place), <, 700);
  g_assert_cmpuint (count_rows (desk), <=, 300);
}

static void
test_long_thread_goes_on_in_place (void)
{
  Desk desk = { .n_comments = g_getenv ("BALCONY_MEASURE") != NULL ? 10000 : 420 };
  HostileStall stall;
  guint n = 0;

  fixture_set_up (&desk.store, NULL);
  fixture_write (&desk.store, fill_work, &desk);
  desk.scrolled = gtk_scrolled_window_new ();
  desk.thread = BAL_THREAD_VIEW (bal_thread_view_new (desk.store.store));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (desk.scrolled), GTK_WIDGET (desk.thread));
  desk.window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (desk.window), desk.scrolled);
  gtk_window_set_default_size (GTK_WINDOW (desk.window), 600, 700);
  gtk_window_present (GTK_WINDOW (desk.window));
  bal_thread_view_show_review (desk.thread, desk.review_id, NULL);
  stall = hostile_run_until_quiet (QUIET_MS);
  measure ("opened", count_rows (&desk), stall);

  while (gtk_widget_get_visible (hostile_find_button (GTK_WIDGET (desk.thread), "Show More Comments")) && ++n <= 8)
    go_on (&desk, "Show More Comments", TRUE);
  g_assert_cmpuint (n, >=, 2);
  n = 0;
  while (gtk_widget_get_visible (hostile_find_button (GTK_WIDGET (desk.thread), "Show Earlier Comments")) && ++n <= 8)
    go_on (&desk, "Show Earlier Comments", FALSE);
  g_assert_cmpuint (n, >=, 1);

  gtk_window_destroy (GTK_WINDOW (desk.window));
  hostile_run_until_quiet (800);
  fixture_tear_down (&desk.store, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("GTK_A11Y", "test", FALSE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/ui/hostile/long-thread-goes-on-in-place", test_long_thread_goes_on_in_place);

  return g_test_run ();
}
