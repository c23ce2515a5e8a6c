/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-review-format.h"

static void
test_known_titles (void)
{
  static const struct
  {
    const char *title;
    const char *series;
    const char *film;
    int         year;
  } known[] = {
    { "Indie Gems: The Perfection", "Indie Gems", "The Perfection", 0 },
    { "Indie Gems: The Perfection (2018)", "Indie Gems", "The Perfection", 2018 },
    { "The Perfection (2018)", NULL, "The Perfection", 2018 },
    { "The Perfection", NULL, "The Perfection", 0 },
    { "Review: Alien: Covenant (2017)", "Review", "Alien: Covenant", 2017 },
    { "Blade Runner (2049)", NULL, "Blade Runner", 2049 },
    { "2001 (1968)", NULL, "2001", 1968 },
    { "Films (1879)", NULL, "Films (1879)", 0 },
    { "Films (2101)", NULL, "Films (2101)", 0 },
    { "Films (20x1)", NULL, "Films (20x1)", 0 },
    { "Films(2001)", NULL, "Films(2001)", 0 },
    { "(2001)", NULL, "(2001)", 0 },
    { "Review: (2001)", "Review", "(2001)", 0 },
    { "10:30 PM Summer", NULL, "10:30 PM Summer", 0 },
    { "At 10:30: a film", "At 10:30", "a film", 0 },
    { ": no series", NULL, ": no series", 0 },
    { "No film: ", NULL, "No film: ", 0 },
    { "", NULL, NULL, 0 },
    /* Joining would not give these again. */
    { "Odd:  spacing", NULL, "Odd:  spacing", 0 },
    { "Critique : Film (2001)", NULL, "Critique : Film", 2001 },
    { "A:\u00a0B (2001)", NULL, "A:\u00a0B", 2001 },
    { "A: A: B", NULL, "A: A: B", 0 },
    { "A series with a name so long that nobody would ever give it to any: film", NULL,
      "A series with a name so long that nobody would ever give it to any: film", 0 },
  };
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();
  g_autoptr(BalReviewFields) fields = bal_review_fields_new ();

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      bal_review_format_split_title (format, known[i].title, fields);
      g_assert_cmpstr (fields->series, ==, known[i].series);
      g_assert_cmpstr (fields->film, ==, known[i].film);
      g_assert_cmpint (fields->film_year, ==, known[i].year);
    }

  bal_review_format_split_title (format, NULL, fields);
  g_assert_null (fields->film);
}

static void
test_join (void)
{
  static const struct
  {
    BalReviewFields  fields;
    const char      *title;
  } known[] = {
    { { .series = "Indie Gems", .film = "The Perfection", .film_year = 2018 },
      "Indie Gems: The Perfection (2018)" },
    { { .series = "Indie Gems", .film = "Indie Gems: The Perfection" },
      "Indie Gems: The Perfection" },
    { { .series = "Alien", .film = "Aliens" }, "Alien: Aliens" },
    { { .series = "Indie Gems" }, "Indie Gems" },
    { { .series = "", .film = "The Perfection" }, "The Perfection" },
    { { NULL }, "" },
  };
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *title = bal_review_format_join_title (format, &known[i].fields);

      g_assert_cmpstr (title, ==, known[i].title);
    }
}

static void
test_every_title_survives (void)
{
  static const char *const pieces[] = {
    "A", "b", "é", ":", ": ", ":  ", ":\u00a0", " ", "\u00a0", "\u200b", "(", ")", "(2018)",
    " (2018)", " (1880)", " (99)", "：", "Indie Gems", "A: ", "\n", "\t", "2018",
  };
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();
  g_autoptr(BalReviewFields) fields = bal_review_fields_new ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (2018);
  guint n_series = 0, n_years = 0;

  for (guint i = 0; i < 100000; i++)
    {
      g_autoptr(GString) title = g_string_new (NULL);
      g_autofree char *joined = NULL;
      int n_pieces = g_rand_int_range (rand, 0, 8);

      for (int j = 0; j < n_pieces; j++)
        g_string_append (title, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);

      bal_review_format_split_title (format, title->str, fields);
      joined = bal_review_format_join_title (format, fields);
      g_assert_cmpstr (joined, ==, title->str);
      n_series += fields->series != NULL;
      n_years += fields->film_year != 0;
    }

  /* The promise is easily kept by never splitting. */
  g_assert_cmpuint (n_series, >, 1000);
  g_assert_cmpuint (n_years, >, 1000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/title/known-titles-are-split", test_known_titles);
  g_test_add_func ("/model/title/no-series-is-doubled", test_join);
  g_test_add_func ("/model/title/every-title-survives-split-and-join", test_every_title_survives);

  return g_test_run ();
}
