/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-provider.h"

G_BEGIN_DECLS

/*
 * A blog in memory, behind the same interface as a real one, with the habits of WordPress that lose
 * rows: moderation and edits of comments move no date, deletions are listed nowhere, the server
 * rewrites what it stores. Calls may come from any thread.
 */
typedef struct _FakeServer FakeServer;

/* What happens to a call. A write that is "after" has been carried out. */
typedef enum
{
  FAKE_FINE,
  FAKE_OFFLINE,
  FAKE_AUTH,
  FAKE_BUSY,                     /* 503, not carried out */
  FAKE_BUSY_AFTER,               /* 504 of a gateway, carried out */
  FAKE_RETRY_AFTER,              /* 429, come back in an hour */
  FAKE_LOST,                     /* the connection broke before the server got it */
  FAKE_LOST_AFTER,               /* … after it was carried out */
  FAKE_REFUSED,
  FAKE_GARBLED_AFTER,
  FAKE_TRUNCATED,                /* half of a page's rows are left out */
  FAKE_TWICE,                    /* delivered and carried out twice, but for creates, which the blog knows again */
  FAKE_LATE,                     /* the connection broke; carried out only after the next call was answered */
  FAKE_AGAIN,                    /* a create that will be delivered once more, by fake_server_deliver_again() */
  FAKE_AGAIN_LOST,               /* … and whose answer was lost */
  FAKE_HANG,                     /* until cancelled */
  FAKE_DIE,                      /* the whole program dies: before, and after */
  FAKE_DIE_AFTER,
} FakeFault;

/* @op is the name in the interface ("put_review"). With the server's lock held. */
typedef FakeFault (*FakeFaultFunc) (FakeServer *server,
                                    const char *op,
                                    gpointer    data);

typedef struct _FakeState FakeState;

/* With the server's lock held. */
typedef void (*FakeWatchFunc) (FakeServer *server,
                               gpointer    data);

extern const BalProviderType fake_provider_type;

/* Known by "https://NAME.example/" until freed. @password NULL: takes any. */
FakeServer *fake_server_new             (const char       *name,
                                         const char       *password);
void        fake_server_free            (FakeServer       *self);
const char *fake_server_get_url         (FakeServer       *self);
void        fake_server_set_password    (FakeServer       *self,
                                         const char       *password);
void        fake_server_set_page_size   (FakeServer       *self,
                                         guint             page_size);
void        fake_server_set_capabilities (FakeServer      *self,
                                          BalCapabilities  capabilities);
/* It can do what Blogger can, and no more; or what Ghost can. */
void        fake_server_set_limited     (FakeServer       *self);
void        fake_server_set_like_ghost  (FakeServer       *self);
/* "<script>", "<u>" and their end tags in what is stored are dropped. */
void        fake_server_set_rewrites    (FakeServer       *self,
                                         gboolean          rewrites);
void        fake_server_set_delay       (FakeServer       *self,
                                         guint             delay_ms);
/* Seconds that each answer seems to take, of which the client's patience is the measure; and how long that was in all. */
void        fake_server_set_slowness    (FakeServer       *self,
                                         guint             answer_s);
guint       fake_server_get_waited      (FakeServer       *self);
/* Whether lists tell the keys that creates carried; those of reviews always while they are unfinished. */
void        fake_server_set_shows_keys  (FakeServer       *self,
                                         gboolean          shows_keys);
/* Like WordPress: the first half of a create leaves a draft with the key, the second takes the key away. */
void        fake_server_set_two_steps   (FakeServer       *self,
                                         gboolean          two_steps);
/* Like WordPress: what is published has a slug, and no two have the same. */
void        fake_server_set_gives_slugs (FakeServer       *self,
                                         gboolean          gives_slugs);
/* Like WordPress: a label is a row of its own, which a request of its own makes before the review is written. To make
 * one that is there is an error that tells its id. */
void        fake_server_set_makes_terms (FakeServer       *self,
                                         gboolean          makes_terms);
guint       fake_server_get_n_terms     (FakeServer       *self);
/* No list shows this one any more, although it is there. */
void        fake_server_hide            (FakeServer       *self,
                                         const char       *id);
/* How many comments more are counted in a state than there are. */
void        fake_server_set_lie         (FakeServer       *self,
                                         BalCommentStatus  status,
                                         int               n);
/* What was still on its way arrives. */
void        fake_server_calm_down       (FakeServer       *self);
/* What was created long ago is delivered once more: one such create. FALSE: there is none left. */
gboolean    fake_server_deliver_again   (FakeServer       *self);
/* Whether it was made by such a delivery; also when it is gone. */
gboolean    fake_server_is_twin         (FakeServer       *self,
                                         const char       *id);
/* Somebody makes a review of its own of it, if it was. */
void        fake_server_note_kept       (FakeServer       *self,
                                         const char       *id);
/* (transfer full) (element-type utf8): the texts of those that became one, or whose first ones went */
GPtrArray  *fake_server_list_kept       (FakeServer       *self);
void        fake_server_set_fault       (FakeServer       *self,
                                         FakeFaultFunc     func,
                                         gpointer          data);
/* Told of each write that was carried out. */
void        fake_server_set_watch       (FakeServer       *self,
                                         FakeWatchFunc     func,
                                         gpointer          data);
/* All that is on the blog, to be put back later. (transfer full); with the server's lock held, as in a watch. */
FakeState  *fake_server_copy_state      (FakeServer       *self);
void        fake_server_put_state       (FakeServer       *self,
                                         FakeState        *state);
void        fake_state_free             (FakeState        *self);
/* Keeps reviews in a file from now on, so that they survive the program. */
void        fake_server_keep_in         (FakeServer       *self,
                                         const char       *path);

/* @op NULL: all */
guint       fake_server_count_calls     (FakeServer       *self,
                                         const char       *op);
void        fake_server_forget_calls    (FakeServer       *self);
guint       fake_server_get_n_reviews   (FakeServer       *self);
guint       fake_server_get_n_comments  (FakeServer       *self);
/* (transfer full) (element-type BalReview), by id */
GPtrArray  *fake_server_list_reviews    (FakeServer       *self);
GPtrArray  *fake_server_list_comments   (FakeServer       *self);

/* (transfer full): "ID:DESCRIPTION" of each picture that was uploaded, parted by spaces. */
char       *fake_server_describe_media  (FakeServer       *self);

/* The web editor. Ids are the server's; (transfer full) strings. */
char       *fake_server_add_review      (FakeServer       *self,
                                         const char       *title,
                                         const char       *html,
                                         BalReviewStatus   status);
/* @review's content replaces what is there. */
void        fake_server_edit_review     (FakeServer       *self,
                                         BalReview        *review);
BalReview  *fake_server_dup_review      (FakeServer       *self,
                                         const char       *id);
void        fake_server_delete_review   (FakeServer       *self,
                                         const char       *id);
char       *fake_server_add_comment     (FakeServer       *self,
                                         const char       *review_id,
                                         const char       *parent_id,
                                         const char       *author,
                                         const char       *html,
                                         BalCommentStatus  status);
/* The blogger's own, written on the blog's page. */
char       *fake_server_add_own_comment (FakeServer       *self,
                                         const char       *review_id,
                                         const char       *parent_id,
                                         const char       *html);
void        fake_server_edit_comment    (FakeServer       *self,
                                         const char       *id,
                                         const char       *html,
                                         BalCommentStatus  status);
BalComment *fake_server_dup_comment     (FakeServer       *self,
                                         const char       *id);
void        fake_server_delete_comment  (FakeServer       *self,
                                         const char       *id);

G_END_DECLS
