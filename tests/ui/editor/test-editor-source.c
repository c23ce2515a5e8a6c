/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The HTML source in the place of the text, and back. */

#include "page-desk.h"

#include <string.h>

#include "samples.h"

static const char html[] =
  "<p class=\"first\">Charlotte used to be a <em>cello prodigy</em> &amp; more.</p>\r\n"
  "<ul>\n<li>One</li>\n<li>Two <b>bold</b>\n<ul><li>Inner</li></ul></li>\n</ul>\n"
  "<iframe src=\"https://example.org/\"></iframe>\n"
  "<p>Grade: B</p>\n"
  "<p>It deserves your attention.</p>\n";

static GtkEditable *
get_entry (Page       *page,
           const char *label)
{
  return GTK_EDITABLE (page_find (page, GTK_TYPE_ENTRY, label));
}

static void
check_shown (Page     *page,
             gboolean  source)
{
  GtkWidget *source_view = page_find (page, BAL_TYPE_SOURCE_VIEW, "HTML source");
  GtkWidget *text_view = page_find (page, BAL_TYPE_TEXT_VIEW, "Body");
  GtkWidget *button = page_find (page, GTK_TYPE_TOGGLE_BUTTON, "HTML source");

  g_assert_cmpint (gtk_widget_get_mapped (source_view), ==, source);
  g_assert_cmpint (gtk_widget_get_mapped (text_view), ==, !source);
  g_assert_cmpint (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)), ==, source);
  g_assert_true (gtk_widget_has_focus (source ? source_view : text_view));
}

static void
test_looking_changes_nothing (void)
{
  Page page;

  page_open (&page, html);
  page_act (&page, "editor.source");
  check_shown (&page, TRUE);
  buffer_assert_text (page_get_source (&page), html);
  page_act (&page, "editor.source");
  check_shown (&page, FALSE);
  g_assert_false (bal_editor_get_modified (page.editor));
  g_assert_false (gtk_widget_activate_action (GTK_WIDGET (page.editor), "editor.undo", NULL) &&
                  bal_editor_get_modified (page.editor));
  page_save (&page, TRUE);
  page_assert_stored (&page, html);
  page_close (&page);
}

/* What was edited in the text before is in the source, and only that. */
static void
test_source_has_what_was_edited (void)
{
  Page page;
  g_autofree char *source = NULL;
  g_auto(GStrv) parts = g_strsplit (html, "deserves", 2);
  g_autofree char *expected = g_strjoinv ("really deserves", parts);

  page_open (&page, html);
  buffer_place (page_get_body (&page), "deserves", 0);
  buffer_type (page_get_body (&page), "really ");
  page_act (&page, "editor.source");
  buffer_assert_text (page_get_source (&page), expected);
  buffer_assert_behind (page_get_source (&page), "deserves your");
  page_close (&page);
}

static void
check_place (Page       *page,
             const char *text,
             int         behind,
             const char *expected)
{
  buffer_place (page_get_body (page), text, behind);
  page_act (page, "editor.source");
  buffer_assert_behind (page_get_source (page), expected);
  page_act (page, "editor.source");
  {
    g_autofree char *rest = g_utf8_substring (text, behind, g_utf8_strlen (text, -1));

    buffer_assert_behind (page_get_body (page), rest);
  }
}

static void
test_cursor_keeps_its_place (void)
{
  Page page;

  page_open (&page, html);
  check_place (&page, "Charlotte", 0, "Charlotte used");
  check_place (&page, "prodigy", 3, "digy</em>");
  check_place (&page, "& more", 0, "&amp; more");
  check_place (&page, "more.\n", 5, "</p>\r\n");
  check_place (&page, "Two", 1, "wo <b>");
  check_place (&page, "bold", 2, "ld</b>");
  check_place (&page, "Inner", 5, "</li></ul>");
  check_place (&page, "attention", 4, "ntion");

  /* In a field's line there is no text: the nearest. In a tag, too. */
  page_act (&page, "editor.source");
  buffer_place (page_get_source (&page), "Grade: B", 3);
  page_act (&page, "editor.source");
  {
    g_autofree char *behind = buffer_dup_behind (page_get_body (&page), 1);

    g_assert_cmpstr (behind, ==, "\xef\xbf\xbc");
  }
  page_act (&page, "editor.source");
  buffer_place (page_get_source (&page), "class=", 2);
  page_act (&page, "editor.source");
  buffer_assert_behind (page_get_body (&page), "Charlotte");
  g_assert_false (bal_editor_get_modified (page.editor));
  page_close (&page);
}

