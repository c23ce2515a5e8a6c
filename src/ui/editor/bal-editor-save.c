/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-private.h"

#include "bal-desk.h"
#include "bal-error.h"
#include "bal-planner.h"

/* From the first key that is not kept: reading the editor and the disk have the rest of the second. */
#define AUTOSAVE_MS 800
/* What could not be kept is tried again, also when nobody types. */
#define RETRY_MS 5000

/* All in it is immutable, or its own: the store's thread puts the post together. */
typedef struct
{
  gint64           review_id;
  BalReview       *mine;        /* (nullable): as the editor has it; NULL: nothing was edited */
  BalReview       *known;       /* as the editor last had it in common with the store */
  BalReview       *kept;        /* out: as the store has it now */
  gboolean         has_news;    /* out: which is more than @mine */
  BalDocument     *document;
  char            *source;      /* (nullable): the whole post, when its source is being edited */
  GPtrArray       *blocks;      /* BalBlock: the body as it is now; NULL with @source */
  BalReviewFields *fields;
  BalReviewFormat *format;
  gboolean         queue;
  gboolean         keep;        /* the present version is one of the local history from now on */
  guint64          state;       /* of the history when it was read */
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  g_clear_object (&save->mine);
  g_clear_object (&save->known);
  g_clear_object (&save->kept);
  g_clear_pointer (&save->document, bal_document_unref);
  g_free (save->source);
  g_clear_pointer (&save->blocks, g_ptr_array_unref);
  g_clear_pointer (&save->fields, bal_review_fields_free);
  g_clear_pointer (&save->format, bal_review_format_unref);
  g_free (save);
}

/* What the store has got meanwhile, from the blog or from another window, is brought together with what was written, as in
 * a sync: the editor may be minutes behind, because nothing is shown in it while somebody types. */
static BalReview *
take_news (Save      *save,
           BalReview *stored)
{
  BalReview *kept;

  if (bal_editor_same_content (save->known, stored))
    return bal_review_dup (save->mine);

  save->has_news = TRUE;
  kept = bal_plan_settle_review (save->known, save->mine, stored);
  bal_review_set_revision (kept, bal_review_get_revision (save->mine));
  bal_review_set_edit_seq (kept, bal_review_get_edit_seq (save->mine));
  return kept;
}

/* The post with what was edited; all else keeps its bytes. */
static void
write_html (Save *save)
{
  g_autofree char *html = NULL;

  if (save->source == NULL)
    html = bal_document_join_html (save->document, save->blocks, save->format, save->fields);
  bal_review_set_html (save->mine, save->source != NULL ? save->source : html);
}

static gboolean
save_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Save *save = data;
  g_autoptr(GError) local_error = NULL;
  g_autoptr(BalReview) stored = bal_review_table_get (transaction, save->review_id, &local_error);

  if (stored == NULL)
    {
      /* Deleted meanwhile: nothing is lost with it when nothing was written. */
      if (save->mine == NULL && g_error_matches (local_error, BAL_ERROR, BAL_ERROR_NOT_FOUND))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (save->mine == NULL)
    return !save->queue || bal_desk_save_review (transaction, stored, TRUE, error);
  if (save->keep && !bal_desk_keep_version (transaction, save->review_id, error))
    return FALSE;
  write_html (save);
  g_clear_object (&save->kept);
  save->kept = take_news (save, stored);
  return bal_desk_save_review (transaction, save->kept, save->queue, error);
}

static void
read_editor (BalEditor *self,
             Save      *save)
{
  BalEditorForm *form = bal_editor_history_get_form (self->history);

  save->format = bal_review_format_ref (bal_blog_get_format (self->blog));
  save->document = bal_document_ref (self->document);
  if (self->source != NULL)
    save->source = bal_source_view_dup_html (self->source_view);
  else
    save->blocks = bal_editor_buffer_read (self->buffer);
  save->fields = bal_editor_form_dup_fields (form);
  save->known = bal_review_dup (self->review);
  save->mine = bal_review_dup (self->loaded);
  bal_editor_form_write (form, self->form, save->format, save->mine);
  bal_review_set_revision (save->mine, bal_review_get_revision (self->review));
  bal_review_set_edit_seq (save->mine, bal_review_get_edit_seq (self->review));
}

static void start_save (BalEditor *self,
                        GTask     *task);

/* With news in the store, what both have in common is still only what the editor shows: the next save is brought
 * together over that. */
