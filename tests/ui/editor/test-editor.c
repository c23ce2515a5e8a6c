/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "bal-editor.h"
#include "bal-text-view.h"
#include "store-fixture.h"
#include "widget-tree.h"

static const char html[] =
  "<p>Charlotte used to be a <em>cello prodigy</em>.</p>\n"
  "<iframe src=\"https://example.org/\"></iframe>\n"
  "<p>It deserves your attention.</p>\n"
  "<p>Grade: B</p>\n"
  "<p>Watched on: Netflix Instant</p>\n"
  "<p>Memorable Quote: \"It's what's expected of us.\" - Lizzie (Logan Browning)</p>\n";

typedef struct
{
  Fixture    base;
  gint64     review_id;
  gint64     other_id;
  GtkWidget *window;
  BalEditor *editor;
  char      *message;      /* of the last failure */
} Desk;

/* ---- helpers ---- */

static gboolean
add_reviews (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Desk *desk = data;

  desk->review_id = put_pulled_review (transaction, desk->base.blog_id, "1",
                                       "Indie Gems: The Perfection (2018)", html);
  desk->other_id = put_pulled_review (transaction, desk->base.blog_id, "2", "Other", "<p>Other text</p>");
  return TRUE;
}

static void
failed_cb (BalEditor  *editor,
           const char *message,
           Desk       *desk)
{
  g_free (desk->message);
  desk->message = g_strdup (message);
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
  fixture_write (&desk->base, add_reviews, desk);
  desk->editor = BAL_EDITOR (bal_editor_new (desk->base.store));
  g_signal_connect (desk->editor, "failed", G_CALLBACK (failed_cb), desk);
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
  g_free (desk->message);
  fixture_tear_down (&desk->base, data);
}

static GtkEditable *
get_entry (Desk       *desk,
           const char *label)
{
  GtkWidget *entry = widget_find_named (GTK_WIDGET (desk->editor), GTK_TYPE_ENTRY, label);

  g_assert_nonnull (entry);
  return GTK_EDITABLE (entry);
}

static GtkTextBuffer *
get_body (Desk *desk)
{
  GtkWidget *body = widget_find_named (GTK_WIDGET (desk->editor), BAL_TYPE_TEXT_VIEW, "Body");

  g_assert_nonnull (body);
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (body));
}

static void
type_at (Desk       *desk,
         int         offset,
         const char *text)
{
  GtkTextBuffer *buffer = get_body (desk);
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (buffer, &iter, offset);
  gtk_text_buffer_place_cursor (buffer, &iter);
  gtk_text_buffer_insert_interactive_at_cursor (buffer, text, -1, TRUE);
}

typedef struct
{
  gint64         id;
  BalReview     *review;
  BalOutboxItem *item;
  guint          n_revisions;
} Look;

static gboolean
look_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Look *look = data;

  look->review = bal_review_table_get (transaction, look->id, error);
  look->item = bal_outbox_find (transaction, BAL_ENTITY_REVIEW, look->id, error);
  look->n_revisions = count_revisions (transaction, BAL_ENTITY_REVIEW, look->id);
  return look->review != NULL && *error == NULL;
}

static BalReview *
get_stored (Desk     *desk,
            gint64    id,
            gboolean *queued)
{
  Look look = { .id = id };

  fixture_read (&desk->base, look_work, &look);
  if (queued != NULL)
    *queued = look.item != NULL;
  g_clear_pointer (&look.item, bal_outbox_item_free);
  return look.review;
}

typedef struct
{
  gboolean  done;
  gboolean  success;
  GError   *error;
} Saved;

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Saved *saved = data;

  saved->success = bal_editor_save_finish (BAL_EDITOR (source), result, &saved->error);
  saved->done = TRUE;
}

static gboolean
is_saved (gpointer data)
{
  return ((Saved *) data)->done;
}

static void
save (Desk     *desk,
      gboolean  queue)
{
  Saved saved = { 0 };

  bal_editor_save_async (desk->editor, queue, NULL, saved_cb, &saved);
  wait_until (is_saved, &saved);
  g_assert_no_error (saved.error);
  g_assert_true (saved.success);
}

static gboolean
is_unmodified (gpointer data)
{
  return !bal_editor_get_modified (((Desk *) data)->editor);
}

static void
settle (void)
{
  for (guint i = 0; i < 30; i++)
    {
      while (g_main_context_iteration (NULL, FALSE));
      g_usleep (2000);
    }
}

/* ---- tests ---- */

