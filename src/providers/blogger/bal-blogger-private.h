/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-json-exchange.h"
#include "bal-oauth.h"
#include "bal-provider-common.h"
#include "bal-provider.h"

G_BEGIN_DECLS

/*
 * Blogger through its API v3. Facts are those of Google's description of it (revision 20260309) unless a comment
 * names another source.
 *
 * A comment is only reached through its post, so that its id here is "POST/COMMENT".
 */

#define BAL_TYPE_BLOGGER (bal_blogger_get_type ())
G_DECLARE_FINAL_TYPE (BalBlogger, bal_blogger, BAL, BLOGGER, GObject)

struct _BalBlogger
{
  GObject           parent_instance;

  BalBlog          *blog;
  BalHttpClient    *http;
  BalOAuthService  *service;
  BalOAuthGrant    *grant;

  GPtrArray        *threads;     /* (nullable): posts with comments, where they are listed one by one */
};

/* ---- addresses and exchanges (bal-blogger-request.c) --------------------------------------------- */

/* What stands in front of "blogs/…": "https://blogger.googleapis.com/v3/". */
char            *bal_blogger_dup_root          (void);
BalOAuthService *bal_blogger_get_service       (void);
/* An answer with 200. @path: below the blog; with a leading "/", below the API's root. @query: (nullable), encoded. */
json_t          *bal_blogger_read              (BalBlogger        *self,
                                                const char        *path,
                                                const char        *query,
                                                BalHttpResponse  **response,
                                                GCancellable      *cancellable,
                                                GError           **error);
/* What a method that writes answers: the resource, or an empty object. LOST_ANSWER when it may have been carried out. */
json_t          *bal_blogger_write             (BalBlogger        *self,
                                                const char        *method,
                                                const char        *path,
                                                const char        *query,
                                                json_t            *body,
                                                GCancellable      *cancellable,
                                                GError           **error);
gboolean         bal_blogger_can               (BalBlogger        *self,
                                                BalCapabilities    capability);
/* ADMIN or AUTHOR: what the account is to this blog */
const char      *bal_blogger_get_view          (BalBlogger        *self);

/* ---- listings (bal-blogger-page.c) --------------------------------------------------------------- */

/* Where a listing stands; what a cursor says. */
typedef struct
{
  guint   phase;
  char   *mark;                  /* (nullable): kept from the first page to the last */
  char   *place;                 /* (nullable): within the phase */
  char   *token;                 /* (nullable): of the next page */
} BalBloggerPlace;

void             bal_blogger_place_read        (BalBloggerPlace   *self,
                                                const char        *cursor);
char            *bal_blogger_place_write       (const BalBloggerPlace *self);
void             bal_blogger_place_clear       (BalBloggerPlace   *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BalBloggerPlace, bal_blogger_place_clear)
/* One page; moves @place's token on. Keeps the server's time as the mark of the first. @query: without page token. */
json_t          *bal_blogger_read_page         (BalBlogger        *self,
                                                const char        *path,
                                                const char        *query,
                                                BalBloggerPlace   *place,
                                                GCancellable      *cancellable,
                                                GError           **error);
/* "&name=TIME" of @seconds before the time @since, or nothing */
void             bal_blogger_add_time          (GString           *query,
                                                const char        *name,
                                                const char        *since,
                                                gint64             seconds);

/* ---- what stands in the JSON (bal-blogger-json.c) ------------------------------------------------ */

BalReview       *bal_blogger_parse_review      (BalBlogger        *self,
                                                const json_t      *post,
                                                GError           **error);
/* Id, revision, status and time of modification. NULL when it has no id. */
BalReview       *bal_blogger_parse_light_review (const json_t     *post);
BalComment      *bal_blogger_parse_comment     (BalBlogger        *self,
                                                const json_t      *comment,
                                                GError           **error);
BalComment      *bal_blogger_parse_light_comment (const json_t    *comment);
/* int64 is a string in Google's JSON, int32 a number; both are read. */
gint64           bal_blogger_get_number        (const json_t      *object,
                                                const char        *name);
/* (nullable): an id; it is decimal, and nothing else gets into an address. */
const char      *bal_blogger_get_id            (const json_t      *object);
gint64           bal_blogger_get_time          (const json_t      *object,
                                                const char        *name);

/* ---- HTML (bal-blogger-html.c) ------------------------------------------------------------------- */

/* (transfer full): reads the same, without newlines, which Blogger turns into <br />. */
char            *bal_blogger_flatten           (const char        *html);
/* (transfer full): with the key of a create behind it, where no reader sees it */
char            *bal_blogger_add_key           (const char        *html,
                                                const char        *key);
/* (transfer full): without; *@key (out) (optional) (nullable) (transfer full) */
char            *bal_blogger_strip_key         (const char        *html,
                                                char             **key);

/* ---- the provider's calls ------------------------------------------------------------------------ */

BalBlog         *bal_blogger_discover        (const char *url, BalHttpClient *http, GCancellable *cancellable, GError **error);
/* Fills in which of the account's blogs this is, and returns the account's role there. */
char            *bal_blogger_find_role       (BalBlogger *self, BalBlog *blog, GCancellable *cancellable, GError **error);

BalPage         *bal_blogger_list_reviews    (BalProvider *provider, const char *since, const char *cursor, GCancellable *cancellable, GError **error);
BalPage         *bal_blogger_sweep_reviews   (BalProvider *provider, const char *cursor, GCancellable *cancellable, GError **error);
BalReview       *bal_blogger_get_review      (BalProvider *provider, const char *remote_id, GCancellable *cancellable, GError **error);
json_t          *bal_blogger_get_post        (BalBlogger *self, const char *remote_id, GCancellable *cancellable, GError **error);
BalReview       *bal_blogger_find_review     (BalProvider *provider, BalReview *review, GCancellable *cancellable, GError **error);
BalReview       *bal_blogger_create_review   (BalProvider *provider, BalReview *review, GCancellable *cancellable, GError **error);
BalReview       *bal_blogger_put_review      (BalProvider *provider, BalReview *review, BalReview *base, GCancellable *cancellable, GError **error);
gboolean         bal_blogger_delete_review   (BalProvider *provider, const char *remote_id, GCancellable *cancellable, GError **error);

BalPage         *bal_blogger_list_comments   (BalProvider *provider, const char *since, const char *cursor, GCancellable *cancellable, GError **error);
BalPage         *bal_blogger_sweep_comments  (BalProvider *provider, const char *cursor, GCancellable *cancellable, GError **error);
BalComment      *bal_blogger_get_comment     (BalProvider *provider, const char *remote_id, GCancellable *cancellable, GError **error);
BalComment      *bal_blogger_put_comment     (BalProvider *provider, BalComment *comment, BalComment *base, GCancellable *cancellable, GError **error);
gboolean         bal_blogger_delete_comment  (BalProvider *provider, const char *remote_id, GCancellable *cancellable, GError **error);
/* "posts/P/comments/C" of "P/C"; NULL with NOT_FOUND when it is none */
char            *bal_blogger_comment_path    (const char *remote_id, GError **error);
/* A page of comments where the blog lists them post by post alone; @is_light: ids and states. (bal-blogger-threads.c) */
BalPage         *bal_blogger_list_threads    (BalBlogger *self, const char *since, BalBloggerPlace *place, gboolean is_light,
                                              GCancellable *cancellable, GError **error);
/* Adds the comments of a listing to a page. */
gboolean         bal_blogger_fill_comments   (BalBlogger *self, BalPage *page, const json_t *list, gboolean is_light, GError **error);

G_END_DECLS
