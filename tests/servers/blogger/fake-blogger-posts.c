/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-blogger-private.h"

#include <stdlib.h>
#include <string.h>

#define MAX_LABELS       20
#define MAX_LABEL_LENGTH 200

static const char *
member (const json_t *object,
        const char   *name)
{
  return json_string_value (json_object_get (object, name));
}

/* ---- what is shown ---- */

static gboolean
is_visible (json_t     *post,
            const char *view)
{
  return strcmp (member (post, "status"), "LIVE") == 0 || strcmp (view, "READER") != 0;
}

static guint
count_replies (FakeBloggerCall *self,
               const char      *post_id)
{
  const char *id;
  json_t *comment;

  if (self->n_replies == NULL)
    {
      self->n_replies = g_hash_table_new (g_str_hash, g_str_equal);
      json_object_foreach (self->server->comments, id, comment)
        if (strcmp (member (comment, "status"), "LIVE") == 0)
          {
            gpointer post = (gpointer) member (json_object_get (comment, "post"), "id");
            guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->n_replies, post));

            g_hash_table_insert (self->n_replies, post, GUINT_TO_POINTER (n + 1));
          }
    }
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->n_replies, post_id));
}

/* (transfer full): what the caller may see of it. int64 is a string in Google's JSON. */
static json_t *
show (FakeBloggerCall *self,
      json_t          *post,
      const char      *view,
      gboolean         with_body)
{
  json_t *shown = json_deep_copy (post);
  g_autofree char *total = g_strdup_printf ("%u", count_replies (self, member (post, "id")));

  json_object_set_new (json_object_get (shown, "replies"), "totalItems", json_string (total));
  if (!with_body)
    json_object_del (shown, "content");
  if (strcmp (view, "READER") == 0)
    json_object_del (shown, "status");
  return shown;
}

static void
list (FakeBloggerCall *self)
{
  const char *view = fake_blogger_view (self);
  gboolean with_bodies = fake_blogger_flag (self, "fetchBodies", TRUE);
  gint64 from = fake_blogger_bound (self, "startDate", G_MININT64), to = fake_blogger_bound (self, "endDate", G_MAXINT64);
  g_autoptr(GPtrArray) found = g_ptr_array_new ();
  gboolean by_update = g_strcmp0 (fake_blogger_param (self, "orderBy"), "UPDATED") == 0;
  json_t *rows = json_array ();
  const char *id;
  json_t *post;

  if (view == NULL)
    {
      json_decref (rows);
      return;
    }
  json_object_foreach (self->server->posts, id, post)
    {
      const char *status = member (post, "status");
      gint64 published = fake_blogger_time_of (post, "published");
      gboolean is_asked_for = fake_blogger_param (self, "status") != NULL
                              ? fake_blogger_asks_for (self, "status", status) : strcmp (status, "LIVE") == 0;

      if (is_asked_for && is_visible (post, view) && published >= from && published <= to)
        g_ptr_array_add (found, post);
    }
  fake_blogger_sort (found, by_update ? "updated" : "published",
                     g_strcmp0 (fake_blogger_param (self, "sortOption"), "ASCENDING") == 0);
  for (guint i = 0; i < found->len; i++)
    json_array_append_new (rows, show (self, g_ptr_array_index (found, i), view, with_bodies));
  fake_blogger_answer_page (self, "blogger#postList", rows);
}

/* ---- what is written ---- */

static gboolean
labels_fit (json_t *labels)
{
  json_t *label;
  size_t i, length = 0;

  json_array_foreach (labels, i, label)
    {
      length += strlen (json_string_value (label)) + 1;
      if (strchr (json_string_value (label), ',') != NULL)
        return FALSE;
    }
  return json_array_size (labels) <= MAX_LABELS && length <= MAX_LABEL_LENGTH;
}

