/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sync-engine-private.h"

/* Progress is told at most so often: a widget that is redrawn for each page slows the sync down. */
#define NOTIFY_INTERVAL_MS 50
#define DEFAULT_GRACE_MS 2000

enum
{
  PROP_0,
  PROP_SYNCING,
  PROP_FRACTION,
  PROP_MESSAGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BalSyncEngine, bal_sync_engine, G_TYPE_OBJECT)

/* ---- progress ---- */

static gboolean
notify_cb (gpointer data)
{
  BalSyncEngine *self = data;

  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->notify_source, g_source_unref);
  self->last_notify = g_get_monotonic_time ();
  g_mutex_unlock (&self->mutex);

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 1; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
  return G_SOURCE_REMOVE;
}

/* The mutex is held. */
static void
queue_notify (BalSyncEngine *self)
{
  gint64 elapsed_ms = (g_get_monotonic_time () - self->last_notify) / 1000;

  if (self->notify_source != NULL || self->closed)
    return;

  self->notify_source = g_timeout_source_new ((guint) CLAMP (NOTIFY_INTERVAL_MS - elapsed_ms, 0, NOTIFY_INTERVAL_MS));
  g_source_set_callback (self->notify_source, notify_cb, self, NULL);
  g_source_attach (self->notify_source, self->context);
}

void
bal_sync_engine_report (gpointer    engine,
                        const char *message,
                        double      fraction)
{
  BalSyncEngine *self = engine;
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (g_strcmp0 (self->message, message) != 0)
    {
      g_free (self->message);
      self->message = g_strdup (message);
    }
  self->fraction = fraction;
  queue_notify (self);
}

void
bal_sync_engine_count_syncs (BalSyncEngine *self,
                             int            difference)
{
  self->n_syncs += (guint) difference;
  if (self->n_syncs == 0)
    {
      g_clear_pointer (&self->message, g_free);
      self->fraction = -1;
    }
  queue_notify (self);
}

/* ---- object ---- */

