/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "bal-grade-scale.h"
#include "bal-layout-cost.h"
#include "bal-safe-text.h"
#include "bal-tables.h"

/* An entry is laid out more often than a paragraph. */
#define FIELD_COST_MOST (BAL_LAYOUT_COST_MOST / 2)
#define SHORTENED 200    /* characters */

/* Names of the template's children; NULL: not an entry. */
static const char *const entry_names[BAL_N_EDITOR_FIELDS] = {
  [BAL_EDITOR_FIELD_SERIES] = "series_entry",
  [BAL_EDITOR_FIELD_TITLE] = "title_entry",
  [BAL_EDITOR_FIELD_GRADE] = "grade_entry",
  [BAL_EDITOR_FIELD_WATCHED_ON] = "watched_on_entry",
  [BAL_EDITOR_FIELD_QUOTE] = "quote_entry",
  [BAL_EDITOR_FIELD_CHARACTER] = "character_entry",
  [BAL_EDITOR_FIELD_ACTOR] = "actor_entry",
  [BAL_EDITOR_FIELD_LABELS] = "labels_entry",
  [BAL_EDITOR_FIELD_SLUG] = "slug_entry",
  [BAL_EDITOR_FIELD_CATEGORIES] = "categories_entry",
};

void
bal_editor_bind_fields (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < BAL_N_EDITOR_FIELDS; i++)
    if (entry_names[i] != NULL)
      gtk_widget_class_bind_template_child_full (widget_class, entry_names[i], FALSE, 0);
}

/* ---- a person types ---- */

void
bal_editor_set_field (BalEditor      *self,
                      BalEditorField  field,
                      const char     *value)
{
  g_autoptr(BalEditorForm) form = NULL;

  if (self->filling || self->review == NULL)
    return;
  form = bal_editor_form_with (bal_editor_history_get_form (self->history), field, value);
  bal_editor_history_set_form (self->history, field, form);
  bal_editor_tell_names (self, form);
}

static void
entry_changed_cb (GtkEditable *entry,
                  BalEditor   *self)
{
  for (guint i = 0; i < BAL_N_EDITOR_FIELDS; i++)
    if (self->entries[i] == entry)
      bal_editor_set_field (self, i, gtk_editable_get_text (entry));
}

static void
excerpt_changed_cb (GtkTextBuffer *buffer,
                    BalEditor     *self)
{
  g_autofree char *text = NULL;

  g_object_get (buffer, "text", &text, NULL);
  bal_editor_set_field (self, BAL_EDITOR_FIELD_EXCERPT, text);
}

