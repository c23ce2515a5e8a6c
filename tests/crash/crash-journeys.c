/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crash-journeys.h"

#include <glib/gstdio.h>

#include "bal-media-refs.h"
#include "bal-text-import.h"
#include "bal-transaction.h"
#include "crash-disk.h"

static const char *const picture_names[] = { "one.png", "two.png" };

void
desk_start (Desk *desk)
{
  desk->client = sync_client_new_in (desk->server, "secret", g_strdup (desk->dir));
}

void
desk_stop (Desk *desk)
{
  if (desk->client != NULL)
    g_free (sync_client_free_keeping (g_steal_pointer (&desk->client)));
}

/* ---- work ---- */

char *
make_import_text (guint number)
{
  return g_strdup_printf ("Import %u\n\nBody of file %u.\n\n\n  1. First thought %u.\n\n    1. An answer %u.\n\n"
                          "  2. Second thought %u.\n", number, number, number, number, number);
}

gboolean
import_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Text *text = data;
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();
  g_autoptr(BalTextReview) read = bal_text_import (text->text, -1, format, BAL_DIALECT_HTML, "Blogger", error);

  if (read == NULL)
    return FALSE;
  bal_review_set_blog_id (read->review, text->blog_id);
  bal_review_set_status (read->review, BAL_REVIEW_STATUS_PUBLISHED);
  text->id = bal_desk_add_review (transaction, read->review, read->comments, error);
  return text->id != 0;
}

gboolean
save_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Text *text = data;
  g_autoptr(BalReview) review = bal_review_table_get (transaction, text->id, error);

  if (review == NULL)
    return FALSE;
  bal_review_set_html (review, text->text);
  return bal_desk_save_review (transaction, review, text->queue, error);
}

static gboolean
age_work (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  return bal_connection_execute (transaction->connection, "UPDATE revision SET created = created - 200000 + id", error);
}

static gboolean
restore_version_work (BalTransaction  *transaction,
                      gpointer         data,
                      GError         **error)
{
  gint64 id = *(gint64 *) data;
  g_autoptr(GPtrArray) revisions = bal_revision_table_list (transaction, BAL_ENTITY_REVIEW, id, error);

  return revisions != NULL && revisions->len > 0 &&
         bal_desk_restore_version (transaction, id,
                                   ((BalRevision *) g_ptr_array_index (revisions, revisions->len - 1))->id, error);
}

static gboolean
trash_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  return bal_desk_set_review_status (transaction, *(gint64 *) data, BAL_REVIEW_STATUS_TRASH, error);
}

/* ---- steps ---- */

static void
sync_now (Desk *desk)
{
  sync_client_sync_well (desk->client, BAL_SYNC_DEFAULT);
  story_done (desk->story);
}

static void
edit (Desk       *desk,
      gint64      id,
      const char *html)
{
  story_plan (desk->story, FACT_REVIEW, id, html);
  sync_client_edit_review (desk->client, id, NULL, html);
  story_done (desk->story);
}

static gint64
add (Desk       *desk,
     const char *title,
     const char *html)
{
  gint64 id;

  story_plan (desk->story, FACT_TEXT, 0, html);
  id = sync_client_add_review (desk->client, title, html, BAL_REVIEW_STATUS_PUBLISHED);
  story_done (desk->story);
  return id;
}

static void
moderate (Desk             *desk,
          gint64            id,
          BalCommentStatus  status)
{
  story_plan (desk->story, FACT_COMMENT, id, bal_comment_status_to_nick (status));
  sync_client_moderate (desk->client, id, status);
  story_done (desk->story);
}

/* Reviews "Review 0"…, each with two comments. */
static void
fill_server (Desk  *desk,
             guint  n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *title = g_strdup_printf ("Review %u", i);
      g_autofree char *html = g_strdup_printf ("<p>Body of review %u.</p>\n<p>More.</p>", i);
      g_autofree char *id = fake_server_add_review (desk->server, title, html, BAL_REVIEW_STATUS_PUBLISHED);

      for (guint j = 0; j < 2; j++)
        {
          g_autofree char *words = g_strdup_printf ("<p>Comment %u of review %u.</p>", j, i);

          g_free (fake_server_add_comment (desk->server, id, NULL, "Ann", words, BAL_COMMENT_STATUS_PENDING));
        }
    }
}

