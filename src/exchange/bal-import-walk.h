/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The files below a folder. */
typedef struct
{
  char    *name;                 /* below the folder, as the file system spells it */
  char    *refused;              /* (nullable): why it is not read */
  guint64  size;
} BalImportFile;

/* (transfer full) (element-type BalImportFile): by name. Hidden files are left out, links named but not followed. */
GPtrArray *bal_import_walk              (const char  *path,
                                         guint        most,
                                         GError     **error);
/* A descriptor, -1 with errno. No part of @name may be a link. */
int        bal_import_walk_open         (const char  *path,
                                         const char  *name);
/* Whether @name stays within the folder that it is taken in. */
gboolean   bal_import_walk_name_is_safe (const char  *name);

G_END_DECLS
