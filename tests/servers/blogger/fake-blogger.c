/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-blogger-private.h"

#include <string.h>

#define BLOG_ID "8070105920543249955"
#define USER_ID "901569848744"

/* ---- resources ---- */

gint64
fake_blogger_now (FakeBlogger *self)
{
  self->last_time = MAX (g_get_real_time (), self->last_time + 1000);
  return self->last_time;
}

char *
fake_blogger_new_id (FakeBlogger *self)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, ++self->last_id);
}

/* Both spellings occur in Google's own examples. */
json_t *
fake_blogger_time (gint64   time_us,
                   gboolean is_local)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  g_autoptr(GTimeZone) zone = g_time_zone_new_offset (-7 * 3600);
  g_autoptr(GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autofree char *seconds = g_date_time_format (is_local ? local : utc, "%Y-%m-%dT%H:%M:%S");
  g_autofree char *text = is_local ? g_strconcat (seconds, "-07:00", NULL)
                                   : g_strdup_printf ("%s.%03dZ", seconds, (int) (time_us / 1000 % 1000));

  return json_string (text);
}

gint64
fake_blogger_time_of (const json_t *object,
                      const char   *name)
{
  const char *text = json_string_value (json_object_get (object, name));
  g_autoptr(GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  return time != NULL ? g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time) : 0;
}

char *
fake_blogger_store_html (FakeBlogger *self,
                         const char  *html)
{
  g_auto(GStrv) lines = NULL;

  if (self->quirks & FAKE_BLOGGER_KEEPS_NEWLINES)
    return g_strdup (html);

  lines = g_strsplit (html, "\n", -1);
  return g_strjoinv ("<br />", lines);
}

static gboolean
is_local_id (const json_t *resource)
{
  const char *id = json_string_value (json_object_get (resource, "id"));

  return (id[strlen (id) - 1] - '0') % 2 == 1;
}

void
fake_blogger_touch (FakeBlogger *self,
                    json_t      *post)
{
  g_autofree char *etag = NULL;
  gint64 now = fake_blogger_now (self);

  json_object_set_new (post, "updated", fake_blogger_time (now, is_local_id (post)));
  etag = g_strdup_printf ("\"dGltZXN0YW1wOiAx%" G_GINT64_FORMAT "\"", now);
  json_object_set_new (post, "etag", json_string (etag));
}

json_t *
fake_blogger_make_post (FakeBlogger *self,
                        const char  *title,
                        const char  *content,
                        const char  *status,
                        gint64       published_us)
{
  g_autofree char *id = fake_blogger_new_id (self);
  g_autofree char *link = g_strdup_printf ("%s/v3/blogs/" BLOG_ID "/posts/%s", self->root, id);
  g_autofree char *html = fake_blogger_store_html (self, content);
  json_t *post = json_pack ("{s:s, s:s, s:{s:s}, s:s, s:s, s:s, s:s, s:{s:s, s:s, s:s, s:{s:s}}, s:{s:s, s:s}, s:s}",
                            "kind", "blogger#post", "id", id, "blog", "id", BLOG_ID, "selfLink", link,
                            "title", title, "content", html, "status", status,
                            "author", "id", USER_ID, "displayName", "A Critic",
                            "url", "https://www.blogger.com/profile/1", "image", "url", "//example.com/a.png",
                            "replies", "totalItems", "0", "selfLink", link, "readerComments", "ALLOW");

  fake_blogger_touch (self, post);
  json_object_set_new (post, "published",
                       fake_blogger_time (published_us != 0 ? published_us : self->last_time, is_local_id (post)));
  if (strcmp (status, "DRAFT") != 0)
    {
      g_autofree char *url = g_strdup_printf ("http://example.blogspot.com/2020/01/post-%s.html", id);

      json_object_set_new (post, "url", json_string (url));
    }
  json_object_set_new (self->posts, id, post);
  return post;
}

/* ---- what happens on blogger.com ---- */

char *
fake_blogger_add_post (FakeBlogger *self,
                       const char  *title,
                       const char  *content,
                       const char  *status,
                       gint64       published)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  json_t *post = fake_blogger_make_post (self, title, content, status, published * G_USEC_PER_SEC);

  return g_strdup (json_string_value (json_object_get (post, "id")));
}

void
fake_blogger_edit_post (FakeBlogger *self,
                        const char  *id,
                        const char  *title,
                        const char  *content,
                        const char  *status)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  json_t *post = json_object_get (self->posts, id);

  g_assert_nonnull (post);
  if (title != NULL)
    json_object_set_new (post, "title", json_string (title));
  if (content != NULL)
    json_object_set_new (post, "content", json_string (content));
  if (status != NULL)
    json_object_set_new (post, "status", json_string (status));
  fake_blogger_touch (self, post);
}

