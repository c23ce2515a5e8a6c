/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bal-editor.h"
#include "bal-source-view.h"
#include "bal-text-view.h"
#include "store-fixture.h"
#include "widget-tree.h"

G_BEGIN_DECLS

/* The real editor in a window, over a store of its own with two reviews. */
typedef struct
{
  Fixture     base;
  const char *html;        /* of the first review */
  gint64      review_id;
  gint64      other_id;
  GtkWidget  *window;
  BalEditor  *editor;
  char       *message;     /* of the last failure */
} Page;

/* Shows a review with @html. */
void           page_open         (Page       *page,
                                  const char *html);
void           page_close        (Page       *page);
/* The same as a fixture; the test's data is the review's HTML. */
void           page_set_up       (Page         *page,
                                  gconstpointer data);
void           page_tear_down    (Page         *page,
                                  gconstpointer data);
#define page_add(path, html, test) \
  g_test_add (path, Page, html, page_set_up, test, page_tear_down)
/* The editor goes, the store stays. */
void           page_close_window (Page       *page);
/* (nullable): the widget of a type with an accessible name; NULL: any name. */
GtkWidget     *page_find         (Page       *page,
                                  GType       type,
                                  const char *label);
BalTextView   *page_get_view     (Page       *page);
GtkTextBuffer *page_get_body     (Page       *page);
void           page_place_cursor (Page       *page,
                                  int         line,
                                  int         offset);
GtkTextBuffer *page_get_source   (Page       *page);
void           page_act          (Page       *page,
                                  const char *action);
/* Lets everything happen that waits. */
void           page_settle       (void);
/* Keeps it, as Save does with @queue and an autosave without. */
void           page_save         (Page       *page,
                                  gboolean    queue);
void           page_wait_kept    (Page       *page);
/* (transfer full): as the store has it. */
char          *page_dup_stored   (Page       *page,
                                  gint64      id,
                                  gboolean   *queued);
#define page_assert_stored(page, expected)                                              \
  G_STMT_START {                                                                        \
    g_autofree char *page_is = page_dup_stored ((page), (page)->review_id, NULL);       \
    g_assert_cmpstr (page_is, ==, (expected));                                          \
  } G_STMT_END
/* (transfer full): the same, saved first. */
char          *page_dup_saved    (Page       *page);
#define page_assert_saved(page, expected)                                               \
  G_STMT_START {                                                                        \
    g_autofree char *page_is = page_dup_saved (page);                                   \
    g_assert_cmpstr (page_is, ==, (expected));                                          \
  } G_STMT_END
#define buffer_assert_text(buffer, expected)                                            \
  G_STMT_START {                                                                        \
    g_autofree char *buffer_is = NULL;                                                  \
    g_object_get ((buffer), "text", &buffer_is, NULL);                                  \
    g_assert_cmpstr (buffer_is, ==, (expected));                                        \
  } G_STMT_END
/* At the first place where @text is; @behind characters into it. */
void           buffer_place      (GtkTextBuffer *buffer,
                                  const char    *text,
                                  int            behind);
void           buffer_type       (GtkTextBuffer *buffer,
                                  const char    *text);
/* (transfer full): what follows the cursor, @length characters of it. */
char          *buffer_dup_behind (GtkTextBuffer *buffer,
                                  int            length);
#define buffer_assert_behind(buffer, expected)                                                    \
  G_STMT_START {                                                                                  \
    g_autofree char *buffer_is = buffer_dup_behind ((buffer), g_utf8_strlen ((expected), -1));    \
    g_assert_cmpstr (buffer_is, ==, (expected));                                                  \
  } G_STMT_END

G_END_DECLS
