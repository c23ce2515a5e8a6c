/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import-whole.h"

#include <glib/gi18n.h>

#include "bal-error.h"
#include "bal-import-table.h"
#include "bal-importer.h"
#include "bal-take-in.h"

/* Of the many names that begin alike. */
#define MOST_NAMES 1000

typedef struct
{
  /* borrowed */
  const char        *path;
  BalTransaction    *transaction;
  GCancellable      *cancellable;
  BalProgressFunc    progress;
  gpointer           data;

  /* owned */
  BalImportReport   *report;
  BalImporter       *importer;
  BalBlog           *blog;       /* (nullable): before the head of the file was read */
  BalWhole          *whole;      /* (nullable): also in a preview */
  GHashTable        *pictures;   /* what those of the file are called here */
  GArray            *signs;      /* what the spam help learnt, until all of it was read */

  gboolean           is_preview;
  gboolean           knows_lessons; /* the spam help knows what it knew there */
  gboolean           lacks_some; /* of the reviews, comments and rows of the file */
} Run;

static gboolean
note (Run                *run,
      BalImportItem      *item,
      BalImportNoteKind   kind,
      const char         *reason,
      GError            **error)
{
  g_autofree char *name = bal_import_item_dup_name (item);

  run->lacks_some |= kind == BAL_IMPORT_NOTE_SKIPPED;
  return bal_import_report_add (run->report, kind, name, reason, error);
}

/* ---- the blog ---- */

static gboolean
refuse (const char  *reason,
        GError     **error)
{
  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID, reason);
  return FALSE;
}

/* Whatever program it says that it is of: passwords are kept by address. */
static gboolean
is_same_blog (BalBlog *a,
              BalBlog *b)
{
  const char *url = bal_blog_get_url (a);

  return url != NULL ? g_strcmp0 (url, bal_blog_get_url (b)) == 0
                     : bal_blog_get_url (b) == NULL && g_strcmp0 (bal_blog_get_name (a), bal_blog_get_name (b)) == 0;
}

/* Two rows of one blog would send everything twice. */
static gboolean
check_is_new (BalTransaction  *transaction,
              BalBlog         *blog,
              GError         **error)
{
  g_autoptr(GPtrArray) blogs = bal_blog_table_list (transaction, error);

  for (guint i = 0; blogs != NULL && i < blogs->len; i++)
    if (is_same_blog (blog, blogs->pdata[i]))
      {
        g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                     _("The blog is here already, as “%s”. Import the file into it: what is new comes in."),
                     bal_blog_get_name (blogs->pdata[i]));
        return FALSE;
      }
  return blogs != NULL;
}

