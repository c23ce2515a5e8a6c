/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "bal-dictionary.h"
#include "bal-editor-history.h"
#include "bal-editor.h"
#include "bal-text-menu.h"
#include "editor-desk.h"
#include "store-fixture.h"
#include "widget-tree.h"

/* Two languages of our own, so that nothing depends on what is installed. */
#define HOME "en_XA"
#define AWAY "de_XA"

/* ---- a text view ---- */

typedef struct
{
  Desk              desk;
  GtkWidget        *window;
  BalTextView      *view;
  BalSpelling      *spelling;
  BalTextMenu      *menu;
  BalEditorHistory *history;
  guint             n_edits;
} View;

static void
edited_cb (View *self)
{
  self->n_edits++;
}

static gboolean
ran_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* All that waited to be done when nothing else is, is done. */
static void
run_idle (void)
{
  gboolean ran = FALSE;

  g_idle_add_full (G_PRIORITY_LOW, ran_cb, &ran, NULL);
  while (!ran)
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_language (View       *self,
               const char *tag)
{
  gint64 until = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (bal_spelling_get_languages (self->spelling) == NULL ||
         g_strcmp0 (bal_spelling_get_used (self->spelling), tag) != 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      g_main_context_iteration (NULL, FALSE);
    }
  run_idle ();
}

static void
view_open (View       *self,
           const char *html)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  g_autoptr(BalEditorForm) form = NULL;
  g_autoptr(BalReview) review = bal_review_new (1);
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();
  g_autoptr(BalReviewFields) fields = bal_review_fields_new ();
  g_autoptr(GPtrArray) blocks = NULL;

  *self = (View) { 0 };
  self->window = gtk_window_new ();
  self->view = g_object_new (BAL_TYPE_TEXT_VIEW, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  gtk_window_set_child (GTK_WINDOW (self->window), scroller);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 600, 400);
  self->spelling = bal_spelling_new (self->view);
  self->menu = bal_text_menu_new (self->view, self->spelling);
  bal_spelling_set_language (self->spelling, HOME);
  bal_spelling_set_enabled (self->spelling, TRUE);

  self->desk.document = bal_document_new_from_html (html, -1, BAL_DIALECT_HTML);
  self->desk.buffer = g_object_ref (bal_text_view_get_buffer (self->view));
  blocks = desk_blocks (self->desk.document);
  g_assert_true (bal_editor_buffer_fill (self->desk.buffer, blocks));
  self->history = bal_editor_history_new (self->desk.buffer);
  form = bal_editor_form_new (review, format, fields);
  bal_editor_history_reset (self->history, form);
  g_signal_connect_swapped (self->desk.buffer, "edited", G_CALLBACK (edited_cb), self);
  gtk_window_present (GTK_WINDOW (self->window));
  wait_language (self, HOME);
}

static void
view_close (View *self)
{
  g_signal_handlers_disconnect_by_data (self->desk.buffer, self);
  g_object_run_dispose (G_OBJECT (self->menu));
  g_clear_object (&self->menu);
  g_clear_object (&self->spelling);
  g_clear_object (&self->history);
  desk_close (&self->desk);
  gtk_window_destroy (GTK_WINDOW (self->window));
  run_idle ();
}

/* The underlined words, in order. */
static char *
marked (View *self)
{
  g_autoptr(GString) words = g_string_new (NULL);
  GtkTextIter iter, start, end;

  run_idle ();
  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (self->desk.buffer), &iter);
  do
    if (bal_spelling_get_word (self->spelling, &iter, &start, &end) && gtk_text_iter_equal (&start, &iter))
      {
        g_autofree char *word = gtk_text_iter_get_slice (&start, &end);

        g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", word);
      }
  while (gtk_text_iter_forward_char (&iter));
  return g_strdup (words->str);
}

#define assert_marked(self, expected)                \
  G_STMT_START {                                     \
    g_autofree char *is = marked (self);             \
    g_assert_cmpstr (is, ==, (expected));            \
  } G_STMT_END

static void
find_word (View        *self,
           const char  *word,
           GtkTextIter *start,
           GtkTextIter *end)
{
  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (self->desk.buffer), start);
  g_assert_true (gtk_text_iter_forward_search (start, word, 0, start, end, NULL));
}

static void
place_in (View       *self,
          const char *word)
{
  GtkTextIter start, end;

  find_word (self, word, &start, &end);
  gtk_text_iter_forward_char (&start);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self->desk.buffer), &start);
}

