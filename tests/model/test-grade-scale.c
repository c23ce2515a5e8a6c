/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-error.h"
#include "bal-grade-scale.h"

#include <locale.h>
#include <string.h>

static void
assert_value (const char *id,
              const char *text,
              double      expected)
{
  g_autoptr(BalGradeScale) scale = bal_grade_scale_new_builtin (id);
  double value = -1;

  if (!bal_grade_scale_parse (scale, text, &value))
    g_error ("“%s” is no grade of “%s”", text, id);
  g_assert_cmpfloat_with_epsilon (value, expected, 1e-9);
}

static void
assert_no_grade (const char *id,
                 const char *text)
{
  g_autoptr(BalGradeScale) scale = bal_grade_scale_new_builtin (id);
  double value = -1;

  if (bal_grade_scale_parse (scale, text, &value))
    g_error ("“%s” is a grade of “%s”: %f", text, id, value);
  g_assert_cmpfloat (value, ==, -1);
}

static void
test_builtin_scales (void)
{
  static const struct
  {
    const char *id;
    guint       n_grades;
    const char *best;
    const char *worst;
    double      worst_value;
  } known[] = {
    { "letters", 13, "A+", "F", 0 },
    { "stars", 10, "★★★★★", "½", 0.1 },
    { "ten", 21, "10/10", "0/10", 0 },
    { "percent", 101, "100%", "0%", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr(BalGradeScale) scale = bal_grade_scale_new_builtin (known[i].id);
      guint last = known[i].n_grades - 1;

      g_assert_cmpstr (bal_grade_scale_get_id (scale), ==, known[i].id);
      g_assert_cmpuint (bal_grade_scale_get_n_grades (scale), ==, known[i].n_grades);
      g_assert_cmpstr (bal_grade_scale_get_label (scale, 0), ==, known[i].best);
      g_assert_cmpfloat (bal_grade_scale_get_value (scale, 0), ==, 1);
      g_assert_cmpstr (bal_grade_scale_get_label (scale, last), ==, known[i].worst);
      g_assert_cmpfloat (bal_grade_scale_get_value (scale, last), ==, known[i].worst_value);
    }
  g_assert_null (bal_grade_scale_new_builtin ("thumbs"));
}

static void
test_every_label_is_its_own_grade (void)
{
  static const char *const ids[] = { "letters", "stars", "ten", "percent" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr(BalGradeScale) scale = bal_grade_scale_new_builtin (ids[i]);

      for (guint j = 0; j < bal_grade_scale_get_n_grades (scale); j++)
        assert_value (ids[i], bal_grade_scale_get_label (scale, j),
                      bal_grade_scale_get_value (scale, j));
    }
}

static void
test_grades_as_people_write_them (void)
{
  assert_value ("letters", "b+", 1 - 3 / 12.0);
  assert_value ("letters", " B + ", 1 - 3 / 12.0);
  assert_value ("letters", "B−", 1 - 5 / 12.0);
  assert_value ("letters", "b–", 1 - 5 / 12.0);
  assert_value ("stars", "★★★½", 0.7);
  assert_value ("stars", "★★★☆☆", 0.6);
  assert_value ("stars", "★★★½☆", 0.7);
  assert_value ("stars", "⭐️⭐️⭐️⭐️", 0.8);
  assert_value ("stars", "***", 0.6);
  assert_value ("stars", "* * * 1/2", 0.7);
  assert_value ("stars", "3.5/5", 0.7);
  assert_value ("stars", "3,5 / 5", 0.7);
  assert_value ("stars", "3½ stars", 0.7);
  assert_value ("stars", "3 1/2 stars", 0.7);
  assert_value ("stars", "1 Star", 0.2);
  assert_value ("stars", "4 out of 5 stars", 0.8);
  assert_value ("stars", "4.5★", 0.9);
  assert_value ("stars", "0/5", 0);
  assert_value ("stars", "4", 0.8);
  assert_value ("ten", "8 / 10", 0.8);
  assert_value ("ten", "8\u00a0/\u00a010", 0.8);
  assert_value ("ten", "7.3/10", 0.73);
  assert_value ("ten", "7½/10", 0.75);
  assert_value ("ten", "8 out of 10", 0.8);
  assert_value ("ten", "8", 0.8);
  assert_value ("percent", "80 %", 0.8);
  assert_value ("percent", "80/100", 0.8);
  assert_value ("percent", "80 percent", 0.8);
  assert_value ("percent", "72.5%", 0.725);
}

static void
test_other_words_are_no_grades (void)
{
  static const char *const wrong[] = {
    NULL, "", " ", "E", "A++", "AB", "I liked it", "6/5", "11/10", "101%", "8/", "/10", "8//10",
    "8/10 stars and more", "-8/10", "7.3.1/10", "eight", "******", "½½", "☆", "8/12", "\xff",
    "99999999999999999999", "3 1/25 stars",
  };
  static const char *const ids[] = { "letters", "stars", "ten", "percent" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (ids); j++)
        assert_no_grade (ids[j], wrong[i]);
    }

  assert_no_grade ("letters", "8/10");
  assert_no_grade ("stars", "8/10");
  assert_no_grade ("ten", "4/5");
  assert_no_grade ("ten", "B");
}

