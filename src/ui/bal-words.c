/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-words.h"

#include "bal-safe-text.h"
#include "bal-time.h"

#include <glib/gi18n.h>

#define MAX_TITLE_CHARS 200

static char *
format_local (gint64      time,
              const char *format)
{
  g_autoptr(GDateTime) local = g_date_time_new_from_unix_local (time);

  return local ? g_date_time_format (local, format) : g_strdup ("");
}

char *
bal_words_day (gint64 time)
{
  if (time == 0)
    return g_strdup ("");

  /* Translators: a date such as "3 May 2021"; see g_date_time_format() */
  return format_local (time, _("%-d %b %Y"));
}

char *
bal_words_full_time (gint64 time)
{
  /* Translators: weekday, date and time such as "Monday, 3 May 2021, 18:04" */
  return format_local (time, _("%A, %-d %B %Y, %H:%M"));
}

char *
bal_words_clock (gint64 time)
{
  /* Translators: a time of day such as "18:04" */
  return format_local (time, _("%H:%M"));
}

char *
bal_words_ago (gint64 time)
{
  gint64 age = bal_time_now () - time;

  if (age < -60 || age >= 7 * 24 * 3600)
    return bal_words_day (time);
  if (age < 60)
    return g_strdup (_("Just now"));
  if (age < 3600)
    return g_strdup_printf (ngettext ("%u minute ago", "%u minutes ago", (guint) (age / 60)),
                            (guint) (age / 60));
  if (age < 24 * 3600)
    return g_strdup_printf (ngettext ("%u hour ago", "%u hours ago", (guint) (age / 3600)),
                            (guint) (age / 3600));

  return g_strdup_printf (ngettext ("%u day ago", "%u days ago", (guint) (age / 86400)),
                          (guint) (age / 86400));
}

char *
bal_words_review_status (BalReview *review)
{
  BalReviewStatus status = bal_review_get_status (review);
  const char *label = bal_review_status_get_label (status);
  BalAudience audience = bal_review_get_audience (review);

  if (audience == BAL_AUDIENCE_EVERYONE)
    return g_strdup (label);
  if (status == BAL_REVIEW_STATUS_PUBLISHED)
    return g_strdup (bal_audience_get_label (audience));

  /* Translators: where a review stands, and whom the blog will let read it: "Scheduled · Members Only" */
  return g_strdup_printf (C_("status and audience", "%s · %s"), label, bal_audience_get_label (audience));
}

char *
bal_words_review_state (BalReview *review)
{
  g_autofree char *label = bal_words_review_status (review);
  gint64 published = bal_review_get_published (review);
  gint64 time = published != 0 ? published : bal_review_get_updated (review);
  g_autofree char *day = bal_words_day (time);

  if (*day == '\0')
    return g_steal_pointer (&label);

  return g_strdup_printf ("%s · %s", label, day);
}

const char *
bal_words_sync_state (BalSyncState state)
{
  switch (state)
    {
    case BAL_SYNC_STATE_QUEUED:
      return _("Waiting for the next sync");
    case BAL_SYNC_STATE_SENDING:
      return _("Being sent");
    case BAL_SYNC_STATE_UNKNOWN:
      return _("Sent; the answer was lost");
    case BAL_SYNC_STATE_PARKED:
      return _("Needs you: see the outbox");
    case BAL_SYNC_STATE_CONFLICT:
      return _("Changed on both sides");
    case BAL_SYNC_STATE_CLEAN:
    default:
      return NULL;
    }
}

const char *
bal_words_sync_icon (BalSyncState state)
{
  switch (state)
    {
    case BAL_SYNC_STATE_QUEUED:
      return "document-send-symbolic";
    case BAL_SYNC_STATE_SENDING:
      return "emblem-synchronizing-symbolic";
    case BAL_SYNC_STATE_UNKNOWN:
      return "dialog-question-symbolic";
    case BAL_SYNC_STATE_PARKED:
      return "process-stop-symbolic";
    case BAL_SYNC_STATE_CONFLICT:
      return "dialog-warning-symbolic";
    case BAL_SYNC_STATE_CLEAN:
    default:
      return NULL;
    }
}

char *
bal_words_title (const char *html)
{
  g_autofree char *line = bal_safe_text_line (html, MAX_TITLE_CHARS);

  return *line != '\0' ? g_steal_pointer (&line) : bal_safe_text_name (html, MAX_TITLE_CHARS);
}
