/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-revision-table.h"

G_BEGIN_DECLS

/* The words of Balcony's own JSON, which is written and read. */

#define BAL_JSON_FORMAT "balcony"
#define BAL_JSON_VERSION 1

#define BAL_JSON_PERSON "person"
#define BAL_JSON_SNIPPET "saved_reply"
#define BAL_JSON_FILTER "filter"
#define BAL_JSON_PICTURE "picture"
#define BAL_JSON_REVIEW "review"
#define BAL_JSON_COMMENT "comment"

static inline const char *
bal_json_version_kind_to_nick (BalRevisionKind kind)
{
  static const char *const nicks[] = { "edit", "remote", "sent", "conflict", "deleted", "restored" };

  return nicks[kind];
}

G_END_DECLS
