/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-exporters.h"

#include <glib/gi18n.h>

#include "bal-conflict-table.h"
#include "bal-export-pictures.h"
#include "bal-export-report.h"
#include "bal-json-blog.h"
#include "bal-json-format.h"
#include "bal-json-rows.h"
#include "bal-tables.h"
#include "bal-take-in.h"

/*
 * Everything, in one file:
 *
 *   { "format": "balcony", "version": 2, "blog": {…}, "numbers": {…}, "items": [ {"type": …, …}, … ] }
 *
 * Each item is whole in itself, so that whoever reads the file needs to keep one at a time. A review stands behind its
 * pictures and before its comments, a comment before its replies. Keys of reviews and comments are for good; a picture's number
 * is what "media:NUMBER" in a text means.
 *
 * Besides what a thing is, an item says how it stood with its blog and what waits to be sent (bal-json-rows.h), and items at the
 * beginning and at the end what belongs to no review (bal-json-blog.h): from these a store makes the blog anew that has none of
 * that address. Numbers in them mean things of the same file.
 *
 * Not in it, by intent: passwords and keys, which are in no store; what Balcony makes of the rest (indexes, figures, the fields
 * of reviews, who wrote which comment, scores); names of files that came in of what is gone since.
 */

struct _BalJsonExporter
{
  BalExporter        parent_instance;

  /* owned */
  BalExportPictures *pictures;
  GHashTable        *written;    /* ids of pictures */
  GHashTable        *drafts;     /* id of a comment -> GPtrArray of its drafts, borrowed from: */
  GPtrArray         *all_drafts; /* (element-type BalReplyDraft) */
  GHashTable        *conflicts;  /* entity and id -> BalConflict, borrowed from: */
  GPtrArray         *all_conflicts; /* (element-type BalConflict) */

  BalJsonWriter      out;
};

G_DEFINE_FINAL_TYPE (BalJsonExporter, bal_json_exporter, BAL_TYPE_EXPORTER)

/* ---- what is read once ---- */

static gboolean
read_drafts (BalJsonExporter  *self,
             GError          **error)
{
  self->all_drafts = bal_reply_draft_table_list (bal_exporter_get_transaction (BAL_EXPORTER (self)), error);
  self->drafts = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; self->all_drafts != NULL && i < self->all_drafts->len; i++)
    {
      BalReplyDraft *draft = g_ptr_array_index (self->all_drafts, i);
      GPtrArray *of_comment = g_hash_table_lookup (self->drafts, &draft->comment_id);

      if (of_comment == NULL)
        {
          of_comment = g_ptr_array_new ();
          g_hash_table_insert (self->drafts, &draft->comment_id, of_comment);
        }
      /* The answer before the new text. */
      g_ptr_array_insert (of_comment, draft->edit ? -1 : 0, draft);
    }
  return self->all_drafts != NULL;
}

static gboolean
read_conflicts (BalJsonExporter  *self,
                GError          **error)
{
  BalExporter *exporter = BAL_EXPORTER (self);

  self->conflicts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->all_conflicts = bal_conflict_table_list (bal_exporter_get_transaction (exporter),
                                                 bal_blog_get_id (bal_exporter_get_blog (exporter)), error);
  for (guint i = 0; self->all_conflicts != NULL && i < self->all_conflicts->len; i++)
    {
      BalConflict *conflict = g_ptr_array_index (self->all_conflicts, i);

      g_hash_table_insert (self->conflicts,
                           g_strdup_printf ("%d %" G_GINT64_FORMAT, (int) conflict->entity, conflict->entity_id), conflict);
    }
  return self->all_conflicts != NULL;
}

/* ---- reviews and comments ---- */

/* What it is called for good: by the key that it was made with, by the blog, or, in a blog that was made anew from such a file,
 * as there; else here. (transfer full); NULL: an error */
