/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-importers.h"

#include <glib/gi18n.h>
#include <stddef.h>
#include <string.h>

#include "bal-entities.h"

/* Blogger's Atom, told apart entry by entry: that of the Takeout has a blogger:type, the older backup a category of
 * the scheme "kind". The id of an entry says nothing about what it is. */

#define ATOM    "http://www.w3.org/2005/Atom"
#define BLOGGER "http://schemas.google.com/blogger/2018"
#define THREAD  "http://purl.org/syndication/thread/1.0"
#define APP     "http://purl.org/atom/app#"
#define KIND    "http://schemas.google.com/g/2005#kind"

/* A file that names more is made to use up memory. */
#define MOST_WRITERS 10000
#define MOST_LABELS  1000

typedef struct
{
  char      *id;
  char      *kind;               /* "post", "comment", "page", "settings", "template" */
  char      *title;
  char      *title_type;
  char      *content;
  char      *summary;
  char      *published;
  char      *updated;
  char      *status;
  char      *trashed;
  char      *draft;
  char      *filename;
  char      *description;
  char      *post;               /* of a comment: the post's id */
  char      *reply_to;           /* and that of its parent */
  char      *related;            /* or an address that ends with it */
  char      *address;
  char      *author;
  char      *author_uri;
  char      *author_email;
  char      *author_type;
  GPtrArray *labels;
  gboolean   is_takeout;
  gboolean   too_long;
} AtomEntry;

typedef struct
{
  BalImporter *importer;         /* borrowed: it owns this */
  char        *source;
  AtomEntry   *entry;            /* (nullable) */
  GHashTable  *writers;          /* "name\naddress" of who writes the blog */
  char        *feed_author;
} AtomReader;

typedef struct
{
  const char *ns;
  const char *name;
  gsize       offset;
} Member;

static const Member members[] = {
  { ATOM, "id", offsetof (AtomEntry, id) },
  { ATOM, "title", offsetof (AtomEntry, title) },
  { ATOM, "content", offsetof (AtomEntry, content) },
  { ATOM, "summary", offsetof (AtomEntry, summary) },
  { ATOM, "published", offsetof (AtomEntry, published) },
  { ATOM, "updated", offsetof (AtomEntry, updated) },
  { BLOGGER, "status", offsetof (AtomEntry, status) },
  { BLOGGER, "trashed", offsetof (AtomEntry, trashed) },
  { BLOGGER, "filename", offsetof (AtomEntry, filename) },
  { BLOGGER, "metaDescription", offsetof (AtomEntry, description) },
  { BLOGGER, "parent", offsetof (AtomEntry, post) },
  { BLOGGER, "inReplyTo", offsetof (AtomEntry, reply_to) },
};

static const gsize others[] = {
  offsetof (AtomEntry, kind), offsetof (AtomEntry, title_type), offsetof (AtomEntry, draft),
  offsetof (AtomEntry, related), offsetof (AtomEntry, address), offsetof (AtomEntry, author),
  offsetof (AtomEntry, author_uri), offsetof (AtomEntry, author_email), offsetof (AtomEntry, author_type),
};

