/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-folder-private.h"

#include "bal-error.h"
#include "bal-safe-text.h"
#include "bal-time.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * The thread beside a post: a JSON array of objects {id, parent, author, email, url, status, created, html, mine, key}.
 * Members and elements that we don't know stay. A comment that somebody typed without an id, or with
 * another's, is known by a hash of what it says until we write the file: then it gets that as its id.
 *
 * A comment's id in the whole blog is "post/comment", so that a copied file brings no two comments of one id.
 */

/**
 * bal_folder_comments_parse:
 * @bytes: (nullable): the file; %NULL where there is none
 * @label: its name for messages
 * @error: INVALID when it is not a list of comments
 *
 * Refuses what could not be written back whole: twice the same member, numbers that don't fit.
 *
 * Returns: (transfer full): the array
 */
json_t *
bal_folder_comments_parse (GBytes      *bytes,
                           const char  *label,
                           GError     **error)
{
  gsize length;
  const char *text;
  json_error_t details = { .line = 1 };
  json_t *thread = NULL;

  if (bytes == NULL)
    return json_array ();

  text = g_bytes_get_data (bytes, &length);
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      length -= 3;
    }
  /* jansson takes a NUL byte for the end, so it would read a part for the whole. */
  if (length > 0 && memchr (text, '\0', length) == NULL)
    thread = json_loadb (text, length, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &details);
  if (json_is_array (thread))
    return thread;

  json_decref (thread);
  g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
               _("The comments in “%s” can’t be read: there is a mistake in line %d. The file was left as it is; "
                 "correct it in a text editor and sync again."), label, MAX (details.line, 1));
  return NULL;
}

/* (transfer full): for people's eyes and version control: a member a line */
GBytes *
bal_folder_comments_to_bytes (json_t *thread)
{
  size_t size = json_dumpb (thread, NULL, 0, JSON_INDENT (2));
  char *buffer = g_malloc (size + 1);

  json_dumpb (thread, buffer, size, JSON_INDENT (2));
  buffer[size] = '\n';
  return g_bytes_new_take (buffer, size + 1);
}

/* (transfer full) (nullable): NULL for what is no text; NUL is shown as U+FFFD */
static char *
dup_string (json_t     *object,
            const char *name)
{
  json_t *value = json_object_get (object, name);

  if (!json_is_string (value))
    return NULL;
  return g_utf8_make_valid (json_string_value (value), json_string_length (value));
}

/* A person may have typed 3 for "3". */
static char *
dup_id (json_t     *object,
        const char *name)
{
  json_t *value = json_object_get (object, name);
  g_autofree char *id = NULL;

  if (json_is_integer (value))
    return g_strdup_printf ("%" JSON_INTEGER_FORMAT, json_integer_value (value));
  id = dup_string (object, name);
  if (id == NULL || *id == '\0' || strchr (id, '/') != NULL)
    return NULL;
  return g_steal_pointer (&id);
}

static char *
hash_id (json_t *object,
         guint   n)
{
  g_autofree char *author = dup_string (object, "author");
  g_autofree char *created = dup_string (object, "created");
  g_autofree char *html = dup_string (object, "html");
  g_autofree char *all = g_strdup_printf ("%s\n%s\n%s\n%u", author, created, html, n);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, all, -1);

  return g_strdup_printf ("x%.12s", hash);
}

/* An id that is not in @taken. @twins tells how many were tried for what says the same: a file may repeat one comment a
 * million times. */
static char *
make_id (json_t     *object,
         GHashTable *taken,
         GHashTable *twins)
{
  g_autofree char *first = hash_id (object, 0);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (twins, first));
  char *id = hash_id (object, n++);

  while (g_hash_table_contains (taken, id))
    {
      g_free (id);
      id = hash_id (object, n++);
    }

  g_hash_table_add (taken, id);
  g_hash_table_insert (twins, g_steal_pointer (&first), GUINT_TO_POINTER (n));
  return id;
}

/* (element-type utf8): an id for each element, NULL for those that are no comments. An id goes to the first that
 * has it. */
static GPtrArray *
list_ids (json_t *thread)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) twins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  json_t *object;
  size_t i;

  g_ptr_array_set_size (ids, json_array_size (thread));
  json_array_foreach (thread, i, object)
    {
      g_autofree char *id = json_is_object (object) ? dup_id (object, "id") : NULL;

      /* Not by what add() returns: it would keep the second key, which goes here, in place of the first. */
      if (id == NULL || g_hash_table_contains (taken, id))
        continue;
      g_hash_table_add (taken, id);
      ids->pdata[i] = g_steal_pointer (&id);
    }
  json_array_foreach (thread, i, object)
    if (json_is_object (object) && ids->pdata[i] == NULL)
      ids->pdata[i] = make_id (object, taken, twins);
  return ids;
}