/* These names are what tests and screen readers go by. */
static void
test_fields_show_what_the_post_says (Desk          *desk,
                                     gconstpointer  data)
{
  static const struct { const char *label; const char *text; } fields[] = {
    { "Series", "Indie Gems" },
    { "Title", "The Perfection (2018)" },
    { "Grade", "B" },
    { "Watched on", "Netflix Instant" },
    { "Memorable quote", "It's what's expected of us." },
    { "Character", "Lizzie" },
    { "Actor", "Logan Browning" },
    { "Labels", "" },
  };
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      GtkEditable *entry = get_entry (desk, fields[i].label);

      g_assert_cmpstr (gtk_editable_get_text (entry), ==, fields[i].text);
      gtk_test_accessible_assert_role (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_ROLE_TEXT_BOX);
    }
  g_object_get (get_body (desk), "text", &text, NULL);
  g_assert_cmpstr (text, ==, "Charlotte used to be a cello prodigy.\n\nIt deserves your attention.\n");
  g_assert_false (bal_editor_get_modified (desk->editor));
}

static void
test_saving_untouched_writes_nothing (Desk          *desk,
                                      gconstpointer  data)
{
  g_autoptr(BalReview) stored = NULL;
  gboolean queued;

  save (desk, TRUE);
  stored = get_stored (desk, desk->review_id, &queued);
  g_assert_cmpstr (bal_review_get_html (stored), ==, html);
  g_assert_false (queued);
  g_assert_cmpint (bal_review_get_sync_state (stored), ==, BAL_SYNC_STATE_CLEAN);
}

/* An autosave is for this computer; only Save, Publish and leaving offer it to the blog. */
static void
test_autosave_keeps_but_does_not_offer (Desk          *desk,
                                        gconstpointer  data)
{
  g_autoptr(BalReview) stored = NULL;
  g_autoptr(BalReview) offered = NULL;
  gboolean queued;

  type_at (desk, 0, "So: ");
  g_assert_true (bal_editor_get_modified (desk->editor));
  wait_until (is_unmodified, desk);
  stored = get_stored (desk, desk->review_id, &queued);
  g_assert_true (g_str_has_prefix (bal_review_get_html (stored), "<p>So: Charlotte used"));
  g_assert_false (queued);

  save (desk, TRUE);
  offered = get_stored (desk, desk->review_id, &queued);
  g_assert_true (queued);
  g_assert_null (desk->message);
}

static void
test_fields_are_written_into_the_post (Desk          *desk,
                                       gconstpointer  data)
{
  static const char *const words[] = { "Horror", "Two Words", NULL };
  g_autoptr(BalReview) stored = NULL;
  g_autofree char *expected = NULL;
  g_auto(GStrv) parts = g_strsplit (html, "Grade: B", 2);

  gtk_editable_set_text (get_entry (desk, "Grade"), "A-");
  gtk_editable_set_text (get_entry (desk, "Title"), "The Perfection");
  gtk_editable_set_text (get_entry (desk, "Series"), "Hidden Gems");
  gtk_editable_set_text (get_entry (desk, "Labels"), "Horror, Two Words ,, Horror");
  save (desk, TRUE);
  stored = get_stored (desk, desk->review_id, NULL);
  expected = g_strconcat (parts[0], "Grade: A-", parts[1], NULL);
  g_assert_cmpstr (bal_review_get_html (stored), ==, expected);
  g_assert_cmpstr (bal_review_get_title (stored), ==, "Hidden Gems: The Perfection");
  g_assert_cmpstr (bal_review_get_grade (stored), ==, "A-");
  g_assert_cmpstrv (bal_review_get_labels (stored), words);
}

/* With no series, a colon in the title is just that. */
static void
test_a_whole_title_stays_whole (Desk          *desk,
                                gconstpointer  data)
{
  g_autoptr(BalReview) stored = NULL;

  gtk_editable_set_text (get_entry (desk, "Series"), "");
  gtk_editable_set_text (get_entry (desk, "Title"), "Indie Gems: Annihilation");
  save (desk, TRUE);
  stored = get_stored (desk, desk->review_id, NULL);
  g_assert_cmpstr (bal_review_get_title (stored), ==, "Indie Gems: Annihilation");
  settle ();
  g_assert_cmpstr (gtk_editable_get_text (get_entry (desk, "Title")), ==, "Indie Gems: Annihilation");
}

