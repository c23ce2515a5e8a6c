/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*HostileFunc) (const char *html,
                             gpointer    data);

/* Calls @func for each vector of the hostile collections: each line, and each string of a JSON file.
 * Returns how many there were: none where the collections are absent. */
guint    hostile_foreach      (HostileFunc  func,
                               gpointer     data);
/* Characters that no widget may get: controls and what turns text around. */
gboolean hostile_is_forbidden (gunichar     c);

G_END_DECLS
