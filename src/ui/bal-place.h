/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  BAL_PLACE_REVIEWS,             /* by status; -1: all but the trash */
  BAL_PLACE_SERIES,
  BAL_PLACE_COMMENTS,            /* by status; -1: pending and approved */
  BAL_PLACE_UNANSWERED,
  BAL_PLACE_MINE,                /* the blogger's own comments */
  BAL_PLACE_FILTER,              /* a saved search for comments */
  BAL_PLACE_CONFLICTS,
  BAL_PLACE_OUTBOX,
} BalPlaceKind;

/**
 * BalPlace:
 *
 * Something to look at: an entry of the sidebar, whose rows the list shows.
 */
typedef struct
{
  BalPlaceKind  kind;
  int           status;
  char         *series;
  char         *series_title;    /* as readers see it */
  gint64        filter_id;       /* these three of a saved search */
  char         *name;
  char         *line;
} BalPlace;

#define BAL_TYPE_PLACE (bal_place_get_type ())
GType       bal_place_get_type     (void) G_GNUC_CONST;

BalPlace   *bal_place_new          (BalPlaceKind    kind,
                                    int             status,
                                    const char     *series);
BalPlace   *bal_place_new_filter   (gint64          id,
                                    const char     *name,
                                    const char     *line);
BalPlace   *bal_place_copy         (const BalPlace *self);
void        bal_place_free         (BalPlace       *self);
gboolean    bal_place_equal        (const BalPlace *a,
                                    const BalPlace *b);
/* Translated; for a series its own name. */
const char *bal_place_get_title    (const BalPlace *self);
const char *bal_place_get_icon     (const BalPlace *self);
/* What to say when there is nothing. */
const char *bal_place_get_empty_title (const BalPlace *self);
gboolean    bal_place_has_comments (const BalPlace *self);
gboolean    bal_place_has_reviews  (const BalPlace *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalPlace, bal_place_free)

G_END_DECLS
