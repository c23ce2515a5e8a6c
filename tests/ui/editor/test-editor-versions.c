/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <string.h>

#include "bal-comparison-view.h"
#include "bal-editor.h"
#include "bal-history-window.h"
#include "bal-text-view.h"
#include "bal-version.h"
#include "store-fixture.h"
#include "widget-tree.h"

/* Spelled as no dialect of ours would. */
static const char first_html[] =
  "<P class=x >One ferry.</P>\n\n\n<p>Two ferries.</p>\n<ul>\n  <li>Rain</li><li>O’Neill</li></ul>\n<p>Grade: B</p>\n";
static const char second_html[] =
  "<p>One slow ferry.</p><hr/>\n<p >Two ferries.</p>\n<p>Grade: A-</p>\n";

typedef struct
{
  Fixture    base;
  gint64     review_id;
  GtkWidget *window;
  BalEditor *editor;
  GtkWidget *history;
  gint64     wanted;      /* the revision that was asked for */
  gboolean   done;
  gboolean   is_step;     /* what was restored */
} Desk;

/* ---- helpers ---- */

static void
save (BalTransaction  *transaction,
      gint64           id,
      const char      *title,
      const char      *html,
      GError         **error)
{
  g_autoptr(BalReview) review = bal_review_table_get (transaction, id, error);

  bal_review_set_title (review, title);
  bal_review_set_html (review, html);
  must (bal_desk_save_review (transaction, review, TRUE, error));
}

static gboolean
add_work (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  Desk *desk = data;

  desk->review_id = put_pulled_review (transaction, desk->base.blog_id, "1", "Day Ferry", first_html);
  save (transaction, desk->review_id, "Night Ferry", second_html, error);
  return TRUE;
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
  fixture_set_up (&desk->base, data);
  fixture_write (&desk->base, add_work, desk);
  desk->editor = BAL_EDITOR (bal_editor_new (desk->base.store));
  desk->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 700, 600);
  adw_window_set_content (ADW_WINDOW (desk->window), GTK_WIDGET (desk->editor));
  gtk_window_present (GTK_WINDOW (desk->window));
  bal_editor_show_review (desk->editor, desk->review_id);
  wait_until (is_shown, desk);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
close_history (Desk *desk)
{
  gpointer history = desk->history;

  if (history == NULL)
    return;
  g_object_add_weak_pointer (history, &history);
  gtk_window_destroy (history);
  wait_until (is_gone, &history);
  desk->history = NULL;
}

static void
tear_down (Desk          *desk,
           gconstpointer  data)
{
  gpointer editor = desk->editor;

  close_history (desk);
  g_object_add_weak_pointer (editor, &editor);
  gtk_window_destroy (GTK_WINDOW (desk->window));
  wait_until (is_gone, &editor);
  fixture_tear_down (&desk->base, data);
}

static GtkWidget *
find_button (GtkWidget  *widget,
             const char *label)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL &&
      strstr (gtk_button_get_label (GTK_BUTTON (widget)), label) != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

static char *
get_text (GtkWidget *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

typedef struct
{
  gint64     id;
  BalReview *review;
  GPtrArray *revisions;
} Look;

static gboolean
look_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Look *look = data;

  look->review = bal_review_table_get (transaction, look->id, error);
  look->revisions = bal_revision_table_list (transaction, BAL_ENTITY_REVIEW, look->id, error);
  return TRUE;
}

static void
assert_stored (Desk       *desk,
               const char *title,
               const char *html,
               guint       n_revisions)
{
  Look look = { .id = desk->review_id };
  g_autoptr(GPtrArray) revisions = NULL;
  g_autoptr(BalReview) review = NULL;

  fixture_read (&desk->base, look_work, &look);
  review = look.review;
  revisions = look.revisions;
  g_assert_cmpstr (bal_review_get_title (review), ==, title);
  g_assert_cmpstr (bal_review_get_html (review), ==, html);
  g_assert_cmpuint (revisions->len, ==, n_revisions);
}

static gint64
get_revision (Desk           *desk,
              guint           index,
              BalRevisionKind kind)
{
  Look look = { .id = desk->review_id };
  g_autoptr(GPtrArray) revisions = NULL;

  fixture_read (&desk->base, look_work, &look);
  revisions = look.revisions;
  g_object_unref (look.review);
  g_assert_cmpuint (index, <, revisions->len);
  g_assert_cmpint (((BalRevision *) g_ptr_array_index (revisions, index))->kind, ==, kind);
  return ((BalRevision *) g_ptr_array_index (revisions, index))->id;
}

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (bal_editor_restore_version_finish (BAL_EDITOR (source), result, &((Desk *) data)->is_step, &error));
  g_assert_no_error (error);
  ((Desk *) data)->done = TRUE;
}

