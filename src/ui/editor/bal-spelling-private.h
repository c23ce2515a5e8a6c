/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-spelling.h"

#include "bal-dictionary.h"

G_BEGIN_DECLS

struct _BalSpelling
{
  GObject           parent_instance;

  BalTextView      *view;        /* weak */
  BalEditorBuffer  *buffer;
  GtkTextTag       *misspelt;    /* borrowed from the tag table */
  GtkTextTag       *checked;     /* … what needs no look; shows nothing */
  GtkTextMark      *typed;       /* behind what was typed last */
  gboolean          typing;      /* the cursor has not left it */
  gboolean          enabled;

  char             *language;
  BalDictionary    *dictionary;  /* NULL: being read, or off */
  GCancellable     *cancellable; /* of reading it */
  GHashTable       *ignored;
  char             *names_text;  /* (nullable) */
  GHashTable       *names;       /* … of it; NULL: not read yet */
  guint             idle_id;
};

/* Where a word is, in characters from the start of the text. */
typedef struct
{
  int start;
  int end;
} BalSpan;

/* bal-spelling-words.c */
gboolean  bal_spelling_is_name      (BalSpelling       *self,
                                     const char        *word);

/* bal-spelling.c */
gboolean  bal_spelling_can_check    (BalSpelling       *self);
void      bal_spelling_uncheck_all  (BalSpelling       *self);
/* (transfer full) (element-type BalSpan): the words that are not known, but for the one that ends
 * at @cursor or holds it (-1: all). */
GArray   *bal_spelling_look_through (BalSpelling       *self,
                                     const GtkTextIter *start,
                                     const GtkTextIter *end,
                                     int                cursor);

G_END_DECLS
