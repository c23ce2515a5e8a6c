/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-tokenizer.h"

G_BEGIN_DECLS

/**
 * BalInlineFlags:
 * @BAL_INLINE_NEWLINES: a newline in the source is a line break (WordPress, wpautop())
 * @BAL_INLINE_PREFORMATTED: white space stays as it is (in a <pre>)
 * @BAL_INLINE_SLASHES: a new line break is spelled <br />, not <br>
 * @BAL_INLINE_ELEMENTS: a new line break is never spelled as a newline
 * @BAL_INLINE_LONE_SPACE: the whole source being `&nbsp;` means no text (WordPress's empty
 * paragraph)
 * @BAL_INLINE_ATOMS: note where each character came from
 */
typedef enum
{
  BAL_INLINE_DEFAULT      = 0,
  BAL_INLINE_NEWLINES     = 1 << 0,
  BAL_INLINE_PREFORMATTED = 1 << 1,
  BAL_INLINE_SLASHES      = 1 << 2,
  BAL_INLINE_ELEMENTS     = 1 << 3,
  BAL_INLINE_LONE_SPACE   = 1 << 4,
  BAL_INLINE_ATOMS        = 1 << 5,
} BalInlineFlags;

/* An element around characters, as the source spells it. */
typedef struct
{
  guint     parent;       /* index of the frame around it; 0 is no element at all */
  BalStyle  style;
  char     *link;         /* NULL without a target */
  gboolean  plain;        /* says nothing beyond its style or link */
  char     *open;
  char     *close;
  char     *name;
  gsize     text_start;
  gsize     source_start;
} BalFrame;

/* One character of the text and the bytes that spell it. */
typedef struct
{
  gsize source_start;
  gsize source_end;
  gsize text_start;
  guint frame;
} BalAtom;

/**
 * BalInline:
 *
 * Inline HTML, read: the text with its runs, and where each character came from.
 */
typedef struct
{
  const char   *source;   /* borrowed */
  gsize         length;
  GString      *text;
  GArray       *runs;     /* BalRun, in order */
  GArray       *atoms;    /* BalAtom; empty unless asked for */
  GPtrArray    *frames;   /* BalFrame; the first is empty */
  GStringChunk *strings;
} BalInline;

/* (nullable): NULL when it is no inline HTML: invalid UTF-8, NUL, a block element, unbalanced
 * tags. */
BalInline *bal_inline_read   (const char     *source,
                              gsize           length,
                              BalInlineFlags  flags);
void       bal_inline_free   (BalInline      *self);
/* Moves both ends inward over white space that lays out the source and is no part of the text. */
void       bal_inline_trim   (const char     *source,
                              gsize          *start,
                              gsize          *end,
                              BalInlineFlags  flags);

/**
 * bal_inline_write:
 * @old: (nullable): what stood there before: what stays keeps its spelling, tags included
 *
 * Writes text and runs as inline HTML. Elements nest in one order: those Balcony does not know, the
 * link, then bold, italic, underline, strike, small, superscript, subscript, code.
 */
void       bal_inline_write  (GString        *out,
                              BalBlock       *block,
                              BalInlineFlags  flags,
                              BalInline      *old);

/* The element for a line break. */
const char *bal_inline_line_break (BalInlineFlags flags);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalInline, bal_inline_free)

G_END_DECLS
