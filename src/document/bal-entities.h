/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bal_entity_decode:
 * @text: starts with an ampersand
 * @in_attribute: an attribute's value: a name without semicolon before '=' or a letter stays as it
 * is
 * @c: (out): the character
 *
 * Reads one character reference as browsers do: HTML 4's names and those that hide a link's scheme,
 * decimal and hexadecimal numbers, with their windows-1252 repairs.
 *
 * Returns: its length in bytes, or 0 when it is none and the ampersand is text
 */
gsize  bal_entity_decode           (const char *text,
                                    gsize       length,
                                    gboolean    in_attribute,
                                    gunichar   *c);
/* (transfer full): @text must be UTF-8. */
char  *bal_entities_decode         (const char *text,
                                    gsize       length,
                                    gboolean    in_attribute);
/* Escapes what must be: & < > in text, quotes too in an attribute, and characters that nobody
 * sees. */
void   bal_entities_append         (GString    *out,
                                    const char *text,
                                    gsize       length,
                                    gboolean    in_attribute);

G_END_DECLS
