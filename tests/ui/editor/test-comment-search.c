/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <string.h>

#include "bal-list-pane.h"
#include "bal-sidebar.h"
#include "store-fixture.h"
#include "widget-tree.h"

typedef struct
{
  Fixture    base;
  GtkWidget *window;
  GtkWidget *pane;
  GtkWidget *sidebar;
  GtkWidget *wanted_in;      /* what wait_for() looks for */
  GType      wanted_type;
  const char *wanted;
  guint      n_wanted;
} Desk;

/* ---- the desk ---- */

static gboolean
add (BalTransaction   *transaction,
     Desk             *desk,
     gint64            review_id,
     const char       *author,
     const char       *html,
     BalCommentStatus  status,
     GError          **error)
{
  g_autoptr(BalComment) comment = make_comment (desk->base.blog_id, review_id, 0, author, html);

  bal_comment_set_status (comment, status);
  return bal_comment_table_insert (transaction, comment, error) != 0;
}

static gboolean
fill_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Desk *desk = data;
  gint64 id = put_pulled_review (transaction, desk->base.blog_id, "1", "Night Ferry", "<p>x</p>");

  must (add (transaction, desk, id, "Ana", "<p>A perfect mirror</p>", BAL_COMMENT_STATUS_APPROVED, error));
  must (add (transaction, desk, id, "Bob", "<p>See https://bob.example</p>", BAL_COMMENT_STATUS_PENDING, error));
  must (add (transaction, desk, id, "Bob", "<p>Cheap https://spam.example</p>", BAL_COMMENT_STATUS_SPAM, error));
  for (guint i = 0; i < 120; i++)
    must (add (transaction, desk, id, "Crowd", "<p>Many</p>", BAL_COMMENT_STATUS_APPROVED, error));
  return TRUE;
}

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  fixture_set_up (&desk->base, NULL);
  fixture_write (&desk->base, fill_work, desk);
  fixture_reopen (&desk->base);
  desk->window = gtk_window_new ();
  desk->pane = g_object_new (BAL_TYPE_LIST_PANE, NULL);
  desk->sidebar = g_object_new (BAL_TYPE_SIDEBAR, NULL);
  gtk_box_append (GTK_BOX (box), desk->sidebar);
  gtk_box_append (GTK_BOX (box), desk->pane);
  gtk_window_set_child (GTK_WINDOW (desk->window), box);
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 700, 600);
  gtk_window_present (GTK_WINDOW (desk->window));
  bal_list_pane_set_store (BAL_LIST_PANE (desk->pane), desk->base.store);
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

/* ---- looking ---- */

static gboolean
is_named (GtkWidget  *widget,
          const char *name)
{
  g_autofree char *differs = NULL;

  if (GTK_IS_LABEL (widget))
    return g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), name);

  differs = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name);
  return differs == NULL;
}

static GtkWidget *
find (GtkWidget  *widget,
      GType       type,
      const char *name)
{
  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && is_named (widget, name))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_found (gpointer data)
{
  Desk *desk = data;

  return find (desk->wanted_in, desk->wanted_type, desk->wanted) != NULL;
}

static gboolean
is_gone (gpointer data)
{
  return !is_found (data);
}

static GtkWidget *
wait_for (Desk       *desk,
          GtkWidget  *root,
          GType       type,
          const char *name)
{
  desk->wanted_in = root;
  desk->wanted_type = type;
  desk->wanted = name;
  wait_until (is_found, desk);
  return find (root, type, name);
}

static GtkEditable *
get_entry (Desk *desk)
{
  return GTK_EDITABLE (find (desk->pane, GTK_TYPE_SEARCH_ENTRY, "Search"));
}

static gboolean
has_rows (gpointer data)
{
  Desk *desk = data;
  GtkWidget *list = desk->wanted_in;
  GtkSelectionModel *model = gtk_list_view_get_model (GTK_LIST_VIEW (list));

  return model != NULL && g_list_model_get_n_items (G_LIST_MODEL (model)) == desk->n_wanted;
}

static void
wait_rows (Desk  *desk,
           guint  n)
{
  desk->wanted_in = widget_find_type (desk->pane, GTK_TYPE_LIST_VIEW);
  desk->n_wanted = n;
  wait_until (has_rows, desk);
}

static void
show (Desk         *desk,
      BalPlaceKind  kind,
      int           status)
{
  g_autoptr(BalPlace) place = bal_place_new (kind, status, NULL);

  bal_list_pane_show (BAL_LIST_PANE (desk->pane), place, 0);
}

