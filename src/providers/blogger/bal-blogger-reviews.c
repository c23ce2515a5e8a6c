/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-blogger-private.h"

#include "bal-error.h"
#include "bal-time.h"

#include <glib/gi18n.h>
#include <string.h>

#define POSTS       "posts"
#define FIELDS      "id,updated,published,status,title,labels,url,content"
/* Posts with their texts on a page; light ones. */
#define PAGE_SIZE   50
#define LIGHT_SIZE  500
/* Clocks differ, and a post may be saved while a list is read. */
#define OVERLAP_S   (24 * 60 * 60)
/* So many pages of drafts are searched for one whose answer was lost. */
#define MAX_PAGES   5

/* Each state is asked for by itself: what several at once bring is not described. Publication of what was scheduled is
 * no save, so that it is looked for by its date. */
typedef struct
{
  const char *status;
  const char *order;
  gboolean    is_by_time;        /* a listing of changes ends where nothing newer comes */
  gboolean    is_extra;          /* only in a listing of changes */
} Phase;

static const Phase phases[] = {
  { "LIVE", "UPDATED", TRUE, FALSE },
  { "DRAFT", "UPDATED", TRUE, FALSE },
  { "SCHEDULED", "UPDATED", TRUE, FALSE },
  { "SOFT_TRASHED", "UPDATED", FALSE, FALSE },    /* whether going there counts as a change is not described */
  { "LIVE", "PUBLISHED", FALSE, TRUE },
};

static char *
make_query (BalBlogger *self,
            const char *status,
            const char *order,
            gboolean    is_light)
{
  return g_strdup_printf ("view=%s&status=%s&orderBy=%s&fetchBodies=%s&fetchImages=false&maxResults=%d"
                          "&fields=nextPageToken,items(%s)",
                          bal_blogger_get_view (self), status, order, is_light ? "false" : "true",
                          is_light ? LIGHT_SIZE : PAGE_SIZE, is_light ? "id,updated,status" : FIELDS);
}

/* ---- listing ------------------------------------------------------------------------------------- */

