/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-text-menu.h"

#include "bal-language.h"

#include <glib/gi18n.h>

struct _BalTextMenu
{
  GObject             parent_instance;

  BalTextView        *view;        /* weak */
  BalSpelling        *spelling;
  GSimpleActionGroup *actions;
  GtkWidget          *popover;     /* child of the view; NULL until it is opened */
  GtkTextMark        *start;       /* of the word that the menu is about */
  GtkTextMark        *end;
  gboolean            has_word;
  guint               popup_id;
};

static guint language_signal;

G_DEFINE_FINAL_TYPE (BalTextMenu, bal_text_menu, G_TYPE_OBJECT)

static GtkTextBuffer *
get_buffer (BalTextMenu *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
}

/* ---- actions ---- */

/* The text may have changed while the menu was open. */
static gboolean
get_word (BalTextMenu *self,
          GtkTextIter *start,
          GtkTextIter *end)
{
  if (!self->has_word)
    return FALSE;
  gtk_text_buffer_get_iter_at_mark (get_buffer (self), start, self->start);
  gtk_text_buffer_get_iter_at_mark (get_buffer (self), end, self->end);
  return gtk_text_iter_compare (start, end) < 0;
}

static void
correct_action (GSimpleAction *action,
                GVariant      *word,
                gpointer       data)
{
  BalTextMenu *self = data;
  GtkTextIter start, end;

  if (get_word (self, &start, &end) && gtk_text_view_get_editable (GTK_TEXT_VIEW (self->view)))
    bal_editor_buffer_correct (bal_text_view_get_buffer (self->view), &start, &end,
                               g_variant_get_string (word, NULL));
}

static void
add_action (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  BalTextMenu *self = data;
  GtkTextIter start, end;

  if (get_word (self, &start, &end))
    bal_spelling_add_word (self->spelling, &start, &end);
}

static void
ignore_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  BalTextMenu *self = data;
  GtkTextIter start, end;

  if (get_word (self, &start, &end))
    bal_spelling_ignore_word (self->spelling, &start, &end);
}

static void
language_cb (GSimpleAction *action,
             GVariant      *language,
             gpointer       data)
{
  const char *tag = g_variant_get_string (language, NULL);

  g_simple_action_set_state (action, language);
  g_signal_emit (data, language_signal, 0, *tag != '\0' ? tag : NULL);
}

static const GActionEntry entries[] = {
  { "correct", correct_action, "s", NULL, NULL, { 0 } },
  { "add", add_action, NULL, NULL, NULL, { 0 } },
  { "ignore", ignore_action, NULL, NULL, NULL, { 0 } },
  { "language", NULL, "s", "''", language_cb, { 0 } },
};

/* ---- what it shows ---- */

/* Words may hold what a menu takes for a mnemonic. */
static void
append_choice (GMenu      *menu,
               const char *label,
               const char *action,
               const char *target)
{
  g_auto(GStrv) parts = g_strsplit (label, "_", -1);
  g_autofree char *escaped = g_strjoinv ("__", parts);
  g_autoptr(GMenuItem) item = g_menu_item_new (escaped, NULL);

  if (action != NULL)
    g_menu_item_set_action_and_target (item, action, "s", target);
  else
    g_menu_item_set_detailed_action (item, "spelling.nothing");
  g_menu_append_item (menu, item);
}

static void
append_word (BalTextMenu *self,
             GMenu       *menu)
{
  g_autoptr(GMenu) words = g_menu_new ();
  g_autoptr(GMenu) verbs = g_menu_new ();
  g_auto(GStrv) suggestions = NULL;
  GtkTextIter start, end;

  if (!get_word (self, &start, &end))
    return;
  if (gtk_text_view_get_editable (GTK_TEXT_VIEW (self->view)))
    {
      suggestions = bal_spelling_suggest (self->spelling, &start, &end);
      for (guint i = 0; suggestions[i] != NULL; i++)
        append_choice (words, suggestions[i], "spelling.correct", suggestions[i]);
      if (suggestions[0] == NULL)
        append_choice (words, _("No Suggestions"), NULL, NULL);
      g_menu_append_section (menu, NULL, G_MENU_MODEL (words));
    }
  g_menu_append (verbs, _("Add to _Dictionary"), "spelling.add");
  g_menu_append (verbs, _("_Ignore in This Review"), "spelling.ignore");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (verbs));
}