/* ---- the search ---- */

static void
test_place_is_part_of_the_search (Desk          *desk,
                                  gconstpointer  data)
{
  show (desk, BAL_PLACE_COMMENTS, -1);
  wait_rows (desk, 122);
  gtk_editable_set_text (get_entry (desk), "has:link");
  wait_rows (desk, 1);
  wait_for (desk, desk->pane, GTK_TYPE_LABEL, "1 found");
  gtk_editable_set_text (get_entry (desk), "has:link status:all");
  wait_rows (desk, 2);
  wait_for (desk, desk->pane, GTK_TYPE_LABEL, "2 found");

  show (desk, BAL_PLACE_COMMENTS, BAL_COMMENT_STATUS_SPAM);
  g_assert_cmpstr (gtk_editable_get_text (get_entry (desk)), ==, "");
  wait_rows (desk, 1);
  gtk_editable_set_text (get_entry (desk), "from:ana");
  wait_rows (desk, 0);
  wait_for (desk, desk->pane, GTK_TYPE_LABEL, "Nothing in “Spam” is like “from:ana”.");
  g_signal_emit_by_name (get_entry (desk), "stop-search");
  wait_rows (desk, 1);
  g_assert_null (find (desk->pane, GTK_TYPE_LABEL, "1 found"));
}

static void
test_hostile_line_is_only_text (Desk          *desk,
                                gconstpointer  data)
{
  g_autofree char *wide = g_strnfill (60000, 'x');
  const char *const lines[] = { "<b>&amp;</b> %s %n", "\"", "from:\"<i>", "-", "\xe2\x80\xae", "after:<span>", wide };

  show (desk, BAL_PLACE_COMMENTS, -1);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      gtk_editable_set_text (get_entry (desk), "many");
      wait_for (desk, desk->pane, GTK_TYPE_LABEL, "120 found");
      gtk_editable_set_text (get_entry (desk), lines[i]);
      desk->wanted_in = desk->pane;
      desk->wanted_type = GTK_TYPE_LABEL;
      desk->wanted = "120 found";
      wait_until (is_gone, desk);
      g_assert_cmpstr (gtk_editable_get_text (get_entry (desk)), ==, lines[i]);
    }
}

static void
test_unknown_date_is_told (Desk          *desk,
                           gconstpointer  data)
{
  show (desk, BAL_PLACE_COMMENTS, -1);
  gtk_editable_set_text (get_entry (desk), "after:soon");
  wait_for (desk, desk->pane, GTK_TYPE_LABEL,
            "“soon” is no date. Write it like 2020, 2020-05 or 2020-05-17, or 7d for the last seven days.");
  gtk_editable_set_text (get_entry (desk), "before:1971");
  wait_for (desk, desk->pane, GTK_TYPE_LABEL, "122 found");

  /* Of reviews words are searched, as ever. */
  show (desk, BAL_PLACE_REVIEWS, -1);
  gtk_editable_set_text (get_entry (desk), "after:soon");
  wait_rows (desk, 0);
  g_assert_null (find (desk->pane, GTK_TYPE_MENU_BUTTON, "Filter"));
}

static GtkWidget *
open_fields (Desk *desk)
{
  GtkMenuButton *button = GTK_MENU_BUTTON (find (desk->pane, GTK_TYPE_MENU_BUTTON, "Filter"));

  gtk_menu_button_popup (button);
  return GTK_WIDGET (gtk_menu_button_get_popover (button));
}

static GtkCheckButton *
get_check (GtkWidget  *popover,
           const char *label)
{
  return GTK_CHECK_BUTTON (gtk_widget_get_ancestor (find (popover, GTK_TYPE_LABEL, label), GTK_TYPE_CHECK_BUTTON));
}

static GtkEditable *
get_field (GtkWidget  *popover,
           const char *label)
{
  return GTK_EDITABLE (gtk_label_get_mnemonic_widget (GTK_LABEL (find (popover, GTK_TYPE_LABEL, label))));
}

static void
assert_line (Desk       *desk,
             const char *line)
{
  g_assert_cmpstr (gtk_editable_get_text (get_entry (desk)), ==, line);
}

