/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-image.h"
#include "bal-inline.h"
#include "bal-tokenizer.h"

G_BEGIN_DECLS

/* A picture with a caption, as Blogger's editor writes it; the picture and the caption stand between. */
#define BAL_BLOGGER_CAPTION_OPEN \
  "<table align=\"center\" cellpadding=\"0\" cellspacing=\"0\" class=\"tr-caption-container\" " \
  "style=\"margin-left: auto; margin-right: auto;\"><tbody><tr><td style=\"text-align: center;\">"
#define BAL_BLOGGER_CAPTION_MIDDLE \
  "</td></tr><tr><td class=\"tr-caption\" style=\"text-align: center;\">"
#define BAL_BLOGGER_CAPTION_CLOSE "</td></tr></tbody></table>"

/* What a caption is in the source. */
typedef enum
{
  BAL_CAPTION_NONE,
  BAL_CAPTION_ELEMENT,     /* <figcaption>, or td.tr-caption */
  BAL_CAPTION_TEXT,        /* what follows the picture in [caption …] */
  BAL_CAPTION_ATTRIBUTE,   /* caption="…" in [caption …] (WordPress before 3.4) */
} BalCaptionKind;

/**
 * BalImageParts:
 *
 * Where the parts of an image block stand in its source. Elements are start tags; NULL where there
 * is none.
 */
typedef struct
{
  BalTokens      *tokens;
  const BalToken *image;
  const BalToken *link;             /* the innermost <a> around it */
  const BalToken *figure;           /* around it */
  const BalToken *table;            /* Blogger's, with a caption in it */
  const BalToken *wrapper;          /* the <p> or <div> that the block is */
  const BalToken *delimiter;        /* of wp:image */
  const BalToken *caption;
  BalCaptionKind  caption_kind;
  gsize           caption_start;    /* of its content, without white space around it */
  gsize           caption_end;
  BalToken        shortcode;        /* [caption …], as a tag; ends where it begins when there is none */
  gsize           picture_start;    /* the image with its link */
  gsize           picture_end;
} BalImageParts;

/* FALSE when there is not just one picture in it. Then too it must be cleared. */
gboolean bal_image_parts_find       (BalImageParts       *self,
                                     const char          *source,
                                     gsize                length);
void     bal_image_parts_clear      (BalImageParts       *self);
gboolean bal_image_parts_has_shortcode (const BalImageParts *self);
/* (transfer full) (nullable): the caption, read as a line of text where it is one. */
BalInline *bal_image_parts_read_caption (const BalImageParts *self,
                                     BalInlineFlags       flags);
/* (transfer full) (nullable): what the source says. */
BalImage *bal_image_parts_read      (const BalImageParts *self);
/* An empty caption or link is none. */
void     bal_image_normalize        (BalImage            *self);
/* Pixels of a length ("300", "300px"); 0 when it is none. */
int      bal_image_parse_pixels     (const char          *text);
/* (transfer full) (nullable): the value of a property in a style attribute. */
char    *bal_image_dup_style        (const char          *style,
                                     const char          *property);
/* Whether @source is nothing but one [caption] shortcode around one picture. */
gboolean bal_image_is_shortcode     (const char          *source,
                                     gsize                length);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BalImageParts, bal_image_parts_clear)

G_END_DECLS
