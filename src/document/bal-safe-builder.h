/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-block.h"

G_BEGIN_DECLS

/* How text that is added is to look, and the block that it stands in. */
typedef struct
{
  BalStyle      style;
  const char   *link;          /* (nullable) address that may be opened; equal ones are one pointer
                                * that lasts until the end */
  BalBlockKind  kind;          /* PARAGRAPH, HEADING or PREFORMATTED */
  int           level;
  gboolean      keep_space;    /* a newline is a line break */
  gboolean      plain_space;   /* a no-break space is a space */
  gboolean      verbatim;      /* an ampersand is just that */
} BalSafeLook;

/**
 * BalSafeBuilder:
 *
 * Puts blocks together from text and from where lines and containers start and end. White space is
 * folded as browsers do; nothing is empty; a line has neither blanks at its ends nor two line breaks
 * in a row. Nesting is bounded so that an editor can show it, and so is the number of blocks: what
 * comes behind the last stands in it.
 */
typedef struct _BalSafeBuilder BalSafeBuilder;

BalSafeBuilder *bal_safe_builder_new        (void);
void            bal_safe_builder_free       (BalSafeBuilder    *self);
/* (transfer full) (element-type BalBlock): nothing may be added afterwards. */
GPtrArray      *bal_safe_builder_finish     (BalSafeBuilder    *self);

/* @text: valid UTF-8. */
void            bal_safe_builder_add_text   (BalSafeBuilder    *self,
                                             const char        *text,
                                             gsize              length,
                                             const BalSafeLook *look);
void            bal_safe_builder_add_space  (BalSafeBuilder    *self);
void            bal_safe_builder_add_tab    (BalSafeBuilder    *self);
/* Two of them part paragraphs. */
void            bal_safe_builder_add_break  (BalSafeBuilder    *self);
/* A line break that stands at no line's start. */
void            bal_safe_builder_start_row  (BalSafeBuilder    *self);
void            bal_safe_builder_end_line   (BalSafeBuilder    *self);
void            bal_safe_builder_add_separator (BalSafeBuilder *self);

/* How many containers are open. */
guint           bal_safe_builder_get_depth  (BalSafeBuilder    *self);
void            bal_safe_builder_close_to   (BalSafeBuilder    *self,
                                             guint              depth);
void            bal_safe_builder_open_quote (BalSafeBuilder    *self);
/* @goes_on: right behind a list of its kind it is the same list. */
void            bal_safe_builder_open_list  (BalSafeBuilder    *self,
                                             gboolean           ordered,
                                             gboolean           goes_on);
void            bal_safe_builder_open_item  (BalSafeBuilder    *self);
/* An item of a list that is known by name and level alone, @level from 1. */
void            bal_safe_builder_open_named_item (BalSafeBuilder *self,
                                             const char        *name,
                                             guint              level,
                                             gboolean           ordered);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalSafeBuilder, bal_safe_builder_free)

G_END_DECLS
