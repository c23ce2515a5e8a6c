/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-account-assistant.h"
#include "bal-auth-request.h"
#include "bal-comment-text.h"
#include "bal-reply-box.h"
#include "bal-reply-drafts.h"
#include "bal-window.h"
#include "store-fixture.h"

#include "bal-comment-row.h"
#include "bal-list-row.h"

/* ---- looking at widgets ---- */

typedef struct
{
  GtkWidget  *root;
  GType       type;
  const char *label;
} Wanted;

static GtkWidget *
find (GtkWidget  *root,
      GType       type,
      const char *label)
{
  if (!gtk_widget_get_visible (root) || (GTK_IS_BUTTON (root) && !gtk_widget_is_sensitive (root)))
    return NULL;

  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    {
      g_autofree char *differs = NULL;

      if (label == NULL || (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0))
        return root;
      differs = gtk_test_accessible_check_property (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL, label);
      if (differs == NULL)
        return root;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, label);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
is_there (gpointer data)
{
  Wanted *wanted = data;

  return find (wanted->root, wanted->type, wanted->label) != NULL;
}

static GtkWidget *
wait_for (GtkWidget  *root,
          GType       type,
          const char *label)
{
  Wanted wanted = { root, type, label };

  wait_until (is_there, &wanted);

  return find (root, type, label);
}

/* ---- a desk with a window ---- */

typedef struct
{
  Fixture              store;
  BalProviderRegistry *registry;
  BalSecrets          *secrets;
  BalSyncEngine       *engine;
  GtkWidget           *window;
  gint64               first;       /* two reviews, the first with a pending comment */
  gint64               second;
  gint64               comment;
  const char          *draft;       /* of an answer to it */
} Desk;

static gboolean
fill_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Desk *desk = data;
  gint64 blog_id = desk->store.blog_id;
  g_autoptr(BalBlog) blog = bal_blog_table_get (transaction, blog_id, error);

  bal_blog_set_capabilities (blog, ~BAL_CAPABILITY_NONE & 0x3fff);
  bal_blog_set_signed_in (blog, TRUE);
  must (bal_blog_table_update (transaction, blog, error));
  desk->first = put_pulled_review (transaction, blog_id, "1", "Indie Gems: The Perfection", "<p>Cello.</p>");
  desk->second = put_pulled_review (transaction, blog_id, "2", "The Wind", "<p>Prairie.</p>");
  desk->comment = put_pulled_comment (transaction, blog_id, desk->first, 0, "3", "Anna", BAL_COMMENT_STATUS_PENDING);

  return TRUE;
}

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  fixture_set_up (&desk->store, NULL);
  fixture_write (&desk->store, fill_work, desk);
  desk->registry = bal_provider_registry_new ();
  desk->secrets = bal_secrets_memory_new (NULL);
  desk->engine = bal_sync_engine_new (desk->store.store, desk->registry, desk->secrets);
  desk->window = bal_window_new (NULL, desk->store.store, desk->engine);
  gtk_window_present (GTK_WINDOW (desk->window));
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static gboolean
nothing_work (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  return TRUE;
}

/* Both threads of the store do what they were asked for before, and the answers arrive. */
static void
settle (Desk *desk)
{
  fixture_write (&desk->store, nothing_work, NULL);
  fixture_read (&desk->store, nothing_work, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
tear_down (Desk          *desk,
           gconstpointer  data)
{
  gpointer left = desk->window;

  g_object_add_weak_pointer (G_OBJECT (desk->window), &left);
  gtk_window_close (GTK_WINDOW (desk->window));
  wait_until (is_gone, &left);
  settle (desk);

  bal_sync_engine_close (desk->engine);
  g_clear_object (&desk->engine);
  g_clear_object (&desk->secrets);
  g_clear_object (&desk->registry);
  fixture_tear_down (&desk->store, NULL);
}

static void
select_review (Desk   *desk,
               gint64  id)
{
  GtkWidget *list = wait_for (desk->window, GTK_TYPE_LIST_VIEW, "All Reviews");
  GtkSelectionModel *model = gtk_list_view_get_model (GTK_LIST_VIEW (list));

  /* As a click would. */
  wait_for (desk->window, BAL_TYPE_LIST_ROW, NULL);
  gtk_widget_grab_focus (list);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      g_autoptr(BalReview) review = g_list_model_get_item (G_LIST_MODEL (model), i);

      if (bal_review_get_id (review) == id)
        gtk_selection_model_select_item (model, i, TRUE);
    }
}

static void
click (Desk       *desk,
       const char *label)
{
  g_signal_emit_by_name (wait_for (desk->window, GTK_TYPE_BUTTON, label), "clicked");
}

typedef struct
{
  gint64           id;
  BalCommentStatus status;
} StatusQuery;

static gboolean
status_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  StatusQuery *query = data;
  g_autoptr(BalComment) comment = bal_comment_table_get (transaction, query->id, error);

  must (comment != NULL);
  query->status = bal_comment_get_status (comment);

  return TRUE;
}

