/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-importers.h"

#include <glib/gi18n.h>
#include <stddef.h>
#include <string.h>

/* WordPress eXtended RSS. Facts about it are those of WordPress's own importer: names are told apart by their name space,
 * whatever the prefix, and its versions 1.0 to 1.2 differ in nothing that matters here. */

/* A post with more than so many bytes of comments is cut there, and says so. */
#define MOST_ITEM_BYTES (16 * 1024 * 1024)
/* A file that names more is made to use up memory. */
#define MOST_USERS 10000
#define MOST_LABELS 1000

typedef struct
{
  char *id;
  char *author;
  char *email;
  char *url;
  char *ip;
  char *date;
  char *date_gmt;
  char *content;
  char *approved;
  char *type;
  char *parent;
  char *user_id;
} WxrComment;

typedef struct
{
  char      *title;
  char      *link;
  char      *guid;
  char      *pub_date;
  char      *content;
  char      *excerpt;
  char      *id;
  char      *date;
  char      *date_gmt;
  char      *modified_gmt;
  char      *slug;
  char      *status;
  char      *type;
  char      *password;
  char      *attachment_url;
  GPtrArray *labels;
  GPtrArray *categories;
  GPtrArray *comments;           /* (element-type WxrComment) */
  gsize      size;
  guint      n_dropped;
  gboolean   too_long;
} WxrItem;

typedef struct
{
  BalImporter *importer;         /* borrowed: it owns this */
  char        *site;
  GHashTable  *users;            /* ids of the site's writers */
  WxrItem     *item;             /* (nullable) */
  WxrComment  *comment;          /* (nullable) */
  char        *domain;           /* of the category that is being read */
} WxrReader;

typedef struct
{
  const char *name;
  gsize       offset;
} Member;

static const Member comment_members[] = {
  { "comment_id", offsetof (WxrComment, id) },
  { "comment_author", offsetof (WxrComment, author) },
  { "comment_author_email", offsetof (WxrComment, email) },
  { "comment_author_url", offsetof (WxrComment, url) },
  { "comment_author_IP", offsetof (WxrComment, ip) },
  { "comment_date", offsetof (WxrComment, date) },
  { "comment_date_gmt", offsetof (WxrComment, date_gmt) },
  { "comment_content", offsetof (WxrComment, content) },
  { "comment_approved", offsetof (WxrComment, approved) },
  { "comment_type", offsetof (WxrComment, type) },
  { "comment_parent", offsetof (WxrComment, parent) },
  { "comment_user_id", offsetof (WxrComment, user_id) },
};

static const Member post_members[] = {
  { "post_id", offsetof (WxrItem, id) },
  { "post_date", offsetof (WxrItem, date) },
  { "post_date_gmt", offsetof (WxrItem, date_gmt) },
  { "post_modified_gmt", offsetof (WxrItem, modified_gmt) },
  { "post_name", offsetof (WxrItem, slug) },
  { "status", offsetof (WxrItem, status) },
  { "post_type", offsetof (WxrItem, type) },
  { "post_password", offsetof (WxrItem, password) },
  { "attachment_url", offsetof (WxrItem, attachment_url) },
};

static const Member plain_members[] = {
  { "title", offsetof (WxrItem, title) },
  { "link", offsetof (WxrItem, link) },
  { "guid", offsetof (WxrItem, guid) },
  { "pubDate", offsetof (WxrItem, pub_date) },
};

static void
free_members (gpointer      object,
              const Member *members,
              guint         n_members)
{
  for (guint i = 0; i < n_members; i++)
    g_free (G_STRUCT_MEMBER (char *, object, members[i].offset));
}

static void
comment_free (gpointer data)
{
  free_members (data, comment_members, G_N_ELEMENTS (comment_members));
  g_free (data);
}

static void
item_free (WxrItem *item)
{
  if (item == NULL)
    return;

  free_members (item, post_members, G_N_ELEMENTS (post_members));
  free_members (item, plain_members, G_N_ELEMENTS (plain_members));
  g_free (item->content);
  g_free (item->excerpt);
  g_ptr_array_unref (item->labels);
  g_ptr_array_unref (item->categories);
  g_ptr_array_unref (item->comments);
  g_free (item);
}

static WxrItem *
item_new (void)
{
  WxrItem *item = g_new0 (WxrItem, 1);

  item->labels = g_ptr_array_new_with_free_func (g_free);
  item->categories = g_ptr_array_new_with_free_func (g_free);
  item->comments = g_ptr_array_new_with_free_func (comment_free);
  return item;
}

