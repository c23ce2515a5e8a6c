/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page-desk.h"

static gboolean
add_reviews (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Page *page = data;

  page->review_id = put_pulled_review (transaction, page->base.blog_id, "1", "Indie Gems: The Perfection (2018)",
                                       page->html);
  page->other_id = put_pulled_review (transaction, page->base.blog_id, "2", "Other", "<p>Other text</p>");
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
page_open (Page       *page,
           const char *html)
{
  memset (page, 0, sizeof *page);
  page->html = html;
  fixture_set_up (&page->base, NULL);
  fixture_write (&page->base, add_reviews, page);
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
page_close_window (Page *page)
{
  gpointer editor = page->editor;

  if (editor == NULL)
    return;
  g_object_add_weak_pointer (editor, &editor);
  gtk_window_destroy (GTK_WINDOW (page->window));
  wait_until (is_gone, &editor);
  page->editor = NULL;
}

void
page_set_up (Page          *page,
             gconstpointer  data)
{
  page_open (page, data);
}

void
page_tear_down (Page          *page,
                gconstpointer  data)
{
  page_close (page);
}

void
page_close (Page *page)
{
  page_close_window (page);
  g_clear_pointer (&page->message, g_free);
  fixture_tear_down (&page->base, NULL);
}

GtkWidget *
page_find (Page       *page,
           GType       type,
           const char *label)
{
  return widget_find_named (GTK_WIDGET (page->editor), type, label);
}

BalTextView *
page_get_view (Page *page)
{
  return BAL_TEXT_VIEW (page_find (page, BAL_TYPE_TEXT_VIEW, "Body"));
}

GtkTextBuffer *
page_get_body (Page *page)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (page_get_view (page)));
}

void
page_place_cursor (Page *page,
                   int   line,
                   int   offset)
{
  GtkTextBuffer *buffer = page_get_body (page);
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_line_offset (buffer, &iter, line, offset);
  gtk_text_buffer_place_cursor (buffer, &iter);
}

GtkTextBuffer *
page_get_source (Page *page)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (page_find (page, BAL_TYPE_SOURCE_VIEW, "HTML source")));
}

void
page_act (Page       *page,
          const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page->editor), action, NULL));
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

void
page_save (Page     *page,
           gboolean  queue)
{
  Saved saved = { 0 };

  bal_editor_save_async (page->editor, queue, NULL, saved_cb, &saved);
  wait_until (is_saved, &saved);
  g_assert_no_error (saved.error);
}

static gboolean
is_unmodified (gpointer data)
{
  return !bal_editor_get_modified (((Page *) data)->editor);
}

void
page_wait_kept (Page *page)
{
  wait_until (is_unmodified, page);
}

typedef struct
{
  gint64    id;
  char     *html;
  gboolean  queued;
} Look;

static gboolean
look_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Look *look = data;
  g_autoptr(BalReview) review = bal_review_table_get (transaction, look->id, error);
  BalOutboxItem *item = bal_outbox_find (transaction, BAL_ENTITY_REVIEW, look->id, error);

  look->html = g_strdup (bal_review_get_html (review));
  look->queued = item != NULL;
  g_clear_pointer (&item, bal_outbox_item_free);
  return *error == NULL;
}

char *
page_dup_stored (Page     *page,
                 gint64    id,
                 gboolean *queued)
{
  Look look = { .id = id };

  fixture_read (&page->base, look_work, &look);
  if (queued != NULL)
    *queued = look.queued;
  return look.html;
}

char *
page_dup_saved (Page *page)
{
  page_save (page, FALSE);
  return page_dup_stored (page, page->review_id, NULL);
}

void
buffer_place (GtkTextBuffer *buffer,
              const char    *text,
              int            behind)
{
  GtkTextIter start, found;

  gtk_text_buffer_get_start_iter (buffer, &start);
  g_assert_true (gtk_text_iter_forward_search (&start, text, 0, &found, NULL, NULL));
  gtk_text_iter_forward_chars (&found, behind);
  gtk_text_buffer_place_cursor (buffer, &found);
}

void
buffer_type (GtkTextBuffer *buffer,
             const char    *text)
{
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_insert_interactive_at_cursor (buffer, text, -1, TRUE);
  gtk_text_buffer_end_user_action (buffer);
}

char *
buffer_dup_behind (GtkTextBuffer *buffer,
                   int            length)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_mark (buffer, &start, gtk_text_buffer_get_insert (buffer));
  end = start;
  gtk_text_iter_forward_chars (&end, length);
  return gtk_text_iter_get_slice (&start, &end);
}
