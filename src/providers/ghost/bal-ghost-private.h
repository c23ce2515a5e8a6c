/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-block.h"
#include "bal-json-exchange.h"
#include "bal-provider-common.h"
#include "bal-provider.h"

G_BEGIN_DECLS

/*
 * Ghost through its Admin API. Facts about it were taken from Ghost 6.65.
 *
 * A post is kept as "Lexical", a tree of blocks, and its HTML is made of that. Text that is sent as HTML is turned into such
 * blocks by guessing, which loses what has no block (spans, styles, comments, white space): so the blocks are made here, as
 * far as their HTML will be the same bytes, and what is left goes into blocks of HTML, which Ghost keeps as they are.
 */

#define BAL_TYPE_GHOST (bal_ghost_get_type ())
G_DECLARE_FINAL_TYPE (BalGhost, bal_ghost, BAL, GHOST, GObject)

struct _BalGhost
{
  GObject        parent_instance;

  BalBlog       *blog;
  BalHttpClient *http;
  char          *key_id;
  GBytes        *secret;
  gint64         skew;           /* seconds that the server's clock is ahead of ours */
  char          *member_id;      /* (nullable): as whom the blogger comments; once it is known */
};

/* ---- the key (bal-ghost-key.c) ------------------------------------------------------------------- */

/* "ID:SECRET", both hexadecimal. INVALID when it is none. */
gboolean         bal_ghost_key_parse           (const char        *text,
                                                char             **id,
                                                GBytes           **secret,
                                                GError           **error);
/* (transfer full): what a request at @now carries */
char            *bal_ghost_key_sign            (const char        *id,
                                                GBytes            *secret,
                                                gint64             now);

/* ---- exchanges (bal-ghost-request.c) ------------------------------------------------------------- */

/* An answer with 200. @path: below the Admin API, with its last slash: without it Ghost redirects. @query: (nullable), encoded. */
json_t          *bal_ghost_read                (BalGhost          *self,
                                                const char        *path,
                                                const char        *query,
                                                BalHttpResponse  **response,
                                                GCancellable      *cancellable,
                                                GError           **error);
/* What a write answers: an object with the list of what was written; for "DELETE" an empty one. */
json_t          *bal_ghost_write               (BalGhost          *self,
                                                const char        *method,
                                                const char        *path,
                                                const char        *query,
                                                json_t            *body,
                                                GCancellable      *cancellable,
                                                GError           **error);
/* The same for a request that has its body already. */
json_t          *bal_ghost_send                (BalGhost          *self,
                                                BalHttpRequest    *request,
                                                GCancellable      *cancellable,
                                                GError           **error);
/* (transfer full): the address of @path below the Admin API */
char            *bal_ghost_url                 (BalGhost          *self,
                                                const char        *path,
                                                const char        *query);
gboolean         bal_ghost_can                 (BalGhost          *self,
                                                BalCapabilities    capability);
/* FALSE with NOT_FOUND: none of Ghost's ids */
gboolean         bal_ghost_check_id            (const char        *id,
                                                GError           **error);
/* (nullable) (transfer none): the first in the list @name */
json_t          *bal_ghost_first               (const json_t      *answer,
                                                const char        *name);
/* "filter=…", encoded; @more (nullable) follows it */
char            *bal_ghost_filter              (const char        *more,
                                                const char        *format,
                                                ...) G_GNUC_PRINTF (2, 3);
/* (transfer full): a text between quotes, for a filter */
char            *bal_ghost_quote               (const char        *text);

/* ---- listings (bal-ghost-page.c) ----------------------------------------------------------------- */

/* Goes on behind the last id, so that what comes and goes meanwhile moves nothing; in smaller pages where they are too large.
 * @filter: (nullable): not encoded. */
json_t          *bal_ghost_read_page           (BalGhost          *self,
                                                const char        *name,
                                                const char        *filter,
                                                const char        *fields,
                                                const char        *cursor,
                                                BalPage           *page,
                                                GCancellable      *cancellable,
                                                GError           **error);
/* (transfer full) (nullable): @since less @seconds, as filters want times */
char            *bal_ghost_filter_time         (const char        *since,
                                                gint64             seconds);

/* ---- what stands in the JSON (bal-ghost-json.c) -------------------------------------------------- */

