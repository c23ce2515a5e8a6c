/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-review-format-private.h"

#include "bal-error.h"
#include "bal-text.h"

#include <glib/gi18n.h>
#include <string.h>

#define LONGEST_LABEL 40  /* characters */
#define MOST_ALIASES  100
#define FORMAT_GROUP  "Format"

G_DEFINE_BOXED_TYPE (BalReviewFormat, bal_review_format,
                     bal_review_format_ref, bal_review_format_unref)

/* What readers of the blog see is in the blog's language, not in the program's: not translated. */
static const struct
{
  const char *group;
  const char *nick;
  const char *label;
  const char *aliases[24];
} lines[BAL_N_FIELD_LINES] = {
  [BAL_FIELD_LINE_GRADE] = {
    "Grade", "grade", "Grade",
    { "Rating", "Overall", "Score", "Verdict", "My grade", "My rating", "My score", "My verdict",
      "Final grade", "Final rating", "Final score", "Final verdict", "Overall grade",
      "Overall rating", "Overall score", "Film grade", "Movie grade", "Star rating", "Stars",
      "My IMDb", "My IMDb rating", "My IMDb score", NULL },
  },
  [BAL_FIELD_LINE_WATCHED_ON] = {
    "Watched On", "watched-on", "Watched on",
    { "Watched", "Watched via", "Watched at", "Source", "Seen on", "Seen at", "Seen via", "Where",
      "Where to watch", "Where I watched it", "Where I watched", "Streaming on", "Viewed on",
      "Screened at", NULL },
  },
  [BAL_FIELD_LINE_QUOTE] = {
    "Quote", "quote", "Memorable Quote",
    { "Notable quote", "Favorite quote", "Favourite quote", "My favorite quote",
      "My favourite quote", "Best quote", "Great quote", "Quotable quote", "Movie quote",
      "Film quote", "Best line", "Favorite line", "Favourite line", "Memorable line", "Quote",
      NULL },
  },
};

static BalReviewFormat *
format_new_empty (void)
{
  BalReviewFormat *self = g_new0 (BalReviewFormat, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->heads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/* Whether @label can stand before the colon. */
static gboolean
check_label (const char  *label,
             GError     **error)
{
  g_autofree char *line = bal_text_clean_line (label);

  if (*line != '\0' && strcmp (line, label) == 0 && g_utf8_strlen (label, -1) <= LONGEST_LABEL &&
      strchr (label, ':') == NULL && strstr (label, "：") == NULL)
    return TRUE;

  g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
               _("“%s” can’t be the name of a field: use one line of 1 to %d characters "
                 "without a colon."),
               line, LONGEST_LABEL);
  return FALSE;
}

static gboolean
add_head (BalReviewFormat  *self,
          BalFieldLine      which,
          const char       *label,
          gboolean          is_alias,
          GError          **error)
{
  g_autofree char *folded = NULL;
  gpointer present;

  if (!check_label (label, error))
    return FALSE;

  folded = bal_text_fold (label, -1);
  present = g_hash_table_lookup (self->heads, folded);
  if (present == NULL)
    {
      guint head = which + (is_alias ? BAL_N_FIELD_LINES : 0);

      g_hash_table_insert (self->heads, g_steal_pointer (&folded), GUINT_TO_POINTER (head));
      return TRUE;
    }
  if (GPOINTER_TO_UINT (present) % BAL_N_FIELD_LINES == which)
    return TRUE;

  g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
               _("“%s” names two different fields; keep it in one of them."), label);
  return FALSE;
}

/* Every label goes first, so that no alias takes its place. */
static gboolean
index_heads (BalReviewFormat  *self,
             GError          **error)
{
  for (guint i = BAL_FIELD_LINE_GRADE; i < BAL_N_FIELD_LINES; i++)
    {
      if (!add_head (self, i, self->labels[i], FALSE, error))
        return FALSE;
    }

  for (guint i = BAL_FIELD_LINE_GRADE; i < BAL_N_FIELD_LINES; i++)
    {
      if (g_strv_length (self->aliases[i]) > MOST_ALIASES)
        {
          g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                       _("The field “%s” has more than %d other names; remove some."),
                       self->labels[i], MOST_ALIASES);
          return FALSE;
        }
      for (guint j = 0; self->aliases[i][j] != NULL; j++)
        {
          if (!add_head (self, i, self->aliases[i][j], TRUE, error))
            return FALSE;
        }
    }
  return TRUE;
}

