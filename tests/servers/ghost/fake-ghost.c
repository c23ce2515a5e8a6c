/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-ghost-private.h"

#include <string.h>

#define API    "/ghost/api/admin/"
#define SECRET "abd3bcec38dc206bd94b19526088220ce5bf729b7488f7b84c3e5a6aa48d0e54"

/* ---- help ---- */

void
fake_ghost_fail (FakeGhostCall *self,
                 guint          status,
                 const char    *type,
                 const char    *code,
                 const char    *message,
                 const char    *context)
{
  self->status = status;
  json_decref (self->answer);
  self->answer = json_pack ("{s:[{s:s, s:s?, s:s, s:s?}]}", "errors", "message", message, "context", context, "type", type, "code",
                            code);
}

const char *
fake_ghost_param (FakeGhostCall *self,
                  const char    *name)
{
  return g_hash_table_lookup (self->query, name);
}

char *
fake_ghost_new_id (FakeGhost *self)
{
  return g_strdup_printf ("6b0379f361fee97e%08x", ++self->last_id);
}

static gint64
now_of (FakeGhost *self)
{
  return g_get_real_time () / G_USEC_PER_SEC + self->clock;
}

char *
fake_ghost_now (FakeGhost *self)
{
  g_autoptr(GDateTime) now = g_date_time_new_from_unix_utc (now_of (self));

  return g_date_time_format (now, "%Y-%m-%dT%H:%M:%S.000Z");
}

json_t *
fake_ghost_find (json_t     *list,
                 const char *id)
{
  json_t *item;
  size_t i;

  json_array_foreach (list, i, item)
    if (g_strcmp0 (fake_ghost_text (item, "id"), id) == 0)
      return item;
  return NULL;
}

const char *
fake_ghost_text (const json_t *object,
                 const char   *name)
{
  return json_string_value (json_object_get (object, name));
}

/* ---- who asks ---- */

static guint8 *
decode (const char *part,
        gsize      *length)
{
  g_autoptr(GString) text = g_string_new (part);

  for (gsize i = 0; i < text->len; i++)
    text->str[i] = text->str[i] == '-' ? '+' : text->str[i] == '_' ? '/' : text->str[i];
  while (text->len % 4 != 0)
    g_string_append_c (text, '=');
  return g_base64_decode (text->str, length);
}

static json_t *
decode_json (const char *part)
{
  gsize length;
  g_autofree guint8 *bytes = decode (part, &length);

  return json_loadb ((const char *) bytes, length, 0, NULL);
}

static gboolean
is_signed (char       **parts,
           const char  *secret)
{
  g_autofree char *text = g_strconcat (parts[0], ".", parts[1], NULL);
  gsize n_key = strlen (secret) / 2, n_theirs, n_ours = 32;
  g_autofree guint8 *key = g_malloc (n_key);
  g_autofree guint8 *theirs = decode (parts[2], &n_theirs);
  guint8 ours[32];
  GHmac *hmac;

  for (gsize i = 0; i < n_key; i++)
    key[i] = (guint8) (g_ascii_xdigit_value (secret[2 * i]) * 16 + g_ascii_xdigit_value (secret[2 * i + 1]));
  hmac = g_hmac_new (G_CHECKSUM_SHA256, key, n_key);
  g_hmac_update (hmac, (const guchar *) text, (gssize) strlen (text));
  g_hmac_get_digest (hmac, ours, &n_ours);
  g_hmac_unref (hmac);
  return n_theirs == n_ours && memcmp (ours, theirs, n_ours) == 0;
}

static void
refuse_token (FakeGhostCall *self,
              const char    *code,
              const char    *message)
{
  fake_ghost_fail (self, 401, "UnauthorizedError", code, message, NULL);
}

