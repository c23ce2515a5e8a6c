/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-wxr-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* What becomes of an item that is read. */

/* Addresses that are remembered: a file that has more is made to use up memory. */
#define MOST_PICTURES 50000

/* (transfer full): a site's address without what may differ between two ways to write it. */
static char *
dup_bare (const char *site)
{
  const char *host = strstr (site, "://");
  char *bare = g_strdup (host != NULL ? host + 3 : site);

  while (g_str_has_suffix (bare, "/"))
    bare[strlen (bare) - 1] = '\0';
  return bare;
}

static char *
dup_source (BalWxrReader *self)
{
  g_autofree char *bare = dup_bare (self->site != NULL ? self->site : "");

  return g_strconcat ("wordpress:", bare, NULL);
}

static char *
dup_key (BalWxrItem *item)
{
  g_autofree char *seed = NULL;

  if (item->id != NULL && !g_str_equal (item->id, "0"))
    return g_strdup (item->id);
  if (item->guid != NULL)
    return g_strdup (item->guid);
  if (item->link != NULL)
    return g_strdup (item->link);

  seed = g_strdup_printf ("%s\n%s\n%s", item->title != NULL ? item->title : "", item->date != NULL ? item->date : "",
                          item->content != NULL ? item->content : "");
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, seed, -1);
}

static gint64
choose_time (const char *gmt,
             const char *local,
             const char *rfc822)
{
  gint64 time = bal_import_time (gmt);

  if (time == 0 && rfc822 != NULL)
    time = bal_import_time_rfc822 (rfc822);
  return time != 0 ? time : bal_import_time (local);
}

static BalReviewStatus
read_status (BalWxrItem *item)
{
  const char *status = item->status != NULL ? item->status : "draft";

  if (g_str_equal (status, "publish"))
    return BAL_REVIEW_STATUS_PUBLISHED;
  if (g_str_equal (status, "future"))
    return BAL_REVIEW_STATUS_SCHEDULED;
  if (g_str_equal (status, "private"))
    return BAL_REVIEW_STATUS_PRIVATE;
  if (g_str_equal (status, "trash"))
    return BAL_REVIEW_STATUS_TRASH;
  return BAL_REVIEW_STATUS_DRAFT;
}

/* Its own site finds it by its number; nothing is fetched for another one. */
static void
take_thumbnail (BalWxrReader *self,
                BalReview    *review)
{
  BalWxrItem *item = self->item;
  const char *here = bal_importer_get_target (self->importer)->pictures_of;
  const char *address = item->thumbnail != NULL ? g_hash_table_lookup (self->pictures, item->thumbnail) : NULL;
  g_autofree char *from = dup_bare (self->site != NULL ? self->site : "");
  g_autofree char *to = dup_bare (here != NULL ? here : "");
  g_autofree char *reason = NULL;

  if (item->thumbnail == NULL || item->thumbnail[strspn (item->thumbnail, "0123456789")] != '\0' ||
      *item->thumbnail == '\0' || g_str_equal (item->thumbnail, "0"))
    return;
  if (*to != '\0' && g_str_equal (from, to))
    {
      bal_review_set_featured_image (review, item->thumbnail);
      return;
    }

  if (address != NULL)
    reason = g_strdup_printf (_("Its featured image is not brought in; it is at %s. Choose it again here."), address);
  else
    reason = g_strdup_printf (_("Its featured image is not brought in: number %s of the site’s pictures. Choose it again here."),
                              item->thumbnail);
  bal_importer_push_note (self->importer, BAL_IMPORT_ITEM_REPAIRED, item->title, reason);
}

static void
report_meta (BalWxrReader *self)
{
  BalWxrItem *item = self->item;
  g_autofree char *names = NULL;
  g_autofree char *reason = NULL;

  if (item->meta->len == 0)
    return;
  g_ptr_array_add (item->meta, NULL);
  names = g_strjoinv (", ", (char **) item->meta->pdata);
  reason = g_strdup_printf (_("A review has no place for these fields of it: %s."), names);
  bal_importer_push_note (self->importer, BAL_IMPORT_ITEM_REPAIRED, item->title, reason);
}

static void
push_review (BalWxrReader *self,
             const char   *source,
             const char   *key)
{
  BalWxrItem *item = self->item;
  BalImportItem *out = bal_import_item_new_review (source, key);
  BalReview *review = out->review;
  g_autofree char *slug = NULL;

  /* A draft has a name of its own only when somebody gave it one. */
  if (item->slug == NULL && g_strcmp0 (item->status, "publish") == 0 && item->link != NULL &&
      strchr (item->link, '?') == NULL)
    slug = bal_import_slug (item->link);

  bal_review_set_title (review, item->title != NULL ? item->title : "");
  bal_review_set_html (review, item->content != NULL ? item->content : "");
  bal_review_set_excerpt (review, bal_import_is_set (item->excerpt) ? item->excerpt : NULL);
  bal_review_set_slug (review, item->slug != NULL ? item->slug : slug);
  bal_review_set_url (review, item->link);
  bal_review_set_status (review, read_status (item));
  bal_review_set_audience (review, item->password != NULL ? BAL_AUDIENCE_PASSWORD : BAL_AUDIENCE_EVERYONE);
  bal_review_set_published (review, choose_time (item->date_gmt, item->date, item->pub_date));
  bal_review_set_updated (review, bal_import_time (item->modified_gmt));
  bal_import_set_labels (review, bal_importer_get_target (self->importer), item->labels, item->categories);
  take_thumbnail (self, review);
  report_meta (self);
  bal_importer_push (self->importer, out);
}

