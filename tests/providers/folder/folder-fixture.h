/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-error.h"
#include "bal-folder-private.h"

G_BEGIN_DECLS

/* A blog in a folder of its own, signed in. */
typedef struct
{
  char        *root;
  BalBlog     *blog;
  BalProvider *provider;
} FolderFixture;

void        folder_fixture_set_up    (FolderFixture *self, gconstpointer data);
void        folder_fixture_tear_down (FolderFixture *self, gconstpointer data);
/* Another program that looks at the same folder: knows nothing of what the first has seen. */
void        folder_fixture_reopen    (FolderFixture *self);

#define folder_test_add(path, func) \
  g_test_add (path, FolderFixture, NULL, folder_fixture_set_up, func, folder_fixture_tear_down)

/* @path is relative to the blog's folder. */
void        folder_write             (FolderFixture *self, const char *path, const char *text);
void        folder_write_bytes       (FolderFixture *self, const char *path, GBytes *bytes);
char       *folder_read              (FolderFixture *self, const char *path);
GBytes     *folder_read_bytes        (FolderFixture *self, const char *path);
gboolean    folder_has               (FolderFixture *self, const char *path);
void        folder_remove            (FolderFixture *self, const char *path);
/* (element-type utf8): names in @path, hidden ones too, sorted */
GPtrArray  *folder_list              (FolderFixture *self, const char *path);

/* (element-type BalReview/BalComment): every page from @since on; *@watermark is freed and set. */
GPtrArray  *folder_pull_reviews      (FolderFixture *self, const char *since, char **watermark);
GPtrArray  *folder_pull_comments     (FolderFixture *self, const char *since, char **watermark);

BalReview  *folder_new_review        (const char *key, const char *title, const char *html, BalReviewStatus status);
/* What the blog stores must be there at once. */
BalReview  *folder_put_review        (FolderFixture *self, BalReview *review, BalReview *base);
BalComment *folder_put_comment       (FolderFixture *self, BalComment *comment, BalComment *base);

G_END_DECLS
