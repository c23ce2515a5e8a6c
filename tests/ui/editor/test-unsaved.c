/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "bal-application.h"
#include "bal-close-question.h"
#include "bal-island-source.h"
#include "bal-reply-field.h"
#include "bal-snippet-table.h"
#include "bal-snippet-window.h"
#include "bal-text-view.h"
#include "store-fixture.h"

/* Words in a window that keeps them only when told to: leaving it asks. */

typedef struct
{
  Fixture    base;
  GtkWidget *parent;
  GtkWidget *window;
} Desk;

static gboolean
fill_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  g_autoptr(BalSnippet) snippet = bal_snippet_new (0, "Thanks", "Thank you, {name}!");

  return bal_snippet_table_put (transaction, snippet, error) != 0;
}

static GtkWidget *
find_toplevel (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type))
        return window;
    }
  return NULL;
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

#define wait_until(condition) \
  G_STMT_START { while (!(condition)) g_main_context_iteration (NULL, TRUE); } G_STMT_END

static void
settle (void)
{
  gint64 end = g_get_monotonic_time () + 800 * 1000;

  /* GTK 4.8 looks half a second later for a tooltip below the pointer, also on a surface that is gone by then. */
  while (g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (2000);
    }
}

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  fixture_set_up (&desk->base, NULL);
  fixture_write (&desk->base, fill_work, desk);
  desk->parent = gtk_window_new ();
  gtk_window_present (GTK_WINDOW (desk->parent));
}

static void
tear_down (Desk          *desk,
           gconstpointer  data)
{
  g_assert_null (find_toplevel (ADW_TYPE_MESSAGE_DIALOG));
  g_assert_null (find_toplevel (BAL_TYPE_SNIPPET_WINDOW));
  settle ();
  gtk_window_destroy (GTK_WINDOW (desk->parent));
  while (g_main_context_iteration (NULL, FALSE));
  fixture_tear_down (&desk->base, NULL);
}

static void
answer (const char *response)
{
  GtkWidget *dialog = find_toplevel (ADW_TYPE_MESSAGE_DIALOG);

  g_assert_nonnull (dialog);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  /* As a click on its button does. */
  if (find_toplevel (ADW_TYPE_MESSAGE_DIALOG) != NULL)
    gtk_window_destroy (GTK_WINDOW (dialog));
  wait_until (find_toplevel (ADW_TYPE_MESSAGE_DIALOG) == NULL);
}

static gboolean
is_asked (void)
{
  return find_toplevel (ADW_TYPE_MESSAGE_DIALOG) != NULL;
}

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
hold_writer (Desk *desk)
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

static GtkListBoxRow *
get_row (Desk *desk,
         int   index)
{
  return gtk_list_box_get_row_at_index (GTK_LIST_BOX (find (desk->window, GTK_TYPE_LIST_BOX)), index);
}

static void
open_snippets (Desk *desk)
{
  bal_snippet_window_present (desk->parent, desk->base.store);
  desk->window = find_toplevel (BAL_TYPE_SNIPPET_WINDOW);
  wait_until (get_row (desk, 0) != NULL);
}

static const char *
get_page (Desk *desk)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (find (desk->window, GTK_TYPE_STACK)));
}

static void
act (Desk       *desk,
     const char *action)
{
  gtk_widget_activate_action (desk->window, action, NULL);
}

static BalReplyField *
get_field (Desk *desk)
{
  return BAL_REPLY_FIELD (find (desk->window, BAL_TYPE_REPLY_FIELD));
}

static void
type_text (Desk       *desk,
           const char *text)
{
  BalTextView *view = BAL_TEXT_VIEW (bal_reply_field_get_view (get_field (desk)));
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (bal_text_view_get_buffer (view));

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_insert_interactive_at_cursor (buffer, text, -1, TRUE);
  gtk_text_buffer_end_user_action (buffer);
}

static void
type_name (Desk       *desk,
           const char *name)
{
  gtk_editable_set_text (GTK_EDITABLE (find (desk->window, GTK_TYPE_ENTRY)), name);
}

typedef struct
{
  const char *name;
  char       *html;      /* NULL: there is none */
} Look;