static gpointer
reader_open (BalImporter *importer)
{
  WxrReader *self = g_new0 (WxrReader, 1);

  self->importer = importer;
  self->users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

static void
reader_close (gpointer data)
{
  WxrReader *self = data;

  item_free (self->item);
  if (self->comment != NULL)
    comment_free (self->comment);
  g_hash_table_unref (self->users);
  g_free (self->site);
  g_free (self->domain);
  g_free (self);
}

static gboolean
is_wp (const BalImportXmlName *name)
{
  return name->ns != NULL && g_str_has_prefix (name->ns, "http://wordpress.org/export/") &&
         !g_str_has_suffix (name->ns, "/excerpt/");
}

static gboolean
is_content (const BalImportXmlName *name)
{
  return name->ns != NULL && g_str_equal (name->name, "encoded") &&
         (g_str_equal (name->ns, "http://purl.org/rss/1.0/modules/content/") ||
          g_str_has_suffix (name->ns, "/excerpt/"));
}

static gboolean
is_record (gpointer                data,
           const BalImportXmlName *name)
{
  return name->ns == NULL && g_str_equal (name->name, "item");
}

static gboolean
start (gpointer                data,
       const BalImportXmlName *name,
       const char *const      *attributes)
{
  WxrReader *self = data;

  if (is_record (data, name))
    {
      item_free (self->item);
      self->item = item_new ();
    }
  else if (self->item != NULL && is_wp (name) && g_str_equal (name->name, "comment"))
    {
      g_clear_pointer (&self->comment, comment_free);
      self->comment = g_new0 (WxrComment, 1);
    }
  else if (self->item != NULL && name->ns == NULL && g_str_equal (name->name, "category"))
    {
      g_clear_pointer (&self->domain, g_free);
      for (guint i = 0; attributes[i] != NULL; i += 2)
        if (g_str_equal (attributes[i], "domain"))
          self->domain = g_strdup (attributes[i + 1]);
    }

  return is_content (name) || (is_wp (name) && g_str_equal (name->name, "comment_content"));
}

/* The first one that says anything counts. */
static gboolean
take_member (gpointer      object,
             const Member *members,
             guint         n_members,
             const char   *name,
             const char   *text)
{
  for (guint i = 0; i < n_members; i++)
    if (g_str_equal (members[i].name, name))
      {
        char **value = &G_STRUCT_MEMBER (char *, object, members[i].offset);

        if (*value == NULL && *text != '\0')
          *value = g_strdup (text);
        return TRUE;
      }

  return FALSE;
}

static char *
strip (const char *text)
{
  return g_strstrip (g_strdup (text));
}

static void
end_in_item (WxrReader              *self,
             const BalImportXmlName *name,
             const char             *text)
{
  WxrItem *item = self->item;

  if (is_content (name))
    {
      char **value = g_str_has_suffix (name->ns, "/excerpt/") ? &item->excerpt : &item->content;

      if (*value == NULL)
        *value = g_strdup (text);
    }
  else if (is_wp (name))
    {
      g_autofree char *stripped = strip (text);

      take_member (item, post_members, G_N_ELEMENTS (post_members), name->name, stripped);
    }
  else if (name->ns == NULL && g_str_equal (name->name, "category"))
    {
      char *label = strip (text);

      if (*label == '\0' || g_strcmp0 (self->domain, "post_format") == 0 ||
          item->labels->len + item->categories->len >= MOST_LABELS)
        g_free (label);
      else
        g_ptr_array_add (g_strcmp0 (self->domain, "post_tag") == 0 || g_strcmp0 (self->domain, "tag") == 0
                         ? item->labels : item->categories, label);
    }
  else if (name->ns == NULL)
    {
      g_autofree char *stripped = strip (text);

      take_member (item, plain_members, G_N_ELEMENTS (plain_members), name->name, stripped);
    }
  item->size += strlen (text);
}

static void
end_comment (WxrReader *self)
{
  WxrItem *item = self->item;

  if (item->size > MOST_ITEM_BYTES)
    {
      item->n_dropped++;
      g_clear_pointer (&self->comment, comment_free);
      return;
    }

  item->size += sizeof *self->comment + 100;
  g_ptr_array_add (item->comments, g_steal_pointer (&self->comment));
}

static void
end_in_channel (WxrReader              *self,
                const BalImportXmlName *name,
                const BalImportXmlName *parent,
                const char             *text)
{
  if (is_wp (name) && g_str_equal (name->name, "base_blog_url") && *text != '\0')
    {
      g_free (self->site);
      self->site = strip (text);
    }
  else if (is_wp (name) && g_str_equal (name->name, "author_id") && g_hash_table_size (self->users) < MOST_USERS)
    g_hash_table_add (self->users, strip (text));
  else if (self->site == NULL && name->ns == NULL && g_str_equal (name->name, "link") && parent != NULL &&
           g_str_equal (parent->name, "channel"))
    self->site = strip (text);
}

static char *
dup_source (WxrReader *self)
{
  const char *site = self->site != NULL ? self->site : "";
  const char *host = strstr (site, "://");
  g_autofree char *bare = g_strdup (host != NULL ? host + 3 : site);

  while (g_str_has_suffix (bare, "/"))
    bare[strlen (bare) - 1] = '\0';
  return g_strconcat ("wordpress:", bare, NULL);
}

static char *
dup_key (WxrItem *item)
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
read_status (WxrItem *item)
{
  const char *status = item->status != NULL ? item->status : "draft";

  if (g_str_equal (status, "publish"))
    return item->password != NULL ? BAL_REVIEW_STATUS_PRIVATE : BAL_REVIEW_STATUS_PUBLISHED;
  if (g_str_equal (status, "future"))
    return BAL_REVIEW_STATUS_SCHEDULED;
  if (g_str_equal (status, "private"))
    return BAL_REVIEW_STATUS_PRIVATE;
  if (g_str_equal (status, "trash"))
    return BAL_REVIEW_STATUS_TRASH;
  return BAL_REVIEW_STATUS_DRAFT;
}

static void
push_review (WxrReader  *self,
             const char *source,
             const char *key)
{
  WxrItem *item = self->item;
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
  bal_review_set_published (review, choose_time (item->date_gmt, item->date, item->pub_date));
  bal_review_set_updated (review, bal_import_time (item->modified_gmt));
  bal_import_set_labels (review, bal_importer_get_target (self->importer), item->labels, item->categories);
  if (item->password != NULL)
    bal_importer_push_note (self->importer, BAL_IMPORT_ITEM_REPAIRED, item->title,
                            _("It was protected by a password; here it is private."));
  bal_importer_push (self->importer, out);
}

static void
push_comment (WxrReader  *self,
              WxrComment *comment,
              const char *source,
              const char *review_key)
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
judge (WxrItem *item)
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
skip_comments (WxrReader *self)
{
  for (guint i = 0; i < self->item->comments->len; i++)
    {
      WxrComment *comment = g_ptr_array_index (self->item->comments, i);
      g_autofree char *name = g_strdup_printf (_("%s: %s"), comment->author != NULL ? comment->author : _("Anonymous"),
                                               comment->content != NULL ? comment->content : "");

      bal_importer_push_note (self->importer, BAL_IMPORT_ITEM_SKIPPED, name,
                              _("What it was said about does not come in."));
    }
}

static void
end_item (WxrReader *self)
{
  WxrItem *item = self->item;
  g_autofree char *reason = judge (item);
  g_autofree char *source = dup_source (self);
  g_autofree char *key = dup_key (item);

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
  g_clear_pointer (&self->item, item_free);
}

static void
end (gpointer                data,
     const BalImportXmlName *name,
     const BalImportXmlName *parent,
     const char             *text)
{
  WxrReader *self = data;

  if (is_record (data, name))
    {
      if (self->item != NULL)
        end_item (self);
    }
  else if (self->item == NULL)
    {
      if (text != NULL)
        end_in_channel (self, name, parent, text);
    }
  else if (text == NULL)
    self->item->too_long = TRUE;
  else if (self->comment == NULL)
    {
      if (parent != NULL && is_record (data, parent))
        end_in_item (self, name, text);
    }
  else if (is_wp (name) && g_str_equal (name->name, "comment"))
    end_comment (self);
  else if (is_wp (name) && parent != NULL && g_str_equal (parent->name, "comment"))
    {
      take_member (self->comment, comment_members, G_N_ELEMENTS (comment_members), name->name, text);
      self->item->size += strlen (text);
    }
}

static void
cut (gpointer data,
     guint    line)
{
  WxrReader *self = data;
  g_autofree char *reason = g_strdup_printf (_("It is not whole: the file is damaged or ends in line %u."), line);

  if (self->item == NULL)
    return;

  bal_importer_push_note (self->importer, BAL_IMPORT_ITEM_SKIPPED,
                          self->item->title != NULL ? self->item->title : _("(without a title)"), reason);
  g_clear_pointer (&self->comment, comment_free);
  g_clear_pointer (&self->item, item_free);
}

const BalFeedReader *
bal_wxr_get_reader (void)
{
  static const BalFeedReader reader = {
    .xml = { is_record, start, end, cut },
    .open = reader_open,
    .close = reader_close,
  };

  return &reader;
}
