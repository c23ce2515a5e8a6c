/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-tables.h"

G_BEGIN_DECLS

/*
 * What a person does with commenters at the desk. Nothing of it is sent anywhere. Each function notes in @steps
 * (element-type BalPersonStep) (nullable) what it changed, for bal_desk_undo_persons(); what changes nothing notes nothing.
 * Where the id of a commenter is asked for, that of any of its names will do.
 */

/* What a person decides about a commenter. */
typedef struct
{
  gint64          leader;
  BalPersonTrust  trust;
  gboolean        automatic;
  char           *note;
} BalPersonState;

typedef struct
{
  gint64          id;
  BalPersonState  before;
  BalPersonState  after;
} BalPersonStep;

/* (transfer full) (element-type BalPersonStep): empty */
GPtrArray *bal_person_steps_new        (void);

/* @note: (nullable): as typed; nothing but white space is no note. */
gboolean   bal_desk_set_person_note    (BalTransaction  *transaction,
                                        gint64           id,
                                        const char      *note,
                                        GPtrArray       *steps,
                                        GError         **error);
/* @automatic: new comments by somebody trusted are approved as they arrive; FALSE for others. */
gboolean   bal_desk_set_person_trust   (BalTransaction  *transaction,
                                        gint64           id,
                                        BalPersonTrust   trust,
                                        gboolean         automatic,
                                        GPtrArray       *steps,
                                        GError         **error);
/* @other_id becomes another name of @id, with all names of its own. Notes of both are kept; the trust is that of @id
 * unless that was neutral. What was decided about the other rests until it is split off. BAL_ERROR_INVALID: they are
 * one already. */
gboolean   bal_desk_merge_persons      (BalTransaction  *transaction,
                                        gint64           id,
                                        gint64           other_id,
                                        GPtrArray       *steps,
                                        GError         **error);
/* Makes a name somebody of its own again, with what was decided before it was merged. BAL_ERROR_INVALID: it was not
 * merged into another. */
gboolean   bal_desk_split_person       (BalTransaction  *transaction,
                                        gint64           alias_id,
                                        GPtrArray       *steps,
                                        GError         **error);
/* Takes back all of @steps, or where something was decided anew since then, nothing: @undone is FALSE then. */
gboolean   bal_desk_undo_persons       (BalTransaction  *transaction,
                                        GPtrArray       *steps,
                                        gboolean        *undone,
                                        GError         **error);

G_END_DECLS
