/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "folder-fixture.h"

#include "bal-time.h"

#include <string.h>

/* The linker leads every call of bal_time_now() here, see meson.build. */
gint64 __real_bal_time_now (void);
gint64 __wrap_bal_time_now (void);

static gint64 time_ahead;

gint64
__wrap_bal_time_now (void)
{
  return __real_bal_time_now () + time_ahead;
}

static BalReview *
get (FolderFixture *fixture,
     const char    *id)
{
  g_autoptr(GError) error = NULL;
  BalReview *review = bal_provider_get_review (fixture->provider, id, NULL, &error);

  g_assert_no_error (error);
  return review;
}

static BalReview *
find_by_id (GPtrArray  *reviews,
            const char *id)
{
  for (guint i = 0; i < reviews->len; i++)
    if (g_strcmp0 (bal_review_get_remote_id (reviews->pdata[i]), id) == 0)
      return reviews->pdata[i];
  return NULL;
}

static void
test_everything_round_trips (FolderFixture *fixture,
                             gconstpointer  data)
{
  static const char *const labels[] = { "slow burn", "salt, sea", NULL };
  static const char *const categories[] = { "Horror", NULL };
  g_autoptr(BalReview) review = folder_new_review ("k1", "Late Show: \"Tin\" Moon", "<p>a</p>\n\n", BAL_REVIEW_STATUS_PRIVATE);
  g_autoptr(BalReview) stored = NULL;
  g_autoptr(BalReview) read = NULL;

  bal_review_set_labels (review, labels);
  bal_review_set_categories (review, categories);
  bal_review_set_excerpt (review, "Two\nlines.");
  bal_review_set_featured_image (review, "moon-1.jpg");
  bal_review_set_slug (review, "tin-moon");
  stored = folder_put_review (fixture, review, NULL);
  g_assert_true (bal_review_content_equal (stored, review));
  g_assert_cmpstr (bal_review_get_remote_id (stored), ==, "2019-05-30-tin-moon");
  g_assert_cmpstr (bal_review_get_key (stored), ==, "k1");
  g_assert_cmpint (bal_review_get_updated (stored), >, 0);
  g_assert_null (bal_review_get_url (stored));

  folder_fixture_reopen (fixture);
  read = get (fixture, "2019-05-30-tin-moon");
  g_assert_true (bal_review_content_equal (read, review));
  g_assert_cmpstr (bal_review_get_revision (read), ==, bal_review_get_revision (stored));

  bal_review_set_status (read, BAL_REVIEW_STATUS_PUBLISHED);
  g_object_unref (g_steal_pointer (&stored));
  stored = folder_put_review (fixture, read, NULL);
  g_assert_cmpstr (bal_review_get_url (stored), ==, "https://backrow.example/tin-moon.html");
}

