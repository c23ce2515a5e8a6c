/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "editor-desk.h"

#include <string.h>

#include "bal-editor-history.h"
#include "bal-safe-blocks.h"
#include "bal-typing.h"
#include "random-blocks.h"
#include "samples.h"

#define N_EDITS 10000

/* Every post of every sample: what is opened and not edited is saved as it was, byte for byte. */
static void
test_untouched_is_identical (void)
{
  g_autoptr(GPtrArray) samples = samples_load ();

  for (guint i = 0; i < samples->len; i++)
    {
      Sample *sample = g_ptr_array_index (samples, i);
      g_autofree char *saved = NULL;
      gsize length, saved_length;
      const char *data = sample_data (sample, &length);
      Desk desk;

      desk_open_bytes (&desk, data, length);
      saved = desk_html (&desk, &saved_length);
      if (saved_length != length || memcmp (saved, data, length) != 0)
        g_error ("%s is not saved as it was:\n%s\n---\n%s", sample->name, data, saved);
      desk_close (&desk);
    }
  g_test_message ("%u posts", samples->len);
}

/* So many that they are put in, and read, in another way than a few. */
static void
test_many_looks_in_a_line_are_identical (void)
{
  g_autoptr(GString) html = g_string_new ("<p>");
  Desk desk;

  for (guint i = 0; i < 200; i++)
    g_string_append_printf (html, "é %u <b>x<i>y</i></b> z<br><a href=\"/%u\">„ž“</a><img src=\"%u.png\"><u>w</u>", i, i, i);
  g_string_append (html, "end</p>\n");
  desk_open (&desk, html->str);
  desk_assert (&desk, html->str);
  desk_touch_all (&desk);
  desk_assert (&desk, html->str);
  desk_close (&desk);
}

/* A character typed into every line and taken back: the text is read from the view again, and
 * still says the same. */
static void
test_typed_and_taken_back_is_identical (void)
{
  g_autoptr(GPtrArray) samples = samples_load ();
  guint n_lines = 0;

  for (guint i = 0; i < samples->len; i++)
    {
      Sample *sample = g_ptr_array_index (samples, i);
      g_autofree char *saved = NULL;
      gsize length, saved_length;
      const char *data = sample_data (sample, &length);
      Desk desk;

      desk_open_bytes (&desk, data, length);
      desk_touch_all (&desk);
      n_lines += bal_editor_buffer_get_n_lines (desk.buffer);
      saved = desk_html (&desk, &saved_length);
      if (saved_length != length || memcmp (saved, data, length) != 0)
        g_error ("%s is not saved as it was:\n%s\n---\n%s", sample->name, data, saved);
      desk_close (&desk);
    }
  g_test_message ("%u lines", n_lines);
}

static gsize
common_start (const char *a,
              gsize       a_length,
              const char *b,
              gsize       b_length)
{
  gsize n = 0;

  while (n < a_length && n < b_length && a[n] == b[n])
    n++;
  return n;
}

static gsize
common_end (const char *a,
            gsize       a_length,
            const char *b,
            gsize       b_length)
{
  gsize n = 0;

  while (n < a_length && n < b_length && a[a_length - 1 - n] == b[b_length - 1 - n])
    n++;
  return n;
}

/* NUL included. */
static gboolean
contains (const char *text,
          gsize       length,
          const char *part,
          gsize       part_length)
{
  for (gsize i = 0; i + part_length <= length; i++)
    if (memcmp (text + i, part, part_length) == 0)
      return TRUE;
  return FALSE;
}

/* The source of what a line is or, of an item's own text, of its item. */
static const char *
get_source (BalLine *line,
            gsize   *length)
{
  if (line->kind == BAL_BLOCK_ITEM && !line->island)
    return bal_block_get_source (line->nest->origin, length);
  return bal_block_get_source (line->block, length);
}

