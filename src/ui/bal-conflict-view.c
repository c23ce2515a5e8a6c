/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-conflict-view.h"

#include <glib/gi18n.h>

#include "bal-comment-text.h"
#include "bal-comparison-view.h"
#include "bal-conflict-row.h"
#include "bal-error.h"
#include "bal-label-layout.h"
#include "bal-tables.h"
#include "bal-toast.h"

#define MAX_CHARS 800

struct _BalConflictView
{
  GtkWidget          parent_instance;

  BalStore          *store;         /* (nullable) */
  gint64             conflict_id;
  BalResolution     *resolution;    /* (nullable): while it is read or applied */
  BalBlog           *blog;
  gboolean           filling;

  /* template children */
  GtkWidget         *box;
  GtkLabel          *explanation;
  GtkWidget         *all_box;
  GtkListBox        *list;
  GtkLabel          *outcome_note;
  GtkWidget         *outcome_frame;
  BalComparisonView *outcome;
};

enum { SETTLED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalConflictView, bal_conflict_view, GTK_TYPE_WIDGET)

/* ---- what it becomes ---- */

static void
show_review (BalConflictView *self,
             BalReview       *outcome)
{
  BalReview *mine = bal_resolution_get_dispute (self->resolution)->reviews[BAL_SIDE_MINE];
  gboolean same = bal_review_content_equal (mine, outcome);

  gtk_label_set_text (self->outcome_note, same ? _("Your version, as it is.")
                                               : _("Your version, with these changes. What only the blog had "
                                                   "changed is among them."));
  bal_comparison_view_show (self->outcome, bal_comparison_new (mine, outcome, self->blog));
}

static void
show_comment (BalConflictView *self,
              BalComment      *outcome)
{
  g_autoptr(BalCommentText) text = bal_comment_text_new (bal_comment_get_html (outcome), MAX_CHARS);
  const char *status = bal_comment_status_get_label (bal_comment_get_status (outcome));
  g_autofree char *note = g_strdup_printf ("%s\n%s%s", status, text->text, text->cut ? "…" : "");

  gtk_label_set_text (self->outcome_note, note);
}

static void
show_outcome (BalConflictView *self)
{
  g_autoptr(BalReview) review = bal_resolution_dup_review (self->resolution);
  g_autoptr(BalComment) comment = bal_resolution_dup_comment (self->resolution);

  gtk_widget_set_visible (self->outcome_frame, review != NULL);
  if (review != NULL)
    show_review (self, review);
  else if (comment != NULL)
    show_comment (self, comment);
  else
    gtk_label_set_text (self->outcome_note, _("It is deleted here, too. Its text stays in the local history."));
}

/* ---- choosing ---- */

static void
chosen_cb (BalConflictView *self,
           guint            side,
           BalConflictRow  *row)
{
  int index = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));

  if (self->resolution == NULL)
    return;
  bal_resolution_choose (self->resolution, (guint) index, side);
  gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
  if (!self->filling)
    show_outcome (self);
}

static BalSide
get_side (GVariant *parameter)
{
  return g_str_equal (g_variant_get_string (parameter, NULL), "theirs") ? BAL_SIDE_THEIRS : BAL_SIDE_MINE;
}

static void
choose_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (BAL_CONFLICT_VIEW (widget)->list);

  if (row == NULL)
    return;
  bal_conflict_row_set_choice (BAL_CONFLICT_ROW (row), get_side (parameter));
  if (gtk_widget_get_focus_child (GTK_WIDGET (row)) != NULL)
    bal_conflict_row_focus_choice (BAL_CONFLICT_ROW (row));
}

static void
move_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BalConflictView *self = BAL_CONFLICT_VIEW (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int index = row != NULL ? gtk_list_box_row_get_index (row) + g_variant_get_int32 (parameter) : 0;

  row = index >= 0 ? gtk_list_box_get_row_at_index (self->list, index) : NULL;
  if (row == NULL)
    {
      gtk_widget_error_bell (widget);
      return;
    }
  gtk_list_box_select_row (self->list, row);
  bal_conflict_row_focus_choice (BAL_CONFLICT_ROW (row));
}

static void
choose_all_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  BalConflictView *self = BAL_CONFLICT_VIEW (widget);
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);
  GtkListBoxRow *row;

  if (self->resolution == NULL)
    return;
  self->filling = TRUE;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    bal_conflict_row_set_choice (BAL_CONFLICT_ROW (row), get_side (parameter));
  self->filling = FALSE;
  gtk_list_box_select_row (self->list, selected);
  show_outcome (self);
}

/* ---- reading ---- */

typedef struct
{
  gint64         id;
  BalResolution *resolution;
  BalBlog       *blog;
} Read;

