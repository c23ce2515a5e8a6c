/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-comment.h"

G_BEGIN_DECLS

/**
 * BalPersonKeyKind:
 * @BAL_PERSON_KEY_EMAIL: an e-mail address, which only blogger and commenter know
 * @BAL_PERSON_KEY_URL: an address on the web, with a name
 * @BAL_PERSON_KEY_NAME: a name alone
 *
 * By what a commenter is known. Anybody can sign with a name or an address that is shown on the blog.
 */
typedef enum
{
  BAL_PERSON_KEY_EMAIL,
  BAL_PERSON_KEY_URL,
  BAL_PERSON_KEY_NAME,
} BalPersonKeyKind;

char             *bal_person_key_new         (const char *author,
                                              const char *email,
                                              const char *url);
char             *bal_person_key_for_comment (BalComment *comment);
BalPersonKeyKind  bal_person_key_get_kind    (const char *key);

G_END_DECLS
