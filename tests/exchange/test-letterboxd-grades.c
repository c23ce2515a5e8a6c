/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-letterboxd-text.h"

/* A rating becomes a grade and is the same rating again. */
static void
ratings_come_back (void)
{
  static const char *const ids[] = { "letters", "stars", "ten", "percent" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr(BalGradeScale) scale = bal_grade_scale_new_builtin (ids[i]);

      for (guint halves = 1; halves <= 10; halves++)
        {
          const char *grade = bal_letterboxd_find_grade (scale, halves);
          double value;

          g_assert_true (bal_grade_scale_parse (scale, grade, &value));
          g_assert_cmpuint (bal_letterboxd_rate (scale, value), ==, halves);
        }
    }
}

static void
stars_are_stars (void)
{
  g_autoptr(BalGradeScale) stars = bal_grade_scale_new_builtin ("stars");
  g_autoptr(BalGradeScale) letters = bal_grade_scale_new_builtin ("letters");

  g_assert_cmpstr (bal_letterboxd_find_grade (stars, 2), ==, "★");
  g_assert_cmpstr (bal_letterboxd_find_grade (stars, 7), ==, "★★★½");
  g_assert_cmpstr (bal_letterboxd_find_grade (letters, 10), ==, "A+");
  g_assert_cmpstr (bal_letterboxd_find_grade (letters, 1), ==, "F");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/exchange/letterboxd/ratings-come-back", ratings_come_back);
  g_test_add_func ("/exchange/letterboxd/stars-are-stars", stars_are_stars);
  return g_test_run ();
}