static BalCommentStatus
get_status (Desk *desk)
{
  StatusQuery query = { .id = desk->comment };

  fixture_read (&desk->store, status_work, &query);

  return query.status;
}

/* ---- promises of the window ---- */

static void
test_contract_names (Desk          *desk,
                     gconstpointer  data)
{
  static const char *const names[] = {
    "New Review", "Sync", "Publish", "Title", "Series", "Grade", "Watched on", "Memorable quote", "Character", "Actor",
    "Labels", "Body", "Search", "Reply", "Approve", "Spam", "Trash",
  };

  select_review (desk, desk->first);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_test_message ("%s", names[i]);
      g_assert_nonnull (wait_for (desk->window, GTK_TYPE_WIDGET, names[i]));
    }

  click (desk, "Spam");
  g_assert_nonnull (wait_for (desk->window, GTK_TYPE_BUTTON, "Restore"));
}

static gboolean
reply_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Desk *desk = data;

  return bal_desk_reply (transaction, desk->comment, "Thank you", error) != 0;
}

static void
test_replies_fold_away (Desk          *desk,
                        gconstpointer  data)
{
  GtkWidget *reply, *button;

  fixture_write (&desk->store, reply_work, desk);
  select_review (desk, desk->first);
  reply = wait_for (desk->window, BAL_TYPE_COMMENT_ROW, "Comment 1.1 by Brittani");
  button = wait_for (desk->window, GTK_TYPE_TOGGLE_BUTTON, "1 reply");

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), FALSE);
  g_assert_false (gtk_widget_get_visible (reply));
  g_assert_nonnull (find (desk->window, BAL_TYPE_COMMENT_ROW, "Comment 1 by Anna"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  g_assert_true (gtk_widget_get_visible (reply));
}

static void
test_rows_tell_their_review (Desk          *desk,
                             gconstpointer  data)
{
  GtkWidget *row = wait_for (desk->window, BAL_TYPE_LIST_ROW, "Indie Gems, The Perfection, Published · 1 Jan 1970, 1 comment");
  GtkWidget *around = gtk_widget_get_parent (row);

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (around), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Indie Gems, The Perfection, Published · 1 Jan 1970, 1 comment");
}

static gboolean
close_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Desk *desk = data;
  g_autoptr(BalReview) review = bal_review_table_get (transaction, desk->first, error);
  g_autoptr(BalReview) later = bal_review_table_get (transaction, desk->second, error);

  bal_review_set_audience (review, BAL_AUDIENCE_MEMBERS);
  bal_review_set_audience (later, BAL_AUDIENCE_PASSWORD);
  bal_review_set_status (later, BAL_REVIEW_STATUS_SCHEDULED);
  return bal_review_table_update (transaction, review, error) && bal_review_table_update (transaction, later, error);
}

/* Told by a pull while it is open. */
static void
test_who_may_read_is_told (Desk          *desk,
                           gconstpointer  data)
{
  select_review (desk, desk->first);
  g_assert_nonnull (wait_for (desk->window, GTK_TYPE_LABEL, "Published · 1 word · 1 min read · Saved"));
  fixture_write (&desk->store, close_work, desk);
  g_assert_nonnull (wait_for (desk->window, GTK_TYPE_LABEL, "Members Only · 1 word · 1 min read · Saved"));
  g_assert_nonnull (wait_for (desk->window, BAL_TYPE_LIST_ROW,
                              "Indie Gems, The Perfection, Members Only · 1 Jan 1970, 1 comment"));
  g_assert_nonnull (wait_for (desk->window, BAL_TYPE_LIST_ROW, "The Wind, Scheduled · With a Password · 1 Jan 1970"));
}

static void
test_new_review_is_a_draft_on_the_page (Desk          *desk,
                                        gconstpointer  data)
{
  GtkWidget *title;

  g_assert_nonnull (wait_for (desk->window, BAL_TYPE_LIST_ROW, NULL));
  click (desk, "New Review");
  title = wait_for (desk->window, GTK_TYPE_EDITABLE, "Title");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (title)), ==, "");
  g_assert_nonnull (wait_for (desk->window, GTK_TYPE_BUTTON, "Publish"));
}

static gboolean
is_hidden (gpointer data)
{
  return !is_there (data);
}

