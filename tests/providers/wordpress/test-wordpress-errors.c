/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-error.h"
#include "script.h"

#include <string.h>

#define BODY(code) "{\"code\":\"" code "\",\"message\":\"A &amp; <b>B</b>&#8217;s\",\"data\":null}"
#define HIDDEN_401 \
  "{\"code\":\"rest_invalid_param\",\"message\":\"m\",\"data\":{\"status\":400,\"details\":{\"status\":{\"data\":{\"status\":401}}}}}"
#define HIDDEN_403 \
  "{\"code\":\"rest_invalid_param\",\"message\":\"m\",\"data\":{\"status\":400,\"details\":{\"status\":{\"data\":{\"status\":403}}}}}"

typedef struct
{
  guint       status;
  const char *body;
  int         read;              /* code of a read, and of a write */
  int         write;
} Case;

static const Case cases[] = {
  { 401, BODY ("rest_not_logged_in"), BAL_ERROR_AUTH, BAL_ERROR_AUTH },
  { 401, "<html>", BAL_ERROR_AUTH, BAL_ERROR_AUTH },
  { 403, BODY ("incorrect_password"), BAL_ERROR_AUTH, BAL_ERROR_AUTH },
  { 400, HIDDEN_401, BAL_ERROR_AUTH, BAL_ERROR_AUTH },
  { 400, HIDDEN_403, BAL_ERROR_REFUSED, BAL_ERROR_REFUSED },
  { 403, BODY ("rest_cannot_edit"), BAL_ERROR_REFUSED, BAL_ERROR_REFUSED },
  { 403, "<html>firewall</html>", BAL_ERROR_REFUSED, BAL_ERROR_REFUSED },
  { 400, BODY ("rest_invalid_param"), BAL_ERROR_REFUSED, BAL_ERROR_REFUSED },
  { 413, "<html>", BAL_ERROR_REFUSED, BAL_ERROR_REFUSED },
  { 404, BODY ("rest_post_invalid_id"), BAL_ERROR_NOT_FOUND, BAL_ERROR_NOT_FOUND },
  { 410, BODY ("rest_already_trashed"), BAL_ERROR_NOT_FOUND, BAL_ERROR_NOT_FOUND },
  { 404, BODY ("rest_no_route"), BAL_ERROR_PROTOCOL, BAL_ERROR_PROTOCOL },
  { 404, "<html>", BAL_ERROR_PROTOCOL, BAL_ERROR_PROTOCOL },
  { 301, "", BAL_ERROR_PROTOCOL, BAL_ERROR_PROTOCOL },
  { 408, "", BAL_ERROR_TEMPORARY, BAL_ERROR_TEMPORARY },
  { 429, "", BAL_ERROR_TEMPORARY, BAL_ERROR_TEMPORARY },
  { 400, BODY ("comment_flood"), BAL_ERROR_TEMPORARY, BAL_ERROR_TEMPORARY },
  { 501, BODY ("rest_trash_not_supported"), BAL_ERROR_UNSUPPORTED, BAL_ERROR_UNSUPPORTED },
  { 500, BODY ("rest_upload_sideload_error"), BAL_ERROR_REFUSED, BAL_ERROR_REFUSED },
  { 500, BODY ("empty_term_name"), BAL_ERROR_REFUSED, BAL_ERROR_REFUSED },
  { 500, BODY ("db_update_error"), BAL_ERROR_TEMPORARY, BAL_ERROR_TEMPORARY },
  { 500, BODY ("internal_server_error"), BAL_ERROR_TEMPORARY, BAL_ERROR_LOST_ANSWER },
  { 502, "<html>", BAL_ERROR_TEMPORARY, BAL_ERROR_LOST_ANSWER },
  { 504, "", BAL_ERROR_TEMPORARY, BAL_ERROR_LOST_ANSWER },
  { 200, "<html>log in to the hotel's network</html>", BAL_ERROR_PROTOCOL, BAL_ERROR_LOST_ANSWER },
  { 200, "{\"id\":7,\"title\":", BAL_ERROR_PROTOCOL, BAL_ERROR_LOST_ANSWER },
  { 200, "", BAL_ERROR_PROTOCOL, BAL_ERROR_LOST_ANSWER },
  { 201, "{}", BAL_ERROR_PROTOCOL, BAL_ERROR_LOST_ANSWER },
  { 200, NULL, BAL_ERROR_TEMPORARY, BAL_ERROR_LOST_ANSWER },
};

