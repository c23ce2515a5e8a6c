/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bal-person-table.h"

G_BEGIN_DECLS

/**
 * BalPersonNames:
 *
 * The names that a commenter goes by. `split` (gint64) asks to make one of them somebody of its own, `merge` (gint64) to
 * take somebody in.
 */
#define BAL_TYPE_PERSON_NAMES (bal_person_names_get_type ())
G_DECLARE_FINAL_TYPE (BalPersonNames, bal_person_names, BAL, PERSON_NAMES, GtkWidget)

/* @names: (element-type BalPerson): that of the commenter first, as bal_person_table_list_aliases() gives them */
void  bal_person_names_show          (BalPersonNames  *self,
                                      BalStore        *store,
                                      GPtrArray       *names);

/* (transfer full): safe to show */
char *bal_person_names_dup_name      (const BalPerson *person);
/* (transfer full): e-mail and web address, or that there is none; safe to show */
char *bal_person_names_dup_addresses (const BalPerson *person);

G_END_DECLS
