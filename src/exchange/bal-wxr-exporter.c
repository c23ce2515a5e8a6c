/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-exporters.h"

#include <glib/gi18n.h>
#include <string.h>

#include "bal-export-pictures.h"
#include "bal-export-util.h"
#include "bal-media-refs.h"
#include "bal-xml-writer.h"

/* WordPress eXtended RSS 1.2, as WordPress writes it and its importer (0.9.5) reads it. */

/* Ids of what a blog on WordPress does not have yet, away from its own. */
#define FIRST_ID G_GINT64_CONSTANT (1000000000)
#define FIRST_ATTACHMENT_ID G_GINT64_CONSTANT (2000000000)

struct _BalWxrExporter
{
  BalExporter   parent_instance;

  /* owned */
  GHashTable   *attachments;     /* (element-type gint64): ids of pictures that were written */
  GTimeZone    *zone;            /* this computer's; asking for it each time reads files */

  BalXmlWriter  out;
  gboolean      is_wordpress;    /* the blog's ids are WordPress's */
  guint         n_agents;
};

G_DEFINE_FINAL_TYPE (BalWxrExporter, bal_wxr_exporter, BAL_TYPE_EXPORTER)

static const char head[] =
  "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n"
  "<rss version=\"2.0\"\n"
  "  xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\"\n"
  "  xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"\n"
  "  xmlns:wfw=\"http://wellformedweb.org/CommentAPI/\"\n"
  "  xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
  "  xmlns:wp=\"http://wordpress.org/export/1.2/\">\n"
  "<channel>\n";

static void
element (BalWxrExporter *self,
         const char     *name,
         const char     *text)
{
  bal_xml_writer_element (&self->out, name, NULL, text);
}

static void
cdata (BalWxrExporter *self,
       const char     *name,
       const char     *text)
{
  bal_xml_writer_cdata (&self->out, name, NULL, text);
}

static void
number (BalWxrExporter *self,
        const char     *name,
        gint64          value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  element (self, name, text);
}

/* The blog's own id where it is one, so that an export of WordPress and one of Balcony call the same thing the same. */
static gint64
choose_id (BalWxrExporter *self,
           const char     *remote_id,
           gint64          id,
           gint64          first)
{
  gint64 remote;

  if (!self->is_wordpress)
    return id;
  return remote_id != NULL && g_ascii_string_to_signed (remote_id, 10, 1, FIRST_ID - 1, &remote, NULL) ? remote : first + id;
}

/* Zeros are none: the importer takes the present then. */
static void
put_date (BalWxrExporter *self,
          const char     *name,
          gint64          time,
          gboolean        is_local)
{
  g_autoptr(GDateTime) utc = bal_export_time_is_fit (time) ? g_date_time_new_from_unix_utc (time) : NULL;
  g_autoptr(GDateTime) date = utc == NULL ? NULL : is_local ? g_date_time_to_timezone (utc, self->zone) : g_date_time_ref (utc);
  g_autofree char *text = date != NULL ? g_date_time_format (date, "%Y-%m-%d %H:%M:%S") : g_strdup ("0000-00-00 00:00:00");

  cdata (self, name, text);
}

static void
put_meta (BalWxrExporter *self,
          const char     *key,
          const char     *value)
{
  if (value == NULL || *value == '\0')
    return;

  bal_export_file_put (self->out.file, "<wp:postmeta>\n");
  cdata (self, "wp:meta_key", key);
  cdata (self, "wp:meta_value", value);
  bal_export_file_put (self->out.file, "</wp:postmeta>\n");
}

/* What is the same name to a reader is the same to WordPress; names that are not must not become one by their slugs. */
static char *
make_nicename (const char *name)
{
  g_autofree char *folded = g_utf8_strdown (name, -1);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, folded, -1);
  GString *slug = g_string_new (NULL);
  gboolean is_plain = TRUE;

  for (const char *p = folded; *p != '\0'; p++)
    {
      gboolean is_gap = !g_ascii_isalnum (*p);

      is_plain &= !is_gap || (*p == ' ' && p[1] != ' ' && p[1] != '\0' && p > folded);
      if (!is_gap)
        g_string_append_c (slug, *p);
      else if (slug->len > 0 && slug->str[slug->len - 1] != '-')
        g_string_append_c (slug, '-');
    }
  g_string_truncate (slug, MIN (slug->len, 100));
  if (!is_plain || slug->len == 100)
    g_string_append_printf (slug, "%s%.8s", slug->len > 0 && slug->str[slug->len - 1] != '-' ? "-" : "", hash);
  return g_string_free (slug, FALSE);
}

