/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-providers.h"

/**
 * bal_providers_new_registry:
 *
 * Returns: (transfer full): a registry of every kind of blog that this build knows
 */
BalProviderRegistry *
bal_providers_new_registry (void)
{
  BalProviderRegistry *registry = bal_provider_registry_new ();

  bal_provider_registry_add (registry, &bal_wordpress_type);
  bal_provider_registry_add (registry, &bal_blogger_type);
  bal_provider_registry_add (registry, &bal_ghost_type);
  bal_provider_registry_add (registry, &bal_folder_type);

  return registry;
}
