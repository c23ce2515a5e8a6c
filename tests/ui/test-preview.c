/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the preview shows, against a blog in this process. */

#include "bal-preview-source.h"
#include "raw-server.h"
#include "store-fixture.h"

#include <string.h>

#define PAGE                                                                                           \
  "<html><head><link rel=\"stylesheet\" href=\"/style.css\"></head><body><h1>Tin Moon</h1>"           \
  "<div class=\"entry\"><p>It begins with a lamp that nobody lights.</p></div></body></html>"

typedef struct
{
  Fixture         base;
  RawServer      *server;
  gboolean        broken;       /* the server's page */
  gint64          published_id;
  gint64          draft_id;
  BalPreviewPage *page;
  GError         *error;
} Desk;

static gboolean
serve (RawServer     *server,
       RawRequest    *request,
       GOutputStream *output,
       gpointer       user_data)
{
  Desk *desk = user_data;

  return raw_reply (output, desk->broken ? 503 : 200, "Content-Type: text/html\r\n", desk->broken ? "busy" : PAGE);
}

static gboolean
add_reviews (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Desk *desk = data;
  g_autoptr(BalReview) draft = make_review (desk->base.blog_id, "2", "Salt", "<p>A draft of salt.</p>");
  g_autoptr(BalReview) review = NULL;
  g_autofree char *url = raw_server_url (desk->server, "/tin-moon");

  desk->published_id = put_pulled_review (transaction, desk->base.blog_id, "1", "Tin Moon",
                                          "<p>It begins with a lamp that nobody lights.</p>");
  review = bal_review_base_get (transaction, desk->published_id, error);
  must (review != NULL);
  bal_review_set_url (review, url);
  must (bal_review_base_put (transaction, desk->published_id, review, error));
  desk->draft_id = bal_review_table_insert (transaction, draft, error);
  must (desk->draft_id != 0);
  return TRUE;
}

static gboolean
edit_review (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Desk *desk = data;
  g_autoptr(BalReview) review = bal_review_table_get (transaction, desk->published_id, error);

  must (review != NULL);
  bal_review_set_html (review, "<p>It begins in the dark.</p>");
  must (bal_desk_save_review (transaction, review, FALSE, error));
  return TRUE;
}

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  fixture_set_up (&desk->base, data);
  desk->server = raw_server_new (serve, desk);
  fixture_write (&desk->base, add_reviews, desk);
}

static void
tear_down (Desk          *desk,
           gconstpointer  data)
{
  g_clear_pointer (&desk->page, bal_preview_page_free);
  g_clear_error (&desk->error);
  g_clear_pointer (&desk->server, raw_server_free);
  fixture_tear_down (&desk->base, data);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Desk *desk = data;

  desk->page = bal_preview_source_load_finish (BAL_PREVIEW_SOURCE (source), result, &desk->error);
}

static gboolean
is_loaded (gpointer data)
{
  Desk *desk = data;

  return desk->page != NULL || desk->error != NULL;
}

static void
load (Desk             *desk,
      BalPreviewSource *source,
      gboolean          fetch)
{
  g_clear_pointer (&desk->page, bal_preview_page_free);
  g_clear_error (&desk->error);
  bal_preview_source_load_async (source, fetch, NULL, loaded_cb, desk);
  wait_until (is_loaded, desk);
}

/* The page comes once, as a stranger gets it, and then follows what is written. */
static void
test_follows_what_is_written (Desk          *desk,
                              gconstpointer  data)
{
  g_autoptr(BalPreviewSource) source = bal_preview_source_new (desk->base.store, desk->published_id);
  g_autofree char *request = NULL;

  load (desk, source, FALSE);
  g_assert_true (desk->page->themed);
  g_assert_cmpstr (desk->page->html, ==, PAGE);
  g_assert_true (g_str_has_suffix (desk->page->address, "/tin-moon"));

  fixture_write (&desk->base, edit_review, desk);
  load (desk, source, FALSE);
  g_assert_true (desk->page->themed);
  g_assert_nonnull (strstr (desk->page->html, "<div class=\"entry\"><p>It begins in the dark.</p></div>"));
  g_assert_nonnull (strstr (desk->page->html, "href=\"/style.css\""));
  g_assert_cmpuint (raw_server_n_requests (desk->server), ==, 1);
  request = raw_server_dup_request (desk->server, 0);
  g_assert_null (strstr (request, "Authorization"));
  g_assert_null (strstr (request, "Cookie"));
}

/* What the blog has never had is shown in the page of its newest review. */
static void
test_draft_borrows_a_page (Desk          *desk,
                           gconstpointer  data)
{
  g_autoptr(BalPreviewSource) source = bal_preview_source_new (desk->base.store, desk->draft_id);

  load (desk, source, FALSE);
  g_assert_true (desk->page->themed);
  g_assert_nonnull (strstr (desk->page->html, "<h1>Salt</h1><div class=\"entry\"><p>A draft of salt.</p></div>"));
}

/* A blog that doesn't answer costs the theme alone, and a page that was had goes on serving. */
static void
test_off_line_there_is_a_plain_page (Desk          *desk,
                                     gconstpointer  data)
{
  g_autoptr(BalPreviewSource) source = bal_preview_source_new (desk->base.store, desk->published_id);

  desk->broken = TRUE;
  load (desk, source, FALSE);
  g_assert_false (desk->page->themed);
  g_assert_nonnull (strstr (desk->page->html, "<h1>Tin Moon</h1>\n<p>It begins with a lamp"));

  desk->broken = FALSE;
  load (desk, source, TRUE);
  g_assert_true (desk->page->themed);
  desk->broken = TRUE;
  load (desk, source, TRUE);
  g_assert_true (desk->page->themed);
}

static void
test_review_that_is_gone (Desk          *desk,
                          gconstpointer  data)
{
  g_autoptr(BalPreviewSource) source = bal_preview_source_new (desk->base.store, 4711);

  load (desk, source, FALSE);
  g_assert_null (desk->page);
  g_assert_error (desk->error, BAL_ERROR, BAL_ERROR_NOT_FOUND);
}

#define add(path, test) g_test_add (path, Desk, NULL, set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/preview/follows-what-is-written", test_follows_what_is_written);
  add ("/preview/draft-borrows-a-page", test_draft_borrows_a_page);
  add ("/preview/off-line-there-is-a-plain-page", test_off_line_there_is_a_plain_page);
  add ("/preview/review-that-is-gone", test_review_that_is_gone);

  return g_test_run ();
}
