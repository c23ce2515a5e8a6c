/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-importers.h"

G_BEGIN_DECLS

/* Shared by the bal-wxr files alone. */

typedef struct
{
  char *id;
  char *author;
  char *email;
  char *url;
  char *ip;
  char *date;
  char *date_gmt;
  char *content;
  char *approved;
  char *type;
  char *parent;
  char *user_id;
} BalWxrComment;

typedef struct
{
  char      *title;
  char      *link;
  char      *guid;
  char      *pub_date;
  char      *content;
  char      *excerpt;
  char      *id;
  char      *date;
  char      *date_gmt;
  char      *modified_gmt;
  char      *slug;
  char      *status;
  char      *type;
  char      *password;
  char      *attachment_url;
  GPtrArray *labels;
  GPtrArray *categories;
  GPtrArray *comments;           /* (element-type BalWxrComment) */
  GPtrArray *meta;               /* (element-type utf8): names of what the site's programs keep of it */
  char      *thumbnail;          /* id of its featured image */
  gsize      size;
  guint      n_dropped;
  gboolean   too_long;
} BalWxrItem;

typedef struct
{
  BalImporter   *importer;       /* borrowed: it owns this */
  char          *site;
  GHashTable    *users;          /* ids of the site's writers */
  GHashTable    *pictures;       /* id -> address, of those that came by */
  BalWxrItem    *item;           /* (nullable) */
  BalWxrComment *comment;        /* (nullable) */
  char          *domain;         /* of the category that is being read */
  char          *meta_key;       /* of the field that is being read */
} BalWxrReader;

/* bal-wxr-item.c: hands out the item that was read, with its comments, or says why it does not come in. */
void bal_wxr_push_item (BalWxrReader *self);

G_END_DECLS