static void
put_terms (BalWxrExporter    *self,
           const char        *domain,
           const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *valid = g_utf8_make_valid (names[i], -1);
      g_autofree char *nicename = make_nicename (valid);
      g_autofree char *attributes = g_strdup_printf (" domain=\"%s\" nicename=\"%s\"", domain, nicename);

      bal_xml_writer_cdata (&self->out, "category", attributes, names[i]);
    }
}

/* A password is the blog's, and never here. */
static const char *
get_status (BalReview *review)
{
  gboolean is_open = bal_review_get_audience (review) == BAL_AUDIENCE_EVERYONE;

  switch (bal_review_get_status (review))
    {
    case BAL_REVIEW_STATUS_SCHEDULED:
      return is_open ? "future" : "private";
    case BAL_REVIEW_STATUS_PUBLISHED:
      return is_open ? "publish" : "private";
    case BAL_REVIEW_STATUS_PRIVATE:
      return "private";
    case BAL_REVIEW_STATUS_TRASH:
      return "trash";
    case BAL_REVIEW_STATUS_DRAFT:
    default:
      return "draft";
    }
}

static const char *
get_login (BalWxrExporter *self)
{
  const char *author = bal_blog_get_author (bal_exporter_get_blog (BAL_EXPORTER (self)));

  return author != NULL && *author != '\0' ? author : "admin";
}

static const char *
get_site (BalWxrExporter *self)
{
  const char *url = bal_blog_get_url (bal_exporter_get_blog (BAL_EXPORTER (self)));

  return url != NULL ? url : "";
}

/* ---- comments ---- */

/* WordPress breaks the lines of a comment without paragraphs where it has newlines; where it has tags, they mean nothing. */
static char *
make_comment_text (const char *html)
{
  char *text = g_strdup (html != NULL ? html : "");

  if (strstr (text, "<p") == NULL && strstr (text, "<br") == NULL)
    g_strdelimit (text, "\r\n", ' ');
  return text;
}

static const char *
get_approved (BalCommentStatus status)
{
  return status == BAL_COMMENT_STATUS_APPROVED ? "1" : status == BAL_COMMENT_STATUS_SPAM ? "spam" :
         status == BAL_COMMENT_STATUS_TRASH ? "trash" : "0";
}

static void
put_comment (BalWxrExporter *self,
             BalComment     *comment,
             gint64          id,
             gint64          parent)
{
  g_autofree char *text = make_comment_text (bal_comment_get_html (comment));

  bal_export_file_put (self->out.file, "<wp:comment>\n");
  number (self, "wp:comment_id", id);
  cdata (self, "wp:comment_author", bal_comment_get_author (comment));
  element (self, "wp:comment_author_email", bal_comment_get_author_email (comment));
  element (self, "wp:comment_author_url", bal_comment_get_author_url (comment));
  element (self, "wp:comment_author_IP", bal_comment_get_author_ip (comment));
  put_date (self, "wp:comment_date", bal_comment_get_created (comment), TRUE);
  put_date (self, "wp:comment_date_gmt", bal_comment_get_created (comment), FALSE);
  cdata (self, "wp:comment_content", text);
  cdata (self, "wp:comment_approved", get_approved (bal_comment_get_status (comment)));
  cdata (self, "wp:comment_type", "comment");
  number (self, "wp:comment_parent", parent);
  number (self, "wp:comment_user_id", bal_comment_get_mine (comment) ? 1 : 0);
  bal_export_file_put (self->out.file, "</wp:comment>\n");
  self->n_agents += bal_comment_get_user_agent (comment) != NULL;
}

static gboolean
put_comments (BalWxrExporter  *self,
              GPtrArray       *comments,
              GError         **error)
{
  g_autoptr(GHashTable) ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);

  for (guint i = 0; i < comments->len; i++)
    {
      BalComment *comment = g_ptr_array_index (comments, i);
      gint64 own = bal_comment_get_id (comment), parent_id = bal_comment_get_parent_id (comment);
      gint64 id = choose_id (self, bal_comment_get_remote_id (comment), own, FIRST_ID);
      gint64 *parent = g_hash_table_lookup (ids, &parent_id);
      guint64 n_before = self->out.n_repaired;

      put_comment (self, comment, id, parent != NULL ? *parent : 0);
      g_hash_table_insert (ids, g_memdup2 (&own, sizeof own), g_memdup2 (&id, sizeof id));
      if (!bal_export_note_repaired (BAL_EXPORTER (self), NULL, comment, n_before, self->out.n_repaired, error))
        return FALSE;
    }

  bal_exporter_get_report (BAL_EXPORTER (self))->n_comments += comments->len;
  return TRUE;
}

/* ---- reviews ---- */

