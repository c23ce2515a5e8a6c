/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-json-item.h"

#include <glib/gi18n.h>
#include <string.h>

#include "bal-importers.h"
#include "bal-json-format.h"
#include "bal-time.h"

/* What is read, and whether some of it was no text. */
typedef struct
{
  const json_t *object;
  gboolean     *is_repaired;
} Reader;

static Reader
sub_reader (const Reader *self,
            const json_t *object)
{
  return (Reader) { object, self->is_repaired };
}

/* (transfer full) (nullable): as text, whatever the bytes are. */
static char *
dup_value (const Reader *self,
           const json_t *value)
{
  const char *text = json_string_value (json_is_object (value) ? json_object_get (value, "base64") : value);
  g_autofree char *bytes = NULL;
  gsize length;

  if (text == NULL || !json_is_object (value))
    return g_strdup (text);

  bytes = (char *) g_base64_decode (text, &length);
  *self->is_repaired = TRUE;
  return g_utf8_make_valid (bytes, (gssize) strnlen (bytes, length));
}

static char *
dup_text (const Reader *self,
          const char   *name)
{
  return dup_value (self, json_object_get (self->object, name));
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
      char *text = dup_value (self, value);

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

/* Title and text are there, if empty, in whatever comes in. */
#define SET_ALWAYS(object, setter, name)                              \
  G_STMT_START {                                                      \
    g_autofree char *set_text = dup_text (self, name);                \
    setter (object, set_text != NULL ? set_text : "");                \
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
      BalRevision *version = g_new0 (BalRevision, 1);

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

/* ---- what another blog means by it ---- */

static gboolean
is_own (const char             *source,
        const BalImportTarget  *target)
{
  return g_str_has_prefix (source, "balcony:") && target->site != NULL &&
         g_str_equal (source + strlen ("balcony:"), target->site);
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
  bal_review_set_published (item->review, read_time (self, "published"));
  bal_review_set_updated (item->review, read_time (self, "updated"));
  SET_ALWAYS (item->review, bal_review_set_title, "title");
  SET_ALWAYS (item->review, bal_review_set_html, "html");
  SET (item->review, bal_review_set_excerpt, "excerpt");
  SET (item->review, bal_review_set_slug, "slug");
  SET (item->review, bal_review_set_url, "url");
  SET (item->review, bal_review_set_featured_image, "featured_image");
  bal_import_set_labels (item->review, target, first, second);
  item->extra = bal_import_extra_new ();
  item->extra->versions = read_versions (self);
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
  if (bal_comment_status_from_nick (json_string_value (json_object_get (self->object, "previous_status")), &previous))
    item->extra->previous = previous;
  return item;
}

/* Another blog did not get the picture, whatever the file's one calls it. */
static BalImportItem *
read_picture (const Reader           *self,
              const char             *source,
              const BalImportTarget  *target)
{
  g_autofree char *name = dup_text (self, "file_name");
  const json_t *data = json_object_get (self->object, "data");
  gint64 number = json_integer_value (json_object_get (self->object, "number"));
  BalImportItem *item;
  guchar *bytes;
  gsize length;

  if (name == NULL || *name == '\0' || number <= 0 || !json_is_string (data))
    return NULL;

  item = bal_import_item_new_note (BAL_IMPORT_ITEM_PICTURE, name, NULL);
  bytes = g_base64_decode (json_string_value (data), &length);
  item->extra = bal_import_extra_new ();
  item->extra->bytes = g_bytes_new_take (bytes, length);
  item->extra->picture = g_new0 (BalMedia, 1);
  item->extra->picture->id = number;
  item->extra->picture->file_name = g_steal_pointer (&name);
  item->extra->picture->alt_text = dup_text (self, "alt_text");
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

BalImportItem *
bal_json_item_read (const json_t           *value,
                    const char             *source,
                    const BalImportTarget  *target,
                    char                  **reason)
{
  const char *type = json_string_value (json_object_get (value, "type"));
  gboolean is_repaired = FALSE;
  Reader reader = { value, &is_repaired };
  BalImportItem *item = NULL;

  if (g_strcmp0 (type, BAL_JSON_REVIEW) == 0)
    item = read_review (&reader, source, target, reason);
  else if (g_strcmp0 (type, BAL_JSON_COMMENT) == 0)
    item = read_comment (&reader, source);
  else if (g_strcmp0 (type, BAL_JSON_PICTURE) == 0)
    item = read_picture (&reader, source, target);
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
