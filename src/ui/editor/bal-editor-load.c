/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-private.h"

#include "bal-error.h"
#include "bal-tables.h"

#define NEWS_MS 1000          /* after the last key */

typedef struct
{
  gint64           review_id;
  BalReview       *known;      /* (nullable): when the store still holds this, there is no need to parse it */
  BalReview       *review;
  BalBlog         *blog;
  GPtrArray       *labels;     /* BalNamedCount */
  GPtrArray       *series;     /* BalNamedCount */
  BalDocument     *document;
  BalDocument     *body;
  BalReviewFields *fields;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_clear_object (&load->known);
  g_clear_object (&load->review);
  g_clear_object (&load->blog);
  g_clear_pointer (&load->labels, g_ptr_array_unref);
  g_clear_pointer (&load->series, g_ptr_array_unref);
  g_clear_pointer (&load->document, bal_document_unref);
  g_clear_pointer (&load->body, bal_document_unref);
  g_clear_pointer (&load->fields, bal_review_fields_free);
  g_free (load);
}

BalDialect
bal_editor_get_dialect (BalBlog *blog)
{
  BalDialect dialect = BAL_DIALECT_HTML;
  const char *nick = bal_blog_get_dialect (blog);

  if (nick != NULL)
    bal_dialect_from_nick (nick, &dialect);
  return dialect;
}

gboolean
bal_editor_same_content (BalReview *a,
                         BalReview *b)
{
  return g_strcmp0 (bal_review_get_html (a), bal_review_get_html (b)) == 0 &&
         g_strcmp0 (bal_review_get_title (a), bal_review_get_title (b)) == 0 &&
         g_strcmp0 (bal_review_get_excerpt (a), bal_review_get_excerpt (b)) == 0 &&
         g_strcmp0 (bal_review_get_slug (a), bal_review_get_slug (b)) == 0 &&
         g_strcmp0 (bal_review_get_featured_image (a), bal_review_get_featured_image (b)) == 0 &&
         bal_editor_words_equal (bal_review_get_labels (a), bal_review_get_labels (b)) &&
         bal_editor_words_equal (bal_review_get_categories (a), bal_review_get_categories (b));
}

/* On the store's reader: parsing a long post is none of the window's work. */
static gboolean
load_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Load *load = data;
  const char *html;
  BalReviewFormat *format;

  load->review = bal_review_table_get (transaction, load->review_id, error);
  if (load->review == NULL)
    return FALSE;
  load->blog = bal_blog_table_get (transaction, bal_review_get_blog_id (load->review), error);
  if (load->blog == NULL)
    return FALSE;
  load->labels = bal_review_table_list_labels (transaction, bal_blog_get_id (load->blog), error);
  if (load->labels == NULL)
    return FALSE;
  load->series = bal_review_table_list_series (transaction, bal_blog_get_id (load->blog), error);
  if (load->series == NULL)
    return FALSE;
  if (load->known != NULL && bal_editor_same_content (load->known, load->review))
    return TRUE;

  html = bal_review_get_html (load->review);
  format = bal_blog_get_format (load->blog);
  load->document = bal_document_new_from_html (html != NULL ? html : "", -1, bal_editor_get_dialect (load->blog));
  load->fields = bal_review_fields_new ();
  bal_review_format_split_title (format, bal_review_get_title (load->review), load->fields);
  load->body = bal_document_split_fields (load->document, format, load->fields);
  return TRUE;
}

GPtrArray *
bal_editor_get_blocks (BalDocument *document)
{
  GPtrArray *blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);

  for (guint i = 0; i < bal_document_get_n_blocks (document); i++)
    g_ptr_array_add (blocks, bal_block_ref (bal_document_get_block (document, i)));
  return blocks;
}

void
bal_editor_set_read_only (BalEditor *self,
                          gboolean   read_only)
{
  self->read_only = read_only;
  gtk_info_bar_set_revealed (self->read_only_bar, read_only);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (self->text_view), !read_only);
  gtk_widget_set_sensitive (self->bar, !read_only);
  gtk_widget_set_sensitive (GTK_WIDGET (self->grade_button), !read_only);
  bal_editor_update_text_actions (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.source", !read_only);
  for (guint i = 0; i < BAL_N_EDITOR_FIELDS; i++)
    if (self->entries[i] != NULL)
      gtk_editable_set_editable (self->entries[i], !read_only && !self->shortened[i]);
}

static int
get_cursor (BalEditor *self)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_mark (GTK_TEXT_BUFFER (self->buffer), &iter,
                                    gtk_text_buffer_get_insert (GTK_TEXT_BUFFER (self->buffer)));
  return gtk_text_iter_get_offset (&iter);
}

static void
set_cursor (BalEditor *self,
            int        offset)
{
  GtkTextIter iter;

  if (offset == get_cursor (self))
    return;
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (self->buffer), &iter, offset);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self->buffer), &iter);
}

