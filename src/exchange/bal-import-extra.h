/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-import-rows.h"
#include "bal-tables.h"
#include "bal-take-in.h"

G_BEGIN_DECLS

/**
 * BalImportExtra:
 *
 * What Balcony's own files tell besides reviews and comments: of one of these its older versions and what is being written;
 * or a thing of its own.
 */
typedef struct
{
  GPtrArray      *versions;      /* (nullable) (element-type BalRevision): of a review or a comment, the oldest first */
  int             previous;      /* what it was before it went to the trash or the spam; -1: not known */
  GPtrArray      *drafts;        /* (nullable) (element-type BalReplyDraft): of a comment */
  gboolean        stays_out;     /* versions and drafts of what was here by itself */
  BalMedia       *picture;       /* (nullable): its id is what the file calls it; it has no path */
  GBytes         *bytes;         /* of the picture */
  BalPerson      *person;        /* (nullable) */
  char           *same_as;       /* (nullable): the key of whoever the person was merged into */
  BalSnippet     *snippet;       /* (nullable) */
  BalSavedFilter *filter;        /* (nullable) */
  BalImportRows  *rows;          /* (nullable): for a blog that is made anew */
} BalImportExtra;

BalImportExtra *bal_import_extra_new          (void);
void            bal_import_extra_free         (BalImportExtra  *self);
gsize           bal_import_extra_get_size     (BalImportExtra  *self);

/* Whether a person, a saved reply or a search is here. A picture is always new: where it is here, putting it in finds it. */
gboolean        bal_import_extra_find         (BalImportExtra  *self,
                                               BalTransaction  *transaction,
                                               BalTakeInFound  *found,
                                               GError         **error);
/* Puts one that was found to be new in. @pictures: (element-type gint64 gint64): learns what the file's pictures are
 * called here. */
gboolean        bal_import_extra_put          (BalImportExtra  *self,
                                               BalTransaction  *transaction,
                                               gint64           blog_id,
                                               GHashTable      *pictures,
                                               GError         **error);
/* Lets a review and its older versions show the pictures as they are called here. */
void            bal_import_extra_move_pictures (BalImportExtra *self,
                                               BalReview       *review,
                                               GHashTable      *pictures);
gboolean        bal_import_extra_has_parts    (BalImportExtra  *self);
/* Puts the older versions and the drafts of a review or comment in. */
gboolean        bal_import_extra_put_parts    (BalImportExtra  *self,
                                               BalTransaction  *transaction,
                                               BalEntity        entity,
                                               gint64           id,
                                               GError         **error);

G_END_DECLS
