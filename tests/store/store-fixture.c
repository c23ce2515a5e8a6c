/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "bal-take-in-batch.h"

static gboolean
add_blog (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  Fixture *fixture = data;
  g_autoptr(BalBlog) blog = bal_blog_new (0);

  bal_blog_set_name (blog, "Desk");
  bal_blog_set_provider (blog, "folder");
  bal_blog_set_author (blog, "Brittani");
  fixture->blog_id = bal_blog_table_insert (transaction, blog, error);
  return fixture->blog_id != 0;
}

void
fixture_write (Fixture      *fixture,
               BalStoreWork  work,
               gpointer      data)
{
  g_autoptr(GError) error = NULL;

  bal_store_write (fixture->store, work, data, NULL, &error);
  g_assert_no_error (error);
}

void
fixture_read (Fixture      *fixture,
              BalStoreWork  work,
              gpointer      data)
{
  g_autoptr(GError) error = NULL;

  bal_store_read (fixture->store, work, data, NULL, &error);
  g_assert_no_error (error);
}

void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("balcony-store-XXXXXX", &error);

  g_assert_no_error (error);
  fixture_set_up_in (fixture, dir);
}

void
fixture_set_up_in (Fixture    *fixture,
                   const char *dir)
{
  g_autoptr(GError) error = NULL;

  fixture->dir = g_strdup (dir);
  fixture->store = bal_store_open (fixture->dir, &error);
  g_assert_no_error (error);
  fixture_write (fixture, add_blog, fixture);
}

void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  if (fixture->store != NULL)
    {
      bal_store_check (fixture->store, NULL, &error);
      g_assert_no_error (error);
      bal_store_close (fixture->store, &error);
      g_assert_no_error (error);
      while (g_main_context_iteration (NULL, FALSE));
      g_assert_finalize_object (fixture->store);
    }
  remove_folder (fixture->dir);
  g_free (fixture->dir);
}

void
fixture_run_body (Fixture       *fixture,
                  gconstpointer  data)
{
  fixture_write (fixture, (BalStoreWork) data, fixture);
}

void
fixture_reopen (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  bal_store_close (fixture->store, &error);
  g_assert_no_error (error);
  while (g_main_context_iteration (NULL, FALSE));
  g_assert_finalize_object (fixture->store);
  fixture->store = bal_store_open (fixture->dir, &error);
  g_assert_no_error (error);
}

typedef struct
{
  gint64      id;
  BalComment *comment;
} GetComment;

static gboolean
get_comment_work (BalTransaction  *transaction,
                  gpointer         data,
                  GError         **error)
{
  GetComment *get = data;

  get->comment = bal_comment_table_get (transaction, get->id, error);
  return get->comment != NULL;
}

BalComment *
fixture_get_comment (Fixture *fixture,
                     gint64   id)
{
  GetComment get = { id, NULL };

  fixture_read (fixture, get_comment_work, &get);
  return get.comment;
}

BalReview *
make_review (gint64      blog_id,
             const char *remote_id,
             const char *title,
             const char *html)
{
  BalReview *review = bal_review_new (0);

  bal_review_set_blog_id (review, blog_id);
  bal_review_set_remote_id (review, remote_id);
  bal_review_set_revision (review, remote_id != NULL ? "r1" : NULL);
  bal_review_set_title (review, title);
  bal_review_set_html (review, html);
  bal_review_set_updated (review, 1000);
  return review;
}

BalComment *
make_comment (gint64      blog_id,
              gint64      review_id,
              gint64      parent_id,
              const char *author,
              const char *html)
{
  BalComment *comment = bal_comment_new (0);

  bal_comment_set_blog_id (comment, blog_id);
  bal_comment_set_review_id (comment, review_id);
  bal_comment_set_parent_id (comment, parent_id);
  bal_comment_set_author (comment, author);
  bal_comment_set_html (comment, html);
  bal_comment_set_status (comment, BAL_COMMENT_STATUS_APPROVED);
  bal_comment_set_created (comment, 2000);
  return comment;
}

gint64
put_pulled_review (BalTransaction *transaction,
                   gint64          blog_id,
                   const char     *remote_id,
                   const char     *title,
                   const char     *html)
{
  g_autoptr(BalReview) review = make_review (blog_id, remote_id, title, html);
  g_autoptr(GError) error = NULL;
  gint64 id;

  bal_review_set_status (review, BAL_REVIEW_STATUS_PUBLISHED);
  bal_review_set_published (review, 900);
  id = bal_review_table_insert (transaction, review, &error);
  g_assert_no_error (error);
  bal_review_base_put (transaction, id, review, &error);
  g_assert_no_error (error);
  return id;
}

gint64
put_pulled_comment (BalTransaction   *transaction,
                    gint64            blog_id,
                    gint64            review_id,
                    gint64            parent_id,
                    const char       *remote_id,
                    const char       *author,
                    BalCommentStatus  status)
{
  g_autofree char *html = g_strdup_printf ("<p>Words of %s</p>", remote_id);
  g_autoptr(BalComment) comment = make_comment (blog_id, review_id, parent_id, author, html);
  g_autoptr(GError) error = NULL;
  gint64 id;

  bal_comment_set_remote_id (comment, remote_id);
  bal_comment_set_status (comment, status);
  bal_comment_set_mine (comment, g_strcmp0 (author, "Brittani") == 0);
  id = bal_comment_table_insert (transaction, comment, &error);
  g_assert_no_error (error);
  bal_comment_base_put (transaction, id, comment, &error);
  g_assert_no_error (error);
  return id;
}

gboolean
take_in_review (BalTransaction  *transaction,
                BalReview       *review,
                GError         **error)
{
  g_autoptr(BalTakeInBatch) batch = bal_take_in_batch_new (transaction);

  return bal_take_in_batch_add_review (batch, review, FALSE, error);
}

gboolean
take_in_comment (BalTransaction  *transaction,
                 BalComment      *comment,
                 GError         **error)
{
  g_autoptr(BalTakeInBatch) batch = bal_take_in_batch_new (transaction);

  return bal_take_in_batch_add_comment (batch, comment, FALSE, error) && bal_take_in_batch_write (batch, error);
}

guint
count_revisions (BalTransaction *transaction,
                 BalEntity       entity,
                 gint64          id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) revisions = bal_revision_table_list (transaction, entity, id, &error);

  g_assert_no_error (error);
  return revisions->len;
}

static gboolean
give_up_cb (gpointer data)
{
  g_error ("Nothing happened within a minute");
  return G_SOURCE_REMOVE;
}

void
wait_until (gboolean (*done) (gpointer data),
            gpointer   data)
{
  guint id = g_timeout_add_seconds (60, give_up_cb, NULL);

  while (!done (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
}

void
remove_folder (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}
