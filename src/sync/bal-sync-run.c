/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sync-run.h"

#include <glib/gi18n.h>

#include "bal-conflict-table.h"
#include "bal-error.h"
#include "bal-outbox.h"
#include "bal-time.h"

void
bal_sync_run_came (BalSyncRun *self,
                   guint       n,
                   guint       worth_ms)
{
  bal_http_client_reward (self->http, (gint64) n * worth_ms);
}

void
bal_sync_run_say (BalSyncRun *self,
                  double      fraction,
                  const char *format,
                  ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  self->report (self->report_data, message, fraction);
}

/* ---- the blog's row ---- */

typedef struct
{
  BalBlog  *blog;
  gboolean  is_whole;            /* all that signing in tells; else only whether we are signed in */
} BlogState;

static gboolean
is_known (BalBlog   *known,
          BalBlog   *told)
{
  return bal_blog_get_capabilities (known) == bal_blog_get_capabilities (told) &&
         bal_blog_get_last_sync (known) == bal_blog_get_last_sync (told) &&
         g_strcmp0 (bal_blog_get_user_id (known), bal_blog_get_user_id (told)) == 0 &&
         g_strcmp0 (bal_blog_get_author (known), bal_blog_get_author (told)) == 0 &&
         g_strcmp0 (bal_blog_get_dialect (known), bal_blog_get_dialect (told)) == 0;
}

/* The person may rename the blog or edit its format meanwhile: only what the server told is written, and nothing where
 * it told nothing new. */
static gboolean
store_blog (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  BlogState *self = data;
  g_autoptr(BalBlog) blog = bal_blog_table_get (transaction, bal_blog_get_id (self->blog), error);

  if (blog == NULL)
    return FALSE;
  if (bal_blog_get_signed_in (blog) == bal_blog_get_signed_in (self->blog) &&
      (!self->is_whole || is_known (blog, self->blog)))
    return TRUE;

  bal_blog_set_signed_in (blog, bal_blog_get_signed_in (self->blog));
  if (self->is_whole)
    {
      bal_blog_set_user_id (blog, bal_blog_get_user_id (self->blog));
      bal_blog_set_author (blog, bal_blog_get_author (self->blog));
      bal_blog_set_dialect (blog, bal_blog_get_dialect (self->blog));
      bal_blog_set_capabilities (blog, bal_blog_get_capabilities (self->blog));
      bal_blog_set_last_sync (blog, bal_blog_get_last_sync (self->blog));
    }
  return bal_blog_table_update (transaction, blog, error);
}

static gboolean
recover (BalTransaction  *transaction,
         gpointer         data,
         GError         **error)
{
  return bal_outbox_recover (transaction, bal_blog_get_id (data), error);
}

/* ---- before and after ---- */

static gboolean
sign_in (BalSyncRun  *self,
         GError     **error)
{
  BlogState state = { self->blog, TRUE };

  bal_sync_run_say (self, -1, _("Signing in to “%s”…"), bal_blog_get_name (self->blog));
  if (!bal_provider_sign_in (self->provider, self->blog, self->cancellable, error))
    return FALSE;

  bal_blog_set_signed_in (self->blog, TRUE);
  return bal_store_write (self->store, store_blog, &state, NULL, error);
}

static gboolean
count_what_waits (BalTransaction  *transaction,
                  gpointer         data,
                  GError         **error)
{
  BalSyncRun *self = data;
  gint64 blog_id = bal_blog_get_id (self->blog);
  g_autoptr(GPtrArray) items = bal_outbox_list (transaction, blog_id, error);
  g_autoptr(GPtrArray) conflicts = items != NULL ? bal_conflict_table_list (transaction, blog_id, error) : NULL;
  guint n_parked = 0;
  guint n_waiting = 0;

  if (conflicts == NULL)
    return FALSE;

  for (guint i = 0; i < items->len; i++)
    {
      BalOutboxItem *item = g_ptr_array_index (items, i);
      gboolean in_conflict = FALSE;

      for (guint j = 0; j < conflicts->len && !in_conflict; j++)
        {
          BalConflict *conflict = g_ptr_array_index (conflicts, j);

          in_conflict = conflict->entity == item->entity && conflict->entity_id == item->entity_id;
        }
      if (in_conflict)
        continue;
      n_parked += item->state == BAL_OUTBOX_PARKED;
      n_waiting += item->state != BAL_OUTBOX_PARKED;
    }

  self->result->n_conflicts += conflicts->len;
  self->result->n_parked += n_parked;
  self->result->n_waiting += n_waiting;
  return TRUE;
}