char *
bal_folder_comments_join_id (const char *post_id,
                             const char *comment_id)
{
  return g_strconcat (post_id, "/", comment_id, NULL);
}

gboolean
bal_folder_comments_split_id (const char  *remote_id,
                              char       **post_id,
                              char       **comment_id)
{
  const char *slash = remote_id != NULL ? strchr (remote_id, '/') : NULL;

  if (slash == NULL)
    return FALSE;
  *post_id = g_strndup (remote_id, slash - remote_id);
  *comment_id = g_strdup (slash + 1);
  return TRUE;
}

static BalCommentStatus
read_status (json_t *object)
{
  g_autofree char *nick = dup_string (object, "status");
  BalCommentStatus status;

  /* What nobody can make sense of waits for the blogger. */
  return nick != NULL && bal_comment_status_from_nick (nick, &status) ? status : BAL_COMMENT_STATUS_PENDING;
}

static BalComment *
read_comment (json_t     *object,
              const char *id,
              const char *post_id,
              const char *blogger)
{
  BalComment *comment = bal_comment_new (0);
  g_autofree char *remote_id = bal_folder_comments_join_id (post_id, id);
  g_autofree char *parent = dup_id (object, "parent");
  g_autofree char *remote_parent = parent != NULL ? bal_folder_comments_join_id (post_id, parent) : NULL;
  g_autofree char *author = dup_string (object, "author");
  g_autofree char *email = dup_string (object, "email");
  g_autofree char *url = dup_string (object, "url");
  g_autofree char *created = dup_string (object, "created");
  g_autofree char *html = dup_string (object, "html");
  g_autofree char *text = bal_safe_text_from_html (html);
  g_autofree char *key = dup_string (object, "key");
  gboolean by_name = blogger != NULL && *blogger != '\0' && g_strcmp0 (author, blogger) == 0;
  gint64 time = 0;

  bal_time_from_rfc3339 (created, &time);
  bal_comment_set_remote_id (comment, remote_id);
  bal_comment_set_remote_review_id (comment, post_id);
  bal_comment_set_remote_parent_id (comment, remote_parent);
  bal_comment_set_author (comment, author);
  bal_comment_set_author_email (comment, email);
  bal_comment_set_author_url (comment, url);
  bal_comment_set_created (comment, time);
  bal_comment_set_html (comment, html);
  bal_comment_set_text (comment, text);
  bal_comment_set_key (comment, key);
  bal_comment_set_status (comment, read_status (object));
  bal_comment_set_mine (comment, bal_json_get_boolean (object, "mine", by_name));
  return comment;
}

GPtrArray *
bal_folder_comments_read (json_t     *thread,
                          const char *post_id,
                          const char *author)
{
  GPtrArray *comments = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) ids = list_ids (thread);

  for (guint i = 0; i < ids->len; i++)
    if (ids->pdata[i] != NULL)
      g_ptr_array_add (comments, read_comment (json_array_get (thread, i), ids->pdata[i], post_id, author));
  return comments;
}

/* By BalCommentStatus, without making objects. */
void
bal_folder_comments_count (json_t *thread,
                           guint   counts[4])
{
  json_t *object;
  size_t i;

  memset (counts, 0, 4 * sizeof *counts);
  json_array_foreach (thread, i, object)
    if (json_is_object (object))
      counts[read_status (object)]++;
}

int
bal_folder_comments_find (json_t     *thread,
                          const char *id,
                          const char *key)
{
  g_autoptr(GPtrArray) ids = list_ids (thread);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autofree char *its_key = NULL;

      if (ids->pdata[i] == NULL)
        continue;
      if (id != NULL && strcmp (ids->pdata[i], id) == 0)
        return i;
      its_key = id == NULL ? dup_string (json_array_get (thread, i), "key") : NULL;
      if (its_key != NULL && g_strcmp0 (its_key, key) == 0)
        return i;
    }
  return -1;
}

