/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-blog.h"
#include "bal-comment.h"
#include "bal-http-client.h"
#include "bal-oauth.h"
#include "bal-review.h"
#include "bal-tables.h"

G_BEGIN_DECLS

/**
 * BalPage:
 *
 * One page of a listing. @items are reviews or comments as the blog has them (no local ids). @next is where to go
 * on (opaque; NULL at the end); it is stored with the page, so that a pull that was cut goes on there.
 * @watermark, on the last page, is what to hand in as `since` next time: it stands for the moment at which the listing began, be
 * that days ago, so it travels in @next.
 */
typedef struct
{
  GPtrArray *items;
  char      *next;
  char      *watermark;
  GPtrArray *too_large;          /* (nullable) (element-type utf8): ids of reviews that are there and larger than any answer may be */
  guint      n_asked;            /* answers that were needed for it, where the blog must be asked post by post */
  guint      n_total;            /* of the whole listing, 0 where unknown; a list of everything that shows far more is not believed */
} BalPage;

BalPage *bal_page_new  (GDestroyNotify free_item);
void     bal_page_free (BalPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalPage, bal_page_free)

/**
 * BalProvider:
 *
 * One blog through its own protocol. Calls block and run on the sync thread; they report errors in
 * the codes of [error@Error], keep nothing and decide nothing: what is sent and when is the engine's work.
 */
#define BAL_TYPE_PROVIDER (bal_provider_get_type ())
G_DECLARE_INTERFACE (BalProvider, bal_provider, BAL, PROVIDER, GObject)

struct _BalProviderInterface
{
  GTypeInterface parent_iface;

  /* Checks who we are and fills in @blog: author, user id, capabilities, dialect, format of times. AUTH when refused. */
  gboolean    (*sign_in)          (BalProvider *self, BalBlog *blog, GCancellable *cancellable, GError **error);
  /* (nullable): (transfer full) (nullable): what is to be kept from now on instead of the password that it was opened with; once. */
  char       *(*take_new_password) (BalProvider *self);

  /* @since NULL: everything there is, trash included; else what may have changed since (duplicates allowed, misses not).
   * @cursor NULL: from the start. */
  BalPage    *(*list_reviews)     (BalProvider *self, const char *since, const char *cursor, GCancellable *cancellable, GError **error);
  BalPage    *(*list_comments)    (BalProvider *self, const char *since, const char *cursor, GCancellable *cancellable, GError **error);
  /* Light rows (remote id, revision as in whole ones, status) of everything there is: the truth about what was deleted or moved. */
  BalPage    *(*sweep_reviews)    (BalProvider *self, const char *cursor, GCancellable *cancellable, GError **error);
  BalPage    *(*sweep_comments)   (BalProvider *self, const char *cursor, GCancellable *cancellable, GError **error);
  /* Totals by BalCommentStatus, cheaply; they tell whether anything was moderated elsewhere. FALSE without error: it can't. */
  gboolean    (*count_comments)   (BalProvider *self, guint counts[4], GCancellable *cancellable, GError **error);
  /* (nullable): light rows of the comments in @status from the @position-th on (from 0), as many as fit on a page, none behind the end. Ids are
   * decimal and ascend, but in the trash, whose order is any that stays. With it a total that moved is traced without a sweep. */
  BalPage    *(*list_queue)       (BalProvider *self, BalCommentStatus status, guint position, GCancellable *cancellable, GError **error);

  /* Present state; NOT_FOUND when it is gone for good. A comment without html is one of which the blog has the place in the thread but no
   * text any more: the text that is here stays. Lists tell it the same way. */
  BalReview  *(*get_review)       (BalProvider *self, const char *remote_id, GCancellable *cancellable, GError **error);
  BalComment *(*get_comment)      (BalProvider *self, const char *remote_id, GCancellable *cancellable, GError **error);
  /* (nullable): the present states of those of these comments that are there, in any order. Each one that is left out is gone for good: it was
   * asked for by its id. */
  GPtrArray  *(*get_comments)     (BalProvider *self, GPtrArray *remote_ids, GCancellable *cancellable, GError **error);
  /* What a create with this key left there; NULL without error: nothing. Whatever is read tells the key that it still has. */
  BalReview  *(*find_review)      (BalProvider *self, BalReview *review, GCancellable *cancellable, GError **error);
  BalComment *(*find_comment)     (BalProvider *self, BalComment *comment, GCancellable *cancellable, GError **error);

  /* (nullable): the first half of a create, for a blog that is told the key only as long as the review is unfinished: what can be found by its
   * key, is seen by nobody, and is put by its id once that is kept. NULL without error: put_review() creates it whole. */
  BalReview  *(*create_review)    (BalProvider *self, BalReview *review, GCancellable *cancellable, GError **error);
  /* Creates it (no remote id) or changes it, all of it or only what differs from @base (nullable); status changes, trashing and restoring
   * included. Returns (transfer full) what the blog stored. */
  BalReview  *(*put_review)       (BalProvider *self, BalReview *review, BalReview *base, GCancellable *cancellable, GError **error);
  BalComment *(*put_comment)      (BalProvider *self, BalComment *comment, BalComment *base, GCancellable *cancellable, GError **error);
  /* For good. NOT_FOUND counts as done. */
  gboolean    (*delete_review)    (BalProvider *self, const char *remote_id, GCancellable *cancellable, GError **error);
  gboolean    (*delete_comment)   (BalProvider *self, const char *remote_id, GCancellable *cancellable, GError **error);
  /* Sets remote_id and url. Looks for @media's key first. */
  gboolean    (*upload_media)     (BalProvider *self, BalMedia *media, GCancellable *cancellable, GError **error);
};

