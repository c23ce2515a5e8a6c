/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "script.h"

#include "bal-providers.h"

#include <string.h>

static gboolean
fits (const Rule       *rule,
      const RawRequest *request)
{
  return (rule->method == NULL || strcmp (rule->method, request->method) == 0) &&
         (rule->target == NULL || strstr (request->target, rule->target) != NULL);
}

static gboolean
answer (RawServer     *server,
        RawRequest    *request,
        GOutputStream *output,
        gpointer       user_data)
{
  Script *self = user_data;
  g_autofree char *body = NULL;
  g_autofree char *headers = NULL;

  for (guint i = 0; i < self->n_rules; i++)
    {
      Rule *rule = &self->rules[i];
      g_auto(GStrv) parts = NULL;
      g_auto(GStrv) header_parts = NULL;

      if (!fits (rule, request) || rule->times == G_MAXUINT)
        continue;
      if (rule->times > 0 && --rule->times == 0)
        rule->times = G_MAXUINT;
      if (rule->body == NULL)
        return FALSE;

      parts = g_strsplit (rule->body, "@", -1);
      body = g_strjoinv (self->address, parts);
      header_parts = g_strsplit (rule->headers != NULL ? rule->headers : "", "@", -1);
      headers = g_strjoinv (self->address, header_parts);
      return raw_reply (output, rule->status, headers, body);
    }

  return raw_reply (output, 599, NULL, "no rule");
}

Script *
script_new (const Rule *rules,
            guint       n_rules)
{
  Script *self = g_new0 (Script, 1);
  g_autofree char *endpoint = NULL;
  g_autoptr(GError) error = NULL;

  self->rules = g_memdup2 (rules, n_rules * sizeof *rules);
  self->n_rules = n_rules;
  self->server = raw_server_new (answer, self);
  self->address = raw_server_url (self->server, "");
  self->http = bal_http_client_new ();
  self->blog = bal_blog_new (3);
  endpoint = g_strconcat (self->address, "/wp-json/", NULL);
  bal_blog_set_endpoint (self->blog, endpoint);
  bal_blog_set_user (self->blog, "critic");
  bal_blog_set_user_id (self->blog, "1");
  bal_blog_set_capabilities (self->blog, BAL_CAPABILITY_MODERATE | BAL_CAPABILITY_ADD_COMMENTS);
  self->provider = bal_wordpress_type.open (self->blog, "secret", self->http, &error);
  g_assert_no_error (error);

  return self;
}

void
script_free (Script *self)
{
  if (self == NULL)
    return;

  g_assert_finalize_object (self->provider);
  g_object_unref (self->blog);
  g_assert_finalize_object (self->http);
  raw_server_free (self->server);
  g_free (self->address);
  g_free (self->rules);
  g_free (self);
}

/* The last one first. */
static char *
find (Script     *self,
      const char *method,
      const char *target,
      guint      *n_found)
{
  g_autofree char *last = NULL;

  *n_found = 0;
  for (guint i = 0; i < raw_server_n_requests (self->server); i++)
    {
      g_autofree char *request = raw_server_dup_request (self->server, i);
      g_autofree char *line = g_strndup (request, strcspn (request, "\n"));

      if (!g_str_has_prefix (line, method) || strstr (line, target) == NULL)
        continue;
      (*n_found)++;
      g_free (last);
      last = g_steal_pointer (&request);
    }

  return g_steal_pointer (&last);
}

guint
script_count (Script     *self,
              const char *method,
              const char *target)
{
  guint n;

  g_free (find (self, method, target, &n));

  return n;
}

char *
script_last_body (Script     *self,
                  const char *method,
                  const char *target)
{
  guint n;
  g_autofree char *request = find (self, method, target, &n);
  const char *gap = request != NULL ? strstr (request, "\n\n") : NULL;

  return gap != NULL ? g_strdup (gap + 2) : NULL;
}
