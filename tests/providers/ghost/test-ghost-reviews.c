/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ghost-fixture.h"

#include "bal-time.h"

#include <glib/gstdio.h>
#include <string.h>

#define HTML "<p>The first paragraph.</p><div style=\"x\">A div<br />of old.</div><p>The <em>third</em> one.</p>"

static BalReview *
put_new (Fixture   *self,
         BalReview *review)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalReview) draft = bal_provider_create_review (self->provider, review, NULL, &error);
  g_autoptr(BalReview) whole = bal_review_dup (review);
  BalReview *stored;

  g_assert_no_error (error);
  g_assert_cmpint (bal_review_get_status (draft), ==, BAL_REVIEW_STATUS_DRAFT);
  bal_review_set_remote_id (whole, bal_review_get_remote_id (draft));
  stored = bal_provider_put_review (self->provider, whole, draft, NULL, &error);
  g_assert_no_error (error);
  return stored;
}

static BalReview *
put (Fixture   *self,
     BalReview *review,
     BalReview *base)
{
  g_autoptr(GError) error = NULL;
  BalReview *stored = bal_provider_put_review (self->provider, review, base, NULL, &error);

  g_assert_no_error (error);
  return stored;
}

static void
assert_text (Fixture    *self,
             const char *id,
             const char *name,
             const char *expected)
{
  json_t *post = fixture_dup_post (self, id);

  g_assert_cmpstr (bal_json_get_string (post, name), ==, expected);
  json_decref (post);
}

static void
test_any_page_leads_to_the_blog (Fixture       *self,
                                 gconstpointer  unused)
{
  static const char *const pages[] = { "", "/", "/some/post/", "/tag/x/?y=1#z" };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *url = g_strconcat (self->root, pages[i], NULL);
      g_autoptr(GError) error = NULL;
      g_autoptr(BalBlog) blog = bal_ghost_type.discover (url, self->http, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (bal_blog_get_provider (blog), ==, "ghost");
      g_assert_cmpstr (bal_blog_get_name (blog), ==, "Test blog");
      g_assert_true (g_str_has_suffix (bal_blog_get_endpoint (blog), "/ghost/api/admin/"));
    }
}

/* "…/film-site/ghost/api/admin/site/" says "site/" twice; so does "https://film.site/…". */
static void
test_site_may_be_in_the_address (Fixture       *self,
                                 gconstpointer  unused)
{
  static const char *const pages[] = { "/", "/some/post/" };

  if (fixture_skip_real (self))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *url = g_strconcat (self->root, FAKE_GHOST_FOLDER, pages[i], NULL);
      g_autofree char *endpoint = g_strconcat (self->root, FAKE_GHOST_FOLDER "/ghost/api/admin/", NULL);
      g_autoptr(GError) error = NULL;
      g_autoptr(BalBlog) blog = bal_ghost_type.discover (url, self->http, NULL, &error);
      g_autoptr(BalProvider) provider = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (bal_blog_get_endpoint (blog), ==, endpoint);
      provider = bal_ghost_type.open (blog, self->key, self->http, &error);
      g_assert_no_error (error);
      g_assert_true (bal_provider_sign_in (provider, blog, NULL, &error));
      g_assert_no_error (error);
    }
}

static void
test_signing_in_tells_who_and_what (Fixture       *self,
                                    gconstpointer  unused)
{
  BalCapabilities capabilities = bal_blog_get_capabilities (self->blog);

  g_assert_cmpstr (bal_blog_get_author (self->blog), ==, "Owner");
  g_assert_cmpstr (bal_blog_get_user_id (self->blog), ==, "owner@example.test");
  g_assert_true ((capabilities & BAL_CAPABILITY_PUBLISH) != 0 && (capabilities & BAL_CAPABILITY_REPLY) != 0);
  g_assert_true ((capabilities & BAL_CAPABILITY_TRASH) == 0 && (capabilities & BAL_CAPABILITY_PRIVATE) == 0);
}

