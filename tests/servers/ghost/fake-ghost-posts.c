/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-ghost-private.h"

#include <string.h>

#define MAX_TITLE 255

static const char *const settable[] = {
  "title", "slug", "lexical", "status", "visibility", "tiers", "published_at", "custom_excerpt", "feature_image",
  "codeinjection_foot", "tags",
};

/* ---- what is answered ---- */

static json_t *
describe (FakeGhostCall *self,
          const json_t  *post)
{
  json_t *whole = json_deep_copy (post);
  const char *formats = fake_ghost_param (self, "formats");
  gboolean is_out = g_strcmp0 (fake_ghost_text (post, "status"), "published") == 0;
  g_autofree char *url = g_strdup_printf ("%s/%s%s/", self->server->root, is_out ? "" : "p/",
                                          fake_ghost_text (post, is_out ? "slug" : "uuid"));

  json_object_set_new (whole, "url", json_string (url));
  if (formats == NULL || strstr (formats, "html") == NULL)
    json_object_del (whole, "html");
  if (formats != NULL && strstr (formats, "lexical") == NULL)
    json_object_del (whole, "lexical");
  return whole;
}

static void
answer_with (FakeGhostCall *self,
             const json_t  *post)
{
  self->answer = json_pack ("{s:[o]}", "posts", describe (self, post));
}

/* ---- what is sent ---- */

static char *
make_slug (FakeGhost    *server,
           const char   *text,
           const json_t *post)
{
  g_autoptr(GString) base = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_isalnum (*p))
        g_string_append_c (base, g_ascii_tolower (*p));
      else if (base->len > 0 && base->str[base->len - 1] != '-')
        g_string_append_c (base, '-');
    }
  while (base->len > 0 && base->str[base->len - 1] == '-')
    g_string_truncate (base, base->len - 1);
  if (base->len == 0)
    g_string_append (base, "untitled");

  for (guint n = 1;; n++)
    {
      g_autofree char *slug = n == 1 ? g_strdup (base->str) : g_strdup_printf ("%s-%u", base->str, n);
      gboolean is_free = TRUE;
      json_t *other;
      size_t i;

      json_array_foreach (server->posts, i, other)
        if (other != post && g_strcmp0 (fake_ghost_text (other, "slug"), slug) == 0)
          is_free = FALSE;
      if (is_free)
        return g_steal_pointer (&slug);
    }
}

/* By id or by name; one that is not there is made. */
static json_t *
resolve_tags (FakeGhost    *server,
              const json_t *tags)
{
  json_t *result = json_array ();
  json_t *tag;
  size_t i;

  json_array_foreach (tags, i, tag)
    {
      const char *id = fake_ghost_text (tag, "id");
      const char *name = json_is_string (tag) ? json_string_value (tag) : fake_ghost_text (tag, "name");
      json_t *found = id != NULL ? fake_ghost_find (server->tags, id) : NULL;
      json_t *other;
      size_t j;

      json_array_foreach (server->tags, j, other)
        if (found == NULL && name != NULL && g_strcmp0 (fake_ghost_text (other, "name"), name) == 0)
          found = other;
      if (found == NULL && name != NULL)
        {
          g_autofree char *new_id = fake_ghost_new_id (server);

          found = json_pack ("{s:s, s:s, s:s, s:s}", "id", new_id, "name", name, "slug", new_id, "visibility",
                             *name == '#' ? "internal" : "public");
          json_array_append_new (server->tags, found);
        }
      if (found != NULL)
        json_array_append (result, found);
    }
  return result;
}

static gboolean
refuse (FakeGhostCall *self,
        const char    *context)
{
  fake_ghost_fail (self, 422, "ValidationError", NULL, "Validation error, cannot edit post.", context);
  return FALSE;
}

static gboolean
check (FakeGhostCall *self,
       const json_t  *sent)
{
  const char *title = fake_ghost_text (sent, "title");
  const char *excerpt = fake_ghost_text (sent, "custom_excerpt");
  const char *published = fake_ghost_text (sent, "published_at");
  const char *lexical = fake_ghost_text (sent, "lexical");
  g_autofree char *html = lexical != NULL ? fake_ghost_render (lexical) : NULL;
  g_autofree char *now = fake_ghost_now (self->server);

  if (title != NULL && g_utf8_strlen (title, -1) > MAX_TITLE)
    return refuse (self, "Value in [posts.title] exceeds maximum length of 255 characters. posts.title");
  if (excerpt != NULL && g_utf8_strlen (excerpt, -1) > 300)
    return refuse (self, "Validation failed for custom_excerpt.");
  if (lexical != NULL && html == NULL)
    return refuse (self, "Invalid lexical structure.");
  if (g_strcmp0 (fake_ghost_text (sent, "status"), "scheduled") == 0 && published == NULL)
    return refuse (self, "Value in published_at cannot be blank.");
  if (g_strcmp0 (fake_ghost_text (sent, "status"), "scheduled") == 0 && strcmp (published, now) <= 0)
    return refuse (self, "Date must be at least -2 minutes in the future.");
  return TRUE;
}

/* Times are kept in whole seconds. */
static void
set_time (json_t       *post,
          const json_t *value)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GDateTime) time = json_is_string (value) ? g_date_time_new_from_iso8601 (json_string_value (value), utc) : NULL;
  g_autofree char *text = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%S.000Z") : NULL;

  json_object_set_new (post, "published_at", text != NULL ? json_string (text) : json_null ());
}

