/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import-window.h"
#include "bal-import.h"
#include "exchange-desk.h"

#define MANY 3000

typedef struct
{
  Fixture         *fixture;
  BalImportWindow *window;
  gint64           imported;     /* -1: nothing yet */
} Desk;

static void
imported_cb (Desk   *desk,
             gint64  review_id)
{
  desk->imported = review_id;
}

static void
open_window (Desk    *desk,
             Fixture *fixture)
{
  g_autoptr(GPtrArray) blogs = fixture_list_blogs (fixture);

  desk->fixture = fixture;
  desk->imported = -1;
  desk->window = BAL_IMPORT_WINDOW (bal_import_window_new (NULL, fixture->store, blogs, g_ptr_array_index (blogs, 0)));
  g_signal_connect_swapped (desk->window, "imported", G_CALLBACK (imported_cb), desk);
  gtk_window_present (GTK_WINDOW (desk->window));
}

static void
look (Desk       *desk,
      const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "exchange", "data", name, NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);

  bal_import_window_look (desk->window, file);
}

static gboolean
count_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  BalCounts counts;
  guint *n = data;

  if (!bal_counts_read (transaction, 0, &counts, error))
    return FALSE;

  *n = 0;
  for (guint i = 0; i < G_N_ELEMENTS (counts.reviews); i++)
    *n += counts.reviews[i];
  return TRUE;
}

static guint
count_reviews (Fixture *fixture)
{
  guint n = 0;

  fixture_read (fixture, count_work, &n);
  return n;
}

static void
preview_then_import (Fixture       *fixture,
                     gconstpointer  data)
{
  Desk desk = { 0 };

  open_window (&desk, fixture);
  look (&desk, "small.wxr.xml");
  wait_for_words (GTK_WIDGET (desk.window), "3 reviews are new");
  g_assert_true (shows_words (GTK_WIDGET (desk.window), "WordPress export"));
  g_assert_true (shows_words (GTK_WIDGET (desk.window), "It is a page"));
  g_assert_cmpuint (count_reviews (fixture), ==, 0);

  gtk_widget_activate_action (GTK_WIDGET (desk.window), "import.start", NULL);
  wait_for_words (GTK_WIDGET (desk.window), "3 reviews came in");
  g_assert_cmpuint (count_reviews (fixture), ==, 3);
  g_assert_cmpint (desk.imported, ==, 0);

  /* What is here already can't be imported once more. */
  look (&desk, "small.wxr.xml");
  wait_for_words (GTK_WIDGET (desk.window), "3 reviews are here already");
  gtk_widget_activate_action (GTK_WIDGET (desk.window), "import.start", NULL);
  g_assert_true (shows_words (GTK_WIDGET (desk.window), "3 reviews are here already"));
  close_exchange (GTK_WINDOW (desk.window));
}

static void
one_review_is_told (Fixture       *fixture,
                    gconstpointer  data)
{
  Desk desk = { 0 };

  open_window (&desk, fixture);
  look (&desk, "site/gulls.txt");
  wait_for_words (GTK_WIDGET (desk.window), "1 review is new");
  gtk_widget_activate_action (GTK_WIDGET (desk.window), "import.start", NULL);
  wait_for_words (GTK_WIDGET (desk.window), "1 review came in");
  g_assert_cmpint (desk.imported, >, 0);
  close_exchange (GTK_WINDOW (desk.window));
}

static void
an_import_is_taken_back (Fixture       *fixture,
                         gconstpointer  data)
{
  Desk desk = { 0 };

  open_window (&desk, fixture);
  look (&desk, "small.wxr.xml");
  wait_for_words (GTK_WIDGET (desk.window), "3 reviews are new");
  gtk_widget_activate_action (GTK_WIDGET (desk.window), "import.start", NULL);
  wait_for_words (GTK_WIDGET (desk.window), "3 reviews came in");
  g_assert_true (shows_words (GTK_WIDGET (desk.window), "Take Back"));
  gtk_widget_activate_action (GTK_WIDGET (desk.window), "import.undo", NULL);
  wait_for_words (GTK_WIDGET (desk.window), "3 reviews are taken back");
  g_assert_false (shows_words (GTK_WIDGET (desk.window), "_Take Back"));
  g_assert_cmpuint (count_reviews (fixture), ==, 0);
  close_exchange (GTK_WINDOW (desk.window));
}

