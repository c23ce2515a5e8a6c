/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-merge-text.h"

#include "bal-text-version.h"

#include <string.h>

typedef struct
{
  BalTextVersion  versions[3];
  GString        *text;
  GArray         *runs;
  gboolean        conflict;
} Merge;

/* What the other side did to the look of a stretch: to be done to what comes into its place, too. */
typedef struct
{
  BalStyle      added;
  BalStyle      removed;
  const BalRun *from;     /* how it looked */
  const BalRun *link;     /* its link is now this one's; NULL: as it was */
  const BalRun *tags;     /* its other tags likewise */
} Restyling;

static gboolean
same_link (const BalRun *a,
           const BalRun *b)
{
  return g_strcmp0 (a->link, b->link) == 0;
}

static gboolean
same_tags (const BalRun *a,
           const BalRun *b)
{
  return g_strcmp0 (a->open, b->open) == 0 && g_strcmp0 (a->close, b->close) == 0;
}

/* Whichever of two sides changed it. */
static const BalRun *
choose_changed (Merge        *self,
                const BalRun *looks[3],
                gboolean    (*same) (const BalRun *a,
                                     const BalRun *b))
{
  if (same (looks[BAL_SIDE_MINE], looks[BAL_SIDE_THEIRS]) ||
      same (looks[BAL_SIDE_BASE], looks[BAL_SIDE_THEIRS]))
    return looks[BAL_SIDE_MINE];
  if (same (looks[BAL_SIDE_BASE], looks[BAL_SIDE_MINE]))
    return looks[BAL_SIDE_THEIRS];
  self->conflict = TRUE;
  return looks[BAL_SIDE_MINE];
}

/* A style is there or not: two sides never disagree about one that both changed. */
static BalRun
merge_looks (Merge        *self,
             const BalRun *looks[3])
{
  BalStyle mine = looks[BAL_SIDE_MINE]->style;
  BalStyle theirs = looks[BAL_SIDE_THEIRS]->style;
  const BalRun *tags = choose_changed (self, looks, same_tags);
  BalRun look = *looks[BAL_SIDE_MINE];

  look.style = (mine & theirs) | ((mine ^ theirs) & ~looks[BAL_SIDE_BASE]->style);
  look.link = choose_changed (self, looks, same_link)->link;
  look.open = tags->open;
  look.close = tags->close;
  return look;
}

static void
append_characters (Merge      *self,
                   const char *text,
                   guint       length,
                   BalRun      look)
{
  BalRun *last =
    self->runs->len > 0 ? &g_array_index (self->runs, BalRun, self->runs->len - 1) : NULL;

  look.start = self->text->len;
  look.length = length;
  g_string_append_len (self->text, text, length);
  if (last != NULL && look.object == NULL && last->start + last->length == look.start &&
      bal_run_same_look (last, &look))
    last->length += length;
  else if (!bal_run_same_look (&bal_run_plain, &look))
    g_array_append_val (self->runs, look);
}

static guint
character_length (const char *p)
{
  return g_utf8_next_char (p) - p;
}

/* Words that stand in several versions: @at has the first in each. */
static void
append_common (Merge       *self,
               const guint  at[3],
               gboolean     in_base,
               guint        n_words)
{
  for (guint i = 0; i < n_words; i++)
    {
      BalWord *words[3];

      for (guint s = in_base ? BAL_SIDE_BASE : BAL_SIDE_MINE; s <= BAL_SIDE_THEIRS; s++)
        words[s] = &g_array_index (self->versions[s].words, BalWord, at[s] + i);
      for (guint k = 0; k < words[BAL_SIDE_MINE]->length;)
        {
          const char *p = words[BAL_SIDE_MINE]->text + k;
          const BalRun *looks[3] = { &bal_run_plain, &bal_run_plain, &bal_run_plain };

          for (guint s = in_base ? BAL_SIDE_BASE : BAL_SIDE_MINE; s <= BAL_SIDE_THEIRS; s++)
            looks[s] =
              self->versions[s].looks[words[s]->text + k - self->versions[s].block->text];
          append_characters (self, p, character_length (p), merge_looks (self, looks));
          k += character_length (p);
        }
    }
}

static Restyling
compare_looks (const BalRun *from,
               const BalRun *to)
{
  return (Restyling) {
    .added = to->style & ~from->style,
    .removed = from->style & ~to->style,
    .from = from,
    .link = same_link (from, to) ? NULL : to,
    .tags = same_tags (from, to) ? NULL : to,
  };
}