gboolean    bal_provider_sign_in        (BalProvider *self, BalBlog *blog, GCancellable *cancellable, GError **error);
char       *bal_provider_take_new_password (BalProvider *self);
BalPage    *bal_provider_list_reviews   (BalProvider *self, const char *since, const char *cursor, GCancellable *cancellable, GError **error);
BalPage    *bal_provider_list_comments  (BalProvider *self, const char *since, const char *cursor, GCancellable *cancellable, GError **error);
BalPage    *bal_provider_sweep_reviews  (BalProvider *self, const char *cursor, GCancellable *cancellable, GError **error);
BalPage    *bal_provider_sweep_comments (BalProvider *self, const char *cursor, GCancellable *cancellable, GError **error);
gboolean    bal_provider_count_comments (BalProvider *self, guint counts[4], GCancellable *cancellable, GError **error);
/* NULL without error: it has no such list. */
BalPage    *bal_provider_list_queue     (BalProvider *self, BalCommentStatus status, guint position, GCancellable *cancellable, GError **error);
BalReview  *bal_provider_get_review     (BalProvider *self, const char *remote_id, GCancellable *cancellable, GError **error);
BalComment *bal_provider_get_comment    (BalProvider *self, const char *remote_id, GCancellable *cancellable, GError **error);
/* One by one where the provider has no better way. @remote_ids: (element-type utf8) */
GPtrArray  *bal_provider_get_comments   (BalProvider *self, GPtrArray *remote_ids, GCancellable *cancellable, GError **error);
BalReview  *bal_provider_find_review    (BalProvider *self, BalReview *review, GCancellable *cancellable, GError **error);
BalComment *bal_provider_find_comment   (BalProvider *self, BalComment *comment, GCancellable *cancellable, GError **error);
BalReview  *bal_provider_create_review  (BalProvider *self, BalReview *review, GCancellable *cancellable, GError **error);
BalReview  *bal_provider_put_review     (BalProvider *self, BalReview *review, BalReview *base, GCancellable *cancellable, GError **error);
BalComment *bal_provider_put_comment    (BalProvider *self, BalComment *comment, BalComment *base, GCancellable *cancellable, GError **error);
gboolean    bal_provider_delete_review  (BalProvider *self, const char *remote_id, GCancellable *cancellable, GError **error);
gboolean    bal_provider_delete_comment (BalProvider *self, const char *remote_id, GCancellable *cancellable, GError **error);
gboolean    bal_provider_upload_media   (BalProvider *self, BalMedia *media, GCancellable *cancellable, GError **error);

/**
 * BalProviderType:
 *
 * How a kind of blog is known to the program. @discover looks at an address a person typed (any page of the
 * blog) and returns a blog with name, url, endpoint and authorize_url set; @open makes the provider for a blog. With
 * @get_oauth people sign in in their browser, and the password is the grant that comes of it (bal_oauth_grant_to_text()).
 */
typedef struct
{
  const char   *id;              /* "wordpress" */
  const char   *title;           /* untranslated name for people: "WordPress" */
  const char   *description;     /* (nullable) untranslated: where blogs of this kind are, below its name */
  gboolean      needs_password;
  const char   *key_name;        /* (nullable) untranslated: what the password is called where it also tells who one is: no user is asked for */
  const char   *key_help;        /* (nullable) untranslated: where a person finds it */
  BalOAuthService *(*get_oauth) (void);    /* (nullable) (transfer full) */
  BalBlog     *(*discover) (const char *url, BalHttpClient *http, GCancellable *cancellable, GError **error);
  /* (nullable): takes back what the person granted there, when the last blog that uses it goes. */
  gboolean     (*sign_out) (const char *password, BalHttpClient *http, GCancellable *cancellable, GError **error);
  BalProvider *(*open)     (BalBlog *blog, const char *password, BalHttpClient *http, GError **error);
} BalProviderType;

/**
 * BalProviderRegistry:
 *
 * The kinds of blog of this program; `main` makes one and hands it to the engine.
 */
#define BAL_TYPE_PROVIDER_REGISTRY (bal_provider_registry_get_type ())
G_DECLARE_FINAL_TYPE (BalProviderRegistry, bal_provider_registry, BAL, PROVIDER_REGISTRY, GObject)

BalProviderRegistry   *bal_provider_registry_new     (void);
void                   bal_provider_registry_add     (BalProviderRegistry   *self,
                                                      const BalProviderType *type);   /* static */
/* (nullable) */
const BalProviderType *bal_provider_registry_find    (BalProviderRegistry   *self,
                                                      const char            *id);
guint                  bal_provider_registry_get_n   (BalProviderRegistry   *self);
const BalProviderType *bal_provider_registry_get     (BalProviderRegistry   *self,
                                                      guint                  index);

G_END_DECLS