/* GTK's keys for these are no shortcuts that a menu would know; for emoji it knows one that is taken. */
static void
append_verb (GMenu      *menu,
             const char *label,
             const char *action,
             const char *accel)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, action);

  g_menu_item_set_attribute (item, "accel", "s", accel);
  g_menu_append_item (menu, item);
}

/* Without undo and redo, which are at hand above the text. With suggestions it is long enough. */
static void
append_editing (BalTextMenu *self,
                GMenu       *menu)
{
  GtkWidget *view = GTK_WIDGET (self->view);
  gboolean editable = gtk_text_view_get_editable (GTK_TEXT_VIEW (view));
  gboolean selected = gtk_text_buffer_get_has_selection (get_buffer (self));
  g_autoptr(GMenu) clipboard = g_menu_new ();
  g_autoptr(GMenu) others = g_menu_new ();

  gtk_widget_action_set_enabled (view, "clipboard.cut", selected && editable);
  gtk_widget_action_set_enabled (view, "clipboard.copy", selected);
  if (editable)
    append_verb (clipboard, _("Cu_t"), "clipboard.cut", "<Control>x");
  append_verb (clipboard, _("_Copy"), "clipboard.copy", "<Control>c");
  if (editable)
    {
      append_verb (clipboard, _("_Paste"), "clipboard.paste", "<Control>v");
      append_verb (clipboard, _("Paste as Plain Te_xt"), "body.paste-plain", "<Control><Shift>v");
      append_verb (others, _("Insert _Emoji"), "misc.insert-emoji", "<Control>period");
    }
  append_verb (others, _("Select _All"), "selection.select-all", "<Control>a");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (clipboard));
  if (!self->has_word)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (others));
}

/* Where there is no dictionary for the chosen language, the one that serves instead. */
static void
show_language (BalTextMenu       *self,
               const char *const *tags)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "language");
  const char *chosen = bal_spelling_get_language (self->spelling);

  if (chosen != NULL && !g_strv_contains (tags, chosen) && bal_spelling_get_used (self->spelling) != NULL)
    chosen = bal_spelling_get_used (self->spelling);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (chosen != NULL ? chosen : ""));
}

static void
append_languages (BalTextMenu *self,
                  GMenu       *menu)
{
  const char *const *tags = bal_spelling_get_languages (self->spelling);
  g_autoptr(GMenu) section = g_menu_new ();
  g_autoptr(GMenu) languages = g_menu_new ();

  if (tags == NULL)
    return;
  show_language (self, tags);
  if (tags[0] == NULL)
    append_choice (languages, _("No Dictionaries Installed"), NULL, NULL);
  else
    append_choice (languages, _("Language of the Desktop"), "spelling.language", "");
  for (guint i = 0; tags[i] != NULL; i++)
    {
      g_autofree char *name = bal_language_get_name (tags[i]);

      append_choice (languages, name, "spelling.language", tags[i]);
    }
  g_menu_append_submenu (section, _("Spelling _Language"), G_MENU_MODEL (languages));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

/* ---- opening ---- */

static void
set_word (BalTextMenu       *self,
          const GtkTextIter *at)
{
  GtkTextIter start, end;

  self->has_word = bal_spelling_get_word (self->spelling, at, &start, &end);
  gtk_text_buffer_move_mark (get_buffer (self), self->start, &start);
  gtk_text_buffer_move_mark (get_buffer (self), self->end, &end);
}

GMenuModel *
bal_text_menu_make (BalTextMenu *self)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  GtkTextIter cursor;

  g_return_val_if_fail (BAL_IS_TEXT_MENU (self), NULL);

  gtk_text_buffer_get_iter_at_mark (get_buffer (self), &cursor, gtk_text_buffer_get_insert (get_buffer (self)));
  set_word (self, &cursor);
  append_word (self, menu);
  append_editing (self, menu);
  append_languages (self, menu);
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

static gboolean
popup_cb (gpointer data)
{
  BalTextMenu *self = data;

  self->popup_id = 0;
  gtk_popover_popup (GTK_POPOVER (self->popover));
  return G_SOURCE_REMOVE;
}

/* The menu puts lines between its sections in an idle of its own: popped up before, it would have no
 * room for them and scroll. */
static void
open_at (BalTextMenu        *self,
         const GdkRectangle *place)
{
  g_autoptr(GMenuModel) model = bal_text_menu_make (self);
  gboolean right_to_left = gtk_widget_get_direction (GTK_WIDGET (self->view)) == GTK_TEXT_DIR_RTL;

  if (self->popover == NULL)
    {
      self->popover = gtk_popover_menu_new_from_model (model);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self->view));
      gtk_popover_set_position (GTK_POPOVER (self->popover), GTK_POS_BOTTOM);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
    }
  else
    {
      gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->popover), model);
    }
  gtk_widget_set_halign (self->popover, right_to_left ? GTK_ALIGN_END : GTK_ALIGN_START);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), place);
  if (self->popup_id == 0)
    self->popup_id = g_idle_add (popup_cb, self);
}

