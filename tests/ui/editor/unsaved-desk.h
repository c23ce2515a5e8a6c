/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bal-reply-field.h"
#include "store-fixture.h"

G_BEGIN_DECLS

/* Words in a window that keeps them only when told to: the saved replies, of which there is one. */
typedef struct
{
  Fixture    base;
  GtkWidget *parent;
  GtkWidget *window;
} Unsaved;

#define wait_until(condition) \
  G_STMT_START { while (!(condition)) g_main_context_iteration (NULL, TRUE); } G_STMT_END

void           unsaved_set_up        (Unsaved       *desk,
                                      gconstpointer  data);
void           unsaved_tear_down     (Unsaved       *desk,
                                      gconstpointer  data);
void           unsaved_settle        (void);
/* (transfer none) (nullable) */
GtkWidget     *unsaved_find_toplevel (GType          type);
GtkWidget     *unsaved_find_child    (GtkWidget     *widget,
                                      GType          type);

/* The question that is asked. */
gboolean       unsaved_is_asked      (void);
void           unsaved_answer        (const char    *response);

void           unsaved_open_snippets (Unsaved       *desk);
void           unsaved_close_window  (Unsaved       *desk);
GtkListBoxRow *unsaved_get_row       (Unsaved       *desk,
                                      int            index);
const char    *unsaved_get_page      (Unsaved       *desk);
BalReplyField *unsaved_get_field     (Unsaved       *desk);
void           unsaved_act           (Unsaved       *desk,
                                      const char    *action);
void           unsaved_type_name     (Unsaved       *desk,
                                      const char    *name);
void           unsaved_type_text     (Unsaved       *desk,
                                      const char    *text);
/* @html: (nullable): there is none of that name */
void           unsaved_assert_saved  (Unsaved       *desk,
                                      const char    *name,
                                      const char    *html);
guint          unsaved_count_saved   (Unsaved       *desk);

typedef struct
{
  const char *name;
  void      (*test) (Unsaved *desk, gconstpointer data);
} UnsavedTest;

/* Runs them in an application of their own; @prefix: "/ui/NAME/". Returns the status of the program. */
int            unsaved_run           (int                argc,
                                      char              *argv[],
                                      const char        *prefix,
                                      const UnsavedTest *tests,
                                      guint              n_tests);

G_END_DECLS
