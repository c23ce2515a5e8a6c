/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-ghost-private.h"

#include "bal-error.h"
#include "bal-providers.h"

#include <glib/gi18n.h>

static void bal_ghost_provider_init (BalProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BalGhost, bal_ghost, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (BAL_TYPE_PROVIDER, bal_ghost_provider_init))

static void
bal_ghost_finalize (GObject *object)
{
  BalGhost *self = BAL_GHOST (object);

  g_free (self->key_id);
  g_clear_pointer (&self->secret, g_bytes_unref);
  g_free (self->member_id);
  g_clear_object (&self->http);
  g_clear_object (&self->blog);

  G_OBJECT_CLASS (bal_ghost_parent_class)->finalize (object);
}

static void
bal_ghost_class_init (BalGhostClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bal_ghost_finalize;
}

static void
bal_ghost_init (BalGhost *self)
{
}

/* ---- signing in ---------------------------------------------------------------------------------- */

static gboolean
is_owner (const json_t *user)
{
  json_t *role;
  size_t i;

  json_array_foreach (bal_json_get_array (user, "roles"), i, role)
    if (g_strcmp0 (bal_json_get_string (role, "name"), "Owner") == 0)
      return TRUE;
  return FALSE;
}

/* A key of a person's own is that person's; one of an integration is nobody's, and what it writes is the owner's (6.65).
 * (transfer full) (nullable) */
static json_t *
find_user (BalGhost      *self,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(json_t) me = bal_ghost_read (self, "users/me/", NULL, NULL, cancellable, &failed);
  g_autoptr(json_t) all = NULL;
  json_t *user, *found = NULL;
  size_t i;

  if (me != NULL)
    found = bal_ghost_first (me, "users");
  else if (!g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return NULL;
    }
  else
    {
      all = bal_ghost_read (self, "users/", "include=roles&limit=100", NULL, cancellable, error);
      if (all == NULL)
        return NULL;
      json_array_foreach (bal_json_get_array (all, "users"), i, user)
        if (found == NULL && is_owner (user))
          found = user;
    }

  if (bal_json_get_string (found, "email") != NULL)
    return json_incref (found);
  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_PROTOCOL,
                       _("The blog does not say who is signed in; its answer is not that of a Ghost blog."));
  return NULL;
}

/* What Ghost before 6 lacks is a list of all comments, without which what is new would not be seen. */
static gboolean
find_comments (BalGhost         *self,
               BalCapabilities  *capabilities,
               GCancellable     *cancellable,
               GError          **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(json_t) list = bal_ghost_read (self, "comments/", "limit=1&fields=id", NULL, cancellable, &failed);
  g_autoptr(json_t) answer = NULL;
  json_t *setting;
  size_t i;

  if (list == NULL && (g_error_matches (failed, BAL_ERROR, BAL_ERROR_UNSUPPORTED) ||
                       g_error_matches (failed, BAL_ERROR, BAL_ERROR_REFUSED)))
    return TRUE;
  if (list == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  *capabilities |= BAL_CAPABILITY_MODERATE | BAL_CAPABILITY_REPLY;
  answer = bal_ghost_read (self, "settings/", NULL, NULL, cancellable, NULL);
  json_array_foreach (bal_json_get_array (answer, "settings"), i, setting)
    if (g_strcmp0 (bal_json_get_string (setting, "key"), "comments_enabled") == 0 &&
        g_strcmp0 (bal_json_get_string (setting, "value"), "off") == 0)
      *capabilities &= ~BAL_CAPABILITY_REPLY;
  return TRUE;
}

static gboolean
bal_ghost_sign_in (BalProvider   *provider,
                   BalBlog       *blog,
                   GCancellable  *cancellable,
                   GError       **error)
{
  BalGhost *self = BAL_GHOST (provider);
  BalCapabilities capabilities = BAL_CAPABILITY_PUBLISH | BAL_CAPABILITY_SCHEDULE | BAL_CAPABILITY_UPLOAD_MEDIA |
                                 BAL_CAPABILITY_SLUG | BAL_CAPABILITY_EXCERPT | BAL_CAPABILITY_FEATURED_IMAGE;
  g_autoptr(json_t) user = find_user (self, cancellable, error);
  g_autofree char *name = bal_provider_dup_text (user, "name");
  g_autofree char *email = bal_provider_dup_text (user, "email");

  if (user == NULL || !bal_provider_check_short (error, (const char *[]) { name, email }, 2) ||
      !find_comments (self, &capabilities, cancellable, error))
    return FALSE;

  if (blog != self->blog)
    g_set_object (&self->blog, blog);
  bal_blog_set_user_id (blog, email);
  if (bal_blog_get_user (blog) == NULL)
    bal_blog_set_user (blog, email);
  if (name != NULL && *name != '\0')
    bal_blog_set_author (blog, name);
  bal_blog_set_dialect (blog, "html");
  bal_blog_set_capabilities (blog, capabilities);
  bal_blog_set_signed_in (blog, TRUE);
  return TRUE;
}

static void
bal_ghost_provider_init (BalProviderInterface *iface)
{
  iface->sign_in = bal_ghost_sign_in;
  iface->list_reviews = bal_ghost_list_reviews;
  iface->list_comments = bal_ghost_list_comments;
  iface->sweep_reviews = bal_ghost_sweep_reviews;
  iface->sweep_comments = bal_ghost_sweep_comments;
  iface->count_comments = bal_ghost_count_comments;
  iface->get_review = bal_ghost_get_review;
  iface->get_comment = bal_ghost_get_comment;
  iface->find_review = bal_ghost_find_review;
  iface->find_comment = bal_ghost_find_comment;
  iface->create_review = bal_ghost_create_review;
  iface->put_review = bal_ghost_put_review;
  iface->put_comment = bal_ghost_put_comment;
  iface->delete_review = bal_ghost_delete_review;
  iface->delete_comment = bal_ghost_delete_comment;
  iface->upload_media = bal_ghost_upload_media;
}

/* ---- the kind of blog ---------------------------------------------------------------------------- */

static BalProvider *
open_blog (BalBlog        *blog,
           const char     *password,
           BalHttpClient  *http,
           GError        **error)
{
  g_autofree char *id = NULL;
  g_autoptr(GBytes) secret = NULL;
  BalGhost *self;

  if (bal_blog_get_endpoint (blog) == NULL || password == NULL)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_AUTH, _("Sign in to “%s” with an Admin API key."), bal_blog_get_name (blog));
      return NULL;
    }
  if (!bal_ghost_key_parse (password, &id, &secret, error))
    return NULL;

  self = g_object_new (BAL_TYPE_GHOST, NULL);
  self->blog = g_object_ref (blog);
  self->http = g_object_ref (http);
  self->key_id = g_steal_pointer (&id);
  self->secret = g_steal_pointer (&secret);
  return BAL_PROVIDER (self);
}

const BalProviderType bal_ghost_type = {
  .id = "ghost",
  .title = "Ghost",
  .description = N_("On Ghost(Pro) or on a server of your own"),
  .needs_password = TRUE,
  .key_name = N_("Admin API Key"),
  .key_help = N_("In Ghost open Settings, Integrations, and add a custom integration called Balcony. Copy its Admin API key "
                 "here."),
  .discover = bal_ghost_discover,
  .open = open_blog,
};
