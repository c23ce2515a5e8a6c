/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-window-private.h"

#include "bal-desk.h"
#include "bal-export-window.h"
#include "bal-import-window.h"
#include "bal-preview-window.h"
#include "bal-schedule-dialog.h"
#include "bal-toast.h"

#include <glib/gi18n.h>

/* ---- one change of a review, carried out by the desk ---- */

typedef enum
{
  TASK_PUBLISH,
  TASK_UNPUBLISH,
  TASK_TRASH,
  TASK_RESTORE,
} Task;

typedef struct
{
  Task    task;
  gint64  review_id;
  gint64  at;
} TaskJob;

static gboolean
task_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  TaskJob *job = data;

  switch (job->task)
    {
    case TASK_PUBLISH:
      return bal_desk_publish_review (transaction, job->review_id, job->at, error);
    case TASK_UNPUBLISH:
      return bal_desk_set_review_status (transaction, job->review_id, BAL_REVIEW_STATUS_DRAFT, error);
    case TASK_TRASH:
      return bal_desk_set_review_status (transaction, job->review_id, BAL_REVIEW_STATUS_TRASH, error);
    case TASK_RESTORE:
    default:
      return bal_desk_restore_review (transaction, job->review_id, error);
    }
}

static void run_task (BalWindow *self,
                      Task       task,
                      gint64     review_id,
                      gint64     at);

static void
undo_trash_cb (BalWindow *self,
               AdwToast  *toast)
{
  gint64 *review_id = g_object_get_data (G_OBJECT (toast), "bal-review-id");

  if (self->store != NULL)
    run_task (self, TASK_RESTORE, *review_id, 0);
}

static void
tell_trashed (BalWindow *self,
              gint64     review_id)
{
  AdwToast *toast = bal_toast_button (GTK_WIDGET (self), _("Review moved to the trash"), _("Undo"));

  if (toast == NULL)
    return;

  g_object_set_data_full (G_OBJECT (toast), "bal-review-id", g_memdup2 (&review_id, sizeof review_id), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_trash_cb), self, G_CONNECT_SWAPPED);
}

static void
task_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(BalWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  TaskJob *job;

  if (!bal_store_write_finish (BAL_STORE (source), result, &error))
    {
      bal_toast_error (GTK_WIDGET (self), error);
      return;
    }
  if (self->store == NULL)
    return;

  job = bal_store_get_work_data (result);
  switch (job->task)
    {
    case TASK_PUBLISH:
    case TASK_UNPUBLISH:
      /* Readers are meant to see it now. */
      bal_window_sync (self);
      break;
    case TASK_TRASH:
      if (self->review != NULL && bal_review_get_id (self->review) == job->review_id)
        bal_window_show_nothing (self);
      tell_trashed (self, job->review_id);
      break;
    case TASK_RESTORE:
    default:
      bal_toast (GTK_WIDGET (self), _("Review restored"));
      break;
    }
}

static void
run_task (BalWindow *self,
          Task       task,
          gint64     review_id,
          gint64     at)
{
  TaskJob *job = g_new0 (TaskJob, 1);

  job->task = task;
  job->review_id = review_id;
  job->at = at;
  bal_store_write_async (self->store, task_work, job, g_free, NULL, task_cb, g_object_ref (self));
}

/* ---- publishing ---- */

static void
publish_saved (BalWindow *self,
               gint64     at)
{
  run_task (self, TASK_PUBLISH, bal_editor_get_review_id (self->editor), at);
}

static void
publish_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  bal_window_save_then (BAL_WINDOW (widget), publish_saved, 0);
}

static void
scheduled_cb (BalWindow *self,
              gint64     at)
{
  bal_window_save_then (self, publish_saved, at);
}

