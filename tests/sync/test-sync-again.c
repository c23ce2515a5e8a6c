/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-client.h"

#include "bal-sync-merge.h"

/*
 * What was written is sent again: because no answer was heard, because the blog deleted it meanwhile, because another
 * desktop holds it too. The blog here is like WordPress: it forgets the keys of creates when they are done.
 */

typedef struct
{
  FakeServer *server;
  SyncClient *one;
  SyncClient *other;
  guint       n_puts;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->server = fake_server_new ("blog", "secret");
  fake_server_set_shows_keys (self->server, FALSE);
  fake_server_set_two_steps (self->server, TRUE);
  fake_server_set_gives_slugs (self->server, TRUE);
  self->one = sync_client_new (self->server, "secret");
  self->other = sync_client_new (self->server, "secret");
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  sync_client_free (self->one);
  sync_client_free (self->other);
  fake_server_free (self->server);
}

static void
sync_all (Fixture *self)
{
  sync_client_sync_well (self->one, BAL_SYNC_FULL | BAL_SYNC_ACCEPT_REMOVALS);
  sync_client_sync_well (self->other, BAL_SYNC_FULL | BAL_SYNC_ACCEPT_REMOVALS);
}

static void
write_in (SyncClient *client,
          const char *remote_id,
          const char *html)
{
  gint64 id = sync_client_find_review (client, remote_id);

  g_assert_cmpint (id, !=, 0);
  sync_client_edit_review (client, id, NULL, html);
}

/* The only review there is, there and on both desktops. */
static char *
dup_only_id (Fixture *self)
{
  g_autoptr(GPtrArray) there = fake_server_list_reviews (self->server);
  g_autoptr(GPtrArray) one = sync_client_list_reviews (self->one);
  g_autoptr(GPtrArray) other = sync_client_list_reviews (self->other);

  g_assert_cmpuint (there->len, ==, 1);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpuint (other->len, ==, 1);
  return g_strdup (bal_review_get_remote_id (g_ptr_array_index (there, 0)));
}

static void
assert_there (Fixture    *self,
              const char *remote_id,
              const char *html)
{
  g_autoptr(BalReview) there = fake_server_dup_review (self->server, remote_id);

  g_assert_cmpstr (bal_review_get_html (there), ==, html);
}

/* ---- no answer ---- */

/* The first one is carried out, and then there is no network any more. */
static FakeFault
lose_answer (FakeServer *server,
             const char *op,
             gpointer    data)
{
  Fixture *self = data;

  if (self->n_puts > 0)
    return FAKE_OFFLINE;
  self->n_puts += g_str_equal (op, "put_review");
  return self->n_puts > 0 ? FAKE_LOST_AFTER : FAKE_FINE;
}

static void
send_unheard (Fixture    *self,
              const char *remote_id,
              const char *html)
{
  write_in (self->one, remote_id, html);
  fake_server_set_fault (self->server, lose_answer, self);
  bal_sync_result_free (sync_client_sync (self->one, BAL_SYNC_DEFAULT));
  fake_server_set_fault (self->server, NULL, NULL);
  g_assert_cmpuint (self->n_puts, ==, 1);
  assert_there (self, remote_id, html);
}

static void
edit_there (Fixture    *self,
            const char *remote_id,
            const char *html)
{
  g_autoptr(BalReview) there = fake_server_dup_review (self->server, remote_id);

  bal_review_set_html (there, html);
  fake_server_edit_review (self->server, there);
}

