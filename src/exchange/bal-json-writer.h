/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-export-file.h"

G_BEGIN_DECLS

/**
 * BalJsonWriter:
 *
 * Writes JSON piece by piece into a file. Nothing of it is kept in memory. @name: of a member of an object; NULL: in an array,
 * or the whole.
 */
typedef struct
{
  BalExportFile *file;           /* borrowed */
  gboolean       has_members;    /* of what is open */
} BalJsonWriter;

void bal_json_writer_open   (BalJsonWriter     *self,
                             const char        *name,
                             char               bracket);
/* An object on a line of its own, of an array of such. */
void bal_json_writer_open_item (BalJsonWriter  *self,
                             const char        *type);
void bal_json_writer_close  (BalJsonWriter     *self,
                             char               bracket);
/* NULL: null. Bytes that are no UTF-8 go as { "base64": … }: they are kept as they are. */
void bal_json_writer_text   (BalJsonWriter     *self,
                             const char        *name,
                             const char        *text);
/* Writes nothing where it is NULL. */
void bal_json_writer_set    (BalJsonWriter     *self,
                             const char        *name,
                             const char        *text);
void bal_json_writer_int    (BalJsonWriter     *self,
                             const char        *name,
                             gint64             value);
/* A number that is one: neither infinite nor none. */
void bal_json_writer_double (BalJsonWriter     *self,
                             const char        *name,
                             double             value);
void bal_json_writer_bool   (BalJsonWriter     *self,
                             const char        *name,
                             gboolean           value);
/* Seconds since 1970 UTC as "2012-01-05T14:30:46Z"; 0: null. */
void bal_json_writer_time   (BalJsonWriter     *self,
                             const char        *name,
                             gint64             value);
void bal_json_writer_strv   (BalJsonWriter     *self,
                             const char        *name,
                             const char *const *texts);
/* The bytes of a file, base64. One that can't be read to its end fails @self's file. */
void bal_json_writer_base64 (BalJsonWriter     *self,
                             const char        *name,
                             const char        *path);

G_END_DECLS