static const char sample[] =
  "<p>The <b>quiet</b> flim is <em>verry god</em>.</p>\n"
  "<p>See <code>flim</code> and <a href=\"https://example.org/flim\">the flim</a>.</p>\n"
  "<pre>flim verry</pre>\n"
  "<ul>\n<li>verry quiet</li>\n</ul>\n";

static void
test_unknown_words_are_underlined (void)
{
  View view;

  view_open (&view, sample);
  assert_marked (&view, "flim verry god flim verry");
  view_close (&view);
}

static void
test_underlines_are_no_part_of_the_text (void)
{
  View view;
  GtkTextIter start, end;
  g_autoptr(GPtrArray) blocks = NULL;
  g_autoptr(GPtrArray) filled = NULL;
  g_autoptr(GPtrArray) lines = NULL;
  g_autofree char *html = NULL;

  view_open (&view, sample);
  assert_marked (&view, "flim verry god flim verry");
  g_assert_cmpuint (view.n_edits, ==, 0);
  g_assert_false (bal_editor_history_can_undo (view.history));
  desk_assert (&view.desk, sample);

  /* Read anew, past all the places where an underline begins or ends. */
  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (view.desk.buffer), &start, &end);
  gtk_text_iter_backward_char (&end);
  lines = bal_editor_buffer_read_range (view.desk.buffer, &start, &end);
  blocks = g_ptr_array_new ();
  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_add (blocks, ((BalLine *) g_ptr_array_index (lines, i))->block);
  filled = desk_blocks (view.desk.document);
  for (guint i = 0; i < 3; i++)
    g_assert_true (bal_block_equal (g_ptr_array_index (blocks, i), g_ptr_array_index (filled, i)));

  desk_touch_all (&view.desk);
  assert_marked (&view, "flim verry god flim verry");
  desk_assert (&view.desk, sample);
  view_close (&view);
}

static void
test_what_is_being_typed_waits (void)
{
  View view;

  view_open (&view, "<p>The quiet film.</p>");
  desk_place (&view.desk, 0, 4);
  desk_type (&view.desk, "verr");
  assert_marked (&view, "");
  desk_type (&view.desk, "y ");
  assert_marked (&view, "verry");
  desk_type (&view.desk, "flim");
  assert_marked (&view, "verry");      /* "flimquiet" */
  desk_place (&view.desk, 0, 0);
  assert_marked (&view, "verry flimquiet");
  place_in (&view, "flimquiet");
  assert_marked (&view, "verry flimquiet");
  desk_place (&view.desk, 0, 14);
  desk_type (&view.desk, " ");
  assert_marked (&view, "verry flim");
  place_in (&view, "verry");
  desk_type (&view.desk, "x");
  assert_marked (&view, "flim");
  desk_place (&view.desk, 0, 0);
  assert_marked (&view, "vxerry flim");
  bal_editor_history_undo (view.history);
  desk_place (&view.desk, 0, 0);
  assert_marked (&view, "verry flim");
  view_close (&view);
}

static void
test_code_is_left_alone (void)
{
  View view;
  GtkTextIter start, end;

  view_open (&view, "<p>A flim here.</p>");
  assert_marked (&view, "flim");
  find_word (&view, "flim", &start, &end);
  gtk_text_buffer_select_range (GTK_TEXT_BUFFER (view.desk.buffer), &start, &end);
  bal_editor_buffer_toggle_style (view.desk.buffer, BAL_STYLE_CODE);
  assert_marked (&view, "");
  bal_editor_buffer_toggle_style (view.desk.buffer, BAL_STYLE_CODE);
  desk_place (&view.desk, 0, 0);
  assert_marked (&view, "flim");
  bal_editor_buffer_set_preformatted (view.desk.buffer);
  assert_marked (&view, "");
  bal_editor_buffer_set_paragraph (view.desk.buffer);
  assert_marked (&view, "flim");
  view_close (&view);
}

static void
correct (View       *self,
         const char *wrong,
         const char *right)
{
  place_in (self, wrong);
  g_object_unref (bal_text_menu_make (self->menu));
  gtk_widget_activate_action (GTK_WIDGET (self->view), "spelling.correct", "s", right);
}