static char *
write_text (BalReviewFormat *self)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autofree char *scale = NULL;
  g_autoptr(BalGradeScale) builtin = NULL;
  const char *order[BAL_N_FIELD_LINES];

  for (guint i = 0; i < self->n_order; i++)
    order[i] = lines[self->order[i]].nick;
  g_key_file_set_string_list (file, FORMAT_GROUP, "order", order, self->n_order);

  builtin = bal_grade_scale_new_builtin (bal_grade_scale_get_id (self->scale));
  scale = builtin == self->scale ? g_strdup (bal_grade_scale_get_id (self->scale)) :
                                   bal_grade_scale_to_string (self->scale);
  g_key_file_set_string (file, FORMAT_GROUP, "scale", scale);

  for (guint i = BAL_FIELD_LINE_GRADE; i < BAL_N_FIELD_LINES; i++)
    {
      g_key_file_set_string (file, lines[i].group, "label", self->labels[i]);
      g_key_file_set_string_list (file, lines[i].group, "aliases",
                                  (const char *const *) self->aliases[i],
                                  g_strv_length (self->aliases[i]));
    }
  return g_key_file_to_data (file, NULL, NULL);
}

static BalReviewFormat *
make_default (void)
{
  BalReviewFormat *self = format_new_empty ();

  for (guint i = BAL_FIELD_LINE_GRADE; i < BAL_N_FIELD_LINES; i++)
    {
      self->labels[i] = g_strdup (lines[i].label);
      self->aliases[i] = g_strdupv ((char **) lines[i].aliases);
      self->order[self->n_order++] = i;
    }
  self->scale = bal_grade_scale_new_builtin ("letters");

  if (!index_heads (self, NULL))
    g_assert_not_reached ();
  return self;
}

typedef struct
{
  BalReviewFormat *format;
  char            *text;
} SharedDefault;

/* No format ever changes. All that have nothing of their own are one, for to fold and index its sixty names takes longer
 * than to read a blog's row. */
static const SharedDefault *
get_default (void)
{
  static SharedDefault shared;
  static gsize made;

  if (g_once_init_enter (&made))
    {
      shared.format = make_default ();
      shared.text = write_text (shared.format);
      g_once_init_leave (&made, 1);
    }
  return &shared;
}

/**
 * bal_review_format_new_default:
 *
 * Returns: (transfer full): the lines `Grade:`, `Watched on:` and `Memorable Quote:` with what
 *   other film blogs call them as aliases, and the scale of letters
 */
BalReviewFormat *
bal_review_format_new_default (void)
{
  return bal_review_format_ref (get_default ()->format);
}

/**
 * bal_review_format_ref:
 * @self: a format
 *
 * Returns: (transfer full): @self
 */
