/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-exporters.h"

#include <glib/gi18n.h>
#include <string.h>

#include "bal-export-pictures.h"
#include "bal-export-util.h"
#include "bal-thread.h"
#include "bal-time.h"
#include "bal-xml-writer.h"

/* A backup as Blogger writes it: an entry each for a post and a comment, told apart by a category. It holds what is
 * published and drafts, and comments that readers see. */

#define KIND "http://schemas.google.com/g/2005#kind"
#define TERM "http://schemas.google.com/blogger/2008/kind#"
#define FEEDS "https://www.blogger.com/feeds/"

/* Posts and comments share one space of ids. */
#define FIRST_COMMENT_ID G_GINT64_CONSTANT (1000000000)

struct _BalAtomExporter
{
  BalExporter   parent_instance;

  /* owned */
  char         *blog_id;         /* figures */
  char         *profile;         /* an address that stands for the blogger */

  BalXmlWriter  out;
  guint         n_origins;
};

G_DEFINE_FINAL_TYPE (BalAtomExporter, bal_atom_exporter, BAL_TYPE_EXPORTER)

static void
element (BalAtomExporter *self,
         const char      *name,
         const char      *attributes,
         const char      *text)
{
  bal_xml_writer_element (&self->out, name, attributes, text);
}

/* Blogger's number of the blog, or one that is made of what there is and stays the same. */
static char *
make_blog_id (BalBlog *blog)
{
  const char *endpoint = bal_blog_get_endpoint (blog);
  const char *at = endpoint != NULL ? strstr (endpoint, "/blogs/") : NULL;
  gsize length = at != NULL ? strspn (at + 7, "0123456789") : 0;
  g_autofree char *seed = NULL, *hash = NULL;

  if (length > 0)
    return g_strndup (at + 7, length);

  seed = g_strdup_printf ("%s\n%s", bal_blog_get_url (blog) != NULL ? bal_blog_get_url (blog) : "", bal_blog_get_name (blog));
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, seed, -1);
  hash[15] = '\0';
  return g_strdup_printf ("%" G_GUINT64_FORMAT, g_ascii_strtoull (hash, NULL, 16));
}

/* Figures too: Blogger's, or ours. What another host counts from one is kept out: it would meet ours. (transfer full) */
static char *
make_id (BalAtomExporter *self,
         const char      *remote_id,
         gint64           id)
{
  BalBlog *blog = bal_exporter_get_blog (BAL_EXPORTER (self));
  gboolean is_blogger = g_strcmp0 (bal_blog_get_provider (blog), "blogger") == 0;

  return is_blogger && remote_id != NULL && *remote_id != '\0' && remote_id[strspn (remote_id, "0123456789")] == '\0'
         ? g_strdup (remote_id) : g_strdup_printf ("%" G_GINT64_FORMAT, id);
}

static void
put_id (BalAtomExporter *self,
        const char      *id)
{
  bal_export_file_printf (self->out.file, "<id>tag:blogger.com,1999:blog-%s.post-%s</id>\n", self->blog_id, id);
}

static void
put_date (BalAtomExporter *self,
          const char      *name,
          gint64           time)
{
  g_autofree char *text = bal_export_time_is_fit (time) ? bal_time_to_rfc3339 (time) : NULL;

  if (text != NULL)
    element (self, name, NULL, text);
}

static void
put_category (BalAtomExporter *self,
              const char      *scheme,
              const char      *term)
{
  g_autofree char *first = bal_xml_writer_attribute (&self->out, "scheme", scheme);
  g_autofree char *second = bal_xml_writer_attribute (&self->out, "term", term);

  bal_export_file_printf (self->out.file, "<category%s%s/>\n", first, second);
}

static void
put_link (BalAtomExporter *self,
          const char      *relation,
          const char      *type,
          const char      *address)
{
  g_autofree char *href = bal_xml_writer_attribute (&self->out, "href", address);

  bal_export_file_printf (self->out.file, "<link rel=\"%s\" type=\"%s\"%s/>\n", relation, type, href);
}

static void
put_author (BalAtomExporter *self,
            const char      *name,
            const char      *uri,
            const char      *email)
{
  bal_export_file_put (self->out.file, "<author>\n");
  element (self, "name", NULL, name != NULL && *name != '\0' ? name : "Anonymous");
  if (uri != NULL && *uri != '\0')
    element (self, "uri", NULL, uri);
  element (self, "email", NULL, email != NULL && *email != '\0' ? email : "noreply@blogger.com");
  bal_export_file_put (self->out.file, "</author>\n");
}

