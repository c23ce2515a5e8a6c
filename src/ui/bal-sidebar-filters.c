/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sidebar-private.h"

#include "bal-name-dialog.h"
#include "bal-toast.h"

#include <glib/gi18n.h>

/* More are told as more than that, and need no counting. */
#define MOST 99

/* Counting again waits so long after the last time, and four times as long as that took: each change of the store may
 * change each number. */
#define COUNT_PAUSE_MS 1000

/* ---- numbers ---- */

typedef struct
{
  gint64            id;
  BalCommentQuery   query;
  BalCommentFilter *filter;
  guint             count;
} CountJob;

static void count_next (BalSidebar *self);

static void
count_job_free (gpointer data)
{
  CountJob *job = data;

  bal_comment_filter_unref (job->filter);
  g_free (job);
}

static gboolean
count_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  CountJob *job = data;

  return bal_comment_table_count (transaction, &job->query, MOST + 1, &job->count, error);
}

static BalSidebarRow *
find_row (BalSidebar *self,
          gint64      id)
{
  for (guint i = 0; i < self->filters->len; i++)
    if (bal_sidebar_row_get_place (self->filters->pdata[i])->filter_id == id)
      return self->filters->pdata[i];

  return NULL;
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(BalSidebar) self = user_data;
  g_autoptr(GError) error = NULL;
  CountJob *job = bal_store_get_work_data (result);
  gboolean counted = bal_store_read_finish (BAL_STORE (source), result, &error);
  BalSidebarRow *row;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  row = find_row (self, job->id);
  if (counted && row != NULL && job->query.blog_id == self->blog_id)
    bal_sidebar_row_set_count (row, job->count);
  self->n_counted++;
  count_next (self);
}

static gboolean
count_cb (gpointer data)
{
  BalSidebar *self = data;

  self->count_id = 0;
  self->counting = FALSE;
  if (self->count_again)
    count_next (self);

  return G_SOURCE_REMOVE;
}

/* One by one, so that a list that somebody waits for comes between them. */
static void
count_next (BalSidebar *self)
{
  const BalPlace *place;
  CountJob *job;

  if (!self->counting)
    {
      self->counting = TRUE;
      self->count_again = FALSE;
      self->n_counted = 0;
      self->count_begun = g_get_monotonic_time ();
    }
  if (self->n_counted >= self->filters->len)
    {
      if (self->count_id == 0)
        self->count_id = g_timeout_add (MAX (COUNT_PAUSE_MS, (g_get_monotonic_time () - self->count_begun) / 250),
                                        count_cb, self);
      return;
    }

  place = bal_sidebar_row_get_place (self->filters->pdata[self->n_counted]);
  job = g_new0 (CountJob, 1);
  job->id = place->filter_id;
  job->filter = bal_comment_filter_new (place->line);
  job->query = (BalCommentQuery) BAL_COMMENT_QUERY_INIT;
  job->query.blog_id = self->blog_id;
  job->query.filter = job->filter;
  bal_store_read_async (self->store, count_work, job, count_job_free, self->cancellable, counted_cb, g_object_ref (self));
}

static void
count_all (BalSidebar *self)
{
  self->count_again = TRUE;
  if (!self->counting && self->filters->len > 0)
    count_next (self);
}

/* ---- rows ---- */

static gboolean
is_same (BalSidebar *self,
         GPtrArray  *saved)
{
  if (self->filters->len != saved->len)
    return FALSE;

  for (guint i = 0; i < saved->len; i++)
    {
      const BalPlace *place = bal_sidebar_row_get_place (self->filters->pdata[i]);
      const BalSavedFilter *filter = saved->pdata[i];

      if (place->filter_id != filter->id || !g_str_equal (place->name, filter->name) ||
          !g_str_equal (place->line, filter->line))
        return FALSE;
    }
  return TRUE;
}

/* Behind the last place of comments that is always there. */
static int
find_position (BalSidebar *self)
{
  int position = 0;

  for (guint i = 0; i < self->fixed->len; i++)
    if (bal_place_has_comments (bal_sidebar_row_get_place (self->fixed->pdata[i])))
      position = gtk_list_box_row_get_index (self->fixed->pdata[i]) + 1;

  return position;
}

/* Whoever looks at one goes on looking at it, under its new name; at one that is gone, at all comments. */
static void
select_again (BalSidebar     *self,
              const BalPlace *before,
              gboolean        had_focus)
{
  BalSidebarRow *row = find_row (self, before->filter_id);

  if (row == NULL)
    {
      bal_sidebar_select (self, BAL_PLACE_COMMENTS, -1);
    }
  else
    {
      const BalPlace *now = bal_sidebar_row_get_place (row);

      self->quiet = g_str_equal (before->name, now->name) && g_str_equal (before->line, now->line);
      gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
      self->quiet = FALSE;
    }
  if (had_focus)
    bal_sidebar_focus (self);
}