static gboolean
is_done (gpointer data)
{
  return ((Desk *) data)->done;
}

static void
restore (Desk   *desk,
         gint64  revision_id)
{
  desk->done = FALSE;
  bal_editor_restore_version_async (desk->editor, revision_id, NULL, restored_cb, desk);
  wait_until (is_done, desk);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_assert_true (bal_editor_save_finish (BAL_EDITOR (source), result, NULL));
  ((Desk *) data)->done = TRUE;
}

static void
save_editor (Desk *desk)
{
  desk->done = FALSE;
  bal_editor_save_async (desk->editor, FALSE, NULL, saved_cb, desk);
  wait_until (is_done, desk);
}

static void
do_action (Desk       *desk,
           const char *name)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->editor), name, NULL));
}

/* ---- restoring in the editor ---- */

static void
test_restoring_brings_back_every_byte (Desk          *desk,
                                       gconstpointer  data)
{
  GtkWidget *body = widget_find_type (GTK_WIDGET (desk->editor), BAL_TYPE_TEXT_VIEW);
  g_autofree char *text = NULL;

  restore (desk, get_revision (desk, 0, BAL_REVISION_EDIT));
  text = get_text (body);
  g_assert_true (g_str_has_prefix (text, "One ferry.\nTwo ferries.\nRain\nO’Neill\n"));
  assert_stored (desk, "Day Ferry", first_html, 2);
  g_assert_true (desk->is_step);
  get_revision (desk, 0, BAL_REVISION_RESTORED);
  g_assert_false (bal_editor_get_modified (desk->editor));

  do_action (desk, "editor.undo");
  save_editor (desk);
  assert_stored (desk, "Night Ferry", second_html, 2);
  do_action (desk, "editor.redo");
  save_editor (desk);
  assert_stored (desk, "Day Ferry", first_html, 2);

  /* Once more is nothing, neither to undo nor to keep. */
  restore (desk, get_revision (desk, 1, BAL_REVISION_EDIT));
  g_assert_false (desk->is_step);
  assert_stored (desk, "Day Ferry", first_html, 2);
}

/* What is typed and not kept as yet is part of what a restoring replaces. */
static void
test_restoring_keeps_what_is_being_typed (Desk          *desk,
                                          gconstpointer  data)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget_find_type (GTK_WIDGET (desk->editor), BAL_TYPE_TEXT_VIEW)));
  gint64 first = get_revision (desk, 0, BAL_REVISION_EDIT);
  Look look = { .id = desk->review_id };
  g_autofree char *text = NULL;
  g_autoptr(GPtrArray) revisions = NULL;
  GtkTextIter start;

  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_text_buffer_insert_interactive_at_cursor (buffer, "Truly ", -1, TRUE);
  restore (desk, first);
  assert_stored (desk, "Day Ferry", first_html, 2);
  fixture_read (&desk->base, look_work, &look);
  revisions = look.revisions;
  g_object_unref (look.review);
  g_assert_nonnull (strstr (((BalRevision *) g_ptr_array_index (revisions, 0))->html, "Truly One slow ferry."));

  do_action (desk, "editor.undo");
  text = get_text (widget_find_type (GTK_WIDGET (desk->editor), BAL_TYPE_TEXT_VIEW));
  g_assert_true (g_str_has_prefix (text, "Truly One slow ferry.\n"));
  do_action (desk, "editor.undo");
  save_editor (desk);
  assert_stored (desk, "Night Ferry", second_html, 2);
}

/* The version comes as text; what was shown as source before is the same, one step back. */
static void
test_restoring_leaves_the_source (Desk          *desk,
                                  gconstpointer  data)
{
  g_autofree char *text = NULL;

  do_action (desk, "editor.source");
  restore (desk, get_revision (desk, 0, BAL_REVISION_EDIT));
  text = get_text (widget_find_type (GTK_WIDGET (desk->editor), BAL_TYPE_TEXT_VIEW));
  g_assert_true (g_str_has_prefix (text, "One ferry.\nTwo ferries.\nRain\nO’Neill\n"));
  assert_stored (desk, "Day Ferry", first_html, 2);
  do_action (desk, "editor.undo");
  save_editor (desk);
  assert_stored (desk, "Night Ferry", second_html, 2);
}

/* ---- the window ---- */

static void
restore_cb (GtkWidget *history,
            gint64     revision_id,
            Desk      *desk)
{
  desk->wanted = revision_id;
}

static GListModel *
get_versions (Desk *desk)
{
  GtkListView *list = GTK_LIST_VIEW (widget_find_type (desk->history, GTK_TYPE_LIST_VIEW));

  return G_LIST_MODEL (gtk_list_view_get_model (list));
}

