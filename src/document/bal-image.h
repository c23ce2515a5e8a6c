/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-document.h"

G_BEGIN_DECLS

/**
 * BalImage:
 *
 * What an image block says. All text is plain and decoded; only what is asked for is changed when
 * it is written back.
 */
typedef struct
{
  char *src;       /* address; "media:ID" for a picture that is not on the blog yet */
  char *alt;       /* what it shows, for those who can't see it; "" says that it only decorates; NULL: not said */
  char *caption;   /* NULL: none */
  char *link;      /* NULL: none */
  int   width;     /* pixels; 0: not said */
  int   height;
} BalImage;

#define BAL_TYPE_IMAGE (bal_image_get_type ())
GType      bal_image_get_type     (void) G_GNUC_CONST;
BalImage  *bal_image_new          (const char     *src);
BalImage  *bal_image_copy         (const BalImage *self);
void       bal_image_free         (BalImage       *self);
gboolean   bal_image_equal        (const BalImage *a,
                                   const BalImage *b);

/* (transfer full) (nullable): what an image block says, in any dialect; NULL when there is not just one picture in
 * it. */
BalImage  *bal_image_from_block   (BalBlock       *block);
/* (transfer full): a new image as posts of this dialect write them. */
BalBlock  *bal_image_to_block     (const BalImage *self,
                                   BalDialect      dialect);
/* (transfer full): @block saying what @self says; what it said already keeps its bytes. */
BalBlock  *bal_image_change_block (const BalImage *self,
                                   BalBlock       *block,
                                   BalDialect      dialect);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalImage, bal_image_free)

G_END_DECLS
