/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-safe-builder.h"

#include "bal-entities.h"
#include "bal-safe-chars.h"

#include <string.h>

/* What an editor still lays out in lines. */
#define DEEPEST     12
#define MOST_BLOCKS 20000

/* A block that may still grow. */
typedef struct _Node Node;

struct _Node
{
  BalBlockKind  kind;
  int           level;
  gboolean      ordered;
  gboolean      attached;   /* has a place in its parent: it has something in it */
  char         *name;       /* of a list that is known by it */
  char         *text;
  GArray       *runs;       /* BalRun */
  GPtrArray    *children;   /* Node */
};

struct _BalSafeBuilder
{
  Node         *root;
  GPtrArray    *open;        /* Node, outermost first; those not attached are owned by @loose */
  GPtrArray    *loose;       /* Node */
  guint         n_blocks;

  /* the line that is being written */
  GString      *text;
  GArray       *runs;        /* BalRun */
  BalBlockKind  kind;
  int           level;
  BalStyle      style;       /* of the last character */
  const char   *link;
  BalSafeChars  chars;

  /* what is written once something visible follows */
  guint         n_breaks;
  guint         n_tabs;
  guint         n_spaces;
  guint         n_hard_spaces;
  GString      *blanks;      /* of preformatted text */
};

static void
free_node (Node *node)
{
  g_free (node->name);
  g_free (node->text);
  g_clear_pointer (&node->runs, g_array_unref);
  g_clear_pointer (&node->children, g_ptr_array_unref);
  g_free (node);
}

static Node *
new_node (BalBlockKind kind,
          gboolean     ordered)
{
  Node *node = g_new0 (Node, 1);

  node->kind = kind;
  node->ordered = ordered;
  node->children = g_ptr_array_new_with_free_func ((GDestroyNotify) free_node);
  return node;
}

BalSafeBuilder *
bal_safe_builder_new (void)
{
  BalSafeBuilder *self = g_new0 (BalSafeBuilder, 1);

  self->root = new_node (BAL_BLOCK_QUOTE, FALSE);
  self->open = g_ptr_array_new ();
  self->loose = g_ptr_array_new_with_free_func ((GDestroyNotify) free_node);
  self->text = g_string_new (NULL);
  self->blanks = g_string_new (NULL);
  self->runs = g_array_new (FALSE, FALSE, sizeof (BalRun));
  return self;
}

void
bal_safe_builder_free (BalSafeBuilder *self)
{
  free_node (self->root);
  g_ptr_array_unref (self->open);
  g_ptr_array_unref (self->loose);
  g_string_free (self->text, TRUE);
  g_string_free (self->blanks, TRUE);
  g_array_unref (self->runs);
  g_free (self);
}

/* ---- containers ---- */

static Node *
get_top (BalSafeBuilder *self)
{
  return self->open->len > 0 ? g_ptr_array_index (self->open, self->open->len - 1) : self->root;
}

static Node *
get_last_child (Node *node)
{
  return node->children->len > 0 ? g_ptr_array_index (node->children, node->children->len - 1)
                                 : NULL;
}

static gboolean
may_open (BalSafeBuilder *self,
          guint           n_more)
{
  return self->open->len + n_more <= DEEPEST && self->n_blocks + n_more < MOST_BLOCKS;
}

/* 1 where open_flow() will open an item, or else 0. */
static guint
in_list (BalSafeBuilder *self)
{
  return get_top (self)->kind == BAL_BLOCK_LIST ? 1 : 0;
}

static Node *
push (BalSafeBuilder *self,
      BalBlockKind    kind,
      gboolean        ordered)
{
  Node *node = new_node (kind, ordered);

  g_ptr_array_add (self->loose, node);
  g_ptr_array_add (self->open, node);
  return node;
}

guint
bal_safe_builder_get_depth (BalSafeBuilder *self)
{
  return self->open->len;
}

void
bal_safe_builder_close_to (BalSafeBuilder *self,
                           guint           depth)
{
  if (self->open->len <= depth)
    return;
  bal_safe_builder_end_line (self);
  for (guint i = depth; i < self->open->len; i++)
    {
      Node *node = g_ptr_array_index (self->open, i);

      if (!node->attached)
        g_ptr_array_remove_fast (self->loose, node);
    }
  g_ptr_array_set_size (self->open, depth);
}

