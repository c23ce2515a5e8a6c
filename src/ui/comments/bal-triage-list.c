/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-triage-list.h"

#include "bal-comment-menu.h"
#include "bal-list-row.h"
#include "bal-moderation.h"

struct _BalTriageList
{
  GObject             parent_instance;

  BalStore           *store;
  BalCommentList     *comments;
  GtkSelectionModel  *selection;
  GtkListView        *view;          /* these two are borrowed: they outlive this */
  GtkWidget          *around;
  GSimpleActionGroup *actions;
  gboolean            marking;
  guint               position;      /* where the cursor was last */
  gint64              wanted_id;     /* to be selected when it is back */
};

enum { WRITE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalTriageList, bal_triage_list, G_TYPE_OBJECT)

static guint
get_n_comments (BalTriageList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->comments));
}

/* ---- the cursor ---- */

/* The widget of a row; NULL where it has none. */
static GtkWidget *
find_row (BalTriageList *self,
          gint64         id)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->view));
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);
      GObject *item = BAL_IS_LIST_ROW (row) ? bal_list_row_get_item (BAL_LIST_ROW (row)) : NULL;

      if (BAL_IS_COMMENT (item) && bal_comment_get_id (BAL_COMMENT (item)) == id)
        return child;
    }

  return NULL;
}

/* The comment of the row that has the keyboard's focus; 0: none has. */
static gint64
get_focused_id (BalTriageList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->view));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row;

  if (focus == NULL || gtk_widget_get_parent (focus) != GTK_WIDGET (self->view))
    return 0;

  row = gtk_widget_get_first_child (focus);
  if (!BAL_IS_LIST_ROW (row) || !BAL_IS_COMMENT (bal_list_row_get_item (BAL_LIST_ROW (row))))
    return 0;

  return bal_comment_get_id (BAL_COMMENT (bal_list_row_get_item (BAL_LIST_ROW (row))));
}

/* GTK_INVALID_LIST_POSITION: there is none yet. */
static guint
find_cursor (BalTriageList *self)
{
  gint64 id = get_focused_id (self);
  g_autoptr(GtkBitset) selected = NULL;
  guint position;

  if (id != 0 && (position = bal_comment_list_find (self->comments, id)) != G_MAXUINT)
    return position;

  selected = gtk_selection_model_get_selection (self->selection);

  return gtk_bitset_is_empty (selected) ? GTK_INVALID_LIST_POSITION : gtk_bitset_get_minimum (selected);
}

/* Takes the focus there too where the list has it, or nobody has. */
static void
go_to (BalTriageList *self,
       guint          position,
       gboolean       select,
       gboolean       extend)
{
  GtkWidget *view = GTK_WIDGET (self->view);
  GtkRoot *root = gtk_widget_get_root (view);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row;

  self->position = position;
  gtk_widget_activate_action (view, "list.scroll-to-item", "u", position);
  if (select)
    gtk_widget_activate_action (view, "list.select-item", "(ubb)", position, FALSE, extend);

  if (focus != NULL && focus != self->around && !gtk_widget_is_ancestor (focus, self->around))
    return;
  row = find_row (self, bal_comment_list_get_id (self->comments, position));
  gtk_widget_grab_focus (row != NULL ? row : view);
}

/* ---- what can be done ---- */

static GArray *
list_ids (BalTriageList *self)
{
  g_autoptr(GtkBitset) selected = NULL;
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkBitsetIter iter;
  guint position;
  gint64 id;

  selected = gtk_selection_model_get_selection (self->selection);
  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position);
       more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      id = bal_comment_list_get_id (self->comments, position);
      if (id != 0)
        g_array_append_val (ids, id);
    }

  id = get_focused_id (self);
  if (ids->len == 0 && id != 0)
    g_array_append_val (ids, id);

  return ids;
}

