/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-exporters.h"

#include <glib/gi18n.h>
#include <string.h>

#include "bal-export-folder.h"
#include "bal-export-util.h"
#include "bal-front-matter.h"
#include "bal-import-filter.h"
#include "bal-markdown.h"
#include "bal-page-comments.h"
#include "bal-time.h"

/*
 * A folder as Hugo and Jekyll have it:
 *
 *     2019-05-30-tin-moon.md
 *     images/poster.jpg
 *     comments/2019-05-30-tin-moon.json
 *
 * Such folders end up in public places. So what is not public is marked as a draft whatever else it is, and of comments only
 * those that readers see are in it, without the addresses of those who wrote them, and with nothing that runs in a page.
 */
struct _BalMarkdownExporter
{
  BalExporter      parent_instance;

  BalExportFolder *folder;
};

G_DEFINE_FINAL_TYPE (BalMarkdownExporter, bal_markdown_exporter, BAL_TYPE_EXPORTER)

/* ---- front matter ---- */

static void
append_time (GString    *out,
             const char *key,
             gint64      time)
{
  g_autofree char *text = time != 0 ? bal_time_to_rfc3339 (time) : NULL;

  if (text != NULL)
    g_string_append_printf (out, "%s: %s\n", key, text);
}

/* The same address in the new site: its path. What has none of its own there ("?p=12") gets the site's. */
static void
append_url (GString    *out,
            const char *address)
{
  g_autoptr(GUri) uri = address != NULL ? g_uri_parse (address, G_URI_FLAGS_ENCODED, NULL) : NULL;

  if (uri != NULL && g_uri_get_query (uri) == NULL && strlen (g_uri_get_path (uri)) > 1)
    bal_front_matter_append (out, "url", g_uri_get_path (uri));
  bal_front_matter_append (out, "canonical_url", address);
}

static void
append_fields (GString   *out,
               BalReview *review)
{
  bal_front_matter_append (out, "series", bal_review_get_series (review));
  bal_front_matter_append (out, "film", bal_review_get_film (review));
  if (bal_review_get_film_year (review) != 0)
    g_string_append_printf (out, "film_year: %d\n", bal_review_get_film_year (review));
  bal_front_matter_append (out, "grade", bal_review_get_grade (review));
  bal_front_matter_append (out, "watched_on", bal_review_get_watched_on (review));
  bal_front_matter_append (out, "quote", bal_review_get_quote (review));
  bal_front_matter_append (out, "quote_character", bal_review_get_quote_character (review));
  bal_front_matter_append (out, "quote_actor", bal_review_get_quote_actor (review));
}

static void
append_matter (BalMarkdownExporter   *self,
               GString               *out,
               const BalExportReview *item)
{
  BalReview *review = item->review;
  BalReviewStatus status = bal_review_get_status (review);
  BalAudience audience = bal_review_get_audience (review);

  g_string_append (out, "---\n");
  bal_front_matter_append (out, "title", bal_review_get_title (review));
  append_time (out, "date", bal_review_get_published (review));
  append_time (out, "lastmod", bal_review_get_updated (review));
  if ((status != BAL_REVIEW_STATUS_PUBLISHED && status != BAL_REVIEW_STATUS_SCHEDULED) || audience != BAL_AUDIENCE_EVERYONE)
    g_string_append (out, "draft: true\npublished: false\n");
  if (status != BAL_REVIEW_STATUS_PUBLISHED && status != BAL_REVIEW_STATUS_DRAFT)
    bal_front_matter_append (out, "status", bal_review_status_to_nick (status));
  if (audience != BAL_AUDIENCE_EVERYONE)
    bal_front_matter_append (out, "audience", bal_audience_to_nick (audience));
  bal_front_matter_append (out, "slug", bal_review_get_slug (review));
  append_url (out, bal_review_get_url (review));
  bal_front_matter_append_list (out, "tags", bal_review_get_labels (review));
  bal_front_matter_append_list (out, "categories", bal_review_get_categories (review));
  bal_front_matter_append (out, "description", bal_review_get_excerpt (review));
  bal_front_matter_append (out, "image", bal_export_folder_find_featured (self->folder, item));
  append_fields (out, review);
  g_string_append (out, "---\n\n");
}

/* ---- comments ---- */

static gboolean
write_file (BalMarkdownExporter  *self,
            const char           *name,
            GString              *text,
            GError              **error)
{
  BalExportFile *file = bal_exporter_new_file (BAL_EXPORTER (self), name, error);

  if (file == NULL)
    return FALSE;

  bal_export_file_put_bytes (file, text->str, text->len);
  return bal_export_file_close (file, error);
}