/* Whether anything is another thing then. */
static gboolean
apply (FakeGhostCall *self,
       json_t        *post,
       const json_t  *sent)
{
  json_t *before = json_deep_copy (post);
  g_autofree char *now = fake_ghost_now (self->server);
  gboolean differs;

  for (guint i = 0; i < G_N_ELEMENTS (settable); i++)
    {
      json_t *value = json_object_get (sent, settable[i]);

      if (value == NULL)
        continue;
      if (strcmp (settable[i], "tags") == 0)
        json_object_set_new (post, "tags", resolve_tags (self->server, value));
      else if (strcmp (settable[i], "published_at") == 0)
        set_time (post, value);
      else if (strcmp (settable[i], "slug") == 0)
        {
          g_autofree char *slug = make_slug (self->server, json_string_value (value), post);

          json_object_set_new (post, "slug", json_string (slug));
        }
      else
        json_object_set (post, settable[i], value);
    }
  if (fake_ghost_text (sent, "lexical") != NULL)
    {
      g_autofree char *html = fake_ghost_render (fake_ghost_text (sent, "lexical"));

      json_object_set_new (post, "html", json_string (html));
    }
  if (g_strcmp0 (fake_ghost_text (post, "title"), "") == 0)
    json_object_set_new (post, "title", json_string ("(Untitled)"));
  if (g_strcmp0 (fake_ghost_text (post, "status"), "published") == 0 && fake_ghost_text (post, "published_at") == NULL)
    json_object_set_new (post, "published_at", json_string (now));
  differs = !json_equal (before, post);
  json_decref (before);
  return differs;
}

/* ---- calls ---- */

static void
add (FakeGhostCall *self)
{
  json_t *sent = json_array_get (json_object_get (self->body, "posts"), 0);
  const char *title = fake_ghost_text (sent, "title");
  g_autofree char *id = NULL;
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *now = fake_ghost_now (self->server);
  json_t *post;

  if (title == NULL)
    fake_ghost_fail (self, 422, "ValidationError", NULL, "Validation error, cannot save post.", "Validation failed for 0.");
  if (title == NULL || !check (self, sent))
    return;

  id = fake_ghost_new_id (self->server);
  post = json_pack ("{s:s, s:s, s:n, s:n, s:s, s:s, s:s, s:s, s:n, s:n, s:n, s:n, s:[]}", "id", id, "uuid", uuid, "lexical", "html",
                    "status", "draft", "visibility", "public", "created_at", now, "updated_at", now, "published_at",
                    "custom_excerpt", "feature_image", "codeinjection_foot", "tags");
  apply (self, post, sent);
  if (fake_ghost_text (post, "slug") == NULL)
    {
      g_autofree char *slug = make_slug (self->server, title, post);

      json_object_set_new (post, "slug", json_string (slug));
    }
  json_array_append_new (self->server->posts, post);
  self->status = 201;
  answer_with (self, post);
}

/* A change is only refused when it changes anything, and the one that it overlooks has another second. */
static void
edit (FakeGhostCall *self,
      json_t        *post)
{
  json_t *sent = json_array_get (json_object_get (self->body, "posts"), 0);
  g_autofree char *now = fake_ghost_now (self->server);
  json_t *changed;

  if (fake_ghost_text (sent, "updated_at") == NULL)
    {
      refuse (self, "Validation failed for updated_at.");
      return;
    }
  if (g_strcmp0 (fake_ghost_text (sent, "status"), "scheduled") == 0 &&
      g_strcmp0 (fake_ghost_text (post, "status"), "published") == 0)
    refuse (self, "Your post is already published, please reload your page.");
  if (self->status != 200 || !check (self, sent))
    return;

  changed = json_deep_copy (post);
  if (apply (self, changed, sent))
    {
      if (g_strcmp0 (fake_ghost_text (sent, "updated_at"), fake_ghost_text (post, "updated_at")) != 0)
        fake_ghost_fail (self, 409, "UpdateCollisionError", "UPDATE_COLLISION",
                         "Saving failed! Someone else is editing this post.", NULL);
      else
        {
          json_object_update (post, changed);
          json_object_set_new (post, "updated_at", json_string (now));
        }
    }
  json_decref (changed);
  if (self->status == 200)
    answer_with (self, post);
}

void
fake_ghost_run_posts (FakeGhostCall *self)
{
  const char *id = self->path[1];
  json_t *post = id != NULL ? fake_ghost_find (self->server->posts, id) : NULL;
  json_t *other;
  size_t i;

  if (id == NULL)
    {
      if (strcmp (self->method, "POST") == 0)
        add (self);
      else
        fake_ghost_browse (self, "posts", self->server->posts, describe);
      return;
    }
  if (post == NULL)
    {
      fake_ghost_fail (self, 404, "NotFoundError", NULL, "Resource not found error, cannot read post.", "Post not found.");
      return;
    }
  if (strcmp (self->method, "GET") == 0)
    answer_with (self, post);
  else if (strcmp (self->method, "PUT") == 0)
    edit (self, post);
  else
    {
      json_array_foreach (self->server->posts, i, other)
        if (other == post)
          {
            json_array_remove (self->server->posts, i);
            break;
          }
      self->status = 204;
    }
}
