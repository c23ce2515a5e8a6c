/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-http-client.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

struct _BalHttpRequest
{
  const char         *method;         /* static: one of the few that are known */
  GUri               *uri;
  SoupMessageHeaders *headers;
  char               *content_type;   /* NULL without a body */
  GBytes             *body;
};

struct _BalHttpResponse
{
  guint               status;
  SoupMessageHeaders *headers;
  GBytes             *body;
  gsize               size;
  char               *url;
};

BalHttpRequest  *bal_http_request_copy       (BalHttpRequest     *self);
gboolean         bal_http_request_is_write   (BalHttpRequest     *self);
/* Parses an absolute address or, with @base, a reference; checks scheme, host and privacy. */
GUri            *bal_http_uri_parse          (GUri               *base,
                                              const char         *url,
                                              GError            **error);
gboolean         bal_http_uri_same_origin    (GUri               *a,
                                              GUri               *b);
BalHttpResponse *bal_http_response_new       (guint               status,
                                              SoupMessageHeaders *headers,
                                              GBytes             *body,
                                              GUri               *uri);

G_END_DECLS