static char *
make_key (BalJsonExporter  *self,
          BalEntity         entity,
          const char       *key,
          const char       *remote_id,
          gint64            id,
          GError          **error)
{
  BalExporter *exporter = BAL_EXPORTER (self);
  g_autoptr(GPtrArray) imported = NULL;

  if (key != NULL)
    return g_strdup (key);
  if (remote_id != NULL)
    return g_strconcat ("remote:", remote_id, NULL);

  imported = bal_whole_list (bal_exporter_get_transaction (exporter), BAL_WHOLE_IMPORTED, entity, id, error);
  for (guint i = 0; imported != NULL && i < imported->len; i++)
    {
      g_autofree char *own = bal_json_make_source (bal_blog_get_url (bal_exporter_get_blog (exporter)),
                                                   bal_blog_get_name (bal_exporter_get_blog (exporter)));
      const char *source = "", *there = "";

      g_variant_lookup (imported->pdata[i], "source", "^&ay", &source);
      g_variant_lookup (imported->pdata[i], "key", "^&ay", &there);
      if (g_str_equal (source, own))
        return g_strdup (there);
    }
  return imported != NULL ? g_strdup_printf ("id:%" G_GINT64_FORMAT, id) : NULL;
}

static gboolean
put_pictures (BalJsonExporter  *self,
              GPtrArray        *media)
{
  for (guint i = 0; i < media->len; i++)
    {
      BalMedia *picture = g_ptr_array_index (media, i);

      if (!g_hash_table_add (self->written, g_memdup2 (&picture->id, sizeof picture->id)))
        continue;

      bal_json_blog_write_picture (&self->out, picture, TRUE);
      bal_exporter_get_report (BAL_EXPORTER (self))->n_pictures++;
    }

  return TRUE;
}

static void
put_version (BalJsonWriter     *out,
             const BalRevision *version,
             gboolean           is_open)
{
  bal_json_writer_open (out, NULL, '{');
  if (is_open)
    bal_json_writer_bool (out, BAL_JSON_OPEN, TRUE);
  bal_json_writer_time (out, "created", version->created);
  bal_json_writer_text (out, "kind", bal_json_version_kind_to_nick (version->kind));
  bal_json_writer_set (out, "title", version->title);
  bal_json_writer_set (out, "html", version->html);
  bal_json_writer_set (out, "excerpt", version->excerpt);
  bal_json_writer_set (out, "slug", version->slug);
  bal_json_writer_set (out, "featured_image", version->featured_image);
  if (version->entity == BAL_ENTITY_REVIEW)
    {
      bal_json_writer_strv (out, "labels", (const char *const *) version->labels);
      bal_json_writer_strv (out, "categories", (const char *const *) version->categories);
    }
  bal_json_writer_close (out, '}');
}

/* What the blog has of it while a person has not chosen: one more version. */
static void
put_conflict (BalJsonExporter *self,
              BalEntity        entity,
              const char      *key)
{
  BalConflict *conflict = g_hash_table_lookup (self->conflicts, key);
  BalReview *review = conflict != NULL ? conflict->remote_review : NULL;
  BalComment *comment = conflict != NULL ? conflict->remote_comment : NULL;
  BalRevision version = { .entity = entity, .kind = BAL_REVISION_CONFLICT };

  if (review == NULL && comment == NULL)
    return;

  version.created = conflict->created;
  version.html = (char *) (review != NULL ? bal_review_get_html (review) : bal_comment_get_html (comment));
  if (review != NULL)
    {
      version.title = (char *) bal_review_get_title (review);
      version.excerpt = (char *) bal_review_get_excerpt (review);
      version.slug = (char *) bal_review_get_slug (review);
      version.featured_image = (char *) bal_review_get_featured_image (review);
      version.labels = (char **) bal_review_get_labels (review);
      version.categories = (char **) bal_review_get_categories (review);
    }
  put_version (&self->out, &version, TRUE);
}

/* From the oldest on. */
static void
put_history (BalJsonExporter *self,
             BalEntity        entity,
             gint64           id,
             GPtrArray       *history)
{
  g_autofree char *key = g_strdup_printf ("%d %" G_GINT64_FORMAT, (int) entity, id);

  if (history->len == 0 && !g_hash_table_contains (self->conflicts, key))
    return;

  bal_json_writer_open (&self->out, "history", '[');
  for (guint i = history->len; i > 0; i--)
    put_version (&self->out, g_ptr_array_index (history, i - 1), FALSE);
  put_conflict (self, entity, key);
  bal_json_writer_close (&self->out, ']');
}

/* @previous: (out): what it was before it went to the trash or the spam; -1: it is not there, or that is not known. */
static gboolean
ask_previous (BalJsonExporter  *self,
              BalEntity         entity,
              gint64            id,
              gboolean          is_away,
              int              *previous,
              GError          **error)
{
  *previous = -1;
  return !is_away || bal_take_in_ask_previous (bal_exporter_get_transaction (BAL_EXPORTER (self)), entity, id, previous,
                                               error);
}