static void
bal_sync_engine_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  BalSyncEngine *self = BAL_SYNC_ENGINE (object);
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  switch (prop_id)
    {
    case PROP_SYNCING:
      g_value_set_boolean (value, self->n_syncs > 0);
      break;
    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bal_sync_engine_dispose (GObject *object)
{
  bal_sync_engine_close (BAL_SYNC_ENGINE (object));

  G_OBJECT_CLASS (bal_sync_engine_parent_class)->dispose (object);
}

static void
bal_sync_engine_finalize (GObject *object)
{
  BalSyncEngine *self = BAL_SYNC_ENGINE (object);

  g_main_context_unref (self->syncing.context);
  g_main_context_unref (self->accounts.context);
  g_main_context_unref (self->context);
  g_clear_object (&self->store);
  g_clear_object (&self->registry);
  g_clear_object (&self->secrets);
  g_clear_object (&self->running_cancellable);
  g_hash_table_unref (self->refused);
  g_free (self->message);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (bal_sync_engine_parent_class)->finalize (object);
}

static void
bal_sync_engine_class_init (BalSyncEngineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = bal_sync_engine_get_property;
  object_class->dispose = bal_sync_engine_dispose;
  object_class->finalize = bal_sync_engine_finalize;

  properties[PROP_SYNCING] = g_param_spec_boolean ("syncing", NULL, NULL, FALSE, flags);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1, flags);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

/* For tests whose servers are known to be at rest. */
static guint
read_grace (void)
{
  const char *text = g_getenv ("BALCONY_GRACE_MS");

  return text != NULL ? (guint) CLAMP (g_ascii_strtoll (text, NULL, 10), 0, DEFAULT_GRACE_MS) : DEFAULT_GRACE_MS;
}

static void
bal_sync_engine_init (BalSyncEngine *self)
{
  g_mutex_init (&self->mutex);
  self->context = g_main_context_ref_thread_default ();
  self->grace_ms = read_grace ();
  self->fraction = -1;
  self->refused = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  bal_sync_worker_init (&self->syncing, self, "bal-sync");
  bal_sync_worker_init (&self->accounts, self, "bal-accounts");
}

/**
 * bal_sync_engine_new:
 * @store: an open store
 * @registry: the kinds of blog; complete
 * @secrets: where passwords are kept
 *
 * Results and notifications arrive in the main context that is the thread's default now. End it with
 * [method@SyncEngine.close] before the store.
 *
 * Returns: (transfer full): an idle engine
 */
BalSyncEngine *
bal_sync_engine_new (BalStore            *store,
                     BalProviderRegistry *registry,
                     BalSecrets          *secrets)
{
  BalSyncEngine *self;

  g_return_val_if_fail (BAL_IS_STORE (store), NULL);
  g_return_val_if_fail (BAL_IS_PROVIDER_REGISTRY (registry), NULL);
  g_return_val_if_fail (BAL_IS_SECRETS (secrets), NULL);

  self = g_object_new (BAL_TYPE_SYNC_ENGINE, NULL);
  self->store = g_object_ref (store);
  self->registry = g_object_ref (registry);
  self->secrets = g_object_ref (secrets);
  return self;
}

/**
 * bal_sync_engine_close:
 * @self: an engine
 *
 * Cancels what runs, waits for the threads, and tells every caller that it was cancelled. What was on its way stays
 * `unknown` in the outbox. Idempotent; calls after it are cancelled at once.
 */
void
bal_sync_engine_close (BalSyncEngine *self)
{
  g_return_if_fail (BAL_IS_SYNC_ENGINE (self));

  g_mutex_lock (&self->mutex);
  self->closed = TRUE;
  if (self->notify_source != NULL)
    g_source_destroy (self->notify_source);
  g_clear_pointer (&self->notify_source, g_source_unref);
  g_mutex_unlock (&self->mutex);

  bal_sync_worker_close (&self->syncing);
  bal_sync_worker_close (&self->accounts);
}

gboolean
bal_sync_engine_get_syncing (BalSyncEngine *self)
{
  g_return_val_if_fail (BAL_IS_SYNC_ENGINE (self), FALSE);

  g_mutex_lock (&self->mutex);
  gboolean syncing = self->n_syncs > 0;
  g_mutex_unlock (&self->mutex);
  return syncing;
}

/**
 * bal_sync_engine_get_registry:
 * @self: an engine
 *
 * Returns: (transfer none): the kinds of blog it knows
 */
BalProviderRegistry *
bal_sync_engine_get_registry (BalSyncEngine *self)
{
  g_return_val_if_fail (BAL_IS_SYNC_ENGINE (self), NULL);

  return self->registry;
}

void
bal_sync_engine_set_grace (BalSyncEngine *self,
                           guint          grace_ms)
{
  g_return_if_fail (BAL_IS_SYNC_ENGINE (self));

  self->grace_ms = grace_ms;
}

/* ---- jobs ---- */

/* @job and @task: (transfer full) */
static void
push (BalSyncEngine *self,
      BalSyncWorker *worker,
      BalSyncJob    *job,
      GTask         *task)
{
  gboolean closed;

  g_mutex_lock (&self->mutex);
  closed = self->closed;
  bal_sync_job_add_waiter (job, task);
  if (!closed)
    {
      if (job->kind == BAL_SYNC_JOB_SYNC)
        bal_sync_engine_count_syncs (self, 1);
      bal_sync_worker_push (worker, job);
    }
  g_mutex_unlock (&self->mutex);

  if (closed)
    {
      g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Closed");

      bal_sync_job_complete (job, NULL, NULL, NULL, error);
    }
}

/* Whether who asks for @flags gets what they want from a sync with @given. */
static gboolean
covers (BalSyncFlags given,
        BalSyncFlags flags)
{
  BalSyncFlags more = BAL_SYNC_FULL | BAL_SYNC_ACCEPT_REMOVALS;
  BalSyncFlags less = BAL_SYNC_PULL_ONLY | BAL_SYNC_UNASKED | BAL_SYNC_OFFLINE;

  return (flags & more & ~given) == 0 && (given & less & ~flags) == 0;
}

/* The same sync, running or waiting. The mutex is held. */
static BalSyncJob *
find_sync (BalSyncEngine *self,
           gint64         blog_id,
           BalSyncFlags   flags)
{
  BalSyncJob *running = self->syncing.running;
  GList *link = self->syncing.jobs.head;

  for (BalSyncJob *job = running; ; link = link->next)
    {
      if (job != NULL && job->kind == BAL_SYNC_JOB_SYNC && job->blog_id == blog_id &&
          covers (job->flags, flags) && !g_cancellable_is_cancelled (job->cancellable))
        return job;
      if (link == NULL)
        return NULL;
      job = link->data;
    }
}

static gboolean
join_sync (BalSyncEngine *self,
           gint64         blog_id,
           BalSyncFlags   flags,
           GTask         *task)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  BalSyncJob *job = self->closed ? NULL : find_sync (self, blog_id, flags);

  if (job == NULL)
    return FALSE;

  bal_sync_job_add_waiter (job, task);
  job->again = job == self->syncing.running;
  return TRUE;
}

