/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-reply-field.h"

#include "bal-comment-html.h"
#include "bal-editor-history.h"
#include "bal-link-popover.h"
#include "bal-review.h"
#include "bal-text-menu.h"

struct _BalReplyField
{
  GtkWidget           parent_instance;

  BalDocument        *document;       /* what is written against; NULL: a new comment */
  BalDialect          dialect;
  BalEditorHistory   *history;
  BalSpelling        *spelling;
  BalTextMenu        *text_menu;
  GSettings          *settings;
  GSimpleActionGroup *actions;
  GtkWidget          *link_popover;   /* owned as a child */
  gboolean            filling;

  BalEditorBuffer    *buffer;         /* borrowed of the view */

  /* template children */
  GtkWidget          *content;
  BalTextView        *view;
  GtkBox             *tools;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const struct
{
  const char *name;
  BalStyle    style;
} styles[] = {
  { "bold", BAL_STYLE_BOLD },
  { "italic", BAL_STYLE_ITALIC },
  { "strike", BAL_STYLE_STRIKE },
  { "code", BAL_STYLE_CODE },
};

G_DEFINE_FINAL_TYPE (BalReplyField, bal_reply_field, GTK_TYPE_WIDGET)

/* ---- actions ---- */

static GSimpleAction *
get_action (BalReplyField *self,
            const char    *name)
{
  return G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name));
}

/* What the buttons show for the place of the cursor. Undo stays possible with nothing to undo: the key would go on to
 * the list of comments, where it takes back what was decided there. */
static void
update_actions (BalReplyField *self)
{
  BalStyle now;

  if (self->history == NULL || self->filling)
    return;

  now = bal_editor_buffer_get_style (self->buffer);
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    g_simple_action_set_state (get_action (self, styles[i].name),
                               g_variant_new_boolean ((now & styles[i].style) != 0));
}

static void
style_cb (GSimpleAction *action,
          GVariant      *value,
          gpointer       user_data)
{
  BalReplyField *self = user_data;

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    if (g_str_equal (g_action_get_name (G_ACTION (action)), styles[i].name))
      bal_editor_buffer_toggle_style (self->buffer, styles[i].style);
  update_actions (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
link_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  bal_link_popover_open (BAL_LINK_POPOVER (((BalReplyField *) user_data)->link_popover));
}

static void
quote_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  bal_editor_buffer_toggle_quote (((BalReplyField *) user_data)->buffer);
}

static void
undo_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  BalReplyField *self = user_data;

  if (g_str_equal (g_action_get_name (G_ACTION (action)), "undo"))
    bal_editor_history_undo (self->history);
  else
    bal_editor_history_redo (self->history);
}

static void
menu_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  bal_text_menu_open (((BalReplyField *) user_data)->text_menu);
}

/* What the text view's keys and menus ask of an editor and a comment has not. Without an action of that name here the
 * editor of the review around the field would get it. */
static void
nothing_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
}

static const GActionEntry entries[] = {
  { "bold", NULL, NULL, "false", style_cb },
  { "italic", NULL, NULL, "false", style_cb },
  { "strike", NULL, NULL, "false", style_cb },
  { "code", NULL, NULL, "false", style_cb },
  { "link", link_cb },
  { "quote", quote_cb },
  { "undo", undo_cb },
  { "redo", undo_cb },
  { "context-menu", menu_cb },
  { "underline", nothing_cb },
  { "paragraph", nothing_cb },
  { "heading", nothing_cb, "i" },
  { "preformatted", nothing_cb },
  { "numbered-list", nothing_cb },
  { "bulleted-list", nothing_cb },
  { "insert-image", nothing_cb },
  { "edit-island", nothing_cb },
  { "edit-source", nothing_cb },
  { "copy-island", nothing_cb },
  { "delete-island", nothing_cb },
  { "next-misspelling", nothing_cb },
};

/* ---- following the text ---- */

