/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-base.h"

BalEditorBase *
bal_editor_base_new (BalDocument   *document,
                     BalDocument   *body,
                     BalReview     *loaded,
                     BalEditorForm *form)
{
  BalEditorBase *self = g_new0 (BalEditorBase, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->document = bal_document_ref (document);
  self->body = bal_document_ref (body);
  self->loaded = g_object_ref (loaded);
  self->form = bal_editor_form_ref (form);
  return self;
}

BalEditorBase *
bal_editor_base_ref (BalEditorBase *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
bal_editor_base_unref (BalEditorBase *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  bal_document_unref (self->document);
  bal_document_unref (self->body);
  g_object_unref (self->loaded);
  bal_editor_form_unref (self->form);
  g_free (self);
}
