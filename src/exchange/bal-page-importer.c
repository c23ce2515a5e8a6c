/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-importers.h"

#include <glib/gi18n.h>
#include <string.h>

#include "bal-error.h"
#include "bal-front-matter.h"
#include "bal-import-pictures.h"
#include "bal-markdown.h"
#include "bal-page-comments.h"
#include "bal-page-html.h"
#include "bal-review-html.h"
#include "bal-text-import.h"

/* Nobody writes a longer page. */
#define MOST_BYTES (10 * 1024 * 1024)

/* One file a review: Markdown with front matter, HTML, and plain text with its thread. */
struct _BalPageImporter
{
  BalImporter  parent_instance;

  BalImportPictures *pictures;   /* NULL: none was asked for yet */

  /* owned, of the present file */
  char        *source;
  char        *key;
  char        *stem;
};

G_DEFINE_FINAL_TYPE (BalPageImporter, bal_page_importer, BAL_TYPE_IMPORTER)

static void
note (BalPageImporter   *self,
      BalImportItemKind  kind,
      const char        *name,
      char              *reason)
{
  bal_importer_push_note (BAL_IMPORTER (self), kind, name, reason);
  g_free (reason);
}

/* Pictures come along with the page. */
static void
take_pictures (BalPageImporter *self,
               BalImportItem   *item,
               const char      *name)
{
  BalImportSource *source = bal_importer_get_source (BAL_IMPORTER (self));
  const char *root = bal_import_source_is_many (source) ? bal_import_source_get_path (source) : NULL;
  g_autoptr(GPtrArray) addresses = bal_import_pictures_list (bal_review_get_html (item->review));

  if (self->pictures == NULL && root != NULL && addresses->len > 0)
    self->pictures = bal_import_pictures_new (root);

  for (guint i = 0; i < addresses->len; i++)
    {
      const char *address = g_ptr_array_index (addresses, i);
      g_autofree char *found = root != NULL ? bal_import_pictures_find (self->pictures, name, address) : NULL;

      if (found != NULL)
        continue;
      note (self, BAL_IMPORT_ITEM_REPAIRED, bal_review_get_title (item->review),
            root != NULL ? g_strdup_printf (_("Its picture “%s” is not there with it, and is missing."), address)
                         : g_strdup_printf (_("Its picture “%s” is not brought in; import the folder that has it."), address));
    }

  item->folder = addresses->len > 0 ? g_strdup (root) : NULL;
  item->page = g_strdup (name);
}

/* A file of a folder is known by its place there; a single one, which may have any name, by its content. */
static void
name_file (BalPageImporter *self,
           const char      *name,
           GBytes          *bytes)
{
  BalImportSource *source = bal_importer_get_source (BAL_IMPORTER (self));
  g_autofree char *root = g_path_get_basename (bal_import_source_get_path (source));
  const char *slash = strrchr (name, '/'), *dot = strrchr (slash != NULL ? slash : name, '.');

  g_free (self->source);
  g_free (self->key);
  g_free (self->stem);
  if (bal_import_source_is_many (source))
    {
      g_autofree char *valid = g_utf8_make_valid (root, -1);

      self->source = g_strconcat ("folder:", valid, NULL);
      self->key = g_strdup (name);
    }
  else
    {
      self->source = g_strdup ("file");
      self->key = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
    }
  self->stem = slash != NULL ? g_strndup (slash + 1, dot != NULL ? (gsize) (dot - slash - 1) : strlen (slash + 1))
                             : g_strndup (name, dot != NULL ? (gsize) (dot - name) : strlen (name));
}

/* "2019-05-30-the-ferry": the date, and the rest as a slug. FALSE: no such name. */
static gboolean
split_stem (const char  *stem,
            char       **date,
            char       **slug)
{
  static const char shape[] = "dddd-dd-dd-";

  for (guint i = 0; shape[i] != '\0'; i++)
    if (shape[i] == 'd' ? !g_ascii_isdigit (stem[i]) : stem[i] != shape[i])
      return FALSE;

  *date = g_strndup (stem, 10);
  *slug = g_strdup (stem + strlen (shape));
  return **slug != '\0';
}