static void
test_own_scale_reads_quantities (void)
{
  static const char *const labels[] = { "4/5", "2/5", "1/5", NULL };
  static const double values[] = { 1, 0.3, 0.1 };
  g_autoptr(BalGradeScale) scale = bal_grade_scale_new ("mine", labels, values);
  double value;

  g_assert_true (bal_grade_scale_parse (scale, "★★", &value));
  g_assert_cmpfloat_with_epsilon (value, 0.3, 1e-9);
  g_assert_true (bal_grade_scale_parse (scale, "3 stars", &value));
  g_assert_cmpfloat_with_epsilon (value, 0.65, 1e-9);
  g_assert_true (bal_grade_scale_parse (scale, "1/2/5", &value) == FALSE);
  g_assert_true (bal_grade_scale_parse (scale, "½", &value));
  g_assert_cmpfloat_with_epsilon (value, 0.05, 1e-9);
  g_assert_false (bal_grade_scale_parse (scale, "5/5", &value));
}

static void
test_text_gives_the_scale_again (void)
{
  static const char *const ids[] = { "letters", "stars", "ten", "percent" };
  g_autoptr(GError) error = NULL;
  g_autoptr(BalGradeScale) mine = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr(BalGradeScale) scale = bal_grade_scale_new_builtin (ids[i]);
      g_autofree char *written = bal_grade_scale_to_string (scale);
      g_autoptr(BalGradeScale) again = bal_grade_scale_from_string (written, &error);
      g_autoptr(BalGradeScale) named = bal_grade_scale_from_string (ids[i], &error);

      g_assert_no_error (error);
      g_assert_true (again == scale);
      g_assert_true (named == scale);
    }

  mine = bal_grade_scale_from_string (" A = 1 ; B+=.83;B-=0.67;F=0; ", &error);
  g_assert_no_error (error);
  text = bal_grade_scale_to_string (mine);
  g_assert_cmpstr (text, ==, "A=1;B+=0.83;B-=0.67;F=0");
  g_assert_cmpstr (bal_grade_scale_get_id (mine), ==, "custom");
}

static void
test_letters_with_other_values_are_an_own_scale (void)
{
  g_autoptr(BalGradeScale) letters = bal_grade_scale_new_builtin ("letters");
  g_autoptr(GString) text = g_string_new (bal_grade_scale_get_label (letters, 0));
  g_autoptr(BalGradeScale) mine = NULL;

  g_string_append (text, "=0.99");
  for (guint i = 1; i < bal_grade_scale_get_n_grades (letters); i++)
    g_string_append_printf (text, ";%s=0.5", bal_grade_scale_get_label (letters, i));

  mine = bal_grade_scale_from_string (text->str, NULL);
  g_assert_cmpstr (bal_grade_scale_get_id (mine), ==, "custom");
  g_assert_cmpfloat (bal_grade_scale_get_value (mine, 0), ==, 0.99);
}

static void
test_bad_text_is_refused_with_a_sentence (void)
{
  static const char *const wrong[] = {
    "", ";;", "A", "A=", "A=x", "A=1.5", "A=-1", "A=0x1", "A=nan", "A=inf", "=1", "A=0.5;B=0.6",
    "A=1;a=0.5", "B−=1;B-=0.9", "A==1", "A=1 B=0.5", "\xff=1",
    "a grade with a name longer than any grade has=1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (bal_grade_scale_from_string (wrong[i], &error));
      g_assert_error (error, BAL_ERROR, BAL_ERROR_INVALID);
      g_assert_true (g_str_has_suffix (error->message, "."));
      g_assert_null (strchr (error->message, '\n'));
    }
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/grade-scale/builtin-scales-run-from-best-to-worst", test_builtin_scales);
  g_test_add_func ("/model/grade-scale/every-label-is-its-own-grade",
                   test_every_label_is_its_own_grade);
  g_test_add_func ("/model/grade-scale/grades-are-read-as-people-write-them",
                   test_grades_as_people_write_them);
  g_test_add_func ("/model/grade-scale/other-words-are-no-grades", test_other_words_are_no_grades);
  g_test_add_func ("/model/grade-scale/own-scale-reads-quantities",
                   test_own_scale_reads_quantities);
  g_test_add_func ("/model/grade-scale/text-gives-the-scale-again",
                   test_text_gives_the_scale_again);
  g_test_add_func ("/model/grade-scale/letters-with-other-values-are-an-own-scale",
                   test_letters_with_other_values_are_an_own_scale);
  g_test_add_func ("/model/grade-scale/bad-text-is-refused-with-a-sentence",
                   test_bad_text_is_refused_with_a_sentence);

  return g_test_run ();
}
