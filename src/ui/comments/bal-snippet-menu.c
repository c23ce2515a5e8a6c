/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-snippet-menu.h"

#include "bal-safe-text.h"
#include "bal-snippet-window.h"
#include "bal-tables.h"
#include "bal-toast.h"

#include <glib/gi18n.h>
#include <string.h>

#define MANY 7
#define PREVIEW_CHARS 60

struct _BalSnippetMenu
{
  GtkWidget      parent_instance;

  BalStore      *store;
  gint64         comment_id;
  GPtrArray     *snippets;       /* BalSnippet, of the rows; NULL: not read yet */
  BalReplyWords  words;

  /* template children */
  GtkMenuButton *button;
  GtkWidget     *search_entry;
  GtkWidget     *scrolled;
  GtkListBox    *list;
  GtkWidget     *empty_label;
};

enum { CHOSEN, CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalSnippetMenu, bal_snippet_menu, GTK_TYPE_WIDGET)

/* ---- what there is ---- */

typedef struct
{
  gint64         comment_id;
  GPtrArray     *snippets;
  BalReplyWords  words;
} ReadJob;

static void
read_job_free (gpointer data)
{
  ReadJob *job = data;

  g_clear_pointer (&job->snippets, g_ptr_array_unref);
  bal_reply_words_clear (&job->words);
  g_free (job);
}

static gboolean
read_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  ReadJob *job = data;

  job->snippets = bal_snippet_table_list (transaction, error);
  return job->snippets != NULL &&
         bal_snippet_table_find_words (transaction, job->comment_id, &job->words, error);
}

static GtkWidget *
make_row (const BalSnippet    *snippet,
          const BalReplyWords *words)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *name = gtk_label_new (snippet->name);
  g_autofree char *filled = bal_reply_text_fill (snippet->html, words);
  g_autofree char *line = bal_safe_text_line (filled, PREVIEW_CHARS);
  GtkWidget *preview = gtk_label_new (line);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (preview), 0);
  gtk_label_set_ellipsize (GTK_LABEL (preview), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (preview, "caption");
  gtk_widget_add_css_class (preview, "dim-label");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), preview);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, snippet->name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, line, -1);
  return row;
}

static void
show_snippets (BalSnippetMenu *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL &&
         GTK_IS_LIST_BOX_ROW (row))
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < self->snippets->len; i++)
    gtk_list_box_append (self->list, make_row (g_ptr_array_index (self->snippets, i), &self->words));

  gtk_widget_set_visible (self->scrolled, self->snippets->len > 0);
  gtk_widget_set_visible (self->empty_label, self->snippets->len == 0);
  gtk_widget_set_visible (self->search_entry, self->snippets->len >= MANY);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(BalSnippetMenu) self = user_data;
  g_autoptr(GError) error = NULL;
  ReadJob *job = bal_store_get_work_data (result);

  if (!bal_store_read_finish (BAL_STORE (source), result, &error))
    {
      bal_toast_error (GTK_WIDGET (self), error);
      return;
    }
  if (self->button == NULL)
    return;

  g_clear_pointer (&self->snippets, g_ptr_array_unref);
  self->snippets = g_steal_pointer (&job->snippets);
  bal_reply_words_clear (&self->words);
  self->words = job->words;
  job->words = (BalReplyWords) { 0 };
  show_snippets (self);
}

/* Before the menu opens: it would not fit what comes in while it stands there. */
static void
read_snippets (BalSnippetMenu *self)
{
  ReadJob *job = g_new0 (ReadJob, 1);

  job->comment_id = self->comment_id;
  bal_store_read_async (self->store, read_work, job, read_job_free, NULL, read_cb, g_object_ref (self));
}

static void
store_changed_cb (BalSnippetMenu *self,
                  BalChangeSet   *changes)
{
  if (bal_change_set_is_everything (changes) || bal_change_set_touches (changes, BAL_ENTITY_SNIPPET))
    read_snippets (self);
}

/* ---- choosing ---- */

