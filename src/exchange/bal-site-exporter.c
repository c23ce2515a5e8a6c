/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-exporters.h"

#include <glib/gi18n.h>
#include <string.h>

#include "bal-export-folder.h"
#include "bal-export-pictures.h"
#include "bal-export-util.h"
#include "bal-preview-page.h"
#include "bal-review-html.h"
#include "bal-safe-text.h"
#include "bal-site-page.h"

#define LONGEST_EXCERPT 280

/*
 * Pages for any browser, from a disk or from any host: no address in them leaves the folder but those that the person wrote,
 * and no program is in them. Only what readers see is there. A few lines of each review are kept for the lists; no more grows
 * with the blog.
 */
struct _BalSiteExporter
{
  BalExporter      parent_instance;

  /* owned */
  BalExportFolder *folder;
  GPtrArray       *entries;      /* BalSiteEntry */
  GHashTable      *labels;       /* name -> its page */
  GHashTable      *series;
  GHashTable      *spellings;    /* a label folded -> as it was spelled first, for "Mystery" and "mystery" are one */
  BalSiteLosses    losses;
};

G_DEFINE_FINAL_TYPE (BalSiteExporter, bal_site_exporter, BAL_TYPE_EXPORTER)

/* (transfer none): the page of a label or a series. */
static const char *
take_place (BalSiteExporter *self,
            GHashTable      *places,
            const char      *kind,
            const char      *name)
{
  char *place = g_hash_table_lookup (places, name);
  g_autofree char *file = NULL;

  if (place == NULL)
    {
      file = bal_export_folder_name (self->folder, kind, name);
      place = g_strdup_printf ("%s/%s.html", kind, file);
      g_hash_table_insert (places, g_strdup (name), place);
    }
  return place;
}

static void
append_link (GString    *page,
             const char *place,
             const char *text)
{
  g_autofree char *escaped = g_uri_escape_string (place, "/", FALSE);

  g_string_append_printf (page, "<a href=\"../%s\">", escaped);
  bal_site_page_append (page, "<bdi>", text, "</bdi>");
  g_string_append (page, "</a>");
}

static void
append_field (GString    *page,
              const char *label,
              const char *value)
{
  if (value == NULL || *value == '\0')
    return;

  bal_site_page_append (page, "<dt>", label, "</dt>");
  bal_site_page_append (page, "<dd>", value, "</dd>\n");
}

static void
append_quote (GString   *page,
              BalReview *review)
{
  const char *character = bal_review_get_quote_character (review), *actor = bal_review_get_quote_actor (review);

  if (bal_review_get_quote (review) == NULL || *bal_review_get_quote (review) == '\0')
    return;

  bal_site_page_append (page, "<dt>", _("Quote"), "</dt><dd>");
  bal_site_page_append (page, "<q>", bal_review_get_quote (review), "</q>");
  bal_site_page_append (page, " — ", character, "");
  bal_site_page_append (page, " (", actor, ")");
  g_string_append (page, "</dd>\n");
}

static void
append_fields (BalSiteExporter *self,
               GString         *page,
               BalReview       *review)
{
  const char *series = bal_review_get_series (review);
  gsize start = page->len, length;

  g_string_append (page, "<dl class=\"fields\">\n");
  length = page->len;
  if (series != NULL && *series != '\0')
    {
      bal_site_page_append (page, "<dt>", _("Series"), "</dt><dd>");
      append_link (page, take_place (self, self->series, "series", series), series);
      g_string_append (page, "</dd>\n");
    }
  append_field (page, _("Film"), bal_review_get_film (review));
  append_field (page, _("Grade"), bal_review_get_grade (review));
  append_field (page, _("Watched on"), bal_review_get_watched_on (review));
  append_quote (page, review);
  if (page->len == length)
    g_string_truncate (page, start);
  else
    g_string_append (page, "</dl>\n");
}

static void
append_labels (BalSiteExporter *self,
               GString         *page,
               char           **labels)
{
  if (labels[0] == NULL)
    return;

  g_string_append (page, "<ul class=\"tags\">\n");
  for (guint i = 0; labels[i] != NULL; i++)
    {
      g_string_append (page, "<li>");
      append_link (page, take_place (self, self->labels, "labels", labels[i]), labels[i]);
      g_string_append (page, "</li>\n");
    }
  g_string_append (page, "</ul>\n");
}

static const char *
get_spelling (BalSiteExporter *self,
              const char      *label)
{
  g_autofree char *folded = g_utf8_casefold (label, -1);
  char *spelling = g_hash_table_lookup (self->spellings, folded);

  if (spelling == NULL)
    {
      spelling = g_strdup (label);
      g_hash_table_insert (self->spellings, g_steal_pointer (&folded), spelling);
    }
  return spelling;
}