static BalReview *
review_new (const char *remote_id)
{
  BalReview *review = bal_review_new (1);

  bal_review_set_title (review, "T");
  bal_review_set_html (review, "C");
  bal_review_set_key (review, "0a1b2c3d-0000-4000-8000-000000000001");
  bal_review_set_remote_id (review, remote_id);

  return review;
}

static void
test_read_and_write (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Rule rules[] = { CATEGORY_RULE, { NULL, NULL, cases[i].status, NULL, cases[i].body, 0 } };
      g_autoptr(Script) script = script_new (rules, G_N_ELEMENTS (rules));
      g_autoptr(BalReview) review = review_new (NULL);
      g_autoptr(GError) error = NULL;

      g_test_message ("%u %s", cases[i].status, cases[i].body);
      g_assert_null (bal_provider_get_review (script->provider, "7", NULL, &error));
      g_assert_error (error, BAL_ERROR, cases[i].read);
      g_clear_error (&error);

      g_assert_null (bal_provider_put_review (script->provider, review, NULL, NULL, &error));
      g_assert_error (error, BAL_ERROR, cases[i].write);
      g_assert_cmpuint (script_count (script, "POST", "/wp/v2/posts"), ==, 1);
    }
}

static void
test_words_are_plain (void)
{
  const Rule rules[] = { { NULL, NULL, 403, NULL, BODY ("rest_cannot_edit"), 0 } };
  g_autoptr(Script) script = script_new (rules, G_N_ELEMENTS (rules));
  g_autoptr(GError) error = NULL;

  g_assert_null (bal_provider_get_review (script->provider, "7", NULL, &error));
  g_assert_nonnull (strstr (error->message, "A & B’s"));
}

