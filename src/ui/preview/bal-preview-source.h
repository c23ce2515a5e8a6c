/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalPreviewPage:
 *
 * A review as the blog would show it.
 */
typedef struct
{
  char       *title;
  char       *html;
  char       *address;     /* that links and pictures count from; NULL: none */
  gboolean    themed;      /* in the blog's own page; otherwise in a plain one */
  GHashTable *media;       /* (element-type utf8 utf8): paths of pictures not on the blog yet, by id */
} BalPreviewPage;

void               bal_preview_page_free    (BalPreviewPage *page);

/**
 * BalPreviewSource:
 *
 * Makes the page for the preview of one review: what is written now, in the page in which the blog
 * shows this review, or else its newest one. That page is fetched once, and again when asked for.
 */
#define BAL_TYPE_PREVIEW_SOURCE (bal_preview_source_get_type ())
G_DECLARE_FINAL_TYPE (BalPreviewSource, bal_preview_source, BAL, PREVIEW_SOURCE, GObject)

BalPreviewSource  *bal_preview_source_new   (BalStore             *store,
                                             gint64                review_id);
/* Makes it again, with what the store holds now. @fetch: ask the blog for its page even when it is
 * known, or could not be had before. */
void               bal_preview_source_load_async  (BalPreviewSource     *self,
                                                   gboolean              fetch,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
/* (transfer full) (nullable): NULL with an error when the review can't be read; without a theme it
 * is a plain page. */
BalPreviewPage    *bal_preview_source_load_finish (BalPreviewSource     *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalPreviewPage, bal_preview_page_free)

G_END_DECLS
