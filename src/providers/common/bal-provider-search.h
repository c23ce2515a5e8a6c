/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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

void             bal_search_clear           (BalSearch  *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BalSearch, bal_search_clear)

/* (transfer full): the addresses to try, best first; none where it is no address. (element-type utf8) */
GPtrArray       *bal_search_starting_points (const char *typed);
/* (transfer full) (nullable): the address, on https unless it leads to this computer */
char            *bal_search_secure          (const char *url);
/* (nullable): follows redirects, to other servers too, but never away from https */
BalHttpResponse *bal_search_fetch           (BalSearch  *self,
                                             const char *url);

G_END_DECLS
