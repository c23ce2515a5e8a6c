/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-json-blog.h"

#include "bal-export-report.h"
#include "bal-json-format.h"
#include "bal-json-rows.h"
#include "bal-review-format.h"
#include "bal-spam-memory.h"
#include "bal-tables.h"

/* Signs of the spam help in one item. */
#define MOST_SIGNS 20000

/* ---- the head ---- */

static gboolean
write_image_place (BalJsonWriter   *out,
                   BalTransaction  *transaction,
                   BalBlog         *blog,
                   GError         **error)
{
  gint64 id = bal_blog_get_image_host (blog);
  g_autoptr(BalBlog) host = id != 0 ? bal_blog_table_get (transaction, id, error) : NULL;

  if (id != 0 && host == NULL)
    return FALSE;

  bal_json_writer_set (out, "image_host", host != NULL ? bal_blog_get_name (host) : NULL);
  bal_json_writer_set (out, "image_folder", bal_blog_get_image_folder (blog));
  bal_json_writer_set (out, "image_url", bal_blog_get_image_url (blog));
  return TRUE;
}

static gboolean
write_blog (BalJsonWriter   *out,
            BalTransaction  *transaction,
            BalBlog         *blog,
            GError         **error)
{
  g_autofree char *format = bal_review_format_to_string (bal_blog_get_format (blog));
  gboolean done;

  bal_json_writer_open (out, "blog", '{');
  bal_json_writer_text (out, "name", bal_blog_get_name (blog));
  bal_json_writer_text (out, "provider", bal_blog_get_provider (blog));
  bal_json_writer_set (out, "url", bal_blog_get_url (blog));
  bal_json_writer_set (out, "author", bal_blog_get_author (blog));
  bal_json_writer_set (out, "dialect", bal_blog_get_dialect (blog));
  bal_json_writer_set (out, "language", bal_blog_get_language (blog));
  bal_json_writer_text (out, "review_format", format);
  bal_json_writer_set (out, "endpoint", bal_blog_get_endpoint (blog));
  bal_json_writer_set (out, "authorize_url", bal_blog_get_authorize_url (blog));
  bal_json_writer_set (out, "user", bal_blog_get_user (blog));
  bal_json_writer_set (out, "user_id", bal_blog_get_user_id (blog));
  bal_json_writer_int (out, "capabilities", bal_blog_get_capabilities (blog));
  bal_json_writer_bool (out, "signed_in", bal_blog_get_signed_in (blog));
  bal_json_writer_time (out, "last_sync", bal_blog_get_last_sync (blog));
  done = write_image_place (out, transaction, blog, error);
  bal_json_writer_close (out, '}');
  return done;
}

gboolean
bal_json_blog_write_head (BalJsonWriter   *out,
                          BalTransaction  *transaction,
                          BalBlog         *blog,
                          GError         **error)
{
  g_autoptr(GVariant) numbers = bal_whole_get_numbers (transaction, error);

  if (numbers == NULL || !write_blog (out, transaction, blog, error))
    return FALSE;

  bal_json_writer_open (out, "numbers", '{');
  for (BalWholeKind kind = 0; kind < BAL_WHOLE_N_KINDS; kind++)
    {
      gint64 number = 0;

      g_variant_lookup (numbers, bal_whole_kind_to_name (kind), "x", &number);
      bal_json_writer_int (out, bal_whole_kind_to_name (kind), number);
    }
  bal_json_writer_close (out, '}');
  return TRUE;
}

/* ---- before the reviews ---- */

static gboolean
write_persons (BalJsonWriter   *out,
               BalTransaction  *transaction,
               GError         **error)
{
  g_autoptr(GPtrArray) persons = bal_person_table_list_decided (transaction, error);
  g_autoptr(GHashTable) keys = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; persons != NULL && i < persons->len; i++)
    {
      BalPerson *person = g_ptr_array_index (persons, i);

      g_hash_table_insert (keys, &person->id, person->key);
      bal_json_writer_open_item (out, BAL_JSON_PERSON);
      bal_json_writer_text (out, "key", person->key);
      if (person->leader != person->id)
        bal_json_writer_set (out, "same_as", g_hash_table_lookup (keys, &person->leader));
      bal_json_writer_set (out, "name", person->name);
      bal_json_writer_set (out, "email", person->email);
      bal_json_writer_set (out, "url", person->url);
      bal_json_writer_text (out, "trust", bal_person_trust_to_nick (person->trust));
      bal_json_writer_bool (out, "automatic", person->automatic);
      bal_json_writer_set (out, "note", person->note);
      bal_json_writer_time (out, "known_since", person->created);
      bal_json_writer_time (out, "last_seen", person->seen);
      bal_json_writer_close (out, '}');
    }

  return persons != NULL;
}

static gboolean
write_helps (BalJsonWriter   *out,
             BalTransaction  *transaction,
             GError         **error)
{
  g_autoptr(GPtrArray) snippets = bal_snippet_table_list (transaction, error);
  g_autoptr(GPtrArray) filters = snippets != NULL ? bal_filter_table_list (transaction, error) : NULL;

  if (filters == NULL)
    return FALSE;

  for (guint i = 0; i < snippets->len; i++)
    {
      BalSnippet *snippet = g_ptr_array_index (snippets, i);

      bal_json_writer_open_item (out, BAL_JSON_SNIPPET);
      bal_json_writer_text (out, "name", snippet->name);
      bal_json_writer_text (out, "html", snippet->html);
      bal_json_writer_close (out, '}');
    }
  for (guint i = 0; i < filters->len; i++)
    {
      BalSavedFilter *filter = g_ptr_array_index (filters, i);

      bal_json_writer_open_item (out, BAL_JSON_FILTER);
      bal_json_writer_text (out, "name", filter->name);
      bal_json_writer_text (out, "line", filter->line);
      bal_json_writer_close (out, '}');
    }
  return TRUE;
}