static void
history_changed_cb (BalReplyField *self)
{
  if (self->filling)
    return;

  update_actions (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
spelling_changed_cb (BalReplyField *self)
{
  bal_spelling_set_enabled (self->spelling, g_settings_get_boolean (self->settings, "check-spelling"));
}

/* For this text alone: what a blog is written in is chosen where its reviews are. */
static void
language_cb (BalReplyField *self,
             const char    *language)
{
  bal_spelling_set_language (self->spelling, language);
}

/* ---- the object ---- */

static void
bal_reply_field_dispose (GObject *object)
{
  BalReplyField *self = BAL_REPLY_FIELD (object);

  if (self->text_menu != NULL)
    g_object_run_dispose (G_OBJECT (self->text_menu));
  if (self->spelling != NULL)
    g_object_run_dispose (G_OBJECT (self->spelling));
  g_clear_object (&self->text_menu);
  g_clear_object (&self->spelling);
  g_clear_object (&self->history);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->link_popover, gtk_widget_unparent);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (bal_reply_field_parent_class)->dispose (object);
}

static void
bal_reply_field_finalize (GObject *object)
{
  g_clear_pointer (&BAL_REPLY_FIELD (object)->document, bal_document_unref);

  G_OBJECT_CLASS (bal_reply_field_parent_class)->finalize (object);
}

static void
bal_reply_field_class_init (BalReplyFieldClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bal_reply_field_dispose;
  G_OBJECT_CLASS (klass)->finalize = bal_reply_field_finalize;

  signals[CHANGED] = g_signal_new ("changed", BAL_TYPE_REPLY_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  g_type_ensure (BAL_TYPE_TEXT_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-reply-field.ui");
  gtk_widget_class_bind_template_child (widget_class, BalReplyField, content);
  gtk_widget_class_bind_template_child (widget_class, BalReplyField, view);
  gtk_widget_class_bind_template_child (widget_class, BalReplyField, tools);
}

static void
init_spelling (BalReplyField *self)
{
  self->spelling = bal_spelling_new (self->view);
  self->text_menu = bal_text_menu_new (self->view, self->spelling);
  g_signal_connect_object (self->text_menu, "language", G_CALLBACK (language_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::check-spelling", G_CALLBACK (spelling_changed_cb), self,
                           G_CONNECT_SWAPPED);
  spelling_changed_cb (self);
}

static void
bal_reply_field_init (BalReplyField *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->buffer = bal_text_view_get_buffer (self->view);
  self->settings = g_settings_new ("io.github.balcony.Balcony");

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "editor", G_ACTION_GROUP (self->actions));

  g_settings_bind (self->settings, "smart-quotes", bal_text_view_get_typing (self->view), "smart", G_SETTINGS_BIND_GET);
  g_object_set (bal_text_view_get_typing (self->view), "shorthand", FALSE, NULL);
  self->link_popover = bal_link_popover_new (self->view);
  gtk_widget_set_parent (self->link_popover, GTK_WIDGET (self));
  init_spelling (self);

  self->history = bal_editor_history_new (self->buffer);
  g_signal_connect_object (self->history, "changed", G_CALLBACK (history_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "notify::cursor-position", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "notify::has-selection", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  bal_reply_field_set_html (self, NULL, BAL_DIALECT_HTML, FALSE);
}

void
bal_reply_field_set_label (BalReplyField *self,
                           const char    *label,
                           const char    *hint)
{
  g_return_if_fail (BAL_IS_REPLY_FIELD (self));

  bal_text_view_set_hint (self->view, hint);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* The history wants a form; here there are no fields. */
static BalEditorForm *
make_form (void)
{
  g_autoptr(BalReview) review = bal_review_new (0);
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();
  g_autoptr(BalReviewFields) fields = bal_review_fields_new ();

  return bal_editor_form_new (review, format, fields);
}

void
bal_reply_field_set_html (BalReplyField *self,
                          const char    *html,
                          BalDialect     dialect,
                          gboolean       keep)
{
  g_autoptr(BalDocument) document = NULL;
  g_autoptr(BalEditorForm) form = make_form ();
  g_autoptr(GPtrArray) blocks = NULL;
  GtkTextIter end;

  g_return_if_fail (BAL_IS_REPLY_FIELD (self));

  document = bal_comment_html_read (html, dialect);
  blocks = bal_document_dup_blocks (document);
  g_clear_pointer (&self->document, bal_document_unref);
  self->document = keep ? bal_document_ref (document) : NULL;
  self->dialect = dialect;

  self->filling = TRUE;
  bal_text_view_fill (self->view, blocks);
  /* The text ends with a newline that is none of it. */
  gtk_text_buffer_get_end_iter (GTK_TEXT_BUFFER (self->buffer), &end);
  gtk_text_iter_backward_char (&end);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self->buffer), &end);
  bal_editor_history_reset (self->history, form);
  self->filling = FALSE;
  update_actions (self);
}

char *
bal_reply_field_dup_html (BalReplyField *self)
{
  g_autoptr(GPtrArray) blocks = NULL;
  g_autoptr(BalDocument) written = NULL;

  g_return_val_if_fail (BAL_IS_REPLY_FIELD (self), NULL);

  blocks = bal_editor_buffer_read (self->buffer);
  if (self->document == NULL)
    return bal_comment_html_write (blocks, self->dialect);

  written = bal_document_with_blocks (self->document, blocks);
  return bal_document_to_html (written, NULL);
}

gboolean
bal_reply_field_has_text (BalReplyField *self)
{
  g_return_val_if_fail (BAL_IS_REPLY_FIELD (self), FALSE);

  return bal_editor_buffer_count_words (self->buffer) > 0;
}

void
bal_reply_field_insert_html (BalReplyField *self,
                             const char    *html)
{
  g_autoptr(BalDocument) document = NULL;
  g_autoptr(GPtrArray) blocks = NULL;
  g_autoptr(GPtrArray) lines = NULL;

  g_return_if_fail (BAL_IS_REPLY_FIELD (self));

  document = bal_comment_html_read (html, BAL_DIALECT_HTML);
  blocks = bal_document_dup_blocks (document);
  lines = bal_lines_from_blocks (blocks);
  bal_editor_buffer_paste_lines (self->buffer, lines);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

void
bal_reply_field_insert_quote (BalReplyField *self,
                              const char    *text)
{
  g_autoptr(GPtrArray) children = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);
  g_autoptr(GPtrArray) blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);
  g_autoptr(GPtrArray) lines = NULL;
  g_auto(GStrv) paragraphs = NULL;

  g_return_if_fail (BAL_IS_REPLY_FIELD (self));
  g_return_if_fail (text != NULL);

  paragraphs = g_strsplit (text, "\n\n", -1);
  for (guint i = 0; paragraphs[i] != NULL; i++)
    if (*g_strstrip (paragraphs[i]) != '\0')
      g_ptr_array_add (children, bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, paragraphs[i], NULL, 0));
  if (children->len == 0)
    return;

  g_ptr_array_add (blocks, bal_block_new_container (BAL_BLOCK_QUOTE, FALSE, NULL, NULL, 0, children));
  g_ptr_array_add (blocks, bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, "", NULL, 0));
  lines = bal_lines_from_blocks (blocks);
  bal_editor_buffer_paste_lines (self->buffer, lines);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

void
bal_reply_field_set_language (BalReplyField *self,
                              const char    *language)
{
  g_return_if_fail (BAL_IS_REPLY_FIELD (self));

  bal_spelling_set_language (self->spelling, language);
}

void
bal_reply_field_add_tool (BalReplyField *self,
                          GtkWidget     *tool)
{
  g_return_if_fail (BAL_IS_REPLY_FIELD (self));

  gtk_box_append (self->tools, tool);
}

GtkWidget *
bal_reply_field_get_view (BalReplyField *self)
{
  g_return_val_if_fail (BAL_IS_REPLY_FIELD (self), NULL);

  return GTK_WIDGET (self->view);
}
