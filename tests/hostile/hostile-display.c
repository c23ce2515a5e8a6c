/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Texts that stall a text layout come into the store while the window is open, and are then opened. As a test: no
 * warning, and only the beginning of each text reaches a label. With BALCONY_MEASURE set it prints how long the main
 * loop was held up at most, in each step.
 */
#include <adwaita.h>
#include <string.h>

#include "bal-comment-card.h"
#include "bal-comment-row.h"
#include "bal-comment-versions.h"
#include "bal-conflict-row.h"
#include "bal-conflict-table.h"
#include "bal-conflict-view.h"
#include "bal-list-row.h"
#include "bal-person-window.h"
#include "bal-sidebar.h"
#include "bal-window.h"
#include "hostile-look.h"
#include "hostile-watch.h"
#include "store-fixture.h"

#define QUIET_MS 300
/* Characters that are shaped to show a person, at most: 55,000 are, and were 700,000 where labels try out how wide they
 * might be. */
#define MOST_SHAPED 200000

/* ---- texts ---- */

typedef struct
{
  const char *name;
  char       *text;
} Trap;

/* A test has a part of them, as the sanitizers take their time. */
static GArray *
make_traps (gboolean whole)
{
  guint share = whole ? 1 : 4;
  GArray *traps = g_array_new (FALSE, FALSE, sizeof (Trap));
  const Trap made[] = {
    { "plain words", g_strdup ("A quiet film.") },
    { "word of 10,000 letters", hostile_repeat ("", "A", 10000 / share) },
    { "10,000 combining marks", hostile_repeat ("o", "\u0301", 10000 / share) },
    { "20,000 lines", hostile_repeat ("", "line<br>", 20000 / share) },
    { "turned around", hostile_repeat ("", "\u202eevil\u202c\u2066x\u2069\u200b\u200f ", 2000 / share) },
    { "1 MB of words", hostile_repeat ("", "Enormous ", 110000 / share) },
    { "20,000 tags", hostile_repeat ("", "<b>", 20000 / share) },
    { "markup", hostile_repeat ("", "<span size='99999999'>&amp;</span> <a href='file:///'>x</a>", 500 / share) },
    { "women", hostile_repeat ("", "\U0001F469", 10000 / share) },
    { "emoji", hostile_repeat ("", "\U0001F469\u200D\U0001F469\u200D\U0001F467", 3000 / share) },
  };

  g_array_append_vals (traps, made, G_N_ELEMENTS (made));
  return traps;
}

/* ---- a desk ---- */

typedef struct
{
  Fixture              store;
  BalProviderRegistry *registry;
  BalSecrets          *secrets;
  BalSyncEngine       *engine;
  GtkWidget           *window;
  const Trap          *trap;
  guint                n;
  gint64               review;
  gint64               comment;
  gint64               conflict;
} Desk;

static gboolean
sign_in_work (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  Desk *desk = data;
  g_autoptr(BalBlog) blog = bal_blog_table_get (transaction, desk->store.blog_id, error);

  bal_blog_set_capabilities (blog, ~BAL_CAPABILITY_NONE & 0x3fff);
  bal_blog_set_signed_in (blog, TRUE);
  must (bal_blog_table_update (transaction, blog, error));
  return TRUE;
}

/* As a pull stores them. */
static gboolean
arrive_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Desk *desk = data;
  gint64 blog_id = desk->store.blog_id;
  g_autofree char *remote_id = g_strdup_printf ("%u", 100 * desk->n);
  g_autofree char *html = g_strdup_printf ("<p>%s</p>", desk->trap->text);

  desk->review = put_pulled_review (transaction, blog_id, remote_id, desk->trap->text, html);
  for (guint i = 1; i <= 5; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", 100 * desk->n + i);
      g_autofree char *email = g_strdup_printf ("%u@example.org", desk->n);
      gint64 comment_id = put_pulled_comment (transaction, blog_id, desk->review, 0, id, desk->trap->text,
                                              BAL_COMMENT_STATUS_PENDING);
      g_autoptr(BalComment) comment = bal_comment_table_get (transaction, comment_id, error);

      bal_comment_set_html (comment, desk->trap->text);
      bal_comment_set_author_url (comment, desk->trap->text);
      /* Of whom there is an address, there is a person. */
      bal_comment_set_author_email (comment, email);
      must (bal_comment_table_update (transaction, comment, error));
      desk->comment = comment_id;
    }
  return TRUE;
}

