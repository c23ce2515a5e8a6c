/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-blogger-private.h"

#include "bal-error.h"

#include <glib/gi18n.h>
#include <string.h>

#define COMMENTS    "comments"
#define FIELDS      "id,post/id,inReplyTo/id,status,content,published,author(id,displayName,url)"
#define PAGE_SIZE   100
#define LIGHT_SIZE  500
/* Comments are listed by the time at which they were written; moderation may let them appear days later. */
#define OVERLAP_S   (3 * 24 * 60 * 60)

/* Comments have no time of change that could be asked for. What waits for moderation is listed whole each time: there is
 * little of it. The last way is for blogs of which Blogger lists no comments but post by post. */
enum { PHASE_NEW, PHASE_PENDING, PHASE_THREADS };

static void
add_statuses (BalBlogger *self,
              GString    *query,
              guint       phase)
{
  if (!bal_blogger_can (self, BAL_CAPABILITY_MODERATE))
    g_string_append (query, "&status=LIVE");
  else if (phase == PHASE_PENDING)
    g_string_append (query, "&status=PENDING");
  else
    g_string_append (query, "&status=LIVE&status=EMPTIED&status=PENDING&status=SPAM");
}

gboolean
bal_blogger_fill_comments (BalBlogger    *self,
                           BalPage       *page,
                           const json_t  *list,
                           gboolean       is_light,
                           GError       **error)
{
  json_t *items = bal_json_get_array (list, "items");
  json_t *item;
  size_t i;

  json_array_foreach (items, i, item)
    {
      BalComment *comment = is_light ? bal_blogger_parse_light_comment (item)
                                     : bal_blogger_parse_comment (self, item, error);

      if (comment != NULL)
        g_ptr_array_add (page->items, comment);
      else if (!is_light)
        return FALSE;
    }
  return TRUE;
}

/* The mark of a listing post by post has more behind the time. */
static char *
dup_time (const char *since)
{
  return since != NULL ? g_strndup (since, strcspn (since, " ")) : NULL;
}

static json_t *
read_list (BalBlogger       *self,
           const char       *since,
           BalBloggerPlace  *place,
           gboolean          is_light,
           GCancellable     *cancellable,
           GError          **error)
{
  g_autoptr(GString) query = g_string_new (NULL);
  g_autofree char *time = dup_time (since);

  /* Whether texts come with a list that does not say so is not described. */
  g_string_printf (query, "fetchBodies=%s&maxResults=%d&fields=nextPageToken,items(%s)", is_light ? "false" : "true",
                   is_light ? LIGHT_SIZE : PAGE_SIZE, is_light ? "id,post/id,status" : FIELDS);
  add_statuses (self, query, place->phase);
  if (place->phase == PHASE_NEW)
    bal_blogger_add_time (query, "startDate", time, OVERLAP_S);
  return bal_blogger_read_page (self, COMMENTS, query->str, place, cancellable, error);
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
  g_autoptr(GError) failed = NULL;
  g_autoptr(json_t) comments = NULL;

  bal_blogger_place_read (&place, cursor);
  if (place.phase != PHASE_THREADS)
    comments = read_list (self, since, &place, is_light, cancellable, &failed);
  if (cursor == NULL && g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    {
      g_clear_error (&failed);    /* some blogs answer this for years (reports of 2020 and later) */
      place.phase = PHASE_THREADS;
    }
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return NULL;
    }
  if (place.phase == PHASE_THREADS)
    return bal_blogger_list_threads (self, since, &place, is_light, cancellable, error);
  if (!bal_blogger_fill_comments (self, page, comments, is_light, error))
    return NULL;

  if (place.token == NULL)
    place.phase++;
  if (place.token != NULL || (since != NULL && place.phase == PHASE_PENDING &&
                              bal_blogger_can (self, BAL_CAPABILITY_MODERATE)))
    page->next = bal_blogger_place_write (&place);
  else
    page->watermark = g_strdup (place.mark);
  return g_steal_pointer (&page);
}

BalPage *
bal_blogger_list_comments (BalProvider   *provider,
                           const char    *since,
                           const char    *cursor,
                           GCancellable  *cancellable,
                           GError       **error)
{
  return list (BAL_BLOGGER (provider), since, cursor, FALSE, cancellable, error);
}

BalPage *
bal_blogger_sweep_comments (BalProvider   *provider,
                            const char    *cursor,
                            GCancellable  *cancellable,
                            GError       **error)
{
  return list (BAL_BLOGGER (provider), NULL, cursor, TRUE, cancellable, error);
}

/* ---- single ones --------------------------------------------------------------------------------- */

char *
bal_blogger_comment_path (const char  *remote_id,
                          GError     **error)
{
  g_auto(GStrv) parts = g_strsplit (remote_id, "/", 3);

  if (g_strv_length (parts) == 2 && *parts[0] != '\0' && *parts[1] != '\0' &&
      strspn (parts[0], "0123456789") == strlen (parts[0]) && strspn (parts[1], "0123456789") == strlen (parts[1]))
    return g_strconcat ("posts/", parts[0], "/comments/", parts[1], NULL);

  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND, _("There is no such comment on the blog."));
  return NULL;
}

BalComment *
bal_blogger_get_comment (BalProvider   *provider,
                         const char    *remote_id,
                         GCancellable  *cancellable,
                         GError       **error)
{
  BalBlogger *self = BAL_BLOGGER (provider);
  g_autofree char *path = bal_blogger_comment_path (remote_id, error);
  g_autofree char *query = g_strdup_printf ("view=%s&fields=" FIELDS, bal_blogger_get_view (self));
  g_autoptr(json_t) comment = path != NULL ? bal_blogger_read (self, path, query, NULL, cancellable, error) : NULL;

  return comment != NULL ? bal_blogger_parse_comment (self, comment, error) : NULL;
}

gboolean
bal_blogger_delete_comment (BalProvider   *provider,
                            const char    *remote_id,
                            GCancellable  *cancellable,
                            GError       **error)
{
  g_autofree char *path = bal_blogger_comment_path (remote_id, NULL);
  g_autoptr(GError) failed = NULL;
  g_autoptr(json_t) done = NULL;

  if (path == NULL)
    return TRUE;

  done = bal_blogger_write (BAL_BLOGGER (provider), "DELETE", path, NULL, NULL, cancellable, &failed);
  return bal_provider_end_delete (done != NULL, g_steal_pointer (&failed), error);
}