static gboolean
put_review (BalJsonExporter  *self,
            BalReview        *review,
            const char       *key,
            int               previous,
            GPtrArray        *history,
            GError          **error)
{
  BalJsonWriter *out = &self->out;
  g_auto(BalReviewFields) fields = { 0 };

  bal_json_writer_open_item (&self->out, BAL_JSON_REVIEW);
  bal_json_writer_text (out, "key", key);
  bal_json_writer_text (out, "status", bal_review_status_to_nick (bal_review_get_status (review)));
  if (bal_review_get_audience (review) != BAL_AUDIENCE_EVERYONE)
    bal_json_writer_text (out, "audience", bal_audience_to_nick (bal_review_get_audience (review)));
  if (previous >= 0)
    bal_json_writer_text (out, "previous_status", bal_review_status_to_nick (previous));
  bal_json_writer_time (out, "published", bal_review_get_published (review));
  bal_json_writer_time (out, "updated", bal_review_get_updated (review));
  bal_json_writer_set (out, "remote_id", bal_review_get_remote_id (review));
  bal_json_writer_set (out, "url", bal_review_get_url (review));
  bal_json_writer_set (out, "slug", bal_review_get_slug (review));
  bal_json_writer_set (out, "title", bal_review_get_title (review));
  bal_json_writer_set (out, "excerpt", bal_review_get_excerpt (review));
  bal_json_writer_set (out, "featured_image", bal_review_get_featured_image (review));
  bal_json_writer_strv (out, "labels", bal_review_get_labels (review));
  bal_json_writer_strv (out, "categories", bal_review_get_categories (review));

  /* What is read from title and text: for other programs. */
  bal_review_dup_fields (review, &fields);
  bal_json_writer_open (out, "fields", '{');
  bal_json_writer_set (out, "series", fields.series);
  bal_json_writer_set (out, "film", fields.film);
  if (fields.film_year != 0)
    bal_json_writer_int (out, "film_year", fields.film_year);
  bal_json_writer_set (out, "grade", fields.grade);
  bal_json_writer_set (out, "watched_on", fields.watched_on);
  bal_json_writer_set (out, "quote", fields.quote);
  bal_json_writer_set (out, "quote_character", fields.quote_character);
  bal_json_writer_set (out, "quote_actor", fields.quote_actor);
  bal_json_writer_close (out, '}');

  bal_json_writer_text (out, "html", bal_review_get_html (review));
  put_history (self, BAL_ENTITY_REVIEW, bal_review_get_id (review), history);
  bal_json_writer_int (out, "number", bal_review_get_id (review));
  if (!bal_json_rows_write (out, bal_exporter_get_transaction (BAL_EXPORTER (self)), BAL_JSON_OF_REVIEW,
                            bal_review_get_id (review), error))
    return FALSE;
  bal_json_writer_close (&self->out, '}');
  return TRUE;
}

static void
put_drafts (BalJsonExporter *self,
            gint64           comment_id)
{
  GPtrArray *drafts = g_hash_table_lookup (self->drafts, &comment_id);

  if (drafts == NULL)
    return;

  bal_json_writer_open (&self->out, "drafts", '[');
  for (guint i = 0; i < drafts->len; i++)
    {
      BalReplyDraft *draft = g_ptr_array_index (drafts, i);

      bal_json_writer_open (&self->out, NULL, '{');
      bal_json_writer_bool (&self->out, "edit", draft->edit);
      bal_json_writer_time (&self->out, "updated", draft->updated);
      bal_json_writer_text (&self->out, "html", draft->html);
      bal_json_writer_set (&self->out, "base", draft->base);
      bal_json_writer_close (&self->out, '}');
    }
  bal_json_writer_close (&self->out, ']');
}