static gboolean
is_counted (gpointer data)
{
  GListModel *versions = get_versions (data);

  for (guint i = 0; i < g_list_model_get_n_items (versions); i++)
    {
      g_autoptr(BalVersion) version = g_list_model_get_item (versions, i);

      if (!bal_version_is_counted (version))
        return FALSE;
    }
  return g_list_model_get_n_items (versions) > 0;
}

static void
open_history (Desk *desk)
{
  desk->history = bal_history_window_new (GTK_WINDOW (desk->window), desk->base.store, desk->review_id);
  g_signal_connect (desk->history, "restore", G_CALLBACK (restore_cb), desk);
  gtk_window_present (GTK_WINDOW (desk->history));
  wait_until (is_counted, desk);
}

static void
assert_counts (Desk       *desk,
               guint       position,
               const char *expected)
{
  g_autoptr(BalVersion) version = g_list_model_get_item (get_versions (desk), position);
  g_autofree char *counts = NULL;

  g_object_get (version, "counts", &counts, NULL);
  g_assert_cmpstr (counts, ==, expected);
}

typedef struct
{
  Desk       *desk;
  const char *part;
} Part;

static gboolean
has_part (gpointer data)
{
  Part *part = data;
  g_autofree char *text = get_text (widget_find_type (part->desk->history, BAL_TYPE_COMPARISON_VIEW));

  return strstr (text, part->part) != NULL;
}

static void
wait_for_part (Desk       *desk,
               const char *text)
{
  Part part = { desk, text };

  wait_until (has_part, &part);
}

/* Whether @text is shown with a line through it, or below it. */
static gboolean
has_style (Desk       *desk,
           const char *text,
           const char *property)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget_find_type (desk->history, BAL_TYPE_COMPARISON_VIEW)));
  GtkTextIter start, end;
  GSList *tags;
  gboolean found = FALSE;

  gtk_text_buffer_get_start_iter (buffer, &start);
  g_assert_true (gtk_text_iter_forward_search (&start, text, 0, &start, &end, NULL));
  tags = gtk_text_iter_get_tags (&start);
  for (GSList *l = tags; l != NULL; l = l->next)
    {
      gboolean set;

      g_object_get (l->data, property, &set, NULL);
      found = found || set;
    }
  g_slist_free (tags);
  return found;
}

static void
test_versions_and_their_words_are_listed (Desk          *desk,
                                          gconstpointer  data)
{
  GtkWidget *focus;

  open_history (desk);
  g_assert_cmpuint (g_list_model_get_n_items (get_versions (desk)), ==, 2);
  /* The line across is named as one. */
  assert_counts (desk, 0, "+2 −2 words");
  assert_counts (desk, 1, "6 words");
  /* Arrow keys go from one to the next at once. */
  focus = gtk_root_get_focus (GTK_ROOT (desk->history));
  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_is_ancestor (focus, widget_find_type (desk->history, GTK_TYPE_LIST_VIEW)));
  /* The present one is shown first, and there is nothing to restore in it. */
  wait_for_part (desk, "Grade: B → A-");
  wait_for_part (desk, "Title: Day Ferry → Night Ferry");
  g_assert_true (has_style (desk, "Night Ferry", "underline-set"));
  g_assert_true (has_style (desk, "Day Ferry", "strikethrough-set"));
  g_assert_true (has_style (desk, "slow", "underline-set"));
  g_assert_false (has_style (desk, "ferry.", "underline-set"));
  g_assert_true (has_style (desk, "O’Neill", "strikethrough-set"));
  desk->wanted = 0;
  gtk_widget_activate_action (desk->history, "history.restore", NULL);
  g_assert_cmpint (desk->wanted, ==, 0);
}

static void
test_a_version_is_chosen_and_asked_for (Desk          *desk,
                                        gconstpointer  data)
{
  GtkWidget *before;

  open_history (desk);
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (get_versions (desk)), 1);
  wait_for_part (desk, "Grade: B → A-");
  g_assert_true (gtk_widget_activate_action (desk->history, "history.restore", NULL));
  g_assert_cmpint (desk->wanted, ==, get_revision (desk, 0, BAL_REVISION_EDIT));

  /* There is none before the first: all of it is new. */
  before = find_button (desk->history, "Before");
  g_assert_nonnull (before);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (before), TRUE);
  wait_for_part (desk, "Grade: B\n");
  g_assert_true (has_style (desk, "O’Neill", "underline-set"));
}

