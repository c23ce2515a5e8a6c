/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-thread.h"

#include <stdlib.h>
#include <string.h>

#define NONE G_MAXUINT

/* A number with a part for each of a hundred thousand levels would be a book; from here on, the
 * replies below a comment are counted with it. */
#define DEEPEST_NUMBER 32

typedef struct
{
  BalThreadEntry entry;
  guint          place;    /* in the caller's array, for a stable order */

  /* Indices into the sorted array. */
  guint          parent;
  guint          first_child;
  guint          next_sibling;
  guint          walk;     /* which search for a circle came by last */

  guint          depth;
  guint          within;   /* the comment in whose sequence it is counted itself… */
  guint          count;    /* …as the how manieth; 0: not at all */
  guint          counter;  /* the comment in whose sequence its replies are counted */
  guint          n_counted;
  guint          n_parts;  /* of the number */
} Node;

/* Blogs count their comments up, so that the shorter number is the earlier one; those of a blog
 * come before those that it does not know yet. */
static int
compare_remote_ids (const char *one,
                    const char *other)
{
  gsize one_length = one != NULL ? strlen (one) : G_MAXSIZE;
  gsize other_length = other != NULL ? strlen (other) : G_MAXSIZE;

  if (one_length != other_length)
    return one_length < other_length ? -1 : 1;

  return g_strcmp0 (one, other);
}

/* By time; within a second as the blog numbers them, whatever the order in which they came here. */
static int
compare_nodes (gconstpointer a,
               gconstpointer b)
{
  const Node *one = a, *other = b;
  int by_remote_id;

  if (one->entry.created != other->entry.created)
    return one->entry.created < other->entry.created ? -1 : 1;

  by_remote_id = compare_remote_ids (one->entry.remote_id, other->entry.remote_id);
  if (by_remote_id != 0)
    return by_remote_id;

  if (one->entry.id != other->entry.id)
    return one->entry.id < other->entry.id ? -1 : 1;

  return one->place < other->place ? -1 : 1;
}

/* The nodes by their ids: (transfer full) */
static GHashTable *
make_index (const Node *nodes,
            guint       n_nodes)
{
  GHashTable *by_id = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < n_nodes; i++)
    if (nodes[i].entry.id != 0 && !g_hash_table_contains (by_id, &nodes[i].entry.id))
      g_hash_table_insert (by_id, (gpointer) &nodes[i].entry.id, GUINT_TO_POINTER (i));

  return by_id;
}

static guint
find_node (GHashTable *by_id,
           gint64      id)
{
  gpointer found;

  return id != 0 && g_hash_table_lookup_extended (by_id, &id, NULL, &found) ? GPOINTER_TO_UINT (found) : NONE;
}

/* Takes the earliest comment of each circle to the top; one that is its own parent is a circle too.
 * None is walked over more than twice. */
static void
break_circles (Node  *nodes,
               guint  n_nodes)
{
  for (guint i = 0; i < n_nodes; i++)
    {
      guint p = i, earliest;

      while (p != NONE && nodes[p].walk == 0)
        {
          nodes[p].walk = i + 1;
          p = nodes[p].parent;
        }
      if (p == NONE || nodes[p].walk != i + 1)
        continue;

      earliest = p;
      for (guint q = nodes[p].parent; q != p; q = nodes[q].parent)
        earliest = MIN (earliest, q);
      nodes[earliest].parent = NONE;
    }
}

/* Links each comment with its first reply and the next reply to its own parent, in sorted order;
 * returns the first at the top. */
static guint
link_children (Node  *nodes,
               guint  n_nodes)
{
  guint first = NONE;

  for (guint i = 0; i < n_nodes; i++)
    nodes[i].first_child = NONE;

  for (guint i = n_nodes; i-- > 0;)
    {
      guint *head = nodes[i].parent != NONE ? &nodes[nodes[i].parent].first_child : &first;

      nodes[i].next_sibling = *head;
      *head = i;
    }
  return first;
}

/* Places a comment whose parent has been dealt with. Replies to a hidden comment are counted where that would have been. */
static void
place_node (Node  *nodes,
            guint  i,
            guint *n_top)
{
  Node *node = &nodes[i];

  node->within = node->parent != NONE ? nodes[node->parent].counter : NONE;
  node->depth = node->parent != NONE ? nodes[node->parent].depth + 1 : 0;
  node->counter = node->within;
  if (node->entry.hidden)
    return;

  node->count = ++*(node->within != NONE ? &nodes[node->within].n_counted : n_top);
  node->n_parts = node->within != NONE ? nodes[node->within].n_parts + 1 : 1;
  if (node->n_parts < DEEPEST_NUMBER)
    node->counter = i;
}

/* The comment that a reader sees next. */
static guint
next_node (const Node *nodes,
           guint       i)
{
  if (nodes[i].first_child != NONE)
    return nodes[i].first_child;

  while (i != NONE && nodes[i].next_sibling == NONE)
    i = nodes[i].parent;
  return i != NONE ? nodes[i].next_sibling : NONE;
}