static gboolean
put_comment (BalJsonExporter  *self,
             BalComment       *comment,
             const char       *key,
             const char       *review,
             const char       *parent,
             int               previous,
             GPtrArray        *history,
             GError          **error)
{
  BalJsonWriter *out = &self->out;

  bal_json_writer_open_item (&self->out, BAL_JSON_COMMENT);
  bal_json_writer_text (out, "key", key);
  bal_json_writer_text (out, "review", review);
  bal_json_writer_set (out, "parent", parent);
  bal_json_writer_text (out, "status", bal_comment_status_to_nick (bal_comment_get_status (comment)));
  if (previous >= 0)
    bal_json_writer_text (out, "previous_status", bal_comment_status_to_nick (previous));
  bal_json_writer_time (out, "created", bal_comment_get_created (comment));
  bal_json_writer_set (out, "remote_id", bal_comment_get_remote_id (comment));
  bal_json_writer_set (out, "url", bal_comment_get_url (comment));
  bal_json_writer_set (out, "author", bal_comment_get_author (comment));
  bal_json_writer_set (out, "author_email", bal_comment_get_author_email (comment));
  bal_json_writer_set (out, "author_url", bal_comment_get_author_url (comment));
  bal_json_writer_set (out, "author_ip", bal_comment_get_author_ip (comment));
  bal_json_writer_set (out, "user_agent", bal_comment_get_user_agent (comment));
  bal_json_writer_bool (out, "mine", bal_comment_get_mine (comment));
  bal_json_writer_bool (out, "dismissed", bal_comment_get_dismissed (comment));
  bal_json_writer_text (out, "html", bal_comment_get_html (comment));
  put_history (self, BAL_ENTITY_COMMENT, bal_comment_get_id (comment), history);
  put_drafts (self, bal_comment_get_id (comment));
  bal_json_writer_int (out, "number", bal_comment_get_id (comment));
  if (!bal_json_rows_write (out, bal_exporter_get_transaction (BAL_EXPORTER (self)), BAL_JSON_OF_COMMENT,
                            bal_comment_get_id (comment), error))
    return FALSE;
  bal_json_writer_close (&self->out, '}');
  return TRUE;
}

static gboolean
put_comments (BalJsonExporter  *self,
              GPtrArray        *comments,
              const char       *review,
              GError          **error)
{
  BalTransaction *transaction = bal_exporter_get_transaction (BAL_EXPORTER (self));
  g_autoptr(GHashTable) keys = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);

  for (guint i = 0; i < comments->len; i++)
    {
      BalComment *comment = g_ptr_array_index (comments, i);
      gint64 id = bal_comment_get_id (comment), parent_id = bal_comment_get_parent_id (comment);
      g_autoptr(GPtrArray) history = bal_revision_table_list (transaction, BAL_ENTITY_COMMENT, id, error);
      BalCommentStatus status = bal_comment_get_status (comment);
      int previous;
      char *key;

      if (history == NULL ||
          !ask_previous (self, BAL_ENTITY_COMMENT, id,
                         status == BAL_COMMENT_STATUS_SPAM || status == BAL_COMMENT_STATUS_TRASH, &previous, error))
        return FALSE;
      key = make_key (self, BAL_ENTITY_COMMENT, bal_comment_get_key (comment), bal_comment_get_remote_id (comment), id, error);
      if (key == NULL)
        return FALSE;
      g_hash_table_insert (keys, g_memdup2 (&id, sizeof id), key);
      if (!put_comment (self, comment, key, review, g_hash_table_lookup (keys, &parent_id), previous, history, error))
        return FALSE;
    }

  bal_exporter_get_report (BAL_EXPORTER (self))->n_comments += comments->len;
  return TRUE;
}

/* Once each: @told has those that were told of this review already. */
static gboolean
note_older_missing (BalJsonExporter  *self,
                    BalReview        *review,
                    GPtrArray        *missing,
                    GHashTable       *told,
                    GError          **error)
{
  for (guint i = 0; i < missing->len; i++)
    {
      const char *name = g_ptr_array_index (missing, i);
      g_autofree char *reason = g_strdup_printf (_("The picture “%s” of an older version is not on this computer any more."),
                                                 name);

      if (g_hash_table_add (told, g_strdup (name)) &&
          !bal_exporter_note_review (BAL_EXPORTER (self), BAL_EXPORT_NOTE_LEFT_OUT, review, reason, error))
        return FALSE;
    }

  return TRUE;
}

/* Those of the older versions, too. */
static gboolean
put_older_pictures (BalJsonExporter  *self,
                    BalReview        *review,
                    GPtrArray        *history,
                    GError          **error)
{
  g_autoptr(GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) there = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_media_free);
  g_autoptr(GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);

  if (history->len > 0 &&
      !bal_export_pictures_list (self->pictures, bal_review_get_html (review), bal_review_get_featured_image (review),
                                 there, gone, error))
    return FALSE;

  for (guint i = 0; i < gone->len; i++)
    g_hash_table_add (told, g_strdup (g_ptr_array_index (gone, i)));
  for (guint i = 0; i < history->len; i++)
    {
      const BalRevision *version = g_ptr_array_index (history, i);
      g_autoptr(GPtrArray) media = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_media_free);
      g_autoptr(GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);

      if (!bal_export_pictures_list (self->pictures, version->html, version->featured_image, media, missing, error) ||
          !note_older_missing (self, review, missing, told, error) ||
          !put_pictures (self, media))
        return FALSE;
    }

  return TRUE;
}