static void
check_token (FakeGhostCall *self,
             const char    *header)
{
  FakeGhost *server = self->server;
  g_auto(GStrv) parts = NULL;
  json_t *head = NULL, *claims = NULL;
  gint64 iat, exp;

  if (header == NULL || !g_str_has_prefix (header, "Ghost "))
    {
      fake_ghost_fail (self, 403, "NoPermissionError", NULL, "Authorization failed", "Unable to determine the authenticated user");
      return;
    }
  parts = g_strsplit (header + strlen ("Ghost "), ".", -1);
  if (g_strv_length (parts) == 3)
    {
      head = decode_json (parts[0]);
      claims = decode_json (parts[1]);
    }
  iat = json_integer_value (json_object_get (claims, "iat"));
  exp = json_integer_value (json_object_get (claims, "exp"));
  if (head == NULL || claims == NULL)
    fake_ghost_fail (self, 400, "BadRequestError", "INVALID_JWT", "Invalid token", NULL);
  else if (g_strcmp0 (fake_ghost_text (head, "kid"), server->key_id) != 0)
    refuse_token (self, "UNKNOWN_ADMIN_API_KEY", "Unknown Admin API Key");
  else if (!is_signed (parts, strchr (server->key, ':') + 1) || g_strcmp0 (fake_ghost_text (head, "alg"), "HS256") != 0)
    refuse_token (self, "INVALID_JWT", "Invalid token: invalid signature");
  else if (exp <= now_of (server))
    refuse_token (self, "INVALID_JWT", "Invalid token: jwt expired");
  else if (iat + 300 < now_of (server))
    refuse_token (self, "INVALID_JWT", "Invalid token: maxAge exceeded");
  else if (g_strcmp0 (fake_ghost_text (claims, "aud"), "/admin/") != 0)
    refuse_token (self, "INVALID_JWT", "Invalid token: jwt audience invalid");
  json_decref (head);
  json_decref (claims);
}

/* ---- what is asked ---- */

static void
run_images (FakeGhostCall     *self,
            SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr(GBytes) bytes = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr(SoupMultipart) form = soup_multipart_new_from_message (headers, bytes);
  SoupMessageHeaders *part_headers = NULL;
  g_autoptr(GHashTable) params = NULL;
  g_autofree char *disposition = NULL;
  g_autofree char *name = NULL;
  g_autofree char *url = NULL;
  GBytes *content = NULL;

  if (form == NULL || !soup_multipart_get_part (form, 0, &part_headers, &content) ||
      !soup_message_headers_get_content_disposition (part_headers, &disposition, &params) ||
      g_hash_table_lookup (params, "filename") == NULL ||
      !g_str_has_prefix (soup_message_headers_get_content_type (part_headers, NULL), "image/"))
    {
      fake_ghost_fail (self, 415, "UnsupportedMediaTypeError", NULL, "Please select a valid image.", NULL);
      return;
    }
  name = g_strdup (g_hash_table_lookup (params, "filename"));
  for (guint n = 1; g_hash_table_contains (self->server->files, name); n++)
    {
      const char *asked = g_hash_table_lookup (params, "filename");
      const char *dot = strrchr (asked, '.');

      g_free (name);
      name = g_strdup_printf ("%.*s-%u%s", (int) (dot - asked), asked, n, dot);
    }
  url = g_strconcat (self->server->root, "/content/images/2026/11/", name, NULL);
  g_hash_table_add (self->server->files, g_steal_pointer (&name));
  self->status = 201;
  self->answer = json_pack ("{s:[{s:s, s:n}]}", "images", "url", url, "ref");
}

static void
run (FakeGhostCall     *self,
     SoupServerMessage *message)
{
  const char *name = self->path[0];

  if (strcmp (name, "posts") == 0)
    fake_ghost_run_posts (self);
  else if (strcmp (name, "comments") == 0)
    fake_ghost_run_comments (self);
  else if (strcmp (name, "members") == 0)
    fake_ghost_run_members (self);
  else if (strcmp (name, "images") == 0)
    run_images (self, message);
  else if (strcmp (name, "settings") == 0)
    self->answer = json_pack ("{s:[{s:s, s:s}]}", "settings", "key", "comments_enabled", "value", "all");
  else if (strcmp (name, "users") == 0 && self->path[1] == NULL)
    self->answer = json_pack ("{s:[{s:s, s:s, s:s, s:[{s:s}]}]}", "users", "id", "1", "name", "Owner", "email",
                              "owner@example.test", "roles", "name", "Owner");
  else if (strcmp (name, "users") == 0)
    fake_ghost_fail (self, 404, "NotFoundError", NULL, "Resource not found error, cannot read user.", "User not found.");
  else
    fake_ghost_fail (self, 406, "RequestNotAcceptableError", "UPDATE_CLIENT",
                     "Request could not be served, the endpoint was not found.", NULL);
}

