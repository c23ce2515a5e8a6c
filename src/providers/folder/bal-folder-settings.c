/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-folder-private.h"

#include "bal-error.h"

#include <glib/gi18n.h>

#define FILE_NAME "blog.ini"
#define GROUP "Blog"

/* (nullable) (transfer full): one line, or NULL for none */
static char *
dup_text (GKeyFile   *file,
          const char *name)
{
  g_autofree char *text = g_key_file_get_string (file, GROUP, name, NULL);

  if (text == NULL || *g_strstrip (text) == '\0')
    return NULL;
  return g_steal_pointer (&text);
}

/* (transfer full): "file:///home/you/blog/site/" */
static char *
dup_local_address (const char *root)
{
  g_autofree char *site = g_build_filename (root, "site", NULL);
  g_autofree char *uri = g_filename_to_uri (site, NULL, NULL);

  return g_strconcat (uri != NULL ? uri : "file://", "/", NULL);
}

/* Where readers find the site: as blog.ini says, or the folder itself. */
static char *
dup_address (GKeyFile   *file,
             const char *root)
{
  g_autofree char *text = dup_text (file, "url");

  if (text == NULL || !(g_str_has_prefix (text, "https://") || g_str_has_prefix (text, "http://")))
    return dup_local_address (root);
  return g_str_has_suffix (text, "/") ? g_steal_pointer (&text) : g_strconcat (text, "/", NULL);
}

/* What a folder without a blog.ini gets. */
static char *
default_author (void)
{
  const char *name = g_get_real_name ();

  return g_strdup (g_strcmp0 (name, "Unknown") != 0 ? name : g_get_user_name ());
}

/* (transfer full): of a folder that is not a blog yet; nothing is written */
BalFolderSettings *
bal_folder_settings_new (const char *root)
{
  BalFolderSettings *self = g_new0 (BalFolderSettings, 1);

  self->title = g_path_get_basename (root);
  self->author = default_author ();
  self->url = dup_local_address (root);
  return self;
}

/**
 * bal_folder_settings_load:
 * @root: the blog's folder
 * @error: OFFLINE when the folder or its blog.ini is not there, INVALID when that makes no sense
 *
 * Returns: (transfer full):
 */
BalFolderSettings *
bal_folder_settings_load (const char  *root,
                          GError     **error)
{
  g_auto(BalFolderFd) dir = bal_folder_files_open_dir (root, NULL, FALSE, error);
  g_autoptr(GError) mistake = NULL;
  g_autoptr(GBytes) bytes = dir >= 0 ? bal_folder_files_read (dir, FILE_NAME, FILE_NAME, &mistake) : NULL;
  g_autoptr(GKeyFile) file = g_key_file_new ();
  BalFolderSettings *self;

  if (dir < 0)
    return NULL;
  if (bytes == NULL && g_error_matches (mistake, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    {
      /* Not "not found": an empty mount point must not look like a blog from which all was deleted. */
      g_set_error (error, BAL_ERROR, BAL_ERROR_OFFLINE,
                   _("The folder “%s” has no “blog.ini” in it. Perhaps its drive is not connected: connect it, or put "
                     "the file back, and sync again. Nothing is lost."), root);
      return NULL;
    }
  if (bytes == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&mistake));
      return NULL;
    }
  if (!g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, &mistake))
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                   _("The file “blog.ini” in the blog’s folder can’t be read: %s. Correct it in a text editor and "
                     "sync again."), mistake->message);
      return NULL;
    }

  self = g_new0 (BalFolderSettings, 1);
  self->title = dup_text (file, "title");
  if (self->title == NULL)
    self->title = g_path_get_basename (root);
  self->author = dup_text (file, "author");
  self->url = dup_address (file, root);
  return self;
}

void
bal_folder_settings_free (BalFolderSettings *self)
{
  g_free (self->title);
  g_free (self->author);
  g_free (self->url);
  g_free (self);
}

/* Makes a folder a blog where it is none yet. What is there stays. */
gboolean
bal_folder_settings_ensure (const char  *root,
                            GError     **error)
{
  g_auto(BalFolderFd) dir = bal_folder_files_open_dir (root, NULL, FALSE, error);
  g_auto(BalFolderFd) posts = -1;
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *title = g_path_get_basename (root);
  g_autofree char *author = default_author ();
  BalFolderStamp stamp;
  char *text;
  gsize length;

  if (dir < 0)
    return FALSE;
  /* Making what is there fails where only reading is permitted; reading must do. */
  posts = bal_folder_files_open_dir (root, "posts", FALSE, NULL);
  if (posts < 0 && (posts = bal_folder_files_open_dir (root, "posts", TRUE, error)) < 0)
    return FALSE;
  if (bal_folder_files_stamp (dir, FILE_NAME, &stamp))
    return TRUE;

  g_key_file_set_string (file, GROUP, "title", title);
  g_key_file_set_string (file, GROUP, "author", author);
  g_key_file_set_string (file, GROUP, "url", "");
  text = g_key_file_to_data (file, &length, NULL);
  bytes = g_bytes_new_take (text, length);
  return bal_folder_files_write (dir, FILE_NAME, FILE_NAME, bytes, BAL_FOLDER_WRITE_NEW, error);
}
