/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Texts that stall a text layout come into the store while the window is open, and are then opened. As a test: no
 * warning, and only the beginning of each text reaches a label. With BALCONY_MEASURE set it prints how long the main
 * loop was held up at most, in each step.
 */
#include <adwaita.h>
#include <string.h>

#include "bal-comment-row.h"
#include "bal-list-row.h"
#include "bal-sidebar.h"
#include "bal-window.h"
#include "hostile-look.h"
#include "hostile-watch.h"
#include "store-fixture.h"

#define QUIET_MS 300

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
      gint64 comment_id = put_pulled_comment (transaction, blog_id, desk->review, 0, id, desk->trap->text,
                                              BAL_COMMENT_STATUS_PENDING);
      g_autoptr(BalComment) comment = bal_comment_table_get (transaction, comment_id, error);

      bal_comment_set_html (comment, desk->trap->text);
      bal_comment_set_author_url (comment, desk->trap->text);
      must (bal_comment_table_update (transaction, comment, error));
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

static void
select_review (Desk *desk)
{
  GtkWidget *row = hostile_find (desk->window, BAL_TYPE_LIST_ROW);
  GtkWidget *list;
  GtkSelectionModel *model;

  g_assert_nonnull (row);
  list = gtk_widget_get_ancestor (row, GTK_TYPE_LIST_VIEW);
  model = gtk_list_view_get_model (GTK_LIST_VIEW (list));
  gtk_widget_grab_focus (list);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      g_autoptr(GObject) item = g_list_model_get_item (G_LIST_MODEL (model), i);

      if (BAL_IS_REVIEW (item) && bal_review_get_id (BAL_REVIEW (item)) == desk->review)
        gtk_selection_model_select_item (model, i, TRUE);
    }
}

static void
go_to (Desk         *desk,
       BalPlaceKind  kind)
{
  bal_sidebar_select (BAL_SIDEBAR (hostile_find (desk->window, BAL_TYPE_SIDEBAR)), kind,
                      kind == BAL_PLACE_REVIEWS ? -1 : BAL_COMMENT_STATUS_PENDING);
}

static void
meet (Desk *desk)
{
  gboolean measures = g_getenv ("BALCONY_MEASURE") != NULL;
  HostileStall arrived, opened, listed;
  guint n_labels;

  go_to (desk, BAL_PLACE_REVIEWS);
  hostile_run_until_quiet (QUIET_MS);
  fixture_write (&desk->store, arrive_work, desk);
  arrived = hostile_run_until_quiet (QUIET_MS);
  select_review (desk);
  opened = hostile_run_until_quiet (QUIET_MS);
  g_assert_nonnull (hostile_find (desk->window, BAL_TYPE_COMMENT_ROW));
  n_labels = hostile_assert_harmless (desk->window);
  go_to (desk, BAL_PLACE_COMMENTS);
  listed = hostile_run_until_quiet (QUIET_MS);
  n_labels += hostile_assert_harmless (desk->window);
  g_assert_cmpuint (n_labels, >, 10);
  if (measures)
    g_print ("%-24s arrives %5.0f ms (work %5.0f), opens %5.0f (%5.0f), comments %5.0f (%5.0f)\n", desk->trap->name,
             arrived.time, arrived.work, opened.time, opened.work, listed.time, listed.work);
}

static void
test_hostile_texts_are_shown_bounded (void)
{
  g_autoptr(GArray) traps = make_traps (g_getenv ("BALCONY_MEASURE") != NULL);
  Desk desk = { 0 };

  set_up (&desk);
  for (guint i = 0; i < traps->len; i++)
    {
      desk.trap = &g_array_index (traps, Trap, i);
      desk.n = i + 1;
      g_test_message ("%s", desk.trap->name);
      meet (&desk);
    }
  tear_down (&desk);
  for (guint i = 0; i < traps->len; i++)
    g_free (g_array_index (traps, Trap, i).text);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("GTK_A11Y", "test", FALSE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/ui/hostile/texts-are-shown-bounded", test_hostile_texts_are_shown_bounded);

  return g_test_run ();
}
