/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-server.h"

#include <string.h>

#include "bal-error.h"
#include "bal-media-refs.h"

#define FAKE_TYPE_PROVIDER (fake_provider_get_type ())
G_DECLARE_FINAL_TYPE (FakeProvider, fake_provider, FAKE, PROVIDER, GObject)

struct _FakeProvider
{
  GObject     parent_instance;

  FakeServer *server;            /* borrowed from the test */
  char       *password;
  BalHttpClient *http;           /* borrowed from the engine */
  GHashTable *terms;             /* set: names whose ids are known */
};

static void fake_provider_iface_init (BalProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeProvider, fake_provider, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (BAL_TYPE_PROVIDER, fake_provider_iface_init))

/* ---- calls ---- */

/* What every call begins with; takes the server's lock when it returns TRUE. */
static gboolean
begin (FakeProvider  *self,
       const char    *op,
       FakeFault     *fault,
       GCancellable  *cancellable,
       GError       **error)
{
  FakeServer *server = self->server;
  gboolean is_write = g_str_has_prefix (op, "put") || g_str_has_prefix (op, "create") || g_str_has_prefix (op, "delete") ||
                      g_str_has_prefix (op, "upload");

  if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !fake_server_let_wait (server, self->http, is_write, error))
    return FALSE;

  g_mutex_lock (&server->mutex);
  g_hash_table_insert (server->calls, (gpointer) op,
                       GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (server->calls, op)) + 1));
  *fault = server->fault != NULL ? server->fault (server, op, server->fault_data) : FAKE_FINE;
  if (server->delay_ms > 0)
    g_usleep (server->delay_ms * 1000ul);
  if (server->password != NULL && g_strcmp0 (server->password, self->password) != 0)
    *fault = FAKE_AUTH;
  if (*fault == FAKE_HANG)
    {
      g_mutex_unlock (&server->mutex);
      return fake_fault_before (*fault, is_write, cancellable, error);
    }
  if (fake_fault_before (*fault, is_write, cancellable, error))
    return TRUE;

  g_mutex_unlock (&server->mutex);
  return FALSE;
}

/* One that may not be taken away is a review like any other from then on. */
static gboolean
begin_write (FakeProvider  *self,
             const char    *op,
             const char    *review_id,
             FakeFault     *fault,
             GCancellable  *cancellable,
             GError       **error)
{
  *fault = FAKE_FINE;
  if (begin (self, op, fault, cancellable, error))
    return TRUE;

  if (*fault == FAKE_REFUSED)
    fake_server_note_kept (self->server, review_id);
  return FALSE;
}

static gboolean
end (FakeProvider  *self,
     FakeFault      fault,
     gboolean       is_write,
     GError       **error)
{
  if (is_write && self->server->watch != NULL)
    self->server->watch (self->server, self->server->watch_data);
  if (fault != FAKE_LATE)
    fake_server_deliver_late (self->server);
  g_mutex_unlock (&self->server->mutex);
  return fake_fault_after (fault, is_write, error);
}

/* ---- reading ---- */

static gboolean
fake_sign_in (BalProvider   *provider,
              BalBlog       *blog,
              GCancellable  *cancellable,
              GError       **error)
{
  FakeProvider *self = FAKE_PROVIDER (provider);
  FakeFault fault;

  if (!begin (self, "sign_in", &fault, cancellable, error))
    return FALSE;

  bal_blog_set_author (blog, "Blogger");
  bal_blog_set_user_id (blog, "1");
  bal_blog_set_dialect (blog, "html");
  bal_blog_set_capabilities (blog, self->server->capabilities);
  return end (self, fault, FALSE, error);
}

static BalComment *
show_light_comment (FakeComment *row)
{
  BalComment *comment = bal_comment_new (0);

  bal_comment_set_remote_id (comment, bal_comment_get_remote_id (row->comment));
  bal_comment_set_status (comment, bal_comment_get_status (row->comment));
  return comment;
}

