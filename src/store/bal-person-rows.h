/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-person-table.h"
#include "bal-transaction.h"

G_BEGIN_DECLS

/* Private to the store: what the files about commenters share. */

/* BalPersonMarks of the comment with that id; NULL where nothing is known of its author. */
#define BAL_PERSON_MARKS_SQL(id) \
  "(SELECT (l.trust = 1) + 2 * (l.trust = 2) + 4 * (l.note IS NOT NULL) + 8 * (a.acted <> 0)" \
  "  FROM comment_author a JOIN person m ON m.id = a.person_id JOIN person l ON l.id = m.leader" \
  "  WHERE a.comment_id = " id ")"

#define BAL_PERSON_COLUMNS "id, leader, trust, automatic, created, seen, key, name, email, url, note"

BalPerson *bal_person_read_row    (BalStatement    *statement);
/* A row for whoever wrote @comment, which has the name and the addresses. */
gboolean   bal_person_insert      (BalTransaction  *transaction,
                                   BalComment      *comment,
                                   const char      *key,
                                   gint64          *id,
                                   GError         **error);
/* Finds who wrote @comment, or makes a row for them, and notes it. Nobody that is known: 0, and what was noted goes. */
gboolean   bal_person_note_author (BalTransaction  *transaction,
                                   BalComment      *comment,
                                   gint64          *person_id,
                                   GError         **error);
/* The comments of that person must be shown anew. */
gboolean   bal_person_touch       (BalTransaction  *transaction,
                                   gint64           person_id,
                                   GError         **error);

G_END_DECLS
