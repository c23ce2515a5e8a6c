/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-blogger-private.h"

#include "bal-error.h"
#include "bal-providers.h"

#include <glib/gi18n.h>
#include <string.h>

static void bal_blogger_provider_init (BalProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BalBlogger, bal_blogger, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (BAL_TYPE_PROVIDER, bal_blogger_provider_init))

static void
bal_blogger_finalize (GObject *object)
{
  BalBlogger *self = BAL_BLOGGER (object);

  g_clear_pointer (&self->threads, g_ptr_array_unref);
  bal_oauth_grant_free (self->grant);
  bal_oauth_service_free (self->service);
  g_clear_object (&self->http);
  g_clear_object (&self->blog);

  G_OBJECT_CLASS (bal_blogger_parent_class)->finalize (object);
}

static void
bal_blogger_class_init (BalBloggerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bal_blogger_finalize;
}

static void
bal_blogger_init (BalBlogger *self)
{
}

/* ---- signing in ---------------------------------------------------------------------------------- */

/* The API neither adds nor edits comments, takes no pictures, and makes the address from the title. Comments are
 * moderated by who administers the blog. */
static BalCapabilities
capabilities_of (const char *role)
{
  BalCapabilities capabilities = BAL_CAPABILITY_PUBLISH | BAL_CAPABILITY_SCHEDULE | BAL_CAPABILITY_TRASH;

  return strcmp (role, "ADMIN") == 0 ? capabilities | BAL_CAPABILITY_MODERATE : capabilities;
}

static gboolean
bal_blogger_sign_in (BalProvider   *provider,
                     BalBlog       *blog,
                     GCancellable  *cancellable,
                     GError       **error)
{
  BalBlogger *self = BAL_BLOGGER (provider);
  g_autoptr(json_t) user = bal_blogger_read (self, "/users/self", "fields=id,displayName", NULL, cancellable, error);
  g_autofree char *name = bal_provider_dup_text (user, "displayName");
  g_autofree char *role = NULL;

  if (user == NULL)
    return FALSE;
  if (bal_blogger_get_id (user) == NULL)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_PROTOCOL,
                           _("Blogger does not say who is signed in; Balcony tries again later."));
      return FALSE;
    }

  role = bal_blogger_find_role (self, blog, cancellable, error);
  if (role == NULL)
    return FALSE;
  if (strcmp (role, "ADMIN") != 0 && strcmp (role, "AUTHOR") != 0)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_REFUSED,
                   _("“%s” may read this blog but not write for it; sign in with an account "
                     "that may."), name != NULL ? name : "");
      return FALSE;
    }

  if (blog != self->blog)
    g_set_object (&self->blog, blog);
  bal_blog_set_user_id (blog, bal_blogger_get_id (user));
  if (bal_blog_get_user (blog) == NULL)
    bal_blog_set_user (blog, bal_blogger_get_id (user));
  if (name != NULL && *name != '\0')
    bal_blog_set_author (blog, name);
  bal_blog_set_dialect (blog, "blogger");
  bal_blog_set_capabilities (blog, capabilities_of (role));
  bal_blog_set_signed_in (blog, TRUE);
  return TRUE;
}

/* What the engine must keep instead of the password that it has: the service gave another one. */
static char *
bal_blogger_take_new_password (BalProvider *provider)
{
  BalBlogger *self = BAL_BLOGGER (provider);

  if (!self->grant->is_new)
    return NULL;

  self->grant->is_new = FALSE;
  return bal_oauth_grant_to_text (self->grant);
}

/* Comments can't be created, so none was. */
static BalComment *
bal_blogger_find_comment (BalProvider   *provider,
                          BalComment    *comment,
                          GCancellable  *cancellable,
                          GError       **error)
{
  return NULL;
}

/* Only lists tell, page by page. */
static gboolean
bal_blogger_count_comments (BalProvider   *provider,
                            guint          counts[4],
                            GCancellable  *cancellable,
                            GError       **error)
{
  return FALSE;
}

static gboolean
bal_blogger_upload_media (BalProvider   *provider,
                          BalMedia      *media,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_set_error (error, BAL_ERROR, BAL_ERROR_UNSUPPORTED,
               _("Blogger takes no images from other programs. Upload “%s” on blogger.com, and put it into the text by its "
                 "address; the text is kept here."), media->file_name);
  return FALSE;
}

static void
bal_blogger_provider_init (BalProviderInterface *iface)
{
  iface->sign_in = bal_blogger_sign_in;
  iface->take_new_password = bal_blogger_take_new_password;
  iface->list_reviews = bal_blogger_list_reviews;
  iface->list_comments = bal_blogger_list_comments;
  iface->sweep_reviews = bal_blogger_sweep_reviews;
  iface->sweep_comments = bal_blogger_sweep_comments;
  iface->count_comments = bal_blogger_count_comments;
  iface->get_review = bal_blogger_get_review;
  iface->get_comment = bal_blogger_get_comment;
  iface->find_review = bal_blogger_find_review;
  iface->find_comment = bal_blogger_find_comment;
  iface->create_review = bal_blogger_create_review;
  iface->put_review = bal_blogger_put_review;
  iface->put_comment = bal_blogger_put_comment;
  iface->delete_review = bal_blogger_delete_review;
  iface->delete_comment = bal_blogger_delete_comment;
  iface->upload_media = bal_blogger_upload_media;
}

/* ---- the kind of blog ---------------------------------------------------------------------------- */

static BalProvider *
open_blog (BalBlog        *blog,
           const char     *password,
           BalHttpClient  *http,
           GError        **error)
{
  g_autoptr(BalOAuthGrant) grant = NULL;
  BalBlogger *self;

  if (bal_blog_get_endpoint (blog) == NULL || password == NULL)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_AUTH, _("Sign in to “%s” in the browser."), bal_blog_get_name (blog));
      return NULL;
    }
  grant = bal_oauth_grant_parse (password, error);
  if (grant == NULL)
    return NULL;

  self = g_object_new (BAL_TYPE_BLOGGER, NULL);
  self->blog = g_object_ref (blog);
  self->http = g_object_ref (http);
  self->service = bal_blogger_get_service ();
  self->grant = g_steal_pointer (&grant);
  return BAL_PROVIDER (self);
}

static gboolean
sign_out (const char     *password,
          BalHttpClient  *http,
          GCancellable   *cancellable,
          GError        **error)
{
  g_autoptr(BalOAuthService) service = bal_blogger_get_service ();
  g_autoptr(BalOAuthGrant) grant = bal_oauth_grant_parse (password, error);

  return grant != NULL && bal_oauth_revoke (service, grant, http, cancellable, error);
}

const BalProviderType bal_blogger_type = {
  .id = "blogger",
  .title = "Blogger",
  .description = N_("On blogspot.com, or a domain of your own at Google’s Blogger"),
  .needs_password = TRUE,
  .get_oauth = bal_blogger_get_service,
  .discover = bal_blogger_discover,
  .sign_out = sign_out,
  .open = open_blog,
};
