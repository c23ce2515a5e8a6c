/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-review.h"

#include "bal-property.h"

struct _BalReview
{
  GObject           parent_instance;

  gint64            id;
  gint64            blog_id;
  gint64            published;
  gint64            updated;
  gint64            edit_seq;
  BalReviewStatus   status;
  BalAudience       audience;
  BalSyncState      sync_state;
  guint             comment_count;
  guint             pending_count;
  int               film_year;
  gboolean          loaded;

  char             *remote_id;
  char             *revision;
  char             *key;
  char             *title;
  char             *html;
  char             *excerpt;
  char             *slug;
  char             *url;
  char             *featured_image;
  char            **labels;
  char            **categories;

  char             *series;
  char             *film;
  char             *grade;
  char             *watched_on;
  char             *quote;
  char             *quote_character;
  char             *quote_actor;
};

#define REVIEW_PROPERTIES(P)                                                                      \
  P (INT64, gint64, id, ID, "id", NULL)                                                           \
  P (INT64, gint64, blog_id, BLOG_ID, "blog-id", NULL)                                            \
  P (TEXT, const char *, remote_id, REMOTE_ID, "remote-id", NULL)                                 \
  P (TEXT, const char *, revision, REVISION, "revision", NULL)                                    \
  P (TEXT, const char *, key, KEY, "key", NULL)                                                   \
  P (EXACT_TEXT, const char *, title, TITLE, "title", NULL)                                       \
  P (EXACT_TEXT, const char *, html, HTML, "html", NULL)                                          \
  P (TEXT, const char *, excerpt, EXCERPT, "excerpt", NULL)                                       \
  P (TEXT, const char *, slug, SLUG, "slug", NULL)                                                \
  P (TEXT, const char *, url, URL, "url", NULL)                                                   \
  P (TEXT, const char *, featured_image, FEATURED_IMAGE, "featured-image", NULL)                  \
  P (STRV, const char *const *, labels, LABELS, "labels", NULL)                                   \
  P (STRV, const char *const *, categories, CATEGORIES, "categories", NULL)                       \
  P (ENUM, BalReviewStatus, status, STATUS, "status", bal_review_status_get_type)                 \
  P (ENUM, BalAudience, audience, AUDIENCE, "audience", bal_audience_get_type)                    \
  P (INT64, gint64, published, PUBLISHED, "published", NULL)                                      \
  P (INT64, gint64, updated, UPDATED, "updated", NULL)                                            \
  P (TEXT, const char *, series, SERIES, "series", NULL)                                          \
  P (TEXT, const char *, film, FILM, "film", NULL)                                                \
  P (INT, int, film_year, FILM_YEAR, "film-year", NULL)                                           \
  P (TEXT, const char *, grade, GRADE, "grade", NULL)                                             \
  P (TEXT, const char *, watched_on, WATCHED_ON, "watched-on", NULL)                              \
  P (TEXT, const char *, quote, QUOTE, "quote", NULL)                                             \
  P (TEXT, const char *, quote_character, QUOTE_CHARACTER, "quote-character", NULL)               \
  P (TEXT, const char *, quote_actor, QUOTE_ACTOR, "quote-actor", NULL)                           \
  P (UINT, guint, comment_count, COMMENT_COUNT, "comment-count", NULL)                            \
  P (UINT, guint, pending_count, PENDING_COUNT, "pending-count", NULL)                            \
  P (ENUM, BalSyncState, sync_state, SYNC_STATE, "sync-state", bal_sync_state_get_type)           \
  P (INT64, gint64, edit_seq, EDIT_SEQ, "edit-seq", NULL)                                         \
  P (BOOLEAN, gboolean, loaded, LOADED, "loaded", NULL)

enum
{
  PROP_0,
  REVIEW_PROPERTIES (BAL_PROPERTY_NUMBER)
  N_PROPS
};

#define ENTRY(KIND, CType, member, NUMBER, name, get_type) \
  BAL_PROPERTY_ENTRY (BalReview, KIND, member, NUMBER, name, get_type)

static const BalProperty table[N_PROPS] = { REVIEW_PROPERTIES (ENTRY) };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BalReview, bal_review, G_TYPE_OBJECT)

static void
bal_review_finalize (GObject *object)
{
  bal_properties_clear (object, table, N_PROPS);

  G_OBJECT_CLASS (bal_review_parent_class)->finalize (object);
}

static void
bal_review_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  bal_property_get_value (object, &table[prop_id], value);
}

static void
bal_review_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  bal_property_set_value (object, &table[prop_id], pspec, value);
}

static void
bal_review_class_init (BalReviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = bal_review_finalize;
  object_class->get_property = bal_review_get_property;
  object_class->set_property = bal_review_set_property;

  bal_properties_install (object_class, table, properties, N_PROPS);
}

static void
bal_review_init (BalReview *self)
{
}