static void
put_blogger (BalAtomExporter *self)
{
  put_author (self, bal_blog_get_author (bal_exporter_get_blog (BAL_EXPORTER (self))), self->profile, NULL);
}

/* ---- comments ---- */

static void
put_comment (BalAtomExporter *self,
             BalComment      *comment,
             const char      *post,
             const char      *id,
             const char      *parent)
{
  g_autofree char *related = parent != NULL
                             ? g_strdup_printf (FEEDS "%s/%s/comments/default/%s", self->blog_id, post, parent) : NULL;

  bal_export_file_put (self->out.file, "<entry>\n");
  put_id (self, id);
  put_date (self, "published", bal_comment_get_created (comment));
  put_date (self, "updated", bal_comment_get_created (comment));
  put_category (self, KIND, TERM "comment");
  element (self, "title", " type=\"text\"", NULL);
  element (self, "content", " type=\"html\"", bal_comment_get_html (comment));
  if (bal_comment_get_url (comment) != NULL)
    put_link (self, "alternate", "text/html", bal_comment_get_url (comment));
  if (related != NULL)
    put_link (self, "related", "application/atom+xml", related);
  if (bal_comment_get_mine (comment))
    put_blogger (self);
  else
    put_author (self, bal_comment_get_author (comment), bal_comment_get_author_url (comment),
                bal_comment_get_author_email (comment));
  bal_export_file_printf (self->out.file, "<thr:in-reply-to ref=\"tag:blogger.com,1999:blog-%s.post-%s\""
                          " source=\"" FEEDS "%s/posts/default/%s\" type=\"text/html\"/>\n</entry>\n",
                          self->blog_id, post, self->blog_id, post);
  self->n_origins += bal_comment_get_author_ip (comment) != NULL || bal_comment_get_user_agent (comment) != NULL;
}

/* Those that readers see, as a thread: a reply to what is left out hangs on what that hung on. */
static GPtrArray *
list_seen (BalAtomExporter  *self,
           GPtrArray        *comments,
           GError          **error)
{
  g_autoptr(GPtrArray) seen = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GHashTable) above = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);

  for (guint i = 0; i < comments->len; i++)
    {
      BalComment *comment = g_ptr_array_index (comments, i);
      gint64 id = bal_comment_get_id (comment), parent_id = bal_comment_get_parent_id (comment);
      gint64 *known = g_hash_table_lookup (above, &parent_id);
      gint64 parent = known != NULL ? *known : 0;

      if (bal_comment_get_status (comment) == BAL_COMMENT_STATUS_APPROVED)
        {
          BalComment *copy = bal_comment_dup (comment);

          bal_comment_set_parent_id (copy, parent);
          g_ptr_array_add (seen, copy);
          parent = id;
        }
      else if (!bal_exporter_note_comment (BAL_EXPORTER (self), BAL_EXPORT_NOTE_LEFT_OUT, comment,
                                           _("A backup of Blogger holds only comments that readers see."), error))
        return NULL;
      g_hash_table_insert (above, g_memdup2 (&id, sizeof id), g_memdup2 (&parent, sizeof parent));
    }

  bal_thread_arrange (seen);
  return g_steal_pointer (&seen);
}

static gboolean
put_comments (BalAtomExporter  *self,
              GPtrArray        *comments,
              const char       *post,
              GError          **error)
{
  BalExporter *exporter = BAL_EXPORTER (self);
  g_autoptr(GPtrArray) seen = list_seen (self, comments, error);
  g_autoptr(GHashTable) ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);

  for (guint i = 0; seen != NULL && i < seen->len; i++)
    {
      BalComment *comment = g_ptr_array_index (seen, i);
      gint64 own = bal_comment_get_id (comment), parent_id = bal_comment_get_parent_id (comment);
      char *id = make_id (self, bal_comment_get_remote_id (comment), FIRST_COMMENT_ID + own);
      guint64 n_before = self->out.n_repaired;

      put_comment (self, comment, post, id, g_hash_table_lookup (ids, &parent_id));
      g_hash_table_insert (ids, g_memdup2 (&own, sizeof own), id);
      bal_exporter_get_report (exporter)->n_comments++;
      if (!bal_export_note_repaired (exporter, NULL, comment, n_before, self->out.n_repaired, error))
        return FALSE;
    }

  return seen != NULL;
}

