/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-find-bar.h"

#include "bal-find.h"

#include <glib/gi18n.h>
#include <string.h>

#define SLICE_US 4000       /* of idle time, in one go */
#define PAUSE_MS 150        /* after the last key in the text */
#define LONGEST_SELECTION 200

struct _BalFindBar
{
  GtkWidget       parent_instance;

  GtkTextView    *view;           /* borrowed, weak */
  BalTextSearch  *search;         /* (nullable) */
  gboolean        match_case;
  gboolean        whole_words;
  gboolean        replacing;

  GArray         *starts;         /* int: where in the text each match begins, as counted last */
  GArray         *counting;       /* int: likewise, as far as it is counted now */
  int             line;           /* that is next */
  guint           count_id;
  gboolean        wants_first;    /* to go to the match that is nearest, once it is known */
  guint           n_replaced;     /* to be told until something else happens */

  /* template children */
  GtkRevealer    *revealer;
  GtkEditable    *entry;
  GtkEditable    *replace_entry;
  GtkWidget      *replace_row;
  GtkLabel       *count_label;
};

enum
{
  PROP_0,
  PROP_MATCH_CASE,
  PROP_WHOLE_WORDS,
  PROP_REPLACING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static guint found_signal;

G_DEFINE_FINAL_TYPE (BalFindBar, bal_find_bar, GTK_TYPE_WIDGET)

static GtkTextBuffer *
get_buffer (BalFindBar *self)
{
  return gtk_text_view_get_buffer (self->view);
}

static gboolean
is_open (BalFindBar *self)
{
  return self->view != NULL && gtk_revealer_get_reveal_child (self->revealer);
}

/* ---- how many ---- */

/* Of the current match, from 1; 0 when it is none. */
static guint
get_number (BalFindBar *self)
{
  GtkTextIter start, end;
  int offset;
  guint low = 0, high = self->starts->len;

  bal_find_get_current (get_buffer (self), &start, &end);
  if (!bal_find_is_match (self->search, get_buffer (self), &start, &end))
    return 0;
  offset = gtk_text_iter_get_offset (&start);
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->starts, int, middle) < offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low < self->starts->len && g_array_index (self->starts, int, low) == offset ? low + 1 : 0;
}

static void
update_label (BalFindBar *self)
{
  g_autofree char *text = NULL;
  guint n = self->starts->len;
  guint number;

  if (!is_open (self))
    return;
  number = self->search != NULL ? get_number (self) : 0;
  if (self->n_replaced > 0)
    text = g_strdup_printf (ngettext ("%u replaced", "%u replaced", self->n_replaced), self->n_replaced);
  else if (self->search == NULL)
    text = g_strdup ("");
  else if (n == 0)
    text = g_strdup (self->count_id != 0 ? "" : _("Not found"));
  else if (number > 0)
    /* Translators: the number of the current match, and how many there are */
    text = g_strdup_printf (_("%u of %u"), number, n);
  else
    text = g_strdup_printf (ngettext ("%u match", "%u matches", n), n);
  gtk_label_set_text (self->count_label, text);
  if (self->search != NULL && n == 0 && self->count_id == 0 && self->n_replaced == 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "find.next", self->search != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "find.previous", self->search != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "find.replace",
                                 self->search != NULL && gtk_text_view_get_editable (self->view));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "find.replace-all",
                                 self->search != NULL && gtk_text_view_get_editable (self->view));
}

static void
select_match (BalFindBar        *self,
              const GtkTextIter *start,
              const GtkTextIter *end)
{
  gtk_text_buffer_select_range (get_buffer (self), end, start);
  bal_find_set_current (get_buffer (self), start, end);
  gtk_widget_queue_draw (GTK_WIDGET (self->view));
  g_signal_emit (self, found_signal, 0);
  update_label (self);
}

static void
go_to_next (BalFindBar        *self,
            const GtkTextIter *from,
            gboolean           backward)
{
  GtkTextIter start, end;

  if (bal_find_next (self->search, get_buffer (self), from, backward, &start, &end))
    select_match (self, &start, &end);
  else
    update_label (self);
}

