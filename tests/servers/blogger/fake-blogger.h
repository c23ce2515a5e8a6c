/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <jansson.h>

G_BEGIN_DECLS

/*
 * A blog behind Blogger's API v3 on the loopback address, on a thread of its own, with the habits that lose rows or
 * words: short pages, members that are left out, times in two spellings, newlines that become <br />, drafts that only
 * authors see, errors that tell the quota in their body.
 */
typedef struct _FakeBlogger FakeBlogger;

typedef enum
{
  FAKE_BLOGGER_FINE,
  FAKE_BLOGGER_UNAUTHORIZED,
  FAKE_BLOGGER_RATE_LIMIT,       /* 403 rateLimitExceeded */
  FAKE_BLOGGER_DAILY_LIMIT,      /* 403 dailyLimitExceeded */
  FAKE_BLOGGER_TOO_MANY,         /* 429 with Retry-After */
  FAKE_BLOGGER_FORBIDDEN,        /* 403 forbidden */
  FAKE_BLOGGER_SWITCHED_OFF,     /* 403 accessNotConfigured */
  FAKE_BLOGGER_NOT_FOUND,
  FAKE_BLOGGER_BACKEND,          /* 503 backendError, not carried out */
  FAKE_BLOGGER_GATEWAY,          /* 504 without JSON, carried out */
  FAKE_BLOGGER_LOST,             /* the connection breaks before it is carried out */
  FAKE_BLOGGER_LOST_AFTER,       /* … and after */
  FAKE_BLOGGER_GARBLED_AFTER,    /* carried out, and half of the answer comes */
} FakeBloggerFault;

/* @op is the name in Google's description ("posts.insert"). On the server's thread, with its lock held. */
typedef FakeBloggerFault (*FakeBloggerFaultFunc) (FakeBlogger *server,
                                                  const char  *op,
                                                  gpointer     data);

typedef enum
{
  FAKE_BLOGGER_KEEPS_NEWLINES    = 1 << 0,   /* else each becomes <br /> */
  FAKE_BLOGGER_NO_LIST_BY_BLOG   = 1 << 1,   /* comments.listByBlog answers 404, as it did for years */
  FAKE_BLOGGER_DRAFT_PUT_FAILS   = 1 << 2,   /* PUT of a draft answers 404 */
} FakeBloggerQuirks;

/* What the service does at which people sign in. Each lasts until the next. */
typedef enum
{
  FAKE_BLOGGER_GRANTS,
  FAKE_BLOGGER_DENIES,           /* the person says no in the browser */
  FAKE_BLOGGER_FORGETS_STATE,    /* the browser comes back with another state */
  FAKE_BLOGGER_GRANTS_LESS,      /* without the right to manage blogs */
  FAKE_BLOGGER_GRANTS_ONCE,      /* no refresh token */
  FAKE_BLOGGER_IS_DOWN,          /* 503 at the token endpoint */
  FAKE_BLOGGER_ROTATES,          /* each refresh brings another refresh token, and the old one is worth nothing */
} FakeBloggerConsent;

FakeBlogger *fake_blogger_new              (guint                 port);       /* 0: any */
void         fake_blogger_free             (FakeBlogger          *self);
/* "http://127.0.0.1:PORT" */
const char  *fake_blogger_get_root         (FakeBlogger          *self);
const char  *fake_blogger_get_blog_id      (FakeBlogger          *self);
void         fake_blogger_set_token        (FakeBlogger          *self,
                                            const char           *token);
/* "ADMIN", "AUTHOR" or "READER" */
void         fake_blogger_set_consent      (FakeBlogger          *self,
                                            FakeBloggerConsent    consent);
/* As if the person, or seven days in "Testing", had taken all grants back. */
void         fake_blogger_revoke_grants    (FakeBlogger          *self);
/* The token that requests carry stops being good; the next refresh brings another. */
void         fake_blogger_expire_token     (FakeBlogger          *self);
/* What a keyring would have after signing in; (transfer full) */
char        *fake_blogger_dup_secret       (FakeBlogger          *self);
void         fake_blogger_set_role         (FakeBlogger          *self,
                                            const char           *role);
void         fake_blogger_set_quirks       (FakeBlogger          *self,
                                            FakeBloggerQuirks     quirks);
/* Not more rows on a page than this, whatever was asked for; 500 at first. */
void         fake_blogger_set_page_cap     (FakeBlogger          *self,
                                            guint                 cap);
void         fake_blogger_set_fault        (FakeBlogger          *self,
                                            FakeBloggerFaultFunc  func,
                                            gpointer              data);
/* Prefix of an op; NULL: all. */
guint        fake_blogger_count_calls      (FakeBlogger          *self,
                                            const char           *op);
void         fake_blogger_forget_calls     (FakeBlogger          *self);
guint        fake_blogger_get_n_posts      (FakeBlogger          *self);

/* What happens on blogger.com meanwhile. @published 0: now. (transfer full): the id. */
char        *fake_blogger_add_post         (FakeBlogger          *self,
                                            const char           *title,
                                            const char           *content,
                                            const char           *status,
                                            gint64                published);
/* NULL: leave as it is. */
void         fake_blogger_edit_post        (FakeBlogger          *self,
                                            const char           *id,
                                            const char           *title,
                                            const char           *content,
                                            const char           *status);
void         fake_blogger_remove_post      (FakeBlogger          *self,
                                            const char           *id);
/* What was scheduled for the past is published, which moves no time of change. */
void         fake_blogger_let_appear       (FakeBlogger          *self,
                                            const char           *id);
/* @author NULL: the blogger's own. @parent: (nullable). */
char        *fake_blogger_add_comment      (FakeBlogger          *self,
                                            const char           *post_id,
                                            const char           *parent_id,
                                            const char           *author,
                                            const char           *content,
                                            const char           *status,
                                            gint64                published);
void         fake_blogger_moderate         (FakeBlogger          *self,
                                            const char           *comment_id,
                                            const char           *status);
void         fake_blogger_remove_comment   (FakeBlogger          *self,
                                            const char           *comment_id);
/* (transfer full) (nullable): the whole resource */
json_t      *fake_blogger_dup_post         (FakeBlogger          *self,
                                            const char           *id);
json_t      *fake_blogger_dup_comment      (FakeBlogger          *self,
                                            const char           *id);
/* (transfer full) (nullable): id of the one post with that title */
char        *fake_blogger_find_title       (FakeBlogger          *self,
                                            const char           *title,
                                            guint                *n_found);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeBlogger, fake_blogger_free)

G_END_DECLS
