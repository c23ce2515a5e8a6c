/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import.h"

#include <glib/gi18n.h>
#include <string.h>

#include "bal-desk.h"
#include "bal-error.h"
#include "bal-import-place.h"
#include "bal-time.h"

/* What commits together: about 25 ms of work, which is as long as a person's save waits behind it. */
#define BATCH_ITEMS 2000
/* The first time, so that the store has something to do at once. */
#define FIRST_ITEMS 200
#define BATCH_BYTES (4 * 1024 * 1024)
/* A comment may stand before its parent; a thread that is told from its end needs as many rounds. */
#define MOST_ROUNDS 12

typedef struct
{
  /* borrowed */
  BalStore          *store;
  BalBlog           *blog;
  GCancellable      *cancellable;

  /* owned */
  BalImportReport   *report;
  BalImportPlace    *place;
  GPtrArray         *batch;      /* (element-type BalImportItem): that is being read */
  GPtrArray         *work;       /* and that the store works on */
  GMainContext      *context;    /* where that ends */
  GAsyncResult      *result;     /* (nullable): its end */
  gsize              batch_size;

  BalImportFlags     flags;
  BalProgressFunc    progress;
  gpointer           data;
  double             fraction;
  guint              round;      /* from 0; in the later ones only what waited comes in */
  guint              n_waiting;  /* comments that came before what they hang on */
  guint              n_placed;   /* in this round */
  gboolean           is_working; /* the store has a batch */
  gboolean           has_committed;
  gboolean           told_kept;
} Run;

static gboolean
add_note (Run                *run,
          BalImportItem      *item,
          BalImportNoteKind   kind,
          const char         *reason,
          GError            **error)
{
  g_autofree char *name = bal_import_item_dup_name (item);

  return bal_import_report_add (run->report, kind, name, reason, error);
}

static gboolean
count_there (Run              *run,
             BalImportItem    *item,
             BalImportCount   *count,
             BalImportFound    found,
             GError          **error)
{
  count->n_there++;
  if (item->extra != NULL && item->extra->stays_out)
    return add_note (run, item, BAL_IMPORT_NOTE_KEPT,
                     _("It is here already; its older versions and drafts in the file stay out."), error);
  return found != BAL_IMPORT_FOUND_OTHER ||
         add_note (run, item, BAL_IMPORT_NOTE_KEPT,
                   _("The file has another version of it than when it came in."), error);
}

/* What only some could read where it comes from is here for nobody yet. */
static gboolean
tell_closed (Run            *run,
             BalImportItem  *item,
             GError        **error)
{
  switch (bal_review_get_audience (item->review))
    {
    case BAL_AUDIENCE_EVERYONE:
      return TRUE;

    case BAL_AUDIENCE_PASSWORD:
      return add_note (run, item, BAL_IMPORT_NOTE_REPAIRED,
                       _("Where it comes from, it has a password. Here it has none, and nobody reads it until you publish it."),
                       error);

    case BAL_AUDIENCE_MEMBERS:
    case BAL_AUDIENCE_PAID:
    case BAL_AUDIENCE_TIERS:
    default:
      return add_note (run, item, BAL_IMPORT_NOTE_REPAIRED,
                       _("Where it comes from, only members read it. Here nobody reads it until you publish it."), error);
    }
}

static gboolean
handle_review (Run             *run,
               BalTransaction  *transaction,
               BalImportItem   *item,
               GError         **error)
{
  BalImportFound found;

  if (run->round > 0)
    return TRUE;
  if (!bal_import_place_find_review (run->place, transaction, item, &found, error))
    return FALSE;

  if (found == BAL_IMPORT_FOUND_TWICE)
    return add_note (run, item, BAL_IMPORT_NOTE_SKIPPED, _("It is in the file twice."), error);
  if (found != BAL_IMPORT_FOUND_NOTHING)
    return count_there (run, item, &run->report->reviews, found, error);

  if (!tell_closed (run, item, error) || !bal_import_place_put_review (run->place, transaction, item, error))
    return FALSE;

  if (run->report->reviews.n_new++ == 0)
    run->report->first_review = bal_review_get_id (item->review);
  return TRUE;
}

/* Once: it is the same for all of them. */
static gboolean
tell_kept (Run             *run,
           BalImportItem   *item,
           GError         **error)
{
  if (run->told_kept || !bal_import_place_keeps_comment (run->place, item))
    return TRUE;

  run->told_kept = TRUE;
  return bal_import_report_add (run->report, BAL_IMPORT_NOTE_REPAIRED, bal_blog_get_name (run->blog),
                                _("The blog takes no comments in other people’s names: they come in here, and are not sent."),
                                error);
}

