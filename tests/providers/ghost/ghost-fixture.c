/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ghost-fixture.h"

#include <string.h>

const char *const fixture_texts[] = {
  "", "<p>a</p><p>b</p>", "<p>a &amp; &lt;b&gt; \"c\" 'd' —&nbsp;ü 😀</p>",
  "<p>x<br>y</p>", "<p><strong>b</strong> <em>i</em> <strong><em>bi</em></strong> <u>u</u> <s>s</s> <code>c</code></p>",
  "<p><b>old bold</b> and <i>old italic</i></p>", "<p><a href=\"https://example.org/?a=1&amp;b=2\">link</a></p>",
  "<p style=\"text-align: center;\">centred</p>", "<p><span style=\"color:red\">red</span> text</p>",
  "<div>a div<br /><br />with breaks</div>", "loose text<br /><br />of an old blog", "<p>a</p><div><p>in a div</p></div><p>b</p>",
  "<table><tr><td>1</td></tr></table>", "<!--more-->", "<p>a</p><!-- a comment --><p>b</p>", "<p>a</p><!--members-only--><p>b</p>",
  "<blockquote><p>q1</p><p>q2</p></blockquote>", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>",
  "<script>alert('x')</script><p>x</p>", "<p>unclosed <b>bold", "<iframe src=\"https://example.org/\"></iframe>",
  "<p>a</p><p class=\"x\">b</p><p>c</p><img src=\"https://example.org/a.png\" alt=\"x\"><p>d</p>", "<h2>heading</h2x>", "<hr>",
  "<p></p><p>b</p>", "<p>a \t b</p>", NULL,
};

static FakeGhostFault
fault_cb (FakeGhost  *server,
          const char *op,
          gpointer    data)
{
  Fixture *self = data;

  if (self->n_faults == 0 || g_strcmp0 (op, self->faulty) != 0)
    return FAKE_GHOST_FINE;
  self->n_faults--;
  return self->fault;
}

void
fixture_set_up (Fixture       *self,
                gconstpointer  unused)
{
  const char *url = g_getenv ("BALCONY_GHOST_URL");
  const char *key = g_getenv ("BALCONY_GHOST_KEY");
  g_autoptr(GError) error = NULL;
  g_autofree char *page = NULL;

  if (url == NULL || key == NULL)
    {
      self->server = fake_ghost_new (0);
      fake_ghost_set_fault (self->server, fault_cb, self);
      fake_ghost_set_pace (self->server, 2);
      url = fake_ghost_get_root (self->server);
      key = fake_ghost_get_key (self->server);
    }
  self->root = g_strdup (url);
  self->key = g_strdup (key);
  self->http = bal_http_client_new ();
  page = g_strconcat (url, "/about/", NULL);
  self->blog = bal_ghost_type.discover (page, self->http, NULL, &error);
  g_assert_no_error (error);
  self->provider = bal_ghost_type.open (self->blog, key, self->http, &error);
  g_assert_no_error (error);
  bal_provider_sign_in (self->provider, self->blog, NULL, &error);
  g_assert_no_error (error);
  self->other = BAL_GHOST (bal_ghost_type.open (self->blog, key, self->http, &error));
}

void
fixture_tear_down (Fixture       *self,
                   gconstpointer  unused)
{
  g_assert_finalize_object (g_steal_pointer (&self->provider));
  g_assert_finalize_object (g_steal_pointer (&self->other));
  g_clear_object (&self->blog);
  g_assert_finalize_object (g_steal_pointer (&self->http));
  g_clear_pointer (&self->server, fake_ghost_free);
  g_free (self->root);
  g_free (self->key);
  g_free (self->member);
}

gboolean
fixture_skip_real (Fixture *self)
{
  if (self->server == NULL)
    g_test_skip ("Only the fake Ghost fails when it is told to");
  return self->server == NULL;
}

/* (nullable): what the proxy in front of a real Ghost calls it */
static const char *
name_of (FakeGhostFault fault)
{
  switch (fault)
    {
    case FAKE_GHOST_LOST:
      return "refuse";
    case FAKE_GHOST_LOST_AFTER:
      return "lost";
    case FAKE_GHOST_GARBLED_AFTER:
      return "garble";
    case FAKE_GHOST_TWICE:
      return "twice";
    case FAKE_GHOST_FINE:
      return "pass";
    case FAKE_GHOST_GATEWAY:
    case FAKE_GHOST_FAILS_AFTER:
    case FAKE_GHOST_MAINTENANCE:
    case FAKE_GHOST_TOO_MANY:
    default:
      return NULL;
    }
}

gboolean
fixture_skip_unbreakable (Fixture *self)
{
  if (self->server == NULL && g_getenv ("BALCONY_GHOST_PROXY") == NULL)
    {
      g_test_skip ("No proxy loses answers of this Ghost");
      return TRUE;
    }
  return FALSE;
}

gboolean
fixture_can_break (Fixture        *self,
                   FakeGhostFault  fault)
{
  return self->server != NULL || name_of (fault) != NULL;
}

static void
tell_proxy (Fixture        *self,
            const char     *op,
            FakeGhostFault  fault,
            guint           times)
{
  g_autofree char *url = g_strconcat (self->root, "/__fault", NULL);
  g_auto(GStrv) parts = g_strsplit (op, ".", 2);
  g_autofree char *match = g_strdup_printf ("^%s .*/admin/%s/", strcmp (parts[1], "add") == 0 ? "POST" : "PUT", parts[0]);
  json_t *rules = json_pack ("[{s:s, s:s, s:i, s:i}]", "do", name_of (fault), "match", match, "n", (int) times, "bytes", 40);
  g_autoptr(GError) error = NULL;
  g_autoptr(BalHttpRequest) request = bal_json_request_new ("PUT", url, rules, &error);
  g_autoptr(BalHttpResponse) response = bal_http_client_send (self->http, request, NULL, &error);

  g_assert_no_error (error);
  json_decref (rules);
}

