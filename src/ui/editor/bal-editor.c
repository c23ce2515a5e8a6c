/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-private.h"

#include "bal-steady-scroll.h"

#include <glib/gi18n.h>

enum
{
  PROP_0,
  PROP_REVIEW,
  PROP_MODIFIED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static guint failed_signal;

G_DEFINE_FINAL_TYPE (BalEditor, bal_editor, GTK_TYPE_WIDGET)

/* ---- what the rest of the editor tells ---- */

void
bal_editor_fail (BalEditor *self,
                 GError    *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, failed_signal, 0, error->message);
}

void
bal_editor_notify_review (BalEditor *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVIEW]);
}

void
bal_editor_set_modified (BalEditor *self)
{
  gboolean modified = self->review_id != 0 && !self->loading &&
                      bal_editor_history_get_state (self->history) != self->saved_state;

  bal_editor_update_status (self);
  if (self->modified == modified)
    return;
  self->modified = modified;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODIFIED]);
}

/* ---- toolbar ---- */

static const char *
get_block_name (BalLine *line)
{
  static const char *const headings[] = { N_("Heading 1"), N_("Heading 2"), N_("Heading 3"),
                                          N_("Heading 4"), N_("Heading 5"), N_("Heading 6") };
  BalNest *list = bal_nest_find (line->nest, BAL_BLOCK_LIST);

  if (line->island)
    return line->kind == BAL_BLOCK_IMAGE ? _("Picture") : line->kind == BAL_BLOCK_TABLE ? _("Table") : _("Embedded");
  if (line->kind == BAL_BLOCK_HEADING)
    return _(headings[CLAMP (line->level, 1, 6) - 1]);
  if (line->kind == BAL_BLOCK_PREFORMATTED)
    return _("Preformatted");
  if (list != NULL)
    return list->ordered ? _("Numbered List") : _("Bulleted List");
  if (bal_nest_find (line->nest, BAL_BLOCK_QUOTE) != NULL)
    return _("Quote");
  return _("Paragraph");
}

void
bal_editor_update_bar (BalEditor *self)
{
  GtkTextIter cursor;
  BalStyle style = bal_editor_buffer_get_style (self->buffer);
  BalLine *line;
  BalNest *list;

  gtk_text_buffer_get_iter_at_mark (GTK_TEXT_BUFFER (self->buffer), &cursor,
                                    gtk_text_buffer_get_insert (GTK_TEXT_BUFFER (self->buffer)));
  line = bal_editor_buffer_get_line (self->buffer, gtk_text_iter_get_line (&cursor));
  if (line == NULL)
    return;
  list = bal_nest_find (line->nest, BAL_BLOCK_LIST);
  gtk_label_set_text (self->block_label, get_block_name (line));
  gtk_toggle_button_set_active (self->bold_button, (style & BAL_STYLE_BOLD) != 0);
  gtk_toggle_button_set_active (self->italic_button, (style & BAL_STYLE_ITALIC) != 0);
  gtk_toggle_button_set_active (self->bulleted_button, list != NULL && !list->ordered);
  gtk_toggle_button_set_active (self->numbered_button, list != NULL && list->ordered);
}

/* A toggle shows what the text is, which the action changes: not that it was clicked. */
static void
bold_clicked_cb (GtkWidget *button)
{
  gtk_widget_activate_action (button, "editor.bold", NULL);
}

static void
italic_clicked_cb (GtkWidget *button)
{
  gtk_widget_activate_action (button, "editor.italic", NULL);
}

static void
bulleted_clicked_cb (GtkWidget *button)
{
  gtk_widget_activate_action (button, "editor.bulleted-list", NULL);
}

static void
numbered_clicked_cb (GtkWidget *button)
{
  gtk_widget_activate_action (button, "editor.numbered-list", NULL);
}

static void
clear_featured_cb (BalEditor *self)
{
  bal_editor_set_field (self, BAL_EDITOR_FIELD_FEATURED, "");
  bal_editor_fill_fields (self, bal_editor_history_get_form (self->history));
}

/* ---- following buffer and history ---- */

static gboolean
bar_cb (gpointer data)
{
  BalEditor *self = data;

  self->bar_id = 0;
  bal_editor_update_bar (self);
  return G_SOURCE_REMOVE;
}

/* The bar can wait until the letter is painted. */
static void
cursor_moved_cb (BalEditor *self)
{
  if (self->filling)
    return;
  if (self->bar_id == 0)
    self->bar_id = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, bar_cb, self, NULL);
  bal_editor_update_status (self);
  if (gtk_widget_has_focus (GTK_WIDGET (self->text_view)))
    bal_page_reveal_cursor (self->page);
}

static void
history_changed_cb (BalEditor *self)
{
  bal_editor_update_undo (self);
  if (self->filling)
    return;
  self->typed_at = g_get_monotonic_time ();
  bal_editor_set_modified (self);
  bal_editor_schedule_autosave (self);
}

