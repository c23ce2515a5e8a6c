/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures in the text of a review: each is uploaded once, and only then the text is sent, with their addresses. */

#include "sync-client.h"

#include <glib/gstdio.h>

#include "bal-error.h"
#include "bal-media-refs.h"
#include "fake-server.h"

typedef struct
{
  FakeServer *server;
  SyncClient *client;
  const char *op;                /* the call that the fault below hits … */
  guint       number;            /* … when it comes for the so-manieth time, from 1 */
  FakeFault   fault;
} Fixture;

static FakeFault
fault_cb (FakeServer *server,
          const char *op,
          gpointer    data)
{
  Fixture *fixture = data;

  if (fixture->number == 0 || !g_str_equal (op, fixture->op) || --fixture->number > 0)
    return FAKE_FINE;
  return fixture->fault;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->server = fake_server_new ("pictures", "secret");
  fixture->client = sync_client_new (fixture->server, "secret");
  fake_server_set_fault (fixture->server, fault_cb, fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  sync_client_free (fixture->client);
  fake_server_free (fixture->server);
}

/* ---- looking ---- */

typedef struct
{
  gint64      blog_id;
  gint64      id;
  const char *url;
  BalMedia   *media;
} Look;

static gboolean
look (BalTransaction  *transaction,
      gpointer         data,
      GError         **error)
{
  Look *self = data;

  self->media = self->url != NULL ? bal_media_table_find_url (transaction, self->blog_id, self->url, error)
                                  : bal_media_table_get (transaction, self->id, error);
  return self->media != NULL || self->url != NULL;
}

static BalMedia *
get_media (Fixture *fixture,
           gint64   id)
{
  Look self = { fixture->client->blog_id, id, NULL, NULL };

  sync_client_read (fixture->client, look, &self);
  return self.media;
}

static char *
url_of (Fixture *fixture,
        gint64   id)
{
  g_autoptr(BalMedia) media = get_media (fixture, id);

  return g_strdup (media->url);
}

/* ---- checking ---- */

static void
assert_both_have (Fixture    *fixture,
                  gint64      id,
                  const char *html)
{
  g_autoptr(BalReview) here = sync_client_get_review (fixture->client, id);
  g_autoptr(GPtrArray) there = fake_server_list_reviews (fixture->server);
  g_autoptr(GPtrArray) outbox = sync_client_list_outbox (fixture->client);

  g_assert_cmpuint (there->len, ==, 1);
  g_assert_cmpstr (bal_review_get_html (g_ptr_array_index (there, 0)), ==, html);
  g_assert_cmpstr (bal_review_get_html (here), ==, html);
  g_assert_cmpint (bal_review_get_sync_state (here), ==, BAL_SYNC_STATE_CLEAN);
  g_assert_cmpuint (outbox->len, ==, 0);
}

static void
assert_uploaded (Fixture    *fixture,
                 const char *expected)
{
  g_autofree char *media = fake_server_describe_media (fixture->server);

  g_assert_cmpstr (media, ==, expected);
}

#define POST "<p>A.</p>\n<p><img src=\"%s\" alt=\"One\"></p>\n<p>B media:1.</p>\n<figure><a href=\"%s\">" \
  "<img src='%s' alt='Two'></a></figure>\n<p><img src=\"https://elsewhere.example/c.jpg\"></p>"

static gint64
add_post (Fixture *fixture,
          gint64   one,
          gint64   two)
{
  g_autofree char *first = bal_media_ref_new (one);
  g_autofree char *second = bal_media_ref_new (two);
  g_autofree char *html = g_strdup_printf (POST, first, second, second);

  return sync_client_add_review (fixture->client, "A", html, BAL_REVIEW_STATUS_PUBLISHED);
}

static char *
resolved_post (Fixture *fixture,
               gint64   one,
               gint64   two)
{
  g_autofree char *first = url_of (fixture, one);
  g_autofree char *second = url_of (fixture, two);

  return g_strdup_printf (POST, first, second, second);
}

static void
test_pictures_go_before_the_text (Fixture       *fixture,
                                  gconstpointer  data)
{
  gint64 one = sync_client_choose_picture (fixture->client, "one.png", NULL);
  gint64 two = sync_client_choose_picture (fixture->client, "two.png", "Second");
  gint64 id = add_post (fixture, one, two);
  g_autoptr(BalReview) before = sync_client_get_review (fixture->client, id);
  g_autoptr(BalReview) after = NULL;
  g_autoptr(GPtrArray) revisions = NULL;
  g_autofree char *html = NULL;

  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  html = resolved_post (fixture, one, two);
  assert_both_have (fixture, id, html);
  assert_uploaded (fixture, "1:One 2:Two");

  /* It was no edit of a person's. */
  after = sync_client_get_review (fixture->client, id);
  g_assert_cmpint (bal_review_get_edit_seq (after), ==, bal_review_get_edit_seq (before));
  revisions = sync_client_list_revisions (fixture->client, BAL_ENTITY_REVIEW, id);
  g_assert_cmpuint (revisions->len, ==, 0);

  sync_client_sync_well (fixture->client, BAL_SYNC_FULL);
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "put_review"), ==, 1);
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "upload_media"), ==, 2);
}