/* A review that goes takes its mode along: nobody could do anything on an empty screen. */
static void
test_distraction_free_is_for_a_review (Desk          *desk,
                                       gconstpointer  data)
{
  Wanted grade = { desk->window, GTK_TYPE_EDITABLE, "Grade" };
  gboolean focus_mode;

  g_assert_nonnull (wait_for (desk->window, BAL_TYPE_LIST_ROW, NULL));
  gtk_widget_activate_action (desk->window, "win.focus-mode", NULL);
  g_object_get (desk->window, "focus-mode", &focus_mode, NULL);
  g_assert_false (focus_mode);

  select_review (desk, desk->first);
  wait_until (is_there, &grade);
  wait_for (desk->window, GTK_TYPE_BUTTON, "Publish");
  gtk_widget_activate_action (desk->window, "win.focus-mode", NULL);
  wait_until (is_hidden, &grade);
  g_assert_nonnull (find (desk->window, GTK_TYPE_EDITABLE, "Title"));
  g_assert_null (find (desk->window, GTK_TYPE_LIST_VIEW, "All Reviews"));

  gtk_widget_activate_action (desk->window, "win.trash-review", NULL);
  wait_for (desk->window, GTK_TYPE_LIST_VIEW, "All Reviews");
  g_object_get (desk->window, "focus-mode", &focus_mode, NULL);
  g_assert_false (focus_mode);
  select_review (desk, desk->second);
  wait_until (is_there, &grade);
}

static void
test_moderation_can_be_undone (Desk          *desk,
                               gconstpointer  data)
{
  select_review (desk, desk->first);
  click (desk, "Spam");
  g_assert_nonnull (wait_for (desk->window, GTK_TYPE_BUTTON, "Restore"));
  g_assert_cmpint (get_status (desk), ==, BAL_COMMENT_STATUS_SPAM);

  click (desk, "Undo");
  g_assert_nonnull (wait_for (desk->window, GTK_TYPE_BUTTON, "Approve"));
  g_assert_cmpint (get_status (desk), ==, BAL_COMMENT_STATUS_PENDING);
}

static char *
get_text (GtkWidget *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  /* The text ends with a newline that is none of it. */
  gtk_text_iter_backward_char (&end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
test_unsent_reply_waits_for_its_writer (Desk          *desk,
                                        gconstpointer  data)
{
  g_autofree char *text = NULL;
  GtkWidget *view;

  select_review (desk, desk->first);
  click (desk, "Reply");
  view = wait_for (desk->window, GTK_TYPE_TEXT_VIEW, "Your reply");
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "I am so glad", -1);

  select_review (desk, desk->second);
  while (find (desk->window, GTK_TYPE_TEXT_VIEW, "Your reply") != NULL)
    g_main_context_iteration (NULL, TRUE);

  select_review (desk, desk->first);
  view = wait_for (desk->window, GTK_TYPE_TEXT_VIEW, "Your reply");
  text = get_text (view);
  g_assert_cmpstr (text, ==, "I am so glad");
}

static gboolean
has_no_box (gpointer data)
{
  return find (data, GTK_TYPE_TEXT_VIEW, "Your reply") == NULL;
}

static void
test_sent_reply_approves_and_stands_below (Desk          *desk,
                                           gconstpointer  data)
{
  GtkWidget *view;

  select_review (desk, desk->first);
  click (desk, "Reply");
  view = wait_for (desk->window, GTK_TYPE_TEXT_VIEW, "Your reply");
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "Thank you!", -1);
  g_assert_true (gtk_widget_activate_action (view, "reply.send", NULL));

  wait_until (has_no_box, desk->window);
  g_assert_nonnull (wait_for (desk->window, BAL_TYPE_COMMENT_ROW, "Comment 1.1 by Brittani"));
  g_assert_cmpint (get_status (desk), ==, BAL_COMMENT_STATUS_APPROVED);
}

/* ---- what strangers write ---- */

static void
test_only_safe_links_open (void)
{
  g_autoptr(BalCommentText) text =
    bal_comment_text_new ("<a href=\"javascript:x\">a</a> <a href=\"file:///etc/passwd\">b</a> "
                          "<a href=\"https://example.org/film\">bank.example</a>", 5000);
  g_autofree char *host = NULL;

  g_assert_cmpuint (text->links->len, ==, 1);
  g_assert_cmpstr (text->links->pdata[0], ==, "https://example.org/film");
  host = bal_comment_text_dup_host (text->links->pdata[0]);
  g_assert_cmpstr (host, ==, "example.org");
}

