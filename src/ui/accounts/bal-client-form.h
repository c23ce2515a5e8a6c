/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-provider.h"

G_BEGIN_DECLS

/**
 * BalClientForm:
 *
 * What signing in by OAuth asks of a person: how to get a client of their own, its id and its secret, and the way to the
 * browser. Emits `sign-in`.
 */
#define BAL_TYPE_CLIENT_FORM (bal_client_form_get_type ())
G_DECLARE_FINAL_TYPE (BalClientForm, bal_client_form, BAL, CLIENT_FORM, GtkWidget)

void        bal_client_form_set_type          (BalClientForm         *self,
                                               const BalProviderType *type);
/* (nullable): the person's own; NULL: that of this build */
const char *bal_client_form_get_client_id     (BalClientForm         *self);
const char *bal_client_form_get_client_secret (BalClientForm         *self);
/* What the browser was sent to, for those whose browser did not open. */
void        bal_client_form_set_address       (BalClientForm         *self,
                                               const char            *address);
void        bal_client_form_set_waiting       (BalClientForm         *self,
                                               gboolean               waiting);

G_END_DECLS
