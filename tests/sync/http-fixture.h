/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-error.h"
#include "bal-http-client.h"
#include "raw-server.h"

G_BEGIN_DECLS

/* The password of every request, and what its header becomes. */
#define SECRET        "canary-7f3a"
#define SECRET_HEADER "Y3JpdGljOmNhbmFyeS03ZjNh"

BalHttpRequest  *http_request_new  (const char     *method,
                                    const char     *url);
/* Writes have a small JSON body. */
BalHttpResponse *http_send_to      (BalHttpClient  *client,
                                    RawServer      *server,
                                    const char     *method,
                                    const char     *target,
                                    GError        **error);
/* With a deadline of a second and a bound of 4 MiB. */
void             http_assert_fails (RawServer      *server,
                                    const char     *method,
                                    const char     *target,
                                    BalError        code);
/* A handler that says what @user_data is, and then a byte now and then, without end. */
gboolean         http_drip         (RawServer      *server,
                                    RawRequest     *request,
                                    GOutputStream  *output,
                                    gpointer        user_data);

G_END_DECLS
