/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import-xml-tag.h"

#include <string.h>

#include "bal-tags.h"

/* An ampersand, and nothing else, libxml2 leaves as a reference. */
char *
bal_import_xml_dup_attribute (const xmlChar **a)
{
  g_autoptr(GString) value = g_string_new_len ((const char *) a[3], (gssize) (a[4] - a[3]));

  g_string_replace (value, "&#38;", "&", 0);
  return g_strdup (value->str);
}

void
bal_import_xml_append_start (GString        *out,
                             const xmlChar  *name,
                             int             n_attributes,
                             const xmlChar **attributes)
{
  g_string_append_printf (out, "<%s", (const char *) name);
  for (int i = 0; i < n_attributes; i++)
    {
      const xmlChar **a = attributes + 5 * i;
      g_autofree char *plain = bal_import_xml_dup_attribute (a);
      g_autofree char *value = g_markup_escape_text (plain, -1);

      g_string_append_printf (out, " %s=\"%s\"", (const char *) a[0], value);
    }
  g_string_append_c (out, '>');
}

char *
bal_import_xml_make_tag (const xmlChar  *local,
                         const xmlChar  *prefix,
                         int             n_spaces,
                         const xmlChar **spaces)
{
  GString *tag = g_string_new ("<");

  if (prefix != NULL)
    g_string_append_printf (tag, "%s:", (const char *) prefix);
  g_string_append (tag, (const char *) local);
  for (int i = 0; i < n_spaces; i++)
    {
      g_autofree char *uri = g_markup_escape_text (spaces[2 * i + 1] != NULL ? (const char *) spaces[2 * i + 1] : "", -1);

      g_string_append_printf (tag, spaces[2 * i] != NULL ? " xmlns:%s=\"%s\"" : " xmlns%s=\"%s\"",
                              spaces[2 * i] != NULL ? (const char *) spaces[2 * i] : "", uri);
    }
  g_string_append_c (tag, '>');
  return g_string_free (tag, FALSE);
}

gboolean
bal_import_xml_is_void (const char *name)
{
  const BalTag *tag = bal_tag_lookup (name, strlen (name));

  return tag != NULL && (tag->flags & BAL_TAG_VOID) != 0;
}
