/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "bal-comment-row.h"
#include "bal-desk-persons.h"
#include "bal-person-mark.h"
#include "bal-person-search.h"
#include "bal-person-window.h"
#include "store-fixture.h"
#include "widget-tree.h"

/* What the window tells about a commenter, and what is done in it. */

typedef struct
{
  Fixture    base;
  gint64     review_id;
  gint64     ann_id;           /* known by e-mail */
  gint64     pip_id;           /* by a name alone, which wants harm */
  gint64     comment_id;
  GtkWidget *parent;
  GtkWidget *window;
} Desk;

#define PIP "<b>Pip</b>\u202E & sons"

static gint64
add (BalTransaction    *transaction,
     Desk              *desk,
     const char        *author,
     const char        *email,
     BalCommentStatus   status,
     gint64             created,
     gint64            *comment_id,
     GError           **error)
{
  g_autoptr(BalComment) comment = make_comment (desk->base.blog_id, desk->review_id, 0, author, "<p>Words.</p>");

  bal_comment_set_author_email (comment, email);
  bal_comment_set_status (comment, status);
  bal_comment_set_created (comment, created);
  *comment_id = bal_comment_table_insert (transaction, comment, error);
  must (*comment_id != 0);
  return bal_person_table_make_author (transaction, *comment_id, error);
}

static gboolean
fill_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Desk *desk = data;

  desk->review_id = put_pulled_review (transaction, desk->base.blog_id, "1", "Film", "<p>x</p>");
  for (guint i = 0; i < 3; i++)
    desk->ann_id = add (transaction, desk, "Ann", "ann@mail.example", BAL_COMMENT_STATUS_APPROVED, 86400 * (i + 1),
                        &desk->comment_id, error);
  add (transaction, desk, "Ann", "ann@mail.example", BAL_COMMENT_STATUS_SPAM, 86400 * 10, &desk->comment_id, error);
  add (transaction, desk, "Ann", "ann@mail.example", BAL_COMMENT_STATUS_PENDING, 86400 * 20, &desk->comment_id, error);
  desk->pip_id = add (transaction, desk, PIP, NULL, BAL_COMMENT_STATUS_PENDING, 86400 * 30, &desk->comment_id, error);
  return TRUE;
}

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  fixture_set_up (&desk->base, NULL);
  fixture_write (&desk->base, fill_work, desk);
  desk->parent = gtk_window_new ();
}

static void
tear_down (Desk          *desk,
           gconstpointer  data)
{
  widget_wait_for_tooltip (desk->parent);
  gtk_window_destroy (GTK_WINDOW (desk->parent));
  while (g_main_context_iteration (NULL, FALSE));
  fixture_tear_down (&desk->base, NULL);
}

typedef struct
{
  GtkWidget  *window;
  GType       type;
  const char *text;              /* (nullable): any */
} Wanted;

static gboolean
is_wanted (GtkWidget *widget,
           gpointer   data)
{
  Wanted *wanted = data;

  return G_TYPE_CHECK_INSTANCE_TYPE (widget, wanted->type) &&
         (wanted->text == NULL ||
          (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), wanted->text)) ||
          (ADW_IS_PREFERENCES_ROW (widget) &&
           g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), wanted->text)));
}

/* Also where it can't be seen now. */
static GtkWidget *
find (GtkWidget  *widget,
      GType       type,
      const char *text)
{
  Wanted wanted = { widget, type, text };

  return widget_find (widget, is_wanted, &wanted);
}

static gboolean
is_there (gpointer data)
{
  Wanted *wanted = data;

  return find (wanted->window, wanted->type, wanted->text) != NULL;
}

static GtkWidget *
wait_for (Desk       *desk,
          GType       type,
          const char *text)
{
  Wanted wanted = { desk->window, type, text };

  wait_until (is_there, &wanted);
  return find (desk->window, type, text);
}

static void
open_window (Desk   *desk,
             gint64  person_id)
{
  desk->window = bal_person_window_new (GTK_WINDOW (desk->parent), desk->base.store, person_id);
  gtk_window_present (GTK_WINDOW (desk->window));
}

typedef struct
{
  gint64     id;
  BalPerson *person;
} Look;

static gboolean
look_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Look *look = data;

  must ((look->person = bal_person_table_get (transaction, look->id, error)) != NULL);
  return TRUE;
}

static BalPerson *
get (Desk   *desk,
     gint64  id)
{
  Look look = { id };

  fixture_read (&desk->base, look_work, &look);
  return look.person;
}

