/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A line of news at the bottom of the window that @widget is in; @text is plain text, as it may come from a server. */
void      bal_toast        (GtkWidget  *widget,
                            const char *text);
/* Like above, with a button. Returns (transfer none) (nullable): the toast, for its signal button-clicked; NULL
 * where @widget is in no window. */
AdwToast *bal_toast_button (GtkWidget  *widget,
                            const char *text,
                            const char *button_label);
/* Stays until the person puts it away. */
AdwToast *bal_toast_button_stay (GtkWidget  *widget,
                                 const char *text,
                                 const char *button_label);
/* Toasts what went wrong, unless it is a cancellation. */
void      bal_toast_error  (GtkWidget  *widget,
                            GError     *error);

G_END_DECLS
