/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync-client.h"

G_BEGIN_DECLS

/*
 * What happened beside the disk while it was recorded: what the blog had, and what the program was asked to do and
 * has reported as done.
 */
typedef struct _Story Story;

typedef enum
{
  FACT_TEXT,                     /* this text is somewhere: in a row, a conflict, the local history */
  FACT_REVIEW,                   /* review @id has this HTML */
  FACT_COMMENT,                  /* comment @id has this status (a nick) */
  FACT_PICTURE,                  /* picture @id has this name, and its bytes are there */
  FACT_BACKUP,                   /* the file of this name in the folder is a whole backup */
  FACT_GONE,                     /* after a sync, nobody has the comment with this remote id */
} FactKind;

/* A moment between two calls. */
typedef struct
{
  guint n_calls;
  guint n_events;
} Moment;

Story    *story_new         (FakeServer *server);
void      story_free        (Story      *self);
/* The blog was changed otherwise than by the program. */
void      story_look        (Story      *self);
/* It is going to be asked for. Each takes the place of an earlier one of the same kind and id (TEXT: none). */
void      story_plan        (Story      *self,
                             FactKind    kind,
                             gint64      id,
                             const char *text);
/* All that was planned has been reported as done. */
void      story_done        (Story      *self);

/* Each moment from the call number @first on: after every call, and before and after what the blog was told.
 * (transfer full) (element-type Moment) */
GArray   *story_list        (Story      *self,
                             guint       first);
/* Puts the blog into the state that it had then. */
void      story_put_server  (Story        *self,
                             const Moment *moment);
/* What the program knows then that the disk doesn't tell. */
void      story_hash        (Story        *self,
                             const Moment *moment,
                             GChecksum    *checksum);
/* Asserts what was reported as done. @aside: also look for texts in what is kept beside the database. @synced: after
 * the next sync. */
void      story_check       (Story        *self,
                             const Moment *moment,
                             SyncClient   *client,
                             gboolean      aside,
                             gboolean      synced);
/* The backup @path is whole, with its pictures: it is restored into the folder @elsewhere. */
void      story_assert_backup (const char *path,
                               const char *elsewhere);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Story, story_free)

G_END_DECLS