/* Sets or, for NULL and "", removes a member, unless it says so already or, with @base, we did not change it. */
static void
put_string (json_t     *object,
            const char *name,
            const char *value,
            gboolean    has_base,
            const char *base)
{
  g_autofree char *present = dup_string (object, name);
  gboolean empty = value == NULL || *value == '\0';

  if (has_base && g_strcmp0 (value != NULL ? value : "", base != NULL ? base : "") == 0)
    return;
  if (empty && (present == NULL || *present == '\0'))
    return;
  if (empty)
    json_object_del (object, name);
  else if (g_strcmp0 (present, value) != 0)
    json_object_set_new (object, name, json_string (value));
}

#define PUT(name, get) \
  put_string (object, name, get (comment), base != NULL, base != NULL ? get (base) : NULL)

static void
put_members (json_t     *object,
             BalComment *comment,
             BalComment *base,
             const char *parent)
{
  BalCommentStatus status = bal_comment_get_status (comment);
  g_autofree char *old_parent = dup_id (object, "parent");

  if (g_strcmp0 (parent, old_parent) != 0)
    put_string (object, "parent", parent, FALSE, NULL);
  PUT ("author", bal_comment_get_author);
  PUT ("email", bal_comment_get_author_email);
  PUT ("url", bal_comment_get_author_url);
  if (json_object_get (object, "status") == NULL ||
      ((base == NULL || bal_comment_get_status (base) != status) && read_status (object) != status))
    json_object_set_new (object, "status", json_string (bal_comment_status_to_nick (status)));
}

/* (transfer full): random, so that the id of a comment that was deleted is not another's later */
static char *
new_id (json_t *thread)
{
  g_autoptr(GPtrArray) ids = list_ids (thread);

  while (TRUE)
    {
      g_autofree char *id = g_strdup_printf ("c%08x", g_random_int ());
      gboolean taken = FALSE;

      for (guint i = 0; i < ids->len && !taken; i++)
        taken = g_strcmp0 (ids->pdata[i], id) == 0;
      if (!taken)
        return g_steal_pointer (&id);
    }
}

/**
 * bal_folder_comments_put:
 * @thread: the array, changed in place
 * @place: which element, or -1 for a new one at the end
 * @comment: what it shall say; its text is valid UTF-8
 * @base: (nullable): only what differs from this is changed
 * @parent: (nullable): the id of the comment it answers, within the thread
 */
void
bal_folder_comments_put (json_t     *thread,
                         int         place,
                         BalComment *comment,
                         BalComment *base,
                         const char *parent)
{
  g_autoptr(GPtrArray) ids = list_ids (thread);
  json_t *object;

  /* From now on an id is what the file says. */
  for (guint i = 0; i < ids->len; i++)
    {
      g_autofree char *said = ids->pdata[i] != NULL ? dup_id (json_array_get (thread, i), "id") : NULL;

      if (ids->pdata[i] != NULL && g_strcmp0 (said, ids->pdata[i]) != 0)
        json_object_set_new (json_array_get (thread, i), "id", json_string (ids->pdata[i]));
    }

  if (place >= 0)
    {
      object = json_array_get (thread, place);
      put_members (object, comment, base, parent);
      PUT ("html", bal_comment_get_html);
    }
  else
    {
      gint64 created = bal_comment_get_created (comment);
      g_autofree char *time = bal_time_to_rfc3339 (created != 0 ? created : bal_time_now ());
      g_autofree char *id = new_id (thread);

      object = json_object ();
      json_array_append_new (thread, object);
      json_object_set_new (object, "id", json_string (id));
      put_members (object, comment, NULL, parent);
      json_object_set_new (object, "created", json_string (time));
      PUT ("html", bal_comment_get_html);
      if (bal_comment_get_mine (comment))
        json_object_set_new (object, "mine", json_true ());
      put_string (object, "key", bal_comment_get_key (comment), FALSE, NULL);
    }
}

/* Replies move up to what the comment answered. */
void
bal_folder_comments_remove (json_t *thread,
                            int     place)
{
  g_autoptr(GPtrArray) ids = list_ids (thread);
  json_t *parent = json_object_get (json_array_get (thread, place), "parent");
  json_t *object;
  size_t i;

  json_array_foreach (thread, i, object)
    {
      g_autofree char *its_parent = json_is_object (object) ? dup_id (object, "parent") : NULL;

      if (its_parent == NULL || g_strcmp0 (its_parent, ids->pdata[place]) != 0)
        continue;
      if (parent != NULL)
        json_object_set (object, "parent", parent);
      else
        json_object_del (object, "parent");
    }
  json_array_remove (thread, place);
}
