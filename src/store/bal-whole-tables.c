/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-whole-private.h"

#include "bal-conflict-table.h"
#include "bal-outbox.h"

#define TEXT(name)         { name, FALSE, FALSE, FALSE, -1, -1, NULL }
#define NEEDED_TEXT(name)  { name, FALSE, TRUE, FALSE, -1, -1, NULL }
#define NUMBER(name)       { name, TRUE, TRUE, FALSE, -1, -1, NULL }
#define UP_TO(name, most)  { name, TRUE, TRUE, FALSE, most, -1, NULL }
#define MAYBE_UP_TO(name, most) { name, TRUE, FALSE, FALSE, most, -1, NULL }
#define AUDIENCE(name)     { name, TRUE, TRUE, TRUE, BAL_AUDIENCE_TIERS, -1, NULL }
#define NAMED(name, kind)  { name, TRUE, TRUE, FALSE, -1, kind, NULL }
#define NAMING(name, kind) { name, TRUE, FALSE, FALSE, -1, kind, NULL }
#define READ_AS(name, most, read) { name, TRUE, TRUE, FALSE, most, -1, read }
#define END                { NULL, FALSE, FALSE, FALSE, -1, -1, NULL }

static const BalWholeColumn review[] = {
  TEXT ("revision"), TEXT ("key"), NUMBER ("edit_seq"), MAYBE_UP_TO ("previous_status", BAL_REVIEW_STATUS_TRASH), END
};

static const BalWholeColumn comment[] = {
  NAMED ("review_id", BAL_WHOLE_KIND_REVIEW), NAMING ("parent_id", BAL_WHOLE_KIND_COMMENT),
  TEXT ("remote_parent_id"), TEXT ("key"), NUMBER ("edit_seq"), MAYBE_UP_TO ("previous_status", BAL_COMMENT_STATUS_TRASH), END
};

static const BalWholeColumn review_base[] = {
  TEXT ("remote_id"), TEXT ("revision"), TEXT ("title"), TEXT ("excerpt"), TEXT ("slug"), TEXT ("url"), TEXT ("featured_image"),
  TEXT ("labels"), TEXT ("categories"), UP_TO ("status", BAL_REVIEW_STATUS_TRASH), AUDIENCE ("audience"),
  NUMBER ("published"), NUMBER ("updated"), TEXT ("html"), END
};

static const BalWholeColumn comment_base[] = {
  NAMED ("review_id", BAL_WHOLE_KIND_REVIEW), TEXT ("remote_id"), TEXT ("remote_parent_id"), TEXT ("author"),
  TEXT ("author_email"), TEXT ("author_url"), TEXT ("author_ip"), TEXT ("user_agent"), UP_TO ("mine", 1),
  UP_TO ("status", BAL_COMMENT_STATUS_TRASH), NUMBER ("created"), TEXT ("url"), TEXT ("html"), END
};

/* The store that is copied may send all this yet: nothing of it is untried. */
static const BalWholeColumn outbox[] = {
  NAMED ("id", BAL_WHOLE_KIND_OUTBOX), UP_TO ("op", BAL_OUTBOX_DELETE),
  READ_AS ("state", BAL_OUTBOX_PARKED, "CASE state WHEN 1 THEN 2 ELSE state END"),
  NUMBER ("edit_seq"), TEXT ("key"), TEXT ("remote_id"), READ_AS ("attempts", -1, "max (attempts, op = 0)"),
  NUMBER ("not_before"), TEXT ("error"), END
};

static const BalWholeColumn conflict[] = {
  NAMED ("id", BAL_WHOLE_KIND_CONFLICT), NUMBER ("created"), NEEDED_TEXT ("what"), UP_TO ("is_gone", 1), TEXT ("remote_id"),
  TEXT ("revision"), TEXT ("title"), TEXT ("excerpt"), TEXT ("slug"), TEXT ("url"), TEXT ("featured_image"), TEXT ("labels"),
  TEXT ("categories"), UP_TO ("status", BAL_REVIEW_STATUS_TRASH), AUDIENCE ("audience"), NUMBER ("published"),
  NUMBER ("updated"), TEXT ("html"), TEXT ("author"), TEXT ("author_email"), TEXT ("author_url"), TEXT ("remote_parent_id"), END
};

