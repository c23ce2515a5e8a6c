/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-providers.h"

#include "bal-json.h"

#include <sys/types.h>

G_BEGIN_DECLS

/* No file of a blog may be larger: nobody writes one, and a reader must not be made to run out
 * of memory. */
#define BAL_FOLDER_MAX_BYTES (32 * 1024 * 1024)

/* ---- bal-folder-files.c: every access to the disk; @label is a file's name for messages ---- */

/* How a file is known to be the one that was read. */
typedef struct
{
  dev_t  device;
  ino_t  inode;
  off_t  size;
  gint64 modified;       /* ns since 1970 */
  gint64 changed;        /* ns since 1970; nobody can set it back */
  gint64 read_at;        /* ns since 1970: when we looked */
} BalFolderStamp;

typedef enum
{
  BAL_FOLDER_WRITE_REPLACE    = 0,
  BAL_FOLDER_WRITE_NEW        = 1 << 0,  /* CONFLICT when the name is taken */
  BAL_FOLDER_WRITE_PUBLIC     = 1 << 1,  /* anybody may read it: the rendered site */
  BAL_FOLDER_WRITE_NO_SYNC    = 1 << 2,  /* the caller syncs many files at once */
} BalFolderWriteFlags;

/* Closes itself: g_auto(BalFolderFd). */
typedef int BalFolderFd;
void       bal_folder_fd_clear        (int                   fd);
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (BalFolderFd, bal_folder_fd_clear, -1)

int        bal_folder_files_open_dir  (const char           *root,
                                       const char           *child,
                                       gboolean              create,
                                       GError              **error);
gboolean   bal_folder_files_lock      (int                   dir,
                                       const char           *label,
                                       GError              **error);
GPtrArray *bal_folder_files_list      (int                   dir,
                                       const char           *label,
                                       GError              **error);
gboolean   bal_folder_files_stamp     (int                   dir,
                                       const char           *name,
                                       BalFolderStamp       *stamp);
gboolean   bal_folder_files_unchanged (const BalFolderStamp *then,
                                       const BalFolderStamp *now);
GBytes    *bal_folder_files_read      (int                   dir,
                                       const char           *name,
                                       const char           *label,
                                       GError              **error);
gboolean   bal_folder_files_write     (int                   dir,
                                       const char           *name,
                                       const char           *label,
                                       GBytes               *bytes,
                                       BalFolderWriteFlags   flags,
                                       GError              **error);
gboolean   bal_folder_files_remove    (int                   dir,
                                       const char           *name,
                                       const char           *label,
                                       GError              **error);
void       bal_folder_files_tidy      (int                   dir);
char      *bal_folder_files_hash      (GBytes               *bytes);

/* ---- bal-folder-slug.c ---- */
char     *bal_folder_slug            (const char           *text);
const char *bal_folder_skip_date     (const char           *stem);
char     *bal_folder_media_name      (const char           *file_name,
                                      const char           *mime_type,
                                      GBytes               *bytes);

/* ---- bal-folder-post.c: one post's file ---- */
typedef struct _BalFolderPost BalFolderPost;

BalFolderPost *bal_folder_post_new        (void);
BalFolderPost *bal_folder_post_parse      (GBytes          *bytes);
void           bal_folder_post_free       (BalFolderPost   *self);
GBytes        *bal_folder_post_to_bytes   (BalFolderPost   *self);
gboolean       bal_folder_post_has_header (BalFolderPost   *self);
/* Decoded; NULL where there is no such line. */
const char    *bal_folder_post_get        (BalFolderPost   *self,
                                           const char      *name);
char         **bal_folder_post_get_list   (BalFolderPost   *self,
                                           const char      *name);
/* NULL takes the line away. A line that already says so keeps its bytes. */
void           bal_folder_post_set        (BalFolderPost   *self,
                                           const char      *name,
                                           const char      *value);
void           bal_folder_post_set_list   (BalFolderPost   *self,
                                           const char      *name,
                                           const char *const *values);
GBytes        *bal_folder_post_get_body   (BalFolderPost   *self);
void           bal_folder_post_set_body   (BalFolderPost   *self,
                                           const char      *html);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalFolderPost, bal_folder_post_free)

