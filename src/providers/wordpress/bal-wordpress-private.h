/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-json-exchange.h"
#include "bal-provider-common.h"
#include "bal-provider.h"

G_BEGIN_DECLS

/*
 * WordPress through its REST API (wp/v2). Facts about it were taken from WordPress 6.1, and hold
 * for 6.8 and 7.1 too unless said otherwise.
 */

#define BAL_TYPE_WORDPRESS (bal_wordpress_get_type ())
G_DECLARE_FINAL_TYPE (BalWordpress, bal_wordpress, BAL, WORDPRESS, GObject)

typedef enum
{
  BAL_WORDPRESS_CATEGORIES,
  BAL_WORDPRESS_TAGS,
} BalWordpressTaxonomy;

#define BAL_WORDPRESS_N_TAXONOMIES 2
#define BAL_WORDPRESS_PAGE_SIZE    100

struct _BalWordpress
{
  GObject        parent_instance;

  BalBlog       *blog;
  BalHttpClient *http;
  char          *password;

  /* Names by id, as far as they were needed. */
  GHashTable    *terms[BAL_WORDPRESS_N_TAXONOMIES];
  gboolean       all_categories;

  /* The next page of a listing, asked for before anybody wanted it. */
  BalHttpCall   *ahead;
  char          *ahead_url;
};

/* ---- addresses and exchanges (bal-wordpress-request.c) ------------------------------------------- */

/* @root ends in "/", or in "?rest_route=/"; @query (nullable) is encoded already. */
char            *bal_wordpress_url             (const char        *root,
                                                const char        *path,
                                                const char        *query);
BalHttpRequest  *bal_wordpress_request         (BalWordpress      *self,
                                                const char        *method,
                                                const char        *url,
                                                GError           **error);
/* One exchange; any answer of the server is a success here. @body: (nullable). @value: (out) (nullable): its JSON, NULL when it has none. */
BalHttpResponse *bal_wordpress_exchange        (BalWordpress      *self,
                                                const char        *method,
                                                const char        *path,
                                                const char        *query,
                                                json_t            *body,
                                                json_t           **value,
                                                GCancellable      *cancellable,
                                                GError           **error);
/* GET that must answer 200 with JSON. @response: (out) (optional). */
json_t          *bal_wordpress_read            (BalWordpress      *self,
                                                const char        *path,
                                                const char        *query,
                                                BalHttpResponse  **response,
                                                GCancellable      *cancellable,
                                                GError           **error);
/* A write that must answer 2xx with a JSON object; LOST_ANSWER when it may have been carried out. */
json_t          *bal_wordpress_write           (BalWordpress      *self,
                                                const char        *method,
                                                const char        *path,
                                                const char        *query,
                                                json_t            *body,
                                                GCancellable      *cancellable,
                                                GError           **error);
/* The same for a request that is made already. */
json_t          *bal_wordpress_send            (BalWordpress      *self,
                                                BalHttpRequest    *request,
                                                GCancellable      *cancellable,
                                                GError           **error);
/* What an answer that is not a success means. @value: (nullable): its JSON. */
void             bal_wordpress_set_error       (BalHttpResponse   *response,
                                                json_t            *value,
                                                gboolean           is_write,
                                                GError           **error);
guint            bal_wordpress_header_number   (BalHttpResponse   *response,
                                                const char        *name,
                                                guint              fallback);
gboolean         bal_wordpress_can             (BalWordpress      *self,
                                                BalCapabilities    capability);

/* ---- listings (bal-wordpress-page.c) ------------------------------------------------------------- */

/* Where a listing stands; what a cursor says. */
typedef struct
{
  guint   phase;
  guint   page;                  /* of that size, from 1 on */
  guint   size;                  /* rows of a page: 100, less where texts are long */
  guint   total;                 /* of the page before; a fall means that rows moved up */
  char   *mark;                  /* (nullable): kept from the first page to the last */
} BalWordpressPlace;

void             bal_wordpress_place_read      (BalWordpressPlace *self,
                                                const char        *cursor);
char            *bal_wordpress_place_write     (const BalWordpressPlace *self);
void             bal_wordpress_place_clear     (BalWordpressPlace *self);
/* Where a listing is asked for; @since: (nullable). */
typedef char  *(*BalWordpressAddress)          (BalWordpress            *self,
                                                const char              *since,
                                                const BalWordpressPlace *place);

/* Moves on to what comes after the page just read. FALSE: that was the last one. */
gboolean         bal_wordpress_place_advance   (BalWordpressPlace *self,
                                                BalHttpResponse   *response,
                                                gsize              n_items,
                                                gsize              max_bytes);
/* One page of a listing, of fewer rows where an answer would be too large, as @place then says. (transfer full): an array */
json_t          *bal_wordpress_read_page       (BalWordpress        *self,
                                                BalWordpressAddress  address,
                                                const char          *since,
                                                BalWordpressPlace   *place,
                                                BalHttpResponse    **response,
                                                GCancellable        *cancellable,
                                                GError             **error);
/* The page of a sweep at @cursor; @page gets what it says of the whole, and the cursor of the next one. (transfer full): an
 * array */
json_t          *bal_wordpress_read_sweep      (BalWordpress        *self,
                                                BalWordpressAddress  address,
                                                const char          *cursor,
                                                BalPage             *page,
                                                GCancellable        *cancellable,
                                                GError             **error);
