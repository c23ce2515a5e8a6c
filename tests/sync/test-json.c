/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-error.h"
#include "bal-json.h"

#include <string.h>

static json_t *
parse (const char  *text,
       gssize       length,
       GError     **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);

  return bal_json_parse (bytes, error);
}

static char *
nested (guint depth)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, '[');
  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, ']');

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_getters_never_guess (void)
{
  g_autoptr(json_t) value = NULL;

  value = parse ("{\"s\":\"text\",\"i\":7,\"r\":7.5,\"b\":true,\"z\":\"7\",\"n\":null,"
                 "\"cut\":\"a\\u0000b\",\"o\":{\"x\":1},\"a\":[1,2]}", -1, NULL);
  g_assert_nonnull (value);

  g_assert_cmpstr (bal_json_get_string (value, "s"), ==, "text");
  g_assert_null (bal_json_get_string (value, "i"));
  g_assert_null (bal_json_get_string (value, "n"));
  g_assert_null (bal_json_get_string (value, "missing"));
  g_assert_null (bal_json_get_string (value, "cut"));
  g_assert_cmpuint (json_string_length (json_object_get (value, "cut")), ==, 3);
  g_assert_cmpint (bal_json_get_int (value, "i", -1), ==, 7);
  g_assert_cmpint (bal_json_get_int (value, "r", -1), ==, -1);
  g_assert_cmpint (bal_json_get_int (value, "z", -1), ==, -1);
  g_assert_true (bal_json_get_boolean (value, "b", FALSE));
  g_assert_true (bal_json_get_boolean (value, "i", TRUE));
  g_assert_false (bal_json_get_boolean (value, "i", FALSE));
  g_assert_nonnull (bal_json_get_object (value, "o"));
  g_assert_null (bal_json_get_object (value, "a"));
  g_assert_nonnull (bal_json_get_array (value, "a"));
  g_assert_null (bal_json_get_array (value, "o"));
  g_assert_null (bal_json_get_string (NULL, "s"));
  g_assert_null (bal_json_get_object (bal_json_get_array (value, "a"), "s"));
}

static void
test_depth_is_bounded (void)
{
  static const struct { guint depth; gboolean good; } cases[] = {
    { 64, TRUE }, { 65, FALSE }, { 2000000, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = nested (cases[i].depth);
      g_autoptr(GError) error = NULL;
      g_autoptr(json_t) value = parse (text, -1, &error);

      if (cases[i].good)
        g_assert_nonnull (value);
      else
        g_assert_error (error, BAL_ERROR, BAL_ERROR_PROTOCOL);
    }
}

/* Millions of empty values are few bytes, and gigabytes of memory. */
static void
test_parts_are_bounded (void)
{
  static const char *const parts[] = { "1,", "[],", "{},", "{\"a\":1}," };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    for (guint n = 1000; n <= 1000000; n *= 1000)
      {
        g_autoptr(GString) text = g_string_new ("[");
        g_autoptr(GError) error = NULL;
        g_autoptr(json_t) value = NULL;

        for (guint j = 0; j < n; j++)
          g_string_append (text, parts[i]);
        g_string_append (text, "0]");
        value = parse (text->str, -1, &error);
        if (n == 1000)
          g_assert_nonnull (value);
        else
          g_assert_error (error, BAL_ERROR, BAL_ERROR_PROTOCOL);
      }
}

static void
test_brackets_in_strings_do_not_count (void)
{
  g_autofree char *brackets = g_strnfill (1000, '[');
  g_autofree char *text = g_strdup_printf ("[\"%s\\\"%s\"]", brackets, brackets);
  g_autoptr(json_t) value = parse (text, -1, NULL);

  g_assert_nonnull (value);
}

static void
test_only_one_whole_value (void)
{
  static const char *const bad[] = {
    "", "   ", "{\"a\":1", "{\"a\":1}x", "[1][2]", "{\"a\":9223372036854775808}",
    "<html>", "\"\xff\"", "\"\xed\xa0\x80\"", "[\"unfinished",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(json_t) value = parse (bad[i], -1, &error);

      g_assert_error (error, BAL_ERROR, BAL_ERROR_PROTOCOL);
    }
}

static void
test_byte_order_mark_is_passed_over (void)
{
  g_autoptr(json_t) value = parse ("\xef\xbb\xbf{\"a\":1}", -1, NULL);

  g_assert_cmpint (bal_json_get_int (value, "a", 0), ==, 1);
}

static void
test_round_trip (void)
{
  static const char text[] = "{\"a\":\"\\u0000é\",\"b\":[1,true,null,\"<p>\\r\\n</p>\"]}";
  g_autoptr(json_t) value = parse (text, -1, NULL);
  g_autoptr(GBytes) bytes = bal_json_to_bytes (value);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  g_assert_cmpmem (data, size, text, strlen (text));
}

static char *
suite_dir (void)
{
  const char *shared = g_getenv ("BALCONY_SHARED");

  if (shared != NULL)
    return g_build_filename (shared, "data", "hostile", "json", NULL);

  return g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", "hostile", "json", NULL);
}

/* y_ must be read, n_ must be refused, i_ may be either. A name with a NUL inside is refused rather than cut. */
static gboolean
must_be_read (const char *name)
{
  return g_str_has_prefix (name, "y_") && strcmp (name, "y_object_escaped_null_in_key.json") != 0;
}

static void
test_parsing_suite (void)
{
  g_autofree char *path = suite_dir ();
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  if (dir == NULL)
    {
      g_test_skip ("the collection of JSON files is not here");
      return;
    }

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *contents = NULL;
      g_autoptr(GError) error = NULL;
      g_autoptr(json_t) value = NULL;
      gsize length;

      if (!g_str_has_suffix (name, ".json"))
        continue;

      g_assert_true (g_file_get_contents (file, &contents, &length, NULL));
      value = parse (contents, length, &error);
      if (must_be_read (name) && value == NULL)
        g_error ("%s was refused: %s", name, error->message);
      if (g_str_has_prefix (name, "n_") && value != NULL)
        g_error ("%s was accepted", name);
      n++;
    }

  g_test_message ("%u files", n);
  g_assert_cmpuint (n, >=, 300);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/getters-never-guess", test_getters_never_guess);
  g_test_add_func ("/json/depth-is-bounded", test_depth_is_bounded);
  g_test_add_func ("/json/parts-are-bounded", test_parts_are_bounded);
  g_test_add_func ("/json/brackets-in-strings-do-not-count", test_brackets_in_strings_do_not_count);
  g_test_add_func ("/json/only-one-whole-value", test_only_one_whole_value);
  g_test_add_func ("/json/byte-order-mark-is-passed-over", test_byte_order_mark_is_passed_over);
  g_test_add_func ("/json/round-trip", test_round_trip);
  g_test_add_func ("/json/parsing-suite", test_parsing_suite);

  return g_test_run ();
}
