/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-ghost-private.h"

#include "bal-error.h"

#include <string.h>

#define COMMENTS  "comments"
/* Comments have no time of change, only the one at which they were written, which other programs may choose. */
#define OVERLAP_S (3 * 24 * 60 * 60)

/* The list leaves out what was deleted; it is asked for by its id. Ghost before 6 has no list of the whole blog: then nothing
 * is told of comments. */
static BalPage *
list (BalGhost      *self,
      const char    *filter,
      const char    *cursor,
      gboolean       is_light,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr(BalPage) page = bal_page_new (g_object_unref);
  g_autoptr(json_t) comments = NULL;
  json_t *item;
  size_t i;

  if (!bal_ghost_can (self, BAL_CAPABILITY_MODERATE))
    return g_steal_pointer (&page);

  comments = bal_ghost_read_page (self, COMMENTS, filter, is_light ? "fields=id,status" : "include=member,post", cursor, page,
                                  cancellable, error);
  if (comments == NULL)
    return NULL;

  json_array_foreach (comments, i, item)
    {
      BalComment *comment = is_light ? bal_ghost_parse_light_comment (item) : bal_ghost_parse_comment (self, item, error);

      if (comment != NULL)
        g_ptr_array_add (page->items, comment);
      else if (!is_light)
        return NULL;
    }
  return g_steal_pointer (&page);
}

BalPage *
bal_ghost_list_comments (BalProvider   *provider,
                         const char    *since,
                         const char    *cursor,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autofree char *time = bal_ghost_filter_time (since, OVERLAP_S);
  g_autofree char *filter = time != NULL ? g_strdup_printf ("created_at:>='%s'", time) : NULL;

  return list (BAL_GHOST (provider), filter, cursor, FALSE, cancellable, error);
}

BalPage *
bal_ghost_sweep_comments (BalProvider   *provider,
                          const char    *cursor,
                          GCancellable  *cancellable,
                          GError       **error)
{
  return list (BAL_GHOST (provider), NULL, cursor, TRUE, cancellable, error);
}

/* What is deleted is not counted. */
gboolean
bal_ghost_count_comments (BalProvider   *provider,
                          guint          counts[4],
                          GCancellable  *cancellable,
                          GError       **error)
{
  static const struct { const char *name; BalCommentStatus status; } states[] = {
    { "published", BAL_COMMENT_STATUS_APPROVED }, { "hidden", BAL_COMMENT_STATUS_SPAM },
  };
  BalGhost *self = BAL_GHOST (provider);

  memset (counts, 0, 4 * sizeof counts[0]);
  if (!bal_ghost_can (self, BAL_CAPABILITY_MODERATE))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *query = bal_ghost_filter ("limit=1&fields=id", "status:%s", states[i].name);
      g_autoptr(json_t) answer = bal_ghost_read (self, COMMENTS "/", query, NULL, cancellable, error);
      json_t *pagination = bal_json_get_object (bal_json_get_object (answer, "meta"), "pagination");
      gint64 n = bal_json_get_int (pagination, "total", -1);

      if (answer == NULL)
        return FALSE;
      if (n < 0)
        {
          bal_provider_set_malformed (error);
          return FALSE;
        }
      counts[states[i].status] = (guint) n;
    }
  return TRUE;
}

BalComment *
bal_ghost_get_comment (BalProvider   *provider,
                       const char    *remote_id,
                       GCancellable  *cancellable,
                       GError       **error)
{
  BalGhost *self = BAL_GHOST (provider);
  g_autofree char *path = g_strconcat (COMMENTS "/", remote_id, "/", NULL);
  g_autoptr(json_t) answer = NULL;

  if (!bal_ghost_check_id (remote_id, error))
    return NULL;

  answer = bal_ghost_read (self, path, "include=member,post", NULL, cancellable, error);
  return answer != NULL ? bal_ghost_parse_comment (self, bal_ghost_first (answer, COMMENTS), error) : NULL;
}