/* The title in the file, else its first heading, which is not said twice; else the file's name. */
static void
set_title (BalPageImporter *self,
           BalReview       *review,
           const char      *title,
           const char      *html)
{
  g_autofree char *body = g_strdup (html);
  g_autofree char *heading = bal_page_html_take_title (&body);

  if (!bal_import_is_set (title))
    title = heading;
  bal_review_set_title (review, bal_import_is_set (title) ? title : self->stem);
  bal_review_set_html (review, g_strcmp0 (title, heading) == 0 ? body : html);
}

/* Balcony's own lines say what title and text say; those of others may not. */
static void
find_unread (BalFrontMatter *matter,
             BalReview      *review)
{
  for (guint i = 0; i + 1 < matter->fields->len; i += 2)
    {
      const char *name = g_ptr_array_index (matter->fields, i);
      g_autofree char *property = g_strdelimit (g_strdup (name), "_", '-');
      g_autofree char *said = NULL;
      GValue value = G_VALUE_INIT;

      g_object_get_property (G_OBJECT (review), property, &value);
      said = G_VALUE_HOLDS_INT (&value) ? g_strdup_printf ("%d", g_value_get_int (&value)) : g_value_dup_string (&value);
      g_value_unset (&value);
      if (g_strcmp0 (said, g_ptr_array_index (matter->fields, i + 1)) != 0)
        g_ptr_array_add (matter->unknown, g_strdup (name));
    }
}

static void
report_unknown (BalPageImporter *self,
                BalFrontMatter  *matter,
                BalReview       *review,
                const char      *body)
{
  g_autofree char *names = NULL;

  find_unread (matter, review);
  if (matter->unknown->len > 0)
    {
      g_ptr_array_add (matter->unknown, NULL);
      names = g_strjoinv (", ", (char **) matter->unknown->pdata);
      note (self, BAL_IMPORT_ITEM_REPAIRED, bal_review_get_title (review),
            g_strdup_printf (_("A review has no place for these lines of its front matter: %s."), names));
    }
  if (strstr (body, "{{<") != NULL || strstr (body, "{{%") != NULL || strstr (body, "{% ") != NULL)
    note (self, BAL_IMPORT_ITEM_REPAIRED, bal_review_get_title (review),
          g_strdup (_("It has commands of its site’s program, such as {{< … >}}, which stay as they are written.")));
}

static void
set_matter (BalPageImporter *self,
            BalReview       *review,
            BalFrontMatter  *matter)
{
  const BalImportTarget *target = bal_importer_get_target (BAL_IMPORTER (self));
  g_autofree char *date = NULL;
  g_autofree char *slug = NULL;
  g_autofree char *url_slug = bal_import_slug (matter->url);
  BalReviewStatus status;
  gboolean is_dated = split_stem (self->stem, &date, &slug);
  gboolean is_draft = matter->is_draft || strstr (self->key, "_drafts/") != NULL ||
                      (!is_dated && matter->date == NULL);

  bal_review_set_published (review, matter->date != NULL ? bal_import_time (matter->date) : bal_import_time (date));
  bal_review_set_updated (review, bal_import_time (matter->updated));
  bal_review_set_slug (review, matter->slug != NULL ? matter->slug : url_slug != NULL ? url_slug
                               : slug != NULL ? slug : self->stem);
  bal_review_set_url (review, matter->url);
  bal_review_set_excerpt (review, matter->excerpt);
  bal_review_set_status (review, is_draft ? BAL_REVIEW_STATUS_DRAFT : BAL_REVIEW_STATUS_PUBLISHED);
  if (matter->status != NULL && bal_review_status_from_nick (matter->status, &status))
    bal_review_set_status (review, status);
  /* A draft that has another status besides is one that Balcony closed, maybe a later version. */
  bal_review_set_audience (review, matter->has_new_audience && matter->is_draft && matter->status != NULL
                                   ? BAL_AUDIENCE_TIERS : matter->audience);
  bal_import_set_labels (review, target, matter->labels, matter->categories);
  bal_review_read_fields (review, target->format);
  if (matter->grade != NULL && bal_review_get_grade (review) == NULL)
    {
      bal_review_set_grade (review, matter->grade);
      bal_review_write_fields (review, target->format, target->dialect);
    }
}

