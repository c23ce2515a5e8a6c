/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import-place.h"

#include <string.h>

#include "bal-desk.h"
#include "bal-import-pictures.h"
#include "bal-import-runs.h"
#include "bal-import-table.h"
#include "bal-json-format.h"
#include "bal-take-in-batch.h"
#include "bal-time.h"

struct _BalImportPlace
{
  /* owned; sets of hashes, as a file may name millions */
  GHashTable     *seen_reviews;
  GHashTable     *seen_comments;
  GHashTable     *picture_names; /* what those of the file are called here */

  /* borrowed */
  BalBlog        *blog;
  const char     *waiting_source;/* (nullable): whose comments @batch has */

  BalTakeInBatch *batch;         /* (nullable): of the present transaction, unless it is a preview */
  BalImportFlags  flags;
  gboolean        is_local;
  char           *name;
  BalImportPictures *pictures;   /* NULL: none was asked for yet */
  gint64          run_id;        /* 0: nothing came in yet */

  /* whose things were asked for last */
  char           *source;
  gboolean        has_others;    /* the blog has reviews that are not from there */

  /* the review that was asked for last */
  gsize           last_hash;
  gint64          last_id;
  gboolean        last_queued;
  gboolean        last_online;   /* it was on the blog before, by itself */
  gboolean        last_new;      /* it came in just now */
};

BalImportPlace *
bal_import_place_new (BalBlog        *blog,
                      const char     *name,
                      BalImportFlags  flags)
{
  BalImportPlace *self = g_new0 (BalImportPlace, 1);

  self->blog = blog;
  self->name = g_strdup (name);
  self->flags = flags;
  self->is_local = g_strcmp0 (bal_blog_get_provider (blog), "folder") == 0;
  self->seen_reviews = g_hash_table_new (NULL, NULL);
  self->seen_comments = g_hash_table_new (NULL, NULL);
  self->picture_names = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  return self;
}

void
bal_import_place_free (BalImportPlace *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->seen_reviews);
  g_hash_table_unref (self->seen_comments);
  g_hash_table_unref (self->picture_names);
  g_free (self->source);
  g_clear_pointer (&self->pictures, bal_import_pictures_free);
  g_free (self->name);
  g_free (self);
}

void
bal_import_place_begin (BalImportPlace *self,
                        BalTransaction *transaction)
{
  if (!(self->flags & BAL_IMPORT_PREVIEW))
    self->batch = bal_take_in_batch_new (transaction);
}

/* What waits to be written is. */
static gboolean
write_waiting (BalImportPlace  *self,
               GError         **error)
{
  self->waiting_source = NULL;
  return self->batch == NULL || bal_take_in_batch_write (self->batch, error);
}

gboolean
bal_import_place_end (BalImportPlace  *self,
                      gboolean         done,
                      GError         **error)
{
  done = done && write_waiting (self, error);
  self->waiting_source = NULL;
  g_clear_pointer (&self->batch, bal_take_in_batch_free);
  return done;
}

gint64
bal_import_place_get_run (BalImportPlace *self)
{
  return self->run_id;
}

static gboolean
is_preview (BalImportPlace *self)
{
  return (self->flags & BAL_IMPORT_PREVIEW) != 0;
}

/* FNV-1a. Two of a million keys have the same with a chance of one in forty million. */
static gsize
hash_key (const char *source,
          const char *key)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  for (const char *part = source; part != NULL; part = part == source ? key : NULL)
    {
      for (const char *p = part; *p != '\0'; p++)
        hash = (hash ^ (guchar) *p) * G_GUINT64_CONSTANT (1099511628211);
      hash = (hash ^ 0xff) * G_GUINT64_CONSTANT (1099511628211);
    }

  return (gsize) hash;
}

static gboolean
has_seen (GHashTable *seen,
          gsize       hash)
{
  return g_hash_table_contains (seen, GSIZE_TO_POINTER (hash));
}

static gint64
find (BalImportPlace  *self,
      BalTransaction  *transaction,
      BalEntity        entity,
      const char      *source,
      const char      *key,
      char           **hash,
      GError         **error)
{
  return bal_import_table_find (transaction, bal_blog_get_id (self->blog), entity, source, key, hash, error);
}

