/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-wordpress-private.h"

#include "bal-error.h"
#include "bal-providers.h"
#include "bal-secrets.h"

#include <glib/gi18n.h>
#include <string.h>

static void bal_wordpress_provider_init (BalProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BalWordpress, bal_wordpress, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (BAL_TYPE_PROVIDER, bal_wordpress_provider_init))

static void
bal_wordpress_finalize (GObject *object)
{
  BalWordpress *self = BAL_WORDPRESS (object);

  g_clear_pointer (&self->ahead, bal_http_call_abandon);
  g_free (self->ahead_url);
  for (guint i = 0; i < BAL_WORDPRESS_N_TAXONOMIES; i++)
    g_hash_table_unref (self->terms[i]);
  bal_secret_free (self->password);
  g_clear_object (&self->http);
  g_clear_object (&self->blog);

  G_OBJECT_CLASS (bal_wordpress_parent_class)->finalize (object);
}

static void
bal_wordpress_class_init (BalWordpressClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bal_wordpress_finalize;
}

static void
bal_wordpress_init (BalWordpress *self)
{
  for (guint i = 0; i < BAL_WORDPRESS_N_TAXONOMIES; i++)
    self->terms[i] = g_hash_table_new_full (NULL, NULL, NULL, g_free);
}

static void
bal_wordpress_provider_init (BalProviderInterface *iface)
{
  iface->sign_in = bal_wordpress_sign_in;
  iface->list_reviews = bal_wordpress_list_reviews;
  iface->list_comments = bal_wordpress_list_comments;
  iface->sweep_reviews = bal_wordpress_sweep_reviews;
  iface->sweep_comments = bal_wordpress_sweep_comments;
  iface->count_comments = bal_wordpress_count_comments;
  iface->list_queue = bal_wordpress_list_queue;
  iface->get_review = bal_wordpress_get_review;
  iface->get_comment = bal_wordpress_get_comment;
  iface->get_comments = bal_wordpress_get_comments;
  iface->find_review = bal_wordpress_find_review;
  iface->find_comment = bal_wordpress_find_comment;
  iface->create_review = bal_wordpress_create_review;
  iface->put_review = bal_wordpress_put_review;
  iface->put_comment = bal_wordpress_put_comment;
  iface->delete_review = bal_wordpress_delete_review;
  iface->delete_comment = bal_wordpress_delete_comment;
  iface->upload_media = bal_wordpress_upload_media;
}

gboolean
bal_wordpress_can (BalWordpress    *self,
                   BalCapabilities  capability)
{
  return (bal_blog_get_capabilities (self->blog) & capability) != 0;
}

/* ---- signing in ---------------------------------------------------------------------------------- */

/* Capabilities of the role, as WordPress names them; the REST API asks the same ones. */
static BalCapabilities
read_capabilities (const json_t *user)
{
  static const struct { const char *name; BalCapabilities gives; } table[] = {
    { "read", BAL_CAPABILITY_REPLY },
    { "edit_posts", BAL_CAPABILITY_SLUG | BAL_CAPABILITY_EXCERPT | BAL_CAPABILITY_CATEGORIES |
                    BAL_CAPABILITY_FEATURED_IMAGE },
    { "delete_posts", BAL_CAPABILITY_TRASH },
    { "publish_posts", BAL_CAPABILITY_PUBLISH | BAL_CAPABILITY_SCHEDULE | BAL_CAPABILITY_PRIVATE },
    { "upload_files", BAL_CAPABILITY_UPLOAD_MEDIA },
    { "moderate_comments", BAL_CAPABILITY_MODERATE | BAL_CAPABILITY_EDIT_COMMENTS |
                           BAL_CAPABILITY_ADD_COMMENTS },
  };
  json_t *granted = bal_json_get_object (user, "capabilities");
  BalCapabilities result = BAL_CAPABILITY_NONE;

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (bal_json_get_boolean (granted, table[i].name, FALSE))
      result |= table[i].gives;

  return result;
}

#define N_NEWEST 5

static json_t *
read_newest_one_by_one (BalWordpress  *self,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_autoptr(json_t) newest = json_array ();

  for (guint i = 0; i < N_NEWEST; i++)
    {
      g_autofree char *query = g_strdup_printf ("per_page=1&offset=%u&context=edit&_fields=content.raw", i);
      g_autoptr(GError) failed = NULL;
      g_autoptr(json_t) post = bal_wordpress_read (self, "wp/v2/posts", query, NULL, cancellable, &failed);

      if (post != NULL)
        json_array_extend (newest, post);
      else if (!bal_error_is_too_large (failed))
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return NULL;
        }
    }
  return g_steal_pointer (&newest);
}