static gboolean
fill (BalBlogger    *self,
      BalPage       *page,
      const json_t  *list,
      gboolean       is_light,
      GError       **error)
{
  json_t *items = bal_json_get_array (list, "items");
  json_t *post;
  size_t i;

  json_array_foreach (items, i, post)
    {
      BalReview *review = is_light ? bal_blogger_parse_light_review (post)
                                   : bal_blogger_parse_review (self, post, error);

      if (review != NULL)
        g_ptr_array_add (page->items, review);
      else if (!is_light)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_old (const BalPage *page,
        const char    *since)
{
  gint64 time;

  if (page->items->len == 0 || !bal_time_from_rfc3339 (since, &time))
    return FALSE;
  return bal_review_get_updated (g_ptr_array_index (page->items, page->items->len - 1)) < time - OVERLAP_S;
}

static BalPage *
list (BalBlogger    *self,
      const char    *since,
      const char    *cursor,
      gboolean       is_light,
      GCancellable  *cancellable,
      GError       **error)
{
  g_auto(BalBloggerPlace) place = { 0 };
  g_autoptr(BalPage) page = bal_page_new (g_object_unref);
  g_autoptr(GString) query = NULL;
  g_autoptr(json_t) posts = NULL;
  g_autofree char *text = NULL;
  const Phase *phase;

  bal_blogger_place_read (&place, cursor);
  phase = &phases[MIN (place.phase, G_N_ELEMENTS (phases) - 1)];
  text = make_query (self, phase->status, phase->order, is_light);
  query = g_string_new (text);
  if (phase->is_extra)
    bal_blogger_add_time (query, "startDate", since, OVERLAP_S);

  posts = bal_blogger_read_page (self, POSTS, query->str, &place, cancellable, error);
  if (posts == NULL || !fill (self, page, posts, is_light, error))
    return NULL;

  if (place.token == NULL || (since != NULL && phase->is_by_time && is_old (page, since)))
    {
      g_clear_pointer (&place.token, g_free);
      place.phase++;
    }
  if (place.phase < G_N_ELEMENTS (phases) && (since != NULL || !phases[place.phase].is_extra))
    page->next = bal_blogger_place_write (&place);
  else
    page->watermark = g_strdup (place.mark);
  return g_steal_pointer (&page);
}

BalPage *
bal_blogger_list_reviews (BalProvider   *provider,
                          const char    *since,
                          const char    *cursor,
                          GCancellable  *cancellable,
                          GError       **error)
{
  return list (BAL_BLOGGER (provider), since, cursor, FALSE, cancellable, error);
}

BalPage *
bal_blogger_sweep_reviews (BalProvider   *provider,
                           const char    *cursor,
                           GCancellable  *cancellable,
                           GError       **error)
{
  return list (BAL_BLOGGER (provider), NULL, cursor, TRUE, cancellable, error);
}

/* ---- single ones --------------------------------------------------------------------------------- */

/* Walks through posts of one state, newest change first. (transfer full) (nullable): the first that @fits. */
static json_t *
search (BalBlogger    *self,
        const char    *status,
        guint          max_pages,
        gboolean     (*fits) (const json_t *post, gpointer data),
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  g_auto(BalBloggerPlace) place = { 0 };
  g_autofree char *query = make_query (self, status, "UPDATED", FALSE);

  for (guint n = 0; n < max_pages && (n == 0 || place.token != NULL); n++)
    {
      g_autoptr(json_t) list = bal_blogger_read_page (self, POSTS, query, &place, cancellable, error);
      json_t *items = bal_json_get_array (list, "items");
      json_t *post;
      size_t i;

      if (list == NULL)
        return NULL;
      json_array_foreach (items, i, post)
        if (fits (post, data))
          return json_incref (post);
    }
  return NULL;
}

static gboolean
has_id (const json_t *post,
        gpointer      id)
{
  return g_strcmp0 (bal_blogger_get_id (post), id) == 0;
}

static gboolean
is_id (const char  *id,
       GError     **error)
{
  if (strspn (id, "0123456789") == strlen (id) && *id != '\0')
    return TRUE;
  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND, _("There is no such post on the blog."));
  return FALSE;
}

/* Whether a post in the trash can be asked for by its id is not described: it is looked for there, too. */
json_t *
bal_blogger_get_post (BalBlogger    *self,
                      const char    *remote_id,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autofree char *path = g_strconcat (POSTS "/", remote_id, NULL);
  g_autofree char *query = g_strdup_printf ("view=%s&fetchBody=true&fetchImages=false&maxComments=0&fields=" FIELDS,
                                            bal_blogger_get_view (self));
  g_autoptr(GError) failed = NULL;
  g_autoptr(GError) not_searched = NULL;
  json_t *post;

  if (!is_id (remote_id, error))
    return NULL;

  post = bal_blogger_read (self, path, query, NULL, cancellable, &failed);
  if (g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    post = search (self, "SOFT_TRASHED", G_MAXUINT, has_id, (gpointer) remote_id, cancellable, &not_searched);
  if (post != NULL)
    return post;

  g_propagate_error (error, not_searched != NULL ? g_steal_pointer (&not_searched) : g_steal_pointer (&failed));
  return NULL;
}

BalReview *
bal_blogger_get_review (BalProvider   *provider,
                        const char    *remote_id,
                        GCancellable  *cancellable,
                        GError       **error)
{
  BalBlogger *self = BAL_BLOGGER (provider);
  g_autoptr(json_t) post = bal_blogger_get_post (self, remote_id, cancellable, error);

  return post != NULL ? bal_blogger_parse_review (self, post, error) : NULL;
}

static gboolean
has_key (const json_t *post,
         gpointer      data)
{
  const char *content = bal_json_get_string (post, "content");
  g_autofree char *key = NULL;
  g_autofree char *html = content != NULL ? bal_blogger_strip_key (content, &key) : NULL;

  return html != NULL && g_strcmp0 (key, bal_review_get_key (data)) == 0;
}

/* Should Blogger ever drop the key, the text is what it is known by, if there is enough of it. */
static gboolean
is_twin (const json_t *post,
         gpointer      data)
{
  g_autofree char *title = bal_provider_dup_text (post, "title");
  g_autofree char *html = bal_provider_dup_text (post, "content");

  return bal_provider_is_twin (data, title, html);
}

/* A create leaves a draft with its key; somebody may have published it since, or put it into the trash. */
BalReview *
bal_blogger_find_review (BalProvider   *provider,
                         BalReview     *review,
                         GCancellable  *cancellable,
                         GError       **error)
{
  BalBlogger *self = BAL_BLOGGER (provider);
  static const struct { const char *status; guint max_pages; } places[] = {
    { "DRAFT", MAX_PAGES }, { "LIVE", 1 }, { "SCHEDULED", 1 }, { "SOFT_TRASHED", 1 },
  };
  g_autoptr(GError) failed = NULL;
  g_autoptr(json_t) post = NULL;

  if (bal_review_get_key (review) == NULL)
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (places) && post == NULL && failed == NULL; i++)
    post = search (self, places[i].status, places[i].max_pages, has_key, review, cancellable, &failed);
  if (post == NULL && failed == NULL && bal_provider_has_fingerprint (review))
    post = search (self, "DRAFT", 1, is_twin, review, cancellable, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return NULL;
    }
  return post != NULL ? bal_blogger_parse_review (self, post, error) : NULL;
}

gboolean
bal_blogger_delete_review (BalProvider   *provider,
                           const char    *remote_id,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_autofree char *path = g_strconcat (POSTS "/", remote_id, NULL);
  g_autoptr(GError) failed = NULL;
  g_autoptr(json_t) done = NULL;

  if (!is_id (remote_id, NULL))
    return TRUE;

  done = bal_blogger_write (BAL_BLOGGER (provider), "DELETE", path, NULL, NULL, cancellable, &failed);
  return bal_provider_end_delete (done != NULL, g_steal_pointer (&failed), error);
}
