/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "blogger-fixture.h"

#include "sync-client.h"

#include <glib/gstdio.h>
#include <string.h>

/* Blogger takes no pictures: they go to another blog of the person's, or into a folder. */
typedef struct
{
  Fixture      blogger;
  SyncClient  *client;
  FakeServer  *server;           /* of the blog that takes them */
  BalBlog     *host;
  char        *folder;           /* on this computer */
  const char  *op;               /* the call to the host that the fault below hits, once */
  FakeFault    fault;
} Pictures;

#define HOST_SECRET "the host's own"
#define ADDRESS "https://pictures.example/blog"

static FakeFault
fault_cb (FakeServer *server,
          const char *op,
          gpointer    data)
{
  Pictures *self = data;

  if (self->op == NULL || strcmp (op, self->op) != 0)
    return FAKE_FINE;
  self->op = NULL;
  return self->fault;
}

static gboolean
insert_host (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  return bal_blog_table_insert (transaction, data, error) != 0;
}

static void
add_host (Pictures *self)
{
  g_autoptr(GError) error = NULL;

  self->host = bal_blog_new (0);
  bal_blog_set_name (self->host, "The Other Blog");
  bal_blog_set_provider (self->host, "fake");
  bal_blog_set_user (self->host, "blogger");
  bal_blog_set_url (self->host, fake_server_get_url (self->server));
  bal_blog_set_capabilities (self->host, BAL_CAPABILITY_UPLOAD_MEDIA);
  sync_client_write (self->client, insert_host, self->host);
  g_assert_true (bal_secrets_store (self->client->secrets, self->host, HOST_SECRET, NULL, &error));
}

static void
add_types (Pictures *self)
{
  bal_provider_registry_add (self->client->registry, &fake_provider_type);
  bal_provider_registry_add (self->client->registry, &bal_folder_type);
}

