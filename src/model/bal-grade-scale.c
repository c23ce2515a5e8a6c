/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-grade-scale.h"

#include "bal-error.h"
#include "bal-grade-quantity.h"
#include "bal-text.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MOST_GRADES       1000
#define LONGEST_LABEL     40       /* characters */
#define CUSTOM_ID         "custom"
#define VALUE_STEP        0.0001   /* what to_string() writes */

typedef struct
{
  char         *label;
  char         *folded;  /* for comparison */
  double        value;
  BalGradeUnit  unit;
  double        amount;
} Grade;

struct _BalGradeScale
{
  gatomicrefcount  ref_count;

  char            *id;
  Grade           *grades;
  guint            n_grades;
};

G_DEFINE_BOXED_TYPE (BalGradeScale, bal_grade_scale, bal_grade_scale_ref, bal_grade_scale_unref)

/* Spaces don't count in a grade, and every dash is a minus. */
static char *
fold_grade (const char *text)
{
  g_autoptr(GString) bare = g_string_new (NULL);

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (bal_text_is_dash (c))
        g_string_append_c (bare, '-');
      else if (!bal_text_is_space (c))
        g_string_append_unichar (bare, c);
    }
  return bal_text_fold (bare->str, bare->len);
}

static BalGradeScale *
scale_new (const char        *id,
           const char *const *labels,
           const double      *values,
           guint              n_grades)
{
  BalGradeScale *self = g_new0 (BalGradeScale, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->id = g_strdup (id);
  self->n_grades = n_grades;
  self->grades = g_new0 (Grade, n_grades);
  for (guint i = 0; i < n_grades; i++)
    {
      Grade *grade = &self->grades[i];

      grade->label = g_strdup (labels[i]);
      grade->folded = fold_grade (labels[i]);
      grade->value = values[i];
      grade->unit = bal_grade_quantity_parse (labels[i], &grade->amount);
    }
  return self;
}

static BalGradeScale *
make_letters (void)
{
  static const char *const letters[] = {
    "A+", "A", "A-", "B+", "B", "B-", "C+", "C", "C-", "D+", "D", "D-", "F",
  };
  double values[G_N_ELEMENTS (letters)];

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    values[i] = 1.0 - (double) i / (G_N_ELEMENTS (letters) - 1);
  return scale_new ("letters", letters, values, G_N_ELEMENTS (letters));
}

/* From the label of @steps down to that of @lowest; the value is the step's share. */
static BalGradeScale *
make_steps (const char *id,
            guint       steps,
            guint       lowest,
            char     *(*make_label) (guint step))
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GArray) values = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint step = steps + 1; step-- > lowest;)
    {
      double value = (double) step / steps;

      g_ptr_array_add (labels, make_label (step));
      g_array_append_val (values, value);
    }
  return scale_new (id, (const char *const *) labels->pdata, (const double *) (void *) values->data,
                    labels->len);
}

static char *
make_stars_label (guint step)
{
  GString *label = g_string_new (NULL);

  for (guint i = 0; i < step / 2; i++)
    g_string_append (label, "★");
  if (step % 2 == 1)
    g_string_append (label, "½");
  return g_string_free (label, FALSE);
}

static char *
make_ten_label (guint step)
{
  return g_strdup_printf (step % 2 == 1 ? "%u.5/10" : "%u/10", step / 2);
}

static char *
make_percent_label (guint step)
{
  return g_strdup_printf ("%u%%", step);
}

#define N_BUILTIN 4

static BalGradeScale *const *
get_builtin_scales (void)
{
  static BalGradeScale *scales[N_BUILTIN];
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      scales[0] = make_letters ();
      scales[1] = make_steps ("stars", 10, 1, make_stars_label);
      scales[2] = make_steps ("ten", 20, 0, make_ten_label);
      scales[3] = make_steps ("percent", 100, 0, make_percent_label);
      g_once_init_leave (&ready, 1);
    }
  return scales;
}

/**
 * bal_grade_scale_new_builtin:
 * @id: `letters` (A+ … F), `stars` (★★★★★ … ½; also "4/5", "3.5 stars"), `ten` (10/10 … 0/10, in
 *   halves) or `percent` (100% … 0%)
 *
 * Returns: (transfer full) (nullable): the scale, or %NULL when there is none of that name
 */
BalGradeScale *
bal_grade_scale_new_builtin (const char *id)
{
  BalGradeScale *const *scales = get_builtin_scales ();

  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < N_BUILTIN; i++)
    {
      if (strcmp (scales[i]->id, id) == 0)
        return bal_grade_scale_ref (scales[i]);
    }
  return NULL;
}

/**
 * bal_grade_scale_new:
 * @id: a name for the scale
 * @grades: (array zero-terminated=1): at least one label, the best first; none is empty or has a
 *   `;` or `=` in it
 * @values: as many numbers between 0 and 1, none greater than the one before
 *
 * Returns: (transfer full): a scale of one's own
 */
