/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Makes a network of the test's own the one of this process. Before anybody asks for it. */
void fake_network_install (void);
void fake_network_set     (GNetworkConnectivity connectivity);

G_END_DECLS