/* (transfer full): labels and categories that say something, each once. */
static char **
list_labels (BalSiteExporter *self,
             BalReview       *review)
{
  const char *const *names[] = { bal_review_get_labels (review), bal_review_get_categories (review) };
  g_autoptr(GPtrArray) labels = g_ptr_array_new ();

  for (guint k = 0; k < G_N_ELEMENTS (names); k++)
    for (guint i = 0; names[k][i] != NULL; i++)
      {
        const char *spelling = get_spelling (self, names[k][i]);

        if (*spelling != '\0' && !g_ptr_array_find_with_equal_func (labels, spelling, g_str_equal, NULL))
          g_ptr_array_add (labels, g_strdup (spelling));
      }
  g_ptr_array_add (labels, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&labels), FALSE);
}

/* (transfer full): a name that stays when the folder moves: the address it had, or else one made of its key. */
static char *
make_id (BalReview *review)
{
  const char *url = bal_review_get_url (review), *key = bal_review_get_key (review);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, bal_review_get_id (review));
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_MD5, key != NULL ? key : number, -1);

  if (url != NULL && g_str_has_prefix (url, "http"))
    return g_strdup (url);
  return g_strdup_printf ("urn:uuid:%.8s-%.4s-3%.3s-8%.3s-%.12s", sum, sum + 8, sum + 13, sum + 17, sum + 20);
}

static BalSiteEntry *
add_entry (BalSiteExporter *self,
           BalReview       *review,
           const char      *name,
           const char      *html)
{
  BalSiteEntry *entry = g_new0 (BalSiteEntry, 1);
  const char *excerpt = bal_review_get_excerpt (review), *title = bal_review_get_title (review);

  entry->place = g_uri_escape_string (name, "/", FALSE);
  entry->title = g_strdup (title != NULL && *title != '\0' ? title : _("Untitled"));
  entry->excerpt = bal_safe_text_line (excerpt != NULL && *excerpt != '\0' ? excerpt : html, LONGEST_EXCERPT);
  entry->grade = g_strdup (bal_review_get_grade (review));
  entry->series = g_strdup (bal_review_get_series (review));
  entry->id = make_id (review);
  entry->labels = list_labels (self, review);
  entry->published = bal_review_get_published (review);
  entry->updated = MAX (bal_review_get_updated (review), entry->published);
  g_ptr_array_add (self->entries, entry);
  return entry;
}

/* (transfer full): the text without the lines that are shown as fields. */
static char *
make_body (BalSiteExporter *self,
           BalReview       *review,
           const char      *html)
{
  BalBlog *blog = bal_exporter_get_blog (BAL_EXPORTER (self));
  const char *url = bal_review_get_url (review) != NULL ? bal_review_get_url (review) : bal_blog_get_url (blog);
  g_autoptr(GUri) base = url != NULL ? g_uri_parse (url, G_URI_FLAGS_PARSE_RELAXED, NULL) : NULL;
  BalDialect dialect = BAL_DIALECT_HTML;
  g_autoptr(BalDocument) document = NULL;
  g_autoptr(BalDocument) body = NULL;
  g_autofree char *shown = NULL;

  bal_dialect_from_nick (bal_blog_get_dialect (blog), &dialect);
  document = bal_document_new_from_html (html, -1, dialect);
  body = bal_document_split_fields (document, bal_blog_get_format (blog), NULL);
  shown = bal_document_to_readers_html (body);
  return bal_site_html_from_post (shown, base, "../images/", &self->losses);
}

static gboolean
note_hidden (BalSiteExporter  *self,
             BalReview        *review,
             guint             n_hidden,
             GError          **error)
{
  g_autofree char *reason = g_strdup_printf (ngettext ("%u comment that readers don’t see is left out.",
                                                       "%u comments that readers don’t see are left out.", n_hidden), n_hidden);

  return n_hidden == 0 || bal_exporter_note_review (BAL_EXPORTER (self), BAL_EXPORT_NOTE_LEFT_OUT, review, reason, error);
}

static gboolean
note_losses (BalSiteExporter      *self,
             BalReview            *review,
             const BalSiteLosses  *before,
             GError              **error)
{
  BalExporter *exporter = BAL_EXPORTER (self);
  guint n_embeds = self->losses.n_embeds - before->n_embeds, n_dropped = self->losses.n_dropped - before->n_dropped;
  g_autofree char *embeds = g_strdup_printf (ngettext ("A link stands for %u embed in it.",
                                                       "Links stand for %u embeds in it.", n_embeds), n_embeds);
  g_autofree char *dropped = g_strdup_printf (ngettext ("%u form, drawing, program or embed without an address is left out.",
                                                        "%u forms, drawings, programs or embeds without an address are left out.",
                                                        n_dropped), n_dropped);

  return (n_embeds == 0 || bal_exporter_note_review (exporter, BAL_EXPORT_NOTE_CHANGED, review, embeds, error)) &&
         (n_dropped == 0 || bal_exporter_note_review (exporter, BAL_EXPORT_NOTE_LEFT_OUT, review, dropped, error));
}

