/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-resolution.h"

#include <glib/gi18n.h>

#include "bal-document-diff.h"
#include "bal-planner.h"
#include "bal-safe-text.h"

struct _BalResolution
{
  BalDispute *dispute;
  GPtrArray  *points;        /* BalPoint */
  BalReview  *review;        /* (nullable): both sides together, with the person's where there is a choice */
  BalComment *comment;       /* (nullable): likewise */
  BalMerge   *merge;         /* (nullable): of the texts of a review, where both changed it */
};

/* The planner's names, in the order of the window. */
static const struct
{
  const char *field;
  const char *label;
} names[] = {
  { "deleted", N_("Deleted") },
  { "title", N_("Title") },
  { "author", N_("Author") },
  { "html", N_("Text") },
  { "status", N_("Status") },
  { "excerpt", N_("Excerpt") },
  { "slug", N_("Slug") },
  { "labels", N_("Labels") },
  { "categories", N_("Categories") },
  { "featured_image", N_("Featured image") },
};

static void
point_free (BalPoint *point)
{
  for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
    g_free (point->sides[s]);
  g_free (point);
}

static BalPoint *
add_point (BalResolution *self,
           const char    *field)
{
  BalPoint *point = g_new0 (BalPoint, 1);

  point->field = g_str_equal (field, "html") ? "text" : field;
  point->choice = BAL_SIDE_MINE;
  g_ptr_array_add (self->points, point);
  return point;
}

/* ---- what a reader sees ---- */

static char *
describe_time (gint64 seconds)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (seconds);

  return time != NULL ? g_date_time_format (time, "%x %H:%M") : g_strdup ("");
}

static char *
describe_review_status (BalReview *review)
{
  const char *label = bal_review_status_get_label (bal_review_get_status (review));
  g_autofree char *time = NULL;

  if (bal_review_get_published (review) == 0)
    return g_strdup (label);
  time = describe_time (bal_review_get_published (review));
  return g_strdup_printf ("%s · %s", label, time);
}

static char *
describe_blocks (GPtrArray *blocks)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < blocks->len; i++)
    {
      g_autofree char *block = bal_block_to_text (g_ptr_array_index (blocks, i));

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", block);
    }
  return g_strdup (text->str);
}

static char *
describe_body (BalReview *review)
{
  g_autoptr(BalDocument) document = bal_document_new_from_html (bal_review_get_html (review), -1,
                                                                BAL_DIALECT_WP_CLASSIC);
  g_autoptr(GPtrArray) blocks = bal_document_dup_blocks (document);

  return describe_blocks (blocks);
}

static char *
describe_review_field (BalReview  *review,
                       const char *field)
{
  const char *value = NULL;

  if (review == NULL)
    return g_strdup ("");
  if (g_str_equal (field, "html"))
    return describe_body (review);
  if (g_str_equal (field, "status"))
    return describe_review_status (review);
  if (g_str_equal (field, "labels"))
    return g_strjoinv (", ", (char **) bal_review_get_labels (review));
  if (g_str_equal (field, "categories"))
    return g_strjoinv (", ", (char **) bal_review_get_categories (review));

  if (g_str_equal (field, "title"))
    value = bal_review_get_title (review);
  else if (g_str_equal (field, "excerpt"))
    value = bal_review_get_excerpt (review);
  else if (g_str_equal (field, "slug"))
    value = bal_review_get_slug (review);
  else if (g_str_equal (field, "featured_image"))
    value = bal_review_get_featured_image (review);
  return g_strdup (value != NULL ? value : "");
}

static char *
describe_comment_field (BalComment *comment,
                        const char *field)
{
  if (comment == NULL)
    return g_strdup ("");
  if (g_str_equal (field, "status"))
    return g_strdup (bal_comment_status_get_label (bal_comment_get_status (comment)));
  if (g_str_equal (field, "html"))
    return bal_safe_text_from_comment (bal_comment_get_html (comment));
  return g_strdup (bal_comment_get_author (comment) != NULL ? bal_comment_get_author (comment) : "");
}

/* ---- the points ---- */

static void
add_text_points (BalResolution *self)
{
  BalReview **reviews = self->dispute->reviews;
  guint n = 0;

  self->merge = bal_plan_merge_bodies (reviews[BAL_SIDE_BASE], reviews[BAL_SIDE_MINE], reviews[BAL_SIDE_THEIRS]);
  if (self->merge != NULL)
    n = bal_merge_get_n_conflicts (self->merge);
  for (guint i = 0; i < n; i++)
    {
      BalPoint *point = add_point (self, "html");

      point->number = i + 1;
      point->n_numbers = n;
      for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
        point->sides[s] = describe_blocks (bal_merge_get_side (self->merge, i, s));
    }
}

static gboolean
is_named (const char *what,
          const char *field)
{
  g_auto(GStrv) fields = g_strsplit (what != NULL ? what : "", ",", -1);

  return g_strv_contains ((const char *const *) fields, field);
}

static void
add_points (BalResolution *self,
            const char    *what)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *field = names[i].field;
      BalPoint *point;

      if (!is_named (what, field))
        continue;
      if (g_str_equal (field, "html") && self->review != NULL)
        add_text_points (self);
      if (g_str_equal (field, "html") && self->merge != NULL)
        continue;

      point = add_point (self, field);
      for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
        point->sides[s] = self->review != NULL ? describe_review_field (self->dispute->reviews[s], field)
                                               : describe_comment_field (self->dispute->comments[s], field);
    }
}

