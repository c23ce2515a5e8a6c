/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-json.h"

#include "bal-error.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_DEPTH 64
/* A value costs up to 250 bytes of memory, and two or three of text: a page of 100 posts has some thousands. */
#define MAX_VALUES 300000

/* Counts brackets and commas outside strings before any parser sees the text, so that nesting costs no stack and
 * millions of empty values no memory. */
static gboolean
check_bounds (const char *text,
              gsize       length)
{
  gboolean in_string = FALSE;
  guint depth = 0;
  guint n_values = 1;

  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];

      if (in_string)
        {
          if (c == '\\')
            i++;
          else if (c == '"')
            in_string = FALSE;
        }
      else if (c == '"')
        in_string = TRUE;
      else if (c == '[' || c == '{')
        {
          if (++depth > MAX_DEPTH || ++n_values > MAX_VALUES)
            return FALSE;
        }
      else if (c == ',')
        {
          if (++n_values > MAX_VALUES)
            return FALSE;
        }
      else if ((c == ']' || c == '}') && depth > 0)
        depth--;
    }

  return TRUE;
}

/**
 * bal_json_parse:
 * @bytes: a whole answer
 * @error: %BAL_ERROR_PROTOCOL
 *
 * Strict: one complete value, nested at most 64 deep and of at most 300,000 parts, in valid UTF-8. A byte order mark before it
 * is passed over, since one stray mark in a PHP file puts it before every answer of a blog. Refused
 * although the grammar allows it: a NUL in a member's name, numbers beyond 64 bits or a double.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL on error
 */
json_t *
bal_json_parse (GBytes  *bytes,
                GError **error)
{
  const char *text;
  gsize length;
  json_error_t details = { .line = -1 };
  json_t *value = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  text = g_bytes_get_data (bytes, &length);
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      length -= 3;
    }

  if (length == 0)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_PROTOCOL,
                           _("The server sent an empty answer."));
      return NULL;
    }

  if (!check_bounds (text, length))
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_PROTOCOL,
                           _("The server’s answer is nested too deeply, or has too many parts, to be read."));
      return NULL;
    }

  /* The parser takes a NUL byte for the end, so it would read a part for the whole. */
  if (memchr (text, '\0', length) == NULL)
    value = json_loadb (text, length, JSON_DECODE_ANY | JSON_ALLOW_NUL, &details);
  if (value == NULL)
    {
      g_debug ("Not JSON at line %d, column %d", details.line, details.column);
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_PROTOCOL,
                           _("The server’s answer is incomplete or not in the expected form."));
    }

  return value;
}

/**
 * bal_json_get_string:
 * @object: (nullable): any value
 * @name: a member
 *
 * Returns: (nullable): the string, borrowed from @object; %NULL where @object is no object, has no
 *   such member, or holds something else there. A string with a NUL inside, which C would cut, is
 *   %NULL too; see json_string_length() for those who can take one.
 */
const char *
bal_json_get_string (const json_t *object,
                     const char   *name)
{
  json_t *value = json_object_get (object, name);
  const char *text = json_string_value (value);

  if (text == NULL || strlen (text) != json_string_length (value))
    return NULL;

  return text;
}

/**
 * bal_json_get_int:
 * @object: (nullable): any value
 * @name: a member
 * @fallback: what to return for anything that is not an integer
 *
 * Returns: the integer or @fallback; never a real or a string turned into one
 */
gint64
bal_json_get_int (const json_t *object,
                  const char   *name,
                  gint64        fallback)
{
  json_t *value = json_object_get (object, name);

  return json_is_integer (value) ? json_integer_value (value) : fallback;
}

/**
 * bal_json_get_boolean:
 * @object: (nullable): any value
 * @name: a member
 * @fallback: what to return for anything but `true` and `false`
 *
 * Returns: the truth value or @fallback
 */
gboolean
bal_json_get_boolean (const json_t *object,
                      const char   *name,
                      gboolean      fallback)
{
  json_t *value = json_object_get (object, name);

  return json_is_boolean (value) ? json_is_true (value) : fallback;
}

/**
 * bal_json_get_object:
 * @object: (nullable): any value
 * @name: a member
 *
 * Returns: (nullable) (transfer none): the member if it is an object
 */
json_t *
bal_json_get_object (const json_t *object,
                     const char   *name)
{
  json_t *value = json_object_get (object, name);

  return json_is_object (value) ? value : NULL;
}

/**
 * bal_json_get_array:
 * @object: (nullable): any value
 * @name: a member
 *
 * Returns: (nullable) (transfer none): the member if it is an array
 */
json_t *
bal_json_get_array (const json_t *object,
                    const char   *name)
{
  json_t *value = json_object_get (object, name);

  return json_is_array (value) ? value : NULL;
}

/**
 * bal_json_to_bytes:
 * @value: what to write; its strings must be valid UTF-8
 *
 * Returns: (transfer full): compact JSON in UTF-8, members in the order in which they were set
 */
GBytes *
bal_json_to_bytes (const json_t *value)
{
  size_t size = json_dumpb (value, NULL, 0, JSON_COMPACT | JSON_ENCODE_ANY);
  char *buffer = g_malloc (size);

  json_dumpb (value, buffer, size, JSON_COMPACT | JSON_ENCODE_ANY);

  return g_bytes_new_take (buffer, size);
}
