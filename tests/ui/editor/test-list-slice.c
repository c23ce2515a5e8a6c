/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>

#include "bal-list-slice.h"

/* A stretch of a list, held against a plain look at that list. */

#define N_STEPS 20000

typedef struct
{
  GListStore   *model;
  BalListSlice *slice;
  GPtrArray    *seen;       /* what its announcements make of it */
  guint         n_touched;  /* items that the last ones named */
} Desk;

static void
changed_cb (Desk  *self,
            guint  position,
            guint  removed,
            guint  added)
{
  g_assert_cmpuint (position + removed, <=, self->seen->len);
  if (removed > 0)
    g_ptr_array_remove_range (self->seen, position, removed);
  for (guint i = 0; i < added; i++)
    {
      g_autoptr(GObject) item = g_list_model_get_item (G_LIST_MODEL (self->slice), position + i);

      g_assert_nonnull (item);
      g_ptr_array_insert (self->seen, position + i, item);
    }
  g_assert_cmpuint (self->seen->len, ==, g_list_model_get_n_items (G_LIST_MODEL (self->slice)));
  self->n_touched += removed + added;
}

static void
splice (Desk  *self,
        guint  position,
        guint  removed,
        guint  added)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < added; i++)
    g_ptr_array_add (items, g_object_new (G_TYPE_OBJECT, NULL));
  g_list_store_splice (self->model, position, removed, items->pdata, added);
}

static void
assert_right (Desk  *self,
              guint  most)
{
  guint first = bal_list_slice_get_first (self->slice);
  guint end = bal_list_slice_get_end (self->slice);
  guint n_model = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  g_assert_cmpuint (end, <=, n_model);
  g_assert_cmpuint (end - first, <=, most);
  g_assert_true (end - first == most || end == n_model);
  g_assert_cmpuint (self->seen->len, ==, end - first);
  for (guint i = 0; i < self->seen->len; i++)
    {
      g_autoptr(GObject) item = g_list_model_get_item (G_LIST_MODEL (self->model), first + i);

      g_assert_true (item == self->seen->pdata[i]);
    }
}

static void
set_up (Desk          *self,
        gconstpointer  data)
{
  self->model = g_list_store_new (G_TYPE_OBJECT);
  self->slice = bal_list_slice_new (G_LIST_MODEL (self->model));
  self->seen = g_ptr_array_new ();
  g_signal_connect_swapped (self->slice, "items-changed", G_CALLBACK (changed_cb), self);
}

static void
tear_down (Desk          *self,
           gconstpointer  data)
{
  g_ptr_array_unref (self->seen);
  g_object_unref (self->slice);
  g_object_unref (self->model);
}

static void
test_is_what_the_list_has (Desk          *self,
                           gconstpointer  data)
{
  guint most = 0;

  for (guint i = 0; i < N_STEPS; i++)
    {
      guint n_model = g_list_model_get_n_items (G_LIST_MODEL (self->model));

      if (g_test_rand_int_range (0, 3) == 0)
        {
          most = g_test_rand_int_range (1, 12);
          bal_list_slice_set_range (self->slice, g_test_rand_int_range (0, n_model + 3), most);
        }
      else
        {
          guint position = g_test_rand_int_range (0, n_model + 1);
          guint removed = g_test_rand_int_range (0, MIN (n_model - position, 8) + 1);

          splice (self, position, removed, g_test_rand_int_range (0, n_model > 40 ? 3 : 9));
        }
      if (most > 0)
        assert_right (self, most);
    }
}

static void
test_says_what_differs (Desk          *self,
                        gconstpointer  data)
{
  splice (self, 0, 0, 1000);
  bal_list_slice_set_range (self->slice, 100, 300);
  self->n_touched = 0;
  bal_list_slice_set_range (self->slice, 90, 300);
  g_assert_cmpuint (self->n_touched, ==, 20);
  bal_list_slice_set_range (self->slice, 110, 290);
  g_assert_cmpuint (self->n_touched, ==, 50);

  /* What comes before it moves it along. */
  splice (self, 5, 2, 7);
  g_assert_cmpuint (self->n_touched, ==, 50);
  g_assert_cmpuint (bal_list_slice_get_first (self->slice), ==, 115);
  assert_right (self, 290);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/list-slice/is-what-the-list-has", Desk, NULL, set_up, test_is_what_the_list_has, tear_down);
  g_test_add ("/list-slice/says-what-differs", Desk, NULL, set_up, test_says_what_differs, tear_down);

  return g_test_run ();
}
