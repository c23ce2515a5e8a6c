/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-secrets.h"

#include <string.h>

G_DEFINE_INTERFACE (BalSecrets, bal_secrets, G_TYPE_OBJECT)

static void
bal_secrets_default_init (BalSecretsInterface *iface)
{
}

/**
 * bal_secrets_lookup:
 * @self: a place for passwords
 * @blog: whose
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the password, to be freed with [func@secret_free]; %NULL
 *   without an error when none is kept
 */
char *
bal_secrets_lookup (BalSecrets    *self,
                    BalBlog       *blog,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_return_val_if_fail (BAL_IS_SECRETS (self), NULL);
  g_return_val_if_fail (BAL_IS_BLOG (blog), NULL);

  return BAL_SECRETS_GET_IFACE (self)->lookup (self, blog, cancellable, error);
}

/**
 * bal_secrets_would_ask:
 * @self: a place for passwords
 * @blog: whose
 * @cancellable: (nullable): a cancellable
 *
 * Returns: %TRUE if [method@Secrets.lookup] would open a dialog of the desktop's
 */
gboolean
bal_secrets_would_ask (BalSecrets   *self,
                       BalBlog      *blog,
                       GCancellable *cancellable)
{
  g_return_val_if_fail (BAL_IS_SECRETS (self), FALSE);
  g_return_val_if_fail (BAL_IS_BLOG (blog), FALSE);

  return BAL_SECRETS_GET_IFACE (self)->would_ask != NULL &&
         BAL_SECRETS_GET_IFACE (self)->would_ask (self, blog, cancellable);
}

/**
 * bal_secrets_store:
 * @self: a place for passwords
 * @blog: whose
 * @password: the password
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Returns: %FALSE with an error where it could not be kept beyond this program's life
 */
gboolean
bal_secrets_store (BalSecrets    *self,
                   BalBlog       *blog,
                   const char    *password,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_return_val_if_fail (BAL_IS_SECRETS (self), FALSE);
  g_return_val_if_fail (BAL_IS_BLOG (blog), FALSE);
  g_return_val_if_fail (password != NULL, FALSE);

  return BAL_SECRETS_GET_IFACE (self)->store (self, blog, password, cancellable, error);
}

/**
 * bal_secrets_clear:
 * @self: a place for passwords
 * @blog: whose
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Forgets the blog's password. It is no error when none was kept.
 *
 * Returns: %FALSE with an error where the secret service still has it
 */
gboolean
bal_secrets_clear (BalSecrets    *self,
                   BalBlog       *blog,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_return_val_if_fail (BAL_IS_SECRETS (self), FALSE);
  g_return_val_if_fail (BAL_IS_BLOG (blog), FALSE);

  return BAL_SECRETS_GET_IFACE (self)->clear (self, blog, cancellable, error);
}

/**
 * bal_secret_free:
 * @secret: (nullable): a password
 *
 * Overwrites the password in memory, then frees it.
 */
void
bal_secret_free (char *secret)
{
  if (secret == NULL)
    return;

  /* Not memset(), which a compiler may leave out before a free. */
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}
