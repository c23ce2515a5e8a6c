/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-merge-private.h"

#include <string.h>

/* Where each thing of the base went, in one side. */
typedef struct
{
  int      *at;           /* index of what it is there now, or BAL_MERGE_ABSENT */
  gboolean *same;         /* with not a byte changed */
  guint    *new_start;    /* what that side put in before each, and behind the last */
  guint    *new_end;
} Fate;

static void
fate_init (Fate            *self,
           BalMergeVersion *base,
           BalMergeVersion *side)
{
  guint n_base = base->things->len;
  guint n_side = side->things->len;
  g_autofree int *origin = g_new (int, n_side + 1);
  g_autofree gboolean *equal = g_new (gboolean, n_side + 1);
  guint place = 0;

  bal_merge_version_match (base, side, origin, equal);
  self->at = g_new (int, n_base + 1);
  self->same = g_new0 (gboolean, n_base + 1);
  self->new_start = g_new0 (guint, n_base + 1);
  self->new_end = g_new0 (guint, n_base + 1);
  for (guint i = 0; i <= n_base; i++)
    self->at[i] = BAL_MERGE_ABSENT;
  for (guint i = 0; i < n_side; i++)
    {
      if (origin[i] < 0)
        {
          if (self->new_end[place] == 0)
            self->new_start[place] = i;
          self->new_end[place] = i + 1;
          continue;
        }
      self->at[origin[i]] = i;
      self->same[origin[i]] = equal[i];
      place = origin[i] + 1;
    }
}

static void
fate_clear (Fate *self)
{
  g_free (self->at);
  g_free (self->same);
  g_free (self->new_start);
  g_free (self->new_end);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fate, fate_clear)

typedef struct
{
  BalMergeFlow   *flow;
  BalMergeManner *manner;
  Fate           *fates;    /* by BalSide; the base has none */
  GArray         *new_[3];  /* int: what each side put in since the last thing that stays */
  GArray         *gone;     /* int: what both sides took out of the base since then */
} Build;

BalMergeItem *
bal_merge_item_new (BalMergeThing *thing,
                    int            in_base,
                    int            in_mine,
                    int            in_theirs)
{
  BalMergeItem *self = g_new (BalMergeItem, 1);

  self->block = bal_block_ref (thing->block);
  self->markup = thing->markup;
  self->bytes = g_bytes_ref (thing->block->source);
  self->at[BAL_SIDE_BASE] = in_base;
  self->at[BAL_SIDE_MINE] = in_mine;
  self->at[BAL_SIDE_THEIRS] = in_theirs;
  return self;
}

void
bal_merge_item_free (BalMergeItem *self)
{
  bal_block_unref (self->block);
  g_bytes_unref (self->bytes);
  g_free (self);
}

static void
free_slot (gpointer data)
{
  BalMergeSlot *slot = data;

  for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
    g_ptr_array_unref (slot->items[s]);
  g_free (slot);
}

static BalMergeSlot *
add_slot (Build    *self,
          gboolean  conflict)
{
  BalMergeSlot *slot = g_new0 (BalMergeSlot, 1);

  slot->conflict = conflict;
  if (conflict && self->manner != NULL)
    self->manner->conflict = TRUE;
  for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
    slot->items[s] = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_merge_item_free);
  g_ptr_array_add (self->flow->slots, slot);
  return slot;
}

static BalMergeThing *
get_thing (Build   *self,
           BalSide  side,
           int      index)
{
  return g_ptr_array_index (self->flow->versions[side].things, index);
}

/* Puts what @side has at @at of that side into its slot for the choice @choice. */
static void
add_item (Build        *self,
          BalMergeSlot *slot,
          BalSide       choice,
          BalSide       side,
          const int     at[3])
{
  g_ptr_array_add (slot->items[choice],
                   bal_merge_item_new (get_thing (self, side, at[side]), at[BAL_SIDE_BASE],
                                       at[BAL_SIDE_MINE], at[BAL_SIDE_THEIRS]));
}