static gboolean
look_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Look *look = data;
  g_autoptr(BalSnippet) snippet = bal_snippet_table_find (transaction, look->name, error);

  if (snippet != NULL)
    look->html = g_strdup (snippet->html);
  else
    g_clear_error (error);
  return TRUE;
}

static void
assert_saved (Desk       *desk,
              const char *name,
              const char *html)
{
  Look look = { name, NULL };

  fixture_read (&desk->base, look_work, &look);
  g_assert_cmpstr (look.html, ==, html);
  g_free (look.html);
}

static void
close_window (Desk *desk)
{
  gtk_window_close (GTK_WINDOW (desk->window));
  wait_until (find_toplevel (BAL_TYPE_SNIPPET_WINDOW) == NULL);
}

static void
test_escape_asks_before_words_go (Desk          *desk,
                                  gconstpointer  data)
{
  g_autofree char *html = NULL;

  open_snippets (desk);
  act (desk, "snippet.add");
  type_text (desk, "Half a thought");
  act (desk, "snippet.back");
  g_assert_true (is_asked ());
  answer ("back");
  g_assert_cmpstr (get_page (desk), ==, "edit");
  html = bal_reply_field_dup_html (get_field (desk));
  g_assert_cmpstr (html, ==, "<p>Half a thought</p>");

  type_name (desk, "Thought");
  act (desk, "snippet.back");
  answer ("keep");
  wait_until (g_str_equal (get_page (desk), "list") && get_row (desk, 1) != NULL);
  assert_saved (desk, "Thought", "<p>Half a thought</p>");
  close_window (desk);
}

static void
test_closing_asks_and_goes_on (Desk          *desk,
                               gconstpointer  data)
{
  open_snippets (desk);
  gtk_widget_activate (GTK_WIDGET (get_row (desk, 0)));
  wait_until (g_str_equal (get_page (desk), "edit"));
  type_text (desk, " And again.");
  gtk_window_close (GTK_WINDOW (desk->window));
  gtk_window_close (GTK_WINDOW (desk->window));
  answer ("back");

  /* Saved by hand, it is not the window that was meant. */
  act (desk, "snippet.save");
  wait_until (g_str_equal (get_page (desk), "list"));
  assert_saved (desk, "Thanks", "<p>Thank you, {name}! And again.</p>");

  gtk_widget_activate (GTK_WIDGET (get_row (desk, 0)));
  wait_until (g_str_equal (get_page (desk), "edit"));
  type_text (desk, " Bye.");
  gtk_window_close (GTK_WINDOW (desk->window));
  answer ("keep");
  wait_until (find_toplevel (BAL_TYPE_SNIPPET_WINDOW) == NULL);
  assert_saved (desk, "Thanks", "<p>Thank you, {name}! And again. Bye.</p>");
}

static void
test_what_is_not_changed_is_not_asked_about (Desk          *desk,
                                             gconstpointer  data)
{
  open_snippets (desk);
  gtk_widget_activate (GTK_WIDGET (get_row (desk, 0)));
  wait_until (g_str_equal (get_page (desk), "edit"));
  g_assert_false (bal_close_question_is_wanted (GTK_WINDOW (desk->window)));
  act (desk, "snippet.back");
  g_assert_false (is_asked ());
  g_assert_cmpstr (get_page (desk), ==, "list");

  gtk_widget_activate (GTK_WIDGET (get_row (desk, 0)));
  wait_until (g_str_equal (get_page (desk), "edit"));
  type_name (desk, "Other");
  g_assert_true (bal_close_question_is_wanted (GTK_WINDOW (desk->window)));
  act (desk, "snippet.back");
  answer ("discard");
  g_assert_cmpstr (get_page (desk), ==, "list");
  assert_saved (desk, "Thanks", "Thank you, {name}!");
  assert_saved (desk, "Other", NULL);
  close_window (desk);
}

