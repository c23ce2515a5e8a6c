/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unsaved-desk.h"

#include "bal-application.h"
#include "bal-snippet-table.h"
#include "bal-snippet-window.h"
#include "bal-text-view.h"

static gboolean
fill_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  g_autoptr(BalSnippet) snippet = bal_snippet_new (0, "Thanks", "Thank you, {name}!");

  return bal_snippet_table_put (transaction, snippet, error) != 0;
}

GtkWidget *
unsaved_find_toplevel (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type))
        return window;
    }
  return NULL;
}

GtkWidget *
unsaved_find_child (GtkWidget *widget,
                    GType      type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = unsaved_find_child (child, type);
  return found;
}

void
unsaved_settle (void)
{
  gint64 end = g_get_monotonic_time () + 800 * 1000;

  /* GTK 4.8 looks half a second later for a tooltip below the pointer, also on a surface that is gone by then. */
  while (g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (2000);
    }
}

void
unsaved_set_up (Unsaved       *desk,
                gconstpointer  data)
{
  fixture_set_up (&desk->base, NULL);
  fixture_write (&desk->base, fill_work, desk);
  desk->parent = gtk_window_new ();
  gtk_window_present (GTK_WINDOW (desk->parent));
}

void
unsaved_tear_down (Unsaved       *desk,
                   gconstpointer  data)
{
  g_assert_null (unsaved_find_toplevel (ADW_TYPE_MESSAGE_DIALOG));
  g_assert_null (unsaved_find_toplevel (BAL_TYPE_SNIPPET_WINDOW));
  unsaved_settle ();
  gtk_window_destroy (GTK_WINDOW (desk->parent));
  while (g_main_context_iteration (NULL, FALSE));
  fixture_tear_down (&desk->base, NULL);
}

void
unsaved_answer (const char *response)
{
  GtkWidget *dialog = unsaved_find_toplevel (ADW_TYPE_MESSAGE_DIALOG);

  g_assert_nonnull (dialog);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  /* As a click on its button does. */
  if (unsaved_find_toplevel (ADW_TYPE_MESSAGE_DIALOG) != NULL)
    gtk_window_destroy (GTK_WINDOW (dialog));
  wait_until (unsaved_find_toplevel (ADW_TYPE_MESSAGE_DIALOG) == NULL);
}

gboolean
unsaved_is_asked (void)
{
  return unsaved_find_toplevel (ADW_TYPE_MESSAGE_DIALOG) != NULL;
}

GtkListBoxRow *
unsaved_get_row (Unsaved *desk,
                 int   index)
{
  return gtk_list_box_get_row_at_index (GTK_LIST_BOX (unsaved_find_child (desk->window, GTK_TYPE_LIST_BOX)), index);
}

void
unsaved_open_snippets (Unsaved *desk)
{
  bal_snippet_window_present (desk->parent, desk->base.store);
  desk->window = unsaved_find_toplevel (BAL_TYPE_SNIPPET_WINDOW);
  wait_until (unsaved_get_row (desk, 0) != NULL);
}

const char *
unsaved_get_page (Unsaved *desk)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (unsaved_find_child (desk->window, GTK_TYPE_STACK)));
}

void
unsaved_act (Unsaved    *desk,
             const char *action)
{
  gtk_widget_activate_action (desk->window, action, NULL);
}

BalReplyField *
unsaved_get_field (Unsaved *desk)
{
  return BAL_REPLY_FIELD (unsaved_find_child (desk->window, BAL_TYPE_REPLY_FIELD));
}

void
unsaved_type_text (Unsaved    *desk,
                   const char *text)
{
  BalTextView *view = BAL_TEXT_VIEW (bal_reply_field_get_view (unsaved_get_field (desk)));
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (bal_text_view_get_buffer (view));

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_insert_interactive_at_cursor (buffer, text, -1, TRUE);
  gtk_text_buffer_end_user_action (buffer);
}

void
unsaved_type_name (Unsaved    *desk,
                   const char *name)
{
  gtk_editable_set_text (GTK_EDITABLE (unsaved_find_child (desk->window, GTK_TYPE_ENTRY)), name);
}

typedef struct
{
  const char *name;
  char       *html;      /* NULL: there is none */
} Look;

static gboolean
look_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Look *look = data;
  g_autoptr(BalSnippet) snippet = bal_snippet_table_find (transaction, look->name, error);

  if (snippet != NULL)
    look->html = g_strdup (snippet->html);
  else
    g_clear_error (error);
  return TRUE;
}

void
unsaved_assert_saved (Unsaved    *desk,
                      const char *name,
                      const char *html)
{
  Look look = { name, NULL };

  fixture_read (&desk->base, look_work, &look);
  g_assert_cmpstr (look.html, ==, html);
  g_free (look.html);
}

void
unsaved_close_window (Unsaved *desk)
{
  gtk_window_close (GTK_WINDOW (desk->window));
  wait_until (unsaved_find_toplevel (BAL_TYPE_SNIPPET_WINDOW) == NULL);
}

static gboolean
count_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  g_autoptr(GPtrArray) snippets = bal_snippet_table_list (transaction, error);

  *(guint *) data = snippets != NULL ? snippets->len : 0;
  return snippets != NULL;
}

guint
unsaved_count_saved (Unsaved *desk)
{
  guint n = 0;

  fixture_read (&desk->base, count_work, &n);
  return n;
}

int
unsaved_run (int                argc,
             char              *argv[],
             const char        *prefix,
             const UnsavedTest *tests,
             guint              n_tests)
{
  g_autoptr(BalApplication) application = bal_application_new ();

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, NULL);
  g_application_set_default (G_APPLICATION (application));

  for (guint i = 0; i < n_tests; i++)
    {
      g_autofree char *path = g_strconcat (prefix, tests[i].name, NULL);

      g_test_add (path, Unsaved, NULL, unsaved_set_up, tests[i].test, unsaved_tear_down);
    }
  return g_test_run ();
}
