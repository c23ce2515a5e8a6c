/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-http-client.h"

G_BEGIN_DECLS

/* Where a page says that a blog's API is. All (transfer full), (element-type utf8), absolute addresses, not checked. */

/* From the Link header and the <link> elements; @rsd (out) (nullable): its description for older programs. */
GPtrArray *bal_wordpress_links_in_page (BalHttpResponse *page,
                                        char           **rsd);
GPtrArray *bal_wordpress_links_in_rsd  (BalHttpResponse *rsd);
/* /wp-json/ and /?rest_route=/ of the page's folders, the blog's root among them. */
GPtrArray *bal_wordpress_usual_roots   (const char      *url);
/* (nullable): @reference made absolute */
char      *bal_wordpress_resolve       (const char      *base,
                                        const char      *reference);
/* A root to which paths can be added: ends in "/". */
char      *bal_wordpress_clean_root    (const char      *url);

G_END_DECLS