BalGradeScale *
bal_grade_scale_new (const char        *id,
                     const char *const *grades,
                     const double      *values)
{
  guint n_grades;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (grades != NULL && grades[0] != NULL, NULL);
  g_return_val_if_fail (values != NULL, NULL);

  n_grades = g_strv_length ((char **) grades);
  for (guint i = 0; i < n_grades; i++)
    {
      g_return_val_if_fail (grades[i][0] != '\0' && strpbrk (grades[i], ";=") == NULL, NULL);
      g_return_val_if_fail (values[i] >= 0 && values[i] <= 1, NULL);
      g_return_val_if_fail (i == 0 || values[i] <= values[i - 1], NULL);
    }
  return scale_new (id, grades, values, n_grades);
}

/**
 * bal_grade_scale_ref:
 * @self: a scale
 *
 * Returns: (transfer full): @self
 */
BalGradeScale *
bal_grade_scale_ref (BalGradeScale *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * bal_grade_scale_unref:
 * @self: (transfer full): a scale
 */
void
bal_grade_scale_unref (BalGradeScale *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (guint i = 0; i < self->n_grades; i++)
    {
      g_free (self->grades[i].label);
      g_free (self->grades[i].folded);
    }
  g_free (self->grades);
  g_free (self->id);
  g_free (self);
}

/**
 * bal_grade_scale_get_id:
 * @self: a scale
 *
 * Returns: the name of the built-in scale, or the name that the scale was made with
 */
const char *
bal_grade_scale_get_id (BalGradeScale *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

/**
 * bal_grade_scale_get_n_grades:
 * @self: a scale
 *
 * Returns: how many grades it has, at least one
 */
guint
bal_grade_scale_get_n_grades (BalGradeScale *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_grades;
}

/**
 * bal_grade_scale_get_label:
 * @self: a scale
 * @index: the grade, 0 being the best
 *
 * Returns: the grade as it is written
 */
const char *
bal_grade_scale_get_label (BalGradeScale *self,
                           guint          index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->n_grades, NULL);

  return self->grades[index].label;
}

/**
 * bal_grade_scale_get_value:
 * @self: a scale
 * @index: the grade, 0 being the best
 *
 * Returns: its value between 0 and 1
 */
double
bal_grade_scale_get_value (BalGradeScale *self,
                           guint          index)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (index < self->n_grades, 0);

  return self->grades[index].value;
}

/* A number without a unit is meant in that of the scale. */
static BalGradeUnit
get_unit (BalGradeScale *self)
{
  for (guint i = 0; i < self->n_grades; i++)
    {
      if (self->grades[i].unit != BAL_GRADE_UNIT_NONE)
        return self->grades[i].unit;
    }
  return BAL_GRADE_UNIT_NONE;
}

/* The value of a quantity between two grades lies between their values; none of it at all is 0,
 * where the scale does not say otherwise. */
static gboolean
interpolate (BalGradeScale *self,
             BalGradeUnit   unit,
             double         amount,
             double        *value)
{
  const Grade *above = NULL, *below = NULL;
  double low_amount, low_value;

  for (guint i = 0; i < self->n_grades; i++)
    {
      const Grade *grade = &self->grades[i];

      if (grade->unit != unit)
        continue;
      if (grade->amount >= amount && (above == NULL || grade->amount < above->amount))
        above = grade;
      if (grade->amount <= amount && (below == NULL || grade->amount > below->amount))
        below = grade;
    }
  if (above == NULL)
    return FALSE;

  low_amount = below != NULL ? below->amount : 0;
  low_value = below != NULL ? below->value : 0;
  *value = above->value;
  if (above->amount > low_amount)
    *value = low_value + (above->value - low_value) *
                         (amount - low_amount) / (above->amount - low_amount);
  return TRUE;
}

/**
 * bal_grade_scale_parse:
 * @self: a scale
 * @text: (nullable): a grade as a person writes it: "b+", "8 / 10", "★★★½", "80 %"
 * @value: (out) (optional): its value between 0 and 1
 *
 * Returns: %FALSE when it is none of this scale's; @value is untouched then
 */
gboolean
bal_grade_scale_parse (BalGradeScale *self,
                       const char    *text,
                       double        *value)
{
  g_autofree char *folded = NULL;
  BalGradeUnit unit;
  double amount, found = 0;

  g_return_val_if_fail (self != NULL, FALSE);

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return FALSE;

  folded = fold_grade (text);
  for (guint i = 0; i < self->n_grades; i++)
    {
      if (strcmp (self->grades[i].folded, folded) == 0)
        {
          if (value != NULL)
            *value = self->grades[i].value;
          return TRUE;
        }
    }

  unit = bal_grade_quantity_parse (text, &amount);
  if (unit == BAL_GRADE_UNIT_BARE)
    unit = get_unit (self);
  if (unit == BAL_GRADE_UNIT_NONE || !interpolate (self, unit, amount, &found))
    return FALSE;

  if (value != NULL)
    *value = found;
  return TRUE;
}

