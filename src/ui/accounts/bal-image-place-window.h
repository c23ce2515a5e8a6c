/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bal-blog.h"
#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalImagePlaceWindow:
 *
 * Asks where the pictures of a blog go that takes none itself: to another blog, or into a folder that readers find on the
 * web.
 */
#define BAL_TYPE_IMAGE_PLACE_WINDOW (bal_image_place_window_get_type ())
G_DECLARE_FINAL_TYPE (BalImagePlaceWindow, bal_image_place_window, BAL, IMAGE_PLACE_WINDOW, AdwWindow)

/* @blogs: (element-type BalBlog): all of them; @blog: the one whose pictures it is about. */
GtkWidget *bal_image_place_window_new (GtkWindow *parent,
                                       BalStore  *store,
                                       GPtrArray *blogs,
                                       BalBlog   *blog);

G_END_DECLS
