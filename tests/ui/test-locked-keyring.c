/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real secret service of a session: is it noticed that it would ask? */
#include "bal-secrets.h"

#include <libsecret/secret.h>

static void
test_a_locked_keyring_would_ask (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalSecrets) secrets = bal_secrets_keyring_new ();
  g_autoptr(BalSecrets) later = bal_secrets_keyring_new ();
  g_autoptr(BalBlog) blog = bal_blog_new (1);
  g_autoptr(BalBlog) other = bal_blog_new (2);
  g_autoptr(SecretService) service = secret_service_get_sync (SECRET_SERVICE_OPEN_SESSION, NULL, NULL);
  g_autoptr(SecretCollection) collection = NULL;
  g_autoptr(GList) collections = NULL;

  bal_blog_set_name (blog, "Desk");
  bal_blog_set_url (blog, "https://blog.example/");
  bal_blog_set_user (blog, "anna");
  bal_blog_set_url (other, "https://other.example/");
  g_assert_true (bal_secrets_store (secrets, blog, "secret", NULL, &error));
  g_assert_no_error (error);
  g_assert_false (bal_secrets_would_ask (secrets, blog, NULL));
  g_assert_false (bal_secrets_would_ask (secrets, other, NULL));

  collection = secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, NULL,
                                                 &error);
  g_assert_no_error (error);
  collections = g_list_prepend (NULL, collection);
  g_assert_cmpint (secret_service_lock_sync (service, collections, NULL, NULL, &error), ==, 1);
  g_assert_no_error (error);
  g_assert_true (bal_secrets_would_ask (later, blog, NULL));
  g_assert_false (bal_secrets_would_ask (later, other, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/secrets/a-locked-keyring-would-ask", test_a_locked_keyring_would_ask);

  return g_test_run ();
}
