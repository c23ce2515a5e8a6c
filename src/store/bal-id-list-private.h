/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-id-list.h"
#include "bal-live-items.h"

G_BEGIN_DECLS

/* A query, in an atomically counted box that is shared with the store's threads. */
typedef struct
{
  gpointer       value;
  GDestroyNotify destroy;
} BalIdListQuery;

typedef struct
{
  BalStore       *store;
  BalIdListQuery *query;
  GArray         *ids;
  BalLiveItems   *live;
  GHashTable     *wanted;          /* gint64: ids to be read, if their items still live then */
  GHashTable     *prepared;        /* gint64 -> object that the query read on the way */
  GCancellable   *cancellable;     /* of the query in flight; NULL: none */
  GCancellable   *loads;           /* of the batch in flight */
  guint           idle_id;
  gboolean        batch_in_flight;
  gboolean        stale;           /* something changed while the query was in flight */
  gint64          asked;           /* when, monotonic */
  guint           n_stale;         /* queries in a row that were stale when they came */
  guint           rest_id;         /* until the next of them */
  gboolean        loading;
} BalIdListPrivate;

/* bal-id-list.c */
BalIdListPrivate *bal_id_list_get_private    (BalIdList      *self);
void              bal_id_list_query_unref    (BalIdListQuery *query);
/* The end of the list or of the store is nobody's fault. */
gboolean          bal_id_list_is_end         (const GError   *error);

/* bal-id-list-items.c: live items get what was read; one that is wanted is read with others, as soon as a view has asked for all
 * that it shows. */
void              bal_id_list_assign_objects (BalIdList      *self,
                                              GPtrArray      *objects);
void              bal_id_list_want           (BalIdList      *self,
                                              gint64          id);

G_END_DECLS
