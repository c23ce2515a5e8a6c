/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-provider.h"
#include "raw-server.h"

G_BEGIN_DECLS

/*
 * A blog that says what a test wrote down: rules are tried in order, a request that no rule fits gets a 599.
 */
typedef struct
{
  const char *method;            /* NULL: any */
  const char *target;            /* a part of path and query; NULL: any */
  guint       status;
  const char *headers;           /* (nullable): lines that end in CR LF */
  const char *body;              /* "@" stands for the server's address; NULL: the connection breaks off */
  guint       times;             /* 0: always */
} Rule;

typedef struct
{
  RawServer     *server;
  char          *address;
  BalHttpClient *http;
  BalBlog       *blog;
  BalProvider   *provider;
  Rule          *rules;
  guint          n_rules;
} Script;

/* @rules are copied. */
Script   *script_new          (const Rule *rules,
                               guint       n_rules);
void      script_free         (Script     *self);
/* Requests whose head begins with "METHOD" and whose target contains @target. */
guint     script_count        (Script     *self,
                               const char *method,
                               const char *target);
/* Body of the last such request. (transfer full) (nullable) */
char     *script_last_body    (Script     *self,
                               const char *method,
                               const char *target);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Script, script_free)

/* A post or comment as the API has it. @more: further members with a leading comma, or "". */
#define POST(id, status, more) \
  "{\"id\":" id ",\"date_gmt\":\"2019-05-30T18:04:00\",\"modified_gmt\":\"2020-01-02T03:04:05\",\"slug\":\"a-slug\"," \
  "\"status\":\"" status "\",\"link\":\"https://example.org/a\",\"title\":{\"raw\":\"T\"},\"content\":{\"raw\":\"C\"}," \
  "\"excerpt\":{\"raw\":\"\"},\"featured_media\":0,\"categories\":[1],\"tags\":[]" more "}"
#define COMMENT(id, status) \
  "{\"id\":" id ",\"post\":7,\"parent\":0,\"author\":0,\"author_name\":\"A\",\"author_url\":\"\",\"author_email\":\"\"," \
  "\"author_ip\":\"192.0.2.1\",\"author_user_agent\":\"U\",\"date_gmt\":\"2019-05-30T18:04:00\"," \
  "\"content\":{\"raw\":\"C\",\"rendered\":\"<p>C</p>\"},\"status\":\"" status "\",\"link\":\"\"}"
#define CATEGORY_RULE { "GET", "/wp/v2/categories", 200, NULL, "[{\"id\":1,\"name\":\"Uncategorized\"}]", 0 }

G_END_DECLS