static void
put_fields (BalWxrExporter *self,
            BalReview      *review)
{
  g_autofree char *year = bal_review_get_film_year (review) != 0
                          ? g_strdup_printf ("%d", bal_review_get_film_year (review)) : NULL;

  put_meta (self, "balcony_series", bal_review_get_series (review));
  put_meta (self, "balcony_film", bal_review_get_film (review));
  put_meta (self, "balcony_film_year", year);
  put_meta (self, "balcony_grade", bal_review_get_grade (review));
  put_meta (self, "balcony_watched_on", bal_review_get_watched_on (review));
  put_meta (self, "balcony_quote", bal_review_get_quote (review));
  put_meta (self, "balcony_quote_character", bal_review_get_quote_character (review));
  put_meta (self, "balcony_quote_actor", bal_review_get_quote_actor (review));
}

static void
put_post_head (BalWxrExporter *self,
               gint64          id,
               gint64          published,
               gint64          updated,
               const char     *slug,
               const char     *status,
               gint64          parent,
               const char     *type)
{
  number (self, "wp:post_id", id);
  put_date (self, "wp:post_date", published, TRUE);
  put_date (self, "wp:post_date_gmt", published, FALSE);
  put_date (self, "wp:post_modified", updated, TRUE);
  put_date (self, "wp:post_modified_gmt", updated, FALSE);
  cdata (self, "wp:comment_status", "open");
  cdata (self, "wp:ping_status", "open");
  cdata (self, "wp:post_name", slug);
  cdata (self, "wp:status", status);
  number (self, "wp:post_parent", parent);
  element (self, "wp:menu_order", "0");
  cdata (self, "wp:post_type", type);
  cdata (self, "wp:post_password", NULL);
  element (self, "wp:is_sticky", "0");
}

static void
put_item_head (BalWxrExporter *self,
               const char     *title,
               const char     *link,
               gint64          id,
               gint64          published)
{
  g_autofree char *date = bal_export_time_is_fit (published) ? bal_export_time_rfc822 (published) : NULL;
  g_autofree char *guid = g_strdup_printf ("%s?p=%" G_GINT64_FORMAT, get_site (self), id);

  bal_export_file_put (self->out.file, "<item>\n");
  cdata (self, "title", title);
  element (self, "link", link != NULL ? link : guid);
  if (date != NULL)
    element (self, "pubDate", date);
  cdata (self, "dc:creator", get_login (self));
  bal_xml_writer_element (&self->out, "guid", " isPermaLink=\"false\"", guid);
  element (self, "description", NULL);
}

static gint64
get_attachment_id (BalWxrExporter *self,
                   BalMedia       *picture)
{
  return choose_id (self, picture->remote_id, FIRST_ATTACHMENT_ID + picture->id, 0);
}

static void
put_attachment (BalWxrExporter *self,
                BalReview      *review,
                gint64          parent,
                BalMedia       *picture)
{
  gint64 id = get_attachment_id (self, picture);

  if (picture->url == NULL || !g_hash_table_add (self->attachments, g_memdup2 (&picture->id, sizeof picture->id)))
    return;

  put_item_head (self, picture->file_name, picture->url, id, bal_review_get_published (review));
  cdata (self, "content:encoded", NULL);
  cdata (self, "excerpt:encoded", NULL);
  put_post_head (self, id, bal_review_get_published (review), bal_review_get_updated (review), NULL, "inherit", parent,
                 "attachment");
  cdata (self, "wp:attachment_url", picture->url);
  put_meta (self, "_wp_attachment_image_alt", picture->alt_text);
  bal_export_file_put (self->out.file, "</item>\n");
  bal_exporter_get_report (BAL_EXPORTER (self))->n_pictures++;
}

/* (transfer full) (nullable): what WordPress calls the featured picture. */
static char *
dup_thumbnail (BalWxrExporter         *self,
               const BalExportReview  *item)
{
  const char *id = bal_review_get_featured_image (item->review);
  BalMedia *picture = bal_export_pictures_find_featured (item->media, id);

  if (picture != NULL)
    return picture->url != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT, get_attachment_id (self, picture)) : NULL;
  return self->is_wordpress && id != NULL && bal_media_ref_parse (id) < 0 ? g_strdup (id) : NULL;
}

static gboolean
note_featured (BalWxrExporter         *self,
               const BalExportReview  *item,
               GError                **error)
{
  g_autofree char *thumbnail = dup_thumbnail (self, item);

  return thumbnail != NULL || bal_review_get_featured_image (item->review) == NULL ||
         bal_exporter_note_review (BAL_EXPORTER (self), BAL_EXPORT_NOTE_LEFT_OUT, item->review,
                                   _("Its featured picture has no address on the web that the export could name."), error);
}