static const FakeFault doubtful[] = {
  FAKE_LOST, FAKE_LOST_AFTER, FAKE_BUSY, FAKE_BUSY_AFTER, FAKE_GARBLED_AFTER, FAKE_OFFLINE,
};

typedef struct
{
  const char *op;
  guint       number;
} Point;

/* The answer is lost at one point, the program ends and starts again. */
static void
test_lost_answers_make_no_second_picture (Fixture       *fixture,
                                          gconstpointer  data)
{
  const Point *point = data;

  for (guint i = 0; i < G_N_ELEMENTS (doubtful) * 2; i++)
    {
      gint64 one, two, id;
      g_autoptr(BalSyncResult) result = NULL;
      g_autofree char *html = NULL;

      if (i > 0)
        {
          tear_down (fixture, NULL);
          set_up (fixture, NULL);
        }
      one = sync_client_choose_picture (fixture->client, "one.png", "");
      two = sync_client_choose_picture (fixture->client, "two.png", "");
      id = add_post (fixture, one, two);
      fixture->op = point->op;
      fixture->number = point->number;
      fixture->fault = doubtful[i / 2];
      result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
      g_assert_cmpuint (fixture->number, ==, 0);
      if (i % 2 == 1)
        sync_client_restart (fixture->client);
      sync_client_retry (fixture->client);
      sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);

      html = resolved_post (fixture, one, two);
      assert_both_have (fixture, id, html);
      assert_uploaded (fixture, "1:One 2:Two");
      sync_client_sync_well (fixture->client, BAL_SYNC_FULL);
      assert_both_have (fixture, id, html);
    }
}

/* An editor that was open all the while writes the reference again. */
static void
test_a_reference_written_again_is_not_uploaded_again (Fixture       *fixture,
                                                      gconstpointer  data)
{
  gint64 one = sync_client_choose_picture (fixture->client, "one.png", "");
  gint64 id = sync_client_add_review (fixture->client, "A", "<p><img src=\"media:1\"></p>",
                                      BAL_REVIEW_STATUS_PUBLISHED);
  g_autofree char *url = NULL;
  g_autofree char *html = NULL;

  g_assert_cmpint (one, ==, 1);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  sync_client_edit_review (fixture->client, id, NULL, "<p><img src=\"media:1\"></p><p>More.</p>");
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  url = url_of (fixture, one);
  html = g_strdup_printf ("<p><img src=\"%s\"></p><p>More.</p>", url);
  assert_both_have (fixture, id, html);
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "upload_media"), ==, 1);
}

/* The person goes on writing, and puts in another picture, while the first is on its way. */
typedef struct
{
  Fixture *fixture;
  gint64   id;
  gint64   two;
} Writing;

static FakeFault
write_meanwhile (FakeServer *server,
                 const char *op,
                 gpointer    data)
{
  Writing *writing = data;

  if (writing->two == 0 && g_str_equal (op, "upload_media"))
    {
      writing->two = sync_client_choose_picture (writing->fixture->client, "two.png", "");
      sync_client_edit_review (writing->fixture->client, writing->id, NULL,
                               "<p><img src=\"media:2\"><img src=\"media:1\"></p>");
    }
  return FAKE_FINE;
}

static void
test_a_picture_put_in_meanwhile_is_uploaded_too (Fixture       *fixture,
                                                 gconstpointer  data)
{
  gint64 one = sync_client_choose_picture (fixture->client, "one.png", "");
  gint64 id = sync_client_add_review (fixture->client, "A", "<p><img src=\"media:1\"></p>",
                                      BAL_REVIEW_STATUS_PUBLISHED);
  Writing writing = { fixture, id, 0 };
  g_autoptr(BalSyncResult) result = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *html = NULL;

  fake_server_set_fault (fixture->server, write_meanwhile, &writing);
  result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  first = url_of (fixture, one);
  second = url_of (fixture, writing.two);
  html = g_strdup_printf ("<p><img src=\"%s\"><img src=\"%s\"></p>", second, first);
  assert_both_have (fixture, id, html);
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "upload_media"), ==, 2);
}

static void
test_the_same_file_twice_is_one_picture (Fixture       *fixture,
                                         gconstpointer  data)
{
  gint64 one = sync_client_choose_picture (fixture->client, "one.png", "A");
  gint64 again = sync_client_choose_picture (fixture->client, "one.png", "A");
  gint64 other = sync_client_choose_picture (fixture->client, "one.png", "B");
  gint64 id;

  g_assert_cmpint (again, ==, one);
  g_assert_cmpint (other, !=, one);
  id = sync_client_add_review (fixture->client, "A", "<p><img src=\"media:1\"><img src=\"media:1\"></p>",
                               BAL_REVIEW_STATUS_PUBLISHED);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "upload_media"), ==, 1);
  assert_uploaded (fixture, "1:A");
  g_assert_cmpint (id, !=, 0);
}