void
bal_sidebar_show_filters (BalSidebar *self,
                          GPtrArray  *saved)
{
  const BalPlace *place = bal_sidebar_get_place (self);
  g_autoptr(BalPlace) selected = NULL;
  GtkWidget *focus;
  gboolean had_focus;
  int position;

  if (is_same (self, saved))
    {
      count_all (self);
      return;
    }

  if (place != NULL && place->kind == BAL_PLACE_FILTER)
    selected = bal_place_copy (place);
  focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  had_focus = focus != NULL && g_ptr_array_find (self->filters, focus, NULL);

  self->quiet = TRUE;
  for (guint i = 0; i < self->filters->len; i++)
    gtk_list_box_remove (self->list, self->filters->pdata[i]);
  g_ptr_array_set_size (self->filters, 0);
  position = find_position (self);
  for (guint i = 0; i < saved->len; i++)
    {
      const BalSavedFilter *filter = saved->pdata[i];
      GtkWidget *row = bal_sidebar_row_new (bal_place_new_filter (filter->id, filter->name, filter->line));

      bal_sidebar_row_set_most (BAL_SIDEBAR_ROW (row), MOST);
      g_ptr_array_add (self->filters, row);
      gtk_list_box_insert (self->list, row, position + (int) i);
    }
  self->quiet = FALSE;

  if (selected != NULL)
    select_again (self, selected, had_focus);
  count_all (self);
}

/* ---- what a person does with one ---- */

typedef struct
{
  BalSidebar     *sidebar;
  BalSavedFilter *saved;
  char           *name;       /* the new one */
  int             steps;
} Deed;

static Deed *
deed_new (BalSidebar           *self,
          const BalSavedFilter *saved)
{
  Deed *deed = g_new0 (Deed, 1);

  deed->sidebar = g_object_ref (self);
  deed->saved = bal_saved_filter_copy (saved);

  return deed;
}

static void
deed_free (gpointer data)
{
  Deed *deed = data;

  g_object_unref (deed->sidebar);
  bal_saved_filter_free (deed->saved);
  g_free (deed->name);
  g_free (deed);
}

static void
free_deed_closure (gpointer  data,
                   GClosure *closure)
{
  deed_free (data);
}

/* That of the open menu, or else the one with the keyboard's focus. */
static Deed *
make_deed (BalSidebar *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  BalSidebarRow *row = NULL;
  const BalPlace *place;
  BalSavedFilter saved = { 0 };

  if (self->menu_filter != 0)
    row = find_row (self, self->menu_filter);
  else if (focus != NULL && g_ptr_array_find (self->filters, focus, NULL))
    row = BAL_SIDEBAR_ROW (focus);
  if (row == NULL)
    return NULL;

  place = bal_sidebar_row_get_place (row);
  saved.id = place->filter_id;
  saved.name = place->name;
  saved.line = place->line;
  return deed_new (self, &saved);
}

static gboolean
rename_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Deed *deed = data;

  return bal_filter_table_update (transaction, deed->saved->id, deed->name, NULL, error);
}

static gboolean
move_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Deed *deed = data;

  return bal_filter_table_move (transaction, deed->saved->id, deed->steps, error);
}

/* What is there is removed, and kept for taking it back. */
static gboolean
remove_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Deed *deed = data;
  BalSavedFilter *saved = bal_filter_table_find (transaction, deed->saved->name, error);

  if (saved == NULL)
    return FALSE;

  bal_saved_filter_free (deed->saved);
  deed->saved = saved;
  return bal_filter_table_remove (transaction, saved->id, error);
}

static gboolean
revive_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Deed *deed = data;

  return bal_filter_table_revive (transaction, deed->saved, error);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Deed *deed = bal_store_get_work_data (result);
  g_autoptr(GError) error = NULL;

  if (!bal_store_write_finish (BAL_STORE (source), result, &error))
    bal_toast_error (GTK_WIDGET (deed->sidebar), error);
}

