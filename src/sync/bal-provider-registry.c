/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-provider.h"

struct _BalProviderRegistry
{
  GObject    parent_instance;

  GPtrArray *types;      /* element-type BalProviderType, static */
};

G_DEFINE_FINAL_TYPE (BalProviderRegistry, bal_provider_registry, G_TYPE_OBJECT)

static void
bal_provider_registry_finalize (GObject *object)
{
  BalProviderRegistry *self = BAL_PROVIDER_REGISTRY (object);

  g_ptr_array_unref (self->types);

  G_OBJECT_CLASS (bal_provider_registry_parent_class)->finalize (object);
}

static void
bal_provider_registry_class_init (BalProviderRegistryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bal_provider_registry_finalize;
}

static void
bal_provider_registry_init (BalProviderRegistry *self)
{
  self->types = g_ptr_array_new ();
}

/**
 * bal_provider_registry_new:
 *
 * Returns: (transfer full): a registry that knows no kind of blog yet
 */
BalProviderRegistry *
bal_provider_registry_new (void)
{
  return g_object_new (BAL_TYPE_PROVIDER_REGISTRY, NULL);
}

/**
 * bal_provider_registry_add:
 * @self: a registry
 * @type: a kind of blog; must outlive @self
 *
 * Makes a kind of blog known. All are added before the registry is handed to a second thread.
 */
void
bal_provider_registry_add (BalProviderRegistry   *self,
                           const BalProviderType *type)
{
  g_return_if_fail (BAL_IS_PROVIDER_REGISTRY (self));
  g_return_if_fail (type != NULL);
  g_return_if_fail (bal_provider_registry_find (self, type->id) == NULL);

  g_ptr_array_add (self->types, (gpointer) type);
}

/**
 * bal_provider_registry_find:
 * @self: a registry
 * @id: (nullable): as in [property@Blog:provider]
 *
 * Returns: (transfer none) (nullable): the kind of blog of that name
 */
const BalProviderType *
bal_provider_registry_find (BalProviderRegistry *self,
                            const char          *id)
{
  g_return_val_if_fail (BAL_IS_PROVIDER_REGISTRY (self), NULL);

  for (guint i = 0; i < self->types->len; i++)
    {
      const BalProviderType *type = g_ptr_array_index (self->types, i);

      if (g_strcmp0 (type->id, id) == 0)
        return type;
    }
  return NULL;
}

guint
bal_provider_registry_get_n (BalProviderRegistry *self)
{
  g_return_val_if_fail (BAL_IS_PROVIDER_REGISTRY (self), 0);

  return self->types->len;
}

/**
 * bal_provider_registry_get:
 * @self: a registry
 * @index: below [method@ProviderRegistry.get_n]
 *
 * Returns: (transfer none): a kind of blog, in the order in which they were added
 */
const BalProviderType *
bal_provider_registry_get (BalProviderRegistry *self,
                           guint                index)
{
  g_return_val_if_fail (BAL_IS_PROVIDER_REGISTRY (self), NULL);
  g_return_val_if_fail (index < self->types->len, NULL);

  return g_ptr_array_index (self->types, index);
}