static void
take_saved (BalEditor *self,
            Save      *save)
{
  BalReview *common = save->has_news ? save->mine : save->kept;

  self->saved_state = save->state;
  if (save->queue)
    self->offered_state = save->state;
  if (save->mine == NULL || self->review == NULL)
    return;
  bal_review_set_title (self->review, bal_review_get_title (common));
  bal_review_set_html (self->review, bal_review_get_html (common));
  bal_review_set_excerpt (self->review, bal_review_get_excerpt (common));
  bal_review_set_slug (self->review, bal_review_get_slug (common));
  bal_review_set_featured_image (self->review, bal_review_get_featured_image (common));
  bal_review_set_labels (self->review, bal_review_get_labels (common));
  bal_review_set_categories (self->review, bal_review_get_categories (common));
  bal_review_set_revision (self->review, bal_review_get_revision (save->kept));
  bal_review_set_edit_seq (self->review, bal_review_get_edit_seq (save->kept));
  bal_review_set_sync_state (self->review, bal_review_get_sync_state (save->kept));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr(GTask) task = data;
  BalEditor *self = g_task_get_source_object (task);
  Save *save = bal_store_get_work_data (result);
  GError *error = NULL;
  GTask *next;
  gboolean kept = FALSE;

  self->saving = FALSE;
  if (self->history == NULL)
    {
      /* The window was closed meanwhile. */
      if (bal_store_write_finish (BAL_STORE (source), result, &error))
        g_task_return_boolean (task, TRUE);
      else
        g_task_return_error (task, error);
    }
  else if (!bal_store_write_finish (BAL_STORE (source), result, &error))
    {
      if (save->review_id == self->review_id)
        self->keep_version |= save->keep;
      bal_editor_update_status (self);
      g_task_return_error (task, error);
    }
  else
    {
      kept = TRUE;
      self->autosave_failed = FALSE;
      if (save->review_id == self->review_id)
        take_saved (self, save);
      bal_editor_set_modified (self);
      /* An undo may have gone back meanwhile to what was kept before. */
      bal_editor_schedule_autosave (self);
      g_task_return_boolean (task, TRUE);
    }
  next = g_queue_pop_head (&self->saves);
  if (next != NULL)
    start_save (self, next);
  else if (self->history != NULL && kept)
    bal_editor_read_news (self);
}

static Save *
save_new (BalEditor *self,
          gboolean   queue)
{
  Save *save = g_new0 (Save, 1);

  save->review_id = self->review_id;
  save->queue = queue;
  save->state = bal_editor_history_get_state (self->history);
  if (save->state != self->saved_state)
    {
      save->keep = self->keep_version;
      self->keep_version = FALSE;
      read_editor (self, save);
    }
  return save;
}

/* @task: taken */
static void
start_save (BalEditor *self,
            GTask     *task)
{
  Save *save;

  if (self->history == NULL || self->review == NULL || self->read_only || self->loading)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  g_clear_handle_id (&self->autosave_id, g_source_remove);
  save = save_new (self, GPOINTER_TO_INT (g_task_get_task_data (task)));
  self->saving = TRUE;
  bal_editor_update_status (self);
  bal_store_write_async (self->store, save_work, save, save_free, NULL, saved_cb, task);
}

void
bal_editor_save_last (BalEditor *self)
{
  if (self->modified && self->review != NULL && !self->read_only)
    bal_store_write_async (self->store, save_work, save_new (self, FALSE), save_free, NULL, NULL, NULL);
}

void
bal_editor_save_async (BalEditor           *self,
                       gboolean             queue,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (BAL_IS_EDITOR (self));

  if (queue)
    {
      bal_editor_leave_picture (self);
      gtk_popover_popdown (GTK_POPOVER (self->link_popover));
    }
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bal_editor_save_async);
  g_task_set_task_data (task, GINT_TO_POINTER (queue), NULL);
  g_task_set_check_cancellable (task, FALSE);   /* once kept, report the truth */
  if (self->saving)
    g_queue_push_tail (&self->saves, task);
  else
    start_save (self, task);
}

gboolean
bal_editor_save_finish (BalEditor     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
autosaved_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  BalEditor *self = BAL_EDITOR (source);
  g_autoptr(GError) error = NULL;
  gboolean told = self->autosave_failed;

  if (bal_editor_save_finish (self, result, &error) || self->history == NULL)
    return;
  self->autosave_failed = TRUE;
  bal_editor_schedule_autosave (self);
  if (!told)
    bal_editor_fail (self, error);
}

static gboolean
autosave_cb (gpointer data)
{
  BalEditor *self = data;

  self->autosave_id = 0;
  if (self->modified)
    bal_editor_save_async (self, FALSE, NULL, autosaved_cb, NULL);
  return G_SOURCE_REMOVE;
}

/* Typing on does not put it off: what is typed without a pause is kept all the same. */
void
bal_editor_schedule_autosave (BalEditor *self)
{
  if (!self->modified || self->read_only)
    g_clear_handle_id (&self->autosave_id, g_source_remove);
  else if (self->autosave_id == 0)
    self->autosave_id = g_timeout_add (self->autosave_failed ? RETRY_MS : AUTOSAVE_MS, autosave_cb, self);
}