/* A list holds nothing but items: what else stands in it belongs to its last one. */
static void
open_flow (BalSafeBuilder *self)
{
  Node *top = get_top (self);

  if (top->kind != BAL_BLOCK_LIST)
    return;
  if (get_last_child (top) != NULL)
    g_ptr_array_add (self->open, get_last_child (top));
  else
    push (self, BAL_BLOCK_ITEM, FALSE);
}

/* Containers get their place when there is something in them: none is ever empty. */
static void
attach (BalSafeBuilder *self)
{
  Node *parent = self->root;

  for (guint i = 0; i < self->open->len; i++)
    {
      Node *node = g_ptr_array_index (self->open, i);

      if (!node->attached)
        {
          guint at;

          g_ptr_array_find (self->loose, node, &at);
          g_ptr_array_add (parent->children, g_ptr_array_steal_index_fast (self->loose, at));
          node->attached = TRUE;
          self->n_blocks++;
        }
      parent = node;
    }
}

/* Takes @node. */
static void
add_node (BalSafeBuilder *self,
          Node           *node)
{
  guint depth = self->open->len;
  Node *top;

  open_flow (self);
  attach (self);
  top = get_top (self);
  if (top->kind == BAL_BLOCK_ITEM && top->text == NULL && top->children->len == 0 &&
      (node->kind == BAL_BLOCK_PARAGRAPH || node->kind == BAL_BLOCK_HEADING))
    {
      top->text = g_steal_pointer (&node->text);
      top->runs = g_steal_pointer (&node->runs);
      free_node (node);
    }
  else
    {
      node->attached = TRUE;
      g_ptr_array_add (top->children, node);
      self->n_blocks++;
    }
  g_ptr_array_set_size (self->open, depth);
}

void
bal_safe_builder_open_quote (BalSafeBuilder *self)
{
  bal_safe_builder_end_line (self);
  if (!may_open (self, 1 + in_list (self)))
    return;
  open_flow (self);
  push (self, BAL_BLOCK_QUOTE, FALSE);
}

/* The list at the end of what is open, if it is one of this kind: two bulleted lists in a row are
 * one. */
static Node *
get_list_before (BalSafeBuilder *self,
                 gboolean        ordered)
{
  Node *last = get_last_child (get_top (self));

  return last != NULL && last->kind == BAL_BLOCK_LIST && last->ordered == ordered ? last : NULL;
}

void
bal_safe_builder_open_list (BalSafeBuilder *self,
                            gboolean        ordered,
                            gboolean        goes_on)
{
  Node *before;

  bal_safe_builder_end_line (self);
  /* <ul><ul>: only its first item would tell what it is nested in. */
  if (in_list (self) && get_last_child (get_top (self)) == NULL)
    return;
  if (!may_open (self, 2 + in_list (self)))
    return;
  open_flow (self);
  before = goes_on ? get_list_before (self, ordered) : NULL;
  if (before != NULL)
    g_ptr_array_add (self->open, before);
  else
    push (self, BAL_BLOCK_LIST, ordered);
}

void
bal_safe_builder_open_item (BalSafeBuilder *self)
{
  bal_safe_builder_end_line (self);
  if (get_top (self)->kind != BAL_BLOCK_LIST)
    {
      Node *before = get_list_before (self, FALSE);

      if (!may_open (self, 2))
        return;
      if (before != NULL)
        g_ptr_array_add (self->open, before);
      else
        push (self, BAL_BLOCK_LIST, FALSE);
    }
  if (may_open (self, 1))
    push (self, BAL_BLOCK_ITEM, FALSE);
}

void
bal_safe_builder_open_named_item (BalSafeBuilder *self,
                                  const char     *name,
                                  guint           level,
                                  gboolean        ordered)
{
  gboolean is_new = FALSE;

  bal_safe_builder_end_line (self);
  if (!may_open (self, 3))
    return;
  open_flow (self);
  for (guint i = 1; i <= level && !is_new && may_open (self, 2); i++)
    {
      Node *last = get_last_child (get_top (self));
      gboolean fits = last != NULL && last->kind == BAL_BLOCK_LIST &&
                      (i < level || (last->ordered == ordered &&
                                     (!ordered || g_strcmp0 (last->name, name) == 0)));

      if (fits)
        {
          g_ptr_array_add (self->open, last);
        }
      else
        {
          push (self, BAL_BLOCK_LIST, ordered)->name = g_strdup (name);
          is_new = TRUE;
        }
      if (i < level && !is_new && may_open (self, 3))
        g_ptr_array_add (self->open, get_last_child (last));
      else
        break;
    }
  push (self, BAL_BLOCK_ITEM, FALSE);
}

