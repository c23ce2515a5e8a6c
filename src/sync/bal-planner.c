/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-planner.h"

#include <string.h>

#include "bal-document-diff.h"

/* "" and NULL are the same to a blog. */
static gboolean
texts_equal (const char *a,
             const char *b)
{
  return g_strcmp0 (a != NULL ? a : "", b != NULL ? b : "") == 0;
}

/*
 * A field that is merged on its own. @merge makes one value of two different changes, or says that
 * it can't; NULL where it never can. A way to merge is added here and nowhere else.
 */
typedef struct
{
  const char *name;
  gboolean  (*equal) (gpointer a, gpointer b);
  void      (*copy)  (gpointer to, gpointer from);
  gboolean  (*merge) (gpointer base, gpointer local, gpointer remote, gpointer merged);
} Field;

#define TEXT_FIELD(type, member)                                                                  \
  static gboolean                                                                                 \
  type##_##member##_equal (gpointer a,                                                            \
                           gpointer b)                                                            \
  {                                                                                               \
    return texts_equal (bal_##type##_get_##member (a), bal_##type##_get_##member (b));            \
  }                                                                                               \
                                                                                                  \
  static void                                                                                     \
  type##_##member##_copy (gpointer to,                                                            \
                          gpointer from)                                                          \
  {                                                                                               \
    bal_##type##_set_##member (to, bal_##type##_get_##member (from));                             \
  }

TEXT_FIELD (review, title)
TEXT_FIELD (review, html)
TEXT_FIELD (review, excerpt)
TEXT_FIELD (review, slug)
TEXT_FIELD (review, featured_image)
TEXT_FIELD (comment, html)
TEXT_FIELD (comment, author)

/* Status and date are one decision: when readers see it. */
static gboolean
review_status_equal (gpointer a,
                     gpointer b)
{
  return bal_review_get_status (a) == bal_review_get_status (b) &&
         bal_review_get_published (a) == bal_review_get_published (b);
}

static void
review_status_copy (gpointer to,
                    gpointer from)
{
  bal_review_set_status (to, bal_review_get_status (from));
  bal_review_set_published (to, bal_review_get_published (from));
}

/* "Publish now" has no date until the blog gives it one: when the answer that told it was lost, the blog's date is no
 * second opinion. Nor is what is left of its date when both took it back: some blogs date no drafts. */
static gboolean
review_status_merge (gpointer base,
                     gpointer local,
                     gpointer remote,
                     gpointer merged)
{
  gboolean is_draft_now = base != NULL && bal_review_get_status (local) == BAL_REVIEW_STATUS_DRAFT &&
                          bal_review_get_status (base) != BAL_REVIEW_STATUS_DRAFT;

  if (bal_review_get_status (local) != bal_review_get_status (remote) ||
      (bal_review_get_published (local) != 0 && !is_draft_now))
    return FALSE;

  bal_review_set_published (merged, bal_review_get_published (remote));
  return TRUE;
}

static gboolean
comment_status_equal (gpointer a,
                      gpointer b)
{
  return bal_comment_get_status (a) == bal_comment_get_status (b);
}

static void
comment_status_copy (gpointer to,
                     gpointer from)
{
  bal_comment_set_status (to, bal_comment_get_status (from));
}

static gboolean
sets_equal (const char *const *a,
            const char *const *b)
{
  for (gsize i = 0; a[i] != NULL; i++)
    if (!g_strv_contains (b, a[i]))
      return FALSE;
  for (gsize i = 0; b[i] != NULL; i++)
    if (!g_strv_contains (a, b[i]))
      return FALSE;
  return TRUE;
}

/* What both sides kept, and what either added. */
static char **
merge_sets (const char *const *base,
            const char *const *local,
            const char *const *remote)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; local[i] != NULL; i++)
    if (!g_strv_contains (base, local[i]) || g_strv_contains (remote, local[i]))
      g_strv_builder_add (builder, local[i]);
  for (gsize i = 0; remote[i] != NULL; i++)
    if (!g_strv_contains (base, remote[i]) && !g_strv_contains (local, remote[i]))
      g_strv_builder_add (builder, remote[i]);

  return g_strv_builder_end (builder);
}

