/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-desk.h"
#include "bal-error.h"
#include "bal-outbox.h"
#include "bal-store.h"
#include "bal-tables.h"

/* A store in a folder of its own with one blog, "Desk", whose author is "Brittani". After each test the store
 * is checked through and through (counts included), closed, and the folder removed. */
typedef struct
{
  char     *dir;
  BalStore *store;
  gint64    blog_id;
} Fixture;

void        fixture_set_up          (Fixture       *fixture,
                                     gconstpointer  data);
void        fixture_set_up_in       (Fixture       *fixture,
                                     const char    *dir);
void        fixture_tear_down       (Fixture       *fixture,
                                     gconstpointer  data);
/* A test whose whole body is one transaction. @data is the BalStoreWork, which gets the fixture. */
void        fixture_run_body        (Fixture       *fixture,
                                     gconstpointer  data);
/* Runs @work with @data and must succeed. */
void        fixture_write           (Fixture       *fixture,
                                     BalStoreWork   work,
                                     gpointer       data);
void        fixture_read            (Fixture       *fixture,
                                     BalStoreWork   work,
                                     gpointer       data);
void        fixture_reopen          (Fixture       *fixture);
/* (transfer full): as it is in the store. */
BalComment *fixture_get_comment     (Fixture       *fixture,
                                     gint64         id);

#define fixture_add_body(path, work) \
  g_test_add (path, Fixture, (gconstpointer) (work), fixture_set_up, fixture_run_body, fixture_tear_down)
#define fixture_add(path, test) \
  g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down)

/* The call must succeed; its error is shown where it doesn't. */
#define must(call)                                                                   \
  G_STMT_START {                                                                     \
    if (!(call))                                                                     \
      g_error ("%s:%d: %s: %s", __FILE__, __LINE__, #call,                           \
               error != NULL && *error != NULL ? (*error)->message : "failed without an error"); \
  } G_STMT_END

/* The call must fail with that error, which is cleared. */
#define must_fail(call, code)                                                        \
  G_STMT_START {                                                                     \
    if (call)                                                                        \
      g_error ("%s:%d: %s succeeded", __FILE__, __LINE__, #call);                    \
    g_assert_error (*error, BAL_ERROR, code);                                        \
    g_clear_error (error);                                                           \
  } G_STMT_END

/* (transfer full) */
BalReview  *make_review             (gint64           blog_id,
                                     const char      *remote_id,
                                     const char      *title,
                                     const char      *html);
BalComment *make_comment            (gint64           blog_id,
                                     gint64           review_id,
                                     gint64           parent_id,
                                     const char      *author,
                                     const char      *html);
/* Pulled ones: with a base, nothing to send. Return the id. */
gint64      put_pulled_review       (BalTransaction  *transaction,
                                     gint64           blog_id,
                                     const char      *remote_id,
                                     const char      *title,
                                     const char      *html);
gint64      put_pulled_comment      (BalTransaction  *transaction,
                                     gint64           blog_id,
                                     gint64           review_id,
                                     gint64           parent_id,
                                     const char      *remote_id,
                                     const char      *author,
                                     BalCommentStatus status);
/* As from a file of another program: kept here, not offered to the blog. */
gboolean    take_in_review          (BalTransaction  *transaction,
                                     BalReview       *review,
                                     GError         **error);
gboolean    take_in_comment         (BalTransaction  *transaction,
                                     BalComment      *comment,
                                     GError         **error);
guint       count_revisions         (BalTransaction  *transaction,
                                     BalEntity        entity,
                                     gint64           id);
/* Waits, running the main context, until @done, for a minute at most. */
void        wait_until              (gboolean       (*done) (gpointer data),
                                     gpointer         data);
void        remove_folder           (const char      *path);
