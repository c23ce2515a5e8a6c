/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-avatars.h"

#include "bal-portraits.h"
#include "config.h"

#include <string.h>

#define MAX_SIDE 512
#define N_REMEMBERED 64

typedef struct
{
  char       *hash;
  GdkTexture *texture;
} Memory;

/* What all avatars of a store share. */
#define BAL_TYPE_AVATARS (bal_avatars_get_type ())
G_DECLARE_FINAL_TYPE (BalAvatars, bal_avatars, BAL, AVATARS, GObject)

struct _BalAvatars
{
  GObject          parent_instance;

  GSettings       *settings;
  GNetworkMonitor *network;
  BalPortraits    *portraits;     /* NULL: nobody may be asked */
  GQueue           memories;      /* Memory, the last used first */
  GHashTable      *faces;         /* Face, of the avatars that are there */
};

G_DEFINE_FINAL_TYPE (BalAvatars, bal_avatars, G_TYPE_OBJECT)

/* One avatar, to which it belongs. */
typedef struct
{
  BalAvatars   *shared;
  AdwAvatar    *avatar;           /* its owner */
  BalComment   *comment;
  gulong        notify_id;
  char         *hash;             /* NULL: no picture to look for */
  GCancellable *cancellable;      /* NULL: nothing is under way */
} Face;

/* ---- what was loaded lately ---- */

static void
memory_free (gpointer data)
{
  Memory *memory = data;

  g_free (memory->hash);
  g_object_unref (memory->texture);
  g_free (memory);
}

static GdkTexture *
recall (BalAvatars *self,
        const char *hash)
{
  for (GList *l = self->memories.head; l != NULL; l = l->next)
    {
      Memory *memory = l->data;

      if (g_str_equal (memory->hash, hash))
        {
          g_queue_unlink (&self->memories, l);
          g_queue_push_head_link (&self->memories, l);
          return memory->texture;
        }
    }
  return NULL;
}

static void
remember (BalAvatars *self,
          const char *hash,
          GdkTexture *texture)
{
  Memory *memory;

  if (recall (self, hash) != NULL)
    return;
  memory = g_new0 (Memory, 1);
  memory->hash = g_strdup (hash);
  memory->texture = g_object_ref (texture);
  g_queue_push_head (&self->memories, memory);
  if (self->memories.length > N_REMEMBERED)
    memory_free (g_queue_pop_tail (&self->memories));
}

/* ---- a stranger's bytes ---- */

/* Before anything is decoded. A size of nothing makes the loader stop. */
static void
size_prepared_cb (GdkPixbufLoader *loader,
                  int              width,
                  int              height)
{
  if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
}

/* Only the two kinds that the service was asked for: others have decoders that nobody needs here. */
static const char *
find_kind (GBytes *file)
{
  gsize size;
  const char *data = g_bytes_get_data (file, &size);

  if (size > 8 && memcmp (data, "\211PNG\r\n\032\n", 8) == 0)
    return "png";
  return size > 3 && memcmp (data, "\377\330\377", 3) == 0 ? "jpeg" : NULL;
}

static GdkTexture *
decode (GBytes *file)
{
  const char *kind = find_kind (file);
  g_autoptr(GdkPixbufLoader) loader = kind != NULL ? gdk_pixbuf_loader_new_with_type (kind, NULL) : NULL;
  GdkPixbuf *pixbuf;
  gboolean whole;

  if (loader == NULL)
    return NULL;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), NULL);
  whole = gdk_pixbuf_loader_write_bytes (loader, file, NULL);
  whole = gdk_pixbuf_loader_close (loader, NULL) && whole;
  pixbuf = whole ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  return pixbuf != NULL ? gdk_texture_new_for_pixbuf (pixbuf) : NULL;
}

static void
decode_thread (GTask        *task,
               gpointer      source,
               gpointer      file,
               GCancellable *cancellable)
{
  g_task_return_pointer (task, decode (file), g_object_unref);
}

/* ---- one avatar ---- */

static void
face_stop (Face *face)
{
  g_cancellable_cancel (face->cancellable);
  g_clear_object (&face->cancellable);
}

static void
face_free (gpointer data)
{
  Face *face = data;

  face_stop (face);
  g_hash_table_remove (face->shared->faces, face);
  g_clear_signal_handler (&face->notify_id, face->comment);
  g_object_unref (face->comment);
  g_object_unref (face->shared);
  g_free (face->hash);
  g_free (face);
}

/* A face that is gone has cancelled what it waited for, so that @user_data of an answer is there. */
static void
decoded_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), &error);
  Face *face = user_data;

  if (error != NULL)
    return;

  g_clear_object (&face->cancellable);
  if (texture == NULL)
    return;
  remember (face->shared, face->hash, texture);
  adw_avatar_set_custom_image (face->avatar, GDK_PAINTABLE (texture));
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) file = bal_portraits_fetch_finish (result, &error);
  g_autoptr(GTask) task = NULL;
  Face *face = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (file == NULL)
    {
      if (error != NULL)
        g_debug ("A picture of a commenter: %s", error->message);
      g_clear_object (&face->cancellable);
      return;
    }

  task = g_task_new (NULL, face->cancellable, decoded_cb, face);
  g_task_set_source_tag (task, fetched_cb);
  g_task_set_task_data (task, g_steal_pointer (&file), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, decode_thread);
}