/* Whether the rest of the sync is of no use after that. A server that wants a pause, or let us wait in vain, gets one. */
static gboolean
is_final (const GError *error)
{
  return error->domain != BAL_ERROR || bal_error_get_retry_after (error) > 0 ||
         !(error->code == BAL_ERROR_TEMPORARY || error->code == BAL_ERROR_PROTOCOL ||
           error->code == BAL_ERROR_REFUSED || error->code == BAL_ERROR_UNSUPPORTED ||
           error->code == BAL_ERROR_NOT_FOUND);
}

static gboolean
read_what_can_go (BalTransaction  *transaction,
                  gpointer         data,
                  GError         **error)
{
  BalSyncRun *self = data;
  g_autoptr(GPtrArray) items = bal_outbox_list (transaction, bal_blog_get_id (self->blog), error);

  if (items == NULL)
    return FALSE;

  self->has_changes = FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      BalOutboxItem *item = g_ptr_array_index (items, i);

      self->has_changes |= item->state != BAL_OUTBOX_PARKED && item->not_before <= bal_time_now ();
    }
  return TRUE;
}

/* Before the push, what waits here keeps some patience for itself: else a server that answers slowly, and always as slowly,
 * would never get it. */
static gboolean
do_part (BalSyncRun  *self,
         gboolean   (*part) (BalSyncRun *, GError **),
         GError     **error)
{
  bal_http_client_keep_for_a_write (self->http, part != bal_sync_run_push && self->has_changes &&
                                                (self->flags & BAL_SYNC_PULL_ONLY) == 0);
  return part (self, error);
}

static gboolean
is_impatience (BalSyncRun   *self,
               const GError *error)
{
  return bal_http_client_ran_out (self->http) && g_error_matches (error, BAL_ERROR, BAL_ERROR_TEMPORARY);
}

static gboolean
is_pull (gboolean (*part) (BalSyncRun *, GError **))
{
  return part == bal_sync_run_pull || part == bal_sync_run_sweep || part == bal_sync_run_pull_rest;
}

static gboolean
note_end_of_pull (BalSyncRun  *self,
                  GError     **error)
{
  return bal_sync_run_note_stage (self, FALSE, error);
}

/* A failed pull does not keep what was written here from being sent: each change is held against the blog's present
 * state anyway. */