static void
count_line (BalFindBar *self,
            GArray     *matches)
{
  GtkTextIter iter;
  int offset;

  g_array_set_size (matches, 0);
  bal_find_in_line (self->search, get_buffer (self), self->line, matches);
  if (matches->len == 0)
    return;
  gtk_text_buffer_get_iter_at_line (get_buffer (self), &iter, self->line);
  offset = gtk_text_iter_get_offset (&iter);
  for (guint i = 0; i < matches->len; i++)
    {
      int start = offset + (int) g_array_index (matches, BalTextMatch, i).start;

      g_array_append_val (self->counting, start);
    }
}

static gboolean
count_cb (gpointer data)
{
  BalFindBar *self = data;
  g_autoptr(GArray) matches = g_array_new (FALSE, FALSE, sizeof (BalTextMatch));
  gint64 end = g_get_monotonic_time () + SLICE_US;
  int n_lines = gtk_text_buffer_get_line_count (get_buffer (self));
  GArray *old = self->starts;

  while (self->line < n_lines && g_get_monotonic_time () < end)
    {
      count_line (self, matches);
      self->line++;
    }
  if (self->line < n_lines)
    return G_SOURCE_CONTINUE;

  self->count_id = 0;
  self->starts = self->counting;
  self->counting = old;
  if (self->wants_first && self->starts->len > 0)
    {
      GtkTextIter from, to;

      bal_find_get_current (get_buffer (self), &from, &to);
      go_to_next (self, &from, FALSE);
    }
  self->wants_first = FALSE;
  update_label (self);
  return G_SOURCE_REMOVE;
}

static gboolean
start_count_cb (gpointer data)
{
  BalFindBar *self = data;

  self->count_id = g_idle_add (count_cb, self);
  return G_SOURCE_REMOVE;
}

static void
count_again (BalFindBar *self,
             gboolean    at_once)
{
  g_clear_handle_id (&self->count_id, g_source_remove);
  g_array_set_size (self->counting, 0);
  self->line = 0;
  if (self->search == NULL || !is_open (self))
    g_array_set_size (self->starts, 0);
  else if (at_once)
    start_count_cb (self);
  else
    self->count_id = g_timeout_add (PAUSE_MS, start_count_cb, self);
}

/* ---- following what is looked for, and where ---- */

static void
look_again (BalFindBar *self,
            gboolean    go)
{
  BalTextSearchFlags flags = (self->match_case ? BAL_TEXT_SEARCH_MATCH_CASE : 0) |
                             (self->whole_words ? BAL_TEXT_SEARCH_WHOLE_WORDS : 0);

  g_clear_pointer (&self->search, bal_text_search_unref);
  self->search = bal_text_search_new (gtk_editable_get_text (self->entry), flags);
  self->n_replaced = 0;
  self->wants_first = go;
  if (self->view != NULL)
    bal_find_marks_set (self->view, is_open (self) ? self->search : NULL);
  count_again (self, TRUE);
  update_label (self);
}

static void
words_changed_cb (BalFindBar *self)
{
  if (is_open (self))
    look_again (self, TRUE);
}

static void
text_changed_cb (BalFindBar *self)
{
  if (is_open (self))
    count_again (self, FALSE);
}

static void
take_selection (BalFindBar *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end);
  bal_find_set_current (get_buffer (self), &start, &end);
}

/* By the person, not by the bar. */
static void
cursor_moved_cb (BalFindBar *self)
{
  if (!is_open (self) || !gtk_widget_has_focus (GTK_WIDGET (self->view)))
    return;
  take_selection (self);
  self->n_replaced = 0;
  update_label (self);
}

static void
view_gone_cb (gpointer  data,
              GObject  *view)
{
  BalFindBar *self = data;

  self->view = NULL;
  g_clear_handle_id (&self->count_id, g_source_remove);
}

static void
forget_view (BalFindBar *self)
{
  if (self->view == NULL)
    return;
  bal_find_marks_set (self->view, NULL);
  g_signal_handlers_disconnect_by_data (get_buffer (self), self);
  g_object_weak_unref (G_OBJECT (self->view), view_gone_cb, self);
  g_clear_handle_id (&self->count_id, g_source_remove);
  self->view = NULL;
}

