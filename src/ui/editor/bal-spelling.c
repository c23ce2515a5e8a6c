/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-spelling-private.h"

#include "bal-spell-words.h"

#define SLICE_US 2000
#define STRETCH 400          /* characters looked at in one go */
#define MARGIN 1500          /* characters above and below the screen */
#define REACH 120            /* characters in which a stretch looks for white space to begin and end at */

G_DEFINE_FINAL_TYPE (BalSpelling, bal_spelling, G_TYPE_OBJECT)

static gboolean check_cb (gpointer data);

/* ---- where ---- */

gboolean
bal_spelling_can_check (BalSpelling *self)
{
  return self->enabled && self->dictionary != NULL && bal_dictionary_get_tag (self->dictionary) != NULL;
}

/* After the layout of the text, which is at GTK_TEXT_VIEW_PRIORITY_VALIDATE. */
static void
schedule (BalSpelling *self)
{
  if (self->idle_id == 0 && bal_spelling_can_check (self))
    self->idle_id = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, check_cb, self, NULL);
}

/* To white space, if there is any near. */
static void
widen (GtkTextIter *start,
       GtkTextIter *end)
{
  GtkTextIter before = *start;

  for (guint i = 0; i < REACH && gtk_text_iter_backward_char (&before); i++)
    {
      if (g_unichar_isspace (gtk_text_iter_get_char (&before)))
        break;
      *start = before;
    }
  for (guint i = 0; i < REACH && !gtk_text_iter_is_end (end); i++)
    {
      if (g_unichar_isspace (gtk_text_iter_get_char (end)))
        break;
      gtk_text_iter_forward_char (end);
    }
}

static void
uncheck (BalSpelling       *self,
         const GtkTextIter *start,
         const GtkTextIter *end)
{
  bal_editor_buffer_unmark (self->buffer, self->checked, start, end);
  schedule (self);
}

void
bal_spelling_uncheck_all (BalSpelling *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &start, &end);
  uncheck (self, &start, &end);
}

static void
unmark_all (BalSpelling *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &start, &end);
  bal_editor_buffer_unmark (self->buffer, self->misspelt, &start, &end);
  bal_editor_buffer_unmark (self->buffer, self->checked, &start, &end);
}

/* The first characters on the screen and the last, and some more. */
static gboolean
get_visible (BalSpelling *self,
             GtkTextIter *start,
             GtkTextIter *end)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->view);
  GdkRectangle place;

  if (!gtk_widget_get_mapped (GTK_WIDGET (view)))
    return FALSE;
  gtk_text_view_get_visible_rect (view, &place);
  gtk_text_view_get_iter_at_location (view, start, place.x, place.y);
  gtk_text_view_get_iter_at_location (view, end, place.x + place.width, place.y + place.height);
  gtk_text_iter_backward_chars (start, MARGIN);
  gtk_text_iter_forward_chars (end, MARGIN);
  return TRUE;
}

/* What comes first of [@from, @to) and was not looked at. */
static gboolean
find_unchecked (BalSpelling       *self,
                const GtkTextIter *from,
                const GtkTextIter *to,
                GtkTextIter       *start,
                GtkTextIter       *end)
{
  GtkTextIter limit;

  *start = *from;
  if (gtk_text_iter_has_tag (start, self->checked) &&
      !gtk_text_iter_forward_to_tag_toggle (start, self->checked))
    return FALSE;
  if (gtk_text_iter_compare (start, to) >= 0)
    return FALSE;
  *end = limit = *start;
  gtk_text_iter_forward_chars (&limit, STRETCH);
  if (!gtk_text_iter_forward_to_tag_toggle (end, self->checked) ||
      gtk_text_iter_compare (end, &limit) > 0)
    *end = limit;
  if (gtk_text_iter_compare (end, to) > 0)
    *end = *to;
  return gtk_text_iter_compare (start, end) < 0;
}

/* ---- words ---- */

typedef struct
{
  BalSpelling *self;
  int          offset;      /* of the text that is looked through */
  int          cursor;      /* of the word to leave alone; -1: none */
  GArray      *words;       /* BalSpan: unknown ones, in order */
} Look;

