/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-export.h"
#include "import-fixture.h"

/* What the tests of exports share: reviews that a person wrote, and what comes of them. */

/* (transfer full): published at noon of @day; without one, a draft. */
BalReview       *export_post_new    (const char        *title,
                                     const char        *html,
                                     const char        *day);
/* (transfer full): @is_reply: to the one before it. */
BalComment      *export_comment_new (const char        *author,
                                     const char        *html,
                                     gboolean           is_reply,
                                     BalCommentStatus   status);
/* @comments: (nullable) (element-type BalComment). */
void             export_put         (Fixture           *fixture,
                                     BalBlog           *blog,
                                     BalReview         *review,
                                     GPtrArray         *comments);
/* (transfer full): must succeed; below the fixture's folder. */
BalExportReport *export_run         (Fixture           *fixture,
                                     BalBlog           *blog,
                                     const char        *name,
                                     BalExportFormat    format,
                                     char             **path);
/* (transfer full): a file of what was written. */
char            *export_read        (const char        *folder,
                                     const char        *name);
/* Whether a note has these words in its name or reason. */
gboolean         export_has_note    (BalExportReport   *report,
                                     const char        *words);