/* Enter in the title goes on to the text, as on a sheet of paper. */
static void
title_activate_cb (BalEditor *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

/* ---- completion ---- */

/* In a row of words, what is being typed: behind the last comma. */
static const char *
last_word (const char *text)
{
  const char *comma = strrchr (text, ',');
  const char *word = comma != NULL ? comma + 1 : text;

  while (*word == ' ')
    word++;
  return word;
}

static gboolean
match_word (GtkEntryCompletion *completion,
            const char         *key,
            GtkTreeIter        *iter,
            gpointer            data)
{
  g_autofree char *word = NULL;
  g_autofree char *typed = g_utf8_casefold (last_word (key), -1);
  g_autofree char *folded = NULL;

  gtk_tree_model_get (gtk_entry_completion_get_model (completion), iter, 0, &word, -1);
  if (word == NULL || *typed == '\0')
    return FALSE;
  folded = g_utf8_casefold (word, -1);
  return g_str_has_prefix (folded, typed) && !g_str_equal (folded, typed);
}

static gboolean
word_chosen_cb (GtkEntryCompletion *completion,
                GtkTreeModel       *model,
                GtkTreeIter        *iter,
                gpointer            data)
{
  GtkEditable *entry = GTK_EDITABLE (gtk_entry_completion_get_entry (completion));
  const char *text = gtk_editable_get_text (entry);
  g_autofree char *word = NULL;
  g_autofree char *start = g_strndup (text, last_word (text) - text);
  g_autofree char *whole = NULL;

  gtk_tree_model_get (model, iter, 0, &word, -1);
  whole = g_strconcat (start, word, NULL);
  gtk_editable_set_text (entry, whole);
  gtk_editable_set_position (entry, -1);
  return TRUE;
}

static void
add_completion (BalEditor      *self,
                BalEditorField  field)
{
  GtkEntryCompletion *completion = gtk_entry_completion_new ();
  GtkListStore *words = gtk_list_store_new (1, G_TYPE_STRING);

  gtk_entry_completion_set_model (completion, GTK_TREE_MODEL (words));
  gtk_entry_completion_set_text_column (completion, 0);
  gtk_entry_completion_set_match_func (completion, match_word, NULL, NULL);
  gtk_entry_completion_set_popup_set_width (completion, FALSE);
  g_signal_connect (completion, "match-selected", G_CALLBACK (word_chosen_cb), NULL);
  gtk_entry_set_completion (GTK_ENTRY (self->entries[field]), completion);
  g_object_unref (words);
  g_object_unref (completion);
}

static gboolean
has_words (GtkTreeModel *model,
           GPtrArray    *words)
{
  GtkTreeIter iter;

  if ((guint) gtk_tree_model_iter_n_children (model, NULL) != words->len)
    return FALSE;
  for (guint i = 0; i < words->len; i++)
    {
      g_autofree char *name = NULL;

      gtk_tree_model_iter_nth_child (model, &iter, NULL, i);
      gtk_tree_model_get (model, &iter, 0, &name, -1);
      if (g_strcmp0 (name, ((BalNamedCount *) g_ptr_array_index (words, i))->name) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
set_words (BalEditor      *self,
           BalEditorField  field,
           GPtrArray      *words)
{
  GtkEntryCompletion *completion = gtk_entry_get_completion (GTK_ENTRY (self->entries[field]));
  GtkListStore *store = GTK_LIST_STORE (gtk_entry_completion_get_model (completion));

  /* A person may be choosing from it. */
  if (has_words (GTK_TREE_MODEL (store), words))
    return;
  gtk_list_store_clear (store);
  for (guint i = 0; i < words->len; i++)
    {
      BalNamedCount *word = g_ptr_array_index (words, i);

      gtk_list_store_insert_with_values (store, NULL, -1, 0, word->name, -1);
    }
}

/* ---- grades ---- */

static void
grade_chosen_cb (GtkButton *button,
                 BalEditor *self)
{
  gtk_editable_set_text (self->entries[BAL_EDITOR_FIELD_GRADE], gtk_button_get_label (button));
  gtk_menu_button_popdown (self->grade_button);
}

static void
fill_grades (BalEditor *self)
{
  BalGradeScale *scale = bal_review_format_get_scale (bal_blog_get_format (self->blog));
  g_autofree char *grades = bal_grade_scale_to_string (scale);
  GtkWidget *child;

  if (g_strcmp0 (grades, self->grades) == 0)
    return;
  g_free (self->grades);
  self->grades = g_steal_pointer (&grades);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grade_box))) != NULL)
    gtk_flow_box_remove (self->grade_box, child);
  for (guint i = 0; i < bal_grade_scale_get_n_grades (scale); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (bal_grade_scale_get_label (scale, i));

      gtk_widget_add_css_class (button, "flat");
      g_signal_connect_object (button, "clicked", G_CALLBACK (grade_chosen_cb), self, 0);
      gtk_flow_box_insert (self->grade_box, button, -1);
      /* The button is what takes the focus, not the cell around it. */
      gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
    }
}

/* ---- what the blog can do ---- */

static void
allow (BalEditor       *self,
       GtkWidget       *widget,
       BalCapabilities  capability)
{
  gboolean can = (bal_blog_get_capabilities (self->blog) & capability) != 0;
  g_autofree char *reason = NULL;

  gtk_widget_set_sensitive (widget, can);
  if (!can)
    /* Translators: %s is the name of a blog */
    reason = g_strdup_printf (_("%s can’t store this"), bal_blog_get_name (self->blog));
  gtk_widget_set_tooltip_text (widget, reason);
}

void
bal_editor_fit_fields (BalEditor *self,
                       GPtrArray *labels,
                       GPtrArray *series)
{
  set_words (self, BAL_EDITOR_FIELD_LABELS, labels);
  set_words (self, BAL_EDITOR_FIELD_SERIES, series);
  fill_grades (self);
  allow (self, GTK_WIDGET (self->entries[BAL_EDITOR_FIELD_SLUG]), BAL_CAPABILITY_SLUG);
  allow (self, GTK_WIDGET (self->entries[BAL_EDITOR_FIELD_CATEGORIES]), BAL_CAPABILITY_CATEGORIES);
  allow (self, self->excerpt_frame, BAL_CAPABILITY_EXCERPT);
  allow (self, self->featured_box, BAL_CAPABILITY_FEATURED_IMAGE);
}

/* ---- filling ---- */