/* A cursor is "last id seen/watermark": what changes meanwhile is found next time. */
static BalPage *
list (FakeProvider  *self,
      const char    *op,
      gboolean       comments,
      gboolean       light,
      const char    *since,
      const char    *cursor,
      GCancellable  *cancellable,
      GError       **error)
{
  FakeServer *server = self->server;
  gint64 after = since != NULL ? g_ascii_strtoll (since, NULL, 10) : -1;
  gint64 last = cursor != NULL ? g_ascii_strtoll (cursor, NULL, 10) : 0;
  g_autoptr(BalPage) page = bal_page_new (g_object_unref);
  g_autofree char *watermark = NULL;
  GPtrArray *rows = comments ? server->comments : server->reviews;
  FakeFault fault;

  if (!begin (self, op, &fault, cancellable, error))
    return NULL;

  watermark = cursor != NULL ? g_strdup (strchr (cursor, '/') + 1)
                             : g_strdup_printf ("%" G_GINT64_FORMAT, server->clock);
  for (guint i = 0; i < rows->len && page->next == NULL; i++)
    {
      gpointer row = g_ptr_array_index (rows, i);
      gint64 changed = comments ? ((FakeComment *) row)->created : ((FakeReview *) row)->changed;
      const char *text = comments ? bal_comment_get_remote_id (((FakeComment *) row)->comment)
                                  : bal_review_get_remote_id (((FakeReview *) row)->review);
      gint64 id = g_ascii_strtoll (text, NULL, 10);

      if (id <= last || changed <= after || g_strcmp0 (text, server->hidden) == 0 ||
          (comments && fake_limits_hide (server, row)))
        continue;
      if (page->items->len == server->page_size)
        {
          page->next = g_strdup_printf ("%" G_GINT64_FORMAT "/%s", last, watermark);
          break;
        }
      last = id;
      g_ptr_array_add (page->items, comments ? (gpointer) fake_limits_show_comment (server, row)
                                             : (gpointer) fake_limits_show_review (server, row));
    }

  if (fault == FAKE_TRUNCATED)
    g_ptr_array_set_size (page->items, (int) (page->items->len / 2));
  if (page->next == NULL && !light)
    page->watermark = g_steal_pointer (&watermark);
  page->n_total = rows->len;
  return end (self, fault, FALSE, error) ? g_steal_pointer (&page) : NULL;
}

static BalPage *
fake_list_reviews (BalProvider   *provider,
                   const char    *since,
                   const char    *cursor,
                   GCancellable  *cancellable,
                   GError       **error)
{
  return list (FAKE_PROVIDER (provider), "list_reviews", FALSE, FALSE, since, cursor, cancellable, error);
}

static BalPage *
fake_list_comments (BalProvider   *provider,
                    const char    *since,
                    const char    *cursor,
                    GCancellable  *cancellable,
                    GError       **error)
{
  return list (FAKE_PROVIDER (provider), "list_comments", TRUE, FALSE, since, cursor, cancellable, error);
}

static BalPage *
fake_sweep_reviews (BalProvider   *provider,
                    const char    *cursor,
                    GCancellable  *cancellable,
                    GError       **error)
{
  return list (FAKE_PROVIDER (provider), "sweep_reviews", FALSE, TRUE, NULL, cursor, cancellable, error);
}

static BalPage *
fake_sweep_comments (BalProvider   *provider,
                     const char    *cursor,
                     GCancellable  *cancellable,
                     GError       **error)
{
  return list (FAKE_PROVIDER (provider), "sweep_comments", TRUE, TRUE, NULL, cursor, cancellable, error);
}

static gboolean
fake_count_comments (BalProvider   *provider,
                     guint          counts[4],
                     GCancellable  *cancellable,
                     GError       **error)
{
  FakeProvider *self = FAKE_PROVIDER (provider);
  FakeFault fault;

  if (self->server->is_limited)
    return FALSE;
  if (!begin (self, "count_comments", &fault, cancellable, error))
    return FALSE;

  memset (counts, 0, 4 * sizeof (guint));
  for (guint i = 0; i < self->server->comments->len; i++)
    {
      FakeComment *row = g_ptr_array_index (self->server->comments, i);

      if (!fake_limits_hide (self->server, row))
        counts[bal_comment_get_status (row->comment)]++;
    }
  for (guint i = 0; i < G_N_ELEMENTS (self->server->lies); i++)
    counts[i] += (guint) self->server->lies[i];
  return end (self, fault, FALSE, error);
}