static void
test_gone_is_done (void)
{
  const Rule gone[] = { { NULL, NULL, 404, NULL, BODY ("rest_post_invalid_id"), 0 } };
  const Rule blocked[] = { { NULL, NULL, 404, NULL, "<html>", 0 } };
  g_autoptr(Script) first = script_new (gone, G_N_ELEMENTS (gone));
  g_autoptr(Script) second = script_new (blocked, G_N_ELEMENTS (blocked));
  g_autoptr(GError) error = NULL;

  g_assert_true (bal_provider_delete_review (first->provider, "7", NULL, &error));
  g_assert_no_error (error);
  g_assert_false (bal_provider_delete_review (second->provider, "7", NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_PROTOCOL);
}

/* An answer without its text is never taken for an empty text. */
static void
test_posts_without_text (void)
{
  static const char *const posts[] = {
    "{\"id\":7}", "{\"id\":\"7\",\"title\":{\"raw\":\"\"},\"content\":{\"raw\":\"\"}}",
    "{\"id\":-7,\"title\":{\"raw\":\"\"},\"content\":{\"raw\":\"\"}}",
    "{\"id\":7,\"title\":{\"raw\":\"\"},\"content\":{\"rendered\":\"x\"}}",
    "{\"id\":7,\"title\":\"T\",\"content\":\"C\"}", "{\"id\":7,\"title\":{\"raw\":\"\"},\"content\":{\"raw\":null}}",
    "[]", "null", "7",
  };

  for (guint i = 0; i < G_N_ELEMENTS (posts); i++)
    {
      g_autofree char *list = g_strdup_printf ("[%s]", posts[i]);
      const Rule rules[] = {
        CATEGORY_RULE,
        { NULL, "/wp/v2/posts/7", 200, NULL, posts[i], 0 },
        { NULL, "/wp/v2/posts?", 200, NULL, list, 0 },
      };
      g_autoptr(Script) script = script_new (rules, G_N_ELEMENTS (rules));
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", posts[i]);
      g_assert_null (bal_provider_get_review (script->provider, "7", NULL, &error));
      g_assert_error (error, BAL_ERROR, BAL_ERROR_PROTOCOL);
      g_clear_error (&error);
      g_assert_null (bal_provider_list_reviews (script->provider, NULL, NULL, NULL, &error));
      g_assert_error (error, BAL_ERROR, BAL_ERROR_PROTOCOL);
    }
}

static void
test_odd_members (void)
{
  const Rule rules[] = {
    { "GET", "/wp/v2/categories", 200, NULL, "[{\"id\":1,\"name\":\"Musicals &amp; more\"},{\"id\":\"x\"},7,{\"id\":99999999999,\"name\":\"n\"}]", 0 },
    { "GET", "/wp/v2/tags", 200, NULL, "{\"id\":1}", 0 },
    { "GET", "/wp/v2/posts/7", 200, NULL,
      "{\"id\":7,\"date_gmt\":\"2019-05-30T18:04:00\",\"modified_gmt\":\"2019-05-30T18:04:00\",\"status\":\"draft\","
      "\"slug\":\"bal-0a1b2c3d-0000-4000-8000-000000000001-2\",\"title\":{\"raw\":\"a\\u0000b\"},"
      "\"content\":{\"raw\":\"x\\u0000\\u0000y\\r\\n\"},\"excerpt\":[],\"featured_media\":\"5\",\"categories\":[1,2,\"3\",-4],"
      "\"tags\":[5],\"link\":7,\"meta\":[]}", 0 },
    { "GET", "/wp/v2/posts/8", 200, NULL,
      "{\"id\":8,\"date_gmt\":null,\"modified_gmt\":\"yesterday\",\"status\":\"pending\",\"slug\":\"bal-for-money\","
      "\"title\":{\"raw\":\"\"},\"content\":{\"raw\":\"\"},\"categories\":{},\"tags\":null,\"featured_media\":12}", 0 },
    { "GET", "/wp/v2/posts/9", 200, NULL, POST ("9", "trash", ",\"slug\":\"a-film__trashed\""), 0 },
  };
  g_autoptr(Script) script = script_new (rules, G_N_ELEMENTS (rules));
  g_autoptr(BalReview) odd = bal_provider_get_review (script->provider, "7", NULL, NULL);
  g_autoptr(BalReview) empty = bal_provider_get_review (script->provider, "8", NULL, NULL);
  g_autoptr(BalReview) trash = bal_provider_get_review (script->provider, "9", NULL, NULL);

  g_assert_cmpstr (bal_review_get_title (odd), ==, "a\xef\xbf\xbd" "b");
  g_assert_cmpstr (bal_review_get_html (odd), ==, "x\xef\xbf\xbd\xef\xbf\xbdy\r\n");
  g_assert_null (bal_review_get_slug (odd));
  g_assert_null (bal_review_get_featured_image (odd));
  g_assert_cmpint (bal_review_get_published (odd), ==, 0);
  g_assert_cmpuint (g_strv_length ((char **) bal_review_get_categories (odd)), ==, 1);
  g_assert_cmpstr (bal_review_get_categories (odd)[0], ==, "Musicals & more");
  g_assert_cmpuint (g_strv_length ((char **) bal_review_get_labels (odd)), ==, 0);

  g_assert_cmpint (bal_review_get_status (empty), ==, BAL_REVIEW_STATUS_DRAFT);
  g_assert_cmpstr (bal_review_get_slug (empty), ==, "bal-for-money");
  g_assert_cmpstr (bal_review_get_featured_image (empty), ==, "12");

  g_assert_cmpint (bal_review_get_status (trash), ==, BAL_REVIEW_STATUS_TRASH);
  g_assert_cmpstr (bal_review_get_slug (trash), ==, "a-film");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wordpress/errors/read-and-write", test_read_and_write);
  g_test_add_func ("/wordpress/errors/words-are-plain", test_words_are_plain);
  g_test_add_func ("/wordpress/errors/gone-is-done", test_gone_is_done);
  g_test_add_func ("/wordpress/errors/posts-without-text", test_posts_without_text);
  g_test_add_func ("/wordpress/errors/odd-members", test_odd_members);

  return g_test_run ();
}