#define SET_FIELD(member)                                                                         \
  static gboolean                                                                                 \
  review_##member##_equal (gpointer a,                                                            \
                           gpointer b)                                                            \
  {                                                                                               \
    return sets_equal (bal_review_get_##member (a), bal_review_get_##member (b));                 \
  }                                                                                               \
                                                                                                  \
  static void                                                                                     \
  review_##member##_copy (gpointer to,                                                            \
                          gpointer from)                                                          \
  {                                                                                               \
    bal_review_set_##member (to, bal_review_get_##member (from));                                 \
  }                                                                                               \
                                                                                                  \
  static gboolean                                                                                 \
  review_##member##_merge (gpointer base,                                                         \
                           gpointer local,                                                        \
                           gpointer remote,                                                       \
                           gpointer merged)                                                       \
  {                                                                                               \
    g_auto(GStrv) names = merge_sets (bal_review_get_##member (base),                             \
                                      bal_review_get_##member (local),                            \
                                      bal_review_get_##member (remote));                          \
                                                                                                  \
    bal_review_set_##member (merged, (const char *const *) names);                                \
    return TRUE;                                                                                  \
  }

SET_FIELD (labels)
SET_FIELD (categories)

static const Field review_fields[] = {
  { "title", review_title_equal, review_title_copy, NULL },
  { "html", review_html_equal, review_html_copy, NULL },
  { "excerpt", review_excerpt_equal, review_excerpt_copy, NULL },
  { "slug", review_slug_equal, review_slug_copy, NULL },
  { "status", review_status_equal, review_status_copy, review_status_merge },
  { "labels", review_labels_equal, review_labels_copy, review_labels_merge },
  { "categories", review_categories_equal, review_categories_copy, review_categories_merge },
  { "featured_image", review_featured_image_equal, review_featured_image_copy, NULL },
};

/* Not the parent: only a blog moves a comment (to its grandparent, when the parent is deleted there), so
 * it is simply taken over. */
static const Field comment_fields[] = {
  { "status", comment_status_equal, comment_status_copy, NULL },
  { "html", comment_html_equal, comment_html_copy, NULL },
  { "author", comment_author_equal, comment_author_copy, NULL },
};

static gboolean
all_equal (const Field *fields,
           guint        n_fields,
           gpointer     a,
           gpointer     b)
{
  for (guint i = 0; i < n_fields; i++)
    if (!fields[i].equal (a, b))
      return FALSE;
  return TRUE;
}

/* @merged begins as a copy of @local. Returns (nullable): names of the fields where @local was kept although the
 * other side changed them too. */
static char *
merge_fields (const Field *fields,
              guint        n_fields,
              gpointer     base,
              gpointer     local,
              gpointer     remote,
              gpointer     merged)
{
  g_autoptr(GString) what = g_string_new (NULL);

  for (guint i = 0; i < n_fields; i++)
    {
      const Field *field = &fields[i];

      if (field->equal (local, remote) || field->equal (base, remote))
        continue;

      if (field->equal (base, local))
        field->copy (merged, remote);
      else if (field->merge == NULL || !field->merge (base, local, remote, merged))
        g_string_append_printf (what, "%s%s", what->len > 0 ? "," : "", field->name);
    }

  return what->len > 0 ? g_strdup (what->str) : NULL;
}

static void
take_field (const Field *fields,
            guint        n_fields,
            gpointer     to,
            gpointer     from,
            const char  *name)
{
  for (guint i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].name, name))
      fields[i].copy (to, from);
}

void
bal_plan_take_review_field (BalReview  *to,
                            BalReview  *from,
                            const char *name)
{
  take_field (review_fields, G_N_ELEMENTS (review_fields), to, from, name);
}

void
bal_plan_take_comment_field (BalComment *to,
                             BalComment *from,
                             const char *name)
{
  take_field (comment_fields, G_N_ELEMENTS (comment_fields), to, from, name);
}

