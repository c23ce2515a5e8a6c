/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ghost-fixture.h"

#include "sync-client.h"

#include <string.h>

/* The whole way: two desktops, each with a store and an engine, and a Ghost that is used elsewhere too. */
typedef struct
{
  Fixture     ghost;
  SyncClient *clients[2];
} Sync;

#define HTML "<p>The first paragraph.</p><p>The second paragraph.</p><p>The third paragraph.</p>"

static void
set_up (Sync          *self,
        gconstpointer  unused)
{
  fixture_set_up (&self->ghost, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self->clients); i++)
    self->clients[i] = sync_client_new_for (&bal_ghost_type, self->ghost.blog, self->ghost.key);
}

static void
tear_down (Sync          *self,
           gconstpointer  unused)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->clients); i++)
    sync_client_free (self->clients[i]);
  fixture_tear_down (&self->ghost, NULL);
}

static void
assert_member (Sync       *self,
               const char *id,
               const char *name,
               const char *expected)
{
  json_t *post = fixture_dup_post (&self->ghost, id);

  g_assert_cmpstr (bal_json_get_string (post, name), ==, expected);
  json_decref (post);
}

static char *
remote_id_of (SyncClient *client,
              gint64      id)
{
  g_autoptr(BalReview) review = sync_client_get_review (client, id);

  return g_strdup (bal_review_get_remote_id (review));
}

static gboolean
nothing_waits (SyncClient *client)
{
  g_autoptr(GPtrArray) outbox = sync_client_list_outbox (client);

  return outbox->len == 0;
}

/* Until everything is there; nothing that failed needs a person. */
static void
sync_until_done (SyncClient *client)
{
  for (guint turn = 0; turn < 4; turn++)
    {
      g_autoptr(BalSyncResult) result = sync_client_sync (client, BAL_SYNC_DEFAULT);

      g_test_message ("Turn %u: %s", turn, result->error != NULL ? result->error->message : "well");
      g_assert_cmpuint (result->n_conflicts, ==, 0);
      g_assert_cmpuint (result->n_parked, ==, 0);
      if (nothing_waits (client))
        return;
      sync_client_retry (client);
    }
  g_assert_not_reached ();
}

static void
test_what_is_written_here_gets_there (Sync          *self,
                                      gconstpointer  unused)
{
  SyncClient *client = self->clients[0];
  g_autofree char *title = fixture_new_title ("New");
  gint64 id = sync_client_add_review (client, title, HTML, BAL_REVIEW_STATUS_DRAFT);
  g_autofree char *remote = NULL;
  g_autoptr(BalReview) review = NULL;

  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  remote = remote_id_of (client, id);
  g_assert_cmpuint (fixture_count_title (&self->ghost, title), ==, 1);
  assert_member (self, remote, "status", "draft");
  assert_member (self, remote, "codeinjection_foot", NULL);

  sync_client_set_review_status (client, id, BAL_REVIEW_STATUS_PUBLISHED);
  sync_client_set_labels (client, id, (const char *const[]) { "noir", NULL });
  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  assert_member (self, remote, "status", "published");
  assert_member (self, remote, "html", HTML);
  g_assert_true (nothing_waits (client));

  sync_client_sync_well (self->clients[1], BAL_SYNC_DEFAULT);
  review = sync_client_get_review (self->clients[1], sync_client_find_review (self->clients[1], remote));
  g_assert_cmpint (bal_review_get_status (review), ==, BAL_REVIEW_STATUS_PUBLISHED);
  g_assert_cmpstr (bal_review_get_html (review), ==, HTML);
}

/* Each request that writes loses its answer once, in each of the ways; in the end everything is there once. */
static void
test_no_lost_answer_doubles_or_loses (Sync          *self,
                                      gconstpointer  unused)
{
  static const char *const ops[] = { "posts.add", "posts.edit" };
  static const FakeGhostFault faults[] = {
    FAKE_GHOST_LOST, FAKE_GHOST_LOST_AFTER, FAKE_GHOST_GARBLED_AFTER, FAKE_GHOST_GATEWAY, FAKE_GHOST_FAILS_AFTER,
    FAKE_GHOST_MAINTENANCE, FAKE_GHOST_TWICE,
  };
  SyncClient *client = self->clients[0];

  if (fixture_skip_unbreakable (&self->ghost))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    for (guint j = 0; j < G_N_ELEMENTS (faults); j++)
      {
        g_autofree char *title = fixture_new_title ("Lost");
        g_autofree char *remote = NULL;
        gint64 id;

        if (!fixture_can_break (&self->ghost, faults[j]))
          continue;
        id = sync_client_add_review (client, title, HTML, BAL_REVIEW_STATUS_PUBLISHED);
        fixture_break (&self->ghost, ops[i], faults[j], 1);
        sync_until_done (client);
        remote = remote_id_of (client, id);
        g_assert_cmpuint (fixture_count_title (&self->ghost, title), ==, 1);
        assert_member (self, remote, "status", "published");
        assert_member (self, remote, "codeinjection_foot", NULL);
      }
}

