/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-secrets.h"

#include <glib/gi18n.h>
#include <libsecret/secret.h>

#include "bal-error.h"

#define BAL_TYPE_SECRETS_KEYRING (bal_secrets_keyring_get_type ())
G_DECLARE_FINAL_TYPE (BalSecretsKeyring, bal_secrets_keyring, BAL, SECRETS_KEYRING, GObject)

struct _BalSecretsKeyring
{
  GObject     parent_instance;

  BalSecrets *memory;            /* what the service could not keep */
};

/* The attributes are a contract with what earlier versions stored. */
static const SecretSchema schema = {
  "io.github.balcony.Balcony", SECRET_SCHEMA_NONE,
  {
    { "url", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "user", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

static void bal_secrets_keyring_iface_init (BalSecretsInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BalSecretsKeyring, bal_secrets_keyring, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (BAL_TYPE_SECRETS,
                                                      bal_secrets_keyring_iface_init))

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/* Where there is no secret service at all (a console, a bare window manager), nothing can be kept
 * there: that is no failure of a look-up. Anything else (a locked keyring) is told. */
static gboolean
is_no_service (const GError *error)
{
  return error->domain == G_DBUS_ERROR || error->domain == G_IO_ERROR
         ? !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
         : FALSE;
}

static char *
bal_secrets_keyring_lookup (BalSecrets    *secrets,
                            BalBlog       *blog,
                            GCancellable  *cancellable,
                            GError       **error)
{
  BalSecretsKeyring *self = BAL_SECRETS_KEYRING (secrets);
  g_autoptr(GError) local = NULL;
  char *password = bal_secrets_lookup (self->memory, blog, cancellable, NULL);
  char *kept;

  if (password != NULL)
    return password;

  kept = secret_password_lookup_sync (&schema, cancellable, &local,
                                      "url", or_empty (bal_blog_get_url (blog)),
                                      "user", or_empty (bal_blog_get_user (blog)),
                                      NULL);
  if (local != NULL)
    {
      if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_propagate_error (error, g_steal_pointer (&local));
      else if (is_no_service (local))
        g_debug ("No secret service: %s", local->message);
      else
        g_set_error (error, BAL_ERROR, BAL_ERROR_AUTH,
                     _("The password of “%s” could not be read. Unlock the keyring and try again. (%s)"),
                     or_empty (bal_blog_get_name (blog)), local->message);
      return NULL;
    }

  password = g_strdup (kept);
  secret_password_free (kept);
  return password;
}

/* What can't be found out without asking is left to the look-up. */
static gboolean
bal_secrets_keyring_would_ask (BalSecrets   *secrets,
                               BalBlog      *blog,
                               GCancellable *cancellable)
{
  BalSecretsKeyring *self = BAL_SECRETS_KEYRING (secrets);
  char *password = bal_secrets_lookup (self->memory, blog, cancellable, NULL);
  gboolean is_kept = password != NULL;
  gboolean is_locked = FALSE;
  GList *found;

  bal_secret_free (password);
  if (is_kept)
    return FALSE;

  found = secret_password_search_sync (&schema, SECRET_SEARCH_ALL, cancellable, NULL,
                                       "url", or_empty (bal_blog_get_url (blog)),
                                       "user", or_empty (bal_blog_get_user (blog)),
                                       NULL);
  for (GList *l = found; l != NULL; l = l->next)
    is_locked |= SECRET_IS_ITEM (l->data) && secret_item_get_locked (l->data);
  g_list_free_full (found, g_object_unref);
  return is_locked;
}

static gboolean
bal_secrets_keyring_store (BalSecrets    *secrets,
                           BalBlog       *blog,
                           const char    *password,
                           GCancellable  *cancellable,
                           GError       **error)
{
  BalSecretsKeyring *self = BAL_SECRETS_KEYRING (secrets);
  g_autoptr(GError) local = NULL;
  g_autofree char *label = NULL;

  /* TRANSLATORS: how a blog's password is listed in the keyring; %s is the blog's name */
  label = g_strdup_printf (_("Balcony: %s"), or_empty (bal_blog_get_name (blog)));
  if (secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, label, password,
                                  cancellable, &local,
                                  "url", or_empty (bal_blog_get_url (blog)),
                                  "user", or_empty (bal_blog_get_user (blog)),
                                  NULL))
    {
      bal_secrets_clear (self->memory, blog, NULL, NULL);
      return TRUE;
    }

  bal_secrets_store (self->memory, blog, password, NULL, NULL);
  g_set_error (error, BAL_ERROR, BAL_ERROR_STORAGE,
               _("The keyring could not keep the password: it is used until Balcony ends. (%s)"),
               local != NULL ? local->message : _("the request was dismissed"));
  return FALSE;
}

static gboolean
bal_secrets_keyring_clear (BalSecrets    *secrets,
                           BalBlog       *blog,
                           GCancellable  *cancellable,
                           GError       **error)
{
  BalSecretsKeyring *self = BAL_SECRETS_KEYRING (secrets);
  g_autoptr(GError) local = NULL;

  bal_secrets_clear (self->memory, blog, NULL, NULL);
  secret_password_clear_sync (&schema, cancellable, &local,
                              "url", or_empty (bal_blog_get_url (blog)),
                              "user", or_empty (bal_blog_get_user (blog)),
                              NULL);
  if (local == NULL || is_no_service (local))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
bal_secrets_keyring_finalize (GObject *object)
{
  BalSecretsKeyring *self = BAL_SECRETS_KEYRING (object);

  g_object_unref (self->memory);

  G_OBJECT_CLASS (bal_secrets_keyring_parent_class)->finalize (object);
}

static void
bal_secrets_keyring_iface_init (BalSecretsInterface *iface)
{
  iface->lookup = bal_secrets_keyring_lookup;
  iface->would_ask = bal_secrets_keyring_would_ask;
  iface->store = bal_secrets_keyring_store;
  iface->clear = bal_secrets_keyring_clear;
}

static void
bal_secrets_keyring_class_init (BalSecretsKeyringClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bal_secrets_keyring_finalize;
}

static void
bal_secrets_keyring_init (BalSecretsKeyring *self)
{
  self->memory = bal_secrets_memory_new (NULL);
}

/**
 * bal_secrets_keyring_new:
 *
 * Returns: (transfer full): the desktop's secret service; what it can't keep stays in memory until
 *   the program ends
 */
BalSecrets *
bal_secrets_keyring_new (void)
{
  return g_object_new (BAL_TYPE_SECRETS_KEYRING, NULL);
}