static BalPage *
fake_list_queue (BalProvider       *provider,
                 BalCommentStatus   status,
                 guint              position,
                 GCancellable      *cancellable,
                 GError           **error)
{
  FakeProvider *self = FAKE_PROVIDER (provider);
  FakeServer *server = self->server;
  g_autoptr(BalPage) page = bal_page_new (g_object_unref);
  FakeFault fault;

  if (server->is_like_ghost)
    return NULL;
  if (!begin (self, "list_queue", &fault, cancellable, error))
    return NULL;

  for (guint i = 0; i < server->comments->len; i++)
    {
      FakeComment *row = g_ptr_array_index (server->comments, i);

      if (bal_comment_get_status (row->comment) == status && page->n_total++ >= position &&
          page->items->len < server->page_size &&
          g_strcmp0 (bal_comment_get_remote_id (row->comment), server->hidden) != 0)
        g_ptr_array_add (page->items, show_light_comment (row));
    }

  if (fault == FAKE_TRUNCATED)
    g_ptr_array_set_size (page->items, (int) (page->items->len / 2));
  return end (self, fault, FALSE, error) ? g_steal_pointer (&page) : NULL;
}

static BalReview *
fake_get_review (BalProvider   *provider,
                 const char    *remote_id,
                 GCancellable  *cancellable,
                 GError       **error)
{
  FakeProvider *self = FAKE_PROVIDER (provider);
  g_autoptr(BalReview) review = NULL;
  FakeReview *row;
  FakeFault fault;

  if (!begin (self, "get_review", &fault, cancellable, error))
    return NULL;

  row = fake_server_get_review (self->server, remote_id);
  if (row != NULL)
    review = fake_limits_show_review (self->server, row);
  if (!end (self, fault, FALSE, error))
    return NULL;
  if (review == NULL)
    fake_fail (error, BAL_ERROR_NOT_FOUND, "No such post.");
  return g_steal_pointer (&review);
}

static BalComment *
fake_get_comment (BalProvider   *provider,
                  const char    *remote_id,
                  GCancellable  *cancellable,
                  GError       **error)
{
  FakeProvider *self = FAKE_PROVIDER (provider);
  g_autoptr(BalComment) comment = NULL;
  FakeComment *row;
  FakeFault fault;

  if (!begin (self, "get_comment", &fault, cancellable, error))
    return NULL;

  row = fake_server_get_comment (self->server, remote_id);
  if (row != NULL)
    comment = fake_limits_show_comment (self->server, row);
  if (!end (self, fault, FALSE, error))
    return NULL;
  if (comment == NULL)
    fake_fail (error, BAL_ERROR_NOT_FOUND, "No such comment.");
  return g_steal_pointer (&comment);
}

static BalReview *
fake_find_review (BalProvider   *provider,
                  BalReview     *review,
                  GCancellable  *cancellable,
                  GError       **error)
{
  FakeProvider *self = FAKE_PROVIDER (provider);
  g_autoptr(BalReview) found = NULL;
  FakeFault fault;

  if (!begin (self, "find_review", &fault, cancellable, error))
    return NULL;

  for (guint i = 0; i < self->server->reviews->len && found == NULL; i++)
    {
      BalReview *other = ((FakeReview *) g_ptr_array_index (self->server->reviews, i))->review;

      if (bal_review_get_key (other) != NULL &&
          g_strcmp0 (bal_review_get_key (other), bal_review_get_key (review)) == 0)
        found = bal_review_dup (other);
    }
  return end (self, fault, FALSE, error) ? g_steal_pointer (&found) : NULL;
}

