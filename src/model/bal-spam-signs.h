/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BalSpamSource:
 *
 * What the spam help looks at. All are plain text, borrowed and nullable; @links are the addresses
 * behind the text, those that stand in the text itself are found there.
 */
typedef struct
{
  const char *text;
  const char *author;
  const char *author_email;
  const char *author_url;
  GPtrArray  *links;         /* (element-type utf8) */
} BalSpamSource;

GPtrArray *bal_spam_signs_list    (const BalSpamSource *source);
gint64     bal_spam_sign_hash     (const char          *sign);
char      *bal_spam_sign_describe (const char          *sign);

G_END_DECLS