/* Types a word into a line; all outside its block must stay as it was. */
static gboolean
check_one_word (Sample *sample,
                guint   line)
{
  static const char word[] = "Zwischenruf";
  g_autofree char *saved = NULL;
  gsize length, saved_length, start, end, source_length;
  const char *source;
  const char *data = sample_data (sample, &length);
  GtkTextIter from, to;
  Desk desk;

  desk_open_bytes (&desk, data, length);
  source = get_source (bal_editor_buffer_get_line (desk.buffer, line), &source_length);
  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (desk.buffer), &from, line);
  to = from;
  gtk_text_iter_forward_to_line_end (&to);
  desk_place (&desk, line, (gtk_text_iter_get_line_offset (&to) + 1) / 2);
  desk_type (&desk, word);
  saved = desk_html (&desk, &saved_length);

  start = common_start (data, length, saved, saved_length);
  end = common_end (data + start, length - start, saved + start, saved_length - start);
  if (!contains (saved, saved_length, word, strlen (word)))
    g_error ("%s: the word is not in it:\n%s", sample->name, saved);
  if (!contains (source, source_length, data + start, length - start - end))
    g_error ("%s: more changed than line %u:\n%s\n---\n%s", sample->name, line, data, saved);
  desk_close (&desk);
  return start + end == length;
}

static void
test_one_word_changes_nothing_else (void)
{
  g_autoptr(GPtrArray) samples = samples_load ();
  guint n = 0, n_exact = 0;

  for (guint i = 0; i < samples->len; i++)
    {
      Sample *sample = g_ptr_array_index (samples, i);
      gsize length;
      const char *data = sample_data (sample, &length);
      guint n_lines, tried = 0;
      Desk desk;

      desk_open_bytes (&desk, data, length);
      n_lines = bal_editor_buffer_get_n_lines (desk.buffer);
      for (guint line = 0; line < n_lines && tried < 4; line += MAX (n_lines / 4, 1))
        {
          BalLine *record = bal_editor_buffer_get_line (desk.buffer, line);

          if (record->island || get_source (record, NULL) == NULL ||
              *bal_block_get_text (record->block) == '\0')
            continue;
          n_exact += check_one_word (sample, line);
          tried++;
        }
      n += tried;
      desk_close (&desk);
    }
  /* Where one doesn't: "<" before the word has to be escaped now, and the like. */
  g_test_message ("%u words, of which %u changed nothing but that word", n, n_exact);
  g_assert_cmpuint (n_exact * 100, >=, n * 95);
}

/* Any blocks at all that an editor could hold come back equal, although read from text and tags. */
static void
test_random_blocks_come_back (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (20260101);

  for (guint round = 0; round < 400; round++)
    {
      g_autoptr(GPtrArray) blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);
      g_autoptr(GPtrArray) read = NULL;
      guint n = g_rand_int_range (rand, 1, 6);
      Desk desk = { .document = bal_document_new_from_html ("", 0, BAL_DIALECT_HTML) };

      for (guint i = 0; i < n; i++)
        g_ptr_array_add (blocks, random_block (rand, 0));
      desk.buffer = bal_editor_buffer_new ();
      g_assert_true (bal_editor_buffer_fill (desk.buffer, blocks));
      desk_touch_all (&desk);
      read = bal_editor_buffer_read (desk.buffer);
      if (read->len != blocks->len)
        g_error ("round %u: %u blocks in, %u out", round, blocks->len, read->len);
      for (guint i = 0; i < n; i++)
        if (!bal_block_equal (g_ptr_array_index (blocks, i), g_ptr_array_index (read, i)))
          g_error ("round %u: block %u, a %s, differs", round, i,
                   bal_block_get_name (g_ptr_array_index (blocks, i)));
      desk_close (&desk);
    }
}

static BalEditorForm *
empty_form (void)
{
  g_autoptr(BalReview) review = bal_review_new (1);
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();
  g_auto(BalReviewFields) fields = { 0 };

  return bal_editor_form_new (review, format, &fields);
}

/* As from another program. */
static void
paste_sample (GRand     *rand,
              Desk      *desk,
              GPtrArray *samples)
{
  g_autoptr(GBytes) bytes = sample_mutate (rand, samples);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr(GPtrArray) blocks = bal_safe_blocks_from_html (data != NULL ? data : "", length, NULL);
  g_autoptr(GPtrArray) lines = bal_lines_from_blocks (blocks);

  bal_editor_buffer_paste_lines (desk->buffer, lines);
}

/* At the start of a line, as what makes another block of it when it is a paragraph. */
static void
type_shorthand (GRand *rand,
                Desk  *desk)
{
  static const char *const markers[] = { "# ", "### ", "> ", "- ", "* ", "1. ", "1) ", "```", "---" };
  const char *marker = markers[g_rand_int_range (rand, 0, G_N_ELEMENTS (markers))];

  desk_place (desk, g_rand_int_range (rand, 0, bal_editor_buffer_get_n_lines (desk->buffer)), 0);
  if (g_rand_boolean (rand))
    bal_editor_buffer_enter (desk->buffer);
  desk_type (desk, marker);
  if (!g_str_has_suffix (marker, " "))
    bal_editor_buffer_shorthand (desk->buffer, TRUE);
}

