/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-preview-window.h"

#include "config.h"

#include <glib/gi18n.h>
#include <gmodule.h>

#include "bal-preview-backend.h"
#include "bal-preview-source.h"
#include "bal-transient.h"

#define PHONE_WIDTH 390
#define ANY_WIDTH   10000      /* more than any window has; the clamp reckons with it */
#define MODULE_NAME "libbalcony-preview.so"

struct _BalPreviewWindow
{
  AdwWindow                parent_instance;

  const BalPreviewBackend *backend;
  BalStore                *store;
  BalPreviewSource        *source;
  gint64                   review_id;
  GCancellable            *cancellable;
  gboolean                 loading;
  gboolean                 again;         /* something was written meanwhile */
  GtkWidget               *view;

  /* template children */
  AdwWindowTitle          *title;
  GtkStack                *stack;
  GtkInfoBar              *plain_bar;
  AdwClamp                *clamp;
  AdwStatusPage           *failed_page;
};

G_DEFINE_FINAL_TYPE (BalPreviewWindow, bal_preview_window, ADW_TYPE_WINDOW)

/* ---- the module ---- */

static char *
find_module (void)
{
  const char *dir = g_getenv ("BALCONY_MODULE_DIR");

  return g_build_filename (dir != NULL ? dir : BALCONY_MODULE_DIR, MODULE_NAME, NULL);
}

gboolean
bal_preview_is_available (void)
{
  g_autofree char *path = find_module ();

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

/* (nullable): loaded once, and never given back: the web engine can't be unloaded. */
static const BalPreviewBackend *
get_backend (GError **error)
{
  static const BalPreviewBackend *backend;
  g_autofree char *path = NULL;
  GModule *module;
  gpointer symbol;

  if (backend != NULL)
    return backend;
  path = find_module ();
  module = g_module_open_full (path, G_MODULE_BIND_LOCAL, error);
  if (module == NULL)
    return NULL;
  g_module_make_resident (module);
  if (g_module_symbol (module, BAL_PREVIEW_BACKEND_SYMBOL, &symbol))
    backend = symbol;
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, g_module_error ());
  return backend;
}

/* ---- showing ---- */

static void
fail (BalPreviewWindow *self,
      const GError     *error)
{
  adw_status_page_set_description (self->failed_page, error->message);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
show_page (BalPreviewWindow *self,
           BalPreviewPage   *page)
{
  adw_window_title_set_subtitle (self->title, page->title);
  gtk_info_bar_set_revealed (self->plain_bar, !page->themed);
  if (self->view == NULL)
    {
      self->view = self->backend->new_view ();
      gtk_widget_set_vexpand (self->view, TRUE);
      gtk_widget_set_hexpand (self->view, TRUE);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Preview"), -1);
      adw_clamp_set_child (self->clamp, self->view);
    }
  self->backend->show (self->view, page->html, page->address, page->media);
  gtk_stack_set_visible_child_name (self->stack, "page");
}

static void load (BalPreviewWindow *self,
                  gboolean          fetch);

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(BalPreviewWindow) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(BalPreviewPage) page = bal_preview_source_load_finish (BAL_PREVIEW_SOURCE (source), result, &error);
  gboolean again = self->again;

  self->loading = FALSE;
  self->again = FALSE;
  if (self->stack == NULL)
    return;
  if (page != NULL)
    show_page (self, page);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fail (self, error);
  if (again)
    load (self, FALSE);
}

static void
load (BalPreviewWindow *self,
      gboolean          fetch)
{
  if (self->loading)
    {
      self->again = TRUE;
      return;
    }
  self->loading = TRUE;
  if (self->view == NULL)
    gtk_stack_set_visible_child_name (self->stack, "loading");
  bal_preview_source_load_async (self->source, fetch, self->cancellable, loaded_cb, g_object_ref (self));
}

/* What is written is kept each second, and shows here then. */
static void
changed_cb (BalStore         *store,
            BalChangeSet     *changes,
            BalPreviewWindow *self)
{
  if (bal_change_set_is_everything (changes) ||
      bal_change_set_has (changes, BAL_ENTITY_REVIEW, self->review_id))
    load (self, FALSE);
}

/* ---- actions ---- */

static void
reload_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  load (BAL_PREVIEW_WINDOW (widget), TRUE);
}

static void
set_width (BalPreviewWindow *self,
           int               width)
{
  adw_clamp_set_maximum_size (self->clamp, width);
  adw_clamp_set_tightening_threshold (self->clamp, width);
}

static void
phone_toggled_cb (BalPreviewWindow *self,
                  GtkToggleButton  *button)
{
  set_width (self, gtk_toggle_button_get_active (button) ? PHONE_WIDTH : ANY_WIDTH);
}

/* ---- object ---- */

static void
bal_preview_window_dispose (GObject *object)
{
  BalPreviewWindow *self = BAL_PREVIEW_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  self->stack = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), BAL_TYPE_PREVIEW_WINDOW);
  G_OBJECT_CLASS (bal_preview_window_parent_class)->dispose (object);
}

static void
bal_preview_window_finalize (GObject *object)
{
  BalPreviewWindow *self = BAL_PREVIEW_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->source);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (bal_preview_window_parent_class)->finalize (object);
}

static void
bal_preview_window_class_init (BalPreviewWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bal_preview_window_dispose;
  object_class->finalize = bal_preview_window_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-preview-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BalPreviewWindow, title);
  gtk_widget_class_bind_template_child (widget_class, BalPreviewWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BalPreviewWindow, plain_bar);
  gtk_widget_class_bind_template_child (widget_class, BalPreviewWindow, clamp);
  gtk_widget_class_bind_template_child (widget_class, BalPreviewWindow, failed_page);
  gtk_widget_class_bind_template_callback (widget_class, phone_toggled_cb);
  gtk_widget_class_install_action (widget_class, "preview.reload", NULL, reload_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "preview.reload", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, GDK_CONTROL_MASK, "preview.reload", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
bal_preview_window_init (BalPreviewWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  set_width (self, ANY_WIDTH);
}

/**
 * bal_preview_window_new:
 * @parent: the window that it belongs to
 * @store: the desk
 * @review_id: what to show
 *
 * Returns: (transfer full): the window, which loads by itself
 */
GtkWidget *
bal_preview_window_new (GtkWindow *parent,
                        BalStore  *store,
                        gint64     review_id)
{
  BalPreviewWindow *self = g_object_new (BAL_TYPE_PREVIEW_WINDOW, "transient-for", parent, NULL);
  g_autoptr(GError) error = NULL;

  bal_transient_watch (GTK_WINDOW (self));
  self->store = g_object_ref (store);
  self->review_id = review_id;
  self->source = bal_preview_source_new (store, review_id);
  self->backend = get_backend (&error);
  if (self->backend == NULL)
    {
      fail (self, error);
      return GTK_WIDGET (self);
    }
  g_signal_connect_object (store, "changed", G_CALLBACK (changed_cb), self, 0);
  load (self, TRUE);
  return GTK_WIDGET (self);
}
