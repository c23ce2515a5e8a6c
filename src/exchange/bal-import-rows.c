/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import-rows.h"

static void
row_free (BalImportRow *row)
{
  g_variant_unref (row->row);
  g_free (row);
}

BalImportRows *
bal_import_rows_new (void)
{
  BalImportRows *self = g_new0 (BalImportRows, 1);

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  return self;
}

void
bal_import_rows_free (BalImportRows *self)
{
  g_ptr_array_unref (self->rows);
  g_clear_object (&self->blog);
  g_clear_pointer (&self->numbers, g_variant_unref);
  g_clear_pointer (&self->signs, g_array_unref);
  g_free (self->image_host);
  g_free (self);
}

GVariant *
bal_import_rows_get (BalImportRows *self,
                     BalWholePart   part)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      BalImportRow *row = g_ptr_array_index (self->rows, i);

      if (row->part == part)
        return row->row;
    }
  return NULL;
}

void
bal_import_rows_add (BalImportRows *self,
                     BalWholePart   part,
                     GVariant      *row)
{
  BalImportRow *added = g_new0 (BalImportRow, 1);

  added->part = part;
  added->row = g_variant_ref_sink (row);
  g_ptr_array_add (self->rows, added);
}

gsize
bal_import_rows_get_size (BalImportRows *self)
{
  gsize size = sizeof *self + (self->signs != NULL ? self->signs->len * sizeof (BalSpamMemorySign) : 0);

  for (guint i = 0; i < self->rows->len; i++)
    size += g_variant_get_size (((BalImportRow *) g_ptr_array_index (self->rows, i))->row);
  return size;
}
