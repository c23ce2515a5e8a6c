/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-block-private.h"
#include "bal-document.h"
#include "bal-inline.h"

G_BEGIN_DECLS

/* How the text of a block is spelled, given what stands around it. */
BalInlineFlags  bal_reader_inline_flags (BalDialect       dialect,
                                         BalBlockKind     kind,
                                         BalForm          form);
/* Which dialect a post shows, or else @fallback. */
BalDialect      bal_reader_recognise    (const BalTokens *tokens,
                                         BalDialect       fallback);
/* (transfer full): a nameless container with the blocks of @bytes; @tokens (with blank lines
 * split) are theirs. */
BalBlock       *bal_reader_read         (GBytes          *bytes,
                                         const BalTokens *tokens,
                                         BalDialect       dialect);
/* The same, for what its field lines say: paragraphs and headings without any may have no text. */
BalBlock       *bal_reader_read_lines   (GBytes          *bytes,
                                         const BalTokens *tokens,
                                         BalDialect       dialect);
BalBlock       *bal_reader_read_bytes   (GBytes          *bytes,
                                         BalDialect       dialect);
/* (transfer full): what the island of an opaque block is called. */
char           *bal_reader_island_name  (const char      *source,
                                         gsize            length);
/* (transfer full): an image's caption, or else its alternative text, or "". */
char           *bal_reader_image_label  (const char      *source,
                                         gsize            length);

/* Whether @source ends inside a tag, a comment or a script, so that it would swallow what
 * follows. */
gboolean        bal_reader_is_unclosed  (const char      *source,
                                         gsize            length);

/* Shared by the files of the reader. */
typedef struct
{
  const char      *html;
  GBytes          *bytes;
  const BalTokens *tokens;
  BalDialect       dialect;
  guint            depth;
  guint8          *gap_ends;    /* for each token: it ends a wrapper and belongs to a gap */
  guint           *next_break;  /* for each token: the next that ends a paragraph */
  gboolean         only_lines;  /* text in which no field line can be is left out */
} BalReader;

typedef struct
{
  GPtrArray *blocks;
  GArray    *starts;           /* gsize */
} BalFlow;

/* Blocks of one element or delimited WordPress block; NULL when it is none that Balcony knows.
 * The span is what the block's source shall be, delimiters included. */
BalBlock       *bal_reader_read_element   (BalReader    *self,
                                           guint         index,
                                           gsize         start,
                                           gsize         end);
BalBlock       *bal_reader_read_delimited (BalReader    *self,
                                           guint         index);
BalBlock       *bal_reader_read_bare      (BalReader    *self,
                                           gsize         start,
                                           gsize         end);
BalBlock       *bal_reader_opaque         (BalReader    *self,
                                           gsize         start,
                                           gsize         end);
BalBlock       *bal_reader_empty_block    (BalReader    *self,
                                           BalBlockKind  kind,
                                           const char   *text,
                                           gsize         start,
                                           gsize         end);
/* Takes the flow's blocks for children of the block read from @start to @end. */
BalBlock       *bal_reader_container      (BalReader    *self,
                                           BalBlockKind  kind,
                                           gboolean      ordered,
                                           BalInline    *content,
                                           gsize         start,
                                           gsize         end,
                                           gsize         content_start,
                                           gsize         content_end,
                                           gsize         flow_end,
                                           BalFlow      *flow);
void            bal_reader_flow_init      (BalFlow      *flow);
void            bal_reader_flow_clear     (BalFlow      *flow);
void            bal_reader_read_flow      (BalReader    *self,
                                           guint         first,
                                           guint         last,
                                           BalFlow      *flow);
/* Whether something in [first, last) ends a paragraph in this dialect: a block, a blank line,
 * two <br>. */
gboolean        bal_reader_has_break      (BalReader    *self,
                                           guint         first,
                                           guint         last);
/* Whether there is anything for a reader in [first, last): text or objects. */
gboolean        bal_reader_shows_something (BalReader    *self,
                                           guint         first,
                                           guint         last);
/* (transfer full) (nullable): the text of a <!--more--> comment, "" without any; NULL when it is
 * another comment. */
char           *bal_reader_more_text      (const char   *html,
                                           const BalToken *token);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BalFlow, bal_reader_flow_clear)

G_END_DECLS