static gboolean
same_restyling (const Restyling *a,
                const Restyling *b)
{
  return a->added == b->added && a->removed == b->removed &&
         (a->link == NULL) == (b->link == NULL) && (a->link == NULL || same_link (a->link, b->link)) &&
         (a->tags == NULL) == (b->tags == NULL) && (a->tags == NULL || same_tags (a->tags, b->tags));
}

/* What @other did to one word of the base, which is the same there; FALSE when it did several things to it. */
static gboolean
find_restyling_of_word (Merge          *self,
                        guint           index,
                        BalTextVersion *other,
                        guint           other_index,
                        Restyling      *restyling)
{
  BalTextVersion *base = &self->versions[BAL_SIDE_BASE];
  BalWord *word = &g_array_index (base->words, BalWord, index);
  BalWord *same = &g_array_index (other->words, BalWord, other_index);

  for (guint k = 0; k < word->length; k++)
    {
      Restyling found = compare_looks (base->looks[word->text + k - base->block->text],
                                       other->looks[same->text + k - other->block->text]);

      if (k == 0)
        *restyling = found;
      else if (!same_restyling (restyling, &found))
        return FALSE;
    }
  return TRUE;
}

/* Likewise, of @n_words; they are the same in both. */
static gboolean
find_restyling (Merge          *self,
                guint           index,
                guint           n_words,
                BalTextVersion *other,
                guint           other_index,
                Restyling      *restyling)
{
  for (guint i = 0; i < n_words; i++)
    {
      Restyling found = { 0 };

      if (!find_restyling_of_word (self, index + i, other, other_index + i, &found))
        return FALSE;
      if (i == 0)
        *restyling = found;
      else if (!same_restyling (restyling, &found))
        return FALSE;
    }
  return TRUE;
}

/* Whether @other did this to one word, too: @index and @other_index count from 1. */
static gboolean
reaches (Merge           *self,
         const Restyling *restyling,
         guint            index,
         BalTextVersion  *other,
         guint            other_index)
{
  BalTextVersion *base = &self->versions[BAL_SIDE_BASE];
  Restyling found = { 0 };

  return index > 0 && index <= base->words->len && other_index > 0 &&
         other_index <= other->words->len &&
         bal_text_version_same_words (base, index - 1, other, other_index - 1, 1) &&
         find_restyling_of_word (self, index - 1, other, other_index - 1, &found) &&
         same_restyling (restyling, &found);
}

/* What is to be done to the words that come with a change of one side alone. FALSE when what @other
 * did to the look of the words that go would be lost with them. */
static gboolean
adopt_restyling (Merge               *self,
                 const BalWordChange *change,
                 BalTextVersion      *other,
                 guint                other_at,
                 Restyling           *restyling)
{
  BalTextVersion *base = &self->versions[BAL_SIDE_BASE];
  guint n_old = change->old_end - change->old_start;

  if (n_old == 0)
    {
      if (change->old_start == 0 || other_at == 0 ||
          !bal_text_version_same_words (base, change->old_start - 1, other, other_at - 1, 1) ||
          !find_restyling_of_word (self, change->old_start - 1, other, other_at - 1, restyling) ||
          !reaches (self, restyling, change->old_start, other, other_at) ||
          !reaches (self, restyling, change->old_start + 1, other, other_at + 1))
        *restyling = (Restyling) { 0 };
      return TRUE;
    }
  if (!find_restyling (self, change->old_start, n_old, other, other_at, restyling))
    return FALSE;
  return change->new_start < change->new_end ||
         (restyling->link == NULL && restyling->tags == NULL) ||
         reaches (self, restyling, change->old_start, other, other_at) ||
         reaches (self, restyling, change->old_end + 1, other, other_at + n_old + 1);
}

/* Whose link or tags a word gets that one side restyled and the other replaced. */
static const BalRun *
choose_look (Merge           *self,
             const BalRun    *old,
             const BalRun    *to,
             const Restyling *restyling,
             gboolean       (*same) (const BalRun *a,
                                     const BalRun *b))
{
  if (to == NULL || same (old, to))
    return old;
  if (same (old, restyling->from))
    return to;
  self->conflict = TRUE;
  return old;
}

static BalRun
restyle (Merge           *self,
         const BalRun    *old,
         const Restyling *restyling)
{
  const BalRun *tags = choose_look (self, old, restyling->tags, restyling, same_tags);
  BalRun look = *old;

  look.style = (look.style | restyling->added) & ~restyling->removed;
  look.link = choose_look (self, old, restyling->link, restyling, same_link)->link;
  look.open = tags->open;
  look.close = tags->close;
  return look;
}

