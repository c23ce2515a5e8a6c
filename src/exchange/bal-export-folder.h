/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-exporter.h"
#include "bal-media-table.h"

G_BEGIN_DECLS

/**
 * BalExportFolder:
 *
 * What stands where in a folder with a file for each review and a folder "images" beside: names that every file system and
 * every address can hold, each once, whatever titles, slugs and pictures are called.
 */
typedef struct _BalExportFolder BalExportFolder;

/* @exporter: (transfer none): stays as long as the folder. */
BalExportFolder *bal_export_folder_new          (BalExporter      *exporter);
void             bal_export_folder_free         (BalExportFolder  *self);
/* (transfer full): its day and its slug, or its title: "2019-05-30-tin-moon". */
char            *bal_export_folder_name_review  (BalExportFolder  *self,
                                                 BalReview        *review);
/* (transfer full): for something else, "slow-burn", that is told from others of @kind. */
char            *bal_export_folder_name         (BalExportFolder  *self,
                                                 const char       *kind,
                                                 const char       *text);
/**
 * bal_export_folder_take_pictures:
 * @item: a review
 * @prefix: what leads from its page to the folder: "" or "../"
 * @error: return location
 *
 * Copies its pictures that are not there yet.
 *
 * Returns: (transfer full) (nullable): its HTML with their places in the folder
 */
char            *bal_export_folder_take_pictures (BalExportFolder       *self,
                                                  const BalExportReview *item,
                                                  const char            *prefix,
                                                  GError               **error);
/* (transfer none) (nullable): where the featured picture is, below the folder. */
const char      *bal_export_folder_find_featured (BalExportFolder       *self,
                                                  const BalExportReview *item);
/* (transfer full): as part of a name: letters and digits of any language, hyphens between them; "" when nothing is left. */
char            *bal_export_folder_clean        (const char       *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalExportFolder, bal_export_folder_free)

G_END_DECLS