static void
entry_free (AtomEntry *entry)
{
  if (entry == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    g_free (G_STRUCT_MEMBER (char *, entry, members[i].offset));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_free (G_STRUCT_MEMBER (char *, entry, others[i]));
  g_ptr_array_unref (entry->labels);
  g_free (entry);
}

static gpointer
reader_open (BalImporter *importer)
{
  AtomReader *self = g_new0 (AtomReader, 1);

  self->importer = importer;
  self->writers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

static void
reader_close (gpointer data)
{
  AtomReader *self = data;

  entry_free (self->entry);
  g_hash_table_unref (self->writers);
  g_free (self->source);
  g_free (self->feed_author);
  g_free (self);
}

static gboolean
is (const BalImportXmlName *name,
    const char             *ns,
    const char             *local)
{
  return g_str_equal (name->name, local) && g_strcmp0 (name->ns, ns) == 0;
}

/* After damage, the name space is not known yet. */
static gboolean
is_record (gpointer                data,
           const BalImportXmlName *name)
{
  return g_str_equal (name->name, "entry") && (name->ns == NULL || g_str_equal (name->ns, ATOM));
}

static const char *
find (const char *const *attributes,
      const char        *name)
{
  for (guint i = 0; attributes[i] != NULL; i += 2)
    if (g_str_equal (attributes[i], name))
      return attributes[i + 1];
  return NULL;
}

static void
take (char       **value,
      const char  *text)
{
  if (*value == NULL && bal_import_is_set (text))
    *value = g_strdup (text);
}

static void
start_category (AtomEntry         *entry,
                const char *const *attributes)
{
  const char *scheme = find (attributes, "scheme"), *term = find (attributes, "term");
  const char *hash = term != NULL ? strrchr (term, '#') : NULL;

  if (!bal_import_is_set (term))
    return;
  if (g_strcmp0 (scheme, KIND) == 0)
    take (&entry->kind, hash != NULL ? hash + 1 : term);
  else if (entry->labels->len < MOST_LABELS)
    g_ptr_array_add (entry->labels, g_strdup (term));
}

static gboolean
start (gpointer                data,
       const BalImportXmlName *name,
       const char *const      *attributes)
{
  AtomReader *self = data;
  AtomEntry *entry = self->entry;

  if (is_record (data, name))
    {
      entry_free (entry);
      self->entry = g_new0 (AtomEntry, 1);
      self->entry->labels = g_ptr_array_new_with_free_func (g_free);
      return FALSE;
    }
  if (entry == NULL)
    return FALSE;

  if (is (name, ATOM, "category"))
    start_category (entry, attributes);
  else if (is (name, ATOM, "link") && g_strcmp0 (find (attributes, "rel"), "alternate") == 0)
    take (&entry->address, find (attributes, "href"));
  else if (is (name, ATOM, "link") && g_strcmp0 (find (attributes, "rel"), "related") == 0)
    take (&entry->related, find (attributes, "href"));
  else if (is (name, THREAD, "in-reply-to"))
    take (&entry->post, find (attributes, "ref"));
  else if (is (name, ATOM, "title"))
    take (&entry->title_type, find (attributes, "type"));

  return is (name, ATOM, "content") || is (name, ATOM, "summary");
}

/* An id that Blogger gave is told by its last number; "tag:blogger.com,1999:blog-1.post-2" -> "2". */
static char *
dup_id (const char *id)
{
  const char *dash = id != NULL && g_str_has_prefix (id, "tag:blogger.com") ? strrchr (id, '-') : NULL;

  return g_strdup (dash != NULL && dash[1] != '\0' ? dash + 1 : id);
}

static void
take_source (AtomReader *self,
             const char *id)
{
  const char *blog = strstr (id, ":blog-");
  gsize length = blog != NULL ? strspn (blog + 6, "0123456789") : 0;

  if (self->source != NULL)
    return;

  self->source = length > 0 ? g_strdup_printf ("blogger:%.*s", (int) length, blog + 6) : g_strconcat ("atom:", id, NULL);
}

static char *
dup_writer (const char *name,
            const char *address)
{
  return g_strdup_printf ("%s\n%s", name != NULL ? name : "", address != NULL ? address : "");
}

static void
add_writer (AtomReader *self,
            const char *name,
            const char *address)
{
  if (bal_import_is_set (address) && g_hash_table_size (self->writers) < MOST_WRITERS)
    g_hash_table_add (self->writers, dup_writer (name, address));
}

static void
end_in_feed (AtomReader             *self,
             const BalImportXmlName *name,
             const BalImportXmlName *parent,
             const char             *text)
{
  if (parent == NULL)
    return;
  if (is (name, ATOM, "id") && g_str_equal (parent->name, "feed"))
    take_source (self, text);
  else if (is (name, ATOM, "name") && g_str_equal (parent->name, "author"))
    take (&self->feed_author, text);
  else if (is (name, ATOM, "uri") && g_str_equal (parent->name, "author"))
    add_writer (self, self->feed_author, text);
}

static void
end_in_entry (AtomReader             *self,
              const BalImportXmlName *name,
              const BalImportXmlName *parent,
              const char             *text)
{
  AtomEntry *entry = self->entry;

  if (is (name, APP, "draft"))
    take (&entry->draft, text);
  else if (is (name, ATOM, "name") && g_str_equal (parent->name, "author"))
    take (&entry->author, text);
  else if (is (name, ATOM, "uri") && g_str_equal (parent->name, "author"))
    take (&entry->author_uri, text);
  else if (is (name, ATOM, "email") && g_str_equal (parent->name, "author"))
    take (&entry->author_email, text);
  if (!is_record (self, parent))
    return;

  if (is (name, BLOGGER, "type"))
    {
      g_free (entry->kind);
      entry->kind = g_ascii_strdown (text, -1);
      entry->is_takeout = TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (is (name, members[i].ns, members[i].name))
      take (&G_STRUCT_MEMBER (char *, entry, members[i].offset), text);
}

/* The Takeout escapes titles twice. */
static char *
dup_title (AtomEntry *entry)
{
  const char *title = entry->title != NULL ? entry->title : "";

  if (entry->is_takeout || g_strcmp0 (entry->title_type, "html") == 0)
    return bal_entities_decode (title, strlen (title), FALSE);
  return g_strdup (title);
}

static BalReviewStatus
read_status (AtomEntry *entry)
{
  const char *status = entry->status != NULL ? entry->status : "LIVE";

  if (bal_import_is_set (entry->trashed) || g_ascii_strcasecmp (status, "SOFT_TRASHED") == 0)
    return BAL_REVIEW_STATUS_TRASH;
  if (g_ascii_strcasecmp (status, "SCHEDULED") == 0)
    return BAL_REVIEW_STATUS_SCHEDULED;
  if (g_ascii_strcasecmp (status, "LIVE") != 0 || g_strcmp0 (entry->draft, "yes") == 0)
    return BAL_REVIEW_STATUS_DRAFT;
  return BAL_REVIEW_STATUS_PUBLISHED;
}

static void
push_post (AtomReader *self)
{
  AtomEntry *entry = self->entry;
  g_autofree char *key = dup_id (entry->id);
  g_autofree char *title = dup_title (entry);
  const char *address = entry->address != NULL ? entry->address : entry->filename;
  g_autofree char *slug = bal_import_slug (address);
  BalImportItem *item = bal_import_item_new_review (self->source, key);
  BalReview *review = item->review;

  bal_review_set_title (review, title);
  bal_review_set_html (review, entry->content != NULL ? entry->content : "");
  bal_review_set_excerpt (review, entry->description);
  bal_review_set_slug (review, slug);
  bal_review_set_url (review, address);
  bal_review_set_status (review, read_status (entry));
  bal_review_set_published (review, bal_import_time (entry->published));
  bal_review_set_updated (review, bal_import_time (entry->updated));
  bal_import_set_labels (review, bal_importer_get_target (self->importer), entry->labels, NULL);
  add_writer (self, entry->author, entry->author_uri);
  bal_importer_push (self->importer, item);
}

static BalCommentStatus
read_comment_status (AtomEntry *entry)
{
  const char *status = entry->status != NULL ? entry->status : "LIVE";

  if (bal_import_is_set (entry->trashed))
    return BAL_COMMENT_STATUS_TRASH;
  if (g_ascii_strcasecmp (status, "SPAM") == 0)
    return BAL_COMMENT_STATUS_SPAM;
  if (g_ascii_strcasecmp (status, "LIVE") == 0 || g_ascii_strcasecmp (status, "EMPTIED") == 0)
    return BAL_COMMENT_STATUS_APPROVED;
  return BAL_COMMENT_STATUS_PENDING;
}

static void
push_comment (AtomReader *self)
{
  AtomEntry *entry = self->entry;
  g_autofree char *key = dup_id (entry->id);
  g_autofree char *writer = dup_writer (entry->author, entry->author_uri);
  const char *slash = entry->related != NULL ? strrchr (entry->related, '/') : NULL;
  BalImportItem *item = bal_import_item_new_comment (self->source, key);
  BalComment *comment = item->comment;
  const char *email = entry->author_email;

  item->review_key = dup_id (entry->post);
  item->parent_key = bal_import_is_set (entry->reply_to) ? dup_id (entry->reply_to)
                     : slash != NULL && slash[1] != '\0' ? g_strdup (slash + 1) : NULL;
  /* The Takeout may name the post as what a comment replies to. */
  if (g_strcmp0 (item->parent_key, item->review_key) == 0)
    g_clear_pointer (&item->parent_key, g_free);
  bal_comment_set_author (comment, entry->author);
  bal_comment_set_author_url (comment, entry->author_uri);
  if (email != NULL && !g_str_equal (email, "noreply@blogger.com"))
    bal_comment_set_author_email (comment, email);
  bal_comment_set_mine (comment, entry->author_uri != NULL && g_hash_table_contains (self->writers, writer));
  bal_comment_set_status (comment, read_comment_status (entry));
  bal_comment_set_created (comment, bal_import_time (entry->published));
  bal_comment_set_html (comment, entry->content != NULL ? entry->content : "");
  bal_comment_set_url (comment, entry->address);
  bal_importer_push (self->importer, item);
}

static void
skip (AtomReader *self,
      const char *reason)
{
  AtomEntry *entry = self->entry;
  g_autofree char *title = dup_title (entry);

  bal_importer_push_note (self->importer, BAL_IMPORT_ITEM_SKIPPED,
                          *title != '\0' ? title : entry->id != NULL ? entry->id : _("(without a title)"), reason);
}

static void
end_entry (AtomReader *self)
{
  AtomEntry *entry = self->entry;
  const char *kind = entry->kind != NULL ? entry->kind : "post";

  take (&entry->content, entry->summary);
  take_source (self, "");
  if (entry->too_long)
    skip (self, _("Its text is longer than 10 MB; nobody writes such a post."));
  else if (!bal_import_is_set (entry->id))
    skip (self, _("It has no id, so that it can’t be told from others."));
  else if (g_str_equal (kind, "comment") && !bal_import_is_set (entry->post))
    skip (self, _("It is a comment that does not say on what."));
  else if (g_str_equal (kind, "comment"))
    push_comment (self);
  else if (g_str_equal (kind, "post"))
    push_post (self);
  else if (g_str_equal (kind, "page"))
    skip (self, _("It is a page, not a post; Balcony holds posts."));
  else
    skip (self, _("It is a setting or the theme of the blog."));
  g_clear_pointer (&self->entry, entry_free);
}

static void
end (gpointer                data,
     const BalImportXmlName *name,
     const BalImportXmlName *parent,
     const char             *text)
{
  AtomReader *self = data;

  if (is_record (data, name))
    {
      if (self->entry != NULL)
        end_entry (self);
    }
  else if (text == NULL)
    {
      if (self->entry != NULL)
        self->entry->too_long = TRUE;
    }
  else if (self->entry == NULL)
    end_in_feed (self, name, parent, text);
  else if (parent != NULL)
    end_in_entry (self, name, parent, text);
}

static void
cut (gpointer data,
     guint    line)
{
  AtomReader *self = data;
  g_autofree char *reason = g_strdup_printf (_("It is not whole: the file is damaged or ends in line %u."), line);

  if (self->entry == NULL)
    return;

  skip (self, reason);
  g_clear_pointer (&self->entry, entry_free);
}

const BalFeedReader *
bal_atom_get_reader (void)
{
  static const BalFeedReader reader = {
    .xml = { is_record, start, end, cut },
    .open = reader_open,
    .close = reader_close,
  };

  return &reader;
}
