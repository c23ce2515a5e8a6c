/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

static guint
find_number (Sim        *self,
             SyncClient *client)
{
  return self->clients[0] == client ? 0 : 1;
}

static BalReview *
choose_review (Sim        *self,
               SyncClient *client)
{
  g_autoptr(GPtrArray) reviews = sync_client_list_reviews (client);

  return reviews->len > 0 ? g_object_ref (g_ptr_array_index (reviews, sim_pick (self, reviews->len))) : NULL;
}

static void
write_new (Sim        *self,
           SyncClient *client)
{
  g_autofree char *first = sim_make_text (self);
  g_autofree char *second = sim_make_text (self);
  g_autofree char *html = g_strdup_printf ("<p>%s</p><p>%s</p>", first, second);
  g_autofree char *title = sim_make_title (self, "Desk");

  sync_client_add_review (client, title, html,
                          sim_chance (self, 0.5) ? BAL_REVIEW_STATUS_DRAFT : BAL_REVIEW_STATUS_PUBLISHED);
  sim_note_saved (self, html, find_number (self, client));
  sim_note_saved (self, title, find_number (self, client));
}

/* Sometimes with a picture that is only here. */
static void
write_text (Sim        *self,
            SyncClient *client,
            BalReview  *review)
{
  g_autofree char *html = sim_edit_html (self, bal_review_get_html (review));

  if (sim_pick (self, 5) == 0)
    {
      gint64 id = sync_client_choose_picture (client, sim_chance (self, 0.5) ? "one.png" : "two.png", "");
      g_autofree char *text = g_steal_pointer (&html);

      html = g_strdup_printf ("%s<p><img src=\"media:%" G_GINT64_FORMAT "\"></p>", text, id);
    }
  sync_client_edit_review (client, bal_review_get_id (review), NULL, html);
  sim_note_saved (self, html, find_number (self, client));
}

static void
write_fields (Sim        *self,
              SyncClient *client,
              BalReview  *review)
{
  static const BalReviewStatus statuses[] = {
    BAL_REVIEW_STATUS_DRAFT, BAL_REVIEW_STATUS_PUBLISHED, BAL_REVIEW_STATUS_PUBLISHED, BAL_REVIEW_STATUS_PRIVATE,
    BAL_REVIEW_STATUS_TRASH,
  };
  g_autofree char *title = sim_make_title (self, "Desk");
  gint64 id = bal_review_get_id (review);

  switch (sim_pick (self, 3))
    {
    case 0:
      sync_client_edit_review (client, id, title, NULL);
      sim_note_saved (self, title, find_number (self, client));
      break;
    case 1:
      sync_client_set_labels (client, id,
                              (const char *[]) { sim_chance (self, 0.5) ? "desk" : "horror", "2018", NULL });
      break;
    default:
      if (bal_review_get_status (review) == BAL_REVIEW_STATUS_TRASH)
        sync_client_restore_review (client, id);
      else
        sync_client_set_review_status (client, id, statuses[sim_pick (self, G_N_ELEMENTS (statuses))]);
      break;
    }
}

void
sim_desk_write (Sim        *self,
                SyncClient *client)
{
  g_autoptr(BalReview) review = choose_review (self, client);

  if (review != NULL && sim_pick (self, 5) > 0)
    fake_server_note_kept (self->server, bal_review_get_remote_id (review));
  else
    g_clear_object (&review);

  if (review == NULL)
    write_new (self, client);
  else if (sim_chance (self, 0.55))
    write_text (self, client, review);
  else
    write_fields (self, client, review);
}

static void
edit_comment (Sim        *self,
              SyncClient *client,
              BalComment *comment,
              const char *text)
{
  g_debug ("%u edits %s, %s there", find_number (self, client), bal_comment_get_html (comment),
           bal_comment_get_remote_id (comment) != NULL ? "which is" : "not known to be");
  sim_note_reply (self, bal_comment_get_html (comment), text);
  sync_client_edit_comment (client, bal_comment_get_id (comment), text);
  sim_note_saved (self, text, find_number (self, client));
}

/* Of which no answer was heard, or which nobody has sent yet. */
static BalComment *
find_unsent (GPtrArray *thread)
{
  for (guint i = 0; i < thread->len; i++)
    if (bal_comment_get_remote_id (g_ptr_array_index (thread, i)) == NULL)
      return g_ptr_array_index (thread, i);

  return NULL;
}

void
sim_desk_comment (Sim        *self,
                  SyncClient *client)
{
  g_autoptr(BalReview) review = choose_review (self, client);
  g_autoptr(GPtrArray) thread = NULL;
  g_autofree char *text = NULL;
  BalComment *comment;
  guint status;
  gint64 id;

  if (review == NULL)
    return;
  thread = sync_client_list_thread (client, bal_review_get_id (review));
  if (thread->len == 0)
    return;

  comment = g_ptr_array_index (thread, sim_pick (self, thread->len));
  id = bal_comment_get_id (comment);
  text = sim_make_text (self);
  /* What is known by its text alone is what must not be doubled when somebody writes on in it. */
  if (self->is_like_ghost && find_unsent (thread) != NULL && sim_chance (self, 0.5))
    {
      edit_comment (self, client, find_unsent (thread), text);
      return;
    }
  switch (sim_pick (self, 8))
    {
    case 0:
    case 1:
    case 2:
      if (bal_comment_get_status (comment) > BAL_COMMENT_STATUS_APPROVED)
        break;
      sync_client_reply (client, id, text);
      sim_note_reply (self, NULL, text);
      sim_note_saved (self, text, find_number (self, client));
      break;
    case 3:
    case 4:
    case 5:
      status = sim_pick (self, 4);
      g_debug ("%u moderates %s: %u", find_number (self, client), bal_comment_get_html (comment), status);
      sync_client_moderate (client, id, (BalCommentStatus) status);
      break;
    case 6:
      /* The window offers no edits that the blog can't take; what it does not have yet is no such. */
      if (!self->is_like_ghost || bal_comment_get_remote_id (comment) == NULL)
        edit_comment (self, client, comment, text);
      break;
    default:
      g_debug ("%u deletes %s", find_number (self, client), bal_comment_get_html (comment));
      sync_client_delete_comment (client, id);
      break;
    }
}

BalSyncResult *
sim_desk_sync (Sim          *self,
               guint         number,
               BalSyncFlags  flags)
{
  SyncClient *client = self->clients[number];
  BalSyncResult *result;

  g_debug ("%u syncs (%d)", number, flags);
  sim_look_at_clock (self, number);
  self->syncing = client;
  result = sync_client_sync (client, flags);
  self->syncing = NULL;
  self->is_cut_off = FALSE;
  fake_server_calm_down (self->server);
  if (self->is_dead)
    {
      g_debug ("%u has died", number);
      sync_client_crash (client);
      self->is_dead = FALSE;
    }
  return result;
}
