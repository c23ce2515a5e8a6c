/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-review.h"

#include "bal-property.h"

/**
 * bal_review_fields_new:
 *
 * Returns: (transfer full): fields that are all empty
 */
BalReviewFields *
bal_review_fields_new (void)
{
  return g_new0 (BalReviewFields, 1);
}

/**
 * bal_review_fields_clear:
 * @self: fields, perhaps on the stack
 *
 * Frees what the fields hold and leaves them empty.
 */
void
bal_review_fields_clear (BalReviewFields *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->series, g_free);
  g_clear_pointer (&self->film, g_free);
  self->film_year = 0;
  g_clear_pointer (&self->grade, g_free);
  g_clear_pointer (&self->watched_on, g_free);
  g_clear_pointer (&self->quote, g_free);
  g_clear_pointer (&self->quote_character, g_free);
  g_clear_pointer (&self->quote_actor, g_free);
}

/**
 * bal_review_fields_free:
 * @self: (nullable): fields made by [func@review_fields_new] or [func@review_fields_copy]
 *
 * Frees the fields with all they hold.
 */
void
bal_review_fields_free (BalReviewFields *self)
{
  if (self == NULL)
    return;

  bal_review_fields_clear (self);
  g_free (self);
}

/**
 * bal_review_fields_equal:
 * @a: fields
 * @b: other fields
 *
 * Returns: whether all are equal, where %NULL and "" are the same
 */
gboolean
bal_review_fields_equal (const BalReviewFields *a,
                         const BalReviewFields *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->film_year == b->film_year &&
         bal_property_texts_equal (a->series, b->series) &&
         bal_property_texts_equal (a->film, b->film) &&
         bal_property_texts_equal (a->grade, b->grade) &&
         bal_property_texts_equal (a->watched_on, b->watched_on) &&
         bal_property_texts_equal (a->quote, b->quote) &&
         bal_property_texts_equal (a->quote_character, b->quote_character) &&
         bal_property_texts_equal (a->quote_actor, b->quote_actor);
}
