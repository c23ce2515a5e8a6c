/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-folder-private.h"

#include <string.h>

#define LONGEST_SLUG 80

/**
 * bal_folder_slug:
 * @text: (nullable): a title, a file's name, anything
 *
 * Returns: (transfer full): one to eighty of `a-z`, `0-9` and single inner hyphens: safe as a file name and in an
 *   address, whatever @text was
 */
char *
bal_folder_slug (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *ascii = g_str_to_ascii (valid, "C");
  GString *slug = g_string_new (NULL);

  for (const char *p = ascii; *p != '\0' && slug->len < LONGEST_SLUG; p++)
    {
      if (g_ascii_isalnum (*p))
        g_string_append_c (slug, g_ascii_tolower (*p));
      else if (*p != '\'' && slug->len > 0 && slug->str[slug->len - 1] != '-')
        g_string_append_c (slug, '-');
    }
  while (slug->len > 0 && slug->str[slug->len - 1] == '-')
    g_string_truncate (slug, slug->len - 1);
  if (slug->len == 0)
    g_string_append (slug, "post");
  return g_string_free (slug, FALSE);
}

/* "2019-05-30-tin-moon" -> "tin-moon" */
const char *
bal_folder_skip_date (const char *stem)
{
  static const char pattern[] = "0000-00-00-";

  for (guint i = 0; pattern[i] != '\0'; i++)
    if (pattern[i] == '0' ? !g_ascii_isdigit (stem[i]) : stem[i] != pattern[i])
      return stem;
  return stem[strlen (pattern)] != '\0' ? stem + strlen (pattern) : stem;
}

/**
 * bal_folder_media_name:
 * @file_name: (nullable): what the person called it; a label only
 * @mime_type: (nullable): its type
 * @bytes: the image
 *
 * The name holds the hash of the bytes, so that the same image sent twice is one file, and a different one never
 * replaces it.
 *
 * Returns: (transfer full): `lighthouse-0123456789abcdef.jpg`
 */
char *
bal_folder_media_name (const char *file_name,
                       const char *mime_type,
                       GBytes     *bytes)
{
  static const char *const types[][2] = {
    { "image/jpeg", "jpg" }, { "image/png", "png" }, { "image/gif", "gif" }, { "image/webp", "webp" },
    { "image/avif", "avif" }, { "image/svg+xml", "svg" },
  };
  const char *label = file_name != NULL ? file_name : "image";
  const char *dot = strrchr (label, '.');
  g_autofree char *stem = dot != NULL && dot > label ? g_strndup (label, dot - label) : g_strdup (label);
  g_autofree char *slug = bal_folder_slug (stem);
  g_autofree char *hash = bal_folder_files_hash (bytes);
  const char *extension = "bin";

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (mime_type, types[i][0]) == 0)
      extension = types[i][1];
  return g_strdup_printf ("%s-%.16s.%s", slug, hash, extension);
}