static void
test_a_correction_keeps_formatting_and_is_one_step (void)
{
  static const char html[] = "<p><b>flim</b> and <a href=\"https://example.org/\">verry</a> <em>ve</em>rry lso</p>";
  View view;

  view_open (&view, html);
  assert_marked (&view, "flim verry verry lso");
  correct (&view, "flim", "film");
  desk_assert (&view.desk, "<p><b>film</b> and <a href=\"https://example.org/\">verry</a> <em>ve</em>rry lso</p>");
  correct (&view, "verry", "quiet");
  desk_assert (&view.desk, "<p><b>film</b> and <a href=\"https://example.org/\">quiet</a> <em>ve</em>rry lso</p>");
  correct (&view, "verry", "very");
  desk_assert (&view.desk, "<p><b>film</b> and <a href=\"https://example.org/\">quiet</a> <em>ve</em>ry lso</p>");
  correct (&view, "lso", "also");
  desk_assert (&view.desk, "<p><b>film</b> and <a href=\"https://example.org/\">quiet</a> <em>ve</em>ry also</p>");
  assert_marked (&view, "");
  for (guint i = 0; i < 4; i++)
    bal_editor_history_undo (view.history);
  g_assert_false (bal_editor_history_can_undo (view.history));
  desk_assert (&view.desk, html);
  view_close (&view);
}

static void
test_suggestions_come_first_in_the_menu (void)
{
  View view;
  g_autoptr(GMenuModel) menu = NULL;
  g_autoptr(GMenuModel) section = NULL;
  g_autofree char *label = NULL;
  GtkTextIter start, end;
  g_auto(GStrv) found = NULL;

  view_open (&view, "<p>The flim dosn\xe2\x80\x99t</p>");
  place_in (&view, "flim");
  menu = bal_text_menu_make (view.menu);
  section = g_menu_model_get_item_link (menu, 0, G_MENU_LINK_SECTION);
  g_assert_true (g_menu_model_get_item_attribute (section, 0, G_MENU_ATTRIBUTE_LABEL, "s", &label));
  g_assert_cmpstr (label, ==, "film");
  find_word (&view, "dosn\xe2\x80\x99t", &start, &end);
  found = bal_spelling_suggest (view.spelling, &start, &end);
  g_assert_true (g_strv_contains ((const char *const *) found, "doesn\xe2\x80\x99t"));
  view_close (&view);
}

static void
test_added_words_are_right_everywhere (void)
{
  View view;
  GtkTextIter start, end;
  g_autoptr(BalDictionary) later = NULL;

  view_open (&view, "<p>Zorblax and Zorblax</p><p>Zorblax, flim</p>");
  assert_marked (&view, "Zorblax Zorblax Zorblax flim");
  find_word (&view, "Zorblax", &start, &end);
  bal_spelling_add_word (view.spelling, &start, &end);
  assert_marked (&view, "flim");
  bal_spelling_forget (view.spelling);
  assert_marked (&view, "flim");
  view_close (&view);

  later = bal_dictionary_new (HOME);
  g_assert_true (bal_dictionary_check (later, "Zorblax"));
  g_assert_false (bal_dictionary_check (later, "flim"));
}

static void
test_ignored_words_are_so_in_this_review (void)
{
  View view;
  GtkTextIter start, end;

  view_open (&view, "<p>flim and flim</p>");
  find_word (&view, "flim", &start, &end);
  bal_spelling_ignore_word (view.spelling, &start, &end);
  assert_marked (&view, "");
  bal_spelling_forget (view.spelling);
  assert_marked (&view, "flim flim");
  view_close (&view);
}

static void
test_names_in_the_fields_are_right (void)
{
  View view;

  view_open (&view, "<p>Nibley and Hortensia\u2019s flim, the Blooms and bloom, Nibbley</p>");
  assert_marked (&view, "Nibley Hortensia\u2019s flim Blooms bloom Nibbley");
  bal_spelling_set_names (view.spelling, "Mr. Nibley, Hortensia Bloom\nflim, film");
  assert_marked (&view, "flim bloom Nibbley");
  bal_spelling_set_names (view.spelling, "Nibley");
  assert_marked (&view, "Hortensia\u2019s flim Blooms bloom Nibbley");
  bal_spelling_set_names (view.spelling, NULL);
  assert_marked (&view, "Nibley Hortensia\u2019s flim Blooms bloom Nibbley");
  view_close (&view);
}

static void
test_another_language_checks_anew (void)
{
  View view;

  view_open (&view, "<p>The quiet film, der leise Film</p>");
  assert_marked (&view, "der leise");
  bal_spelling_set_language (view.spelling, AWAY);
  wait_language (&view, AWAY);
  assert_marked (&view, "The quiet film");
  bal_spelling_set_language (view.spelling, "xx_XX");
  wait_language (&view, NULL);
  assert_marked (&view, "");
  bal_spelling_set_language (view.spelling, HOME);
  wait_language (&view, HOME);
  assert_marked (&view, "der leise");
  view_close (&view);
}