/* ---- reviews ---- */

/* Where it is, or would be: the last part of it is its name. (transfer full) (nullable) */
static char *
make_address (BalAtomExporter *self,
              BalReview       *review)
{
  const char *url = bal_review_get_url (review), *slug = bal_review_get_slug (review);
  const char *site = bal_blog_get_url (bal_exporter_get_blog (BAL_EXPORTER (self)));
  g_autoptr(GDateTime) date = bal_export_time_is_fit (bal_review_get_published (review))
                              ? g_date_time_new_from_unix_utc (bal_review_get_published (review)) : NULL;
  gsize length = site != NULL ? strlen (site) : 0;

  if (url != NULL || slug == NULL)
    return g_strdup (url);

  while (length > 0 && site[length - 1] == '/')
    length--;
  return date != NULL ? g_strdup_printf ("%.*s/%04d/%02d/%s.html", (int) length, site != NULL ? site : "",
                                         g_date_time_get_year (date), g_date_time_get_month (date), slug)
                      : g_strdup_printf ("%.*s/%s.html", (int) length, site != NULL ? site : "", slug);
}

static void
put_review (BalAtomExporter        *self,
            const BalExportReview  *item,
            const char             *id)
{
  BalReview *review = item->review;
  gint64 published = bal_review_get_published (review), updated = bal_review_get_updated (review);
  g_autofree char *html = bal_export_pictures_move (bal_review_get_html (review), item->media, bal_export_name_picture,
                                                    NULL);
  g_autofree char *address = make_address (self, review);

  bal_export_file_put (self->out.file, "<entry>\n");
  put_id (self, id);
  put_date (self, "published", published);
  put_date (self, "updated", updated != 0 ? updated : published);
  if (!bal_export_is_for_everyone (review))
    bal_export_file_put (self->out.file, "<app:control xmlns:app=\"http://purl.org/atom/app#\"><app:draft>yes</app:draft>"
                         "</app:control>\n");
  put_category (self, KIND, TERM "post");
  for (const char *const *label = bal_review_get_labels (review); *label != NULL; label++)
    put_category (self, "http://www.blogger.com/atom/ns#", *label);
  for (const char *const *label = bal_review_get_categories (review); *label != NULL; label++)
    put_category (self, "http://www.blogger.com/atom/ns#", *label);
  element (self, "title", " type=\"text\"", bal_review_get_title (review));
  element (self, "content", " type=\"html\"", html);
  if (bal_review_get_excerpt (review) != NULL)
    element (self, "blogger:metaDescription", NULL, bal_review_get_excerpt (review));
  if (address != NULL)
    put_link (self, "alternate", "text/html", address);
  put_blogger (self);
  bal_export_file_put (self->out.file, "</entry>\n");
}

/* What a backup of Blogger can't say of a review. */
static gboolean
note_review (BalAtomExporter        *self,
             const BalExportReview  *item,
             GError                **error)
{
  BalExporter *exporter = BAL_EXPORTER (self);
  BalReview *review = item->review;
  BalReviewStatus status = bal_review_get_status (review);

  if ((status == BAL_REVIEW_STATUS_PRIVATE || status == BAL_REVIEW_STATUS_SCHEDULED) &&
      !bal_exporter_note_review (exporter, BAL_EXPORT_NOTE_CHANGED, review,
                                 status == BAL_REVIEW_STATUS_PRIVATE ? _("It is private; there it is a draft.")
                                                                     : _("It is scheduled; there it is a draft with that date."),
                                 error))
    return FALSE;
  if (status == BAL_REVIEW_STATUS_PUBLISHED &&
      !bal_export_note_closed (exporter, review, _("Not everyone may read it on the blog; there it is a draft."), error))
    return FALSE;
  if (bal_review_get_categories (review)[0] != NULL &&
      !bal_exporter_note_review (exporter, BAL_EXPORT_NOTE_CHANGED, review, _("Its categories are labels there."), error))
    return FALSE;
  if (bal_review_get_featured_image (review) != NULL &&
      !bal_exporter_note_review (exporter, BAL_EXPORT_NOTE_LEFT_OUT, review,
                                 _("That it has a featured picture: this format does not say that."), error))
    return FALSE;
  return bal_export_note_pictures (exporter, item, error);
}

