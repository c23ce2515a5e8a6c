/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-blog.h"
#include "bal-import-item.h"
#include "bal-import.h"

G_BEGIN_DECLS

/* Private to the import: what of a file is in the blog already, and where the rest goes. */
typedef struct _BalImportPlace BalImportPlace;

typedef enum
{
  BAL_IMPORT_FOUND_NOTHING,      /* new */
  BAL_IMPORT_FOUND_SAME,         /* here already */
  BAL_IMPORT_FOUND_OTHER,        /* here already; the file has another version of it since */
  BAL_IMPORT_FOUND_TWICE,        /* the file had it before */
  BAL_IMPORT_FOUND_PLACED,       /* an earlier round saw to it */
  BAL_IMPORT_FOUND_WAITS,        /* for its review or its parent, which may come later */
  BAL_IMPORT_FOUND_ORPHAN,       /* its review never comes */
  BAL_IMPORT_FOUND_NO_PARENT,    /* new; its parent never comes */
  BAL_IMPORT_FOUND_ONLINE,       /* its review is on the blog, which has its own comments */
} BalImportFound;

/* @name: of the file, for people. */
BalImportPlace *bal_import_place_new          (BalBlog          *blog,
                                               const char       *name,
                                               BalImportFlags    flags);
/* Around what one transaction does: what was put in by then waits to be written until the end. @done: whether it all succeeded;
 * returns whether it still did. */
void            bal_import_place_begin        (BalImportPlace   *self,
                                               BalTransaction   *transaction);
gboolean        bal_import_place_end          (BalImportPlace   *self,
                                               gboolean          done,
                                               GError          **error);
/* By which this import can be taken back; 0: nothing came in. */
gint64          bal_import_place_get_run      (BalImportPlace   *self);
void            bal_import_place_free         (BalImportPlace   *self);
gboolean        bal_import_place_find_review  (BalImportPlace   *self,
                                               BalTransaction   *transaction,
                                               BalImportItem    *item,
                                               BalImportFound   *found,
                                               GError          **error);
/* @last: what it waits for will not come. */
gboolean        bal_import_place_find_comment (BalImportPlace   *self,
                                               BalTransaction   *transaction,
                                               BalImportItem    *item,
                                               guint             round,
                                               gboolean          last,
                                               BalImportFound   *found,
                                               GError          **error);
/* What was found to be new; a preview writes nothing. */
gboolean        bal_import_place_put_review   (BalImportPlace   *self,
                                               BalTransaction   *transaction,
                                               BalImportItem    *item,
                                               GError          **error);
/* Whether a comment stays on this computer although the person wants all to be sent: the blog takes none such. */
gboolean        bal_import_place_keeps_comment (BalImportPlace  *self,
                                               BalImportItem    *item);
gboolean        bal_import_place_put_comment  (BalImportPlace   *self,
                                               BalTransaction   *transaction,
                                               BalImportItem    *item,
                                               GError          **error);

/* Anything but reviews and comments: puts it in where @found says that it is new; a preview only looks. */
gboolean        bal_import_place_put_extra    (BalImportPlace  *self,
                                               BalTransaction  *transaction,
                                               BalImportItem   *item,
                                               BalTakeInFound  *found,
                                               GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalImportPlace, bal_import_place_free)

G_END_DECLS