static gint64
find_comment (Desk  *desk,
              guint  index)
{
  g_autoptr(GPtrArray) there = fake_server_list_comments (desk->server);

  return sync_client_find_comment (desk->client, bal_comment_get_remote_id (g_ptr_array_index (there, index)));
}

/* ---- preparations ---- */

static void
prepare_nothing (Desk *desk)
{
}

static void
prepare_unread (Desk *desk)
{
  fake_server_set_page_size (desk->server, 4);
  fill_server (desk, 12);
}

static void
prepare_pulled (Desk *desk)
{
  g_autoptr(GPtrArray) there = NULL;

  fill_server (desk, 4);
  sync_client_sync_well (desk->client, BAL_SYNC_DEFAULT);
  there = fake_server_list_reviews (desk->server);
  desk->id = sync_client_find_review (desk->client, bal_review_get_remote_id (g_ptr_array_index (there, 0)));
  desk->other = sync_client_find_review (desk->client, bal_review_get_remote_id (g_ptr_array_index (there, 1)));
}

/* The blog forgets the key with the second half of a create. */
static void
prepare_two_steps (Desk *desk)
{
  fake_server_set_two_steps (desk->server, TRUE);
  prepare_pulled (desk);
}

static void
prepare_conflict (Desk *desk)
{
  g_autoptr(BalReview) there = NULL;
  g_autoptr(BalReview) here = NULL;

  prepare_pulled (desk);
  here = sync_client_get_review (desk->client, desk->id);
  there = fake_server_dup_review (desk->server, bal_review_get_remote_id (here));
  bal_review_set_html (there, "<p>Body of theirs.</p>");
  fake_server_edit_review (desk->server, there);
  sync_client_edit_review (desk->client, desk->id, NULL, "<p>Text of mine.</p>");
  sync_client_sync_well (desk->client, BAL_SYNC_DEFAULT);
}

static void
prepare_versions (Desk *desk)
{
  prepare_pulled (desk);
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *html = g_strdup_printf ("<p>Version %u.</p>", i);

      sync_client_edit_review (desk->client, desk->id, NULL, html);
      sync_client_write (desk->client, age_work, NULL);
    }
  sync_client_sync_well (desk->client, BAL_SYNC_DEFAULT);
}

static void
prepare_backup (Desk *desk)
{
  g_autofree char *path = g_build_filename (desk->dir, "mine.db", NULL);
  g_autoptr(GError) error = NULL;

  prepare_pulled (desk);
  bal_store_backup (desk->client->store, path, NULL, &error);
  g_assert_no_error (error);
  desk->other = add (desk, "After the backup", "<p>After the backup.</p>");
}

/* Two pictures, and a text that shows them, which was not sent. */
static void
write_with_pictures (Desk    *desk,
                     gboolean tells)
{
  g_autoptr(GString) html = g_string_new ("<p>With pictures.</p>");

  for (guint i = 0; i < G_N_ELEMENTS (picture_names); i++)
    {
      gint64 id = sync_client_choose_picture (desk->client, picture_names[i], picture_names[i]);
      g_autofree char *ref = bal_media_ref_new (id);

      desk->pictures[i] = id;
      if (tells)
        story_plan (desk->story, FACT_PICTURE, id, picture_names[i]);
      if (tells)
        story_done (desk->story);
      g_string_append_printf (html, "<p><img src=\"%s\"></p>", ref);
    }
  if (tells)
    story_plan (desk->story, FACT_TEXT, 0, "With pictures.");
  sync_client_add_review (desk->client, "With pictures", html->str, BAL_REVIEW_STATUS_PUBLISHED);
  if (tells)
    story_done (desk->story);
}

static void
prepare_pictures (Desk *desk)
{
  prepare_pulled (desk);
  write_with_pictures (desk, TRUE);
}

