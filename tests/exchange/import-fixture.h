/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-import.h"
#include "store-fixture.h"

/* What the tests of imports share: blogs to import into, and what is in them afterwards. */

/* (transfer full): a blog in a folder or on a server, in the fixture's store. */
BalBlog         *import_blog       (Fixture          *fixture,
                                    const char       *name,
                                    gboolean          local);
/* (transfer full): a file of tests/exchange/data. */
char            *import_sample     (const char       *name);
/* (transfer full) (nullable): a file of the shared samples, NULL where they are absent. */
char            *import_shared     (const char       *name);
/* (transfer full): must succeed. */
BalImportReport *import_run        (Fixture          *fixture,
                                    BalBlog          *blog,
                                    const char       *path,
                                    BalImportFlags    flags);
/* (transfer full): a file in the fixture's folder. */
char            *import_write      (Fixture          *fixture,
                                    const char       *name,
                                    const char       *bytes,
                                    gsize             length);
/* (transfer full) (element-type BalReview): all of a blog, by title, with html. */
GPtrArray       *import_reviews    (Fixture          *fixture,
                                    BalBlog          *blog);
/* (transfer none): the one with that title. */
BalReview       *import_find       (GPtrArray        *reviews,
                                    const char       *title);
/* (transfer full) (element-type BalComment): of a review, in reading order. */
GPtrArray       *import_thread     (Fixture          *fixture,
                                    BalReview        *review);
guint            import_n_waiting  (Fixture          *fixture,
                                    BalBlog          *blog);
/* Whether a note of that kind has these words in its name or reason. */
gboolean         import_has_note   (BalImportReport  *report,
                                    BalImportNoteKind kind,
                                    const char       *words);

#define assert_counts(report, new_reviews, old_reviews, new_comments, old_comments)    \
  G_STMT_START {                                                                      \
    g_assert_cmpuint ((report)->reviews.n_new, ==, (new_reviews));                     \
    g_assert_cmpuint ((report)->reviews.n_there, ==, (old_reviews));                   \
    g_assert_cmpuint ((report)->comments.n_new, ==, (new_comments));                   \
    g_assert_cmpuint ((report)->comments.n_there, ==, (old_comments));                 \
  } G_STMT_END
