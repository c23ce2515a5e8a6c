/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-exporter.h"
#include "bal-site-html.h"

G_BEGIN_DECLS

/* What lists need of a review that has a page. */
typedef struct
{
  char    *place;                /* "reviews/2019-05-30-tin-moon.html", as an address */
  char    *title;
  char    *excerpt;
  char    *grade;
  char    *series;
  char    *id;                   /* for feeds: an address that stays */
  char   **labels;
  gint64   published;
  gint64   updated;
} BalSiteEntry;

void           bal_site_entry_free     (BalSiteEntry     *entry);

/* (transfer full): a page begins; @up leads to the folder: "" or "../". */
GString       *bal_site_page_new       (BalBlog          *blog,
                                        const char       *title,
                                        const char       *up);
/* Consumes @page. */
gboolean       bal_site_page_write     (GString          *page,
                                        BalExporter      *exporter,
                                        const char       *name,
                                        GError          **error);
/* Appends @text, escaped, between two pieces of markup; nothing when there is none. */
void           bal_site_page_append    (GString          *page,
                                        const char       *before,
                                        const char       *text,
                                        const char       *after);
void           bal_site_page_append_time (GString        *page,
                                        gint64            time);
/* The thread, as readers see it; tells how many comments they don't. */
void           bal_site_page_append_comments (GString    *page,
                                        GPtrArray        *comments,
                                        guint            *n_shown,
                                        guint            *n_hidden);
const char    *bal_site_get_style      (void);

/* bal-site-lists.c: all pages that list others, and the feed. @entries: (element-type BalSiteEntry): oldest first. */
gboolean       bal_site_lists_write    (BalExporter      *exporter,
                                        GPtrArray        *entries,
                                        GHashTable       *label_places,
                                        GHashTable       *series_places,
                                        GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalSiteEntry, bal_site_entry_free)

G_END_DECLS