BalReviewFormat *
bal_review_format_ref (BalReviewFormat *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * bal_review_format_unref:
 * @self: (transfer full): a format
 */
void
bal_review_format_unref (BalReviewFormat *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (guint i = 0; i < BAL_N_FIELD_LINES; i++)
    {
      g_free (self->labels[i]);
      g_strfreev (self->aliases[i]);
    }
  g_clear_pointer (&self->scale, bal_grade_scale_unref);
  g_hash_table_unref (self->heads);
  g_free (self);
}

/**
 * bal_review_format_to_string:
 * @self: a format
 *
 * Returns: (transfer full): a key file that a person can edit: the names and other names of the
 *   fields, their order in a new review, and the grade scale
 */
char *
bal_review_format_to_string (BalReviewFormat *self)
{
  const SharedDefault *shared = get_default ();

  g_return_val_if_fail (self != NULL, NULL);

  return self == shared->format ? g_strdup (shared->text) : write_text (self);
}

static gboolean
read_order (BalReviewFormat  *self,
            GKeyFile         *file,
            GError          **error)
{
  g_auto(GStrv) nicks = g_key_file_get_string_list (file, FORMAT_GROUP, "order", NULL, NULL);
  gboolean seen[BAL_N_FIELD_LINES] = { FALSE };

  for (guint i = 0; nicks != NULL && nicks[i] != NULL; i++)
    {
      guint which = BAL_FIELD_LINE_GRADE;

      while (which < BAL_N_FIELD_LINES && strcmp (lines[which].nick, g_strstrip (nicks[i])) != 0)
        which++;
      if (which == BAL_N_FIELD_LINES || seen[which])
        {
          g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                       _("“%s” can’t stand in the order of the fields; use each of grade, "
                         "watched-on and quote at most once."),
                       nicks[i]);
          return FALSE;
        }
      seen[which] = TRUE;
      self->order[self->n_order++] = which;
    }

  for (guint i = BAL_FIELD_LINE_GRADE; nicks == NULL && i < BAL_N_FIELD_LINES; i++)
    self->order[self->n_order++] = i;
  return TRUE;
}

static gboolean
read_file (BalReviewFormat  *self,
           GKeyFile         *file,
           GError          **error)
{
  g_autofree char *scale = g_key_file_get_string (file, FORMAT_GROUP, "scale", NULL);

  if (!read_order (self, file, error))
    return FALSE;

  for (guint i = BAL_FIELD_LINE_GRADE; i < BAL_N_FIELD_LINES; i++)
    {
      self->labels[i] = g_key_file_get_string (file, lines[i].group, "label", NULL);
      self->aliases[i] = g_key_file_get_string_list (file, lines[i].group, "aliases", NULL, NULL);
      if (self->labels[i] == NULL)
        self->labels[i] = g_strdup (lines[i].label);
      if (self->aliases[i] == NULL)
        self->aliases[i] = g_strdupv ((char **) lines[i].aliases);
    }

  self->scale = bal_grade_scale_from_string (scale != NULL ? scale : "letters", error);
  return self->scale != NULL && index_heads (self, error);
}

/**
 * bal_review_format_from_string:
 * @text: a key file as [method@ReviewFormat.to_string] writes it; what it does not say is as in the
 *   default
 * @error: where to say what is wrong with it
 *
 * Returns: (transfer full): the format, or %NULL with %BAL_ERROR_INVALID
 */
BalReviewFormat *
bal_review_format_from_string (const char  *text,
                               GError     **error)
{
  g_autoptr(BalReviewFormat) self = NULL;
  g_autoptr(GKeyFile) file = NULL;
  g_autoptr(GError) local_error = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (strcmp (text, get_default ()->text) == 0)
    return bal_review_format_new_default ();

  file = g_key_file_new ();
  if (!g_utf8_validate (text, -1, NULL) ||
      !g_key_file_load_from_data (file, text, -1, G_KEY_FILE_NONE, &local_error))
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                   _("The review format can’t be read: %s"),
                   local_error != NULL ? local_error->message : _("it is not valid text."));
      return NULL;
    }

  self = format_new_empty ();
  if (!read_file (self, file, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * bal_review_format_get_scale:
 * @self: a format
 *
 * Returns: (transfer none): the scale of its grades
 */
BalGradeScale *
bal_review_format_get_scale (BalReviewFormat *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->scale;
}

/**
 * bal_review_format_get_order:
 * @self: a format
 * @n_lines: (out): how many
 *
 * Returns: (array length=n_lines): the lines in the order in which a new review gets them; each is
 *   there at most once
 */
const BalFieldLine *
bal_review_format_get_order (BalReviewFormat *self,
                             guint           *n_lines)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_lines != NULL, NULL);

  *n_lines = self->n_order;
  return self->order;
}
