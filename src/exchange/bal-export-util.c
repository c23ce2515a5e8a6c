/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-export-util.h"

#include <glib/gi18n.h>

#include "bal-export-pictures.h"
#include "bal-media-refs.h"

gboolean
bal_export_time_is_fit (gint64 time)
{
  g_autoptr(GDateTime) date = time != 0 ? g_date_time_new_from_unix_utc (time) : NULL;

  return date != NULL && g_date_time_get_year (date) >= 1000;
}

char *
bal_export_time_rfc822 (gint64 time)
{
  static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc (time);

  return g_strdup_printf ("%s, %02d %s %04d %02d:%02d:%02d +0000", days[g_date_time_get_day_of_week (date) - 1],
                          g_date_time_get_day_of_month (date), months[g_date_time_get_month (date) - 1],
                          g_date_time_get_year (date), g_date_time_get_hour (date), g_date_time_get_minute (date),
                          g_date_time_get_second (date));
}

char *
bal_export_name_picture (BalMedia *picture,
                         gpointer  data)
{
  return picture->url == NULL ? g_strdup (picture->file_name) : NULL;
}

gboolean
bal_export_note_pictures (BalExporter            *exporter,
                          const BalExportReview  *item,
                          GError                **error)
{
  for (guint i = 0; i < item->media->len; i++)
    {
      BalMedia *picture = g_ptr_array_index (item->media, i);
      g_autofree char *reason = NULL;

      if (picture->url != NULL)
        continue;
      reason = g_strdup_printf (_("Its picture “%s” is on this computer only, and this format has no pictures in it."),
                                picture->file_name);
      if (!bal_exporter_note_review (exporter, BAL_EXPORT_NOTE_LEFT_OUT, item->review, reason, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
bal_export_note_featured (BalExporter            *exporter,
                          const BalExportReview  *item,
                          GError                **error)
{
  const char *featured = bal_review_get_featured_image (item->review);

  /* One that was never sent is told by its name. */
  return featured == NULL || *featured == '\0' || bal_media_ref_parse (featured) >= 0 ||
         bal_export_pictures_find_featured (item->media, featured) != NULL ||
         bal_exporter_note_review (exporter, BAL_EXPORT_NOTE_LEFT_OUT, item->review,
                                   _("Its featured picture is not on this computer."), error);
}

gboolean
bal_export_is_for_everyone (BalReview *review)
{
  return bal_review_get_status (review) == BAL_REVIEW_STATUS_PUBLISHED &&
         bal_review_get_audience (review) == BAL_AUDIENCE_EVERYONE;
}

gboolean
bal_export_note_closed (BalExporter  *exporter,
                        BalReview    *review,
                        const char   *reason,
                        GError      **error)
{
  BalReviewStatus status = bal_review_get_status (review);

  return bal_review_get_audience (review) == BAL_AUDIENCE_EVERYONE ||
         (status != BAL_REVIEW_STATUS_PUBLISHED && status != BAL_REVIEW_STATUS_SCHEDULED) ||
         bal_exporter_note_review (exporter, BAL_EXPORT_NOTE_CHANGED, review, reason, error);
}

gboolean
bal_export_note_repaired (BalExporter  *exporter,
                          BalReview    *review,
                          BalComment   *comment,
                          guint64       n_before,
                          guint64       n_after,
                          GError      **error)
{
  const char *reason = _("It has characters that this format can’t hold; there are spaces now.");

  if (n_after == n_before)
    return TRUE;
  return review != NULL ? bal_exporter_note_review (exporter, BAL_EXPORT_NOTE_CHANGED, review, reason, error)
                        : bal_exporter_note_comment (exporter, BAL_EXPORT_NOTE_CHANGED, comment, reason, error);
}
