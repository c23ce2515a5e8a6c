/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-spelling-private.h"

#include "bal-spell-words.h"

#include <string.h>

#define MAX_SUGGESTIONS 5
#define RIGHT_QUOTE "\xe2\x80\x99"

/* ---- names ---- */

static void
add_name_cb (int         start,
             int         end,
             const char *word,
             gpointer    data)
{
  if (g_unichar_isupper (g_utf8_get_char (word)))
    g_hash_table_add (data, g_strdup (word));
}

static gboolean
has_name (BalSpelling *self,
          const char  *word,
          const char  *ending)
{
  g_autofree char *name = NULL;

  if (!g_str_has_suffix (word, ending))
    return FALSE;
  name = g_strndup (word, strlen (word) - strlen (ending));
  return g_hash_table_contains (self->names, name);
}

/* Also what is somebody's, as English and its neighbours write it. */
gboolean
bal_spelling_is_name (BalSpelling *self,
                      const char  *word)
{
  if (self->names_text == NULL)
    return FALSE;
  if (self->names == NULL)
    {
      self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      bal_spell_words_foreach (self->names_text, bal_dictionary_get_language (self->dictionary), add_name_cb,
                               self->names);
    }
  return has_name (self, word, "") || has_name (self, word, "'s") || has_name (self, word, "s") ||
         has_name (self, word, "'");
}

void
bal_spelling_set_names (BalSpelling *self,
                        const char  *text)
{
  g_return_if_fail (BAL_IS_SPELLING (self));

  if (g_strcmp0 (text, self->names_text) == 0)
    return;
  g_free (self->names_text);
  self->names_text = g_strdup (text);
  g_clear_pointer (&self->names, g_hash_table_unref);
  if (bal_spelling_can_check (self))
    bal_spelling_uncheck_all (self);
}

/* ---- words ---- */

gboolean
bal_spelling_get_word (BalSpelling       *self,
                       const GtkTextIter *at,
                       GtkTextIter       *start,
                       GtkTextIter       *end)
{
  g_return_val_if_fail (BAL_IS_SPELLING (self), FALSE);

  *start = *end = *at;
  if (!gtk_text_iter_has_tag (at, self->misspelt) && !gtk_text_iter_ends_tag (at, self->misspelt))
    return FALSE;
  if (!gtk_text_iter_starts_tag (start, self->misspelt))
    gtk_text_iter_backward_to_tag_toggle (start, self->misspelt);
  *end = *start;
  gtk_text_iter_forward_to_tag_toggle (end, self->misspelt);
  return TRUE;
}

gboolean
bal_spelling_find_next (BalSpelling       *self,
                        const GtkTextIter *from,
                        GtkTextIter       *start,
                        GtkTextIter       *end)
{
  GtkTextBuffer *buffer;
  guint n_lines, first;

  g_return_val_if_fail (BAL_IS_SPELLING (self), FALSE);

  if (!bal_spelling_can_check (self))
    return FALSE;
  buffer = GTK_TEXT_BUFFER (self->buffer);
  n_lines = bal_editor_buffer_get_n_lines (self->buffer);
  first = gtk_text_iter_get_line (from);
  /* The first line twice: at last what is before @from in it. */
  for (guint i = 0; i <= n_lines; i++)
    {
      g_autoptr(GArray) words = NULL;

      gtk_text_buffer_get_iter_at_line (buffer, start, (first + i) % n_lines);
      *end = *start;
      gtk_text_iter_forward_line (end);
      words = bal_spelling_look_through (self, start, end, -1);
      for (guint k = 0; k < words->len; k++)
        {
          BalSpan *word = &g_array_index (words, BalSpan, k);

          if (i == 0 && word->start < gtk_text_iter_get_offset (from))
            continue;
          gtk_text_buffer_get_iter_at_offset (buffer, start, word->start);
          gtk_text_buffer_get_iter_at_offset (buffer, end, word->end);
          return TRUE;
        }
    }
  return FALSE;
}

static void
keep_word_cb (int         start,
              int         end,
              const char *word,
              gpointer    data)
{
  char **kept = data;

  if (*kept == NULL)
    *kept = g_strdup (word);
}

/* (nullable): as the dictionary knows it. */
static char *
get_word (BalSpelling       *self,
          const GtkTextIter *start,
          const GtkTextIter *end)
{
  g_autofree char *text = gtk_text_iter_get_slice (start, end);
  char *word = NULL;

  if (bal_spelling_can_check (self))
    bal_spell_words_foreach (text, bal_dictionary_get_language (self->dictionary), keep_word_cb, &word);
  return word;
}

/* With the apostrophe that the writer used. */
GStrv
bal_spelling_suggest (BalSpelling       *self,
                      const GtkTextIter *start,
                      const GtkTextIter *end)
{
  g_autofree char *word = NULL;
  g_autofree char *text = NULL;
  GStrv found;

  g_return_val_if_fail (BAL_IS_SPELLING (self), NULL);

  word = get_word (self, start, end);
  if (word == NULL)
    return g_new0 (char *, 1);
  found = bal_dictionary_suggest (self->dictionary, word, MAX_SUGGESTIONS);
  text = gtk_text_iter_get_slice (start, end);
  for (guint i = 0; found[i] != NULL && strstr (text, RIGHT_QUOTE) != NULL; i++)
    {
      g_auto(GStrv) parts = g_strsplit (found[i], "'", -1);

      g_free (found[i]);
      found[i] = g_strjoinv (RIGHT_QUOTE, parts);
    }
  return found;
}

void
bal_spelling_add_word (BalSpelling       *self,
                       const GtkTextIter *start,
                       const GtkTextIter *end)
{
  g_autofree char *word = NULL;

  g_return_if_fail (BAL_IS_SPELLING (self));

  word = get_word (self, start, end);
  if (word == NULL)
    return;
  bal_dictionary_add (self->dictionary, word);
  bal_spelling_uncheck_all (self);
}

void
bal_spelling_ignore_word (BalSpelling       *self,
                          const GtkTextIter *start,
                          const GtkTextIter *end)
{
  char *word;

  g_return_if_fail (BAL_IS_SPELLING (self));

  word = get_word (self, start, end);
  if (word == NULL)
    return;
  g_hash_table_add (self->ignored, word);
  bal_spelling_uncheck_all (self);
}
