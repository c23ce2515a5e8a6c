/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-reply-drafts.h"

#include "bal-comment-html.h"
#include "bal-tables.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdlib.h>

struct _BalReplyDrafts
{
  GObject     parent_instance;

  BalStore   *store;
  GHashTable *drafts;        /* key -> BalReplyDraft */
  guint       n_writes;      /* on their way */
  guint       n_sets;        /* ever */
  gboolean    reading;
  gboolean    stale;         /* the store has news */
  gboolean    loaded;
};

enum { CHANGED, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalReplyDrafts, bal_reply_drafts, G_TYPE_OBJECT)

/* Ids are positive. */
static gint64
make_key (gint64   comment_id,
          gboolean edit)
{
  return edit ? -comment_id : comment_id;
}

static GHashTable *
make_table (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) bal_reply_draft_free);
}

static const char *
look_up (GHashTable *drafts,
         gint64      key)
{
  BalReplyDraft *draft = g_hash_table_lookup (drafts, &key);

  return draft != NULL ? draft->html : NULL;
}

static void
keep (GHashTable *drafts,
      gint64      comment_id,
      gboolean    edit,
      const char *html,
      const char *base)
{
  BalReplyDraft *draft = g_new0 (BalReplyDraft, 1);
  gint64 key = make_key (comment_id, edit);

  draft->comment_id = comment_id;
  draft->edit = edit;
  draft->html = g_strdup (html);
  draft->base = g_strdup (base);
  g_hash_table_insert (drafts, g_memdup2 (&key, sizeof key), draft);
}

/* ---- reading ---- */

typedef struct
{
  GPtrArray *drafts;      /* BalReplyDraft */
  guint      n_sets;
} ReadJob;

static void
read_job_free (gpointer data)
{
  ReadJob *job = data;

  g_clear_pointer (&job->drafts, g_ptr_array_unref);
  g_free (job);
}

static gboolean
read_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  ReadJob *job = data;

  return (job->drafts = bal_reply_draft_table_list (transaction, error)) != NULL;
}

/* Tells of every comment whose draft in @before is another one, or none, in @after. */
static void
tell_differences (BalReplyDrafts *self,
                  GHashTable     *before,
                  GHashTable     *after)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (g_strcmp0 (look_up (before, *(gint64 *) key), look_up (after, *(gint64 *) key)) != 0)
      g_signal_emit (self, signals[CHANGED], 0, (gint64) ABS (*(gint64 *) key));

  g_hash_table_iter_init (&iter, after);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_hash_table_contains (before, key))
      g_signal_emit (self, signals[CHANGED], 0, (gint64) ABS (*(gint64 *) key));
}

static void
take_drafts (BalReplyDrafts *self,
             GPtrArray      *drafts)
{
  g_autoptr(GHashTable) before = g_steal_pointer (&self->drafts);
  g_autoptr(GHashTable) after = make_table ();

  for (guint i = 0; i < drafts->len; i++)
    {
      BalReplyDraft *draft = g_ptr_array_index (drafts, i);

      keep (after, draft->comment_id, draft->edit, draft->html, draft->base);
    }

  self->drafts = g_hash_table_ref (after);
  if (self->loaded)
    {
      tell_differences (self, before, after);
      return;
    }
  self->loaded = TRUE;
  g_signal_emit (self, signals[CHANGED], 0, (gint64) 0);
}

static void read_drafts (BalReplyDrafts *self);

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(BalReplyDrafts) self = user_data;
  g_autoptr(GError) error = NULL;
  ReadJob *job = bal_store_get_work_data (result);

  self->reading = FALSE;
  if (!bal_store_read_finish (BAL_STORE (source), result, &error))
    {
      g_signal_emit (self, signals[FAILED], 0, error);
      return;
    }

  /* What was written here meanwhile is newer. */
  if (self->n_writes > 0 || job->n_sets != self->n_sets)
    self->stale = TRUE;
  else
    take_drafts (self, job->drafts);
  if (self->stale && self->n_writes == 0)
    read_drafts (self);
}

static void
read_drafts (BalReplyDrafts *self)
{
  ReadJob *job;

  self->stale = self->reading || self->n_writes > 0;
  if (self->stale)
    return;

  self->reading = TRUE;
  job = g_new0 (ReadJob, 1);
  job->n_sets = self->n_sets;
  bal_store_read_async (self->store, read_work, job, read_job_free, NULL, read_cb, g_object_ref (self));
}

static void
store_changed_cb (BalReplyDrafts *self,
                  BalChangeSet   *changes)
{
  if (bal_change_set_is_everything (changes) || bal_change_set_touches (changes, BAL_ENTITY_REPLY_DRAFT) ||
      bal_change_set_touches (changes, BAL_ENTITY_BLOG))
    read_drafts (self);
}

/* ---- writing ---- */

typedef struct
{
  gint64   comment_id;
  gboolean edit;
  char    *html;         /* (nullable) */
  char    *base;         /* (nullable) */
} WriteJob;

static void
write_job_free (gpointer data)
{
  WriteJob *job = data;

  g_free (job->html);
  g_free (job->base);
  g_free (job);
}

static gboolean
write_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  WriteJob *job = data;

  return bal_reply_draft_table_put (transaction, job->comment_id, job->edit, job->html, job->base, error);
}

