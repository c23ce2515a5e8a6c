/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-tables.h"

G_BEGIN_DECLS

/**
 * BalConflict:
 *
 * Both sides changed the same thing. The entity keeps the person's version; the blog's stands here
 * until the person chooses. Nothing is sent for it meanwhile.
 */
typedef struct
{
  gint64      id;
  gint64      blog_id;
  BalEntity   entity;
  gint64      entity_id;
  gint64      created;
  char       *what;              /* names of the fields in conflict: "title,html" */
  BalReview  *remote_review;     /* (nullable) the blog's version */
  BalComment *remote_comment;    /* (nullable) */
} BalConflict;

void         bal_conflict_free          (BalConflict     *conflict);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalConflict, bal_conflict_free)

/* One open conflict an entity: a newer remote version replaces the older one. @remote NULL: the
 * blog deleted it. */
gboolean     bal_conflict_table_put_review  (BalTransaction  *transaction,
                                             gint64           review_id,
                                             const char      *what,
                                             BalReview       *remote,
                                             GError         **error);
gboolean     bal_conflict_table_put_comment (BalTransaction  *transaction,
                                             gint64           comment_id,
                                             const char      *what,
                                             BalComment      *remote,
                                             GError         **error);
GPtrArray   *bal_conflict_table_list    (BalTransaction  *transaction,
                                         gint64           blog_id,
                                         GError         **error);
BalConflict *bal_conflict_table_get     (BalTransaction *transaction, gint64 id, GError **error);
/* 0 without error: none. */
gint64       bal_conflict_table_find    (BalTransaction  *transaction,
                                         BalEntity        entity,
                                         gint64           entity_id,
                                         GError         **error);
/* Takes one side; the other goes to the local history. Mine is queued for sending over the
 * blog's. */
gboolean     bal_conflict_table_resolve (BalTransaction  *transaction,
                                         gint64           id,
                                         gboolean         mine,
                                         GError         **error);
/* Forgets one that was settled, before the outbox hears of it: it takes what is in conflict for parked. */
gboolean     bal_conflict_table_remove  (BalTransaction  *transaction,
                                         gint64           id,
                                         GError         **error);

G_END_DECLS