/* A name that another one has is told, and the words stay in the field. */
static void
test_what_cannot_be_saved_stays (Desk          *desk,
                                 gconstpointer  data)
{
  g_autofree char *html = NULL;

  open_snippets (desk);
  act (desk, "snippet.add");
  type_name (desk, "THANKS");
  type_text (desk, "Other words");
  gtk_window_close (GTK_WINDOW (desk->window));
  answer ("keep");
  settle ();
  g_assert_cmpstr (get_page (desk), ==, "edit");
  html = bal_reply_field_dup_html (get_field (desk));
  g_assert_cmpstr (html, ==, "<p>Other words</p>");
  assert_saved (desk, "Thanks", "Thank you, {name}!");
  gtk_window_close (GTK_WINDOW (desk->window));
  answer ("discard");
  wait_until (find_toplevel (BAL_TYPE_SNIPPET_WINDOW) == NULL);
}

static gboolean
count_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  g_autoptr(GPtrArray) snippets = bal_snippet_table_list (transaction, error);

  *(guint *) data = snippets != NULL ? snippets->len : 0;
  return snippets != NULL;
}

static guint
count_saved (Desk *desk)
{
  guint n = 0;

  fixture_read (&desk->base, count_work, &n);
  return n;
}

/* However often it is told to, and wherever one would go meanwhile. */
static void
test_a_reply_is_saved_once (Desk          *desk,
                            gconstpointer  data)
{
  open_snippets (desk);
  act (desk, "snippet.add");
  type_name (desk, "Bye");
  type_text (desk, "See you");
  hold_writer (desk);
  act (desk, "snippet.save");
  act (desk, "snippet.save");
  act (desk, "snippet.back");
  act (desk, "snippet.add");
  g_assert_false (is_asked ());
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (get_field (desk))));
  g_assert_true (bal_close_question_is_wanted (GTK_WINDOW (desk->window)));
  release_writer ();
  wait_until (g_str_equal (get_page (desk), "list") && get_row (desk, 1) != NULL);
  assert_saved (desk, "Bye", "<p>See you</p>");
  g_assert_cmpuint (count_saved (desk), ==, 2);
  /* A second write would have failed for the name. */
  settle ();
  g_assert_null (find (desk->window, g_type_from_name ("AdwToastWidget")));

  gtk_widget_activate (GTK_WIDGET (get_row (desk, 0)));
  wait_until (g_str_equal (get_page (desk), "edit"));
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (get_field (desk))));
  act (desk, "snippet.back");
  close_window (desk);
}

static void
test_a_question_goes_with_its_reason (Desk          *desk,
                                      gconstpointer  data)
{
  open_snippets (desk);
  act (desk, "snippet.add");
  type_name (desk, "Bye");
  type_text (desk, "See you");
  act (desk, "snippet.back");
  g_assert_true (is_asked ());
  hold_writer (desk);
  act (desk, "snippet.save");
  wait_until (!is_asked ());
  gtk_window_close (GTK_WINDOW (desk->window));
  g_assert_false (is_asked ());
  g_assert_true (find_toplevel (BAL_TYPE_SNIPPET_WINDOW) == desk->window);
  release_writer ();
  wait_until (find_toplevel (BAL_TYPE_SNIPPET_WINDOW) == NULL);
  assert_saved (desk, "Bye", "<p>See you</p>");
}

/* Closing that was given up is over. */
static void
test_back_leads_to_the_list (Desk          *desk,
                             gconstpointer  data)
{
  open_snippets (desk);
  gtk_widget_activate (GTK_WIDGET (get_row (desk, 0)));
  wait_until (g_str_equal (get_page (desk), "edit"));
  type_name (desk, "Other");
  gtk_window_close (GTK_WINDOW (desk->window));
  answer ("back");
  type_name (desk, "Thanks");
  act (desk, "snippet.back");
  g_assert_true (find_toplevel (BAL_TYPE_SNIPPET_WINDOW) == desk->window);
  g_assert_cmpstr (get_page (desk), ==, "list");
  close_window (desk);
}

/* Ctrl+N while one is written. */
static void
test_a_new_reply_waits_for_the_last (Desk          *desk,
                                     gconstpointer  data)
{
  g_autofree char *html = NULL;

  open_snippets (desk);
  act (desk, "snippet.add");
  type_text (desk, "Half a thought");
  act (desk, "snippet.add");
  html = bal_reply_field_dup_html (get_field (desk));
  g_assert_cmpstr (html, ==, "<p>Half a thought</p>");
  gtk_window_close (GTK_WINDOW (desk->window));
  answer ("discard");
  wait_until (find_toplevel (BAL_TYPE_SNIPPET_WINDOW) == NULL);
}

