/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bal-store.h"

G_BEGIN_DECLS

/* Backups by hand: the dialogs that ask, wait and tell. */

typedef void (*BalBackupChosen) (gpointer    data,
                                 const char *path);

/* Asks for a file, and makes a backup of @store there. */
void bal_backup_dialog_make    (GtkWindow       *parent,
                                BalStore        *store);
/* Asks for a backup, says what it replaces, and calls @chosen when that is wanted and @owner is alive. The chooser
 * begins among the backups of @data_dir. */
void bal_backup_dialog_restore (GtkWindow       *parent,
                                const char      *data_dir,
                                BalBackupChosen  chosen,
                                GObject         *owner);
/* Tells that something failed, unless it was cancelled. */
void bal_backup_dialog_tell    (GtkWindow       *parent,
                                const char      *heading,
                                const GError    *error);
/* Tells when a picture of @store is missing or damaged. */
void bal_backup_dialog_check   (GtkWindow       *parent,
                                BalStore        *store);

G_END_DECLS
