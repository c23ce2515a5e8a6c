/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  BAL_ENTITY_BLOG,
  BAL_ENTITY_REVIEW,
  BAL_ENTITY_COMMENT,
  BAL_ENTITY_CONFLICT,
  BAL_ENTITY_OUTBOX,
  BAL_ENTITY_REPLY_DRAFT,        /* by the id of its comment */
  BAL_ENTITY_SNIPPET,
  BAL_ENTITY_PERSON,
  BAL_ENTITY_FILTER,
} BalEntity;

#define BAL_N_ENTITIES 9

typedef enum
{
  BAL_CHANGE_ADDED,
  BAL_CHANGE_ALTERED,
  BAL_CHANGE_REMOVED,
} BalChange;

/**
 * BalChangeSet:
 *
 * What one commit changed: for each kind of entity the ids that were added, altered and removed
 * (net: added then removed is nothing). `everything` means that another program wrote, and models
 * read anew.
 */
typedef struct _BalChangeSet BalChangeSet;
#define BAL_TYPE_CHANGE_SET (bal_change_set_get_type ())
GType         bal_change_set_get_type   (void) G_GNUC_CONST;

BalChangeSet *bal_change_set_new        (void);
BalChangeSet *bal_change_set_ref        (BalChangeSet *self);
void          bal_change_set_unref      (BalChangeSet *self);
void          bal_change_set_add        (BalChangeSet *self,
                                         BalEntity     entity,
                                         BalChange     change,
                                         gint64        id);
void          bal_change_set_set_everything (BalChangeSet *self);
gboolean      bal_change_set_is_everything  (BalChangeSet *self);
gboolean      bal_change_set_is_empty   (BalChangeSet *self);
/* Whether anything happened to that kind. */
gboolean      bal_change_set_touches    (BalChangeSet *self,
                                         BalEntity     entity);
/* Whether this one was added, altered or removed. */
gboolean      bal_change_set_has        (BalChangeSet *self,
                                         BalEntity     entity,
                                         gint64        id);
/* (transfer none) */
const gint64 *bal_change_set_get_ids    (BalChangeSet *self,
                                         BalEntity     entity,
                                         BalChange     change,
                                         guint        *n_ids);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalChangeSet, bal_change_set_unref)

G_END_DECLS
