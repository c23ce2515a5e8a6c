/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-wordpress-private.h"

#include <string.h>

#define COMMENTS "wp/v2/comments"

/* Comments by their state: how many, and which. */

static const struct { const char *name; BalCommentStatus status; } queues[] = {
  { "hold", BAL_COMMENT_STATUS_PENDING },
  { "approve", BAL_COMMENT_STATUS_APPROVED },     /* asked for as "approve", told as "approved" */
  { "spam", BAL_COMMENT_STATUS_SPAM },
  { "trash", BAL_COMMENT_STATUS_TRASH },
  { "post-trashed", BAL_COMMENT_STATUS_TRASH },
};

static gboolean
add_count (BalHttpCall  *call,         /* (transfer full) */
           guint        *count,
           GError      **error)
{
  g_autoptr(BalHttpResponse) response = bal_http_call_finish (call, error);

  if (response == NULL)
    return FALSE;

  if (bal_http_response_get_status (response) != 200 ||
      bal_http_response_get_header (response, "X-WP-Total") == NULL)
    {
      g_autoptr(json_t) value = bal_json_take (response);

      bal_wordpress_set_error (response, value, FALSE, error);
      return FALSE;
    }

  *count += bal_wordpress_header_number (response, "X-WP-Total", 0);

  return TRUE;
}

/* One question for each state, all on their way at once. */
gboolean
bal_wordpress_count_comments (BalProvider   *provider,
                              guint          counts[4],
                              GCancellable  *cancellable,
                              GError       **error)
{
  BalWordpress *self = BAL_WORDPRESS (provider);
  BalHttpCall *calls[G_N_ELEMENTS (queues)] = { NULL };
  g_autoptr(GError) failed = NULL;

  memset (counts, 0, 4 * sizeof counts[0]);
  if (!bal_wordpress_can (self, BAL_CAPABILITY_MODERATE))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (queues) && failed == NULL; i++)
    {
      g_autofree char *query = g_strconcat ("per_page=1&context=edit&_fields=id&status=",
                                            queues[i].name, NULL);
      g_autofree char *url = bal_wordpress_url (bal_blog_get_endpoint (self->blog), COMMENTS, query);
      g_autoptr(BalHttpRequest) request = bal_wordpress_request (self, "GET", url, &failed);

      if (request != NULL)
        calls[i] = bal_http_client_begin (self->http, request, cancellable);
    }

  for (guint i = 0; i < G_N_ELEMENTS (queues); i++)
    {
      if (calls[i] == NULL)
        continue;
      if (failed != NULL)
        bal_http_call_abandon (calls[i]);
      else
        add_count (calls[i], &counts[queues[i].status], &failed);
    }

  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));

  return FALSE;
}

static json_t *
read_queue (BalWordpress  *self,
            const char    *name,
            guint          position,
            guint         *n_total,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autofree char *query = g_strdup_printf ("orderby=id&order=asc&per_page=%d&offset=%u&context=edit&status=%s"
                                            "&_fields=id,status", BAL_WORDPRESS_PAGE_SIZE, position, name);
  g_autoptr(BalHttpResponse) response = NULL;
  json_t *rows = bal_wordpress_read (self, COMMENTS, query, &response, cancellable, error);

  if (rows != NULL)
    *n_total = bal_wordpress_header_number (response, "X-WP-Total", 0);

  return rows;
}

BalPage *
bal_wordpress_list_queue (BalProvider       *provider,
                          BalCommentStatus   status,
                          guint              position,
                          GCancellable      *cancellable,
                          GError           **error)
{
  BalWordpress *self = BAL_WORDPRESS (provider);
  g_autoptr(BalPage) page = bal_page_new (g_object_unref);
  g_autoptr(json_t) rows = NULL;
  json_t *item;
  size_t n;

  /* The trash is two lists: the second has what went there with its review. */
  for (guint i = 0; i < G_N_ELEMENTS (queues) && json_array_size (rows) == 0; i++)
    {
      guint n_total = 0;

      if (queues[i].status != status)
        continue;
      g_clear_pointer (&rows, json_decref);
      rows = read_queue (self, queues[i].name, position, &n_total, cancellable, error);
      if (rows == NULL)
        return NULL;
      page->n_total += n_total;
      position -= MIN (position, n_total);
    }

  json_array_foreach (rows, n, item)
    {
      BalComment *comment = bal_wordpress_parse_light_comment (item);

      if (comment != NULL)
        g_ptr_array_add (page->items, comment);
    }

  return g_steal_pointer (&page);
}
