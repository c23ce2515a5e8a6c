/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Syncs that nobody asked for, and those without a network. */
#include "sync-client.h"

#include "bal-error.h"
#include "bal-reach.h"

typedef struct
{
  FakeServer *server;
  SyncClient *client;
  gint64      id;                /* a published review that both sides have */
  char       *remote_id;
  const char *op;                /* before the server answers this call … */
  const char *written;           /* … the person writes that */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->server = fake_server_new ("unasked", "secret");
  fixture->client = sync_client_new (fixture->server, "secret");
  fixture->remote_id = fake_server_add_review (fixture->server, "The Perfection", "<p>Old.</p>",
                                               BAL_REVIEW_STATUS_PUBLISHED);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  fixture->id = sync_client_find_review (fixture->client, fixture->remote_id);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  sync_client_free (fixture->client);
  fake_server_free (fixture->server);
  g_free (fixture->remote_id);
}

/* As the editor does a second after a key: kept, and not offered. */
static gboolean
autosave_work (BalTransaction  *transaction,
               gpointer         data,
               GError         **error)
{
  Fixture *fixture = data;
  g_autoptr(BalReview) review = bal_review_table_get (transaction, fixture->id, error);

  if (review == NULL)
    return FALSE;
  bal_review_set_html (review, fixture->written);
  return bal_desk_save_review (transaction, review, FALSE, error);
}

static void
autosave (Fixture    *fixture,
          const char *html)
{
  fixture->written = html;
  sync_client_write (fixture->client, autosave_work, fixture);
}

static void
assert_there (Fixture    *fixture,
              const char *html)
{
  g_autoptr(BalReview) review = fake_server_dup_review (fixture->server, fixture->remote_id);

  g_assert_cmpstr (bal_review_get_html (review), ==, html);
}

static void
assert_here (Fixture    *fixture,
             const char *html)
{
  g_autoptr(BalReview) review = sync_client_get_review (fixture->client, fixture->id);

  g_assert_cmpstr (bal_review_get_html (review), ==, html);
}

static void
test_what_was_offered_goes_out (Fixture       *fixture,
                                gconstpointer  data)
{
  sync_client_edit_review (fixture->client, fixture->id, NULL, "<p>New.</p>");
  sync_client_sync_well (fixture->client, BAL_SYNC_UNASKED);
  assert_there (fixture, "<p>New.</p>");
}

static void
test_half_a_sentence_stays_here (Fixture       *fixture,
                                 gconstpointer  data)
{
  sync_client_edit_review (fixture->client, fixture->id, NULL, "<p>New.</p>");
  autosave (fixture, "<p>New. And th</p>");
  fake_server_forget_calls (fixture->server);
  sync_client_sync_well (fixture->client, BAL_SYNC_UNASKED);
  assert_there (fixture, "<p>Old.</p>");
  assert_here (fixture, "<p>New. And th</p>");
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "get_review"), ==, 0);

  /* Offered again, it goes; so does what it stands for when a person asks. */
  sync_client_edit_review (fixture->client, fixture->id, NULL, "<p>New. And then.</p>");
  sync_client_sync_well (fixture->client, BAL_SYNC_UNASKED);
  assert_there (fixture, "<p>New. And then.</p>");
  sync_client_edit_review (fixture->client, fixture->id, "The Perfections", NULL);
  autosave (fixture, "<p>New. And then. Fin</p>");
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  assert_there (fixture, "<p>New. And then. Fin</p>");
}

static FakeFault
write_cb (FakeServer *server,
          const char *op,
          gpointer    data)
{
  Fixture *fixture = data;
  g_autoptr(GError) error = NULL;

  if (fixture->op == NULL || !g_str_equal (op, fixture->op))
    return FAKE_FINE;
  fixture->op = NULL;
  g_assert_true (bal_store_write (fixture->client->store, autosave_work, fixture, NULL, &error));
  return FAKE_FINE;
}

/* The review was looked at, then the blog is asked what it has, then the keys come. */
static void
test_half_a_sentence_of_a_moment_ago_stays_here (Fixture       *fixture,
                                                 gconstpointer  data)
{
  sync_client_edit_review (fixture->client, fixture->id, NULL, "<p>New.</p>");
  fixture->op = "get_review";
  fixture->written = "<p>New. And th</p>";
  fake_server_set_fault (fixture->server, write_cb, fixture);
  sync_client_sync_well (fixture->client, BAL_SYNC_UNASKED);
  g_assert_null (fixture->op);
  assert_there (fixture, "<p>Old.</p>");
  assert_here (fixture, "<p>New. And th</p>");
}