static void
closing_a_preview_is_safe (Fixture       *fixture,
                           gconstpointer  data)
{
  Desk desk = { 0 };

  open_window (&desk, fixture);
  look (&desk, "site");
  close_exchange (GTK_WINDOW (desk.window));
  g_assert_cmpuint (count_reviews (fixture), ==, 0);
  g_assert_cmpint (desk.imported, ==, -1);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

/* (transfer full): a file that takes several batches. */
static char *
write_many (Fixture *fixture)
{
  g_autoptr(GString) text = g_string_new ("{\"format\":\"balcony\",\"version\":1,\"items\":[\n");
  g_autoptr(GError) error = NULL;
  char *path = g_build_filename (fixture->dir, "many.json", NULL);

  for (guint i = 0; i < MANY; i++)
    g_string_append_printf (text, "%s{\"type\":\"review\",\"key\":\"%u\",\"title\":\"T%u\",\"html\":\"<p>x</p>\"}", i > 0 ? ",\n" : "",
                            i, i);
  g_string_append (text, "\n]}\n");
  g_file_set_contents (path, text->str, -1, &error);
  g_assert_no_error (error);
  return path;
}

static gboolean
has_some (gpointer data)
{
  Desk *desk = data;

  return count_reviews (desk->fixture) > 0;
}

/* As when the program ends: the windows go, and what is at work holds it until it is done. */
static void
quitting_in_an_import_keeps_what_is_whole (Fixture       *fixture,
                                           gconstpointer  data)
{
  g_autofree char *path = write_many (fixture);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GPtrArray) blogs = NULL;
  g_autoptr(BalImportReport) rest = NULL;
  g_autoptr(GError) error = NULL;
  gpointer window;
  Desk desk = { 0 };
  guint n;

  open_window (&desk, fixture);
  window = desk.window;
  g_object_add_weak_pointer (window, &window);
  bal_import_window_look (desk.window, file);
  wait_for_words (GTK_WIDGET (desk.window), "reviews are new");
  gtk_widget_activate_action (GTK_WIDGET (desk.window), "import.start", NULL);
  wait_until (has_some, &desk);
  gtk_window_destroy (GTK_WINDOW (desk.window));
  wait_until (is_gone, &window);
  n = count_reviews (fixture);
  g_assert_cmpuint (n, >, 0);

  fixture_reopen (fixture);
  blogs = fixture_list_blogs (fixture);
  rest = bal_import_run (fixture->store, g_ptr_array_index (blogs, 0), path, BAL_IMPORT_FORMAT_AUTO, BAL_IMPORT_NONE, NULL, NULL,
                         NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rest->reviews.n_there, ==, n);
  g_assert_cmpuint (rest->reviews.n_new, ==, MANY - n);
}

static gboolean
find_anew (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  g_autoptr(BalBlog) blog = bal_blog_table_find (transaction, "Late Shows", error);
  guint *n_waiting = data;
  g_autoptr(GPtrArray) waiting = blog != NULL ? bal_outbox_list (transaction, bal_blog_get_id (blog), error) : NULL;

  *n_waiting = waiting != NULL ? waiting->len : 0;
  return waiting != NULL;
}

/* On a computer without any blog. */
static void
a_blog_is_made_anew (Fixture       *fixture,
                     gconstpointer  data)
{
  static const char text[] =
    "{\"format\":\"balcony\",\"version\":2,\"blog\":{\"name\":\"Late Shows\",\"provider\":\"wordpress\",\"url\":\"https://late.example\"},"
    "\"numbers\":{\"review\":1,\"comment\":0,\"media\":0,\"outbox\":1,\"conflict\":0,\"import_run\":0},\"items\":["
    "{\"type\":\"review\",\"key\":\"remote:7\",\"remote_id\":\"7\",\"title\":\"Night Ferry\",\"html\":\"<p>It lands.</p>\","
    "\"status\":\"published\",\"number\":1,\"state\":{\"revision\":\"1\",\"edit_seq\":1},"
    "\"outbox\":{\"id\":1,\"op\":1,\"state\":0,\"edit_seq\":1,\"attempts\":0,\"not_before\":0}}]}";
  g_autoptr(GPtrArray) none = g_ptr_array_new ();
  g_autofree char *path = g_build_filename (fixture->dir, "all.json", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  Desk desk = { .fixture = fixture, .imported = -1 };
  guint n_waiting = 0;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  desk.window = BAL_IMPORT_WINDOW (bal_import_window_new (NULL, fixture->store, none, NULL));
  g_signal_connect_swapped (desk.window, "imported", G_CALLBACK (imported_cb), &desk);
  gtk_window_present (GTK_WINDOW (desk.window));
  wait_for_words (GTK_WIDGET (desk.window), "A new blog");
  bal_import_window_look (desk.window, file);
  wait_for_words (GTK_WIDGET (desk.window), "1 review is new");
  g_assert_true (shows_words (GTK_WIDGET (desk.window), "as it stood when it was exported"));
  g_assert_cmpuint (count_reviews (fixture), ==, 0);

  gtk_widget_activate_action (GTK_WIDGET (desk.window), "import.start", NULL);
  wait_for_words (GTK_WIDGET (desk.window), "1 review came in");
  g_assert_cmpint (desk.imported, >, 0);
  fixture_read (fixture, find_anew, &n_waiting);
  g_assert_cmpuint (n_waiting, ==, 1);
  close_exchange (GTK_WINDOW (desk.window));
}

int
main (int   argc,
      char *argv[])
{
  /* What is at work holds it. */
  g_autoptr(GApplication) application = g_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  gtk_test_init (&argc, &argv, NULL);
  g_application_set_default (application);
  adw_init ();

  fixture_add ("/ui/import/preview-then-import", preview_then_import);
  fixture_add ("/ui/import/a-blog-is-made-anew", a_blog_is_made_anew);
  fixture_add ("/ui/import/one-review-is-told", one_review_is_told);
  fixture_add ("/ui/import/an-import-is-taken-back", an_import_is_taken_back);
  fixture_add ("/ui/import/closing-a-preview-is-safe", closing_a_preview_is_safe);
  fixture_add ("/ui/import/quitting-in-an-import-keeps-what-is-whole", quitting_in_an_import_keeps_what_is_whole);
  return g_test_run ();
}