static void
move_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  BalTriageList *self = user_data;
  guint cursor, n_comments = get_n_comments (self);
  g_autoptr(GtkBitset) selected = NULL;
  gboolean extend;
  int step;

  g_variant_get (parameter, "(ib)", &step, &extend);
  if (n_comments == 0)
    return;

  selected = gtk_selection_model_get_selection (self->selection);
  cursor = find_cursor (self);
  if (cursor == GTK_INVALID_LIST_POSITION)
    cursor = 0;
  else if (gtk_bitset_is_empty (selected) && !self->marking)
    step = 0;                        /* the first key selects where the cursor is */
  else if (step > 0)
    cursor = MIN (cursor + 1, n_comments - 1);
  else if (cursor > 0)
    cursor--;
  go_to (self, cursor, !self->marking || extend, extend);
}

/* The first time, what is selected already is the beginning. */
static void
mark_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  BalTriageList *self = user_data;
  guint cursor = find_cursor (self);

  if (cursor == GTK_INVALID_LIST_POSITION)
    return;

  if (self->marking && gtk_selection_model_is_selected (self->selection, cursor))
    gtk_selection_model_unselect_item (self->selection, cursor);
  else
    gtk_selection_model_select_item (self->selection, cursor, FALSE);
  self->marking = TRUE;
}

/* The first one after those that are selected, or else the last one before them. */
static guint
find_next (BalTriageList *self,
           guint          n_comments)
{
  g_autoptr(GtkBitset) selected = gtk_selection_model_get_selection (self->selection);
  guint cursor = find_cursor (self);
  guint first = gtk_bitset_is_empty (selected) ? cursor : gtk_bitset_get_minimum (selected);
  guint last = gtk_bitset_is_empty (selected) ? cursor : gtk_bitset_get_maximum (selected);

  if (last == GTK_INVALID_LIST_POSITION || n_comments == 0)
    return GTK_INVALID_LIST_POSITION;
  if (last >= n_comments)
    return n_comments - 1;
  if (last + 1 < n_comments)
    return last + 1;

  return first > 0 ? first - 1 : GTK_INVALID_LIST_POSITION;
}

static void
decide (BalTriageList *self,
        BalTriage      triage)
{
  g_autoptr(GArray) ids = list_ids (self);
  guint next = find_next (self, get_n_comments (self));

  if (ids->len == 0)
    return;

  self->marking = FALSE;
  self->wanted_id = 0;
  if (next != GTK_INVALID_LIST_POSITION)
    go_to (self, next, TRUE, FALSE);
  bal_moderation_act (GTK_WIDGET (self->view), self->store, triage, (const gint64 *) (gpointer) ids->data, ids->len);
}

static const struct
{
  const char *action;
  BalTriage   triage;
} decisions[] = {
  { "approve", BAL_TRIAGE_APPROVE },
  { "spam", BAL_TRIAGE_SPAM },
  { "trash", BAL_TRIAGE_TRASH },
  { "restore", BAL_TRIAGE_RESTORE },
  { "dismiss", BAL_TRIAGE_DISMISS },
  { "heed", BAL_TRIAGE_HEED },
};

static void
decide_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  const char *name = g_action_get_name (G_ACTION (action));

  for (guint i = 0; i < G_N_ELEMENTS (decisions); i++)
    if (g_str_equal (name, decisions[i].action))
      decide (user_data, decisions[i].triage);
}

static void
write_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  BalTriageList *self = user_data;
  g_autoptr(GArray) ids = list_ids (self);

  if (ids->len == 1)
    g_signal_emit (self, signals[WRITE], 0, g_array_index (ids, gint64, 0),
                   g_str_equal (g_action_get_name (G_ACTION (action)), "edit"));
}

static void
person_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  BalTriageList *self = user_data;
  g_autoptr(GArray) ids = list_ids (self);

  if (ids->len == 1)
    gtk_widget_activate_action (GTK_WIDGET (self->view), "win.person", "x", g_array_index (ids, gint64, 0));
}

/* ---- the menu ---- */

