/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-change-set-private.h"

#define NOTHING -1

struct _BalChangeSet
{
  gatomicrefcount  n_references;
  GHashTable      *changes[BAL_N_ENTITIES];   /* gint64 -> BalChange; NULL while empty */
  GArray          *ids[BAL_N_ENTITIES][3];    /* sorted; made when asked for */
  gboolean         everything;
  gboolean         text;
};

G_DEFINE_BOXED_TYPE (BalChangeSet, bal_change_set, bal_change_set_ref, bal_change_set_unref)

/* What two changes of the same thing, one after the other, come to. */
static int
combine (BalChange first,
         BalChange second)
{
  switch (first)
    {
    case BAL_CHANGE_ADDED:
      return second == BAL_CHANGE_REMOVED ? NOTHING : BAL_CHANGE_ADDED;

    case BAL_CHANGE_REMOVED:
      return second == BAL_CHANGE_REMOVED ? BAL_CHANGE_REMOVED : BAL_CHANGE_ALTERED;

    case BAL_CHANGE_ALTERED:
    default:
      return second == BAL_CHANGE_REMOVED ? BAL_CHANGE_REMOVED : BAL_CHANGE_ALTERED;
    }
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  gint64 first = *(const gint64 *) a, second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

BalChangeSet *
bal_change_set_new (void)
{
  BalChangeSet *self = g_new0 (BalChangeSet, 1);

  g_atomic_ref_count_init (&self->n_references);
  return self;
}

BalChangeSet *
bal_change_set_ref (BalChangeSet *self)
{
  g_atomic_ref_count_inc (&self->n_references);
  return self;
}

static void
forget_ids (BalChangeSet *self,
            BalEntity     entity)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->ids[entity]); i++)
    g_clear_pointer (&self->ids[entity][i], g_array_unref);
}

void
bal_change_set_unref (BalChangeSet *self)
{
  if (!g_atomic_ref_count_dec (&self->n_references))
    return;

  for (guint i = 0; i < BAL_N_ENTITIES; i++)
    {
      forget_ids (self, i);
      g_clear_pointer (&self->changes[i], g_hash_table_unref);
    }
  g_free (self);
}

void
bal_change_set_add (BalChangeSet *self,
                    BalEntity     entity,
                    BalChange     change,
                    gint64        id)
{
  gpointer before;
  int net = change;

  g_return_if_fail (self != NULL);
  g_return_if_fail (entity < BAL_N_ENTITIES);

  if (self->changes[entity] == NULL)
    self->changes[entity] = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  if (g_hash_table_lookup_extended (self->changes[entity], &id, NULL, &before))
    net = combine (GPOINTER_TO_INT (before), change);

  if (net == NOTHING)
    g_hash_table_remove (self->changes[entity], &id);
  else
    g_hash_table_insert (self->changes[entity], g_memdup2 (&id, sizeof id), GINT_TO_POINTER (net));
  forget_ids (self, entity);
}

void
bal_change_set_set_everything (BalChangeSet *self)
{
  self->everything = TRUE;
}

gboolean
bal_change_set_is_everything (BalChangeSet *self)
{
  return self->everything;
}

void
bal_change_set_set_text (BalChangeSet *self)
{
  self->text = TRUE;
}

gboolean
bal_change_set_has_text (BalChangeSet *self)
{
  return self->everything || self->text;
}

gboolean
bal_change_set_is_empty (BalChangeSet *self)
{
  if (self->everything || self->text)
    return FALSE;

  for (guint i = 0; i < BAL_N_ENTITIES; i++)
    {
      if (bal_change_set_touches (self, i))
        return FALSE;
    }
  return TRUE;
}

gboolean
bal_change_set_touches (BalChangeSet *self,
                        BalEntity     entity)
{
  g_return_val_if_fail (entity < BAL_N_ENTITIES, FALSE);

  return self->everything ||
         (self->changes[entity] != NULL && g_hash_table_size (self->changes[entity]) > 0);
}

gboolean
bal_change_set_has (BalChangeSet *self,
                    BalEntity     entity,
                    gint64        id)
{
  g_return_val_if_fail (entity < BAL_N_ENTITIES, FALSE);

  return self->everything ||
         (self->changes[entity] != NULL && g_hash_table_contains (self->changes[entity], &id));
}

const gint64 *
bal_change_set_get_ids (BalChangeSet *self,
                        BalEntity     entity,
                        BalChange     change,
                        guint        *n_ids)
{
  GArray *ids;

  g_return_val_if_fail (entity < BAL_N_ENTITIES, NULL);
  g_return_val_if_fail (n_ids != NULL, NULL);

  if (self->ids[entity][change] == NULL)
    {
      GHashTableIter iter;
      gpointer id, value;

      ids = self->ids[entity][change] = g_array_new (FALSE, FALSE, sizeof (gint64));
      if (self->changes[entity] != NULL)
        {
          g_hash_table_iter_init (&iter, self->changes[entity]);
          while (g_hash_table_iter_next (&iter, &id, &value))
            {
              if (GPOINTER_TO_INT (value) == (int) change)
                g_array_append_vals (ids, id, 1);
            }
        }
      g_array_sort (ids, compare_ids);
    }

  ids = self->ids[entity][change];
  *n_ids = ids->len;
  return (const gint64 *) (gpointer) ids->data;
}

void
bal_change_set_merge (BalChangeSet *self,
                      BalChangeSet *later)
{
  self->everything |= later->everything;
  self->text |= later->text;

  for (guint i = 0; i < BAL_N_ENTITIES; i++)
    {
      GHashTableIter iter;
      gpointer id, change;

      if (later->changes[i] == NULL)
        continue;

      g_hash_table_iter_init (&iter, later->changes[i]);
      while (g_hash_table_iter_next (&iter, &id, &change))
        bal_change_set_add (self, i, GPOINTER_TO_INT (change), *(gint64 *) id);
    }
}
