/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-store-private.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "bal-backup.h"
#include "bal-change-set-private.h"
#include "bal-person-chores.h"
#include "bal-revision-rows.h"
#include "bal-spam-chores.h"
#include "bal-text-index.h"
#include "bal-time.h"
#include "bal-transaction.h"

/* Texts are indexed when nobody has written for this long: not between what is kept while somebody types… */
#define TEXT_IDLE       G_USEC_PER_SEC
/* …or, while somebody goes on writing, this long after the first. */
#define TEXT_PATIENCE   (5 * G_USEC_PER_SEC)
/* How long closing may index what is left; the rest waits for the next start. */
#define TEXT_AT_CLOSE   (5 * G_USEC_PER_SEC)
#define POLL_INTERVAL   G_USEC_PER_SEC
/* Not in the way of a program that starts, nor of one that only runs a command. */
#define BACKUP_DELAY    (5 * G_USEC_PER_SEC)
#define BACKUP_INTERVAL (60 * 60 * (gint64) G_USEC_PER_SEC)
#define BACKUP_AT_CLOSE (256 * 1024 * 1024)
#define THIN_BATCH      50

BalJob bal_job_stop;

/* What the writer knows of its day; monotonic microseconds. */
typedef struct
{
  BalStore *store;
  gint64    last_job;
  gint64    last_poll;
  gint64    text_since;      /* 0: all texts are indexed */
  gboolean  person_waits;    /* authors of comments may not be known yet */
  gboolean  spam_waits;      /* the spam help may have something to do */
  gint64    next_backup;
  GArray   *thin;            /* (nullable): ids of the local history that may go, the last one first */
  gint64    data_version;
} Writer;

typedef struct
{
  GTask    *task;
  gboolean  succeeded;
  GError   *error;
} Answer;

/* In the caller's context, so that nothing of the caller's is let go on our threads. */
static gboolean
answer_cb (gpointer data)
{
  Answer *answer = data;

  if (answer->succeeded)
    g_task_return_boolean (answer->task, TRUE);
  else
    g_task_return_error (answer->task, g_steal_pointer (&answer->error));

  return G_SOURCE_REMOVE;
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_object_unref (answer->task);
  g_clear_error (&answer->error);
  g_free (answer);
}

static void
answer_task (BalStore *store,
             BalJob   *job)
{
  g_autoptr(GSource) source = g_idle_source_new ();
  Answer *answer = g_new0 (Answer, 1);

  answer->task = job->task;
  answer->succeeded = job->succeeded;
  answer->error = job->error;

  g_source_set_priority (source, g_task_get_priority (job->task));
  g_source_set_callback (source, answer_cb, answer, answer_free);
  g_source_attach (source, g_task_get_context (job->task));
  g_clear_object (&job->cancellable);
  g_free (job);
}

static void
finish_job (BalStore *store,
            BalJob   *job,
            gboolean  writes)
{
  gboolean failed = job->error != NULL && !g_error_matches (job->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_mutex_lock (&store->mutex);
  /* Nobody may be there any more to hear of it. */
  if (store->closed && writes && job->task != NULL && failed && store->close_error == NULL)
    store->close_error = g_error_copy (job->error);
  if (job->task == NULL)
    {
      job->done = TRUE;
      g_cond_broadcast (&store->cond);
    }
  g_mutex_unlock (&store->mutex);
}

/* Returns the transaction's changes, or NULL when nothing was committed. */
static BalTransaction *
run_work (BalStore       *store,
          BalConnection  *connection,
          BalStoreWork    work,
          gpointer        data,
          gboolean        writes,
          GError        **error)
{
  g_autoptr(BalTransaction) transaction = NULL;
  GError *local_error = NULL;

  transaction = bal_transaction_begin (connection, store->data_dir, writes, error);
  if (transaction == NULL)
    return NULL;

  if (work (transaction, data, &local_error))
    return bal_transaction_commit (transaction, error) ? g_steal_pointer (&transaction) : NULL;

  bal_transaction_rollback (transaction);
  if (local_error == NULL)
    {
      g_critical ("A unit of work failed without saying why");
      g_set_error_literal (&local_error, BAL_ERROR, BAL_ERROR_STORAGE,
                           _("The change could not be saved."));
    }
  g_propagate_error (error, local_error);
  return NULL;
}

gboolean
bal_store_read_aside (BalStore      *self,
                      BalStoreWork   work,
                      gpointer       data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr(BalConnection) connection = NULL;
  g_autoptr(BalTransaction) transaction = NULL;
  gboolean closed;

  g_return_val_if_fail (BAL_IS_STORE (self), FALSE);
  g_return_val_if_fail (work != NULL, FALSE);

  g_mutex_lock (&self->mutex);
  closed = self->closed;
  g_mutex_unlock (&self->mutex);
  if (closed)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _("The database is closed."));
      return FALSE;
    }

  connection = bal_connection_open (self->path, BAL_CONNECTION_READER, error);
  if (connection == NULL)
    return FALSE;

  bal_connection_set_cancellable (connection, cancellable);
  transaction = run_work (self, connection, work, data, FALSE, error);
  return transaction != NULL;
}

