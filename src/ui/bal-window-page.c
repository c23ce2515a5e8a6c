/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-window-private.h"

#include "bal-toast.h"
#include "bal-words.h"
#include "config.h"

#include <glib/gi18n.h>

#define KEPT_MS 700

/* ---- saving before something else ---- */

typedef struct
{
  BalWindow     *window;
  BalWindowThen  then;
  gint64         number;
} Next;

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autofree Next *next = user_data;
  g_autoptr(BalWindow) self = next->window;
  g_autoptr(GError) error = NULL;

  if (!bal_editor_save_finish (BAL_EDITOR (source), result, &error))
    {
      bal_toast_error (GTK_WIDGET (self), error);
      self->leaving = FALSE;
      bal_list_pane_select_review (self->list_pane, bal_editor_get_review_id (BAL_EDITOR (source)));
      return;
    }

  if (self->store != NULL)
    next->then (self, next->number);
}

void
bal_window_save_then (BalWindow     *self,
                      BalWindowThen  then,
                      gint64         number)
{
  Next *next;

  if (self->editor == NULL || bal_editor_get_review_id (self->editor) == 0)
    {
      then (self, number);
      return;
    }

  next = g_new0 (Next, 1);
  next->window = g_object_ref (self);
  next->then = then;
  next->number = number;
  bal_editor_save_async (self->editor, TRUE, self->cancellable, saved_cb, next);
}

/* ---- what the header says of the page ---- */

static void
update_title (BalWindow *self)
{
  BalReview *review = self->review;
  const char *sync;
  g_autofree char *state = NULL;

  if (review == NULL || gtk_stack_get_visible_child (self->page_stack) != GTK_WIDGET (self->editor))
    {
      adw_window_title_set_title (self->page_title, "");
      adw_window_title_set_subtitle (self->page_title, "");
      return;
    }

  state = bal_words_review_state (review);
  sync = bal_words_sync_state (bal_review_get_sync_state (review));
  if (sync == NULL && bal_review_get_remote_id (review) == NULL)
    sync = _("Only on this computer");
  adw_window_title_set_title (self->page_title, state);
  adw_window_title_set_subtitle (self->page_title, bal_editor_get_modified (self->editor) ? _("Writing…") : sync);
}

static gboolean
modified_cb (gpointer data)
{
  BalWindow *self = data;

  self->title_id = 0;
  update_title (self);
  return G_SOURCE_REMOVE;
}

/* While somebody types on, what they typed is kept again and again: the title need not tell each time. */
static void
editor_modified_cb (BalWindow *self)
{
  g_clear_handle_id (&self->title_id, g_source_remove);
  if (bal_editor_get_modified (self->editor))
    update_title (self);
  else
    self->title_id = g_timeout_add (KEPT_MS, modified_cb, self);
}

static BalBlog *
get_page_blog (BalWindow *self)
{
  return self->review ? bal_window_find_blog (self, bal_review_get_blog_id (self->review)) : NULL;
}

static void
update_nothing_page (BalWindow *self)
{
  gboolean has_blogs = self->blogs == NULL || self->blogs->len > 0;

  if (self->nothing_page == NULL)
    return;

  if (!has_blogs)
    {
      adw_status_page_set_title (self->nothing_page, _("Your Writing Desk"));
      adw_status_page_set_description (self->nothing_page,
                                       _("Write reviews, answer comments, and keep your blog in step, on or off line."));
    }
  else
    {
      adw_status_page_set_title (self->nothing_page, _("Nothing Selected"));
      adw_status_page_set_description (self->nothing_page,
                                       _("Choose a review or a comment from the list, or write a new review."));
    }
}

void
bal_window_make_nothing_page (BalWindow *self)
{
  if (self->nothing_page != NULL)
    return;

  self->nothing_page = ADW_STATUS_PAGE (adw_status_page_new ());
  adw_status_page_set_icon_name (self->nothing_page, BALCONY_APP_ID "-symbolic");
  gtk_widget_add_css_class (GTK_WIDGET (self->nothing_page), "compact");
  gtk_stack_add_named (self->page_stack, GTK_WIDGET (self->nothing_page), "nothing");
  update_nothing_page (self);
}

static void
turn_to_nothing (BalWindow *self)
{
  bal_window_make_nothing_page (self);
  gtk_stack_set_visible_child (self->page_stack, GTK_WIDGET (self->nothing_page));
}

void
bal_window_update_page (BalWindow *self)
{
  update_nothing_page (self);
  if (self->thread != NULL)
    bal_thread_view_show_review (self->thread, self->editor ? bal_editor_get_review_id (self->editor) : 0,
                                 get_page_blog (self));
  if (gtk_stack_get_visible_child (self->page_stack) != GTK_WIDGET (self->editor))
    bal_window_set_focus_mode (self, FALSE);
  update_title (self);
  bal_window_update_actions (self);
}

static void
editor_review_cb (BalWindow *self)
{
  BalReview *review = bal_editor_get_review (self->editor);

  if (self->review != review)
    {
      if (self->review != NULL)
        g_signal_handlers_disconnect_by_func (self->review, bal_window_update_page, self);
      g_set_object (&self->review, review);
      if (review != NULL)
        {
          g_signal_connect_object (review, "notify::status", G_CALLBACK (bal_window_update_page), self,
                                   G_CONNECT_SWAPPED);
          g_signal_connect_object (review, "notify::sync-state", G_CALLBACK (bal_window_update_page), self,
                                   G_CONNECT_SWAPPED);
        }
    }
  bal_window_update_page (self);
}