static void
set_up (Pictures      *self,
        gconstpointer  unused)
{
  g_autofree char *secret = NULL;
  g_autoptr(GError) error = NULL;

  fixture_set_up (&self->blogger, NULL);
  bal_blog_set_name (self->blogger.blog, "Indie Gems");
  secret = fake_blogger_dup_secret (self->blogger.server);
  self->client = sync_client_new_for (&bal_blogger_type, self->blogger.blog, secret);
  add_types (self);
  self->server = fake_server_new ("host", HOST_SECRET);
  fake_server_set_fault (self->server, fault_cb, self);
  add_host (self);
  self->folder = g_dir_make_tmp ("balcony-pictures-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
tear_down (Pictures      *self,
           gconstpointer  unused)
{
  sync_client_free (self->client);
  fixture_tear_down (&self->blogger, NULL);
  g_clear_object (&self->host);
  fake_server_free (self->server);
  sync_client_remove_folder (self->folder);
  g_free (self->folder);
}

/* ---- steps ---- */

typedef struct
{
  gint64      blog;
  gint64      host;
  const char *folder;
  const char *url;
} Place;

static gboolean
set_place (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Place *place = data;

  return bal_blog_table_set_image_place (transaction, place->blog, place->host, place->folder, place->url, error);
}

static void
go_to (Pictures   *self,
       gint64      host,
       const char *folder,
       const char *url)
{
  Place place = { self->client->blog_id, host, folder, url };

  sync_client_write (self->client, set_place, &place);
}

static gint64
write_review (Pictures   *self,
              const char *title)
{
  gint64 picture = sync_client_choose_picture (self->client, "Night Ferry.png", "A still");
  g_autofree char *html = g_strdup_printf ("<p>Text.</p><p><img class=\"size-full\" src=\"media:%" G_GINT64_FORMAT
                                           "\" alt=\"A still\"></p>", picture);

  return sync_client_add_review (self->client, title, html, BAL_REVIEW_STATUS_PUBLISHED);
}

static void
sync_until_well (Pictures *self)
{
  for (guint turn = 0; turn < 4; turn++)
    {
      g_autoptr(BalSyncResult) result = sync_client_sync (self->client, BAL_SYNC_DEFAULT);

      g_test_message ("%s", result->error != NULL ? result->error->message : "well");
      g_assert_cmpuint (result->n_parked, ==, 0);
      g_assert_cmpuint (result->n_signed_out, ==, 0);
      sync_client_retry (self->client);
    }
}

/* It is there once, shows that address, and nothing waits any more. */
static void
assert_shows (Pictures   *self,
              const char *title,
              const char *url)
{
  guint n;
  g_autofree char *id = fake_blogger_find_title (self->blogger.server, title, &n);
  g_autofree char *content = fixture_dup_member (&self->blogger, id, "content");
  g_autofree char *expected = g_strdup_printf ("<p>Text.</p><p><img class=\"size-full\" src=\"%s\" alt=\"A still\"></p>", url);
  g_autoptr(GPtrArray) outbox = sync_client_list_outbox (self->client);

  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (content, ==, expected);
  g_assert_cmpuint (outbox->len, ==, 0);
}

static char *
dup_reason (Pictures       *self,
            BalOutboxState  state)
{
  g_autoptr(GPtrArray) outbox = sync_client_list_outbox (self->client);
  BalOutboxItem *item = g_ptr_array_index (outbox, 0);

  g_assert_cmpuint (outbox->len, ==, 1);
  g_assert_cmpint (item->state, ==, state);
  return g_strdup (item->error);
}

static void
assert_names (const char *reason,
              const char *name)
{
  g_assert_nonnull (reason);
  if (strstr (reason, name) == NULL)
    g_error ("“%s” is not in “%s”", name, reason);
}

/* ---- another blog ---- */

static char *
uploaded_url (Pictures *self)
{
  g_autofree char *media = fake_server_describe_media (self->server);
  g_auto(GStrv) parts = g_strsplit (media, ":", 2);

  g_assert_cmpstr (parts[1], ==, "A still");    /* one, not two */
  return g_strconcat (fake_server_get_url (self->server), "media/", parts[0], NULL);
}

static void
test_pictures_go_to_another_blog (Pictures      *self,
                                  gconstpointer  unused)
{
  g_autofree char *url = NULL;

  go_to (self, bal_blog_get_id (self->host), NULL, NULL);
  write_review (self, "One");
  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  url = uploaded_url (self);
  assert_shows (self, "One", url);
  g_assert_cmpuint (fake_server_get_n_reviews (self->server), ==, 0);

  sync_client_sync_well (self->client, BAL_SYNC_FULL);
  g_assert_cmpuint (fake_server_count_calls (self->server, "upload_media"), ==, 1);
  g_assert_cmpuint (fake_server_count_calls (self->server, "sign_in"), ==, 1);
}

/* On the way to the host, and on the way to Blogger after it; the program may end in between. */
static void
test_lost_answers_make_no_second_picture (Pictures      *self,
                                          gconstpointer  unused)
{
  static const FakeFault faults[] = { FAKE_LOST, FAKE_LOST_AFTER, FAKE_BUSY, FAKE_BUSY_AFTER, FAKE_GARBLED_AFTER,
                                      FAKE_OFFLINE, FAKE_RETRY_AFTER };
  static const char *const ops[] = { "sign_in", "upload_media" };
  guint n = G_N_ELEMENTS (faults) * G_N_ELEMENTS (ops);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *url = NULL;
      g_autoptr(BalSyncResult) result = NULL;

      if (i > 0)
        {
          tear_down (self, NULL);
          set_up (self, NULL);
        }
      go_to (self, bal_blog_get_id (self->host), NULL, NULL);
      write_review (self, "One");
      self->op = ops[i / G_N_ELEMENTS (faults) % 2];
      self->fault = faults[i % G_N_ELEMENTS (faults)];
      fixture_break (&self->blogger, "posts.insert", i % 4 < 2 ? FAKE_BLOGGER_LOST_AFTER : FAKE_BLOGGER_BACKEND, 1);
      result = sync_client_sync (self->client, BAL_SYNC_DEFAULT);
      g_assert_null (self->op);
      if (i % 2 == 1)
        {
          sync_client_restart (self->client);
          add_types (self);
        }
      sync_client_retry (self->client);
      sync_until_well (self);
      url = uploaded_url (self);
      assert_shows (self, "One", url);
    }
}

static void
test_signed_out_host_keeps_the_review_waiting (Pictures      *self,
                                               gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *url = NULL;
  guint n;

  go_to (self, bal_blog_get_id (self->host), NULL, NULL);
  write_review (self, "One");
  fake_server_set_password (self->server, "another one");
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(BalSyncResult) result = sync_client_sync (self->client, BAL_SYNC_DEFAULT);

      g_assert_error (result->error, BAL_ERROR, BAL_ERROR_TEMPORARY);
      g_assert_cmpuint (result->n_signed_out, ==, 0);
      g_clear_pointer (&reason, g_free);
      reason = dup_reason (self, BAL_OUTBOX_PENDING);
      assert_names (reason, "“The Other Blog”");
      sync_client_retry (self->client);
    }
  /* Who guesses is locked out. */
  g_assert_cmpuint (fake_server_count_calls (self->server, "sign_in"), ==, 1);

  /* What has no pictures goes meanwhile. */
  sync_client_add_review (self->client, "Words alone", "<p>Text.</p>", BAL_REVIEW_STATUS_PUBLISHED);
  bal_sync_result_free (sync_client_sync (self->client, BAL_SYNC_DEFAULT));
  g_free (fake_blogger_find_title (self->blogger.server, "Words alone", &n));
  g_assert_cmpuint (n, ==, 1);

  g_assert_true (bal_secrets_store (self->client->secrets, self->host, "another one", NULL, &error));
  sync_client_retry (self->client);
  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  url = uploaded_url (self);
  assert_shows (self, "One", url);
}

