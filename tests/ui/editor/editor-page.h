/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bal-editor.h"
#include "bal-text-view.h"
#include "store-fixture.h"

G_BEGIN_DECLS

/* The editor in a window, with a review of a store of its own. The test's data is the review's HTML. */
typedef struct
{
  Fixture     base;
  const char *html;
  gint64      review_id;
  GtkWidget  *window;
  BalEditor  *editor;
  char       *message;      /* of the last failure */
} Page;

void         page_set_up       (Page          *page,
                                gconstpointer  data);
void         page_tear_down    (Page          *page,
                                gconstpointer  data);
#define page_add(path, html, test) \
  g_test_add (path, Page, html, page_set_up, test, page_tear_down)

/* (nullable): the first of a type in @root; and that is called @label. */
GtkWidget   *page_find         (GtkWidget     *root,
                                GType          type);
GtkWidget   *page_find_named   (GtkWidget     *root,
                                GType          type,
                                const char    *label);
BalTextView *page_get_view     (Page          *page);
void         page_place_cursor (Page          *page,
                                int            line,
                                int            offset);
void         page_act          (Page          *page,
                                const char    *action);
/* (transfer full): what the store has, once it is saved. */
char        *page_dup_saved    (Page          *page);
void         page_assert_saved (Page          *page,
                                const char    *expected);
/* Runs what is due. */
void         page_settle       (void);

G_END_DECLS
