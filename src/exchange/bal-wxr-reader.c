/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-wxr-private.h"

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
#define MOST_META 100

typedef struct
{
  const char *name;
  gsize       offset;
} Member;

static const Member comment_members[] = {
  { "comment_id", offsetof (BalWxrComment, id) },
  { "comment_author", offsetof (BalWxrComment, author) },
  { "comment_author_email", offsetof (BalWxrComment, email) },
  { "comment_author_url", offsetof (BalWxrComment, url) },
  { "comment_author_IP", offsetof (BalWxrComment, ip) },
  { "comment_date", offsetof (BalWxrComment, date) },
  { "comment_date_gmt", offsetof (BalWxrComment, date_gmt) },
  { "comment_content", offsetof (BalWxrComment, content) },
  { "comment_approved", offsetof (BalWxrComment, approved) },
  { "comment_type", offsetof (BalWxrComment, type) },
  { "comment_parent", offsetof (BalWxrComment, parent) },
  { "comment_user_id", offsetof (BalWxrComment, user_id) },
};

static const Member post_members[] = {
  { "post_id", offsetof (BalWxrItem, id) },
  { "post_date", offsetof (BalWxrItem, date) },
  { "post_date_gmt", offsetof (BalWxrItem, date_gmt) },
  { "post_modified_gmt", offsetof (BalWxrItem, modified_gmt) },
  { "post_name", offsetof (BalWxrItem, slug) },
  { "status", offsetof (BalWxrItem, status) },
  { "post_type", offsetof (BalWxrItem, type) },
  { "post_password", offsetof (BalWxrItem, password) },
  { "attachment_url", offsetof (BalWxrItem, attachment_url) },
};

static const Member plain_members[] = {
  { "title", offsetof (BalWxrItem, title) },
  { "link", offsetof (BalWxrItem, link) },
  { "guid", offsetof (BalWxrItem, guid) },
  { "pubDate", offsetof (BalWxrItem, pub_date) },
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
item_free (BalWxrItem *item)
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
  g_ptr_array_unref (item->meta);
  g_free (item->thumbnail);
  g_free (item);
}

static BalWxrItem *
item_new (void)
{
  BalWxrItem *item = g_new0 (BalWxrItem, 1);

  item->labels = g_ptr_array_new_with_free_func (g_free);
  item->categories = g_ptr_array_new_with_free_func (g_free);
  item->comments = g_ptr_array_new_with_free_func (comment_free);
  item->meta = g_ptr_array_new_with_free_func (g_free);
  return item;
}

static gpointer
reader_open (BalImporter *importer)
{
  BalWxrReader *self = g_new0 (BalWxrReader, 1);

  self->importer = importer;
  self->users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

static void
reader_close (gpointer data)
{
  BalWxrReader *self = data;

  item_free (self->item);
  if (self->comment != NULL)
    comment_free (self->comment);
  g_hash_table_unref (self->users);
  g_hash_table_unref (self->pictures);
  g_free (self->meta_key);
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
  BalWxrReader *self = data;

  if (is_record (data, name))
    {
      item_free (self->item);
      self->item = item_new ();
    }
  else if (self->item != NULL && is_wp (name) && g_str_equal (name->name, "comment"))
    {
      g_clear_pointer (&self->comment, comment_free);
      self->comment = g_new0 (BalWxrComment, 1);
    }
  else if (self->item != NULL && name->ns == NULL && g_str_equal (name->name, "category"))
    {
      g_clear_pointer (&self->domain, g_free);
      /* A damaged tag may have it twice. */
      for (guint i = 0; attributes[i] != NULL && self->domain == NULL; i += 2)
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
end_in_item (BalWxrReader           *self,
             const BalImportXmlName *name,
             const char             *text)
{
  BalWxrItem *item = self->item;

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

/* What begins with an underscore is for programs alone: who edits it now, and the like. */
static void
end_in_meta (BalWxrReader *self,
             const char   *name,
             const char   *text)
{
  BalWxrItem *item = self->item;

  if (g_str_equal (name, "meta_key"))
    {
      g_free (self->meta_key);
      self->meta_key = strip (text);
    }
  else if (g_str_equal (name, "meta_value") && self->meta_key != NULL)
    {
      if (g_str_equal (self->meta_key, "_thumbnail_id") && item->thumbnail == NULL)
        item->thumbnail = strip (text);
      else if (*self->meta_key != '_' && *self->meta_key != '\0' && item->meta->len < MOST_META &&
               !g_ptr_array_find_with_equal_func (item->meta, self->meta_key, g_str_equal, NULL))
        g_ptr_array_add (item->meta, g_steal_pointer (&self->meta_key));
      g_clear_pointer (&self->meta_key, g_free);
      item->size += strlen (text);
    }
}

static void
end_comment (BalWxrReader *self)
{
  BalWxrItem *item = self->item;

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
end_in_channel (BalWxrReader           *self,
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

static void
end (gpointer                data,
     const BalImportXmlName *name,
     const BalImportXmlName *parent,
     const char             *text)
{
  BalWxrReader *self = data;

  if (is_record (data, name))
    {
      if (self->item != NULL)
        {
          bal_wxr_push_item (self);
          g_clear_pointer (&self->item, item_free);
        }
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
      else if (parent != NULL && is_wp (name) && is_wp (parent) && g_str_equal (parent->name, "postmeta"))
        end_in_meta (self, name->name, text);
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
  BalWxrReader *self = data;
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
