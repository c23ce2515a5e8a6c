/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-error.h"
#include "bal-providers.h"
#include "bal-time.h"
#include "live.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- helpers ------------------------------------------------------------------------------------- */

static BalComment *
comment_new (BalReview  *review,
             const char *html)
{
  BalComment *comment = bal_comment_new (0);
  g_autofree char *key = g_uuid_string_random ();

  bal_comment_set_key (comment, key);
  bal_comment_set_html (comment, html);
  bal_comment_set_mine (comment, TRUE);
  bal_comment_set_status (comment, BAL_COMMENT_STATUS_APPROVED);
  bal_comment_set_remote_review_id (comment, bal_review_get_remote_id (review));

  return comment;
}

static BalComment *
put (Live       *live,
     BalComment *comment,
     BalComment *base)
{
  g_autoptr(GError) error = NULL;
  BalComment *stored = bal_provider_put_comment (live->provider, comment, base, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (stored);

  return stored;
}

static BalReview *
published_review (Live       *live,
                  const char *title)
{
  g_autoptr(BalReview) review = live_review_new (title, "text");

  bal_review_set_status (review, BAL_REVIEW_STATUS_PUBLISHED);

  return live_put (live, review, NULL);
}

static void
remove_review (Live      *live,
               BalReview *review)
{
  g_assert_true (bal_provider_delete_review (live->provider, bal_review_get_remote_id (review), NULL, NULL));
}

/* A reader's comment, as the blog's form would make it. Its id. */
static char *
visitor_comment (BalReview  *review,
                 const char *text)
{
  g_autofree char *code = g_strdup_printf ("echo wp_insert_comment(array('comment_post_ID' => %s, 'comment_author' => 'Jürgen & Söhne', "
                                           "'comment_author_email' => 'reader@example.net', 'comment_author_IP' => '198.51.100.77', "
                                           "'comment_agent' => 'Reader/1.0', 'comment_content' => '%s', 'comment_approved' => '0'));",
                                           bal_review_get_remote_id (review), text);

  return live_php (code);
}

/* ---- reading ------------------------------------------------------------------------------------- */

static void
count_by_status (GPtrArray *comments,
                 guint      counts[4])
{
  memset (counts, 0, 4 * sizeof counts[0]);
  for (guint i = 0; i < comments->len; i++)
    counts[bal_comment_get_status (comments->pdata[i])]++;
}

static void
test_pull_everything (void)
{
  g_autoptr(Live) live = live_new ("");
  g_autofree char *total = live_php ("global $wpdb; echo $wpdb->get_var(\"SELECT COUNT(*) FROM $wpdb->comments c JOIN $wpdb->posts p "
                                     "ON p.ID = c.comment_post_ID WHERE comment_type = 'comment'\");");
  g_autofree char *watermark = NULL;
  g_autoptr(GPtrArray) comments = NULL;
  g_autoptr(GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GError) error = NULL;
  guint n_mine = 0, n_replies = 0, counts[4], told[4];
  gint64 begun = g_get_monotonic_time ();

  comments = live_list_comments (live, NULL, &watermark);
  g_test_message ("%u comments in %.0f ms", comments->len, (g_get_monotonic_time () - begun) / 1000.0);
  for (guint i = 0; i < comments->len; i++)
    {
      BalComment *comment = comments->pdata[i];

      g_assert_true (g_hash_table_add (ids, (gpointer) bal_comment_get_remote_id (comment)));
      g_assert_nonnull (bal_comment_get_html (comment));
      g_assert_nonnull (bal_comment_get_remote_review_id (comment));
      n_mine += bal_comment_get_mine (comment);
      n_replies += bal_comment_get_remote_parent_id (comment) != NULL;
    }
  g_assert_cmpuint (comments->len, ==, strtoul (total, NULL, 10));
  g_assert_cmpuint (comments->len, >=, 2900);
  g_assert_cmpuint (n_mine, >, 10);
  g_assert_cmpuint (n_replies, >, 100);

  count_by_status (comments, counts);
  g_assert_true (bal_provider_count_comments (live->provider, told, NULL, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    g_assert_cmpuint (counts[i], ==, told[i]);
}

static void
test_texts_are_exact (void)
{
  g_autoptr(Live) live = live_new ("");
  g_autoptr(GPtrArray) comments = live_list_comments (live, NULL, NULL);
  g_autofree char *output = live_php ("global $wpdb; foreach ($wpdb->get_results(\"SELECT comment_ID id, comment_content c FROM "
                                      "$wpdb->comments\") as $c) echo $c->id, ' ', md5($c->c), \"\\n\";");
  g_auto(GStrv) lines = g_strsplit (output, "\n", -1);
  g_autoptr(GHashTable) sums = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *blank = strchr (lines[i], ' ');

      if (blank == NULL)
        continue;
      *blank = '\0';
      g_hash_table_insert (sums, lines[i], blank + 1);
    }
  for (guint i = 0; i < comments->len; i++)
    {
      g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_MD5, bal_comment_get_html (comments->pdata[i]), -1);

      g_assert_cmpstr (sum, ==, g_hash_table_lookup (sums, bal_comment_get_remote_id (comments->pdata[i])));
    }
}

static BalComment *
find (GPtrArray  *comments,
      const char *id)
{
  for (guint i = 0; i < comments->len; i++)
    if (g_strcmp0 (bal_comment_get_remote_id (comments->pdata[i]), id) == 0)
      return comments->pdata[i];

  return NULL;
}

static void
test_pull_new (void)
{
  g_autoptr(Live) live = live_new ("");
  g_autoptr(BalReview) review = published_review (live, "With new comments");
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GPtrArray) news = NULL;
  g_autofree char *watermark = NULL;
  g_autofree char *again = NULL;
  g_autofree char *id = NULL;
  BalComment *comment;

  all = live_list_comments (live, NULL, &watermark);
  id = visitor_comment (review, "What is new &amp; why");
  news = live_list_comments (live, watermark, &again);

  comment = find (news, id);
  g_assert_nonnull (comment);
  g_assert_cmpuint (news->len, <=, 100);
  g_assert_cmpstr (again, ==, id);
  g_assert_cmpstr (bal_comment_get_html (comment), ==, "What is new &amp; why");
  g_assert_cmpstr (bal_comment_get_author (comment), ==, "Jürgen & Söhne");
  g_assert_cmpstr (bal_comment_get_author_ip (comment), ==, "198.51.100.77");
  g_assert_cmpstr (bal_comment_get_user_agent (comment), ==, "Reader/1.0");
  g_assert_cmpint (bal_comment_get_status (comment), ==, BAL_COMMENT_STATUS_PENDING);
  g_assert_false (bal_comment_get_mine (comment));
  remove_review (live, review);
}

