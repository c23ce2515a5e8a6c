/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-person.h"

G_BEGIN_DECLS

/**
 * BalPersonMark:
 *
 * A small sign beside a name: the blogger trusts or blocked this commenter, or has a note about them. Nothing where there
 * is nothing to say.
 */
#define BAL_TYPE_PERSON_MARK (bal_person_mark_get_type ())
G_DECLARE_FINAL_TYPE (BalPersonMark, bal_person_mark, BAL, PERSON_MARK, GtkWidget)

void        bal_person_mark_set_marks (BalPersonMark  *self,
                                       BalPersonMarks  marks);
/* (nullable): the icon of a list's row */
const char *bal_person_mark_get_icon  (BalPersonMarks  marks);

G_END_DECLS
