/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-error.h"
#include "bal-providers.h"
#include "script.h"

#include <string.h>

#define ROOT(authentication) \
  "{\"name\":\"Tom &amp; Jerry\",\"url\":\"@\",\"home\":\"@/blog\",\"namespaces\":[\"oembed/1.0\",\"wp/v2\"]," \
  "\"authentication\":" authentication "}"
#define PASSWORDS \
  "{\"application-passwords\":{\"endpoints\":{\"authorization\":\"@/wp-admin/authorize-application.php\"}}}"
#define ROOT_RULE { "GET", "/api/?_fields=", 200, NULL, ROOT (PASSWORDS), 0 }

static BalBlog *
discover (Script      *script,
          const char  *path,
          GError     **error)
{
  g_autofree char *url = g_strconcat (script->address, path, NULL);

  return bal_wordpress_type.discover (url, script->http, NULL, error);
}

static void
assert_found (const Rule *rules,
              guint       n_rules,
              const char *path,
              const char *endpoint_path)
{
  g_autoptr(Script) script = script_new (rules, n_rules);
  g_autofree char *endpoint = g_strconcat (script->address, endpoint_path, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(BalBlog) blog = discover (script, path, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (bal_blog_get_endpoint (blog), ==, endpoint);
  g_assert_cmpstr (bal_blog_get_name (blog), ==, "Tom & Jerry");
  g_assert_true (g_str_has_suffix (bal_blog_get_url (blog), "/blog"));
  g_assert_null (bal_blog_get_user (blog));
}

static void
test_by_header (void)
{
  const Rule rules[] = {
    ROOT_RULE,
    { "GET", "/post", 404, "Link: </x>; rel=shortlink\r\nLink: <@/api/>; rel=\"https://api.w.org/\", <y>; rel=next\r\n", "", 0 },
  };

  assert_found (rules, G_N_ELEMENTS (rules), "/post?a=b", "/api/");
}

static void
test_by_page (void)
{
  const Rule rules[] = {
    { "GET", "/index.php?rest_route=/&_fields=", 200, NULL, ROOT (PASSWORDS), 0 },
    { "GET", "/post", 200, "Content-Type: text/html\r\n",
      "<html><head><LINK data-rel='https://api.w.org/' href='no'>\n<link\n href='/index.php?rest_route=&#047;&amp;' bad"
      "><link href=\"/index.php?rest_route=/\" rel='https://api.w.org/' /></head></html>", 0 },
  };

  assert_found (rules, G_N_ELEMENTS (rules), "/post", "/index.php?rest_route=/");
}

static void
test_by_rsd (void)
{
  const Rule rules[] = {
    ROOT_RULE,
    { "GET", "/xmlrpc.php?rsd", 200, NULL,
      "<rsd><api name=\"WordPress\" apiLink=\"@/xmlrpc.php\"/><api name=\"WP-API\" apiLink=\"@/api/\" /></rsd>", 0 },
    { "GET", NULL, 200, NULL, "<link rel=\"EditURI\" type=\"application/rsd+xml\" href=\"/xmlrpc.php?rsd\">", 0 },
  };

  assert_found (rules, G_N_ELEMENTS (rules), "/", "/api/");
}

static void
test_by_usual_places (void)
{
  const Rule folder[] = {
    { "GET", "/blog/wp-json/?_fields=", 200, NULL, ROOT (PASSWORDS), 0 },
    { "GET", NULL, 200, NULL, "<html>a page without links</html>", 0 },
  };
  const Rule plain[] = {
    { "GET", "/?rest_route=/&_fields=", 200, NULL, ROOT (PASSWORDS), 0 },
    { "GET", "/wp-json/", 200, NULL, "<html>the front page</html>", 0 },
    { "GET", NULL, 200, NULL, "", 0 },
  };

  assert_found (folder, G_N_ELEMENTS (folder), "/blog/2019/05/post/", "/blog/wp-json/");
  assert_found (plain, G_N_ELEMENTS (plain), "", "/?rest_route=/");
}

static void
test_without_application_passwords (void)
{
  const Rule rules[] = {
    { "GET", "/wp-json/?_fields=", 200, NULL, ROOT ("[]"), 0 },
    { "GET", NULL, 200, NULL, "", 0 },
  };
  g_autoptr(Script) script = script_new (rules, G_N_ELEMENTS (rules));
  g_autoptr(BalBlog) blog = discover (script, "/", NULL);

  g_assert_nonnull (blog);
  g_assert_null (bal_blog_get_authorize_url (blog));
}

static void
test_authorize_url (void)
{
  const Rule rules[] = {
    { "GET", "/wp-json/?_fields=", 200, NULL, ROOT (PASSWORDS), 0 },
    { "GET", NULL, 200, NULL, "", 0 },
  };
  g_autoptr(Script) script = script_new (rules, G_N_ELEMENTS (rules));
  g_autoptr(BalBlog) blog = discover (script, "/", NULL);
  const char *url = bal_blog_get_authorize_url (blog);

  g_assert_true (g_str_has_prefix (url, script->address));
  g_assert_nonnull (strstr (url, "/wp-admin/authorize-application.php?app_id="));
  g_assert_null (strstr (url, "success_url"));
}

static void
test_moved (void)
{
  const Rule there_rules[] = {
    { "GET", "/wp-json/?_fields=", 200, NULL, ROOT (PASSWORDS), 0 },
    { "GET", NULL, 200, "Link: <@/wp-json/>; rel=\"https://api.w.org/\"\r\n", "", 0 },
  };
  g_autoptr(Script) there = script_new (there_rules, G_N_ELEMENTS (there_rules));
  g_autofree char *location = g_strdup_printf ("Location: %s/new\r\n", there->address);
  g_autofree char *endpoint = g_strconcat (there->address, "/wp-json/", NULL);
  const Rule here_rules[] = { { "GET", NULL, 301, location, "", 0 } };
  g_autoptr(Script) here = script_new (here_rules, G_N_ELEMENTS (here_rules));
  g_autoptr(BalBlog) blog = discover (here, "/old", NULL);

  g_assert_nonnull (blog);
  g_assert_cmpstr (bal_blog_get_endpoint (blog), ==, endpoint);
}

static void
assert_no_blog (const Rule *rules,
                guint       n_rules)
{
  g_autoptr(Script) script = script_new (rules, n_rules);
  g_autoptr(GError) error = NULL;
  g_autoptr(BalBlog) blog = discover (script, "/", &error);

  g_assert_null (blog);
  g_assert_error (error, BAL_ERROR, BAL_ERROR_NOT_A_BLOG);
  g_assert_cmpuint (raw_server_n_requests (script->server), <, 60);
}

static void
test_no_blog (void)
{
  static const char *const answers[] = {
    "", "<html>", "[]", "{}", "{\"namespaces\":\"wp/v2\"}", "{\"namespaces\":[\"wp/v1\"]}", "{\"namespaces\":[[\"wp/v2\"]]}",
    "<link rel='https://api.w.org/' href='", "<link rel='https://api.w.org/' href='file:///etc/passwd'>",
    "<link rel='https://api.w.org/' href='http://['>", "<link rel=EditURI href=x><link", "<",
    "<link rel='EditURI' href='/'><api name='WP-API' apiLink='/'>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      const Rule rules[] = { { NULL, NULL, 200, "Link: <, <>; rel=\"https://api.w.org/\", <x\r\n", answers[i], 0 } };

      assert_no_blog (rules, G_N_ELEMENTS (rules));
    }
}

