/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-block.h"

G_BEGIN_DECLS

/* What stands around a block's content in the source. */
typedef enum
{
  BAL_FORM_TAGS,   /* an element of its own, delimiters perhaps around it */
  BAL_FORM_DIV,    /* a paragraph that is a <div> */
  BAL_FORM_BARE,   /* no element: breaks part it from its neighbours */
} BalForm;

/*
 * The source of a block that was read is
 *
 *   head · content · gap · child · gap · child · … · gap · tail
 *
 * where the content is the inline HTML of its text, from @content_start to @content_end; the gaps
 * and children reach to @flow_end. All offsets count from the block's own first byte, and the
 * children's sources are its bytes at @child_starts. A document is a block with neither head nor
 * tail.
 */
struct _BalBlock
{
  gatomicrefcount  ref_count;
  BalBlockKind     kind;
  int              level;
  gboolean         ordered;
  char            *text;
  BalRun          *runs;
  guint            n_runs;
  GPtrArray       *children;       /* BalBlock; NULL without any */
  char            *name;           /* NULL where the kind says it */
  guint            hash;           /* equal for equal blocks */

  GBytes          *source;         /* NULL when built */
  gsize            content_start;
  gsize            content_end;
  gsize            flow_end;
  gsize           *child_starts;   /* one for each child; NULL when built */
  BalForm          form;
  gboolean         unclosed;       /* its source ends inside a tag: nothing may be put behind it */
};

/* Takes @children (nullable) and @source (nullable); copies text and runs. */
BalBlock    *bal_block_build          (BalBlockKind   kind,
                                       int            level,
                                       gboolean       ordered,
                                       const char    *text,
                                       const BalRun  *runs,
                                       guint          n_runs,
                                       GPtrArray     *children,
                                       GBytes        *source,
                                       const char    *name);
guint        bal_block_hash           (BalBlock      *self);
const char  *bal_block_source_at      (BalBlock      *self,
                                       gsize          offset);
gsize        bal_block_source_length  (BalBlock      *self);
/* The gap before child @index; with the number of children, the one after the last. */
const char  *bal_block_get_gap        (BalBlock      *self,
                                       guint          index,
                                       gsize         *length);
/* Whether a run says the same as another, whatever text it covers. */
gboolean     bal_run_same_look        (const BalRun  *a,
                                       const BalRun  *b);

G_END_DECLS