/* Sorts @nodes and places each; returns the first one in reading order. */
static guint
place_nodes (Node  *nodes,
             guint  n_nodes)
{
  g_autoptr(GHashTable) by_id = NULL;
  guint first, n_top = 0;

  if (n_nodes > 1)
    qsort (nodes, n_nodes, sizeof *nodes, compare_nodes);
  by_id = make_index (nodes, n_nodes);
  for (guint i = 0; i < n_nodes; i++)
    nodes[i].parent = find_node (by_id, nodes[i].entry.parent_id);
  break_circles (nodes, n_nodes);

  first = link_children (nodes, n_nodes);
  for (guint i = first; i != NONE; i = next_node (nodes, i))
    place_node (nodes, i, &n_top);
  return first;
}

static void
tell_place (const Node *nodes,
            guint       i,
            BalComment *comment)
{
  char number[DEEPEST_NUMBER * 11 + 1];
  char *start = number + sizeof number - 1;

  *start = '\0';
  for (guint up = nodes[i].count > 0 ? i : NONE; up != NONE; up = nodes[up].within)
    {
      if (up != i)
        *--start = '.';
      for (guint rest = nodes[up].count; rest > 0; rest /= 10)
        *--start = (char) ('0' + rest % 10);
    }

  bal_comment_set_number (comment, *start != '\0' ? start : NULL);
  bal_comment_set_depth (comment, nodes[i].depth);
}

static gboolean
is_hidden (BalCommentStatus status)
{
  return status == BAL_COMMENT_STATUS_SPAM || status == BAL_COMMENT_STATUS_TRASH;
}

/**
 * bal_thread_arrange:
 * @comments: (element-type BalComment): all comments of one review, in any order; rearranged in
 *   place
 *
 * Puts comments into reading order and sets each one's number and depth: top comments by time (then
 * id) are 1, 2, …; the replies of 4 are 4.1, 4.2, …. A comment whose parent is missing or is itself
 * stands at the top, and so does the earliest of a circle, so that none is ever hidden.
 *
 * Spam and trash get no number (readers don't see them, so they must not shift the others) but keep
 * their place; replies to them are counted where they would have been. The depth tells the place in
 * the tree, hidden comments included. A number has 32 parts at most: deeper replies are counted
 * with the comment they answer.
 *
 * Takes O(n log n) for n comments and no recursion, whatever the depth.
 */
void
bal_thread_arrange (GPtrArray *comments)
{
  g_autofree Node *nodes = NULL;
  g_autoptr(GPtrArray) unordered = NULL;
  guint place = 0;

  g_return_if_fail (comments != NULL);

  nodes = g_new0 (Node, comments->len);
  unordered = g_ptr_array_new_full (comments->len, NULL);
  for (guint i = 0; i < comments->len; i++)
    {
      BalComment *comment = g_ptr_array_index (comments, i);

      g_ptr_array_add (unordered, comment);
      nodes[i].place = i;
      nodes[i].entry.id = bal_comment_get_id (comment);
      nodes[i].entry.parent_id = bal_comment_get_parent_id (comment);
      nodes[i].entry.created = bal_comment_get_created (comment);
      nodes[i].entry.remote_id = bal_comment_get_remote_id (comment);
      nodes[i].entry.hidden = is_hidden (bal_comment_get_status (comment));
    }

  for (guint i = place_nodes (nodes, comments->len); i != NONE; i = next_node (nodes, i))
    {
      comments->pdata[place] = unordered->pdata[nodes[i].place];
      tell_place (nodes, i, comments->pdata[place++]);
    }
  g_assert (place == comments->len);
}

/**
 * bal_thread_entry_init:
 * @self: (out): to be filled
 * @id: of a comment
 * @parent_id: of the one that it answers; 0: none
 * @status: its status
 * @created: seconds
 * @remote_id: (nullable): the blog's id of it, which must stay as long as @self is used
 */
void
bal_thread_entry_init (BalThreadEntry   *self,
                       gint64            id,
                       gint64            parent_id,
                       BalCommentStatus  status,
                       gint64            created,
                       const char       *remote_id)
{
  *self = (BalThreadEntry) { id, parent_id, created, remote_id, is_hidden (status) };
}

/**
 * bal_thread_number:
 * @entries: (array length=n_entries): all comments of one review, in any order
 * @n_entries: how many
 * @comments: (element-type BalComment): some of them
 *
 * Sets number and depth of @comments, as bal_thread_arrange() does where all of them are there as objects, in a fraction of
 * the time.
 */
void
bal_thread_number (const BalThreadEntry *entries,
                   guint                 n_entries,
                   GPtrArray            *comments)
{
  g_autofree Node *nodes = g_new0 (Node, n_entries);
  g_autoptr(GHashTable) by_id = NULL;

  g_return_if_fail (comments != NULL);

  for (guint i = 0; i < n_entries; i++)
    {
      nodes[i].entry = entries[i];
      nodes[i].place = i;
    }
  place_nodes (nodes, n_entries);

  by_id = make_index (nodes, n_entries);
  for (guint i = 0; i < comments->len; i++)
    {
      guint at = find_node (by_id, bal_comment_get_id (comments->pdata[i]));

      if (at != NONE)
        tell_place (nodes, at, comments->pdata[i]);
    }
}