/* A new line without text is in no source: what is below it keeps its place all the same. */
static void
test_cursor_below_an_empty_line (void)
{
  Page page;

  page_open (&page, html);
  buffer_place (page_get_body (&page), "Charlotte", 0);
  buffer_type (page_get_body (&page), "\n\n");
  buffer_place (page_get_body (&page), "attention", 0);
  page_act (&page, "editor.source");
  buffer_assert_behind (page_get_source (&page), "attention.</p>");
  page_act (&page, "editor.source");
  buffer_assert_behind (page_get_body (&page), "attention.");
  page_close (&page);
}

static void
test_edited_source_is_one_step (void)
{
  static const char edited[] = "<h2>New</h2>\n<p style='a'>Text &#8217;</p>\n<p>Grade: C</p>\n";
  Page page;
  GtkTextBuffer *body;

  page_open (&page, html);
  body = page_get_body (&page);
  buffer_place (body, "Charlotte", 0);
  buffer_type (body, "So ");
  page_act (&page, "editor.source");
  gtk_text_buffer_set_text (page_get_source (&page), edited, -1);
  g_assert_true (bal_editor_get_modified (page.editor));
  page_act (&page, "editor.source");
  buffer_assert_text (body, "New\nText \xe2\x80\x99\n");
  g_assert_cmpstr (gtk_editable_get_text (get_entry (&page, "Grade")), ==, "C");
  page_save (&page, FALSE);
  page_assert_stored (&page, edited);

  /* An edit of the text now keeps the bytes of the new source. */
  buffer_place (body, "New", 3);
  buffer_type (body, "er");
  page_save (&page, FALSE);
  page_assert_stored (&page, "<h2>Newer</h2>\n<p style='a'>Text &#8217;</p>\n<p>Grade: C</p>\n");

  page_act (&page, "editor.undo");
  page_act (&page, "editor.undo");
  g_assert_cmpstr (gtk_editable_get_text (get_entry (&page, "Grade")), ==, "B");
  page_act (&page, "editor.undo");
  page_save (&page, FALSE);
  page_assert_stored (&page, html);

  page_act (&page, "editor.redo");
  page_act (&page, "editor.redo");
  page_save (&page, FALSE);
  page_assert_stored (&page, edited);
  page_close (&page);
}

/* Blocks that say the same in other tags: nothing to see in the text, but the source is the
 * person's. */
static void
test_spelling_alone_counts (void)
{
  Page page;

  page_open (&page, "<p>One</p>\n<p>Two</p>\n");
  page_act (&page, "editor.source");
  gtk_text_buffer_set_text (page_get_source (&page), "<p id=x>One</p><p>T&#119;o</p>", -1);
  page_act (&page, "editor.source");
  page_save (&page, FALSE);
  page_assert_stored (&page, "<p id=x>One</p><p>T&#119;o</p>");
  page_act (&page, "editor.undo");
  page_save (&page, FALSE);
  page_assert_stored (&page, "<p>One</p>\n<p>Two</p>\n");
  page_close (&page);
}

/* Byte for byte as typed, whatever a reader would make of it, and not yet for the blog. */
static void
test_autosave_keeps_the_source_as_typed (void)
{
  Page page;
  g_autofree char *stored = NULL;
  gboolean queued;

  page_open (&page, html);
  page_act (&page, "editor.source");
  gtk_text_buffer_set_text (page_get_source (&page), "<p>half a <em ta\r\n\r\rg &amp", -1);
  g_assert_true (bal_editor_get_modified (page.editor));
  page_wait_kept (&page);
  stored = page_dup_stored (&page, page.review_id, &queued);
  g_assert_cmpstr (stored, ==, "<p>half a <em ta\r\n\r\rg &amp");
  g_assert_false (queued);
  page_settle ();
  check_shown (&page, TRUE);
  buffer_assert_text (page_get_source (&page), "<p>half a <em ta\r\n\r\rg &amp");
  page_act (&page, "editor.source");
  g_assert_false (bal_editor_get_modified (page.editor));
  page_save (&page, TRUE);
  page_assert_stored (&page, "<p>half a <em ta\r\n\r\rg &amp");
  page_close (&page);
}