static void
test_wrong_keys_are_told (Fixture       *self,
                          gconstpointer  unused)
{
  g_auto(GStrv) parts = g_strsplit (self->key, ":", 2);
  g_autofree char *wrong = g_strconcat (parts[0], ":00112233", NULL);
  g_autofree char *unknown = g_strconcat ("ffffffffffffffffffffffff:", parts[1], NULL);
  const char *const keys[] = { wrong, unknown };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(BalProvider) provider = bal_ghost_type.open (self->blog, keys[i], self->http, &error);

      g_assert_no_error (error);
      g_assert_false (bal_provider_sign_in (provider, self->blog, NULL, &error));
      g_assert_error (error, BAL_ERROR, BAL_ERROR_AUTH);
    }
}

static void
test_review_gets_there_and_back (Fixture       *self,
                                 gconstpointer  unused)
{
  static const char *const labels[] = { "Noir", "#hidden", "Ünï, cödé", NULL };
  g_autofree char *title = fixture_new_title ("A “film” & more <1999>");
  g_autoptr(BalReview) review = provider_new_review (title, HTML, BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(BalReview) stored = NULL;
  g_autoptr(BalReview) again = NULL;

  bal_review_set_labels (review, labels);
  bal_review_set_excerpt (review, "In short.");
  bal_review_set_published (review, 1577934245);
  bal_review_set_featured_image (review, "https://example.org/a.png");
  stored = put_new (self, review);
  again = bal_provider_get_review (self->provider, bal_review_get_remote_id (stored), NULL, NULL);

  for (guint i = 0; i < 2; i++)
    {
      BalReview *there = i == 0 ? stored : again;

      g_assert_cmpstr (bal_review_get_title (there), ==, title);
      g_assert_cmpstr (bal_review_get_html (there), ==, HTML);
      g_assert_cmpstr (bal_review_get_excerpt (there), ==, "In short.");
      g_assert_cmpstr (bal_review_get_featured_image (there), ==, "https://example.org/a.png");
      g_assert_cmpint (bal_review_get_published (there), ==, 1577934245);
      g_assert_cmpint (bal_review_get_status (there), ==, BAL_REVIEW_STATUS_PUBLISHED);
      g_assert_true (g_strv_equal (bal_review_get_labels (there), labels));
      g_assert_nonnull (bal_review_get_slug (there));
    }
  assert_text (self, bal_review_get_remote_id (stored), "codeinjection_foot", NULL);
}

static void
test_texts_come_back_as_they_went (Fixture       *self,
                                   gconstpointer  unused)
{
  g_autofree char *title = fixture_new_title ("Texts");
  g_autoptr(BalReview) first = provider_new_review (title, "", BAL_REVIEW_STATUS_DRAFT);

  for (guint i = 0; fixture_texts[i] != NULL; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(BalReview) stored = NULL;

      bal_review_set_key (first, title);
      bal_review_set_html (first, fixture_texts[i]);
      stored = bal_provider_create_review (self->provider, first, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (bal_review_get_html (stored), ==, fixture_texts[i]);
      g_assert_true (bal_provider_delete_review (self->provider, bal_review_get_remote_id (stored), NULL, NULL));
    }
}

static void
test_states_follow (Fixture       *self,
                    gconstpointer  unused)
{
  static const BalReviewStatus path[] = { BAL_REVIEW_STATUS_SCHEDULED, BAL_REVIEW_STATUS_PUBLISHED, BAL_REVIEW_STATUS_DRAFT,
                                          BAL_REVIEW_STATUS_PUBLISHED, BAL_REVIEW_STATUS_SCHEDULED, BAL_REVIEW_STATUS_DRAFT };
  g_autofree char *title = fixture_new_title ("States");
  g_autoptr(BalReview) draft = provider_new_review (title, HTML, BAL_REVIEW_STATUS_DRAFT);
  g_autoptr(BalReview) base = put_new (self, draft);

  g_assert_cmpint (bal_review_get_status (base), ==, BAL_REVIEW_STATUS_DRAFT);
  for (guint i = 0; i < G_N_ELEMENTS (path); i++)
    {
      g_autoptr(BalReview) review = bal_review_dup (base);
      BalReview *stored;

      bal_review_set_status (review, path[i]);
      if (path[i] == BAL_REVIEW_STATUS_SCHEDULED)
        bal_review_set_published (review, 1893553445);
      stored = put (self, review, base);
      g_object_unref (base);
      base = stored;
      g_assert_cmpint (bal_review_get_status (base), ==, path[i]);
      if (path[i] == BAL_REVIEW_STATUS_PUBLISHED)
        g_assert_cmpint (bal_review_get_published (base), <=, bal_time_now () + 60);
      g_assert_cmpstr (bal_review_get_html (base), ==, HTML);
    }
}

static void
test_untouched_members_stay (Fixture       *self,
                             gconstpointer  unused)
{
  g_autofree char *title = fixture_new_title ("Members only");
  g_autofree char *id = fixture_add_post (self, title, "<p>One.</p><!--members-only--><p>Two.</p>", "published");
  g_autoptr(BalReview) base = NULL;
  g_autoptr(BalReview) review = NULL;
  g_autoptr(BalReview) stored = NULL;

  fixture_set_member (self, id, "visibility", json_string ("members"));
  base = bal_provider_get_review (self->provider, id, NULL, NULL);
  review = bal_review_dup (base);
  bal_review_set_html (review, "<p>One.</p><!--members-only--><p>Two, changed.</p>");
  stored = put (self, review, base);
  g_assert_cmpstr (bal_review_get_html (stored), ==, "<p>One.</p><!--members-only--><p>Two, changed.</p>");
  assert_text (self, id, "visibility", "members");
}

/* (transfer full): a draft whose text is @lexical, which begins with a paragraph "One.". */
static char *
add_cards (Fixture    *self,
           const char *name,
           const char *lexical)
{
  g_autofree char *title = fixture_new_title (name);
  char *id = fixture_add_post (self, title, "<p>x</p>", "draft");

  fixture_set_member (self, id, "lexical", json_string (lexical));
  return id;
}

/* The first paragraph is changed, and one more comes last; what stands between is as it was. */
static void
write_around (Fixture   *self,
              BalReview *base)
{
  g_autoptr(BalReview) review = bal_review_dup (base);
  g_autoptr(BalReview) stored = NULL;
  g_autofree char *html = g_strconcat ("<p>Changed.</p>", bal_review_get_html (base) + strlen ("<p>One.</p>"), "<p>More.</p>", NULL);

  bal_review_set_html (review, html);
  stored = put (self, review, base);
  g_assert_cmpstr (bal_review_get_html (stored), ==, html);
}

static void
test_cards_of_ghost_stay_cards (Fixture       *self,
                                gconstpointer  unused)
{
  static const char lexical[] =
    "{\"root\":{\"children\":[{\"type\":\"paragraph\",\"version\":1,\"direction\":\"ltr\",\"format\":\"\",\"indent\":0,\"children\":["
    "{\"type\":\"extended-text\",\"version\":1,\"detail\":0,\"format\":0,\"mode\":\"normal\",\"style\":\"\",\"text\":\"One.\"}]},"
    "{\"type\":\"button\",\"version\":1,\"buttonText\":\"Go\",\"alignment\":\"center\",\"buttonUrl\":\"https://example.org\"},"
    "{\"type\":\"email\",\"version\":1,\"html\":\"<p>Only in the mail.</p>\"}],"
    "\"direction\":\"ltr\",\"format\":\"\",\"indent\":0,\"type\":\"root\",\"version\":1}}";
  g_autofree char *id = add_cards (self, "Cards", lexical);
  g_autoptr(BalReview) base = NULL;
  json_t *post;

  base = bal_provider_get_review (self->provider, id, NULL, NULL);
  g_assert_nonnull (strstr (bal_review_get_html (base), "kg-button-card"));
  write_around (self, base);
  post = fixture_dup_post (self, id);
  g_assert_nonnull (strstr (bal_json_get_string (post, "lexical"), "\"button\""));
  g_assert_nonnull (strstr (bal_json_get_string (post, "lexical"), "Only in the mail."));
  g_assert_null (strstr (bal_json_get_string (post, "lexical"), "\"html\",\"version\""));
  json_decref (post);
}

#define PARAGRAPH(text) \
  "{\"type\":\"paragraph\",\"version\":1,\"direction\":\"ltr\",\"format\":\"\",\"indent\":0,\"children\":[" \
  "{\"type\":\"extended-text\",\"version\":1,\"detail\":0,\"format\":0,\"mode\":\"normal\",\"style\":\"\",\"text\":\"" text "\"}]}"
#define CALL(text, web) \
  "{\"type\":\"call-to-action\",\"version\":1,\"layout\":\"minimal\",\"alignment\":\"left\",\"textValue\":\"<p>" text "</p>\"," \
  "\"showButton\":false,\"showDividers\":true,\"hasSponsorLabel\":false,\"backgroundColor\":\"grey\",\"visibility\":{\"web\":" web "," \
  "\"email\":{\"memberSegment\":\"status:free,status:-free\"}}}"
#define NOBODY   "{\"nonMember\":false,\"memberSegment\":\"\"}"
#define EVERYONE "{\"nonMember\":true,\"memberSegment\":\"status:free,status:-free\"}"

/* @tree: (transfer full). (transfer full): what stands in it */
static json_t *
get_blocks (json_t *tree)
{
  json_t *blocks = json_incref (bal_json_get_array (bal_json_get_object (tree, "root"), "children"));

  json_decref (tree);
  return blocks;
}

/* Each of them has paragraphs in it, and they stand side by side. */
static void
test_cards_with_paragraphs_stay_as_they_are (Fixture       *self,
                                             gconstpointer  unused)
{
  static const char lexical[] =
    "{\"root\":{\"children\":[" PARAGRAPH ("One.") "," CALL ("A call.", EVERYONE) ","
    "{\"type\":\"toggle\",\"version\":1,\"heading\":\"More\",\"content\":\"<p>First.</p><p>Second.</p>\"}," CALL ("Another.", EVERYONE)
    "," PARAGRAPH ("Two.") "],\"direction\":\"ltr\",\"format\":\"\",\"indent\":0,\"type\":\"root\",\"version\":1}}";
  g_autofree char *id = add_cards (self, "Side by side", lexical);
  g_autoptr(BalReview) base = NULL;
  json_t *before = json_loads (lexical, 0, NULL);
  json_t *post, *after;

  base = bal_provider_get_review (self->provider, id, NULL, NULL);
  g_assert_nonnull (strstr (bal_review_get_html (base), "<p>Second.</p>"));
  g_assert_nonnull (strstr (bal_review_get_html (base), "Another."));

  write_around (self, base);

  post = fixture_dup_post (self, id);
  after = json_loads (bal_json_get_string (post, "lexical"), 0, NULL);
  before = get_blocks (before);
  after = get_blocks (after);
  g_assert_cmpuint (json_array_size (after), ==, 6);
  for (guint i = 1; i < 5; i++)
    g_assert_true (json_equal (json_array_get (after, i), json_array_get (before, i)));
  json_decref (before);
  json_decref (after);
  json_decref (post);
}

/* Cards that are only in mails, and some that were begun only. */
static void
test_cards_that_the_web_does_not_show_stay (Fixture       *self,
                                            gconstpointer  unused)
{
  static const char lexical[] =
    "{\"root\":{\"children\":[" PARAGRAPH ("One.") ","
    "{\"type\":\"html\",\"version\":1,\"html\":\"<b>A mail.</b>\",\"visibility\":{\"web\":" NOBODY ","
    "\"email\":{\"memberSegment\":\"status:free,status:-free\"}}},"
    "{\"type\":\"html\",\"version\":1,\"html\":\"<b>An old mail.</b>\",\"visibility\":{\"showOnWeb\":false,\"showOnEmail\":true,"
    "\"segment\":\"\"}}," PARAGRAPH ("Two.") ","
    CALL ("Mail call.", NOBODY) "," CALL ("Web call.", EVERYONE) ","
    "{\"type\":\"button\",\"version\":1,\"buttonText\":\"Begun.\",\"alignment\":\"center\",\"buttonUrl\":\"\"},"
    "{\"type\":\"button\",\"version\":1,\"buttonText\":\"Go.\",\"alignment\":\"center\",\"buttonUrl\":\"https://example.org\"},"
    PARAGRAPH ("Three.") "],"
    "\"direction\":\"ltr\",\"format\":\"\",\"indent\":0,\"type\":\"root\",\"version\":1}}";
  static const char *const texts[] = { "A mail.", "An old mail.", "Two.", "Mail call.", "Web call.", "Begun.", "Go.", "Three." };
  g_autofree char *id = add_cards (self, "Unseen", lexical);
  g_autoptr(BalReview) base = NULL;
  const char *there;
  json_t *post;

  base = bal_provider_get_review (self->provider, id, NULL, NULL);
  g_assert_null (strstr (bal_review_get_html (base), "mail"));
  g_assert_null (strstr (bal_review_get_html (base), "Mail"));
  g_assert_null (strstr (bal_review_get_html (base), "Begun."));
  g_assert_nonnull (strstr (bal_review_get_html (base), "Web call."));

  write_around (self, base);

  /* All of them, and once. */
  post = fixture_dup_post (self, id);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%s", texts[i]);
      there = strstr (bal_json_get_string (post, "lexical"), texts[i]);
      g_assert_nonnull (there);
      g_assert_null (strstr (there + 1, texts[i]));
    }
  json_decref (post);
}

static void
test_change_in_the_same_second_is_seen (Fixture       *self,
                                        gconstpointer  unused)
{
  g_autofree char *title = fixture_new_title ("Second");
  g_autofree char *id = NULL;
  g_autoptr(BalReview) base = NULL;
  g_autoptr(BalReview) review = NULL;
  g_autoptr(BalReview) stored = NULL;
  g_autoptr(GError) error = NULL;

  if (self->server != NULL)
    fake_ghost_set_pace (self->server, 0);
  id = fixture_add_post (self, title, HTML, "draft");
  base = bal_provider_get_review (self->provider, id, NULL, NULL);
  review = bal_review_dup (base);
  fixture_set_member (self, id, "custom_excerpt", json_string ("theirs"));
  bal_review_set_html (review, "<p>Mine.</p>");
  stored = bal_provider_put_review (self->provider, review, base, NULL, &error);
  g_assert_null (stored);
  g_assert_error (error, BAL_ERROR, BAL_ERROR_CONFLICT);
  assert_text (self, id, "custom_excerpt", "theirs");
}

/* Between two of the same second a third would be seen by nobody. */
static void
test_no_two_saves_share_a_second (Fixture       *self,
                                  gconstpointer  unused)
{
  g_autofree char *title = fixture_new_title ("Seconds");
  g_autoptr(BalReview) base = NULL;
  g_autofree char *id = NULL;

  if (self->server != NULL)
    fake_ghost_set_pace (self->server, 0);
  id = fixture_add_post (self, title, HTML, "draft");
  base = bal_provider_get_review (self->provider, id, NULL, NULL);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *html = g_strdup_printf ("<p>Version %u.</p>", i);
      g_autoptr(BalReview) next = bal_review_dup (base);
      BalReview *stored;

      bal_review_set_html (next, html);
      stored = put (self, next, base);
      g_assert_cmpint (bal_review_get_updated (stored), >, bal_review_get_updated (base));
      g_object_unref (base);
      base = stored;
    }
}

