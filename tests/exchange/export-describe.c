/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export-fixture.h"

#include <string.h>

#include "bal-export-pictures.h"
#include "bal-take-in.h"
#include "bal-thread.h"

typedef struct
{
  BalBlog           *blog;
  const ExportCase  *held;
  BalExportPictures *pictures;
  GString           *out;
} Description;

static gboolean
holds (Description *self,
       ExportHolds  what)
{
  return (self->held->holds & what) != 0;
}

/* A line of what is called @name; nothing and an empty text are the same where the format does not tell them apart. */
static void
put (Description *self,
     const char  *name,
     const char  *text)
{
  g_autofree char *held = text != NULL && self->held->text != NULL ? self->held->text (text) : g_strdup (text);
  g_autofree char *shown = held != NULL ? g_strescape (held, NULL) : NULL;

  if (shown != NULL && (*shown != '\0' || self->held->text == NULL))
    g_string_append_printf (self->out, "  %s: %s\n", name, shown);
}

static void
put_int (Description *self,
         const char  *name,
         gint64       value)
{
  g_string_append_printf (self->out, "  %s: %" G_GINT64_FORMAT "\n", name, value);
}

static void
put_strv (Description       *self,
          const char        *name,
          const char *const *texts)
{
  for (guint i = 0; texts[i] != NULL; i++)
    put (self, name, texts[i]);
}

/* ---- pictures by what is in them ---- */

static char *
name_by_content (BalMedia *picture,
                 gpointer  data)
{
  g_autofree char *bytes = NULL;
  g_autofree char *hash = NULL;
  gsize length;

  if (picture->url != NULL)
    return NULL;
  g_assert_true (g_file_get_contents (picture->path, &bytes, &length, NULL));
  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, length);
  return g_strdup_printf ("picture:%.8s:%s:%s", hash, picture->file_name, picture->alt_text != NULL ? picture->alt_text : "");
}

/* A format without pictures has their names. */
static char *
name_by_name (BalMedia *picture,
              gpointer  data)
{
  return picture->url == NULL ? g_strdup (picture->file_name) : NULL;
}

static gboolean
put_html (Description  *self,
          const char   *html,
          const char   *featured,
          GError      **error)
{
  g_autoptr(GPtrArray) media = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_media_free);
  g_autoptr(GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *shown = NULL;
  BalMedia *picture;

  must (bal_export_pictures_list (self->pictures, html, featured, media, missing, error));
  shown = bal_export_pictures_move (html, media, holds (self, EXPORT_HOLDS_PICTURES) ? name_by_content : name_by_name, NULL);
  put (self, "html", shown);

  picture = bal_export_pictures_find_featured (media, featured);
  if (picture != NULL && holds (self, EXPORT_HOLDS_PICTURES))
    {
      g_autofree char *name = name_by_content (picture, NULL);

      put (self, "featured", name);
    }
  return TRUE;
}

/* ---- reviews and comments ---- */

static gboolean
put_previous (Description     *self,
              BalTransaction  *transaction,
              BalEntity        entity,
              gint64           id,
              GError         **error)
{
  int previous;

  must (bal_take_in_ask_previous (transaction, entity, id, &previous, error));
  put_int (self, "previous", previous);
  return TRUE;
}

static gboolean
put_versions (Description     *self,
              BalTransaction  *transaction,
              BalEntity        entity,
              gint64           id,
              GError         **error)
{
  g_autoptr(GPtrArray) versions = bal_revision_table_list (transaction, entity, id, error);

  for (guint i = 0; i < versions->len; i++)
    {
      BalRevision *version = g_ptr_array_index (versions, i);

      put_int (self, "version", version->created);
      put_int (self, "kind", version->kind);
      put (self, "title", version->title);
      put (self, "html", version->html);
    }
  return TRUE;
}