/* Typed, kept, and taken back in the source itself: the former post is what must be kept now. */
static void
test_taking_back_behind_a_save (void)
{
  Page page;

  page_open (&page, html);
  page_act (&page, "editor.source");
  buffer_place (page_get_source (&page), "Charlotte", 0);
  buffer_type (page_get_source (&page), "So ");
  page_wait_kept (&page);
  page_act (&page, "editor.undo");
  buffer_assert_text (page_get_source (&page), html);
  page_act (&page, "editor.redo");
  page_act (&page, "editor.undo");
  page_act (&page, "editor.source");
  g_assert_true (bal_editor_get_modified (page.editor));
  page_wait_kept (&page);
  page_assert_stored (&page, html);
  page_close (&page);
}

static gboolean
shows_other (gpointer data)
{
  Page *page = data;

  return bal_editor_get_review_id (page->editor) == page->other_id && bal_editor_get_review (page->editor) != NULL;
}

static void
test_leaving_keeps_and_offers_the_source (void)
{
  Page page;
  g_autofree char *stored = NULL;
  gboolean queued;

  page_open (&page, html);
  page_act (&page, "editor.source");
  gtk_text_buffer_set_text (page_get_source (&page), "<p>Other words</p>", -1);
  bal_editor_show_review (page.editor, page.other_id);
  wait_until (shows_other, &page);
  stored = page_dup_stored (&page, page.review_id, &queued);
  g_assert_cmpstr (stored, ==, "<p>Other words</p>");
  g_assert_true (queued);
  buffer_assert_text (page_get_body (&page), "Other text\n");
  page_settle ();
  g_assert_false (gtk_widget_get_mapped (page_find (&page, BAL_TYPE_SOURCE_VIEW, "HTML source")));
  page_close (&page);
}

static void
test_closing_keeps_the_source (void)
{
  Page page;

  page_open (&page, html);
  page_act (&page, "editor.source");
  gtk_text_buffer_set_text (page_get_source (&page), "<p>Last words</p>", -1);
  page_close_window (&page);
  fixture_reopen (&page.base);
  page_assert_stored (&page, "<p>Last words</p>");
  page_close (&page);
}

static gboolean
pull_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Page *page = data;
  g_autoptr(BalReview) review = bal_review_table_get (transaction, page->review_id, error);

  bal_review_set_html (review, "<p>Charlotte used to play.</p>");
  bal_review_set_revision (review, "r2");
  return bal_review_table_update (transaction, review, error);
}

static void
test_news_are_shown_in_the_source (void)
{
  Page page;

  page_open (&page, html);
  page_act (&page, "editor.source");
  fixture_write (&page.base, pull_work, &page);
  page_settle ();
  buffer_assert_text (page_get_source (&page), "<p>Charlotte used to play.</p>");
  g_assert_false (bal_editor_get_modified (page.editor));
  page_act (&page, "editor.source");
  buffer_assert_text (page_get_body (&page), "Charlotte used to play.\n");
  page_close (&page);
}

static void
test_news_never_replace_the_typed_source (void)
{
  Page page;

  page_open (&page, html);
  page_act (&page, "editor.source");
  gtk_text_buffer_set_text (page_get_source (&page), "<p>Mine</p>", -1);
  fixture_write (&page.base, pull_work, &page);
  page_settle ();
  buffer_assert_text (page_get_source (&page), "<p>Mine</p>");
  page_save (&page, FALSE);
  page_assert_stored (&page, "<p>Mine</p>");
  page_close (&page);
}

/* The text that nobody sees can't be changed meanwhile. */
static void
test_text_actions_rest (void)
{
  Page page;

  page_open (&page, html);
  page_act (&page, "editor.source");
  gtk_widget_activate_action (GTK_WIDGET (page.editor), "editor.quote", NULL);
  g_assert_false (bal_editor_get_modified (page.editor));
  g_assert_false (gtk_widget_is_sensitive (page_find (&page, GTK_TYPE_TOGGLE_BUTTON, "Bold")));
  g_assert_true (gtk_widget_is_sensitive (page_find (&page, GTK_TYPE_TOGGLE_BUTTON, "HTML source")));
  page_act (&page, "editor.source");
  g_assert_true (gtk_widget_is_sensitive (page_find (&page, GTK_TYPE_TOGGLE_BUTTON, "Bold")));
  page_act (&page, "editor.quote");
  g_assert_true (bal_editor_get_modified (page.editor));
  page_close (&page);
}

