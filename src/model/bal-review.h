/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-types.h"

G_BEGIN_DECLS

/**
 * BalReviewFields:
 *
 * The seven fields of a review, as text; the empty string or %NULL both mean "none".
 * @film_year is 0 where the title does not tell it.
 */
typedef struct
{
  char *series;
  char *film;
  int   film_year;
  char *grade;
  char *watched_on;
  char *quote;
  char *quote_character;
  char *quote_actor;
} BalReviewFields;

BalReviewFields *bal_review_fields_new   (void);
void             bal_review_fields_clear (BalReviewFields       *self);
void             bal_review_fields_free  (BalReviewFields       *self);
gboolean         bal_review_fields_equal (const BalReviewFields *a,
                                          const BalReviewFields *b);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalReviewFields, bal_review_fields_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BalReviewFields, bal_review_fields_clear)

/**
 * BalReview:
 *
 * One post. @title and @html are the truth, as the blog holds them; the seven fields are what a
 * review format reads from these two, kept beside them for lists, queries and forms.
 *
 * An item of a list model has only its id until the model has read it: then `loaded` turns true.
 * List items never carry @html.
 */
#define BAL_TYPE_REVIEW (bal_review_get_type ())
G_DECLARE_FINAL_TYPE (BalReview, bal_review, BAL, REVIEW, GObject)

BalReview       *bal_review_new                (gint64            id);
BalReview       *bal_review_dup                (BalReview        *self);
void             bal_review_assign             (BalReview        *self,
                                                BalReview        *from);
gboolean         bal_review_content_equal      (BalReview        *a,
                                                BalReview        *b);

gint64           bal_review_get_id             (BalReview        *self);
void             bal_review_set_id             (BalReview        *self, gint64 id);
gint64           bal_review_get_blog_id        (BalReview        *self);
void             bal_review_set_blog_id        (BalReview        *self, gint64 blog_id);
/* The blog's own id for it, or NULL while the blog does not know it. */
const char      *bal_review_get_remote_id      (BalReview        *self);
void             bal_review_set_remote_id      (BalReview        *self, const char *remote_id);
/* The blog's version mark (opaque, compared only for equality). */
const char      *bal_review_get_revision       (BalReview        *self);
void             bal_review_set_revision       (BalReview        *self, const char *revision);
/* The key that a create carries, so that it is recognised after a lost answer. */
const char      *bal_review_get_key            (BalReview        *self);
void             bal_review_set_key            (BalReview        *self, const char *key);
const char      *bal_review_get_title          (BalReview        *self);
void             bal_review_set_title          (BalReview        *self, const char *title);
const char      *bal_review_get_html           (BalReview        *self);
void             bal_review_set_html           (BalReview        *self, const char *html);
const char      *bal_review_get_excerpt        (BalReview        *self);
void             bal_review_set_excerpt        (BalReview        *self, const char *excerpt);
const char      *bal_review_get_slug           (BalReview        *self);
void             bal_review_set_slug           (BalReview        *self, const char *slug);
const char      *bal_review_get_url            (BalReview        *self);
void             bal_review_set_url            (BalReview        *self, const char *url);
/* The blog's id of the featured image, "media:N" for row N of the media table that is not uploaded
 * yet, or NULL. */
const char      *bal_review_get_featured_image (BalReview        *self);
void             bal_review_set_featured_image (BalReview        *self, const char *featured_image);
/* Never NULL: without any, an empty array. */
const char *const *bal_review_get_labels       (BalReview        *self);
void             bal_review_set_labels         (BalReview        *self, const char *const *labels);
const char *const *bal_review_get_categories   (BalReview        *self);
void             bal_review_set_categories     (BalReview        *self,
                                                const char *const *categories);
BalReviewStatus  bal_review_get_status         (BalReview        *self);
void             bal_review_set_status         (BalReview        *self, BalReviewStatus status);
/* What the blog last told; a review that it does not have is for everyone. */
BalAudience      bal_review_get_audience       (BalReview        *self);
void             bal_review_set_audience       (BalReview        *self, BalAudience audience);
/* Times are seconds since 1970 UTC; 0 means none (a draft without a date). */
gint64           bal_review_get_published      (BalReview        *self);
void             bal_review_set_published      (BalReview        *self, gint64 published);
gint64           bal_review_get_updated        (BalReview        *self);
void             bal_review_set_updated        (BalReview        *self, gint64 updated);

const char      *bal_review_get_series          (BalReview       *self);
void             bal_review_set_series          (BalReview       *self, const char *series);
const char      *bal_review_get_film            (BalReview       *self);
void             bal_review_set_film            (BalReview       *self, const char *film);
int              bal_review_get_film_year       (BalReview       *self);
void             bal_review_set_film_year       (BalReview       *self, int film_year);
const char      *bal_review_get_grade           (BalReview       *self);
void             bal_review_set_grade           (BalReview       *self, const char *grade);
const char      *bal_review_get_watched_on      (BalReview       *self);
void             bal_review_set_watched_on      (BalReview       *self, const char *watched_on);
const char      *bal_review_get_quote           (BalReview       *self);
void             bal_review_set_quote           (BalReview       *self, const char *quote);
const char      *bal_review_get_quote_character (BalReview       *self);
void             bal_review_set_quote_character (BalReview       *self,
                                                 const char      *quote_character);
const char      *bal_review_get_quote_actor     (BalReview       *self);
void             bal_review_set_quote_actor     (BalReview       *self, const char *quote_actor);
void             bal_review_dup_fields          (BalReview       *self, BalReviewFields *fields);
void             bal_review_set_fields          (BalReview       *self,
                                                 const BalReviewFields *fields);

/* What the store counts and knows; never sent to a blog. */
guint            bal_review_get_comment_count   (BalReview       *self);
void             bal_review_set_comment_count   (BalReview       *self, guint comment_count);
guint            bal_review_get_pending_count   (BalReview       *self);
void             bal_review_set_pending_count   (BalReview       *self, guint pending_count);
BalSyncState     bal_review_get_sync_state      (BalReview       *self);
void             bal_review_set_sync_state      (BalReview       *self, BalSyncState sync_state);
/* Grows with each local edit. */
gint64           bal_review_get_edit_seq        (BalReview       *self);
void             bal_review_set_edit_seq        (BalReview       *self, gint64 edit_seq);
gboolean         bal_review_get_loaded          (BalReview       *self);
void             bal_review_set_loaded          (BalReview       *self, gboolean loaded);

G_END_DECLS