static void
test_what_is_known (Desk          *desk,
                    gconstpointer  data)
{
  GtkWidget *avatar;

  open_window (desk, desk->ann_id);
  wait_for (desk, GTK_TYPE_LABEL, "3 (75 %)");
  wait_for (desk, GTK_TYPE_LABEL, "1 (25 %)");
  wait_for (desk, GTK_TYPE_LABEL, "2 Jan 1970");
  wait_for (desk, GTK_TYPE_LABEL, "21 Jan 1970");
  wait_for (desk, GTK_TYPE_LABEL, "ann@mail.example");
  wait_for (desk, ADW_TYPE_PREFERENCES_ROW, "Ann");
  avatar = find (desk->window, ADW_TYPE_AVATAR, NULL);
  g_assert_cmpstr (adw_avatar_get_text (ADW_AVATAR (avatar)), ==, "Ann");
  g_assert_true (adw_avatar_get_show_initials (ADW_AVATAR (avatar)));
  gtk_window_destroy (GTK_WINDOW (desk->window));
}

static void
test_a_strangers_name_is_text (Desk          *desk,
                               gconstpointer  data)
{
  GtkWidget *row;

  open_window (desk, desk->pip_id);
  wait_for (desk, GTK_TYPE_LABEL, "<b>Pip</b> & sons");
  wait_for (desk, GTK_TYPE_LABEL, "No e-mail address and no web address");
  row = find (desk->window, ADW_TYPE_ACTION_ROW, "Approve Automatically");
  g_assert_nonnull (g_strstr_len (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), -1, "Careful"));
  gtk_window_destroy (GTK_WINDOW (desk->window));
}

static void
count_cb (gint64 *chosen,
          gint64  id)
{
  *chosen = id;
}

static void
test_others_are_found (Desk          *desk,
                       gconstpointer  data)
{
  GtkWidget *search = g_object_new (BAL_TYPE_PERSON_SEARCH, NULL);
  GtkWidget *row;
  gint64 chosen = 0;

  desk->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (desk->window), search);
  gtk_window_present (GTK_WINDOW (desk->window));
  g_signal_connect_swapped (search, "chosen", G_CALLBACK (count_cb), &chosen);
  bal_person_search_begin (BAL_PERSON_SEARCH (search), desk->base.store, desk->ann_id);
  row = wait_for (desk, ADW_TYPE_PREFERENCES_ROW, "<b>Pip</b> & sons");
  g_assert_null (find (desk->window, ADW_TYPE_PREFERENCES_ROW, "Ann"));
  gtk_widget_activate (row);
  g_assert_cmpint (chosen, ==, desk->pip_id);
  gtk_window_destroy (GTK_WINDOW (desk->window));
}

static gboolean
is_trusted (gpointer data)
{
  Desk *desk = data;
  g_autoptr(BalPerson) person = get (desk, desk->ann_id);

  return person->trust == BAL_PERSON_TRUSTED;
}

static gboolean
is_neutral (gpointer data)
{
  return !is_trusted (data);
}

static gboolean
is_sensitive (gpointer data)
{
  return gtk_widget_get_sensitive (data);
}

static void
test_trust_is_kept_and_undone (Desk          *desk,
                               gconstpointer  data)
{
  GtkWidget *row, *automatic, *offer;

  open_window (desk, desk->ann_id);
  wait_for (desk, GTK_TYPE_LABEL, "3 (75 %)");
  automatic = find (desk->window, ADW_TYPE_ACTION_ROW, "Approve Automatically");
  g_assert_false (gtk_widget_get_sensitive (automatic));
  row = find (desk->window, ADW_TYPE_ACTION_ROW, "Trusted");
  adw_action_row_activate (ADW_ACTION_ROW (row));
  wait_until (is_trusted, desk);
  wait_until (is_sensitive, automatic);
  offer = gtk_widget_get_ancestor (wait_for (desk, GTK_TYPE_LABEL, "Approve 1 Waiting Comment"), GTK_TYPE_BUTTON);
  g_assert_true (gtk_widget_get_visible (offer));

  gtk_widget_activate_action (desk->window, "person.undo", NULL);
  wait_until (is_neutral, desk);
  gtk_window_destroy (GTK_WINDOW (desk->window));
}

static gboolean
has_note (gpointer data)
{
  Desk *desk = data;
  g_autoptr(BalPerson) person = get (desk, desk->ann_id);

  return g_strcmp0 (person->note, "Met in May") == 0;
}

static void
type_note (Desk       *desk,
           const char *text)
{
  GtkWidget *view = find (desk->window, GTK_TYPE_TEXT_VIEW, NULL);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
}

static void
test_note_is_kept_while_typed (Desk          *desk,
                               gconstpointer  data)
{
  open_window (desk, desk->ann_id);
  wait_for (desk, GTK_TYPE_LABEL, "3 (75 %)");
  type_note (desk, "Met");
  type_note (desk, "Met in May");
  wait_until (has_note, desk);
  gtk_window_destroy (GTK_WINDOW (desk->window));
}

