/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-version.h"

G_BEGIN_DECLS

/* A version in the list: when, why, and how many words. */
#define BAL_TYPE_VERSION_ROW (bal_version_row_get_type ())
G_DECLARE_FINAL_TYPE (BalVersionRow, bal_version_row, BAL, VERSION_ROW, GtkWidget)

GtkWidget *bal_version_row_new      (void);
/* (nullable): NULL: none any more. */
void       bal_version_row_set_version (BalVersionRow *self,
                                        BalVersion    *version);

G_END_DECLS
