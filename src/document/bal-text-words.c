/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-text-words.h"

#include "bal-diff.h"

#include <string.h>

#define ZERO_WIDTH_JOINER 0x200D

/* How many times heavier than what stays between two changes both must be to swallow it. */
#define FOLD 4

typedef struct
{
  GArray *old;
  GArray *new_;
  guint  *old_ids;
  guint  *new_ids;
  guint  *old_weights;   /* letters before each word: sums in no time */
  guint  *new_weights;
  int    *match;
} Matching;

/* Scripts whose words are not parted by spaces: each character counts. */
static gboolean
is_unspaced (gunichar c)
{
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_BOPOMOFO:
    case G_UNICODE_SCRIPT_THAI:
    case G_UNICODE_SCRIPT_LAO:
    case G_UNICODE_SCRIPT_KHMER:
    case G_UNICODE_SCRIPT_MYANMAR:
    case G_UNICODE_SCRIPT_TIBETAN:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
is_letter (gunichar c)
{
  return g_unichar_isalnum (c);
}

/* What is drawn together with the character before it: accents, and the parts of one emoji. */
static gboolean
continues (gunichar before,
           gunichar c)
{
  return g_unichar_ismark (c) || c == ZERO_WIDTH_JOINER || before == ZERO_WIDTH_JOINER ||
         (c >= 0x1F3FB && c <= 0x1F3FF);
}

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019;
}

GArray *
bal_words_split (const char *text)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (BalWord));

  for (const char *p = text; *p != '\0';)
    {
      gunichar first = g_utf8_get_char (p);
      gunichar before = first;
      gboolean open = is_letter (first) && !is_unspaced (first);
      BalWord word = { p, 0, is_letter (first), NULL };

      for (p = g_utf8_next_char (p); *p != '\0'; p = g_utf8_next_char (p))
        {
          gunichar c = g_utf8_get_char (p);
          gboolean letter = is_letter (c) && !is_unspaced (c);

          if (open && is_apostrophe (c))
            letter = is_letter (g_utf8_get_char (g_utf8_next_char (p)));
          if (!continues (before, c) && !(open && letter))
            break;
          before = c;
          word.weight += is_letter (c);
        }
      word.length = p - word.text;
      g_array_append_val (words, word);
    }
  return words;
}

static guint
hash_cb (gconstpointer data)
{
  const BalWord *word = data;
  guint hash = 5381;

  for (guint i = 0; i < word->length; i++)
    hash = hash * 33 + (guchar) word->text[i];
  return word->object != NULL ? hash ^ g_str_hash (word->object) : hash;
}

static gboolean
equal_cb (gconstpointer a,
          gconstpointer b)
{
  const BalWord *one = a;
  const BalWord *two = b;

  return one->length == two->length && memcmp (one->text, two->text, one->length) == 0 &&
         g_strcmp0 (one->object, two->object) == 0;
}

static guint *
sum_weights (GArray *words)
{
  guint *sums = g_new (guint, words->len + 1);

  sums[0] = 0;
  for (guint i = 0; i < words->len; i++)
    sums[i + 1] = sums[i] + g_array_index (words, BalWord, i).weight;
  return sums;
}

GArray *
bal_words_changes (const int *match,
                   guint      n_old,
                   guint      n_new)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (BalWordChange));
  BalWordChange change = { 0 };

  for (guint i = 0; i <= n_new; i++)
    {
      if (i < n_new && match[i] < 0)
        continue;
      change.new_end = i;
      change.old_end = i < n_new ? (guint) match[i] : n_old;
      if (change.old_end > change.old_start || change.new_end > change.new_start)
        g_array_append_val (changes, change);
      change.new_start = i + 1;
      change.old_start = change.old_end + 1;
    }
  return changes;
}

static guint
weigh (Matching            *self,
       const BalWordChange *change)
{
  return MAX (self->old_weights[change->old_end] - self->old_weights[change->old_start],
              self->new_weights[change->new_end] - self->new_weights[change->new_start]);
}

/* Whether what stays between two changes is too little to keep them apart. */
static gboolean
is_crumb (Matching            *self,
          const BalWordChange *before,
          const BalWordChange *after)
{
  guint kept = self->new_weights[after->new_start] - self->new_weights[before->new_end];
  gboolean removes =
    before->old_end > before->old_start || after->old_end > after->old_start;
  gboolean adds = before->new_end > before->new_start || after->new_end > after->new_start;

  return removes && adds &&
         (guint64) kept * FOLD <= MIN (weigh (self, before), weigh (self, after));
}

/* What two folded changes have in common at their ends stays after all. */
static void
match_ends (Matching      *self,
            BalWordChange  change)
{
  while (change.old_start < change.old_end && change.new_start < change.new_end &&
         self->old_ids[change.old_start] == self->new_ids[change.new_start])
    self->match[change.new_start++] = change.old_start++;
  while (change.old_start < change.old_end && change.new_start < change.new_end &&
         self->old_ids[change.old_end - 1] == self->new_ids[change.new_end - 1])
    self->match[--change.new_end] = --change.old_end;
}

static void
fold_crumbs (Matching *self)
{
  g_autoptr(GArray) changes = bal_words_changes (self->match, self->old->len, self->new_->len);
  g_autoptr(GArray) folded = g_array_sized_new (FALSE, FALSE, sizeof (BalWordChange), changes->len);

  for (guint i = 0; i < changes->len; i++)
    {
      BalWordChange change = g_array_index (changes, BalWordChange, i);

      while (folded->len > 0)
        {
          BalWordChange *last = &g_array_index (folded, BalWordChange, folded->len - 1);

          if (!is_crumb (self, last, &change))
            break;
          change.old_start = last->old_start;
          change.new_start = last->new_start;
          g_array_set_size (folded, folded->len - 1);
        }
      g_array_append_val (folded, change);
    }
  for (guint i = 0; i < folded->len; i++)
    {
      BalWordChange *change = &g_array_index (folded, BalWordChange, i);

      for (guint k = change->new_start; k < change->new_end; k++)
        self->match[k] = -1;
      match_ends (self, *change);
    }
}

int *
bal_words_match (GArray *old,
                 GArray *new_)
{
  g_autoptr(GHashTable) table = g_hash_table_new (hash_cb, equal_cb);
  g_autofree guint *old_ids = bal_diff_number (table, old);
  g_autofree guint *new_ids = bal_diff_number (table, new_);
  g_autofree guint *old_weights = sum_weights (old);
  g_autofree guint *new_weights = sum_weights (new_);
  Matching self = { old, new_, old_ids, new_ids, old_weights, new_weights, NULL };

  self.match = g_new (int, new_->len + 1);
  bal_diff (old_ids, old->len, new_ids, new_->len, self.match);
  fold_crumbs (&self);
  return self.match;
}
