/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* More characters than any label or tooltip of ours gets of a stranger's text. */
#define HOSTILE_MOST_SHOWN 2100

/* (nullable): the first widget of the type below @root, or @root. */
GtkWidget *hostile_find            (GtkWidget  *root,
                                    GType       type);
/* (nullable): the one that has this label. */
GtkWidget *hostile_find_button     (GtkWidget  *root,
                                    const char *label);
/* (nullable): the first widget that does this when it is activated. */
GtkWidget *hostile_find_action     (GtkWidget  *root,
                                    const char *action);
/* A text that is shown: of that many characters at most, none that turns others around or controls anything, never markup's
 * control characters in disguise. @what: for the message. */
void       hostile_assert_text     (const char *what,
                                    const char *text,
                                    guint       most);
/* All that @root and what is in it show: texts as above, plain labels, links that only lead to http, https and mailto,
 * no pictures from elsewhere. Returns how many labels there were. */
guint      hostile_assert_harmless (GtkWidget  *root);
/* How many hosts were asked for, or connections begun, by this process beyond local sockets. */
guint      hostile_count_network   (void);
/* How many characters were made glyphs so far, which is what the time of a layout goes into. */
guint      hostile_count_shaped    (void);

G_END_DECLS