/* Against the old base the paragraph is new on either side, at another place each. */
static void
test_unheard_update_beside_an_edit_there_doubles_nothing (Fixture       *self,
                                                          gconstpointer  data)
{
  g_autofree char *id = fake_server_add_review (self->server, "A", "<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>",
                                                BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(GPtrArray) conflicts = NULL;
  g_autoptr(GPtrArray) revisions = NULL;

  sync_all (self);
  send_unheard (self, id, "<p>One.</p>\n<p>Two.</p>\n<p>A long walk home.</p>\n<p>Three.</p>");
  edit_there (self, id, "<p>Three.</p>\n<p>One.</p>\n<p>A long walk home.</p>");

  sync_client_retry (self->one);
  sync_client_sync_well (self->one, BAL_SYNC_DEFAULT);
  assert_there (self, id, "<p>Three.</p>\n<p>One.</p>\n<p>A long walk home.</p>");
  conflicts = sync_client_list_conflicts (self->one);
  g_assert_cmpuint (conflicts->len, ==, 0);

  /* What the web editor overwrote of it is in the local history. */
  revisions = sync_client_list_revisions (self->one, BAL_ENTITY_REVIEW, sync_client_find_review (self->one, id));
  g_assert_cmpuint (revisions->len, >=, 1);
}

/* What was written on since goes to the blog all the same, and after a crash as well. */
static void
test_unheard_update_is_known_after_more_was_written (Fixture       *self,
                                                     gconstpointer  data)
{
  g_autofree char *id = fake_server_add_review (self->server, "A", "<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>",
                                                BAL_REVIEW_STATUS_PUBLISHED);

  sync_all (self);
  send_unheard (self, id, "<p>One.</p>\n<p>Two.</p>\n<p>A long walk home.</p>\n<p>Three.</p>");
  edit_there (self, id, "<p>One.</p>\n<p>A long walk home.</p>");
  write_in (self->one, id, "<p>One, at last.</p>\n<p>Two.</p>\n<p>A long walk home.</p>\n<p>Three.</p>");
  sync_client_restart (self->one);

  sync_client_retry (self->one);
  sync_client_sync_well (self->one, BAL_SYNC_DEFAULT);
  assert_there (self, id, "<p>One, at last.</p>\n<p>A long walk home.</p>");
}

/* One that never arrived is sent, whatever was written there. */
static FakeFault
lose_request (FakeServer *server,
              const char *op,
              gpointer    data)
{
  FakeFault fault = lose_answer (server, op, data);

  return fault == FAKE_LOST_AFTER ? FAKE_LOST : fault;
}

static void
test_update_that_never_arrived_is_sent (Fixture       *self,
                                        gconstpointer  data)
{
  g_autofree char *id = fake_server_add_review (self->server, "A", "<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>",
                                                BAL_REVIEW_STATUS_PUBLISHED);

  sync_all (self);
  write_in (self->one, id, "<p>One.</p>\n<p>Two.</p>\n<p>A long walk home.</p>\n<p>Three.</p>");
  fake_server_set_fault (self->server, lose_request, self);
  bal_sync_result_free (sync_client_sync (self->one, BAL_SYNC_DEFAULT));
  fake_server_set_fault (self->server, NULL, NULL);
  edit_there (self, id, "<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>\n<p>Four.</p>");

  sync_client_retry (self->one);
  sync_client_sync_well (self->one, BAL_SYNC_DEFAULT);
  assert_there (self, id, "<p>One.</p>\n<p>Two.</p>\n<p>A long walk home.</p>\n<p>Three.</p>\n<p>Four.</p>");
}

static void
assert_none_sent (SyncClient *client,
                  gint64      id)
{
  g_autoptr(GPtrArray) revisions = sync_client_list_revisions (client, BAL_ENTITY_REVIEW, id);

  for (guint i = 0; i < revisions->len; i++)
    g_assert_cmpint (((BalRevision *) g_ptr_array_index (revisions, i))->kind, !=, BAL_REVISION_SENT);
}

/* The local history has what was sent only where it is nowhere else. */
static void
test_what_was_sent_and_stored_leaves_no_version (Fixture       *self,
                                                 gconstpointer  data)
{
  g_autofree char *id = fake_server_add_review (self->server, "A", "<p>One.</p>", BAL_REVIEW_STATUS_PUBLISHED);
  gint64 draft, published;

  sync_all (self);
  send_unheard (self, id, "<p>One.</p>\n<p>Two.</p>");
  draft = sync_client_add_review (self->one, "Draft", "<p>One.</p>", BAL_REVIEW_STATUS_DRAFT);
  published = sync_client_add_review (self->one, "Published", "<p>One.</p>", BAL_REVIEW_STATUS_PUBLISHED);
  sync_client_retry (self->one);
  sync_client_sync_well (self->one, BAL_SYNC_DEFAULT);
  write_in (self->one, id, "<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>");
  sync_client_sync_well (self->one, BAL_SYNC_DEFAULT);

  assert_none_sent (self->one, sync_client_find_review (self->one, id));
  assert_none_sent (self->one, draft);
  assert_none_sent (self->one, published);
}

/* ---- deleted there, written here ---- */

static void
test_two_edits_of_what_was_deleted_make_one_review (Fixture       *self,
                                                    gconstpointer  data)
{
  g_autofree char *id = fake_server_add_review (self->server, "A", "<p>One.</p>\n<p>Two.</p>",
                                                BAL_REVIEW_STATUS_PUBLISHED);
  g_autofree char *again = NULL;

  sync_all (self);
  write_in (self->one, id, "<p>One, again.</p>\n<p>Two.</p>");
  write_in (self->other, id, "<p>One.</p>\n<p>Two, again.</p>");
  fake_server_delete_review (self->server, id);
  sync_all (self);
  sync_all (self);

  again = dup_only_id (self);
  assert_there (self, again, "<p>One, again.</p>\n<p>Two, again.</p>");
}

static void
test_two_deletions_make_one_review (Fixture       *self,
                                    gconstpointer  data)
{
  g_autofree char *id = fake_server_add_review (self->server, "A", "<p>One.</p>\n<p>Two.</p>",
                                                BAL_REVIEW_STATUS_PUBLISHED);
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  sync_all (self);
  write_in (self->one, id, "<p>One, again.</p>\n<p>Two.</p>");
  write_in (self->other, id, "<p>One.</p>\n<p>Two, again.</p>");
  fake_server_delete_review (self->server, id);
  sync_client_sync_well (self->one, BAL_SYNC_FULL);
  {
    g_autoptr(GPtrArray) there = fake_server_list_reviews (self->server);

    g_assert_cmpuint (there->len, ==, 1);
    second = g_strdup (bal_review_get_remote_id (g_ptr_array_index (there, 0)));
  }
  write_in (self->one, second, "<p>One, and again.</p>\n<p>Two.</p>");
  fake_server_delete_review (self->server, second);
  sync_all (self);
  sync_all (self);

  third = dup_only_id (self);
  assert_there (self, third, "<p>One, and again.</p>\n<p>Two, again.</p>");
}

/* It was pulled as a stranger's and written in, before its older self turned out to be gone. */
static void
test_edit_of_the_twin_is_kept (Fixture       *self,
                               gconstpointer  data)
{
  g_autofree char *id = fake_server_add_review (self->server, "A", "<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>",
                                                BAL_REVIEW_STATUS_PUBLISHED);
  g_autofree char *again = NULL;

  sync_all (self);
  write_in (self->one, id, "<p>One, again.</p>\n<p>Two.</p>\n<p>Three.</p>");
  write_in (self->other, id, "<p>One.</p>\n<p>Two, again.</p>\n<p>Three.</p>");
  fake_server_delete_review (self->server, id);
  sync_client_sync_well (self->one, BAL_SYNC_FULL);
  {
    g_autoptr(GPtrArray) there = fake_server_list_reviews (self->server);

    again = g_strdup (bal_review_get_remote_id (g_ptr_array_index (there, 0)));
  }
  sync_client_sync_well (self->other, BAL_SYNC_PULL_ONLY);
  write_in (self->other, again, "<p>One, again.</p>\n<p>Two.</p>\n<p>Three, again.</p>");
  sync_all (self);
  sync_all (self);

  g_free (dup_only_id (self));
  assert_there (self, again, "<p>One, again.</p>\n<p>Two, again.</p>\n<p>Three, again.</p>");
}

static FakeFault
fail_at (FakeServer *server,
         const char *op,
         gpointer    name)
{
  return !g_str_equal (op, name) ? FAKE_FINE : g_str_equal (op, "find_review") ? FAKE_OFFLINE : FAKE_GARBLED_AFTER;
}

static void
sync_badly (Fixture      *self,
            SyncClient   *client,
            const char   *op,
            BalSyncFlags  flags)
{
  fake_server_set_fault (self->server, fail_at, (gpointer) op);
  bal_sync_result_free (sync_client_sync (client, flags));
  fake_server_set_fault (self->server, NULL, NULL);
}

/* It was about to be created again when the other desktop did so. As long as the list of what is new is not there, nobody
 * knows. */
static void
test_creating_again_waits_for_the_list (Fixture       *self,
                                        gconstpointer  data)
{
  g_autofree char *id = fake_server_add_review (self->server, "A", "<p>One.</p>\n<p>Two.</p>",
                                                BAL_REVIEW_STATUS_PUBLISHED);

  sync_all (self);
  write_in (self->one, id, "<p>One, again.</p>\n<p>Two.</p>");
  write_in (self->other, id, "<p>One.</p>\n<p>Two, again.</p>");
  fake_server_delete_review (self->server, id);
  sync_badly (self, self->other, "find_review", BAL_SYNC_FULL);
  g_assert_cmpuint (fake_server_get_n_reviews (self->server), ==, 0);
  sync_client_sync_well (self->one, BAL_SYNC_FULL);
  sync_client_retry (self->other);
  sync_badly (self, self->other, "list_reviews", BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_get_n_reviews (self->server), ==, 1);

  sync_client_retry (self->other);
  sync_all (self);
  sync_all (self);
  g_free (dup_only_id (self));
}

/* ---- not for everyone ---- */

/* With a day, and so with an address. */
static char *
add_for_members (Fixture         *self,
                 BalReviewStatus  status)
{
  char *id = fake_server_add_review (self->server, "A", "<p>One.</p>\n<p>Two.</p>", status);
  g_autoptr(BalReview) there = fake_server_dup_review (self->server, id);

  bal_review_set_published (there, 1600000000);
  bal_review_set_audience (there, BAL_AUDIENCE_MEMBERS);
  fake_server_edit_review (self->server, there);
  sync_all (self);
  return id;
}

typedef struct
{
  gint64  id;
  char   *words;                 /* (nullable) */
} Lost;

static gboolean
lose_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Lost *lost = data;
  gboolean removed = TRUE;
  g_autoptr(BalOutboxItem) item = NULL;

  if (!bal_sync_lose_review (transaction, lost->id, &removed, error))
    return FALSE;
  g_assert_false (removed);
  item = bal_outbox_find (transaction, BAL_ENTITY_REVIEW, lost->id, error);
  g_assert_nonnull (item);
  lost->words = g_strdup (item->error);
  return TRUE;
}

