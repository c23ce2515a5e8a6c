/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-history-window.h"

#include <glib/gi18n.h>

#include "bal-comparison-view.h"
#include "bal-error.h"
#include "bal-review-table.h"
#include "bal-transient.h"
#include "bal-version-row.h"
#include "bal-words.h"

struct _BalHistoryWindow
{
  AdwWindow            parent_instance;

  BalStore            *store;
  gint64               review_id;
  GCancellable        *cancellable;     /* of all but the comparison that is shown */
  GCancellable        *comparing;       /* of that one */
  GListStore          *versions;        /* BalVersion, newest first */
  GtkSingleSelection  *selection;
  BalDocument         *chosen_body;     /* (nullable): of the version that is shown */
  gboolean             counting;
  gboolean             present_changed; /* since it was counted */

  /* template children */
  AdwWindowTitle      *title;
  GtkStack            *stack;
  GtkListView         *list;
  GtkLabel            *against_label;
  GtkWidget           *against_box;
  GtkToggleButton     *now_button;
  GtkToggleButton     *unfold_button;
  GtkLabel            *summary_label;
  BalComparisonView   *view;
};

enum
{
  RESTORE,
  COPIED,
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalHistoryWindow, bal_history_window, ADW_TYPE_WINDOW)

static void
fail (BalHistoryWindow *self,
      GError           *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, error->message);
}

static BalVersion *
get_chosen (BalHistoryWindow *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

/* ---- the comparison that is shown ---- */

static void
tell_summary (BalHistoryWindow *self,
              BalComparison    *comparison)
{
  g_autofree char *added = NULL;
  g_autofree char *removed = NULL;
  g_autofree char *summary = NULL;

  added = g_strdup_printf (ngettext ("%u word added", "%u words added", comparison->n_added), comparison->n_added);
  removed = g_strdup_printf (ngettext ("%u word removed", "%u words removed", comparison->n_removed),
                             comparison->n_removed);
  /* Translators: "12 words added, 3 words removed" */
  summary = comparison->n_added + comparison->n_removed > 0 ? g_strdup_printf (_("%s, %s"), added, removed)
                                                            : g_strdup (_("The text has the same words"));
  gtk_label_set_text (self->summary_label, summary);
}

static void
compared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(BalHistoryWindow) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(BalComparison) comparison = bal_comparison_read_finish (BAL_STORE (source), result, &error);
  BalVersion *chosen;
  gboolean is_old;

  if (comparison == NULL)
    {
      fail (self, error);
      return;
    }
  chosen = get_chosen (self);
  is_old = chosen != NULL && bal_version_get_id (chosen) != 0 && gtk_toggle_button_get_active (self->now_button);
  g_clear_pointer (&self->chosen_body, bal_document_unref);
  self->chosen_body = bal_document_ref (is_old ? comparison->old_body : comparison->new_body);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.copy", TRUE);
  tell_summary (self, comparison);
  bal_comparison_view_show (self->view, g_steal_pointer (&comparison));
}

static void
compare (BalHistoryWindow *self)
{
  BalVersion *chosen = get_chosen (self);
  gint64 old_id, new_id;

  g_cancellable_cancel (self->comparing);
  g_clear_object (&self->comparing);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.restore",
                                 chosen != NULL && bal_version_get_id (chosen) != 0);
  if (chosen == NULL)
    return;

  self->comparing = g_cancellable_new ();
  new_id = bal_version_get_id (chosen);
  old_id = bal_version_get_older (chosen);
  gtk_widget_set_visible (self->against_box, new_id != 0);
  gtk_label_set_text (self->against_label, new_id != 0 ? _("Compared with") : _("Compared with the version before"));
  if (new_id != 0 && gtk_toggle_button_get_active (self->now_button))
    {
      old_id = new_id;
      new_id = 0;
    }
  bal_comparison_read_async (self->store, self->review_id, old_id, new_id, self->comparing, compared_cb,
                             g_object_ref (self));
}

static void
against_cb (BalHistoryWindow *self)
{
  compare (self);
}

static void
unfold_cb (BalHistoryWindow *self)
{
  bal_comparison_view_set_unfold (self->view, gtk_toggle_button_get_active (self->unfold_button));
}

/* ---- how many words each version brought: one after the other, for there may be hundreds ---- */

static void count_next (BalHistoryWindow *self);

