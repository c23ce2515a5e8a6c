/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bal_safe_links_list:
 * @html: (nullable): hostile HTML of any size
 *
 * Where the links of @html lead, also those of which a reader sees nothing. For looking at, not for following:
 * that is what bal_safe_link() is for.
 *
 * Returns: (transfer full) (element-type utf8): the targets as they stand there, entities decoded, valid UTF-8
 */
GPtrArray *bal_safe_links_list (const char *html);

/**
 * bal_safe_links_any:
 * @html: (nullable): hostile HTML of any size
 *
 * Returns: whether it has a link, or names an address that a person could follow without one
 */
gboolean   bal_safe_links_any  (const char *html);

G_END_DECLS
