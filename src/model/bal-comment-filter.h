/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-types.h"

G_BEGIN_DECLS

typedef enum
{
  BAL_FILTER_WORD,      /* in the text or the author's name */
  BAL_FILTER_FROM,      /* in the author's name or addresses */
  BAL_FILTER_REVIEW,    /* in the review's title; "#12": the review with that id */
  BAL_FILTER_BLOG,      /* in the blog's name */
  BAL_FILTER_STATUS,
  BAL_FILTER_AFTER,
  BAL_FILTER_BEFORE,
  BAL_FILTER_ON,
  BAL_FILTER_HAS,       /* "link" */
  BAL_FILTER_IS,        /* "unanswered", "mine", or a status */
} BalFilterKind;

typedef struct
{
  BalFilterKind  kind;
  gboolean       negated;    /* a "-" stood before it */
  gboolean       quoted;     /* exactly these words; else without white space */
  char          *text;
} BalFilterTerm;

/**
 * BalFilterLimits:
 *
 * What the terms other than words come to. `int`: -1 either, 0 no, 1 yes.
 */
typedef struct
{
  guint    statuses;         /* bits, by BalCommentStatus; 0: nothing is said about it */
  gint64   from;             /* seconds; G_MININT64: no limit */
  gint64   until;            /* the first second that is too late; G_MAXINT64: no limit */
  int      has_link;
  int      unanswered;
  int      mine;
} BalFilterLimits;

#define BAL_FILTER_ALL_STATUSES 0xfu

/**
 * BalCommentFilter:
 *
 * Which comments somebody looks for, in the words of a search box:
 *
 *     from:ana review:perfection status:spam after:2020-01-01 has:link "exact words" -word
 *
 * No line is wrong: what has no known prefix is a word, and what can't be understood stays in it. Immutable.
 */
#define BAL_TYPE_COMMENT_FILTER (bal_comment_filter_get_type ())
GType                bal_comment_filter_get_type    (void) G_GNUC_CONST;

BalCommentFilter    *bal_comment_filter_new         (const char             *line);
BalCommentFilter    *bal_comment_filter_ref         (BalCommentFilter       *self);
void                 bal_comment_filter_unref       (BalCommentFilter       *self);
char                *bal_comment_filter_write       (BalCommentFilter       *self);
guint                bal_comment_filter_get_n_terms (BalCommentFilter       *self);
const BalFilterTerm *bal_comment_filter_get_term    (BalCommentFilter       *self,
                                                     guint                   i);
char                *bal_comment_filter_dup_value   (BalCommentFilter       *self,
                                                     BalFilterKind           kind);
BalCommentFilter    *bal_comment_filter_with        (BalCommentFilter       *self,
                                                     BalFilterKind           kind,
                                                     const char             *value);
void                 bal_comment_filter_resolve     (BalCommentFilter       *self,
                                                     gint64                  now,
                                                     GTimeZone              *zone,
                                                     BalFilterLimits        *limits);
gboolean             bal_comment_filter_get_gap     (BalCommentFilter       *self,
                                                     guint                   i,
                                                     gint64                  now,
                                                     GTimeZone              *zone,
                                                     gint64                 *from,
                                                     gint64                 *until);
char                *bal_comment_filter_dup_fault   (BalCommentFilter       *self);

gboolean             bal_filter_date_parse          (const char             *text,
                                                     gint64                  now,
                                                     GTimeZone              *zone,
                                                     gint64                 *start,
                                                     gint64                 *end);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalCommentFilter, bal_comment_filter_unref)

G_END_DECLS
