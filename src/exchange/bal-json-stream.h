/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-import-source.h"

G_BEGIN_DECLS

/**
 * BalJsonStream:
 *
 * Cuts the present stream of a source, which is JSON, into values that fit into memory. Whether a value is well-formed is for
 * whoever reads it; where it ends is told by its brackets and strings alone, so that a damaged one does not spoil those behind
 * it.
 */
typedef struct _BalJsonStream BalJsonStream;

BalJsonStream *bal_json_stream_new  (BalImportSource  *source);
void           bal_json_stream_free (BalJsonStream    *self);
/* The next byte that is no white space, which is taken; '\0': the end, or an error. */
char           bal_json_stream_next (BalJsonStream    *self,
                                     GError          **error);
/* The same, without taking it. */
char           bal_json_stream_peek (BalJsonStream    *self,
                                     GError          **error);
/* The next value: its bytes are in @value. BAL_ERROR_INVALID: the file ends within it. One of more than @most bytes, or of
 * more than a million parts, is passed over: @value is empty then. @length: how much it took; 0: what is next begins no value. */
gboolean       bal_json_stream_read (BalJsonStream    *self,
                                     gsize             most,
                                     GString          *value,
                                     gsize            *length,
                                     GError          **error);
/* Passes over what is damaged, up to where an item begins, or an object at the beginning of a line. FALSE: there is none;
 * @is_closed then: whether the last of it closes a list and an object, as the end of a file does. */
gboolean       bal_json_stream_seek (BalJsonStream    *self,
                                     gboolean         *is_closed,
                                     GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalJsonStream, bal_json_stream_free)

G_END_DECLS