/* Hours after its answer, what is in between delivers the create again: Ghost makes a second draft of it. */
static void
test_late_second_delivery_goes (Sync          *self,
                                gconstpointer  unused)
{
  SyncClient *client = self->clients[0];
  g_autofree char *title = fixture_new_title ("Again");
  gint64 id = sync_client_add_review (client, title, HTML, BAL_REVIEW_STATUS_PUBLISHED);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *foot = NULL;
  g_autoptr(BalReview) review = NULL;
  g_autoptr(BalSyncResult) result = NULL;

  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  review = sync_client_get_review (client, id);
  first = remote_id_of (client, id);
  second = fixture_add_post (&self->ghost, title, HTML, "draft");
  foot = bal_ghost_foot_of_key (bal_review_get_key (review));
  fixture_set_member (&self->ghost, second, "codeinjection_foot", json_string (foot));

  result = sync_client_sync (client, BAL_SYNC_DEFAULT);
  g_assert_no_error (result->error);
  g_assert_cmpuint (result->n_doubled, ==, 1);
  g_assert_cmpuint (fixture_count_title (&self->ghost, title), ==, 1);
  assert_member (self, first, "status", "published");
  g_assert_cmpint (sync_client_find_review (client, second), ==, 0);
}

static void
test_no_lost_reply_doubles (Sync          *self,
                            gconstpointer  unused)
{
  static const FakeGhostFault faults[] = { FAKE_GHOST_LOST, FAKE_GHOST_LOST_AFTER, FAKE_GHOST_GARBLED_AFTER, FAKE_GHOST_GATEWAY };
  static const char *const ops[] = { "comments.add", "members.add" };
  SyncClient *client = self->clients[0];
  g_autofree char *title = NULL;
  g_autofree char *post = NULL;
  g_autofree char *comment = NULL;
  gint64 local, review;
  guint n = 1;

  if (fixture_skip_unbreakable (&self->ghost))
    return;
  title = fixture_new_title ("Lost reply");
  post = fixture_add_post (&self->ghost, title, HTML, "published");
  comment = fixture_add_comment (&self->ghost, post, NULL, "<p>A comment.</p>");
  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  local = sync_client_find_comment (client, comment);
  review = sync_client_find_review (client, post);

  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    for (guint j = 0; j < G_N_ELEMENTS (faults); j++)
      {
        g_autofree char *words = g_strdup_printf ("The answer %u %u.", i, j);
        g_autoptr(GPtrArray) thread = NULL;

        if (!fixture_can_break (&self->ghost, faults[j]))
          continue;
        sync_client_reply (client, local, words);
        fixture_break (&self->ghost, ops[i], faults[j], 1);
        sync_until_done (client);
        sync_client_sync_well (client, BAL_SYNC_FULL);
        thread = sync_client_list_thread (client, review);
        g_assert_cmpuint (thread->len, ==, ++n);
      }
}

static void
test_both_sides_edits_meet (Sync          *self,
                            gconstpointer  unused)
{
  SyncClient *client = self->clients[0];
  g_autofree char *title = fixture_new_title ("Meeting");
  g_autofree char *mine = g_strconcat (title, " mine", NULL);
  g_autofree char *theirs = g_strconcat (title, " theirs", NULL);
  g_autofree char *remote = fixture_add_post (&self->ghost, title, HTML, "published");
  g_autofree char *lexical =
    bal_ghost_make_lexical ("<p>The first paragraph.</p><p>The second paragraph.</p><p>The third, theirs.</p>", NULL);
  g_autoptr(GPtrArray) conflicts = NULL;
  gint64 id;

  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  id = sync_client_find_review (client, remote);

  /* Different paragraphs go together. */
  sync_client_edit_review (client, id, NULL,
                           "<p>The first paragraph, mine.</p><p>The second paragraph.</p><p>The third paragraph.</p>");
  fixture_set_member (&self->ghost, remote, "lexical", json_string (lexical));
  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  assert_member (self, remote, "html",
                 "<p>The first paragraph, mine.</p><p>The second paragraph.</p><p>The third, theirs.</p>");

  /* The same title is for the person to decide; nothing is sent meanwhile. */
  sync_client_edit_review (client, id, mine, NULL);
  fixture_set_member (&self->ghost, remote, "title", json_string (theirs));
  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  conflicts = sync_client_list_conflicts (client);
  g_assert_cmpuint (conflicts->len, ==, 1);
  assert_member (self, remote, "title", theirs);
  sync_client_resolve (client, ((BalConflict *) g_ptr_array_index (conflicts, 0))->id, TRUE);
  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  assert_member (self, remote, "title", mine);
}

