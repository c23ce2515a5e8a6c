/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crash-story.h"

G_BEGIN_DECLS

/* Somebody at a desk, with a blog. */
typedef struct
{
  FakeServer *server;
  Story      *story;
  char       *dir;               /* the data folder */
  SyncClient *client;            /* NULL: not started */
  gint64      id;                /* what the preparation made */
  gint64      other;
  gint64      pictures[2];
} Desk;

typedef struct
{
  const char *name;
  void      (*prepare) (Desk *desk);         /* NULL: an empty folder; else the program is restarted after it */
  void      (*run)     (Desk *desk);
  gboolean    backs_up;          /* automatic backups are made */
  gboolean    aside;             /* texts may be in what is kept beside the database */
  gboolean    unsent;            /* what is only saved is not sent */
} Journey;

extern const Journey crash_journeys[];
extern const guint   crash_n_journeys;

/* Opens the store, adds the blog where there is none. */
void     desk_start          (Desk            *desk);
void     desk_stop           (Desk            *desk);

/* Units of work that a test of failures uses, too; @data is a Text. */
typedef struct
{
  gint64      blog_id;
  gint64      id;                /* out of import */
  const char *text;
  gboolean    queue;
} Text;

gboolean import_work         (BalTransaction  *transaction,
                              gpointer         data,
                              GError         **error);
gboolean save_work           (BalTransaction  *transaction,
                              gpointer         data,
                              GError         **error);
/* (transfer full): a file of plain text with a thread, whose words are unlike any other's. */
char    *make_import_text    (guint            number);

G_END_DECLS
