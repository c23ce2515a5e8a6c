/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-document.h"
#include "bal-editor-form.h"

G_BEGIN_DECLS

/**
 * BalEditorBase:
 *
 * The post that what is in the editor is written against: what equals it keeps its bytes.
 * Immutable, so that the history may share it: a step that replaced the whole source, or put an
 * older version in its place, has one on either side.
 */
typedef struct _BalEditorBase BalEditorBase;

struct _BalEditorBase
{
  gatomicrefcount  ref_count;
  BalDocument     *document;
  BalDocument     *body;       /* of @document, without its field lines */
  BalReview       *loaded;     /* all else, as it came from the store */
  BalEditorForm   *form;       /* … and was put into the fields */
};

BalEditorBase *bal_editor_base_new   (BalDocument   *document,
                                      BalDocument   *body,
                                      BalReview     *loaded,
                                      BalEditorForm *form);
BalEditorBase *bal_editor_base_ref   (BalEditorBase *self);
void           bal_editor_base_unref (BalEditorBase *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalEditorBase, bal_editor_base_unref)

G_END_DECLS
