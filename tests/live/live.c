/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live.h"

#include "bal-providers.h"
#include "provider-walk.h"

#include <stdlib.h>
#include <glib/gstdio.h>
#include <string.h>

gboolean
live_skip (void)
{
  if (g_getenv ("WP_URL") != NULL && g_getenv ("WP_SERVER") != NULL && g_getenv ("WP_DIR") != NULL)
    return FALSE;

  g_print ("1..0 # SKIP there is no WordPress here; see tests/live/run-live\n");

  return TRUE;
}

const char *
live_get (const char *name)
{
  const char *value = g_getenv (name);

  g_assert_nonnull (value);

  return value;
}

char *
live_url (const char *path)
{
  return g_strconcat (live_get ("WP_URL"), path, NULL);
}

Live *
live_new_with (const char *user,
               const char *password)
{
  Live *self = g_new0 (Live, 1);
  g_autoptr(GError) error = NULL;

  self->http = bal_http_client_new ();
  self->blog = bal_wordpress_type.discover (live_get ("WP_URL"), self->http, NULL, &error);
  g_assert_no_error (error);
  bal_blog_set_user (self->blog, user);
  self->provider = bal_wordpress_type.open (self->blog, password, self->http, &error);
  g_assert_no_error (error);

  return self;
}

Live *
live_new (const char *account)
{
  g_autofree char *user = g_strdup_printf ("WP_%sUSER", account);
  g_autofree char *password = g_strdup_printf ("WP_%sAPP_PASSWORD", account);
  Live *self = live_new_with (live_get (user), live_get (password));
  g_autoptr(GError) error = NULL;

  bal_provider_sign_in (self->provider, self->blog, NULL, &error);
  g_assert_no_error (error);

  return self;
}

void
live_free (Live *self)
{
  if (self == NULL)
    return;

  g_assert_finalize_object (self->provider);
  g_object_unref (self->blog);
  g_assert_finalize_object (self->http);
  g_free (self);
}

static char *
run (const char *const *arguments)
{
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;
  g_autoptr(GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, &errors, &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("%s %s: %s", arguments[0], arguments[1], errors);

  return g_steal_pointer (&output);
}

char *
live_php (const char *code)
{
  g_autofree char *path = NULL;
  g_autofree char *full = g_strconcat ("<?php ", code, NULL);
  int fd = g_file_open_tmp ("balcony-XXXXXX.php", &path, NULL);
  const char *arguments[] = { live_get ("WP_SERVER"), "php", live_get ("WP_DIR"), path, NULL };
  char *output;

  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, full, -1, NULL));
  output = run (arguments);
  g_unlink (path);

  return output;
}

void
live_cron (void)
{
  const char *arguments[] = { live_get ("WP_SERVER"), "cron", live_get ("WP_DIR"), NULL };

  g_free (run (arguments));
}

void
live_flag (const char *name,
           const char *value)
{
  g_autofree char *path = g_build_filename (live_get ("WP_DIR"), "flag", name, NULL);

  if (value == NULL)
    g_unlink (path);
  else
    g_assert_true (g_file_set_contents (path, value, -1, NULL));
}

static guint
count (const char *query,
       const char *text)
{
  g_autofree char *code = g_strdup_printf ("global $wpdb; echo $wpdb->get_var($wpdb->prepare(\"SELECT COUNT(*) FROM %s = %%s\", '%s'));",
                                           query, text);
  g_autofree char *output = live_php (code);

  return strtoul (output, NULL, 10);
}

guint
live_count_posts (const char *title)
{
  return count ("$wpdb->posts WHERE post_type = 'post' AND post_title", title);
}

guint
live_count_comments (const char *text)
{
  return count ("$wpdb->comments WHERE comment_content", text);
}

BalReview *
live_review_new (const char *title,
                 const char *html)
{
  return provider_new_review (title, html, BAL_REVIEW_STATUS_DRAFT);
}

BalReview *
live_put (Live      *self,
          BalReview *review,
          BalReview *base)
{
  g_autoptr(GError) error = NULL;
  BalReview *stored = bal_provider_put_review (self->provider, review, base, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (stored);

  return stored;
}

GPtrArray *
live_list_reviews (Live        *self,
                   const char  *since,
                   char       **watermark)
{
  return provider_list_all (self->provider, bal_provider_list_reviews, since, watermark);
}

GPtrArray *
live_list_comments (Live        *self,
                    const char  *since,
                    char       **watermark)
{
  return provider_list_all (self->provider, bal_provider_list_comments, since, watermark);
}
