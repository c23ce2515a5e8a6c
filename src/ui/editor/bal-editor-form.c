/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-form.h"

#include <string.h>

struct _BalEditorForm
{
  gatomicrefcount  ref_count;
  char            *values[BAL_N_EDITOR_FIELDS];
};

static BalEditorForm *
form_alloc (void)
{
  BalEditorForm *self = g_new0 (BalEditorForm, 1);

  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

static char *
join_words (const char *const *words)
{
  return words != NULL ? g_strjoinv (", ", (char **) words) : g_strdup ("");
}

static GStrv
split_words (const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, ",", -1);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_strstrip (parts[i]);
      if (*parts[i] != '\0' && g_hash_table_add (seen, parts[i]))
        g_strv_builder_add (builder, parts[i]);
    }
  return g_strv_builder_end (builder);
}

gboolean
bal_editor_words_equal (const char *const *a,
                        const char *const *b)
{
  static const char *const none[] = { NULL };

  return g_strv_equal (a != NULL ? a : none, b != NULL ? b : none);
}

/* What the title says without its series: the film with its year, as written there. */
static char *
dup_film (BalReview             *review,
          BalReviewFormat       *format,
          const BalReviewFields *fields)
{
  const char *title = bal_review_get_title (review);
  const char *series = fields->series;
  BalReviewFields alone = *fields;

  if (series == NULL || *series == '\0')
    return g_strdup (title);
  if (title != NULL && g_str_has_prefix (title, series))
    {
      const char *rest = title + strlen (series);

      if (*rest == ':')
        return g_strstrip (g_strdup (rest + 1));
    }
  alone.series = NULL;
  return bal_review_format_join_title (format, &alone);
}

BalEditorForm *
bal_editor_form_new (BalReview             *review,
                     BalReviewFormat       *format,
                     const BalReviewFields *fields)
{
  BalEditorForm *self = form_alloc ();

  self->values[BAL_EDITOR_FIELD_SERIES] = g_strdup (fields->series);
  self->values[BAL_EDITOR_FIELD_TITLE] = dup_film (review, format, fields);
  self->values[BAL_EDITOR_FIELD_GRADE] = g_strdup (fields->grade);
  self->values[BAL_EDITOR_FIELD_WATCHED_ON] = g_strdup (fields->watched_on);
  self->values[BAL_EDITOR_FIELD_QUOTE] = g_strdup (fields->quote);
  self->values[BAL_EDITOR_FIELD_CHARACTER] = g_strdup (fields->quote_character);
  self->values[BAL_EDITOR_FIELD_ACTOR] = g_strdup (fields->quote_actor);
  self->values[BAL_EDITOR_FIELD_LABELS] = join_words (bal_review_get_labels (review));
  self->values[BAL_EDITOR_FIELD_SLUG] = g_strdup (bal_review_get_slug (review));
  self->values[BAL_EDITOR_FIELD_EXCERPT] = g_strdup (bal_review_get_excerpt (review));
  self->values[BAL_EDITOR_FIELD_CATEGORIES] = join_words (bal_review_get_categories (review));
  self->values[BAL_EDITOR_FIELD_FEATURED] = g_strdup (bal_review_get_featured_image (review));
  return self;
}

BalEditorForm *
bal_editor_form_with (BalEditorForm  *self,
                      BalEditorField  field,
                      const char     *value)
{
  BalEditorForm *copy = form_alloc ();

  for (guint i = 0; i < BAL_N_EDITOR_FIELDS; i++)
    copy->values[i] = g_strdup (i == field ? value : self->values[i]);
  return copy;
}

BalEditorForm *
bal_editor_form_ref (BalEditorForm *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
bal_editor_form_unref (BalEditorForm *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < BAL_N_EDITOR_FIELDS; i++)
    g_free (self->values[i]);
  g_free (self);
}

const char *
bal_editor_form_get (BalEditorForm  *self,
                     BalEditorField  field)
{
  return self->values[field] != NULL ? self->values[field] : "";
}

static gboolean
same (BalEditorForm  *a,
      BalEditorForm  *b,
      BalEditorField  field)
{
  return g_str_equal (bal_editor_form_get (a, field), bal_editor_form_get (b, field));
}

gboolean
bal_editor_form_equal (BalEditorForm *a,
                       BalEditorForm *b)
{
  for (guint i = 0; a != b && i < BAL_N_EDITOR_FIELDS; i++)
    if (!same (a, b, i))
      return FALSE;
  return TRUE;
}

static char *
dup_value (BalEditorForm  *self,
           BalEditorField  field)
{
  const char *value = bal_editor_form_get (self, field);

  return *value != '\0' ? g_strdup (value) : NULL;
}

BalReviewFields *
bal_editor_form_dup_fields (BalEditorForm *self)
{
  BalReviewFields *fields = bal_review_fields_new ();

  fields->series = dup_value (self, BAL_EDITOR_FIELD_SERIES);
  fields->film = dup_value (self, BAL_EDITOR_FIELD_TITLE);
  fields->grade = dup_value (self, BAL_EDITOR_FIELD_GRADE);
  fields->watched_on = dup_value (self, BAL_EDITOR_FIELD_WATCHED_ON);
  fields->quote = dup_value (self, BAL_EDITOR_FIELD_QUOTE);
  fields->quote_character = dup_value (self, BAL_EDITOR_FIELD_CHARACTER);
  fields->quote_actor = dup_value (self, BAL_EDITOR_FIELD_ACTOR);
  return fields;
}

void
bal_editor_form_write (BalEditorForm   *self,
                       BalEditorForm   *loaded,
                       BalReviewFormat *format,
                       BalReview       *review)
{
  if (!same (self, loaded, BAL_EDITOR_FIELD_SERIES) || !same (self, loaded, BAL_EDITOR_FIELD_TITLE))
    {
      g_autoptr(BalReviewFields) fields = bal_editor_form_dup_fields (self);
      g_autofree char *title = bal_review_format_join_title (format, fields);

      bal_review_set_title (review, title);
    }
  if (!same (self, loaded, BAL_EDITOR_FIELD_LABELS))
    {
      g_auto(GStrv) labels = split_words (bal_editor_form_get (self, BAL_EDITOR_FIELD_LABELS));

      bal_review_set_labels (review, (const char *const *) labels);
    }
  if (!same (self, loaded, BAL_EDITOR_FIELD_CATEGORIES))
    {
      g_auto(GStrv) categories = split_words (bal_editor_form_get (self, BAL_EDITOR_FIELD_CATEGORIES));

      bal_review_set_categories (review, (const char *const *) categories);
    }
  if (!same (self, loaded, BAL_EDITOR_FIELD_SLUG))
    bal_review_set_slug (review, bal_editor_form_get (self, BAL_EDITOR_FIELD_SLUG));
  if (!same (self, loaded, BAL_EDITOR_FIELD_EXCERPT))
    bal_review_set_excerpt (review, bal_editor_form_get (self, BAL_EDITOR_FIELD_EXCERPT));
  if (!same (self, loaded, BAL_EDITOR_FIELD_FEATURED))
    bal_review_set_featured_image (review, *bal_editor_form_get (self, BAL_EDITOR_FIELD_FEATURED) != '\0'
                                           ? bal_editor_form_get (self, BAL_EDITOR_FIELD_FEATURED) : NULL);
}