static void
add_deleted_point (BalResolution *self)
{
  BalPoint *point = add_point (self, "deleted");

  for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
    point->sides[s] = self->dispute->entity == BAL_ENTITY_REVIEW
                      ? describe_review_field (self->dispute->reviews[s], "html")
                      : describe_comment_field (self->dispute->comments[s], "html");
}

/**
 * bal_resolution_new:
 * @dispute: (transfer full): a conflict
 *
 * Returns: (transfer full): its points; until something is chosen the outcome has the person's side of each
 */
BalResolution *
bal_resolution_new (BalDispute *dispute)
{
  BalResolution *self;
  g_autofree char *what = NULL;

  g_return_val_if_fail (dispute != NULL, NULL);

  self = g_new0 (BalResolution, 1);
  self->dispute = dispute;
  self->points = g_ptr_array_new_with_free_func ((GDestroyNotify) point_free);
  if (dispute->reviews[BAL_SIDE_THEIRS] != NULL)
    self->review = bal_plan_merge_review (dispute->reviews[BAL_SIDE_BASE], dispute->reviews[BAL_SIDE_MINE],
                                          dispute->reviews[BAL_SIDE_THEIRS], &what);
  else if (dispute->comments[BAL_SIDE_THEIRS] != NULL)
    self->comment = bal_plan_merge_comment (dispute->comments[BAL_SIDE_BASE], dispute->comments[BAL_SIDE_MINE],
                                            dispute->comments[BAL_SIDE_THEIRS], &what);

  if (bal_dispute_can_reopen (dispute))
    add_points (self, what);
  else
    add_deleted_point (self);
  return self;
}

void
bal_resolution_free (BalResolution *self)
{
  g_return_if_fail (self != NULL);

  bal_dispute_free (self->dispute);
  g_ptr_array_unref (self->points);
  g_clear_object (&self->review);
  g_clear_object (&self->comment);
  g_clear_pointer (&self->merge, bal_merge_free);
  g_free (self);
}

BalDispute *
bal_resolution_get_dispute (BalResolution *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->dispute;
}

GPtrArray *
bal_resolution_get_points (BalResolution *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->points;
}

void
bal_resolution_choose (BalResolution *self,
                       guint          point,
                       BalSide        side)
{
  BalPoint *chosen;

  g_return_if_fail (self != NULL);
  g_return_if_fail (point < self->points->len);
  g_return_if_fail (side == BAL_SIDE_MINE || side == BAL_SIDE_THEIRS);

  chosen = g_ptr_array_index (self->points, point);
  chosen->choice = side;
  if (chosen->number > 0)
    bal_merge_choose (self->merge, chosen->number - 1, side);
}

void
bal_resolution_choose_all (BalResolution *self,
                           BalSide        side)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->points->len; i++)
    bal_resolution_choose (self, i, side);
}

/* ---- the outcome ---- */

static gboolean
is_deleted (BalResolution *self)
{
  return !bal_dispute_can_reopen (self->dispute) &&
         ((BalPoint *) g_ptr_array_index (self->points, 0))->choice == BAL_SIDE_THEIRS;
}

/* The planner's name of a point that stands for a field. */
static const char *
get_field (const BalPoint *point)
{
  return g_str_equal (point->field, "text") ? "html" : point->field;
}

BalReview *
bal_resolution_dup_review (BalResolution *self)
{
  BalReview *outcome;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->dispute->entity != BAL_ENTITY_REVIEW || is_deleted (self))
    return NULL;
  outcome = bal_review_dup (self->review != NULL ? self->review : self->dispute->reviews[BAL_SIDE_MINE]);
  if (self->merge != NULL)
    {
      g_autoptr(BalDocument) document = bal_merge_to_document (self->merge);
      g_autofree char *html = bal_document_to_html (document, NULL);

      bal_review_set_html (outcome, html);
    }
  for (guint i = 0; self->review != NULL && i < self->points->len; i++)
    {
      BalPoint *point = g_ptr_array_index (self->points, i);

      if (point->choice == BAL_SIDE_THEIRS && point->number == 0)
        bal_plan_take_review_field (outcome, self->dispute->reviews[BAL_SIDE_THEIRS], get_field (point));
    }
  return outcome;
}

BalComment *
bal_resolution_dup_comment (BalResolution *self)
{
  BalComment *mine;
  BalComment *outcome;

  g_return_val_if_fail (self != NULL, NULL);

  mine = self->dispute->comments[BAL_SIDE_MINE];
  if (self->dispute->entity != BAL_ENTITY_COMMENT || is_deleted (self))
    return NULL;
  outcome = bal_comment_dup (mine);
  if (self->comment == NULL)
    return outcome;

  bal_plan_take_comment_field (outcome, self->comment, "status");
  bal_plan_take_comment_field (outcome, self->comment, "html");
  bal_plan_take_comment_field (outcome, self->comment, "author");
  for (guint i = 0; i < self->points->len; i++)
    {
      BalPoint *point = g_ptr_array_index (self->points, i);

      if (point->choice == BAL_SIDE_THEIRS)
        bal_plan_take_comment_field (outcome, self->dispute->comments[BAL_SIDE_THEIRS], get_field (point));
    }
  return outcome;
}

const char *
bal_point_get_label (const BalPoint *point)
{
  g_return_val_if_fail (point != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].field, get_field (point)))
      return _(names[i].label);
  return point->field;
}