static gboolean
is_typewritten (GtkTextIter *iter)
{
  g_autoptr(GSList) tags = gtk_text_iter_get_tags (iter);

  for (GSList *l = tags; l != NULL; l = l->next)
    {
      gboolean family_set = FALSE;

      g_object_get (l->data, "family-set", &family_set, NULL);
      if (family_set)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_right (BalSpelling *self,
          const char  *word)
{
  return g_hash_table_contains (self->ignored, word) || bal_dictionary_check (self->dictionary, word) ||
         bal_spelling_is_name (self, word);
}

static void
word_cb (int         start,
         int         end,
         const char *word,
         gpointer    data)
{
  Look *look = data;
  BalSpan found = { start + look->offset, end + look->offset };
  GtkTextIter iter;

  if ((look->cursor > found.start && look->cursor <= found.end) || is_right (look->self, word))
    return;
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (look->self->buffer), &iter, found.start);
  if (!is_typewritten (&iter))
    g_array_append_val (look->words, found);
}

GArray *
bal_spelling_look_through (BalSpelling       *self,
                           const GtkTextIter *start,
                           const GtkTextIter *end,
                           int                cursor)
{
  Look look = { self, gtk_text_iter_get_offset (start), cursor, g_array_new (FALSE, FALSE, sizeof (BalSpan)) };
  g_autofree char *text = gtk_text_iter_get_slice (start, end);

  bal_spell_words_foreach (text, bal_dictionary_get_language (self->dictionary), word_cb, &look);
  return look.words;
}

static void
get_cursor (BalSpelling *self,
            GtkTextIter *cursor)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);

  gtk_text_buffer_get_iter_at_mark (buffer, cursor, gtk_text_buffer_get_insert (buffer));
}

static gboolean
is_among (GArray            *words,
          const GtkTextIter *start,
          const GtkTextIter *end)
{
  int from = gtk_text_iter_get_offset (start);
  int to = gtk_text_iter_get_offset (end);

  for (guint i = 0; i < words->len; i++)
    if (g_array_index (words, BalSpan, i).start == from && g_array_index (words, BalSpan, i).end == to)
      return TRUE;
  return FALSE;
}

/* An underline that stays is not touched: taking it off and putting it on again would draw its
 * paragraph once more at every key. */
static void
show_words (BalSpelling       *self,
            const GtkTextIter *start,
            const GtkTextIter *end,
            GArray            *words)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter from = *start;
  GtkTextIter to;

  while (gtk_text_iter_compare (&from, end) < 0)
    {
      to = from;
      if (!gtk_text_iter_forward_to_tag_toggle (&to, self->misspelt) || gtk_text_iter_compare (&to, end) > 0)
        to = *end;
      if (gtk_text_iter_has_tag (&from, self->misspelt) && !is_among (words, &from, &to))
        bal_editor_buffer_unmark (self->buffer, self->misspelt, &from, &to);
      from = to;
    }
  for (guint i = 0; i < words->len; i++)
    {
      gtk_text_buffer_get_iter_at_offset (buffer, &from, g_array_index (words, BalSpan, i).start);
      gtk_text_buffer_get_iter_at_offset (buffer, &to, g_array_index (words, BalSpan, i).end);
      if (!gtk_text_iter_starts_tag (&from, self->misspelt))
        bal_editor_buffer_mark (self->buffer, self->misspelt, &from, &to);
    }
}

static void
check_stretch (BalSpelling *self,
               GtkTextIter *start,
               GtkTextIter *end)
{
  g_autoptr(GArray) words = NULL;
  GtkTextIter cursor;

  widen (start, end);
  get_cursor (self, &cursor);
  words = bal_spelling_look_through (self, start, end, self->typing ? gtk_text_iter_get_offset (&cursor) : -1);
  show_words (self, start, end, words);
  bal_editor_buffer_mark (self->buffer, self->checked, start, end);
}

/* ---- when ---- */

/* The cursor went elsewhere without an edit: what was being typed is done. */
static void
settle_typed (BalSpelling *self)
{
  GtkTextIter cursor, start, end;

  if (!self->typing)
    return;
  get_cursor (self, &cursor);
  gtk_text_buffer_get_iter_at_mark (GTK_TEXT_BUFFER (self->buffer), &start, self->typed);
  if (gtk_text_iter_equal (&cursor, &start))
    return;
  self->typing = FALSE;
  end = start;
  widen (&start, &end);
  bal_editor_buffer_unmark (self->buffer, self->checked, &start, &end);
}