static void
set_up (Desk *desk)
{
  fixture_set_up (&desk->store, NULL);
  fixture_write (&desk->store, sign_in_work, desk);
  desk->registry = bal_provider_registry_new ();
  desk->secrets = bal_secrets_memory_new (NULL);
  desk->engine = bal_sync_engine_new (desk->store.store, desk->registry, desk->secrets);
  desk->window = bal_window_new (NULL, desk->store.store, desk->engine);
  gtk_window_present (GTK_WINDOW (desk->window));
  hostile_run_until_quiet (QUIET_MS);
}

static void
tear_down (Desk *desk)
{
  gpointer left = desk->window;

  g_object_add_weak_pointer (G_OBJECT (desk->window), &left);
  gtk_window_close (GTK_WINDOW (desk->window));
  while (left != NULL)
    g_main_context_iteration (NULL, TRUE);
  hostile_run_until_quiet (QUIET_MS);
  bal_sync_engine_close (desk->engine);
  g_clear_object (&desk->engine);
  g_clear_object (&desk->secrets);
  g_clear_object (&desk->registry);
  fixture_tear_down (&desk->store, NULL);
}

/* ---- looking ---- */

static GtkSelectionModel *
get_list (Desk *desk)
{
  GtkWidget *row = hostile_find (desk->window, BAL_TYPE_LIST_ROW);

  return row != NULL ? gtk_list_view_get_model (GTK_LIST_VIEW (gtk_widget_get_ancestor (row, GTK_TYPE_LIST_VIEW))) : NULL;
}

/* Of a review or comment. */
static guint
find_position (Desk   *desk,
               gint64  id)
{
  GtkSelectionModel *model = get_list (desk);

  for (guint i = 0; model != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      g_autoptr(GObject) item = g_list_model_get_item (G_LIST_MODEL (model), i);

      if ((BAL_IS_REVIEW (item) && bal_review_get_id (BAL_REVIEW (item)) == id) ||
          (BAL_IS_COMMENT (item) && bal_comment_get_id (BAL_COMMENT (item)) == id))
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static void
select_id (Desk   *desk,
           gint64  id)
{
  guint position = find_position (desk, id);
  GtkWidget *row = hostile_find (desk->window, BAL_TYPE_LIST_ROW);

  if (position == GTK_INVALID_LIST_POSITION)
    return;

  gtk_widget_grab_focus (gtk_widget_get_ancestor (row, GTK_TYPE_LIST_VIEW));
  gtk_selection_model_select_item (get_list (desk), position, TRUE);
}

static void
go_to (Desk         *desk,
       BalPlaceKind  kind)
{
  bal_sidebar_select (BAL_SIDEBAR (hostile_find (desk->window, BAL_TYPE_SIDEBAR)), kind,
                      kind == BAL_PLACE_REVIEWS ? -1 : BAL_COMMENT_STATUS_PENDING);
}

static void
arrive (Desk *desk)
{
  fixture_write (&desk->store, arrive_work, desk);
}

static void
open_review (Desk *desk)
{
  select_id (desk, desk->review);
}

static void
list_comments (Desk *desk)
{
  go_to (desk, BAL_PLACE_COMMENTS);
}

static void
open_card (Desk *desk)
{
  select_id (desk, desk->comment);
}

static void
show_more (Desk *desk)
{
  GtkWidget *card = hostile_find (desk->window, BAL_TYPE_COMMENT_CARD);
  GtkWidget *button = card != NULL ? hostile_find_button (card, "Show More") : NULL;

  if (button != NULL)
    g_signal_emit_by_name (button, "clicked");
}

static gboolean
edit_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  return bal_desk_edit_comment (transaction, ((Desk *) data)->comment, "A calm text.", error);
}

static void
edit (Desk *desk)
{
  fixture_write (&desk->store, edit_work, desk);
}

static void
show_original (Desk *desk)
{
  GtkWidget *versions = hostile_find (hostile_find (desk->window, BAL_TYPE_COMMENT_CARD), BAL_TYPE_COMMENT_VERSIONS);

  g_signal_emit_by_name (hostile_find (versions, GTK_TYPE_BUTTON), "clicked");
}

/* By the name above the comment. The click that is meant for it, or Escape, first closes the original. */
static void
open_person (Desk *desk)
{
  GtkWidget *row = hostile_find (hostile_find (desk->window, BAL_TYPE_COMMENT_CARD), BAL_TYPE_COMMENT_ROW);
  GtkWidget *popover = hostile_find (hostile_find (row, BAL_TYPE_COMMENT_VERSIONS), GTK_TYPE_POPOVER);

  while (!gtk_widget_get_mapped (popover))
    g_main_context_iteration (NULL, TRUE);
  gtk_popover_popdown (GTK_POPOVER (popover));
  gtk_widget_activate (hostile_find_action (row, "win.person"));
}

static GtkWidget *
find_person (void)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *node = windows; node != NULL; node = node->next)
    if (BAL_IS_PERSON_WINDOW (node->data))
      return node->data;
  return NULL;
}