static char *
make_line (guint length)
{
  g_autoptr(GString) line = g_string_new ("<p>One</p>\r\n");

  while (line->len < length)
    g_string_append (line, "<p>A paragraph in one <b>line</b> with all others.</p>");
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* A view would be busy with it for seconds after each key: told, and nothing changes. */
static void
test_endless_line_is_refused (void)
{
  g_autofree char *line = make_line (110000);
  Page page;

  page_open (&page, line);
  page_act (&page, "editor.source");
  g_assert_nonnull (page.message);
  g_assert_null (page_find (&page, BAL_TYPE_SOURCE_VIEW, NULL));
  g_assert_true (gtk_widget_get_mapped (page_find (&page, BAL_TYPE_TEXT_VIEW, "Body")));
  g_assert_false (bal_editor_get_modified (page.editor));
  page_close (&page);
}

/* A long line has no colours, for GtkSourceView gives up on it; a pasted one, too. */
static void
test_long_line_has_no_colours (void)
{
  g_autofree char *line = make_line (12000);
  BalSourceView *view = g_object_ref_sink (BAL_SOURCE_VIEW (bal_source_view_new ()));
  GtkSourceBuffer *buffer = GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)));

  bal_source_view_set_html (view, "<p>One</p>");
  g_assert_nonnull (gtk_source_buffer_get_language (buffer));
  buffer_type (GTK_TEXT_BUFFER (buffer), "x\ny");
  g_assert_nonnull (gtk_source_buffer_get_language (buffer));
  buffer_type (GTK_TEXT_BUFFER (buffer), line);
  g_assert_null (gtk_source_buffer_get_language (buffer));
  bal_source_view_set_html (view, "<p>One</p>");
  g_assert_nonnull (gtk_source_buffer_get_language (buffer));
  bal_source_view_set_html (view, line);
  g_assert_null (gtk_source_buffer_get_language (buffer));
  g_object_unref (view);
}

/* Whatever line ends and characters there are: GtkTextBuffer gives back the bytes. */
static void
test_every_sample_comes_back_from_the_view (void)
{
  g_autoptr(GPtrArray) samples = samples_load ();
  BalSourceView *view = g_object_ref_sink (g_object_new (BAL_TYPE_SOURCE_VIEW, NULL));
  guint n = 0;

  for (guint i = 0; i < samples->len; i++)
    {
      Sample *sample = g_ptr_array_index (samples, i);
      g_autofree char *back = NULL;
      gsize length;
      const char *data = sample_data (sample, &length);

      if (!g_utf8_validate_len (data, length, NULL))
        continue;
      {
        g_autofree char *text = g_strndup (data, length);

        bal_source_view_set_html (view, text);
        back = bal_source_view_dup_html (view);
        if (!g_str_equal (back, text))
          g_error ("%s does not come back", sample->name);
        n++;
      }
    }
  g_test_message ("%u posts", n);
  g_object_unref (view);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
#define ADD(name, test) g_test_add_func ("/editor/source/" name, test)
  ADD ("looking-changes-nothing", test_looking_changes_nothing);
  ADD ("source-has-what-was-edited", test_source_has_what_was_edited);
  ADD ("cursor-keeps-its-place", test_cursor_keeps_its_place);
  ADD ("cursor-below-an-empty-line", test_cursor_below_an_empty_line);
  ADD ("edited-source-is-one-step", test_edited_source_is_one_step);
  ADD ("spelling-alone-counts", test_spelling_alone_counts);
  ADD ("autosave-keeps-the-source-as-typed", test_autosave_keeps_the_source_as_typed);
  ADD ("taking-back-behind-a-save", test_taking_back_behind_a_save);
  ADD ("leaving-keeps-and-offers-the-source", test_leaving_keeps_and_offers_the_source);
  ADD ("closing-keeps-the-source", test_closing_keeps_the_source);
  ADD ("news-are-shown-in-the-source", test_news_are_shown_in_the_source);
  ADD ("news-never-replace-the-typed-source", test_news_never_replace_the_typed_source);
  ADD ("text-actions-rest", test_text_actions_rest);
  ADD ("endless-line-is-refused", test_endless_line_is_refused);
  ADD ("long-line-has-no-colours", test_long_line_has_no_colours);
  ADD ("every-sample-comes-back-from-the-view", test_every_sample_comes_back_from_the_view);
#undef ADD
  return g_test_run ();
}
