/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widget-tree.h"

#include <string.h>

GtkWidget *
widget_find (GtkWidget  *root,
             WidgetTest  is_it,
             gpointer    data)
{
  GtkWidget *found = is_it (root, data) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = widget_find (child, is_it, data);
  return found;
}

typedef struct
{
  GType       type;
  const char *name;
} Wanted;

static gboolean
is_wanted (GtkWidget *widget,
           gpointer   data)
{
  const Wanted *wanted = data;
  g_autofree char *differs = NULL;

  if (!G_TYPE_CHECK_INSTANCE_TYPE (widget, wanted->type))
    return FALSE;

  if (wanted->name != NULL)
    differs = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, wanted->name);
  return differs == NULL;
}

GtkWidget *
widget_find_named (GtkWidget  *root,
                   GType       type,
                   const char *name)
{
  Wanted wanted = { type, name };

  return widget_find (root, is_wanted, &wanted);
}

GtkWidget *
widget_find_type (GtkWidget *root,
                  GType      type)
{
  return widget_find_named (root, type, NULL);
}

static gboolean
has_words (GtkWidget *widget,
           gpointer   data)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
         strstr (gtk_label_get_text (GTK_LABEL (widget)), data) != NULL;
}

GtkWidget *
widget_find_words (GtkWidget  *root,
                   const char *words)
{
  return widget_find (root, has_words, (gpointer) words);
}

static gboolean
set_true_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* GTK 4.8 looks half a second later for a tooltip below the pointer, also on a surface that is gone by then. A timer that
 * begins later, for longer and behind all else, is heard when that one was, however busy the machine is. */
void
widget_wait_for_tooltip (GtkWidget *window)
{
  gboolean over = FALSE;

  if (gtk_widget_get_mapped (window))
    gtk_test_widget_wait_for_draw (window);
  g_timeout_add_full (G_PRIORITY_LOW, 600, set_true_cb, &over, NULL);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}