/* One thing that a person does, anywhere. */
static void
do_something (GRand     *rand,
              Desk      *desk,
              GPtrArray *samples)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (desk->buffer);
  int n_chars = gtk_text_buffer_get_char_count (buffer);
  GtkTextIter a, b;

  gtk_text_buffer_get_iter_at_offset (buffer, &a, g_rand_int_range (rand, 0, n_chars));
  gtk_text_buffer_get_iter_at_offset (buffer, &b,
                                      MIN (gtk_text_iter_get_offset (&a) + g_rand_int_range (rand, 0, 40), n_chars));
  if (g_rand_boolean (rand))
    b = a;
  gtk_text_buffer_select_range (buffer, &b, &a);
  switch (g_rand_int_range (rand, 0, 19))
    {
    case 0:
      bal_editor_buffer_toggle_style (desk->buffer, 1 << g_rand_int_range (rand, 0, 8));
      break;
    case 1:
      bal_editor_buffer_set_heading (desk->buffer, g_rand_int_range (rand, 1, 7));
      break;
    case 2:
      bal_editor_buffer_toggle_list (desk->buffer, g_rand_boolean (rand));
      break;
    case 3:
      bal_editor_buffer_toggle_quote (desk->buffer);
      break;
    case 4:
      bal_editor_buffer_set_paragraph (desk->buffer);
      break;
    case 5:
      bal_editor_buffer_enter (desk->buffer);
      break;
    case 6:
      if (!bal_editor_buffer_backspace (desk->buffer))
        gtk_text_buffer_backspace (buffer, &a, TRUE, TRUE);
      break;
    case 7:
      gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
      break;
    case 8:
      bal_editor_buffer_indent (desk->buffer);
      break;
    case 9:
      bal_editor_buffer_outdent (desk->buffer);
      break;
    case 10:
      bal_editor_buffer_paste_text (desk->buffer, "first row\r\n\r\nsecond row");
      break;
    case 11:
      bal_editor_buffer_set_link (desk->buffer, &a, &b, "https://example.org/");
      break;
    case 12:
      {
        g_autoptr(GPtrArray) lines = bal_editor_buffer_read_range (desk->buffer, &a, &b);

        bal_editor_buffer_paste_lines (desk->buffer, lines);
      }
      break;
    case 13:
      bal_editor_buffer_set_preformatted (desk->buffer);
      break;
    case 14:
      bal_editor_buffer_line_break (desk->buffer);
      break;
    case 15:
      desk_type (desk, "\"It's--what---it is... 'so'\"");
      break;
    case 16:
    case 17:
      type_shorthand (rand, desk);
      break;
    case 18:
      paste_sample (rand, desk, samples);
      break;
    default:
      desk_type (desk, "new words");
    }
}

/* The lines and the text must agree whatever happened, or typing in one would change another. */
static void
assert_in_step (Desk *desk)
{
  g_autoptr(GPtrArray) blocks = bal_editor_buffer_read (desk->buffer);
  Desk again = { .document = bal_document_ref (desk->document) };
  g_autoptr(GPtrArray) read = NULL;

  g_assert_cmpint (gtk_text_buffer_get_line_count (GTK_TEXT_BUFFER (desk->buffer)), ==,
                   bal_editor_buffer_get_n_lines (desk->buffer) + 1);
  for (guint i = 0; i < bal_editor_buffer_get_n_lines (desk->buffer); i++)
    {
      BalLine *line = bal_editor_buffer_get_line (desk->buffer, i);
      GtkTextIter iter;
      GtkTextChildAnchor *anchor;

      gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (desk->buffer), &iter, i);
      anchor = gtk_text_iter_get_child_anchor (&iter);
      if (line->island)
        {
          g_assert_nonnull (anchor);
          g_assert_true (bal_editor_anchor_get_block (anchor) == line->block);
          g_assert_cmpint (gtk_text_iter_get_chars_in_line (&iter), ==, 2);
        }
      else
        {
          g_assert_true (anchor == NULL || bal_editor_anchor_get_block (anchor) == NULL);
        }
    }

  again.buffer = bal_editor_buffer_new ();
  g_assert_true (bal_editor_buffer_fill (again.buffer, blocks));
  read = bal_editor_buffer_read (again.buffer);
  g_assert_cmpuint (read->len, ==, blocks->len);
  for (guint i = 0; i < read->len; i++)
    g_assert_true (bal_block_equal (g_ptr_array_index (read, i), g_ptr_array_index (blocks, i)));
  desk_close (&again);
}

