/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unsaved-desk.h"

#include "bal-close-question.h"
#include "bal-island-source.h"
#include "bal-snippet-window.h"
#include "bal-window.h"

/* ---- the end of the program ---- */

static void
gone_cb (gpointer  data,
         GObject  *where)
{
  *(gboolean *) data = TRUE;
}

/* The window of the desk is the main one. */
static void
take_over (Unsaved  *desk,
           gboolean *ended)
{
  GtkWidget *main_window = gtk_application_window_new (GTK_APPLICATION (g_application_get_default ()));

  gtk_window_present (GTK_WINDOW (main_window));
  g_object_weak_ref (G_OBJECT (main_window), gone_cb, ended);
  bal_snippet_window_present (main_window, desk->base.store);
  desk->window = unsaved_find_toplevel (BAL_TYPE_SNIPPET_WINDOW);
  wait_until (unsaved_get_row (desk, 0) != NULL);
  gtk_widget_activate (GTK_WIDGET (unsaved_get_row (desk, 0)));
  wait_until (g_str_equal (unsaved_get_page (desk), "edit"));
}

static void
quit (void)
{
  g_action_group_activate_action (G_ACTION_GROUP (g_application_get_default ()), "quit", NULL);
}

/* A new one, from the page of another. */
static void
start_reply (Unsaved    *desk,
             const char *name)
{
  unsaved_act (desk, "snippet.back");
  unsaved_act (desk, "snippet.add");
  unsaved_type_name (desk, name);
}

static void
test_quitting_goes_on_after_an_answer (Unsaved       *desk,
                                       gconstpointer  data)
{
  gboolean ended = FALSE;

  take_over (desk, &ended);
  unsaved_type_text (desk, " And again.");
  quit ();
  g_assert_true (unsaved_is_asked ());
  unsaved_answer ("back");
  unsaved_act (desk, "snippet.save");
  wait_until (g_str_equal (unsaved_get_page (desk), "list"));
  unsaved_settle ();
  g_assert_false (ended);

  gtk_widget_activate (GTK_WIDGET (unsaved_get_row (desk, 0)));
  wait_until (g_str_equal (unsaved_get_page (desk), "edit"));
  unsaved_type_text (desk, " Bye.");
  quit ();
  unsaved_answer ("keep");
  wait_until (ended && unsaved_find_toplevel (BAL_TYPE_SNIPPET_WINDOW) == NULL);
  unsaved_assert_saved (desk, "Thanks", "<p>Thank you, {name}! And again. Bye.</p>");

  ended = FALSE;
  take_over (desk, &ended);
  unsaved_type_text (desk, " No.");
  quit ();
  unsaved_answer ("discard");
  wait_until (ended && unsaved_find_toplevel (BAL_TYPE_SNIPPET_WINDOW) == NULL);
  unsaved_assert_saved (desk, "Thanks", "<p>Thank you, {name}! And again. Bye.</p>");
}

static void
test_quitting_ends_where_words_cannot_be_kept (Unsaved       *desk,
                                               gconstpointer  data)
{
  gboolean ended = FALSE;

  take_over (desk, &ended);
  start_reply (desk, "THANKS");
  unsaved_type_text (desk, "Other words");
  quit ();
  unsaved_answer ("keep");
  wait_until (gtk_widget_is_sensitive (GTK_WIDGET (unsaved_get_field (desk))));
  g_assert_cmpstr (unsaved_get_page (desk), ==, "edit");
  gtk_window_close (GTK_WINDOW (desk->window));
  unsaved_answer ("discard");
  unsaved_settle ();
  g_assert_false (ended);
  quit ();
  wait_until (ended);
}

/* Nobody may be there to answer. */
static void
test_a_program_that_is_ended_keeps_what_it_can (Unsaved       *desk,
                                                gconstpointer  data)
{
  gboolean ended = FALSE;

  take_over (desk, &ended);
  unsaved_type_text (desk, " And again.");
  unsaved_act (desk, "snippet.back");
  g_assert_true (unsaved_is_asked ());
  raise (SIGTERM);
  wait_until (ended && unsaved_find_toplevel (BAL_TYPE_SNIPPET_WINDOW) == NULL);
  g_assert_false (unsaved_is_asked ());
  unsaved_assert_saved (desk, "Thanks", "<p>Thank you, {name}! And again.</p>");

  /* Without a name, with one that is taken, and without a text. */
  for (int i = 0; i < 3; i++)
    {
      ended = FALSE;
      take_over (desk, &ended);
      start_reply (desk, i == 0 ? "" : "Thanks");
      if (i < 2)
        unsaved_type_text (desk, "Other words, and more than forty letters of them");
      raise (SIGTERM);
      wait_until (ended && unsaved_find_toplevel (BAL_TYPE_SNIPPET_WINDOW) == NULL);
    }
  g_assert_cmpuint (unsaved_count_saved (desk), ==, 3);
  unsaved_assert_saved (desk, "Other words, and more than forty letter…", "<p>Other words, and more than forty letters of them</p>");
  unsaved_assert_saved (desk, "Thanks 2", "<p>Other words, and more than forty letters of them</p>");
}