void
bal_editor_take_base (BalEditor *self)
{
  BalEditorBase *base = bal_editor_history_get_base (self->history);

  if (base == NULL)
    return;
  self->document = base->document;
  self->body = base->body;
  g_set_object (&self->loaded, base->loaded);
  bal_editor_form_ref (base->form);
  g_clear_pointer (&self->form, bal_editor_form_unref);
  self->form = base->form;
}

/* An undo or redo brought another form; the focus goes where it happened. */
static void
history_form_cb (BalEditor *self,
                 int        field)
{
  bal_editor_take_base (self);
  bal_editor_fill_fields (self, bal_editor_history_get_form (self->history));

  if (field >= 0)
    bal_editor_focus_field (self, field);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
  bal_editor_update_bar (self);
}

/* ---- object ---- */

static void
bal_editor_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  BalEditor *self = BAL_EDITOR (object);

  switch (prop_id)
    {
    case PROP_REVIEW:
      g_value_set_object (value, self->review);
      break;
    case PROP_MODIFIED:
      g_value_set_boolean (value, self->modified);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bal_editor_dispose (GObject *object)
{
  BalEditor *self = BAL_EDITOR (object);

  if (self->history != NULL)
    bal_editor_save_last (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->autosave_id, g_source_remove);
  g_clear_handle_id (&self->status_id, g_source_remove);
  g_clear_handle_id (&self->bar_id, g_source_remove);
  g_clear_handle_id (&self->news_id, g_source_remove);
  if (self->link_popover != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->link_popover));
  self->link_popover = NULL;
  bal_editor_dispose_spelling (self);
  if (self->floating_bar != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->floating_bar));
  self->floating_bar = NULL;
  bal_editor_clear_islands (self);
  if (self->text_view != NULL && bal_text_view_get_pictures (self->text_view) != NULL)
    bal_pictures_close (bal_text_view_get_pictures (self->text_view));
  g_clear_object (&self->history);
  gtk_widget_dispose_template (GTK_WIDGET (self), BAL_TYPE_EDITOR);
  G_OBJECT_CLASS (bal_editor_parent_class)->dispose (object);
}

static void
bal_editor_finalize (GObject *object)
{
  BalEditor *self = BAL_EDITOR (object);

  g_free (self->grades);
  g_free (self->source);
  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->settings);
  g_clear_object (&self->review);
  g_clear_object (&self->blog);
  g_clear_object (&self->loaded);
  g_clear_pointer (&self->form, bal_editor_form_unref);
  G_OBJECT_CLASS (bal_editor_parent_class)->finalize (object);
}

static void
load_style (void)
{
  g_autoptr(GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/io/github/balcony/Balcony/bal-editor.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, BalEditor, stack);
  gtk_widget_class_bind_template_child (widget_class, BalEditor, bar);
  gtk_widget_class_bind_template_child (widget_class, BalEditor, block_label);
  gtk_widget_class_bind_template_child (widget_class, BalEditor, bold_button);
  gtk_widget_class_bind_template_child (widget_class, BalEditor, italic_button);
  gtk_widget_class_bind_template_child (widget_class, BalEditor, bulleted_button);
  gtk_widget_class_bind_template_child (widget_class, BalEditor, numbered_button);
  gtk_widget_class_bind_template_child (widget_class, BalEditor, read_only_bar);
  gtk_widget_class_bind_template_child (widget_class, BalEditor, fields_card);
  gtk_widget_class_bind_template_child (widget_class, BalEditor, status_bar);
  gtk_widget_class_bind_template_child (widget_class, BalEditor, page);
  gtk_widget_class_bind_template_child_full (widget_class, "body", FALSE,
                                             G_STRUCT_OFFSET (BalEditor, text_view));
  gtk_widget_class_bind_template_child (widget_class, BalEditor, find_bar);
  gtk_widget_class_bind_template_child (widget_class, BalEditor, text_frame);
  gtk_widget_class_bind_template_child (widget_class, BalEditor, source_frame);
  gtk_widget_class_bind_template_child (widget_class, BalEditor, source_button);
  gtk_widget_class_bind_template_child (widget_class, BalEditor, undo_button);
  gtk_widget_class_bind_template_child (widget_class, BalEditor, redo_button);
  gtk_widget_class_bind_template_child (widget_class, BalEditor, find_button);
  gtk_widget_class_bind_template_child (widget_class, BalEditor, status_label);
  gtk_widget_class_bind_template_child (widget_class, BalEditor, details_button);
  gtk_widget_class_bind_template_child (widget_class, BalEditor, excerpt_view);
  gtk_widget_class_bind_template_child (widget_class, BalEditor, excerpt_frame);
  gtk_widget_class_bind_template_child (widget_class, BalEditor, featured_box);
  gtk_widget_class_bind_template_child (widget_class, BalEditor, featured_clear_button);
  gtk_widget_class_bind_template_child (widget_class, BalEditor, featured_label);
  gtk_widget_class_bind_template_child (widget_class, BalEditor, grade_box);
  gtk_widget_class_bind_template_child (widget_class, BalEditor, grade_button);
  bal_editor_bind_fields (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, bold_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, italic_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, bulleted_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, numbered_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_featured_cb);
}

