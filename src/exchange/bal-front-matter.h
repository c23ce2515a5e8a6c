/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-types.h"

G_BEGIN_DECLS

/* What stands before a Markdown post: YAML between "---" (Jekyll, Hugo), TOML between "+++" (Hugo), or an object of
 * JSON (Hugo). */
typedef struct
{
  char      *title;
  char      *date;
  char      *updated;
  char      *slug;
  char      *url;
  char      *excerpt;
  char      *grade;
  char      *status;             /* where Balcony wrote it: "private" */
  BalAudience audience;          /* where Balcony wrote it */
  gboolean   has_new_audience;   /* whoever wrote it: one that is not known */
  gboolean   is_draft;
  GPtrArray *labels;
  GPtrArray *categories;
  GPtrArray *fields;             /* names and values of a review's other fields, in turn: "film", "Tin Moon" */
  GPtrArray *unknown;            /* names of what has no place in a review */
} BalFrontMatter;

/* Longer ones are not read. */
#define BAL_FRONT_MATTER_MOST_BYTES (64 * 1024)

/**
 * bal_front_matter_read:
 * @text: a post
 * @body: (out): where the post itself begins
 * @error: BAL_ERROR_INVALID: it can't be read
 *
 * Returns: (transfer full): what was found, empty when there is none
 */
BalFrontMatter *bal_front_matter_read (const char      *text,
                                       const char     **body,
                                       GError         **error);
void            bal_front_matter_free (BalFrontMatter  *self);
/* For the three languages: a value, or one of a list. */
void            bal_front_matter_set  (BalFrontMatter  *self,
                                       const char      *key,
                                       const char      *value,
                                       gboolean         in_list);
gboolean        bal_front_toml_read   (const char      *text,
                                       gsize            length,
                                       BalFrontMatter  *matter,
                                       GError         **error);
/* How many bytes of @text the object takes; 0 with @error. */
gsize           bal_front_json_read   (const char      *text,
                                       gsize            length,
                                       BalFrontMatter  *matter,
                                       GError         **error);

/* Writes YAML; what is empty is left out. */
void            bal_front_matter_append      (GString           *out,
                                              const char        *key,
                                              const char        *value);
void            bal_front_matter_append_list (GString           *out,
                                              const char        *key,
                                              const char *const *values);
/* A text between quotes, for JSON too. */
void            bal_front_matter_append_text (GString           *out,
                                              const char        *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalFrontMatter, bal_front_matter_free)

G_END_DECLS
