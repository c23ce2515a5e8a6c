/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange-desk.h"

#include "widget-tree.h"

static gboolean
blogs_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  GPtrArray **blogs = data;

  *blogs = bal_blog_table_list (transaction, error);
  return *blogs != NULL;
}

GPtrArray *
fixture_list_blogs (Fixture *fixture)
{
  GPtrArray *blogs = NULL;

  fixture_read (fixture, blogs_work, &blogs);
  return blogs;
}

gboolean
shows_words (GtkWidget  *root,
             const char *words)
{
  return widget_find_words (root, words) != NULL;
}

typedef struct
{
  GtkWidget  *root;
  const char *words;
} Wait;

static gboolean
are_shown (gpointer data)
{
  const Wait *wait = data;

  return shows_words (wait->root, wait->words);
}

void
wait_for_words (GtkWidget  *root,
                const char *words)
{
  Wait wait = { root, words };

  g_test_message ("waiting for “%s”", words);
  wait_until (are_shown, &wait);
}

void
close_exchange (GtkWindow *window)
{
  gtk_window_destroy (window);
  while (g_main_context_iteration (NULL, FALSE));
}
