/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef void (*BalNameFunc) (const char *name,
                             gpointer    data);

/**
 * bal_name_dialog_ask:
 * @widget: stands in the window that asks
 * @heading: what it is about
 * @body: (nullable): more about it
 * @apply_label: the button that takes the name, with a mnemonic
 * @name: (nullable): the name to begin with, selected
 * @func: called with the new name, not blank; not called when the person thinks otherwise
 * @data: for @func
 * @destroy: lets @data go
 *
 * Asks for one name in a dialog.
 */
void bal_name_dialog_ask (GtkWidget      *widget,
                          const char     *heading,
                          const char     *body,
                          const char     *apply_label,
                          const char     *name,
                          BalNameFunc     func,
                          gpointer        data,
                          GDestroyNotify  destroy);

G_END_DECLS
