/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-client.h"

#include <glib/gstdio.h>

#include "bal-backup.h"

/* ---- life ---- */

static void
open_all (SyncClient *self,
          const char *password)
{
  g_autoptr(GError) error = NULL;

  self->store = bal_store_open (self->dir, &error);
  g_assert_no_error (error);
  if (self->secrets == NULL)
    self->secrets = bal_secrets_memory_new (password);
  self->registry = bal_provider_registry_new ();
  bal_provider_registry_add (self->registry, self->type);
  self->engine = bal_sync_engine_new (self->store, self->registry, self->secrets);
  bal_sync_engine_set_grace (self->engine, 0);
}

static void
close_all (SyncClient *self)
{
  g_autoptr(GError) error = NULL;

  bal_sync_engine_close (self->engine);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&self->engine));
  g_assert_true (bal_store_close (self->store, &error));
  g_assert_no_error (error);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&self->store));
  g_assert_finalize_object (g_steal_pointer (&self->registry));
}

static gboolean
find_or_add_blog (BalTransaction  *transaction,
                  gpointer         data,
                  GError         **error)
{
  SyncClient *self = data;
  g_autoptr(GPtrArray) blogs = bal_blog_table_list (transaction, error);

  if (blogs == NULL)
    return FALSE;
  if (blogs->len > 0)
    {
      self->blog_id = bal_blog_get_id (g_ptr_array_index (blogs, 0));
      return TRUE;
    }

  self->blog_id = bal_blog_table_insert (transaction, self->template, error);
  return self->blog_id != 0;
}

void
sync_client_write (SyncClient   *self,
                   BalStoreWork  work,
                   gpointer      data)
{
  g_autoptr(GError) error = NULL;

  bal_store_write (self->store, work, data, NULL, &error);
  g_assert_no_error (error);
}

void
sync_client_read (SyncClient   *self,
                  BalStoreWork  work,
                  gpointer      data)
{
  g_autoptr(GError) error = NULL;

  bal_store_read (self->store, work, data, NULL, &error);
  g_assert_no_error (error);
}

static SyncClient *
make_client (const BalProviderType *type,
             BalBlog               *blog,
             const char            *password,
             char                  *dir)
{
  SyncClient *self = g_new0 (SyncClient, 1);

  self->type = type;
  self->template = g_object_ref (blog);
  self->dir = dir;
  open_all (self, password);
  sync_client_write (self, find_or_add_blog, self);
  return self;
}

SyncClient *
sync_client_new_in (FakeServer *server,
                    const char *password,
                    char       *dir)
{
  g_autoptr(BalBlog) blog = bal_blog_new (0);
  SyncClient *self;

  bal_blog_set_name (blog, "Indie Gems");
  bal_blog_set_provider (blog, "fake");
  bal_blog_set_user (blog, "blogger");
  bal_blog_set_url (blog, fake_server_get_url (server));
  self = make_client (&fake_provider_type, blog, password, dir);
  self->server = server;
  return self;
}

SyncClient *
sync_client_new_for (const BalProviderType *type,
                     BalBlog               *blog,
                     const char            *password)
{
  g_autoptr(GError) error = NULL;
  char *dir = g_dir_make_tmp ("balcony-sync-XXXXXX", &error);

  g_assert_no_error (error);
  return make_client (type, blog, password, dir);
}

SyncClient *
sync_client_new (FakeServer *server,
                 const char *password)
{
  g_autoptr(GError) error = NULL;
  char *dir = g_dir_make_tmp ("balcony-sync-XXXXXX", &error);

  g_assert_no_error (error);
  return sync_client_new_in (server, password, dir);
}

void
sync_client_restart (SyncClient *self)
{
  close_all (self);
  open_all (self, NULL);
}

/* ---- crashes ---- */

static const char *const database_files[] = { BAL_DATABASE_NAME, BAL_DATABASE_NAME "-wal" };

static void
copy_files (const char *from,
            const char *to)
{
  for (guint i = 0; i < G_N_ELEMENTS (database_files); i++)
    {
      g_autofree char *source = g_build_filename (from, database_files[i], NULL);
      g_autofree char *target = g_build_filename (to, database_files[i], NULL);
      g_autofree char *contents = NULL;
      gsize length;

      /* GLib writes over what is there and leaves what was longer. */
      g_unlink (target);
      if (g_file_get_contents (source, &contents, &length, NULL))
        g_assert_true (g_file_set_contents_full (target, contents, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600,
                                                 NULL));
    }
}