static void
write_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(BalReplyDrafts) self = user_data;
  g_autoptr(GError) error = NULL;

  self->n_writes--;
  if (!bal_store_write_finish (BAL_STORE (source), result, &error))
    g_signal_emit (self, signals[FAILED], 0, error);
  if (self->stale)
    read_drafts (self);
}

/* ---- the file of earlier versions ---- */

static gboolean
import_group (BalTransaction  *transaction,
              GKeyFile        *file,
              const char      *group,
              gboolean         edit,
              GError         **error)
{
  g_auto(GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      g_autofree char *text = g_key_file_get_string (file, group, keys[i], NULL);
      g_autofree char *html = bal_comment_html_from_text (text, BAL_DIALECT_HTML);

      if (text != NULL && !bal_reply_draft_table_put (transaction, strtoll (keys[i], NULL, 10), edit, html, NULL, error))
        return FALSE;
    }
  return TRUE;
}

/* Once: what it holds is in the store before it goes. */
static gboolean
import_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();

  return g_key_file_load_from_file (file, data, G_KEY_FILE_NONE, error) &&
         import_group (transaction, file, "replies", FALSE, error) &&
         import_group (transaction, file, "edits", TRUE, error);
}

static void
import_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(BalReplyDrafts) self = user_data;
  g_autoptr(GError) error = NULL;

  self->n_writes--;
  if (!bal_store_write_finish (BAL_STORE (source), result, &error))
    g_warning ("Unsent replies stay in their file: %s", error->message);
  else if (g_unlink (bal_store_get_work_data (result)) != 0)
    g_warning ("The file of unsent replies can’t be removed: %s", g_strerror (errno));
  read_drafts (self);
}

static void
import_file (BalReplyDrafts *self)
{
  char *path = g_build_filename (bal_store_get_data_dir (self->store), "reply-drafts.ini", NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_free (path);
      read_drafts (self);
      return;
    }
  self->n_writes++;
  bal_store_write_async (self->store, import_work, path, g_free, NULL, import_cb, g_object_ref (self));
}

/* ---- the object ---- */

static void
bal_reply_drafts_finalize (GObject *object)
{
  BalReplyDrafts *self = BAL_REPLY_DRAFTS (object);

  g_hash_table_unref (self->drafts);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (bal_reply_drafts_parent_class)->finalize (object);
}

static void
bal_reply_drafts_class_init (BalReplyDraftsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bal_reply_drafts_finalize;

  signals[CHANGED] = g_signal_new ("changed", BAL_TYPE_REPLY_DRAFTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[FAILED] = g_signal_new ("failed", BAL_TYPE_REPLY_DRAFTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
bal_reply_drafts_init (BalReplyDrafts *self)
{
  self->drafts = make_table ();
}

static void
forget_drafts_cb (gpointer  data,
                  GObject  *drafts)
{
  g_object_set_data (G_OBJECT (data), "bal-reply-drafts", NULL);
}

BalReplyDrafts *
bal_reply_drafts_ref_for (BalStore *store)
{
  BalReplyDrafts *self;

  g_return_val_if_fail (BAL_IS_STORE (store), NULL);

  self = g_object_get_data (G_OBJECT (store), "bal-reply-drafts");
  if (self != NULL)
    return g_object_ref (self);

  self = g_object_new (BAL_TYPE_REPLY_DRAFTS, NULL);
  self->store = g_object_ref (store);
  g_object_set_data (G_OBJECT (store), "bal-reply-drafts", self);
  g_object_weak_ref (G_OBJECT (self), forget_drafts_cb, store);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  import_file (self);

  return self;
}

BalStore *
bal_reply_drafts_get_store (BalReplyDrafts *self)
{
  g_return_val_if_fail (BAL_IS_REPLY_DRAFTS (self), NULL);

  return self->store;
}

const char *
bal_reply_drafts_get (BalReplyDrafts *self,
                      gint64          comment_id,
                      gboolean        edit)
{
  g_return_val_if_fail (BAL_IS_REPLY_DRAFTS (self), NULL);

  return look_up (self->drafts, make_key (comment_id, edit));
}

const char *
bal_reply_drafts_get_base (BalReplyDrafts *self,
                           gint64          comment_id)
{
  gint64 key = make_key (comment_id, TRUE);
  BalReplyDraft *draft;

  g_return_val_if_fail (BAL_IS_REPLY_DRAFTS (self), NULL);

  draft = g_hash_table_lookup (self->drafts, &key);
  return draft != NULL ? draft->base : NULL;
}

void
bal_reply_drafts_set (BalReplyDrafts *self,
                      gint64          comment_id,
                      gboolean        edit,
                      const char     *html,
                      const char     *base)
{
  gint64 key = make_key (comment_id, edit);
  WriteJob *job;

  g_return_if_fail (BAL_IS_REPLY_DRAFTS (self));

  if (g_strcmp0 (html, look_up (self->drafts, key)) == 0)
    return;

  job = g_new0 (WriteJob, 1);
  job->comment_id = comment_id;
  job->edit = edit;
  job->html = g_strdup (html);
  job->base = g_strdup (base);
  self->n_sets++;
  self->n_writes++;
  if (html != NULL)
    keep (self->drafts, comment_id, edit, job->html, job->base);
  else
    g_hash_table_remove (self->drafts, &key);
  bal_store_write_async (self->store, write_work, job, write_job_free, NULL, write_cb, g_object_ref (self));
  g_signal_emit (self, signals[CHANGED], 0, comment_id);
}
