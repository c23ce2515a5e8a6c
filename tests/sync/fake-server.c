/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-server.h"

#include <string.h>

#include "bal-time.h"

static GMutex servers_mutex;
static GPtrArray *servers;

static void
fake_review_free (FakeReview *row)
{
  g_object_unref (row->review);
  g_free (row);
}

static void
fake_comment_free (FakeComment *row)
{
  g_object_unref (row->comment);
  g_free (row);
}

void
fake_media_free (gpointer data)
{
  FakeMedia *media = data;

  g_free (media->id);
  g_free (media->alt_text);
  g_free (media);
}

FakeServer *
fake_server_new (const char *name,
                 const char *password)
{
  FakeServer *self = g_new0 (FakeServer, 1);

  g_mutex_init (&self->mutex);
  self->url = g_strdup_printf ("https://%s.example/", name);
  self->password = g_strdup (password);
  self->page_size = 100;
  self->shows_keys = TRUE;
  self->capabilities = BAL_CAPABILITY_REPLY | BAL_CAPABILITY_MODERATE | BAL_CAPABILITY_EDIT_COMMENTS |
                       BAL_CAPABILITY_ADD_COMMENTS | BAL_CAPABILITY_UPLOAD_MEDIA | BAL_CAPABILITY_PUBLISH |
                       BAL_CAPABILITY_SCHEDULE | BAL_CAPABILITY_PRIVATE | BAL_CAPABILITY_TRASH |
                       BAL_CAPABILITY_SLUG | BAL_CAPABILITY_EXCERPT | BAL_CAPABILITY_CATEGORIES;
  self->reviews = g_ptr_array_new_with_free_func ((GDestroyNotify) fake_review_free);
  self->comments = g_ptr_array_new_with_free_func ((GDestroyNotify) fake_comment_free);
  self->calls = g_hash_table_new (g_str_hash, g_str_equal);
  self->media = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, fake_media_free);
  self->terms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->late = g_ptr_array_new_with_free_func (fake_late_free);
  fake_again_init (self);

  g_mutex_lock (&servers_mutex);
  if (servers == NULL)
    servers = g_ptr_array_new ();
  g_ptr_array_add (servers, self);
  g_mutex_unlock (&servers_mutex);
  return self;
}

void
fake_server_free (FakeServer *self)
{
  g_mutex_lock (&servers_mutex);
  g_ptr_array_remove (servers, self);
  if (servers->len == 0)
    g_clear_pointer (&servers, g_ptr_array_unref);
  g_mutex_unlock (&servers_mutex);

  g_ptr_array_unref (self->reviews);
  g_ptr_array_unref (self->comments);
  g_hash_table_unref (self->calls);
  g_hash_table_unref (self->media);
  g_hash_table_unref (self->terms);
  g_ptr_array_unref (self->late);
  fake_again_clear (self);
  g_free (self->url);
  g_free (self->password);
  g_free (self->path);
  g_free (self->hidden);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

FakeServer *
fake_server_find (const char *url)
{
  FakeServer *found = NULL;

  g_mutex_lock (&servers_mutex);
  for (guint i = 0; servers != NULL && i < servers->len && found == NULL; i++)
    {
      FakeServer *server = g_ptr_array_index (servers, i);

      if (g_strcmp0 (server->url, url) == 0)
        found = server;
    }
  g_mutex_unlock (&servers_mutex);
  return found;
}

/* ---- rows ---- */

FakeReview *
fake_server_get_review (FakeServer *self,
                        const char *id)
{
  for (guint i = 0; i < self->reviews->len; i++)
    {
      FakeReview *row = g_ptr_array_index (self->reviews, i);

      if (g_strcmp0 (bal_review_get_remote_id (row->review), id) == 0)
        return row;
    }
  return NULL;
}

FakeComment *
fake_server_get_comment (FakeServer *self,
                         const char *id)
{
  for (guint i = 0; i < self->comments->len; i++)
    {
      FakeComment *row = g_ptr_array_index (self->comments, i);

      if (g_strcmp0 (bal_comment_get_remote_id (row->comment), id) == 0)
        return row;
    }
  return NULL;
}

/* One line a review: what the journeys that kill the program look at afterwards. */
static void
save (FakeServer *self)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (self->path == NULL)
    return;

  for (guint i = 0; i < self->reviews->len; i++)
    {
      BalReview *review = ((FakeReview *) g_ptr_array_index (self->reviews, i))->review;
      g_autofree char *title = g_uri_escape_string (bal_review_get_title (review), NULL, TRUE);
      g_autofree char *html = g_uri_escape_string (bal_review_get_html (review), NULL, TRUE);
      const char *key = bal_review_get_key (review);

      g_string_append_printf (text, "%s %s %d %" G_GINT64_FORMAT " t%s h%s\n", bal_review_get_remote_id (review),
                              key != NULL ? key : "-", bal_review_get_status (review),
                              bal_review_get_published (review), title, html);
    }
  g_assert_true (g_file_set_contents (self->path, text->str, (gssize) text->len, NULL));
}

