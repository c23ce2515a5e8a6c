/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-connection.h"
#include "bal-store.h"

G_BEGIN_DECLS

/* A thread with its connection and its queue of BalJob. */
typedef struct
{
  GThread       *thread;
  GAsyncQueue   *queue;
  BalConnection *connection;
} BalLane;

struct _BalStore
{
  GObject        parent_instance;

  char          *data_dir;
  char          *path;
  GMainContext  *context;        /* where changes are published */
  BalLane        writer;
  BalLane        reader;
  GCancellable  *backup_cancellable;
  GThread       *backup_thread;  /* the writer's, until the store is closed */

  GMutex         mutex;          /* guards what follows, and results that are waited for */
  GCond          cond;
  gboolean       closed;
  BalChangeSet  *unpublished;
  GSource       *publisher;
  GError        *close_error;
};

/* One unit of work on its way through a lane. */
typedef struct
{
  BalStoreWork  work;
  gpointer      data;            /* borrowed: the caller's or the task's */
  GCancellable *cancellable;
  GTask        *task;            /* NULL: somebody waits */
  gboolean      done;
  gboolean      succeeded;
  GError       *error;
} BalJob;

/* Put into a queue, it ends the lane. */
extern BalJob bal_job_stop;

/* The bodies of the two threads. */
gpointer bal_store_run_writer  (gpointer       data);
gpointer bal_store_run_reader  (gpointer       data);
/* Tells the store's listeners, in their context; takes nothing. */
void     bal_store_publish     (BalStore      *self,
                                BalChangeSet  *changes);

G_END_DECLS