/* In the last round, a comment whose parent never came goes to the top of the thread. */
static gboolean
handle_comment (Run             *run,
                BalTransaction  *transaction,
                BalImportItem   *item,
                gboolean         last,
                GError         **error)
{
  BalImportFound found;

  if (!bal_import_place_find_comment (run->place, transaction, item, run->round, last, &found, error))
    return FALSE;

  switch (found)
    {
    case BAL_IMPORT_FOUND_PLACED:
      return TRUE;

    case BAL_IMPORT_FOUND_WAITS:
      run->n_waiting++;
      return TRUE;

    case BAL_IMPORT_FOUND_TWICE:
      return add_note (run, item, BAL_IMPORT_NOTE_SKIPPED, _("It is in the file twice."), error);

    case BAL_IMPORT_FOUND_ORPHAN:
      return add_note (run, item, BAL_IMPORT_NOTE_SKIPPED,
                       _("The review that it was written on is not in the file."), error);

    case BAL_IMPORT_FOUND_ONLINE:
      return add_note (run, item, BAL_IMPORT_NOTE_SKIPPED,
                       _("Its review is on the blog, which tells itself what comments it has."), error);

    case BAL_IMPORT_FOUND_SAME:
    case BAL_IMPORT_FOUND_OTHER:
      run->n_placed++;
      return count_there (run, item, &run->report->comments, found, error);

    case BAL_IMPORT_FOUND_NO_PARENT:
      if (!add_note (run, item, BAL_IMPORT_NOTE_REPAIRED,
                     _("What it replies to is not in the file; it is at the top of the thread now."), error))
        return FALSE;
      G_GNUC_FALLTHROUGH;

    case BAL_IMPORT_FOUND_NOTHING:
    default:
      run->n_placed++;
      run->report->comments.n_new++;
      return tell_kept (run, item, error) && bal_import_place_put_comment (run->place, transaction, item, error);
    }
}

/* What is no review and no comment. Where it may not be here, the rest comes in all the same. */
static gboolean
handle_extra (Run             *run,
              BalTransaction  *transaction,
              BalImportItem   *item,
              GError         **error)
{
  g_autoptr(GError) local_error = NULL;
  BalTakeInFound found;

  if (run->round > 0)
    return TRUE;
  if (bal_import_place_put_extra (run->place, transaction, item, &found, &local_error))
    run->report->n_extras += found == BAL_TAKE_IN_NEW && item->kind != BAL_IMPORT_ITEM_PICTURE;
  if (local_error == NULL)
    return found != BAL_TAKE_IN_OTHER || add_note (run, item, BAL_IMPORT_NOTE_KEPT, _("Another one of that name is here."), error);
  if (g_error_matches (local_error, BAL_ERROR, BAL_ERROR_INVALID))
    return add_note (run, item, BAL_IMPORT_NOTE_SKIPPED, local_error->message, error);

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
handle_note (Run            *run,
             BalImportItem  *item,
             GError        **error)
{
  return run->round > 0 ||
         add_note (run, item, item->kind == BAL_IMPORT_ITEM_SKIPPED ? BAL_IMPORT_NOTE_SKIPPED
                                                                    : BAL_IMPORT_NOTE_REPAIRED, item->reason, error);
}

static gboolean
handle_item (Run             *run,
             BalTransaction  *transaction,
             BalImportItem   *item,
             GError         **error)
{
  if (item->kind == BAL_IMPORT_ITEM_REVIEW)
    return handle_review (run, transaction, item, error);
  if (item->kind == BAL_IMPORT_ITEM_COMMENT)
    return handle_comment (run, transaction, item, run->round == MOST_ROUNDS, error);
  return item->extra != NULL ? handle_extra (run, transaction, item, error) : handle_note (run, item, error);
}

static gboolean
batch_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Run *run = data;
  gboolean done = TRUE;

  bal_import_place_begin (run->place, transaction);
  for (guint i = 0; done && i < run->work->len; i++)
    done = handle_item (run, transaction, g_ptr_array_index (run->work, i), error);
  return bal_import_place_end (run->place, done, error);
}

static void
worked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Run *run = user_data;

  run->result = g_object_ref (result);
}

/* Until the batch that the store works on is done. */
static gboolean
await_batch (Run     *run,
             GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  gboolean done;

  if (!run->is_working)
    return TRUE;

  while (run->result == NULL)
    g_main_context_iteration (run->context, TRUE);
  result = g_steal_pointer (&run->result);
  run->is_working = FALSE;
  done = run->flags & BAL_IMPORT_PREVIEW ? bal_store_read_finish (run->store, result, error)
                                         : bal_store_write_finish (run->store, result, error);
  run->has_committed |= done && !(run->flags & BAL_IMPORT_PREVIEW);
  g_ptr_array_set_size (run->work, 0);
  if (done && run->progress != NULL)
    run->progress (run->fraction, run->report->reviews.n_new, run->report->comments.n_new, run->data);
  return done;
}

