/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-json-item.h"

#include <glib/gi18n.h>
#include <string.h>

#include "bal-importers.h"
#include "bal-json-format.h"
#include "bal-json-rows.h"
#include "bal-review-format.h"
#include "bal-time.h"

/* What is read, and whether some of it was no text. */
typedef struct
{
  const json_t *object;
  gboolean      is_whole;
  gboolean     *is_repaired;
} Reader;

static Reader
sub_reader (const Reader *self,
            const json_t *object)
{
  return (Reader) { object, self->is_whole, self->is_repaired };
}

static char *
dup_text (const Reader *self,
          const char   *name)
{
  return bal_json_dup_value (json_object_get (self->object, name), self->is_repaired);
}

static gint64
read_time (const Reader *self,
           const char   *name)
{
  const json_t *value = json_object_get (self->object, name);
  gint64 time = 0;

  if (json_is_integer (value))
    return json_integer_value (value);
  return bal_time_from_rfc3339 (json_string_value (value), &time) ? time : 0;
}

/* (transfer full): never NULL. */
static char **
dup_strv (const Reader *self,
          const char   *name)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new ();
  const json_t *array = json_object_get (self->object, name), *value;
  gsize i;

  json_array_foreach (array, i, value)
    {
      char *text = bal_json_dup_value (value, self->is_repaired);

      if (text != NULL)
        g_ptr_array_add (texts, text);
    }
  g_ptr_array_add (texts, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&texts), FALSE);
}

static GPtrArray *
to_array (char **texts)
{
  GPtrArray *array = g_ptr_array_new ();

  for (guint i = 0; texts[i] != NULL; i++)
    g_ptr_array_add (array, texts[i]);
  return array;
}

/* Title and text are there, if empty, in whatever comes in new. */
#define SET_ALWAYS(object, setter, name)                              \
  G_STMT_START {                                                      \
    g_autofree char *set_text = dup_text (self, name);                \
    setter (object, set_text != NULL || self->is_whole ? set_text : ""); \
  } G_STMT_END

#define SET(object, setter, name)                                     \
  G_STMT_START {                                                      \
    g_autofree char *set_text = dup_text (self, name);                \
    setter (object, set_text);                                        \
  } G_STMT_END

/* ---- older versions and drafts ---- */

static gboolean
read_kind (const char      *nick,
           BalRevisionKind *kind)
{
  for (int i = BAL_REVISION_EDIT; i <= BAL_REVISION_RESTORED; i++)
    if (g_strcmp0 (nick, bal_json_version_kind_to_nick (i)) == 0)
      {
        *kind = i;
        return TRUE;
      }

  return FALSE;
}

static GPtrArray *
read_versions (const Reader *parent)
{
  GPtrArray *versions = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_revision_free);
  const json_t *array = json_object_get (parent->object, "history"), *value;
  gsize i;

  json_array_foreach (array, i, value)
    {
      Reader reader = sub_reader (parent, value);
      BalRevision *version;

      /* That is in a row of its own. */
      if (parent->is_whole && json_is_true (json_object_get (value, BAL_JSON_OPEN)))
        continue;
      version = g_new0 (BalRevision, 1);
      version->created = read_time (&reader, "created");
      version->title = dup_text (&reader, "title");
      version->html = dup_text (&reader, "html");
      version->excerpt = dup_text (&reader, "excerpt");
      version->slug = dup_text (&reader, "slug");
      version->featured_image = dup_text (&reader, "featured_image");
      version->labels = dup_strv (&reader, "labels");
      version->categories = dup_strv (&reader, "categories");
      if (!read_kind (json_string_value (json_object_get (value, "kind")), &version->kind))
        version->kind = BAL_REVISION_EDIT;
      g_ptr_array_add (versions, version);
    }

  return versions;
}

static GPtrArray *
read_drafts (const Reader *parent)
{
  GPtrArray *drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_reply_draft_free);
  const json_t *array = json_object_get (parent->object, "drafts"), *value;
  gsize i;

  json_array_foreach (array, i, value)
    {
      Reader reader = sub_reader (parent, value);
      BalReplyDraft *draft = g_new0 (BalReplyDraft, 1);

      draft->edit = json_is_true (json_object_get (value, "edit"));
      draft->updated = read_time (&reader, "updated");
      draft->html = dup_text (&reader, "html");
      draft->base = dup_text (&reader, "base");
      if (draft->html != NULL)
        g_ptr_array_add (drafts, draft);
      else
        bal_reply_draft_free (draft);
    }

  return drafts;
}