static void
test_sweep_shows_moderation (void)
{
  g_autoptr(Live) live = live_new ("");
  g_autoptr(BalReview) review = published_review (live, "Moderated elsewhere");
  g_autofree char *id = visitor_comment (review, "spam, spam");
  g_autofree char *code = g_strdup_printf ("wp_spam_comment(%s);", id);
  g_autofree char *cursor = NULL;
  gboolean seen = FALSE;
  guint before[4], after[4], n = 0, n_told;

  g_assert_true (bal_provider_count_comments (live->provider, before, NULL, NULL));
  g_free (live_php (code));
  g_assert_true (bal_provider_count_comments (live->provider, after, NULL, NULL));
  g_assert_cmpuint (after[BAL_COMMENT_STATUS_SPAM], ==, before[BAL_COMMENT_STATUS_SPAM] + 1);
  g_assert_cmpuint (after[BAL_COMMENT_STATUS_PENDING], ==, before[BAL_COMMENT_STATUS_PENDING] - 1);

  do
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(BalPage) page = bal_provider_sweep_comments (live->provider, cursor, NULL, &error);
      BalComment *comment;

      g_assert_no_error (error);
      comment = find (page->items, id);
      seen |= comment != NULL && bal_comment_get_status (comment) == BAL_COMMENT_STATUS_SPAM;
      n += page->items->len;
      g_free (cursor);
      cursor = g_strdup (page->next);
    }
  while (cursor != NULL);
  n_told = after[0] + after[1] + after[2] + after[3];
  g_assert_true (seen);
  g_assert_cmpuint (n, ==, n_told);
  remove_review (live, review);
}

/* ---- moderation ---------------------------------------------------------------------------------- */