/* What a widget shows of a field: all of it, unless laying that out would hold up the window. The form has it whole. */
static char *
shorten (BalEditor      *self,
         BalEditorField  field,
         const char     *text,
         GtkWidget      *widget)
{
  gboolean was_shortened = self->shortened[field];
  gboolean long_words;
  g_autofree char *start = NULL;

  self->shortened[field] = bal_layout_cost (text, 0, &long_words) > FIELD_COST_MOST ||
                           (long_words && field == BAL_EDITOR_FIELD_EXCERPT);
  if (self->shortened[field] != was_shortened)
    gtk_widget_set_tooltip_text (widget, was_shortened ? NULL
                                                       : _("This is too long to be edited here, and stays as it is."));
  if (!self->shortened[field])
    return g_strdup (text);
  start = bal_safe_text_name (text, SHORTENED);
  return g_strconcat (start, "…", NULL);
}

static void
fill_entry (BalEditor      *self,
            BalEditorField  field,
            const char     *text)
{
  GtkEditable *entry = self->entries[field];
  g_autofree char *shown = shorten (self, field, text, GTK_WIDGET (entry));

  if (!g_str_equal (gtk_editable_get_text (entry), shown))
    gtk_editable_set_text (entry, shown);
  gtk_editable_set_editable (entry, !self->read_only && !self->shortened[field]);
}

static void
fill_excerpt (BalEditor  *self,
              const char *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->excerpt_view);
  g_autofree char *shown = shorten (self, BAL_EDITOR_FIELD_EXCERPT, text, GTK_WIDGET (self->excerpt_view));
  g_autofree char *before = NULL;

  g_object_get (buffer, "text", &before, NULL);
  if (!g_str_equal (before, shown))
    gtk_text_buffer_set_text (buffer, shown, -1);
  gtk_text_view_set_editable (self->excerpt_view, !self->shortened[BAL_EDITOR_FIELD_EXCERPT]);
}

static void
fill_featured (BalEditor  *self,
               const char *featured)
{
  const char *text = _("None");

  if (g_str_has_prefix (featured, "media:"))
    text = _("Will be uploaded");
  else if (*featured != '\0')
    text = _("Set on the blog");
  gtk_label_set_text (self->featured_label, text);
  gtk_widget_set_sensitive (self->featured_clear_button, *featured != '\0');
}

void
bal_editor_fill_fields (BalEditor     *self,
                        BalEditorForm *form)
{
  gboolean was_filling = self->filling;

  self->filling = TRUE;
  for (guint i = 0; i < BAL_N_EDITOR_FIELDS; i++)
    if (self->entries[i] != NULL)
      fill_entry (self, i, bal_editor_form_get (form, i));
  fill_excerpt (self, bal_editor_form_get (form, BAL_EDITOR_FIELD_EXCERPT));
  fill_featured (self, bal_editor_form_get (form, BAL_EDITOR_FIELD_FEATURED));
  bal_editor_tell_names (self, form);
  self->filling = was_filling;
}

void
bal_editor_focus_field (BalEditor      *self,
                        BalEditorField  field)
{
  GtkEditable *entry = self->entries[field];

  if (entry == NULL || gtk_widget_is_ancestor (GTK_WIDGET (entry), GTK_WIDGET (self->details_button)))
    return;
  gtk_entry_grab_focus_without_selecting (GTK_ENTRY (entry));
  gtk_editable_set_position (entry, -1);
}

void
bal_editor_init_fields (BalEditor *self)
{
  for (guint i = 0; i < BAL_N_EDITOR_FIELDS; i++)
    {
      GtkText *text;

      if (entry_names[i] == NULL)
        continue;
      self->entries[i] = GTK_EDITABLE (gtk_widget_get_template_child (GTK_WIDGET (self), BAL_TYPE_EDITOR,
                                                                      entry_names[i]));
      /* The editor's history takes back what is typed in fields too. */
      text = GTK_TEXT (gtk_editable_get_delegate (self->entries[i]));
      gtk_editable_set_enable_undo (GTK_EDITABLE (text), FALSE);
      g_signal_connect_object (self->entries[i], "changed", G_CALLBACK (entry_changed_cb), self, 0);
    }
  gtk_text_buffer_set_enable_undo (gtk_text_view_get_buffer (self->excerpt_view), FALSE);
  g_signal_connect_object (gtk_text_view_get_buffer (self->excerpt_view), "changed",
                           G_CALLBACK (excerpt_changed_cb), self, 0);
  g_signal_connect_object (self->entries[BAL_EDITOR_FIELD_TITLE], "activate",
                           G_CALLBACK (title_activate_cb), self, G_CONNECT_SWAPPED);
  add_completion (self, BAL_EDITOR_FIELD_LABELS);
  add_completion (self, BAL_EDITOR_FIELD_SERIES);
}
