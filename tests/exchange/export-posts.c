/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export-posts.h"

#include <string.h>

typedef struct
{
  BalBlog   *blog;
  BalReview *review;             /* with an address that the blog has given it */
  GPtrArray *comments;
} Post;

static gboolean
post_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Post *post = data;

  g_autofree char *url = g_strdup (bal_review_get_url (post->review));

  bal_review_set_blog_id (post->review, bal_blog_get_id (post->blog));
  if (!take_in_review (transaction, post->review, error))
    return FALSE;
  bal_review_set_url (post->review, url);
  if (!bal_review_table_update (transaction, post->review, error))
    return FALSE;
  for (guint i = 0; post->comments != NULL && i < post->comments->len; i++)
    {
      BalComment *comment = g_ptr_array_index (post->comments, i);

      bal_comment_set_blog_id (comment, bal_blog_get_id (post->blog));
      bal_comment_set_review_id (comment, bal_review_get_id (post->review));
      if (i > 0 && bal_comment_get_parent_id (comment) != 0)
        bal_comment_set_parent_id (comment, bal_comment_get_id (g_ptr_array_index (post->comments, i - 1)));
      if (!take_in_comment (transaction, comment, error))
        return FALSE;
    }
  return TRUE;
}

BalReview *
export_post_new (const char *title,
                 const char *html,
                 const char *day)
{
  BalReview *review = bal_review_new (0);
  g_autofree char *noon = day != NULL ? g_strconcat (day, "T12:00:00Z", NULL) : NULL;
  g_autoptr(GDateTime) time = noon != NULL ? g_date_time_new_from_iso8601 (noon, NULL) : NULL;

  bal_review_set_title (review, title);
  bal_review_set_html (review, html);
  bal_review_set_status (review, day != NULL ? BAL_REVIEW_STATUS_PUBLISHED : BAL_REVIEW_STATUS_DRAFT);
  bal_review_set_published (review, time != NULL ? g_date_time_to_unix (time) : 0);
  return review;
}

void
export_put (Fixture   *fixture,
            BalBlog   *blog,
            BalReview *review,
            GPtrArray *comments)
{
  Post post = { blog, review, comments };

  fixture_write (fixture, post_work, &post);
}

BalComment *
export_comment_new (const char       *author,
                    const char       *html,
                    gboolean          is_reply,
                    BalCommentStatus  status)
{
  BalComment *comment = bal_comment_new (0);

  bal_comment_set_author (comment, author);
  bal_comment_set_author_email (comment, "reader@blog.example");
  bal_comment_set_html (comment, html);
  bal_comment_set_created (comment, 1559239440);
  bal_comment_set_parent_id (comment, is_reply ? 1 : 0);
  bal_comment_set_status (comment, status);
  return comment;
}

BalExportReport *
export_run (Fixture          *fixture,
            BalBlog          *blog,
            const char       *name,
            BalExportFormat   format,
            char            **path)
{
  g_autoptr(GError) error = NULL;
  BalExportReport *report;

  *path = g_build_filename (fixture->dir, name, NULL);
  report = bal_export_run (fixture->store, blog, *path, format, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return report;
}

char *
export_read (const char *folder,
             const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

typedef struct
{
  const char *words;
  gboolean    found;
} Search;

static void
search_note (guint       kind,
             const char *name,
             const char *reason,
             gpointer    data)
{
  Search *search = data;

  search->found |= strstr (reason, search->words) != NULL || strstr (name, search->words) != NULL;
}

gboolean
export_has_note (BalExportReport *report,
                 const char      *words)
{
  Search search = { words, FALSE };

  bal_notes_foreach (report->notes, 0, search_note, &search, NULL);
  return search.found;
}
