/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-error.h"
#include "bal-resolution.h"
#include "sync-client.h"

/* A conflict on a desk that syncs, point by point. */

#define BASE "<p>One sea.</p>\n<p>Two ships.</p>\n<p>Three men.</p>\n<p>Four winds.</p>\n<p>Five.</p>"
#define MINE "<p>One lake.</p>\n<p>Two ships.</p>\n<p>Three women.</p>\n<p>Four winds.</p>\n<p>Five, mine.</p>"
#define THEIRS "<p>One pond.</p>\n<p>Two boats.</p>\n<p>Three dogs.</p>\n<p>Four winds.</p>\n<p>Five.</p>"

typedef struct
{
  FakeServer *server;
  SyncClient *client;
  gint64      id;
  char       *remote_id;

  /* of a transaction */
  BalDispute *dispute;
  BalReview  *review;
  BalComment *comment;
  GError     *error;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->server = fake_server_new ("blog", "secret");
  fixture->client = sync_client_new (fixture->server, "secret");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->review);
  g_clear_object (&fixture->comment);
  g_free (fixture->remote_id);
  sync_client_free (fixture->client);
  fake_server_free (fixture->server);
}

static gboolean
read_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Fixture *fixture = data;
  g_autoptr(GPtrArray) conflicts = bal_conflict_table_list (transaction, 0, error);

  g_assert_cmpuint (conflicts->len, ==, 1);
  fixture->dispute = bal_dispute_read (transaction, ((BalConflict *) g_ptr_array_index (conflicts, 0))->id, error);
  return fixture->dispute != NULL;
}

static BalResolution *
read_resolution (Fixture *fixture)
{
  sync_client_read (fixture->client, read_work, fixture);
  return bal_resolution_new (g_steal_pointer (&fixture->dispute));
}

/* An outcome that is refused leaves its error. */
static gboolean
settle_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Fixture *fixture = data;

  bal_dispute_settle (fixture->dispute, transaction, fixture->review, fixture->comment, &fixture->error);
  return TRUE;
}

static gboolean
reopen_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Fixture *fixture = data;

  bal_dispute_reopen (fixture->dispute, transaction, fixture->review, fixture->comment, &fixture->error);
  return TRUE;
}

static void
act (Fixture       *fixture,
     BalResolution *resolution,
     BalStoreWork   work)
{
  g_clear_object (&fixture->review);
  g_clear_object (&fixture->comment);
  fixture->review = bal_resolution_dup_review (resolution);
  fixture->comment = bal_resolution_dup_comment (resolution);
  fixture->dispute = bal_resolution_get_dispute (resolution);
  sync_client_write (fixture->client, work, fixture);
  fixture->dispute = NULL;
}

static void
act_well (Fixture       *fixture,
          BalResolution *resolution,
          BalStoreWork   work)
{
  act (fixture, resolution, work);
  g_assert_no_error (fixture->error);
}

/* Title and text changed on both sides, labels on one. */
static void
make_conflict (Fixture *fixture)
{
  const char *const labels[] = { "sea", NULL };
  g_autoptr(BalReview) here = NULL;
  g_autoptr(BalReview) there = NULL;
  g_autoptr(BalSyncResult) result = NULL;

  fixture->id = sync_client_add_review (fixture->client, "Old", BASE, BAL_REVIEW_STATUS_PUBLISHED);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  here = sync_client_get_review (fixture->client, fixture->id);
  fixture->remote_id = g_strdup (bal_review_get_remote_id (here));
  sync_client_edit_review (fixture->client, fixture->id, "Mine", MINE);
  there = fake_server_dup_review (fixture->server, fixture->remote_id);
  bal_review_set_title (there, "Theirs");
  bal_review_set_html (there, THEIRS);
  bal_review_set_labels (there, labels);
  fake_server_edit_review (fixture->server, there);
  result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (result->n_conflicts, ==, 1);
}

static BalPoint *
get_point (BalResolution *resolution,
           guint          i)
{
  GPtrArray *points = bal_resolution_get_points (resolution);

  g_assert_cmpuint (i, <, points->len);
  return g_ptr_array_index (points, i);
}

static void
assert_there (Fixture    *fixture,
              const char *title,
              const char *html)
{
  g_autoptr(BalReview) there = fake_server_dup_review (fixture->server, fixture->remote_id);

  g_assert_cmpstr (bal_review_get_title (there), ==, title);
  g_assert_cmpstr (bal_review_get_html (there), ==, html);
}

static guint
count_revisions (Fixture         *fixture,
                 BalRevisionKind  kind,
                 const char      *html)
{
  g_autoptr(GPtrArray) revisions = sync_client_list_revisions (fixture->client, BAL_ENTITY_REVIEW, fixture->id);
  guint n = 0;

  for (guint i = 0; i < revisions->len; i++)
    {
      BalRevision *revision = g_ptr_array_index (revisions, i);

      n += revision->kind == kind && g_strcmp0 (revision->html, html) == 0;
    }
  return n;
}

