/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-editor-buffer.h"
#include "bal-document.h"

G_BEGIN_DECLS

/* A buffer with a document in it, as a person meets it. */
typedef struct
{
  BalDocument     *document;
  BalEditorBuffer *buffer;
} Desk;

/* A "|" in @html is the cursor; two are the ends of the selection. */
void         desk_open         (Desk        *desk,
                                const char  *html);
void         desk_open_bytes   (Desk        *desk,
                                const char  *html,
                                gssize       length);
void         desk_close        (Desk        *desk);
/* (transfer full): what would be saved. */
char        *desk_html         (Desk        *desk,
                                gsize       *length);
#define desk_assert(desk, expected)                        \
  G_STMT_START {                                           \
    g_autofree char *desk_is = desk_html ((desk), NULL);   \
    g_assert_cmpstr (desk_is, ==, (expected));             \
  } G_STMT_END
/* The same, however its lines are laid out. */
#define desk_assert_folded(desk, expected)                       \
  G_STMT_START {                                                 \
    g_autofree char *desk_is = desk_html ((desk), NULL);         \
    g_auto(GStrv) desk_rows = g_strsplit (desk_is, "\n", -1);    \
    g_autofree char *desk_folded = g_strjoinv ("", desk_rows);   \
    g_assert_cmpstr (desk_folded, ==, (expected));               \
  } G_STMT_END
/* Types, a character at a time. */
void         desk_type         (Desk        *desk,
                                const char  *text);
void         desk_place        (Desk        *desk,
                                int          line,
                                int          offset);
/* (element-type BalBlock) */
GPtrArray   *desk_blocks       (BalDocument *document);
/* Makes the buffer read every line anew, as after an edit in each. */
void         desk_touch_all    (Desk        *desk);

G_END_DECLS
