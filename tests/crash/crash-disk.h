/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Below SQLite and everything else: the calls of the C library that change files. While it records, each one in a
 * folder is kept in a log, so that the folder can be laid out again as it was after any one of them: as a killed
 * program leaves it, or as a power cut does. In another mode the calls fail. Nothing waits for a real disk.
 */

typedef enum
{
  DISK_KILLED,                   /* every call counts: the process died, the system went on */
  DISK_CUT,                      /* only what was synced is there, in files and in folders */
  DISK_TORN,                     /* and of the rest some, in parts of 512 bytes */
} DiskEnd;

/* ---- recording ---- */

/* One folder at a time; it is empty. */
void     disk_record       (const char *root);
void     disk_stop         (void);
/* Calls so far. */
guint    disk_get_n_calls  (void);
/* For a message: "write balcony.db-wal". (transfer full) */
char    *disk_describe     (guint       n);
void     disk_forget       (void);

/* ---- laying out ---- */

/* The folder after each call in turn; only forwards. */
typedef struct _DiskReplay DiskReplay;

DiskReplay *disk_replay_new   (void);
void        disk_replay_free  (DiskReplay *self);
/* To the state after @n_calls. */
void        disk_replay_seek  (DiskReplay *self,
                               guint       n_calls);
/* Adds what the state consists of to @checksum. @seed: for what is torn. */
void        disk_replay_hash  (DiskReplay *self,
                               DiskEnd     end,
                               guint32     seed,
                               GChecksum  *checksum);
/* Writes it into the folder @path, which is empty. */
void        disk_replay_write (DiskReplay *self,
                               DiskEnd     end,
                               guint32     seed,
                               const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiskReplay, disk_replay_free)

/* ---- failing ---- */

/* Like disk_record(), without keeping what was written. */
void     disk_watch        (const char *root);
/* The call number @n (from 0) from now on fails with @error_number, and where @persists all after it. */
void     disk_fail         (guint       n,
                            int         error_number,
                            gboolean    persists);
/* The fault ends. Returns whether it has struck. */
gboolean disk_mend         (void);

/* ---- between the calls and the log ---- */

typedef enum
{
  DISK_CREATE,                   /* a file without a byte, under a name */
  DISK_WRITE,
  DISK_TRUNCATE,
  DISK_SYNC,
  DISK_SYNC_FOLDER,
  DISK_UNLINK,
  DISK_RENAME,
  DISK_LINK,
  DISK_MKDIR,
} DiskOp;

typedef struct
{
  DiskOp  op;
  guint   file;                  /* number of a file, from 1 */
  char   *name;                  /* below the folder */
  char   *new_name;
  gint64  offset;                /* or the length */
  GBytes *bytes;
} DiskCall;

/* Below the folder that is recorded; NULL: elsewhere. */
const char *disk_get_name  (const char *path);
/* Whether a call on something there is to fail; sets errno. */
gboolean    disk_strikes   (gboolean    takes_room);
/* Takes @call's strings. */
void        disk_note      (DiskCall   *call);
/* By the inode; 0: not one of them. */
guint       disk_find_file (guint64     inode);
/* The number is another file's now. */
void        disk_forget_file (guint64    inode);
guint       disk_add_file  (guint64     inode);
void        disk_lock      (void);
void        disk_unlock    (void);
gboolean    disk_is_on     (void);
const DiskCall *disk_get_call (guint n);
guint       disk_get_n_files (void);

G_END_DECLS
