/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BalPreviewBackend:
 *
 * What shows a web page. It is a module of its own, loaded with the first preview: the web engine
 * behind it would otherwise be loaded each time that Balcony starts.
 */
typedef struct
{
  /* A widget that shows pages, runs none of their scripts, keeps nothing of them, and opens links
   * in the person's browser. */
  GtkWidget *(*new_view) (void);
  /* Shows a page and stays where one had scrolled to. @media: (element-type utf8 utf8) paths of the
   * pictures that the page calls media:ID, by ID. */
  void       (*show)     (GtkWidget   *view,
                          const char  *html,
                          const char  *address,
                          GHashTable  *media);
} BalPreviewBackend;

#define BAL_PREVIEW_BACKEND_SYMBOL "bal_preview_backend"

G_END_DECLS