static void
schedule_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  BalWindow *self = BAL_WINDOW (widget);
  GtkWidget *dialog = bal_schedule_dialog_new (GTK_WINDOW (self), bal_review_get_published (self->review));

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (scheduled_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
run_task_saved (BalWindow *self,
                gint64     task)
{
  run_task (self, task, bal_editor_get_review_id (self->editor), 0);
}

static void
task_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  Task task = TASK_RESTORE;

  if (g_str_equal (action_name, "win.unpublish"))
    task = TASK_UNPUBLISH;
  else if (g_str_equal (action_name, "win.trash-review"))
    task = TASK_TRASH;

  bal_window_save_then (BAL_WINDOW (widget), run_task_saved, task);
}

static void
preview_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  BalWindow *self = BAL_WINDOW (widget);

  gtk_window_present (GTK_WINDOW (bal_preview_window_new (GTK_WINDOW (self), self->store,
                                                          bal_review_get_id (self->review))));
}

static void
open_in_browser_action (GtkWidget  *widget,
                        const char *action_name,
                        GVariant   *parameter)
{
  BalWindow *self = BAL_WINDOW (widget);

  gtk_show_uri (GTK_WINDOW (self), bal_review_get_url (self->review), GDK_CURRENT_TIME);
}

/* ---- saving ---- */

static void
tell_saved (BalWindow *self,
            gint64     unused)
{
  bal_toast (GTK_WIDGET (self), _("Saved; the next sync brings it to the blog"));
}

static void
save_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  bal_window_save_then (BAL_WINDOW (widget), tell_saved, 0);
}

/* ---- a new review ---- */

static void
show_new (BalWindow *self,
          gint64     review_id,
          gboolean   focus_title)
{
  const BalPlace *place = bal_list_pane_get_place (self->list_pane);

  /* Somewhere where it can be seen. */
  if (place == NULL || place->kind != BAL_PLACE_REVIEWS ||
      (place->status != -1 && place->status != BAL_REVIEW_STATUS_DRAFT))
    bal_sidebar_select (self->sidebar, BAL_PLACE_REVIEWS, -1);
  else
    bal_list_pane_show (self->list_pane, place, self->blog_id);

  bal_window_end_sidebar_turn (self);
  bal_list_pane_select_review (self->list_pane, review_id);
  self->focus_title = focus_title;
  bal_window_show_review (self, review_id, 0);
}

typedef struct
{
  BalReview *review;
} AddJob;

static void
add_job_free (gpointer data)
{
  AddJob *job = data;

  g_object_unref (job->review);
  g_free (job);
}

static gboolean
add_work (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  AddJob *job = data;

  return bal_desk_add_review (transaction, job->review, NULL, error) != 0;
}

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(BalWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  AddJob *job;

  if (!bal_store_write_finish (BAL_STORE (source), result, &error))
    {
      bal_toast_error (GTK_WIDGET (self), error);
      return;
    }
  if (self->store == NULL)
    return;

  job = bal_store_get_work_data (result);
  show_new (self, bal_review_get_id (job->review), TRUE);
}

static void
new_review_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  BalWindow *self = BAL_WINDOW (widget);
  BalBlog *blog = bal_window_get_blog (self);
  AddJob *job;

  if (blog == NULL)
    {
      bal_window_open_assistant (self, NULL);
      return;
    }

  job = g_new0 (AddJob, 1);
  job->review = bal_review_new (0);
  bal_review_set_blog_id (job->review, bal_blog_get_id (blog));
  bal_review_set_status (job->review, BAL_REVIEW_STATUS_DRAFT);
  bal_review_set_title (job->review, "");
  bal_review_set_html (job->review, "");
  bal_store_write_async (self->store, add_work, job, add_job_free, NULL, added_cb, g_object_ref (self));
}

/* ---- import and export ---- */

static void
imported_cb (BalWindow *self,
             gint64     review_id)
{
  if (self->store != NULL && review_id != 0)
    show_new (self, review_id, FALSE);
}

