/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import-extra.h"

#include <string.h>

#include "bal-error.h"
#include "bal-media-refs.h"

BalImportExtra *
bal_import_extra_new (void)
{
  BalImportExtra *self = g_new0 (BalImportExtra, 1);

  self->previous = -1;
  return self;
}

void
bal_import_extra_free (BalImportExtra *self)
{
  g_clear_pointer (&self->versions, g_ptr_array_unref);
  g_clear_pointer (&self->drafts, g_ptr_array_unref);
  g_clear_pointer (&self->picture, bal_media_free);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->person, bal_person_free);
  g_clear_pointer (&self->snippet, bal_snippet_free);
  g_clear_pointer (&self->filter, bal_saved_filter_free);
  g_clear_pointer (&self->rows, bal_import_rows_free);
  g_free (self->same_as);
  g_free (self);
}

gsize
bal_import_extra_get_size (BalImportExtra *self)
{
  gsize size = sizeof *self + (self->bytes != NULL ? g_bytes_get_size (self->bytes) : 0);

  for (guint i = 0; self->versions != NULL && i < self->versions->len; i++)
    {
      BalRevision *version = g_ptr_array_index (self->versions, i);

      size += sizeof *version + (version->html != NULL ? strlen (version->html) : 0);
    }
  return size + (self->rows != NULL ? bal_import_rows_get_size (self->rows) : 0);
}

/* ---- pictures ---- */

/* 0 without error: it is not here. */
static gint64
find_uploaded (BalTransaction  *transaction,
               gint64           blog_id,
               const char      *url,
               GError         **error)
{
  g_autoptr(BalMedia) there = bal_media_table_find_url (transaction, blog_id, url, error);

  return there != NULL ? there->id : 0;
}

