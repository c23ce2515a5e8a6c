/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-provider.h"

/* What the tests of all kinds of blogs do with a provider. */

typedef BalPage *(*ProviderList) (BalProvider   *provider,
                                  const char    *since,
                                  const char    *cursor,
                                  GCancellable  *cancellable,
                                  GError       **error);

/* (transfer full) (element-type BalReview or BalComment): all pages of a listing; @watermark: (inout) (optional): the new
 * one takes its place; it may be @since. */
GPtrArray *provider_list_all   (BalProvider      *provider,
                                ProviderList      list,
                                const char       *since,
                                char            **watermark);
/* (transfer full): not on a blog yet, with a key of its own. */
BalReview *provider_new_review (const char       *title,
                                const char       *html,
                                BalReviewStatus   status);