static void
test_fields_and_line_are_the_same (Desk          *desk,
                                   gconstpointer  data)
{
  GtkWidget *popover;

  show (desk, BAL_PLACE_COMMENTS, BAL_COMMENT_STATUS_PENDING);
  gtk_editable_set_text (get_entry (desk), "https from:bob -nothing after:2020");
  popover = open_fields (desk);
  g_assert_cmpstr (gtk_editable_get_text (get_field (popover, "From")), ==, "bob");
  g_assert_cmpstr (gtk_editable_get_text (get_field (popover, "After")), ==, "2020");
  g_assert_true (gtk_check_button_get_active (get_check (popover, "Pending")));
  g_assert_false (gtk_check_button_get_active (get_check (popover, "Spam")));

  gtk_check_button_set_active (get_check (popover, "Spam"), TRUE);
  assert_line (desk, "https from:bob -nothing after:2020 status:pending,spam");
  gtk_editable_set_text (get_field (popover, "After"), "");
  gtk_editable_set_text (get_field (popover, "From"), "Bob B");
  assert_line (desk, "https -nothing status:pending,spam from:\"Bob B\"");
  gtk_editable_set_text (get_field (popover, "From"), "");
  gtk_check_button_set_active (get_check (popover, "Has a Link"), TRUE);
  assert_line (desk, "https -nothing status:pending,spam has:link");
  wait_rows (desk, 2);

  /* As it is in that place anyway: nothing needs to be said. */
  gtk_check_button_set_active (get_check (popover, "Spam"), FALSE);
  assert_line (desk, "https -nothing has:link");
  gtk_editable_set_text (get_field (popover, "Before"), "nev");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (get_field (popover, "Before")), "error"));
  gtk_editable_set_text (get_field (popover, "Before"), "2020");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (get_field (popover, "Before")), "error"));
  wait_rows (desk, 1);
  g_signal_emit_by_name (gtk_widget_get_ancestor (find (popover, GTK_TYPE_LABEL, "Clear"), GTK_TYPE_BUTTON), "clicked");
  assert_line (desk, "");
  wait_rows (desk, 1);
}

/* A popover stands before another only where that has its place. */
static gboolean
has_place (gpointer data)
{
  return gtk_widget_get_mapped (data) && gtk_widget_get_width (data) > 0;
}

static void
test_calendar_writes_the_entry (Desk          *desk,
                                gconstpointer  data)
{
  GtkWidget *popover;
  GtkEditable *entry;
  GtkMenuButton *button;
  GtkCalendar *calendar;
  g_autoptr(GDateTime) next = g_date_time_new_local (2020, 6, 1, 0, 0, 0);
  g_autoptr(GDateTime) shown = NULL;

  show (desk, BAL_PLACE_COMMENTS, -1);
  popover = open_fields (desk);
  wait_until (has_place, popover);
  entry = get_field (popover, "After");
  gtk_editable_set_text (entry, "2020-05-17");
  button = GTK_MENU_BUTTON (gtk_widget_get_first_child (gtk_widget_get_next_sibling (GTK_WIDGET (entry))));
  calendar = GTK_CALENDAR (gtk_popover_get_child (gtk_menu_button_get_popover (button)));

  /* Looking changes nothing. */
  gtk_menu_button_popup (button);
  shown = gtk_calendar_get_date (calendar);
  g_assert_cmpint (g_date_time_get_year (shown), ==, 2020);
  g_assert_cmpint (g_date_time_get_month (shown), ==, 5);
  g_assert_cmpint (g_date_time_get_day_of_month (shown), ==, 17);
  assert_line (desk, "after:2020-05-17");

  gtk_calendar_select_day (calendar, next);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "2020-06-01");
  assert_line (desk, "after:2020-06-01");
  gtk_menu_button_popdown (button);

  /* What is no day is left until one is chosen. */
  gtk_editable_set_text (entry, "soon");
  gtk_menu_button_popup (button);
  assert_line (desk, "after:soon");
  gtk_calendar_select_day (calendar, next);
  assert_line (desk, "after:2020-06-01");
}

/* ---- saved ones ---- */

static gboolean
save_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  must (bal_filter_table_add (transaction, "Links", "has:link status:all", error) != 0);
  must (bal_filter_table_add (transaction, "<b>Many</b> & %s", "many", error) != 0);
  must (bal_filter_table_add (transaction, "None", "nobodywrotethat", error) != 0);
  return TRUE;
}

static gboolean
rename_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  g_autoptr(BalSavedFilter) saved = bal_filter_table_find (transaction, "Links", error);

  return saved != NULL && bal_filter_table_update (transaction, saved->id, "With links", NULL, error);
}

static gboolean
remove_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  g_autoptr(BalSavedFilter) saved = bal_filter_table_find (transaction, "With links", error);

  return saved != NULL && bal_filter_table_remove (transaction, saved->id, error);
}