static const char *
verb_of (const char *method,
         gboolean    has_id)
{
  if (strcmp (method, "POST") == 0)
    return "add";
  if (strcmp (method, "PUT") == 0)
    return "edit";
  if (strcmp (method, "DELETE") == 0)
    return "destroy";
  return has_id ? "read" : "browse";
}

static void
respond (FakeGhostCall     *self,
         FakeGhostFault     fault,
         SoupServerMessage *message)
{
  char *text = self->answer != NULL ? json_dumps (self->answer, JSON_COMPACT) : NULL;
  g_autoptr(GDateTime) now = g_date_time_new_from_unix_utc (now_of (self->server));
  g_autofree char *date = soup_date_time_to_string (now, SOUP_DATE_HTTP);

  if (fault == FAKE_GHOST_GARBLED_AFTER && text != NULL)
    text[strlen (text) / 2] = '\0';
  if (fault == FAKE_GHOST_GATEWAY)
    {
      self->status = 504;
      g_clear_pointer (&text, free);
    }
  if (self->status == 429)
    soup_message_headers_append (soup_server_message_get_response_headers (message), "Retry-After", "77");
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Date", date);
  soup_server_message_set_status (message, self->status, NULL);
  if (text != NULL)
    soup_server_message_set_response (message, "application/json; charset=utf-8", SOUP_MEMORY_COPY, text, strlen (text));
  free (text);
}

static void
carry_out (FakeGhostCall     *self,
           SoupServerMessage *message)
{
  FakeGhost *server = self->server;
  const char *header = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  g_autofree char *op = g_strconcat (self->path[0], ".", verb_of (self->method, self->path[1] != NULL), NULL);
  FakeGhostFault fault = server->fault != NULL ? server->fault (server, op, server->fault_data) : FAKE_GHOST_FINE;

  g_hash_table_replace (server->calls, g_strdup (op),
                        GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (server->calls, op)) + 1));
  check_token (self, header);
  if (fault == FAKE_GHOST_MAINTENANCE)
    fake_ghost_fail (self, 503, "MaintenanceError", NULL, "Site is currently undergoing maintenance, please wait a moment.", NULL);
  else if (fault == FAKE_GHOST_TOO_MANY)
    fake_ghost_fail (self, 429, "TooManyRequestsError", NULL, "Too many attempts.", NULL);
  if (self->status == 200 && fault != FAKE_GHOST_LOST)
    run (self, message);
  if (fault == FAKE_GHOST_TWICE && self->status < 300)
    {
      self->status = 200;
      g_clear_pointer (&self->answer, json_decref);
      run (self, message);
    }
  if (strcmp (self->method, "GET") != 0)
    server->clock += server->pace;
  if (fault == FAKE_GHOST_FAILS_AFTER)
    fake_ghost_fail (self, 500, "InternalServerError", "UNEXPECTED_ERROR", "An unexpected error occurred, please try again.", NULL);

  if (fault == FAKE_GHOST_LOST || fault == FAKE_GHOST_LOST_AFTER)
    {
      g_autoptr(GIOStream) stream = soup_server_message_steal_connection (message);

      g_io_stream_close (stream, NULL, NULL);
    }
  else
    respond (self, fault, message);
}

static GHashTable *
read_query (GUri *uri)
{
  const char *query = g_uri_get_query (uri);

  return soup_form_decode (query != NULL ? query : "");
}