void
bal_find_bar_set_view (BalFindBar  *self,
                       GtkTextView *view)
{
  g_return_if_fail (BAL_IS_FIND_BAR (self));
  g_return_if_fail (GTK_IS_TEXT_VIEW (view));

  if (self->view == view)
    return;
  forget_view (self);
  self->view = view;
  g_object_weak_ref (G_OBJECT (view), view_gone_cb, self);
  g_signal_connect_object (get_buffer (self), "changed", G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_buffer (self), "notify::cursor-position", G_CALLBACK (cursor_moved_cb), self,
                           G_CONNECT_SWAPPED);
  take_selection (self);
  look_again (self, FALSE);
}

/* ---- what a person does ---- */

void
bal_find_bar_open (BalFindBar *self,
                   gboolean    replacing)
{
  g_autofree char *selected = NULL;
  GtkTextIter start, end;

  g_return_if_fail (BAL_IS_FIND_BAR (self));

  if (self->view == NULL)
    return;
  if (gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end) &&
      gtk_text_iter_get_line (&start) == gtk_text_iter_get_line (&end) &&
      gtk_text_iter_get_offset (&end) - gtk_text_iter_get_offset (&start) <= LONGEST_SELECTION)
    selected = gtk_text_iter_get_text (&start, &end);
  if (!is_open (self))
    take_selection (self);
  if (replacing || !is_open (self))
    g_object_set (self, "replacing", replacing, NULL);
  /* First: it is looked for as soon as there is something in the entry. */
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  if (selected != NULL && *selected != '\0')
    gtk_editable_set_text (self->entry, selected);
  look_again (self, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (self->entry, 0, -1);
}

void
bal_find_bar_close (BalFindBar *self)
{
  GtkTextIter start, end;

  g_return_if_fail (BAL_IS_FIND_BAR (self));

  if (!is_open (self))
    return;
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  if (self->search != NULL)
    {
      bal_find_get_current (get_buffer (self), &start, &end);
      if (bal_find_is_match (self->search, get_buffer (self), &start, &end))
        gtk_text_buffer_select_range (get_buffer (self), &end, &start);
    }
  bal_find_marks_set (self->view, NULL);
  g_clear_handle_id (&self->count_id, g_source_remove);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

void
bal_find_bar_step (BalFindBar *self,
                   gboolean    backward)
{
  GtkTextIter start, end;

  g_return_if_fail (BAL_IS_FIND_BAR (self));

  if (self->search == NULL || self->view == NULL)
    {
      bal_find_bar_open (self, FALSE);
      return;
    }
  self->n_replaced = 0;
  self->wants_first = FALSE;
  if (!is_open (self))
    take_selection (self);
  bal_find_get_current (get_buffer (self), &start, &end);
  go_to_next (self, backward ? &start : &end, backward);
}

static void
step_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  bal_find_bar_step (BAL_FIND_BAR (widget), g_str_equal (name, "find.previous"));
}

static void
close_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  bal_find_bar_close (BAL_FIND_BAR (widget));
}

/* The current match, and on to the next; when it is none, only that. */
static void
replace_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  BalFindBar *self = BAL_FIND_BAR (widget);
  GtkTextIter start, end;

  if (self->search == NULL || !gtk_text_view_get_editable (self->view))
    return;
  self->n_replaced = 0;
  bal_find_get_current (get_buffer (self), &start, &end);
  if (bal_find_is_match (self->search, get_buffer (self), &start, &end))
    {
      /* Behind what comes in, or it could be found in that again. */
      GtkTextMark *behind = gtk_text_buffer_create_mark (get_buffer (self), NULL, &end, FALSE);

      bal_find_replace_one (get_buffer (self), &start, &end, gtk_editable_get_text (self->replace_entry));
      gtk_text_buffer_get_iter_at_mark (get_buffer (self), &end, behind);
      gtk_text_buffer_delete_mark (get_buffer (self), behind);
      gtk_text_buffer_place_cursor (get_buffer (self), &end);
      bal_find_set_current (get_buffer (self), &end, &end);
    }
  go_to_next (self, &end, FALSE);
}

