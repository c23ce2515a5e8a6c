/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-export-report.h"
#include "bal-exporter.h"

G_BEGIN_DECLS

/* Private to the exporters: what they share. */

/* Whether a calendar has it: not 0, and a year of four figures. */
gboolean  bal_export_time_is_fit  (gint64       time);
/* (transfer full): "Thu, 05 Jan 2012 14:30:46 +0000", of a time that is fit. */
char     *bal_export_time_rfc822  (gint64       time);
/* A BalExportAddress: what is nowhere but on this computer is called by its name. */
char     *bal_export_name_picture (BalMedia    *picture,
                                   gpointer     data);

/* Notes the pictures that have no address on the web, for a format that has only addresses. */
gboolean  bal_export_note_pictures (BalExporter           *exporter,
                                    const BalExportReview *item,
                                    GError               **error);
/* Notes that the featured picture is not on this computer, for a format that has the pictures in it. */
gboolean  bal_export_note_featured (BalExporter           *exporter,
                                    const BalExportReview *item,
                                    GError               **error);
/* Whether all the world reads it. */
gboolean  bal_export_is_for_everyone (BalReview           *review);
/* Notes, of a review that only some may read, what became of it in a format that can't say so. */
gboolean  bal_export_note_closed   (BalExporter           *exporter,
                                    BalReview             *review,
                                    const char            *reason,
                                    GError               **error);
/* Notes, where @n_after is more than @n_before, that a review or a comment was repaired for XML. Either is %NULL. */
gboolean  bal_export_note_repaired (BalExporter           *exporter,
                                    BalReview             *review,
                                    BalComment            *comment,
                                    guint64                n_before,
                                    guint64                n_after,
                                    GError               **error);

G_END_DECLS
