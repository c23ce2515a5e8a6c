/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-blogger-private.h"

#include <string.h>

/* ---- what is neither post nor comment ---- */

static json_t *
describe_blog (FakeBlogger *self)
{
  g_autofree char *link = g_strdup_printf ("%s/v3/blogs/%s", self->root, fake_blogger_get_blog_id (self));

  return json_pack ("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:{s:i, s:s}}", "kind", "blogger#blog",
                    "id", fake_blogger_get_blog_id (self), "name", "Indie Gems", "description", "",
                    "published", "2010-01-02T03:04:05-08:00", "updated", "2020-01-02T03:04:05-08:00",
                    "url", "http://example.blogspot.com/", "selfLink", link,
                    "posts", "totalItems", (int) json_object_size (self->posts), "selfLink", link);
}

static json_t *
describe_user (FakeBlogger *self)
{
  g_autofree char *link = g_strdup_printf ("%s/v3/users/901569848744", self->root);

  return json_pack ("{s:s, s:s, s:s, s:s, s:s}", "kind", "blogger#user", "id", "901569848744",
                    "displayName", "A Critic", "url", "https://www.blogger.com/profile/1", "selfLink", link);
}

static json_t *
list_blogs (FakeBloggerCall *self)
{
  json_t *answer = json_pack ("{s:s, s:[o]}", "kind", "blogger#blogList", "items", describe_blog (self->server));

  if (fake_blogger_flag (self, "fetchUserInfo", FALSE))
    {
      json_t *info = json_pack ("{s:s, s:s, s:s, s:b, s:s}", "kind", "blogger#blogPerUserInfo",
                                "userId", "901569848744", "blogId", fake_blogger_get_blog_id (self->server),
                                "hasAdminAccess", strcmp (self->server->role, "ADMIN") == 0,
                                "role", self->server->role);

      json_object_set_new (answer, "blogUserInfos",
                           json_pack ("[{s:s, s:o, s:o}]", "kind", "blogger#blogUserInfo",
                                      "blog", describe_blog (self->server), "blog_user_info", info));
    }
  return answer;
}

static void
run_account (FakeBloggerCall  *self,
             const char      **op,
             gboolean          act)
{
  gboolean is_user = strcmp (self->path[0], "users") == 0;
  guint n = g_strv_length (self->path);
  gboolean is_by_url = !is_user && n == 2 && strcmp (self->path[1], "byurl") == 0;

  *op = NULL;
  if (strcmp (self->method, "GET") != 0)
    return;
  *op = is_user ? n == 2 ? "users.get" : n == 3 && strcmp (self->path[2], "blogs") == 0 ? "blogs.listByUser" : NULL
                : is_by_url ? "blogs.getByUrl" : n == 2 ? "blogs.get" : NULL;
  if (*op == NULL || !act)
    return;

  if (is_user && !self->is_signed_in)
    fake_blogger_fail (self, 401, "authError", "Invalid Credentials");
  else if (is_user)
    self->answer = n == 2 ? describe_user (self->server) : list_blogs (self);
  else if (is_by_url ? fake_blogger_param (self, "url") == NULL ||
                       strstr (fake_blogger_param (self, "url"), "example.blogspot.com") == NULL
                     : strcmp (self->path[1], fake_blogger_get_blog_id (self->server)) != 0)
    fake_blogger_fail (self, 404, "notFound", "Not Found");
  else
    self->answer = describe_blog (self->server);
}

/* ---- a request ---- */

static void
run (FakeBloggerCall  *self,
     const char      **op,
     gboolean          act)
{
  guint n = g_strv_length (self->path);
  gboolean in_blog = n >= 3 && strcmp (self->path[0], "blogs") == 0;

  *op = NULL;
  if (n == 0)
    return;
  if (in_blog && strcmp (self->path[1], fake_blogger_get_blog_id (self->server)) != 0)
    {
      *op = "blogs.none";
      if (act)
        fake_blogger_fail (self, 404, "notFound", "Not Found");
    }
  else if (in_blog && (strcmp (self->path[2], "comments") == 0 ||
                       (n >= 5 && strcmp (self->path[4], "comments") == 0)))
    fake_blogger_run_comments (self, op, act);
  else if (in_blog && strcmp (self->path[2], "posts") == 0)
    fake_blogger_run_posts (self, op, act);
  else if (!in_blog)
    run_account (self, op, act);
}

