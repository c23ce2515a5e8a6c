/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BAL_MATCH_ALIKE 101          /* the likeness of two texts that are the same */
#define BAL_MATCH_NEVER G_MAXUINT

/* What counts as the same, and as the same in another version. */
typedef struct
{
  GHashFunc   hash;
  GEqualFunc  equal;
  /* How alike, 1…101, the texts of two must be for the later one to be the earlier one changed. */
  guint     (*least_likeness) (gconstpointer from,
                               gconstpointer to);
  char     *(*dup_likeness)   (gconstpointer thing);
} BalMatchRules;

/**
 * bal_match:
 * @origin: (out caller-allocates) (array length=to->len): for each of @to the index of the one of
 * @from that it is or has come from, rising, or -1
 * @equal: (out caller-allocates) (array length=to->len): tells the first kind
 *
 * The longest common sequence; what is left between is paired so that the pairs are most alike.
 */
void bal_match (const BalMatchRules *rules,
                GPtrArray           *from,
                GPtrArray           *to,
                int                 *origin,
                gboolean            *equal);

G_END_DECLS