/* ---- how it stood ---- */

static BalImportRows *
read_rows (const Reader *self,
           BalJsonOf     of)
{
  BalImportRows *rows;

  if (!self->is_whole)
    return NULL;

  rows = bal_import_rows_new ();
  rows->number = json_integer_value (json_object_get (self->object, "number"));
  bal_json_rows_read (self->object, of, rows, self->is_repaired);
  return rows;
}

/* ---- what another blog means by it ---- */

static gboolean
is_own (const char             *source,
        const BalImportTarget  *target)
{
  return target->is_whole ||
         (g_str_has_prefix (source, "balcony:") && target->site != NULL &&
          g_str_equal (source + strlen ("balcony:"), target->site));
}

/* Whether a featured image is a number of the site's pictures, and so another picture elsewhere. */
static gboolean
is_number (const char *featured)
{
  return featured != NULL && *featured != '\0' && featured[strspn (featured, "0123456789")] == '\0';
}

/* @reason: (nullable): only of what the review has now. */
static void
drop_featured (BalImportItem  *item,
               char          **reason)
{
  const char *featured = bal_review_get_featured_image (item->review);

  for (guint i = 0; i < item->extra->versions->len; i++)
    {
      BalRevision *version = g_ptr_array_index (item->extra->versions, i);

      if (is_number (version->featured_image))
        g_clear_pointer (&version->featured_image, g_free);
    }
  if (!is_number (featured))
    return;

  *reason = g_strdup_printf (_("Its featured image is not brought in: number %s of the site’s pictures. Choose it again here."),
                             featured);
  bal_review_set_featured_image (item->review, NULL);
}

/* ---- the kinds of items ---- */

/* One that a later version made must not open what it closed. */
static BalAudience
read_audience (const Reader *self)
{
  const json_t *value = json_object_get (self->object, "audience");
  BalAudience audience = value != NULL ? BAL_AUDIENCE_TIERS : BAL_AUDIENCE_EVERYONE;

  bal_audience_from_nick (json_string_value (value), &audience);
  return audience;
}

static BalImportItem *
read_review (const Reader           *self,
             const char             *source,
             const BalImportTarget  *target,
             char                  **reason)
{
  g_autofree char *key = dup_text (self, "key");
  g_auto(GStrv) labels = dup_strv (self, "labels");
  g_auto(GStrv) categories = dup_strv (self, "categories");
  g_autoptr(GPtrArray) first = to_array (labels);
  g_autoptr(GPtrArray) second = to_array (categories);
  BalReviewStatus status = BAL_REVIEW_STATUS_DRAFT, previous;
  BalImportItem *item;

  if (key == NULL)
    return NULL;

  item = bal_import_item_new_review (source, key);
  bal_review_status_from_nick (json_string_value (json_object_get (self->object, "status")), &status);
  bal_review_set_status (item->review, status);
  bal_review_set_audience (item->review, read_audience (self));
  bal_review_set_published (item->review, read_time (self, "published"));
  bal_review_set_updated (item->review, read_time (self, "updated"));
  SET_ALWAYS (item->review, bal_review_set_title, "title");
  SET_ALWAYS (item->review, bal_review_set_html, "html");
  SET (item->review, bal_review_set_excerpt, "excerpt");
  SET (item->review, bal_review_set_slug, "slug");
  SET (item->review, bal_review_set_url, "url");
  SET (item->review, bal_review_set_featured_image, "featured_image");
  if (self->is_whole)
    {
      bal_review_set_labels (item->review, (const char *const *) labels);
      bal_review_set_categories (item->review, (const char *const *) categories);
    }
  else
    bal_import_set_labels (item->review, target, first, second);
  if (self->is_whole)
    SET (item->review, bal_review_set_remote_id, "remote_id");
  item->extra = bal_import_extra_new ();
  item->extra->versions = read_versions (self);
  item->extra->rows = read_rows (self, BAL_JSON_OF_REVIEW);
  if (bal_review_status_from_nick (json_string_value (json_object_get (self->object, "previous_status")), &previous))
    item->extra->previous = previous;
  if (!is_own (source, target))
    drop_featured (item, reason);
  return item;
}

