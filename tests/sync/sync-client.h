/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-conflict-table.h"
#include "bal-desk.h"
#include "bal-outbox.h"
#include "bal-sync-engine.h"
#include "fake-provider.h"

G_BEGIN_DECLS

/*
 * One desktop: a store in a folder of its own, and an engine, signed in to a fake server. Each call blocks
 * and asserts that it went well.
 */
typedef struct
{
  char                *dir;
  const BalProviderType *type;
  BalBlog             *template; /* what the blog is at first */
  FakeServer          *server;   /* borrowed */
  BalStore            *store;
  BalProviderRegistry *registry;
  BalSecrets          *secrets;
  BalSyncEngine       *engine;
  gint64               blog_id;
} SyncClient;

SyncClient    *sync_client_new             (FakeServer       *server,
                                            const char       *password);
/* On a blog of any kind, for which no server is needed here. */
SyncClient    *sync_client_new_for         (const BalProviderType *type,
                                            BalBlog          *blog,
                                            const char       *password);
/* In a folder that may have been used before; @dir is taken. */
SyncClient    *sync_client_new_in          (FakeServer       *server,
                                            const char       *password,
                                            char             *dir);
/* Ends the program and starts it again. */
void           sync_client_restart         (SyncClient       *self);
/* Remembers the database as a crash at this moment would leave it; from any thread, but not from within a transaction. */
void           sync_client_photograph      (SyncClient       *self);
/* Goes on as if the program had died at the last photograph. */
void           sync_client_crash           (SyncClient       *self);
void           sync_client_free            (SyncClient       *self);
/* Leaves the folder there. (transfer full) */
char          *sync_client_free_keeping    (SyncClient       *self);
void           sync_client_remove_folder   (const char       *path);

void           sync_client_write           (SyncClient       *self,
                                            BalStoreWork      work,
                                            gpointer          data);
void           sync_client_read            (SyncClient       *self,
                                            BalStoreWork      work,
                                            gpointer          data);

BalSyncResult *sync_client_sync            (SyncClient       *self,
                                            BalSyncFlags      flags);
/* Removes one of its blogs, by its row. */
void           sync_client_remove_blog     (SyncClient       *self,
                                            gint64            id);
/* Syncs and asserts that nothing went wrong. */
void           sync_client_sync_well       (SyncClient       *self,
                                            BalSyncFlags      flags);

gint64         sync_client_add_review      (SyncClient       *self,
                                            const char       *title,
                                            const char       *html,
                                            BalReviewStatus   status);
/* NULL: leave as it is. */
void           sync_client_edit_review     (SyncClient       *self,
                                            gint64            id,
                                            const char       *title,
                                            const char       *html);
/* A picture of the person's, whose file is gone as soon as it was chosen. Returns its row. */
gint64         sync_client_choose_picture  (SyncClient       *self,
                                            const char       *name,
                                            const char       *alt);
void           sync_client_set_labels      (SyncClient       *self,
                                            gint64            id,
                                            const char       *const *labels);
void           sync_client_set_review_status (SyncClient     *self,
                                            gint64            id,
                                            BalReviewStatus   status);
/* Out of the trash. */
void           sync_client_restore_review  (SyncClient       *self,
                                            gint64            id);
gint64         sync_client_reply           (SyncClient       *self,
                                            gint64            comment_id,
                                            const char       *text);
void           sync_client_moderate        (SyncClient       *self,
                                            gint64            comment_id,
                                            BalCommentStatus  status);
void           sync_client_edit_comment    (SyncClient       *self,
                                            gint64            comment_id,
                                            const char       *text);
void           sync_client_delete_comment  (SyncClient       *self,
                                            gint64            comment_id);
void           sync_client_resolve         (SyncClient       *self,
                                            gint64            conflict_id,
                                            gboolean          mine);
/* Everything may be tried now, whatever backoff said. */
void           sync_client_retry           (SyncClient       *self);

/* 0: none */
gint64         sync_client_find_review     (SyncClient       *self,
                                            const char       *remote_id);
gint64         sync_client_find_comment    (SyncClient       *self,
                                            const char       *remote_id);
/* NULL: there is none. */
BalReview     *sync_client_get_review      (SyncClient       *self,
                                            gint64            id);
BalComment    *sync_client_get_comment     (SyncClient       *self,
                                            gint64            id);
BalBlog       *sync_client_get_blog        (SyncClient       *self);
GPtrArray     *sync_client_list_reviews    (SyncClient       *self);
GPtrArray     *sync_client_list_thread     (SyncClient       *self,
                                            gint64            review_id);
GPtrArray     *sync_client_list_outbox     (SyncClient       *self);
GPtrArray     *sync_client_list_conflicts  (SyncClient       *self);
GPtrArray     *sync_client_list_revisions  (SyncClient       *self,
                                            BalEntity         entity,
                                            gint64            id);
char          *sync_client_get_cursor      (SyncClient       *self,
                                            const char       *name);

G_END_DECLS