/**
 * bal_sync_engine_sync_async:
 * @self: an engine
 * @blog_id: a blog, or 0 for all
 * @flags: what kind of sync
 * @cancellable: (nullable): a cancellable; a sync that others asked for too goes on
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Starts a sync, or joins the same one that is running. A change that was queued before the call is offered to the blog
 * before @callback is called, whenever it was joined.
 */
void
bal_sync_engine_sync_async (BalSyncEngine       *self,
                            gint64               blog_id,
                            BalSyncFlags         flags,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  BalSyncJob *job;
  GTask *task;

  g_return_if_fail (BAL_IS_SYNC_ENGINE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bal_sync_engine_sync_async);
  if (join_sync (self, blog_id, flags, task))
    return;

  job = bal_sync_job_new (BAL_SYNC_JOB_SYNC);
  job->blog_id = blog_id;
  job->flags = flags;
  push (self, &self->syncing, job, task);
}

/**
 * bal_sync_engine_sync_finish:
 * @self: an engine
 * @result: as handed to the callback
 * @error: return location; G_IO_ERROR_CANCELLED is the only one
 *
 * Returns: (transfer full) (nullable): what was done; what went wrong stands in its `error`
 */
BalSyncResult *
bal_sync_engine_sync_finish (BalSyncEngine  *self,
                             GAsyncResult   *result,
                             GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
bal_sync_engine_discover_async (BalSyncEngine       *self,
                                const char          *provider_id,
                                const char          *url,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  BalSyncJob *job;
  GTask *task;

  g_return_if_fail (BAL_IS_SYNC_ENGINE (self));
  g_return_if_fail (provider_id != NULL && url != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bal_sync_engine_discover_async);
  job = bal_sync_job_new (BAL_SYNC_JOB_DISCOVER);
  job->provider_id = g_strdup (provider_id);
  job->url = g_strdup (url);
  push (self, &self->accounts, job, task);
}

BalBlog *
bal_sync_engine_discover_finish (BalSyncEngine  *self,
                                 GAsyncResult   *result,
                                 GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The caller's may be bound to widgets; another thread must not touch it. */
static BalBlog *
dup_blog (BalBlog *blog)
{
  BalBlog *copy = bal_blog_new (bal_blog_get_id (blog));
  g_autofree GParamSpec **pspecs = NULL;
  guint n_pspecs;

  pspecs = g_object_class_list_properties (G_OBJECT_GET_CLASS (blog), &n_pspecs);
  for (guint i = 0; i < n_pspecs; i++)
    {
      g_auto(GValue) value = G_VALUE_INIT;

      g_value_init (&value, pspecs[i]->value_type);
      g_object_get_property (G_OBJECT (blog), pspecs[i]->name, &value);
      g_object_set_property (G_OBJECT (copy), pspecs[i]->name, &value);
    }
  return copy;
}

void
bal_sync_engine_add_blog_async (BalSyncEngine       *self,
                                BalBlog             *blog,
                                const char          *password,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  BalSyncJob *job;
  GTask *task;

  g_return_if_fail (BAL_IS_SYNC_ENGINE (self));
  g_return_if_fail (BAL_IS_BLOG (blog));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bal_sync_engine_add_blog_async);
  g_task_set_check_cancellable (task, FALSE);    /* once it is stored, report the truth */
  job = bal_sync_job_new (BAL_SYNC_JOB_ADD);
  job->blog = dup_blog (blog);
  job->password = g_strdup (password);
  push (self, &self->accounts, job, task);
}

gint64
bal_sync_engine_add_blog_finish (BalSyncEngine  *self,
                                 GAsyncResult   *result,
                                 gboolean       *kept,
                                 GError        **error)
{
  g_autofree BalSyncAdded *added = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), 0);

  added = g_task_propagate_pointer (G_TASK (result), error);
  if (kept != NULL)
    *kept = added != NULL && added->kept;
  return added != NULL ? added->id : 0;
}

void
bal_sync_engine_remove_blog_async (BalSyncEngine       *self,
                                   gint64               blog_id,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  BalSyncJob *job;
  GTask *task;

  g_return_if_fail (BAL_IS_SYNC_ENGINE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bal_sync_engine_remove_blog_async);
  g_task_set_check_cancellable (task, FALSE);
  job = bal_sync_job_new (BAL_SYNC_JOB_REMOVE);
  job->blog_id = blog_id;
  push (self, &self->syncing, job, task);

  /* What is being synced now goes with it; its turn comes the sooner. */
  g_mutex_lock (&self->mutex);
  if (self->running_blog == blog_id && self->running_cancellable != NULL)
    g_cancellable_cancel (self->running_cancellable);
  g_mutex_unlock (&self->mutex);
}

gboolean
bal_sync_engine_remove_blog_finish (BalSyncEngine  *self,
                                    GAsyncResult   *result,
                                    GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}
