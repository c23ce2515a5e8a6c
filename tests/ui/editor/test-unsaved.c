/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unsaved-desk.h"

#include "bal-close-question.h"
#include "bal-snippet-window.h"

/* ---- a writer that is busy, as in an import ---- */

typedef struct
{
  GMutex mutex;
  GCond  cond;
  guint  n_held;     /* by us */
} Writer;

static Writer writer;

static gboolean
hold_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  g_mutex_lock (&writer.mutex);
  while (writer.n_held > 0)
    g_cond_wait (&writer.cond, &writer.mutex);
  g_mutex_unlock (&writer.mutex);
  return TRUE;
}

static void
hold_writer (Unsaved *desk)
{
  writer.n_held = 1;
  bal_store_write_async (desk->base.store, hold_work, NULL, NULL, NULL, NULL, NULL);
}

static void
release_writer (void)
{
  g_mutex_lock (&writer.mutex);
  writer.n_held = 0;
  g_cond_signal (&writer.cond);
  g_mutex_unlock (&writer.mutex);
}

/* ---- saved replies ---- */

static void
test_escape_asks_before_words_go (Unsaved       *desk,
                                  gconstpointer  data)
{
  g_autofree char *html = NULL;

  unsaved_open_snippets (desk);
  unsaved_act (desk, "snippet.add");
  unsaved_type_text (desk, "Half a thought");
  unsaved_act (desk, "snippet.back");
  g_assert_true (unsaved_is_asked ());
  unsaved_answer ("back");
  g_assert_cmpstr (unsaved_get_page (desk), ==, "edit");
  html = bal_reply_field_dup_html (unsaved_get_field (desk));
  g_assert_cmpstr (html, ==, "<p>Half a thought</p>");

  unsaved_type_name (desk, "Thought");
  unsaved_act (desk, "snippet.back");
  unsaved_answer ("keep");
  wait_until (g_str_equal (unsaved_get_page (desk), "list") && unsaved_get_row (desk, 1) != NULL);
  unsaved_assert_saved (desk, "Thought", "<p>Half a thought</p>");
  unsaved_close_window (desk);
}

static void
test_closing_asks_and_goes_on (Unsaved       *desk,
                               gconstpointer  data)
{
  unsaved_open_snippets (desk);
  gtk_widget_activate (GTK_WIDGET (unsaved_get_row (desk, 0)));
  wait_until (g_str_equal (unsaved_get_page (desk), "edit"));
  unsaved_type_text (desk, " And again.");
  gtk_window_close (GTK_WINDOW (desk->window));
  gtk_window_close (GTK_WINDOW (desk->window));
  unsaved_answer ("back");

  /* Saved by hand, it is not the window that was meant. */
  unsaved_act (desk, "snippet.save");
  wait_until (g_str_equal (unsaved_get_page (desk), "list"));
  unsaved_assert_saved (desk, "Thanks", "<p>Thank you, {name}! And again.</p>");

  gtk_widget_activate (GTK_WIDGET (unsaved_get_row (desk, 0)));
  wait_until (g_str_equal (unsaved_get_page (desk), "edit"));
  unsaved_type_text (desk, " Bye.");
  gtk_window_close (GTK_WINDOW (desk->window));
  unsaved_answer ("keep");
  wait_until (unsaved_find_toplevel (BAL_TYPE_SNIPPET_WINDOW) == NULL);
  unsaved_assert_saved (desk, "Thanks", "<p>Thank you, {name}! And again. Bye.</p>");
}

static void
test_what_is_not_changed_is_not_asked_about (Unsaved       *desk,
                                             gconstpointer  data)
{
  unsaved_open_snippets (desk);
  gtk_widget_activate (GTK_WIDGET (unsaved_get_row (desk, 0)));
  wait_until (g_str_equal (unsaved_get_page (desk), "edit"));
  g_assert_false (bal_close_question_is_wanted (GTK_WINDOW (desk->window)));
  unsaved_act (desk, "snippet.back");
  g_assert_false (unsaved_is_asked ());
  g_assert_cmpstr (unsaved_get_page (desk), ==, "list");

  gtk_widget_activate (GTK_WIDGET (unsaved_get_row (desk, 0)));
  wait_until (g_str_equal (unsaved_get_page (desk), "edit"));
  unsaved_type_name (desk, "Other");
  g_assert_true (bal_close_question_is_wanted (GTK_WINDOW (desk->window)));
  unsaved_act (desk, "snippet.back");
  unsaved_answer ("discard");
  g_assert_cmpstr (unsaved_get_page (desk), ==, "list");
  unsaved_assert_saved (desk, "Thanks", "Thank you, {name}!");
  unsaved_assert_saved (desk, "Other", NULL);
  unsaved_close_window (desk);
}

/* A name that another one has is told, and the words stay in the field. */
static void
test_what_cannot_be_saved_stays (Unsaved       *desk,
                                 gconstpointer  data)
{
  g_autofree char *html = NULL;

  unsaved_open_snippets (desk);
  unsaved_act (desk, "snippet.add");
  unsaved_type_name (desk, "THANKS");
  unsaved_type_text (desk, "Other words");
  gtk_window_close (GTK_WINDOW (desk->window));
  unsaved_answer ("keep");
  unsaved_settle ();
  g_assert_cmpstr (unsaved_get_page (desk), ==, "edit");
  html = bal_reply_field_dup_html (unsaved_get_field (desk));
  g_assert_cmpstr (html, ==, "<p>Other words</p>");
  unsaved_assert_saved (desk, "Thanks", "Thank you, {name}!");

  /* Closing was given up with it. */
  unsaved_type_name (desk, "Others");
  unsaved_act (desk, "snippet.save");
  wait_until (unsaved_find_toplevel (BAL_TYPE_SNIPPET_WINDOW) == NULL || g_str_equal (unsaved_get_page (desk), "list"));
  g_assert_true (unsaved_find_toplevel (BAL_TYPE_SNIPPET_WINDOW) == desk->window);
  unsaved_assert_saved (desk, "Others", "<p>Other words</p>");
  unsaved_close_window (desk);
}

