/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What happens to files: bytes that are changed anywhere, and, what finds more, parts of the format's own grammar that are
 * dropped, doubled, swapped and overdone. */

typedef enum
{
  DAMAGE_MARKUP,
  DAMAGE_JSON,
  DAMAGE_CSV,
  DAMAGE_LINES,                  /* plain text, and Markdown with front matter */
  DAMAGE_ZIP,
} DamageKind;

DamageKind damage_kind    (const char *name);
/* A few bytes are replaced, put in, taken out, or a stretch is doubled. */
void       damage_bytes   (GString    *text);
/* A few parts are. */
void       damage_grammar (GString    *text,
                           DamageKind  kind);
/* Either of these, and now and then all of it in another encoding. */
void       damage_any     (GString    *text,
                           DamageKind  kind);