/* ---- bal-folder-review.c: a post's file as a review ---- */
BalReview     *bal_folder_review_read     (BalFolderPost   *post,
                                           const char      *name);
gboolean       bal_folder_review_write    (BalFolderPost   *post,
                                           const char      *name,
                                           BalReview       *review,
                                           GError         **error);
/* A body as text that a review can hold: valid UTF-8 without NUL; @whole: whether nothing had to
 * be replaced. */
char          *bal_folder_review_body     (GBytes          *body,
                                           gboolean        *whole);

/* ---- bal-folder-comments.c: the thread beside a post ---- */
json_t        *bal_folder_comments_parse  (GBytes          *bytes,
                                           const char      *label,
                                           GError         **error);
GBytes        *bal_folder_comments_to_bytes (json_t        *thread);
/* (element-type BalComment): in the file's order. @author: the blogger's name. */
GPtrArray     *bal_folder_comments_read   (json_t          *thread,
                                           const char      *post_id,
                                           const char      *author);
void           bal_folder_comments_count  (json_t          *thread,
                                           guint            counts[4]);
/* The place of the comment with the id or, where that is NULL, the key; -1: none. */
int            bal_folder_comments_find   (json_t          *thread,
                                           const char      *id,
                                           const char      *key);
void           bal_folder_comments_put    (json_t          *thread,
                                           int              place,
                                           BalComment      *comment,
                                           BalComment      *base,
                                           const char      *parent);
void           bal_folder_comments_remove (json_t          *thread,
                                           int              place);
char          *bal_folder_comments_join_id  (const char    *post_id,
                                             const char    *comment_id);
gboolean       bal_folder_comments_split_id (const char    *remote_id,
                                             char         **post_id,
                                             char         **comment_id);

/* ---- bal-folder-index.c: what is in the folder, without bodies ---- */
typedef struct
{
  char            *name;            /* "2019-05-30-tin-moon.html" */
  char            *comments_name;   /* "2019-05-30-tin-moon.comments.json" */
  char            *id;              /* unique in the folder */
  gboolean         is_copy;         /* the file says another's id and key */
  char            *slug;            /* of the page; unique among all posts */
  BalReviewStatus  status;          /* at the time of the scan */
  char            *revision;
  BalReview       *review;          /* what the file says, without html */
  char            *hash;            /* of the file's bytes */
  BalFolderStamp   stamp;

  char            *comments_hash;   /* NULL: no comments file */
  GError          *comments_error;  /* why the comments can't be read */
  guint            counts[4];       /* by BalCommentStatus */
  BalFolderStamp   comments_stamp;
} BalFolderEntry;

typedef struct _BalFolderIndex BalFolderIndex;

BalFolderIndex *bal_folder_index_new      (const char       *root);
void            bal_folder_index_free     (BalFolderIndex   *self);
/* Looks at every file anew; what has not changed is not read again. */
gboolean        bal_folder_index_scan     (BalFolderIndex   *self,
                                           GCancellable     *cancellable,
                                           GError          **error);
/* (element-type BalFolderEntry): by name. Valid until the next scan, as all entries are. */
GPtrArray      *bal_folder_index_list     (BalFolderIndex   *self);
BalFolderEntry *bal_folder_index_find     (BalFolderIndex   *self,
                                           const char       *id);
BalFolderEntry *bal_folder_index_find_key (BalFolderIndex   *self,
                                           const char       *key);
gboolean        bal_folder_index_has_slug (BalFolderIndex   *self,
                                           const char       *slug,
                                           BalFolderEntry   *except);
char           *bal_folder_index_digest   (BalFolderIndex   *self,
                                           gboolean          comments,
                                           const char       *salt);
gboolean        bal_folder_digest_differs (const char       *now,
                                           const char       *since,
                                           const char       *name);

/* ---- bal-folder-settings.c: blog.ini ---- */
typedef struct
{
  char *title;
  char *author;
  char *url;              /* where readers find the site, with a slash at the end */
} BalFolderSettings;

BalFolderSettings *bal_folder_settings_new    (const char         *root);
BalFolderSettings *bal_folder_settings_load   (const char         *root,
                                               GError            **error);
void               bal_folder_settings_free   (BalFolderSettings  *self);
gboolean           bal_folder_settings_ensure (const char         *root,
                                               GError            **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalFolderSettings, bal_folder_settings_free)

