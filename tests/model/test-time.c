/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-time.h"

#include <string.h>

static void
test_known_times (void)
{
  static const struct
  {
    const char *text;
    gint64      time;
  } known[] = {
    { "2019-05-30T18:04:00Z", 1559239440 },
    { "2019-05-30T20:04:00+02:00", 1559239440 },
    { "2019-05-30T11:04:00-07:00", 1559239440 },
    { "2019-05-30T18:04:00", 1559239440 },
    { "2019-05-30 18:04:00", 1559239440 },
    { "2019-05-30t18:04:00z", 1559239440 },
    { "2019-05-30T18:04:00.999Z", 1559239440 },
    { " 2019-05-30T18:04:00Z\n", 1559239440 },
    { "1895-12-28T21:00:00Z", -2335489200 },
    { "2000-02-29T00:00:00Z", 951782400 },
    { "2038-01-19T03:14:08Z", G_GINT64_CONSTANT (2147483648) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      gint64 time = 1;

      g_assert_true (bal_time_from_rfc3339 (known[i].text, &time));
      g_assert_cmpint (time, ==, known[i].time);
    }
}

static void
test_what_is_no_time_changes_nothing (void)
{
  static const char *const wrong[] = {
    NULL, "", "yesterday", "2019-05-30", "2019-13-30T18:04:00Z", "2019-02-29T00:00:00Z",
    "0000-00-00T00:00:00", "2019-05-30T25:04:00Z", "2019-05-30T18:04:00Zzz", "1559239440",
    "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+12:00",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      gint64 time = 42;

      g_assert_false (bal_time_from_rfc3339 (wrong[i], &time));
      g_assert_cmpint (time, ==, 42);
    }
}

static void
test_none_is_null (void)
{
  g_assert_null (bal_time_to_rfc3339 (0));
  g_assert_null (bal_time_to_rfc3339 (G_MAXINT64));
  g_assert_null (bal_time_to_rfc3339 (G_MININT64));
}

static void
test_round_trip (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (1895);

  for (guint i = 0; i < 10000; i++)
    {
      /* From the year 1 to 9999. */
      gint64 time = (gint64) g_rand_double_range (rand, -62135596800.0, 253402300799.0);
      g_autofree char *text = bal_time_to_rfc3339 (time);
      gint64 again;

      g_assert_cmpuint (strlen (text), ==, strlen ("2019-05-30T18:04:00Z"));
      g_assert_true (bal_time_from_rfc3339 (text, &again));
      g_assert_cmpint (again, ==, time);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/time/known-times-are-read-with-any-offset", test_known_times);
  g_test_add_func ("/model/time/what-is-no-time-changes-nothing",
                   test_what_is_no_time_changes_nothing);
  g_test_add_func ("/model/time/none-is-null", test_none_is_null);
  g_test_add_func ("/model/time/every-second-survives-a-round-trip", test_round_trip);

  return g_test_run ();
}
