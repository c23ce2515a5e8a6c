/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-error.h"
#include "fake-provider.h"

G_BEGIN_DECLS

/* Shared by the fake-… files alone. */
typedef struct
{
  BalReview *review;             /* its id is the row's, its key what the create carried */
  gint64     changed;            /* when it would show up in a list of changes */
} FakeReview;

typedef struct
{
  BalComment *comment;
  gint64      created;
} FakeComment;

typedef struct
{
  char *id;
  char *alt_text;
} FakeMedia;

struct _FakeServer
{
  GMutex           mutex;
  char            *url;
  char            *password;
  char            *path;
  char            *hidden;       /* nullable id */
  int              lies[4];      /* by BalCommentStatus */
  guint            page_size;
  guint            delay_ms;
  guint            answer_s;     /* how slow it seems to be; no time goes by */
  guint            waited_s;     /* … for it so far */
  BalCapabilities  capabilities;
  gboolean         rewrites;
  gboolean         shows_keys;
  FakeFaultFunc    fault;
  gpointer         fault_data;
  gboolean         two_steps;
  gboolean         gives_slugs;
  gboolean         makes_terms;
  gboolean         is_limited;
  gboolean         is_like_ghost;
  FakeWatchFunc    watch;
  gpointer         watch_data;

  gint64           clock;        /* counts changes */
  gint64           last_id;
  GPtrArray       *reviews;      /* FakeReview, by id */
  GPtrArray       *comments;     /* FakeComment, by id */
  GHashTable      *calls;        /* op -> number */
  GHashTable      *media;        /* key -> FakeMedia */
  GHashTable      *terms;        /* set: names of labels */
  GPtrArray       *again;        /* creates that are delivered once more */
  GHashTable      *twins;        /* id -> what such a delivery made */
  GPtrArray       *kept_twins;   /* texts of those that are reviews of their own now */
  GPtrArray       *late;         /* writes that are still on their way */
};

void         fake_media_free            (gpointer          data);
/* fake-faults.c: FALSE, with @error set. */
gboolean     fake_fail                  (GError          **error,
                                         BalError          code,
                                         const char       *words);
/* Before the server acts. @is_write: whether a broken connection leaves a doubt. */
gboolean     fake_fault_before          (FakeFault         fault,
                                         gboolean          is_write,
                                         GCancellable     *cancellable,
                                         GError          **error);
gboolean     fake_fault_after           (FakeFault         fault,
                                         gboolean          is_write,
                                         GError          **error);
/* Lets @http believe that it waited for an answer. */
gboolean     fake_server_let_wait       (FakeServer       *self,
                                         BalHttpClient    *http,
                                         gboolean          is_write,
                                         GError          **error);
void         fake_late_free             (gpointer          late);
/* Will store @content, or delete the comment or review @deleted. The lock is held. */
void         fake_server_keep_late      (FakeServer       *self,
                                         GObject          *content,
                                         const char       *deleted);
void         fake_server_deliver_late   (FakeServer       *self);

/* fake-again.c; the lock is held. @content will be delivered once more; it has made @first. */
void         fake_again_init            (FakeServer       *self);
void         fake_again_clear           (FakeServer       *self);
void         fake_again_keep            (FakeServer       *self,
                                         BalReview        *content,
                                         const char       *first);
/* @review becomes @content; NULL: it goes */
void         fake_again_note_change     (FakeServer       *self,
                                         BalReview        *review,
                                         BalReview        *content);

/* fake-limits.c; FALSE, with @error set. The lock is held. */
gboolean     fake_limits_allow_review   (FakeServer       *self,
                                         FakeReview       *row,          /* (nullable) */
                                         BalReview        *review,
                                         GError          **error);
gboolean     fake_limits_allow_comment  (FakeServer       *self,
                                         FakeComment      *row,          /* (nullable) */
                                         BalComment       *comment,
                                         GError          **error);
/* (transfer full): what it tells of a row */
BalReview   *fake_limits_show_review    (FakeServer       *self,
                                         FakeReview       *row);
BalComment  *fake_limits_show_comment   (FakeServer       *self,
                                         FakeComment      *row);
/* It is in no list and in no total, and shows no text. */
gboolean     fake_limits_hide           (FakeServer       *self,
                                         const FakeComment *row);
/* Whether a search for @comment, whose answer was lost, finds the row. */
gboolean     fake_limits_is_wanted      (FakeServer       *self,
                                         const FakeComment *row,
                                         BalComment       *comment);
/* Takes away what such a blog does not keep. */
void         fake_limits_trim_review    (FakeServer       *self,
                                         BalReview        *review);
void         fake_limits_trim_comment   (FakeServer       *self,
                                         BalComment       *comment);

FakeServer  *fake_server_find           (const char       *url);
/* The lock is held for all below. */
FakeReview  *fake_server_get_review     (FakeServer       *self,
                                         const char       *id);
FakeComment *fake_server_get_comment    (FakeServer       *self,
                                         const char       *id);
FakeReview  *fake_server_store_review   (FakeServer       *self,
                                         FakeReview       *row,          /* NULL: new */
                                         BalReview        *content);
FakeComment *fake_server_store_comment  (FakeServer       *self,
                                         FakeComment      *row,
                                         BalComment       *content);
gboolean     fake_server_drop_review    (FakeServer       *self,
                                         const char       *id);
gboolean     fake_server_drop_comment   (FakeServer       *self,
                                         const char       *id);

G_END_DECLS
