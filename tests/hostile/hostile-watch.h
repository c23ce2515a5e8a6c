/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The longest time that the main loop was held up, in milliseconds; @work without the time that others had the
 * processor. */
typedef struct
{
  double time;
  double work;
} HostileStall;

/* Runs the loop until it has been idle for so long, in milliseconds. */
HostileStall hostile_run_until_quiet (guint       quiet);

/* (transfer full) */
char        *hostile_repeat          (const char *lead,
                                      const char *text,
                                      guint       times);

G_END_DECLS