static gboolean
write_comments (BalMarkdownExporter    *self,
                const BalExportReview  *item,
                const char             *stem,
                GError                **error)
{
  g_autofree char *name = g_strdup_printf ("comments/%s.json", stem);
  g_autofree char *page = g_strconcat (stem, ".md", NULL);
  g_autofree char *reason = NULL;
  g_autoptr(GString) out = g_string_new ("{\n  \"review\": ");
  guint n = 0, n_hidden = 0;

  bal_front_matter_append_text (out, page);
  g_string_append (out, ",\n  \"comments\": [");
  for (guint i = 0; i < item->comments->len; i++)
    {
      BalComment *comment = g_ptr_array_index (item->comments, i);

      if (bal_comment_get_status (comment) != BAL_COMMENT_STATUS_APPROVED)
        {
          n_hidden++;
          continue;
        }
      g_string_append (out, n++ > 0 ? ",\n" : "\n");
      bal_page_comments_append (out, item->comments, comment);
    }
  g_string_append (out, "\n  ]\n}\n");

  bal_exporter_get_report (BAL_EXPORTER (self))->n_comments += n;
  reason = g_strdup_printf (ngettext ("%u comment that readers don’t see is left out.",
                                      "%u comments that readers don’t see are left out.", n_hidden), n_hidden);
  return (n == 0 || write_file (self, name, out, error)) &&
         (n_hidden == 0 || bal_exporter_note_review (BAL_EXPORTER (self), BAL_EXPORT_NOTE_LEFT_OUT, item->review, reason, error));
}

/* ---- the whole ---- */

static gboolean
bal_markdown_exporter_begin (BalExporter  *exporter,
                             GError      **error)
{
  BAL_MARKDOWN_EXPORTER (exporter)->folder = bal_export_folder_new (exporter);
  return TRUE;
}

static gboolean
bal_markdown_exporter_add (BalExporter            *exporter,
                           const BalExportReview  *item,
                           GError                **error)
{
  BalMarkdownExporter *self = BAL_MARKDOWN_EXPORTER (exporter);
  g_autofree char *stem = bal_export_folder_name_review (self->folder, item->review);
  g_autofree char *name = g_strconcat (stem, ".md", NULL);
  g_autofree char *html = bal_export_folder_take_pictures (self->folder, item, "", error);
  g_autofree char *text = NULL;
  g_autoptr(BalDocument) document = NULL;
  g_autofree char *markdown = NULL;
  g_autoptr(GString) out = g_string_new (NULL);
  BalDialect dialect = BAL_DIALECT_HTML;
  guint64 n_repaired;
  gboolean is_exact;

  if (html == NULL)
    return FALSE;

  bal_dialect_from_nick (bal_blog_get_dialect (bal_exporter_get_blog (exporter)), &dialect);
  text = bal_import_filter_text (html, strlen (html), &n_repaired);
  document = bal_document_new_from_html (text, -1, dialect);
  markdown = bal_markdown_from_document (document, &is_exact);
  append_matter (self, out, item);
  g_string_append (out, markdown);
  bal_exporter_get_report (exporter)->n_reviews++;
  return write_file (self, name, out, error) &&
         (is_exact || bal_exporter_note_review (exporter, BAL_EXPORT_NOTE_CHANGED, item->review,
                                                _("Its text is in the file as HTML, which Markdown may show a little differently."),
                                                error)) &&
         (n_repaired == 0 || bal_exporter_note_review (exporter, BAL_EXPORT_NOTE_CHANGED, item->review,
                                                       _("Spaces stand for characters that are no text."), error)) &&
         bal_export_note_closed (exporter, item->review, _("Not everyone may read it on the blog; there it is a draft."),
                                 error) &&
         bal_export_note_featured (exporter, item, error) && write_comments (self, item, stem, error);
}

static gboolean
bal_markdown_exporter_end (BalExporter  *exporter,
                           GError      **error)
{
  return bal_exporter_get_report (exporter)->n_comments == 0 ||
         bal_exporter_note (exporter, BAL_EXPORT_NOTE_LEFT_OUT, "comments",
                            _("E-mail addresses of those who commented are left out, as such a folder is often published."),
                            error);
}

static void
bal_markdown_exporter_finalize (GObject *object)
{
  g_clear_pointer (&BAL_MARKDOWN_EXPORTER (object)->folder, bal_export_folder_free);

  G_OBJECT_CLASS (bal_markdown_exporter_parent_class)->finalize (object);
}

static void
bal_markdown_exporter_class_init (BalMarkdownExporterClass *klass)
{
  BalExporterClass *exporter_class = BAL_EXPORTER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bal_markdown_exporter_finalize;
  exporter_class->begin = bal_markdown_exporter_begin;
  exporter_class->add = bal_markdown_exporter_add;
  exporter_class->end = bal_markdown_exporter_end;
}

static void
bal_markdown_exporter_init (BalMarkdownExporter *self)
{
}