/* The part of the decision that both kinds share. */
static BalPlan
plan_from_changes (gboolean local_changed,
                   gboolean remote_changed,
                   gboolean equal)
{
  if (!local_changed && !remote_changed)
    return BAL_PLAN_NOTHING;
  if (!local_changed)
    return BAL_PLAN_TAKE_REMOTE;
  if (!remote_changed)
    return BAL_PLAN_SEND_LOCAL;
  return equal ? BAL_PLAN_ADOPT : BAL_PLAN_MERGE;
}

/**
 * bal_plan_merge_review:
 * @base: (nullable): the state that both sides agreed on; %NULL counts as an empty draft
 * @local: the state here
 * @remote: the state on the blog
 * @what: (out) (optional) (nullable) (transfer full): comma-separated names of the fields that both
 *   sides changed to different things
 *
 * Returns: (transfer full): @local with what only @remote changed; fields in @what are @local's
 */
BalReview *
bal_plan_merge_review (BalReview  *base,
                       BalReview  *local,
                       BalReview  *remote,
                       char      **what)
{
  g_autoptr(BalReview) empty = base == NULL ? bal_review_new (0) : NULL;
  g_autofree char *names = NULL;
  BalReview *merged;

  g_return_val_if_fail (BAL_IS_REVIEW (local), NULL);
  g_return_val_if_fail (BAL_IS_REVIEW (remote), NULL);

  merged = bal_review_dup (local);
  names = merge_fields (review_fields, G_N_ELEMENTS (review_fields),
                        base != NULL ? base : empty, local, remote, merged);
  bal_review_set_remote_id (merged, bal_review_get_remote_id (remote));
  bal_review_set_revision (merged, bal_review_get_revision (remote));
  bal_review_set_url (merged, bal_review_get_url (remote));
  bal_review_set_audience (merged, bal_review_get_audience (remote));
  bal_review_set_updated (merged, bal_review_get_updated (remote));

  if (what != NULL)
    *what = g_steal_pointer (&names);
  return merged;
}

/* A text without any tags is read so that its newlines count: on some blogs they do. */
static BalDocument *
read_body (BalReview *review)
{
  return bal_document_new_from_html (bal_review_get_html (review), -1, BAL_DIALECT_WP_CLASSIC);
}

/**
 * bal_plan_merge_bodies:
 * @base: (nullable): the state that both texts came from
 * @local: the state here
 * @remote: the other
 *
 * Only where the outcome settles the review, and so moves its base, may it be stored: done again over the same base,
 * what the blog wrote would be put in again.
 *
 * Returns: (transfer full) (nullable): the two texts brought together; %NULL: two texts that come from none are
 *   two texts
 */
BalMerge *
bal_plan_merge_bodies (BalReview *base,
                       BalReview *local,
                       BalReview *remote)
{
  g_autoptr(BalDocument) old = NULL;
  g_autoptr(BalDocument) mine = NULL;
  g_autoptr(BalDocument) theirs = NULL;

  if (base == NULL || texts_equal (bal_review_get_html (base), NULL))
    return NULL;

  old = read_body (base);
  mine = read_body (local);
  theirs = read_body (remote);
  return bal_document_merge3 (old, mine, theirs);
}

static void
take_body (BalReview *review,
           BalMerge  *merge)
{
  g_autoptr(BalDocument) outcome = bal_merge_to_document (merge);
  g_autofree char *html = bal_document_to_html (outcome, NULL);

  bal_review_set_html (review, html);
}

static gboolean
merge_bodies (BalReview *base,
              BalReview *local,
              BalReview *remote,
              BalReview *both)
{
  g_autoptr(BalMerge) merge = bal_plan_merge_bodies (base, local, remote);

  if (merge == NULL || bal_merge_get_n_conflicts (merge) > 0)
    return FALSE;

  take_body (both, merge);
  return TRUE;
}

/* The blocks of @old that @review has not, or (@altered) has with other words. */
static GHashTable *
find_changed (BalDocument *old,
              BalReview   *review,
              gboolean     altered)
{
  GHashTable *changed = g_hash_table_new (NULL, NULL);
  g_autoptr(BalDocument) document = read_body (review);
  g_autoptr(GPtrArray) changes = bal_document_diff (old, document);

  for (guint i = 0; i < changes->len; i++)
    {
      BalBlockChange *change = g_ptr_array_index (changes, i);

      if (change->change == BAL_DIFFERENCE_REMOVED || (altered && change->change == BAL_DIFFERENCE_ALTERED))
        g_hash_table_add (changed, change->old_block);
    }
  return changed;
}