static gboolean
is_write (FakeBloggerCall *self)
{
  return strcmp (self->method, "GET") != 0;
}

/* Whoever shows no token at all is a reader; one that is not good is refused. */
static gboolean
check_token (FakeBloggerCall   *self,
             SoupServerMessage *message)
{
  const char *header = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  g_autofree char *wanted = g_strconcat ("Bearer ", self->server->token, NULL);

  self->is_signed_in = g_strcmp0 (header, wanted) == 0;
  if ((header == NULL && !is_write (self)) || self->is_signed_in)
    return TRUE;

  fake_blogger_fail (self, 401, "authError", "Invalid Credentials");
  return FALSE;
}

static void
fail_as_told (FakeBloggerCall   *self,
              FakeBloggerFault   fault,
              SoupServerMessage *message)
{
  switch (fault)
    {
    case FAKE_BLOGGER_UNAUTHORIZED:
      fake_blogger_fail (self, 401, "authError", "Invalid Credentials");
      break;
    case FAKE_BLOGGER_RATE_LIMIT:
      fake_blogger_fail (self, 403, "rateLimitExceeded", "Rate Limit Exceeded");
      break;
    case FAKE_BLOGGER_DAILY_LIMIT:
      fake_blogger_fail (self, 403, "dailyLimitExceeded", "Daily Limit Exceeded");
      break;
    case FAKE_BLOGGER_TOO_MANY:
      fake_blogger_fail (self, 429, "rateLimitExceeded", "Resource has been exhausted (e.g. check quota).");
      soup_message_headers_append (soup_server_message_get_response_headers (message), "Retry-After", "77");
      break;
    case FAKE_BLOGGER_FORBIDDEN:
      fake_blogger_fail (self, 403, "forbidden", "We're sorry, but you don't have permission to access this resource.");
      break;
    case FAKE_BLOGGER_SWITCHED_OFF:
      fake_blogger_fail (self, 403, "accessNotConfigured", "Blogger API has not been used in project 1 before.");
      break;
    case FAKE_BLOGGER_NOT_FOUND:
      fake_blogger_fail (self, 404, "notFound", "Not Found");
      break;
    case FAKE_BLOGGER_BACKEND:
      fake_blogger_fail (self, 503, "backendError", "Backend Error");
      break;
    case FAKE_BLOGGER_FINE:
    case FAKE_BLOGGER_GATEWAY:
    case FAKE_BLOGGER_LOST:
    case FAKE_BLOGGER_LOST_AFTER:
    case FAKE_BLOGGER_GARBLED_AFTER:
    default:
      break;
    }
}

static void
break_off (SoupServerMessage *message)
{
  g_autoptr(GIOStream) stream = soup_server_message_steal_connection (message);

  g_io_stream_close (stream, NULL, NULL);
}

static void
answer (FakeBloggerCall   *self,
        FakeBloggerFault   fault,
        SoupServerMessage *message)
{
  const char *fields = fake_blogger_param (self, "fields");
  char *text = NULL;

  if (self->answer != NULL && self->status == 200 && fields != NULL)
    {
      json_t *part = fake_blogger_select (self->answer, fields);

      json_decref (self->answer);
      self->answer = part;
    }
  if (self->answer != NULL)
    text = json_dumps (self->answer, JSON_COMPACT);
  if (fault == FAKE_BLOGGER_GARBLED_AFTER && text != NULL)
    text[strlen (text) / 2] = '\0';
  if (fault == FAKE_BLOGGER_GATEWAY)
    {
      self->status = 504;
      g_clear_pointer (&text, free);
    }

  soup_server_message_set_status (message, self->status, NULL);
  if (text != NULL)
    soup_server_message_set_response (message, "application/json; charset=UTF-8", SOUP_MEMORY_COPY, text, strlen (text));
  free (text);
}

