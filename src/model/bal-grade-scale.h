/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-types.h"

G_BEGIN_DECLS

/**
 * BalGradeScale:
 *
 * An immutable, ordered list of grades, best first, each with its value between 0 and 1. Immutable,
 * so threads may share it.
 */
#define BAL_TYPE_GRADE_SCALE (bal_grade_scale_get_type ())
GType          bal_grade_scale_get_type     (void) G_GNUC_CONST;

BalGradeScale *bal_grade_scale_new_builtin  (const char          *id);
BalGradeScale *bal_grade_scale_new          (const char          *id,
                                             const char *const   *grades,
                                             const double        *values);
BalGradeScale *bal_grade_scale_ref          (BalGradeScale       *self);
void           bal_grade_scale_unref        (BalGradeScale       *self);
const char    *bal_grade_scale_get_id       (BalGradeScale       *self);
guint          bal_grade_scale_get_n_grades (BalGradeScale       *self);
const char    *bal_grade_scale_get_label    (BalGradeScale       *self,
                                             guint                index);
double         bal_grade_scale_get_value    (BalGradeScale       *self,
                                             guint                index);
gboolean       bal_grade_scale_parse        (BalGradeScale       *self,
                                             const char          *text,
                                             double              *value);
char          *bal_grade_scale_to_string    (BalGradeScale       *self);
BalGradeScale *bal_grade_scale_from_string  (const char          *text,
                                             GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalGradeScale, bal_grade_scale_unref)

G_END_DECLS
