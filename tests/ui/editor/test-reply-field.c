/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "bal-link-popover.h"
#include "bal-reply-field.h"
#include "bal-text-view.h"
#include "widget-tree.h"

typedef struct
{
  GtkWidget     *window;
  BalReplyField *field;
  GtkTextBuffer *buffer;
} Desk;

/* As the page of a review has it: an action of the same prefix is around the field. */
static void
leak_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  g_assert_not_reached ();
}

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  static const char *const names[] = { "underline", "paragraph", "preformatted", "numbered-list", "bulleted-list",
                                       "insert-image", "edit-island", "edit-source", "copy-island", "delete-island",
                                       "next-misspelling", "bold", "italic", "strike", "code", "link", "quote", "undo",
                                       "redo", "context-menu" };
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_action_map_add_action_entries (G_ACTION_MAP (group), &(GActionEntry) { names[i], leak_cb }, 1, NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (group), &(GActionEntry) { "heading", leak_cb, "i" }, 1, NULL);
  desk->window = gtk_window_new ();
  gtk_widget_insert_action_group (desk->window, "editor", G_ACTION_GROUP (group));
  desk->field = g_object_new (BAL_TYPE_REPLY_FIELD, NULL);
  gtk_window_set_child (GTK_WINDOW (desk->window), GTK_WIDGET (desk->field));
  desk->buffer = GTK_TEXT_BUFFER (bal_text_view_get_buffer (BAL_TEXT_VIEW (bal_reply_field_get_view (desk->field))));
  gtk_window_present (GTK_WINDOW (desk->window));
}

