/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

/* What it wrote itself and takes away again is its own affair. */
static void
note_replaced (Sim        *self,
               const char *before,
               const char *after)
{
  g_autoptr(GArray) were = sim_list_texts (before);
  g_autoptr(GArray) are = sim_list_texts (after);

  for (guint i = 0; i < were->len; i++)
    {
      gpointer number = GUINT_TO_POINTER (g_array_index (were, guint, i));
      gboolean stays = FALSE;

      for (guint j = 0; j < are->len; j++)
        stays |= g_array_index (are, guint, j) == GPOINTER_TO_UINT (number);
      if (!stays && GPOINTER_TO_UINT (g_hash_table_lookup (self->ledger, number)) == 1 + SIM_WEB)
        g_hash_table_add (self->excused, number);
    }
}

/* @key: of the create */
static gboolean
is_being_created (Sim        *self,
                  const char *created)
{
  for (guint i = 0; i < SIM_CLIENTS; i++)
    {
      g_autoptr(GPtrArray) outbox = sync_client_list_outbox (self->clients[i]);

      for (guint j = 0; j < outbox->len; j++)
        {
          const char *key = ((BalOutboxItem *) g_ptr_array_index (outbox, j))->key;

          if (key != NULL && g_strcmp0 (key, created) == 0)
            return TRUE;
        }
    }
  return FALSE;
}

/* A desktop that has not heard of the blog's answer to its publishing has another one, or none. */
static gboolean
has_address_everywhere (Sim       *self,
                        BalReview *review)
{
  for (guint i = 0; i < SIM_CLIENTS; i++)
    {
      gint64 id = sync_client_find_review (self->clients[i], bal_review_get_remote_id (review));
      g_autoptr(BalReview) local = id != 0 ? sync_client_get_review (self->clients[i], id) : NULL;

      if (local != NULL && bal_review_get_published (local) != bal_review_get_published (review))
        return FALSE;
    }
  return bal_review_get_published (review) != 0;
}

/* A blog has each address once, and by that a desktop knows what another one has created again. Without one nothing but
 * the key tells; and each of two deletions makes another key. */
static gboolean
is_known_again (Sim       *self,
                BalReview *review)
{
  g_autoptr(GArray) texts = sim_list_texts (bal_review_get_html (review));

  if (!self->is_limited && has_address_everywhere (self, review))
    return TRUE;
  if (self->forgets_keys)
    return FALSE;
  for (guint i = 0; i < texts->len; i++)
    if (!g_hash_table_add (self->deleted, GUINT_TO_POINTER (g_array_index (texts, guint, i))))
      return FALSE;
  return TRUE;
}

/* Not what a desktop does not yet know to be there, for it goes on to create it. */
static void
delete_review (Sim       *self,
               BalReview *review)
{
  g_autoptr(GPtrArray) comments = NULL;
  const char *id = bal_review_get_remote_id (review);

  if (is_being_created (self, bal_review_get_key (review)) || !is_known_again (self, review))
    return;

  g_debug ("web deletes %s", bal_review_get_html (review));
  comments = fake_server_list_comments (self->server);
  note_replaced (self, bal_review_get_html (review), NULL);
  note_replaced (self, bal_review_get_title (review), NULL);
  for (guint i = 0; i < comments->len; i++)
    {
      BalComment *comment = g_ptr_array_index (comments, i);

      if (g_strcmp0 (bal_comment_get_remote_review_id (comment), id) == 0)
        note_replaced (self, bal_comment_get_html (comment), NULL);
    }
  fake_server_delete_review (self->server, id);
}

static void
add_review (Sim *self)
{
  g_autofree char *first = sim_make_text (self);
  g_autofree char *second = sim_make_text (self);
  g_autofree char *html = g_strdup_printf ("<p>%s</p><p>%s</p>", first, second);
  g_autofree char *title = sim_make_title (self, "Web");

  g_free (fake_server_add_review (self->server, title, html, BAL_REVIEW_STATUS_PUBLISHED));
  sim_note_saved (self, html, SIM_WEB);
  sim_note_saved (self, title, SIM_WEB);
}

