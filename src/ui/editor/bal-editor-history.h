/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-editor-base.h"
#include "bal-editor-buffer.h"
#include "bal-editor-form.h"

G_BEGIN_DECLS

/**
 * BalEditorHistory:
 *
 * Undo and redo without limit, formatting and fields included. Each step keeps the lines it
 * replaced and the new ones, shared with all others; what is typed in one go becomes one step a
 * word.
 *
 * Signals: `form` (field number): the form is as [method@EditorHistory.get_form] says now, after an
 * undo or redo; -1: no field changed. `changed`: what can be undone, or whether something was
 * edited at all, is different now.
 */
#define BAL_TYPE_EDITOR_HISTORY (bal_editor_history_get_type ())
G_DECLARE_FINAL_TYPE (BalEditorHistory, bal_editor_history, BAL, EDITOR_HISTORY, GObject)

BalEditorHistory *bal_editor_history_new        (BalEditorBuffer  *buffer);
/* Forgets everything; the buffer and @form are the beginning now. */
void              bal_editor_history_reset      (BalEditorHistory *self,
                                                 BalEditorForm    *form);
/* (nullable) (transfer none): what the content is written against. Set after a reset; comes and
 * goes with the steps that replaced it. */
BalEditorBase    *bal_editor_history_get_base   (BalEditorHistory *self);
void              bal_editor_history_set_base   (BalEditorHistory *self,
                                                 BalEditorBase    *base);
/* A person changed one field. */
void              bal_editor_history_set_form   (BalEditorHistory *self,
                                                 BalEditorField    field,
                                                 BalEditorForm    *form);
BalEditorForm    *bal_editor_history_get_form   (BalEditorHistory *self);
/* Ends the step that is being typed. */
void              bal_editor_history_commit     (BalEditorHistory *self);
/* Something is being written elsewhere that will be put in whole, later: a state of its own, which
 * is no step yet. */
void              bal_editor_history_expect     (BalEditorHistory *self);
/* … nothing came of it. */
void              bal_editor_history_stop_expecting (BalEditorHistory *self);
/* … here it is: all of @blocks (element-type BalBlock), @form and @base in one step. FALSE: the
 * buffer can't hold them. */
gboolean          bal_editor_history_put        (BalEditorHistory *self,
                                                 GPtrArray        *blocks,
                                                 BalEditorForm    *form,
                                                 BalEditorBase    *base);
void              bal_editor_history_undo       (BalEditorHistory *self);
void              bal_editor_history_redo       (BalEditorHistory *self);
gboolean          bal_editor_history_can_undo   (BalEditorHistory *self);
gboolean          bal_editor_history_can_redo   (BalEditorHistory *self);
/* A number for what the editor holds now: equal numbers, equal content. Grows with every edit,
 * and comes back with an undo. */
guint64           bal_editor_history_get_state  (BalEditorHistory *self);

G_END_DECLS