static BalComment *
fake_find_comment (BalProvider   *provider,
                   BalComment    *comment,
                   GCancellable  *cancellable,
                   GError       **error)
{
  FakeProvider *self = FAKE_PROVIDER (provider);
  g_autoptr(BalComment) found = NULL;
  FakeFault fault;

  if (!begin (self, "find_comment", &fault, cancellable, error))
    return NULL;

  for (guint i = 0; i < self->server->comments->len && found == NULL; i++)
    {
      FakeComment *row = g_ptr_array_index (self->server->comments, i);

      if (fake_limits_is_wanted (self->server, row, comment))
        found = fake_limits_show_comment (self->server, row);
    }
  return end (self, fault, FALSE, error) ? g_steal_pointer (&found) : NULL;
}

/* ---- writing ---- */

/* A review that has a label nobody knows the row of is not written at all. */
static gboolean
make_terms (FakeProvider  *self,
            BalReview     *review,
            GCancellable  *cancellable,
            GError       **error)
{
  const char *const *names = bal_review_get_labels (review);

  for (guint i = 0; self->server->makes_terms && names[i] != NULL; i++)
    {
      FakeFault fault;

      if (g_hash_table_contains (self->terms, names[i]))
        continue;
      if (!begin_write (self, "create_term", bal_review_get_remote_id (review), &fault, cancellable, error))
        return FALSE;
      g_hash_table_add (self->server->terms, g_strdup (names[i]));
      if (!end (self, fault, TRUE, error))
        return FALSE;
      g_hash_table_add (self->terms, g_strdup (names[i]));
    }
  return TRUE;
}

/* None is named by what has no row. */
static void
check_terms (FakeServer *server,
             BalReview  *review)
{
  const char *const *names = bal_review_get_labels (review);

  for (guint i = 0; server->makes_terms && names[i] != NULL; i++)
    g_assert_true (g_hash_table_contains (server->terms, names[i]));
}

static BalReview *
fake_create_review (BalProvider   *provider,
                    BalReview     *review,
                    GCancellable  *cancellable,
                    GError       **error)
{
  FakeProvider *self = FAKE_PROVIDER (provider);
  g_autoptr(BalReview) draft = bal_review_dup (review);
  g_autoptr(BalReview) stored = NULL;
  FakeFault fault;

  if (!self->server->two_steps || !make_terms (self, review, cancellable, error))
    return NULL;
  if (!begin (self, "create_review", &fault, cancellable, error))
    return NULL;

  bal_review_set_status (draft, BAL_REVIEW_STATUS_DRAFT);
  stored = fake_limits_show_review (self->server, fake_server_store_review (self->server, NULL, draft));
  if (fault == FAKE_AGAIN || fault == FAKE_AGAIN_LOST)
    fake_again_keep (self->server, draft, bal_review_get_remote_id (stored));
  return end (self, fault, TRUE, error) ? g_steal_pointer (&stored) : NULL;
}

/* A blog that publishes in two steps takes the key away with the second, which is the creator's. */
static BalReview *
store_now (FakeProvider *self,
           FakeReview   *row,
           BalReview    *review)
{
  FakeReview *stored = fake_server_store_review (self->server, row, review);

  check_terms (self->server, review);
  if (self->server->two_steps && g_strcmp0 (bal_review_get_key (stored->review), bal_review_get_key (review)) == 0)
    bal_review_set_key (stored->review, NULL);
  return fake_limits_show_review (self->server, stored);
}

