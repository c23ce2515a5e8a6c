/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-comment-menu.h"

#include <glib/gi18n.h>

static void
add (GMenu      *section,
     const char *label,
     const char *action,
     const char *accel)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, action);

  if (accel != NULL)
    g_menu_item_set_attribute (item, "accel", "s", accel);
  g_menu_item_set_attribute (item, "hidden-when", "s", "action-disabled");
  g_menu_append_item (section, item);
}

/* Consumes @section. */
static void
add_section (GMenu *menu,
             GMenu *section)
{
  if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  g_object_unref (section);
}

GMenuModel *
bal_comment_menu_new_for_row (void)
{
  GMenu *menu = g_menu_new ();
  GMenu *write = g_menu_new (), *decide = g_menu_new (), *answer = g_menu_new (), *person = g_menu_new ();

  add (write, _("_Reply"), "comment.reply", NULL);
  /* Translators: a verb, in the menu of a comment */
  add (write, C_("comment", "_Edit"), "comment.edit", NULL);
  add (write, _("_Copy and Open Page"), "comment.enter", NULL);
  add_section (menu, write);

  add (decide, _("_Approve"), "comment.approve", NULL);
  add (decide, _("Re_store"), "comment.restore", NULL);
  add (decide, _("_Spam"), "comment.spam", NULL);
  add (decide, _("_Trash"), "comment.trash", NULL);
  add_section (menu, decide);

  add (answer, _("_No Reply Needed"), "comment.dismiss", NULL);
  /* Translators: undoes No Reply Needed */
  add (answer, _("Reply Needed"), "comment.heed", NULL);
  add_section (menu, answer);

  add (person, _("About this Co_mmenter"), "comment.person", "<Control>i");
  add_section (menu, person);
  return G_MENU_MODEL (menu);
}

GMenuModel *
bal_comment_menu_new_for_queue (BalComment *comment)
{
  GMenu *menu = g_menu_new ();
  GMenu *write = g_menu_new (), *decide = g_menu_new (), *answer = g_menu_new (), *other = g_menu_new ();
  int status = comment != NULL ? (int) bal_comment_get_status (comment) : -1;
  gboolean gone = status == BAL_COMMENT_STATUS_SPAM || status == BAL_COMMENT_STATUS_TRASH;
  gboolean mine = comment != NULL && bal_comment_get_mine (comment);

  if (comment != NULL && !gone)
    {
      add (write, _("_Reply"), "triage.reply", "r");
      add (write, C_("comment", "_Edit"), "triage.edit", "e");
    }
  add_section (menu, write);

  if (!gone && status != BAL_COMMENT_STATUS_APPROVED)
    add (decide, _("_Approve"), "triage.approve", "a");
  if (comment == NULL || gone)
    add (decide, _("Re_store"), "triage.restore", "b");
  if (!mine && status != BAL_COMMENT_STATUS_SPAM)
    add (decide, _("_Spam"), "triage.spam", "s");
  if (status != BAL_COMMENT_STATUS_TRASH)
    add (decide, _("_Trash"), "triage.trash", "d");
  add_section (menu, decide);

  if (comment == NULL || bal_comment_get_unanswered (comment))
    add (answer, _("_No Reply Needed"), "triage.dismiss", "n");
  if (comment == NULL || (bal_comment_get_dismissed (comment) && !gone))
    add (answer, _("Reply Needed"), "triage.heed", "<Shift>n");
  add_section (menu, answer);

  if (comment != NULL && !mine)
    add (other, _("About this Co_mmenter"), "triage.person", "i");
  add (other, _("_Undo"), "triage.undo", "u");
  add_section (menu, other);
  return G_MENU_MODEL (menu);
}

/* ---- opening ---- */

typedef struct
{
  GtkWidget *menu;        /* weak */
  GtkWidget *focus;       /* weak: where it was before */
} Opened;

static void
opened_free (gpointer data)
{
  Opened *opened = data;

  g_clear_weak_pointer (&opened->menu);
  g_clear_weak_pointer (&opened->focus);
  g_free (opened);
}

static gboolean
remove_menu_cb (gpointer data)
{
  Opened *opened = data;

  if (opened->menu != NULL && gtk_widget_get_parent (opened->menu) != NULL)
    gtk_widget_unparent (opened->menu);
  return G_SOURCE_REMOVE;
}

/* The action of its entry comes after it closes, and may take the focus elsewhere. */
static void
closed_cb (GtkWidget *menu,
           Opened    *opened)
{
  GtkRoot *root = gtk_widget_get_root (menu);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  Opened *last = g_new0 (Opened, 1);

  if (opened->focus != NULL && gtk_widget_get_mapped (opened->focus) &&
      (focus == NULL || focus == menu || gtk_widget_is_ancestor (focus, menu)))
    gtk_widget_grab_focus (opened->focus);

  g_set_weak_pointer (&last->menu, menu);
  g_idle_add_full (G_PRIORITY_DEFAULT, remove_menu_cb, last, opened_free);
}

static void
closure_free (gpointer  data,
              GClosure *closure)
{
  opened_free (data);
}

void
bal_comment_menu_open (GtkWidget    *parent,
                       GtkWidget    *widget,
                       GMenuModel   *model,
                       GdkRectangle  at)
{
  GtkWidget *menu = gtk_popover_menu_new_from_model (model);
  GtkRoot *root = gtk_widget_get_root (widget);
  Opened *opened = g_new0 (Opened, 1);
  double x, y;

  g_return_if_fail (gtk_widget_translate_coordinates (widget, parent, at.x, at.y, &x, &y));

  at.x = (int) x;
  at.y = (int) y;
  g_set_weak_pointer (&opened->focus, root != NULL ? gtk_root_get_focus (root) : NULL);
  gtk_widget_set_parent (menu, parent);
  gtk_popover_set_has_arrow (GTK_POPOVER (menu), FALSE);
  gtk_popover_set_position (GTK_POPOVER (menu), GTK_POS_BOTTOM);
  gtk_widget_set_halign (menu, GTK_ALIGN_START);
  gtk_popover_set_pointing_to (GTK_POPOVER (menu), &at);
  /* The window may go while it is open. */
  g_signal_connect_object (parent, "unrealize", G_CALLBACK (gtk_widget_unparent), menu, G_CONNECT_SWAPPED);
  g_signal_connect_data (menu, "closed", G_CALLBACK (closed_cb), opened, closure_free, 0);
  gtk_popover_popup (GTK_POPOVER (menu));
}
