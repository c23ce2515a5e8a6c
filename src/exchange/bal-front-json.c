/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-front-matter.h"

#include <glib/gi18n.h>
#include <jansson.h>
#include <string.h>

#include "bal-error.h"

/* (transfer full) (nullable): as it stands there; NULL: no single value */
static char *
dup_scalar (const json_t *value)
{
  switch (json_typeof (value))
    {
    case JSON_STRING:
      return g_strdup (json_string_value (value));
    case JSON_TRUE:
      return g_strdup ("true");
    case JSON_FALSE:
      return g_strdup ("false");
    case JSON_INTEGER:
      return g_strdup_printf ("%" JSON_INTEGER_FORMAT, json_integer_value (value));
    case JSON_REAL:
      {
        char buffer[G_ASCII_DTOSTR_BUF_SIZE];

        return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%g", json_real_value (value)));
      }
    case JSON_NULL:
      return g_strdup ("");
    case JSON_OBJECT:
    case JSON_ARRAY:
    default:
      return NULL;
    }
}

static void
take_value (BalFrontMatter *matter,
            const char     *key,
            const json_t   *value,
            gboolean        in_list)
{
  g_autofree char *text = dup_scalar (value);
  gboolean is_list = json_is_array (value) && !in_list;

  for (gsize i = 0; is_list && i < json_array_size (value); i++)
    take_value (matter, key, json_array_get (value, i), TRUE);
  if (text != NULL)
    bal_front_matter_set (matter, key, text, in_list);
  else if (!is_list && !g_ptr_array_find_with_equal_func (matter->unknown, key, g_str_equal, NULL))
    g_ptr_array_add (matter->unknown, g_strdup (key));
}

/* jansson bounds how deep it goes. */
gsize
bal_front_json_read (const char      *text,
                     gsize            length,
                     BalFrontMatter  *matter,
                     GError         **error)
{
  json_error_t failed;
  json_t *root = json_loadb (text, length, JSON_DISABLE_EOF_CHECK, &failed);
  const char *key;
  json_t *value;

  if (root == NULL || !json_is_object (root))
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID, _("Its front matter can’t be read near line %u."),
                   root == NULL ? (guint) MAX (failed.line, 1) : 1);
      json_decref (root);
      return 0;
    }

  json_object_foreach (root, key, value)
    take_value (matter, key, value, FALSE);
  json_decref (root);
  return (gsize) failed.position;
}