static void
test_tags_keep_order_and_names (Fixture       *self,
                                gconstpointer  unused)
{
  static const char *const first[] = { "Zeta", "Alpha", NULL };
  static const char *const then[] = { "Alpha", "Beta", "Zeta", NULL };
  static const char *const there[] = { "Zeta", "Alpha", "Beta", NULL };
  g_autofree char *title = fixture_new_title ("Tags");
  g_autoptr(BalReview) review = provider_new_review (title, HTML, BAL_REVIEW_STATUS_DRAFT);
  g_autoptr(BalReview) base = NULL;
  g_autoptr(BalReview) next = NULL;
  g_autoptr(BalReview) stored = NULL;

  bal_review_set_labels (review, first);
  base = put_new (self, review);
  next = bal_review_dup (base);
  bal_review_set_labels (next, then);
  stored = put (self, next, base);
  g_assert_true (g_strv_equal (bal_review_get_labels (stored), there));
}

static void
test_create_is_found_by_its_key (Fixture       *self,
                                 gconstpointer  unused)
{
  g_autofree char *title = fixture_new_title ("Key");
  g_autoptr(BalReview) review = provider_new_review (title, HTML, BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(GError) error = NULL;
  g_autoptr(BalReview) before = bal_provider_find_review (self->provider, review, NULL, &error);
  g_autoptr(BalReview) draft = NULL;
  g_autoptr(BalReview) found = NULL;

  g_assert_no_error (error);
  g_assert_null (before);
  draft = bal_provider_create_review (self->provider, review, NULL, &error);
  found = bal_provider_find_review (self->provider, review, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (bal_review_get_remote_id (found), ==, bal_review_get_remote_id (draft));
}

static void
test_lists_tell_all_and_what_is_new (Fixture       *self,
                                     gconstpointer  unused)
{
  g_autofree char *title = fixture_new_title ("Listed");
  g_autofree char *old = fixture_add_post (self, title, HTML, "published");
  g_autofree char *mark = NULL;
  g_autofree char *draft = NULL;
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GPtrArray) news = NULL;
  g_autoptr(GPtrArray) future = NULL;
  g_autofree char *later = bal_time_to_rfc3339 (bal_time_now () + 3 * 60 * 60);

  for (guint i = 0; self->server != NULL && i < 220; i++)
    g_free (fixture_add_post (self, "Filler", "<p>x</p>", "published"));
  all = provider_list_all (self->provider, bal_provider_list_reviews, NULL, &mark);
  g_assert_nonnull (mark);
  g_assert_nonnull (fixture_pick (all, old));
  g_assert_cmpstr (bal_review_get_html (fixture_pick (all, old)), ==, HTML);
  if (self->server != NULL)
    g_assert_cmpuint (all->len, ==, 221);

  draft = fixture_add_post (self, title, HTML, "draft");
  news = provider_list_all (self->provider, bal_provider_list_reviews, mark, NULL);
  g_assert_nonnull (fixture_pick (news, draft));
  future = provider_list_all (self->provider, bal_provider_list_reviews, later, NULL);
  g_assert_null (fixture_pick (future, draft));
}

static BalPage *
sweep_reviews (BalProvider   *provider,
               const char    *since,
               const char    *cursor,
               GCancellable  *cancellable,
               GError       **error)
{
  return bal_provider_sweep_reviews (provider, cursor, cancellable, error);
}

static void
test_light_rows_are_like_whole_ones (Fixture       *self,
                                     gconstpointer  unused)
{
  g_autofree char *title = fixture_new_title ("Light");
  g_autofree char *id = fixture_add_post (self, title, HTML, "published");
  g_autofree char *gone = fixture_add_post (self, title, HTML, "draft");
  g_autoptr(GPtrArray) whole = provider_list_all (self->provider, bal_provider_list_reviews, NULL, NULL);
  g_autoptr(GPtrArray) light = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(BalReview) review = NULL;

  g_assert_nonnull (fixture_pick (whole, gone));
  g_assert_true (bal_provider_delete_review (self->provider, gone, NULL, NULL));
  g_assert_true (bal_provider_delete_review (self->provider, gone, NULL, NULL));
  light = provider_list_all (self->provider, sweep_reviews, NULL, NULL);
  g_assert_null (fixture_pick (light, gone));
  g_assert_cmpstr (bal_review_get_revision (fixture_pick (light, id)), ==, bal_review_get_revision (fixture_pick (whole, id)));
  review = bal_provider_get_review (self->provider, gone, NULL, &error);
  g_assert_null (review);
  g_assert_error (error, BAL_ERROR, BAL_ERROR_NOT_FOUND);
}

static void
test_what_ghost_cannot_do_is_told (Fixture       *self,
                                   gconstpointer  unused)
{
  g_autofree char *title = fixture_new_title ("Never");
  g_autofree char *letters = g_strnfill (301, 'x');
  g_autoptr(BalReview) trash = provider_new_review (title, HTML, BAL_REVIEW_STATUS_TRASH);
  g_autoptr(BalReview) private = provider_new_review (title, HTML, BAL_REVIEW_STATUS_PRIVATE);
  g_autoptr(BalReview) excerpt = provider_new_review (title, HTML, BAL_REVIEW_STATUS_DRAFT);
  g_autoptr(BalReview) long_title = provider_new_review (letters, HTML, BAL_REVIEW_STATUS_DRAFT);
  const struct { BalReview *review; int code; } cases[] = {
    { trash, BAL_ERROR_UNSUPPORTED }, { private, BAL_ERROR_UNSUPPORTED }, { excerpt, BAL_ERROR_INVALID }, { long_title, BAL_ERROR_INVALID },
  };

  bal_review_set_excerpt (excerpt, letters);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(BalReview) stored = bal_provider_create_review (self->provider, cases[i].review, NULL, &error);

      g_assert_null (stored);
      g_assert_error (error, BAL_ERROR, cases[i].code);
    }
  g_assert_cmpuint (fixture_count_title (self, title), ==, 0);
}

