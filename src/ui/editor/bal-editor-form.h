/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-review-format.h"

G_BEGIN_DECLS

typedef enum
{
  BAL_EDITOR_FIELD_SERIES,
  BAL_EDITOR_FIELD_TITLE,
  BAL_EDITOR_FIELD_GRADE,
  BAL_EDITOR_FIELD_WATCHED_ON,
  BAL_EDITOR_FIELD_QUOTE,
  BAL_EDITOR_FIELD_CHARACTER,
  BAL_EDITOR_FIELD_ACTOR,
  BAL_EDITOR_FIELD_LABELS,
  BAL_EDITOR_FIELD_SLUG,
  BAL_EDITOR_FIELD_EXCERPT,
  BAL_EDITOR_FIELD_CATEGORIES,
  BAL_EDITOR_FIELD_FEATURED,
} BalEditorField;

#define BAL_N_EDITOR_FIELDS 12

/**
 * BalEditorForm:
 *
 * What stands in the editor's fields, as typed. Immutable, so that the history may share it.
 */
typedef struct _BalEditorForm BalEditorForm;

BalEditorForm *bal_editor_form_new         (BalReview              *review,
                                            BalReviewFormat        *format,
                                            const BalReviewFields  *fields);
BalEditorForm *bal_editor_form_with        (BalEditorForm          *self,
                                            BalEditorField          field,
                                            const char             *value);
BalEditorForm *bal_editor_form_ref         (BalEditorForm          *self);
void           bal_editor_form_unref       (BalEditorForm          *self);
/* Never NULL. */
const char    *bal_editor_form_get         (BalEditorForm          *self,
                                            BalEditorField          field);
gboolean       bal_editor_form_equal       (BalEditorForm          *a,
                                            BalEditorForm          *b);
/* The seven fields as the form says them; the year is part of the film, as typed. */
BalReviewFields *bal_editor_form_dup_fields (BalEditorForm         *self);
/* Puts into @review what differs from @loaded, the form as it was filled: what nobody touched
 * keeps its bytes. */
void           bal_editor_form_write       (BalEditorForm          *self,
                                            BalEditorForm          *loaded,
                                            BalReviewFormat        *format,
                                            BalReview              *review);
/* Whether two rows of labels say the same; NULL: none. */
gboolean       bal_editor_words_equal      (const char *const      *a,
                                            const char *const      *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalEditorForm, bal_editor_form_unref)

G_END_DECLS