/* However often it is told to, and wherever one would go meanwhile. */
static void
test_a_reply_is_saved_once (Unsaved       *desk,
                            gconstpointer  data)
{
  unsaved_open_snippets (desk);
  unsaved_act (desk, "snippet.add");
  unsaved_type_name (desk, "Bye");
  unsaved_type_text (desk, "See you");
  hold_writer (desk);
  unsaved_act (desk, "snippet.save");
  unsaved_act (desk, "snippet.save");
  unsaved_act (desk, "snippet.back");
  unsaved_act (desk, "snippet.add");
  g_assert_false (unsaved_is_asked ());
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (unsaved_get_field (desk))));
  g_assert_true (bal_close_question_is_wanted (GTK_WINDOW (desk->window)));
  release_writer ();
  wait_until (g_str_equal (unsaved_get_page (desk), "list") && unsaved_get_row (desk, 1) != NULL);
  unsaved_assert_saved (desk, "Bye", "<p>See you</p>");
  g_assert_cmpuint (unsaved_count_saved (desk), ==, 2);
  /* A second write would have failed for the name. */
  unsaved_settle ();
  g_assert_null (unsaved_find_child (desk->window, g_type_from_name ("AdwToastWidget")));

  gtk_widget_activate (GTK_WIDGET (unsaved_get_row (desk, 0)));
  wait_until (g_str_equal (unsaved_get_page (desk), "edit"));
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (unsaved_get_field (desk))));
  unsaved_act (desk, "snippet.back");
  unsaved_close_window (desk);
}

static void
test_a_question_goes_with_its_reason (Unsaved       *desk,
                                      gconstpointer  data)
{
  unsaved_open_snippets (desk);
  unsaved_act (desk, "snippet.add");
  unsaved_type_name (desk, "Bye");
  unsaved_type_text (desk, "See you");
  unsaved_act (desk, "snippet.back");
  g_assert_true (unsaved_is_asked ());
  hold_writer (desk);
  unsaved_act (desk, "snippet.save");
  wait_until (!unsaved_is_asked ());
  gtk_window_close (GTK_WINDOW (desk->window));
  g_assert_false (unsaved_is_asked ());
  g_assert_true (unsaved_find_toplevel (BAL_TYPE_SNIPPET_WINDOW) == desk->window);
  release_writer ();
  wait_until (unsaved_find_toplevel (BAL_TYPE_SNIPPET_WINDOW) == NULL);
  unsaved_assert_saved (desk, "Bye", "<p>See you</p>");
}

/* Closing that was given up is over. */
static void
test_back_leads_to_the_list (Unsaved       *desk,
                             gconstpointer  data)
{
  unsaved_open_snippets (desk);
  gtk_widget_activate (GTK_WIDGET (unsaved_get_row (desk, 0)));
  wait_until (g_str_equal (unsaved_get_page (desk), "edit"));
  unsaved_type_name (desk, "Other");
  gtk_window_close (GTK_WINDOW (desk->window));
  unsaved_answer ("back");
  unsaved_type_name (desk, "Thanks");
  unsaved_act (desk, "snippet.back");
  g_assert_true (unsaved_find_toplevel (BAL_TYPE_SNIPPET_WINDOW) == desk->window);
  g_assert_cmpstr (unsaved_get_page (desk), ==, "list");
  unsaved_close_window (desk);
}

/* Ctrl+N while one is written. */
static void
test_a_new_reply_waits_for_the_last (Unsaved       *desk,
                                     gconstpointer  data)
{
  g_autofree char *html = NULL;

  unsaved_open_snippets (desk);
  unsaved_act (desk, "snippet.add");
  unsaved_type_text (desk, "Half a thought");
  unsaved_act (desk, "snippet.add");
  html = bal_reply_field_dup_html (unsaved_get_field (desk));
  g_assert_cmpstr (html, ==, "<p>Half a thought</p>");
  gtk_window_close (GTK_WINDOW (desk->window));
  unsaved_answer ("discard");
  wait_until (unsaved_find_toplevel (BAL_TYPE_SNIPPET_WINDOW) == NULL);
}

int
main (int   argc,
      char *argv[])
{
  static const UnsavedTest tests[] = {
    { "escape-asks-before-words-go", test_escape_asks_before_words_go },
    { "closing-asks-and-goes-on", test_closing_asks_and_goes_on },
    { "what-is-not-changed-is-not-asked-about", test_what_is_not_changed_is_not_asked_about },
    { "what-cannot-be-saved-stays", test_what_cannot_be_saved_stays },
    { "a-reply-is-saved-once", test_a_reply_is_saved_once },
    { "a-question-goes-with-its-reason", test_a_question_goes_with_its_reason },
    { "back-leads-to-the-list", test_back_leads_to_the_list },
    { "a-new-reply-waits-for-the-last", test_a_new_reply_waits_for_the_last },
  };

  return unsaved_run (argc, argv, "/ui/unsaved/", tests, G_N_ELEMENTS (tests));
}
