/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-blogger.h"

#include "soup-thread.h"

G_BEGIN_DECLS

struct _FakeBlogger
{
  GMutex                mutex;
  SoupThread           *thread;

  char                 *root;
  char                 *token;
  char                 *role;
  FakeBloggerQuirks     quirks;
  guint                 page_cap;
  FakeBloggerFaultFunc  fault;
  gpointer              fault_data;
  GHashTable           *calls;          /* op -> number */

  FakeBloggerConsent    consent;
  char                 *refresh_token;
  char                 *code;           /* (nullable): given out and not redeemed */
  char                 *challenge;
  char                 *redirect_uri;
  guint                 n_tokens;

  json_t               *posts;          /* id -> resource */
  json_t               *comments;       /* id -> resource */
  gint64                last_id;
  gint64                last_time;      /* microseconds: no two changes happen at once */
};

/* One request as the API sees it, and the answer. */
typedef struct
{
  FakeBlogger *server;
  const char  *method;
  char       **path;            /* what follows /v3/, unescaped */
  GPtrArray   *query;           /* name, value, name, value … */
  json_t      *body;            /* (nullable) */
  gboolean     is_signed_in;
  guint        status;
  json_t      *answer;          /* (nullable) */
  GHashTable  *n_replies;       /* (nullable): of each post, as soon as somebody asks */
} FakeBloggerCall;

/* (nullable): the first of that name */
const char  *fake_blogger_param      (FakeBloggerCall *self,
                                      const char      *name);
gboolean     fake_blogger_flag       (FakeBloggerCall *self,
                                      const char      *name,
                                      gboolean         fallback);
/* Whether one of the values of @name is @value. */
gboolean     fake_blogger_asks_for   (FakeBloggerCall *self,
                                      const char      *name,
                                      const char      *value);
/* A time, in microseconds. */
gint64       fake_blogger_bound      (FakeBloggerCall *self,
                                      const char      *name,
                                      gint64           fallback);
void         fake_blogger_fail       (FakeBloggerCall *self,
                                      guint            status,
                                      const char      *reason,
                                      const char      *message);
/* Takes the part of the resources that ?fields= names. */
json_t      *fake_blogger_select     (const json_t    *value,
                                      const char      *fields);
/* READER, AUTHOR or ADMIN, as asked for and allowed; NULL: refused, and said so */
const char  *fake_blogger_view       (FakeBloggerCall *self);
/* A page of @rows (taken), ordered as they are. */
void         fake_blogger_answer_page (FakeBloggerCall *self,
                                      const char      *kind,
                                      json_t          *rows);

/* Orders resources by a time, those of the same time by their ids. */
void         fake_blogger_sort       (GPtrArray       *resources,
                                      const char      *name,
                                      gboolean         ascending);
/* Microseconds since 1970; later than every one before. */
gint64       fake_blogger_now        (FakeBlogger     *self);
char        *fake_blogger_new_id     (FakeBlogger     *self);
/* RFC 3339, in one of the two spellings. */
json_t      *fake_blogger_time       (gint64           time_us,
                                      gboolean         is_local);
gint64       fake_blogger_time_of    (const json_t    *object,
                                      const char      *name);
char        *fake_blogger_store_html (FakeBlogger     *self,
                                      const char      *html);
json_t      *fake_blogger_make_post  (FakeBlogger     *self,
                                      const char      *title,
                                      const char      *content,
                                      const char      *status,
                                      gint64           published_us);
void         fake_blogger_touch      (FakeBlogger     *self,
                                      json_t          *post);

/* Requests about signing in. */
void         fake_blogger_sign_in_cb   (SoupServer        *soup,
                                        SoupServerMessage *message,
                                        const char        *path,
                                        GHashTable        *query,
                                        gpointer           data);

/* The methods. The lock is held; @op (out): its name. */
void         fake_blogger_run_posts    (FakeBloggerCall *self, const char **op, gboolean act);
void         fake_blogger_run_comments (FakeBloggerCall *self, const char **op, gboolean act);

G_END_DECLS
