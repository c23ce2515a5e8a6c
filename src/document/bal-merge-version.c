/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-merge-private.h"

#include "bal-document-private.h"
#include "bal-match.h"
#include "bal-tokenizer.h"

#include <string.h>

/* How much of two tags must be alike for one to be the other with another attribute. */
#define ALIKE_MARKUP 40
/* How much of what both sides put in at one place must be alike to be two versions of one thing. */
#define ALIKE_NEW    60

static void
free_thing (gpointer data)
{
  BalMergeThing *thing = data;

  bal_block_unref (thing->block);
  g_free (thing);
}

static void
add_space (BalMergeVersion *self,
           const char      *start,
           gsize            length)
{
  BalMergeSpan span = { start, length };

  g_array_append_val (self->spaces, span);
}

static void
add_thing (BalMergeVersion *self,
           BalBlock        *block,
           gboolean         markup)
{
  BalMergeThing *thing = g_new (BalMergeThing, 1);

  thing->block = block;
  thing->markup = markup;
  g_ptr_array_add (self->things, thing);
}

static gboolean
is_space (const BalToken *token)
{
  return token->type == BAL_TOKEN_TEXT || token->type == BAL_TOKEN_BREAK ||
         bal_token_is (token, "br");
}

/* Adds what a gap holds; returns the space at its end, which belongs to what comes next. */
static BalMergeSpan
add_gap (BalMergeVersion *self,
         const char      *gap,
         gsize            length)
{
  g_autoptr(BalTokens) tokens = NULL;
  g_autoptr(GBytes) bytes = NULL;
  guint first = 0;
  guint last;
  gsize start, end;

  if (bal_is_blank (gap, length))
    return (BalMergeSpan) { gap, length };
  tokens = bal_tokens_new (gap, length, TRUE);
  while (first < tokens->n_tokens && is_space (&tokens->tokens[first]))
    first++;
  if (first == tokens->n_tokens)
    return (BalMergeSpan) { gap, length };
  for (last = tokens->n_tokens - 1; is_space (&tokens->tokens[last]);)
    last--;

  start = tokens->tokens[first].start;
  end = tokens->tokens[last].end;
  bytes = g_bytes_new (gap + start, end - start);
  add_space (self, gap, start);
  add_thing (self,
             bal_block_build (BAL_BLOCK_OPAQUE, 0, FALSE, NULL, NULL, 0, NULL,
                              g_steal_pointer (&bytes), NULL),
             TRUE);
  return (BalMergeSpan) { gap + end, length - end };
}

void
bal_merge_version_init (BalMergeVersion *self,
                        BalBlock        *container)
{
  guint n_children = bal_block_get_n_children (container);

  self->things = g_ptr_array_new_with_free_func (free_thing);
  self->spaces = g_array_new (FALSE, FALSE, sizeof (BalMergeSpan));
  for (guint i = 0; i <= n_children; i++)
    {
      gsize length;
      const char *gap = bal_block_get_gap (container, i, &length);
      BalMergeSpan rest = add_gap (self, gap, length);

      add_space (self, rest.start, rest.length);
      if (i < n_children)
        add_thing (self, bal_block_ref (bal_block_get_child (container, i)), FALSE);
    }
}

void
bal_merge_version_clear (BalMergeVersion *self)
{
  g_clear_pointer (&self->things, g_ptr_array_unref);
  g_clear_pointer (&self->spaces, g_array_unref);
}

static guint
hash_bytes (gconstpointer data)
{
  const BalMergeThing *thing = data;

  return g_bytes_hash (thing->block->source);
}

static gboolean
equal_bytes (gconstpointer a,
             gconstpointer b)
{
  const BalMergeThing *one = a;
  const BalMergeThing *two = b;

  return one->markup == two->markup && one->block->kind == two->block->kind &&
         g_bytes_equal (one->block->source, two->block->source);
}

static guint
hash_content (gconstpointer data)
{
  const BalMergeThing *thing = data;

  return bal_block_hash (thing->block);
}

static gboolean
equal_content (gconstpointer a,
               gconstpointer b)
{
  const BalMergeThing *one = a;
  const BalMergeThing *two = b;

  return one->markup == two->markup && bal_block_equal (one->block, two->block);
}

static guint
least_likeness (gconstpointer from,
                gconstpointer to)
{
  const BalMergeThing *one = from;
  const BalMergeThing *two = to;

  if (one->markup != two->markup)
    return BAL_MATCH_NEVER;
  return one->markup ? ALIKE_MARKUP : bal_block_least_likeness (one->block, two->block);
}

/* Two pictures are two pictures, however alike their tags are. */
static gboolean
is_whole (const BalMergeThing *thing)
{
  switch (thing->block->kind)
    {
    case BAL_BLOCK_IMAGE:
    case BAL_BLOCK_SEPARATOR:
    case BAL_BLOCK_JUMP_BREAK:
    case BAL_BLOCK_TABLE:
      return TRUE;
    case BAL_BLOCK_OPAQUE:
      return !thing->markup;
    case BAL_BLOCK_PARAGRAPH:
    case BAL_BLOCK_HEADING:
    case BAL_BLOCK_QUOTE:
    case BAL_BLOCK_LIST:
    case BAL_BLOCK_ITEM:
    case BAL_BLOCK_PREFORMATTED:
    default:
      return FALSE;
    }
}

static guint
least_likeness_of_new (gconstpointer from,
                       gconstpointer to)
{
  guint least = least_likeness (from, to);

  if (least == BAL_MATCH_NEVER || is_whole (from) || is_whole (to))
    return BAL_MATCH_NEVER;
  return MAX (least, ALIKE_NEW);
}

static char *
dup_likeness (gconstpointer data)
{
  const BalMergeThing *thing = data;

  return bal_block_dup_likeness (thing->block);
}

void
bal_merge_version_match (BalMergeVersion *from,
                         BalMergeVersion *to,
                         int             *origin,
                         gboolean        *equal)
{
  static const BalMatchRules rules = { hash_bytes, equal_bytes, least_likeness, dup_likeness };

  bal_match (&rules, from->things, to->things, origin, equal);
}

void
bal_merge_match_new (GPtrArray *mine,
                     GPtrArray *theirs,
                     int       *origin,
                     gboolean  *equal)
{
  static const BalMatchRules rules = { hash_content, equal_content, least_likeness_of_new,
                                       dup_likeness };

  bal_match (&rules, mine, theirs, origin, equal);
}