/* So that it is this import that is taken back, and not the one before it. */
static gboolean
begin (BalImportPlace  *self,
       BalTransaction  *transaction,
       GError         **error)
{
  if (self->run_id == 0)
    self->run_id = bal_import_runs_begin (transaction, bal_blog_get_id (self->blog), self->name, error);
  return self->run_id != 0;
}

static gboolean
put (BalImportPlace  *self,
     BalTransaction  *transaction,
     BalEntity        entity,
     BalImportItem   *item,
     gint64           id,
     const char      *hash,
     GError         **error)
{
  gint64 blog_id = bal_blog_get_id (self->blog);

  if (is_preview (self))
    return TRUE;
  if (hash != NULL && !begin (self, transaction, error))
    return FALSE;
  return bal_import_table_put (transaction, blog_id, entity, item->source, item->key, id, hash,
                               hash != NULL ? self->run_id : 0, error);
}

/* What Balcony itself wrote of this blog is known by its key, or by the blog's id. 0 without error: it is not here. */
static gint64
find_own (BalImportPlace  *self,
          BalTransaction  *transaction,
          BalEntity        entity,
          BalImportItem   *item,
          GError         **error)
{
  g_autofree char *own = bal_json_make_source (bal_blog_get_url (self->blog), bal_blog_get_name (self->blog));
  const char *remote_id = NULL;

  if (!g_str_has_prefix (item->source, BAL_JSON_SOURCE))
    return 0;
  if (g_str_equal (item->source, own) && g_str_has_prefix (item->key, "remote:"))
    remote_id = item->key + strlen ("remote:");
  return bal_import_table_find_own (transaction, bal_blog_get_id (self->blog), entity,
                                    entity == BAL_ENTITY_COMMENT ? self->last_id : 0, item->key, remote_id, error);
}

/* @hash: when it came in; NULL: it was here by itself. */
static BalImportFound
compare (BalImportItem *item,
         const char    *hash)
{
  if (item->extra != NULL)
    item->extra->stays_out = hash == NULL && bal_import_extra_has_parts (item->extra);
  return hash == NULL || g_str_equal (hash, bal_import_item_get_hash (item)) ? BAL_IMPORT_FOUND_SAME : BAL_IMPORT_FOUND_OTHER;
}

/* A blog with nothing else in it needs no search for what may be the same. */
static gint64
match (BalImportPlace  *self,
       BalTransaction  *transaction,
       BalImportItem   *item,
       GError         **error)
{
  if (g_strcmp0 (self->source, item->source) != 0)
    {
      g_free (self->source);
      self->source = NULL;
      if (!bal_import_table_has_others (transaction, bal_blog_get_id (self->blog), item->source, &self->has_others, error))
        return 0;
      self->source = g_strdup (item->source);
    }

  return self->has_others ? bal_import_table_match (transaction, item->review, item->source, error) : 0;
}

