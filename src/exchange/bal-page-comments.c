/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-page-comments.h"

#include <glib/gi18n.h>
#include <jansson.h>
#include <string.h>

#include "bal-error.h"
#include "bal-importers.h"

gboolean
bal_page_comments_is_name (const char *name)
{
  return (g_str_has_prefix (name, "comments/") || strstr (name, "/comments/") != NULL) && g_str_has_suffix (name, ".json");
}

static const char *
get_text (json_t     *object,
          const char *key)
{
  return json_string_value (json_object_get (object, key));
}

static char *
make_key (const char *name,
          const char *id)
{
  return id != NULL ? g_strdup_printf ("%s#%s", name, id) : NULL;
}

static void
push_comment (BalImporter *importer,
              const char  *source,
              const char  *name,
              const char  *review_key,
              json_t      *object)
{
  g_autofree char *key = make_key (name, get_text (object, "id"));
  const char *html = get_text (object, "html");
  BalImportItem *item;

  if (key == NULL || html == NULL)
    {
      bal_importer_push_note (importer, BAL_IMPORT_ITEM_SKIPPED, name, _("One of its comments has no text or no number."));
      return;
    }

  item = bal_import_item_new_comment (source, key);
  item->review_key = g_strdup (review_key);
  item->parent_key = make_key (name, get_text (object, "parent"));
  bal_comment_set_author (item->comment, get_text (object, "author"));
  bal_comment_set_author_url (item->comment, get_text (object, "url"));
  bal_comment_set_created (item->comment, bal_import_time (get_text (object, "date")));
  bal_comment_set_mine (item->comment, json_is_true (json_object_get (object, "mine")));
  bal_comment_set_status (item->comment, BAL_COMMENT_STATUS_APPROVED);
  bal_comment_set_html (item->comment, html);
  bal_importer_push (importer, item);
}

gboolean
bal_page_comments_read (BalImporter  *importer,
                        const char   *source,
                        const char   *name,
                        GBytes       *bytes,
                        GError      **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  json_auto_t *root = json_loadb (data, length, JSON_REJECT_DUPLICATES, NULL);
  json_t *comments = json_object_get (root, "comments"), *comment;
  const char *review = get_text (root, "review");
  g_autofree char *folder = g_path_get_dirname (name);
  g_autofree char *above = g_path_get_dirname (folder);
  g_autofree char *review_key = NULL;
  gsize i;

  if (review == NULL || !json_is_array (comments))
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID, _("There are no comments of a page in it."));
      return FALSE;
    }

  review_key = g_str_equal (above, ".") ? g_strdup (review) : g_build_filename (above, review, NULL);
  json_array_foreach (comments, i, comment)
    push_comment (importer, source, name, review_key, comment);
  return TRUE;
}
