/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bal-blog.h"
#include "bal-sync-engine.h"

G_BEGIN_DECLS

/**
 * BalAccountAssistant:
 *
 * Leads through adding a blog: its kind, its address, signing in. Signal `added` (gint64 blog id).
 */
#define BAL_TYPE_ACCOUNT_ASSISTANT (bal_account_assistant_get_type ())
G_DECLARE_FINAL_TYPE (BalAccountAssistant, bal_account_assistant, BAL, ACCOUNT_ASSISTANT, AdwWindow)

/* @blog: (nullable): a blog to sign in to again; NULL: a new one */
GtkWidget *bal_account_assistant_new         (GtkWindow           *parent,
                                              BalSyncEngine       *engine,
                                              BalBlog             *blog);
/* The balcony:// address that the blog's page opened. */
void       bal_account_assistant_take_answer (BalAccountAssistant *self,
                                              const char          *uri);

G_END_DECLS
