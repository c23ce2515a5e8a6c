/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-sync-engine.h"

G_BEGIN_DECLS

/* Shared by the bal-sync-engine files alone. */

typedef enum
{
  BAL_SYNC_JOB_SYNC,
  BAL_SYNC_JOB_DISCOVER,
  BAL_SYNC_JOB_ADD,
  BAL_SYNC_JOB_REMOVE,
} BalSyncJobKind;

/* What a thread of the engine does for one caller, or for several who asked for the same sync. */
typedef struct
{
  BalSyncJobKind  kind;
  gint64          blog_id;
  BalSyncFlags    flags;
  char           *provider_id;
  char           *url;
  char           *password;
  BalBlog        *blog;

  GPtrArray      *waiters;       /* element-type Waiter */
  int             n_interested;  /* atomic: waiters who have not cancelled */
  GCancellable   *cancellable;   /* cancelled when nobody is interested any more */
  gboolean        again;         /* somebody joined while it ran */
} BalSyncJob;

typedef struct
{
  BalSyncEngine  *engine;        /* borrowed: the engine joins the thread */
  const char     *name;
  GThread        *thread;        /* NULL until there is work */
  GMainContext   *context;
  GQueue          jobs;          /* under the engine's mutex, as the rest */
  BalSyncJob     *running;
  gboolean        quit;
} BalSyncWorker;

struct _BalSyncEngine
{
  GObject              parent_instance;

  /* owned */
  BalStore            *store;
  BalProviderRegistry *registry;
  BalSecrets          *secrets;
  GMainContext        *context;        /* of whoever made the engine: notifications arrive there */
  guint                grace_ms;

  GMutex               mutex;          /* guards all below, and the workers' queues */
  BalSyncWorker        syncing;        /* syncs and removals */
  BalSyncWorker        accounts;       /* discovery and signing in, which must not wait for a long pull */
  gboolean             closed;
  gint64               running_blog;   /* 0: none */
  GCancellable        *running_cancellable;
  GHashTable          *refused;        /* owned gint64 blog id -> hash of the password that its server refused */

  guint                n_syncs;
  char                *message;
  double               fraction;
  GSource             *notify_source;
  gint64               last_notify;    /* monotonic */
};

/* bal-sync-worker.c */
BalSyncJob *bal_sync_job_new          (BalSyncJobKind  kind);
void        bal_sync_job_free         (BalSyncJob     *job);
/* The mutex is held. @task: (transfer full) */
void        bal_sync_job_add_waiter   (BalSyncJob     *job,
                                       GTask          *task);
/* To each waiter what @copy makes of @result, or @error; then frees the job. */
void        bal_sync_job_complete     (BalSyncJob     *job,          /* (transfer full) */
                                       gpointer      (*copy) (gpointer result),
                                       gpointer        result,
                                       GDestroyNotify  free_result,
                                       const GError   *error);
void        bal_sync_worker_init      (BalSyncWorker  *self,
                                       BalSyncEngine  *engine,
                                       const char     *name);
/* The mutex is held. */
void        bal_sync_worker_push      (BalSyncWorker  *self,
                                       BalSyncJob     *job);
/* Cancels what runs and what waits, and joins the thread. */
void        bal_sync_worker_close     (BalSyncWorker  *self);

/* bal-sync-jobs.c: on a worker's thread; completes and frees the job. */
void        bal_sync_engine_run_job   (BalSyncEngine  *self,
                                       BalSyncWorker  *worker,
                                       BalSyncJob     *job,
                                       BalHttpClient  *http);

typedef struct
{
  gint64   id;
  gboolean kept;
} BalSyncAdded;

/* bal-sync-engine.c: from any thread. @message: translated */
void        bal_sync_engine_report    (gpointer        engine,
                                       const char     *message,
                                       double          fraction);
/* The mutex is held. */
void        bal_sync_engine_count_syncs (BalSyncEngine *self,
                                         int            difference);

G_END_DECLS
