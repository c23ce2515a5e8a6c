/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *bal_time_to_rfc3339   (gint64      time);
gboolean  bal_time_from_rfc3339 (const char *text,
                                 gint64     *time);
gint64    bal_time_now          (void);

G_END_DECLS
