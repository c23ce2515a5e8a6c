/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-line.h"

#include "bal-safe-text.h"

BalNest *
bal_nest_new (BalBlockKind  kind,
              gboolean      ordered,
              BalNest      *parent,
              BalBlock     *origin)
{
  BalNest *self = g_new0 (BalNest, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;
  self->ordered = ordered;
  self->parent = parent != NULL ? bal_nest_ref (parent) : NULL;
  self->origin = origin != NULL ? bal_block_ref (origin) : NULL;
  return self;
}

BalNest *
bal_nest_ref (BalNest *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
bal_nest_unref (BalNest *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->parent, bal_nest_unref);
  g_clear_pointer (&self->origin, bal_block_unref);
  g_clear_pointer (&self->content, bal_block_unref);
  g_free (self);
}

guint
bal_nest_get_depth (BalNest *self)
{
  guint depth = 0;

  for (; self != NULL; self = self->parent)
    depth++;
  return depth;
}

guint
bal_nest_count (BalNest      *self,
                BalBlockKind  kind)
{
  guint count = 0;

  for (; self != NULL; self = self->parent)
    if (self->kind == kind)
      count++;
  return count;
}

gboolean
bal_nest_has (BalNest *self,
              BalNest *ancestor)
{
  for (; self != NULL; self = self->parent)
    if (self == ancestor)
      return TRUE;
  return FALSE;
}

BalNest *
bal_nest_find (BalNest      *self,
               BalBlockKind  kind)
{
  while (self != NULL && self->kind != kind)
    self = self->parent;
  return self;
}

BalNest *
bal_nest_out_of_lists (BalNest *self)
{
  BalNest *outside = self;

  for (; self != NULL; self = self->parent)
    if (self->kind != BAL_BLOCK_QUOTE)
      outside = self->parent;
  return outside;
}

GHashTable *
bal_nest_map_new (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) bal_nest_unref);
}

BalNest *
bal_nest_replace (BalNest    *self,
                  BalNest    *from,
                  BalNest    *to,
                  GHashTable *made)
{
  g_autoptr(BalNest) parent = NULL;
  BalNest *copy;

  if (self == NULL)
    return NULL;
  if (self == from)
    return to != NULL ? bal_nest_ref (to) : NULL;
  if (!bal_nest_has (self, from))
    return bal_nest_ref (self);

  copy = g_hash_table_lookup (made, self);
  if (copy == NULL)
    {
      parent = bal_nest_replace (self->parent, from, to, made);
      copy = bal_nest_new (self->kind, self->ordered, parent, self->origin);
      copy->content = self->content != NULL ? bal_block_ref (self->content) : NULL;
      g_hash_table_insert (made, self, copy);
    }
  return bal_nest_ref (copy);
}

static BalLine *
line_build (BalBlockKind  kind,
            int           level,
            gboolean      island,
            gboolean      kept,
            BalNest      *nest,
            BalBlock     *block)
{
  BalLine *self = g_new0 (BalLine, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;
  self->level = kind == BAL_BLOCK_HEADING ? level : 0;
  self->island = island;
  self->kept = kept;
  self->nest = nest != NULL ? bal_nest_ref (nest) : NULL;
  self->block = block != NULL ? bal_block_ref (block) : NULL;
  self->n_words = -1;
  return self;
}

BalLine *
bal_line_new (BalBlockKind  kind,
              int           level,
              BalNest      *nest,
              BalBlock     *block)
{
  return line_build (kind, level, FALSE, FALSE, nest, block);
}

BalLine *
bal_line_new_island (BalBlock *block,
                     BalNest  *nest)
{
  return line_build (bal_block_get_kind (block), 0, TRUE, TRUE, nest, block);
}

BalLine *
bal_line_new_touched (BalLine *self)
{
  return line_build (self->kind, self->level, FALSE, self->kept, self->nest, NULL);
}

BalLine *
bal_line_new_nested (BalLine *self,
                     BalNest *nest)
{
  return line_build (self->kind, self->level, self->island, self->kept, nest, self->block);
}

BalLine *
bal_line_new_restyled (BalLine      *self,
                       BalBlockKind  kind,
                       int           level,
                       BalNest      *nest)
{
  return line_build (kind, level, FALSE, FALSE, nest, NULL);
}

BalLine *
bal_line_ref (BalLine *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
bal_line_unref (BalLine *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->nest, bal_nest_unref);
  g_clear_pointer (&self->block, bal_block_unref);
  g_free (self);
}

gboolean
bal_line_is_void (BalLine *self)
{
  return !self->island && !self->kept && *bal_block_get_text (self->block) == '\0';
}

gboolean
bal_line_equal (BalLine *a,
                BalLine *b)
{
  if (a == b)
    return TRUE;
  return a->kind == b->kind && a->level == b->level && a->island == b->island && a->kept == b->kept &&
         a->nest == b->nest && a->block != NULL && b->block != NULL &&
         bal_block_equal (a->block, b->block);
}

static gboolean
is_written_without_spaces (gunichar c)
{
  GUnicodeScript script = g_unichar_get_script (c);

  return script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HIRAGANA;
}

/* What a word goes on behind, with a letter or digit to follow: don’t, well-known, 1,000.5 */
static gboolean
joins (gunichar before,
       gunichar c)
{
  if (c == '.' || c == ',')
    return g_unichar_isdigit (before);
  return (c == '\'' || c == 0x2019 || c == '-') && g_unichar_isalnum (before);
}

guint
bal_text_count_words (const char *text)
{
  gboolean inside = FALSE;
  gunichar before = 0;
  guint count = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_ismark (c))
        continue;
      if (g_unichar_isalnum (c))
        {
          gboolean alone = c > 0x2e80 && is_written_without_spaces (c);

          count += alone || !inside || (g_unichar_isalpha (c) && (before == '.' || before == ','));
          inside = !alone;
        }
      else
        {
          inside = inside && joins (before, c);
        }
      before = c;
    }
  return count;
}

static void
append_block (GString  *out,
              BalBlock *block)
{
  BalBlockKind kind = bal_block_get_kind (block);
  g_autofree char *html = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;
  const char *source = bal_block_get_source (block, &length);

  if (source != NULL && (kind == BAL_BLOCK_TABLE || kind == BAL_BLOCK_OPAQUE))
    {
      html = g_strndup (source, length);
      text = bal_safe_text_from_html (html);
    }
  g_string_append (out, text != NULL ? text : bal_block_get_text (block));
  g_string_append_c (out, '\n');
  for (guint i = 0; i < bal_block_get_n_children (block); i++)
    append_block (out, bal_block_get_child (block, i));
}

char *
bal_line_dup_island_text (BalLine *self)
{
  GString *out = g_string_new (NULL);

  append_block (out, self->block);
  return g_string_free (out, FALSE);
}

guint
bal_line_count_words (BalLine *self)
{
  g_autofree char *text = NULL;

  if (self->n_words >= 0)
    return self->n_words;
  if (self->island)
    text = bal_line_dup_island_text (self);
  if (self->kind == BAL_BLOCK_IMAGE)
    self->n_words = 0;
  else
    self->n_words = bal_text_count_words (text != NULL ? text : bal_block_get_text (self->block));
  return self->n_words;
}