static void
put_review (BalWxrExporter         *self,
            const BalExportReview  *item,
            gint64                  id)
{
  BalReview *review = item->review;
  g_autofree char *html = bal_export_pictures_move (bal_review_get_html (review), item->media, bal_export_name_picture,
                                                    NULL);
  g_autofree char *thumbnail = dup_thumbnail (self, item);

  put_item_head (self, bal_review_get_title (review), bal_review_get_url (review), id, bal_review_get_published (review));
  cdata (self, "content:encoded", html);
  cdata (self, "excerpt:encoded", bal_review_get_excerpt (review));
  put_post_head (self, id, bal_review_get_published (review), bal_review_get_updated (review),
                 bal_review_get_slug (review), get_status (review), 0, "post");
  put_terms (self, "category", bal_review_get_categories (review));
  put_terms (self, "post_tag", bal_review_get_labels (review));
  put_meta (self, "_thumbnail_id", thumbnail);
  put_fields (self, review);
}

static gboolean
bal_wxr_exporter_add (BalExporter            *exporter,
                      const BalExportReview  *item,
                      GError                **error)
{
  BalWxrExporter *self = BAL_WXR_EXPORTER (exporter);
  BalReview *review = item->review;
  gint64 id = choose_id (self, bal_review_get_remote_id (review), bal_review_get_id (review), FIRST_ID);
  guint64 n_before = self->out.n_repaired;

  put_review (self, item, id);
  if (!bal_export_note_repaired (exporter, review, NULL, n_before, self->out.n_repaired, error) ||
      !bal_export_note_pictures (exporter, item, error) ||
      !note_featured (self, item, error) ||
      !bal_export_note_closed (exporter, review, _("Not everyone may read it on the blog; there it is private."), error) ||
      !put_comments (self, item->comments, error))
    return FALSE;

  bal_export_file_put (self->out.file, "</item>\n");
  for (guint i = 0; i < item->media->len; i++)
    put_attachment (self, review, id, g_ptr_array_index (item->media, i));
  bal_exporter_get_report (exporter)->n_reviews++;
  return TRUE;
}

static gboolean
bal_wxr_exporter_begin (BalExporter  *exporter,
                        GError      **error)
{
  BalWxrExporter *self = BAL_WXR_EXPORTER (exporter);
  BalBlog *blog = bal_exporter_get_blog (exporter);

  self->out.file = bal_exporter_get_file (exporter);
  self->is_wordpress = g_strcmp0 (bal_blog_get_provider (blog), "wordpress") == 0;

  bal_export_file_put (self->out.file, head);
  element (self, "title", bal_blog_get_name (blog));
  element (self, "link", get_site (self));
  element (self, "description", NULL);
  element (self, "wp:wxr_version", "1.2");
  element (self, "wp:base_site_url", get_site (self));
  element (self, "wp:base_blog_url", get_site (self));
  bal_export_file_put (self->out.file, "<wp:author>\n");
  element (self, "wp:author_id", "1");
  cdata (self, "wp:author_login", get_login (self));
  cdata (self, "wp:author_email", NULL);
  cdata (self, "wp:author_display_name", get_login (self));
  bal_export_file_put (self->out.file, "</wp:author>\n");
  return TRUE;
}

static gboolean
bal_wxr_exporter_end (BalExporter  *exporter,
                      GError      **error)
{
  BalWxrExporter *self = BAL_WXR_EXPORTER (exporter);
  g_autofree char *agents = NULL;

  bal_export_file_put (self->out.file, "</channel>\n</rss>\n");
  if (self->n_agents == 0)
    return TRUE;

  agents = g_strdup_printf (ngettext ("With which browser it was written: this format does not say that (%u comment).",
                                      "With which browser they were written: this format does not say that (%u comments).",
                                      self->n_agents), self->n_agents);
  return bal_exporter_note (exporter, BAL_EXPORT_NOTE_LEFT_OUT, _("Comments"), agents, error);
}

static void
bal_wxr_exporter_finalize (GObject *object)
{
  BalWxrExporter *self = BAL_WXR_EXPORTER (object);

  g_hash_table_unref (self->attachments);
  g_time_zone_unref (self->zone);

  G_OBJECT_CLASS (bal_wxr_exporter_parent_class)->finalize (object);
}

static void
bal_wxr_exporter_class_init (BalWxrExporterClass *klass)
{
  BalExporterClass *exporter_class = BAL_EXPORTER_CLASS (klass);

  exporter_class->begin = bal_wxr_exporter_begin;
  exporter_class->add = bal_wxr_exporter_add;
  exporter_class->end = bal_wxr_exporter_end;
  G_OBJECT_CLASS (klass)->finalize = bal_wxr_exporter_finalize;
}

static void
bal_wxr_exporter_init (BalWxrExporter *self)
{
  self->attachments = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->zone = g_time_zone_new_local ();
}