void
fake_server_keep_in (FakeServer *self,
                     const char *path)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;

  g_free (self->path);
  self->path = g_strdup (path);
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;

  lines = g_strsplit (text, "\n", -1);
  g_ptr_array_set_size (self->reviews, 0);
  for (guint i = 0; lines[i][0] != '\0'; i++)
    {
      g_auto(GStrv) words = g_strsplit (lines[i], " ", 6);
      g_autofree char *title = g_uri_unescape_string (words[4] + 1, NULL);
      g_autofree char *html = g_uri_unescape_string (words[5] + 1, NULL);
      FakeReview *row = g_new0 (FakeReview, 1);

      row->review = bal_review_new (0);
      row->changed = ++self->clock;
      bal_review_set_remote_id (row->review, words[0]);
      bal_review_set_key (row->review, g_str_equal (words[1], "-") ? NULL : words[1]);
      bal_review_set_status (row->review, (BalReviewStatus) atoi (words[2]));
      bal_review_set_published (row->review, g_ascii_strtoll (words[3], NULL, 10));
      bal_review_set_title (row->review, title);
      bal_review_set_html (row->review, html);
      bal_review_set_revision (row->review, "restored");
      g_ptr_array_add (self->reviews, row);
      self->last_id = MAX (self->last_id, g_ascii_strtoll (words[0], NULL, 10));
    }
}

static char *
rewrite (FakeServer *self,
         const char *html)
{
  static const char *const dropped[] = { "<script>", "</script>", "<u>", "</u>" };
  g_autoptr(GString) text = g_string_new (html);

  for (guint i = 0; self->rewrites && i < G_N_ELEMENTS (dropped); i++)
    g_string_replace (text, dropped[i], "", 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Of @row's choice, or the title's; with a number behind it if another has it. */
static void
give_slug (FakeServer *self,
           FakeReview *row)
{
  const char *wanted = bal_review_get_slug (row->review);
  g_autofree char *slug = wanted != NULL && *wanted != '\0'
                          ? g_strdup (wanted)
                          : g_ascii_strdown (bal_review_get_title (row->review), -1);
  g_autofree char *stem = g_strdelimit (g_steal_pointer (&slug), " ", '-');

  slug = g_strdup (stem);
  for (guint i = 0, n = 2; i < self->reviews->len; i++)
    {
      FakeReview *other = g_ptr_array_index (self->reviews, i);

      if (other == row || g_strcmp0 (bal_review_get_slug (other->review), slug) != 0)
        continue;
      g_free (slug);
      slug = g_strdup_printf ("%s-%u", stem, n++);
      i = (guint) -1;
    }
  bal_review_set_slug (row->review, slug);
}

FakeReview *
fake_server_store_review (FakeServer *self,
                          FakeReview *row,
                          BalReview  *content)
{
  g_autofree char *html = rewrite (self, bal_review_get_html (content));
  g_autofree char *revision = NULL;

  if (row == NULL)
    {
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, ++self->last_id);

      row = g_new0 (FakeReview, 1);
      row->review = bal_review_new (0);
      bal_review_set_remote_id (row->review, id);
      bal_review_set_key (row->review, bal_review_get_key (content));
      g_ptr_array_add (self->reviews, row);
    }
  else
    {
      fake_again_note_change (self, row->review, content);
    }

  bal_review_set_title (row->review, bal_review_get_title (content) != NULL ? bal_review_get_title (content) : "");
  bal_review_set_html (row->review, html);
  bal_review_set_excerpt (row->review, bal_review_get_excerpt (content));
  bal_review_set_slug (row->review, bal_review_get_slug (content));
  bal_review_set_labels (row->review, bal_review_get_labels (content));
  bal_review_set_categories (row->review, bal_review_get_categories (content));
  bal_review_set_featured_image (row->review, bal_review_get_featured_image (content));
  bal_review_set_status (row->review, bal_review_get_status (content));
  bal_review_set_published (row->review, bal_review_get_published (content));
  if (bal_review_get_status (content) == BAL_REVIEW_STATUS_PUBLISHED && bal_review_get_published (content) == 0)
    bal_review_set_published (row->review, bal_time_now ());
  fake_limits_trim_review (self, row->review);
  if (self->gives_slugs && bal_review_get_published (row->review) != 0)
    give_slug (self, row);

  row->changed = ++self->clock;
  revision = g_strdup_printf ("r%" G_GINT64_FORMAT, row->changed);
  bal_review_set_revision (row->review, revision);
  bal_review_set_updated (row->review, 1700000000 + row->changed);
  save (self);
  return row;
}

FakeComment *
fake_server_store_comment (FakeServer  *self,
                           FakeComment *row,
                           BalComment  *content)
{
  g_autofree char *html = rewrite (self, bal_comment_get_html (content));

  if (row == NULL)
    {
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, ++self->last_id);

      row = g_new0 (FakeComment, 1);
      row->comment = bal_comment_new (0);
      row->created = ++self->clock;
      bal_comment_set_remote_id (row->comment, id);
      bal_comment_set_key (row->comment, bal_comment_get_key (content));
      bal_comment_set_remote_review_id (row->comment, bal_comment_get_remote_review_id (content));
      bal_comment_set_remote_parent_id (row->comment, bal_comment_get_remote_parent_id (content));
      bal_comment_set_author (row->comment, bal_comment_get_author (content));
      bal_comment_set_mine (row->comment, bal_comment_get_mine (content));
      bal_comment_set_created (row->comment, 1700000000 + row->created);
      g_ptr_array_add (self->comments, row);
    }

  bal_comment_set_html (row->comment, html);
  bal_comment_set_status (row->comment, bal_comment_get_status (content));
  fake_limits_trim_comment (self, row->comment);
  return row;
}

