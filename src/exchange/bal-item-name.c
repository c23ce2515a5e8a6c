/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-item-name.h"

#include <glib/gi18n.h>

#include "bal-safe-text.h"

/* Of a title or a comment in a report. */
#define NAME_CHARS 80

char *
bal_item_name_of (const char *name)
{
  return bal_safe_text_name (name != NULL ? name : "", NAME_CHARS);
}

char *
bal_item_name_of_review (BalReview *review)
{
  const char *title = bal_review_get_title (review);
  g_autofree char *line = NULL;

  if (title != NULL && *title != '\0')
    return bal_item_name_of (title);

  line = bal_safe_text_line (bal_review_get_html (review), NAME_CHARS);
  return *line != '\0' ? g_steal_pointer (&line) : g_strdup (_("(without a title)"));
}

char *
bal_item_name_of_comment (BalComment *comment)
{
  const char *author = bal_comment_get_author (comment);
  g_autofree char *name = bal_item_name_of (author != NULL ? author : _("Anonymous"));
  g_autofree char *line = bal_safe_text_line (bal_comment_get_html (comment), NAME_CHARS);

  /* Translators: a comment in a list: who wrote it, and how it begins */
  return g_strdup_printf (_("%s: %s"), name, line);
}