/* Whether the blog has replaced a block that was changed here, too: what it put in its place would stand beside what
 * the person wrote, as in a merge of two people's work. */
static gboolean
is_replaced (BalReview *sent,
             BalReview *local,
             BalReview *stored)
{
  g_autoptr(BalDocument) old = read_body (sent);
  g_autoptr(GHashTable) here = find_changed (old, local, TRUE);
  g_autoptr(GHashTable) there = find_changed (old, stored, FALSE);
  GHashTableIter iter;
  gpointer block;

  g_hash_table_iter_init (&iter, there);
  while (g_hash_table_iter_next (&iter, &block, NULL))
    if (g_hash_table_contains (here, block))
      return TRUE;
  return FALSE;
}

/**
 * bal_plan_settle_review:
 * @sent: what was sent
 * @local: the state here, which a person may have changed since
 * @stored: what the blog made of @sent
 *
 * What the blog rewrote is taken over, word by word in the text; where the person has changed the same words
 * meanwhile, theirs stand and are sent next.
 *
 * Returns: (transfer full): what the review becomes, over @stored as its base
 */
BalReview *
bal_plan_settle_review (BalReview *sent,
                        BalReview *local,
                        BalReview *stored)
{
  g_autofree char *what = NULL;
  g_autoptr(BalMerge) merge = NULL;
  BalReview *settled;

  g_return_val_if_fail (BAL_IS_REVIEW (sent), NULL);

  settled = bal_plan_merge_review (sent, local, stored, &what);
  if (what == NULL || strstr (what, "html") == NULL)
    return settled;

  merge = is_replaced (sent, local, stored) ? NULL : bal_plan_merge_bodies (sent, local, stored);
  if (merge != NULL)
    take_body (settled, merge);
  return settled;
}

/**
 * bal_plan_review:
 * @base: (nullable): the state that both sides agreed on; %NULL: they never did
 * @local: the state here
 * @remote: (nullable): the state on the blog; %NULL: known to be gone from there
 * @merged: (out) (nullable) (transfer full): for BAL_PLAN_MERGE what both sides should become
 * @what: (out) (nullable) (transfer full): for BAL_PLAN_CONFLICT the names of the fields
 *
 * Three-way comparison, field by field. A text that both sides changed is merged when all else is settled and no
 * words of it conflict. Trashed there and edited here is no conflict: status and text are
 * different fields, so the text stays and the review is in the trash.
 *
 * Returns: what to do
 */
BalPlan
bal_plan_review (BalReview  *base,
                 BalReview  *local,
                 BalReview  *remote,
                 BalReview **merged,
                 char      **what)
{
  g_autoptr(BalReview) both = NULL;
  BalPlan plan;

  g_return_val_if_fail (BAL_IS_REVIEW (local), BAL_PLAN_NOTHING);
  g_return_val_if_fail (merged != NULL && what != NULL, BAL_PLAN_NOTHING);

  *merged = NULL;
  *what = NULL;
  if (remote == NULL)
    return base != NULL && bal_review_content_equal (base, local) ? BAL_PLAN_REMOVE_LOCAL
                                                                  : BAL_PLAN_CREATE_AGAIN;

  plan = plan_from_changes (base == NULL || !bal_review_content_equal (base, local),
                            base == NULL || !bal_review_content_equal (base, remote),
                            bal_review_content_equal (local, remote));
  if (plan != BAL_PLAN_MERGE)
    return plan;

  both = bal_plan_merge_review (base, local, remote, what);
  if (g_strcmp0 (*what, "html") == 0 && merge_bodies (base, local, remote, both))
    g_clear_pointer (what, g_free);
  if (*what != NULL)
    return BAL_PLAN_CONFLICT;
  if (bal_review_content_equal (both, remote))
    return BAL_PLAN_TAKE_REMOTE;    /* all that changed here changed there too */

  *merged = g_steal_pointer (&both);
  return BAL_PLAN_MERGE;
}