gboolean
fake_server_drop_comment (FakeServer *self,
                          const char *id)
{
  FakeComment *row = fake_server_get_comment (self, id);
  g_autofree char *parent = NULL;

  if (row == NULL)
    return FALSE;

  parent = g_strdup (bal_comment_get_remote_parent_id (row->comment));
  for (guint i = 0; i < self->comments->len; i++)
    {
      BalComment *comment = ((FakeComment *) g_ptr_array_index (self->comments, i))->comment;

      if (g_strcmp0 (bal_comment_get_remote_parent_id (comment), id) == 0)
        bal_comment_set_remote_parent_id (comment, parent);
    }
  return g_ptr_array_remove (self->comments, row);
}

gboolean
fake_server_drop_review (FakeServer *self,
                         const char *id)
{
  FakeReview *row = fake_server_get_review (self, id);

  if (row == NULL)
    return FALSE;

  for (guint i = self->comments->len; i > 0; i--)
    {
      BalComment *comment = ((FakeComment *) g_ptr_array_index (self->comments, i - 1))->comment;

      if (g_strcmp0 (bal_comment_get_remote_review_id (comment), id) == 0)
        g_ptr_array_remove_index (self->comments, i - 1);
    }
  fake_again_note_change (self, row->review, NULL);
  g_ptr_array_remove (self->reviews, row);
  save (self);
  return TRUE;
}

/* ---- settings ---- */

#define LOCKED(self) g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&(self)->mutex)

const char *
fake_server_get_url (FakeServer *self)
{
  return self->url;
}

void
fake_server_set_password (FakeServer *self,
                          const char *password)
{
  LOCKED (self);

  g_free (self->password);
  self->password = g_strdup (password);
}

void
fake_server_set_page_size (FakeServer *self,
                           guint       page_size)
{
  LOCKED (self);

  self->page_size = page_size;
}

void
fake_server_set_capabilities (FakeServer      *self,
                              BalCapabilities  capabilities)
{
  LOCKED (self);

  self->capabilities = capabilities;
}

void
fake_server_set_rewrites (FakeServer *self,
                          gboolean    rewrites)
{
  LOCKED (self);

  self->rewrites = rewrites;
}

void
fake_server_set_delay (FakeServer *self,
                       guint       delay_ms)
{
  LOCKED (self);

  self->delay_ms = delay_ms;
}

void
fake_server_set_shows_keys (FakeServer *self,
                            gboolean    shows_keys)
{
  LOCKED (self);

  self->shows_keys = shows_keys;
}

void
fake_server_hide (FakeServer *self,
                  const char *id)
{
  LOCKED (self);

  g_free (self->hidden);
  self->hidden = g_strdup (id);
}

void
fake_server_calm_down (FakeServer *self)
{
  LOCKED (self);

  fake_server_deliver_late (self);
}

void
fake_server_set_fault (FakeServer    *self,
                       FakeFaultFunc  func,
                       gpointer       data)
{
  LOCKED (self);

  self->fault = func;
  self->fault_data = data;
}

guint
fake_server_count_calls (FakeServer *self,
                         const char *op)
{
  GHashTableIter iter;
  gpointer name, n;
  guint n_calls = 0;
  LOCKED (self);

  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, &name, &n))
    if (op == NULL || g_str_equal (name, op))
      n_calls += GPOINTER_TO_UINT (n);
  return n_calls;
}

void
fake_server_forget_calls (FakeServer *self)
{
  LOCKED (self);

  g_hash_table_remove_all (self->calls);
}

guint
fake_server_get_n_reviews (FakeServer *self)
{
  LOCKED (self);

  return self->reviews->len;
}

