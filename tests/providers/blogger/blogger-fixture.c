/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "blogger-fixture.h"

static FakeBloggerFault
fault_cb (FakeBlogger *server,
          const char  *op,
          gpointer     data)
{
  Fixture *self = data;

  if (self->n_faults == 0 || !g_str_has_prefix (op, self->faulty))
    return FAKE_BLOGGER_FINE;
  self->n_faults--;
  return self->fault;
}

BalBlog *
fixture_make_blog (void)
{
  g_autoptr(BalHttpClient) http = bal_http_client_new ();
  g_autoptr(GError) error = NULL;
  BalBlog *blog = bal_blogger_type.discover ("example.blogspot.com/2020/01/any.html", http, NULL, &error);

  g_assert_no_error (error);
  return blog;
}

void
fixture_open (Fixture    *self,
              const char *secret)
{
  g_autoptr(GError) error = NULL;

  g_clear_object (&self->provider);
  self->provider = bal_blogger_type.open (self->blog, secret, self->http, &error);
  g_assert_no_error (error);
}

void
fixture_set_up (Fixture       *self,
                gconstpointer  unused)
{
  g_autofree char *secret = NULL;
  g_autoptr(GError) error = NULL;

  self->server = fake_blogger_new (0);
  g_setenv ("BALCONY_BLOGGER_SERVER", fake_blogger_get_root (self->server), TRUE);
  fake_blogger_set_fault (self->server, fault_cb, self);
  self->http = bal_http_client_new ();
  self->blog = fixture_make_blog ();
  secret = fake_blogger_dup_secret (self->server);
  fixture_open (self, secret);
  bal_provider_sign_in (self->provider, self->blog, NULL, &error);
  g_assert_no_error (error);
}

void
fixture_tear_down (Fixture       *self,
                   gconstpointer  unused)
{
  g_assert_finalize_object (g_steal_pointer (&self->provider));
  g_clear_object (&self->blog);
  g_assert_finalize_object (g_steal_pointer (&self->http));
  g_clear_pointer (&self->server, fake_blogger_free);
}

void
fixture_break (Fixture          *self,
               const char       *op,
               FakeBloggerFault  fault,
               guint             times)
{
  self->faulty = op;
  self->fault = fault;
  self->n_faults = times;
}

char *
fixture_dup_member (Fixture    *self,
                    const char *post_id,
                    const char *name)
{
  json_t *post = fake_blogger_dup_post (self->server, post_id);
  char *text = g_strdup (json_string_value (json_object_get (post, name)));

  json_decref (post);
  return text;
}