gboolean
bal_import_place_find_review (BalImportPlace  *self,
                              BalTransaction  *transaction,
                              BalImportItem   *item,
                              BalImportFound  *found,
                              GError         **error)
{
  gsize key_hash = hash_key (item->source, item->key);
  g_autofree char *hash = NULL;
  g_autoptr(GError) local_error = NULL;
  gint64 id;

  *found = BAL_IMPORT_FOUND_TWICE;
  if (!g_hash_table_add (self->seen_reviews, GSIZE_TO_POINTER (key_hash)))
    return TRUE;

  bal_review_set_blog_id (item->review, bal_blog_get_id (self->blog));
  *found = BAL_IMPORT_FOUND_NOTHING;
  id = find (self, transaction, BAL_ENTITY_REVIEW, item->source, item->key, &hash, &local_error);
  if (id != 0)
    *found = compare (item, hash);
  else if (local_error == NULL &&
           ((id = find_own (self, transaction, BAL_ENTITY_REVIEW, item, &local_error)) != 0 ||
            (local_error == NULL && (id = match (self, transaction, item, &local_error)) != 0)))
    {
      *found = compare (item, NULL);
      return put (self, transaction, BAL_ENTITY_REVIEW, item, id, NULL, error);
    }

  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* What it becomes when it is taken out of the trash: for nobody, as it would have come in. */
static void
close_previous (BalImportPlace *self,
                BalImportItem  *item)
{
  if (bal_review_get_audience (item->review) == BAL_AUDIENCE_EVERYONE || item->extra == NULL)
    return;
  if (item->extra->previous == BAL_REVIEW_STATUS_PUBLISHED || item->extra->previous == BAL_REVIEW_STATUS_SCHEDULED)
    item->extra->previous = bal_blog_get_capabilities (self->blog) & BAL_CAPABILITY_PRIVATE ? BAL_REVIEW_STATUS_PRIVATE
                                                                                            : BAL_REVIEW_STATUS_DRAFT;
}

/* How a review comes into the blog: nothing is made public that the person did not ask for, nor what only some could read where
 * it comes from; the blog does not know them. */
static void
set_status (BalImportPlace *self,
            BalReview      *review)
{
  BalReviewStatus status = bal_review_get_status (review);

  if (bal_review_get_audience (review) != BAL_AUDIENCE_EVERYONE && status != BAL_REVIEW_STATUS_TRASH &&
      status != BAL_REVIEW_STATUS_DRAFT)
    status = BAL_REVIEW_STATUS_PRIVATE;
  bal_review_set_audience (review, BAL_AUDIENCE_EVERYONE);

  if (!self->is_local && !(self->flags & BAL_IMPORT_SEND) && status != BAL_REVIEW_STATUS_TRASH)
    status = BAL_REVIEW_STATUS_DRAFT;
  else if (status == BAL_REVIEW_STATUS_SCHEDULED && bal_review_get_published (review) <= bal_time_now ())
    status = bal_review_get_published (review) != 0 ? BAL_REVIEW_STATUS_PUBLISHED : BAL_REVIEW_STATUS_DRAFT;
  else if (status == BAL_REVIEW_STATUS_PRIVATE &&
           !(bal_blog_get_capabilities (self->blog) & BAL_CAPABILITY_PRIVATE))
    status = BAL_REVIEW_STATUS_DRAFT;

  bal_review_set_status (review, status);
}

static gboolean
put_parts (BalTransaction  *transaction,
           BalImportItem   *item,
           BalEntity        entity,
           gint64           id,
           GError         **error)
{
  return item->extra == NULL || bal_import_extra_put_parts (item->extra, transaction, entity, id, error);
}

gboolean
bal_import_place_put_review (BalImportPlace  *self,
                             BalTransaction  *transaction,
                             BalImportItem   *item,
                             GError         **error)
{
  g_autofree char *html = NULL;

  if (is_preview (self))
    return TRUE;

  if (item->folder != NULL)
    {
      if (self->pictures == NULL)
        self->pictures = bal_import_pictures_new (item->folder);
      html = bal_import_pictures_take (self->pictures, transaction, bal_blog_get_id (self->blog), item->page,
                                       bal_review_get_html (item->review), error);
      if (html == NULL)
        return FALSE;
      bal_review_set_html (item->review, html);
    }

  if (item->extra != NULL)
    bal_import_extra_move_pictures (item->extra, item->review, self->picture_names);
  close_previous (self, item);
  set_status (self, item->review);
  self->last_queued = (self->is_local || (self->flags & BAL_IMPORT_SEND) != 0) &&
                      bal_review_get_status (item->review) != BAL_REVIEW_STATUS_TRASH;
  if (!bal_take_in_batch_add_review (self->batch, item->review, self->last_queued, error) ||
      !put (self, transaction, BAL_ENTITY_REVIEW, item, bal_review_get_id (item->review), bal_import_item_get_hash (item),
            error) ||
      !put_parts (transaction, item, BAL_ENTITY_REVIEW, bal_review_get_id (item->review), error))
    return FALSE;

  self->last_hash = hash_key (item->source, item->key);
  self->last_id = bal_review_get_id (item->review);
  self->last_online = FALSE;
  self->last_new = TRUE;
  return TRUE;
}

/* Makes the review that a comment is on the last one. 0 without error: it is not here. */
static gint64
ask_review (BalImportPlace  *self,
            BalTransaction  *transaction,
            BalImportItem   *item,
            GError         **error)
{
  gsize key_hash = hash_key (item->source, item->review_key);
  g_autofree char *hash = NULL;
  g_autoptr(GPtrArray) reviews = NULL;
  BalReview *review;

  if (self->last_hash == key_hash && self->last_id != 0)
    return self->last_id;

  self->last_hash = key_hash;
  self->last_new = FALSE;
  self->last_id = find (self, transaction, BAL_ENTITY_REVIEW, item->source, item->review_key, &hash, error);
  if (self->last_id == 0)
    return 0;

  reviews = bal_review_table_list (transaction, &self->last_id, 1, error);
  if (reviews == NULL || reviews->len == 0)
    return self->last_id = 0;

  review = g_ptr_array_index (reviews, 0);
  self->last_online = !self->is_local && hash == NULL && bal_review_get_remote_id (review) != NULL;
  self->last_queued = (self->is_local || (self->flags & BAL_IMPORT_SEND) != 0) &&
                      bal_review_get_status (review) != BAL_REVIEW_STATUS_TRASH;
  return self->last_id;
}

/* Whether what a comment hangs on is here, or comes into the preview. */
static gboolean
is_known (BalImportPlace  *self,
          BalTransaction  *transaction,
          BalEntity        entity,
          const char      *source,
          const char      *key,
          gboolean        *known,
          GError         **error)
{
  g_autoptr(GError) local_error = NULL;

  *known = (entity == BAL_ENTITY_COMMENT || is_preview (self)) &&
           has_seen (entity == BAL_ENTITY_REVIEW ? self->seen_reviews : self->seen_comments, hash_key (source, key));
  if (!*known)
    *known = find (self, transaction, entity, source, key, NULL, &local_error) != 0;
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Those that wait are of the file, and none that one of the same source may be. */
static gint64
match_comment (BalImportPlace  *self,
               BalTransaction  *transaction,
               BalImportItem   *item,
               GError         **error)
{
  if (g_strcmp0 (self->waiting_source, item->source) != 0 && !write_waiting (self, error))
    return 0;
  return bal_import_table_match_comment (transaction, self->last_id, bal_comment_get_author (item->comment),
                                         bal_comment_get_created (item->comment), item->source, error);
}

/* One that came before, from a file or otherwise. */
static gboolean
find_here (BalImportPlace  *self,
           BalTransaction  *transaction,
           BalImportItem   *item,
           BalImportFound  *found,
           GError         **error)
{
  g_autofree char *hash = NULL;
  g_autoptr(GError) local_error = NULL;
  gint64 id = find (self, transaction, BAL_ENTITY_COMMENT, item->source, item->key, &hash, &local_error);

  if (id != 0)
    *found = compare (item, hash);
  else if (local_error == NULL && self->last_id != 0 && !self->last_new)
    {
      id = find_own (self, transaction, BAL_ENTITY_COMMENT, item, &local_error);
      if (id == 0 && local_error == NULL)
        id = match_comment (self, transaction, item, &local_error);
      if (id != 0)
        {
          *found = compare (item, NULL);
          return put (self, transaction, BAL_ENTITY_COMMENT, item, id, NULL, error);
        }
      if (self->last_online)
        *found = BAL_IMPORT_FOUND_ONLINE;
    }

  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
find_parent (BalImportPlace  *self,
             BalTransaction  *transaction,
             BalImportItem   *item,
             gboolean         last,
             BalImportFound  *found,
             GError         **error)
{
  gboolean known = TRUE;

  if (g_strcmp0 (item->parent_key, item->key) == 0)
    g_clear_pointer (&item->parent_key, g_free);
  if (item->parent_key != NULL &&
      !is_known (self, transaction, BAL_ENTITY_COMMENT, item->source, item->parent_key, &known, error))
    return FALSE;

  if (!known)
    *found = last ? BAL_IMPORT_FOUND_NO_PARENT : BAL_IMPORT_FOUND_WAITS;
  return TRUE;
}

gboolean
bal_import_place_find_comment (BalImportPlace  *self,
                               BalTransaction  *transaction,
                               BalImportItem   *item,
                               guint            round,
                               gboolean         last,
                               BalImportFound  *found,
                               GError         **error)
{
  gpointer key_hash = GSIZE_TO_POINTER (hash_key (item->source, item->key));
  g_autoptr(GError) local_error = NULL;
  gboolean known;

  *found = round == 0 ? BAL_IMPORT_FOUND_TWICE : BAL_IMPORT_FOUND_PLACED;
  if (g_hash_table_contains (self->seen_comments, key_hash))
    return TRUE;

  *found = BAL_IMPORT_FOUND_NOTHING;
  if (ask_review (self, transaction, item, &local_error) == 0 && local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  known = self->last_id != 0;
  if (!known && !is_known (self, transaction, BAL_ENTITY_REVIEW, item->source, item->review_key, &known, error))
    return FALSE;

  if (!known)
    *found = round == 0 ? BAL_IMPORT_FOUND_WAITS : BAL_IMPORT_FOUND_ORPHAN;
  else if (!find_here (self, transaction, item, found, error) ||
           (*found == BAL_IMPORT_FOUND_NOTHING && !find_parent (self, transaction, item, last, found, error)))
    return FALSE;

  if (*found != BAL_IMPORT_FOUND_WAITS)
    g_hash_table_add (self->seen_comments, key_hash);
  return TRUE;
}

/* What the blog would never take is not offered to it. */
gboolean
bal_import_place_keeps_comment (BalImportPlace *self,
                                BalImportItem  *item)
{
  BalCapabilities needed = bal_comment_get_mine (item->comment) ? BAL_CAPABILITY_REPLY : BAL_CAPABILITY_ADD_COMMENTS;

  return (self->flags & BAL_IMPORT_SEND) != 0 && !self->is_local && !(bal_blog_get_capabilities (self->blog) & needed);
}

/* What one that waits has besides is written after it. */
static gboolean
put_rest (BalImportPlace  *self,
          BalTransaction  *transaction,
          BalImportItem   *item,
          GError         **error)
{
  gint64 id = bal_comment_get_id (item->comment);
  gboolean dismissed = bal_comment_get_dismissed (item->comment);

  if (!dismissed && (item->extra == NULL || (item->extra->previous < 0 && !bal_import_extra_has_parts (item->extra))))
    return TRUE;
  return write_waiting (self, error) &&
         put_parts (transaction, item, BAL_ENTITY_COMMENT, id, error) &&
         (!dismissed || bal_desk_dismiss_comments (transaction, &id, 1, TRUE, error));
}

/* Its parent, by our id; 0: there is none. */
static gboolean
find_parent_id (BalImportPlace  *self,
                BalTransaction  *transaction,
                BalImportItem   *item,
                gint64          *id,
                GError         **error)
{
  g_autoptr(GError) local_error = NULL;

  *id = item->parent_key != NULL ? bal_take_in_batch_find (self->batch, item->source, item->parent_key) : 0;
  if (*id == 0 && item->parent_key != NULL)
    *id = find (self, transaction, BAL_ENTITY_COMMENT, item->source, item->parent_key, NULL, &local_error);
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
bal_import_place_put_comment (BalImportPlace  *self,
                              BalTransaction  *transaction,
                              BalImportItem   *item,
                              GError         **error)
{
  gint64 parent_id;

  if (is_preview (self))
    return TRUE;
  if (!find_parent_id (self, transaction, item, &parent_id, error) || !begin (self, transaction, error))
    return FALSE;

  bal_comment_set_blog_id (item->comment, bal_blog_get_id (self->blog));
  bal_comment_set_review_id (item->comment, self->last_id);
  bal_comment_set_parent_id (item->comment, parent_id);
  if (!bal_take_in_batch_add_comment (self->batch, item->comment,
                                      self->last_queued && !bal_import_place_keeps_comment (self, item), error))
    return FALSE;

  bal_take_in_batch_add_name (self->batch, item->comment, item->source, item->key, bal_import_item_get_hash (item),
                              self->run_id);
  self->waiting_source = item->source;
  return put_rest (self, transaction, item, error);
}

gboolean
bal_import_place_put_extra (BalImportPlace  *self,
                            BalTransaction  *transaction,
                            BalImportItem   *item,
                            BalTakeInFound  *found,
                            GError         **error)
{
  if (!bal_import_extra_find (item->extra, transaction, found, error))
    return FALSE;
  if (*found != BAL_TAKE_IN_NEW || is_preview (self))
    return TRUE;

  return write_waiting (self, error) &&
         bal_import_extra_put (item->extra, transaction, bal_blog_get_id (self->blog), self->picture_names, error) &&
         (item->kind == BAL_IMPORT_ITEM_PICTURE || begin (self, transaction, error));
}