static void
read_free (gpointer data)
{
  Read *read = data;

  g_clear_pointer (&read->resolution, bal_resolution_free);
  g_clear_object (&read->blog);
  g_free (read);
}

static gboolean
read_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Read *read = data;
  BalDispute *dispute = bal_dispute_read (transaction, read->id, error);

  if (dispute == NULL)
    return FALSE;
  read->resolution = bal_resolution_new (dispute);
  return (read->blog = bal_blog_table_get (transaction, dispute->blog_id, error)) != NULL;
}

static void
clear_list (BalConflictView *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

static void
fill (BalConflictView *self)
{
  GPtrArray *points = bal_resolution_get_points (self->resolution);
  gboolean both = bal_dispute_can_reopen (bal_resolution_get_dispute (self->resolution));

  clear_list (self);
  if (!both)
    gtk_label_set_text (self->explanation, _("This was changed here and deleted on the blog. Choose what becomes of "
                                             "it."));
  else if (points->len == 0)
    gtk_label_set_text (self->explanation, _("Both versions go together by themselves. Both stay in the local "
                                             "history."));
  else
    gtk_label_set_text (self->explanation, _("Choose for each place that was changed on both sides. Both versions "
                                             "stay in the local history."));
  gtk_widget_set_visible (self->all_box, both && points->len > 1);
  gtk_widget_set_visible (GTK_WIDGET (self->list), points->len > 0);
  for (guint i = 0; i < points->len; i++)
    {
      GtkWidget *row = bal_conflict_row_new (g_ptr_array_index (points, i));

      g_signal_connect_object (row, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
      gtk_list_box_append (self->list, row);
    }
  if (points->len > 0)
    gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  show_outcome (self);
  gtk_widget_set_visible (self->box, TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "conflict.apply", TRUE);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(BalConflictView) self = data;
  g_autoptr(GError) error = NULL;
  Read *read = bal_store_get_work_data (result);

  if (!bal_store_read_finish (BAL_STORE (source), result, &error))
    {
      /* Both sides have come together meanwhile: the list shows it no more. */
      if (!g_error_matches (error, BAL_ERROR, BAL_ERROR_NOT_FOUND))
        bal_toast_error (GTK_WIDGET (self), error);
      return;
    }
  if (self->store == NULL || read->id != self->conflict_id)
    return;

  g_clear_pointer (&self->resolution, bal_resolution_free);
  self->resolution = g_steal_pointer (&read->resolution);
  g_set_object (&self->blog, read->blog);
  fill (self);
}

static void
read_conflict (BalConflictView *self)
{
  Read *read = g_new0 (Read, 1);

  read->id = self->conflict_id;
  gtk_widget_set_visible (self->box, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "conflict.apply", FALSE);
  bal_store_read_async (self->store, read_work, read, read_free, NULL, read_cb, g_object_ref (self));
}

/* ---- applying, and taking it back ---- */

typedef struct
{
  BalResolution *resolution;
  BalReview     *review;       /* (nullable): the outcome */
  BalComment    *comment;
  gboolean       back;
} Deed;

static void
deed_free (gpointer data)
{
  Deed *deed = data;

  g_clear_pointer (&deed->resolution, bal_resolution_free);
  g_clear_object (&deed->review);
  g_clear_object (&deed->comment);
  g_free (deed);
}

static gboolean
deed_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Deed *deed = data;
  BalDispute *dispute = bal_resolution_get_dispute (deed->resolution);

  return deed->back ? bal_dispute_reopen (dispute, transaction, deed->review, deed->comment, error)
                    : bal_dispute_settle (dispute, transaction, deed->review, deed->comment, error);
}

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GtkWidget) window = data;
  g_autoptr(GError) error = NULL;

  if (!bal_store_write_finish (BAL_STORE (source), result, &error))
    bal_toast_error (window, error);
}

/* Of the toast, which may outlive this view. */
typedef struct
{
  BalStore  *store;
  GtkWidget *window;
  Deed      *deed;      /* NULL once it is done */
} Undo;

static void
free_undo (gpointer  data,
           GClosure *closure)
{
  Undo *undo = data;

  g_clear_object (&undo->store);
  g_clear_object (&undo->window);
  g_clear_pointer (&undo->deed, deed_free);
  g_free (undo);
}

static void
undo_cb (AdwToast *toast,
         Undo     *undo)
{
  Deed *deed = g_steal_pointer (&undo->deed);

  if (deed != NULL)
    bal_store_write_async (undo->store, deed_work, deed, deed_free, NULL, undone_cb, g_object_ref (undo->window));
}

