/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

/**
 * BalCommentText:
 *
 * A stranger's HTML as a label may show it: plain @text, which bal_safe_block_from_html() made harmless to lay
 * out, with @attributes of our own, never markup. @links are the addresses in it, each once, only
 * those that are safe to open; beside each, @pretences has the host that its words name although it leads to another, or
 * NULL.
 */
typedef struct
{
  char          *text;
  PangoAttrList *attributes;
  GPtrArray     *links;          /* (element-type utf8) */
  GPtrArray     *pretences;      /* (element-type utf8) (nullable elements) */
  GHashTable    *places;         /* of each link among them, from 1 on */
  gboolean       cut;            /* there is more */
} BalCommentText;

/* @max_chars: how much to show. */
BalCommentText *bal_comment_text_new  (const char     *html,
                                       guint           max_chars);
void            bal_comment_text_free (BalCommentText *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalCommentText, bal_comment_text_free)

/* Where a link really leads, for a person: "example.org". */
char           *bal_comment_text_dup_host (const char *link);

G_END_DECLS