/* ---- lines ---- */

static void
forget_pending (BalSafeBuilder *self)
{
  self->n_breaks = self->n_tabs = self->n_spaces = self->n_hard_spaces = 0;
  g_string_truncate (self->blanks, 0);
}

static void
write_line (BalSafeBuilder *self)
{
  if (self->text->len > 0)
    {
      Node *node = new_node (self->kind, FALSE);

      node->level = self->level;
      node->text = g_strndup (self->text->str, self->text->len);
      node->runs = g_steal_pointer (&self->runs);
      self->runs = g_array_new (FALSE, FALSE, sizeof (BalRun));
      g_string_truncate (self->text, 0);
      add_node (self, node);
    }
  forget_pending (self);
  self->chars = (BalSafeChars) { 0 };
}

void
bal_safe_builder_end_line (BalSafeBuilder *self)
{
  if (self->n_blocks < MOST_BLOCKS)
    write_line (self);
  else if (self->text->len > 0 && self->n_breaks == 0)
    bal_safe_builder_add_break (self);
}

static void
append (BalSafeBuilder *self,
        const char     *piece,
        gsize           length,
        BalStyle        style,
        const char     *link)
{
  BalRun *last = self->runs->len > 0 ? &g_array_index (self->runs, BalRun, self->runs->len - 1)
                                     : NULL;
  BalRun run = { .start = self->text->len, .length = length, .style = style, .link = link };

  g_string_append_len (self->text, piece, length);
  if (last != NULL && last->start + last->length == run.start && last->style == style &&
      last->link == link)
    last->length += length;
  else if (style != BAL_STYLE_NONE || link != NULL)
    g_array_append_val (self->runs, run);
}

/* What parts two words has only the looks that both have. */
static void
append_between (BalSafeBuilder *self,
                const char     *piece,
                gsize           length,
                BalStyle        style,
                const char     *link)
{
  append (self, piece, length, self->style & style, self->link == link ? link : NULL);
}

static void
append_pending (BalSafeBuilder *self,
                BalStyle        style,
                const char     *link)
{
  if (self->kind == BAL_BLOCK_PREFORMATTED)
    append_between (self, self->blanks->str, self->blanks->len, style, link);
  else if (self->n_breaks > 0)
    append_between (self, "\n", 1, style, link);
  else if (self->n_tabs > 0)
    for (guint i = 0; i < self->n_tabs; i++)
      append_between (self, "\t", 1, style, link);
  else if (self->n_spaces == 0 && self->n_hard_spaces == 1)
    append_between (self, "\xc2\xa0", 2, style, link);
  else if (self->n_spaces + self->n_hard_spaces > 0)
    append_between (self, " ", 1, style, link);
}

static gboolean
has_pending (BalSafeBuilder *self)
{
  return self->n_breaks + self->n_tabs + self->n_spaces + self->n_hard_spaces > 0 ||
         self->blanks->len > 0;
}

/* The first character of a line: only the indentation of preformatted text stands before it. */
static void
begin_line (BalSafeBuilder    *self,
            const BalSafeLook *look,
            BalStyle           style)
{
  const char *newline = strrchr (self->blanks->str, '\n');

  self->kind = look->kind;
  self->level = look->level;
  if (newline != NULL)
    g_string_erase (self->blanks, 0, newline + 1 - self->blanks->str);
  if (self->kind == BAL_BLOCK_PREFORMATTED && self->blanks->len > 0)
    append (self, self->blanks->str, self->blanks->len, style, look->link);
  forget_pending (self);
}

static void
add_visible (BalSafeBuilder    *self,
             gunichar           c,
             const BalSafeLook *look)
{
  BalStyle style = look->style;
  char utf8[6];

  if (has_pending (self))
    self->chars = (BalSafeChars) { .last = ' ' };
  if (!bal_safe_chars_take (&self->chars, c))
    return;
  if (self->n_breaks >= 2 && self->kind == BAL_BLOCK_PARAGRAPH && self->n_blocks < MOST_BLOCKS)
    {
      write_line (self);
      bal_safe_chars_take (&self->chars, c);
    }
  /* Headings are bold, and links underlined, without being told. */
  if (look->kind == BAL_BLOCK_HEADING)
    style &= ~BAL_STYLE_BOLD;
  if (look->link != NULL)
    style &= ~BAL_STYLE_UNDERLINE;

  if (self->text->len == 0)
    begin_line (self, look, style);
  else
    append_pending (self, style, look->link);
  forget_pending (self);
  append (self, utf8, g_unichar_to_utf8 (c, utf8), style, look->link);
  self->style = style;
  self->link = look->link;
}

