/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "folder-fixture.h"
#include "provider-walk.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

static void
remove_tree (const char *path)
{
  GDir *dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_remove (path);
}

static void
sign_in (FolderFixture *self)
{
  g_autoptr(GError) error = NULL;

  self->provider = bal_folder_type.open (self->blog, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (bal_provider_sign_in (self->provider, self->blog, NULL, &error));
  g_assert_no_error (error);
}

void
folder_fixture_set_up (FolderFixture *self,
                       gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  self->root = g_dir_make_tmp ("balcony-folder-XXXXXX", &error);
  g_assert_no_error (error);
  self->blog = bal_folder_type.discover (self->root, NULL, NULL, &error);
  g_assert_no_error (error);
  sign_in (self);
  folder_write (self, "blog.ini", "[Blog]\ntitle=The Back Row\nauthor=Ines\nurl=https://backrow.example\n");
}

void
folder_fixture_tear_down (FolderFixture *self,
                          gconstpointer  data)
{
  g_assert_finalize_object (self->provider);
  g_assert_finalize_object (self->blog);
  remove_tree (self->root);
  g_free (self->root);
}

void
folder_fixture_reopen (FolderFixture *self)
{
  g_assert_finalize_object (self->provider);
  sign_in (self);
}

void
folder_write_bytes (FolderFixture *self,
                    const char    *path,
                    GBytes        *bytes)
{
  g_autofree char *full = g_build_filename (self->root, path, NULL);
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);
  FILE *file = fopen (full, "w");     /* in place, as many editors do */

  g_assert_nonnull (file);
  if (length > 0)
    g_assert_cmpuint (fwrite (data, 1, length, file), ==, length);
  g_assert_cmpint (fclose (file), ==, 0);
}

void
folder_write (FolderFixture *self,
              const char    *path,
              const char    *text)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));

  folder_write_bytes (self, path, bytes);
}

GBytes *
folder_read_bytes (FolderFixture *self,
                   const char    *path)
{
  g_autofree char *full = g_build_filename (self->root, path, NULL);
  g_autoptr(GError) error = NULL;
  char *text;
  gsize length;

  g_file_get_contents (full, &text, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (text, length);
}

char *
folder_read (FolderFixture *self,
             const char    *path)
{
  g_autoptr(GBytes) bytes = folder_read_bytes (self, path);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

gboolean
folder_has (FolderFixture *self,
            const char    *path)
{
  g_autofree char *full = g_build_filename (self->root, path, NULL);

  return g_file_test (full, G_FILE_TEST_EXISTS);
}

void
folder_remove (FolderFixture *self,
               const char    *path)
{
  g_autofree char *full = g_build_filename (self->root, path, NULL);

  remove_tree (full);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

GPtrArray *
folder_list (FolderFixture *self,
             const char    *path)
{
  g_autofree char *full = g_build_filename (self->root, path, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  GDir *dir = g_dir_open (full, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_dir_close (dir);
  g_ptr_array_sort (names, compare_names);
  return names;
}

GPtrArray *
folder_pull_reviews (FolderFixture *self,
                     const char    *since,
                     char         **watermark)
{
  return provider_list_all (self->provider, bal_provider_list_reviews, since, watermark);
}

GPtrArray *
folder_pull_comments (FolderFixture *self,
                      const char    *since,
                      char         **watermark)
{
  return provider_list_all (self->provider, bal_provider_list_comments, since, watermark);
}

BalReview *
folder_new_review (const char      *key,
                   const char      *title,
                   const char      *html,
                   BalReviewStatus  status)
{
  BalReview *review = bal_review_new (0);

  bal_review_set_key (review, key);
  bal_review_set_title (review, title);
  bal_review_set_html (review, html);
  bal_review_set_status (review, status);
  bal_review_set_published (review, 1559239440);   /* 2019-05-30T18:04:00Z */
  return review;
}

BalReview *
folder_put_review (FolderFixture *self,
                   BalReview     *review,
                   BalReview     *base)
{
  g_autoptr(GError) error = NULL;
  BalReview *stored = bal_provider_put_review (self->provider, review, base, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (stored);
  return stored;
}

BalComment *
folder_put_comment (FolderFixture *self,
                    BalComment    *comment,
                    BalComment    *base)
{
  g_autoptr(GError) error = NULL;
  BalComment *stored = bal_provider_put_comment (self->provider, comment, base, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (stored);
  return stored;
}