static void
offer_undo (BalConflictView *self,
            Deed            *deed)
{
  AdwToast *toast = bal_toast_button (GTK_WIDGET (self), _("The conflict is settled"), _("Undo"));
  Undo *undo;

  if (toast == NULL)
    return;
  undo = g_new0 (Undo, 1);
  undo->store = g_object_ref (self->store);
  undo->window = g_object_ref (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))));
  undo->deed = g_new0 (Deed, 1);
  undo->deed->resolution = g_steal_pointer (&deed->resolution);
  undo->deed->review = g_steal_pointer (&deed->review);
  undo->deed->comment = g_steal_pointer (&deed->comment);
  undo->deed->back = TRUE;
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), undo, free_undo, 0);
}

static void
applied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(BalConflictView) self = data;
  g_autoptr(GError) error = NULL;
  Deed *deed = bal_store_get_work_data (result);

  if (!bal_store_write_finish (BAL_STORE (source), result, &error))
    {
      bal_toast_error (GTK_WIDGET (self), error);
      if (self->store != NULL)
        read_conflict (self);
      return;
    }
  if (self->store == NULL)
    return;

  if (bal_dispute_can_reopen (bal_resolution_get_dispute (deed->resolution)))
    offer_undo (self, deed);
  else
    bal_toast (GTK_WIDGET (self), _("The conflict is settled"));
  g_signal_emit (self, signals[SETTLED], 0);
}

static void
apply_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  BalConflictView *self = BAL_CONFLICT_VIEW (widget);
  Deed *deed;

  if (self->resolution == NULL)
    return;
  deed = g_new0 (Deed, 1);
  deed->review = bal_resolution_dup_review (self->resolution);
  deed->comment = bal_resolution_dup_comment (self->resolution);
  deed->resolution = g_steal_pointer (&self->resolution);
  gtk_widget_action_set_enabled (widget, "conflict.apply", FALSE);
  bal_store_write_async (self->store, deed_work, deed, deed_free, NULL, applied_cb, g_object_ref (self));
}

/* ---- the object ---- */

static void
bal_conflict_view_dispose (GObject *object)
{
  BalConflictView *self = BAL_CONFLICT_VIEW (object);

  g_clear_object (&self->store);
  g_clear_object (&self->blog);
  g_clear_pointer (&self->resolution, bal_resolution_free);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (bal_conflict_view_parent_class)->dispose (object);
}

static void
bal_conflict_view_class_init (BalConflictViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bal_conflict_view_dispose;

  signals[SETTLED] = g_signal_new ("settled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  g_type_ensure (BAL_TYPE_COMPARISON_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  g_type_ensure (BAL_TYPE_LABEL_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-conflict-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BalConflictView, box);
  gtk_widget_class_bind_template_child (widget_class, BalConflictView, explanation);
  gtk_widget_class_bind_template_child (widget_class, BalConflictView, all_box);
  gtk_widget_class_bind_template_child (widget_class, BalConflictView, list);
  gtk_widget_class_bind_template_child (widget_class, BalConflictView, outcome_note);
  gtk_widget_class_bind_template_child (widget_class, BalConflictView, outcome_frame);
  gtk_widget_class_bind_template_child (widget_class, BalConflictView, outcome);

  gtk_widget_class_install_action (widget_class, "conflict.choose", "s", choose_action);
  gtk_widget_class_install_action (widget_class, "conflict.move", "i", move_action);
  gtk_widget_class_install_action (widget_class, "conflict.choose-all", "s", choose_all_action);
  gtk_widget_class_install_action (widget_class, "conflict.apply", NULL, apply_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, 0, "conflict.choose", "s", "mine");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_t, 0, "conflict.choose", "s", "theirs");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "conflict.apply", NULL);
}

static void
add_move_key (GtkShortcutController *controller,
              guint                  key,
              int                    delta)
{
  GtkShortcut *shortcut = gtk_shortcut_new_with_arguments (gtk_keyval_trigger_new (key, 0),
                                                           gtk_named_action_new ("conflict.move"), "i", delta);

  gtk_shortcut_controller_add_shortcut (controller, shortcut);
}

static void
bal_conflict_view_init (BalConflictView *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  /* Before the sides of a point, which stand below each other where it is narrow and would take them for theirs. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  add_move_key (GTK_SHORTCUT_CONTROLLER (keys), GDK_KEY_Up, -1);
  add_move_key (GTK_SHORTCUT_CONTROLLER (keys), GDK_KEY_Down, 1);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
}

void
bal_conflict_view_show (BalConflictView *self,
                        BalStore        *store,
                        gint64           conflict_id)
{
  g_return_if_fail (BAL_IS_CONFLICT_VIEW (self));
  g_return_if_fail (BAL_IS_STORE (store));

  g_set_object (&self->store, store);
  self->conflict_id = conflict_id;
  read_conflict (self);
}