void
bal_text_menu_open (BalTextMenu *self)
{
  GtkTextView *view;
  GtkTextIter cursor;
  GdkRectangle place;

  g_return_if_fail (BAL_IS_TEXT_MENU (self));

  view = GTK_TEXT_VIEW (self->view);
  gtk_text_buffer_get_iter_at_mark (get_buffer (self), &cursor, gtk_text_buffer_get_insert (get_buffer (self)));
  gtk_text_view_get_iter_location (view, &cursor, &place);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, place.x, place.y, &place.x, &place.y);
  place.width = MAX (place.width, 1);
  open_at (self, &place);
}

/* The menu is about what was clicked: the cursor goes there, unless that is selected. A widget
 * within the text has a menu of its own. */
static void
pressed_cb (GtkGesture  *gesture,
            int          n_presses,
            double       x,
            double       y,
            BalTextMenu *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->view);
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));
  GtkTextIter at, start, end;
  int buffer_x, buffer_y;

  if (!gdk_event_triggers_context_menu (event) ||
      gtk_widget_pick (GTK_WIDGET (view), x, y, GTK_PICK_DEFAULT) != GTK_WIDGET (view))
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (view));
  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y, &buffer_x, &buffer_y);
  gtk_text_view_get_iter_at_location (view, &at, buffer_x, buffer_y);
  if (!gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end) ||
      !gtk_text_iter_in_range (&at, &start, &end))
    gtk_text_buffer_place_cursor (get_buffer (self), &at);
  open_at (self, &(GdkRectangle) { (int) x, (int) y, 1, 1 });
}

/* ---- object ---- */

static void
bal_text_menu_dispose (GObject *object)
{
  BalTextMenu *self = BAL_TEXT_MENU (object);

  g_clear_handle_id (&self->popup_id, g_source_remove);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_weak_pointer (&self->view);
  g_clear_object (&self->spelling);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (bal_text_menu_parent_class)->dispose (object);
}

static void
bal_text_menu_class_init (BalTextMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bal_text_menu_dispose;
  language_signal = g_signal_new ("language", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
bal_text_menu_init (BalTextMenu *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
}

BalTextMenu *
bal_text_menu_new (BalTextView *view,
                   BalSpelling *spelling)
{
  BalTextMenu *self = g_object_new (BAL_TYPE_TEXT_MENU, NULL);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkTextIter start;

  g_set_weak_pointer (&self->view, view);
  self->spelling = g_object_ref (spelling);
  gtk_text_buffer_get_start_iter (get_buffer (self), &start);
  self->start = gtk_text_buffer_create_mark (get_buffer (self), NULL, &start, FALSE);
  self->end = gtk_text_buffer_create_mark (get_buffer (self), NULL, &start, TRUE);
  gtk_widget_insert_action_group (GTK_WIDGET (view), "spelling", G_ACTION_GROUP (self->actions));

  /* Before the view's own, whose menu has no room above its entries. */
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (view), GTK_EVENT_CONTROLLER (click));
  return self;
}