typedef struct
{
  BalHistoryWindow *window;
  BalVersion       *version;
  gint64            older_id;
} Count;

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autofree Count *count = data;
  g_autoptr(BalHistoryWindow) self = count->window;
  g_autoptr(BalVersion) version = count->version;
  g_autoptr(GError) error = NULL;
  g_autoptr(BalComparison) comparison = bal_comparison_read_finish (BAL_STORE (source), result, &error);

  self->counting = FALSE;
  if (comparison == NULL)
    {
      /* Thinned out meanwhile: the list will be read again. */
      if (!g_error_matches (error, BAL_ERROR, BAL_ERROR_NOT_FOUND))
        fail (self, error);
      return;
    }
  if (bal_version_get_older (version) == count->older_id)
    bal_version_set_counts (version, comparison->n_added, comparison->n_removed);
  count_next (self);
}

static void
count_next (BalHistoryWindow *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->versions));

  if (self->counting || g_cancellable_is_cancelled (self->cancellable))
    return;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(BalVersion) version = g_list_model_get_item (G_LIST_MODEL (self->versions), i);
      gboolean changed = i == 0 && self->present_changed;
      Count *count;

      if (bal_version_is_counted (version) && !changed)
        continue;
      if (i == 0)
        self->present_changed = FALSE;
      count = g_new0 (Count, 1);
      count->window = g_object_ref (self);
      count->older_id = bal_version_get_older (version);
      count->version = g_object_ref (version);
      self->counting = TRUE;
      bal_comparison_read_async (self->store, self->review_id, count->older_id, bal_version_get_id (version),
                                 self->cancellable, counted_cb, count);
      return;
    }
}

/* ---- the list ---- */

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  gtk_list_item_set_child (item, bal_version_row_new ());
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  bal_version_row_set_version (BAL_VERSION_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item)
{
  bal_version_row_set_version (BAL_VERSION_ROW (gtk_list_item_get_child (item)), NULL);
}

typedef struct
{
  gint64     review_id;
  char      *title;
  GPtrArray *heads;      /* BalRevision */
} Read;

static void
read_free (gpointer data)
{
  Read *read = data;

  g_free (read->title);
  g_clear_pointer (&read->heads, g_ptr_array_unref);
  g_free (read);
}

static gboolean
read_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Read *read = data;
  g_autoptr(BalReview) review = bal_review_table_get (transaction, read->review_id, error);

  if (review == NULL)
    return FALSE;
  read->title = bal_words_title (bal_review_get_title (review) != NULL ? bal_review_get_title (review) : "");
  read->heads = bal_revision_table_list_heads (transaction, BAL_ENTITY_REVIEW, read->review_id, error);
  return read->heads != NULL;
}

/* Those that are there already stay the same objects, so that the selection stays. */
static void
take_versions (BalHistoryWindow *self,
               GPtrArray        *heads)
{
  GListModel *model = G_LIST_MODEL (self->versions);
  g_autoptr(GHashTable) known = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_old = g_list_model_get_n_items (model), head = 0, tail = 0;
  g_autofree gint64 *ids = g_new (gint64, n_old + 1);

  for (guint i = 0; i < n_old; i++)
    {
      g_autoptr(BalVersion) version = g_list_model_get_item (model, i);

      ids[i] = bal_version_get_id (version);
      g_hash_table_insert (known, &ids[i], version);
    }
  for (guint i = 0; i <= heads->len; i++)
    {
      BalRevision *revision = i > 0 ? g_ptr_array_index (heads, i - 1) : NULL;
      gint64 id = revision != NULL ? revision->id : 0;
      BalVersion *version = g_hash_table_lookup (known, &id);

      if (version != NULL)
        g_object_ref (version);
      else
        version = bal_version_new (id, revision != NULL ? revision->created : 0,
                                   revision != NULL ? revision->kind : BAL_REVISION_EDIT);
      bal_version_set_older (version, i < heads->len ? ((BalRevision *) g_ptr_array_index (heads, i))->id : -1);
      g_ptr_array_add (rows, version);
    }

  while (head < MIN (n_old, rows->len) && ids[head] == bal_version_get_id (rows->pdata[head]))
    head++;
  while (tail < MIN (n_old, rows->len) - head &&
         ids[n_old - 1 - tail] == bal_version_get_id (rows->pdata[rows->len - 1 - tail]))
    tail++;
  if (head + tail < MAX (n_old, rows->len))
    g_list_store_splice (self->versions, head, n_old - head - tail, rows->pdata + head,
                         rows->len - head - tail);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(BalHistoryWindow) self = data;
  g_autoptr(GError) error = NULL;
  Read *read = bal_store_get_work_data (result);
  gboolean is_first;

  if (!bal_store_read_finish (BAL_STORE (source), result, &error))
    {
      /* With the review goes what there was to restore. */
      if (g_error_matches (error, BAL_ERROR, BAL_ERROR_NOT_FOUND))
        gtk_window_close (GTK_WINDOW (self));
      else
        fail (self, error);
      return;
    }
  adw_window_title_set_subtitle (self->title, read->title);
  take_versions (self, read->heads);
  self->present_changed = TRUE;
  is_first = g_str_equal (gtk_stack_get_visible_child_name (self->stack), "reading");
  gtk_stack_set_visible_child_name (self->stack, read->heads->len > 0 ? "versions" : "empty");
  /* It would be at the first button, and the arrow keys of no use. */
  if (is_first)
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
  compare (self);
  count_next (self);
}