void
sim_web_write (Sim *self)
{
  static const BalReviewStatus statuses[] = {
    BAL_REVIEW_STATUS_DRAFT, BAL_REVIEW_STATUS_PUBLISHED, BAL_REVIEW_STATUS_TRASH,
  };
  g_autoptr(GPtrArray) reviews = fake_server_list_reviews (self->server);
  BalReview *review = reviews->len > 0 ? g_ptr_array_index (reviews, sim_pick (self, reviews->len)) : NULL;
  g_autofree char *title = sim_make_title (self, "Web");

  if (review == NULL || sim_pick (self, 3) == 0)
    {
      add_review (self);
      return;
    }
  switch (sim_pick (self, 8))
    {
    case 0:
      delete_review (self, review);
      return;
    case 1:
      note_replaced (self, bal_review_get_title (review), NULL);
      sim_note_saved (self, title, SIM_WEB);
      bal_review_set_title (review, title);
      break;
    case 2:
      bal_review_set_labels (review, (const char *[]) { sim_chance (self, 0.5) ? "web" : "horror", NULL });
      break;
    case 3:
      bal_review_set_status (review, statuses[sim_pick (self, G_N_ELEMENTS (statuses) - (self->is_like_ghost ? 1 : 0))]);
      break;
    default:
      {
        g_autofree char *html = sim_edit_html (self, bal_review_get_html (review));

        note_replaced (self, bal_review_get_html (review), html);
        sim_note_saved (self, html, SIM_WEB);
        bal_review_set_html (review, html);
        break;
      }
    }
  g_debug ("web: %s %s", bal_review_get_remote_id (review), bal_review_get_html (review));
  fake_server_edit_review (self->server, review);
}

/* Visitors comment, the web editor moderates, edits and deletes. */
void
sim_web_comment (Sim *self)
{
  g_autoptr(GPtrArray) reviews = fake_server_list_reviews (self->server);
  g_autoptr(GPtrArray) comments = fake_server_list_comments (self->server);
  BalReview *review = reviews->len > 0 ? g_ptr_array_index (reviews, sim_pick (self, reviews->len)) : NULL;
  BalComment *comment = comments->len > 0 ? g_ptr_array_index (comments, sim_pick (self, comments->len)) : NULL;
  g_autofree char *text = sim_make_text (self);
  guint what = sim_pick (self, 10);

  /* Nobody brings back what a blog has thrown away, nor edits what it does not show. */
  if ((self->is_limited || (self->is_like_ghost && what == 4)) && comment != NULL && bal_comment_get_status (comment) == BAL_COMMENT_STATUS_TRASH)
    comment = NULL;
  /* A reply that is known by its text alone is looked for in vain when it is gone before its desktop has heard of it. */
  if (self->is_like_ghost && comment != NULL && is_being_created (self, bal_comment_get_key (comment)))
    comment = NULL;
  if (comment != NULL && what < 3)
    {
      guint status = sim_pick (self, 4);

      if (self->is_like_ghost)
        status = MAX (status, BAL_COMMENT_STATUS_APPROVED);
      if ((self->is_limited || self->is_like_ghost) && status == BAL_COMMENT_STATUS_TRASH)
        note_replaced (self, bal_comment_get_html (comment), NULL);
      g_debug ("web moderates %s: %u", bal_comment_get_html (comment), status);
      fake_server_edit_comment (self->server, bal_comment_get_remote_id (comment), NULL, (BalCommentStatus) status);
    }
  else if (comment != NULL && what == 3)
    {
      g_debug ("web deletes %s", bal_comment_get_html (comment));
      note_replaced (self, bal_comment_get_html (comment), NULL);
      fake_server_delete_comment (self->server, bal_comment_get_remote_id (comment));
    }
  else if (comment != NULL && what == 4)
    {
      note_replaced (self, bal_comment_get_html (comment), text);
      sim_note_saved (self, text, SIM_WEB);
      fake_server_edit_comment (self->server, bal_comment_get_remote_id (comment), text,
                                bal_comment_get_status (comment));
    }
  /* No blog takes comments on a draft; here one that nobody has looked at is one. */
  else if (review != NULL && (bal_review_get_status (review) != BAL_REVIEW_STATUS_DRAFT ||
                              !fake_server_is_twin (self->server, bal_review_get_remote_id (review))))
    {
      const char *id = bal_review_get_remote_id (review);
      gboolean is_below = comment != NULL && g_strcmp0 (bal_comment_get_remote_review_id (comment), id) == 0;

      sim_note_saved (self, text, SIM_WEB);
      g_free (fake_server_add_comment (self->server, id, is_below ? bal_comment_get_remote_id (comment) : NULL,
                                       "Reader", text,
                                       self->is_like_ghost ? BAL_COMMENT_STATUS_APPROVED : sim_pick (self, 2)));
    }
}