/* What was typed while the request was under way is merged, kept, and goes out when it is offered. */
static void
test_typing_while_it_is_sent_is_kept (Fixture       *fixture,
                                      gconstpointer  data)
{
  sync_client_edit_review (fixture->client, fixture->id, NULL, "<p>New.</p>");
  fixture->op = "put_review";
  fixture->written = "<p>New. And th</p>";
  fake_server_set_fault (fixture->server, write_cb, fixture);
  sync_client_sync_well (fixture->client, BAL_SYNC_UNASKED);
  assert_there (fixture, "<p>New.</p>");
  assert_here (fixture, "<p>New. And th</p>");
  sync_client_sync_well (fixture->client, BAL_SYNC_UNASKED);
  assert_there (fixture, "<p>New.</p>");
  sync_client_edit_review (fixture->client, fixture->id, NULL, "<p>New. And then.</p>");
  sync_client_sync_well (fixture->client, BAL_SYNC_UNASKED);
  assert_there (fixture, "<p>New. And then.</p>");
}

static void
result_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* A person who asks while one runs that nobody asked for gets what they asked for. */
static void
test_asking_is_more_than_what_runs (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autoptr(GAsyncResult) unasked = NULL;
  g_autoptr(GAsyncResult) asked = NULL;
  BalSyncEngine *engine = fixture->client->engine;

  sync_client_edit_review (fixture->client, fixture->id, NULL, "<p>New.</p>");
  autosave (fixture, "<p>New. And th</p>");
  fake_server_set_delay (fixture->server, 20);
  bal_sync_engine_sync_async (engine, 0, BAL_SYNC_UNASKED, NULL, result_cb, &unasked);
  bal_sync_engine_sync_async (engine, 0, BAL_SYNC_DEFAULT, NULL, result_cb, &asked);
  while (unasked == NULL || asked == NULL)
    g_main_context_iteration (NULL, TRUE);
  bal_sync_result_free (bal_sync_engine_sync_finish (engine, unasked, NULL));
  bal_sync_result_free (bal_sync_engine_sync_finish (engine, asked, NULL));
  assert_there (fixture, "<p>New. And th</p>");
}

static void
test_without_a_network_far_blogs_are_left_alone (Fixture       *fixture,
                                                 gconstpointer  data)
{
  g_autoptr(BalSyncResult) result = NULL;

  sync_client_edit_review (fixture->client, fixture->id, NULL, "<p>New.</p>");
  fake_server_forget_calls (fixture->server);
  result = sync_client_sync (fixture->client, BAL_SYNC_OFFLINE);
  g_assert_no_error (result->error);
  g_assert_cmpuint (result->n_far, ==, 1);
  g_assert_cmpuint (fake_server_count_calls (fixture->server, "sign_in"), ==, 0);
  assert_there (fixture, "<p>Old.</p>");
}

/* ---- a locked keyring ---- */

#define LOCKED_TYPE_SECRETS (locked_secrets_get_type ())
G_DECLARE_FINAL_TYPE (LockedSecrets, locked_secrets, LOCKED, SECRETS, GObject)

struct _LockedSecrets
{
  GObject parent_instance;

  guint   n_asked;
};

static char *
locked_secrets_lookup (BalSecrets    *secrets,
                       BalBlog       *blog,
                       GCancellable  *cancellable,
                       GError       **error)
{
  LOCKED_SECRETS (secrets)->n_asked++;
  return g_strdup ("secret");
}

static gboolean
locked_secrets_would_ask (BalSecrets   *secrets,
                          BalBlog      *blog,
                          GCancellable *cancellable)
{
  return TRUE;
}

static void
locked_secrets_iface_init (BalSecretsInterface *iface)
{
  iface->lookup = locked_secrets_lookup;
  iface->would_ask = locked_secrets_would_ask;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LockedSecrets, locked_secrets, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (BAL_TYPE_SECRETS, locked_secrets_iface_init))

static void
locked_secrets_class_init (LockedSecretsClass *klass)
{
}