/* Words that name one site on a link to another. */
static void
test_pretending_links_are_told (void)
{
  static const struct { const char *words, *link, *pretence; } cases[] = {
    { "bank.example", "https://evil.example/", "bank.example" },
    { "https://www.Bank.example/login?a=b", "https://evil.example/bank.example", "bank.example" },
    { "<b>bank</b>.<i>example</i>", "https://bank.example.evil.example/", "bank.example" },
    { "bank.example", "https://bank.example@evil.example/", "bank.example" },
    { "bank.example", "https://notbank.example/", "bank.example" },
    { " bank.example/x ", "http://bank.example/y", NULL },
    { "www.bank.example", "https://bank.example", NULL },
    { "bank.example", "https://en.bank.example", NULL },
    { "this list", "https://films.example", NULL },
    { "The end. Really", "https://films.example", NULL },
    { "3.5", "https://films.example", NULL },
    { "…", "https://films.example", NULL },
    { "", "https://films.example", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *html = g_strdup_printf ("<p>See <a href=\"%s\">%s</a> now</p>", cases[i].link, cases[i].words);
      g_autoptr(BalCommentText) text = bal_comment_text_new (html, 5000);

      g_assert_cmpuint (text->pretences->len, ==, text->links->len);
      if (text->links->len > 0)
        g_assert_cmpstr (text->pretences->pdata[0], ==, cases[i].pretence);
      else
        g_assert_cmpstr (cases[i].words, ==, "");
    }

  {
    g_autoptr(BalCommentText) text =
      bal_comment_text_new ("<a href=\"https://evil.example/\">here</a> or <a href=\"https://evil.example/\">bank.example</a>",
                            5000);

    g_assert_cmpuint (text->links->len, ==, 1);
    g_assert_cmpstr (text->pretences->pdata[0], ==, "bank.example");
  }
}

static gboolean
is_italic_cb (PangoAttribute *attribute,
              gpointer        data)
{
  const char *text = data;

  if (attribute->klass->type != PANGO_ATTR_STYLE)
    return FALSE;

  g_assert_cmpint (text[attribute->start_index], ==, '>');
  return TRUE;
}

static void
test_quoted_words_look_like_it (void)
{
  g_autoptr(BalCommentText) text =
    bal_comment_text_new ("<blockquote>They said</blockquote><p>I say</p><blockquote>And they</blockquote>", 600);
  PangoAttrList *quotes = pango_attr_list_filter (text->attributes, is_italic_cb, text->text);
  GSList *attributes = pango_attr_list_get_attributes (quotes);

  g_assert_cmpuint (g_slist_length (attributes), ==, 2);
  g_slist_free_full (attributes, (GDestroyNotify) pango_attribute_destroy);
  pango_attr_list_unref (quotes);
}

static void
test_long_comments_are_folded (void)
{
  g_autofree char *words = g_strnfill (900, 'a');
  g_autoptr(BalCommentText) text = bal_comment_text_new (words, 600);

  g_assert_true (text->cut);
}

/* ---- granting access in the browser ---- */

static void
test_only_our_answer_counts (void)
{
  g_autofree char *state = bal_auth_request_new_state ();
  g_autofree char *url = bal_auth_request_build_url ("https://blog.example/wp-admin/authorize-application.php", state);
  g_autofree char *answer =
    g_strdup_printf ("balcony://auth?state=%s&site_url=https%%3A%%2F%%2Fblog.example&user_login=bri&password=abcd%%20efgh", state);
  g_autofree char *refusal = g_strdup_printf ("balcony://auth?state=%s&success=false", state);
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (g_str_has_prefix (url, "https://blog.example/wp-admin/authorize-application.php?app_name=Balcony%20on%20"));
  g_assert_nonnull (strstr (url, state));

  g_assert_false (bal_auth_request_read_answer ("balcony://auth?state=other&user_login=x&password=y", state,
                                                &user, &password, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_AUTH);
  g_clear_error (&error);
  g_assert_false (bal_auth_request_read_answer (refusal, state, &user, &password, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_AUTH);
  g_clear_error (&error);

  g_assert_true (bal_auth_request_read_answer (answer, state, &user, &password, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (user, ==, "bri");
  g_assert_cmpstr (password, ==, "abcd efgh");
}

static gboolean
draft_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Desk *desk = data;

  return bal_reply_draft_table_put (transaction, desk->comment, FALSE, desk->draft, NULL, error);
}

/* However long the words on its buttons are. */
static void
test_box_for_a_reply_is_narrow (Desk          *desk,
                                gconstpointer  data)
{
  for (guint kind = BAL_REPLY_BOX_REPLY; kind <= BAL_REPLY_BOX_EDIT; kind++)
    {
      GtkWidget *box = g_object_ref_sink (bal_reply_box_new (desk->store.store, desk->comment, kind));
      int minimum;

      gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      g_assert_cmpint (minimum, <=, 240);
      g_object_unref (box);
    }
  settle (desk);
}

/* Somebody else wrote it: another window, another thread view. */
static void
test_draft_from_elsewhere_is_shown_and_goes (Desk          *desk,
                                             gconstpointer  data)
{
  g_autofree char *text = NULL;
  GtkWidget *view;

  select_review (desk, desk->first);
  g_assert_nonnull (wait_for (desk->window, GTK_TYPE_BUTTON, "Reply"));
  settle (desk);
  desk->draft = "<p>So <b>glad</b></p>";
  fixture_write (&desk->store, draft_work, desk);
  g_assert_nonnull (wait_for (desk->window, GTK_TYPE_BUTTON, "Draft of a Reply"));

  click (desk, "Draft of a Reply");
  view = wait_for (desk->window, GTK_TYPE_TEXT_VIEW, "Your reply");
  text = get_text (view);
  g_assert_cmpstr (text, ==, "So glad");

  desk->draft = NULL;
  fixture_write (&desk->store, draft_work, desk);
  wait_until (has_no_box, desk->window);
  g_assert_null (find (desk->window, GTK_TYPE_BUTTON, "Draft of a Reply"));
}

/* What an earlier version kept in a file comes into the store, and the file goes. */
static void
test_drafts_of_earlier_versions_are_taken_over (Desk          *desk,
                                                gconstpointer  data)
{
  g_autofree char *path = g_build_filename (desk->store.dir, "reply-drafts.ini", NULL);
  g_autofree char *text = g_strdup_printf ("[replies]\n%" G_GINT64_FORMAT "=Line one\\nline “two” <3\n", desk->comment);
  g_autoptr(BalReplyDrafts) drafts = NULL;
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  drafts = bal_reply_drafts_ref_for (desk->store.store);
  while (bal_reply_drafts_get (drafts, desk->comment, FALSE) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (bal_reply_drafts_get (drafts, desk->comment, FALSE), ==, "<p>Line one<br>line “two” &lt;3</p>");
  g_assert_null (bal_reply_drafts_get (drafts, desk->comment, TRUE));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* ---- adding a blog ---- */

static void
test_assistant_is_narrow (Desk          *desk,
                          gconstpointer  data)
{
  GtkWidget *assistant = bal_account_assistant_new (GTK_WINDOW (desk->window), desk->engine, NULL);
  int width, height, minimum;

  gtk_window_get_default_size (GTK_WINDOW (assistant), &width, &height);
  gtk_widget_measure (assistant, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, width);

  gtk_window_destroy (GTK_WINDOW (assistant));
}

#define window_test(name, test) g_test_add ("/ui/window/" name, Desk, NULL, set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  g_setenv ("GTK_A11Y", "test", FALSE);
  g_setenv ("TZ", "UTC", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  window_test ("replies-fold-away", test_replies_fold_away);
  window_test ("contract-names", test_contract_names);
  window_test ("rows-tell-their-review", test_rows_tell_their_review);
  window_test ("who-may-read-is-told", test_who_may_read_is_told);
  window_test ("new-review-is-a-draft-on-the-page", test_new_review_is_a_draft_on_the_page);
  window_test ("distraction-free-is-for-a-review", test_distraction_free_is_for_a_review);
  window_test ("moderation-can-be-undone", test_moderation_can_be_undone);
  window_test ("unsent-reply-waits-for-its-writer", test_unsent_reply_waits_for_its_writer);
  window_test ("sent-reply-approves-and-stands-below", test_sent_reply_approves_and_stands_below);
  window_test ("assistant-is-narrow", test_assistant_is_narrow);
  g_test_add_func ("/ui/comments/only-safe-links-open", test_only_safe_links_open);
  g_test_add_func ("/ui/comments/pretending-links-are-told", test_pretending_links_are_told);
  g_test_add_func ("/ui/comments/quoted-words-look-like-it", test_quoted_words_look_like_it);
  g_test_add_func ("/ui/comments/long-comments-are-folded", test_long_comments_are_folded);
  g_test_add_func ("/ui/accounts/only-our-answer-counts", test_only_our_answer_counts);
  window_test ("box-for-a-reply-is-narrow", test_box_for_a_reply_is_narrow);
  window_test ("draft-from-elsewhere-is-shown-and-goes", test_draft_from_elsewhere_is_shown_and_goes);
  window_test ("drafts-of-earlier-versions-are-taken-over", test_drafts_of_earlier_versions_are_taken_over);

  return g_test_run ();
}
