/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <string.h>

#include "bal-conflict-table.h"
#include "bal-cursor-table.h"
#include "bal-migrations.h"
#include "bal-revision-table.h"
#include "bal-transaction.h"
#include "old-store.h"

typedef struct
{
  char     *dir;
  char     *path;
  BalStore *store;
} Desk;

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  desk->dir = g_dir_make_tmp ("balcony-migration-XXXXXX", NULL);
  desk->path = old_store_make (desk->dir, GPOINTER_TO_INT (data));
}

static void
open_desk (Desk *desk)
{
  g_autoptr(GError) error = NULL;

  desk->store = bal_store_open (desk->dir, &error);
  g_assert_no_error (error);
}

static void
tear_down (Desk          *desk,
           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  bal_store_check (desk->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (bal_store_close (desk->store, &error));
  g_object_unref (desk->store);
  remove_folder (desk->dir);
  g_free (desk->path);
  g_free (desk->dir);
}

static void
run (Desk         *desk,
     BalStoreWork  work)
{
  g_autoptr(GError) error = NULL;

  bal_store_write (desk->store, work, NULL, NULL, &error);
  g_assert_no_error (error);
}

static gint64
ask (BalTransaction *transaction,
     const char     *sql)
{
  g_autoptr(GError) error = NULL;
  gint64 value;

  bal_connection_read_int (transaction->connection, sql, &value, &error);
  g_assert_no_error (error);
  return value;
}

static gboolean
look_at_version (BalTransaction  *transaction,
                 gpointer         data,
                 GError         **error)
{
  g_assert_cmpint (ask (transaction, "PRAGMA user_version"), ==, bal_migrations_get_version ());
  return TRUE;
}

static void
test_every_row_is_as_it_was (Desk          *desk,
                             gconstpointer  data)
{
  int version = GPOINTER_TO_INT (data);
  g_autofree char *before = old_store_read_rows (desk->path, version);
  g_autofree char *after = NULL;

  g_assert_nonnull (strstr (before, "<p>Four lamps, one letter — and Zoë.</p>"));
  open_desk (desk);
  run (desk, look_at_version);
  after = old_store_read_rows (desk->path, version);
  g_assert_cmpstr (after, ==, before);
}

static gint64
find_review (BalTransaction *transaction,
             const char     *remote_id)
{
  g_autoptr(GError) error = NULL;
  gint64 id = bal_review_table_find_remote (transaction, 1, remote_id, &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, !=, 0);
  return id;
}

static gboolean
look_at_everything (BalTransaction  *transaction,
                    gpointer         data,
                    GError         **error)
{
  g_autoptr(GPtrArray) blogs = bal_blog_table_list (transaction, error);
  g_autoptr(GPtrArray) outbox = bal_outbox_list (transaction, 0, error);
  g_autoptr(GPtrArray) conflicts = bal_conflict_table_list (transaction, 0, error);
  g_autoptr(GPtrArray) thread = bal_comment_table_thread (transaction, find_review (transaction, "11"), error);
  g_autoptr(GPtrArray) versions = NULL;
  g_autoptr(BalReview) review = bal_review_table_get (transaction, find_review (transaction, "12"), error);
  g_autoptr(BalReview) base = bal_review_base_get (transaction, bal_review_get_id (review), error);
  g_autofree char *begun = bal_cursor_table_get (transaction, 1, "reviews", error);
  g_autofree char *cursor = bal_cursor_table_get (transaction, 2, "reviews", error);
  BalReviewQuery lamps = { .status = -1, .search = "lamp" };
  BalReviewQuery noir = { .status = -1, .label = "noir" };
  g_autoptr(GArray) found = bal_review_table_query (transaction, &lamps, error);
  g_autoptr(GArray) labelled = bal_review_table_query (transaction, &noir, error);
  BalCounts counts;

  g_assert_cmpuint (blogs->len, ==, 2);
  g_assert_cmpuint (outbox->len, ==, 7);
  g_assert_cmpuint (conflicts->len, ==, 1);
  g_assert_cmpuint (thread->len, ==, 4);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpuint (labelled->len, ==, 2);
  /* Who may read them is asked where a blog tells. */
  g_assert_null (begun);
  g_assert_cmpstr (cursor, ==, "7");
  g_assert_cmpint (bal_review_get_audience (review), ==, BAL_AUDIENCE_EVERYONE);
  g_assert_cmpstr (bal_review_get_html (review), ==, "<p>Four lamps, one letter — and Zoë.</p>");
  g_assert_cmpstr (bal_review_get_html (base), ==, "<p>Two lamps, one letter — and Zoë.</p>");
  g_assert_cmpstr (bal_review_get_html (((BalConflict *) conflicts->pdata[0])->remote_review), ==,
                   "<p>Smoke over their lane.</p>");
  versions = bal_revision_table_list (transaction, BAL_ENTITY_REVIEW, bal_review_get_id (review), error);
  g_assert_cmpuint (versions->len, ==, 2);

  must (bal_counts_read (transaction, 0, &counts, error));
  g_assert_cmpuint (counts.reviews[BAL_REVIEW_STATUS_PUBLISHED], ==, 4);
  g_assert_cmpuint (counts.reviews[BAL_REVIEW_STATUS_DRAFT], ==, 1);
  g_assert_cmpuint (counts.comments[BAL_COMMENT_STATUS_APPROVED], ==, 7);
  g_assert_cmpuint (counts.outbox, ==, 7);
  return TRUE;
}

static void
test_everything_is_found_again (Desk          *desk,
                                gconstpointer  data)
{
  open_desk (desk);
  /* Closing waits for the texts to be indexed anew. */
  g_assert_true (bal_store_close (desk->store, NULL));
  g_object_unref (desk->store);
  open_desk (desk);
  run (desk, look_at_everything);
}

static gint64
count_mine (BalTransaction *transaction,
            gint64          blog_id)
{
  g_autofree char *sql = g_strdup_printf ("SELECT value FROM count WHERE blog_id = %d AND kind = 21", (int) blog_id);

  return ask (transaction, sql);
}

static gboolean
look_at_mine (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  gint64 first = bal_comment_table_find_remote (transaction, 1, "101", error);
  gint64 reply;

  /* Two from the blog and a reply that waits; one on the other blog. */
  g_assert_cmpint (count_mine (transaction, 1), ==, 3);
  g_assert_cmpint (count_mine (transaction, 2), ==, 1);

  /* And from here on. */
  reply = bal_desk_reply (transaction, first, "One more.", error);
  must (reply != 0);
  g_assert_cmpint (count_mine (transaction, 1), ==, 4);
  must (bal_desk_delete_comments (transaction, &reply, 1, error));
  g_assert_cmpint (count_mine (transaction, 1), ==, 3);
  return TRUE;
}

static void
test_own_comments_are_counted (Desk          *desk,
                               gconstpointer  data)
{
  open_desk (desk);
  run (desk, look_at_mine);
}

static void
test_backup_of_an_older_schema_is_restored (Desk          *desk,
                                            gconstpointer  data)
{
  int version = GPOINTER_TO_INT (data);
  g_autofree char *before = old_store_read_rows (desk->path, version);
  g_autofree char *dir = g_build_filename (desk->dir, "other", NULL);
  g_autofree char *path = g_build_filename (dir, "balcony.db", NULL);
  g_autofree char *after = NULL;
  g_autoptr(GError) error = NULL;

  bal_store_restore (dir, desk->path, NULL, &error);
  g_assert_no_error (error);
  desk->store = bal_store_open (dir, &error);
  g_assert_no_error (error);
  run (desk, look_at_version);
  after = old_store_read_rows (path, version);
  g_assert_cmpstr (after, ==, before);
}

static gboolean
look_at_spam_help (BalTransaction  *transaction,
                   gpointer         data,
                   GError         **error)
{
  BalSpamHelp help;

  must (bal_spam_help_get (transaction, &help, error));
  g_assert_cmpfloat (help.threshold, ==, .95);
  g_assert_cmpint (help.lessons.n_spam, ==, 6);
  g_assert_cmpint (help.lessons.n_good, ==, 3);
  return TRUE;
}

static gboolean
look_at_persons (BalTransaction  *transaction,
                 gpointer         data,
                 GError         **error)
{
  BalPersonQuery pills = { .trust = -1, .search = "pills" };
  g_autoptr(GPtrArray) found = bal_person_table_query (transaction, &pills, error);
  gint64 brit = bal_person_table_find_author (transaction, 1, error);
  BalPersonFigures figures;

  /* By the mailbox, however it is written; the same name with another address, or with none, is somebody else. */
  must (brit != 0);
  g_assert_cmpint (bal_person_table_find_author (transaction, 8, error), ==, brit);
  g_assert_cmpint (bal_person_table_find_author (transaction, 9, error), !=, brit);
  g_assert_cmpint (bal_person_table_find_author (transaction, 10, error), !=, brit);
  g_assert_cmpint (bal_person_table_find_author (transaction, 3, error), ==, 0);
  must (bal_person_table_count (transaction, brit, &figures, error));
  g_assert_cmpuint (figures.approved, ==, 1);
  g_assert_cmpuint (figures.pending, ==, 1);

  g_assert_cmpuint (found->len, ==, 1);
  must (bal_person_table_count (transaction, ((BalPerson *) found->pdata[0])->id, &figures, error));
  g_assert_cmpuint (figures.spam, ==, 6);
  return TRUE;
}

static void
test_commenters_are_found (Desk          *desk,
                           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  open_desk (desk);
  bal_person_table_complete (desk->store, &error);
  g_assert_no_error (error);
  run (desk, look_at_persons);
}

static void
test_spam_help_knows_what_it_learnt (Desk          *desk,
                                     gconstpointer  data)
{
  open_desk (desk);
  run (desk, look_at_spam_help);
}

static guint
count_found (BalTransaction *transaction,
             const char     *line)
{
  g_autoptr(BalCommentFilter) filter = bal_comment_filter_new (line);
  BalCommentQuery query = { .status = -1, .filter = filter };
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) found = bal_comment_table_query (transaction, &query, &error);

  g_assert_no_error (error);
  return found->len;
}