/* Above the text, as blogs show it; not where the text shows it too. */
static void
append_featured (BalSiteExporter        *self,
                 GString                *page,
                 const BalExportReview  *item,
                 const char             *body)
{
  const char *place = bal_export_folder_find_featured (self->folder, item);
  BalMedia *picture = bal_export_pictures_find_featured (item->media, bal_review_get_featured_image (item->review));
  g_autofree char *address = place != NULL ? g_uri_escape_string (place, "/", FALSE) : NULL;
  g_autofree char *alt = picture != NULL ? bal_site_html_from_text (picture->alt_text) : NULL;
  g_autofree char *shown = address != NULL ? g_strdup_printf ("src=\"../%s\"", address) : NULL;

  if (shown != NULL && strstr (body, shown) == NULL)
    g_string_append_printf (page, "<p><img %s alt=\"%s\"></p>\n", shown, alt);
}

static gboolean
bal_site_exporter_add (BalExporter            *exporter,
                       const BalExportReview  *item,
                       GError                **error)
{
  BalSiteExporter *self = BAL_SITE_EXPORTER (exporter);
  BalReview *review = item->review;
  BalExportReport *report = bal_exporter_get_report (exporter);
  g_autofree char *stem = NULL;
  g_autofree char *name = NULL;
  g_autofree char *html = NULL;
  g_autofree char *body = NULL;
  BalSiteEntry *entry;
  BalSiteLosses before = self->losses;
  guint n_shown, n_hidden;
  GString *page;

  if (!bal_export_is_for_everyone (review))
    return bal_exporter_note_review (exporter, BAL_EXPORT_NOTE_LEFT_OUT, review,
                                     bal_review_get_status (review) != BAL_REVIEW_STATUS_PUBLISHED
                                     ? _("Readers don’t see it, and the site is made for them.")
                                     : _("Not everyone may read it on the blog, and the site is made for everyone."), error);

  stem = bal_export_folder_name_review (self->folder, review);
  name = g_strdup_printf ("reviews/%s.html", stem);
  html = bal_export_folder_take_pictures (self->folder, item, "../", error);
  if (html == NULL)
    return FALSE;

  body = make_body (self, review, html);
  entry = add_entry (self, review, name, html);
  page = bal_site_page_new (bal_exporter_get_blog (exporter), entry->title, "../");
  bal_site_page_append (page, "<article>\n<h1>", entry->title, "</h1>\n<p>");
  bal_site_page_append_time (page, entry->published);
  g_string_append (page, "</p>\n");
  append_featured (self, page, item, body);
  append_fields (self, page, review);
  g_string_append_printf (page, "<div class=\"text\" dir=\"auto\">\n%s\n</div>\n", body);
  append_labels (self, page, entry->labels);
  g_string_append (page, "</article>\n");
  bal_site_page_append_comments (page, item->comments, &n_shown, &n_hidden);
  report->n_reviews++;
  report->n_comments += n_shown;
  return bal_site_page_write (page, exporter, name, error) && note_hidden (self, review, n_hidden, error) &&
         note_losses (self, review, &before, error) &&
         bal_export_note_featured (exporter, item, error);
}

static gboolean
bal_site_exporter_begin (BalExporter  *exporter,
                         GError      **error)
{
  BAL_SITE_EXPORTER (exporter)->folder = bal_export_folder_new (exporter);
  return TRUE;
}

static gboolean
bal_site_exporter_end (BalExporter  *exporter,
                       GError      **error)
{
  BalSiteExporter *self = BAL_SITE_EXPORTER (exporter);
  BalExportFile *style = bal_exporter_new_file (exporter, "style.css", error);
  g_autofree char *reason = g_strdup_printf (ngettext ("%u picture or film is shown from the web, and needs a connection.",
                                                       "%u pictures and films are shown from the web, and need a connection.",
                                                       self->losses.n_remote), self->losses.n_remote);

  if (style == NULL)
    return FALSE;

  bal_export_file_put (style, bal_site_get_style ());
  return bal_export_file_close (style, error) &&
         bal_site_lists_write (exporter, self->entries, self->labels, self->series, error) &&
         (self->losses.n_remote == 0 ||
          bal_exporter_note (exporter, BAL_EXPORT_NOTE_CHANGED, "images", reason, error));
}

static void
bal_site_exporter_finalize (GObject *object)
{
  BalSiteExporter *self = BAL_SITE_EXPORTER (object);

  g_clear_pointer (&self->folder, bal_export_folder_free);
  g_ptr_array_unref (self->entries);
  g_hash_table_unref (self->labels);
  g_hash_table_unref (self->series);
  g_hash_table_unref (self->spellings);

  G_OBJECT_CLASS (bal_site_exporter_parent_class)->finalize (object);
}

static void
bal_site_exporter_class_init (BalSiteExporterClass *klass)
{
  BalExporterClass *exporter_class = BAL_EXPORTER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bal_site_exporter_finalize;
  exporter_class->begin = bal_site_exporter_begin;
  exporter_class->add = bal_site_exporter_add;
  exporter_class->end = bal_site_exporter_end;
}

static void
bal_site_exporter_init (BalSiteExporter *self)
{
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_site_entry_free);
  self->labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->series = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->spellings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}
