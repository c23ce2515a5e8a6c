/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hostile.h"

#include "samples.h"

static guint
foreach_in_file (const char  *path,
                 HostileFunc  func,
                 gpointer     data)
{
  g_autofree char *content = samples_read_shared (path, NULL);
  g_autoptr(GPtrArray) strings = NULL;
  g_auto(GStrv) lines = NULL;
  guint n_vectors = 0;

  if (content == NULL)
    return 0;
  if (g_str_has_suffix (path, ".json"))
    {
      strings = samples_json_strings (content);
      for (guint i = 0; i < strings->len; i++)
        func (g_ptr_array_index (strings, i), data);
      return strings->len;
    }
  func (content, data);
  lines = g_strsplit (content, "\n", -1);
  for (; lines[n_vectors] != NULL; n_vectors++)
    func (lines[n_vectors], data);
  return n_vectors;
}

guint
hostile_foreach (HostileFunc func,
                 gpointer    data)
{
  static const char *const files[] = { "hostile/blns.txt",
                                       "hostile/payloadbox-xss-payload-list.txt",
                                       "hostile/wp-entities.txt", "hostile/wp-kses-strings.json",
                                       "hostile/OWASP_XSS_Filter_Evasion_Cheat_Sheet.md" };
  guint n_vectors = 0;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    n_vectors += foreach_in_file (files[i], func, data);
  return n_vectors;
}

gboolean
hostile_is_forbidden (gunichar c)
{
  return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c <= 0x9F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF ||
         c == 0x2028 || c == 0x2029 || c == 0xFFFC || c == 0xAD || c == 0x2060;
}
