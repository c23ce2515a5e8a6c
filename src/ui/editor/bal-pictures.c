/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-pictures.h"

#include "bal-error.h"
#include "bal-tables.h"

#define N_REMEMBERED 16
#define REFERENCE "media:"

typedef struct
{
  char       *src;
  BalPicture *picture;
} Memory;

typedef struct
{
  char   *src;
  gint64  blog_id;
  char   *path;       /* NULL: it is not on this computer */
} Search;

struct _BalPictures
{
  GObject   parent_instance;

  BalStore *store;
  gint64    blog_id;
  GQueue    memories;     /* Memory, the last used first */
};

G_DEFINE_FINAL_TYPE (BalPictures, bal_pictures, G_TYPE_OBJECT)

static void
memory_free (gpointer data)
{
  Memory *memory = data;

  g_free (memory->src);
  bal_picture_unref (memory->picture);
  g_free (memory);
}

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->src);
  g_free (search->path);
  g_free (search);
}

void
bal_pictures_set_blog (BalPictures *self,
                       gint64       blog_id)
{
  g_return_if_fail (BAL_IS_PICTURES (self));

  self->blog_id = blog_id;
}

BalPicture *
bal_pictures_peek (BalPictures *self,
                   const char  *src)
{
  g_return_val_if_fail (BAL_IS_PICTURES (self), NULL);

  for (GList *l = self->memories.head; l != NULL; l = l->next)
    {
      Memory *memory = l->data;

      if (g_str_equal (memory->src, src))
        {
          g_queue_unlink (&self->memories, l);
          g_queue_push_head_link (&self->memories, l);
          return memory->picture;
        }
    }
  return NULL;
}

static void
remember (BalPictures *self,
          const char  *src,
          BalPicture  *picture)
{
  Memory *memory;

  if (bal_pictures_peek (self, src) != NULL)
    return;
  memory = g_new0 (Memory, 1);
  memory->src = g_strdup (src);
  memory->picture = bal_picture_ref (picture);
  g_queue_push_head (&self->memories, memory);
  if (self->memories.length > N_REMEMBERED)
    memory_free (g_queue_pop_tail (&self->memories));
}

static gboolean
search_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Search *search = data;
  g_autoptr(BalMedia) media = NULL;
  g_autoptr(GError) local_error = NULL;
  gint64 id;

  if (!g_str_has_prefix (search->src, REFERENCE))
    media = bal_media_table_find_url (transaction, search->blog_id, search->src, &local_error);
  else if (g_ascii_string_to_signed (search->src + strlen (REFERENCE), 10, 1, G_MAXINT64, &id, NULL))
    media = bal_media_table_get (transaction, id, &local_error);

  if (local_error != NULL && !g_error_matches (local_error, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  search->path = media != NULL ? g_strdup (media->path) : NULL;
  return TRUE;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GTask) task = data;
  BalPictures *self = g_task_get_source_object (task);
  GError *error = NULL;
  BalPicture *picture = bal_picture_read_finish (result, &error);

  if (picture == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  remember (self, g_task_get_task_data (task), picture);
  g_task_return_pointer (task, picture, (GDestroyNotify) bal_picture_unref);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  GTask *task = data;
  Search *search = bal_store_get_work_data (result);
  GError *error = NULL;

  if (bal_store_read_finish (BAL_STORE (source), result, &error) && search->path != NULL)
    {
      bal_picture_read_async (search->path, g_task_get_cancellable (task), read_cb, task);
    }
  else
    {
      if (error != NULL)
        g_task_return_error (task, error);
      else
        g_task_return_pointer (task, NULL, NULL);
      g_object_unref (task);
    }
}

void
bal_pictures_read_async (BalPictures         *self,
                         const char          *src,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task;
  Search *search;

  g_return_if_fail (BAL_IS_PICTURES (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bal_pictures_read_async);
  if (self->store == NULL)
    {
      g_task_return_pointer (task, NULL, NULL);
      g_object_unref (task);
      return;
    }
  g_task_set_task_data (task, g_strdup (src), g_free);
  search = g_new0 (Search, 1);
  search->src = g_strdup (src);
  search->blog_id = self->blog_id;
  bal_store_read_async (self->store, search_work, search, search_free, cancellable, found_cb, task);
}

BalPicture *
bal_pictures_read_finish (BalPictures   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
bal_pictures_close (BalPictures *self)
{
  g_return_if_fail (BAL_IS_PICTURES (self));

  g_clear_object (&self->store);
}

static void
bal_pictures_finalize (GObject *object)
{
  BalPictures *self = BAL_PICTURES (object);

  g_queue_clear_full (&self->memories, memory_free);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (bal_pictures_parent_class)->finalize (object);
}

static void
bal_pictures_class_init (BalPicturesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bal_pictures_finalize;
}

static void
bal_pictures_init (BalPictures *self)
{
  g_queue_init (&self->memories);
}

BalPictures *
bal_pictures_new (BalStore *store)
{
  BalPictures *self = g_object_new (BAL_TYPE_PICTURES, NULL);

  self->store = g_object_ref (store);
  return self;
}