static void
replace_all_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  BalFindBar *self = BAL_FIND_BAR (widget);

  if (self->search == NULL || !gtk_text_view_get_editable (self->view))
    return;
  self->n_replaced = bal_find_replace (self->search, get_buffer (self), gtk_editable_get_text (self->replace_entry));
  count_again (self, TRUE);
  update_label (self);
}

static void
entry_activate_cb (BalFindBar *self)
{
  bal_find_bar_step (self, FALSE);
}

static void
replace_activate_cb (BalFindBar *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "find.replace", NULL);
}

/* ---- object ---- */

static void
bal_find_bar_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  BalFindBar *self = BAL_FIND_BAR (object);

  switch (prop_id)
    {
    case PROP_MATCH_CASE:
      g_value_set_boolean (value, self->match_case);
      break;
    case PROP_WHOLE_WORDS:
      g_value_set_boolean (value, self->whole_words);
      break;
    case PROP_REPLACING:
      g_value_set_boolean (value, self->replacing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bal_find_bar_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  BalFindBar *self = BAL_FIND_BAR (object);
  gboolean *places[] = { NULL, &self->match_case, &self->whole_words, &self->replacing };

  g_return_if_fail (prop_id > 0 && prop_id < N_PROPS);

  if (*places[prop_id] == g_value_get_boolean (value))
    return;
  *places[prop_id] = g_value_get_boolean (value);
  if (prop_id == PROP_REPLACING)
    gtk_widget_set_visible (self->replace_row, self->replacing);
  else
    look_again (self, FALSE);
  g_object_notify_by_pspec (object, pspec);
}

static void
bal_find_bar_dispose (GObject *object)
{
  BalFindBar *self = BAL_FIND_BAR (object);

  forget_view (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), BAL_TYPE_FIND_BAR);
  G_OBJECT_CLASS (bal_find_bar_parent_class)->dispose (object);
}

static void
bal_find_bar_finalize (GObject *object)
{
  BalFindBar *self = BAL_FIND_BAR (object);

  g_clear_pointer (&self->search, bal_text_search_unref);
  g_array_unref (self->starts);
  g_array_unref (self->counting);
  G_OBJECT_CLASS (bal_find_bar_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "find.next", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "find.previous", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "find.replace", NULL, replace_action);
  gtk_widget_class_install_action (widget_class, "find.replace-all", NULL, replace_all_action);
  gtk_widget_class_install_action (widget_class, "find.close", NULL, close_action);
  gtk_widget_class_install_property_action (widget_class, "find.match-case", "match-case");
  gtk_widget_class_install_property_action (widget_class, "find.whole-words", "whole-words");
  gtk_widget_class_install_property_action (widget_class, "find.replacing", "replacing");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "find.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_SHIFT_MASK, "find.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_SHIFT_MASK, "find.previous", NULL);
}

static void
bal_find_bar_class_init (BalFindBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const char *const names[] = { NULL, "match-case", "whole-words", "replacing" };

  object_class->get_property = bal_find_bar_get_property;
  object_class->set_property = bal_find_bar_set_property;
  object_class->dispose = bal_find_bar_dispose;
  object_class->finalize = bal_find_bar_finalize;

  for (guint i = 1; i < N_PROPS; i++)
    properties[i] = g_param_spec_boolean (names[i], NULL, NULL, FALSE,
                                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  found_signal = g_signal_new ("found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-find-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BalFindBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, BalFindBar, entry);
  gtk_widget_class_bind_template_child (widget_class, BalFindBar, replace_entry);
  gtk_widget_class_bind_template_child (widget_class, BalFindBar, replace_row);
  gtk_widget_class_bind_template_child (widget_class, BalFindBar, count_label);
  gtk_widget_class_bind_template_callback (widget_class, words_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, replace_activate_cb);
  install_actions (widget_class);
}

static void
bal_find_bar_init (BalFindBar *self)
{
  self->starts = g_array_new (FALSE, FALSE, sizeof (int));
  self->counting = g_array_new (FALSE, FALSE, sizeof (int));
  gtk_widget_init_template (GTK_WIDGET (self));
}
