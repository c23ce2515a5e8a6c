/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-provider.h"
#include "bal-secrets.h"
#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalSyncResult:
 *
 * What a sync did, for a toast or a script. @error is the first reason why it did not end well (NULL: it did; being
 * signed out is not an error but told by @n_signed_out). BAL_ERROR_CONFLICT there means that many reviews are gone from the blog:
 * ask the person, then sync that blog (@failed_blog_id) with BAL_SYNC_FULL | BAL_SYNC_ACCEPT_REMOVALS.
 */
typedef struct
{
  guint   n_reviews_pulled;      /* new or changed */
  guint   n_comments_pulled;
  guint   n_reviews_sent;
  guint   n_comments_sent;
  guint   n_removed;             /* gone from the blog */
  guint   n_doubled;             /* drafts that what is in between had made by delivering a create once more; they were taken away again */
  guint   n_spam_moved;          /* new comments that the spam help moved to spam, as it was told to */
  guint   n_trusted;             /* new comments that were approved because of who wrote them, as the person wished… */
  guint   n_blocked;             /* …and that went to the trash for that */
  guint   n_conflicts;           /* open now */
  guint   n_parked;              /* waiting for a person now */
  guint   n_waiting;             /* still in the outbox for later */
  guint   n_signed_out;          /* blogs that refused the password */
  guint   n_far;                 /* blogs left alone for want of a network (BAL_SYNC_OFFLINE) */
  char   *signed_out_name;       /* (nullable): of the first of them */
  guint   n_rewritten;           /* reviews of which the blog keeps something else than was sent */
  char   *rewriting;             /* (nullable): a sentence about the first of them, without a full stop */
  gint64  rewritten_review_id;   /* that one; what was sent is in its local history */
  GError *error;
  gboolean compared;             /* all blogs whole: nothing more is gone from any of them */
  gint64  failed_blog_id;        /* the one that @error is about; 0: none in particular */
} BalSyncResult;

BalSyncResult *bal_sync_result_new     (void);
void           bal_sync_result_free    (BalSyncResult       *self);
/* One translated sentence ("3 comments and 1 review received, 2 replies sent"). */
char          *bal_sync_result_describe (const BalSyncResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalSyncResult, bal_sync_result_free)

typedef enum
{
  BAL_SYNC_DEFAULT   = 0,
  BAL_SYNC_PULL_ONLY = 1 << 0,
  BAL_SYNC_FULL      = 1 << 1,   /* sweep everything, believe no watermark */
  BAL_SYNC_ACCEPT_REMOVALS = 1 << 2, /* the person has confirmed that many reviews are gone from the blog */
  BAL_SYNC_UNASKED   = 1 << 3,   /* nobody waits for it: a review with more in it than was offered to the blog stays here */
  BAL_SYNC_OFFLINE   = 1 << 4,   /* there is no network: only blogs that need none (bal_reach_is_near()) */
} BalSyncFlags;

/**
 * BalSyncEngine:
 *
 * Keeps blogs and store in step, on a thread of its own. Pull, merge, push (see CONTRIBUTING). One sync a blog at a time: a
 * second call for it joins the running one. Results and signals arrive in the main context that was the thread's default
 * when the engine was made.
 *
 * Properties: `syncing` (boolean), `fraction` (double, 0…1, -1: unknown), `message` (translated, what is being done).
 */
#define BAL_TYPE_SYNC_ENGINE (bal_sync_engine_get_type ())
G_DECLARE_FINAL_TYPE (BalSyncEngine, bal_sync_engine, BAL, SYNC_ENGINE, GObject)

BalSyncEngine *bal_sync_engine_new             (BalStore             *store,
                                                BalProviderRegistry  *registry,
                                                BalSecrets           *secrets);
/* Cancels what runs and joins the thread; what was on its way stays `unknown` in the outbox. Idempotent; before bal_store_close(). */
void           bal_sync_engine_close           (BalSyncEngine        *self);
gboolean       bal_sync_engine_get_syncing     (BalSyncEngine        *self);
/* Milliseconds between the two looks for a create whose answer was lost, default 2000. For tests; before the first sync. */
void           bal_sync_engine_set_grace       (BalSyncEngine        *self,
                                                guint                 grace_ms);
BalProviderRegistry *bal_sync_engine_get_registry (BalSyncEngine     *self);

/* @blog_id 0: all. A sync that met problems still has a result, with its `error` set. */
void           bal_sync_engine_sync_async      (BalSyncEngine        *self,
                                                gint64                blog_id,
                                                BalSyncFlags          flags,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
BalSyncResult *bal_sync_engine_sync_finish     (BalSyncEngine        *self,
                                                GAsyncResult         *result,
                                                GError              **error);

/* Looks at an address: (transfer full) a blog that is not stored yet. */
void           bal_sync_engine_discover_async  (BalSyncEngine        *self,
                                                const char           *provider_id,
                                                const char           *url,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
BalBlog       *bal_sync_engine_discover_finish (BalSyncEngine        *self,
                                                GAsyncResult         *result,
                                                GError              **error);
/* Signs in with @password (nullable where none is needed), stores the blog (new, or again for one whose id is set) and the secret. Finish
 * returns the blog's id, 0 on error; *@kept (out): whether the secret service keeps the password. */
void           bal_sync_engine_add_blog_async  (BalSyncEngine        *self,
                                                BalBlog              *blog,
                                                const char           *password,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gint64         bal_sync_engine_add_blog_finish (BalSyncEngine        *self,
                                                GAsyncResult         *result,
                                                gboolean             *kept,
                                                GError              **error);
/* Removes the blog here (never there) and its secret. */
void           bal_sync_engine_remove_blog_async  (BalSyncEngine      *self,
                                                   gint64              blog_id,
                                                   GCancellable       *cancellable,
                                                   GAsyncReadyCallback callback,
                                                   gpointer            user_data);
gboolean       bal_sync_engine_remove_blog_finish (BalSyncEngine      *self,
                                                   GAsyncResult       *result,
                                                   GError            **error);

G_END_DECLS