static void
test_undo_reaches_fields_and_ends_unmodified (Desk          *desk,
                                              gconstpointer  data)
{
  g_autoptr(BalReview) stored = NULL;

  gtk_editable_set_text (get_entry (desk, "Actor"), "Somebody else");
  type_at (desk, 0, "So: ");
  gtk_editable_set_text (get_entry (desk, "Grade"), "F");
  for (guint i = 0; i < 3; i++)
    g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->editor), "editor.undo", NULL));
  g_assert_cmpstr (gtk_editable_get_text (get_entry (desk, "Grade")), ==, "B");
  g_assert_cmpstr (gtk_editable_get_text (get_entry (desk, "Actor")), ==, "Logan Browning");
  g_assert_false (bal_editor_get_modified (desk->editor));
  gtk_widget_activate_action (GTK_WIDGET (desk->editor), "editor.redo", NULL);
  g_assert_cmpstr (gtk_editable_get_text (get_entry (desk, "Actor")), ==, "Somebody else");
  g_assert_true (bal_editor_get_modified (desk->editor));
  gtk_widget_activate_action (GTK_WIDGET (desk->editor), "editor.undo", NULL);
  save (desk, TRUE);
  stored = get_stored (desk, desk->review_id, NULL);
  g_assert_cmpstr (bal_review_get_html (stored), ==, html);
}

/* An autosave in between does not end what can be taken back. */
static void
test_undo_goes_on_behind_a_save (Desk          *desk,
                                 gconstpointer  data)
{
  g_autoptr(BalReview) stored = NULL;

  type_at (desk, 0, "So: ");
  save (desk, TRUE);
  settle ();
  gtk_widget_activate_action (GTK_WIDGET (desk->editor), "editor.undo", NULL);
  g_assert_true (bal_editor_get_modified (desk->editor));
  save (desk, TRUE);
  stored = get_stored (desk, desk->review_id, NULL);
  g_assert_cmpstr (bal_review_get_html (stored), ==, html);
}

static gboolean
is_other (gpointer data)
{
  Desk *desk = data;

  return bal_editor_get_review_id (desk->editor) == desk->other_id && is_shown (desk);
}

static void
test_leaving_keeps_and_offers (Desk          *desk,
                               gconstpointer  data)
{
  g_autoptr(BalReview) stored = NULL;
  g_autofree char *text = NULL;
  gboolean queued;

  type_at (desk, 0, "So: ");
  bal_editor_show_review (desk->editor, desk->other_id);
  wait_until (is_other, desk);
  stored = get_stored (desk, desk->review_id, &queued);
  g_assert_true (g_str_has_prefix (bal_review_get_html (stored), "<p>So: Charlotte used"));
  g_assert_true (queued);
  g_object_get (get_body (desk), "text", &text, NULL);
  g_assert_cmpstr (text, ==, "Other text\n");
  g_assert_false (bal_editor_get_modified (desk->editor));
}

/* A window that goes without asking takes nothing with it. */
static void
test_closing_keeps_what_was_typed (Desk          *desk,
                                   gconstpointer  data)
{
  g_autoptr(BalReview) stored = NULL;
  Saved saved = { 0 };

  type_at (desk, 0, "So: ");
  bal_editor_save_async (desk->editor, FALSE, NULL, saved_cb, &saved);
  type_at (desk, 4, "yes, ");
  close_window (desk);
  wait_until (is_saved, &saved);
  g_assert_no_error (saved.error);
  settle ();
  stored = get_stored (desk, desk->review_id, NULL);
  g_assert_true (g_str_has_prefix (bal_review_get_html (stored), "<p>So: yes, Charlotte used"));
}

/* ---- news from the blog ---- */

static gboolean
publish_work (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  return bal_desk_publish_review (transaction, ((Desk *) data)->review_id, 0, error);
}

/* Publishing changes nothing of what is written, nor of what can be taken back. */
static void
test_publishing_does_not_end_the_history (Desk          *desk,
                                          gconstpointer  data)
{
  type_at (desk, 0, "So: ");
  save (desk, TRUE);
  fixture_write (&desk->base, publish_work, desk);
  settle ();
  g_assert_cmpint (bal_review_get_status (bal_editor_get_review (desk->editor)), ==,
                   BAL_REVIEW_STATUS_PUBLISHED);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->editor), "editor.undo", NULL));
  g_assert_true (bal_editor_get_modified (desk->editor));
}

static gboolean
pull_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Desk *desk = data;
  g_autoptr(BalReview) review = bal_review_table_get (transaction, desk->review_id, error);

  bal_review_set_html (review, "<p>Charlotte used to play.</p>\n<p>Grade: C</p>");
  bal_review_set_revision (review, "r2");
  return bal_review_table_update (transaction, review, error);
}

