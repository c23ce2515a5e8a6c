/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sync-run.h"

#include <glib/gi18n.h>

/**
 * bal_sync_result_new:
 *
 * Returns: (transfer full): the result of a sync that did nothing
 */
BalSyncResult *
bal_sync_result_new (void)
{
  return g_new0 (BalSyncResult, 1);
}

/**
 * bal_sync_result_free:
 * @self: (nullable): a result
 */
void
bal_sync_result_free (BalSyncResult *self)
{
  if (self == NULL)
    return;

  g_clear_error (&self->error);
  g_free (self->signed_out_name);
  g_free (self->rewriting);
  g_free (self);
}

void
bal_sync_result_fail (BalSyncResult *result,
                      GError        *error)
{
  if (result->error == NULL)
    result->error = error;
  else
    g_error_free (error);
}

/* "A and B", where either may be missing. */
static char *
join_two (char *a,
          char *b)
{
  g_autofree char *first = a;
  g_autofree char *second = b;

  if (first == NULL || second == NULL)
    return first != NULL ? g_steal_pointer (&first) : g_steal_pointer (&second);

  /* TRANSLATORS: joins two counts: "1 review" and "3 comments" */
  return g_strdup_printf (C_("counts", "%s and %s"), first, second);
}

static char *
count_things (guint n_reviews,
              guint n_comments)
{
  char *reviews = NULL;
  char *comments = NULL;

  if (n_reviews > 0)
    reviews = g_strdup_printf (ngettext ("%u review", "%u reviews", n_reviews), n_reviews);
  if (n_comments > 0)
    comments = g_strdup_printf (ngettext ("%u comment", "%u comments", n_comments), n_comments);
  return join_two (reviews, comments);
}

/* What was exchanged. */
static void
add_exchanged (GPtrArray           *parts,
               const BalSyncResult *self)
{
  g_autofree char *received = count_things (self->n_reviews_pulled, self->n_comments_pulled);
  g_autofree char *sent = count_things (self->n_reviews_sent, self->n_comments_sent);

  /* TRANSLATORS: %s is a count: "1 review and 3 comments" */
  if (received != NULL)
    g_ptr_array_add (parts, g_strdup_printf (_("%s received"), received));
  /* TRANSLATORS: %s is a count: "1 review and 3 comments" */
  if (sent != NULL)
    g_ptr_array_add (parts, g_strdup_printf (_("%s sent"), sent));
  if (self->n_removed > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u was deleted on the blog", "%u were deleted on the blog",
                                                       self->n_removed),
                                             self->n_removed));
  if (self->n_doubled > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u draft that had reached the blog twice was taken away there",
                                                       "%u drafts that had reached the blog twice were taken away there",
                                                       self->n_doubled),
                                             self->n_doubled));
  if (self->n_spam_moved > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u comment was moved to spam by the spam help",
                                                       "%u comments were moved to spam by the spam help",
                                                       self->n_spam_moved),
                                             self->n_spam_moved));
  if (self->n_trusted > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u comment by somebody you trust was approved",
                                                       "%u comments by people you trust were approved", self->n_trusted),
                                             self->n_trusted));
  if (self->n_blocked > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u comment by somebody you blocked went to the trash",
                                                       "%u comments by people you blocked went to the trash",
                                                       self->n_blocked),
                                             self->n_blocked));
}

/* What the blog did to what was sent. */
static void
add_rewriting (GPtrArray           *parts,
               const BalSyncResult *self)
{
  if (self->n_rewritten == 1 && self->rewriting != NULL)
    g_ptr_array_add (parts, g_strdup (self->rewriting));
  else if (self->n_rewritten > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("the blog changed %u review that was sent",
                                                       "the blog changed %u reviews that were sent",
                                                       self->n_rewritten),
                                             self->n_rewritten));
}

/* What waits, for the next sync or for the person. */
static void
add_waiting (GPtrArray           *parts,
             const BalSyncResult *self)
{
  if (self->n_waiting > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u change waits to be sent", "%u changes wait to be sent",
                                                       self->n_waiting),
                                             self->n_waiting));
  if (self->n_parked > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u change needs your attention",
                                                       "%u changes need your attention", self->n_parked),
                                             self->n_parked));
  if (self->n_conflicts > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u conflict to resolve", "%u conflicts to resolve",
                                                       self->n_conflicts),
                                             self->n_conflicts));
  if (self->n_signed_out == 1 && self->signed_out_name != NULL)
    g_ptr_array_add (parts, g_strdup_printf (_("“%s” refused the password: sign in again"), self->signed_out_name));
  else if (self->n_signed_out > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u blog asks you to sign in again",
                                                       "%u blogs ask you to sign in again", self->n_signed_out),
                                             self->n_signed_out));
}

/**
 * bal_sync_result_describe:
 * @self: a result
 *
 * What was exchanged, and what waits for the person.
 *
 * Returns: (transfer full): one translated sentence without a full stop ("1 review and 3 comments
 *   received; 2 comments sent"), with the sentence of the error after it where there is one
 */
char *
bal_sync_result_describe (const BalSyncResult *self)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *sentence = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  add_exchanged (parts, self);
  add_rewriting (parts, self);
  add_waiting (parts, self);
  if (parts->len == 0)
    return g_strdup (self->error != NULL ? self->error->message : _("Everything is up to date"));

  g_ptr_array_add (parts, NULL);
  /* TRANSLATORS: between parts of a report: "2 comments sent; 1 conflict to resolve" */
  sentence = g_strjoinv (C_("between parts of a report", "; "), (char **) parts->pdata);
  if (self->error == NULL)
    return g_steal_pointer (&sentence);

  /* TRANSLATORS: a report, then the sentence that tells what went wrong */
  return g_strdup_printf (C_("report and error", "%s. %s"), sentence, self->error->message);
}