static void
test_a_lost_picture_is_named (Fixture       *fixture,
                              gconstpointer  data)
{
  const char *html = "<p>Text.</p><p><img src=\"media:1\"></p>";
  gint64 one = sync_client_choose_picture (fixture->client, "one.png", "");
  gint64 id = sync_client_add_review (fixture->client, "A", html, BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(BalMedia) media = get_media (fixture, one);
  g_autoptr(GPtrArray) outbox = NULL;
  g_autoptr(BalReview) here = NULL;
  g_autoptr(BalSyncResult) result = NULL;

  g_assert_cmpint (g_unlink (media->path), ==, 0);
  result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (result->n_parked, ==, 1);
  outbox = sync_client_list_outbox (fixture->client);
  g_assert_nonnull (strstr (((BalOutboxItem *) g_ptr_array_index (outbox, 0))->error, "“one.png”"));
  g_assert_cmpuint (fake_server_get_n_reviews (fixture->server), ==, 0);
  here = sync_client_get_review (fixture->client, id);
  g_assert_cmpstr (bal_review_get_html (here), ==, html);

  /* Without it the text goes. */
  sync_client_edit_review (fixture->client, id, NULL, "<p>Text.</p>");
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  assert_both_have (fixture, id, "<p>Text.</p>");
}

/* No row, and no number at all. */
static void
test_a_reference_to_nothing_is_never_sent (Fixture       *fixture,
                                           gconstpointer  data)
{
  static const char *const nothing[] = { "<p><img src=\"media:99\"></p>", "<p><img src=media:></p>",
                                         "<p><img src=\"media:7x\"></p>" };

  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++)
    {
      gint64 id = sync_client_add_review (fixture->client, "A", nothing[i], BAL_REVIEW_STATUS_PUBLISHED);
      g_autoptr(BalSyncResult) result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);

      g_assert_cmpint (id, !=, 0);
      g_assert_cmpuint (result->n_parked, ==, i + 1);
    }
  g_assert_cmpuint (fake_server_get_n_reviews (fixture->server), ==, 0);
}

static void
test_an_uploaded_picture_is_found_by_its_address (Fixture       *fixture,
                                                  gconstpointer  data)
{
  gint64 one = sync_client_choose_picture (fixture->client, "one.png", "");
  Look found = { fixture->client->blog_id, 0, NULL, NULL };
  Look missing = { fixture->client->blog_id, 0, "https://elsewhere.example/", NULL };
  Look other_blog = { fixture->client->blog_id + 1, 0, NULL, NULL };
  g_autofree char *url = NULL;

  sync_client_add_review (fixture->client, "A", "<p><img src=\"media:1\"></p>", BAL_REVIEW_STATUS_DRAFT);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  url = url_of (fixture, one);
  found.url = other_blog.url = url;
  sync_client_read (fixture->client, look, &found);
  sync_client_read (fixture->client, look, &missing);
  sync_client_read (fixture->client, look, &other_blog);
  g_assert_cmpint (found.media->id, ==, one);
  g_assert_true (g_file_test (found.media->path, G_FILE_TEST_IS_REGULAR));
  bal_media_free (found.media);
  g_assert_null (missing.media);
  g_assert_null (other_blog.media);
}

#define ADD(name, func) g_test_add ("/sync/pictures/" name, Fixture, NULL, set_up, func, tear_down)
#define ADD_DATA(name, data, func) g_test_add ("/sync/pictures/" name, Fixture, data, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  static const Point first = { "upload_media", 1 };
  static const Point second = { "upload_media", 2 };
  static const Point put = { "put_review", 1 };

  g_test_init (&argc, &argv, NULL);

  ADD ("pictures-go-before-the-text", test_pictures_go_before_the_text);
  ADD_DATA ("lost-answers-make-no-second-picture/upload-1", &first, test_lost_answers_make_no_second_picture);
  ADD_DATA ("lost-answers-make-no-second-picture/upload-2", &second, test_lost_answers_make_no_second_picture);
  ADD_DATA ("lost-answers-make-no-second-picture/put", &put, test_lost_answers_make_no_second_picture);
  ADD ("a-reference-written-again-is-not-uploaded-again", test_a_reference_written_again_is_not_uploaded_again);
  ADD ("a-picture-put-in-meanwhile-is-uploaded-too", test_a_picture_put_in_meanwhile_is_uploaded_too);
  ADD ("the-same-file-twice-is-one-picture", test_the_same_file_twice_is_one_picture);
  ADD ("a-lost-picture-is-named", test_a_lost_picture_is_named);
  ADD ("a-reference-to-nothing-is-never-sent", test_a_reference_to_nothing_is_never_sent);
  ADD ("an-uploaded-picture-is-found-by-its-address", test_an_uploaded_picture_is_found_by_its_address);

  return g_test_run ();
}
