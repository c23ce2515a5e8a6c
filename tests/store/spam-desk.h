/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-fixture.h"

/* Comments that the help against spam learns from, and what it has learnt. */

typedef struct
{
  Fixture          *fixture;
  guint             n;
  BalCommentStatus  status;
  gboolean          spam;          /* which texts */
  gboolean          mine;
  GArray           *ids;           /* gint64 */
} SpamAdding;

/* Adds them; @data: a SpamAdding. */
gboolean    spam_add_work     (BalTransaction   *transaction,
                               gpointer          data,
                               GError          **error);
/* (transfer full) (element-type gint64): their ids; @spam: whether they read like spam. */
GArray     *spam_add          (Fixture          *fixture,
                               guint             n,
                               BalCommentStatus  status,
                               gboolean          spam);
/* Takes @ids to @status, as a person does. */
void        spam_move         (Fixture          *fixture,
                               GArray           *ids,
                               BalCommentStatus  status);
/* Gives the first of @ids other words, as a person does. */
void        spam_edit         (Fixture          *fixture,
                               GArray           *ids,
                               const char       *text);
/* @data: ids; as a person does. */
gboolean    spam_restore_work (BalTransaction   *transaction,
                               gpointer          data,
                               GError          **error);
/* What the writer does when it is idle, without waiting for that. How many times it had something to do. */
guint       spam_run_chores   (Fixture          *fixture);
/* Adds @n of both kinds, and lets them be learnt. */
void        spam_teach        (Fixture          *fixture,
                               guint             n);
/* (transfer full): all that was learnt. */
char       *spam_dump         (Fixture          *fixture);
/* (transfer full) */
BalComment *spam_get          (Fixture          *fixture,
                               GArray           *ids,
                               guint             i);
double      spam_get_score    (Fixture          *fixture,
                               GArray           *ids,
                               guint             i);
