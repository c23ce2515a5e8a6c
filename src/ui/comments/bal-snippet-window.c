/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-snippet-window.h"

#include "bal-close-question.h"
#include "bal-snippet-page.h"
#include "bal-snippet-row.h"
#include "bal-tables.h"
#include "bal-transient.h"

#include <glib/gi18n.h>

struct _BalSnippetWindow
{
  AdwWindow        parent_instance;

  BalStore        *store;
  GPtrArray       *snippets;      /* BalSnippet, of the rows */
  gboolean         saving;        /* what is on the page: nothing else happens to it meanwhile */
  gboolean         closing;       /* once that is kept */
  int              focus_row;     /* to get the focus when the list is shown anew; -1: none */

  /* template children */
  AdwHeaderBar    *header;
  AdwToastOverlay *toasts;
  GtkStack        *stack;
  GtkListBox      *list;
  BalSnippetPage  *page;
  GtkWidget       *add_button;
  GtkWidget       *back_button;
  GtkWidget       *save_button;
};

G_DEFINE_FINAL_TYPE (BalSnippetWindow, bal_snippet_window, ADW_TYPE_WINDOW)

static void read_snippets (BalSnippetWindow *self);
static void set_saving    (BalSnippetWindow *self,
                           gboolean          saving);
static void close_cb      (GtkWindow        *window,
                           gboolean          keep);