/* It is a draft, or comes back as one, and whoever publishes it was told. */
static void
lose_what_only_members_read (Fixture    *self,
                             const char *remote_id)
{
  Lost lost = { .id = sync_client_find_review (self->one, remote_id) };
  g_autoptr(BalReview) here = NULL;

  sync_client_write (self->one, lose_work, &lost);
  g_assert_cmpstr (lost.words, ==, "It was deleted on the blog and is created again, as a draft: not everyone could read "
                                   "it there.");
  g_free (lost.words);
  sync_client_restore_review (self->one, lost.id);
  here = sync_client_get_review (self->one, lost.id);
  g_assert_cmpint (bal_review_get_status (here), ==, BAL_REVIEW_STATUS_DRAFT);
  g_assert_cmpint (bal_review_get_audience (here), ==, BAL_AUDIENCE_EVERYONE);
}

static void
test_created_again_for_members_is_a_draft (Fixture       *self,
                                           gconstpointer  data)
{
  const BalReviewStatus statuses[] = { BAL_REVIEW_STATUS_DRAFT, BAL_REVIEW_STATUS_PUBLISHED, BAL_REVIEW_STATUS_PRIVATE };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *id = add_for_members (self, statuses[i]);

      write_in (self->one, id, "<p>One, again.</p>\n<p>Two.</p>");
      lose_what_only_members_read (self, id);
    }
}