static gboolean
look_for_links (BalTransaction  *transaction,
                gpointer         data,
                GError         **error)
{
  g_assert_cmpuint (count_found (transaction, "has:link"), ==, 1);
  g_assert_cmpuint (count_found (transaction, "-has:link from:ada"), ==, 4);
  g_assert_cmpuint (count_found (transaction, "from:reader@old.example елка"), ==, 1);
  return TRUE;
}

/* What is new about a row is found on the way through its text. */
static void
test_old_comments_are_searched (Desk          *desk,
                                gconstpointer  data)
{
  sqlite3 *database;

  g_assert_cmpint (sqlite3_open (desk->path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, "UPDATE comment SET author_email = 'reader@old.example',"
                                 "  html = '<a href=\"/x\">Ёлка</a>' WHERE remote_id = '101'", NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (database);
  open_desk (desk);
  g_assert_true (bal_store_close (desk->store, NULL));
  g_object_unref (desk->store);
  open_desk (desk);
  run (desk, look_for_links);
}

/* A blog that is removed takes no pictures of others any more. */
static gboolean
look_at_pictures (BalTransaction  *transaction,
                  gpointer         data,
                  GError         **error)
{
  g_autoptr(GPtrArray) blogs = bal_blog_table_list (transaction, error);
  g_autoptr(BalBlog) host = bal_blog_table_get (transaction, 2, error);
  g_autoptr(BalBlog) guest = NULL;

  for (guint i = 0; i < blogs->len; i++)
    {
      g_assert_cmpint (bal_blog_get_image_host (blogs->pdata[i]), ==, 0);
      g_assert_null (bal_blog_get_image_folder (blogs->pdata[i]));
      g_assert_null (bal_blog_get_image_url (blogs->pdata[i]));
    }
  bal_blog_set_capabilities (host, BAL_CAPABILITY_UPLOAD_MEDIA);
  must (bal_blog_table_update (transaction, host, error));
  must (bal_blog_table_set_image_place (transaction, 1, 2, NULL, "https://pictures.example/", error));
  guest = bal_blog_table_get (transaction, 1, error);
  g_assert_cmpint (bal_blog_get_image_host (guest), ==, 2);
  g_assert_cmpstr (bal_blog_get_image_url (guest), ==, "https://pictures.example");
  g_clear_object (&guest);

  must (bal_blog_table_remove (transaction, 2, error));
  guest = bal_blog_table_get (transaction, 1, error);
  g_assert_cmpint (bal_blog_get_image_host (guest), ==, 0);
  return TRUE;
}

static void
test_blogs_get_a_place_for_pictures (Desk          *desk,
                                     gconstpointer  data)
{
  open_desk (desk);
  run (desk, look_at_pictures);
}

static gboolean
look_at_audience (BalTransaction  *transaction,
                  gpointer         data,
                  GError         **error)
{
  g_autoptr(BalReview) review = bal_review_table_get (transaction, find_review (transaction, "12"), error);
  gint64 id = bal_review_get_id (review);
  g_autoptr(BalReview) base = bal_review_base_get (transaction, id, error);
  g_autoptr(BalBlog) blog = bal_blog_table_get (transaction, 1, error);

  g_assert_cmpstr (bal_blog_get_image_folder (blog), ==, "/srv/pictures");
  g_assert_cmpint (bal_review_get_audience (base), ==, BAL_AUDIENCE_EVERYONE);

  bal_review_set_audience (base, BAL_AUDIENCE_TIERS);
  must (bal_review_base_put (transaction, id, base, error));
  bal_review_set_audience (review, BAL_AUDIENCE_PAID);
  must (bal_review_table_update (transaction, review, error));
  g_clear_object (&review);
  g_clear_object (&base);
  review = bal_review_table_get (transaction, id, error);
  base = bal_review_base_get (transaction, id, error);
  g_assert_cmpint (bal_review_get_audience (review), ==, BAL_AUDIENCE_PAID);
  g_assert_cmpint (bal_review_get_audience (base), ==, BAL_AUDIENCE_TIERS);
  return TRUE;
}

static void
test_reviews_have_an_audience (Desk          *desk,
                               gconstpointer  data)
{
  open_desk (desk);
  run (desk, look_at_audience);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *name;
    void      (*test) (Desk *desk, gconstpointer data);
  } tests[] = {
    { "every-row-is-as-it-was", test_every_row_is_as_it_was },
    { "everything-is-found-again", test_everything_is_found_again },
    { "own-comments-are-counted", test_own_comments_are_counted },
    { "a-backup-of-it-is-restored", test_backup_of_an_older_schema_is_restored },
  };

  g_test_init (&argc, &argv, NULL);

  for (int version = 1; version <= 4; version++)
    for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
      {
        g_autofree char *path = g_strdup_printf ("/store/migration/schema-%d/%s", version, tests[i].name);

        g_test_add (path, Desk, GINT_TO_POINTER (version), set_up, tests[i].test, tear_down);
      }
  /* The third step has read all texts. */
  for (int version = 1; version <= 2; version++)
    {
      g_autofree char *path = g_strdup_printf ("/store/migration/schema-%d/old-comments-are-searched", version);

      g_test_add (path, Desk, GINT_TO_POINTER (version), set_up, test_old_comments_are_searched, tear_down);
    }
  g_test_add ("/store/migration/schema-3/blogs-get-a-place-for-pictures", Desk, GINT_TO_POINTER (3), set_up,
              test_blogs_get_a_place_for_pictures, tear_down);
  g_test_add ("/store/migration/schema-4/reviews-have-an-audience", Desk, GINT_TO_POINTER (4), set_up,
              test_reviews_have_an_audience, tear_down);
  g_test_add ("/store/migration/schema-2/the-spam-help-knows-what-it-learnt", Desk, GINT_TO_POINTER (2), set_up,
              test_spam_help_knows_what_it_learnt, tear_down);
  g_test_add ("/store/migration/schema-2/commenters-are-found", Desk, GINT_TO_POINTER (2), set_up,
              test_commenters_are_found, tear_down);
  return g_test_run ();
}
