/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-preview-source.h"

#include "bal-media-refs.h"
#include "bal-page-fetch.h"
#include "bal-preview-page.h"
#include "bal-tables.h"

/* Readable on paper and screen, light and dark. */
static const char plain_style[] =
  ":root { color-scheme: light dark; }\n"
  "body { font: 1.1rem/1.6 serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; }\n"
  "h1, h2, h3 { line-height: 1.2; }\n"
  "img { max-width: 100%; height: auto; }\n"
  "blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid #8888; }\n"
  "pre { overflow-x: auto; }\n"
  "table { border-collapse: collapse; } td, th { border: 1px solid #8888; padding: .25rem .5rem; }\n";

struct _BalPreviewSource
{
  GObject    parent_instance;

  BalStore  *store;
  gint64     review_id;
  GBytes    *theme;          /* (nullable): the blog's page of @known */
  char      *theme_address;
  BalReview *known;          /* (nullable): what that page shows */
  gboolean   asked;          /* for the page: it is there now, or can't be had */
};

G_DEFINE_FINAL_TYPE (BalPreviewSource, bal_preview_source, G_TYPE_OBJECT)

/* All that one run needs; the threads work on this alone. */
typedef struct
{
  gint64      review_id;
  gboolean    fetch;
  BalReview  *review;
  BalReview  *known;
  BalDialect  dialect;
  GHashTable *media;
  GBytes     *theme;
  char       *theme_address;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_clear_object (&load->review);
  g_clear_object (&load->known);
  g_clear_pointer (&load->media, g_hash_table_unref);
  g_clear_pointer (&load->theme, g_bytes_unref);
  g_free (load->theme_address);
  g_free (load);
}

void
bal_preview_page_free (BalPreviewPage *page)
{
  g_free (page->title);
  g_free (page->html);
  g_free (page->address);
  g_clear_pointer (&page->media, g_hash_table_unref);
  g_free (page);
}

/* ---- what the store knows ---- */

static gboolean
read_media (BalTransaction  *transaction,
            Load            *load,
            GError         **error)
{
  const char *html = bal_review_get_html (load->review);
  g_autoptr(GArray) ids = bal_media_refs_list (html != NULL ? html : "");

  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      g_autoptr(GError) failed = NULL;
      g_autoptr(BalMedia) media = bal_media_table_get (transaction, id, &failed);

      /* One that is not there shows as a gap; the push tells of it. */
      if (media != NULL)
        g_hash_table_insert (load->media, g_strdup_printf ("%" G_GINT64_FORMAT, id), g_strdup (media->path));
    }
  return TRUE;
}

static gboolean
has_page (BalReview *review)
{
  return review != NULL && bal_review_get_url (review) != NULL &&
         bal_review_get_status (review) == BAL_REVIEW_STATUS_PUBLISHED;
}

/* What the blog shows of this review, or of its newest one. */
static gboolean
read_known (BalTransaction  *transaction,
            Load            *load,
            GError         **error)
{
  BalReviewQuery query = { .blog_id = bal_review_get_blog_id (load->review),
                           .status = BAL_REVIEW_STATUS_PUBLISHED, .limit = 1 };
  g_autoptr(GArray) newest = NULL;

  load->known = bal_review_base_get (transaction, load->review_id, NULL);
  if (has_page (load->known))
    return TRUE;
  g_clear_object (&load->known);
  newest = bal_review_table_query (transaction, &query, error);
  if (newest == NULL)
    return FALSE;
  if (newest->len > 0)
    load->known = bal_review_base_get (transaction, g_array_index (newest, gint64, 0), NULL);
  if (!has_page (load->known))
    g_clear_object (&load->known);
  return TRUE;
}

static gboolean
read_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Load *load = data;
  g_autoptr(BalBlog) blog = NULL;

  load->review = bal_review_table_get (transaction, load->review_id, error);
  if (load->review == NULL)
    return FALSE;
  blog = bal_blog_table_get (transaction, bal_review_get_blog_id (load->review), error);
  if (blog == NULL)
    return FALSE;
  bal_dialect_from_nick (bal_blog_get_dialect (blog) != NULL ? bal_blog_get_dialect (blog) : "", &load->dialect);
  return read_media (transaction, load, error) &&
         (!load->fetch || read_known (transaction, load, error));
}

/* ---- the page ---- */

static BalDocument *
get_document (BalReview  *review,
              BalDialect  dialect)
{
  const char *html = bal_review_get_html (review);

  return bal_document_new_from_html (html != NULL ? html : "", -1, dialect);
}