static gboolean
check_cb (gpointer data)
{
  BalSpelling *self = data;
  gint64 until = g_get_monotonic_time () + SLICE_US;
  GtkTextIter from, to, line, start, end;

  if (!bal_spelling_can_check (self) || self->view == NULL || !get_visible (self, &from, &to))
    {
      self->idle_id = 0;
      return G_SOURCE_REMOVE;
    }
  settle_typed (self);
  get_cursor (self, &line);
  gtk_text_iter_set_line_offset (&line, 0);
  if (gtk_text_iter_compare (&line, &from) < 0 || gtk_text_iter_compare (&line, &to) > 0)
    line = from;
  while (find_unchecked (self, &line, &to, &start, &end) ||
         find_unchecked (self, &from, &to, &start, &end))
    {
      check_stretch (self, &start, &end);
      if (g_get_monotonic_time () > until)
        return G_SOURCE_CONTINUE;
    }
  self->idle_id = 0;
  return G_SOURCE_REMOVE;
}

/* Before and behind it there may be another word now than the one that was looked at. */
static void
text_changed (BalSpelling       *self,
              const GtkTextIter *from,
              const GtkTextIter *to)
{
  GtkTextIter start = *from;
  GtkTextIter end = *to;

  if (!bal_spelling_can_check (self))
    return;
  widen (&start, &end);
  uncheck (self, &start, &end);
}

/* A mark that is left in the middle of new text grows with it, and is seen until the next idle
 * time: off at once, at the word that it is in. */
static void
inserted_cb (GtkTextBuffer *buffer,
             GtkTextIter   *position,
             const char    *text,
             int            length,
             BalSpelling   *self)
{
  GtkTextIter start = *position;
  GtkTextIter word_start, word_end;

  gtk_text_iter_backward_chars (&start, g_utf8_strlen (text, length));
  text_changed (self, &start, position);
  if (bal_spelling_get_word (self, position, &word_start, &word_end))
    bal_editor_buffer_unmark (self->buffer, self->misspelt, &word_start, &word_end);
}

static void
deleted_cb (GtkTextBuffer *buffer,
            GtkTextIter   *start,
            GtkTextIter   *end,
            BalSpelling   *self)
{
  GtkTextIter word_start, word_end;

  text_changed (self, start, start);
  if (bal_spelling_get_word (self, start, &word_start, &word_end))
    bal_editor_buffer_unmark (self->buffer, self->misspelt, &word_start, &word_end);
}

/* Words became code, or are no longer. */
static void
tag_cb (GtkTextBuffer *buffer,
        GtkTextTag    *tag,
        GtkTextIter   *start,
        GtkTextIter   *end,
        BalSpelling   *self)
{
  gboolean family_set = FALSE;

  if (tag == self->misspelt || tag == self->checked || !bal_spelling_can_check (self))
    return;
  g_object_get (tag, "family-set", &family_set, NULL);
  if (family_set)
    uncheck (self, start, end);
}

static void
edited_cb (BalSpelling *self)
{
  GtkTextIter cursor;

  self->typing = TRUE;
  get_cursor (self, &cursor);
  gtk_text_buffer_move_mark (GTK_TEXT_BUFFER (self->buffer), self->typed, &cursor);
}

static void
cursor_moved_cb (BalSpelling *self)
{
  if (self->typing)
    schedule (self);
}

/* ---- the dictionary ---- */

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(BalSpelling) self = data;
  g_autoptr(BalDictionary) dictionary = bal_dictionary_load_finish (result, NULL);

  /* Cancelled: another language, or off. */
  if (dictionary == NULL)
    return;
  g_set_object (&self->dictionary, dictionary);
  g_clear_pointer (&self->names, g_hash_table_unref);
  if (bal_spelling_can_check (self))
    bal_spelling_uncheck_all (self);
  else
    unmark_all (self);
}

static void
load (BalSpelling *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (!self->enabled)
    {
      g_clear_object (&self->dictionary);
      unmark_all (self);
      return;
    }
  self->cancellable = g_cancellable_new ();
  bal_dictionary_load_async (self->language, self->cancellable, loaded_cb, g_object_ref (self));
}

