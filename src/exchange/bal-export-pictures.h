/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-exporter.h"

G_BEGIN_DECLS

/* Pictures of what is exported, whose files are on this computer: those that wait to be uploaded ("media:ID"), and copies
 * of those that were. */

typedef struct _BalExportPictures BalExportPictures;

/* Knows what was uploaded to @blog_id at that moment. */
BalExportPictures *bal_export_pictures_new  (BalTransaction     *transaction,
                                             gint64              blog_id,
                                             GError            **error);
void               bal_export_pictures_free (BalExportPictures  *self);

/**
 * bal_export_pictures_list:
 * @html: (nullable): where they are shown or linked
 * @featured: (nullable): what bal_review_get_featured_image() says
 * @media: (element-type BalMedia): gets them, each once
 * @missing: (element-type utf8): gets what they are called whose files are not there any more
 * @error: return location
 *
 * Returns: %FALSE when the store failed
 */
gboolean           bal_export_pictures_list (BalExportPictures  *self,
                                             const char         *html,
                                             const char         *featured,
                                             GPtrArray          *media,
                                             GPtrArray          *missing,
                                             GError            **error);

/* (transfer none) (nullable): which of @media @address is, as it stands in a post: "media:ID", or on the web. */
BalMedia          *bal_export_pictures_find (GPtrArray          *media,
                                             const char         *address);
/* (transfer none) (nullable): the featured picture, where it is one of @media. */
BalMedia          *bal_export_pictures_find_featured (GPtrArray  *media,
                                             const char         *featured);

/* (transfer full) (nullable): what stands for it in the export; NULL: its address stays. */
typedef char    *(*BalExportAddress)        (BalMedia           *media,
                                             gpointer            data);

/* (transfer full): @html with other addresses for those of @media that it shows or links to; all other bytes kept. */
char              *bal_export_pictures_move (const char         *html,
                                             GPtrArray          *media,
                                             BalExportAddress    address,
                                             gpointer            data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalExportPictures, bal_export_pictures_free)

G_END_DECLS
