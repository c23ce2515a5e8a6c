/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-image.h"

G_BEGIN_DECLS

typedef enum
{
  SRC,
  ALT,
  CAPTION,
  LINK,
  WIDTH,
  HEIGHT,
} Field;

/* @value: NULL says nothing; of a size its digits */
void  set_field (BalImage   *image,
                 Field       field,
                 const char *value);
/* (transfer full): */
char *source_of (BalBlock   *block);

G_END_DECLS