static gboolean
exchange (BalSyncRun  *self,
          GError     **error)
{
  gboolean (*const parts[]) (BalSyncRun *, GError **) = {
    bal_sync_run_plan_inventory, bal_sync_run_find_stage, bal_sync_run_adopt, bal_sync_run_pull, bal_sync_run_sweep,
    bal_sync_run_pull_rest, note_end_of_pull, bal_sync_run_remove_doubled, bal_sync_run_push, bal_sync_run_tell_left_out,
  };

  gboolean is_half = FALSE;
  gboolean is_late = FALSE;

  if (!bal_store_read (self->store, read_what_can_go, self, self->cancellable, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr(GError) failed = NULL;

      if ((parts[i] == bal_sync_run_push || parts[i] == bal_sync_run_remove_doubled) &&
          (self->flags & BAL_SYNC_PULL_ONLY) != 0)
        continue;
      if (parts[i] == bal_sync_run_sweep && is_half)
        continue;    /* half of a pull would look like thousands of differences */
      if ((parts[i] == bal_sync_run_pull_rest || parts[i] == note_end_of_pull) && is_half)
        continue;    /* the next sync begins there */
      if (parts[i] == bal_sync_run_remove_doubled && is_half)
        continue;    /* it may have comments that have not come yet */
      if (parts[i] == bal_sync_run_pull && is_late)
        continue;    /* what was perhaps created has not been looked for */
      if (do_part (self, parts[i], &failed))
        continue;
      /* Where only our patience is at an end, what was kept of it is for the changes made here. */
      is_late = self->has_changes && parts[i] != bal_sync_run_push && is_impatience (self, failed);
      if (is_pull (parts[i]) && is_impatience (self, failed) && !bal_sync_run_note_stage (self, TRUE, error))
        return FALSE;
      if (is_final (failed) && !is_late)
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
      bal_sync_result_fail (self->result, g_steal_pointer (&failed));
      is_half = TRUE;
    }
  return TRUE;
}

static gboolean
run_signed_in (BalSyncRun  *self,
               GError     **error)
{
  BlogState state = { self->blog, TRUE };
  gboolean was_well = self->result->error == NULL;

  if (!bal_store_write (self->store, recover, self->blog, self->cancellable, error) ||
      !sign_in (self, error) ||
      !exchange (self, error))
    return FALSE;

  if (was_well && self->result->error == NULL)
    {
      bal_blog_set_last_sync (self->blog, bal_time_now ());
      return bal_store_write (self->store, store_blog, &state, NULL, error);
    }
  return TRUE;
}

/**
 * bal_sync_run_blog:
 * @self: a run with its blog as stored and what it borrows; the provider is opened here
 * @type: the blog's kind
 * @password: (nullable): its secret
 * @http: the engine's client
 *
 * Syncs one blog; how it went is noted in the result. Being signed out is no error there: it is something that
 * waits for the person.
 *
 * Returns: %FALSE when the server refused the password
 */
gboolean
bal_sync_run_blog (BalSyncRun            *self,
                   const BalProviderType *type,
                   const char            *password,
                   BalHttpClient         *http)
{
  g_autoptr(GError) error = NULL;
  gboolean is_refused = FALSE;

  self->large_reviews = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->missing_reviews = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->http = http;
  bal_http_client_set_patience (http, BAL_SYNC_PATIENCE_S);
  self->provider = type->open (self->blog, password, http, &error);
  if (self->provider == NULL || !run_signed_in (self, &error))
    {
      is_refused = g_error_matches (error, BAL_ERROR, BAL_ERROR_AUTH);
      if (is_refused)
        bal_sync_run_sign_out (self);
      else
        bal_sync_result_fail (self->result, g_steal_pointer (&error));
      g_clear_error (&error);
    }

  if (!bal_store_read (self->store, count_what_waits, self, NULL, &error))
    bal_sync_result_fail (self->result, g_steal_pointer (&error));
  return !is_refused;
}

/* Until the person signs in again. */
void
bal_sync_run_sign_out (BalSyncRun *self)
{
  BlogState state = { self->blog, FALSE };
  g_autoptr(GError) error = NULL;

  self->result->n_signed_out++;
  if (self->result->signed_out_name == NULL)
    self->result->signed_out_name = g_strdup (bal_blog_get_name (self->blog));
  bal_blog_set_signed_in (self->blog, FALSE);
  if (!bal_store_write (self->store, store_blog, &state, NULL, &error))
    bal_sync_result_fail (self->result, g_steal_pointer (&error));
}

void
bal_sync_run_clear (BalSyncRun *self)
{
  g_clear_object (&self->provider);
  g_clear_object (&self->host);
  g_clear_object (&self->host_blog);
  g_clear_error (&self->host_error);
  g_clear_object (&self->blog);
  g_clear_pointer (&self->missing_reviews, g_hash_table_unref);
  g_clear_pointer (&self->large_reviews, g_hash_table_unref);
  g_clear_pointer (&self->listed_reviews, g_hash_table_unref);
  g_clear_pointer (&self->listed_comments, g_hash_table_unref);
}