/* What stands there whatever is chosen elsewhere. */
static void
add_settled (Build     *self,
             BalSide    side,
             const int  at[3])
{
  add_item (self, add_slot (self, FALSE), BAL_SIDE_MINE, side, at);
}

static void
add_conflict (Build     *self,
              const int  at[3])
{
  BalMergeSlot *slot = add_slot (self, TRUE);

  for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
    {
      int own[3] = { at[BAL_SIDE_BASE], BAL_MERGE_ABSENT, BAL_MERGE_ABSENT };

      own[s] = at[s];
      if (at[s] != BAL_MERGE_ABSENT)
        add_item (self, slot, s, s, own);
    }
}

static void
merge_both_changed (Build     *self,
                    const int  at[3])
{
  BalBlock *versions[3];
  BalMergeSlot *slot;
  BalMergeItem *merged = NULL;
  gboolean markup = get_thing (self, BAL_SIDE_MINE, at[BAL_SIDE_MINE])->markup;

  for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
    versions[s] = get_thing (self, s, at[s])->block;
  if (g_bytes_equal (versions[BAL_SIDE_MINE]->source, versions[BAL_SIDE_THEIRS]->source))
    {
      add_settled (self, BAL_SIDE_MINE, at);
      return;
    }
  if (markup)
    {
      add_conflict (self, at);
      return;
    }
  if (self->manner != NULL)
    {
      merged = bal_merge_block (versions, self->manner);
      if (merged == NULL)
        {
          add_conflict (self, at);
          return;
        }
      memcpy (merged->at, at, sizeof merged->at);
      g_ptr_array_add (add_slot (self, FALSE)->items[BAL_SIDE_MINE], merged);
      return;
    }

  slot = add_slot (self, FALSE);
  if (bal_merge_root_block (versions, self->flow->dialect, slot))
    {
      for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
        for (guint i = 0; i < slot->items[s]->len; i++)
          memcpy (((BalMergeItem *) g_ptr_array_index (slot->items[s], i))->at, at,
                  sizeof merged->at);
      return;
    }
  g_ptr_array_set_size (self->flow->slots, self->flow->slots->len - 1);
  add_conflict (self, at);
}

/* Whether a side's version of a thing of the base says anything else. */
static gboolean
says_the_same (Build   *self,
               guint    index,
               BalSide  side)
{
  BalMergeThing *base = get_thing (self, BAL_SIDE_BASE, index);
  BalMergeThing *now = get_thing (self, side, self->fates[side].at[index]);

  return self->fates[side].same[index] || (!base->markup && bal_block_equal (base->block, now->block));
}

/* Whether one side took it out, and the other, at most, spelled it anew. */
static gboolean
is_gone (Build *self,
         guint  index)
{
  gboolean gone = FALSE;

  for (guint s = BAL_SIDE_MINE; s <= BAL_SIDE_THEIRS; s++)
    if (self->fates[s].at[index] == BAL_MERGE_ABSENT)
      gone = TRUE;
    else if (!says_the_same (self, index, s))
      return FALSE;
  return gone;
}

static gboolean
is_gone_twice (Build *self,
               guint  index)
{
  return self->fates[BAL_SIDE_MINE].at[index] == BAL_MERGE_ABSENT &&
         self->fates[BAL_SIDE_THEIRS].at[index] == BAL_MERGE_ABSENT;
}

static void
merge_old (Build *self,
           guint  index)
{
  Fate *mine = &self->fates[BAL_SIDE_MINE];
  Fate *theirs = &self->fates[BAL_SIDE_THEIRS];
  int at[3] = { index, mine->at[index], theirs->at[index] };

  if (at[BAL_SIDE_MINE] == BAL_MERGE_ABSENT || at[BAL_SIDE_THEIRS] == BAL_MERGE_ABSENT)
    add_conflict (self, at);
  else if (theirs->same[index])
    add_settled (self, BAL_SIDE_MINE, at);
  else if (mine->same[index])
    add_settled (self, BAL_SIDE_THEIRS, at);
  else
    merge_both_changed (self, at);
}