static void
test_moderation_keeps_the_visitor (void)
{
  static const BalCommentStatus way[] = {
    BAL_COMMENT_STATUS_APPROVED, BAL_COMMENT_STATUS_SPAM, BAL_COMMENT_STATUS_PENDING, BAL_COMMENT_STATUS_TRASH,
    BAL_COMMENT_STATUS_APPROVED, BAL_COMMENT_STATUS_TRASH, BAL_COMMENT_STATUS_SPAM, BAL_COMMENT_STATUS_APPROVED,
  };
  g_autoptr(Live) live = live_new ("");
  g_autoptr(BalReview) review = published_review (live, "Moderated");
  g_autofree char *id = visitor_comment (review, "let me in");
  g_autoptr(BalComment) now = bal_provider_get_comment (live->provider, id, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (way); i++)
    {
      g_autoptr(BalComment) local = bal_comment_dup (now);
      BalComment *stored;

      bal_comment_set_status (local, way[i]);
      if (i == 4)
        bal_comment_set_html (local, "edited &amp; <b>approved</b>");
      stored = put (live, local, now);
      g_assert_cmpint (bal_comment_get_status (stored), ==, way[i]);
      g_assert_cmpstr (bal_comment_get_html (stored), ==, bal_comment_get_html (local));
      g_assert_cmpstr (bal_comment_get_author (stored), ==, "Jürgen & Söhne");
      g_assert_cmpstr (bal_comment_get_author_ip (stored), ==, "198.51.100.77");
      g_assert_cmpstr (bal_comment_get_user_agent (stored), ==, "Reader/1.0");
      g_object_unref (now);
      now = stored;
    }
  remove_review (live, review);
}

