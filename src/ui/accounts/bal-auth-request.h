/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Asking a WordPress for an application password in the browser (WordPress 5.6): its page
 * wp-admin/authorize-application.php lets the person grant access and then opens our success_url with site_url,
 * user_login and password added.
 */

/* A fresh mark that tells our own answers from those that a web page makes up. */
char     *bal_auth_request_new_state   (void);
/* The page to open. */
char     *bal_auth_request_build_url   (const char  *authorize_url,
                                        const char  *state);
/* FALSE with BAL_ERROR_AUTH when the person declined or @state is not ours. All (out) are (transfer full). */
gboolean  bal_auth_request_read_answer (const char  *uri,
                                        const char  *state,
                                        char       **user,
                                        char       **password,
                                        GError     **error);

G_END_DECLS
