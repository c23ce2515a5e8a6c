/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "merge-html.h"

static BalDocument *
read_html (const char *html,
           BalDialect  dialect)
{
  return bal_document_new_from_html (html, -1, dialect);
}

char *
merge_outcome_html (BalMerge *merge)
{
  g_autoptr(BalDocument) outcome = bal_merge_to_document (merge);

  return bal_document_to_html (outcome, NULL);
}

char *
merge_html (const char *base,
            const char *mine,
            const char *theirs,
            BalDialect  dialect,
            guint      *n_conflicts)
{
  g_autoptr(BalDocument) b = read_html (base, dialect);
  g_autoptr(BalDocument) m = read_html (mine, dialect);
  g_autoptr(BalDocument) t = read_html (theirs, dialect);
  g_autoptr(BalMerge) merge = bal_document_merge3 (b, m, t);

  *n_conflicts = bal_merge_get_n_conflicts (merge);
  return merge_outcome_html (merge);
}