/* Returns whether texts wait to be indexed. */
static gboolean
run_job (BalStore      *store,
         BalConnection *connection,
         BalJob        *job,
         gboolean       writes)
{
  g_autoptr(BalTransaction) transaction = NULL;
  GTask *task = job->task;
  gboolean text_waits = FALSE;

  if (!g_cancellable_set_error_if_cancelled (job->cancellable, &job->error))
    {
      /* A write that has begun is carried to its end, and the truth of it is told. */
      bal_connection_set_cancellable (connection, writes ? NULL : job->cancellable);
      transaction = run_work (store, connection, job->work, job->data, writes, &job->error);
      bal_connection_set_cancellable (connection, NULL);
    }

  job->succeeded = transaction != NULL;
  if (writes && transaction != NULL)
    {
      text_waits = transaction->text_waits;
      bal_store_publish (store, transaction->changes);
    }

  finish_job (store, job, writes);
  /* One that is waited for is gone now. */
  if (task != NULL)
    answer_task (store, job);
  return text_waits;
}

gpointer
bal_store_run_reader (gpointer data)
{
  BalStore *store = data;
  BalJob *job;

  while ((job = g_async_queue_pop (store->reader.queue)) != &bal_job_stop)
    run_job (store, store->reader.connection, job, FALSE);

  return NULL;
}

static gboolean
index_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  return bal_text_index_run (transaction, data, error);
}

static void
index_batch (Writer *writer)
{
  g_autoptr(BalTransaction) transaction = NULL;
  g_autoptr(BalChangeSet) changes = NULL;
  g_autoptr(GError) error = NULL;
  gboolean has_work = FALSE;
  guint n_done = 0;

  transaction = run_work (writer->store, writer->store->writer.connection, index_work, &n_done, TRUE, &error);
  if (transaction != NULL)
    bal_text_index_has_work (writer->store->writer.connection, &has_work, &error);

  /* Without room for the index the texts themselves are safe; the next write or start tries again. */
  if (error != NULL)
    g_message ("Texts could not be indexed for searching: %s", error->message);
  writer->text_since = has_work ? g_get_monotonic_time () : 0;

  if (n_done > 0 && transaction != NULL)
    {
      changes = bal_change_set_new ();
      bal_change_set_set_text (changes);
      bal_store_publish (writer->store, changes);
    }
}

static gboolean
person_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  return bal_person_chores_run (transaction, error);
}

static void
person_batch (Writer *writer)
{
  BalStore *store = writer->store;
  g_autoptr(BalTransaction) transaction = NULL;
  g_autoptr(GError) error = NULL;

  if (bal_person_chores_has_work (store->writer.connection, &writer->person_waits, &error) && writer->person_waits)
    transaction = run_work (store, store->writer.connection, person_work, writer, TRUE, &error);

  /* The comments are there all the same. The next write or start tries again. */
  if (error != NULL)
    {
      g_message ("The authors of comments could not be noted: %s", error->message);
      writer->person_waits = FALSE;
    }
  if (transaction != NULL)
    bal_store_publish (store, transaction->changes);
}