static void
test_created_again_from_the_trash_is_a_draft (Fixture       *self,
                                              gconstpointer  data)
{
  g_autofree char *id = add_for_members (self, BAL_REVIEW_STATUS_PUBLISHED);

  sync_client_set_review_status (self->one, sync_client_find_review (self->one, id), BAL_REVIEW_STATUS_TRASH);
  lose_what_only_members_read (self, id);
}

/* One desktop wrote in it and has made a draft for everyone of it; the other one meant its members. */
static void
test_published_for_members_meets_no_draft_for_all (Fixture       *self,
                                                   gconstpointer  data)
{
  g_autofree char *id = add_for_members (self, BAL_REVIEW_STATUS_DRAFT);
  g_autofree char *again = NULL;
  g_autoptr(BalReview) there = NULL;

  write_in (self->one, id, "<p>One, again.</p>\n<p>Two.</p>");
  sync_client_set_review_status (self->other, sync_client_find_review (self->other, id), BAL_REVIEW_STATUS_PUBLISHED);
  fake_server_delete_review (self->server, id);
  sync_all (self);
  sync_all (self);

  again = dup_only_id (self);
  assert_there (self, again, "<p>One, again.</p>\n<p>Two.</p>");
  there = fake_server_dup_review (self->server, again);
  g_assert_cmpint (bal_review_get_status (there), ==, BAL_REVIEW_STATUS_DRAFT);
}