void
fake_blogger_remove_post (FakeBlogger *self,
                          const char  *id)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_assert_cmpint (json_object_del (self->posts, id), ==, 0);
}

void
fake_blogger_let_appear (FakeBlogger *self,
                         const char  *id)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  json_t *post = json_object_get (self->posts, id);

  json_object_set_new (post, "status", json_string ("LIVE"));
  json_object_set_new (post, "published", fake_blogger_time (fake_blogger_now (self), FALSE));
}

char *
fake_blogger_add_comment (FakeBlogger *self,
                          const char  *post_id,
                          const char  *parent_id,
                          const char  *author,
                          const char  *content,
                          const char  *status,
                          gint64       published)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autofree char *id = fake_blogger_new_id (self);
  g_autofree char *link = g_strdup_printf ("%s/v3/blogs/" BLOG_ID "/posts/%s/comments/%s", self->root, post_id, id);
  gint64 now = fake_blogger_now (self);
  json_t *comment = json_pack ("{s:s, s:s, s:{s:s}, s:{s:s}, s:s, s:s, s:s, s:{s:s, s:s}}",
                               "kind", "blogger#comment", "id", id, "post", "id", post_id, "blog", "id", BLOG_ID,
                               "content", content, "status", status, "selfLink", link,
                               "author", "id", author != NULL ? "12345" : USER_ID,
                               "displayName", author != NULL ? author : "A Critic");

  json_object_set_new (comment, "published",
                       fake_blogger_time (published != 0 ? published * G_USEC_PER_SEC : now, is_local_id (comment)));
  json_object_set_new (comment, "updated", fake_blogger_time (now, FALSE));
  if (parent_id != NULL)
    json_object_set_new (comment, "inReplyTo", json_pack ("{s:s}", "id", parent_id));
  json_object_set_new (self->comments, id, comment);
  return g_steal_pointer (&id);
}

void
fake_blogger_moderate (FakeBlogger *self,
                       const char  *comment_id,
                       const char  *status)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  json_object_set_new (json_object_get (self->comments, comment_id), "status", json_string (status));
}

void
fake_blogger_remove_comment (FakeBlogger *self,
                             const char  *comment_id)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_assert_cmpint (json_object_del (self->comments, comment_id), ==, 0);
}

json_t *
fake_blogger_dup_post (FakeBlogger *self,
                       const char  *id)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return json_deep_copy (json_object_get (self->posts, id));
}

json_t *
fake_blogger_dup_comment (FakeBlogger *self,
                          const char  *id)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return json_deep_copy (json_object_get (self->comments, id));
}

char *
fake_blogger_find_title (FakeBlogger *self,
                         const char  *title,
                         guint       *n_found)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  const char *id;
  char *found = NULL;
  json_t *post;

  *n_found = 0;
  json_object_foreach (self->posts, id, post)
    if (g_strcmp0 (json_string_value (json_object_get (post, "title")), title) == 0 && (*n_found)++ == 0)
      found = g_strdup (id);
  return found;
}

/* ---- settings ---- */

const char *
fake_blogger_get_root (FakeBlogger *self)
{
  return self->root;
}

const char *
fake_blogger_get_blog_id (FakeBlogger *self)
{
  return BLOG_ID;
}

void
fake_blogger_set_token (FakeBlogger *self,
                        const char  *token)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_free (self->token);
  self->token = g_strdup (token);
}

void
fake_blogger_set_role (FakeBlogger *self,
                       const char  *role)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_free (self->role);
  self->role = g_strdup (role);
}

void
fake_blogger_set_quirks (FakeBlogger       *self,
                         FakeBloggerQuirks  quirks)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->quirks = quirks;
}

void
fake_blogger_set_page_cap (FakeBlogger *self,
                           guint        cap)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->page_cap = cap;
}

void
fake_blogger_set_fault (FakeBlogger          *self,
                        FakeBloggerFaultFunc  func,
                        gpointer              data)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->fault = func;
  self->fault_data = data;
}

guint
fake_blogger_count_calls (FakeBlogger *self,
                          const char  *op)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GHashTableIter iter;
  gpointer name, number;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, &name, &number))
    if (op == NULL || g_str_has_prefix (name, op))
      n += GPOINTER_TO_UINT (number);
  return n;
}

void
fake_blogger_forget_calls (FakeBlogger *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_hash_table_remove_all (self->calls);
}

guint
fake_blogger_get_n_posts (FakeBlogger *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return (guint) json_object_size (self->posts);
}
