/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bal_language_get_name:
 * @tag: a language as dictionaries call it, such as "en_US"
 *
 * Returns: (transfer full): its name in the person's language, "English (United States)"; the
 *   parts that have none here as they are in @tag
 */
char *bal_language_get_name (const char *tag);

G_END_DECLS
