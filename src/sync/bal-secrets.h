/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-blog.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BalSecrets:
 *
 * Where passwords live: the desktop's secret service, or only memory. Never the database, a log or an
 * argument. Keyed by a blog's URL and user, so that a copied database finds them. All calls block; they run on the sync thread.
 */
#define BAL_TYPE_SECRETS (bal_secrets_get_type ())
G_DECLARE_INTERFACE (BalSecrets, bal_secrets, BAL, SECRETS, GObject)

struct _BalSecretsInterface
{
  GTypeInterface parent_iface;

  char     *(*lookup) (BalSecrets *self, BalBlog *blog, GCancellable *cancellable, GError **error);
  gboolean  (*store)  (BalSecrets *self, BalBlog *blog, const char *password, GCancellable *cancellable, GError **error);
  gboolean  (*clear)  (BalSecrets *self, BalBlog *blog, GCancellable *cancellable, GError **error);
  /* (nullable): it never asks. */
  gboolean  (*would_ask) (BalSecrets *self, BalBlog *blog, GCancellable *cancellable);
};

/* (nullable) (transfer full): NULL without error: none is kept. Free with bal_secret_free(). */
char       *bal_secrets_lookup     (BalSecrets    *self,
                                    BalBlog       *blog,
                                    GCancellable  *cancellable,
                                    GError       **error);
/* Whether a look-up would first ask the person to unlock something. */
gboolean    bal_secrets_would_ask  (BalSecrets    *self,
                                    BalBlog       *blog,
                                    GCancellable  *cancellable);
/* FALSE with an error where it could not be kept (no service, locked and dismissed). */
gboolean    bal_secrets_store      (BalSecrets    *self,
                                    BalBlog       *blog,
                                    const char    *password,
                                    GCancellable  *cancellable,
                                    GError       **error);
gboolean    bal_secrets_clear      (BalSecrets    *self,
                                    BalBlog       *blog,
                                    GCancellable  *cancellable,
                                    GError       **error);
/* Overwrites it first. */
void        bal_secret_free        (char          *secret);

/* The desktop's secret service; what it can't keep stays in memory until the program ends. */
BalSecrets *bal_secrets_keyring_new (void);
/* Only memory. @password (nullable): the answer for every blog (BALCONY_PASSWORD). */
BalSecrets *bal_secrets_memory_new  (const char   *password);

G_END_DECLS
