/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-ghost-private.h"

#include "bal-error.h"

#include <glib/gi18n.h>
#include <string.h>

/* Ghost refuses what is valid for longer. */
#define LIFE_S     (5 * 60)
#define MAX_SECRET 128

static GBytes *
parse_hex (const char *text)
{
  gsize length = strlen (text);
  guint8 bytes[MAX_SECRET];

  if (length < 2 || length % 2 != 0 || length / 2 > sizeof bytes)
    return NULL;

  for (gsize i = 0; i < length; i += 2)
    {
      if (!g_ascii_isxdigit (text[i]) || !g_ascii_isxdigit (text[i + 1]))
        return NULL;
      bytes[i / 2] = (guint8) (g_ascii_xdigit_value (text[i]) * 16 + g_ascii_xdigit_value (text[i + 1]));
    }
  return g_bytes_new (bytes, length / 2);
}

gboolean
bal_ghost_key_parse (const char  *text,
                     char       **id,
                     GBytes     **secret,
                     GError     **error)
{
  g_autofree char *key = g_strstrip (g_strdup (text));
  char *colon = strchr (key, ':');
  GBytes *bytes = colon != NULL && colon > key ? parse_hex (colon + 1) : NULL;

  if (bytes == NULL || strspn (key, "0123456789abcdefABCDEF") != (gsize) (colon - key))
    {
      g_clear_pointer (&bytes, g_bytes_unref);
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_AUTH,
                           _("That is no Admin API key: it has two parts of letters a to f and digits with a colon between. Copy "
                             "it from Ghost’s settings, under “Integrations”."));
      return FALSE;
    }

  *id = g_strndup (key, colon - key);
  *secret = bytes;
  return TRUE;
}

/* As RFC 7515 wants it. */
static void
append_base64url (GString      *out,
                  const void   *data,
                  gsize         length)
{
  g_autofree char *text = g_base64_encode (data, length);

  for (const char *p = text; *p != '\0' && *p != '='; p++)
    g_string_append_c (out, *p == '+' ? '-' : *p == '/' ? '_' : *p);
}

char *
bal_ghost_key_sign (const char *id,
                    GBytes     *secret,
                    gint64      now)
{
  g_autofree char *header = g_strdup_printf ("{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"%s\"}", id);
  g_autofree char *claims = g_strdup_printf ("{\"iat\":%" G_GINT64_FORMAT ",\"exp\":%" G_GINT64_FORMAT
                                             ",\"aud\":\"/admin/\"}", now, now + LIFE_S);
  gsize n_key;
  const guint8 *key = g_bytes_get_data (secret, &n_key);
  g_autoptr(GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key, n_key);
  GString *token = g_string_new (NULL);
  guint8 digest[32];
  gsize n_digest = sizeof digest;

  append_base64url (token, header, strlen (header));
  g_string_append_c (token, '.');
  append_base64url (token, claims, strlen (claims));
  g_hmac_update (hmac, (const guchar *) token->str, token->len);
  g_hmac_get_digest (hmac, digest, &n_digest);
  g_string_append_c (token, '.');
  append_base64url (token, digest, n_digest);

  return g_string_free (token, FALSE);
}