static void
test_closing_keeps_the_note (Desk          *desk,
                             gconstpointer  data)
{
  open_window (desk, desk->ann_id);
  wait_for (desk, GTK_TYPE_LABEL, "3 (75 %)");
  type_note (desk, "Met in May");
  gtk_window_close (GTK_WINDOW (desk->window));
  wait_until (has_note, desk);
}

/* What another program, or an undo, writes must not run over what is being typed. */
static gboolean
note_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Desk *desk = data;

  return bal_desk_set_person_note (transaction, desk->ann_id, "From elsewhere", NULL, error);
}

static void
test_news_spare_what_is_typed (Desk          *desk,
                               gconstpointer  data)
{
  open_window (desk, desk->ann_id);
  wait_for (desk, GTK_TYPE_LABEL, "3 (75 %)");
  type_note (desk, "Met in May");
  fixture_write (&desk->base, note_work, desk);
  wait_until (has_note, desk);
  gtk_window_destroy (GTK_WINDOW (desk->window));
}

static void
test_marks (Desk          *desk,
            gconstpointer  data)
{
  GtkWidget *mark = g_object_ref_sink (g_object_new (BAL_TYPE_PERSON_MARK, NULL));

  g_assert_false (gtk_widget_get_visible (mark));
  bal_person_mark_set_marks (BAL_PERSON_MARK (mark), BAL_PERSON_MARK_TRUSTED | BAL_PERSON_MARK_NOTED);
  g_assert_true (gtk_widget_get_visible (mark));
  gtk_test_accessible_assert_property (mark, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "You trust this person. You have a note about this person");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (mark), ==, "You trust this person. You have a note about this person");
  bal_person_mark_set_marks (BAL_PERSON_MARK (mark), BAL_PERSON_MARK_NONE);
  g_assert_false (gtk_widget_get_visible (mark));
  g_object_unref (mark);
}

static GtkWidget *
make_row (Desk           *desk,
          gboolean        mine,
          BalPersonMarks  marks)
{
  g_autoptr(BalReplyDrafts) drafts = bal_reply_drafts_ref_for (desk->base.store);
  g_autoptr(BalComment) comment = make_comment (desk->base.blog_id, desk->review_id, 0, "Ann", "<p>x</p>");

  bal_comment_set_id (comment, desk->comment_id);
  bal_comment_set_loaded (comment, TRUE);
  bal_comment_set_mine (comment, mine);
  bal_comment_set_person_marks (comment, marks);
  return g_object_ref_sink (bal_comment_row_new (comment, drafts));
}

static void
test_a_comment_leads_there (Desk          *desk,
                            gconstpointer  data)
{
  g_autoptr(GtkWidget) row = make_row (desk, FALSE, BAL_PERSON_MARK_TRUSTED | BAL_PERSON_MARK_ACTED);
  g_autoptr(GtkWidget) mine = make_row (desk, TRUE, BAL_PERSON_MARK_NONE);
  GtkWidget *button = gtk_widget_get_ancestor (find (row, GTK_TYPE_LABEL, "Ann"), GTK_TYPE_BUTTON);
  GtkWidget *own = gtk_widget_get_ancestor (find (mine, GTK_TYPE_LABEL, "Ann"), GTK_TYPE_BUTTON);

  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), ==, "win.person");
  g_assert_cmpint (g_variant_get_int64 (gtk_actionable_get_action_target_value (GTK_ACTIONABLE (button))), ==,
                   desk->comment_id);
  g_assert_true (gtk_widget_get_visible (find (row, BAL_TYPE_PERSON_MARK, NULL)));
  g_assert_true (gtk_widget_get_visible (find (row, GTK_TYPE_LABEL, "Approved because you trust this person")));
  g_assert_false (gtk_widget_get_focusable (own));
  g_assert_false (gtk_widget_get_visible (find (mine, BAL_TYPE_PERSON_MARK, NULL)));
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
    { "what-is-known", test_what_is_known },
    { "a-strangers-name-is-text", test_a_strangers_name_is_text },
    { "others-are-found", test_others_are_found },
    { "trust-is-kept-and-undone", test_trust_is_kept_and_undone },
    { "a-note-is-kept-while-it-is-typed", test_note_is_kept_while_typed },
    { "closing-keeps-the-note", test_closing_keeps_the_note },
    { "news-spare-what-is-typed", test_news_spare_what_is_typed },
    { "marks-are-read-aloud", test_marks },
    { "a-comment-leads-there", test_a_comment_leads_there },
  };

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/person-window/", tests[i].name, NULL);

      g_test_add (path, Desk, NULL, set_up, tests[i].test, tear_down);
    }
  return g_test_run ();
}