static void
append_words (Merge           *self,
              BalTextVersion  *version,
              guint            start,
              guint            end,
              const Restyling *restyling)
{
  for (guint i = start; i < end; i++)
    {
      BalWord *word = &g_array_index (version->words, BalWord, i);

      for (guint k = 0; k < word->length; k += character_length (word->text + k))
        append_characters (self, word->text + k, character_length (word->text + k),
                           restyle (self, version->looks[word->text + k - version->block->text],
                                    restyling));
    }
}

static const BalWordChange *
next_change (BalTextVersion *self)
{
  return self->next < self->changes->len
           ? &g_array_index (self->changes, BalWordChange, self->next)
           : NULL;
}

/* Whether both are about the same words: what one side puts in belongs to the words on both sides of
 * the place. */
static gboolean
overlaps (const BalWordChange *change,
          guint                start,
          guint                end)
{
  if (change->old_start == change->old_end || start == end)
    return change->old_start <= end && start <= change->old_end;
  return MAX (change->old_start, start) < MIN (change->old_end, end);
}

static gboolean
precedes (const BalWordChange *a,
          const BalWordChange *b)
{
  if (b == NULL || a->old_start != b->old_start)
    return b == NULL || a->old_start < b->old_start;
  return a->old_end <= b->old_end;
}

/* The base's words that a group of changes is about, and those of each side in their place. */
typedef struct
{
  guint first[3];    /* the first change of each side in it; they end before its next one */
  guint starts[3];   /* words */
  guint ends[3];
} Group;

static gboolean
has_changes (Merge       *self,
             const Group *group,
             BalSide      side)
{
  return group->first[side] < self->versions[side].next;
}

/* Whether a side did no more in a group than take out white space. */
static gboolean
only_closes_up (Merge       *self,
                const Group *group,
                BalSide      side)
{
  BalTextVersion *base = &self->versions[BAL_SIDE_BASE];
  BalTextVersion *version = &self->versions[side];

  for (guint i = group->first[side]; i < version->next; i++)
    {
      const BalWordChange *change = &g_array_index (version->changes, BalWordChange, i);

      if (change->new_start < change->new_end)
        return FALSE;
      for (guint k = change->old_start; k < change->old_end; k++)
        if (!g_unichar_isspace (
              g_utf8_get_char (g_array_index (base->words, BalWord, k).text)))
          return FALSE;
    }
  return TRUE;
}

static void
resolve (Merge       *self,
         const Group *group)
{
  const guint *starts = group->starts;
  const guint *ends = group->ends;
  guint n_words = ends[BAL_SIDE_MINE] - starts[BAL_SIDE_MINE];

  if (n_words == ends[BAL_SIDE_THEIRS] - starts[BAL_SIDE_THEIRS] &&
      bal_text_version_same_words (&self->versions[BAL_SIDE_MINE], starts[BAL_SIDE_MINE],
                                   &self->versions[BAL_SIDE_THEIRS], starts[BAL_SIDE_THEIRS], n_words))
    {
      append_common (self, starts, FALSE, n_words);
      return;
    }
  for (guint s = BAL_SIDE_MINE; s <= BAL_SIDE_THEIRS; s++)
    {
      BalSide other = s == BAL_SIDE_MINE ? BAL_SIDE_THEIRS : BAL_SIDE_MINE;

      if (only_closes_up (self, group, s))
        {
          append_words (self, &self->versions[other], starts[other], ends[other],
                        &(Restyling) { 0 });
          return;
        }
    }
  self->conflict = TRUE;
}

/* Whether two words would become one. */
static gboolean
glue (const BalWord *a,
      const BalWord *b)
{
  g_autofree char *text =
    g_strdup_printf ("%.*s%.*s", (int) a->length, a->text, (int) b->length, b->text);
  g_autoptr(GArray) words = bal_words_split (text);

  return words->len == 1;
}

/* Whether a change of one side and one of the other that begins where it ends would glue words
 * together that neither side wrote as one. */
static gboolean
sticks (Merge               *self,
        BalTextVersion      *a,
        const BalWordChange *first,
        BalTextVersion      *b,
        const BalWordChange *second)
{
  GArray *words = self->versions[BAL_SIDE_BASE].words;
  const BalWord *before = NULL;
  const BalWord *after = NULL;

  if (first->old_end != second->old_start)
    return FALSE;
  if (first->new_start < first->new_end)
    before = &g_array_index (a->words, BalWord, first->new_end - 1);
  else if (first->old_start > 0)
    before = &g_array_index (words, BalWord, first->old_start - 1);
  if (second->new_start < second->new_end)
    after = &g_array_index (b->words, BalWord, second->new_start);
  else if (second->old_end < words->len)
    after = &g_array_index (words, BalWord, second->old_end);
  return before != NULL && after != NULL && glue (before, after);
}

