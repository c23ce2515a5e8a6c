/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-revision-table.h"

G_BEGIN_DECLS

/* The words of Balcony's own JSON, which is written and read. */

#define BAL_JSON_FORMAT "balcony"
/* 1: without what only a store makes something of: the items of BAL_JSON_MEMORY and below, numbers and rows. */
#define BAL_JSON_VERSION 2

#define BAL_JSON_PERSON "person"
#define BAL_JSON_SNIPPET "saved_reply"
#define BAL_JSON_FILTER "filter"
#define BAL_JSON_PICTURE "picture"
#define BAL_JSON_REVIEW "review"
#define BAL_JSON_COMMENT "comment"
#define BAL_JSON_MEMORY "spam_memory"   /* what the spam help has learnt */
#define BAL_JSON_UPLOADED "uploaded"    /* a picture whose bytes only the blog has */
#define BAL_JSON_GONE "gone"            /* what is left of a review or comment */
#define BAL_JSON_PLACE "place"          /* how far the blog was read, and what was imported */

/* Of a version in the history: it is what the blog has while a person has not chosen. */
#define BAL_JSON_OPEN "open"

/* With this begins whose things those of a file are. */
#define BAL_JSON_SOURCE "balcony:"

/* (transfer full): whose things those of a file are. @url, @name: (nullable): of its blog. */
static inline char *
bal_json_make_source (const char *url,
                      const char *name)
{
  return g_strconcat (BAL_JSON_SOURCE, url != NULL ? url : name != NULL ? name : "", NULL);
}

static inline const char *
bal_json_version_kind_to_nick (BalRevisionKind kind)
{
  static const char *const nicks[] = { "edit", "remote", "sent", "conflict", "deleted", "restored" };

  return nicks[kind];
}

G_END_DECLS
