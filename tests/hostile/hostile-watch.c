/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hostile-watch.h"

#include <time.h>

/* How long nothing else could happen. */
typedef struct
{
  gint64 last;
  gint64 last_work;
  gint64 longest;
  gint64 most_work;
} Watch;

static gint64
get_work (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static gboolean
watch_cb (gpointer data)
{
  Watch *self = data;
  gint64 now = g_get_monotonic_time ();
  gint64 work = get_work ();

  self->longest = MAX (self->longest, now - self->last);
  self->most_work = MAX (self->most_work, work - self->last_work);
  self->last = now;
  self->last_work = work;
  return G_SOURCE_CONTINUE;
}

static gboolean
over_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

HostileStall
hostile_run_until_quiet (guint quiet)
{
  Watch watch = { g_get_monotonic_time (), get_work () };
  guint tick = g_timeout_add_full (G_PRIORITY_HIGH, 1, watch_cb, &watch, NULL);
  gint64 before;

  do
    {
      gboolean over = FALSE;

      before = watch.longest;
      g_timeout_add (quiet, over_cb, &over);
      while (!over)
        g_main_context_iteration (NULL, TRUE);
    }
  while (watch.longest > before + 20000);
  g_source_remove (tick);

  return (HostileStall) { watch.longest / 1000.0, watch.most_work / 1000.0 };
}

char *
hostile_repeat (const char *lead,
                const char *text,
                guint       times)
{
  GString *result = g_string_new (lead);

  for (guint i = 0; i < times; i++)
    g_string_append (result, text);
  return g_string_free (result, FALSE);
}
