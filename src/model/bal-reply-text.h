/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-comment.h"

G_BEGIN_DECLS

/* Rules about the words of replies: what is quoted in them, filled into them, and whether two are the same. */

/* What stands in the place of {name}, {author}, {film}, {title} and {blog}; NULL: leave that one as it is. */
typedef struct
{
  char *name;      /* how one addresses the author */
  char *author;    /* as they call themselves */
  char *film;
  char *title;     /* of the review */
  char *blog;
} BalReplyWords;

void     bal_reply_words_clear   (BalReplyWords       *self);
/* (transfer full): "Anna" of "Anna Berg", all of what is no such name. */
char    *bal_reply_text_address  (const char          *author);
/* (transfer full): @html with its placeholders filled, escaped as text. Unknown ones stay as they are. */
char    *bal_reply_text_fill     (const char          *html,
                                  const BalReplyWords *words);
/* (transfer full): what is quoted of @text, plain text: all of it without what it quotes itself, or whole sentences
 * and an ellipsis; some @max_chars characters. "" where it has no words of its own. */
char    *bal_reply_text_quote    (const char          *text,
                                  guint                max_chars);
/* Whether two plain texts are the same to a reader: white space, marks of quotes, the kind of quotation marks, dashes
 * and ellipses, and capital letters apart. */
gboolean bal_reply_text_equal    (const char          *a,
                                  const char          *b);
/* Whether @found, which the blog has, is @kept, which could not be sent and was entered there by hand: the blogger's
 * own, on the same review, an answer to the same comment (or to none, where a blog's page has no answers), and
 * the same words. The texts are plain. */
gboolean bal_reply_is_entered    (BalComment          *kept,
                                  const char          *kept_text,
                                  BalComment          *found,
                                  const char          *found_text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BalReplyWords, bal_reply_words_clear)

G_END_DECLS
