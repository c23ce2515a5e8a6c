/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-wordpress-private.h"

#include "bal-entities.h"
#include "bal-error.h"

#include <glib/gi18n.h>
#include <string.h>

/* A blog with more categories than this many pages hold is not believed. */
#define MAX_PAGES 50
/* Nor is one whose posts have more. */
#define MAX_TERMS 50000
/* Longer than any name (WordPress cuts them at 200). */
#define MAX_NAME 10000

static const char *const members[] = { "categories", "tags" };
static const char *const paths[] = { "wp/v2/categories", "wp/v2/tags" };

void
bal_wordpress_terms_forget (BalWordpress *self)
{
  for (guint i = 0; i < BAL_WORDPRESS_N_TAXONOMIES; i++)
    g_hash_table_remove_all (self->terms[i]);
  self->all_categories = FALSE;
}

/* Names come with entities ("Musicals &amp; more"). */
static void
remember (BalWordpress         *self,
          BalWordpressTaxonomy  taxonomy,
          const json_t         *term)
{
  gint64 id = bal_json_get_int (term, "id", 0);
  g_autofree char *name = bal_provider_dup_text (term, "name");

  if (id <= 0 || id > G_MAXINT || name == NULL || strlen (name) > MAX_NAME)
    return;

  g_hash_table_replace (self->terms[taxonomy], GINT_TO_POINTER (id),
                        bal_entities_decode (name, strlen (name), FALSE));
}

static const char *
name_of (BalWordpress         *self,
         BalWordpressTaxonomy  taxonomy,
         const json_t         *id)
{
  json_int_t number = json_integer_value (id);
  const char *name;

  if (number <= 0 || number > G_MAXINT)
    return NULL;

  name = g_hash_table_lookup (self->terms[taxonomy], GINT_TO_POINTER ((int) number));

  return name != NULL && *name != '\0' ? name : NULL;
}

/* ---- names for ids ------------------------------------------------------------------------------- */

static gboolean
load_batch (BalWordpress          *self,
            BalWordpressTaxonomy   taxonomy,
            const char            *ids,
            GCancellable          *cancellable,
            GError               **error)
{
  g_autofree char *query = g_strdup_printf ("include=%s&per_page=%d&_fields=id,name", ids,
                                            BAL_WORDPRESS_PAGE_SIZE);
  g_autoptr(json_t) terms = bal_wordpress_read (self, paths[taxonomy], query, NULL, cancellable, error);
  json_t *term;
  size_t i;

  if (terms == NULL)
    return FALSE;

  json_array_foreach (terms, i, term)
    remember (self, taxonomy, term);

  return TRUE;
}

static GHashTable *
list_unknown (BalWordpress         *self,
              BalWordpressTaxonomy  taxonomy,
              json_t               *posts)
{
  GHashTable *unknown = g_hash_table_new (NULL, NULL);
  json_t *post, *id;
  size_t i, j;

  json_array_foreach (posts, i, post)
    {
      json_t *ids = bal_json_get_array (post, members[taxonomy]);

      json_array_foreach (ids, j, id)
        {
          json_int_t number = json_integer_value (id);

          if (number > 0 && number <= G_MAXINT &&
              !g_hash_table_contains (self->terms[taxonomy], GINT_TO_POINTER ((int) number)))
            g_hash_table_add (unknown, GINT_TO_POINTER ((int) number));
        }
    }

  return unknown;
}

/* What the blog has no name for is not asked for again with each page. */
static void
note_nameless (BalWordpress         *self,
               BalWordpressTaxonomy  taxonomy,
               GHashTable           *asked)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, asked);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (self->terms[taxonomy], id))
      g_hash_table_insert (self->terms[taxonomy], id, g_strdup (""));
}