static void
test_news_are_shown_at_once (Desk          *desk,
                             gconstpointer  data)
{
  g_autofree char *text = NULL;
  GtkTextBuffer *buffer = get_body (desk);
  GtkTextIter iter;
  int cursor;

  gtk_text_buffer_get_iter_at_offset (buffer, &iter, 9);
  gtk_text_buffer_place_cursor (buffer, &iter);
  fixture_write (&desk->base, pull_work, desk);
  settle ();
  g_object_get (buffer, "text", &text, "cursor-position", &cursor, NULL);
  g_assert_cmpstr (text, ==, "Charlotte used to play.\n");
  g_assert_cmpint (cursor, ==, 9);
  g_assert_cmpstr (gtk_editable_get_text (get_entry (desk, "Grade")), ==, "C");
  g_assert_false (bal_editor_get_modified (desk->editor));
}

static gboolean
count_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  g_autoptr(GPtrArray) revisions = bal_revision_table_list (transaction, BAL_ENTITY_REVIEW,
                                                            ((Desk *) data)->review_id, error);
  gboolean found = FALSE;

  for (guint i = 0; i < revisions->len; i++)
    {
      BalRevision *revision = g_ptr_array_index (revisions, i);

      found = found || strstr (revision->html, "used to play") != NULL;
    }
  g_assert_true (found);
  return TRUE;
}

/* What is being typed stays in the editor; what came from the blog meanwhile is put together with it when it is kept,
 * and is in the local history, too. */
static void
test_news_never_replace_what_is_typed (Desk          *desk,
                                       gconstpointer  data)
{
  g_autoptr(BalReview) stored = NULL;
  g_autofree char *text = NULL;

  type_at (desk, 0, "So: ");
  fixture_write (&desk->base, pull_work, desk);
  settle ();
  g_object_get (get_body (desk), "text", &text, NULL);
  g_assert_true (g_str_has_prefix (text, "So: Charlotte used to be a cello"));
  save (desk, TRUE);
  stored = get_stored (desk, desk->review_id, NULL);
  g_assert_true (g_str_has_prefix (bal_review_get_html (stored), "<p>So: Charlotte used to play.</p>"));
  fixture_read (&desk->base, count_work, desk);
}

/* The blog wrote the very same words anew. */
static void
test_what_is_typed_wins_over_the_same_words (Desk          *desk,
                                             gconstpointer  data)
{
  g_autoptr(BalReview) stored = NULL;

  type_at (desk, 21, "not ");
  fixture_write (&desk->base, pull_work, desk);
  settle ();
  save (desk, TRUE);
  stored = get_stored (desk, desk->review_id, NULL);
  g_assert_true (g_str_has_prefix (bal_review_get_html (stored), "<p>Charlotte used to be not a <em>cello"));
  fixture_read (&desk->base, count_work, desk);
}

static gboolean
pull_paragraph_work (BalTransaction  *transaction,
                     gpointer         data,
                     GError         **error)
{
  Desk *desk = data;
  g_autoptr(BalReview) review = bal_review_table_get (transaction, desk->review_id, error);
  g_autofree char *more = g_strconcat ("<p>Theirs.</p>\n", bal_review_get_html (review), NULL);

  bal_review_set_html (review, more);
  bal_review_set_title (review, "Their title");
  bal_review_set_revision (review, "r3");
  return bal_review_table_update (transaction, review, error);
}

/* Nothing is shown of it meanwhile; still no save takes it away again, however often the editor saves. */
static void
test_news_outlive_every_save (Desk          *desk,
                              gconstpointer  data)
{
  static const char *const typed[] = { "So: ", "Well. ", "Now, " };
  g_autoptr(BalReview) stored = NULL;

  fixture_write (&desk->base, pull_paragraph_work, desk);
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      type_at (desk, 0, typed[i]);
      save (desk, i == 2);
    }
  stored = get_stored (desk, desk->review_id, NULL);
  g_assert_cmpstr (bal_review_get_title (stored), ==, "Their title");
  g_assert_true (g_str_has_prefix (bal_review_get_html (stored),
                                   "<p>Theirs.</p>\n<p>Now, Well. So: Charlotte used to be a <em>cello"));
}

/* ---- when it can't be kept ---- */

static gboolean
has_failed (gpointer data)
{
  return ((Desk *) data)->message != NULL;
}