static void
collect_new (Build *self,
             guint  place)
{
  for (guint s = BAL_SIDE_MINE; s <= BAL_SIDE_THEIRS; s++)
    for (int i = self->fates[s].new_start[place]; i < (int) self->fates[s].new_end[place]; i++)
      g_array_append_val (self->new_[s], i);
}

static GPtrArray *
get_new_things (Build   *self,
                BalSide  side)
{
  GPtrArray *things = g_ptr_array_new ();

  for (guint i = 0; i < self->new_[side]->len; i++)
    g_ptr_array_add (things, get_thing (self, side, g_array_index (self->new_[side], int, i)));
  return things;
}

/* One thing that mine, theirs or (alike) both put in: by number, or -1. */
static void
merge_new_thing (Build    *self,
                 int       mine,
                 int       theirs,
                 gboolean  equal)
{
  int at[3] = { BAL_MERGE_ABSENT, BAL_MERGE_ABSENT, BAL_MERGE_ABSENT };

  if (mine >= 0)
    at[BAL_SIDE_MINE] = g_array_index (self->new_[BAL_SIDE_MINE], int, mine);
  if (theirs >= 0)
    at[BAL_SIDE_THEIRS] = g_array_index (self->new_[BAL_SIDE_THEIRS], int, theirs);
  if (mine >= 0 && theirs >= 0 && !equal)
    add_conflict (self, at);
  else
    add_settled (self, mine >= 0 ? BAL_SIDE_MINE : BAL_SIDE_THEIRS, at);
}

/* All that each side has in the place of what is gone is one choice. */
static void
add_conflict_of_new (Build *self,
                     guint  mine,
                     guint  mine_end,
                     guint  theirs,
                     guint  theirs_end)
{
  BalMergeSlot *slot = add_slot (self, TRUE);

  for (guint i = 0; i < self->gone->len; i++)
    {
      int own[3] = { g_array_index (self->gone, int, i), BAL_MERGE_ABSENT, BAL_MERGE_ABSENT };

      add_item (self, slot, BAL_SIDE_BASE, BAL_SIDE_BASE, own);
    }
  g_array_set_size (self->gone, 0);
  for (guint s = BAL_SIDE_MINE; s <= BAL_SIDE_THEIRS; s++)
    for (guint i = s == BAL_SIDE_MINE ? mine : theirs; i < (s == BAL_SIDE_MINE ? mine_end : theirs_end); i++)
      {
        int own[3] = { BAL_MERGE_ABSENT, BAL_MERGE_ABSENT, BAL_MERGE_ABSENT };

        own[s] = g_array_index (self->new_[s], int, i);
        add_item (self, slot, s, s, own);
      }
}

/* What has no counterpart on the other side: both are kept, mine first, unless both stand for
 * something that is gone. */
static void
merge_strangers (Build *self,
                 guint  mine,
                 guint  mine_end,
                 guint  theirs,
                 guint  theirs_end)
{
  if (self->gone->len > 0 && mine < mine_end && theirs < theirs_end)
    {
      add_conflict_of_new (self, mine, mine_end, theirs, theirs_end);
      return;
    }
  for (; mine < mine_end; mine++)
    merge_new_thing (self, mine, -1, FALSE);
  for (; theirs < theirs_end; theirs++)
    merge_new_thing (self, -1, theirs, FALSE);
}

/* Both sides may have put something in at one place, with nothing that stays in between. What says
 * the same is taken once, what is nearly so is two versions of one thing. */
static void
merge_new (Build *self)
{
  g_autoptr(GPtrArray) mine = get_new_things (self, BAL_SIDE_MINE);
  g_autoptr(GPtrArray) theirs = get_new_things (self, BAL_SIDE_THEIRS);
  g_autofree int *origin = g_new (int, theirs->len + 1);
  g_autofree gboolean *equal = g_new (gboolean, theirs->len + 1);
  guint next = 0;

  bal_merge_match_new (mine, theirs, origin, equal);
  for (guint i = 0; i < theirs->len || next < mine->len;)
    {
      guint common = i;
      guint end;

      while (common < theirs->len && origin[common] < 0)
        common++;
      end = common < theirs->len ? (guint) origin[common] : mine->len;
      merge_strangers (self, next, end, i, common);
      next = end;
      i = common;
      if (common < theirs->len)
        {
          merge_new_thing (self, next++, i, equal[i]);
          i++;
        }
    }
  for (guint s = BAL_SIDE_MINE; s <= BAL_SIDE_THEIRS; s++)
    g_array_set_size (self->new_[s], 0);
  g_array_set_size (self->gone, 0);
}

