/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-blogger-private.h"

#include "bal-error.h"

#include <stdlib.h>
#include <string.h>

/*
 * Comments post by post, for blogs whose comments Blogger lists in no other way. In a listing of what is new only the
 * posts whose number of comments changed are asked for: the mark of the listing before tells the numbers,
 * "TIME ID:NUMBER ID:NUMBER …".
 */

#define FIELDS      "id,post/id,inReplyTo/id,status,content,published,author(id,displayName,url)"
#define POSTS_PAGE  500
#define PAGE_SIZE   100
/* A page here is made of so many answers, or comments. */
#define MAX_ANSWERS 25
#define MAX_ITEMS   200

typedef struct
{
  char  *id;
  gint64 n_comments;
} Thread;

static void
thread_free (gpointer data)
{
  Thread *thread = data;

  g_free (thread->id);
  g_free (thread);
}

/* Ids are decimal: shorter ones are smaller. */
static int
compare_ids (const char *a,
             const char *b)
{
  gsize n = strlen (a), m = strlen (b);

  return n != m ? (n < m ? -1 : 1) : strcmp (a, b);
}

static int
compare_threads (gconstpointer a,
                 gconstpointer b)
{
  return compare_ids ((*(Thread *const *) a)->id, (*(Thread *const *) b)->id);
}

/* ---- the posts ----------------------------------------------------------------------------------- */

static gboolean
read_threads (BalBlogger       *self,
              BalBloggerPlace  *place,
              GCancellable     *cancellable,
              GError          **error)
{
  static const char *const statuses[] = { "LIVE", "DRAFT", "SCHEDULED" };
  g_autoptr(GPtrArray) threads = g_ptr_array_new_with_free_func (thread_free);

  for (guint n = 0; n < G_N_ELEMENTS (statuses); n++)
    {
      g_auto(BalBloggerPlace) posts = { .mark = g_strdup (place->mark) };
      g_autofree char *query =
        g_strdup_printf ("view=%s&status=%s&fetchBodies=false&fetchImages=false&maxResults=%d"
                         "&fields=nextPageToken,items(id,replies/totalItems)",
                         bal_blogger_get_view (self), statuses[n], POSTS_PAGE);

      do
        {
          g_autoptr(json_t) list = bal_blogger_read_page (self, "posts", query, &posts, cancellable, error);
          json_t *items = bal_json_get_array (list, "items");
          json_t *post;
          size_t i;

          if (list == NULL)
            return FALSE;
          if (place->mark == NULL)
            place->mark = g_strdup (posts.mark);
          json_array_foreach (items, i, post)
            {
              Thread *thread;

              if (bal_blogger_get_id (post) == NULL)
                continue;
              thread = g_new0 (Thread, 1);
              thread->id = g_strdup (bal_blogger_get_id (post));
              thread->n_comments = bal_blogger_get_number (bal_json_get_object (post, "replies"), "totalItems");
              g_ptr_array_add (threads, thread);
            }
        }
      while (posts.token != NULL);
    }

  g_ptr_array_sort (threads, compare_threads);
  g_clear_pointer (&self->threads, g_ptr_array_unref);
  self->threads = g_steal_pointer (&threads);
  return TRUE;
}

/* -1: not known then */
static gint64
number_then (const char *since,
             const char *id)
{
  g_autofree char *needle = g_strconcat (" ", id, ":", NULL);
  const char *found = since != NULL ? strstr (since, needle) : NULL;

  return found != NULL ? g_ascii_strtoll (found + strlen (needle), NULL, 10) : -1;
}

static char *
make_mark (BalBlogger *self,
           const char *time)
{
  g_autoptr(GString) mark = g_string_new (time);

  for (guint i = 0; time != NULL && i < self->threads->len; i++)
    {
      Thread *thread = g_ptr_array_index (self->threads, i);

      if (thread->n_comments > 0)
        g_string_append_printf (mark, " %s:%" G_GINT64_FORMAT, thread->id, thread->n_comments);
    }
  return time != NULL ? g_strdup (mark->str) : NULL;
}