static void
read_versions (BalHistoryWindow *self)
{
  Read *read = g_new0 (Read, 1);

  read->review_id = self->review_id;
  bal_store_read_async (self->store, read_work, read, read_free, self->cancellable, read_cb, g_object_ref (self));
}

static void
changed_cb (BalStore         *store,
            BalChangeSet     *changes,
            BalHistoryWindow *self)
{
  if (bal_change_set_is_everything (changes) ||
      bal_change_set_has (changes, BAL_ENTITY_REVIEW, self->review_id))
    read_versions (self);
}

/* ---- actions ---- */

static void
restore_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  BalHistoryWindow *self = BAL_HISTORY_WINDOW (widget);

  g_signal_emit (self, signals[RESTORE], 0, bal_version_get_id (get_chosen (self)));
}

static void
copy_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BalHistoryWindow *self = BAL_HISTORY_WINDOW (widget);
  g_autofree char *text = bal_document_to_text (self->chosen_body);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  g_signal_emit (self, signals[COPIED], 0);
}

/* ---- object ---- */

static void
bal_history_window_dispose (GObject *object)
{
  BalHistoryWindow *self = BAL_HISTORY_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->comparing);
  G_OBJECT_CLASS (bal_history_window_parent_class)->dispose (object);
}

static void
bal_history_window_finalize (GObject *object)
{
  BalHistoryWindow *self = BAL_HISTORY_WINDOW (object);

  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->comparing);
  g_clear_object (&self->versions);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->chosen_body, bal_document_unref);
  G_OBJECT_CLASS (bal_history_window_parent_class)->finalize (object);
}

static void
bal_history_window_class_init (BalHistoryWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bal_history_window_dispose;
  object_class->finalize = bal_history_window_finalize;

  signals[RESTORE] = g_signal_new ("restore", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[COPIED] = g_signal_new ("copied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (BAL_TYPE_VERSION);
  g_type_ensure (BAL_TYPE_COMPARISON_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-history-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BalHistoryWindow, title);
  gtk_widget_class_bind_template_child (widget_class, BalHistoryWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BalHistoryWindow, list);
  gtk_widget_class_bind_template_child (widget_class, BalHistoryWindow, against_label);
  gtk_widget_class_bind_template_child (widget_class, BalHistoryWindow, against_box);
  gtk_widget_class_bind_template_child (widget_class, BalHistoryWindow, now_button);
  gtk_widget_class_bind_template_child (widget_class, BalHistoryWindow, unfold_button);
  gtk_widget_class_bind_template_child (widget_class, BalHistoryWindow, summary_label);
  gtk_widget_class_bind_template_child (widget_class, BalHistoryWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, against_cb);
  gtk_widget_class_bind_template_callback (widget_class, unfold_cb);
  gtk_widget_class_install_action (widget_class, "history.restore", NULL, restore_action);
  gtk_widget_class_install_action (widget_class, "history.copy", NULL, copy_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
bal_history_window_init (BalHistoryWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->versions = g_list_store_new (BAL_TYPE_VERSION);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->versions)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (compare), self, G_CONNECT_SWAPPED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.restore", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.copy", FALSE);
}

GtkWidget *
bal_history_window_new (GtkWindow *parent,
                        BalStore  *store,
                        gint64     review_id)
{
  BalHistoryWindow *self = g_object_new (BAL_TYPE_HISTORY_WINDOW, "transient-for", parent,
                                         "modal", TRUE, NULL);

  bal_transient_watch (GTK_WINDOW (self));
  self->store = g_object_ref (store);
  self->review_id = review_id;
  g_signal_connect_object (store, "changed", G_CALLBACK (changed_cb), self, 0);
  read_versions (self);
  return GTK_WIDGET (self);
}