static void
test_redirects_without_end (void)
{
  const Rule rules[] = { { NULL, NULL, 302, "Location: http://localhost:9/again\r\n", "", 0 },
                         { NULL, NULL, 302, "Location: /again\r\n", "", 0 } };
  g_autoptr(Script) script = script_new (rules + 1, 1);
  g_autoptr(GError) error = NULL;
  g_autoptr(BalBlog) blog = discover (script, "/", &error);

  g_assert_null (blog);
  g_assert_error (error, BAL_ERROR, BAL_ERROR_PROTOCOL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wordpress/discover/by-header", test_by_header);
  g_test_add_func ("/wordpress/discover/by-page", test_by_page);
  g_test_add_func ("/wordpress/discover/by-rsd", test_by_rsd);
  g_test_add_func ("/wordpress/discover/by-usual-places", test_by_usual_places);
  g_test_add_func ("/wordpress/discover/without-application-passwords", test_without_application_passwords);
  g_test_add_func ("/wordpress/discover/authorize-url", test_authorize_url);
  g_test_add_func ("/wordpress/discover/moved", test_moved);
  g_test_add_func ("/wordpress/discover/no-blog", test_no_blog);
  g_test_add_func ("/wordpress/discover/redirects-without-end", test_redirects_without_end);

  return g_test_run ();
}