static void
test_only_what_both_changed_is_a_point (Fixture       *fixture,
                                        gconstpointer  data)
{
  g_autoptr(BalResolution) resolution = NULL;
  g_autoptr(BalReview) outcome = NULL;
  BalPoint *point;

  make_conflict (fixture);
  resolution = read_resolution (fixture);
  g_assert_cmpuint (bal_resolution_get_points (resolution)->len, ==, 3);
  point = get_point (resolution, 0);
  g_assert_cmpstr (point->field, ==, "title");
  g_assert_cmpstr (point->sides[BAL_SIDE_BASE], ==, "Old");
  g_assert_cmpstr (point->sides[BAL_SIDE_MINE], ==, "Mine");
  g_assert_cmpstr (point->sides[BAL_SIDE_THEIRS], ==, "Theirs");
  point = get_point (resolution, 2);
  g_assert_cmpstr (point->field, ==, "text");
  g_assert_cmpuint (point->number, ==, 2);
  g_assert_cmpuint (point->n_numbers, ==, 2);
  g_assert_cmpstr (point->sides[BAL_SIDE_MINE], ==, "Three women.");
  g_assert_cmpstr (point->sides[BAL_SIDE_THEIRS], ==, "Three dogs.");

  /* What one side alone changed is there, whatever is chosen. */
  outcome = bal_resolution_dup_review (resolution);
  g_assert_cmpstr (bal_review_get_html (outcome), ==,
                   "<p>One lake.</p>\n<p>Two boats.</p>\n<p>Three women.</p>\n<p>Four winds.</p>\n<p>Five, mine.</p>");
  g_assert_cmpstr (bal_review_get_labels (outcome)[0], ==, "sea");
}

static void
test_each_point_is_chosen_by_itself (Fixture       *fixture,
                                     gconstpointer  data)
{
  g_autoptr(BalResolution) resolution = NULL;
  g_autoptr(GPtrArray) conflicts = NULL;
  const char *html =
    "<p>One lake.</p>\n<p>Two boats.</p>\n<p>Three dogs.</p>\n<p>Four winds.</p>\n<p>Five, mine.</p>";

  make_conflict (fixture);
  resolution = read_resolution (fixture);
  bal_resolution_choose (resolution, 0, BAL_SIDE_THEIRS);
  bal_resolution_choose (resolution, 2, BAL_SIDE_THEIRS);
  act_well (fixture, resolution, settle_work);
  conflicts = sync_client_list_conflicts (fixture->client);
  g_assert_cmpuint (conflicts->len, ==, 0);
  g_assert_cmpuint (count_revisions (fixture, BAL_REVISION_CONFLICT, MINE), ==, 1);
  g_assert_cmpuint (count_revisions (fixture, BAL_REVISION_CONFLICT, THEIRS), ==, 1);

  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  assert_there (fixture, "Theirs", html);
}

static void
test_all_of_one_side (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(BalResolution) resolution = NULL;
  g_autoptr(BalReview) outcome = NULL;

  make_conflict (fixture);
  resolution = read_resolution (fixture);
  bal_resolution_choose_all (resolution, BAL_SIDE_THEIRS);
  bal_resolution_choose_all (resolution, BAL_SIDE_MINE);
  bal_resolution_choose_all (resolution, BAL_SIDE_THEIRS);
  outcome = bal_resolution_dup_review (resolution);
  g_assert_cmpstr (bal_review_get_title (outcome), ==, "Theirs");
  g_assert_cmpstr (bal_review_get_html (outcome), ==,
                   "<p>One pond.</p>\n<p>Two boats.</p>\n<p>Three dogs.</p>\n<p>Four winds.</p>\n<p>Five, mine.</p>");
}

/* Nothing is written over a version that the person has not seen. */
static void
test_a_newer_version_is_looked_at_first (Fixture       *fixture,
                                         gconstpointer  data)
{
  g_autoptr(BalResolution) resolution = NULL;
  g_autoptr(GPtrArray) conflicts = NULL;
  g_autoptr(BalReview) here = NULL;

  make_conflict (fixture);
  resolution = read_resolution (fixture);
  sync_client_edit_review (fixture->client, fixture->id, NULL, "<p>Newer.</p>");
  act (fixture, resolution, settle_work);
  g_assert_error (fixture->error, BAL_ERROR, BAL_ERROR_CONFLICT);
  g_clear_error (&fixture->error);
  here = sync_client_get_review (fixture->client, fixture->id);
  g_assert_cmpstr (bal_review_get_html (here), ==, "<p>Newer.</p>");
  conflicts = sync_client_list_conflicts (fixture->client);
  g_assert_cmpuint (conflicts->len, ==, 1);
}