static void
open_menu (BalTriageList *self,
           GtkWidget     *widget,
           GdkRectangle   at)
{
  g_autoptr(GArray) ids = list_ids (self);
  g_autoptr(BalComment) comment = NULL;
  g_autoptr(GMenuModel) model = NULL;

  if (ids->len == 1)
    comment = g_list_model_get_item (G_LIST_MODEL (self->comments),
                                     bal_comment_list_find (self->comments, g_array_index (ids, gint64, 0)));
  model = bal_comment_menu_new_for_queue (comment);
  bal_comment_menu_open (gtk_widget_get_parent (self->around), widget, model, at);
}

static void
menu_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  BalTriageList *self = user_data;
  guint cursor = find_cursor (self);
  GtkWidget *row;

  if (cursor == GTK_INVALID_LIST_POSITION || get_n_comments (self) == 0)
    return;

  row = find_row (self, bal_comment_list_get_id (self->comments, cursor));
  if (row == NULL)
    row = GTK_WIDGET (self->view);
  open_menu (self, row, (GdkRectangle) { 0, 0, gtk_widget_get_width (row), row == GTK_WIDGET (self->view)
                                                                           ? 1 : gtk_widget_get_height (row) });
}

/* What is not selected yet is what is meant, alone. */
static void
pressed_cb (BalTriageList *self,
            int            n_press,
            double         x,
            double         y,
            GtkGesture    *gesture)
{
  GtkWidget *view = GTK_WIDGET (self->view);
  GtkWidget *picked = gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = picked != NULL ? gtk_widget_get_ancestor (picked, BAL_TYPE_LIST_ROW) : NULL;
  GObject *item;
  guint position;

  /* The cell around a row is larger than that. */
  if (row == NULL && picked != NULL && BAL_IS_LIST_ROW (gtk_widget_get_first_child (picked)))
    row = gtk_widget_get_first_child (picked);
  item = row != NULL ? bal_list_row_get_item (BAL_LIST_ROW (row)) : NULL;
  if (!BAL_IS_COMMENT (item))
    return;

  position = bal_comment_list_find (self->comments, bal_comment_get_id (BAL_COMMENT (item)));
  if (position == G_MAXUINT)
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (gtk_widget_get_parent (row));
  if (!gtk_selection_model_is_selected (self->selection, position))
    gtk_selection_model_select_item (self->selection, position, TRUE);
  open_menu (self, view, (GdkRectangle) { (int) x, (int) y, 1, 1 });
}

static void
add_gesture (BalTriageList *self)
{
  GtkGesture *gesture = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (gesture, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (gesture));
}

static void
undo_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  BalTriageList *self = user_data;

  self->wanted_id = bal_moderation_undo (GTK_WIDGET (self->view), self->store);
  bal_triage_list_refresh (self);
}

static const GActionEntry entries[] = {
  { "approve", decide_cb },
  { "spam", decide_cb },
  { "trash", decide_cb },
  { "restore", decide_cb },
  { "dismiss", decide_cb },
  { "heed", decide_cb },
  { "undo", undo_cb },
  { "mark", mark_cb },
  { "reply", write_cb },
  { "edit", write_cb },
  { "person", person_cb },
  { "menu", menu_cb },
  { "move", move_cb, "(ib)" },
};

static const struct
{
  const char *trigger;
  const char *action;
  const char *arguments;
} keys[] = {
  { "j", "triage.move", "(1, false)" },
  { "k", "triage.move", "(-1, false)" },
  { "<Shift>j", "triage.move", "(1, true)" },
  { "<Shift>k", "triage.move", "(-1, true)" },
  { "x", "triage.mark", NULL },
  { "a", "triage.approve", NULL },
  { "s", "triage.spam", NULL },
  { "d|Delete|KP_Delete", "triage.trash", NULL },
  { "n", "triage.dismiss", NULL },
  { "<Shift>n", "triage.heed", NULL },
  { "b", "triage.restore", NULL },
  { "r", "triage.reply", NULL },
  { "e", "triage.edit", NULL },
  { "i|<Control>i", "triage.person", NULL },
  { "Menu|<Shift>F10", "triage.menu", NULL },
  { "u|<Control>z", "triage.undo", NULL },
};

