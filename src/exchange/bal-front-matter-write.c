/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-front-matter.h"

#include <string.h>

/* In double quotes, as YAML and JSON both read it: nothing in it can end it or be something else than text. */
void
bal_front_matter_append_text (GString    *out,
                              const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  g_string_append_c (out, '"');
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '"' || c == '\\')
        g_string_append_printf (out, "\\%c", (char) c);
      else if (c == '\n')
        g_string_append (out, "\\n");
      else if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff || c == 0xfffe || c == 0xffff)
        g_string_append_printf (out, "\\u%04x", c);
      else
        g_string_append_unichar (out, c);
    }
  g_string_append_c (out, '"');
}

void
bal_front_matter_append (GString    *out,
                         const char *key,
                         const char *value)
{
  if (value == NULL || *value == '\0')
    return;

  g_string_append_printf (out, "%s: ", key);
  bal_front_matter_append_text (out, value);
  g_string_append_c (out, '\n');
}

void
bal_front_matter_append_list (GString            *out,
                              const char         *key,
                              const char *const  *values)
{
  if (values[0] == NULL)
    return;

  g_string_append_printf (out, "%s:\n", key);
  for (guint i = 0; values[i] != NULL; i++)
    {
      g_string_append (out, "  - ");
      bal_front_matter_append_text (out, values[i]);
      g_string_append_c (out, '\n');
    }
}
