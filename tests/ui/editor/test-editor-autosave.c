/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <string.h>

#include "bal-editor.h"
#include "bal-text-view.h"
#include "store-fixture.h"
#include "widget-tree.h"

#define KEY_MS 40

typedef struct
{
  Fixture        base;
  gint64         review_id;
  GtkWidget     *window;
  BalEditor     *editor;
  GtkTextBuffer *body;
  guint          typist;
  guint          n_typed;
  guint          n_failures;
} Desk;

/* ---- helpers ---- */

static gboolean
add_work (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  Desk *desk = data;

  desk->review_id = put_pulled_review (transaction, desk->base.blog_id, "1", "Annihilation", "<p>It ends.</p>");
  return TRUE;
}

static void
failed_cb (Desk *desk)
{
  desk->n_failures++;
}

static gboolean
is_shown (gpointer data)
{
  return bal_editor_get_review (((Desk *) data)->editor) != NULL;
}

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  GtkTextIter start;

  fixture_set_up (&desk->base, data);
  fixture_write (&desk->base, add_work, desk);
  desk->editor = BAL_EDITOR (bal_editor_new (desk->base.store));
  g_signal_connect_swapped (desk->editor, "failed", G_CALLBACK (failed_cb), desk);
  desk->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (desk->window), GTK_WIDGET (desk->editor));
  gtk_window_present (GTK_WINDOW (desk->window));
  bal_editor_show_review (desk->editor, desk->review_id);
  wait_until (is_shown, desk);
  desk->body = gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget_find_type (GTK_WIDGET (desk->editor), BAL_TYPE_TEXT_VIEW)));
  gtk_text_buffer_get_start_iter (desk->body, &start);
  gtk_text_buffer_place_cursor (desk->body, &start);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
close_window (Desk *desk)
{
  gpointer editor = desk->editor;

  if (editor == NULL)
    return;
  g_object_add_weak_pointer (editor, &editor);
  gtk_window_destroy (GTK_WINDOW (desk->window));
  wait_until (is_gone, &editor);
  desk->editor = NULL;
}

static void
tear_down (Desk          *desk,
           gconstpointer  data)
{
  close_window (desk);
  fixture_tear_down (&desk->base, data);
}

/* One long word, a letter at a time, for as long as it takes. */
static gboolean
type_cb (gpointer data)
{
  Desk *desk = data;

  gtk_text_buffer_insert_interactive_at_cursor (desk->body, "x", 1, TRUE);
  desk->n_typed++;
  return G_SOURCE_CONTINUE;
}

typedef struct
{
  gint64  id;
  guint   n_letters;     /* at the beginning of the stored text */
  guint   n_revisions;
} Look;

static gboolean
look_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Look *look = data;
  g_autoptr(BalReview) review = bal_review_table_get (transaction, look->id, error);

  look->n_letters = strspn (bal_review_get_html (review) + strlen ("<p>"), "x");
  look->n_revisions = count_revisions (transaction, BAL_ENTITY_REVIEW, look->id);
  return TRUE;
}

static Look
look_at (Desk *desk)
{
  Look look = { .id = desk->review_id };

  fixture_read (&desk->base, look_work, &look);
  return look;
}

static gboolean
is_kept (gpointer data)
{
  return look_at (data).n_letters > 0;
}

typedef struct
{
  Desk  *desk;
  guint  n_letters;
} Before;

static gboolean
is_kept_again (gpointer data)
{
  Before *before = data;

  return look_at (before->desk).n_letters > before->n_letters;
}

static gboolean
is_taken_back (gpointer data)
{
  Desk *desk = data;

  return look_at (desk).n_letters == 0 && !bal_editor_get_modified (desk->editor);
}

/* ---- tests ---- */

static void
test_typing_without_a_pause_is_kept (Desk          *desk,
                                     gconstpointer  data)
{
  Before before = { desk, 0 };

  desk->typist = g_timeout_add (KEY_MS, type_cb, desk);
  wait_until (is_kept, desk);
  before.n_letters = look_at (desk).n_letters;
  wait_until (is_kept_again, &before);
  g_assert_cmpuint (look_at (desk).n_revisions, ==, 1);
  g_source_remove (desk->typist);
}

static void
test_a_save_in_the_middle_leaves_a_word_one_step (Desk          *desk,
                                                  gconstpointer  data)
{
  g_autofree char *text = NULL;
  g_autofree char *redone = NULL;
  GtkTextIter start, end;

  desk->typist = g_timeout_add (KEY_MS, type_cb, desk);
  wait_until (is_kept, desk);
  g_source_remove (desk->typist);
  type_cb (desk);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->editor), "editor.undo", NULL));
  gtk_text_buffer_get_bounds (desk->body, &start, &end);
  text = gtk_text_buffer_get_text (desk->body, &start, &end, FALSE);
  g_assert_cmpstr (text, ==, "It ends.\n");
  /* Perhaps while what was typed is still on its way into the store. */
  wait_until (is_taken_back, desk);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->editor), "editor.redo", NULL));
  gtk_text_buffer_get_bounds (desk->body, &start, &end);
  redone = gtk_text_buffer_get_text (desk->body, &start, &end, FALSE);
  g_assert_cmpuint (strspn (redone, "x"), ==, desk->n_typed);
}

static gboolean
has_failed (gpointer data)
{
  return ((Desk *) data)->n_failures > 0;
}

/* A full disk is told once, not with every second that a person goes on typing. */
static void
test_a_save_that_fails_is_told_once (Desk          *desk,
                                     gconstpointer  data)
{
  bal_store_close (desk->base.store, NULL);
  desk->typist = g_timeout_add (KEY_MS, type_cb, desk);
  wait_until (has_failed, desk);
  for (guint until = desk->n_typed + 60; desk->n_typed < until;)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (desk->typist);
  g_assert_cmpuint (desk->n_failures, ==, 1);
  g_assert_true (bal_editor_get_modified (desk->editor));
  close_window (desk);
  fixture_reopen (&desk->base);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
#define ADD(name, test) g_test_add ("/editor/autosave/" name, Desk, NULL, set_up, test, tear_down)
  ADD ("typing-without-a-pause-is-kept", test_typing_without_a_pause_is_kept);
  ADD ("a-save-in-the-middle-leaves-a-word-one-step", test_a_save_in_the_middle_leaves_a_word_one_step);
  ADD ("a-save-that-fails-is-told-once", test_a_save_that_fails_is_told_once);
#undef ADD
  return g_test_run ();
}
