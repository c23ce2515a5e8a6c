/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-tokenizer.h"

G_BEGIN_DECLS

/**
 * BalSourceEdit:
 *
 * Changes to a few bytes of some source. What no change names is copied as it is, so nothing can be
 * lost by it.
 */
typedef struct _BalSourceEdit BalSourceEdit;

/* @tokens is borrowed and must outlive it. */
BalSourceEdit *bal_source_edit_new            (const BalTokens *tokens);
void           bal_source_edit_free           (BalSourceEdit   *self);
/* Puts @text into the place of [start, end); where several are put at one place, they stand in the
 * order of the calls. What is inside of a stretch that is replaced as well goes with it. */
void           bal_source_edit_replace        (BalSourceEdit   *self,
                                               gsize            start,
                                               gsize            end,
                                               const char      *text);
/* Puts @text before all else that is put in at @at. */
void           bal_source_edit_put_first      (BalSourceEdit   *self,
                                               gsize            at,
                                               const char      *text);
/* Sets an attribute of a start tag with the quotes that it has, or adds it behind the others; a
 * @value of NULL takes it away. The last call for an attribute counts. @name is static. */
void           bal_source_edit_set_attribute  (BalSourceEdit   *self,
                                               const BalToken  *tag,
                                               const char      *name,
                                               const char      *value);
/* Adds or takes away a word of the class attribute. */
void           bal_source_edit_set_class      (BalSourceEdit   *self,
                                               const BalToken  *tag,
                                               const char      *word,
                                               gboolean         wanted);
/* Gives a start or end tag another name. */
void           bal_source_edit_rename         (BalSourceEdit   *self,
                                               const BalToken  *tag,
                                               const char      *name);
/* Sets a member of the JSON in a WordPress delimiter to @json, or takes it away with NULL; JSON that
 * can't be read stays as it is. */
void           bal_source_edit_set_member     (BalSourceEdit   *self,
                                               const BalToken  *delimiter,
                                               const char      *name,
                                               const char      *json);
/* (transfer full): the source with all changes. */
GBytes        *bal_source_edit_apply          (BalSourceEdit   *self);

/* (transfer full) (nullable): a member of a delimiter's JSON as it is spelled. */
char          *bal_delimiter_dup_member       (const BalTokens *tokens,
                                               const BalToken  *delimiter,
                                               const char      *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalSourceEdit, bal_source_edit_free)

G_END_DECLS