static void
api_cb (SoupServer        *soup,
        SoupServerMessage *message,
        const char        *path,
        GHashTable        *unused,
        gpointer           data)
{
  FakeGhost *server = data;
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&server->mutex);
  g_autoptr(GHashTable) query = read_query (soup_server_message_get_uri (message));
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autofree char *below = g_strdup (strstr (path, API) + strlen (API));
  g_autofree char *folder = g_strndup (path, strstr (path, API) - path);
  g_autofree char *url = g_strconcat (server->root, folder, NULL);
  g_auto(GStrv) parts = NULL;
  FakeGhostCall call = { server, soup_server_message_get_method (message), NULL, query, NULL, 200, NULL };

  if (!g_str_has_suffix (path, "/"))
    {
      g_autofree char *slashed = g_strconcat (path, "/", NULL);

      soup_server_message_set_redirect (message, SOUP_STATUS_MOVED_PERMANENTLY, slashed);
      return;
    }
  if (*below != '\0')
    below[strlen (below) - 1] = '\0';
  parts = g_strsplit (below, "/", -1);
  call.path = parts;
  if (parts[0] == NULL)
    {
      soup_server_message_set_status (message, 404, NULL);
      return;
    }
  if (strcmp (parts[0], "site") == 0)
    {
      call.answer = json_pack ("{s:{s:s, s:s, s:s}}", "site", "title", "Test blog", "url", url, "version", "6.65");
      respond (&call, FAKE_GHOST_FINE, message);
    }
  else
    {
      if (body->length > 0 && strcmp (parts[0], "images") != 0)
        {
          g_autoptr(GBytes) bytes = soup_message_body_flatten (body);

          call.body = json_loadb (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 0, NULL);
        }
      carry_out (&call, message);
    }
  json_decref (call.body);
  json_decref (call.answer);
}

/* A page of the blog, as readers see it. */
static void
page_cb (SoupServer        *soup,
         SoupServerMessage *message,
         const char        *path,
         GHashTable        *unused,
         gpointer           data)
{
  FakeGhost *server = data;
  const char *folder = g_str_has_prefix (path, FAKE_GHOST_FOLDER "/") ? FAKE_GHOST_FOLDER : "";
  g_autofree char *html = g_strdup_printf ("<html><head><title>Test blog</title><meta name=\"generator\" content=\"Ghost 6.65\">"
                                           "<script defer data-ghost=\"%s%s/\"></script></head><body>A post</body></html>",
                                           server->root, folder);

  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_COPY, html, strlen (html));
}

/* ---- life ---- */

static void
set_up (SoupServer *soup,
        const char *root,
        gpointer    data)
{
  FakeGhost *self = data;

  self->root = g_strdup (root);
  soup_server_add_handler (soup, API, api_cb, self, NULL);
  soup_server_add_handler (soup, FAKE_GHOST_FOLDER API, api_cb, self, NULL);
  soup_server_add_handler (soup, "/", page_cb, self, NULL);
}

FakeGhost *
fake_ghost_new (guint port)
{
  FakeGhost *self = g_new0 (FakeGhost, 1);

  g_mutex_init (&self->mutex);
  self->key_id = g_strdup ("6b0379f961fee97eec686bb3");
  self->key = g_strconcat (self->key_id, ":" SECRET, NULL);
  self->calls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->posts = json_array ();
  self->tags = json_array ();
  self->comments = json_array ();
  self->members = json_array ();
  self->thread = soup_thread_new (port, set_up, self);
  return self;
}

void
fake_ghost_free (FakeGhost *self)
{
  soup_thread_free (self->thread);
  g_hash_table_unref (self->calls);
  g_hash_table_unref (self->files);
  json_decref (self->posts);
  json_decref (self->tags);
  json_decref (self->comments);
  json_decref (self->members);
  g_free (self->root);
  g_free (self->key_id);
  g_free (self->key);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

const char *
fake_ghost_get_root (FakeGhost *self)
{
  return self->root;
}

const char *
fake_ghost_get_key (FakeGhost *self)
{
  return self->key;
}

void
fake_ghost_revoke_key (FakeGhost *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_free (self->key_id);
  self->key_id = g_strdup ("ffffffffffffffffffffffff");
}

void
fake_ghost_set_clock (FakeGhost *self,
                      gint64     seconds)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->clock = seconds;
}

void
fake_ghost_set_pace (FakeGhost *self,
                     guint      seconds)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->pace = seconds;
}

void
fake_ghost_set_old (FakeGhost *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->is_old = TRUE;
}

void
fake_ghost_set_fault (FakeGhost          *self,
                      FakeGhostFaultFunc  fault,
                      gpointer            data)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->fault = fault;
  self->fault_data = data;
}

guint
fake_ghost_count_calls (FakeGhost  *self,
                        const char *op)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GHashTableIter iter;
  gpointer name, n;
  guint total = 0;

  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, &name, &n))
    if (op == NULL || strcmp (name, op) == 0)
      total += GPOINTER_TO_UINT (n);
  return total;
}