/* ---- comments ---- */

/* The comments of the twin are known to the blog: what it does to them later is no work of ours. */
static void
test_comments_of_the_twin_keep_their_base (Fixture       *self,
                                           gconstpointer  data)
{
  g_autofree char *id = fake_server_add_review (self->server, "A", "<p>One.</p>\n<p>Two.</p>",
                                                BAL_REVIEW_STATUS_PUBLISHED);
  g_autofree char *again = NULL;
  g_autofree char *comment = NULL;
  g_autoptr(BalComment) here = NULL;

  sync_all (self);
  write_in (self->one, id, "<p>One, again.</p>\n<p>Two.</p>");
  write_in (self->other, id, "<p>One.</p>\n<p>Two, again.</p>");
  fake_server_delete_review (self->server, id);
  sync_client_sync_well (self->one, BAL_SYNC_FULL);
  {
    g_autoptr(GPtrArray) there = fake_server_list_reviews (self->server);

    again = g_strdup (bal_review_get_remote_id (g_ptr_array_index (there, 0)));
  }
  comment = fake_server_add_comment (self->server, again, NULL, "Ann", "Hm.", BAL_COMMENT_STATUS_APPROVED);
  sync_client_sync_well (self->other, BAL_SYNC_DEFAULT);
  g_assert_cmpint (sync_client_find_review (self->other, id), ==, 0);

  fake_server_edit_comment (self->server, comment, NULL, BAL_COMMENT_STATUS_PENDING);
  sync_all (self);
  here = sync_client_get_comment (self->other, sync_client_find_comment (self->other, comment));
  g_assert_cmpint (bal_comment_get_status (here), ==, BAL_COMMENT_STATUS_PENDING);
}

/* Both decided over it, and the web editor has changed its text besides; its totals then tell of one more decision, and
 * those tell no text. */
static void
test_conflict_of_states_has_the_newest_text (Fixture       *self,
                                             gconstpointer  data)
{
  g_autofree char *id = fake_server_add_review (self->server, "A", "<p>One.</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autofree char *comment = fake_server_add_comment (self->server, id, NULL, "Ann", "Old.",
                                                      BAL_COMMENT_STATUS_PENDING);
  g_autoptr(GPtrArray) conflicts = NULL;
  g_autoptr(BalComment) here = NULL;

  sync_all (self);
  sync_client_moderate (self->one, sync_client_find_comment (self->one, comment), BAL_COMMENT_STATUS_APPROVED);
  fake_server_edit_comment (self->server, comment, "New.", BAL_COMMENT_STATUS_SPAM);
  sync_client_sync_well (self->one, BAL_SYNC_FULL);
  fake_server_edit_comment (self->server, comment, NULL, BAL_COMMENT_STATUS_TRASH);
  sync_client_sync_well (self->one, BAL_SYNC_DEFAULT);

  conflicts = sync_client_list_conflicts (self->one);
  g_assert_cmpuint (conflicts->len, ==, 1);
  sync_client_resolve (self->one, ((BalConflict *) g_ptr_array_index (conflicts, 0))->id, FALSE);
  here = sync_client_get_comment (self->one, sync_client_find_comment (self->one, comment));
  g_assert_cmpint (bal_comment_get_status (here), ==, BAL_COMMENT_STATUS_TRASH);
  g_assert_cmpstr (bal_comment_get_html (here), ==, "New.");
}

/* ---- conflicts ---- */

static void
assert_no_conflict (SyncClient *client)
{
  g_autoptr(GPtrArray) conflicts = sync_client_list_conflicts (client);

  g_assert_cmpuint (conflicts->len, ==, 0);
}