static const BalWholeColumn imported[] = {
  NEEDED_TEXT ("source"), NEEDED_TEXT ("key"), TEXT ("hash"), NAMING ("run_id", BAL_WHOLE_KIND_IMPORT_RUN), END
};

/* 2: moved to spam by the spam help itself. */
static const BalWholeColumn lesson[] = { UP_TO ("kind", 2), END };

static const BalWholeColumn author[] = { UP_TO ("acted", 1), END };

static const BalWholeColumn revision[] = {
  NUMBER ("created"), UP_TO ("kind", BAL_REVISION_RESTORED), TEXT ("title"), TEXT ("html"), TEXT ("excerpt"), TEXT ("slug"),
  TEXT ("featured_image"), TEXT ("labels"), TEXT ("categories"), END
};

static const BalWholeColumn draft[] = {
  UP_TO ("edit", 1), NEEDED_TEXT ("html"), TEXT ("base"), NUMBER ("updated"), END
};

static const BalWholeColumn cursor[] = { NEEDED_TEXT ("name"), NEEDED_TEXT ("value"), END };

static const BalWholeColumn import_run[] = {
  NAMED ("id", BAL_WHOLE_KIND_IMPORT_RUN), NUMBER ("created"), NEEDED_TEXT ("name"), END
};

G_STATIC_ASSERT (BAL_OUTBOX_CREATE == 0 && BAL_OUTBOX_SENDING == 1 && BAL_OUTBOX_UNKNOWN == 2);

static const BalWholeTable tables[] = {
  [BAL_WHOLE_REVIEW] = { "review", BAL_WHOLE_OF_ID, "id", TRUE, NULL, review },
  [BAL_WHOLE_COMMENT] = { "comment", BAL_WHOLE_OF_ID, "id", TRUE, NULL, comment },
  [BAL_WHOLE_REVIEW_BASE] = { "review_base", BAL_WHOLE_OF_ID, "review_id", TRUE, NULL, review_base },
  [BAL_WHOLE_COMMENT_BASE] = { "comment_base", BAL_WHOLE_OF_ID, "comment_id", TRUE, NULL, comment_base },
  [BAL_WHOLE_OUTBOX] = { "outbox", BAL_WHOLE_OF_ENTITY, NULL, TRUE, NULL, outbox },
  [BAL_WHOLE_CONFLICT] = { "conflict", BAL_WHOLE_OF_ENTITY, NULL, TRUE, NULL, conflict },
  [BAL_WHOLE_IMPORTED] = { "import_item", BAL_WHOLE_OF_ENTITY, NULL, TRUE, "ORDER BY source, key", imported },
  [BAL_WHOLE_LESSON] = { "spam_lesson", BAL_WHOLE_OF_ID, "comment_id", FALSE, NULL, lesson },
  [BAL_WHOLE_AUTHOR] = { "comment_author", BAL_WHOLE_OF_ID, "comment_id", FALSE, "AND acted <> 0", author },
  [BAL_WHOLE_REVISION] = { "revision", BAL_WHOLE_OF_ENTITY, NULL, FALSE, "ORDER BY id", revision },
  [BAL_WHOLE_DRAFT] = { "reply_draft", BAL_WHOLE_OF_ID, "comment_id", TRUE, "ORDER BY edit", draft },
  [BAL_WHOLE_CURSOR] = { "sync_cursor", BAL_WHOLE_OF_BLOG, NULL, FALSE, "ORDER BY name", cursor },
  [BAL_WHOLE_IMPORT_RUN] = { "import_run", BAL_WHOLE_OF_BLOG, NULL, FALSE, "ORDER BY id", import_run },
};

G_STATIC_ASSERT (G_N_ELEMENTS (tables) == BAL_WHOLE_N_PARTS);

const BalWholeTable *
bal_whole_get_table (BalWholePart part)
{
  return &tables[part];
}

const char *
bal_whole_kind_to_name (BalWholeKind kind)
{
  static const char *const names[] = { "review", "comment", "media", "outbox", "conflict", "import_run" };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == BAL_WHOLE_N_KINDS);
  return names[kind];
}