static void
test_undone_until_sent (Fixture       *fixture,
                        gconstpointer  data)
{
  static const BalSide sides[] = { BAL_SIDE_MINE, BAL_SIDE_THEIRS };
  g_autoptr(BalResolution) resolution = NULL;

  make_conflict (fixture);
  resolution = read_resolution (fixture);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr(BalResolution) again = NULL;
      g_autoptr(BalReview) here = NULL;
      g_autoptr(GPtrArray) outbox = NULL;

      bal_resolution_choose (resolution, 0, sides[i % 2]);
      bal_resolution_choose (resolution, 1, sides[i / 2]);
      act_well (fixture, resolution, settle_work);
      act_well (fixture, resolution, reopen_work);
      here = sync_client_get_review (fixture->client, fixture->id);
      g_assert_cmpstr (bal_review_get_html (here), ==, MINE);
      g_assert_cmpint (bal_review_get_sync_state (here), ==, BAL_SYNC_STATE_CONFLICT);
      outbox = sync_client_list_outbox (fixture->client);
      g_assert_cmpint (((BalOutboxItem *) g_ptr_array_index (outbox, 0))->state, ==, BAL_OUTBOX_PARKED);
      again = read_resolution (fixture);
      g_assert_cmpuint (bal_resolution_get_points (again)->len, ==, 3);

      /* The conflict has another number now. */
      bal_resolution_free (resolution);
      resolution = g_steal_pointer (&again);
    }

  act_well (fixture, resolution, settle_work);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  act (fixture, resolution, reopen_work);
  g_assert_error (fixture->error, BAL_ERROR, BAL_ERROR_CONFLICT);
  g_clear_error (&fixture->error);
}

static void
test_the_blogs_version_whole_can_be_undone (Fixture       *fixture,
                                            gconstpointer  data)
{
  g_autoptr(BalResolution) resolution = NULL;
  g_autoptr(BalReview) here = NULL;
  g_autoptr(BalReview) there = NULL;

  make_conflict (fixture);
  sync_client_edit_review (fixture->client, fixture->id, NULL, BASE);
  resolution = read_resolution (fixture);
  bal_resolution_choose_all (resolution, BAL_SIDE_THEIRS);
  act_well (fixture, resolution, settle_work);
  here = sync_client_get_review (fixture->client, fixture->id);
  g_assert_cmpstr (bal_review_get_html (here), ==, THEIRS);
  g_assert_cmpint (bal_review_get_sync_state (here), ==, BAL_SYNC_STATE_CLEAN);
  act_well (fixture, resolution, reopen_work);
  g_clear_object (&here);
  here = sync_client_get_review (fixture->client, fixture->id);
  g_assert_cmpstr (bal_review_get_title (here), ==, "Mine");
  g_assert_cmpint (bal_review_get_sync_state (here), ==, BAL_SYNC_STATE_CONFLICT);
}

/* ---- comments ---- */

static void
test_comment_by_points (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr(BalResolution) resolution = NULL;
  g_autoptr(BalSyncResult) result = NULL;
  g_autoptr(BalComment) there = NULL;
  g_autofree char *comment_id = NULL;
  gint64 id;

  fixture->remote_id = fake_server_add_review (fixture->server, "R", BASE, BAL_REVIEW_STATUS_PUBLISHED);
  comment_id = fake_server_add_comment (fixture->server, fixture->remote_id, NULL, "Reader", "First.",
                                        BAL_COMMENT_STATUS_PENDING);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  id = sync_client_find_comment (fixture->client, comment_id);
  sync_client_edit_comment (fixture->client, id, "Mine.");
  sync_client_moderate (fixture->client, id, BAL_COMMENT_STATUS_APPROVED);
  fake_server_edit_comment (fixture->server, comment_id, "Theirs.", BAL_COMMENT_STATUS_PENDING);
  result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (result->n_conflicts, ==, 1);

  resolution = read_resolution (fixture);
  g_assert_cmpuint (bal_resolution_get_points (resolution)->len, ==, 1);
  g_assert_cmpstr (get_point (resolution, 0)->field, ==, "text");
  g_assert_cmpstr (get_point (resolution, 0)->sides[BAL_SIDE_THEIRS], ==, "Theirs.");
  bal_resolution_choose (resolution, 0, BAL_SIDE_THEIRS);
  act_well (fixture, resolution, settle_work);
  act_well (fixture, resolution, reopen_work);
  bal_resolution_free (g_steal_pointer (&resolution));
  resolution = read_resolution (fixture);
  bal_resolution_choose (resolution, 0, BAL_SIDE_THEIRS);
  act_well (fixture, resolution, settle_work);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  there = fake_server_dup_comment (fixture->server, comment_id);
  g_assert_cmpstr (bal_comment_get_html (there), ==, "Theirs.");
  g_assert_cmpint (bal_comment_get_status (there), ==, BAL_COMMENT_STATUS_APPROVED);
}

#define ADD(name, func) \
  g_test_add ("/sync/resolution/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("only-what-both-changed-is-a-point", test_only_what_both_changed_is_a_point);
  ADD ("each-point-is-chosen-by-itself", test_each_point_is_chosen_by_itself);
  ADD ("all-of-one-side", test_all_of_one_side);
  ADD ("a-newer-version-is-looked-at-first", test_a_newer_version_is_looked_at_first);
  ADD ("undone-until-sent", test_undone_until_sent);
  ADD ("the-blogs-version-whole-can-be-undone", test_the_blogs_version_whole_can_be_undone);
  ADD ("comment-by-points", test_comment_by_points);
  return g_test_run ();
}
