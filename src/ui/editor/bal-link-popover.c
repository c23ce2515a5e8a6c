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
  char        *before;      /* (nullable): what the entry began with; NULL: what is in it is done with */
  char        *left;        /* (nullable): what was typed for this place and not applied */

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
  g_clear_pointer (&self->before, g_free);
  gtk_popover_popdown (GTK_POPOVER (self));
}

/* Of an address on the web or of a mail: what stands behind its last dot has letters enough to be the end of a name. */
static gboolean
has_whole_host (const char *link)
{
  gboolean mail = g_ascii_strncasecmp (link, "mailto:", 7) == 0;
  const char *start = mail ? strchr (link, '@') + 1 : strstr (link, "://") + 3;
  gsize length = strcspn (start, mail ? "?" : "/?#:");
  g_autofree char *host = g_strndup (start, length);
  const char *dot = strrchr (host, '.');

  return dot != NULL && dot != host && g_utf8_strlen (dot + 1, -1) >= 2;
}

/* An address on the web, or within the blog; a word alone may be the half of one. */
static gboolean
is_whole (const char *address)
{
  g_autofree char *link = bal_safe_link (address);

  return link != NULL ? has_whole_host (link) : *address != '\0' && strchr ("/#?.", *address) != NULL;
}

/* However it was left, but for Escape: a click beside it is no reason to lose an address. */
static void
bal_link_popover_closed (GtkPopover *popover)
{
  BalLinkPopover *self = BAL_LINK_POPOVER (popover);
  g_autofree char *before = g_steal_pointer (&self->before);
  const char *typed = gtk_editable_get_text (self->entry);
  g_autofree char *address = complete_address (typed);

  /* Where nothing was selected, the address would come into the text: only who says so wants that. */
  if (before != NULL && !g_str_equal (typed, before))
    {
      if (self->start != self->end && is_whole (address))
        set_link (self, address);
      else
        self->left = g_strdup (typed);
    }
  /* Writing goes on. */
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* The popover closes by itself then. */
static gboolean
key_cb (BalLinkPopover *self,
        guint           keyval)
{
  if (keyval == GDK_KEY_Escape)
    g_clear_pointer (&self->before, g_free);
  return GDK_EVENT_PROPAGATE;
}

/* The place that would be linked may be another one now. */
static void
text_changed_cb (BalLinkPopover *self)
{
  g_clear_pointer (&self->before, g_free);
  g_clear_pointer (&self->left, g_free);
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
  g_clear_pointer (&BAL_LINK_POPOVER (object)->before, g_free);
  g_clear_pointer (&BAL_LINK_POPOVER (object)->left, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), BAL_TYPE_LINK_POPOVER);
  G_OBJECT_CLASS (bal_link_popover_parent_class)->dispose (object);
}

static void
bal_link_popover_class_init (BalLinkPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bal_link_popover_dispose;
  GTK_POPOVER_CLASS (klass)->closed = bal_link_popover_closed;
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
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  /* The latest comes first: before that of the popover itself. */
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
bal_link_popover_new (BalTextView *view)
{
  BalLinkPopover *self = g_object_new (BAL_TYPE_LINK_POPOVER, NULL);

  self->view = view;
  g_signal_connect_object (bal_text_view_get_buffer (view), "changed", G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
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
  g_autofree char *left = NULL;
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
  if (gtk_text_iter_get_offset (&start) != self->start || gtk_text_iter_get_offset (&end) != self->end)
    g_clear_pointer (&self->left, g_free);
  left = g_steal_pointer (&self->left);
  self->start = gtk_text_iter_get_offset (&start);
  self->end = gtk_text_iter_get_offset (&end);
  g_free (self->before);
  self->before = g_strdup (href != NULL ? href : "");
  gtk_editable_set_text (self->entry, left != NULL ? left : self->before);
  gtk_widget_set_sensitive (self->remove_button, href != NULL);
  changed_cb (self);
  point_at (self, &start);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
