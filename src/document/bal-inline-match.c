/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-inline-match.h"

#include "bal-diff.h"

#include <string.h>

/* A character and its look in one number: equal for equal ones. */
#define UNICODE_SIZE 0x110000u
#define MOST_LOOKS   (G_MAXUINT / UNICODE_SIZE - 1)

typedef struct
{
  const guint *codes;
  guint        length;
} Word;

static guint
hash_word (gconstpointer data)
{
  const Word *word = data;
  guint hash = 5381;

  for (guint i = 0; i < word->length; i++)
    hash = hash * 33 + word->codes[i];
  return hash;
}

static gboolean
equal_words (gconstpointer a,
             gconstpointer b)
{
  const Word *one = a;
  const Word *two = b;

  return one->length == two->length &&
         memcmp (one->codes, two->codes, one->length * sizeof (guint)) == 0;
}

static guint
intern_look (GHashTable   *looks,
             const BalRun *run)
{
  g_autofree char *key = NULL;
  gpointer found;
  guint id;

  if (run == NULL)
    return 0;
  key = g_strdup_printf ("%u\n%s\n%s\n%s\n%s", run->style, run->link ? "l" : "",
                         run->link ? run->link : "", run->open ? run->open : "",
                         run->object ? run->object : "");
  if (g_str_equal (key, "0\n\n\n\n"))
    return 0;
  if (g_hash_table_lookup_extended (looks, key, NULL, &found))
    return GPOINTER_TO_UINT (found);
  id = MIN (g_hash_table_size (looks) + 1, MOST_LOOKS);
  g_hash_table_insert (looks, g_steal_pointer (&key), GUINT_TO_POINTER (id));
  return id;
}

static GArray *
encode_characters (GHashTable   *looks,
                   const char   *text,
                   const BalRun *runs,
                   guint         n_runs)
{
  GArray *codes = g_array_new (FALSE, FALSE, sizeof (guint));
  guint run = 0;
  guint run_start = G_MAXUINT;
  guint look = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      guint at = p - text;
      guint code;

      while (run < n_runs && runs[run].start + runs[run].length <= at)
        run++;
      if (run < n_runs && runs[run].start <= at)
        {
          if (run_start != runs[run].start)
            look = intern_look (looks, &runs[run]);
          run_start = runs[run].start;
        }
      else
        look = 0;
      code = look * UNICODE_SIZE + g_utf8_get_char (p);
      g_array_append_val (codes, code);
    }
  return codes;
}

static gboolean
is_word_code (guint code)
{
  gunichar c = code % UNICODE_SIZE;

  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/* Cuts [start, end) into words of one look; anything else is a word by itself. */
static GArray *
split_words (GArray *codes,
             guint   start,
             guint   end)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (Word));
  const guint *data = (const guint *) (gconstpointer) codes->data;

  for (guint p = start; p < end;)
    {
      guint next = p + 1;
      Word word;

      while (next < end && is_word_code (data[p]) && is_word_code (data[next]) &&
             data[next] / UNICODE_SIZE == data[p] / UNICODE_SIZE)
        next++;
      word = (Word) { data + p, next - p };
      g_array_append_val (words, word);
      p = next;
    }
  return words;
}

static void
match_words (GArray *old_codes,
             guint   old_start,
             guint   old_end,
             GArray *new_codes,
             guint   new_start,
             guint   new_end,
             int    *match)
{
  g_autoptr(GArray) old_words = split_words (old_codes, old_start, old_end);
  g_autoptr(GArray) new_words = split_words (new_codes, new_start, new_end);
  g_autoptr(GHashTable) table = g_hash_table_new (hash_word, equal_words);
  g_autofree guint *old_ids = bal_diff_number (table, old_words);
  g_autofree guint *new_ids = bal_diff_number (table, new_words);
  g_autofree int *word_match = g_new (int, new_words->len + 1);
  const guint *old_data = (const guint *) (gconstpointer) old_codes->data;
  const guint *new_data = (const guint *) (gconstpointer) new_codes->data;

  bal_diff (old_ids, old_words->len, new_ids, new_words->len, word_match);
  for (guint i = 0; i < new_words->len; i++)
    if (word_match[i] >= 0)
      {
        Word *to = &g_array_index (new_words, Word, i);
        Word *from = &g_array_index (old_words, Word, word_match[i]);

        for (guint k = 0; k < to->length; k++)
          match[to->codes - new_data + k] = from->codes - old_data + k;
      }
}

int *
bal_inline_match (BalBlock  *block,
                  BalInline *old,
                  guint     *n_characters)
{
  g_autoptr(GHashTable) looks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GArray) old_codes = NULL;
  g_autoptr(GArray) new_codes = NULL;
  const BalRun *runs;
  guint n_runs, head, tail, shorter;
  int *match;

  runs = bal_block_get_runs (block, &n_runs);
  new_codes = encode_characters (looks, bal_block_get_text (block), runs, n_runs);
  *n_characters = new_codes->len;
  match = g_new (int, new_codes->len + 1);
  for (guint i = 0; i < new_codes->len; i++)
    match[i] = -1;
  if (old == NULL)
    return match;

  old_codes = encode_characters (looks, old->text->str,
                                 (const BalRun *) (gconstpointer) old->runs->data, old->runs->len);
  if (g_hash_table_size (looks) >= MOST_LOOKS)
    return match;

  shorter = MIN (old_codes->len, new_codes->len);
  for (head = 0; head < shorter; head++)
    {
      if (g_array_index (old_codes, guint, head) != g_array_index (new_codes, guint, head))
        break;
      match[head] = head;
    }
  for (tail = 0; tail < shorter - head; tail++)
    {
      guint from = old_codes->len - 1 - tail;
      guint to = new_codes->len - 1 - tail;

      if (g_array_index (old_codes, guint, from) != g_array_index (new_codes, guint, to))
        break;
      match[to] = from;
    }
  match_words (old_codes, head, old_codes->len - tail, new_codes, head, new_codes->len - tail,
               match);
  return match;
}
