/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-http-client.h"
#include "bal-json.h"
#include "bal-review.h"
#include "bal-tables.h"

G_BEGIN_DECLS

/* What the providers that speak JSON over HTTP share. */

/* (transfer full) (nullable): a string with each NUL turned into U+FFFD, as browsers show it */
char     *bal_provider_dup_text     (const json_t       *object,
                                     const char         *name);
/* Sets a member to a text; NULL counts as empty. */
void      bal_provider_set_text     (json_t             *object,
                                     const char         *name,
                                     const char         *text);
/* FALSE with INVALID when one of these (nullable) texts is no UTF-8. */
gboolean  bal_provider_check_texts  (GError            **error,
                                     const char *const  *texts,
                                     gsize               n_texts);
/* FALSE with PROTOCOL when one of these (nullable) texts is longer than any title, name or address. */
gboolean  bal_provider_check_short  (GError            **error,
                                     const char *const  *texts,
                                     gsize               n_texts);
/* The letters and digits of a text without its markup: equal for what a server merely rewrote. */
char     *bal_provider_fingerprint  (const char         *html);
/* NULL counts as empty. */
gboolean  bal_provider_texts_differ (const char         *a,
                                     const char         *b);
gboolean  bal_provider_names_differ (const char *const  *a,
                                     const char *const  *b);
/* Whether its text is long enough to be known by. */
gboolean  bal_provider_has_fingerprint (BalReview       *review);
/* Whether a post with this title and text is what @review became; never for one without a fingerprint. */
gboolean  bal_provider_is_twin      (BalReview          *review,
                                     const char         *title,
                                     const char         *html);
/* (transfer full): what an upload calls the file: ASCII with an ending, nothing that a header could not hold */
char     *bal_provider_file_name    (const BalMedia     *media);
/* Whether a picture's address may go into a text. */
gboolean  bal_provider_is_picture_address (const char   *url);
/* PROTOCOL: an answer is not what it should be. */
void      bal_provider_set_malformed (GError           **error);
/* @cause: (nullable): whose pause it takes over */
GError   *bal_provider_lost_answer  (const GError       *cause);
/* How a delete that was @done or has @failed (nullable) (transfer full) ends: what is not there needs no deleting. */
gboolean  bal_provider_end_delete   (gboolean            done,
                                     GError             *failed,
                                     GError            **error);
/* The server's clock, not the newest time of modification: that may lie in the future. NULL: it has none. */
char     *bal_provider_server_time  (BalHttpResponse    *response);

G_END_DECLS