/**
 * bal_plan_merge_comment:
 * @base: (nullable): the state that both sides agreed on; %NULL counts as an empty, pending comment
 * @local: the state here
 * @remote: the state on the blog
 * @what: (out) (optional) (nullable) (transfer full): comma-separated names of the fields that both
 *   sides changed to different things
 *
 * Returns: (transfer full): @local with what only @remote changed; fields in @what are @local's
 */
BalComment *
bal_plan_merge_comment (BalComment  *base,
                        BalComment  *local,
                        BalComment  *remote,
                        char       **what)
{
  g_autoptr(BalComment) empty = base == NULL ? bal_comment_new (0) : NULL;
  g_autofree char *names = NULL;
  BalComment *merged;

  g_return_val_if_fail (BAL_IS_COMMENT (local), NULL);
  g_return_val_if_fail (BAL_IS_COMMENT (remote), NULL);

  merged = bal_comment_dup (local);
  names = merge_fields (comment_fields, G_N_ELEMENTS (comment_fields),
                        base != NULL ? base : empty, local, remote, merged);
  bal_comment_set_remote_id (merged, bal_comment_get_remote_id (remote));
  bal_comment_set_remote_review_id (merged, bal_comment_get_remote_review_id (remote));
  bal_comment_set_remote_parent_id (merged, bal_comment_get_remote_parent_id (remote));
  bal_comment_set_parent_id (merged, bal_comment_get_parent_id (remote));
  bal_comment_set_author_email (merged, bal_comment_get_author_email (remote));
  bal_comment_set_author_url (merged, bal_comment_get_author_url (remote));
  bal_comment_set_author_ip (merged, bal_comment_get_author_ip (remote));
  bal_comment_set_user_agent (merged, bal_comment_get_user_agent (remote));
  bal_comment_set_mine (merged, bal_comment_get_mine (remote));
  bal_comment_set_created (merged, bal_comment_get_created (remote));
  bal_comment_set_url (merged, bal_comment_get_url (remote));

  if (what != NULL)
    *what = g_steal_pointer (&names);
  return merged;
}

/**
 * bal_plan_comment:
 * @base: (nullable): the state that both sides agreed on; %NULL: they never did
 * @local: the state here
 * @remote: (nullable): the state on the blog; %NULL: known to be gone from there
 * @merged: (out) (nullable) (transfer full): for BAL_PLAN_MERGE what both sides should become
 * @what: (out) (nullable) (transfer full): for BAL_PLAN_CONFLICT the names of the fields
 *
 * Like [func@plan_review]. A comment that is gone is never made anew: moderation of something deleted
 * has no object, and a text of ours is for the caller to keep.
 *
 * Returns: what to do
 */
BalPlan
bal_plan_comment (BalComment  *base,
                  BalComment  *local,
                  BalComment  *remote,
                  BalComment **merged,
                  char       **what)
{
  g_autoptr(BalComment) both = NULL;
  guint n = G_N_ELEMENTS (comment_fields);
  BalPlan plan;

  g_return_val_if_fail (BAL_IS_COMMENT (local), BAL_PLAN_NOTHING);
  g_return_val_if_fail (merged != NULL && what != NULL, BAL_PLAN_NOTHING);

  *merged = NULL;
  *what = NULL;
  if (remote == NULL)
    return base != NULL && texts_equal (bal_comment_get_html (base), bal_comment_get_html (local))
           ? BAL_PLAN_REMOVE_LOCAL
           : BAL_PLAN_CREATE_AGAIN;

  plan = plan_from_changes (base == NULL || !all_equal (comment_fields, n, base, local),
                            base == NULL || !all_equal (comment_fields, n, base, remote),
                            all_equal (comment_fields, n, local, remote));
  if (plan != BAL_PLAN_MERGE)
    return plan;

  both = bal_plan_merge_comment (base, local, remote, what);
  if (*what != NULL)
    return BAL_PLAN_CONFLICT;
  if (all_equal (comment_fields, n, both, remote))
    return BAL_PLAN_TAKE_REMOTE;

  *merged = g_steal_pointer (&both);
  return BAL_PLAN_MERGE;
}