static gboolean
spam_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  return bal_spam_chores_run (transaction, error);
}

static void
spam_batch (Writer *writer)
{
  BalStore *store = writer->store;
  g_autoptr(BalTransaction) transaction = NULL;
  g_autoptr(GError) error = NULL;

  if (bal_spam_chores_has_work (store->writer.connection, &writer->spam_waits, &error) && writer->spam_waits)
    transaction = run_work (store, store->writer.connection, spam_work, writer, TRUE, &error);

  /* It is a help: without it everything else goes on. The next write or start tries again. */
  if (error != NULL)
    {
      g_message ("The spam help could not learn: %s", error->message);
      writer->spam_waits = FALSE;
    }
  if (transaction != NULL)
    bal_store_publish (store, transaction->changes);
}

static void
look_for_texts (Writer *writer)
{
  gboolean has_work;

  if (bal_text_index_has_work (writer->store->writer.connection, &has_work, NULL) && has_work &&
      writer->text_since == 0)
    writer->text_since = g_get_monotonic_time ();
}

/* The number changes when, and only when, another connection has committed: another program. */
static void
poll_other_programs (Writer *writer)
{
  g_autoptr(BalChangeSet) changes = NULL;
  gint64 data_version;

  writer->last_poll = g_get_monotonic_time ();
  if (!bal_connection_read_int (writer->store->writer.connection, "PRAGMA data_version", &data_version, NULL) ||
      data_version == writer->data_version)
    return;

  writer->data_version = data_version;
  g_hash_table_remove_all (bal_connection_get_formats (writer->store->writer.connection));
  look_for_texts (writer);
  writer->person_waits = writer->spam_waits = TRUE;

  changes = bal_change_set_new ();
  bal_change_set_set_everything (changes);
  bal_store_publish (writer->store, changes);
}

static gboolean
find_thin_work (BalTransaction  *transaction,
                gpointer         data,
                GError         **error)
{
  Writer *writer = data;

  writer->thin = bal_revision_table_find_thin (transaction, bal_time_now (), error);
  return writer->thin != NULL;
}

static gboolean
thin_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Writer *writer = data;
  guint n = MIN (writer->thin->len, THIN_BATCH);

  if (!bal_revision_table_remove (transaction, &g_array_index (writer->thin, gint64, writer->thin->len - n), n, error))
    return FALSE;
  g_array_set_size (writer->thin, writer->thin->len - n);
  return TRUE;
}

/* A few at a time, so that nobody who writes meanwhile has to wait for long. */
static void
thin_batch (Writer *writer)
{
  BalStore *store = writer->store;
  g_autoptr(BalTransaction) transaction = NULL;
  g_autoptr(GError) error = NULL;

  transaction = run_work (store, store->writer.connection, thin_work, writer, TRUE, &error);
  if (error != NULL)
    g_message ("The local history could not be thinned out: %s", error->message);
  if (error != NULL || writer->thin->len == 0)
    g_clear_pointer (&writer->thin, g_array_unref);
}

/* Once a day, with the backup. */
static void
look_for_thin (Writer *writer)
{
  BalStore *store = writer->store;
  g_autoptr(BalTransaction) transaction = NULL;
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&writer->thin, g_array_unref);
  transaction = run_work (store, store->writer.connection, find_thin_work, writer, FALSE, &error);
  if (error != NULL)
    g_message ("The local history could not be thinned out: %s", error->message);
  if (writer->thin != NULL && writer->thin->len == 0)
    g_clear_pointer (&writer->thin, g_array_unref);
}