/* "[name]: address" is shown nowhere when nothing has that name, such as a footnote that is one word. */
static void
report_unshown (BalPageImporter *self,
                BalReview       *review,
                const char      *body,
                const char      *html)
{
  g_auto(GStrv) lines = g_strsplit_set (body, "\r\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *start = lines[i] + strspn (lines[i], " \t>"), *end = *start == '[' ? strstr (start, "]:") : NULL;
      g_autofree char *address = end != NULL ? g_strstrip (g_strdup (end + 2)) : NULL;
      g_autofree char *escaped = NULL;

      if (address == NULL)
        continue;
      address[strcspn (address, " \t>")] = '\0';
      escaped = g_markup_escape_text (*address == '<' ? address + 1 : address, -1);
      if (*escaped == '\0' || strstr (html, escaped) == NULL)
        note (self, BAL_IMPORT_ITEM_REPAIRED, bal_review_get_title (review),
              g_strdup_printf (_("Markdown shows this line nowhere; it stays out: %s"), start));
    }
}

static gboolean
read_markdown (BalPageImporter  *self,
               const char       *name,
               const char       *text,
               GError          **error)
{
  const char *body;
  g_autoptr(BalFrontMatter) matter = bal_front_matter_read (text, &body, error);
  g_autofree char *html = NULL;
  BalImportItem *item;

  if (matter == NULL)
    return FALSE;

  html = bal_markdown_to_html (body);
  item = bal_import_item_new_review (self->source, self->key);
  set_title (self, item->review, matter->title, html);
  set_matter (self, item->review, matter);
  report_unknown (self, matter, item->review, body);
  report_unshown (self, item->review, body, html);
  take_pictures (self, item, name);
  bal_importer_push (BAL_IMPORTER (self), item);
  return TRUE;
}

static void
read_html (BalPageImporter *self,
           const char      *name,
           const char      *text)
{
  g_autoptr(BalPageHtml) page = bal_page_html_read (text);
  BalImportItem *item = bal_import_item_new_review (self->source, self->key);

  set_title (self, item->review, page->title, page->html);
  bal_review_set_published (item->review, bal_import_time (page->date));
  bal_review_set_excerpt (item->review, page->excerpt);
  bal_review_set_slug (item->review, self->stem);
  bal_review_set_status (item->review, bal_review_get_published (item->review) != 0 ? BAL_REVIEW_STATUS_PUBLISHED
                                                                                   : BAL_REVIEW_STATUS_DRAFT);
  bal_import_set_labels (item->review, bal_importer_get_target (BAL_IMPORTER (self)), page->labels, NULL);
  if (page->is_part)
    note (self, BAL_IMPORT_ITEM_REPAIRED, bal_review_get_title (item->review),
          g_strdup (_("Only the article of the page came in, not what stands around it, such as menus and comments.")));
  take_pictures (self, item, name);
  bal_importer_push (BAL_IMPORTER (self), item);
}

static gboolean
read_text (BalPageImporter  *self,
           GBytes           *bytes,
           GError          **error)
{
  const BalImportTarget *target = bal_importer_get_target (BAL_IMPORTER (self));
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr(BalTextReview) review = bal_text_import (text, (gssize) length, target->format, target->dialect,
                                                     target->author, error);
  BalImportItem *item;

  if (review == NULL)
    return FALSE;

  item = bal_import_item_new_review (self->source, self->key);
  g_set_object (&item->review, review->review);
  bal_importer_push (BAL_IMPORTER (self), item);
  for (guint i = 0; i < review->comments->len; i++)
    {
      BalComment *comment = g_ptr_array_index (review->comments, i);
      g_autofree char *key = g_strdup_printf ("%s#%u", self->key, i + 1);

      item = bal_import_item_new_comment (self->source, key);
      g_set_object (&item->comment, comment);
      item->review_key = g_strdup (self->key);
      if (bal_comment_get_parent_id (comment) != 0)
        item->parent_key = g_strdup_printf ("%s#%" G_GINT64_FORMAT, self->key, bal_comment_get_parent_id (comment));
      bal_importer_push (BAL_IMPORTER (self), item);
    }

  return TRUE;
}

