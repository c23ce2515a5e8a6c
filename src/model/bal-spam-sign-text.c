/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-spam-signs.h"

#include <glib/gi18n.h>
#include <string.h>

static char *
describe_number (const char *zeros)
{
  guint n = strlen (zeros);

  /* TRANSLATORS: a sign of spam, in a list of what weighed */
  return g_strdup_printf (ngettext ("a number of %u digit", "a number of %u digits", n), n);
}

static char *
describe_pair (const char *pair)
{
  gsize length = strlen (pair);

  if (g_str_equal (pair, "^ $"))
    return g_strdup (_("nothing written"));
  if (g_str_has_prefix (pair, "^ "))
    /* TRANSLATORS: a sign of spam; %s is a word */
    return g_strdup_printf (_("begins with “%s”"), pair + 2);
  if (length > 2 && g_str_has_suffix (pair, " $"))
    {
      g_autofree char *word = g_strndup (pair, length - 2);

      /* TRANSLATORS: a sign of spam; %s is a word */
      return g_strdup_printf (_("ends with “%s”"), word);
    }
  /* TRANSLATORS: a sign of spam; %s are two words that stand side by side */
  return g_strdup_printf (_("“%s”"), pair);
}

/* One of the sentences for the steps of a measure. */
static char *
pick (const char        *step,
      const char *const *sentences,
      guint              n_sentences)
{
  guint i = step[0] >= '0' && step[0] <= '9' ? (guint) (step[0] - '0') : 0;

  return g_strdup (_(sentences[MIN (i, n_sentences - 1)]));
}

#define pick_of(step, ...)                                                     \
  pick (step, (const char *const[]) { __VA_ARGS__ },                           \
        sizeof (const char *const[]) { __VA_ARGS__ } / sizeof (const char *))

static char *
describe_shape (char        kind,
                const char *step)
{
  switch (kind)
    {
    case 'L':
      return pick_of (step, N_("no link"), N_("one link"), N_("two links"), N_("three or four links"),
                      N_("five links or more"));

    case 'D':
      return pick_of (step, N_("nothing but links"), N_("hardly any words beside the links"),
                      N_("few words for its links"), N_("up to 20 words for each link"), N_("many words for each link"));

    case 'N':
      return pick_of (step, N_("no words"), N_("one or two words"), N_("three or four words"), N_("5 to 8 words"),
                      N_("9 to 16 words"), N_("17 to 32 words"), N_("33 to 64 words"), N_("65 to 128 words"),
                      N_("more than 128 words"));

    case 'C':
      return pick_of (step, N_("no capital letters"), N_("few capital letters"), N_("some capital letters"),
                      N_("many capital letters"), N_("mostly capital letters"), N_("nothing but capital letters"));

    case 'X':
      return pick_of (step, N_("no exclamation mark"), N_("one exclamation mark"), N_("two or three exclamation marks"),
                      N_("4 to 8 exclamation marks"), N_("more than 8 exclamation marks"));

    case 'S':
      return pick_of (step, N_("one emoji"), N_("a few emoji"), N_("many emoji"));

    case 'k':
      return pick_of (step, N_("no name"), N_("a name of one word"), N_("a name of two words"),
                      N_("a name of three words"), N_("a name of four words or more"));

    case 'U':
      return pick_of (step, N_("the author gave no web address"), N_("the author gave a web address"));

    case 'R':
      return g_strdup (_("repeats itself"));

    case 'M':
      return g_strdup (g_str_equal (step, "word") ? _("letters of different scripts in one word")
                                                  : _("several scripts"));

    case 'G':
      return g_strdup (_("the same letter or mark many times"));

    case '#':
      return g_strdup (_("digits"));

    default:
      return g_strdup (step);
    }
}

/**
 * bal_spam_sign_describe:
 * @sign: a sign
 *
 * Returns: (transfer full): what it is in a person's words, translated; a part of a list, without a full stop
 */
char *
bal_spam_sign_describe (const char *sign)
{
  const char *what = sign[0] != '\0' && sign[1] == ':' ? sign + 2 : sign;

  switch (sign[0])
    {
    case 'w':
      if (what[strspn (what, "0")] == '\0')
        return describe_number (what);
      /* TRANSLATORS: a sign of spam; %s is a word */
      return g_strdup_printf (_("“%s”"), what);

    case 'p':
      return describe_pair (what);

    case 'h':
      /* TRANSLATORS: a sign of spam; %s is a host */
      return g_strdup_printf (_("a link to %s"), what);

    case 't':
      /* TRANSLATORS: a sign of spam; %s is the last part of a host, as in ".org" */
      return g_strdup_printf (_("a link to a “.%s” address"), what);

    case 'a':
      /* TRANSLATORS: a sign of spam; %s is a word */
      return g_strdup_printf (_("“%s” in the author’s name"), what);

    case 'u':
      /* TRANSLATORS: a sign of spam; %s is a host */
      return g_strdup_printf (_("the author’s web address at %s"), what);

    case 'm':
      /* TRANSLATORS: a sign of spam; %s is a host */
      return g_strdup_printf (_("an e-mail address at %s"), what);

    case 'e':
      /* TRANSLATORS: a sign of spam; %s is an e-mail address */
      return g_strdup_printf (_("the e-mail address %s"), what);

    default:
      return describe_shape (sign[0], what);
    }
}
