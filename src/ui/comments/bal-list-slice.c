/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-list-slice.h"

struct _BalListSlice
{
  GObject     parent_instance;

  GListModel *model;
  guint       first;
  guint       n_items;
  guint       most;
};

static void bal_list_slice_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BalListSlice, bal_list_slice, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, bal_list_slice_list_model_init))

static GType
bal_list_slice_get_item_type (GListModel *model)
{
  return g_list_model_get_item_type (BAL_LIST_SLICE (model)->model);
}

static guint
bal_list_slice_get_n_items (GListModel *model)
{
  return BAL_LIST_SLICE (model)->n_items;
}

static gpointer
bal_list_slice_get_item (GListModel *model,
                         guint       position)
{
  BalListSlice *self = BAL_LIST_SLICE (model);

  return position < self->n_items ? g_list_model_get_item (self->model, self->first + position) : NULL;
}

static void
bal_list_slice_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = bal_list_slice_get_item_type;
  iface->get_n_items = bal_list_slice_get_n_items;
  iface->get_item = bal_list_slice_get_item;
}

/* Of what the slice has, so many from @position on for so many. */
static void
splice (BalListSlice *self,
        guint         position,
        guint         removed,
        guint         added)
{
  self->n_items += added - removed;
  if (removed > 0 || added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
set_end (BalListSlice *self,
         guint         end)
{
  guint n_items = end - self->first;

  if (n_items < self->n_items)
    splice (self, n_items, self->n_items - n_items, 0);
  else
    splice (self, self->n_items, 0, n_items - self->n_items);
}

static void
set_first (BalListSlice *self,
           guint         first)
{
  guint before = self->first;

  self->first = first;
  if (first > before)
    splice (self, 0, first - before, 0);
  else
    splice (self, 0, 0, before - first);
}

void
bal_list_slice_set_range (BalListSlice *self,
                          guint         first,
                          guint         most)
{
  guint n_model, end;

  g_return_if_fail (BAL_IS_LIST_SLICE (self));

  n_model = g_list_model_get_n_items (self->model);
  first = MIN (first, n_model);
  end = first + MIN (most, n_model - first);
  self->most = most;
  if (end <= self->first || first >= self->first + self->n_items)
    {
      self->first = first;
      splice (self, 0, self->n_items, end - first);
      return;
    }
  set_end (self, end);
  set_first (self, first);
}

/* What stands behind a change stays, as far as there is room. */
static void
model_changed_cb (BalListSlice *self,
                  guint         position,
                  guint         removed,
                  guint         added)
{
  guint end = self->first + self->n_items;
  guint at, cut, behind;

  if (position > end || (position == end && self->n_items == self->most))
    return;
  if (position + removed <= self->first && position < self->first)
    {
      self->first += added - removed;
      return;
    }

  cut = MIN (position + removed, end) - MIN (MAX (position, self->first), end);
  at = position > self->first ? position - self->first : 0;
  behind = self->n_items - at - cut;
  self->first = MIN (self->first, position);
  if (at + added >= self->most)
    {
      splice (self, at, cut + behind, self->most - at);
      return;
    }
  splice (self, at, cut, added);
  end = MIN (g_list_model_get_n_items (self->model), self->first + self->most);
  set_end (self, end);
}

static void
bal_list_slice_dispose (GObject *object)
{
  g_clear_object (&BAL_LIST_SLICE (object)->model);

  G_OBJECT_CLASS (bal_list_slice_parent_class)->dispose (object);
}

static void
bal_list_slice_class_init (BalListSliceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bal_list_slice_dispose;
}

static void
bal_list_slice_init (BalListSlice *self)
{
}

BalListSlice *
bal_list_slice_new (GListModel *model)
{
  BalListSlice *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (model), NULL);

  self = g_object_new (BAL_TYPE_LIST_SLICE, NULL);
  self->model = g_object_ref (model);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (model_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

guint
bal_list_slice_get_first (BalListSlice *self)
{
  g_return_val_if_fail (BAL_IS_LIST_SLICE (self), 0);

  return self->first;
}

guint
bal_list_slice_get_end (BalListSlice *self)
{
  g_return_val_if_fail (BAL_IS_LIST_SLICE (self), 0);

  return self->first + self->n_items;
}
