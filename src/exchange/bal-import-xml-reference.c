/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import-xml-reference.h"

#include <libxml/xmlerror.h>
#include <string.h>

/* FALSE: @text is no whole reference to a number, as "&#x1F600;". One that is too large for any is 0. */
static gboolean
read_number (const char *text,
             gunichar   *number)
{
  gboolean is_hex;
  guint64 value;
  char *end = NULL;

  if (text[0] != '&' || text[1] != '#')
    return FALSE;
  is_hex = text[2] == 'x';
  text += is_hex ? 3 : 2;
  value = g_ascii_isxdigit (*text) ? g_ascii_strtoull (text, &end, is_hex ? 16 : 10) : 0;
  if (value == 0 || *end != ';' || end[1] != '\0')
    return FALSE;
  *number = value <= 0x10ffff ? (gunichar) value : 0;
  return TRUE;
}

/* Other characters that can't be have the same error. */
static gboolean
is_number_like (const char *text)
{
  gsize length;

  if (text[1] != '#')
    return FALSE;
  text += text[2] == 'x' ? 3 : 2;
  length = strspn (text, "0123456789abcdefABCDEF");
  return text[length] == '\0' || (text[length] == ';' && text[length + 1] == '\0');
}

char *
bal_import_xml_take_reference (BalImportXmlHalf     *half,
                               const xmlParserInput *input,
                               int                   error,
                               guint64               at,
                               gboolean             *is_joined)
{
  g_autofree char *text = NULL;
  const xmlChar *from = input->cur - 1;
  gboolean is_pair;
  gunichar number = 0;
  char joined[7] = "";

  *is_joined = FALSE;
  while (from > input->base && *from != '&')
    from--;
  if (from < input->base || *from != '&')
    return NULL;
  text = g_strndup ((const char *) from, (gsize) (input->cur - from));
  if (error == XML_ERR_INVALID_CHAR && !is_number_like (text))
    return NULL;

  if (!read_number (text, &number))
    number = 0;
  is_pair = half->half != 0 && number >= 0xdc00 && number <= 0xdfff && half->end + (gsize) (input->cur - from) == at;
  if (is_pair)
    {
      joined[g_unichar_to_utf8 (0x10000 + ((half->half - 0xd800) << 10) + (number - 0xdc00), joined)] = '\0';
      *is_joined = TRUE;
    }
  half->half = number >= 0xd800 && number <= 0xdbff ? number : 0;
  half->end = at;
  return is_pair ? g_strdup (joined) : g_steal_pointer (&text);
}
