/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-provider.h"

G_BEGIN_DECLS

/* Every kind of blog that this build knows. Adding one: a folder here and a line in bal-providers.c. */
BalProviderRegistry *bal_providers_new_registry (void);

extern const BalProviderType bal_wordpress_type;
extern const BalProviderType bal_blogger_type;
extern const BalProviderType bal_ghost_type;
extern const BalProviderType bal_folder_type;

G_END_DECLS
