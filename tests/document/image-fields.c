/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "image-fields.h"

#include <stdlib.h>

char *
source_of (BalBlock *block)
{
  gsize length;
  const char *source = bal_block_get_source (block, &length);

  return g_strndup (source, length);
}

void
set_field (BalImage   *image,
           Field       field,
           const char *value)
{
  char **texts[] = { &image->src, &image->alt, &image->caption, &image->link };

  if (field == WIDTH || field == HEIGHT)
    {
      *(field == WIDTH ? &image->width : &image->height) = value != NULL ? atoi (value) : 0;
      return;
    }
  g_free (*texts[field]);
  *texts[field] = g_strdup (value);
}