/* ---- the end of the program ---- */

static void
gone_cb (gpointer  data,
         GObject  *where)
{
  *(gboolean *) data = TRUE;
}

/* The window of the desk is the main one. */
static void
take_over (Desk     *desk,
           gboolean *ended)
{
  GtkWidget *main_window = gtk_application_window_new (GTK_APPLICATION (g_application_get_default ()));

  gtk_window_present (GTK_WINDOW (main_window));
  g_object_weak_ref (G_OBJECT (main_window), gone_cb, ended);
  bal_snippet_window_present (main_window, desk->base.store);
  desk->window = find_toplevel (BAL_TYPE_SNIPPET_WINDOW);
  wait_until (get_row (desk, 0) != NULL);
  gtk_widget_activate (GTK_WIDGET (get_row (desk, 0)));
  wait_until (g_str_equal (get_page (desk), "edit"));
}

static void
quit (void)
{
  g_action_group_activate_action (G_ACTION_GROUP (g_application_get_default ()), "quit", NULL);
}

static void
test_quitting_goes_on_after_an_answer (Desk          *desk,
                                       gconstpointer  data)
{
  gboolean ended = FALSE;

  take_over (desk, &ended);
  type_text (desk, " And again.");
  quit ();
  g_assert_true (is_asked ());
  answer ("back");
  act (desk, "snippet.save");
  wait_until (g_str_equal (get_page (desk), "list"));
  settle ();
  g_assert_false (ended);

  gtk_widget_activate (GTK_WIDGET (get_row (desk, 0)));
  wait_until (g_str_equal (get_page (desk), "edit"));
  type_text (desk, " Bye.");
  quit ();
  answer ("keep");
  wait_until (ended && find_toplevel (BAL_TYPE_SNIPPET_WINDOW) == NULL);
  assert_saved (desk, "Thanks", "<p>Thank you, {name}! And again. Bye.</p>");

  ended = FALSE;
  take_over (desk, &ended);
  type_text (desk, " No.");
  quit ();
  answer ("discard");
  wait_until (ended && find_toplevel (BAL_TYPE_SNIPPET_WINDOW) == NULL);
  assert_saved (desk, "Thanks", "<p>Thank you, {name}! And again. Bye.</p>");
}

static void
test_quitting_ends_where_words_cannot_be_kept (Desk          *desk,
                                               gconstpointer  data)
{
  gboolean ended = FALSE;

  take_over (desk, &ended);
  act (desk, "snippet.back");
  act (desk, "snippet.add");
  type_name (desk, "THANKS");
  type_text (desk, "Other words");
  quit ();
  answer ("keep");
  wait_until (gtk_widget_is_sensitive (GTK_WIDGET (get_field (desk))));
  g_assert_cmpstr (get_page (desk), ==, "edit");
  gtk_window_close (GTK_WINDOW (desk->window));
  answer ("discard");
  settle ();
  g_assert_false (ended);
  quit ();
  wait_until (ended);
}

/* Nobody may be there to answer. */
static void
test_a_program_that_is_ended_keeps_what_it_can (Desk          *desk,
                                                gconstpointer  data)
{
  gboolean ended = FALSE;

  take_over (desk, &ended);
  type_text (desk, " And again.");
  act (desk, "snippet.back");
  g_assert_true (is_asked ());
  raise (SIGTERM);
  wait_until (ended && find_toplevel (BAL_TYPE_SNIPPET_WINDOW) == NULL);
  g_assert_false (is_asked ());
  assert_saved (desk, "Thanks", "<p>Thank you, {name}! And again.</p>");

  /* Without a name, and with one that is taken. */
  for (int i = 0; i < 2; i++)
    {
      ended = FALSE;
      take_over (desk, &ended);
      act (desk, "snippet.back");
      act (desk, "snippet.add");
      type_name (desk, i == 0 ? "" : "Thanks");
      type_text (desk, "Other words");
      raise (SIGTERM);
      wait_until (ended && find_toplevel (BAL_TYPE_SNIPPET_WINDOW) == NULL);
    }
  g_assert_cmpuint (count_saved (desk), ==, 1);
}