/* ---- bal-folder-site.c, bal-folder-page.c: what readers see ---- */
gboolean  bal_folder_site_render  (const char              *root,
                                   BalFolderIndex          *index,
                                   const BalFolderSettings *settings,
                                   GError                 **error);
char     *bal_folder_site_address (const BalFolderSettings *settings,
                                   const BalFolderEntry    *entry);

char     *bal_folder_page_post    (const BalFolderSettings *settings,
                                   BalReview               *review,
                                   GPtrArray               *thread);
char     *bal_folder_page_index   (const BalFolderSettings *settings,
                                   GPtrArray               *entries);
char     *bal_folder_page_feed    (const BalFolderSettings *settings,
                                   GPtrArray               *entries,
                                   GPtrArray               *reviews);
extern const char bal_folder_page_style[];

/* ---- bal-folder.c: the provider, with bal-folder-read.c and bal-folder-put.c ---- */
#define BAL_TYPE_FOLDER (bal_folder_get_type ())
G_DECLARE_FINAL_TYPE (BalFolder, bal_folder, BAL, FOLDER, GObject)

struct _BalFolder
{
  GObject         parent_instance;

  char           *root;      /* absolute path */
  BalFolderIndex *index;     /* saves reading unchanged files; see bal_folder_index_scan() */
};

BalReview  *bal_folder_make_review    (const BalFolderSettings *settings,
                                       BalFolderEntry          *entry,
                                       GBytes                  *bytes);
BalPage    *bal_folder_list_reviews   (BalProvider    *provider,
                                       const char     *since,
                                       const char     *cursor,
                                       GCancellable   *cancellable,
                                       GError        **error);
BalPage    *bal_folder_list_comments  (BalProvider    *provider,
                                       const char     *since,
                                       const char     *cursor,
                                       GCancellable   *cancellable,
                                       GError        **error);
BalPage    *bal_folder_sweep_reviews  (BalProvider    *provider,
                                       const char     *cursor,
                                       GCancellable   *cancellable,
                                       GError        **error);
BalPage    *bal_folder_sweep_comments (BalProvider    *provider,
                                       const char     *cursor,
                                       GCancellable   *cancellable,
                                       GError        **error);
gboolean    bal_folder_count_comments (BalProvider    *provider,
                                       guint           counts[4],
                                       GCancellable   *cancellable,
                                       GError        **error);
BalReview  *bal_folder_get_review     (BalProvider    *provider,
                                       const char     *remote_id,
                                       GCancellable   *cancellable,
                                       GError        **error);
BalReview  *bal_folder_find_review    (BalProvider    *provider,
                                       BalReview      *review,
                                       GCancellable   *cancellable,
                                       GError        **error);
BalComment *bal_folder_get_comment    (BalProvider    *provider,
                                       const char     *remote_id,
                                       GCancellable   *cancellable,
                                       GError        **error);
BalComment *bal_folder_find_comment   (BalProvider    *provider,
                                       BalComment     *comment,
                                       GCancellable   *cancellable,
                                       GError        **error);
BalReview  *bal_folder_put_review     (BalProvider    *provider,
                                       BalReview      *review,
                                       BalReview      *base,
                                       GCancellable   *cancellable,
                                       GError        **error);
BalComment *bal_folder_put_comment    (BalProvider    *provider,
                                       BalComment     *comment,
                                       BalComment     *base,
                                       GCancellable   *cancellable,
                                       GError        **error);
gboolean    bal_folder_delete_review  (BalProvider    *provider,
                                       const char     *remote_id,
                                       GCancellable   *cancellable,
                                       GError        **error);
gboolean    bal_folder_delete_comment (BalProvider    *provider,
                                       const char     *remote_id,
                                       GCancellable   *cancellable,
                                       GError        **error);
gboolean    bal_folder_upload_media   (BalProvider    *provider,
                                       BalMedia       *media,
                                       GCancellable   *cancellable,
                                       GError        **error);
/* Brings the site in step; what goes wrong there is told, and put right at the next sync. */
void        bal_folder_render         (BalFolder               *self,
                                       const BalFolderSettings *settings);

G_END_DECLS