static void
bal_editor_class_init (BalEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bal_editor_dispose;
  object_class->finalize = bal_editor_finalize;
  object_class->get_property = bal_editor_get_property;

  properties[PROP_REVIEW] = g_param_spec_object ("review", NULL, NULL, BAL_TYPE_REVIEW,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_MODIFIED] = g_param_spec_boolean ("modified", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  failed_signal = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_signal_new ("no-image-place", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                BAL_TYPE_BLOG);

  g_type_ensure (BAL_TYPE_PAGE);
  g_type_ensure (BAL_TYPE_TEXT_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "editor");
  bal_editor_install_find (widget_class);
  bind_template (widget_class);
  bal_editor_install_actions (widget_class);
  bal_editor_install_source (widget_class);
  load_style ();
}

static void
bal_editor_init (BalEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_queue_init (&self->saves);
  self->cancellable = g_cancellable_new ();
  self->next_id = -1;
  self->buffer = bal_text_view_get_buffer (self->text_view);
  self->history = bal_editor_history_new (self->buffer);
  self->settings = g_settings_new ("io.github.balcony.Balcony");
  bal_editor_init_fields (self);
  bal_editor_init_spelling (self);
  bal_editor_add_shortcuts (self);
  bal_editor_init_source (self);
  bal_editor_init_find (self);

  g_settings_bind (self->settings, "smart-quotes", bal_text_view_get_typing (self->text_view), "smart",
                   G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "typing-shorthand", bal_text_view_get_typing (self->text_view), "shorthand",
                   G_SETTINGS_BIND_GET);
  g_signal_connect_object (self->buffer, "notify::cursor-position", G_CALLBACK (cursor_moved_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "notify::has-selection", G_CALLBACK (bal_editor_update_status), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->history, "changed", G_CALLBACK (history_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->history, "form", G_CALLBACK (history_form_cb), self, G_CONNECT_SWAPPED);

  bal_steady_scroll_keep (GTK_SCROLLED_WINDOW (self->text_frame));
  bal_steady_scroll_keep (self->source_frame);
  self->link_popover = BAL_LINK_POPOVER (bal_link_popover_new (self->text_view));
  gtk_widget_set_parent (GTK_WIDGET (self->link_popover), GTK_WIDGET (self));
  self->floating_bar = BAL_FLOATING_BAR (bal_floating_bar_new (self->text_view));
  gtk_widget_set_parent (GTK_WIDGET (self->floating_bar), GTK_WIDGET (self));
  g_settings_bind (self->settings, "floating-bar", self->floating_bar, "enabled", G_SETTINGS_BIND_GET);
  bal_editor_init_islands (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.undo", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.redo", FALSE);
}

GtkWidget *
bal_editor_new (BalStore *store)
{
  BalEditor *self = g_object_new (BAL_TYPE_EDITOR, NULL);
  g_autoptr(BalPictures) pictures = bal_pictures_new (store);

  self->store = g_object_ref (store);
  bal_text_view_set_pictures (self->text_view, pictures);
  bal_editor_follow_store (self);
  return GTK_WIDGET (self);
}

/* ---- which review ---- */

static void
left_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  BalEditor *self = BAL_EDITOR (source);
  g_autoptr(GError) error = NULL;
  gint64 next = self->next_id;

  self->next_id = -1;
  if (!bal_editor_save_finish (self, result, &error))
    bal_editor_fail (self, error);
  else if (next >= 0)
    bal_editor_load (self, next);
}

void
bal_editor_show_review (BalEditor *self,
                        gint64     review_id)
{
  g_return_if_fail (BAL_IS_EDITOR (self));

  if (self->next_id >= 0)
    {
      self->next_id = review_id;
      return;
    }
  if (review_id == self->review_id)
    return;
  if (self->modified || self->saving || self->saved_state != self->offered_state)
    {
      self->next_id = review_id;
      bal_editor_save_async (self, TRUE, NULL, left_cb, NULL);
    }
  else
    {
      bal_editor_load (self, review_id);
    }
}

gint64
bal_editor_get_review_id (BalEditor *self)
{
  g_return_val_if_fail (BAL_IS_EDITOR (self), 0);

  return self->review_id;
}

BalReview *
bal_editor_get_review (BalEditor *self)
{
  g_return_val_if_fail (BAL_IS_EDITOR (self), NULL);

  return self->review;
}

gboolean
bal_editor_get_modified (BalEditor *self)
{
  g_return_val_if_fail (BAL_IS_EDITOR (self), FALSE);

  return self->modified;
}

void
bal_editor_focus_title (BalEditor *self)
{
  g_return_if_fail (BAL_IS_EDITOR (self));

  if (self->loading)
    self->focus_title = TRUE;
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->entries[BAL_EDITOR_FIELD_TITLE]));
}

void
bal_editor_set_thread (BalEditor *self,
                       GtkWidget *thread)
{
  g_return_if_fail (BAL_IS_EDITOR (self));

  bal_page_set_foot (self->page, thread);
}