static void
push_comment (BalWxrReader  *self,
              BalWxrComment *comment,
              const char    *source,
              const char    *review_key)
{
  const char *approved = comment->approved != NULL ? comment->approved : "1";
  const char *type = comment->type != NULL ? comment->type : "comment";
  g_autofree char *html = bal_import_comment_html (comment->content != NULL ? comment->content : "");
  g_autofree char *seed = g_strdup_printf ("%s\n%s\n%s", review_key, comment->date != NULL ? comment->date : "", html);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, seed, -1);
  BalImportItem *out = bal_import_item_new_comment (source, comment->id != NULL ? comment->id : hash);
  BalComment *to = out->comment;

  out->review_key = g_strdup (review_key);
  if (comment->parent != NULL && !g_str_equal (comment->parent, "0"))
    out->parent_key = g_strdup (comment->parent);
  bal_comment_set_author (to, comment->author);
  bal_comment_set_author_email (to, comment->email);
  bal_comment_set_author_url (to, comment->url);
  bal_comment_set_author_ip (to, comment->ip);
  bal_comment_set_created (to, choose_time (comment->date_gmt, comment->date, NULL));
  bal_comment_set_html (to, html);
  bal_comment_set_mine (to, comment->user_id != NULL && g_hash_table_contains (self->users, comment->user_id));
  bal_comment_set_status (to, g_str_equal (approved, "1") ? BAL_COMMENT_STATUS_APPROVED :
                              g_str_equal (approved, "spam") ? BAL_COMMENT_STATUS_SPAM :
                              g_str_equal (approved, "trash") || g_str_equal (approved, "post-trashed")
                              ? BAL_COMMENT_STATUS_TRASH : BAL_COMMENT_STATUS_PENDING);
  if (g_str_equal (type, "pingback") || g_str_equal (type, "trackback"))
    {
      g_autofree char *name = bal_import_item_dup_name (out);

      bal_importer_push_note (self->importer, BAL_IMPORT_ITEM_SKIPPED, name,
                              _("It is a notice that another site links here, not a reader’s comment."));
      bal_import_item_free (out);
      return;
    }
  bal_importer_push (self->importer, out);
}

/* (transfer full) (nullable): why an item does not come in. */
static char *
judge (BalWxrItem *item)
{
  const char *type = item->type != NULL ? item->type : "post";

  if (item->too_long)
    return g_strdup (_("Its text is longer than 10 MB; nobody writes such a post."));
  if (g_str_equal (type, "page"))
    return g_strdup (_("It is a page, not a post; Balcony holds posts."));
  if (g_str_equal (type, "attachment"))
    return g_strdup_printf (_("It is a picture or file of the blog, at %s; posts show it from there."),
                            item->attachment_url != NULL ? item->attachment_url : "?");
  if (!g_str_equal (type, "post"))
    return g_strdup_printf (_("It is no post but a part of the site itself (“%s”)."), type);
  if (g_strcmp0 (item->status, "auto-draft") == 0 && !bal_import_is_set (item->content))
    return g_strdup (_("It is an empty draft that WordPress made by itself."));
  return NULL;
}

static void
skip_comments (BalWxrReader *self)
{
  for (guint i = 0; i < self->item->comments->len; i++)
    {
      BalWxrComment *comment = g_ptr_array_index (self->item->comments, i);
      g_autofree char *name = g_strdup_printf (_("%s: %s"), comment->author != NULL ? comment->author : _("Anonymous"),
                                               comment->content != NULL ? comment->content : "");

      bal_importer_push_note (self->importer, BAL_IMPORT_ITEM_SKIPPED, name,
                              _("What it was said about does not come in."));
    }
}

void
bal_wxr_push_item (BalWxrReader *self)
{
  BalWxrItem *item = self->item;
  g_autofree char *reason = judge (item);
  g_autofree char *source = dup_source (self);
  g_autofree char *key = dup_key (item);

  if (item->id != NULL && item->attachment_url != NULL && g_hash_table_size (self->pictures) < MOST_PICTURES)
    g_hash_table_insert (self->pictures, g_strdup (item->id), g_strdup (item->attachment_url));
  if (reason != NULL)
    {
      bal_importer_push_note (self->importer, BAL_IMPORT_ITEM_SKIPPED,
                              item->title != NULL ? item->title : item->slug != NULL ? item->slug : key, reason);
      skip_comments (self);
    }
  else
    {
      push_review (self, source, key);
      for (guint i = 0; i < item->comments->len; i++)
        push_comment (self, g_ptr_array_index (item->comments, i), source, key);
    }

  if (item->n_dropped > 0)
    {
      g_autofree char *dropped = g_strdup_printf (ngettext ("%u of its comments is left out: there are too many for "
                                                            "one post.",
                                                            "%u of its comments are left out: there are too many for "
                                                            "one post.", item->n_dropped), item->n_dropped);

      bal_importer_push_note (self->importer, BAL_IMPORT_ITEM_SKIPPED, item->title, dropped);
    }
}