static void
locked_secrets_init (LockedSecrets *self)
{
}

static BalSyncResult *
sync_with (BalSyncEngine *engine,
           BalSyncFlags   flags)
{
  g_autoptr(GAsyncResult) result = NULL;

  bal_sync_engine_sync_async (engine, 0, flags, NULL, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return bal_sync_engine_sync_finish (engine, result, NULL);
}

/* No dialog comes by itself, and the blog does not count as signed out for it. */
static void
test_a_locked_keyring_is_not_asked_for (Fixture       *fixture,
                                        gconstpointer  data)
{
  g_autoptr(LockedSecrets) secrets = g_object_new (LOCKED_TYPE_SECRETS, NULL);
  g_autoptr(BalSyncEngine) engine =
    bal_sync_engine_new (fixture->client->store, fixture->client->registry, BAL_SECRETS (secrets));
  g_autoptr(BalSyncResult) unasked = NULL;
  g_autoptr(BalSyncResult) asked = NULL;
  g_autoptr(BalBlog) blog = NULL;

  unasked = sync_with (engine, BAL_SYNC_UNASKED);
  g_assert_error (unasked->error, BAL_ERROR, BAL_ERROR_TEMPORARY);
  g_assert_cmpuint (unasked->n_signed_out, ==, 0);
  g_assert_cmpuint (secrets->n_asked, ==, 0);
  blog = sync_client_get_blog (fixture->client);
  g_assert_true (bal_blog_get_signed_in (blog));

  asked = sync_with (engine, BAL_SYNC_DEFAULT);
  g_assert_no_error (asked->error);
  g_assert_cmpuint (secrets->n_asked, ==, 1);
  bal_sync_engine_close (engine);
}

static void
test_what_is_near (void)
{
  static const struct { const char *address; gboolean near; } addresses[] = {
    { "/home/anna/blog", TRUE },
    { "file:///home/anna/blog", TRUE },
    { "http://127.0.0.1:8080/wp-json/", TRUE },
    { "http://127.9.9.9/", TRUE },
    { "http://[::1]:8080/", TRUE },
    { "http://localhost:8080/", TRUE },
    { "http://LocalHost/", TRUE },
    { "https://blog.localhost/", TRUE },
    { "https://attic.local/blog", TRUE },
    { "https://192.168.1.20/", TRUE },
    { "https://10.1.2.3/", TRUE },
    { "https://[fe80::1]/", TRUE },
    { "https://blog.example/", FALSE },
    { "https://localhost.example/", FALSE },
    { "https://notlocal/", FALSE },
    { "https://8.8.8.8/", FALSE },
    { "https://[2001:db8::1]/", FALSE },
    { "nonsense", FALSE },
    { "https://", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr(BalBlog) blog = bal_blog_new (1);

      g_test_message ("%s", addresses[i].address);
      bal_blog_set_url (blog, addresses[i].address);
      g_assert_cmpint (bal_reach_is_near (blog), ==, addresses[i].near);

      /* Where programs reach it is what counts: a folder here may be the source of a blog elsewhere. */
      bal_blog_set_url (blog, addresses[i].near ? "https://blog.example/" : "/home/anna/blog");
      bal_blog_set_endpoint (blog, addresses[i].address);
      g_assert_cmpint (bal_reach_is_near (blog), ==, addresses[i].near);
    }
}

#define ADD(name, func) g_test_add ("/sync/unasked/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("what-was-offered-goes-out", test_what_was_offered_goes_out);
  ADD ("half-a-sentence-stays-here", test_half_a_sentence_stays_here);
  ADD ("half-a-sentence-of-a-moment-ago-stays-here", test_half_a_sentence_of_a_moment_ago_stays_here);
  ADD ("typing-while-it-is-sent-is-kept", test_typing_while_it_is_sent_is_kept);
  ADD ("asking-is-more-than-what-runs", test_asking_is_more_than_what_runs);
  ADD ("without-a-network-far-blogs-are-left-alone", test_without_a_network_far_blogs_are_left_alone);
  ADD ("a-locked-keyring-is-not-asked-for", test_a_locked_keyring_is_not_asked_for);
  g_test_add_func ("/sync/reach/what-is-near", test_what_is_near);

  return g_test_run ();
}