/* Asks for a page that will be read soon. */
void             bal_wordpress_read_ahead      (BalWordpress            *self,
                                                BalWordpressAddress      address,
                                                const char              *since,
                                                const BalWordpressPlace *place,
                                                GCancellable            *cancellable);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BalWordpressPlace, bal_wordpress_place_clear)

/* ---- what stands in the JSON (bal-wordpress-json.c) ---------------------------------------------- */

extern const char bal_wordpress_review_fields[];    /* for _fields= */

/* (transfer full) (nullable): a positive id as text */
char            *bal_wordpress_dup_id          (const json_t      *object,
                                                const char        *name);
BalReview       *bal_wordpress_parse_review    (BalWordpress      *self,
                                                const json_t      *post,
                                                GError           **error);
/* The same after fetching the names of its terms. */
BalReview       *bal_wordpress_parse_post      (BalWordpress      *self,
                                                json_t            *post,
                                                GCancellable      *cancellable,
                                                GError           **error);
BalReview       *bal_wordpress_parse_light_review (const json_t   *post);
BalComment      *bal_wordpress_parse_comment   (BalWordpress      *self,
                                                const json_t      *comment,
                                                GError           **error);
BalComment      *bal_wordpress_parse_light_comment (const json_t  *comment);
const char      *bal_wordpress_review_status   (BalReviewStatus    status);
const char      *bal_wordpress_comment_status  (BalCommentStatus   status);
/* "bal-UUID", the slug that a create carries. */
char            *bal_wordpress_key_slug        (const char        *key);

/* ---- categories and tags (bal-wordpress-terms.c) ------------------------------------------------- */

/* Fetches the names of all ids in these posts that are not known yet. */
gboolean         bal_wordpress_terms_load      (BalWordpress      *self,
                                                json_t            *posts,
                                                GCancellable      *cancellable,
                                                GError           **error);
/* (transfer full): names of a post's ids */
char           **bal_wordpress_terms_names     (BalWordpress      *self,
                                                BalWordpressTaxonomy taxonomy,
                                                const json_t      *ids);
/* Ids for names; missing ones are made. @present: (nullable): the post's ids, preferred where two terms share a name. */
json_t          *bal_wordpress_terms_ids       (BalWordpress      *self,
                                                BalWordpressTaxonomy taxonomy,
                                                const char *const *names,
                                                const json_t      *present,
                                                GCancellable      *cancellable,
                                                GError           **error);
void             bal_wordpress_terms_forget    (BalWordpress      *self);

/* ---- the provider's calls ------------------------------------------------------------------------ */

BalBlog         *bal_wordpress_discover        (const char        *url,
                                                BalHttpClient     *http,
                                                GCancellable      *cancellable,
                                                GError           **error);
gboolean         bal_wordpress_sign_in         (BalProvider *provider, BalBlog *blog, GCancellable *cancellable, GError **error);

BalPage         *bal_wordpress_list_reviews    (BalProvider *provider, const char *since, const char *cursor, GCancellable *cancellable, GError **error);
BalPage         *bal_wordpress_sweep_reviews   (BalProvider *provider, const char *cursor, GCancellable *cancellable, GError **error);
BalReview       *bal_wordpress_get_review      (BalProvider *provider, const char *remote_id, GCancellable *cancellable, GError **error);
BalReview       *bal_wordpress_find_review     (BalProvider *provider, BalReview *review, GCancellable *cancellable, GError **error);
BalReview       *bal_wordpress_create_review   (BalProvider *provider, BalReview *review, GCancellable *cancellable, GError **error);
BalReview       *bal_wordpress_put_review      (BalProvider *provider, BalReview *review, BalReview *base, GCancellable *cancellable, GError **error);
/* Comments that went to the trash with their post come back: ours approved, readers' pending. Does what it can. */
void             bal_wordpress_restore_comments (BalWordpress *self, const char *post_id, GCancellable *cancellable);
gboolean         bal_wordpress_delete_review   (BalProvider *provider, const char *remote_id, GCancellable *cancellable, GError **error);

BalPage         *bal_wordpress_list_comments   (BalProvider *provider, const char *since, const char *cursor, GCancellable *cancellable, GError **error);
BalPage         *bal_wordpress_sweep_comments  (BalProvider *provider, const char *cursor, GCancellable *cancellable, GError **error);
gboolean         bal_wordpress_count_comments  (BalProvider *provider, guint counts[4], GCancellable *cancellable, GError **error);
BalPage         *bal_wordpress_list_queue      (BalProvider *provider, BalCommentStatus status, guint position, GCancellable *cancellable, GError **error);
BalComment      *bal_wordpress_get_comment     (BalProvider *provider, const char *remote_id, GCancellable *cancellable, GError **error);
GPtrArray       *bal_wordpress_get_comments    (BalProvider *provider, GPtrArray *remote_ids, GCancellable *cancellable, GError **error);
BalComment      *bal_wordpress_find_comment    (BalProvider *provider, BalComment *comment, GCancellable *cancellable, GError **error);
BalComment      *bal_wordpress_put_comment     (BalProvider *provider, BalComment *comment, BalComment *base, GCancellable *cancellable, GError **error);
gboolean         bal_wordpress_delete_comment  (BalProvider *provider, const char *remote_id, GCancellable *cancellable, GError **error);

gboolean         bal_wordpress_upload_media    (BalProvider *provider, BalMedia *media, GCancellable *cancellable, GError **error);

/* DELETE for good; gone already counts as done. */
gboolean         bal_wordpress_delete          (BalWordpress *self, const char *path, GCancellable *cancellable, GError **error);

G_END_DECLS
