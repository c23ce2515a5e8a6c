/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A part of a string that somebody else owns. */
typedef struct
{
  const char *start;
  gsize       length;
} BalSlice;

gboolean    bal_text_is_space    (gunichar     character);
gboolean    bal_text_is_dash     (gunichar     character);
const char *bal_text_skip_spaces (const char  *text);
BalSlice    bal_text_trim        (const char  *start,
                                  const char  *end);
char       *bal_text_clean_line  (const char  *text);
char       *bal_text_fold        (const char  *text,
                                  gssize       length);

G_END_DECLS