static BalImportItem *
read_comment (const Reader *self,
              const char   *source)
{
  g_autofree char *key = dup_text (self, "key");
  g_autofree char *review = dup_text (self, "review");
  BalCommentStatus status = BAL_COMMENT_STATUS_PENDING, previous;
  BalImportItem *item;

  if (key == NULL || review == NULL)
    return NULL;

  item = bal_import_item_new_comment (source, key);
  item->review_key = g_steal_pointer (&review);
  item->parent_key = dup_text (self, "parent");
  bal_comment_status_from_nick (json_string_value (json_object_get (self->object, "status")), &status);
  bal_comment_set_status (item->comment, status);
  bal_comment_set_created (item->comment, read_time (self, "created"));
  bal_comment_set_mine (item->comment, json_is_true (json_object_get (self->object, "mine")));
  bal_comment_set_dismissed (item->comment, json_is_true (json_object_get (self->object, "dismissed")));
  if (self->is_whole)
    SET (item->comment, bal_comment_set_remote_id, "remote_id");
  SET (item->comment, bal_comment_set_url, "url");
  SET (item->comment, bal_comment_set_author, "author");
  SET (item->comment, bal_comment_set_author_email, "author_email");
  SET (item->comment, bal_comment_set_author_url, "author_url");
  SET (item->comment, bal_comment_set_author_ip, "author_ip");
  SET (item->comment, bal_comment_set_user_agent, "user_agent");
  SET_ALWAYS (item->comment, bal_comment_set_html, "html");
  item->extra = bal_import_extra_new ();
  item->extra->versions = read_versions (self);
  item->extra->drafts = read_drafts (self);
  item->extra->rows = read_rows (self, BAL_JSON_OF_COMMENT);
  if (bal_comment_status_from_nick (json_string_value (json_object_get (self->object, "previous_status")), &previous))
    item->extra->previous = previous;
  return item;
}

/* Another blog did not get the picture, whatever the file's one calls it. */
static BalImportItem *
read_picture (const Reader           *self,
              const char             *source,
              const BalImportTarget  *target,
              gboolean                is_uploaded)
{
  g_autofree char *name = dup_text (self, "file_name");
  const json_t *data = json_object_get (self->object, "data");
  gint64 number = json_integer_value (json_object_get (self->object, "number"));
  BalImportItem *item;
  guchar *bytes;
  gsize length;

  if (name == NULL || *name == '\0' || number <= 0 || (!json_is_string (data) && !is_uploaded))
    return NULL;

  item = bal_import_item_new_note (BAL_IMPORT_ITEM_PICTURE, name, NULL);
  item->extra = bal_import_extra_new ();
  if (!is_uploaded)
    {
      bytes = g_base64_decode (json_string_value (data), &length);
      item->extra->bytes = g_bytes_new_take (bytes, length);
    }
  item->extra->picture = g_new0 (BalMedia, 1);
  item->extra->picture->id = number;
  item->extra->picture->file_name = g_steal_pointer (&name);
  item->extra->picture->alt_text = dup_text (self, "alt_text");
  item->extra->picture->mime_type = dup_text (self, "mime_type");
  item->extra->picture->key = dup_text (self, "picture_key");
  if (is_own (source, target))
    {
      item->extra->picture->remote_id = dup_text (self, "remote_id");
      item->extra->picture->url = dup_text (self, "url");
    }
  return item;
}

static BalImportItem *
read_person (const Reader *self)
{
  g_autofree char *key = dup_text (self, "key");
  const char *trust = json_string_value (json_object_get (self->object, "trust"));
  BalImportItem *item;
  BalPerson *person;

  if (key == NULL || *key == '\0')
    return NULL;

  item = bal_import_item_new_note (BAL_IMPORT_ITEM_PERSON, key, NULL);
  item->extra = bal_import_extra_new ();
  item->extra->person = person = bal_person_new ();
  item->extra->same_as = dup_text (self, "same_as");
  person->key = g_steal_pointer (&key);
  for (int i = BAL_PERSON_NEUTRAL; i <= BAL_PERSON_BLOCKED; i++)
    if (g_strcmp0 (trust, bal_person_trust_to_nick (i)) == 0)
      person->trust = i;
  person->automatic = json_is_true (json_object_get (self->object, "automatic"));
  person->name = dup_text (self, "name");
  person->email = dup_text (self, "email");
  person->url = dup_text (self, "url");
  person->note = dup_text (self, "note");
  person->created = read_time (self, "known_since");
  person->seen = read_time (self, "last_seen");
  return item;
}

