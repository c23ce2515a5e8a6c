/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-portraits.h"

#include "bal-error.h"
#include "bal-http-client.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

/* Pixels: twice what is shown, for screens with small ones. */
#define SIZE "64"
#define DEADLINE_S 10
#define MOST_BYTES (256 * 1024)
#define PAUSE (G_USEC_PER_SEC * 60)
#define KEEP_PICTURE_S (7 * 24 * 3600)
#define KEEP_NONE_S (24 * 3600)
#define MOST_FILES 1000
#define FILES_TO_KEEP 900
#define HASH_LENGTH 64

/* What the thread works with; outlives the object while something is under way. */
typedef struct
{
  char          *address;
  char          *folder;
  GMainContext  *context;
  BalHttpClient *client;
  gint64         quiet_until;     /* monotonic; 0: the service works */
  guint          n_files;
  gboolean       counted;
} Desk;

struct _BalPortraits
{
  GObject      parent_instance;

  Desk        *desk;
  GThreadPool *pool;              /* of one thread, which is the pool's alone */
};

/* NULL task: empty the folder. */
typedef struct
{
  Desk     *desk;
  GTask    *task;
  char     *hash;
  gboolean  ask;
} Job;

G_DEFINE_FINAL_TYPE (BalPortraits, bal_portraits, G_TYPE_OBJECT)

static void
desk_clear (gpointer data)
{
  Desk *desk = data;

  g_clear_object (&desk->client);
  g_main_context_unref (desk->context);
  g_free (desk->address);
  g_free (desk->folder);
}

static void
job_free (Job *job)
{
  g_clear_object (&job->task);
  g_free (job->hash);
  g_atomic_rc_box_release_full (job->desk, desk_clear);
  g_free (job);
}

/* ---- the folder ---- */

typedef struct
{
  char   *path;
  gint64  time;
} Entry;

static void
entry_clear (gpointer data)
{
  g_free (((Entry *) data)->path);
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  gint64 first = ((const Entry *) a)->time;
  gint64 second = ((const Entry *) b)->time;

  return (first > second) - (first < second);
}

/* Removes the oldest until @n_kept are left. Nothing but answers is in danger, whatever the folder is. */
static void
thin (Desk  *desk,
      guint  n_kept)
{
  g_autoptr(GDir) dir = g_dir_open (desk->folder, 0, NULL);
  g_autoptr(GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  const char *name;

  g_array_set_clear_func (entries, entry_clear);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      Entry entry = { g_build_filename (desk->folder, name, NULL), 0 };
      GStatBuf info;

      if (strlen (name) == HASH_LENGTH && g_lstat (entry.path, &info) == 0)
        entry.time = info.st_mtime;
      else
        g_clear_pointer (&entry.path, g_free);
      if (entry.path != NULL)
        g_array_append_val (entries, entry);
    }

  g_array_sort (entries, compare_entries);
  desk->n_files = entries->len;
  desk->counted = TRUE;
  for (guint i = 0; i < entries->len && desk->n_files > n_kept; i++, desk->n_files--)
    g_unlink (g_array_index (entries, Entry, i).path);
}

static void
keep (Desk       *desk,
      const char *hash,
      GBytes     *picture)       /* (nullable): there is none */
{
  g_autofree char *path = g_build_filename (desk->folder, hash, NULL);
  gsize size = 0;
  const char *data = picture != NULL ? g_bytes_get_data (picture, &size) : "";

  if (!desk->counted || desk->n_files >= MOST_FILES)
    thin (desk, FILES_TO_KEEP);
  g_mkdir_with_parents (desk->folder, 0700);
  if (g_file_set_contents_full (path, data, size, G_FILE_SET_CONTENTS_NONE, 0600, NULL))
    desk->n_files++;
}

/* FALSE: it has to be asked for. */
static gboolean
look_up (Desk        *desk,
         const char  *hash,
         gboolean     ask,
         GBytes     **picture)
{
  g_autofree char *path = g_build_filename (desk->folder, hash, NULL);
  g_autofree char *data = NULL;
  gint64 age;
  gsize size;
  GStatBuf info;

  *picture = NULL;
  if (g_stat (path, &info) != 0 || info.st_size > MOST_BYTES || !g_file_get_contents (path, &data, &size, NULL))
    return FALSE;

  age = g_get_real_time () / G_USEC_PER_SEC - info.st_mtime;
  if (ask && (age < 0 || age > (size > 0 ? KEEP_PICTURE_S : KEEP_NONE_S)))
    return FALSE;
  if (size > 0)
    *picture = g_bytes_new_take (g_steal_pointer (&data), size);
  return TRUE;
}

/* ---- the service ---- */

static gboolean
read_answer (Desk             *desk,
             const char       *hash,
             BalHttpResponse  *response,
             GBytes          **picture,
             GError          **error)
{
  guint status = bal_http_response_get_status (response);
  GBytes *body = bal_http_response_get_body (response);

  if (status != 200 && status != 404 && status != 410)
    {
      bal_http_response_set_error (response, NULL, error);
      return FALSE;
    }
  if (status == 200 && g_bytes_get_size (body) > 0)
    *picture = g_bytes_ref (body);
  keep (desk, hash, *picture);
  return TRUE;
}