static gboolean
put_picture (BalImportExtra  *self,
             BalTransaction  *transaction,
             gint64           blog_id,
             GHashTable      *pictures,
             GError         **error)
{
  BalMedia *picture = self->picture;
  g_autoptr(GError) local_error = NULL;
  gint64 id = picture->url != NULL ? find_uploaded (transaction, blog_id, picture->url, &local_error) : 0;

  if (id == 0 && local_error == NULL)
    {
      id = bal_media_table_add_bytes (transaction, blog_id, picture->file_name, self->bytes, picture->alt_text, &local_error);
      if (id != 0 && picture->url != NULL)
        bal_media_table_set_uploaded (transaction, id, picture->remote_id != NULL ? picture->remote_id : "", picture->url,
                                      &local_error);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  g_hash_table_insert (pictures, g_memdup2 (&picture->id, sizeof picture->id), g_memdup2 (&id, sizeof id));
  return TRUE;
}

/* A number that leads to nothing here must not lead to another's picture. */
static char *
make_reference (GHashTable *pictures,
                gint64      id)
{
  gint64 *here = g_hash_table_lookup (pictures, &id);

  return here != NULL ? bal_media_ref_new (*here) : g_strdup (BAL_MEDIA_REF_PREFIX "0");
}

/* (transfer full) (nullable): NULL: it stays as it is. */
static char *
move_in_html (const char *html,
              GHashTable *pictures)
{
  g_autoptr(GArray) ids = NULL;
  g_autofree BalMediaPlace *places = NULL;
  g_autoptr(GPtrArray) references = g_ptr_array_new_with_free_func (g_free);

  if (html == NULL || strstr (html, BAL_MEDIA_REF_PREFIX) == NULL)
    return NULL;

  ids = bal_media_refs_list (html);
  places = g_new0 (BalMediaPlace, ids->len);
  for (guint i = 0; i < ids->len; i++)
    {
      g_ptr_array_add (references, make_reference (pictures, g_array_index (ids, gint64, i)));
      places[i].id = g_array_index (ids, gint64, i);
      places[i].url = g_ptr_array_index (references, i);
    }
  return bal_media_refs_resolve (html, places, ids->len);
}

static char *
move_featured (const char *featured,
               GHashTable *pictures)
{
  gint64 id = featured != NULL ? bal_media_ref_parse (featured) : -1;

  return id >= 0 ? make_reference (pictures, id) : NULL;
}

static void
replace (char **text,
         char  *by)
{
  if (by == NULL)
    return;

  g_free (*text);
  *text = by;
}

void
bal_import_extra_move_pictures (BalImportExtra *self,
                                BalReview      *review,
                                GHashTable     *pictures)
{
  g_autofree char *html = move_in_html (bal_review_get_html (review), pictures);
  g_autofree char *featured = move_featured (bal_review_get_featured_image (review), pictures);

  if (html != NULL)
    bal_review_set_html (review, html);
  if (featured != NULL)
    bal_review_set_featured_image (review, featured);
  for (guint i = 0; self->versions != NULL && i < self->versions->len; i++)
    {
      BalRevision *version = g_ptr_array_index (self->versions, i);

      replace (&version->html, move_in_html (version->html, pictures));
      replace (&version->featured_image, move_featured (version->featured_image, pictures));
    }
}

/* ---- what is not of one review ---- */

/* FALSE with an error, other than that there is none. */
static gboolean
is_missing (GError  *failed,
            GError **error)
{
  if (g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    {
      g_error_free (failed);
      return TRUE;
    }
  if (failed != NULL)
    g_propagate_error (error, failed);
  return FALSE;
}

static gboolean
ask_snippet (BalImportExtra  *self,
             BalTransaction  *transaction,
             BalTakeInFound  *found,
             GError         **error)
{
  GError *failed = NULL;
  g_autoptr(BalSnippet) there = bal_snippet_table_find (transaction, self->snippet->name, &failed);

  if (there == NULL)
    return is_missing (failed, error);

  *found = g_str_equal (there->html, self->snippet->html) ? BAL_TAKE_IN_SAME : BAL_TAKE_IN_OTHER;
  return TRUE;
}

static gboolean
ask_filter (BalImportExtra  *self,
            BalTransaction  *transaction,
            BalTakeInFound  *found,
            GError         **error)
{
  GError *failed = NULL;
  g_autoptr(BalSavedFilter) there = bal_filter_table_find (transaction, self->filter->name, &failed);

  if (there == NULL)
    return is_missing (failed, error);

  *found = g_str_equal (there->line, self->filter->line) ? BAL_TAKE_IN_SAME : BAL_TAKE_IN_OTHER;
  return TRUE;
}

gboolean
bal_import_extra_find (BalImportExtra  *self,
                       BalTransaction  *transaction,
                       BalTakeInFound  *found,
                       GError         **error)
{
  *found = BAL_TAKE_IN_NEW;
  if (self->person != NULL)
    return bal_take_in_ask_person (transaction, self->person, self->same_as, found, error);
  if (self->snippet != NULL)
    return ask_snippet (self, transaction, found, error);
  return self->filter == NULL || ask_filter (self, transaction, found, error);
}

gboolean
bal_import_extra_put (BalImportExtra  *self,
                      BalTransaction  *transaction,
                      gint64           blog_id,
                      GHashTable      *pictures,
                      GError         **error)
{
  if (self->picture != NULL)
    return put_picture (self, transaction, blog_id, pictures, error);
  if (self->person != NULL)
    return bal_take_in_person (transaction, self->person, self->same_as, error);
  if (self->snippet != NULL)
    return bal_snippet_table_put (transaction, self->snippet, error) != 0;
  return bal_filter_table_add (transaction, self->filter->name, self->filter->line, error) != 0;
}

gboolean
bal_import_extra_has_parts (BalImportExtra *self)
{
  return (self->versions != NULL && self->versions->len > 0) || (self->drafts != NULL && self->drafts->len > 0);
}

gboolean
bal_import_extra_put_parts (BalImportExtra  *self,
                            BalTransaction  *transaction,
                            BalEntity        entity,
                            gint64           id,
                            GError         **error)
{
  if (self->previous >= 0 && !bal_take_in_previous (transaction, entity, id, self->previous, error))
    return FALSE;

  for (guint i = 0; self->versions != NULL && i < self->versions->len; i++)
    {
      BalRevision *version = g_ptr_array_index (self->versions, i);

      version->entity = entity;
      version->entity_id = id;
      if (!bal_take_in_version (transaction, version, error))
        return FALSE;
    }
  for (guint i = 0; self->drafts != NULL && i < self->drafts->len; i++)
    {
      BalReplyDraft *draft = g_ptr_array_index (self->drafts, i);

      draft->comment_id = id;
      if (!bal_take_in_draft (transaction, draft, error))
        return FALSE;
    }

  return TRUE;
}