static void
test_delete (void)
{
  g_autoptr(Live) live = live_new ("");
  g_autoptr(BalReview) review = published_review (live, "To delete from");
  g_autofree char *id = visitor_comment (review, "away with me");
  g_autoptr(GError) error = NULL;

  g_assert_true (bal_provider_delete_comment (live->provider, id, NULL, &error));
  g_assert_true (bal_provider_delete_comment (live->provider, id, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (bal_provider_get_comment (live->provider, id, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_NOT_FOUND);
  remove_review (live, review);
}

/* Comments go to the trash with their review, and come back with it, readers' ones to be looked at. */
static void
test_restored_with_their_review (void)
{
  g_autoptr(Live) live = live_new ("");
  g_autoptr(BalReview) review = published_review (live, "Trashed and back");
  g_autofree char *id = visitor_comment (review, "am I still here");
  g_autoptr(BalComment) reply = comment_new (review, "a reply that stays");
  g_autoptr(BalComment) stored = put (live, reply, NULL);
  g_autoptr(BalReview) trash = bal_review_dup (review);
  g_autoptr(BalReview) in_trash = NULL;
  g_autoptr(BalReview) back = NULL;
  g_autoptr(BalComment) theirs = NULL;
  g_autoptr(BalComment) ours = NULL;

  bal_review_set_status (trash, BAL_REVIEW_STATUS_TRASH);
  in_trash = live_put (live, trash, review);
  theirs = bal_provider_get_comment (live->provider, id, NULL, NULL);
  g_assert_cmpint (bal_comment_get_status (theirs), ==, BAL_COMMENT_STATUS_TRASH);
  g_clear_object (&theirs);

  back = live_put (live, review, in_trash);
  g_assert_cmpint (bal_review_get_status (back), ==, BAL_REVIEW_STATUS_PUBLISHED);
  theirs = bal_provider_get_comment (live->provider, id, NULL, NULL);
  ours = bal_provider_get_comment (live->provider, bal_comment_get_remote_id (stored), NULL, NULL);
  g_assert_cmpint (bal_comment_get_status (theirs), ==, BAL_COMMENT_STATUS_PENDING);
  g_assert_cmpint (bal_comment_get_status (ours), ==, BAL_COMMENT_STATUS_APPROVED);
  g_assert_cmpstr (bal_comment_get_author_ip (theirs), ==, "198.51.100.77");
  remove_review (live, review);
}

/* ---- replies ------------------------------------------------------------------------------------- */

static void
test_reply (void)
{
  g_autoptr(Live) live = live_new ("");
  g_autoptr(BalReview) review = published_review (live, "To reply to");
  g_autofree char *id = visitor_comment (review, "a question?");
  g_autoptr(BalComment) reply = comment_new (review, "An answer with <b>bold</b> &amp; “more”\n\nand more");
  g_autoptr(BalComment) stored = NULL;
  g_autoptr(BalComment) found = NULL;
  g_autoptr(BalComment) edited = NULL;
  g_autoptr(BalComment) after = NULL;
  g_autoptr(GError) error = NULL;

  bal_comment_set_remote_parent_id (reply, id);
  g_assert_null (bal_provider_find_comment (live->provider, reply, NULL, &error));
  g_assert_no_error (error);
  stored = put (live, reply, NULL);
  g_assert_true (bal_comment_get_mine (stored));
  g_assert_cmpstr (bal_comment_get_html (stored), ==, bal_comment_get_html (reply));
  g_assert_cmpstr (bal_comment_get_remote_parent_id (stored), ==, id);
  g_assert_cmpstr (bal_comment_get_author (stored), ==, "Ada Quill");
  g_assert_cmpint (bal_comment_get_status (stored), ==, BAL_COMMENT_STATUS_APPROVED);

  found = bal_provider_find_comment (live->provider, reply, NULL, &error);
  g_assert_cmpstr (bal_comment_get_remote_id (found), ==, bal_comment_get_remote_id (stored));

  /* An edit leaves the key where it is. */
  edited = bal_comment_dup (stored);
  bal_comment_set_html (edited, "A better answer");
  after = put (live, edited, stored);
  g_assert_cmpstr (bal_comment_get_html (after), ==, "A better answer");
  g_clear_object (&found);
  found = bal_provider_find_comment (live->provider, reply, NULL, &error);
  g_assert_cmpstr (bal_comment_get_remote_id (found), ==, bal_comment_get_remote_id (stored));
  remove_review (live, review);
}

static void
test_lost_reply (void)
{
  g_autoptr(Live) live = live_new ("");
  g_autoptr(BalReview) review = published_review (live, "To reply to once");
  g_autoptr(BalComment) reply = comment_new (review, "Once and only once");
  g_autoptr(BalComment) found = NULL;
  g_autoptr(BalComment) again = NULL;
  g_autoptr(GError) error = NULL;

  live_flag ("lose-response", "1");
  g_assert_null (bal_provider_put_comment (live->provider, reply, NULL, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_LOST_ANSWER);
  g_clear_error (&error);
  g_assert_cmpuint (live_count_comments ("Once and only once"), ==, 1);

  found = bal_provider_find_comment (live->provider, reply, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (found);

  /* Sent again nevertheless, it is recognised. */
  again = put (live, reply, NULL);
  g_assert_cmpstr (bal_comment_get_remote_id (again), ==, bal_comment_get_remote_id (found));
  g_assert_cmpuint (live_count_comments ("Once and only once"), ==, 1);
  remove_review (live, review);
}

/* The same words twice on purpose: the blog does not take them, and nothing is taken for it. */
static void
test_same_words_twice (void)
{
  g_autoptr(Live) live = live_new ("");
  g_autoptr(BalReview) review = published_review (live, "Thanked twice");
  g_autoptr(BalComment) first = comment_new (review, "Thank you very much!");
  g_autoptr(BalComment) second = comment_new (review, "Thank you very much!");
  g_autoptr(BalComment) stored = put (live, first, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_null (bal_provider_put_comment (live->provider, second, NULL, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "Duplicate comment"));
  g_assert_null (strstr (error->message, "&#8217;"));
  remove_review (live, review);
}

static void
test_flood (void)
{
  g_autoptr(Live) author = live_new ("AUTHOR_");
  g_autoptr(BalReview) review = published_review (author, "Flooded");
  g_autoptr(BalComment) first = comment_new (review, "one");
  g_autoptr(BalComment) second = comment_new (review, "two");
  g_autoptr(BalComment) stored = NULL;
  g_autoptr(BalComment) found = NULL;
  g_autoptr(GError) error = NULL;

  live_flag ("flood", "1");
  stored = put (author, first, NULL);
  g_assert_null (bal_provider_put_comment (author->provider, second, NULL, NULL, &error));
  live_flag ("flood", NULL);
  g_assert_error (error, BAL_ERROR, BAL_ERROR_TEMPORARY);
  g_assert_cmpuint (bal_http_error_get_retry_after (error), >=, 15);
  g_clear_error (&error);

  found = bal_provider_find_comment (author->provider, first, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (bal_comment_get_remote_id (found), ==, bal_comment_get_remote_id (stored));
  remove_review (author, review);
}

static void
test_refused_on_a_draft (void)
{
  g_autoptr(Live) live = live_new ("");
  g_autoptr(BalReview) draft = live_review_new ("A draft", "text");
  g_autoptr(BalReview) stored = live_put (live, draft, NULL);
  g_autoptr(BalComment) reply = comment_new (stored, "too early");
  g_autoptr(GError) error = NULL;

  g_assert_null (bal_provider_put_comment (live->provider, reply, NULL, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_REFUSED);
  remove_review (live, stored);
}

/* A thread from elsewhere: other people's names, their time, any state. */
static void
test_comments_of_others (void)
{
  static const BalCommentStatus states[] = {
    BAL_COMMENT_STATUS_APPROVED, BAL_COMMENT_STATUS_PENDING, BAL_COMMENT_STATUS_SPAM, BAL_COMMENT_STATUS_TRASH,
  };
  g_autoptr(Live) live = live_new ("");
  g_autoptr(BalReview) review = published_review (live, "An imported thread");
  g_autofree char *parent = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *text = g_strdup_printf ("Comment %u, “quoted” & 𝄞", i);
      g_autoptr(BalComment) comment = comment_new (review, text);
      g_autoptr(BalComment) stored = NULL;
      g_autoptr(BalComment) found = NULL;

      bal_comment_set_mine (comment, FALSE);
      bal_comment_set_author (comment, i % 2 ? NULL : "François & Co");
      bal_comment_set_created (comment, 1559239440 + 60 * i);
      bal_comment_set_status (comment, states[i]);
      bal_comment_set_remote_parent_id (comment, parent);
      stored = put (live, comment, NULL);
      g_assert_cmpstr (bal_comment_get_author (stored), ==, i % 2 ? "Anonymous" : "François & Co");
      g_assert_cmpint (bal_comment_get_status (stored), ==, states[i]);
      g_assert_cmpint (bal_comment_get_created (stored), ==, 1559239440 + 60 * i);
      g_assert_cmpstr (bal_comment_get_html (stored), ==, text);
      g_assert_cmpstr (bal_comment_get_remote_parent_id (stored), ==, parent);
      g_assert_false (bal_comment_get_mine (stored));
      found = bal_provider_find_comment (live->provider, comment, NULL, NULL);
      g_assert_cmpstr (bal_comment_get_remote_id (found), ==, bal_comment_get_remote_id (stored));
      g_free (parent);
      parent = g_strdup (bal_comment_get_remote_id (stored));
    }
  remove_review (live, review);
}

/* An author may not moderate: sees what readers see, and may reply. */
static void
test_as_an_author (void)
{
  g_autoptr(Live) author = live_new ("AUTHOR_");
  g_autoptr(GPtrArray) comments = live_list_comments (author, NULL, NULL);
  g_autoptr(BalPage) page = NULL;
  g_autoptr(GError) error = NULL;
  guint counts[4], told[4];

  count_by_status (comments, counts);
  g_assert_cmpuint (counts[BAL_COMMENT_STATUS_APPROVED], ==, comments->len);
  g_assert_cmpuint (comments->len, >, 2000);
  g_assert_false (bal_provider_count_comments (author->provider, told, NULL, &error));
  g_assert_no_error (error);
  page = bal_provider_sweep_comments (author->provider, NULL, NULL, &error);
  g_assert_no_error (error);
  /* The total counts comments on posts that the author may not read. */
  g_assert_cmpuint (page->n_total, >=, comments->len);
}

/* ---- pictures ------------------------------------------------------------------------------------ */

/* 1 × 1 pixel. */
static const guchar picture[] = {
  0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0,
  0x90, 0x77, 0x53, 0xde, 0, 0, 0, 12, 'I', 'D', 'A', 'T', 0x78, 0x9c, 0x63, 0xf8, 0xcf, 0xc0, 0, 0, 3, 1, 1, 0,
  0xc9, 0xfe, 0x92, 0xef, 0, 0, 0, 0, 'I', 'E', 'N', 'D', 0xae, 0x42, 0x60, 0x82,
};

static char *
picture_file (gboolean good)
{
  char *path = NULL;
  int fd = g_file_open_tmp ("balcony-XXXXXX.png", &path, NULL);

  g_close (fd, NULL);
  g_assert_true (good ? g_file_set_contents (path, (const char *) picture, sizeof picture, NULL)
                      : g_file_set_contents (path, "no picture", -1, NULL));

  return path;
}

static void
test_upload (void)
{
  g_autoptr(Live) live = live_new ("");
  g_autofree char *path = picture_file (TRUE);
  g_autofree char *key = g_uuid_string_random ();
  BalMedia media = { .file_name = (char *) "Bild \"Größe\"\r\nX: y 1.png", .mime_type = (char *) "image/png", .path = path,
                     .alt_text = (char *) "A still & more", .key = key };
  BalMedia again = media;
  g_autoptr(BalReview) review = live_review_new ("With a picture", "text");
  g_autoptr(BalReview) stored = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *code = NULL;
  g_autofree char *alt = NULL;

  g_assert_true (bal_provider_upload_media (live->provider, &media, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (media.url, live_get ("WP_URL")));
  g_assert_true (g_str_has_suffix (media.url, ".png"));
  code = g_strdup_printf ("echo get_post_meta(%s, '_wp_attachment_image_alt', true);", media.remote_id);
  alt = live_php (code);
  g_assert_cmpstr (alt, ==, "A still & more");

  /* The same key again is the same picture. */
  g_assert_true (bal_provider_upload_media (live->provider, &again, NULL, &error));
  g_assert_cmpstr (again.remote_id, ==, media.remote_id);

  bal_review_set_featured_image (review, media.remote_id);
  stored = live_put (live, review, NULL);
  g_assert_cmpstr (bal_review_get_featured_image (stored), ==, media.remote_id);
  remove_review (live, stored);

  g_unlink (path);
  g_free (media.remote_id);
  g_free (media.url);
  g_free (again.remote_id);
  g_free (again.url);
}

static void
test_no_picture (void)
{
  g_autoptr(Live) live = live_new ("AUTHOR_");
  g_autofree char *path = picture_file (FALSE);
  g_autofree char *key = g_uuid_string_random ();
  BalMedia media = { .file_name = (char *) "a.php", .mime_type = (char *) "application/x-php", .path = path, .key = key };
  g_autoptr(GError) error = NULL;

  g_assert_false (bal_provider_upload_media (live->provider, &media, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_REFUSED);
  g_clear_error (&error);
  g_unlink (path);
  g_assert_false (bal_provider_upload_media (live->provider, &media, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_INVALID);
}

int
main (int    argc,
      char **argv)
{
  if (live_skip ())
    return 0;

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/live/comments/pull-everything", test_pull_everything);
  g_test_add_func ("/live/comments/texts-are-exact", test_texts_are_exact);
  g_test_add_func ("/live/comments/pull-new", test_pull_new);
  g_test_add_func ("/live/comments/sweep-shows-moderation", test_sweep_shows_moderation);
  g_test_add_func ("/live/comments/moderation-keeps-the-visitor", test_moderation_keeps_the_visitor);
  g_test_add_func ("/live/comments/delete", test_delete);
  g_test_add_func ("/live/comments/restored-with-their-review", test_restored_with_their_review);
  g_test_add_func ("/live/comments/reply", test_reply);
  g_test_add_func ("/live/comments/lost-reply", test_lost_reply);
  g_test_add_func ("/live/comments/same-words-twice", test_same_words_twice);
  g_test_add_func ("/live/comments/flood", test_flood);
  g_test_add_func ("/live/comments/refused-on-a-draft", test_refused_on_a_draft);
  g_test_add_func ("/live/comments/comments-of-others", test_comments_of_others);
  g_test_add_func ("/live/comments/as-an-author", test_as_an_author);
  g_test_add_func ("/live/media/upload", test_upload);
  g_test_add_func ("/live/media/no-picture", test_no_picture);

  return g_test_run ();
}