/* @clear: an update by PUT empties what it leaves out. */
static gboolean
apply (FakeBloggerCall *self,
       json_t          *post,
       gboolean         clear)
{
  static const char *const texts[] = { "title", "titleLink", "customMetaData", "readerComments" };
  json_t *labels = json_object_get (self->body, "labels");
  const char *content = member (self->body, "content");

  if (labels != NULL && !labels_fit (labels))
    {
      fake_blogger_fail (self, 400, "invalid", "The value for field labels was not valid");
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (json_object_get (self->body, texts[i]) != NULL)
      json_object_set (post, texts[i], json_object_get (self->body, texts[i]));
    else if (clear && i > 0)
      json_object_del (post, texts[i]);
  if (content != NULL)
    {
      g_autofree char *html = fake_blogger_store_html (self->server, content);

      json_object_set_new (post, "content", json_string (html));
    }
  if (labels != NULL && json_array_size (labels) > 0)
    json_object_set (post, "labels", labels);
  else if (labels != NULL || clear)
    json_object_del (post, "labels");
  if (member (self->body, "published") != NULL)
    json_object_set (post, "published", json_object_get (self->body, "published"));
  fake_blogger_touch (self->server, post);
  return TRUE;
}

static void
set_status (FakeBloggerCall *self,
            json_t          *post,
            const char      *status)
{
  json_object_set_new (post, "status", json_string (status));
  if (member (post, "url") == NULL && strcmp (status, "LIVE") == 0)
    {
      g_autofree char *url = g_strdup_printf ("http://example.blogspot.com/2020/01/post-%s.html", member (post, "id"));

      json_object_set_new (post, "url", json_string (url));
    }
  fake_blogger_touch (self->server, post);
}

static void
publish (FakeBloggerCall *self,
         json_t          *post)
{
  gint64 now = fake_blogger_now (self->server);
  gint64 at = fake_blogger_bound (self, "publishDate", 0);

  if (strcmp (member (post, "status"), "SOFT_TRASHED") == 0)
    {
      fake_blogger_fail (self, 400, "invalid", "Bad Request");
      return;
    }
  json_object_set_new (post, "published", fake_blogger_time (at != 0 ? at : now, FALSE));
  set_status (self, post, at > now ? "SCHEDULED" : "LIVE");
}

static void
insert (FakeBloggerCall *self)
{
  gboolean is_draft = fake_blogger_flag (self, "isDraft", FALSE);
  gint64 published = fake_blogger_time_of (self->body, "published");
  json_t *post;

  if (!labels_fit (json_object_get (self->body, "labels")))
    {
      fake_blogger_fail (self, 400, "invalid", "The value for field labels was not valid");
      return;
    }
  post = fake_blogger_make_post (self->server, "", "", is_draft ? "DRAFT" : "LIVE", published);
  /* A post that does not say so arrived with its comments switched off. */
  json_object_set_new (post, "readerComments", json_string ("DONT_ALLOW_SHOW_EXISTING"));
  apply (self, post, FALSE);
  self->answer = show (self, post, "ADMIN", fake_blogger_flag (self, "fetchBody", TRUE));
}

static void
delete (FakeBloggerCall *self,
        json_t          *post)
{
  if (fake_blogger_flag (self, "useTrash", FALSE))
    {
      json_object_set_new (post, "trashed", fake_blogger_time (fake_blogger_now (self->server), FALSE));
      json_object_set_new (post, "status", json_string ("SOFT_TRASHED"));
    }
  else
    json_object_del (self->server->posts, self->path[3]);
}

/* A method of one post; NULL: none of these */
static const char *
name_of (FakeBloggerCall *self)
{
  const char *last = self->path[4];

  if (last != NULL && strcmp (self->method, "POST") == 0)
    return strcmp (last, "publish") == 0 ? "posts.publish" : strcmp (last, "revert") == 0 ? "posts.revert" : NULL;
  if (last != NULL)
    return NULL;
  return strcmp (self->method, "GET") == 0 ? "posts.get" :
         strcmp (self->method, "PATCH") == 0 ? "posts.patch" :
         strcmp (self->method, "PUT") == 0 ? "posts.update" :
         strcmp (self->method, "DELETE") == 0 ? "posts.delete" : NULL;
}

static void
change (FakeBloggerCall *self,
        const char      *op,
        json_t          *post)
{
  gboolean is_draft = strcmp (member (post, "status"), "DRAFT") == 0;

  if (strcmp (op, "posts.delete") == 0)
    {
      delete (self, post);
      return;
    }
  if (strcmp (op, "posts.update") == 0 && is_draft && (self->server->quirks & FAKE_BLOGGER_DRAFT_PUT_FAILS))
    {
      fake_blogger_fail (self, 404, "notFound", "Not Found");
      return;
    }
  if (strcmp (op, "posts.publish") == 0)
    publish (self, post);
  else if (strcmp (op, "posts.revert") == 0)
    set_status (self, post, "DRAFT");
  else if (!apply (self, post, strcmp (op, "posts.update") == 0))
    return;
  else if (fake_blogger_flag (self, "publish", FALSE))
    publish (self, post);
  else if (fake_blogger_flag (self, "revert", FALSE))
    set_status (self, post, "DRAFT");
  if (self->status == 200)
    self->answer = show (self, post, "ADMIN", TRUE);
}

static void
run_one (FakeBloggerCall *self,
         const char      *op)
{
  json_t *post = json_object_get (self->server->posts, self->path[3]);
  const char *view = strcmp (op, "posts.get") == 0 ? fake_blogger_view (self) : "ADMIN";

  if (view == NULL)
    return;
  if (post == NULL || !is_visible (post, view))
    fake_blogger_fail (self, 404, "notFound", "Not Found");
  else if (strcmp (op, "posts.get") == 0)
    self->answer = show (self, post, view, fake_blogger_flag (self, "fetchBody", TRUE));
  else
    change (self, op, post);
}

/* Titles and texts with all the words; knows no pages. */
static void
search (FakeBloggerCall *self)
{
  json_t *rows = json_array ();
  const char *words = fake_blogger_param (self, "q");
  const char *id;
  json_t *post;

  json_object_foreach (self->server->posts, id, post)
    if (strcmp (member (post, "status"), "LIVE") == 0 && words != NULL &&
        (strstr (member (post, "title"), words) != NULL || strstr (member (post, "content"), words) != NULL))
      json_array_append_new (rows, show (self, post, "READER", TRUE));
  self->answer = json_pack ("{s:s, s:o}", "kind", "blogger#postList", "items", rows);
}

void
fake_blogger_run_posts (FakeBloggerCall  *self,
                        const char      **op,
                        gboolean          act)
{
  gboolean is_get = strcmp (self->method, "GET") == 0;

  if (self->path[3] == NULL)
    *op = is_get ? "posts.list" : strcmp (self->method, "POST") == 0 ? "posts.insert" : NULL;
  else if (is_get && strcmp (self->path[3], "search") == 0)
    *op = "posts.search";
  else
    *op = name_of (self);

  if (*op == NULL || !act)
    return;
  if (strcmp (*op, "posts.list") == 0)
    list (self);
  else if (strcmp (*op, "posts.insert") == 0)
    insert (self);
  else if (strcmp (*op, "posts.search") == 0)
    search (self);
  else
    run_one (self, *op);
}