static BalReview *
fake_put_review (BalProvider   *provider,
                 BalReview     *review,
                 BalReview     *base,
                 GCancellable  *cancellable,
                 GError       **error)
{
  FakeProvider *self = FAKE_PROVIDER (provider);
  g_autoptr(BalReview) stored = NULL;
  g_autoptr(GArray) pictures = NULL;
  FakeReview *row = NULL;
  FakeFault fault;

  pictures = bal_media_refs_list (bal_review_get_html (review));
  g_assert_cmpuint (pictures->len, ==, 0);    /* nothing of the kind may ever leave */
  if (!make_terms (self, review, cancellable, error))
    return NULL;
  if (!begin_write (self, "put_review", bal_review_get_remote_id (review), &fault, cancellable, error))
    return NULL;

  if (bal_review_get_remote_id (review) != NULL)
    row = fake_server_get_review (self->server, bal_review_get_remote_id (review));
  if (!fake_limits_allow_review (self->server, row, review, error))
    {
      g_mutex_unlock (&self->server->mutex);
      return NULL;
    }
  if (fault == FAKE_LATE)
    fake_server_keep_late (self->server, G_OBJECT (review), NULL);
  else if (row != NULL || bal_review_get_remote_id (review) == NULL)
    stored = store_now (self, row, review);
  if (fault == FAKE_TWICE && row != NULL)
    {
      g_clear_object (&stored);
      stored = store_now (self, row, review);
    }
  if (!end (self, fault, TRUE, error))
    return NULL;
  if (stored == NULL)
    fake_fail (error, BAL_ERROR_NOT_FOUND, "No such post.");
  return g_steal_pointer (&stored);
}

static BalComment *
fake_put_comment (BalProvider   *provider,
                  BalComment    *comment,
                  BalComment    *base,
                  GCancellable  *cancellable,
                  GError       **error)
{
  FakeProvider *self = FAKE_PROVIDER (provider);
  g_autoptr(BalComment) stored = NULL;
  g_autoptr(BalComment) taken = bal_comment_dup (comment);
  FakeComment *row = NULL;
  FakeReview *review;
  FakeFault fault;

  if (!begin (self, "put_comment", &fault, cancellable, error))
    return NULL;

  if (bal_comment_get_remote_id (comment) != NULL)
    row = fake_server_get_comment (self->server, bal_comment_get_remote_id (comment));
  else
    {
      review = fake_server_get_review (self->server, bal_comment_get_remote_review_id (comment));
      if (review == NULL || (bal_review_get_status (review->review) != BAL_REVIEW_STATUS_PUBLISHED &&
                             (self->server->capabilities & BAL_CAPABILITY_DRAFT_COMMENTS) == 0))
        {
          g_mutex_unlock (&self->server->mutex);
          fake_fail (error, BAL_ERROR_REFUSED, "Comments are closed.");
          return NULL;
        }
    }
  if (!fake_limits_allow_comment (self->server, row, comment, error))
    {
      g_mutex_unlock (&self->server->mutex);
      return NULL;
    }
  /* Ghost takes the state alone. */
  if (self->server->is_like_ghost && row != NULL)
    bal_comment_set_html (taken, bal_comment_get_html (row->comment));
  if (fault == FAKE_LATE)
    fake_server_keep_late (self->server, G_OBJECT (taken), NULL);
  else if (row != NULL || bal_comment_get_remote_id (comment) == NULL)
    stored = fake_limits_show_comment (self->server, fake_server_store_comment (self->server, row, taken));
  if (!end (self, fault, TRUE, error))
    return NULL;
  if (stored == NULL)
    fake_fail (error, BAL_ERROR_NOT_FOUND, "No such comment.");
  return g_steal_pointer (&stored);
}

static gboolean
fake_delete_review (BalProvider   *provider,
                    const char    *remote_id,
                    GCancellable  *cancellable,
                    GError       **error)
{
  FakeProvider *self = FAKE_PROVIDER (provider);
  FakeFault fault;

  if (!begin_write (self, "delete_review", remote_id, &fault, cancellable, error))
    return FALSE;

  if (fault == FAKE_LATE)
    fake_server_keep_late (self->server, NULL, remote_id);
  else
    fake_server_drop_review (self->server, remote_id);
  return end (self, fault, TRUE, error);
}

