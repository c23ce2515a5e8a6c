/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-document-merge.h"

/* (transfer full): what a merge has come to. */
char *merge_outcome_html (BalMerge    *merge);
/* (transfer full): the same of three versions; @n_conflicts: (out). */
char *merge_html         (const char  *base,
                          const char  *mine,
                          const char  *theirs,
                          BalDialect   dialect,
                          guint       *n_conflicts);
