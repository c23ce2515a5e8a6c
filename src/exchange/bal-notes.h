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

/* What a kind is called. */
typedef const char *(*BalNoteKindName) (guint kind);

/* @to_nick: for programs; @get_label: for people. */
BalNotes   *bal_notes_new       (BalNoteKindName   to_nick,
                                 BalNoteKindName   get_label);
void        bal_notes_free      (BalNotes         *self);
/* @kind: 0…9; @name: (nullable). */
gboolean    bal_notes_add       (BalNotes         *self,
                                 guint             kind,
                                 const char       *name,
                                 const char       *reason,
                                 GError          **error);
guint       bal_notes_get_n     (const BalNotes   *self);
const char *bal_notes_get_nick  (const BalNotes   *self,
                                 guint             kind);
const char *bal_notes_get_label (const BalNotes   *self,
                                 guint             kind);
/* In order; @most 0: all. */
gboolean    bal_notes_foreach   (BalNotes         *self,
                                 guint             most,
                                 BalNoteFunc       func,
                                 gpointer          data,
                                 GError          **error);
/* Writes @summary and then all of them as text. */
gboolean    bal_notes_save      (BalNotes         *self,
                                 GFile            *file,
                                 const char       *summary,
                                 GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalNotes, bal_notes_free)

G_END_DECLS
