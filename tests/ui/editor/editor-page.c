/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "editor-page.h"

static gboolean
add_review (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Page *page = data;

  page->review_id = put_pulled_review (transaction, page->base.blog_id, "1", "A film", page->html);
  return TRUE;
}

static void
failed_cb (BalEditor  *editor,
           const char *message,
           Page       *page)
{
  g_free (page->message);
  page->message = g_strdup (message);
}

static gboolean
is_shown (gpointer data)
{
  return bal_editor_get_review (((Page *) data)->editor) != NULL;
}

void
page_set_up (Page          *page,
             gconstpointer  data)
{
  page->html = data;
  fixture_set_up (&page->base, NULL);
  fixture_write (&page->base, add_review, page);
  page->editor = BAL_EDITOR (bal_editor_new (page->base.store));
  g_signal_connect (page->editor, "failed", G_CALLBACK (failed_cb), page);
  page->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (page->window), 700, 600);
  adw_window_set_content (ADW_WINDOW (page->window), GTK_WIDGET (page->editor));
  gtk_window_present (GTK_WINDOW (page->window));
  bal_editor_show_review (page->editor, page->review_id);
  wait_until (is_shown, page);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

void
page_tear_down (Page          *page,
                gconstpointer  data)
{
  gpointer editor = page->editor;

  g_object_add_weak_pointer (editor, &editor);
  gtk_window_destroy (GTK_WINDOW (page->window));
  wait_until (is_gone, &editor);
  g_free (page->message);
  fixture_tear_down (&page->base, NULL);
}

GtkWidget *
page_find (GtkWidget *root,
           GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = page_find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
page_find_named (GtkWidget  *root,
                 GType       type,
                 const char *label)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    {
      g_autofree char *wrong = gtk_test_accessible_check_property (GTK_ACCESSIBLE (root),
                                                                   GTK_ACCESSIBLE_PROPERTY_LABEL, label);

      if (wrong == NULL)
        return root;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = page_find_named (child, type, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

BalTextView *
page_get_view (Page *page)
{
  return BAL_TEXT_VIEW (page_find (GTK_WIDGET (page->editor), BAL_TYPE_TEXT_VIEW));
}

void
page_place_cursor (Page *page,
                   int   line,
                   int   offset)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (page_get_view (page)));
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_line_offset (buffer, &iter, line, offset);
  gtk_text_buffer_place_cursor (buffer, &iter);
}

typedef struct
{
  gboolean  done;
  GError   *error;
} Saved;

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Saved *saved = data;

  bal_editor_save_finish (BAL_EDITOR (source), result, &saved->error);
  saved->done = TRUE;
}

static gboolean
is_saved (gpointer data)
{
  return ((Saved *) data)->done;
}

typedef struct
{
  gint64     id;
  BalReview *review;
} Look;

static gboolean
look_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Look *look = data;

  look->review = bal_review_table_get (transaction, look->id, error);
  return look->review != NULL;
}

/* What the store has once it is saved. */
char *
page_dup_saved (Page *page)
{
  Look look = { .id = page->review_id };
  g_autoptr(BalReview) review = NULL;
  Saved saved = { 0 };

  bal_editor_save_async (page->editor, FALSE, NULL, saved_cb, &saved);
  wait_until (is_saved, &saved);
  g_assert_no_error (saved.error);
  fixture_read (&page->base, look_work, &look);
  review = look.review;
  return g_strdup (bal_review_get_html (review));
}

void
page_assert_saved (Page       *page,
                   const char *expected)
{
  g_autofree char *is = page_dup_saved (page);

  g_assert_cmpstr (is, ==, expected);
}

void
page_act (Page       *page,
          const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (page->editor), action, NULL);
}

void
page_settle (void)
{
  for (guint i = 0; i < 30; i++)
    {
      while (g_main_context_iteration (NULL, FALSE));
      g_usleep (2000);
    }
}