static gboolean
fake_delete_comment (BalProvider   *provider,
                     const char    *remote_id,
                     GCancellable  *cancellable,
                     GError       **error)
{
  FakeProvider *self = FAKE_PROVIDER (provider);
  gboolean was_there;
  FakeFault fault;

  if (!begin (self, "delete_comment", &fault, cancellable, error))
    return FALSE;

  if (fault == FAKE_LATE)
    fake_server_keep_late (self->server, NULL, remote_id);
  was_there = fault != FAKE_LATE && fake_server_drop_comment (self->server, remote_id) && fault != FAKE_TWICE;
  if (!end (self, fault, TRUE, error))
    return FALSE;
  return was_there || fake_fail (error, BAL_ERROR_NOT_FOUND, "No such comment.");
}

static gboolean
fake_upload_media (BalProvider   *provider,
                   BalMedia      *media,
                   GCancellable  *cancellable,
                   GError       **error)
{
  FakeProvider *self = FAKE_PROVIDER (provider);
  FakeMedia *row;
  FakeFault fault;

  if (!begin (self, "upload_media", &fault, cancellable, error))
    return FALSE;

  row = g_hash_table_lookup (self->server->media, media->key);
  if (row == NULL)
    {
      row = g_new0 (FakeMedia, 1);
      row->id = g_strdup_printf ("%" G_GINT64_FORMAT, ++self->server->last_id);
      row->alt_text = g_strdup (media->alt_text);
      g_hash_table_insert (self->server->media, g_strdup (media->key), row);
    }
  g_free (media->remote_id);
  g_free (media->url);
  media->remote_id = g_strdup (row->id);
  media->url = g_strconcat (self->server->url, "media/", media->remote_id, NULL);
  return end (self, fault, TRUE, error);
}

/* ---- type ---- */

static void
fake_provider_finalize (GObject *object)
{
  g_free (FAKE_PROVIDER (object)->password);
  g_hash_table_unref (FAKE_PROVIDER (object)->terms);

  G_OBJECT_CLASS (fake_provider_parent_class)->finalize (object);
}

static void
fake_provider_iface_init (BalProviderInterface *iface)
{
  iface->sign_in = fake_sign_in;
  iface->list_reviews = fake_list_reviews;
  iface->list_comments = fake_list_comments;
  iface->sweep_reviews = fake_sweep_reviews;
  iface->sweep_comments = fake_sweep_comments;
  iface->count_comments = fake_count_comments;
  iface->list_queue = fake_list_queue;
  iface->get_review = fake_get_review;
  iface->get_comment = fake_get_comment;
  iface->find_review = fake_find_review;
  iface->find_comment = fake_find_comment;
  iface->create_review = fake_create_review;
  iface->put_review = fake_put_review;
  iface->put_comment = fake_put_comment;
  iface->delete_review = fake_delete_review;
  iface->delete_comment = fake_delete_comment;
  iface->upload_media = fake_upload_media;
}

static void
fake_provider_class_init (FakeProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_provider_finalize;
}

static void
fake_provider_init (FakeProvider *self)
{
  self->terms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static BalProvider *
fake_open (BalBlog        *blog,
           const char     *password,
           BalHttpClient  *http,
           GError        **error)
{
  FakeProvider *self = g_object_new (FAKE_TYPE_PROVIDER, NULL);

  self->server = fake_server_find (bal_blog_get_url (blog));
  self->password = g_strdup (password);
  self->http = http;
  g_assert_nonnull (self->server);
  return BAL_PROVIDER (self);
}

static BalBlog *
fake_discover (const char     *url,
               BalHttpClient  *http,
               GCancellable   *cancellable,
               GError        **error)
{
  BalBlog *blog;

  if (fake_server_find (url) == NULL)
    {
      fake_fail (error, BAL_ERROR_NOT_A_BLOG, "There is no blog.");
      return NULL;
    }

  blog = bal_blog_new (0);
  bal_blog_set_name (blog, "Indie Gems");
  bal_blog_set_url (blog, url);
  return blog;
}

const BalProviderType fake_provider_type = {
  .id = "fake",
  .title = "Fake",
  .needs_password = TRUE,
  .discover = fake_discover,
  .open = fake_open,
};
