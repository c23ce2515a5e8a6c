/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bal-error.h"
#include "bal-time.h"
#include "script.h"

#include <string.h>

#define KEY "0A1B2C3D-0000-4000-8000-000000000001"

static BalReview *
review_new (const char      *remote_id,
            BalReviewStatus  status)
{
  static const char *const categories[] = { "Uncategorized", NULL };
  BalReview *review = bal_review_new (1);

  bal_review_set_title (review, "T");
  bal_review_set_html (review, "C\r\n<p>\xc3\xa9</p>");
  bal_review_set_key (review, KEY);
  bal_review_set_remote_id (review, remote_id);
  bal_review_set_status (review, status);
  bal_review_set_categories (review, categories);

  return review;
}

/* ---- creating ------------------------------------------------------------------------------------ */

static void
test_create_in_two_steps (void)
{
  const Rule rules[] = {
    CATEGORY_RULE,
    { "POST", "/wp/v2/posts/7", 200, NULL, POST ("7", "publish", ""), 0 },
    { "POST", "/wp/v2/posts?", 201, NULL, POST ("7", "draft", ""), 0 },
  };
  g_autoptr(Script) script = script_new (rules, G_N_ELEMENTS (rules));
  g_autoptr(BalReview) review = review_new (NULL, BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(GError) error = NULL;
  g_autoptr(BalReview) stored = bal_provider_put_review (script->provider, review, NULL, NULL, &error);
  g_autofree char *first = script_last_body (script, "POST", "/wp/v2/posts?");
  g_autofree char *second = script_last_body (script, "POST", "/wp/v2/posts/7");

  g_assert_no_error (error);
  g_assert_cmpstr (bal_review_get_remote_id (stored), ==, "7");
  g_assert_cmpint (bal_review_get_status (stored), ==, BAL_REVIEW_STATUS_PUBLISHED);
  g_assert_cmpint (bal_review_get_blog_id (stored), ==, 3);
  g_assert_cmpstr (first, ==, "{\"title\":\"T\",\"content\":\"C\\r\\n<p>\xc3\xa9</p>\",\"excerpt\":\"\",\"featured_media\":0,"
                              "\"categories\":[1],\"tags\":[],\"status\":\"draft\","
                              "\"slug\":\"bal-0a1b2c3d-0000-4000-8000-000000000001\"}");
  g_assert_cmpstr (second, ==, "{\"slug\":\"\",\"status\":\"publish\"}");
}

/* The blog tells it to who may edit; it goes no further, and stays there. */
static void
test_a_password_stays_on_the_blog (void)
{
  static const char protected[] = POST ("7", "publish", ",\"password\":\"wintergreen\"");
  const Rule rules[] = {
    CATEGORY_RULE,
    { "POST", "/wp/v2/posts/7", 200, NULL, protected, 0 },
    { "GET", ",password,", 200, NULL, protected, 0 },
  };
  g_autoptr(Script) script = script_new (rules, G_N_ELEMENTS (rules));
  g_autoptr(GError) error = NULL;
  g_autoptr(BalReview) base = bal_provider_get_review (script->provider, "7", NULL, &error);
  g_autoptr(BalReview) review = NULL;
  g_autoptr(BalReview) stored = NULL;
  g_autofree char *body = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (bal_review_get_audience (base), ==, BAL_AUDIENCE_PASSWORD);
  review = bal_review_dup (base);
  bal_review_set_title (review, "U");
  bal_review_set_audience (review, BAL_AUDIENCE_EVERYONE);
  stored = bal_provider_put_review (script->provider, review, base, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (bal_review_get_audience (stored), ==, BAL_AUDIENCE_PASSWORD);
  body = script_last_body (script, "POST", "/wp/v2/posts/7");
  g_assert_cmpstr (body, ==, "{\"title\":\"U\"}");
}

/* The address that was asked for went to the first of the two: the other one goes, unless it is something else. */
static void
test_delivered_twice (void)
{
  static const char first[] = "[" POST ("7", "draft", "") "]";
  static const char other[] = "[{\"id\":7,\"slug\":\"x\",\"title\":{\"raw\":\"Other\"},\"content\":{\"raw\":\"C\"}}]";

  for (guint same = 0; same <= 1; same++)
    {
      const Rule rules[] = {
        CATEGORY_RULE,
        { "GET", "/wp/v2/posts?slug=bal-0a1b2c3d", 200, NULL, same ? first : other, 0 },
        { "DELETE", "/wp/v2/posts/8?", 200, NULL, POST ("8", "trash", ""), 0 },
        { "POST", "/wp/v2/posts?", 201, NULL, POST ("8", "draft", ""), 0 },
      };
      g_autoptr(Script) script = script_new (rules, G_N_ELEMENTS (rules));
      g_autoptr(BalReview) review = review_new (NULL, BAL_REVIEW_STATUS_PUBLISHED);
      g_autoptr(GError) error = NULL;
      g_autoptr(BalReview) stored = bal_provider_create_review (script->provider, review, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (bal_review_get_remote_id (stored), ==, same ? "7" : "8");
      g_assert_cmpuint (script_count (script, "DELETE", "/wp/v2/posts/8"), ==, same);
    }
}

/* Once the draft is there, every failure means: look it up. Nothing else may send the create again. */
static void
test_half_done_is_looked_up (void)
{
  static const struct { guint status; const char *body; } endings[] = {
    { 401, "" }, { 403, "{\"code\":\"rest_cannot_publish\",\"message\":\"m\"}" }, { 429, "" }, { 500, "" },
    { 404, "{\"code\":\"rest_post_invalid_id\",\"message\":\"m\"}" }, { 200, "cut" }, { 200, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      const Rule rules[] = {
        CATEGORY_RULE,
        { "POST", "/wp/v2/posts/7", endings[i].status, NULL, endings[i].body, 0 },
        { "POST", "/wp/v2/posts?", 201, NULL, POST ("7", "draft", ""), 0 },
      };
      g_autoptr(Script) script = script_new (rules, G_N_ELEMENTS (rules));
      g_autoptr(BalReview) review = review_new (NULL, BAL_REVIEW_STATUS_PUBLISHED);
      g_autoptr(GError) error = NULL;

      g_assert_null (bal_provider_put_review (script->provider, review, NULL, NULL, &error));
      g_assert_error (error, BAL_ERROR, BAL_ERROR_LOST_ANSWER);
      g_assert_cmpuint (script_count (script, "POST", "/wp/v2/posts?"), ==, 1);
    }
}

/* A label that can't be had stops it before anything is there. */
static void
test_labels_come_first (void)
{
  static const char *const labels[] = { "one", "two", NULL };
  const Rule rules[] = {
    CATEGORY_RULE,
    { "POST", "/wp/v2/tags", 201, NULL, "{\"id\":4,\"name\":\"one\"}", 1 },
    { "POST", "/wp/v2/tags", 503, "Retry-After: 9\r\n", "{\"code\":\"db\",\"message\":\"m\"}", 0 },
  };
  g_autoptr(Script) script = script_new (rules, G_N_ELEMENTS (rules));
  g_autoptr(BalReview) review = review_new (NULL, BAL_REVIEW_STATUS_DRAFT);
  g_autoptr(GError) error = NULL;

  bal_review_set_labels (review, labels);
  g_assert_null (bal_provider_put_review (script->provider, review, NULL, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_TEMPORARY);
  g_assert_cmpuint (bal_http_error_get_retry_after (error), ==, 9);
  g_assert_cmpuint (script_count (script, "POST", "/wp/v2/posts"), ==, 0);
}

static void
test_labels_by_name (void)
{
  static const char *const labels[] = { "there", " new & good ", "", "THERE", NULL };
  static const char *const categories[] = { "uncategorized", "Fresh", NULL };
  const Rule rules[] = {
    { "POST", "/wp/v2/categories", 201, NULL, "{\"id\":9,\"name\":\"Fresh\"}", 0 },
    { "GET", "/wp/v2/tags?include=5", 200, NULL, "[{\"id\":5,\"name\":\"there\"}]", 0 },
    CATEGORY_RULE,
    { "POST", "/wp/v2/tags", 400, NULL, "{\"code\":\"term_exists\",\"message\":\"m\",\"data\":{\"status\":400,\"term_id\":5}}", 1 },
    { "POST", "/wp/v2/tags", 201, NULL, "{\"id\":6,\"name\":\"new &amp; good\"}", 1 },
    { "POST", "/wp/v2/tags", 400, NULL, "{\"code\":\"term_exists\",\"message\":\"m\",\"data\":{\"status\":400,\"term_id\":5}}", 1 },
    { "POST", "/wp/v2/posts", 201, NULL, POST ("7", "draft", ",\"tags\":[5,6],\"categories\":[1,9]"), 0 },
  };
  g_autoptr(Script) script = script_new (rules, G_N_ELEMENTS (rules));
  g_autoptr(BalReview) review = review_new (NULL, BAL_REVIEW_STATUS_DRAFT);
  g_autoptr(GError) error = NULL;
  g_autoptr(BalReview) stored = NULL;
  g_autofree char *body = NULL;
  g_autofree char *tag = NULL;

  bal_review_set_labels (review, labels);
  bal_review_set_categories (review, categories);
  stored = bal_provider_put_review (script->provider, review, NULL, NULL, &error);
  g_assert_no_error (error);
  body = script_last_body (script, "POST", "/wp/v2/posts?");
  g_assert_nonnull (strstr (body, "\"categories\":[1,9],\"tags\":[5,6,5]"));
  g_assert_cmpstr (bal_review_get_labels (stored)[0], ==, "there");
  g_assert_cmpstr (bal_review_get_labels (stored)[1], ==, "new & good");
  g_assert_cmpstr (bal_review_get_categories (stored)[1], ==, "Fresh");
}

/* ---- changing ------------------------------------------------------------------------------------ */

/* What an update of @base into @local sends, or NULL when nothing. */
static char *
sent_for (BalReview *base,
          BalReview *local)
{
  const Rule rules[] = {
    CATEGORY_RULE,
    { "GET", "/wp/v2/comments", 200, NULL, "[]", 0 },
    { "DELETE", "/wp/v2/posts/7?", 200, NULL, POST ("7", "trash", ""), 0 },
    { NULL, "/wp/v2/posts/7?", 200, NULL, POST ("7", "publish", ""), 0 },
  };
  g_autoptr(Script) script = script_new (rules, G_N_ELEMENTS (rules));
  g_autoptr(GError) error = NULL;
  g_autoptr(BalReview) stored = bal_provider_put_review (script->provider, local, base, NULL, &error);
  g_autofree char *body = script_last_body (script, "POST", "/wp/v2/posts/7");

  g_assert_no_error (error);
  g_assert_nonnull (stored);
  if (script_count (script, "DELETE", "/wp/v2/posts/7?_fields=") > 0)
    return g_strconcat (body != NULL ? body : "", "DELETE", NULL);

  return g_steal_pointer (&body);
}

static void
assert_sent (BalReview  *base,
             BalReview  *local,
             const char *expected)
{
  g_autofree char *sent = sent_for (base, local);

  g_assert_cmpstr (sent, ==, expected);
}

static void
test_only_differences (void)
{
  g_autoptr(BalReview) base = review_new ("7", BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(BalReview) local = bal_review_dup (base);

  bal_review_set_published (base, 1559239440);
  bal_review_set_published (local, 1559239440);
  assert_sent (base, local, NULL);

  bal_review_set_html (local, "");
  assert_sent (base, local, "{\"content\":\"\"}");
  bal_review_set_html (local, bal_review_get_html (base));

  bal_review_set_slug (local, "own");
  bal_review_set_featured_image (local, "12");
  bal_review_set_excerpt (local, "E");
  assert_sent (base, local, "{\"excerpt\":\"E\",\"featured_media\":12,\"slug\":\"own\"}");
}

/* It is taken off when somebody takes it off, and not for what the blog's library does not know. */
static void
test_featured_image_is_only_taken_off_by_somebody (void)
{
  static const char *const others[] = { "https://example.org/a.png", "media:3", "12 monkeys", "-5", "0", "99999999999999999999" };
  g_autoptr(BalReview) base = review_new ("7", BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(BalReview) local = bal_review_dup (base);

  bal_review_set_featured_image (base, "12");
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      bal_review_set_featured_image (local, others[i]);
      assert_sent (base, local, NULL);
    }
  bal_review_set_featured_image (local, NULL);
  assert_sent (base, local, "{\"featured_media\":0}");
  bal_review_set_featured_image (local, "13");
  assert_sent (base, local, "{\"featured_media\":13}");
}

static void
test_states_and_times (void)
{
  static const gint64 past = 1559239440;         /* 2019-05-30T18:04:00Z */
  const gint64 future = bal_time_now () + 400 * 86400;
  g_autofree char *future_text = bal_time_to_rfc3339 (future);
  g_autofree char *scheduled = g_strdup_printf ("{\"status\":\"future\",\"date_gmt\":\"%s\",\"slug\":\"\"}", future_text);
  const struct { BalReviewStatus from; gint64 from_time; BalReviewStatus to; gint64 to_time; const char *sent; } cases[] = {
    { BAL_REVIEW_STATUS_DRAFT, 0, BAL_REVIEW_STATUS_PUBLISHED, 0, "{\"status\":\"publish\",\"slug\":\"\"}" },
    { BAL_REVIEW_STATUS_DRAFT, 0, BAL_REVIEW_STATUS_PUBLISHED, past,
      "{\"status\":\"publish\",\"date_gmt\":\"2019-05-30T18:04:00Z\",\"slug\":\"\"}" },
    { BAL_REVIEW_STATUS_DRAFT, 0, BAL_REVIEW_STATUS_SCHEDULED, future, scheduled },
    { BAL_REVIEW_STATUS_SCHEDULED, future, BAL_REVIEW_STATUS_PUBLISHED, future, "{\"status\":\"publish\",\"date_gmt\":null}" },
    { BAL_REVIEW_STATUS_SCHEDULED, future, BAL_REVIEW_STATUS_DRAFT, future, "{\"status\":\"draft\"}" },
    { BAL_REVIEW_STATUS_PUBLISHED, past, BAL_REVIEW_STATUS_DRAFT, 0, "{\"status\":\"draft\",\"date_gmt\":null}" },
    { BAL_REVIEW_STATUS_PUBLISHED, past, BAL_REVIEW_STATUS_PRIVATE, past, "{\"status\":\"private\"}" },
    { BAL_REVIEW_STATUS_PUBLISHED, past, BAL_REVIEW_STATUS_PUBLISHED, past + 60, "{\"date_gmt\":\"2019-05-30T18:05:00Z\"}" },
    { BAL_REVIEW_STATUS_PUBLISHED, past, BAL_REVIEW_STATUS_TRASH, past, "DELETE" },
    { BAL_REVIEW_STATUS_TRASH, past, BAL_REVIEW_STATUS_PUBLISHED, past, "{\"status\":\"publish\"}" },
    { BAL_REVIEW_STATUS_TRASH, past, BAL_REVIEW_STATUS_TRASH, past, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(BalReview) base = review_new ("7", cases[i].from);
      g_autoptr(BalReview) local = review_new ("7", cases[i].to);

      g_test_message ("case %u", i);
      bal_review_set_published (base, cases[i].from_time);
      bal_review_set_published (local, cases[i].to_time);
      assert_sent (base, local, cases[i].sent);
    }
}

static void
test_changed_and_trashed (void)
{
  g_autoptr(BalReview) base = review_new ("7", BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(BalReview) local = review_new ("7", BAL_REVIEW_STATUS_TRASH);

  bal_review_set_title (local, "Last words");
  assert_sent (base, local, "{\"title\":\"Last words\"}DELETE");
}

static void
test_what_cannot_be_sent (void)
{
  const Rule rules[] = { CATEGORY_RULE };
  g_autoptr(Script) script = script_new (rules, G_N_ELEMENTS (rules));
  g_autoptr(BalReview) no_text = review_new (NULL, BAL_REVIEW_STATUS_DRAFT);
  g_autoptr(BalReview) base = review_new ("7", BAL_REVIEW_STATUS_DRAFT);
  g_autoptr(BalReview) no_time = review_new ("7", BAL_REVIEW_STATUS_SCHEDULED);
  g_autoptr(GError) error = NULL;

  bal_review_set_html (no_text, "\xff\xfe");
  g_assert_null (bal_provider_put_review (script->provider, no_text, NULL, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (bal_provider_put_review (script->provider, no_time, base, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_INVALID);
  g_assert_cmpuint (script_count (script, "POST", ""), ==, 0);
}

/* ---- comments ------------------------------------------------------------------------------------ */

static BalComment *
comment_new (const char *remote_id)
{
  BalComment *comment = bal_comment_new (1);

  bal_comment_set_remote_id (comment, remote_id);
  bal_comment_set_remote_review_id (comment, "7");
  bal_comment_set_key (comment, KEY);
  bal_comment_set_html (comment, "Hello");
  bal_comment_set_author (comment, "A");
  bal_comment_set_author_ip (comment, "192.0.2.1");
  bal_comment_set_user_agent (comment, "U");
  bal_comment_set_status (comment, BAL_COMMENT_STATUS_APPROVED);

  return comment;
}

static char *
sent_for_comment (BalComment      *comment,
                  BalComment      *base,
                  BalCapabilities  capabilities)
{
  const Rule rules[] = { { NULL, NULL, 200, NULL, COMMENT ("9", "approved"), 0 } };
  g_autoptr(Script) script = script_new (rules, G_N_ELEMENTS (rules));
  g_autoptr(GError) error = NULL;
  g_autoptr(BalComment) stored = NULL;

  bal_blog_set_capabilities (script->blog, capabilities);
  stored = bal_provider_put_comment (script->provider, comment, base, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (bal_comment_get_remote_id (stored), ==, "9");

  return script_last_body (script, "POST", "/wp/v2/comments");
}

static void
test_new_comments (void)
{
  static const BalCapabilities all = BAL_CAPABILITY_MODERATE | BAL_CAPABILITY_ADD_COMMENTS;
  g_autoptr(BalComment) reply = comment_new (NULL);
  g_autoptr(BalComment) other = comment_new (NULL);
  g_autofree char *as_moderator = NULL;
  g_autofree char *as_author = NULL;
  g_autofree char *in_a_name = NULL;

  bal_comment_set_mine (reply, TRUE);
  bal_comment_set_remote_parent_id (reply, "8");
  bal_comment_set_created (reply, 1559239440);
  as_moderator = sent_for_comment (reply, NULL, all);
  g_assert_cmpstr (as_moderator, ==, "{\"post\":7,\"parent\":8,\"content\":\"Hello\",\"author_user_agent\":\"Balcony/" BALCONY_VERSION
                                     " (" KEY ")\",\"date_gmt\":\"2019-05-30T18:04:00Z\"}");
  as_author = sent_for_comment (reply, NULL, BAL_CAPABILITY_REPLY);
  g_assert_null (strstr (as_author, "date_gmt"));

  bal_comment_set_status (other, BAL_COMMENT_STATUS_SPAM);
  in_a_name = sent_for_comment (other, NULL, all);
  g_assert_nonnull (strstr (in_a_name, "\"author_name\":\"A\",\"author_email\":\"anonymous@example.invalid\",\"author_ip\":\"192.0.2.1\","
                                       "\"status\":\"spam\""));
  g_assert_null (strstr (in_a_name, "\"author\":"));
}

static void
test_changed_comments (void)
{
  g_autoptr(BalComment) base = comment_new ("9");
  g_autoptr(BalComment) local = comment_new ("9");
  g_autofree char *nothing = sent_for_comment (local, base, BAL_CAPABILITY_MODERATE);
  g_autofree char *state = NULL;
  g_autofree char *text = NULL;

  g_assert_null (nothing);
  bal_comment_set_status (local, BAL_COMMENT_STATUS_TRASH);
  state = sent_for_comment (local, base, BAL_CAPABILITY_MODERATE);
  g_assert_cmpstr (state, ==, "{\"status\":\"trash\",\"author_ip\":\"192.0.2.1\",\"author_user_agent\":\"U\"}");

  bal_comment_set_status (local, BAL_COMMENT_STATUS_APPROVED);
  bal_comment_set_html (local, "Bye");
  bal_comment_set_author_ip (local, NULL);
  text = sent_for_comment (local, base, BAL_CAPABILITY_MODERATE);
  g_assert_cmpstr (text, ==, "{\"content\":\"Bye\",\"author_user_agent\":\"U\"}");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wordpress/put/create-in-two-steps", test_create_in_two_steps);
  g_test_add_func ("/wordpress/put/a-password-stays-on-the-blog", test_a_password_stays_on_the_blog);
  g_test_add_func ("/wordpress/put/delivered-twice", test_delivered_twice);
  g_test_add_func ("/wordpress/put/half-done-is-looked-up", test_half_done_is_looked_up);
  g_test_add_func ("/wordpress/put/labels-come-first", test_labels_come_first);
  g_test_add_func ("/wordpress/put/labels-by-name", test_labels_by_name);
  g_test_add_func ("/wordpress/put/only-differences", test_only_differences);
  g_test_add_func ("/wordpress/put/featured-image-is-only-taken-off-by-somebody", test_featured_image_is_only_taken_off_by_somebody);
  g_test_add_func ("/wordpress/put/states-and-times", test_states_and_times);
  g_test_add_func ("/wordpress/put/changed-and-trashed", test_changed_and_trashed);
  g_test_add_func ("/wordpress/put/what-cannot-be-sent", test_what_cannot_be_sent);
  g_test_add_func ("/wordpress/put/new-comments", test_new_comments);
  g_test_add_func ("/wordpress/put/changed-comments", test_changed_comments);

  return g_test_run ();
}
