/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-fixture.h"

#include <adwaita.h>

/* What the tests of the windows for import and export have in common. */

/* (transfer full) (element-type BalBlog) */
GPtrArray *fixture_list_blogs (Fixture    *fixture);
/* Whether a label that can be seen has these words. */
gboolean   shows_words        (GtkWidget  *root,
                               const char *words);
void       wait_for_words     (GtkWidget  *root,
                               const char *words);
/* Closes it, and lets everything end that was begun. */
void       close_exchange     (GtkWindow  *window);