/* One tier of the blog, a paid one, as Ghost takes no other (6.65); of the fake one, any. (transfer full) */
static json_t *
make_tiers (Sync *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) answer = self->ghost.server != NULL ? json_pack ("{s:[{s:s}]}", "tiers", "id", "5f0c")
                                                        : bal_ghost_read (self->ghost.other, "tiers/", "filter=type%3Apaid&limit=1",
                                                                          NULL, NULL, &error);

  g_assert_no_error (error);
  return json_pack ("[{s:s}]", "id", bal_json_get_string (json_array_get (json_object_get (answer, "tiers"), 0), "id"));
}

static void
assert_audience (SyncClient  *client,
                 gint64       id,
                 BalAudience  expected)
{
  g_autoptr(BalReview) review = sync_client_get_review (client, id);

  g_assert_cmpint (bal_review_get_audience (review), ==, expected);
}

static void
assert_one_tier (Sync       *self,
                 const char *remote)
{
  g_autofree char *path = g_strconcat ("posts/", remote, "/", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) answer = bal_ghost_read (self->ghost.other, path, "include=tiers", NULL, NULL, &error);
  json_t *post = json_array_get (json_object_get (answer, "posts"), 0);

  g_assert_no_error (error);
  g_assert_cmpuint (json_array_size (json_object_get (post, "tiers")), ==, 1);
}

static void
test_who_may_read_is_shown_and_stays (Sync          *self,
                                      gconstpointer  unused)
{
  static const struct { const char *visibility; BalAudience audience; } audiences[] = {
    { "members", BAL_AUDIENCE_MEMBERS }, { "paid", BAL_AUDIENCE_PAID }, { "tiers", BAL_AUDIENCE_TIERS },
    { "public", BAL_AUDIENCE_EVERYONE },
  };
  SyncClient *client = self->clients[0];
  g_autofree char *title = fixture_new_title ("For some");
  g_autofree char *remote = fixture_add_post (&self->ghost, title, HTML, "published");
  gint64 id;

  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  id = sync_client_find_review (client, remote);
  assert_audience (client, id, BAL_AUDIENCE_EVERYONE);

  for (guint i = 0; i < G_N_ELEMENTS (audiences); i++)
    {
      const char *visibility = audiences[i].visibility;
      g_autofree char *mine = g_strdup_printf ("<p>%s, mine.</p>", visibility);

      /* It is no edit that an edit here could meet. */
      sync_client_edit_review (client, id, visibility, mine);
      fixture_set_member (&self->ghost, remote, "visibility", json_string (visibility));
      if (g_str_equal (visibility, "tiers"))
        fixture_set_member (&self->ghost, remote, "tiers", make_tiers (self));
      sync_client_sync_well (client, BAL_SYNC_DEFAULT);
      assert_audience (client, id, audiences[i].audience);
      g_assert_true (nothing_waits (client));
      assert_member (self, remote, "html", mine);
      assert_member (self, remote, "visibility", visibility);

      sync_client_set_review_status (client, id, BAL_REVIEW_STATUS_DRAFT);
      sync_client_sync_well (client, BAL_SYNC_DEFAULT);
      sync_client_set_review_status (client, id, BAL_REVIEW_STATUS_PUBLISHED);
      sync_client_sync_well (client, BAL_SYNC_DEFAULT);
      assert_member (self, remote, "status", "published");
      assert_member (self, remote, "visibility", visibility);
      if (g_str_equal (visibility, "tiers"))
        assert_one_tier (self, remote);
      assert_audience (client, id, audiences[i].audience);
    }
}