static gboolean
put_comment_rest (Description     *self,
                  BalTransaction  *transaction,
                  BalComment      *comment,
                  GError         **error)
{
  gint64 id = bal_comment_get_id (comment);

  put_int (self, "dismissed", bal_comment_get_dismissed (comment));
  must (put_previous (self, transaction, BAL_ENTITY_COMMENT, id, error));
  for (int edit = 0; edit < 2; edit++)
    {
      g_autoptr(BalReplyDraft) draft = bal_reply_draft_table_get (transaction, id, edit, error);

      if (draft == NULL)
        continue;
      put_int (self, edit ? "new text" : "answer", draft->updated);
      put (self, "html", draft->html);
      put (self, "base", draft->base);
    }
  return put_versions (self, transaction, BAL_ENTITY_COMMENT, id, error);
}

static gboolean
put_comment (Description     *self,
             BalTransaction  *transaction,
             BalComment      *comment,
             guint            depth,
             GError         **error)
{
  const char *html = bal_comment_get_html (comment);
  g_autofree char *held = self->held->comment != NULL ? self->held->comment (html) : g_strdup (html);
  gboolean by_blogger = bal_comment_get_mine (comment) && !holds (self, EXPORT_HOLDS_MINE);

  g_string_append_printf (self->out, " comment at %u, %s, %" G_GINT64_FORMAT "%s\n", depth,
                          bal_comment_status_to_nick (bal_comment_get_status (comment)), bal_comment_get_created (comment),
                          bal_comment_get_mine (comment) ? ", mine" : "");
  if (!by_blogger)
    {
      const char *author = bal_comment_get_author (comment);

      put (self, "author", author == NULL && !holds (self, EXPORT_HOLDS_MINE) ? "Anonymous" : author);
      put (self, "email", bal_comment_get_author_email (comment));
      put (self, "url", bal_comment_get_author_url (comment));
    }
  if (holds (self, EXPORT_HOLDS_IP))
    put (self, "ip", bal_comment_get_author_ip (comment));
  if (holds (self, EXPORT_HOLDS_AGENT))
    put (self, "agent", bal_comment_get_user_agent (comment));
  put (self, "html", held);
  return !holds (self, EXPORT_HOLDS_REST) || put_comment_rest (self, transaction, comment, error);
}

/* The thread without those that the format can't hold: replies to them hang on what these hung on. */
static GPtrArray *
list_comments (Description     *self,
               BalTransaction  *transaction,
               BalReview       *review,
               GError         **error)
{
  g_autoptr(GPtrArray) all = bal_comment_table_thread (transaction, bal_review_get_id (review), error);
  g_autoptr(GHashTable) above = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  GPtrArray *comments = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < all->len; i++)
    {
      BalComment *comment = g_ptr_array_index (all, i);
      gint64 id = bal_comment_get_id (comment), parent = bal_comment_get_parent_id (comment);
      gint64 *known = g_hash_table_lookup (above, &parent);
      gboolean is_held = holds (self, EXPORT_HOLDS_ALL_COMMENTS) ||
                         bal_comment_get_status (comment) == BAL_COMMENT_STATUS_APPROVED;

      parent = known != NULL ? *known : 0;
      bal_comment_set_parent_id (comment, parent);
      if (is_held)
        g_ptr_array_add (comments, g_object_ref (comment));
      g_hash_table_insert (above, g_memdup2 (&id, sizeof id), g_memdup2 (is_held ? &id : &parent, sizeof id));
    }

  bal_thread_arrange (comments);
  return comments;
}

static gboolean
put_comments (Description     *self,
              BalTransaction  *transaction,
              BalReview       *review,
              GError         **error)
{
  g_autoptr(GPtrArray) comments = list_comments (self, transaction, review, error);
  g_autoptr(GHashTable) depths = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < comments->len; i++)
    {
      BalComment *comment = g_ptr_array_index (comments, i);
      gint64 id = bal_comment_get_id (comment), parent = bal_comment_get_parent_id (comment);
      guint depth = GPOINTER_TO_UINT (g_hash_table_lookup (depths, &parent));

      g_hash_table_insert (depths, g_memdup2 (&id, sizeof id), GUINT_TO_POINTER (depth + 1));
      must (put_comment (self, transaction, comment, depth, error));
    }
  return TRUE;
}