/* What the spam help has learnt of comments that are gone is nowhere else. */
static gboolean
write_memory (BalJsonWriter   *out,
              BalTransaction  *transaction,
              GError         **error)
{
  g_autoptr(GArray) signs = bal_spam_memory_list (transaction, error);
  BalSpamCount lessons;
  double threshold;
  guint i = 0;

  if (signs == NULL || !bal_spam_memory_get (transaction, &threshold, &lessons, error))
    return FALSE;

  do
    {
      guint end = MIN (signs->len, i + MOST_SIGNS);

      bal_json_writer_open_item (out, BAL_JSON_MEMORY);
      bal_json_writer_double (out, "threshold", threshold);
      bal_json_writer_int (out, "n_spam", lessons.n_spam);
      bal_json_writer_int (out, "n_good", lessons.n_good);
      bal_json_writer_bool (out, "is_last", end == signs->len);
      bal_json_writer_open (out, "signs", '[');
      for (; i < end; i++)
        {
          const BalSpamMemorySign *sign = &g_array_index (signs, BalSpamMemorySign, i);

          bal_json_writer_int (out, NULL, sign->hash);
          bal_json_writer_int (out, NULL, sign->count.n_spam);
          bal_json_writer_int (out, NULL, sign->count.n_good);
        }
      bal_json_writer_close (out, ']');
      bal_json_writer_close (out, '}');
    }
  while (i < signs->len);
  return TRUE;
}

gboolean
bal_json_blog_write_first (BalJsonWriter   *out,
                           BalTransaction  *transaction,
                           GError         **error)
{
  return write_persons (out, transaction, error) && write_helps (out, transaction, error) &&
         write_memory (out, transaction, error);
}

/* ---- behind the reviews ---- */

void
bal_json_blog_write_picture (BalJsonWriter  *out,
                             const BalMedia *picture,
                             gboolean        with_data)
{
  bal_json_writer_open_item (out, with_data ? BAL_JSON_PICTURE : BAL_JSON_UPLOADED);
  bal_json_writer_int (out, "number", picture->id);
  bal_json_writer_text (out, "file_name", picture->file_name);
  bal_json_writer_text (out, "mime_type", picture->mime_type);
  bal_json_writer_set (out, "alt_text", picture->alt_text);
  bal_json_writer_set (out, "remote_id", picture->remote_id);
  bal_json_writer_set (out, "url", picture->url);
  bal_json_writer_text (out, "picture_key", picture->key);
  if (with_data)
    bal_json_writer_base64 (out, "data", picture->path);
  bal_json_writer_close (out, '}');
}

/* Those that no review shows: a reply to come may, or an older version again. */
static gboolean
write_other_pictures (BalJsonWriter  *out,
                      BalExporter    *exporter,
                      GHashTable     *written,
                      GError        **error)
{
  BalTransaction *transaction = bal_exporter_get_transaction (exporter);
  g_autoptr(GArray) ids = bal_whole_list_pictures (transaction, bal_blog_get_id (bal_exporter_get_blog (exporter)), error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      const gint64 *id = &g_array_index (ids, gint64, i);
      g_autoptr(BalMedia) picture = NULL;
      gboolean is_here;

      if (g_hash_table_contains (written, id))
        continue;
      picture = bal_media_table_get (transaction, *id, error);
      if (picture == NULL)
        return FALSE;

      is_here = g_file_test (picture->path, G_FILE_TEST_IS_REGULAR);
      if (!is_here && picture->url == NULL)
        continue;
      bal_json_blog_write_picture (out, picture, is_here);
      bal_exporter_get_report (exporter)->n_pictures += is_here;
    }
  return ids != NULL;
}

static gboolean
write_gone (BalJsonWriter   *out,
            BalTransaction  *transaction,
            BalBlog         *blog,
            GError         **error)
{
  g_autoptr(GArray) things = bal_whole_list_gone (transaction, bal_blog_get_id (blog), error);

  for (guint i = 0; things != NULL && i < things->len; i++)
    {
      const BalWholeThing *thing = &g_array_index (things, BalWholeThing, i);
      gboolean is_review = thing->entity == BAL_ENTITY_REVIEW;

      bal_json_writer_open_item (out, BAL_JSON_GONE);
      bal_json_writer_text (out, "what", is_review ? BAL_JSON_REVIEW : BAL_JSON_COMMENT);
      bal_json_writer_int (out, "number", thing->id);
      if (!bal_json_rows_write (out, transaction, is_review ? BAL_JSON_OF_GONE_REVIEW : BAL_JSON_OF_GONE_COMMENT, thing->id,
                                error))
        return FALSE;
      bal_json_writer_close (out, '}');
    }
  return things != NULL;
}

/* Last of all: who reads a part of the file only does not learn that the blog was read so far. */
static gboolean
write_place (BalJsonWriter   *out,
             BalTransaction  *transaction,
             BalBlog         *blog,
             GError         **error)
{
  gboolean done;

  bal_json_writer_open_item (out, BAL_JSON_PLACE);
  done = bal_json_rows_write (out, transaction, BAL_JSON_OF_BLOG, bal_blog_get_id (blog), error);
  bal_json_writer_close (out, '}');
  return done;
}

gboolean
bal_json_blog_write_last (BalJsonWriter  *out,
                          BalExporter    *exporter,
                          GHashTable     *written,
                          GError        **error)
{
  BalTransaction *transaction = bal_exporter_get_transaction (exporter);
  BalBlog *blog = bal_exporter_get_blog (exporter);

  return write_other_pictures (out, exporter, written, error) && write_gone (out, transaction, blog, error) &&
         write_place (out, transaction, blog, error);
}
