/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "provider-walk.h"

GPtrArray *
provider_list_all (BalProvider   *provider,
                   ProviderList   list,
                   const char    *since,
                   char         **watermark)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *before = g_strdup (since);
  g_autofree char *cursor = NULL;

  for (;;)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(BalPage) page = list (provider, before, cursor, NULL, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < page->items->len; i++)
        g_ptr_array_add (items, g_object_ref (g_ptr_array_index (page->items, i)));
      if (page->next == NULL)
        {
          g_assert_true (page->watermark != NULL || items->len == 0);
          if (watermark != NULL)
            {
              g_free (*watermark);
              *watermark = g_steal_pointer (&page->watermark);
            }
          return items;
        }
      g_assert_cmpstr (page->next, !=, cursor);
      g_free (cursor);
      cursor = g_steal_pointer (&page->next);
    }
}

BalReview *
provider_new_review (const char      *title,
                     const char      *html,
                     BalReviewStatus  status)
{
  BalReview *review = bal_review_new (0);
  g_autofree char *key = g_uuid_string_random ();

  bal_review_set_key (review, key);
  bal_review_set_title (review, title);
  bal_review_set_html (review, html);
  bal_review_set_status (review, status);
  return review;
}