guint
fake_server_get_n_comments (FakeServer *self)
{
  LOCKED (self);

  return self->comments->len;
}

static int
compare_lines_cb (gconstpointer a,
                  gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

char *
fake_server_describe_media (FakeServer *self)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer value;

  g_mutex_lock (&self->mutex);
  g_hash_table_iter_init (&iter, self->media);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      FakeMedia *media = value;

      g_ptr_array_add (lines, g_strdup_printf ("%s:%s", media->id, media->alt_text));
    }
  g_mutex_unlock (&self->mutex);
  g_ptr_array_sort (lines, compare_lines_cb);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? " " : "", (char *) g_ptr_array_index (lines, i));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

GPtrArray *
fake_server_list_reviews (FakeServer *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);
  LOCKED (self);

  for (guint i = 0; i < self->reviews->len; i++)
    g_ptr_array_add (list, bal_review_dup (((FakeReview *) g_ptr_array_index (self->reviews, i))->review));
  return list;
}

GPtrArray *
fake_server_list_comments (FakeServer *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);
  LOCKED (self);

  for (guint i = 0; i < self->comments->len; i++)
    g_ptr_array_add (list, bal_comment_dup (((FakeComment *) g_ptr_array_index (self->comments, i))->comment));
  return list;
}

/* ---- the web editor ---- */

char *
fake_server_add_review (FakeServer      *self,
                        const char      *title,
                        const char      *html,
                        BalReviewStatus  status)
{
  g_autoptr(BalReview) content = bal_review_new (0);
  LOCKED (self);

  bal_review_set_title (content, title);
  bal_review_set_html (content, html);
  bal_review_set_status (content, status);
  bal_review_set_published (content, status == BAL_REVIEW_STATUS_DRAFT ? 0 : 1600000000 + self->last_id);
  return g_strdup (bal_review_get_remote_id (fake_server_store_review (self, NULL, content)->review));
}

void
fake_server_edit_review (FakeServer *self,
                         BalReview  *review)
{
  FakeReview *row;
  LOCKED (self);

  row = fake_server_get_review (self, bal_review_get_remote_id (review));
  g_assert_nonnull (row);
  bal_review_set_audience (row->review, bal_review_get_audience (review));
  fake_server_store_review (self, row, review);
}

BalReview *
fake_server_dup_review (FakeServer *self,
                        const char *id)
{
  FakeReview *row;
  LOCKED (self);

  row = fake_server_get_review (self, id);
  return row != NULL ? bal_review_dup (row->review) : NULL;
}

void
fake_server_delete_review (FakeServer *self,
                           const char *id)
{
  LOCKED (self);

  fake_server_drop_review (self, id);
}

char *
fake_server_add_comment (FakeServer       *self,
                         const char       *review_id,
                         const char       *parent_id,
                         const char       *author,
                         const char       *html,
                         BalCommentStatus  status)
{
  g_autoptr(BalComment) content = bal_comment_new (0);
  LOCKED (self);

  bal_comment_set_remote_review_id (content, review_id);
  bal_comment_set_remote_parent_id (content, parent_id);
  bal_comment_set_author (content, author);
  bal_comment_set_html (content, html);
  bal_comment_set_status (content, status);
  return g_strdup (bal_comment_get_remote_id (fake_server_store_comment (self, NULL, content)->comment));
}

char *
fake_server_add_own_comment (FakeServer *self,
                             const char *review_id,
                             const char *parent_id,
                             const char *html)
{
  g_autoptr(BalComment) content = bal_comment_new (0);
  LOCKED (self);

  bal_comment_set_remote_review_id (content, review_id);
  bal_comment_set_remote_parent_id (content, parent_id);
  bal_comment_set_author (content, "Brittani");
  bal_comment_set_mine (content, TRUE);
  bal_comment_set_html (content, html);
  bal_comment_set_status (content, BAL_COMMENT_STATUS_APPROVED);
  return g_strdup (bal_comment_get_remote_id (fake_server_store_comment (self, NULL, content)->comment));
}

void
fake_server_edit_comment (FakeServer       *self,
                          const char       *id,
                          const char       *html,
                          BalCommentStatus  status)
{
  FakeComment *row;
  LOCKED (self);

  row = fake_server_get_comment (self, id);
  g_assert_nonnull (row);
  if (html != NULL)
    bal_comment_set_html (row->comment, html);
  bal_comment_set_status (row->comment, status);
}

BalComment *
fake_server_dup_comment (FakeServer *self,
                         const char *id)
{
  FakeComment *row;
  LOCKED (self);

  row = fake_server_get_comment (self, id);
  return row != NULL ? bal_comment_dup (row->comment) : NULL;
}

void
fake_server_delete_comment (FakeServer *self,
                            const char *id)
{
  LOCKED (self);

  fake_server_drop_comment (self, id);
}
