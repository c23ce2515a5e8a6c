/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-secrets.h"

#define BAL_TYPE_SECRETS_MEMORY (bal_secrets_memory_get_type ())
G_DECLARE_FINAL_TYPE (BalSecretsMemory, bal_secrets_memory, BAL, SECRETS_MEMORY, GObject)

struct _BalSecretsMemory
{
  GObject     parent_instance;

  GMutex      mutex;             /* sign-in and sync run on different threads */
  GHashTable *passwords;         /* owned utf8 "url\nuser" -> owned utf8 */
  char       *answer;            /* for every blog; nullable */
};

static void bal_secrets_memory_iface_init (BalSecretsInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BalSecretsMemory, bal_secrets_memory, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (BAL_TYPE_SECRETS,
                                                      bal_secrets_memory_iface_init))

static char *
dup_name (BalBlog *blog)
{
  const char *url = bal_blog_get_url (blog);
  const char *user = bal_blog_get_user (blog);

  return g_strconcat (url != NULL ? url : "", "\n", user, NULL);
}

static char *
bal_secrets_memory_lookup (BalSecrets    *secrets,
                           BalBlog       *blog,
                           GCancellable  *cancellable,
                           GError       **error)
{
  BalSecretsMemory *self = BAL_SECRETS_MEMORY (secrets);
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autofree char *name = dup_name (blog);
  const char *password = g_hash_table_lookup (self->passwords, name);

  return g_strdup (password != NULL ? password : self->answer);
}

static gboolean
bal_secrets_memory_store (BalSecrets    *secrets,
                          BalBlog       *blog,
                          const char    *password,
                          GCancellable  *cancellable,
                          GError       **error)
{
  BalSecretsMemory *self = BAL_SECRETS_MEMORY (secrets);
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_hash_table_insert (self->passwords, dup_name (blog), g_strdup (password));
  return TRUE;
}

static gboolean
bal_secrets_memory_clear (BalSecrets    *secrets,
                          BalBlog       *blog,
                          GCancellable  *cancellable,
                          GError       **error)
{
  BalSecretsMemory *self = BAL_SECRETS_MEMORY (secrets);
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autofree char *name = dup_name (blog);

  g_hash_table_remove (self->passwords, name);
  return TRUE;
}

static void
bal_secrets_memory_finalize (GObject *object)
{
  BalSecretsMemory *self = BAL_SECRETS_MEMORY (object);

  g_hash_table_unref (self->passwords);
  bal_secret_free (self->answer);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (bal_secrets_memory_parent_class)->finalize (object);
}

static void
bal_secrets_memory_iface_init (BalSecretsInterface *iface)
{
  iface->lookup = bal_secrets_memory_lookup;
  iface->store = bal_secrets_memory_store;
  iface->clear = bal_secrets_memory_clear;
}

static void
bal_secrets_memory_class_init (BalSecretsMemoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bal_secrets_memory_finalize;
}

static void
bal_secrets_memory_init (BalSecretsMemory *self)
{
  g_mutex_init (&self->mutex);
  self->passwords = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) bal_secret_free);
}

/**
 * bal_secrets_memory_new:
 * @password: (nullable): the answer for every blog that has none of its own
 *
 * Returns: (transfer full): a place for passwords that forgets them with the program
 */
BalSecrets *
bal_secrets_memory_new (const char *password)
{
  BalSecretsMemory *self = g_object_new (BAL_TYPE_SECRETS_MEMORY, NULL);

  self->answer = g_strdup (password);
  return BAL_SECRETS (self);
}