static void
fail (BalSnippetWindow *self,
      const GError     *error)
{
  AdwToast *toast = adw_toast_new (error->message);

  adw_toast_set_timeout (toast, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* ---- writing to the store ---- */

typedef enum { PUT, KEEP, REMOVE, MOVE } Deed;

static void
save (BalSnippetWindow *self,
      Deed              deed);

typedef struct
{
  Deed        deed;
  BalSnippet *snippet;
  guint       position;
  gboolean    place_it;       /* PUT: there, as before it was removed */
  gboolean    from_page;      /* PUT and KEEP: what was written there */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  bal_snippet_free (job->snippet);
  g_free (job);
}

static gboolean
write_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Job *job = data;

  switch (job->deed)
    {
    case REMOVE:
      return bal_snippet_table_remove (transaction, job->snippet->id, error);
    case MOVE:
      return bal_snippet_table_move (transaction, job->snippet->id, job->position, error);
    case KEEP:
      return bal_snippet_table_keep (transaction, job->snippet, error) != 0;
    case PUT:
    default:
      job->snippet->id = bal_snippet_table_put (transaction, job->snippet, error);
      return job->snippet->id != 0 &&
             (!job->place_it || bal_snippet_table_move (transaction, job->snippet->id, job->position, error));
    }
}

static void
show_page (BalSnippetWindow *self,
           const char       *page)
{
  gboolean edit = g_str_equal (page, "edit");

  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_widget_set_visible (self->add_button, !edit);
  gtk_widget_set_visible (self->back_button, edit);
  gtk_widget_set_visible (self->save_button, edit);
  /* One way out is enough beside Save. */
  adw_header_bar_set_show_start_title_buttons (self->header, !edit);
  adw_header_bar_set_show_end_title_buttons (self->header, !edit);
}

static void
undo_remove_cb (AdwToast *toast,
                Job      *removed);

static void
removed_free (gpointer  data,
              GClosure *closure)
{
  job_free (data);
}

static void
offer_undo (BalSnippetWindow *self,
            const Job        *job)
{
  g_autofree char *words = g_strdup_printf (_("“%s” removed"), job->snippet->name);
  g_autofree char *escaped = g_markup_escape_text (words, -1);
  AdwToast *toast = adw_toast_new (escaped);
  Job *removed = g_new0 (Job, 1);

  removed->snippet = bal_snippet_copy (job->snippet);
  removed->position = job->position;
  removed->place_it = TRUE;
  g_object_set_data (G_OBJECT (toast), "bal-window", self);
  adw_toast_set_button_label (toast, _("Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_remove_cb), removed, removed_free, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
saved (BalSnippetWindow *self)
{
  bal_snippet_page_set_snippet (self->page, NULL);
  set_saving (self, FALSE);
  if (self->closing)
    gtk_window_close (GTK_WINDOW (self));
}

/* The words are where they were. */
static void
not_saved (BalSnippetWindow *self,
           Deed              deed)
{
  self->closing = FALSE;
  set_saving (self, FALSE);
  /* The program was told to end meanwhile: they still can be kept under another name. */
  if (bal_close_question_is_last (GTK_WINDOW (self)) && deed != KEEP)
    {
      self->closing = TRUE;
      save (self, KEEP);
      return;
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->page));
  bal_close_question_stay (GTK_WINDOW (self));
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(BalSnippetWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  Job *job = bal_store_get_work_data (result);
  gboolean done = bal_store_write_finish (BAL_STORE (source), result, &error);

  if (self->stack == NULL)
    return;
  if (!done)
    {
      fail (self, error);
      if (job->from_page)
        not_saved (self, job->deed);
      return;
    }

  if (job->deed == REMOVE)
    offer_undo (self, job);
  if (job->from_page)
    saved (self);
  read_snippets (self);
}

static void
write_snippet (BalSnippetWindow *self,
               Job              *job)
{
  bal_store_write_async (self->store, write_work, job, job_free, NULL, written_cb, g_object_ref (self));
}

static void
undo_remove_cb (AdwToast *toast,
                Job      *removed)
{
  Job *job = g_new0 (Job, 1);

  *job = *removed;
  job->snippet = bal_snippet_copy (removed->snippet);
  write_snippet (g_object_get_data (G_OBJECT (toast), "bal-window"), job);
}

/* ---- the list ---- */

static void
act (BalSnippetWindow *self,
     GtkListBoxRow    *row,
     Deed              deed,
     int               by)
{
  int index = gtk_list_box_row_get_index (row);
  int to = index + by;
  Job *job;

  if (self->snippets == NULL || to < 0 || (guint) to >= self->snippets->len)
    return;

  job = g_new0 (Job, 1);
  job->deed = deed;
  job->snippet = bal_snippet_copy (g_ptr_array_index (self->snippets, index));
  job->position = to;
  self->focus_row = to;
  write_snippet (self, job);
}

static void
move_cb (BalSnippetWindow *self,
         int               by,
         GtkListBoxRow    *row)
{
  act (self, row, MOVE, by);
}

static void
remove_cb (BalSnippetWindow *self,
           GtkListBoxRow    *row)
{
  act (self, row, REMOVE, 0);
}

static GtkWidget *
make_row (BalSnippetWindow *self,
          guint             index)
{
  GtkWidget *row = bal_snippet_row_new (g_ptr_array_index (self->snippets, index), index, self->snippets->len);

  g_signal_connect_object (row, "move", G_CALLBACK (move_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static void
show_list (BalSnippetWindow *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < self->snippets->len; i++)
    gtk_list_box_append (self->list, make_row (self, i));

  show_page (self, self->snippets->len > 0 ? "list" : "empty");
  row = gtk_list_box_get_row_at_index (self->list, CLAMP (self->focus_row, 0, MAX ((int) self->snippets->len - 1, 0)));
  if (row != NULL && self->focus_row >= 0)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  self->focus_row = -1;
}

static gboolean
read_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  GPtrArray **snippets = data;

  return (*snippets = bal_snippet_table_list (transaction, error)) != NULL;
}

static void
read_data_free (gpointer data)
{
  GPtrArray **snippets = data;

  g_clear_pointer (snippets, g_ptr_array_unref);
  g_free (snippets);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(BalSnippetWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  GPtrArray **snippets = bal_store_get_work_data (result);
  gboolean done = bal_store_read_finish (BAL_STORE (source), result, &error);

  if (self->stack == NULL)
    return;
  if (!done)
    {
      fail (self, error);
      return;
    }
  g_clear_pointer (&self->snippets, g_ptr_array_unref);
  self->snippets = g_steal_pointer (snippets);
  if (bal_snippet_page_get_snippet (self->page) == NULL)
    show_list (self);
}

static void
read_snippets (BalSnippetWindow *self)
{
  bal_store_read_async (self->store, read_work, g_new0 (GPtrArray *, 1), read_data_free, NULL, read_cb,
                        g_object_ref (self));
}

/* ---- one of them ---- */

static void
edited_cb (BalSnippetWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "snippet.save",
                                 bal_snippet_page_is_complete (self->page) && !self->saving);
  bal_close_question_set_wanted (GTK_WINDOW (self), bal_snippet_page_is_changed (self->page) ? close_cb : NULL);
}

static void
edit (BalSnippetWindow *self,
      const BalSnippet *snippet)
{
  show_page (self, "edit");
  bal_snippet_page_set_snippet (self->page, snippet);
  gtk_widget_grab_focus (GTK_WIDGET (self->page));
}

static void
row_activated_cb (BalSnippetWindow *self,
                  GtkListBoxRow    *row)
{
  self->focus_row = gtk_list_box_row_get_index (row);
  edit (self, g_ptr_array_index (self->snippets, self->focus_row));
}

static void
add_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  BalSnippetWindow *self = BAL_SNIPPET_WINDOW (widget);
  g_autoptr(BalSnippet) snippet = bal_snippet_new (0, "", "");

  if (bal_snippet_page_get_snippet (self->page) != NULL)
    return;
  self->focus_row = self->snippets != NULL ? (int) self->snippets->len : 0;
  edit (self, snippet);
}

/* The page leaves, so nobody writes in it any more: a second one would be saved beside the first. */
static void
set_saving (BalSnippetWindow *self,
            gboolean          saving)
{
  self->saving = saving;
  gtk_widget_set_sensitive (gtk_stack_get_child_by_name (self->stack, "edit"), !saving);
  edited_cb (self);
}

static void
save (BalSnippetWindow *self,
      Deed              deed)
{
  Job *job;

  if (bal_snippet_page_get_snippet (self->page) == NULL || self->saving)
    return;
  job = g_new0 (Job, 1);
  job->deed = deed;
  job->from_page = TRUE;
  job->snippet = bal_snippet_page_dup_written (self->page);
  bal_close_question_take_back (GTK_WINDOW (self));
  set_saving (self, TRUE);
  write_snippet (self, job);
}

static void
save_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  save (BAL_SNIPPET_WINDOW (widget), PUT);
}

static void
back_cb (GtkWindow *window,
         gboolean   keep)
{
  BalSnippetWindow *self = BAL_SNIPPET_WINDOW (window);

  if (keep)
    {
      save (self, PUT);
      return;
    }
  bal_snippet_page_set_snippet (self->page, NULL);
  if (self->snippets != NULL)
    show_list (self);
}

static void
close_cb (GtkWindow *window,
          gboolean   keep)
{
  BalSnippetWindow *self = BAL_SNIPPET_WINDOW (window);

  if (!keep)
    {
      bal_snippet_page_set_snippet (self->page, NULL);
      gtk_window_close (window);
    }
  else if (bal_close_question_is_last (window))
    {
      self->closing = TRUE;
      save (self, KEEP);
    }
  else if (bal_snippet_page_is_complete (self->page))
    {
      self->closing = TRUE;
      save (self, PUT);
    }
  else
    {
      bal_close_question_stay (window);
    }
}

static void
ask_before_leaving (BalSnippetWindow *self,
                    BalCloseFunc      func)
{
  gboolean complete = bal_snippet_page_is_complete (self->page);

  bal_close_question_ask (GTK_WINDOW (self), _("Save This Reply?"),
                          complete ? _("What you wrote is not saved yet.")
                                   : _("What you wrote is not saved yet: it needs a name and a text."),
                          complete ? _("_Save") : NULL, func);
}

static void
back_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BalSnippetWindow *self = BAL_SNIPPET_WINDOW (widget);

  /* What is being saved goes back by itself, unless it fails. */
  if (self->saving)
    return;
  if (bal_snippet_page_get_snippet (self->page) == NULL)
    gtk_window_close (GTK_WINDOW (self));
  else if (bal_snippet_page_is_changed (self->page))
    ask_before_leaving (self, back_cb);
  else
    back_cb (GTK_WINDOW (self), FALSE);
}

/* ---- the object ---- */

static gboolean
bal_snippet_window_close_request (GtkWindow *window)
{
  BalSnippetWindow *self = BAL_SNIPPET_WINDOW (window);

  if (self->saving)
    {
      self->closing = TRUE;
      return GDK_EVENT_STOP;
    }
  if (bal_snippet_page_is_changed (self->page))
    {
      ask_before_leaving (self, close_cb);
      return GDK_EVENT_STOP;
    }
  return GTK_WINDOW_CLASS (bal_snippet_window_parent_class)->close_request (window);
}

static void
bal_snippet_window_dispose (GObject *object)
{
  BalSnippetWindow *self = BAL_SNIPPET_WINDOW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), BAL_TYPE_SNIPPET_WINDOW);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (bal_snippet_window_parent_class)->dispose (object);
}

