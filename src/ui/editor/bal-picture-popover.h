/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-image.h"

G_BEGIN_DECLS

/**
 * BalPicturePopover:
 *
 * Asks what a picture shows, for its caption, its size and where it leads.
 *
 * Signals: `apply` (BalImage): as the person wants it, when it closes and something has changed. Escape changes nothing.
 */
#define BAL_TYPE_PICTURE_POPOVER (bal_picture_popover_get_type ())
G_DECLARE_FINAL_TYPE (BalPicturePopover, bal_picture_popover, BAL, PICTURE_POPOVER, GtkPopover)

GtkWidget *bal_picture_popover_new  (void);
/* @width and @height: of its file; 0: not known */
void       bal_picture_popover_open (BalPicturePopover *self,
                                     const BalImage    *image,
                                     int                width,
                                     int                height);

G_END_DECLS
