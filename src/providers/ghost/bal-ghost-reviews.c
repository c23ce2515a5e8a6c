/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-ghost-private.h"

#include "bal-error.h"

#define POSTS     "posts"
/* The address of a draft has its uuid in it, and is wrong without it (6.65). */
#define FIELDS    "formats=html&include=tags&fields=id,uuid,slug,title,html,status,visibility,updated_at,published_at,custom_excerpt," \
                  "feature_image,codeinjection_foot,url"
#define LIGHT     "fields=id,status,updated_at"
#define WHOLE     "formats=html,lexical&include=tags"
/* Clocks of a server differ, and a post may be saved while a list is read. */
#define OVERLAP_S (60 * 60)

/* ---- listing ------------------------------------------------------------------------------------- */

static BalPage *
list (BalGhost      *self,
      const char    *filter,
      const char    *fields,
      gboolean       is_light,
      const char    *cursor,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr(BalPage) page = bal_page_new (g_object_unref);
  g_autoptr(json_t) posts = bal_ghost_read_page (self, POSTS, filter, fields, cursor, page, cancellable, error);
  json_t *post;
  size_t i;

  if (posts == NULL)
    return NULL;

  json_array_foreach (posts, i, post)
    {
      BalReview *review = is_light ? bal_ghost_parse_light_review (post) : bal_ghost_parse_review (self, post, error);

      if (review != NULL)
        g_ptr_array_add (page->items, review);
      else if (!is_light)
        return NULL;
    }
  return g_steal_pointer (&page);
}

/* That a scheduled post appeared counts as a change (6.65). */
BalPage *
bal_ghost_list_reviews (BalProvider   *provider,
                        const char    *since,
                        const char    *cursor,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_autofree char *time = bal_ghost_filter_time (since, OVERLAP_S);
  g_autofree char *filter = time != NULL ? g_strdup_printf ("updated_at:>='%s'", time) : NULL;

  return list (BAL_GHOST (provider), filter, FIELDS, FALSE, cursor, cancellable, error);
}

BalPage *
bal_ghost_sweep_reviews (BalProvider   *provider,
                         const char    *cursor,
                         GCancellable  *cancellable,
                         GError       **error)
{
  return list (BAL_GHOST (provider), NULL, LIGHT, TRUE, cursor, cancellable, error);
}

/* ---- single ones --------------------------------------------------------------------------------- */

json_t *
bal_ghost_get_post (BalGhost         *self,
                    const char       *remote_id,
                    BalHttpResponse **response,
                    GCancellable     *cancellable,
                    GError          **error)
{
  g_autofree char *path = g_strconcat (POSTS "/", remote_id, "/", NULL);
  g_autoptr(json_t) answer = NULL;

  if (!bal_ghost_check_id (remote_id, error))
    return NULL;

  answer = bal_ghost_read (self, path, WHOLE, response, cancellable, error);
  if (answer != NULL && bal_ghost_first (answer, POSTS) == NULL)
    bal_provider_set_malformed (error);
  return json_incref (bal_ghost_first (answer, POSTS));
}

BalReview *
bal_ghost_get_review (BalProvider   *provider,
                      const char    *remote_id,
                      GCancellable  *cancellable,
                      GError       **error)
{
  BalGhost *self = BAL_GHOST (provider);
  g_autoptr(json_t) post = bal_ghost_get_post (self, remote_id, NULL, cancellable, error);

  return post != NULL ? bal_ghost_parse_review (self, post, error) : NULL;
}

BalReview *
bal_ghost_find_review (BalProvider   *provider,
                       BalReview     *review,
                       GCancellable  *cancellable,
                       GError       **error)
{
  BalGhost *self = BAL_GHOST (provider);
  g_autofree char *foot = NULL;
  g_autofree char *quoted = NULL;
  g_autofree char *query = NULL;
  g_autoptr(json_t) answer = NULL;

  if (bal_review_get_key (review) == NULL)
    return NULL;

  foot = bal_ghost_foot_of_key (bal_review_get_key (review));
  quoted = bal_ghost_quote (foot);
  query = bal_ghost_filter ("order=id%20asc&limit=1&" WHOLE, "codeinjection_foot:%s", quoted);
  answer = bal_ghost_read (self, POSTS "/", query, NULL, cancellable, error);

  return bal_ghost_first (answer, POSTS) != NULL
           ? bal_ghost_parse_review (self, bal_ghost_first (answer, POSTS), error) : NULL;
}

gboolean
bal_ghost_delete_review (BalProvider   *provider,
                         const char    *remote_id,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autofree char *path = g_strconcat (POSTS "/", remote_id, "/", NULL);
  g_autoptr(GError) failed = NULL;
  g_autoptr(json_t) done = NULL;

  if (!bal_ghost_check_id (remote_id, NULL))
    return TRUE;

  done = bal_ghost_write (BAL_GHOST (provider), "DELETE", path, NULL, NULL, cancellable, &failed);
  return bal_provider_end_delete (done != NULL, g_steal_pointer (&failed), error);
}