/* The save that goes on fails: the name is taken. */
static void
test_an_end_during_a_save_keeps_the_words (Unsaved       *desk,
                                           gconstpointer  data)
{
  gboolean ended = FALSE;

  take_over (desk, &ended);
  start_reply (desk, "Thanks");
  unsaved_type_text (desk, "Other words");
  unsaved_act (desk, "snippet.save");
  bal_close_question_keep (GTK_WINDOW (desk->window), G_CALLBACK (quit), G_OBJECT (g_application_get_default ()));
  wait_until (ended && unsaved_find_toplevel (BAL_TYPE_SNIPPET_WINDOW) == NULL);
  g_assert_cmpuint (unsaved_count_saved (desk), ==, 2);
  unsaved_assert_saved (desk, "Thanks 2", "<p>Other words</p>");
}

/* It stands before the main one, and would go with it. */
static void
test_the_main_window_waits_for_the_answer (Unsaved       *desk,
                                           gconstpointer  data)
{
  g_autoptr(BalProviderRegistry) registry = bal_provider_registry_new ();
  g_autoptr(BalSecrets) secrets = bal_secrets_memory_new (NULL);
  g_autoptr(BalSyncEngine) engine = bal_sync_engine_new (desk->base.store, registry, secrets);
  GtkWidget *main_window = bal_window_new (GTK_APPLICATION (g_application_get_default ()), desk->base.store, engine);
  gboolean ended = FALSE;

  g_object_weak_ref (G_OBJECT (main_window), gone_cb, &ended);
  gtk_window_present (GTK_WINDOW (main_window));
  bal_snippet_window_present (main_window, desk->base.store);
  desk->window = unsaved_find_toplevel (BAL_TYPE_SNIPPET_WINDOW);
  wait_until (unsaved_get_row (desk, 0) != NULL);
  gtk_widget_activate (GTK_WIDGET (unsaved_get_row (desk, 0)));
  wait_until (g_str_equal (unsaved_get_page (desk), "edit"));
  unsaved_type_text (desk, " And again.");
  gtk_window_close (GTK_WINDOW (main_window));
  unsaved_answer ("back");
  unsaved_settle ();
  g_assert_false (ended);
  gtk_window_close (GTK_WINDOW (main_window));
  unsaved_answer ("keep");
  wait_until (ended && unsaved_find_toplevel (BAL_TYPE_SNIPPET_WINDOW) == NULL);
  unsaved_assert_saved (desk, "Thanks", "<p>Thank you, {name}! And again.</p>");
  bal_sync_engine_close (engine);
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
test_source_asks_before_it_goes (Unsaved       *desk,
                                 gconstpointer  data)
{
  g_autofree char *applied = NULL;
  GtkTextBuffer *buffer;

  desk->window = bal_island_source_new (GTK_WINDOW (desk->parent), "Edit Source", "<hr>");
  gtk_window_present (GTK_WINDOW (desk->window));
  gtk_window_close (GTK_WINDOW (desk->window));
  g_assert_null (unsaved_find_toplevel (BAL_TYPE_ISLAND_SOURCE));

  desk->window = bal_island_source_new (GTK_WINDOW (desk->parent), "Edit Source", "<hr>");
  g_signal_connect (desk->window, "apply", G_CALLBACK (applied_cb), &applied);
  gtk_window_present (GTK_WINDOW (desk->window));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (unsaved_find_child (desk->window, GTK_TYPE_TEXT_VIEW)));
  gtk_text_buffer_insert_at_cursor (buffer, "<hr>\n", -1);
  gtk_window_close (GTK_WINDOW (desk->window));
  unsaved_answer ("back");
  g_assert_true (unsaved_find_toplevel (BAL_TYPE_ISLAND_SOURCE) == desk->window);
  gtk_window_close (GTK_WINDOW (desk->window));
  unsaved_answer ("keep");
  g_assert_null (unsaved_find_toplevel (BAL_TYPE_ISLAND_SOURCE));
  g_assert_cmpstr (applied, ==, "<hr>\n<hr>");

  /* As when the program is told to end. */
  g_clear_pointer (&applied, g_free);
  desk->window = bal_island_source_new (GTK_WINDOW (desk->parent), "Edit Source", "<hr>");
  g_signal_connect (desk->window, "apply", G_CALLBACK (applied_cb), &applied);
  gtk_window_present (GTK_WINDOW (desk->window));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (unsaved_find_child (desk->window, GTK_TYPE_TEXT_VIEW)));
  gtk_text_buffer_insert_at_cursor (buffer, "<br>", -1);
  bal_close_question_keep (GTK_WINDOW (desk->window), G_CALLBACK (g_object_ref), G_OBJECT (desk->base.store));
  g_object_unref (desk->base.store);
  g_assert_null (unsaved_find_toplevel (BAL_TYPE_ISLAND_SOURCE));
  g_assert_cmpstr (applied, ==, "<br><hr>");
}

int
main (int   argc,
      char *argv[])
{
  static const UnsavedTest tests[] = {
    { "quitting-goes-on-after-an-answer", test_quitting_goes_on_after_an_answer },
    { "quitting-ends-where-words-cannot-be-kept", test_quitting_ends_where_words_cannot_be_kept },
    { "a-program-that-is-ended-keeps-what-it-can", test_a_program_that_is_ended_keeps_what_it_can },
    { "an-end-during-a-save-keeps-the-words", test_an_end_during_a_save_keeps_the_words },
    { "the-main-window-waits-for-the-answer", test_the_main_window_waits_for_the_answer },
    { "source-asks-before-it-goes", test_source_asks_before_it_goes },
  };

  return unsaved_run (argc, argv, "/ui/unsaved-end/", tests, G_N_ELEMENTS (tests));
}