/* On the store's only writer, so that nobody else writes. */
static gboolean
photograph (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  SyncClient *self = data;
  g_autofree char *copy = g_build_filename (self->dir, "crash", NULL);

  g_mkdir (copy, 0700);
  copy_files (self->dir, copy);
  return TRUE;
}

void
sync_client_photograph (SyncClient *self)
{
  sync_client_write (self, photograph, self);
}

void
sync_client_crash (SyncClient *self)
{
  g_autofree char *copy = g_build_filename (self->dir, "crash", NULL);
  g_autofree char *shared = g_build_filename (self->dir, BAL_DATABASE_NAME "-shm", NULL);

  close_all (self);
  g_unlink (shared);
  copy_files (copy, self->dir);
  open_all (self, NULL);
}

void
sync_client_remove_folder (const char *path)
{
  GDir *dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        sync_client_remove_folder (child);
      else
        g_assert_cmpint (g_unlink (child), ==, 0);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

char *
sync_client_free_keeping (SyncClient *self)
{
  char *dir = g_steal_pointer (&self->dir);

  close_all (self);
  g_assert_finalize_object (self->secrets);
  g_object_unref (self->template);
  g_free (self);
  return dir;
}

void
sync_client_free (SyncClient *self)
{
  g_autofree char *dir = sync_client_free_keeping (self);

  sync_client_remove_folder (dir);
}

/* ---- sync ---- */

static void
result_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

BalSyncResult *
sync_client_sync (SyncClient   *self,
                  BalSyncFlags  flags)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  BalSyncResult *sync;

  bal_sync_engine_sync_async (self->engine, self->blog_id, flags, NULL, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  sync = bal_sync_engine_sync_finish (self->engine, result, &error);
  g_assert_no_error (error);
  return sync;
}

void
sync_client_sync_well (SyncClient   *self,
                       BalSyncFlags  flags)
{
  g_autoptr(BalSyncResult) result = sync_client_sync (self, flags);

  g_assert_no_error (result->error);
  g_assert_cmpuint (result->n_signed_out, ==, 0);
}

void
sync_client_remove_blog (SyncClient *self,
                         gint64      id)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  bal_sync_engine_remove_blog_async (self->engine, id, NULL, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (bal_sync_engine_remove_blog_finish (self->engine, result, &error));
  g_assert_no_error (error);
}

/* ---- edits ---- */

typedef struct
{
  gint64             blog_id;
  gint64             id;
  const char        *title;
  const char        *html;
  const char *const *labels;
  int                status;
  gboolean           mine;
} Edit;

static gboolean
add_review (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Edit *edit = data;
  g_autoptr(BalReview) review = bal_review_new (0);

  bal_review_set_blog_id (review, edit->blog_id);
  bal_review_set_title (review, edit->title);
  bal_review_set_html (review, edit->html);
  bal_review_set_status (review, (BalReviewStatus) edit->status);
  edit->id = bal_desk_add_review (transaction, review, NULL, error);
  return edit->id != 0;
}

gint64
sync_client_add_review (SyncClient      *self,
                        const char      *title,
                        const char      *html,
                        BalReviewStatus  status)
{
  Edit edit = { .blog_id = self->blog_id, .title = title, .html = html, .status = status };

  sync_client_write (self, add_review, &edit);
  return edit.id;
}

typedef struct
{
  gint64      blog_id;
  const char *path;
  const char *alt;
  gint64      id;
} Choice;

static gboolean
choose_picture (BalTransaction  *transaction,
                gpointer         data,
                GError         **error)
{
  Choice *choice = data;

  choice->id = bal_media_table_add (transaction, choice->blog_id, choice->path, choice->alt, error);
  return choice->id != 0;
}

gint64
sync_client_choose_picture (SyncClient *self,
                            const char *name,
                            const char *alt)
{
  g_autofree char *contents = g_strdup_printf ("\x89PNG\r\n\x1a\n%s", name);
  g_autofree char *path = g_build_filename (self->dir, name, NULL);
  Choice choice = { self->blog_id, path, alt, 0 };

  g_assert_true (g_file_set_contents (path, contents, -1, NULL));
  sync_client_write (self, choose_picture, &choice);
  g_assert_cmpint (g_unlink (path), ==, 0);
  return choice.id;
}

static gboolean
edit_review (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Edit *edit = data;
  g_autoptr(BalReview) review = bal_review_table_get (transaction, edit->id, error);

  if (review == NULL)
    return FALSE;
  if (edit->title != NULL)
    bal_review_set_title (review, edit->title);
  if (edit->html != NULL)
    bal_review_set_html (review, edit->html);
  if (edit->labels != NULL)
    bal_review_set_labels (review, edit->labels);
  return bal_desk_save_review (transaction, review, TRUE, error);
}

void
sync_client_edit_review (SyncClient *self,
                         gint64      id,
                         const char *title,
                         const char *html)
{
  Edit edit = { .id = id, .title = title, .html = html };

  sync_client_write (self, edit_review, &edit);
}

void
sync_client_set_labels (SyncClient        *self,
                        gint64             id,
                        const char *const *labels)
{
  Edit edit = { .id = id, .labels = labels };

  sync_client_write (self, edit_review, &edit);
}

static gboolean
set_review_status (BalTransaction  *transaction,
                   gpointer         data,
                   GError         **error)
{
  Edit *edit = data;

  return bal_desk_set_review_status (transaction, edit->id, (BalReviewStatus) edit->status, error);
}

void
sync_client_set_review_status (SyncClient      *self,
                               gint64           id,
                               BalReviewStatus  status)
{
  Edit edit = { .id = id, .status = status };

  sync_client_write (self, set_review_status, &edit);
}

static gboolean
restore_review (BalTransaction  *transaction,
                gpointer         data,
                GError         **error)
{
  return bal_desk_restore_review (transaction, ((Edit *) data)->id, error);
}

void
sync_client_restore_review (SyncClient *self,
                            gint64      id)
{
  Edit edit = { .id = id };

  sync_client_write (self, restore_review, &edit);
}

static gboolean
reply (BalTransaction  *transaction,
       gpointer         data,
       GError         **error)
{
  Edit *edit = data;

  edit->id = bal_desk_reply (transaction, edit->id, edit->html, error);
  return edit->id != 0;
}

gint64
sync_client_reply (SyncClient *self,
                   gint64      comment_id,
                   const char *text)
{
  Edit edit = { .id = comment_id, .html = text };

  sync_client_write (self, reply, &edit);
  return edit.id;
}

static gboolean
moderate (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  Edit *edit = data;

  return bal_desk_set_comment_status (transaction, &edit->id, 1, (BalCommentStatus) edit->status, error);
}

void
sync_client_moderate (SyncClient       *self,
                      gint64            comment_id,
                      BalCommentStatus  status)
{
  Edit edit = { .id = comment_id, .status = status };

  sync_client_write (self, moderate, &edit);
}

static gboolean
edit_comment (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  Edit *edit = data;

  return bal_desk_edit_comment (transaction, edit->id, edit->html, error);
}

void
sync_client_edit_comment (SyncClient *self,
                          gint64      comment_id,
                          const char *text)
{
  Edit edit = { .id = comment_id, .html = text };

  sync_client_write (self, edit_comment, &edit);
}

static gboolean
delete_comment (BalTransaction  *transaction,
                gpointer         data,
                GError         **error)
{
  return bal_desk_delete_comments (transaction, &((Edit *) data)->id, 1, error);
}

void
sync_client_delete_comment (SyncClient *self,
                            gint64      comment_id)
{
  Edit edit = { .id = comment_id };

  sync_client_write (self, delete_comment, &edit);
}

static gboolean
resolve (BalTransaction  *transaction,
         gpointer         data,
         GError         **error)
{
  Edit *edit = data;

  return bal_conflict_table_resolve (transaction, edit->id, edit->mine, error);
}

void
sync_client_resolve (SyncClient *self,
                     gint64      conflict_id,
                     gboolean    mine)
{
  Edit edit = { .id = conflict_id, .mine = mine };

  sync_client_write (self, resolve, &edit);
}

static gboolean
retry (BalTransaction  *transaction,
       gpointer         data,
       GError         **error)
{
  return bal_outbox_retry (transaction, 0, error);
}

void
sync_client_retry (SyncClient *self)
{
  sync_client_write (self, retry, NULL);
}
