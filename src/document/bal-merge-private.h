/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-block-private.h"
#include "bal-document-merge.h"
#include "bal-writer.h"

G_BEGIN_DECLS

/* Not there at all, in a version. */
#define BAL_MERGE_ABSENT (-2)

/* A stretch of a container's source. */
typedef struct
{
  const char *start;
  gsize       length;
} BalMergeSpan;

/**
 * BalMergeVersion:
 *
 * What one version of a container holds, in order: its blocks, and the markup between them that is
 * more than white space and line breaks (the tags of a wrapper, a comment), which a merge must
 * neither lose nor double either.
 */
typedef struct
{
  GPtrArray *things;   /* BalMergeThing */
  GArray    *spaces;   /* BalMergeSpan: before each thing, and behind the last */
} BalMergeVersion;

typedef struct
{
  BalBlock *block;
  gboolean  markup;    /* the block stands for markup that belongs to none */
} BalMergeThing;

void bal_merge_version_init    (BalMergeVersion *self,
                                BalBlock        *container);
void bal_merge_version_clear   (BalMergeVersion *self);
/* For each thing of @to the one of @from that it is, to the byte, or has come from; as
 * bal_match(). */
void bal_merge_version_match   (BalMergeVersion *from,
                                BalMergeVersion *to,
                                int             *origin,
                                gboolean        *equal);
/* The same between some things of two sides that both are new: alike is what says the same, and
 * related what surely was written as one. */
void bal_merge_match_new       (GPtrArray       *mine,
                                GPtrArray       *theirs,
                                int             *origin,
                                gboolean        *equal);

/* One thing of the outcome. */
typedef struct
{
  BalBlock *block;     /* what it should read as */
  gboolean  markup;
  GBytes   *bytes;
  int       at[3];     /* where it stands in each version, or BAL_MERGE_ABSENT */
} BalMergeItem;

BalMergeItem *bal_merge_item_new  (BalMergeThing *thing,
                                   int            in_base,
                                   int            in_mine,
                                   int            in_theirs);
void          bal_merge_item_free (BalMergeItem  *self);

/* A place of the outcome: what stands there, if need be for each choice. */
typedef struct
{
  gboolean   conflict;
  GPtrArray *items[3];   /* BalMergeItem; without a conflict by BAL_SIDE_MINE alone */
} BalMergeSlot;

/* How the blocks inside of others are merged: they have no choices of their own. */
typedef struct
{
  BalDialect dialect;
  BalWay     way;
  BalSide    prefer;
  gboolean   conflict;   /* (out) */
} BalMergeManner;

/**
 * BalMergeFlow:
 *
 * The merged content of one container.
 */
typedef struct
{
  BalDialect       dialect;
  BalBlockKind     kind;
  BalMergeVersion  versions[3];
  GPtrArray       *slots;      /* BalMergeSlot, in order */
} BalMergeFlow;

/* (transfer full): @manner: NULL for a document, whose conflicts keep their sides. The containers
 * must outlive it. */
BalMergeFlow *bal_merge_flow_new   (BalBlock *const  containers[3],
                                    BalDialect       dialect,
                                    BalMergeManner  *manner);
void          bal_merge_flow_free  (BalMergeFlow    *self);
/* Writes the outcome with one choice for each slot, or @choice for all; adds what it should read as
 * to @blocks. */
void          bal_merge_flow_write (BalMergeFlow    *self,
                                    const BalSide   *choices,
                                    BalSide          choice,
                                    GString         *out,
                                    GPtrArray       *blocks);

/* (transfer full) (nullable): a block inside of another, which both sides changed; NULL when it can't
 * be merged. */
BalMergeItem *bal_merge_block      (BalBlock *const  versions[3],
                                    BalMergeManner  *manner);
/* A block of a document, likewise, with its choices; FALSE when it can't be merged. */
gboolean      bal_merge_root_block (BalBlock *const  versions[3],
                                    BalDialect       dialect,
                                    BalMergeSlot    *slot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalMergeFlow, bal_merge_flow_free)

G_END_DECLS