static void
popover_shown_cb (BalSnippetMenu *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  if (gtk_widget_get_visible (self->search_entry))
    gtk_widget_grab_focus (self->search_entry);
  else if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* Whatever closed it, writing goes on. */
static void
popover_closed_cb (BalSnippetMenu *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static gboolean
filter_cb (GtkListBoxRow *row,
           gpointer       user_data)
{
  BalSnippetMenu *self = user_data;
  int index = gtk_list_box_row_get_index (row);
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)), -1);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  g_autofree char *folded = NULL;
  BalSnippet *snippet;

  if (self->snippets == NULL || index < 0 || (guint) index >= self->snippets->len)
    return TRUE;

  snippet = g_ptr_array_index (self->snippets, index);
  name = g_utf8_casefold (snippet->name, -1);
  text = bal_safe_text_from_comment (snippet->html);
  folded = g_utf8_casefold (text, -1);
  return strstr (name, wanted) != NULL || strstr (folded, wanted) != NULL;
}

static void
row_activated_cb (BalSnippetMenu *self,
                  GtkListBoxRow  *row)
{
  BalSnippet *snippet = g_ptr_array_index (self->snippets, gtk_list_box_row_get_index (row));
  g_autofree char *html = bal_reply_text_fill (snippet->html, &self->words);

  gtk_menu_button_popdown (self->button);
  g_signal_emit (self, signals[CHOSEN], 0, html);
}

static void
search_changed_cb (BalSnippetMenu *self)
{
  gtk_list_box_invalidate_filter (self->list);
}

/* Enter takes the first that is left. */
static void
search_activated_cb (BalSnippetMenu *self)
{
  for (int i = 0;; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);

      if (row == NULL)
        return;
      if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
        {
          row_activated_cb (self, row);
          return;
        }
    }
}

static void
manage_clicked_cb (BalSnippetMenu *self)
{
  gtk_menu_button_popdown (self->button);
  bal_snippet_window_present (GTK_WIDGET (self), self->store);
}

/* ---- the object ---- */

static void
bal_snippet_menu_dispose (GObject *object)
{
  BalSnippetMenu *self = BAL_SNIPPET_MENU (object);

  g_clear_pointer ((GtkWidget **) &self->button, gtk_widget_unparent);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (bal_snippet_menu_parent_class)->dispose (object);
}

static void
bal_snippet_menu_finalize (GObject *object)
{
  BalSnippetMenu *self = BAL_SNIPPET_MENU (object);

  g_clear_pointer (&self->snippets, g_ptr_array_unref);
  bal_reply_words_clear (&self->words);

  G_OBJECT_CLASS (bal_snippet_menu_parent_class)->finalize (object);
}

static void
bal_snippet_menu_class_init (BalSnippetMenuClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bal_snippet_menu_dispose;
  G_OBJECT_CLASS (klass)->finalize = bal_snippet_menu_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", BAL_TYPE_SNIPPET_MENU, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  signals[CLOSED] = g_signal_new ("closed", BAL_TYPE_SNIPPET_MENU, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-snippet-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, BalSnippetMenu, button);
  gtk_widget_class_bind_template_child (widget_class, BalSnippetMenu, search_entry);
  gtk_widget_class_bind_template_child (widget_class, BalSnippetMenu, scrolled);
  gtk_widget_class_bind_template_child (widget_class, BalSnippetMenu, list);
  gtk_widget_class_bind_template_child (widget_class, BalSnippetMenu, empty_label);
  gtk_widget_class_bind_template_callback (widget_class, popover_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, popover_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, manage_clicked_cb);
}

static void
bal_snippet_menu_init (BalSnippetMenu *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
}

GtkWidget *
bal_snippet_menu_new (BalStore *store,
                      gint64    comment_id)
{
  BalSnippetMenu *self;

  g_return_val_if_fail (BAL_IS_STORE (store), NULL);

  self = g_object_new (BAL_TYPE_SNIPPET_MENU, NULL);
  self->store = g_object_ref (store);
  self->comment_id = comment_id;
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  read_snippets (self);
  return GTK_WIDGET (self);
}

void
bal_snippet_menu_open (BalSnippetMenu *self)
{
  g_return_if_fail (BAL_IS_SNIPPET_MENU (self));

  gtk_menu_button_popup (self->button);
}