static void
test_off_takes_the_underlines_away (void)
{
  View view;

  view_open (&view, "<p>flim</p>");
  assert_marked (&view, "flim");
  bal_spelling_set_enabled (view.spelling, FALSE);
  assert_marked (&view, "");
  desk_type (&view.desk, "verry ");
  assert_marked (&view, "");
  bal_spelling_set_enabled (view.spelling, TRUE);
  wait_language (&view, HOME);
  assert_marked (&view, "verry flim");
  g_assert_false (view.n_edits == 0);
  view_close (&view);
}

static void
test_the_next_one_is_found_around_the_end (void)
{
  View view;
  GtkTextIter at, start, end;
  static const int places[] = { 4, 18, 4 };

  view_open (&view, "<p>The flim and</p><p>the flim</p><p>and film</p>");
  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (view.desk.buffer), &at);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_assert_true (bal_spelling_find_next (view.spelling, &at, &start, &end));
      g_assert_cmpint (gtk_text_iter_get_offset (&start), ==, places[i] - (i == 1));
      at = end;
    }
  view_close (&view);
  view_open (&view, "<p>The quiet film</p>");
  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (view.desk.buffer), &at);
  g_assert_false (bal_spelling_find_next (view.spelling, &at, &start, &end));
  view_close (&view);
}

static void
test_only_what_is_near_the_screen_is_checked (void)
{
  View view;
  g_autoptr(GString) html = g_string_new (NULL);
  g_autofree char *words = NULL;
  GtkTextIter end;

  for (guint i = 0; i < 4000; i++)
    g_string_append (html, "<p>flim</p>");
  view_open (&view, html->str);
  words = marked (&view);
  g_assert_cmpuint (strlen (words), >, 100);
  g_assert_cmpuint (strlen (words), <, 5000);
  gtk_text_buffer_get_end_iter (GTK_TEXT_BUFFER (view.desk.buffer), &end);
  gtk_text_iter_backward_chars (&end, 2);
  g_assert_false (gtk_text_iter_get_tags (&end) != NULL);
  view_close (&view);
}

/* ---- in the editor ---- */

typedef struct
{
  Fixture     base;
  BalEditor  *editor;
  GtkWidget  *body;
  gint64      review_id;
  const char *word;       /* that is waited for */
  gboolean    underlined;
  const char *language;
} Page;

static gboolean
add_review (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Page *page = data;

  page->review_id = put_pulled_review (transaction, page->base.blog_id, "1", "Other", "<p>Der leise film</p>");
  must (bal_blog_table_set_language (transaction, page->base.blog_id, HOME, error));
  return TRUE;
}

static gboolean
read_language (BalTransaction  *transaction,
               gpointer         data,
               GError         **error)
{
  Page *page = data;
  g_autoptr(BalBlog) blog = bal_blog_table_get (transaction, page->base.blog_id, error);

  page->language = g_intern_string (bal_blog_get_language (blog));
  return TRUE;
}

static gboolean
is_away (gpointer data)
{
  Page *page = data;

  fixture_read (&page->base, read_language, page);
  return g_strcmp0 (page->language, AWAY) == 0;
}

static gboolean
is_unset (gpointer data)
{
  Page *page = data;

  fixture_read (&page->base, read_language, page);
  return page->language == NULL;
}

static gboolean
is_as_wanted (gpointer data)
{
  Page *page = data;
  GtkTextIter start, end;
  gboolean underlined = FALSE;
  GSList *tags;

  gtk_text_buffer_get_start_iter (gtk_text_view_get_buffer (GTK_TEXT_VIEW (page->body)), &start);
  if (!gtk_text_iter_forward_search (&start, page->word, 0, &start, &end, NULL))
    return FALSE;
  tags = gtk_text_iter_get_tags (&start);
  for (GSList *l = tags; l != NULL; l = l->next)
    {
      PangoUnderline underline = PANGO_UNDERLINE_NONE;

      g_object_get (l->data, "underline", &underline, NULL);
      underlined |= underline == PANGO_UNDERLINE_ERROR;
    }
  g_slist_free (tags);
  return underlined == page->underlined;
}

static void
wait_underlined (Page       *page,
                 const char *word,
                 gboolean    underlined)
{
  page->word = word;
  page->underlined = underlined;
  wait_until (is_as_wanted, page);
}

