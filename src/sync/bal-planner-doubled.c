/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-planner.h"

#include <string.h>

/* Whose key a create carried: this desktop's alone, or any desktop's that makes it alike. */
#define OWN    "own "
#define SHARED "shared "

static void
add_text (GChecksum  *sum,
          const char *text)
{
  /* With its end, so that no two ways to part the same letters are alike. "" and NULL are the same to a blog. */
  g_checksum_update (sum, (const guchar *) (text != NULL ? text : ""), text != NULL ? (gssize) strlen (text) + 1 : 1);
}

static int
compare_names_cb (gconstpointer a,
                  gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static void
add_names (GChecksum         *sum,
           const char *const *names)
{
  g_autoptr(GPtrArray) sorted = g_ptr_array_new ();

  for (gsize i = 0; names[i] != NULL; i++)
    g_ptr_array_add (sorted, (gpointer) names[i]);
  g_ptr_array_sort (sorted, compare_names_cb);
  for (guint i = 0; i < sorted->len; i++)
    add_text (sum, sorted->pdata[i]);
  add_text (sum, NULL);
}

/* All that a person may write into it; not the address, which a blog makes of the title and keeps apart from others. */
static char *
make_hash (BalReview *review)
{
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  add_text (sum, bal_review_get_title (review));
  add_text (sum, bal_review_get_html (review));
  add_text (sum, bal_review_get_excerpt (review));
  add_text (sum, bal_review_get_featured_image (review));
  add_names (sum, bal_review_get_labels (review));
  add_names (sum, bal_review_get_categories (review));
  return g_strdup (g_checksum_get_string (sum));
}

/**
 * bal_plan_note_created:
 * @created: (nullable): what is noted of the same key already
 * @stored: the draft that a create left on the blog
 * @sent: (nullable): what it was to be, where the answer was lost: somebody may have written in the draft since
 *
 * What is in between may deliver a create again after its answer, be that days later: this is by which the second draft is
 * known then, whatever has become of the first one.
 *
 * Returns: (transfer full): a line to be kept with the key
 */
char *
bal_plan_note_created (const char *created,
                       BalReview  *stored,
                       BalReview  *sent)
{
  g_autofree char *hash = make_hash (stored);
  g_autofree char *other = make_hash (sent != NULL ? sent : stored);
  gboolean is_shared = created != NULL && g_str_has_prefix (created, SHARED);

  return g_strconcat (is_shared ? SHARED : OWN, hash, ",", other, " ", bal_review_get_remote_id (stored), NULL);
}

/**
 * bal_plan_note_shared:
 *
 * Returns: the line of a key with which other desktops may create as well
 */
const char *
bal_plan_note_shared (void)
{
  return SHARED;
}

/**
 * bal_plan_get_created:
 * @created: (nullable): a line from [func@plan_note_created]
 *
 * Returns: (nullable): the blog's id of the draft that was created
 */
const char *
bal_plan_get_created (const char *created)
{
  const char *hashes = created != NULL ? strchr (created, ' ') : NULL;
  const char *id = hashes != NULL ? strchr (hashes + 1, ' ') : NULL;

  return id != NULL && id[1] != '\0' ? id + 1 : NULL;
}

/* Ids that a blog counts up. */
static gboolean
is_later (const char *a,
          const char *b)
{
  gsize length_a = strlen (a), length_b = strlen (b);

  return length_a != length_b ? length_a > length_b : strcmp (a, b) > 0;
}

/**
 * bal_plan_is_doubled:
 * @created: (nullable): a line from [func@plan_note_created] that is kept with the key of @remote
 * @remote: what the blog has
 *
 * What somebody has changed or published is none. Where another desktop may have created with the same key, it is the one
 * with the later id, so that no two desktops take each other's for it.
 *
 * Returns: whether it is a create of ours that was delivered again
 */
gboolean
bal_plan_is_doubled (const char *created,
                     BalReview  *remote)
{
  const char *first = bal_plan_get_created (created);
  const char *id = bal_review_get_remote_id (remote);
  g_autofree char *hash = NULL;

  if (first == NULL || id == NULL || g_str_equal (first, id) ||
      bal_review_get_status (remote) != BAL_REVIEW_STATUS_DRAFT ||
      (g_str_has_prefix (created, SHARED) && !is_later (id, first)))
    return FALSE;

  hash = make_hash (remote);
  return g_strstr_len (created, first - created, hash) != NULL;
}

/**
 * bal_plan_doubled:
 * @created: (nullable): as for [func@plan_is_doubled]
 * @first: (nullable): the review that was created first, as the blog has it now; %NULL: it is not there, or not here
 * @second: (nullable): what came of the second delivery, as the blog has it now
 *
 * Somebody who saw two drafts on the blog may have kept the second one: it goes only where the first one is.
 *
 * Returns: what becomes of @second
 */
BalPlanDoubled
bal_plan_doubled (const char *created,
                  BalReview  *first,
                  BalReview  *second)
{
  if (second == NULL)
    return BAL_PLAN_DOUBLED_GONE;
  if (!bal_plan_is_doubled (created, second) || first == NULL ||
      bal_review_get_status (first) == BAL_REVIEW_STATUS_TRASH)
    return BAL_PLAN_DOUBLED_KEEP;
  return BAL_PLAN_DOUBLED_REMOVE;
}