static void
append_value (GString *string,
              double   value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  gsize length;

  g_ascii_formatd (digits, sizeof digits, "%.4f", value);
  length = strlen (digits);
  while (digits[length - 1] == '0')
    length--;
  if (digits[length - 1] == '.')
    length--;
  g_string_append_len (string, digits, length);
}

/**
 * bal_grade_scale_to_string:
 * @self: a scale
 *
 * Returns: (transfer full): a text that a person can edit, `A+=1;A=0.9167;…`, with four digits
 *   after the point
 */
char *
bal_grade_scale_to_string (BalGradeScale *self)
{
  GString *string;

  g_return_val_if_fail (self != NULL, NULL);

  string = g_string_new (NULL);
  for (guint i = 0; i < self->n_grades; i++)
    {
      if (i > 0)
        g_string_append_c (string, ';');
      g_string_append_printf (string, "%s=", self->grades[i].label);
      append_value (string, self->grades[i].value);
    }
  return g_string_free (string, FALSE);
}

static gboolean
scales_equal (BalGradeScale *a,
              BalGradeScale *b)
{
  if (a->n_grades != b->n_grades)
    return FALSE;

  for (guint i = 0; i < a->n_grades; i++)
    {
      if (strcmp (a->grades[i].label, b->grades[i].label) != 0 ||
          fabs (a->grades[i].value - b->grades[i].value) > VALUE_STEP)
        return FALSE;
    }
  return TRUE;
}

/* Reads one "LABEL=VALUE" and appends it to @labels and @values. */
static gboolean
read_grade (const char  *item,
            GPtrArray   *labels,
            GArray      *values,
            GHashTable  *seen,
            GError     **error)
{
  const char *equals = strchr (item, '=');
  g_autofree char *label = NULL;
  g_autofree char *number = NULL;
  char *end = NULL;
  double value = -1;

  label = g_strstrip (equals != NULL ? g_strndup (item, equals - item) : g_strdup (item));
  if (*label == '\0' || g_utf8_strlen (label, -1) > LONGEST_LABEL)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                   _("Each grade needs a name of 1 to %d characters, as in “A=0.95”."),
                   LONGEST_LABEL);
      return FALSE;
    }

  if (equals != NULL)
    {
      number = g_strstrip (g_strdup (equals + 1));
      /* g_ascii_strtod() also takes "0x1", "inf" and "nan". */
      if (*number != '\0' && number[strspn (number, "0123456789.")] == '\0')
        value = g_ascii_strtod (number, &end);
    }
  if (end == NULL || *end != '\0' || !(value >= 0 && value <= 1))
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                   _("The grade “%s” needs a value between 0 and 1, as in “A=0.95”."), label);
      return FALSE;
    }
  if (values->len > 0 && value > g_array_index (values, double, values->len - 1))
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                   _("The grade “%s” is worth more than the one before it; write the best grade "
                     "first."),
                   label);
      return FALSE;
    }
  if (!g_hash_table_add (seen, fold_grade (label)))
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                   _("The grade “%s” is there twice; remove one of the two."), label);
      return FALSE;
    }

  g_ptr_array_add (labels, g_steal_pointer (&label));
  g_array_append_val (values, value);
  return TRUE;
}

/**
 * bal_grade_scale_from_string:
 * @text: a scale as [method@GradeScale.to_string] writes it, or the name of a built-in one
 * @error: where to say what is wrong with it
 *
 * A text that says the same as a built-in scale gives that one; every other scale gets the id
 * `custom`.
 *
 * Returns: (transfer full): the scale, or %NULL with %BAL_ERROR_INVALID
 */
BalGradeScale *
bal_grade_scale_from_string (const char  *text,
                             GError     **error)
{
  g_autoptr(BalGradeScale) scale = NULL;
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *name = NULL;
  g_auto(GStrv) items = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID,
                           _("The grade scale is not valid text."));
      return NULL;
    }

  name = g_strstrip (g_strdup (text));
  scale = bal_grade_scale_new_builtin (name);
  if (scale != NULL)
    return g_steal_pointer (&scale);

  items = g_strsplit (name, ";", MOST_GRADES + 2);
  for (guint i = 0; items[i] != NULL; i++)
    {
      if (*g_strstrip (items[i]) != '\0' && !read_grade (items[i], labels, values, seen, error))
        return NULL;
    }
  if (labels->len == 0 || labels->len > MOST_GRADES)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                   _("A grade scale needs 1 to %d grades, as in “A=1;B=0.8”."), MOST_GRADES);
      return NULL;
    }

  scale = scale_new (CUSTOM_ID, (const char *const *) labels->pdata,
                     (const double *) (void *) values->data, labels->len);
  for (guint i = 0; i < N_BUILTIN; i++)
    {
      if (scales_equal (scale, get_builtin_scales ()[i]))
        return bal_grade_scale_ref (get_builtin_scales ()[i]);
    }
  return g_steal_pointer (&scale);
}
