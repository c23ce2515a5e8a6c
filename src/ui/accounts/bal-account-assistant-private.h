/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-account-assistant.h"
#include "bal-client-form.h"

G_BEGIN_DECLS

struct _BalAccountAssistant
{
  AdwWindow              parent_instance;

  BalSyncEngine         *engine;
  GCancellable          *cancellable;
  const BalProviderType *type;          /* NULL until it is chosen */
  BalBlog               *blog;          /* NULL until it is found */
  char                  *state;         /* of the request in the browser; NULL: none */
  GCancellable          *waiting;       /* for the browser's answer at our port; NULL: not */
  guint                  busy_id;
  gboolean               again;         /* signing in to a blog that is there already */

  /* template children */
  GtkWidget             *back_button;
  GtkStack              *stack;
  GtkListBox            *kinds;
  GtkLabel              *address_title;
  GtkLabel              *address_help;
  GtkLabel              *address_caption;
  GtkEditable           *address_entry;
  GtkWidget             *choose_button;
  GtkLabel              *address_error;
  GtkLabel              *sign_in_title;
  GtkLabel              *sign_in_url;
  GtkEditable           *name_entry;
  GtkWidget             *browser_box;
  GtkLabel              *browser_label;
  BalClientForm         *client_form;
  GtkWidget             *password_list;
  GtkLabel              *key_help;
  GtkWidget             *user_box;
  GtkEditable           *user_entry;
  GtkLabel              *password_caption;
  GtkEditable           *password_entry;
  GtkLabel              *sign_in_error;
  GtkButton             *add_button;
  GtkProgressBar        *busy_bar;
};

gboolean bal_account_assistant_signs_in_by_browser (BalAccountAssistant *self);
gboolean bal_account_assistant_needs_user          (BalAccountAssistant *self);
void     bal_account_assistant_set_busy            (BalAccountAssistant *self,
                                                    gboolean             busy);
/* @message: (nullable): none. */
void     bal_account_assistant_show_error          (GtkLabel            *label,
                                                    const char          *message);
void     bal_account_assistant_show_page           (BalAccountAssistant *self,
                                                    const char          *name);
/* The blog is in the store: tells so, and closes. */
void     bal_account_assistant_finish              (BalAccountAssistant *self,
                                                    gint64               blog_id);

/* ---- signing in (bal-account-assistant-sign-in.c) ---- */

void     bal_account_assistant_install_sign_in     (GtkWidgetClass      *widget_class);
void     bal_account_assistant_show_sign_in        (BalAccountAssistant *self);
/* Nobody waits for a browser's answer any more. */
void     bal_account_assistant_stop_waiting        (BalAccountAssistant *self);

G_END_DECLS
