/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-document.h"

G_BEGIN_DECLS

/**
 * bal_preview_in_page:
 * @page: the blog's own page of a post, as a reader's browser gets it
 * @length: bytes
 * @known_title: the title under which the blog shows that post
 * @known: what the blog has of it
 * @title: the title to show
 * @shown: the document to show
 *
 * Puts @shown in the place of the post that the page is about, and leaves everything else of the
 * page, its theme above all, as it is. The place is found by the words of @known: the innermost
 * element around the first and the last of its blocks. The title is looked for in headings and in
 * the page's own title.
 *
 * Returns: (transfer full) (nullable): the page; NULL when the post isn't found in it
 */
char *bal_preview_in_page (const char  *page,
                           gsize        length,
                           const char  *known_title,
                           BalDocument *known,
                           const char  *title,
                           BalDocument *shown);

/**
 * bal_preview_plain_page:
 * @title: the title to show
 * @shown: the document to show
 * @style: CSS for it
 *
 * A page without the blog's theme, for when there is none to be had.
 *
 * Returns: (transfer full):
 */
char *bal_preview_plain_page (const char  *title,
                              BalDocument *shown,
                              const char  *style);

/**
 * bal_document_to_readers_html:
 * @self: a document
 *
 * What the blog makes of the post for its readers: in a WordPress classic post blank lines and
 * newlines become elements (wpautop), in all others the bytes are what they are.
 *
 * Returns: (transfer full):
 */
char *bal_document_to_readers_html (BalDocument *self);

G_END_DECLS
