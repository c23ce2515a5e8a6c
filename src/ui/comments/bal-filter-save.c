/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-filter-save.h"

#include "bal-error.h"
#include "bal-filter-table.h"
#include "bal-name-dialog.h"
#include "bal-tables.h"
#include "bal-toast.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkWidget      *widget;
  BalStore       *store;
  char           *line;
  char           *name;       /* once it is chosen */
  BalSavedFilter *before;     /* what had the name before; NULL: nothing */
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->widget);
  g_object_unref (saving->store);
  g_free (saving->line);
  g_free (saving->name);
  g_clear_pointer (&saving->before, bal_saved_filter_free);
  g_free (saving);
}

static gboolean
save_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Saving *saving = data;
  g_autoptr(GError) local_error = NULL;

  saving->before = bal_filter_table_find (transaction, saving->name, &local_error);
  if (saving->before != NULL)
    return bal_filter_table_update (transaction, saving->before->id, NULL, saving->line, error);
  if (!g_error_matches (local_error, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return bal_filter_table_add (transaction, saving->name, saving->line, error) != 0;
}

static gboolean
undo_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  const BalSavedFilter *before = data;

  return bal_filter_table_update (transaction, before->id, NULL, before->line, error);
}

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GtkWidget) widget = data;
  g_autoptr(GError) error = NULL;

  if (!bal_store_write_finish (BAL_STORE (source), result, &error))
    bal_toast_error (widget, error);
}

static void
undo_cb (Saving *saving)
{
  bal_store_write_async (saving->store, undo_work, bal_saved_filter_copy (saving->before),
                         (GDestroyNotify) bal_saved_filter_free, NULL, undone_cb, g_object_ref (saving->widget));
}

static void
free_closure_data (gpointer  data,
                   GClosure *closure)
{
  saving_free (data);
}

static Saving *
saving_copy (const Saving *saving)
{
  Saving *copy = g_new0 (Saving, 1);

  copy->widget = g_object_ref (saving->widget);
  copy->store = g_object_ref (saving->store);
  copy->line = g_strdup (saving->line);
  copy->name = g_strdup (saving->name);
  copy->before = saving->before != NULL ? bal_saved_filter_copy (saving->before) : NULL;
  return copy;
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Saving *saving = bal_store_get_work_data (result);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  AdwToast *toast;

  if (!bal_store_write_finish (BAL_STORE (source), result, &error))
    {
      bal_toast_error (saving->widget, error);
      return;
    }

  if (saving->before == NULL)
    {
      /* Translators: %s is the name of a saved search */
      text = g_strdup_printf (_("“%s” is in the sidebar, under Comments."), saving->name);
      bal_toast (saving->widget, text);
      return;
    }

  /* Translators: %s is the name of a saved search */
  text = g_strdup_printf (_("“%s” looks for something else now."), saving->name);
  toast = bal_toast_button (saving->widget, text, _("Undo"));
  if (toast != NULL)
    g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), saving_copy (saving), free_closure_data,
                           G_CONNECT_SWAPPED);
}

static void
name_cb (const char *name,
         gpointer    data)
{
  Saving *saving = saving_copy (data);

  saving->name = g_strdup (name);
  bal_store_write_async (saving->store, save_work, saving, saving_free, NULL, saved_cb, NULL);
}

void
bal_filter_save_ask (GtkWidget  *widget,
                     BalStore   *store,
                     const char *line,
                     const char *name)
{
  Saving *saving;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (BAL_IS_STORE (store));
  g_return_if_fail (line != NULL);

  saving = g_new0 (Saving, 1);
  saving->widget = g_object_ref (widget);
  saving->store = g_object_ref (store);
  saving->line = g_strdup (line);
  bal_name_dialog_ask (widget, _("Save Filter"), line, _("_Save"), name, name_cb, saving, saving_free);
}