/* The backup takes for unsent what the blog has by now. */
static void
prepare_backup_before_sending (Desk *desk)
{
  g_autofree char *path = g_build_filename (desk->dir, "mine.db", NULL);
  g_autoptr(GError) error = NULL;

  prepare_pulled (desk);
  write_with_pictures (desk, TRUE);
  sync_client_reply (desk->client, find_comment (desk, 0), "My own reply");
  sync_client_edit_review (desk->client, desk->id, NULL, "<p>Edited before.</p>");
  bal_store_backup (desk->client->store, path, NULL, &error);
  g_assert_no_error (error);
  sync_client_sync_well (desk->client, BAL_SYNC_DEFAULT);
}

static gboolean
forget_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  return bal_connection_execute (transaction->connection,
                                 "DELETE FROM outbox; DELETE FROM media;"
                                 "DELETE FROM review WHERE title = 'With pictures'", error);
}

static void
remove_files (Desk       *desk,
              const char *folder_name)
{
  g_autofree char *folder = g_build_filename (desk->dir, folder_name, NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
}

/* They are in the backup alone, as on another computer. */
static void
prepare_backup_with_pictures (Desk *desk)
{
  g_autofree char *path = g_build_filename (desk->dir, "mine.db", NULL);
  g_autoptr(GError) error = NULL;

  prepare_pulled (desk);
  write_with_pictures (desk, FALSE);
  bal_store_backup (desk->client->store, path, NULL, &error);
  g_assert_no_error (error);
  sync_client_write (desk->client, forget_work, NULL);
  remove_files (desk, "media");
}

/* ---- journeys ---- */

static void
open_store (Desk *desk)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalStore) store = bal_store_open (desk->dir, &error);

  g_assert_no_error (error);
  g_assert_true (bal_store_close (store, &error));
}

static void
add_blog (Desk *desk)
{
  desk_start (desk);
  sync_now (desk);
}

static void
pull (Desk *desk)
{
  sync_now (desk);
}

static void
edit_and_send (Desk *desk)
{
  edit (desk, desk->id, "<p>First edit.</p>");
  edit (desk, desk->other, "<p>Other edit.</p>");
  edit (desk, desk->id, "<p>Second edit.</p>\n<p>Longer.</p>");
  sync_now (desk);
  edit (desk, desk->id, "<p>Third edit.</p>");
}

static void
autosave (Desk *desk)
{
  Text text = { .id = desk->id };

  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *html = g_strdup_printf ("<p>Typed %u.</p>", i);

      text.text = html;
      text.queue = i == 7;
      story_plan (desk->story, FACT_REVIEW, desk->id, html);
      sync_client_write (desk->client, save_work, &text);
      story_done (desk->story);
    }
}

static void
publish (Desk *desk)
{
  gint64 comment;

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *title = g_strdup_printf ("New %u", i);
      g_autofree char *html = g_strdup_printf ("<p>New text %u.</p>", i);

      add (desk, title, html);
    }
  comment = find_comment (desk, 0);
  story_plan (desk->story, FACT_TEXT, 0, "My own reply");
  sync_client_reply (desk->client, comment, "My own reply");
  story_done (desk->story);
  sync_now (desk);
}

static void
moderation (Desk *desk)
{
  for (guint i = 0; i < 6; i++)
    moderate (desk, find_comment (desk, i), i % 2 == 0 ? BAL_COMMENT_STATUS_SPAM : BAL_COMMENT_STATUS_APPROVED);
  moderate (desk, find_comment (desk, 0), BAL_COMMENT_STATUS_APPROVED);
  sync_now (desk);
}

static void
deletion (Desk *desk)
{
  g_autoptr(GPtrArray) there = fake_server_list_comments (desk->server);

  for (guint i = 0; i < 3; i++)
    {
      const char *remote_id = bal_comment_get_remote_id (g_ptr_array_index (there, i));

      story_plan (desk->story, FACT_GONE, 0, remote_id);
      sync_client_delete_comment (desk->client, sync_client_find_comment (desk->client, remote_id));
      story_done (desk->story);
    }
  sync_client_write (desk->client, trash_work, &desk->other);
  story_plan (desk->story, FACT_TEXT, 0, "Body of review 1.");
  sync_now (desk);
}

static void
resolve (Desk *desk)
{
  g_autoptr(GPtrArray) conflicts = sync_client_list_conflicts (desk->client);

  g_assert_cmpuint (conflicts->len, ==, 1);
  story_plan (desk->story, FACT_TEXT, 0, "Body of theirs.");
  story_plan (desk->story, FACT_TEXT, 0, "Text of mine.");
  story_done (desk->story);
  sync_client_resolve (desk->client, ((BalConflict *) g_ptr_array_index (conflicts, 0))->id, TRUE);
  sync_now (desk);
}