/* Hands the batch to the store, which works on it while the next one is read. */
static gboolean
end_batch (Run     *run,
           GError **error)
{
  GPtrArray *batch = run->batch;

  if (!await_batch (run, error))
    return FALSE;
  if (batch->len == 0)
    return TRUE;

  run->batch = run->work;
  run->work = batch;
  run->batch_size = 0;
  run->is_working = TRUE;
  if (run->flags & BAL_IMPORT_PREVIEW)
    bal_store_read_async (run->store, batch_work, run, NULL, NULL, worked_cb, run);
  else
    bal_store_write_async (run->store, batch_work, run, NULL, NULL, worked_cb, run);
  return TRUE;
}

static gboolean
is_full (Run *run)
{
  return run->batch->len >= (run->is_working ? BATCH_ITEMS : FIRST_ITEMS) || run->batch_size >= BATCH_BYTES;
}

/* All of the file once. */
static gboolean
read_round (Run              *run,
            BalImporter      *importer,
            GError          **error)
{
  for (;;)
    {
      g_autoptr(GError) local_error = NULL;
      BalImportItem *item = bal_importer_next (importer, run->cancellable, &local_error);

      if (item == NULL)
        {
          if (!end_batch (run, error) || !await_batch (run, error))
            return FALSE;
          if (local_error == NULL)
            return TRUE;
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }

      /* Here, as it is the store that all wait for. */
      bal_import_item_get_hash (item);
      g_ptr_array_add (run->batch, item);
      run->batch_size += bal_import_item_get_size (item);
      run->fraction = bal_importer_get_fraction (importer);
      if (is_full (run) && !end_batch (run, error))
        return FALSE;
    }
}

static gboolean
read_rounds (Run                    *run,
             const char             *path,
             BalImportFormat         format,
             const BalImportTarget  *target,
             GError                **error)
{
  do
    {
      g_autoptr(BalImporter) importer = bal_importer_open (path, format, target, error);

      if (importer == NULL)
        return FALSE;

      run->report->format = format = bal_importer_get_format (importer);
      run->n_waiting = 0;
      run->n_placed = 0;
      if (!read_round (run, importer, error))
        return FALSE;

      /* When nothing was found its place, nothing will be. */
      run->round = run->n_waiting == 0 ? MOST_ROUNDS + 1
                   : run->n_placed == 0 || run->round + 1 > MOST_ROUNDS ? MOST_ROUNDS : run->round + 1;
    }
  while (run->n_waiting > 0);

  return TRUE;
}

static gboolean
read_all (Run                    *run,
          const char             *path,
          BalImportFormat         format,
          const BalImportTarget  *target,
          GError                **error)
{
  gboolean done;

  run->batch = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_import_item_free);
  run->work = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_import_item_free);
  run->context = g_main_context_new ();
  g_main_context_push_thread_default (run->context);
  done = read_rounds (run, path, format, target, error);
  g_main_context_pop_thread_default (run->context);
  g_main_context_unref (run->context);
  g_ptr_array_unref (run->work);
  g_ptr_array_unref (run->batch);
  return done;
}

BalImportReport *
bal_import_run (BalStore           *store,
                BalBlog            *blog,
                const char         *path,
                BalImportFormat     format,
                BalImportFlags      flags,
                BalProgressFunc     progress,
                gpointer            data,
                GCancellable       *cancellable,
                GError            **error)
{
  g_autoptr(BalImportReport) report = bal_import_report_new ();
  g_autofree char *name = g_filename_display_basename (path);
  g_autoptr(BalImportPlace) place = bal_import_place_new (blog, name, flags);
  g_autoptr(GError) local_error = NULL;
  Run run = { .store = store, .blog = blog, .cancellable = cancellable, .report = report, .place = place,
              .flags = flags, .progress = progress, .data = data };
  BalImportTarget target = {
    .format = bal_blog_get_format (blog),
    .dialect = BAL_DIALECT_HTML,
    .author = (char *) bal_blog_get_author (blog),
    .pictures_of = bal_blog_get_capabilities (blog) & BAL_CAPABILITY_FEATURED_IMAGE ? (char *) bal_blog_get_url (blog) : NULL,
    .site = (char *) (bal_blog_get_url (blog) != NULL ? bal_blog_get_url (blog) : bal_blog_get_name (blog)),
    .categories = (bal_blog_get_capabilities (blog) & BAL_CAPABILITY_CATEGORIES) != 0,
  };

  gboolean done;

  g_return_val_if_fail (BAL_IS_STORE (store), NULL);
  g_return_val_if_fail (BAL_IS_BLOG (blog), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  if (bal_blog_get_dialect (blog) != NULL)
    bal_dialect_from_nick (bal_blog_get_dialect (blog), &target.dialect);
  report->is_preview = (flags & BAL_IMPORT_PREVIEW) != 0;
  done = read_all (&run, path, format, &target, &local_error);
  report->run_id = bal_import_place_get_run (place);
  if (done)
    return g_steal_pointer (&report);

  if (!report->is_preview && g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      report->was_stopped = TRUE;
      return g_steal_pointer (&report);
    }
  if (run.has_committed)
    g_set_error (error, local_error->domain, local_error->code, "%s %s", local_error->message,
                 _("What came in before that stays; importing again goes on from there."));
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}
