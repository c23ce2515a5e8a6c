/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-store.h"
#include "bal-types.h"

G_BEGIN_DECLS

typedef enum
{
  BAL_OUTBOX_CREATE,
  BAL_OUTBOX_UPDATE,
  BAL_OUTBOX_DELETE,             /* for good */
} BalOutboxOp;

typedef enum
{
  BAL_OUTBOX_PENDING,
  BAL_OUTBOX_SENDING,            /* committed before the request leaves */
  BAL_OUTBOX_UNKNOWN,            /* the answer was lost: look before sending again */
  BAL_OUTBOX_PARKED,             /* waits for a person */
} BalOutboxState;

/**
 * BalOutboxParts:
 * @BAL_OUTBOX_PART_CREATION: the blog has none yet
 * @BAL_OUTBOX_PART_TEXT: title, text, labels and the like
 * @BAL_OUTBOX_PART_STATUS: published, scheduled, withdrawn, approved, …, or another date
 * @BAL_OUTBOX_PART_HIDING: to the trash or the spam
 * @BAL_OUTBOX_PART_DELETION: for good
 *
 * What a row comes to, for a person. bal_desk_take_back() takes back the highest of them.
 */
typedef enum
{
  BAL_OUTBOX_PART_NONE     = 0,
  BAL_OUTBOX_PART_CREATION = 1 << 0,
  BAL_OUTBOX_PART_TEXT     = 1 << 1,
  BAL_OUTBOX_PART_STATUS   = 1 << 2,
  BAL_OUTBOX_PART_HIDING   = 1 << 3,
  BAL_OUTBOX_PART_DELETION = 1 << 4,
} BalOutboxParts;

/**
 * BalOutboxItem:
 *
 * What waits to be sent for one entity: one row an entity, holding the net effect (create and edit
 * = create, create and delete = nothing, edit and delete = delete). The content is read from the
 * entity when it is sent.
 */
typedef struct
{
  gint64          id;
  gint64          blog_id;
  BalEntity       entity;        /* review or comment */
  gint64          entity_id;
  BalOutboxOp     op;
  BalOutboxState  state;
  gint64          edit_seq;      /* the edit this row stands for */
  char           *key;           /* sent with a create; (nullable) else */
  char           *remote_id;     /* for a delete, as the entity is gone by then; (nullable) else */
  guint           attempts;
  gint64          not_before;    /* seconds since 1970; 0: at once */
  char           *error;         /* last words, for a person; (nullable) */
  /* filled in by lists only */
  char           *label;         /* what it will do, for a person ("Reply to Anonymous") */
  BalOutboxParts  parts;
  int             status;        /* of the entity now, and what the blog has; -1: none there */
  int             base_status;
  gint64          review_id;     /* that it is about; 0: gone, as are its comments */
  gint64          parent_id;     /* the comment that a reply answers; 0: none */
  char           *html;          /* of the comment; (nullable): of a review, or gone */
  gboolean        acted;         /* nobody decided on this comment: who wrote it is trusted, or blocked */
  gint64          waits_for;     /* row to be done first (a reply's parent, its review); 0: none */
} BalOutboxItem;

/*
 * Two rules for whoever sends:
 *
 * - A create with attempts > 0 may be on the blog already, whatever its state: look for its key
 *   first.
 * - A delete of something whose create was under way has a key and perhaps no remote id; the entity
 *   still stands here as trash. Look for the key; what isn't found is done.
 */

void           bal_outbox_item_free      (BalOutboxItem   *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalOutboxItem, bal_outbox_item_free)

const char    *bal_outbox_op_to_nick     (BalOutboxOp      op);
const char    *bal_outbox_state_to_nick  (BalOutboxState   state);

/* Notes an edit: makes or merges the entity's row and sets its sync state. A row that is being
 * sent, or whose answer was lost, keeps its state and gets the new edit_seq, so that the end of
 * that sending does not clear it. */
gboolean       bal_outbox_note           (BalTransaction  *transaction,
                                          gint64           blog_id,
                                          BalEntity        entity,
                                          gint64           entity_id,
                                          BalOutboxOp      op,
                                          gint64           edit_seq,
                                          const char      *key,
                                          const char      *remote_id,
                                          GError         **error);
/* @blog_id 0: all. In order of sending. (element-type BalOutboxItem) */
GPtrArray     *bal_outbox_list           (BalTransaction  *transaction,
                                          gint64           blog_id,
                                          GError         **error);
BalOutboxItem *bal_outbox_get            (BalTransaction  *transaction,
                                          gint64           id,
                                          GError         **error);
/* The highest of @parts alone. */
BalOutboxParts bal_outbox_parts_get_last (BalOutboxParts   parts);
/* Whether the blog can't have heard of it: what waits can be taken back. */
gboolean       bal_outbox_item_is_untried (const BalOutboxItem *item);
/* NULL without error: nothing waits for it. */
BalOutboxItem *bal_outbox_find           (BalTransaction  *transaction,
                                          BalEntity        entity,
                                          gint64           entity_id,
                                          GError         **error);
gboolean       bal_outbox_set_sending    (BalTransaction  *transaction,
                                          gint64           id,
                                          GError         **error);
gboolean       bal_outbox_set_unknown    (BalTransaction  *transaction,
                                          gint64           id,
                                          const char      *why,
                                          GError         **error);
/* Back to pending, to be tried at @not_before. */
gboolean       bal_outbox_set_retry      (BalTransaction  *transaction,
                                          gint64           id,
                                          gint64           not_before,
                                          const char      *why,
                                          GError         **error);
gboolean       bal_outbox_set_parked     (BalTransaction  *transaction,
                                          gint64           id,
                                          const char      *why,
                                          GError         **error);
/* The server has it. Clears the row only if @edit_seq is still its own; else the row turns into
 * a pending update (a delete stays one). A delete that is done takes the last traces of its
 * entity with it, the local history apart. */
gboolean       bal_outbox_set_done       (BalTransaction  *transaction,
                                          gint64           id,
                                          gint64           edit_seq,
                                          GError         **error);
/* Rows that a crash left in `sending` become `unknown`. Called when a blog's sync begins. */
gboolean       bal_outbox_recover        (BalTransaction  *transaction,
                                          gint64           blog_id,
                                          GError         **error);
/* By a person: tries again now (@id 0: everything parked or waiting). */
gboolean       bal_outbox_retry          (BalTransaction  *transaction,
                                          gint64           id,
                                          GError         **error);
/* By a person, after being asked: gives the change up. The entity goes back to the state agreed
 * with the blog; what was given up stays in the local history. A create that was never sent: its
 * review goes to the local trash, its comment is removed. */
gboolean       bal_outbox_discard        (BalTransaction  *transaction,
                                          gint64           id,
                                          GError         **error);

G_END_DECLS