static gboolean
write_long_work (BalTransaction  *transaction,
                 gpointer         data,
                 GError         **error)
{
  Desk *desk = data;
  g_autoptr(GString) html = g_string_new (NULL);

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (html, "<p>Paragraph %u of it.</p>", i);
  save (transaction, desk->review_id, "Night Ferry", html->str, error);
  g_string_append (html, "<p>The end.</p>");
  save (transaction, desk->review_id, "Night Ferry", html->str, error);
  return TRUE;
}

static void
test_what_is_the_same_folds (Desk          *desk,
                             gconstpointer  data)
{
  GtkWidget *fold;
  g_autofree char *text = NULL;

  fixture_write (&desk->base, write_long_work, desk);
  open_history (desk);
  wait_for_part (desk, "The end.");
  text = get_text (widget_find_type (desk->history, BAL_TYPE_COMPARISON_VIEW));
  g_assert_null (strstr (text, "Paragraph 20 "));
  g_assert_nonnull (strstr (text, "Paragraph 39 "));
  fold = find_button (desk->history, "39 paragraphs unchanged");
  g_assert_nonnull (fold);
  g_signal_emit_by_name (fold, "clicked");
  wait_for_part (desk, "Paragraph 20 ");
  g_assert_null (find_button (desk->history, "39 paragraphs unchanged"));
  g_free (text);
  text = get_text (widget_find_type (desk->history, BAL_TYPE_COMPARISON_VIEW));
  g_assert_true (g_str_has_prefix (text, "Paragraph 0 of it.\nParagraph 1 of it.\n"));
  g_assert_true (g_str_has_suffix (text, "Paragraph 39 of it.\nThe end.\n"));
}

static gboolean
has_three (gpointer data)
{
  g_autoptr(BalVersion) present = g_list_model_get_item (get_versions (data), 0);
  g_autofree char *counts = NULL;

  g_object_get (present, "counts", &counts, NULL);
  return g_list_model_get_n_items (get_versions (data)) == 3 && g_strcmp0 (counts, "+1 −6 words") == 0;
}

static gboolean
write_third_work (BalTransaction  *transaction,
                  gpointer         data,
                  GError         **error)
{
  save (transaction, ((Desk *) data)->review_id, "Night Ferry", "<p>Third.</p>", error);
  return TRUE;
}

static void
test_the_list_follows_the_store (Desk          *desk,
                                 gconstpointer  data)
{
  g_autoptr(BalVersion) chosen = NULL;

  open_history (desk);
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (get_versions (desk)), 1);
  chosen = g_list_model_get_item (get_versions (desk), 1);
  fixture_write (&desk->base, write_third_work, desk);
  wait_until (has_three, desk);
  g_assert_true (gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (get_versions (desk))) == chosen);
  wait_for_part (desk, "Third");
}

static gboolean
add_new_work (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  Desk *desk = data;

  desk->review_id = put_pulled_review (transaction, desk->base.blog_id, "2", "New", "<p>New.</p>");
  return TRUE;
}

static void
test_one_version_alone_says_so (Desk          *desk,
                                gconstpointer  data)
{
  GtkWidget *stack;

  fixture_write (&desk->base, add_new_work, desk);
  open_history (desk);
  stack = widget_find_type (desk->history, GTK_TYPE_STACK);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "empty");
}

/* What is being read holds it longer than the window that it belongs to lives. */
static void
test_it_is_closed_with_its_parent_while_it_reads (Desk          *desk,
                                                  gconstpointer  data)
{
  gpointer parent = adw_window_new ();
  gpointer history = bal_history_window_new (parent, desk->base.store, desk->review_id);

  gtk_window_present (history);
  g_object_add_weak_pointer (parent, &parent);
  g_object_add_weak_pointer (history, &history);
  gtk_window_destroy (parent);
  g_assert_null (parent);
  g_assert_nonnull (history);
  wait_until (is_gone, &history);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
#define ADD(name, test) g_test_add ("/editor/versions/" name, Desk, NULL, set_up, test, tear_down)
  ADD ("restoring-brings-back-every-byte", test_restoring_brings_back_every_byte);
  ADD ("restoring-keeps-what-is-being-typed", test_restoring_keeps_what_is_being_typed);
  ADD ("restoring-leaves-the-source", test_restoring_leaves_the_source);
  ADD ("versions-and-their-words-are-listed", test_versions_and_their_words_are_listed);
  ADD ("a-version-is-chosen-and-asked-for", test_a_version_is_chosen_and_asked_for);
  ADD ("what-is-the-same-folds", test_what_is_the_same_folds);
  ADD ("the-list-follows-the-store", test_the_list_follows_the_store);
  ADD ("one-version-alone-says-so", test_one_version_alone_says_so);
  ADD ("it-is-closed-with-its-parent-while-it-reads", test_it_is_closed_with_its_parent_while_it_reads);
#undef ADD
  return g_test_run ();
}
