/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync-client.h"

G_BEGIN_DECLS

#define SIM_CLIENTS 2
/* In the ledger: who wrote a text. Clients are 0 and 1. */
#define SIM_WEB 2
#define SIM_SERVER "simulation"
#define SIM_PASSWORD "secret"

/*
 * Two desktops and a web editor share a blog. One generator decides all that happens; a seed replays it.
 *
 * Every text is a number that no other has ("t17."), so that it can be found again wherever it went.
 */
typedef struct
{
  GRand      *rand;
  FakeServer *server;
  SyncClient *clients[SIM_CLIENTS];
  guint       n_texts;
  GHashTable *ledger;            /* number of each text that was saved -> 1 + who wrote it */
  GHashTable *chosen;            /* number of a text -> bits of the desktops that decided for a version with it */
  GHashTable *excused;           /* set: numbers that the web editor wrote and took away again */

  GHashTable *kept;              /* set: numbers that may be on the blog twice, for a create was delivered twice */
  GHashTable *replies;           /* number of a text of a reply -> number of the text that it was written with */

  GHashTable *deleted;           /* set: numbers in reviews without an address that the web editor deleted */
  gboolean    is_limited;        /* the blog can do what Blogger can */
  gboolean    is_like_ghost;     /* … or what Ghost can */
  gboolean    forgets_keys;      /* the blog takes the key of a create away when it is done */

  double      fault_probability;
  double      crash_probability;
  double      busy_probability;  /* of a person who writes, or a web editor who saves, while a call is on its way */
  SyncClient *syncing;           /* NULL: nobody */
  gboolean    is_cut_off;        /* its network is gone until this sync ends */
  gboolean    is_dead;           /* it has been photographed; what it still does never happened */
  gint64      skew[SIM_CLIENTS]; /* how wrong each desktop's clock is */
} Sim;

/* sim.c */
Sim        *sim_new              (guint32      seed);
void        sim_free             (Sim         *self);
guint       sim_pick             (Sim         *self,
                                  guint        n);
gboolean    sim_chance           (Sim         *self,
                                  double       probability);
/* The clock of all from here on, until the next call. @client: whose desk it stands on; SIM_WEB: none. */
void        sim_look_at_clock    (Sim         *self,
                                  guint        client);
void        sim_let_time_pass    (gint64       seconds);
/* A new text, not yet in the ledger. */
char       *sim_make_text        (Sim         *self);
char       *sim_make_title       (Sim         *self,
                                  const char  *who);
/* A new version of @html, a few paragraphs: words are added, a paragraph is replaced, added or taken out. */
char       *sim_edit_html        (Sim         *self,
                                  const char  *html);
/* (element-type guint): the numbers in @html */
GArray     *sim_list_texts       (const char  *html);
void        sim_note_saved       (Sim         *self,
                                  const char  *html,
                                  guint        who);

/* @html, which is @before made anew (NULL: it is new), is of one reply. */
void        sim_note_reply       (Sim         *self,
                                  const char  *before,
                                  const char  *html);

/* sim-folder.c */
void        sim_prepare          (void);
void        sim_clean_up         (void);
/* A desktop's data folder, in which the program has run once; with the day's backup or without. (transfer full) */
char       *sim_make_folder      (gboolean     has_backup);

/* sim-desk.c: a person at a desktop */
void        sim_desk_write       (Sim         *self,
                                  SyncClient  *client);
void        sim_desk_comment     (Sim         *self,
                                  SyncClient  *client);
BalSyncResult *sim_desk_sync     (Sim         *self,
                                  guint        number,
                                  BalSyncFlags flags);

/* sim-web.c: the web editor and the visitors */
void        sim_web_write        (Sim         *self);
void        sim_web_comment      (Sim         *self);

/* sim-faults.c: a FakeFaultFunc with the Sim as its data */
FakeFault   sim_fault_cb         (FakeServer  *server,
                                  const char  *op,
                                  gpointer     sim);

/* sim-check.c */
void        sim_check_all        (Sim         *self);

G_END_DECLS