static void
bal_snippet_window_finalize (GObject *object)
{
  BalSnippetWindow *self = BAL_SNIPPET_WINDOW (object);

  g_clear_pointer (&self->snippets, g_ptr_array_unref);

  G_OBJECT_CLASS (bal_snippet_window_parent_class)->finalize (object);
}

static void
bal_snippet_window_class_init (BalSnippetWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bal_snippet_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = bal_snippet_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = bal_snippet_window_close_request;

  g_type_ensure (BAL_TYPE_SNIPPET_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-snippet-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BalSnippetWindow, header);
  gtk_widget_class_bind_template_child (widget_class, BalSnippetWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, BalSnippetWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BalSnippetWindow, list);
  gtk_widget_class_bind_template_child (widget_class, BalSnippetWindow, page);
  gtk_widget_class_bind_template_child (widget_class, BalSnippetWindow, add_button);
  gtk_widget_class_bind_template_child (widget_class, BalSnippetWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, BalSnippetWindow, save_button);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_install_action (widget_class, "snippet.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "snippet.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "snippet.back", NULL, back_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "snippet.add", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "snippet.save", NULL);
}

static void
bal_snippet_window_init (BalSnippetWindow *self)
{
  self->focus_row = 0;
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
bal_snippet_window_present (GtkWidget *widget,
                            BalStore  *store)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  BalSnippetWindow *self;

  g_return_if_fail (BAL_IS_STORE (store));

  self = g_object_new (BAL_TYPE_SNIPPET_WINDOW, "transient-for", GTK_IS_WINDOW (root) ? root : NULL, NULL);
  bal_transient_watch (GTK_WINDOW (self));
  self->store = g_object_ref (store);
  read_snippets (self);
  gtk_window_present (GTK_WINDOW (self));
}