static void
add_keys (GtkWidget *widget)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys[i].trigger),
                                                gtk_named_action_new (keys[i].action));

      if (keys[i].arguments != NULL)
        gtk_shortcut_set_arguments (shortcut, g_variant_new_parsed (keys[i].arguments));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (widget, controller);
}

/* ---- the object ---- */

/* Where the next one will be, should that one go. */
static void
selection_changed_cb (BalTriageList *self)
{
  g_autoptr(GtkBitset) selected = gtk_selection_model_get_selection (self->selection);

  if (!gtk_bitset_is_empty (selected))
    self->position = gtk_bitset_get_minimum (selected);
}

static void
bal_triage_list_finalize (GObject *object)
{
  BalTriageList *self = BAL_TRIAGE_LIST (object);

  g_clear_object (&self->actions);
  g_clear_object (&self->store);
  g_clear_object (&self->comments);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (bal_triage_list_parent_class)->finalize (object);
}

static void
bal_triage_list_class_init (BalTriageListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bal_triage_list_finalize;

  signals[WRITE] = g_signal_new ("write", BAL_TYPE_TRIAGE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_BOOLEAN);
}

static void
bal_triage_list_init (BalTriageList *self)
{
}

BalTriageList *
bal_triage_list_new (GtkListView       *view,
                     GtkWidget         *around,
                     BalStore          *store,
                     BalCommentList    *comments,
                     GtkSelectionModel *selection)
{
  BalTriageList *self;

  g_return_val_if_fail (GTK_IS_LIST_VIEW (view), NULL);
  g_return_val_if_fail (BAL_IS_STORE (store), NULL);
  g_return_val_if_fail (BAL_IS_COMMENT_LIST (comments), NULL);
  g_return_val_if_fail (GTK_IS_SELECTION_MODEL (selection), NULL);

  self = g_object_new (BAL_TYPE_TRIAGE_LIST, NULL);
  self->view = view;
  self->around = around;
  self->store = g_object_ref (store);
  self->comments = g_object_ref (comments);
  self->selection = g_object_ref (selection);
  add_keys (around);
  add_gesture (self);
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (selection, "selection-changed", G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

GActionGroup *
bal_triage_list_get_actions (BalTriageList *self)
{
  g_return_val_if_fail (BAL_IS_TRIAGE_LIST (self), NULL);

  return G_ACTION_GROUP (self->actions);
}

void
bal_triage_list_advance (BalTriageList *self,
                         gint64         id)
{
  g_autoptr(GtkBitset) selected = NULL;
  guint n_comments, position;

  g_return_if_fail (BAL_IS_TRIAGE_LIST (self));

  n_comments = get_n_comments (self);
  selected = gtk_selection_model_get_selection (self->selection);
  if (n_comments == 0 || gtk_bitset_get_size (selected) > 1)
    return;

  if (gtk_bitset_is_empty (selected))
    position = MIN (self->position, n_comments - 1);
  else if (bal_comment_list_get_id (self->comments, gtk_bitset_get_minimum (selected)) == id)
    position = find_next (self, n_comments);
  else
    return;

  if (position != GTK_INVALID_LIST_POSITION)
    go_to (self, position, TRUE, FALSE);
}

/* The row with the focus went, and others that are selected are still on their way: keys go on being the list's. */
static void
keep_focus (BalTriageList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->view));
  g_autoptr(GtkBitset) selected = gtk_selection_model_get_selection (self->selection);

  if (root != NULL && gtk_root_get_focus (root) == NULL && !gtk_bitset_is_empty (selected) &&
      gtk_widget_get_mapped (GTK_WIDGET (self->view)))
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

void
bal_triage_list_refresh (BalTriageList *self)
{
  guint position;

  g_return_if_fail (BAL_IS_TRIAGE_LIST (self));

  position = self->wanted_id != 0 ? bal_comment_list_find (self->comments, self->wanted_id) : G_MAXUINT;
  if (position == G_MAXUINT)
    {
      keep_focus (self);
      return;
    }

  self->wanted_id = 0;
  go_to (self, position, TRUE, FALSE);
}
