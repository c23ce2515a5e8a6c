/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-comment-links.h"

#include "bal-comment-text.h"
#include "bal-safe-text.h"

#include <glib/gi18n.h>

#define FIRST_LINKS 5
#define MORE_LINKS 20           /* a button costs time: not thousands of them at once */

struct _BalCommentLinks
{
  GtkWidget  parent_instance;

  GPtrArray *links;
  GPtrArray *pretences;
  guint      n_shown;
  GtkWidget *more_button;       /* (nullable), a child */
};

G_DEFINE_FINAL_TYPE (BalCommentLinks, bal_comment_links, GTK_TYPE_WIDGET)

static gboolean
activate_link_cb (GtkLinkButton *button)
{
  g_autofree char *link = bal_safe_link (gtk_link_button_get_uri (button));

  if (link != NULL)
    gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (button))), link, GDK_CURRENT_TIME);

  return TRUE;
}

static GtkWidget *
make_button (const char *link,
             const char *pretence)
{
  g_autofree char *host = bal_comment_text_dup_host (link);
  g_autofree char *tip = bal_safe_text_name (link, 300);
  g_autofree char *named = pretence != NULL ? bal_safe_text_name (pretence, 60) : NULL;
  /* TRANSLATORS: a link whose words name one web site and that leads to another: first the one, then the other */
  g_autofree char *caution = named != NULL ? g_strdup_printf (_("Caution: says %s, leads to %s"), named, host) : NULL;
  GtkWidget *button = gtk_link_button_new_with_label (link, caution != NULL ? caution : host);

  if (caution != NULL)
    gtk_widget_add_css_class (button, "pretence");
  gtk_widget_set_tooltip_text (button, tip);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "caption");
  g_signal_connect (button, "activate-link", G_CALLBACK (activate_link_cb), NULL);
  return button;
}

static gboolean
has_pretence (BalCommentLinks *self,
              guint            first)
{
  for (guint i = first; i < self->pretences->len; i++)
    if (self->pretences->pdata[i] != NULL)
      return TRUE;

  return FALSE;
}

static void more_clicked_cb (BalCommentLinks *self);

/* Shows them up to @n_shown, and a button for the others; returns the first button that is new. */
static GtkWidget *
show_links (BalCommentLinks *self,
            guint            n_shown)
{
  GtkWidget *first = NULL;
  guint n_left = self->links->len - n_shown;

  g_clear_pointer (&self->more_button, gtk_widget_unparent);
  for (; self->n_shown < n_shown; self->n_shown++)
    {
      GtkWidget *button = make_button (self->links->pdata[self->n_shown], self->pretences->pdata[self->n_shown]);

      gtk_widget_set_parent (button, GTK_WIDGET (self));
      first = first != NULL ? first : button;
    }
  if (n_left > 0)
    {
      gboolean caution = has_pretence (self, n_shown);
      g_autofree char *text = g_strdup_printf (caution ? ngettext ("Caution: %u more link", "Caution: %u more links", n_left)
                                                       : ngettext ("%u more link", "%u more links", n_left), n_left);

      self->more_button = gtk_button_new_with_label (text);
      gtk_widget_set_halign (self->more_button, GTK_ALIGN_START);
      gtk_widget_add_css_class (self->more_button, "flat");
      gtk_widget_add_css_class (self->more_button, "caption");
      if (caution)
        gtk_widget_add_css_class (self->more_button, "pretence");
      g_signal_connect_swapped (self->more_button, "clicked", G_CALLBACK (more_clicked_cb), self);
      gtk_widget_set_parent (self->more_button, GTK_WIDGET (self));
    }
  return first;
}

static void
more_clicked_cb (BalCommentLinks *self)
{
  GtkWidget *first = show_links (self, MIN (self->links->len, self->n_shown + MORE_LINKS));

  gtk_widget_grab_focus (first);
}

static void
clear (BalCommentLinks *self)
{
  GtkWidget *child;

  self->more_button = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->n_shown = 0;
  g_clear_pointer (&self->links, g_ptr_array_unref);
  g_clear_pointer (&self->pretences, g_ptr_array_unref);
}

static void
bal_comment_links_dispose (GObject *object)
{
  clear (BAL_COMMENT_LINKS (object));

  G_OBJECT_CLASS (bal_comment_links_parent_class)->dispose (object);
}

static void
bal_comment_links_class_init (BalCommentLinksClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bal_comment_links_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
bal_comment_links_init (BalCommentLinks *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static gboolean
are_equal (GPtrArray *a,
           GPtrArray *b)
{
  if (a == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (g_strcmp0 (a->pdata[i], b->pdata[i]) != 0)
      return FALSE;

  return TRUE;
}

void
bal_comment_links_set (BalCommentLinks *self,
                       GPtrArray       *links,
                       GPtrArray       *pretences)
{
  g_return_if_fail (BAL_IS_COMMENT_LINKS (self));
  g_return_if_fail (links->len == pretences->len);

  if (are_equal (self->links, links) && are_equal (self->pretences, pretences))
    return;

  clear (self);
  self->links = g_ptr_array_ref (links);
  self->pretences = g_ptr_array_ref (pretences);
  show_links (self, MIN (links->len, FIRST_LINKS));
  gtk_widget_set_visible (GTK_WIDGET (self), links->len > 0);
}
