/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-page-comments.h"

#include <glib/gi18n.h>
#include <jansson.h>
#include <string.h>

#include "bal-entities.h"
#include "bal-error.h"
#include "bal-front-matter.h"
#include "bal-importers.h"
#include "bal-site-html.h"
#include "bal-time.h"

/*
 * A site that is made of the folder may put what it finds here into its pages as it is. So "author", "url" and "html" are
 * harmless there, whoever wrote them. What these do not hold is in "exact", by the same names: text that HTML shows as such.
 */

/* ---- writing ---- */

/* The nearest above that readers see; 0: none. */
static gint64
find_parent (GPtrArray  *comments,
             BalComment *comment)
{
  gint64 id = bal_comment_get_parent_id (comment);

  for (guint steps = 0; id != 0 && steps < comments->len; steps++)
    {
      BalComment *parent = NULL;

      for (guint i = 0; i < comments->len && parent == NULL; i++)
        if (bal_comment_get_id (g_ptr_array_index (comments, i)) == id)
          parent = g_ptr_array_index (comments, i);
      if (parent == NULL)
        return 0;
      if (bal_comment_get_status (parent) == BAL_COMMENT_STATUS_APPROVED)
        return id;
      id = bal_comment_get_parent_id (parent);
    }

  return 0;
}

static const char *const html_marks[] = { "&", "&amp;", "<", "&lt;", ">", "&gt;", "\"", "&quot;", "'", "&#39;", NULL };

/* A name stays text: signs that look like those that begin a tag or end an attribute. */
static const char *const name_marks[] = {
  "<", "\342\200\271", ">", "\342\200\272", "\"", "\342\200\235", "'", "\342\200\231", "`", "\342\200\230", NULL
};

static const char *const address_marks[] = { "<", "%3C", ">", "%3E", "\"", "%22", "'", "%27", "`", "%60", NULL };

/* @marks: pairs, up to NULL. (transfer full) (nullable) */
static char *
replace_marks (const char        *text,
               const char *const *marks)
{
  GString *out = text != NULL ? g_string_new (text) : NULL;

  for (guint i = 0; out != NULL && marks[i] != NULL; i += 2)
    g_string_replace (out, marks[i], marks[i + 1], 0);
  return out != NULL ? g_string_free (out, FALSE) : NULL;
}

static void
append_member (GString    *out,
               const char *key,
               const char *value)
{
  if (value == NULL || *value == '\0')
    return;

  g_string_append_printf (out, ",\n      \"%s\": ", key);
  bal_front_matter_append_text (out, value);
}

/* @exact: gets what @safe does not hold. */
static void
append_safe_member (GString    *out,
                    const char *key,
                    const char *safe,
                    const char *value,
                    GString    *exact)
{
  g_autofree char *escaped = NULL;

  append_member (out, key, safe);
  if (value == NULL || g_strcmp0 (safe, value) == 0)
    return;

  escaped = replace_marks (value, html_marks);
  g_string_append_printf (exact, "%s\"%s\": ", exact->len > 0 ? ", " : "", key);
  bal_front_matter_append_text (exact, escaped);
}

void
bal_page_comments_append (GString    *out,
                          GPtrArray  *comments,
                          BalComment *comment)
{
  gint64 parent = find_parent (comments, comment);
  g_autofree char *created = bal_comment_get_created (comment) != 0
                             ? bal_time_to_rfc3339 (bal_comment_get_created (comment)) : NULL;
  g_autofree char *author = replace_marks (bal_comment_get_author (comment), name_marks);
  g_autofree char *address = bal_site_html_get_home (comment);
  g_autofree char *home = replace_marks (address, address_marks);
  g_autofree char *html = bal_site_html_from_comment (comment);
  g_autoptr(GString) exact = g_string_new (NULL);

  g_string_append_printf (out, "    {\n      \"id\": \"%" G_GINT64_FORMAT "\"", bal_comment_get_id (comment));
  if (parent != 0)
    g_string_append_printf (out, ",\n      \"parent\": \"%" G_GINT64_FORMAT "\"", parent);
  append_safe_member (out, "author", author, bal_comment_get_author (comment), exact);
  /* What is no home page, such as an e-mail address, stays out. */
  append_safe_member (out, "url", home, home != NULL ? bal_comment_get_author_url (comment) : NULL, exact);
  append_member (out, "date", created);
  if (bal_comment_get_mine (comment))
    g_string_append (out, ",\n      \"mine\": true");
  append_safe_member (out, "html", html, bal_comment_get_html (comment), exact);
  if (exact->len > 0)
    g_string_append_printf (out, ",\n      \"exact\": { %s }", exact->str);
  g_string_append (out, "\n    }");
}

/* ---- reading ---- */

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

/* (transfer full) (nullable): as it was written. */
static char *
dup_exact (json_t     *object,
           const char *key)
{
  const char *escaped = get_text (json_object_get (object, "exact"), key);

  return escaped != NULL ? bal_entities_decode (escaped, strlen (escaped), FALSE) : g_strdup (get_text (object, key));
}

static void
push_comment (BalImporter *importer,
              const char  *source,
              const char  *name,
              const char  *review_key,
              json_t      *object)
{
  g_autofree char *key = make_key (name, get_text (object, "id"));
  g_autofree char *author = dup_exact (object, "author");
  g_autofree char *home = dup_exact (object, "url");
  g_autofree char *html = dup_exact (object, "html");
  BalImportItem *item;

  if (key == NULL || html == NULL)
    {
      bal_importer_push_note (importer, BAL_IMPORT_ITEM_SKIPPED, name, _("One of its comments has no text or no number."));
      return;
    }

  item = bal_import_item_new_comment (source, key);
  item->review_key = g_strdup (review_key);
  item->parent_key = make_key (name, get_text (object, "parent"));
  bal_comment_set_author (item->comment, author);
  bal_comment_set_author_url (item->comment, home);
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
