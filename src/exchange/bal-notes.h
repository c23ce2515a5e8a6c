/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BalNotes:
 *
 * What a report says about single things, each with a kind of the report's own. They may be more than fit into memory: they
 * are in a file without a name.
 */
typedef struct _BalNotes BalNotes;

typedef void (*BalNoteFunc) (guint       kind,
                             const char *name,
                             const char *reason,
                             gpointer    data);

BalNotes *bal_notes_new     (void);
void      bal_notes_free    (BalNotes     *self);
/* @kind: 0…9; @name: (nullable). */
gboolean  bal_notes_add     (BalNotes     *self,
                             guint         kind,
                             const char   *name,
                             const char   *reason,
                             GError      **error);
/* In order; @most 0: all. */
gboolean  bal_notes_foreach (BalNotes     *self,
                             guint         most,
                             BalNoteFunc   func,
                             gpointer      data,
                             GError      **error);
/* Writes @summary and then all of them as text. @get_label: what a kind is called. */
gboolean  bal_notes_save    (BalNotes     *self,
                             GFile        *file,
                             const char   *summary,
                             const char *(*get_label) (guint kind),
                             GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalNotes, bal_notes_free)

G_END_DECLS
