/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a page of HTML says of itself. */
typedef struct
{
  char      *title;
  char      *html;               /* the bytes of what is read: the only article, the body, or all */
  char      *date;
  char      *excerpt;
  GPtrArray *labels;
  gboolean   is_part;            /* there is text around the article that was read */
} BalPageHtml;

BalPageHtml *bal_page_html_read       (const char   *text);
void         bal_page_html_free       (BalPageHtml  *self);
/* (transfer full) (nullable): takes a first-level heading that begins @html, as text. */
char        *bal_page_html_take_title (char        **html);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalPageHtml, bal_page_html_free)

G_END_DECLS
