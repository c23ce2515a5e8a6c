/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include <string.h>

typedef struct
{
  BalBlog   *blog;
  BalReview *review;
  GPtrArray *list;
  guint      n;
} Work;

static gboolean
blog_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  return bal_blog_table_insert (transaction, data, error) != 0;
}

BalBlog *
import_blog (Fixture    *fixture,
             const char *name,
             gboolean    local)
{
  BalBlog *blog = bal_blog_new (0);

  bal_blog_set_name (blog, name);
  bal_blog_set_provider (blog, local ? "folder" : "wordpress");
  bal_blog_set_author (blog, "Ada");
  bal_blog_set_dialect (blog, "html");
  bal_blog_set_capabilities (blog, BAL_CAPABILITY_CATEGORIES | BAL_CAPABILITY_PRIVATE | BAL_CAPABILITY_REPLY |
                                   BAL_CAPABILITY_ADD_COMMENTS);
  fixture_write (fixture, blog_work, blog);
  return blog;
}

char *
import_sample (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "exchange", "data", name, NULL);
}

char *
import_shared (const char *name)
{
  const char *shared = g_getenv ("BALCONY_SHARED");
  g_autofree char *path = shared != NULL ? g_build_filename (shared, "data", name, NULL) : NULL;

  return path != NULL && g_file_test (path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&path) : NULL;
}

BalImportReport *
import_run (Fixture        *fixture,
            BalBlog        *blog,
            const char     *path,
            BalImportFlags  flags)
{
  g_autoptr(GError) error = NULL;
  BalImportReport *report = bal_import_run (fixture->store, blog, path, BAL_IMPORT_FORMAT_AUTO, flags, NULL, NULL, NULL,
                                            &error);

  g_assert_no_error (error);
  g_assert_nonnull (report);
  return report;
}

char *
import_write (Fixture    *fixture,
              const char *name,
              const char *bytes,
              gsize       length)
{
  g_autoptr(GError) error = NULL;
  char *path = g_build_filename (fixture->dir, name, NULL);

  g_file_set_contents (path, bytes, (gssize) length, &error);
  g_assert_no_error (error);
  return path;
}

static gboolean
reviews_work (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  Work *work = data;
  BalReviewQuery query = BAL_REVIEW_QUERY_INIT;

  for (int trash = 0; trash < 2; trash++)
    {
      g_autoptr(GArray) ids = NULL;

      query.blog_id = bal_blog_get_id (work->blog);
      query.order = BAL_REVIEW_ORDER_TITLE;
      query.status = trash ? BAL_REVIEW_STATUS_TRASH : -1;
      ids = bal_review_table_query (transaction, &query, error);
      if (ids == NULL)
        return FALSE;
      for (guint i = 0; i < ids->len; i++)
        g_ptr_array_add (work->list, bal_review_table_get (transaction, g_array_index (ids, gint64, i), error));
    }

  return TRUE;
}

GPtrArray *
import_reviews (Fixture *fixture,
                BalBlog *blog)
{
  Work work = { .blog = blog, .list = g_ptr_array_new_with_free_func (g_object_unref) };

  fixture_read (fixture, reviews_work, &work);
  return work.list;
}

BalReview *
import_find (GPtrArray  *reviews,
             const char *title)
{
  for (guint i = 0; i < reviews->len; i++)
    if (g_strcmp0 (bal_review_get_title (g_ptr_array_index (reviews, i)), title) == 0)
      return g_ptr_array_index (reviews, i);

  for (guint i = 0; i < reviews->len; i++)
    g_test_message ("there is “%s”", bal_review_get_title (g_ptr_array_index (reviews, i)));
  g_error ("no review “%s”", title);
}

static gboolean
thread_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Work *work = data;

  work->list = bal_comment_table_thread (transaction, bal_review_get_id (work->review), error);
  return work->list != NULL;
}

GPtrArray *
import_thread (Fixture   *fixture,
               BalReview *review)
{
  Work work = { .review = review };

  fixture_read (fixture, thread_work, &work);
  return work.list;
}

static gboolean
waiting_work (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  Work *work = data;
  BalCounts counts;

  if (!bal_counts_read (transaction, bal_blog_get_id (work->blog), &counts, error))
    return FALSE;

  work->n = counts.outbox;
  return TRUE;
}

guint
import_n_waiting (Fixture *fixture,
                  BalBlog *blog)
{
  Work work = { .blog = blog };

  fixture_read (fixture, waiting_work, &work);
  return work.n;
}

typedef struct
{
  BalImportNoteKind  kind;
  const char        *words;
  gboolean           found;
} Search;

static void
search_cb (BalImportNoteKind  kind,
           const char        *name,
        const char        *reason,
        gpointer           data)
{
  Search *search = data;

  search->found |= kind == search->kind && (strstr (name, search->words) != NULL ||
                                            strstr (reason, search->words) != NULL);
}

gboolean
import_has_note (BalImportReport   *report,
                 BalImportNoteKind  kind,
                 const char        *words)
{
  Search data = { kind, words, FALSE };

  g_assert_true (bal_notes_foreach (report->notes, 0, search_cb, &data, NULL));
  return data.found;
}
