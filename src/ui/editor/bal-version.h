/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-revision-table.h"

G_BEGIN_DECLS

/**
 * BalVersion:
 *
 * A row of the local history: an earlier version of a review, or the present one.
 *
 * Properties, all for reading: `time` (when it ceased to be the present one), `what` (why), `counts`
 * (words that it added to the version before it and removed; "" while they are not known).
 */
#define BAL_TYPE_VERSION (bal_version_get_type ())
G_DECLARE_FINAL_TYPE (BalVersion, bal_version, BAL, VERSION, GObject)

/* @id: of a revision; 0: the present version, for which the rest means nothing. */
BalVersion *bal_version_new        (gint64           id,
                                    gint64           created,
                                    BalRevisionKind  kind);
gint64      bal_version_get_id     (BalVersion      *self);
/* @older_id: the version that it is counted against. Returns whether that is another one than before. */
gboolean    bal_version_set_older  (BalVersion      *self,
                                    gint64           older_id);
gint64      bal_version_get_older  (BalVersion      *self);
void        bal_version_set_counts (BalVersion      *self,
                                    guint            n_added,
                                    guint            n_removed);
gboolean    bal_version_is_counted (BalVersion      *self);

G_END_DECLS
