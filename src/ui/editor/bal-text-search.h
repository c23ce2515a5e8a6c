/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  BAL_TEXT_SEARCH_DEFAULT     = 0,
  BAL_TEXT_SEARCH_MATCH_CASE  = 1 << 0,
  BAL_TEXT_SEARCH_WHOLE_WORDS = 1 << 1,
} BalTextSearchFlags;

/* Characters into the text. */
typedef struct
{
  guint start;
  guint end;
} BalTextMatch;

/**
 * BalTextSearch:
 *
 * Words to look for. Immutable. Case is that of Unicode (ß is SS), an accent counts however it is
 * composed, and a no-break space is a space, for nobody sees that it is not.
 */
typedef struct _BalTextSearch BalTextSearch;

/* (nullable): NULL when there is nothing to look for. */
BalTextSearch *bal_text_search_new   (const char         *words,
                                      BalTextSearchFlags  flags);
BalTextSearch *bal_text_search_ref   (BalTextSearch      *self);
void           bal_text_search_unref (BalTextSearch      *self);
/* Appends to @matches (BalTextMatch) where they are in @text, from left to right, none over
 * another. */
void           bal_text_search_find  (BalTextSearch      *self,
                                      const char         *text,
                                      GArray             *matches);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalTextSearch, bal_text_search_unref)

G_END_DECLS