BalMergeFlow *
bal_merge_flow_new (BalBlock *const  containers[3],
                    BalDialect       dialect,
                    BalMergeManner  *manner)
{
  BalMergeFlow *self = g_new0 (BalMergeFlow, 1);
  g_auto(Fate) mine = { 0 };
  g_auto(Fate) theirs = { 0 };
  Build build = { .flow = self, .manner = manner };
  Fate fates[3];
  guint n_base;

  self->dialect = dialect;
  self->kind = containers[BAL_SIDE_MINE]->kind;
  self->slots = g_ptr_array_new_with_free_func (free_slot);
  for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
    bal_merge_version_init (&self->versions[s], containers[s]);
  n_base = self->versions[BAL_SIDE_BASE].things->len;
  fate_init (&mine, &self->versions[BAL_SIDE_BASE], &self->versions[BAL_SIDE_MINE]);
  fate_init (&theirs, &self->versions[BAL_SIDE_BASE], &self->versions[BAL_SIDE_THEIRS]);
  fates[BAL_SIDE_BASE] = (Fate) { 0 };
  fates[BAL_SIDE_MINE] = mine;
  fates[BAL_SIDE_THEIRS] = theirs;
  build.fates = fates;
  for (guint s = BAL_SIDE_MINE; s <= BAL_SIDE_THEIRS; s++)
    build.new_[s] = g_array_new (FALSE, FALSE, sizeof (int));
  build.gone = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = 0; i <= n_base; i++)
    {
      collect_new (&build, i);
      if (i < n_base && is_gone (&build, i))
        {
          if (is_gone_twice (&build, i))
            g_array_append_val (build.gone, i);
          continue;
        }
      merge_new (&build);
      if (i < n_base)
        merge_old (&build, i);
    }
  for (guint s = BAL_SIDE_MINE; s <= BAL_SIDE_THEIRS; s++)
    g_array_unref (build.new_[s]);
  g_array_unref (build.gone);
  return self;
}

void
bal_merge_flow_free (BalMergeFlow *self)
{
  for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
    bal_merge_version_clear (&self->versions[s]);
  g_ptr_array_unref (self->slots);
  g_free (self);
}

static gboolean
same_span (BalMergeSpan a,
           BalMergeSpan b)
{
  return a.length == b.length && memcmp (a.start, b.start, a.length) == 0;
}

static BalMergeSpan
get_space (BalMergeFlow *self,
           BalSide       side,
           int           index)
{
  return g_array_index (self->versions[side].spaces, BalMergeSpan, index);
}

static BalMergeSpan
choose_changed (BalMergeSpan base,
                BalMergeSpan mine,
                BalMergeSpan theirs)
{
  return same_span (base, mine) ? theirs : mine;
}

static gboolean
are_neighbours (const BalMergeItem *a,
                const BalMergeItem *b,
                BalSide             side)
{
  return a->at[side] != BAL_MERGE_ABSENT && b->at[side] == a->at[side] + 1;
}

