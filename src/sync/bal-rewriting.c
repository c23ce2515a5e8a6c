/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-rewriting.h"

#include <glib/gi18n.h>

#include "bal-document-diff.h"
#include "bal-safe-text.h"

static const char *
text_or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static BalDocument *
read_body (BalReview *review)
{
  return bal_document_new_from_html (text_or_empty (bal_review_get_html (review)), -1, BAL_DIALECT_WP_CLASSIC);
}

/* "&" and "&amp;" are no difference to a reader. */
static gboolean
reads_alike (const char *a,
             const char *b)
{
  g_autofree char *seen_a = bal_safe_text_from_html (a);
  g_autofree char *seen_b = bal_safe_text_from_html (b);

  return g_str_equal (seen_a, seen_b);
}

/* A block that is left without any tag but its delimiters. */
static gboolean
is_emptied (BalBlock *block)
{
  gsize length;
  const char *source = bal_block_get_source (block, &length);

  for (gsize i = 0; source != NULL && i + 1 < length; i++)
    if (source[i] == '<' && source[i + 1] != '!')
      return FALSE;
  return TRUE;
}

static void
add_body (GPtrArray *parts,
          BalReview *sent,
          BalReview *stored)
{
  g_autoptr(BalDocument) old = read_body (sent);
  g_autoptr(BalDocument) new_ = read_body (stored);
  g_autoptr(GPtrArray) changes = bal_document_diff (old, new_);
  guint n_embeds = 0, n_removed = 0, n_added = 0, n_altered = 0;

  for (guint i = 0; i < changes->len; i++)
    {
      BalBlockChange *change = g_ptr_array_index (changes, i);

      if (change->old_block != NULL && bal_block_get_kind (change->old_block) == BAL_BLOCK_OPAQUE &&
          (change->change == BAL_DIFFERENCE_REMOVED ||
           (change->change == BAL_DIFFERENCE_ALTERED && is_emptied (change->new_block))))
        n_embeds++;
      else if (change->change == BAL_DIFFERENCE_REMOVED)
        n_removed++;
      else if (change->change == BAL_DIFFERENCE_ADDED)
        n_added++;
      else if (change->change == BAL_DIFFERENCE_ALTERED)
        n_altered++;
    }
  /* Translators: something that is no text, like a video */
  if (n_embeds > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u embed was removed", "%u embeds were removed", n_embeds),
                                             n_embeds));
  if (n_removed > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u paragraph was removed", "%u paragraphs were removed",
                                                       n_removed), n_removed));
  if (n_added > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u paragraph was added", "%u paragraphs were added",
                                                       n_added), n_added));
  if (n_altered > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u paragraph was changed", "%u paragraphs were changed",
                                                       n_altered), n_altered));
}

char *
bal_rewriting_describe (BalReview *sent,
                        BalReview *stored)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  const char *slug = text_or_empty (bal_review_get_slug (sent));
  const char *new_slug = text_or_empty (bal_review_get_slug (stored));

  g_return_val_if_fail (BAL_IS_REVIEW (sent), NULL);
  g_return_val_if_fail (BAL_IS_REVIEW (stored), NULL);

  if (!reads_alike (bal_review_get_title (sent), bal_review_get_title (stored)))
    g_ptr_array_add (parts, g_strdup (_("the title was changed")));
  if (g_strcmp0 (bal_review_get_html (sent), bal_review_get_html (stored)) != 0)
    add_body (parts, sent, stored);
  if (!reads_alike (bal_review_get_excerpt (sent), bal_review_get_excerpt (stored)))
    g_ptr_array_add (parts, g_strdup (_("the excerpt was changed")));
  if (*slug != '\0' && *new_slug != '\0' && g_strcmp0 (slug, new_slug) != 0)
    g_ptr_array_add (parts, g_strdup_printf (_("the address became “%s”"), new_slug));
  /* WordPress takes it off what becomes private (6.1), and does not put it back. */
  if (bal_review_get_audience (sent) == BAL_AUDIENCE_PASSWORD && bal_review_get_audience (stored) == BAL_AUDIENCE_EVERYONE)
    g_ptr_array_add (parts, g_strdup (_("its password was taken off")));
  if (parts->len == 0)
    return NULL;

  g_ptr_array_add (parts, NULL);
  /* Translators: between parts of a list */
  return g_strjoinv (C_("between parts of a list", ", "), (char **) parts->pdata);
}