char            *bal_ghost_foot_of_key         (const char        *key);
/* (transfer full): what is left of a post's foot without the key of its create; NULL: nothing. @key: (out) (optional) (nullable)
 * (transfer full) */
char            *bal_ghost_strip_foot          (const json_t      *post,
                                                char             **key);
BalReview       *bal_ghost_parse_review        (BalGhost          *self,
                                                const json_t      *post,
                                                GError           **error);
BalReview       *bal_ghost_parse_light_review  (const json_t      *post);
const char      *bal_ghost_review_status       (BalReviewStatus    status);
BalComment      *bal_ghost_parse_comment       (BalGhost          *self,
                                                const json_t      *comment,
                                                GError           **error);
BalComment      *bal_ghost_parse_light_comment (const json_t      *comment);

/* ---- texts (bal-ghost-text.c, bal-ghost-lexical.c) ----------------------------------------------- */

/* A part of a text: a block, or what stands between two. */
typedef struct
{
  char       *source;
  gboolean    is_html;           /* it is the content of a block of HTML */
  BalBlock   *block;             /* (nullable): read from it */
} BalGhostPart;

/* (transfer full): as it was put into blocks of HTML, without what Ghost writes around these */
char            *bal_ghost_unwrap              (const char        *html);
/* (element-type BalGhostPart): @html as Ghost has it; white space between blocks is left out */
GPtrArray       *bal_ghost_split               (const char        *html);
/* (transfer full) (nullable): the block that becomes exactly this HTML; NULL: none does */
json_t          *bal_ghost_make_block          (const BalGhostPart *part);
/* (transfer full): @html as Lexical; blocks of @present (Ghost's post, nullable) whose HTML stays are taken over as they are. */
char            *bal_ghost_make_lexical        (const char         *html,
                                                const json_t       *present);

/* ---- the provider -------------------------------------------------------------------------------- */

BalBlog    *bal_ghost_discover       (const char *url, BalHttpClient *http, GCancellable *cancellable, GError **error);
BalPage    *bal_ghost_list_reviews   (BalProvider *provider, const char *since, const char *cursor, GCancellable *cancellable, GError **error);
BalPage    *bal_ghost_sweep_reviews  (BalProvider *provider, const char *cursor, GCancellable *cancellable, GError **error);
BalPage    *bal_ghost_list_comments  (BalProvider *provider, const char *since, const char *cursor, GCancellable *cancellable, GError **error);
BalPage    *bal_ghost_sweep_comments (BalProvider *provider, const char *cursor, GCancellable *cancellable, GError **error);
gboolean    bal_ghost_count_comments (BalProvider *provider, guint counts[4], GCancellable *cancellable, GError **error);
/* (transfer full) (nullable): the post with its text and blocks. @response: (out) (optional) */
json_t     *bal_ghost_get_post       (BalGhost *self, const char *remote_id, BalHttpResponse **response, GCancellable *cancellable, GError **error);
BalReview  *bal_ghost_get_review     (BalProvider *provider, const char *remote_id, GCancellable *cancellable, GError **error);
BalComment *bal_ghost_get_comment    (BalProvider *provider, const char *remote_id, GCancellable *cancellable, GError **error);
BalReview  *bal_ghost_find_review    (BalProvider *provider, BalReview *review, GCancellable *cancellable, GError **error);
BalComment *bal_ghost_find_comment   (BalProvider *provider, BalComment *comment, GCancellable *cancellable, GError **error);
BalReview  *bal_ghost_create_review  (BalProvider *provider, BalReview *review, GCancellable *cancellable, GError **error);
BalReview  *bal_ghost_put_review     (BalProvider *provider, BalReview *review, BalReview *base, GCancellable *cancellable, GError **error);
BalComment *bal_ghost_put_comment    (BalProvider *provider, BalComment *comment, BalComment *base, GCancellable *cancellable, GError **error);
gboolean    bal_ghost_delete_review  (BalProvider *provider, const char *remote_id, GCancellable *cancellable, GError **error);
gboolean    bal_ghost_delete_comment (BalProvider *provider, const char *remote_id, GCancellable *cancellable, GError **error);
gboolean    bal_ghost_upload_media   (BalProvider *provider, BalMedia *media, GCancellable *cancellable, GError **error);

G_END_DECLS