static void
add_blank (BalSafeBuilder    *self,
           gunichar           c,
           const BalSafeLook *look)
{
  gboolean is_newline = c == '\n' || c == '\r';
  BalBlockKind kind = self->text->len > 0 ? self->kind : look->kind;

  if (kind == BAL_BLOCK_PREFORMATTED)
    g_string_append_c (self->blanks, is_newline ? '\n' : c == '\t' ? '\t' : ' ');
  else if (look->keep_space && is_newline)
    self->n_breaks++;
  else if (look->keep_space && c == '\t')
    self->n_tabs++;
  else if (c == 0xA0 && !look->plain_space)
    self->n_hard_spaces++;
  else
    self->n_spaces++;
}

void
bal_safe_builder_add_text (BalSafeBuilder    *self,
                           const char        *text,
                           gsize              length,
                           const BalSafeLook *look)
{
  for (gsize p = 0; p < length;)
    {
      gsize used = 0;
      gunichar c;

      if (text[p] == '&' && !look->verbatim)
        used = bal_entity_decode (text + p, length - p, FALSE, &c);
      if (used > 1 && c == '\t' && look->kind != BAL_BLOCK_PREFORMATTED)
        {
          /* Whoever spells a tab out means it. */
          self->n_tabs++;
          p += used;
          continue;
        }
      if (used == 0)
        {
          c = g_utf8_get_char (text + p);
          used = g_utf8_next_char (text + p) - (text + p);
        }
      p += used;
      if (c == '\r' && p < length && text[p] == '\n')
        continue;
      if (c == 0x2028 || c == 0x2029)
        bal_safe_builder_add_break (self);
      else if (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0xA0)
        add_blank (self, c, look);
      else
        add_visible (self, c, look);
    }
}

void
bal_safe_builder_add_space (BalSafeBuilder *self)
{
  self->n_spaces++;
}

void
bal_safe_builder_add_tab (BalSafeBuilder *self)
{
  self->n_tabs++;
  g_string_append_c (self->blanks, '\t');
}

void
bal_safe_builder_add_break (BalSafeBuilder *self)
{
  self->n_breaks++;
  g_string_append_c (self->blanks, '\n');
}

void
bal_safe_builder_start_row (BalSafeBuilder *self)
{
  if (strchr (self->blanks->str, '\n') == NULL)
    bal_safe_builder_add_break (self);
}

void
bal_safe_builder_add_separator (BalSafeBuilder *self)
{
  bal_safe_builder_end_line (self);
  if (self->n_blocks < MOST_BLOCKS && get_top (self)->kind != BAL_BLOCK_LIST)
    add_node (self, new_node (BAL_BLOCK_SEPARATOR, FALSE));
}

/* ---- the end ---- */

static BalBlock *build_block (Node *node);

static GPtrArray *
build_children (Node *node)
{
  GPtrArray *blocks = g_ptr_array_new_full (node->children->len, (GDestroyNotify) bal_block_unref);

  for (guint i = 0; i < node->children->len; i++)
    g_ptr_array_add (blocks, build_block (g_ptr_array_index (node->children, i)));
  return blocks;
}

static BalBlock *
build_block (Node *node)
{
  const BalRun *runs = node->runs != NULL ? (const BalRun *) (gconstpointer) node->runs->data : NULL;
  guint n_runs = node->runs != NULL ? node->runs->len : 0;
  g_autoptr(GPtrArray) children = NULL;

  if (node->kind != BAL_BLOCK_QUOTE && node->kind != BAL_BLOCK_LIST && node->kind != BAL_BLOCK_ITEM)
    return bal_block_new_text (node->kind, node->level, node->text != NULL ? node->text : "", runs,
                               n_runs);
  children = build_children (node);
  return bal_block_new_container (node->kind, node->ordered, node->text, runs, n_runs, children);
}

GPtrArray *
bal_safe_builder_finish (BalSafeBuilder *self)
{
  write_line (self);
  bal_safe_builder_close_to (self, 0);
  return build_children (self->root);
}