static void
undo_cb (Deed *deed)
{
  bal_store_write_async (deed->sidebar->store, revive_work, deed_new (deed->sidebar, deed->saved), deed_free, NULL,
                         done_cb, NULL);
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Deed *deed = bal_store_get_work_data (result);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  AdwToast *toast;

  if (!bal_store_write_finish (BAL_STORE (source), result, &error))
    {
      bal_toast_error (GTK_WIDGET (deed->sidebar), error);
      return;
    }

  /* Translators: %s is the name of a saved search */
  text = g_strdup_printf (_("“%s” is no longer in the sidebar."), deed->saved->name);
  toast = bal_toast_button (GTK_WIDGET (deed->sidebar), text, _("Undo"));
  if (toast != NULL)
    g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), deed_new (deed->sidebar, deed->saved),
                           free_deed_closure, G_CONNECT_SWAPPED);
}

static void
name_cb (const char *name,
         gpointer    data)
{
  Deed *asked = data;
  Deed *deed = deed_new (asked->sidebar, asked->saved);

  deed->name = g_strdup (name);
  bal_store_write_async (deed->sidebar->store, rename_work, deed, deed_free, NULL, done_cb, NULL);
}

static void
rename_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  Deed *deed = make_deed (BAL_SIDEBAR (widget));

  if (deed != NULL)
    bal_name_dialog_ask (widget, _("Rename Filter"), deed->saved->line, _("_Rename"), deed->saved->name, name_cb, deed,
                         deed_free);
}

static void
remove_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  Deed *deed = make_deed (BAL_SIDEBAR (widget));

  if (deed != NULL)
    bal_store_write_async (deed->sidebar->store, remove_work, deed, deed_free, NULL, removed_cb, NULL);
}

static void
move_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  Deed *deed = make_deed (BAL_SIDEBAR (widget));

  if (deed == NULL)
    return;

  deed->steps = g_variant_get_int32 (parameter);
  bal_store_write_async (deed->sidebar->store, move_work, deed, deed_free, NULL, done_cb, NULL);
}

/* ---- the menu ---- */

void
bal_sidebar_close_filter_menu (BalSidebar *self)
{
  self->menu_filter = 0;
  g_clear_pointer (&self->menu, gtk_widget_unparent);
}

static gboolean
close_menu_cb (gpointer data)
{
  BalSidebar *self = data;

  if (self->menu != NULL && !gtk_widget_get_visible (self->menu))
    bal_sidebar_close_filter_menu (self);
  return G_SOURCE_REMOVE;
}

/* The action of its entry comes after it closes. */
static void
menu_closed_cb (BalSidebar *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, close_menu_cb, g_object_ref (self), g_object_unref);
}

static void
open_menu (BalSidebar    *self,
           BalSidebarRow *row)
{
  g_autoptr(GMenu) model = g_menu_new ();
  graphene_rect_t bounds;
  GdkRectangle place;

  bal_sidebar_close_filter_menu (self);
  if (!gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self), &bounds))
    return;

  g_menu_append (model, _("_Rename…"), "sidebar.rename-filter");
  g_menu_append (model, _("Move _Up"), "sidebar.move-filter(-1)");
  g_menu_append (model, _("Move _Down"), "sidebar.move-filter(1)");
  g_menu_append (model, _("_Delete"), "sidebar.remove-filter");
  self->menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (model));
  self->menu_filter = bal_sidebar_row_get_place (row)->filter_id;
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  place = (GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width, (int) bounds.size.height };
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &place);
  g_signal_connect_swapped (self->menu, "closed", G_CALLBACK (menu_closed_cb), self);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
pressed_cb (BalSidebar *self,
            int         n_press,
            double      x,
            double      y,
            GtkGesture *gesture)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_y (self->list, (int) y);

  if (row == NULL || !g_ptr_array_find (self->filters, row, NULL))
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  open_menu (self, BAL_SIDEBAR_ROW (row));
}

static void
menu_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BalSidebar *self = BAL_SIDEBAR (widget);
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->list));

  if (row != NULL && g_ptr_array_find (self->filters, row, NULL))
    open_menu (self, BAL_SIDEBAR_ROW (row));
}

void
bal_sidebar_install_filter_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "sidebar.rename-filter", NULL, rename_action);
  gtk_widget_class_install_action (widget_class, "sidebar.remove-filter", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "sidebar.move-filter", "i", move_action);
  gtk_widget_class_install_action (widget_class, "sidebar.filter-menu", NULL, menu_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "sidebar.rename-filter", NULL);
  /* The menu tells the last one. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "sidebar.remove-filter", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "sidebar.remove-filter", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "sidebar.move-filter", "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "sidebar.move-filter", "i", 1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "sidebar.filter-menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "sidebar.filter-menu", NULL);
}

void
bal_sidebar_init_filters (BalSidebar *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->filters = g_ptr_array_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), GTK_EVENT_CONTROLLER (click));
}
