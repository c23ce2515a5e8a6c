/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-folder-private.h"

#include "bal-error.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * BalFolder:
 *
 * A blog that is a folder of the person's:
 *
 *     blog.ini                                  title, author, and the address readers will find the site at
 *     posts/2019-05-30-tin-moon.html            a post: front matter, then its HTML (bal-folder-post.c)
 *     posts/2019-05-30-tin-moon.comments.json   its comments (bal-folder-comments.c)
 *     media/                                    pictures; a post refers to them as media/NAME
 *     site/                                     what readers see: made from the above (bal-folder-site.c)
 *
 * Everything may be edited by hand at any time; the next sync finds it. A scheduled review counts as published from the
 * first sync after its date. Nothing is kept in memory that the next call does not check against the disk.
 */

static void bal_folder_provider_init (BalProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BalFolder, bal_folder, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (BAL_TYPE_PROVIDER, bal_folder_provider_init))

static void
bal_folder_finalize (GObject *object)
{
  BalFolder *self = BAL_FOLDER (object);

  g_free (self->root);
  g_clear_pointer (&self->index, bal_folder_index_free);

  G_OBJECT_CLASS (bal_folder_parent_class)->finalize (object);
}

static void
bal_folder_class_init (BalFolderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bal_folder_finalize;
}

static void
bal_folder_init (BalFolder *self)
{
}

/* (nullable) (transfer full): the absolute path that a person's "file:///…", "~/…" or path means */
static char *
path_of_address (const char *address)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (address != NULL ? address : ""));

  if (g_str_has_prefix (trimmed, "file:"))
    return g_filename_from_uri (trimmed, NULL, NULL);
  if (*trimmed == '\0' || strstr (trimmed, "://") != NULL)
    return NULL;
  if (g_str_has_prefix (trimmed, "~/"))
    return g_build_filename (g_get_home_dir (), trimmed + 2, NULL);
  return g_canonicalize_filename (trimmed, NULL);
}

/* Whether a folder is a blog or, being empty, can become one. NOT_A_BLOG for somebody's other things. */
static gboolean
check_folder (const char  *root,
              gboolean    *has_settings,
              GError     **error)
{
  g_auto(BalFolderFd) dir = bal_folder_files_open_dir (root, NULL, FALSE, error);
  g_autoptr(GPtrArray) names = dir >= 0 ? bal_folder_files_list (dir, root, error) : NULL;

  gboolean has_posts = FALSE;

  if (names == NULL)
    return FALSE;
  *has_settings = FALSE;
  for (guint i = 0; i < names->len; i++)
    {
      *has_settings |= strcmp (names->pdata[i], "blog.ini") == 0;
      has_posts |= strcmp (names->pdata[i], "posts") == 0;
    }
  if (names->len == 0 || *has_settings || has_posts)
    return TRUE;

  g_set_error (error, BAL_ERROR, BAL_ERROR_NOT_A_BLOG,
               _("The folder “%s” holds other files and no blog, so Balcony leaves it alone. Choose an empty "
                 "folder, or one with “blog.ini” or “posts” in it."), root);
  return FALSE;
}

static void
fill_in (BalBlog                 *blog,
         const BalFolderSettings *settings,
         const char              *root)
{
  gboolean local = g_str_has_prefix (settings->url, "file:");
  /* A browser shows a local folder as a list of files. */
  g_autofree char *url = g_strconcat (settings->url, local ? "index.html" : NULL, NULL);
  const char *name = bal_blog_get_name (blog);

  if (name == NULL || *name == '\0')
    bal_blog_set_name (blog, settings->title);
  bal_blog_set_provider (blog, "folder");
  bal_blog_set_url (blog, url);
  bal_blog_set_endpoint (blog, root);
  bal_blog_set_author (blog, settings->author);
  bal_blog_set_dialect (blog, "html");
  bal_blog_set_capabilities (blog,
                             BAL_CAPABILITY_REPLY | BAL_CAPABILITY_MODERATE | BAL_CAPABILITY_EDIT_COMMENTS |
                             BAL_CAPABILITY_ADD_COMMENTS | BAL_CAPABILITY_DRAFT_COMMENTS |
                             BAL_CAPABILITY_UPLOAD_MEDIA | BAL_CAPABILITY_PUBLISH | BAL_CAPABILITY_SCHEDULE |
                             BAL_CAPABILITY_PRIVATE | BAL_CAPABILITY_TRASH | BAL_CAPABILITY_SLUG |
                             BAL_CAPABILITY_EXCERPT | BAL_CAPABILITY_CATEGORIES | BAL_CAPABILITY_FEATURED_IMAGE);
}

/* Makes nothing: looking at a folder must not change it. */
static BalBlog *
bal_folder_discover (const char     *url,
                     BalHttpClient  *http,
                     GCancellable   *cancellable,
                     GError        **error)
{
  g_autofree char *root = path_of_address (url);
  g_autoptr(BalFolderSettings) settings = NULL;
  gboolean has_settings;
  BalBlog *blog;

  if (root == NULL)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_NOT_A_BLOG,
                   _("“%s” is not a folder on this computer. Give its path, such as /home/you/blog."), url);
      return NULL;
    }
  if (!g_file_test (root, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_NOT_A_BLOG,
                   _("There is no folder “%s”. Create it, or connect its drive, and try again."), root);
      return NULL;
    }
  if (!check_folder (root, &has_settings, error))
    return NULL;
  settings = has_settings ? bal_folder_settings_load (root, error) : bal_folder_settings_new (root);
  if (settings == NULL)
    return NULL;

  blog = bal_blog_new (0);
  fill_in (blog, settings, root);
  return blog;
}

