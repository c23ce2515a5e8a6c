/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-export-window.h"
#include "exchange-desk.h"

#include <glib/gstdio.h>

typedef struct
{
  Fixture         *fixture;
  BalExportWindow *window;
} Desk;

static void
open_window (Desk    *desk,
             Fixture *fixture)
{
  g_autoptr(GPtrArray) blogs = fixture_list_blogs (fixture);

  desk->fixture = fixture;
  desk->window = BAL_EXPORT_WINDOW (bal_export_window_new (NULL, fixture->store, blogs, g_ptr_array_index (blogs, 0)));
  gtk_window_present (GTK_WINDOW (desk->window));
}

static gboolean
fill_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Fixture *fixture = data;
  gint64 id = put_pulled_review (transaction, fixture->blog_id, "1", "Late Show: Tin Moon", "<p>Tin.</p>");

  return id != 0 &&
         put_pulled_comment (transaction, fixture->blog_id, id, 0, "2", "Ada", BAL_COMMENT_STATUS_APPROVED) != 0 &&
         put_pulled_comment (transaction, fixture->blog_id, id, 0, "3", "Pills", BAL_COMMENT_STATUS_SPAM) != 0;
}

/* (transfer full): an empty folder. */
static GFile *
make_folder (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "out", NULL);

  g_mkdir (path, 0700);
  return g_file_new_for_path (path);
}

static gboolean
has_file (GFile      *folder,
          const char *name)
{
  g_autoptr(GFile) file = g_file_get_child (folder, name);

  return g_file_query_exists (file, NULL);
}

static void
writes_and_tells_what_is_left_out (Fixture       *fixture,
                                   gconstpointer  data)
{
  g_autoptr(GFile) folder = make_folder (fixture);
  Desk desk = { 0 };

  fixture_write (fixture, fill_work, fixture);
  open_window (&desk, fixture);
  bal_export_window_set_format (desk.window, BAL_EXPORT_FORMAT_MARKDOWN);
  bal_export_window_write (desk.window, folder);
  wait_for_words (GTK_WIDGET (desk.window), "1 review was written");
  g_assert_true (shows_words (GTK_WIDGET (desk.window), "1 comment that readers don’t see"));
  g_assert_true (has_file (folder, "Desk – Markdown folder"));
  close_exchange (GTK_WINDOW (desk.window));
}

/* What is there already stays, whatever it is called. */
static void
nothing_is_replaced (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(GFile) folder = make_folder (fixture);
  Desk desk = { 0 };

  fixture_write (fixture, fill_work, fixture);
  open_window (&desk, fixture);
  bal_export_window_set_format (desk.window, BAL_EXPORT_FORMAT_JSON);
  bal_export_window_write (desk.window, folder);
  wait_for_words (GTK_WIDGET (desk.window), "Desk – Everything (JSON).json");
  bal_export_window_write (desk.window, folder);
  wait_for_words (GTK_WIDGET (desk.window), "Desk – Everything (JSON) 2.json");
  g_assert_true (has_file (folder, "Desk – Everything (JSON).json"));
  g_assert_true (has_file (folder, "Desk – Everything (JSON) 2.json"));
  close_exchange (GTK_WINDOW (desk.window));
}

static gboolean
is_choosing (gpointer data)
{
  Desk *desk = data;

  return shows_words (GTK_WIDGET (desk->window), "Write Out a Blog");
}

/* In a dialog of its own. */
static gboolean
is_told (gpointer words)
{
  GListModel *windows = gtk_window_get_toplevels ();
  gboolean found = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (windows) && !found; i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);

      found = shows_words (window, words);
    }
  return found;
}

static void
what_fails_is_told (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "nowhere", NULL);
  g_autoptr(GFile) folder = g_file_new_for_path (path);
  Desk desk = { 0 };

  open_window (&desk, fixture);
  bal_export_window_write (desk.window, folder);
  wait_until (is_choosing, &desk);
  wait_until (is_told, (gpointer) "Nothing Was Exported");
  g_assert_false (g_file_query_exists (folder, NULL));
  close_exchange (GTK_WINDOW (desk.window));
}

/* Nothing is there, or all of it, if it was done before it was stopped. */
static gboolean
is_clean (gpointer data)
{
  g_autoptr(GDir) dir = g_dir_open (data, 0, NULL);
  gboolean clean = TRUE;
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    clean &= g_str_has_prefix (name, "Desk – WordPress export");
  return clean;
}

static gboolean
has_ended (gpointer data)
{
  Desk *desk = data;

  return is_choosing (data) || shows_words (GTK_WIDGET (desk->window), "Exported");
}

/* The export holds the window until it has ended. */
static gboolean
is_gone (gpointer data)
{
  return ((Desk *) data)->window == NULL;
}

static gboolean
fill_more_work (BalTransaction  *transaction,
                gpointer         data,
                GError         **error)
{
  Fixture *fixture = data;

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i + 100);

      if (put_pulled_review (transaction, fixture->blog_id, id, "Late Show: Tin Moon", "<p>Tin.</p>") == 0)
        return FALSE;
    }
  return TRUE;
}

static void
stopping_leaves_nothing_half (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr(GFile) folder = make_folder (fixture);
  g_autofree char *path = g_file_get_path (folder);
  Desk desk = { 0 };

  fixture_write (fixture, fill_more_work, fixture);
  open_window (&desk, fixture);
  bal_export_window_write (desk.window, folder);
  gtk_widget_activate_action (GTK_WIDGET (desk.window), "exchange.stop", NULL);
  wait_until (has_ended, &desk);
  g_assert_true (is_clean (path));
  g_assert_true (!is_choosing (&desk) || !has_file (folder, "Desk – WordPress export.xml"));

  /* Closing stops as well. */
  g_object_add_weak_pointer (G_OBJECT (desk.window), (gpointer *) &desk.window);
  bal_export_window_write (desk.window, folder);
  gtk_window_close (GTK_WINDOW (desk.window));
  wait_until (is_gone, &desk);
  wait_until (is_clean, path);
}

static void
each_format_has_words (Fixture       *fixture,
                       gconstpointer  data)
{
  Desk desk = { 0 };

  open_window (&desk, fixture);
  for (guint i = 0; i < BAL_EXPORT_N_FORMATS; i++)
    wait_for_words (GTK_WIDGET (desk.window), bal_export_format_get_label (i));
  close_exchange (GTK_WINDOW (desk.window));
}

int
main (int   argc,
      char *argv[])
{
  /* An export holds it until its files are whole or gone. */
  g_autoptr(GApplication) application = g_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  gtk_test_init (&argc, &argv, NULL);
  g_application_set_default (application);
  adw_init ();

  fixture_add ("/ui/export/writes-and-tells-what-is-left-out", writes_and_tells_what_is_left_out);
  fixture_add ("/ui/export/nothing-is-replaced", nothing_is_replaced);
  fixture_add ("/ui/export/what-fails-is-told", what_fails_is_told);
  fixture_add ("/ui/export/stopping-leaves-nothing-half", stopping_leaves_nothing_half);
  fixture_add ("/ui/export/each-format-has-words", each_format_has_words);
  return g_test_run ();
}