/* The space between two things that stand side by side in some version is that version's. */
static gboolean
find_space (BalMergeFlow       *self,
            const BalMergeItem *a,
            const BalMergeItem *b,
            BalMergeSpan       *space)
{
  gboolean in_mine = are_neighbours (a, b, BAL_SIDE_MINE);
  gboolean in_theirs = are_neighbours (a, b, BAL_SIDE_THEIRS);

  if (in_mine)
    *space = get_space (self, BAL_SIDE_MINE, b->at[BAL_SIDE_MINE]);
  else if (in_theirs)
    *space = get_space (self, BAL_SIDE_THEIRS, b->at[BAL_SIDE_THEIRS]);
  if (in_mine && in_theirs && are_neighbours (a, b, BAL_SIDE_BASE))
    *space = choose_changed (get_space (self, BAL_SIDE_BASE, b->at[BAL_SIDE_BASE]), *space,
                             get_space (self, BAL_SIDE_THEIRS, b->at[BAL_SIDE_THEIRS]));
  return in_mine || in_theirs;
}

/* The space at the start (@edge 0) or at the end of all (@edge 1). */
static BalMergeSpan
find_edge_space (BalMergeFlow *self,
                 gboolean      end)
{
  BalMergeSpan edges[3];

  for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
    edges[s] = get_space (self, s, end ? self->versions[s].things->len : 0);
  return choose_changed (edges[BAL_SIDE_BASE], edges[BAL_SIDE_MINE], edges[BAL_SIDE_THEIRS]);
}

/* The space for two things that have never stood side by side: what one of them has around it. */
static BalMergeSpan
borrow_space (BalMergeFlow       *self,
              const BalMergeItem *a,
              const BalMergeItem *b)
{
  const char *separator;

  for (guint s = BAL_SIDE_MINE; s <= BAL_SIDE_THEIRS; s++)
    if (a->at[s] != BAL_MERGE_ABSENT && a->at[s] + 1 < (int) self->versions[s].things->len)
      return get_space (self, s, a->at[s] + 1);
  for (guint s = BAL_SIDE_MINE; s <= BAL_SIDE_THEIRS; s++)
    if (b->at[s] > 0)
      return get_space (self, s, b->at[s]);
  separator = bal_writer_separator (self->dialect, self->kind, FALSE);
  return (BalMergeSpan) { separator, strlen (separator) };
}

static gboolean
is_bare (const BalMergeItem *item)
{
  return item->block != NULL && !item->markup && item->block->form == BAL_FORM_BARE;
}

static void
write_space (BalMergeFlow       *self,
             const BalMergeItem *a,
             const BalMergeItem *b,
             GString            *out)
{
  BalMergeSpan space;

  if (find_space (self, a, b, &space))
    {
      g_string_append_len (out, space.start, space.length);
      return;
    }
  if (a->block == NULL || b->block == NULL)
    {
      space = find_edge_space (self, a->block != NULL);
      g_string_append_len (out, space.start, space.length);
      return;
    }
  space = borrow_space (self, a, b);
  g_string_append_len (out, space.start, space.length);
  if (is_bare (a) && is_bare (b) &&
      !bal_writer_parts_paragraphs (self->dialect, space.start, space.length))
    g_string_append (out, bal_writer_separator (self->dialect, self->kind, TRUE));
}

void
bal_merge_flow_write (BalMergeFlow  *self,
                      const BalSide *choices,
                      BalSide        choice,
                      GString       *out,
                      GPtrArray     *blocks)
{
  BalMergeItem start = { NULL, FALSE, NULL, { -1, -1, -1 } };
  BalMergeItem end = { NULL, FALSE, NULL, { 0, 0, 0 } };
  const BalMergeItem *before = &start;

  for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
    end.at[s] = self->versions[s].things->len;
  for (guint i = 0; i < self->slots->len; i++)
    {
      BalMergeSlot *slot = g_ptr_array_index (self->slots, i);
      BalSide side = choices != NULL ? choices[i] : choice;
      GPtrArray *items = slot->items[slot->conflict ? side : BAL_SIDE_MINE];

      for (guint k = 0; k < items->len; k++)
        {
          const BalMergeItem *item = g_ptr_array_index (items, k);

          write_space (self, before, item, out);
          g_string_append_len (out, g_bytes_get_data (item->bytes, NULL),
                               g_bytes_get_size (item->bytes));
          if (!item->markup)
            g_ptr_array_add (blocks, bal_block_ref (item->block));
          before = item;
        }
    }
  write_space (self, before, &end, out);
}
