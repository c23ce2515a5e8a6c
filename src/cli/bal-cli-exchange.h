/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-cli.h"
#include "bal-notes.h"
#include "bal-progress.h"

G_BEGIN_DECLS

/* What bringing in and writing out have in common. */

/* (transfer full) (nullable): the blog of --blog, or the only one. INVALID when that is not clear. */
BalBlog         *bal_cli_read_blog       (BalCli    *self,
                                          GError   **error);
/* (nullable): what shows on a terminal how far it is; NULL where nobody looks. */
BalProgressFunc  bal_cli_get_progress    (BalCli    *self);
/* Ends the line of bal_cli_get_progress(). */
void             bal_cli_end_progress    (BalCli    *self);
gboolean         bal_cli_print_notes     (BalNotes  *notes,
                                          GError   **error);
/* (transfer full) (nullable): an array. */
json_t          *bal_cli_notes_to_json   (BalNotes  *notes,
                                          GError   **error);

G_END_DECLS