static gboolean
ask_service (Desk          *desk,
             const char    *hash,
             GCancellable  *cancellable,
             GBytes       **picture,
             GError       **error)
{
  g_autofree char *url = g_strdup_printf ("%s%s?s=" SIZE "&d=404&r=pg", desk->address, hash);
  g_autoptr(BalHttpRequest) request = bal_http_request_new ("GET", url, error);
  g_autoptr(BalHttpResponse) response = NULL;
  g_autoptr(GError) failed = NULL;
  gboolean done = FALSE;

  if (request == NULL)
    return FALSE;
  bal_http_request_set_header (request, "Accept", "image/png, image/jpeg");
  response = bal_http_client_send (desk->client, request, cancellable, &failed);
  if (response != NULL)
    done = read_answer (desk, hash, response, picture, &failed);
  else if (g_error_matches (failed, BAL_ERROR, BAL_ERROR_PROTOCOL))
    {
      /* Too much for a portrait: as good as none, and no reason to ask again soon. */
      g_clear_error (&failed);
      keep (desk, hash, NULL);
      done = TRUE;
    }

  if (failed != NULL)
    {
      if (!g_error_matches (failed, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        desk->quiet_until = g_get_monotonic_time () + PAUSE;
      g_propagate_error (error, g_steal_pointer (&failed));
    }
  return done;
}

static gboolean
fetch (Job      *job,
       GBytes  **picture,
       GError  **error)
{
  Desk *desk = job->desk;

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (job->task), error))
    return FALSE;
  if (look_up (desk, job->hash, job->ask, picture) || !job->ask)
    return TRUE;
  if (g_get_monotonic_time () < desk->quiet_until)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_TEMPORARY,
                           _("The service with people’s pictures failed a moment ago; it is left alone for a while."));
      return FALSE;
    }
  return ask_service (desk, job->hash, g_task_get_cancellable (job->task), picture, error);
}

static void
work (gpointer data,
      gpointer user_data)
{
  Job *job = data;
  GBytes *picture = NULL;
  GError *error = NULL;

  if (job->task == NULL)
    {
      thin (job->desk, 0);
      job_free (job);
      return;
    }

  /* The client runs this thread's own context while it waits. */
  g_main_context_push_thread_default (job->desk->context);
  if (fetch (job, &picture, &error))
    g_task_return_pointer (job->task, picture, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (job->task, error);
  g_main_context_pop_thread_default (job->desk->context);
  job_free (job);
}

static void
push (BalPortraits *self,
      GTask        *task,
      const char   *hash,
      gboolean      ask)
{
  Job *job = g_new0 (Job, 1);

  job->desk = g_atomic_rc_box_acquire (self->desk);
  job->task = task != NULL ? g_object_ref (task) : NULL;
  job->hash = g_strdup (hash);
  job->ask = ask;
  g_thread_pool_push (self->pool, job, NULL);
}

/* ---- the object ---- */

static void
bal_portraits_finalize (GObject *object)
{
  BalPortraits *self = BAL_PORTRAITS (object);

  g_thread_pool_free (self->pool, FALSE, FALSE);
  g_atomic_rc_box_release_full (self->desk, desk_clear);

  G_OBJECT_CLASS (bal_portraits_parent_class)->finalize (object);
}

static void
bal_portraits_class_init (BalPortraitsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bal_portraits_finalize;
}

static void
bal_portraits_init (BalPortraits *self)
{
  self->desk = g_atomic_rc_box_new0 (Desk);
  self->desk->context = g_main_context_new ();
  self->desk->client = bal_http_client_new ();
  bal_http_client_set_bounds (self->desk->client, DEADLINE_S, MOST_BYTES);
  self->pool = g_thread_pool_new (work, NULL, 1, TRUE, NULL);
}

BalPortraits *
bal_portraits_new (const char *address,
                   const char *folder)
{
  BalPortraits *self;

  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (folder != NULL, NULL);

  self = g_object_new (BAL_TYPE_PORTRAITS, NULL);
  self->desk->address = g_strdup (address);
  self->desk->folder = g_strdup (folder);
  return self;
}

char *
bal_portraits_dup_hash (const char *email)
{
  g_autofree char *stripped = email != NULL && g_utf8_validate (email, -1, NULL) ? g_strstrip (g_strdup (email)) : NULL;
  g_autofree char *lower = NULL;

  if (stripped == NULL || *stripped == '@' || strchr (stripped, '@') == NULL || g_str_has_suffix (stripped, "@"))
    return NULL;

  lower = g_utf8_strdown (stripped, -1);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, lower, -1);
}

void
bal_portraits_fetch_async (BalPortraits        *self,
                           const char          *hash,
                           gboolean             ask,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (BAL_IS_PORTRAITS (self));
  g_return_if_fail (hash != NULL && strlen (hash) == HASH_LENGTH);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, bal_portraits_fetch_async);
  push (self, task, hash, ask);
}

GBytes *
bal_portraits_fetch_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
bal_portraits_forget (BalPortraits *self)
{
  g_return_if_fail (BAL_IS_PORTRAITS (self));

  push (self, NULL, NULL, FALSE);
}