static gboolean
bal_atom_exporter_add (BalExporter            *exporter,
                       const BalExportReview  *item,
                       GError                **error)
{
  BalAtomExporter *self = BAL_ATOM_EXPORTER (exporter);
  BalReview *review = item->review;
  g_autofree char *id = make_id (self, bal_review_get_remote_id (review), bal_review_get_id (review));
  guint64 n_before = self->out.n_repaired;

  if (bal_review_get_status (review) == BAL_REVIEW_STATUS_TRASH)
    return bal_exporter_note_review (exporter, BAL_EXPORT_NOTE_LEFT_OUT, review,
                                     _("It is in the trash, with its comments; a backup of Blogger has no trash."), error);

  put_review (self, item, id);
  bal_exporter_get_report (exporter)->n_reviews++;
  return bal_export_note_repaired (exporter, review, NULL, n_before, self->out.n_repaired, error) &&
         note_review (self, item, error) &&
         put_comments (self, item->comments, id, error);
}

static gboolean
bal_atom_exporter_begin (BalExporter  *exporter,
                         GError      **error)
{
  BalAtomExporter *self = BAL_ATOM_EXPORTER (exporter);
  BalBlog *blog = bal_exporter_get_blog (exporter);
  const char *url = bal_blog_get_url (blog);

  self->out.file = bal_exporter_get_file (exporter);
  self->blog_id = make_blog_id (blog);
  self->profile = g_strdup_printf ("https://www.blogger.com/profile/%s",
                                   bal_blog_get_user_id (blog) != NULL ? bal_blog_get_user_id (blog) : self->blog_id);

  bal_export_file_put (self->out.file,
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:gd=\"http://schemas.google.com/g/2005\""
    " xmlns:thr=\"http://purl.org/syndication/thread/1.0\" xmlns:blogger=\"http://schemas.google.com/blogger/2018\">\n");
  bal_export_file_printf (self->out.file, "<id>tag:blogger.com,1999:blog-%s.archive</id>\n", self->blog_id);
  /* It must be there, and a second export is the same file. */
  element (self, "updated", NULL, "1970-01-01T00:00:00Z");
  element (self, "title", " type=\"text\"", bal_blog_get_name (blog));
  if (url != NULL)
    put_link (self, "alternate", "text/html", url);
  put_blogger (self);
  bal_export_file_put (self->out.file, "<generator version=\"7.00\" uri=\"https://www.blogger.com\">Blogger</generator>\n");
  return TRUE;
}

static gboolean
bal_atom_exporter_end (BalExporter  *exporter,
                       GError      **error)
{
  BalAtomExporter *self = BAL_ATOM_EXPORTER (exporter);
  g_autofree char *origins = NULL;

  bal_export_file_put (self->out.file, "</feed>\n");
  if (self->n_origins == 0)
    return TRUE;

  origins = g_strdup_printf (ngettext ("From where and with which browser it was written: this format does not say that "
                                       "(%u comment).",
                                       "From where and with which browser they were written: this format does not say that "
                                       "(%u comments).", self->n_origins), self->n_origins);
  return bal_exporter_note (exporter, BAL_EXPORT_NOTE_LEFT_OUT, _("Comments"), origins, error);
}

static void
bal_atom_exporter_finalize (GObject *object)
{
  BalAtomExporter *self = BAL_ATOM_EXPORTER (object);

  g_free (self->blog_id);
  g_free (self->profile);

  G_OBJECT_CLASS (bal_atom_exporter_parent_class)->finalize (object);
}

static void
bal_atom_exporter_class_init (BalAtomExporterClass *klass)
{
  BalExporterClass *exporter_class = BAL_EXPORTER_CLASS (klass);

  exporter_class->begin = bal_atom_exporter_begin;
  exporter_class->add = bal_atom_exporter_add;
  exporter_class->end = bal_atom_exporter_end;
  G_OBJECT_CLASS (klass)->finalize = bal_atom_exporter_finalize;
}

static void
bal_atom_exporter_init (BalAtomExporter *self)
{
}
