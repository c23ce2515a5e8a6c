/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What was written last, as far as it decides on what may follow. All zero at the start. */
typedef struct
{
  gunichar last;
  guint    n_marks;   /* on the letter before */
  gboolean joins;     /* a joiner behind it can mean something */
} BalSafeChars;

gboolean bal_char_is_direction_mark (gunichar      c);
gboolean bal_char_is_joiner         (gunichar      c);

/**
 * bal_safe_chars_take:
 * @c: any character; no line break, for those are its caller's
 *
 * Whether @c may be shown behind what was taken before: nothing that is invisible, a joiner only
 * where it joins, a mark of direction only where it can change one, and never so many marks on one
 * letter that laying them out takes seconds.
 */
gboolean bal_safe_chars_take        (BalSafeChars *self,
                                     gunichar      c);

G_END_DECLS