/* ---- the source of an island ---- */

static void
applied_cb (GtkWindow   *window,
            const char  *source,
            char       **applied)
{
  *applied = g_strdup (source);
  gtk_window_destroy (window);
}

static void
test_source_asks_before_it_goes (Desk          *desk,
                                 gconstpointer  data)
{
  g_autofree char *applied = NULL;
  GtkTextBuffer *buffer;

  desk->window = bal_island_source_new (GTK_WINDOW (desk->parent), "Edit Source", "<hr>");
  gtk_window_present (GTK_WINDOW (desk->window));
  gtk_window_close (GTK_WINDOW (desk->window));
  g_assert_null (find_toplevel (BAL_TYPE_ISLAND_SOURCE));

  desk->window = bal_island_source_new (GTK_WINDOW (desk->parent), "Edit Source", "<hr>");
  g_signal_connect (desk->window, "apply", G_CALLBACK (applied_cb), &applied);
  gtk_window_present (GTK_WINDOW (desk->window));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (find (desk->window, GTK_TYPE_TEXT_VIEW)));
  gtk_text_buffer_insert_at_cursor (buffer, "<hr>\n", -1);
  gtk_window_close (GTK_WINDOW (desk->window));
  answer ("back");
  g_assert_true (find_toplevel (BAL_TYPE_ISLAND_SOURCE) == desk->window);
  gtk_window_close (GTK_WINDOW (desk->window));
  answer ("keep");
  g_assert_null (find_toplevel (BAL_TYPE_ISLAND_SOURCE));
  g_assert_cmpstr (applied, ==, "<hr>\n<hr>");

  /* As when the program is told to end. */
  g_clear_pointer (&applied, g_free);
  desk->window = bal_island_source_new (GTK_WINDOW (desk->parent), "Edit Source", "<hr>");
  g_signal_connect (desk->window, "apply", G_CALLBACK (applied_cb), &applied);
  gtk_window_present (GTK_WINDOW (desk->window));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (find (desk->window, GTK_TYPE_TEXT_VIEW)));
  gtk_text_buffer_insert_at_cursor (buffer, "<br>", -1);
  bal_close_question_keep (GTK_WINDOW (desk->window), G_CALLBACK (g_object_ref), G_OBJECT (desk->base.store));
  g_object_unref (desk->base.store);
  g_assert_null (find_toplevel (BAL_TYPE_ISLAND_SOURCE));
  g_assert_cmpstr (applied, ==, "<br><hr>");
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *name;
    void      (*test) (Desk *desk, gconstpointer data);
  } tests[] = {
    { "escape-asks-before-words-go", test_escape_asks_before_words_go },
    { "closing-asks-and-goes-on", test_closing_asks_and_goes_on },
    { "what-is-not-changed-is-not-asked-about", test_what_is_not_changed_is_not_asked_about },
    { "what-cannot-be-saved-stays", test_what_cannot_be_saved_stays },
    { "a-reply-is-saved-once", test_a_reply_is_saved_once },
    { "a-question-goes-with-its-reason", test_a_question_goes_with_its_reason },
    { "back-leads-to-the-list", test_back_leads_to_the_list },
    { "a-new-reply-waits-for-the-last", test_a_new_reply_waits_for_the_last },
    { "quitting-goes-on-after-an-answer", test_quitting_goes_on_after_an_answer },
    { "quitting-ends-where-words-cannot-be-kept", test_quitting_ends_where_words_cannot_be_kept },
    { "a-program-that-is-ended-keeps-what-it-can", test_a_program_that_is_ended_keeps_what_it_can },
    { "source-asks-before-it-goes", test_source_asks_before_it_goes },
  };

  g_autoptr(BalApplication) application = bal_application_new ();

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, NULL);
  g_application_set_default (G_APPLICATION (application));

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/unsaved/", tests[i].name, NULL);

      g_test_add (path, Desk, NULL, set_up, tests[i].test, tear_down);
    }
  return g_test_run ();
}