/* A post that is too large to come in must not keep anybody from signing in. */
static json_t *
read_newest (BalWordpress  *self,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autofree char *query = g_strdup_printf ("per_page=%u&context=edit&_fields=content.raw", N_NEWEST);
  g_autoptr(GError) failed = NULL;
  json_t *newest = bal_wordpress_read (self, "wp/v2/posts", query, NULL, cancellable, &failed);

  if (newest != NULL)
    return newest;
  if (bal_error_is_too_large (failed))
    return read_newest_one_by_one (self, cancellable, error);

  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

/* How its newest posts are written; the block editor is what a new blog has. */
static gboolean
find_dialect (BalWordpress  *self,
              BalBlog       *blog,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr(json_t) posts = read_newest (self, cancellable, error);
  const char *dialect = "wp-blocks";
  json_t *post;
  size_t i;

  if (posts == NULL)
    return FALSE;

  json_array_foreach (posts, i, post)
    {
      g_autofree char *html = bal_provider_dup_text (bal_json_get_object (post, "content"), "raw");

      if (html == NULL || *html == '\0')
        continue;
      dialect = strstr (html, "<!-- wp:") != NULL ? "wp-blocks" : "wp-classic";
      break;
    }
  bal_blog_set_dialect (blog, dialect);

  return TRUE;
}

/* A wrong password is no error on public pages, so the one question is asked that strangers may not. */
gboolean
bal_wordpress_sign_in (BalProvider   *provider,
                       BalBlog       *blog,
                       GCancellable  *cancellable,
                       GError       **error)
{
  BalWordpress *self = BAL_WORDPRESS (provider);
  g_autoptr(json_t) user = NULL;
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  BalCapabilities capabilities;

  user = bal_wordpress_read (self, "wp/v2/users/me", "context=edit&_fields=id,name,capabilities",
                             NULL, cancellable, error);
  if (user == NULL)
    return FALSE;

  id = bal_wordpress_dup_id (user, "id");
  name = bal_provider_dup_text (user, "name");
  capabilities = read_capabilities (user);
  if (id == NULL || name == NULL)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_PROTOCOL,
                           _("The blog does not say who is signed in; its answer is not "
                             "that of a WordPress blog."));
      return FALSE;
    }
  if ((capabilities & BAL_CAPABILITY_SLUG) == 0)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_REFUSED,
                   _("“%s” may read this blog but not write for it; sign in with an account "
                     "that may."), name);
      return FALSE;
    }

  if (!find_dialect (self, blog, cancellable, error))
    return FALSE;
  bal_blog_set_user_id (blog, id);
  bal_blog_set_author (blog, name);
  bal_blog_set_capabilities (blog, capabilities);
  bal_blog_set_signed_in (blog, TRUE);

  return TRUE;
}

gboolean
bal_wordpress_delete (BalWordpress  *self,
                      const char    *path,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(json_t) value = NULL;

  value = bal_wordpress_write (self, "DELETE", path, "force=true&_fields=deleted", NULL, cancellable,
                               &failed);
  return bal_provider_end_delete (value != NULL, g_steal_pointer (&failed), error);
}

/* ---- the kind of blog ---------------------------------------------------------------------------- */

static BalProvider *
open_blog (BalBlog        *blog,
           const char     *password,
           BalHttpClient  *http,
           GError        **error)
{
  BalWordpress *self;

  if (bal_blog_get_endpoint (blog) == NULL || bal_blog_get_user (blog) == NULL || password == NULL)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_AUTH,
                   _("Sign in to “%s” with a user name and an application password."),
                   bal_blog_get_name (blog));
      return NULL;
    }

  self = g_object_new (BAL_TYPE_WORDPRESS, NULL);
  self->blog = g_object_ref (blog);
  self->http = g_object_ref (http);
  self->password = g_strdup (password);

  return BAL_PROVIDER (self);
}

const BalProviderType bal_wordpress_type = {
  .id = "wordpress",
  .title = "WordPress",
  .description = N_("On wordpress.com or on a server of your own"),
  .needs_password = TRUE,
  .discover = bal_wordpress_discover,
  .open = open_blog,
};