/* What went out by mail alone is "public", too. */
static void
test_what_was_mailed_is_for_members (Sync          *self,
                                     gconstpointer  unused)
{
  SyncClient *client = self->clients[0];
  g_autofree char *title = fixture_new_title ("Mailed");
  g_autofree char *remote = NULL;

  if (fixture_skip_real (&self->ghost))
    return;
  remote = fixture_add_post (&self->ghost, title, HTML, "published");
  fixture_set_member (&self->ghost, remote, "status", json_string ("sent"));
  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  assert_audience (client, sync_client_find_review (client, remote), BAL_AUDIENCE_MEMBERS);
}

/* Deleted there and edited here: the new one would be for everyone. */
static void
test_what_members_read_is_not_created_for_all (Sync          *self,
                                               gconstpointer  unused)
{
  SyncClient *client = self->clients[0];
  g_autofree char *title = fixture_new_title ("Gone");
  g_autofree char *remote = fixture_add_post (&self->ghost, title, HTML, "published");
  g_autofree char *again = NULL;
  gint64 id;

  fixture_set_member (&self->ghost, remote, "visibility", json_string ("members"));
  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  id = sync_client_find_review (client, remote);
  sync_client_edit_review (client, id, NULL, "<p>Mine.</p>");
  fixture_remove_post (&self->ghost, remote);
  for (guint turn = 0; turn < 4 && !nothing_waits (client); turn++)
    {
      g_autoptr(BalSyncResult) result = sync_client_sync (client, BAL_SYNC_FULL);

      sync_client_retry (client);
    }
  again = remote_id_of (client, id);
  g_assert_cmpstr (again, !=, remote);
  assert_member (self, again, "html", "<p>Mine.</p>");
  assert_member (self, again, "status", "draft");
  assert_audience (client, id, BAL_AUDIENCE_EVERYONE);
}

static void
test_comments_are_moderated_and_answered (Sync          *self,
                                          gconstpointer  unused)
{
  static const BalCommentStatus wanted[] = { BAL_COMMENT_STATUS_SPAM, BAL_COMMENT_STATUS_TRASH, BAL_COMMENT_STATUS_APPROVED };
  static const char *const becomes[] = { "hidden", "deleted", "published" };
  SyncClient *client = self->clients[0];
  g_autofree char *title = fixture_new_title ("Desk");
  g_autofree char *post = fixture_add_post (&self->ghost, title, HTML, "published");
  g_autofree char *comment = fixture_add_comment (&self->ghost, post, NULL, "<p>Some words.</p>");
  g_autoptr(GPtrArray) thread = NULL;
  gint64 id;

  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  id = sync_client_find_comment (client, comment);
  g_assert_cmpint (id, !=, 0);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_autoptr(BalComment) local = NULL;
      g_autofree char *there = NULL;

      sync_client_moderate (client, id, wanted[i]);
      sync_client_sync_well (client, BAL_SYNC_DEFAULT);
      there = fixture_dup_status (&self->ghost, comment);
      g_assert_cmpstr (there, ==, becomes[i]);

      /* What the blog shows nobody is still here to be read. */
      sync_client_sync_well (client, BAL_SYNC_FULL);
      local = sync_client_get_comment (client, id);
      g_assert_cmpint (bal_comment_get_status (local), ==, wanted[i]);
      g_assert_cmpstr (bal_comment_get_html (local), ==, "<p>Some words.</p>");
    }

  sync_client_reply (client, id, "An answer.");
  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  g_assert_true (nothing_waits (client));
  sync_client_sync_well (self->clients[1], BAL_SYNC_DEFAULT);
  thread = sync_client_list_thread (self->clients[1], sync_client_find_review (self->clients[1], post));
  g_assert_cmpuint (thread->len, ==, 2);
  g_assert_true (bal_comment_get_mine (g_ptr_array_index (thread, 1)));
}