static BalReviewStatus
get_status (Description *self,
            BalReview   *review)
{
  BalReviewStatus status = bal_review_get_status (review);

  return (status == BAL_REVIEW_STATUS_PRIVATE || status == BAL_REVIEW_STATUS_SCHEDULED) && !holds (self, EXPORT_HOLDS_STATUS)
         ? BAL_REVIEW_STATUS_DRAFT : status;
}

static gboolean
put_review (Description     *self,
            BalTransaction  *transaction,
            gint64           id,
            GError         **error)
{
  g_autoptr(BalReview) review = bal_review_table_get (transaction, id, error);
  BalReviewStatus status = get_status (self, review);

  if (status == BAL_REVIEW_STATUS_TRASH && !holds (self, EXPORT_HOLDS_TRASH))
    return TRUE;

  g_string_append_printf (self->out, "review, %s\n", bal_review_status_to_nick (status));
  put (self, "title", bal_review_get_title (review));
  put (self, "excerpt", bal_review_get_excerpt (review));
  put (self, "slug", bal_review_get_slug (review));
  put_int (self, "published", bal_review_get_published (review));
  put_int (self, "updated", bal_review_get_updated (review));
  put_strv (self, "label", bal_review_get_labels (review));
  put_strv (self, holds (self, EXPORT_HOLDS_CATEGORIES) ? "category" : "label", bal_review_get_categories (review));
  put (self, "series", bal_review_get_series (review));
  put (self, "film", bal_review_get_film (review));
  put (self, "grade", bal_review_get_grade (review));
  put (self, "watched on", bal_review_get_watched_on (review));
  must (put_html (self, bal_review_get_html (review), bal_review_get_featured_image (review), error));
  return (!holds (self, EXPORT_HOLDS_REST) || (put_previous (self, transaction, BAL_ENTITY_REVIEW, id, error) &&
                                              put_versions (self, transaction, BAL_ENTITY_REVIEW, id, error))) &&
         put_comments (self, transaction, review, error);
}

/* ---- what belongs to no review ---- */

static gboolean
put_rest (Description     *self,
          BalTransaction  *transaction,
          GError         **error)
{
  g_autoptr(GPtrArray) persons = bal_person_table_list_decided (transaction, error);
  g_autoptr(GPtrArray) snippets = bal_snippet_table_list (transaction, error);
  g_autoptr(GPtrArray) filters = bal_filter_table_list (transaction, error);

  for (guint i = 0; i < persons->len; i++)
    {
      BalPerson *person = g_ptr_array_index (persons, i);

      g_string_append_printf (self->out, "person, %d, %d, %d\n", (int) person->trust, person->automatic,
                              person->leader != person->id);
      put (self, "key", person->key);
      put (self, "name", person->name);
      put (self, "note", person->note);
    }
  for (guint i = 0; i < snippets->len; i++)
    put (self, ((BalSnippet *) g_ptr_array_index (snippets, i))->name, ((BalSnippet *) g_ptr_array_index (snippets, i))->html);
  for (guint i = 0; i < filters->len; i++)
    put (self, ((BalSavedFilter *) g_ptr_array_index (filters, i))->name,
         ((BalSavedFilter *) g_ptr_array_index (filters, i))->line);
  return TRUE;
}

static gboolean
describe_work (BalTransaction  *transaction,
               gpointer         data,
               GError         **error)
{
  Description *self = data;
  g_autoptr(GArray) ids = bal_review_table_list_ids (transaction, bal_blog_get_id (self->blog), error);
  g_autoptr(BalExportPictures) pictures = bal_export_pictures_new (transaction, bal_blog_get_id (self->blog), error);

  self->pictures = pictures;
  for (guint i = 0; i < ids->len; i++)
    must (put_review (self, transaction, g_array_index (ids, gint64, i), error));
  return !holds (self, EXPORT_HOLDS_REST) || put_rest (self, transaction, error);
}

char *
export_describe (Fixture          *fixture,
                 BalBlog          *blog,
                 const ExportCase *held)
{
  Description self = { .blog = blog, .held = held, .out = g_string_new (NULL) };

  fixture_read (fixture, describe_work, &self);
  return g_string_free (self.out, FALSE);
}