static void
make_backup (BalStore     *store,
             GCancellable *cancellable)
{
  g_autoptr(GError) error = NULL;

  if (!bal_backup_make_daily (store->data_dir, cancellable, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("The daily backup could not be made: %s", error->message);
}

static gpointer
backup_thread (gpointer data)
{
  BalStore *store = data;

  make_backup (store, store->backup_cancellable);
  return NULL;
}

static gboolean
needs_backup (BalStore *store)
{
  gint64 has_blogs;

  return bal_connection_read_int (store->writer.connection, "SELECT EXISTS (SELECT 1 FROM blog)", &has_blogs, NULL) &&
         has_blogs != 0 &&
         bal_backup_is_due (store->data_dir);
}

static void
look_for_backup (Writer *writer)
{
  BalStore *store = writer->store;

  writer->next_backup = g_get_monotonic_time () + BACKUP_INTERVAL;
  if (!needs_backup (store))
    return;

  if (store->backup_thread != NULL)
    g_thread_join (store->backup_thread);
  store->backup_thread = g_thread_new ("balcony-backup", backup_thread, store);
  look_for_thin (writer);
}

static gint64
get_text_time (Writer *writer)
{
  return MIN (writer->last_job + TEXT_IDLE, writer->text_since + TEXT_PATIENCE);
}

/* Microseconds until the writer has something to do by itself. */
static gint64
get_pause (Writer *writer)
{
  gint64 next = MIN (writer->last_poll + POLL_INTERVAL, writer->next_backup);

  if (writer->text_since != 0)
    next = MIN (next, get_text_time (writer));
  if (writer->thin != NULL || writer->person_waits || writer->spam_waits)
    next = MIN (next, writer->last_job + TEXT_IDLE);
  return next - g_get_monotonic_time ();
}

static void
do_chores (Writer *writer)
{
  gint64 now = g_get_monotonic_time ();

  if (writer->text_since != 0 && now >= get_text_time (writer))
    index_batch (writer);
  if (writer->thin != NULL && now >= writer->last_job + TEXT_IDLE)
    thin_batch (writer);
  if (writer->person_waits && now >= writer->last_job + TEXT_IDLE)
    person_batch (writer);
  if (writer->spam_waits && writer->text_since == 0 && now >= writer->last_job + TEXT_IDLE)
    spam_batch (writer);
  if (now >= writer->last_poll + POLL_INTERVAL)
    poll_other_programs (writer);
  if (now >= writer->next_backup && now >= writer->last_job + BACKUP_DELAY)
    look_for_backup (writer);
  else if (now >= writer->next_backup)
    writer->next_backup = now + BACKUP_DELAY;
}

/* What a program that only runs a command never has an idle moment for. */
static void
do_last_chores (Writer *writer)
{
  BalStore *store = writer->store;
  gint64 end = g_get_monotonic_time () + TEXT_AT_CLOSE;

  while (writer->text_since != 0 && g_get_monotonic_time () < end)
    index_batch (writer);
  while (writer->person_waits && g_get_monotonic_time () < end)
    person_batch (writer);
  while (writer->spam_waits && g_get_monotonic_time () < end)
    spam_batch (writer);

  if (store->backup_thread == NULL && needs_backup (store) &&
      bal_backup_measure (store->path) <= BACKUP_AT_CLOSE)
    {
      make_backup (store, NULL);
      look_for_thin (writer);
    }
  while (writer->thin != NULL && g_get_monotonic_time () < end)
    thin_batch (writer);
  g_clear_pointer (&writer->thin, g_array_unref);
}

gpointer
bal_store_run_writer (gpointer data)
{
  BalStore *store = data;
  Writer writer = { .store = store };
  gint64 now = g_get_monotonic_time ();

  writer.last_job = writer.last_poll = now;
  writer.next_backup = now + BACKUP_DELAY;
  bal_connection_read_int (store->writer.connection, "PRAGMA data_version", &writer.data_version, NULL);
  look_for_texts (&writer);
  writer.person_waits = writer.spam_waits = TRUE;

  while (TRUE)
    {
      gint64 pause = get_pause (&writer);
      BalJob *job = pause > 0 ? g_async_queue_timeout_pop (store->writer.queue, pause)
                              : g_async_queue_try_pop (store->writer.queue);

      if (job == &bal_job_stop)
        break;

      if (job != NULL)
        {
          if (run_job (store, store->writer.connection, job, TRUE) && writer.text_since == 0)
            writer.text_since = g_get_monotonic_time ();
          writer.last_job = g_get_monotonic_time ();
          writer.person_waits = writer.spam_waits = TRUE;
        }
      do_chores (&writer);
    }

  do_last_chores (&writer);
  return NULL;
}
