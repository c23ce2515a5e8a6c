/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A window for when the desk can't be opened: what is wrong, and what to do, in place of the desk. */
GtkWidget *bal_failure_window_new (GtkApplication *application,
                                   const GError   *error);

G_END_DECLS
