/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-person-key.h"

#include <string.h>

#include "bal-text.h"

/* What stands before each kind of key, so that no name can pass for an address. */
#define EMAIL_PREFIX "mail:"
#define URL_PREFIX   "web:"
#define NAME_PREFIX  "name:"
/* Longer ones are kept as their hash: what identifies somebody must not fill the index. */
#define MAX_LENGTH   300

/* A letter outside ASCII stays outside: the Kelvin sign must not become the k of somebody else's address. */
static char *
fold_address (BalSlice slice)
{
  GString *folded = g_string_sized_new (slice.length);

  for (const char *p = slice.start; p < slice.start + slice.length; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p), lower = g_unichar_tolower (c);

      g_string_append_unichar (folded, c >= 0x80 && lower < 0x80 ? c : lower);
    }
  return g_string_free (folded, FALSE);
}

/* Some blogs, and exports of Blogger, give everybody one of these. */
static gboolean
is_nobodys_mailbox (const char *email)
{
  return g_str_has_prefix (email, "noreply@") || g_str_has_prefix (email, "no-reply@") ||
         g_str_has_prefix (email, "donotreply@") || g_str_has_prefix (email, "anonymous@");
}

static gboolean
has_space (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (bal_text_is_space (g_utf8_get_char (text)))
      return TRUE;

  return FALSE;
}

/* NULL: no address with which a person could be told from others, as in "none", "@", "n/a". */
static char *
normalise_email (const char *email)
{
  g_autofree char *valid = NULL;
  g_autofree char *folded = NULL;
  const char *at;

  /* Most of the comments of some blogs have none. */
  if (email == NULL || strchr (email, '@') == NULL)
    return NULL;

  valid = g_utf8_make_valid (email, -1);
  folded = fold_address (bal_text_trim (valid, valid + strlen (valid)));
  at = strrchr (folded, '@');
  if (at == NULL || at == folded || at[1] == '\0' || has_space (folded) || is_nobodys_mailbox (folded))
    return NULL;

  return g_steal_pointer (&folded);
}

/* Host and path: with or without "www.", a slash at the end, https, it is the same page. */
static char *
normalise_url (const char *url)
{
  g_autofree char *valid = NULL;
  g_autofree char *line = NULL;
  g_autoptr(GUri) uri = NULL;
  g_autofree char *host = NULL;
  g_autofree char *path = NULL;
  const char *start;
  gsize length;

  if (url == NULL)
    return NULL;

  valid = g_utf8_make_valid (url, -1);
  line = bal_text_clean_line (valid);
  uri = g_uri_parse (line, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return NULL;
  if (g_strcmp0 (g_uri_get_scheme (uri), "http") != 0 && g_strcmp0 (g_uri_get_scheme (uri), "https") != 0)
    return NULL;

  start = g_uri_get_host (uri);
  host = fold_address (bal_text_trim (start, start + strlen (start)));
  path = g_strdup (g_uri_get_path (uri));
  for (length = strlen (path); length > 0 && path[length - 1] == '/'; length--)
    path[length - 1] = '\0';

  start = g_str_has_prefix (host, "www.") ? host + strlen ("www.") : host;
  return *start != '\0' ? g_strconcat (start, path, NULL) : NULL;
}

static char *
normalise_name (const char *author)
{
  g_autofree char *valid = g_utf8_make_valid (author != NULL ? author : "", -1);

  return bal_text_fold (valid, -1);
}

static gboolean
is_nobodys_name (const char *folded)
{
  static const char *const names[] = { "", "anonymous", "unknown", "guest", "none", "n/a" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (folded, names[i]))
      return TRUE;

  /* "-", "…", "???": who writes such a thing wants no name. */
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_ispunct (g_utf8_get_char (p)))
      return FALSE;

  return TRUE;
}

static char *
make_key (const char *prefix,
          const char *text)
{
  g_autofree char *hash = NULL;

  if (strlen (text) <= MAX_LENGTH)
    return g_strconcat (prefix, text, NULL);

  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  return g_strconcat (prefix, "#", hash, NULL);
}

/**
 * bal_person_key_new:
 * @author: (nullable): the name that a comment is signed with
 * @email: (nullable): the e-mail address given with it
 * @url: (nullable): the address on the web given with it
 *
 * What tells a commenter from all others. An e-mail address does so by itself, however the name is spelt on that day:
 * it is shown to nobody, so that nobody else has it by chance. An address on the web needs the name beside it, because
 * several people of one site give the same; and a name alone is used where there is nothing else, as on Blogger. Case
 * and white space make no difference, nor do "www.", the scheme and what follows a "?".
 *
 * Names such as "Anonymous", "Unknown" or none at all identify nobody: two anonymous comments may well be by two people.
 *
 * Any bytes may be handed in: they come from strangers.
 *
 * Returns: (transfer full) (nullable): a text that is equal for the same person; %NULL: it may be anybody
 */
char *
bal_person_key_new (const char *author,
                    const char *email,
                    const char *url)
{
  g_autofree char *mailbox = normalise_email (email);
  g_autofree char *name = NULL;
  g_autofree char *page = NULL;
  g_autofree char *both = NULL;

  if (mailbox != NULL)
    return make_key (EMAIL_PREFIX, mailbox);

  name = normalise_name (author);
  if (is_nobodys_name (name))
    return NULL;

  page = normalise_url (url);
  if (page == NULL)
    return make_key (NAME_PREFIX, name);

  /* Neither has a line break. */
  both = g_strconcat (page, "\n", name, NULL);
  return make_key (URL_PREFIX, both);
}

/**
 * bal_person_key_for_comment:
 * @comment: a comment
 *
 * The blogger's own comments are by no commenter, whatever they are signed with.
 *
 * Returns: (transfer full) (nullable): see [func@person_key_new]
 */
char *
bal_person_key_for_comment (BalComment *comment)
{
  g_return_val_if_fail (BAL_IS_COMMENT (comment), NULL);

  if (bal_comment_get_mine (comment))
    return NULL;

  return bal_person_key_new (bal_comment_get_author (comment), bal_comment_get_author_email (comment),
                             bal_comment_get_author_url (comment));
}

/**
 * bal_person_key_get_kind:
 * @key: from [func@person_key_new]
 *
 * Returns: by what it tells the person from others
 */
BalPersonKeyKind
bal_person_key_get_kind (const char *key)
{
  g_return_val_if_fail (key != NULL, BAL_PERSON_KEY_NAME);

  if (g_str_has_prefix (key, EMAIL_PREFIX))
    return BAL_PERSON_KEY_EMAIL;

  return g_str_has_prefix (key, URL_PREFIX) ? BAL_PERSON_KEY_URL : BAL_PERSON_KEY_NAME;
}
