/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a comment costs to show: how often its words are shaped into glyphs, which is what takes the time of a layout,
 * against one layout of the same text.
 */
#define _GNU_SOURCE
#include <adwaita.h>
#include <dlfcn.h>
#include <hb.h>

#include "bal-comment-row.h"
#include "bal-comment-versions.h"
#include "store-fixture.h"
#include "widget-tree.h"

/* A letter that only the comment has. */
#define LETTER 0x3bb
#define WORDS "\u03bb\u03bb\u03bb\u03bb \u03bb\u03bb\u03bb "

/* ---- shaping ---- */

static guint n_shaped;

/* Stands before HarfBuzz's own for Pango. */
void
hb_shape (hb_font_t          *font,
          hb_buffer_t        *buffer,
          const hb_feature_t *features,
          unsigned int        n_features)
{
  static void (*real) (hb_font_t *, hb_buffer_t *, const hb_feature_t *, unsigned int);
  unsigned int length;
  hb_glyph_info_t *infos = hb_buffer_get_glyph_infos (buffer, &length);

  if (real == NULL)
    real = (void (*) (hb_font_t *, hb_buffer_t *, const hb_feature_t *, unsigned int)) dlsym (RTLD_NEXT, "hb_shape");
  for (unsigned int i = 0; i < length; i++)
    if (infos[i].codepoint == LETTER)
      n_shaped++;
  real (font, buffer, features, n_features);
}

/* How many letters one layout of what @label shows takes. */
static guint
count_for_one (GtkLabel *label)
{
  g_autoptr(PangoLayout) layout = pango_layout_copy (gtk_label_get_layout (label));

  n_shaped = 0;
  pango_layout_context_changed (layout);
  pango_layout_get_size (layout, NULL, NULL);
  return n_shaped;
}

/* ---- a row ---- */

typedef struct
{
  Fixture     base;
  gint64      comment_id;
  BalComment *comment;
  GtkWidget  *window;
  GtkWidget  *list;
} Desk;

static gboolean
fill_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Desk *desk = data;
  gint64 review_id = put_pulled_review (transaction, desk->base.blog_id, "1", "Film", "<p>x</p>");
  g_autoptr(GString) html = g_string_new (NULL);

  for (guint i = 0; i < 600; i++)
    g_string_append (html, WORDS);
  desk->comment_id = put_pulled_comment (transaction, desk->base.blog_id, review_id, 0, "2", "Ann",
                                         BAL_COMMENT_STATUS_APPROVED);
  desk->comment = bal_comment_table_get (transaction, desk->comment_id, error);
  bal_comment_set_html (desk->comment, html->str);
  return TRUE;
}

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  fixture_set_up (&desk->base, NULL);
  fixture_write (&desk->base, fill_work, desk);
  desk->list = gtk_list_box_new ();
  desk->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 600, 500);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), desk->list);
  gtk_window_set_child (GTK_WINDOW (desk->window), scrolled);
  gtk_window_present (GTK_WINDOW (desk->window));
  gtk_test_widget_wait_for_draw (desk->window);
}

static void
tear_down (Desk          *desk,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  while (g_main_context_iteration (NULL, FALSE));
  g_clear_object (&desk->comment);
  fixture_tear_down (&desk->base, NULL);
}

static gboolean
has_words (GtkWidget *widget,
           gpointer   data)
{
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), WORDS) != NULL;
}

static gboolean
shows_more (GtkWidget *widget,
            gpointer   data)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), "Show More") == 0;
}

static GtkWidget *
add_row (Desk *desk)
{
  g_autoptr(BalReplyDrafts) drafts = bal_reply_drafts_ref_for (desk->base.store);
  GtkWidget *row = bal_comment_row_new (desk->comment, drafts);

  bal_comment_row_set_store (BAL_COMMENT_ROW (row), desk->base.store);
  gtk_list_box_append (GTK_LIST_BOX (desk->list), row);
  return row;
}

/* Once for each width that is tried, which are a list's own wish, its place, and that beside a scroll bar; and once to be
 * drawn. In a box of boxes a label alone takes as long as 150 layouts. */
static void
assert_shaped_seldom (GtkWidget *label)
{
  guint n_letters, n_for_one;

  n_shaped = 0;
  gtk_test_widget_wait_for_draw (label);
  n_letters = n_shaped;
  n_for_one = count_for_one (GTK_LABEL (label));
  g_test_message ("%u letters, %u in one layout", n_letters, n_for_one);
  g_assert_cmpuint (n_letters, >, 0);
  g_assert_cmpuint (n_letters, <=, 6 * n_for_one);
}

static void
test_words_are_shaped_seldom (Desk          *desk,
                              gconstpointer  data)
{
  GtkWidget *row = add_row (desk);
  GtkWidget *label = widget_find (row, has_words, NULL);

  assert_shaped_seldom (label);
  gtk_widget_set_margin_start (desk->list, 150);
  assert_shaped_seldom (label);
  g_signal_emit_by_name (widget_find (row, shows_more, NULL), "clicked");
  assert_shaped_seldom (label);
}

/* Whatever width is tried, what is drawn has the lines of the width that it got. */
static void
test_lines_are_of_the_width (Desk          *desk,
                             gconstpointer  data)
{
  GtkWidget *row = add_row (desk);
  GtkLabel *label = GTK_LABEL (widget_find (row, has_words, NULL));
  int narrow, own;

  gtk_test_widget_wait_for_draw (row);
  gtk_widget_measure (GTK_WIDGET (label), GTK_ORIENTATION_VERTICAL, 100, &narrow, NULL, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (label), GTK_ORIENTATION_VERTICAL, gtk_widget_get_width (GTK_WIDGET (label)), &own,
                      NULL, NULL, NULL);
  g_assert_cmpint (narrow, >, 2 * own);
  g_assert_cmpint (own, ==, gtk_widget_get_height (GTK_WIDGET (label)));
  g_assert_cmpint (pango_layout_get_width (gtk_label_get_layout (label)), ==,
                   gtk_widget_get_width (GTK_WIDGET (label)) * PANGO_SCALE);
}

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

/* With the window. */
static void
test_the_original_goes_while_it_is_shown (Desk          *desk,
                                          gconstpointer  data)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *versions = g_object_new (BAL_TYPE_COMMENT_VERSIONS, NULL);
  gpointer popover = widget_find_named (versions, GTK_TYPE_POPOVER, NULL);

  bal_comment_versions_set_comment (BAL_COMMENT_VERSIONS (versions), desk->base.store, desk->comment);
  gtk_widget_show (versions);
  gtk_window_set_child (GTK_WINDOW (window), versions);
  gtk_window_present (GTK_WINDOW (window));
  wait_until (is_mapped, versions);
  g_signal_emit_by_name (widget_find_named (versions, GTK_TYPE_BUTTON, NULL), "clicked");
  wait_until (is_mapped, popover);
  g_object_add_weak_pointer (popover, &popover);
  gtk_window_destroy (GTK_WINDOW (window));
  wait_until (is_gone, &popover);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("GTK_A11Y", "test", FALSE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/ui/comment-row/words-are-shaped-seldom", Desk, NULL, set_up, test_words_are_shaped_seldom, tear_down);
  g_test_add ("/ui/comment-row/lines-are-of-the-width", Desk, NULL, set_up, test_lines_are_of_the_width, tear_down);
  g_test_add ("/ui/comment-row/the-original-goes-while-it-is-shown", Desk, NULL, set_up,
              test_the_original_goes_while_it_is_shown, tear_down);

  return g_test_run ();
}
