/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the editor make of each other. */
#include "page-desk.h"

#include "bal-editor-private.h"

static const char list_html[] = "<p>One word.</p>\n<ul>\n<li>the lamp</li>\n<li>the storm</li>\n</ul>\n"
                                "<table><tr><td>island</td></tr></table>\n";

static guint
count_islands (GtkTextView *view)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += gtk_widget_has_css_class (child, "island") && gtk_widget_get_mapped (child);
  return n;
}

static gboolean
has_label (GtkWidget  *root,
           const char *text)
{
  if (GTK_IS_LABEL (root))
    return g_str_equal (gtk_label_get_text (GTK_LABEL (root)), text);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_label (child, text))
      return TRUE;
  return FALSE;
}

static void
show (Page   *page,
      gint64  id)
{
  bal_editor_show_review (page->editor, id);
  while (bal_editor_get_review_id (page->editor) != id || bal_editor_get_review (page->editor) == NULL)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE));
}

/* The buffer leaves its view each time: what watches the two stays with them. */
static void
test_many_reviews_one_after_another (void)
{
  Page page;
  GtkTextView *view;

  page_open (&page, list_html);
  view = GTK_TEXT_VIEW (page_find (&page, BAL_TYPE_TEXT_VIEW, "Body"));
  page_act (&page, "editor.find");
  gtk_editable_set_text (GTK_EDITABLE (page_find (&page, GTK_TYPE_ENTRY, "Find")), "the");
  page_settle ();
  g_assert_true (has_label (GTK_WIDGET (page.editor), "1 of 2"));
  for (guint i = 0; i < 20; i++)
    {
      show (&page, page.other_id);
      g_assert_cmpuint (count_islands (view), ==, 0);
      show (&page, page.review_id);
      page_settle ();
      g_assert_cmpuint (count_islands (view), ==, 1);
    }
  g_usleep (200 * 1000);       /* longer than the bar waits for the next key */
  page_settle ();
  g_assert_true (has_label (GTK_WIDGET (page.editor), "2 matches"));
  buffer_place (page_get_body (&page), "the storm", 0);
  buffer_type (page_get_body (&page), "x");
  page_wait_kept (&page);
  page_act (&page, "editor.undo");
  page_wait_kept (&page);
  page_assert_stored (&page, list_html);
  page_close (&page);
}

static void
test_the_match_stays_the_same_in_the_source (void)
{
  Page page;

  page_open (&page, list_html);
  page_act (&page, "editor.find");
  gtk_editable_set_text (GTK_EDITABLE (page_find (&page, GTK_TYPE_ENTRY, "Find")), "the");
  page_settle ();
  gtk_widget_activate_action (page_find (&page, BAL_TYPE_FIND_BAR, NULL), "find.next", NULL);
  g_assert_true (has_label (GTK_WIDGET (page.editor), "2 of 2"));
  page_act (&page, "editor.source");
  page_settle ();
  g_assert_true (has_label (GTK_WIDGET (page.editor), "2 of 2"));
  page_act (&page, "editor.source");
  page_settle ();
  g_assert_true (has_label (GTK_WIDGET (page.editor), "2 of 2"));
  page_close (&page);
}

static void
paste (Page *page)
{
  GtkWidget *view = page_find (page, BAL_TYPE_TEXT_VIEW, "Body");

  gdk_clipboard_set_text (gtk_widget_get_clipboard (view), "pasted");
  buffer_place (page_get_body (page), "O", 0);
  g_signal_emit_by_name (view, "paste-clipboard");
}

/* The program that is copied from may take its time. */
static void
test_what_is_pasted_goes_nowhere_else (void)
{
  Page page;
  g_autoptr(GPtrArray) blocks = NULL;
  g_autoptr(BalDocument) other = bal_document_new_from_html ("<p>Other</p>", -1, BAL_DIALECT_HTML);

  page_open (&page, list_html);
  paste (&page);
  page_settle ();
  buffer_assert_behind (page_get_body (&page), "One word.");
  g_assert_true (bal_editor_get_modified (page.editor));
  page_act (&page, "editor.undo");

  paste (&page);
  page_act (&page, "editor.source");
  page_settle ();
  page_act (&page, "editor.source");
  page_settle ();
  page_wait_kept (&page);
  page_assert_stored (&page, list_html);

  paste (&page);
  blocks = bal_editor_get_blocks (other);
  bal_text_view_fill (BAL_TEXT_VIEW (page_find (&page, BAL_TYPE_TEXT_VIEW, "Body")), blocks);
  page_settle ();
  buffer_assert_text (page_get_body (&page), "Other\n");
  page_close (&page);
}

static void
test_nothing_changes_what_can_not_be_edited (void)
{
  static const char *const actions[] = { "editor.bold", "editor.quote", "editor.bulleted-list", "editor.paragraph",
                                         "editor.preformatted", "editor.link" };
  Page page;
  GtkTextIter start, end;

  page_open (&page, list_html);
  bal_editor_set_read_only (page.editor, TRUE);
  gtk_text_buffer_get_bounds (page_get_body (&page), &start, &end);
  gtk_text_buffer_select_range (page_get_body (&page), &start, &end);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_activate_action (GTK_WIDGET (page.editor), actions[i], NULL);
  gtk_widget_activate_action (GTK_WIDGET (page.editor), "editor.heading", "i", 2);
  g_assert_false (bal_editor_get_modified (page.editor));

  /* The next review can be edited again. */
  show (&page, page.other_id);
  page_act (&page, "editor.quote");
  g_assert_true (bal_editor_get_modified (page.editor));
  page_close (&page);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
#define ADD(name, test) g_test_add_func ("/editor/together/" name, test)
  ADD ("many-reviews-one-after-another", test_many_reviews_one_after_another);
  ADD ("the-match-stays-the-same-in-the-source", test_the_match_stays_the_same_in_the_source);
  ADD ("what-is-pasted-goes-nowhere-else", test_what_is_pasted_goes_nowhere_else);
  ADD ("nothing-changes-what-can-not-be-edited", test_nothing_changes_what_can_not_be_edited);
#undef ADD
  return g_test_run ();
}