static void
close_person (void)
{
  GtkWidget *window;

  while ((window = find_person ()) == NULL)
    g_main_context_iteration (NULL, TRUE);
  hostile_assert_harmless (window);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* In the order of a day. */
static const struct
{
  const char *name;
  void      (*act) (Desk *desk);
} steps[] = {
  { "arrives", arrive },
  { "opens", open_review },
  { "queue", list_comments },
  { "card", open_card },
  { "more", show_more },
  { "edited", edit },
  { "original", show_original },
  { "person", open_person },
};

static void
meet (Desk *desk)
{
  gboolean measures = g_getenv ("BALCONY_MEASURE") != NULL;
  guint n_labels = 0, n_shaped = 0;

  go_to (desk, BAL_PLACE_REVIEWS);
  hostile_run_until_quiet (QUIET_MS);
  if (measures)
    g_print ("%-24s", desk->trap->name);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      HostileStall stall;

      n_shaped = hostile_count_shaped ();
      steps[i].act (desk);
      stall = hostile_run_until_quiet (QUIET_MS);
      n_labels += hostile_assert_harmless (desk->window);
      if (measures)
        g_print (" %s %.0f ms (work %.0f)", steps[i].name, stall.time, stall.work);
    }
  g_assert_nonnull (hostile_find (desk->window, BAL_TYPE_COMMENT_ROW));
  g_assert_cmpuint (n_labels, >, 10);
  close_person ();
  g_assert_cmpuint (hostile_count_shaped () - n_shaped, <, MOST_SHAPED);
  if (measures)
    g_print ("\n");
}

/* ---- a conflict ---- */

static gboolean
dispute_work (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  Desk *desk = data;
  g_autoptr(BalComment) comment = NULL;
  g_autofree char *mine = g_strconcat ("Mine. ", desk->trap->text, NULL);
  g_autofree char *theirs = g_strconcat (desk->trap->text, " Theirs.", NULL);

  must (arrive_work (transaction, desk, error));
  must (bal_desk_edit_comment (transaction, desk->comment, mine, error));
  comment = bal_comment_table_get (transaction, desk->comment, error);
  bal_comment_set_html (comment, theirs);
  bal_comment_set_author (comment, theirs);
  must (bal_conflict_table_put_comment (transaction, desk->comment, "html,author", comment, error));
  desk->conflict = bal_conflict_table_find (transaction, BAL_ENTITY_COMMENT, desk->comment, error);
  return TRUE;
}

static gboolean
has_conflict (gpointer data)
{
  return hostile_find (data, BAL_TYPE_CONFLICT_ROW) != NULL;
}

static void
meet_conflict (Desk *desk)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *view = g_object_new (BAL_TYPE_CONFLICT_VIEW, NULL);
  HostileStall stall;

  fixture_write (&desk->store, dispute_work, desk);
  gtk_window_set_default_size (GTK_WINDOW (window), 700, 600);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_window_set_child (GTK_WINDOW (window), scrolled);
  gtk_window_present (GTK_WINDOW (window));
  hostile_run_until_quiet (QUIET_MS);
  bal_conflict_view_show (BAL_CONFLICT_VIEW (view), desk->store.store, desk->conflict);
  stall = hostile_run_until_quiet (QUIET_MS);
  wait_until (has_conflict, window);
  hostile_assert_harmless (window);
  if (g_getenv ("BALCONY_MEASURE") != NULL)
    g_print ("%-24s in conflict %.0f ms (work %.0f)\n", desk->trap->name, stall.time, stall.work);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
meet_all (void (*each) (Desk *desk))
{
  g_autoptr(GArray) traps = make_traps (g_getenv ("BALCONY_MEASURE") != NULL);
  Desk desk = { 0 };

  set_up (&desk);
  for (guint i = 0; i < traps->len; i++)
    {
      desk.trap = &g_array_index (traps, Trap, i);
      desk.n = i + 1;
      g_test_message ("%s", desk.trap->name);
      each (&desk);
    }
  tear_down (&desk);
  for (guint i = 0; i < traps->len; i++)
    g_free (g_array_index (traps, Trap, i).text);
}

static void
test_hostile_texts_are_shown_bounded (void)
{
  meet_all (meet);
}

static void
test_hostile_conflicts_are_shown_bounded (void)
{
  meet_all (meet_conflict);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("GTK_A11Y", "test", FALSE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/ui/hostile/texts-are-shown-bounded", test_hostile_texts_are_shown_bounded);
  g_test_add_func ("/ui/hostile/conflicts-are-shown-bounded", test_hostile_conflicts_are_shown_bounded);

  return g_test_run ();
}
