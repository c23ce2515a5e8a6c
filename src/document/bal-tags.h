/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-block.h"

G_BEGIN_DECLS

/**
 * BalTagFlags:
 * @BAL_TAG_BLOCK: stands on its own; never inside a line of text
 * @BAL_TAG_VOID: has no closing tag (HTML standard, "void elements", and obsolete ones)
 * @BAL_TAG_OBJECT: stands in a line as one thing whose inside is not text (an image, an iframe)
 * @BAL_TAG_RAW: what follows is not markup until its own closing tag (HTML standard, raw text)
 * @BAL_TAG_WRAPPER: may stand around blocks without meaning anything by itself (a div)
 */
typedef enum
{
  BAL_TAG_INLINE  = 0,
  BAL_TAG_BLOCK   = 1 << 0,
  BAL_TAG_VOID    = 1 << 1,
  BAL_TAG_OBJECT  = 1 << 2,
  BAL_TAG_RAW     = 1 << 3,
  BAL_TAG_WRAPPER = 1 << 4,
} BalTagFlags;

typedef struct
{
  const char  *name;
  BalTagFlags  flags;
  BalStyle     style;
} BalTag;

/* (nullable): what is known of an element; any case. NULL for custom and unknown ones. */
const BalTag *bal_tag_lookup       (const char *name,
                                    gsize       length);
/* A small number of its own for each known element, below bal_tag_count(). */
guint         bal_tag_get_id       (const BalTag *tag);
guint         bal_tag_count        (void);
/* The element that a new run of one style gets ("strong", "em", …). */
const char   *bal_tag_for_style    (BalStyle    style);

G_END_DECLS