static void
test_empty_titles_and_texts (Fixture       *self,
                             gconstpointer  unused)
{
  g_autoptr(BalReview) review = provider_new_review ("", "", BAL_REVIEW_STATUS_DRAFT);
  g_autoptr(BalReview) stored = put_new (self, review);
  g_autoptr(BalReview) text = bal_review_dup (stored);
  g_autoptr(BalReview) base = NULL;
  g_autoptr(BalReview) empty = NULL;
  g_autoptr(BalReview) last = NULL;

  g_assert_cmpstr (bal_review_get_title (stored), ==, "");
  g_assert_cmpstr (bal_review_get_html (stored), ==, "");
  bal_review_set_html (text, "<p>x</p>");
  base = put (self, text, stored);
  empty = bal_review_dup (base);
  bal_review_set_html (empty, "");
  last = put (self, empty, base);
  g_assert_cmpstr (bal_review_get_html (last), ==, "");
}

static void
test_picture_gets_an_address (Fixture       *self,
                              gconstpointer  unused)
{
  static const char png[] = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
  gsize length;
  g_autofree guchar *bytes = g_base64_decode (png, &length);
  g_autoptr(GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("balcony-XXXXXX", &error);
  g_autofree char *path = g_build_filename (dir, "still.png", NULL);
  BalMedia media = { .path = path, .file_name = (char *) "a still “1”.png", .mime_type = (char *) "image/png" };

  g_assert_true (g_file_set_contents (path, (const char *) bytes, (gssize) length, &error));
  g_assert_true (bal_provider_upload_media (self->provider, &media, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (media.url, ".png"));
  g_assert_cmpstr (media.url, ==, media.remote_id);
  g_free (media.url);
  g_free (media.remote_id);
  g_remove (path);
  g_rmdir (dir);
}

#define ADD(name, function) g_test_add ("/ghost/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("any-page-leads-to-the-blog", test_any_page_leads_to_the_blog);
  ADD ("site-may-be-in-the-address", test_site_may_be_in_the_address);
  ADD ("signing-in-tells-who-and-what", test_signing_in_tells_who_and_what);
  ADD ("wrong-keys-are-told", test_wrong_keys_are_told);
  ADD ("review-gets-there-and-back", test_review_gets_there_and_back);
  ADD ("texts-come-back-as-they-went", test_texts_come_back_as_they_went);
  ADD ("states-follow", test_states_follow);
  ADD ("untouched-members-stay", test_untouched_members_stay);
  ADD ("cards-of-ghost-stay-cards", test_cards_of_ghost_stay_cards);
  ADD ("cards-with-paragraphs-stay-as-they-are", test_cards_with_paragraphs_stay_as_they_are);
  ADD ("cards-that-the-web-does-not-show-stay", test_cards_that_the_web_does_not_show_stay);
  ADD ("change-in-the-same-second-is-seen", test_change_in_the_same_second_is_seen);
  ADD ("no-two-saves-share-a-second", test_no_two_saves_share_a_second);
  ADD ("tags-keep-order-and-names", test_tags_keep_order_and_names);
  ADD ("create-is-found-by-its-key", test_create_is_found_by_its_key);
  ADD ("lists-tell-all-and-what-is-new", test_lists_tell_all_and_what_is_new);
  ADD ("light-rows-are-like-whole-ones", test_light_rows_are_like_whole_ones);
  ADD ("what-ghost-cannot-do-is-told", test_what_ghost_cannot_do_is_told);
  ADD ("empty-titles-and-texts", test_empty_titles_and_texts);
  ADD ("picture-gets-an-address", test_picture_gets_an_address);
  return g_test_run ();
}