static void
tear_down (Desk          *desk,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
type (Desk       *desk,
      const char *text)
{
  gtk_text_buffer_begin_user_action (desk->buffer);
  gtk_text_buffer_insert_interactive_at_cursor (desk->buffer, text, -1, TRUE);
  gtk_text_buffer_end_user_action (desk->buffer);
}

static void
act (Desk       *desk,
     const char *action)
{
  gtk_widget_activate_action (bal_reply_field_get_view (desk->field), action, NULL);
}

#define assert_html(desk, expected) \
  G_STMT_START { g_autofree char *is_ = bal_reply_field_dup_html ((desk)->field); g_assert_cmpstr (is_, ==, expected); } G_STMT_END

static void
test_what_is_not_touched_keeps_its_bytes (Desk          *desk,
                                          gconstpointer  data)
{
  static const char *const comments[] = {
    "<P>One <span style='color: red'>red</span>&nbsp;&hellip;\n\n<!-- x --> <p>Two<BR/>lines",
    "Plain\nlines\n\n<blockquote>Q</blockquote>\n<img src=x onerror=alert(1)>",
    "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (comments); i++)
    {
      bal_reply_field_set_html (desk->field, comments[i], BAL_DIALECT_WP_CLASSIC, TRUE);
      assert_html (desk, comments[i]);
    }

  bal_reply_field_set_html (desk->field, "<P class=a>One <q>two</q></P>\n\n<P>Three</P>", BAL_DIALECT_WP_CLASSIC, TRUE);
  type (desk, "!");
  assert_html (desk, "<P class=a>One <q>two</q></P>\n\n<P>Three!</P>");
}

static void
test_undo_and_redo_cover_styles_and_quotes (Desk          *desk,
                                            gconstpointer  data)
{
  bal_reply_field_set_html (desk->field, NULL, BAL_DIALECT_WP_CLASSIC, FALSE);
  g_assert_false (bal_reply_field_has_text (desk->field));
  bal_reply_field_insert_quote (desk->field, "Their words.\n\nMore.");
  type (desk, "Mine ");
  act (desk, "editor.bold");
  type (desk, "bold");
  assert_html (desk, "<blockquote>Their words.\n\nMore.</blockquote>\n\nMine <strong>bold</strong>");

  for (guint i = 0; i < 6; i++)
    act (desk, "editor.undo");
  g_assert_false (bal_reply_field_has_text (desk->field));
  for (guint i = 0; i < 6; i++)
    act (desk, "editor.redo");
  assert_html (desk, "<blockquote>Their words.\n\nMore.</blockquote>\n\nMine <strong>bold</strong>");
}

static void
test_saved_reply_goes_in_at_the_cursor (Desk          *desk,
                                        gconstpointer  data)
{
  bal_reply_field_set_html (desk->field, "One Two", BAL_DIALECT_WP_CLASSIC, FALSE);
  bal_reply_field_insert_html (desk->field, "<p> and <em>three</em></p>");
  assert_html (desk, "One Two and <em>three</em>");
}

/* Or Ctrl+Alt+1 in a reply would make a heading of the review. */
static void
test_no_action_gets_past_the_field (Desk          *desk,
                                    gconstpointer  data)
{
  static const char *const keys[] = { "editor.underline", "editor.paragraph", "editor.numbered-list",
                                      "editor.bulleted-list", "editor.quote", "editor.undo", "editor.redo",
                                      "editor.edit-island", "editor.insert-image", "editor.next-misspelling",
                                      "editor.bold", "editor.italic" };

  bal_reply_field_set_html (desk->field, "One", BAL_DIALECT_WP_CLASSIC, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    act (desk, keys[i]);
  g_assert_true (gtk_widget_activate_action (bal_reply_field_get_view (desk->field), "editor.heading", "i", 1));
  act (desk, "editor.quote");
  assert_html (desk, "One");
}

/* ---- the address of a link ---- */

static void
press_escape (GtkWidget *widget)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", GDK_KEY_Escape, 0, 0, &handled);
    }
  g_assert_true (handled);
}

/* Opened on the first three letters, and @address typed. */
static GtkWidget *
ask_for_link (Desk       *desk,
              const char *html,
              const char *address)
{
  GtkWidget *popover = widget_find_named (GTK_WIDGET (desk->field), BAL_TYPE_LINK_POPOVER, NULL);
  GtkTextIter start, end;

  bal_reply_field_set_html (desk->field, html, BAL_DIALECT_HTML, FALSE);
  gtk_text_buffer_get_start_iter (desk->buffer, &start);
  gtk_text_buffer_get_iter_at_offset (desk->buffer, &end, 3);
  gtk_text_buffer_select_range (desk->buffer, &start, &end);
  act (desk, "editor.link");
  g_assert_true (gtk_widget_get_mapped (popover));
  gtk_editable_set_text (GTK_EDITABLE (widget_find_named (popover, GTK_TYPE_ENTRY, NULL)), address);
  return popover;
}

/* As by a click beside it; only Escape takes back what was typed. */
static void
test_an_address_is_kept_when_left (Desk          *desk,
                                   gconstpointer  data)
{
  static const struct { const char *html, *address, *after; } cases[] = {
    { "<p>One Two</p>", "example.org/x", "<p><a href=\"https://example.org/x\">One</a> Two</p>" },
    { "<p>One Two</p>", " /about ", "<p><a href=\"/about\">One</a> Two</p>" },
    { "<p>One Two</p>", "", "<p>One Two</p>" },
    { "<p>One Two</p>", "exam", "<p>One Two</p>" },
    { "<p>One Two</p>", "example.", "<p>One Two</p>" },
    { "<p>One Two</p>", "tin.m", "<p>One Two</p>" },
    { "<p>One Two</p>", "https://example.o/x.html", "<p>One Two</p>" },
    { "<p>One Two</p>", "anna@example", "<p>One Two</p>" },
    { "<p>One Two</p>", "anna@example.org", "<p><a href=\"mailto:anna@example.org\">One</a> Two</p>" },
    { "<p>One Two</p>", "javascript:alert(1)", "<p>One Two</p>" },
    { "<p><a href=\"/a\">One</a> Two</p>", "/b", "<p><a href=\"/b\">One</a> Two</p>" },
    { "<p><a href=\"/a\">One</a> Two</p>", "", "<p><a href=\"/a\">One</a> Two</p>" },
  };
  GtkWidget *popover;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      popover = ask_for_link (desk, cases[i].html, cases[i].address);
      gtk_popover_popdown (GTK_POPOVER (popover));
      assert_html (desk, cases[i].after);

      popover = ask_for_link (desk, cases[i].html, cases[i].address);
      press_escape (popover);
      assert_html (desk, cases[i].html);
    }

  /* With nothing to link. */
  popover = ask_for_link (desk, "<p></p>", "example.org");
  gtk_popover_popdown (GTK_POPOVER (popover));
  assert_html (desk, "");

  /* The half of one is there when it is asked for again; not once it was taken back. */
  popover = ask_for_link (desk, "<p>One Two</p>", "tin.m");
  gtk_popover_popdown (GTK_POPOVER (popover));
  act (desk, "editor.link");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (widget_find_named (popover, GTK_TYPE_ENTRY, NULL))), ==, "tin.m");
  press_escape (popover);
  act (desk, "editor.link");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (widget_find_named (popover, GTK_TYPE_ENTRY, NULL))), ==, "");
  press_escape (popover);

  /* Another text came meanwhile. */
  popover = ask_for_link (desk, "<p>One Two</p>", "example.org");
  bal_reply_field_set_html (desk->field, "<p>Three</p>", BAL_DIALECT_HTML, FALSE);
  gtk_popover_popdown (GTK_POPOVER (popover));
  assert_html (desk, "<p>Three</p>");
}

#define ADD(name, func) g_test_add ("/ui/reply-field/" name, Desk, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("what-is-not-touched-keeps-its-bytes", test_what_is_not_touched_keeps_its_bytes);
  ADD ("undo-and-redo-cover-styles-and-quotes", test_undo_and_redo_cover_styles_and_quotes);
  ADD ("saved-reply-goes-in-at-the-cursor", test_saved_reply_goes_in_at_the_cursor);
  ADD ("an-address-is-kept-when-left", test_an_address_is_kept_when_left);
  ADD ("no-action-gets-past-the-field", test_no_action_gets_past_the_field);

  return g_test_run ();
}