static gboolean
load_unknown (BalWordpress          *self,
              BalWordpressTaxonomy   taxonomy,
              json_t                *posts,
              GCancellable          *cancellable,
              GError               **error)
{
  g_autoptr(GHashTable) unknown = list_unknown (self, taxonomy, posts);
  g_autoptr(GString) ids = g_string_new (NULL);
  guint n = 0, n_left = g_hash_table_size (unknown);
  GHashTableIter iter;
  gpointer id;

  if (n_left + g_hash_table_size (self->terms[taxonomy]) > MAX_TERMS)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_PROTOCOL,
                           _("The blog’s posts have more categories or tags than any blog’s should, so they were left "
                             "as they are here."));
      return FALSE;
    }

  g_hash_table_iter_init (&iter, unknown);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_string_append_printf (ids, "%s%d", ids->len > 0 ? "," : "", GPOINTER_TO_INT (id));
      n_left--;
      if (++n < BAL_WORDPRESS_PAGE_SIZE && n_left > 0)
        continue;

      if (!load_batch (self, taxonomy, ids->str, cancellable, error))
        return FALSE;
      g_string_truncate (ids, 0);
      n = 0;
    }
  note_nameless (self, taxonomy, unknown);

  return TRUE;
}

gboolean
bal_wordpress_terms_load (BalWordpress  *self,
                          json_t        *posts,
                          GCancellable  *cancellable,
                          GError       **error)
{
  return load_unknown (self, BAL_WORDPRESS_CATEGORIES, posts, cancellable, error) &&
         load_unknown (self, BAL_WORDPRESS_TAGS, posts, cancellable, error);
}

char **
bal_wordpress_terms_names (BalWordpress         *self,
                           BalWordpressTaxonomy  taxonomy,
                           const json_t         *ids)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  json_t *id;
  size_t i;

  json_array_foreach (ids, i, id)
    {
      const char *name = name_of (self, taxonomy, id);

      if (name != NULL)
        g_strv_builder_add (names, name);
    }

  return g_strv_builder_end (names);
}

/* ---- ids for names ------------------------------------------------------------------------------- */

static gboolean
same_name (const char *a,
           const char *b,
           gboolean    loosely)
{
  g_autofree char *folded_a = NULL;
  g_autofree char *folded_b = NULL;

  if (!loosely)
    return g_strcmp0 (a, b) == 0;

  folded_a = g_utf8_casefold (a, -1);
  folded_b = g_utf8_casefold (b, -1);

  return strcmp (folded_a, folded_b) == 0;
}

/* 0: not among @present */
static int
find_present (BalWordpress         *self,
              BalWordpressTaxonomy  taxonomy,
              const char           *name,
              const json_t         *present)
{
  json_t *id;
  size_t i;

  json_array_foreach (present, i, id)
    if (same_name (name_of (self, taxonomy, id), name, FALSE))
      return (int) json_integer_value (id);

  return 0;
}

/* 0: not known */
static int
find_known (BalWordpress         *self,
            BalWordpressTaxonomy  taxonomy,
            const char           *name,
            gboolean              loosely)
{
  GHashTableIter iter;
  gpointer id, known;
  int found = 0;

  g_hash_table_iter_init (&iter, self->terms[taxonomy]);
  while (g_hash_table_iter_next (&iter, &id, &known))
    if (same_name (known, name, loosely) && (found == 0 || GPOINTER_TO_INT (id) < found))
      found = GPOINTER_TO_INT (id);

  return found;
}

/* Who may write may not always add categories, so all that are there are looked through first. */
static gboolean
load_all_categories (BalWordpress  *self,
                     GCancellable  *cancellable,
                     GError       **error)
{
  for (guint page = 1; page <= MAX_PAGES && !self->all_categories; page++)
    {
      g_autofree char *query = g_strdup_printf ("per_page=%d&page=%u&orderby=id&_fields=id,name",
                                                BAL_WORDPRESS_PAGE_SIZE, page);
      g_autoptr(json_t) terms = NULL;
      json_t *term;
      size_t i;

      terms = bal_wordpress_read (self, paths[BAL_WORDPRESS_CATEGORIES], query, NULL, cancellable, error);
      if (terms == NULL)
        return FALSE;

      json_array_foreach (terms, i, term)
        remember (self, BAL_WORDPRESS_CATEGORIES, term);
      self->all_categories = json_array_size (terms) < BAL_WORDPRESS_PAGE_SIZE;
    }

  return TRUE;
}