static void
test_removed_host_is_asked_for_and_another_one_taken (Pictures      *self,
                                                      gconstpointer  unused)
{
  g_autoptr(BalBlog) blog = NULL;
  g_autofree char *reason = NULL;

  go_to (self, bal_blog_get_id (self->host), NULL, NULL);
  write_review (self, "One");
  sync_client_remove_blog (self->client, bal_blog_get_id (self->host));
  blog = sync_client_get_blog (self->client);
  g_assert_false (bal_blog_has_image_place (blog));

  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  reason = dup_reason (self, BAL_OUTBOX_PARKED);
  assert_names (reason, "“Pictures…”");
  g_assert_cmpuint (fake_server_count_calls (self->server, NULL), ==, 0);

  go_to (self, 0, self->folder, ADDRESS "/");
  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_blogger_get_n_posts (self->blogger.server), ==, 1);
}

static void
test_host_that_takes_none_any_more_says_so (Pictures      *self,
                                            gconstpointer  unused)
{
  g_autofree char *reason = NULL;

  go_to (self, bal_blog_get_id (self->host), NULL, NULL);
  fake_server_set_capabilities (self->server, BAL_CAPABILITY_REPLY);
  write_review (self, "One");
  bal_sync_result_free (sync_client_sync (self->client, BAL_SYNC_DEFAULT));
  reason = dup_reason (self, BAL_OUTBOX_PARKED);
  assert_names (reason, "“The Other Blog”");
  g_assert_cmpuint (fake_server_count_calls (self->server, "upload_media"), ==, 0);
}

/* ---- folders ---- */

/* (transfer full): the name of the only file there, whose bytes are the picture's */
static char *
only_file (const char *folder)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = g_dir_open (folder, 0, &error);
  char *name;

  g_assert_no_error (error);
  name = g_strdup (g_dir_read_name (dir));
  g_assert_nonnull (name);
  g_assert_null (g_dir_read_name (dir));
  return name;
}

static void
test_pictures_go_into_a_served_folder (Pictures      *self,
                                       gconstpointer  unused)
{
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autofree char *url = NULL;
  GStatBuf info;

  go_to (self, 0, self->folder, ADDRESS "/");
  write_review (self, "One");
  fixture_break (&self->blogger, "posts.insert", FAKE_BLOGGER_LOST_AFTER, 1);
  sync_until_well (self);
  name = only_file (self->folder);
  url = g_strconcat (ADDRESS "/", name, NULL);
  assert_shows (self, "One", url);
  g_assert_true (g_str_has_prefix (name, "night-ferry-"));

  /* Another program serves it. */
  path = g_build_filename (self->folder, name, NULL);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0644);
}

