/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-application.h"
#include "bal-heap.h"
#include "bal-providers.h"
#include "bal-secrets.h"
#include "bal-store.h"
#include "bal-sync-engine.h"
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

typedef struct
{
  BalStore      *store;
  BalSyncEngine *engine;
} Desk;

static void
build_cb (BalApplication *application,
          const char     *data_dir,
          Desk           *desk)
{
  g_autoptr(BalProviderRegistry) registry = NULL;
  g_autoptr(BalSecrets) secrets = NULL;
  g_autoptr(GError) error = NULL;

  desk->store = bal_store_open (data_dir, &error);
  if (desk->store == NULL)
    {
      g_printerr ("balcony: %s\n", error->message);
      bal_application_set_broken (application, error);
      return;
    }

  registry = bal_providers_new_registry ();
  secrets = bal_secrets_keyring_new ();
  desk->engine = bal_sync_engine_new (desk->store, registry, secrets);
  bal_application_set_desk (application, desk->store, desk->engine);
}

/* Sync first: what it was sending is then noted in a store that is still open. */
static int
close_desk (Desk *desk)
{
  g_autoptr(GError) error = NULL;
  int status = 0;

  if (desk->engine != NULL)
    bal_sync_engine_close (desk->engine);
  if (desk->store != NULL && !bal_store_close (desk->store, &error))
    {
      g_printerr ("balcony: %s\n", error->message);
      status = 1;
    }
  g_clear_object (&desk->engine);
  g_clear_object (&desk->store);

  return status;
}

static void
take_down_cb (BalApplication *application,
              Desk           *desk)
{
  close_desk (desk);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(BalApplication) application = NULL;
  Desk desk = { 0 };
  int status;

  bal_heap_give_back_large_blocks ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, BALCONY_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = bal_application_new ();
  g_signal_connect (application, "build", G_CALLBACK (build_cb), &desk);
  g_signal_connect (application, "take-down", G_CALLBACK (take_down_cb), &desk);
  status = g_application_run (G_APPLICATION (application), argc, argv);

  if (close_desk (&desk) != 0 || bal_application_is_broken (application))
    status = 1;

  return status;
}
