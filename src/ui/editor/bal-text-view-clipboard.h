/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-text-view.h"

G_BEGIN_DECLS

/* Names that HTML goes by: "text/html;charset=utf-8", for one, is another than "text/html". */
extern const char *const bal_html_types[];

/* What was asked for, while the other program takes its time. */
typedef struct
{
  BalTextView *view;      /* owned */
  guint        n_fills;
} BalPaste;

void     bal_paste_begin               (BalPaste          *paste,
                                        BalTextView       *view);
/* FALSE: another review is there by now, or its source is shown. */
gboolean bal_paste_is_wanted           (const BalPaste    *paste);

/* @bytes (nullable): NULL when they could not be read. */
typedef void (*BalHtmlFunc) (GBytes   *bytes,
                             gpointer  data);

/* Reads all of @stream (nullable), then calls @func once. */
void     bal_html_stream_read          (GInputStream      *stream,
                                        BalHtmlFunc        func,
                                        gpointer           data);
gboolean bal_formats_have_html         (GdkContentFormats *formats);
/* TRUE when something of it was taken. */
gboolean bal_text_view_paste_html      (BalTextView       *self,
                                        GBytes            *bytes);
/* Whether the cursor is in preformatted text, which takes characters as they are. */
gboolean bal_text_view_is_preformatted (BalTextView       *self);
void     bal_text_view_follow_cursor   (BalTextView       *self);

G_END_DECLS