static void
test_create_happens_once (FolderFixture *fixture,
                          gconstpointer  data)
{
  g_autoptr(BalReview) review = folder_new_review ("k1", "Tin Moon", "<p>a</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(BalReview) other = folder_new_review ("k2", "Tin Moon", "<p>b</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(BalReview) nothing = NULL;
  g_autoptr(BalReview) first = NULL;
  g_autoptr(BalReview) found = NULL;
  g_autoptr(BalReview) again = NULL;
  g_autoptr(BalReview) second = NULL;
  g_autoptr(GPtrArray) reviews = NULL;
  g_autoptr(GError) error = NULL;

  nothing = bal_provider_find_review (fixture->provider, review, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (nothing);

  first = folder_put_review (fixture, review, NULL);
  folder_fixture_reopen (fixture);
  found = bal_provider_find_review (fixture->provider, review, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (bal_review_get_remote_id (found), ==, bal_review_get_remote_id (first));
  again = folder_put_review (fixture, review, NULL);
  g_assert_cmpstr (bal_review_get_remote_id (again), ==, bal_review_get_remote_id (first));

  /* Another of the same title and day is another. */
  second = folder_put_review (fixture, other, NULL);
  g_assert_cmpstr (bal_review_get_remote_id (second), ==, "2019-05-30-tin-moon-2");
  g_assert_cmpstr (bal_review_get_slug (second), ==, "tin-moon-2");
  reviews = folder_pull_reviews (fixture, NULL, NULL);
  g_assert_cmpuint (reviews->len, ==, 2);
}

static void
test_hand_edits_are_found (FolderFixture *fixture,
                           gconstpointer  data)
{
  g_autofree char *watermark = NULL;
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GPtrArray) changed = NULL;
  g_autoptr(GPtrArray) nothing = NULL;
  g_autoptr(BalPage) sweep = NULL;
  g_autofree char *since = NULL;

  for (guint i = 0; i < 250; i++)
    {
      g_autofree char *path = g_strdup_printf ("posts/post-%03u.html", i);
      g_autofree char *text = g_strdup_printf ("---\nid: p%u\nstatus: draft\n---\n<p>%u</p>", i, i);

      folder_write (fixture, path, text);
    }
  all = folder_pull_reviews (fixture, NULL, &watermark);
  g_assert_cmpuint (all->len, ==, 250);

  nothing = folder_pull_reviews (fixture, watermark, &watermark);
  g_assert_cmpuint (nothing->len, ==, 0);

  since = g_strdup (watermark);
  folder_write (fixture, "posts/post-123.html", "---\nid: p123\nstatus: draft\n---\n<p>by hand</p>");
  folder_write (fixture, "posts/new.html", "<p>new</p>");
  folder_remove (fixture, "posts/post-007.html");
  folder_fixture_reopen (fixture);
  changed = folder_pull_reviews (fixture, since, &watermark);
  g_assert_cmpstr (bal_review_get_html (find_by_id (changed, "p123")), ==, "<p>by hand</p>");
  g_assert_nonnull (find_by_id (changed, "new"));
  g_assert_null (find_by_id (changed, "p7"));
  g_assert_cmpuint (changed->len, <, 60);        /* not everything anew */

  sweep = bal_provider_sweep_reviews (fixture->provider, NULL, NULL, NULL);
  g_assert_cmpuint (sweep->items->len, ==, 250);
  g_assert_null (find_by_id (sweep->items, "p7"));
  g_assert_cmpstr (bal_review_get_revision (find_by_id (sweep->items, "p123")), ==,
                   bal_review_get_revision (find_by_id (changed, "p123")));
}

/* A change between two pages of one listing is in this one or in the next. */
static void
test_changes_while_listing_are_not_missed (FolderFixture *fixture,
                                           gconstpointer  data)
{
  g_autoptr(BalPage) first = NULL;
  g_autoptr(BalPage) second = NULL;
  g_autoptr(GPtrArray) next = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 150; i++)
    {
      g_autofree char *path = g_strdup_printf ("posts/post-%03u.html", i);

      folder_write (fixture, path, "<p>old</p>");
    }
  first = bal_provider_list_reviews (fixture->provider, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (first->items->len, ==, 100);
  g_assert_cmpuint (first->n_total, ==, 150);
  g_assert_null (first->watermark);

  folder_write (fixture, "posts/post-005.html", "<p>new</p>");
  folder_write (fixture, "posts/aaa.html", "<p>new</p>");
  folder_remove (fixture, "posts/post-099.html");    /* the last of the first page */
  folder_fixture_reopen (fixture);
  second = bal_provider_list_reviews (fixture->provider, NULL, first->next, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (second->items->len, ==, 50);

  next = folder_pull_reviews (fixture, second->watermark, NULL);
  g_assert_cmpstr (bal_review_get_html (find_by_id (next, "post-005")), ==, "<p>new</p>");
  g_assert_nonnull (find_by_id (next, "aaa"));
}

static void
test_copied_file_is_a_new_post (FolderFixture *fixture,
                                gconstpointer  data)
{
  g_autoptr(BalReview) review = folder_new_review ("k1", "Tin Moon", "<p>a</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(BalReview) original = folder_put_review (fixture, review, NULL);
  g_autofree char *text = folder_read (fixture, "posts/2019-05-30-tin-moon.html");
  g_autoptr(GPtrArray) reviews = NULL;
  g_autoptr(BalReview) copy = NULL;
  g_autoptr(BalReview) stored = NULL;
  g_autoptr(BalReview) still = NULL;
  g_autofree char *after = NULL;

  /* Sorts before the original. */
  folder_write (fixture, "posts/2019-05-30-tin-moon (copy).html", text);
  reviews = folder_pull_reviews (fixture, NULL, NULL);
  g_assert_cmpuint (reviews->len, ==, 2);
  g_assert_nonnull (find_by_id (reviews, "2019-05-30-tin-moon"));
  copy = g_object_ref (find_by_id (reviews, "2019-05-30-tin-moon (copy)"));
  g_assert_null (bal_review_get_key (copy));
  g_assert_cmpstr (bal_review_get_url (copy), !=, bal_review_get_url (original));

  /* Written, it is one for good; the original has not changed. */
  bal_review_set_title (copy, "Tin Moon, once more");
  stored = folder_put_review (fixture, copy, NULL);
  after = folder_read (fixture, "posts/2019-05-30-tin-moon (copy).html");
  g_assert_nonnull (strstr (after, "id: 2019-05-30-tin-moon (copy)\n"));
  g_assert_null (strstr (after, "key: k1"));
  still = get (fixture, "2019-05-30-tin-moon");
  g_assert_cmpstr (bal_review_get_revision (still), ==, bal_review_get_revision (original));
}

static void
test_renamed_file_stays_the_same_post (FolderFixture *fixture,
                                       gconstpointer  data)
{
  g_autoptr(BalReview) review = folder_new_review ("k1", "Tin Moon", "<p>a</p>", BAL_REVIEW_STATUS_DRAFT);
  g_autoptr(BalReview) stored = folder_put_review (fixture, review, NULL);
  g_autofree char *text = folder_read (fixture, "posts/2019-05-30-tin-moon.html");
  g_autoptr(BalReview) read = NULL;
  g_autoptr(BalReview) again = NULL;

  folder_write (fixture, "posts/moon.html", text);
  folder_remove (fixture, "posts/2019-05-30-tin-moon.html");
  read = get (fixture, "2019-05-30-tin-moon");
  bal_review_set_html (read, "<p>b</p>");
  again = folder_put_review (fixture, read, NULL);
  g_assert_true (folder_has (fixture, "posts/moon.html"));
  g_assert_false (folder_has (fixture, "posts/2019-05-30-tin-moon.html"));
}

/* The folder changed after we looked: what only one side changed is merged, what both did is nobody's loss. */
static void
test_edit_between_look_and_put_is_kept (FolderFixture *fixture,
                                        gconstpointer  data)
{
  g_autoptr(BalReview) base = NULL;
  g_autoptr(BalReview) mine = NULL;
  g_autoptr(BalReview) stored = NULL;
  g_autoptr(BalReview) refused = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  folder_write (fixture, "posts/a.html", "---\nid: a\ntitle: Old\nexcerpt: old\n---\n<p>old</p>");
  base = get (fixture, "a");
  mine = bal_review_dup (base);
  bal_review_set_title (mine, "Mine");
  folder_write (fixture, "posts/a.html", "---\nid: a\ntitle: Old\nexcerpt: theirs\n---\n<p>theirs</p>");
  stored = folder_put_review (fixture, mine, base);
  g_assert_cmpstr (bal_review_get_title (stored), ==, "Mine");
  g_assert_cmpstr (bal_review_get_excerpt (stored), ==, "theirs");
  g_assert_cmpstr (bal_review_get_html (stored), ==, "<p>theirs</p>");

  bal_review_set_html (mine, "<p>mine</p>");
  refused = bal_provider_put_review (fixture->provider, mine, base, NULL, &error);
  g_assert_null (refused);
  g_assert_error (error, BAL_ERROR, BAL_ERROR_CONFLICT);
  text = folder_read (fixture, "posts/a.html");
  g_assert_true (g_str_has_suffix (text, "<p>theirs</p>"));
}

static void
test_trash_restore_and_delete (FolderFixture *fixture,
                               gconstpointer  data)
{
  g_autoptr(BalReview) review = folder_new_review ("k1", "Tin Moon", "<p>a</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(BalReview) stored = folder_put_review (fixture, review, NULL);
  g_autoptr(BalReview) trashed = NULL;
  g_autoptr(BalReview) restored = NULL;
  g_autoptr(BalReview) gone = NULL;
  g_autoptr(GError) error = NULL;

  folder_write (fixture, "posts/2019-05-30-tin-moon.comments.json", "[{\"id\": \"1\", \"html\": \"x\"}]");
  bal_review_set_status (stored, BAL_REVIEW_STATUS_TRASH);
  trashed = folder_put_review (fixture, stored, NULL);
  g_assert_cmpint (bal_review_get_status (trashed), ==, BAL_REVIEW_STATUS_TRASH);
  g_assert_true (folder_has (fixture, "posts/2019-05-30-tin-moon.html"));
  g_assert_false (folder_has (fixture, "site/tin-moon.html"));

  bal_review_set_status (stored, BAL_REVIEW_STATUS_PUBLISHED);
  restored = folder_put_review (fixture, stored, trashed);
  g_assert_true (folder_has (fixture, "site/tin-moon.html"));

  g_assert_true (bal_provider_delete_review (fixture->provider, "2019-05-30-tin-moon", NULL, &error));
  g_assert_no_error (error);
  g_assert_false (folder_has (fixture, "posts/2019-05-30-tin-moon.html"));
  g_assert_false (folder_has (fixture, "posts/2019-05-30-tin-moon.comments.json"));
  g_assert_false (folder_has (fixture, "site/tin-moon.html"));
  gone = bal_provider_get_review (fixture->provider, "2019-05-30-tin-moon", NULL, &error);
  g_assert_null (gone);
  g_assert_error (error, BAL_ERROR, BAL_ERROR_NOT_FOUND);
}

static void
test_scheduled_is_published_after_its_date (FolderFixture *fixture,
                                            gconstpointer  data)
{
  g_autoptr(BalReview) review = folder_new_review ("k1", "Tin Moon", "<p>a</p>", BAL_REVIEW_STATUS_SCHEDULED);
  g_autoptr(BalReview) stored = NULL;
  g_autoptr(BalReview) due = NULL;
  g_autofree char *watermark = NULL;
  g_autoptr(GPtrArray) before = NULL;
  g_autoptr(GPtrArray) after = NULL;

  time_ahead = 0;
  bal_review_set_published (review, bal_time_now () + 1000);
  stored = folder_put_review (fixture, review, NULL);
  g_assert_cmpint (bal_review_get_status (stored), ==, BAL_REVIEW_STATUS_SCHEDULED);
  g_assert_false (folder_has (fixture, "site/tin-moon.html"));
  before = folder_pull_reviews (fixture, NULL, &watermark);

  time_ahead = 2000;
  after = folder_pull_reviews (fixture, watermark, NULL);
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_cmpint (bal_review_get_status (after->pdata[0]), ==, BAL_REVIEW_STATUS_PUBLISHED);
  g_assert_cmpstr (bal_review_get_revision (after->pdata[0]), !=, bal_review_get_revision (stored));
  g_assert_true (folder_has (fixture, "site/tin-moon.html"));
}

static void
test_same_picture_is_one_file (FolderFixture *fixture,
                               gconstpointer  data)
{
  g_autofree char *source = g_build_filename (fixture->root, "outside", NULL);
  g_autofree char *stored = NULL;
  g_autoptr(GPtrArray) names = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (source, "not really a jpeg", -1, NULL));
  for (guint i = 0; i < 2; i++)
    {
      BalMedia media = { .file_name = (char *) "../../My Moon.exe", .mime_type = (char *) "image/jpeg", .path = source };

      g_assert_true (bal_provider_upload_media (fixture->provider, &media, NULL, &error));
      g_assert_no_error (error);
      g_assert_true (g_regex_match_simple ("^my-moon-[0-9a-f]{16}\\.jpg$", media.remote_id, 0, 0));
      g_assert_true (g_str_has_prefix (media.url, "media/"));
      g_free (stored);
      stored = folder_read (fixture, media.url);
      g_assert_cmpstr (stored, ==, "not really a jpeg");
      g_free (media.remote_id);
      g_free (media.url);
    }
  names = folder_list (fixture, "media");
  g_assert_cmpuint (names->len, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  folder_test_add ("/folder/reviews/everything-round-trips", test_everything_round_trips);
  folder_test_add ("/folder/reviews/create-happens-once", test_create_happens_once);
  folder_test_add ("/folder/reviews/hand-edits-are-found", test_hand_edits_are_found);
  folder_test_add ("/folder/reviews/changes-while-listing-are-not-missed", test_changes_while_listing_are_not_missed);
  folder_test_add ("/folder/reviews/copied-file-is-a-new-post", test_copied_file_is_a_new_post);
  folder_test_add ("/folder/reviews/renamed-file-stays-the-same-post", test_renamed_file_stays_the_same_post);
  folder_test_add ("/folder/reviews/edit-between-look-and-put-is-kept", test_edit_between_look_and_put_is_kept);
  folder_test_add ("/folder/reviews/trash-restore-and-delete", test_trash_restore_and_delete);
  folder_test_add ("/folder/reviews/scheduled-is-published-after-its-date", test_scheduled_is_published_after_its_date);
  folder_test_add ("/folder/reviews/same-picture-is-one-file", test_same_picture_is_one_file);
  return g_test_run ();
}
