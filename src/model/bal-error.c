/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-error.h"

typedef struct
{
  guint    retry_after;
  gboolean too_large;
} BalErrorPrivate;

static void
bal_error_private_init (BalErrorPrivate *private)
{
  private->retry_after = 0;
  private->too_large = FALSE;
}

static void
bal_error_private_copy (const BalErrorPrivate *from,
                        BalErrorPrivate       *to)
{
  to->retry_after = from->retry_after;
  to->too_large = from->too_large;
}

static void
bal_error_private_clear (BalErrorPrivate *private)
{
}

G_DEFINE_EXTENDED_ERROR (BalError, bal_error)

/**
 * bal_error_get_retry_after:
 * @error: (nullable): any error
 *
 * Returns: the seconds after which the server wants to be asked again; 0 when it named none, and
 *   for errors of other domains
 */
guint
bal_error_get_retry_after (const GError *error)
{
  if (error == NULL || error->domain != BAL_ERROR)
    return 0;

  return bal_error_get_private (error)->retry_after;
}

/**
 * bal_error_set_retry_after:
 * @error: an error of [error@Error]
 * @seconds: when the server wants to be asked again
 */
void
bal_error_set_retry_after (GError *error,
                           guint   seconds)
{
  g_return_if_fail (error != NULL && error->domain == BAL_ERROR);

  bal_error_get_private (error)->retry_after = seconds;
}

/**
 * bal_error_is_too_large:
 * @error: (nullable): any error
 *
 * Returns: whether an answer was larger than what is taken, so that asking for less of it may help
 */
gboolean
bal_error_is_too_large (const GError *error)
{
  return error != NULL && error->domain == BAL_ERROR && bal_error_get_private (error)->too_large;
}

/**
 * bal_error_set_too_large:
 * @error: an error of [error@Error]
 *
 * Says that the size of an answer was all that was wrong with it.
 */
void
bal_error_set_too_large (GError *error)
{
  g_return_if_fail (error != NULL && error->domain == BAL_ERROR);

  bal_error_get_private (error)->too_large = TRUE;
}
