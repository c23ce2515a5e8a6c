/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-link-popover.h"

#include "bal-safe-text.h"

#include <string.h>

struct _BalLinkPopover
{
  GtkPopover   parent_instance;

  BalTextView *view;        /* borrowed: it stands in the same editor */
  int          start;       /* what will be linked, in characters */
  int          end;

  GtkEditable *entry;
  GtkWidget   *remove_button;
  GtkWidget   *open_button;
  GtkWidget   *apply_button;
};

G_DEFINE_FINAL_TYPE (BalLinkPopover, bal_link_popover, GTK_TYPE_POPOVER)

/* As a person writes an address: without the part that they never see. */
static char *
complete_address (const char *typed)
{
  g_autofree char *address = g_strstrip (g_strdup (typed));
  const char *slash = strpbrk (address, "/?#");
  const char *colon = strchr (address, ':');

  if (*address == '\0' || strpbrk (address, " \t\n") != NULL)
    return g_steal_pointer (&address);
  if (*address == '/' || *address == '#' || *address == '?' || *address == '.')
    return g_steal_pointer (&address);
  if (colon != NULL && (slash == NULL || colon < slash) && !g_ascii_isdigit (colon[1]))
    return g_steal_pointer (&address);
  if (strchr (address, '@') != NULL && slash == NULL)
    return g_strconcat ("mailto:", address, NULL);
  if (strchr (address, '.') != NULL || colon != NULL)
    return g_strconcat ("https://", address, NULL);
  return g_steal_pointer (&address);
}

static void
changed_cb (BalLinkPopover *self)
{
  g_autofree char *address = complete_address (gtk_editable_get_text (self->entry));

  g_autofree char *link = bal_safe_link (address);

  gtk_widget_set_sensitive (self->apply_button, *address != '\0');
  gtk_widget_set_sensitive (self->open_button, link != NULL);
}

/* With nothing to link, the address itself is the text. */
static void
insert_linked (BalEditorBuffer *buffer,
               const char      *address)
{
  BalRun run = { .length = strlen (address), .link = address };
  g_autoptr(BalBlock) block = bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, address, &run, 1);
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_line_unref);

  g_ptr_array_add (lines, bal_line_new (BAL_BLOCK_PARAGRAPH, 0, NULL, block));
  bal_editor_buffer_paste_lines (buffer, lines);
}

static void
set_link (BalLinkPopover *self,
          const char     *address)
{
  BalEditorBuffer *buffer = bal_text_view_get_buffer (self->view);
  GtkTextIter start, end;

  if (self->start == self->end && address != NULL)
    {
      insert_linked (buffer, address);
    }
  else
    {
      gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (buffer), &start, self->start);
      gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (buffer), &end, self->end);
      bal_editor_buffer_set_link (buffer, &start, &end, address);
    }
  gtk_popover_popdown (GTK_POPOVER (self));
}

/* Whatever closed it, writing goes on. */
static void
closed_cb (BalLinkPopover *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
apply_cb (BalLinkPopover *self)
{
  g_autofree char *address = complete_address (gtk_editable_get_text (self->entry));

  if (*address != '\0')
    set_link (self, address);
}

static void
open_cb (BalLinkPopover *self)
{
  g_autofree char *address = complete_address (gtk_editable_get_text (self->entry));

  bal_text_view_open_link (self->view, address);
}

static void
remove_cb (BalLinkPopover *self)
{
  set_link (self, NULL);
}

static void
bal_link_popover_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BAL_TYPE_LINK_POPOVER);
  G_OBJECT_CLASS (bal_link_popover_parent_class)->dispose (object);
}

static void
bal_link_popover_class_init (BalLinkPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bal_link_popover_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/balcony/Balcony/bal-link-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, BalLinkPopover, entry);
  gtk_widget_class_bind_template_child (widget_class, BalLinkPopover, remove_button);
  gtk_widget_class_bind_template_child (widget_class, BalLinkPopover, open_button);
  gtk_widget_class_bind_template_child (widget_class, BalLinkPopover, apply_button);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
bal_link_popover_init (BalLinkPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
bal_link_popover_new (BalTextView *view)
{
  BalLinkPopover *self = g_object_new (BAL_TYPE_LINK_POPOVER, NULL);

  self->view = view;
  g_signal_connect (self, "closed", G_CALLBACK (closed_cb), NULL);
  return GTK_WIDGET (self);
}

static void
point_at (BalLinkPopover    *self,
          const GtkTextIter *iter)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->view);
  graphene_point_t place;
  GdkRectangle rectangle;

  gtk_text_view_get_iter_location (view, iter, &rectangle);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, rectangle.x, rectangle.y,
                                         &rectangle.x, &rectangle.y);
  if (gtk_widget_compute_point (GTK_WIDGET (view), gtk_widget_get_parent (GTK_WIDGET (self)),
                                &GRAPHENE_POINT_INIT (rectangle.x, rectangle.y), &place))
    {
      rectangle.x = place.x;
      rectangle.y = place.y;
    }
  rectangle.width = MAX (rectangle.width, 1);
  gtk_popover_set_pointing_to (GTK_POPOVER (self), &rectangle);
}

void
bal_link_popover_open (BalLinkPopover *self)
{
  BalEditorBuffer *buffer;
  GtkTextIter start, end, link_start, link_end;
  const char *href;

  g_return_if_fail (BAL_IS_LINK_POPOVER (self));

  buffer = bal_text_view_get_buffer (self->view);
  href = bal_editor_buffer_get_link (buffer, &link_start, &link_end);
  if (!gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (buffer), &start, &end) && href != NULL)
    {
      start = link_start;
      end = link_end;
    }
  self->start = gtk_text_iter_get_offset (&start);
  self->end = gtk_text_iter_get_offset (&end);
  gtk_editable_set_text (self->entry, href != NULL ? href : "");
  gtk_widget_set_sensitive (self->remove_button, href != NULL);
  changed_cb (self);
  point_at (self, &start);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