/* Takes the next change of one side, and those of both that hang together with it. */
static void
collect_group (Merge   *self,
               BalSide  side,
               Group   *group)
{
  const BalWordChange *change = next_change (&self->versions[side]);
  BalSide last = side;
  gboolean more = TRUE;

  for (guint s = BAL_SIDE_MINE; s <= BAL_SIDE_THEIRS; s++)
    group->first[s] = self->versions[s].next;
  group->starts[BAL_SIDE_BASE] = change->old_start;
  group->ends[BAL_SIDE_BASE] = change->old_end;
  self->versions[side].next++;
  while (more)
    {
      more = FALSE;
      for (guint s = BAL_SIDE_MINE; s <= BAL_SIDE_THEIRS; s++)
        {
          const BalWordChange *next = next_change (&self->versions[s]);

          if (next == NULL)
            continue;
          if (!overlaps (next, group->starts[BAL_SIDE_BASE], group->ends[BAL_SIDE_BASE]) &&
              (s == last ||
               !sticks (self, &self->versions[last], change, &self->versions[s], next)))
            continue;
          if (next->old_end >= group->ends[BAL_SIDE_BASE])
            {
              change = next;
              last = s;
              group->ends[BAL_SIDE_BASE] = next->old_end;
            }
          self->versions[s].next++;
          more = TRUE;
        }
    }
}

static void
take_change (Merge *self)
{
  BalTextVersion *base = &self->versions[BAL_SIDE_BASE];
  const BalWordChange *one = next_change (&self->versions[BAL_SIDE_MINE]);
  const BalWordChange *two = next_change (&self->versions[BAL_SIDE_THEIRS]);
  BalSide side = one != NULL && precedes (one, two) ? BAL_SIDE_MINE : BAL_SIDE_THEIRS;
  BalSide other = side == BAL_SIDE_MINE ? BAL_SIDE_THEIRS : BAL_SIDE_MINE;
  const BalWordChange *change = side == BAL_SIDE_MINE ? one : two;
  guint n_common = change->old_start - base->at;
  Group group;

  append_common (self, (guint[3]) { base->at, self->versions[1].at, self->versions[2].at }, TRUE,
                 n_common);
  collect_group (self, side, &group);
  for (guint s = BAL_SIDE_MINE; s <= BAL_SIDE_THEIRS; s++)
    {
      BalTextVersion *version = &self->versions[s];

      group.starts[s] = version->at + n_common;
      group.ends[s] = group.starts[s] + group.ends[BAL_SIDE_BASE] - change->old_start;
      for (guint i = group.first[s]; i < version->next; i++)
        {
          const BalWordChange *taken = &g_array_index (version->changes, BalWordChange, i);

          group.ends[s] += taken->new_end - taken->new_start;
          group.ends[s] -= taken->old_end - taken->old_start;
        }
    }
  if (has_changes (self, &group, other))
    {
      resolve (self, &group);
    }
  else
    {
      Restyling restyling = { 0 };

      if (!adopt_restyling (self, change, &self->versions[other], group.starts[other], &restyling))
        self->conflict = TRUE;
      else
        append_words (self, &self->versions[side], group.starts[side], group.ends[side],
                      &restyling);
    }
  for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
    self->versions[s].at = group.ends[s];
}

char *
bal_merge_text (BalBlock *const  versions[3],
                GArray          *runs)
{
  Merge self = { .text = g_string_new (NULL), .runs = runs };
  BalTextVersion *base = &self.versions[BAL_SIDE_BASE];
  guint at[3];

  for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
    bal_text_version_init (&self.versions[s], versions[s]);
  bal_text_version_compare (&self.versions[BAL_SIDE_MINE], base);
  bal_text_version_compare (&self.versions[BAL_SIDE_THEIRS], base);
  while (!self.conflict && (next_change (&self.versions[BAL_SIDE_MINE]) != NULL ||
                            next_change (&self.versions[BAL_SIDE_THEIRS]) != NULL))
    take_change (&self);
  for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
    at[s] = self.versions[s].at;
  if (!self.conflict)
    append_common (&self, at, TRUE, base->words->len - base->at);
  for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
    bal_text_version_clear (&self.versions[s]);
  return g_string_free (self.text, self.conflict);
}