static void
face_look (Face *face)
{
  GdkTexture *texture;

  face_stop (face);
  g_clear_pointer (&face->hash, g_free);
  if (face->shared->portraits != NULL)
    face->hash = bal_portraits_dup_hash (bal_comment_get_author_email (face->comment));
  texture = face->hash != NULL ? recall (face->shared, face->hash) : NULL;
  adw_avatar_set_custom_image (face->avatar, GDK_PAINTABLE (texture));
  if (face->hash == NULL || texture != NULL)
    return;

  face->cancellable = g_cancellable_new ();
  bal_portraits_fetch_async (face->shared->portraits, face->hash,
                             g_network_monitor_get_network_available (face->shared->network),
                             face->cancellable, fetched_cb, face);
}

/* ---- what they share ---- */

static void
look_again (BalAvatars *self)
{
  GHashTableIter iter;
  gpointer face;

  g_hash_table_iter_init (&iter, self->faces);
  while (g_hash_table_iter_next (&iter, &face, NULL))
    face_look (face);
}

static void
update_portraits (BalAvatars *self)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "balcony", "portraits", NULL);
  g_autofree char *address = g_settings_get_string (self->settings, "portrait-address");

  if (g_settings_get_boolean (self->settings, "load-portraits") == (self->portraits != NULL))
    return;

  if (self->portraits == NULL)
    self->portraits = bal_portraits_new (address, folder);
  else
    {
      /* Who does not want to ask does not want to keep the answers either. */
      bal_portraits_forget (self->portraits);
      g_clear_object (&self->portraits);
      g_queue_clear_full (&self->memories, memory_free);
    }
  look_again (self);
}

/* Those that are still missing. */
static void
network_changed_cb (BalAvatars *self)
{
  GHashTableIter iter;
  gpointer face;

  if (self->portraits == NULL || !g_network_monitor_get_network_available (self->network))
    return;
  g_hash_table_iter_init (&iter, self->faces);
  while (g_hash_table_iter_next (&iter, &face, NULL))
    if (((Face *) face)->cancellable == NULL && adw_avatar_get_custom_image (((Face *) face)->avatar) == NULL)
      face_look (face);
}

static void
bal_avatars_finalize (GObject *object)
{
  BalAvatars *self = BAL_AVATARS (object);

  g_clear_object (&self->portraits);
  g_queue_clear_full (&self->memories, memory_free);
  g_hash_table_unref (self->faces);
  g_object_unref (self->settings);
  g_object_unref (self->network);

  G_OBJECT_CLASS (bal_avatars_parent_class)->finalize (object);
}

static void
bal_avatars_class_init (BalAvatarsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bal_avatars_finalize;
}

static void
bal_avatars_init (BalAvatars *self)
{
  self->faces = g_hash_table_new (NULL, NULL);
  self->settings = g_settings_new (BALCONY_APP_ID);
  self->network = g_object_ref (g_network_monitor_get_default ());
  g_signal_connect_object (self->settings, "changed::load-portraits", G_CALLBACK (update_portraits), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->network, "notify::network-available", G_CALLBACK (network_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update_portraits (self);
}

/* Of this desk: they go with the store. */
static BalAvatars *
get_shared (BalStore *store)
{
  BalAvatars *shared = g_object_get_data (G_OBJECT (store), "bal-avatars");

  if (shared == NULL)
    {
      shared = g_object_new (BAL_TYPE_AVATARS, NULL);
      g_object_set_data_full (G_OBJECT (store), "bal-avatars", shared, g_object_unref);
    }
  return shared;
}

/* Before its parts go, of which a picture that comes now would be made. */
static void
avatar_destroy_cb (AdwAvatar *avatar)
{
  g_object_set_data (G_OBJECT (avatar), "bal-face", NULL);
}

void
bal_avatars_follow (BalStore   *store,
                    AdwAvatar  *avatar,
                    BalComment *comment)
{
  Face *face;

  g_return_if_fail (BAL_IS_STORE (store));
  g_return_if_fail (ADW_IS_AVATAR (avatar));
  g_return_if_fail (BAL_IS_COMMENT (comment));

  face = g_new0 (Face, 1);
  face->shared = g_object_ref (get_shared (store));
  face->avatar = avatar;
  face->comment = g_object_ref (comment);
  face->notify_id = g_signal_connect_swapped (comment, "notify::author-email", G_CALLBACK (face_look), face);
  g_hash_table_add (face->shared->faces, face);
  g_object_set_data_full (G_OBJECT (avatar), "bal-face", face, face_free);
  g_signal_connect (avatar, "destroy", G_CALLBACK (avatar_destroy_cb), NULL);
  face_look (face);
}