static void
make_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Load *load = data;
  g_autoptr(BalDocument) shown = get_document (load->review, load->dialect);
  BalPreviewPage *page = g_new0 (BalPreviewPage, 1);
  gsize length = 0;
  const char *theme = load->theme != NULL ? g_bytes_get_data (load->theme, &length) : NULL;

  page->title = g_strdup (bal_review_get_title (load->review) != NULL ? bal_review_get_title (load->review) : "");
  page->media = g_hash_table_ref (load->media);
  if (theme != NULL && load->known != NULL)
    {
      g_autoptr(BalDocument) known = get_document (load->known, load->dialect);
      g_autofree char *valid = g_utf8_make_valid (theme, length);
      const char *known_title = bal_review_get_title (load->known);

      page->html = bal_preview_in_page (valid, strlen (valid), known_title != NULL ? known_title : "", known,
                                        page->title, shown);
      page->themed = page->html != NULL;
      page->address = g_strdup (load->theme_address);
    }
  if (page->html == NULL)
    page->html = bal_preview_plain_page (page->title, shown, plain_style);
  g_task_return_pointer (task, page, (GDestroyNotify) bal_preview_page_free);
}

static void
make_page (GTask *task)
{
  BalPreviewSource *self = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);

  g_clear_pointer (&load->theme, g_bytes_unref);
  load->theme = self->theme != NULL ? g_bytes_ref (self->theme) : NULL;
  g_set_object (&load->known, self->known);
  g_free (load->theme_address);
  load->theme_address = g_strdup (self->theme_address);
  g_task_run_in_thread (task, make_thread);
}

static void
take_theme (BalPreviewSource *self,
            Load             *load,
            GBytes           *theme,
            const char       *address)
{
  g_clear_pointer (&self->theme, g_bytes_unref);
  self->theme = g_bytes_ref (theme);
  g_free (self->theme_address);
  self->theme_address = g_strdup (address);
  g_set_object (&self->known, load->known);
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autofree char *address = NULL;
  g_autoptr(GBytes) theme = bal_page_fetch_finish (result, &address, NULL);

  /* Off line, and the page that was had before will do. */
  if (theme != NULL)
    take_theme (g_task_get_source_object (task), g_task_get_task_data (task), theme, address);
  make_page (task);
}

/* The site of a folder. */
static void
file_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GBytes) theme = g_file_load_bytes_finish (G_FILE (source), result, NULL, NULL);
  g_autofree char *address = g_file_get_uri (G_FILE (source));

  if (theme != NULL)
    take_theme (g_task_get_source_object (task), g_task_get_task_data (task), theme, address);
  make_page (task);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GTask) task = data;
  BalPreviewSource *self = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  const char *url;

  if (!bal_store_read_finish (BAL_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (!load->fetch || load->known == NULL)
    {
      make_page (task);
      return;
    }
  self->asked = TRUE;
  url = bal_review_get_url (load->known);
  if (g_str_has_prefix (url, "file:"))
    {
      g_autoptr(GFile) file = g_file_new_for_uri (url);

      g_file_load_bytes_async (file, cancellable, file_read_cb, g_steal_pointer (&task));
    }
  else
    {
      bal_page_fetch_async (url, cancellable, fetched_cb, g_steal_pointer (&task));
    }
}

void
bal_preview_source_load_async (BalPreviewSource    *self,
                               gboolean             fetch,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  Load *load;
  GTask *task;

  g_return_if_fail (BAL_IS_PREVIEW_SOURCE (self));

  load = g_new0 (Load, 1);
  load->review_id = self->review_id;
  load->fetch = fetch || !self->asked;
  load->media = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  load->dialect = BAL_DIALECT_HTML;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bal_preview_source_load_async);
  g_task_set_task_data (task, load, load_free);
  /* The load is the task's, which lives until the store is done with it. */
  bal_store_read_async (self->store, read_work, load, NULL, cancellable, read_cb, task);
}

BalPreviewPage *
bal_preview_source_load_finish (BalPreviewSource  *self,
                                GAsyncResult      *result,
                                GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
bal_preview_source_finalize (GObject *object)
{
  BalPreviewSource *self = BAL_PREVIEW_SOURCE (object);

  g_clear_object (&self->store);
  g_clear_object (&self->known);
  g_clear_pointer (&self->theme, g_bytes_unref);
  g_free (self->theme_address);
  G_OBJECT_CLASS (bal_preview_source_parent_class)->finalize (object);
}

static void
bal_preview_source_class_init (BalPreviewSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bal_preview_source_finalize;
}

static void
bal_preview_source_init (BalPreviewSource *self)
{
}

BalPreviewSource *
bal_preview_source_new (BalStore *store,
                        gint64    review_id)
{
  BalPreviewSource *self = g_object_new (BAL_TYPE_PREVIEW_SOURCE, NULL);

  self->store = g_object_ref (store);
  self->review_id = review_id;
  return self;
}
