/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-connection.h"

G_BEGIN_DECLS

/* "Balc": says that a database file is Balcony's. */
#define BAL_APPLICATION_ID 0x42616c63

/* Since this version the text indexes hold the words that bal-search-words.h tells apart today; older ones can't be checked,
 * and are made anew anyway. */
#define BAL_TEXT_VERSION 3

/* Whether the file is Balcony's and no newer than this program. */
gboolean bal_migrations_check (BalConnection  *connection,
                               GError        **error);
/* Brings the schema up to date, each step in one transaction. A newer one is refused untouched. */
gboolean bal_migrations_run   (BalConnection  *connection,
                               GError        **error);
int      bal_migrations_get_version (void);

G_END_DECLS
