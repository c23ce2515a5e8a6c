/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-blog.h"
#include "bal-http-client.h"

G_BEGIN_DECLS

/* How providers look for the blog at an address that a person typed. Nothing secret is sent. */
typedef struct
{
  BalHttpClient *http;
  GCancellable  *cancellable;
  GError        *unreachable;        /* (nullable): why a server gave no answer */
  gboolean       gave_up;            /* one took so long that nothing more is asked */
} BalSearch;

/* (transfer full) (nullable): the address, on https unless it leads to this computer */
char            *bal_search_secure          (const char *url);
/* Looks for a blog on one page. (transfer full) (nullable): NULL without it. */
typedef BalBlog *(*BalSearchPage) (BalSearch  *self,
                                   const char *url);

/* (transfer full) (nullable): the first that @look finds where @typed may lead to. NULL with @error: it was given up, or a server
 * could not be asked; NULL without: there is none. */
BalBlog         *bal_search_pages           (const char    *typed,
                                             BalHttpClient *http,
                                             BalSearchPage  look,
                                             GCancellable  *cancellable,
                                             GError       **error);
/* (nullable): follows redirects, to other servers too, but never away from https */
BalHttpResponse *bal_search_fetch           (BalSearch  *self,
                                             const char *url);

G_END_DECLS