static void
place_cb (Desk           *desk,
          const BalPlace *place)
{
  bal_list_pane_show (BAL_LIST_PANE (desk->pane), place, 0);
}

static void
test_saved_ones_are_places (Desk          *desk,
                            gconstpointer  data)
{
  GtkWidget *row;

  fixture_write (&desk->base, save_work, NULL);
  bal_sidebar_set_store (BAL_SIDEBAR (desk->sidebar), desk->base.store);
  g_signal_connect_swapped (desk->sidebar, "place-selected", G_CALLBACK (place_cb), desk);
  row = wait_for (desk, desk->sidebar, GTK_TYPE_LIST_BOX_ROW, "Links, 2");
  wait_for (desk, desk->sidebar, GTK_TYPE_LIST_BOX_ROW, "<b>Many</b> & %s, 99+");
  wait_for (desk, desk->sidebar, GTK_TYPE_LIST_BOX_ROW, "None");

  gtk_list_box_select_row (GTK_LIST_BOX (gtk_widget_get_parent (row)), GTK_LIST_BOX_ROW (row));
  assert_line (desk, "has:link status:all");
  wait_rows (desk, 2);
  gtk_editable_set_text (get_entry (desk), "has:link status:spam");
  wait_rows (desk, 1);
  g_signal_emit_by_name (get_entry (desk), "stop-search");
  assert_line (desk, "has:link status:all");
  wait_rows (desk, 2);

  fixture_write (&desk->base, rename_work, NULL);
  wait_for (desk, desk->sidebar, GTK_TYPE_LIST_BOX_ROW, "With links, 2");
  g_assert_cmpstr (bal_sidebar_get_place (BAL_SIDEBAR (desk->sidebar))->name, ==, "With links");
  g_assert_cmpstr (bal_list_pane_get_place (BAL_LIST_PANE (desk->pane))->name, ==, "With links");

  fixture_write (&desk->base, remove_work, NULL);
  wait_rows (desk, 122);
  g_assert_cmpint (bal_sidebar_get_place (BAL_SIDEBAR (desk->sidebar))->kind, ==, BAL_PLACE_COMMENTS);
  g_assert_null (find (desk->sidebar, GTK_TYPE_LIST_BOX_ROW, "With links, 2"));
}

/* Acts on the one whose menu is open, also while another one is selected. */
static void
test_menu_is_of_its_row (Desk          *desk,
                         gconstpointer  data)
{
  GtkWidget *row;

  fixture_write (&desk->base, save_work, NULL);
  bal_sidebar_set_store (BAL_SIDEBAR (desk->sidebar), desk->base.store);
  row = wait_for (desk, desk->sidebar, GTK_TYPE_LIST_BOX_ROW, "None");
  gtk_widget_grab_focus (row);
  gtk_widget_activate_action (desk->sidebar, "sidebar.filter-menu", NULL);
  wait_for (desk, desk->sidebar, GTK_TYPE_LABEL, "Rename…");
  gtk_widget_activate_action (desk->sidebar, "sidebar.remove-filter", NULL);
  desk->wanted_in = desk->sidebar;
  desk->wanted_type = GTK_TYPE_LIST_BOX_ROW;
  desk->wanted = "None";
  wait_until (is_gone, desk);
  wait_for (desk, desk->sidebar, GTK_TYPE_LIST_BOX_ROW, "Links, 2");
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/ui/comment-search/place-is-part-of-the-search", Desk, NULL, set_up, test_place_is_part_of_the_search,
              tear_down);
  g_test_add ("/ui/comment-search/hostile-line-is-only-text", Desk, NULL, set_up, test_hostile_line_is_only_text,
              tear_down);
  g_test_add ("/ui/comment-search/unknown-date-is-told", Desk, NULL, set_up, test_unknown_date_is_told, tear_down);
  g_test_add ("/ui/comment-search/calendar-writes-the-entry", Desk, NULL, set_up, test_calendar_writes_the_entry,
              tear_down);
  g_test_add ("/ui/comment-search/fields-and-line-are-the-same", Desk, NULL, set_up, test_fields_and_line_are_the_same,
              tear_down);
  g_test_add ("/ui/comment-search/saved-ones-are-places", Desk, NULL, set_up, test_saved_ones_are_places, tear_down);
  g_test_add ("/ui/comment-search/menu-is-of-its-row", Desk, NULL, set_up, test_menu_is_of_its_row, tear_down);
  return g_test_run ();
}