static BalProvider *
bal_folder_open (BalBlog        *blog,
                 const char     *password,
                 BalHttpClient  *http,
                 GError        **error)
{
  const char *endpoint = bal_blog_get_endpoint (blog);
  g_autofree char *root = path_of_address (endpoint != NULL ? endpoint : bal_blog_get_url (blog));
  BalFolder *self;

  if (root == NULL)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                   _("The folder of the blog “%s” is not known. Remove the blog here and add it again; its folder "
                     "stays as it is."), bal_blog_get_name (blog));
      return NULL;
    }
  self = g_object_new (BAL_TYPE_FOLDER, NULL);
  self->root = g_steal_pointer (&root);
  self->index = bal_folder_index_new (self->root);
  return BAL_PROVIDER (self);
}

const BalProviderType bal_folder_type = {
  .id = "folder",
  .title = N_("Folder on this computer"),
  .description = N_("A web site in a folder of this computer"),
  .needs_password = FALSE,
  .discover = bal_folder_discover,
  .open = bal_folder_open,
};

/* A folder that is new to Balcony may be made a blog. One that was in sync before and has no blog.ini any more is
 * not there: an empty mount point looks like that. */
static gboolean
bal_folder_sign_in (BalProvider   *provider,
                    BalBlog       *blog,
                    GCancellable  *cancellable,
                    GError       **error)
{
  BalFolder *self = BAL_FOLDER (provider);
  gboolean is_new = bal_blog_get_last_sync (blog) == 0;
  gboolean has_settings;
  g_autoptr(BalFolderSettings) settings = NULL;
  g_auto(BalFolderFd) posts = -1;

  if (is_new && (!check_folder (self->root, &has_settings, error) || !bal_folder_settings_ensure (self->root, error)))
    return FALSE;
  settings = bal_folder_settings_load (self->root, error);
  if (settings == NULL || !bal_folder_index_scan (self->index, cancellable, error))
    return FALSE;

  posts = bal_folder_files_open_dir (self->root, "posts", FALSE, error);
  if (posts < 0)
    return FALSE;
  if (bal_folder_files_lock (posts, "posts", NULL))
    bal_folder_files_tidy (posts);

  fill_in (blog, settings, self->root);
  return TRUE;
}

void
bal_folder_render (BalFolder               *self,
                   const BalFolderSettings *settings)
{
  g_autoptr(GError) error = NULL;

  if (!bal_folder_site_render (self->root, self->index, settings, &error))
    g_message ("The pages in “%s/site” are not up to date: %s", self->root, error->message);
}

/**
 * bal_folder_make_review:
 * @settings: the blog's
 * @entry: a post
 * @bytes: its file, read after the scan
 *
 * Returns: (transfer full): the review, with the revision of these very bytes
 */
BalReview *
bal_folder_make_review (const BalFolderSettings *settings,
                        BalFolderEntry          *entry,
                        GBytes                  *bytes)
{
  g_autoptr(BalFolderPost) post = bal_folder_post_parse (bytes);
  BalReview *review = bal_folder_review_read (post, entry->name);
  BalReviewStatus status = bal_review_get_status (review);
  g_autofree char *hash = bal_folder_files_hash (bytes);
  g_autofree char *revision = g_strconcat (hash, ":", bal_review_status_to_nick (status), NULL);
  g_autofree char *url = bal_folder_site_address (settings, entry);

  bal_review_set_remote_id (review, entry->id);
  bal_review_set_revision (review, revision);
  if (entry->is_copy)
    bal_review_set_key (review, NULL);
  if (bal_review_get_updated (review) == 0)
    bal_review_set_updated (review, bal_review_get_updated (entry->review));
  if (status == BAL_REVIEW_STATUS_PUBLISHED)
    bal_review_set_url (review, url);
  return review;
}

static void
bal_folder_provider_init (BalProviderInterface *iface)
{
  iface->sign_in = bal_folder_sign_in;
  iface->list_reviews = bal_folder_list_reviews;
  iface->list_comments = bal_folder_list_comments;
  iface->sweep_reviews = bal_folder_sweep_reviews;
  iface->sweep_comments = bal_folder_sweep_comments;
  iface->count_comments = bal_folder_count_comments;
  iface->get_review = bal_folder_get_review;
  iface->get_comment = bal_folder_get_comment;
  iface->find_review = bal_folder_find_review;
  iface->find_comment = bal_folder_find_comment;
  iface->put_review = bal_folder_put_review;
  iface->put_comment = bal_folder_put_comment;
  iface->delete_review = bal_folder_delete_review;
  iface->delete_comment = bal_folder_delete_comment;
  iface->upload_media = bal_folder_upload_media;
}