/**
 * bal_review_new:
 * @id: the row in the store, or 0 while it has none
 *
 * Returns: (transfer full): an empty draft
 */
BalReview *
bal_review_new (gint64 id)
{
  BalReview *self = g_object_new (BAL_TYPE_REVIEW, NULL);

  self->id = id;
  return self;
}

/**
 * bal_review_dup:
 * @self: a review
 *
 * Returns: (transfer full): a new object with every property of @self, for editing away from the
 *   original
 */
BalReview *
bal_review_dup (BalReview *self)
{
  BalReview *copy;

  g_return_val_if_fail (BAL_IS_REVIEW (self), NULL);

  copy = bal_review_new (self->id);
  bal_review_assign (copy, self);
  return copy;
}

/**
 * bal_review_assign:
 * @self: the review to change
 * @from: the review to copy
 *
 * Copies every property of @from but the id into @self. Notifies what changed, and only after all
 * of it has.
 */
void
bal_review_assign (BalReview *self,
                   BalReview *from)
{
  g_return_if_fail (BAL_IS_REVIEW (self));
  g_return_if_fail (BAL_IS_REVIEW (from));

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 1; i < N_PROPS; i++)
    {
      if (i != PROP_ID)
        bal_property_set (G_OBJECT (self), &table[i], properties[i],
                          G_STRUCT_MEMBER_P (from, table[i].offset));
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/* Whether each name of @a is one of @b: blogs keep labels as a set, in an order of their own. */
static gboolean
is_subset (char **a,
           char **b)
{
  const char *const *names = bal_property_read_strv (a);

  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (!g_strv_contains (bal_property_read_strv (b), names[i]))
        return FALSE;
    }
  return TRUE;
}

static gboolean
sets_equal (char **a,
            char **b)
{
  return is_subset (a, b) && is_subset (b, a);
}

/**
 * bal_review_content_equal:
 * @a: a review
 * @b: another state of it
 *
 * Whether what the blog holds is equal: title, HTML, excerpt, slug, status, publication time,
 * labels, categories (both in any order) and featured image. %NULL and "" are the same here.
 *
 * Returns: whether nothing would have to be sent
 */
gboolean
bal_review_content_equal (BalReview *a,
                          BalReview *b)
{
  g_return_val_if_fail (BAL_IS_REVIEW (a), FALSE);
  g_return_val_if_fail (BAL_IS_REVIEW (b), FALSE);

  return a->status == b->status &&
         a->published == b->published &&
         bal_property_texts_equal (a->title, b->title) &&
         bal_property_texts_equal (a->html, b->html) &&
         bal_property_texts_equal (a->excerpt, b->excerpt) &&
         bal_property_texts_equal (a->slug, b->slug) &&
         bal_property_texts_equal (a->featured_image, b->featured_image) &&
         sets_equal (a->labels, b->labels) &&
         sets_equal (a->categories, b->categories);
}

/**
 * bal_review_dup_fields:
 * @self: a review
 * @fields: (out caller-allocates): a copy of the seven fields; clear it with
 *   [method@ReviewFields.clear]
 *
 * What @fields held before is not freed.
 */
void
bal_review_dup_fields (BalReview       *self,
                       BalReviewFields *fields)
{
  g_return_if_fail (BAL_IS_REVIEW (self));
  g_return_if_fail (fields != NULL);

  fields->series = g_strdup (self->series);
  fields->film = g_strdup (self->film);
  fields->film_year = self->film_year;
  fields->grade = g_strdup (self->grade);
  fields->watched_on = g_strdup (self->watched_on);
  fields->quote = g_strdup (self->quote);
  fields->quote_character = g_strdup (self->quote_character);
  fields->quote_actor = g_strdup (self->quote_actor);
}

/**
 * bal_review_set_fields:
 * @self: a review
 * @fields: the seven fields
 *
 * Copies all of them in. Title and HTML are not touched.
 */
void
bal_review_set_fields (BalReview             *self,
                       const BalReviewFields *fields)
{
  g_return_if_fail (BAL_IS_REVIEW (self));
  g_return_if_fail (fields != NULL);

  g_object_freeze_notify (G_OBJECT (self));
  bal_review_set_series (self, fields->series);
  bal_review_set_film (self, fields->film);
  bal_review_set_film_year (self, fields->film_year);
  bal_review_set_grade (self, fields->grade);
  bal_review_set_watched_on (self, fields->watched_on);
  bal_review_set_quote (self, fields->quote);
  bal_review_set_quote_character (self, fields->quote_character);
  bal_review_set_quote_actor (self, fields->quote_actor);
  g_object_thaw_notify (G_OBJECT (self));
}

#define ACCESSORS(KIND, CType, member, NUMBER, name, get_type) \
  BAL_PROPERTY_ACCESSORS (BalReview, bal_review, BAL_IS_REVIEW, KIND, CType, member, NUMBER)

REVIEW_PROPERTIES (ACCESSORS)
