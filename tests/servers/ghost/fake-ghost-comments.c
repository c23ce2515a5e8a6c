/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-ghost-private.h"

#include <string.h>

/* ---- members ---- */

static json_t *
describe_member (FakeGhostCall *self,
                 const json_t  *member)
{
  return json_deep_copy (member);
}

void
fake_ghost_run_members (FakeGhostCall *self)
{
  json_t *sent = json_array_get (json_object_get (self->body, "members"), 0);
  const char *email = fake_ghost_text (sent, "email");
  g_autofree char *id = NULL;
  json_t *member;
  size_t i;

  if (strcmp (self->method, "POST") != 0)
    {
      fake_ghost_browse (self, "members", self->server->members, describe_member);
      return;
    }
  json_array_foreach (self->server->members, i, member)
    if (email == NULL || g_strcmp0 (fake_ghost_text (member, "email"), email) == 0)
      {
        fake_ghost_fail (self, 422, "ValidationError", NULL, "Validation error, cannot save member.", "Member already exists.");
        return;
      }

  id = fake_ghost_new_id (self->server);
  member = json_pack ("{s:s, s:s, s:s}", "id", id, "name", fake_ghost_text (sent, "name"), "email", email);
  json_array_append (self->server->members, member);
  self->status = 201;
  self->answer = json_pack ("{s:[o]}", "members", member);
}

/* ---- comments ---- */

/* Of what is deleted no text is shown, though it is kept. */
static json_t *
describe (FakeGhostCall *self,
          const json_t  *comment)
{
  json_t *whole = json_deep_copy (comment);
  json_t *post = fake_ghost_find (self->server->posts, fake_ghost_text (comment, "post_id"));
  json_t *member = fake_ghost_find (self->server->members, fake_ghost_text (comment, "member_id"));
  const char *include = fake_ghost_param (self, "include");
  gboolean is_list = self->path[1] == NULL;

  json_object_set (whole, "member", member);
  if (is_list || (include != NULL && strstr (include, "post") != NULL))
    json_object_set_new (whole, "post", json_pack ("{s:s, s:s}", "id", fake_ghost_text (post, "id"), "url", self->server->root));
  if (g_strcmp0 (fake_ghost_text (comment, "status"), "deleted") == 0)
    json_object_set_new (whole, "html", json_null ());
  json_object_del (whole, "post_id");
  json_object_del (whole, "member_id");
  return whole;
}

static void
browse (FakeGhostCall *self)
{
  json_t *listed = json_array ();
  json_t *comment;
  size_t i;

  json_array_foreach (self->server->comments, i, comment)
    if (g_strcmp0 (fake_ghost_text (comment, "status"), "deleted") != 0 &&
        fake_ghost_find (self->server->posts, fake_ghost_text (comment, "post_id")) != NULL)
      json_array_append (listed, comment);
  fake_ghost_browse (self, "comments", listed, describe);
  json_decref (listed);
}

static void
add (FakeGhostCall *self)
{
  FakeGhost *server = self->server;
  json_t *sent = json_array_get (json_object_get (self->body, "comments"), 0);
  const char *parent_id = fake_ghost_text (sent, "parent_id");
  json_t *parent = parent_id != NULL ? fake_ghost_find (server->comments, parent_id) : NULL;
  const char *created = fake_ghost_text (sent, "created_at");
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GDateTime) time = created != NULL ? g_date_time_new_from_iso8601 (created, utc) : NULL;
  g_autofree char *text = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%S.000Z") : fake_ghost_now (server);
  g_autofree char *id = NULL;
  json_t *comment;

  if (fake_ghost_text (sent, "member_id") == NULL)
    fake_ghost_fail (self, 422, "ValidationError", NULL, "Validation error, cannot save comment.",
                     "Validation (FieldIsRequired) failed for [\"member_id\"]");
  else if (parent != NULL && fake_ghost_text (parent, "parent_id") != NULL)
    fake_ghost_fail (self, 400, "BadRequestError", NULL, "Request not understood error, cannot save comment.",
                     "Can not reply to a reply");
  if (self->status != 200)
    return;

  id = fake_ghost_new_id (server);
  comment = json_pack ("{s:s, s:s?, s:s?, s:s, s:s, s:s, s:s?, s:s?}", "id", id, "parent_id", parent_id, "in_reply_to_id",
                       fake_ghost_text (sent, "in_reply_to_id"), "status", "published", "html", fake_ghost_text (sent, "html"),
                       "created_at", text, "post_id", fake_ghost_text (sent, "post_id"), "member_id",
                       fake_ghost_text (sent, "member_id"));
  json_array_append_new (server->comments, comment);
  self->status = 201;
  self->answer = json_pack ("{s:[o]}", "comments", describe (self, comment));
}

/* Another text is taken without a word, and not kept. */
static void
edit (FakeGhostCall *self,
      json_t        *comment)
{
  const char *status = fake_ghost_text (json_array_get (json_object_get (self->body, "comments"), 0), "status");

  if (status != NULL && strcmp (status, "published") != 0 && strcmp (status, "hidden") != 0 && strcmp (status, "deleted") != 0)
    {
      fake_ghost_fail (self, 422, "ValidationError", NULL, "Validation error, cannot edit comment.",
                       "Validation (isIn) failed for status comments.status");
      return;
    }
  if (status != NULL)
    json_object_set_new (comment, "status", json_string (status));
  self->answer = json_pack ("{s:[o]}", "comments", describe (self, comment));
}

void
fake_ghost_run_comments (FakeGhostCall *self)
{
  const char *id = self->path[1];
  json_t *comment = id != NULL ? fake_ghost_find (self->server->comments, id) : NULL;

  if (id == NULL && strcmp (self->method, "POST") == 0)
    add (self);
  else if ((id == NULL && self->server->is_old) || strcmp (self->method, "DELETE") == 0)
    fake_ghost_fail (self, 406, "RequestNotAcceptableError", "UPDATE_CLIENT",
                     "Request could not be served, the endpoint was not found.", NULL);
  else if (id == NULL)
    browse (self);
  else if (comment == NULL)
    fake_ghost_fail (self, 404, "NotFoundError", NULL, "Resource not found error, cannot read comment.",
                     "Comment could not be found");
  else if (strcmp (self->method, "PUT") == 0)
    edit (self, comment);
  else
    self->answer = json_pack ("{s:[o]}", "comments", describe (self, comment));
}