/* The blog comes to what is here, and that is what stays: not what it had when the conflict was noted. */
static void
test_conflict_that_ends_by_itself_keeps_the_newest (Fixture       *self,
                                                    gconstpointer  data)
{
  g_autofree char *id = fake_server_add_review (self->server, "A", "<p>One.</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(GPtrArray) conflicts = NULL;
  g_autoptr(BalReview) members = NULL;
  g_autoptr(BalReview) here = NULL;

  sync_all (self);
  write_in (self->one, id, "<p>Mine.</p>");
  edit_there (self, id, "<p>Theirs.</p>");
  sync_client_sync_well (self->one, BAL_SYNC_DEFAULT);
  conflicts = sync_client_list_conflicts (self->one);
  g_assert_cmpuint (conflicts->len, ==, 1);

  members = fake_server_dup_review (self->server, id);
  bal_review_set_audience (members, BAL_AUDIENCE_MEMBERS);
  bal_review_set_html (members, "<p>Mine.</p>");
  fake_server_edit_review (self->server, members);
  sync_client_sync_well (self->one, BAL_SYNC_DEFAULT);
  assert_no_conflict (self->one);
  here = sync_client_get_review (self->one, sync_client_find_review (self->one, id));
  g_assert_cmpstr (bal_review_get_html (here), ==, "<p>Mine.</p>");
  g_assert_cmpint (bal_review_get_audience (here), ==, BAL_AUDIENCE_MEMBERS);
  g_assert_cmpint (bal_review_get_sync_state (here), ==, BAL_SYNC_STATE_CLEAN);
  assert_there (self, id, "<p>Mine.</p>");
}

static void
test_conflict_of_a_comment_that_ends_by_itself_keeps_the_newest (Fixture       *self,
                                                                 gconstpointer  data)
{
  g_autofree char *id = fake_server_add_review (self->server, "A", "<p>One.</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autofree char *comment = fake_server_add_comment (self->server, id, NULL, "Ann", "Old.",
                                                      BAL_COMMENT_STATUS_APPROVED);
  g_autoptr(GPtrArray) conflicts = NULL;
  g_autoptr(BalComment) before = NULL;
  g_autoptr(BalComment) here = NULL;
  gint64 here_id;

  sync_all (self);
  here_id = sync_client_find_comment (self->one, comment);
  sync_client_edit_comment (self->one, here_id, "Mine.");
  before = sync_client_get_comment (self->one, here_id);
  fake_server_edit_comment (self->server, comment, "Theirs.", BAL_COMMENT_STATUS_APPROVED);
  sync_client_sync_well (self->one, BAL_SYNC_FULL);
  conflicts = sync_client_list_conflicts (self->one);
  g_assert_cmpuint (conflicts->len, ==, 1);

  fake_server_edit_comment (self->server, comment, bal_comment_get_html (before), BAL_COMMENT_STATUS_APPROVED);
  sync_client_sync_well (self->one, BAL_SYNC_FULL);
  assert_no_conflict (self->one);
  here = sync_client_get_comment (self->one, here_id);
  g_assert_cmpstr (bal_comment_get_html (here), ==, bal_comment_get_html (before));
}

#define ADD(name, func) \
  g_test_add ("/sync/again/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("unheard-update-beside-an-edit-there-doubles-nothing", test_unheard_update_beside_an_edit_there_doubles_nothing);
  ADD ("unheard-update-is-known-after-more-was-written", test_unheard_update_is_known_after_more_was_written);
  ADD ("update-that-never-arrived-is-sent", test_update_that_never_arrived_is_sent);
  ADD ("what-was-sent-and-stored-leaves-no-version", test_what_was_sent_and_stored_leaves_no_version);
  ADD ("two-edits-of-what-was-deleted-make-one-review", test_two_edits_of_what_was_deleted_make_one_review);
  ADD ("two-deletions-make-one-review", test_two_deletions_make_one_review);
  ADD ("edit-of-the-twin-is-kept", test_edit_of_the_twin_is_kept);
  ADD ("creating-again-waits-for-the-list", test_creating_again_waits_for_the_list);
  ADD ("comments-of-the-twin-keep-their-base", test_comments_of_the_twin_keep_their_base);
  ADD ("conflict-of-states-has-the-newest-text", test_conflict_of_states_has_the_newest_text);
  ADD ("created-again-for-members-is-a-draft", test_created_again_for_members_is_a_draft);
  ADD ("created-again-from-the-trash-is-a-draft", test_created_again_from_the_trash_is_a_draft);
  ADD ("published-for-members-meets-no-draft-for-all", test_published_for_members_meets_no_draft_for_all);
  ADD ("conflict-that-ends-by-itself-keeps-the-newest", test_conflict_that_ends_by_itself_keeps_the_newest);
  ADD ("conflict-of-a-comment-that-ends-by-itself-keeps-the-newest",
       test_conflict_of_a_comment_that_ends_by_itself_keeps_the_newest);
  return g_test_run ();
}