/* A saved reply or a saved search. */
static BalImportItem *
read_help (const Reader      *self,
           BalImportItemKind  kind)
{
  g_autofree char *name = dup_text (self, "name");
  g_autofree char *text = dup_text (self, kind == BAL_IMPORT_ITEM_SNIPPET ? "html" : "line");
  BalImportItem *item;

  if (name == NULL || text == NULL)
    return NULL;

  item = bal_import_item_new_note (kind, name, NULL);
  item->extra = bal_import_extra_new ();
  if (kind == BAL_IMPORT_ITEM_SNIPPET)
    item->extra->snippet = bal_snippet_new (0, name, text);
  else
    {
      item->extra->filter = g_new0 (BalSavedFilter, 1);
      item->extra->filter->name = g_steal_pointer (&name);
      item->extra->filter->line = g_steal_pointer (&text);
    }
  return item;
}

/* ---- for a blog that is made anew ---- */

static BalImportItem *
read_gone (const Reader *self)
{
  gboolean is_review = g_strcmp0 (json_string_value (json_object_get (self->object, "what")), BAL_JSON_REVIEW) == 0;
  BalImportItem *item = bal_import_item_new_note (BAL_IMPORT_ITEM_GONE, NULL, NULL);

  item->extra = bal_import_extra_new ();
  item->extra->rows = read_rows (self, is_review ? BAL_JSON_OF_GONE_REVIEW : BAL_JSON_OF_GONE_COMMENT);
  item->extra->rows->entity = is_review ? BAL_ENTITY_REVIEW : BAL_ENTITY_COMMENT;
  return item;
}

static BalImportItem *
read_place (const Reader *self)
{
  BalImportItem *item = bal_import_item_new_note (BAL_IMPORT_ITEM_PLACE, NULL, NULL);

  item->extra = bal_import_extra_new ();
  item->extra->rows = read_rows (self, BAL_JSON_OF_BLOG);
  return item;
}

static BalImportItem *
read_memory (const Reader *self)
{
  BalImportItem *item = bal_import_item_new_note (BAL_IMPORT_ITEM_MEMORY, NULL, NULL);
  const json_t *array = json_object_get (self->object, "signs");
  BalImportRows *rows = bal_import_rows_new ();

  rows->threshold = json_number_value (json_object_get (self->object, "threshold"));
  rows->lessons.n_spam = json_integer_value (json_object_get (self->object, "n_spam"));
  rows->lessons.n_good = json_integer_value (json_object_get (self->object, "n_good"));
  rows->is_last = json_is_true (json_object_get (self->object, "is_last"));
  rows->signs = g_array_new (FALSE, FALSE, sizeof (BalSpamMemorySign));
  for (gsize i = 0; i + 2 < json_array_size (array); i += 3)
    {
      BalSpamMemorySign sign = { json_integer_value (json_array_get (array, i)),
                                 { json_integer_value (json_array_get (array, i + 1)),
                                   json_integer_value (json_array_get (array, i + 2)) } };

      g_array_append_val (rows->signs, sign);
    }
  item->extra = bal_import_extra_new ();
  item->extra->rows = rows;
  return item;
}

