/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-export.h"

#include <glib/gi18n.h>

#include "bal-cursor-table.h"
#include "bal-export-pictures.h"
#include "bal-export-target.h"
#include "bal-item-name.h"
#include "bal-tables.h"

typedef struct
{
  /* borrowed */
  BalBlog           *blog;
  GCancellable      *cancellable;
  BalExportTarget   *target;
  BalExportReport   *report;
  BalExporter       *exporter;
  BalExportPictures *pictures;

  BalExportFormat    format;
  guint              n_from_blog;
  BalProgressFunc    progress;
  gpointer           data;
} Run;

static gboolean
note_missing (Run              *run,
              BalReview        *review,
              GPtrArray        *missing,
              GError          **error)
{
  for (guint i = 0; i < missing->len; i++)
    {
      g_autofree char *reason = g_strdup_printf (_("Its picture “%s” is not on this computer any more."),
                                                 (char *) g_ptr_array_index (missing, i));

      if (!bal_exporter_note_review (run->exporter, BAL_EXPORT_NOTE_LEFT_OUT, review, reason, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_review (Run             *run,
            BalTransaction  *transaction,
            gint64           id,
            GError         **error)
{
  g_autoptr(BalReview) review = bal_review_table_get (transaction, id, error);
  g_autoptr(GPtrArray) comments = review != NULL ? bal_comment_table_thread (transaction, id, error) : NULL;
  g_autoptr(GPtrArray) media = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_media_free);
  g_autoptr(GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);
  BalExportReview item = { review, comments, media };

  run->n_from_blog += review != NULL && bal_review_get_remote_id (review) != NULL;
  return comments != NULL &&
         bal_export_pictures_list (run->pictures, bal_review_get_html (review), bal_review_get_featured_image (review),
                                   media, missing, error) &&
         note_missing (run, review, missing, error) &&
         bal_exporter_add (run->exporter, &item, error);
}

static gboolean
add_reviews (Run             *run,
             BalTransaction  *transaction,
             GError         **error)
{
  g_autoptr(GArray) ids = bal_review_table_list_ids (transaction, bal_blog_get_id (run->blog), error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (run->cancellable, error) ||
          !add_review (run, transaction, g_array_index (ids, gint64, i), error))
        return FALSE;
      if (run->progress != NULL)
        run->progress ((i + 1.0) / ids->len, run->report->n_reviews, run->report->n_comments, run->data);
    }

  return ids != NULL && !g_cancellable_set_error_if_cancelled (run->cancellable, error);
}

/* Where a blog can close posts to the public, what was not read to the end may be closed there without being so here. */
static gboolean
note_unasked (Run             *run,
              BalTransaction  *transaction,
              GError         **error)
{
  static const char *const providers[] = { "ghost", "wordpress", NULL };
  const char *provider = bal_blog_get_provider (run->blog);
  g_autofree char *since = NULL;
  g_autoptr(GError) failed = NULL;

  if (run->format == BAL_EXPORT_FORMAT_JSON || run->n_from_blog == 0 || provider == NULL ||
      !g_strv_contains (providers, provider))
    return TRUE;

  since = bal_cursor_table_get (transaction, bal_blog_get_id (run->blog), BAL_CURSOR_REVIEWS_SINCE, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  return since != NULL ||
         bal_exporter_note (run->exporter, BAL_EXPORT_NOTE_CHANGED, bal_blog_get_name (run->blog),
                            _("Balcony has not yet asked the blog which of its reviews not everyone may read. "
                              "Sync it, then export again."), error);
}

static gboolean
export_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Run *run = data;
  g_autoptr(BalExportPictures) pictures = bal_export_pictures_new (transaction, bal_blog_get_id (run->blog), error);
  g_autoptr(BalExporter) exporter = NULL;

  if (pictures == NULL)
    return FALSE;

  exporter = bal_exporter_open (run->format, bal_export_target_get_path (run->target), run->blog, transaction,
                                run->report, error);
  run->pictures = pictures;
  run->exporter = exporter;
  return exporter != NULL && add_reviews (run, transaction, error) && note_unasked (run, transaction, error) &&
         bal_exporter_end (exporter, error);
}

BalExportReport *
bal_export_run (BalStore         *store,
                BalBlog          *blog,
                const char       *path,
                BalExportFormat   format,
                BalProgressFunc   progress,
                gpointer          data,
                GCancellable     *cancellable,
                GError          **error)
{
  g_autoptr(BalExportTarget) target = NULL;
  g_autoptr(BalExportReport) report = bal_export_report_new (format);
  Run run = { .blog = blog, .cancellable = cancellable, .report = report, .format = format, .progress = progress,
              .data = data };

  g_return_val_if_fail (BAL_IS_STORE (store), NULL);
  g_return_val_if_fail (BAL_IS_BLOG (blog), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  run.target = target = bal_export_target_new (path, bal_export_format_is_folder (format), error);
  if (target == NULL ||
      !bal_store_read_aside (store, export_work, &run, cancellable, error) ||
      !bal_export_target_commit (target, error))
    return NULL;

  return g_steal_pointer (&report);
}
