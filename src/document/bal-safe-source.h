/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is read at most once pictures written into the HTML are out of it. */
#define BAL_SAFE_SOURCE_MOST (8 * 1024 * 1024)

/**
 * bal_safe_source_dup:
 * @html: what a clipboard holds: UTF-8 or UTF-16, perhaps with Windows' header before it
 * @length: bytes
 * @cut: (out) (optional): whether it is longer than that all the same, and its end is left out
 *
 * Returns: (transfer full): valid UTF-8 without NUL, of about %BAL_SAFE_SOURCE_MOST bytes at
 *   most; of a longer one, `data:` addresses are emptied first
 */
char *bal_safe_source_dup (const char *html,
                           gsize       length,
                           gboolean   *cut);

G_END_DECLS