BalImportItem *
bal_json_item_read_blog (const json_t *blog,
                         const json_t *numbers)
{
  gboolean is_repaired = FALSE;
  Reader reader = { blog, TRUE, &is_repaired };
  const Reader *self = &reader;
  BalImportItem *item = bal_import_item_new_note (BAL_IMPORT_ITEM_BLOG, NULL, NULL);
  g_autofree char *text = dup_text (self, "review_format");
  g_autoptr(BalReviewFormat) format = text != NULL ? bal_review_format_from_string (text, NULL) : NULL;
  BalBlog *made = bal_blog_new (0);
  GVariantDict dict;
  const char *name;
  json_t *value;

  SET (made, bal_blog_set_name, "name");
  SET (made, bal_blog_set_provider, "provider");
  SET (made, bal_blog_set_url, "url");
  SET (made, bal_blog_set_author, "author");
  SET (made, bal_blog_set_dialect, "dialect");
  SET (made, bal_blog_set_language, "language");
  SET (made, bal_blog_set_endpoint, "endpoint");
  SET (made, bal_blog_set_authorize_url, "authorize_url");
  SET (made, bal_blog_set_user, "user");
  SET (made, bal_blog_set_user_id, "user_id");
  SET (made, bal_blog_set_image_folder, "image_folder");
  SET (made, bal_blog_set_image_url, "image_url");
  bal_blog_set_capabilities (made, (BalCapabilities) json_integer_value (json_object_get (blog, "capabilities")));
  bal_blog_set_signed_in (made, json_is_true (json_object_get (blog, "signed_in")));
  bal_blog_set_last_sync (made, read_time (self, "last_sync"));
  if (format != NULL)
    bal_blog_set_format (made, format);

  item->extra = bal_import_extra_new ();
  item->extra->rows = bal_import_rows_new ();
  item->extra->rows->blog = made;
  item->extra->rows->image_host = dup_text (self, "image_host");
  g_variant_dict_init (&dict, NULL);
  json_object_foreach ((json_t *) numbers, name, value)
    if (json_is_integer (value))
      g_variant_dict_insert (&dict, name, "x", (gint64) json_integer_value (value));
  item->extra->rows->numbers = g_variant_ref_sink (g_variant_dict_end (&dict));
  return item;
}

/* (transfer full) (nullable): @passed: (out): it is known, and of no use here. */
static BalImportItem *
read_for_whole (const Reader *self,
                const char   *type,
                gboolean     *passed)
{
  gboolean is_gone = g_strcmp0 (type, BAL_JSON_GONE) == 0, is_place = g_strcmp0 (type, BAL_JSON_PLACE) == 0;
  gboolean is_memory = g_strcmp0 (type, BAL_JSON_MEMORY) == 0, is_uploaded = g_strcmp0 (type, BAL_JSON_UPLOADED) == 0;

  *passed = !self->is_whole && (is_gone || is_place || is_memory || is_uploaded);
  return !self->is_whole ? NULL : is_gone ? read_gone (self) : is_place ? read_place (self) : is_memory ? read_memory (self) : NULL;
}

BalImportItem *
bal_json_item_read (const json_t           *value,
                    const char             *source,
                    const BalImportTarget  *target,
                    char                  **reason)
{
  const char *type = json_string_value (json_object_get (value, "type"));
  gboolean is_repaired = FALSE;
  Reader reader = { value, target->is_whole, &is_repaired };
  gboolean passed;
  BalImportItem *item = read_for_whole (&reader, type, &passed);

  if (item != NULL || passed)
    return item;
  if (g_strcmp0 (type, BAL_JSON_REVIEW) == 0)
    item = read_review (&reader, source, target, reason);
  else if (g_strcmp0 (type, BAL_JSON_COMMENT) == 0)
    item = read_comment (&reader, source);
  else if (g_strcmp0 (type, BAL_JSON_PICTURE) == 0)
    item = read_picture (&reader, source, target, FALSE);
  else if (g_strcmp0 (type, BAL_JSON_UPLOADED) == 0)
    item = read_picture (&reader, source, target, TRUE);
  else if (g_strcmp0 (type, BAL_JSON_PERSON) == 0)
    item = read_person (&reader);
  else if (g_strcmp0 (type, BAL_JSON_SNIPPET) == 0)
    item = read_help (&reader, BAL_IMPORT_ITEM_SNIPPET);
  else if (g_strcmp0 (type, BAL_JSON_FILTER) == 0)
    item = read_help (&reader, BAL_IMPORT_ITEM_FILTER);

  if (item == NULL)
    *reason = g_strdup (_("It does not say what it is, or lacks what it needs."));
  else if (is_repaired && *reason == NULL)
    *reason = g_strdup (_("It has bytes that are no text; there are replacement characters now."));
  return item;
}