static void
editor_failed_cb (BalWindow  *self,
                  const char *message)
{
  bal_toast (GTK_WIDGET (self), message);
}

static void
place_clicked_cb (BalWindow *self)
{
  BalReview *review = bal_editor_get_review (self->editor);
  BalBlog *blog = review != NULL ? bal_window_find_blog (self, bal_review_get_blog_id (review)) : NULL;

  if (blog != NULL)
    bal_window_ask_image_place (self, blog);
}

/* A picture was put in that can go nowhere; it may stay, and the person hears of it now and not when it is sent. */
static void
editor_no_image_place_cb (BalWindow *self,
                          BalBlog   *blog)
{
  /* Translators: %s is the name of a blog */
  g_autofree char *text = g_strdup_printf (_("“%s” takes no pictures. The review waits until they have a place"),
                                           bal_blog_get_name (blog));
  AdwToast *toast = bal_toast_button_stay (GTK_WIDGET (self), text, _("Choose…"));

  if (toast != NULL)
    g_signal_connect_object (toast, "button-clicked", G_CALLBACK (place_clicked_cb), self, G_CONNECT_SWAPPED);
}

void
bal_window_make_editor (BalWindow *self)
{
  GtkWidget *editor, *thread;

  if (self->editor != NULL)
    return;

  editor = bal_editor_new (self->store);
  thread = bal_thread_view_new (self->store);
  self->editor = BAL_EDITOR (editor);
  self->thread = BAL_THREAD_VIEW (thread);
  bal_editor_set_thread (self->editor, thread);
  adw_split_button_set_menu_model (ADW_SPLIT_BUTTON (self->publish_button), self->publish_menu);
  gtk_stack_add_named (self->page_stack, editor, "editor");
  g_signal_connect_object (editor, "notify::review", G_CALLBACK (editor_review_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "notify::modified", G_CALLBACK (editor_modified_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "failed", G_CALLBACK (editor_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "no-image-place", G_CALLBACK (editor_no_image_place_cb), self, G_CONNECT_SWAPPED);
}

/* ---- going from one to the next ---- */

static void
show_wanted (BalWindow *self,
             gint64     unused)
{
  gint64 comment_id = self->wanted_comment;

  self->leaving = FALSE;
  bal_window_make_editor (self);
  if (bal_editor_get_review_id (self->editor) != self->wanted_review)
    bal_editor_show_review (self->editor, self->wanted_review);

  gtk_stack_set_visible_child (self->page_stack, GTK_WIDGET (self->editor));
  bal_window_update_page (self);
  bal_thread_view_highlight (self->thread, comment_id);
  if (self->focus_title)
    bal_editor_focus_title (self->editor);
  self->focus_title = FALSE;
}

void
bal_window_show_review (BalWindow *self,
                        gint64     review_id,
                        gint64     comment_id)
{
  self->wanted_review = review_id;
  self->wanted_comment = comment_id;
  if (self->leaving)
    return;

  if (self->editor != NULL && bal_editor_get_review_id (self->editor) == review_id)
    {
      show_wanted (self, 0);
      return;
    }

  self->leaving = TRUE;
  bal_window_save_then (self, show_wanted, 0);
}

static void
forget_page (BalWindow *self,
             gint64     unused)
{
  self->leaving = FALSE;
  /* Another one was opened while this one was saved. */
  if (self->wanted_review != 0)
    {
      show_wanted (self, 0);
      return;
    }
  if (self->editor != NULL)
    bal_editor_show_review (self->editor, 0);
  bal_window_update_page (self);
}

void
bal_window_leave_editor (BalWindow *self)
{
  self->wanted_review = 0;
  if (self->leaving)
    return;

  self->leaving = TRUE;
  bal_window_save_then (self, forget_page, 0);
}

void
bal_window_show_nothing (BalWindow *self)
{
  turn_to_nothing (self);
  bal_list_pane_select_review (self->list_pane, 0);
  self->wanted_review = 0;
  forget_page (self, 0);
}

static void
waiting_done_cb (BalWindow *self)
{
  turn_to_nothing (self);
  bal_window_update_page (self);
}

static void
waiting_open_cb (BalWindow *self,
                 gint64     review_id,
                 gint64     comment_id)
{
  bal_window_show_review (self, review_id, comment_id);
}

void
bal_window_show_waiting (BalWindow      *self,
                         BalWaitingItem *item)
{
  if (self->waiting_page == NULL)
    {
      self->waiting_page = BAL_WAITING_PAGE (bal_waiting_page_new (self->store));
      gtk_stack_add_named (self->page_stack, GTK_WIDGET (self->waiting_page), "waiting");
      g_signal_connect_object (self->waiting_page, "done", G_CALLBACK (waiting_done_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->waiting_page, "open-review", G_CALLBACK (waiting_open_cb), self,
                               G_CONNECT_SWAPPED);
    }

  bal_window_leave_editor (self);
  bal_waiting_page_show (self->waiting_page, item);
  gtk_stack_set_visible_child (self->page_stack, GTK_WIDGET (self->waiting_page));
  bal_window_update_page (self);
}