static void
import_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BalWindow *self = BAL_WINDOW (widget);
  GtkWidget *window;

  if (self->blogs == NULL)
    return;

  window = bal_import_window_new (GTK_WINDOW (self), self->store, self->blogs, bal_window_get_blog (self));
  g_signal_connect_object (window, "imported", G_CALLBACK (imported_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

static void
export_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BalWindow *self = BAL_WINDOW (widget);
  BalBlog *blog = bal_window_get_blog (self);

  if (blog == NULL)
    bal_window_open_assistant (self, NULL);
  else
    gtk_window_present (GTK_WINDOW (bal_export_window_new (GTK_WINDOW (self), self->store, self->blogs, blog)));
}

/* ---- what is possible now ---- */

static void
update_publish_tooltip (BalWindow *self,
                        gboolean   can_publish,
                        gboolean   published)
{
  gtk_widget_set_tooltip_text (self->publish_button,
                               !can_publish ? _("You can’t publish on this blog")
                               : published  ? _("Bring the changes to the readers (Ctrl+Shift+Return)")
                                            : _("Show it to the readers (Ctrl+Shift+Return)"));
}

void
bal_window_update_actions (BalWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean shown = self->review != NULL &&
                   gtk_stack_get_visible_child (self->page_stack) == GTK_WIDGET (self->editor);
  BalBlog *blog = shown ? bal_window_find_blog (self, bal_review_get_blog_id (self->review)) : NULL;
  BalCapabilities can = blog ? bal_blog_get_capabilities (blog) : BAL_CAPABILITY_NONE;
  BalReviewStatus status = shown ? bal_review_get_status (self->review) : BAL_REVIEW_STATUS_DRAFT;
  gboolean gone = status == BAL_REVIEW_STATUS_TRASH;

  gtk_widget_set_visible (self->publish_button, shown);
  gtk_widget_action_set_enabled (widget, "win.save", shown);
  gtk_widget_action_set_enabled (widget, "win.history", shown);
  gtk_widget_action_set_enabled (widget, "win.focus-mode", shown || self->focus_mode);
  gtk_widget_action_set_enabled (widget, "win.publish", shown && !gone && (can & BAL_CAPABILITY_PUBLISH));
  gtk_widget_action_set_enabled (widget, "win.schedule", shown && !gone && (can & BAL_CAPABILITY_SCHEDULE) &&
                                                           status != BAL_REVIEW_STATUS_PUBLISHED);
  gtk_widget_action_set_enabled (widget, "win.unpublish", shown && !gone && status != BAL_REVIEW_STATUS_DRAFT &&
                                                            (can & BAL_CAPABILITY_PUBLISH));
  gtk_widget_action_set_enabled (widget, "win.trash-review", shown && !gone && (can & BAL_CAPABILITY_TRASH));
  gtk_widget_action_set_enabled (widget, "win.restore-review", shown && gone);
  gtk_widget_action_set_enabled (widget, "win.preview", shown && bal_preview_is_available ());
  gtk_widget_action_set_enabled (widget, "win.open-in-browser",
                                 shown && bal_review_get_url (self->review) != NULL);
  update_publish_tooltip (self, (can & BAL_CAPABILITY_PUBLISH) != 0, status == BAL_REVIEW_STATUS_PUBLISHED);
}

void
bal_window_install_review_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.new-review", NULL, new_review_action);
  gtk_widget_class_install_action (widget_class, "win.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "win.publish", NULL, publish_action);
  gtk_widget_class_install_action (widget_class, "win.schedule", NULL, schedule_action);
  gtk_widget_class_install_action (widget_class, "win.unpublish", NULL, task_action);
  gtk_widget_class_install_action (widget_class, "win.trash-review", NULL, task_action);
  gtk_widget_class_install_action (widget_class, "win.restore-review", NULL, task_action);
  gtk_widget_class_install_action (widget_class, "win.preview", NULL, preview_action);
  gtk_widget_class_install_action (widget_class, "win.open-in-browser", NULL, open_in_browser_action);
  gtk_widget_class_install_action (widget_class, "win.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "win.export", NULL, export_action);
  bal_window_install_history_action (widget_class);
}
