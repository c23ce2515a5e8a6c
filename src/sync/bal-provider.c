/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-provider.h"

#include "bal-error.h"

G_DEFINE_INTERFACE (BalProvider, bal_provider, G_TYPE_OBJECT)

static void
bal_provider_default_init (BalProviderInterface *iface)
{
}

/**
 * bal_page_new:
 * @free_item: what frees an item
 *
 * Returns: (transfer full): an empty last page
 */
BalPage *
bal_page_new (GDestroyNotify free_item)
{
  BalPage *self = g_new0 (BalPage, 1);

  self->items = g_ptr_array_new_with_free_func (free_item);
  return self;
}

/**
 * bal_page_free:
 * @self: (nullable): a page
 */
void
bal_page_free (BalPage *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->items);
  g_clear_pointer (&self->too_large, g_ptr_array_unref);
  g_free (self->next);
  g_free (self->watermark);
  g_free (self);
}

gboolean
bal_provider_sign_in (BalProvider   *self,
                      BalBlog       *blog,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_return_val_if_fail (BAL_IS_PROVIDER (self), FALSE);
  g_return_val_if_fail (BAL_IS_BLOG (blog), FALSE);

  return BAL_PROVIDER_GET_IFACE (self)->sign_in (self, blog, cancellable, error);
}

char *
bal_provider_take_new_password (BalProvider *self)
{
  BalProviderInterface *iface;

  g_return_val_if_fail (BAL_IS_PROVIDER (self), NULL);

  iface = BAL_PROVIDER_GET_IFACE (self);
  return iface->take_new_password != NULL ? iface->take_new_password (self) : NULL;
}

BalPage *
bal_provider_list_reviews (BalProvider   *self,
                           const char    *since,
                           const char    *cursor,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_return_val_if_fail (BAL_IS_PROVIDER (self), NULL);

  return BAL_PROVIDER_GET_IFACE (self)->list_reviews (self, since, cursor, cancellable, error);
}

BalPage *
bal_provider_list_comments (BalProvider   *self,
                            const char    *since,
                            const char    *cursor,
                            GCancellable  *cancellable,
                            GError       **error)
{
  g_return_val_if_fail (BAL_IS_PROVIDER (self), NULL);

  return BAL_PROVIDER_GET_IFACE (self)->list_comments (self, since, cursor, cancellable, error);
}

BalPage *
bal_provider_sweep_reviews (BalProvider   *self,
                            const char    *cursor,
                            GCancellable  *cancellable,
                            GError       **error)
{
  g_return_val_if_fail (BAL_IS_PROVIDER (self), NULL);

  return BAL_PROVIDER_GET_IFACE (self)->sweep_reviews (self, cursor, cancellable, error);
}

BalPage *
bal_provider_sweep_comments (BalProvider   *self,
                             const char    *cursor,
                             GCancellable  *cancellable,
                             GError       **error)
{
  g_return_val_if_fail (BAL_IS_PROVIDER (self), NULL);

  return BAL_PROVIDER_GET_IFACE (self)->sweep_comments (self, cursor, cancellable, error);
}

gboolean
bal_provider_count_comments (BalProvider   *self,
                             guint          counts[4],
                             GCancellable  *cancellable,
                             GError       **error)
{
  g_return_val_if_fail (BAL_IS_PROVIDER (self), FALSE);

  return BAL_PROVIDER_GET_IFACE (self)->count_comments (self, counts, cancellable, error);
}

BalPage *
bal_provider_list_queue (BalProvider       *self,
                         BalCommentStatus   status,
                         guint              position,
                         GCancellable      *cancellable,
                         GError           **error)
{
  BalProviderInterface *iface;

  g_return_val_if_fail (BAL_IS_PROVIDER (self), NULL);

  iface = BAL_PROVIDER_GET_IFACE (self);
  return iface->list_queue != NULL ? iface->list_queue (self, status, position, cancellable, error) : NULL;
}

BalReview *
bal_provider_get_review (BalProvider   *self,
                         const char    *remote_id,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_return_val_if_fail (BAL_IS_PROVIDER (self), NULL);
  g_return_val_if_fail (remote_id != NULL, NULL);

  return BAL_PROVIDER_GET_IFACE (self)->get_review (self, remote_id, cancellable, error);
}

BalComment *
bal_provider_get_comment (BalProvider   *self,
                          const char    *remote_id,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_return_val_if_fail (BAL_IS_PROVIDER (self), NULL);
  g_return_val_if_fail (remote_id != NULL, NULL);

  return BAL_PROVIDER_GET_IFACE (self)->get_comment (self, remote_id, cancellable, error);
}