typedef struct
{
  BalEditorHistory *history;
  int               insert;
  int               bound;
} Beginning;

static void
get_place (Desk *desk,
           int  *insert,
           int  *bound)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (desk->buffer);
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  *insert = gtk_text_iter_get_offset (&iter);
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_selection_bound (buffer));
  *bound = gtk_text_iter_get_offset (&iter);
}

/* Where the cursor is when the first thing happens that can be undone. */
static void
will_change_cb (BalEditorBuffer *buffer,
                Beginning       *beginning)
{
  Desk desk = { .buffer = buffer };

  if (beginning->history != NULL && !bal_editor_history_can_undo (beginning->history))
    get_place (&desk, &beginning->insert, &beginning->bound);
}

/* Whatever is done, and undone: the same bytes, and the cursor where it was; done again: the same
 * as before. */
static void
test_undo_to_the_start_is_identical (void)
{
  g_autoptr(GPtrArray) samples = samples_load ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);
  g_autoptr(BalEditorForm) form = empty_form ();

  guint wanted = sample_count (N_EDITS), n_edits = 0, round = 0;

  for (; n_edits < wanted; round++)
    {
      Sample *sample = g_ptr_array_index (samples, g_rand_int_range (rand, 0, samples->len));
      gsize length, saved_length;
      const char *data = sample_data (sample, &length);
      g_autofree char *done = NULL;
      g_autofree char *undone = NULL;
      g_autofree char *redone = NULL;
      g_autoptr(BalTyping) typing = NULL;
      BalEditorHistory *history;
      Beginning beginning = { 0 };
      int insert, bound;
      guint64 state;
      Desk desk;

      if (length > 20000)
        continue;
      desk_open_bytes (&desk, data, length);
      typing = bal_typing_new (desk.buffer, "en");
      g_object_set (typing, "smart", TRUE, "shorthand", TRUE, NULL);
      g_signal_connect (desk.buffer, "will-change", G_CALLBACK (will_change_cb), &beginning);
      history = beginning.history = bal_editor_history_new (desk.buffer);
      bal_editor_history_reset (history, form);
      state = bal_editor_history_get_state (history);
      for (guint i = 0; i < 12; i++)
        {
          do_something (rand, &desk, samples);
          assert_in_step (&desk);
        }
      n_edits += 12;
      done = desk_html (&desk, NULL);
      while (bal_editor_history_can_undo (history))
        bal_editor_history_undo (history);
      g_assert_cmpuint (bal_editor_history_get_state (history), ==, state);
      undone = desk_html (&desk, &saved_length);
      if (saved_length != length || memcmp (undone, data, length) != 0)
        g_error ("round %u, %s: not undone:\n%s\n---\n%s", round, sample->name, data, undone);
      get_place (&desk, &insert, &bound);
      g_assert_cmpint (insert, ==, bal_editor_history_can_redo (history) ? beginning.insert : insert);
      g_assert_cmpint (bound, ==, bal_editor_history_can_redo (history) ? beginning.bound : bound);
      while (bal_editor_history_can_redo (history))
        bal_editor_history_redo (history);
      redone = desk_html (&desk, NULL);
      g_assert_cmpstr (redone, ==, done);
      g_signal_handlers_disconnect_by_data (desk.buffer, &beginning);
      g_assert_finalize_object (history);
      desk_close (&desk);
    }
  g_test_message ("%u edits undone and done again, in %u rounds", n_edits, round);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  g_test_add_func ("/editor/lossless/untouched-is-identical", test_untouched_is_identical);
  g_test_add_func ("/editor/lossless/many-looks-in-a-line-are-identical", test_many_looks_in_a_line_are_identical);
  g_test_add_func ("/editor/lossless/typed-and-taken-back-is-identical",
                   test_typed_and_taken_back_is_identical);
  g_test_add_func ("/editor/lossless/one-word-changes-nothing-else", test_one_word_changes_nothing_else);
  g_test_add_func ("/editor/lossless/random-blocks-come-back", test_random_blocks_come_back);
  g_test_add_func ("/editor/lossless/undo-to-the-start-is-identical", test_undo_to_the_start_is_identical);
  return g_test_run ();
}