static void
test_what_can_not_be_kept_stays_in_the_editor (Desk          *desk,
                                               gconstpointer  data)
{
  g_autofree char *text = NULL;
  Saved saved = { 0 };

  settle ();
  bal_store_close (desk->base.store, NULL);
  type_at (desk, 0, "So: ");
  wait_until (has_failed, desk);
  g_assert_true (bal_editor_get_modified (desk->editor));

  bal_editor_save_async (desk->editor, TRUE, NULL, saved_cb, &saved);
  wait_until (is_saved, &saved);
  g_assert_false (saved.success);
  g_assert_nonnull (saved.error);
  g_clear_error (&saved.error);

  bal_editor_show_review (desk->editor, desk->other_id);
  settle ();
  g_assert_cmpint (bal_editor_get_review_id (desk->editor), ==, desk->review_id);
  g_object_get (get_body (desk), "text", &text, NULL);
  g_assert_true (g_str_has_prefix (text, "So: Charlotte"));
  close_window (desk);
  fixture_reopen (&desk->base);
}

/* The blog of the fixture can do nothing: a person sees that before they try. */
static void
test_what_the_blog_can_not_do_is_insensitive (Desk          *desk,
                                              gconstpointer  data)
{
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (get_entry (desk, "Slug"))));
  g_assert_nonnull (gtk_widget_get_tooltip_text (GTK_WIDGET (get_entry (desk, "Slug"))));
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (get_entry (desk, "Categories"))));
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (get_entry (desk, "Title"))));
}

static gboolean
cursor_is_on_screen (GtkWidget *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter iter;
  GdkRectangle place;
  int y;

  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (view), &iter, &place);
  gtk_text_view_buffer_to_window_coords (GTK_TEXT_VIEW (view), GTK_TEXT_WINDOW_WIDGET, 0, place.y, NULL, &y);

  return y >= 0 && y + place.height <= gtk_widget_get_height (view);
}

/* However long the text, the view in it is no higher than the window. */
static void
test_a_long_text_is_laid_out_by_the_screenful (Desk          *desk,
                                               gconstpointer  data)
{
  g_autoptr(GString) text = g_string_new (NULL);
  GtkTextBuffer *buffer = get_body (desk);
  GtkWidget *view = widget_find_named (GTK_WIDGET (desk->editor), BAL_TYPE_TEXT_VIEW, "Body");
  GtkTextIter end;

  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (text, "Paragraph %u of a long review.\n", i);
  gtk_widget_grab_focus (view);
  type_at (desk, 0, text->str);
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_place_cursor (buffer, &end);
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (view), gtk_text_buffer_get_insert (buffer));
  /* GtkTextView measures its lines in idle time, and on a busy machine forgets that it was asked to scroll while it does:
   * asked again, as each key asks, it must get there. */
  for (guint i = 0; i < 200 && !cursor_is_on_screen (view); i++)
    {
      gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (view), gtk_text_buffer_get_insert (buffer));
      settle ();
    }
  g_assert_cmpint (gtk_widget_get_height (view), <=, gtk_widget_get_height (desk->window));
  g_assert_true (cursor_is_on_screen (view));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
#define ADD(name, test) g_test_add ("/editor/page/" name, Desk, NULL, set_up, test, tear_down)
  ADD ("fields-show-what-the-post-says", test_fields_show_what_the_post_says);
  ADD ("saving-untouched-writes-nothing", test_saving_untouched_writes_nothing);
  ADD ("autosave-keeps-but-does-not-offer", test_autosave_keeps_but_does_not_offer);
  ADD ("fields-are-written-into-the-post", test_fields_are_written_into_the_post);
  ADD ("a-whole-title-stays-whole", test_a_whole_title_stays_whole);
  ADD ("undo-reaches-fields-and-ends-unmodified", test_undo_reaches_fields_and_ends_unmodified);
  ADD ("undo-goes-on-behind-a-save", test_undo_goes_on_behind_a_save);
  ADD ("leaving-keeps-and-offers", test_leaving_keeps_and_offers);
  ADD ("closing-keeps-what-was-typed", test_closing_keeps_what_was_typed);
  ADD ("publishing-does-not-end-the-history", test_publishing_does_not_end_the_history);
  ADD ("news-are-shown-at-once", test_news_are_shown_at_once);
  ADD ("news-never-replace-what-is-typed", test_news_never_replace_what_is_typed);
  ADD ("what-is-typed-wins-over-the-same-words", test_what_is_typed_wins_over_the_same_words);
  ADD ("news-outlive-every-save", test_news_outlive_every_save);
  ADD ("what-can-not-be-kept-stays-in-the-editor", test_what_can_not_be_kept_stays_in_the_editor);
  ADD ("what-the-blog-can-not-do-is-insensitive", test_what_the_blog_can_not_do_is_insensitive);
  ADD ("a-long-text-is-laid-out-by-the-screenful", test_a_long_text_is_laid_out_by_the_screenful);
#undef ADD
  return g_test_run ();
}