static void
restore_version (Desk *desk)
{
  story_plan (desk->story, FACT_TEXT, 0, "Version 3.");
  story_done (desk->story);
  story_plan (desk->story, FACT_REVIEW, desk->id, "<p>Body of review 0.</p>\n<p>More.</p>");
  sync_client_write (desk->client, restore_version_work, &desk->id);
  story_done (desk->story);
  sync_now (desk);
}

/* One by hand, over an older one too; and the day's, with which old versions go. */
static void
backup (Desk *desk)
{
  g_autofree char *path = g_build_filename (desk->dir, "mine.db", NULL);
  g_autoptr(GError) error = NULL;

  story_plan (desk->story, FACT_TEXT, 0, "Body of review 0.");
  story_plan (desk->story, FACT_BACKUP, 0, "mine.db");
  bal_store_backup (desk->client->store, path, NULL, &error);
  g_assert_no_error (error);
  story_done (desk->story);
  edit (desk, desk->id, "<p>After the backup.</p>");
  bal_store_backup (desk->client->store, path, NULL, &error);
  g_assert_no_error (error);
  remove_files (desk, "backups");
  desk_stop (desk);
}

static void
import (Desk *desk)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *file = make_import_text (i);
      g_autofree char *words = g_strdup_printf ("Second thought %u.", i);
      g_autofree char *body = g_strdup_printf ("Body of file %u.", i);
      Text text = { .blog_id = desk->client->blog_id, .text = file };

      story_plan (desk->story, FACT_TEXT, 0, body);
      story_plan (desk->story, FACT_TEXT, 0, words);
      sync_client_write (desk->client, import_work, &text);
      story_done (desk->story);
    }
  sync_now (desk);
}

static void
pictures (Desk *desk)
{
  write_with_pictures (desk, TRUE);
  sync_now (desk);
}

static void
restore_backup (Desk *desk)
{
  g_autofree char *path = g_build_filename (desk->dir, "mine.db", NULL);
  g_autoptr(GError) error = NULL;

  desk_stop (desk);
  story_plan (desk->story, FACT_TEXT, 0, "Body of review 0.");
  story_done (desk->story);
  for (guint i = 0; i < G_N_ELEMENTS (picture_names) && desk->pictures[i] != 0; i++)
    story_plan (desk->story, FACT_PICTURE, desk->pictures[i], picture_names[i]);
  bal_store_restore (desk->dir, path, NULL, &error);
  g_assert_no_error (error);
  story_done (desk->story);
}

const Journey crash_journeys[] = {
  { "opening-a-new-store", NULL, open_store },
  { "adding-a-blog", NULL, add_blog, .backs_up = TRUE },
  { "first-pull", prepare_unread, pull },
  { "editing-and-sending", prepare_pulled, edit_and_send },
  { "autosave", prepare_pulled, autosave, .unsent = TRUE },
  { "publishing", prepare_pulled, publish },
  { "publishing-in-two-steps", prepare_two_steps, publish },
  { "moderation", prepare_pulled, moderation },
  { "deletion", prepare_pulled, deletion },
  { "resolving-a-conflict", prepare_conflict, resolve },
  { "restoring-a-version", prepare_versions, restore_version },
  { "backup-and-thinning-out", prepare_versions, backup, .backs_up = TRUE },
  { "import", prepare_nothing, import },
  { "pictures", prepare_nothing, pictures },
  { "backup-with-pictures", prepare_pictures, backup, .backs_up = TRUE },
  { "restoring-a-backup-with-pictures", prepare_backup_with_pictures, restore_backup,
    .backs_up = TRUE, .aside = TRUE },
  { "restoring-what-was-sent-since", prepare_backup_before_sending, restore_backup, .backs_up = TRUE, .aside = TRUE },
  { "restoring-a-backup", prepare_backup, restore_backup, .backs_up = TRUE, .aside = TRUE },
};

const guint crash_n_journeys = G_N_ELEMENTS (crash_journeys);