/* Making one that is there already is an error that tells its id (6.1): so there is no need to search for tags. */
static int
create (BalWordpress          *self,
        BalWordpressTaxonomy   taxonomy,
        const char            *name,
        GCancellable          *cancellable,
        GError               **error)
{
  g_autoptr(json_t) body = json_pack ("{s:s}", "name", name);
  g_autoptr(json_t) value = NULL;
  g_autoptr(BalHttpResponse) response = NULL;
  guint status;
  int id;

  response = bal_wordpress_exchange (self, "POST", paths[taxonomy], "_fields=id,name,code,message,data",
                                     body, &value, cancellable, error);
  if (response == NULL)
    return 0;

  status = bal_http_response_get_status (response);
  id = bal_json_get_int (value, "id", 0);
  if (status == 201 && id > 0)
    {
      remember (self, taxonomy, value);
      return id;
    }

  id = bal_json_get_int (bal_json_get_object (value, "data"), "term_id", 0);
  if (g_strcmp0 (bal_json_get_string (value, "code"), "term_exists") == 0 && id > 0)
    {
      g_autofree char *ids = g_strdup_printf ("%d", id);

      return load_batch (self, taxonomy, ids, cancellable, error) ? id : 0;
    }

  if (status == 403 && taxonomy == BAL_WORDPRESS_CATEGORIES)
    g_set_error (error, BAL_ERROR, BAL_ERROR_REFUSED,
                 _("You may not add the category “%s” on this blog; choose one that is there."), name);
  else if (status >= 200 && status < 300)
    g_propagate_error (error, bal_provider_lost_answer (NULL));
  else
    bal_wordpress_set_error (response, value, TRUE, error);

  return 0;
}

static int
find_or_create (BalWordpress          *self,
                BalWordpressTaxonomy   taxonomy,
                const char            *name,
                const json_t          *present,
                GCancellable          *cancellable,
                GError               **error)
{
  int id = find_present (self, taxonomy, name, present);

  if (id == 0)
    id = find_known (self, taxonomy, name, FALSE);
  if (id == 0 && taxonomy == BAL_WORDPRESS_CATEGORIES)
    {
      if (!load_all_categories (self, cancellable, error))
        return 0;
      id = find_known (self, taxonomy, name, FALSE);
      if (id == 0)
        id = find_known (self, taxonomy, name, TRUE);
    }

  return id != 0 ? id : create (self, taxonomy, name, cancellable, error);
}

/**
 * bal_wordpress_terms_ids:
 * @self: the provider
 * @taxonomy: categories or tags
 * @names: plain names; blank ones are passed over
 * @present: (nullable): ids that the post has now
 * @cancellable: (nullable): gives it up
 * @error: %BAL_ERROR_REFUSED when one is missing and may not be made, and what requests report
 *
 * Returns: (transfer full) (nullable): an array of ids, or %NULL on error
 */
json_t *
bal_wordpress_terms_ids (BalWordpress          *self,
                         BalWordpressTaxonomy   taxonomy,
                         const char *const     *names,
                         const json_t          *present,
                         GCancellable          *cancellable,
                         GError               **error)
{
  g_autoptr(json_t) ids = json_array ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *name = g_strstrip (g_strdup (names[i]));
      int id;

      if (*name == '\0')
        continue;

      id = find_or_create (self, taxonomy, name, present, cancellable, error);
      if (id == 0)
        return NULL;
      json_array_append_new (ids, json_integer (id));
    }

  return g_steal_pointer (&ids);
}