static BalImportFormat
choose_format (BalPageImporter *self,
               GBytes          *bytes,
               const char      *name)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  if (!bal_import_source_is_many (bal_importer_get_source (BAL_IMPORTER (self))))
    return bal_importer_get_format (BAL_IMPORTER (self));
  return bal_import_format_guess (text, MIN (length, 8192), name);
}

static gboolean
is_picture (const char *name,
            GBytes     *bytes)
{
  gsize length;
  const guchar *data = g_bytes_get_data (bytes, &length);
  g_autofree char *type = g_content_type_guess (name, data, MIN (length, 4096), NULL);

  return g_content_type_is_a (type, "image/*");
}

static gboolean
read_page (BalPageImporter  *self,
           const char       *name,
           GError          **error)
{
  g_autoptr(GBytes) bytes = bal_import_source_read_all (bal_importer_get_source (BAL_IMPORTER (self)), MOST_BYTES, error);
  g_autofree char *text = NULL;
  const char *data;
  BalImportFormat format;
  guint64 n_repaired;
  gsize length;

  if (bytes == NULL)
    return FALSE;

  name_file (self, name, bytes);
  if (bal_page_comments_is_name (name) && bal_import_source_is_many (bal_importer_get_source (BAL_IMPORTER (self))))
    return bal_page_comments_read (BAL_IMPORTER (self), self->source, name, bytes, error);

  format = choose_format (self, bytes, name);
  if (format == BAL_IMPORT_FORMAT_TEXT)
    return read_text (self, bytes, error);

  if (format == BAL_IMPORT_FORMAT_AUTO)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID, is_picture (name, bytes)
                           ? _("It is a picture, which comes in with the page that shows it.")
                           : _("It is no Markdown, HTML or text."));
      return FALSE;
    }

  data = g_bytes_get_data (bytes, &length);
  text = bal_import_filter_text (data, length, &n_repaired);
  if (n_repaired > 0)
    note (self, BAL_IMPORT_ITEM_REPAIRED, name, g_strdup (_("Characters that are no text were replaced.")));
  if (format == BAL_IMPORT_FORMAT_MARKDOWN)
    return read_markdown (self, name, text, error);

  read_html (self, name, text);
  return TRUE;
}

static gboolean
bal_page_importer_fill (BalImporter  *importer,
                        GError      **error)
{
  BalPageImporter *self = BAL_PAGE_IMPORTER (importer);
  g_autoptr(GError) local_error = NULL;
  g_autofree char *refused = NULL;
  g_autofree char *own_name = NULL;
  const char *name;

  if (!bal_import_source_next (bal_importer_get_source (importer), &name, &refused, error))
    return FALSE;

  own_name = g_strdup (name);
  if (refused != NULL)
    bal_importer_push_note (importer, BAL_IMPORT_ITEM_SKIPPED, name, refused);
  else if (!read_page (self, own_name, &local_error))
    bal_importer_push_note (importer, BAL_IMPORT_ITEM_SKIPPED, own_name, local_error->message);
  return TRUE;
}

static void
bal_page_importer_finalize (GObject *object)
{
  BalPageImporter *self = BAL_PAGE_IMPORTER (object);

  g_clear_pointer (&self->pictures, bal_import_pictures_free);
  g_free (self->source);
  g_free (self->key);
  g_free (self->stem);

  G_OBJECT_CLASS (bal_page_importer_parent_class)->finalize (object);
}

static void
bal_page_importer_class_init (BalPageImporterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bal_page_importer_finalize;
  BAL_IMPORTER_CLASS (klass)->fill = bal_page_importer_fill;
}

static void
bal_page_importer_init (BalPageImporter *self)
{
}