static gboolean
bal_json_exporter_add (BalExporter            *exporter,
                       const BalExportReview  *item,
                       GError                **error)
{
  BalJsonExporter *self = BAL_JSON_EXPORTER (exporter);
  g_autoptr(GPtrArray) history = bal_revision_table_list (bal_exporter_get_transaction (exporter), BAL_ENTITY_REVIEW,
                                                          bal_review_get_id (item->review), error);
  gboolean is_away = bal_review_get_status (item->review) == BAL_REVIEW_STATUS_TRASH;
  g_autofree char *key = NULL;
  int previous;

  if (history == NULL ||
      !ask_previous (self, BAL_ENTITY_REVIEW, bal_review_get_id (item->review), is_away, &previous, error) ||
      !put_pictures (self, item->media) ||
      !put_older_pictures (self, item->review, history, error))
    return FALSE;

  key = make_key (self, BAL_ENTITY_REVIEW, bal_review_get_key (item->review), bal_review_get_remote_id (item->review),
                  bal_review_get_id (item->review), error);
  if (key == NULL)
    return FALSE;
  if (!put_review (self, item->review, key, previous, history, error))
    return FALSE;
  bal_exporter_get_report (exporter)->n_reviews++;
  return put_comments (self, item->comments, key, error);
}

static gboolean
bal_json_exporter_begin (BalExporter  *exporter,
                         GError      **error)
{
  BalJsonExporter *self = BAL_JSON_EXPORTER (exporter);

  self->out.file = bal_exporter_get_file (exporter);
  self->pictures = bal_export_pictures_new (bal_exporter_get_transaction (exporter),
                                            bal_blog_get_id (bal_exporter_get_blog (exporter)), error);
  if (self->pictures == NULL || !read_drafts (self, error) || !read_conflicts (self, error))
    return FALSE;

  bal_json_writer_open (&self->out, NULL, '{');
  bal_json_writer_text (&self->out, "format", BAL_JSON_FORMAT);
  bal_json_writer_int (&self->out, "version", BAL_JSON_VERSION);
  if (!bal_json_blog_write_head (&self->out, bal_exporter_get_transaction (exporter), bal_exporter_get_blog (exporter), error))
    return FALSE;

  bal_json_writer_open (&self->out, "items", '[');
  bal_export_file_put (self->out.file, "\n");
  return bal_json_blog_write_first (&self->out, bal_exporter_get_transaction (exporter), error);
}

static gboolean
bal_json_exporter_end (BalExporter  *exporter,
                       GError      **error)
{
  BalJsonExporter *self = BAL_JSON_EXPORTER (exporter);

  if (!bal_json_blog_write_last (&self->out, exporter, self->written, error))
    return FALSE;

  bal_export_file_put (self->out.file, "\n");
  bal_json_writer_close (&self->out, ']');
  bal_json_writer_close (&self->out, '}');
  bal_export_file_put (self->out.file, "\n");
  return TRUE;
}

static void
bal_json_exporter_finalize (GObject *object)
{
  BalJsonExporter *self = BAL_JSON_EXPORTER (object);

  g_clear_pointer (&self->pictures, bal_export_pictures_free);
  g_hash_table_unref (self->written);
  g_clear_pointer (&self->drafts, g_hash_table_unref);
  g_clear_pointer (&self->all_drafts, g_ptr_array_unref);
  g_clear_pointer (&self->conflicts, g_hash_table_unref);
  g_clear_pointer (&self->all_conflicts, g_ptr_array_unref);

  G_OBJECT_CLASS (bal_json_exporter_parent_class)->finalize (object);
}

static void
bal_json_exporter_class_init (BalJsonExporterClass *klass)
{
  BalExporterClass *exporter_class = BAL_EXPORTER_CLASS (klass);

  exporter_class->begin = bal_json_exporter_begin;
  exporter_class->add = bal_json_exporter_add;
  exporter_class->end = bal_json_exporter_end;
  G_OBJECT_CLASS (klass)->finalize = bal_json_exporter_finalize;
}

static void
bal_json_exporter_init (BalJsonExporter *self)
{
  self->written = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}