/* A blog of that name may be another one. */
static gboolean
choose_name (BalTransaction  *transaction,
             BalBlog         *blog,
             GError         **error)
{
  g_autofree char *name = g_strdup (bal_blog_get_name (blog));

  for (guint i = 2; i < MOST_NAMES; i++)
    {
      g_autoptr(GError) local_error = NULL;
      g_autofree char *next = g_strdup_printf ("%s %u", name, i);
      g_autoptr(BalBlog) there = bal_blog_table_find (transaction, bal_blog_get_name (blog), &local_error);

      if (g_error_matches (local_error, BAL_ERROR, BAL_ERROR_NOT_FOUND))
        return TRUE;
      if (there == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      bal_blog_set_name (blog, next);
    }
  return refuse (_("There are too many blogs of that name."), error);
}

/* Where its pictures go is another blog, which may not be here. */
static gboolean
find_image_host (Run            *run,
                 BalImportItem  *item,
                 GError        **error)
{
  const char *name = item->extra->rows->image_host;
  g_autoptr(GError) local_error = NULL;
  g_autoptr(BalBlog) host = name != NULL ? bal_blog_table_find (run->transaction, name, &local_error) : NULL;

  if (host != NULL)
    bal_blog_set_image_host (run->blog, bal_blog_get_id (host));
  if (local_error == NULL)
    return TRUE;
  if (g_error_matches (local_error, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    return bal_import_report_add (run->report, BAL_IMPORT_NOTE_REPAIRED, bal_blog_get_name (run->blog),
                                  _("Its pictures went to another blog, which is not here. Choose again where they go."), error);

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
put_blog (Run            *run,
          BalImportItem  *item,
          GError        **error)
{
  BalBlog *blog = item->extra->rows->blog;

  if (run->blog != NULL)
    return TRUE;
  if (bal_blog_get_name (blog) == NULL || bal_blog_get_provider (blog) == NULL)
    return refuse (_("The file does not say which blog it is of. Import it into a blog that is here."), error);
  if (!check_is_new (run->transaction, blog, error) || !choose_name (run->transaction, blog, error))
    return FALSE;

  run->blog = g_object_ref (blog);
  if (!find_image_host (run, item, error))
    return FALSE;
  if (run->is_preview)
    return TRUE;
  if (bal_blog_table_insert (run->transaction, blog, error) == 0)
    return FALSE;

  run->whole = bal_whole_new (run->transaction, bal_blog_get_id (blog), item->extra->rows->numbers, error);
  return run->whole != NULL;
}

/* ---- reviews and comments ---- */

static gboolean
put_rows (Run            *run,
          BalImportItem  *item,
          BalEntity       entity,
          gint64          id,
          GError        **error)
{
  BalImportRows *rows = item->extra->rows;

  for (guint i = 0; i < rows->rows->len; i++)
    {
      BalImportRow *row = g_ptr_array_index (rows->rows, i);
      gboolean taken = TRUE;

      if (row->part == BAL_WHOLE_AUTHOR && !bal_whole_put_author (run->whole, id, error))
        return FALSE;
      if (row->part == BAL_WHOLE_REVIEW || row->part == BAL_WHOLE_COMMENT || row->part == BAL_WHOLE_AUTHOR ||
          (row->part == BAL_WHOLE_LESSON && !run->knows_lessons) || (row->part == BAL_WHOLE_CURSOR && run->lacks_some))
        continue;
      if (!bal_whole_put (run->whole, row->part, entity, id, row->row, &taken, error) ||
          (!taken && !note (run, item, BAL_IMPORT_NOTE_SKIPPED,
                            _("A part of what is known of it is damaged; the next sync asks the blog."), error)))
        return FALSE;
    }
  return TRUE;
}

/* What has no key and no id on the blog is found again by its name in the file. */
static gboolean
keep_name (Run            *run,
           BalImportItem  *item,
           BalEntity       entity,
           gint64          id,
           GError        **error)
{
  return !g_str_has_prefix (item->key, "id:") ||
         bal_import_table_put (run->transaction, bal_blog_get_id (run->blog), entity, item->source, item->key, id, NULL, 0,
                               error);
}

static gboolean
put_parts (Run            *run,
           BalImportItem  *item,
           BalEntity       entity,
           gint64          id,
           GError        **error)
{
  /* Its row says what it was before, as far as that is known. */
  item->extra->previous = -1;
  return bal_import_extra_put_parts (item->extra, run->transaction, entity, id, error) &&
         put_rows (run, item, entity, id, error) && keep_name (run, item, entity, id, error);
}

static gboolean
put_review (Run            *run,
            BalImportItem  *item,
            GError        **error)
{
  BalImportRows *rows = item->extra->rows;
  gint64 id = run->is_preview ? 1 : bal_whole_get_number (run->whole, BAL_WHOLE_KIND_REVIEW, rows->number);
  gboolean taken = id != 0;

  bal_review_set_id (item->review, id);
  if (taken && !run->is_preview)
    {
      if (id != rows->number)
        bal_import_extra_move_pictures (item->extra, item->review, run->pictures);
      if (!bal_whole_put_review (run->whole, item->review, bal_import_rows_get (rows, BAL_WHOLE_REVIEW), &taken, error))
        return FALSE;
    }
  if (!taken)
    return note (run, item, BAL_IMPORT_NOTE_SKIPPED, _("It is in the file twice, or damaged."), error);

  if (run->report->reviews.n_new++ == 0)
    run->report->first_review = run->is_preview ? 0 : id;
  return run->is_preview || put_parts (run, item, BAL_ENTITY_REVIEW, id, error);
}

static gboolean
put_comment (Run            *run,
             BalImportItem  *item,
             GError        **error)
{
  BalImportRows *rows = item->extra->rows;
  gint64 id = run->is_preview ? 1 : bal_whole_get_number (run->whole, BAL_WHOLE_KIND_COMMENT, rows->number);
  gboolean taken = id != 0;

  bal_comment_set_id (item->comment, id);
  if (taken && !run->is_preview &&
      !bal_whole_put_comment (run->whole, item->comment, bal_import_rows_get (rows, BAL_WHOLE_COMMENT), &taken, error))
    return FALSE;
  if (!taken)
    return note (run, item, BAL_IMPORT_NOTE_SKIPPED, _("It is in the file twice, or damaged, or its review is."), error);

  run->report->comments.n_new++;
  return run->is_preview || put_parts (run, item, BAL_ENTITY_COMMENT, id, error);
}

static gboolean
put_gone (Run            *run,
          BalImportItem  *item,
          GError        **error)
{
  BalImportRows *rows = item->extra->rows;
  gint64 id = bal_whole_get_number (run->whole, rows->entity == BAL_ENTITY_REVIEW ? BAL_WHOLE_KIND_REVIEW : BAL_WHOLE_KIND_COMMENT,
                                    rows->number);

  if (id == 0)
    return note (run, item, BAL_IMPORT_NOTE_SKIPPED, _("It is damaged."), error);
  return put_rows (run, item, rows->entity, id, error);
}

/* ---- the rest ---- */

static gboolean
put_picture (Run            *run,
             BalImportItem  *item,
             GError        **error)
{
  BalMedia *picture = item->extra->picture;
  gint64 number = picture->id;

  picture->id = bal_whole_get_number (run->whole, BAL_WHOLE_KIND_MEDIA, number);
  picture->blog_id = bal_blog_get_id (run->blog);
  if (picture->mime_type == NULL)
    picture->mime_type = g_strdup ("application/octet-stream");
  if (picture->id == 0)
    return note (run, item, BAL_IMPORT_NOTE_SKIPPED, _("It is damaged."), error);

  g_hash_table_insert (run->pictures, g_memdup2 (&number, sizeof number), g_memdup2 (&picture->id, sizeof picture->id));
  return bal_media_table_take_in (run->transaction, picture, item->extra->bytes, error);
}

/* All of it counts, or nothing. */
static gboolean
put_memory (Run            *run,
            BalImportItem  *item,
            GError        **error)
{
  BalImportRows *rows = item->extra->rows;

  g_array_append_vals (run->signs, rows->signs->data, rows->signs->len);
  if (!rows->is_last)
    return TRUE;
  if (!bal_spam_memory_put (run->transaction, rows->threshold, &rows->lessons, run->signs, &run->knows_lessons, error))
    return FALSE;
  return run->knows_lessons ||
         bal_import_report_add (run->report, BAL_IMPORT_NOTE_KEPT, bal_blog_get_name (run->blog),
                                _("What the spam help learnt elsewhere stays out, as it has learnt here."), error);
}

static gboolean
put_extra (Run            *run,
           BalImportItem  *item,
           GError        **error)
{
  g_autoptr(GError) local_error = NULL;
  BalTakeInFound found = BAL_TAKE_IN_SAME;

  if (bal_import_extra_find (item->extra, run->transaction, &found, &local_error) && found == BAL_TAKE_IN_NEW)
    {
      run->report->n_extras++;
      if (!run->is_preview)
        bal_import_extra_put (item->extra, run->transaction, bal_blog_get_id (run->blog), run->pictures, &local_error);
    }
  if (local_error == NULL)
    return found != BAL_TAKE_IN_OTHER || note (run, item, BAL_IMPORT_NOTE_KEPT, _("Another one of that name is here."), error);
  if (g_error_matches (local_error, BAL_ERROR, BAL_ERROR_INVALID))
    return note (run, item, BAL_IMPORT_NOTE_SKIPPED, local_error->message, error);

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
put_item (Run            *run,
          BalImportItem  *item,
          GError        **error)
{
  if (run->blog == NULL && item->kind != BAL_IMPORT_ITEM_BLOG && item->kind != BAL_IMPORT_ITEM_SKIPPED)
    return refuse (_("The file is of an earlier version of Balcony. Import it into a blog that is here."), error);

  switch (item->kind)
    {
    case BAL_IMPORT_ITEM_BLOG:
      return put_blog (run, item, error);

    case BAL_IMPORT_ITEM_REVIEW:
      return put_review (run, item, error);

    case BAL_IMPORT_ITEM_COMMENT:
      return put_comment (run, item, error);

    case BAL_IMPORT_ITEM_PICTURE:
      return run->is_preview || put_picture (run, item, error);

    case BAL_IMPORT_ITEM_GONE:
      return run->is_preview || put_gone (run, item, error);

    case BAL_IMPORT_ITEM_PLACE:
      return run->is_preview || put_rows (run, item, BAL_ENTITY_BLOG, bal_blog_get_id (run->blog), error);

    case BAL_IMPORT_ITEM_MEMORY:
      return run->is_preview || put_memory (run, item, error);

    case BAL_IMPORT_ITEM_PERSON:
    case BAL_IMPORT_ITEM_SNIPPET:
    case BAL_IMPORT_ITEM_FILTER:
      return put_extra (run, item, error);

    case BAL_IMPORT_ITEM_SKIPPED:
      return note (run, item, BAL_IMPORT_NOTE_SKIPPED, item->reason, error);

    case BAL_IMPORT_ITEM_REPAIRED:
    default:
      return note (run, item, BAL_IMPORT_NOTE_REPAIRED, item->reason, error);
    }
}

static gboolean
run_work (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  Run *run = data;

  run->transaction = transaction;
  for (;;)
    {
      g_autoptr(GError) local_error = NULL;
      g_autoptr(BalImportItem) item = bal_importer_next (run->importer, run->cancellable, &local_error);

      if (item == NULL && local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (item == NULL)
        return run->blog != NULL ||
               refuse (_("The file does not say which blog it is of. Import it into a blog that is here."), error);
      if (!put_item (run, item, error))
        return FALSE;
      if (run->progress != NULL)
        run->progress (bal_importer_get_fraction (run->importer), run->report->reviews.n_new, run->report->comments.n_new,
                       run->data);
    }
}

BalImportReport *
bal_import_whole_run (BalStore           *store,
                      const char         *path,
                      BalImportFlags      flags,
                      BalProgressFunc     progress,
                      gpointer            data,
                      GCancellable       *cancellable,
                      GError            **error)
{
  BalImportTarget target = { .dialect = BAL_DIALECT_HTML, .categories = TRUE, .is_whole = TRUE };
  g_autoptr(BalImportReport) report = bal_import_report_new ();
  g_autoptr(BalImporter) importer = NULL;
  Run run = { .path = path, .cancellable = cancellable, .progress = progress, .data = data, .report = report,
              .is_preview = (flags & BAL_IMPORT_PREVIEW) != 0 };
  gboolean done;

  g_return_val_if_fail (BAL_IS_STORE (store), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  importer = bal_importer_open (path, BAL_IMPORT_FORMAT_JSON, &target, error);
  if (importer == NULL)
    return NULL;

  run.importer = importer;
  run.pictures = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  run.signs = g_array_new (FALSE, FALSE, sizeof (BalSpamMemorySign));
  report->format = BAL_IMPORT_FORMAT_JSON;
  report->is_preview = run.is_preview;
  done = run.is_preview ? bal_store_read_aside (store, run_work, &run, NULL, error)
                        : bal_store_write (store, run_work, &run, NULL, error);
  g_hash_table_unref (run.pictures);
  g_array_unref (run.signs);
  g_clear_object (&run.blog);
  g_free (run.whole);
  return done ? g_steal_pointer (&report) : NULL;
}
