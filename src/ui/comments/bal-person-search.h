/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalPersonSearch:
 *
 * Finds a commenter by a part of a name or address. `chosen` (gint64) tells who was chosen.
 */
#define BAL_TYPE_PERSON_SEARCH (bal_person_search_get_type ())
G_DECLARE_FINAL_TYPE (BalPersonSearch, bal_person_search, BAL, PERSON_SEARCH, GtkWidget)

/* @without: who is not offered. Begins anew. */
void bal_person_search_begin (BalPersonSearch *self,
                              BalStore        *store,
                              gint64           without);

G_END_DECLS