void
fixture_break (Fixture        *self,
               const char     *op,
               FakeGhostFault  fault,
               guint           times)
{
  if (self->server == NULL)
    {
      tell_proxy (self, op, fault, times);
      return;
    }
  self->faulty = op;
  self->fault = fault;
  self->n_faults = times;
}

gpointer
fixture_pick (GPtrArray  *items,
              const char *remote_id)
{
  for (guint i = 0; i < items->len; i++)
    {
      GObject *item = g_ptr_array_index (items, i);
      const char *id = BAL_IS_REVIEW (item) ? bal_review_get_remote_id (BAL_REVIEW (item))
                                            : bal_comment_get_remote_id (BAL_COMMENT (item));

      if (g_strcmp0 (id, remote_id) == 0)
        return item;
    }
  return NULL;
}

char *
fixture_new_title (const char *base)
{
  g_autofree char *uuid = g_uuid_string_random ();

  return g_strconcat (base, " ", uuid, NULL);
}

/* ---- what others do ---- */

static json_t *
others_write (Fixture    *self,
              const char *method,
              const char *path,
              json_t     *body)           /* (transfer full) (nullable) */
{
  g_autoptr(GError) error = NULL;
  json_t *answer = bal_ghost_write (self->other, method, path, NULL, body, NULL, &error);

  g_assert_no_error (error);
  json_decref (body);
  return answer;
}

static char *
id_of (json_t     *answer,                /* (transfer full) */
       const char *name)
{
  char *id = g_strdup (bal_json_get_string (bal_ghost_first (answer, name), "id"));

  g_assert_nonnull (id);
  json_decref (answer);
  return id;
}

char *
fixture_add_post (Fixture    *self,
                  const char *title,
                  const char *html,
                  const char *status)
{
  g_autofree char *lexical = bal_ghost_make_lexical (html, NULL);
  json_t *body = json_pack ("{s:[{s:s, s:s, s:s}]}", "posts", "title", title, "lexical", lexical, "status", status);

  return id_of (others_write (self, "POST", "posts/", body), "posts");
}

json_t *
fixture_dup_post (Fixture    *self,
                  const char *post_id)
{
  g_autoptr(GError) error = NULL;
  json_t *post = bal_ghost_get_post (self->other, post_id, NULL, NULL, &error);

  g_assert_no_error (error);
  return post;
}

void
fixture_set_member (Fixture    *self,
                    const char *post_id,
                    const char *name,
                    json_t     *value)
{
  g_autofree char *path = g_strconcat ("posts/", post_id, "/", NULL);
  json_t *post = fixture_dup_post (self, post_id);
  json_t *body = json_pack ("{s:[{s:O, s:o}]}", "posts", "updated_at", json_object_get (post, "updated_at"), name, value);

  json_decref (others_write (self, "PUT", path, body));
  json_decref (post);
}

guint
fixture_count_title (Fixture    *self,
                     const char *title)
{
  g_autofree char *quoted = bal_ghost_quote (title);
  g_autofree char *query = bal_ghost_filter ("fields=id", "title:%s", quoted);
  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) answer = bal_ghost_read (self->other, "posts/", query, NULL, NULL, &error);

  g_assert_no_error (error);
  return (guint) json_array_size (bal_json_get_array (answer, "posts"));
}

void
fixture_remove_post (Fixture    *self,
                     const char *post_id)
{
  g_autofree char *path = g_strconcat ("posts/", post_id, "/", NULL);

  json_decref (others_write (self, "DELETE", path, NULL));
}

char *
fixture_add_comment (Fixture    *self,
                     const char *post_id,
                     const char *parent_id,
                     const char *html)
{
  json_t *comment;

  if (self->member == NULL)
    {
      g_autofree char *uuid = g_uuid_string_random ();
      g_autofree char *email = g_strconcat (uuid, "@example.test", NULL);

      self->member = id_of (others_write (self, "POST", "members/",
                                          json_pack ("{s:[{s:s, s:s}]}", "members", "name", "A reader", "email", email)),
                            "members");
    }
  comment = json_pack ("{s:s, s:s, s:s}", "post_id", post_id, "member_id", self->member, "html", html);
  if (parent_id != NULL)
    json_object_set_new (comment, "parent_id", json_string (parent_id));
  return id_of (others_write (self, "POST", "comments/", json_pack ("{s:[o]}", "comments", comment)), "comments");
}

void
fixture_moderate (Fixture    *self,
                  const char *comment_id,
                  const char *status)
{
  g_autofree char *path = g_strconcat ("comments/", comment_id, "/", NULL);

  json_decref (others_write (self, "PUT", path, json_pack ("{s:[{s:s, s:s}]}", "comments", "id", comment_id, "status", status)));
}

char *
fixture_dup_status (Fixture    *self,
                    const char *comment_id)
{
  g_autofree char *path = g_strconcat ("comments/", comment_id, "/", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) answer = bal_ghost_read (self->other, path, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return g_strdup (bal_json_get_string (bal_ghost_first (answer, "comments"), "status"));
}