static GPtrArray *
get_one_by_one (BalProvider   *self,
                GPtrArray     *remote_ids,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr(GPtrArray) comments = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < remote_ids->len; i++)
    {
      g_autoptr(GError) failed = NULL;
      BalComment *comment = bal_provider_get_comment (self, g_ptr_array_index (remote_ids, i), cancellable, &failed);

      if (comment != NULL)
        g_ptr_array_add (comments, comment);
      else if (!g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return NULL;
        }
    }
  return g_steal_pointer (&comments);
}

GPtrArray *
bal_provider_get_comments (BalProvider   *self,
                           GPtrArray     *remote_ids,
                           GCancellable  *cancellable,
                           GError       **error)
{
  BalProviderInterface *iface;

  g_return_val_if_fail (BAL_IS_PROVIDER (self), NULL);

  iface = BAL_PROVIDER_GET_IFACE (self);
  return iface->get_comments != NULL ? iface->get_comments (self, remote_ids, cancellable, error)
                                     : get_one_by_one (self, remote_ids, cancellable, error);
}

BalReview *
bal_provider_find_review (BalProvider   *self,
                          BalReview     *review,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_return_val_if_fail (BAL_IS_PROVIDER (self), NULL);
  g_return_val_if_fail (BAL_IS_REVIEW (review), NULL);

  return BAL_PROVIDER_GET_IFACE (self)->find_review (self, review, cancellable, error);
}

BalComment *
bal_provider_find_comment (BalProvider   *self,
                           BalComment    *comment,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_return_val_if_fail (BAL_IS_PROVIDER (self), NULL);
  g_return_val_if_fail (BAL_IS_COMMENT (comment), NULL);

  return BAL_PROVIDER_GET_IFACE (self)->find_comment (self, comment, cancellable, error);
}

BalReview *
bal_provider_create_review (BalProvider   *self,
                            BalReview     *review,
                            GCancellable  *cancellable,
                            GError       **error)
{
  BalProviderInterface *iface;

  g_return_val_if_fail (BAL_IS_PROVIDER (self), NULL);
  g_return_val_if_fail (BAL_IS_REVIEW (review), NULL);

  iface = BAL_PROVIDER_GET_IFACE (self);
  return iface->create_review != NULL ? iface->create_review (self, review, cancellable, error) : NULL;
}

BalReview *
bal_provider_put_review (BalProvider   *self,
                         BalReview     *review,
                         BalReview     *base,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_return_val_if_fail (BAL_IS_PROVIDER (self), NULL);
  g_return_val_if_fail (BAL_IS_REVIEW (review), NULL);

  return BAL_PROVIDER_GET_IFACE (self)->put_review (self, review, base, cancellable, error);
}

BalComment *
bal_provider_put_comment (BalProvider   *self,
                          BalComment    *comment,
                          BalComment    *base,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_return_val_if_fail (BAL_IS_PROVIDER (self), NULL);
  g_return_val_if_fail (BAL_IS_COMMENT (comment), NULL);

  return BAL_PROVIDER_GET_IFACE (self)->put_comment (self, comment, base, cancellable, error);
}

gboolean
bal_provider_delete_review (BalProvider   *self,
                            const char    *remote_id,
                            GCancellable  *cancellable,
                            GError       **error)
{
  g_return_val_if_fail (BAL_IS_PROVIDER (self), FALSE);
  g_return_val_if_fail (remote_id != NULL, FALSE);

  return BAL_PROVIDER_GET_IFACE (self)->delete_review (self, remote_id, cancellable, error);
}

gboolean
bal_provider_delete_comment (BalProvider   *self,
                             const char    *remote_id,
                             GCancellable  *cancellable,
                             GError       **error)
{
  g_return_val_if_fail (BAL_IS_PROVIDER (self), FALSE);
  g_return_val_if_fail (remote_id != NULL, FALSE);

  return BAL_PROVIDER_GET_IFACE (self)->delete_comment (self, remote_id, cancellable, error);
}

gboolean
bal_provider_upload_media (BalProvider   *self,
                           BalMedia      *media,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_return_val_if_fail (BAL_IS_PROVIDER (self), FALSE);
  g_return_val_if_fail (media != NULL, FALSE);

  return BAL_PROVIDER_GET_IFACE (self)->upload_media (self, media, cancellable, error);
}