/* Fills the editor; news of the same review leave the cursor where it was. */
static void
show_loaded (BalEditor *self,
             Load      *load,
             gboolean   same)
{
  g_autoptr(GPtrArray) blocks = bal_editor_get_blocks (load->body);
  g_autoptr(BalEditorBase) base = NULL;
  int cursor = same ? get_cursor (self) : 0;
  gboolean held;

  self->filling = TRUE;
  self->keep_version = FALSE;
  g_set_object (&self->blog, load->blog);
  g_clear_object (&self->loaded);
  self->loaded = bal_review_dup (load->review);
  g_clear_pointer (&self->form, bal_editor_form_unref);
  self->form = bal_editor_form_new (load->review, bal_blog_get_format (self->blog), load->fields);
  base = bal_editor_base_new (load->document, load->body, self->loaded, self->form);

  bal_editor_fit_spelling (self);
  bal_pictures_set_blog (bal_text_view_get_pictures (self->text_view), bal_blog_get_id (self->blog));
  held = bal_text_view_fill (self->text_view, blocks);
  set_cursor (self, cursor);
  bal_editor_fit_fields (self, load->labels, load->series);
  bal_editor_fill_fields (self, self->form);
  bal_editor_history_reset (self->history, self->form);
  bal_editor_history_set_base (self->history, base);
  bal_editor_take_base (self);
  self->saved_state = self->offered_state = bal_editor_history_get_state (self->history);
  bal_editor_set_read_only (self, !held);
  if (same)
    bal_page_body_changed (self->page);
  else
    bal_page_scroll_to_top (self->page);
  bal_editor_refill_source (self);
  self->filling = FALSE;
  bal_editor_set_modified (self);
  bal_editor_update_bar (self);
}

/* What the store knows of it beside its content: status, sync state, the blog's ids. */
static void
take_stored (BalEditor *self,
             BalReview *stored)
{
  if (self->review == NULL)
    {
      self->review = g_object_ref (stored);
      bal_editor_notify_review (self);
    }
  else
    {
      bal_review_assign (self->review, stored);
    }
  bal_editor_update_status (self);
}

static gboolean
is_current (BalEditor *self,
            Load      *load)
{
  return self->stack != NULL && load->review_id == self->review_id;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(BalEditor) self = data;
  g_autoptr(GError) error = NULL;
  Load *load = bal_store_get_work_data (result);
  gboolean done = bal_store_read_finish (BAL_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !is_current (self, load))
    return;
  self->loading = FALSE;
  if (!done)
    {
      self->review_id = 0;
      gtk_stack_set_visible_child_name (self->stack, "empty");
      bal_editor_notify_review (self);
      bal_editor_fail (self, error);
      return;
    }
  /* First: coming on the screen, a text view lays out the cursor's paragraph, in no width at all
   * as yet. */
  gtk_stack_set_visible_child_name (self->stack, "review");
  show_loaded (self, load, FALSE);
  take_stored (self, load->review);
  if (self->focus_title)
    bal_editor_focus_title (self);
  self->focus_title = FALSE;
}

/* The store has news of the review: shown at once, unless a person is writing. What they write
 * is never replaced; the sync finds both versions and merges them. */
static void
news_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(BalEditor) self = data;
  g_autoptr(GError) error = NULL;
  Load *load = bal_store_get_work_data (result);

  if (!bal_store_read_finish (BAL_STORE (source), result, &error))
    {
      /* It was deleted: what is in the editor stays there until the person goes elsewhere. */
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
          !g_error_matches (error, BAL_ERROR, BAL_ERROR_NOT_FOUND) && is_current (self, load))
        bal_editor_fail (self, error);
      return;
    }
  if (!is_current (self, load) || self->loading || self->review == NULL || self->saving)
    return;
  if (!bal_editor_same_content (load->review, self->review))
    {
      if (self->modified)
        return;
      /* It was read before the last save changed what the editor knows. */
      if (load->body == NULL)
        {
          bal_editor_read_news (self);
          return;
        }
      show_loaded (self, load, TRUE);
    }
  else
    {
      g_set_object (&self->blog, load->blog);
      bal_editor_fit_spelling (self);
      bal_editor_fit_fields (self, load->labels, load->series);
    }
  take_stored (self, load->review);
}

static void
read_review (BalEditor           *self,
             GAsyncReadyCallback  callback)
{
  Load *load = g_new0 (Load, 1);

  load->review_id = self->review_id;
  load->known = self->review != NULL ? bal_review_dup (self->review) : NULL;
  bal_store_read_async (self->store, load_work, load, load_free, self->cancellable, callback,
                        g_object_ref (self));
}

static gboolean
read_news_cb (gpointer data)
{
  BalEditor *self = data;

  self->news_id = 0;
  bal_editor_read_news (self);
  return G_SOURCE_REMOVE;
}

/* What is typed is kept each second: its own saving is no news, and others' can't be shown meanwhile. */
void
bal_editor_read_news (BalEditor *self)
{
  if (self->review == NULL || self->loading || self->news_id != 0)
    return;
  if (g_get_monotonic_time () - self->typed_at < NEWS_MS * 1000)
    self->news_id = g_timeout_add (NEWS_MS, read_news_cb, self);
  else
    read_review (self, news_cb);
}

static void
changed_cb (BalStore     *store,
            BalChangeSet *changes,
            BalEditor    *self)
{
  if (self->review == NULL || self->loading)
    return;
  if (bal_change_set_is_everything (changes) ||
      bal_change_set_has (changes, BAL_ENTITY_REVIEW, self->review_id) ||
      bal_change_set_has (changes, BAL_ENTITY_BLOG, bal_review_get_blog_id (self->review)))
    bal_editor_read_news (self);
}

void
bal_editor_follow_store (BalEditor *self)
{
  g_signal_connect_object (self->store, "changed", G_CALLBACK (changed_cb), self, 0);
}

void
bal_editor_load (BalEditor *self,
                 gint64     review_id)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_handle_id (&self->autosave_id, g_source_remove);
  g_clear_handle_id (&self->news_id, g_source_remove);
  self->typed_at = 0;
  bal_editor_drop_source (self);

  self->review_id = review_id;
  self->loading = review_id != 0;
  g_clear_object (&self->review);
  bal_spelling_forget (self->spelling);
  gtk_stack_set_visible_child_name (self->stack, "empty");
  if (self->loading)
    read_review (self, loaded_cb);
  else
    self->focus_title = FALSE;
  bal_editor_notify_review (self);
  bal_editor_set_modified (self);
}