static void
test_the_editor_spells_in_the_blogs_language (Fixture       *fixture,
                                              gconstpointer  data)
{
  Page page = { .base = *fixture };
  GtkWidget *window = adw_window_new ();
  g_autoptr(GSettings) settings = g_settings_new ("io.github.balcony.Balcony");

  fixture_write (fixture, add_review, &page);
  page.editor = BAL_EDITOR (bal_editor_new (fixture->store));
  page.body = widget_find_type (GTK_WIDGET (page.editor), BAL_TYPE_TEXT_VIEW);
  gtk_window_set_default_size (GTK_WINDOW (window), 700, 600);
  adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (page.editor));
  gtk_window_present (GTK_WINDOW (window));
  bal_editor_show_review (page.editor, page.review_id);
  wait_underlined (&page, "leise", TRUE);
  wait_underlined (&page, "film", FALSE);

  gtk_widget_activate_action (page.body, "spelling.language", "s", AWAY);
  wait_underlined (&page, "leise", FALSE);
  wait_underlined (&page, "film", TRUE);
  wait_until (is_away, &page);
  gtk_widget_activate_action (page.body, "spelling.language", "s", "");
  wait_until (is_unset, &page);

  gtk_widget_activate_action (page.body, "spelling.language", "s", HOME);
  wait_underlined (&page, "leise", TRUE);
  g_settings_set_boolean (settings, "check-spelling", FALSE);
  wait_underlined (&page, "leise", FALSE);
  g_settings_set_boolean (settings, "check-spelling", TRUE);
  wait_underlined (&page, "leise", TRUE);
  gtk_widget_activate_action (page.body, "editor.next-misspelling", NULL);
  g_assert_true (gtk_text_buffer_get_has_selection (gtk_text_view_get_buffer (GTK_TEXT_VIEW (page.body))));
  g_assert_false (bal_editor_get_modified (page.editor));

  gtk_window_destroy (GTK_WINDOW (window));
  run_idle ();
}

/* ---- dictionaries of our own ---- */

static void
write_dictionary (const char *folder,
                  const char *tag,
                  const char *words)
{
  g_autofree char *dic = g_strdup_printf ("%s/%s.dic", folder, tag);
  g_autofree char *aff = g_strdup_printf ("%s/%s.aff", folder, tag);
  g_auto(GStrv) lines = g_strsplit (words, " ", -1);
  g_autofree char *joined = g_strjoinv ("\n", lines);
  g_autofree char *text = g_strdup_printf ("%u\n%s\n", g_strv_length (lines), joined);

  g_assert_true (g_file_set_contents (dic, text, -1, NULL));
  g_assert_true (g_file_set_contents (aff, "SET UTF-8\nTRY esianrtolcdugmphbyfvkw'\nWORDCHARS '\n", -1, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *config = g_dir_make_tmp ("spelling-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (config, "hunspell", NULL);
  int status;

  g_mkdir (folder, 0700);
  write_dictionary (folder, HOME, "the a quiet film is very and also see here doesn't don't");
  write_dictionary (folder, AWAY, "der leise Film");
  g_setenv ("ENCHANT_CONFIG_DIR", config, TRUE);

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/spelling/unknown-words-are-underlined", test_unknown_words_are_underlined);
  g_test_add_func ("/spelling/underlines-are-no-part-of-the-text", test_underlines_are_no_part_of_the_text);
  g_test_add_func ("/spelling/what-is-being-typed-waits", test_what_is_being_typed_waits);
  g_test_add_func ("/spelling/code-is-left-alone", test_code_is_left_alone);
  g_test_add_func ("/spelling/a-correction-keeps-formatting-and-is-one-step",
                   test_a_correction_keeps_formatting_and_is_one_step);
  g_test_add_func ("/spelling/suggestions-come-first-in-the-menu", test_suggestions_come_first_in_the_menu);
  g_test_add_func ("/spelling/added-words-are-right-everywhere", test_added_words_are_right_everywhere);
  g_test_add_func ("/spelling/ignored-words-are-so-in-this-review", test_ignored_words_are_so_in_this_review);
  g_test_add_func ("/spelling/names-in-the-fields-are-right", test_names_in_the_fields_are_right);
  g_test_add_func ("/spelling/another-language-checks-anew", test_another_language_checks_anew);
  g_test_add_func ("/spelling/off-takes-the-underlines-away", test_off_takes_the_underlines_away);
  g_test_add_func ("/spelling/the-next-one-is-found-around-the-end", test_the_next_one_is_found_around_the_end);
  g_test_add_func ("/spelling/only-what-is-near-the-screen-is-checked", test_only_what_is_near_the_screen_is_checked);
  fixture_add ("/spelling/the-editor-spells-in-the-blogs-language", test_the_editor_spells_in_the_blogs_language);
  status = g_test_run ();

  remove_folder (config);
  return status;
}
