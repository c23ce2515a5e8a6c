/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

#include "bal-error.h"

G_BEGIN_DECLS

/*
 * Private to the store: one SQLite connection with its prepared statements. It belongs to one
 * thread at a time.
 */
typedef struct _BalConnection BalConnection;
typedef struct _BalStatement  BalStatement;

/**
 * BalConnectionMode:
 * @BAL_CONNECTION_WRITER: makes the file where it is missing, switches to WAL; each commit is on
 *   disk
 * @BAL_CONNECTION_READER: refuses to write
 * @BAL_CONNECTION_TOOL: for checks and copies: the file must exist and is taken as it is
 */
typedef enum
{
  BAL_CONNECTION_WRITER,
  BAL_CONNECTION_READER,
  BAL_CONNECTION_TOOL,
} BalConnectionMode;

typedef enum
{
  BAL_STEP_ROW,
  BAL_STEP_DONE,
  BAL_STEP_ERROR,
} BalStep;

BalConnection *bal_connection_open            (const char         *path,
                                               BalConnectionMode   mode,
                                               GError            **error);
void           bal_connection_close           (BalConnection      *self);
const char    *bal_connection_get_path        (BalConnection      *self);
sqlite3       *bal_connection_get_handle      (BalConnection      *self);

/* One or more statements without parameters or results. */
gboolean       bal_connection_execute         (BalConnection      *self,
                                               const char         *sql,
                                               GError            **error);
/* The first column of the first row; 0 where there is none. */
gboolean       bal_connection_read_int        (BalConnection      *self,
                                               const char         *sql,
                                               gint64             *value,
                                               GError            **error);
gint64         bal_connection_get_insert_id   (BalConnection      *self);
/* Rows that the last INSERT, UPDATE or DELETE changed, triggers left out. */
int            bal_connection_get_n_changed   (BalConnection      *self);
gboolean       bal_connection_in_transaction  (BalConnection      *self);

/* While set, a cancelled @cancellable stops whatever runs with G_IO_ERROR_CANCELLED. (nullable) */
void           bal_connection_set_cancellable (BalConnection      *self,
                                               GCancellable       *cancellable);

/* Review formats by blog, read on demand by the tables. (element-type gint64 BalReviewFormat) */
GHashTable    *bal_connection_get_formats     (BalConnection      *self);

/* One sentence for a person about an SQLite result code. */
void           bal_connection_set_error       (BalConnection      *self,
                                               int                 code,
                                               GError            **error);
void           bal_connection_set_error_for_path (const char      *path,
                                               int                 code,
                                               const char         *detail,
                                               GError            **error);

/* ---- statements: released (reset, values let go) at the end of the scope ---- */

/* @sql: a literal; the statement is prepared once and kept under the literal's address. */
#define bal_connection_prepare(self, sql, error) \
  (bal_connection_prepare_cached) (self, "" sql "", error)
BalStatement  *bal_connection_prepare_cached  (BalConnection      *self,
                                               const char         *sql,
                                               GError            **error);
/* For text that was put together. */
BalStatement  *bal_connection_prepare_once    (BalConnection      *self,
                                               const char         *sql,
                                               GError            **error);
void           bal_statement_release          (BalStatement       *self);

/* Each binds the next parameter. Texts are not copied: they stay as they are until the statement
 * has run. */
void           bal_statement_bind_int         (BalStatement       *self,
                                               gint64              value);
void           bal_statement_bind_double      (BalStatement       *self,
                                               double              value);
void           bal_statement_bind_text        (BalStatement       *self,
                                               const char         *value);
void           bal_statement_bind_null        (BalStatement       *self);
/* (nullable): what bal_statement_read_value() gave; NULL: NULL. Text is not copied. */
void           bal_statement_bind_value       (BalStatement       *self,
                                               GVariant           *value);
/* 0 is bound as NULL: for references. */
void           bal_statement_bind_id          (BalStatement       *self,
                                               gint64              id);
/* Binds it (copied) joined by the unit separator; nothing is NULL. */
void           bal_statement_bind_strv        (BalStatement       *self,
                                               const char *const  *value);

BalStep        bal_statement_step             (BalStatement       *self,
                                               GError            **error);
/* Ready to be bound and run again, whatever it was doing. */
void           bal_statement_rewind           (BalStatement       *self);
/* Runs to the end, ignoring rows, and rewinds. */
gboolean       bal_statement_run              (BalStatement       *self,
                                               GError            **error);

/* (transfer full) (nullable) (element-type gint64): the first column of all rows; NULL with an error. */
GArray        *bal_statement_list_ids         (BalStatement       *self,
                                               GError            **error);

/* Each reads the next column of the row. */
gint64         bal_statement_read_int         (BalStatement       *self);
double         bal_statement_read_double      (BalStatement       *self);
/* (nullable): valid until the next step. */
const char    *bal_statement_read_text        (BalStatement       *self);
/* (transfer full): never NULL. */
char         **bal_statement_read_strv        (BalStatement       *self);
/* (transfer full) (nullable): a number as int64, text as a string of bytes; NULL: NULL. */
GVariant      *bal_statement_read_value       (BalStatement       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalConnection, bal_connection_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalStatement, bal_statement_release)

G_END_DECLS
