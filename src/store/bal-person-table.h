/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-comment.h"
#include "bal-person.h"
#include "bal-store.h"

G_BEGIN_DECLS

/*
 * Commenters. Who wrote a comment is found out from its name and addresses (bal_person_key_new()) when the writer is idle,
 * soon after it came. The ids of commenters that were merged stand for the one that they were merged into. All of this
 * stays on the computer: nothing of it goes to a blog but what is decided on comments because of it.
 */

/**
 * bal_person_table_find_author:
 * @transaction: an open transaction
 * @comment_id: a comment
 * @error: BAL_ERROR_NOT_FOUND (no such comment), _STORAGE
 *
 * Returns: who wrote it; 0 without error: that is not known
 */
gint64 bal_person_table_find_author (BalTransaction  *transaction,
                                     gint64           comment_id,
                                     GError         **error);

/**
 * bal_person_table_make_author:
 * @transaction: an open transaction that writes
 * @comment_id: a comment
 * @error: BAL_ERROR_NOT_FOUND (no such comment), _STORAGE
 *
 * Does not wait for the writer to be idle.
 *
 * Returns: who wrote it; 0 without error: it may be anybody, or the blogger
 */
gint64 bal_person_table_make_author (BalTransaction  *transaction,
                                     gint64           comment_id,
                                     GError         **error);

/**
 * bal_person_table_is_complete:
 * @transaction: an open transaction
 * @complete: (out): whether all comments were looked at; %FALSE: figures and lists may lack some
 * @error: return location
 *
 * Returns: whether it was read
 */
gboolean bal_person_table_is_complete (BalTransaction  *transaction,
                                       gboolean        *complete,
                                       GError         **error);

/**
 * bal_person_table_complete:
 * @store: a store
 * @error: return location
 *
 * Looks at all comments that were not looked at yet. Blocks, for the command line and tests.
 *
 * Returns: whether that went well
 */
gboolean bal_person_table_complete (BalStore  *store,
                                    GError   **error);

/**
 * bal_person_table_get:
 * @transaction: an open transaction
 * @id: a commenter
 * @error: BAL_ERROR_NOT_FOUND, _STORAGE
 *
 * Returns: (transfer full): the one that @id stands for
 */
BalPerson *bal_person_table_get (BalTransaction  *transaction,
                                 gint64           id,
                                 GError         **error);

/**
 * bal_person_table_list_aliases:
 * @transaction: an open transaction
 * @id: a commenter
 * @error: return location
 *
 * Returns: (transfer full) (element-type BalPerson): that one, then those that were merged into it
 */
GPtrArray *bal_person_table_list_aliases (BalTransaction  *transaction,
                                          gint64           id,
                                          GError         **error);

/**
 * bal_person_table_count:
 * @transaction: an open transaction
 * @id: a commenter
 * @figures: (out caller-allocates): all comments by them under whatever name
 * @error: return location
 *
 * Returns: whether it was read
 */
gboolean bal_person_table_count (BalTransaction    *transaction,
                                 gint64             id,
                                 BalPersonFigures  *figures,
                                 GError           **error);

/**
 * bal_person_table_list_comments:
 * @transaction: an open transaction
 * @id: a commenter
 * @status: a #BalCommentStatus; -1: wherever they are
 * @error: return location
 *
 * Returns: (transfer full) (element-type gint64): their comments, newest first
 */
GArray *bal_person_table_list_comments (BalTransaction  *transaction,
                                        gint64           id,
                                        int              status,
                                        GError         **error);

/**
 * BalPersonQuery:
 *
 * @trust: a #BalPersonTrust; -1: any. @noted: only those with a note. @search: (nullable): a part of a name or address.
 */
typedef struct
{
  int         trust;
  gboolean    noted;
  const char *search;
  guint       limit;    /* 0: none */
} BalPersonQuery;

#define BAL_PERSON_QUERY_INIT { .trust = -1 }

/**
 * bal_person_table_query:
 * @transaction: an open transaction
 * @query: which
 * @error: return location
 *
 * Returns: (transfer full) (element-type BalPerson): those who wrote last first
 */
GPtrArray *bal_person_table_query (BalTransaction        *transaction,
                                   const BalPersonQuery  *query,
                                   GError               **error);

/**
 * bal_person_table_list_decided:
 * @transaction: an open transaction
 * @error: return location
 *
 * Returns: (transfer full) (element-type BalPerson): those about whom anything was decided, names that were merged into
 *   others after these
 */
GPtrArray *bal_person_table_list_decided (BalTransaction  *transaction,
                                          GError         **error);

/**
 * BalPersonAct:
 *
 * What became of a new comment because of who wrote it. @BAL_PERSON_ACT_SPARED: the spam help shall not touch it.
 */
typedef enum
{
  BAL_PERSON_ACT_NONE,
  BAL_PERSON_ACT_SPARED,
  BAL_PERSON_ACT_APPROVED,
  BAL_PERSON_ACT_TRASHED,
} BalPersonAct;

/**
 * bal_person_table_receive:
 * @transaction: an open transaction that writes
 * @comment: a comment that has just come from its blog, and is stored
 * @act: (out): what became of it
 * @error: return location
 *
 * Does what the person has allowed: a pending comment by somebody whose comments are approved automatically is approved,
 * one by somebody blocked goes to the trash; through the desk, which sends that and can take it back until then. The trash,
 * not the spam: what somebody unpleasant writes is no spam, and would teach the spam help of the blog and of Balcony
 * wrong things.
 *
 * Returns: %FALSE when the store failed
 */
gboolean bal_person_table_receive (BalTransaction  *transaction,
                                   BalComment      *comment,
                                   BalPersonAct    *act,
                                   GError         **error);

G_END_DECLS