static void
carry_out (FakeBloggerCall   *self,
           SoupServerMessage *message)
{
  FakeBlogger *server = self->server;
  FakeBloggerFault fault = FAKE_BLOGGER_FINE;
  const char *op = NULL;
  gboolean is_broken;

  run (self, &op, FALSE);
  if (op == NULL)
    {
      fake_blogger_fail (self, 404, "notFound", "Not Found");
      answer (self, fault, message);
      return;
    }
  g_hash_table_replace (server->calls, g_strdup (op),
                        GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (server->calls, op)) + 1));
  if (server->fault != NULL)
    fault = server->fault (server, op, server->fault_data);

  is_broken = fault == FAKE_BLOGGER_LOST || fault == FAKE_BLOGGER_LOST_AFTER;
  if (fault != FAKE_BLOGGER_LOST)
    fail_as_told (self, fault, message);
  if (self->status == 200 && fault != FAKE_BLOGGER_LOST && check_token (self, message))
    run (self, &op, TRUE);
  if (is_broken)
    break_off (message);
  else
    answer (self, fault, message);
}

static void
read_query (FakeBloggerCall *self,
            const char      *query)
{
  g_auto(GStrv) parts = g_strsplit (query != NULL ? query : "", "&", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *value = strchr (parts[i], '=');

      if (value == NULL)
        continue;
      *value++ = '\0';
      g_strdelimit (value, "+", ' ');
      g_ptr_array_add (self->query, g_uri_unescape_string (parts[i], NULL));
      g_ptr_array_add (self->query, g_uri_unescape_string (value, NULL));
    }
}

static void
request_cb (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *unused,
            gpointer           data)
{
  FakeBlogger *server = data;
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&server->mutex);
  g_autoptr(GPtrArray) query = g_ptr_array_new_with_free_func (g_free);
  g_auto(GStrv) parts = g_strsplit (path + strlen ("/v3/"), "/", -1);
  FakeBloggerCall call = {
    .server = server, .method = soup_server_message_get_method (message), .path = parts, .query = query, .status = 200,
  };

  read_query (&call, g_uri_get_query (soup_server_message_get_uri (message)));
  if (body->length > 0)
    {
      g_autoptr(GBytes) bytes = soup_message_body_flatten (body);

      call.body = json_loadb (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 0, NULL);
    }
  carry_out (&call, message);
  json_decref (call.body);
  json_decref (call.answer);
  g_clear_pointer (&call.n_replies, g_hash_table_unref);
}

/* ---- life ---- */

static void
set_up (SoupServer *soup,
        const char *root,
        gpointer    data)
{
  FakeBlogger *self = data;

  self->root = g_strdup (root);
  soup_server_add_handler (soup, "/v3/", request_cb, self, NULL);
  soup_server_add_handler (soup, "/", fake_blogger_sign_in_cb, self, NULL);
}

FakeBlogger *
fake_blogger_new (guint port)
{
  FakeBlogger *self = g_new0 (FakeBlogger, 1);

  g_mutex_init (&self->mutex);
  self->token = g_strdup ("test-token");
  self->refresh_token = g_strdup ("refresh-0");
  self->role = g_strdup ("ADMIN");
  self->page_cap = 500;
  self->calls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->posts = json_object ();
  self->comments = json_object ();
  self->last_id = G_GINT64_CONSTANT (6543210987654321000);
  self->thread = soup_thread_new (port, set_up, self);
  return self;
}

void
fake_blogger_free (FakeBlogger *self)
{
  soup_thread_free (self->thread);
  g_hash_table_unref (self->calls);
  json_decref (self->posts);
  json_decref (self->comments);
  g_free (self->root);
  g_free (self->token);
  g_free (self->role);
  g_free (self->refresh_token);
  g_free (self->code);
  g_free (self->challenge);
  g_free (self->redirect_uri);
  g_mutex_clear (&self->mutex);
  g_free (self);
}
