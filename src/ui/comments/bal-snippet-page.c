/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-snippet-page.h"

#include "bal-reply-field.h"

#include <glib/gi18n.h>

struct _BalSnippetPage
{
  GtkBox         parent_instance;

  BalSnippet    *snippet;       /* (nullable): as it was set */
  char          *html_before;   /* (nullable): of @snippet, as the field writes it */

  /* template children */
  GtkEditable   *name_entry;
  BalReplyField *field;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (BalSnippetPage, bal_snippet_page, GTK_TYPE_BOX)

static void
changed_cb (BalSnippetPage *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static gboolean
bal_snippet_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (BAL_SNIPPET_PAGE (widget)->name_entry));
}

static void
bal_snippet_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BAL_TYPE_SNIPPET_PAGE);

  G_OBJECT_CLASS (bal_snippet_page_parent_class)->dispose (object);
}

static void
bal_snippet_page_finalize (GObject *object)
{
  BalSnippetPage *self = BAL_SNIPPET_PAGE (object);

  g_clear_pointer (&self->snippet, bal_snippet_free);
  g_free (self->html_before);

  G_OBJECT_CLASS (bal_snippet_page_parent_class)->finalize (object);
}

static void
bal_snippet_page_class_init (BalSnippetPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bal_snippet_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = bal_snippet_page_finalize;
  widget_class->grab_focus = bal_snippet_page_grab_focus;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  g_type_ensure (BAL_TYPE_REPLY_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-snippet-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BalSnippetPage, name_entry);
  gtk_widget_class_bind_template_child (widget_class, BalSnippetPage, field);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
bal_snippet_page_init (BalSnippetPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  bal_reply_field_set_label (self->field, _("Text of the saved reply"), _("Write what you often answer…"));
}

void
bal_snippet_page_set_snippet (BalSnippetPage   *self,
                              const BalSnippet *snippet)
{
  g_return_if_fail (BAL_IS_SNIPPET_PAGE (self));

  g_clear_pointer (&self->snippet, bal_snippet_free);
  g_clear_pointer (&self->html_before, g_free);
  if (snippet != NULL)
    {
      gtk_editable_set_text (self->name_entry, snippet->name);
      bal_reply_field_set_html (self->field, snippet->html, BAL_DIALECT_HTML, FALSE);
      self->snippet = bal_snippet_copy (snippet);
      self->html_before = bal_reply_field_dup_html (self->field);
    }
  changed_cb (self);
}

const BalSnippet *
bal_snippet_page_get_snippet (BalSnippetPage *self)
{
  g_return_val_if_fail (BAL_IS_SNIPPET_PAGE (self), NULL);

  return self->snippet;
}

BalSnippet *
bal_snippet_page_dup_written (BalSnippetPage *self)
{
  g_autofree char *html = NULL;

  g_return_val_if_fail (BAL_IS_SNIPPET_PAGE (self), NULL);
  g_return_val_if_fail (self->snippet != NULL, NULL);

  html = bal_reply_field_dup_html (self->field);
  return bal_snippet_new (self->snippet->id, gtk_editable_get_text (self->name_entry), html);
}

gboolean
bal_snippet_page_is_complete (BalSnippetPage *self)
{
  g_return_val_if_fail (BAL_IS_SNIPPET_PAGE (self), FALSE);

  return *gtk_editable_get_text (self->name_entry) != '\0' && bal_reply_field_has_text (self->field);
}

gboolean
bal_snippet_page_is_changed (BalSnippetPage *self)
{
  g_autoptr(BalSnippet) written = NULL;

  g_return_val_if_fail (BAL_IS_SNIPPET_PAGE (self), FALSE);

  if (self->snippet == NULL)
    return FALSE;
  written = bal_snippet_page_dup_written (self);
  return !g_str_equal (written->name, self->snippet->name) || g_strcmp0 (written->html, self->html_before) != 0;
}
