/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-connection.h"
#include "bal-store.h"
#include "bal-types.h"

G_BEGIN_DECLS

/* Private to the store. */
struct _BalTransaction
{
  /* owned */
  BalChangeSet  *changes;
  GHashTable    *stale_threads;   /* gint64 review ids: marks to compute before the commit */
  gboolean       text_waits;      /* there is work for the text indexes */
  int            has_trust;       /* anybody is trusted or blocked: 1, nobody: -1, not looked at yet: 0 */
  struct _BalSpamLessons *spam_lessons; /* (nullable): to write before the commit */

  /* borrowed from the thread that runs it */
  BalConnection *connection;
  const char    *data_dir;
};

/* @writes: takes the write lock at once. (transfer full) */
BalTransaction *bal_transaction_begin        (BalConnection   *connection,
                                              const char      *data_dir,
                                              gboolean         writes,
                                              GError         **error);
/* Ends it either way: FALSE with an error means that nothing of it was kept. */
gboolean        bal_transaction_commit       (BalTransaction  *self,
                                              GError         **error);
void            bal_transaction_rollback     (BalTransaction  *self);
void            bal_transaction_free         (BalTransaction  *self);

#define bal_transaction_prepare(self, sql, error) \
  bal_connection_prepare ((self)->connection, sql, error)

void            bal_transaction_note         (BalTransaction  *self,
                                              BalEntity        entity,
                                              BalChange        change,
                                              gint64           id);
/* Whoever changes parents, authors or statuses of a review's comments says so. */
void            bal_transaction_touch_thread (BalTransaction  *self,
                                              gint64           review_id);
/* Brings the marks of those threads up to date now instead of at the commit; for whoever reads
 * them. */
gboolean        bal_transaction_settle       (BalTransaction  *self,
                                              GError         **error);
/* The text indexes must read this row anew; new rows they find by themselves, once they are told
 * to look. */
gboolean        bal_transaction_queue_text   (BalTransaction  *self,
                                              BalEntity        entity,
                                              gint64           id,
                                              GError         **error);
/* A statement with one id as its only parameter, run to the end. */
#define bal_transaction_run_for_id(self, sql, id, error) \
  (bal_transaction_run_for_id) (self, "" sql "", id, error)
gboolean        (bal_transaction_run_for_id) (BalTransaction  *self,
                                              const char      *sql,
                                              gint64           id,
                                              GError         **error);
/* (transfer none): the format of a blog. */
BalReviewFormat *bal_transaction_get_format  (BalTransaction  *self,
                                              gint64           blog_id,
                                              GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalTransaction, bal_transaction_free)

G_END_DECLS
