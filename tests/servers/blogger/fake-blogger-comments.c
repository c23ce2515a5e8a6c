/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-blogger-private.h"

#include <string.h>

static const char *
member (const json_t *object,
        const char   *name)
{
  return json_string_value (json_object_get (object, name));
}

static json_t *
show (json_t     *comment,
      const char *view,
      gboolean    with_body)
{
  json_t *shown = json_deep_copy (comment);

  if (!with_body)
    json_object_del (shown, "content");
  if (strcmp (view, "READER") == 0)
    json_object_del (shown, "status");
  return shown;
}

/* @post_id NULL: of the whole blog, where the account decides what is seen: the method has no view. */
static void
list (FakeBloggerCall *self,
      const char      *post_id)
{
  const char *view = post_id != NULL ? fake_blogger_view (self) : self->is_signed_in ? self->server->role : "READER";
  gint64 from = fake_blogger_bound (self, "startDate", G_MININT64), to = fake_blogger_bound (self, "endDate", G_MAXINT64);
  g_autoptr(GPtrArray) found = g_ptr_array_new ();
  gboolean with_bodies = fake_blogger_flag (self, "fetchBodies", FALSE);
  json_t *rows, *comment;
  const char *id;

  if (view == NULL)
    return;
  json_object_foreach (self->server->comments, id, comment)
    {
      const char *status = member (comment, "status");
      gboolean is_live = strcmp (status, "LIVE") == 0;
      gint64 published = fake_blogger_time_of (comment, "published");

      if ((post_id == NULL || g_strcmp0 (member (json_object_get (comment, "post"), "id"), post_id) == 0) &&
          (fake_blogger_param (self, "status") != NULL ? fake_blogger_asks_for (self, "status", status) : is_live) &&
          (is_live || strcmp (view, "ADMIN") == 0) && published >= from && published <= to)
        g_ptr_array_add (found, comment);
    }
  fake_blogger_sort (found, "published", FALSE);
  rows = json_array ();
  for (guint i = 0; i < found->len; i++)
    json_array_append_new (rows, show (g_ptr_array_index (found, i), view, with_bodies));
  fake_blogger_answer_page (self, "blogger#commentList", rows);
}

/* POST …/comments/ID/VERB */
static const char *
name_of_verb (const char *verb)
{
  return strcmp (verb, "approve") == 0 ? "comments.approve" :
         strcmp (verb, "spam") == 0 ? "comments.markAsSpam" :
         strcmp (verb, "removecontent") == 0 ? "comments.removeContent" : NULL;
}

static void
moderate (FakeBloggerCall *self,
          const char      *op,
          json_t          *comment)
{
  if (strcmp (op, "comments.approve") == 0)
    json_object_set_new (comment, "status", json_string ("LIVE"));
  else if (strcmp (op, "comments.markAsSpam") == 0)
    json_object_set_new (comment, "status", json_string ("SPAM"));
  else
    {
      json_object_set_new (comment, "status", json_string ("EMPTIED"));
      json_object_set_new (comment, "content", json_string ("This comment has been removed by the author."));
    }
  self->answer = show (comment, "ADMIN", TRUE);
}

static void
run_one (FakeBloggerCall *self,
         const char      *op)
{
  json_t *comment = json_object_get (self->server->comments, self->path[5]);
  const char *view = strcmp (op, "comments.get") == 0 ? fake_blogger_view (self) : "ADMIN";

  if (view == NULL)
    return;
  if (comment == NULL || g_strcmp0 (member (json_object_get (comment, "post"), "id"), self->path[3]) != 0 ||
      (strcmp (member (comment, "status"), "LIVE") != 0 && strcmp (view, "ADMIN") != 0))
    fake_blogger_fail (self, 404, "notFound", "Not Found");
  else if (strcmp (op, "comments.get") == 0)
    self->answer = show (comment, view, TRUE);
  else if (strcmp (self->server->role, "ADMIN") != 0)
    fake_blogger_fail (self, 403, "forbidden", "We're sorry, but you don't have permission to access this resource.");
  else if (strcmp (op, "comments.delete") == 0)
    json_object_del (self->server->comments, self->path[5]);
  else
    moderate (self, op, comment);
}

void
fake_blogger_run_comments (FakeBloggerCall  *self,
                           const char      **op,
                           gboolean          act)
{
  guint n = g_strv_length (self->path);
  gboolean is_get = strcmp (self->method, "GET") == 0;

  *op = NULL;
  if (strcmp (self->path[2], "comments") == 0)
    *op = is_get && n == 3 ? "comments.listByBlog" : NULL;
  else if (n == 5)
    *op = is_get ? "comments.list" : NULL;
  else if (n == 6)
    *op = is_get ? "comments.get" : strcmp (self->method, "DELETE") == 0 ? "comments.delete" : NULL;
  else if (n == 7 && strcmp (self->method, "POST") == 0)
    *op = name_of_verb (self->path[6]);

  if (*op == NULL || !act)
    return;
  if (strcmp (*op, "comments.listByBlog") == 0 && (self->server->quirks & FAKE_BLOGGER_NO_LIST_BY_BLOG))
    fake_blogger_fail (self, 404, "notFound", "Not Found");
  else if (n <= 5)
    list (self, n == 5 ? self->path[3] : NULL);
  else
    run_one (self, *op);
}