static void
test_moderation_and_deletion_elsewhere_are_seen (Sync          *self,
                                                 gconstpointer  unused)
{
  SyncClient *client = self->clients[0];
  g_autofree char *title = fixture_new_title ("Elsewhere");
  g_autofree char *post = fixture_add_post (&self->ghost, title, HTML, "published");
  g_autofree char *gone = fixture_add_post (&self->ghost, title, HTML, "published");
  g_autofree char *hidden = fixture_add_comment (&self->ghost, post, NULL, "<p>One.</p>");
  g_autofree char *deleted = fixture_add_comment (&self->ghost, post, NULL, "<p>Two.</p>");
  g_autoptr(BalComment) one = NULL;
  g_autoptr(BalComment) two = NULL;
  g_autoptr(BalReview) review = NULL;
  gint64 id;

  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  id = sync_client_find_review (client, gone);
  fixture_moderate (&self->ghost, hidden, "hidden");
  fixture_moderate (&self->ghost, deleted, "deleted");
  fixture_remove_post (&self->ghost, gone);

  /* The totals tell that something moved. */
  sync_client_sync_well (client, BAL_SYNC_DEFAULT);
  one = sync_client_get_comment (client, sync_client_find_comment (client, hidden));
  g_assert_cmpint (bal_comment_get_status (one), ==, BAL_COMMENT_STATUS_SPAM);
  two = sync_client_get_comment (client, sync_client_find_comment (client, deleted));
  g_assert_cmpint (bal_comment_get_status (two), ==, BAL_COMMENT_STATUS_TRASH);
  g_assert_cmpstr (bal_comment_get_html (two), ==, "<p>Two.</p>");

  sync_client_sync_well (client, BAL_SYNC_FULL);
  review = sync_client_get_review (client, id);
  g_assert_null (review);
}

static void
test_pictures_get_into_the_text (Sync          *self,
                                 gconstpointer  unused)
{
  static const FakeGhostFault faults[] = { FAKE_GHOST_FINE, FAKE_GHOST_LOST_AFTER, FAKE_GHOST_GARBLED_AFTER };
  SyncClient *client = self->clients[0];

  /* A real one looks into the picture, and the one of these tests is none. */
  if (fixture_skip_real (&self->ghost))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *title = fixture_new_title ("Picture");
      gint64 picture = sync_client_choose_picture (client, "still.png", "A still");
      g_autofree char *html = g_strdup_printf ("<p>Text.</p><img src=\"media:%" G_GINT64_FORMAT "\" alt=\"A still\">", picture);
      gint64 id = sync_client_add_review (client, title, html, BAL_REVIEW_STATUS_PUBLISHED);
      g_autoptr(BalReview) review = NULL;
      g_autofree char *address = g_strdup ("/content/images/");

      fixture_break (&self->ghost, "images.add", faults[i], 1);
      sync_until_done (client);
      review = sync_client_get_review (client, id);
      g_assert_nonnull (strstr (bal_review_get_html (review), address));
      g_assert_cmpuint (fixture_count_title (&self->ghost, title), ==, 1);
    }
}

static void
test_revoked_key_asks_for_signing_in (Sync          *self,
                                      gconstpointer  unused)
{
  SyncClient *client = self->clients[0];
  g_autoptr(BalSyncResult) result = NULL;
  g_autoptr(GPtrArray) outbox = NULL;

  if (fixture_skip_real (&self->ghost))
    return;
  sync_client_add_review (client, "New", HTML, BAL_REVIEW_STATUS_PUBLISHED);
  fake_ghost_revoke_key (self->ghost.server);
  result = sync_client_sync (client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (result->n_signed_out, ==, 1);
  outbox = sync_client_list_outbox (client);
  g_assert_cmpuint (outbox->len, ==, 1);
}

#define ADD(name, function) g_test_add ("/ghost/" name, Sync, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("what-is-written-here-gets-there", test_what_is_written_here_gets_there);
  ADD ("no-lost-answer-doubles-or-loses", test_no_lost_answer_doubles_or_loses);
  ADD ("late-second-delivery-goes", test_late_second_delivery_goes);
  ADD ("no-lost-reply-doubles", test_no_lost_reply_doubles);
  ADD ("both-sides-edits-meet", test_both_sides_edits_meet);
  ADD ("who-may-read-is-shown-and-stays", test_who_may_read_is_shown_and_stays);
  ADD ("what-was-mailed-is-for-members", test_what_was_mailed_is_for_members);
  ADD ("what-members-read-is-not-created-for-all", test_what_members_read_is_not_created_for_all);
  ADD ("comments-are-moderated-and-answered", test_comments_are_moderated_and_answered);
  ADD ("moderation-and-deletion-elsewhere-are-seen", test_moderation_and_deletion_elsewhere_are_seen);
  ADD ("pictures-get-into-the-text", test_pictures_get_into_the_text);
  ADD ("revoked-key-asks-for-signing-in", test_revoked_key_asks_for_signing_in);
  return g_test_run ();
}
