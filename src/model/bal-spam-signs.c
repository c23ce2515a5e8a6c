/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-spam-signs.h"

#include <string.h>

#include "bal-spam-words.h"

/*
 * A sign is a letter for its kind, a colon, and what was seen; bal-spam-sign-text.c says each to a person.
 *
 *   w:film      a word                        p:the film  two words side by side ("^" and "$": the ends)
 *   h:x.example the host of a link            t:example   the last part of that host
 *   a:ann       a word of the author's name   k:2         how many words that name has
 *   u:x.example the host of their page        U:0         whether they gave one
 *   m:x.example the domain of their e-mail    e:…         that e-mail
 *   L D N C X S R M G #                       shape: links, words a link, words, capitals, exclamations, symbols,
 *                                             repeated words, scripts, letters drawn out, digits
 *
 * There is no list of words here and no rule about any language: what counts is learnt.
 */

static void
add (GPtrArray  *signs,
     char        kind,
     const char *what)
{
  g_ptr_array_add (signs, g_strdup_printf ("%c:%s", kind, what));
}

/* The index of the first of @edges that @value does not go beyond. */
static void
add_step (GPtrArray   *signs,
          char         kind,
          guint        value,
          const guint *edges,
          guint        n_edges)
{
  guint step = 0;

  while (step < n_edges && value > edges[step])
    step++;
  g_ptr_array_add (signs, g_strdup_printf ("%c:%u", kind, step));
}

#define add_steps(signs, kind, value, ...)                                     \
  G_STMT_START {                                                               \
    static const guint edges_[] = { __VA_ARGS__ };                             \
    add_step (signs, kind, value, edges_, G_N_ELEMENTS (edges_));              \
  } G_STMT_END

/* Also that of whoever gave the name under it away: "me.pages.example" is one of "pages.example". */
static void
add_host (GPtrArray  *signs,
          char        kind,
          const char *host)
{
  const char *last = strrchr (host, '.');
  const char *parent = last;

  add (signs, kind, host);
  while (parent != NULL && parent > host && parent[-1] != '.')
    parent--;
  if (parent != NULL && parent > host)
    add (signs, kind, parent);
}

static void
add_words (GPtrArray          *signs,
           const BalSpamWords *words)
{
  const char *last = "^";

  for (guint i = 0; i < words->words->len; i++)
    {
      const char *word = g_ptr_array_index (words->words, i);
      g_autofree char *pair = g_strconcat (last, " ", word, NULL);

      add (signs, 'w', word);
      add (signs, 'p', pair);
      last = word;
    }
  if (words->words->len > 0)
    {
      g_autofree char *pair = g_strconcat (last, " $", NULL);

      add (signs, 'p', pair);
    }
}

static void
add_links (GPtrArray          *signs,
           const BalSpamWords *words)
{
  for (guint i = 0; i < words->hosts->len; i++)
    {
      const char *host = g_ptr_array_index (words->hosts, i);
      const char *last = strrchr (host, '.');

      add_host (signs, 'h', host);
      if (last != NULL)
        add (signs, 't', last + 1);
    }

  add_steps (signs, 'L', words->n_links, 0, 1, 2, 4);
  if (words->n_links > 0)
    add_steps (signs, 'D', words->words->len / words->n_links, 0, 3, 8, 20);
}

static guint
count_distinct (GPtrArray *words)
{
  g_autoptr(GHashTable) distinct = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < words->len; i++)
    g_hash_table_add (distinct, g_ptr_array_index (words, i));
  return g_hash_table_size (distinct);
}

static void
add_shape (GPtrArray          *signs,
           const BalSpamWords *words)
{
  guint n = words->words->len;

  add_steps (signs, 'N', n, 0, 2, 4, 8, 16, 32, 64, 128);
  if (words->n_letters >= 8)
    add_steps (signs, 'C', 100 * words->n_capitals / words->n_letters, 0, 5, 15, 40, 80);
  add_steps (signs, 'X', words->n_exclamations, 0, 1, 3, 8);
  if (words->n_symbols > 0)
    add_steps (signs, 'S', words->n_symbols, 1, 4);
  if (n > 6 && 10 * count_distinct (words->words) < 6 * n)
    add (signs, 'R', "1");
  if (words->mixed_word)
    add (signs, 'M', "word");
  else if (words->n_scripts > 1)
    add (signs, 'M', "text");
  if (words->longest_run >= 4)
    add (signs, 'G', "1");
  if (words->n_digits > 0)
    add (signs, '#', "1");
}

static void
add_author (GPtrArray           *signs,
            const BalSpamSource *source)
{
  g_autoptr(BalSpamWords) name = bal_spam_words_new (source->author);
  g_autofree char *site = source->author_url != NULL ? bal_spam_words_dup_host (source->author_url) : NULL;
  const char *email = source->author_email;
  g_autofree char *domain = email != NULL && strchr (email, '@') != NULL ? bal_spam_words_dup_host (email) : NULL;

  /* A comment whose author is not known at all says nothing about authors. */
  if (source->author == NULL && source->author_url == NULL && source->author_email == NULL)
    return;

  for (guint i = 0; i < name->words->len; i++)
    add (signs, 'a', g_ptr_array_index (name->words, i));
  for (guint i = 0; i < name->hosts->len; i++)
    add_host (signs, 'a', g_ptr_array_index (name->hosts, i));
  add_steps (signs, 'k', name->words->len, 0, 1, 2, 3);

  add (signs, 'U', site != NULL ? "1" : "0");
  if (site != NULL)
    add_host (signs, 'u', site);
  if (domain != NULL)
    {
      g_autofree char *folded = g_utf8_make_valid (email, -1);
      g_autofree char *whole = g_utf8_casefold (folded, -1);

      add_host (signs, 'm', domain);
      add (signs, 'e', whole);
    }
}

static int
compare_signs (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/**
 * bal_spam_signs_list:
 * @source: a comment
 *
 * Returns: (transfer full) (element-type utf8): its signs, each once, in an order that depends on nothing else
 */
GPtrArray *
bal_spam_signs_list (const BalSpamSource *source)
{
  g_autoptr(BalSpamWords) words = bal_spam_words_new (source->text);
  g_autoptr(GPtrArray) signs = g_ptr_array_new_with_free_func (g_free);
  guint kept = 0;

  for (guint i = 0; source->links != NULL && i < source->links->len; i++)
    bal_spam_words_add_link (words, g_ptr_array_index (source->links, i));

  add_words (signs, words);
  add_links (signs, words);
  add_shape (signs, words);
  add_author (signs, source);

  g_ptr_array_sort (signs, compare_signs);
  for (guint i = 0; i < signs->len; i++)
    {
      char *sign = g_steal_pointer (&signs->pdata[i]);

      if (kept > 0 && strcmp (signs->pdata[kept - 1], sign) == 0)
        g_free (sign);
      else
        signs->pdata[kept++] = sign;
    }
  g_ptr_array_set_size (signs, kept);
  return g_steal_pointer (&signs);
}

/**
 * bal_spam_sign_hash:
 * @sign: a sign
 *
 * What the store keeps in its place, so that no reader's words are kept a second time. It is the same on every
 * machine and in every version (64-bit FNV-1a).
 *
 * Returns: a number of 64 bits
 */
gint64
bal_spam_sign_hash (const char *sign)
{
  guint64 hash = 0xcbf29ce484222325u;

  for (const char *p = sign; *p != '\0'; p++)
    hash = (hash ^ (guint8) *p) * 0x100000001b3u;
  return (gint64) hash;
}