/* ---- object ---- */

static void
bal_spelling_dispose (GObject *object)
{
  BalSpelling *self = BAL_SPELLING (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->dictionary);
  g_clear_weak_pointer (&self->view);
  g_clear_object (&self->buffer);
  G_OBJECT_CLASS (bal_spelling_parent_class)->dispose (object);
}

static void
bal_spelling_finalize (GObject *object)
{
  BalSpelling *self = BAL_SPELLING (object);

  g_free (self->language);
  g_hash_table_unref (self->ignored);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_free (self->names_text);
  G_OBJECT_CLASS (bal_spelling_parent_class)->finalize (object);
}

static void
bal_spelling_class_init (BalSpellingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = bal_spelling_dispose;
  object_class->finalize = bal_spelling_finalize;
}

static void
bal_spelling_init (BalSpelling *self)
{
  self->ignored = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
follow (BalSpelling *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));

  g_signal_connect_object (self->buffer, "insert-text", G_CALLBACK (inserted_cb), self, G_CONNECT_AFTER);
  g_signal_connect_object (self->buffer, "delete-range", G_CALLBACK (deleted_cb), self, G_CONNECT_AFTER);
  g_signal_connect_object (self->buffer, "apply-tag", G_CALLBACK (tag_cb), self, G_CONNECT_AFTER);
  g_signal_connect_object (self->buffer, "remove-tag", G_CALLBACK (tag_cb), self, G_CONNECT_AFTER);
  g_signal_connect_object (self->buffer, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "notify::cursor-position", G_CALLBACK (cursor_moved_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "map", G_CALLBACK (schedule), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (schedule), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (schedule), self, G_CONNECT_SWAPPED);
}

BalSpelling *
bal_spelling_new (BalTextView *view)
{
  BalSpelling *self = g_object_new (BAL_TYPE_SPELLING, NULL);
  GtkTextIter start;

  g_set_weak_pointer (&self->view, view);
  self->buffer = g_object_ref (bal_text_view_get_buffer (view));
  self->misspelt = bal_editor_buffer_add_mark_tag (self->buffer);
  self->checked = bal_editor_buffer_add_mark_tag (self->buffer);
  g_object_set (self->misspelt, "underline", PANGO_UNDERLINE_ERROR, NULL);
  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (self->buffer), &start);
  self->typed = gtk_text_buffer_create_mark (GTK_TEXT_BUFFER (self->buffer), NULL, &start, FALSE);
  follow (self);
  return self;
}

void
bal_spelling_set_enabled (BalSpelling *self,
                          gboolean     enabled)
{
  g_return_if_fail (BAL_IS_SPELLING (self));

  if (self->enabled == enabled)
    return;
  self->enabled = enabled;
  load (self);
}

gboolean
bal_spelling_get_enabled (BalSpelling *self)
{
  g_return_val_if_fail (BAL_IS_SPELLING (self), FALSE);

  return self->enabled;
}

void
bal_spelling_set_language (BalSpelling *self,
                           const char  *language)
{
  g_return_if_fail (BAL_IS_SPELLING (self));

  if (g_strcmp0 (self->language, language) == 0)
    return;
  g_free (self->language);
  self->language = g_strdup (language);
  if (self->enabled)
    load (self);
}

const char *
bal_spelling_get_language (BalSpelling *self)
{
  g_return_val_if_fail (BAL_IS_SPELLING (self), NULL);

  return self->language;
}

const char *
bal_spelling_get_used (BalSpelling *self)
{
  g_return_val_if_fail (BAL_IS_SPELLING (self), NULL);

  return self->dictionary != NULL ? bal_dictionary_get_tag (self->dictionary) : NULL;
}

const char *const *
bal_spelling_get_languages (BalSpelling *self)
{
  g_return_val_if_fail (BAL_IS_SPELLING (self), NULL);

  return self->dictionary != NULL ? bal_dictionary_get_tags (self->dictionary) : NULL;
}

void
bal_spelling_forget (BalSpelling *self)
{
  g_return_if_fail (BAL_IS_SPELLING (self));

  self->typing = FALSE;
  g_hash_table_remove_all (self->ignored);
  bal_spelling_uncheck_all (self);
}