/* ---- the comments of one ------------------------------------------------------------------------- */

/* Each state is a list of its own, and requests are few: of a post without comments only what waits is asked for. Spam that
 * is left out so is not lost: what is known here and not listed is asked for by its id. */
static const char *
find_status (BalBlogger   *self,
             const Thread *thread,
             const char   *since,
             guint         n)
{
  static const char *const all[] = { "LIVE", "PENDING", "SPAM", "EMPTIED" };
  gint64 then = number_then (since, thread->id);
  gboolean is_moderator = bal_blogger_can (self, BAL_CAPABILITY_MODERATE);

  if (since != NULL)
    return thread->n_comments != MAX (then, 0) && n == 0 ? all[0] : NULL;
  if (thread->n_comments == 0)
    return is_moderator && n == 0 ? all[1] : NULL;
  return n < (is_moderator ? G_N_ELEMENTS (all) : 1) ? all[n] : NULL;
}

static gboolean
read_comments (BalBlogger       *self,
               BalPage          *page,
               const char       *post_id,
               const char       *status,
               BalBloggerPlace  *place,
               gboolean          is_light,
               GCancellable     *cancellable,
               GError          **error)
{
  g_autofree char *path = g_strconcat ("posts/", post_id, "/comments", NULL);
  g_autofree char *query =
    g_strdup_printf ("view=%s&status=%s&fetchBodies=%s&maxResults=%d&fields=nextPageToken,items(%s)",
                     bal_blogger_get_view (self), status, is_light ? "false" : "true", PAGE_SIZE,
                     is_light ? "id,post/id,status" : FIELDS);
  g_autoptr(GError) failed = NULL;
  g_autoptr(json_t) list = bal_blogger_read_page (self, path, query, place, cancellable, &failed);

  if (g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    return TRUE;    /* the post is gone since it was listed */
  if (list == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  return bal_blogger_fill_comments (self, page, list, is_light, error);
}

/* "ID N": from the N-th state of that post on. */
static guint
find_thread (BalBlogger *self,
             const char *place,
             guint      *n_status)
{
  g_auto(GStrv) parts = g_strsplit (place != NULL ? place : "", " ", 2);

  *n_status = 0;
  if (g_strv_length (parts) != 2)
    return 0;

  for (guint i = 0; i < self->threads->len; i++)
    {
      int order = compare_ids (((Thread *) g_ptr_array_index (self->threads, i))->id, parts[0]);

      if (order == 0)
        *n_status = (guint) strtoul (parts[1], NULL, 10);
      if (order >= 0)
        return i;
    }
  return self->threads->len;
}

BalPage *
bal_blogger_list_threads (BalBlogger       *self,
                          const char       *since,
                          BalBloggerPlace  *place,
                          gboolean          is_light,
                          GCancellable     *cancellable,
                          GError          **error)
{
  g_autoptr(BalPage) page = bal_page_new (g_object_unref);
  guint n_answers = 0, index, n_status;

  if ((self->threads == NULL || place->place == NULL) && !read_threads (self, place, cancellable, error))
    return NULL;

  index = find_thread (self, place->place, &n_status);
  while (index < self->threads->len && n_answers < MAX_ANSWERS && page->items->len < MAX_ITEMS)
    {
      Thread *thread = g_ptr_array_index (self->threads, index);
      const char *status = find_status (self, thread, since, n_status);

      if (status == NULL)
        {
          index++;
          n_status = 0;
          continue;
        }
      if (!read_comments (self, page, thread->id, status, place, is_light, cancellable, error))
        return NULL;
      n_answers++;
      n_status += place->token == NULL;
    }

  page->n_asked = n_answers;
  g_clear_pointer (&place->place, g_free);
  if (index < self->threads->len)
    {
      place->place = g_strdup_printf ("%s %u", ((Thread *) g_ptr_array_index (self->threads, index))->id, n_status);
      page->next = bal_blogger_place_write (place);
    }
  else
    page->watermark = make_mark (self, place->mark);
  return g_steal_pointer (&page);
}