static void
test_folder_that_is_away_is_waited_for (Pictures      *self,
                                        gconstpointer  unused)
{
  g_autofree char *away = g_strconcat (self->folder, "-away", NULL);
  g_autofree char *reason = NULL;
  g_autofree char *name = NULL;

  go_to (self, 0, self->folder, ADDRESS);
  g_assert_cmpint (g_rename (self->folder, away), ==, 0);
  write_review (self, "One");
  bal_sync_result_free (sync_client_sync (self->client, BAL_SYNC_DEFAULT));
  reason = dup_reason (self, BAL_OUTBOX_PENDING);
  assert_names (reason, self->folder);
  g_assert_cmpuint (fake_blogger_get_n_posts (self->blogger.server), ==, 0);

  g_assert_cmpint (g_rename (away, self->folder), ==, 0);
  sync_client_retry (self->client);
  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  name = only_file (self->folder);
  g_assert_cmpuint (fake_blogger_get_n_posts (self->blogger.server), ==, 1);
}

static void
test_pictures_go_to_a_blog_in_a_folder (Pictures      *self,
                                        gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalBlog) blog = bal_folder_type.discover (self->folder, NULL, NULL, &error);
  g_autofree char *media = g_build_filename (self->folder, "media", NULL);
  g_autofree char *name = NULL;
  g_autofree char *url = NULL;

  g_assert_no_error (error);
  bal_blog_set_name (blog, "Small Screen");
  sync_client_write (self->client, insert_host, blog);
  go_to (self, bal_blog_get_id (blog), NULL, ADDRESS);
  write_review (self, "One");
  sync_client_sync_well (self->client, BAL_SYNC_DEFAULT);
  name = only_file (media);
  url = g_strconcat (ADDRESS "/", name, NULL);
  assert_shows (self, "One", url);
}

/* ---- choosing ---- */

static gboolean
is_refused (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Place *place = data;
  g_autoptr(GError) failed = NULL;

  g_assert_false (bal_blog_table_set_image_place (transaction, place->blog, place->host, place->folder, place->url, &failed));
  g_assert_error (failed, BAL_ERROR, BAL_ERROR_INVALID);
  return TRUE;
}

static void
test_no_use_as_a_place_is_told_at_once (Pictures      *self,
                                        gconstpointer  unused)
{
  gint64 blog = self->client->blog_id;
  gint64 host = bal_blog_get_id (self->host);
  Place places[] = {
    { blog, blog, NULL, NULL },                                  /* itself */
    { host, blog, NULL, NULL },                                  /* takes pictures itself */
    { blog, 0, self->folder, NULL },                             /* found by nobody */
    { blog, 0, self->folder, "file:///srv/pictures" },
    { blog, 0, self->folder, "pictures.example" },
    { blog, 0, self->folder, "https:///blog" },
    { blog, 0, self->folder, "https://pictures.example/?show=" },
    { blog, 0, "pictures", ADDRESS },                            /* where? */
    { blog, 0, "/nowhere/at/all", ADDRESS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    sync_client_write (self->client, is_refused, &places[i]);
}

#define ADD(path, func) g_test_add ("/blogger/pictures/" path, Pictures, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("pictures-go-to-another-blog", test_pictures_go_to_another_blog);
  ADD ("lost-answers-make-no-second-picture", test_lost_answers_make_no_second_picture);
  ADD ("signed-out-host-keeps-the-review-waiting", test_signed_out_host_keeps_the_review_waiting);
  ADD ("removed-host-is-asked-for-and-another-one-taken", test_removed_host_is_asked_for_and_another_one_taken);
  ADD ("host-that-takes-none-any-more-says-so", test_host_that_takes_none_any_more_says_so);
  ADD ("pictures-go-into-a-served-folder", test_pictures_go_into_a_served_folder);
  ADD ("folder-that-is-away-is-waited-for", test_folder_that_is_away_is_waited_for);
  ADD ("pictures-go-to-a-blog-in-a-folder", test_pictures_go_to_a_blog_in_a_folder);
  ADD ("no-use-as-a-place-is-told-at-once", test_no_use_as_a_place_is_told_at_once);

  return g_test_run ();
}
